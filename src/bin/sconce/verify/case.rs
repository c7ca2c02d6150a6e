//! Conformance cases: a script archive `NAME.pt` and `NAME.io.pt` beside it, which says what PyTorch made of it.

use std::path::{Path, PathBuf};

use sconce::module::load_value;
use sconce::{Error, IValue, Result};

/// A case on disk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CasePaths {
    pub model: PathBuf,
    pub io: PathBuf,
}

impl CasePaths {
    /// The model's file name without `.pt`.
    pub fn name(&self) -> String {
        self.model.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

/// All cases at the given paths: each a model or its `.io.pt`, or a folder of them, searched with its subfolders.
pub fn find_cases(paths: &[PathBuf]) -> Result<Vec<CasePaths>> {
    let mut cases = Vec::new();
    for path in paths {
        if path.is_dir() {
            collect(path, &mut cases)?;
            continue;
        }
        let case = case_of(path).ok_or_else(|| Error::usage(format!("{}: not a .pt file", path.display())))?;
        for file in [&case.model, &case.io] {
            if !file.is_file() {
                return Err(Error::usage(format!("{}: no such file", file.display())));
            }
        }
        cases.push(case);
    }
    cases.sort();
    cases.dedup();
    Ok(cases)
}

fn collect(folder: &Path, cases: &mut Vec<CasePaths>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, cases)?;
        } else if path.to_string_lossy().ends_with(".io.pt") {
            cases.extend(case_of(&path).filter(|case| case.model.is_file()));
        }
    }
    Ok(())
}

fn case_of(path: &Path) -> Option<CasePaths> {
    let name = path.file_name()?.to_str()?;
    let stem = name.strip_suffix(".io.pt").or_else(|| name.strip_suffix(".pt"))?;
    let beside = |suffix: &str| path.with_file_name(format!("{stem}{suffix}"));
    Some(CasePaths { model: beside(".pt"), io: beside(".io.pt") })
}

/// What is to be called, and what PyTorch's answer was.
pub struct Case {
    pub method: String,
    pub args: Vec<IValue>,
    pub kwargs: Vec<(String, IValue)>,
    pub expected: Expected,
    /// The answer to the same call made again on the same module.
    pub second: Option<Expected>,
    pub rules: Rules,
}

pub struct Expected {
    pub outcome: Outcome,
    pub args_after: Option<Vec<IValue>>,
    pub stdout: Option<String>,
}

pub enum Outcome {
    Result(IValue),
    /// The message of the exception.
    Raises(String),
}

/// How results are compared.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// rtol and atol.
    pub tolerance: Option<(f64, f64)>,
    /// Only dtype and shape are defined.
    pub meta: bool,
    /// Outputs that are indices may differ.
    pub ties: bool,
    /// Decompositions are compared by what they multiply to.
    pub nonunique: bool,
    /// The operator under test, where the case is about one.
    pub op: String,
}

impl Case {
    /// Reads the `.io.pt` file.
    pub fn load(path: &Path) -> Result<Case> {
        Self::from_value(&load_value(path)?).map_err(|error| error.context(path.display()))
    }

    fn from_value(value: &IValue) -> Result<Case> {
        let get = lookup(value)?;
        let text = |key: &str| match get(key) {
            Some(IValue::Str(text)) => text.to_string(),
            _ => String::new(),
        };
        let kwargs = match get("kwargs") {
            None | Some(IValue::None) => Vec::new(),
            Some(kwargs) => {
                let entries = kwargs.to_dict()?.entries().into_iter();
                entries.map(|(key, value)| Ok((key.to_str()?.to_string(), value))).collect::<Result<_>>()?
            }
        };
        let mut flags = strings(get("flags"));
        flags.extend(strings(get("tags")));
        let has = |flag: &str| flags.iter().any(|known| known == flag);
        let tolerance = match get("tol") {
            Some(IValue::Tuple(pair)) if pair.elements.len() == 2 => {
                Some((pair.elements[0].to_double()?, pair.elements[1].to_double()?))
            }
            _ => None,
        };
        let rules = Rules {
            tolerance,
            meta: text("check") == "meta" || has("uninit"),
            ties: has("ties"),
            nonunique: has("nonunique"),
            op: text("op"),
        };
        let method = text("method");
        Ok(Case {
            method: if method.is_empty() { "forward".into() } else { method },
            args: elements(get("args"))?.unwrap_or_default(),
            kwargs,
            expected: expected(value)?.ok_or_else(|| Error::usage("the case has neither `result` nor `raises`"))?,
            second: match get("second") {
                Some(second @ IValue::Dict(_)) => expected(&second)?,
                _ => None,
            },
            rules,
        })
    }
}

fn expected(value: &IValue) -> Result<Option<Expected>> {
    let get = lookup(value)?;
    let outcome = match (get("raises"), get("result")) {
        (Some(IValue::Str(message)), _) => Outcome::Raises(message.to_string()),
        (_, Some(result)) => Outcome::Result(result),
        _ => return Ok(None),
    };
    let stdout = match get("stdout") {
        Some(IValue::Str(text)) => Some(text.to_string()),
        _ => None,
    };
    Ok(Some(Expected { outcome, args_after: elements(get("args_after"))?, stdout }))
}

fn lookup(value: &IValue) -> Result<impl Fn(&str) -> Option<IValue>> {
    let dict = value.to_dict()?;
    Ok(move |key: &str| dict.get(&key.into()))
}

fn elements(value: Option<IValue>) -> Result<Option<Vec<IValue>>> {
    Ok(match value {
        None | Some(IValue::None) => None,
        Some(IValue::List(list)) => Some(list.to_vec()),
        Some(other) => Some(other.to_tuple()?.elements.clone()),
    })
}

fn strings(value: Option<IValue>) -> Vec<String> {
    let items = elements(value).ok().flatten().unwrap_or_default();
    items.iter().filter_map(|item| item.to_str().ok().map(|text| text.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_found_by_folder_and_by_name() {
        let all = find_cases(&["tests/fixtures".into()]).unwrap();
        assert!(all.len() > 40 && all.iter().all(|case| case.model.is_file()));
        for name in ["tests/fixtures/mixed.pt", "tests/fixtures/mixed.io.pt"] {
            let found = find_cases(&[name.into()]).unwrap();
            assert_eq!(found.iter().map(CasePaths::name).collect::<Vec<_>>(), ["mixed"]);
        }
        assert!(find_cases(&["tests/fixtures/absent.pt".into()]).is_err());
    }

    #[test]
    fn a_case_says_what_to_call_and_what_to_expect() {
        for (name, method, args, raises) in
            [("mixed", "forward", true, None), ("raise_key", "forward", true, Some("KeyError"))]
        {
            let case = Case::load(Path::new(&format!("tests/fixtures/{name}.io.pt"))).unwrap();
            assert_eq!((case.method.as_str(), case.args.is_empty()), (method, !args), "{name}");
            match (&case.expected.outcome, raises) {
                (Outcome::Result(_), None) => {}
                (Outcome::Raises(text), Some(word)) => assert!(text.contains(word), "{text}"),
                _ => panic!("{name}"),
            }
        }
    }
}
