//! Archives of other layouts than that of `torch.jit.save`, as far as `sconce verify tests/fixtures/formats` does not show
//! it already: packages of several modules, mobile archives without code, objects of the host's classes.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::Arc;

use sconce::archive::{ArchiveWriter, Compression, PickleWriter};
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
