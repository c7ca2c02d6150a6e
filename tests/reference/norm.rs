//! Normalization on random arguments: elements that share statistics are found by their places.

use sconce::op::Operator;
use sconce::value::List;
use sconce::{DType, IValue, Tensor, Type};

use crate::call::{random_calls_of, run, Random};
use crate::draw::{self, Values};
use crate::number::{places, total, ulp, Array};

const FLOATS: [DType; 4] = [DType::F32, DType::F64, DType::F16, DType::BF16];

/// Which elements share a mean and a variance, and which weight an element has.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// The last dimensions, with a weight for each of their places.
    Layer,
    /// As `Layer`, with the root of the mean square alone.
    Rms,
    /// Channels of a sample in so many groups.
    Group(i64),
    /// A channel of a sample.
    Instance,
    /// A channel; statistics are the input's, or running ones.
    Batch(bool),
}

#[test]
fn random_calls() {
    random_calls_of(&names(), 80, one_call);
}

/// The operators that are tested here.
pub fn names() -> Vec<&'static str> {
    let names = "layer_norm native_layer_norm rms_norm group_norm native_group_norm instance_norm batch_norm \
        native_batch_norm _native_batch_norm_legit _native_batch_norm_legit.no_stats _batch_norm_impl_index \
        _native_batch_norm_legit_functional _native_batch_norm_legit_no_training _batch_norm_with_update \
        _batch_norm_with_update_functional _batch_norm_no_update";
    names.split_whitespace().collect()
}

fn one_call(operator: &Operator, random: &mut Random) -> Result<usize, String> {
    let kind = match operator.name.trim_start_matches("aten::") {
        "layer_norm" | "native_layer_norm" => Kind::Layer,
        "rms_norm" => Kind::Rms,
        "group_norm" | "native_group_norm" => Kind::Group(random.one_of(&[1, 2, 4])),
        "instance_norm" => Kind::Instance,
        "_batch_norm_with_update" | "_batch_norm_with_update_functional" => Kind::Batch(true),
        "_batch_norm_no_update" | "_native_batch_norm_legit_no_training" => Kind::Batch(false),
        _ => Kind::Batch(&*operator.overload == "no_stats" || random.below(2) == 0),
    };
    let schema = operator.schema().map_err(|e| e.message().to_string())?.clone();
    let has = |name: &str| schema.arguments.iter().find(|a| a.name == name);
    let dtype = random.one_of(&FLOATS);
    let channels = match kind {
        Kind::Group(n) => n * random.one_of(&[1, 2, 3]),
        _ => random.one_of(&[1, 3, 8, 17]),
    };
    let mut sizes = vec![random.one_of(&[1, 2, 3, 5]), channels];
    for _ in 0..random.below(4) {
        sizes.push(random.one_of(&[1, 2, 3, 5, 7, 9]));
    }
    if matches!(kind, Kind::Instance) {
        sizes.push(random.one_of(&[2, 6, 20]));
    }
    let x = draw::tensor(&sizes, dtype, Values::Tame, random);
    let tail = 1 + random.below(sizes.len() - 1);
    let normalized = sizes[sizes.len() - tail..].to_vec();
    let layer = matches!(kind, Kind::Layer | Kind::Rms);
    let weight_sizes = if layer { normalized.clone() } else { vec![channels] };
    let optional = |values: Values, random: &mut Random| {
        (random.below(3) > 0).then(|| draw::tensor(&weight_sizes, dtype, values, random))
    };
    let (weight, bias) = (optional(Values::Tame, random), optional(Values::Tame, random));
    let running = |random: &mut Random| draw::tensor(&[channels], dtype, Values::Unit, random);
    let required = has("running_mean").is_some_and(|a| !matches!(a.ty, Type::Optional(_)));
    let stats = match kind {
        Kind::Batch(training) if has("running_mean").is_some() && (!training || required || random.below(2) == 0) => {
            Some((running(random), running(random)))
        }
        _ => None,
    };
    let before = stats.clone().map(|(m, v)| (Array::of(&m), Array::of(&v)));
    let eps = 1e-3;
    let tensor = |t: Option<&Tensor>| t.map_or(IValue::None, |t| IValue::Tensor(t.clone()));
    let value = |name: &str| match name {
        "input" => IValue::Tensor(x.clone()),
        "normalized_shape" => IValue::List(List::new(Type::Int, normalized.iter().map(|n| IValue::Int(*n)).collect())),
        "weight" => tensor(weight.as_ref()),
        "bias" => tensor(bias.as_ref()),
        "running_mean" => tensor(stats.as_ref().map(|s| &s.0)),
        "running_var" => tensor(stats.as_ref().map(|s| &s.1)),
        "training" => IValue::Bool(kind == Kind::Batch(true)),
        "use_input_stats" => IValue::Bool(true),
        "momentum" => IValue::Double(0.3),
        "eps" => IValue::Double(eps),
        "num_groups" | "group" => IValue::Int(if let Kind::Group(n) = kind { n } else { 1 }),
        "N" => IValue::Int(sizes[0]),
        "C" => IValue::Int(channels),
        "HxW" => IValue::Int(sizes[2..].iter().product()),
        _ => IValue::Bool(false),
    };
    let args: Vec<IValue> = schema.arguments.iter().map(|a| value(&a.name)).collect();
    let context = format!(
        "{dtype:?}{sizes:?}/{:?} normalized {normalized:?} weight {} bias {}",
        x.strides(),
        weight.is_some(),
        bias.is_some()
    );
    let got = match run(operator, &args) {
        Ok(got) => got,
        Err(why) if why.contains("more than 1 value per channel") => return Ok(0),
        Err(why) => return Err(format!("{context}: {why}")),
    };
    let Some(IValue::Tensor(y)) = got.first() else { return Err("not a tensor".into()) };
    if (y.dtype(), y.sizes()) != (dtype, &sizes[..]) {
        return Err(format!("{context}: {:?}{:?}", y.dtype(), y.sizes()));
    }

    let (x, y) = (Array::of(&x), Array::of(y));
    let all = places(&sizes);
    let group = |p: &[i64]| match kind {
        Kind::Layer | Kind::Rms => p[..p.len() - tail].to_vec(),
        Kind::Group(n) => vec![p[0], p[1] / (channels / n)],
        Kind::Instance => p[..2].to_vec(),
        Kind::Batch(_) => vec![p[1]],
    };
    let mut rows: std::collections::HashMap<Vec<i64>, Vec<f64>> = Default::default();
    for p in &all {
        rows.entry(group(p)).or_default().push(x.at(p).f());
    }
    let moments = |key: &[i64]| match (&before, kind) {
        (Some((m, v)), Kind::Batch(false)) => (m.at(key).f(), v.at(key).f()),
        (_, Kind::Rms) => (0.0, average(&rows[key], |v| v * v)),
        _ => {
            let mean = average(&rows[key], |v| v);
            (mean, average(&rows[key], |v| (v - mean) * (v - mean)))
        }
    };
    let affine = |t: &Option<Tensor>, p: &[i64], none: f64| match t {
        Some(t) => Array::of(t).at(if layer { &p[p.len() - tail..] } else { &p[1..2] }).f(),
        None => none,
    };
    for p in &all {
        let (mean, var) = moments(&group(p));
        let (w, b) = (affine(&weight, p, 1.0), if kind == Kind::Rms { 0.0 } else { affine(&bias, p, 0.0) });
        let expected = (x.at(p).f() - mean) / (var + eps).sqrt() * w + b;
        // the mean of large numbers is rounded as they are
        let size = x.at(p).f().abs() + mean.abs() + average(&rows[&group(p)], f64::abs);
        let scale = size / (var + eps).sqrt() * w.abs() + b.abs();
        let got = y.at(p).f();
        // half types round some of the steps; with the batch's statistics sums of squares, too, which float16 may not hold
        let half = dtype != DType::F64 && dtype != DType::F32;
        let own = half && matches!(kind, Kind::Instance | Kind::Batch(true));
        if own && dtype == DType::F16 && var * rows[&group(p)].len() as f64 > 6e4 {
            continue;
        }
        let ulps = [[16.0, 16.0], [3.0, 8.0]][half as usize][own as usize];
        if (got - expected).abs() > ulps * ulp(scale.max(expected.abs()), dtype) {
            return Err(format!("{context}: at {p:?}: found {got}, expected {expected} of {}", x.at(p).f()));
        }
    }
    let updates = !operator.name.ends_with("_functional");
    if let (Some((m, v)), Some((m0, v0)), Kind::Batch(true), true) = (stats, &before, kind, updates) {
        for (t, old, which) in [(m, m0, 0), (v, v0, 1)] {
            let new = Array::of(&t);
            for c in 0..channels {
                let ((mean, var), n) = (moments(&[c]), rows[&vec![c]].len() as f64);
                let now = if which == 0 { mean } else { var * n / (n - 1.0) };
                let (got, expected) = (new.at(&[c]).f(), 0.7 * old.at(&[c]).f() + 0.3 * now);
                let half = dtype != DType::F64 && dtype != DType::F32;
                if dtype == DType::F16 && var * n > 6e4 {
                    continue;
                }
                let ulps = if half { 8.0 } else { 16.0 };
                if (got - expected).abs() > ulps * ulp(expected.abs().max(now.abs()), dtype) {
                    return Err(format!("{context}: running {which}: found {got}, expected {expected}"));
                }
            }
        }
    }
    Ok(1)
}

fn average(row: &[f64], f: impl Fn(f64) -> f64) -> f64 {
    total(row.iter().map(|v| f(*v))) / row.len() as f64
}
