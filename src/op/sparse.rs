//! Sparse tensors: their parts, conversions, sums and products. What operators on plain tensors do with them stands in
//! [`PLAIN`]; every other operator refuses them.
//!
//! Coordinates count in the dimensions before those of the values. Compressed tensors are matrices.

use std::collections::HashMap;

use super::compute::{dense, dispatch_number, finish};
use super::quant::plain::call_one;
use super::{registry, Op};
use crate::base::{DType, Device, Element, Layout, Scalar};
use crate::kernel::sparse as kernel;
use crate::tensor::{NewTensor, SparseParts};
use crate::value::{IValue, List};
use crate::{bail, ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::indices(Tensor(a) self) -> Tensor(a)", indices(_)),
    op!("aten::values(Tensor(a) self) -> Tensor(a)", values(_)),
    op!("aten::_indices(Tensor(a) self) -> Tensor(a)", raw_indices(_)),
    op!("aten::_values(Tensor(a) self) -> Tensor(a)", raw_values(_)),
    op!("aten::crow_indices(Tensor(a) self) -> Tensor(a)", crow_indices(_)),
    op!("aten::col_indices(Tensor(a) self) -> Tensor(a)", col_indices(_)),
    op!("aten::_nnz(Tensor self) -> int", nnz(_)),
    op!("aten::sparse_dim(Tensor self) -> int", sparse_dim(_)),
    op!("aten::dense_dim(Tensor self) -> int", dense_dim(_)),
    op!("aten::_dimI(Tensor self) -> int", sparse_dim(_)),
    op!("aten::_dimV(Tensor self) -> int", dense_dim(_)),
    op!("aten::is_coalesced(Tensor self) -> bool", is_coalesced(_)),
    op!("aten::coalesce(Tensor(a) self) -> Tensor(a)", coalesce(_)),
    op!(
        "aten::to_dense(Tensor self, ScalarType? dtype=None, *, bool? masked_grad=None) -> Tensor",
        to_dense(_, _, _),
        tags[MayAlias]
    ),
    op!(
        "aten::to_sparse(Tensor self, *, Layout? layout=None, int[2]? blocksize=None, int? dense_dim=None) -> Tensor",
        to_sparse(_, _, _, _),
        tags[MayAlias]
    ),
    op!(
        "aten::to_sparse.sparse_dim(Tensor self, int sparse_dim) -> Tensor",
        to_sparse_with(_, _),
        tags[MayAlias]
    ),
    op!("aten::to_sparse_csr(Tensor self, int? dense_dim=None) -> Tensor", to_sparse_csr(_, _), tags[MayAlias]),
    op!(
        "aten::sparse_coo_tensor.indices(Tensor indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None, bool? is_coalesced=None) -> Tensor",
        coordinates(_, _, _, _, _, _, _),
        tags[MayAlias]
    ),
    op!(
        "aten::sparse_coo_tensor.indices_size(Tensor indices, Tensor values, int[] size, *, ScalarType? dtype=None, \
         Layout? layout=None, Device? device=None, bool? pin_memory=None, bool? is_coalesced=None) -> Tensor",
        coordinates_of_size(_, _, _, _, _, _, _, _),
        tags[MayAlias]
    ),
    op!(
        "aten::sparse_coo_tensor.size(int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, \
         bool? pin_memory=False) -> Tensor",
        empty(_, _, _, _, _)
    ),
    op!(
        "aten::sparse_csr_tensor.crow_col_value_size(Tensor crow_indices, Tensor col_indices, Tensor values, int[] \
         size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor",
        compressed_of_size(_, _, _, _, _, _, _, _),
        tags[MayAlias]
    ),
    op!(
        "aten::sparse_csr_tensor.crow_col_value(Tensor crow_indices, Tensor col_indices, Tensor values, *, ScalarType? \
         dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor",
        compressed(_, _, _, _, _, _, _),
        tags[MayAlias]
    ),
    op!("aten::_sparse_mm(Tensor sparse, Tensor dense) -> Tensor", mm(_, _)),
];

/// What operators of other tables do when an argument is sparse; entries are looked up by name.
pub const PLAIN: &[Op] = &[
    op!("aten::add.Tensor", add(_, _, _)),
    op!("aten::add.Scalar", add_number(_, _, _)),
    op!("aten::sub.Tensor", sub(_, _, _)),
    op!("aten::sub.Scalar", add_number(_, _, _)),
    op!("aten::mul.Tensor", mul(_, _)),
    op!("aten::mul.Scalar", mul_number(_, _)),
    op!("aten::div.Scalar", div_number(_, _)),
    op!("aten::matmul", matmul(_, _)),
    op!("aten::mm", mm(_, _)),
    op!("aten::mv", matmul(_, _)),
    op!("aten::addmm", addmm(_, _, _, _, _)),
    op!("aten::linear", linear(_, _, _)),
    op!("aten::t", t(_)),
    op!("aten::sum", sum(_, _)),
    op!("aten::clone", copy(_, _)),
    op!("aten::abs", shared on_values("aten::abs")),
    op!("aten::neg", shared on_values("aten::neg")),
    op!("aten::relu", shared on_values("aten::relu")),
    op!("aten::sign", shared on_values("aten::sign")),
    op!("aten::sin", shared on_values("aten::sin")),
    op!("aten::tan", shared on_values("aten::tan")),
    op!("aten::tanh", shared on_values("aten::tanh")),
    op!("aten::sinh", shared on_values("aten::sinh")),
    op!("aten::asin", shared on_values("aten::asin")),
    op!("aten::atan", shared on_values("aten::atan")),
    op!("aten::sqrt", shared on_values("aten::sqrt")),
    op!("aten::erf", shared on_values("aten::erf")),
    op!("aten::expm1", shared on_values("aten::expm1")),
    op!("aten::log1p", shared on_values("aten::log1p")),
    op!("aten::ceil", shared on_values("aten::ceil")),
    op!("aten::floor", shared on_values("aten::floor")),
    op!("aten::round", shared on_values("aten::round")),
    op!("aten::trunc", shared on_values("aten::trunc")),
    op!("aten::isnan", shared on_values("aten::isnan")),
];

fn parts<'a>(x: &'a Tensor, wants: &str, kind: &str, fits: fn(Layout) -> bool) -> Result<&'a SparseParts> {
    match x.sparse_parts() {
        Some(parts) if fits(parts.layout) => Ok(parts),
        _ => bail!("{wants} expected sparse {kind}tensor layout but got {:?}", x.layout()),
    }
}

fn coo<'a>(x: &'a Tensor, wants: &str) -> Result<&'a SparseParts> {
    parts(x, wants, "coordinate ", |layout| layout == Layout::Sparse)
}

fn csr<'a>(x: &'a Tensor, wants: &str) -> Result<&'a SparseParts> {
    parts(x, wants, "row compressed ", |layout| layout == Layout::SparseCsr)
}

fn indices(x: Tensor) -> Result<Tensor> {
    let parts = coo(&x, "indices")?;
    ensure!(parts.coalesced, "Cannot get indices on an uncoalesced tensor, please call .coalesce() first");
    Ok(parts.indices[0].alias())
}

fn values(x: Tensor) -> Result<Tensor> {
    let parts = parts(&x, "values", "", |_| true)?;
    let ready = parts.layout != Layout::Sparse || parts.coalesced;
    ensure!(ready, "Cannot get values on an uncoalesced tensor, please call .coalesce() first");
    Ok(parts.values.alias())
}

fn raw_indices(x: Tensor) -> Result<Tensor> {
    Ok(coo(&x, "_indices")?.indices[0].alias())
}

fn raw_values(x: Tensor) -> Result<Tensor> {
    Ok(coo(&x, "_values")?.values.alias())
}

fn crow_indices(x: Tensor) -> Result<Tensor> {
    Ok(csr(&x, "crow_indices")?.indices[0].alias())
}

fn col_indices(x: Tensor) -> Result<Tensor> {
    Ok(csr(&x, "col_indices")?.indices[1].alias())
}

fn nnz(x: Tensor) -> Result<i64> {
    parts(&x, "_nnz", "", |_| true)?.values.size(0)
}

fn sparse_dim(x: Tensor) -> Result<i64> {
    Ok(match x.sparse_parts() {
        None => 0,
        Some(parts) if parts.layout == Layout::Sparse => parts.indices[0].size(0)?,
        Some(_) => 2,
    })
}

fn dense_dim(x: Tensor) -> Result<i64> {
    Ok(x.dim() as i64 - sparse_dim(x)?)
}

fn is_coalesced(x: Tensor) -> Result<bool> {
    Ok(coo(&x, "is_coalesced")?.coalesced)
}

/// Elements at their coordinates: where each lies among the places of the sparse dimensions.
struct Entries {
    places: Vec<usize>,
    values: Tensor,
    coalesced: bool,
    /// The sparse dimensions.
    sizes: Vec<i64>,
}

impl Entries {
    fn of(x: &Tensor) -> Result<Entries> {
        let Some(parts) = x.sparse_parts() else {
            return Err(Error::unsupported("a dense tensor beside a sparse one"));
        };
        let (coordinates, dims) = match parts.layout {
            Layout::Sparse => (parts.indices[0].to_vec::<i64>()?, parts.indices[0].sizes()[0] as usize),
            Layout::SparseCsr => {
                let (starts, columns) = (parts.indices[0].to_vec::<i64>()?, parts.indices[1].to_vec::<i64>()?);
                let rows = starts.windows(2).enumerate();
                let mut coordinates: Vec<i64> =
                    rows.flat_map(|(row, ends)| (ends[0]..ends[1]).map(move |_| row as i64)).collect();
                ensure!(coordinates.len() == columns.len(), "compressed indices of a sparse tensor");
                coordinates.extend(columns);
                (coordinates, 2)
            }
            other => return Err(Error::unsupported(format!("computing with tensors of layout {other:?}"))),
        };
        let sizes = x.sizes()[..dims].to_vec();
        let n = parts.values.size(0)? as usize;
        let mut places = vec![0usize; n];
        for (row, &size) in coordinates.chunks_exact(n.max(1)).zip(&sizes) {
            for (place, &at) in places.iter_mut().zip(row) {
                ensure!((0..size).contains(&at), "an index outside of size {size} in a sparse tensor");
                *place = *place * size as usize + at as usize;
            }
        }
        let coalesced = parts.coalesced || parts.layout != Layout::Sparse;
        Ok(Entries { places, values: parts.values.clone(), coalesced, sizes })
    }

    /// In order, each place once.
    fn merged(self) -> Result<Entries> {
        let ascending = self.places.windows(2).all(|pair| pair[0] < pair[1]);
        if ascending {
            return Ok(Entries { coalesced: true, ..self });
        }
        let mut places = self.places.clone();
        places.sort_unstable();
        places.dedup();
        let to: Vec<i64> =
            self.places.iter().map(|place| places.partition_point(|other| other < place) as i64).collect();
        let values = self.added_into(places.len() as i64, &to)?;
        Ok(Entries { places, values, coalesced: true, sizes: self.sizes })
    }

    /// `n` rows of values, each the sum of those that go there.
    fn added_into(&self, n: i64, to: &[i64]) -> Result<Tensor> {
        let mut shape = vec![n];
        shape.extend(&self.values.sizes()[1..]);
        let zeros = Tensor::zeros(&shape, self.values.dtype())?;
        let to = Tensor::from_slice(to, &[to.len() as i64])?;
        if self.values.dtype() == DType::Bool {
            return call_one(
                "aten::index_put",
                "",
                [zeros.into(), IValue::List(List::tensors([to])), self.values.clone().into(), true.into()],
            );
        }
        call_one("aten::index_add", "", [zeros.into(), 0.into(), to.into(), self.values.clone().into(), 1.into()])
    }

    fn coordinates(&self) -> Result<Tensor> {
        let n = self.places.len();
        let mut all = vec![0i64; n * self.sizes.len()];
        let mut rest = self.places.clone();
        for (d, &size) in self.sizes.iter().enumerate().rev() {
            for (slot, place) in all[d * n..(d + 1) * n].iter_mut().zip(&mut rest) {
                *slot = (*place % size.max(1) as usize) as i64;
                *place /= size.max(1) as usize;
            }
        }
        Tensor::from_slice(&all, &[self.sizes.len() as i64, n as i64])
    }

    fn into_coo(self) -> Result<Tensor> {
        let mut sizes = self.sizes.clone();
        sizes.extend(&self.values.sizes()[1..]);
        let indices = vec![self.coordinates()?];
        let parts = SparseParts { layout: Layout::Sparse, indices, values: self.values, coalesced: self.coalesced };
        Ok(Tensor::sparse(&sizes, parts))
    }

    /// Of a matrix whose entries are in the order of its rows.
    fn into_csr(self) -> Result<Tensor> {
        ensure!(self.sizes.len() == 2 && self.values.dim() == 1, "compressed sparse tensors are matrices");
        let (rows, columns) = (self.sizes[0], self.sizes[1].max(1) as usize);
        let mut starts = NewTensor::<i64>::filled(&[rows + 1], 0)?;
        let counts = starts.data();
        for place in &self.places {
            counts[place / columns + 1] += 1;
        }
        for row in 1..counts.len() {
            counts[row] += counts[row - 1];
        }
        let plain: Vec<i64> = self.places.iter().map(|place| (place % columns) as i64).collect();
        let indices = vec![starts.finish(), Tensor::from_slice(&plain, &[plain.len() as i64])?];
        let parts = SparseParts { layout: Layout::SparseCsr, indices, values: self.values, coalesced: true };
        Ok(Tensor::sparse(&self.sizes, parts))
    }

    fn into_layout(self, layout: Layout) -> Result<Tensor> {
        if layout == Layout::SparseCsr {
            self.into_csr()
        } else {
            self.into_coo()
        }
    }
}

/// The same coordinates with other values, a row for each of them.
fn with_values(x: &Tensor, values: Tensor) -> Result<Tensor> {
    let parts = x.sparse_parts().ok_or_else(|| Error::internal("not sparse"))?;
    Ok(Tensor::sparse(x.sizes(), SparseParts { values, ..parts.clone() }))
}

fn coalesce(x: Tensor) -> Result<Tensor> {
    if coo(&x, "coalesce")?.coalesced {
        return Ok(x);
    }
    Entries::of(&x)?.merged()?.into_coo()
}

fn to_dense(x: Tensor, dtype: Option<DType>, _masked: Option<bool>) -> Result<Tensor> {
    if x.sparse_parts().is_none() {
        return finish(x.clone(), dtype.unwrap_or(x.dtype()));
    }
    ensure!(dtype.is_none(), "dtype argument is not supported by sparse_to_dense");
    let entries = Entries::of(&x)?;
    let to: Vec<i64> = entries.places.iter().map(|place| *place as i64).collect();
    entries.added_into(entries.sizes.iter().product(), &to)?.reshape(x.sizes())
}

fn to_sparse(x: Tensor, layout: Option<Layout>, blocks: Option<Vec<i64>>, dense_dim: Option<i64>) -> Result<Tensor> {
    ensure!(blocks.is_none(), "to_sparse for {:?} conversion does not use specified blocksize", x.layout());
    let dense_dim = dense_dim.unwrap_or(0);
    match layout.unwrap_or(Layout::Sparse) {
        Layout::Sparse if x.sparse_parts().is_some() => Entries::of(&x)?.into_coo(),
        Layout::Sparse => to_sparse_with(x.clone(), x.dim() as i64 - dense_dim),
        Layout::SparseCsr => to_sparse_csr(x, Some(dense_dim)),
        other => Err(Error::unsupported(format!("conversion to layout {other:?}"))),
    }
}

fn to_sparse_with(x: Tensor, dims: i64) -> Result<Tensor> {
    if x.layout() == Layout::Sparse {
        return Ok(x);
    }
    let nd = x.dim() as i64;
    ensure!(
        (0..=nd).contains(&dims),
        "dense_to_sparse: sparse_dim argument must be in [0,{nd}] range, but {dims} is given"
    );
    let x = call_one("aten::to_dense", "", [x.into(), IValue::None, IValue::None])?;
    let (sparse, rest) = x.sizes().split_at(dims as usize);
    let count: i64 = sparse.iter().product();
    let mut shape = vec![count];
    shape.extend(rest);
    let rows = x.reshape(&shape)?;
    let flat = rows.reshape(&[count, rest.iter().product()])?;
    let given = call_one("aten::ne", "Scalar", [flat.into(), 0.into()])?;
    let given = call_one("aten::any", "dim", [given.into(), 1.into(), false.into()])?.to_vec::<bool>()?;
    let places: Vec<usize> = (0..given.len()).filter(|at| given[*at]).collect();
    let at: Vec<i64> = places.iter().map(|place| *place as i64).collect();
    let at = Tensor::from_slice(&at, &[at.len() as i64])?;
    let values = call_one("aten::index_select", "", [rows.into(), 0.into(), at.into()])?;
    Entries { places, values, coalesced: true, sizes: sparse.to_vec() }.into_coo()
}

fn to_sparse_csr(x: Tensor, dense_dim: Option<i64>) -> Result<Tensor> {
    if dense_dim.is_some_and(|n| n != 0) {
        return Err(Error::unsupported("compressed sparse tensors with dense dimensions"));
    }
    match x.layout() {
        Layout::SparseCsr => Ok(x),
        Layout::Strided => to_sparse_csr(to_sparse_with(x.clone(), x.dim() as i64)?, None),
        _ => Entries::of(&x)?.merged()?.into_csr(),
    }
}

type Options = (Option<Layout>, Option<Device>, Option<bool>);

fn coordinates(
    indices: Tensor,
    values: Tensor,
    dtype: Option<DType>,
    layout: Option<Layout>,
    device: Option<Device>,
    pin: Option<bool>,
    coalesced: Option<bool>,
) -> Result<Tensor> {
    ensure!(indices.dim() == 2, "indices must be sparse_dim x nnz, but got: {:?}", indices.sizes());
    let n = indices.sizes()[1] as usize;
    let all = indices.to_vec::<i64>()?;
    let mut size: Vec<i64> =
        all.chunks_exact(n.max(1)).map(|row| row.iter().max().map_or(0, |most| most.saturating_add(1))).collect();
    size.resize(indices.sizes()[0] as usize, 0);
    size.extend(values.sizes().iter().skip(1));
    made(indices, values, size, dtype, (layout, device, pin), coalesced)
}

#[allow(clippy::too_many_arguments)] // PyTorch's signature
fn coordinates_of_size(
    indices: Tensor,
    values: Tensor,
    size: Vec<i64>,
    dtype: Option<DType>,
    layout: Option<Layout>,
    device: Option<Device>,
    pin: Option<bool>,
    coalesced: Option<bool>,
) -> Result<Tensor> {
    made(indices, values, size, dtype, (layout, device, pin), coalesced)
}

fn made(
    indices: Tensor,
    values: Tensor,
    size: Vec<i64>,
    dtype: Option<DType>,
    (layout, device, _): Options,
    coalesced: Option<bool>,
) -> Result<Tensor> {
    check_options(Layout::Sparse, layout, device)?;
    ensure!(indices.dim() == 2, "indices must be sparse_dim x nnz, but got: {:?}", indices.sizes());
    ensure!(values.dim() > 0, "values must have at least one dimension");
    let (dims, n) = (indices.sizes()[0] as usize, indices.sizes()[1]);
    ensure!(
        values.sizes()[0] == n,
        "indices and values must have same nnz, but got nnz from indices: {n}, nnz from values: {}",
        values.sizes()[0]
    );
    ensure!(
        dims + values.dim() - 1 == size.len(),
        "number of dimensions must be sparse_dim ({dims}) + dense_dim ({}), but got {}",
        values.dim() - 1,
        size.len()
    );
    ensure!(
        size[dims..] == values.sizes()[1..],
        "values has incorrect size, expected {:?}, got {:?}",
        &size[dims..],
        &values.sizes()[1..]
    );
    check_sizes(&size)?;
    let indices = indices.to_dtype(DType::I64)?;
    let values = finish(values.clone(), dtype.unwrap_or(values.dtype()))?;
    let parts =
        SparseParts { layout: Layout::Sparse, indices: vec![indices], values, coalesced: coalesced.unwrap_or(false) };
    let x = Tensor::sparse(&size, parts);
    Entries::of(&x)?;
    Ok(x)
}

fn empty(
    size: Vec<i64>,
    dtype: Option<DType>,
    layout: Option<Layout>,
    device: Option<Device>,
    _pin: Option<bool>,
) -> Result<Tensor> {
    check_options(Layout::Sparse, layout, device)?;
    check_sizes(&size)?;
    let values = Tensor::zeros(&[0], dtype.unwrap_or(DType::F32))?;
    Entries { places: Vec::new(), values, coalesced: true, sizes: size }.into_coo()
}

fn compressed(
    starts: Tensor,
    columns: Tensor,
    values: Tensor,
    dtype: Option<DType>,
    layout: Option<Layout>,
    device: Option<Device>,
    pin: Option<bool>,
) -> Result<Tensor> {
    let most = columns.to_vec::<i64>()?.into_iter().max().map_or(0, |most| most.saturating_add(1));
    let size = vec![starts.numel() as i64 - 1, most];
    compressed_of_size(starts, columns, values, size, dtype, layout, device, pin)
}

#[allow(clippy::too_many_arguments)] // PyTorch's signature
fn compressed_of_size(
    starts: Tensor,
    columns: Tensor,
    values: Tensor,
    size: Vec<i64>,
    dtype: Option<DType>,
    layout: Option<Layout>,
    device: Option<Device>,
    _pin: Option<bool>,
) -> Result<Tensor> {
    check_options(Layout::SparseCsr, layout, device)?;
    if starts.dim() != 1 || columns.dim() != 1 || values.dim() != 1 || size.len() != 2 {
        return Err(Error::unsupported("compressed sparse tensors that are no matrices"));
    }
    check_sizes(&size)?;
    let all = starts.to_vec::<i64>()?;
    let sound = all.len() as i64 == size[0] + 1
        && all.windows(2).all(|pair| pair[0] <= pair[1])
        && all.first() == Some(&0)
        && all.last() == Some(&values.sizes()[0])
        && columns.sizes() == values.sizes();
    ensure!(sound, "the indices of a compressed sparse tensor do not fit its values and size");
    let values = finish(values.clone(), dtype.unwrap_or(values.dtype()))?;
    let parts = SparseParts { layout: Layout::SparseCsr, indices: vec![starts, columns], values, coalesced: true };
    let x = Tensor::sparse(&size, parts);
    Entries::of(&x)?;
    Ok(x)
}

fn check_options(made: Layout, layout: Option<Layout>, device: Option<Device>) -> Result<()> {
    ensure!(layout.is_none_or(|l| l == made), "expected {made:?} layout, but got layout {:?}", layout);
    ensure!(device.is_none_or(|d| d.is_cpu()), "sparse tensors live on the CPU");
    Ok(())
}

fn check_sizes(sizes: &[i64]) -> Result<()> {
    let count = sizes.iter().try_fold(1i64, |n, size| n.checked_mul(*size));
    ensure!(count.is_some() && sizes.iter().all(|size| *size >= 0), "sizes {sizes:?} of a sparse tensor");
    Ok(())
}

fn add_number(_x: Tensor, _number: Scalar, _alpha: Scalar) -> Result<Tensor> {
    bail!("add(sparse, dense) is not supported. Use add(dense, sparse) instead.")
}

fn sub(a: Tensor, b: Tensor, alpha: Scalar) -> Result<Tensor> {
    let alpha = call_one("aten::neg", "", [Tensor::scalar(alpha, alpha.dtype())?.into()])?.item()?;
    add(a, b, alpha)
}

fn add(a: Tensor, b: Tensor, alpha: Scalar) -> Result<Tensor> {
    let dense_first = a.layout() == Layout::Strided;
    if a.layout() == Layout::Sparse && b.layout() == Layout::Strided {
        bail!("add(sparse, dense) is not supported. Use add(dense, sparse) instead.");
    }
    ensure!(
        a.sizes() == b.sizes(),
        "add: expected sizes of 'self' and 'other' to match, but {:?} != {:?}",
        a.sizes(),
        b.sizes()
    );
    if dense_first || b.layout() == Layout::Strided {
        let dense = |x: Tensor| call_one("aten::to_dense", "", [x.into(), IValue::None, IValue::None]);
        return call_one("aten::add", "Tensor", [dense(a)?.into(), dense(b)?.into(), alpha.into()]);
    }
    ensure!(a.layout() == b.layout(), "add of layouts {:?} and {:?}", a.layout(), b.layout());
    let layout = a.layout();
    let (x, y) = (Entries::of(&a)?, Entries::of(&b)?);
    ensure!(
        x.sizes == y.sizes,
        "add: expected 'self' and 'other' to have same density, but 'self' has {} sparse dimensions while 'other' has {} \
         sparse dimensions",
        x.sizes.len(),
        y.sizes.len()
    );
    // a walk through both that takes the smaller place, and equal ones together
    let (mut places, mut from_x, mut from_y) = (Vec::new(), Vec::new(), Vec::new());
    let (mut i, mut j) = (0, 0);
    while i < x.places.len() || j < y.places.len() {
        let to = places.len() as i64;
        let (left, right) = (x.places.get(i), y.places.get(j));
        let order = match (left, right) {
            (Some(left), Some(right)) => left.cmp(right),
            (Some(_), None) => std::cmp::Ordering::Less,
            _ => std::cmp::Ordering::Greater,
        };
        places.extend(if order.is_le() { left } else { right });
        if order.is_le() {
            from_x.push(to);
            i += 1;
        }
        if order.is_ge() {
            from_y.push(to);
            j += 1;
        }
    }
    let n = places.len() as i64;
    let (p, q) = (x.added_into(n, &from_x)?, y.added_into(n, &from_y)?);
    let values = call_one("aten::add", "Tensor", [p.into(), q.into(), alpha.into()])?;
    let coalesced = x.coalesced && y.coalesced;
    Entries { places, values, coalesced, sizes: x.sizes }.into_layout(layout)
}

fn mul(a: Tensor, b: Tensor) -> Result<Tensor> {
    let (a, b) = if a.sparse_parts().is_some() { (a, b) } else { (b, a) };
    let times = |x: Tensor, y: Tensor| call_one("aten::mul", "Tensor", [x.into(), y.into()]);
    if b.sparse_parts().is_none() && b.dim() == 0 {
        return with_values(&a, times(raw(&a)?, b)?);
    }
    if a.sizes() != b.sizes() {
        return Err(Error::unsupported("products of a sparse tensor with one of another shape"));
    }
    let layout = a.layout();
    let x = Entries::of(&a)?;
    if b.sparse_parts().is_some() && b.layout() != layout {
        return Err(Error::unsupported(format!("products of tensors of layouts {layout:?} and {:?}", b.layout())));
    }
    let picked = |x: &Tensor, at: Vec<i64>| {
        let at = Tensor::from_slice(&at, &[at.len() as i64])?;
        call_one("aten::index_select", "", [x.clone().into(), 0.into(), at.into()])
    };
    if b.sparse_parts().is_none() {
        let mut shape = vec![x.sizes.iter().product::<i64>()];
        shape.extend(&x.values.sizes()[1..]);
        let there = picked(&b.reshape(&shape)?, x.places.iter().map(|place| *place as i64).collect())?;
        return with_values(&a, times(x.values, there)?);
    }
    let (x, y) = (x.merged()?, Entries::of(&b)?.merged()?);
    if x.sizes != y.sizes {
        return Err(Error::unsupported("products of sparse tensors of different density"));
    }
    let of: HashMap<usize, i64> = y.places.iter().enumerate().map(|(i, place)| (*place, i as i64)).collect();
    let both: Vec<(i64, i64)> =
        x.places.iter().enumerate().filter_map(|(i, place)| Some((i as i64, *of.get(place)?))).collect();
    let left = picked(&x.values, both.iter().map(|pair| pair.0).collect())?;
    let right = picked(&y.values, both.iter().map(|pair| pair.1).collect())?;
    let places = both.iter().map(|pair| x.places[pair.0 as usize]).collect();
    Entries { places, values: times(left, right)?, coalesced: x.coalesced, sizes: x.sizes }.into_layout(layout)
}

fn raw(x: &Tensor) -> Result<Tensor> {
    x.sparse_parts().map(|parts| parts.values.clone()).ok_or_else(|| Error::internal("not sparse"))
}

fn mul_number(x: Tensor, by: Scalar) -> Result<Tensor> {
    with_values(&x, call_one("aten::mul", "Scalar", [raw(&x)?.into(), by.into()])?)
}

fn div_number(x: Tensor, by: Scalar) -> Result<Tensor> {
    with_values(&x, call_one("aten::div", "Scalar", [raw(&x)?.into(), by.into()])?)
}

fn sum(x: Tensor, dtype: Option<DType>) -> Result<Tensor> {
    let dtype = dtype.map_or(IValue::None, |d| IValue::Int(d.code()));
    call_one("aten::sum", "", [raw(&x)?.into(), dtype])
}

fn copy(x: Tensor, _format: IValue) -> Result<Tensor> {
    let Some(parts) = x.sparse_parts() else { return Err(Error::internal("not sparse")) };
    let indices = parts.indices.iter().map(Tensor::deep_clone).collect::<Result<_>>()?;
    Ok(Tensor::sparse(x.sizes(), SparseParts { indices, values: parts.values.deep_clone()?, ..parts.clone() }))
}

/// An operator that leaves 0 as it is.
fn on_values(name: &'static str, stack: &mut super::Stack, _n: usize) -> Result<()> {
    let x = stack.pop().unwrap_or_default().to_tensor()?;
    let operator = registry().find(name, "").ok_or_else(|| Error::internal("no such operator"))?;
    let mut inner = vec![raw(&x)?.into()];
    operator.call(&mut inner, 1)?;
    stack.push(with_values(&x, inner.pop().unwrap_or_default().to_tensor()?)?.into());
    Ok(())
}

fn t(x: Tensor) -> Result<Tensor> {
    let parts = coo(&x, "t")?;
    ensure!(
        x.dim() <= 2,
        "t() expects a tensor with <= 2 sparse and 0 dense dimensions, but got {} dimensions",
        x.dim()
    );
    if x.dim() < 2 {
        return Ok(x.clone());
    }
    if parts.values.dim() != 1 {
        return Err(Error::unsupported("t() of a sparse tensor with dense dimensions"));
    }
    let indices = vec![call_one("aten::flip", "", [parts.indices[0].clone().into(), IValue::ints(&[0])])?];
    let turned = SparseParts { indices, coalesced: false, ..parts.clone() };
    Ok(Tensor::sparse(&[x.sizes()[1], x.sizes()[0]], turned))
}

/// A matrix as what stands where.
struct Matrix {
    rows: Vec<usize>,
    columns: Vec<usize>,
    values: Tensor,
    sizes: [i64; 2],
}

impl Matrix {
    fn of(x: &Tensor) -> Result<Matrix> {
        let entries = Entries::of(x)?;
        let [m, n] = entries.sizes[..] else { bail!("addmm: matrices expected, got {}D tensor", entries.sizes.len()) };
        ensure!(entries.values.dim() == 1, "addmm: a scalar for each index expected");
        let split = |place: &usize| (place / n.max(1) as usize, place % n.max(1) as usize);
        let (rows, columns) = entries.places.iter().map(split).unzip();
        Ok(Matrix { rows, columns, values: entries.values, sizes: [m, n] })
    }

    fn turned(self) -> Matrix {
        Matrix { rows: self.columns, columns: self.rows, sizes: [self.sizes[1], self.sizes[0]], ..self }
    }

    /// The product with a dense matrix.
    fn times(&self, other: &Tensor) -> Result<Tensor> {
        ensure!(other.dim() == 2, "addmm: matrices expected, got {}D tensor", other.dim());
        let [m, k] = self.sizes;
        let (rows, n) = (other.sizes()[0], other.sizes()[1]);
        ensure!(rows == k, "addmm: Argument #3 (dense): Expected dim 0 size {k}, got {rows}");
        ensure!(
            self.values.dtype() == other.dtype(),
            "expected scalar type {} but found {}",
            self.values.dtype().name(),
            other.dtype().name()
        );
        dispatch_number!(other.dtype(), "addmm_sparse_dense", T => {
            let (values, other_data) = (dense::<T>(&self.values)?, dense::<T>(other)?);
            let mut out = NewTensor::<T>::filled(&[m, n], T::from_i64(0))?;
            kernel::times_dense(
                &self.rows, &self.columns, values.data::<T>()?, other_data.data::<T>()?, n as usize, out.data(),
            );
            finish(out.finish(), other.dtype())
        })
    }

    /// The product with another sparse matrix: in the order of rows, in each as its entries came up.
    fn times_sparse(&self, other: &Matrix) -> Result<Entries> {
        let ([m, k], [rows, n]) = (self.sizes, other.sizes);
        ensure!(k == rows, "mat1 and mat2 shapes cannot be multiplied ({m}x{k} and {rows}x{n})");
        ensure!(
            self.values.dtype() == other.values.dtype(),
            "sparse_matmul: dtypes differ: {} and {}",
            self.values.dtype(),
            other.values.dtype()
        );
        check_sizes(&[m, n])?;
        dispatch_number!(self.values.dtype(), "sparse_matmul", T => {
            let (left, right) = (dense::<T>(&self.values)?, dense::<T>(&other.values)?);
            let (places, values) = kernel::times_sparse(
                (&self.rows, &self.columns, left.data::<T>()?),
                (&other.rows, &other.columns, right.data::<T>()?),
                n as usize,
            );
            let values = Tensor::from_slice(&values, &[values.len() as i64])?;
            let values = finish(values, self.values.dtype())?;
            Ok(Entries { places, values, coalesced: true, sizes: vec![m, n] })
        })
    }
}

fn mm(a: Tensor, b: Tensor) -> Result<Tensor> {
    match (a.layout(), b.layout()) {
        (Layout::Strided, Layout::Strided) => call_one("aten::mm", "", [a.into(), b.into()]),
        (Layout::Sparse | Layout::SparseCsr, Layout::Strided) => Matrix::of(&a)?.times(&b),
        (Layout::Strided, layout) => {
            ensure!(a.dim() == 2, "addmm: matrices expected, got {}D tensor", a.dim());
            let product = Matrix::of(&b)?.turned().times(&a.transpose(0, 1)?)?.transpose(0, 1)?;
            if layout == Layout::Sparse {
                Ok(product)
            } else {
                product.to_contiguous()
            }
        }
        (Layout::Sparse, Layout::Sparse) => Matrix::of(&a)?.times_sparse(&Matrix::of(&b)?)?.merged()?.into_coo(),
        (Layout::SparseCsr, Layout::SparseCsr) => Matrix::of(&a)?.times_sparse(&Matrix::of(&b)?)?.into_csr(),
        (left, right) => {
            bail!("addmm: computation on CPU is not implemented for {left:?} + {left:?} @ {right:?}")
        }
    }
}

fn matmul(a: Tensor, b: Tensor) -> Result<Tensor> {
    match (a.dim(), b.dim()) {
        (2, 2) => mm(a, b),
        (2, 1) => mm(a, b.unsqueeze(1)?)?.squeeze(Some(&[1])),
        (1, 2) => mm(a.unsqueeze(0)?, b)?.squeeze(Some(&[0])),
        (n, 2) if n > 2 && a.layout() == Layout::Strided => {
            let mut shape = a.sizes().to_vec();
            let flat = a.reshape(&[-1, a.size(-1)?])?;
            shape[n - 1] = b.size(-1)?;
            mm(flat, b)?.reshape(&shape)
        }
        _ => bail!("expand is unsupported for Sparse tensors"),
    }
}

fn addmm(x: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar) -> Result<Tensor> {
    let product = mm(a, b)?;
    if x.sparse_parts().is_some() || product.sparse_parts().is_some() {
        return Err(Error::unsupported("addmm with a sparse result"));
    }
    let scaled = call_one("aten::mul", "Scalar", [x.into(), beta.into()])?;
    call_one("aten::add", "Tensor", [scaled.into(), product.into(), alpha.into()])
}

fn linear(x: Tensor, weight: Tensor, bias: Option<Tensor>) -> Result<Tensor> {
    if x.sparse_parts().is_some() || x.dim() != 2 {
        return Err(Error::unsupported("linear of sparse tensors but a matrix by a sparse weight"));
    }
    let layout = weight.layout();
    let product = Matrix::of(&weight)?.times(&x.transpose(0, 1)?)?.transpose(0, 1)?;
    let product = if layout == Layout::Sparse { product } else { product.to_contiguous()? };
    match bias {
        Some(bias) => call_one("aten::add", "Tensor", [product.into(), bias.into(), 1.into()]),
        None => Ok(product),
    }
}
