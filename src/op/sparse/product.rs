//! Matrix products with sparse matrices.

use indexmap::IndexMap;

use super::parts::{is_compressed, layout_name, Compressed, Coo};
use super::plain::{any_coo, call, t};
use super::to_dense;
use crate::base::{Layout, Scalar};
use crate::kernel::sparse::{add_products, reduce_products};
use crate::op::compute::{dense, dispatch_float, dispatch_number, finish};
use crate::tensor::NewTensor;
use crate::{bail, ensure, Error, Result, Tensor};

/// A dense result where one of the two is dense; of two sparse ones a sparse result.
pub fn mm(a: Tensor, b: Tensor) -> Result<Tensor> {
    ensure!(a.dim() == 2 && b.dim() == 2, "matrices expected, got {}D and {}D tensors", a.dim(), b.dim());
    check(&a, &b)?;
    match (a.layout(), b.layout()) {
        (_, Layout::Strided) => times_dense(&any_coo(&a, "mm")?, &b, &a),
        (Layout::Strided, _) => {
            let (left, right) = (t(b)?, a.transpose(0, 1)?);
            times_dense(&any_coo(&left, "mm")?, &right, &left)?.transpose(0, 1)
        }
        (x, y) if is_compressed(x) == is_compressed(y) => {
            let sorted = !is_compressed(x);
            let product = times_sparse(any_coo(&a, "mm")?.coalesce()?, any_coo(&b, "mm")?.coalesce()?, sorted)?;
            match sorted {
                true => product.tensor(),
                false => product.compress(Layout::SparseCsr)?.tensor(),
            }
        }
        (x, y) => bail!(
            "addmm: computation on CPU is not implemented for {} + {} @ {}",
            layout_name(x),
            layout_name(x),
            layout_name(y)
        ),
    }
}

fn check(a: &Tensor, b: &Tensor) -> Result<()> {
    let (x, y) = (a.sizes(), b.sizes());
    ensure!(
        x[1] == y[0] || a.layout() != Layout::Sparse || b.layout() != Layout::Strided,
        "addmm: Argument #3 (dense): Expected dim 0 size {}, got {}",
        x[1],
        y[0]
    );
    ensure!(x[1] == y[0], "mat1 and mat2 shapes cannot be multiplied ({}x{} and {}x{})", x[0], x[1], y[0], y[1]);
    ensure!(a.dtype() == b.dtype(), "expected scalar type {} but found {}", a.dtype().name(), b.dtype().name());
    Ok(())
}

fn check_matrix(x: &Coo, name: &str) -> Result<()> {
    ensure!(x.dims == 2 && x.sizes.len() == 2, "{name}: a sparse matrix with {} sparse dimensions is expected", x.dims);
    Ok(())
}

fn times_dense(a: &Coo, b: &Tensor, of: &Tensor) -> Result<Tensor> {
    check_matrix(a, "mm")?;
    let name = if is_compressed(of.layout()) { "addmm_out_sparse_csr_impl_mkl" } else { "addmm_sparse_dense" };
    let whole = of.dtype().is_integral(true) || matches!(of.dtype(), crate::DType::F16 | crate::DType::BF16);
    if is_compressed(of.layout()) && whole {
        return Err(crate::op::compute::not_implemented(name, of.dtype()));
    }
    dispatch_number!(of.dtype(), name, T => {
        let (values, b) = (dense::<T>(&a.values)?, dense::<T>(b)?);
        let n = b.sizes()[1];
        let mut out = NewTensor::<T>::filled(&[a.sizes[0], n], T::default())?;
        add_products::<T>(out.data(), n as usize, a.row(0), a.row(1), values.data()?, b.data()?);
        finish(out.finish(), of.dtype())
    })
}

/// Both coalesced. A place is there where any two elements meet, also when their products cancel out. The places of a row
/// are `sorted`, or in the order in which they are met.
fn times_sparse(a: Coo, b: Coo, sorted: bool) -> Result<Coo> {
    check_matrix(&a, "mm")?;
    check_matrix(&b, "mm")?;
    let starts = super::parts::starts_of(b.row(0).iter().copied(), b.sizes[0] as usize)?;
    let (mut left, mut right, mut slots) = (Vec::new(), Vec::new(), Vec::new());
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    let mut e = 0;
    while e < a.count() {
        let row = a.row(0)[e];
        let mut found: IndexMap<i64, Vec<(i64, i64)>> = IndexMap::new();
        while e < a.count() && a.row(0)[e] == row {
            let middle = a.row(1)[e] as usize;
            for other in starts[middle]..starts[middle + 1] {
                found.entry(b.row(1)[other as usize]).or_default().push((e as i64, other));
            }
            e += 1;
        }
        if sorted {
            found.sort_keys();
        }
        for (column, pairs) in found {
            slots.extend(std::iter::repeat_n(rows.len() as i64, pairs.len()));
            left.extend(pairs.iter().map(|(l, _)| *l));
            right.extend(pairs.iter().map(|(_, r)| *r));
            rows.push(row);
            columns.push(column);
        }
    }
    let n = rows.len();
    let products = crate::op::compose::mul(&super::pick(&a.values, &left)?, &super::pick(&b.values, &right)?)?;
    let values = super::parts::add_up(&products, &slots, n)?;
    Ok(Coo { sizes: vec![a.sizes[0], b.sizes[1]], dims: 2, at: [rows, columns].concat(), values, coalesced: true })
}

pub fn mv(a: Tensor, v: Tensor) -> Result<Tensor> {
    ensure!(a.dim() == 2 && v.dim() == 1, "mv: two tensor dim should be 2 and 1, but got {} and {}", a.dim(), v.dim());
    ensure!(
        a.sizes()[1] == v.sizes()[0],
        "mv: expected self.size(-1) == vec.size(-1), but got {} and {}",
        a.sizes()[1],
        v.sizes()[0]
    );
    let v = to_dense(v, None, None)?.unsqueeze(1)?;
    mm(a, v)?.squeeze(Some(&[1]))
}

pub fn matmul(a: Tensor, b: Tensor) -> Result<Tensor> {
    match (a.dim(), b.dim()) {
        (2, 2) => mm(a, b),
        (2, 1) => mv(a, b),
        (1, 2) => mm(to_dense(a, None, None)?.unsqueeze(0)?, b)?.squeeze(Some(&[0])),
        _ if a.layout() == Layout::Strided => Err(expand(&b)),
        _ => Err(expand(&a)),
    }
}

fn expand(x: &Tensor) -> Error {
    Error::unsupported(format!("expand is unsupported for {} tensors", layout_name(x.layout())))
}

/// `beta · x + alpha · a · b`.
pub fn addmm(x: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar) -> Result<Tensor> {
    ensure!(a.dim() == 2 && b.dim() == 2, "addmm: matrices expected, got {}D and {}D tensors", a.dim(), b.dim());
    ensure!(
        x.layout() == Layout::Strided || !matches!(a.layout(), Layout::Strided | Layout::Sparse),
        "addmm_sparse_dense: expected strided result tensor, got tensor with layout {}",
        layout_name(x.layout())
    );
    ensure!(
        is_compressed(a.layout()) || is_compressed(b.layout()) || b.layout() == Layout::Strided,
        "addmm_sparse_dense: expected either 'mat1' to have sparse layout and 'mat2' to have strided layout, got 'mat1' \
         with layout {} and 'mat2' with layout {}",
        layout_name(a.layout()),
        layout_name(b.layout())
    );
    let product = scaled(mm(a, b)?, alpha)?;
    match (x.layout(), product.layout()) {
        (Layout::Strided, _) => {
            let x = if x.sizes() == product.sizes() { x } else { x.expand(product.sizes())? };
            let product = to_dense(product, None, None)?;
            // nothing of `x` passes a zero, not even NaN
            if beta.to_complex() == Scalar::Int(0).to_complex() {
                return Ok(product);
            }
            crate::op::compose::add(&scaled(x, beta)?, &product)
        }
        (x_layout, layout) if x_layout == layout => {
            call("aten::add.Tensor", vec![scaled(x, beta)?.into(), product.into(), crate::IValue::Int(1)])
        }
        (x, y) => Err(Error::unsupported(format!("addmm of {} and {}", layout_name(x), layout_name(y)))),
    }
}

/// `beta · x + alpha · a · v` with a vector.
pub fn addmv(x: Tensor, a: Tensor, v: Tensor, beta: Scalar, alpha: Scalar) -> Result<Tensor> {
    ensure!(
        v.dim() == 1 && x.dim() <= 1,
        "vector + matrix @ vector expected, got {}, {}, {}",
        x.dim(),
        a.dim(),
        v.dim()
    );
    let x = x.expand(&[a.size(0)?])?.unsqueeze(1)?;
    addmm(x, a, v.unsqueeze(1)?, beta, alpha)?.squeeze(Some(&[1]))
}

fn scaled(x: Tensor, factor: Scalar) -> Result<Tensor> {
    match factor.to_complex() == Scalar::Int(1).to_complex() {
        true => Ok(x),
        false => call("aten::mul.Scalar", vec![x.into(), factor.into()]),
    }
}

/// Products with a sparse weight.
pub fn linear(x: Tensor, weight: Tensor, bias: Option<Tensor>) -> Result<Tensor> {
    if x.dim() != 2 || weight.dim() != 2 {
        return Err(expand(&weight));
    }
    let weight = t(weight)?;
    match bias {
        Some(bias) => addmm(bias, x, weight, Scalar::Int(1), Scalar::Int(1)),
        None => mm(x, weight),
    }
}

/// Products of the matrices of two batches, the first of which is sparse.
pub fn bmm(a: Tensor, b: Tensor) -> Result<Tensor> {
    ensure!(b.layout() == Layout::Strided, "bmm_sparse: Tensor 'mat2' must be dense");
    ensure!(a.dim() == 3 && b.dim() == 3, "bmm_sparse: Tensors must have 3 dims, got {} and {}", a.dim(), b.dim());
    ensure!(a.sizes()[0] == b.sizes()[0], "bmm_sparse: 'self.size(0)' and 'mat2.size(0)' must match");
    ensure!(a.sizes()[2] == b.sizes()[1], "bmm_sparse: 'self.size(2)' and 'mat2.size(1)' must match");
    let mut products = Vec::new();
    for i in 0..a.sizes()[0] {
        products.push(mm(super::plain::select(a.clone(), 0, i)?, b.select(0, i)?)?);
    }
    match products.is_empty() {
        true => Tensor::zeros(&[0, a.sizes()[1], b.sizes()[2]], a.dtype()),
        false => crate::op::join::stack(products, 0),
    }
}

/// A sparse matrix times a dense one, sparse: [`sspaddmm`] with nothing to add.
pub fn smm(a: Tensor, b: Tensor) -> Result<Tensor> {
    let none = super::empty_of(&[a.size(0)?, b.size(1)?], 2, a.dtype())?;
    sspaddmm(none, a, b, Scalar::Int(0), Scalar::Int(1))
}

/// `beta · x + alpha · a · b`, where `b` is dense and the others and the result are sparse: the elements of `x`, then the rows
/// of the product that are not empty.
pub fn sspaddmm(x: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar) -> Result<Tensor> {
    let (x, sizes) = (Coo::of(&x, "sspaddmm")?, [a.size(0)?, b.size(1)?]);
    let a = Coo::of(&a, "sspaddmm")?.coalesce()?;
    check_matrix(&a, "sspaddmm")?;
    ensure!(
        x.dims == 2 && x.sizes.len() == 2,
        "sspaddmm: Argument #1: matrices expected, got a {}D tensor",
        x.sizes.len()
    );
    ensure!(
        a.values.dtype() == b.dtype(),
        "expected scalar type {} but found {}",
        a.values.dtype().name(),
        b.dtype().name()
    );
    ensure!(a.sizes[1] == b.size(0)?, "sspaddmm: Argument #3: Expected dim 0 size {}, got {}", a.sizes[1], b.size(0)?);
    for d in 0..2 {
        ensure!(
            x.sizes[d] == sizes[d],
            "sspaddmm: Argument #1: Expected dim {d} size {}, got {}",
            sizes[d],
            x.sizes[d]
        );
    }
    let (rows, product) = rows_of_product(&a, &b)?;
    let columns = 0..sizes[1];
    let count = product.numel();
    let products = scaled(product.view(&[count as i64])?, alpha)?;
    let at: Vec<i64> = [
        x.row(0).to_vec(),
        rows.iter().flat_map(|row| columns.clone().map(|_| *row)).collect(),
        x.row(1).to_vec(),
        rows.iter().flat_map(|_| columns.clone()).collect(),
    ]
    .concat();
    let values = crate::op::join::cat(vec![scaled(x.values.clone(), beta)?, products], 0)?;
    Coo { sizes: sizes.to_vec(), dims: 2, at, values, coalesced: false }.tensor()
}

/// A sparse matrix times a dense one: the rows that are not empty, dense.
pub fn hspmm(a: Tensor, b: Tensor) -> Result<Tensor> {
    ensure!(a.layout() == Layout::Sparse, "Could not run 'aten::hspmm' with arguments from the 'CPU' backend.");
    ensure!(a.dim() == 2 && b.dim() == 2, "hspmm: matrices expected, got {}D and {}D tensors", a.dim(), b.dim());
    ensure!(
        a.sizes()[1] == b.sizes()[0],
        "hspmm: Argument #3: Expected dim 0 size {}, got {}",
        a.sizes()[1],
        b.sizes()[0]
    );
    ensure!(a.dtype() == b.dtype(), "expected scalar type {} but found {}", a.dtype().name(), b.dtype().name());
    let (rows, values) = rows_of_product(&Coo::of(&a, "hspmm")?.coalesce()?, &b)?;
    Coo { sizes: vec![a.sizes()[0], b.sizes()[1]], dims: 1, at: rows, values, coalesced: false }.tensor()
}

/// The rows of `a` that have elements, and these rows of the product. `a` is coalesced.
fn rows_of_product(a: &Coo, b: &Tensor) -> Result<(Vec<i64>, Tensor)> {
    let mut rows = a.row(0).to_vec();
    rows.dedup();
    let mut place = 0;
    let places: Vec<i64> = a
        .row(0)
        .iter()
        .map(|row| {
            place += i64::from(rows[place as usize] != *row);
            place
        })
        .collect();
    let dtype = a.values.dtype();
    let values = dispatch_number!(dtype, "addmm_sparse_dense", T => {
        let (values, b) = (dense::<T>(&a.values)?, dense::<T>(b)?);
        let n = b.sizes()[1];
        let mut out = NewTensor::<T>::filled(&[rows.len() as i64, n], T::default())?;
        add_products::<T>(out.data(), n as usize, &places, a.row(1), values.data()?, b.data()?);
        finish(out.finish(), dtype)?
    });
    Ok((rows, values))
}

/// `beta · x + alpha · (a · b)` at the places where the CSR matrix `x` has elements. Leading dimensions are batches.
pub fn sampled_addmm(x: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar) -> Result<Tensor> {
    ensure!(
        x.layout() == Layout::SparseCsr,
        "Could not run 'aten::sparse_sampled_addmm' with arguments from another backend than 'SparseCsrCPU'."
    );
    let named = [(&a, "mat1"), (&b, "mat2")];
    for (t, name) in named {
        ensure!(
            t.layout() == Layout::Strided,
            "sampled_addmm: Expected {name} to have strided layout, but got {}",
            layout_name(t.layout())
        );
    }
    let of = x.dtype();
    ensure!(
        of.is_floating_point() || of.is_complex(),
        "sparse_sampled_addmm: Expected self to be a floating-point or complex tensor, but got {}",
        of.name()
    );
    for (t, name) in named {
        ensure!(
            t.dtype() == of,
            "sampled_addmm: Expected {name} and self to have the same dtype, but got {} and {}",
            t.dtype().name(),
            of.name()
        );
    }
    for (t, name) in named {
        ensure!(t.dim() >= 2, "sampled_addmm: Expected {name} to be a matrix, got {}-D tensor", t.dim());
    }
    let (m, k) = (a.size(-2)?, a.size(-1)?);
    ensure!(
        k == b.size(-2)?,
        "sampled_addmm: mat1 and mat2 shapes cannot be multiplied ({m}x{k} and {}x{})",
        b.size(-2)?,
        b.size(-1)?
    );
    ensure!(x.size(-2)? == m, "sampled_addmm: self.shape[-2] must match mat1.shape[-2]");
    ensure!(x.size(-1)? == b.size(-1)?, "sampled_addmm: self.shape[-1] must match mat2.shape[-1]");
    ensure!(
        x.dim() == a.dim() && x.dim() == b.dim() && x.sizes()[..x.dim() - 2] == a.sizes()[..x.dim() - 2],
        "sampled_addmm: Expected the same batches of self, mat1 and mat2"
    );
    let parts = Compressed::of(&x, "sampled_addmm")?;
    let product = crate::op::matmul::matmul(a, b)?;
    let batches = crate::base::numel(&parts.batch).max(1);
    let (starts, plain) = (parts.starts.len() / batches, parts.plain.len() / batches);
    let mut places = Vec::with_capacity(parts.plain.len());
    for batch in 0..batches {
        let starts = &parts.starts[batch * starts..][..starts];
        let plain = &parts.plain[batch * plain..][..plain];
        for (row, ends) in starts.windows(2).enumerate() {
            let row = (batch as i64 * m + row as i64) * x.size(-1)?;
            places.extend(plain[ends[0] as usize..ends[1] as usize].iter().map(|column| row + column));
        }
    }
    let picked = super::pick(&product.reshape(&[-1])?, &places)?.view(parts.values.sizes())?;
    let values = crate::op::compose::add(&scaled(parts.values.clone(), beta)?, &scaled(picked, alpha)?)?;
    Compressed { values, ..parts }.tensor()
}

/// A CSR matrix times a dense one, where products that meet are added, averaged, or the largest or smallest is taken.
pub fn mm_reduce(a: Tensor, b: Tensor, reduce: std::sync::Arc<str>) -> Result<Tensor> {
    ensure!(
        matches!(&*reduce, "sum" | "prod" | "mean" | "amax" | "amin"),
        "reduce argument must be either sum, prod, mean, amax or amin, got {reduce}"
    );
    ensure!(&*reduce != "prod", "sparse_mm_reduce: reduce type of prod has not been enabled.");
    ensure!(
        a.layout() == Layout::SparseCsr,
        "Could not run 'aten::_sparse_mm_reduce_impl' with arguments from another backend than 'SparseCsrCPU'."
    );
    ensure!(
        b.layout() == Layout::Strided,
        "Expected tensor to have Strided Layout, but got tensor with {} Layout (while checking arguments for \
         sparse_mm_reduce)",
        layout_name(b.layout())
    );
    ensure!(
        a.dtype() == b.dtype(),
        "Expected tensor for argument #1 'other' to have scalar type {}; but got {} instead (while checking arguments for \
         sparse_mm_reduce)",
        a.dtype().name(),
        b.dtype().name()
    );
    ensure!(a.dim() == 2 && b.dim() == 2, "matrices expected, got {}D and {}D tensors", a.dim(), b.dim());
    ensure!(
        a.sizes()[1] == b.sizes()[0],
        "Expected a tensor of dimension 2 and tensor.size[0] == {} but got: dimension 2 and tensor.size[0] = {}",
        a.sizes()[1],
        b.sizes()[0]
    );
    let parts = Compressed::of(&a, "mm")?;
    dispatch_float!(a.dtype(), "spmm_reduce_kernel", T => {
        let (values, b) = (dense::<T>(&parts.values)?, dense::<T>(&b)?);
        let n = b.sizes()[1];
        let mut out = NewTensor::<T>::filled(&[a.sizes()[0], n], 0.0)?;
        reduce_products::<T>(out.data(), &reduce, &parts.starts, &parts.plain, values.data()?, b.data()?);
        finish(out.finish(), a.dtype())
    })
}

/// Where the extremes came from is wanted for gradients only.
pub fn mm_reduce_impl(a: Tensor, b: Tensor, reduce: std::sync::Arc<str>) -> Result<(Tensor, Tensor)> {
    Ok((mm_reduce(a, b, reduce)?, Tensor::empty(&[0], crate::DType::I64)?))
}
