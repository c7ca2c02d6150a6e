//! What must hold for every operator of the table, on random shapes and strides: strided arguments give what
//! contiguous ones give, and the in-place and `out` forms give what the functional form gives.
//!
//! Arguments are made from the schema. A call that an operator refuses says nothing here, except that it must refuse
//! the strided arguments too.

use sconce::op::Operator;
use sconce::op::{registry, Stack, Tag};
use sconce::schema::Argument;
use sconce::value::List;
use sconce::{Complex, DType, IValue, Layout, Scalar, Tensor, Type};

const DTYPES: [DType; 8] =
    [DType::F32, DType::F64, DType::I64, DType::U8, DType::Bool, DType::F16, DType::BF16, DType::C64];
const SHAPES: [&[i64]; 7] = [&[3, 4], &[], &[5], &[2, 3, 4], &[2, 0, 3], &[1, 2, 3, 4], &[40, 70]];

/// Their results are memory that nobody wrote, or depend on strides.
const UNDEFINED: [&str; 22] = [
    "aten::_debug_has_internal_overlap",
    "aten::resize",
    "aten::resize_as",
    "aten::slice_inverse",
    "aten::sym_stride",
    "aten::sym_storage_offset",
    "aten::_version",
    "aten::_pdist_forward",
    "aten::_has_same_storage_numel",
    "aten::_fused_sdp_choice",
    "aten::is_non_overlapping_and_dense",
    "aten::view_copy",
    "aten::empty_like",
    "aten::new_empty",
    "aten::new_empty_strided",
    "aten::empty_permuted",
    "aten::rrelu_with_noise",
    "aten::stride",
    "aten::is_contiguous",
    "aten::storage_offset",
    "aten::data_ptr",
    "aten::view",
];

#[test]
fn strided_arguments_and_forms() {
    let (mut random, mut calls, mut failures) = (Random(7), [0; 3], Vec::new());
    for operator in registry().all() {
        let wanted = operator.name.starts_with("aten::")
            && operator.entry().is_some_and(|(_, exact)| exact)
            && !operator.has_tag(Tag::Random)
            && !UNDEFINED.contains(&&*operator.name);
        let Ok(schema) = operator.schema() else { continue };
        let writes = schema.arguments.iter().any(|a| a.alias.as_ref().is_some_and(|alias| alias.is_write));
        if !wanted || writes || !matches!(schema.arguments.first(), Some(Argument { ty: Type::Tensor(_), .. })) {
            continue;
        }
        for (round, dtype) in DTYPES.into_iter().enumerate() {
            let shape = SHAPES[(random.next() as usize + round) % SHAPES.len()];
            let Some(args) = arguments(&schema.arguments, shape, dtype, &mut random) else { continue };
            let expected = match run(&operator, &args) {
                Ok(expected) => expected,
                Err(why) if why == PANIC => {
                    failures.push(format!("{} {dtype:?}{shape:?}: {why}", operator.qualified()));
                    continue;
                }
                Err(_) => continue,
            };
            // what their integers and their parts stand for is tested elsewhere
            let plain = |x: Tensor| !x.dtype().is_quantized() && x.layout() == Layout::Strided;
            if !expected.iter().all(|v| v.to_tensor().map_or(true, plain)) {
                continue;
            }
            calls[0] += 1;
            let strided: Vec<IValue> = args.iter().map(|v| with_other_strides(v, &mut random)).collect();
            let check = |what: &str, got: Result<Vec<IValue>, String>, failures: &mut Vec<String>| {
                if let Err(why) = got.and_then(|got| same_all(&got, &expected)) {
                    failures.push(format!("{} {what} {dtype:?}{shape:?}: {why}", operator.qualified()));
                }
            };
            check("strided", run(&operator, &strided), &mut failures);
            let [IValue::Tensor(result)] = &expected[..] else { continue };
            if let (Some(form), Some(IValue::Tensor(x))) =
                (registry().find(&format!("{}_", operator.name), &operator.overload), strided.first())
            {
                let same_args = form.schema().is_ok_and(|s| s.arguments.len() == args.len());
                if same_args && x.sizes() == result.sizes() && x.dtype() == result.dtype() {
                    calls[1] += 1;
                    let fresh: Vec<IValue> = strided.iter().map(|v| with_other_strides(v, &mut random)).collect();
                    check("in place", run(&form, &fresh), &mut failures);
                }
            }
            for form in registry().overloads(&operator.name) {
                let of_this = form.entry().zip(operator.entry()).is_some_and(|(a, b)| std::ptr::eq(a.0, b.0) && !a.1);
                let Ok(out_schema) = form.schema() else { continue };
                if of_this && form.name == operator.name && out_schema.arguments.len() == args.len() + 1 {
                    calls[2] += 1;
                    let out = with_other_strides(&IValue::Tensor(result.clone()), &mut random);
                    if let IValue::Tensor(out) = &out {
                        out.fill(Scalar::Int(1)).expect("a tensor can be filled");
                    }
                    let all: Vec<IValue> = strided.iter().cloned().chain([out]).collect();
                    check("out", run(&form, &all), &mut failures);
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of {calls:?}:\n{}", failures.len(), failures.join("\n"));
    assert!(calls.iter().all(|n| *n > 300), "too few calls succeed: {calls:?}");
}

/// Deterministic numbers (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 8
    }
}

fn arguments(schema: &[Argument], shape: &[i64], dtype: DType, random: &mut Random) -> Option<Vec<IValue>> {
    schema.iter().map(|argument| value(argument, shape, dtype, random)).collect()
}

/// An argument that many operators take; none for types that say too little.
fn value(argument: &Argument, shape: &[i64], dtype: DType, random: &mut Random) -> Option<IValue> {
    if let Some(default) = &argument.default {
        return Some(default.clone());
    }
    Some(match &argument.ty {
        Type::Tensor(_) => {
            let dtype = match argument.name.as_str() {
                "index" | "indices" => DType::I64,
                "mask" | "condition" => DType::Bool,
                _ => dtype,
            };
            IValue::Tensor(tensor(shape, dtype, random))
        }
        Type::Int => IValue::Int(0),
        Type::Number => IValue::Int(2),
        Type::Float => IValue::Double(0.5),
        Type::Bool => IValue::Bool(false),
        Type::Optional(_) => IValue::None,
        Type::List(element) if **element == Type::Int => {
            IValue::List(List::new(Type::Int, if argument.name == "size" { ints(shape) } else { ints(&[0]) }))
        }
        _ => return None,
    })
}

fn ints(values: &[i64]) -> Vec<IValue> {
    values.iter().map(|v| IValue::Int(*v)).collect()
}

/// Small numbers, different from each other for floats; indices are 0 or 1.
fn tensor(shape: &[i64], dtype: DType, random: &mut Random) -> Tensor {
    let out = Tensor::empty(shape, dtype).expect("small");
    let n = out.numel();
    let mut number = || (random.next() % 4001) as f64 / 1000.0 - 2.0;
    if dtype.is_complex() {
        let values: Vec<Complex> = (0..n).map(|_| Complex::new(number(), number())).collect();
        out.assign(&values).expect("numbers");
    } else if dtype.is_integral(true) {
        let values: Vec<i64> = (0..n).map(|_| i64::from(number() > 0.0)).collect();
        out.assign(&values).expect("numbers");
    } else {
        let values: Vec<f64> = (0..n).map(|_| number()).collect();
        out.assign(&values).expect("numbers");
    }
    out
}

/// The same elements at other places in memory: reversed dimensions or every second element, behind an offset.
fn with_other_strides(value: &IValue, random: &mut Random) -> IValue {
    let IValue::Tensor(x) = value else { return value.clone() };
    let mut sizes = x.sizes().to_vec();
    let spaced = random.next() % 2 == 0 && !sizes.is_empty();
    let reversed = random.next() % 2 == 0;
    if reversed {
        sizes.reverse();
    }
    let last = sizes.len().saturating_sub(1);
    if spaced {
        sizes[last] *= 2;
    }
    let numel: i64 = sizes.iter().product();
    let memory = Tensor::zeros(&[numel + 3], x.dtype()).expect("small");
    let mut view = memory.narrow(0, 3, numel).and_then(|m| m.view(&sizes)).expect("a view");
    if spaced {
        view = view.slice(last as i64, Some(1), None, 2).expect("a view");
    }
    if reversed {
        let order: Vec<i64> = (0..sizes.len() as i64).rev().collect();
        view = view.permute(&order).expect("a view");
    }
    view.copy_from(x).expect("same shape");
    IValue::Tensor(view)
}

const PANIC: &str = "a panic";

fn run(operator: &Operator, args: &[IValue]) -> Result<Vec<IValue>, String> {
    let mut stack: Stack = args.to_vec();
    let call = std::panic::AssertUnwindSafe(|| operator.call(&mut stack, args.len()));
    let outcome = std::panic::catch_unwind(call).map_err(|_| PANIC.to_string())?;
    outcome.map(|()| stack).map_err(|e| e.message().to_string())
}

fn same_all(got: &[IValue], expected: &[IValue]) -> Result<(), String> {
    if got.len() != expected.len() {
        return Err(format!("{} results, expected {}", got.len(), expected.len()));
    }
    got.iter().zip(expected).try_for_each(|(got, expected)| same(got, expected))
}

fn same(got: &IValue, expected: &IValue) -> Result<(), String> {
    match (got, expected) {
        (IValue::Tensor(g), IValue::Tensor(e)) => {
            if (g.dtype(), g.sizes()) != (e.dtype(), e.sizes()) {
                return Err(format!("{:?}{:?}, expected {:?}{:?}", g.dtype(), g.sizes(), e.dtype(), e.sizes()));
            }
            let values = |t: &Tensor| t.to_vec::<Complex>().map_err(|e| e.message().to_string());
            // sums may be taken in another order
            let rtol = match e.dtype().to_real() {
                DType::F16 | DType::BF16 => 1e-2,
                DType::F64 => 1e-9,
                _ => 1e-5,
            };
            let (got, expected) = (values(g)?, values(e)?);
            let largest = expected.iter().map(|e| e.norm()).filter(|e| e.is_finite()).fold(1.0, f64::max);
            let close = |g: f64, e: f64| g == e || g.is_nan() && e.is_nan() || (g - e).abs() <= rtol * largest;
            match got.iter().zip(&expected).find(|(g, e)| !close(g.re, e.re) || !close(g.im, e.im)) {
                Some((g, e)) => Err(format!("{g}, expected {e}")),
                None => Ok(()),
            }
        }
        (IValue::List(g), IValue::List(e)) => same_all(&g.to_vec(), &e.to_vec()),
        (IValue::Double(g), IValue::Double(e)) if (g - e).abs() <= 1e-6 * e.abs() || g.is_nan() && e.is_nan() => Ok(()),
        (IValue::Complex(g), IValue::Complex(e)) if g == e => Ok(()),
        (g, e) if g.is_identical(e) => Ok(()),
        (g, e) => Err(format!("{g:?}, expected {e:?}")),
    }
}
