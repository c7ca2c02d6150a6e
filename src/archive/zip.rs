//! The zip container, as far as archives use it: stored and deflated records, zip64, data descriptors.
//!
//! Sizes come from the central directory; the local headers of archives that PyTorch wrote do not have them. Not
//! there: encryption, multi-volume files, other compression methods.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Read;
use std::sync::{Arc, OnceLock};

use super::{Bytes, Pickle, RecordReader};
use crate::{Error, Result};

/// The records of a `.pt` file. Opening reads the directory only; records are found by name, below the archive's one
/// top-level directory.
pub struct Archive {
    input: Input,
    name: String,
    records: Vec<Record>,
    index: HashMap<String, usize>,
    /// The same with names in lower case, made when it is first needed.
    folded: OnceLock<HashMap<String, usize>>,
    zip64: bool,
}

/// A directory entry.
#[derive(Clone, Debug)]
pub struct Record {
    name: String,
    size: u64,
    stored_size: u64,
    crc32: u32,
    method: u16,
    flags: u16,
    /// Where the local header starts, and where the next thing in the file does.
    header: u64,
    limit: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    Little,
    Big,
}

impl Archive {
    /// Opens an archive in memory or in a mapped file. Stored records are handed out in place.
    pub fn open(bytes: Bytes) -> Result<Archive> {
        Self::open_input(Input::Bytes(bytes))
    }

    /// Opens an archive behind a reader; every record is read when it is asked for.
    pub fn open_reader(reader: Arc<dyn RecordReader>) -> Result<Archive> {
        Self::open_input(Input::Reader(reader))
    }

    /// The name of the top-level directory.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All records, in the order of the directory.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    pub fn contains(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The entry of a record; upper and lower case are told apart only where both exist.
    pub fn find(&self, name: &str) -> Option<&Record> {
        let at = self.index.get(name).or_else(|| {
            let folded = self.folded.get_or_init(|| {
                let names = self.records.iter().enumerate().rev();
                names.map(|(at, record)| (record.name.to_ascii_lowercase(), at)).collect()
            });
            folded.get(&name.to_ascii_lowercase())
        })?;
        self.records.get(*at)
    }

    /// A record's bytes: in place when it is stored, inflated when it is deflated. The checksum is verified except for
    /// tensor data, where that would cost a pass over the weights; [`verify_tensors`](Self::verify_tensors) does it.
    pub fn record(&self, name: &str) -> Result<Bytes> {
        let record = self.locate(name)?;
        let bytes = self.read(record)?;
        if !record.is_tensor() {
            record.verify(&bytes)?;
        }
        Ok(bytes)
    }

    /// A record's bytes with the checksum left alone: `torch.save` can be told not to compute it.
    pub fn record_unverified(&self, name: &str) -> Result<Bytes> {
        self.read(self.locate(name)?)
    }

    /// A record that must be text.
    pub fn text(&self, name: &str) -> Result<String> {
        let bytes = self.record(name)?;
        match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(Error::archive(format!("{name}: byte {}: not UTF-8", error.valid_up_to()))),
        }
    }

    /// A record that must be a pickle.
    pub fn pickle(&self, name: &str) -> Result<Pickle> {
        Pickle::parse(&self.record(name)?, name)
    }

    /// The bytes a user stored beside the model under `key`; `None` when there are none.
    pub fn extra(&self, key: &str) -> Result<Option<Bytes>> {
        let name = format!("extra/{key}");
        self.contains(&name).then(|| self.record(&name)).transpose()
    }

    /// The file format version: an error when it is absent or one that no PyTorch could have written.
    pub fn version(&self) -> Result<u64> {
        let name = if self.contains(".data/version") { ".data/version" } else { "version" };
        let text = self.text(name)?;
        let version: i64 =
            text.trim().parse().map_err(|_| Error::archive(format!("{name}: not a number: {text:?}")))?;
        if VERSIONS.contains(&version) {
            return Ok(version as u64);
        }
        let (which, bound) =
            if version < *VERSIONS.start() { ("minimum", VERSIONS.start()) } else { ("maximum", VERSIONS.end()) };
        Err(Error::archive(format!(
            "Attempted to read a PyTorch file with version {version}, but the {which} supported version for reading is \
             {bound}"
        )))
    }

    /// The byte order of tensor data; little when the archive does not say.
    pub fn byteorder(&self) -> Result<ByteOrder> {
        if !self.contains("byteorder") {
            return Ok(ByteOrder::Little);
        }
        // Its two values leave a checksum nothing to find.
        match &*String::from_utf8_lossy(&self.record_unverified("byteorder")?) {
            "little" => Ok(ByteOrder::Little),
            "big" => Ok(ByteOrder::Big),
            other => Err(Error::archive(format!("byteorder: neither little nor big: {other:?}"))),
        }
    }

    /// Compares the checksum of every tensor record; reads all of them.
    pub fn verify_tensors(&self) -> Result<()> {
        self.records
            .iter()
            .filter(|record| record.is_tensor())
            .try_for_each(|record| record.verify(&self.read(record)?))
    }

    /// Compares the checksum of one record.
    pub fn verify_record(&self, name: &str) -> Result<()> {
        let record = self.locate(name)?;
        record.verify(&self.read(record)?)
    }

    fn locate(&self, name: &str) -> Result<&Record> {
        self.find(name).ok_or_else(|| Error::archive(format!("failed locating file {name}: file not found")))
    }
}

/// The versions that PyTorch reads.
const VERSIONS: std::ops::RangeInclusive<i64> = 1..=10;

impl Record {
    /// The name below the top-level directory: `data/0`.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// Uncompressed size in bytes, as the directory claims.
    pub fn size(&self) -> u64 {
        self.size
    }
    /// Size in the file.
    pub fn stored_size(&self) -> u64 {
        self.stored_size
    }
    pub fn is_compressed(&self) -> bool {
        self.method != STORED
    }

    /// Whether the record is raw tensor data: large, and harmless whatever its bytes are.
    fn is_tensor(&self) -> bool {
        let prefixes = ["data/", "constants/", "tensors/", "traced_inputs/", ".data/"];
        let texts = [".pkl", ".py", ".debug_pkl", "/version", "_id"];
        prefixes.iter().any(|prefix| self.name.starts_with(prefix))
            && !texts.iter().any(|suffix| self.name.ends_with(suffix))
    }

    fn verify(&self, bytes: &[u8]) -> Result<()> {
        let found = crc32fast::hash(bytes);
        if found != self.crc32 {
            return Err(self.error(format!("wrong checksum: {found:08x}, expected {:08x}", self.crc32)));
        }
        Ok(())
    }

    fn error(&self, message: impl AsRef<str>) -> Error {
        Error::archive(format!("{}: {}", self.name, message.as_ref()))
    }
}

enum Input {
    Bytes(Bytes),
    Reader(Arc<dyn RecordReader>),
}

impl Input {
    fn size(&self) -> Result<u64> {
        match self {
            Input::Bytes(bytes) => Ok(bytes.len() as u64),
            Input::Reader(reader) => reader.size(),
        }
    }

    /// `len` bytes at `start`; the caller has compared both with [`size`](Self::size).
    fn read(&self, start: u64, len: u64) -> Result<Bytes> {
        match self {
            Input::Bytes(bytes) => bytes.slice(start as usize..(start + len) as usize),
            Input::Reader(reader) => Bytes::from_reader(&**reader, start, len),
        }
    }
}

// Opening.

impl Archive {
    fn open_input(input: Input) -> Result<Archive> {
        let size = input.size()?;
        reject_other_formats(&input.read(0, size.min(512))?)?;
        let end = End::find(&input, size)?;
        let directory = input.read(end.directory, end.directory_size)?;
        let mut entries = end.entries(&directory)?;
        set_limits(&mut entries, end.directory)?;
        check_inflated_size(&entries, size)?;

        let top = match entries.first() {
            None => return Err(Error::archive("the archive has no records")),
            Some(first) => match first.name.split_once('/') {
                Some((top, _)) if !top.is_empty() => top.to_owned(),
                _ => return Err(Error::archive(format!("file in archive is not in a subdirectory: {}", first.name))),
            },
        };
        let mut records = Vec::with_capacity(entries.len());
        let mut index = HashMap::with_capacity(entries.len());
        for mut record in entries {
            // What other tools put beside the archive's own directory is not ours.
            let Some(name) = record.name.strip_prefix(&top).and_then(|rest| rest.strip_prefix('/')) else { continue };
            if name.is_empty() || name.ends_with('/') {
                continue;
            }
            let name = name.to_owned();
            if index.insert(name.clone(), records.len()).is_some() {
                return Err(Error::archive(format!("{name}: there are two records of this name")));
            }
            record.name = name;
            records.push(record);
        }
        Ok(Archive { input, name: top, records, index, folded: OnceLock::new(), zip64: end.zip64 })
    }

    /// Whether the directory was found through zip64 structures; PyTorch always writes them.
    pub fn is_zip64(&self) -> bool {
        self.zip64
    }
}

fn reject_other_formats(head: &[u8]) -> Result<()> {
    if head.is_empty() {
        return Err(Error::archive("the file is empty"));
    }
    if head.starts_with(b"PYTORCH1") {
        let text =
            "an archive of the PyTorch 1.0 preview release (PYTORCH1); save the model again with PyTorch 1.0 or later";
        return Err(Error::unsupported(text));
    }
    if head.get(4..8) == Some(b"PTMF") {
        let text = "a mobile module in flatbuffer format (PTMF); save the model with torch.jit.save instead";
        return Err(Error::unsupported(text));
    }
    if super::tar::is_tar(head) {
        return Err(Error::archive("not a TorchScript archive but a tar file, as of torch.save before PyTorch 0.2"));
    }
    if super::torch_save::is_legacy(head) {
        let text = "not a TorchScript archive but a file of torch.save in its format before PyTorch 1.6";
        return Err(Error::archive(text));
    }
    Ok(())
}

/// The end of the central directory.
struct End {
    directory: u64,
    directory_size: u64,
    count: u64,
    zip64: bool,
}

impl End {
    fn find(input: &Input, size: u64) -> Result<End> {
        let tail_start = size.saturating_sub((END_SIZE + u16::MAX as usize + LOCATOR_SIZE) as u64);
        let tail = input.read(tail_start, size - tail_start)?;
        let found = (0..(tail.len() + 1).saturating_sub(END_SIZE)).rev().find(|at| {
            tail[*at..].starts_with(END_SIGNATURE) && u16_at(&tail, at + 20) as usize <= tail.len() - at - END_SIZE
        });
        let Some(at) = found else {
            return Err(Error::archive("failed finding central directory: not a zip archive, or truncated"));
        };
        let mut end = End {
            directory: u32_at(&tail, at + 16).into(),
            directory_size: u32_at(&tail, at + 12).into(),
            count: u16_at(&tail, at + 10).into(),
            zip64: false,
        };
        let disks = [u16_at(&tail, at + 4), u16_at(&tail, at + 6)];
        let mut before = tail_start + at as u64;
        let saturated = end.directory == MAX32 || end.directory_size == MAX32 || end.count == 0xffff;
        let locator = at.checked_sub(LOCATOR_SIZE).filter(|at| tail[*at..].starts_with(LOCATOR_SIGNATURE));
        if let Some(locator) = locator {
            before = u64_at(&tail, locator + 8);
            let claimed = before.checked_add(END64_SIZE as u64).filter(|end| *end <= tail_start + locator as u64);
            let wrong = || Error::archive("zip64 end of central directory is not where the locator says");
            claimed.ok_or_else(wrong)?;
            let record = input.read(before, END64_SIZE as u64)?;
            if !record.starts_with(END64_SIGNATURE) {
                return Err(wrong());
            }
            let wide = [u64_at(&record, 48), u64_at(&record, 40), u64_at(&record, 32)];
            let narrow = [(end.directory, MAX32), (end.directory_size, MAX32), (end.count, 0xffff)];
            if wide.iter().zip(narrow).any(|(wide, (narrow, max))| narrow != max && narrow != *wide) {
                return Err(Error::archive("the two ends of the central directory contradict each other"));
            }
            [end.directory, end.directory_size, end.count] = wide;
            end.zip64 = true;
        } else if saturated {
            return Err(Error::archive("failed finding central directory: no zip64 locator"));
        }
        if disks != [0, 0] {
            return Err(Error::unsupported("a zip archive of several volumes"));
        }
        let stop = end.directory.checked_add(end.directory_size);
        if stop.is_none_or(|stop| stop > before) || end.count > end.directory_size / ENTRY_SIZE as u64 {
            return Err(Error::archive(format!(
                "central directory of {} entries in bytes {}+{} does not fit into the file",
                end.count, end.directory, end.directory_size
            )));
        }
        Ok(end)
    }

    /// The entries, with their full names.
    fn entries(&self, directory: &[u8]) -> Result<Vec<Record>> {
        let mut entries = Vec::with_capacity(self.count as usize);
        let mut rest = directory;
        for number in 0..self.count {
            let broken = || Error::archive(format!("central directory: entry {number} is damaged"));
            if rest.len() < ENTRY_SIZE || !rest.starts_with(ENTRY_SIGNATURE) {
                return Err(broken());
            }
            let [name, extra, comment] = [28, 30, 32].map(|at| u16_at(rest, at) as usize);
            let body = &rest[ENTRY_SIZE..];
            if body.len() < name + extra + comment {
                return Err(broken());
            }
            let full_name = std::str::from_utf8(&body[..name])
                .map_err(|_| Error::archive(format!("central directory: the name of entry {number} is not UTF-8")))?;
            check_name(full_name)?;
            let mut record = Record {
                name: full_name.to_owned(),
                size: u32_at(rest, 24).into(),
                stored_size: u32_at(rest, 20).into(),
                crc32: u32_at(rest, 16),
                method: u16_at(rest, 10),
                flags: u16_at(rest, 8),
                header: u32_at(rest, 42).into(),
                limit: 0,
            };
            record.widen(&body[name..name + extra])?;
            entries.push(record);
            rest = &body[name + extra + comment..];
        }
        Ok(entries)
    }
}

impl Record {
    /// Replaces what does not fit into 32 bits by the values of the zip64 extra field.
    fn widen(&mut self, mut extra: &[u8]) -> Result<()> {
        let name = &self.name;
        let broken = || Error::archive(format!("{name}: damaged zip64 field"));
        let wide = [&mut self.size, &mut self.stored_size, &mut self.header];
        let mut missing: Vec<&mut u64> = wide.into_iter().filter(|value| **value == MAX32).collect();
        while !missing.is_empty() && extra.len() >= 4 {
            let (id, len) = (u16_at(extra, 0), u16_at(extra, 2) as usize);
            let mut field = extra.get(4..4 + len).ok_or_else(broken)?;
            extra = &extra[4 + len..];
            if id == ZIP64_FIELD {
                for value in missing.drain(..) {
                    if field.len() < 8 {
                        return Err(broken());
                    }
                    *value = u64_at(field, 0);
                    field = &field[8..];
                }
            }
        }
        if missing.is_empty() {
            Ok(())
        } else {
            Err(broken())
        }
    }
}

/// No name may lead out of the directory it stands in.
pub(super) fn check_name(name: &str) -> Result<()> {
    let escapes = name.split(['/', '\\']).any(|part| part == "..");
    let drive = name.as_bytes().get(1) == Some(&b':');
    if escapes || drive || name.starts_with(['/', '\\']) || name.contains('\0') || name.is_empty() {
        return Err(Error::archive(format!("{name:?}: a record name that leads out of the archive")));
    }
    Ok(())
}

/// Gives each entry the place where the next one starts, and so finds those that overlap or reach too far.
fn set_limits(entries: &mut [Record], directory: u64) -> Result<()> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(entries[*at].header));
    let mut limit = directory;
    for at in order {
        let record = &mut entries[at];
        let least = (HEADER_SIZE + record.name.len()) as u64;
        let end = record.header.checked_add(least).and_then(|start| start.checked_add(record.stored_size));
        if end.is_none_or(|end| end > limit) {
            let what = if limit == directory { "reaches out of the file" } else { "overlaps the next record" };
            return Err(record.error(format!("a record of {} bytes at {} {what}", record.stored_size, record.header)));
        }
        record.limit = limit;
        limit = record.header;
    }
    Ok(())
}

/// Refuses archives that would unpack to far more than they are.
fn check_inflated_size(entries: &[Record], size: u64) -> Result<()> {
    let deflated = || entries.iter().filter(|record| record.method == DEFLATED);
    for record in deflated() {
        if record.size / MAX_DEFLATE_RATIO > record.stored_size {
            return Err(record.error(format!("{} bytes cannot inflate to {}", record.stored_size, record.size)));
        }
    }
    let total = deflated().fold(0u64, |sum, record| sum.saturating_add(record.size));
    let allowed = INFLATE_FREE.max(size.saturating_mul(INFLATE_RATIO));
    if total > allowed {
        let largest = deflated().max_by_key(|record| record.size).map_or("", |record| &record.name);
        return Err(Error::limit(format!(
            "{largest}: the records of this archive of {size} bytes would inflate to {total}, allowed are {allowed}"
        )));
    }
    Ok(())
}

// Reading.

impl Archive {
    fn read(&self, record: &Record) -> Result<Bytes> {
        if record.flags & ENCRYPTED != 0 {
            return Err(Error::unsupported(format!("{}: an encrypted record", record.name)));
        }
        let header = self.input.read(record.header, HEADER_SIZE as u64)?;
        if !header.starts_with(HEADER_SIGNATURE) {
            return Err(record.error("there is no local header where the directory says"));
        }
        let (name, extra) = (u16_at(&header, 26) as u64, u16_at(&header, 28) as u64);
        let start = record.header + HEADER_SIZE as u64 + name + extra;
        if start + record.stored_size > record.limit {
            return Err(record.error(format!("{} bytes reach into the next record", record.stored_size)));
        }
        let local_name = self.input.read(record.header + HEADER_SIZE as u64, name)?;
        if local_name.strip_suffix(record.name.as_bytes()).is_none() || u16_at(&header, 8) != record.method {
            return Err(record.error("the local header is that of another record"));
        }
        let local_sizes = [(u32_at(&header, 18), record.stored_size), (u32_at(&header, 22), record.size)];
        let open = u16_at(&header, 6) & DESCRIPTOR != 0;
        if !open && local_sizes.iter().any(|(local, size)| u64::from(*local) != *size && u64::from(*local) != MAX32) {
            return Err(record.error("local header and directory give different sizes"));
        }
        let raw = self.input.read(start, record.stored_size)?;
        match record.method {
            STORED if record.size != record.stored_size => {
                Err(record.error(format!("stored in {} bytes, but declares {}", record.stored_size, record.size)))
            }
            STORED => Ok(raw),
            DEFLATED => record.inflate(&raw).map(Bytes::from),
            method => Err(Error::unsupported(format!("{}: zip compression method {method}", record.name))),
        }
    }
}

impl Record {
    fn inflate(&self, raw: &[u8]) -> Result<Vec<u8>> {
        // `check_inflated_size` has compared the declared size with what is there.
        let mut out = Vec::with_capacity(self.size as usize);
        let mut stream = flate2::read::DeflateDecoder::new(raw).take(self.size + 1);
        stream.read_to_end(&mut out).map_err(|error| self.error(format!("damaged deflate stream: {error}")))?;
        if out.len() as u64 != self.size {
            let more: Cow<str> =
                if out.len() as u64 > self.size { "more".into() } else { out.len().to_string().into() };
            return Err(self.error(format!("inflates to {more} bytes, but declares {}", self.size)));
        }
        Ok(out)
    }
}

// Little-endian fields; callers have checked the length.
fn u16_at(data: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([data[at], data[at + 1]])
}
fn u32_at(data: &[u8], at: usize) -> u32 {
    u32::from(u16_at(data, at)) | u32::from(u16_at(data, at + 2)) << 16
}
fn u64_at(data: &[u8], at: usize) -> u64 {
    u64::from(u32_at(data, at)) | u64::from(u32_at(data, at + 4)) << 32
}

pub(super) const HEADER_SIGNATURE: &[u8] = b"PK\x03\x04";
pub(super) const ENTRY_SIGNATURE: &[u8] = b"PK\x01\x02";
pub(super) const END_SIGNATURE: &[u8] = b"PK\x05\x06";
pub(super) const END64_SIGNATURE: &[u8] = b"PK\x06\x06";
pub(super) const LOCATOR_SIGNATURE: &[u8] = b"PK\x06\x07";
pub(super) const HEADER_SIZE: usize = 30;
const ENTRY_SIZE: usize = 46;
const END_SIZE: usize = 22;
const END64_SIZE: usize = 56;
const LOCATOR_SIZE: usize = 20;
pub(super) const ZIP64_FIELD: u16 = 1;
pub(super) const STORED: u16 = 0;
pub(super) const DEFLATED: u16 = 8;
const ENCRYPTED: u16 = 1;
pub(super) const DESCRIPTOR: u16 = 8;
/// Stands in 32-bit fields whose value is in a zip64 structure.
pub(super) const MAX32: u64 = u32::MAX as u64;
/// The most that the deflate format can do.
const MAX_DEFLATE_RATIO: u64 = 1032;
/// All deflated records together may have this size, or this many times the archive's.
const INFLATE_FREE: u64 = 256 << 20;
const INFLATE_RATIO: u64 = 100;

#[cfg(test)]
mod tests {
    use super::super::{ArchiveWriter, Compression};
    use super::*;
    use crate::ErrorKind;

    fn archive(records: &[(&str, &str)], version: u64) -> Archive {
        Archive::open(zip(records, version).into()).unwrap()
    }

    fn zip(records: &[(&str, &str)], version: u64) -> Vec<u8> {
        let mut out = Vec::new();
        let mut writer = ArchiveWriter::new(&mut out, "net");
        for (name, text) in records {
            writer.write(name, text.as_bytes(), Compression::Text).unwrap();
        }
        writer.finish(version).unwrap();
        out
    }

    #[test]
    fn records_are_found_in_any_case_and_exactly_first() {
        let archive = archive(&[("code/Foo.py", "upper"), ("code/foo.py", "lower"), ("Extra/x", "extra")], 3);
        let cases =
            [("code/Foo.py", "upper"), ("code/foo.py", "lower"), ("code/FOO.py", "upper"), ("extra/x", "extra")];
        for (name, text) in cases {
            assert_eq!(archive.text(name).unwrap(), text);
        }
        assert_eq!(archive.name(), "net");
        assert_eq!(&archive.extra("x").unwrap().unwrap()[..], b"extra");
        assert!(archive.extra("y").unwrap().is_none());
        assert!(archive.text("none").unwrap_err().message().contains("failed locating file none"));
    }

    #[test]
    fn stored_records_are_handed_out_in_place() {
        let bytes = Bytes::from(zip(&[("data/0", "12345678")], 3));
        let record = Archive::open(bytes.clone()).unwrap().record("data/0").unwrap();
        assert_eq!(record.as_ptr() as usize - bytes.as_ptr() as usize, 64);
    }

    #[test]
    fn a_reader_gives_the_same_records() {
        let archive = Archive::open_reader(Arc::new(Bytes::from(zip(&[("a.py", &"x = 1\n".repeat(99))], 6)))).unwrap();
        assert_eq!(archive.text("a.py").unwrap(), "x = 1\n".repeat(99));
        assert_eq!((archive.version().unwrap(), archive.byteorder().unwrap()), (6, ByteOrder::Little));
    }

    #[test]
    fn versions() {
        for version in [1, 5, 6, 10] {
            assert_eq!(archive(&[], version).version().unwrap(), version);
        }
        for (version, message) in [(0, "minimum supported version"), (11, "maximum supported version")] {
            assert!(archive(&[], version).version().unwrap_err().message().contains(message));
        }
        let other = archive(&[(".data/version", "six")], 3).version().unwrap_err();
        assert_eq!((other.kind(), other.message()), (ErrorKind::Archive, ".data/version: not a number: \"six\""));
    }

    #[test]
    fn byte_orders() {
        for (text, expected) in [("little", Some(ByteOrder::Little)), ("big", Some(ByteOrder::Big)), ("pdp", None)] {
            assert_eq!(archive(&[("byteorder", text)], 3).byteorder().ok(), expected);
        }
    }
}
