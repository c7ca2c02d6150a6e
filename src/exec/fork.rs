//! `fork` and `wait`: tasks on a few threads of their own. Whoever waits for a task that nobody has begun runs it itself, so
//! waiting never uses up the threads. It runs that one only: another might wait for what stands lower on the same stack.

use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::{Arc, OnceLock};

use parking_lot::{Condvar, Mutex};

use super::executor::{run_interruptible, Interrupt};
use crate::ir::Function;
use crate::value::{Future, IValue};
use crate::{Error, ErrorKind, Result};

/// Enough for [`MAX_DEPTH`] interpreters.
const STACK: usize = 8 << 20;

struct Task {
    function: Arc<Function>,
    args: Vec<IValue>,
    future: Future,
    interrupt: Interrupt,
}

#[derive(Default)]
struct Pool {
    tasks: Mutex<VecDeque<Task>>,
    ready: Condvar,
}

fn pool() -> &'static Pool {
    static POOL: OnceLock<Pool> = OnceLock::new();
    POOL.get_or_init(|| {
        let threads = std::thread::available_parallelism().map_or(2, |n| n.get()).max(2);
        for index in 0..threads {
            // without threads, tasks run when somebody waits
            let builder = std::thread::Builder::new().name(format!("sconce-fork-{index}"));
            let _ = builder.stack_size(STACK).spawn(work);
        }
        Pool::default()
    })
}

fn work() {
    loop {
        let pool = pool();
        let task = {
            let mut tasks = pool.tasks.lock();
            loop {
                match tasks.pop_front() {
                    Some(task) => break task,
                    None => pool.ready.wait(&mut tasks),
                }
            }
        };
        task.run();
    }
}

impl Task {
    fn run(self) {
        let Task { function, args, future, interrupt } = self;
        let outcome =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run_interruptible(&function, args, &interrupt)));
        future.complete(outcome.unwrap_or_else(|_| Err(Error::internal("a forked task panicked"))));
    }
}

/// Queues a call; `future` gets its outcome.
pub(super) fn spawn(function: Arc<Function>, args: Vec<IValue>, future: Future, interrupt: Interrupt) {
    let pool = pool();
    pool.tasks.lock().push_back(Task { function, args, future, interrupt });
    pool.ready.notify_one();
}

/// The future's outcome; runs queued tasks until it is there. A task's error, with its traceback, is the message of the
/// error here.
pub(super) fn wait(future: &Future) -> Result<IValue> {
    outcome(future).map_err(|error| match error.kind() {
        ErrorKind::Runtime | ErrorKind::Script => Error::runtime(error.to_string()),
        _ => error,
    })
}

fn outcome(future: &Future) -> Result<IValue> {
    if !future.is_complete() {
        let mut tasks = pool().tasks.lock();
        let task = tasks.iter().rposition(|task| task.future.is_same(future)).and_then(|at| tasks.remove(at));
        drop(tasks);
        if let Some(task) = task {
            match Deeper::enter() {
                Ok(_deeper) => task.run(),
                Err(error) => task.future.complete(Err(error)),
            }
        }
    }
    future.wait()
}

/// Tasks that wait for each other, one within the other, on one thread.
const MAX_DEPTH: usize = 100;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

struct Deeper;

impl Deeper {
    fn enter() -> Result<Deeper> {
        let depth = DEPTH.get();
        if depth >= MAX_DEPTH {
            return Err(Error::limit(format!("forked tasks wait for each other, more than {MAX_DEPTH} deep")));
        }
        DEPTH.set(depth + 1);
        Ok(Deeper)
    }
}

impl Drop for Deeper {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}
