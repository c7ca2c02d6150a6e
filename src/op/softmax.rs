//! Softmax and its logarithm. Half types compute in float32; results are row-major.

use super::compute::{dense, dispatch_float, finish, half_rounding};
use super::Op;
use crate::base::{numel, wrap_dim, DType, Element};
use crate::kernel::softmax as kernel;
use crate::tensor::NewTensor;
use crate::{ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor", softmax(_, _, _), out "int_out"),
    op!("aten::_softmax(Tensor self, int dim, bool half_to_float) -> Tensor", plain_softmax(_, _, _), out "out"),
    op!("aten::special_softmax(Tensor self, int dim, ScalarType? dtype=None) -> Tensor", softmax(_, _, _)),
    op!(
        "aten::log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor",
        log_softmax(_, _, _), out "int_out"
    ),
    op!(
        "aten::_log_softmax(Tensor self, int dim, bool half_to_float) -> Tensor",
        plain_log_softmax(_, _, _), out "out"
    ),
    op!("aten::special_log_softmax(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor", log_softmax(_, _, _)),
    op!("aten::_safe_softmax(Tensor self, int dim, ScalarType? dtype=None) -> Tensor", safe_softmax(_, _, _)),
];

pub(super) fn softmax(x: Tensor, dim: i64, dtype: Option<DType>) -> Result<Tensor> {
    over(x, dim, dtype, false)
}

fn log_softmax(x: Tensor, dim: i64, dtype: Option<DType>) -> Result<Tensor> {
    over(x, dim, dtype, true)
}

fn plain_softmax(x: Tensor, dim: i64, half_to_float: bool) -> Result<Tensor> {
    ensure!(!half_to_float, "softmax with half to float conversion is not supported on CPU");
    over(x, dim, None, false)
}

fn plain_log_softmax(x: Tensor, dim: i64, half_to_float: bool) -> Result<Tensor> {
    ensure!(!half_to_float, "softmax with half to float conversion is not supported on CPU");
    over(x, dim, None, true)
}

/// Rows that are -∞ throughout give zeros, not NaN.
fn safe_softmax(x: Tensor, dim: i64, dtype: Option<DType>) -> Result<Tensor> {
    let out = over(x.clone(), dim, dtype, false)?;
    if x.numel() == 0 {
        return Ok(out);
    }
    let d = wrap_dim(dim, x.dim())?;
    let dims = if x.dim() == 0 { vec![] } else { vec![d] };
    let shape = crate::tensor::rows::reduced_shape(x.sizes(), &dims, true);
    let masked = crate::tensor::rows::map::<f64, f64>(&x, &dims, 1, DType::F64, &|row, out| {
        out[0] = f64::from(u8::from(row.iter().all(|v| *v == f64::NEG_INFINITY)));
    })?
    .view(&shape)?;
    let dtype = out.dtype();
    crate::tensor::tile::map::<f64, f64>(&[&out, &masked], dtype, &|x, y| {
        y.iter_mut().enumerate().for_each(|(i, y)| *y = if x[1][i] != 0.0 { 0.0 } else { x[0][i] });
    })
}

fn over(x: Tensor, dim: i64, dtype: Option<DType>, log: bool) -> Result<Tensor> {
    let d = wrap_dim(dim, x.dim())?;
    let x = match dtype {
        Some(dtype) if dtype != x.dtype() => x.to_dtype(dtype)?,
        _ => x,
    };
    let name = match (log, d + 1 >= x.dim()) {
        (false, true) => "softmax_lastdim_kernel_impl",
        (false, false) => "softmax_kernel_impl",
        (true, true) => "log_softmax_lastdim_kernel_impl",
        (true, false) => "log_softmax_kernel_impl",
    };
    if let Some(round) = half_rounding(x.dtype()).filter(|_| log && d + 1 >= x.dim()) {
        let mut out = NewTensor::<f32>::new(x.sizes())?;
        let dim = x.sizes().last().map_or(1, |n| *n as usize);
        kernel::log_softmax_halves(dense::<f32>(&x)?.data::<f32>()?, dim, out.data(), round);
        return finish(out.finish(), x.dtype());
    }
    dispatch_float!(x.dtype(), name, T => {
        let mut out = NewTensor::<T>::new(x.sizes())?;
        let input = dense::<T>(&x)?;
        let sizes = x.sizes();
        let split = match sizes.len() {
            0 => [1, 1, 1],
            _ => [numel(&sizes[..d]), sizes[d] as usize, numel(&sizes[d + 1..])],
        };
        let run = if log { kernel::log_softmax::<T> } else { kernel::softmax::<T> };
        run(input.data::<T>()?, split, out.data());
        debug_assert!(T::DTYPE.is_floating_point());
        finish(out.finish(), x.dtype())
    })
}
