//! Files that are there whole or not at all.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::Result;

/// Writes a file beside `path` and, when all is written, puts it in its place: what was there before stays as it is when
/// `write` fails. Devices and pipes are written to directly. Errors name the path.
pub fn replace_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let named = |error: crate::Error| error.context(path.display());
    // a link stays one: what it points to is replaced
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let special = fs::metadata(&target).is_ok_and(|metadata| !metadata.is_file());
    if special {
        return File::options()
            .write(true)
            .open(&target)
            .map_err(Into::into)
            .and_then(|f| fill(f, write))
            .map_err(named);
    }
    let part = Part(beside(&target));
    let file = File::options().write(true).create_new(true).open(&part.0).map_err(|error| named(error.into()))?;
    if let Ok(before) = fs::metadata(&target) {
        let _ = file.set_permissions(before.permissions());
    }
    fill(file, write).map_err(named)?;
    fs::rename(&part.0, &target).map_err(|error| named(error.into()))
}

fn fill(file: File, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    out.flush()?;
    Ok(())
}

/// A name in the same folder that no other call takes.
fn beside(target: &Path) -> PathBuf {
    use std::sync::atomic::{AtomicU64, Ordering};
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let mut name = target.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}-{}.part", std::process::id(), CALLS.fetch_add(1, Ordering::Relaxed)));
    target.with_file_name(name)
}

/// Removes the file unless it was renamed.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    #[test]
    fn a_failure_leaves_what_was_there() {
        let folder = std::env::temp_dir().join(format!("sconce-replace-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.pt");
        for (text, fails, then) in [("one", false, "one"), ("two", true, "one"), ("three", false, "three")] {
            let written = replace_file(&path, |out| {
                out.write_all(text.as_bytes())?;
                if fails {
                    Err(Error::usage("no more"))
                } else {
                    Ok(())
                }
            });
            assert_eq!((written.is_err(), fs::read_to_string(&path).unwrap().as_str()), (fails, then));
            assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing else is left");
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
