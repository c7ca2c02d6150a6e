//! What a node costs beside the work it does: loops over numbers, containers, objects, calls and tiny tensors, in ns a node
//! and allocations a round; then calls of operators from Rust. `cargo bench --bench interpreter`; `python
//! benches/interpreter.py` measures the same in PyTorch, and with the word `export` writes the classes' archive.
//! Loops over numbers must not allocate.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sconce::base::Source;
use sconce::exec;
use sconce::frontend::CompilationUnit;
use sconce::{DType, IValue, Scalar, Tensor};

const ROUNDS: i64 = 20_000;

/// Names of programs that must not allocate.
const NO_ALLOCATION: [&str; 7] = ["ints", "floats", "bools", "mixed", "lists", "get_attr", "set_attr"];

fn main() {
    sconce::base::threads::set_num_threads(1);
    let file = include_str!("interpreter.py");
    let text = |name: &str| {
        let (_, rest) = file.split_once(&format!("{name} = \"\"\"\n")).expect("a text");
        rest.split("\"\"\"").next().expect("its end")
    };
    let unit = CompilationUnit::new();
    unit.define(&Source::new(None, text("PROGRAMS"), 0)).expect("programs compile");
    let module = sconce::load(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/interpreter.pt")).ok();
    if module.is_none() {
        println!("without classes: `python benches/interpreter.py export` writes them");
    }
    for line in text("NODES").lines().filter(|line| !line.is_empty()) {
        let (name, nodes) = line.split_once(' ').expect("a name and a number");
        let nodes: f64 = nodes.parse().expect("a number");
        let arguments = [IValue::Int(ROUNDS)];
        let (time, allocations) = match unit.function(name).ok().flatten() {
            Some(function) => measure(|| exec::call(&function, arguments.to_vec(), &[])),
            None => {
                let Some(module) = &module else { continue };
                let method = module.method(name).expect("a program");
                measure(|| method.call(&arguments))
            }
        };
        let round = time.as_nanos() as f64 / ROUNDS as f64;
        let allocations = allocations as f64 / ROUNDS as f64;
        println!("{name:15} {:8.1} ns a node {round:8.1} ns a round {allocations:6.2} allocations", round / nodes);
        assert!(allocations < 0.01 || !NO_ALLOCATION.contains(&name), "{name} allocates");
    }
    calls().expect("operators");
}

/// Operators as a Rust or C++ program calls them.
fn calls() -> sconce::Result<()> {
    let vector = Tensor::full(&[2], Scalar::Float(0.5), DType::F32)?;
    let matrix = Tensor::full(&[4, 4], Scalar::Float(0.5), DType::F32)?;
    let (v, m) = (IValue::from(vector), IValue::from(matrix));
    for (name, overload, args) in [
        ("aten::add", "Tensor", vec![v.clone(), v.clone(), 1.into()]),
        ("aten::mul", "Scalar", vec![v.clone(), 2.5.into()]),
        ("aten::relu", "", vec![v.clone()]),
        ("aten::matmul", "", vec![m.clone(), m.clone()]),
        ("aten::view", "", vec![v.clone(), IValue::ints(&[2, 1])]),
        ("aten::select", "int", vec![m.clone(), 0.into(), 1.into()]),
        ("aten::size", "int", vec![m.clone(), 0.into()]),
    ] {
        let operator = sconce::op::registry().find(name, overload).expect(name);
        let (time, allocations) = measure(|| {
            let mut stack = Vec::new();
            for _ in 0..ROUNDS {
                stack.clear();
                stack.extend_from_slice(&args);
                operator.call(&mut stack, args.len())?;
            }
            Ok(IValue::None)
        });
        let (call, allocations) = (time.as_nanos() as f64 / ROUNDS as f64, allocations as f64 / ROUNDS as f64);
        println!("{name:15} {call:8.1} ns a call {allocations:25.2} allocations");
    }
    Ok(())
}

/// The best time of several runs, and the allocations of one.
fn measure(run: impl Fn() -> sconce::Result<IValue>) -> (Duration, u64) {
    run().expect("a result");
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    run().expect("a result");
    let allocations = ALLOCATIONS.load(Ordering::Relaxed) - before;
    let times = (0..40).map(|_| {
        let start = Instant::now();
        run().expect("a result");
        start.elapsed()
    });
    (times.min().unwrap_or_default(), allocations)
}

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The system's allocator, counting.
struct Counting;

// SAFETY: it hands every call on to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promise is the system's.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: `at` came from the system's allocator.
        unsafe { System.dealloc(at, layout) }
    }
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: `at` came from the system's allocator.
        unsafe { System.realloc(at, layout, size) }
    }
}
