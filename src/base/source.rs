//! Source text and positions in it, with the way back from serialized to original code.

use std::fmt;
use std::sync::{Arc, OnceLock};

/// Positions of the original code, read when they are first needed.
struct Originals {
    table: OnceLock<Vec<(usize, Option<SourceRange>)>>,
    read: Box<dyn Fn() -> Vec<(usize, Option<SourceRange>)> + Send + Sync>,
}

/// A piece of source text. Cheap to share: hold it in an [`Arc`].
pub struct Source {
    /// File name as tracebacks print it, e.g. `code/__torch__.py`; `None` prints as `<string>`.
    pub name: Option<String>,
    pub text: Arc<str>,
    /// The line number of the first line, minus 1.
    pub starting_line: usize,
    /// For serialized code: positions of the original code, by byte offset in `text`, ascending.
    originals: OnceLock<Originals>,
    /// Byte offset of the start of each line.
    lines: OnceLock<Vec<u32>>,
}

impl Source {
    pub fn new(name: Option<String>, text: impl Into<Arc<str>>, starting_line: usize) -> Arc<Source> {
        Arc::new(Source { name, text: text.into(), starting_line, originals: OnceLock::new(), lines: OnceLock::new() })
    }

    /// Records where the text came from: `(byte offset, range)` ascending; `None` for "no original". Only the first
    /// call counts.
    pub fn set_originals(&self, originals: Vec<(usize, Option<SourceRange>)>) {
        let originals = Originals { table: OnceLock::from(originals), read: Box::new(Vec::new) };
        let _ = self.originals.set(originals);
    }

    /// As [`set_originals`](Self::set_originals), but `read` is called only when a position is first asked for.
    pub fn set_originals_lazily(&self, read: Box<dyn Fn() -> Vec<(usize, Option<SourceRange>)> + Send + Sync>) {
        let _ = self.originals.set(Originals { table: OnceLock::new(), read });
    }

    fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let starts = self.text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i as u32 + 1);
            std::iter::once(0).chain(starts).collect()
        })
    }

    /// Zero-based line and byte column of a byte offset; offsets past the end give the last position.
    pub fn line_col(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let starts = self.line_starts();
        let line = starts.partition_point(|s| *s as usize <= offset) - 1;
        (line, offset - starts[line] as usize)
    }

    /// A line without its newline; empty when there is none.
    fn line(&self, index: usize) -> &str {
        let starts = self.line_starts();
        let Some(start) = starts.get(index) else { return "" };
        let end = starts.get(index + 1).map_or(self.text.len(), |s| *s as usize - 1);
        self.text.get(*start as usize..end).unwrap_or("")
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({})", self.name.as_deref().unwrap_or("<string>"))
    }
}

/// A half-open byte range of a [`Source`].
#[derive(Clone)]
pub struct SourceRange {
    pub source: Arc<Source>,
    pub start: u32,
    pub end: u32,
}

impl SourceRange {
    pub fn new(source: Arc<Source>, start: usize, end: usize) -> Self {
        SourceRange { source, start: start as u32, end: end as u32 }
    }

    /// The same place in the code that the model's author wrote, where the archive tells.
    pub fn original(&self) -> Option<SourceRange> {
        let originals = self.source.originals.get()?;
        let table = originals.table.get_or_init(|| (originals.read)());
        let after = table.partition_point(|(offset, _)| *offset <= self.start as usize);
        table.get(after.checked_sub(1)?)?.1.clone()
    }

    /// The file name as tracebacks print it.
    pub fn file(&self) -> &str {
        self.source.name.as_deref().unwrap_or("<string>")
    }

    /// One-based line number in the file.
    pub fn line(&self) -> usize {
        self.source.line_col(self.start as usize).0 + 1 + self.source.starting_line
    }

    /// Zero-based byte column.
    pub fn column(&self) -> usize {
        self.source.line_col(self.start as usize).1
    }

    /// The text of the range.
    pub fn text(&self) -> &str {
        self.source.text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// One traceback entry: file, line, function, and the excerpt.
    pub fn write_frame(&self, f: &mut dyn fmt::Write, function: &str) -> fmt::Result {
        if self.source.name.is_none() && self.source.starting_line == 0 && function.is_empty() {
            writeln!(f, "  File \"<string>\", line {}", self.line())?;
        } else if function.is_empty() {
            writeln!(f, "  File \"{}\", line {}", self.file(), self.line())?;
        } else {
            writeln!(f, "  File \"{}\", line {}, in {function}", self.file(), self.line())?;
        }
        self.write_excerpt(f)
    }

    /// Up to two lines before, the highlighted lines with `~~~ <--- HERE` under each (no marks for an
    /// empty range), up to two lines after.
    ///
    /// Traced code keeps its Python stack as the "source": a range that covers all of it prints as it is.
    pub fn write_excerpt(&self, f: &mut dyn fmt::Write) -> fmt::Result {
        const CONTEXT: usize = 2;
        let source = &self.source;
        if self.start == 0 && self.end as usize >= source.text.len() {
            f.write_str(&source.text)?;
            return if source.text.ends_with('\n') { Ok(()) } else { f.write_char('\n') };
        }
        let (first, first_col) = source.line_col(self.start as usize);
        let end = (self.end as usize).max(self.start as usize + 1);
        let (last, _) = source.line_col(end.saturating_sub(1));
        let total = source.line_starts().len();
        for index in first.saturating_sub(CONTEXT)..first {
            writeln!(f, "{}", source.line(index))?;
        }
        for index in first..=last {
            let line = source.line(index);
            if index + 1 == total && line.is_empty() {
                break;
            }
            writeln!(f, "{line}")?;
            let line_start = source.line_starts()[index] as usize;
            let indent = line.len() - line.trim_start_matches(' ').len();
            let from = if index == first { first_col } else { indent };
            let to = line.len().min(end.saturating_sub(line_start)).max(from);
            let here = if index == last { " <--- HERE" } else { "" };
            if self.start < self.end && (to > from || index == last) {
                writeln!(f, "{}{}{here}", " ".repeat(from), "~".repeat(to - from))?;
            }
        }
        for index in last + 1..(last + 1 + CONTEXT).min(total) {
            let line = source.line(index);
            let is_last = index + 1 == total || index == last + CONTEXT;
            if is_last && line.is_empty() {
                break;
            }
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

/// `file:line:column`, the original place where it is known: the form graphs print.
impl fmt::Display for SourceRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file(), self.line(), self.column())
    }
}

impl fmt::Debug for SourceRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
