//! The operator table. An operator is one entry in one place: its schema, exactly PyTorch's, and how it is evaluated.
//!
//! To add an operator, add an entry to the family file it belongs to:
//!
//! ```text
//! op!("aten::softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor", softplus(_, _, _), out "out"),
//! ```
//!
//! `softplus(_, _, _)` names a Rust function of three owned arguments ([`crate::Tensor`], [`crate::Scalar`], `i64`,
//! `Option<Tensor>`, `Vec<i64>`, `Vec<Tensor>`, …: whatever implements [`FromIValue`]) that returns a `Result` of what
//! implements [`Returns`]. `inplace` derives `aten::softplus_`, `out "NAME"` derives the overload that writes to `out`
//! (see [`Op::out`] for several results).

mod attention;
mod audio;
mod backward;
mod call;
mod compose;
mod compute;
mod conv;
mod convert;
mod create;
mod dict;
mod difference;
mod dropout;
mod einsum;
pub mod elementwise;
mod embedding;
mod fft;
mod foreach;
mod grid;
mod host;
mod index;
mod join;
mod legacy;
mod linalg;
mod list;
mod loss;
mod matmul;
mod mkldnn;
mod norm;
mod number;
pub mod packed;
mod pad;
mod planes;
pub mod pointwise;
mod pool;
pub mod prelude;
pub mod prim;
mod profiler;
pub mod promote;
mod quant;
mod query;
pub mod random;
mod reduce;
mod registry;
mod rnn;
mod scan;
mod segment;
mod sequence;
mod shape;
mod softmax;
mod sort;
mod sparse;
mod statistics;
mod stft;
mod string;
mod torchvision;
mod transducer;
mod transformer;
mod upsample;
mod window;

pub use call::{FromIValue, OpFn, Returns, Stack};
pub use host::{object, register_class, register_operator, HostClass, HostMethod, New};
pub use random::manual_seed;
pub use registry::{registry, Operator, Registry, UnmarkedWrites};

/// One entry of the table.
pub struct Op {
    /// PyTorch's schema text.
    pub schema: &'static str,
    pub eval: Eval,
    /// Also provide the in-place form `name_`.
    pub inplace: bool,
    /// Also provide the form that writes into `out`, under this overload name: `out`, or `dim_max(max, max_values)` with
    /// the names of the arguments that take the results. Without names several results go to arguments named as they
    /// are, or `out0`, `out1`, …; a list goes to `out` and nothing is returned. The form of a factory has no dtype,
    /// layout, device and pin_memory: those are `out`'s.
    pub out: Option<&'static str>,
    /// The arguments that it writes though its schema, which is PyTorch's, does not mark them: `running_mean, running_var`;
    /// with ` if training` only where that argument is true.
    pub writes: Option<&'static str>,
    pub tags: &'static [Tag],
}

/// How an operator is evaluated.
#[derive(Clone, Copy)]
pub enum Eval {
    /// A typed Rust function.
    Fn(&'static dyn OpFn),
    /// Works on the stack itself: takes its arguments off and puts its results on. For any number of arguments.
    Stack(fn(&mut Stack, usize) -> crate::Result<()>),
    /// As `Stack`, one function for many entries: the text says which operator this one is made of.
    Shared(fn(&'static str, &mut Stack, usize) -> crate::Result<()>, &'static str),
    /// A function of the same name and overload in `op/prelude/`, written in TorchScript; see [`prelude`].
    Prelude,
    /// An elementwise operator; with `inplace` and `out` it writes into the destination itself.
    Pointwise(&'static elementwise::Spec),
    /// An elementwise operator that writes into its first argument, where the in-place form is named differently.
    PointwiseInto(&'static elementwise::Spec),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Result element i depends on the inputs' elements i only.
    Elementwise,
    /// Draws random numbers: never folded, merged or removed.
    Random,
    /// Has an effect besides its results.
    SideEffect,
    /// The `out` form refuses an `out` that shares memory with an argument, where others write it at the end.
    Separate,
    /// The `out` form refuses an `out` that shares memory with an argument, unless it is the argument.
    Aligned,
    /// The in-place form first refuses a `self` that shares memory with another argument, or in which elements share some.
    Written,
    /// The `out` form converts the result to the dtype of `out`, where others refuse another dtype than the result's.
    Converts,
    /// The `out` form of an elementwise operator refuses an `out` of another dtype than the result's, where others convert.
    SameOut,
    /// The `out` form copies a new tensor to an `out` of the same dtype, which becomes row-major when it is resized; others
    /// have the memory order of the result then. Elementwise operators otherwise write, and convert, into `out` at once.
    CopiedOut,
    /// The `out` form without a dtype computes in that of `out`, which has to be the dtype that is given.
    TypedByOut,
    /// May return an argument, or a view of one, though its schema does not say so.
    MayAlias,
}

/// An [`Op`] entry; see the module's documentation.
#[macro_export]
macro_rules! op {
    ($schema:expr, stack $f:path $(, $($rest:tt)*)?) => {
        $crate::op!(@flags $crate::op::Op {
            schema: $schema, eval: $crate::op::Eval::Stack($f), inplace: false, out: None, writes: None, tags: &[],
        }; $($($rest)*)?)
    };
    ($schema:expr, shared $f:ident ($of:expr) $(, $($rest:tt)*)?) => {
        $crate::op!(@flags $crate::op::Op {
            schema: $schema, eval: $crate::op::Eval::Shared($f, $of), inplace: false, out: None, writes: None, tags: &[],
        }; $($($rest)*)?)
    };
    ($schema:expr, pointwise $spec:expr $(, $($rest:tt)*)?) => {
        $crate::op!(@flags $crate::op::Op {
            schema: $schema, eval: $crate::op::Eval::Pointwise(&$spec), inplace: false, out: None, writes: None,
            tags: &[$crate::op::Tag::Elementwise],
        }; $($($rest)*)?)
    };
    ($schema:expr, pointwise_into $spec:expr $(, $($rest:tt)*)?) => {
        $crate::op!(@flags $crate::op::Op {
            schema: $schema, eval: $crate::op::Eval::PointwiseInto(&$spec), inplace: false, out: None, writes: None,
            tags: &[$crate::op::Tag::Elementwise],
        }; $($($rest)*)?)
    };
    ($schema:expr, prelude $(, $($rest:tt)*)?) => {
        $crate::op!(@flags $crate::op::Op {
            schema: $schema, eval: $crate::op::Eval::Prelude, inplace: false, out: None, writes: None, tags: &[],
        }; $($($rest)*)?)
    };
    ($schema:expr, $f:ident ( $($u:tt),* ) $(, $($rest:tt)*)?) => {
        $crate::op!(@flags $crate::op::Op {
            schema: $schema,
            eval: $crate::op::Eval::Fn(&($f as fn($($crate::op!(@hole $u)),*) -> _)),
            inplace: false, out: None, writes: None, tags: &[],
        }; $($($rest)*)?)
    };
    // `|a: i64, b: i64| -> i64 { a.wrapping_add(b) }`: an expression that cannot fail
    ($schema:expr, |$($a:ident : $t:ty),*| -> $r:ty $body:block $(, $($rest:tt)*)?) => {
        $crate::op!(@flags $crate::op::Op {
            schema: $schema,
            eval: $crate::op::Eval::Fn(
                &((|$($a: $t),*| -> $crate::Result<$r> { Ok($body) }) as fn($($t),*) -> $crate::Result<$r>)
            ),
            inplace: false, out: None, writes: None, tags: &[],
        }; $($($rest)*)?)
    };
    (@hole $u:tt) => { _ };
    (@flags $op:expr; ) => { $op };
    (@flags $op:expr; inplace $(, $($rest:tt)*)?) => {
        $crate::op!(@flags $crate::op::Op { inplace: true, ..$op }; $($($rest)*)?)
    };
    (@flags $op:expr; out $name:literal $(, $($rest:tt)*)?) => {
        $crate::op!(@flags $crate::op::Op { out: Some($name), ..$op }; $($($rest)*)?)
    };
    (@flags $op:expr; writes $names:literal $(, $($rest:tt)*)?) => {
        $crate::op!(@flags $crate::op::Op { writes: Some($names), ..$op }; $($($rest)*)?)
    };
    (@flags $op:expr; tags [$($tag:ident),*] $(, $($rest:tt)*)?) => {
        $crate::op!(@flags $crate::op::Op { tags: &[$($crate::op::Tag::$tag),*], ..$op }; $($($rest)*)?)
    };
}

/// Paths of tables, each with its text.
macro_rules! named {
    ($($table:path),* $(,)?) => {
        &[$((stringify!($table), $table)),*]
    };
}

/// Every family's table under its name, in matching order: the first overload that fits wins, so order within a name
/// matters.
const TABLES: &[(&str, &[Op])] = named![
    pointwise::OPS,
    reduce::OPS,
    scan::OPS,
    sort::OPS,
    create::OPS,
    convert::OPS,
    query::OPS,
    shape::OPS,
    join::OPS,
    index::OPS,
    matmul::OPS,
    linalg::lu::OPS,
    linalg::solve::OPS,
    linalg::cholesky::OPS,
    linalg::ldl::OPS,
    linalg::qr::OPS,
    linalg::svd::OPS,
    linalg::eigen::OPS,
    linalg::lstsq::OPS,
    linalg::pinv::OPS,
    linalg::norm::OPS,
    linalg::function::OPS,
    linalg::product::OPS,
    linalg::statistics::OPS,
    linalg::distance::OPS,
    einsum::OPS,
    conv::OPS,
    softmax::OPS,
    norm::OPS,
    pool::OPS,
    embedding::OPS,
    list::OPS,
    dict::OPS,
    string::OPS,
    number::ARITHMETIC,
    number::COMPLEX_MATH,
    number::REAL_MATH,
    number::BINARY_MATH,
    prim::OPS,
    profiler::OPS,
    random::OPS,
    dropout::OPS,
    foreach::UNARY,
    foreach::ADD,
    foreach::MUL,
    foreach::DIV,
    foreach::CLAMP_MIN,
    foreach::CLAMP_MAX,
    foreach::MAXIMUM,
    foreach::MINIMUM,
    foreach::ADDCMUL,
    foreach::ADDCDIV,
    loss::OPS,
    difference::OPS,
    statistics::OPS,
    segment::OPS,
    sparse::OPS,
    sparse::CSR,
    sparse::CSC,
    sparse::BSR,
    sparse::BSC,
    sparse::COMPRESSED,
    sparse::MORE,
    legacy::OPS,
    legacy::INTERPOLATE,
    backward::OPS,
    backward::space::OPS,
    backward::loss::OPS,
    backward::norm::OPS,
    attention::OPS,
    transformer::OPS,
    rnn::OPS,
    sequence::OPS,
    prelude::OPS,
    fft::OPS,
    stft::OPS,
    window::BASIC,
    window::MORE,
    audio::OPS,
    transducer::OPS,
    quant::OPS,
    quant::fake::OPS,
    pointwise::special::OPS,
    pointwise::special::POLYNOMIALS,
    pad::OPS,
    upsample::OPS,
    grid::OPS,
    torchvision::OPS,
    quant::arith::OPS,
    quant::linear::OPS,
    quant::conv::OPS,
    quant::rnn::OPS,
    quant::embedding::OPS,
    quant::prepacked::OPS,
    quant::sparse::OPS,
    quant::fbgemm::OPS,
    mkldnn::OPS,
];

/// What operators of the tables above do instead when an argument is a quantized tensor; the entries' schemas are names
/// only. Operators that are not here see quantized tensors as they are, and fail where they look at their elements.
const QUANTIZED: &[&[Op]] = &[quant::plain::OPS];
