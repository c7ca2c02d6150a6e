//! Plain `torch.save` files as values.

use std::collections::HashMap;
use std::path::Path;

use super::coerce::Coercion;
use super::tensors::{Storages, Tensors};
use crate::archive::{ByteOrder, Bytes, Construct, GlobalName, Node, NodeId, Object as ObjectNode, Pickle, SavedFile};
use crate::base::{Complex, DType, Device, QScheme, LAYOUTS};
use crate::frontend::CompilationUnit;
use crate::value::{Dict, IValue, List, Type};
use crate::{Error, Result};

/// The value in a file of `torch.save`, zip, legacy or tar, or of LibTorch's `torch::pickle_save`: a tensor, a state
/// dict, any nesting of containers.
///
/// Python's types map onto TorchScript's: an `OrderedDict` is a dict, a `Parameter` its tensor, a `torch.Size` and a
/// set a list, a dtype or layout its number. Lists and dicts are typed by content: a list of ints is a `List[int]`, of
/// ints and None a `List[Optional[int]]`, of anything else a `List[Any]`. Fails for what TorchScript has no type for,
/// as for pickled module objects.
///
/// ```
/// # fn main() -> sconce::Result<()> {
/// let case = sconce::module::load_value("tests/fixtures/traced_mlp.io.pt")?.to_dict()?;
/// let args = case.get(&"args".into()).unwrap().to_tuple()?;
/// println!("{:?}", args.elements[0].to_tensor()?.sizes());
/// # Ok(())
/// # }
/// ```
pub fn load_value(path: impl AsRef<Path>) -> Result<IValue> {
    let path = path.as_ref();
    load_value_from(Bytes::from_path(path)?).map_err(|error| error.context(path.display()))
}

/// [`load_value`] from memory.
pub fn load_value_from(bytes: impl Into<Bytes>) -> Result<IValue> {
    let file = SavedFile::open(bytes.into())?;
    let (values, coercion) = Default::default();
    let storages = Saved(&file);
    Reader { file: &file, pickle: file.pickle(), values, coercion }.read(&storages)
}

struct Saved<'a>(&'a SavedFile);

impl Storages for Saved<'_> {
    fn bytes(&self, key: &str) -> Result<Bytes> {
        self.0.storage(key)
    }
    fn record(&self, key: &str) -> String {
        format!("data/{key}")
    }
    fn byteorder(&self) -> ByteOrder {
        self.0.byteorder()
    }
}

struct Reader<'a> {
    file: &'a SavedFile,
    pickle: &'a Pickle,
    values: HashMap<NodeId, Typed>,
    coercion: Coercion,
}

/// A value with its type by content. Types of tuples that share parts could grow without bound: `size` is watched.
#[derive(Clone)]
struct Typed {
    value: IValue,
    ty: Type,
    size: usize,
}

/// Larger types than any sane value has are `Any`.
const MAX_TYPE: usize = 1000;

impl<'a> Reader<'a> {
    fn read(mut self, storages: &'a dyn Storages) -> Result<IValue> {
        let mut tensors = Tensors::new(self.pickle, storages);
        for id in self.pickle.order()? {
            if let Some(value) = self.node(id, &mut tensors)? {
                self.values.insert(id, value);
            }
        }
        match self.values.remove(&self.pickle.root()) {
            Some(root) => Ok(root.value),
            None => Err(self.culprit(self.pickle.root())),
        }
    }

    /// `None` for what is no value of its own: then nothing that contains it is one.
    fn node(&mut self, id: NodeId, tensors: &mut Tensors<'a>) -> Result<Option<Typed>> {
        Ok(match self.pickle.node(id) {
            Node::None => Some(plain(IValue::None)),
            Node::Bool(v) => Some(plain(IValue::Bool(*v))),
            Node::Int(v) => Some(plain(IValue::Int(*v))),
            Node::Float(v) => Some(plain(IValue::Double(*v))),
            Node::Str(v) => Some(plain(IValue::Str(v.clone()))),
            Node::Long(_) => return Err(self.pickle.error(id, "an integer of more than 64 bits")),
            Node::List(items) | Node::Set(items) | Node::FrozenSet(items) => self.all(items).map(list),
            Node::Tuple(items) => self.all(items).map(tuple),
            Node::Dict(pairs) => self.dict(id, pairs)?,
            Node::Global(name) => constant(name).map(|code| plain(IValue::Int(code))),
            Node::Object(object) => self.object(id, object, tensors)?,
            Node::PersistentId(key) => match self.file.tensor(*key) {
                Some(saved) => Some(plain(IValue::Tensor(tensors.saved(id, saved)?))),
                None => None,
            },
            Node::Bytes(_) => None,
        })
    }

    fn all(&self, items: &[NodeId]) -> Option<Vec<Typed>> {
        items.iter().map(|item| self.values.get(item).cloned()).collect()
    }

    fn dict(&self, id: NodeId, pairs: &[(NodeId, NodeId)]) -> Result<Option<Typed>> {
        let (keys, values): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
        let Some((keys, values)) = self.all(&keys).zip(self.all(&values)) else { return Ok(None) };
        let (k, v) = (common(&keys), common(&values));
        let dict = Dict::new(k.0.clone(), v.0.clone());
        for (key, value) in keys.into_iter().zip(values) {
            // a tuple or None as key is fine in Python
            dict.insert(key.value, value.value).map_err(|error| self.pickle.error(id, error.message()))?;
        }
        Ok(Some(Typed { value: IValue::Dict(dict), ty: Type::dict(k.0, v.0), size: k.1 + v.1 + 1 }))
    }

    fn object(&mut self, id: NodeId, object: &'a ObjectNode, tensors: &mut Tensors<'a>) -> Result<Option<Typed>> {
        let Some(name) = self.pickle.global(object.callee) else { return Ok(None) };
        let Some(args) = self.pickle.sequence(object.args) else { return Ok(None) };
        let (module, function) = (name.module.as_str(), name.name.as_str());
        if module == "torch.jit._pickle" {
            return self.tagged(id, function, args);
        }
        let value_of = |node: &NodeId| self.values.get(node).map(|typed| &typed.value);
        if module == "collections" && matches!(function, "OrderedDict" | "defaultdict" | "Counter") {
            return self.python_dict(id, object, args);
        }
        if object.construct != Construct::Call {
            return Ok(None);
        }
        let lookup = |node: NodeId| self.values.get(&node).map(|typed| typed.value.clone());
        if let Some(tensor) = tensors.rebuild(id, name, args, &lookup)? {
            return Ok(Some(plain(IValue::Tensor(tensor))));
        }
        let value = match (module, function, args) {
            ("torch", "Size", [sizes]) => match self.pickle.sequence(*sizes).and_then(|sizes| self.all(sizes)) {
                Some(sizes) if sizes.iter().all(|size| matches!(size.value, IValue::Int(_))) => {
                    let sizes = sizes.into_iter().map(|size| size.value).collect();
                    IValue::List(List::new(Type::Int, sizes))
                }
                _ => return Ok(None),
            },
            ("torch", "device", [kind]) => match value_of(kind) {
                Some(IValue::Str(text)) => self.device(id, text)?,
                _ => return Ok(None),
            },
            ("torch", "device", [kind, index]) => match (value_of(kind), value_of(index)) {
                (Some(IValue::Str(kind)), Some(IValue::Int(index))) => self.device(id, &format!("{kind}:{index}"))?,
                _ => return Ok(None),
            },
            ("torch.serialization", "_get_layout", [layout]) => match value_of(layout) {
                Some(IValue::Str(text)) => match layout_code(text.trim_start_matches("torch.")) {
                    Some(code) => IValue::Int(code),
                    None => return Ok(None),
                },
                _ => return Ok(None),
            },
            ("builtins" | "__builtin__", "complex", [re, im]) => match (value_of(re), value_of(im)) {
                (Some(IValue::Double(re)), Some(IValue::Double(im))) => IValue::Complex(Complex::new(*re, *im)),
                _ => return Ok(None),
            },
            ("builtins" | "__builtin__", "set" | "frozenset" | "list", []) => return Ok(Some(list(Vec::new()))),
            ("builtins" | "__builtin__", "set" | "frozenset" | "list", [items]) => {
                let items = match self.pickle.node(*items) {
                    Node::Set(items) | Node::FrozenSet(items) => Some(&items[..]),
                    _ => self.pickle.sequence(*items),
                };
                return Ok(items.and_then(|items| self.all(items)).map(list));
            }
            ("torch.return_types", _, [items, ..]) => {
                return Ok(self.pickle.sequence(*items).and_then(|items| self.all(items)).map(tuple));
            }
            _ => return Ok(None),
        };
        Ok(Some(plain(value)))
    }

    /// A list or dict with its type, as LibTorch writes them.
    fn tagged(&mut self, id: NodeId, function: &str, args: &[NodeId]) -> Result<Option<Typed>> {
        let (value, ty) = match (function, args) {
            ("build_intlist", [value]) => (value, Type::list(Type::Int)),
            ("build_doublelist", [value]) => (value, Type::list(Type::Float)),
            ("build_boollist", [value]) => (value, Type::list(Type::Bool)),
            ("build_tensorlist", [value]) => (value, Type::list(Type::TENSOR)),
            ("restore_type_tag", [value, text]) => {
                let Some(text) = self.pickle.str(*text) else { return Ok(None) };
                let ty = CompilationUnit::new().parse_type(text);
                (value, ty.map_err(|error| self.pickle.error(id, error.message()))?)
            }
            _ => return Ok(None),
        };
        let Some(value) = self.values.get(value).map(|typed| typed.value.clone()) else { return Ok(None) };
        let typed = self.coercion.apply(&value, &ty);
        let wrong = || self.pickle.error(id, format!("a {} is not a {}", value.tag(), ty.annotation()));
        // how large the type is matters only where it would go into larger ones
        typed.map(|value| Some(Typed { value, ty: ty.clone(), size: MAX_TYPE })).ok_or_else(wrong)
    }

    /// Pairs set on the object; Python 2 and `Counter` pass them as an argument. `_metadata` of state dicts is left out.
    fn python_dict(&self, id: NodeId, object: &ObjectNode, args: &[NodeId]) -> Result<Option<Typed>> {
        let mut pairs = Vec::new();
        if let Some(last) = args.last() {
            match self.pickle.node(*last) {
                Node::Dict(items) => pairs.extend(items),
                Node::List(items) => {
                    for item in items {
                        let Some([key, value]) = self.pickle.sequence(*item) else { return Ok(None) };
                        pairs.push((*key, *value));
                    }
                }
                // the factory of a defaultdict
                _ => {}
            }
        }
        pairs.extend(&object.pairs);
        self.dict(id, &pairs)
    }

    fn device(&self, id: NodeId, text: &str) -> Result<IValue> {
        let device = text.parse::<Device>().map_err(|error| self.pickle.error(id, error.message()))?;
        Ok(IValue::Device(device))
    }

    /// Why there is no value for the node: names what could not be read.
    fn culprit(&self, mut id: NodeId) -> Error {
        loop {
            match self.pickle.node(id) {
                Node::Global(name) => return self.unreadable(id, &name.to_string()),
                Node::Bytes(_) => return self.unreadable(id, "bytes"),
                Node::PersistentId(_) => return self.unreadable(id, "a bare storage"),
                Node::Object(object) => {
                    let name = self.pickle.global(object.callee).map(GlobalName::to_string);
                    return self.unreadable(id, &format!("an object of {}", name.unwrap_or_default()));
                }
                _ => {}
            }
            let mut next = None;
            self.pickle.for_each_part(id, &mut |part| {
                if next.is_none() && !self.values.contains_key(&part) {
                    next = Some(part);
                }
            });
            match next {
                Some(part) => id = part,
                None => return self.unreadable(id, "a value"),
            }
        }
    }

    fn unreadable(&self, id: NodeId, what: &str) -> Error {
        let error = self.pickle.error(id, format!("{what}, which TorchScript has no type for"));
        Error::unsupported(error.message())
    }
}

fn plain(value: IValue) -> Typed {
    let ty = value.ty();
    Typed { value, ty, size: 1 }
}

fn list(items: Vec<Typed>) -> Typed {
    let (element, size) = common(&items);
    let items = items.into_iter().map(|item| item.value).collect();
    Typed { value: IValue::List(List::new(element.clone(), items)), ty: Type::list(element), size: size + 1 }
}

fn tuple(items: Vec<Typed>) -> Typed {
    let size = items.iter().fold(1usize, |sum, item| sum.saturating_add(item.size));
    let ty = match size {
        ..=MAX_TYPE => Type::tuple(items.iter().map(|item| item.ty.clone()).collect()),
        _ => Type::Any,
    };
    let size = if size <= MAX_TYPE { size } else { 1 };
    Typed { value: IValue::tuple(items.into_iter().map(|item| item.value).collect()), ty, size }
}

/// The type of all: one type, optional where some are None, else `Any`.
fn common(items: &[Typed]) -> (Type, usize) {
    let mut known = items.iter().filter(|item| !item.value.is_none());
    let Some(first) = known.next() else {
        return (if items.is_empty() { Type::Any } else { Type::None }, 1);
    };
    if first.size > MAX_TYPE || !known.all(|item| item.ty == first.ty) {
        return (Type::Any, 1);
    }
    let optional = items.iter().any(|item| item.value.is_none());
    (if optional { Type::optional(first.ty.clone()) } else { first.ty.clone() }, first.size + 1)
}

/// dtypes, quantization schemes and memory formats are numbers in TorchScript.
fn constant(name: &GlobalName) -> Option<i64> {
    if name.module != "torch" {
        return None;
    }
    let scheme = match name.name.as_str() {
        "per_tensor_affine" => QScheme::PerTensorAffine,
        "per_channel_affine" => QScheme::PerChannelAffine,
        "per_tensor_symmetric" => QScheme::PerTensorSymmetric,
        "per_channel_symmetric" => QScheme::PerChannelSymmetric,
        "per_channel_affine_float_qparams" => QScheme::PerChannelAffineFloatQParams,
        other => return DType::from_python_name(other).map(DType::code).or_else(|| layout_code(other)),
    };
    Some(scheme as i64)
}

fn layout_code(name: &str) -> Option<i64> {
    LAYOUTS.iter().find(|(_, known)| *known == name).map(|(layout, _)| *layout as i64)
}

#[cfg(test)]
mod tests {
    use super::super::{save_value_to, Module};
    use super::*;
    use crate::archive::{ArchiveWriter, Compression};
    use crate::Tensor;

    fn file(name: &str) -> IValue {
        load_value(format!("tests/fixtures/values/{name}.pt")).unwrap()
    }

    #[test]
    fn python_values_have_types() {
        for (name, ty) in [
            ("state_dict", "Dict[str, Tensor]"),
            ("containers", "Dict[str, Any]"),
            ("legacy", "Dict[str, Tensor]"),
            ("parameter", "Tensor"),
        ] {
            assert_eq!(file(name).ty().annotation(), ty, "{name}");
        }
        let containers = file("containers").to_dict().unwrap();
        for (key, ty) in [
            ("ints", "List[int]"),
            ("optional", "List[Optional[int]]"),
            ("mixed", "List[Any]"),
            ("nested", "List[List[float]]"),
            ("empty", "List[Any]"),
            ("size", "List[int]"),
            ("set", "List[int]"),
            ("dtype", "int"),
            ("layout", "int"),
            ("complex", "complex"),
            ("device", "Device"),
            ("tuple", "Tuple[int, str, Tuple[bool, NoneType]]"),
            ("by_int", "Dict[int, str]"),
            ("named", "Tuple[Tensor, Tensor]"),
        ] {
            assert_eq!(containers.get(&key.into()).unwrap().ty().annotation(), ty, "{key}");
        }
    }

    #[test]
    fn tensors_of_every_kind() {
        let tensors = file("tensors").to_dict().unwrap();
        let get = |key: &str| tensors.get(&key.into()).unwrap().to_tensor().unwrap();
        for (key, dtype, sizes, values) in [
            ("f32", DType::F32, &[2, 2][..], &[1.5, -2.0, 3.0, 4.0][..]),
            ("transposed", DType::F32, &[2, 2], &[1.5, 3.0, -2.0, 4.0]),
            ("expanded", DType::F32, &[2, 2], &[1.5, 1.5, 1.5, 1.5]),
            ("bf16", DType::BF16, &[2], &[1.0, 2.5]),
            ("half", DType::F16, &[2], &[1.0, 2.5]),
            ("bool", DType::Bool, &[2], &[1.0, 0.0]),
            ("chalf", DType::C32, &[1], &[1.0]),
            ("empty", DType::F64, &[0, 3], &[]),
            ("scalar", DType::I64, &[], &[-7.0]),
        ] {
            let tensor = get(key);
            assert_eq!((tensor.dtype(), tensor.sizes()), (dtype, sizes), "{key}");
            assert_eq!(tensor.to_vec::<f64>().unwrap(), values, "{key}");
        }
        assert!(get("f32").shares_storage(&get("transposed")) && get("f32").shares_storage(&get("expanded")));
        assert_eq!(get("expanded").strides(), [0, 0]);
        assert_eq!(get("conj").to_vec::<Complex>().unwrap(), [Complex::new(1.0, -2.0)]);
        let sparse = get("sparse");
        assert_eq!(sparse.sparse_parts().unwrap().indices[0].to_vec::<i64>().unwrap(), [0, 1, 2, 0]);
        let quantized = get("quint8");
        assert_eq!(quantized.dtype(), DType::QU8);
        assert_eq!(quantized.integers().unwrap().to_vec::<u8>().unwrap(), [12, 20]);
        assert!(quantized.quantizer().is_some());
    }

    #[test]
    fn tar_files() {
        let values = file("tar").to_dict().unwrap();
        let get = |key: &str| values.get(&key.into()).unwrap();
        let tensor = |key: &str| get(key).to_tensor().unwrap();
        assert_eq!((tensor("weight").sizes(), tensor("weight").dtype()), (&[2, 3][..], DType::F32));
        assert_eq!(tensor("row").to_vec::<f32>().unwrap(), [3.0, 4.0, 5.0]);
        assert!(tensor("row").shares_storage(&tensor("weight")));
        assert_eq!((tensor("count").to_vec::<i64>().unwrap(), tensor("flags").dtype()), (vec![7, 8], DType::U8));
        assert_eq!(get("epoch").to_int().unwrap(), 3);
        let error = Module::load("tests/fixtures/values/tar.pt").err().unwrap();
        assert!(error.message().contains("a tar file, as of torch.save before PyTorch 0.2"), "{error}");
    }

    #[test]
    fn what_libtorch_saves() {
        let values = file("libtorch_pickle_save").to_dict().unwrap();
        for (key, ty, shown) in [
            ("ints", "List[int]", "[1, 300]"),
            ("floats", "List[float]", "[0.5]"),
            ("bools", "List[bool]", "[True, False]"),
            ("names", "List[str]", "[a, b]"),
            ("complex", "complex", "1.+2.j"),
            ("device", "Device", "cpu"),
            ("tuple", "Tuple[int, str, NoneType]", "(1, x, None)"),
            ("big", "int", "1099511627776"),
        ] {
            let value = values.get(&key.into()).unwrap();
            assert_eq!((value.ty().annotation().as_str(), value.to_string()), (ty, shown.to_owned()), "{key}");
        }
        assert_eq!(values.get(&"tensors".into()).unwrap().ty().annotation(), "List[Tensor]");
        let inner = values.get(&"inner".into()).unwrap().to_dict().unwrap();
        assert_eq!(inner.get(&"t".into()).unwrap().to_tensor().unwrap().dtype(), DType::F16);
        let u16 = values.get(&"u16".into()).unwrap().to_tensor().unwrap();
        assert_eq!((u16.dtype(), u16.to_vec::<i64>().unwrap()), (DType::U16, vec![1]));
    }

    #[test]
    fn tensors_as_libtorch_saves_them() {
        let read = |name: &str| Module::load(format!("tests/fixtures/values/{name}.pt")).unwrap();
        let (one, two) = (read("libtorch_tensor"), read("libtorch_vector"));
        assert_eq!(one.attr("0").unwrap().to_tensor().unwrap().to_vec::<f32>().unwrap(), [1.5, -2.0]);
        let names = |module: &Module| module.parameters().into_iter().map(|p| p.0).collect::<Vec<_>>();
        assert_eq!((names(&one), names(&two)), (vec!["0".to_owned()], vec!["0".to_owned(), "1".to_owned()]));
        // ours has the same records with the same content, as far as they are not informational
        let saved = |module: &Module, name: &str| {
            let tensors = module.parameters();
            let tensors: Vec<_> = tensors.iter().map(|(name, tensor)| (name.as_str(), tensor.clone(), false)).collect();
            let mut out = Vec::new();
            super::super::save_tensors_to(&tensors, name, &mut out).unwrap();
            Module::load_from(out).unwrap()
        };
        for (theirs, name) in [(&one, "tensor"), (&two, "vector")] {
            let ours = saved(theirs, name);
            let (theirs, ours) = (theirs.archive().unwrap(), ours.archive().unwrap());
            assert_eq!(ours.name(), theirs.name());
            for record in ["data/0", "data.pkl", "code/__torch__.py", "constants.pkl", "version", "byteorder"] {
                let text = |bytes: crate::archive::Bytes| String::from_utf8_lossy(&bytes).into_owned();
                let [a, b] = [&ours, &theirs].map(|archive| text(archive.record(record).unwrap()));
                assert_eq!(a, b, "{name}: {record}");
            }
        }
    }

    #[test]
    fn names_that_tensors_cannot_have() {
        let tensor = Tensor::from_slice(&[1i64], &[1]).unwrap();
        for names in [&["a", "a"][..], &["\""], &["a.b"], &[""], &["a\n"]] {
            let tensors: Vec<_> = names.iter().map(|name| (*name, tensor.clone(), true)).collect();
            let error = super::super::save_tensors_to(&tensors, "x", &mut Vec::new()).unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::Usage);
        }
    }

    #[test]
    fn what_has_no_type_is_named() {
        let error = load_value("tests/fixtures/values/module.pt").unwrap_err();
        assert!(error.message().contains("torch.nn.modules.linear.Linear"), "{error}");
    }

    #[test]
    fn saved_values_come_back() {
        let tensor = Tensor::from_slice(&[1.0f32, 2.0, 3.0], &[3]).unwrap();
        let part = tensor.slice(0, Some(1), None, 1).unwrap();
        let dict = Dict::new(Type::Str, Type::TENSOR);
        dict.insert("a".into(), tensor.clone().into()).unwrap();
        dict.insert("b".into(), part.into()).unwrap();
        let value = IValue::tuple(vec![
            dict.into(),
            IValue::ints(&[1, 300, -5, 1 << 40]),
            IValue::Double(0.1),
            Complex::new(1.0, 2.0).into(),
            IValue::None,
            true.into(),
            "é".into(),
            Device::CPU.into(),
            Tensor::from_slice(&[7u16], &[1]).unwrap().into(),
        ]);
        let mut out = Vec::new();
        save_value_to(&value, "x", &mut out).unwrap();
        let back = load_value_from(out).unwrap().to_tuple().unwrap();
        let expected = value.to_tuple().unwrap();
        for (at, (a, b)) in back.elements.iter().zip(&expected.elements).enumerate() {
            assert_eq!(format!("{a:?}"), format!("{b:?}"), "element {at}");
        }
        let dict = back.elements[0].to_dict().unwrap();
        let get = |key: &str| dict.get(&key.into()).unwrap().to_tensor().unwrap();
        assert!(get("a").shares_storage(&get("b")));
        assert_eq!(get("b").data::<f32>().unwrap(), [2.0, 3.0]);
    }

    #[test]
    fn shared_tuples_cannot_explode() {
        // t = (t, t), fifty times
        let mut data = b"\x80\x02)".to_vec();
        (0..50).for_each(|_| data.extend(b"q\x00h\x00\x86"));
        data.push(b'.');
        let mut out = Vec::new();
        let mut archive = ArchiveWriter::new(&mut out, "x");
        archive.write("data.pkl", &data, Compression::None).unwrap();
        archive.finish(3).unwrap();
        let value = load_value_from(out).unwrap();
        let mut saved = Vec::new();
        save_value_to(&value, "x", &mut saved).unwrap();
        assert!(saved.len() < 4000);
    }
}
