//! `operators`: what there is to call.

use sconce::op::registry;
use sconce::Result;

/// The schemas of the operators that are supported
#[derive(clap::Args)]
pub struct OperatorsArgs {
    /// Only operators whose name contains this
    filter: Option<String>,
}

pub fn operators(args: &OperatorsArgs) -> Result<()> {
    let filter = args.filter.as_deref().unwrap_or_default();
    for operator in registry().all() {
        if operator.name.contains(filter) {
            outln!("{}", operator.schema()?);
        }
    }
    Ok(())
}
