//! The syntax tree of TorchScript text.
//!
//! Spans cover what PyTorch's cover: graphs print where they start and tracebacks underline them whole. So a call ends
//! before its closing parenthesis, a parenthesised expression has no parentheses, and `x[i]` ends one byte after `i`.
//!
//! Depth is bounded: the parser refuses trees so deep that a recursive walk could overflow the stack. Chains of binary
//! operators, which may be long, are flat.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::base::{Source, SourceRange};

/// A parsed file: what it defines, in order. Nothing is resolved or checked beyond syntax.
#[derive(Debug)]
pub struct File {
    pub source: Arc<Source>,
    /// `op_version_set = N`, the first line of old archives.
    pub op_version_set: Option<i64>,
    pub functions: Vec<Def>,
    pub classes: Vec<ClassDef>,
    function_index: HashMap<Arc<str>, usize>,
    class_index: HashMap<Arc<str>, usize>,
}

impl File {
    pub fn new(source: Arc<Source>, op_version_set: Option<i64>, functions: Vec<Def>, classes: Vec<ClassDef>) -> Self {
        let function_index = functions.iter().enumerate().map(|(i, f)| (f.name.name.clone(), i)).collect();
        let class_index = classes.iter().enumerate().map(|(i, c)| (c.name.name.clone(), i)).collect();
        File { source, op_version_set, functions, classes, function_index, class_index }
    }

    /// The last function of that name.
    pub fn function(&self, name: &str) -> Option<&Def> {
        self.functions.get(*self.function_index.get(name)?)
    }

    /// The last class of that name.
    pub fn class(&self, name: &str) -> Option<&ClassDef> {
        self.classes.get(*self.class_index.get(name)?)
    }

    pub fn range(&self, span: Span) -> SourceRange {
        span.of(&self.source)
    }
}

/// A half-open byte range of the file that is parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    pub fn of(self, source: &Arc<Source>) -> SourceRange {
        SourceRange { source: source.clone(), start: self.start, end: self.end }
    }
}

#[derive(Clone, Debug)]
pub struct Ident {
    pub name: Arc<str>,
    pub span: Span,
}

/// `class Name(base):`. Every class kind has the same syntax; `base` tells them apart.
#[derive(Clone, Debug)]
pub struct ClassDef {
    pub name: Ident,
    pub base: Option<Expr>,
    pub body: Vec<Stmt>,
    pub span: Span,
}

/// A function, a method or a closure. The span goes from the name to the end of the body.
#[derive(Clone, Debug)]
pub struct Def {
    pub name: Ident,
    pub params: Vec<Param>,
    pub returns: Option<Expr>,
    pub body: Vec<Stmt>,
    /// From the opening parenthesis of the parameters to the end of the declaration.
    pub decl: Span,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Param {
    pub name: Ident,
    pub annotation: Option<Expr>,
    pub default: Option<Expr>,
    pub keyword_only: bool,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Stmt {
    pub kind: StmtKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum StmtKind {
    /// `elif` is an `If` alone in `otherwise`.
    If {
        cond: Expr,
        then: Vec<Stmt>,
        otherwise: Vec<Stmt>,
    },
    While {
        cond: Expr,
        body: Vec<Stmt>,
    },
    For {
        targets: Vec<Expr>,
        iters: Vec<Expr>,
        body: Vec<Stmt>,
    },
    With {
        items: Vec<WithItem>,
        body: Vec<Stmt>,
    },
    /// `return` alone returns the literal `None`.
    Return(Expr),
    Raise(Expr),
    Assert {
        cond: Expr,
        message: Option<Expr>,
    },
    Break,
    Continue,
    Pass,
    Delete(Vec<Expr>),
    Global(Vec<Ident>),
    Def(Box<Def>),
    Expr(Expr),
    /// `a = b = value` has two targets; `a, b = value` has one, a tuple. Without a value: `a: T` in class bodies.
    Assign {
        targets: Vec<Expr>,
        annotation: Option<Expr>,
        value: Option<Expr>,
    },
    AugAssign {
        target: Expr,
        op: BinaryOp,
        value: Expr,
    },
}

#[derive(Clone, Debug)]
pub struct WithItem {
    pub context: Expr,
    pub target: Option<Expr>,
}

#[derive(Clone, Debug)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
    /// Levels of expressions below this one, plus 1.
    height: u16,
}

#[derive(Clone, Debug)]
pub enum ExprKind {
    Name(Arc<str>),
    Int(i64),
    Float(f64),
    /// `2j`: the imaginary part.
    Imaginary(f64),
    Str(Arc<str>),
    Bool(bool),
    None,
    /// The word `NoneType`.
    NoneType,
    /// `...` or `Ellipsis`.
    Dots,
    Tuple(Vec<Expr>),
    List(Vec<Expr>),
    Dict(Vec<(Expr, Expr)>),
    ListComp(Box<Comprehension>),
    /// The key is `key`, the value is `element`.
    DictComp {
        key: Box<Expr>,
        comprehension: Box<Comprehension>,
    },
    Unary(UnaryOp, Box<Expr>),
    /// A left-associative chain `((first op1 x) op2 y) …`; the operators may differ, `and` and `or` among them.
    Binary {
        first: Box<Expr>,
        rest: Vec<Link>,
    },
    Ternary(Box<Ternary>),
    Attribute(Box<Expr>, Ident),
    Call(Box<Call>),
    Subscript(Box<Expr>, Vec<Expr>),
    /// Only directly in subscripts.
    Slice(Box<Slice>),
    Starred(Box<Expr>),
}

/// One step of a chain of binary operators.
#[derive(Clone, Debug)]
pub struct Link {
    pub op: BinaryOp,
    pub right: Expr,
    /// From the start of the chain to the end of `right`: the span of this operation.
    pub span: Span,
}

/// `element for target in iter`.
#[derive(Clone, Debug)]
pub struct Comprehension {
    pub element: Expr,
    pub target: Expr,
    pub iter: Expr,
}

#[derive(Clone, Debug)]
pub struct Ternary {
    pub cond: Expr,
    pub then: Expr,
    pub otherwise: Expr,
}

#[derive(Clone, Debug)]
pub struct Call {
    pub callee: Expr,
    pub args: Vec<Expr>,
    pub kwargs: Vec<Keyword>,
}

/// `name=value`.
#[derive(Clone, Debug)]
pub struct Keyword {
    pub name: Ident,
    pub value: Expr,
}

#[derive(Clone, Debug)]
pub struct Slice {
    pub start: Option<Expr>,
    pub stop: Option<Expr>,
    pub step: Option<Expr>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    Neg,
    Not,
    Invert,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    And,
    Or,
    In,
    NotIn,
    Lt,
    Gt,
    Le,
    Ge,
    Eq,
    Ne,
    Is,
    IsNot,
    BitOr,
    BitXor,
    BitAnd,
    Shl,
    Shr,
    Add,
    Sub,
    Mul,
    Div,
    FloorDiv,
    Mod,
    MatMul,
    Pow,
}

impl BinaryOp {
    /// The name in dumps and messages.
    pub fn name(self) -> &'static str {
        use BinaryOp::*;
        match self {
            And => "and",
            Or => "or",
            In => "in",
            NotIn => "not in",
            Lt => "<",
            Gt => ">",
            Le => "le",
            Ge => "ge",
            Eq => "eq",
            Ne => "ne",
            Is => "is",
            IsNot => "is not",
            BitOr => "|",
            BitXor => "^",
            BitAnd => "&",
            Shl => "<<",
            Shr => ">>",
            Add => "+",
            Sub => "-",
            Mul => "*",
            Div => "/",
            FloorDiv => "floordiv",
            Mod => "%",
            MatMul => "@",
            Pow => "pow operator",
        }
    }
}

impl Expr {
    pub fn new(kind: ExprKind, span: Span) -> Expr {
        let height = kind.children_height().saturating_add(1);
        Expr { kind, span, height }
    }

    /// Levels of the tree, itself included.
    pub fn height(&self) -> usize {
        self.height as usize
    }

    /// The kind as messages name it.
    pub fn kind_name(&self) -> &'static str {
        match &self.kind {
            ExprKind::Name(_) => "variable",
            ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Imaginary(_) => "const",
            ExprKind::Str(_) => "string_literal",
            ExprKind::Bool(true) => "True",
            ExprKind::Bool(false) => "False",
            ExprKind::None => "None",
            ExprKind::NoneType => "NoneType",
            ExprKind::Dots => "dots",
            ExprKind::Tuple(_) => "tuple-literal",
            ExprKind::List(_) => "list-literal",
            ExprKind::Dict(_) => "dict-literal",
            ExprKind::ListComp(_) => "list comprehension",
            ExprKind::DictComp { .. } => "dict comprehension",
            ExprKind::Unary(UnaryOp::Neg, _) => "unary minus",
            ExprKind::Unary(UnaryOp::Not, _) => "not",
            ExprKind::Unary(UnaryOp::Invert, _) => "~",
            ExprKind::Binary { rest, .. } => rest.last().map_or("operator", |link| link.op.name()),
            ExprKind::Ternary(_) => "if",
            ExprKind::Attribute(..) => ".",
            ExprKind::Call(_) => "apply",
            ExprKind::Subscript(..) => "subscript",
            ExprKind::Slice(_) => "slice",
            ExprKind::Starred(_) => "starred",
        }
    }

    /// The identifier, if the expression is one.
    pub fn as_name(&self) -> Option<&Arc<str>> {
        match &self.kind {
            ExprKind::Name(name) => Some(name),
            _ => None,
        }
    }
}

impl ExprKind {
    fn children_height(&self) -> u16 {
        fn all(exprs: &[Expr]) -> u16 {
            exprs.iter().map(|e| e.height).max().unwrap_or(0)
        }
        fn comp(c: &Comprehension) -> u16 {
            c.element.height.max(c.target.height).max(c.iter.height)
        }
        match self {
            ExprKind::Name(_)
            | ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Imaginary(_)
            | ExprKind::Str(_)
            | ExprKind::Bool(_)
            | ExprKind::None
            | ExprKind::NoneType
            | ExprKind::Dots => 0,
            ExprKind::Tuple(items) | ExprKind::List(items) => all(items),
            ExprKind::Dict(items) => items.iter().map(|(k, v)| k.height.max(v.height)).max().unwrap_or(0),
            ExprKind::ListComp(c) => comp(c),
            ExprKind::DictComp { key, comprehension } => key.height.max(comp(comprehension)),
            ExprKind::Unary(_, e) | ExprKind::Attribute(e, _) | ExprKind::Starred(e) => e.height,
            ExprKind::Binary { first, rest } => rest.iter().fold(first.height, |h, link| h.max(link.right.height)),
            ExprKind::Ternary(t) => t.cond.height.max(t.then.height).max(t.otherwise.height),
            ExprKind::Call(call) => {
                call.kwargs.iter().fold(call.callee.height.max(all(&call.args)), |h, k| h.max(k.value.height))
            }
            ExprKind::Subscript(value, indices) => value.height.max(all(indices)),
            ExprKind::Slice(s) => {
                [&s.start, &s.stop, &s.step].iter().filter_map(|e| e.as_ref()).fold(0, |h, e| h.max(e.height))
            }
        }
    }
}

// ---- dump: the s-expressions PyTorch prints for its trees, on one line ----

struct List<'a, T>(&'a [T]);

impl<T: fmt::Display> fmt::Display for List<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(list")?;
        self.0.iter().try_for_each(|item| write!(f, " {item}"))?;
        f.write_str(")")
    }
}

struct Maybe<'a>(&'a Option<Expr>);

impl fmt::Display for Maybe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(e) => write!(f, "(option {e})"),
            None => f.write_str("(option)"),
        }
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "(ident {})", self.name)
    }
}

impl fmt::Display for ClassDef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "(class {} {} {})", self.name, Maybe(&self.base), List(&self.body))
    }
}

impl fmt::Display for Def {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (params, returns) = (List(&self.params), Maybe(&self.returns));
        write!(f, "(def {} (decl {params} {returns}) {})", self.name, List(&self.body))
    }
}

impl fmt::Display for Param {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keyword_only = if self.keyword_only { "(True)" } else { "(False)" };
        write!(f, "(param {} {} {} {keyword_only})", self.name, Maybe(&self.annotation), Maybe(&self.default))
    }
}

impl fmt::Display for WithItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "(withitem {} {})", self.context, Maybe(&self.target))
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "(attribute {} {})", self.name, self.value)
    }
}

impl fmt::Display for Stmt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            StmtKind::If { cond, then, otherwise } => write!(f, "(if {cond} {} {})", List(then), List(otherwise)),
            StmtKind::While { cond, body } => write!(f, "(while {cond} {})", List(body)),
            StmtKind::For { targets, iters, body } => {
                write!(f, "(for {} {} {})", List(targets), List(iters), List(body))
            }
            StmtKind::With { items, body } => write!(f, "(with {} {})", List(items), List(body)),
            StmtKind::Return(e) => write!(f, "(return {e})"),
            StmtKind::Raise(e) => write!(f, "(raise {e})"),
            StmtKind::Assert { cond, message } => write!(f, "(assert {cond} {})", Maybe(message)),
            StmtKind::Break => f.write_str("(break)"),
            StmtKind::Continue => f.write_str("(continue)"),
            StmtKind::Pass => f.write_str("(pass)"),
            StmtKind::Delete(targets) => write!(f, "(del {})", List(targets)),
            StmtKind::Global(names) => write!(f, "(global {})", List(names)),
            StmtKind::Def(def) => write!(f, "{def}"),
            StmtKind::Expr(e) => write!(f, "(expression statement {e})"),
            StmtKind::Assign { targets, annotation, value } => {
                write!(f, "(assign {} {} {})", List(targets), Maybe(value), Maybe(annotation))
            }
            StmtKind::AugAssign { target, op, value } => write!(f, "(aug_assign {target} ({}) {value})", op.name()),
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Name(name) => write!(f, "(variable (ident {name}))"),
            ExprKind::Int(value) => write!(f, "(const {value})"),
            ExprKind::Float(value) => write!(f, "(const {value:?})"),
            ExprKind::Imaginary(value) => write!(f, "(const {value:?}j)"),
            ExprKind::Str(text) => write!(f, "(string_literal {text})"),
            ExprKind::Bool(true) => f.write_str("(True)"),
            ExprKind::Bool(false) => f.write_str("(False)"),
            ExprKind::None => f.write_str("(None)"),
            ExprKind::NoneType => f.write_str("(NoneType)"),
            ExprKind::Dots => f.write_str("(dots)"),
            ExprKind::Tuple(items) => write!(f, "(tuple-literal {})", List(items)),
            ExprKind::List(items) => write!(f, "(list-literal {})", List(items)),
            ExprKind::Dict(items) => {
                f.write_str("(dict-literal (list")?;
                items.iter().try_for_each(|(key, _)| write!(f, " {key}"))?;
                f.write_str(") (list")?;
                items.iter().try_for_each(|(_, value)| write!(f, " {value}"))?;
                f.write_str("))")
            }
            ExprKind::ListComp(c) => write!(f, "(list comprehension {} {} {})", c.element, c.target, c.iter),
            ExprKind::DictComp { key, comprehension: c } => {
                write!(f, "(dict comprehension {key} {} {} {})", c.element, c.target, c.iter)
            }
            ExprKind::Unary(UnaryOp::Neg, e) => write!(f, "(unary minus {e})"),
            ExprKind::Unary(UnaryOp::Not, e) => write!(f, "(not {e})"),
            ExprKind::Unary(UnaryOp::Invert, e) => write!(f, "(~ {e})"),
            ExprKind::Binary { first, rest } => {
                for link in rest.iter().rev() {
                    match link.op {
                        BinaryOp::NotIn => f.write_str("(not (in ")?,
                        op => write!(f, "({} ", op.name())?,
                    }
                }
                write!(f, "{first}")?;
                rest.iter().try_for_each(|link| {
                    write!(f, " {}{}", link.right, if link.op == BinaryOp::NotIn { "))" } else { ")" })
                })
            }
            ExprKind::Ternary(t) => write!(f, "(if {} {} {})", t.cond, t.then, t.otherwise),
            ExprKind::Attribute(value, name) => write!(f, "(. {value} {name})"),
            ExprKind::Call(call) => write!(f, "(apply {} {} {})", call.callee, List(&call.args), List(&call.kwargs)),
            ExprKind::Subscript(value, indices) => write!(f, "(subscript {value} {})", List(indices)),
            ExprKind::Slice(s) => write!(f, "(slice expr {} {} {})", Maybe(&s.start), Maybe(&s.stop), Maybe(&s.step)),
            ExprKind::Starred(e) => write!(f, "(starred {e})"),
        }
    }
}
