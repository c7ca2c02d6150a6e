//! `info`, `code`, `graph`: what is in an archive.

use std::collections::BTreeMap;
use std::path::PathBuf;

use sconce::ir::Graph;
use sconce::{ErrorKind, Module, Result};

/// Methods, parameters, sizes, format version, operators, and which of them are not supported
#[derive(clap::Args)]
pub struct InfoArgs {
    /// A TorchScript archive
    model: PathBuf,
}

/// The source text of a model's code
#[derive(clap::Args)]
pub struct CodeArgs {
    /// A TorchScript archive
    model: PathBuf,
    /// Only this method of the model's class
    #[arg(long)]
    method: Option<String>,
}

/// The graph of a method, in PyTorch's print syntax
#[derive(clap::Args)]
pub struct GraphArgs {
    /// A TorchScript archive
    model: PathBuf,
    #[arg(long, default_value = "forward")]
    method: String,
}

pub fn info(args: &InfoArgs) -> Result<()> {
    let module = Module::load(&args.model)?;
    let count = |tensors: &[(String, sconce::Tensor)]| -> (usize, usize) {
        let bytes = tensors.iter().map(|(_, t)| t.numel() * t.dtype().itemsize()).sum();
        (tensors.iter().map(|(_, t)| t.numel()).sum(), bytes)
    };
    let (parameters, buffers) = (module.parameters(), module.buffers());
    let ((n, bytes), (buffer_n, buffer_bytes)) = (count(&parameters), count(&buffers));
    println!("class       {}", module.class_name());
    if let Some(archive) = module.archive() {
        println!("format      version {}, {} records", archive.version()?, archive.records().len());
    }
    println!("modules     {}", module.modules().len());
    println!("parameters  {n} in {} tensors, {}", parameters.len(), size(bytes));
    println!("buffers     {buffer_n} in {} tensors, {}", buffers.len(), size(buffer_bytes));
    println!("methods");
    let mut operators: BTreeMap<String, usize> = BTreeMap::new();
    let mut missing: BTreeMap<String, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for method in module.methods() {
        println!("  {}", method.schema()?);
    }
    for (path, inner) in module.modules() {
        for method in inner.methods() {
            match method.graph() {
                Ok(graph) => count_operators(graph, &mut operators),
                Err(error) if error.kind() == ErrorKind::Unsupported => {
                    let first = error.message().lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
                    *missing.entry(first.to_string()).or_default() += 1;
                }
                Err(error) => failures.push(format!("{path}.{}: {error}", method.name())),
            }
        }
    }
    println!("operators   {}", operators.len());
    for (name, uses) in &operators {
        println!("  {uses:5}  {name}");
    }
    if !missing.is_empty() {
        println!("unsupported");
        for (name, methods) in &missing {
            println!("  {name} (stops {methods} method(s))");
        }
    }
    for failure in failures {
        println!("does not compile: {failure}");
    }
    Ok(())
}

fn count_operators(graph: &Graph, operators: &mut BTreeMap<String, usize>) {
    for id in graph.all_nodes() {
        if let Some(schema) = &graph.node(id).schema {
            *operators.entry(schema.qualified()).or_default() += 1;
        }
    }
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

pub fn code(args: &CodeArgs) -> Result<()> {
    let module = Module::load(&args.model)?;
    if let Some(name) = &args.method {
        let method = module.method(name)?;
        println!("# {}", method.schema()?);
        let graph = method.graph()?;
        let range = graph.all_nodes().iter().find_map(|&id| graph.node(id).range.clone());
        if let Some(range) = range {
            print!("{}", definition(&range.source.text, range.start as usize));
        }
        return Ok(());
    }
    let Some(archive) = module.archive() else { return Ok(()) };
    for record in archive.records().iter().filter(|r| r.name().starts_with("code/") && r.name().ends_with(".py")) {
        println!("# {}", record.name());
        println!("{}", archive.text(record.name())?);
    }
    Ok(())
}

/// The `def` around a position: from its line to the next one that is indented no deeper.
fn definition(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or(text);
    let Some(start) = before.rfind("def ").map(|d| text[..d].rfind('\n').map_or(0, |n| n + 1)) else {
        return String::new();
    };
    let indent = text[start..].len() - text[start..].trim_start_matches(' ').len();
    let mut out = String::new();
    for (i, line) in text[start..].lines().enumerate() {
        let depth = line.len() - line.trim_start_matches(' ').len();
        if i > 0 && !line.trim().is_empty() && depth <= indent {
            break;
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

pub fn graph(args: &GraphArgs) -> Result<()> {
    let module = Module::load(&args.model)?;
    print!("{}", module.method(&args.method)?.graph()?);
    Ok(())
}
