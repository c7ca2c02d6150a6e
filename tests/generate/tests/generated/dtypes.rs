//! Which dtypes an operator takes, found by asking it: the calls of `tests/op/*.cases` have arguments that fit, and are
//! made again with every other dtype in the place of the first tensor's.

use std::collections::{BTreeMap, BTreeSet};

use sconce::op::{registry, Operator, Stack};
use sconce::schema::FunctionSchema;
use sconce::value::List;
use sconce::{DType, IValue, Layout, Tensor};

#[path = "../../../op/text.rs"]
mod text;

/// What the page calls the dtypes; the dtypes of a group have its name when all are taken.
const GROUPS: [(&str, &[(&str, DType)]); 5] = [
    ("float", &[("float32", DType::F32), ("float64", DType::F64)]),
    ("half", &[("float16", DType::F16), ("bfloat16", DType::BF16)]),
    (
        "int",
        &[
            ("uint8", DType::U8),
            ("int8", DType::I8),
            ("int16", DType::I16),
            ("int32", DType::I32),
            ("int64", DType::I64),
        ],
    ),
    ("bool", &[("bool", DType::Bool)]),
    ("complex", &[("complex64", DType::C64), ("complex128", DType::C128)]),
];

/// The dtypes of each operator name that the cases call with a tensor, in words.
pub fn of_cases(cases: &str) -> BTreeMap<String, String> {
    let mut taken: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for line in cases.lines() {
        let Some((call, expected)) = line.split_once(" ->").filter(|_| line.contains("::")) else { continue };
        let mut parts = call.split(" ; ");
        let head = parts.next().unwrap_or_default();
        let (name, overload) = head.split_once('.').unwrap_or((head, ""));
        let args: Option<Vec<IValue>> = parts.map(|part| text::parse(part).ok()).collect();
        let Some(args) = args.filter(|_| !expected.starts_with('!')) else { continue };
        for name in [name.to_string(), format!("{name}_")] {
            let Some(operator) = registry().find(&name, overload) else { continue };
            let found = taken.entry(name).or_default();
            for (_, dtype) in GROUPS.iter().flat_map(|group| group.1) {
                if !found.contains(&dtype.code()) && takes(&operator, &args, *dtype) {
                    found.insert(dtype.code());
                }
            }
        }
    }
    taken.into_iter().map(|(name, dtypes)| (name, words(&dtypes))).collect()
}

/// Whether a call succeeds with another dtype in the place of the first tensor's.
fn takes(operator: &Operator, args: &[IValue], dtype: DType) -> bool {
    let mut tensors = Vec::new();
    args.iter().for_each(|v| collect(v, &mut tensors));
    let plain = |t: &Tensor| t.layout() == Layout::Strided && !t.dtype().is_quantized();
    let Some(first) = tensors.first().filter(|_| tensors.iter().all(plain)).map(|t| t.dtype()) else { return false };
    // a dtype that is asked for converts whatever there is
    let asks = |schema: &FunctionSchema| schema.arguments.iter().zip(args).any(|(a, v)| a.name == "dtype" && !v.is_none());
    if operator.schema().map_or(true, |schema| asks(schema)) {
        return false;
    }
    let Some(mut stack) = args.iter().map(|v| changed(v, first, dtype)).collect::<Option<Stack>>() else { return false };
    operator.call(&mut stack, args.len()).is_ok()
}

fn collect(value: &IValue, tensors: &mut Vec<Tensor>) {
    match value {
        IValue::Tensor(t) => tensors.push(t.clone()),
        IValue::List(list) => list.to_vec().iter().for_each(|v| collect(v, tensors)),
        _ => {}
    }
}

/// A copy in which tensors of one dtype have another.
fn changed(value: &IValue, from: DType, to: DType) -> Option<IValue> {
    match value {
        IValue::Tensor(t) if t.dtype() == from && to != from => t.to_dtype(to).ok().map(IValue::Tensor),
        IValue::Tensor(t) => t.deep_clone().ok().map(IValue::Tensor),
        IValue::List(list) => {
            let items: Option<Vec<IValue>> = list.to_vec().iter().map(|v| changed(v, from, to)).collect();
            Some(IValue::List(List::new(list.element_type().clone(), items?)))
        }
        other => Some(other.clone()),
    }
}

fn words(dtypes: &BTreeSet<i64>) -> String {
    let mut words = Vec::new();
    for (group, members) in GROUPS {
        let taken: Vec<&str> = members.iter().filter(|(_, d)| dtypes.contains(&d.code())).map(|(name, _)| *name).collect();
        if taken.len() == members.len() {
            words.push(group);
        } else {
            words.extend(taken);
        }
    }
    words.join(" ")
}
