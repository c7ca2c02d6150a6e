//! Operators and classes that the host adds: what scripts call as `ops.NAMESPACE.NAME` and
//! `__torch__.torch.classes.NAMESPACE.NAME`.

use std::any::Any;
use std::sync::Arc;

use super::call::{FromIValue, OpFn, Returns, Stack};
use super::registry::{registry, Operator};
use crate::ir::{Function, Graph};
use crate::schema::{parse_schema, Argument, FunctionSchema};
use crate::value::{register_native_class, torchbind_class, IValue, NativeClass, QualName, TorchbindObject, Type};
use crate::{Error, Result};

/// Adds an operator: its schema and a function of the types in it. Fails when the schema does not parse or an operator of
/// this name and overload exists.
///
/// ```
/// # fn main() -> sconce::Result<()> {
/// use std::sync::Arc;
/// use sconce::{frontend::CompilationUnit, op, IValue};
///
/// fn scale(values: Vec<f64>, by: f64) -> sconce::Result<Vec<f64>> {
///     Ok(values.into_iter().map(|value| value * by).collect())
/// }
///
/// op::register_operator("shop::scale(float[] values, float by=2) -> float[]", scale as fn(_, _) -> _)?;
///
/// let unit = CompilationUnit::new();
/// let code = "def f(prices: List[float]):\n  return ops.shop.scale(prices)\n";
/// let f = unit.define(&sconce::base::Source::new(None, code, 0))?[0].clone();
/// let prices = IValue::List(sconce::value::List::new(sconce::Type::Float, vec![1.5.into()]));
/// let result = sconce::exec::call(&f, vec![prices], &[])?.to_list()?;
/// assert_eq!(result.get(0)?.to_double()?, 3.0);
/// # Ok(())
/// # }
/// ```
pub fn register_operator(schema: &str, function: impl OpFn + Send + 'static) -> Result<Arc<Operator>> {
    registry().register(schema, move |stack| function.call(stack))
}

/// A class of the host whose objects archives may hold and scripts may use: PyTorch's `torch::class_`.
///
/// ```
/// # fn main() -> sconce::Result<()> {
/// use std::sync::atomic::{AtomicI64, Ordering};
/// use std::sync::Arc;
/// use sconce::op::{register_class, HostClass, HostMethod, New};
/// use sconce::{frontend::CompilationUnit, IValue, Result};
///
/// struct Counter(AtomicI64);
///
/// fn new(start: i64) -> Result<New<Counter>> {
///     Ok(New(Counter(start.into())))
/// }
/// fn add(this: Arc<Counter>, by: i64) -> Result<i64> {
///     Ok(this.0.fetch_add(by, Ordering::Relaxed) + by)
/// }
///
/// impl HostClass for Counter {
///     const NAME: &'static str = "shop.Counter";
///
///     fn methods() -> Vec<HostMethod> {
///         vec![
///             HostMethod::new("__init__(int start) -> ()", new as fn(_) -> _),
///             HostMethod::new("add(int by=1) -> int", add as fn(_, _) -> _),
///         ]
///     }
///     fn state(&self) -> Result<IValue> {
///         Ok(self.0.load(Ordering::Relaxed).into())
///     }
///     fn from_state(state: &IValue) -> Result<Self> {
///         Ok(Counter(state.to_int()?.into()))
///     }
/// }
///
/// register_class::<Counter>()?;
///
/// let unit = CompilationUnit::new();
/// let code = "def f(c: __torch__.torch.classes.shop.Counter):\n  c.add()\n  return c.add(10)\n";
/// let f = unit.define(&sconce::base::Source::new(None, code, 0))?[0].clone();
/// let counter = sconce::op::object(Counter(5.into()));
/// assert_eq!(sconce::exec::call(&f, vec![counter], &[])?.to_int()?, 16);
/// # Ok(())
/// # }
/// ```
pub trait HostClass: Any + Send + Sync + Sized {
    /// Namespace and name: `shop.Counter`.
    const NAME: &'static str;

    /// What scripts can call, in any order.
    fn methods() -> Vec<HostMethod>;

    /// What an archive keeps of an object; deep copies are made through it too.
    fn state(&self) -> Result<IValue> {
        Err(Error::unsupported(format!("objects of the class {} cannot be saved or copied", Self::NAME)))
    }

    /// The object for what an archive has kept, as the class's `__getstate__` in Python or C++ returned it.
    fn from_state(state: &IValue) -> Result<Self> {
        let _ = state;
        Err(Error::unsupported(format!("objects of the class {} cannot be loaded", Self::NAME)))
    }
}

/// A method of a [`HostClass`].
pub struct HostMethod {
    signature: &'static str,
    function: Box<dyn OpFn + Send>,
}

impl HostMethod {
    /// `signature` is a schema without `self`, as `add(int by=1) -> int`; the function takes the object first, as `Arc<Self>`.
    /// That of `__init__` takes none and returns [`New`].
    pub fn new(signature: &'static str, function: impl OpFn + Send + 'static) -> HostMethod {
        HostMethod { signature, function: Box::new(function) }
    }
}

/// An object that a function makes: the result of constructors, and of operators that return objects of the class.
pub struct New<T>(pub T);

impl<T: HostClass> Returns for New<T> {
    fn push(self, stack: &mut Stack) {
        stack.push(object(self.0));
    }
}

impl<T: HostClass> FromIValue for Arc<T> {
    fn from_ivalue(value: IValue) -> Result<Self> {
        let found = match &value {
            IValue::Opaque(opaque) => TorchbindObject::of(&**opaque).and_then(TorchbindObject::native),
            _ => None,
        };
        found.and_then(|native| native.downcast::<T>().ok()).ok_or_else(|| {
            Error::runtime(format!(
                "Expected an object of {}, found a value of type {}",
                T::NAME,
                value.ty().annotation()
            ))
        })
    }
}

/// A value that is an object of the host's.
pub fn object<T: HostClass>(object: T) -> IValue {
    IValue::Opaque(Arc::new(TorchbindObject::of_native(&qualified::<T>(), Arc::new(object))))
}

/// Makes a class known to archives and scripts. Fails when there is one of this name, or a signature does not parse.
pub fn register_class<T: HostClass>() -> Result<()> {
    let class = torchbind_class(&qualified::<T>());
    let malformed = || Error::usage(format!("{}: not a name of the form NAMESPACE.NAME", T::NAME));
    let (namespace, name) = T::NAME.split_once('.').filter(|(_, name)| !name.contains('.')).ok_or_else(malformed)?;
    let mut methods: Vec<(FunctionSchema, Box<dyn OpFn + Send>)> = Vec::new();
    for HostMethod { signature, function } in T::methods() {
        let mut schema = parse_schema(&format!("{namespace}::{name}.{signature}"))?;
        let this = Argument::new("self", Type::Class(class.clone()));
        schema.arguments.insert(0, this);
        Vec::push(&mut methods, (schema, function));
    }
    let native = NativeClass {
        restore: |state| T::from_state(state).map(|object| Arc::new(object) as _),
        state: |object| match object.downcast_ref::<T>() {
            Some(object) => object.state(),
            None => Err(Error::internal(format!("an object that is no {}", T::NAME))),
        },
    };
    if !register_native_class(&qualified::<T>(), native) {
        return Err(Error::usage(format!("the class {} is already registered", T::NAME)));
    }
    for (schema, function) in methods {
        let method = schema.overload.clone();
        let count = schema.arguments.len();
        let eval: Box<dyn Fn(&mut Stack) -> Result<()> + Send + Sync> = match method.as_str() {
            "__init__" => Box::new(move |stack| initialize(&*function, stack, count)),
            _ => Box::new(move |stack| function.call(stack)),
        };
        let operator = registry().register_parsed(schema, eval)?;
        let function = method_of(&operator, QualName::new(format!("{}.{method}", class.name())))?;
        class.add_method(&method, function);
    }
    Ok(())
}

fn qualified<T: HostClass>() -> String {
    format!("__torch__.torch.classes.{}", T::NAME)
}

/// Runs a constructor and gives what it makes to the object that is there already.
fn initialize(function: &dyn OpFn, stack: &mut Stack, count: usize) -> Result<()> {
    let base = stack.len().checked_sub(count).ok_or_else(|| Error::internal("operator stack underflow"))?;
    let this = stack.remove(base);
    function.call(stack)?;
    let made = stack.pop().unwrap_or_default();
    let native = |value: &IValue| match value {
        IValue::Opaque(opaque) => TorchbindObject::of(&**opaque).and_then(TorchbindObject::native),
        _ => None,
    };
    match (&this, native(&made)) {
        (IValue::Opaque(this), Some(native)) => match TorchbindObject::of(&**this) {
            Some(this) => this.prepared(|| Ok(native)).map(|_| ()),
            None => Err(Error::internal("a constructor of another kind of object")),
        },
        _ => Err(Error::usage("a constructor returns a New object")),
    }
}

/// The operator as a method: a graph of one node.
fn method_of(operator: &Operator, name: QualName) -> Result<Arc<Function>> {
    let schema = operator.schema()?;
    let mut graph = Graph::new();
    let inputs: Vec<_> = schema.arguments.iter().map(|argument| graph.add_input(argument.ty.clone())).collect();
    let node = graph.create(&*operator.name, &inputs);
    graph.node_mut(node).schema = Some(schema.clone());
    graph.append(Graph::ROOT, node);
    let result = match schema.returns.as_slice() {
        [] => graph.add_constant(Graph::ROOT, IValue::None, Type::None),
        [one] => graph.add_output(node, one.ty.clone()),
        _ => return Err(Error::usage(format!("{}: a method returns one value, or a tuple", schema.qualified()))),
    };
    graph.add_return(Graph::ROOT, result);
    let returns = match schema.returns.as_slice() {
        [] => vec![Argument::new("", Type::None)],
        returns => returns.to_vec(),
    };
    let schema = FunctionSchema { name: name.name().into(), overload: String::new(), returns, ..(**schema).clone() };
    Ok(Function::compiled(name, schema, graph))
}
