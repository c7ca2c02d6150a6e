//! A script function or method: compiled when first needed, planned when first run.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::Graph;
use crate::schema::FunctionSchema;
use crate::value::{ClassType, InterfaceType, QualName};
use crate::{Error, Result};

/// Makes a function's schema and graph when they are first needed.
pub trait Compile: Send + Sync {
    /// From the signature alone, without compiling the body where the return type is annotated.
    fn schema(&self, function: &Function) -> Result<FunctionSchema>;
    fn graph(&self, function: &Function) -> Result<Graph>;
    /// Runs `run` while no other thread compiles functions of the same unit. Fails without running it when `function`
    /// is being compiled already: it calls itself.
    fn exclusively(&self, function: &Function, run: &mut dyn FnMut()) -> Result<()> {
        let _ = function;
        run();
        Ok(())
    }
}

/// A function of a compilation unit. Shared as `Arc<Function>`; identity is by pointer.
pub struct Function {
    name: QualName,
    schema: OnceLock<Result<FunctionSchema>>,
    graph: OnceLock<Result<Arc<Graph>>>,
    compile: Option<Box<dyn Compile>>,
    /// The executor's plan for this function; the IR does not know what is in it.
    plan: OnceLock<Arc<dyn Any + Send + Sync>>,
}

impl Function {
    /// A function whose body is compiled by `compile` when first needed.
    pub fn lazy(name: QualName, compile: Box<dyn Compile>) -> Arc<Function> {
        Arc::new(Function {
            name,
            schema: OnceLock::new(),
            graph: OnceLock::new(),
            compile: Some(compile),
            plan: OnceLock::new(),
        })
    }
    /// A function that is already compiled.
    pub fn compiled(name: QualName, schema: FunctionSchema, graph: Graph) -> Arc<Function> {
        Arc::new(Function {
            name,
            schema: OnceLock::from(Ok(schema)),
            graph: OnceLock::from(Ok(Arc::new(graph))),
            compile: None,
            plan: OnceLock::new(),
        })
    }
    /// With its qualifier: `__torch__.Net.forward`.
    pub fn qualname(&self) -> &QualName {
        &self.name
    }
    /// Without qualifier: `forward`.
    pub fn name(&self) -> &str {
        self.name.name()
    }
    pub fn schema(&self) -> Result<&FunctionSchema> {
        if let Some(schema) = self.schema.get() {
            return schema.as_ref().map_err(Error::clone);
        }
        // Made outside the cell: making it may compile the body, which may come back here.
        let schema = self.compiler()?.schema(self);
        self.schema.get_or_init(|| schema).as_ref().map_err(Error::clone)
    }
    /// The unoptimised graph. An error is remembered: it does not change.
    pub fn graph(&self) -> Result<&Arc<Graph>> {
        if self.graph.get().is_none() {
            // The unit's lock is taken before the cell's, so that two threads cannot wait for each other.
            let compiler = self.compiler()?;
            let mut init = || {
                let _ = self.graph.get_or_init(|| compiler.graph(self).map(Arc::new));
            };
            compiler.exclusively(self, &mut init)?;
        }
        match self.graph.get() {
            Some(graph) => graph.as_ref().map_err(Error::clone),
            None => Err(Error::internal(format!("function {} was not compiled", self.name))),
        }
    }
    pub fn is_compiled(&self) -> bool {
        self.graph.get().is_some()
    }
    /// The plan, made by `make` if there is none yet.
    pub fn plan(
        &self,
        make: impl FnOnce() -> Result<Arc<dyn Any + Send + Sync>>,
    ) -> Result<&Arc<dyn Any + Send + Sync>> {
        if let Some(plan) = self.plan.get() {
            return Ok(plan);
        }
        let made = make()?;
        Ok(self.plan.get_or_init(|| made))
    }
    fn compiler(&self) -> Result<&dyn Compile> {
        self.compile.as_deref().ok_or_else(|| Error::internal(format!("function {} has no body", self.name)))
    }

    /// A class's method by name.
    pub fn of_class(class: &ClassType, name: &str) -> Option<Arc<Function>> {
        class.method(name)?.downcast().ok()
    }
    /// An interface's method (which has a schema and no body).
    pub fn of_interface(interface: &InterfaceType, name: &str) -> Option<Arc<Function>> {
        interface.methods.read().get(name)?.clone().downcast().ok()
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Function({})", self.name)
    }
}
