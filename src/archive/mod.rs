//! Archives: the zip container, its records, and the pickles in them.
//!
//! A `.pt` file is a zip with one top-level directory. [`Archive`] finds its records, [`Pickle`] is the value tree of
//! a pickle with nothing in it interpreted, [`SavedFile`] is what `torch.save` wrote, [`parse_debug`] reads the tables
//! that lead from serialized code back to the author's, and [`ArchiveWriter`] and [`PickleWriter`] write all of it.
//! This layer knows no tensors and no graphs: storages are [`Bytes`], objects are `Object` nodes.
//!
//! Everything here treats its input as hostile: sizes and counts in a file are claims until the bytes are seen.

mod debug;
pub mod pickle;
mod replace;
mod source;
mod tar;
mod torch_save;
mod writer;
mod zip;

pub use debug::parse_debug;
pub use pickle::{Construct, GlobalName, Node, NodeId, Object, Pickle, PickleWriter, StorageRef};
pub use replace::replace_file;
pub use source::{Bytes, CallbackReader, ReadFn, RecordReader, SizeFn};
pub use torch_save::{SavedFile, SavedTensor};
pub use writer::{archive_name, ArchiveWriter, Compression};
pub use zip::{Archive, ByteOrder, Record};
