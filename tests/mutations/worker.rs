//! The process that runs cases.

use std::io::Write;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{channel, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sconce::archive::{Archive, Bytes};
use sconce::exec::{with_interrupt, Interrupt};
use sconce::module::load_value_from;
use sconce::{Error, ErrorKind, IValue, Module, Result};

use super::damage::{self, Damage};
use super::random::Random;

/// The environment variable that says which cases this process is to run.
pub const CASES: &str = "SCONCE_MUTATION_WORKER";
/// Marks answers among whatever else is printed.
pub const MARK: char = '\u{1}';

/// A damaged script may loop for ever; that is its right, as long as it can be stopped.
const STOP_AFTER: Duration = Duration::from_secs(3);
/// From being told to stop until having stopped.
const GRACE: Duration = Duration::from_secs(20);
const MEMORY: u64 = 2 << 30;

/// Runs the cases that the environment asks for, if it does.
pub fn serve() {
    let Ok(cases) = std::env::var(CASES) else { return };
    let (start, end) = cases.split_once(' ').expect("two numbers");
    limit_memory();
    sconce::base::threads::set_num_threads(1);
    let panicked = Arc::new(Mutex::new(String::new()));
    let place = panicked.clone();
    std::panic::set_hook(Box::new(move |info| *place.lock().unwrap() = info.to_string()));
    let files = files();
    let watch = Watch::new();
    for case in start.parse::<u64>().expect("a number")..end.parse().expect("a number") {
        let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| run(case, &files, &watch)));
        let report = match outcome {
            Ok(Ok(())) => "ok".to_owned(),
            Ok(Err(failure)) => failure,
            Err(_) => format!("panic: {}", panicked.lock().unwrap()),
        };
        let mut out = std::io::stdout().lock();
        writeln!(out, "\n{MARK}{case} {}", report.replace('\n', " | ")).expect("the parent listens");
        out.flush().expect("the parent listens");
    }
}

#[cfg(all(unix, feature = "cli"))]
fn limit_memory() {
    let (_, hard) = rlimit::getrlimit(rlimit::Resource::AS).expect("a limit");
    rlimit::setrlimit(rlimit::Resource::AS, MEMORY.min(hard), hard).expect("a lower limit");
}

#[cfg(not(all(unix, feature = "cli")))]
fn limit_memory() {
    let _ = MEMORY;
}

/// The files to damage, in a fixed order.
fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files = Vec::new();
    for folder in [folder.clone(), folder.join("formats"), folder.join("values")] {
        for entry in std::fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            let size = path.metadata().map_or(0, |data| data.len());
            if path.extension().is_some_and(|end| end == "pt" || end == "ptl") && size < 1 << 17 {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn run(case: u64, files: &[PathBuf], watch: &Watch) -> Result<(), String> {
    let mut random = Random::new(case);
    let path = &files[random.below(files.len())];
    let whole = std::fs::read(path).expect("a fixture");
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (damaged, damage) = damage::damage(&whole, &mut random);
    if let Ok(folder) = std::env::var("SCONCE_MUTATION_SAVE") {
        std::fs::write(Path::new(&folder).join(format!("{case}-{name}")), &damaged).expect("a folder");
    }
    let before = Instant::now();
    let (outcome, stopped) = watch.over(|interrupt| {
        let outcome = with_interrupt(interrupt, || answer(path, damaged.clone()));
        (outcome, interrupt.is_set())
    });
    if before.elapsed() > STOP_AFTER + GRACE {
        return Err(format!("{name}: {damage:?}: took {:?}", before.elapsed()));
    }
    match outcome {
        Err(error) if error.kind() == ErrorKind::Internal => Err(format!("{name}: {damage:?}: {error}")),
        Err(_) => Ok(()),
        // Nothing that a checksum covers was changed: it must be the right answer.
        Ok(found) if damage == Damage::Container && !stopped && intact(&damaged) => {
            let expected = answer(path, whole).map_err(|error| format!("{name}: whole: {error}"))?;
            match found == expected {
                true => Ok(()),
                false => Err(format!("{name}: {damage:?}: a wrong answer: {found}; expected {expected}")),
            }
        }
        Ok(_) => Ok(()),
    }
}

fn intact(file: &[u8]) -> bool {
    Archive::open(Bytes::from(file.to_vec())).is_ok_and(|archive| {
        archive.verify_tensors().is_ok() && archive.records().iter().all(|r| archive.verify_record(r.name()).is_ok())
    })
}

/// What the file says, as text: what its method returns for the fixture's arguments, or the value in it.
fn answer(path: &Path, file: Vec<u8>) -> Result<String> {
    let io = path.with_extension("io.pt");
    if !io.exists() {
        let loaded = Module::load_from(file.clone());
        return match loaded {
            Ok(module) => Ok(methods(&module)),
            Err(error) if error.kind() == ErrorKind::Internal => Err(error),
            Err(_) => load_value_from(file).map(|value| format!("{value:?}")),
        };
    }
    let module = Module::load_from(file)?;
    let io = sconce::module::load_value(io)?.to_dict()?;
    let get = |key: &str| io.get(&key.into()).unwrap_or_default();
    let args = match get("args") {
        IValue::Tuple(tuple) => tuple.elements.clone(),
        _ => Vec::new(),
    };
    let method = match get("method") {
        IValue::Str(name) => name.to_string(),
        _ => "forward".to_owned(),
    };
    sconce::op::manual_seed(0);
    let result = module.call(&method, &args)?;
    // the walk over the modules must end too
    let count = module.modules().len() + module.parameters().len() + module.buffers().len();
    Ok(format!("{result:?} {count}"))
}

/// Compiles everything.
fn methods(module: &Module) -> String {
    let mut text = String::new();
    for method in module.methods() {
        text += &match method.compile().and_then(|()| method.schema().cloned()) {
            Ok(schema) => format!("{schema}\n"),
            Err(error) => format!("{}\n", Error::message(&error)),
        };
    }
    text
}

/// A thread that sets interrupts when time is over. One for all cases: new threads would need new memory.
struct Watch(Sender<Option<Interrupt>>);

impl Watch {
    fn new() -> Watch {
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Ok(started) = messages.recv() {
                let Some(interrupt): Option<Interrupt> = started else { continue };
                if matches!(messages.recv_timeout(STOP_AFTER), Err(RecvTimeoutError::Timeout)) {
                    interrupt.set();
                }
            }
        });
        Watch(sender)
    }

    /// Watches over `f`.
    fn over<T>(&self, f: impl FnOnce(&Interrupt) -> T) -> T {
        let interrupt = Interrupt::default();
        let _ = self.0.send(Some(interrupt.clone()));
        let result = f(&interrupt);
        let _ = self.0.send(None);
        result
    }
}
