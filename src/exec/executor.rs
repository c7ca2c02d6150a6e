//! Entry points, and what is kept between runs.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

use super::interpreter::Interpreter;
use super::{check_args, Plan};
use crate::ir::Function;
use crate::value::IValue;
use crate::{Error, Result};

/// A flag by which a host stops a script from another thread: looked at whenever a loop goes round.
#[derive(Clone, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
    pub fn clear(&self) {
        self.0.store(false, Ordering::Relaxed);
    }
    #[inline]
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

thread_local! {
    /// Interpreters that are not running, kept for their memory.
    static IDLE: RefCell<Vec<Interpreter>> = const { RefCell::new(Vec::new()) };
    /// What stops the scripts that this thread runs.
    static INTERRUPT: RefCell<Interrupt> = RefCell::default();
}

/// Runs `f` so that every script it runs, also while it loads a module, stops with [`ErrorKind::Limit`] once
/// `interrupt` is set. Scripts look at it whenever a loop goes round; a single operator is not interrupted.
///
/// ```
/// # fn main() -> sconce::Result<()> {
/// use sconce::exec::{with_interrupt, Interrupt};
/// let interrupt = Interrupt::default();
/// let module = with_interrupt(&interrupt, || sconce::load("tests/fixtures/decision_gate.pt"))?;
/// # assert_eq!(module.methods().len(), 1);
/// # Ok(())
/// # }
/// ```
///
/// [`ErrorKind::Limit`]: crate::ErrorKind::Limit
pub fn with_interrupt<T>(interrupt: &Interrupt, f: impl FnOnce() -> T) -> T {
    /// Puts the former one back, also when `f` panics.
    struct Restore(Interrupt);
    impl Drop for Restore {
        fn drop(&mut self) {
            INTERRUPT.set(std::mem::take(&mut self.0));
        }
    }
    let _restore = Restore(INTERRUPT.replace(interrupt.clone()));
    f()
}

/// Checks `args` and `kwargs` against the function's schema, fills in defaults, and runs. For methods, `args[0]` is the
/// object.
pub fn call(function: &Arc<Function>, args: Vec<IValue>, kwargs: &[(String, IValue)]) -> Result<IValue> {
    let args = check_args(function.schema()?, args, kwargs)?;
    run(function, args)
}

/// Runs a function on a complete argument list. Several results of a graph come as a tuple.
pub fn run(function: &Arc<Function>, args: Vec<IValue>) -> Result<IValue> {
    let interrupt = INTERRUPT.with_borrow(Interrupt::clone);
    run_interruptible(function, args, &interrupt)
}

/// As [`run`], until `interrupt` is set.
pub fn run_interruptible(function: &Arc<Function>, args: Vec<IValue>, interrupt: &Interrupt) -> Result<IValue> {
    let plan = plan_of(function)?;
    let mut interpreter = IDLE.with_borrow_mut(Vec::pop).unwrap_or_default();
    let outcome = interpreter.run(plan, args, interrupt);
    IDLE.with_borrow_mut(|idle| {
        if idle.len() < 4 {
            idle.push(interpreter);
        }
    });
    let mut results = outcome?;
    Ok(match results.len() {
        0 => IValue::None,
        1 => results.pop().unwrap_or_default(),
        _ => IValue::tuple(results),
    })
}

/// The function's plan, made on first use.
pub fn plan_of(function: &Arc<Function>) -> Result<Arc<Plan>> {
    let plan = function.plan(|| Ok(Arc::new(Plan::new(function.name(), function.graph()?)?)))?;
    plan.clone().downcast().map_err(|_| Error::internal("a function holds another executor's plan"))
}
