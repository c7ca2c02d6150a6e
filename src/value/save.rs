//! Values as files of `torch.save`, and tensors as those of LibTorch's `torch::save`.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use parking_lot::RwLock;

use super::IValue;
use crate::archive::{archive_name, replace_file, ArchiveWriter, Compression, PickleWriter};
use crate::base::{DType, Layout, QScheme, LAYOUTS};
use crate::tensor::QParams;
use crate::{Error, Result, Tensor};

/// Writes a value as `torch.save` does; `torch.load` reads it, also with `weights_only`.
///
/// Tensors that share storage still share it there. NamedTuples become tuples and enum members their values, as
/// TorchScript hands them to Python. Fails for objects, functions and futures.
///
/// ```
/// # fn main() -> sconce::Result<()> {
/// use sconce::module::{load_value, save_value};
/// let path = std::env::temp_dir().join("sconce-saved-value.pt");
/// save_value(&sconce::IValue::ints(&[1, 2]), &path)?;
/// assert_eq!(load_value(&path)?.to_list()?.len(), 2);
/// # std::fs::remove_file(path)?;
/// # Ok(())
/// # }
/// ```
pub fn save_value(value: &IValue, path: impl AsRef<Path>) -> Result<()> {
    let path = path.as_ref();
    replace_file(path, |out| save_value_to(value, &archive_name(&path.to_string_lossy()), out))
}

/// What becomes of `torch.save(value, name)` in a script: gets the value and the name of the file.
pub type SaveHandler = dyn Fn(&IValue, &str) -> Result<()> + Send + Sync;

static HANDLER: RwLock<Option<Arc<SaveHandler>>> = RwLock::new(None);

/// Lets scripts save, process-wide, by `handler`; `None` refuses again, as at the start.
///
/// PyTorch lets an archive write wherever the process may. Here an archive is untrusted: the host says where its files
/// go, or takes the values itself.
///
/// ```
/// use std::sync::Arc;
/// use sconce::value::{save_value, set_save_handler};
/// let folder = std::env::temp_dir();
/// set_save_handler(Some(Arc::new(move |value, name| {
///     let name = std::path::Path::new(name).file_name().unwrap_or_default();
///     save_value(value, folder.join(name))
/// })));
/// ```
pub fn set_save_handler(handler: Option<Arc<SaveHandler>>) {
    *HANDLER.write() = handler;
}

/// Saves for a script, if the host lets it.
pub(crate) fn save_for_script(value: &IValue, name: &str) -> Result<()> {
    let handler = HANDLER.read().clone();
    match handler {
        Some(handler) => handler(value, name).map_err(|error| error.context(format!("aten::save to '{name}'"))),
        None => Err(Error::unsupported(format!(
            "aten::save to '{name}': scripts may not write files; the host allows it with set_save_handler"
        ))),
    }
}

/// [`save_value`] to a stream; `name` is that of the directory inside the file.
pub fn save_value_to(value: &IValue, name: &str, out: &mut dyn Write) -> Result<()> {
    let mut pickler = Pickler::new(&HAVE_STORAGE_CLASS);
    pickler.value(value, 0)?;
    let Pickler { out: pickle, storages, .. } = pickler;
    let mut archive = ArchiveWriter::new(out, name);
    archive.write("data.pkl", &pickle.finish(), Compression::None)?;
    archive.write("byteorder", BYTEORDER.as_bytes(), Compression::None)?;
    write_storages(&mut archive, &storages)?;
    archive.finish(3)
}

/// Writes named tensors as `torch::save` of LibTorch does: a script archive of one module without methods. Its
/// parameters are the tensors, or its buffers where `is_buffer` says so. `torch.jit.load` reads it, and
/// `Module::load`.
///
/// ```
/// # fn main() -> sconce::Result<()> {
/// use sconce::module::{save_tensors, Module};
/// let path = std::env::temp_dir().join("sconce-saved-tensors.pt");
/// let tensor = sconce::Tensor::from_slice(&[1.5f32, -2.0], &[2])?;
/// save_tensors(&[("weight", tensor, false)], &path)?;
/// assert_eq!(Module::load(&path)?.attr("weight")?.to_tensor()?.sizes(), [2]);
/// # std::fs::remove_file(path)?;
/// # Ok(())
/// # }
/// ```
pub fn save_tensors(tensors: &[(&str, Tensor, bool)], path: impl AsRef<Path>) -> Result<()> {
    let path = path.as_ref();
    replace_file(path, |out| save_tensors_to(tensors, &archive_name(&path.to_string_lossy()), out))
}

/// [`save_tensors`] to a stream; `name` is that of the directory inside the file.
pub fn save_tensors_to(tensors: &[(&str, Tensor, bool)], name: &str, out: &mut dyn Write) -> Result<()> {
    let code = class_of(tensors)?;
    let mut pickler = Pickler::new(&[]);
    pickler.out.global("__torch__", "Module");
    pickler.out.empty_tuple();
    pickler.out.new_object();
    pickler.out.empty_dict();
    pickler.out.mark();
    for (name, tensor, _) in tensors {
        pickler.out.string(name);
        pickler.value(&tensor.clone().into(), 0)?;
    }
    pickler.out.set_items();
    pickler.out.build();
    pickler.out.put();
    let Pickler { out: pickle, storages, .. } = pickler;
    let mut archive = ArchiveWriter::new(out, name);
    write_storages(&mut archive, &storages)?;
    archive.write("data.pkl", &pickle.finish(), Compression::None)?;
    archive.write("code/__torch__.py", code.as_bytes(), Compression::Text)?;
    archive.write("constants.pkl", b"\x80\x02).", Compression::None)?;
    archive.write("byteorder", BYTEORDER.as_bytes(), Compression::None)?;
    archive.finish(3)
}

/// The code of a module class that has these attributes and nothing else.
fn class_of(tensors: &[(&str, Tensor, bool)]) -> Result<String> {
    let mut names = std::collections::HashSet::new();
    for (name, ..) in tensors {
        let printable = !name.is_empty() && !name.chars().any(|c| c.is_control() || matches!(c, '"' | '\\' | '.'));
        if !printable || !names.insert(*name) {
            return Err(Error::usage(format!("{name:?} cannot be the name of a tensor, or is that of two")));
        }
    }
    let list = |buffers: bool| -> String {
        tensors
            .iter()
            .filter(|(.., is_buffer)| *is_buffer == buffers)
            .map(|(name, ..)| format!("\"{name}\", "))
            .collect()
    };
    let mut code =
        format!("class Module(Module):\n  __parameters__ = [{}]\n  __buffers__ = [{}]\n", list(false), list(true));
    for (at, (name, ..)) in tensors.iter().enumerate() {
        let mut chars = name.chars();
        let first = chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
        if first && chars.all(|c| c.is_ascii_alphanumeric() || c == '_') {
            code += &format!("  {name} : Tensor\n");
        } else {
            if at == 0 {
                code += "  __annotations__ = []\n";
            }
            code += &format!("  __annotations__[\"{name}\"] = Tensor\n");
        }
    }
    Ok(code)
}

fn write_storages(archive: &mut ArchiveWriter<'_>, storages: &[Tensor]) -> Result<()> {
    let mut storages = storages.iter().enumerate();
    storages
        .try_for_each(|(key, tensor)| archive.write(&format!("data/{key}"), tensor.data::<u8>()?, Compression::None))
}

const BYTEORDER: &str = if cfg!(target_endian = "big") { "big" } else { "little" };

struct Pickler {
    out: PickleWriter,
    /// The dtypes that the storage's class tells, rather than an argument beside it; none: a script archive, where it
    /// always does.
    typed: &'static [DType],
    /// Each storage as a tensor of its bytes.
    storages: Vec<Tensor>,
    /// Storages by address and dtype: Python takes the dtype from the storage, so each dtype gets its own.
    keys: HashMap<(usize, DType), usize>,
    /// Containers and tensors that were written, by address, with a handle that keeps the address taken.
    memo: HashMap<usize, (u32, IValue)>,
}

const MAX_DEPTH: usize = 500;

impl Pickler {
    fn new(typed: &'static [DType]) -> Pickler {
        let (storages, keys, memo) = Default::default();
        Pickler { out: PickleWriter::new(), typed, storages, keys, memo }
    }

    fn value(&mut self, value: &IValue, depth: usize) -> Result<()> {
        if depth > MAX_DEPTH {
            return Err(Error::limit(format!("values are nested more than {MAX_DEPTH} deep")));
        }
        let address = match value {
            IValue::Tensor(t) => Some(t.id()),
            IValue::List(l) => Some(l.id()),
            IValue::Dict(d) => Some(d.id()),
            IValue::Tuple(t) => Some(Arc::as_ptr(t) as usize),
            _ => None,
        };
        if let Some((id, _)) = address.and_then(|address| self.memo.get(&address)) {
            self.out.get(*id);
            return Ok(());
        }
        match value {
            IValue::None => self.out.none(),
            IValue::Bool(v) => self.out.bool(*v),
            IValue::Int(v) => self.out.int(*v),
            IValue::Double(v) => self.out.float(*v),
            IValue::Str(v) => self.out.string(v),
            IValue::Complex(v) => {
                self.out.global("__builtin__", "complex");
                self.out.float(v.re);
                self.out.float(v.im);
                self.out.short_tuple(2);
                self.out.reduce();
            }
            IValue::Device(device) => {
                self.out.global("torch", "device");
                self.out.string(&device.kind.to_string());
                match device.index {
                    Some(index) => {
                        self.out.int(index.into());
                        self.out.short_tuple(2);
                    }
                    None => self.out.short_tuple(1),
                }
                self.out.reduce();
            }
            IValue::Enum(member) => self.value(&member.value, depth + 1)?,
            IValue::Tensor(tensor) => self.tensor(tensor, depth)?,
            IValue::Tuple(tuple) => {
                self.out.mark();
                tuple.elements.iter().try_for_each(|item| self.value(item, depth + 1))?;
                self.out.tuple();
            }
            IValue::List(list) => {
                self.out.empty_list();
                self.remember(address, value);
                self.out.mark();
                list.to_vec().iter().try_for_each(|item| self.value(item, depth + 1))?;
                self.out.appends();
                return Ok(());
            }
            IValue::Dict(dict) => {
                self.out.empty_dict();
                self.remember(address, value);
                self.out.mark();
                for (key, item) in dict.entries() {
                    self.value(&key, depth + 1)?;
                    self.value(&item, depth + 1)?;
                }
                self.out.set_items();
                return Ok(());
            }
            IValue::Future(future) => self.value(&future.wait()?, depth + 1)?,
            other => return Err(Error::usage(format!("a value of type {} cannot be saved", other.ty().annotation()))),
        }
        self.remember(address, value);
        Ok(())
    }

    fn remember(&mut self, address: Option<usize>, value: &IValue) {
        if let Some(address) = address {
            let id = self.out.put();
            self.memo.insert(address, (id, value.clone()));
        }
    }

    fn tensor(&mut self, tensor: &Tensor, depth: usize) -> Result<()> {
        if let Some(parts) = tensor.sparse_parts() {
            if self.typed.is_empty() {
                return Err(Error::unsupported("saving sparse tensors in a script archive"));
            }
            let parts = parts.clone();
            self.out.global("torch._utils", "_rebuild_sparse_tensor");
            self.out.mark();
            self.out.global("torch.serialization", "_get_layout");
            let layout = LAYOUTS.iter().find(|(layout, _)| *layout == parts.layout).map(|(_, name)| *name);
            let layout = layout.ok_or_else(|| Error::unsupported(format!("saving {:?} tensors", parts.layout)))?;
            self.out.string(&format!("torch.{layout}"));
            self.out.short_tuple(1);
            self.out.reduce();
            self.out.mark();
            parts.indices.iter().try_for_each(|part| self.value(&part.clone().into(), depth + 1))?;
            self.value(&parts.values.clone().into(), depth + 1)?;
            self.size(tensor.sizes());
            if parts.layout == Layout::Sparse {
                self.out.bool(parts.coalesced);
            }
            self.out.tuple();
            self.out.tuple();
            self.out.reduce();
            return Ok(());
        }
        if !tensor.device().is_cpu() {
            return Err(Error::unsupported(format!("saving a tensor on the device {}", tensor.device())));
        }
        let quantizer = tensor.quantizer().cloned();
        let typed = self.typed.is_empty() || self.typed.contains(&tensor.dtype());
        self.out.global(
            "torch._utils",
            match (&quantizer, typed) {
                (Some(_), _) => "_rebuild_qtensor",
                (None, true) => "_rebuild_tensor_v2",
                (None, false) => "_rebuild_tensor_v3",
            },
        );
        self.out.mark();
        self.storage(tensor, typed)?;
        self.out.int(tensor.storage_offset() as i64);
        self.ints(tensor.sizes());
        self.ints(tensor.strides());
        if let Some(quantizer) = quantizer {
            self.out.mark();
            match &quantizer.params {
                QParams::PerTensor { scale, zero_point } => {
                    self.out.global("torch", "per_tensor_affine");
                    self.out.float(*scale);
                    self.out.int(*zero_point);
                }
                QParams::PerChannel { scales, zero_points, axis } => {
                    let name = match quantizer.scheme {
                        QScheme::PerChannelAffineFloatQParams => "per_channel_affine_float_qparams",
                        _ => "per_channel_affine",
                    };
                    self.out.global("torch", name);
                    self.value(&scales.clone().into(), depth + 1)?;
                    self.value(&zero_points.clone().into(), depth + 1)?;
                    self.out.int(*axis as i64);
                }
            }
            self.out.tuple();
        }
        self.out.bool(tensor.requires_grad());
        self.out.global("collections", "OrderedDict");
        self.out.empty_tuple();
        self.out.reduce();
        if !typed {
            self.out.global("torch", tensor.dtype().python_name());
        }
        self.out.tuple();
        self.out.reduce();
        Ok(())
    }

    fn storage(&mut self, tensor: &Tensor, typed: bool) -> Result<()> {
        let storage = tensor.storage();
        let key = match self.keys.get(&(storage.id(), tensor.dtype())) {
            Some(key) => *key,
            None => {
                let key = self.storages.len();
                let nbytes = storage.nbytes() as i64;
                self.storages.push(Tensor::from_storage(storage.clone(), 0, &[nbytes], &[1], DType::U8)?);
                self.keys.insert((storage.id(), tensor.dtype()), key);
                key
            }
        };
        let (class, numel) = match typed {
            true => (("torch", tensor.dtype().storage_name()), storage.nbytes() / tensor.dtype().itemsize()),
            false => (("torch.storage", "UntypedStorage"), storage.nbytes()),
        };
        self.out.storage_of(class, &key.to_string(), "cpu", numel as i64);
        Ok(())
    }

    fn size(&mut self, sizes: &[i64]) {
        self.out.global("torch", "Size");
        self.ints(sizes);
        self.out.short_tuple(1);
        self.out.reduce();
    }

    fn ints(&mut self, values: &[i64]) {
        self.out.mark();
        values.iter().for_each(|value| self.out.int(*value));
        self.out.tuple();
    }
}

/// The dtypes that have a class like `torch.FloatStorage` in Python.
const HAVE_STORAGE_CLASS: [DType; 15] = [
    DType::U8,
    DType::I8,
    DType::I16,
    DType::I32,
    DType::I64,
    DType::F16,
    DType::F32,
    DType::F64,
    DType::C64,
    DType::C128,
    DType::Bool,
    DType::BF16,
    DType::QI8,
    DType::QU8,
    DType::QI32,
];
