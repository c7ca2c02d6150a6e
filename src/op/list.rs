//! Lists: generic operators, and those that compare elements, per element type.

use std::cmp::Ordering;

use super::Op;
use crate::base::{format_general, Complex};
use crate::value::{IValue, List, Type};
use crate::{bail, ensure, op, Error, Result};

pub const OPS: &[Op] = &[
    op!("aten::len.t(t[] a) -> int", |list: List| -> i64 { list.len() as i64 }),
    op!("aten::len.any(Any[] a) -> int", |list: List| -> i64 { list.len() as i64 }),
    op!("aten::__getitem__.t(t[](a) list, int idx) -> t(*)", get_item(_, _)),
    op!("aten::select.t(t[](a) list, int idx) -> t(*)", get_item(_, _)),
    op!("aten::_set_item.t(t[](a!) l, int idx, t(b -> *) el) -> t[](a!)", set_item(_, _, _)),
    op!("aten::Delete.t(t[](a!) self, int idx) -> ()", delete(_, _)),
    op!("aten::append.t(t[](a!) self, t(c -> *) el) -> t[](a!)", append(_, _)),
    op!("aten::extend.t(t[](a!) self, t[] other) -> ()", extend(_, _)),
    op!("aten::insert.t(t[](a!) self, int idx, t(b -> *) el) -> ()", insert(_, _, _)),
    op!("aten::pop.t(t[](a!) self, int idx=-1) -> t(*)", pop(_, _)),
    op!("aten::clear.t(t[](a!) self) -> ()", clear(_)),
    op!("aten::reverse.t(t[](a!) self) -> ()", |list: List| -> () { list.lock().reverse() }),
    op!("aten::copy.t(t[](a) self) -> t[]", |list: List| -> List { copy(&list) }),
    op!("aten::list.t(t[] l) -> t[]", |list: List| -> List { copy(&list) }),
    op!("aten::slice.t(t[] l, int? start=None, int? end=None, int step=1) -> t[]", slice(_, _, _, _)),
    op!("aten::add.t(t[] a, t[] b) -> t[]", add(_, _)),
    op!("aten::add_.t(t[](a!) self, t[] b) -> t[]", add_(_, _)),
    op!("aten::mul.left_t(t[] l, int n) -> t[]", mul(_, _)),
    op!("aten::mul.right_(int n, t[] l) -> t[]", mul_right(_, _)),
    op!("aten::mul_.t(t[](a!) l, int n) -> t[](a!)", mul_(_, _)),
    op!("aten::eq.int_list(int[] a, int[] b) -> bool", equal(_, _)),
    op!("aten::eq.float_list(float[] a, float[] b) -> bool", equal(_, _)),
    op!("aten::eq.Tensor_list(Tensor[] a, Tensor[] b) -> bool", equal(_, _)),
    op!("aten::eq.bool_list(bool[] a, bool[] b) -> bool", equal(_, _)),
    op!("aten::eq.str_list(str[] a, str[] b) -> bool", equal(_, _)),
    op!("aten::ne.int_list(int[] a, int[] b) -> bool", not_equal(_, _)),
    op!("aten::ne.float_list(float[] a, float[] b) -> bool", not_equal(_, _)),
    op!("aten::ne.Tensor_list(Tensor[] a, Tensor[] b) -> bool", not_equal(_, _)),
    op!("aten::ne.bool_list(bool[] a, bool[] b) -> bool", not_equal(_, _)),
    op!("aten::ne.str_list(str[] a, str[] b) -> bool", not_equal(_, _)),
    op!("aten::__contains__.int_list(int[] l, int item) -> bool", contains(_, _)),
    op!("aten::__contains__.str_list(str[] l, str item) -> bool", contains(_, _)),
    op!("aten::__contains__.float_list(float[] l, float item) -> bool", contains(_, _)),
    op!("aten::remove.int(int[](a!) self, int el) -> ()", remove(_, _)),
    op!("aten::remove.float(float[](a!) self, float el) -> ()", remove(_, _)),
    op!("aten::remove.bool(bool[](a!) self, bool el) -> ()", remove(_, _)),
    op!("aten::remove.Tensor(Tensor[](a!) self, Tensor el) -> ()", remove(_, _)),
    op!("aten::remove.str(str[](a!) self, str el) -> ()", remove(_, _)),
    op!("aten::index.list_int(int[] self, int el) -> int", index(_, _)),
    op!("aten::index.list_float(float[] self, float el) -> int", index(_, _)),
    op!("aten::index.list_bool(bool[] self, bool el) -> int", index(_, _)),
    op!("aten::index.list_Tensor(Tensor[] self, Tensor el) -> int", index(_, _)),
    op!("aten::index.list_str(str[] self, str el) -> int", index(_, _)),
    op!("aten::count.int(int[] self, int el) -> int", count(_, _)),
    op!("aten::count.float(float[] self, float el) -> int", count(_, _)),
    op!("aten::count.bool(bool[] self, bool el) -> int", count(_, _)),
    op!("aten::count.Tensor(Tensor[] self, Tensor el) -> int", count(_, _)),
    op!("aten::count.str(str[] self, str el) -> int", count(_, _)),
    op!("aten::sort.int(int[](a!) self, bool reverse=False) -> ()", sort(_, _)),
    op!("aten::sort.float(float[](a!) self, bool reverse=False) -> ()", sort(_, _)),
    op!("aten::sort.Tensor(Tensor[](a!) self, bool reverse=False) -> ()", sort(_, _)),
    op!("aten::sort.bool(bool[](a!) self, bool reverse=False) -> ()", sort(_, _)),
    op!("aten::sort.str(str[](a!) self, bool reverse=False) -> ()", sort(_, _)),
    op!("aten::sort.any(t[](a!) self, bool reverse=False) -> ()", sort(_, _)),
    op!("aten::sorted.int(int[](a) input) -> int[]", sorted(_)),
    op!("aten::sorted.float(float[](a) input) -> float[]", sorted(_)),
    op!("aten::sorted.Tensor(Tensor[](a) input) -> Tensor[]", sorted(_)),
    op!("aten::sorted.bool(bool[](a) input) -> bool[]", sorted(_)),
    op!("aten::sorted.str(str[](a) input) -> str[]", sorted(_)),
    op!("aten::sorted.any(t[](a) self) -> t[]", sorted(_)),
    op!("prim::max.int_list(int[] l, int[] r) -> int[]", larger(_, _)),
    op!("prim::max.self_int(int[] self) -> int", largest(_)),
    op!("prim::max.float_list(float[] l, float[] r) -> float[]", larger(_, _)),
    op!("prim::max.self_float(float[] self) -> float", largest(_)),
    op!("prim::max.bool_list(bool[] l, bool[] r) -> bool[]", larger(_, _)),
    op!("prim::max.self_bool(bool[] self) -> bool", largest(_)),
    op!("prim::min.int_list(int[] l, int[] r) -> int[]", smaller(_, _)),
    op!("prim::min.self_int(int[] self) -> int", smallest(_)),
    op!("prim::min.float_list(float[] l, float[] r) -> float[]", smaller(_, _)),
    op!("prim::min.self_float(float[] self) -> float", smallest(_)),
    op!("prim::min.bool_list(bool[] l, bool[] r) -> bool[]", smaller(_, _)),
    op!("prim::min.self_bool(bool[] self) -> bool", smallest(_)),
    op!("aten::sum.int(int[] self) -> int", |items: Vec<i64>| -> i64 { items.into_iter().fold(0, i64::wrapping_add) }),
    op!("aten::sum.float(float[] self) -> float", |items: Vec<f64>| -> f64 {
        items.into_iter().fold(0.0, |a, b| a + b)
    }),
    op!("aten::sum.complex(complex[] self) -> complex", |items: Vec<Complex>| -> Complex { items.into_iter().sum() }),
    op!("aten::sum.bool(bool[] self) -> int", |items: Vec<bool>| -> i64 { items.into_iter().map(i64::from).sum() }),
    op!("aten::all.int(int[] self) -> bool", |items: List| -> bool { items.lock().iter().all(is_true) }),
    op!("aten::all.float(float[] self) -> bool", |items: List| -> bool { items.lock().iter().all(is_true) }),
    op!("aten::all.bool(bool[] self) -> bool", |items: List| -> bool { items.lock().iter().all(is_true) }),
    op!("aten::any.str(str[] self) -> bool", |items: List| -> bool { items.lock().iter().any(is_true) }),
    op!("aten::any.int(int[] self) -> bool", |items: List| -> bool { items.lock().iter().any(is_true) }),
    op!("aten::any.float(float[] self) -> bool", |items: List| -> bool { items.lock().iter().any(is_true) }),
    op!("aten::any.bool(bool[] self) -> bool", |items: List| -> bool { items.lock().iter().any(is_true) }),
    op!("prim::rangelist(int n) -> int[]", range_list(_)),
    op!("aten::__range_length(int lo, int hi, int step) -> int", range_length(_, _, _)),
    op!("aten::__derive_index(int index, int start, int step) -> int", |index: i64, start: i64, step: i64| -> i64 {
        start.wrapping_add(index.wrapping_mul(step))
    }),
    op!("aten::Size(int[] sizes) -> int[]", |sizes: List| -> List { sizes }),
    op!("aten::_infer_size(int[] a, int[] b) -> int[]", infer_size(_, _)),
    op!("aten::_size_if_not_equal(int[] self_size, int[] other_size) -> int[]?", size_if_not_equal(_, _)),
];

/// Elements that one list may hold; a script can ask for any number.
const MAX_LEN: usize = 1 << 32;

fn at(index: i64, len: usize) -> Result<usize> {
    let n = len as i64;
    let at = if index < 0 { index.wrapping_add(n) } else { index };
    ensure!((0..n).contains(&at), "list index out of range");
    Ok(at as usize)
}

fn get_item(list: List, index: i64) -> Result<IValue> {
    list.get(index)
}

fn set_item(list: List, index: i64, value: IValue) -> Result<List> {
    list.set(index, value)?;
    Ok(list)
}

fn delete(list: List, index: i64) -> Result<()> {
    let removed = {
        let mut items = list.lock();
        let at = at(index, items.len())?;
        items.remove(at)
    };
    drop(removed);
    Ok(())
}

fn append(list: List, value: IValue) -> Result<List> {
    list.lock().push(value);
    Ok(list)
}

fn extend(list: List, other: List) -> Result<()> {
    // copied first: `other` may be the same list
    let more = other.to_vec();
    list.lock().extend(more);
    Ok(())
}

/// As Python: an index beyond an end means that end.
fn insert(list: List, index: i64, value: IValue) -> Result<()> {
    let mut items = list.lock();
    let n = items.len() as i64;
    let at = if index < 0 { index.saturating_add(n).max(0) } else { index.min(n) };
    items.insert(at as usize, value);
    Ok(())
}

fn pop(list: List, index: i64) -> Result<IValue> {
    let mut items = list.lock();
    ensure!(!items.is_empty(), "pop from empty list");
    let n = items.len() as i64;
    let at = if index < 0 { index.wrapping_add(n) } else { index };
    ensure!((0..n).contains(&at), "list index out of range");
    Ok(items.remove(at as usize))
}

fn clear(list: List) -> Result<()> {
    let old = std::mem::take(&mut *list.lock());
    drop(old);
    Ok(())
}

fn copy(list: &List) -> List {
    List::new(list.element_type().clone(), list.to_vec())
}

/// The positions that `[start:end:step]` picks from `len` elements, in order.
pub(super) fn slice_indices(
    len: usize,
    start: Option<i64>,
    end: Option<i64>,
    step: i64,
) -> Result<impl Iterator<Item = usize>> {
    ensure!(step != 0, "List slice should have non-zero step");
    let n = len as i64;
    // bounds of a start or end: for negative steps one position lower
    let (low, high) = if step > 0 { (0, n) } else { (-1, n - 1) };
    let place = |v: i64| if v < 0 { v.saturating_add(n).max(low) } else { v.min(high) };
    let default = |forward: i64, backward: i64| if step > 0 { forward } else { backward };
    let start = start.map_or(default(0, n - 1), place);
    let end = end.map_or(default(n, -1), place);
    let span = if step > 0 { end - start } else { start - end };
    let count = if span <= 0 { 0 } else { (span as u64 - 1) / step.unsigned_abs() + 1 };
    Ok((0..count as i64).map(move |i| (start + i * step) as usize))
}

fn slice(list: List, start: Option<i64>, end: Option<i64>, step: i64) -> Result<List> {
    let items = list.lock();
    let picked = slice_indices(items.len(), start, end, step)?.map(|i| items[i].clone()).collect();
    Ok(List::new(list.element_type().clone(), picked))
}

fn add(a: List, b: List) -> Result<List> {
    let mut items = a.to_vec();
    items.extend(b.to_vec());
    Ok(List::new(a.element_type().clone(), items))
}

fn add_(a: List, b: List) -> Result<List> {
    extend(a.clone(), b)?;
    Ok(a)
}

fn repeat(items: &[IValue], n: i64) -> Result<Vec<IValue>> {
    let n = if items.is_empty() { 0 } else { usize::try_from(n).unwrap_or(0) };
    if items.len().saturating_mul(n) > MAX_LEN {
        return Err(Error::limit(format!("a list of {} · {n} elements", items.len())));
    }
    let mut out = Vec::new();
    crate::base::reserve(&mut out, items.len() * n)?;
    (0..n).for_each(|_| out.extend_from_slice(items));
    Ok(out)
}

fn mul(list: List, n: i64) -> Result<List> {
    Ok(List::new(list.element_type().clone(), repeat(&list.to_vec(), n)?))
}

fn mul_right(n: i64, list: List) -> Result<List> {
    mul(list, n)
}

fn mul_(list: List, n: i64) -> Result<List> {
    let repeated = repeat(&list.to_vec(), n)?;
    *list.lock() = repeated;
    Ok(list)
}

/// `==` of two elements; tensors are equal when all their elements are.
fn same(a: &IValue, b: &IValue) -> Result<bool> {
    Ok(match (a, b) {
        (IValue::Int(a), IValue::Int(b)) => a == b,
        (IValue::Bool(a), IValue::Bool(b)) => a == b,
        (IValue::Str(a), IValue::Str(b)) => a == b,
        (IValue::Tensor(a), IValue::Tensor(b)) => {
            let (a, b) = (a.clone().into(), b.clone().into());
            let equal = compare("aten::eq", "Tensor", a, b)?.to_tensor()?;
            // ambiguous unless it is one element, as in PyTorch
            ensure!(equal.numel() == 1, "Boolean value of Tensor with more than one value is ambiguous");
            equal.item()?.to_bool()
        }
        (a, b) => a.to_double()? == b.to_double()?,
    })
}

/// Calls a comparison of tensors, which another family defines.
fn compare(name: &str, overload: &str, a: IValue, b: IValue) -> Result<IValue> {
    let Some(op) = super::registry().find(name, overload) else {
        return Err(Error::unsupported(format!("{name}.{overload}")));
    };
    let mut stack = vec![a, b];
    op.call(&mut stack, 2)?;
    stack.pop().ok_or_else(|| Error::internal("a comparison without result"))
}

fn position(list: &List, value: &IValue) -> Result<Option<usize>> {
    for (i, item) in list.to_vec().iter().enumerate() {
        if same(item, value)? {
            return Ok(Some(i));
        }
    }
    Ok(None)
}

fn equal(a: List, b: List) -> Result<bool> {
    let (a, b) = (a.to_vec(), b.to_vec());
    if a.len() != b.len() {
        return Ok(false);
    }
    for (a, b) in a.iter().zip(&b) {
        if !same(a, b)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn not_equal(a: List, b: List) -> Result<bool> {
    Ok(!equal(a, b)?)
}

fn contains(list: List, value: IValue) -> Result<bool> {
    Ok(position(&list, &value)?.is_some())
}

fn remove(list: List, value: IValue) -> Result<()> {
    let Some(at) = position(&list, &value)? else { bail!("list.remove(x): x not in list") };
    delete(list, at as i64)
}

fn index(list: List, value: IValue) -> Result<i64> {
    match position(&list, &value)? {
        Some(at) => Ok(at as i64),
        // as a C++ stream writes them
        None => match value {
            IValue::Double(value) => bail!("'{}' is not in list", format_general(value, 6)),
            IValue::Bool(value) => bail!("'{}' is not in list", i64::from(value)),
            value => bail!("'{value}' is not in list"),
        },
    }
}

fn count(list: List, value: IValue) -> Result<i64> {
    let mut found = 0;
    for item in list.to_vec() {
        found += same(&item, &value)? as i64;
    }
    Ok(found)
}

fn is_true(value: &IValue) -> bool {
    match value {
        IValue::Int(v) => *v != 0,
        IValue::Double(v) => *v != 0.0,
        IValue::Bool(v) => *v,
        IValue::Str(v) => !v.is_empty(),
        _ => true,
    }
}

/// The order of two elements. NaN is equal to everything, as far as a sort can tell.
fn order(a: &IValue, b: &IValue) -> Result<Ordering> {
    Ok(match (a, b) {
        (IValue::Int(a), IValue::Int(b)) => a.cmp(b),
        (IValue::Bool(a), IValue::Bool(b)) => a.cmp(b),
        (IValue::Str(a), IValue::Str(b)) => a.cmp(b),
        (IValue::Double(a), IValue::Double(b)) => a.partial_cmp(b).unwrap_or(Ordering::Equal),
        (IValue::Tensor(a), IValue::Tensor(b)) => {
            let is_less = |a: &crate::Tensor, b: &crate::Tensor| -> Result<bool> {
                let less = compare("aten::lt", "Tensor", a.clone().into(), b.clone().into())?.to_tensor()?;
                ensure!(less.numel() == 1, "Boolean value of Tensor with more than one value is ambiguous");
                Ok(less.item()?.to_bool())
            };
            match (is_less(a, b)?, is_less(b, a)?) {
                (true, _) => Ordering::Less,
                (_, true) => Ordering::Greater,
                _ => Ordering::Equal,
            }
        }
        (IValue::Tuple(a), IValue::Tuple(b)) => {
            for (a, b) in a.elements.iter().zip(&b.elements) {
                let order = order(a, b)?;
                if order != Ordering::Equal {
                    return Ok(order);
                }
            }
            a.elements.len().cmp(&b.elements.len())
        }
        (a, _) => bail!(
            "Only list of Tensors, ints, floats, bools, strs, a User Defined Class that defines the __lt__ compare \
             method or Tuples of aforementioned types can be sorted, got list of {}",
            a.ty().annotation()
        ),
    })
}

/// Merge sort, because comparing may fail. Stable.
fn sort_items(items: Vec<IValue>, reverse: bool) -> Result<Vec<IValue>> {
    if let [only] = &items[..] {
        order(only, only)?; // not every type has an order
    }
    let mut failure = None;
    let mut items = items;
    let mut compare = |a: &IValue, b: &IValue| match order(a, b) {
        Ok(order) if reverse => order.reverse(),
        Ok(order) => order,
        Err(error) => {
            failure.get_or_insert(error);
            Ordering::Equal
        }
    };
    // NaN breaks the total order that the standard sort may insist on
    merge_sort(&mut items, &mut compare);
    match failure {
        Some(error) => Err(error),
        None => Ok(items),
    }
}

/// A stable sort that bears an inconsistent order.
fn merge_sort(items: &mut [IValue], compare: &mut dyn FnMut(&IValue, &IValue) -> Ordering) {
    let n = items.len();
    let mut scratch: Vec<IValue> = Vec::with_capacity(n);
    let mut width = 1;
    while width < n {
        for start in (0..n).step_by(2 * width) {
            let (middle, end) = ((start + width).min(n), (start + 2 * width).min(n));
            let (mut left, mut right) = (start, middle);
            scratch.clear();
            while left < middle && right < end {
                let take_right = compare(&items[right], &items[left]) == Ordering::Less;
                let from = if take_right { &mut right } else { &mut left };
                scratch.push(std::mem::take(&mut items[*from]));
                *from += 1;
            }
            scratch.extend(items[left..middle].iter_mut().map(std::mem::take));
            scratch.extend(items[right..end].iter_mut().map(std::mem::take));
            items[start..end].iter_mut().zip(scratch.drain(..)).for_each(|(slot, item)| *slot = item);
        }
        width *= 2;
    }
}

/// Objects are sorted by their class's `__lt__`; the interpreter does that itself.
fn sort(list: List, reverse: bool) -> Result<()> {
    let sorted = sort_items(list.to_vec(), reverse)?;
    *list.lock() = sorted;
    Ok(())
}

fn sorted(list: List) -> Result<List> {
    Ok(List::new(list.element_type().clone(), sort_items(list.to_vec(), false)?))
}

fn lexicographic(a: &List, b: &List) -> Result<Ordering> {
    let (a, b) = (a.to_vec(), b.to_vec());
    for (a, b) in a.iter().zip(&b) {
        let order = order(a, b)?;
        if order != Ordering::Equal {
            return Ok(order);
        }
    }
    Ok(a.len().cmp(&b.len()))
}

fn larger(a: List, b: List) -> Result<List> {
    Ok(if lexicographic(&a, &b)? == Ordering::Greater { a } else { b })
}

fn smaller(a: List, b: List) -> Result<List> {
    Ok(if lexicographic(&a, &b)? == Ordering::Less { a } else { b })
}

fn extreme(list: &List, wanted: Ordering, name: &str) -> Result<IValue> {
    let items = list.to_vec();
    let Some(mut best) = items.first() else { bail!("{name}() arg is an empty sequence") };
    for item in &items[1..] {
        if order(item, best)? == wanted {
            best = item;
        }
    }
    Ok(best.clone())
}

fn largest(list: List) -> Result<IValue> {
    extreme(&list, Ordering::Greater, "max")
}

fn smallest(list: List) -> Result<IValue> {
    extreme(&list, Ordering::Less, "min")
}

fn range_list(n: i64) -> Result<List> {
    let n = usize::try_from(n).unwrap_or(0);
    if n > MAX_LEN {
        return Err(Error::limit(format!("a list of {n} elements")));
    }
    Ok(List::new(Type::Int, crate::base::collect(n, (0..n as i64).map(IValue::Int))?))
}

fn range_length(low: i64, high: i64, step: i64) -> Result<i64> {
    ensure!(step != 0, "range() arg 3 must not be zero");
    let span = if step > 0 { high as i128 - low as i128 } else { low as i128 - high as i128 };
    if span <= 0 {
        return Ok(0);
    }
    Ok(((span - 1) / step.unsigned_abs() as i128 + 1).min(i64::MAX as i128) as i64)
}

fn infer_size(a: Vec<i64>, b: Vec<i64>) -> Result<Vec<i64>> {
    Ok(crate::base::broadcast_shapes(&a, &b)?.to_vec())
}

fn size_if_not_equal(a: List, b: List) -> Result<IValue> {
    Ok(if equal(a.clone(), b)? { IValue::None } else { a.into() })
}
