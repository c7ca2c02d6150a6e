//! What `docs/compatibility.md` and `docs/language.md` say to work is shown by tests that exist and say the same.
//!
//! A table whose last column is `shown by` is held to that. Its column before says, in its first word, how the row stands:
//! `yes`, `refused` (an error that names the thing, as wanted), `differs` (from PyTorch, on purpose) or `no`. The last
//! column names what shows it, each name between backticks:
//!
//! | name | is |
//! | --- | --- |
//! | `formats/version3_div` | a file below `tests/fixtures`; one with recorded results must not stand in `gaps.txt` |
//! | `tests/formats.rs: a_package_of_several_modules` | a test, by the path of its file |
//! | `tests/c/api.c: readers` | a function of a C or C++ test |
//! | `tests/CMakeLists.txt: library.exports` | a test of CMake's |
//! | `rows_programs.cases: tokens: walrus` | a program of `tests/script`, by its title |
//! | `rows_expressions.cases: tokens: words` | a group of expressions, by its title, or one expression |
//! | `pool.cases: aten::max_pool2d` | the calls of an operator in `tests/op` |
//!
//! A row that says `yes` or `refused` may not name a script's case that `tests/script/differences.txt` lists; one that says
//! `differs` must name such a case, if it names any.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const DOCUMENTS: [&str; 2] = ["docs/compatibility.md", "docs/language.md"];

struct Row {
    document: &'static str,
    line: usize,
    what: String,
    status: String,
    evidence: Vec<String>,
}

#[test]
fn rows_name_what_shows_them() {
    let rows: Vec<Row> = DOCUMENTS.iter().flat_map(|document| rows(&read(&root().join(document)), document)).collect();
    assert!(rows.len() > 150, "{} rows", rows.len());
    let differences = differences();
    let gaps = read(&root().join("tests/fixtures/gaps.txt"));
    let mut wrong = Vec::new();
    for row in &rows {
        let mut complain = |text: String| wrong.push(format!("{}:{}: {}: {text}", row.document, row.line, row.what));
        let expected = match row.status.as_str() {
            "yes" | "refused" => true,
            "differs" | "no" => false,
            other => {
                complain(format!("`{other}` is none of yes, refused, differs, no"));
                continue;
            }
        };
        if row.evidence.is_empty() && row.status != "no" {
            complain("nothing shows it".into());
        }
        let (mut scripts, mut listed) = (0, 0);
        for name in &row.evidence {
            match find(name) {
                Found::Nothing => complain(format!("there is no `{name}`")),
                Found::Fixture(stem) if expected && gaps.lines().any(|gap| gap == stem) => {
                    complain(format!("`{name}` stands in gaps.txt"))
                }
                Found::Fixture(_) | Found::Test => {}
                Found::Script(cases) => {
                    scripts += 1;
                    let different = cases.iter().find(|(code, setup)| {
                        differences.contains(code) || differences.contains(&format!("{code} | with {setup}"))
                    });
                    listed += usize::from(different.is_some());
                    if let Some((code, _)) = different.filter(|_| expected) {
                        complain(format!("`{name}`: differences.txt lists {code}"));
                    }
                }
            }
        }
        if row.status == "differs" && scripts > 0 && listed == 0 {
            complain("differences.txt lists none of its cases".into());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whoever adds a layout of archives says so in the document.
#[test]
fn every_format_has_its_row() {
    let rows = rows(&read(&root().join("docs/compatibility.md")), "");
    let named: BTreeSet<&str> = rows.iter().flat_map(|row| &row.evidence).map(String::as_str).collect();
    let mut missing = Vec::new();
    for folder in ["formats", "values"] {
        for entry in std::fs::read_dir(root().join("tests/fixtures").join(folder)).expect("a folder") {
            let file = entry.expect("an entry").file_name().to_string_lossy().into_owned();
            let stem = file.strip_suffix(".pt").filter(|stem| !stem.ends_with(".io"));
            missing.extend(stem.map(|stem| format!("{folder}/{stem}")).filter(|name| !named.contains(name.as_str())));
        }
    }
    assert!(missing.is_empty(), "docs/compatibility.md does not name {missing:?}");
}

#[test]
fn tables_are_read() {
    let text = "| what | works? | shown by |\n| --- | --- | --- |\n| `a \\| b` | yes: as there | `x: y`, `z` |\n| c | no | |\n\n\
                | what | |\n| --- | --- |\n| d | e |\n";
    let found: Vec<String> = rows(text, "")
        .iter()
        .map(|row| format!("{} {} {} {:?}", row.line, row.what, row.status, row.evidence))
        .collect();
    assert_eq!(found, ["3 `a | b` yes [\"x: y\", \"z\"]", "4 c no []"]);
    let program = "rows_programs.cases: tokens: walrus";
    assert!(matches!(find(program), Found::Script(cases) if cases == [("tokens: walrus".into(), String::new())]));
    assert!(matches!(find("rows_expressions.cases: 0x1F"), Found::Script(cases) if cases.len() == 1));
    assert!(matches!(find("rows_expressions.cases: tokens: numbers"), Found::Script(cases) if cases.len() > 20));
    assert!(matches!(find("rows_programs.cases: no such program"), Found::Nothing));
    assert!(matches!(find("tests/compatibility.rs: tables_are_read"), Found::Test));
    assert!(matches!(find("tests/compatibility.rs: find"), Found::Nothing));
    assert!(matches!(find("pool.cases: aten::max_pool2d"), Found::Test));
    assert!(matches!(find("pool.cases: aten::max_pool"), Found::Nothing));
    assert!(matches!(find("formats/mobile"), Found::Fixture(_)));
    assert!(matches!(find("formats/none"), Found::Nothing));
}

/// The rows of the tables that name evidence.
fn rows(text: &str, document: &'static str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut wanted = false;
    let mut before = false;
    for (at, line) in text.lines().enumerate() {
        let Some(cells) = line.strip_prefix('|').map(cells) else {
            (wanted, before) = (false, false);
            continue;
        };
        if !before {
            wanted = cells.last().is_some_and(|cell| cell == "shown by");
        } else if wanted && !cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':'))) {
            let [what, .., status, evidence] = &cells[..] else { panic!("line {}: too few cells", at + 1) };
            let status = status.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_owned();
            let evidence = evidence.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            rows.push(Row { document, line: at + 1, what: what.clone(), status, evidence });
        }
        before = true;
    }
    rows
}

/// The cells behind the first bar. A bar within a cell is written `\|`.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim_end().strip_suffix('|').unwrap_or(line).replace("\\|", "\u{1}");
    line.split('|').map(|cell| cell.trim().replace('\u{1}', "|")).collect()
}

enum Found {
    Nothing,
    /// The name that `gaps.txt` would have.
    Fixture(String),
    Test,
    /// Titles of programs, or expressions with the statements before them.
    Script(Vec<(String, String)>),
}

fn find(name: &str) -> Found {
    let Some((file, name)) = name.split_once(": ") else {
        let path = root().join("tests/fixtures").join(format!("{name}.pt"));
        let stem = name.rsplit('/').next().unwrap_or(name);
        return if path.is_file() { Found::Fixture(stem.to_owned()) } else { Found::Nothing };
    };
    let test = |is: bool| if is { Found::Test } else { Found::Nothing };
    if file.ends_with(".rs") {
        let text = read(&root().join(file));
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        return test(lines.windows(2).any(|w| w[0] == "#[test]" && w[1].starts_with(&format!("fn {name}("))));
    }
    if !file.ends_with(".cases") {
        let text = read(&root().join(file));
        let marks = [format!("static void {name}("), format!("add_test(NAME {name} ")];
        return test(marks.iter().any(|mark| text.contains(mark)));
    }
    let operators = root().join("tests/op").join(file);
    if operators.is_file() {
        return test(read(&operators).lines().any(|line| line.split(' ').next() == Some(name)));
    }
    let cases = scripts(&read(&root().join("tests/script").join(file)), name);
    if cases.is_empty() {
        Found::Nothing
    } else {
        Found::Script(cases)
    }
}

/// The program of this title, the expressions of a group of this title, or this expression wherever it stands.
fn scripts(text: &str, name: &str) -> Vec<(String, String)> {
    if text.starts_with("=== ") {
        let known = text.lines().any(|line| line.strip_prefix("=== ") == Some(name));
        return known.then(|| (name.to_owned(), String::new())).into_iter().collect();
    }
    let (mut group, mut setup) = ("", "");
    let (mut of_group, mut of_code) = (Vec::new(), Vec::new());
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("# ") {
            (group, setup) = (title, "");
        } else if let Some(statements) = line.strip_prefix("with ").filter(|_| !line.contains(" =>")) {
            setup = statements;
        } else if let Some((code, _)) = line.split_once(" =>") {
            let case = (code.to_owned(), setup.to_owned());
            if code == name {
                of_code.push(case.clone());
            }
            if group == name {
                of_group.push(case);
            }
        }
    }
    if of_group.is_empty() {
        of_code
    } else {
        of_group
    }
}

/// The cases whose answer is meant to differ, as `tests/script.rs` reads them.
fn differences() -> BTreeSet<String> {
    let text = read(&root().join("tests/script/differences.txt"));
    text.lines().filter_map(|line| line.split_once(": ")).map(|(_, code)| code.to_owned()).collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
