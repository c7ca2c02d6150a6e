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

/// The shortest of a few runs, so that other work on the machine does not count.
fn time(lines: usize) -> Duration {
    let source = straight_line(lines);
    let run = || {
        let start = Instant::now();
        let functions = CompilationUnit::new().define(&Source::new(None, source.as_str(), 0)).unwrap();
        sconce::exec::plan_of(&functions[0]).unwrap();
        start.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap()
}

#[test]
fn sixteen_times_the_source_takes_no_more_than_fifty_times_as_long() {
    time(100);
    // quadratic would be 256 each time; on a busy machine one pair may be out of step
    let pairs = [(); 4].map(|()| (time(500), time(8000)));
    assert!(pairs.iter().any(|(short, long)| *long < *short * 50), "{pairs:?}");
}
