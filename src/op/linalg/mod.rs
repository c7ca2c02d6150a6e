//! Linear algebra. Batches of matrices are computed one by one in `f64` or `Complex64` (see [`crate::kernel::linalg`])
//! and rounded to the dtype that was asked for; results of factorisations are column-major, as LAPACK leaves them.

pub mod cholesky;
pub mod distance;
pub mod eigen;
pub mod function;
pub mod ldl;
pub mod lstsq;
pub mod lu;
pub mod norm;
pub mod pinv;
pub mod product;
pub mod qr;
pub mod solve;
pub mod statistics;
pub mod svd;

use super::compute::{dense, finish};
use crate::base::{broadcast_shapes, contiguous_strides, numel, DType, Dims, Element};
use crate::kernel::linalg::{Field, Matrix};
use crate::tensor::NewTensor;
use crate::{bail, ensure, Result, Tensor};

/// Runs a block with `$T` as the type that a dtype is computed in.
macro_rules! dispatch_field {
    ($dtype:expr, $name:expr, $T:ident => $body:expr) => {
        match $dtype {
            $crate::base::DType::F32 | $crate::base::DType::F64 => {
                type $T = f64;
                $body
            }
            $crate::base::DType::C64 | $crate::base::DType::C128 => {
                type $T = $crate::base::Complex64;
                $body
            }
            other => return Err($crate::op::compute::not_implemented($name, other)),
        }
    };
}
use dispatch_field;

/// The matrices of a tensor's last two dimensions.
struct Batch {
    /// `[…, n, m]`, row-major.
    turned: Tensor,
    lead: Dims,
    m: usize,
    n: usize,
}

impl Batch {
    /// Of a tensor of at least two dimensions.
    fn new<T: Element>(x: &Tensor) -> Result<Batch> {
        let nd = x.dim();
        let (m, n) = (x.sizes()[nd - 2] as usize, x.sizes()[nd - 1] as usize);
        Ok(Batch { turned: dense::<T>(&x.transpose(-2, -1)?)?, lead: x.sizes()[..nd - 2].into(), m, n })
    }
    fn count(&self) -> usize {
        numel(&self.lead)
    }
    fn get<T: Element + Field>(&self, i: usize) -> Result<Matrix<T>> {
        let size = self.m * self.n;
        Ok(Matrix::from_slice(self.m, self.n, &self.turned.data::<T>()?[i * size..][..size]))
    }
}

/// A batch of results: matrices of one size.
struct Out<T> {
    data: NewTensor<T>,
    size: usize,
}

impl<T: Element + Field> Out<T> {
    fn new(lead: &[i64], m: usize, n: usize) -> Result<Self> {
        let mut shape: Dims = lead.into();
        shape.extend([n as i64, m as i64]);
        Ok(Out { data: NewTensor::new(&shape)?, size: m * n })
    }
    fn set(&mut self, i: usize, value: &Matrix<T>) {
        self.data.data()[i * self.size..][..self.size].copy_from_slice(value.data());
    }
    /// Column-major.
    fn finish(self, dtype: DType) -> Result<Tensor> {
        finish(self.data.finish(), dtype)?.transpose(-2, -1)
    }
    fn finish_rows(self, dtype: DType) -> Result<Tensor> {
        row_major(&self.finish(dtype)?)
    }
}

/// A batch of vectors, or of numbers when `n` is `None`.
struct Vectors<T> {
    data: NewTensor<T>,
    size: usize,
}

impl<T: Element> Vectors<T> {
    fn new(lead: &[i64], n: Option<usize>) -> Result<Self> {
        let mut shape: Dims = lead.into();
        shape.extend(n.map(|n| n as i64));
        Ok(Vectors { data: NewTensor::new(&shape)?, size: n.unwrap_or(1) })
    }
    fn set(&mut self, i: usize, values: &[T]) {
        self.data.data()[i * self.size..][..self.size].copy_from_slice(values);
    }
    fn values(&mut self) -> &[T] {
        self.data.data()
    }
    fn finish(self, dtype: DType) -> Result<Tensor> {
        finish(self.data.finish(), dtype)
    }
}

/// A tensor of one dimension without elements, which stands for what was not asked for.
fn nothing(dtype: DType) -> Result<Tensor> {
    Tensor::empty(&[0], dtype)
}

/// Row-major, with the usual strides even where a dimension of size 1 or 0 would let them be others.
fn row_major(x: &Tensor) -> Result<Tensor> {
    let (x, strides) = (x.to_contiguous()?, contiguous_strides(x.sizes()));
    if *x.strides() == strides[..] {
        return Ok(x);
    }
    x.as_strided(x.sizes(), &strides, None)
}

/// As [`row_major`], but the last two dimensions column-major.
fn column_major(x: &Tensor) -> Result<Tensor> {
    if x.dim() < 2 {
        return row_major(x);
    }
    row_major(&x.transpose(-2, -1)?)?.transpose(-2, -1)
}

fn check_matrix(x: &Tensor, name: &str, argument: &str) -> Result<()> {
    ensure!(x.dim() >= 2, "{name}: The input tensor {argument} must have at least 2 dimensions.");
    Ok(())
}

fn check_square(x: &Tensor, name: &str) -> Result<()> {
    check_matrix(x, name, "A")?;
    let (m, n) = (x.size(-2)?, x.size(-1)?);
    ensure!(m == n, "{name}: A must be batches of square matrices, but they are {m} by {n} matrices");
    Ok(())
}

fn check_float(x: &Tensor, name: &str, low_precision: bool) -> Result<()> {
    let dtype = x.dtype();
    ensure!(
        dtype.is_floating_point() || dtype.is_complex(),
        "{name}: Expected a floating point or complex tensor as input. Got {}",
        dtype.name()
    );
    ensure!(
        low_precision || matches!(dtype, DType::F32 | DType::F64 | DType::C64 | DType::C128),
        "{name}: Low precision dtypes not supported. Got {}",
        dtype.name()
    );
    Ok(())
}

fn check_same(a: &Tensor, b: &Tensor, name: &str, [x, y]: [&str; 2]) -> Result<()> {
    ensure!(
        a.dtype() == b.dtype(),
        "{name}: Expected {x} and {y} to have the same dtype, but found {x} of type {} and {y} of type {} instead",
        a.dtype().name(),
        b.dtype().name()
    );
    Ok(())
}

/// Both expanded to one shape of batch dimensions.
fn broadcast_batches(a: &Tensor, b: &Tensor) -> Result<(Tensor, Tensor)> {
    let lead = |x: &Tensor| -> Dims { x.sizes()[..x.dim() - 2].into() };
    let shape = broadcast_shapes(&lead(a), &lead(b))?;
    let expand = |x: &Tensor| {
        let sizes: Dims = shape.iter().chain(&x.sizes()[x.dim() - 2..]).copied().collect();
        x.expand(&sizes)
    };
    Ok((expand(a)?, expand(b)?))
}

/// Fails with PyTorch's words for the first factorisation that did not work out.
fn check_info(infos: &[i32], name: &str, is_matrix: bool) -> Result<()> {
    let Some(i) = infos.iter().position(|info| *info != 0) else { return Ok(()) };
    let info = infos[i];
    let place = if is_matrix { String::new() } else { format!("(Batch element {i}): ") };
    if info < 0 {
        bail!("{name}: {place}Argument {} has illegal value.", info.unsigned_abs());
    }
    let has = |word: &str| name.contains(word);
    let converge =
        "The algorithm failed to converge because the input matrix is ill-conditioned or has too many repeated";
    let words = if has("inv") {
        format!(
            "The diagonal element {info} is zero, the inversion could not be completed because the input matrix is \
             singular."
        )
    } else if has("solve") {
        "The solver failed because the input matrix is singular.".to_string()
    } else if has("cholesky") {
        format!(
            "The factorization could not be completed because the input is not positive-definite (the leading minor \
             of order {info} is not positive-definite)."
        )
    } else if has("svd") {
        format!("{converge} singular values (error code: {info}).")
    } else if has("eig") || has("syevd") {
        format!("{converge} eigenvalues (error code: {info}).")
    } else if has("lstsq") {
        format!(
            "The least squares solution could not be computed because the input matrix does not have full rank (error \
             code: {info})."
        )
    } else if has("lu_factor") {
        format!(
            "U[{info},{info}] is zero and using it on lu_solve would result in a division by zero. If you still want \
             to perform the factorization, consider calling linalg.lu(A, pivot) or linalg.lu_factor_ex(A, pivot)"
        )
    } else {
        format!("Unknown error code: {info}.")
    };
    bail!("{name}: {place}{words}")
}

/// The infos of a batch as they are returned.
fn check_infos(infos: &Tensor, name: &str) -> Result<()> {
    check_info(&infos.to_vec::<i32>()?, name, infos.dim() == 0)
}
