//! Generators of files that are checked in; see `tests/generated.rs`.
