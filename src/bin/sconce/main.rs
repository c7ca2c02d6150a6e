//! The `sconce` command line.

fn main() {}
