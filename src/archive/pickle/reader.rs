//! The pickle machine: protocols 2 to 5, the opcodes of PyTorch's C++ writer and those of Python's.
//!
//! Not there: protocols 0 and 1 (text opcodes), the extension registry, out-of-band buffers.

use std::sync::Arc;

use super::{Construct, GlobalName, Node, NodeId, Object, Pickle};
use crate::{Error, Result};

/// Parses one pickle at the start of `data`; returns it and its length.
///
/// Time and memory are linear in that length: every opcode makes at most one node and pushes at most one value.
pub(super) fn parse(data: &[u8], name: &str) -> Result<(Pickle, usize)> {
    if data.len() > u32::MAX as usize {
        return Err(Error::limit(format!("{name}: a pickle of {} bytes", data.len())));
    }
    let (nodes, offsets, stack, marks, memo) = Default::default();
    let mut machine = Machine { data, name, position: 0, opcode_at: 0, nodes, offsets, stack, marks, memo };
    let root =
        machine.run().map_err(|message| Error::archive(format!("{name}: byte {}: {message}", machine.opcode_at)))?;
    let Machine { nodes, offsets, position, .. } = machine;
    Ok((Pickle { name: name.to_owned(), nodes, offsets, root }, position))
}

struct Machine<'a> {
    data: &'a [u8],
    name: &'a str,
    position: usize,
    /// Where the opcode that is being read starts.
    opcode_at: usize,
    nodes: Vec<Node>,
    offsets: Vec<u32>,
    stack: Vec<NodeId>,
    /// Heights of the stack at each mark.
    marks: Vec<usize>,
    memo: Vec<Option<NodeId>>,
}

/// The message of an error; [`parse`] adds record and offset.
type Step<T> = Result<T, String>;

impl Machine<'_> {
    fn run(&mut self) -> Step<NodeId> {
        let head = self.take(2).map_err(|_| "not a pickle: too short".to_owned())?;
        match *head {
            [PROTO, 2..=5] => {}
            [PROTO, version] => return Err(format!("pickle protocol {version} is not supported")),
            _ => return Err("not a pickle: it does not begin with a protocol".to_owned()),
        }
        loop {
            self.opcode_at = self.position;
            let opcode = self.byte()?;
            if opcode == STOP {
                return self.pop();
            }
            self.step(opcode)?;
        }
    }

    fn step(&mut self, opcode: u8) -> Step<()> {
        match opcode {
            b'(' => self.marks.push(self.stack.len()),
            b'0' => {
                // POP takes a mark where that is on top.
                if self.marks.last() == Some(&self.stack.len()) {
                    self.marks.pop();
                } else {
                    self.pop()?;
                }
            }
            b'1' => drop(self.pop_mark()?),
            b'2' => {
                let top = self.top()?;
                self.stack.push(top);
            }

            b'N' => self.push(Node::None),
            0x88 => self.push(Node::Bool(true)),
            0x89 => self.push(Node::Bool(false)),
            b'K' => {
                let value = self.byte()?;
                self.push(Node::Int(value.into()));
            }
            b'M' => {
                let value = u16::from_le_bytes(self.array()?);
                self.push(Node::Int(value.into()));
            }
            b'J' => {
                let value = i32::from_le_bytes(self.array()?);
                self.push(Node::Int(value.into()));
            }
            0x8a => {
                let len = self.byte()?.into();
                self.push_long(len)?;
            }
            0x8b => {
                let len = i32::from_le_bytes(self.array()?);
                let len = usize::try_from(len).map_err(|_| "an integer of negative length".to_owned())?;
                self.push_long(len)?;
            }
            b'G' => {
                let value = f64::from_be_bytes(self.array()?);
                self.push(Node::Float(value));
            }

            b'X' | 0x8c | 0x8d => {
                let len = self.len(match opcode {
                    b'X' => 4,
                    0x8c => 1,
                    _ => 8,
                })?;
                let bytes = self.take(len)?;
                let text = std::str::from_utf8(bytes).map_err(|_| "a string that is not UTF-8".to_owned())?;
                self.push(Node::Str(text.into()));
            }
            // Strings of Python 2, which may be anything.
            b'T' | b'U' => {
                let len = self.len(if opcode == b'T' { 4 } else { 1 })?;
                let bytes = self.take(len)?;
                let node =
                    std::str::from_utf8(bytes).map_or_else(|_| Node::Bytes(bytes.into()), |s| Node::Str(s.into()));
                self.push(node);
            }
            b'B' | b'C' | 0x8e | 0x96 => {
                let len = self.len(match opcode {
                    b'B' => 4,
                    b'C' => 1,
                    _ => 8,
                })?;
                let bytes = self.take(len)?;
                self.push(Node::Bytes(bytes.into()));
            }

            b']' => self.push(Node::List(Vec::new())),
            b'l' => {
                let items = self.pop_mark()?;
                self.push(Node::List(items));
            }
            b'a' => {
                let item = self.pop()?;
                self.append(&[item])?;
            }
            b'e' => {
                let items = self.pop_mark()?;
                self.append(&items)?;
            }

            b')' => self.push(Node::Tuple(Box::new([]))),
            b't' => {
                let items = self.pop_mark()?;
                self.push(Node::Tuple(items.into()));
            }
            0x85..=0x87 => {
                let mut items = vec![NodeId(0); (opcode - 0x84).into()];
                for item in items.iter_mut().rev() {
                    *item = self.pop()?;
                }
                self.push(Node::Tuple(items.into()));
            }

            b'}' => self.push(Node::Dict(Vec::new())),
            b'd' => {
                let items = self.pop_mark()?;
                let pairs = in_pairs(&items)?;
                self.push(Node::Dict(pairs));
            }
            b's' => {
                let value = self.pop()?;
                let key = self.pop()?;
                self.set_items(&[key, value])?;
            }
            b'u' => {
                let items = self.pop_mark()?;
                self.set_items(&items)?;
            }

            0x8f => self.push(Node::Set(Vec::new())),
            0x90 => {
                let items = self.pop_mark()?;
                let target = self.top()?;
                match &mut self.nodes[target.index()] {
                    Node::Set(set) => set.extend(items),
                    Node::Object(object) => object.items.extend(items),
                    _ => return Err("ADDITEMS to something that is not a set".to_owned()),
                }
            }
            0x91 => {
                let items = self.pop_mark()?;
                self.push(Node::FrozenSet(items));
            }

            b'q' | b'r' => {
                let id = self.len(if opcode == b'q' { 1 } else { 4 })?;
                self.put(id)?;
            }
            0x94 => self.put(self.memo.len())?,
            b'h' | b'j' => {
                let id = self.len(if opcode == b'h' { 1 } else { 4 })?;
                let value = self.memo.get(id).copied().flatten();
                self.stack.push(value.ok_or_else(|| format!("memo {id} is not set"))?);
            }

            b'c' => {
                let (module, name) = (self.line()?, self.line()?);
                self.push(Node::Global(Arc::new(GlobalName { module, name })));
            }
            0x93 => {
                let (name, module) = (self.pop()?, self.pop()?);
                let text = |id: NodeId| match &self.nodes[id.index()] {
                    Node::Str(text) => Ok(text.to_string()),
                    _ => Err("STACK_GLOBAL of something that is not a string".to_owned()),
                };
                let global = GlobalName { module: text(module)?, name: text(name)? };
                self.push(Node::Global(Arc::new(global)));
            }
            b'R' | 0x81 => {
                let (args, callee) = (self.pop()?, self.pop()?);
                let construct = if opcode == b'R' { Construct::Call } else { Construct::New };
                self.push_object(construct, callee, args, None)?;
            }
            0x92 => {
                let (kwargs, args, callee) = (self.pop()?, self.pop()?, self.pop()?);
                self.push_object(Construct::New, callee, args, Some(kwargs))?;
            }
            b'b' => self.build()?,
            b'Q' => {
                let id = self.pop()?;
                self.push(Node::PersistentId(id));
            }

            PROTO => {
                let version = self.byte()?;
                if !(2..=5).contains(&version) {
                    return Err(format!("pickle protocol {version} is not supported"));
                }
            }
            // A frame is a hint for buffered reading.
            0x95 => {
                let len = self.len(8)?;
                if len > self.data.len() - self.position {
                    return Err(format!("a frame of {len} bytes reaches past the end"));
                }
            }
            0x97 | 0x98 => return Err("out-of-band buffers are not supported".to_owned()),
            0x82..=0x84 => return Err("the extension registry is not supported".to_owned()),
            _ => return Err(format!("unknown opcode 0x{opcode:02x}")),
        }
        Ok(())
    }

    fn push_long(&mut self, len: usize) -> Step<()> {
        let bytes = self.take(len)?;
        let sign = bytes.last().map_or(0, |byte| if byte & 0x80 != 0 { 0xff } else { 0 });
        let mut word = [sign; 8];
        let (low, high) = bytes.split_at(len.min(8));
        word[..low.len()].copy_from_slice(low);
        let value = i64::from_le_bytes(word);
        // Bytes beyond the eighth may only repeat the sign.
        let fits = high.iter().all(|byte| *byte == sign) && (high.is_empty() || (value < 0) == (sign == 0xff));
        self.push(if fits { Node::Int(value) } else { Node::Long(bytes.into()) });
        Ok(())
    }

    fn push_object(&mut self, construct: Construct, callee: NodeId, args: NodeId, kwargs: Option<NodeId>) -> Step<()> {
        match &self.nodes[callee.index()] {
            Node::Global(_) | Node::Object(_) | Node::PersistentId(_) => {}
            _ => return Err("a call of something that is not a global".to_owned()),
        }
        let (items, pairs) = Default::default();
        self.push(Node::Object(Box::new(Object { construct, callee, args, kwargs, state: None, items, pairs })));
        Ok(())
    }

    fn build(&mut self) -> Step<()> {
        let (state, target) = (self.pop()?, self.pop()?);
        match &mut self.nodes[target.index()] {
            Node::Object(object) if object.state.is_none() => {
                object.state = Some(state);
                self.stack.push(target);
                Ok(())
            }
            Node::Object(_) => Err("BUILD of an object that is built".to_owned()),
            Node::Global(_) => {
                self.push(Node::Tuple(Box::new([])));
                let args = self.pop()?;
                self.push_object(Construct::Bare, target, args, None)?;
                let object = self.top()?;
                if let Node::Object(object) = &mut self.nodes[object.index()] {
                    object.state = Some(state);
                }
                Ok(())
            }
            _ => Err("BUILD of something that is not an object".to_owned()),
        }
    }

    fn append(&mut self, items: &[NodeId]) -> Step<()> {
        let target = self.top()?;
        match &mut self.nodes[target.index()] {
            Node::List(list) => list.extend(items),
            Node::Object(object) => object.items.extend(items),
            _ => return Err("APPEND to something that is not a list".to_owned()),
        }
        Ok(())
    }

    fn set_items(&mut self, items: &[NodeId]) -> Step<()> {
        let pairs = in_pairs(items)?;
        let target = self.top()?;
        match &mut self.nodes[target.index()] {
            Node::Dict(dict) => dict.extend(pairs),
            Node::Object(object) => object.pairs.extend(pairs),
            _ => return Err("SETITEM in something that is not a dict".to_owned()),
        }
        Ok(())
    }

    fn put(&mut self, id: usize) -> Step<()> {
        let top = self.top()?;
        // Writers count up, so an id is below the number of opcodes; this bounds the memo by what is there.
        if id >= self.data.len() {
            return Err(format!("memo {id} is out of range"));
        }
        if id >= self.memo.len() {
            self.memo.resize(id + 1, None);
        }
        self.memo[id] = Some(top);
        Ok(())
    }

    // Stack.

    fn push(&mut self, node: Node) {
        self.stack.push(NodeId(self.nodes.len() as u32));
        self.nodes.push(node);
        self.offsets.push(self.opcode_at as u32);
    }

    fn top(&self) -> Step<NodeId> {
        let floor = self.marks.last().copied().unwrap_or(0);
        self.stack[floor..].last().copied().ok_or_else(|| "the stack is empty".to_owned())
    }

    fn pop(&mut self) -> Step<NodeId> {
        let top = self.top()?;
        self.stack.pop();
        Ok(top)
    }

    fn pop_mark(&mut self) -> Step<Vec<NodeId>> {
        let height = self.marks.pop().ok_or_else(|| "there is no mark".to_owned())?;
        Ok(self.stack.split_off(height))
    }

    // Input.

    fn byte(&mut self) -> Step<u8> {
        Ok(self.array::<1>()?[0])
    }

    fn array<const N: usize>(&mut self) -> Step<[u8; N]> {
        let bytes = self.take(N)?;
        bytes.try_into().map_err(|_| TRUNCATED.to_owned())
    }

    /// A little-endian length of `width` bytes.
    fn len(&mut self, width: usize) -> Step<usize> {
        let mut word = [0; 8];
        word[..width].copy_from_slice(self.take(width)?);
        Ok(usize::try_from(u64::from_le_bytes(word)).unwrap_or(usize::MAX))
    }

    fn take<'b>(&mut self, len: usize) -> Step<&'b [u8]>
    where
        Self: 'b,
    {
        let rest = &self.data[self.position..];
        let bytes = rest
            .get(..len)
            .ok_or_else(|| format!("{TRUNCATED}: {len} bytes needed, {} left of {}", rest.len(), self.name))?;
        self.position += len;
        Ok(bytes)
    }

    /// The text up to the next newline.
    fn line(&mut self) -> Step<String> {
        let rest = &self.data[self.position..];
        let len = rest.iter().position(|byte| *byte == b'\n').ok_or_else(|| TRUNCATED.to_owned())?;
        self.position += len + 1;
        String::from_utf8(rest[..len].to_vec()).map_err(|_| "a global that is not UTF-8".to_owned())
    }
}

fn in_pairs(items: &[NodeId]) -> Step<Vec<(NodeId, NodeId)>> {
    let pairs = items.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err("a dict with a key that has no value".to_owned());
    }
    Ok(pairs.map(|pair| (pair[0], pair[1])).collect())
}

const PROTO: u8 = 0x80;
const STOP: u8 = b'.';
const TRUNCATED: &str = "the pickle is truncated";

#[cfg(test)]
mod tests {
    use super::*;

    /// The value as a Python programmer would write it, calls as `f(args)`, new objects as `new C(args)`.
    fn show(pickle: &Pickle, id: NodeId) -> String {
        let all = |ids: &[NodeId]| ids.iter().map(|id| show(pickle, *id)).collect::<Vec<_>>().join(", ");
        let pairs = |pairs: &[(NodeId, NodeId)]| {
            let pair = |(k, v): &(NodeId, NodeId)| format!("{}: {}", show(pickle, *k), show(pickle, *v));
            pairs.iter().map(pair).collect::<Vec<_>>().join(", ")
        };
        match pickle.node(id) {
            Node::None => "None".to_owned(),
            Node::Bool(value) => format!("{value}"),
            Node::Int(value) => format!("{value}"),
            Node::Long(bytes) => format!("long{bytes:?}"),
            Node::Float(value) => format!("{value:?}"),
            Node::Str(text) => format!("{text:?}"),
            Node::Bytes(bytes) => format!("b{bytes:?}"),
            Node::List(items) => format!("[{}]", all(items)),
            Node::Tuple(items) => format!("({})", all(items)),
            Node::Dict(items) => format!("{{{}}}", pairs(items)),
            Node::Set(items) => format!("set({})", all(items)),
            Node::FrozenSet(items) => format!("frozenset({})", all(items)),
            Node::Global(name) => name.to_string(),
            Node::PersistentId(id) => format!("@{}", show(pickle, *id)),
            Node::Object(object) => {
                let word = match object.construct {
                    Construct::Call => "",
                    Construct::New => "new ",
                    Construct::Bare => "bare ",
                };
                let mut text = format!("{word}{}{}", show(pickle, object.callee), show(pickle, object.args));
                if let Some(kwargs) = object.kwargs {
                    text += &format!("**{}", show(pickle, kwargs));
                }
                if !object.items.is_empty() {
                    text += &format!(" + [{}]", all(&object.items));
                }
                if !object.pairs.is_empty() {
                    text += &format!(" + {{{}}}", pairs(&object.pairs));
                }
                if let Some(state) = object.state {
                    text += &format!(" <- {}", show(pickle, state));
                }
                text
            }
        }
    }

    fn read(body: &[u8]) -> Result<String, String> {
        let data = [b"\x80\x04", body].concat();
        let pickle = Pickle::parse(&data, "x.pkl").map_err(|error| error.message().to_owned())?;
        Ok(show(&pickle, pickle.root()))
    }

    #[test]
    fn values() {
        let cases: &[(&[u8], &str)] = &[
            (b"N.", "None"),
            (b"\x88\x89\x86.", "(true, false)"),
            (b"K\xffM\xff\xffJ\xff\xff\xff\xff\x87.", "(255, 65535, -1)"),
            (b"\x8a\x00.", "0"),
            (b"\x8a\x01\xfe.", "-2"),
            (b"\x8a\x08\0\0\0\0\0\0\0\x80.", "-9223372036854775808"),
            (b"\x8a\x09\xff\xff\xff\xff\xff\xff\xff\x7f\x00.", "9223372036854775807"),
            (b"\x8a\x09\0\0\0\0\0\0\0\x80\x00.", "long[0, 0, 0, 0, 0, 0, 0, 128, 0]"),
            (b"\x8b\x02\0\0\0\x00\x01.", "256"),
            (b"G\x3f\xf8\0\0\0\0\0\0.", "1.5"),
            (b"X\x02\0\0\0\xc3\xa9.", "\"é\""),
            (b"\x8c\x01a\x8d\x01\0\0\0\0\0\0\0b\x86.", "(\"a\", \"b\")"),
            (b"U\x01aT\x01\0\0\0\xff\x86.", "(\"a\", b[255])"),
            (b"C\x01\x01B\x01\0\0\0\x02\x8e\x01\0\0\0\0\0\0\0\x03\x87.", "(b[1], b[2], b[3])"),
            (b"]K\x01a(K\x02K\x03e.", "[1, 2, 3]"),
            (b"(K\x01K\x02l.", "[1, 2]"),
            (b")(K\x01t\x86.", "((), (1))"),
            (b"}K\x01Ns(K\x02NK\x03Nu.", "{1: None, 2: None, 3: None}"),
            (b"(K\x01Nd.", "{1: None}"),
            (b"\x8f(K\x01\x90(K\x02\x91\x86.", "(set(1), frozenset(2))"),
            (b"ca\nB\n)\x81}(K\x01Nub.", "new a.B() <- {1: None}"),
            (b"ca\nB\n(K\x01tR.", "a.B(1)"),
            (b"ca\nE\nK\x07R.", "a.E7"),
            (b"\x8c\x01a\x8c\x01B\x93)}\x92.", "new a.B()**{}"),
            (b"ccollections\nOrderedDict\n)RK\x01Ns.", "collections.OrderedDict() + {1: None}"),
            (b"ca\nL\n)RK\x01a.", "a.L() + [1]"),
            (b"c__main__\nTensorID\nK\x05b.", "bare __main__.TensorID() <- 5"),
            (b"K\x01Q.", "@1"),
            (b"K\x01q\x000h\x00.", "1"),
            (b"K\x01\x940h\x00r\x03\0\0\0j\x03\0\0\0\x86.", "(1, 1)"),
            (b"K\x012\x86.", "(1, 1)"),
            (b"K\x01(0K\x02(K\x031\x86.", "(1, 2)"),
            (b"\x95\x02\0\0\0\0\0\0\0N.", "None"),
            (b"N.trailing", "None"),
        ];
        for (body, expected) in cases {
            assert_eq!(read(body).as_deref(), Ok(*expected), "{body:?}");
        }
    }

    #[test]
    fn what_is_damaged_is_an_error_with_its_place() {
        let cases: &[(&[u8], &str)] = &[
            (b"", "byte 2: the pickle is truncated"),
            (b"N", "byte 3: the pickle is truncated"),
            (b"NX\xff\xff\xff\xffab.", "byte 3: the pickle is truncated: 4294967295 bytes needed, 3 left"),
            (b"\x8e\xff\xff\xff\xff\xff\xff\xff\xff.", "byte 2: the pickle is truncated"),
            (b"\x8b\xff\xff\xff\xff.", "byte 2: an integer of negative length"),
            (b"ca", "byte 2: the pickle is truncated"),
            (b"\xfe.", "byte 2: unknown opcode 0xfe"),
            (b"i", "byte 2: unknown opcode 0x69"),
            (b".", "byte 2: the stack is empty"),
            (b"N(.", "byte 4: the stack is empty"),
            (b"N\x86.", "byte 3: the stack is empty"),
            (b"t.", "byte 2: there is no mark"),
            (b"h\x00.", "byte 2: memo 0 is not set"),
            (b"Nr\xff\xff\xff\x7f.", "byte 3: memo 2147483647 is out of range"),
            (b"q\x00.", "byte 2: the stack is empty"),
            (b"NNa.", "byte 4: APPEND to something that is not a list"),
            (b"N(e.", "byte 4: APPEND to something that is not a list"),
            (b"}(Nu.", "byte 5: a dict with a key that has no value"),
            (b"NNNs.", "byte 5: SETITEM in something that is not a dict"),
            (b"N(\x90.", "byte 4: ADDITEMS to something that is not a set"),
            (b"NNR.", "byte 4: a call of something that is not a global"),
            (b"NNb.", "byte 4: BUILD of something that is not an object"),
            (b"ca\nb\n)RNbNb.", "byte 12: BUILD of an object that is built"),
            (b"NN\x93.", "byte 4: STACK_GLOBAL of something that is not a string"),
            (b"X\x01\0\0\0\xff.", "byte 2: a string that is not UTF-8"),
            (b"\x95\xff\0\0\0\0\0\0\0N.", "byte 2: a frame of 255 bytes reaches past the end"),
            (b"\x80\x09N.", "byte 2: pickle protocol 9 is not supported"),
            (b"\x97.", "byte 2: out-of-band buffers are not supported"),
            (b"\x82\x01.", "byte 2: the extension registry is not supported"),
        ];
        for (body, expected) in cases {
            let message = read(body).unwrap_err();
            assert!(message.strip_prefix("x.pkl: ").unwrap_or("").starts_with(expected), "{body:?}: {message}");
        }
        for (data, expected) in
            [(&b""[..], "too short"), (b"(lp0\n.", "begin with a protocol"), (b"\x80\x01N.", "protocol 1")]
        {
            let message = Pickle::parse(data, "x.pkl").unwrap_err();
            assert!(message.message().contains(expected), "{message}");
        }
    }

    #[test]
    fn the_length_of_a_prefix() {
        assert_eq!(Pickle::parse_prefix(b"\x80\x02N.\x80\x02K\x01.", "x").unwrap().1, 4);
    }
}
