//! Who may run at the same time on the state of a model.

use std::cell::RefCell;

use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::{Error, Result};

/// Lets any number of calls in that only read a model's tensors and attributes, or one that changes them. A call may come
/// back in from below (an operator of the host that calls the model again).
#[derive(Default)]
pub struct StateLock(RwLock<()>);

/// Open for as long as it lives. To be dropped on the thread that entered, inner ones first.
pub struct Entered<'a> {
    address: usize,
    guard: Option<Guard<'a>>,
}

#[allow(dead_code)] // held, not read
enum Guard<'a> {
    Read(RwLockReadGuard<'a, ()>),
    Write(RwLockWriteGuard<'a, ()>),
}

thread_local! {
    /// The locks that this thread holds: their address, and whether for writing.
    static HELD: RefCell<Vec<(usize, bool)>> = const { RefCell::new(Vec::new()) };
}

impl StateLock {
    /// Waits until the call may run. Fails where waiting would never end: a call that changes state below one that does
    /// not.
    pub fn enter(&self, changes: bool) -> Result<Entered<'_>> {
        let address = std::ptr::from_ref(self) as usize;
        let held = HELD.with_borrow(|held| held.iter().find(|(at, _)| *at == address).map(|(_, writes)| *writes));
        let guard = match held {
            Some(writes) if writes || !changes => None,
            Some(_) => {
                return Err(Error::usage(
                    "a method that changes its module was called by an operator of a method that does not: \
                     call it on a deep copy",
                ));
            }
            None if changes => Some(Guard::Write(self.0.write())),
            None => Some(Guard::Read(self.0.read())),
        };
        if guard.is_some() {
            HELD.with_borrow_mut(|held| held.push((address, changes)));
        }
        Ok(Entered { address, guard })
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        if self.guard.is_some() {
            HELD.with_borrow_mut(|held| {
                if let Some(at) = held.iter().rposition(|(address, _)| *address == self.address) {
                    held.remove(at);
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    #[test]
    fn calls_come_back_in_where_that_can_work() {
        let lock = StateLock::default();
        for (outer, inner, works) in
            [(false, false, true), (true, false, true), (true, true, true), (false, true, false)]
        {
            let _outer = lock.enter(outer).unwrap();
            assert_eq!(lock.enter(inner).is_ok(), works, "{outer} then {inner}");
        }
        assert!(lock.enter(true).is_ok(), "nothing stays held");
    }

    #[test]
    fn a_change_runs_alone() {
        let (lock, inside) = (StateLock::default(), AtomicI64::new(0));
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let (lock, inside) = (&lock, &inside);
                scope.spawn(move || {
                    for _ in 0..500 {
                        let changes = thread == 0;
                        let _entered = lock.enter(changes).unwrap();
                        let others = inside.fetch_add(if changes { 100 } else { 1 }, Ordering::SeqCst);
                        assert!(if changes { others == 0 } else { others < 100 });
                        inside.fetch_sub(if changes { 100 } else { 1 }, Ordering::SeqCst);
                    }
                });
            }
        });
    }
}
