//! Ways to damage a file.

use sconce::archive::{Archive, ArchiveWriter, Bytes, Compression};

use super::random::Random;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Bytes of the container; checksums stay what they were.
    Container,
    /// Opcodes of a pickle, with the right checksum.
    Pickle,
    /// Tokens of code or JSON, with the right checksum.
    Code,
    /// Lengths, names and presence of records.
    Records,
}

/// A damaged copy of a file: a zip, a tar, or else a sequence of pickles.
pub fn damage(whole: &[u8], random: &mut Random) -> (Vec<u8>, Damage) {
    if whole.get(257..262) == Some(b"ustar") {
        return (tar(whole, random), Damage::Pickle);
    }
    let Ok(mut records) = read(whole) else {
        let mut data = whole.to_vec();
        for _ in 0..1 + random.below(3) {
            match random.below(3) {
                0 => bytes(&mut data, random),
                _ => pickle(&mut data, random),
            }
        }
        return (data, Damage::Pickle);
    };
    let times = 1 + random.below(4) * random.below(2);
    match random.below(8) {
        0 | 1 => {
            let mut data = whole.to_vec();
            for _ in 0..times {
                match random.below(2) {
                    0 => bytes(&mut data, random),
                    _ => zip_field(&mut data, random),
                }
            }
            return (data, Damage::Container);
        }
        2..=4 => {
            if let Some(at) = choose(&records, random, |name| name.ends_with("pkl") && !name.ends_with("debug_pkl")) {
                (0..times).for_each(|_| pickle(&mut records[at].1, random));
                return (write(&records), Damage::Pickle);
            }
        }
        5 | 6 => {
            if let Some(at) = choose(&records, random, |name| name.ends_with(".py") || name.ends_with(".json")) {
                (0..times).for_each(|_| code(&mut records[at].1, random));
                return (write(&records), Damage::Code);
            }
        }
        _ => {}
    }
    (0..times).for_each(|_| record(&mut records, random));
    (write(&records), Damage::Records)
}

type Records = Vec<(String, Vec<u8>)>;

fn read(whole: &[u8]) -> sconce::Result<Records> {
    let archive = Archive::open(Bytes::from(whole.to_vec()))?;
    let read = |record: &sconce::archive::Record| {
        Ok((record.name().to_owned(), archive.record_unverified(record.name())?.to_vec()))
    };
    archive.records().iter().map(read).collect()
}

fn write(records: &Records) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = ArchiveWriter::new(&mut out, "damaged");
    for (name, data) in records {
        // the writer refuses names that it finds strange
        let _ = writer.write(name, data, Compression::Text);
    }
    // what is missing is added, under the name that this version has
    let late = records.iter().any(|record| record.0 == ".data/version");
    writer.finish(if late { 10 } else { 3 }).expect("memory does not fail");
    out
}

/// A tar file with an entry's pickles, a header or plain bytes damaged; the checksums of headers are right but once in a
/// while.
fn tar(whole: &[u8], random: &mut Random) -> Vec<u8> {
    const BLOCK: usize = 512;
    let mut entries: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    let mut at = 0;
    while let Some(header) = whole.get(at..at + BLOCK).filter(|header| header[0] != 0) {
        let size = std::str::from_utf8(&header[124..135]).ok().and_then(|text| usize::from_str_radix(text, 8).ok());
        let data = whole[at + BLOCK..].get(..size.expect("a size")).expect("an entry");
        entries.push((header.to_vec(), data.to_vec()));
        at += BLOCK + data.len().next_multiple_of(BLOCK);
    }
    for _ in 0..1 + random.below(3) {
        let at = random.below(entries.len());
        match random.below(8) {
            0 => {
                let field = [0, 100, 124, 148, 156, 257, 345][random.below(7)] + random.below(8);
                entries[at].0[field] = random.next() as u8;
            }
            1 => entries[at].0[124..136].copy_from_slice(format!("{:011o}\0", random.next() >> 31).as_bytes()),
            2 => drop(entries.remove(at)),
            3 => entries.push(entries[at].clone()),
            4 => bytes(&mut entries[at].1, random),
            _ => pickle(&mut entries[at].1, random),
        }
        if entries.is_empty() {
            break;
        }
    }
    let (keep_size, keep_sum) = (random.below(8) == 0, random.below(16) == 0);
    let mut out = Vec::new();
    for (mut header, data) in entries {
        if !keep_size {
            header[124..136].copy_from_slice(format!("{:011o}\0", data.len()).as_bytes());
        }
        if !keep_sum {
            header[148..156].fill(b' ');
            let sum: u64 = header.iter().map(|byte| u64::from(*byte)).sum();
            header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        }
        out.extend(header);
        out.extend(data);
        out.resize(out.len().next_multiple_of(BLOCK), 0);
    }
    if random.below(4) > 0 {
        out.resize(out.len() + 2 * BLOCK, 0);
    }
    out
}

fn choose(records: &Records, random: &mut Random, wanted: impl Fn(&str) -> bool) -> Option<usize> {
    let fitting: Vec<usize> = (0..records.len()).filter(|at| wanted(&records[*at].0)).collect();
    (!fitting.is_empty()).then(|| fitting[random.below(fitting.len())])
}

/// Plain bytes: changed, cut out, repeated, cut off.
fn bytes(data: &mut Vec<u8>, random: &mut Random) {
    if data.is_empty() {
        return;
    }
    let at = random.below(data.len());
    let len = (1 + random.below(16)).min(data.len() - at);
    match random.below(6) {
        0 => data[at] ^= 1 << random.below(8),
        1 => data[at] = random.next() as u8,
        2 => drop(data.drain(at..at + len)),
        3 => {
            let part = data[at..at + len].to_vec();
            let to = random.below(data.len());
            data.splice(to..to, part);
        }
        4 => data.truncate(at),
        _ => data[at..at + len].fill([0, 0xff][random.below(2)]),
    }
}

/// A field of a local header, a directory entry or the directory's end.
fn zip_field(data: &mut [u8], random: &mut Random) {
    let signature: &[u8] = random.pick(&[
        &b"PK\x01\x02"[..],
        b"PK\x01\x02",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"PK\x06\x06",
        b"PK\x06\x07",
        b"PK\x07\x08",
    ]);
    let places: Vec<usize> =
        (0..data.len().saturating_sub(60)).filter(|at| data[*at..].starts_with(signature)).collect();
    let Some(place) = places.get(random.below(places.len())) else { return };
    let (at, width) = (place + 4 + random.below(46), 1 << random.below(4));
    let value = random.number().to_le_bytes();
    if let Some(field) = data.get_mut(at..at + width) {
        field.copy_from_slice(&value[..width]);
    }
}

/// Starts of the opcodes of a pickle, as far as it is one.
fn opcodes(data: &[u8]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    let line =
        |at: usize| data[at.min(data.len())..].iter().position(|byte| *byte == b'\n').map_or(data.len(), |n| n + 1);
    let word = |at: usize, width: usize| {
        let mut value = [0; 8];
        let from = data.get(at..at + width).unwrap_or(&[]);
        value[..from.len()].copy_from_slice(from);
        u64::from_le_bytes(value).min(data.len() as u64) as usize
    };
    while at < data.len() {
        starts.push(at);
        at += match data[at] {
            0x80 | b'K' | b'q' | b'h' => 2,
            b'M' => 3,
            b'J' | b'r' | b'j' => 5,
            b'G' | 0x95 => 9,
            0x8a | b'U' | 0x8c | b'C' => 2 + word(at + 1, 1),
            b'X' | b'T' | b'B' => 5 + word(at + 1, 4),
            b'c' => {
                let first = line(at + 1);
                1 + first + line(at + 1 + first)
            }
            _ => 1,
        };
    }
    starts.push(data.len());
    starts
}

fn pickle(data: &mut Vec<u8>, random: &mut Random) {
    const SIMPLE: &[u8] = b"()tlda]}eus0N12Q.RbN\x81\x85\x86\x87\x88\x89\x8f\x90\x91\x93\x94";
    let starts = opcodes(data);
    if starts.len() < 3 {
        return;
    }
    let index = random.below(starts.len() - 1);
    let (at, next) = (starts[index], starts[index + 1].min(data.len()));
    let other = random.below(starts.len() - 1);
    let (from, to) = (starts[other], starts[other + 1].min(data.len()));
    match random.below(10) {
        0 => drop(data.drain(at..next)),
        1 => data.insert(at, SIMPLE[random.below(SIMPLE.len())]),
        2 => {
            let part = data[from..to].to_vec();
            data.splice(at..next, part);
        }
        3 => {
            let part = data[from..to].to_vec();
            data.splice(at..at, part);
        }
        // a run of opcodes, elsewhere once more
        4 => {
            let end = starts[(other + random.below(12)).min(starts.len() - 1)].min(data.len()).max(from);
            let part = data[from..end].to_vec();
            data.splice(at..at, part);
        }
        // an integer, by another one
        5 => {
            let ints: Vec<usize> =
                (0..starts.len() - 1).filter(|i| matches!(data[starts[*i]], b'K' | b'M' | b'J')).collect();
            if let Some(i) = ints.get(random.below(ints.len())) {
                let (at, next) = (starts[*i], starts[*i + 1].min(data.len()));
                let value = random.number();
                let long = [&[0x8a, 8][..], &value.to_le_bytes()].concat();
                data.splice(at..next, long);
            }
        }
        // another global
        6 => {
            let globals: Vec<usize> = (0..starts.len() - 1).filter(|i| data[starts[*i]] == b'c').collect();
            if let Some(i) = globals.get(random.below(globals.len())) {
                let (at, next) = (starts[*i], starts[*i + 1].min(data.len()));
                let name: &str = random.pick(GLOBALS);
                data.splice(at..next, format!("c{}\n", name.replace(' ', "\n")).into_bytes());
            }
        }
        // another text
        8 => {
            let texts: Vec<usize> = (0..starts.len() - 1).filter(|i| data[starts[*i]] == b'X').collect();
            if let Some(i) = texts.get(random.below(texts.len())) {
                let (at, next) = (starts[*i], starts[*i + 1].min(data.len()));
                let text: &str = random.pick(TEXTS);
                let new = [&b"X"[..], &(text.len() as u32).to_le_bytes(), text.as_bytes()].concat();
                data.splice(at..next, new);
            }
        }
        // a memo, a string, a length
        7 => {
            if at + 1 < data.len() {
                data[at + 1] = random.next() as u8;
            }
        }
        // deep in a tuple
        _ => {
            let deep = [1usize, 3, 100, 3000, 100_000][random.below(5)];
            data.splice(next..next, vec![0x85; deep]);
        }
    }
}

const GLOBALS: &[&str] = &[
    "torch._utils _rebuild_tensor_v2",
    "torch._utils _rebuild_tensor",
    "torch._utils _rebuild_tensor_v3",
    "torch._utils _rebuild_qtensor",
    "torch._utils _rebuild_sparse_tensor",
    "torch._utils _rebuild_parameter",
    "torch._utils _rebuild_meta_tensor_no_storage",
    "torch._tensor _rebuild_from_type_v2",
    "torch Size",
    "torch device",
    "torch float16",
    "torch per_tensor_affine",
    "torch per_channel_affine",
    "torch DoubleStorage",
    "torch ByteStorage",
    "torch BoolStorage",
    "torch QInt8Storage",
    "torch ComplexFloatStorage",
    "torch.storage UntypedStorage",
    "torch.jit._pickle build_intlist",
    "torch.jit._pickle build_tensorlist",
    "torch.jit._pickle build_doublelist",
    "torch.jit._pickle build_boollist",
    "__main__ TensorID",
    "__main__ IntList",
    "torch.jit._pickle restore_type_tag",
    "torch.jit._pickle build_tensor_from_id",
    "collections OrderedDict",
    "builtins complex",
    "builtins set",
    "_codecs encode",
    "numpy dtype",
    "numpy.core.multiarray scalar",
    "torch.serialization _get_layout",
    "__torch__ Missing",
    "__torch__.torch.classes.quantized LinearPackedParamsBase",
    "__torch__.torch.classes.nobody Known",
    "os system",
];

/// Types, names of attributes, keys of storages, instructions of bytecode and parts of its tables.
const TEXTS: &[&str] = &[
    "",
    "0",
    "1",
    "1.storage",
    "99999999999999999999",
    "storage",
    "cpu",
    "cuda:0",
    "meta",
    "weight",
    "training",
    "__torch__.Net.forward",
    "List[int]",
    "List[List[List[Tensor]]]",
    "Dict[str, Tensor]",
    "Optional[Tensor]",
    "Tuple[int, str]",
    "Tensor",
    "int",
    "number",
    "Future[int]",
    "__torch__.Missing",
    "LOADC",
    "LOAD",
    "STORE",
    "STOREN",
    "MOVE",
    "DROP",
    "DROPR",
    "OP",
    "OPN",
    "CALL",
    "INTERFACE_CALL",
    "GET_ATTR",
    "SET_ATTR",
    "JMP",
    "JF",
    "LOOP",
    "RET",
    "WAIT",
    "FORK",
    "CREATE_OBJECT",
    "ISINSTANCE",
    "TUPLE_CONSTRUCT",
    "TUPLE_SLICE",
    "NAMED_TUPLE_CONSTRUCT",
    "LIST_CONSTRUCT",
    "LIST_UNPACK",
    "DICT_CONSTRUCT",
    "RAISE_EXCEPTION",
    "instructions",
    "operators",
    "constants",
    "types",
    "register_size",
    "arguments",
    "returns",
    "aten::add",
    "aten::split",
    "aten::as_strided",
    "aten::append",
    "prim::unchecked_cast",
    "out",
];

fn code(data: &mut Vec<u8>, random: &mut Random) {
    let text = String::from_utf8_lossy(data).into_owned();
    let tokens = tokens(&text);
    if tokens.is_empty() {
        return;
    }
    let at = random.below(tokens.len());
    let mut out: Vec<String> = tokens.iter().map(|token| (*token).to_owned()).collect();
    let other = tokens[random.below(tokens.len())].to_owned();
    match random.below(10) {
        0 => drop(out.remove(at)),
        1 => out.insert(at, other),
        2 | 3 => out[at] = other,
        4 => out[at] = random.pick(WORDS).to_owned(),
        5 => out.insert(at, random.pick(WORDS).to_owned()),
        6 => {
            let numbers: Vec<usize> =
                (0..tokens.len()).filter(|i| tokens[*i].starts_with(|c: char| c.is_ascii_digit())).collect();
            if let Some(i) = numbers.get(random.below(numbers.len())) {
                out[*i] = random.number().to_string();
            }
        }
        7 => {
            let to = random.below(tokens.len());
            out.swap(at, to);
        }
        8 => {
            let deep = [10, 1000, 50_000][random.below(3)];
            let (open, close) = [("(", ")"), ("[", "]"), ("-", ""), ("List[", "]"), ("not ", "")][random.below(5)];
            out[at] = format!("{}{}{}", open.repeat(deep), out[at], close.repeat(deep));
        }
        _ => {
            // a line once more, or gone
            let lines: Vec<&str> = text.lines().collect();
            let line = random.below(lines.len());
            let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            if random.below(2) == 0 {
                lines.remove(line);
            } else {
                lines.insert(line, lines[random.below(lines.len())].clone());
            }
            *data = (lines.join("\n") + "\n").into_bytes();
            return;
        }
    }
    *data = out.concat().into_bytes();
}

/// Words, numbers, spaces and single signs; together they are the text.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same = |c: char| match first {
            _ if first.is_alphanumeric() || first == '_' => c.is_alphanumeric() || c == '_',
            ' ' => c == ' ',
            _ => false,
        };
        let len = rest.char_indices().skip(1).find(|(_, c)| !same(*c)).map_or(rest.len(), |(at, _)| at);
        let (token, tail) = rest.split_at(len);
        tokens.push(token);
        rest = tail;
    }
    tokens
}

const WORDS: &[&str] = &[
    "Tensor",
    "int",
    "float",
    "str",
    "bool",
    "None",
    "True",
    "List[int]",
    "Optional[Tensor]",
    "Dict[str, Tensor]",
    "self",
    "torch",
    "torch.add",
    "torch.zeros",
    "torch.as_strided",
    "torch.set_",
    "torch.resize_",
    "torch.view",
    "torch.empty",
    "torch.full",
    "torch.arange",
    "torch.expand",
    "torch.repeat",
    "torch.cat",
    "torch.index",
    "torch.split",
    "torch.unfold",
    "torch.conv2d",
    "ops.prim.data",
    "CONSTANTS.c0",
    "CONSTANTS.c99999999999",
    "annotate",
    "unchecked_cast",
    "uninitialized",
    "getattr",
    "isinstance",
    "fork",
    "wait",
    "range",
    "len",
    "while",
    "for",
    "if",
    "else:",
    "return",
    "raise",
    "assert",
    "def",
    "class",
    "del",
    "with",
    "in",
    "not",
    "and",
    "**",
    "//",
    "%",
    "<<",
    "@",
    "->",
    ":",
    ",",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "=",
    "==",
    "+=",
    "...",
    "\"",
    "'",
    "\\",
    "\n",
    "    ",
    "\t",
    "1e999",
    "0x7f",
    "1j",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999",
    "é",
    "\u{0}",
    "#",
    "lambda",
    "import x\n",
    "__torch__.torch.classes.a.B",
    "__torch__.___torch_mangle_0.C",
];

/// A record: shorter, longer, gone, under another name, with another's content.
fn record(records: &mut Records, random: &mut Random) {
    if records.is_empty() {
        return;
    }
    let at = random.below(records.len());
    let other = random.below(records.len());
    match random.below(7) {
        0 => {
            let len = random.below(records[at].1.len() + 1);
            records[at].1.truncate(len);
        }
        1 => records[at].1.extend_from_slice(&[0x2e; 70]),
        2 => drop(records.remove(at)),
        3 => records[at].1 = records[other].1.clone(),
        4 => records[at].0 = format!("{}x", records[at].0),
        5 => {
            let name = records[at].0.clone();
            records[at].0 = std::mem::replace(&mut records[other].0, name);
        }
        _ => bytes(&mut records[at].1, random),
    }
}
