//! Every reduction and scan on random arguments against a line of functions of one row.

use sconce::op::Operator;
use sconce::value::List;
use sconce::{Complex, DType, IValue, Tensor, Type};

use crate::call::{random_calls_of, run, Random, PANIC};
use crate::draw::{self, Values, DTYPES};
use crate::number::{class, close, places, promote, total as exact, ulp, Array, Class, Num};
use crate::special::{complex_log_add, log_add};

use Rule::*;
use Values::{Tame, Wild};

/// The dtype of a result.
#[derive(Clone, Copy, PartialEq)]
enum Rule {
    /// The input's, or the one that was asked for.
    Own,
    /// As `Own`; int64 for integers and bools.
    Sum,
    /// As `Own`; the float dtype for integers and bools.
    Float,
    /// The real dtype of the input's.
    Real,
    /// Bool, but uint8 for uint8.
    Truth,
    /// An index, int64.
    Index,
    /// The index of an element that equals the first result: whichever of several.
    Somewhere,
}

/// What a row is reduced with.
struct Params {
    p: f64,
    correction: f64,
    k: usize,
}

type RowFn = fn(&[Num], &Params) -> Num;
type ScanFn = fn(&[Num]) -> Vec<Num>;

struct Line {
    names: &'static str,
    values: Values,
    ulps: f64,
    /// The numbers whose rounding shows in the result.
    scale: fn(&[Num]) -> f64,
    /// How many times more it shows.
    steep: fn(&[Num]) -> f64,
    results: &'static [(Rule, RowFn)],
    scan: Option<&'static [(Rule, ScanFn)]>,
}

#[rustfmt::skip]
const LINES: &[Line] = &[
    row("sum sum.dim_IntList", Tame, 4.0, total, &[(Sum, |r, _| sum(r))]),
    row("nansum", Tame, 4.0, total, &[(Sum, |r, _| sum(&numbers(r)))]),
    row("mean mean.dim", Tame, 4.0, average, &[(Own, |r, _| mean(r))]),
    row("nanmean", Tame, 4.0, average, &[(Own, |r, _| mean(&numbers(r)))]),
    row("prod prod.dim_int", Tame, 64.0, none, &[(Sum, |r, _| r.iter().fold(Num::I(1), |a, b| mul(a, *b)))]),
    row("var var.dim var.correction", Tame, 32.0, squares, &[(Real, variance)]),
    row("std std.dim std.correction", Tame, 32.0, average, &[(Real, |r, p| Num::F(variance(r, p).f().sqrt()))]),
    row("var_mean var_mean.dim var_mean.correction", Tame, 32.0, squares, &[(Real, variance), (Own, |r, _| mean(r))]),
    row("std_mean std_mean.dim std_mean.correction", Tame, 32.0, average,
        &[(Real, |r, p| Num::F(variance(r, p).f().sqrt())), (Own, |r, _| mean(r))]),
    row("max amax", Wild, 0.0, none, &[(Own, |r, _| r[largest(r)])]),
    row("min amin", Wild, 0.0, none, &[(Own, |r, _| r[smallest(r)])]),
    row("max.dim", Wild, 0.0, none, &[(Own, |r, _| r[largest(r)]), (Index, |r, _| index(largest(r)))]),
    row("min.dim", Wild, 0.0, none, &[(Own, |r, _| r[smallest(r)]), (Index, |r, _| index(smallest(r)))]),
    row("aminmax _aminmax.dim", Wild, 0.0, none, &[(Own, |r, _| r[smallest(r)]), (Own, |r, _| r[largest(r)])]),
    row("argmax", Wild, 0.0, none, &[(Index, |r, _| index(largest(r)))]),
    row("argmin", Wild, 0.0, none, &[(Index, |r, _| index(smallest(r)))]),
    row("any any.dim any.dims", Wild, 0.0, none, &[(Truth, |r, _| Num::I(r.iter().any(|v| v.c() != ZERO) as i64))]),
    row("all all.dim all.dims", Wild, 0.0, none, &[(Truth, |r, _| Num::I(r.iter().all(|v| v.c() != ZERO) as i64))]),
    row("count_nonzero count_nonzero.dim_IntList", Wild, 0.0, none,
        &[(Index, |r, _| index(r.iter().filter(|v| v.c() != ZERO).count()))]),
    row("norm.Scalar norm.ScalarOpt_dim norm.ScalarOpt_dim_dtype norm.ScalarOpt_dtype linalg_vector_norm frobenius_norm.dim",
        Tame, 8.0, none, &[(Real, norm)]),
    Line { steep: cancels, ..row("logsumexp special_logsumexp", Tame, 8.0, |_| 1.0, &[(Float, |r, _| log_sum(r))]) },
    row("median", Wild, 0.0, none, &[(Own, |r, _| median(r, false))]),
    row("nanmedian", Wild, 0.0, none, &[(Own, |r, _| median(r, true))]),
    row("median.dim", Wild, 0.0, none, &[(Own, |r, _| median(r, false)), (Somewhere, |r, _| median(r, false))]),
    row("nanmedian.dim", Wild, 0.0, none, &[(Own, |r, _| median(r, true)), (Somewhere, |r, _| median(r, true))]),
    row("kthvalue", Wild, 0.0, none, &[(Own, |r, p| sorted(r)[p.k - 1]), (Somewhere, |r, p| sorted(r)[p.k - 1])]),
    row("mode", Tame, 0.0, none, &[(Own, |r, _| mode(r)), (Somewhere, |r, _| mode(r))]),
    scan("cumsum", Tame, 4.0, total, &[(Sum, |r| (1..=r.len()).map(|n| sum(&r[..n])).collect())]),
    scan("cumprod", Tame, 64.0, none, &[(Sum, |r| running(r, mul))]),
    scan("cumsum_", Tame, 4.0, total, &[(Own, |r| (1..=r.len()).map(|n| sum(&r[..n])).collect())]),
    scan("cumprod_", Tame, 64.0, none, &[(Own, |r| running(r, mul))]),
    scan("cummax", Wild, 0.0, none, &[(Own, |r| at(r, &last(r, true))), (Index, |r| places_of(&last(r, true)))]),
    scan("cummin", Wild, 0.0, none, &[(Own, |r| at(r, &last(r, false))), (Index, |r| places_of(&last(r, false)))]),
    scan("logcumsumexp _logcumsumexp", Tame, 16.0, |_| 1.0, &[(Own, |r| running(r, log_step))]),
    // a difference is rounded before the exponential is taken of it
    Line { steep: spread, ..scan("softmax.int special_softmax _softmax _safe_softmax", Tame, 8.0, none, &[(Own, |r| {
        let all = log_sum(r).f();
        r.iter().map(|v| Num::F((v.f() - all).exp())).collect()
    })]) },
    scan("log_softmax.int special_log_softmax _log_softmax", Tame, 8.0, largest_size, &[(Own, |r| {
        let all = log_sum(r).f();
        r.iter().map(|v| Num::F(v.f() - all)).collect()
    })]),
];

const ZERO: Complex = Complex::new(0.0, 0.0);

const fn row(
    names: &'static str,
    values: Values,
    ulps: f64,
    scale: fn(&[Num]) -> f64,
    results: &'static [(Rule, RowFn)],
) -> Line {
    Line { names, values, ulps, scale, steep: none, results, scan: None }
}

const fn scan(
    names: &'static str,
    values: Values,
    ulps: f64,
    scale: fn(&[Num]) -> f64,
    results: &'static [(Rule, ScanFn)],
) -> Line {
    Line { names, values, ulps, scale, steep: none, results: &[], scan: Some(results) }
}

#[test]
fn random_calls() {
    random_calls_of(&names(), 80, |operator, random| {
        let name = operator.qualified();
        let line =
            LINES.iter().find(|line| line.names.split_whitespace().any(|n| name.strip_prefix("aten::") == Some(n)));
        one_call(operator, line.ok_or("no line")?, random)
    });
}

/// The operators that have a line.
pub fn names() -> Vec<&'static str> {
    LINES.iter().flat_map(|line| line.names.split_whitespace()).collect()
}

/// What a call asks for, read from its arguments.
struct Asked {
    dims: Option<Vec<usize>>,
    keep: bool,
    dtype: Option<DType>,
    params: Params,
}

fn one_call(operator: &Operator, line: &Line, random: &mut Random) -> Result<usize, String> {
    let schema = operator.schema().map_err(|e| e.message().to_string())?.clone();
    let sizes = draw::shape(random);
    let dtype = random.one_of(&DTYPES);
    let x = draw::tensor(&sizes, dtype, line.values, random);
    let rank = sizes.len();
    let dim = |random: &mut Random| random.below(2 * rank.max(1)) as i64 - rank.max(1) as i64;
    let wrap = |d: i64| d.rem_euclid(rank.max(1) as i64) as usize;
    let mut asked = Asked { dims: None, keep: false, dtype: None, params: Params { p: 2.0, correction: 1.0, k: 1 } };
    let mut args = Vec::new();
    for argument in &schema.arguments {
        let optional = matches!(argument.ty, Type::Optional(_));
        let absent = optional && random.below(2) == 0;
        args.push(match argument.name.as_str() {
            "self" if argument.is_write() => IValue::Tensor(draw::copied(&x, random)),
            "self" => IValue::Tensor(x.clone()),
            _ if absent && argument.name != "correction" && argument.name != "p" => IValue::None,
            "dim"
                if matches!(argument.default, Some(IValue::List(_)))
                    || matches!(&argument.ty, Type::List(_))
                    || matches!(&argument.ty, Type::Optional(inner) if matches!(**inner, Type::List(_))) =>
            {
                let mut dims: Vec<i64> = Vec::new();
                for _ in 0..random.below(rank + 1) {
                    let d = dim(random);
                    if !dims.iter().any(|have| wrap(*have) == wrap(d)) {
                        dims.push(d);
                    }
                }
                // any and all over no dimension are no reductions
                if dims.is_empty() && matches!(&*operator.name, "aten::any" | "aten::all") {
                    dims.push(0);
                }
                if !dims.is_empty() {
                    asked.dims = Some(dims.iter().map(|d| wrap(*d)).collect());
                }
                IValue::List(List::new(Type::Int, dims.into_iter().map(IValue::Int).collect()))
            }
            "dim" => {
                let d = dim(random);
                asked.dims = Some(vec![wrap(d)]);
                IValue::Int(d)
            }
            "keepdim" => {
                asked.keep = random.below(2) == 0;
                IValue::Bool(asked.keep)
            }
            "dtype" => {
                let wanted = random.one_of(&[DType::F32, DType::F64, DType::I64, DType::F16, DType::C64, dtype]);
                asked.dtype = Some(wanted);
                IValue::Int(wanted.code())
            }
            "unbiased" => {
                let unbiased = random.below(2) == 0;
                asked.params.correction = unbiased as i64 as f64;
                IValue::Bool(unbiased)
            }
            "correction" => match random.one_of(&[None, Some(0), Some(1), Some(3)]) {
                None => IValue::None,
                Some(n) => {
                    asked.params.correction = n as f64;
                    IValue::Int(n)
                }
            },
            "p" | "ord" => {
                let p = random.one_of(&[2.0, 2.0, 1.0, 0.0, f64::INFINITY, f64::NEG_INFINITY, 3.0, 0.5]);
                asked.params.p = p;
                IValue::Double(p)
            }
            "k" => {
                asked.params.k = 1 + random.below(2);
                IValue::Int(asked.params.k as i64)
            }
            _ => argument.default.clone().unwrap_or(IValue::Bool(false)),
        });
    }
    let got = match run(operator, &args) {
        Ok(got) => got,
        Err(why) if why == PANIC => return Err(format!("{why}: {dtype:?}{sizes:?} {:?}", &args[1..])),
        Err(_) => return Ok(0),
    };
    check(line, &x, &asked, &got).map_err(|why| {
        let few: Vec<String> = Array::of(&x).data.iter().take(8).map(|v| format!("{v:?}")).collect();
        format!("{dtype:?}{sizes:?}/{:?}[{}] {:?}: {why}", x.strides(), few.join(" "), &args[1..])
    })?;
    Ok(1)
}

fn check(line: &Line, x: &Tensor, asked: &Asked, got: &[IValue]) -> Result<(), String> {
    let rank = x.dim();
    // a dtype that was asked for is taken before anything is computed
    let taken = asked.dtype.unwrap_or(x.dtype());
    let x = Array::of(x).to(taken);
    let all: Vec<usize> = (0..rank).collect();
    let dims: Vec<usize> = if rank == 0 { vec![] } else { asked.dims.clone().unwrap_or(all) };
    let scanned = line.scan.is_some();
    let keep = |d: usize| !dims.contains(&d);
    let outer: Vec<i64> = (0..rank).map(|d| if keep(d) { x.sizes[d] } else { 1 }).collect();
    let shape: Vec<i64> = match (scanned, asked.keep) {
        (true, _) => x.sizes.clone(),
        (_, true) => outer.clone(),
        _ => (0..rank).filter(|d| keep(*d)).map(|d| x.sizes[d]).collect(),
    };
    let count = line.scan.map_or(line.results.len(), |r| r.len());
    if got.len() != count {
        return Err(format!("{} results", got.len()));
    }
    let inner: Vec<i64> = (0..rank).map(|d| if keep(d) { 1 } else { x.sizes[d] }).collect();
    let inner_places = places(&inner);
    for (n, value) in got.iter().enumerate() {
        let IValue::Tensor(value) = value else { return Err("not a tensor".into()) };
        let rule = line.scan.map_or_else(|| line.results[n].0, |r| r[n].0);
        let dtype = result_dtype(rule, taken, asked.dtype.is_some());
        if (value.dtype(), value.sizes()) != (dtype, &shape[..]) {
            return Err(format!("{:?}{:?}, expected {dtype:?}{shape:?}", value.dtype(), value.sizes()));
        }
        let value = Array { sizes: if scanned { shape.clone() } else { outer.clone() }, ..Array::of(value) };
        for place in places(&outer) {
            let at: Vec<Vec<i64>> =
                inner_places.iter().map(|inner| place.iter().zip(inner).map(|(a, b)| a + b).collect()).collect();
            let row: Vec<Num> = at.iter().map(|p| x.at(p)).collect();
            let (ulps, scale) = (line.ulps * (1.0 + (line.steep)(&row)), (line.scale)(&row));
            match line.scan {
                Some(results) => {
                    for (place, expected) in at.iter().zip((results[n].1)(&row)) {
                        same(value.at(place), expected.to(dtype), dtype, ulps, scale, &row)?;
                    }
                }
                None => {
                    let expected = (line.results[n].1)(&row, &asked.params);
                    let found = match rule {
                        Somewhere => row.get(value.at(&place).i() as usize).copied().ok_or("an index outside")?,
                        _ => value.at(&place),
                    };
                    let dtype = if rule == Somewhere { taken } else { dtype };
                    same(found, expected.to(dtype), dtype, ulps, scale, &row)?;
                }
            }
        }
    }
    Ok(())
}

fn result_dtype(rule: Rule, taken: DType, asked: bool) -> DType {
    match rule {
        Own => taken,
        Sum if class(taken) <= Class::Int && !asked => DType::I64,
        Float if class(taken) <= Class::Int => DType::F32,
        Sum | Float => taken,
        Real => taken.to_real(),
        Truth => promote(DType::Bool, if taken == DType::U8 { DType::U8 } else { DType::Bool }),
        Index | Somewhere => DType::I64,
    }
}

fn same(got: Num, expected: Num, dtype: DType, ulps: f64, scale: f64, row: &[Num]) -> Result<(), String> {
    let slack = if ulps > 0.0 { ulps * ulp(expected.size().max(scale), dtype.to_real()) } else { 0.0 };
    let ok = close(got, expected, slack);
    let few: Vec<String> = row.iter().take(12).map(|v| format!("{v:?}")).collect();
    if ok {
        Ok(())
    } else {
        Err(format!("found {got:?}, expected {expected:?} of {} (in all {})", few.join(" "), row.len()))
    }
}

fn none(_: &[Num]) -> f64 {
    0.0
}
fn total(row: &[Num]) -> f64 {
    row.iter().map(|v| v.c().norm()).sum()
}
fn average(row: &[Num]) -> f64 {
    total(row) / row.len().max(1) as f64
}
fn squares(row: &[Num]) -> f64 {
    row.iter().map(|v| v.c().norm_sqr()).sum::<f64>() / row.len().max(1) as f64
}
fn spread(row: &[Num]) -> f64 {
    let (low, high) = row.iter().fold((0.0f64, 0.0f64), |(low, high), v| (low.min(v.f()), high.max(v.f())));
    high - low
}
/// How much larger the exponentials are than their sum.
fn cancels(row: &[Num]) -> f64 {
    match row.first() {
        Some(Num::C(_)) => {
            let sum: Complex = row.iter().map(|v| v.c().exp()).sum();
            row.iter().map(|v| v.c().exp().norm()).sum::<f64>() / sum.norm()
        }
        _ => 0.0,
    }
}
fn largest_size(row: &[Num]) -> f64 {
    row.iter().map(|v| v.f().abs()).fold(0.0, f64::max)
}

fn index(i: usize) -> Num {
    Num::I(i as i64)
}

fn sum(row: &[Num]) -> Num {
    match row.first() {
        None => Num::I(0),
        Some(Num::I(_)) => Num::I(row.iter().fold(0i64, |a, v| a.wrapping_add(v.i()))),
        Some(Num::F(_)) => Num::F(exact(row.iter().map(|v| v.f()))),
        Some(Num::C(_)) => {
            let part = |f: fn(Complex) -> f64| exact(row.iter().map(|v| f(v.c())));
            Num::C(Complex::new(part(|v| v.re), part(|v| v.im)))
        }
    }
}

fn mul(a: Num, b: Num) -> Num {
    match b {
        Num::I(v) => Num::I(a.i().wrapping_mul(v)),
        Num::F(v) => Num::F(a.f() * v),
        Num::C(v) => Num::C(a.c() * v),
    }
}

fn numbers(row: &[Num]) -> Vec<Num> {
    row.iter().copied().filter(|v| !v.f().is_nan()).collect()
}

fn mean(row: &[Num]) -> Num {
    match row.first() {
        Some(Num::C(_)) => Num::C(sum(row).c() / row.len() as f64),
        _ => Num::F(sum(row).f() / row.len() as f64),
    }
}

fn variance(row: &[Num], p: &Params) -> Num {
    let mean = mean(row).c();
    let spread = exact(row.iter().map(|v| (v.c() - mean).norm_sqr()));
    Num::F(spread / (row.len() as f64 - p.correction).max(0.0))
}

fn above(a: Num, b: Num) -> bool {
    match (a, b) {
        (Num::I(a), Num::I(b)) => a > b,
        (a, b) => a.f() > b.f() || a.f().is_nan() && !b.f().is_nan(),
    }
}

/// The first of the largest; NaN is above all.
fn largest(row: &[Num]) -> usize {
    (1..row.len()).fold(0, |best, i| if above(row[i], row[best]) { i } else { best })
}

/// The first of the smallest, or the first NaN.
fn smallest(row: &[Num]) -> usize {
    row.iter()
        .position(|v| v.f().is_nan())
        .unwrap_or_else(|| (1..row.len()).fold(0, |best, i| if above(row[best], row[i]) { i } else { best }))
}

fn sorted(row: &[Num]) -> Vec<Num> {
    let mut row = row.to_vec();
    row.sort_by(|a, b| above(*a, *b).cmp(&above(*b, *a)));
    row
}

fn median(row: &[Num], ignore: bool) -> Num {
    let kept = if ignore { numbers(row) } else { row.to_vec() };
    let nan = row.iter().any(|v| v.f().is_nan()) && !ignore || kept.is_empty();
    if nan {
        Num::F(f64::NAN)
    } else {
        sorted(&kept)[(kept.len() - 1) / 2]
    }
}

fn mode(row: &[Num]) -> Num {
    let count = |v: &Num| row.iter().filter(|w| !above(*v, **w) && !above(**w, *v)).count();
    let most = row.iter().map(count).max().unwrap_or(0);
    let often: Vec<Num> = row.iter().copied().filter(|v| count(v) == most).collect();
    often[smallest(&often)]
}

fn norm(row: &[Num], p: &Params) -> Num {
    let sizes = row.iter().map(|v| v.c().norm());
    Num::F(match p.p {
        0.0 => sizes.filter(|v| *v != 0.0).count() as f64,
        f64::INFINITY => sizes.fold(0.0, f64::max),
        f64::NEG_INFINITY => sizes.fold(f64::INFINITY, f64::min),
        p => sizes.map(|v| v.powf(p)).sum::<f64>().powf(1.0 / p),
    })
}

fn log_sum(row: &[Num]) -> Num {
    match row.first() {
        Some(Num::C(_)) => Num::C(row.iter().map(|v| v.c().exp()).sum::<Complex>().ln()),
        _ => Num::F(row.iter().fold(f64::NEG_INFINITY, |sum, v| log_add(sum, v.f(), 1.0))),
    }
}

/// The logarithm continues the last of the largest.
fn log_step(sum: Num, v: Num) -> Num {
    match v {
        Num::C(v) => Num::C(complex_log_add(v, sum.c())),
        v => Num::F(log_add(sum.f(), v.f(), 1.0)),
    }
}

fn running(row: &[Num], step: fn(Num, Num) -> Num) -> Vec<Num> {
    let mut so_far: Option<Num> = None;
    row.iter()
        .map(|v| {
            let next = so_far.map_or(*v, |a| step(a, *v));
            so_far = Some(next);
            next
        })
        .collect()
}

/// At each place, the last place of the extreme so far; NaN stays.
fn last(row: &[Num], larger: bool) -> Vec<usize> {
    let mut best = 0;
    (0..row.len())
        .map(|i| {
            let (v, top) = (row[i], row[best]);
            let nan = top.f().is_nan();
            let beats = if larger { !above(top, v) } else { !above(v, top) };
            if v.f().is_nan() || !nan && beats {
                best = i;
            }
            best
        })
        .collect()
}

fn at(row: &[Num], indices: &[usize]) -> Vec<Num> {
    indices.iter().map(|i| row[*i]).collect()
}

fn places_of(indices: &[usize]) -> Vec<Num> {
    indices.iter().map(|i| index(*i)).collect()
}
