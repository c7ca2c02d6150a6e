//! Randomly damaged files, thousands of them: each is an error or an answer, within limits of time and memory, and never
//! a panic.
//!
//! The damage knows what it damages: zip fields, pickle opcodes, tokens of code, lengths of records. All of it follows from
//! the number of the case, so a failure is repeated by `SCONCE_MUTATION=NUMBER cargo test --test mutations`. The usual run
//! has a few thousand cases; `SCONCE_MUTATIONS=10000` asks for more.
//!
//! Cases run in a process of their own, which is this program again: one that dies or hangs is found by its number.

mod damage;
mod random;
mod worker;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

/// Cases of the usual run.
const USUAL: u64 = 4000;
/// A case that takes longer hangs. Its script is stopped long before.
const TIMEOUT: Duration = Duration::from_secs(60);

#[test]
fn damaged_files_are_errors_or_answers() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let cases = match number("SCONCE_MUTATION") {
        Some(one) => one..one + 1,
        None => 0..number("SCONCE_MUTATIONS").unwrap_or(USUAL),
    };
    let halves = std::thread::available_parallelism().map_or(1, |n| n.get() as u64).min(4);
    let size = (cases.end - cases.start).div_ceil(halves);
    let parts: Vec<_> = (0..halves)
        .map(|at| (cases.start + at * size)..(cases.start + (at + 1) * size).min(cases.end))
        .filter(|part| !part.is_empty())
        .map(|part| std::thread::spawn(|| run(part)))
        .collect();
    let mut failures = Vec::new();
    for part in parts {
        failures.extend(part.join().expect("the parent does not panic"));
    }
    assert!(failures.is_empty(), "{} of {cases:?} failed:\n{}", failures.len(), failures.join("\n"));
}

/// The failures of a range of cases.
fn run(mut cases: std::ops::Range<u64>) -> Vec<String> {
    let mut failures = Vec::new();
    while !cases.is_empty() {
        let mut child = Command::new(std::env::current_exe().expect("a path"))
            .args(["--exact", "worker_process", "--nocapture"])
            .env(worker::CASES, format!("{} {}", cases.start, cases.end))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a process");
        let output = child.stdout.take().expect("a pipe");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            let mut line = Vec::new();
            // a script may print any bytes
            while output.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
                let text = String::from_utf8_lossy(&line).trim_end().to_owned();
                line.clear();
                if sender.send(text).is_err() {
                    return;
                }
            }
        });
        let ended = loop {
            match lines.recv_timeout(TIMEOUT) {
                Ok(line) => {
                    let Some(report) = line.strip_prefix(worker::MARK) else { continue };
                    match report.split_once(' ') {
                        Some((case, "ok")) => cases.start = case.parse::<u64>().expect("a number") + 1,
                        Some((case, failure)) => {
                            failures.push(format!("  {case}: {failure}"));
                            cases.start = case.parse::<u64>().expect("a number") + 1;
                        }
                        None => {}
                    }
                }
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => break Some("no answer".to_owned()),
                Err(_) => break None,
            }
        };
        let _ = if ended.is_some() { child.kill() } else { Ok(()) };
        let status = child.wait().expect("a status");
        if cases.is_empty() {
            break;
        }
        failures.push(format!(
            "  {}: {}",
            cases.start,
            ended.unwrap_or_else(|| format!("the process ended: {status}"))
        ));
        cases.start += 1;
    }
    failures
}

#[test]
fn worker_process() {
    worker::serve();
}
