//! The C++ functions and methods of operators, from their schemas.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

/// Names by what they are in C++; see the file.
const NAMES: &str = include_str!("cpp_names.txt");

/// Methods that `ATen/core/Tensor.h` and `TensorBase.h` write by hand.
const BY_HAND: [&str; 22] = [
    "contiguous",
    "cpu",
    "data",
    "dim",
    "element_size",
    "is_complex",
    "is_floating_point",
    "is_inference",
    "is_leaf",
    "is_pinned",
    "is_same_size_",
    "is_signed",
    "item",
    "numel",
    "requires_grad_",
    "size",
    "storage_offset",
    "stride",
    "to",
    "_version",
    "backward",
    "_backward",
];

/// Overloads that exist for scripts and would be ambiguous in C++.
const SCRIPT_ONLY: [(&str, &str); 3] = [("copy_", "Tensor"), ("copy_", "int"), ("copy_", "float")];

const KEYWORDS: [&str; 6] = ["default", "register", "inline", "operator", "template", "using"];

struct Schema {
    name: String,
    overload: String,
    args: Vec<Arg>,
    returns: Vec<String>,
}

#[derive(Clone)]
struct Arg {
    ty: String,
    name: String,
    default: Option<String>,
    /// The argument is written to: `(a!)`.
    written: bool,
}

/// Header text by path below `include/`.
pub fn headers(schemas: &[String]) -> Vec<(&'static str, String)> {
    let kinds = kinds();
    let mut schemas: Vec<Schema> = schemas.iter().filter_map(|text| parse(text)).collect();
    schemas.sort_by(|a, b| (&a.name, &a.overload).cmp(&(&b.name, &b.overload)));
    let mut functions = String::from(FUNCTIONS_HEAD);
    let mut methods = String::from(METHODS_HEAD);
    let mut seen = HashSet::new();
    for schema in &schemas {
        let kind = kinds.get(schema.name.as_str()).copied().unwrap_or("");
        if schema.args.iter().any(|a| a.written && a.name != "self") {
            continue; // an `out` variant
        }
        if SCRIPT_ONLY.contains(&(schema.name.as_str(), schema.overload.as_str())) {
            continue;
        }
        let Some(result) = result_type(schema) else { continue };
        for options in [true, false] {
            let Some(params) = params(&schema.args, options) else { continue };
            if kind.contains('f') {
                emit(&mut functions, &mut seen, schema, &params, &result, false);
            }
            if kind.contains('m') && !BY_HAND.contains(&schema.name.as_str()) {
                emit(&mut methods, &mut seen, schema, &params, &result, true);
            }
            if !has_options(&schema.args) {
                break;
            }
        }
    }
    functions.push_str("\n} // namespace at\n");
    vec![("ATen/Functions.h", functions), ("ATen/core/TensorMethods.inc", methods)]
}

fn kinds() -> BTreeMap<&'static str, &'static str> {
    let mut kinds = BTreeMap::new();
    let mut kind = "";
    for line in NAMES.lines().filter(|l| !l.starts_with('#')) {
        match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            Some(name) => kind = name,
            None => kinds.extend(line.split_whitespace().map(|name| (name, kind))),
        }
    }
    kinds
}

/// A parameter in C++: its type, name, default, and the arguments that it stands for.
struct Param {
    ty: String,
    name: String,
    default: Option<String>,
    passed: String,
}

fn emit(out: &mut String, seen: &mut HashSet<String>, schema: &Schema, params: &[Param], result: &str, method: bool) {
    let has_self = schema.args.iter().any(|a| a.name == "self" && a.ty == "Tensor");
    if method && !has_self {
        return;
    }
    let in_place = schema.args.iter().any(|a| a.written);
    if in_place && !has_self {
        return; // lists of tensors
    }
    let shown: Vec<&Param> = params.iter().filter(|p| !(method && p.name == "self")).collect();
    let signature: Vec<&str> = shown.iter().map(|p| p.ty.as_str()).collect();
    let key = |n: usize| format!("{method} {} {}", schema.name, signature[..n].join(", "));
    if !seen.insert(key(shown.len())) {
        return;
    }
    // A default is possible only where every later parameter has one, and where leaving the rest out does not make a
    // call that another overload also takes.
    let mut first_default = shown.iter().rposition(|p| p.default.is_none()).map_or(0, |i| i + 1);
    if let Some(taken) = (first_default..shown.len()).rev().find(|&n| seen.contains(&key(n))) {
        first_default = taken + 1;
    }
    seen.extend((first_default..shown.len()).map(key));
    let list: Vec<String> = shown
        .iter()
        .enumerate()
        .map(|(i, p)| match &p.default {
            Some(default) if i >= first_default => format!("{} {} = {default}", p.ty, p.name),
            _ => format!("{} {}", p.ty, p.name),
        })
        .collect();
    let args: Vec<&str> =
        params.iter().map(|p| if method && p.name == "self" { "*this" } else { p.passed.as_str() }).collect();
    let (name, overload) = (&schema.name, &schema.overload);
    let (inline, constness, indent) = if method { ("", " const", "  ") } else { ("inline ", "", "") };
    let returned = if in_place { "Tensor&" } else { result };
    let list =
        list.join(", ").replace("const Tensor& self", if in_place { "Tensor& self" } else { "const Tensor& self" });
    let _ = writeln!(out, "{indent}{inline}{returned} {name}({list}){constness} {{");
    let _ = writeln!(out, "{indent}  static ::sconce::Op sconce_op{{\"aten::{name}\", \"{overload}\"}};");
    let call = format!("(sconce_op, {{{}}})", args.join(", "));
    if in_place {
        let _ = writeln!(out, "{indent}  ::sconce::invoke<void>{call};");
        let _ = writeln!(out, "{indent}  return {};", if method { "const_cast<Tensor&>(*this)" } else { "self" });
    } else if result == "void" {
        let _ = writeln!(out, "{indent}  ::sconce::invoke<void>{call};");
    } else {
        let _ = writeln!(out, "{indent}  return ::sconce::invoke<{result}>{call};");
    }
    let _ = writeln!(out, "{indent}}}");
}

const OPTIONS: [&str; 4] = ["dtype", "layout", "device", "pin_memory"];

fn has_options(args: &[Arg]) -> bool {
    OPTIONS.iter().all(|name| args.iter().any(|a| a.name == *name))
}

/// The parameters, with dtype, layout, device and pin_memory as one `TensorOptions` where `options` asks for it.
/// `None` when a type has no place in the C++ API.
fn params(args: &[Arg], options: bool) -> Option<Vec<Param>> {
    let fold = options && has_options(args);
    let mut out = Vec::new();
    for arg in args {
        if fold && OPTIONS.contains(&arg.name.as_str()) {
            if arg.name == "dtype" {
                let passed = "c10::optTypeMetaToScalarType(options.dtype_opt()), options.layout_opt(), \
                              options.device_opt(), options.pinned_memory_opt()";
                out.push(Param {
                    ty: "TensorOptions".into(),
                    name: "options".into(),
                    default: arg.default.as_ref().map(|_| "{}".into()),
                    passed: passed.into(),
                });
            }
            continue;
        }
        let name = if KEYWORDS.contains(&arg.name.as_str()) { format!("{}_", arg.name) } else { arg.name.clone() };
        let default = match (&arg.default, options || !has_options(args) || !OPTIONS.contains(&arg.name.as_str())) {
            (Some(text), true) => Some(default_value(&arg.ty, text)?),
            _ => None,
        };
        out.push(Param { ty: param_type(&arg.ty)?.into(), passed: name.clone(), name, default });
    }
    Some(out)
}

fn param_type(ty: &str) -> Option<&'static str> {
    let (base, optional) = ty.strip_suffix('?').map_or((ty, false), |base| (base, true));
    // `int[2]` and `int[]` are the same type in C++.
    let list = base.strip_suffix(']').and_then(|b| b.split_once('['));
    Some(match (list.map_or(base, |(element, _)| element), list.is_some(), optional) {
        ("Tensor", false, false) => "const Tensor&",
        ("Tensor", false, true) => "const std::optional<Tensor>&",
        ("Tensor", true, false) => "TensorList",
        ("Tensor?", true, false) => "const c10::List<std::optional<Tensor>>&",
        ("int" | "SymInt", false, false) => "int64_t",
        ("int" | "SymInt", false, true) => "std::optional<int64_t>",
        ("int" | "SymInt", true, false) => "IntArrayRef",
        ("int" | "SymInt", true, true) => "OptionalIntArrayRef",
        ("float", false, false) => "double",
        ("float", false, true) => "std::optional<double>",
        ("float", true, false) => "ArrayRef<double>",
        ("float", true, true) => "std::optional<ArrayRef<double>>",
        ("bool", false, false) => "bool",
        ("bool", false, true) => "std::optional<bool>",
        ("Scalar", false, false) => "const Scalar&",
        ("Scalar", false, true) => "const std::optional<Scalar>&",
        ("ScalarType", false, false) => "ScalarType",
        ("ScalarType", false, true) => "std::optional<ScalarType>",
        ("Layout", false, true) => "std::optional<Layout>",
        ("Device", false, false) => "Device",
        ("Device", false, true) => "std::optional<Device>",
        ("MemoryFormat", false, false) => "MemoryFormat",
        ("MemoryFormat", false, true) => "std::optional<MemoryFormat>",
        ("str", false, false) => "c10::string_view",
        ("str", false, true) => "std::optional<c10::string_view>",
        ("Generator", false, true) => "std::optional<Generator>",
        _ => return None,
    })
}

fn default_value(ty: &str, text: &str) -> Option<String> {
    if text == "None" {
        return Some(if ty.starts_with("Tensor") { "{}".into() } else { "std::nullopt".into() });
    }
    if let Some(items) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
        return Some(format!("{{{items}}}"));
    }
    Some(match (ty.trim_end_matches('?'), text) {
        ("MemoryFormat", "0" | "contiguous_format") => "MemoryFormat::Contiguous".into(),
        (_, "True") => "true".into(),
        (_, "False") => "false".into(),
        ("ScalarType", number) => format!("static_cast<ScalarType>({})", number.parse::<u8>().ok()?),
        ("str", quoted) => quoted.replace('\'', "\""),
        ("float", "inf") => "std::numeric_limits<double>::infinity()".into(),
        (_, number) if number.parse::<f64>().is_ok() => number.into(),
        _ => return None,
    })
}

/// `None` when a returned type has no place in the C++ API.
fn result_type(schema: &Schema) -> Option<String> {
    let mut types = Vec::new();
    for ty in &schema.returns {
        types.push(match ty.as_str() {
            "Tensor" => "Tensor",
            "Tensor[]" => "std::vector<Tensor>",
            "int" | "SymInt" => "int64_t",
            "float" => "double",
            "bool" => "bool",
            "Scalar" => "Scalar",
            "ScalarType" => "ScalarType",
            "QScheme" => "QScheme",
            _ => return None,
        });
    }
    Some(match types.len() {
        0 => "void".into(),
        1 => types[0].into(),
        _ => format!("std::tuple<{}>", types.join(", ")),
    })
}

/// `aten::name.overload(T a, T b=1, *, T c) -> T`; `None` for other namespaces.
fn parse(text: &str) -> Option<Schema> {
    let rest = text.strip_prefix("aten::")?;
    let (full, rest) = rest.split_once('(')?;
    let (args, returns) = rest.split_once(") -> ")?;
    let (name, overload) = full.split_once('.').unwrap_or((full, ""));
    let args = split(args).into_iter().filter(|a| *a != "*").map(parse_arg).collect::<Option<Vec<_>>>()?;
    let returns = returns.trim();
    let inner = returns.strip_prefix('(').and_then(|r| r.strip_suffix(')')).unwrap_or(returns);
    let returns = split(inner)
        .into_iter()
        .map(|r| without_alias(r).0.split_whitespace().next().unwrap_or("").to_string())
        .collect();
    Some(Schema { name: name.into(), overload: overload.into(), args, returns })
}

fn parse_arg(text: &str) -> Option<Arg> {
    let (declared, default) = match text.split_once('=') {
        Some((declared, default)) => (declared, Some(default.to_string())),
        None => (text, None),
    };
    let (declared, written) = without_alias(declared);
    let (ty, name) = declared.rsplit_once(' ')?;
    Some(Arg { ty: ty.trim().into(), name: name.into(), default, written })
}

/// Removes `(a!)`, `(a -> *)`, …, and tells whether there was a `!`.
fn without_alias(text: &str) -> (String, bool) {
    let mut out = String::new();
    let (mut depth, mut written) = (0, false);
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 => out.push(c),
            '!' => written = true,
            _ => {}
        }
    }
    (out, written)
}

/// At commas outside brackets and quotes.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start, mut quoted) = (Vec::new(), 0, 0, false);
    for (i, c) in text.char_indices() {
        match c {
            '"' | '\'' => quoted = !quoted,
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' if depth == 0 && !quoted => {
                parts.push(text[start..i].trim());
                start = i + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|p| !p.is_empty());
    parts
}

const FUNCTIONS_HEAD: &str = "#pragma once

// Generated from the operator table; rewrite with `make bless`.

/// Every operator as a function.

#include <limits>
#include <tuple>
#include <vector>

#include <ATen/core/List.h>
#include <ATen/core/Tensor.h>

namespace at {

";

const METHODS_HEAD: &str =
    "// Generated from the operator table; rewrite with `make bless`. Included inside `class at::Tensor`.

";
