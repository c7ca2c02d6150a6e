//! Writes pickles in the dialect of PyTorch's C++ writer: protocol 2, strings and globals memoised by value.
//!
//! The caller drives it opcode by opcode, as the values come. Python reads the same dialect.

use std::collections::HashMap;

/// A pickle being written.
pub struct PickleWriter {
    out: Vec<u8>,
    /// Strings and globals by the bytes that write them, and storages by key, with their memo ids.
    known: HashMap<Vec<u8>, u32>,
    storages: HashMap<String, u32>,
    next: u32,
}

impl Default for PickleWriter {
    fn default() -> Self {
        Self::new()
    }
}

impl PickleWriter {
    pub fn new() -> Self {
        PickleWriter { out: vec![0x80, 2], known: HashMap::new(), storages: HashMap::new(), next: 0 }
    }

    /// Ends the pickle and returns its bytes.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.op(b'.');
        self.out
    }

    // Plain values.

    pub fn none(&mut self) {
        self.op(b'N');
    }
    pub fn bool(&mut self, value: bool) {
        self.op(if value { 0x88 } else { 0x89 });
    }
    /// The shortest of the four forms that PyTorch writes.
    pub fn int(&mut self, value: i64) {
        if let Ok(value) = u8::try_from(value) {
            self.out.extend([b'K', value]);
        } else if let Ok(value) = u16::try_from(value) {
            self.op(b'M');
            self.out.extend(value.to_le_bytes());
        } else if let Ok(value) = i32::try_from(value) {
            self.op(b'J');
            self.out.extend(value.to_le_bytes());
        } else {
            self.out.extend([0x8a, 8]);
            self.out.extend(value.to_le_bytes());
        }
    }
    pub fn float(&mut self, value: f64) {
        self.op(b'G');
        self.out.extend(value.to_be_bytes());
    }
    /// A string; one that was written before is referred to.
    pub fn string(&mut self, text: &str) {
        let mut code = vec![b'X'];
        // A pickle holds lengths in 32 bits here, and in 64 in a form that PyTorch's C++ reader does not know.
        match u32::try_from(text.len()) {
            Ok(len) => code.extend(len.to_le_bytes()),
            Err(_) => {
                code[0] = 0x8d;
                code.extend((text.len() as u64).to_le_bytes());
            }
        }
        code.extend(text.as_bytes());
        self.once(code);
    }
    /// A class or function by name; one that was written before is referred to.
    pub fn global(&mut self, module: &str, name: &str) {
        self.once(format!("c{module}\n{name}\n").into_bytes());
    }

    // Containers: open them, write the elements, close them.

    /// Begins elements for [`tuple`](Self::tuple), [`appends`](Self::appends), [`set_items`](Self::set_items).
    pub fn mark(&mut self) {
        self.op(b'(');
    }
    pub fn empty_tuple(&mut self) {
        self.op(b')');
    }
    /// Makes a tuple of everything since the mark.
    pub fn tuple(&mut self) {
        self.op(b't');
    }
    /// Makes a tuple of the last value, the last two or the last three, without a mark.
    ///
    /// # Panics
    /// If `len` is not 1, 2 or 3.
    pub fn short_tuple(&mut self, len: u8) {
        assert!((1..=3).contains(&len), "a short tuple has 1 to 3 elements");
        self.op(0x84 + len);
    }
    pub fn empty_list(&mut self) {
        self.op(b']');
    }
    /// Appends everything since the mark to the list before it.
    pub fn appends(&mut self) {
        self.op(b'e');
    }
    pub fn empty_dict(&mut self) {
        self.op(b'}');
    }
    /// Stores everything since the mark, keys and values in turn, in the dict before it.
    pub fn set_items(&mut self) {
        self.op(b'u');
    }

    // Objects.

    /// Makes an instance of the class and the tuple of arguments written last.
    pub fn new_object(&mut self) {
        self.op(0x81);
    }
    /// Calls the function with the tuple of arguments written last.
    pub fn reduce(&mut self) {
        self.op(b'R');
    }
    /// Gives the object before it the state written last.
    pub fn build(&mut self) {
        self.op(b'b');
    }

    /// A storage's persistent id; one whose key was written before is referred to, whatever the other arguments.
    pub fn storage(&mut self, class: &str, key: &str, location: &str, numel: i64) {
        self.storage_of(("torch", class), key, location, numel);
    }
    /// [`storage`](Self::storage) with a class of another module: `torch.storage UntypedStorage`.
    pub fn storage_of(&mut self, (module, class): (&str, &str), key: &str, location: &str, numel: i64) {
        if let Some(id) = self.storages.get(key) {
            return self.get(*id);
        }
        self.mark();
        self.string("storage");
        self.global(module, class);
        self.string(key);
        self.string(location);
        self.int(numel);
        self.tuple();
        self.op(b'Q');
        let id = self.put();
        self.storages.insert(key.to_owned(), id);
    }

    // Sharing.

    /// Remembers the value written last, for [`get`](Self::get).
    pub fn put(&mut self) -> u32 {
        let id = self.next;
        self.next += 1;
        self.memo_op([b'q', b'r'], id);
        id
    }
    /// Refers to a remembered value.
    pub fn get(&mut self, id: u32) {
        self.memo_op([b'h', b'j'], id);
    }

    fn once(&mut self, code: Vec<u8>) {
        if let Some(id) = self.known.get(&code) {
            return self.get(*id);
        }
        self.out.extend(&code);
        let id = self.put();
        self.known.insert(code, id);
    }

    fn memo_op(&mut self, [short, long]: [u8; 2], id: u32) {
        match u8::try_from(id) {
            Ok(id) => self.out.extend([short, id]),
            Err(_) => {
                self.op(long);
                self.out.extend(id.to_le_bytes());
            }
        }
    }

    fn op(&mut self, opcode: u8) {
        self.out.push(opcode);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Node, Pickle};
    use super::*;

    #[test]
    fn a_module_as_pytorch_writes_it() {
        let mut w = PickleWriter::new();
        w.global("__torch__", "Net");
        w.empty_tuple();
        w.new_object();
        w.empty_dict();
        w.mark();
        w.string("w");
        w.global("torch._utils", "_rebuild_tensor_v2");
        w.mark();
        w.storage("FloatStorage", "0", "cpu", 288);
        w.int(0);
        w.mark();
        w.int(300);
        w.tuple();
        w.bool(false);
        w.tuple();
        w.reduce();
        let tensor = w.put();
        w.string("w");
        w.get(tensor);
        w.storage("FloatStorage", "0", "cpu", 288);
        w.set_items();
        w.build();
        let expected =
            b"\x80\x02c__torch__\nNet\nq\x00)\x81}(X\x01\0\0\0wq\x01ctorch._utils\n_rebuild_tensor_v2\nq\x02(\
            (X\x07\0\0\0storageq\x03ctorch\nFloatStorage\nq\x04X\x01\0\0\x000q\x05\
            X\x03\0\0\0cpuq\x06M\x20\x01tQq\x07K\0\
            (M\x2c\x01t\x89tRq\x08h\x01h\x08h\x07ub.";
        assert_eq!(w.finish(), expected);
    }

    #[test]
    fn integers_and_floats_come_back() {
        let values = [0, 255, 256, 65535, 65536, -1, i64::from(i32::MIN), 1 << 31, i64::MAX, i64::MIN];
        let lengths = [2, 2, 3, 3, 5, 5, 5, 10, 10, 10];
        for (value, length) in values.into_iter().zip(lengths) {
            let mut w = PickleWriter::new();
            w.int(value);
            let data = w.finish();
            let pickle = Pickle::parse(&data, "x").unwrap();
            assert_eq!((pickle.int(pickle.root()), data.len()), (Some(value), length + 3));
        }
        let mut w = PickleWriter::new();
        w.float(-0.1);
        let pickle = Pickle::parse(&w.finish(), "x").unwrap();
        assert_eq!(*pickle.node(pickle.root()), Node::Float(-0.1));
    }

    #[test]
    fn memo_ids_beyond_a_byte() {
        let mut w = PickleWriter::new();
        w.empty_list();
        w.mark();
        (0..300).chain(0..300).for_each(|i| w.string(&i.to_string()));
        w.appends();
        let pickle = Pickle::parse(&w.finish(), "x").unwrap();
        let items = pickle.sequence(pickle.root()).unwrap();
        assert_eq!((items[..300] == items[300..], pickle.str(items[599])), (true, Some("299")));
    }
}
