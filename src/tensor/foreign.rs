//! Tensors over memory that somebody else owns.

use super::storage::Storage;
use super::tensor::Tensor;
use crate::base::{contiguous_strides, DType};
use crate::{Error, Result};

/// A tensor over foreign memory, of which its elements and no more are used; row-major unless `strides` says
/// otherwise. `deleter` runs when the last tensor on it is gone, and is dropped without being called when this fails.
///
/// # Safety
/// Every element must be valid for reads and writes until `deleter` runs.
pub unsafe fn borrow_memory(
    data: *mut u8,
    sizes: &[i64],
    strides: Option<&[i64]>,
    storage_offset: i64,
    dtype: DType,
    deleter: Box<dyn FnOnce() + Send>,
) -> Result<Tensor> {
    let too_large = || Error::usage(format!("the sizes {sizes:?} do not fit in memory"));
    if sizes.iter().try_fold(1i64, |n, size| n.checked_mul((*size).max(1))).is_none() {
        return Err(too_large());
    }
    let row_major = contiguous_strides(sizes);
    let strides = strides.unwrap_or(&row_major);
    if sizes.len() != strides.len() || sizes.iter().chain(strides).any(|v| *v < 0) || storage_offset < 0 {
        return Err(Error::usage(format!(
            "sizes {sizes:?}, strides {strides:?} and offset {storage_offset} must match and not be negative"
        )));
    }
    let mut elements = 0;
    if !sizes.contains(&0) {
        let mut last = storage_offset;
        for (size, stride) in sizes.iter().zip(strides) {
            let reach = (size - 1).checked_mul(*stride).ok_or_else(too_large)?;
            last = last.checked_add(reach).ok_or_else(too_large)?;
        }
        elements = last.checked_add(1).ok_or_else(too_large)?;
    }
    let nbytes = usize::try_from(elements).ok().and_then(|n| n.checked_mul(dtype.itemsize())).ok_or_else(too_large)?;
    if nbytes > isize::MAX as usize {
        return Err(too_large());
    }
    if data.is_null() && nbytes > 0 {
        return Err(Error::usage("the memory of a tensor is a null pointer"));
    }
    let offset = if nbytes == 0 { 0 } else { storage_offset as usize };
    // SAFETY: by contract the elements are valid; `nbytes` reaches to the last of them.
    let storage = unsafe { Storage::from_raw(data, nbytes, deleter) };
    // Sizes and strides were checked above, so this does not fail and call the deleter.
    Tensor::from_storage(storage, offset, sizes, strides, dtype)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::Arc;

    use super::*;

    #[test]
    fn the_deleter_runs_once_when_the_last_tensor_goes() {
        let runs = Arc::new(AtomicUsize::new(0));
        let mut data = [1f32, 2.0, 3.0, 4.0];
        let counted = runs.clone();
        let deleter = Box::new(move || {
            counted.fetch_add(1, Ordering::Relaxed);
        });
        // SAFETY: `data` outlives the tensors.
        let tensor =
            unsafe { borrow_memory(data.as_mut_ptr().cast(), &[2, 2], Some(&[1, 2]), 0, DType::F32, deleter) }.unwrap();
        let view = tensor.select(0, 1).unwrap();
        drop(tensor);
        assert_eq!((view.to_vec::<f32>().unwrap(), runs.load(Ordering::Relaxed)), (vec![2.0, 4.0], 0));
        drop(view);
        assert_eq!(runs.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        for (sizes, strides) in [
            (&[-1][..], None),
            (&[i64::MAX, 2], None),
            (&[2], Some(&[i64::MAX][..])),
            (&[2], Some(&[-1])),
            (&[2, 2], Some(&[1])),
            (&[1], None),
        ] {
            // SAFETY: a null pointer is never read.
            let made = unsafe { borrow_memory(std::ptr::null_mut(), sizes, strides, 0, DType::F32, Box::new(|| ())) };
            assert!(made.is_err(), "{sizes:?} {strides:?}");
        }
    }
}
