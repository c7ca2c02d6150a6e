//! Values that another thread is computing.

use std::sync::Arc;

use parking_lot::{Condvar, Mutex};

use super::{IValue, Type};
use crate::Result;

/// The result of a `fork`. A handle: clones are the same future.
#[derive(Clone)]
pub struct Future(Arc<Inner>);

struct Inner {
    ty: Type,
    state: Mutex<Option<Result<IValue>>>,
    done: Condvar,
}

impl Future {
    pub fn new(ty: Type) -> Future {
        Future(Arc::new(Inner { ty, state: Mutex::new(None), done: Condvar::new() }))
    }
    /// A future that is already complete.
    pub fn ready(ty: Type, value: IValue) -> Future {
        let future = Self::new(ty);
        future.complete(Ok(value));
        future
    }
    /// The type of the value.
    pub fn value_type(&self) -> &Type {
        &self.0.ty
    }
    /// Sets the outcome; only the first call counts.
    pub fn complete(&self, outcome: Result<IValue>) {
        let mut state = self.0.state.lock();
        if state.is_none() {
            *state = Some(outcome);
        }
        self.0.done.notify_all();
    }
    pub fn is_complete(&self) -> bool {
        self.0.state.lock().is_some()
    }
    /// Blocks until the outcome is there.
    pub fn wait(&self) -> Result<IValue> {
        let mut state = self.0.state.lock();
        loop {
            if let Some(outcome) = &*state {
                return outcome.clone();
            }
            self.0.done.wait(&mut state);
        }
    }
    pub fn is_same(&self, other: &Future) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for Future {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Future[{}]", self.0.ty)
    }
}
