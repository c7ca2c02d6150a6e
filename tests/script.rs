//! The language against PyTorch: expressions and programs with what PyTorch prints and how it fails.
//!
//! `tests/script/write.py` writes the cases from the pieces of code in `programs.py`. What is meant to differ stands in
//! `tests/script/differences.txt`, with its reason. `ONLY=word` runs the cases whose code has the word.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use sconce::base::{set_output, Source};
use sconce::frontend::CompilationUnit;
use sconce::value::{save_value, set_save_handler};
use sconce::{Error, ErrorKind, Result};

/// What came out, and what PyTorch's answer is.
struct Outcome {
    /// The statements before an expression; none of a program.
    setup: String,
    code: String,
    got: String,
    expected: String,
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/script");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("readable");
    let only = std::env::var("ONLY").unwrap_or_default();
    let mut outcomes = expressions(&read("expressions.cases"), &only);
    outcomes.extend(expressions(&read("rows_expressions.cases"), &only));
    outcomes.extend(programs(&read("programs.cases"), &only));
    outcomes.extend(programs(&read("rows_programs.cases"), &only));
    let text = read("differences.txt");
    let mut known: BTreeMap<&str, bool> =
        text.lines().filter_map(|line| line.split_once(": ")).map(|(_, code)| (code, false)).collect();
    let total = outcomes.len();
    let mut failures = Vec::new();
    for Outcome { setup, code, got, expected } in outcomes {
        let line = code.lines().next().unwrap_or_default();
        // the same code may stand under several statements, and differ under some
        let narrow = format!("{line} | with {setup}");
        let key = if known.contains_key(&*narrow) { &*narrow } else { line };
        match known.get_mut(key) {
            Some(seen) if got != expected => *seen = true,
            None if got == expected => {}
            Some(_) => failures.push(format!("{code}\n  is listed as a difference and is none under: {setup}")),
            None => failures.push(format!("{narrow}\n  got       {got}\n  expected  {expected}")),
        }
    }
    if only.is_empty() {
        failures.extend(known.iter().filter(|(_, seen)| !**seen).map(|(code, _)| format!("no such case: {code}")));
    }
    assert!(failures.is_empty(), "{} of {total} cases fail:\n{}", failures.len(), failures.join("\n"));
}

/// Tasks run where they are waited for, one within the other, as deep as the stack allows; beyond that it is an error.
#[test]
fn forks_wait_for_each_other() {
    let program = |n: usize| {
        format!(
            "def step(x: Future[int]) -> int:\n    return torch.jit.wait(x) + 1\n\ndef one() -> int:\n    return 1\n\n\
             def f():\n    l = [torch.jit.fork(one)]\n    for i in range({n}):\n        l.append(torch.jit.fork(step, l[-1]))\n    \
             print(torch.jit.wait(l[-1]), torch.jit.wait(l[3]))\n"
        )
    };
    let (printed, error) = run(&program(60));
    assert!(error.is_none() && printed == "61 4\n", "{printed}{error:?}");
    let (printed, error) = run(&program(20_000));
    assert!(printed == "20001 4\n" || error.is_some_and(|e| e.to_string().contains("deep")), "{printed}");
}

/// Tasks run beside each other and beside their caller. Those that write what others see run alone, and so does an operator
/// that writes what a task may hold.
#[test]
fn forks_run_beside_each_other() {
    static MET: (Mutex<i64>, Condvar) = (Mutex::new(0), Condvar::new());
    fn meet(n: i64) -> Result<bool> {
        let mut met = MET.0.lock().unwrap();
        *met += 1;
        MET.1.notify_all();
        let (_met, late) = MET.1.wait_timeout_while(met, Duration::from_secs(20), |met| *met < n).unwrap();
        Ok(!late.timed_out())
    }
    sconce::op::register_operator("forks::meet(int n) -> bool", meet as fn(_) -> _).unwrap();
    for (functions, body, expected) in [
        (
            "def task() -> bool:\n    return torch.ops.forks.meet(2)\n",
            "a, b = torch.jit.fork(task), torch.jit.fork(task)\n    print(torch.jit.wait(a), torch.jit.wait(b))",
            "True True",
        ),
        (
            "def task() -> bool:\n    return torch.ops.forks.meet(4)\n",
            "a = torch.jit.fork(task)\n    y = torch.zeros([2]).add_(1)\n    y.mul_(2)\n    print(torch.ops.forks.meet(4), \
             torch.jit.wait(a))",
            "True True",
        ),
        (
            "def norm(x, m, v):\n    return torch.batch_norm(x, None, None, m, v, True, 0.5, 1e-5, False)\n",
            "m, v = torch.zeros([64]), torch.ones([64])\n    l: List[Future[Tensor]] = []\n    for i in range(40):\n        \
             l.append(torch.jit.fork(norm, torch.full([8, 64], float(i)), m, v))\n    for t in l:\n        \
             torch.jit.wait(t)\n    n, w = torch.zeros([64]), torch.ones([64])\n    for i in range(40):\n        \
             norm(torch.full([8, 64], float(i)), n, w)\n    print(bool((m == n).all()), bool((v == w).all()))",
            "True True",
        ),
        (
            "def look(x):\n    s = 0.\n    for i in range(300):\n        s += float(x.sum())\n    return s\n",
            "x = torch.zeros([3000])\n    y = x.view([30, 100])\n    a = torch.jit.fork(look, x)\n    y.add_(1)\n    \
             print(torch.jit.wait(a), x.sum().item())",
            "0. 3000.",
        ),
    ] {
        let (printed, error) = run(&format!("{functions}\ndef f():\n    {body}\n"));
        assert!(error.is_none() && printed.trim_end() == expected, "{body}: {printed}{error:?}");
    }
}

/// A script can nest values a million deep; what looks at all of a value says so, and what does not works.
#[test]
fn values_nest_as_deep_as_a_script_makes_them() {
    for (step, ends) in [("x = (x,)", ""), ("y: List[Any] = [x]\n        x = y", ""), ("x = (x, x)", "at 60 levels")] {
        let levels = if ends.is_empty() { 300_000 } else { 60 };
        let program = |last: &str| {
            format!("def f():\n    x: Any = 0\n    for i in range({levels}):\n        {step}\n    {last}\n")
        };
        for last in ["print(isinstance(x, int))", "print(isinstance(x, str))", "y = [x]\n    print(len(y) > 1)"] {
            let (printed, error) = run(&program(last));
            assert!(error.is_none() && printed == "False\n", "{step}: {last}: {printed}{error:?}");
        }
        for last in ["print(x)", "print(str(x))", "print('{}'.format(x))"] {
            let (printed, error) = run(&program(last));
            let limit = error.as_ref().is_some_and(|e| e.kind() == ErrorKind::Limit);
            assert!(limit && printed.is_empty(), "{step}: {last}: {error:?}");
        }
        let unit = CompilationUnit::new();
        unit.define(&Source::new(None, program("return x"), 0)).unwrap();
        let value = sconce::exec::call(&unit.function("f").unwrap().unwrap(), Vec::new(), &[]).unwrap();
        // for hosts, what is too deep is cut
        assert!(value.to_string().len() > 60 && format!("{value:?}").len() > 60);
        assert!(value.ty().annotation().len() > 7 && value.is_equal(&value.clone()).unwrap());
        if ends.is_empty() {
            assert!(value.deep_copy().is_err_and(|e| e.kind() == ErrorKind::Limit));
        }
    }
}

/// Operators that do something beside their results stay, whatever becomes of these.
#[test]
fn what_has_effects_stays() {
    static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());
    fn note(what: Arc<str>) -> Result<()> {
        SEEN.lock().unwrap().push(what.to_string());
        Ok(())
    }
    fn count(what: Arc<str>) -> Result<i64> {
        note(what).map(|()| 1)
    }
    sconce::op::register_operator("effects::note(str what) -> ()", note as fn(_) -> _).unwrap();
    sconce::op::register_operator("effects::count(str what) -> int", count as fn(_) -> _).unwrap();
    let note = "torch.ops.effects.note('a')";
    for (body, times) in [
        (note.into(), 1),
        (format!("return {note}"), 1),
        (format!("x = {note}"), 1),
        (format!("x = {note}\n    return x"), 1),
        (format!("print({note})"), 1),
        ("torch.ops.effects.count('a')".into(), 1),
        ("x = torch.ops.effects.count('a')\n    return 2".into(), 1),
        (format!("for i in range(3):\n        {note}"), 3),
        (format!("for i in range(3):\n        x = {note}\n    return 1"), 3),
        (format!("if 2 > 1:\n        {note}\n    else:\n        return None"), 1),
    ] {
        SEEN.lock().unwrap().clear();
        let (_, error) = run(&format!("def f():\n    {body}\n"));
        assert!(error.is_none(), "{body}: {error:?}");
        assert_eq!(SEEN.lock().unwrap().len(), times, "{body}");
    }
    // the statistics are written, unless the operator says that it does not train
    let program = |training: &str| {
        format!(
            "def f():\n    m = torch.zeros([2])\n    x = torch.ones([3, 2])\n    \
             torch.batch_norm(x, None, None, m, torch.ones([2]), {training}, 0.5, 0.1, False)\n    print(m.sum().item())\n"
        )
    };
    assert_eq!(run(&program("True")).0, "1.\n");
    assert_eq!(run(&program("False")).0, "0.\n");
}

#[test]
fn scripts_save_where_the_host_lets_them() {
    let code = "def f():\n    x = torch.ones([2])\n    torch.save((x, x.view([2, 1]), [1, 2]), '../up/x.pt')\n";
    let (_, error) = run(code);
    assert!(error.is_some_and(|e| e.to_string().contains("aten::save to '../up/x.pt': scripts may not write files")));

    let folder = std::env::temp_dir().join(format!("sconce-script-save-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let place = folder.clone();
    set_save_handler(Some(Arc::new(move |value, name| {
        save_value(value, place.join(Path::new(name).file_name().unwrap_or_default()))
    })));
    let (_, error) = run(code);
    assert!(error.is_none(), "{error:?}");
    let saved = sconce::module::load_value(folder.join("x.pt")).unwrap().to_tuple().unwrap();
    let tensor = |i: usize| saved.elements[i].to_tensor().unwrap();
    assert!(tensor(0).shares_storage(&tensor(1)) && tensor(1).sizes() == [2, 1]);

    std::fs::remove_dir_all(folder).unwrap();
    let (_, error) = run(code);
    assert!(error.is_some_and(|e| e.to_string().contains("aten::save to '../up/x.pt'")));
}

/// Lines `expression => what print writes` or `expression =>! message`, under a line `with statements`.
fn expressions(text: &str, only: &str) -> Vec<Outcome> {
    let mut setup = "";
    let mut outcomes = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if line.starts_with("# ") {
            setup = "";
        } else if let Some(statements) = line.strip_prefix("with ").filter(|_| !line.contains(" =>")) {
            setup = statements;
        } else if let Some((expression, expected)) = line.split_once(" =>").filter(|_| line.contains(only)) {
            let body: String = setup.split(';').map(|s| format!("    {}\n", s.trim())).collect();
            let (printed, error) = run(&format!("def f():\n{body}    print({expression})\n"));
            let got = match error {
                None => format!(" {}", printed.trim_end_matches('\n').replace('\n', "\\n")),
                Some(error) => format!("! {}", message(&error)),
            };
            outcomes.push(Outcome { setup: setup.into(), code: expression.into(), got, expected: expected.into() });
        }
    }
    outcomes
}

/// Programs, what they print, and the whole text of the error that ends them.
fn programs(text: &str, only: &str) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for case in text.split("=== ").filter(|case| !case.is_empty() && case.contains(only)) {
        let (head, answer) = case.split_once("--- prints\n").expect("the answer");
        let (title, source) = head.split_once('\n').expect("the program");
        let (printed, error) = run(source);
        let failed = error.map(|e| format!("--- fails\n{}\n", e.to_string().trim_end_matches('\n')));
        let got = without_variants(&format!("{printed}{}", failed.unwrap_or_default()));
        outcomes.push(Outcome {
            setup: String::new(),
            code: format!("{title}\n{source}"),
            got,
            expected: without_variants(answer),
        });
    }
    outcomes
}

/// PyTorch lists an operator's overloads in an order of its own, those that Sconce does not have among them.
fn without_variants(text: &str) -> String {
    match (text.split_once("The following variants are available:\n"), text.split_once("The original call is:\n")) {
        (Some((before, _)), Some((_, after))) => format!("{before}…\n{after}"),
        _ => text.into(),
    }
}

/// What `f()` prints, and the error it ends with. A panic is a failure of the test.
fn run(source: &str) -> (String, Option<Error>) {
    // where scripts print to is one for the process
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _alone = ONE_AT_A_TIME.lock();
    let printed = Arc::new(Mutex::new(String::new()));
    let sink = printed.clone();
    set_output(Some(Arc::new(move |text: &str| sink.lock().expect("no panic").push_str(text))));
    let call = || -> Result<()> {
        let unit = CompilationUnit::new();
        unit.define(&Source::new(None, source, 0))?;
        let f = unit.function("f")?.ok_or_else(|| Error::internal("no f"))?;
        sconce::exec::call(&f, Vec::new(), &[]).map(drop)
    };
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(call));
    set_output(None);
    let error = outcome.unwrap_or_else(|_| Err(Error::internal(format!("a panic in\n{source}")))).err();
    let printed = printed.lock().expect("no panic").clone();
    (printed, error)
}

/// The message: of a failure while running the last line, of one while compiling the first.
fn message(error: &Error) -> String {
    let text = error.to_string();
    let lines: Vec<&str> = text.trim().lines().collect();
    let line = if text.starts_with("The following operation failed") { lines.last() } else { lines.first() };
    let internal = if error.kind() == ErrorKind::Internal { "INTERNAL " } else { "" };
    format!("{internal}{}", line.unwrap_or(&""))
}
