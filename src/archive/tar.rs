//! Tar files, as far as `torch.save` wrote them before PyTorch 0.2: a few plain entries.

use std::collections::HashMap;

use super::Bytes;
use crate::{Error, Result};

/// Whether a file begins with the header of a tar archive.
pub(super) fn is_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
}

/// The plain files by name, in place. Folders, links and what describes other entries are left out.
pub(super) fn entries(file: &Bytes) -> Result<HashMap<String, Bytes>> {
    let mut entries = HashMap::new();
    let mut at = 0usize;
    while let Some(header) = file.get(at..at.saturating_add(BLOCK)) {
        // two empty blocks are the end; one is enough
        if header.iter().all(|byte| *byte == 0) {
            break;
        }
        let damaged = |what: &str| Error::archive(format!("tar header at byte {at}: {what}"));
        if number(&header[148..156]) != Some(checksum(header)) {
            return Err(damaged("wrong checksum"));
        }
        let size = number(&header[124..136]).and_then(|size| usize::try_from(size).ok());
        let size = size.ok_or_else(|| damaged("no size"))?;
        let start = at + BLOCK;
        let end = start.checked_add(size).filter(|end| *end <= file.len());
        let end = end.ok_or_else(|| damaged(&format!("an entry of {size} bytes reaches past the end")))?;
        if matches!(header[156], b'0' | 0) {
            let name = header[..100].split(|byte| *byte == 0).next().unwrap_or_default();
            let name = std::str::from_utf8(name).map_err(|_| damaged("a name that is not UTF-8"))?;
            if entries.insert(name.to_owned(), file.slice(start..end)?).is_some() {
                return Err(damaged(&format!("there are two entries {name}")));
            }
        }
        at = end.next_multiple_of(BLOCK);
    }
    Ok(entries)
}

const BLOCK: usize = 512;

/// The sum of the header's bytes, its own field taken for spaces.
fn checksum(header: &[u8]) -> u64 {
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
    sum(&header[..148]) + 8 * u64::from(b' ') + sum(&header[156..])
}

/// An octal number with spaces or zero bytes around it; large ones are binary, behind a set bit.
fn number(field: &[u8]) -> Option<u64> {
    if let [0x80, digits @ ..] = field {
        let digit = |number: u64, byte: &u8| number.checked_mul(256)?.checked_add(u64::from(*byte));
        return digits.iter().try_fold(0, digit);
    }
    let text = std::str::from_utf8(field).ok()?.trim_matches([' ', '\0']);
    u64::from_str_radix(text, 8).ok()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A tar file of these entries; the first byte of a name's type is given after a `|`.
    pub fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = Vec::new();
        for (name, data) in entries {
            let (name, kind) = name.split_once('|').unwrap_or((name, "0"));
            let mut header = [0u8; BLOCK];
            header[..name.len()].copy_from_slice(name.as_bytes());
            header[124..136].copy_from_slice(format!("{:011o}\0", data.len()).as_bytes());
            header[156] = kind.as_bytes()[0];
            header[257..263].copy_from_slice(b"ustar\0");
            let sum = format!("{:06o}\0 ", checksum(&header));
            header[148..156].copy_from_slice(sum.as_bytes());
            out.extend(header);
            out.extend(*data);
            out.resize(out.len().next_multiple_of(BLOCK), 0);
        }
        out.resize(out.len() + 2 * BLOCK, 0);
        out
    }

    #[test]
    fn plain_files_are_found() {
        let file = tar(&[("x|x", b"12 size=3\n"), ("a", b"one"), ("folder|5", b""), ("b", &[7; 600]), ("c", b"")]);
        let found = entries(&file.clone().into()).unwrap();
        let mut sizes: Vec<_> = found.iter().map(|(name, data)| (name.as_str(), data.len())).collect();
        sizes.sort();
        assert_eq!(sizes, [("a", 3), ("b", 600), ("c", 0)]);
        assert!(is_tar(&file) && !is_tar(&file[..200]));
    }

    #[test]
    fn damaged_ones_are_errors() {
        let whole = tar(&[("a", b"one"), ("b", &[7; 600])]);
        let resized = |size: &[u8; 12]| {
            let mut file = whole.clone();
            file[124..136].copy_from_slice(size);
            let sum = format!("{:06o}\0 ", checksum(&file[..BLOCK]));
            file[148..156].copy_from_slice(sum.as_bytes());
            file
        };
        let summed = |sum: &[u8; 8]| {
            let mut file = whole.clone();
            file[148..156].copy_from_slice(sum);
            file
        };
        let mut flipped = whole.clone();
        flipped[1] = b'x';
        let twice = tar(&[("a", b"one"), ("a", b"two")]);
        let cases = [
            (flipped, "tar header at byte 0: wrong checksum"),
            (resized(b"00000010000\0"), "tar header at byte 0: an entry of 4096 bytes reaches past the end"),
            (resized(b"\x80\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff"), "reaches past the end"),
            (resized(b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), "tar header at byte 0: no size"),
            (resized(b"9\0\0\0\0\0\0\0\0\0\0\0"), "tar header at byte 0: no size"),
            (summed(b"\x80\0\0\0\0\0\0\x07"), "tar header at byte 0: wrong checksum"),
            (summed(b"\xff\0\0\0\0\0\0\0"), "tar header at byte 0: wrong checksum"),
            (twice, "there are two entries a"),
        ];
        for (file, message) in cases {
            let error = entries(&file.into()).unwrap_err();
            assert!(error.message().contains(message), "{error}; expected: {message}");
        }
        for len in 0..whole.len() {
            let _ = entries(&whole[..len].to_vec().into());
        }
    }
}
