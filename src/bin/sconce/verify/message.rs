//! The essential part of an error message.

/// Whether an error message says what PyTorch's says: it contains the essential part of it, or at least two thirds of
/// the distinct words of that part, in whatever order. Case and punctuation do not count.
pub fn says_the_same(expected: &str, actual: &str) -> bool {
    let (expected, actual) = (words(&essential(expected)), words(actual));
    if expected.is_empty() || actual.windows(expected.len()).any(|part| part == expected) {
        return true;
    }
    let mut distinct = expected;
    distinct.sort();
    distinct.dedup();
    let found = distinct.iter().filter(|word| actual.contains(word)).count();
    3 * found >= 2 * distinct.len()
}

/// The message without traceback, class, function prefix and explanations: its first sentence.
pub fn essential(message: &str) -> String {
    let mut text = message;
    // the traceback ends with the last excerpt; what follows begins with the exception's class
    if let Some(at) = text.rfind("<--- HERE") {
        text = &text[at + "<--- HERE".len()..];
        text = after_class(text).unwrap_or(text);
    } else if text.starts_with("The following operation failed") {
        text = after_class(text).unwrap_or(text);
    }
    for end in ["\nException raised from", "\nDeclaration:", "\nPosition:", "\nValue:", "\nCast error details:"] {
        text = text.split(end).next().unwrap_or(text);
    }
    let mut text = text.trim();
    if let Some((class, rest)) = text.split_once(':') {
        if is_class(class) && (rest.is_empty() || rest.starts_with(' ')) {
            text = rest.trim();
        }
    }
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let sentence = line.split(". ").next().unwrap_or(line);
    sentence.trim_end_matches('.').to_string()
}

/// What follows the first line that starts with an exception's class and a colon.
fn after_class(text: &str) -> Option<&str> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some((class, _)) = line.split_once(':') {
            if is_class(class) {
                return Some(&text[at + class.len() + 1..]);
            }
        }
        at += line.len();
    }
    None
}

fn is_class(text: &str) -> bool {
    let name = text.rsplit('.').next().unwrap_or(text);
    let dotted = text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.') && text.contains('.');
    let known = ["Error", "Exception", "StopIteration", "Warning"].iter().any(|end| name.ends_with(end));
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.') && (known || dotted)
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACEBACK: &str =
        "The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript, \
        serialized code (most recent call last):\n  File \"code/__torch__.py\", line 7, in forward\n    a: Tensor\n    \
        return torch.t(a)\n           ~~~~~~~ <--- HERE\n    # see: this\n";

    #[test]
    fn the_essential_part() {
        for (message, expected) in [
            ("kthvalue(): selected number k out of range", "kthvalue(): selected number k out of range"),
            ("One. Two. Three", "One"),
            ("\n\nshape '[]' is invalid\nmore", "shape '[]' is invalid"),
            ("f() Expected int.\nPosition: 1\nDeclaration: f(int x)", "f() Expected int"),
            ("RuntimeError: KeyError: hi", "KeyError: hi"),
            (&format!("{TRACEBACK}RuntimeError: t() expects\nmore"), "t() expects"),
            (&format!("{TRACEBACK}__torch__.my.Exc: hi there"), "hi there"),
            (&format!("{TRACEBACK}torch.jit.Error: "), ""),
            ("The following operation failed in …\nTraceback …:\nRuntimeError: no frames\n", "no frames"),
        ] {
            assert_eq!(essential(message), expected, "{message}");
        }
    }

    #[test]
    fn wording_may_differ_a_little() {
        let expected = "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 2";
        for (actual, same) in [
            (&*format!("aten::add: {expected}."), true),
            ("size of tensor a (3) must match size of tensor b (2) at dimension 2", true),
            ("shapes differ", false),
            ("", false),
        ] {
            assert_eq!(says_the_same(expected, actual), same, "{actual}");
        }
        assert!(says_the_same("AssertionError: ", "anything"));
    }
}
