//! Writes archives byte for byte as PyTorch lays them out: data aligned to 64, sizes in data descriptors, zip64 end.

use std::collections::HashSet;
use std::io::Write;

use super::zip::{
    check_name, DEFLATED, DESCRIPTOR, END64_SIGNATURE, END_SIGNATURE, ENTRY_SIGNATURE, HEADER_SIGNATURE, HEADER_SIZE,
    LOCATOR_SIGNATURE, MAX32, STORED, ZIP64_FIELD,
};
use crate::{Error, Result};

/// Writes records one after the other; [`finish`](Self::finish) completes the file.
pub struct ArchiveWriter<'a> {
    out: &'a mut dyn Write,
    top: String,
    position: u64,
    directory: Vec<u8>,
    names: HashSet<String>,
    /// Running hashes over names and checksums, for the serialization id.
    id: [u64; 2],
}

/// How a record is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// As it is: tensors, pickles and everything small.
    None,
    /// Deflated when longer than 200 bytes: code and its `debug_pkl`.
    Text,
}

/// The top-level directory for a file of this path: its name up to the last dot.
pub fn archive_name(path: &str) -> String {
    let base = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    if stem.is_empty() { "archive" } else { stem }.to_owned()
}

impl<'a> ArchiveWriter<'a> {
    /// `top` names the top-level directory: `archive` for streams, [`archive_name`] for files.
    pub fn new(out: &'a mut dyn Write, top: &str) -> Self {
        let (directory, names) = Default::default();
        ArchiveWriter { out, top: top.to_owned(), position: 0, directory, names, id: [0; 2] }
    }

    pub fn write(&mut self, name: &str, data: &[u8], compression: Compression) -> Result<()> {
        let full_name = format!("{}/{name}", self.top);
        check_name(&full_name).map_err(|error| Error::usage(error.message()))?;
        if full_name.len() > u16::MAX as usize {
            return Err(Error::usage(format!("a record name of {} bytes", full_name.len())));
        }
        if !self.names.insert(name.to_owned()) {
            return Err(Error::usage(format!("{name}: a record of this name was written before")));
        }
        let crc = crc32fast::hash(data);
        self.id = [mix(self.id[0], name.as_bytes()), mix(self.id[1], &crc.to_le_bytes())];
        if compression == Compression::Text && data.len() > DEFLATE_FROM {
            let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(data)?;
            let packed = encoder.finish()?;
            return self.put(&full_name, DEFLATED, &packed, data.len() as u64, crc);
        }
        self.put(&full_name, STORED, data, data.len() as u64, crc)
    }

    /// Writes `version` (from 6 on as `.data/version`), `byteorder` and `.data/serialization_id` where the caller has
    /// not, and the directory.
    pub fn finish(mut self, version: u64) -> Result<()> {
        let version_name = if version < 6 { "version" } else { ".data/version" };
        if !self.names.contains(version_name) {
            self.write(version_name, format!("{version}\n").as_bytes(), Compression::None)?;
        }
        if !self.names.contains("byteorder") {
            self.write("byteorder", b"little", Compression::None)?;
        }
        if !self.names.contains(".data/serialization_id") {
            let id = format!("{:020}{:020}", self.id[0], self.id[1]);
            self.write(".data/serialization_id", id.as_bytes(), Compression::None)?;
        }
        self.put_end()
    }

    fn put(&mut self, name: &str, method: u16, data: &[u8], size: u64, crc: u32) -> Result<()> {
        let header_at = self.position;
        let stored = data.len() as u64;
        let version_needed = if method == STORED { 0 } else { 20u16 };
        // An empty record has no data descriptor.
        let flags = UTF8 | if size > 0 { DESCRIPTOR } else { 0 };
        let wide_sizes = size >= MAX32 || stored >= MAX32;
        let sizes: &[u64] = if wide_sizes { &[size, stored] } else { &[] };
        let offset: &[u64] = if header_at >= MAX32 { &[header_at] } else { &[] };

        let zip64 = zip64_field(&[sizes, offset].concat());
        let data_at = header_at + (HEADER_SIZE + name.len() + 4 + zip64.len()) as u64;
        let padding = (data_at.wrapping_neg() % ALIGNMENT) as usize;
        let mut header = Vec::with_capacity(256);
        header.extend(HEADER_SIGNATURE);
        put16(&mut header, &[version_needed, flags, method, 0, 0]);
        // Checksum and sizes follow the data.
        put32(&mut header, &[0, 0, 0]);
        put16(&mut header, &[name.len() as u16, (zip64.len() + 4 + padding) as u16]);
        header.extend(name.as_bytes());
        header.extend(&zip64);
        header.extend(b"FB");
        put16(&mut header, &[padding as u16]);
        header.resize(header.len() + padding, b'Z');
        self.emit(&header)?;
        self.emit(data)?;
        if size > 0 {
            let mut descriptor = b"PK\x07\x08".to_vec();
            put32(&mut descriptor, &[crc]);
            if wide_sizes {
                put64(&mut descriptor, &[stored, size]);
            } else {
                put32(&mut descriptor, &[stored as u32, size as u32]);
            }
            self.emit(&descriptor)?;
        }

        let entry = &mut self.directory;
        entry.extend(ENTRY_SIGNATURE);
        put16(entry, &[0, version_needed, flags, method, 0, 0]);
        put32(entry, &[crc]);
        let narrow = |value: u64, wide: bool| if wide { u32::MAX } else { value as u32 };
        put32(entry, &[narrow(stored, wide_sizes), narrow(size, wide_sizes)]);
        put16(entry, &[name.len() as u16, zip64.len() as u16, 0, 0, 0]);
        put32(entry, &[0, narrow(header_at, header_at >= MAX32)]);
        entry.extend(name.as_bytes());
        entry.extend(&zip64);
        Ok(())
    }

    fn put_end(&mut self) -> Result<()> {
        let directory = std::mem::take(&mut self.directory);
        let (at, size, count) = (self.position, directory.len() as u64, self.names.len() as u64);
        self.emit(&directory)?;
        let end64_at = self.position;
        let mut end = END64_SIGNATURE.to_vec();
        put64(&mut end, &[44]);
        put16(&mut end, &[0x031e, 45]);
        put32(&mut end, &[0, 0]);
        put64(&mut end, &[count, count, size, at]);
        end.extend(LOCATOR_SIGNATURE);
        put32(&mut end, &[0]);
        put64(&mut end, &[end64_at]);
        put32(&mut end, &[1]);
        end.extend(END_SIGNATURE);
        put16(&mut end, &[0, 0, count.min(0xffff) as u16, count.min(0xffff) as u16]);
        put32(&mut end, &[size.min(MAX32) as u32, at.min(MAX32) as u32]);
        put16(&mut end, &[0]);
        self.emit(&end)?;
        Ok(self.out.flush()?)
    }

    fn emit(&mut self, data: &[u8]) -> Result<()> {
        self.out.write_all(data)?;
        self.position += data.len() as u64;
        Ok(())
    }
}

fn zip64_field(values: &[u64]) -> Vec<u8> {
    let mut field = Vec::new();
    if !values.is_empty() {
        put16(&mut field, &[ZIP64_FIELD, 8 * values.len() as u16]);
        put64(&mut field, values);
    }
    field
}

/// FNV-1a, continued.
fn mix(hash: u64, bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(hash ^ 0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

fn put16(out: &mut Vec<u8>, values: &[u16]) {
    values.iter().for_each(|value| out.extend(value.to_le_bytes()));
}
fn put32(out: &mut Vec<u8>, values: &[u32]) {
    values.iter().for_each(|value| out.extend(value.to_le_bytes()));
}
fn put64(out: &mut Vec<u8>, values: &[u64]) {
    values.iter().for_each(|value| out.extend(value.to_le_bytes()));
}

const ALIGNMENT: u64 = 64;
const DEFLATE_FROM: usize = 200;
const UTF8: u16 = 0x0800;

#[cfg(test)]
mod tests {
    use super::super::Archive;
    use super::*;

    #[test]
    fn names_come_from_paths() {
        let cases =
            [("m25.pt", "m25"), ("/a/b/a.b.pt", "a.b"), ("c:\\x\\net", "net"), (".pt", "archive"), ("", "archive")];
        for (path, name) in cases {
            assert_eq!(archive_name(path), name);
        }
    }

    #[test]
    fn the_first_record_is_laid_out_as_pytorch_does() {
        let mut out = Vec::new();
        let mut writer = ArchiveWriter::new(&mut out, "nn_gru.trace");
        writer.write("data/0", &[9; 8], Compression::None).unwrap();
        writer.finish(3).unwrap();
        let expected = b"PK\x03\x04\0\0\x08\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\x0f\0\
                         nn_gru.trace/data/0FB\x0b\0ZZZZZZZZZZZ\
                         \x09\x09\x09\x09\x09\x09\x09\x09PK\x07\x08";
        assert_eq!(&out[..expected.len()], expected);
    }

    #[test]
    fn what_is_written_is_read() {
        let long = "a = 1\n".repeat(40);
        let records = [("data/0", "", false), ("code/a.py", &long, true), ("code/b.py", &long[..200], false)];
        let mut out = Vec::new();
        let mut writer = ArchiveWriter::new(&mut out, "ünï");
        for (name, text, _) in records {
            writer.write(name, text.as_bytes(), Compression::Text).unwrap();
        }
        assert!(writer.write("data/0", b"", Compression::None).is_err());
        assert!(writer.write("../x", b"", Compression::None).is_err());
        writer.finish(10).unwrap();
        let archive = Archive::open(out.into()).unwrap();
        for (name, text, deflated) in records {
            assert_eq!(
                (archive.text(name).unwrap().as_str(), archive.find(name).unwrap().is_compressed()),
                (text, deflated)
            );
        }
        let names: Vec<_> = archive.records()[3..].iter().map(|record| record.name()).collect();
        assert_eq!(names, [".data/version", "byteorder", ".data/serialization_id"]);
        assert_eq!((archive.version().unwrap(), archive.is_zip64()), (10, true));
        archive.verify_tensors().unwrap();
    }
}
