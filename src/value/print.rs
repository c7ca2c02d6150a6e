//! Values as `print` in a script and `operator<<` in C++ show them.

use std::cell::Cell;
use std::fmt;

use super::{IValue, TupleValue};
use crate::base::format_float;
use crate::{Error, Result};

impl fmt::Display for IValue {
    /// What nests too deep, or has too many parts, is cut.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Printer::new(f).value(self, 0)
    }
}

impl IValue {
    /// As [`Display`](fmt::Display) writes it. Fails instead of cutting.
    pub fn printed(&self) -> Result<String> {
        if let IValue::Str(text) = self {
            return Ok((**text).into());
        }
        let mut text = String::new();
        let mut printer = Printer::new(&mut text);
        let written = printer.value(self, 0).is_ok();
        if printer.is_cut || !written {
            return Err(Error::limit("a value nests too deep, or has too many parts, to be printed"));
        }
        Ok(text)
    }
}

/// Containers within containers that are printed, and values in all.
const MAX_DEPTH: usize = 500;
const MAX_PARTS: usize = 1 << 24;

struct Printer<'a> {
    out: &'a mut dyn fmt::Write,
    left: usize,
    is_cut: bool,
}

impl Printer<'_> {
    fn new(out: &mut dyn fmt::Write) -> Printer<'_> {
        Printer { out, left: MAX_PARTS, is_cut: false }
    }

    fn value(&mut self, value: &IValue, depth: usize) -> fmt::Result {
        if depth > MAX_DEPTH || self.left == 0 {
            self.is_cut = true;
            return self.out.write_str("...");
        }
        self.left -= 1;
        match value {
            IValue::None => self.out.write_str("None"),
            IValue::Tensor(t) => write!(self.out, "{t}"),
            // prints -0.0 as `0.`
            IValue::Double(v) => self.out.write_str(&format_float(*v + 0.0)),
            IValue::Complex(v) => {
                let (re, im) = (v.re + 0.0, v.im + 0.0);
                let sign = if im.is_sign_negative() && !im.is_nan() { "" } else { "+" };
                write!(self.out, "{}{sign}{}j", format_float(re), format_float(im))
            }
            IValue::Int(v) => write!(self.out, "{v}"),
            IValue::Bool(v) => self.out.write_str(if *v { "True" } else { "False" }),
            IValue::Str(v) => self.out.write_str(v),
            IValue::Tuple(t) => {
                self.out.write_str("(")?;
                self.separated(&t.elements, depth)?;
                self.out.write_str(if t.elements.len() == 1 { ",)" } else { ")" })
            }
            IValue::List(list) => {
                self.out.write_str("[")?;
                self.separated(&list.to_vec(), depth)?;
                self.out.write_str("]")
            }
            IValue::Dict(dict) => {
                self.out.write_str("{")?;
                for (i, (key, value)) in dict.entries().iter().enumerate() {
                    self.out.write_str(if i == 0 { "" } else { ", " })?;
                    self.value(key, depth + 1)?;
                    self.out.write_str(": ")?;
                    self.value(value, depth + 1)?;
                    if self.left == 0 {
                        break;
                    }
                }
                self.out.write_str("}")
            }
            IValue::Object(object) => write!(self.out, "<{} object at {:#x}>", object.class().name(), object.id()),
            IValue::Enum(member) => write!(self.out, "Enum<{}.{}>", value.ty().annotation(), member.name),
            IValue::Device(device) => write!(self.out, "{device}"),
            IValue::Future(_) => self.out.write_str("Future"),
            IValue::Function(function) => self.out.write_str(&function.name),
            IValue::Opaque(opaque) => self.out.write_str(&opaque.ty().annotation()),
        }
    }

    fn separated(&mut self, items: &[IValue], depth: usize) -> fmt::Result {
        for (i, item) in items.iter().enumerate() {
            self.out.write_str(if i == 0 { "" } else { ", " })?;
            self.value(item, depth + 1)?;
            if self.left == 0 {
                break;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for TupleValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        nested(f, self.elements.len(), |f| {
            f.debug_struct("TupleValue").field("elements", &self.elements).field("named", &self.named).finish()
        })
    }
}

/// Writes a container of `parts` values, which may nest deep or hold another many times, as far as it stays readable.
pub(super) fn nested(
    f: &mut fmt::Formatter<'_>,
    parts: usize,
    write: impl FnOnce(&mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    const MAX_DEPTH: usize = 100;
    const MAX_PARTS: usize = 1 << 16;
    thread_local! {
        /// Containers around this one, and values that may still be written within the outermost.
        static AROUND: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    }
    let (depth, left) = match AROUND.get() {
        (0, _) => (0, MAX_PARTS.max(parts)),
        around => around,
    };
    let Some(left) = left.checked_sub(parts.max(1)).filter(|_| depth <= MAX_DEPTH) else {
        return f.write_str("...");
    };
    AROUND.set((depth + 1, left));
    let written = write(f);
    AROUND.set((depth, AROUND.get().1));
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{List, Type};
    use crate::Complex;

    #[test]
    fn prints_as_pytorch() {
        let list = |items: Vec<IValue>| IValue::List(List::new(Type::Any, items));
        for (value, expected) in [
            (IValue::None, "None"),
            (IValue::Bool(true), "True"),
            (IValue::Double(1e20), "1e+20"),
            (IValue::Complex(Complex::new(1.5, -2.0)), "1.5-2.j"),
            (IValue::ints(&[1, 2]), "[1, 2]"),
            (list(vec![IValue::str("x")]), "[x]"),
            (IValue::tuple(vec![IValue::Int(1)]), "(1,)"),
            (IValue::tuple(vec![IValue::None, IValue::str("a")]), "(None, a)"),
            (list(vec![]), "[]"),
        ] {
            assert_eq!(value.to_string(), expected);
        }
    }
}
