//! The instructions of a [`Plan`](super::Plan).

use std::sync::{Arc, OnceLock, Weak};

use crate::base::SourceRange;
use crate::ir::{Function, InlinedCall};
use crate::op::Operator;
use crate::value::{ClassType, Type};

/// The source of an instruction.
#[derive(Clone)]
pub(super) struct Origin {
    pub range: SourceRange,
    pub inlined: Option<Arc<InlinedCall>>,
}

/// Where an instruction takes a value from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operand {
    Reg(u32),
    /// The register's last use: the value is moved out.
    Last(u32),
    Const(u32),
}

pub(super) type Args = Box<[Operand]>;

pub(super) enum Instr {
    Op {
        op: Arc<Operator>,
        args: Args,
        outs: Box<[u32]>,
    },
    Binary {
        kind: Binary,
        dst: u32,
        a: Operand,
        b: Operand,
    },
    Unary {
        kind: Unary,
        dst: u32,
        a: Operand,
    },
    ListLen {
        dst: u32,
        list: Operand,
    },
    ListGet {
        dst: u32,
        list: Operand,
        index: Operand,
    },
    ListSet {
        list: Operand,
        index: Operand,
        value: Operand,
    },
    DictHas {
        dst: u32,
        dict: Operand,
        key: Operand,
    },
    DictGet {
        dst: u32,
        dict: Operand,
        key: Operand,
    },
    DictSet {
        dict: Operand,
        key: Operand,
        value: Operand,
    },
    Move {
        dst: u32,
        src: Operand,
    },
    /// All sources are read before any destination is written.
    Moves(Box<[(u32, Operand)]>),
    Drop(Box<[u32]>),
    Jump(u32),
    JumpIfNot {
        cond: Operand,
        to: u32,
    },
    /// Leaves the loop when `i` has reached `max` or `cond` is false.
    LoopTest {
        i: u32,
        max: Operand,
        cond: u32,
        exit: u32,
    },
    /// `i += 1`, back to the test.
    LoopNext {
        i: u32,
        to: u32,
    },
    GetAttr {
        dst: u32,
        object: Operand,
        slot: u32,
    },
    SetAttr {
        object: Operand,
        slot: u32,
        value: Operand,
    },
    /// Attributes of a class that is only known at run time.
    GetAttrByName {
        dst: u32,
        object: Operand,
        name: Arc<str>,
    },
    SetAttrByName {
        object: Operand,
        name: Arc<str>,
        value: Operand,
    },
    Call {
        function: Arc<Function>,
        args: Args,
        dst: u32,
    },
    /// A method of an interface, or of a class that is only known at run time; the object is argument 0.
    CallByName {
        name: Arc<str>,
        args: Args,
        dst: u32,
        /// What was called first, and the class whose method it is.
        first: OnceLock<(Weak<ClassType>, Weak<Function>)>,
    },
    /// Argument 0 is a function value.
    CallValue {
        args: Args,
        dst: u32,
    },
    Fork {
        function: Arc<Function>,
        args: Args,
        dst: u32,
        ty: Type,
    },
    Wait {
        dst: u32,
        future: Operand,
    },
    Enter {
        dst: u32,
        object: Operand,
    },
    Exit {
        dst: u32,
        object: Operand,
    },
    Tuple {
        args: Args,
        dst: u32,
        named: Option<Arc<(String, Vec<String>)>>,
    },
    TupleUnpack {
        src: Operand,
        outs: Box<[u32]>,
    },
    TupleIndex {
        dst: u32,
        src: Operand,
        index: Operand,
    },
    TupleSlice {
        dst: u32,
        src: Operand,
        from: i64,
        to: i64,
    },
    List {
        args: Args,
        dst: u32,
        element: Type,
    },
    ListUnpack {
        src: Operand,
        outs: Box<[u32]>,
    },
    Dict {
        args: Args,
        dst: u32,
        key: Type,
        value: Type,
    },
    Object {
        dst: u32,
        class: Arc<ClassType>,
    },
    /// An object of a class of the host, which its constructor fills.
    Native {
        dst: u32,
        class: Arc<ClassType>,
    },
    IsInstance {
        dst: u32,
        src: Operand,
        types: Box<[Type]>,
    },
    EnumPart {
        dst: u32,
        src: Operand,
        name: bool,
    },
    Raise {
        message: Operand,
        class: Option<Operand>,
    },
    Return(Args),
}

/// Two-operand scalar operations that the interpreter does itself. Those on floats take an int on either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    AddInt,
    SubInt,
    MulInt,
    LtInt,
    LeInt,
    GtInt,
    GeInt,
    EqInt,
    NeInt,
    AndInt,
    OrInt,
    XorInt,
    MinInt,
    MaxInt,
    ModInt,
    FloorDivInt,
    AddFloat,
    SubFloat,
    MulFloat,
    DivFloat,
    LtFloat,
    LeFloat,
    GtFloat,
    GeFloat,
    EqFloat,
    NeFloat,
    AndBool,
    OrBool,
    XorBool,
    EqBool,
    NeBool,
}

/// One-operand scalar operations that the interpreter does itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unary {
    Not,
    NegInt,
    NegFloat,
    ToFloat,
    ToInt,
    ToBool,
}

pub(super) const UNARY: &[(&str, Unary)] = &[
    ("aten::__not__", Unary::Not),
    ("aten::neg.int", Unary::NegInt),
    ("aten::neg.float", Unary::NegFloat),
    ("aten::Float.int", Unary::ToFloat),
    ("aten::Float.bool", Unary::ToFloat),
    ("aten::Int.float", Unary::ToInt),
    ("aten::Int.bool", Unary::ToInt),
    ("aten::Bool.int", Unary::ToBool),
    ("aten::Bool.float", Unary::ToBool),
];

pub(super) const BINARY: &[(&str, Binary)] = &[
    ("aten::add.int", Binary::AddInt),
    ("aten::sub.int", Binary::SubInt),
    ("aten::mul.int", Binary::MulInt),
    ("aten::lt.int", Binary::LtInt),
    ("aten::le.int", Binary::LeInt),
    ("aten::gt.int", Binary::GtInt),
    ("aten::ge.int", Binary::GeInt),
    ("aten::eq.int", Binary::EqInt),
    ("aten::ne.int", Binary::NeInt),
    ("aten::__and__.int", Binary::AndInt),
    ("aten::__or__.int", Binary::OrInt),
    ("aten::__xor__.int", Binary::XorInt),
    ("prim::min.int", Binary::MinInt),
    ("prim::max.int", Binary::MaxInt),
    ("aten::remainder.int", Binary::ModInt),
    ("aten::floordiv.int", Binary::FloorDivInt),
    ("aten::add.float", Binary::AddFloat),
    ("aten::add.int_float", Binary::AddFloat),
    ("aten::add.float_int", Binary::AddFloat),
    ("aten::sub.float", Binary::SubFloat),
    ("aten::sub.int_float", Binary::SubFloat),
    ("aten::sub.float_int", Binary::SubFloat),
    ("aten::mul.float", Binary::MulFloat),
    ("aten::mul.int_float", Binary::MulFloat),
    ("aten::mul.float_int", Binary::MulFloat),
    ("aten::div.float", Binary::DivFloat),
    ("aten::div.int", Binary::DivFloat),
    ("aten::lt.float", Binary::LtFloat),
    ("aten::lt.int_float", Binary::LtFloat),
    ("aten::lt.float_int", Binary::LtFloat),
    ("aten::le.float", Binary::LeFloat),
    ("aten::le.int_float", Binary::LeFloat),
    ("aten::le.float_int", Binary::LeFloat),
    ("aten::gt.float", Binary::GtFloat),
    ("aten::gt.int_float", Binary::GtFloat),
    ("aten::gt.float_int", Binary::GtFloat),
    ("aten::ge.float", Binary::GeFloat),
    ("aten::ge.int_float", Binary::GeFloat),
    ("aten::ge.float_int", Binary::GeFloat),
    ("aten::eq.float", Binary::EqFloat),
    ("aten::eq.int_float", Binary::EqFloat),
    ("aten::eq.float_int", Binary::EqFloat),
    ("aten::ne.float", Binary::NeFloat),
    ("aten::ne.int_float", Binary::NeFloat),
    ("aten::ne.float_int", Binary::NeFloat),
    ("aten::__and__.bool", Binary::AndBool),
    ("aten::__or__.bool", Binary::OrBool),
    ("aten::__xor__.bool", Binary::XorBool),
    ("aten::eq.bool", Binary::EqBool),
    ("aten::ne.bool", Binary::NeBool),
];
