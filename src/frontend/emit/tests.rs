//! Graphs and messages as PyTorch 2.5 makes them of source text.

use std::collections::HashMap;

use crate::base::Source;
use crate::frontend::CompilationUnit;
use crate::ErrorKind;

/// The graph of `f` with its values numbered in the order in which they are printed.
fn graph_of(source: &str) -> String {
    let functions =
        CompilationUnit::new().define(&Source::new(None, source, 0)).unwrap_or_else(|e| panic!("{source}{e}"));
    let f = functions.iter().find(|f| f.name() == "f").expect("a function f");
    let text = format!("{:#}", f.graph().unwrap());
    let mut names: HashMap<&str, usize> = HashMap::new();
    let mut parts = text.trim_end().split('%');
    let mut out = parts.next().unwrap_or("").to_string();
    for part in parts {
        let end = part.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')).unwrap_or(part.len());
        let next = names.len();
        let number = *names.entry(&part[..end]).or_insert(next);
        out.push_str(&format!("%{number}{}", &part[end..]));
    }
    out
}

#[test]
fn graphs() {
    for sample in include_str!("samples.txt").split("# ====\n") {
        let (source, expected) = sample.split_once("# ----\n").expect("source and graph");
        assert_eq!(graph_of(source), expected.trim_end(), "\n{source}");
    }
}

#[test]
fn errors() {
    use ErrorKind::{Type, Unsupported};
    for (source, kind, message) in [
        (
            "def f(x: int) -> str:\n  return x\n",
            Type,
            "Return value was annotated as having type str but is actually of type int",
        ),
        ("def f(x):\n  return y\n", Type, "undefined value y"),
        ("def f(x):\n  return torch.foo(x)\n", Unsupported, "Unknown builtin op: aten::foo."),
        ("def f(x: int):\n  if x > 2:\n    y = 1\n  return y\n", Type, "y is not defined in the false branch:"),
        ("def f(x: int):\n  return torch.relu(x)\n", Type, "instead found type 'int'"),
        ("def f(x: int):\n  return f(x)\n", Type, "function 'f' is called recursively"),
        (
            "def f(x: int):\n  return g(x)\ndef g(x: int):\n  return torch.relu(x)\n",
            Type,
            "'g' is being compiled since it was called from 'f'",
        ),
        (
            "def f(x: int):\n  y = 1\n  if x > 0:\n    y = 2.0\n  return y\n",
            Type,
            "previously had type int but is now being assigned",
        ),
        ("def f(x: int) -> int:\n  if x > 0:\n    return 1\n", Type, "does not return along all paths"),
        ("def f(x: Tuple[int, int]):\n  a, b, c = x\n  return a\n", Type, "need 3 values to unpack"),
        ("def f(x: int):\n  break\n", Type, "'break' outside loop"),
    ] {
        let error = CompilationUnit::new().define(&Source::new(None, source, 0)).expect_err(source);
        assert!(error.kind() == kind && error.message().contains(message), "{source}{:?} {error}", error.kind());
    }
}

#[test]
fn dropping_a_unit_frees_its_classes() {
    struct Text;
    impl crate::frontend::CodeLoader for Text {
        fn source(&self, qualifier: &str) -> crate::Result<Option<std::sync::Arc<Source>>> {
            let text = "class C:\n  x : int\n  me : Optional[__torch__.C]\n  def get(self: __torch__.C) -> int:\n    \
                        return (self).other()\n  def other(self: __torch__.C) -> int:\n    return self.x\n";
            Ok((qualifier == "__torch__").then(|| Source::new(None, text, 0)))
        }
    }
    let unit = CompilationUnit::from_archive(Box::new(Text), Vec::new(), 10);
    let Ok(Some(crate::Type::Class(class))) = unit.named_type("__torch__.C") else { panic!("no class") };
    let method = crate::ir::Function::of_class(&class, "get").unwrap();
    method.graph().unwrap();
    let weak = std::sync::Arc::downgrade(&class);
    drop((class, method, unit));
    assert!(weak.upgrade().is_none());
}

#[test]
fn hostile_text_is_refused() {
    let many = |n: usize| format!("def f(x: int):\n  return {}x{}\n", "abs(".repeat(n), ")".repeat(n));
    assert!(CompilationUnit::new().define(&Source::new(None, many(400), 0)).is_err());
    let exits: String = (0..2000).map(|i| format!("  if x == {i}:\n    return {i}\n")).collect();
    let text = format!("def f(x: int):\n{exits}  return 0\n");
    assert!(CompilationUnit::new().define(&Source::new(None, text, 0)).is_err());
    let chain: String = (0..1000).map(|i| format!("def f{i}(x: int):\n  return f{}(x)\n", i + 1)).collect();
    assert!(CompilationUnit::new()
        .define(&Source::new(None, format!("{chain}def f1000(x: int):\n  return x\n"), 0))
        .is_err());
}
