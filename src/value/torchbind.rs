//! Native objects that archives carry: classes below `__torch__.torch.classes`.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use parking_lot::RwLock;

use super::class::{torchbind_class, ClassType};
use super::{IValue, Opaque, Type};
use crate::{Error, Result};

/// An object of a native class as an archive holds it: the class and the state that its `__getstate__` returned. What
/// that stands for is decided by the operators that take it; they keep what they made of it in
/// [`prepared`](TorchbindObject::prepared). For classes of the host, that is the host's object.
pub struct TorchbindObject {
    class: Arc<ClassType>,
    state: IValue,
    prepared: OnceLock<Arc<dyn Any + Send + Sync>>,
}

/// How objects of a class of the host come from their state and back.
pub struct NativeClass {
    pub restore: fn(&IValue) -> Result<Arc<dyn Any + Send + Sync>>,
    pub state: fn(&(dyn Any + Send + Sync)) -> Result<IValue>,
}

/// Makes a class of the host known; false when there is one of this name.
pub fn register_native_class(name: &str, class: NativeClass) -> bool {
    if is_built_in(name) {
        return false;
    }
    let mut known = HOST_CLASSES.write();
    let known = known.get_or_insert_default();
    let is_new = !known.contains_key(name);
    known.entry(name.to_owned()).or_insert(Arc::new(class));
    is_new
}

fn host_class(name: &str) -> Option<Arc<NativeClass>> {
    HOST_CLASSES.read().as_ref()?.get(name).cloned()
}

static HOST_CLASSES: RwLock<Option<HashMap<String, Arc<NativeClass>>>> = RwLock::new(None);

/// The classes whose objects operators of PyTorch's own take.
const BUILT_IN: [&str; 12] = [
    "quantized.LinearPackedParamsBase",
    "quantized.Conv2dPackedParamsBase",
    "quantized.Conv3dPackedParamsBase",
    "quantized.EmbeddingPackedParamsBase",
    "rnn.CellParamsBase",
    "sparse.LinearPackedParamsBase",
    "xnnpack.LinearOpContext",
    "xnnpack.Conv2dOpContext",
    "xnnpack.TransposeConv2dOpContext",
    "mkldnn.ConvOpContext",
    "mkldnn.LinearOpContext",
    "mkldnn.ConvTransposeOpContext",
];

fn is_built_in(name: &str) -> bool {
    name.strip_prefix(PREFIX).is_some_and(|name| BUILT_IN.contains(&name))
}

const PREFIX: &str = "__torch__.torch.classes.";

impl TorchbindObject {
    /// `name` is the qualified class name: `__torch__.torch.classes.quantized.LinearPackedParamsBase`.
    pub fn new(name: &str, state: IValue) -> TorchbindObject {
        TorchbindObject { class: torchbind_class(name), state, prepared: OnceLock::new() }
    }

    /// From an archive: an object of the host is made at once, and a class that nobody knows is an error.
    pub fn restore(name: &str, state: IValue) -> Result<TorchbindObject> {
        let object = TorchbindObject::new(name, state);
        match host_class(name) {
            Some(class) => {
                let made = (class.restore)(&object.state).map_err(|error| error.context(name))?;
                object.prepared(|| Ok(made))?;
            }
            None if is_built_in(name) => {}
            None => {
                let short = name.strip_prefix(PREFIX).unwrap_or(name);
                let text = format!("an object of the native class {short}, which is not registered ({name})");
                return Err(Error::unsupported(text));
            }
        }
        Ok(object)
    }

    /// An object of the host's.
    pub fn of_native(name: &str, native: Arc<dyn Any + Send + Sync>) -> TorchbindObject {
        let prepared = OnceLock::from(native);
        TorchbindObject { class: torchbind_class(name), state: IValue::None, prepared }
    }

    /// The value as such an object.
    pub fn of(value: &dyn Opaque) -> Option<&TorchbindObject> {
        let any: &dyn Any = value;
        any.downcast_ref()
    }

    pub fn class(&self) -> &Arc<ClassType> {
        &self.class
    }
    pub fn state(&self) -> &IValue {
        &self.state
    }
    /// What was prepared, if anything was.
    pub fn native(&self) -> Option<Arc<dyn Any + Send + Sync>> {
        self.prepared.get().cloned()
    }
    /// Whatever the operators of this class made of the state: packed weights. `make` runs at most once to any effect.
    pub fn prepared(
        &self,
        make: impl FnOnce() -> crate::Result<Arc<dyn Any + Send + Sync>>,
    ) -> crate::Result<Arc<dyn Any + Send + Sync>> {
        if let Some(prepared) = self.prepared.get() {
            return Ok(prepared.clone());
        }
        let made = make()?;
        Ok(self.prepared.get_or_init(|| made).clone())
    }
}

impl Opaque for TorchbindObject {
    fn ty(&self) -> Type {
        Type::Class(self.class.clone())
    }

    /// Objects of the host may change, so a copy is made through their state; the others never do.
    fn deep_copy(&self) -> Result<Option<IValue>> {
        let name = self.class.name().as_str();
        let (Some(class), Some(native)) = (host_class(name), self.native()) else { return Ok(None) };
        let state = (class.state)(&*native)?.deep_copy()?;
        TorchbindObject::restore(name, state).map(|copy| Some(IValue::Opaque(Arc::new(copy))))
    }
}
