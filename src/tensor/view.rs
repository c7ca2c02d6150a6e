//! Views: tensors over the same memory. Everything here returns a new tensor that aliases `self`.

use super::layout::{computed_strides, infer_dense_strides};
use super::tensor::{Geometry, SparseParts, Tensor};
use crate::base::{wrap_dim, Dims, MemoryFormat};
use crate::{Error, Result};

impl Tensor {
    fn viewed(&self, offset: usize, sizes: Dims, strides: Dims) -> Result<Tensor> {
        if let Some(parts) = self.sparse_parts() {
            return Err(Error::unsupported(format!("a view of a {:?} tensor", parts.layout)));
        }
        Ok(self.with_geometry(Geometry { storage: self.storage().clone(), offset, sizes, strides }))
    }

    /// `as_strided`; the only view whose arguments can reach outside, so it checks them against the storage.
    pub fn as_strided(&self, sizes: &[i64], strides: &[i64], offset: Option<i64>) -> Result<Tensor> {
        let offset = offset.unwrap_or(self.storage_offset() as i64);
        crate::ensure!(offset >= 0, "Tensor: invalid storage offset {offset}");
        // the check
        Tensor::from_storage(self.storage().clone(), offset as usize, sizes, strides, self.dtype())?;
        self.viewed(offset as usize, sizes.into(), strides.into())
    }

    pub fn permute(&self, dims: &[i64]) -> Result<Tensor> {
        let n = self.dim();
        crate::ensure!(
            dims.len() == n,
            "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired \
             ordering of dimensions i.e. input.dim() = {n} is not equal to len(dims) = {}",
            dims.len()
        );
        let mut seen = [false; 64];
        let mut wrapped = Dims::new();
        for &d in dims {
            let d = wrap_dim(d, n)?;
            crate::ensure!(d < 64 && !seen[d], "permute(): duplicate dims are not allowed.");
            seen[d] = true;
            wrapped.push(d as i64);
        }
        let g = self.geometry();
        let sizes = wrapped.iter().map(|&d| g.sizes[d as usize]).collect();
        let strides = wrapped.iter().map(|&d| g.strides[d as usize]).collect();
        self.viewed(g.offset, sizes, strides)
    }

    pub fn transpose(&self, dim0: i64, dim1: i64) -> Result<Tensor> {
        let (a, b) = (wrap_dim(dim0, self.dim())?, wrap_dim(dim1, self.dim())?);
        let g = self.geometry();
        let (mut sizes, mut strides) = (g.sizes.clone(), g.strides.clone());
        if a != b {
            sizes.swap(a, b);
            strides.swap(a, b);
        }
        self.viewed(g.offset, sizes, strides)
    }

    /// Broadcasts to `sizes`; -1 keeps a size. New dimensions go to the front.
    pub fn expand(&self, sizes: &[i64]) -> Result<Tensor> {
        let g = self.geometry();
        crate::ensure!(
            sizes.len() >= g.sizes.len(),
            "expand({}{{{:?}}}, size={sizes:?}): the number of sizes provided ({}) must be greater or equal to the \
             number of dimensions in the tensor ({})",
            self.dtype(),
            &g.sizes[..],
            sizes.len(),
            g.sizes.len()
        );
        let lead = sizes.len() - g.sizes.len();
        let (mut out_sizes, mut out_strides) = (Dims::new(), Dims::new());
        for (i, &wanted) in sizes.iter().enumerate() {
            if i < lead {
                crate::ensure!(
                    wanted >= 0,
                    "The expanded size of the tensor ({wanted}) isn't allowed in a leading, non-existing dimension {i}"
                );
                out_sizes.push(wanted);
                out_strides.push(0);
                continue;
            }
            let (have, stride) = (g.sizes[i - lead], g.strides[i - lead]);
            let size = if wanted == -1 { have } else { wanted };
            crate::ensure!(
                size == have || have == 1,
                "The expanded size of the tensor ({wanted}) must match the existing size ({have}) at non-singleton \
                 dimension {i}.  Target sizes: {sizes:?}.  Tensor sizes: {:?}",
                &g.sizes[..]
            );
            crate::ensure!(size >= 0, "The expanded size of the tensor ({wanted}) is negative");
            out_sizes.push(size);
            out_strides.push(if size == have { stride } else { 0 });
        }
        crate::ensure!(
            out_sizes.iter().try_fold(1i64, |n, &s| n.checked_mul(s)).is_some(),
            "numel: integer multiplication overflow"
        );
        self.viewed(g.offset, out_sizes, out_strides)
    }

    /// The element at `index` of `dim`, without that dimension.
    pub fn select(&self, dim: i64, index: i64) -> Result<Tensor> {
        crate::ensure!(self.dim() > 0, "select() cannot be applied to a 0-dim tensor.");
        let d = wrap_dim(dim, self.dim())?;
        let g = self.geometry();
        let size = g.sizes[d];
        if index < -size || index >= size {
            return Err(crate::Error::runtime(format!(
                "select(): index {index} out of range for tensor of size {:?} at dimension {d}",
                &g.sizes[..]
            )));
        }
        let at = if index < 0 { index + size } else { index };
        let (mut sizes, mut strides) = (g.sizes.clone(), g.strides.clone());
        sizes.remove(d);
        let stride = strides.remove(d);
        self.viewed(g.offset + (at * stride) as usize, sizes, strides)
    }

    /// Python's slice: bounds are clamped, negative ones count from the end.
    pub fn slice(&self, dim: i64, start: Option<i64>, end: Option<i64>, step: i64) -> Result<Tensor> {
        crate::ensure!(self.dim() > 0, "slice() cannot be applied to a 0-dim tensor.");
        let d = wrap_dim(dim, self.dim())?;
        crate::ensure!(step > 0, "slice step must be positive");
        let g = self.geometry();
        let size = g.sizes[d];
        let clamp = |v: i64| (if v < 0 { v.saturating_add(size) } else { v }).clamp(0, size);
        let start = clamp(start.unwrap_or(0));
        let end = clamp(end.unwrap_or(size)).max(start);
        let (mut sizes, mut strides) = (g.sizes.clone(), g.strides.clone());
        sizes[d] = if end == start { 0 } else { (end - start - 1) / step + 1 };
        // a step past the end never reads: any stride is right as long as it does not overflow
        strides[d] = strides[d].saturating_mul(step).min(i64::MAX >> 8);
        self.viewed(g.offset + (start * g.strides[d]) as usize, sizes, strides)
    }

    /// `narrow`: `length` elements of `dim` from `start`, both checked.
    pub fn narrow(&self, dim: i64, start: i64, length: i64) -> Result<Tensor> {
        crate::ensure!(self.dim() > 0, "narrow() cannot be applied to a 0-dim tensor.");
        crate::ensure!(length >= 0, "narrow(): length must be non-negative.");
        let size = self.size(dim)?;
        crate::ensure!(
            -size <= start && start <= size,
            "start out of range (expected to be in range of [{}, {size}], but got {start})",
            -size
        );
        let start = if start < 0 { start + size } else { start };
        crate::ensure!(length <= size - start, "start ({start}) + length ({length}) exceeds dimension size ({size}).");
        self.slice(dim, Some(start), Some(start + length), 1)
    }

    pub fn unsqueeze(&self, dim: i64) -> Result<Tensor> {
        let d = wrap_dim(dim, self.dim() + 1)?;
        let g = self.geometry();
        let (mut sizes, mut strides) = (g.sizes.clone(), g.strides.clone());
        let stride = if d < g.sizes.len() { g.sizes[d].max(1) * g.strides[d] } else { 1 };
        sizes.insert(d, 1);
        strides.insert(d, stride);
        self.viewed(g.offset, sizes, strides)
    }

    /// Drops dimensions of size 1: all of them, or those named.
    pub fn squeeze(&self, dims: Option<&[i64]>) -> Result<Tensor> {
        let g = self.geometry();
        let n = self.dim();
        let mut drop = [dims.is_none(); 64];
        for &d in dims.unwrap_or(&[]) {
            drop[wrap_dim(d, n)?.min(63)] = true;
        }
        let kept = (0..n).filter(|&d| !(g.sizes[d] == 1 && drop[d.min(63)]));
        let (sizes, strides) = kept.map(|d| (g.sizes[d], g.strides[d])).unzip::<_, _, Vec<_>, Vec<_>>();
        self.viewed(g.offset, sizes.into(), strides.into())
    }

    /// `view`: another shape over the same memory; one size may be -1. Fails when only a copy could have the shape.
    pub fn view(&self, sizes: &[i64]) -> Result<Tensor> {
        let sizes = self.infer_size(sizes)?;
        match self.try_view(&sizes) {
            Some(view) => Ok(view),
            None => crate::bail!(
                "view size is not compatible with input tensor's size and stride (at least one dimension spans \
                 across two contiguous subspaces). Use .reshape(...) instead."
            ),
        }
    }

    /// `reshape`: a view where possible, otherwise a copy.
    pub fn reshape(&self, sizes: &[i64]) -> Result<Tensor> {
        let sizes = self.infer_size(sizes)?;
        if sizes[..] == *self.sizes() {
            return Ok(self.alias());
        }
        match self.try_view(&sizes) {
            Some(view) => Ok(view),
            None => {
                let copy = self.to_contiguous()?;
                Ok(copy.try_view(&sizes).unwrap_or(copy))
            }
        }
    }

    fn try_view(&self, sizes: &Dims) -> Option<Tensor> {
        let g = self.geometry();
        let strides = computed_strides(&g.sizes, &g.strides, sizes)?;
        self.viewed(g.offset, sizes.clone(), strides).ok()
    }

    /// Replaces a -1 by what is left, and checks that the number of elements agrees.
    pub fn infer_size(&self, sizes: &[i64]) -> Result<Dims> {
        let numel = self.numel() as i64;
        let mut out: Dims = sizes.into();
        let mut known = 1i64;
        let mut hole = None;
        for (i, &s) in sizes.iter().enumerate() {
            match s {
                -1 if hole.is_some() => crate::bail!("only one dimension can be inferred"),
                -1 => hole = Some(i),
                s if s < 0 => crate::bail!("invalid shape dimension {s}"),
                s => known = known.checked_mul(s).ok_or_else(|| bad_shape(sizes, numel))?,
            }
        }
        match hole {
            Some(i) => {
                if known == 0 {
                    crate::bail!(
                        "cannot reshape tensor of {numel} elements into shape {sizes:?} because the unspecified \
                         dimension size -1 can be any value and is ambiguous"
                    );
                }
                if numel % known != 0 {
                    return Err(bad_shape(sizes, numel));
                }
                out[i] = numel / known;
            }
            None if known != numel => return Err(bad_shape(sizes, numel)),
            None => {}
        }
        Ok(out)
    }

    /// Collapses dimensions `start..=end` into one; a view where possible.
    pub fn flatten(&self, start: i64, end: i64) -> Result<Tensor> {
        let n = self.dim();
        let (start, end) = (wrap_dim(start, n)?, wrap_dim(end, n)?);
        crate::ensure!(start <= end, "flatten() has invalid args: start_dim cannot come after end_dim");
        if n == 0 {
            return self.reshape(&[1]);
        }
        if start == end {
            return Ok(self.clone());
        }
        let sizes = self.sizes();
        let middle: i64 = sizes[start..=end].iter().product();
        let shape: Dims =
            sizes[..start].iter().copied().chain([middle]).chain(sizes[end + 1..].iter().copied()).collect();
        self.reshape(&shape)
    }

    /// The diagonal of two dimensions as a new last dimension.
    pub fn diagonal(&self, offset: i64, dim1: i64, dim2: i64) -> Result<Tensor> {
        let (d1, d2) = (wrap_dim(dim1, self.dim())?, wrap_dim(dim2, self.dim())?);
        crate::ensure!(d1 != d2, "diagonal dimensions cannot be identical {dim1}, {dim2}");
        let g = self.geometry();
        let (s1, s2) = (g.sizes[d1], g.sizes[d2]);
        let length = if offset >= 0 {
            s1.min(s2.saturating_sub(offset)).max(0)
        } else {
            s1.saturating_add(offset).min(s2).max(0)
        };
        let shift = match length {
            0 => 0,
            _ if offset >= 0 => offset * g.strides[d2],
            _ => -offset * g.strides[d1],
        };
        let (mut sizes, mut strides) = (Dims::new(), Dims::new());
        for d in (0..self.dim()).filter(|&d| d != d1 && d != d2) {
            sizes.push(g.sizes[d]);
            strides.push(g.strides[d]);
        }
        sizes.push(length);
        // only a tensor without elements has strides whose sum does not fit
        strides.push(g.strides[d1].saturating_add(g.strides[d2]).min(i64::MAX >> 8));
        self.viewed(g.offset + shift as usize, sizes, strides)
    }

    /// Windows of `size` along `dim`, `step` apart, as a new last dimension.
    pub fn unfold(&self, dim: i64, size: i64, step: i64) -> Result<Tensor> {
        let d = wrap_dim(dim, self.dim())?;
        let g = self.geometry();
        let (have, stride) = if g.sizes.is_empty() { (1, 1) } else { (g.sizes[d], g.strides[d]) };
        crate::ensure!(size >= 0, "size is {size} but must be >= 0");
        crate::ensure!(size <= have, "maximum size for tensor at dimension {d} is {have} but size is {size}");
        crate::ensure!(step > 0, "step is {step} but must be > 0");
        let (mut sizes, mut strides) = (g.sizes.clone(), g.strides.clone());
        if !g.sizes.is_empty() {
            sizes[d] = (have - size) / step + 1;
            strides[d] = step.saturating_mul(stride).min(i64::MAX >> 8);
        }
        sizes.push(size);
        strides.push(stride);
        self.viewed(g.offset, sizes, strides)
    }

    /// Self when it is already contiguous in the format, else a copy.
    pub fn contiguous_in(&self, format: MemoryFormat) -> Result<Tensor> {
        crate::ensure!(
            format != MemoryFormat::Preserve,
            "preserve memory format is unsupported by the contiguous operator"
        );
        if self.is_contiguous_in(format) {
            return Ok(self.clone());
        }
        let out = self.empty_like_strided(&match format {
            MemoryFormat::Contiguous | MemoryFormat::Preserve => crate::base::contiguous_strides(self.sizes()),
            _ => {
                let rank = if format == MemoryFormat::ChannelsLast { 4 } else { 5 };
                crate::ensure!(self.dim() == rank, "required rank {rank} tensor to use channels_last format");
                super::layout::channels_last_strides(self.sizes())
            }
        })?;
        out.copy_from(self)?;
        Ok(out)
    }

    /// Self when it is already row-major, else a row-major copy.
    pub fn to_contiguous(&self) -> Result<Tensor> {
        self.contiguous_in(MemoryFormat::Contiguous)
    }

    /// A copy with its own memory; strides are kept when the tensor is dense (`preserve_format`).
    pub fn deep_clone(&self) -> Result<Tensor> {
        if let Some(parts) = self.sparse_parts() {
            let indices = parts.indices.iter().map(Tensor::deep_clone).collect::<Result<_>>()?;
            let parts = SparseParts { indices, values: parts.values.deep_clone()?, ..parts.clone() };
            return Ok(Tensor::sparse(self.sizes(), parts));
        }
        let out = self.empty_like_strided(&infer_dense_strides(self.sizes(), self.strides()))?;
        out.copy_from(self)?;
        Ok(out)
    }

    /// Uninitialised, same sizes, dtype and quantizer.
    pub(crate) fn empty_like_strided(&self, strides: &[i64]) -> Result<Tensor> {
        let out = Tensor::empty_strided(self.sizes(), strides, self.dtype())?;
        match self.quantizer() {
            Some(quantizer) => out.with_quantizer(self.dtype(), quantizer.clone()),
            None => Ok(out),
        }
    }
}

fn bad_shape(sizes: &[i64], numel: i64) -> crate::Error {
    crate::Error::runtime(format!("shape '{sizes:?}' is invalid for input of size {numel}"))
}
