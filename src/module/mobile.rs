//! Archives for the mobile interpreter that have no `code/`: methods are in `bytecode.pkl`, classes are what the pickles
//! show of them. Those that have code, as the files of `_save_for_lite_interpreter` do, are loaded from it.

use std::sync::Arc;

use super::load::{elements, read_pickle, Names};
use super::unpickle::Classes;
use crate::archive::Archive;
use crate::exec::{self, Bytecode, Instruction, OperatorName};
use crate::frontend::CompilationUnit;
use crate::ir::Function;
use crate::schema::{Argument, FunctionSchema};
use crate::value::{ClassType, IValue, Object, QualName, TupleType, Type};
use crate::{Error, Result};

/// The root module of such an archive.
pub(super) fn load(archive: &Arc<Archive>) -> Result<(CompilationUnit, Object)> {
    let version = archive.version()? as i64;
    let unit = CompilationUnit::new();
    let classes = OpenClasses(&unit);
    let root = read_pickle(archive, BYTECODE, "constants", &classes)?;
    let entries = elements(root, BYTECODE)?;
    let format = match entries.first() {
        Some(IValue::Int(format)) => *format,
        _ => 3,
    };
    if !FORMATS.contains(&format) {
        return Err(Error::unsupported(format!(
            "{BYTECODE}: bytecode of version {format}; supported are {} to {}",
            FORMATS.start(),
            FORMATS.end()
        )));
    }
    for entry in entries.iter().filter(|entry| !matches!(entry, IValue::Int(_))) {
        method(entry, version, &classes).map_err(|error| error.context(BYTECODE))?;
    }
    match read_pickle(archive, "data.pkl", "data", &classes)? {
        IValue::Object(object) => Ok((unit, object)),
        _ => Err(Error::archive("data.pkl: the root is not a module")),
    }
}

const BYTECODE: &str = "bytecode.pkl";
const FORMATS: std::ops::RangeInclusive<i64> = 3..=9;

/// Reads one method and adds it to its class.
fn method(entry: &IValue, version: i64, classes: &OpenClasses<'_>) -> Result<()> {
    let parts = items(entry)?;
    let [IValue::Str(name), code, rest @ ..] = parts.as_slice() else {
        return Err(Error::archive("a method is its name and its code"));
    };
    let name = QualName::new(name.clone());
    let within = |error: Error| error.context(&name);
    let bytecode = bytecode(code, version, classes).map_err(within)?;
    let schema = match rest.first() {
        Some(table) => schema(&name, table, classes).map_err(within)?,
        None => return Err(within(Error::unsupported("bytecode without a schema"))),
    };
    let class = classes.class(name.prefix());
    let function = bytecode.function(name, schema)?;
    class.add_method(function.name(), function.clone());
    Ok(())
}

fn bytecode(code: &IValue, version: i64, classes: &OpenClasses<'_>) -> Result<Bytecode> {
    let list = |name: &str| table(code, name)?.map_or(Ok(Vec::new()), |value| items(&value));
    let instructions = list("instructions")?.iter().map(instruction).collect::<Result<_>>()?;
    let operators = list("operators")?.iter().map(operator).collect::<Result<_>>()?;
    let types = list("types")?.iter().map(|ty| classes.parse_type(&ty.to_str()?)).collect::<Result<_>>()?;
    let registers = table(code, "register_size")?.map_or(Ok(0), |count| count.to_int())?;
    let registers = usize::try_from(registers).map_err(|_| Error::archive("a negative register_size"))?;
    Ok(Bytecode { instructions, operators, constants: list("constants")?, types, registers, version })
}

fn instruction(value: &IValue) -> Result<Instruction> {
    match items(value)?.as_slice() {
        [IValue::Str(op), IValue::Int(x), IValue::Int(n)] => Ok(Instruction { op: op.to_string(), x: *x, n: *n }),
        _ => Err(Error::archive("an instruction is its name and two numbers")),
    }
}

fn operator(value: &IValue) -> Result<OperatorName> {
    let malformed = || Error::archive("an operator is its name, its overload and a number of arguments");
    let parts = items(value)?;
    let (name, overload, given) = match parts.as_slice() {
        [IValue::Str(name), IValue::Str(overload)] => (name, overload, None),
        [IValue::Str(name), IValue::Str(overload), IValue::Int(given)] => (name, overload, Some(*given)),
        _ => return Err(malformed()),
    };
    let given = given.filter(|given| *given >= 0).map(usize::try_from).transpose().map_err(|_| malformed())?;
    Ok(OperatorName { name: name.to_string(), overload: overload.to_string(), given })
}

fn schema(name: &QualName, tables: &IValue, classes: &OpenClasses<'_>) -> Result<FunctionSchema> {
    let arguments = |which: &str| -> Result<Vec<Argument>> {
        let Some(list) = table(tables, which)? else { return Ok(Vec::new()) };
        let argument = |value: &IValue| {
            let get = |field: &str| table(value, field).map(Option::unwrap_or_default);
            let ty = classes.parse_type(&get("type")?.to_str()?)?;
            let default = get("default_value")?;
            // what has no default has None too
            let default = (!default.is_none() || ty.is_optional()).then_some(default);
            Ok(Argument { default, ..Argument::new(&*get("name")?.to_str()?, ty) })
        };
        items(&list)?.iter().map(argument).collect()
    };
    Ok(FunctionSchema {
        name: name.name().into(),
        overload: String::new(),
        arguments: arguments("arguments")?,
        returns: arguments("returns")?,
        is_vararg: false,
        is_varret: false,
    })
}

/// The value under a name in a tuple of pairs.
fn table(value: &IValue, name: &str) -> Result<Option<IValue>> {
    for pair in items(value)? {
        if let [IValue::Str(key), value] = items(&pair)?.as_slice() {
            if **key == *name {
                return Ok(Some(value.clone()));
            }
        }
    }
    Ok(None)
}

fn items(value: &IValue) -> Result<Vec<IValue>> {
    match value {
        IValue::Tuple(tuple) => Ok(tuple.elements.clone()),
        IValue::List(list) => Ok(list.to_vec()),
        other => Err(Error::archive(format!("expected a tuple, got a {}", other.tag()))),
    }
}

/// Classes without declarations: each is what is found under its name.
struct OpenClasses<'a>(&'a CompilationUnit);

impl OpenClasses<'_> {
    fn class(&self, name: &str) -> Arc<ClassType> {
        if let Ok(Some(Type::Class(class))) = self.0.named_type(name) {
            return class;
        }
        let class = ClassType::new(QualName::new(name), true);
        self.0.register_type(name, Type::Class(class.clone()));
        class
    }
}

impl Classes for OpenClasses<'_> {
    fn named_type(&self, name: &str) -> Result<Option<Type>> {
        Ok(Some(Type::Class(self.class(name))))
    }

    /// `Dict[str,int]`, a class's name, or `NAME[NamedTuple, [[field, Type], …]]`.
    fn parse_type(&self, text: &str) -> Result<Type> {
        if let Some((name, fields)) = text.split_once('[').filter(|(_, rest)| rest.trim().starts_with("NamedTuple")) {
            return self.named_tuple(name.trim(), fields);
        }
        // what is named is known from now on
        for word in text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')) {
            if word.starts_with("__torch__.") && !word.starts_with("__torch__.torch.classes.") {
                self.class(word);
            }
        }
        Names(self.0).parse_type(text)
    }

    fn run(&self, method: &Arc<Function>, args: Vec<IValue>) -> Result<IValue> {
        exec::run(method, args)
    }

    fn are_open(&self) -> bool {
        true
    }
}

impl OpenClasses<'_> {
    fn named_tuple(&self, name: &str, fields: &str) -> Result<Type> {
        let malformed = || Error::archive(format!("{name}[{fields}: not a NamedTuple"));
        let list = fields.split_once(',').map(|(_, list)| list.trim()).and_then(|list| list.strip_suffix(']'));
        let list = list.and_then(|list| list.trim().strip_prefix('[')?.strip_suffix(']')).ok_or_else(malformed)?;
        let (mut names, mut elements) = (Vec::new(), Vec::new());
        for field in split_outside(list) {
            let field = field.strip_prefix('[').and_then(|field| field.strip_suffix(']')).ok_or_else(malformed)?;
            let (name, ty) = field.split_once(',').ok_or_else(malformed)?;
            names.push(name.trim().to_owned());
            elements.push(self.parse_type(ty.trim())?);
        }
        Ok(Type::Tuple(Arc::new(TupleType { elements, named: Some((name.to_owned(), names)) })))
    }
}

/// The parts between commas that stand in no bracket.
fn split_outside(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}
