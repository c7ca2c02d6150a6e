//! Vectors whose length comes from a model or a caller: too long is an error, not the end of the process.

use crate::{Error, Result};

/// The values in a vector. `len` is how many there are; memory for more than that is not asked for beforehand.
///
/// ```
/// assert_eq!(sconce::base::collect(3, 1..4)?, [1, 2, 3]);
/// assert!(sconce::base::collect(usize::MAX / 16, std::iter::repeat(0i64)).is_err());
/// # Ok::<(), sconce::Error>(())
/// ```
pub fn collect<T>(len: usize, values: impl IntoIterator<Item = T>) -> Result<Vec<T>> {
    let mut out = reserved(len)?;
    out.extend(values);
    Ok(out)
}

/// `len` times the same value.
pub fn filled<T: Clone>(len: usize, value: T) -> Result<Vec<T>> {
    let mut out = reserved(len)?;
    out.resize(len, value);
    Ok(out)
}

fn reserved<T>(len: usize) -> Result<Vec<T>> {
    let mut out = Vec::new();
    out.try_reserve_exact(len).map_err(|_| Error::limit(format!("out of memory: {len} elements")))?;
    Ok(out)
}
