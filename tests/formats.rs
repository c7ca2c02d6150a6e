//! Archives of other layouts than that of `torch.jit.save`, as far as `sconce verify tests/fixtures/formats` does not show
//! it already: packages of several modules, mobile archives without code, objects of the host's classes.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::Arc;

use sconce::archive::{Archive, ArchiveWriter, Bytes, Compression, PickleWriter};
use sconce::op::{register_class, HostClass, HostMethod, New};
use sconce::{DType, ErrorKind, IValue, Module, Result, Scalar, Tensor};

fn fixture(name: &str) -> String {
    format!("{}/tests/fixtures/formats/{name}.pt", env!("CARGO_MANIFEST_DIR"))
}

fn ones(sizes: &[i64]) -> IValue {
    Tensor::full(sizes, Scalar::Int(1), DType::F32).unwrap().into()
}

#[test]
fn a_package_of_several_modules() {
    let path = fixture("package_of_two");
    for (name, sizes) in [("models/net.pkl", [4, 2]), ("0", [4, 2]), ("models/other.pkl", [4, 1]), ("1", [4, 1])] {
        let module = Module::load_packaged(&path, name).unwrap();
        let input = ones(&[4, if sizes[1] == 2 { 3 } else { 2 }]);
        assert_eq!(module.forward(&[input]).unwrap().to_tensor().unwrap().sizes(), sizes, "{name}");
    }
    let cases = [
        ("models/value.pkl", "models/value.pkl: byte "),
        ("models/none.pkl", "no script module models/none.pkl in the package; it has 0, 1"),
        ("2", "no script module 2 in the package; it has 0, 1"),
    ];
    for (name, message) in cases {
        let error = Module::load_packaged(&path, name).err().expect(name);
        assert!(error.message().contains(message), "{error}; expected: {message}");
    }
    let error = Module::load(&path).err().unwrap();
    assert!(error.message().contains("a package with 2 script modules, 0, 1: say which one to load"), "{error}");
    let error = Module::load_packaged(fixture("mobile"), "0").err().unwrap();
    assert!(error.message().contains("the archive is no package"), "{error}");
}

#[test]
fn a_mobile_archive_without_code() {
    let (with, without) = (Module::load(fixture("mobile")).unwrap(), Module::load(fixture("mobile_bytecode")).unwrap());
    let names = |module: &Module| {
        let mut names: Vec<String> = module.methods().iter().map(|m| m.schema().unwrap().to_string()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&with).len(), names(&without).len());
    assert_eq!(with.parameters().len(), without.parameters().len());
    assert_eq!(with.buffers().len(), without.buffers().len());
    let x = || ones(&[2, 3]);
    // -1 raises; the second call sees what the first has changed
    for n in [0, 5, -1, 2] {
        let results = [&with, &without].map(|module| module.forward(&[x(), n.into()]));
        let [a, b] =
            results.map(|result| result.map(|v| format!("{v:?}")).map_err(|e| (e.kind(), e.message().to_owned())));
        assert_eq!(a, b, "{n}");
    }
    let error = without.method("forward").unwrap().graph().err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(error.message().contains("it has bytecode and no graph"), "{error}");
}

#[test]
fn bytecode_of_every_version() {
    let whole = Archive::open(Bytes::from_path(fixture("mobile_bytecode")).unwrap()).unwrap();
    let labelled = |version: u8| {
        let mut out = Vec::new();
        let mut writer = ArchiveWriter::new(&mut out, "net");
        for name in ["data.pkl", "constants.pkl", "bytecode.pkl"] {
            let mut data = whole.record(name).unwrap().to_vec();
            if name == "bytecode.pkl" {
                assert_eq!(data[2..4], *b"K\x08");
                data[3] = version;
            }
            writer.write(name, &data, Compression::None).unwrap();
        }
        for record in
            whole.records().iter().filter(|r| r.name().starts_with("data/") || r.name().starts_with("constants/"))
        {
            writer.write(record.name(), &whole.record(record.name()).unwrap(), Compression::None).unwrap();
        }
        writer.finish(whole.version().unwrap()).unwrap();
        Module::load_from(out)
    };
    let run = |module: Module| format!("{:?}", module.forward(&[ones(&[2, 3]), 3.into()]).unwrap());
    let expected = run(Module::load(fixture("mobile_bytecode")).unwrap());
    for version in 3..=9 {
        assert_eq!(run(labelled(version).unwrap()), expected, "{version}");
    }
    for version in [0, 2, 10] {
        let error = labelled(version).err().unwrap();
        assert!(error.message().contains(&format!("bytecode of version {version}; supported are 3 to 9")), "{error}");
    }
}

#[test]
fn extra_files_are_handed_out() {
    let module = Module::load(fixture("extra_files")).unwrap();
    let text = |name: &str| module.extra_file(name).unwrap().map(|bytes| bytes.to_vec());
    assert_eq!(text("labels.txt").as_deref(), Some(&b"cat\ndog"[..]));
    assert_eq!(text("folder/more.bin").as_deref(), Some(&[0, 0xff][..]));
    assert_eq!(text("absent"), None);
}

#[test]
fn what_setstate_forgets_is_named() {
    let error = Module::load(fixture("incomplete_state")).err().unwrap();
    let text = "The field 'lost' was left uninitialized after '__setstate__', but expected a value of type 'Tensor'";
    assert!(error.message().contains(text), "{error}");
}

#[test]
fn storages_of_every_dtype() {
    let module = Module::load(fixture("storages")).unwrap();
    let buffers = module.buffers();
    for dtype in DType::all() {
        let name = format!("t_{}", dtype.python_name());
        let (_, tensor) = buffers.iter().find(|(buffer, _)| *buffer == name).expect(&name);
        assert_eq!(tensor.dtype(), dtype, "{name}");
        if ["bits", "float8"].iter().any(|kind| dtype.python_name().starts_with(kind)) {
            assert_eq!(tensor.storage().nbytes() % 4, 0, "{name}");
        } else if dtype.is_integral(false) {
            assert_eq!(tensor.to_vec::<i64>().unwrap(), [1, 2, 100], "{name}");
        } else if dtype.is_floating_point() || dtype.is_complex() {
            assert_eq!(tensor.to_vec::<f64>().unwrap(), [1.5, -2.0, 0.5, 0.0], "{name}");
        } else if dtype.is_quantized() {
            assert!(tensor.quantizer().is_some(), "{name}");
        }
    }
    let get = |name: &str| buffers.iter().find(|(buffer, _)| buffer == name).expect(name).1.clone();
    assert_eq!((get("view").to_vec::<f32>().unwrap(), get("none").sizes()), (vec![-2.0, 0.5], &[0, 3][..]));
    assert!(get("view").shares_storage(&get("t_float32")));
    assert_eq!(get("meta").sizes(), [3, 2]);
    assert!(get("sparse").sparse_parts().is_some() && get("csr").sparse_parts().is_some());
}

/// PyTorch writes both with the dtype of the first, and reads past the end of the storage for the second.
#[test]
fn a_view_of_smaller_elements_is_refused() {
    let error = Module::load(fixture("two_types_too_long")).err().unwrap();
    let text = "sizes [8], strides [1], storage offset 0, and itemsize 4 requiring a storage size of 32";
    assert!(error.message().contains(text), "{error}");
}

#[test]
fn packed_weights_in_tensors_are_refused_as_by_pytorch() {
    let error = Module::load(fixture("old_packed_parameter")).err().unwrap();
    assert!(error.message().contains("This model uses an outdated version of quantized.linear_prepack."), "{error}");
}

fn value(name: &str) -> Result<IValue> {
    sconce::module::load_value(format!("{}/tests/fixtures/values/{name}.pt", env!("CARGO_MANIFEST_DIR")))
}

#[test]
fn values_in_every_format_and_protocol() {
    let expected = "{tensor: [0.0, 1.0, 2.0] false, parameter: [1.0, 1.0] true, complex: Complex { re: 1.0, im: 2.0 }, \
                    state: {a: [7.0]}, set: [1], one: [1], big: 1099511627776, mixed: (None, True, 1.5, é, [1, 2], 15)}";
    for protocol in 2..=5 {
        for form in ["zip", "legacy"] {
            let value = value(&format!("protocol{protocol}_{form}")).unwrap().to_dict().unwrap();
            let get = |key: &str| value.get(&key.into()).unwrap();
            let tensor = |key: &str| get(key).to_tensor().unwrap();
            let floats = |t: &Tensor| format!("{:?}", t.to_vec::<f64>().unwrap());
            let complex = tensor("complex").to_vec::<sconce::Complex>().unwrap();
            let state = get("state").to_dict().unwrap().get(&"a".into()).unwrap().to_tensor().unwrap();
            let shown = format!(
                "{{tensor: {} {}, parameter: {} {}, complex: {:?}, state: {{a: {}}}, set: {}, one: {}, big: {}, mixed: {}}}",
                floats(&tensor("tensor")),
                tensor("tensor").requires_grad(),
                floats(&tensor("parameter")),
                tensor("parameter").requires_grad(),
                complex[0],
                floats(&state),
                get("set"),
                get("one"),
                get("big"),
                get("mixed"),
            );
            assert_eq!(shown, expected, "protocol {protocol}, {form}");
        }
    }
}

#[test]
fn values_of_big_endian_machines() {
    let value = value("big_endian").unwrap().to_dict().unwrap();
    let tensor = |key: &str| value.get(&key.into()).unwrap().to_tensor().unwrap();
    assert_eq!(tensor("f").to_vec::<f32>().unwrap(), [1.5, -2.0]);
    assert_eq!(tensor("c").to_vec::<sconce::Complex>().unwrap(), [sconce::Complex::new(1.0, 2.0)]);
    assert_eq!(tensor("i").to_vec::<i64>().unwrap(), [1, 1 << 40]);
}

/// Counts, in the host's own way.
struct Counter(AtomicI64);

fn new(start: i64) -> Result<New<Counter>> {
    Ok(New(Counter(start.into())))
}
fn add(this: Arc<Counter>, by: i64) -> Result<i64> {
    Ok(this.0.fetch_add(by, Ordering::Relaxed) + by)
}

impl HostClass for Counter {
    const NAME: &'static str = "tests.Counter";

    fn methods() -> Vec<HostMethod> {
        vec![
            HostMethod::new("__init__(int start) -> ()", new as fn(_) -> _),
            HostMethod::new("add(int by=1) -> int", add as fn(_, _) -> _),
        ]
    }
    fn state(&self) -> Result<IValue> {
        Ok(self.0.load(Ordering::Relaxed).into())
    }
    fn from_state(state: &IValue) -> Result<Self> {
        Ok(Counter(state.to_int()?.into()))
    }
}

const CODE: &str = "class Net(Module):
  counter : __torch__.torch.classes.tests.Counter
  def forward(self: __torch__.Net, n: int) -> Tuple[int, int, int]:
    counter = self.counter
    _0 = (counter).add(n, )
    other = __torch__.torch.classes.tests.Counter.__new__(__torch__.torch.classes.tests.Counter)
    _1 = (other).__init__(100, )
    _2 = (other).add()
    return (_0, (self.counter).add(), (other).add(10, ))
";

fn archive(class: &str, state: impl Fn(&mut PickleWriter)) -> Vec<u8> {
    let mut w = PickleWriter::new();
    w.global("__torch__", "Net");
    w.empty_tuple();
    w.new_object();
    w.empty_dict();
    w.mark();
    w.string("counter");
    w.global("__torch__.torch.classes.tests", class);
    w.empty_tuple();
    w.new_object();
    state(&mut w);
    w.build();
    w.set_items();
    w.build();
    let mut out = Vec::new();
    let mut writer = ArchiveWriter::new(&mut out, "net");
    let code = CODE.replace("Counter", class);
    let parts: [(&str, &[u8]); 3] =
        [("data.pkl", &w.finish()), ("code/__torch__.py", code.as_bytes()), ("constants.pkl", b"\x80\x02).")];
    parts.iter().for_each(|(name, data)| writer.write(name, data, Compression::Text).unwrap());
    writer.finish(3).unwrap();
    out
}

#[test]
fn objects_of_the_hosts_classes() {
    register_class::<Counter>().unwrap();
    assert!(register_class::<Counter>().unwrap_err().message().contains("tests.Counter is already registered"));
    let module = Module::load_from(archive("Counter", |w| w.int(5))).unwrap();
    let copy = module.deep_copy().unwrap();
    let call = |module: &Module| module.forward(&[2.into()]).unwrap().to_string();
    assert_eq!([call(&module), call(&module), call(&copy)], ["(7, 8, 111)", "(10, 11, 111)", "(7, 8, 111)"]);

    let cases: [(&str, fn(&mut PickleWriter), &str); 2] = [
        ("Counter", |w| w.string("five"), "__torch__.torch.classes.tests.Counter: "),
        ("Nobody", |w| w.int(5), "an object of the native class tests.Nobody, which is not registered"),
    ];
    for (class, state, message) in cases {
        let error = Module::load_from(archive(class, state)).err().expect(message);
        assert!(error.message().contains(message), "{error}; expected: {message}");
    }
}
