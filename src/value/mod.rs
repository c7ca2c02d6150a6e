//! What scripts compute with: values, their types, containers with reference semantics, objects of script classes.

#![forbid(unsafe_code)]

mod class;
mod copy;
mod dict;
mod future;
mod ivalue;
mod list;
mod print;
mod save;
mod teardown;
mod torchbind;
mod types;

pub use class::{
    torchbind_class, Attribute, AttributeKind, ClassType, EnumType, InterfaceType, MethodSlot, Object, QualName,
};
pub use dict::{Dict, DictKey};
pub use future::Future;
pub use ivalue::{EnumValue, FunctionValue, IValue, Opaque, TupleValue};
pub use list::List;
pub(crate) use save::save_for_script;
pub use save::{save_tensors, save_tensors_to, save_value, save_value_to, set_save_handler, SaveHandler};
pub use torchbind::{register_native_class, NativeClass, TorchbindObject};
pub use types::{unshaped, TensorType, TupleType, Type};
