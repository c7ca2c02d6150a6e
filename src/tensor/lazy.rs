//! Conjugation and negation that are yet to be done. As in PyTorch, `x.conj()` is a view of x's memory with a bit set,
//! and so is the imaginary part of one, with another; both are undone where elements are read.
//!
//! Whole-tensor access ([`Tensor::to_vec`], [`Tensor::copy_from`], …) heeds the bits. Kernels do not: operators are
//! given resolved copies, but for those that make views, and what is left over is an error, never a wrong number.

use std::sync::atomic::{AtomicBool, Ordering};

use super::tensor::Tensor;
use super::tile;
use crate::base::{Category, Complex64};
use crate::Result;

/// What reading a tensor's memory leaves to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lazy {
    pub conj: bool,
    pub neg: bool,
}

/// Whether this process has ever made a lazy tensor: where it has not, nothing need be looked at.
pub fn lazy_in_use() -> bool {
    IN_USE.load(Ordering::Relaxed)
}

static IN_USE: AtomicBool = AtomicBool::new(false);

impl Tensor {
    pub fn is_lazy(&self) -> bool {
        self.lazy() != Lazy::default()
    }

    /// The conjugate, as a view; another view of a real tensor.
    pub fn conj_view(&self) -> Tensor {
        let lazy = self.lazy();
        self.viewed_as(Lazy { conj: lazy.conj != self.dtype().is_complex(), ..lazy })
    }

    /// The negative, as a view.
    pub fn neg_view(&self) -> Tensor {
        let lazy = self.lazy();
        self.viewed_as(Lazy { neg: !lazy.neg, ..lazy })
    }

    /// The memory as it is, without the bits.
    pub fn unlazy_view(&self) -> Tensor {
        self.viewed_as(Lazy::default())
    }

    /// Self, or a copy in which everything is done.
    pub fn resolved(&self) -> Result<Tensor> {
        let Lazy { conj, neg } = self.lazy();
        let raw = self.unlazy_view();
        match self.dtype().category() {
            _ if !self.is_lazy() => Ok(self.clone()),
            Category::Complex => tile::map::<Complex64, Complex64>(&[&raw], self.dtype(), &|x, out| {
                for (out, x) in out.iter_mut().zip(x[0]) {
                    let x = if conj { x.conj() } else { *x };
                    *out = if neg { -x } else { x };
                }
            }),
            Category::Float => tile::map::<f64, f64>(&[&raw], self.dtype(), &|x, out| {
                out.iter_mut().zip(x[0]).for_each(|(out, x)| *out = -x);
            }),
            _ => tile::map::<i64, i64>(&[&raw], self.dtype(), &|x, out| {
                out.iter_mut().zip(x[0]).for_each(|(out, x)| *out = x.wrapping_neg());
            }),
        }
    }

    /// [`Tensor::copy_from`] for a lazy destination: what its memory must hold for it to read as `src`.
    pub(super) fn copy_into_lazy(&self, src: &Tensor) -> Result<()> {
        let mut turned = src.resolved()?;
        if turned.dtype() != self.dtype() {
            turned = turned.to_dtype(self.dtype())?;
        }
        // both are their own inverses
        self.unlazy_view().copy_from(&turned.viewed_as(self.lazy()).resolved()?)
    }

    fn viewed_as(&self, lazy: Lazy) -> Tensor {
        if lazy != Lazy::default() {
            IN_USE.store(true, Ordering::Relaxed);
        }
        self.with_lazy(lazy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Complex;

    #[test]
    fn a_conjugate_is_a_view() -> Result<()> {
        let c = Complex::new;
        let x = Tensor::from_slice(&[c(1.0, 2.0), c(3.0, -4.0)], &[2])?;
        let y = x.conj_view();
        assert_eq!(y.to_vec::<Complex>()?, [c(1.0, -2.0), c(3.0, 4.0)]);
        assert!(y.shares_storage(&x) && y.is_lazy() && !y.conj_view().is_lazy());
        // views of it, and writes through it
        y.select(0, 1)?.copy_from(&Tensor::from_slice(&[c(5.0, 6.0)], &[])?)?;
        assert_eq!(x.to_vec::<Complex>()?, [c(1.0, 2.0), c(5.0, -6.0)]);
        y.fill(crate::base::Scalar::Complex(c(0.0, 1.0)))?;
        assert_eq!(x.to_vec::<Complex>()?, [c(0.0, -1.0); 2]);
        assert!(y.data::<Complex>().is_err());
        assert_eq!(y.resolved()?.data::<Complex>()?, [c(0.0, 1.0); 2]);
        Ok(())
    }
}
