//! Matrix products with sparse matrices.

use indexmap::IndexMap;

use super::parts::{is_compressed, layout_name, Coo};
use super::plain::{any_coo, call, t};
use super::to_dense;
use crate::base::{Layout, Scalar};
use crate::kernel::sparse::add_products;
use crate::op::compute::{dense, dispatch_number, finish};
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
