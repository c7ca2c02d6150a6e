//! Lists, shared by reference.

use std::fmt;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

use super::print::nested;
use super::teardown::let_go;
use super::{IValue, Type};
use crate::Result;

/// A list with its element type. A handle: clones are the same list.
#[derive(Clone)]
pub struct List(Arc<Inner>);

struct Inner {
    element: Type,
    items: Mutex<Vec<IValue>>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        let_go(std::mem::take(self.items.get_mut()));
    }
}

impl List {
    pub fn new(element: Type, items: Vec<IValue>) -> List {
        List(Arc::new(Inner { element, items: Mutex::new(items) }))
    }
    pub fn ints(items: impl IntoIterator<Item = i64>) -> List {
        Self::new(Type::Int, items.into_iter().map(IValue::Int).collect())
    }
    pub fn tensors(items: impl IntoIterator<Item = crate::Tensor>) -> List {
        Self::new(Type::TENSOR, items.into_iter().map(IValue::Tensor).collect())
    }
    pub fn element_type(&self) -> &Type {
        &self.0.element
    }
    /// Exclusive access. Hold it briefly, and never while calling anything that may touch the same list.
    pub fn lock(&self) -> MutexGuard<'_, Vec<IValue>> {
        self.0.items.lock()
    }
    pub fn len(&self) -> usize {
        self.lock().len()
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    pub fn to_vec(&self) -> Vec<IValue> {
        self.lock().clone()
    }
    /// The element at an index that may count from the end.
    pub fn get(&self, index: i64) -> Result<IValue> {
        let items = self.lock();
        let n = items.len() as i64;
        let at = if index < 0 { index + n } else { index };
        match usize::try_from(at).ok().and_then(|i| items.get(i)) {
            Some(item) => Ok(item.clone()),
            None => crate::bail!("list index out of range"),
        }
    }
    /// Replaces the element at an index that may count from the end.
    pub fn set(&self, index: i64, value: IValue) -> Result<()> {
        let old = {
            let mut items = self.lock();
            let n = items.len() as i64;
            let at = if index < 0 { index + n } else { index };
            match usize::try_from(at).ok().and_then(|i| items.get_mut(i)) {
                Some(item) => std::mem::replace(item, value),
                None => crate::bail!("list index out of range"),
            }
        };
        // dropped outside the lock: it may free a whole structure
        drop(old);
        Ok(())
    }
    pub fn is_same(&self, other: &List) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
    pub fn id(&self) -> usize {
        Arc::as_ptr(&self.0) as *const u8 as usize
    }
    /// The elements without a copy when this is the only handle.
    pub fn into_vec(self) -> Vec<IValue> {
        match Arc::try_unwrap(self.0) {
            Ok(mut inner) => std::mem::take(inner.items.get_mut()),
            Err(shared) => shared.items.lock().clone(),
        }
    }
}

impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let items = self.to_vec();
        nested(f, items.len(), |f| write!(f, "{items:?}"))
    }
}
