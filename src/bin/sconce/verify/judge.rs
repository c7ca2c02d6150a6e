//! Runs one case in this process and judges the answer.

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::{Arc, Mutex};

use sconce::base::set_output;
use sconce::value::{save_value_to, set_save_handler, List};
use sconce::{Error, ErrorKind, IValue, Module, Type};
use serde::{Deserialize, Serialize};

use super::case::{Case, CasePaths, Expected, Outcome, Rules};
use super::compare::{compare, compare_result, Verdict};
use super::message::{essential, says_the_same};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Pass,
    Fail,
    Unsupported,
    LoadError,
    Crash,
    Timeout,
}

/// What came of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub status: Status,
    /// What reports are grouped by; empty for a pass.
    pub reason: String,
    pub detail: String,
}

impl Report {
    pub fn new(status: Status, reason: impl Into<String>, detail: impl Into<String>) -> Report {
        Report { status, reason: reason.into(), detail: detail.into() }
    }
    fn pass() -> Report {
        Report::new(Status::Pass, "", "")
    }
    /// `status` unless the error is that Sconce does not have something.
    fn error(status: Status, error: &Error) -> Report {
        let first = error.message().lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        match error.kind() {
            ErrorKind::Unsupported => Report::new(Status::Unsupported, general(first), error.to_string()),
            kind => Report::new(status, format!("{kind:?} error: {}", general(first)), error.to_string()),
        }
    }
}

/// Runs a case; a panic is a crash.
pub fn judge(paths: &CasePaths) -> Report {
    let result = catch_unwind(AssertUnwindSafe(|| run(paths)));
    set_output(None);
    match result {
        Ok(Ok(())) => Report::pass(),
        Ok(Err(report)) => report,
        Err(payload) => {
            let text = payload.downcast_ref::<String>().cloned();
            let text = text.or_else(|| payload.downcast_ref::<&str>().map(|text| text.to_string()));
            let text = text.unwrap_or_else(|| "panic".into());
            Report::new(Status::Crash, format!("panic: {}", general(&text)), text)
        }
    }
}

fn run(paths: &CasePaths) -> Result<(), Report> {
    let unreadable = |error: Error| Report::error(Status::Fail, &error);
    let case = Case::load(&paths.io).map_err(unreadable)?;
    let module = Module::load(&paths.model).map_err(|error| Report::error(Status::LoadError, &error))?;
    once(&module, &case, &case.expected)?;
    if let Some(second) = &case.second {
        // the arguments as they were
        let fresh = Case::load(&paths.io).map_err(unreadable)?;
        once(&module, &fresh, second)
            .map_err(|report| Report { reason: format!("second call: {}", report.reason), ..report })?;
    }
    Ok(())
}

/// What Python's binding makes of an argument that this library's callers must make themselves: a tensor of one element
/// is a number where a number is wanted, a number is a truth value. Everything else is left to the call.
fn bound(value: &IValue, ty: &Type) -> IValue {
    let number = match value {
        IValue::Tensor(tensor) if tensor.numel() == 1 => tensor.item().ok(),
        IValue::Int(_) | IValue::Double(_) | IValue::Complex(_) => value.to_scalar().ok(),
        _ => None,
    };
    match (ty, value, number) {
        (Type::Optional(inner), _, _) if !value.is_none() => bound(value, inner),
        (Type::Bool, IValue::None, _) => IValue::Bool(false),
        (Type::Bool, _, Some(number)) => IValue::Bool(number.to_bool()),
        (Type::Int, IValue::Tensor(_), Some(number)) => IValue::Int(number.to_i64()),
        (Type::Float, IValue::Tensor(_), Some(number)) => IValue::Double(number.to_f64()),
        (Type::Complex, IValue::Tensor(_), Some(number)) => IValue::Complex(number.to_complex()),
        (Type::List(element), IValue::List(list), _) if !list.element_type().is_subtype(element) => {
            let items: Vec<IValue> = list.to_vec().iter().map(|item| bound(item, element)).collect();
            let ty = items.first().map_or((**element).clone(), IValue::ty);
            IValue::List(List::new(ty, items))
        }
        _ => value.clone(),
    }
}

/// Python's binding copies lists and dicts, so what a script does to its own is not seen in the arguments.
fn copied(args: &[IValue]) -> Vec<IValue> {
    args.iter()
        .map(|arg| match arg {
            IValue::List(list) => IValue::List(List::new(list.element_type().clone(), copied(&list.to_vec()))),
            IValue::Dict(dict) => {
                let copy = sconce::value::Dict::new(dict.key_type().clone(), dict.value_type().clone());
                for (key, value) in dict.entries() {
                    // the key was a key before
                    let _ = copy.insert(key, copied(&[value]).pop().unwrap_or_default());
                }
                IValue::Dict(copy)
            }
            IValue::Tuple(tuple) => IValue::Tuple(Arc::new(sconce::value::TupleValue {
                elements: copied(&tuple.elements),
                named: tuple.named.clone(),
            })),
            other => other.clone(),
        })
        .collect()
}

fn once(module: &Module, case: &Case, expected: &Expected) -> Result<(), Report> {
    let printed = Arc::new(Mutex::new(String::new()));
    let sink = printed.clone();
    set_output(Some(Arc::new(move |text: &str| {
        if let Ok(mut printed) = sink.lock() {
            printed.push_str(text);
        }
    })));
    // what a case saves is written nowhere
    set_save_handler(Some(Arc::new(|value, _| save_value_to(value, "saved", &mut std::io::sink()))));
    let kwargs: Vec<(&str, IValue)> = case.kwargs.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let method = module.method(&case.method).map_err(|error| Report::error(Status::LoadError, &error))?;
    let result = match method.compile() {
        Ok(()) => {
            let formals = method.schema().map(|schema| schema.arguments.clone()).unwrap_or_default();
            // the first one is the object
            let types = formals.iter().skip(1).map(|formal| Some(&formal.ty)).chain(std::iter::repeat(None));
            let args = copied(&case.args);
            let args: Vec<IValue> =
                args.iter().zip(types).map(|(arg, ty)| ty.map_or(arg.clone(), |ty| bound(arg, ty))).collect();
            method.call_with(&args, &kwargs).map_err(|error| (Status::Fail, error))
        }
        Err(error) => Err((Status::LoadError, error)),
    };
    set_output(None);
    set_save_handler(None);
    match (&expected.outcome, result) {
        (Outcome::Raises(message), Err((status, error))) => raised(message, status, &error)?,
        (Outcome::Raises(message), Ok(value)) => {
            let detail =
                format!("returned {}, expected the error {}", super::compare::show(&value), essential(message));
            return Err(Report::new(Status::Fail, "no error where one is expected", detail));
        }
        (Outcome::Result(_), Err((status, error))) => return Err(Report::error(status, &error)),
        (Outcome::Result(result), Ok(value)) => {
            verdict("", compare_result(result, &value, &case.args, &case.rules))?;
        }
    }
    if let Some(after) = &expected.args_after {
        let rules = Rules { ties: false, ..case.rules.clone() };
        for (i, (expected, actual)) in after.iter().zip(&case.args).enumerate() {
            verdict("arguments after the call: ", compare(&format!("args_after[{i}]"), expected, actual, &rules))?;
        }
    }
    let printed = printed.lock().map(|text| text.clone()).unwrap_or_default();
    match &expected.stdout {
        Some(text) if *text != printed => {
            Err(Report::new(Status::Fail, "wrong output of print", format!("printed {printed:?}, expected {text:?}")))
        }
        _ => Ok(()),
    }
}

fn raised(message: &str, status: Status, error: &Error) -> Result<(), Report> {
    if error.kind() == ErrorKind::Unsupported {
        return Err(Report::error(status, error));
    }
    if error.kind() != ErrorKind::Internal && says_the_same(message, &error.to_string()) {
        return Ok(());
    }
    let detail = format!("error {:?}, expected {:?}", error.message(), essential(message));
    Err(Report::new(Status::Fail, format!("other error than {}", general(&essential(message))), detail))
}

fn verdict(prefix: &str, verdict: Verdict) -> Result<(), Report> {
    verdict.map_err(|d| Report::new(Status::Fail, format!("{prefix}{}", d.reason), d.detail))
}

/// A message with its numbers replaced, so that equal failures count as one reason.
fn general(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    let mut in_word = false;
    while let Some(c) = chars.next() {
        if c.is_ascii_digit() && !in_word {
            while chars.peek().is_some_and(char::is_ascii_digit) {
                chars.next();
            }
            out.push('N');
        } else {
            in_word = c.is_alphanumeric() || c == '_';
            out.push(c);
        }
    }
    match out.char_indices().nth(110) {
        Some((end, _)) => format!("{}…", &out[..end]),
        None => out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_general() {
        for (text, expected) in [
            ("size 3 must match 14", "size N must match N"),
            ("aten::conv2d is missing", "aten::conv2d is missing"),
            ("line 7:15", "line N:N"),
        ] {
            assert_eq!(general(text), expected);
        }
    }
}
