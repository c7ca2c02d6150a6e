//! Dictionaries: insertion order, shared by reference.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use indexmap::{Equivalent, IndexMap};
use parking_lot::{Mutex, MutexGuard};

use super::print::nested;
use super::teardown::let_go;
use super::{IValue, Type};
use crate::{Error, Result};

/// A dictionary with its key and value types. A handle: clones are the same dictionary.
#[derive(Clone)]
pub struct Dict(Arc<Inner>);

struct Inner {
    key: Type,
    value: Type,
    items: Mutex<IndexMap<DictKey, IValue>>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        let_go(std::mem::take(self.items.get_mut()).into_values().collect());
    }
}

/// A value that can be a key: int, bool, float, complex, str, device or tensor. Tensors compare by identity; NaN never
/// equals a key.
#[derive(Clone)]
pub struct DictKey(IValue);

impl DictKey {
    pub fn new(value: IValue) -> Result<DictKey> {
        if !is_key(&value) {
            return Err(Error::runtime(format!("Can't hash IValues with tag '{}'", value.tag())));
        }
        Ok(DictKey(value))
    }
    pub fn value(&self) -> &IValue {
        &self.0
    }
    pub fn into_value(self) -> IValue {
        self.0
    }
}

fn is_key(value: &IValue) -> bool {
    matches!(
        value,
        IValue::Int(_)
            | IValue::Bool(_)
            | IValue::Double(_)
            | IValue::Complex(_)
            | IValue::Str(_)
            | IValue::Device(_)
            | IValue::Enum(_)
            | IValue::Tensor(_)
    )
}

impl PartialEq for DictKey {
    fn eq(&self, other: &DictKey) -> bool {
        same_key(&self.0, &other.0)
    }
}
impl Eq for DictKey {}

impl Hash for DictKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_key(&self.0, state);
    }
}

/// A value that is looked up, without a handle of its own.
struct Borrowed<'a>(&'a IValue);

impl Hash for Borrowed<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_key(self.0, state);
    }
}

impl Equivalent<DictKey> for Borrowed<'_> {
    fn equivalent(&self, key: &DictKey) -> bool {
        same_key(self.0, &key.0)
    }
}

fn same_key(a: &IValue, b: &IValue) -> bool {
    match (a, b) {
        (IValue::Int(a), IValue::Int(b)) => a == b,
        (IValue::Bool(a), IValue::Bool(b)) => a == b,
        (IValue::Double(a), IValue::Double(b)) => a == b,
        (IValue::Complex(a), IValue::Complex(b)) => a == b,
        (IValue::Str(a), IValue::Str(b)) => a == b,
        (IValue::Device(a), IValue::Device(b)) => a == b,
        (IValue::Enum(a), IValue::Enum(b)) => a.name == b.name && Arc::ptr_eq(&a.class, &b.class),
        (IValue::Tensor(a), IValue::Tensor(b)) => a.is_same(b),
        _ => false,
    }
}

fn hash_key<H: Hasher>(key: &IValue, state: &mut H) {
    // -0.0 and 0.0 are one key
    let bits = |v: f64| (v + 0.0).to_bits();
    match key {
        IValue::Int(v) => v.hash(state),
        IValue::Bool(v) => v.hash(state),
        IValue::Double(v) => bits(*v).hash(state),
        IValue::Complex(v) => (bits(v.re), bits(v.im)).hash(state),
        IValue::Str(v) => v.hash(state),
        IValue::Device(v) => v.hash(state),
        IValue::Enum(v) => v.name.hash(state),
        IValue::Tensor(v) => v.id().hash(state),
        _ => {}
    }
}

impl Dict {
    pub fn new(key: Type, value: Type) -> Dict {
        Dict(Arc::new(Inner { key, value, items: Mutex::default() }))
    }
    pub fn key_type(&self) -> &Type {
        &self.0.key
    }
    pub fn value_type(&self) -> &Type {
        &self.0.value
    }
    /// Exclusive access. Hold it briefly, and never while calling anything that may touch the same dictionary.
    pub fn lock(&self) -> MutexGuard<'_, IndexMap<DictKey, IValue>> {
        self.0.items.lock()
    }
    pub fn len(&self) -> usize {
        self.lock().len()
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    pub fn get(&self, key: &IValue) -> Option<IValue> {
        self.lock().get(&Borrowed(key)).cloned()
    }
    pub fn contains(&self, key: &IValue) -> bool {
        self.lock().contains_key(&Borrowed(key))
    }
    /// Adds or replaces; a replaced entry keeps its place.
    pub fn insert(&self, key: IValue, value: IValue) -> Result<()> {
        let key = DictKey::new(key)?;
        let old = self.lock().insert(key, value);
        drop(old);
        Ok(())
    }
    /// Removes and returns an entry, keeping the order of the others.
    pub fn remove(&self, key: &IValue) -> Option<IValue> {
        self.lock().shift_remove(&Borrowed(key))
    }
    /// In insertion order.
    pub fn entries(&self) -> Vec<(IValue, IValue)> {
        self.lock().iter().map(|(k, v)| (k.value().clone(), v.clone())).collect()
    }
    pub fn is_same(&self, other: &Dict) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
    pub fn id(&self) -> usize {
        Arc::as_ptr(&self.0) as *const u8 as usize
    }
}

impl fmt::Debug for Dict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.entries();
        nested(f, entries.len(), |f| f.debug_map().entries(entries).finish())
    }
}
