//! Dropout. Without training every form returns its input itself.

use super::promote::float_type;
use super::random::{bernoulli_float_, fresh_like, rounding, Gen};
use super::Op;
use crate::base::{Dims, Scalar};
use crate::tensor::tile;
use crate::{ensure, op, DType, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::dropout(Tensor input, float p, bool train) -> Tensor", dropout(_, _, _), tags[Random, MayAlias]),
    op!("aten::dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", dropout_(_, _, _), tags[Random]),
    op!("aten::feature_dropout(Tensor input, float p, bool train) -> Tensor", feature_dropout(_, _, _), tags[Random, MayAlias]),
    op!(
        "aten::feature_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)",
        feature_dropout_(_, _, _),
        tags[Random]
    ),
    op!("aten::alpha_dropout(Tensor input, float p, bool train) -> Tensor", alpha_dropout(_, _, _), tags[Random, MayAlias]),
    op!(
        "aten::alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)",
        alpha_dropout_(_, _, _),
        tags[Random]
    ),
    op!(
        "aten::feature_alpha_dropout(Tensor input, float p, bool train) -> Tensor",
        feature_alpha_dropout(_, _, _),
        tags[Random, MayAlias]
    ),
    op!(
        "aten::feature_alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)",
        feature_alpha_dropout_(_, _, _),
        tags[Random]
    ),
    op!(
        "aten::native_dropout(Tensor input, float p, bool? train) -> (Tensor, Tensor)",
        native_dropout(_, _, _), out "out",
        tags[Random]
    ),
    op!(
        "aten::native_dropout_backward(Tensor grad_output, Tensor mask, float scale) -> Tensor",
        native_dropout_backward(_, _, _),
        out "out"
    ),
];

/// `whole` drops single elements; otherwise whole channels of the second dimension.
fn drop_some(x: &Tensor, p: f64, train: bool, feature: bool, alpha: bool) -> Result<Tensor> {
    ensure!((0.0..=1.0).contains(&p), "dropout probability has to be between 0 and 1, but got {p}");
    if p == 0.0 || !train || x.numel() == 0 {
        return Ok(x.clone());
    }
    if p == 1.0 {
        return multiply(x, &Tensor::zeros(&[], x.dtype())?);
    }
    let noise = if feature {
        ensure!(x.dim() >= 2, "Feature dropout requires at least 2 dimensions in the input");
        let shape: Dims = (0..x.dim()).map(|d| if d < 2 { x.sizes()[d] } else { 1 }).collect();
        Tensor::empty(&shape, x.dtype())?
    } else {
        fresh_like(x, None, None)?
    };
    let noise = bernoulli_float_(noise, 1.0 - p, Gen::DEFAULT)?;
    if !alpha {
        let scale = Tensor::scalar(Scalar::Float(1.0 - p), DType::F64)?;
        tile::map_into::<f64, f64>(&[&noise, &scale], &noise, &|x, o| {
            o.iter_mut().zip(x[0].iter().zip(x[1])).for_each(|(o, (n, s))| *o = n / s);
        })?;
        return multiply(x, &noise);
    }
    // keeps mean and variance of inputs that went through SELU
    const ALPHA: f64 = 1.758_099_340_847_376_6;
    let a = 1.0 / ((ALPHA * ALPHA * p + 1.0) * (1.0 - p)).sqrt();
    let round = rounding(x.dtype());
    // factors are float32 for narrower dtypes too
    let factor = |v: f64| if x.dtype() == DType::F64 { v } else { f64::from(v as f32) };
    let (slope, shift, a) = (factor(ALPHA * a), factor(ALPHA * a * p), factor(a));
    tile::map::<f64, f64>(&[x, &noise], x.dtype(), &|x, o| {
        for (o, (v, n)) in o.iter_mut().zip(x[0].iter().zip(x[1])) {
            let moved = round(round(round(n - 1.0) * slope) + shift);
            *o = round(v * round(n * a)) + moved;
        }
    })
}

fn multiply(a: &Tensor, b: &Tensor) -> Result<Tensor> {
    if a.dtype().is_complex() {
        return tile::map::<crate::base::Complex64, crate::base::Complex64>(&[a, b], a.dtype(), &|x, o| {
            o.iter_mut().zip(x[0].iter().zip(x[1])).for_each(|(o, (a, b))| *o = a * b);
        });
    }
    // exact in double precision, so rounded once
    tile::map::<f64, f64>(&[a, b], a.dtype(), &|x, o| {
        o.iter_mut().zip(x[0].iter().zip(x[1])).for_each(|(o, (a, b))| *o = a * b);
    })
}

fn drop_in_place(x: Tensor, p: f64, train: bool, feature: bool, alpha: bool) -> Result<Tensor> {
    let result = drop_some(&x, p, train, feature, alpha)?;
    super::registry::write_in_place(&x, &result)?;
    Ok(x)
}

pub(super) fn dropout(x: Tensor, p: f64, train: bool) -> Result<Tensor> {
    drop_some(&x, p, train, false, false)
}
fn dropout_(x: Tensor, p: f64, train: bool) -> Result<Tensor> {
    drop_in_place(x, p, train, false, false)
}
fn feature_dropout(x: Tensor, p: f64, train: bool) -> Result<Tensor> {
    drop_some(&x, p, train, true, false)
}
fn feature_dropout_(x: Tensor, p: f64, train: bool) -> Result<Tensor> {
    drop_in_place(x, p, train, true, false)
}
fn alpha_dropout(x: Tensor, p: f64, train: bool) -> Result<Tensor> {
    drop_some(&x, p, train, false, true)
}
fn alpha_dropout_(x: Tensor, p: f64, train: bool) -> Result<Tensor> {
    drop_in_place(x, p, train, false, true)
}
fn feature_alpha_dropout(x: Tensor, p: f64, train: bool) -> Result<Tensor> {
    drop_some(&x, p, train, true, true)
}
fn feature_alpha_dropout_(x: Tensor, p: f64, train: bool) -> Result<Tensor> {
    drop_in_place(x, p, train, true, true)
}

/// The result and the mask of what was kept.
fn native_dropout(x: Tensor, p: f64, train: Option<bool>) -> Result<(Tensor, Tensor)> {
    if x.numel() == 0 {
        let mask = fresh_like(&x, Some(DType::Bool), None)?;
        return Ok((x, mask));
    }
    let mask = fresh_like(&x, Some(DType::Bool), None)?;
    if train == Some(false) {
        mask.fill(Scalar::Bool(true))?;
        return Ok((x.deep_clone()?, mask));
    }
    let keep = 1.0 - p;
    let mask = bernoulli_float_(mask, keep, Gen::DEFAULT)?;
    let scale = if keep == 0.0 { 0.0 } else { 1.0 / keep };
    let out = native_dropout_backward(x, mask.clone(), scale)?;
    Ok((out, mask))
}

fn native_dropout_backward(grad: Tensor, mask: Tensor, scale: f64) -> Result<Tensor> {
    tile::map::<f64, f64>(&[&grad, &mask], float_type(grad.dtype()), &|x, o| {
        o.iter_mut().zip(x[0].iter().zip(x[1])).for_each(|(o, (v, m))| *o = v * m * scale);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evaluation_returns_the_input_itself() -> Result<()> {
        let x = Tensor::full(&[2, 3], Scalar::Float(1.0), DType::F32)?;
        for (p, train) in [(0.5, false), (0.0, true)] {
            assert!(dropout(x.clone(), p, train)?.is_same(&x));
        }
        assert_eq!(dropout(x.clone(), 1.0, true)?.to_vec::<f32>()?, [0.0; 6]);
        assert!(dropout(x, 1.5, true).is_err());
        Ok(())
    }
}
