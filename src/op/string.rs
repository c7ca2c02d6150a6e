//! Strings. PyTorch's strings are bytes: lengths, positions and pieces count bytes, and classification and case know
//! ASCII only. Where that would cut a character in two, which no string of ours can hold, the operator fails.

use std::sync::Arc;

use super::{Op, Stack};
use crate::value::{IValue, List};
use crate::{bail, ensure, op, Error, Result};

type Str = Arc<str>;

pub const OPS: &[Op] = &[
    op!("aten::add.str(str a, str b) -> str", |a: Str, b: Str| -> String { [&*a, &*b].concat() }),
    op!("aten::eq.str(str a, str b) -> bool", |a: Str, b: Str| -> bool { a == b }),
    op!("aten::ne.str(str a, str b) -> bool", |a: Str, b: Str| -> bool { a != b }),
    op!("aten::lt.str(str a, str b) -> bool", |a: Str, b: Str| -> bool { a < b }),
    op!("aten::gt.str(str a, str b) -> bool", |a: Str, b: Str| -> bool { a > b }),
    op!("aten::le.str(str a, str b) -> bool", |a: Str, b: Str| -> bool { a <= b }),
    op!("aten::ge.str(str a, str b) -> bool", |a: Str, b: Str| -> bool { a >= b }),
    op!("aten::len.str(str s) -> int", |s: Str| -> i64 { s.len() as i64 }),
    op!("aten::__getitem__.str(str s, int index) -> str", get_item(_, _)),
    op!("prim::StringIndex(str string, int index) -> str", get_item(_, _)),
    op!("aten::slice.str(str string, int? start=None, int? end=None, int step=1) -> str", slice(_, _, _, _)),
    op!("aten::list(str t) -> str[]", list(_)),
    op!("aten::str(t elem) -> str", printed(_)),
    op!("aten::format(str self, ...) -> str", stack format),
    op!("aten::percentFormat(str self, ...) -> str", stack percent_format),
    op!("aten::ord(str string) -> int", ord(_)),
    op!("aten::chr(int i) -> str", chr(_)),
    op!("aten::hex(int i) -> str", |i: i64| -> String { in_base(i, "0x", format!("{:x}", i.unsigned_abs())) }),
    op!("aten::oct(int i) -> str", |i: i64| -> String { in_base(i, "0o", format!("{:o}", i.unsigned_abs())) }),
    op!("aten::bin(int i) -> str", |i: i64| -> String { in_base(i, "0b", format!("{:b}", i.unsigned_abs())) }),
    op!("aten::Int.str(str a) -> int", int_of(_)),
    op!("aten::Float.str(str a) -> float", float_of(_)),
    op!("aten::hash.generic(t value) -> int", hash(_)),
    op!("aten::capitalize(str self) -> str", |s: Str| -> String { capitalize(&s) }),
    op!("aten::upper(str self) -> str", |s: Str| -> String { s.to_ascii_uppercase() }),
    op!("aten::lower(str self) -> str", |s: Str| -> String { s.to_ascii_lowercase() }),
    op!("aten::swapcase(str self) -> str", |s: Str| -> String { swap_case(&s) }),
    op!("aten::title(str self) -> str", |s: Str| -> String { title(&s) }),
    op!("aten::isalnum(str self) -> bool", |s: Str| -> bool { every(&s, u8::is_ascii_alphanumeric) }),
    op!("aten::isalpha(str self) -> bool", |s: Str| -> bool { every(&s, u8::is_ascii_alphabetic) }),
    op!("aten::isdigit(str self) -> bool", |s: Str| -> bool { every(&s, u8::is_ascii_digit) }),
    op!("aten::isdecimal(str self) -> bool", |s: Str| -> bool { every(&s, u8::is_ascii_digit) }),
    op!("aten::isnumeric(str self) -> bool", |s: Str| -> bool { every(&s, u8::is_ascii_digit) }),
    op!("aten::isspace(str self) -> bool", |s: Str| -> bool { every(&s, |b| is_space(*b)) }),
    op!("aten::isprintable(str self) -> bool", |s: Str| -> bool { s.bytes().all(|b| (b' '..=b'~').contains(&b)) }),
    op!("aten::isidentifier(str self) -> bool", |s: Str| -> bool { is_identifier(&s) }),
    op!("aten::isupper(str self) -> bool", |s: Str| -> bool {
        s.bytes().any(|b| b.is_ascii_uppercase()) && !s.bytes().any(|b| b.is_ascii_lowercase())
    }),
    op!("aten::islower(str self) -> bool", |s: Str| -> bool {
        s.bytes().any(|b| b.is_ascii_lowercase()) && !s.bytes().any(|b| b.is_ascii_uppercase())
    }),
    op!("aten::istitle(str self) -> bool", |s: Str| -> bool { is_title(&s) }),
    op!("aten::center(str self, int width, str fillchar=\" \") -> str", center(_, _, _)),
    op!("aten::ljust(str self, int width, str fillchar=\" \") -> str", ljust(_, _, _)),
    op!("aten::rjust(str self, int width, str fillchar=\" \") -> str", rjust(_, _, _)),
    op!("aten::zfill(str self, int width) -> str", zfill(_, _)),
    op!("aten::expandtabs(str self, int tabsize=8) -> str", expand_tabs(_, _)),
    op!("aten::strip(str self, str chars=\" \\n\\t\\f\\v\") -> str", strip(_, _)),
    op!("aten::lstrip(str self, str chars=\" \\n\\t\\f\\v\") -> str", lstrip(_, _)),
    op!("aten::rstrip(str self, str chars=\" \\n\\t\\f\\v\") -> str", rstrip(_, _)),
    op!("aten::count(str self, str substr, int start=0, int end=-1) -> int", count(_, _, _, _)),
    op!("aten::find(str self, str substr, int start=0, int end=-1) -> int", find(_, _, _, _)),
    op!("aten::rfind(str self, str substr, int start=0, int end=-1) -> int", rfind(_, _, _, _)),
    op!("aten::index.str(str self, str substr, int start=0, int end=-1) -> int", index(_, _, _, _)),
    op!("aten::rindex(str self, str substr, int start=0, int end=-1) -> int", rindex(_, _, _, _)),
    op!("aten::startswith(str self, str substr, int start=0, int end=-1) -> bool", starts_with(_, _, _, _)),
    op!("aten::endswith(str self, str substr, int start=0, int end=-1) -> bool", ends_with(_, _, _, _)),
    op!("aten::partition(str self, str separator) -> (str, str, str)", partition(_, _)),
    op!("aten::rpartition(str self, str separator) -> (str, str, str)", rpartition(_, _)),
    op!("aten::split.str(str self, str? separator=None, int max=-1) -> str[]", split(_, _, _)),
    op!("aten::rsplit(str self, str separator=\" \", int max=-1) -> str[]", rsplit(_, _, _)),
    op!("aten::splitlines(str self, bool keepends=False) -> str[]", split_lines(_, _)),
    op!("aten::join(str self, str[] values) -> str", join(_, _)),
    op!("aten::replace(str self, str old, str new, int max=-1) -> str", replace(_, _, _, _)),
];

/// The bytes as a string, where they are one.
fn text(bytes: &[u8]) -> Result<String> {
    match std::str::from_utf8(bytes) {
        Ok(s) => Ok(s.to_string()),
        Err(_) => Err(Error::unsupported("a string operation that cuts a UTF-8 character into bytes")),
    }
}

/// `basic_string::at` and its libstdc++ message.
fn get_item(s: Str, index: i64) -> Result<String> {
    let n = s.len() as i64;
    let at = if index < 0 { index.wrapping_add(n) } else { index };
    match usize::try_from(at).ok().and_then(|at| s.as_bytes().get(at)) {
        Some(byte) => text(&[*byte]),
        None => bail!("basic_string::at: __n (which is {}) >= this->size() (which is {n})", at as u64),
    }
}

fn slice(s: Str, start: Option<i64>, end: Option<i64>, step: i64) -> Result<String> {
    let picked: Vec<u8> = super::list::slice_indices(s.len(), start, end, step)?.map(|i| s.as_bytes()[i]).collect();
    text(&picked)
}

fn list(s: Str) -> Result<Vec<String>> {
    s.bytes().map(|b| text(&[b])).collect()
}

/// `{}` in the template are replaced in order; everything else, `{0}` included, stays. Surplus arguments are ignored.
fn format(stack: &mut Stack, n: usize) -> Result<()> {
    let args = take(stack, n)?;
    let template = template(&args)?;
    let mut out = String::with_capacity(template.len() + 16);
    let mut values = args[1..].iter();
    let mut rest = &*template;
    while let Some(at) = rest.find("{}") {
        out.push_str(&rest[..at]);
        let Some(value) = values.next() else { bail!("Too few arguments for format string: {template}") };
        out.push_str(&value.printed()?);
        rest = &rest[at + 2..];
    }
    out.push_str(rest);
    stack.push(out.into());
    Ok(())
}

fn printed(value: IValue) -> Result<String> {
    value.printed()
}

fn take(stack: &mut Stack, n: usize) -> Result<Vec<IValue>> {
    let base = stack.len().checked_sub(n).ok_or_else(|| Error::internal("operator stack underflow"))?;
    Ok(stack.drain(base..).collect())
}

fn template(args: &[IValue]) -> Result<Str> {
    args.first().ok_or_else(|| Error::internal("format string missing"))?.to_str()
}

/// Python's `%` with `%d %i %f %F %e %E %g %G %c %s %%` and no flags.
fn percent_format(stack: &mut Stack, n: usize) -> Result<()> {
    let args = take(stack, n)?;
    let template = template(&args)?;
    // one tuple is the argument list
    let values: Vec<IValue> = match &args[1..] {
        [IValue::Tuple(tuple)] => tuple.elements.clone(),
        values => values.to_vec(),
    };
    let mut values = values.into_iter();
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = &*template;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let Some(specifier) = rest[at + 1..].chars().next() else { bail!("Incomplete format specifier") };
        rest = &rest[at + 1 + specifier.len_utf8()..];
        if specifier == '%' {
            out.push('%');
            continue;
        }
        let Some(value) = values.next() else { bail!("Too few arguments for format string") };
        out.push_str(&percent(specifier, &value)?);
    }
    ensure!(values.next().is_none(), "Too many arguments for format string");
    out.push_str(rest);
    stack.push(out.into());
    Ok(())
}

fn percent(specifier: char, value: &IValue) -> Result<String> {
    let number = |value: &IValue| match value {
        IValue::Int(v) => Ok(*v as f64),
        IValue::Double(v) => Ok(*v),
        other => Err(Error::runtime(format!("%{specifier} requires a number for formatting, but got {}", other.tag()))),
    };
    Ok(match specifier {
        'd' | 'i' => match value {
            IValue::Int(v) => v.to_string(),
            // the C++ conversion to `int`
            other => {
                let v = number(other)?.trunc();
                let fits = v >= i32::MIN as f64 && v <= i32::MAX as f64;
                (if fits { v as i32 } else { i32::MIN }).to_string()
            }
        },
        'f' | 'F' => fixed(number(value)?),
        'e' => exponent(number(value)?),
        'E' => exponent(number(value)?).to_ascii_uppercase(),
        'c' => match value {
            IValue::Int(v) => text(&[*v as u8])?,
            IValue::Str(s) if s.len() == 1 => s.to_string(),
            other => bail!("%c requires an int or char for formatting, but got {}", other.tag()),
        },
        's' => value.printed()?,
        other => bail!("The specifier %{other} is not supported in TorchScript format strings"),
    })
}

fn fixed(v: f64) -> String {
    if v.is_finite() {
        format!("{v:.6}")
    } else {
        crate::base::format_general(v, 6)
    }
}

fn exponent(v: f64) -> String {
    if !v.is_finite() {
        return crate::base::format_general(v, 6);
    }
    let text = format!("{v:.6e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    format!("{mantissa}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

fn ord(s: Str) -> Result<i64> {
    ensure!(s.len() == 1, "String for ord() must be 1 character, found {}", s.len());
    Ok(s.as_bytes()[0] as i64)
}

/// One byte: code points above 255 are cut to their low byte, as in PyTorch.
fn chr(i: i64) -> Result<String> {
    ensure!((0..0x110000).contains(&i), "chr() arg not in range(0x110000), found {i}");
    text(&[i as u8])
}

fn in_base(i: i64, prefix: &str, digits: String) -> String {
    format!("{}{prefix}{digits}", if i < 0 { "-" } else { "" })
}

/// C's `stoll`: leading white space, a sign, digits; messages as PyTorch's.
fn int_of(s: Str) -> Result<i64> {
    let body = s.trim_start_matches(|c: char| c.is_ascii() && is_space(c as u8));
    let sign = body.starts_with(['-', '+']) as usize;
    let digits = body[sign..].bytes().take_while(u8::is_ascii_digit).count();
    ensure!(digits > 0, "stoll");
    let Ok(value) = body[..sign + digits].parse() else { bail!("stoll") };
    ensure!(sign + digits == body.len(), "invalid literal for int() with base 10: '{s}'");
    Ok(value)
}

/// C's `stod`: decimal and hexadecimal numbers, `inf`, `nan`.
fn float_of(s: Str) -> Result<f64> {
    let body = s.trim_start_matches(|c: char| c.is_ascii() && is_space(c as u8));
    let Some((value, used)) = leading_float(body) else { bail!("stod") };
    let digits = body[..used].trim_start_matches(['-', '+']);
    let is_zero = digits.split(['e', 'E']).next().is_some_and(|m| !m.bytes().any(|b| (b'1'..=b'9').contains(&b)));
    let written = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') && !digits.starts_with("0x");
    // what overflows or underflows is out of range
    let subnormal = value.abs() < f64::MIN_POSITIVE && !is_zero;
    ensure!(!(written && (value.is_infinite() || subnormal)), "stod");
    ensure!(used == body.len(), "could not convert string to float: '{s}'");
    Ok(value)
}

/// The longest prefix that is a number, and its length.
fn leading_float(s: &str) -> Option<(f64, usize)> {
    let bytes = s.as_bytes();
    let sign = s.starts_with(['-', '+']) as usize;
    let negative = s.starts_with('-');
    let signed = |v: f64| if negative { -v } else { v };
    let lower = s[sign..].to_ascii_lowercase();
    for (word, value) in [("infinity", f64::INFINITY), ("inf", f64::INFINITY), ("nan", f64::NAN)] {
        if lower.starts_with(word) {
            return Some((signed(value), sign + word.len()));
        }
    }
    if let Some(hex) = lower.strip_prefix("0x") {
        if let Some((value, used)) = hex_float(hex) {
            return Some((signed(value), sign + 2 + used));
        }
    }
    let digits = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let whole = digits(sign);
    let mut end = sign + whole;
    let mut any = whole > 0;
    if bytes.get(end) == Some(&b'.') {
        let fraction = digits(end + 1);
        if any || fraction > 0 {
            any = true;
            end += 1 + fraction;
        }
    }
    if !any {
        return None;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = matches!(bytes.get(end + 1), Some(b'+' | b'-')) as usize;
        let exponent = digits(end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    Some((s[..end].parse().ok()?, end))
}

/// `1.8p3` after `0x`; up to 16 significant digits.
fn hex_float(s: &str) -> Option<(f64, usize)> {
    let (mut value, mut exponent, mut used, mut any, mut after_point) = (0.0f64, 0i32, 0, false, false);
    for c in s.bytes() {
        match (c as char).to_digit(16) {
            Some(digit) => {
                value = value * 16.0 + digit as f64;
                exponent -= if after_point { 4 } else { 0 };
                any = true;
            }
            None if c == b'.' && !after_point => after_point = true,
            None => break,
        }
        used += 1;
    }
    if !any {
        return None;
    }
    if let Some(rest) = s[used..].strip_prefix('p') {
        let sign = rest.starts_with(['+', '-']) as usize;
        let digits = rest[sign..].bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            exponent = exponent.saturating_add(rest[..sign + digits].parse::<i32>().unwrap_or(i32::MAX / 2));
            used += 1 + sign + digits;
        }
    }
    Some((libm::ldexp(value, exponent.clamp(-8000, 8000)), used))
}

/// Python-visible hashes as PyTorch with libstdc++ gives them.
fn hash(value: IValue) -> Result<i64> {
    Ok(hash_of(&value, 0)? as i64)
}

fn hash_of(value: &IValue, depth: usize) -> Result<u64> {
    const MAX_DEPTH: usize = 500;
    if depth > MAX_DEPTH {
        return Err(Error::limit(format!("a tuple nests deeper than {MAX_DEPTH} levels")));
    }
    Ok(match value {
        IValue::None => 0,
        IValue::Bool(v) => *v as u64,
        IValue::Int(v) => *v as u64,
        IValue::Double(v) if *v == 0.0 => 0,
        IValue::Double(v) => hash_bytes(&v.to_ne_bytes()),
        IValue::Str(s) => hash_bytes(s.as_bytes()),
        IValue::Tuple(tuple) => {
            let mut seed = 0u64;
            for element in &tuple.elements {
                seed ^= hash_of(element, depth + 1)?
                    .wrapping_add(0x9e37_79b9)
                    .wrapping_add(seed << 6)
                    .wrapping_add(seed >> 2);
            }
            seed
        }
        IValue::Tensor(t) => t.id() as u64,
        other => bail!("unhashable type: '{}'", other.ty().annotation()),
    })
}

/// MurmurHash64A with the seed of `std::hash`.
fn hash_bytes(bytes: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mix = |v: u64| v ^ (v >> 47);
    let mut hash = 0xc70f_6907u64 ^ (bytes.len() as u64).wrapping_mul(M);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = u64::from_le_bytes(chunk.try_into().unwrap_or_default());
        hash = (hash ^ mix(word.wrapping_mul(M)).wrapping_mul(M)).wrapping_mul(M);
    }
    let tail = chunks.remainder();
    if !tail.is_empty() {
        let word = tail.iter().rev().fold(0u64, |word, b| word << 8 | *b as u64);
        hash = (hash ^ word).wrapping_mul(M);
    }
    mix(mix(hash).wrapping_mul(M))
}

fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t'..=b'\r')
}

fn every(s: &str, test: impl Fn(&u8) -> bool) -> bool {
    !s.is_empty() && s.as_bytes().iter().all(test)
}

fn capitalize(s: &str) -> String {
    let mut out = s.to_ascii_lowercase();
    if let Some(first) = out.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    out
}

fn swap_case(s: &str) -> String {
    s.chars().map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }).collect()
}

fn title(s: &str) -> String {
    let mut after_letter = false;
    s.chars()
        .map(|c| {
            let out = if after_letter { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() };
            after_letter = c.is_ascii_alphabetic();
            out
        })
        .collect()
}

fn is_title(s: &str) -> bool {
    let (mut after_letter, mut any) = (false, false);
    for b in s.bytes() {
        if b.is_ascii_alphabetic() {
            if after_letter == b.is_ascii_uppercase() {
                return false;
            }
            any = true;
        }
        after_letter = b.is_ascii_alphabetic();
    }
    any
}

/// As in Python 2: ASCII letters, digits, underscores.
fn is_identifier(s: &str) -> bool {
    // PyTorch forgets the underscore
    s.starts_with(|c: char| c.is_ascii_alphabetic()) && s.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// `width` columns at most; bounded, because a script chooses it.
fn padding(s: &str, width: i64, fill: &str) -> Result<usize> {
    ensure!(fill.len() == 1, "TypeError: The fill character must be exactly one character long");
    let missing = usize::try_from(width).unwrap_or(0).saturating_sub(s.len());
    if missing > MAX_STRING {
        return Err(Error::limit(format!("a string of {width} characters")));
    }
    Ok(missing)
}

const MAX_STRING: usize = 1 << 30;

fn center(s: Str, width: i64, fill: Str) -> Result<String> {
    let missing = padding(&s, width, &fill)?;
    let left = missing / 2 + (missing & width as usize & 1);
    Ok([&fill.repeat(left), &*s, &fill.repeat(missing - left)].concat())
}

fn ljust(s: Str, width: i64, fill: Str) -> Result<String> {
    Ok([&*s, &fill.repeat(padding(&s, width, &fill)?)].concat())
}

fn rjust(s: Str, width: i64, fill: Str) -> Result<String> {
    Ok([&*fill.repeat(padding(&s, width, &fill)?), &*s].concat())
}

/// Zeros go before the sign, unlike Python's.
fn zfill(s: Str, width: i64) -> Result<String> {
    Ok(["0".repeat(padding(&s, width, "0")?), s.to_string()].concat())
}

/// Columns count from the start of the string, not of the line.
fn expand_tabs(s: Str, size: i64) -> Result<String> {
    let size = usize::try_from(size).unwrap_or(0).min(1 << 16);
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        if c != '\t' {
            out.push(c);
        } else if size > 0 {
            let fill = size - out.len() % size;
            out.extend(std::iter::repeat_n(' ', fill));
        }
        if out.len() > MAX_STRING {
            return Err(Error::limit("a string longer than 2^30 characters"));
        }
    }
    Ok(out)
}

fn strip(s: Str, chars: Str) -> Result<String> {
    strip_ends(&s, &chars, true, true)
}

fn lstrip(s: Str, chars: Str) -> Result<String> {
    strip_ends(&s, &chars, true, false)
}

fn rstrip(s: Str, chars: Str) -> Result<String> {
    strip_ends(&s, &chars, false, true)
}

fn strip_ends(s: &str, chars: &str, left: bool, right: bool) -> Result<String> {
    let keeps = |b: &u8| !chars.as_bytes().contains(b);
    let bytes = s.as_bytes();
    let start = if left { bytes.iter().position(keeps).unwrap_or(bytes.len()) } else { 0 };
    let end = if right { bytes.iter().rposition(keeps).map_or(0, |at| at + 1) } else { bytes.len() };
    text(&bytes[start..end.max(start)])
}

/// The searched part as positions: a negative start counts from the end, a negative end from one past it. `None` when
/// the start lies behind the string.
fn window(s: &str, start: i64, end: i64) -> Option<(usize, usize)> {
    let n = s.len() as i64;
    let start = if start < 0 { start.saturating_add(n) } else { start }.max(0);
    let end = if end < 0 { end.saturating_add(n + 1) } else { end }.clamp(0, n);
    (start <= n).then_some((start as usize, end.max(start.min(n)) as usize))
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    if wanted.is_empty() {
        return Some(0);
    }
    bytes.windows(wanted.len()).position(|w| w == wanted)
}

fn last_position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    if wanted.is_empty() {
        return Some(bytes.len());
    }
    bytes.windows(wanted.len()).rposition(|w| w == wanted)
}

fn find(s: Str, wanted: Str, start: i64, end: i64) -> Result<i64> {
    if wanted.is_empty() {
        // even past the end, as in PyTorch
        return Ok(if start < 0 { start.saturating_add(s.len() as i64).max(0) } else { start });
    }
    let Some((start, end)) = window(&s, start, end) else { return Ok(-1) };
    Ok(position(&s.as_bytes()[start..end], wanted.as_bytes()).map_or(-1, |at| (start + at) as i64))
}

fn rfind(s: Str, wanted: Str, start: i64, end: i64) -> Result<i64> {
    let Some((start, end)) = window(&s, start, end) else { return Ok(-1) };
    Ok(last_position(&s.as_bytes()[start..end], wanted.as_bytes()).map_or(-1, |at| (start + at) as i64))
}

fn index(s: Str, wanted: Str, start: i64, end: i64) -> Result<i64> {
    let at = find(s, wanted, start, end)?;
    ensure!(at >= 0, "ValueError: substring not found");
    Ok(at)
}

fn rindex(s: Str, wanted: Str, start: i64, end: i64) -> Result<i64> {
    let at = rfind(s, wanted, start, end)?;
    ensure!(at >= 0, "ValueError: substring not found");
    Ok(at)
}

/// Occurrences that do not overlap. (PyTorch does not return from counting the empty string; this counts as Python.)
fn count(s: Str, wanted: Str, start: i64, end: i64) -> Result<i64> {
    let Some((start, end)) = window(&s, start, end) else { return Ok(0) };
    let mut rest = &s.as_bytes()[start..end];
    if wanted.is_empty() {
        return Ok(rest.len() as i64 + 1);
    }
    let mut found = 0;
    while let Some(at) = position(rest, wanted.as_bytes()) {
        found += 1;
        rest = &rest[at + wanted.len()..];
    }
    Ok(found)
}

fn substring(s: &str, start: i64, end: i64) -> Result<&[u8]> {
    let Some((start, end)) = window(s, start, end) else {
        bail!("basic_string::substr: __pos (which is {start}) > this->size() (which is {})", s.len());
    };
    Ok(&s.as_bytes()[start..end])
}

fn starts_with(s: Str, wanted: Str, start: i64, end: i64) -> Result<bool> {
    Ok(substring(&s, start, end)?.starts_with(wanted.as_bytes()))
}

fn ends_with(s: Str, wanted: Str, start: i64, end: i64) -> Result<bool> {
    Ok(substring(&s, start, end)?.ends_with(wanted.as_bytes()))
}

fn partition(s: Str, separator: Str) -> Result<(String, String, String)> {
    Ok(match position(s.as_bytes(), separator.as_bytes()) {
        Some(at) => (s[..at].into(), separator.to_string(), s[at + separator.len()..].into()),
        None => (s.to_string(), String::new(), String::new()),
    })
}

fn rpartition(s: Str, separator: Str) -> Result<(String, String, String)> {
    Ok(match last_position(s.as_bytes(), separator.as_bytes()) {
        Some(at) => (s[..at].into(), separator.to_string(), s[at + separator.len()..].into()),
        None => (String::new(), String::new(), s.to_string()),
    })
}

/// Bytes that end lines: those of `\n \r \v \f \x1c \x1d \x1e`, U+0085, U+2028 and U+2029, each on its own.
const LINE_ENDS: &[u8] = b"\n\r\x0b\x0c\x1c\x1d\x1e\xc2\x85\xe2\x80\xa8\xa9";

/// Without separator: at runs of white space, ignoring `max`.
fn split(s: Str, separator: Option<Str>, max: i64) -> Result<Vec<String>> {
    let Some(separator) = separator else {
        let is_separator = |b: &u8| matches!(b, b' ' | b'\t') || LINE_ENDS.contains(b);
        return s.as_bytes().split(is_separator).filter(|piece| !piece.is_empty()).map(text).collect();
    };
    ensure!(!separator.is_empty(), "ValueError: empty separator");
    Ok(match usize::try_from(max) {
        Ok(max) => s.splitn(max.saturating_add(1), &*separator).map(Into::into).collect(),
        Err(_) => s.split(&*separator).map(Into::into).collect(),
    })
}

fn rsplit(s: Str, separator: Str, max: i64) -> Result<Vec<String>> {
    ensure!(!separator.is_empty(), "ValueError: empty separator");
    let mut pieces: Vec<String> = match usize::try_from(max) {
        Ok(max) => s.rsplitn(max.saturating_add(1), &*separator).map(Into::into).collect(),
        Err(_) => s.rsplit(&*separator).map(Into::into).collect(),
    };
    pieces.reverse();
    Ok(pieces)
}

/// With `keep`, line ends become elements of their own, as in PyTorch.
fn split_lines(s: Str, keep: bool) -> Result<Vec<String>> {
    let (mut out, mut rest) = (Vec::new(), s.as_bytes());
    while let Some(at) = rest.iter().position(|b| LINE_ENDS.contains(b)) {
        out.push(text(&rest[..at])?);
        if keep {
            out.push(text(&rest[at..at + 1])?);
        }
        rest = &rest[at + 1..];
    }
    if !rest.is_empty() {
        out.push(text(rest)?);
    }
    Ok(out)
}

fn join(separator: Str, values: List) -> Result<String> {
    let mut out = String::new();
    for (i, value) in values.lock().iter().enumerate() {
        if i > 0 {
            out.push_str(&separator);
        }
        match value {
            IValue::Str(s) => out.push_str(s),
            other => bail!("Expected a value of type 'str' but found type '{}'", other.ty().annotation()),
        }
    }
    Ok(out)
}

fn replace(s: Str, old: Str, new: Str, max: i64) -> Result<String> {
    let most = usize::try_from(max).unwrap_or(usize::MAX);
    let hits = if old.is_empty() { s.len() + 1 } else { s.matches(&*old).count() }.min(most);
    if hits.saturating_mul(new.len()) > MAX_STRING {
        return Err(Error::limit("a string longer than 2^30 characters"));
    }
    Ok(s.replacen(&*old, &new, most))
}
