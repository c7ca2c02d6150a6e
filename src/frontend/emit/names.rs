//! Debug names of values, numbered as PyTorch numbers them.
//!
//! The last value that takes a name owns it; the one before is renamed to `name.N`. In PyTorch every read of a
//! variable is such a value for a while, so reads advance the numbers too.

use std::collections::HashMap;
use std::sync::Arc;

use crate::ir::{BlockId, Def, Graph, ValueId};

#[derive(Default)]
pub(super) struct Names {
    bases: HashMap<Arc<str>, Base>,
    given: HashMap<ValueId, Arc<str>>,
    /// Outputs of branches and loops are named after everything else.
    later: Vec<(Arc<str>, ValueId)>,
}

#[derive(Default)]
struct Base {
    owner: Option<ValueId>,
    taken: bool,
    next: u64,
}

impl Names {
    /// Names a value: a parameter.
    pub fn define(&mut self, name: &Arc<str>, value: ValueId) {
        if !is_meaningful(name) {
            return;
        }
        self.take(name, Some(value));
    }

    /// Names the value of an assignment, if it has no name yet and is made in the same block.
    pub fn assign(&mut self, name: &Arc<str>, value: ValueId, graph: &Graph, block: BlockId) {
        let here = match graph.value(value).def {
            Def::Output(node, _) => graph.node(node).owner == Some(block),
            Def::Param(owner, _) => owner == block,
        };
        if here && !self.given.contains_key(&value) && graph.value(value).name.is_none() {
            self.define(name, value);
        }
    }

    /// Names the output of an attribute access.
    pub fn attribute(&mut self, name: &Arc<str>, value: ValueId) {
        self.take(name, Some(value));
    }

    /// The name a value has now, without number.
    pub fn of(&self, value: ValueId) -> Option<Arc<str>> {
        let name = self.given.get(&value)?;
        let base = match name.rsplit_once('.') {
            Some((base, number)) if number.bytes().all(|b| b.is_ascii_digit()) => base,
            _ => name,
        };
        Some(base.into())
    }

    pub fn read(&mut self, name: &Arc<str>) {
        if self.bases.contains_key(name) {
            self.take(name, None);
        }
    }

    pub fn later(&mut self, name: &Arc<str>, value: ValueId) {
        if is_meaningful(name) {
            self.later.push((name.clone(), value));
        }
    }

    /// Writes the names into the graph.
    pub fn apply(&mut self, graph: &mut Graph) {
        for (name, value) in std::mem::take(&mut self.later) {
            self.take(&name, Some(value));
        }
        for (value, name) in self.given.drain() {
            graph.set_name(value, Some(name));
        }
        self.bases.clear();
    }

    fn take(&mut self, name: &Arc<str>, value: Option<ValueId>) {
        // `x.1` asks for the base `x`
        let base = self.bases.entry(name.clone()).or_default();
        if base.taken {
            let suffix = base.next.max(1);
            base.next = suffix + 2;
            if let Some(old) = base.owner {
                self.given.insert(old, format!("{name}.{suffix}").into());
            }
        }
        base.taken = true;
        base.owner = value;
        if let Some(value) = value {
            self.given.insert(value, name.clone());
        }
    }
}

/// `_0` and `$tmp` are not names to remember.
fn is_meaningful(name: &str) -> bool {
    match name.as_bytes() {
        [] | [b'$', ..] => false,
        [b'_', rest @ ..] => !rest.iter().all(u8::is_ascii_digit),
        _ => true,
    }
}
