//! What results share with arguments, and their strides: `views.txt`, written by `write_views.py` with PyTorch.

use std::collections::BTreeMap;

use sconce::op::registry;
use sconce::value::List;
use sconce::{DType, IValue, Scalar, Tensor, Type};

use crate::call::{run, PANIC};

/// Where an operator differs, and why.
const DIFFERENT: &[(&str, &str)] = &[
    ("polar complex index.Tensor channel_shuffle nonzero", "new memory is in row-major order, PyTorch's in another"),
    (
        "masked_fill.Scalar masked_fill.Tensor pow.Scalar float_power.Scalar log_sigmoid log_sigmoid_forward rrelu \
        bernoulli ldexp.Tensor scatter.src scatter.value scatter.reduce scatter_add scatter_reduce.two",
        "new memory is in the argument's order, PyTorch's in row-major order or another",
    ),
    (
        "leaky_relu_backward threshold_backward kl_div hinge_embedding_loss",
        "of two arguments the first has the order, in PyTorch the second",
    ),
    ("conj_physical", "a copy of a real tensor, in PyTorch the tensor"),
    ("masked_fill_.Scalar masked_fill_.Tensor _reshape_alias", "refuse elements that share memory"),
    ("cumsum_ cumprod_", "take elements that share memory"),
    ("kron", "takes tensors that PyTorch cannot view"),
];

#[test]
fn as_pytorch() {
    let different = DIFFERENT.iter().flat_map(|(names, _)| names.split_whitespace());
    let mut different: BTreeMap<&str, bool> = different.map(|name| (name, false)).collect();
    let (mut done, mut failures) = (0, Vec::new());
    for block in include_str!("views.txt").split("\n\n").skip(1) {
        let (calls, row) = block.trim_end().rsplit_once("\n= ").expect("a row");
        for (name, lists) in calls.lines().filter_map(|line| line.split_once(' ')) {
            for (args, word) in lists.split(" | ").flat_map(|args| row.split(' ').map(move |word| (args, word))) {
                let (layout, expected) = word.split_once(':').expect("a layout");
                let found = outcome(name, args, layout.as_bytes()[0]);
                done += 1;
                match different.get_mut(name.trim_start_matches("aten::")) {
                    _ if found == expected => {}
                    Some(seen) => *seen = true,
                    None => failures.push(format!("{name} {args}: layout {layout}: found {found}, PyTorch {expected}")),
                }
            }
        }
    }
    let stale = different.iter().filter(|(_, seen)| !**seen);
    failures.extend(stale.map(|(name, _)| format!("{name} need not be in DIFFERENT")));
    assert!(failures.is_empty(), "{} of {done}:\n{}", failures.len(), failures.join("\n"));
}

fn outcome(name: &str, args: &str, layout: u8) -> String {
    let (base, overload) = name.split_once('.').unwrap_or((name, ""));
    let Some(operator) = registry().find(base, overload) else { return "missing".into() };
    for dtype in [DType::F32, DType::I64, DType::Bool] {
        let mut tensors = Vec::new();
        let values: Vec<IValue> = args.split(' ').map(|token| value(token, layout, dtype, &mut tensors)).collect();
        let results = match run(&operator, &values) {
            Ok(results) => results,
            Err(why) if why == PANIC => return why,
            Err(_) => continue,
        };
        let mut words = Vec::new();
        results.iter().for_each(|v| describe(v, &tensors, &mut words));
        return if words.is_empty() { ".".into() } else { words.join(";") };
    }
    "-".into()
}

fn value(token: &str, layout: u8, dtype: DType, tensors: &mut Vec<Tensor>) -> IValue {
    let (first, rest) = token.split_at(1);
    match (first, rest.strip_prefix(':')) {
        ("A" | "M" | "I", Some(sizes)) => {
            let dtype = match first {
                "A" => dtype,
                "M" => DType::Bool,
                _ => DType::I64,
            };
            let sizes: Vec<i64> =
                sizes.split('x').filter(|n| !n.is_empty()).map(|n| n.parse().expect("a size")).collect();
            let layout = match (layout, tensors.len()) {
                (b'x', 0) => b't',
                (b'x', _) => b'l',
                (layout, _) => layout,
            };
            tensors.push(placed(&sizes, dtype, layout));
            IValue::Tensor(tensors[tensors.len() - 1].clone())
        }
        ("s", Some(text)) => IValue::from(text),
        ("[", _) => {
            let items: Vec<IValue> =
                rest.trim_end_matches(']').split(',').map(|item| value(item, layout, dtype, tensors)).collect();
            let tensor = Type::Tensor(Default::default());
            let optional = items.iter().any(|v| matches!(v, IValue::None));
            IValue::List(List::new(if optional { Type::Optional(Box::new(tensor).into()) } else { tensor }, items))
        }
        ("n", _) => IValue::None,
        ("i", _) => IValue::Int(rest.parse().expect("an integer")),
        ("f", _) => IValue::Double(rest.parse().expect("a number")),
        ("b", _) => IValue::Bool(rest == "1"),
        _ => {
            let items = rest.trim_end_matches(')').split(',').filter(|n| !n.is_empty());
            IValue::List(List::new(Type::Int, items.map(|n| IValue::Int(n.parse().expect("an integer"))).collect()))
        }
    }
}

fn placed(sizes: &[i64], dtype: DType, layout: u8) -> Tensor {
    let ones = |sizes: &[i64]| Tensor::full(sizes, Scalar::Int(1), dtype).expect("small");
    let dims = sizes.len();
    let view = match layout {
        b't' if dims > 1 => {
            let back: Vec<i64> = sizes.iter().rev().copied().collect();
            ones(&back).permute(&(0..dims as i64).rev().collect::<Vec<_>>())
        }
        b'l' if dims == 4 => ones(&[sizes[0], sizes[2], sizes[3], sizes[1]]).permute(&[0, 3, 1, 2]),
        b's' if dims > 0 => {
            let mut wide = sizes.to_vec();
            wide[dims - 1] = 2 * wide[dims - 1] + 1;
            ones(&wide).slice(dims as i64 - 1, Some(1), None, 2)
        }
        b'b' if dims > 1 => {
            let mut narrow = sizes.to_vec();
            narrow[0] = 1;
            ones(&narrow).expand(sizes)
        }
        _ => Ok(ones(sizes)),
    };
    view.expect("a view")
}

fn describe(value: &IValue, tensors: &[Tensor], words: &mut Vec<String>) {
    match value {
        IValue::Tensor(x) => {
            let same = tensors.iter().position(|t| t.is_same(x));
            let shares = tensors.iter().position(|t| t.shares_storage(x) && x.numel() > 0);
            let from = match (same, shares) {
                (Some(i), _) => format!("{i}="),
                (_, Some(i)) => format!("{i}+{}/", x.storage_offset()),
                _ => String::new(),
            };
            let strides = x.strides().iter().zip(x.sizes()).map(|(s, n)| if *n > 1 { *s } else { 0 });
            let strides: Vec<String> = strides.map(|s| s.to_string()).collect();
            words.push(from + &if x.is_contiguous() { "C".to_string() } else { strides.join(".") });
        }
        IValue::List(list) => list.to_vec().iter().for_each(|v| describe(v, tensors, words)),
        _ => {}
    }
}
