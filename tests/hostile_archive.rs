//! Damaged and hostile archives: each is an error that names what is wrong, none a panic or a large allocation.

use sconce::archive::{Archive, ArchiveWriter, Bytes, Compression, Pickle, PickleWriter, RecordReader, SavedFile};
use sconce::{ErrorKind, Result};

const CODE: &str = "code/__torch__.py";

/// A small archive with a record of each kind.
fn whole() -> Vec<u8> {
    let code = "def forward(self, x: Tensor) -> Tensor:\n  return torch.rel(x)\n".repeat(8);
    let pickle = pickle();
    let records: &[(&str, &[u8])] = &[
        ("data/0", &[7; 100]),
        ("data/1", &[8; 10]),
        ("data.pkl", &pickle),
        (CODE, code.as_bytes()),
        ("constants.pkl", b"\x80\x02)."),
    ];
    write(records)
}

fn pickle() -> Vec<u8> {
    let mut w = PickleWriter::new();
    w.global("__torch__", "Net");
    w.empty_tuple();
    w.new_object();
    w.empty_dict();
    w.mark();
    w.string("training");
    w.bool(false);
    w.set_items();
    w.build();
    w.finish()
}

fn write(records: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = ArchiveWriter::new(&mut out, "net");
    for (name, data) in records {
        writer.write(name, data, Compression::Text).unwrap();
    }
    writer.finish(3).unwrap();
    out
}

/// Reads everything that a loader would, and the tensors' checksums.
fn read_all(data: Vec<u8>) -> Result<()> {
    let archive = Archive::open(data.into())?;
    archive.version()?;
    archive.byteorder()?;
    for record in archive.records() {
        match record.name() {
            name if name.ends_with(".pkl") => drop(archive.pickle(name)?.order()?),
            name if name.ends_with(".py") => drop(archive.text(name)?),
            name => drop(archive.record(name)?),
        }
    }
    archive.verify_tensors()
}

fn find(data: &[u8], what: &[u8]) -> usize {
    data.windows(what.len()).position(|window| window == what).expect("present")
}

/// Start of the directory entry of a record.
fn entry(data: &[u8], name: &str) -> usize {
    let is_entry = |at: usize| {
        data[at..].starts_with(b"PK\x01\x02") && data[at + 46 + "net/".len()..].starts_with(name.as_bytes())
    };
    (0..data.len() - 50).find(|at| is_entry(*at)).expect("present")
}

fn put32(data: &mut [u8], at: usize, value: u32) {
    data[at..at + 4].copy_from_slice(&value.to_le_bytes());
}

fn put64(data: &mut [u8], at: usize, value: u64) {
    data[at..at + 8].copy_from_slice(&value.to_le_bytes());
}

/// Renames a record everywhere, to a name of the same length.
fn rename(data: &mut [u8], from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    for at in 0..data.len() - from.len() {
        if data[at..].starts_with(from.as_bytes()) {
            data[at..at + to.len()].copy_from_slice(to.as_bytes());
        }
    }
}

#[test]
fn the_undamaged_archive_is_read() {
    read_all(whole()).unwrap();
}

#[test]
fn what_is_no_archive() {
    let cases: &[(&[u8], ErrorKind, &str)] = &[
        (b"", ErrorKind::Archive, "the file is empty"),
        (b"PK\x03\x04", ErrorKind::Archive, "failed finding central directory"),
        (&[b'x'; 5000], ErrorKind::Archive, "failed finding central directory"),
        (b"PYTORCH1 and more", ErrorKind::Unsupported, "1.0 preview"),
        (b"\x18\0\0\0PTMF and more", ErrorKind::Unsupported, "flatbuffer"),
        (b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", ErrorKind::Archive, "torch.save"),
        (b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", ErrorKind::Archive, "the archive has no records"),
    ];
    for (data, kind, message) in cases {
        let error = read_all(data.to_vec()).unwrap_err();
        assert_eq!((error.kind(), error.message().contains(message)), (*kind, true), "{error}");
    }
}

#[test]
fn truncated_everywhere() {
    let data = whole();
    for len in (0..data.len()).step_by(64).chain(data.len() - 100..data.len()) {
        let error = read_all(data[..len].to_vec()).expect_err("truncated");
        assert_eq!(error.kind(), ErrorKind::Archive, "{len}: {error}");
    }
}

#[test]
fn one_wrong_byte_is_an_error_or_harmless() {
    let data = whole();
    for at in 0..data.len() {
        for flip in [1, 0x80, 0xff] {
            let mut damaged = data.clone();
            damaged[at] ^= flip;
            let _ = read_all(damaged.clone());
            let _ = SavedFile::open(damaged.into());
        }
    }
}

#[test]
fn damaged_records() {
    type Damage = fn(&mut [u8]);
    let damages: &[(Damage, &str)] = &[
        // Content, and checksums (+16).
        (|d| d[find(d, b"training")] ^= 1, "data.pkl: wrong checksum"),
        (|d| d[find(d, &[7; 100])] ^= 1, "data/0: wrong checksum"),
        (|d| d[entry(d, CODE) + 16] ^= 1, "code/__torch__.py: wrong checksum"),
        (|d| d[entry(d, "data.pkl") + 16] ^= 1, "data.pkl: wrong checksum"),
        // Sizes that lie: stored (+20) and inflated (+24).
        (|d| put32(d, entry(d, "data/0") + 24, 101), "data/0: stored in 100 bytes, but declares 101"),
        (|d| put32(d, entry(d, "data/0") + 20, 1 << 30), "data/0: a record of 1073741824 bytes at 0 overlaps"),
        (
            |d| put32(d, entry(d, ".data/serialization_id") + 20, 1 << 30),
            "serialization_id: a record of 1073741824 bytes at 982 reaches out of the file",
        ),
        (|d| put32(d, entry(d, "data/0") + 20, 118), "data/0: 118 bytes reach into the next record"),
        (|d| put32(d, entry(d, CODE) + 24, 600), "code/__torch__.py: inflates to 496 bytes, but declares 600"),
        (|d| put32(d, entry(d, CODE) + 24, 100), "code/__torch__.py: inflates to more bytes, but declares 100"),
        (|d| put32(d, entry(d, CODE) + 24, 1 << 30), "bytes cannot inflate to 1073741824"),
        (|d| put32(d, entry(d, CODE) + 24, u32::MAX), "net/code/__torch__.py: damaged zip64 field"),
        // Places that lie: the header's (+42), the directory's.
        (|d| put32(d, entry(d, "data/1") + 42, 64), "data/0: a record of 100 bytes at 0 overlaps"),
        (|d| put32(d, entry(d, "data/1") + 42, 1 << 31), "reaches out of the file"),
        (|d| d[entry(d, "data.pkl") + 42] ^= 1, "data.pkl: there is no local header"),
        (|d| d[find(d, b"net/data.pkl") + 4] = b'x', "data.pkl: the local header is that of another"),
        (|d| put32(d, d.len() - 6, 0), "contradict"),
        (|d| put32(d, d.len() - 10, 1), "contradict"),
        (count_entries_in_64_bits, "central directory of 1099511627776 entries"),
        (|d| put64(d, find(d, b"PK\x06\x07") + 8, u64::MAX - 8), "not where the locator says"),
        (|d| d[entry(d, "data/1")] = 0, "central directory: entry 1 is damaged"),
        (|d| put32(d, entry(d, "byteorder") + 28, u32::MAX), "central directory: entry 6 is damaged"),
        // Methods.
        (|d| d[entry(d, "data/0") + 8] |= 1, "data/0: an encrypted record"),
        (|d| [entry(d, "data/0") + 10, 8].iter().for_each(|at| d[*at] = 12), "data/0: zip compression method 12"),
        // Names.
        (|d| rename(d, "net/data/0", "net/../../"), "a record name that leads out of the archive"),
        (|d| rename(d, "net/data/0", "/etc/passw"), "a record name that leads out of the archive"),
        (|d| rename(d, "net/data/0", "net\\..\\xxx"), "a record name that leads out of the archive"),
        (|d| rename(d, "net/data/0", "C:/windows"), "a record name that leads out of the archive"),
        (|d| rename(d, "net/data/0", "net_data_0"), "file in archive is not in a subdirectory: net_data_0"),
        (|d| rename(d, "net/data/1", "net/data/0"), "data/0: there are two records of this name"),
        (|d| rename(d, "net/version", "net/versiom"), "failed locating file version: file not found"),
        (|d| d[entry(d, "data/1") + 46 + 4] = 0xff, "central directory: the name of entry 1 is not UTF-8"),
    ];
    for (number, (damage, message)) in damages.iter().enumerate() {
        let mut data = whole();
        damage(&mut data);
        let error = read_all(data).expect_err(message);
        assert!(error.message().contains(message), "{number}: {error}; expected: {message}");
    }
}

fn count_entries_in_64_bits(data: &mut [u8]) {
    put64(data, find(data, b"PK\x06\x06") + 32, 1 << 40);
    let end = data.len();
    data[end - 12..end - 10].fill(0xff);
}

#[test]
fn pickles_that_are_archives_of_trouble() {
    let cases: &[(&[u8], &str)] = &[
        (b"\x80\x02\xfe.", "data.pkl: byte 2: unknown opcode 0xfe"),
        (b"\x80\x02]q\x00h\x00a.", "data.pkl: byte 2: the value contains itself"),
        (b"\x80\x02N", "data.pkl: byte 3: the pickle is truncated"),
        (b"\x80\x02X\xff\xff\xff\xffabc.", "data.pkl: byte 2: the pickle is truncated"),
        (b"\x80\x02h\x05.", "data.pkl: byte 2: memo 5 is not set"),
        (b"", "data.pkl: byte 0: not a pickle"),
    ];
    for (data, message) in cases {
        let error = read_all(write(&[("data.pkl", data)])).expect_err(message);
        assert!(error.message().contains(message), "{error}; expected: {message}");
    }
    // Doubling a tuple sixty times is sixty nodes, not 2^60.
    let doubled = [&b"\x80\x02N"[..], &b"2\x86".repeat(60), b"."].concat();
    assert_eq!(Pickle::parse(&doubled, "x").unwrap().order().unwrap().len(), 61);
}

#[test]
fn bombs() {
    // A record that claims to be a thousand times its size.
    let mut state = 1u32;
    let noise: Vec<u8> = (0..300_000).map(|_| xorshift(&mut state)).collect();
    let mut data = write(&[("code/a.py", &noise)]);
    let at = entry(&data, "code/a.py") + 24;
    put32(&mut data, at, 290 << 20);
    let error = read_all(data).unwrap_err();
    assert_eq!(
        (error.kind(), error.message().contains("would inflate to 304087040")),
        (ErrorKind::Limit, true),
        "{error}"
    );

    // Archives in archives are never opened; there is no model in them.
    let nested = (0..10).fold(vec![0; 1 << 20], |inner, _| write(&[("data.zip", &inner)]));
    let error = Archive::open(nested.into()).unwrap().pickle("data.pkl").unwrap_err();
    assert_eq!(error.message(), "failed locating file data.pkl: file not found");
}

fn xorshift(state: &mut u32) -> u8 {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    (*state >> 8) as u8
}

/// Claims more than it has.
struct Liar(Bytes);

impl RecordReader for Liar {
    fn size(&self) -> Result<u64> {
        Ok(1 << 60)
    }
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
        self.0.read_at(offset, buf)
    }
}

#[test]
fn a_reader_that_lies_about_its_size() {
    let error = Archive::open_reader(std::sync::Arc::new(Liar(whole().into()))).err().expect("an error");
    assert_eq!(error.kind(), ErrorKind::Archive);
}
