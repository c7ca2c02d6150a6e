//! Values as `print` in a script and `operator<<` in C++ show them.

use std::fmt;

use super::IValue;
use crate::base::format_float;

impl fmt::Display for IValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IValue::None => f.write_str("None"),
            IValue::Tensor(t) => write!(f, "{t}"),
            // prints -0.0 as `0.`
            IValue::Double(v) => f.write_str(&format_float(*v + 0.0)),
            IValue::Complex(v) => {
                let (re, im) = (v.re + 0.0, v.im + 0.0);
                let sign = if im.is_sign_negative() && !im.is_nan() { "" } else { "+" };
                write!(f, "{}{sign}{}j", format_float(re), format_float(im))
            }
            IValue::Int(v) => write!(f, "{v}"),
            IValue::Bool(v) => f.write_str(if *v { "True" } else { "False" }),
            IValue::Str(v) => f.write_str(v),
            IValue::Tuple(t) => {
                f.write_str("(")?;
                separated(f, &t.elements)?;
                f.write_str(if t.elements.len() == 1 { ",)" } else { ")" })
            }
            IValue::List(list) => {
                f.write_str("[")?;
                separated(f, &list.to_vec())?;
                f.write_str("]")
            }
            IValue::Dict(dict) => {
                f.write_str("{")?;
                for (i, (key, value)) in dict.entries().iter().enumerate() {
                    write!(f, "{}{key}: {value}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str("}")
            }
            IValue::Object(object) => write!(f, "<{} object at {:#x}>", object.class().name(), object.id()),
            IValue::Enum(member) => write!(f, "Enum<{}.{}>", self.ty().annotation(), member.name),
            IValue::Device(device) => write!(f, "{device}"),
            IValue::Future(_) => f.write_str("Future"),
            IValue::Function(function) => f.write_str(&function.name),
            IValue::Opaque(opaque) => f.write_str(&opaque.ty().annotation()),
        }
    }
}

fn separated(f: &mut fmt::Formatter<'_>, items: &[IValue]) -> fmt::Result {
    for (i, item) in items.iter().enumerate() {
        write!(f, "{}{item}", if i == 0 { "" } else { ", " })?;
    }
    Ok(())
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
