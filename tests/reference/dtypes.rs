//! Which dtypes an operator takes and which its results have: `dtypes.txt`, written by `write.py` with PyTorch.

use sconce::op::registry;
use sconce::value::List;
use sconce::{Complex, DType, IValue, Scalar, Tensor, Type};

use crate::call::{run, PANIC};
use crate::coverage::meant;

/// The letters of `write.py`, in the order of its rows and columns.
const LETTERS: [(char, DType); 12] = [
    ('f', DType::F32),
    ('d', DType::F64),
    ('h', DType::F16),
    ('b', DType::BF16),
    ('c', DType::I8),
    ('u', DType::U8),
    ('s', DType::I16),
    ('i', DType::I32),
    ('l', DType::I64),
    ('?', DType::Bool),
    ('F', DType::C64),
    ('D', DType::C128),
];
const NUMBERS: [Scalar; 4] =
    [Scalar::Bool(true), Scalar::Int(1), Scalar::Float(1.5), Scalar::Complex(Complex::new(1.0, 1.0))];

/// What takes other dtypes than in PyTorch, and how. Besides, PyTorch has few kernels for complex32, into which float16
/// and complex64 go together.
const DIFFERENT: [(&str, &str); 7] = [
    (
        "soft_margin_loss hinge_embedding_loss cosine_embedding_loss poisson_nll_loss triplet_margin_loss \
        binary_cross_entropy_with_logits cross_entropy_loss",
        "losses of complex numbers, bools, or of two dtypes",
    ),
    ("_weight_norm _weight_norm_interface", "direction and length of two dtypes"),
    ("isin.Tensor_Tensor isin.Tensor_Scalar isin.Scalar_Tensor", "compares what PyTorch has no kernel for"),
    (
        "adaptive_max_pool1d adaptive_max_pool2d adaptive_max_pool3d max_pool1d avg_pool3d conv_transpose1d",
        "integers and half types too",
    ),
    ("searchsorted.Tensor bucketize.Tensor scatter_reduce.two polar", "bools, complex numbers, half types too"),
    (
        "infinitely_differentiable_gelu_backward mish_backward log_sigmoid_backward",
        "operands of two dtypes, and zero-dimensional ones",
    ),
    ("rrelu", "the imaginary part of a number is not looked at"),
];

#[test]
fn as_pytorch() {
    let different = DIFFERENT.iter().flat_map(|(names, _)| names.split_whitespace());
    let mut different: std::collections::BTreeMap<&str, bool> = different.map(|name| (name, false)).collect();
    let (mut cells, mut failures) = (0, Vec::new());
    for (call, expected) in tables() {
        let columns = call.columns();
        for (i, expected) in expected.iter().enumerate() {
            let (row, column) = (i / columns, i % columns);
            let got = call.cell(row, column);
            cells += 1;
            let (a, b) = (LETTERS[row].1, call.column_name(column));
            let complex_half = a == DType::F16 && b.contains('C') || a.is_complex() && b.contains("F16");
            match different.get_mut(call.name.trim_start_matches("aten::")) {
                _ if got == *expected || complex_half && *expected == "-" => {}
                Some(seen) => *seen = true,
                None => {
                    failures.push(format!("{} {}: {a:?}{b}: found {got}, PyTorch {expected}", call.name, call.args))
                }
            }
        }
    }
    let stale = different.iter().filter(|(_, seen)| !**seen);
    failures.extend(stale.map(|(name, _)| format!("{name} need not be in DIFFERENT")));
    assert!(failures.is_empty(), "{} of {cells}:\n{}", failures.len(), failures.join("\n"));
}

/// Every elementwise operator, and everything that reduces dimensions, has a call here.
#[test]
fn no_operator_is_left_out() {
    let called: std::collections::HashSet<&str> = tables().iter().map(|(call, _)| call.name).collect();
    let mut missing = Vec::new();
    for operator in registry().all() {
        let Ok(schema) = operator.schema() else { continue };
        let writes_out = schema.arguments.iter().any(|a| a.is_write() && a.kwarg_only);
        if meant(&operator) && !writes_out && !called.contains(&*operator.qualified()) {
            missing.push(operator.qualified());
        }
    }
    assert!(missing.is_empty(), "add to tests/reference/write.py and run it: {}", missing.join(" "));
}

/// A call of `dtypes.txt`.
struct Call {
    name: &'static str,
    args: &'static str,
}

/// Calls with the cells of their tables, row by row.
fn tables() -> Vec<(Call, Vec<&'static str>)> {
    let mut tables = Vec::new();
    for block in include_str!("dtypes.txt").split("\n\n").skip(1) {
        let (calls, table) = block.trim_end().rsplit_once("\n= ").expect("a table");
        for (name, lists) in calls.lines().filter_map(|line| line.split_once(' ')) {
            for args in lists.split(" | ") {
                let call = Call { name, args };
                let split = |row: &'static str| match (call.columns(), row.contains(',')) {
                    (1, _) => vec![row],
                    (_, true) => row.split(',').collect(),
                    _ => row.split("").filter(|cell| !cell.is_empty()).collect(),
                };
                let cells: Vec<&str> = table.split(' ').flat_map(split).collect();
                assert_eq!(cells.len(), LETTERS.len() * call.columns(), "{name} {args}");
                tables.push((call, cells));
            }
        }
    }
    tables
}

impl Call {
    fn columns(&self) -> usize {
        match self.args.split(' ').find(|token| matches!(token.as_bytes()[0], b'B' | b'D' | b'S')) {
            Some("S") => NUMBERS.len(),
            Some(_) => LETTERS.len(),
            None => 1,
        }
    }

    fn column_name(&self, column: usize) -> String {
        match self.columns() {
            1 => String::new(),
            4 => format!(" with {:?}", NUMBERS[column]),
            _ => format!(" with {:?}", LETTERS[column].1),
        }
    }

    fn cell(&self, row: usize, column: usize) -> String {
        let (base, overload) = self.name.split_once('.').unwrap_or((self.name, ""));
        let Some(operator) = registry().find(base, overload) else { return "missing".into() };
        let args: Vec<IValue> = self.args.split(' ').map(|token| value(token, row, column)).collect();
        match run(&operator, &args) {
            Ok(results) => {
                let letter = |t: &Tensor| LETTERS.iter().find(|l| l.1 == t.dtype()).map_or('H', |l| l.0);
                let letters: String = results.iter().filter_map(|v| v.to_tensor().ok()).map(|t| letter(&t)).collect();
                if letters.is_empty() {
                    ".".into()
                } else {
                    letters
                }
            }
            Err(why) if why == PANIC => why,
            Err(_) => "-".into(),
        }
    }
}

fn value(token: &str, row: usize, column: usize) -> IValue {
    let (first, rest) = token.split_at(1);
    let ones = |dtype| {
        let sizes: Vec<i64> = match rest {
            "" => vec![2],
            "0" => vec![],
            sizes => sizes[1..].split('x').map(|n| n.parse().expect("a size")).collect(),
        };
        IValue::Tensor(Tensor::full(&sizes, Scalar::Int(1), dtype).expect("small"))
    };
    match first {
        "A" => ones(LETTERS[row].1),
        "B" => ones(LETTERS[column].1),
        "M" => ones(DType::Bool),
        "S" => NUMBERS[column].into(),
        "D" => IValue::Int(LETTERS[column].1.code()),
        "n" => IValue::None,
        "s" => IValue::from(&rest[1..]),
        "i" => IValue::Int(rest.parse().expect("an integer")),
        "f" => IValue::Double(rest.parse().expect("a number")),
        "b" => IValue::Bool(rest == "1"),
        _ => {
            let items = rest.trim_end_matches(')').split(',').filter(|n| !n.is_empty());
            IValue::List(List::new(Type::Int, items.map(|n| IValue::Int(n.parse().expect("an integer"))).collect()))
        }
    }
}
