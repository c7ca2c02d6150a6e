//! What a node costs beside the work it does: loops over numbers, lists, calls and tiny tensors, in ns a node.
//! `cargo bench --bench interpreter`; `python benches/interpreter.py` measures the same programs in PyTorch.

use std::time::Instant;

use sconce::base::Source;
use sconce::exec;
use sconce::frontend::CompilationUnit;
use sconce::IValue;

/// Nodes of the graph that run in one round of the loop.
const PROGRAMS: &[(&str, u32)] =
    &[("ints", 5), ("floats", 4), ("lists", 6), ("strings", 4), ("calls", 3), ("tensors", 1), ("views", 2)];
const ROUNDS: i64 = 20_000;

fn main() {
    sconce::base::threads::set_num_threads(1);
    let file = include_str!("interpreter.py");
    let programs = file.split("\"\"\"\n").nth(1).and_then(|rest| rest.split("# ---- end").next()).expect("programs");
    let unit = CompilationUnit::new();
    unit.define(&Source::new(None, programs, 0)).expect("programs compile");
    for (name, nodes) in PROGRAMS {
        let function = unit.function(name).ok().flatten().expect("a program");
        let best = (0..10).map(|_| {
            let start = Instant::now();
            exec::call(&function, vec![IValue::Int(ROUNDS)], &[]).expect("a result");
            start.elapsed()
        });
        let best = best.min().unwrap_or_default();
        println!("{name:10} {:8.1} ns a node", best.as_nanos() as f64 / ROUNDS as f64 / f64::from(*nodes));
    }
}
