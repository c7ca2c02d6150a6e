//! What `torch.save` writes: a zip with `data.pkl` since PyTorch 1.6, a chain of pickles and raw storages before, a tar
//! file before 0.2.

use std::collections::HashMap;

use super::{tar, Archive, ByteOrder, Bytes, Node, NodeId, Pickle};
use crate::base::DType;
use crate::{Error, Result};

/// A file of `torch.save`: its pickle and the storages that the pickle names.
pub struct SavedFile {
    pickle: Pickle,
    byteorder: ByteOrder,
    storages: Storages,
    tensors: HashMap<String, SavedTensor>,
}

enum Storages {
    Zip(Box<Archive>),
    Legacy(HashMap<String, Bytes>),
}

/// A tensor of a tar file, which has them in a table of their own; its pickle only says which.
#[derive(Debug)]
pub struct SavedTensor {
    /// The key of its storage and the name of the storage's class: `FloatStorage`.
    pub storage: String,
    pub class: String,
    /// In elements.
    pub offset: usize,
    pub sizes: Vec<i64>,
    pub strides: Vec<i64>,
}

impl SavedFile {
    /// Opens a file of any of the formats.
    pub fn open(bytes: Bytes) -> Result<SavedFile> {
        if is_legacy(&bytes) {
            return Self::open_legacy(&bytes);
        }
        if tar::is_tar(&bytes) {
            return Self::open_tar(&bytes);
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
        Ok(SavedFile { pickle, byteorder, storages: Storages::Zip(Box::new(archive)), tensors: HashMap::new() })
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

    /// The tensor under a persistent id of the pickle, in a tar file.
    pub fn tensor(&self, id: NodeId) -> Option<&SavedTensor> {
        self.tensors.get(&key_of(&self.pickle, id)?)
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
        let (byteorder, storages) = (ByteOrder::Little, Storages::Legacy(storages));
        Ok(SavedFile { pickle, byteorder, storages, tensors: HashMap::new() })
    }

    /// Entries `storages`, `tensors` and `pickle`; the first two are pickles with raw numbers between them.
    fn open_tar(bytes: &Bytes) -> Result<SavedFile> {
        let mut entries = tar::entries(bytes)?;
        let mut entry = |name: &str| {
            let found = entries.remove(name);
            found.ok_or_else(|| Error::archive(format!("a tar file without the entry {name}: not one of torch.save")))
        };
        let object = entry("pickle")?;
        let pickle = Pickle::parse(&object, "pickle")?;
        let (storages, views) = tar_storages(entry("storages")?)?;
        let tensors = tar_tensors(entry("tensors")?, &storages, &views)?;
        let storages = storages.into_iter().map(|(key, (_, bytes))| (key, bytes)).collect();
        Ok(SavedFile { pickle, byteorder: ByteOrder::Little, storages: Storages::Legacy(storages), tensors })
    }
}

/// Class and bytes of each storage, by key.
type TarStorages = HashMap<String, (String, Bytes)>;
/// Parts of storages that have keys of their own: the whole storage's key, and where the part starts in elements.
type TarViews = HashMap<String, (String, usize)>;

/// Their number; each as key, device and class, then its length and its bytes; at last the views.
fn tar_storages(entry: Bytes) -> Result<(TarStorages, TarViews)> {
    let mut reader = Mixed { entry, at: 0, name: "storages" };
    let count = reader.count()?;
    let (mut storages, mut views) = (HashMap::new(), HashMap::new());
    for _ in 0..count {
        let head = reader.pickle()?;
        let parts = head.sequence(head.root()).and_then(|parts| match parts {
            [key, _, class] => key_of(&head, *key).zip(head.global(*class)),
            _ => None,
        });
        let (key, class) = parts.ok_or_else(|| reader.error("a storage is its key, its device and its class"))?;
        let size = item_size(&class.name).ok_or_else(|| reader.error(format!("unknown storage class {class}")))?;
        let len = usize::try_from(reader.long()?).ok().and_then(|count| count.checked_mul(size));
        let bytes = reader.take(len.unwrap_or(usize::MAX))?;
        storages.insert(key, (class.name.clone(), bytes));
    }
    let list = reader.pickle()?;
    let wrong = || list.error(list.root(), "a view is its key, that of the storage, an offset and a length");
    for view in list.sequence(list.root()).ok_or_else(wrong)? {
        let Some([target, root, offset, _]) = list.sequence(*view) else { return Err(wrong()) };
        let (target, root) = key_of(&list, *target).zip(key_of(&list, *root)).ok_or_else(wrong)?;
        views.insert(target, (root, list.size(*offset).ok_or_else(wrong)?));
    }
    Ok((storages, views))
}

/// Their number; each as its key, its storage's and its class, then the number of dimensions, sizes, strides, offset.
fn tar_tensors(entry: Bytes, storages: &TarStorages, views: &TarViews) -> Result<HashMap<String, SavedTensor>> {
    let mut reader = Mixed { entry, at: 0, name: "tensors" };
    let count = reader.count()?;
    let mut tensors = HashMap::new();
    for _ in 0..count {
        let head = reader.pickle()?;
        let parts = head.sequence(head.root()).and_then(|parts| match parts {
            [key, storage, _] => key_of(&head, *key).zip(key_of(&head, *storage)),
            _ => None,
        });
        let (key, storage) = parts.ok_or_else(|| reader.error("a tensor is its key, its storage's and its class"))?;
        let (storage, start) = views.get(&storage).cloned().unwrap_or((storage, 0));
        let Some((class, _)) = storages.get(&storage) else {
            return Err(reader.error(format!("there is no storage {storage}")));
        };
        // the number has 32 bits, and 32 more that nobody uses
        let dims = i64::from(reader.long()? as i32);
        let mut longs = || (0..dims).map(|_| reader.long()).collect::<Result<Vec<i64>>>();
        let (sizes, strides) = (longs()?, longs()?);
        let offset = usize::try_from(reader.long()?).ok().and_then(|offset| offset.checked_add(start));
        let offset = offset.ok_or_else(|| reader.error("a negative offset"))?;
        tensors.insert(key, SavedTensor { storage, class: class.clone(), offset, sizes, strides });
    }
    Ok(tensors)
}

/// Pickles and raw numbers, one after the other.
struct Mixed {
    entry: Bytes,
    at: usize,
    name: &'static str,
}

impl Mixed {
    fn pickle(&mut self) -> Result<Pickle> {
        let (pickle, len) = Pickle::parse_prefix(&self.entry[self.at..], self.name)?;
        self.at += len;
        Ok(pickle)
    }

    fn count(&mut self) -> Result<usize> {
        let count = self.pickle()?;
        count.size(count.root()).ok_or_else(|| self.error("does not begin with a number"))
    }

    fn long(&mut self) -> Result<i64> {
        let bytes = self.take(8)?;
        bytes[..].try_into().map(i64::from_le_bytes).map_err(|_| self.error("the entry is truncated"))
    }

    fn take(&mut self, len: usize) -> Result<Bytes> {
        let end = self.at.checked_add(len).filter(|end| *end <= self.entry.len());
        let end = end.ok_or_else(|| self.error("the entry is truncated"))?;
        let bytes = self.entry.slice(self.at..end)?;
        self.at = end;
        Ok(bytes)
    }

    fn error(&self, message: impl AsRef<str>) -> Error {
        Error::archive(format!("{}: byte {}: {}", self.name, self.at, message.as_ref()))
    }
}

/// Keys are addresses, as numbers or as text.
fn key_of(pickle: &Pickle, id: NodeId) -> Option<String> {
    match pickle.node(id) {
        Node::Int(key) => Some(key.to_string()),
        Node::Str(key) => Some(key.to_string()),
        _ => None,
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
        let size = item_size(&storage.class.name);
        let size = size.ok_or_else(|| pickle.error(id, format!("unknown storage class {}", storage.class)))?;
        sizes.insert(storage.key.to_owned(), size);
    }
    Ok(sizes)
}

/// Bytes per element of a storage of a class.
fn item_size(class: &str) -> Option<usize> {
    match DType::from_storage_name(class) {
        None if class == "UntypedStorage" => Some(1),
        dtype => dtype.map(DType::itemsize),
    }
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

    /// A storage of three shorts under 1 of which 2 is a part, and the tensor 7 of two by one of them.
    fn tar_parts() -> [(&'static str, Vec<u8>); 3] {
        let raw = |numbers: &[i64]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
        let storage = b"\x80\x02K\x01X\x03\0\0\0cpuctorch\nShortStorage\n\x87.";
        let views = b"\x80\x02]((K\x02K\x01K\x01K\x02te.";
        let storages = [&b"\x80\x02K\x01."[..], storage, &raw(&[3]), &[1, 0, 2, 0, 3, 0], views].concat();
        let tensor = b"\x80\x02K\x07K\x02X\x0b\0\0\0ShortTensor\x87.";
        let tensors = [&b"\x80\x02K\x01."[..], tensor, &raw(&[2, 2, 1, 1, 1, 0])].concat();
        [("pickle", b"\x80\x02X\x01\0\0\x007Q.".to_vec()), ("storages", storages), ("tensors", tensors)]
    }

    fn tar_of(parts: &[(&str, Vec<u8>)]) -> Bytes {
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, data)| (*name, &data[..])).collect();
        tar::tests::tar(&parts).into()
    }

    #[test]
    fn tar_files() {
        let file = SavedFile::open(tar_of(&tar_parts())).unwrap();
        let Node::PersistentId(id) = *file.pickle().node(file.pickle().root()) else { panic!() };
        let tensor = file.tensor(id).unwrap();
        assert_eq!((tensor.storage.as_str(), tensor.class.as_str(), tensor.offset), ("1", "ShortStorage", 1));
        assert_eq!((&tensor.sizes[..], &tensor.strides[..]), (&[2, 1][..], &[1, 1][..]));
        assert_eq!(&file.storage("1").unwrap()[..], [1, 0, 2, 0, 3, 0]);
    }

    #[test]
    fn damaged_tar_files_are_errors() {
        let parts = tar_parts();
        for missing in 0..3 {
            let rest: Vec<_> = parts.iter().enumerate().filter(|(at, _)| *at != missing).map(|p| p.1.clone()).collect();
            let error = SavedFile::open(tar_of(&rest)).err().unwrap();
            assert!(error.message().contains("a tar file without the entry"), "{error}");
        }
        for (part, (_, data)) in parts.iter().enumerate() {
            for len in 0..data.len() {
                let mut cut = parts.clone();
                cut[part].1.truncate(len);
                assert!(SavedFile::open(tar_of(&cut)).is_err(), "{part} {len}");
            }
            for (at, flip) in (0..data.len()).flat_map(|at| [(at, 1), (at, 0x80), (at, 0xff)]) {
                let mut damaged = parts.clone();
                damaged[part].1[at] ^= flip;
                let _ = SavedFile::open(tar_of(&damaged));
            }
        }
        let mut huge = parts.clone();
        huge[2].1[3] = 0xff;
        assert!(SavedFile::open(tar_of(&huge)).err().unwrap().message().contains("tensors: "));
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
