//! The command line: what each command prints. `tests/cli/NAME.txt` is its output on standard output, then on standard
//! error after a line `stderr:`, then its exit status. `BLESS=1` writes the files.

use std::path::Path;
use std::process::Command;

/// Name, arguments. `OUT` stands for a file in a fresh folder.
const COMMANDS: &[(&str, &str)] = &[
    ("help", "--help"),
    ("info", "info tests/fixtures/small_cnn.pt"),
    ("info_no_archive", "info README.md"),
    ("info_no_file", "info nothere.pt"),
    ("code", "code tests/fixtures/decision_gate.pt"),
    ("code_method", "code tests/fixtures/tutorial_wrap.pt --method forward"),
    ("code_no_method", "code tests/fixtures/tutorial_wrap.pt --method backward"),
    ("graph", "graph tests/fixtures/tutorial_wrap.pt"),
    ("graph_inlined", "graph tests/fixtures/tutorial_wrap.pt --inlined"),
    ("run", "run tests/fixtures/decision_gate.pt --input f32[2,3]=2"),
    ("run_plain_values", "run tests/fixtures/arithmetic.pt --input 7 --input 2 --input 0.5"),
    ("run_recorded", "run tests/fixtures/small_cnn.pt --inputs tests/fixtures/small_cnn.io.pt"),
    ("run_out", "run tests/fixtures/decision_gate.pt --input f32[2,3]=2 --out OUT"),
    ("run_out_nowhere", "run tests/fixtures/decision_gate.pt --input f32[2,3]=2 --out nowhere/out.pt"),
    ("run_no_argument", "run tests/fixtures/decision_gate.pt"),
    ("run_bad_input", "run tests/fixtures/decision_gate.pt --input f32[2,3]"),
    ("run_bad_dtype", "run tests/fixtures/decision_gate.pt --input f23[2,3]=rand"),
    ("run_bad_size", "run tests/fixtures/decision_gate.pt --input f32[2,-3]=rand"),
    ("run_huge", "run tests/fixtures/decision_gate.pt --input f32[1000000000,1000000000000]=1"),
    ("run_raises", "run tests/fixtures/raise_value_error.pt --inputs tests/fixtures/raise_value_error.io.pt"),
    ("verify_one", "verify tests/fixtures/decision_gate.pt"),
    ("verify_nothing", "verify src"),
];

#[test]
fn commands_print_what_they_did() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for (name, arguments) in COMMANDS {
        let out = folder.join(format!("{name}.pt")).display().to_string();
        let arguments = arguments.split(' ').map(|a| if a == "OUT" { &out } else { a });
        let ran =
            Command::new(env!("CARGO_BIN_EXE_sconce")).args(arguments).current_dir(root).output().expect("sconce");
        let text = format!(
            "{}stderr:\n{}status: {}\n",
            String::from_utf8_lossy(&ran.stdout),
            String::from_utf8_lossy(&ran.stderr),
            ran.status.code().unwrap_or(-1)
        );
        let text = text.replace(&out, "OUT");
        let path = root.join(format!("tests/cli/{name}.txt"));
        if bless {
            std::fs::write(&path, &text).expect("writable");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if text != expected {
            wrong.push(format!("==== {name}: expected\n{expected}---- found\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
