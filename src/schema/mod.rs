//! Function schemas: names, arguments, defaults and alias facts of operators and script functions.
//!
//! The text form is PyTorch's: `aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor`.

#![forbid(unsafe_code)]

pub mod matching;
mod parser;

use std::fmt;

pub use parser::{parse_schema, parse_type};

use crate::value::{IValue, Type};

/// The signature of an operator or a function.
#[derive(Clone, Debug)]
pub struct FunctionSchema {
    /// With namespace: `aten::add`; a plain name for script functions.
    pub name: String,
    /// `Tensor` in `aten::add.Tensor`; may be empty.
    pub overload: String,
    pub arguments: Vec<Argument>,
    pub returns: Vec<Argument>,
    /// Takes any further arguments (`...`).
    pub is_vararg: bool,
    /// Returns any further values.
    pub is_varret: bool,
}

/// One argument or return value; returns may have no name.
#[derive(Clone, Debug)]
pub struct Argument {
    pub name: String,
    pub ty: Type,
    /// The `2` of `int[2]`: a single value is repeated that often.
    pub fixed_len: Option<i32>,
    pub default: Option<IValue>,
    pub kwarg_only: bool,
    /// A parameter without annotation, which makes it a tensor; error messages say so.
    pub inferred: bool,
    pub alias: Option<AliasInfo>,
}

/// `(a)`, `(a!)`, `(a -> *)`, `(*)`: which alias sets an argument belongs to, and whether it is written.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AliasInfo {
    /// Names of the sets; `*` is the wildcard.
    pub before: Vec<String>,
    pub after: Vec<String>,
    pub is_write: bool,
    /// Alias facts of the elements of a list.
    pub element: Option<Box<AliasInfo>>,
}

impl FunctionSchema {
    /// `aten::add.Tensor`, or `aten::relu` without overload name.
    pub fn qualified(&self) -> String {
        if self.overload.is_empty() {
            self.name.clone()
        } else {
            format!("{}.{}", self.name, self.overload)
        }
    }
    pub fn argument_index(&self, name: &str) -> Option<usize> {
        self.arguments.iter().position(|a| a.name == name)
    }
    /// Whether any argument is written in place.
    pub fn is_mutable(&self) -> bool {
        self.arguments.iter().any(Argument::is_write)
    }
}

impl Argument {
    pub fn new(name: impl Into<String>, ty: Type) -> Argument {
        Argument {
            name: name.into(),
            ty,
            fixed_len: None,
            default: None,
            kwarg_only: false,
            inferred: false,
            alias: None,
        }
    }
    pub fn is_write(&self) -> bool {
        self.alias.as_ref().is_some_and(|a| a.is_write || a.element.as_ref().is_some_and(|e| e.is_write))
    }
}

impl fmt::Display for FunctionSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.qualified())?;
        let mut seen_star = false;
        for (i, argument) in self.arguments.iter().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            if argument.kwarg_only && !seen_star {
                seen_star = true;
                f.write_str("*, ")?;
            }
            write!(f, "{argument}")?;
        }
        if self.is_vararg {
            f.write_str(if self.arguments.is_empty() { "..." } else { ", ..." })?;
        }
        f.write_str(") -> ")?;
        let plain = self.returns.len() == 1 && !self.is_varret;
        if !plain {
            f.write_str("(")?;
        }
        for (i, argument) in self.returns.iter().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{argument}")?;
        }
        if self.is_varret {
            f.write_str(if self.returns.is_empty() { "..." } else { ", ..." })?;
        }
        f.write_str(if plain { "" } else { ")" })
    }
}

/// `Tensor(a!) self`, `int[2] stride=1`.
impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let optional = matches!(self.ty, Type::Optional(_));
        let base = match &self.ty {
            Type::Optional(inner) => inner,
            other => other,
        };
        match (base, self.fixed_len) {
            (Type::List(element), Some(n)) => write!(f, "{element}[{n}]")?,
            _ => match (base, &self.alias) {
                (Type::List(element), Some(AliasInfo { element: Some(inner), .. })) => {
                    write!(f, "{element}({inner})[]")?
                }
                _ => write!(f, "{base}")?,
            },
        }
        if let Some(alias) = self.alias.as_ref().filter(|a| !a.before.is_empty()) {
            write!(f, "({alias})")?;
        }
        if optional {
            f.write_str("?")?;
        }
        if !self.name.is_empty() {
            write!(f, " {}", self.name)?;
        }
        if let Some(default) = &self.default {
            write!(f, "={}", default_text(default))?;
        }
        Ok(())
    }
}

impl fmt::Display for AliasInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.before.join("|"), if self.is_write { "!" } else { "" })?;
        if self.after != self.before {
            write!(f, " -> {}", self.after.join("|"))?;
        }
        Ok(())
    }
}

fn default_text(value: &IValue) -> String {
    match value {
        IValue::None => "None".into(),
        IValue::Bool(v) => if *v { "True" } else { "False" }.into(),
        IValue::Int(v) => v.to_string(),
        IValue::Double(v) => crate::base::format_float(*v),
        IValue::Str(v) => {
            let v = v.replace('\n', "\\n").replace('\t', "\\t").replace('\x0c', "\\f").replace('\x0b', "\\v");
            format!("\"{v}\"")
        }
        IValue::Device(v) => format!("\"{v}\""),
        IValue::List(items) => {
            let items: Vec<String> = items.to_vec().iter().map(default_text).collect();
            format!("[{}]", items.join(", "))
        }
        other => format!("{other:?}"),
    }
}
