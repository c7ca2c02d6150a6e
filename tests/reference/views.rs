//! What results share with arguments, and their strides; in place and with `out` too: `views.txt`, written by
//! `write_views.py` with PyTorch.

use std::collections::BTreeMap;

use sconce::op::registry;
use sconce::value::List;
use sconce::{DType, IValue, Scalar, Tensor, Type};

use crate::call::{run, PANIC};

/// Where an operator differs, and why.
const DIFFERENT: &[(&str, &str)] = &[
    ("kron kron.out isin.Tensor_Tensor isin.Scalar_Tensor", "take memory orders that PyTorch cannot view"),
    (
        "native_group_norm native_group_norm.out matmul.out linear.out",
        "take and write memory orders that PyTorch refuses",
    ),
    ("max_pool3d", "takes four dimensions that look like channels last, which PyTorch refuses"),
    ("binary_cross_entropy.out", "writes a mean, for which PyTorch's `out` has the wrong shape"),
    ("detach_", "knows no views, of which PyTorch refuses those"),
    ("_reshape_alias", "does not leave the memory"),
    ("kl_div hinge_embedding_loss binary_cross_entropy_with_logits", "only dimensions of size 1 have other strides"),
    ("_weight_norm_interface diff", "the memory order of norms; of differences of order 0"),
    ("conv3d", "PyTorch's memory order is that of the library that it chooses by the size and the number of threads"),
    ("bernoulli.out pow.Scalar_out", "integers are refused for floats, which PyTorch draws or fills in directly"),
    (
        "log_sigmoid.out threshold.out threshold_backward.grad_input special_ndtr.out baddbmm_",
        "refuse an argument that shares memory with the result",
    ),
    (
        "tril_ triu_ addmv_ index_fill_.int_Scalar",
        "refuse elements that share memory, in which PyTorch leaves the last",
    ),
    ("take.out quantile.out", "the memory order of an `out` that is resized"),
    ("adaptive_avg_pool2d.out", "leaves the memory order of `out` as it is"),
];

/// Results are not written to elements that share memory, where PyTorch's reductions, among others, leave what they wrote
/// last.
const REFUSED: (&str, &str) = ("b", "-o");

#[test]
fn as_pytorch() {
    let different = DIFFERENT.iter().flat_map(|(names, _)| names.split_whitespace());
    let mut different: BTreeMap<&str, bool> = different.map(|name| (name, false)).collect();
    let (mut done, mut failures) = (0, Vec::new());
    for block in include_str!("views.txt").split("\n\n").skip(1) {
        let (calls, rows) = block.split_once("\n= ").expect("a row");
        for (name, args) in calls.lines().filter_map(|line| line.split_once(' ')).flat_map(lists) {
            for row in rows.trim_end().split("\n= ") {
                for (case, expected, found) in outcomes(name, args, row) {
                    done += 1;
                    match different.get_mut(name.trim_start_matches("aten::")) {
                        _ if found == expected => {}
                        _ if args.ends_with('O') && case.ends_with(REFUSED.0) && found == REFUSED.1 => {}
                        Some(seen) => *seen = true,
                        None => failures.push(format!("{name} {args}: {case}: found {found}, PyTorch {expected}")),
                    }
                }
            }
        }
    }
    let stale = different.iter().filter(|(_, seen)| !**seen);
    failures.extend(stale.map(|(name, _)| format!("{name} need not be in DIFFERENT")));
    assert!(failures.is_empty(), "{} of {done}:\n{}", failures.len(), failures.join("\n"));
}

fn lists<'a>((name, lists): (&'a str, &'a str)) -> impl Iterator<Item = (&'a str, &'a str)> {
    lists.split(" | ").map(move |args| (name, args))
}

/// For each word of a row: where it stands, what it says, what is found.
fn outcomes(name: &str, args: &str, row: &str) -> Vec<(String, String, String)> {
    let mut words = row.split(' ').peekable();
    let shape = words.next().expect("a shape");
    let results = words.next_if(|word| word.starts_with('O'));
    let dtype = results.and_then(|_| words.next()).and_then(dtype_of);
    let one = |word: &str| {
        let (kind, expected) = word.split_once(':').expect("a word");
        let layout = kind.as_bytes()[0];
        let found = match (results, dtype) {
            (Some(results), Some(dtype)) => with_out(name, args, shape, dtype, &results[1..], layout),
            _ => outcome(name, args, shape, layout),
        };
        (format!("{shape} {kind}"), expected.to_string(), found)
    };
    words.map(one).collect()
}

fn outcome(name: &str, args: &str, shape: &str, layout: u8) -> String {
    let (base, overload) = name.split_once('.').unwrap_or((name, ""));
    let Some(operator) = registry().find(base, overload) else { return "missing".into() };
    let mut word = "-";
    for dtype in [DType::F32, DType::I64, DType::Bool] {
        let mut tensors = Vec::new();
        let made = Made { layout, dtype, shape };
        let values: Vec<IValue> = args.split(' ').map(|token| made.value(token, &mut tensors)).collect();
        let results = match run(&operator, &values) {
            Ok(results) => results,
            Err(why) if why == PANIC => return why,
            Err(why) => {
                word = if failed(&why).len() > word.len() { failed(&why) } else { word };
                continue;
            }
        };
        let mut words = Vec::new();
        results.iter().for_each(|v| describe(v, &tensors, &mut words));
        return if words.is_empty() { ".".into() } else { words.join(";") };
    }
    word.into()
}

fn with_out(name: &str, args: &str, shape: &str, dtype: DType, results: &str, place: u8) -> String {
    let (base, overload) = name.split_once('.').unwrap_or((name, ""));
    let Some(operator) = registry().find(base, overload) else { return "missing".into() };
    let mut tensors = Vec::new();
    let layout = match place {
        b'a' | b'p' => b'o',
        b'y' => b't',
        _ => b'c',
    };
    let made = Made { layout, dtype, shape };
    let args = args.trim_end_matches('O').trim_end();
    let mut values: Vec<IValue> = args.split(' ').map(|token| made.value(token, &mut tensors)).collect();
    let mut outs = Vec::new();
    for (i, result) in results.split(';').enumerate() {
        let (sizes, letter) = result.split_once(':').expect("a dtype");
        outs.push(out_at(place, &sizes_of(sizes), dtype_of(letter).expect("a dtype"), &tensors, i));
    }
    values.extend(outs.iter().map(|out| IValue::Tensor(out.clone())));
    match run(&operator, &values) {
        Ok(_) => outs.iter().map(strides_of).collect::<Vec<_>>().join(";"),
        Err(why) if why == PANIC => why,
        Err(why) => failed(&why).into(),
    }
}

fn failed(why: &str) -> &'static str {
    if why.contains("more than one element of the written-to tensor") {
        "-o"
    } else if why.contains("some elements of the input tensor and the written-to tensor") {
        "-p"
    } else {
        "-"
    }
}

/// Where the result number `i` goes.
fn out_at(place: u8, sizes: &[i64], dtype: DType, tensors: &[Tensor], i: usize) -> Tensor {
    match (place, i) {
        (b'c' | b't' | b'b', _) => placed(sizes, dtype, place),
        (b'z' | b'y', _) => placed(&[0], dtype, b'c'),
        (b'w', _) => placed(&[7], dtype, b'c'),
        (b'a', 0) => tensors[0].clone(),
        (b'p', 0) => shifted(&tensors[0]),
        (b'd', 0) => placed(sizes, DType::F64, b'c'),
        (b'i', 0) => placed(sizes, DType::I32, b'c'),
        (b'h', 0) => placed(sizes, DType::F16, b'c'),
        _ => placed(sizes, dtype, b'c'),
    }
}

/// One place behind, in the same memory.
fn shifted(x: &Tensor) -> Tensor {
    x.as_strided(x.sizes(), x.strides(), Some(1)).expect("a longer buffer")
}

/// How the tensors of a call are made.
struct Made<'a> {
    layout: u8,
    dtype: DType,
    /// Of a plain `A`.
    shape: &'a str,
}

impl Made<'_> {
    fn value(&self, token: &str, tensors: &mut Vec<Tensor>) -> IValue {
        match token {
            "A" | "B" => return self.value(&format!("A:{}", self.shape), tensors),
            "M" => return self.value(&format!("M:{}", self.shape), tensors),
            "A0" | "B0" => return self.value("A:", tensors),
            "S" => return IValue::Int(2),
            "D" => return IValue::Int(6),
            _ => {}
        }
        let (first, rest) = token.split_at(1);
        match (first, rest.strip_prefix(':')) {
            ("A" | "B" | "M" | "I", Some(sizes)) => {
                let dtype = match first {
                    "M" => DType::Bool,
                    "I" => DType::I64,
                    _ => self.dtype,
                };
                tensors.push(self.tensor(&sizes_of(sizes), dtype, tensors.first()));
                IValue::Tensor(tensors[tensors.len() - 1].clone())
            }
            ("s", Some(text)) => IValue::from(text),
            ("[", _) => {
                let items: Vec<IValue> =
                    rest.trim_end_matches(']').split(',').map(|item| self.value(item, tensors)).collect();
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

    fn tensor(&self, sizes: &[i64], dtype: DType, first: Option<&Tensor>) -> Tensor {
        match (self.layout, first) {
            (b'x', None) => placed(sizes, dtype, b't'),
            (b'x', Some(_)) => placed(sizes, dtype, b'l'),
            (b'p' | b'o', None) => {
                let longer = placed(&[sizes.iter().product::<i64>() + 1], dtype, b'c');
                let rows = placed(sizes, dtype, b'c');
                longer.as_strided(sizes, rows.strides(), Some(0)).expect("a longer buffer")
            }
            (b'p', Some(first)) if first.dtype() == dtype && first.sizes() == sizes => shifted(first),
            (layout, _) => placed(sizes, dtype, layout),
        }
    }
}

fn placed(sizes: &[i64], dtype: DType, layout: u8) -> Tensor {
    let ones = |sizes: &[i64]| Tensor::full(sizes, Scalar::Int(1), dtype).expect("small");
    let dims = sizes.len();
    let with_last = |last: i64| [&sizes[..dims - 1], &[last]].concat();
    let view = match layout {
        b't' if dims > 1 => {
            let back: Vec<i64> = sizes.iter().rev().copied().collect();
            ones(&back).permute(&(0..dims as i64).rev().collect::<Vec<_>>())
        }
        b'l' if dims == 4 || dims == 5 => {
            let behind = [&[sizes[0]], &sizes[2..], &[sizes[1]]].concat();
            let order = [&[0, dims as i64 - 1][..], &(1..dims as i64 - 1).collect::<Vec<_>>()].concat();
            ones(&behind).permute(&order)
        }
        b's' if dims > 0 => ones(&with_last(2 * sizes[dims - 1] + 1)).slice(dims as i64 - 1, Some(1), None, 2),
        b'b' if dims > 1 => ones(&[&[1], &sizes[1..]].concat()).expand(sizes),
        b'e' if dims > 0 => ones(&with_last(1)).expand(sizes),
        _ => Ok(ones(sizes)),
    };
    view.expect("a view")
}

fn sizes_of(text: &str) -> Vec<i64> {
    text.split('x').filter(|n| !n.is_empty()).map(|n| n.parse().expect("a size")).collect()
}

fn dtype_of(letter: &str) -> Option<DType> {
    Some(match letter {
        "f" => DType::F32,
        "d" => DType::F64,
        "h" => DType::F16,
        "l" => DType::I64,
        "i" => DType::I32,
        "c" => DType::I8,
        "u" => DType::U8,
        "?" => DType::Bool,
        "F" => DType::C64,
        "D" => DType::C128,
        _ => return None,
    })
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
            words.push(from + &strides_of(x));
        }
        IValue::List(list) => list.to_vec().iter().for_each(|v| describe(v, tensors, words)),
        _ => {}
    }
}

fn strides_of(x: &Tensor) -> String {
    let rows = Tensor::empty(x.sizes(), DType::Bool).expect("small");
    if x.strides() == rows.strides() {
        return "C".into();
    }
    x.strides().iter().map(|s| s.to_string()).collect::<Vec<_>>().join(".")
}
