//! Cases run in processes of their own, so that one that crashes or hangs takes nothing else down.
//!
//! A worker is this program again. It gets one case at a time as a line of JSON on its standard input and answers with
//! a line on its standard output. One that dies, hangs or answers nonsense is replaced.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{channel, Receiver, RecvTimeoutError};
use std::time::Duration;

use sconce::{Error, Result};

use super::case::CasePaths;
use super::judge::{judge, Report, Status};

/// How workers run.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub timeout: Duration,
    /// Bytes of address space; 0 is no limit.
    pub memory: u64,
    pub threads: usize,
}

/// The argument that makes this program a worker.
pub const WORKER: &str = "verify-worker";

/// Marks answers among whatever else a model's process may print.
const MARK: char = '\u{1}';

/// The worker's side: answers until its input ends.
pub fn serve(limits: Limits) -> Result<()> {
    super::limit::limit_memory(limits.memory)?;
    sconce::base::threads::set_num_threads(limits.threads);
    // a panic is reported as the case's outcome
    std::panic::set_hook(Box::new(|_| {}));
    for line in std::io::stdin().lock().lines() {
        let (model, io): (String, String) = serde_json::from_str(&line?).map_err(|e| Error::usage(e.to_string()))?;
        let report = judge(&CasePaths { model: model.into(), io: io.into() });
        let answer = serde_json::to_string(&report).map_err(|e| Error::internal(e.to_string()))?;
        let mut out = std::io::stdout().lock();
        writeln!(out, "\n{MARK}{answer}")?;
        out.flush()?;
    }
    Ok(())
}

/// The other side: keeps one worker process alive.
pub struct Worker {
    limits: Limits,
    process: Option<Process>,
}

struct Process {
    child: Child,
    input: ChildStdin,
    lines: Receiver<String>,
}

impl Worker {
    pub fn new(limits: Limits) -> Worker {
        Worker { limits, process: None }
    }

    /// Runs a case. Never fails: what goes wrong is the case's outcome.
    pub fn run(&mut self, case: &CasePaths) -> Report {
        match self.try_run(case) {
            Ok(report) => report,
            Err(error) => {
                self.stop();
                Report::new(Status::Crash, "the worker process could not run", error.to_string())
            }
        }
    }

    fn try_run(&mut self, case: &CasePaths) -> Result<Report> {
        let process = match &mut self.process {
            Some(process) => process,
            None => self.process.insert(Process::start(self.limits)?),
        };
        let text = |path: &std::path::Path| path.to_string_lossy().into_owned();
        let line = serde_json::to_string(&(text(&case.model), text(&case.io)));
        let line = line.map_err(|error| Error::internal(error.to_string()))?;
        // a process that is gone already shows when its answer is waited for
        let _ = writeln!(process.input, "{line}").and_then(|()| process.input.flush());
        let deadline = std::time::Instant::now() + self.limits.timeout;
        loop {
            let left = deadline.saturating_duration_since(std::time::Instant::now());
            match process.lines.recv_timeout(left) {
                Ok(line) => {
                    if let Some(answer) = line.strip_prefix(MARK) {
                        return serde_json::from_str(answer).map_err(|error| Error::internal(error.to_string()));
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.stop();
                    let text = format!("no answer after {} s", self.limits.timeout.as_secs_f64());
                    return Ok(Report::new(Status::Timeout, text.clone(), text));
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let status = process.child.wait()?;
                    self.process = None;
                    return Ok(Report::new(Status::Crash, status.to_string(), format!("the process ended: {status}")));
                }
            }
        }
    }

    fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.child.kill();
            let _ = process.child.wait();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Process {
    fn start(limits: Limits) -> Result<Process> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(WORKER)
            .args(["--threads", &limits.threads.to_string(), "--memory", &limits.memory.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (Some(input), Some(output)) = (input, output) else { return Err(Error::internal("no pipe to a worker")) };
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            let mut line = Vec::new();
            // lines may be any bytes: a script's print
            while output.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
                let text = String::from_utf8_lossy(&line).trim_end_matches('\n').to_string();
                line.clear();
                if sender.send(text).is_err() {
                    return;
                }
            }
        });
        Ok(Process { child, input, lines })
    }
}
