//! Elements in and out: slices, copies, fresh outputs.

use std::marker::PhantomData;

use super::convert::{copy_raw, fill_raw, is_aligned, load, store};
use super::tensor::Tensor;
use super::tile::Nest;
use super::transpose;
use crate::base::threads::{is_serial, parallel_for};
use crate::base::{Category, Complex64, DType, Element, Scalar};
use crate::Result;

/// A row-major tensor under construction: nobody else sees it, so it can be written through a slice.
pub struct NewTensor<T>(Tensor, PhantomData<T>);

impl<T: Element> NewTensor<T> {
    /// Content unspecified.
    pub fn new(sizes: &[i64]) -> Result<Self> {
        let tensor = Tensor::empty(sizes, T::DTYPE)?;
        if T::DTYPE == DType::Bool {
            // only 0 and 1 are valid bools
            // SAFETY: fresh memory of just this size.
            unsafe { std::ptr::write_bytes(tensor.storage().as_ptr(), 0, tensor.storage().nbytes()) };
        }
        Ok(NewTensor(tensor, PhantomData))
    }

    pub fn filled(sizes: &[i64], value: T) -> Result<Self> {
        let mut new = Self::new(sizes)?;
        new.data().fill(value);
        Ok(new)
    }

    /// The elements, row-major.
    pub fn data(&mut self) -> &mut [T] {
        let n = self.0.numel();
        // SAFETY: the storage was allocated for exactly these elements, 64-byte aligned and initialised, and this
        // value holds the only handle on it.
        unsafe { std::slice::from_raw_parts_mut(self.0.storage().as_ptr().cast(), n) }
    }

    pub fn finish(self) -> Tensor {
        self.0
    }
}

impl Tensor {
    /// A row-major tensor with the given elements. Fails when their number does not fit the shape.
    pub fn from_slice<T: Element>(values: &[T], sizes: &[i64]) -> Result<Tensor> {
        let mut new = NewTensor::<T>::new(sizes)?;
        let data = new.data();
        crate::ensure!(data.len() == values.len(), "{} values for a tensor of shape {sizes:?}", values.len());
        data.copy_from_slice(values);
        Ok(new.finish())
    }

    /// A zero-dimensional tensor.
    pub fn scalar(value: Scalar, dtype: DType) -> Result<Tensor> {
        Self::full(&[], value, dtype)
    }

    pub fn full(sizes: &[i64], value: Scalar, dtype: DType) -> Result<Tensor> {
        let out = Tensor::empty(sizes, dtype)?;
        out.fill(value)?;
        Ok(out)
    }

    pub fn zeros(sizes: &[i64], dtype: DType) -> Result<Tensor> {
        let out = Tensor::empty(sizes, dtype)?;
        // SAFETY: fresh memory of just this size; all-zero bytes are zero in every dtype.
        unsafe { fill_raw(1, [0; 16], out.storage().as_ptr(), 1, out.storage().nbytes()) };
        Ok(out)
    }

    /// The elements of a row-major tensor, in place. Fails when the tensor is not contiguous or has another dtype.
    ///
    /// Not for `bool`: memory from outside may hold other bytes than 0 and 1 (use [`Tensor::to_vec`], or `u8`).
    pub fn data<T: Element>(&self) -> Result<&[T]> {
        self.check_dense()?;
        let fits = if T::DTYPE == DType::U8 {
            matches!(self.dtype(), DType::U8 | DType::Bool)
        } else {
            T::DTYPE == self.dtype() && T::DTYPE != DType::Bool
        };
        crate::ensure!(fits, "expected scalar type {} but found {}", T::DTYPE, self.dtype());
        crate::ensure!(self.is_contiguous(), "expected a contiguous tensor");
        let n = self.numel();
        if n == 0 {
            return Ok(&[]);
        }
        let ptr = self.data_ptr().cast::<T>();
        crate::ensure!(ptr.is_aligned(), "tensor memory is not aligned for {}", T::DTYPE);
        // SAFETY: a tensor's elements lie inside its storage (checked when the view was made), are initialised, and
        // every bit pattern of T (never bool) is valid. Writers keep the module's contract.
        Ok(unsafe { std::slice::from_raw_parts(ptr, n) })
    }

    /// Address of the first element.
    pub fn data_ptr(&self) -> *mut u8 {
        self.storage().as_ptr().wrapping_add(self.storage_offset() * self.dtype().itemsize())
    }

    /// All elements in row-major order, converted.
    pub fn to_vec<T: Element>(&self) -> Result<Vec<T>> {
        if self.is_lazy() {
            return self.resolved()?.to_vec();
        }
        self.check_dense()?;
        let n = self.numel();
        let mut out = crate::base::filled(n, T::default())?;
        if n == 0 {
            return Ok(out);
        }
        let nest = Nest::in_order(self.sizes(), &[self.strides()]);
        let (base, item) = (self.data_ptr(), self.dtype().itemsize() as isize);
        let mut at = 0;
        let mut result = Ok(());
        nest.walk(0, 0, n, &mut |offset, stride, run| {
            // SAFETY: the nest walks this tensor's own elements.
            let loaded =
                unsafe { load(self.dtype(), base.wrapping_offset(offset * item), stride, &mut out[at..at + run]) };
            if let Err(error) = loaded {
                result = Err(error);
            }
            at += run;
        });
        result.map(|()| out)
    }

    /// The only element of a one-element tensor.
    pub fn item(&self) -> Result<Scalar> {
        if self.numel() != 1 {
            crate::bail!("a Tensor with {} elements cannot be converted to Scalar", self.numel());
        }
        if self.is_lazy() {
            return self.resolved()?.item();
        }
        self.check_dense()?;
        fn one<T: Element>(t: &Tensor) -> Result<T> {
            let mut out = [T::default()];
            // SAFETY: the tensor has one element, inside its storage.
            unsafe { load(t.dtype(), t.data_ptr(), 1, &mut out)? };
            Ok(out[0])
        }
        Ok(match self.dtype().category() {
            Category::Bool => Scalar::Bool(one::<i64>(self)? != 0),
            Category::Int => Scalar::Int(one::<i64>(self)?),
            Category::Float => Scalar::Float(one::<f64>(self)?),
            Category::Complex => Scalar::Complex(one::<Complex64>(self)?),
        })
    }

    /// Copies `src`, broadcast to this shape and converted to this dtype, into this tensor's memory.
    pub fn copy_from(&self, src: &Tensor) -> Result<()> {
        if self.is_lazy() {
            return self.copy_into_lazy(src);
        }
        if src.is_lazy() {
            return self.copy_from(&src.resolved()?);
        }
        self.check_dense()?;
        src.check_dense()?;
        let src = if src.sizes() == self.sizes() { src.clone() } else { src.expand(self.sizes())? };
        if self.is_same(&src) || self.numel() == 0 {
            return Ok(());
        }
        // memory that overlaps is copied first, so that no element is read after it was written
        let src = if self.shares_storage(&src) && !self.same_place(&src) { src.deep_clone()? } else { src };
        if self.same_place(&src) {
            return Ok(());
        }
        let n = self.numel();
        let nest = Nest::new(self.sizes(), &[self.strides(), src.strides()]);
        let (sd, dd) = (src.dtype(), self.dtype());
        let (sbase, dbase) = (Address(src.data_ptr()), Address(self.data_ptr()));
        let (si, di) = (sd.itemsize() as isize, dd.itemsize() as isize);
        let same = sd == dd;
        if same && sd.per_byte() > 1 {
            return self.copy_packed(&src);
        }
        // SAFETY: the nest walks the two tensors' own elements; they do not overlap (copied above).
        if same && (n < 1 << 16 || is_serial()) && unsafe { transpose::copy(&nest, si as usize, sbase.0, dbase.0) } {
            self.storage().bump_version();
            return Ok(());
        }
        let failed = parking_lot::Mutex::new(None);
        parallel_for(n, 1 << 16, &|range| {
            let (sbase, dbase) = (&sbase, &dbase);
            nest.walk2(range.start, range.len(), &mut |d_off, ds, s_off, ss, run| {
                let (d, s) = (dbase.0.wrapping_offset(d_off * di), sbase.0.wrapping_offset(s_off * si));
                // SAFETY: the nest walks the two tensors' own elements; they do not overlap (copied above).
                let done = unsafe {
                    if same {
                        copy_raw(si as usize, s, ss, d, ds, run);
                        Ok(())
                    } else {
                        convert_run(sd, s, ss, dd, d, ds, run)
                    }
                };
                if let Err(error) = done {
                    failed.lock().get_or_insert(error);
                }
            });
        });
        self.storage().bump_version();
        failed.into_inner().map_or(Ok(()), Err)
    }

    /// [`Tensor::copy_from`] for dtypes with several elements in a byte.
    fn copy_packed(&self, src: &Tensor) -> Result<()> {
        crate::ensure!(
            self.is_contiguous() && src.is_contiguous() && self.storage_offset() == 0 && src.storage_offset() == 0,
            "copying parts of a {} tensor",
            self.dtype()
        );
        let bytes = self.dtype().bytes_for(self.numel()).unwrap_or(0);
        // SAFETY: both storages hold at least the bytes of their elements, and are not the same (checked by the caller).
        unsafe { std::ptr::copy_nonoverlapping(src.storage().as_ptr(), self.storage().as_ptr(), bytes) };
        self.storage().bump_version();
        Ok(())
    }

    /// Whether both see the same elements in the same order.
    pub fn same_place(&self, other: &Tensor) -> bool {
        self.shares_storage(other)
            && self.dtype() == other.dtype()
            && self.storage_offset() == other.storage_offset()
            && self.sizes() == other.sizes()
            && self.sizes().iter().zip(self.strides()).zip(other.strides()).all(|((n, a), b)| *n < 2 || a == b)
    }

    /// Sets every element.
    pub fn fill(&self, value: Scalar) -> Result<()> {
        if self.is_lazy() {
            return self.copy_from(&Tensor::scalar(value, self.dtype())?);
        }
        self.check_dense()?;
        let n = self.numel();
        let dtype = self.dtype();
        if n == 0 {
            return Ok(());
        }
        let (base, item) = (self.data_ptr(), dtype.itemsize());
        let mut one = [0u8; 16];
        // SAFETY: no element is larger.
        unsafe {
            match value {
                Scalar::Complex(c) => store(dtype, &[c], one.as_mut_ptr(), 1)?,
                Scalar::Float(f) => store(dtype, &[f], one.as_mut_ptr(), 1)?,
                other => store(dtype, &[other.to_i64()], one.as_mut_ptr(), 1)?,
            }
        }
        if n == 1 {
            // SAFETY: this tensor's only element.
            unsafe { fill_raw(item, one, base, 1, 1) };
        } else {
            let nest = Nest::new(self.sizes(), &[self.strides()]);
            let base = Address(base);
            parallel_for(n, 1 << 16, &|range| {
                let base = &base;
                nest.walk(0, range.start, range.len(), &mut |offset, stride, run| {
                    // SAFETY: the nest walks this tensor's own elements.
                    unsafe { fill_raw(item, one, base.0.wrapping_offset(offset * item as isize), stride, run) };
                });
            });
        }
        self.storage().bump_version();
        Ok(())
    }

    /// Gives the elements in row-major order for reading and writing, converted to `T` and back where the dtype differs
    /// or the tensor is not contiguous. What `edit` reads must not share memory with this tensor (see
    /// [`Tensor::shares_storage`]).
    pub fn update<T: Element, R>(&self, edit: impl FnOnce(&mut [T]) -> R) -> Result<R> {
        if !self.is_lazy() {
            self.check_dense()?;
        }
        let direct = !self.is_lazy()
            && self.dtype() == T::DTYPE
            && T::DTYPE != DType::Bool
            && self.is_contiguous()
            && self.data_ptr().cast::<T>().is_aligned()
            && self.numel() > 0;
        if direct {
            let (ptr, n) = (self.data_ptr().cast::<T>(), self.numel());
            // SAFETY: contiguous, aligned elements of type T inside the storage; nobody else uses them meanwhile (the
            // module's contract).
            let result = edit(unsafe { std::slice::from_raw_parts_mut(ptr, n) });
            self.storage().bump_version();
            return Ok(result);
        }
        let mut values = self.to_vec::<T>()?;
        let result = edit(&mut values);
        self.assign(&values)?;
        Ok(result)
    }

    /// Replaces all elements by `values`, given in row-major order, converted to this dtype.
    pub fn assign<T: Element>(&self, values: &[T]) -> Result<()> {
        if self.is_lazy() {
            return self.copy_from(&Tensor::from_slice(values, self.sizes())?);
        }
        self.check_dense()?;
        let n = self.numel();
        crate::ensure!(values.len() == n, "{} values for a tensor of shape {:?}", values.len(), self.sizes());
        let nest = Nest::in_order(self.sizes(), &[self.strides()]);
        let (base, item) = (self.data_ptr(), self.dtype().itemsize() as isize);
        let (mut at, mut result) = (0, Ok(()));
        nest.walk(0, 0, n, &mut |offset, stride, run| {
            // SAFETY: the nest walks this tensor's own elements.
            let stored =
                unsafe { store(self.dtype(), &values[at..at + run], base.wrapping_offset(offset * item), stride) };
            if let Err(error) = stored {
                result = Err(error);
            }
            at += run;
        });
        self.storage().bump_version();
        result
    }

    /// A copy with another dtype; strides are kept when the tensor is dense.
    pub fn to_dtype(&self, dtype: DType) -> Result<Tensor> {
        let strides = super::layout::infer_dense_strides(self.sizes(), self.strides());
        let out = Tensor::empty_strided(self.sizes(), &strides, dtype)?;
        out.copy_from(self)?;
        Ok(out)
    }
}

/// A pointer that may cross threads: the ranges that threads touch are disjoint.
struct Address(*mut u8);
// SAFETY: only used to address disjoint elements of a tensor that outlives the parallel section.
unsafe impl Sync for Address {}

/// # Safety
/// As for `load` and `store`.
unsafe fn convert_run(
    sd: DType,
    src: *const u8,
    ss: isize,
    dd: DType,
    dst: *mut u8,
    ds: isize,
    n: usize,
) -> Result<()> {
    /// # Safety
    /// As above.
    unsafe fn run<C: Element>(
        sd: DType,
        src: *const u8,
        ss: isize,
        dd: DType,
        dst: *mut u8,
        ds: isize,
        n: usize,
    ) -> Result<()> {
        if ss == 1 && sd == C::DTYPE && is_aligned(sd, src) {
            // SAFETY: contiguous, aligned elements of type C.
            return unsafe { store(dd, std::slice::from_raw_parts(src.cast::<C>(), n), dst, ds) };
        }
        if ds == 1 && dd == C::DTYPE && is_aligned(dd, dst) {
            // SAFETY: as above.
            return unsafe { load(sd, src, ss, std::slice::from_raw_parts_mut(dst.cast::<C>(), n)) };
        }
        let mut buffer = [C::default(); 256];
        let mut done = 0;
        while done < n {
            let step = (n - done).min(buffer.len());
            let (s, d) = (done as isize * ss * sd.itemsize() as isize, done as isize * ds * dd.itemsize() as isize);
            // SAFETY: the caller's promise, for a part of the run.
            unsafe {
                load(sd, src.wrapping_offset(s), ss, &mut buffer[..step])?;
                store(dd, &buffer[..step], dst.wrapping_offset(d), ds)?;
            }
            done += step;
        }
        Ok(())
    }
    let plain = ss == 1 && ds == 1 && is_aligned(sd, src) && is_aligned(dd, dst);
    // the compute type must hold every source value and lose nothing that the destination keeps
    // SAFETY: forwarded to the caller.
    unsafe {
        if plain && super::cast::convert(sd, src, dd, dst, n) {
            Ok(())
        } else if sd.is_complex() {
            run::<Complex64>(sd, src, ss, dd, dst, ds, n)
        } else if !sd.is_floating_point() {
            run::<i64>(sd, src, ss, dd, dst, ds, n)
        } else if sd == DType::F64 {
            run::<f64>(sd, src, ss, dd, dst, ds, n)
        } else {
            run::<f32>(sd, src, ss, dd, dst, ds, n)
        }
    }
}
