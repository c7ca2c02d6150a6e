//! Pickles as plain value trees: an arena of nodes, nothing in it interpreted.
//!
//! A global stays a name, a call stays a callee with its arguments: what they mean is decided by the layers above,
//! which know tensors and classes. Nothing that a pickle names is ever run.
//!
//! Nodes refer to each other by [`NodeId`], so values that a pickle shares stay shared, and neither deep nor cyclic
//! pickles can exhaust the stack. Interpreters walk [`Pickle::order`], which gives every node once, parts first, and
//! is where a pickle that contains itself becomes an error.

mod reader;
mod writer;

use std::sync::Arc;

pub use writer::PickleWriter;

use crate::{Error, Result};

/// A parsed pickle.
#[derive(Debug)]
pub struct Pickle {
    /// The record it came from, for messages.
    name: String,
    nodes: Vec<Node>,
    /// Where in the record each node starts to exist.
    offsets: Vec<u32>,
    root: NodeId,
}

/// A node of one [`Pickle`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    None,
    Bool(bool),
    Int(i64),
    /// An integer that needs more than 64 bits: little-endian two's complement.
    Long(Box<[u8]>),
    Float(f64),
    Str(Arc<str>),
    Bytes(Arc<[u8]>),
    List(Vec<NodeId>),
    Tuple(Box<[NodeId]>),
    /// In order of insertion; a key that occurs twice is in it twice, and the later one counts.
    Dict(Vec<(NodeId, NodeId)>),
    Set(Vec<NodeId>),
    FrozenSet(Vec<NodeId>),
    Global(Arc<GlobalName>),
    Object(Box<Object>),
    /// A reference to something outside of the pickle, mostly a storage: see [`Pickle::storage`].
    PersistentId(NodeId),
}

/// A class or function by its name: `torch._utils _rebuild_tensor_v2`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GlobalName {
    pub module: String,
    pub name: String,
}

/// Something a global would make.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    pub construct: Construct,
    /// Mostly a [`Node::Global`].
    pub callee: NodeId,
    /// Mostly a tuple; script enums have their bare value here.
    pub args: NodeId,
    pub kwargs: Option<NodeId>,
    /// What the object is to restore itself from: `BUILD`.
    pub state: Option<NodeId>,
    /// What was appended to the object, as to a list or a set.
    pub items: Vec<NodeId>,
    /// What was stored in the object, as in a dict: the content of an `OrderedDict`.
    pub pairs: Vec<(NodeId, NodeId)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Construct {
    /// A call of a function: `REDUCE`.
    Call,
    /// An instance of a class, without its `__init__`: `NEWOBJ`.
    New,
    /// A global that got a state directly, in pickles before 1.2.
    Bare,
}

/// The persistent id of a storage.
#[derive(Clone, Debug, PartialEq)]
pub struct StorageRef<'a> {
    /// `torch FloatStorage`: tells the dtype; `torch.storage UntypedStorage` does not.
    pub class: &'a GlobalName,
    /// Names the record, `data/<key>`.
    pub key: &'a str,
    /// The device it was on: `cpu`, `cuda:0`.
    pub location: &'a str,
    /// Number of elements; of bytes for an untyped storage.
    pub numel: usize,
    /// In files before 1.6: key, offset and number of elements of a part of the storage.
    pub view: Option<(&'a str, usize, usize)>,
}

impl Pickle {
    /// Parses a whole record; bytes after the end of the pickle are allowed.
    pub fn parse(data: &[u8], name: &str) -> Result<Pickle> {
        Ok(Self::parse_prefix(data, name)?.0)
    }

    /// Parses a pickle at the start of `data` and returns its length too.
    pub fn parse_prefix(data: &[u8], name: &str) -> Result<(Pickle, usize)> {
        reader::parse(data, name)
    }

    /// The record's name.
    pub fn name(&self) -> &str {
        &self.name
    }
    pub fn root(&self) -> NodeId {
        self.root
    }
    /// The number of nodes: [`NodeId::index`] is below it.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }
    /// All nodes, in the order they appear in the record; some may not be reachable from the root.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// Every node that the root needs, once, after all its parts.
    ///
    /// Fails for a pickle that contains itself, and for one nested deeper than [`MAX_DEPTH`].
    pub fn order(&self) -> Result<Vec<NodeId>> {
        enum Step {
            Enter(NodeId),
            Leave(NodeId),
        }
        #[derive(Clone, Copy, PartialEq)]
        enum Mark {
            New,
            Open,
            Done,
        }
        let mut marks = vec![Mark::New; self.nodes.len()];
        let mut order = Vec::with_capacity(self.nodes.len());
        let mut steps = vec![Step::Enter(self.root)];
        let mut depth = 0;
        while let Some(step) = steps.pop() {
            match step {
                Step::Leave(id) => {
                    marks[id.index()] = Mark::Done;
                    order.push(id);
                    depth -= 1;
                }
                Step::Enter(id) => match marks[id.index()] {
                    Mark::Done => {}
                    Mark::Open => return Err(self.error(id, "the value contains itself")),
                    Mark::New => {
                        marks[id.index()] = Mark::Open;
                        depth += 1;
                        if depth > MAX_DEPTH {
                            let text = format!("{}: values are nested more than {MAX_DEPTH} deep", self.name);
                            return Err(Error::limit(text));
                        }
                        steps.push(Step::Leave(id));
                        let first = steps.len();
                        self.for_each_part(id, &mut |part| steps.push(Step::Enter(part)));
                        steps[first..].reverse();
                    }
                },
            }
        }
        Ok(order)
    }

    /// Calls `f` for every node that `id` refers to, in the order in which Python would have made them.
    pub fn for_each_part(&self, id: NodeId, f: &mut dyn FnMut(NodeId)) {
        match self.node(id) {
            Node::List(items) | Node::Set(items) | Node::FrozenSet(items) => items.iter().copied().for_each(f),
            Node::Tuple(items) => items.iter().copied().for_each(f),
            Node::Dict(pairs) => pairs.iter().flat_map(|pair| [pair.0, pair.1]).for_each(f),
            Node::PersistentId(id) => f(*id),
            Node::Object(object) => {
                let start = [object.callee, object.args].into_iter().chain(object.kwargs);
                let pairs = object.pairs.iter().flat_map(|pair| [pair.0, pair.1]);
                start.chain(object.items.iter().copied()).chain(pairs).chain(object.state).for_each(f);
            }
            Node::None | Node::Bool(_) | Node::Int(_) | Node::Long(_) | Node::Float(_) => {}
            Node::Str(_) | Node::Bytes(_) | Node::Global(_) => {}
        }
    }

    /// An error at a node: record name, byte offset, message.
    pub fn error(&self, id: NodeId, message: impl AsRef<str>) -> Error {
        let offset = self.offsets.get(id.index()).copied().unwrap_or_default();
        Error::archive(format!("{}: byte {offset}: {}", self.name, message.as_ref()))
    }

    /// The elements of a list or a tuple.
    pub fn sequence(&self, id: NodeId) -> Option<&[NodeId]> {
        match self.node(id) {
            Node::List(items) => Some(items),
            Node::Tuple(items) => Some(items),
            _ => None,
        }
    }
    pub fn str(&self, id: NodeId) -> Option<&str> {
        match self.node(id) {
            Node::Str(text) => Some(text),
            _ => None,
        }
    }
    pub fn int(&self, id: NodeId) -> Option<i64> {
        match self.node(id) {
            Node::Int(value) => Some(*value),
            _ => None,
        }
    }
    /// An integer that is a size or an offset.
    pub fn size(&self, id: NodeId) -> Option<usize> {
        usize::try_from(self.int(id)?).ok()
    }
    /// The name of a class or function, also where a file before 1.6 gives a class together with its source text.
    pub fn global(&self, id: NodeId) -> Option<&GlobalName> {
        match self.node(id) {
            Node::Global(name) => Some(name),
            Node::PersistentId(id) => match (self.sequence(*id)?, self.is_module(*id)) {
                ([_, class, ..], true) => match self.node(*class) {
                    Node::Global(name) => Some(name),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }
    /// Whether the node under a [`Node::PersistentId`] is a class with its source text and not a storage.
    pub(super) fn is_module(&self, id: NodeId) -> bool {
        self.sequence(id).and_then(|parts| self.str(*parts.first()?)) == Some("module")
    }
    pub fn object(&self, id: NodeId) -> Option<&Object> {
        match self.node(id) {
            Node::Object(object) => Some(object),
            _ => None,
        }
    }
    /// Function and arguments, where the node is the call of a global with a tuple of arguments.
    pub fn call(&self, id: NodeId) -> Option<(&GlobalName, &[NodeId])> {
        let object = self.object(id).filter(|object| object.construct == Construct::Call)?;
        match self.node(object.args) {
            Node::Tuple(args) => Some((self.global(object.callee)?, args)),
            _ => None,
        }
    }

    /// What the node under a [`Node::PersistentId`] says, which must be a storage.
    pub fn storage(&self, id: NodeId) -> Result<StorageRef<'_>> {
        let parts = || {
            let fields = self.sequence(id)?;
            let [kind, class, key, location, numel, view @ ..] = fields else { return None };
            if self.str(*kind)? != "storage" || view.len() > 1 {
                return None;
            }
            let view = match view.first().map(|view| (*view, self.node(*view))) {
                None | Some((_, Node::None)) => None,
                Some((view, _)) => match self.sequence(view)? {
                    [key, offset, numel] => Some((self.str(*key)?, self.size(*offset)?, self.size(*numel)?)),
                    _ => return None,
                },
            };
            let (class, key, numel) = (self.global(*class)?, self.str(*key)?, self.size(*numel)?);
            Some(StorageRef { class, key, location: self.str(*location)?, numel, view })
        };
        parts().ok_or_else(|| self.error(id, "a persistent id that is not a storage"))
    }
}

/// Deeper values are refused, so that what is made of them can be walked and dropped recursively.
pub const MAX_DEPTH: usize = 4000;

impl NodeId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl GlobalName {
    pub fn is(&self, module: &str, name: &str) -> bool {
        self.module == module && self.name == name
    }
}

/// Module and name with a dot between: `torch._utils._rebuild_tensor_v2`.
impl std::fmt::Display for GlobalName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.module, self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(data: &[u8]) -> Pickle {
        Pickle::parse(data, "data.pkl").unwrap()
    }

    #[test]
    fn order_gives_each_node_once_after_its_parts() {
        // x = [1]; root = (x, {"k": x})
        let pickle = parse(b"\x80\x02]q\x00K\x01a}X\x01\0\0\0kh\x00s\x86.");
        let order = pickle.order().unwrap();
        assert_eq!((order.len(), order.last()), (5, Some(&pickle.root())));
        let at = |id| order.iter().position(|other| *other == id).unwrap();
        for id in &order {
            pickle.for_each_part(*id, &mut |part| assert!(at(part) < at(*id)));
        }
    }

    #[test]
    fn sharing_is_kept() {
        let pickle = parse(b"\x80\x02]q\x00h\x00\x86.");
        let [a, b] = pickle.sequence(pickle.root()).unwrap() else { panic!() };
        assert_eq!(a, b);
    }

    #[test]
    fn a_pickle_that_contains_itself_is_an_error_that_says_where() {
        // A list, a dict, an object's state.
        for data in [&b"\x80\x02]q\x00h\x00a."[..], b"\x80\x02}q\x00Nh\x00s.", b"\x80\x02ca\nb\n)\x81q\x00h\x00b."] {
            let error = parse(data).order().unwrap_err();
            assert!(error.message().contains(": the value contains itself"), "{error}");
            assert!(error.message().starts_with("data.pkl: byte "), "{error}");
        }
    }

    #[test]
    fn depth_is_bounded_without_recursion() {
        let nested = |depth: usize| [&b"\x80\x02N"[..], &vec![0x85; depth], b"."].concat();
        assert!(parse(&nested(3000)).order().is_ok());
        let error = parse(&nested(1_000_000)).order().unwrap_err();
        assert_eq!((error.kind(), error.message().contains("nested")), (crate::ErrorKind::Limit, true));
    }

    #[test]
    fn storages() {
        let id = |tail: &[u8]| {
            [b"\x80\x02(X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\x007X\x03\0\0\0cpuK\x0c", tail].concat()
        };
        let at = |data: &[u8]| {
            let pickle = parse(data);
            let Node::PersistentId(id) = *pickle.node(pickle.root()) else { panic!() };
            let storage = pickle.storage(id)?;
            assert!(storage.class.is("torch", "FloatStorage"));
            Ok((storage.key.to_owned(), storage.location.to_owned(), storage.numel, storage.view.map(|view| view.1)))
        };
        let plain = Ok(("7".to_owned(), "cpu".to_owned(), 12, None));
        let view = Ok(("7".to_owned(), "cpu".to_owned(), 12, Some(3)));
        let cases = [
            (id(b"tQ."), plain.clone()),
            (id(b"NtQ."), plain),
            (id(b"(X\x01\0\0\x008K\x03K\x04ttQ."), view),
            (id(b"K\x01tQ."), Err("data.pkl: byte 53: a persistent id that is not a storage".to_owned())),
            (
                b"\x80\x02X\x07\0\0\0storageQ.".to_vec(),
                Err("data.pkl: byte 2: a persistent id that is not a storage".to_owned()),
            ),
        ];
        for (data, expected) in cases {
            assert_eq!(at(&data).map_err(|error: Error| error.message().to_owned()), expected);
        }
    }
}
