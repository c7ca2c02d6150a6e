//! `*.debug_pkl`: the way from serialized code back to what its author wrote.

use std::collections::HashMap;
use std::sync::Arc;

use super::{NodeId, Pickle};
use crate::base::{Source, SourceRange};
use crate::{Error, Result};

/// Byte offsets in the serialized code with the original place of what starts there, ascending; `None` where there is
/// no original. Ready for [`Source::set_originals`].
///
/// Both forms are read: sources as texts of their own, and as lists of lines in a table of strings.
pub fn parse_debug(pickle: &Pickle) -> Result<Vec<(usize, Option<SourceRange>)>> {
    let mut table = Table { pickle, texts: None, by_node: HashMap::new(), by_lines: HashMap::new(), size: 0 };
    let root = table.tuple(pickle.root())?;
    let records = match root {
        [form, texts, records] if pickle.str(*form) == Some(WITH_STRING_TABLE) => {
            table.texts = Some(table.tuple(*texts)?);
            table.tuple(*records)?
        }
        records => records,
    };
    let mut ranges = Vec::with_capacity(records.len());
    for record in records {
        let [offset, range, ..] = table.tuple(*record)? else { return Err(table.error(*record)) };
        let offset = pickle.size(*offset).ok_or_else(|| table.error(*offset))?;
        ranges.push((offset, table.range(*range)?));
    }
    // Writers go through the code once, so this is a formality.
    ranges.sort_by_key(|(offset, _)| *offset);
    Ok(ranges)
}

const WITH_STRING_TABLE: &str = "FORMAT_WITH_STRING_TABLE";

struct Table<'a> {
    pickle: &'a Pickle,
    /// The string table, in the form that has one.
    texts: Option<&'a [NodeId]>,
    by_node: HashMap<NodeId, Option<Arc<Source>>>,
    by_lines: HashMap<Lines<'a>, Arc<Source>>,
    /// Total length of the texts that were put together.
    size: usize,
}

/// Indices of lines, file name, starting line.
type Lines<'a> = (Vec<usize>, Option<&'a str>, usize);

impl<'a> Table<'a> {
    fn range(&mut self, id: NodeId) -> Result<Option<SourceRange>> {
        let [source, start, end] = self.tuple(id)? else { return Err(self.error(id)) };
        let Some(text) = self.source(*source)? else { return Ok(None) };
        let [start, end] = [start, end].map(|offset| self.pickle.size(*offset).map(|n| n.min(text.text.len())));
        let (Some(start), Some(end)) = (start, end) else { return Err(self.error(id)) };
        Ok(Some(SourceRange::new(text, start, end.max(start))))
    }

    fn source(&mut self, id: NodeId) -> Result<Option<Arc<Source>>> {
        if let Some(source) = self.by_node.get(&id) {
            return Ok(source.clone());
        }
        let [text, file, line] = self.tuple(id)? else { return Err(self.error(id)) };
        let line = self.pickle.size(*line).filter(|line| *line <= u32::MAX as usize).ok_or_else(|| self.error(id))?;
        let source = match self.texts {
            None => {
                let text = self.pickle.str(*text).ok_or_else(|| self.error(id))?;
                let file = self.pickle.str(*file).filter(|file| !file.is_empty());
                self.grow(text.len())?;
                (!text.is_empty()).then(|| Source::new(file.map(str::to_owned), text, line))
            }
            Some(_) => {
                let file = self.text(*file)?;
                let lines = self.ints(*text)?;
                self.source_of_lines(lines, Some(file).filter(|file| !file.is_empty()), line)?
            }
        };
        self.by_node.insert(id, source.clone());
        Ok(source)
    }

    fn source_of_lines(&mut self, lines: &[NodeId], file: Option<&'a str>, line: usize) -> Result<Option<Arc<Source>>> {
        let pickle = self.pickle;
        let indices: Option<Vec<usize>> = lines.iter().map(|index| pickle.size(*index)).collect();
        let Some(indices) = indices else { return Err(self.error(pickle.root())) };
        let key = (indices, file, line);
        if let Some(source) = self.by_lines.get(&key) {
            return Ok(Some(source.clone()));
        }
        let mut text = String::new();
        for index in lines {
            let piece = self.text(*index)?;
            self.grow(piece.len())?;
            text.push_str(piece);
        }
        if text.is_empty() {
            return Ok(None);
        }
        let source = Source::new(file.map(str::to_owned), text, line);
        self.by_lines.insert(key, source.clone());
        Ok(Some(source))
    }

    /// The string that an index into the table stands for.
    fn text(&self, index: NodeId) -> Result<&'a str> {
        let text = || self.pickle.str(*self.texts?.get(self.pickle.size(index)?)?);
        text().ok_or_else(|| self.error(index))
    }

    /// A list of integers, bare or as `build_intlist([…])`.
    fn ints(&self, id: NodeId) -> Result<&'a [NodeId]> {
        let list = match self.pickle.call(id) {
            Some((name, [list])) if name.is("torch.jit._pickle", "build_intlist") => *list,
            _ => id,
        };
        self.tuple(list)
    }

    fn tuple(&self, id: NodeId) -> Result<&'a [NodeId]> {
        self.pickle.sequence(id).ok_or_else(|| self.error(id))
    }

    fn grow(&mut self, by: usize) -> Result<()> {
        self.size += by;
        if self.size > MAX_TEXT {
            let text = format!("{}: original sources of more than {MAX_TEXT} bytes", self.pickle.name());
            return Err(Error::limit(text));
        }
        Ok(())
    }

    fn error(&self, id: NodeId) -> Error {
        self.pickle.error(id, "not a table of source ranges")
    }
}

/// A table of strings can be referred to over and over; this bounds what comes out.
const MAX_TEXT: usize = 256 << 20;

#[cfg(test)]
mod tests {
    use super::super::PickleWriter;
    use super::*;

    type Row = (usize, Option<(String, usize, String)>);

    fn rows(data: &[u8]) -> Result<Vec<Row>> {
        let ranges = parse_debug(&Pickle::parse(data, "x.debug_pkl")?)?;
        let place = |range: SourceRange| (range.file().to_owned(), range.line(), range.text().to_owned());
        Ok(ranges.into_iter().map(|(offset, range)| (offset, range.map(place))).collect())
    }

    /// `(offset, (source, start, end), -1)` with the source written by `source`.
    fn record(w: &mut PickleWriter, offset: i64, source: &dyn Fn(&mut PickleWriter), [start, end]: [i64; 2]) {
        w.int(offset);
        source(w);
        w.int(start);
        w.int(end);
        w.short_tuple(3);
        w.int(-1);
        w.short_tuple(3);
    }

    fn old_source(w: &mut PickleWriter, text: &str, file: Option<&str>, line: i64) {
        w.string(text);
        match file {
            Some(file) => w.string(file),
            None => w.none(),
        }
        w.int(line);
        w.short_tuple(3);
    }

    fn new_source(w: &mut PickleWriter, lines: &[i64], file: i64, line: i64) {
        w.global("torch.jit._pickle", "build_intlist");
        w.mark();
        w.empty_list();
        w.mark();
        lines.iter().for_each(|line| w.int(*line));
        w.appends();
        w.tuple();
        w.reduce();
        w.int(file);
        w.int(line);
        w.short_tuple(3);
    }

    fn expected() -> Vec<Row> {
        let row = |file: &str, line, text: &str| Some((file.to_owned(), line, text.to_owned()));
        vec![(0, None), (3, row("a.py", 12, "y = 2")), (9, row("<string>", 1, "x"))]
    }

    #[test]
    fn texts_of_their_own() {
        let mut w = PickleWriter::new();
        w.mark();
        record(&mut w, 0, &|w| old_source(w, "", None, 0), [0, 0]);
        record(&mut w, 3, &|w| old_source(w, "x = 1\ny = 2\n", Some("a.py"), 10), [6, 11]);
        record(&mut w, 9, &|w| old_source(w, "x = 1\n", None, 0), [0, 1]);
        w.tuple();
        assert_eq!(rows(&w.finish()).unwrap(), expected());
    }

    fn with_table(records: &dyn Fn(&mut PickleWriter)) -> Vec<u8> {
        let mut w = PickleWriter::new();
        w.string(WITH_STRING_TABLE);
        w.mark();
        ["", "x = 1\n", "y = 2\n", "a.py"].iter().for_each(|text| w.string(text));
        w.tuple();
        w.mark();
        records(&mut w);
        w.tuple();
        w.short_tuple(3);
        w.finish()
    }

    #[test]
    fn lines_in_a_table_of_strings() {
        let data = with_table(&|w| {
            record(w, 0, &|w| new_source(w, &[], 0, 0), [0, 0]);
            record(w, 3, &|w| new_source(w, &[1, 2, 0], 3, 10), [6, 11]);
            record(w, 9, &|w| new_source(w, &[1], 0, 0), [0, 1]);
        });
        assert_eq!(rows(&data).unwrap(), expected());
    }

    #[test]
    fn damaged_tables_are_errors() {
        let bad_index = with_table(&|w| record(w, 0, &|w| new_source(w, &[4], 0, 0), [0, 0]));
        let bad_file = with_table(&|w| record(w, 0, &|w| new_source(w, &[1], 9, 0), [0, 0]));
        let bad_line = with_table(&|w| record(w, 0, &|w| new_source(w, &[1], 0, -1), [0, 0]));
        let bad_offset = with_table(&|w| record(w, -1, &|w| new_source(w, &[1], 0, 0), [0, 0]));
        for data in [bad_index, bad_file, bad_line, bad_offset, b"\x80\x02N.".to_vec(), b"\x80\x02N\x85.".to_vec()] {
            assert!(rows(&data).unwrap_err().message().ends_with("not a table of source ranges"));
        }
        let outside = with_table(&|w| record(w, 0, &|w| new_source(w, &[1], 0, 0), [5, 99999]));
        assert_eq!(rows(&outside).unwrap()[0].1.as_ref().unwrap().2, "\n");
    }
}
