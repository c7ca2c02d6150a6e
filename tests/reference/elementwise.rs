//! Every elementwise operator on random arguments against its line in `table.rs`, in the functional form, in place and
//! with `out` of any dtype that can hold the result.

use sconce::op::{registry, Operator};
use sconce::schema::Argument;
use sconce::{Complex, DType, IValue, Tensor, Type};

use crate::call::{random_calls_of, run, Random, PANIC};
use crate::draw::{self, Values, DTYPES};
use crate::number::{class, close, coarser, largest, limits, places, result_type, round, ulp, Array, Class, Num};
use crate::table::{lines, Line, Promote};

#[test]
fn random_calls() {
    let lines = lines();
    random_calls_of(&names(), 30, |operator, random| one_call(operator, &lines, random));
}

/// The operators that have a line.
pub fn names() -> Vec<&'static str> {
    let lines = lines();
    let names = lines.iter().flat_map(|line| line.names.split_whitespace());
    let names: std::collections::BTreeSet<&str> = names.map(|name| name.split(':').next().unwrap_or(name)).collect();
    names.into_iter().collect()
}

/// How many calls agreed with the reference; none where the operator refuses the arguments.
fn one_call(operator: &Operator, lines: &[Line], random: &mut Random) -> Result<usize, String> {
    let schema = operator.schema().map_err(|e| e.message().to_string())?.clone();
    let text = schema.arguments.iter().find(|a| matches!(a.name.as_str(), "rounding_mode" | "approximate"));
    let text =
        text.map(|a| if a.name == "approximate" { ["none", "tanh"] } else { ["trunc", "floor"] }[random.below(2)]);
    let name = operator.qualified();
    let found = lines.iter().find(|line| line.key(&name).is_some_and(|key| key.is_none() || key == text));
    let line = found.ok_or("no line in the reference")?;
    let args = arguments(&schema.arguments, line, text, random);
    let evaluate = || line.evaluate(&schema.arguments, &args);
    let context = |what: &str, why: String| format!("{what}{}: {why}", show(&args));
    if schema.arguments[0].is_write() {
        let IValue::Tensor(x) = &args[0] else { return Err("writes no tensor".into()) };
        let x = draw::copied(x, random);
        let expected = match evaluate() {
            Ok(expected) if x.sizes() == &expected.values.sizes[..] => expected,
            // to be refused, which another dtype or shape has to show
            _ => return Ok(0),
        };
        let all: Vec<IValue> = [IValue::Tensor(x.clone())].into_iter().chain(args[1..].iter().cloned()).collect();
        return match run(operator, &all) {
            Err(why) if why == PANIC => Err(context("in place ", why)),
            Err(_) => Ok(0),
            Ok(_) => same(&x, &expected.stored(x.dtype()), line).map(|()| 1).map_err(|why| context("in place ", why)),
        };
    }
    let got = match run(operator, &args) {
        Ok(got) => got,
        Err(why) if why == PANIC => return Err(format!("{why}: {}", show(&args))),
        Err(_) => return Ok(0),
    };
    // of several results the first
    let Some(IValue::Tensor(got)) = got.first() else { return Err("no tensor".into()) };
    let expected = evaluate()?;
    same(got, &expected, line).map_err(|why| context("", why))?;

    let out_dtype = random.one_of(&DTYPES);
    let out_form = registry().overloads(&operator.name).into_iter().find(|form| {
        let of_this = form.entry().zip(operator.entry()).is_some_and(|(a, b)| std::ptr::eq(a.0, b.0) && !a.1);
        of_this && form.name == operator.name && form.schema().is_ok_and(|s| s.arguments.len() == args.len() + 1)
    });
    if let Some(form) = out_form.filter(|_| random.below(2) == 0) {
        let sizes = if random.below(3) == 0 { vec![0] } else { expected.values.sizes.clone() };
        let out = draw::tensor(&sizes, out_dtype, Values::Tame, random);
        let all: Vec<IValue> = args.iter().cloned().chain([IValue::Tensor(out.clone())]).collect();
        check_written(&form, &all, &out, &expected, line).map_err(|why| context("out ", why))?;
    }
    let inplace = registry().find(&format!("{}_", operator.name), &operator.overload);
    let real = |x: &Tensor| line.real && x.dtype().is_complex();
    if let (Some(form), Some(IValue::Tensor(x))) =
        (inplace, args.first().filter(|x| !x.to_tensor().is_ok_and(|x| real(&x))))
    {
        if x.sizes() == &expected.values.sizes[..] && form.schema().is_ok_and(|s| s.arguments.len() == args.len()) {
            let x = draw::copied(x, random);
            let all: Vec<IValue> = [IValue::Tensor(x.clone())].into_iter().chain(args[1..].iter().cloned()).collect();
            check_written(&form, &all, &x, &expected, line).map_err(|why| context("in place ", why))?;
        }
    }
    Ok(1)
}

/// A form that writes into `target` must store what it holds of the result, or refuse a dtype that cannot hold it; some
/// refuse every dtype but the result's, and `views.txt` says which.
fn check_written(
    form: &Operator,
    args: &[IValue],
    target: &Tensor,
    expected: &Expected,
    line: &Line,
) -> Result<(), String> {
    let result = expected.values.dtype;
    let holds = class(result).min(Class::Float) <= class(target.dtype()).min(Class::Float)
        && (class(target.dtype()) == Class::Complex || class(result) != Class::Complex)
        && (class(target.dtype()) != Class::Bool || class(result) == Class::Bool);
    let strict = ["Found dtype", "Expected out tensor to have dtype", "does not support non-boolean outputs"];
    match run(form, args) {
        Err(why) if target.dtype() != result && strict.iter().any(|text| why.contains(text)) => Ok(()),
        Err(why) if why == PANIC || holds => Err(format!("{:?} {why}", target.dtype())),
        Err(_) => Ok(()),
        Ok(_) if !holds => Err(format!("{:?} should not hold {result:?}", target.dtype())),
        Ok(_) => {
            same(target, &expected.stored(target.dtype()), line).map_err(|why| format!("{:?} {why}", target.dtype()))
        }
    }
}

fn arguments(schema: &[Argument], line: &Line, text: Option<&str>, random: &mut Random) -> Vec<IValue> {
    let sizes = draw::shape(random);
    let dtype = random.one_of(&DTYPES);
    let mut tensors = 0;
    let mut made = |argument: &Argument, at: usize, random: &mut Random| -> IValue {
        let values = line.values[at.min(2)];
        let optional = matches!(argument.ty, Type::Optional(_));
        let ty = match &argument.ty {
            Type::Optional(inner) => inner,
            other => other,
        };
        if optional && random.below(2) == 0 && text.is_none() {
            return IValue::None;
        }
        match ty {
            Type::Tensor(_) => {
                tensors += 1;
                let dtype = match argument.name.as_str() {
                    "condition" | "mask" => DType::Bool,
                    _ if tensors == 1 || line.alike || random.below(3) > 0 => dtype,
                    _ => random.one_of(&DTYPES),
                };
                let narrow =
                    if tensors == 1 && random.below(3) > 0 { sizes.clone() } else { draw::narrower(&sizes, random) };
                let zero_dim = line.promote == Promote::First && argument.name == "value" || random.below(12) == 0;
                let x = draw::tensor(if zero_dim { &[] } else { &narrow }, dtype, values, random);
                IValue::Tensor(if !zero_dim && random.below(6) == 0 { x.expand(&sizes).unwrap_or(x) } else { x })
            }
            Type::Number if argument.default.is_some() && random.below(2) == 0 => {
                argument.default.clone().expect("it has one")
            }
            Type::Number => match random.below(if class(dtype) == Class::Complex { 5 } else { 4 }) {
                0 | 1 => IValue::Int(match values {
                    Values::Count | Values::Unit => random.below(5) as i64,
                    _ => random.below(9) as i64 - if dtype == DType::U8 { 0 } else { 4 },
                }),
                4 => IValue::Complex(Complex::new(random.below(5) as f64 - 2.0, 1.5)),
                _ => IValue::Double(match values {
                    Values::Count => random.below(5) as f64,
                    Values::Unit => random.below(1000) as f64 / 1000.0,
                    _ => random.below(1000) as f64 / 100.0 - 5.0,
                }),
            },
            Type::Float => IValue::Double(random.below(100) as f64 / 300.0),
            Type::Int => IValue::Int(match argument.name.as_str() {
                "dim" => sizes.len() as i64 - 1,
                "p" => 1 + random.below(4) as i64,
                _ => random.below(4) as i64,
            }),
            Type::Bool if argument.default.is_none() => IValue::Bool(false),
            Type::Str => text.into(),
            _ => argument.default.clone().unwrap_or_default(),
        }
    };
    let mut args: Vec<IValue> = schema.iter().enumerate().map(|(at, argument)| made(argument, at, random)).collect();
    if line.divides {
        args[1] = without_zeros(&args[1]);
    }
    args
}

/// Integers are not divided by zero.
fn without_zeros(v: &IValue) -> IValue {
    match v {
        IValue::Int(0) => IValue::Int(1),
        IValue::Tensor(x) if class(x.dtype()) <= Class::Int => {
            let values: Vec<i64> = x.to_vec::<i64>().expect("ints").into_iter().map(|v| v + (v == 0) as i64).collect();
            let nonzero = Tensor::empty(x.sizes(), x.dtype()).expect("small");
            nonzero.assign(&values).expect("ints");
            IValue::Tensor(nonzero)
        }
        other => other.clone(),
    }
}

/// What the reference says, and of which numbers.
struct Expected {
    values: Array,
    /// The arguments of each element.
    from: Vec<Vec<Num>>,
    /// The dtype in which the result was rounded first.
    result: DType,
}

impl Expected {
    /// As a tensor of another dtype holds it.
    fn stored(&self, dtype: DType) -> Expected {
        Expected { values: self.values.to(dtype), from: self.from.clone(), result: self.result }
    }
}

impl Line {
    fn evaluate(&self, schema: &[Argument], args: &[IValue]) -> Result<Expected, String> {
        let operands: Vec<&IValue> = args[..self.arity].iter().filter(|v| !matches!(v, IValue::None)).collect();
        let common = result_type(match self.promote {
            Promote::Mask => &operands[1..],
            Promote::First => &operands[..1],
            _ => &operands[..],
        });
        let taken = match self.promote {
            Promote::Float if class(common) <= Class::Int => DType::F32,
            Promote::Double if class(common) == Class::Complex => DType::C128,
            Promote::Double => DType::F64,
            Promote::Whole if common == DType::Bool => DType::I64,
            _ => common,
        };
        let result = match self.promote {
            Promote::Bool => DType::Bool,
            Promote::Real | Promote::Float if class(taken) == Class::Complex && self.real => taken.to_real(),
            _ => taken,
        };
        let wide = match taken {
            DType::F16 | DType::BF16 => DType::F32,
            DType::C32 => DType::C64,
            other => other,
        };
        let arrays: Vec<Array> = args
            .iter()
            .zip(schema)
            .enumerate()
            .filter(|(_, (v, _))| !matches!(v, IValue::Str(_)))
            .map(|(at, (v, argument))| {
                let dtype = if matches!(argument.name.as_str(), "condition" | "mask") { DType::Bool } else { taken };
                match v {
                    // a zero-dimensional tensor may stand for a number
                    IValue::Tensor(t) if t.dim() == 0 && at >= self.exact => Array::of(t).to(wide),
                    IValue::Tensor(t) => Array::of(t).to(dtype),
                    _ => {
                        let exact = at >= self.exact;
                        let value = number(v, &argument.name, taken).to(if exact { wide } else { taken });
                        Array { dtype, sizes: vec![], data: vec![value] }
                    }
                }
            })
            .collect();
        let sizes = broadcast(&arrays);
        let (mut data, mut from) = (Vec::new(), Vec::new());
        for place in places(&sizes) {
            let x: Vec<Num> = arrays.iter().map(|a| a.at(&place)).collect();
            let value = self.value(class(taken), &x).ok_or_else(|| format!("no function for {taken:?}"))?;
            data.push(value.to(result));
            from.push(x);
        }
        Ok(Expected { values: Array { dtype: result, sizes, data }, from, result })
    }

    fn value(&self, class: Class, x: &[Num]) -> Option<Num> {
        match class {
            Class::Float => self.float.map(|f| Num::F(f(&x.iter().map(|v| v.f()).collect::<Vec<_>>()))),
            Class::Complex => self.complex.map(|f| Num::C(f(&x.iter().map(|v| v.c()).collect::<Vec<_>>()))),
            _ => {
                let f = self.bool.filter(|_| class == Class::Bool).or(self.int);
                f.map(|f| Num::I(f(&x.iter().map(|v| v.i()).collect::<Vec<_>>())))
            }
        }
    }
}

/// A number that is no tensor; what an absent one stands for goes by its name.
fn number(v: &IValue, name: &str, taken: DType) -> Num {
    let largest = largest(taken.to_real());
    let integral = class(taken) <= Class::Int;
    match (v, name) {
        (IValue::Bool(v), _) => Num::I(*v as i64),
        (IValue::Int(v), _) => Num::I(*v),
        (IValue::Double(v), _) => Num::F(*v),
        (IValue::Complex(v), _) => Num::C(*v),
        (_, "min") if integral => Num::I(limits(taken).0),
        (_, "max") if integral => Num::I(limits(taken).1),
        (_, "min") => Num::F(f64::NEG_INFINITY),
        (_, "max") => Num::F(f64::INFINITY),
        (_, "posinf") => Num::F(largest),
        (_, "neginf") => Num::F(-largest),
        (_, "eps") => Num::F(-1.0),
        _ => Num::I(0),
    }
}

fn broadcast(arrays: &[Array]) -> Vec<i64> {
    let dims = arrays.iter().map(|a| a.sizes.len()).max().unwrap_or(0);
    let size = |d: usize| {
        let sizes = arrays.iter().filter(|a| a.sizes.len() + d >= dims).map(|a| a.sizes[a.sizes.len() + d - dims]);
        sizes.fold(1, |n, size| if size == 1 { n } else { size })
    };
    (0..dims).map(size).collect()
}

fn same(got: &Tensor, expected: &Expected, line: &Line) -> Result<(), String> {
    let want = &expected.values;
    if (got.dtype(), got.sizes()) != (want.dtype, &want.sizes[..]) {
        return Err(format!("{:?}{:?}, expected {:?}{:?}", got.dtype(), got.sizes(), want.dtype, want.sizes));
    }
    // a result is rounded in its own dtype before it is stored in another
    let dtype = coarser(expected.result.to_real(), want.dtype.to_real());
    let half = matches!(dtype, DType::F16 | DType::BF16);
    let got = Array::of(got);
    for (i, (g, e)) in got.data.iter().zip(&want.data).enumerate() {
        let from: Vec<f64> = expected.from[i].iter().map(|v| v.size()).collect();
        let complex = class(want.dtype) == Class::Complex;
        let ulps = match (half, complex) {
            // half types round once more
            (true, _) => line.half.max(if line.ulps > 0.0 || complex { 1.0 } else { 0.0 }),
            (_, true) => 4.0 * line.ulps.max(1.0),
            _ => line.ulps,
        };
        let ulps = ulps * (1.0 + line.steep.map_or(0.0, |f| f(&from)));
        let scale = line.scale.map_or(0.0, |f| f(&from)).max(if complex { line.complex_scale } else { 0.0 });
        let size = e.size().max(if scale.is_finite() { scale } else { 0.0 });
        let slack = if ulps > 0.0 { ulps * ulp(size, dtype) } else { 0.0 }.max(if dtype == DType::F64 {
            0.0
        } else {
            line.step
        });
        let further = |v: f64| v + v.signum() * ulps * ulp(v, dtype);
        let overflows = |v: f64| round(scale, dtype).is_infinite() || round(further(v), dtype).is_infinite();
        let ok = match (*g, *e) {
            // the sign of a zero that is no rounding
            (Num::F(g), Num::F(e)) if g == 0.0 && e == 0.0 => {
                line.either_zero || ulps > 0.0 || g.is_sign_negative() == e.is_sign_negative()
            }
            (Num::F(g), Num::F(e)) if ulps > 0.0 && !g.is_finite() && overflows(e) => true,
            (Num::F(g), Num::F(e)) if e.is_infinite() && overflows(g) => true,
            (g, e) => close(g, e, slack),
        };
        if !ok {
            let place = &places(&want.sizes)[i];
            return Err(format!(
                "at {place:?} of {:?}: found {g:?}, expected {e:?} of {:?}",
                want.dtype, expected.from[i]
            ));
        }
    }
    Ok(())
}

fn show(args: &[IValue]) -> String {
    let one = |v: &IValue| match v {
        IValue::Tensor(t) => {
            let values = Array::of(t).data;
            let few: Vec<String> = values.iter().take(6).map(|v| format!("{v:?}")).collect();
            format!("{:?}{:?}/{:?}[{}]", t.dtype(), t.sizes(), t.strides(), few.join(" "))
        }
        other => format!("{other:?}"),
    };
    args.iter().map(one).collect::<Vec<_>>().join(", ")
}
