//! Time per operator. Costs nothing while nobody measures.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use crate::op::Operator;

/// Time spent in operators during a [`profile`] call, largest total first.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    pub rows: Vec<ProfileRow>,
}

#[derive(Clone, Debug)]
pub struct ProfileRow {
    /// `aten::conv2d`, with the overload.
    pub operator: String,
    pub calls: u64,
    pub total: Duration,
}

#[derive(Default)]
pub(super) struct Recorder(RefCell<HashMap<String, (u64, Duration)>>);

impl Recorder {
    pub fn add(&self, op: &Operator, time: Duration) {
        let mut rows = self.0.borrow_mut();
        let row = rows.entry(op.qualified()).or_default();
        row.0 += 1;
        row.1 += time;
    }
}

thread_local! {
    static RECORDER: RefCell<Option<Rc<Recorder>>> = const { RefCell::new(None) };
}

pub(super) fn recorder() -> Option<Rc<Recorder>> {
    RECORDER.with_borrow(Clone::clone)
}

/// Runs `body` and measures the operators that scripts call in it on this thread.
pub fn profile<R>(body: impl FnOnce() -> R) -> (R, Profile) {
    let recorder = Rc::new(Recorder::default());
    let previous = RECORDER.replace(Some(recorder.clone()));
    let result = body();
    RECORDER.set(previous);
    let mut rows: Vec<ProfileRow> = recorder
        .0
        .borrow()
        .iter()
        .map(|(operator, (calls, total))| ProfileRow { operator: operator.clone(), calls: *calls, total: *total })
        .collect();
    rows.sort_by(|a, b| b.total.cmp(&a.total).then(a.operator.cmp(&b.operator)));
    (result, Profile { rows })
}
