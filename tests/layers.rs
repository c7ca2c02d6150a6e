//! The shape of the house: a layer uses only lower ones, and unsafe code stays in the few places that may have it.
//!
//! Reads the sources as text. What stands after `#[cfg(test)]`, and files named `tests.rs`, may use any layer.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers, lowest first; those of one line do not use each other, but for [`SIDEWAYS`].
const LEVELS: &[&[&str]] = &[
    &["error", "base"],
    &["tensor", "archive"],
    &["value", "kernel"],
    &["schema", "ir"],
    &["op"],
    &["frontend", "analysis"],
    &["pass"],
    &["exec", "onnx", "viz"],
    &["module"],
    &["capi", "bridge"],
];

/// Uses within a level, each in one direction (the two lowest, errors and what they point at, are one).
const SIDEWAYS: &[(&str, &str)] = &[("error", "base"), ("base", "error"), ("ir", "schema")];

/// Where unsafe code may stand: raw tensor memory, SIMD, the thread pool, the mapped file, the foreign interfaces, and the
/// declaration of what memory that somebody else owns must promise.
const UNSAFE: &[&str] = &[
    "src/base/region.rs",
    "src/tensor/",
    "src/kernel/simd/",
    "src/base/threads.rs",
    "src/archive/source.rs",
    "src/capi/",
    "src/bridge/",
];

#[test]
fn a_layer_uses_only_lower_ones() {
    let mut wrong = Vec::new();
    for source in Source::all() {
        let Some(layer) = source.layer() else { continue };
        for (line, text) in source.code() {
            for used in layers_used(&source.statement(line, &text)) {
                if !may_use(&layer, used) {
                    wrong.push(format!("{}:{line}: {layer} uses {used}", source.path));
                }
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn unsafe_code_stays_where_it_may_be_and_says_why() {
    let mut wrong = Vec::new();
    for source in Source::all() {
        for (line, text) in source.code() {
            // some schemas have an argument of this name
            if !words(&text.replace("bool unsafe=", "")).any(|word| word == "unsafe") {
                continue;
            }
            if !UNSAFE.iter().any(|place| source.path.starts_with(place)) {
                wrong.push(format!("{}:{line}: unsafe code outside its places", source.path));
            } else if (text.contains("unsafe {") || text.contains("unsafe impl")) && !source.has_safety_note(line) {
                wrong.push(format!("{}:{line}: no `// SAFETY` line", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_folder_of_the_sources_is_a_layer() {
    let known = |name: &str| name == "bin" || level(name).is_some();
    let unknown: Vec<_> = fs::read_dir("src")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() && !known(path.file_name().unwrap().to_str().unwrap()))
        .collect();
    assert!(unknown.is_empty(), "not in tests/layers.rs: {unknown:?}");
}

#[test]
fn the_scanner_reads_uses() {
    let cases: &[(&str, &[&str])] = &[
        ("use crate::tensor::Tensor;", &["tensor"]),
        ("use crate::{base::DType, ir::{Graph, Node}, Error};", &["base", "ir"]),
        ("let x = crate::exec::run(crate::op::table());", &["exec", "op"]),
        ("pub(crate) use crate::Error;", &[]),
        ("use super::tensor;", &[]),
        ("$crate::bail!(\"x\")", &[]),
    ];
    for (code, expected) in cases {
        assert_eq!(layers_used(code), *expected, "{code}");
    }
}

fn level(layer: &str) -> Option<usize> {
    LEVELS.iter().position(|names| names.contains(&layer))
}

fn may_use(layer: &str, used: &str) -> bool {
    layer == used || level(used) < level(layer) || SIDEWAYS.contains(&(layer, used))
}

/// The layers that a piece of code names: `crate::LAYER`, and the first names in `crate::{…}`.
fn layers_used(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => found.extend(words(rest).next()),
            Some(group) => {
                let mut depth = 0;
                let mut start = Some(0);
                for (i, c) in group.char_indices() {
                    if let (0, Some(from)) = (depth, start) {
                        if !(c.is_alphanumeric() || c == '_' || c.is_whitespace() && group[from..i].trim().is_empty()) {
                            found.push(group[from..i].trim());
                            start = None;
                        }
                    }
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = Some(i + 1),
                        _ => {}
                    }
                }
            }
        }
    }
    found.retain(|name| level(name).is_some());
    found
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// One file of `src`.
struct Source {
    /// From the package's root, with forward slashes.
    path: String,
    lines: Vec<String>,
}

impl Source {
    fn all() -> Vec<Source> {
        let mut files = Vec::new();
        collect(Path::new("src"), &mut files);
        files
            .into_iter()
            .map(|path| Source {
                lines: fs::read_to_string(&path).unwrap().lines().map(String::from).collect(),
                path: path.to_str().unwrap().replace('\\', "/"),
            })
            .collect()
    }

    /// The layer it belongs to; none for the crate's root and the programs.
    fn layer(&self) -> Option<String> {
        let first = self.path.strip_prefix("src/")?.split('/').next()?;
        let name = first.strip_suffix(".rs").unwrap_or(first);
        level(name).map(|_| name.to_string())
    }

    /// Its lines that are code and not tests, without comments and texts, numbered from 1.
    fn code(&self) -> impl Iterator<Item = (usize, String)> + '_ {
        let tests = self.path.ends_with("/tests.rs");
        self.lines
            .iter()
            .take_while(move |line| !tests && line.trim() != "#[cfg(test)]")
            .enumerate()
            .map(|(i, line)| (i + 1, without_comments_and_texts(line)))
    }

    /// `text`, and, where it starts a `use crate::{` that goes on, the lines up to its end.
    fn statement(&self, line: usize, text: &str) -> String {
        let mut statement = text.to_string();
        if statement.contains("use crate::{") {
            for next in &self.lines[line..] {
                if statement.contains(';') {
                    break;
                }
                statement.push_str(&without_comments_and_texts(next));
            }
        }
        statement
    }

    /// Whether a `// SAFETY` comment stands on the line or in the few above it: one may cover several blocks.
    fn has_safety_note(&self, line: usize) -> bool {
        self.lines[line.saturating_sub(12)..line].iter().any(|text| text.contains("// SAFETY"))
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
}

/// Good enough for layers: texts that span lines are taken as code.
fn without_comments_and_texts(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted => drop(chars.next()),
            '"' => quoted = !quoted,
            '\'' if !quoted && chars.peek() == Some(&'"') => drop(chars.next()),
            '/' if !quoted && chars.peek() == Some(&'/') => break,
            _ if quoted => {}
            _ => out.push(c),
        }
    }
    out
}
