//! Native objects that archives carry: classes below `__torch__.torch.classes`.

use std::any::Any;
use std::sync::{Arc, OnceLock};

use super::class::{torchbind_class, ClassType};
use super::{IValue, Opaque, Type};

/// An object of a native class as an archive holds it: the class and the state that its `__getstate__` returned. What
/// that stands for is decided by the operators that take it; they keep what they made of it in
/// [`prepared`](TorchbindObject::prepared).
pub struct TorchbindObject {
    class: Arc<ClassType>,
    state: IValue,
    prepared: OnceLock<Arc<dyn Any + Send + Sync>>,
}

impl TorchbindObject {
    /// `name` is the qualified class name: `__torch__.torch.classes.quantized.LinearPackedParamsBase`.
    pub fn new(name: &str, state: IValue) -> TorchbindObject {
        TorchbindObject { class: torchbind_class(name), state, prepared: OnceLock::new() }
    }
    pub fn class(&self) -> &Arc<ClassType> {
        &self.class
    }
    pub fn state(&self) -> &IValue {
        &self.state
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
}
