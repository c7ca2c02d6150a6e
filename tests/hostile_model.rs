//! Whole models that are damaged or lie, and calls that do not fit: each is an error that names the record, the line or
//! the argument. The container alone is the subject of `hostile_archive.rs`.

use sconce::archive::{ArchiveWriter, Compression, PickleWriter};
use sconce::{DType, ErrorKind, IValue, Module, Tensor};

/// The storage and the view of it that a pickle claims, and the record that is there.
struct Claim {
    class: &'static str,
    key: &'static str,
    numel: i64,
    offset: i64,
    sizes: &'static [i64],
    strides: &'static [i64],
    record: usize,
}

const WHOLE: Claim =
    Claim { class: "FloatStorage", key: "0", numel: 6, offset: 0, sizes: &[2, 3], strides: &[3, 1], record: 24 };

const CODE: &str = r#"class Net(Module):
  __parameters__ = ["w", ]
  __buffers__ = []
  w : Tensor
  training : bool
  def forward(self: __torch__.Net, x: Tensor, n: int=1, names: List[str]=annotate(List[str], [])) -> Tensor:
    y = torch.matmul(x, self.w)
    return torch.mul(y, n)
"#;

fn pickle(class: &str, claim: &Claim) -> Vec<u8> {
    let mut w = PickleWriter::new();
    w.global("__torch__", class);
    w.empty_tuple();
    w.new_object();
    w.empty_dict();
    w.mark();
    w.string("w");
    w.global("torch._utils", "_rebuild_tensor_v2");
    w.mark();
    w.storage(claim.class, claim.key, "cpu", claim.numel);
    w.int(claim.offset);
    for numbers in [claim.sizes, claim.strides] {
        w.mark();
        numbers.iter().for_each(|n| w.int(*n));
        w.tuple();
    }
    w.bool(false);
    w.global("collections", "OrderedDict");
    w.empty_tuple();
    w.reduce();
    w.tuple();
    w.reduce();
    w.string("training");
    w.bool(false);
    w.set_items();
    w.build();
    w.finish()
}

fn write(records: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = ArchiveWriter::new(&mut out, "net");
    records.iter().for_each(|(name, data)| writer.write(name, data, Compression::Text).unwrap());
    writer.finish(3).unwrap();
    out
}

fn archive(code: &str, class: &str, claim: &Claim) -> Vec<u8> {
    write(&[
        ("data/0", &vec![0; claim.record]),
        ("data.pkl", &pickle(class, claim)),
        ("code/__torch__.py", code.as_bytes()),
        ("constants.pkl", b"\x80\x02)."),
    ])
}

fn load(code: &str, class: &str, claim: &Claim) -> sconce::Result<Module> {
    Module::load_from(archive(code, class, claim))
}

#[test]
fn the_undamaged_model_works() {
    let y = load(CODE, "Net", &WHOLE).unwrap().forward(&[Tensor::empty(&[4, 2], DType::F32).unwrap().into()]);
    assert_eq!(y.unwrap().to_tensor().unwrap().sizes(), [4, 3]);
}

#[test]
fn tensors_that_do_not_fit_their_records() {
    let cases = [
        (Claim { record: 23, ..WHOLE }, "data/0: the record has 23 bytes, its storage 6 elements of 4 bytes"),
        (Claim { record: 0, ..WHOLE }, "data/0: the record has 0 bytes, its storage 6 elements of 4 bytes"),
        (
            Claim { class: "DoubleStorage", ..WHOLE },
            "data/0: the record has 24 bytes, its storage 6 elements of 8 bytes",
        ),
        (Claim { numel: 1 << 62, ..WHOLE }, "data/0: the record has 24 bytes"),
        (Claim { numel: -1, ..WHOLE }, "a persistent id that is not a storage"),
        (Claim { numel: 0, ..WHOLE }, "data/0: "),
        (Claim { class: "StringStorage", ..WHOLE }, "unknown storage class torch.StringStorage"),
        (Claim { key: "1", ..WHOLE }, "failed locating file data/1: file not found"),
        (Claim { key: "../data.pkl", ..WHOLE }, "failed locating file data/../data.pkl: file not found"),
        (Claim { offset: 1, ..WHOLE }, "data/0: "),
        (Claim { offset: i64::MAX, ..WHOLE }, "data/0: "),
        (Claim { offset: -1, ..WHOLE }, "torch._utils._rebuild_tensor_v2: unexpected arguments"),
        (Claim { sizes: &[2, 4], ..WHOLE }, "data/0: "),
        (Claim { sizes: &[1 << 40, 1 << 40], strides: &[1 << 40, 1], ..WHOLE }, "data/0: "),
        (Claim { sizes: &[1 << 40, 1 << 40], strides: &[0, 0], ..WHOLE }, "data/0: "),
        (Claim { sizes: &[-2, 3], ..WHOLE }, "data/0: "),
        (Claim { strides: &[4, 1], ..WHOLE }, "data/0: "),
        (Claim { strides: &[-3, 1], ..WHOLE }, "data/0: "),
        (Claim { strides: &[i64::MAX, i64::MAX], ..WHOLE }, "data/0: "),
        (Claim { strides: &[1], ..WHOLE }, "data/0: "),
    ];
    for (number, (claim, message)) in cases.iter().enumerate() {
        let error = load(CODE, "Net", claim).err().expect(message);
        let names_place = error.message().contains("data.pkl: byte ") || error.message().contains("locating");
        assert!(error.message().contains(message) && names_place, "{number}: {error}; expected: {message}");
        assert_eq!(error.kind(), ErrorKind::Archive, "{number}: {error}");
    }
}

#[test]
fn code_that_does_not_compile() {
    let deep = format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000));
    let method = |body: &str| CODE.replace("torch.matmul(x, self.w)", body);
    let cases = [
        (method("torch.matmul(x, self.w"), "code/__torch__.py\", line 8"),
        (method("torch.matmul(x, \u{1}self.w)"), "code/__torch__.py\", line 7"),
        (method("\"never ends"), "code/__torch__.py\", line 7"),
        (method("torch.neg(z)"), "undefined value z"),
        (method("torch.neg(self.v)"), "has no attribute 'v'"),
        (method("torch.no_such_operator(x)"), "aten::no_such_operator"),
        (method("torch.neg(CONSTANTS.c0)"), "c0"),
        (method("__torch__.other.f(x)"), "__torch__.other"),
        (method(&deep), "nested"),
        (method("self.forward(x)"), "called recursively"),
        (CODE.replace("    y = ", "  y = "), "code/__torch__.py\", line 7"),
        (CODE.replace("w : Tensor", "w : __torch__.Missing"), "__torch__.Missing"),
        (CODE.replace("x: Tensor", "x: Tensorr"), "Tensorr"),
        (CODE.replace("Module)", "Missing)"), "does not support class inheritance"),
        (CODE.replace("  w : Tensor", "  w : Tensor\n  v : Tensor"), "no value for the attribute 'v'"),
        (CODE.replace("  w : Tensor", "  w : int"), "attribute 'w': a Tensor is not a int"),
        (CODE.replace("Net(", "Other("), "the archive has no class __torch__.Net"),
        ("\u{feff}\0\0".to_owned(), "code/__torch__.py\", line 1"),
        (String::new(), "the archive has no class __torch__.Net"),
    ];
    for (number, (code, message)) in cases.iter().enumerate() {
        let outcome = load(code, "Net", &WHOLE).and_then(|module| module.method("forward")?.compile());
        let error = outcome.expect_err(message);
        assert!(error.message().contains(message), "{number}: {error}; expected: {message}");
        assert_ne!(error.kind(), ErrorKind::Internal, "{number}: {error}");
    }
}

#[test]
fn what_a_model_must_have() {
    let pickle = pickle("Net", &WHOLE);
    let all: &[(&str, &[u8])] = &[
        ("data/0", &[0; 24]),
        ("data.pkl", &pickle),
        ("code/__torch__.py", CODE.as_bytes()),
        ("constants.pkl", b"\x80\x02)."),
    ];
    let messages = [
        "failed locating file data/0",
        "failed locating file data.pkl",
        "the archive has no class __torch__.Net",
        "record constants.pkl is missing",
    ];
    for (missing, message) in messages.iter().enumerate() {
        let rest: Vec<_> = all.iter().enumerate().filter(|(at, _)| *at != missing).map(|(_, record)| *record).collect();
        let error = Module::load_from(write(&rest)).err().expect(message);
        assert!(error.message().contains(message), "{error}; expected: {message}");
    }
    let cases: &[(&str, &[u8], &str)] = &[
        ("constants.pkl", b"\x80\x02N.", "constants.pkl: "),
        ("constants.pkl", b"\x80\x02\xfe.", "constants.pkl: byte 2: unknown opcode 0xfe"),
        ("data.pkl", b"\x80\x02N.", "data.pkl: the root is not a module"),
        ("data.pkl", b"\x80\x02c__torch__\nNet\n)\x81q\x00h\x00b.", "data.pkl: byte 18: the value contains itself"),
        ("data.pkl", b"\x80\x02cos\nsystem\nX\x02\0\0\0ls\x85R.", "os.system"),
        ("data.pkl", b"\x80\x02ctorch.distributed.rpc\nrref\nK\x01\x85R.", "torch.distributed.rpc.rref"),
        (
            "data.pkl",
            b"\x80\x02c__torch__.torch.classes.nobody\nKnown\n)\x81Nb.",
            "__torch__.torch.classes.nobody.Known",
        ),
        ("code/__torch__.py", b"\xff\xfe", "code/__torch__.py: byte 0: not UTF-8"),
    ];
    for (name, data, message) in cases {
        let changed: Vec<_> = all.iter().map(|r| if r.0 == *name { (*name, *data) } else { *r }).collect();
        let error = Module::load_from(write(&changed)).err().expect(message);
        assert!(error.message().contains(message), "{error}; expected: {message}");
    }
}

#[test]
fn arguments_that_do_not_fit() {
    let module = load(CODE, "Net", &WHOLE).unwrap();
    let x = |sizes: &[i64], dtype: DType| IValue::from(Tensor::empty(sizes, dtype).unwrap());
    let good = || x(&[4, 2], DType::F32);
    let cases: &[(Vec<IValue>, &str)] = &[
        (vec![], "forward() is missing value for argument 'x'"),
        (vec![good(), 1.into(), IValue::None, good()], "forward()"),
        (
            vec![good(), 1.into(), IValue::List(sconce::value::List::new(sconce::Type::Str, vec![])), good()],
            "forward() expected at most 4 argument(s) but received 5 argument(s)",
        ),
        (vec![1.into()], "Expected a value of type 'Tensor' for argument 'x' but instead found type 'int'"),
        (vec![good(), 1.5.into()], "Expected a value of type 'int' for argument 'n' but instead found type 'float'"),
        (vec![good(), 1.into(), IValue::ints(&[1])], "argument 'names'"),
        (vec![x(&[4, 3], DType::F32)], "mat1 and mat2 shapes cannot be multiplied (4x3 and 2x3)"),
        (vec![x(&[], DType::F32)], "both arguments to matmul need to be at least 1D"),
        (vec![x(&[4, 2], DType::I64)], "expected m1 and m2 to have the same dtype, but got: long int != float"),
    ];
    for (number, (args, message)) in cases.iter().enumerate() {
        let error = module.forward(args).expect_err(message);
        assert!(error.message().contains(message), "{number}: {error}; expected: {message}");
    }
    for (kwargs, message) in [
        (vec![("y", good())], "Unknown keyword argument 'y'"),
        (vec![("x", good())], "Argument 'x' specified both as positional and keyword argument"),
    ] {
        let error = module.method("forward").unwrap().call_with(&[good()], &kwargs).expect_err(message);
        assert!(error.message().contains(message), "{error}; expected: {message}");
    }
    assert!(module.call("backward", &[]).unwrap_err().message().contains("Method 'backward' is not defined"));
}

#[test]
fn values_that_nest_without_end() {
    // a list of half a million links, each of which holds the next; one that is a ring; and a dict in a dict in a dict
    let code = r#"class Link:
  next : Optional[__torch__.Link]
  def __init__(self: __torch__.Link, next: Optional[__torch__.Link]) -> NoneType:
    self.next = next
    return None
class Net(Module):
  w : Tensor
  last : Optional[__torch__.Link]
  def forward(self: __torch__.Net, n: int, ring: bool) -> int:
    first = __torch__.Link.__new__(__torch__.Link)
    _0 = (first).__init__(None, )
    link = first
    for i in range(n):
      new = __torch__.Link.__new__(__torch__.Link)
      _1 = (new).__init__(link, )
      link = new
    if ring:
      first.next = link
    self.last = link
    return n
"#;
    let mut archive = archive(code, "Net", &WHOLE);
    let at = archive.windows(8).position(|w| w == b"training").unwrap();
    assert!(archive.len() > at);
    archive = write(&[
        ("data/0", &[0; 24]),
        ("data.pkl", &{
            let text = pickle("Net", &WHOLE);
            // `training: False` becomes `last: None`
            let at = text.windows(8).position(|w| w == b"training").unwrap();
            let mut out = text[..at - 4].to_vec();
            out.extend(4u32.to_le_bytes());
            out.extend(b"last");
            out.extend(&text[at + 8..]);
            let flag = out.iter().rposition(|b| *b == 0x89).unwrap();
            out[flag] = b'N';
            out
        }),
        ("code/__torch__.py", code.as_bytes()),
        ("constants.pkl", b"\x80\x02)."),
    ]);
    for ring in [false, true] {
        let module = Module::load_from(archive.clone()).unwrap();
        assert_eq!(module.forward(&[500_000.into(), ring.into()]).unwrap().to_int().unwrap(), 500_000);
        assert!(module.deep_copy().is_err_and(|error| error.kind() == ErrorKind::Limit));
        module.eval().unwrap();
        drop(module);
    }
}

#[test]
fn truncated_models() {
    let whole = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small_cnn.pt")).unwrap();
    for len in (0..whole.len()).step_by(64) {
        let error = Module::load_from(whole[..len].to_vec()).err().expect("truncated");
        assert_eq!(error.kind(), ErrorKind::Archive, "{len}: {error}");
    }
}

#[test]
fn a_wrong_checksum_names_its_record() {
    let whole = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small_cnn.pt")).unwrap();
    for name in ["data.pkl", "constants.pkl", "code/__torch__/programs.py"] {
        let mut data = whole.clone();
        let full = format!("small_cnn/{name}");
        let entry = (0..data.len() - 100)
            .find(|at| data[*at..].starts_with(b"PK\x01\x02") && data[at + 46..].starts_with(full.as_bytes()));
        data[entry.expect(name) + 16] ^= 1;
        let outcome = Module::load_from(data).and_then(|module| module.method("forward")?.compile());
        let error = outcome.expect_err(name);
        assert!(error.message().contains(&format!("{name}: wrong checksum")), "{error}");
    }
}
