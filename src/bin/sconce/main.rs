//! The `sconce` command line.

/// `print!`, but ends the program quietly when nobody reads on, as in `sconce code model.pt | head`.
macro_rules! out {
    ($($text:tt)*) => { $crate::print(format_args!($($text)*)) };
}

/// [`out`] and a new line.
macro_rules! outln {
    () => { $crate::print(format_args!("\n")) };
    ($($text:tt)*) => { $crate::print(format_args!("{}\n", format_args!($($text)*))) };
}

mod bench;
mod inputs;
mod look;
mod operators;
mod run;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Looks at TorchScript archives (.pt) and runs them on the CPU, without PyTorch.
#[derive(Parser)]
#[command(name = "sconce", version, arg_required_else_help = true)]
#[command(after_help = "Examples:
  sconce info model.pt
  sconce run model.pt --input f32[1,3,224,224]=rand
  sconce bench model.pt --input f32[1,3,224,224]=rand --threads 1 --profile
  sconce verify cases/")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Info(look::InfoArgs),
    Code(look::CodeArgs),
    Graph(look::GraphArgs),
    Run(run::RunArgs),
    Bench(bench::BenchArgs),
    Operators(operators::OperatorsArgs),
    Verify(verify::VerifyArgs),
    /// Answers cases on standard input; started by `verify`
    #[command(hide = true, name = verify::WORKER)]
    Worker(verify::WorkerArgs),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Info(args) => look::info(&args),
        Command::Code(args) => look::code(&args),
        Command::Graph(args) => look::graph(&args),
        Command::Run(args) => run::run(&args),
        Command::Bench(args) => bench::bench(&args),
        Command::Operators(args) => operators::operators(&args),
        Command::Verify(args) => return finish(verify::verify(&args)),
        Command::Worker(args) => verify::serve(&args),
    };
    finish(outcome.map(|()| ExitCode::SUCCESS))
}

fn print(text: std::fmt::Arguments) {
    use std::io::{ErrorKind, Write};
    if let Err(error) = std::io::stdout().write_fmt(text) {
        if error.kind() != ErrorKind::BrokenPipe {
            eprintln!("sconce: standard output: {error}");
            std::process::exit(2);
        }
        std::process::exit(0);
    }
}

fn finish(outcome: sconce::Result<ExitCode>) -> ExitCode {
    outcome.unwrap_or_else(|error| {
        eprintln!("sconce: {}", error.to_string().trim_end());
        ExitCode::from(2)
    })
}
