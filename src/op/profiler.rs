//! What marks the regions that PyTorch's profiler shows. Nothing listens here, as in PyTorch without a profiler: the handles
//! only have their types.

use std::sync::Arc;

use super::Op;
use crate::value::{Future, IValue, TorchbindObject};
use crate::{op, DType, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("profiler::_record_function_enter(str name, str? args=None) -> Tensor", enter(_, _), tags[SideEffect]),
    op!(
        "profiler::_record_function_enter_new(str name, str? args=None) -> __torch__.torch.classes.profiler._RecordFunction",
        enter_new(_, _),
        tags[SideEffect]
    ),
    op!("profiler::_record_function_exit(Tensor _0) -> ()", exit(_), tags[SideEffect]),
    op!(
        "profiler::_record_function_exit._RecordFunction(__torch__.torch.classes.profiler._RecordFunction _0) -> ()",
        exit(_),
        tags[SideEffect]
    ),
    op!(
        "profiler::_call_end_callbacks_on_jit_fut(Tensor x, Future(t) y) -> Future(t)",
        end_with_future(_, _),
        tags[SideEffect]
    ),
    op!(
        "profiler::_call_end_callbacks_on_jit_fut._RecordFunction(__torch__.torch.classes.profiler._RecordFunction x, \
         Future(t) y) -> Future(t)",
        end_with_future(_, _),
        tags[SideEffect]
    ),
];

type Str = Arc<str>;

/// The size is that of the object in which PyTorch keeps its record.
fn enter(_name: Str, _args: Option<Str>) -> Result<Tensor> {
    Tensor::zeros(&[320], DType::U8)
}

fn enter_new(_name: Str, _args: Option<Str>) -> Result<IValue> {
    let object = TorchbindObject::new("__torch__.torch.classes.profiler._RecordFunction", IValue::None);
    Ok(IValue::Opaque(Arc::new(object)))
}

fn exit(_handle: IValue) -> Result<()> {
    Ok(())
}

fn end_with_future(_handle: IValue, future: Future) -> Result<Future> {
    Ok(future)
}
