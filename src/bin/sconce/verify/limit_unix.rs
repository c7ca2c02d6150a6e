//! Memory limits through `setrlimit`.

use sconce::Result;

/// Limits this process's address space to so many bytes; 0 is no limit.
pub fn limit_memory(bytes: u64) -> Result<()> {
    if bytes > 0 {
        let (_, hard) = rlimit::getrlimit(rlimit::Resource::AS)?;
        rlimit::setrlimit(rlimit::Resource::AS, bytes.min(hard), hard)?;
    }
    Ok(())
}
