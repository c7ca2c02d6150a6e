//! Dropping values within values without a stack frame for each: a script can build a chain of a million objects.

use std::cell::{Cell, RefCell};

use super::IValue;

/// Drops what a container held. Where containers nest deeply, the inner ones wait until the outermost is done.
pub(super) fn let_go(values: Vec<IValue>) {
    if !values.iter().any(nests) {
        return;
    }
    // a thread that is ending has no place to keep them
    let Ok(depth) = DEPTH.try_with(Cell::get) else { return };
    if depth >= MAX_DEPTH {
        LATER.with_borrow_mut(|later| later.push(values));
        return;
    }
    DEPTH.set(depth + 1);
    drop(values);
    if depth == 0 {
        while let Some(values) = LATER.with_borrow_mut(Vec::pop) {
            drop(values);
        }
    }
    DEPTH.set(depth);
}

const MAX_DEPTH: u32 = 50;

thread_local! {
    /// Containers that are being dropped, one within the other.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static LATER: RefCell<Vec<Vec<IValue>>> = const { RefCell::new(Vec::new()) };
}

fn nests(value: &IValue) -> bool {
    matches!(value, IValue::Object(_) | IValue::List(_) | IValue::Dict(_) | IValue::Tuple(_) | IValue::Future(_))
}
