//! `sconce run`: one call of a method.

use std::path::PathBuf;

use sconce::module::save_value;
use sconce::{Module, Result};

use super::inputs::Inputs;

/// Run a method once and print, or save, what it returns
#[derive(clap::Args)]
pub struct RunArgs {
    /// A TorchScript archive
    model: PathBuf,
    #[command(flatten)]
    inputs: Inputs,
    #[arg(long, default_value = "forward")]
    method: String,
    /// Write the result as a torch.save file instead of printing it
    #[arg(long, value_name = "OUT.pt")]
    out: Option<PathBuf>,
}

pub fn run(args: &RunArgs) -> Result<()> {
    let module = Module::load(&args.model)?;
    let result = module.call(&args.method, &args.inputs.read()?)?;
    match &args.out {
        Some(path) => save_value(&result, path),
        None => {
            outln!("{result}");
            Ok(())
        }
    }
}
