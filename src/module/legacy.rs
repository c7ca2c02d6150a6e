//! The layout of PyTorch 1.0 to 1.3: `model.json` describes the modules, every module has its methods in a file of its
//! own, tensors lie below `tensors/`.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value as Json;

use super::coerce::Coercion;
use super::load::{elements, Names, Records, Sources};
use super::tensors::{storage_of, Storages};
use super::unpickle::{restore, unpickle};
use crate::archive::Archive;
use crate::base::DType;
use crate::frontend::CompilationUnit;
use crate::tensor::{Quantizer, Storage};
use crate::value::{AttributeKind, ClassType, IValue, Object, QualName, Type};
use crate::{Error, Result, Tensor};

/// The root module of such an archive.
pub(super) fn load(archive: &Arc<Archive>) -> Result<(CompilationUnit, Object)> {
    let version = archive.version()? as i64;
    let text = archive.text(MODEL)?;
    let json: Json = serde_json::from_str(&text).map_err(|error| Error::archive(format!("{MODEL}: {error}")))?;
    let model = Field { value: &json, path: MODEL.into() };
    let proto = model.field("protoVersion")?.map_or(Ok(1), |field| field.int())?;
    if !(1..6).contains(&proto) {
        return Err(Error::archive(format!("{MODEL}: proto version {proto}, expected 1 to 5")));
    }
    let sources = Sources { archive: archive.clone(), folder: "libs".into() };
    let unit = CompilationUnit::from_archive(Box::new(sources), Vec::new(), version);
    let storages = Records::new(archive, "tensors")?;
    let tensors = tensors(&model, &storages)?;
    unit.set_constants(tensors.clone());
    let attributes = match archive.contains(ATTRIBUTES) {
        true => {
            let pickle = archive.pickle(ATTRIBUTES)?;
            elements(unpickle(&pickle, &storages, &Names(&unit), &tensors)?, ATTRIBUTES)?
        }
        false => Vec::new(),
    };
    let mut loader = Loader { archive, unit: &unit, tensors, attributes, coercion: Coercion::default() };
    let main = model.field("mainModule")?.ok_or_else(|| model.error("there is no mainModule"))?;
    let root = loader.module(&main, "__torch__", 0)?;
    Ok((unit, root))
}

const MODEL: &str = "model.json";
const ATTRIBUTES: &str = "attributes.pkl";

/// Modules within modules, as deep as any sane model has them.
const MAX_DEPTH: usize = 200;

struct Loader<'a> {
    archive: &'a Arc<Archive>,
    unit: &'a CompilationUnit,
    tensors: Vec<IValue>,
    attributes: Vec<IValue>,
    coercion: Coercion,
}

impl Loader<'_> {
    fn module(&mut self, def: &Field<'_>, parent: &str, depth: usize) -> Result<Object> {
        if depth > MAX_DEPTH {
            return Err(Error::limit(format!("{}: modules are nested more than {MAX_DEPTH} deep", def.path)));
        }
        let name = def.text("name")?.unwrap_or_default();
        let mut qualname = parent.to_owned();
        for atom in name.split('.') {
            let number = !atom.is_empty() && atom.bytes().all(|byte| byte.is_ascii_digit());
            qualname += if number { "._" } else { "." };
            qualname += atom;
        }
        let class = ClassType::new(QualName::new(qualname.as_str()), true);
        self.unit.register_type(&qualname, Type::Class(class.clone()));
        let mut values = Vec::new();
        let mut add = |name: &str, ty: Type, kind: AttributeKind, value: IValue| {
            if class.slot(name).is_none() {
                class.add_attribute(name, ty, kind);
                values.push(value);
            }
        };
        for sub in def.items("submodules")? {
            let name = sub.text("name")?.ok_or_else(|| sub.error("a module without a name"))?;
            let object = self.module(&sub, &qualname, depth + 1)?;
            add(&name, Type::Class(object.class().clone()), AttributeKind::Regular, IValue::Object(object));
        }
        for parameter in def.items("parameters")? {
            let name = parameter.text("name")?.ok_or_else(|| parameter.error("a parameter without a name"))?;
            let tensor = parameter.index("tensorId", &self.tensors)?.unwrap_or_default();
            let is_buffer = parameter.flag("isBuffer")?;
            let kind = if is_buffer { AttributeKind::Buffer } else { AttributeKind::Parameter };
            add(&name, Type::TENSOR, kind, tensor);
        }
        for attribute in def.items("attributes")? {
            let name = attribute.text("name")?.ok_or_else(|| attribute.error("an attribute without a name"))?;
            let text = attribute.text("type")?.ok_or_else(|| attribute.error("an attribute without a type"))?;
            let ty = self.unit.parse_type(&text).map_err(|error| attribute.error(error.message()))?;
            let value = match attribute.index("id", &self.attributes)? {
                // `__setstate__` gives it one
                None => IValue::None,
                Some(value) => self
                    .coercion
                    .apply(&value, &ty)
                    .ok_or_else(|| attribute.error(format!("{name}: a {} is not a {ty}", value.tag())))?,
            };
            add(&name, ty, AttributeKind::Regular, value);
        }
        let object = Object::new(class.clone());
        values.into_iter().enumerate().for_each(|(slot, value)| object.set(slot, value));
        if let Some(arena) = def.field("torchscriptArena")? {
            let key = arena.text("key")?.ok_or_else(|| arena.error("no key"))?;
            let sources = Sources { archive: self.archive.clone(), folder: String::new() };
            let source = sources.file(&key)?.ok_or_else(|| arena.error(format!("there is no record {key}")))?;
            self.unit.import_methods(&class, source)?;
        }
        if let Some(state) = def.index("getStateAttributeId", &self.attributes)? {
            restore(&object, state, &Names(self.unit), &mut self.coercion).map_err(|error| def.within(error))?;
        }
        Ok(object)
    }
}

/// The table of tensors, which is the table of constants too.
fn tensors(model: &Field<'_>, storages: &dyn Storages) -> Result<Vec<IValue>> {
    let mut known: HashMap<String, Storage> = HashMap::new();
    let mut tensors = Vec::new();
    for def in model.items("tensors")? {
        let name = def.text("dataType")?.unwrap_or_default();
        let dtype = dtype(&name).ok_or_else(|| def.error(format!("a tensor of type {name}")))?;
        let data = def.field("data")?.ok_or_else(|| def.error("a tensor without data"))?;
        let key = data.text("key")?.ok_or_else(|| data.error("no key"))?;
        let record = key.strip_prefix("tensors/").ok_or_else(|| data.error(format!("{key} is not below tensors/")))?;
        let storage = match known.get(&key) {
            Some(storage) => storage.clone(),
            None => {
                let bytes = storages.bytes(record).map_err(|error| data.within(error))?;
                storage_of(bytes, dtype, storages.byteorder())?
            }
        };
        known.insert(key, storage.clone());
        let offset = def.field("offset")?.map_or(Ok(0), |offset| offset.int())?;
        let offset = usize::try_from(offset).map_err(|_| def.error(format!("offset {offset}")))?;
        let mut tensor = Tensor::from_storage(storage, offset, &def.ints("dims")?, &def.ints("strides")?, dtype)
            .map_err(|error| data.within(error))?;
        if def.flag("isQuantized")? {
            tensor = quantized(&def, &tensor)?;
        }
        tensor.set_requires_grad(def.flag("requiresGrad")?);
        tensors.push(IValue::Tensor(tensor));
    }
    Ok(tensors)
}

/// The integers of a quantized tensor with scale and zero point, which all its elements share.
fn quantized(def: &Field<'_>, integers: &Tensor) -> Result<Tensor> {
    let dtype = match integers.dtype() {
        DType::U8 => DType::QU8,
        DType::I8 => DType::QI8,
        DType::I32 => DType::QI32,
        other => return Err(def.error(format!("a quantized tensor of {other}"))),
    };
    let scale = def.field("scale")?.map_or(Ok(0.0), |scale| scale.float())?;
    let zero_point = def.field("zeroPoint")?.map_or(Ok(0), |zero_point| zero_point.int())?;
    integers.with_quantizer(dtype, Quantizer::per_tensor(scale, zero_point)).map_err(|error| def.within(error))
}

/// By the names of Caffe2's protocol.
fn dtype(name: &str) -> Option<DType> {
    Some(match name {
        "FLOAT" => DType::F32,
        "DOUBLE" => DType::F64,
        "FLOAT16" => DType::F16,
        "INT32" => DType::I32,
        "INT64" => DType::I64,
        "INT16" => DType::I16,
        "INT8" => DType::I8,
        "UINT8" => DType::U8,
        "BOOL" => DType::Bool,
        _ => return None,
    })
}

/// A part of the description, with the way to it for messages.
struct Field<'a> {
    value: &'a Json,
    path: String,
}

impl<'a> Field<'a> {
    /// A member of an object; protocol buffers leave out what has its default. Names come in two spellings.
    fn field(&self, name: &str) -> Result<Option<Field<'a>>> {
        let members = self.value.as_object().ok_or_else(|| self.error("not an object"))?;
        let found = members.get(name).or_else(|| members.get(&snake_case(name)));
        let path = || format!("{}: {name}", self.path);
        Ok(found.filter(|value| !value.is_null()).map(|value| Field { value, path: path() }))
    }

    /// The elements of a list member.
    fn items(&self, name: &str) -> Result<Vec<Field<'a>>> {
        let Some(list) = self.field(name)? else { return Ok(Vec::new()) };
        let items = list.value.as_array().ok_or_else(|| list.error("not a list"))?;
        let item = |(at, value)| Field { value, path: format!("{}[{at}]", list.path) };
        Ok(items.iter().enumerate().map(item).collect())
    }

    fn ints(&self, name: &str) -> Result<Vec<i64>> {
        self.items(name)?.iter().map(Field::int).collect()
    }

    fn text(&self, name: &str) -> Result<Option<String>> {
        let Some(field) = self.field(name)? else { return Ok(None) };
        match field.value.as_str() {
            Some(text) => Ok(Some(text.to_owned())),
            None => Err(field.error("not a string")),
        }
    }

    /// What a member that is an index selects; `None` when there is none, or a negative one.
    fn index(&self, name: &str, table: &[IValue]) -> Result<Option<IValue>> {
        let Some(field) = self.field(name)? else { return Ok(None) };
        let Ok(index) = usize::try_from(field.int()?) else { return Ok(None) };
        let value = table.get(index).cloned();
        value.map(Some).ok_or_else(|| field.error(format!("{index} is outside of a table of {}", table.len())))
    }

    /// An integer; those of 64 bits are strings in JSON.
    fn int(&self) -> Result<i64> {
        let value = self.value.as_i64().or_else(|| self.value.as_str()?.parse().ok());
        value.ok_or_else(|| self.error("not an integer"))
    }

    /// A number; those that JSON has no digits for are strings.
    fn float(&self) -> Result<f64> {
        let value = self.value.as_f64().or_else(|| match self.value.as_str()? {
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            text => text.parse().ok(),
        });
        value.ok_or_else(|| self.error("not a number"))
    }

    fn flag(&self, name: &str) -> Result<bool> {
        Ok(self.field(name)?.is_some_and(|flag| flag.value == &Json::Bool(true)))
    }

    fn error(&self, message: impl AsRef<str>) -> Error {
        Error::archive(format!("{}: {}", self.path, message.as_ref()))
    }

    fn within(&self, error: Error) -> Error {
        error.context(&self.path)
    }
}

/// `tensorId` → `tensor_id`.
fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
