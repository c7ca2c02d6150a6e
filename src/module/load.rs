//! From an archive to a module: which layout the archive has, and where its parts lie.

use std::sync::Arc;

use super::legacy;
use super::mobile;
use super::tensors::Storages;
use super::unpickle::{unpickle, Classes};
use crate::archive::{parse_debug, Archive, ByteOrder, Bytes, Node};
use crate::base::Source;
use crate::exec;
use crate::frontend::{CodeLoader, CompilationUnit};
use crate::ir::Function;
use crate::value::{IValue, Object, Type};
use crate::{Error, Result};

/// The root object of an archive that holds one module, and the unit that its code is in.
pub(super) fn load_any(archive: &Arc<Archive>) -> Result<(CompilationUnit, Object)> {
    if archive.contains("model.json") {
        return legacy::load(archive);
    }
    let packaged = packaged(archive);
    match packaged.as_slice() {
        [] => {}
        [one] => return load_parts(archive, &Parts::packaged(one)),
        several => {
            return Err(Error::usage(format!(
                "a package with {} script modules, {}: say which one to load",
                several.len(),
                several.join(", ")
            )))
        }
    }
    if !archive.contains("constants.pkl") {
        return Err(Error::archive(
            "record constants.pkl is missing: this is no TorchScript archive (torch.save files are loaded as values)",
        ));
    }
    let has_code = archive.records().iter().any(|record| record.name().starts_with("code/"));
    if !has_code && archive.contains("bytecode.pkl") {
        return mobile::load(archive);
    }
    load_parts(archive, &Parts::plain())
}

/// One module of a `torch.package` archive: `name` is its number there, or the resource that it was saved as,
/// `models/net.pkl`.
pub(super) fn load_packaged(archive: &Arc<Archive>, name: &str) -> Result<(CompilationUnit, Object)> {
    let known = packaged(archive);
    if known.is_empty() {
        return Err(Error::usage("the archive is no package with script modules"));
    }
    let number = match archive.contains(name) {
        true => number_in_package(archive, name)?,
        false => name.to_owned(),
    };
    if !known.contains(&number) {
        return Err(Error::usage(format!("no script module {name} in the package; it has {}", known.join(", "))));
    }
    load_parts(archive, &Parts::packaged(&number))
}

/// The numbers of a package's script modules.
fn packaged(archive: &Archive) -> Vec<String> {
    let of_record = |name: &str| {
        let number = name.strip_prefix(PACKAGED)?.strip_suffix("/data.pkl")?;
        (!number.contains('/')).then(|| number.to_owned())
    };
    archive.records().iter().filter_map(|record| of_record(record.name())).collect()
}

/// The module that a resource of a package is: a pickle of `unpackage_script_module` and a number.
fn number_in_package(archive: &Archive, name: &str) -> Result<String> {
    let pickle = archive.pickle(name)?;
    let number = || {
        let Node::PersistentId(id) = *pickle.node(pickle.root()) else { return None };
        let [kind, _, function, args] = pickle.sequence(id)? else { return None };
        let [number] = pickle.sequence(*args)? else { return None };
        let is_module = pickle.str(*kind)? == "reduce_package"
            && pickle.global(*function)?.is("torch.jit._script", "unpackage_script_module");
        pickle.str(*number).filter(|_| is_module)
    };
    number().map(str::to_owned).ok_or_else(|| pickle.error(pickle.root(), "not a script module of the package"))
}

const PACKAGED: &str = ".data/ts_code/";

/// Where the parts of a module lie.
struct Parts {
    code: String,
    pickles: String,
    data: &'static str,
    constants: &'static str,
}

impl Parts {
    fn plain() -> Parts {
        Parts { code: "code".into(), pickles: String::new(), data: "data", constants: "constants" }
    }
    fn packaged(number: &str) -> Parts {
        let (code, pickles) = (format!("{PACKAGED}code"), format!("{PACKAGED}{number}/"));
        Parts { code, pickles, data: ".data", constants: ".data" }
    }
}

fn load_parts(archive: &Arc<Archive>, parts: &Parts) -> Result<(CompilationUnit, Object)> {
    let version = archive.version()? as i64;
    let sources = Sources { archive: archive.clone(), folder: parts.code.clone() };
    let unit = CompilationUnit::from_archive(Box::new(sources), Vec::new(), version);
    let names = Names(&unit);
    let value = read_pickle(archive, &format!("{}constants.pkl", parts.pickles), parts.constants, &names)?;
    unit.set_constants(elements(value, "constants.pkl")?);
    let root = read_pickle(archive, &format!("{}data.pkl", parts.pickles), parts.data, &names)?;
    match root {
        IValue::Object(object) => Ok((unit, object)),
        _ => Err(Error::archive("data.pkl: the root is not a module")),
    }
}

/// The value of a pickle record whose storages lie in `folder`.
pub(super) fn read_pickle(archive: &Archive, name: &str, folder: &str, classes: &dyn Classes) -> Result<IValue> {
    let pickle = archive.pickle(name)?;
    let storages = Records::new(archive, folder)?;
    // errors of the pickle name it; those of code that it runs do not
    unpickle(&pickle, &storages, classes, &[]).map_err(|error| match error.message().starts_with(name) {
        true => error,
        false => error.context(name),
    })
}

/// The elements of what must be a tuple.
pub(super) fn elements(value: IValue, name: &str) -> Result<Vec<IValue>> {
    match value {
        IValue::Tuple(tuple) => Ok(tuple.elements.clone()),
        IValue::List(list) => Ok(list.to_vec()),
        _ => Err(Error::archive(format!("{name}: expected a tuple"))),
    }
}

/// The `.py` files below a folder as source text, with the way back to the original code.
pub(super) struct Sources {
    pub archive: Arc<Archive>,
    pub folder: String,
}

impl Sources {
    /// One file, by the name of its record.
    pub fn file(&self, name: &str) -> Result<Option<Arc<Source>>> {
        let archive = &self.archive;
        if !archive.contains(name) {
            return Ok(None);
        }
        let source = Source::new(Some(name.to_owned()), archive.text(name)?, 0);
        let debug = format!("{name}.debug_pkl");
        if archive.contains(&debug) {
            let archive = archive.clone();
            // a damaged table costs the original positions, nothing else
            source.set_originals_lazily(Box::new(move || {
                archive.pickle(&debug).and_then(|pickle| parse_debug(&pickle)).unwrap_or_default()
            }));
        }
        Ok(Some(source))
    }
}

impl CodeLoader for Sources {
    fn source(&self, qualifier: &str) -> Result<Option<Arc<Source>>> {
        self.file(&format!("{}/{}.py", self.folder, qualifier.replace('.', "/")))
    }
}

/// The classes of a unit, for unpickling.
pub(super) struct Names<'a>(pub &'a CompilationUnit);

impl Classes for Names<'_> {
    fn named_type(&self, name: &str) -> Result<Option<Type>> {
        self.0.named_type(name)
    }
    fn parse_type(&self, text: &str) -> Result<Type> {
        self.0.parse_type(text)
    }
    fn run(&self, method: &Arc<Function>, args: Vec<IValue>) -> Result<IValue> {
        exec::run(method, args)
    }
}

/// The records below a folder as storages.
pub(super) struct Records<'a> {
    archive: &'a Archive,
    folder: &'a str,
    byteorder: ByteOrder,
}

impl<'a> Records<'a> {
    pub fn new(archive: &'a Archive, folder: &'a str) -> Result<Self> {
        Ok(Records { archive, folder, byteorder: archive.byteorder()? })
    }
}

impl Storages for Records<'_> {
    fn bytes(&self, key: &str) -> Result<Bytes> {
        self.archive.record(&self.record(key))
    }
    fn record(&self, key: &str) -> String {
        format!("{}/{key}", self.folder)
    }
    fn byteorder(&self) -> ByteOrder {
        self.byteorder
    }
}
