//! Files that are checked in but generated: they must be what the generators make now. `BLESS=1` rewrites them.

#[path = "generate/operators.rs"]
mod operators;

use std::fs;
use std::path::PathBuf;

/// Compares a file with what it should be, or writes it.
fn check(path: &str, expected: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(file.parent().expect("a file in a folder")).expect("folder can be made");
        return fs::write(&file, expected).expect("file can be written");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    let line = found.lines().zip(expected.lines()).position(|(a, b)| a != b).map_or(0, |i| i + 1);
    assert!(found == expected, "{path} is out of date (first at line {line}): rewrite it with `make bless`");
}

#[test]
fn operator_headers() {
    let schemas: Vec<String> = fs::read_to_string("/work/shared/conformance/all_schemas_2.5.1.txt").unwrap().lines().map(str::to_string).collect();
    for (path, text) in operators::headers(&schemas) {
        check(&format!("include/{path}"), &text);
    }
}
