//! Text → [`FunctionSchema`].

use super::{AliasInfo, Argument, FunctionSchema};
use crate::value::{torchbind_class, IValue, List, Type};
use crate::{Error, Result};

/// Parses one schema. Fails with the text and the position where it stops being one.
pub fn parse_schema(text: &str) -> Result<FunctionSchema> {
    let mut p = Parser { text, at: 0 };
    let name = p.qualified_name()?;
    let overload = if p.eat(".") { p.identifier()? } else { String::new() };
    p.expect("(")?;
    let (mut arguments, mut is_vararg, mut kwarg_only) = (Vec::new(), false, false);
    while !p.eat(")") {
        if p.eat("...") {
            is_vararg = true;
        } else if p.eat("*") {
            kwarg_only = true;
        } else {
            arguments.push(p.argument(kwarg_only)?);
        }
        p.eat(",");
    }
    p.expect("->")?;
    let (mut returns, mut is_varret) = (Vec::new(), false);
    if p.eat("...") {
        is_varret = true;
    } else if p.eat("(") {
        while !p.eat(")") {
            if p.eat("...") {
                is_varret = true;
            } else {
                returns.push(p.returned()?);
            }
            p.eat(",");
        }
    } else {
        returns.push(p.returned()?);
    }
    p.skip_space();
    if p.at != text.len() {
        return Err(p.error("end of schema"));
    }
    Ok(FunctionSchema { name, overload, arguments, returns, is_vararg, is_varret })
}

/// Parses a type in schema form: `int[]`, `Tensor?`, `Dict(str, int)`.
pub fn parse_type(text: &str) -> Result<Type> {
    let mut p = Parser { text, at: 0 };
    let (ty, _, _) = p.ty()?;
    p.skip_space();
    if p.at != text.len() {
        return Err(p.error("end of type"));
    }
    Ok(ty)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn error(&self, expected: &str) -> Error {
        Error::syntax(format!("schema `{}`: expected {expected} at column {}", self.text, self.at))
    }
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }
    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }
    fn eat(&mut self, token: &str) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }
    fn expect(&mut self, token: &str) -> Result<()> {
        if self.eat(token) {
            Ok(())
        } else {
            Err(self.error(&format!("`{token}`")))
        }
    }
    fn word(&mut self, extra: &[char]) -> Result<String> {
        self.skip_space();
        let rest = self.rest();
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || extra.contains(&c))).unwrap_or(rest.len());
        if end == 0 {
            return Err(self.error("a name"));
        }
        let word = rest[..end].to_string();
        self.at += end;
        Ok(word)
    }
    fn identifier(&mut self) -> Result<String> {
        self.word(&[])
    }
    fn qualified_name(&mut self) -> Result<String> {
        self.word(&[':'])
    }

    fn argument(&mut self, kwarg_only: bool) -> Result<Argument> {
        let (ty, fixed_len, alias) = self.ty()?;
        let name = self.identifier()?;
        let default = if self.eat("=") { Some(self.default(&ty, fixed_len)?) } else { None };
        Ok(Argument { name, ty, fixed_len, default, kwarg_only, inferred: false, alias })
    }

    fn returned(&mut self) -> Result<Argument> {
        let (ty, fixed_len, alias) = self.ty()?;
        self.skip_space();
        let named = self.rest().starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let name = if named { self.identifier()? } else { String::new() };
        Ok(Argument { name, ty, fixed_len, default: None, kwarg_only: false, inferred: false, alias })
    }

    fn ty(&mut self) -> Result<(Type, Option<i32>, Option<AliasInfo>)> {
        let mut ty = if self.eat("(") {
            let mut elements = Vec::new();
            while !self.eat(")") {
                elements.push(self.ty()?.0);
                self.eat(",");
            }
            Type::tuple(elements)
        } else {
            let name = self.word(&['.'])?;
            self.named(&name)?
        };
        let mut alias = self.alias()?;
        let mut fixed_len = None;
        loop {
            if self.eat("?") {
                ty = Type::optional(ty);
            } else if self.eat("[]") {
                ty = Type::list(ty);
                alias = wrap_alias(alias, self.alias()?);
            } else if self.eat("[") {
                let n = self.word(&[])?;
                fixed_len = Some(n.parse().map_err(|_| self.error("a list length"))?);
                self.expect("]")?;
                ty = Type::list(ty);
                alias = wrap_alias(alias, self.alias()?);
            } else {
                return Ok((ty, fixed_len, alias));
            }
        }
    }

    fn named(&mut self, name: &str) -> Result<Type> {
        Ok(match name {
            "Tensor" => Type::TENSOR,
            "int" | "SymInt" | "ScalarType" | "Layout" | "MemoryFormat" | "QScheme" | "DeviceIndex" => Type::Int,
            "float" | "SymFloat" => Type::Float,
            "complex" => Type::Complex,
            "bool" | "SymBool" => Type::Bool,
            "str" | "Dimname" => Type::Str,
            "Scalar" | "number" => Type::Number,
            "Device" => Type::Device,
            "Generator" => Type::Generator,
            "Stream" => Type::Stream,
            "Storage" => Type::Storage,
            "Quantizer" | "ConstQuantizerPtr" => Type::Quantizer,
            "Capsule" => Type::Capsule,
            "Any" => Type::Any,
            "NoneType" => Type::None,
            "AnyListType" | "list" => Type::AnyList,
            "AnyTupleType" | "tuple" => Type::AnyTuple,
            "AnyEnumType" => Type::AnyEnum,
            "AnyClassType" => Type::AnyClass,
            "Dict" | "Future" | "Await" | "RRef" | "Union" => {
                self.expect("(")?;
                let mut inner = Vec::new();
                while !self.eat(")") {
                    inner.push(self.ty()?.0);
                    self.eat(",");
                }
                let mut inner = inner.into_iter();
                let mut next = || inner.next().ok_or_else(|| self.error("a type"));
                match name {
                    "Dict" => Type::dict(next()?, next()?),
                    "Future" => Type::future(next()?),
                    "Await" => Type::Await(next()?.into()),
                    "RRef" => Type::RRef(next()?.into()),
                    _ => Type::union(inner),
                }
            }
            n if n.starts_with("__torch__.") => Type::Class(torchbind_class(n)),
            n if n.starts_with(|c: char| c.is_ascii_lowercase()) => Type::Var(n.into()),
            _ => return Err(self.error("a known type")),
        })
    }

    /// `(a!)`, `(a|b -> *)`; nothing when the next parenthesis does not look like one.
    fn alias(&mut self) -> Result<Option<AliasInfo>> {
        self.skip_space();
        if !self.rest().starts_with('(') {
            return Ok(None);
        }
        self.expect("(")?;
        let mut info = AliasInfo::default();
        loop {
            info.before.push(if self.eat("*") { "*".into() } else { self.identifier()? });
            if !self.eat("|") {
                break;
            }
        }
        info.is_write = self.eat("!");
        if self.eat("->") {
            loop {
                info.after.push(if self.eat("*") { "*".into() } else { self.identifier()? });
                if !self.eat("|") {
                    break;
                }
            }
        } else {
            info.after = info.before.clone();
        }
        self.expect(")")?;
        Ok(Some(info))
    }

    fn default(&mut self, ty: &Type, fixed_len: Option<i32>) -> Result<IValue> {
        let ty = match ty {
            Type::Optional(inner) => inner,
            other => other,
        };
        if self.eat("None") {
            return Ok(IValue::None);
        }
        if let Type::List(element) = ty {
            if self.eat("[") {
                let mut items = Vec::new();
                while !self.eat("]") {
                    items.push(self.default(element, None)?);
                    self.eat(",");
                }
                return Ok(IValue::List(List::new((**element).clone(), items)));
            }
            let one = self.default(element, None)?;
            let items = vec![one; fixed_len.unwrap_or(1).clamp(0, 16) as usize];
            return Ok(IValue::List(List::new((**element).clone(), items)));
        }
        self.skip_space();
        if let Some(quote) = self.rest().chars().next().filter(|c| *c == '"' || *c == '\'') {
            self.at += 1;
            let rest = self.rest();
            let end = rest.find(quote).ok_or_else(|| self.error("closing quote"))?;
            let value = IValue::str(unescape(&rest[..end]));
            self.at += end + 1;
            return Ok(value);
        }
        let word = self.word(&['.', '-', '+'])?;
        Ok(match (word.as_str(), ty) {
            ("True", _) => IValue::Bool(true),
            ("False", _) => IValue::Bool(false),
            ("contiguous_format", _) => IValue::Int(0),
            ("preserve_format", _) => IValue::Int(1),
            ("strided", _) => IValue::Int(0),
            ("Mean", _) => IValue::Int(1),
            ("long", _) => IValue::Int(4),
            ("inf", _) => IValue::Double(f64::INFINITY),
            ("cpu", Type::Device) => IValue::Device(crate::Device::CPU),
            (w, Type::Float) => IValue::Double(w.parse().map_err(|_| self.error("a number"))?),
            (w, _) => match w.parse::<i64>() {
                Ok(v) => IValue::Int(v),
                Err(_) => IValue::Double(w.parse().map_err(|_| self.error("a default value"))?),
            },
        })
    }
}

/// The escapes that default values of PyTorch's schemas use.
fn unescape(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\t", "\t").replace("\\f", "\x0c").replace("\\v", "\x0b")
}

fn wrap_alias(inner: Option<AliasInfo>, outer: Option<AliasInfo>) -> Option<AliasInfo> {
    match (inner, outer) {
        (None, outer) => outer,
        (Some(inner), outer) => {
            let mut outer = outer.unwrap_or_default();
            outer.element = Some(Box::new(inner));
            Some(outer)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_print_as_they_parse() {
        for text in [
            "aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor",
            "aten::add_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)",
            "aten::max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)",
            "aten::split.Tensor(Tensor(a -> *) self, int split_size, int dim=0) -> Tensor(a)[]",
            "aten::append.t(t[](a!) self, t(c -> *) el) -> t[](a!)",
            "aten::conv2d(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=[1, 1]) -> Tensor",
            "aten::keys.str(Dict(str, t) self) -> str[](*)",
            "prim::Print(...) -> ()",
            "prim::ListUnpack(...) -> ...",
            "aten::gelu(Tensor self, *, str approximate=\"none\") -> Tensor",
            "aten::strip(str self, str chars=\" \\n\\t\\f\\v\") -> str",
            "aten::pow.Scalar_out(Scalar self, Tensor exponent, *, Tensor(a!) out) -> Tensor(a!)",
        ] {
            let printed = parse_schema(text).map(|s| s.to_string());
            let expected = text.replace("-> ...", "-> (...)");
            assert_eq!(printed.unwrap_or_else(|e| e.to_string()), expected);
        }
    }
}
