//! Files that are checked in but generated: they must be what the generators make now. `BLESS=1` rewrites them.

#[path = "generated/dtypes.rs"]
mod dtypes;
#[path = "generated/operators.rs"]
mod operators;
#[path = "generated/table.rs"]
mod table;

use std::fs;
use std::path::PathBuf;

/// The repository.
fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Compares a file with what it should be, or writes it.
fn check(path: &str, expected: &str) {
    let file = root().join(path);
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
    let mut schemas = Vec::new();
    for operator in sconce::op::registry().all() {
        let Some((entry, exact)) = operator.entry() else { continue };
        let head = entry.schema.split('(').next().unwrap_or_default();
        if exact {
            schemas.push(entry.schema.to_string());
        } else if operator.qualified() != head && operator.name.ends_with('_') {
            // `aten::relu(Tensor self)` → `aten::relu_(Tensor(a!) self)`
            let (name, rest) = head.split_once('.').map_or((head, ""), |(name, overload)| (name, overload));
            let dot = if rest.is_empty() { "" } else { "." };
            let tail = entry.schema[head.len()..].replacen("Tensor self", "Tensor(a!) self", 1);
            schemas.push(format!("{name}_{dot}{rest}{tail}"));
        }
    }
    for (path, text) in operators::headers(&schemas) {
        check(&format!("include/{path}"), &text);
    }
}

#[test]
fn operator_table() {
    let cases = fs::read_dir(root().join("tests/op")).expect("tests/op").flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = cases.filter(|path| path.extension().is_some_and(|e| e == "cases")).collect();
    files.sort();
    let text: String = files.iter().map(|path| fs::read_to_string(path).expect("readable")).collect();
    check("docs/operators.md", &table::page(&text));
}

#[test]
fn cxx_glue() {
    let source = fs::read_to_string(root().join("src/bridge/mod.rs")).expect("the bridge");
    let tokens = source.parse().expect("the bridge parses");
    let mut options = cxx_gen::Opt::default();
    options.include.push(cxx_gen::Include { path: "cxx.h".into(), kind: cxx_gen::IncludeKind::Quoted });
    let glue = cxx_gen::generate_header_and_cc(tokens, &options).expect("the bridge is valid");
    let header = String::from_utf8(glue.header).expect("text");
    let implementation = String::from_utf8(glue.implementation).expect("text");
    check("src/bridge/generated/bridge.h", &format!("{GENERATED}{header}"));
    check("src/bridge/generated/bridge.cc", &format!("{GENERATED}{implementation}"));
    check("src/bridge/generated/cxx.h", cxx_gen::HEADER);
}

const GENERATED: &str = "// Generated from src/bridge/mod.rs; rewrite with `make bless`.\n";

#[test]
fn c_header() {
    let capi = root().join("src/capi");
    // it follows the modules
    let builder = cbindgen::Builder::new()
        .with_config(cbindgen::Config::from_file(capi.join("cbindgen.toml")).expect("the configuration"))
        .with_src(capi.join("mod.rs"));
    let mut header = Vec::new();
    builder.generate().expect("the header").write(&mut header);
    check("include/sconce.h", &String::from_utf8(header).expect("text"));
}
