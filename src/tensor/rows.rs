//! Work along dimensions: reductions, softmax, cumulative sums, sorting. Kernels see one contiguous row of the compute
//! type at a time, whatever the tensor's dtype and strides, and write one contiguous output row.

use smallvec::SmallVec;

use super::convert::{load, store};
use super::tensor::Tensor;
use super::tile::Nest;
use crate::base::threads::parallel_for;
use crate::base::{contiguous_strides, DType, Dims, Element, COLUMNS};
use crate::Result;

/// Elements per thread below which a call stays on its thread.
const GRAIN: usize = 16 * 1024;

/// Calls `kernel(row, out_row)` for every row of `x` along `dims` (several dimensions form one row, in their order),
/// and returns a row-major tensor of shape `kept dims ++ [out_len]` and dtype `dtype`. Rows may be empty.
pub fn map<I: Element, O: Element>(
    x: &Tensor,
    dims: &[usize],
    out_len: usize,
    dtype: DType,
    kernel: &(dyn Fn(&[I], &mut [O]) + Sync),
) -> Result<Tensor> {
    let mut results = map_all::<I, O, O>(x, dims, [out_len, 0], [dtype, dtype], &|row, out, _| kernel(row, out))?;
    results.truncate(1);
    results.pop().ok_or_else(|| crate::Error::internal("rows::map made no output"))
}

/// As [`map`] with two outputs, such as values and indices.
pub fn map2<I: Element, A: Element, B: Element>(
    x: &Tensor,
    dims: &[usize],
    out_lens: [usize; 2],
    dtypes: [DType; 2],
    kernel: &(dyn Fn(&[I], &mut [A], &mut [B]) + Sync),
) -> Result<(Tensor, Tensor)> {
    let mut results = map_all(x, dims, out_lens, dtypes, kernel)?;
    match (results.pop(), results.pop()) {
        (Some(b), Some(a)) => Ok((a, b)),
        _ => Err(crate::Error::internal("rows::map2 made no outputs")),
    }
}

/// One number for every row of `x` along `dims`: a row-major tensor of the kept dimensions.
pub fn fold<I: Element, O: Element>(x: &Tensor, dims: &[usize], dtype: DType, f: &Fold<I, O>) -> Result<Tensor> {
    let first = x.dim() - dims.len();
    let innermost = dims.iter().enumerate().all(|(i, d)| *d == first + i);
    if innermost && x.dtype() == I::DTYPE && x.is_contiguous() {
        if let Ok(data) = x.data::<I>() {
            return fold_rows(data, &x.sizes()[..first], dtype, f.row);
        }
    }
    let columns = |rows: &[&[I]], out: &mut [O], _: &mut [O]| f.columns.map_or((), |f| f(rows, out));
    let columns = f.columns.map(|_| &columns as &ColumnsFn<I, O, O>);
    if let Some(outs) = fold_columns(x, dims, &[dtype], columns)? {
        return outs.into_iter().next().ok_or_else(|| crate::Error::internal("rows::fold made no output"));
    }
    let out = map::<I, O>(x, dims, 1, dtype, &|row, out| out[0] = (f.row)(row))?;
    drop_last(out)
}

/// As [`fold`] with two numbers.
pub fn fold2<I: Element, A: Element, B: Element>(
    x: &Tensor,
    dims: &[usize],
    dtypes: [DType; 2],
    row: &(dyn Fn(&[I]) -> (A, B) + Sync),
    columns: Option<&ColumnsFn<I, A, B>>,
) -> Result<(Tensor, Tensor)> {
    if let Some(outs) = fold_columns(x, dims, &dtypes, columns)? {
        let mut outs = outs.into_iter();
        return match (outs.next(), outs.next()) {
            (Some(a), Some(b)) => Ok((a, b)),
            _ => Err(crate::Error::internal("rows::fold2 made no outputs")),
        };
    }
    let kernel = |r: &[I], a: &mut [A], b: &mut [B]| (a[0], b[0]) = row(r);
    let (a, b) = map2::<I, A, B>(x, dims, [1, 1], dtypes, &kernel)?;
    Ok((drop_last(a)?, drop_last(b)?))
}

/// A reduction: of one row, and where there is such code of many columns at once, which must give the same.
pub struct Fold<'a, I, O> {
    pub row: &'a (dyn Fn(&[I]) -> O + Sync),
    /// Takes rows of at most [`COLUMNS`] elements; writes a result for each column.
    pub columns: Option<&'a (dyn Fn(&[&[I]], &mut [O]) + Sync)>,
}

/// Writes one result, or two, for each column.
pub type ColumnsFn<'a, I, A, B> = dyn Fn(&[&[I]], &mut [A], &mut [B]) + Sync + 'a;

/// Moves the last dimension of `rows` (a result of [`map`] over one dimension) back to `dim`, as a row-major tensor.
pub fn restore_dim(rows: Tensor, dim: usize) -> Result<Tensor> {
    let n = rows.dim();
    if dim + 1 == n {
        return Ok(rows);
    }
    let order: Dims = (0..n as i64 - 1).collect();
    let mut order = order;
    order.insert(dim, n as i64 - 1);
    rows.permute(&order)?.to_contiguous()
}

/// Drops the trailing size-1 dimension of a reduction's result, or puts 1 where the reduced dimensions were.
pub fn reduced_shape(sizes: &[i64], dims: &[usize], keepdim: bool) -> Dims {
    let kept = |d: usize| !dims.contains(&d);
    if keepdim {
        (0..sizes.len()).map(|d| if kept(d) { sizes[d] } else { 1 }).collect()
    } else {
        (0..sizes.len()).filter(|d| kept(*d)).map(|d| sizes[d]).collect()
    }
}

/// [`fold`] of rows that lie one after the other.
fn fold_rows<I: Element, O: Element>(
    data: &[I],
    kept: &[i64],
    dtype: DType,
    f: &(dyn Fn(&[I]) -> O + Sync),
) -> Result<Tensor> {
    const TOGETHER: usize = 64;
    let out = Tensor::empty(kept, dtype)?;
    let rows = out.numel();
    let len = data.len() / rows.max(1);
    let target = Shared(out.data_ptr());
    let failed = parking_lot::Mutex::new(None);
    parallel_for(rows, (GRAIN / len.max(1)).max(1), &|range| {
        let target = &target;
        let mut results = [O::default(); TOGETHER];
        for from in range.clone().step_by(TOGETHER) {
            let results = &mut results[..TOGETHER.min(range.end - from)];
            for (i, result) in results.iter_mut().enumerate() {
                *result = f(&data[(from + i) * len..][..len]);
            }
            // SAFETY: these elements of the output belong to this thread.
            let stored = unsafe { store(dtype, results, target.0.wrapping_add(from * dtype.itemsize()), 1) };
            if let Err(error) = stored {
                failed.lock().get_or_insert(error);
            }
        }
    });
    failed.into_inner().map_or(Ok(out), Err)
}

fn drop_last(out: Tensor) -> Result<Tensor> {
    let kept = out.dim() - 1;
    out.view(&out.sizes()[..kept])
}

/// Reduces blocks of columns, where the rows that are reduced lie apart and their elements side by side. `None`, and
/// nothing done, for other tensors.
fn fold_columns<I: Element, A: Element, B: Element>(
    x: &Tensor,
    dims: &[usize],
    dtypes: &[DType],
    columns: Option<&ColumnsFn<I, A, B>>,
) -> Result<Option<Vec<Tensor>>> {
    let Some(columns) = columns else { return Ok(None) };
    x.check_dense()?;
    let pick = |from: &[i64], kept: bool| (0..x.dim()).filter(|d| dims.contains(d) != kept).map(|d| from[d]).collect();
    let (kept_sizes, kept_strides): (Dims, Dims) = (pick(x.sizes(), true), pick(x.strides(), true));
    let (row_sizes, row_strides): (Dims, Dims) = (pick(x.sizes(), false), pick(x.strides(), false));
    let rows = crate::base::numel(&row_sizes);
    if x.numel() == 0 || rows == 1 || rows > u32::MAX as usize {
        return Ok(None);
    }
    let outer = Nest::in_order(&kept_sizes, &[&kept_strides]);
    let last = outer.sizes().len() - 1;
    let (run, stride) = (outer.sizes()[last] as usize, outer.strides(0)[last]);
    let base = Shared(x.data_ptr());
    let direct =
        x.dtype() == I::DTYPE && I::DTYPE != DType::Bool && (base.0 as usize) % x.dtype().itemsize().max(1) == 0;
    // columns whose elements, converted, stay in the cache
    let width = if direct { COLUMNS } else { ((1 << 17) / (rows * size_of::<I>())).min(COLUMNS) };
    if stride != 1 || run < 4 || width < 8 {
        return Ok(None);
    }
    let outs = dtypes.iter().map(|dtype| Tensor::empty(&kept_sizes, *dtype)).collect::<Result<Vec<_>>>()?;
    let mut starts = Vec::with_capacity(rows);
    Nest::in_order(&row_sizes, &[&row_strides]).walk(0, 0, rows, &mut |offset, stride, n| {
        starts.extend((0..n as isize).map(|i| offset + i * stride));
    });
    let blocks = run.div_ceil(width);
    let targets: SmallVec<[Shared; 2]> = outs.iter().map(|out| Shared(out.data_ptr())).collect();
    let item = x.dtype().itemsize() as isize;
    let failed = parking_lot::Mutex::new(None);
    let grain = (GRAIN / (rows * run.min(width))).max(1);
    parallel_for(x.numel() / rows / run * blocks, grain, &|range| {
        let (base, targets) = (&base, &targets);
        let work = || -> Result<()> {
            let (mut a, mut b) = ([A::default(); COLUMNS], [B::default(); COLUMNS]);
            let mut buffer = vec![I::default(); if direct { 0 } else { rows * width.min(run) }];
            for block in range {
                let (index, from) = (block / blocks * run, block % blocks * width);
                let cols = width.min(run - from);
                let mut first = base.0;
                outer.walk(0, index + from, 1, &mut |offset, _, _| first = base.0.wrapping_offset(offset * item));
                let at = |start: isize| first.wrapping_offset(start * item);
                if !direct {
                    for (start, row) in starts.iter().zip(buffer.chunks_exact_mut(cols)) {
                        // SAFETY: `cols` elements of the tensor that lie side by side.
                        unsafe { load(x.dtype(), at(*start), 1, row)? };
                    }
                }
                let mut parts: Vec<&[I]> = Vec::with_capacity(rows);
                if direct {
                    // SAFETY: as above; they are aligned and of type I.
                    parts
                        .extend(starts.iter().map(|s| unsafe { std::slice::from_raw_parts(at(*s).cast::<I>(), cols) }));
                } else {
                    parts.extend(buffer.chunks_exact(cols).take(rows));
                }
                columns(&parts, &mut a[..cols], &mut b[..cols]);
                let at = |k: usize| targets[k].0.wrapping_add((index + from) * dtypes[k].itemsize());
                // SAFETY: these elements of the outputs belong to this block.
                unsafe {
                    store(dtypes[0], &a[..cols], at(0), 1)?;
                    if dtypes.len() > 1 {
                        store(dtypes[1], &b[..cols], at(1), 1)?;
                    }
                }
            }
            Ok(())
        };
        if let Err(error) = work() {
            failed.lock().get_or_insert(error);
        }
    });
    failed.into_inner().map_or(Ok(Some(outs)), Err)
}

fn map_all<I: Element, A: Element, B: Element>(
    x: &Tensor,
    dims: &[usize],
    out_lens: [usize; 2],
    dtypes: [DType; 2],
    kernel: &(dyn Fn(&[I], &mut [A], &mut [B]) + Sync),
) -> Result<Vec<Tensor>> {
    x.check_dense()?;
    let kept: SmallVec<[usize; 6]> = (0..x.dim()).filter(|d| !dims.contains(d)).collect();
    let pick = |from: &[i64], which: &[usize]| which.iter().map(|&d| from[d]).collect::<Dims>();
    let (kept_sizes, kept_strides) = (pick(x.sizes(), &kept), pick(x.strides(), &kept));
    let (row_sizes, row_strides) = (pick(x.sizes(), dims), pick(x.strides(), dims));
    let rows = crate::base::numel(&kept_sizes);
    let row_len = crate::base::numel(&row_sizes);
    let shape = |len: usize| kept_sizes.iter().copied().chain([len as i64]).collect::<Dims>();
    let outs = [Tensor::empty(&shape(out_lens[0]), dtypes[0])?, Tensor::empty(&shape(out_lens[1]), dtypes[1])?];
    if rows == 0 {
        return Ok(outs.into());
    }
    let outer = Nest::in_order(&kept_sizes, &[&kept_strides]);
    let inner = Nest::in_order(&row_sizes, &[&row_strides]);
    let linear_row =
        row_strides.iter().zip(&contiguous_strides(&row_sizes)).zip(&row_sizes).all(|((a, b), n)| *n == 1 || a == b);
    let item = x.dtype().itemsize();
    let base = Shared(x.data_ptr());
    let direct = linear_row && x.dtype() == I::DTYPE && I::DTYPE != DType::Bool && (base.0 as usize) % item.max(1) == 0;
    let out_bases = [Shared(outs[0].data_ptr()), Shared(outs[1].data_ptr())];
    let max_lanes = if row_len <= 1 << 14 { LANES } else { 1 };
    let failed = parking_lot::Mutex::new(None);
    let grain = (GRAIN / row_len.max(1)).max(1);
    parallel_for(rows, grain, &|range| {
        let (base, out_bases) = (&base, &out_bases);
        let work = || -> Result<()> {
            // Neighbouring rows that lie side by side are gathered together: one pass over memory for LANES rows.
            let mut buffer = vec![I::default(); if direct { 0 } else { row_len * max_lanes }];
            let mut a = vec![A::default(); out_lens[0]];
            let mut b = vec![B::default(); out_lens[1]];
            let mut finish = |index: usize, row: &[I]| -> Result<()> {
                kernel(row, &mut a, &mut b);
                let at = |k: usize| out_bases[k].0.wrapping_add(index * out_lens[k] * dtypes[k].itemsize());
                // SAFETY: output row `index` belongs to this thread; the outputs hold `rows` rows of that length. Fresh
                // tensors are aligned.
                unsafe {
                    if dtypes[0] == A::DTYPE {
                        std::ptr::copy_nonoverlapping(a.as_ptr(), at(0).cast::<A>(), a.len());
                    } else {
                        store(dtypes[0], &a, at(0), 1)?;
                    }
                    if b.is_empty() {
                        return Ok(());
                    }
                    store(dtypes[1], &b, at(1), 1)
                }
            };
            let mut result = Ok(());
            let mut index = range.start;
            outer.walk(0, range.start, range.len(), &mut |offset, stride, run| {
                let mut done = 0;
                while done < run && result.is_ok() {
                    let first = base.0.wrapping_offset((offset + done as isize * stride) * item as isize);
                    if direct {
                        // SAFETY: the row is contiguous, aligned, of type I and inside the tensor.
                        let row = unsafe { std::slice::from_raw_parts(first.cast::<I>(), row_len) };
                        result = finish(index, row);
                        index += 1;
                        done += 1;
                        continue;
                    }
                    let lanes = if stride == 1 { max_lanes.min(run - done) } else { 1 };
                    let mut column = [I::default(); LANES];
                    let mut at = 0;
                    inner.walk(0, 0, row_len, &mut |o, s, n| {
                        if lanes == 1 {
                            let from = first.wrapping_offset(o * item as isize);
                            // SAFETY: the nest walks the row's own elements.
                            let loaded = unsafe { load(x.dtype(), from, s, &mut buffer[at..at + n]) };
                            if let Err(error) = loaded {
                                result = Err(error);
                            }
                        } else {
                            for k in 0..n {
                                let from = first.wrapping_offset((o + k as isize * s) * item as isize);
                                // SAFETY: element k of `lanes` rows that lie side by side.
                                let loaded = unsafe { load(x.dtype(), from, 1, &mut column[..lanes]) };
                                if let Err(error) = loaded {
                                    result = Err(error);
                                }
                                for (lane, value) in column[..lanes].iter().enumerate() {
                                    buffer[lane * row_len + at + k] = *value;
                                }
                            }
                        }
                        at += n;
                    });
                    for lane in 0..lanes {
                        if result.is_ok() {
                            result = finish(index, &buffer[lane * row_len..(lane + 1) * row_len]);
                        }
                        index += 1;
                    }
                    done += lanes;
                }
            });
            result
        };
        if let Err(error) = work() {
            failed.lock().get_or_insert(error);
        }
    });
    failed.into_inner().map_or(Ok(outs.into()), Err)
}

/// Rows gathered together.
const LANES: usize = 16;

struct Shared(*mut u8);
// SAFETY: addresses tensors that outlive the parallel section; threads touch disjoint output rows.
unsafe impl Sync for Shared {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_along_any_dims() -> Result<()> {
        let values: Vec<f32> = (0..24).map(|v| v as f32).collect();
        let x = Tensor::from_slice(&values, &[2, 3, 4])?;
        for (view, dims, expected) in [
            (x.clone(), &[2][..], vec![6., 22., 38., 54., 70., 86.]),
            (x.clone(), &[0], vec![12., 14., 16., 18., 20., 22., 24., 26., 28., 30., 32., 34.]),
            (x.transpose(0, 2)?, &[0, 1], vec![66., 210.]),
            (x.clone(), &[], values.clone()),
        ] {
            let sum = map::<f64, f64>(&view, dims, 1, DType::F32, &|row, out| out[0] = row.iter().sum())?;
            assert_eq!(sum.to_vec::<f32>()?, expected, "{dims:?}");
        }
        Ok(())
    }
    #[test]
    fn columns_give_what_rows_give() -> Result<()> {
        let row = |r: &[f32]| r.iter().fold(0.0, |sum, v| sum * 1.5 + v);
        let columns = |rows: &[&[f32]], out: &mut [f32]| {
            out.fill(0.0);
            rows.iter().for_each(|row| out.iter_mut().zip(*row).for_each(|(sum, v)| *sum = *sum * 1.5 + v));
        };
        for dtype in [DType::F32, DType::F16, DType::I64] {
            for sizes in [[2, 3, 4], [3, 5, 600], [1, 4, 9], [7, 1, 8], [2, 0, 5]] {
                let n: i64 = sizes.iter().product();
                let values: Vec<f32> = (0..n).map(|v| (v % 13) as f32).collect();
                let x = Tensor::from_slice(&values, &sizes)?.to_dtype(dtype)?;
                for view in [x.clone(), x.transpose(0, 2)?, x.permute(&[1, 2, 0])?] {
                    for dims in [&[0][..], &[1], &[0, 1], &[0, 2], &[0, 1, 2]] {
                        let by_rows = Fold { row: &row, columns: None };
                        let by_columns = Fold { row: &row, columns: Some(&columns) };
                        let expected = fold(&view, dims, DType::F32, &by_rows)?;
                        let found = fold(&view, dims, DType::F32, &by_columns)?;
                        assert_eq!(found.sizes(), expected.sizes());
                        assert_eq!(found.to_vec::<f32>()?, expected.to_vec::<f32>()?, "{dtype} {sizes:?} {dims:?}");
                    }
                }
            }
        }
        Ok(())
    }
}
