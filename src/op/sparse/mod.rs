//! Sparse tensors: making them, their parts, and their way from and to dense ones. What other operators do with them
//! stands in [`plain`]; one that is named nowhere here refuses them.
//!
//! Indices are always checked, where PyTorch trusts them unless it is told not to.

mod parts;
mod plain;
mod product;
mod reduce;

use super::compute::finish;
use super::{FromIValue, Op, Stack};
use crate::base::{numel, DType, Device, Layout};
use crate::tensor::SparseParts;
use crate::value::IValue;
use crate::{bail, ensure, op, Error, Result, Tensor};
use parts::{check_compressed, check_coo, check_order, is_compressed, layout_name, pick, starts_of, Compressed, Coo};
pub use plain::{replace, MORE};

pub const OPS: &[Op] = &[
    op!(
        "aten::sparse_coo_tensor.indices(Tensor indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, \
         Device? device=None, bool? pin_memory=None, bool? is_coalesced=None) -> Tensor",
        coo_of_parts(_, _, _, _, _, _, _), tags[MayAlias]
    ),
    op!(
        "aten::sparse_coo_tensor.indices_size(Tensor indices, Tensor values, int[] size, *, ScalarType? dtype=None, \
         Layout? layout=None, Device? device=None, bool? pin_memory=None, bool? is_coalesced=None) -> Tensor",
        coo_of_size(_, _, _, _, _, _, _, _), tags[MayAlias]
    ),
    op!(
        "aten::sparse_coo_tensor.size(int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, \
         bool? pin_memory=False) -> Tensor",
        empty_coo(_, _, _, _, _)
    ),
    op!(
        "aten::_sparse_coo_tensor_unsafe(Tensor indices, Tensor values, SymInt[] size, *, ScalarType? dtype=None, Layout? \
         layout=None, Device? device=None, bool? pin_memory=None, bool? is_coalesced=None) -> Tensor",
        coo_of_size(_, _, _, _, _, _, _, _), tags[MayAlias]
    ),
    op!(
        "aten::_sparse_coo_tensor_with_dims(int sparse_dim, int dense_dim, int[] size, *, ScalarType? dtype=None, Layout? \
         layout=None, Device? device=None, bool? pin_memory=False) -> Tensor",
        coo_with_dims(_, _, _, _, _, _, _)
    ),
    op!(
        "aten::_sparse_coo_tensor_with_dims_and_tensors(int sparse_dim, int dense_dim, SymInt[] size, Tensor indices, \
         Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False, \
         bool? is_coalesced=None) -> Tensor",
        coo_with_dims_and_tensors(_, _, _, _, _, _, _, _, _, _), tags[MayAlias]
    ),
    op!(
        "aten::_validate_sparse_coo_tensor_args(Tensor indices, Tensor values, int[] size, bool? is_coalesced=None) -> ()",
        validate_coo(_, _, _, _)
    ),
    op!(
        "aten::_validate_sparse_compressed_tensor_args(Tensor compressed_indices, Tensor plain_indices, Tensor values, \
         int[] size, Layout layout) -> ()",
        validate_compressed(_, _, _, _, _)
    ),
    op!("aten::_coalesce(Tensor self) -> Tensor", coalesce(_), out "out", tags[MayAlias]),
    op!("aten::coalesce(Tensor(a) self) -> Tensor(a)", coalesce(_)),
    op!("aten::_coalesced(Tensor self, bool coalesced) -> Tensor", coalesced(_, _), inplace, out "out", tags[MayAlias]),
    op!("aten::_indices(Tensor(a) self) -> Tensor(a)", raw_indices(_)),
    op!("aten::_values(Tensor(a) self) -> Tensor(a)", raw_values(_)),
    op!("aten::indices(Tensor(a) self) -> Tensor(a)", indices(_)),
    op!("aten::values(Tensor(a) self) -> Tensor(a)", values(_)),
    op!("aten::crow_indices(Tensor(a) self) -> Tensor(a)", crow_indices(_)),
    op!("aten::col_indices(Tensor(a) self) -> Tensor(a)", col_indices(_)),
    op!("aten::ccol_indices(Tensor(a) self) -> Tensor(a)", ccol_indices(_)),
    op!("aten::row_indices(Tensor(a) self) -> Tensor(a)", row_indices(_)),
    op!("aten::_indices_copy(Tensor self) -> Tensor", raw_indices_copy(_), out "out"),
    op!("aten::_values_copy(Tensor self) -> Tensor", raw_values_copy(_), out "out"),
    op!("aten::indices_copy(Tensor self) -> Tensor", indices_copy(_), out "out"),
    op!("aten::values_copy(Tensor self) -> Tensor", values_copy(_), out "out"),
    op!("aten::crow_indices_copy(Tensor self) -> Tensor", crow_indices_copy(_), out "out"),
    op!("aten::col_indices_copy(Tensor self) -> Tensor", col_indices_copy(_), out "out"),
    op!("aten::ccol_indices_copy(Tensor self) -> Tensor", ccol_indices_copy(_), out "out"),
    op!("aten::row_indices_copy(Tensor self) -> Tensor", row_indices_copy(_), out "out"),
    op!("aten::_nnz(Tensor self) -> int", count(_)),
    op!("aten::is_coalesced(Tensor self) -> bool", is_coalesced(_)),
    op!("aten::sparse_dim(Tensor self) -> int", sparse_dim(_)),
    op!("aten::dense_dim(Tensor self) -> int", dense_dim(_)),
    op!("aten::_dimI(Tensor self) -> int", sparse_dim(_)),
    op!("aten::_dimV(Tensor self) -> int", dense_dim(_)),
    op!(
        "aten::to_dense(Tensor self, ScalarType? dtype=None, *, bool? masked_grad=None) -> Tensor",
        to_dense(_, _, _), tags[MayAlias]
    ),
    op!(
        "aten::_to_dense(Tensor self, ScalarType? dtype=None, bool? masked_grad=None) -> Tensor",
        to_dense(_, _, _), out "out", tags[MayAlias]
    ),
    op!("aten::to_sparse.sparse_dim(Tensor self, int sparse_dim) -> Tensor", to_coo(_, _), tags[MayAlias]),
    op!(
        "aten::to_sparse(Tensor self, *, Layout? layout=None, int[2]? blocksize=None, int? dense_dim=None) -> Tensor",
        to_sparse(_, _, _, _), tags[MayAlias]
    ),
    op!("aten::to_sparse_csr(Tensor self, int? dense_dim=None) -> Tensor", to_csr(_, _), tags[MayAlias]),
    op!("aten::to_sparse_csc(Tensor self, int? dense_dim=None) -> Tensor", to_csc(_, _), tags[MayAlias]),
    op!("aten::to_sparse_bsr(Tensor self, int[2] blocksize, int? dense_dim=None) -> Tensor", to_bsr(_, _, _), tags[MayAlias]),
    op!("aten::to_sparse_bsc(Tensor self, int[2] blocksize, int? dense_dim=None) -> Tensor", to_bsc(_, _, _), tags[MayAlias]),
    op!("aten::_to_sparse.sparse_dim(Tensor self, int sparse_dim) -> Tensor", to_coo(_, _), out "sparse_dim_out", tags[MayAlias]),
    op!(
        "aten::_to_sparse(Tensor self, *, Layout? layout=None, int[2]? blocksize=None, int? dense_dim=None) -> Tensor",
        to_sparse(_, _, _, _), tags[MayAlias]
    ),
    op!("aten::_to_sparse_csr(Tensor self, int? dense_dim=None) -> Tensor", to_csr(_, _), out "out", tags[MayAlias]),
    op!("aten::_to_sparse_csc(Tensor self, int? dense_dim=None) -> Tensor", to_csc(_, _), out "out", tags[MayAlias]),
    op!("aten::_to_sparse_bsr(Tensor self, int[2] blocksize, int? dense_dim=None) -> Tensor", to_bsr(_, _, _), out "out", tags[MayAlias]),
    op!("aten::_to_sparse_bsc(Tensor self, int[2] blocksize, int? dense_dim=None) -> Tensor", to_bsc(_, _, _), out "out", tags[MayAlias]),
    op!(
        "aten::_convert_indices_from_coo_to_csr(Tensor self, int size, *, bool out_int32=False) -> Tensor",
        coo_to_csr(_, _, _), out "out"
    ),
    op!(
        "aten::_convert_indices_from_csr_to_coo(Tensor crow_indices, Tensor col_indices, *, bool out_int32=False, bool \
         transpose=False) -> Tensor",
        csr_to_coo(_, _, _, _), out "out"
    ),
    op!(
        "aten::_spdiags(Tensor diagonals, Tensor offsets, int[] shape, Layout? layout=None) -> Tensor",
        spdiags(_, _, _, _), out "out"
    ),
    op!(
        "aten::sparse_resize(Tensor self, int[] size, int sparse_dim, int dense_dim) -> Tensor",
        resize(_, _, _, _), inplace, out "out", tags[MayAlias]
    ),
    op!(
        "aten::sparse_resize_and_clear(Tensor self, int[] size, int sparse_dim, int dense_dim) -> Tensor",
        resize_and_clear(_, _, _, _), inplace, out "out"
    ),
    op!(
        "aten::copy_sparse_to_sparse(Tensor self, Tensor src, bool non_blocking=False) -> Tensor",
        copy_sparse(_, _, _), inplace, out "out"
    ),
    op!(
        "aten::resize_as_sparse(Tensor self, Tensor the_template) -> Tensor",
        resize_as(_, _), inplace, out "out"
    ),
];

/// The factories of one compressed layout: size left to be found out, given, given without a check, and the check alone.
macro_rules! factories {
    ($name:literal, $compressed:literal, $plain:literal, $short:literal) => {
        [
            op!(
                concat!("aten::sparse_", $name, "_tensor.", $short, "_value(Tensor ", $compressed, ", Tensor ", $plain,
                    ", Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? \
                     pin_memory=False) -> Tensor"),
                shared compressed($name), tags[MayAlias]
            ),
            op!(
                concat!("aten::sparse_", $name, "_tensor.", $short, "_value_size(Tensor ", $compressed, ", Tensor ",
                    $plain, ", Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? \
                     device=None, bool? pin_memory=False) -> Tensor"),
                shared compressed($name), tags[MayAlias]
            ),
            op!(
                concat!("aten::_sparse_", $name, "_tensor_unsafe(Tensor ", $compressed, ", Tensor ", $plain,
                    ", Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, \
                     bool? pin_memory=None) -> Tensor"),
                shared compressed($name), tags[MayAlias]
            ),
            op!(
                concat!("aten::_validate_sparse_", $name, "_tensor_args(Tensor ", $compressed, ", Tensor ", $plain,
                    ", Tensor values, int[] size) -> ()"),
                shared validate($name)
            ),
        ]
    };
}

pub const CSR: &[Op] = &factories!("csr", "crow_indices", "col_indices", "crow_col");
pub const CSC: &[Op] = &factories!("csc", "ccol_indices", "row_indices", "ccol_row");
pub const BSR: &[Op] = &factories!("bsr", "crow_indices", "col_indices", "crow_col");
pub const BSC: &[Op] = &factories!("bsc", "ccol_indices", "row_indices", "ccol_row");
pub const COMPRESSED: &[Op] = &[
    op!(
        "aten::sparse_compressed_tensor.comp_plain_value(Tensor compressed_indices, Tensor plain_indices, Tensor values, \
         *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor",
        shared compressed(""), tags[MayAlias]
    ),
    op!(
        "aten::sparse_compressed_tensor.comp_plain_value_size(Tensor compressed_indices, Tensor plain_indices, Tensor \
         values, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? \
         pin_memory=False) -> Tensor",
        shared compressed(""), tags[MayAlias]
    ),
    op!(
        "aten::_sparse_compressed_tensor_unsafe(Tensor compressed_indices, Tensor plain_indices, Tensor values, SymInt[] \
         size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        shared compressed(""), tags[MayAlias]
    ),
];

/// What operators of the other tables do instead when an argument is sparse; the entries' schemas are names only.
pub const INSTEAD: &[&[Op]] = &[plain::OPS, plain::UNARY];

/// Tables of operators that take sparse tensors themselves.
pub const MADE_FOR: &[&[Op]] = &[OPS, CSR, CSC, BSR, BSC, COMPRESSED, MORE];

/// Operators elsewhere that look at no elements, and so take sparse tensors as they are.
pub const QUESTIONS: &[&str] = &[
    "aten::size",
    "aten::sym_size",
    "aten::dim",
    "aten::numel",
    "aten::sym_numel",
    "aten::len",
    "aten::element_size",
    "aten::is_complex",
    "aten::is_floating_point",
    "aten::is_signed",
    "aten::is_same_size",
    "aten::is_conj",
    "aten::is_neg",
    "aten::is_inference",
    "aten::is_leaf",
    "aten::is_pinned",
    "aten::is_distributed",
    "aten::get_device",
    "aten::output_nr",
    "aten::retains_grad",
    "aten::retain_grad",
    "aten::requires_grad_",
    "aten::_version",
    "aten::detach",
    "aten::detach_",
    "aten::alias",
    "aten::__is__",
    "aten::__isnot__",
    "aten::device",
    "aten::result_type",
    "aten::is_meta",
    "aten::cpu",
    "aten::_shape_as_tensor",
    "aten::to",
    "aten::_to_copy",
];

fn coo_of_parts(
    indices: Tensor,
    values: Tensor,
    dtype: Option<DType>,
    layout: Option<Layout>,
    device: Option<Device>,
    pin: Option<bool>,
    coalesced: Option<bool>,
) -> Result<Tensor> {
    let values = at_least_one(values)?;
    ensure!(indices.dim() == 2, "indices must be sparse_dim x nnz, but got: {:?}", indices.sizes());
    ensure!(indices.dtype() == DType::I64, "indices must be an int64 tensor");
    let count = (indices.sizes()[1] as usize).max(1);
    let largest = indices.to_vec::<i64>()?;
    let mut sizes: Vec<i64> = match indices.sizes()[1] {
        0 => vec![0; indices.sizes()[0] as usize],
        _ => largest.chunks(count).map(|row| row.iter().max().map_or(0, |i| i.saturating_add(1))).collect(),
    };
    sizes.extend_from_slice(&values.sizes()[1..]);
    coo_of_size(indices, values, sizes, dtype, layout, device, pin, coalesced)
}

fn coo_of_size(
    indices: Tensor,
    values: Tensor,
    sizes: Vec<i64>,
    dtype: Option<DType>,
    layout: Option<Layout>,
    device: Option<Device>,
    _pin: Option<bool>,
    coalesced: Option<bool>,
) -> Result<Tensor> {
    check_options(layout, Layout::Sparse, device)?;
    ensure!(indices.dtype() == DType::I64, "indices must be an int64 tensor");
    let values = at_least_one(values)?;
    let values = match dtype {
        Some(dtype) => finish(values, dtype)?,
        None => values,
    };
    check_coo(&sizes, &indices, &values)?;
    let coalesced = coalesced.unwrap_or(indices.sizes()[1] < 2);
    Ok(Tensor::sparse(&sizes, SparseParts { layout: Layout::Sparse, indices: vec![indices], values, coalesced }))
}

fn at_least_one(values: Tensor) -> Result<Tensor> {
    if values.dim() == 0 {
        values.unsqueeze(0)
    } else {
        Ok(values)
    }
}

fn check_options(layout: Option<Layout>, wanted: Layout, device: Option<Device>) -> Result<()> {
    if let Some(device) = device.filter(|device| !device.is_cpu()) {
        return Err(super::create::no_device(Some(device)));
    }
    ensure!(
        layout.is_none_or(|layout| layout == wanted),
        "expected layout {} but got {}",
        layout_name(wanted),
        layout_name(layout.unwrap_or(wanted))
    );
    Ok(())
}

/// No elements: `sizes` of which the first `dims` have indices.
fn empty_of(sizes: &[i64], dims: usize, dtype: DType) -> Result<Tensor> {
    let mut shape = vec![0];
    shape.extend_from_slice(&sizes[dims..]);
    let values = Tensor::empty(&shape, dtype)?;
    Coo { sizes: sizes.to_vec(), dims, at: Vec::new(), values, coalesced: true }.tensor()
}

fn empty_coo(
    sizes: Vec<i64>,
    dtype: Option<DType>,
    layout: Option<Layout>,
    device: Option<Device>,
    _pin: Option<bool>,
) -> Result<Tensor> {
    check_options(layout, Layout::Sparse, device)?;
    empty_of(&sizes, sizes.len(), dtype.unwrap_or(crate::tensor::default_dtype()))
}

fn check_dims(sparse: i64, dense: i64, sizes: &[i64]) -> Result<usize> {
    ensure!(
        sparse >= 0 && dense >= 0 && sparse.checked_add(dense) == Some(sizes.len() as i64),
        "number of dimensions must be sparse_dim ({sparse}) + dense_dim ({dense}), but got {}",
        sizes.len()
    );
    Ok(sparse as usize)
}

fn coo_with_dims(
    sparse: i64,
    dense: i64,
    sizes: Vec<i64>,
    dtype: Option<DType>,
    layout: Option<Layout>,
    device: Option<Device>,
    _pin: Option<bool>,
) -> Result<Tensor> {
    check_options(layout, Layout::Sparse, device)?;
    empty_of(&sizes, check_dims(sparse, dense, &sizes)?, dtype.unwrap_or(crate::tensor::default_dtype()))
}

fn coo_with_dims_and_tensors(
    sparse: i64,
    dense: i64,
    sizes: Vec<i64>,
    indices: Tensor,
    values: Tensor,
    dtype: Option<DType>,
    layout: Option<Layout>,
    device: Option<Device>,
    pin: Option<bool>,
    coalesced: Option<bool>,
) -> Result<Tensor> {
    let dims = check_dims(sparse, dense, &sizes)?;
    ensure!(
        indices.size(0)? as usize == dims,
        "indices has incorrect first dimension, expected {dims}, got {}",
        indices.size(0)?
    );
    coo_of_size(indices, values, sizes, dtype, layout, device, pin, coalesced)
}

fn validate_coo(indices: Tensor, values: Tensor, sizes: Vec<i64>, _coalesced: Option<bool>) -> Result<()> {
    check_coo(&sizes, &indices, &values)
}

fn validate_compressed(
    compressed: Tensor,
    plain: Tensor,
    values: Tensor,
    sizes: Vec<i64>,
    layout: Layout,
) -> Result<()> {
    ensure!(
        is_compressed(layout),
        "sparse_compressed_tensor expected sparse compressed tensor layout but got {}",
        layout_name(layout)
    );
    let indices = [compressed, plain];
    check_compressed(&sizes, layout, &indices, &values)?;
    check_order(layout, &indices)
}

fn layout_of(name: &str) -> Option<Layout> {
    Some(match name {
        "csr" => Layout::SparseCsr,
        "csc" => Layout::SparseCsc,
        "bsr" => Layout::SparseBsr,
        "bsc" => Layout::SparseBsc,
        _ => return None,
    })
}

/// Takes compressed and plain indices, values, perhaps a size, then dtype, layout, device and pin_memory.
fn compressed(name: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    let base = stack.len().checked_sub(n).ok_or_else(|| Error::internal("operator stack underflow"))?;
    let mut args: Vec<IValue> = stack.drain(base..).collect();
    let options = args.split_off(n - 4);
    let [dtype, layout, device, _] = &options[..] else { return Err(Error::internal("four options")) };
    let asked: Option<Layout> = FromIValue::from_ivalue(layout.clone())?;
    let layout = layout_of(name).or(asked);
    let Some(layout) = layout.filter(|layout| is_compressed(*layout)) else {
        bail!(
            "sparse_compressed_tensor expected sparse compressed tensor layout but got {}",
            asked.map_or("none".into(), layout_name)
        )
    };
    check_options(asked, layout, FromIValue::from_ivalue(device.clone())?)?;
    let dtype: Option<DType> = FromIValue::from_ivalue(dtype.clone())?;
    let size = if args.len() > 3 { Some(Vec::<i64>::from_ivalue(args.pop().unwrap_or_default())?) } else { None };
    let [starts, plain, values] = &args[..] else { return Err(Error::internal("three parts")) };
    let (starts, plain, mut values) = (starts.to_tensor()?, plain.to_tensor()?, values.to_tensor()?);
    if let Some(dtype) = dtype {
        values = finish(values, dtype)?;
    }
    let size = match size {
        Some(size) => size,
        None => smallest_size(layout, &starts, &plain, &values)?,
    };
    let indices = vec![starts, plain];
    check_compressed(&size, layout, &indices, &values)?;
    stack.push(Tensor::sparse(&size, SparseParts { layout, indices, values, coalesced: true }).into());
    Ok(())
}

fn validate(name: &'static str, stack: &mut Stack, n: usize) -> Result<()> {
    let base = stack.len().checked_sub(n).ok_or_else(|| Error::internal("operator stack underflow"))?;
    let args: Vec<IValue> = stack.drain(base..).collect();
    let [starts, plain, values, size] = &args[..] else { return Err(Error::internal("four arguments")) };
    let layout = layout_of(name).ok_or_else(|| Error::internal("a compressed layout"))?;
    let size = Vec::<i64>::from_ivalue(size.clone())?;
    let indices = [starts.to_tensor()?, plain.to_tensor()?];
    check_compressed(&size, layout, &indices, &values.to_tensor()?)?;
    check_order(layout, &indices)
}

/// The size that has just the lines and places that the indices name.
fn smallest_size(layout: Layout, starts: &Tensor, plain: &Tensor, values: &Tensor) -> Result<Vec<i64>> {
    let batch = starts.dim().saturating_sub(1);
    let blocks = if parts::has_no_blocks(layout) { 0 } else { 2 };
    ensure!(
        starts.dim() > 0
            && values.dim() > batch + blocks
            && starts.dtype().is_integral(false)
            && plain.dtype().is_integral(false),
        "values must have dimensionality > sum of batch and block dimensionalities (={batch} + {blocks}) but got {}",
        values.dim()
    );
    let block = match blocks {
        0 => [1, 1],
        _ => [values.sizes()[batch + 1], values.sizes()[batch + 2]],
    };
    let lines = starts.sizes()[batch] - 1;
    let across = plain.to_vec::<i64>()?.into_iter().max().map_or(0, |i| i.saturating_add(1));
    let grid = if parts::by_rows(layout) { [lines, across] } else { [across, lines] };
    let mut size = starts.sizes()[..batch].to_vec();
    size.extend(grid.iter().zip(block).map(|(grid, block)| grid.saturating_mul(block)));
    size.extend_from_slice(&values.sizes()[batch + 1 + blocks..]);
    Ok(size)
}

fn coalesce(x: Tensor) -> Result<Tensor> {
    if x.sparse_parts().is_some_and(|parts| parts.layout == Layout::Sparse && parts.coalesced) {
        return Ok(x);
    }
    Coo::of(&x, "coalesce")?.coalesce()?.tensor()
}

fn coalesced(x: Tensor, on: bool) -> Result<Tensor> {
    Coo::of(&x, "_coalesced")?;
    with_flag(&x, on)
}

/// The same parts, called coalesced or not.
fn with_flag(x: &Tensor, coalesced: bool) -> Result<Tensor> {
    let parts = x.sparse_parts().ok_or_else(|| Error::internal("a sparse tensor has parts"))?;
    Ok(Tensor::sparse(x.sizes(), SparseParts { coalesced, ..parts.clone() }))
}

/// A part of the layouts that have it.
fn part(
    x: &Tensor,
    layouts: &[Layout],
    message: &str,
    which: impl Fn(&SparseParts) -> Option<Tensor>,
) -> Result<Tensor> {
    let parts = x.sparse_parts().filter(|parts| layouts.contains(&parts.layout));
    parts.and_then(which).ok_or_else(|| Error::runtime(format!("{message} but got {}", layout_name(x.layout()))))
}

const COO: &[Layout] = &[Layout::Sparse];
const ROWS: &[Layout] = &[Layout::SparseCsr, Layout::SparseBsr];
const COLUMNS: &[Layout] = &[Layout::SparseCsc, Layout::SparseBsc];
const ALL: &[Layout] = &[Layout::Sparse, Layout::SparseCsr, Layout::SparseCsc, Layout::SparseBsr, Layout::SparseBsc];

fn raw_indices(x: Tensor) -> Result<Tensor> {
    part(&x, COO, "_indices expected sparse coordinate tensor layout", |parts| parts.indices.first().cloned())
}

fn raw_values(x: Tensor) -> Result<Tensor> {
    part(&x, COO, "_values expected sparse coordinate tensor layout", |parts| Some(parts.values.clone()))
}

fn check_coalesced(x: &Tensor, what: &str) -> Result<()> {
    ensure!(
        x.sparse_parts().is_none_or(|parts| parts.layout != Layout::Sparse || parts.coalesced),
        "Cannot get {what} on an uncoalesced tensor, please call .coalesce() first"
    );
    Ok(())
}

fn indices(x: Tensor) -> Result<Tensor> {
    check_coalesced(&x, "indices")?;
    part(&x, COO, "indices expected sparse coordinate tensor layout", |parts| parts.indices.first().cloned())
        .map(|t| t.alias())
}

fn values(x: Tensor) -> Result<Tensor> {
    check_coalesced(&x, "values")?;
    part(&x, ALL, "values expected sparse tensor layout", |parts| Some(parts.values.clone())).map(|t| t.alias())
}

fn crow_indices(x: Tensor) -> Result<Tensor> {
    part(&x, ROWS, "crow_indices expected sparse row compressed tensor layout", |parts| parts.indices.first().cloned())
}

fn col_indices(x: Tensor) -> Result<Tensor> {
    part(&x, ROWS, "col_indices expected sparse row compressed tensor layout", |parts| parts.indices.get(1).cloned())
}

fn ccol_indices(x: Tensor) -> Result<Tensor> {
    let message = "ccol_indices expected sparse column compressed tensor layout";
    part(&x, COLUMNS, message, |parts| parts.indices.first().cloned())
}

fn row_indices(x: Tensor) -> Result<Tensor> {
    let message = "row_indices expected sparse column compressed tensor layout";
    part(&x, COLUMNS, message, |parts| parts.indices.get(1).cloned())
}

macro_rules! copies {
    ($($copy:ident: $of:ident;)*) => { $(
        fn $copy(x: Tensor) -> Result<Tensor> {
            $of(x)?.deep_clone()
        }
    )* };
}
copies! {
    raw_indices_copy: raw_indices;
    raw_values_copy: raw_values;
    indices_copy: indices;
    values_copy: values;
    crow_indices_copy: crow_indices;
    col_indices_copy: col_indices;
    ccol_indices_copy: ccol_indices;
    row_indices_copy: row_indices;
}

fn count(x: Tensor) -> Result<i64> {
    match x.sparse_parts() {
        Some(parts) if parts.layout == Layout::Sparse => parts.values.size(0),
        Some(parts) => Ok(parts.indices.last().and_then(|t| t.sizes().last().copied()).unwrap_or(0)),
        None => bail!("Could not run 'aten::_nnz' with arguments from the 'CPU' backend"),
    }
}

fn is_coalesced(x: Tensor) -> Result<bool> {
    Ok(Coo::of(&x, "is_coalesced")?.coalesced)
}

fn sparse_dim(x: Tensor) -> Result<i64> {
    Ok(match x.sparse_parts() {
        Some(parts) if parts.layout == Layout::Sparse => parts.indices[0].size(0)?,
        Some(_) => 2,
        None => 0,
    })
}

fn dense_dim(x: Tensor) -> Result<i64> {
    Ok(match x.sparse_parts() {
        Some(parts) if parts.layout == Layout::Sparse => parts.values.dim() as i64 - 1,
        Some(parts) => x.dim() as i64 - 1 - parts.indices[0].dim() as i64,
        None => x.dim() as i64,
    })
}

fn to_dense(x: Tensor, dtype: Option<DType>, _masked_grad: Option<bool>) -> Result<Tensor> {
    let dense = match x.layout() {
        Layout::Strided => match dtype {
            Some(dtype) => return finish(x, dtype),
            None => return Ok(x),
        },
        Layout::Sparse => Coo::of(&x, "to_dense")?.to_dense(),
        _ => Compressed::of(&x, "to_dense")?.to_dense(),
    };
    let name = if x.layout() == Layout::Sparse { "sparse_to_dense" } else { "sparse_csr_to_dense" };
    ensure!(dtype.is_none(), "dtype argument is not supported by {name}");
    dense
}

/// A tensor's coordinates, in whatever layout it is.
fn coordinates(x: &Tensor, name: &str) -> Result<Coo> {
    match x.layout() {
        Layout::Strided => Coo::from_dense(x, x.dim()),
        Layout::Sparse => Coo::of(x, name),
        Layout::SparseBsr | Layout::SparseBsc => blocks_to_coo(Compressed::of(x, name)?),
        _ => Compressed::of(x, name)?.to_coo(),
    }
}

/// Every element of every block.
fn blocks_to_coo(x: Compressed) -> Result<Coo> {
    if !x.batch.is_empty() || x.sizes.len() != 2 {
        return Err(Error::unsupported("converting blocks with batches or dense dimensions to coordinates"));
    }
    let [h, w] = x.block();
    let expanded = x.expanded(0);
    let (rows, columns) = if x.by_rows() { (&expanded, &x.plain) } else { (&x.plain, &expanded) };
    let mut at = [Vec::new(), Vec::new()];
    for (row, column) in rows.iter().zip(columns) {
        for i in 0..h * w {
            at[0].push(row * h + i / w);
            at[1].push(column * w + i % w);
        }
    }
    let values = x.values.to_contiguous()?.view(&[at[0].len() as i64])?;
    let raw = Coo { sizes: x.sizes, dims: 2, at: at.concat(), values, coalesced: false };
    // in order of rows, but not called coalesced
    let mut order: Vec<i64> = (0..raw.count() as i64).collect();
    let places = raw.places();
    order.sort_by_key(|i| places[*i as usize]);
    let (at, values) = raw.pick(&order)?;
    Ok(Coo { at, values, ..raw })
}

fn to_coo(x: Tensor, sparse_dim: i64) -> Result<Tensor> {
    match x.layout() {
        Layout::Strided => {
            ensure!(
                sparse_dim > 0 || x.dim() == 0,
                "dense_to_sparse: sparse_dim argument must be in >0 when self.dim()>0"
            );
            ensure!(
                (0..=x.dim() as i64).contains(&sparse_dim),
                "dense_to_sparse: sparse_dim argument must be in [0,{}] range, but {sparse_dim} is given",
                x.dim()
            );
            Coo::from_dense(&x, sparse_dim as usize)?.tensor()
        }
        Layout::Sparse => {
            let dims = x.sparse_parts().map_or(0, |parts| parts.indices[0].sizes()[0]);
            ensure!(
                dims == sparse_dim,
                "to_sparse: conversion from Sparse to Sparse with sparse_dim argument !=self.sparse_dim() is not supported"
            );
            Ok(x)
        }
        other => {
            ensure!(
                sparse_dim == 2,
                "sparse_compressed_to_sparse: conversion from {} to Sparse with sparse_dim argument !=2 is not supported",
                layout_name(other)
            );
            coordinates(&x, "to_sparse")?.tensor()
        }
    }
}

fn to_sparse(x: Tensor, layout: Option<Layout>, block: Option<Vec<i64>>, dense: Option<i64>) -> Result<Tensor> {
    match layout.unwrap_or(Layout::Sparse) {
        Layout::Strided => {
            ensure!(
                x.layout() == Layout::Strided,
                "to_sparse: conversion from {} to Strided is not supported",
                layout_name(x.layout())
            );
            Ok(x)
        }
        Layout::Sparse => {
            ensure!(
                block.is_none(),
                "{}: conversion from {} to Sparse with blocksize argument given is not supported",
                if x.layout() == Layout::Strided { "dense_to_sparse" } else { "to_sparse" },
                layout_name(x.layout())
            );
            if x.layout() == Layout::Strided {
                let dense = dense.unwrap_or(0);
                ensure!(
                    (0..=x.dim() as i64).contains(&dense),
                    "dense_to_sparse: number of dense dimensions (={dense}) must be in [0,{}] range",
                    x.dim()
                );
                return Coo::from_dense(&x, x.dim() - dense as usize)?.tensor();
            }
            coordinates(&x, "to_sparse")?.tensor()
        }
        layout @ (Layout::SparseCsr | Layout::SparseCsc) => {
            ensure!(
                block.is_none(),
                "to_sparse: conversion from {} to {} with blocksize argument given is not supported",
                layout_name(x.layout()),
                layout_name(layout)
            );
            to_lines(x, layout, dense)
        }
        layout @ (Layout::SparseBsr | Layout::SparseBsc) => {
            let Some(block) = block else {
                bail!(
                    "to_sparse: conversion from {} to {} requires blocksize",
                    layout_name(x.layout()),
                    layout_name(layout)
                )
            };
            to_blocks(x, layout, &block, dense)
        }
        other => Err(Error::unsupported(format!("to_sparse to the layout {}", layout_name(other)))),
    }
}

fn to_csr(x: Tensor, dense: Option<i64>) -> Result<Tensor> {
    to_lines(x, Layout::SparseCsr, dense)
}

fn to_csc(x: Tensor, dense: Option<i64>) -> Result<Tensor> {
    to_lines(x, Layout::SparseCsc, dense)
}

fn to_lines(x: Tensor, layout: Layout, dense: Option<i64>) -> Result<Tensor> {
    if x.layout() == layout {
        return Ok(x);
    }
    ensure!(x.dim() >= 2, "to_sparse_csr: expected a tensor with at least 2 dimensions, got {}", x.dim());
    if x.dim() > 2 || dense.unwrap_or(0) != 0 {
        return Err(Error::unsupported("compressed layouts with batches or dense dimensions, made from other layouts"));
    }
    coordinates(&x, "to_sparse_csr")?.compress(layout)?.tensor()
}

fn to_bsr(x: Tensor, block: Vec<i64>, dense: Option<i64>) -> Result<Tensor> {
    to_blocks(x, Layout::SparseBsr, &block, dense)
}

fn to_bsc(x: Tensor, block: Vec<i64>, dense: Option<i64>) -> Result<Tensor> {
    to_blocks(x, Layout::SparseBsc, &block, dense)
}

fn to_blocks(x: Tensor, layout: Layout, block: &[i64], dense: Option<i64>) -> Result<Tensor> {
    let [h, w]: [i64; 2] = super::compute::fixed(block, "blocksize")?;
    if x.dim() != 2 || dense.unwrap_or(0) != 0 {
        return Err(Error::unsupported("block layouts with batches or dense dimensions"));
    }
    let (rows, columns) = (x.sizes()[0], x.sizes()[1]);
    ensure!(
        h > 0 && w > 0 && rows % h == 0 && columns % w == 0,
        "tensor sparse size ({rows},{columns}) must be divisible by given blocksize ({h},{w})"
    );
    let x = to_dense(x, None, None)?;
    // a matrix of blocks, in which the blocks are dense
    let blocks = x.to_contiguous()?.view(&[rows / h, h, columns / w, w])?.permute(&[0, 2, 1, 3])?;
    let coo = Coo::from_dense(&blocks, 2)?;
    let by_rows = parts::by_rows(layout);
    let (line, plain) = if by_rows { (0, 1) } else { (1, 0) };
    let mut order: Vec<i64> = (0..coo.count() as i64).collect();
    order.sort_by_key(|i| coo.row(line)[*i as usize]);
    let starts = starts_of(coo.row(line).iter().copied(), if by_rows { rows / h } else { columns / w } as usize)?;
    let places = order.iter().map(|i| coo.row(plain)[*i as usize]).collect();
    let values = pick(&coo.values, &order)?;
    let sizes = vec![rows, columns];
    Compressed { sizes, layout, starts, plain: places, values, index_dtype: DType::I64, batch: Vec::new() }.tensor()
}

fn coo_to_csr(rows: Tensor, size: i64, out_int32: bool) -> Result<Tensor> {
    ensure!(rows.dim() == 1 && size >= 0, "Input is supposed to be a vector, but got {} dimension(s).", rows.dim());
    let rows = rows.to_vec::<i64>()?;
    ensure!(rows.iter().all(|row| (0..size).contains(row)), "a row index is outside of the size {size}");
    let starts = starts_of(rows.into_iter(), size as usize)?;
    finish(Tensor::from_slice(&starts, &[size + 1])?, if out_int32 { DType::I32 } else { DType::I64 })
}

fn csr_to_coo(starts: Tensor, plain: Tensor, out_int32: bool, transpose: bool) -> Result<Tensor> {
    ensure!(
        starts.dim() == 1 && plain.dim() == 1 && starts.dtype().is_integral(false) && plain.dtype().is_integral(false),
        "crow_indices and col_indices are supposed to be vectors of integers"
    );
    let (starts, plain) = (starts.to_vec::<i64>()?, plain.to_vec::<i64>()?);
    let valid = starts.first() == Some(&0)
        && starts.last() == Some(&(plain.len() as i64))
        && starts.windows(2).all(|w| w[0] <= w[1]);
    ensure!(valid, "crow_indices must start at 0, end at nnz, and not descend");
    let rows: Vec<i64> =
        starts.windows(2).enumerate().flat_map(|(row, w)| (w[0]..w[1]).map(move |_| row as i64)).collect();
    let n = plain.len() as i64;
    let both = if transpose { [plain, rows].concat() } else { [rows, plain].concat() };
    finish(Tensor::from_slice(&both, &[2, n])?, if out_int32 { DType::I32 } else { DType::I64 })
}

fn spdiags(diagonals: Tensor, offsets: Tensor, shape: Vec<i64>, layout: Option<Layout>) -> Result<Tensor> {
    let diagonals = if diagonals.dim() == 1 { diagonals.unsqueeze(0)? } else { diagonals };
    let offsets = if offsets.dim() == 0 { offsets.unsqueeze(0)? } else { offsets };
    ensure!(diagonals.dim() == 2, "Diagonals must be vector or matrix");
    ensure!(shape.len() == 2, "Output shape must be 2d");
    ensure!(offsets.dim() == 1, "Offsets must be scalar or vector");
    ensure!(
        diagonals.sizes()[0] == offsets.sizes()[0],
        "Number of diagonals ({}) does not match the number of offsets ({})",
        diagonals.sizes()[0],
        offsets.sizes()[0]
    );
    ensure!(offsets.dtype() == DType::I64, "Offset Tensor must have dtype Long but got {}", offsets.dtype().name());
    let offsets = offsets.to_vec::<i64>()?;
    let mut sorted = offsets.clone();
    sorted.sort_unstable();
    ensure!(sorted.windows(2).all(|w| w[0] != w[1]), "Offset tensor contains duplicate values");
    let (rows, columns, width) = (shape[0], shape[1], diagonals.sizes()[1]);
    ensure!(rows >= 0 && columns >= 0, "Output shape must not be negative: {shape:?}");
    let (mut at, mut picked) = ([Vec::new(), Vec::new()], Vec::new());
    for (d, &offset) in offsets.iter().enumerate() {
        // element j of a diagonal stands in column j
        for column in 0..columns.min(width) {
            let row = column.checked_sub(offset).unwrap_or(-1);
            if (0..rows).contains(&row) {
                at[0].push(row);
                at[1].push(column);
                picked.push(d as i64 * width + column);
            }
        }
    }
    let flat = diagonals.to_contiguous()?.view(&[diagonals.numel() as i64])?;
    let values = pick(&flat, &picked)?;
    let coo = Coo { sizes: shape, dims: 2, at: at.concat(), values, coalesced: false };
    match layout.unwrap_or(Layout::Sparse) {
        Layout::Sparse => coo.tensor(),
        layout @ (Layout::SparseCsr | Layout::SparseCsc) => coo.compress(layout)?.tensor(),
        other => bail!("Only output layouts (Sparse, SparseCsc, SparseCsr) are supported, got {}", layout_name(other)),
    }
}

fn resize(x: Tensor, sizes: Vec<i64>, sparse: i64, dense: i64) -> Result<Tensor> {
    let coo = Coo::of(&x, "sparse_resize_")?;
    let dims = check_dims(sparse, dense, &sizes)?;
    if coo.count() > 0 {
        ensure!(
            dims == coo.dims && sizes.len() == coo.sizes.len(),
            "changing the number of sparse or dense dimensions (from {} and {} to {sparse} and {dense}) on a non-empty \
             sparse tensor is not supported.",
            coo.dims,
            coo.sizes.len() - coo.dims
        );
        ensure!(
            sizes[..dims].iter().zip(&coo.sizes).all(|(new, old)| new >= old),
            "shrinking the size of sparse dimensions (from {:?} to {:?}) on a non-empty sparse tensor is not supported.",
            &coo.sizes[..dims],
            &sizes[..dims]
        );
        ensure!(sizes[dims..] == coo.sizes[dims..], "changing the size of dense dimensions is not supported");
        return Coo { sizes, ..coo }.tensor();
    }
    empty_of(&sizes, dims, x.dtype())
}

fn resize_and_clear(x: Tensor, sizes: Vec<i64>, sparse: i64, dense: i64) -> Result<Tensor> {
    Coo::of(&x, "sparse_resize_and_clear_")?;
    empty_of(&sizes, check_dims(sparse, dense, &sizes)?, x.dtype())
}

fn resize_as(x: Tensor, template: Tensor) -> Result<Tensor> {
    Coo::of(&x, "resize_as_sparse_")?;
    let template = Coo::of(&template, "resize_as_sparse_")?;
    empty_of(&template.sizes, template.dims, x.dtype())
}

/// `src` in the dtype of `x`.
fn copy_sparse(x: Tensor, src: Tensor, _: bool) -> Result<Tensor> {
    ensure!(
        x.layout() == src.layout() && x.layout() != Layout::Strided,
        "copy_() between dense and sparse Tensors is not implemented! Found self type = {} and src type = {}",
        layout_name(x.layout()),
        layout_name(src.layout())
    );
    copy_in(&src, x.dtype())
}

/// A sparse tensor in a dtype, with memory of its own.
pub fn copy_in(x: &Tensor, dtype: DType) -> Result<Tensor> {
    plain::in_dtype(x, dtype)?.deep_clone()
}

/// How many elements the sparse dimensions span.
fn space(coo: &Coo) -> usize {
    numel(&coo.sizes[..coo.dims])
}
