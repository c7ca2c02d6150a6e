//! `sconce verify`: runs models on recorded inputs and compares with what PyTorch answered.

mod case;
mod compare;
mod judge;
mod limit;
#[cfg(unix)]
mod limit_unix;
mod message;
mod reconstruct;
mod summary;
mod worker;

pub use worker::WORKER;

use std::collections::VecDeque;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::channel;
use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use sconce::{Error, Result};

use case::{find_cases, CasePaths};
use judge::{Report, Status};
use worker::{Limits, Worker};

/// Run models on recorded inputs and compare with what PyTorch answered.
///
/// A case is two files: NAME.pt, a TorchScript archive, and NAME.io.pt, a torch.save file with a dict of `args`,
/// `result` (or `raises`) and, where wanted, `method`, `kwargs`, `args_after`, `stdout`, `second`, `tol`. Each case
/// runs in a process of its own, so one that crashes or hangs does not end the run.
///
/// Before the last line, `N passed, N failed, N skipped`, stands a table of reasons. Skipped are models that need
/// something Sconce does not have; the table names it. The exit status is 1 if anything failed.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  sconce verify model.pt                     one case: model.pt with model.io.pt beside it
  sconce verify cases/ --json report.jsonl   a folder of them, with a line of JSON for each
  sconce verify cases/ --jobs 8 --timeout 10

A case can be written in Python so:
  torch.jit.save(scripted, 'model.pt')
  torch.save({'args': (x,), 'result': scripted(x)}, 'model.io.pt')")]
pub struct VerifyArgs {
    /// Cases, or folders of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Write one JSON object a line: {"case", "status", "detail"}
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Cases to run at the same time [default: the number of cores]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Seconds that a case may take
    #[arg(long, value_name = "S", default_value_t = 60.0)]
    timeout: f64,
    /// Memory that a case may use, in GiB; 0 is no limit
    #[arg(long, value_name = "GIB", default_value_t = 8.0)]
    memory: f64,
}

#[derive(clap::Args)]
pub struct WorkerArgs {
    #[arg(long)]
    threads: usize,
    #[arg(long)]
    memory: u64,
}

pub fn verify(args: &VerifyArgs) -> Result<ExitCode> {
    let cases = find_cases(&args.paths)?;
    if cases.is_empty() {
        return Err(Error::usage("no cases: a case is NAME.pt with NAME.io.pt beside it"));
    }
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let jobs = args.jobs.unwrap_or(cores).clamp(1, cases.len());
    let limits = Limits {
        timeout: Duration::try_from_secs_f64(args.timeout).map_err(|error| Error::usage(error.to_string()))?,
        memory: (args.memory.max(0.0) * (1u64 << 30) as f64) as u64,
        threads: (cores / jobs).max(1),
    };
    let reports = run_all(&cases, jobs, limits);
    if let Some(path) = &args.json {
        write_json(path, &cases, &reports)?;
    }
    out!("{}", summary::summary(&cases, &reports));
    let failed = reports.iter().any(|report| !matches!(report.status, Status::Pass | Status::Unsupported));
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// The command that [`verify`] starts in its worker processes.
pub fn serve(args: &WorkerArgs) -> Result<()> {
    worker::serve(Limits { timeout: Duration::MAX, memory: args.memory, threads: args.threads })
}

/// The reports in the order of the cases.
fn run_all(cases: &[CasePaths], jobs: usize, limits: Limits) -> Vec<Report> {
    let progress = match std::io::stderr().is_terminal() {
        true => ProgressBar::new(cases.len() as u64),
        false => ProgressBar::hidden(),
    };
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {wide_msg}") {
        progress.set_style(style);
    }
    let queue: Mutex<VecDeque<usize>> = Mutex::new((0..cases.len()).collect());
    let mut reports: Vec<Option<Report>> = vec![None; cases.len()];
    let (sender, receiver) = channel();
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            let (sender, queue) = (sender.clone(), &queue);
            scope.spawn(move || {
                let mut worker = Worker::new(limits);
                loop {
                    let Some(at) = queue.lock().ok().and_then(|mut queue| queue.pop_front()) else { return };
                    if sender.send((at, worker.run(&cases[at]))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut bad = 0;
        for (at, report) in &receiver {
            bad += usize::from(report.status != Status::Pass);
            progress.set_message(format!("{bad} not passed, last {}", cases[at].name()));
            progress.inc(1);
            reports[at] = Some(report);
        }
    });
    progress.finish_and_clear();
    let missing = || Report::new(Status::Crash, "no report", "the case was not run");
    reports.into_iter().map(|report| report.unwrap_or_else(missing)).collect()
}

fn write_json(path: &PathBuf, cases: &[CasePaths], reports: &[Report]) -> Result<()> {
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    for (case, report) in cases.iter().zip(reports) {
        // in this order, so that line-based tools can pick it apart
        let text = |text: &str| serde_json::Value::from(text).to_string();
        let status = serde_json::to_string(&report.status).map_err(|error| Error::internal(error.to_string()))?;
        let (name, detail) = (text(&case.name()), text(&report.detail));
        writeln!(out, "{{\"case\": {name}, \"status\": {status}, \"detail\": {detail}}}")?;
    }
    out.flush()?;
    Ok(())
}
