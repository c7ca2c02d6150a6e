//! `info`, `code`, `graph`: what is in an archive.

use std::path::PathBuf;

use sconce::pass::inlined;
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
    /// With the bodies of all methods and functions that it calls in place of the calls
    #[arg(long)]
    inlined: bool,
}

pub fn info(args: &InfoArgs) -> Result<()> {
    let module = Module::load(&args.model)?;
    let count = |tensors: &[(String, sconce::Tensor)]| -> (usize, usize) {
        let bytes = tensors.iter().map(|(_, t)| t.numel() * t.dtype().itemsize()).sum();
        (tensors.iter().map(|(_, t)| t.numel()).sum(), bytes)
    };
    let (parameters, buffers) = (module.parameters(), module.buffers());
    let ((n, bytes), (buffer_n, buffer_bytes)) = (count(&parameters), count(&buffers));
    outln!("class       {}", module.class_name());
    if let Some(archive) = module.archive() {
        outln!("format      version {}, {} records", archive.version()?, archive.records().len());
    }
    outln!("modules     {}", module.modules().len());
    outln!("parameters  {n} in {} tensors, {}", parameters.len(), size(bytes));
    outln!("buffers     {buffer_n} in {} tensors, {}", buffers.len(), size(buffer_bytes));
    outln!("methods");
    for method in module.methods() {
        outln!("  {}", method.schema()?);
    }
    let (supported, missing): (Vec<_>, Vec<_>) = module.operators_used()?.into_iter().partition(|o| o.supported);
    outln!("operators   {} used", supported.len() + missing.len());
    for operator in &supported {
        outln!("  {}", operator.name);
    }
    if !missing.is_empty() {
        outln!("unsupported {} of them", missing.len());
        for operator in &missing {
            outln!("  {}, first at {}:{}", operator.name, operator.range.file(), operator.range.line());
        }
    }
    // What is missing was named above; whatever else stops a method is said as it is.
    let mut failures: Vec<String> = Vec::new();
    for (path, inner) in module.modules() {
        for method in inner.methods() {
            if let Err(error) = method.graph() {
                if missing.is_empty() || error.kind() != ErrorKind::Unsupported {
                    failures.push(format!(
                        "{path}{}{}: {error}",
                        if path.is_empty() { "" } else { "." },
                        method.name()
                    ));
                }
            }
        }
    }
    for failure in failures {
        outln!("does not compile: {failure}");
    }
    Ok(())
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
        outln!("# {}", method.schema()?);
        let graph = method.graph()?;
        let range = graph.all_nodes().iter().find_map(|&id| graph.node(id).range.clone());
        if let Some(range) = range {
            out!("{}", definition(&range.source.text, range.start as usize));
        }
        return Ok(());
    }
    let Some(archive) = module.archive() else { return Ok(()) };
    for record in archive.records().iter().filter(|r| r.name().starts_with("code/") && r.name().ends_with(".py")) {
        outln!("# {}", record.name());
        outln!("{}", archive.text(record.name())?);
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
    let method = module.method(&args.method)?;
    if args.inlined {
        out!("{}", inlined(method.graph()?)?);
    } else {
        out!("{}", method.graph()?);
    }
    Ok(())
}
