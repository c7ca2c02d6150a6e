//! `sconce bench`: how long calls take, and where the time goes.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use sconce::{Module, Result};

use super::inputs::Inputs;

/// Time calls of a method: median and 90th percentile
#[derive(clap::Args)]
pub struct BenchArgs {
    /// A TorchScript archive
    model: PathBuf,
    #[command(flatten)]
    inputs: Inputs,
    #[arg(long, default_value = "forward")]
    method: String,
    /// Threads that operators may use [default: the number of cores]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Seconds to measure
    #[arg(long, value_name = "S", default_value_t = 3.0)]
    seconds: f64,
    /// Also show the time per operator
    #[arg(long)]
    profile: bool,
}

pub fn bench(args: &BenchArgs) -> Result<()> {
    if let Some(threads) = args.threads {
        sconce::base::threads::set_num_threads(threads.max(1));
    }
    let start = Instant::now();
    let module = Module::load(&args.model)?;
    let loaded = start.elapsed();
    let inputs = args.inputs.read()?;
    let method = module.method(&args.method)?;
    let start = Instant::now();
    method.call(&inputs)?;
    let first = start.elapsed();
    let budget = Duration::from_secs_f64(args.seconds.clamp(0.01, 3600.0));
    let (outcome, profile) = if args.profile {
        sconce::exec::profile(|| measure(&method, &inputs, budget))
    } else {
        (measure(&method, &inputs, budget), sconce::exec::Profile::default())
    };
    let mut times = outcome?;
    times.sort();
    let at = |q: f64| times[((times.len() - 1) as f64 * q) as usize];
    outln!("load        {}", show(loaded));
    outln!("first call  {}", show(first));
    outln!(
        "median      {}   ({} calls, {} thread(s))",
        show(at(0.5)),
        times.len(),
        sconce::base::threads::get_num_threads()
    );
    outln!("p90         {}", show(at(0.9)));
    outln!("fastest     {}", show(times[0]));
    if args.profile {
        let total: Duration = times.iter().sum();
        outln!("\n{:>8}  {:>8}  {:>12}  operator", "share", "calls", "a call");
        for row in &profile.rows {
            let share = 100.0 * row.total.as_secs_f64() / total.as_secs_f64();
            outln!(
                "{share:7.1}%  {:8}  {:>12}  {}",
                row.calls / times.len() as u64,
                show(row.total / row.calls.max(1) as u32),
                row.operator
            );
        }
    }
    Ok(())
}

fn measure(method: &sconce::Method, inputs: &[sconce::IValue], budget: Duration) -> Result<Vec<Duration>> {
    let begin = Instant::now();
    let mut times = Vec::new();
    while times.len() < 5 || (begin.elapsed() < budget && times.len() < 1_000_000) {
        let start = Instant::now();
        method.call(inputs)?;
        times.push(start.elapsed());
    }
    Ok(times)
}

fn show(time: Duration) -> String {
    match time.as_secs_f64() {
        s if s >= 1.0 => format!("{s:.3} s"),
        s if s >= 1e-3 => format!("{:.3} ms", s * 1e3),
        s => format!("{:.3} µs", s * 1e6),
    }
}
