//! Tensors as planes: batch and channels before one to three dimensions of space, in whatever order memory has them.

use crate::base::{Dims, MemoryFormat};
use crate::kernel::conv::three;
use crate::{Error, Result, Tensor};

/// How the memory of an arranged tensor reads: `outer` planes of `size` places with `inner` elements each.
pub struct Planes {
    /// What stands before space in memory.
    lead: Dims,
    pub size: [usize; 3],
    /// Channels if they come last in memory, else 1.
    pub inner: usize,
    n: usize,
    channels_last: bool,
}

impl Planes {
    /// The tensor with space in its last `n` dimensions, contiguous in the memory format that results will have.
    pub fn of(x: &Tensor, n: usize) -> Result<(Tensor, Planes)> {
        let batched = x.dim() == n + 2;
        let channels_last = n > 1 && batched && x.suggest_memory_format() != MemoryFormat::Contiguous;
        let split = x.dim() - n;
        let space: Vec<usize> = x.sizes()[split..].iter().map(|s| *s as usize).collect();
        let size = three(&space, 1).ok_or_else(|| Error::internal("planes have one to three dimensions"))?;
        let (lead, inner): (Dims, usize) =
            if channels_last { (x.sizes()[..1].into(), x.sizes()[1] as usize) } else { (x.sizes()[..split].into(), 1) };
        let planes = Planes { lead, size, inner, n, channels_last };
        let x = if channels_last { x.permute(&planes.order(true))? } else { x.clone() };
        Ok((x.to_contiguous()?, planes))
    }

    /// The shape, as memory has it, of a result with another space.
    pub fn shape(&self, size: [usize; 3]) -> Dims {
        let mut shape = self.lead.clone();
        shape.extend(size[3 - self.n..].iter().map(|s| *s as i64));
        if self.channels_last {
            shape.push(self.inner as i64);
        }
        shape
    }

    /// A result made with [`Planes::shape`], with its dimensions in their usual order.
    pub fn restore(&self, out: Tensor) -> Result<Tensor> {
        if self.channels_last {
            out.permute(&self.order(false))
        } else {
            Ok(out)
        }
    }

    fn order(&self, to_memory: bool) -> Vec<i64> {
        let n = self.n as i64;
        match to_memory {
            true => std::iter::once(0).chain(2..n + 2).chain([1]).collect(),
            false => [0, n + 1].into_iter().chain(1..n + 1).collect(),
        }
    }
}
