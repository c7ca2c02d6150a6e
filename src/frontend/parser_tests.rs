//! Trees as PyTorch 2.5 dumps them, and its messages.

use super::*;
use crate::ErrorKind;

fn parse(text: &str) -> Result<File> {
    parse_file(Source::new(None, text, 0))
}

/// The first statement of a function whose body is `body`, dumped.
fn dump(body: &str) -> String {
    let file = parse(&format!("def f():\n  {body}\n")).unwrap_or_else(|e| panic!("{body}: {e}"));
    file.functions[0].body.iter().map(|s| s.to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn expressions() {
    let cases = [
        ("a or b and c", "(and (or a b) c)"),
        ("a < b < c", "(< (< a b) c)"),
        ("~a + b", "(~ (+ a b))"),
        ("1 + not a", "(+ (const 1) (not a))"),
        ("- a * b", "(* (unary minus a) b)"),
        ("a ** - b * c", "(* (pow operator a (unary minus b)) c)"),
        ("a ** b ** c", "(pow operator a (pow operator b c))"),
        ("-1 ** 2", "(unary minus (pow operator (const 1) (const 2)))"),
        ("-(1)", "(const -1)"),
        ("-9223372036854775808", "(const -9223372036854775808)"),
        ("a not in b", "(not (in a b))"),
        ("x is not y is z", "(is (is not x y) z)"),
        ("x is  not y", "(is x (not y))"),
        ("a<<b>>c|d&e^f", "(| (>> (<< a b) c) (^ (& d e) f))"),
        ("a if b else c if d else e", "(if b a (if d c e))"),
        ("a and b or c if d else e and f", "(if d (or (and a b) c) (and e f))"),
        ("[a if b else c for a in b]", "(list-literal (list (if b a (list comprehension c a b))))"),
        ("[[i for i in x]]", "(list comprehension i i x)"),
        ("[a for a in b if c else d]", "(list comprehension a a (if c b d))"),
        ("{a:b for a in c}", "(dict comprehension a b a c)"),
        ("{a:b, c:d}", "(dict-literal (list a c) (list b d))"),
        ("f(a, *b, c=1, )", "(apply f (list a (starred b)) (list (attribute (ident c) (const 1))))"),
        (
            "x[1:, ..., ::2]",
            "(subscript x (list (slice expr (option (const 1)) (option) (option)) (dots) \
                             (slice expr (option) (option) (option (const 2)))))",
        ),
        ("a.b(c).d", "(. (apply (. a (ident b)) (list c) (list)) (ident d))"),
        ("(a, b,)", "(tuple-literal (list a b))"),
        ("()", "(tuple-literal (list))"),
        ("'a' \"b\" '''c\n'd'''", "(string_literal abc\n'd)"),
        ("'\\n\\'\\101\\\\'", "(string_literal \n'A\\)"),
        ("0x10, 017, 08", "(tuple-literal (list (const 16) (const 15) (const 0)))"),
        (
            "1e5, 2., .5, 0x1.8p1, 1e400",
            "(tuple-literal (list (const 100000.0) (const 2.0) (const 0.5) (const 3.0) (const inf)))",
        ),
        ("0.+2.5j", "(+ (const 0.0) (const 2.5j))"),
        ("1if a else 2", "(if a (const 1) (const 2))"),
    ];
    for (source, expected) in cases {
        // The table writes `a` for `(variable (ident a))`.
        let mut found = dump(source);
        for name in "abcdefxyzi".chars() {
            found = found.replace(&format!("(variable (ident {name}))"), &name.to_string());
        }
        assert_eq!(found, format!("(expression statement {expected})"), "{source}");
    }
}

#[test]
fn statements() {
    let cases = [
        ("return", "(return (None))"),
        ("a = b, = c", "(assign (list a (tuple-literal (list b))) (option c) (option))"),
        ("(a, b), *c = d", "(assign (list (tuple-literal (list (tuple-literal (list a b)) (starred c)))) (option d) (option))"),
        ("a: b = c, d", "(assign (list a) (option (tuple-literal (list c d))) (option b))"),
        ("a: b", "(assign (list a) (option) (option b))"),
        ("a[0] %= 1", "(aug_assign (subscript a (list (const 0))) (%) (const 1))"),
        ("a **= 2, 3", "(aug_assign a (pow operator) (tuple-literal (list (const 2) (const 3))))"),
        ("if a:\n    pass\n  elif b:\n    c\n  else:\n    break", "(if a (list (pass)) (list (if b (list (expression statement c)) (list (break)))))"),
        ("for a, in b, c:\n    continue", "(for (list a) (list b c) (list (continue)))"),
        ("while a:\n    # c\n\n    pass", "(while a (list (pass)))"),
        ("with a as b, c:\n    pass", "(with (list (withitem a (option b)) (withitem c (option))) (list (pass)))"),
        ("del a, b", "(del (list a b))"),
        ("global a, b", "(global (list (ident a) (ident b)))"),
        ("assert a, b", "(assert a (option b))"),
        ("raise a", "(raise a)"),
        ("def a(b) -> c:\n    return d", "(def (ident a) (decl (list (param (ident b) (option) (option) (False))) (option c)) (list (return d)))"),
        ("def a(b: c=1, *, d=2,): pass", "(def (ident a) (decl (list (param (ident b) (option c) (option (const 1)) (False)) (param (ident d) (option) (option (const 2)) (True))) (option)) (list (pass)))"),
        ("def a(b):\n    # type: (c) -> d\n    pass", "(def (ident a) (decl (list (param (ident b) (option c) (option) (False))) (option d)) (list (pass)))"),
        ("a = \\\n 1\n  b = (2, # c\n   3)", "(assign (list a) (option (const 1)) (option)) (assign (list b) (option (tuple-literal (list (const 2) (const 3)))) (option))"),
    ];
    for (source, expected) in cases {
        let mut found = dump(source);
        for name in "abcd".chars() {
            found = found.replace(&format!("(variable (ident {name}))"), &name.to_string());
        }
        assert_eq!(found, expected, "{source}");
    }
}

#[test]
fn files_hold_classes_and_functions() {
    let text = "op_version_set = 1\nimport __torch__.a\nclass M(Module):\n  __parameters__ = [\"w\", ]\n  w : Tensor\n  \
                __annotations__[\"0\"] = __torch__.B\n  K : Final[int] = 5\n  def forward(self: M,\n    x: Tensor) -> Tensor:\n    \
                # type: (Tensor) -> Tensor\n    return x\nclass P:\n  a : int\nclass E(Enum):\n  RED = 1\ndef f(x):\n  return x\n";
    let file = parse(text).unwrap();
    assert_eq!(file.op_version_set, Some(1));
    let bases: Vec<_> = file.classes.iter().map(|c| (&*c.name.name, c.base.as_ref().map(|b| b.to_string()))).collect();
    let base = |name: &str| Some(format!("(variable (ident {name}))"));
    assert_eq!(bases, [("M", base("Module")), ("P", None), ("E", base("Enum"))]);
    assert_eq!(file.class("M").unwrap().body.len(), 5);
    assert_eq!(file.range(file.function("f").unwrap().span).text(), "f(x):\n  return x");
}

#[test]
fn spans_are_those_of_pytorch() {
    let cases = [
        ("f()", "f("),
        ("f(x, y=1, )", "f(x, y=1"),
        ("(a).b(x, )", "a).b(x"),
        ("(a + b)", "a + b"),
        ("-1", "1"),
        ("-x", "-x"),
        ("[i for i in x]", "i for i in x"),
        ("[x, x, ]", "[x, x"),
        ("{1:2}", "1:2"),
        ("{}", "}"),
        ("'a' 'b'", "'a'"),
        ("x[0, 1]", "x[0, 1]"),
        ("x[(0)]", "x[(0)"),
        ("x[:]", "x[:]"),
        ("x[1:]", "x[1:"),
        ("x[::]", "x[::"),
        ("(x)[0]", "x)[0]"),
        ("1 if (x) else (y)", "1 if (x) else (y"),
    ];
    for (source, expected) in cases {
        let file = parse(&format!("def f():\n  {source}\n")).unwrap();
        assert_eq!(file.range(file.functions[0].body[0].span).text(), expected, "{source}");
    }
}

#[test]
fn messages_are_those_of_pytorch() {
    let cases = [
        ("def f(x):\n  a //= 2\n", "expected ident but found '=' here:\n  File \"<string>\", line 2\ndef f(x):\n  a //= 2\n      ~ <--- HERE\n"),
        ("def f(x):\n  return x +\n", "expected ident but found 'newline' here:\n  File \"<string>\", line 3\ndef f(x):\n  return x +\n"),
        ("@foo\ndef f(x):\n  return x\n", "expected def but found '@' here:\n  File \"<string>\", line 1\n@foo\n~ <--- HERE\ndef f(x):\n  return x\n"),
        ("def f(x):\n  return x $ 2\n", "expected a valid token but found ' ' here:\n  File \"<string>\", line 2\ndef f(x):\n  return x $ 2\n           ~ <--- HERE\n"),
        ("def f(x):\n  y = x; z\n", "expected a valid token but found ';' here:\n  File \"<string>\", line 2\ndef f(x):\n  y = x; z\n       ~ <--- HERE\n"),
        ("def f(x):\n    y = x\n  z\n", "invalid indent level 2:\n  File \"<string>\", line 3\ndef f(x):\n    y = x\n  z\n"),
        ("def f(x):\n  9223372036854775808\n", "\nIntegral constant out of range (must fit in a signed 64 bit integer):\n  File \"<string>\", line 2\ndef f(x):\n  9223372036854775808\n  ~~~~~~~~~~~~~~~~~~~ <--- HERE\n"),
        ("def f(x, y):\n  # type: (int) -> int\n  x\n", "\nNumber of type annotations (1) did not match the number of function parameters (2):\n  File \"<string>\", line 1\ndef f(x, y):\n     ~~~~~~~ <--- HERE\n  # type: (int) -> int\n  x\n"),
    ];
    for (source, expected) in cases {
        let error = parse(source).unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Syntax, expected));
    }
    let first_lines = [
        ("def f(x)\n  return x\n", "expected : but found 'indent' here:"),
        ("def f(x:\n", "expected ident but found 'eof' here:"),
        ("def f(): return 1", "expected newline but found 'eof' here:"),
        ("def f(*a): pass\n", "expected ) but found 'ident' here:"),
        ("def f():\n  [j, i for i in x]\n", " expected a single list comprehension within '[' , ']':"),
        ("def f():\n  x[]\n", "expected ident but found ']' here:"),
        ("def f():\n  x = {a: b, }\n", "expected ident but found '}' here:"),
        ("def f():\n  x = 5 # type: int\n", "expected newline but found 'type comment' here:"),
        ("def f():\n  x, y += 1\n", " augmented assignment can only have one LHS expression:"),
        ("def f():\n  x: int = y = 1\n", "Annotated multiple assignment is not supported in python:"),
        ("def f():\n  '\\x41'\n", "unsupported hex specifier:"),
        ("def f():\n  '\\400'\n", " ill formed octal specifier:"),
        (
            "def f():\n  1 - 9223372036854775808\n",
            "Integral constant out of range (must fit in a signed 64 bit integer):",
        ),
        (
            "def f():\n  -9223372036854775808 ** 2\n",
            "Integral constant out of range (must fit in a signed 64 bit integer):",
        ),
        ("def f():\n  return 'abc\n", "expected a valid token but found ' ' here:"),
    ];
    for (source, expected) in first_lines {
        let message = parse(source).unwrap_err().message().trim_start_matches('\n').to_string();
        assert_eq!(message.lines().next(), Some(expected), "{source}");
    }
}

#[test]
fn hostile_depth_is_an_error_and_long_chains_are_not() {
    let deep = 100_000;
    let cases = [
        format!("def f():\n  x = {}\n", "(".repeat(deep)),
        format!("def f():\n  x = {}1\n", "-".repeat(deep)),
        format!("def f():\n  x = {}1\n", "not ".repeat(deep)),
        format!("def f():\n  x = {}1\n", "a if b else ".repeat(deep)),
        format!("def f():\n  x = {}1\n", "a ** ".repeat(deep)),
        format!("def f():\n  x = a{}\n", ".a".repeat(deep)),
        format!("def f():\n  x = a{}\n", "[0]".repeat(deep)),
        format!("def f():\n  x = {}", "[".repeat(deep)),
        format!("def f():\n{}", (1..2000).map(|n| format!("{}if x:\n", " ".repeat(n))).collect::<String>()),
        format!("def f():\n  if x:\n    y\n{}", "  elif x:\n    y\n".repeat(deep)),
    ];
    for source in cases {
        assert_eq!(parse(&source).map(|_| ()).unwrap_err().kind(), ErrorKind::Syntax, "{}", &source[..40]);
    }
    let chain = format!("def f():\n  x = a{}\n", " + a * b - c".repeat(deep));
    assert_eq!(parse(&chain).unwrap().functions[0].body[0].span.end as usize, chain.len() - 1);
}
