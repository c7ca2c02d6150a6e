//! Sparse tensors taken apart and put together. What is taken apart has been checked: every index lies inside its size,
//! also where a script has written to the indices since.

use crate::base::{numel, DType, Layout};
use crate::op::compute::finish;
use crate::op::index::{index_add, index_select};
use crate::tensor::SparseParts;
use crate::{bail, ensure, Error, Result, Scalar, Tensor};

/// A tensor in coordinate layout.
pub struct Coo {
    pub sizes: Vec<i64>,
    /// How many leading dimensions have indices; the others are dense.
    pub dims: usize,
    /// `dims` rows of one index per element.
    pub at: Vec<i64>,
    /// `[number of elements, dense sizes…]`.
    pub values: Tensor,
    pub coalesced: bool,
}

/// A tensor in a compressed layout: rows (or columns) of elements or blocks, one after the other. Leading dimensions
/// are batches.
pub struct Compressed {
    pub sizes: Vec<i64>,
    pub layout: Layout,
    /// `batches · (number of rows + 1)`.
    pub starts: Vec<i64>,
    /// `batches · number of elements`.
    pub plain: Vec<i64>,
    /// `[batches…, number of elements, block sizes…, dense sizes…]`.
    pub values: Tensor,
    pub index_dtype: DType,
    pub batch: Vec<i64>,
}

impl Coo {
    /// Takes a COO tensor apart. Fails for other tensors, in the words of the operator `name`.
    pub fn of(x: &Tensor, name: &str) -> Result<Coo> {
        let parts = parts(x, Layout::Sparse, || {
            format!("{name} expected sparse coordinate tensor layout but got {}", layout_name(x.layout()))
        })?;
        check_coo(x.sizes(), &parts.indices[0], &parts.values)?;
        Ok(Coo {
            sizes: x.sizes().to_vec(),
            dims: parts.indices[0].sizes()[0] as usize,
            at: parts.indices[0].to_vec()?,
            values: parts.values.clone(),
            coalesced: parts.coalesced,
        })
    }

    pub fn count(&self) -> usize {
        self.values.sizes()[0] as usize
    }

    /// One row of indices.
    pub fn row(&self, dim: usize) -> &[i64] {
        &self.at[dim * self.count()..(dim + 1) * self.count()]
    }

    pub fn tensor(self) -> Result<Tensor> {
        let indices = Tensor::from_slice(&self.at, &[self.dims as i64, self.values.sizes()[0]])?;
        check_coo(&self.sizes, &indices, &self.values)?;
        let parts = SparseParts {
            layout: Layout::Sparse,
            indices: vec![indices],
            values: self.values,
            coalesced: self.coalesced,
        };
        Ok(Tensor::sparse(&self.sizes, parts))
    }

    /// The place of each element among the sparse dimensions, row-major.
    pub fn places(&self) -> Vec<i64> {
        let n = self.count();
        let mut places = vec![0; n];
        for d in 0..self.dims {
            for (place, at) in places.iter_mut().zip(self.row(d)) {
                *place = *place * self.sizes[d] + at;
            }
        }
        places
    }

    /// The inverse of [`Coo::places`].
    pub fn indices_of(places: &[i64], sizes: &[i64]) -> Vec<i64> {
        let mut at = vec![0; places.len() * sizes.len()];
        let mut rest = places.to_vec();
        for d in (0..sizes.len()).rev() {
            for (slot, place) in at[d * places.len()..].iter_mut().zip(&mut rest) {
                *slot = *place % sizes[d].max(1);
                *place /= sizes[d].max(1);
            }
        }
        at
    }

    /// The same with indices in order and none twice: equal ones are added up.
    pub fn coalesce(self) -> Result<Coo> {
        if self.coalesced {
            return Ok(self);
        }
        let places = self.places();
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by_key(|i| places[*i]);
        let (mut distinct, mut slot) = (Vec::new(), vec![0i64; places.len()]);
        for &i in &order {
            if distinct.last() != Some(&places[i]) {
                distinct.push(places[i]);
            }
            slot[i] = distinct.len() as i64 - 1;
        }
        let values = add_up(&self.values, &slot, distinct.len())?;
        Ok(Coo { at: Coo::indices_of(&distinct, &self.sizes[..self.dims]), values, coalesced: true, ..self })
    }

    pub fn to_dense(&self) -> Result<Tensor> {
        let space = numel(&self.sizes[..self.dims]);
        add_up(&self.values, &self.places(), space)?.view(&self.sizes)
    }

    /// The elements at these positions of the list, in this order.
    pub fn pick(&self, positions: &[i64]) -> Result<(Vec<i64>, Tensor)> {
        let n = self.count();
        let at = (0..self.dims).flat_map(|d| positions.iter().map(move |p| self.at[d * n + *p as usize])).collect();
        Ok((at, pick(&self.values, positions)?))
    }

    /// A strided tensor's elements that are not zero, over its first `dims` dimensions.
    pub fn from_dense(x: &Tensor, dims: usize) -> Result<Coo> {
        let (outer, inner) = x.sizes().split_at(dims);
        let flat = x.to_contiguous()?.view(&[numel(outer) as i64, numel(inner) as i64])?;
        let nonzero = crate::op::elementwise::apply(
            &crate::op::pointwise::compare::NE,
            &[crate::op::promote::Operand::Tensor(flat.clone()), crate::op::promote::Operand::Scalar(Scalar::Int(0))],
            &[],
        )?;
        let nonzero = nonzero.to_contiguous()?;
        let places: Vec<i64> = nonzero
            .data::<u8>()?
            .chunks(numel(inner).max(1))
            .enumerate()
            .filter(|(_, row)| row.iter().any(|v| *v != 0))
            .map(|(i, _)| i as i64)
            .collect();
        let mut shape = vec![places.len() as i64];
        shape.extend_from_slice(inner);
        let values = pick(&flat, &places)?.view(&shape)?;
        Ok(Coo { sizes: x.sizes().to_vec(), dims, at: Coo::indices_of(&places, outer), values, coalesced: true })
    }
}

impl Compressed {
    pub fn of(x: &Tensor, name: &str) -> Result<Compressed> {
        let layout = x.layout();
        ensure!(
            is_compressed(layout),
            "{name} expected sparse compressed tensor layout but got {}",
            layout_name(layout)
        );
        let parts = x.sparse_parts().ok_or_else(|| Error::internal("a sparse layout without parts"))?;
        check_compressed(x.sizes(), layout, &parts.indices, &parts.values)?;
        let [starts, plain] = &parts.indices[..] else { return Err(Error::internal("two parts of indices")) };
        let batch = starts.sizes()[..starts.dim() - 1].to_vec();
        Ok(Compressed {
            sizes: x.sizes().to_vec(),
            layout,
            starts: starts.to_vec()?,
            plain: plain.to_vec()?,
            values: parts.values.clone(),
            index_dtype: starts.dtype(),
            batch,
        })
    }

    pub fn tensor(self) -> Result<Tensor> {
        let shape = |n: usize| {
            let batches = numel(&self.batch).max(1);
            self.batch.iter().copied().chain([(n / batches) as i64]).collect::<Vec<i64>>()
        };
        let index = |list: &[i64]| Tensor::from_slice(list, &shape(list.len()))?.to_dtype(self.index_dtype);
        let indices = vec![index(&self.starts)?, index(&self.plain)?];
        check_compressed(&self.sizes, self.layout, &indices, &self.values)?;
        let parts = SparseParts { layout: self.layout, indices, values: self.values, coalesced: true };
        Ok(Tensor::sparse(&self.sizes, parts))
    }

    /// Whether rows are compressed, not columns.
    pub fn by_rows(&self) -> bool {
        by_rows(self.layout)
    }

    /// Sizes of the blocks; 1 where elements stand alone.
    pub fn block(&self) -> [i64; 2] {
        block_of(self.layout, &self.values, self.batch.len())
    }

    /// Rows and columns in blocks.
    pub fn grid(&self) -> [i64; 2] {
        let (b, block) = (self.batch.len(), self.block());
        [self.sizes[b] / block[0].max(1), self.sizes[b + 1] / block[1].max(1)]
    }

    /// For each element of a batch its row or column: what is compressed, written out.
    pub fn expanded(&self, batch: usize) -> Vec<i64> {
        let rows = if self.by_rows() { self.grid()[0] } else { self.grid()[1] } as usize;
        let starts = &self.starts[batch * (rows + 1)..(batch + 1) * (rows + 1)];
        starts.windows(2).enumerate().flat_map(|(row, w)| (w[0]..w[1]).map(move |_| row as i64)).collect()
    }

    /// Fails for batches and blocks.
    pub fn only_matrix(self, name: &str) -> Result<Compressed> {
        let plain = self.batch.is_empty() && self.sizes.len() == 2 && has_no_blocks(self.layout);
        match plain {
            true => Ok(self),
            false => Err(Error::unsupported(format!(
                "{name} on a {} tensor with batches, blocks or dense dimensions",
                layout_name(self.layout)
            ))),
        }
    }

    /// A matrix as coordinates, in the order of its elements.
    pub fn to_coo(self) -> Result<Coo> {
        let this = self.only_matrix("to_sparse")?;
        let expanded = this.expanded(0);
        let by_rows = this.by_rows();
        let at = if by_rows { [expanded, this.plain].concat() } else { [this.plain, expanded].concat() };
        let mut coo = Coo { sizes: this.sizes, dims: 2, at, values: this.values, coalesced: by_rows };
        coo.coalesced = by_rows && coo.places().windows(2).all(|pair| pair[0] < pair[1]);
        Ok(coo)
    }

    pub fn to_dense(&self) -> Result<Tensor> {
        let (b, block, grid) = (self.batch.len(), self.block(), self.grid());
        let dense = self.sizes[b + 2..].to_vec();
        let batches = numel(&self.batch);
        let count = self.values.sizes()[b];
        let mut places = Vec::with_capacity(self.plain.len());
        for batch in 0..batches {
            let expanded = self.expanded(batch);
            for (e, p) in expanded.iter().zip(&self.plain[batch * count as usize..]) {
                let (r, c) = if self.by_rows() { (e, p) } else { (p, e) };
                places.push((batch as i64 * grid[0] + r) * grid[1] + c);
            }
        }
        // [batches · grid, block, dense], then blocks go between the rows and columns that they cover
        let mut shape = vec![batches as i64 * count];
        shape.extend_from_slice(&self.values.sizes()[b + 1..]);
        let flat = self.values.to_contiguous()?.view(&shape)?;
        let sums = add_up(&flat, &places, batches * (grid[0] * grid[1]) as usize)?;
        let mut shape = vec![batches as i64, grid[0], grid[1], block[0], block[1]];
        shape.extend_from_slice(&dense);
        let mut order: Vec<i64> = vec![0, 1, 3, 2, 4];
        order.extend(5..5 + dense.len() as i64);
        sums.view(&shape)?.permute(&order)?.to_contiguous()?.view(&self.sizes)
    }
}

impl Coo {
    /// A matrix in CSR or CSC layout.
    pub fn compress(self, layout: Layout) -> Result<Compressed> {
        ensure!(self.dims == 2, "Only tensors with two sparse dimensions can be converted to the {layout:?} layout");
        if self.sizes.len() > 2 {
            return Err(Error::unsupported(format!("dense dimensions of a {layout:?} tensor")));
        }
        let this = self.coalesce()?;
        let (lines, first, second) = if by_rows(layout) { (0, 0, 1) } else { (1, 1, 0) };
        let mut order: Vec<i64> = (0..this.count() as i64).collect();
        order.sort_by_key(|i| this.row(first)[*i as usize]);
        let line_count = this.sizes[lines] as usize;
        let starts = starts_of(this.row(first).iter().copied(), line_count)?;
        let plain = order.iter().map(|i| this.row(second)[*i as usize]).collect();
        let values = if by_rows(layout) { this.values.clone() } else { pick(&this.values, &order)? };
        let (sizes, index_dtype) = (this.sizes, DType::I64);
        Ok(Compressed { sizes, layout, starts, plain, values, index_dtype, batch: Vec::new() })
    }
}

/// Where each of `lines` lines starts among elements that are sorted by line.
pub fn starts_of(lines_of: impl Iterator<Item = i64>, lines: usize) -> Result<Vec<i64>> {
    let mut starts = crate::base::filled(lines.saturating_add(1), 0i64)?;
    for line in lines_of {
        starts[line as usize + 1] += 1;
    }
    for i in 0..lines {
        starts[i + 1] += starts[i];
    }
    Ok(starts)
}

/// Rows of `values` added up in the rows `slot` of a new tensor of `n` rows.
pub fn add_up(values: &Tensor, slot: &[i64], n: usize) -> Result<Tensor> {
    let mut shape = values.sizes().to_vec();
    shape[0] = n as i64;
    let index = Tensor::from_slice(slot, &[slot.len() as i64])?;
    // index_add refuses bools, which are joined by `or`
    let wide = if values.dtype() == DType::Bool { DType::I32 } else { values.dtype() };
    let zeros = Tensor::zeros(&shape, wide)?;
    let sums = index_add(zeros, 0, index, finish(values.clone(), wide)?, Scalar::Int(1))?;
    finish(sums, values.dtype())
}

/// Rows of a tensor.
pub fn pick(values: &Tensor, rows: &[i64]) -> Result<Tensor> {
    index_select(values.clone(), 0, Tensor::from_slice(rows, &[rows.len() as i64])?)
}

pub fn is_compressed(layout: Layout) -> bool {
    matches!(layout, Layout::SparseCsr | Layout::SparseCsc | Layout::SparseBsr | Layout::SparseBsc)
}

pub fn by_rows(layout: Layout) -> bool {
    matches!(layout, Layout::SparseCsr | Layout::SparseBsr)
}

pub fn has_no_blocks(layout: Layout) -> bool {
    matches!(layout, Layout::SparseCsr | Layout::SparseCsc)
}

/// `SparseCsr`, as messages have it.
pub fn layout_name(layout: Layout) -> String {
    format!("{layout:?}")
}

fn block_of(layout: Layout, values: &Tensor, batch: usize) -> [i64; 2] {
    match (has_no_blocks(layout), values.sizes().get(batch + 1..batch + 3)) {
        (false, Some(&[rows, columns])) => [rows, columns],
        _ => [1, 1],
    }
}

fn parts(x: &Tensor, layout: Layout, message: impl FnOnce() -> String) -> Result<&SparseParts> {
    match x.sparse_parts() {
        Some(parts) if parts.layout == layout => Ok(parts),
        _ => Err(Error::runtime(message())),
    }
}

fn check_sizes(sizes: &[i64]) -> Result<()> {
    let count = sizes.iter().try_fold(1i64, |n, size| n.checked_mul((*size).max(1)));
    ensure!(
        sizes.iter().all(|size| *size >= 0) && count.is_some() && sizes.len() <= 64,
        "Trying to create tensor with negative dimension or too many elements: {sizes:?}"
    );
    Ok(())
}

/// What a COO tensor of these sizes may be made of.
pub fn check_coo(sizes: &[i64], indices: &Tensor, values: &Tensor) -> Result<()> {
    check_sizes(sizes)?;
    ensure!(
        indices.layout() == Layout::Strided && values.layout() == Layout::Strided,
        "expected values and indices to be strided tensors"
    );
    ensure!(indices.dtype().is_integral(false), "indices must be an int64 tensor");
    ensure!(indices.dim() == 2, "indices must be sparse_dim x nnz, but got: {:?}", indices.sizes());
    ensure!(values.dim() >= 1, "number of dimensions must be sparse_dim + dense_dim, but values have none");
    let (dims, count) = (indices.sizes()[0] as usize, indices.sizes()[1]);
    ensure!(
        dims + values.dim() - 1 == sizes.len(),
        "number of dimensions must be sparse_dim ({dims}) + dense_dim ({}), but got {}",
        values.dim() - 1,
        sizes.len()
    );
    ensure!(
        count == values.sizes()[0],
        "indices and values must have same nnz, but got nnz from indices: {count}, nnz from values: {}",
        values.sizes()[0]
    );
    ensure!(
        values.sizes()[1..] == sizes[dims..],
        "values has incorrect size, expected {:?}, got {:?}",
        [&[count], &sizes[dims..]].concat(),
        values.sizes()
    );
    if count == 0 {
        return Ok(());
    }
    let at = indices.to_vec::<i64>()?;
    for (d, row) in at.chunks_exact(count as usize).enumerate() {
        let (low, high) = row.iter().fold((i64::MAX, i64::MIN), |(low, high), i| (low.min(*i), high.max(*i)));
        ensure!(low >= 0, "found negative index {low} for dim {d}");
        ensure!(
            high < sizes[d],
            "size is inconsistent with indices: for dim {d}, size is {} but found index {high}",
            sizes[d]
        );
    }
    Ok(())
}

/// What a tensor in a compressed layout may be made of.
pub fn check_compressed(sizes: &[i64], layout: Layout, indices: &[Tensor], values: &Tensor) -> Result<()> {
    check_sizes(sizes)?;
    let [starts, plain] = indices else { bail!("a {} tensor has two lists of indices", layout_name(layout)) };
    let (compressed_name, plain_name) =
        if by_rows(layout) { ("crow_indices", "col_indices") } else { ("ccol_indices", "row_indices") };
    ensure!(
        [starts, plain, values].iter().all(|t| t.layout() == Layout::Strided),
        "expected compressed_indices, plain_indices and values to be strided tensors"
    );
    ensure!(
        matches!(starts.dtype(), DType::I32 | DType::I64) && starts.dtype() == plain.dtype(),
        "{compressed_name} and {plain_name} dtype must be Int or Long, but got {}",
        starts.dtype().name()
    );
    ensure!(starts.dim() >= 1, "{compressed_name} must have dimensionality >= 1 but got {:?}", starts.sizes());
    ensure!(
        starts.dim() == plain.dim(),
        "{compressed_name} and {plain_name} dimensionalities must be equal but got {} and {}, respectively",
        starts.dim(),
        plain.dim()
    );
    let batch = starts.dim() - 1;
    let blocks = if has_no_blocks(layout) { 0 } else { 2 };
    let dense = values.dim() as i64 - batch as i64 - blocks - 1;
    ensure!(
        dense >= 0,
        "values must have dimensionality > sum of batch and block dimensionalities (={batch} + {blocks}) but got {}",
        values.dim()
    );
    ensure!(
        sizes.len() as i64 == batch as i64 + 2 + dense,
        "tensor dimensionality must be sum of batch, base, and dense dimensionalities (={batch} + 2 + {dense}) but got {}",
        sizes.len()
    );
    let block = block_of(layout, values, batch);
    ensure!(
        sizes[..batch] == starts.sizes()[..batch]
            && sizes[..batch] == plain.sizes()[..batch]
            && sizes[..batch] == values.sizes()[..batch],
        "all batch dimensions of {compressed_name} (={:?}), {plain_name} (={:?}), and values (={:?}) must be equal to \
         tensor batch dimensions (={:?})",
        &starts.sizes()[..batch],
        &plain.sizes()[..batch],
        &values.sizes()[..batch],
        &sizes[..batch]
    );
    ensure!(
        block.iter().zip(&sizes[batch..]).all(|(block, size)| *block > 0 && size % block == 0),
        "tensor shape[{batch}] (={:?}) must be divisible with blocksize (={block:?}) as defined by values shape",
        &sizes[batch..batch + 2]
    );
    let grid = [sizes[batch] / block[0], sizes[batch + 1] / block[1]];
    let (lines, across) = if by_rows(layout) { (grid[0], grid[1]) } else { (grid[1], grid[0]) };
    ensure!(
        starts.sizes()[batch] == lines + 1,
        "{compressed_name}.shape[-1] must be equal to the number of {} + 1 (={}), but got {}",
        if by_rows(layout) { "rows" } else { "columns" },
        lines + 1,
        starts.sizes()[batch]
    );
    let count = plain.sizes()[batch];
    ensure!(
        count == values.sizes()[batch],
        "{plain_name}.shape[-1] must be equal to nnz (={}) as defined by values.shape[{batch}], but got {count}",
        values.sizes()[batch]
    );
    ensure!(
        values.sizes()[batch + 1 + blocks as usize..] == sizes[batch + 2..],
        "values.shape[{}:] must be equal to the dense dimensions of the tensor (={:?})",
        batch + 1 + blocks as usize,
        &sizes[batch + 2..]
    );
    let (starts, plain) = (starts.to_vec::<i64>()?, plain.to_vec::<i64>()?);
    for (i, starts) in starts.chunks_exact(lines as usize + 1).enumerate() {
        ensure!(starts[0] == 0, "`{compressed_name}[..., 0] == 0` is not satisfied.");
        ensure!(starts[lines as usize] == count, "`{compressed_name}[..., -1] == nnz` is not satisfied.");
        ensure!(
            starts.windows(2).all(|w| w[0] <= w[1] && w[1] - w[0] <= across),
            "`0 <= {compressed_name}[..., 1:] - {compressed_name}[..., :-1] <= {}` is not satisfied.",
            if by_rows(layout) { "ncols" } else { "nrows" }
        );
        let plain = &plain[i * count as usize..(i + 1) * count as usize];
        ensure!(
            plain.iter().all(|at| (0..across).contains(at)),
            "`0 <= {plain_name} < {}` is not satisfied.",
            if by_rows(layout) { "ncols" } else { "nrows" }
        );
    }
    Ok(())
}

/// Whether the places of every line of a valid compressed tensor ascend, as those that PyTorch makes do.
pub fn check_order(layout: Layout, indices: &[Tensor]) -> Result<()> {
    let [starts, plain] = indices else { return Err(Error::internal("two parts of indices")) };
    let lines = starts.sizes().last().copied().unwrap_or(1).max(1) as usize;
    let count = plain.sizes().last().copied().unwrap_or(0) as usize;
    let (starts, plain) = (starts.to_vec::<i64>()?, plain.to_vec::<i64>()?);
    for (i, starts) in starts.chunks_exact(lines).enumerate() {
        let plain = &plain[i * count..(i + 1) * count];
        let ascending = |w: &[i64]| plain[w[0] as usize..w[1] as usize].windows(2).all(|p| p[0] < p[1]);
        let names = if by_rows(layout) {
            ["col_indices", "crow_indices", "nrows"]
        } else {
            ["row_indices", "ccol_indices", "ncols"]
        };
        ensure!(
            starts.windows(2).all(ascending),
            "`{}[..., {1}[..., i - 1]:{1}[..., i]] for all i = 1, ..., {2} are sorted and distinct along the last dimension \
             values` is not satisfied.",
            names[0],
            names[1],
            names[2]
        );
    }
    Ok(())
}
