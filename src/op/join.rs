//! Joining, repeating, reordering: operators that copy whole elements into a new arrangement.

use super::create::in_format;
use super::Op;
use crate::base::{promote_types, wrap_dim, Dims, MemoryFormat};
use crate::{ensure, op, Result, Scalar, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::cat(Tensor[] tensors, int dim=0) -> Tensor", cat(_, _), out "out", tags[Converts]),
    op!("aten::concat(Tensor[] tensors, int dim=0) -> Tensor", cat(_, _), out "out", tags[Converts]),
    op!("aten::concatenate(Tensor[] tensors, int dim=0) -> Tensor", cat(_, _), out "out", tags[Converts]),
    op!("aten::stack(Tensor[] tensors, int dim=0) -> Tensor", stack(_, _), out "out", tags[Converts]),
    op!("aten::hstack(Tensor[] tensors) -> Tensor", hstack(_), out "out", tags[Converts]),
    op!("aten::vstack(Tensor[] tensors) -> Tensor", vstack(_), out "out", tags[Converts]),
    op!("aten::row_stack(Tensor[] tensors) -> Tensor", vstack(_), out "out", tags[Converts]),
    op!("aten::dstack(Tensor[] tensors) -> Tensor", dstack(_), out "out", tags[Converts]),
    op!("aten::column_stack(Tensor[] tensors) -> Tensor", column_stack(_), out "out", tags[Converts]),
    op!("aten::block_diag(Tensor[] tensors) -> Tensor", block_diag(_), out "out"),
    op!("aten::repeat(Tensor self, int[] repeats) -> Tensor", repeat(_, _), out "out"),
    op!("aten::tile(Tensor self, int[] dims) -> Tensor", tile(_, _)),
    op!(
        "aten::repeat_interleave.Tensor(Tensor repeats, *, int? output_size=None) -> Tensor",
        repeat_interleave_indices(_, _), out "Tensor_out"),
    op!(
        "aten::repeat_interleave.self_Tensor(Tensor self, Tensor repeats, int? dim=None, *, int? output_size=None) -> Tensor",
        repeat_interleave(_, _, _, _)
    ),
    op!(
        "aten::repeat_interleave.self_int(Tensor self, int repeats, int? dim=None, *, int? output_size=None) -> Tensor",
        repeat_interleave_int(_, _, _, _)
    ),
    op!("aten::flip(Tensor self, int[] dims) -> Tensor", flip(_, _), out "out", tags[CopiedOut]),
    op!("aten::fliplr(Tensor self) -> Tensor", fliplr(_)),
    op!("aten::flipud(Tensor self) -> Tensor", flipud(_)),
    op!("aten::roll(Tensor self, int[1] shifts, int[1] dims=[]) -> Tensor", roll(_, _, _), out "out"),
    op!("aten::rot90(Tensor self, int k=1, int[] dims=[0, 1]) -> Tensor", rot90(_, _, _), out "out", tags[CopiedOut]),
    op!("aten::broadcast_tensors(Tensor[] tensors) -> Tensor[]", broadcast_tensors(_), tags[MayAlias]),
    op!("aten::broadcast_to(Tensor(a) self, int[] size) -> Tensor(a)", broadcast_to(_, _)),
    op!("aten::movedim.int(Tensor(a) self, int source, int destination) -> Tensor(a)", movedim_int(_, _, _)),
    op!("aten::movedim.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)", movedim(_, _, _)),
    op!("aten::moveaxis.int(Tensor(a) self, int source, int destination) -> Tensor(a)", movedim_int(_, _, _)),
    op!("aten::moveaxis.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)", movedim(_, _, _)),
    op!("aten::swapaxes(Tensor(a) self, int axis0, int axis1) -> Tensor(a)", swap(_, _, _)),
    op!("aten::swapdims(Tensor(a) self, int dim0, int dim1) -> Tensor(a)", swap(_, _, _)),
    op!("aten::swapaxes_(Tensor(a!) self, int axis0, int axis1) -> Tensor(a!)", swap_(_, _, _)),
    op!("aten::swapdims_(Tensor(a!) self, int dim0, int dim1) -> Tensor(a!)", swap_(_, _, _)),
    op!("aten::adjoint(Tensor(a) self) -> Tensor(a)", adjoint(_)),
    op!("aten::ravel(Tensor(a) self) -> Tensor(a)", ravel(_)),
    op!("aten::atleast_1d(Tensor self) -> Tensor", atleast_1d(_), tags[MayAlias]),
    op!("aten::atleast_2d(Tensor self) -> Tensor", atleast_2d(_), tags[MayAlias]),
    op!("aten::atleast_3d(Tensor self) -> Tensor", atleast_3d(_), tags[MayAlias]),
    op!("aten::atleast_1d.Sequence(Tensor[] tensors) -> Tensor[]", atleast_1d_all(_), tags[MayAlias]),
    op!("aten::atleast_2d.Sequence(Tensor[] tensors) -> Tensor[]", atleast_2d_all(_), tags[MayAlias]),
    op!("aten::atleast_3d.Sequence(Tensor[] tensors) -> Tensor[]", atleast_3d_all(_), tags[MayAlias]),
    op!(
        "aten::tensor_split.sections(Tensor(a -> *) self, int sections, int dim=0) -> Tensor(a)[]",
        tensor_split(_, _, _)
    ),
    op!(
        "aten::tensor_split.indices(Tensor(a -> *) self, int[] indices, int dim=0) -> Tensor(a)[]",
        tensor_split_at(_, _, _)
    ),
    op!(
        "aten::tensor_split.tensor_indices_or_sections(Tensor(a -> *) self, Tensor tensor_indices_or_sections, int dim=0) -> Tensor(a)[]",
        tensor_split_by(_, _, _)
    ),
    op!("aten::hsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[]", hsplit(_, _)),
    op!("aten::hsplit.array(Tensor(a -> *) self, int[] indices) -> Tensor(a)[]", hsplit_at(_, _)),
    op!("aten::vsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[]", vsplit(_, _)),
    op!("aten::vsplit.array(Tensor(a -> *) self, int[] indices) -> Tensor(a)[]", vsplit_at(_, _)),
    op!("aten::dsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[]", dsplit(_, _)),
    op!("aten::dsplit.array(Tensor(a -> *) self, int[] indices) -> Tensor(a)[]", dsplit_at(_, _)),
    op!("aten::narrow.Tensor(Tensor(a) self, int dim, Tensor start, int length) -> Tensor(a)", narrow_at(_, _, _, _)),
    op!("aten::narrow_copy(Tensor self, int dim, int start, int length) -> Tensor", narrow_copy(_, _, _, _), out "out"),
    op!("aten::pixel_shuffle(Tensor self, int upscale_factor) -> Tensor", pixel_shuffle(_, _), out "out"),
    op!("aten::pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor", pixel_unshuffle(_, _), out "out"),
    op!("aten::channel_shuffle(Tensor self, int groups) -> Tensor", channel_shuffle(_, _), out "out"),
    op!("aten::native_channel_shuffle(Tensor self, int groups) -> Tensor", channel_shuffle(_, _)),
    op!("aten::unsafe_chunk(Tensor self, int chunks, int dim=0) -> Tensor[]", unsafe_chunk(_, _, _), tags[MayAlias]),
    op!("aten::unsafe_split.Tensor(Tensor self, int split_size, int dim=0) -> Tensor[]", unsafe_split(_, _, _), out "Tensor_out", tags[MayAlias]),
    op!(
        "aten::unsafe_split_with_sizes(Tensor self, int[] split_sizes, int dim=0) -> Tensor[]",
        unsafe_split_sizes(_, _, _), out "out", tags[MayAlias]),
    op!("aten::split_copy.Tensor(Tensor self, int split_size, int dim=0) -> Tensor[]", split_copy(_, _, _), out "Tensor_out"),
    op!(
        "aten::split_with_sizes_copy(Tensor self, int[] split_sizes, int dim=0) -> Tensor[]",
        split_sizes_copy(_, _, _), out "out"),
    op!("aten::unbind_copy.int(Tensor self, int dim=0) -> Tensor[]", unbind_copy(_, _), out "int_out"),
    op!("aten::expand_copy(Tensor self, int[] size, *, bool implicit=False) -> Tensor", expand_copy(_, _, _), out "out"),
    op!("aten::permute_copy(Tensor self, int[] dims) -> Tensor", permute_copy(_, _), out "out"),
    op!("aten::select_copy.int(Tensor self, int dim, int index) -> Tensor", select_copy(_, _, _), out "int_out"),
    op!(
        "aten::slice_copy.Tensor(Tensor self, int dim=0, int? start=None, int? end=None, int step=1) -> Tensor",
        slice_copy(_, _, _, _, _), out "Tensor_out"
    ),
    op!("aten::transpose_copy.int(Tensor self, int dim0, int dim1) -> Tensor", transpose_copy(_, _, _), out "int_out"),
    op!("aten::t_copy(Tensor self) -> Tensor", t_copy(_), out "out"),
    op!("aten::unsqueeze_copy(Tensor self, int dim) -> Tensor", unsqueeze_copy(_, _), out "out"),
    op!("aten::squeeze_copy(Tensor self) -> Tensor", squeeze_copy(_), out "out"),
    op!("aten::squeeze_copy.dim(Tensor self, int dim) -> Tensor", squeeze_copy_dim(_, _), out "dim_out"),
    op!("aten::squeeze_copy.dims(Tensor self, int[] dim) -> Tensor", squeeze_copy_dims(_, _), out "dims_out"),
    op!("aten::view_copy(Tensor self, int[] size) -> Tensor", view_copy(_, _), out "out"),
    op!("aten::view_copy.dtype(Tensor self, ScalarType dtype) -> Tensor", view_dtype_copy(_, _), out "dtype_out"),
    op!(
        "aten::as_strided_copy(Tensor self, int[] size, int[] stride, int? storage_offset=None) -> Tensor",
        as_strided_copy(_, _, _, _), out "out"
    ),
    op!("aten::unfold_copy(Tensor self, int dimension, int size, int step) -> Tensor", unfold_copy(_, _, _, _), out "out"),
    op!(
        "aten::diagonal_copy(Tensor self, int offset=0, int dim1=0, int dim2=1) -> Tensor",
        diagonal_copy(_, _, _, _), out "out"
    ),
    op!("aten::alias_copy(Tensor self) -> Tensor", copied(_), out "out"),
    op!("aten::detach_copy(Tensor self) -> Tensor", copied(_), out "out"),
    op!(
        "aten::as_strided_scatter(Tensor self, Tensor src, int[] size, int[] stride, int? storage_offset=None) -> Tensor",
        as_strided_scatter(_, _, _, _, _), out "out"),
    op!("aten::select_scatter(Tensor self, Tensor src, int dim, int index) -> Tensor", select_scatter(_, _, _, _), out "out", tags[CopiedOut]),
    op!(
        "aten::slice_scatter(Tensor self, Tensor src, int dim=0, int? start=None, int? end=None, int step=1) -> Tensor",
        slice_scatter(_, _, _, _, _, _), out "out", tags[CopiedOut]),
    op!(
        "aten::diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor",
        diagonal_scatter(_, _, _, _, _), out "out", tags[CopiedOut]),
    op!("aten::diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor", diag_embed(_, _, _, _), out "out"),
    op!("aten::diag(Tensor self, int diagonal=0) -> Tensor", diag(_, _), out "out"),
    op!("aten::diagflat(Tensor self, int offset=0) -> Tensor", diagflat(_, _)),
    op!(
        "aten::linalg_diagonal(Tensor(a) A, *, int offset=0, int dim1=-2, int dim2=-1) -> Tensor(a)",
        linalg_diagonal(_, _, _, _)
    ),
    op!("aten::combinations(Tensor self, int r=2, bool with_replacement=False) -> Tensor", combinations(_, _, _)),
];

/// Inputs may differ in dtype (promoted); one-dimensional empty tensors are skipped, as in PyTorch's old behaviour.
pub fn cat(tensors: Vec<Tensor>, dim: i64) -> Result<Tensor> {
    ensure!(!tensors.is_empty(), "torch.cat(): expected a non-empty list of Tensors");
    for (i, t) in tensors.iter().enumerate() {
        ensure!(t.dim() > 0, "zero-dimensional tensor (at position {i}) cannot be concatenated");
    }
    let dtype = tensors.iter().skip(1).fold(tensors[0].dtype(), |d, t| promote_types(d, t.dtype()));
    let legacy_empty = |t: &Tensor| t.dim() == 1 && t.numel() == 0;
    let Some(first) = tensors.iter().find(|t| !legacy_empty(t)) else {
        return Tensor::empty(&[0], dtype);
    };
    let d = wrap_dim(dim, first.dim())?;
    let mut sizes: Dims = first.sizes().into();
    sizes[d] = 0;
    for (i, t) in tensors.iter().enumerate().filter(|(_, t)| !legacy_empty(t)) {
        ensure!(
            t.dim() == first.dim(),
            "Tensors must have same number of dimensions: got {} and {}",
            first.dim(),
            t.dim()
        );
        for k in (0..sizes.len()).filter(|k| *k != d) {
            ensure!(
                t.sizes()[k] == sizes[k],
                "Sizes of tensors must match except in dimension {d}. Expected size {} but got size {} for tensor \
                 number {i} in the list.",
                sizes[k],
                t.sizes()[k]
            );
        }
        sizes[d] += t.sizes()[d];
    }
    let formats: Vec<MemoryFormat> = tensors.iter().map(Tensor::suggest_memory_format).collect();
    let format = if formats.iter().all(|f| *f == formats[0]) { formats[0] } else { MemoryFormat::Contiguous };
    let mut out = Tensor::empty_format(&sizes, dtype, format)?;
    if let Some(quantizer) = first.quantizer() {
        out = Tensor::empty_format(&sizes, dtype.underlying(), format)?.with_quantizer(dtype, quantizer.clone())?;
    }
    let mut start = 0;
    for t in tensors.iter().filter(|t| !legacy_empty(t)) {
        let length = t.sizes()[d];
        out.narrow(d as i64, start, length)?.copy_from(t)?;
        start += length;
    }
    Ok(out)
}

pub fn stack(tensors: Vec<Tensor>, dim: i64) -> Result<Tensor> {
    ensure!(!tensors.is_empty(), "stack expects a non-empty TensorList");
    let d = wrap_dim(dim, tensors[0].dim() + 1)? as i64;
    for (i, t) in tensors.iter().enumerate() {
        ensure!(
            t.sizes() == tensors[0].sizes(),
            "stack expects each tensor to be equal size, but got {:?} at entry 0 and {:?} at entry {i}",
            tensors[0].sizes(),
            t.sizes()
        );
    }
    let views: Result<Vec<Tensor>> = tensors.iter().map(|t| t.unsqueeze(d)).collect();
    let out = cat(views?, d)?;
    // stacking always gives a row-major result
    out.to_contiguous()
}

fn hstack(tensors: Vec<Tensor>) -> Result<Tensor> {
    ensure!(!tensors.is_empty(), "hstack expects a non-empty TensorList");
    let tensors = atleast_1d_all(tensors)?;
    let dim = if tensors[0].dim() == 1 { 0 } else { 1 };
    cat(tensors, dim)
}

fn vstack(tensors: Vec<Tensor>) -> Result<Tensor> {
    ensure!(!tensors.is_empty(), "vstack expects a non-empty TensorList");
    cat(atleast_2d_all(tensors)?, 0)
}

fn dstack(tensors: Vec<Tensor>) -> Result<Tensor> {
    ensure!(!tensors.is_empty(), "dstack expects a non-empty TensorList");
    cat(atleast_3d_all(tensors)?, 2)
}

fn column_stack(tensors: Vec<Tensor>) -> Result<Tensor> {
    ensure!(!tensors.is_empty(), "column_stack expects a non-empty TensorList");
    let columns: Result<Vec<Tensor>> =
        tensors.iter().map(|t| if t.dim() <= 1 { t.reshape(&[t.numel() as i64, 1]) } else { Ok(t.clone()) }).collect();
    cat(columns?, 1)
}

fn block_diag(tensors: Vec<Tensor>) -> Result<Tensor> {
    if tensors.is_empty() {
        return Tensor::empty(&[1, 0], crate::tensor::default_dtype());
    }
    for (i, t) in tensors.iter().enumerate() {
        ensure!(
            t.dim() <= 2,
            "torch.block_diag: Input tensors must have 2 or fewer dimensions. Input {i} has {} dimensions",
            t.dim()
        );
    }
    let blocks = atleast_2d_all(tensors)?;
    let dtype = blocks.iter().skip(1).fold(blocks[0].dtype(), |d, t| promote_types(d, t.dtype()));
    let rows = blocks.iter().map(|b| b.sizes()[0]).sum();
    let cols = blocks.iter().map(|b| b.sizes()[1]).sum();
    let out = Tensor::zeros(&[rows, cols], dtype)?;
    let (mut r, mut c) = (0, 0);
    for b in &blocks {
        let (h, w) = (b.sizes()[0], b.sizes()[1]);
        out.narrow(0, r, h)?.narrow(1, c, w)?.copy_from(b)?;
        r += h;
        c += w;
    }
    Ok(out)
}

fn repeat(x: Tensor, repeats: Vec<i64>) -> Result<Tensor> {
    ensure!(
        repeats.len() >= x.dim(),
        "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor"
    );
    ensure!(repeats.iter().all(|r| *r >= 0), "Trying to create tensor with negative dimension in repeat: {repeats:?}");
    let lead = repeats.len() - x.dim();
    let padded: Dims = std::iter::repeat_n(1, lead).chain(x.sizes().iter().copied()).collect();
    // [r0, s0, r1, s1, …]: the source is broadcast along every r
    let mut split = Dims::new();
    let mut source = Dims::new();
    let mut target = Dims::new();
    for (&r, &s) in repeats.iter().zip(&padded) {
        split.extend([r, s]);
        source.extend([1, s]);
        target.push(r.checked_mul(s).ok_or_else(|| crate::Error::limit("repeat: the result is too large"))?);
    }
    let mut out = Tensor::empty(&target, x.dtype().underlying())?;
    if let Some(q) = x.quantizer() {
        out = out.with_quantizer(x.dtype(), q.clone())?;
    }
    out.view(&split)?.copy_from(&x.reshape(&source)?)?;
    Ok(out)
}

fn tile(x: Tensor, dims: Vec<i64>) -> Result<Tensor> {
    let missing = x.dim().saturating_sub(dims.len());
    let repeats = std::iter::repeat_n(1, missing).chain(dims).collect();
    repeat(x, repeats)
}

fn repeat_interleave_indices(repeats: Tensor, output_size: Option<i64>) -> Result<Tensor> {
    ensure!(repeats.dim() == 1, "repeat_interleave only accept 1D vector as repeat");
    let counts = matches!(repeats.dtype(), crate::DType::I64 | crate::DType::I32);
    ensure!(counts, "\"repeat_interleave_cpu\" not implemented for '{}'", repeats.dtype());
    let counts = repeats.to_vec::<i64>()?;
    ensure!(counts.iter().all(|c| *c >= 0), "repeats can not be negative");
    let total = counts.iter().try_fold(0i64, |n, c| n.checked_add(*c)).filter(|n| *n < 1 << 40);
    let Some(total) = total else { crate::bail!("repeat_interleave: the result is too large") };
    if let Some(expected) = output_size {
        ensure!(expected == total, "allocated size does not match required size");
    }
    let mut indices = crate::tensor::NewTensor::<i64>::new(&[total])?;
    let mut slots = indices.data().iter_mut();
    for (i, &count) in counts.iter().enumerate() {
        slots.by_ref().take(count as usize).for_each(|slot| *slot = i as i64);
    }
    indices.finish().to_dtype(repeats.dtype())
}

fn repeat_interleave(x: Tensor, repeats: Tensor, dim: Option<i64>, output_size: Option<i64>) -> Result<Tensor> {
    let (x, dim) = match dim {
        Some(dim) => (x, dim),
        None => (x.flatten(0, -1)?, 0),
    };
    let length = if x.dim() == 0 { 1 } else { x.size(dim)? };
    let repeats = match (repeats.dim(), repeats.numel()) {
        (0, _) | (1, 1) => repeats.reshape(&[1])?.expand(&[length])?,
        (1, n) => {
            ensure!(
                n as i64 == length,
                "repeats must have the same size as input along dim, but got repeats.size(0) = {n} and \
                 input.size({dim}) = {length}"
            );
            repeats
        }
        _ => crate::bail!("repeats must be 0-dim or 1-dim tensor"),
    };
    let indices = repeat_interleave_indices(repeats, output_size)?;
    super::index::index_select(x, dim, indices)
}

fn repeat_interleave_int(x: Tensor, repeats: i64, dim: Option<i64>, output_size: Option<i64>) -> Result<Tensor> {
    ensure!(repeats >= 0, "Repeats must be non-negative");
    let (x, dim) = match dim {
        Some(dim) => (x, dim),
        None => (x.flatten(0, -1)?, 0),
    };
    let d = wrap_dim(dim, x.dim())?;
    if x.dim() == 0 {
        return repeat_interleave(x, Tensor::scalar(Scalar::Int(repeats), crate::DType::I64)?, Some(dim), output_size);
    }
    let mut sizes: Dims = x.sizes().into();
    sizes.insert(d + 1, repeats);
    let wide = x.unsqueeze(d as i64 + 1)?.expand(&sizes)?;
    let out = wide.deep_clone()?.to_contiguous()?;
    out.flatten(d as i64, d as i64 + 1)
}

/// Gathers `x` along each dimension in reverse.
pub(super) fn flip(x: Tensor, dims: Vec<i64>) -> Result<Tensor> {
    let mut flipped = [false; 64];
    for &d in &dims {
        let d = wrap_dim(d, x.dim())?;
        ensure!(!flipped[d.min(63)], "dim {d} appears multiple times in the list of dims");
        flipped[d.min(63)] = true;
    }
    let mut out = None;
    for d in (0..x.dim()).filter(|d| flipped[*d] && x.sizes()[*d] > 1) {
        out = Some(super::index::reverse(out.as_ref().unwrap_or(&x), d)?);
    }
    match out {
        Some(out) => super::create::laid_out_like(&x, out),
        None => x.deep_clone(),
    }
}

fn fliplr(x: Tensor) -> Result<Tensor> {
    ensure!(x.dim() >= 2, "Input must be >= 2-d.");
    flip(x, vec![1])
}

fn flipud(x: Tensor) -> Result<Tensor> {
    ensure!(x.dim() >= 1, "Input must be >= 1-d.");
    flip(x, vec![0])
}

pub(super) fn roll(x: Tensor, shifts: Vec<i64>, dims: Vec<i64>) -> Result<Tensor> {
    ensure!(!shifts.is_empty(), "`shifts` required");
    if dims.is_empty() && shifts.len() == 1 {
        let flat = x.to_contiguous()?.view(&[-1]).or_else(|_| x.reshape(&[0]))?;
        return roll(flat, shifts, vec![0])?.view(x.sizes());
    }
    ensure!(
        shifts.len() == dims.len(),
        "shifts and dimensions must align. shifts: {}, dims:{}",
        shifts.len(),
        dims.len()
    );
    let mut out = x;
    for (&shift, &dim) in shifts.iter().zip(&dims) {
        if out.numel() == 0 {
            return out.deep_clone();
        }
        let length = out.size(dim)?;
        let cut = (length - shift.rem_euclid(length)) % length;
        let (head, tail) = (out.narrow(dim, 0, cut)?, out.narrow(dim, cut, length - cut)?);
        out = cat(vec![tail, head], dim)?;
    }
    Ok(out)
}

fn rot90(x: Tensor, k: i64, dims: Vec<i64>) -> Result<Tensor> {
    ensure!(dims.len() == 2, "expected total rotation dims == 2, but got dims = {}", dims.len());
    ensure!(x.dim() >= 2, "expected total dims >= 2, but got total dims = {}", x.dim());
    let (a, b) = (wrap_dim(dims[0], x.dim())? as i64, wrap_dim(dims[1], x.dim())? as i64);
    ensure!(a != b, "expected rotation dims to be different, but got dim0 = {} and dim1 = {}", dims[0], dims[1]);
    match k.rem_euclid(4) {
        1 => flip(x, vec![b])?.transpose(a, b)?.deep_clone(),
        2 => flip(x, vec![a, b]),
        3 => flip(x, vec![a])?.transpose(a, b)?.deep_clone(),
        _ => x.to_contiguous()?.deep_clone(),
    }
}

fn broadcast_tensors(tensors: Vec<Tensor>) -> Result<Vec<Tensor>> {
    let views: Vec<&Tensor> = tensors.iter().collect();
    let shape = crate::tensor::tile::result_shape(&views)?;
    // what has the shape already is returned as it is
    let one = |t: &Tensor| if t.sizes() == &shape[..] { Ok(t.clone()) } else { t.expand(&shape) };
    tensors.iter().map(one).collect()
}

fn broadcast_to(x: Tensor, sizes: Vec<i64>) -> Result<Tensor> {
    x.expand(&sizes)
}

fn movedim_int(x: Tensor, source: i64, destination: i64) -> Result<Tensor> {
    movedim(x, vec![source], vec![destination])
}

fn movedim(x: Tensor, source: Vec<i64>, destination: Vec<i64>) -> Result<Tensor> {
    ensure!(
        source.len() == destination.len(),
        "movedim: Invalid source or destination dims: source ({source:?} dims) should contain the same number of \
         dims as destination ({destination:?} dims)"
    );
    let n = x.dim();
    let mut order = vec![None; n];
    let mut moved = vec![false; n];
    for (&s, &d) in source.iter().zip(&destination) {
        let (s, d) = (wrap_dim(s, n)?, wrap_dim(d, n)?);
        if n == 0 {
            return Ok(x.alias());
        }
        ensure!(!moved[s], "movedim: repeated dim in `source` ({source:?})");
        ensure!(order[d].is_none(), "movedim: repeated dim in `destination` ({destination:?})");
        moved[s] = true;
        order[d] = Some(s as i64);
    }
    let mut rest = (0..n).filter(|d| !moved[*d]);
    let order: Dims = order.into_iter().map(|slot| slot.unwrap_or_else(|| rest.next().unwrap_or(0) as i64)).collect();
    x.permute(&order)
}

fn swap(x: Tensor, a: i64, b: i64) -> Result<Tensor> {
    x.transpose(a, b)
}

fn swap_(x: Tensor, a: i64, b: i64) -> Result<Tensor> {
    let view = x.transpose(a, b)?;
    x.replace_geometry(view.geometry().clone())?;
    Ok(x)
}

fn adjoint(x: Tensor) -> Result<Tensor> {
    ensure!(x.dim() != 1 && x.dim() > 0, "tensor.adjoint() is only supported on matrices or batches of matrices.");
    super::convert::conj_view(x.transpose(-2, -1)?)
}

fn ravel(x: Tensor) -> Result<Tensor> {
    x.to_contiguous()?.view(&[x.numel() as i64])
}

fn atleast_1d(x: Tensor) -> Result<Tensor> {
    if x.dim() == 0 {
        x.reshape(&[1])
    } else {
        Ok(x)
    }
}

fn atleast_2d(x: Tensor) -> Result<Tensor> {
    match x.dim() {
        0 => x.reshape(&[1, 1]),
        1 => x.unsqueeze(0),
        _ => Ok(x),
    }
}

fn atleast_3d(x: Tensor) -> Result<Tensor> {
    match x.dim() {
        0 => x.reshape(&[1, 1, 1]),
        1 => x.unsqueeze(0)?.unsqueeze(-1),
        2 => x.unsqueeze(-1),
        _ => Ok(x),
    }
}

fn atleast_1d_all(tensors: Vec<Tensor>) -> Result<Vec<Tensor>> {
    tensors.into_iter().map(atleast_1d).collect()
}

fn atleast_2d_all(tensors: Vec<Tensor>) -> Result<Vec<Tensor>> {
    tensors.into_iter().map(atleast_2d).collect()
}

fn atleast_3d_all(tensors: Vec<Tensor>) -> Result<Vec<Tensor>> {
    tensors.into_iter().map(atleast_3d).collect()
}

fn tensor_split(x: Tensor, sections: i64, dim: i64) -> Result<Vec<Tensor>> {
    ensure!(x.dim() > 0, "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims");
    ensure!(sections > 0, "number of sections must be larger than 0, got {sections}");
    let length = x.size(dim)?;
    ensure!(sections <= length.max(1 << 20), "tensor_split: too many sections ({sections})");
    let (size, extra) = (length / sections, length % sections);
    let mut start = 0;
    (0..sections)
        .map(|i| {
            let n = size + (i < extra) as i64;
            (x.narrow(dim, start, n), start += n).0
        })
        .collect()
}

fn tensor_split_at(x: Tensor, indices: Vec<i64>, dim: i64) -> Result<Vec<Tensor>> {
    ensure!(x.dim() > 0, "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims");
    let mut start = Some(0);
    let ends = indices.into_iter().map(Some).chain([None]);
    ends.map(|end| (x.slice(dim, start, end, 1), start = end).0).collect()
}

fn tensor_split_by(x: Tensor, by: Tensor, dim: i64) -> Result<Vec<Tensor>> {
    ensure!(
        by.dtype() == crate::DType::I64,
        "tensor_split expected tensor_indices_or_sections to have dtype of long, but got {}",
        by.dtype()
    );
    match by.dim() {
        0 => tensor_split(x, by.item()?.to_i64(), dim),
        1 => tensor_split_at(x, by.to_vec()?, dim),
        n => crate::bail!(
            "tensor_split expected tensor_indices_or_sections to be a zero-dimensional or one-dimensional tensor, \
             but got a tensor with {n} dims"
        ),
    }
}

fn split_evenly(x: Tensor, sections: i64, dim: i64, name: &str) -> Result<Vec<Tensor>> {
    let length = x.size(dim)?;
    ensure!(
        sections != 0 && length % sections == 0,
        "torch.{name} attempted to split along dimension {dim}, but the size of the dimension {length} is not \
         divisible by the split_size {sections}!"
    );
    tensor_split(x, sections, dim)
}

fn check_split_rank(x: &Tensor, rank: usize, name: &str) -> Result<()> {
    ensure!(
        x.dim() >= rank,
        "torch.{name} requires a tensor with at least {rank} dimension, but got a tensor with {} dimensions!",
        x.dim()
    );
    Ok(())
}

fn hsplit(x: Tensor, sections: i64) -> Result<Vec<Tensor>> {
    check_split_rank(&x, 1, "hsplit")?;
    let dim = if x.dim() == 1 { 0 } else { 1 };
    split_evenly(x, sections, dim, "hsplit")
}

fn hsplit_at(x: Tensor, indices: Vec<i64>) -> Result<Vec<Tensor>> {
    check_split_rank(&x, 1, "hsplit")?;
    let dim = if x.dim() == 1 { 0 } else { 1 };
    tensor_split_at(x, indices, dim)
}

fn vsplit(x: Tensor, sections: i64) -> Result<Vec<Tensor>> {
    check_split_rank(&x, 2, "vsplit")?;
    split_evenly(x, sections, 0, "vsplit")
}

fn vsplit_at(x: Tensor, indices: Vec<i64>) -> Result<Vec<Tensor>> {
    check_split_rank(&x, 2, "vsplit")?;
    tensor_split_at(x, indices, 0)
}

fn dsplit(x: Tensor, sections: i64) -> Result<Vec<Tensor>> {
    check_split_rank(&x, 3, "dsplit")?;
    split_evenly(x, sections, 2, "dsplit")
}

fn dsplit_at(x: Tensor, indices: Vec<i64>) -> Result<Vec<Tensor>> {
    check_split_rank(&x, 3, "dsplit")?;
    tensor_split_at(x, indices, 2)
}

fn narrow_at(x: Tensor, dim: i64, start: Tensor, length: i64) -> Result<Tensor> {
    ensure!(start.dim() == 0 && start.dtype().is_integral(false), "start must be an 0-dim integral Tensor.");
    x.narrow(dim, start.item()?.to_i64(), length)
}

fn narrow_copy(x: Tensor, dim: i64, start: i64, length: i64) -> Result<Tensor> {
    x.narrow(dim, start, length)?.to_contiguous()?.deep_clone()
}

fn pixel_shuffle(x: Tensor, r: i64) -> Result<Tensor> {
    ensure!(
        x.dim() >= 3,
        "pixel_shuffle expects input to have at least 3 dimensions, but got input with {} dimension(s)",
        x.dim()
    );
    ensure!(r > 0, "pixel_shuffle expects a positive upscale_factor, but got {r}");
    let n = x.dim();
    let (c, h, w) = (x.sizes()[n - 3], x.sizes()[n - 2], x.sizes()[n - 1]);
    let square = r.saturating_mul(r);
    ensure!(
        c % square == 0 && h.checked_mul(r).is_some() && w.checked_mul(r).is_some(),
        "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but \
         input.size(-3)={c} is not divisible by {square}"
    );
    let lead = &x.sizes()[..n - 3];
    let oc = c / square;
    let split: Dims = lead.iter().copied().chain([oc, r, r, h, w]).collect();
    let k = lead.len() as i64;
    let order: Dims = (0..k).chain([k, k + 3, k + 1, k + 4, k + 2]).collect();
    let shape: Dims = lead.iter().copied().chain([oc, h * r, w * r]).collect();
    shuffled(&x, x.reshape(&split)?.permute(&order)?, &shape)
}

/// What a view of `x` has, in memory of its own and in the memory format of `x`.
fn shuffled(x: &Tensor, moved: Tensor, shape: &[i64]) -> Result<Tensor> {
    let own = moved.to_contiguous()?;
    let own = if own.shares_storage(x) { own.deep_clone()? } else { own };
    let format = if x.dim() == 4 { x.suggest_memory_format() } else { MemoryFormat::Contiguous };
    in_format(own.view(shape)?, format)
}

fn pixel_unshuffle(x: Tensor, r: i64) -> Result<Tensor> {
    ensure!(
        x.dim() >= 3,
        "pixel_unshuffle expects input to have at least 3 dimensions, but got input with {} dimension(s)",
        x.dim()
    );
    ensure!(r > 0, "pixel_unshuffle expects a positive downscale_factor, but got {r}");
    let n = x.dim();
    let (c, h, w) = (x.sizes()[n - 3], x.sizes()[n - 2], x.sizes()[n - 1]);
    ensure!(
        h % r == 0 && w % r == 0,
        "pixel_unshuffle expects height and width to be divisible by downscale_factor, but input.size(-2)={h}, \
         input.size(-1)={w} are not divisible by {r}"
    );
    let lead = &x.sizes()[..n - 3];
    let split: Dims = lead.iter().copied().chain([c, h / r, r, w / r, r]).collect();
    let k = lead.len() as i64;
    let order: Dims = (0..k).chain([k, k + 2, k + 4, k + 1, k + 3]).collect();
    let shape: Dims = lead.iter().copied().chain([c.saturating_mul(r).saturating_mul(r), h / r, w / r]).collect();
    shuffled(&x, x.reshape(&split)?.permute(&order)?, &shape)
}

fn channel_shuffle(x: Tensor, groups: i64) -> Result<Tensor> {
    ensure!(x.dim() > 2, "channel_shuffle expects input with > 2 dims, but got input with sizes {:?}", x.sizes());
    let c = x.sizes()[1];
    ensure!(groups > 0, "Number of groups to divide channels in must be positive. Value of groups:{groups}");
    ensure!(c % groups == 0, "Number of channels must be divisible by groups. Got {c} channels and {groups} groups.");
    let rest = x.sizes()[2..].iter().product();
    let grouped = x.reshape(&[x.sizes()[0], groups, c / groups, rest])?;
    let shuffled = grouped.permute(&[0, 2, 1, 3])?.to_contiguous()?.reshape(x.sizes())?;
    in_format(shuffled, x.suggest_memory_format())
}

fn copies(views: Vec<Tensor>) -> Result<Vec<Tensor>> {
    views.iter().map(|v| v.to_contiguous()?.deep_clone()).collect()
}

fn unsafe_chunk(x: Tensor, chunks: i64, dim: i64) -> Result<Vec<Tensor>> {
    super::shape::chunk(x, chunks, dim)
}

fn unsafe_split(x: Tensor, size: i64, dim: i64) -> Result<Vec<Tensor>> {
    super::shape::split(x, size, dim)
}

fn unsafe_split_sizes(x: Tensor, sizes: Vec<i64>, dim: i64) -> Result<Vec<Tensor>> {
    super::shape::split_sizes(x, sizes, dim)
}

fn split_copy(x: Tensor, size: i64, dim: i64) -> Result<Vec<Tensor>> {
    copies(super::shape::split(x, size, dim)?)
}

fn split_sizes_copy(x: Tensor, sizes: Vec<i64>, dim: i64) -> Result<Vec<Tensor>> {
    copies(super::shape::split_sizes(x, sizes, dim)?)
}

fn unbind_copy(x: Tensor, dim: i64) -> Result<Vec<Tensor>> {
    copies(super::shape::unbind(x, dim)?)
}

/// A row-major copy, as the `_copy` operators give it.
fn copied(x: Tensor) -> Result<Tensor> {
    let out = Tensor::empty(x.sizes(), x.dtype())?;
    out.copy_from(&x)?;
    Ok(out)
}

fn expand_copy(x: Tensor, sizes: Vec<i64>, _implicit: bool) -> Result<Tensor> {
    copied(x.expand(&sizes)?)
}

fn permute_copy(x: Tensor, dims: Vec<i64>) -> Result<Tensor> {
    copied(x.permute(&dims)?)
}

fn select_copy(x: Tensor, dim: i64, index: i64) -> Result<Tensor> {
    copied(x.select(dim, index)?)
}

fn slice_copy(x: Tensor, dim: i64, start: Option<i64>, end: Option<i64>, step: i64) -> Result<Tensor> {
    copied(x.slice(dim, start, end, step)?)
}

fn transpose_copy(x: Tensor, a: i64, b: i64) -> Result<Tensor> {
    copied(x.transpose(a, b)?)
}

fn t_copy(x: Tensor) -> Result<Tensor> {
    copied(super::shape::t(x)?)
}

fn view_dtype_copy(x: Tensor, dtype: crate::DType) -> Result<Tensor> {
    copied(super::convert::view_dtype(x, dtype)?)
}

fn unsqueeze_copy(x: Tensor, dim: i64) -> Result<Tensor> {
    copied(x.unsqueeze(dim)?)
}

fn squeeze_copy(x: Tensor) -> Result<Tensor> {
    copied(x.squeeze(None)?)
}

fn squeeze_copy_dim(x: Tensor, dim: i64) -> Result<Tensor> {
    copied(x.squeeze(Some(&[dim]))?)
}

fn squeeze_copy_dims(x: Tensor, dims: Vec<i64>) -> Result<Tensor> {
    copied(x.squeeze(Some(&dims))?)
}

fn view_copy(x: Tensor, sizes: Vec<i64>) -> Result<Tensor> {
    copied(x.to_contiguous()?.view(&sizes)?)
}

fn as_strided_copy(x: Tensor, sizes: Vec<i64>, strides: Vec<i64>, offset: Option<i64>) -> Result<Tensor> {
    copied(x.as_strided(&sizes, &strides, offset)?)
}

fn unfold_copy(x: Tensor, dim: i64, size: i64, step: i64) -> Result<Tensor> {
    copied(x.unfold(dim, size, step)?)
}

fn diagonal_copy(x: Tensor, offset: i64, dim1: i64, dim2: i64) -> Result<Tensor> {
    copied(x.diagonal(offset, dim1, dim2)?)
}

/// A copy of `x` in which the part that `part` selects is replaced by `src`.
fn scatter_into(x: Tensor, src: Tensor, part: impl FnOnce(&Tensor) -> Result<Tensor>) -> Result<Tensor> {
    // in the same places of the memory as `x` in its own, gaps included
    let overlapping = x.sizes().iter().zip(x.strides()).any(|(n, s)| *n > 1 && *s == 0);
    let own = if overlapping || x.numel() == 0 || x.quantizer().is_some() {
        x.deep_clone()?
    } else {
        let last: i64 = x.sizes().iter().zip(x.strides()).map(|(n, s)| (n - 1) * s).sum();
        let memory = Tensor::zeros(&[x.storage_offset() as i64 + last + 1], x.dtype())?;
        let own = memory.as_strided(x.sizes(), x.strides(), Some(x.storage_offset() as i64))?;
        own.copy_from(&x)?;
        own
    };
    replace_part(own, src, part)
}

fn replace_part(out: Tensor, src: Tensor, part: impl FnOnce(&Tensor) -> Result<Tensor>) -> Result<Tensor> {
    let slot = part(&out)?;
    ensure!(
        slot.sizes() == src.sizes(),
        "expected src to have a size equal to the slice of self. src size = {:?}, slice size = {:?}",
        src.sizes(),
        slot.sizes()
    );
    slot.copy_from(&src)?;
    Ok(out)
}

fn as_strided_scatter(
    x: Tensor,
    src: Tensor,
    sizes: Vec<i64>,
    strides: Vec<i64>,
    offset: Option<i64>,
) -> Result<Tensor> {
    // places are those of the storage: the copy has the same, with what lies between the elements
    let spans = x.sizes().iter().zip(x.strides()).map(|(n, s)| (n - 1) * s);
    let offset_of_x = x.storage_offset() as i64;
    let length = offset_of_x + 1 + spans.sum::<i64>();
    let copy = if x.numel() == 0 || (x.is_contiguous() && offset_of_x == 0) {
        x.deep_clone()?
    } else {
        let all = Tensor::from_storage(x.storage().clone(), 0, &[length], &[1], x.dtype())?;
        all.deep_clone()?.as_strided(x.sizes(), x.strides(), Some(offset_of_x))?
    };
    replace_part(copy, src, |out| out.as_strided(&sizes, &strides, offset))
}

fn select_scatter(x: Tensor, src: Tensor, dim: i64, index: i64) -> Result<Tensor> {
    scatter_into(x, src, |out| out.select(dim, index))
}

fn slice_scatter(x: Tensor, src: Tensor, dim: i64, start: Option<i64>, end: Option<i64>, step: i64) -> Result<Tensor> {
    scatter_into(x, src, |out| out.slice(dim, start, end, step))
}

fn diagonal_scatter(x: Tensor, src: Tensor, offset: i64, dim1: i64, dim2: i64) -> Result<Tensor> {
    scatter_into(x, src, |out| out.diagonal(offset, dim1, dim2))
}

fn diag_embed(x: Tensor, offset: i64, dim1: i64, dim2: i64) -> Result<Tensor> {
    let n = x.dim() + 1;
    let (d1, d2) = (wrap_dim(dim1, n)?, wrap_dim(dim2, n)?);
    ensure!(d1 != d2, "diagonal dimensions cannot be identical {dim1}, {dim2}");
    let side = offset.checked_abs().and_then(|offset| x.size(-1).ok()?.checked_add(offset));
    let Some(side) = side else { crate::bail!("diag_embed: the offset {offset} is too large") };
    let mut sizes: Dims = x.sizes()[..x.dim() - 1].into();
    sizes.insert(d1.min(d2), side);
    sizes.insert(d1.max(d2), side);
    let out = Tensor::zeros(&sizes, x.dtype())?;
    out.diagonal(offset, d1 as i64, d2 as i64)?.copy_from(&x)?;
    Ok(out)
}

fn diag(x: Tensor, diagonal: i64) -> Result<Tensor> {
    match x.dim() {
        1 => diag_embed(x, diagonal, 0, 1),
        2 => copied(x.diagonal(diagonal, 0, 1)?),
        n => crate::bail!("diag(): Supports 1D or 2D tensors. Got {n}D"),
    }
}

fn diagflat(x: Tensor, offset: i64) -> Result<Tensor> {
    diag_embed(x.to_contiguous()?.view(&[x.numel() as i64])?, offset, 0, 1)
}

fn linalg_diagonal(x: Tensor, offset: i64, dim1: i64, dim2: i64) -> Result<Tensor> {
    x.diagonal(offset, dim1, dim2)
}

fn combinations(x: Tensor, r: i64, with_replacement: bool) -> Result<Tensor> {
    ensure!(x.dim() == 1, "Expect a 1D vector, but got shape {:?}", x.sizes());
    ensure!(r >= 0, "Expect a non-negative number, but got {r}");
    if r == 0 {
        return Tensor::empty(&[0], x.dtype());
    }
    let (n, r) = (x.numel(), r as usize);
    if !with_replacement && r > n {
        return Tensor::empty(&[0, r as i64], x.dtype());
    }
    let mut indices: Vec<i64> = Vec::new();
    let mut current = match with_replacement {
        true => crate::base::filled(r, 0)?,
        false => crate::base::collect(r, 0..r)?,
    };
    let last = |k: usize| if with_replacement { n.wrapping_sub(1) } else { (n + k).wrapping_sub(r) };
    let mut alive = n > 0 && (with_replacement || r <= n);
    while alive {
        crate::base::reserve(&mut indices, r)?;
        indices.extend(current.iter().map(|i| *i as i64));
        alive = match (0..r).rev().find(|&k| current[k] != last(k)) {
            None => false,
            Some(k) => {
                let next = current[k] + 1;
                for (step, slot) in current[k..].iter_mut().enumerate() {
                    *slot = if with_replacement { next } else { next + step };
                }
                true
            }
        };
    }
    let rows = (indices.len() / r) as i64;
    let picked = super::index::index_select(x, 0, Tensor::from_slice(&indices, &[indices.len() as i64])?)?;
    picked.view(&[rows, r as i64])
}
