//! Copies and comparisons of whole values.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;

use super::{Dict, IValue, List, Object};
use crate::{Error, Result, Tensor};

impl IValue {
    /// A new container of the same elements, for lists, dicts and objects; other values are themselves.
    pub fn shallow_copy(&self) -> Result<IValue> {
        Ok(match self {
            IValue::List(list) => IValue::List(List::new(list.element_type().clone(), list.to_vec())),
            IValue::Dict(dict) => {
                let copy = Dict::new(dict.key_type().clone(), dict.value_type().clone());
                for (key, value) in dict.entries() {
                    copy.insert(key, value)?;
                }
                IValue::Dict(copy)
            }
            IValue::Object(object) => {
                let copy = like(object);
                for slot in 0..object.class().attribute_count() {
                    copy.set(slot, object.get(slot));
                }
                IValue::Object(copy)
            }
            other => other.clone(),
        })
    }

    /// A copy that shares no tensor, container or object with this value. What is shared within stays shared, and
    /// tensors that shared a storage get storages of their own. Fails on futures and on values that nest too deep.
    pub fn deep_copy(&self) -> Result<IValue> {
        Copier::default().copy(self, 0)
    }

    /// As [`IValue::deep_copy`], but the copies of objects keep `what` alive ([`Object::keep`]) instead of what their
    /// originals do.
    pub fn deep_copy_keeping(&self, what: Arc<dyn Any + Send + Sync>) -> Result<IValue> {
        Copier { keeps: Some(what), ..Copier::default() }.copy(self, 0)
    }

    /// PyTorch's `==`: containers by elements, objects by identity. Fails when tensors of more than one element are
    /// compared.
    pub fn is_equal(&self, other: &IValue) -> Result<bool> {
        equal(self, other, 0)
    }
}

const MAX_DEPTH: usize = 500;

fn too_deep() -> Error {
    Error::limit(format!("a value nests deeper than {MAX_DEPTH} levels"))
}

#[derive(Default)]
struct Copier {
    /// Copies by the address of their originals, which stay alive while the copy is made.
    made: HashMap<usize, IValue>,
    keeps: Option<Arc<dyn Any + Send + Sync>>,
}

impl Copier {
    fn copy(&mut self, value: &IValue, depth: usize) -> Result<IValue> {
        if depth > MAX_DEPTH {
            return Err(too_deep());
        }
        let address = match value {
            IValue::Tensor(t) => t.id(),
            IValue::List(l) => l.id(),
            IValue::Dict(d) => d.id(),
            IValue::Object(o) => o.id(),
            IValue::Opaque(o) => Arc::as_ptr(o).cast::<u8>() as usize,
            _ => 0,
        };
        if let Some(made) = self.made.get(&address) {
            return Ok(made.clone());
        }
        Ok(match value {
            IValue::Tensor(tensor) => self.keep(address, IValue::Tensor(copy_tensor(tensor)?)),
            IValue::Tuple(tuple) => {
                let elements =
                    tuple.elements.iter().map(|item| self.copy(item, depth + 1)).collect::<Result<Vec<_>>>()?;
                IValue::Tuple(super::TupleValue { elements, named: tuple.named.clone() }.into())
            }
            IValue::List(list) => {
                let copy = List::new(list.element_type().clone(), Vec::new());
                self.keep(address, IValue::List(copy.clone()));
                for item in list.to_vec() {
                    let item = self.copy(&item, depth + 1)?;
                    copy.lock().push(item);
                }
                IValue::List(copy)
            }
            IValue::Dict(dict) => {
                let copy = Dict::new(dict.key_type().clone(), dict.value_type().clone());
                self.keep(address, IValue::Dict(copy.clone()));
                for (key, item) in dict.entries() {
                    copy.insert(self.copy(&key, depth + 1)?, self.copy(&item, depth + 1)?)?;
                }
                IValue::Dict(copy)
            }
            IValue::Object(object) => {
                let copy = match &self.keeps {
                    Some(what) => {
                        let copy = Object::new(object.class().clone());
                        copy.keep(what.clone());
                        copy
                    }
                    None => like(object),
                };
                self.keep(address, IValue::Object(copy.clone()));
                for slot in 0..object.class().attribute_count() {
                    copy.set(slot, self.copy(&object.get(slot), depth + 1)?);
                }
                IValue::Object(copy)
            }
            IValue::Opaque(opaque) => match opaque.deep_copy()? {
                Some(copy) => self.keep(address, copy),
                None => value.clone(),
            },
            IValue::Future(_) => return Err(Error::unsupported("a deep copy of a future")),
            other => other.clone(),
        })
    }

    fn keep(&mut self, address: usize, copy: IValue) -> IValue {
        self.made.insert(address, copy.clone());
        copy
    }
}

/// A fresh object of the same class that keeps alive what the original does.
fn like(object: &Object) -> Object {
    let copy = Object::new(object.class().clone());
    if let Some(kept) = object.kept() {
        copy.keep(kept.clone());
    }
    copy
}

fn copy_tensor(tensor: &Tensor) -> Result<Tensor> {
    if !tensor.device().is_cpu() {
        return Ok(tensor.alias());
    }
    let copy = tensor.deep_clone()?;
    copy.set_requires_grad(tensor.requires_grad());
    Ok(copy)
}

fn equal(a: &IValue, b: &IValue, depth: usize) -> Result<bool> {
    if depth > MAX_DEPTH {
        return Err(too_deep());
    }
    let all = |mut pairs: Box<dyn Iterator<Item = (IValue, IValue)>>| {
        pairs.try_fold(true, |so_far, (x, y)| Ok(so_far && equal(&x, &y, depth + 1)?))
    };
    match (a, b) {
        _ if a.is_identical(b) && !matches!(a, IValue::Double(_)) => Ok(true),
        (IValue::Complex(x), IValue::Complex(y)) => Ok(x == y),
        (IValue::Enum(x), IValue::Enum(y)) => Ok(Arc::ptr_eq(&x.class, &y.class) && x.name == y.name),
        (IValue::Tensor(x), IValue::Tensor(y)) => {
            if x.numel() != 1 || y.numel() != 1 {
                crate::bail!("Boolean value of Tensor with more than one value is ambiguous");
            }
            Ok(x.item()?.to_complex() == y.item()?.to_complex())
        }
        (IValue::Tuple(x), IValue::Tuple(y)) => {
            if x.elements.len() != y.elements.len() {
                return Ok(false);
            }
            let pairs: Vec<_> = x.elements.iter().cloned().zip(y.elements.iter().cloned()).collect();
            all(Box::new(pairs.into_iter()))
        }
        (IValue::List(x), IValue::List(y)) => {
            let (x, y) = (x.to_vec(), y.to_vec());
            Ok(x.len() == y.len() && all(Box::new(x.into_iter().zip(y)))?)
        }
        (IValue::Dict(x), IValue::Dict(y)) => {
            if x.len() != y.len() {
                return Ok(false);
            }
            for (key, value) in x.entries() {
                match y.get(&key) {
                    Some(other) if equal(&value, &other, depth + 1)? => {}
                    _ => return Ok(false),
                }
            }
            Ok(true)
        }
        _ => Ok(a.is_identical(b)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Type;

    #[test]
    fn deep_copies_share_nothing_but_what_they_shared() {
        let inner = IValue::ints(&[1]);
        let outer = IValue::List(List::new(Type::list(Type::Int), vec![inner.clone(), inner.clone()]));
        let copy = outer.deep_copy().unwrap().to_list().unwrap().to_vec();
        assert!(copy[0].is_identical(&copy[1]) && !copy[0].is_identical(&inner));
        assert!(outer.is_equal(&outer.deep_copy().unwrap()).unwrap());
    }

    #[test]
    fn equality() {
        for (a, b, expected) in [
            (IValue::ints(&[1, 2]), IValue::ints(&[1, 2]), true),
            (IValue::ints(&[1, 2]), IValue::ints(&[1]), false),
            (IValue::Double(f64::NAN), IValue::Double(f64::NAN), false),
            (IValue::str("a"), IValue::str("a"), true),
            (IValue::tuple(vec![IValue::None]), IValue::tuple(vec![IValue::None]), true),
            (IValue::Int(1), IValue::Double(1.0), false),
        ] {
            assert_eq!(a.is_equal(&b).unwrap(), expected);
        }
    }
}
