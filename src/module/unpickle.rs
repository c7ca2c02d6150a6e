//! The pickles of script archives as values: `data.pkl`, `constants.pkl`.

use std::collections::HashMap;
use std::sync::Arc;

use super::coerce::{enum_member, is_torchbind, Coercion};
use super::tensors::{Storages, Tensors};
use crate::archive::{Construct, GlobalName, Node, NodeId, Object as ObjectNode, Pickle};
use crate::base::{Complex, Device};
use crate::ir::Function;
use crate::value::{AttributeKind, ClassType, Dict, IValue, List, Object, TorchbindObject, Type};
use crate::{Error, ErrorKind, Result};

/// What unpickling needs of the archive's code.
pub(super) trait Classes {
    /// The class, NamedTuple or enum with this qualified name.
    fn named_type(&self, name: &str) -> Result<Option<Type>>;
    /// A type annotation, which may name classes.
    fn parse_type(&self, text: &str) -> Result<Type>;
    /// Runs a method, `__setstate__`.
    fn run(&self, method: &Arc<Function>, args: Vec<IValue>) -> Result<IValue>;
    /// Whether classes have the attributes that their objects have, without declaring them.
    fn are_open(&self) -> bool {
        false
    }
}

/// The value of a pickle that PyTorch's script serializer wrote.
///
/// Lists and dicts get their declared types, objects of classes with `__setstate__` are restored by running it, other
/// objects get their attributes by name. `table` is what `build_tensor_from_id` counts in.
pub(super) fn unpickle(
    pickle: &Pickle,
    storages: &dyn Storages,
    classes: &dyn Classes,
    table: &[IValue],
) -> Result<IValue> {
    let mut unpickler = Unpickler {
        pickle,
        classes,
        table,
        values: vec![None; pickle.len()],
        types: HashMap::new(),
        coercion: Coercion::default(),
    };
    let mut tensors = Tensors::new(pickle, storages);
    for id in pickle.order()? {
        unpickler.values[id.index()] = unpickler.node(id, &mut tensors)?;
    }
    unpickler.value(pickle.root())
}

struct Unpickler<'a> {
    pickle: &'a Pickle,
    classes: &'a dyn Classes,
    table: &'a [IValue],
    /// `None` for what is no value of its own: storages, globals, and tuples of them.
    values: Vec<Option<IValue>>,
    types: HashMap<String, Type>,
    coercion: Coercion,
}

impl<'a> Unpickler<'a> {
    fn node(&mut self, id: NodeId, tensors: &mut Tensors<'a>) -> Result<Option<IValue>> {
        let all = |items: &[NodeId]| items.iter().map(|item| self.values[item.index()].clone()).collect();
        Ok(Some(match self.pickle.node(id) {
            Node::None => IValue::None,
            Node::Bool(v) => IValue::Bool(*v),
            Node::Int(v) => IValue::Int(*v),
            Node::Float(v) => IValue::Double(*v),
            Node::Str(v) => IValue::Str(v.clone()),
            Node::List(items) => {
                let items: Option<Vec<IValue>> = all(items);
                let Some(items) = items else { return Ok(None) };
                IValue::List(List::new(Type::Any, items))
            }
            Node::Tuple(items) => {
                let items: Option<Vec<IValue>> = all(items);
                let Some(items) = items else { return Ok(None) };
                IValue::tuple(items)
            }
            Node::Dict(pairs) => {
                let dict = Dict::new(Type::Any, Type::Any);
                for (key, value) in pairs {
                    let (key, value) = (&self.values[key.index()], &self.values[value.index()]);
                    let (Some(key), Some(value)) = (key, value) else { return Ok(None) };
                    let inserted = dict.insert(key.clone(), value.clone());
                    inserted.map_err(|error| self.error(id, error.message()))?;
                }
                IValue::Dict(dict)
            }
            Node::Object(object) => return self.object(id, object, tensors),
            Node::Long(_) => return Err(self.error(id, "an integer of more than 64 bits")),
            Node::Bytes(_) | Node::Set(_) | Node::FrozenSet(_) => {
                return Err(self.error(id, "a value that TorchScript has no type for"))
            }
            Node::Global(_) | Node::PersistentId(_) => return Ok(None),
        }))
    }

    fn object(&mut self, id: NodeId, object: &'a ObjectNode, tensors: &mut Tensors<'a>) -> Result<Option<IValue>> {
        let Some(name) = self.pickle.global(object.callee) else {
            return Err(self.error(id, "a call of something that is not a name"));
        };
        if !object.items.is_empty() || !object.pairs.is_empty() || object.kwargs.is_some() {
            return Err(self.error(id, format!("{name}: items or keyword arguments for an object")));
        }
        match object.construct {
            Construct::Call if is_script(name) => self.enum_value(id, name, object.args).map(Some),
            Construct::Call => {
                let args = self.pickle.sequence(object.args);
                let args = args.ok_or_else(|| self.error(id, format!("{name}: not called with a tuple")))?;
                let values = &self.values;
                if let Some(tensor) = tensors.rebuild(id, name, args, &|node| values[node.index()].clone())? {
                    return Ok(Some(IValue::Tensor(tensor)));
                }
                self.call(id, name, args)
            }
            Construct::New => self.instance(id, name, object.state).map(Some),
            // before PyTorch 1.2
            Construct::Bare => {
                let state = object.state.map(|state| self.value(state)).transpose()?.unwrap_or_default();
                self.tagged(id, name, state).map(Some)
            }
        }
    }

    fn call(&mut self, id: NodeId, name: &GlobalName, args: &[NodeId]) -> Result<Option<IValue>> {
        if name.is("collections", "OrderedDict") {
            // backward hooks, which a script never has
            return Ok(Some(IValue::None));
        }
        let values = args.iter().map(|arg| self.value(*arg)).collect::<Result<Vec<_>>>()?;
        let value = match (name.module.as_str(), name.name.as_str(), values.as_slice()) {
            ("torch.jit._pickle", "restore_type_tag", [value, IValue::Str(text)]) => {
                let ty = self.classes.parse_type(text).map_err(|error| self.error(id, error.message()))?;
                self.coerce(id, value, &ty)?
            }
            ("torch.jit._pickle", _, [value]) => self.tagged(id, name, value.clone())?,
            ("torch", "device", [IValue::Str(text)]) => {
                IValue::Device(text.parse::<Device>().map_err(|error| self.error(id, error.message()))?)
            }
            ("torch", "device", [IValue::Str(kind), IValue::Int(index)]) => {
                let device = format!("{kind}:{index}").parse::<Device>();
                IValue::Device(device.map_err(|error| self.error(id, error.message()))?)
            }
            ("builtins" | "__builtin__", "complex", [re, im]) => {
                let part = |v: &IValue| v.to_double().map_err(|error| self.error(id, error.message()));
                IValue::Complex(Complex::new(part(re)?, part(im)?))
            }
            _ => return Err(self.error(id, format!("Unknown builtin unpickler type name {name}"))),
        };
        Ok(Some(value))
    }

    /// Lists and tensors that are marked by a name alone.
    fn tagged(&mut self, id: NodeId, name: &GlobalName, value: IValue) -> Result<IValue> {
        let element = match name.name.as_str() {
            "build_intlist" | "IntList" => Type::Int,
            "build_doublelist" | "DoubleList" => Type::Float,
            "build_boollist" | "BoolList" => Type::Bool,
            "build_tensorlist" | "TensorList" => Type::TENSOR,
            "build_tensor_from_id" | "TensorID" => {
                let index = value.to_int().ok().and_then(|index| usize::try_from(index).ok());
                let tensor = index.and_then(|index| self.table.get(index));
                return tensor.cloned().ok_or_else(|| self.error(id, "no tensor with this number"));
            }
            _ => return Err(self.error(id, format!("Unknown builtin unpickler type name {name}"))),
        };
        self.coerce(id, &value, &Type::list(element))
    }

    fn enum_value(&mut self, id: NodeId, name: &GlobalName, arg: NodeId) -> Result<IValue> {
        let value = self.value(arg)?;
        match self.class(id, name)? {
            Type::Enum(class) => enum_member(&class, &value)
                .ok_or_else(|| self.error(id, format!("{name} has no member with the value {value:?}"))),
            other => Err(self.error(id, format!("{name}: a call of the type {other}, which is no enum"))),
        }
    }

    fn instance(&mut self, id: NodeId, name: &GlobalName, state: Option<NodeId>) -> Result<IValue> {
        if !is_script(name) {
            return Err(self.error(id, format!("{name}: not a class of the archive")));
        }
        let qualified = crate::value::QualName::new(name.to_string());
        if is_torchbind(&qualified) {
            let state = state.map(|state| self.value(state)).transpose()?.unwrap_or_default();
            let object = TorchbindObject::restore(qualified.as_str(), state);
            let located = |error: Error| {
                let message = self.error(id, error.message()).message().to_owned();
                error.with_message(message)
            };
            return Ok(IValue::Opaque(Arc::new(object.map_err(located)?)));
        }
        let class = match self.class(id, name)? {
            Type::Class(class) => class,
            other => return Err(self.error(id, format!("{name}: an instance of the type {other}"))),
        };
        let Some(state) = state else { return Err(self.error(id, format!("{name}: an object without state"))) };
        let open = self.classes.are_open();
        if class.has_method("__setstate__") && (open || class.has_method("__getstate__")) {
            let object = Object::new(class);
            let state = self.value(state)?;
            restore(&object, state, self.classes, &mut self.coercion).map_err(|error| {
                if error.kind() == ErrorKind::Archive {
                    self.error(id, error.message())
                } else {
                    error
                }
            })?;
            return Ok(IValue::Object(object));
        }
        if open {
            self.declare(&class, state);
        }
        self.filled(&class, state)
    }

    /// Gives an open class the attributes of an object.
    fn declare(&self, class: &Arc<ClassType>, state: NodeId) {
        let Node::Dict(pairs) = self.pickle.node(state) else { return };
        for (name, value) in pairs {
            let (Some(name), Ok(value)) = (self.pickle.str(*name), self.value(*value)) else { continue };
            if class.slot(name).is_some() {
                continue;
            }
            let (ty, kind) = match &value {
                IValue::Tensor(tensor) if tensor.requires_grad() => (Type::TENSOR, AttributeKind::Parameter),
                IValue::Tensor(_) => (Type::TENSOR, AttributeKind::Buffer),
                IValue::Object(object) => (Type::Class(object.class().clone()), AttributeKind::Regular),
                _ => (Type::Any, AttributeKind::Regular),
            };
            class.add_attribute(name, ty, kind);
        }
    }

    /// An object whose state is a dict of its attributes; names that the class does not declare are ignored.
    fn filled(&mut self, class: &Arc<ClassType>, state: NodeId) -> Result<IValue> {
        let Node::Dict(pairs) = self.pickle.node(state) else {
            return Err(self.error(state, format!("the state of an object of {} is no dict", class.name())));
        };
        let by_name: HashMap<&str, NodeId> =
            pairs.iter().filter_map(|(name, value)| Some((self.pickle.str(*name)?, *value))).collect();
        let object = Object::new(class.clone());
        for (slot, attribute) in class.attributes().iter().enumerate() {
            let Some(node) = by_name.get(attribute.name.as_str()) else {
                let text = format!("{}: no value for the attribute '{}'", class.name(), attribute.name);
                return Err(self.error(state, text));
            };
            let value = self.value(*node)?;
            let typed = self.coercion.apply(&value, &attribute.ty).ok_or_else(|| {
                let (name, ty) = (&attribute.name, attribute.ty.annotation());
                let text = format!("{}: attribute '{name}': a {} is not a {ty}", class.name(), value.tag());
                self.error(*node, text)
            })?;
            object.set(slot, typed);
        }
        Ok(IValue::Object(object))
    }

    fn class(&mut self, id: NodeId, name: &GlobalName) -> Result<Type> {
        let qualified = name.to_string();
        if let Some(ty) = self.types.get(qualified.as_str()) {
            return Ok(ty.clone());
        }
        let found = self.classes.named_type(&qualified)?;
        let found = found.ok_or_else(|| self.error(id, format!("the archive has no class {qualified}")))?;
        self.types.insert(qualified, found.clone());
        Ok(found)
    }

    fn value(&self, id: NodeId) -> Result<IValue> {
        self.values[id.index()].clone().ok_or_else(|| match self.pickle.node(id) {
            Node::Global(name) => self.error(id, format!("{name} is not a value")),
            _ => self.error(id, "a storage where a value is expected"),
        })
    }

    fn coerce(&mut self, id: NodeId, value: &IValue, ty: &Type) -> Result<IValue> {
        let typed = self.coercion.apply(value, ty);
        typed.ok_or_else(|| self.error(id, format!("a {} is not a {}", value.tag(), ty.annotation())))
    }

    fn error(&self, id: NodeId, message: impl AsRef<str>) -> Error {
        self.pickle.error(id, message)
    }
}

/// Whether the name is of a class of the archive's code, or of a native one.
fn is_script(name: &GlobalName) -> bool {
    name.module.starts_with("__torch__")
}

/// Runs `__setstate__` of an object whose class has it, and checks that all attributes have values then.
pub(super) fn restore(
    object: &Object,
    mut state: IValue,
    classes: &dyn Classes,
    coercion: &mut Coercion,
) -> Result<()> {
    let class = object.class();
    let setstate = Function::of_class(class, "__setstate__")
        .ok_or_else(|| Error::archive(format!("{} has a state and no __setstate__", class.name())))?;
    if let [_, argument] = setstate.schema()?.arguments.as_slice() {
        state = coercion.apply(&state, &argument.ty).ok_or_else(|| {
            Error::archive(format!(
                "the state of an object of {}: a {} is not a {}",
                class.name(),
                state.tag(),
                argument.ty
            ))
        })?;
    }
    classes.run(&setstate, vec![IValue::Object(object.clone()), state])?;
    for (slot, attribute) in class.attributes().iter().enumerate() {
        let may_be_none = matches!(attribute.ty, Type::None | Type::Any) || attribute.ty.is_optional();
        if object.get(slot).is_none() && !may_be_none {
            return Err(Error::runtime(format!(
                "The field '{}' was left uninitialized after '__setstate__', but expected a value of type '{}'",
                attribute.name,
                attribute.ty.annotation()
            )));
        }
    }
    Ok(())
}
