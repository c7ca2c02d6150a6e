//! Runs the operators that are written in TorchScript.

use std::collections::HashMap;
use std::sync::{Arc, Once, OnceLock};

use crate::base::Source;
use crate::frontend::CompilationUnit;
use crate::ir::Function;
use crate::op::prelude::{self, SOURCES};
use crate::value::IValue;
use crate::{Error, Result};

/// Makes these operators callable. Whoever calls operators without a plan does this first.
pub fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| prelude::install(run));
}

struct Prelude {
    functions: HashMap<String, Arc<Function>>,
    /// Keeps the functions compilable.
    _unit: CompilationUnit,
}

fn run(name: &str, args: Vec<IValue>) -> Result<IValue> {
    static PRELUDE: OnceLock<Result<Prelude>> = OnceLock::new();
    let prelude = PRELUDE.get_or_init(compile).as_ref().map_err(Error::clone)?;
    let function = prelude.functions.get(name);
    let function = function.ok_or_else(|| Error::internal(format!("the prelude has no function {name}")))?;
    // the traceback ends at the operator: its own lines are nobody's business
    super::run(function, args).map_err(|error| error.without_frames())
}

fn compile() -> Result<Prelude> {
    let unit = CompilationUnit::new();
    let mut functions = HashMap::new();
    for source in SOURCES {
        for function in unit.define(&Source::new(Some("prelude".into()), *source, 0))? {
            functions.insert(function.name().to_string(), function);
        }
    }
    Ok(Prelude { functions, _unit: unit })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{registry, Eval, Operator, Stack};
    use crate::Tensor;

    /// Every entry has its function, with as many parameters as its schema has arguments.
    #[test]
    fn functions_fit_their_schemas() {
        let prelude = compile().unwrap();
        let is_prelude =
            |op: &&Arc<Operator>| op.entry().is_some_and(|(e, own)| own && matches!(e.eval, Eval::Prelude));
        let mut count = 0;
        for op in registry().all().iter().filter(is_prelude) {
            let name = op.qualified().replace("aten::", "").replace('.', "__");
            let function = prelude.functions.get(&name).unwrap_or_else(|| panic!("no function {name}"));
            let (has, wants) = (function.schema().unwrap(), op.schema().unwrap());
            assert_eq!(has.arguments.len(), wants.arguments.len(), "{name}");
            count += 1;
        }
        assert_eq!(count, prelude.functions.len());
    }

    #[test]
    fn operators_run() {
        install();
        let op = registry().find("aten::_add_relu_", "Scalar").unwrap();
        let x = Tensor::from_slice(&[1.0f32, -5.0], &[2]).unwrap();
        let mut stack: Stack = vec![x.clone().into(), IValue::Int(2), IValue::Int(2)];
        op.call(&mut stack, 3).unwrap();
        assert_eq!(x.to_vec::<f32>().unwrap(), [5.0, 0.0]);
    }
}
