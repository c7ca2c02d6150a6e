//! Compilation is linear in the length of the source. What it costs is measured by `cargo bench --bench compile`.

use std::time::{Duration, Instant};

use sconce::base::Source;
use sconce::frontend::CompilationUnit;

/// A function of so many lines without any control flow.
fn straight_line(lines: usize) -> String {
    let mut text = String::from("def f(x: Tensor, n: int) -> Tensor:\n  v0 = torch.relu(x)\n");
    for line in 1..lines {
        let before = line - 1;
        text += &match line % 2 {
            0 => format!("  v{line} = torch.add(v{before}, torch.mul(v{}, 0.5), alpha=n)\n", before / 2),
            _ => format!("  v{line} = torch.reshape(v{before}, [torch.size(v{before}, 0), -1, {line}])\n"),
        };
    }
    text + &format!("  return v{}\n", lines - 1)
}

fn time(source: &str) -> Duration {
    let start = Instant::now();
    let functions = CompilationUnit::new().define(&Source::new(None, source, 0)).unwrap();
    sconce::exec::plan_of(&functions[0]).unwrap();
    start.elapsed()
}

#[test]
fn sixteen_times_the_source_takes_no_more_than_fifty_times_as_long() {
    let sources = [straight_line(500), straight_line(8000)];
    // in turns, and the shortest of each, so that other work on the machine counts for neither
    let mut best = [Duration::MAX; 2];
    for _ in 0..10 {
        for (best, source) in best.iter_mut().zip(&sources) {
            *best = time(source).min(*best);
        }
    }
    // quadratic would be 256
    let [short, long] = best;
    assert!(long < short * 50, "{short:?}, {long:?}");
}
