//! Sampling with a grid of places, and grids that stand for affine maps.

use super::compute::{dense, dispatch_float, finish, not_implemented, show};
use super::Op;
use crate::base::{DType, Element};
use crate::kernel::gemm::Real;
use crate::kernel::sample::{grid_sample, GridParams, Mixing, Outside};
use crate::tensor::NewTensor;
use crate::{bail, ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::grid_sampler(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> \
         Tensor",
        grid_sampler(_, _, _, _, _)
    ),
    op!(
        "aten::grid_sampler_2d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool \
         align_corners) -> Tensor",
        grid_sampler_2d(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::_grid_sampler_2d_cpu_fallback(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool \
         align_corners) -> Tensor",
        grid_sampler_2d(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::grid_sampler_3d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool \
         align_corners) -> Tensor",
        grid_sampler_3d(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::affine_grid_generator(Tensor theta, SymInt[] size, bool align_corners) -> Tensor",
        affine_grid_generator(_, _, _), out "out"
    ),
];

fn grid_sampler(x: Tensor, grid: Tensor, mode: i64, padding: i64, corners: bool) -> Result<Tensor> {
    let rank = if x.dim() == 5 { 5 } else { 4 };
    check(&x, &grid, rank, mode)?;
    if rank == 5 {
        grid_sampler_3d(x, grid, mode, padding, corners)
    } else {
        grid_sampler_2d(x, grid, mode, padding, corners)
    }
}

fn grid_sampler_2d(x: Tensor, grid: Tensor, mode: i64, padding: i64, corners: bool) -> Result<Tensor> {
    check(&x, &grid, 4, mode)?;
    let p = params(mode, padding, corners)?;
    match x.dtype() {
        DType::F32 => sample::<f32, 2>(p, &x, &grid),
        DType::F64 => sample::<f64, 2>(p, &x, &grid),
        other => bail!("grid_sampler_2d_cpu not implemented for {}", other.name()),
    }
}

fn grid_sampler_3d(x: Tensor, grid: Tensor, mode: i64, padding: i64, corners: bool) -> Result<Tensor> {
    check(&x, &grid, 5, mode)?;
    let p = params(mode, padding, corners)?;
    match x.dtype() {
        DType::F32 => sample::<f32, 3>(p, &x, &grid),
        DType::F64 => sample::<f64, 3>(p, &x, &grid),
        other => Err(not_implemented("grid_sampler3d_cpu", other)),
    }
}

fn check(x: &Tensor, grid: &Tensor, rank: usize, mode: i64) -> Result<()> {
    let (a, b) = (show(x.sizes()), show(grid.sizes()));
    ensure!(
        x.sizes().first() == grid.sizes().first(),
        "grid_sampler(): expected grid and input to have same batch size, but got input with sizes {a} and grid with \
         sizes {b}"
    );
    let n = x.dim() as i64 - 2;
    ensure!(
        grid.sizes().last() == Some(&n),
        "grid_sampler(): expected grid to have size {n} in last dimension, but got grid with sizes {b}"
    );
    ensure!(
        x.dim() == rank && grid.dim() == rank,
        "grid_sampler(): expected {rank}D input and grid with same number of dimensions, but got input with sizes {a} and \
         grid with sizes {b}"
    );
    for (dim, size) in x.sizes().iter().enumerate().skip(2) {
        ensure!(
            *size > 0,
            "grid_sampler(): expected input to have non-empty spatial dimensions, but input has sizes {a} with dimension \
             {dim} being empty"
        );
    }
    ensure!(rank == 4 || mode != 2, "grid_sampler(): bicubic interpolation only supports 4D input");
    ensure!(x.dtype() == grid.dtype(), "expected scalar type {} but found {}", x.dtype().name(), grid.dtype().name());
    Ok(())
}

fn params(mode: i64, padding: i64, corners: bool) -> Result<GridParams> {
    let mixing = match mode {
        0 => Mixing::Linear,
        1 => Mixing::Nearest,
        2 => Mixing::Cubic,
        other => return Err(Error::unsupported(format!("grid_sampler with interpolation mode {other}"))),
    };
    let outside = match padding {
        0 => Outside::Zeros,
        1 => Outside::Border,
        2 => Outside::Reflection,
        other => return Err(Error::unsupported(format!("grid_sampler with padding mode {other}"))),
    };
    Ok(GridParams { mixing, outside, corners })
}

fn sample<T: Real + Element, const N: usize>(p: GridParams, x: &Tensor, grid: &Tensor) -> Result<Tensor> {
    let mut shape = x.sizes()[..2].to_vec();
    shape.extend_from_slice(&grid.sizes()[1..=N]);
    let (input, places) = (dense::<T>(x)?, dense::<T>(grid)?);
    let (input, places) = (input.data::<T>()?, places.data::<T>()?);
    let mut out = NewTensor::<T>::new(&shape)?;
    if !out.data().is_empty() {
        let channels = shape[1] as usize;
        let size: [usize; N] = std::array::from_fn(|i| x.sizes()[2 + i] as usize);
        let plane = size.iter().product::<usize>() * channels;
        let count = shape[2..].iter().product::<i64>() as usize;
        let images = input.chunks_exact(plane).zip(places.chunks_exact(count * N));
        for ((input, grid), out) in images.zip(out.data().chunks_exact_mut(count * channels)) {
            grid_sample(p, input, size, grid, channels, out);
        }
    }
    Ok(out.finish())
}

fn affine_grid_generator(theta: Tensor, size: Vec<i64>, corners: bool) -> Result<Tensor> {
    ensure!(size.len() == 4 || size.len() == 5, "AffineGridGenerator needs 4d (spatial) or 5d (volumetric) inputs.");
    let n = size.len() - 2;
    ensure!(theta.dim() == 3, "batch2 must be a 3D tensor");
    ensure!(size.iter().all(|s| *s >= 0), "Trying to create tensor with negative dimension: {}", show(&size));
    let (batch, columns) = (theta.sizes()[0], theta.sizes()[2]);
    ensure!(
        batch == size[0] && columns == n as i64 + 1,
        "Expected size for first two dimensions of batch2 tensor to be: [{}, {}] but got: [{batch}, {columns}].",
        size[0],
        n + 1
    );
    let mut shape = vec![size[0]];
    shape.extend_from_slice(&size[2..]);
    shape.push(n as i64);
    ensure!(
        theta.sizes()[1] == n as i64,
        "shape '{}' is invalid for input of size {}",
        show(&shape),
        shape[..=n].iter().fold(theta.sizes()[1], |n, size| n.saturating_mul(*size))
    );
    let dtype = theta.dtype();
    if matches!(dtype, DType::F16 | DType::BF16) && size[2..].iter().any(|s| *s <= 1) {
        return Err(not_implemented("tensor_cpu", dtype));
    }
    dispatch_float!(dtype, "affine_grid_generator", T => {
        let maps = dense::<T>(&theta)?;
        let mut out = NewTensor::<T>::new(&shape)?;
        if out.data().is_empty() {
            return finish(out.finish(), dtype);
        }
        let axes: Vec<Vec<T>> = size[2..].iter().map(|s| from_minus_one(*s as usize, corners)).collect();
        let places = size[2..].iter().product::<i64>() as usize;
        let images = out.data().chunks_exact_mut(places * n).zip(maps.data::<T>()?.chunks_exact(n * (n + 1)));
        for (out, map) in images {
            for (at, point) in out.chunks_exact_mut(n).enumerate() {
                let (mut place, mut rest) = ([1.0 as T; 4], at);
                for dim in 0..n {
                    let axis = &axes[n - 1 - dim];
                    place[dim] = axis[rest % axis.len()];
                    rest /= axis.len();
                }
                place[n] = 1.0;
                for (y, row) in point.iter_mut().zip(map.chunks_exact(n + 1)) {
                    *y = row.iter().zip(&place).fold(0.0, |sum, (m, x)| sum + m * x);
                }
            }
        }
        finish(out.finish(), dtype)
    })
}

/// Evenly from -1 to 1: from middle to middle of the outermost places (`corners`), or within the outer edges.
fn from_minus_one<T: Real>(size: usize, corners: bool) -> Vec<T> {
    let number = |x: f64| T::from(x).unwrap_or_else(T::nan);
    if size <= 1 {
        return vec![T::zero(); size];
    }
    let step = number(2.0) / number((size - 1) as f64);
    let shrink = if corners { T::one() } else { number((size - 1) as f64) / number(size as f64) };
    let at = |i: usize| {
        let value = if i < size / 2 {
            step * number(i as f64) - T::one()
        } else {
            T::one() - step * number((size - 1 - i) as f64)
        };
        value * shrink
    };
    (0..size).map(at).collect()
}
