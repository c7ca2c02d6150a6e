//! Dictionaries, per key type: insertion order, keys compared by value (tensors by identity).

use super::Op;
use crate::value::{Dict, IValue, List, Type};
use crate::{bail, op, Error, Result};

/// All operators for each key type.
macro_rules! per_key {
    ($($key:literal),*) => {
        pub const OPS: &[Op] = &[
            op!("aten::dict() -> Dict(str, Tensor)", empty()),
            $(
                op!(concat!("aten::len.Dict_", $key, "(Dict(", $key, ", t) self) -> int"),
                    |dict: Dict| -> i64 { dict.len() as i64 }),
                op!(concat!("aten::keys.", $key, "(Dict(", $key, ", t) self) -> ", $key, "[](*)"),
                    |dict: Dict| -> List { keys(&dict) }),
                op!(concat!("aten::values.", $key, "(Dict(", $key, ", t) self) -> t[](*)"),
                    |dict: Dict| -> List { values(&dict) }),
                op!(concat!("aten::items.", $key, "(Dict(", $key, ", t) self) -> ((", $key, ", t)[])"),
                    |dict: Dict| -> List { items(&dict) }),
                op!(concat!("aten::copy.Dict_", $key, "(Dict(", $key, ", t)(a) self) -> Dict(", $key, ", t)"),
                    copy(_)),
                op!(concat!("aten::clear.", $key, "(Dict(", $key, ", t)(a!) self) -> ()"), clear(_)),
                op!(concat!("aten::__contains__.", $key, "(Dict(", $key, ", t) dict, ", $key, " key) -> bool"),
                    contains(_, _)),
                op!(concat!("aten::__getitem__.Dict_", $key, "(Dict(", $key, ", t) self, ", $key, " key) -> t(*)"),
                    get_item(_, _)),
                op!(concat!("aten::get.", $key, "(Dict(", $key, ", t) self, ", $key, " key) -> t(*)?"), get(_, _)),
                op!(concat!("aten::get.default_", $key, "(Dict(", $key, ", t) self, ", $key,
                    " key, t default_value) -> t(*)"), get_or(_, _, _)),
                op!(concat!("aten::_set_item.", $key, "(Dict(", $key, ", t)(a!) l, ", $key,
                    "(b -> *) idx, t(c -> *) v) -> ()"), set_item(_, _, _)),
                op!(concat!("aten::setdefault.", $key, "(Dict(", $key, ", t)(a!) self, ", $key,
                    "(b -> *) key, t(c -> *) default_value) -> t(*)"), set_default(_, _, _)),
                op!(concat!("aten::Delete.Dict_", $key, "(Dict(", $key, ", t)(a!) self, ", $key, " key) -> ()"),
                    delete(_, _)),
                op!(concat!("aten::pop.Dict_", $key, "(Dict(", $key, ", t)(a!) self, ", $key, " key) -> t(*)"),
                    pop(_, _)),
                op!(concat!("aten::pop.Dict_default_", $key, "(Dict(", $key, ", t)(a!) self, ", $key,
                    " key, t default_value) -> t(*)"), pop_or(_, _, _)),
                op!(concat!("aten::popitem.", $key, "(Dict(", $key, ", t)(a!) self) -> ((", $key, ", t))"),
                    pop_item(_)),
                op!(concat!("aten::update.", $key, "(Dict(", $key, ", t)(a!) self, Dict(", $key,
                    ", t)(a!) to_add) -> ()"), update(_, _)),
                op!(concat!("aten::dict.", $key, "((", $key, ", tVal)[] inputs) -> Dict(", $key, ", tVal)"),
                    from_pairs(_)),
                op!(concat!("aten::dict.Dict_", $key, "(Dict(", $key, ", t)(a) self) -> Dict(", $key, ", t)"),
                    copy(_)),
            )*
        ];
    };
}
per_key!("str", "int", "bool", "float", "complex", "Tensor");

fn empty() -> Result<Dict> {
    Ok(Dict::new(Type::Str, Type::TENSOR))
}

fn keys(dict: &Dict) -> List {
    let keys = dict.entries().into_iter().map(|(key, _)| key).collect();
    List::new(dict.key_type().clone(), keys)
}

fn values(dict: &Dict) -> List {
    let values = dict.entries().into_iter().map(|(_, value)| value).collect();
    List::new(dict.value_type().clone(), values)
}

fn items(dict: &Dict) -> List {
    let pair = Type::tuple(vec![dict.key_type().clone(), dict.value_type().clone()]);
    List::new(pair, dict.entries().into_iter().map(|(k, v)| IValue::tuple(vec![k, v])).collect())
}

fn copy(dict: Dict) -> Result<Dict> {
    let out = Dict::new(dict.key_type().clone(), dict.value_type().clone());
    let entries = dict.lock().clone();
    *out.lock() = entries;
    Ok(out)
}

fn clear(dict: Dict) -> Result<()> {
    let old = std::mem::take(&mut *dict.lock());
    drop(old);
    Ok(())
}

fn contains(dict: Dict, key: IValue) -> Result<bool> {
    Ok(dict.contains(&key))
}

fn missing(key: &IValue) -> Error {
    Error::runtime(format!("KeyError: {key}"))
}

fn get_item(dict: Dict, key: IValue) -> Result<IValue> {
    dict.get(&key).ok_or_else(|| missing(&key))
}

fn get(dict: Dict, key: IValue) -> Result<IValue> {
    Ok(dict.get(&key).unwrap_or(IValue::None))
}

fn get_or(dict: Dict, key: IValue, default: IValue) -> Result<IValue> {
    Ok(dict.get(&key).unwrap_or(default))
}

fn set_item(dict: Dict, key: IValue, value: IValue) -> Result<()> {
    dict.insert(key, value)
}

fn set_default(dict: Dict, key: IValue, default: IValue) -> Result<IValue> {
    if let Some(found) = dict.get(&key) {
        return Ok(found);
    }
    dict.insert(key, default.clone())?;
    Ok(default)
}

fn delete(dict: Dict, key: IValue) -> Result<()> {
    pop(dict, key).map(drop)
}

fn pop(dict: Dict, key: IValue) -> Result<IValue> {
    dict.remove(&key).ok_or_else(|| missing(&key))
}

fn pop_or(dict: Dict, key: IValue, default: IValue) -> Result<IValue> {
    Ok(dict.remove(&key).unwrap_or(default))
}

/// The first entry, unlike Python's last.
fn pop_item(dict: Dict) -> Result<IValue> {
    let first = dict.lock().shift_remove_index(0);
    match first {
        Some((key, value)) => Ok(IValue::tuple(vec![key.into_value(), value])),
        None => bail!("popitem(): dictionary is empty"),
    }
}

fn update(dict: Dict, other: Dict) -> Result<()> {
    for (key, value) in other.entries() {
        dict.insert(key, value)?;
    }
    Ok(())
}

/// From a list of pairs. The types are the pairs' where there are any; the caller's output type decides otherwise.
fn from_pairs(pairs: List) -> Result<Dict> {
    let (key, value) = match pairs.element_type() {
        Type::Tuple(t) if t.elements.len() == 2 => (t.elements[0].clone(), t.elements[1].clone()),
        _ => (Type::Any, Type::Any),
    };
    let dict = Dict::new(key, value);
    for pair in pairs.to_vec() {
        match &*pair.to_tuple()?.elements {
            [key, value] => dict.insert(key.clone(), value.clone())?,
            other => bail!("dict(): expected pairs, got a tuple of {} elements", other.len()),
        }
    }
    Ok(dict)
}
