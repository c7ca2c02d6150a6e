//! Script classes, interfaces and enums, and their objects.

use std::any::Any;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use parking_lot::RwLock;

use super::teardown::let_go;
use super::{IValue, Type};
use crate::{Error, Result};

/// A dotted name: `__torch__.net.Block`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QualName(Arc<str>);

impl QualName {
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        QualName(name.into())
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The part after the last dot.
    pub fn name(&self) -> &str {
        self.0.rsplit('.').next().unwrap_or(&self.0)
    }
    /// The part before the last dot; empty when there is none.
    pub fn prefix(&self) -> &str {
        self.0.rsplit_once('.').map_or("", |(prefix, _)| prefix)
    }
}

impl fmt::Display for QualName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for QualName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl From<&str> for QualName {
    fn from(name: &str) -> Self {
        QualName::new(name)
    }
}

/// A function of a class as upper layers keep it: the value layer does not know graphs.
pub type MethodSlot = Arc<dyn Any + Send + Sync>;

/// A script class. Identity is by pointer: one class per name and compilation unit. Filled in while the class is
/// being defined, unchanged afterwards.
pub struct ClassType {
    name: QualName,
    is_module: bool,
    body: RwLock<ClassBody>,
}

#[derive(Default)]
struct ClassBody {
    attributes: Vec<Attribute>,
    slots: IndexMap<String, usize>,
    constants: IndexMap<String, IValue>,
    methods: IndexMap<String, MethodSlot>,
    static_methods: IndexMap<String, MethodSlot>,
    /// name → (getter, setter)
    properties: IndexMap<String, (String, Option<String>)>,
    pre_hooks: Vec<MethodSlot>,
    hooks: Vec<MethodSlot>,
}

/// The class of a native object (`__torch__.torch.classes.quantized.LinearPackedParamsBase`): one per name and process.
pub fn torchbind_class(name: &str) -> Arc<ClassType> {
    static CLASSES: RwLock<Option<IndexMap<String, Arc<ClassType>>>> = RwLock::new(None);
    let mut classes = CLASSES.write();
    let known = classes.get_or_insert_default();
    known.entry(name.into()).or_insert_with(|| ClassType::new(QualName::new(name), false)).clone()
}

/// A declared attribute; its index is its slot in objects.
#[derive(Clone, Debug)]
pub struct Attribute {
    pub name: String,
    pub ty: Type,
    pub kind: AttributeKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeKind {
    Regular,
    Parameter,
    Buffer,
}

impl ClassType {
    pub fn new(name: QualName, is_module: bool) -> Arc<ClassType> {
        Arc::new(ClassType { name, is_module, body: RwLock::default() })
    }
    pub fn name(&self) -> &QualName {
        &self.name
    }
    pub fn is_module(&self) -> bool {
        self.is_module
    }
    /// Adds an attribute and returns its slot; a second one of the same name replaces the type.
    pub fn add_attribute(&self, name: &str, ty: Type, kind: AttributeKind) -> usize {
        let mut body = self.body.write();
        if let Some(&slot) = body.slots.get(name) {
            body.attributes[slot].ty = ty;
            return slot;
        }
        let slot = body.attributes.len();
        body.attributes.push(Attribute { name: name.into(), ty, kind });
        body.slots.insert(name.into(), slot);
        slot
    }
    pub fn attributes(&self) -> Vec<Attribute> {
        self.body.read().attributes.clone()
    }
    pub fn attribute_count(&self) -> usize {
        self.body.read().attributes.len()
    }
    pub fn slot(&self, name: &str) -> Option<usize> {
        self.body.read().slots.get(name).copied()
    }
    pub fn attribute(&self, name: &str) -> Option<Attribute> {
        let body = self.body.read();
        body.slots.get(name).map(|&slot| body.attributes[slot].clone())
    }
    pub fn attribute_at(&self, slot: usize) -> Option<Attribute> {
        self.body.read().attributes.get(slot).cloned()
    }
    pub fn add_constant(&self, name: &str, value: IValue) {
        self.body.write().constants.insert(name.into(), value);
    }
    pub fn constant(&self, name: &str) -> Option<IValue> {
        self.body.read().constants.get(name).cloned()
    }
    pub fn constants(&self) -> Vec<(String, IValue)> {
        self.body.read().constants.iter().map(|(k, v)| (k.clone(), v.clone())).collect()
    }
    pub fn add_method(&self, name: &str, method: MethodSlot) {
        self.body.write().methods.insert(name.into(), method);
    }
    pub fn method(&self, name: &str) -> Option<MethodSlot> {
        self.body.read().methods.get(name).cloned()
    }
    pub fn has_method(&self, name: &str) -> bool {
        self.body.read().methods.contains_key(name)
    }
    /// In definition order.
    pub fn methods(&self) -> Vec<(String, MethodSlot)> {
        self.body.read().methods.iter().map(|(k, v)| (k.clone(), v.clone())).collect()
    }
    pub fn add_static_method(&self, name: &str, method: MethodSlot) {
        self.body.write().static_methods.insert(name.into(), method);
    }
    pub fn static_method(&self, name: &str) -> Option<MethodSlot> {
        self.body.read().static_methods.get(name).cloned()
    }
    pub fn add_property(&self, name: &str, getter: &str, setter: Option<&str>) {
        self.body.write().properties.insert(name.into(), (getter.into(), setter.map(Into::into)));
    }
    /// Names of the getter and setter methods.
    pub fn property(&self, name: &str) -> Option<(String, Option<String>)> {
        self.body.read().properties.get(name).cloned()
    }
    pub fn set_hooks(&self, pre_hooks: Vec<MethodSlot>, hooks: Vec<MethodSlot>) {
        let mut body = self.body.write();
        body.pre_hooks = pre_hooks;
        body.hooks = hooks;
    }
    /// Takes all functions out, which breaks the cycle class → method → graph → class. Attributes stay, except types
    /// that lead back to this class.
    pub fn clear(&self) {
        let old = {
            let mut body = self.body.write();
            let kept = ClassBody {
                attributes: std::mem::take(&mut body.attributes),
                slots: std::mem::take(&mut body.slots),
                constants: std::mem::take(&mut body.constants),
                ..ClassBody::default()
            };
            std::mem::replace(&mut *body, kept)
        };
        // outside the lock: dropping graphs may drop classes
        drop(old);
        for (slot, attribute) in self.attributes().iter().enumerate() {
            if attribute.ty.mentions_class(self) {
                self.body.write().attributes[slot].ty = Type::Any;
            }
        }
    }
    /// Forward pre-hooks and forward hooks, in calling order.
    pub fn hooks(&self) -> (Vec<MethodSlot>, Vec<MethodSlot>) {
        let body = self.body.read();
        (body.pre_hooks.clone(), body.hooks.clone())
    }
}

impl fmt::Debug for ClassType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClassType({})", self.name)
    }
}

/// A set of method signatures that classes may implement.
pub struct InterfaceType {
    pub name: QualName,
    pub is_module: bool,
    /// Method name and its schema as upper layers keep it.
    pub methods: RwLock<IndexMap<String, MethodSlot>>,
    /// How the upper layers compare a class's method with an interface's: `(class method, interface method)`.
    pub implements: OnceLock<fn(&MethodSlot, &MethodSlot) -> bool>,
}

impl InterfaceType {
    pub fn new(name: QualName, is_module: bool) -> Arc<InterfaceType> {
        Arc::new(InterfaceType { name, is_module, methods: RwLock::default(), implements: OnceLock::new() })
    }
    pub(super) fn is_implemented_by(&self, class: &ClassType) -> bool {
        if self.is_module && !class.is_module() {
            return false;
        }
        let methods = self.methods.read();
        methods.iter().all(|(name, wanted)| {
            class.method(name).is_some_and(|have| self.implements.get().is_none_or(|check| check(&have, wanted)))
        })
    }
    pub(super) fn is_extended_by(&self, other: &InterfaceType) -> bool {
        if self.is_module && !other.is_module {
            return false;
        }
        let (mine, theirs) = (self.methods.read(), other.methods.read());
        mine.iter().all(|(name, wanted)| {
            theirs.get(name).is_some_and(|have| self.implements.get().is_none_or(|check| check(have, wanted)))
        })
    }
}

impl fmt::Debug for InterfaceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InterfaceType({})", self.name)
    }
}

/// An enum class: members with values of one type.
#[derive(Debug)]
pub struct EnumType {
    pub name: QualName,
    pub value_type: Type,
    pub members: Vec<(String, IValue)>,
}

/// An instance of a class: one value per attribute. A handle: clones are the same object.
#[derive(Clone)]
pub struct Object(Arc<ObjectData>);

struct ObjectData {
    class: Arc<ClassType>,
    slots: RwLock<Vec<IValue>>,
    /// Changes with every attribute assignment, so that plans that folded attributes notice.
    version: AtomicU32,
    /// What must live as long as the object: the compilation unit of its class.
    keeps: OnceLock<Arc<dyn Any + Send + Sync>>,
}

impl Drop for ObjectData {
    fn drop(&mut self) {
        let_go(std::mem::take(self.slots.get_mut()));
    }
}

impl Object {
    /// All attributes uninitialised (`None`).
    pub fn new(class: Arc<ClassType>) -> Object {
        let slots = vec![IValue::None; class.attribute_count()];
        Object(Arc::new(ObjectData {
            class,
            slots: RwLock::new(slots),
            version: AtomicU32::new(0),
            keeps: OnceLock::new(),
        }))
    }
    pub fn class(&self) -> &Arc<ClassType> {
        &self.0.class
    }
    /// Keeps `what` alive for as long as the object; only the first call counts.
    pub fn keep(&self, what: Arc<dyn Any + Send + Sync>) {
        let _ = self.0.keeps.set(what);
    }
    /// What [`Object::keep`] was given.
    pub fn kept(&self) -> Option<&Arc<dyn Any + Send + Sync>> {
        self.0.keeps.get()
    }
    pub fn get(&self, slot: usize) -> IValue {
        self.0.slots.read().get(slot).cloned().unwrap_or(IValue::None)
    }
    pub fn set(&self, slot: usize, value: IValue) {
        let old = {
            let mut slots = self.0.slots.write();
            if slot >= slots.len() {
                // attributes may be declared after the object was made
                slots.resize(slot + 1, IValue::None);
            }
            std::mem::replace(&mut slots[slot], value)
        };
        // outside the lock: dropping may free an object graph
        drop(old);
        self.0.version.fetch_add(1, Ordering::Release);
    }
    pub fn attr(&self, name: &str) -> Result<IValue> {
        match self.0.class.slot(name) {
            Some(slot) => Ok(self.get(slot)),
            None => Err(Error::usage(format!("{} does not have an attribute named '{name}'", self.0.class.name()))),
        }
    }
    pub fn set_attr(&self, name: &str, value: IValue) -> Result<()> {
        match self.0.class.slot(name) {
            Some(slot) => self.set(slot, value),
            None => {
                return Err(Error::usage(format!("{} does not have an attribute named '{name}'", self.0.class.name())))
            }
        }
        Ok(())
    }
    pub fn version(&self) -> u32 {
        self.0.version.load(Ordering::Acquire)
    }
    pub fn is_same(&self, other: &Object) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
    /// An address that identifies the object while it lives.
    pub fn id(&self) -> usize {
        Arc::as_ptr(&self.0) as *const u8 as usize
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} object>", self.0.class.name())
    }
}
