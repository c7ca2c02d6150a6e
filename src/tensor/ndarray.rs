//! Tensors to and from `ndarray` arrays.

use ndarray::{Array, ArrayD, ArrayView, ArrayViewD, Dimension, IxDyn};

use super::foreign::borrow_memory;
use super::tensor::Tensor;
use crate::base::Element;
use crate::{Error, Result};

impl Tensor {
    /// A tensor of the array's shape and elements. A row-major array gives up its memory, any other is copied.
    ///
    /// ```
    /// # fn main() -> sconce::Result<()> {
    /// use ndarray::{array, Array2};
    /// use sconce::Tensor;
    /// let images: Array2<f32> = array![[0.0, 0.5], [1.0, 0.25]];
    /// let x = Tensor::from_ndarray(images)?;
    /// assert_eq!(x.sizes(), [2, 2]);
    /// assert_eq!(x.as_ndarray::<f32>()?[[1, 0]], 1.0);
    /// # Ok(())
    /// # }
    /// ```
    pub fn from_ndarray<T: Element, D: Dimension>(array: Array<T, D>) -> Result<Tensor> {
        if !array.is_standard_layout() {
            return Self::from_ndarray_view(array.view());
        }
        let sizes = sizes_of(array.shape());
        let (mut elements, offset) = array.into_raw_vec_and_offset();
        let first = elements[offset.unwrap_or(0)..].as_mut_ptr().cast();
        // SAFETY: the array was row-major, so its elements follow each other from `first`; the deleter owns them.
        unsafe { borrow_memory(first, &sizes, None, 0, T::DTYPE, Box::new(move || drop(elements))) }
    }

    /// As [`Tensor::from_ndarray`], from an array that stays the caller's: the elements are copied.
    pub fn from_ndarray_view<T: Element, D: Dimension>(array: ArrayView<'_, T, D>) -> Result<Tensor> {
        let sizes = sizes_of(array.shape());
        match array.as_slice() {
            Some(elements) => Tensor::from_slice(elements, &sizes),
            None => Tensor::from_slice(&array.iter().copied().collect::<Vec<T>>(), &sizes),
        }
    }

    /// The tensor's own elements as an array, without a copy. Fails when the dtype is not `T`'s or the tensor is not
    /// contiguous: [`Tensor::to_ndarray`] takes every tensor. Not for `bool`, as [`Tensor::data`].
    pub fn as_ndarray<T: Element>(&self) -> Result<ArrayViewD<'_, T>> {
        ArrayView::from_shape(shape_of(self.sizes()), self.data::<T>()?).map_err(|e| Error::usage(e.to_string()))
    }

    /// A copy of the elements, converted to `T`, as a row-major array.
    pub fn to_ndarray<T: Element>(&self) -> Result<ArrayD<T>> {
        ArrayD::from_shape_vec(shape_of(self.sizes()), self.to_vec()?).map_err(|e| Error::usage(e.to_string()))
    }
}

impl<T: Element, D: Dimension> TryFrom<Array<T, D>> for Tensor {
    type Error = Error;

    /// As [`Tensor::from_ndarray`].
    fn try_from(array: Array<T, D>) -> Result<Tensor> {
        Tensor::from_ndarray(array)
    }
}

fn sizes_of(shape: &[usize]) -> Vec<i64> {
    shape.iter().map(|size| *size as i64).collect()
}

fn shape_of(sizes: &[i64]) -> IxDyn {
    IxDyn(&sizes.iter().map(|size| *size as usize).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use ndarray::{arr0, array, s, Array1, Array3};

    use super::*;

    #[test]
    fn arrays_come_back_as_they_went() {
        let a = Array3::from_shape_fn((2, 3, 4), |(i, j, k)| (100 * i + 10 * j + k) as f32);
        let first = a.as_ptr();
        let t = Tensor::from_ndarray(a.clone()).unwrap();
        assert_eq!(t.as_ndarray::<f32>().unwrap(), a.view().into_dyn());
        assert_eq!(Tensor::from_ndarray(a).unwrap().data_ptr().cast_const().cast(), first, "no copy");
    }

    #[test]
    fn strides_are_followed() {
        let a = array![[1i64, 2, 3], [4, 5, 6]];
        let turned = Tensor::from_ndarray(a.t().to_owned()).unwrap();
        assert_eq!(turned.to_ndarray::<i64>().unwrap(), a.t().into_dyn());
        let every_second = Tensor::from_ndarray_view(a.slice(s![.., ..;2])).unwrap();
        assert_eq!(every_second.to_vec::<i64>().unwrap(), [1, 3, 4, 6]);
        let sliced = a.slice_move(s![1.., 1..]);
        assert_eq!(Tensor::from_ndarray(sliced).unwrap().to_vec::<i64>().unwrap(), [5, 6]);
        let view = turned.transpose(0, 1).unwrap();
        assert!(view.as_ndarray::<i64>().is_err());
        assert_eq!(view.to_ndarray::<f64>().unwrap(), array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]].into_dyn());
    }

    #[test]
    fn empty_and_zero_dimensional_arrays_too() {
        assert_eq!(Tensor::from_ndarray(Array1::<f64>::zeros(0)).unwrap().sizes(), [0]);
        assert_eq!(Tensor::from_ndarray(arr0(7i32)).unwrap().to_ndarray::<i32>().unwrap(), arr0(7).into_dyn());
    }
}
