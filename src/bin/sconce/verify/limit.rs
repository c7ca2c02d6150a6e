//! Memory limits of worker processes, where the system has them.

#[cfg(unix)]
pub use super::limit_unix::limit_memory;

/// Limits this process's address space to so many bytes; 0 is no limit. Not on this system.
#[cfg(not(unix))]
pub fn limit_memory(_bytes: u64) -> sconce::Result<()> {
    Ok(())
}
