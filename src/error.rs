//! One error type for the whole library.
//!
//! An [`Error`] has a [kind](Error::kind) that a program can match on, a [message](Error::message) for people, and,
//! when it arose while a script ran, a traceback in the model's own source lines.

use std::fmt;

use crate::base::SourceRange;

/// The result of everything in Sconce that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, where, and of which kind.
///
/// Boxed, so that a `Result<i64>` stays small on the hot path.
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: String,
    /// Qualified name of the script's exception class (`builtins.ValueError`); only for [`ErrorKind::Script`].
    class: Option<String>,
    /// Innermost frame first: frames are added while the error travels outwards.
    frames: Vec<TraceFrame>,
    /// A script was running: there is a traceback, be it without frames.
    in_script: bool,
}

/// The kinds a program may want to tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The container is damaged or not an archive: zip, records, pickles.
    Archive,
    /// Source text does not parse.
    Syntax,
    /// Source text parses but does not compile: types, names, overloads.
    Type,
    /// A feature or an operator that Sconce does not have.
    Unsupported,
    /// An operator failed while a script ran: shapes, dtypes, indices.
    Runtime,
    /// The script raised an exception; see [`Error::class`].
    Script,
    /// A limit on time, memory or depth was reached.
    Limit,
    /// The caller passed something wrong: argument count, type, name.
    Usage,
    /// The operating system refused: a file cannot be read or written.
    Io,
    /// A bug in Sconce.
    Internal,
}

/// One level of a script's call stack.
#[derive(Clone, Debug)]
pub struct TraceFrame {
    /// Name of the function as PyTorch prints it, without its qualifier: `forward`.
    pub function: String,
    /// The call or operator that was running.
    pub range: SourceRange,
}

impl Error {
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Box::new(Inner { kind, message: message.into(), class: None, frames: Vec::new(), in_script: false }))
    }
    pub fn archive(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Archive, message)
    }
    pub fn syntax(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Syntax, message)
    }
    pub fn type_error(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Type, message)
    }
    pub fn unsupported(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Unsupported, message)
    }
    pub fn runtime(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Runtime, message)
    }
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, message)
    }
    pub fn limit(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Limit, message)
    }
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Internal, message)
    }

    /// An exception raised by a script: `class` is its qualified name (`builtins.ValueError`) or `None` for `assert`.
    pub fn script(class: Option<String>, message: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::Script, message);
        error.0.class = class;
        error
    }

    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The message alone, without traceback.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The script's exception class, where the script raised one.
    pub fn class(&self) -> Option<&str> {
        self.0.class.as_deref()
    }

    /// The script's call stack, innermost frame first; empty when the error did not arise in a script.
    pub fn frames(&self) -> &[TraceFrame] {
        &self.0.frames
    }

    /// Adds the next outer frame.
    pub fn push_frame(&mut self, function: impl Into<String>, range: SourceRange) {
        self.0.frames.push(TraceFrame { function: function.into(), range });
        self.0.in_script = true;
    }

    /// Says that the error arose in a script, where no frame tells: some instructions have no place in the source.
    pub fn set_in_script(&mut self) {
        self.0.in_script = true;
    }

    /// Without traceback.
    #[must_use]
    pub fn without_frames(mut self) -> Self {
        self.0.frames.clear();
        self.0.in_script = false;
        self
    }

    /// Puts `context` and a colon before the message: `code/net.py: …`.
    #[must_use]
    pub fn context(mut self, context: impl fmt::Display) -> Self {
        self.0.message = format!("{context}: {}", self.0.message);
        self
    }

    /// Replaces the message, keeping kind, class and traceback.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.0.message = message.into();
        self
    }
}

impl Clone for Error {
    fn clone(&self) -> Self {
        Error(self.0.clone())
    }
}

/// The text PyTorch prints: the message alone, or, for a failure inside a script, header, traceback and
/// `class: message`.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        if !inner.in_script {
            return match &inner.class {
                Some(class) => write!(f, "{class}: {}", inner.message),
                None => f.write_str(&inner.message),
            };
        }
        f.write_str("The following operation failed in the TorchScript interpreter.\n")?;
        let serialized: Vec<_> = inner.frames.iter().rev().collect();
        let originals: Vec<_> = serialized
            .iter()
            .filter_map(|frame| Some(TraceFrame { function: frame.function.clone(), range: frame.range.original()? }))
            .collect();
        if originals.is_empty() {
            f.write_str("Traceback of TorchScript (most recent call last):\n")?;
        } else {
            f.write_str("Traceback of TorchScript, serialized code (most recent call last):\n")?;
        }
        for frame in &serialized {
            frame.range.write_frame(f, &frame.function)?;
        }
        if !originals.is_empty() {
            f.write_str("\nTraceback of TorchScript, original code (most recent call last):\n")?;
            for frame in &originals {
                frame.range.write_frame(f, &frame.function)?;
            }
        }
        writeln!(f, "{}: {}", inner.class.as_deref().unwrap_or("RuntimeError"), inner.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.0.kind, self)
    }
}

impl std::error::Error for Error {}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Error::new(ErrorKind::Io, error.to_string())
    }
}

/// Runs `f` and turns a panic into an [`ErrorKind::Internal`] error, for callers that nothing may unwind into.
pub fn catch_panic<T>(f: impl FnOnce() -> Result<T>) -> Result<T> {
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(f)) {
        Ok(result) => result,
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("unknown");
            Err(Error::internal(format!("internal error, please report it: {text}")))
        }
    }
}

/// Returns an [`Error::runtime`] with a formatted message.
#[macro_export]
macro_rules! bail {
    ($($arg:tt)*) => { return Err($crate::Error::runtime(format!($($arg)*))) };
}

/// Returns an [`Error::runtime`] with a formatted message unless the condition holds.
#[macro_export]
macro_rules! ensure {
    ($cond:expr, $($arg:tt)*) => { if !$cond { $crate::bail!($($arg)*); } };
}
