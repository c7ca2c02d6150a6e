//! Comparing values as `torch.testing.assert_close` does, NaN equal to NaN.

use sconce::base::{Complex64, DType};
use sconce::tensor::QParams;
use sconce::{IValue, Tensor};

use super::case::Rules;
use super::reconstruct;

/// What is different: a reason to count by, and the place and numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    pub reason: String,
    pub detail: String,
}

pub type Verdict = Result<(), Difference>;

fn differ(reason: impl Into<String>, detail: impl Into<String>) -> Verdict {
    Err(Difference { reason: reason.into(), detail: detail.into() })
}

/// Compares a call's result, for operators whose result is not unique by what it stands for.
pub fn compare_result(expected: &IValue, actual: &IValue, args: &[IValue], rules: &Rules) -> Verdict {
    let plain = compare("result", expected, actual, rules);
    if plain.is_ok() || !rules.nonunique {
        return plain;
    }
    // structure, dtypes and shapes are unique in any case
    compare("result", expected, actual, &Rules { meta: true, ..rules.clone() })?;
    reconstruct::compare(expected, actual, args, rules).unwrap_or(plain)
}

/// Compares two values; `place` says where they stand: `result[0]`.
pub fn compare(place: &str, expected: &IValue, actual: &IValue, rules: &Rules) -> Verdict {
    use IValue::*;
    let same = |equal: bool, what: &str| match equal {
        true => Ok(()),
        false => differ(format!("wrong {what}"), format!("{place}: {}, expected {}", show(actual), show(expected))),
    };
    match (expected, actual) {
        (Tensor(e), Tensor(a)) => compare_tensors(place, e, a, rules),
        (Double(e), Double(a)) if !rules.meta => {
            let close = Tolerance::of(DType::F64, rules).close(Complex64::from(*e), Complex64::from(*a));
            same(close, "float")
        }
        (Complex(e), Complex(a)) if !rules.meta => same(Tolerance::of(DType::C128, rules).close(*e, *a), "complex"),
        (Double(_), Double(_)) | (Complex(_), Complex(_)) => Ok(()),
        (Int(e), Int(a)) => same(rules.meta || e == a, "int"),
        (Bool(e), Bool(a)) => same(rules.meta || e == a, "bool"),
        (Str(e), Str(a)) => same(e == a, "str"),
        (Str(e), Device(a)) => same(**e == *a.to_string(), "device"),
        (Device(e), Device(a)) => same(e == a, "device"),
        (None, None) => Ok(()),
        (_, Enum(a)) => compare(place, expected, &a.value, rules),
        (Tuple(e), Tuple(a)) => sequence(place, "tuple", &e.elements, &a.elements, rules),
        (List(e), List(a)) => sequence(place, "list", &e.to_vec(), &a.to_vec(), rules),
        (Dict(e), Dict(a)) => {
            let (e, a) = (e.entries(), a.entries());
            if e.len() != a.len() {
                return differ("wrong length", format!("{place}: dict of {} entries, expected {}", a.len(), e.len()));
            }
            for ((ek, ev), (ak, av)) in e.iter().zip(&a) {
                compare(&format!("{place} key"), ek, ak, &Rules { meta: false, ..rules.clone() })?;
                compare(&format!("{place}[{}]", show(ek)), ev, av, rules)?;
            }
            Ok(())
        }
        _ => differ(
            format!("wrong type: {}, expected {}", kind(actual), kind(expected)),
            format!("{place}: {}, expected {}", show(actual), show(expected)),
        ),
    }
}

fn sequence(place: &str, what: &str, expected: &[IValue], actual: &[IValue], rules: &Rules) -> Verdict {
    if expected.len() != actual.len() {
        let text = format!("{place}: {what} of {} elements, expected {}", actual.len(), expected.len());
        return differ("wrong length", text);
    }
    for (i, (e, a)) in expected.iter().zip(actual).enumerate() {
        // values first, then indices: which one is chosen among equals is not defined
        let index = rules.ties && i > 0 && matches!(e, IValue::Tensor(t) if t.dtype().is_integral(false));
        compare(&format!("{place}[{i}]"), e, a, &Rules { meta: rules.meta || index, ..rules.clone() })?;
    }
    Ok(())
}

pub fn compare_tensors(place: &str, expected: &Tensor, actual: &Tensor, rules: &Rules) -> Verdict {
    if expected.dtype() != actual.dtype() {
        let (a, e) = (actual.dtype(), expected.dtype());
        return differ(format!("wrong dtype: {a}, expected {e}"), format!("{place}: dtype {a}, expected {e}"));
    }
    if expected.sizes() != actual.sizes() {
        let text = format!("{place}: shape {:?}, expected {:?}", actual.sizes(), expected.sizes());
        return differ("wrong shape", text);
    }
    if expected.layout() != actual.layout() {
        let text = format!("{place}: layout {:?}, expected {:?}", actual.layout(), expected.layout());
        return differ("wrong layout", text);
    }
    // which index is returned among equals is not defined
    let only_index = rules.ties && rules.op.starts_with("arg") && expected.dtype() == DType::I64;
    if rules.meta || only_index || expected.is_meta() {
        return Ok(());
    }
    if let (Some(e), Some(a)) = (expected.sparse_parts(), actual.sparse_parts()) {
        for (i, (e, a)) in e.indices.iter().zip(&a.indices).enumerate() {
            compare_tensors(&format!("{place} indices {i}"), e, a, rules)?;
        }
        return compare_tensors(&format!("{place} values"), &e.values, &a.values, rules);
    }
    match (expected.quantizer(), actual.quantizer()) {
        (Some(e), Some(a)) => compare_quantizers(place, &e.params, &a.params, rules)?,
        (None, None) => {}
        _ => return differ("wrong quantizer", format!("{place}: one is quantized, one is not")),
    }
    compare_elements(place, expected, actual, rules)
}

fn compare_quantizers(place: &str, expected: &QParams, actual: &QParams, rules: &Rules) -> Verdict {
    match (expected, actual) {
        (QParams::PerTensor { scale: es, zero_point: ez }, QParams::PerTensor { scale: a_scale, zero_point: az }) => {
            let close = (es - a_scale).abs() <= 1e-6 * es.abs() && ez == az;
            match close {
                true => Ok(()),
                false => differ(
                    "wrong quantizer",
                    format!("{place}: scale {a_scale} zero point {az}, expected {es} and {ez}"),
                ),
            }
        }
        (
            QParams::PerChannel { scales: es, zero_points: ez, axis: e },
            QParams::PerChannel { scales: a_scales, zero_points: az, axis: a },
        ) => {
            if e != a {
                return differ("wrong quantizer", format!("{place}: axis {a}, expected {e}"));
            }
            compare_tensors(&format!("{place} scales"), es, a_scales, rules)?;
            compare_tensors(&format!("{place} zero points"), ez, az, rules)
        }
        _ => differ("wrong quantizer", format!("{place}: per tensor and per channel")),
    }
}

fn compare_elements(place: &str, expected: &Tensor, actual: &Tensor, rules: &Rules) -> Verdict {
    let unreadable = |error: sconce::Error| Difference {
        reason: "unreadable result".into(),
        detail: format!("{place}: {}", error.message()),
    };
    let dtype = expected.dtype();
    if dtype.is_quantized() && dtype.per_byte() == 1 {
        let (e, a) = (expected.integers().map_err(unreadable)?, actual.integers().map_err(unreadable)?);
        return compare_elements(place, &e, &a, rules);
    }
    if !dtype.is_floating_point() && !dtype.is_complex() {
        let (e, a) = (expected.to_vec::<i64>().map_err(unreadable)?, actual.to_vec::<i64>().map_err(unreadable)?);
        let wrong: Vec<usize> = (0..e.len()).filter(|i| e[*i] != a[*i]).collect();
        let Some(first) = wrong.first() else { return Ok(()) };
        let text = format!(
            "{place}: {} of {} elements differ, first at {:?}: {}, expected {}",
            wrong.len(),
            e.len(),
            position(*first, expected.sizes()),
            a[*first],
            e[*first]
        );
        return differ("wrong values", text);
    }
    let tolerance = Tolerance::of(dtype, rules);
    let read = |tensor: &Tensor| -> sconce::Result<Vec<Complex64>> {
        match dtype.is_complex() {
            true => tensor.to_vec::<Complex64>(),
            false => Ok(tensor.to_vec::<f64>()?.into_iter().map(Complex64::from).collect()),
        }
    };
    let (e, a) = (read(expected).map_err(unreadable)?, read(actual).map_err(unreadable)?);
    let wrong: Vec<usize> = (0..e.len()).filter(|i| !tolerance.close(e[*i], a[*i])).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    let off = |i: &usize| (a[*i] - e[*i]).norm();
    let worst = *wrong.iter().max_by(|x, y| off(x).total_cmp(&off(y))).unwrap_or(&wrong[0]);
    let number = |v: Complex64| match dtype.is_complex() {
        true => format!("{}{:+}j", v.re, v.im),
        false => v.re.to_string(),
    };
    let text = format!(
        "{place}: {} of {} elements differ, most at {:?}: {}, expected {} (rtol {}, atol {})",
        wrong.len(),
        e.len(),
        position(worst, expected.sizes()),
        number(a[worst]),
        number(e[worst]),
        tolerance.relative,
        tolerance.absolute
    );
    differ("wrong values", text)
}

fn position(mut index: usize, sizes: &[i64]) -> Vec<usize> {
    let mut position = vec![0; sizes.len()];
    for (at, size) in position.iter_mut().zip(sizes).rev() {
        *at = index % (*size).max(1) as usize;
        index /= (*size).max(1) as usize;
    }
    position
}

#[derive(Clone, Copy, Debug)]
pub struct Tolerance {
    pub relative: f64,
    pub absolute: f64,
}

impl Tolerance {
    pub fn of(dtype: DType, rules: &Rules) -> Tolerance {
        let (relative, absolute) = rules.tolerance.unwrap_or(match dtype {
            DType::F16 | DType::C32 => (2e-3, 2e-3),
            DType::BF16 => (2e-2, 2e-2),
            _ => (1e-4, 1e-6),
        });
        Tolerance { relative, absolute }
    }

    pub fn close(&self, expected: Complex64, actual: Complex64) -> bool {
        let nan = |v: Complex64| v.re.is_nan() || v.im.is_nan();
        if nan(expected) || nan(actual) {
            return nan(expected) && nan(actual);
        }
        expected == actual
            || (expected.is_finite() && (expected - actual).norm() <= self.absolute + self.relative * expected.norm())
    }
}

/// The value in a few words.
pub fn show(value: &IValue) -> String {
    let text = match value {
        IValue::Tensor(t) if t.numel() > 10 || t.is_meta() => format!("{t:?}"),
        IValue::Tensor(t) => t.to_string().replace('\n', " "),
        IValue::Str(text) => format!("{text:?}"),
        IValue::List(_) | IValue::Dict(_) | IValue::Tuple(_) => format!("{value:?}"),
        other => other.to_string(),
    };
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn kind(value: &IValue) -> &'static str {
    match value {
        IValue::Tensor(_) => "Tensor",
        IValue::Double(_) => "float",
        IValue::Int(_) => "int",
        IValue::Bool(_) => "bool",
        IValue::Str(_) => "str",
        IValue::Complex(_) => "complex",
        IValue::None => "None",
        IValue::Tuple(_) => "tuple",
        IValue::List(_) => "list",
        IValue::Dict(_) => "dict",
        other => other.tag(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floats(values: &[f32]) -> IValue {
        Tensor::from_slice(values, &[values.len() as i64]).unwrap().into()
    }
    fn longs(values: &[i64]) -> IValue {
        Tensor::from_slice(values, &[values.len() as i64]).unwrap().into()
    }
    fn half(value: f32) -> IValue {
        Tensor::from_slice(&[value], &[1]).unwrap().to_dtype(DType::F16).unwrap().into()
    }
    fn pair(a: IValue, b: IValue) -> IValue {
        IValue::tuple(vec![a, b])
    }

    #[test]
    fn values_are_compared_by_kind_dtype_shape_and_number() {
        let rules = Rules::default;
        let loose = || Rules { tolerance: Some((0.0, 0.5)), ..rules() };
        let meta = || Rules { meta: true, ..rules() };
        let ties = || Rules { ties: true, ..rules() };
        let (nan, inf) = (f32::NAN, f32::INFINITY);
        let cases = [
            (IValue::Int(1), IValue::Int(1), rules(), ""),
            (IValue::Int(1), IValue::Int(2), rules(), "wrong int"),
            (IValue::Int(1), IValue::Bool(true), rules(), "wrong type: bool, expected int"),
            (IValue::Double(1.0), IValue::Double(1.00009), rules(), ""),
            (IValue::Double(1.0), IValue::Double(1.001), rules(), "wrong float"),
            (IValue::Double(f64::NAN), IValue::Double(f64::NAN), rules(), ""),
            ("cpu".into(), sconce::Device::CPU.into(), rules(), ""),
            (floats(&[1.0]), floats(&[1.0, 1.0]), rules(), "wrong shape"),
            (floats(&[1.0]), longs(&[1]), rules(), "wrong dtype: Long, expected Float"),
            (floats(&[nan, inf]), floats(&[nan, inf]), rules(), ""),
            (floats(&[inf]), floats(&[-inf]), rules(), "wrong values"),
            (floats(&[1.0]), floats(&[nan]), loose(), "wrong values"),
            (floats(&[1.0]), floats(&[1.4]), loose(), ""),
            (floats(&[inf]), floats(&[1.0]), loose(), "wrong values"),
            (longs(&[7]), longs(&[8]), loose(), "wrong values"),
            (half(1.0), half(1.001), rules(), ""),
            (floats(&[1.0]), floats(&[2.0]), meta(), ""),
            (pair(floats(&[1.0]), longs(&[1])), pair(floats(&[1.0]), longs(&[2])), ties(), ""),
            (pair(floats(&[1.0]), longs(&[1])), pair(floats(&[2.0]), longs(&[1])), ties(), "wrong values"),
            (pair(IValue::None, IValue::None), IValue::ints(&[]), rules(), "wrong type: list, expected tuple"),
            (IValue::ints(&[1]), IValue::ints(&[1, 2]), rules(), "wrong length"),
        ];
        for (expected, actual, rules, reason) in cases {
            let got = compare("x", &expected, &actual, &rules).err().map(|d| d.reason).unwrap_or_default();
            assert_eq!(got, reason, "{expected:?} {actual:?}");
        }
    }

    #[test]
    fn details_say_where() {
        let (e, a) = (pair(IValue::None, floats(&[1.0, 2.0])), pair(IValue::None, floats(&[1.0, 3.0])));
        let difference = compare("result", &e, &a, &Rules::default()).unwrap_err();
        let text = "result[1]: 1 of 2 elements differ, most at [1]: 3, expected 2 (rtol 0.0001, atol 0.000001)";
        assert_eq!(difference.detail, text);
    }
}
