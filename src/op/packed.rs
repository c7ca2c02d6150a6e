//! Weights laid out for the kernels, kept as long as the tensors they were made from live and do not change.
//!
//! The cache is process-wide and bounded; what was not used for longest goes first. It holds no weight alive: entries
//! whose storage is gone are dropped when something new comes in, or by [`trim`].

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use parking_lot::Mutex;
use smallvec::SmallVec;

use super::compute::Span;
use crate::base::Element;
use crate::kernel::gemm::{Mat, PackedB, Real};
use crate::tensor::WeakStorage;
use crate::{Result, Tensor};

/// The weight of a linear layer, `[n, k]`, as the right-hand side of a product.
pub fn linear_weight<T: Real + Element>(weight: &Tensor) -> Result<Arc<PackedB<T>>> {
    get(&[LINEAR, T::DTYPE.code()], &[weight], weight.numel() * std::mem::size_of::<T>(), || {
        let (w, span) = Span::new::<T>(weight)?;
        let (n, k) = (w.sizes()[0] as usize, w.sizes()[1] as usize);
        let (row, col) = (w.strides()[0] as usize, w.strides()[1] as usize);
        Ok(PackedB::pack(Mat::new(span.data::<T>()?, n, k, row, col).t()))
    })
}

/// What `make` returns for `sources` and `kind` (which says everything else that the result depends on), from the
/// cache if the sources have not changed since. `bytes` is the result's size.
pub fn get<P: Any + Send + Sync>(
    kind: &[i64],
    sources: &[&Tensor],
    bytes: usize,
    make: impl FnOnce() -> Result<P>,
) -> Result<Arc<P>> {
    let mut key: Key = kind.into();
    for source in sources {
        key.extend([source.storage().id() as i64, source.storage_offset() as i64, source.dtype().code()]);
        key.extend_from_slice(source.sizes());
        key.extend_from_slice(source.strides());
    }
    let versions: Versions = sources.iter().map(|s| s.storage().version()).collect();
    {
        let mut cache = CACHE.lock();
        cache.clock += 1;
        let now = cache.clock;
        if let Some(entry) = cache.entries.get_mut(&key).filter(|e| e.versions == versions) {
            if let Ok(value) = entry.value.clone().downcast::<P>() {
                entry.used = now;
                return Ok(value);
            }
        }
    }
    let value = Arc::new(make()?);
    let mut cache = CACHE.lock();
    let used = cache.clock;
    let alive = sources.iter().map(|s| s.storage().downgrade()).collect();
    cache.entries.insert(key, Entry { alive, versions, bytes, used, value: value.clone() });
    cache.shrink();
    Ok(value)
}

/// Drops what no living tensor needs.
pub fn trim() {
    CACHE.lock().shrink();
}

/// Kinds of packed weights.
pub const LINEAR: i64 = 0;
pub const CONV: i64 = 1;
pub const CONV_TRANSPOSE: i64 = 2;
pub const RECURRENT: i64 = 3;

type Key = SmallVec<[i64; 40]>;
type Versions = SmallVec<[u32; 2]>;

#[derive(Default)]
struct Cache {
    entries: HashMap<Key, Entry>,
    clock: u64,
}

struct Entry {
    alive: SmallVec<[WeakStorage; 2]>,
    versions: Versions,
    bytes: usize,
    used: u64,
    value: Arc<dyn Any + Send + Sync>,
}

static CACHE: LazyLock<Mutex<Cache>> = LazyLock::new(Mutex::default);

/// Packed weights kept in all.
const LIMIT: usize = 2 << 30;

impl Cache {
    fn shrink(&mut self) {
        self.entries.retain(|_, e| e.alive.iter().all(WeakStorage::is_alive));
        let mut bytes: usize = self.entries.values().map(|e| e.bytes).sum();
        while bytes > LIMIT && self.entries.len() > 1 {
            let Some(oldest) = self.entries.iter().min_by_key(|(_, e)| e.used).map(|(k, _)| k.clone()) else { return };
            bytes -= self.entries.remove(&oldest).map_or(0, |e| e.bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_again_when_a_weight_changes_or_goes() -> Result<()> {
        let weight = Tensor::from_slice(&[1.0f32, 2.0], &[1, 2])?;
        let made = std::cell::Cell::new(0);
        let sum = |w: &Tensor| {
            get(&[99], &[w], 8, || {
                made.set(made.get() + 1);
                Ok(w.to_vec::<f32>()?.iter().sum::<f32>())
            })
        };
        assert_eq!((*sum(&weight)?, *sum(&weight)?, made.get()), (3.0, 3.0, 1));
        weight.fill(5.0.into())?;
        assert_eq!((*sum(&weight)?, *sum(&weight)?, made.get()), (10.0, 10.0, 2));
        let key_count = || CACHE.lock().entries.keys().filter(|k| k[0] == 99).count();
        assert_eq!(key_count(), 1);
        drop(weight);
        trim();
        assert_eq!(key_count(), 0);
        Ok(())
    }
}
