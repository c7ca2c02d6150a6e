//! How long it takes from a file to a plan: straight-line source of some megabytes, and models named on the command line.
//!
//! `cargo bench --bench compile [-- MODEL.pt…]`

use std::time::{Duration, Instant};

use sconce::base::Source;
use sconce::frontend::CompilationUnit;
use sconce::Module;

fn main() -> sconce::Result<()> {
    println!("straight-line source");
    for megabytes in [1, 2, 5, 10] {
        let source = straight_line(megabytes << 20);
        let lines = source.lines().count();
        let start = Instant::now();
        let functions = CompilationUnit::new().define(&Source::new(None, source.as_str(), 0))?;
        let compiled = start.elapsed();
        let start = Instant::now();
        sconce::exec::plan_of(&functions[0])?;
        let per_line = (compiled + start.elapsed()).as_nanos() / lines as u128;
        println!(
            "{megabytes:>6} MB   compile {:>9}   plan {:>9}   {per_line} ns a line",
            show(compiled),
            show(start.elapsed())
        );
    }
    for model in std::env::args().skip(1).filter(|arg| !arg.starts_with("--")) {
        let mut best = (Duration::MAX, Duration::MAX);
        for _ in 0..10 {
            let start = Instant::now();
            let module = Module::load(&model)?;
            let loaded = start.elapsed();
            let forward = module.method("forward")?;
            forward.graph()?;
            sconce::exec::plan_of(forward.function())?.writes(forward.function());
            best = best.min((start.elapsed(), loaded));
        }
        println!("{model}: load and compile {} (load {})", show(best.0), show(best.1));
    }
    Ok(())
}

/// A function of about this many bytes without any control flow.
fn straight_line(bytes: usize) -> String {
    let mut text = String::from("def f(x: Tensor, n: int) -> Tensor:\n  v0 = torch.relu(x)\n");
    let mut line = 1;
    while text.len() < bytes {
        let before = line - 1;
        text += &match line % 3 {
            0 => format!("  v{line} = torch.add(v{before}, torch.mul(v{}, 0.5), alpha=n)\n", before / 2),
            1 => format!("  v{line} = torch.conv2d(v{before}, x, None, [1, 1], [0, 0], [1, 1], 1)\n"),
            _ => format!("  v{line} = torch.reshape(v{before}, [torch.size(v{before}, 0), -1, {line}])\n"),
        };
        line += 1;
    }
    text += &format!("  return v{}\n", line - 1);
    text
}

fn show(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
