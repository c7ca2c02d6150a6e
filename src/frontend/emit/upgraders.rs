//! Old operators: what archives of an older version mean by a name.
//!
//! As in PyTorch, methods of classes are upgraded and free functions are not.

use std::sync::Arc;

use super::{builtins, Emitter};
use crate::frontend::ast::Span;
use crate::ir::{Function, ValueId};
use crate::schema::{parse_schema, FunctionSchema};
use crate::value::{IValue, Type};
use crate::Result;

/// A change of an operator: archives up to `version` mean the old one.
struct Upgrade {
    operator: &'static str,
    overload: &'static str,
    version: i64,
    how: How,
}

enum How {
    /// By a function with the same arguments.
    Function(&'static str),
    /// The old schema, which differs in one argument that may be missing; it then has this value.
    Default(&'static str, &'static str, i64),
    /// The old schema; arguments it lacks get the new default.
    Schema(&'static str),
}

/// Whether a method is the one in which PyTorch takes `linear_prepack` for its form before 1.6, when packed weights were
/// tensors. The class has kept its name since, with objects in the place of the tensors.
pub(super) fn packs_tensors(owner: Option<&Type>, method: &str) -> bool {
    const CLASS: &str = "__torch__.torch.nn.quantized.dynamic.modules.rnn.PackedParameter";
    method == "__setstate__" && matches!(owner, Some(Type::Class(class)) if class.name().as_str() == CLASS)
}

/// The operator that a method means by a name.
pub(super) fn renamed<'n>(e: &Emitter<'_>, name: &'n str) -> &'n str {
    match name {
        "quantized::linear_prepack" if e.packs_tensors => "quantized::linear_prepack_legacy",
        _ => name,
    }
}

/// Replaces schemas by the forms that an archive of `version` knows.
pub(super) fn replace(name: &str, version: i64, schemas: &mut [Arc<FunctionSchema>]) {
    for schema in schemas {
        let Some(upgrade) = find(name, &schema.overload, version) else { continue };
        let old = match upgrade.how {
            How::Function(_) => continue,
            How::Default(text, ..) | How::Schema(text) => text,
        };
        if let Ok(old) = parse_schema(old) {
            *schema = Arc::new(old);
        }
    }
}

/// Emits what an old operator means now; `None` when it has not changed.
pub(super) fn emit(
    e: &mut Emitter<'_>,
    schema: &Arc<FunctionSchema>,
    inputs: &[ValueId],
    span: Span,
) -> Result<Option<ValueId>> {
    if !e.is_method {
        return Ok(None);
    }
    let Some(upgrade) = find(&schema.name, &schema.overload, e.unit.version) else { return Ok(None) };
    match upgrade.how {
        How::Function(name) => {
            let graph = builtins::function(name)?.graph()?.clone();
            let block = e.scope.block;
            let range = e.range(span);
            let outputs = e.scope.graph.append_copy(block, &graph, inputs, &mut |g, n| {
                g.node_mut(n).range = Some(range.clone());
                for output in g.node(n).outputs.clone() {
                    g.set_name(output, None);
                }
            });
            Ok(outputs.first().copied())
        }
        How::Default(_, argument, value) => {
            let mut inputs = inputs.to_vec();
            if let Some(at) = schema.argument_index(argument) {
                if e.scope.graph.constant(inputs[at]).is_some_and(|v| v.is_none()) {
                    inputs[at] = e.constant(IValue::Int(value), span);
                }
            }
            current(e, schema, &inputs, span).map(Some)
        }
        How::Schema(_) => current(e, schema, inputs, span).map(Some),
    }
}

/// The function that does what an archive of `version` means by an operator, where that is one with the same arguments.
pub fn upgrader(name: &str, overload: &str, version: i64) -> Result<Option<Arc<Function>>> {
    match find(name, overload, version).map(|upgrade| &upgrade.how) {
        Some(How::Function(function)) => builtins::function(function).map(Some),
        _ => Ok(None),
    }
}

/// Whether an operator has changed its arguments since archives of `version`.
pub fn has_changed(name: &str, overload: &str, version: i64) -> bool {
    matches!(find(name, overload, version), Some(Upgrade { how: How::Default(..), .. }))
}

/// The operator as it is now, with the arguments of the old form by name.
fn current(e: &mut Emitter<'_>, old: &FunctionSchema, inputs: &[ValueId], span: Span) -> Result<ValueId> {
    let keywords: Vec<(Arc<str>, ValueId)> =
        old.arguments.iter().zip(inputs).map(|(a, v)| (a.name.as_str().into(), *v)).collect();
    let was_method = std::mem::replace(&mut e.is_method, false);
    e.operators.remove(old.name.as_str());
    let result = e.builtin(&old.name, &[], &keywords, None, span);
    e.is_method = was_method;
    e.operators.remove(old.name.as_str());
    result
}

fn find(name: &str, overload: &str, version: i64) -> Option<&'static Upgrade> {
    UPGRADES.iter().find(|u| u.operator == name && u.overload == overload && version <= u.version)
}

const fn by(operator: &'static str, overload: &'static str, version: i64, function: &'static str) -> Upgrade {
    Upgrade { operator, overload, version, how: How::Function(function) }
}

const UPGRADES: &[Upgrade] = &[
    by("aten::div", "Tensor", 3, "div_Tensor_0_3"),
    by("aten::div", "Scalar", 3, "div_Scalar_0_3"),
    by("aten::div", "out", 3, "div_out_0_3"),
    by("aten::div_", "Tensor", 3, "div__Tensor_0_3"),
    by("aten::div_", "Scalar", 3, "div__Scalar_0_3"),
    by("aten::full", "", 4, "full_0_4"),
    Upgrade {
        operator: "aten::linspace",
        overload: "",
        version: 7,
        how: How::Default(
            "aten::linspace(Scalar start, Scalar end, int? steps=None, *, ScalarType? dtype=None, Layout? layout=None, \
             Device? device=None, bool? pin_memory=None) -> Tensor",
            "steps",
            100,
        ),
    },
    Upgrade {
        operator: "aten::linspace",
        overload: "out",
        version: 7,
        how: How::Default(
            "aten::linspace.out(Scalar start, Scalar end, int? steps=None, *, Tensor(a!) out) -> Tensor(a!)",
            "steps",
            100,
        ),
    },
    Upgrade {
        operator: "aten::logspace",
        overload: "",
        version: 8,
        how: How::Default(
            "aten::logspace(Scalar start, Scalar end, int? steps=None, float base=10.0, *, ScalarType? dtype=None, \
             Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
            "steps",
            100,
        ),
    },
    Upgrade {
        operator: "aten::logspace",
        overload: "out",
        version: 8,
        how: How::Default(
            "aten::logspace.out(Scalar start, Scalar end, int? steps=None, float base=10.0, *, Tensor(a!) out) -> \
             Tensor(a!)",
            "steps",
            100,
        ),
    },
    Upgrade {
        operator: "aten::gelu",
        overload: "",
        version: 9,
        how: How::Schema("aten::gelu(Tensor self) -> Tensor"),
    },
    Upgrade {
        operator: "aten::gelu",
        overload: "out",
        version: 9,
        how: How::Schema("aten::gelu.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)"),
    },
];
