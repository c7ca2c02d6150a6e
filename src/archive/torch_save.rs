//! What `torch.save` writes: a zip with `data.pkl` since PyTorch 1.6, a chain of pickles and raw storages before.

use std::collections::HashMap;

use super::{Archive, ByteOrder, Bytes, Node, Pickle};
use crate::base::DType;
use crate::{Error, Result};

/// A file of `torch.save`: its pickle and the storages that the pickle names.
pub struct SavedFile {
    pickle: Pickle,
    byteorder: ByteOrder,
    storages: Storages,
}

enum Storages {
    Zip(Box<Archive>),
    Legacy(HashMap<String, Bytes>),
}

impl SavedFile {
    /// Opens either format.
    pub fn open(bytes: Bytes) -> Result<SavedFile> {
        if is_legacy(&bytes) {
            return Self::open_legacy(&bytes);
        }
        if bytes.get(257..262) == Some(b"ustar") {
            let text = "a tar file of torch.save in its format before PyTorch 0.2; save it again with a later version";
            return Err(Error::unsupported(text));
        }
        Self::from_archive(Archive::open(bytes)?)
    }

    /// Takes an archive that is open already.
    pub fn from_archive(archive: Archive) -> Result<SavedFile> {
        let data = match archive.record(ROOT) {
            // PyTorch can be told not to compute checksums; it then does not for any record.
            Err(_) if archive.contains(ROOT) && !has_checksums(&archive) => archive.record_unverified(ROOT)?,
            other => other?,
        };
        let pickle = Pickle::parse(&data, ROOT)?;
        let byteorder = archive.byteorder()?;
        Ok(SavedFile { pickle, byteorder, storages: Storages::Zip(Box::new(archive)) })
    }

    pub fn pickle(&self) -> &Pickle {
        &self.pickle
    }

    /// The byte order of the storages.
    pub fn byteorder(&self) -> ByteOrder {
        self.byteorder
    }

    /// The bytes of the storage with this key, see [`StorageRef::key`](super::StorageRef::key).
    pub fn storage(&self, key: &str) -> Result<Bytes> {
        match &self.storages {
            Storages::Zip(archive) => archive.record(&format!("data/{key}")),
            Storages::Legacy(storages) => {
                let bytes = storages.get(key).cloned();
                bytes.ok_or_else(|| Error::archive(format!("storage {key}: the file does not have it")))
            }
        }
    }

    /// Magic number, protocol, system, object, keys: five pickles; then each storage as its length and its bytes.
    ///
    /// The storages are little-endian whatever the machine was.
    fn open_legacy(bytes: &Bytes) -> Result<SavedFile> {
        let mut at = 0;
        let mut next = |name: &str| -> Result<Pickle> {
            let (pickle, len) = Pickle::parse_prefix(&bytes[at..], name)?;
            at += len;
            Ok(pickle)
        };
        next("magic number")?;
        let protocol = next("protocol version")?;
        if protocol.int(protocol.root()) != Some(1001) {
            return Err(Error::archive("protocol version: a file of torch.save has 1001 here"));
        }
        next("system information")?;
        let pickle = next("object")?;
        let keys = next("storage keys")?;
        let sizes = item_sizes(&pickle)?;
        let list = keys.sequence(keys.root()).ok_or_else(|| keys.error(keys.root(), "not a list of keys"))?;
        let mut storages = HashMap::with_capacity(list.len());
        for key in list {
            let key = keys.str(*key).ok_or_else(|| keys.error(*key, "not a storage key"))?;
            let short = || Error::archive(format!("storage {key}: the file is truncated"));
            let size = sizes.get(key).ok_or_else(|| Error::archive(format!("storage {key}: the object has none")))?;
            let count = bytes.get(at..at + 8).and_then(|count| count.try_into().ok()).ok_or_else(short)?;
            at += 8;
            let len = usize::try_from(i64::from_le_bytes(count)).ok().and_then(|count| count.checked_mul(*size));
            let end = len.and_then(|len| at.checked_add(len)).filter(|end| *end <= bytes.len()).ok_or_else(short)?;
            storages.insert(key.to_owned(), bytes.slice(at..end)?);
            at = end;
        }
        Ok(SavedFile { pickle, byteorder: ByteOrder::Little, storages: Storages::Legacy(storages) })
    }
}

/// Whether a file begins as legacy files do: with a pickle of the number 0x1950a86a20f9469cfc6c, in any protocol.
pub(super) fn is_legacy(head: &[u8]) -> bool {
    const MAGIC: &[u8] = b"\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.";
    // Protocol, and from 4 on a frame, come before.
    let head = &head[..head.len().min(2 + 9 + MAGIC.len())];
    head.first() == Some(&0x80) && head.windows(MAGIC.len()).any(|window| window == MAGIC)
}

const ROOT: &str = "data.pkl";

/// Whether checksums were computed: not if those of other small records are wrong too, nor can one tell in files that
/// are new enough to have `.format_version`.
fn has_checksums(archive: &Archive) -> bool {
    let small = |size: u64| size > 0 && size <= 1 << 16;
    let others = archive.records().iter().filter(|record| record.name() != ROOT && small(record.size()));
    let wrong = |name: &str| archive.record_unverified(name).is_ok() && archive.verify_record(name).is_err();
    !archive.contains(".format_version") && !others.map(|record| record.name()).any(wrong)
}

/// Bytes per element of each storage that the pickle refers to, by key.
fn item_sizes(pickle: &Pickle) -> Result<HashMap<String, usize>> {
    let mut sizes = HashMap::new();
    for id in pickle.ids() {
        let Node::PersistentId(id) = *pickle.node(id) else { continue };
        if pickle.is_module(id) {
            continue;
        }
        let storage = pickle.storage(id)?;
        let size = match DType::from_storage_name(&storage.class.name) {
            Some(dtype) => dtype.itemsize(),
            None if storage.class.name == "UntypedStorage" => 1,
            None => return Err(pickle.error(id, format!("unknown storage class {}", storage.class))),
        };
        sizes.insert(storage.key.to_owned(), size);
    }
    Ok(sizes)
}

#[cfg(test)]
mod tests {
    use super::super::{ArchiveWriter, Compression, PickleWriter};
    use super::*;

    const LEGACY_MAGIC: &[u8] = b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.";

    fn list_of_storages(keys: &[&str]) -> Vec<u8> {
        let mut w = PickleWriter::new();
        w.empty_list();
        w.mark();
        keys.iter().for_each(|key| w.storage("ShortStorage", key, "cpu", 2));
        w.appends();
        w.finish()
    }

    fn zip(records: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut writer = ArchiveWriter::new(&mut out, "archive");
        records.iter().for_each(|(name, data)| writer.write(name, data, Compression::None).unwrap());
        writer.finish(3).unwrap();
        out
    }

    fn legacy(keys: &[&str], counts: &[i64]) -> Vec<u8> {
        let mut w = PickleWriter::new();
        w.empty_list();
        w.mark();
        keys.iter().for_each(|key| w.string(key));
        w.appends();
        let parts = [LEGACY_MAGIC, b"\x80\x02M\xe9\x03.", b"\x80\x02}.", &list_of_storages(keys), &w.finish()].concat();
        counts.iter().fold(parts, |mut all, count| {
            all.extend(count.to_le_bytes());
            all.extend([1, 2, 3, 4]);
            all
        })
    }

    #[test]
    fn both_formats() {
        let zip = zip(&[("data.pkl", &list_of_storages(&["0", "1"])), ("data/0", &[9]), ("data/1", &[1, 2, 3, 4])]);
        for data in [zip, legacy(&["0", "1"], &[2, 2])] {
            let file = SavedFile::open(data.into()).unwrap();
            assert_eq!((&file.storage("1").unwrap()[..], file.byteorder()), (&[1, 2, 3, 4][..], ByteOrder::Little));
            assert!(file.storage("2").is_err());
            assert_eq!(file.pickle().sequence(file.pickle().root()).unwrap().len(), 2);
        }
    }

    #[test]
    fn legacy_files_of_other_protocols_and_damaged_ones() {
        let whole = legacy(&["0"], &[2]);
        for len in 0..whole.len() {
            assert!(SavedFile::open(whole[..len].to_vec().into()).is_err(), "{len}");
        }
        let framed = [b"\x80\x04\x95\x0d\0\0\0\0\0\0\0", &whole[2..]].concat();
        assert!(SavedFile::open(framed.into()).is_ok());
        for count in [3, -1, i64::MAX, i64::MAX / 2 + 1] {
            let error = SavedFile::open(legacy(&["0"], &[count]).into()).err().unwrap();
            assert_eq!(error.message(), "storage 0: the file is truncated");
        }
    }

    #[test]
    fn tar_files_say_what_they_are() {
        let mut data = vec![0; 512];
        data[257..262].copy_from_slice(b"ustar");
        assert!(SavedFile::open(data.into()).err().unwrap().message().contains("tar file"));
    }

    #[test]
    fn files_without_checksums_are_read_and_damaged_ones_are_not() {
        let whole = zip(&[("data.pkl", b"\x80\x02N."), ("data/0", &[1, 2]), ("data/1", &[3, 4])]);
        // Checksums stand after the signatures of the directory's entries.
        let break_crc = |data: &mut Vec<u8>, all: bool| {
            let entries: Vec<_> = (0..data.len() - 4).filter(|at| data[*at..].starts_with(b"PK\x01\x02")).collect();
            entries[..if all { entries.len() } else { 1 }].iter().for_each(|at| data[at + 16] ^= 1);
        };
        for (all, opens) in [(false, false), (true, true)] {
            let mut data = whole.clone();
            break_crc(&mut data, all);
            assert_eq!(SavedFile::open(data.into()).is_ok(), opens);
        }
    }
}
