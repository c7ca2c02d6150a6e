//! Matrix products. Operands may have any strides: the product reads them where they are. Half types compute in
//! float32, integers wrap.

use super::compute::{dense, dense_opt, dispatch_float, dispatch_number, finish, half_rounding, show, Span};
use super::packed;
use super::Op;
use crate::base::threads::{get_num_threads, parallel_chunks};
use crate::base::{broadcast_shapes, Complex32, Complex64, DType, Dims, Element, Scalar};
use crate::kernel::gemm::{gemm, gemm_packed, gemm_ring, gemm_with, Bias, Epilogue, Mat, Real, Ring};
use crate::tensor::{tile, NewTensor};
use crate::{bail, ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::mm(Tensor self, Tensor mat2) -> Tensor", mm(_, _), out "out"),
    op!("aten::bmm(Tensor self, Tensor mat2) -> Tensor", bmm(_, _), out "out"),
    op!("aten::matmul(Tensor self, Tensor other) -> Tensor", matmul(_, _), out "out"),
    op!("aten::linalg_matmul(Tensor self, Tensor other) -> Tensor", matmul(_, _), out "out"),
    op!(
        "aten::addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
        addmm(_, _, _, _, _), inplace, out "out", tags[Aligned]),
    op!(
        "aten::_addmm_activation(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1, bool \
         use_gelu=False) -> Tensor",
        addmm_activation(_, _, _, _, _, _), out "out"
    ),
    op!(
        "aten::addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
        addmv(_, _, _, _, _), inplace, out "out", tags[Aligned]),
    op!(
        "aten::addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
        addbmm(_, _, _, _, _), out "out", tags[Aligned]),
    op!(
        "aten::addbmm_(Tensor(a!) self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)",
        addbmm_(_, _, _, _, _)
    ),
    op!(
        "aten::baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
        baddbmm(_, _, _, _, _), inplace, out "out", tags[Aligned]),
    op!(
        "aten::addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
        addr(_, _, _, _, _), inplace, out "out", tags[Converts, Aligned]),
    op!("aten::mv(Tensor self, Tensor vec) -> Tensor", mv(_, _), out "out"),
    op!("aten::dot(Tensor self, Tensor tensor) -> Tensor", dot(_, _), out "out"),
    op!("aten::vdot(Tensor self, Tensor other) -> Tensor", vdot(_, _), out "out"),
    op!("aten::inner(Tensor self, Tensor other) -> Tensor", inner(_, _), out "out"),
    op!("aten::outer(Tensor self, Tensor vec2) -> Tensor", outer(_, _), out "out", tags[Converts]),
    op!("aten::ger(Tensor self, Tensor vec2) -> Tensor", outer(_, _), out "out", tags[Converts]),
    op!("aten::linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor", linear(_, _, _), out "out"),
    op!(
        "aten::bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor",
        bilinear(_, _, _, _)
    ),
    op!(
        "aten::tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other) -> Tensor",
        tensordot(_, _, _, _), out "out"
    ),
    op!("aten::chain_matmul(Tensor[] matrices) -> Tensor", multi_dot(_), out "out"),
    op!("aten::linalg_multi_dot(Tensor[] tensors) -> Tensor", multi_dot(_), out "out"),
    op!("aten::kron(Tensor self, Tensor other) -> Tensor", kron(_, _), out "out", tags[Converts]),
    op!("aten::_int_mm(Tensor self, Tensor mat2) -> Tensor", int_mm(_, _), out "out"),
];

/// Element types of matrix products.
pub(super) trait Number: Element + Ring {
    fn gemm(alpha: Self, a: Mat<Self>, b: Mat<Self>, beta: Self, c: &mut [Self], ldc: usize);
}
macro_rules! number {
    ($($t:ty: $f:ident),*) => { $(
        impl Number for $t {
            fn gemm(alpha: Self, a: Mat<Self>, b: Mat<Self>, beta: Self, c: &mut [Self], ldc: usize) {
                $f(alpha, a, b, beta, c, ldc);
            }
        }
    )* };
}
number!(f32: gemm, f64: gemm, i64: gemm_ring, Complex32: gemm_ring, Complex64: gemm_ring);

fn mm(a: Tensor, b: Tensor) -> Result<Tensor> {
    ensure!(a.dim() == 2, "self must be a matrix");
    ensure!(b.dim() == 2, "mat2 must be a matrix");
    check_product(&a, &b)?;
    same_dtype(&a, &b)?;
    product(&a, &b, "addmm_impl_cpu_")
}

fn check_product(a: &Tensor, b: &Tensor) -> Result<()> {
    let (x, y) = (a.sizes(), b.sizes());
    ensure!(x[1] == y[0], "mat1 and mat2 shapes cannot be multiplied ({}x{} and {}x{})", x[0], x[1], y[0], y[1]);
    Ok(())
}

fn same_dtype(a: &Tensor, b: &Tensor) -> Result<()> {
    ensure!(
        a.dtype() == b.dtype(),
        "expected m1 and m2 to have the same dtype, but got: {} != {}",
        super::registry::c_name(a.dtype()),
        super::registry::c_name(b.dtype())
    );
    Ok(())
}

/// The C++ type that some messages name.
pub(super) fn cpp_name(dtype: DType) -> String {
    match dtype {
        DType::F32 => "float".into(),
        DType::F64 => "double".into(),
        DType::F16 => "c10::Half".into(),
        DType::BF16 => "c10::BFloat16".into(),
        DType::I32 => "int".into(),
        DType::I64 => "long".into(),
        DType::I16 => "short int".into(),
        DType::I8 => "signed char".into(),
        DType::U8 => "unsigned char".into(),
        DType::Bool => "bool".into(),
        DType::C64 => "c10::complex<float>".into(),
        DType::C128 => "c10::complex<double>".into(),
        other => other.name().into(),
    }
}

fn same_scalar_type(a: &Tensor, b: &Tensor) -> Result<()> {
    ensure!(a.dtype() == b.dtype(), "expected scalar type {} but found {}", a.dtype().name(), b.dtype().name());
    Ok(())
}

/// Products of the last two dimensions, batch dimensions broadcasting; sizes and dtypes must agree.
pub(super) fn product(a: &Tensor, b: &Tensor, name: &str) -> Result<Tensor> {
    dispatch_number!(a.dtype(), name, T => {
        let (m, n) = (a.size(-2)?, b.size(-1)?);
        let mut shape = match (a.dim(), b.dim()) {
            (2, 2) => Dims::new(),
            _ => broadcast_shapes(&a.sizes()[..a.dim() - 2], &b.sizes()[..b.dim() - 2])?,
        };
        shape.extend([m, n]);
        let mut out = NewTensor::<T>::new(&shape)?;
        multiply_into::<T>(T::from_i64(1), a, b, T::from_i64(0), out.data(), &shape)?;
        finish(out.finish(), a.dtype())
    })
}

/// `out = α·a·b + β·out` for every matrix of the batch; `shape` is that of `out`.
fn multiply_into<T: Number>(alpha: T, a: &Tensor, b: &Tensor, beta: T, out: &mut [T], shape: &[i64]) -> Result<()> {
    let nd = shape.len();
    let (m, n) = (shape[nd - 2] as usize, shape[nd - 1] as usize);
    if out.is_empty() {
        return Ok(());
    }
    if nd == 2 && is_plain::<T>(a) && is_plain::<T>(b) {
        let k = a.sizes()[1] as usize;
        let (left, right) = (Mat::new(a.data()?, m, k, k.max(1), 1), Mat::new(b.data()?, k, n, n, 1));
        T::gemm(alpha, left, right, beta, out, n);
        return Ok(());
    }
    let batch = &shape[..nd - 2];
    let batch_dims =
        |x: &Tensor| -> Dims { batch.iter().copied().chain(x.sizes()[x.dim() - 2..].iter().copied()).collect() };
    let (a, b) = (a.expand(&batch_dims(a))?, b.expand(&batch_dims(b))?);
    let k = a.sizes()[nd - 1] as usize;
    let (a, a_span) = strided::<T>(&a)?;
    let (b, b_span) = strided::<T>(&b)?;
    let (a_data, b_data) = (a_span.data::<T>()?, b_span.data::<T>()?);
    let stride = |x: &Tensor, d: usize| x.strides()[d] as usize;
    let matrix = |x: &Tensor, data, rows, cols, offset: usize| -> Mat<T> {
        let data: &[T] = data;
        if rows == 0 || cols == 0 {
            return Mat::new(&[], rows, cols, cols, 1);
        }
        let (rs, cs) = (stride(x, nd - 2), stride(x, nd - 1));
        // a single row or column may have any stride: say the one that reads fast
        let cs = if cols == 1 { 1 } else { cs };
        let rs = if rows == 1 { cols.max(cs) } else { rs };
        Mat::new(&data[offset..], rows, cols, rs, cs)
    };
    let offset = |x: &Tensor, index: usize| -> usize {
        let (mut rest, mut at) = (index, 0);
        for d in (0..nd - 2).rev() {
            at += rest % batch[d] as usize * stride(x, d);
            rest /= batch[d] as usize;
        }
        at
    };
    let one = |index: usize, c: &mut [T]| {
        let left = matrix(&a, a_data, m, k, if k == 0 { 0 } else { offset(&a, index) });
        let right = matrix(&b, b_data, k, n, if k == 0 { 0 } else { offset(&b, index) });
        T::gemm(alpha, left, right, beta, c, n);
    };
    let count = out.len() / (m * n);
    if count == 1 {
        one(0, out);
    } else if count >= 2 * get_num_threads() && m * n * k * count > 1 << 15 {
        parallel_chunks(out, m * n, &one);
    } else {
        out.chunks_exact_mut(m * n).enumerate().for_each(|(i, c)| one(i, c));
    }
    Ok(())
}

/// Whether the elements can be read where they are, row by row.
fn is_plain<T: Element>(x: &Tensor) -> bool {
    x.dim() == 2 && x.dtype() == T::DTYPE && x.is_contiguous() && (x.data_ptr() as usize) % x.dtype().itemsize() == 0
}

/// A tensor in the compute type; one whose converted or expanded matrix would have rows that overlap stays as it is:
/// reading it is safe.
fn strided<T: Element>(x: &Tensor) -> Result<(Tensor, Span)> {
    Span::new::<T>(x)
}

fn bmm(a: Tensor, b: Tensor) -> Result<Tensor> {
    check_batches(&a, &b)?;
    same_scalar_type(&a, &b)?;
    product(&a, &b, "bmm")
}

fn check_batches(a: &Tensor, b: &Tensor) -> Result<()> {
    ensure!(a.dim() == 3, "batch1 must be a 3D tensor");
    ensure!(b.dim() == 3, "batch2 must be a 3D tensor");
    let (x, y) = (a.sizes(), b.sizes());
    ensure!(
        x[0] == y[0] && x[2] == y[1],
        "Expected size for first two dimensions of batch2 tensor to be: [{}, {}] but got: [{}, {}].",
        x[0],
        x[2],
        y[0],
        y[1]
    );
    Ok(())
}

pub(super) fn matmul(a: Tensor, b: Tensor) -> Result<Tensor> {
    let (da, db) = (a.dim(), b.dim());
    ensure!(da > 0 && db > 0, "both arguments to matmul need to be at least 1D, but they are {da}D and {db}D");
    match (da, db) {
        (1, 1) => return dot(a, b),
        (2, 1) => return mv(a, b),
        (1, 2) => return mm(a.unsqueeze(0)?, b)?.squeeze(Some(&[0])),
        (2, 2) => return mm(a, b),
        _ => {}
    }
    if db <= 2 {
        // a stack of rows is one matrix
        let k = a.sizes()[da - 1];
        let shape: Dims = a.sizes()[..da - 1].iter().copied().chain(b.sizes()[1..].iter().copied()).collect();
        let rows: i64 = a.sizes()[..da - 1].iter().product();
        let flat = a.reshape(&[rows, k])?;
        let flat = if db == 1 { mv(flat, b)? } else { mm(flat, b)? };
        return flat.view(&shape);
    }
    let left = if da == 1 { a.unsqueeze(0)? } else { a.clone() };
    let right = if db == 1 { b.unsqueeze(1)? } else { b.clone() };
    same_scalar_type(&a, &b)?;
    let (la, lb) = (left.sizes(), right.sizes());
    let (k, kb) = (la[la.len() - 1], lb[lb.len() - 2]);
    let batch = broadcast_shapes(&la[..la.len() - 2], &lb[..lb.len() - 2])?;
    if k != kb {
        if da <= 2 {
            bail!(
                "mat1 and mat2 shapes cannot be multiplied ({}x{kb} and {k}x{})",
                lb[..lb.len() - 2].iter().product::<i64>() * lb[lb.len() - 1],
                la[la.len() - 2]
            );
        }
        let count: i64 = batch.iter().product();
        bail!(
            "Expected size for first two dimensions of batch2 tensor to be: [{count}, {k}] but got: [{count}, {kb}]."
        );
    }
    let out = product(&left, &right, "bmm")?;
    match (da, db) {
        (1, _) => out.squeeze(Some(&[-2])),
        (_, 1) => out.squeeze(Some(&[-1])),
        _ => Ok(out),
    }
}

/// A factor in the compute type; integers take no fractions.
fn factor<T: Element>(value: Scalar, name: &str) -> Result<T> {
    if T::DTYPE == DType::I64 && !value.is_integral() {
        bail!("For integral input tensors, argument {name} must not be a floating point number.");
    }
    Ok(T::from_scalar(value))
}

/// `beta·x + alpha·a·b`; `x` broadcasts. With `beta` 0, `x` is not read: NaN in it does not spread.
fn add_product(x: &Tensor, a: &Tensor, b: &Tensor, beta: Scalar, alpha: Scalar, name: &str) -> Result<Tensor> {
    let mut shape: Dims = a.sizes()[..a.dim() - 1].into();
    shape.push(b.size(-1)?);
    let x = x.expand(&shape)?;
    dispatch_number!(a.dtype(), name, T => {
        let (alpha, beta) = (T::from_scalar(alpha), T::from_scalar(beta));
        let mut out = match beta == <T as Ring>::ZERO {
            true => NewTensor::<T>::new(&shape)?,
            false => fresh_copy::<T>(&x)?,
        };
        multiply_into::<T>(alpha, a, b, beta, out.data(), &shape)?;
        finish(out.finish(), a.dtype())
    })
}

/// The elements, row-major in the compute type, in memory of their own.
fn fresh_copy<T: Element>(x: &Tensor) -> Result<NewTensor<T>> {
    let mut out = NewTensor::<T>::new(x.sizes())?;
    if x.numel() > 0 {
        out.data().copy_from_slice(dense::<T>(x)?.data::<T>()?);
    }
    Ok(out)
}

fn addmm(x: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar) -> Result<Tensor> {
    ensure!(a.dim() == 2, "mat1 must be a matrix, got {}-D tensor", a.dim());
    ensure!(b.dim() == 2, "mat2 must be a matrix, got {}-D tensor", b.dim());
    check_product(&a, &b)?;
    same_dtype(&a, &b)?;
    ensure!(
        x.dtype() == a.dtype(),
        "self and mat2 must have the same dtype, but got {} and {}",
        x.dtype().name(),
        b.dtype().name()
    );
    beta.check_fits(if x.dtype().is_integral(true) { DType::F64 } else { x.dtype() })?;
    alpha.check_fits(if x.dtype().is_integral(true) { DType::F64 } else { x.dtype() })?;
    let plain = |s: Scalar| s.to_complex() == Scalar::Int(1).to_complex();
    if x.dim() == 1 && plain(beta) && plain(alpha) && b.strides()[0] == 1 && x.sizes()[0] == b.sizes()[1] {
        // a linear layer in other words
        return linear(a, b.transpose(0, 1)?, Some(x));
    }
    add_product(&x, &a, &b, beta, alpha, "addmm_impl_cpu_")
}

/// `relu` or `gelu` of [`addmm`].
fn addmm_activation(x: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar, gelu: bool) -> Result<Tensor> {
    let out = addmm(x, a, b, beta, alpha)?;
    let spec = if gelu { &super::pointwise::activation::GELU } else { &super::pointwise::activation::RELU };
    super::elementwise::apply_tensors(spec, &[&out], &[])
}

fn addmv(x: Tensor, a: Tensor, v: Tensor, beta: Scalar, alpha: Scalar) -> Result<Tensor> {
    ensure!(
        a.dim() == 2 && v.dim() == 1 && x.dim() <= 1,
        "vector + matrix @ vector expected, got {}, {}, {}",
        x.dim(),
        a.dim(),
        v.dim()
    );
    let (m, n) = (a.sizes()[0], a.sizes()[1]);
    ensure!(
        n == v.sizes()[0] && (x.numel() == 1 || x.sizes() == [m]),
        "size mismatch, got input ({}), mat ({m}x{n}), vec ({})",
        x.sizes().first().copied().unwrap_or(0),
        v.sizes()[0]
    );
    same_scalar_type(&a, &v)?;
    let x = x.to_dtype(a.dtype())?;
    if let Some(round) = half_rounding(a.dtype()).filter(|_| has_rows(&a)) {
        let (alpha, beta) = (round(alpha.to_f64() as f32), round(beta.to_f64() as f32));
        return half_rows(&a, &v, round, Some((&x.expand(&[m])?, alpha, beta)));
    }
    let x = x.expand(&[m])?.unsqueeze(1)?;
    add_product(&x, &a, &v.unsqueeze(1)?, beta, alpha, "addmv_impl_cpu")?.squeeze(Some(&[1]))
}

fn baddbmm(x: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar) -> Result<Tensor> {
    check_batches(&a, &b)?;
    same_scalar_type(&a, &b)?;
    ensure!(
        x.dtype() == a.dtype(),
        "Input dtypes must be the same, got: input {}, batch1: {}, batch2: {}",
        cpp_name(x.dtype()),
        cpp_name(a.dtype()),
        cpp_name(b.dtype())
    );
    add_product(&x, &a, &b, beta, alpha, "baddbmm")
}

/// Takes the shape of the product, as its `out` form does.
fn addbmm_(x: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar) -> Result<Tensor> {
    let result = addbmm(x.clone(), a, b, beta, alpha)?;
    super::registry::write_out(&x, &result)?;
    Ok(x)
}

/// `beta·x + alpha·Σ a[i]·b[i]`: the batch is one long inner dimension. Half types round after each product.
fn addbmm(x: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar) -> Result<Tensor> {
    ensure!(a.dim() == 3, "batch1 must be a 3D tensor");
    ensure!(b.dim() == 3, "batch2 must be a 3D tensor");
    let (s, t) = (a.sizes(), b.sizes());
    ensure!(s[0] == t[0], "batch1 and batch2 must have same number of batches, got {} and {}", s[0], t[0]);
    ensure!(s[2] == t[1], "Incompatible matrix sizes for bmm ({}x{} and {}x{})", s[1], s[2], t[1], t[2]);
    same_scalar_type(&a, &b)?;
    if matches!(a.dtype(), DType::F16 | DType::BF16) && s[0] > 1 {
        let (mut out, mut beta) = (x, beta);
        for i in 0..s[0] {
            out = add_product(&out, &a.select(0, i)?, &b.select(0, i)?, beta, alpha, "addbmm")?;
            beta = Scalar::Int(1);
        }
        return Ok(out);
    }
    let left = a.permute(&[1, 0, 2])?.reshape(&[s[1], s[0] * s[2]])?;
    let right = b.reshape(&[t[0] * t[1], t[2]])?;
    add_product(&x, &left, &right, beta, alpha, "addbmm")
}

fn addr(x: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar) -> Result<Tensor> {
    ensure!(a.dim() == 1, "addr: Expected 1-D argument vec1, but got {}-D", a.dim());
    ensure!(b.dim() == 1, "addr: Expected 1-D argument vec2, but got {}-D", b.dim());
    let dtype = crate::base::promote_types(crate::base::promote_types(x.dtype(), a.dtype()), b.dtype());
    let shape = [a.sizes()[0], b.sizes()[0]];
    let x = x.expand(&shape)?;
    if dtype == DType::Bool {
        let (alpha, beta) = (alpha.to_bool(), beta.to_bool());
        return tile::map::<bool, bool>(&[&x, &a.unsqueeze(1)?, &b], dtype, &|x, y| {
            for (i, y) in y.iter_mut().enumerate() {
                *y = (beta && x[0][i]) || (alpha && x[1][i] && x[2][i]);
            }
        });
    }
    if let Some(round) = half_rounding(dtype) {
        let (alpha, beta) = (round(alpha.to_f64() as f32), round(beta.to_f64() as f32));
        return tile::map::<f32, f32>(&[&x, &a.unsqueeze(1)?, &b], dtype, &|x, y| {
            for (i, y) in y.iter_mut().enumerate() {
                let start = if beta == 0.0 { 0.0 } else { round(beta * x[0][i]) };
                *y = start + round(round(alpha * x[1][i]) * x[2][i]);
            }
        });
    }
    dispatch_number!(dtype, "addr", T => {
        let (alpha, beta) = (factor::<T>(alpha, "alpha")?, factor::<T>(beta, "beta")?);
        let zero = <T as Ring>::ZERO;
        tile::map::<T, T>(&[&x, &a.unsqueeze(1)?, &b], dtype, &|x, y| {
            for (i, y) in y.iter_mut().enumerate() {
                let start = if beta == zero { zero } else { <T as Ring>::mul_add(zero, beta, x[0][i]) };
                *y = <T as Ring>::mul_add(start, <T as Ring>::mul_add(zero, alpha, x[1][i]), x[2][i]);
            }
        })
    })
}

fn mv(a: Tensor, v: Tensor) -> Result<Tensor> {
    ensure!(a.dim() == 2 && v.dim() == 1, "vector + matrix @ vector expected, got 1, {}, {}", a.dim(), v.dim());
    let (m, n) = (a.sizes()[0], a.sizes()[1]);
    ensure!(n == v.sizes()[0], "size mismatch, got input ({m}), mat ({m}x{n}), vec ({})", v.sizes()[0]);
    same_scalar_type(&a, &v)?;
    if let Some(round) = half_rounding(a.dtype()).filter(|_| has_rows(&a)) {
        return half_rows(&a, &v, round, None);
    }
    product(&a, &v.unsqueeze(1)?, "addmv_impl_cpu")?.squeeze(Some(&[1]))
}

/// Whether PyTorch multiplies the matrix with a vector row by row, not column by column.
fn has_rows(a: &Tensor) -> bool {
    a.sizes()[0] > 0 && a.sizes()[1] > 1 && !(a.strides()[0] == 1 && a.strides()[1] >= a.sizes()[0].max(1))
}

/// A matrix of a half type times a vector, as PyTorch has it: the products are rounded, their sums are not. With
/// `added`, `(x, alpha, beta)`, the result is `beta · x + alpha · (a · v)`.
fn half_rows(a: &Tensor, v: &Tensor, round: fn(f32) -> f32, added: Option<(&Tensor, f32, f32)>) -> Result<Tensor> {
    let dtype = a.dtype();
    let (a, v) = (dense::<f32>(a)?, dense::<f32>(v)?);
    let start = added.map(|(x, _, _)| dense::<f32>(x)).transpose()?;
    let start = start.as_ref().map(Tensor::data::<f32>).transpose()?;
    let (rows, v) = (a.data::<f32>()?, v.data::<f32>()?);
    let mut out = NewTensor::<f32>::new(&[a.sizes()[0]])?;
    parallel_chunks(out.data(), (1 << 15) / v.len().max(1) + 1, &|part, out| {
        let first = part * ((1 << 15) / v.len().max(1) + 1);
        for (i, y) in out.iter_mut().enumerate() {
            let row = &rows[(first + i) * v.len()..][..v.len()];
            let sum = row.iter().zip(v).fold(0.0, |sum, (a, v)| sum + round(a * v));
            *y = match (start, added) {
                (Some(x), Some((_, alpha, beta))) if beta != 0.0 => round(beta * x[first + i]) + alpha * sum,
                (_, Some((_, alpha, _))) => alpha * sum,
                _ => sum,
            };
        }
    });
    finish(out.finish(), dtype)
}

fn check_dot(a: &Tensor, b: &Tensor, name: &str) -> Result<()> {
    ensure!(a.dim() == 1 && b.dim() == 1, "1D tensors expected, but got {}D and {}D tensors", a.dim(), b.dim());
    ensure!(
        a.dtype() == b.dtype(),
        "{name} : expected both vectors to have same dtype, but found {} and {}",
        a.dtype().name(),
        b.dtype().name()
    );
    let (n, m) = (a.numel(), b.numel());
    ensure!(
        n == m,
        "inconsistent tensor size, expected tensor [{n}] and src [{m}] to have the same number of elements, but got \
         {n} and {m} elements respectively"
    );
    Ok(())
}

fn dot(a: Tensor, b: Tensor) -> Result<Tensor> {
    check_dot(&a, &b, "dot")?;
    product(&a.unsqueeze(0)?, &b.unsqueeze(1)?, "dot")?.view(&[])
}

/// The first vector conjugated.
fn vdot(a: Tensor, b: Tensor) -> Result<Tensor> {
    check_dot(&a, &b, "vdot")?;
    if !a.dtype().is_complex() {
        return dot(a, b);
    }
    let conj = tile::map::<Complex64, Complex64>(&[&a], a.dtype(), &|x, y| {
        y.iter_mut().zip(x[0]).for_each(|(y, x)| *y = x.conj());
    })?;
    dot(conj, b)
}

/// Products along the last dimension of both.
fn inner(a: Tensor, b: Tensor) -> Result<Tensor> {
    ensure!(
        a.dtype() == b.dtype(),
        "inner() expected both tensors to have the same dtype, but got {} and {}",
        a.dtype().name(),
        b.dtype().name()
    );
    if a.dim() == 0 || b.dim() == 0 {
        return times(&a, &b);
    }
    let (n, m) = (a.size(-1)?, b.size(-1)?);
    ensure!(
        n == m,
        "inner() the last dimension must match on both input tensors but got shapes {} and {}",
        show(a.sizes()),
        show(b.sizes())
    );
    tensordot(a, b, vec![-1], vec![-1])
}

/// Elementwise product with promotion.
pub(super) fn times(a: &Tensor, b: &Tensor) -> Result<Tensor> {
    let dtype = crate::base::promote_types(a.dtype(), b.dtype());
    if dtype == DType::Bool {
        return tile::map::<bool, bool>(&[a, b], dtype, &|x, y| {
            y.iter_mut().enumerate().for_each(|(i, y)| *y = x[0][i] && x[1][i]);
        });
    }
    dispatch_number!(dtype, "mul_cpu", T => tile::map::<T, T>(&[a, b], dtype, &|x, y| {
        y.iter_mut().enumerate().for_each(|(i, y)| *y = <T as Ring>::mul_add(<T as Ring>::ZERO, x[0][i], x[1][i]));
    }))
}

fn outer(a: Tensor, b: Tensor) -> Result<Tensor> {
    ensure!(a.dim() == 1, "outer: Expected 1-D argument self, but got {}-D", a.dim());
    ensure!(b.dim() == 1, "outer: Expected 1-D argument vec2, but got {}-D", b.dim());
    times(&a.unsqueeze(1)?, &b)
}

/// `x·weightᵀ + bias`. The weight is `[out, in]` (or `[in]`); it is packed once as long as it does not change.
pub(super) fn linear(x: Tensor, weight: Tensor, bias: Option<Tensor>) -> Result<Tensor> {
    ensure!(x.dim() > 0, "both arguments to linear need to be at least 1D, but they are 0D and {}D", weight.dim());
    ensure!(
        weight.dim() == 1 || weight.dim() == 2,
        "linear(): argument 'weight' must be a matrix or a vector, but got {}D",
        weight.dim()
    );
    if weight.dim() == 1 {
        let out = matmul(x, weight)?;
        return match bias {
            Some(bias) => plus(&out, &bias),
            None => Ok(out),
        };
    }
    let k = x.size(-1)?;
    let (n, inner) = (weight.sizes()[0], weight.sizes()[1]);
    let rows: i64 = x.sizes()[..x.dim() - 1].iter().product();
    ensure!(k == inner, "mat1 and mat2 shapes cannot be multiplied ({rows}x{k} and {inner}x{n})");
    ensure!(
        x.dtype() == weight.dtype(),
        "mat1 and mat2 must have the same dtype, but got {} and {}",
        x.dtype().name(),
        weight.dtype().name()
    );
    let mut shape: Dims = x.sizes()[..x.dim() - 1].into();
    shape.push(n);
    let bias = match bias {
        Some(bias) if bias.dim() > 1 || (bias.dtype() != x.dtype()) => {
            ensure!(
                bias.dtype() == x.dtype(),
                "self and mat2 must have the same dtype, but got {} and {}",
                bias.dtype().name(),
                weight.dtype().name()
            );
            // by rows or by their dimensions, and never to more of them
            let flat = x.dim() == 2 || x.dim() == 3 && x.is_contiguous();
            let bias = if flat { bias.expand(&[rows, n])?.reshape(&shape)? } else { bias.expand(&shape)? };
            return plus(&linear(x, weight, None)?, &bias);
        }
        Some(bias) => Some(bias.expand(&[n])?),
        None => None,
    };
    if !x.dtype().is_floating_point() {
        let flat = x.reshape(&[rows, k])?;
        let out = match bias {
            Some(b) => add_product(&b, &flat, &weight.transpose(0, 1)?, 1.into(), 1.into(), "addmm_impl_cpu_")?,
            None => product(&flat, &weight.transpose(0, 1)?, "addmm_impl_cpu_")?,
        };
        return out.view(&shape);
    }
    dispatch_float!(x.dtype(), "addmm_impl_cpu_", T => {
        let mut out = NewTensor::<T>::new(&shape)?;
        let flat = x.reshape(&[rows, k])?;
        linear_into::<T>(&flat, &weight, &bias, out.data())?;
        finish(out.finish(), x.dtype())
    })
}

/// `x·weightᵀ + bias` for a matrix of rows.
pub(super) fn linear_into<T: Real + Element>(
    x: &Tensor,
    weight: &Tensor,
    bias: &Option<Tensor>,
    out: &mut [T],
) -> Result<()> {
    linear_then(x, weight, bias, out, &Epilogue::default())
}

/// [`linear_into`], and what the epilogue does besides the bias.
pub(super) fn linear_then<T: Real + Element>(
    x: &Tensor,
    weight: &Tensor,
    bias: &Option<Tensor>,
    out: &mut [T],
    then: &Epilogue<T>,
) -> Result<()> {
    let (rows, k, n) = (x.sizes()[0] as usize, x.sizes()[1] as usize, weight.sizes()[0] as usize);
    if out.is_empty() {
        return Ok(());
    }
    let bias = dense_opt::<T>(bias)?;
    let bias = match &bias {
        Some(b) => Bias::Cols(b.data::<T>()?),
        None => Bias::None,
    };
    let epilogue = Epilogue { bias, ..*then };
    let (x, x_span) = Span::new::<T>(x)?;
    let left = match k {
        0 => Mat::new(&[], rows, 0, 0, 1),
        _ => Mat::new(x_span.data::<T>()?, rows, k, x.strides()[0] as usize, x.strides()[1] as usize),
    };
    // few rows read the weight where it is, as long as it is of the compute type
    if rows <= 3 && weight.dtype() == T::DTYPE || k == 0 {
        let (w, w_span) = Span::new::<T>(weight)?;
        let right = match k {
            0 => Mat::new(&[], 0, n, n, 1),
            _ => Mat::new(w_span.data::<T>()?, n, k, w.strides()[0] as usize, w.strides()[1] as usize).t(),
        };
        gemm_with(T::one(), left, right, T::zero(), out, n, &epilogue);
        return Ok(());
    }
    let packed = packed::linear_weight::<T>(weight)?;
    gemm_packed(left, &packed, T::zero(), out, n, &epilogue);
    Ok(())
}

/// Elementwise sum of two tensors of one dtype.
pub(super) fn plus(a: &Tensor, b: &Tensor) -> Result<Tensor> {
    dispatch_number!(a.dtype(), "add_stub", T => tile::map::<T, T>(&[a, b], a.dtype(), &|x, y| {
        y.iter_mut().enumerate().for_each(|(i, y)| *y = x[0][i] + x[1][i]);
    }))
}

/// `out[…, o] = Σ x1[…, i]·weight[o, i, j]·x2[…, j] + bias[o]`
fn bilinear(x1: Tensor, x2: Tensor, weight: Tensor, bias: Option<Tensor>) -> Result<Tensor> {
    ensure!(x1.dim() == x2.dim(), "bilinear(): input dimensions do not match: got {} and {}", x1.dim(), x2.dim());
    ensure!(weight.dim() == 3, "bilinear(): weight must be 3-D, but got {}-D", weight.dim());
    let nd = x1.dim();
    ensure!(nd > 0, "bilinear(): inputs must have at least one dimension");
    for d in 0..nd - 1 {
        ensure!(
            x1.sizes()[d] == x2.sizes()[d],
            "bilinear(): input batch dimensions do not match at dim {d}: got {} and {}",
            x1.sizes()[d],
            x2.sizes()[d]
        );
    }
    let (o, i, j) = (weight.sizes()[0], weight.sizes()[1], weight.sizes()[2]);
    ensure!(
        x1.size(-1)? == i,
        "bilinear(): input1 size does not match weight size: got {} but expected {i}",
        x1.size(-1)?
    );
    ensure!(
        x2.size(-1)? == j,
        "bilinear(): input2 size does not match weight size: got {} but expected {j}",
        x2.size(-1)?
    );
    ensure!(
        bias.as_ref().is_none_or(|b| b.sizes() == [o]),
        "bilinear(): bias size does not match weight size: got {} but expected {o}",
        bias.as_ref().map_or(0, Tensor::numel)
    );
    let mut shape: Dims = x1.sizes()[..nd - 1].into();
    let rows: i64 = shape.iter().product();
    shape.push(o);
    // x1·weight is [rows, o, j]; each of its rows times that of x2
    let flat = weight.permute(&[1, 0, 2])?.reshape(&[i, o * j])?;
    let left = product(&x1.reshape(&[rows, i])?, &flat, "bilinear")?.view(&[rows, o, j])?;
    let right = x2.reshape(&[rows, j, 1])?;
    let out = product(&left, &right, "bilinear")?.view(&shape)?;
    match bias {
        Some(bias) => plus(&out, &bias),
        None => Ok(out),
    }
}

/// Contracts `dims_a` of `a` with `dims_b` of `b`; what is left of `a` comes before what is left of `b`.
pub(super) fn tensordot(a: Tensor, b: Tensor, dims_a: Vec<i64>, dims_b: Vec<i64>) -> Result<Tensor> {
    ensure!(dims_a.len() == dims_b.len(), "both dimension lists should have same length");
    ensure!(a.dtype() == b.dtype(), "both inputs should have same dtype");
    let wrap = |dims: &[i64], x: &Tensor| -> Result<Vec<usize>> {
        let dims: Vec<usize> = dims.iter().map(|d| crate::base::wrap_dim(*d, x.dim())).collect::<Result<_>>()?;
        for (i, d) in dims.iter().enumerate() {
            ensure!(!dims[..i].contains(d), "dim {d} appears multiple times in the list of dims");
        }
        Ok(dims)
    };
    let (da, db) = (wrap(&dims_a, &a)?, wrap(&dims_b, &b)?);
    let (mut a, mut b) = (a, b);
    for (&i, &j) in da.iter().zip(&db) {
        let (m, n) = (a.size(i as i64)?, b.size(j as i64)?);
        if m == 1 && n != 1 {
            b = super::einsum::sum_dims(&b, &[j])?;
        } else if n == 1 && m != 1 {
            a = super::einsum::sum_dims(&a, &[i])?;
        } else {
            ensure!(
                m == n,
                "contracted dimensions need to match, but first has size {m} in dim {i} and second has size {n} in \
                 dim {j}"
            );
        }
    }
    let free = |x: &Tensor, dims: &[usize]| -> Vec<usize> { (0..x.dim()).filter(|d| !dims.contains(d)).collect() };
    let (fa, fb) = (free(&a, &da), free(&b, &db));
    let order = |first: &[usize], second: &[usize]| -> Dims { first.iter().chain(second).map(|d| *d as i64).collect() };
    let pick = |x: &Tensor, dims: &[usize]| -> Dims { dims.iter().map(|d| x.sizes()[*d]).collect() };
    let count = |x: &Tensor, dims: &[usize]| -> i64 { dims.iter().map(|d| x.sizes()[*d]).product() };
    let (m, k, n) = (count(&a, &fa), count(&a, &da), count(&b, &fb));
    let left = a.permute(&order(&fa, &da))?.reshape(&[m, k])?;
    let right = b.permute(&order(&db, &fb))?.reshape(&[k, n])?;
    let shape: Dims = pick(&a, &fa).into_iter().chain(pick(&b, &fb)).collect();
    product(&left, &right, "addmm_impl_cpu_")?.view(&shape)
}

/// The product of many matrices, in the cheapest order; the first and the last may be vectors.
fn multi_dot(tensors: Vec<Tensor>) -> Result<Tensor> {
    let n = tensors.len();
    ensure!(n > 0, "chain_matmul(): Expected one or more matrices");
    if n == 1 {
        return Ok(tensors[0].clone());
    }
    let mut matrices = tensors.clone();
    let (first, last) = (tensors[0].dim() == 1, tensors[n - 1].dim() == 1);
    if first {
        matrices[0] = matrices[0].unsqueeze(0)?;
    }
    if last {
        matrices[n - 1] = matrices[n - 1].unsqueeze(1)?;
    }
    for (i, m) in matrices.iter().enumerate() {
        ensure!(m.dim() == 2, "multi_dot(): tensor {i} must be 2D but got {}D", tensors[i].dim());
        ensure!(
            m.dtype() == matrices[0].dtype(),
            "multi_dot(): all tensors must have be the same dtype but tensor 0 is {} and tensor {i} {}",
            matrices[0].dtype().name(),
            m.dtype().name()
        );
    }
    for i in 1..n {
        ensure!(
            matrices[i - 1].sizes()[1] == matrices[i].sizes()[0],
            "multi_dot(): tensors {} and {i} with shapes {} and {} cannot be multiplied",
            i - 1,
            show(tensors[i - 1].sizes()),
            show(tensors[i].sizes())
        );
    }
    // the classic dynamic program over spans
    let p: Vec<f64> =
        matrices.iter().map(|m| m.sizes()[0]).chain([matrices[n - 1].sizes()[1]]).map(|v| v as f64).collect();
    let mut cost = vec![vec![(0.0f64, 0usize); n]; n];
    for length in 2..=n {
        for i in 0..=n - length {
            let j = i + length - 1;
            cost[i][j] = (i..j)
                .map(|s| (cost[i][s].0 + cost[s + 1][j].0 + p[i] * p[s + 1] * p[j + 1], s))
                .fold((f64::INFINITY, i), |best, c| if c.0 < best.0 { c } else { best });
        }
    }
    fn chain(m: &[Tensor], cost: &[Vec<(f64, usize)>], i: usize, j: usize) -> Result<Tensor> {
        if i == j {
            return Ok(m[i].clone());
        }
        let s = cost[i][j].1;
        mm(chain(m, cost, i, s)?, chain(m, cost, s + 1, j)?)
    }
    let out = chain(&matrices, &cost, 0, n - 1)?;
    match (first, last) {
        (true, true) => out.view(&[]),
        (true, false) => out.squeeze(Some(&[0])),
        (false, true) => out.squeeze(Some(&[1])),
        (false, false) => Ok(out),
    }
}

fn kron(a: Tensor, b: Tensor) -> Result<Tensor> {
    let nd = a.dim().max(b.dim());
    let pad = |x: &Tensor| -> Dims { std::iter::repeat_n(1, nd - x.dim()).chain(x.sizes().iter().copied()).collect() };
    let (sa, sb) = (pad(&a), pad(&b));
    let spread =
        |s: &Dims, left: bool| -> Dims { s.iter().flat_map(|n| if left { [*n, 1] } else { [1, *n] }).collect() };
    let shape: Dims = sa.iter().zip(&sb).map(|(x, y)| x * y).collect();
    times(&a.reshape(&spread(&sa, true))?, &b.reshape(&spread(&sb, false))?)?.reshape(&shape)
}

/// int8 matrices into int32.
fn int_mm(a: Tensor, b: Tensor) -> Result<Tensor> {
    ensure!(a.dim() == 2, "Expected self to be of dimension 2 but got {}", a.dim());
    ensure!(b.dim() == 2, "Expected mat2 to be of dimension 2 but got {}", b.dim());
    ensure!(
        a.sizes()[1] == b.sizes()[0],
        "self.size(1) needs to be equal to mat2.size(0) but got {} and {}",
        a.sizes()[1],
        b.sizes()[0]
    );
    ensure!(a.dtype() == DType::I8, "Expected self dtype to be of type int8 but got {}", a.dtype().python_name());
    ensure!(b.dtype() == DType::I8, "Expected mat2 dtype to be of type int8 but got {}", b.dtype().python_name());
    let shape = [a.sizes()[0], b.sizes()[1]];
    let mut out = NewTensor::<i64>::new(&shape)?;
    multiply_into::<i64>(1, &a, &b, 0, out.data(), &shape)?;
    finish(out.finish(), DType::I32)
}
