//! The thread pool of the process, and ways to share a slice among its threads.
//!
//! Workers spin for a short while after a job and then park: waking a parked thread costs 100 µs, joining a spinning
//! one less than one. A job never waits for a worker that has not started on it, so the caller is never slower than
//! it would be alone by more than the cost of a wake-up call. Nested calls, and calls made while another thread has
//! the pool, run on the calling thread: nothing here can deadlock.
#![allow(unsafe_code)]

use std::any::Any;
use std::cell::Cell;
use std::marker::PhantomData;
use std::ops::Range;
use std::panic::{catch_unwind, resume_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

/// How many threads a parallel kernel may use, the caller among them.
pub fn get_num_threads() -> usize {
    match LIMIT.load(Ordering::Relaxed) {
        0 => {
            let n = thread::available_parallelism().map_or(1, |n| n.get()).min(MAX_THREADS);
            let _ = LIMIT.compare_exchange(0, n, Ordering::Relaxed, Ordering::Relaxed);
            LIMIT.load(Ordering::Relaxed)
        }
        n => n,
    }
}

/// Sets the number of threads, between 1 and 512. Results of kernels do not depend on it.
pub fn set_num_threads(n: usize) {
    LIMIT.store(n.clamp(1, MAX_THREADS), Ordering::Relaxed);
}

/// Whether a parallel call made here would run on this thread alone: one thread is set, or this is part of a
/// parallel call already.
pub fn is_serial() -> bool {
    get_num_threads() == 1 || IN_JOB.with(Cell::get)
}

/// Calls `f` with ranges that cover `0..n` once, possibly at the same time on several threads. No range but the last
/// is shorter than `grain`; with `n <= grain` the call stays on this thread. `f` must not care where ranges end.
///
/// A panic in `f` is raised again here, after all threads have left `f`.
pub fn parallel_for(n: usize, grain: usize, f: &(dyn Fn(Range<usize>) + Sync)) {
    if n == 0 {
        return;
    }
    if n <= grain || is_serial() {
        return f(0..n);
    }
    let parts = n.div_ceil(grain.max(1)).min(get_num_threads() * PARTS_PER_THREAD);
    let step = n.div_ceil(parts);
    run(n.div_ceil(step), &|part| f(part * step..((part + 1) * step).min(n)));
}

/// Calls `f(0)`, …, `f(n - 1)`, each once, possibly at the same time on several threads.
pub fn parallel_tasks(n: usize, f: &(dyn Fn(usize) + Sync)) {
    if n <= 1 || is_serial() {
        return (0..n).for_each(f);
    }
    run(n, f);
}

/// Runs both, possibly at the same time.
pub fn join(a: impl FnOnce() + Send, b: impl FnOnce() + Send) {
    let (a, b) = (Mutex::new(Some(a)), Mutex::new(Some(b)));
    parallel_tasks(2, &|i| {
        if i == 0 {
            let a = a.lock().take();
            a.into_iter().for_each(|f| f());
        } else {
            let b = b.lock().take();
            b.into_iter().for_each(|f| f());
        }
    });
}

/// Calls `f(i, chunk i)` for the chunks of `data`, possibly at the same time on several threads. All chunks but the
/// last have `chunk` elements.
pub fn parallel_chunks<T: Send>(data: &mut [T], chunk: usize, f: &(dyn Fn(usize, &mut [T]) + Sync)) {
    let chunk = chunk.max(1);
    let len = data.len();
    let base = SendPtr(data.as_mut_ptr());
    parallel_tasks(len.div_ceil(chunk), &|i| {
        let start = i * chunk;
        // SAFETY: chunks are disjoint parts of `data`, which is borrowed for the whole call; each task runs once.
        f(i, unsafe { std::slice::from_raw_parts_mut(base.get().add(start), chunk.min(len - start)) });
    });
}

/// Called with the number of a pair of chunks and the two.
pub type ChunkPair<'a, T, U> = &'a (dyn Fn(usize, &mut [T], &mut [U]) + Sync);

/// [`parallel_chunks`] over two slices at once, which must have the same number of chunks.
pub fn parallel_chunks2<T: Send, U: Send>(a: (&mut [T], usize), b: (&mut [U], usize), f: ChunkPair<T, U>) {
    let (a_len, a_chunk, b_len, b_chunk) = (a.0.len(), a.1.max(1), b.0.len(), b.1.max(1));
    assert_eq!(a_len.div_ceil(a_chunk), b_len.div_ceil(b_chunk), "both slices have the same number of chunks");
    let (a, b) = (SendPtr(a.0.as_mut_ptr()), SendPtr(b.0.as_mut_ptr()));
    parallel_tasks(a_len.div_ceil(a_chunk), &|i| {
        let (a, b) = (a, b);
        let (a_start, b_start) = (i * a_chunk, i * b_chunk);
        // SAFETY: as in `parallel_chunks`, for each of the two slices; equal chunk counts keep both starts in range.
        let (a, b) = unsafe {
            (
                std::slice::from_raw_parts_mut(a.get().add(a_start), a_chunk.min(a_len - a_start)),
                std::slice::from_raw_parts_mut(b.get().add(b_start), b_chunk.min(b_len - b_start)),
            )
        };
        f(i, a, b);
    });
}

/// Calls `f(row, column, tile)` for the tiles of a row-major matrix, possibly at the same time on several threads;
/// `row` and `column` are those of the tile's first element.
pub fn parallel_tiles<T: Send>(
    matrix: TileMut<'_, T>,
    tile_rows: usize,
    tile_cols: usize,
    f: &(dyn Fn(usize, usize, TileMut<'_, T>) + Sync),
) {
    let (tile_rows, tile_cols) = (tile_rows.max(1), tile_cols.max(1));
    let (rows, cols, ld) = (matrix.rows, matrix.cols, matrix.ld);
    let across = cols.div_ceil(tile_cols);
    let base = SendPtr(matrix.ptr);
    parallel_tasks(rows.div_ceil(tile_rows) * across, &|i| {
        let (r, c) = (i / across * tile_rows, i % across * tile_cols);
        let tile = TileMut {
            // SAFETY: (r, c) is an element of `matrix`.
            ptr: unsafe { base.get().add(r * ld + c) },
            ld,
            rows: tile_rows.min(rows - r),
            cols: tile_cols.min(cols - c),
            _data: PhantomData,
        };
        f(r, c, tile);
    });
}

/// A mutable rectangle of a row-major matrix. Tiles of one matrix that do not overlap may live at the same time.
pub struct TileMut<'a, T> {
    ptr: *mut T,
    ld: usize,
    rows: usize,
    cols: usize,
    _data: PhantomData<&'a mut [T]>,
}

// SAFETY: a tile is a set of disjoint `&mut [T]`.
unsafe impl<T: Send> Send for TileMut<'_, T> {}

impl<'a, T> TileMut<'a, T> {
    /// The `rows × cols` matrix whose row `i` starts at `data[i * ld]`.
    ///
    /// # Panics
    /// If it does not fit into `data`, or rows overlap.
    pub fn new(data: &'a mut [T], rows: usize, cols: usize, ld: usize) -> Self {
        assert!(rows <= 1 || ld >= cols, "rows overlap");
        let last = rows.saturating_sub(1).checked_mul(ld).and_then(|n| n.checked_add(cols));
        assert!(rows == 0 || cols == 0 || last.is_some_and(|n| n <= data.len()), "matrix does not fit into its slice");
        TileMut { ptr: data.as_mut_ptr(), ld, rows, cols, _data: PhantomData }
    }
    pub fn rows(&self) -> usize {
        self.rows
    }
    pub fn cols(&self) -> usize {
        self.cols
    }
    /// Elements from one row to the next.
    pub fn ld(&self) -> usize {
        self.ld
    }
    pub fn row(&mut self, i: usize) -> &mut [T] {
        assert!(i < self.rows);
        // SAFETY: row `i` lies within this tile, which is borrowed mutably for as long as the row.
        unsafe { std::slice::from_raw_parts_mut(self.ptr.add(i * self.ld), self.cols) }
    }
    /// The part of this tile that starts at `(row, col)`.
    pub fn part(&mut self, row: usize, rows: usize, col: usize, cols: usize) -> TileMut<'_, T> {
        assert!(row + rows <= self.rows && col + cols <= self.cols);
        // SAFETY: (row, col) is inside the tile, or one past its end and then never read.
        let ptr = if rows == 0 || cols == 0 { self.ptr } else { unsafe { self.ptr.add(row * self.ld + col) } };
        TileMut { ptr, ld: self.ld, rows, cols, _data: PhantomData }
    }
    pub(crate) fn as_mut_ptr(&mut self) -> *mut T {
        self.ptr
    }
}

struct SendPtr<T>(*mut T);
impl<T> Clone for SendPtr<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for SendPtr<T> {}
// SAFETY: only used to hand disjoint parts of a `&mut [T]` to threads; `T: Send` is required there.
unsafe impl<T> Send for SendPtr<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for SendPtr<T> {}
impl<T> SendPtr<T> {
    fn get(self) -> *mut T {
        self.0
    }
}

const MAX_THREADS: usize = 512;
/// Parts of a loop are handed out as threads ask for them, so that a disturbed thread does not hold up the others.
const PARTS_PER_THREAD: usize = 4;
const SPIN: Duration = Duration::from_micros(100);

static LIMIT: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static IN_JOB: Cell<bool> = const { Cell::new(false) };
}

/// One parallel call; lives on its caller's stack.
struct Job {
    /// The lifetime of the caller's closure is erased: see `run`.
    task: *const (dyn Fn(usize) + Sync),
    tasks: usize,
    next: AtomicUsize,
    panic: Mutex<Option<Box<dyn Any + Send>>>,
}

impl Job {
    /// Takes tasks until none is left.
    fn work(&self) {
        loop {
            let i = self.next.fetch_add(1, Ordering::Relaxed);
            if i >= self.tasks {
                return;
            }
            // SAFETY: the closure outlives the job, see `run`.
            let task = unsafe { &*self.task };
            if let Err(payload) = catch_unwind(AssertUnwindSafe(|| task(i))) {
                self.next.store(self.tasks, Ordering::Relaxed);
                self.panic.lock().get_or_insert(payload);
            }
        }
    }
}

struct Pool {
    /// A caller has the pool.
    busy: AtomicBool,
    /// Bits 0-15: workers inside the job; bit 16: the job may be entered; from bit 17: number of the job.
    state: AtomicU64,
    job: AtomicPtr<Job>,
    /// Workers that are parked or about to.
    sleeping: AtomicUsize,
    spawned: AtomicUsize,
    workers: Mutex<Vec<Arc<Worker>>>,
}

struct Worker {
    index: usize,
    parked: AtomicBool,
    thread: OnceLock<Thread>,
}

const OPEN: u64 = 1 << 16;
const INSIDE: u64 = OPEN - 1;
const NUMBER: u32 = 17;

static POOL: Pool = Pool {
    busy: AtomicBool::new(false),
    state: AtomicU64::new(0),
    job: AtomicPtr::new(std::ptr::null_mut()),
    sleeping: AtomicUsize::new(0),
    spawned: AtomicUsize::new(0),
    workers: Mutex::new(Vec::new()),
};

/// Runs `task(0..tasks)` on the pool, or here if the pool is taken.
fn run(tasks: usize, task: &(dyn Fn(usize) + Sync)) {
    let pool = &POOL;
    if pool.busy.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
        return (0..tasks).for_each(task);
    }
    let helpers = get_num_threads().min(tasks) - 1;
    pool.spawn(helpers);
    // SAFETY: only the lifetime changes. No worker uses the job after this function has seen, below, the closed job
    // with nobody inside, and the function cannot leave before: tasks run under `catch_unwind`.
    let task: *const (dyn Fn(usize) + Sync) =
        unsafe { std::mem::transmute::<&(dyn Fn(usize) + Sync), &'static (dyn Fn(usize) + Sync)>(task) };
    let job = Job { task, tasks, next: AtomicUsize::new(0), panic: Mutex::new(None) };
    pool.job.store(&job as *const Job as *mut Job, Ordering::Relaxed);
    let number = (pool.state.load(Ordering::Relaxed) >> NUMBER) + 1;
    pool.state.store(number << NUMBER | OPEN, Ordering::SeqCst);
    if pool.sleeping.load(Ordering::SeqCst) > 0 {
        pool.wake(helpers);
    }
    IN_JOB.with(|flag| flag.set(true));
    job.work();
    IN_JOB.with(|flag| flag.set(false));
    pool.state.fetch_and(!OPEN, Ordering::AcqRel);
    let mut spins = 0;
    while pool.state.load(Ordering::Acquire) & INSIDE != 0 {
        spins += 1;
        pause(spins);
    }
    pool.busy.store(false, Ordering::Release);
    if let Some(payload) = job.panic.into_inner() {
        resume_unwind(payload);
    }
}

impl Pool {
    fn spawn(&'static self, helpers: usize) {
        if self.spawned.load(Ordering::Relaxed) >= helpers {
            return;
        }
        let mut workers = self.workers.lock();
        while workers.len() < helpers {
            let index = workers.len();
            let worker = Arc::new(Worker { index, parked: AtomicBool::new(false), thread: OnceLock::new() });
            let own = worker.clone();
            let thread = thread::Builder::new().name(format!("sconce-{index}")).spawn(move || self.serve(&own));
            // Without the thread the work is done by those that there are.
            let Ok(handle) = thread else { break };
            let _ = worker.thread.set(handle.thread().clone());
            workers.push(worker);
        }
        self.spawned.store(workers.len(), Ordering::Relaxed);
    }

    fn wake(&self, helpers: usize) {
        for worker in self.workers.lock().iter().take(helpers) {
            if worker.parked.swap(false, Ordering::SeqCst) {
                self.sleeping.fetch_sub(1, Ordering::SeqCst);
                if let Some(thread) = worker.thread.get() {
                    thread.unpark();
                }
            }
        }
    }

    /// A worker's life.
    fn serve(&self, worker: &Worker) {
        IN_JOB.with(|flag| flag.set(true));
        let mut seen = 0;
        loop {
            let state = self.next_job(worker, seen);
            seen = state >> NUMBER;
            if worker.index + 1 >= get_num_threads() {
                continue;
            }
            // Enter; a change of the state means that others entered, or that the job is over.
            let mut state = state;
            while state & OPEN != 0 && state >> NUMBER == seen {
                match self.state.compare_exchange_weak(state, state + 1, Ordering::AcqRel, Ordering::Acquire) {
                    Ok(_) => {
                        // SAFETY: the job is alive while somebody is inside, see `run`.
                        unsafe { &*self.job.load(Ordering::Relaxed) }.work();
                        self.state.fetch_sub(1, Ordering::Release);
                        break;
                    }
                    Err(now) => state = now,
                }
            }
        }
    }

    /// Waits for an open job other than number `seen`: spins, then parks.
    fn next_job(&self, worker: &Worker, seen: u64) -> u64 {
        let fresh = |state: u64| state & OPEN != 0 && state >> NUMBER != seen;
        loop {
            let start = Instant::now();
            loop {
                for _ in 0..64 {
                    let state = self.state.load(Ordering::Acquire);
                    if fresh(state) {
                        return state;
                    }
                    std::hint::spin_loop();
                }
                if start.elapsed() > SPIN {
                    break;
                }
            }
            worker.parked.store(true, Ordering::SeqCst);
            self.sleeping.fetch_add(1, Ordering::SeqCst);
            let state = self.state.load(Ordering::SeqCst);
            if fresh(state) {
                if worker.parked.swap(false, Ordering::SeqCst) {
                    self.sleeping.fetch_sub(1, Ordering::SeqCst);
                }
                return state;
            }
            while worker.parked.load(Ordering::SeqCst) {
                thread::park();
            }
        }
    }
}

/// Spins politely: gives the core away when the wait becomes long, as the other thread may need it.
fn pause(spins: u32) {
    if spins.is_multiple_of(2048) {
        thread::yield_now();
    } else {
        std::hint::spin_loop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(n: usize, grain: usize) -> bool {
        let hits: Vec<AtomicUsize> = (0..n).map(|_| AtomicUsize::new(0)).collect();
        parallel_for(n, grain, &|range| {
            for i in range {
                hits[i].fetch_add(1, Ordering::Relaxed);
            }
        });
        hits.iter().all(|h| h.load(Ordering::Relaxed) == 1)
    }

    #[test]
    fn every_index_once() {
        for (n, grain) in [(0, 1), (1, 1), (7, 1), (7, 3), (100, 100), (1000, 1), (1001, 64), (5, 0)] {
            assert!(covered(n, grain), "{n} {grain}");
        }
    }

    #[test]
    fn callers_at_once_and_nested() {
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        let sum = AtomicUsize::new(0);
                        parallel_for(64, 1, &|range| {
                            parallel_for(range.len(), 1, &|inner| {
                                sum.fetch_add(inner.len(), Ordering::Relaxed);
                            })
                        });
                        assert_eq!(sum.into_inner(), 64);
                    }
                });
            }
        });
    }

    #[test]
    fn panic_reaches_the_caller() {
        let result = catch_unwind(|| parallel_tasks(8, &|i| assert!(i != 5, "task five")));
        assert!(result.is_err());
        assert!(covered(100, 1));
    }

    #[test]
    fn chunks_and_tiles() {
        let mut data = vec![0; 103];
        parallel_chunks(&mut data, 10, &|i, chunk| chunk.iter_mut().for_each(|x| *x += i + 1));
        assert!(data.iter().enumerate().all(|(i, x)| *x == i / 10 + 1));
        let mut data = vec![0; 7 * 9];
        parallel_tiles(TileMut::new(&mut data, 7, 8, 9), 3, 5, &|r, c, mut tile| {
            for i in 0..tile.rows() {
                tile.row(i).iter_mut().enumerate().for_each(|(j, x)| *x = (r + i) * 8 + c + j + 1);
            }
        });
        assert!(data.iter().enumerate().all(|(i, x)| if i % 9 == 8 { *x == 0 } else { *x == i / 9 * 8 + i % 9 + 1 }));
    }

    #[test]
    fn join_runs_both() {
        let (mut a, mut b) = (0, 0);
        join(|| a = 1, || b = 2);
        assert_eq!((a, b), (1, 2));
    }
}
