//! Parses TorchScript text: the code of archives, and source given to `CompilationUnit` or `Module::define`.
//!
//! This is the grammar of PyTorch's C++ parser, not Python's: `and` and `or` bind equally, `not` and `~` weaker than
//! comparisons, comparisons do not chain, there are no decorators, lambdas or `//=`, and the last line must end with a
//! newline. Messages are PyTorch's. Unlike there, an integer literal out of range is an error here already, a
//! minus before a folded literal is folded once more, and `\r` is an escape.

use std::sync::Arc;

use super::ast::*;
use super::lexer::{tokenize, Tok, Token};
use crate::base::Source;
use crate::error::{Error, Result};

/// Nested statements and expressions; each costs a few stack frames here.
const MAX_NESTING: usize = 256;
/// Height of an expression tree, for those who walk it recursively.
const MAX_HEIGHT: usize = 512;

/// Parses a file of functions and classes; `import` lines are skipped. Fails with [`ErrorKind::Syntax`].
///
/// [`ErrorKind::Syntax`]: crate::ErrorKind::Syntax
pub fn parse_file(source: Arc<Source>) -> Result<File> {
    let mut parser = Parser::new(&source)?;
    let mut op_version_set = None;
    let (mut functions, mut classes) = (vec![], vec![]);
    loop {
        match parser.tok() {
            Tok::Eof => break,
            Tok::Newline => drop(parser.advance()),
            Tok::Import => parser.skip_line(),
            Tok::Class => classes.push(parser.class()?),
            Tok::Ident if op_version_set.is_none() && parser.text(parser.current()) == "op_version_set" => {
                op_version_set = Some(parser.version_line()?);
            }
            _ => functions.push(parser.def(false)?),
        }
    }
    Ok(File::new(source, op_version_set, functions, classes))
}

/// Parses text that may hold functions only, as `CompilationUnit(source)` takes it.
pub fn parse_functions(source: Arc<Source>) -> Result<File> {
    parse_defs(source, false)
}

/// Parses the methods that `Module::define` takes: a type comment leaves out `self`.
pub fn parse_methods(source: Arc<Source>) -> Result<File> {
    parse_defs(source, true)
}

/// Parses a single expression, e.g. a type as pickles name it.
pub fn parse_expression(source: &Arc<Source>) -> Result<Expr> {
    let mut parser = Parser::new(source)?;
    let expr = parser.expr_or_tuple()?.0;
    while parser.eat(Tok::Newline).is_some() {}
    parser.expect(Tok::Eof)?;
    Ok(expr)
}

fn parse_defs(source: Arc<Source>, methods: bool) -> Result<File> {
    let mut parser = Parser::new(&source)?;
    let mut functions = vec![];
    while parser.tok() != Tok::Eof {
        functions.push(parser.def(methods)?);
    }
    Ok(File::new(source, None, functions, vec![]))
}

struct Parser {
    source: Arc<Source>,
    tokens: Vec<Token>,
    pos: usize,
    depth: usize,
    /// An integer literal of 2^63, which only a minus can bring into range.
    overflow: Option<Span>,
}

impl Parser {
    fn new(source: &Arc<Source>) -> Result<Parser> {
        if source.text.len() >= u32::MAX as usize {
            return Err(Error::limit("source text is longer than 4 GiB"));
        }
        Ok(Parser { source: source.clone(), tokens: tokenize(&source.text), pos: 0, depth: 0, overflow: None })
    }

    // ---- definitions ----

    fn version_line(&mut self) -> Result<i64> {
        self.advance();
        self.expect(Tok::Assign)?;
        let number = self.number()?;
        self.expect(Tok::Newline)?;
        match number.kind {
            ExprKind::Int(version) => Ok(version),
            _ => Err(self.error(number.span, "op_version_set must be an integer:")),
        }
    }

    fn skip_line(&mut self) {
        while !matches!(self.tok(), Tok::Newline | Tok::Eof | Tok::Invalid | Tok::BadIndent) {
            self.advance();
        }
    }

    fn class(&mut self) -> Result<ClassDef> {
        self.expect(Tok::Class)?;
        let name = self.ident()?;
        let mut base = None;
        if self.eat(Tok::LParen).is_some() {
            if self.tok() != Tok::RParen {
                base = Some(self.expr()?);
            }
            self.expect(Tok::RParen)?;
        }
        self.expect(Tok::Colon)?;
        self.expect(Tok::Indent)?;
        let mut body = vec![];
        while self.eat(Tok::Dedent).is_none() {
            body.push(match self.tok() {
                Tok::Def => {
                    let def = self.def(true)?;
                    Stmt { span: def.span, kind: StmtKind::Def(Box::new(def)) }
                }
                _ => self.statement()?,
            });
        }
        let span = cover(name.span, &body);
        Ok(ClassDef { name, base, body, span })
    }

    fn def(&mut self, is_method: bool) -> Result<Def> {
        self.expect(Tok::Def)?;
        let name = self.ident()?;
        let open = self.expect(Tok::LParen)?;
        let mut params = vec![];
        let mut keyword_only = false;
        while self.tok() != Tok::RParen {
            if !keyword_only && self.eat(Tok::Star).is_some() {
                keyword_only = true;
            } else {
                params.push(self.param(keyword_only)?);
            }
            if self.eat(Tok::Comma).is_none() {
                break;
            }
        }
        self.expect(Tok::RParen)?;
        let mut returns = match self.eat(Tok::Arrow) {
            Some(_) => Some(self.expr()?),
            None => None,
        };
        let mut decl = open.to(returns.as_ref().map_or(self.current(), |e| e.span));
        self.expect(Tok::Colon)?;
        let body = if self.tok() == Tok::Indent {
            self.advance();
            if self.tok() == Tok::TypeComment {
                decl = decl.to(self.type_comment(decl, is_method, &mut params, &mut returns)?);
            }
            self.rest_of_block()?
        } else {
            vec![self.statement()?]
        };
        let span = cover(name.span.to(decl), &body);
        Ok(Def { name, params, returns, body, decl, span })
    }

    fn param(&mut self, keyword_only: bool) -> Result<Param> {
        let name = self.ident()?;
        let mut span = name.span;
        let (mut annotation, mut default) = (None, None);
        if self.eat(Tok::Colon).is_some() {
            let e = self.expr()?;
            span = span.to(e.span);
            annotation = Some(e);
        }
        if self.eat(Tok::Assign).is_some() {
            let e = self.expr()?;
            span = span.to(e.span);
            default = Some(e);
        }
        Ok(Param { name, annotation, default, keyword_only, span })
    }

    /// `# type: (T, U) -> V` as the first line of a body.
    fn type_comment(
        &mut self,
        decl: Span,
        is_method: bool,
        params: &mut [Param],
        returns: &mut Option<Expr>,
    ) -> Result<Span> {
        let mut span = self.expect(Tok::TypeComment)?;
        self.expect(Tok::LParen)?;
        let (types, end) = self.items(Tok::RParen)?;
        span = span.to(end);
        if self.eat(Tok::Arrow).is_some() {
            let e = self.expr()?;
            span = span.to(e.span);
            *returns = Some(e);
        }
        self.expect(Tok::Newline)?;
        let (skip, what) = if is_method { (1, "method") } else { (0, "function") };
        let expected = params.len().saturating_sub(skip);
        if types.len() != expected {
            let found = types.len();
            let text = format!(
                "\nNumber of type annotations ({found}) did not match the number of {what} parameters ({expected}):"
            );
            return Err(self.error(decl, &text));
        }
        for (param, annotation) in params.iter_mut().skip(skip).zip(types) {
            param.annotation = Some(annotation);
        }
        Ok(span)
    }

    // ---- statements ----

    fn block(&mut self) -> Result<Vec<Stmt>> {
        self.expect(Tok::Indent)?;
        self.rest_of_block()
    }

    /// One statement at least, to the end of the block.
    fn rest_of_block(&mut self) -> Result<Vec<Stmt>> {
        let mut statements = vec![self.statement()?];
        while self.eat(Tok::Dedent).is_none() {
            statements.push(self.statement()?);
        }
        Ok(statements)
    }

    fn statement(&mut self) -> Result<Stmt> {
        self.enter()?;
        let start = self.current();
        let stmt = match self.tok() {
            Tok::If => self.if_statement()?,
            Tok::While => {
                self.advance();
                let cond = self.expr()?;
                self.expect(Tok::Colon)?;
                let body = self.block()?;
                Stmt { span: cover(start.to(cond.span), &body), kind: StmtKind::While { cond, body } }
            }
            Tok::For => {
                self.advance();
                let targets = self.bare_items(PREC_COMPARE, Tok::In)?;
                self.expect(Tok::In)?;
                let iters = self.bare_items(0, Tok::Colon)?;
                self.expect(Tok::Colon)?;
                let body = self.block()?;
                Stmt { span: cover(start, &body), kind: StmtKind::For { targets, iters, body } }
            }
            Tok::With => {
                self.advance();
                let mut items = vec![self.with_item()?];
                while self.eat(Tok::Comma).is_some() && self.tok() != Tok::Colon {
                    items.push(self.with_item()?);
                }
                self.expect(Tok::Colon)?;
                let body = self.block()?;
                Stmt { span: cover(start, &body), kind: StmtKind::With { items, body } }
            }
            Tok::Def => {
                let def = self.def(false)?;
                Stmt { span: def.span, kind: StmtKind::Def(Box::new(def)) }
            }
            _ => {
                let stmt = self.simple_statement()?;
                self.expect(Tok::Newline)?;
                stmt
            }
        };
        self.depth -= 1;
        Ok(stmt)
    }

    /// From `if` or `elif`. Without an `else` the span takes in the next token, as PyTorch's does.
    fn if_statement(&mut self) -> Result<Stmt> {
        self.enter()?;
        let start = self.advance();
        let cond = self.expr()?;
        self.expect(Tok::Colon)?;
        let then = self.block()?;
        let span = cover(start, &then);
        let (otherwise, span) = match self.tok() {
            Tok::Elif => {
                let nested = vec![self.if_statement()?];
                let span = cover(span, &nested);
                (nested, span)
            }
            Tok::Else => {
                self.advance();
                self.expect(Tok::Colon)?;
                let body = self.block()?;
                let span = cover(span, &body);
                (body, span)
            }
            _ => (vec![], span.to(self.current())),
        };
        self.depth -= 1;
        Ok(Stmt { kind: StmtKind::If { cond, then, otherwise }, span })
    }

    fn with_item(&mut self) -> Result<WithItem> {
        let context = self.expr()?;
        let target = match self.eat(Tok::As) {
            Some(_) => {
                let name = self.ident()?;
                Some(Expr::new(ExprKind::Name(name.name), name.span))
            }
            None => None,
        };
        Ok(WithItem { context, target })
    }

    /// A statement of one line, without the newline.
    fn simple_statement(&mut self) -> Result<Stmt> {
        let start = self.current();
        let (kind, span) = match self.tok() {
            Tok::Return => {
                self.advance();
                let value = match self.tok() {
                    Tok::Newline => Expr::new(ExprKind::None, start),
                    _ => self.expr_or_tuple()?.0,
                };
                let span = start.to(value.span);
                (StmtKind::Return(value), span)
            }
            Tok::Raise => {
                self.advance();
                let value = self.expr()?;
                let span = start.to(value.span);
                (StmtKind::Raise(value), span)
            }
            Tok::Assert => {
                self.advance();
                let cond = self.expr()?;
                let mut span = start.to(cond.span);
                let mut message = None;
                if self.eat(Tok::Comma).is_some() {
                    let e = self.expr()?;
                    span = span.to(e.span);
                    message = Some(e);
                }
                (StmtKind::Assert { cond, message }, span)
            }
            Tok::Break => (StmtKind::Break, self.advance()),
            Tok::Continue => (StmtKind::Continue, self.advance()),
            Tok::Pass => (StmtKind::Pass, self.advance()),
            Tok::Del => {
                self.advance();
                let mut targets = vec![self.expr()?];
                while self.eat(Tok::Comma).is_some() {
                    targets.push(self.expr()?);
                }
                let span = targets.iter().fold(start, |span, e| span.to(e.span));
                (StmtKind::Delete(targets), span)
            }
            Tok::Global => {
                self.advance();
                let mut names = vec![self.ident()?];
                while self.eat(Tok::Comma).is_some() {
                    names.push(self.ident()?);
                }
                let span = names.iter().fold(start, |span, name| span.to(name.span));
                (StmtKind::Global(names), span)
            }
            _ => return self.expression_statement(),
        };
        Ok(Stmt { kind, span })
    }

    /// An expression, or an assignment of any kind.
    fn expression_statement(&mut self) -> Result<Stmt> {
        let (first, is_bare_tuple) = self.expr_or_tuple()?;
        let span = first.span;
        if let Some(op) = augmented_op(self.tok()) {
            self.advance();
            let value = self.expr_or_tuple()?.0;
            if is_bare_tuple {
                return Err(self.error(span, "\n augmented assignment can only have one LHS expression:"));
            }
            let span = span.to(value.span);
            return Ok(Stmt { kind: StmtKind::AugAssign { target: first, op, value }, span });
        }
        let annotation = match self.eat(Tok::Colon) {
            Some(_) => Some(self.expr()?),
            None => None,
        };
        if annotation.is_none() && self.tok() != Tok::Assign {
            return Ok(Stmt { kind: StmtKind::Expr(first), span });
        }
        let mut targets = vec![first];
        while self.eat(Tok::Assign).is_some() {
            targets.push(self.expr_or_tuple()?.0);
        }
        let value = if targets.len() > 1 { targets.pop() } else { None };
        let span = targets.iter().chain(&annotation).chain(&value).fold(span, |span, e| span.to(e.span));
        if let (Some(annotation), 2..) = (&annotation, targets.len()) {
            let text = "\nAnnotated multiple assignment is not supported in python:";
            return Err(self.error(annotation.span, text));
        }
        Ok(Stmt { kind: StmtKind::Assign { targets, annotation, value }, span })
    }

    // ---- expressions ----

    fn expr(&mut self) -> Result<Expr> {
        self.expr_above(0)
    }

    /// The expression, and whether it is a tuple without parentheses.
    fn expr_or_tuple(&mut self) -> Result<(Expr, bool)> {
        let first = self.expr()?;
        if self.tok() != Tok::Comma {
            return Ok((first, false));
        }
        let mut span = first.span;
        let mut items = vec![first];
        while self.eat(Tok::Comma).is_some() && !self.at_end_of_tuple() {
            let item = self.expr()?;
            span = span.to(item.span);
            items.push(item);
        }
        Ok((self.build(ExprKind::Tuple(items), span)?, true))
    }

    fn at_end_of_tuple(&self) -> bool {
        use Tok::*;
        matches!(self.tok(), Newline | Eof | Assign | RParen | RBracket | RBrace | Colon)
            || augmented_op(self.tok()).is_some()
    }

    /// Comma-separated expressions up to `end`, which is left; a comma may stand before it.
    fn bare_items(&mut self, min: u8, end: Tok) -> Result<Vec<Expr>> {
        let mut items = vec![self.expr_above(min)?];
        while self.eat(Tok::Comma).is_some() && self.tok() != end {
            items.push(self.expr_above(min)?);
        }
        Ok(items)
    }

    /// Comma-separated expressions through the closing bracket, whose span is returned.
    fn items(&mut self, close: Tok) -> Result<(Vec<Expr>, Span)> {
        let mut items = vec![];
        while self.tok() != close {
            items.push(self.expr()?);
            if self.eat(Tok::Comma).is_none() {
                break;
            }
        }
        let end = self.expect(close)?;
        Ok((items, end))
    }

    /// An expression whose outermost binary operators bind tighter than `min`.
    fn expr_above(&mut self, min: u8) -> Result<Expr> {
        let expr = self.expr_unchecked(min)?;
        match self.overflow {
            Some(span) => Err(self.out_of_range(span)),
            None => Ok(expr),
        }
    }

    fn out_of_range(&self, span: Span) -> Error {
        self.error(span, "\nIntegral constant out of range (must fit in a signed 64 bit integer):")
    }

    /// As `expr_above`; the whole expression may be the literal 2^63, with `overflow` set.
    fn expr_unchecked(&mut self, min: u8) -> Result<Expr> {
        self.enter()?;
        let mut left = self.prefixed()?;
        let mut span = left.span;
        // A run of binary operators; it becomes one node when it ends.
        let mut rest: Vec<Link> = vec![];
        while let Some((prec, op)) = infix(self.tok()).filter(|(prec, _)| *prec > min) {
            if let (Some(overflow), 1..) = (self.overflow, prec) {
                return Err(self.out_of_range(overflow));
            }
            let token = self.advance();
            span = span.to(token);
            match op {
                Infix::Binary(op) => {
                    // Only `**` associates to the right.
                    let right = self.expr_above(if op == BinaryOp::Pow { prec - 1 } else { prec })?;
                    span = span.to(right.span);
                    rest.push(Link { op, right, span });
                }
                Infix::Ternary => {
                    let then = self.chain(left, &mut rest)?;
                    let cond = self.expr()?;
                    self.expect(Tok::Else)?;
                    let otherwise = self.expr_above(min)?;
                    span = span.to(otherwise.span);
                    left = self.build(ExprKind::Ternary(Box::new(Ternary { cond, then, otherwise })), span)?;
                }
                Infix::Comprehension => {
                    let element = self.chain(left, &mut rest)?;
                    let target = self.expr_above(PREC_COMPARE)?;
                    self.expect(Tok::In)?;
                    let iter = self.expr()?;
                    span = span.to(iter.span);
                    left = self.build(ExprKind::ListComp(Box::new(Comprehension { element, target, iter })), span)?;
                }
            }
        }
        self.depth -= 1;
        self.chain(left, &mut rest)
    }

    fn chain(&self, first: Expr, rest: &mut Vec<Link>) -> Result<Expr> {
        let Some(last) = rest.last() else { return Ok(first) };
        let span = last.span;
        self.build(ExprKind::Binary { first: Box::new(first), rest: std::mem::take(rest) }, span)
    }

    fn prefixed(&mut self) -> Result<Expr> {
        let (op, prec) = match self.tok() {
            Tok::Not => (Some(UnaryOp::Not), PREC_NOT),
            Tok::Tilde => (Some(UnaryOp::Invert), PREC_NOT),
            Tok::Minus => (Some(UnaryOp::Neg), PREC_UNARY),
            Tok::Star => (None, PREC_UNARY),
            _ => return self.postfixed(),
        };
        let token = self.advance();
        if op != Some(UnaryOp::Neg) {
            let operand = Box::new(self.expr_above(prec)?);
            let span = token.to(operand.span);
            let kind = match op {
                Some(op) => ExprKind::Unary(op, operand),
                None => ExprKind::Starred(operand),
            };
            return self.build(kind, span);
        }
        let operand = self.expr_unchecked(prec)?;
        // A literal takes the sign in; its span stays that of the digits.
        let kind = match operand.kind {
            ExprKind::Int(i64::MIN) => match self.overflow.take() {
                Some(_) => ExprKind::Int(i64::MIN),
                None => return Err(self.out_of_range(operand.span)),
            },
            ExprKind::Int(value) => ExprKind::Int(-value),
            ExprKind::Float(value) => ExprKind::Float(-value),
            ExprKind::Imaginary(value) => ExprKind::Imaginary(-value),
            _ => {
                if let Some(overflow) = self.overflow {
                    return Err(self.out_of_range(overflow));
                }
                let span = token.to(operand.span);
                return self.build(ExprKind::Unary(UnaryOp::Neg, Box::new(operand)), span);
            }
        };
        self.build(kind, operand.span)
    }

    /// A primary expression with its attributes, calls and subscripts.
    fn postfixed(&mut self) -> Result<Expr> {
        let mut expr = self.primary()?;
        loop {
            let token = self.current();
            if let (Some(overflow), Tok::Dot | Tok::LParen | Tok::LBracket) = (self.overflow, self.tok()) {
                return Err(self.out_of_range(overflow));
            }
            match self.tok() {
                Tok::Dot => {
                    self.advance();
                    let name = self.ident()?;
                    let span = expr.span.to(name.span);
                    expr = self.build(ExprKind::Attribute(Box::new(expr), name), span)?;
                }
                Tok::LParen => {
                    self.advance();
                    let mut span = expr.span.to(token);
                    let mut call = Call { callee: expr, args: vec![], kwargs: vec![] };
                    while self.tok() != Tok::RParen {
                        span = span.to(self.argument(&mut call)?);
                        if self.eat(Tok::Comma).is_none() {
                            break;
                        }
                    }
                    self.expect(Tok::RParen)?;
                    expr = self.build(ExprKind::Call(Box::new(call)), span)?;
                }
                Tok::LBracket => {
                    self.advance();
                    let mut indices = vec![self.index()?];
                    while self.eat(Tok::Comma).is_some() && self.tok() != Tok::RBracket {
                        indices.push(self.index()?);
                    }
                    self.expect(Tok::RBracket)?;
                    let mut span = indices.iter().fold(expr.span, |span, e| span.to(e.span));
                    span.end += 1;
                    expr = self.build(ExprKind::Subscript(Box::new(expr), indices), span)?;
                }
                _ => return Ok(expr),
            }
        }
    }

    fn argument(&mut self, call: &mut Call) -> Result<Span> {
        let is_keyword =
            self.tok() == Tok::Ident && self.tokens.get(self.pos + 1).is_some_and(|t| t.tok == Tok::Assign);
        if !is_keyword {
            let value = self.expr()?;
            let span = value.span;
            call.args.push(value);
            return Ok(span);
        }
        let name = self.ident()?;
        self.expect(Tok::Assign)?;
        let value = self.expr()?;
        let span = name.span.to(value.span);
        call.kwargs.push(Keyword { name, value });
        Ok(span)
    }

    /// One item of a subscript: an expression or a slice.
    fn index(&mut self) -> Result<Expr> {
        let mut span = self.current();
        let start = match self.tok() {
            Tok::Colon => None,
            _ => Some(self.expr()?),
        };
        if self.eat(Tok::Colon).is_none() {
            return match start {
                Some(expr) => Ok(expr),
                None => Err(self.unexpected("ident")),
            };
        }
        let is_end = |tok| matches!(tok, Tok::Colon | Tok::Comma | Tok::RBracket);
        let stop = if is_end(self.tok()) { None } else { Some(self.expr()?) };
        let mut step = None;
        if self.eat(Tok::Colon).is_some() && !is_end(self.tok()) {
            step = Some(self.expr()?);
        }
        span = start.iter().chain(&stop).chain(&step).fold(span, |span, e| span.to(e.span));
        self.build(ExprKind::Slice(Box::new(Slice { start, stop, step })), span)
    }

    fn primary(&mut self) -> Result<Expr> {
        let span = self.current();
        let kind = match self.tok() {
            Tok::Number => return self.number(),
            Tok::Str => return self.string(),
            Tok::Ident => ExprKind::Name(self.ident()?.name),
            Tok::LParen => {
                self.advance();
                if self.eat(Tok::RParen).is_some() {
                    // PyTorch's span for `()` is the token behind it.
                    return self.build(ExprKind::Tuple(vec![]), self.current());
                }
                let expr = self.expr_or_tuple()?.0;
                self.expect(Tok::RParen)?;
                return Ok(expr);
            }
            Tok::LBracket => return self.list(),
            Tok::LBrace => return self.dict(),
            _ => {
                let kind = match self.tok() {
                    Tok::True => ExprKind::Bool(true),
                    Tok::False => ExprKind::Bool(false),
                    Tok::None => ExprKind::None,
                    Tok::NoneType => ExprKind::NoneType,
                    Tok::Dots | Tok::Ellipsis => ExprKind::Dots,
                    _ => return Err(self.unexpected("ident")),
                };
                self.advance();
                kind
            }
        };
        self.build(kind, span)
    }

    /// A list; a list comprehension alone in brackets stands for itself.
    fn list(&mut self) -> Result<Expr> {
        let open = self.expect(Tok::LBracket)?;
        let (mut items, _) = self.items(Tok::RBracket)?;
        let span = items.iter().fold(open, |span, e| span.to(e.span));
        if items.iter().any(|item| matches!(item.kind, ExprKind::ListComp(_))) {
            return match (items.pop(), items.is_empty()) {
                (Some(comprehension), true) => Ok(comprehension),
                _ => Err(self.error(span, "\n expected a single list comprehension within '[' , ']':")),
            };
        }
        self.build(ExprKind::List(items), span)
    }

    fn dict(&mut self) -> Result<Expr> {
        self.expect(Tok::LBrace)?;
        let mut span = self.current();
        let mut items = vec![];
        if self.tok() != Tok::RBrace {
            loop {
                let key = self.expr()?;
                self.expect(Tok::Colon)?;
                let value = self.expr()?;
                span = span.to(key.span).to(value.span);
                items.push((key, value));
                if self.eat(Tok::Comma).is_none() {
                    break;
                }
            }
        }
        self.expect(Tok::RBrace)?;
        if let [(_, Expr { kind: ExprKind::ListComp(_), .. })] = items.as_slice() {
            if let Some((key, Expr { kind: ExprKind::ListComp(comprehension), .. })) = items.pop() {
                return self.build(ExprKind::DictComp { key: Box::new(key), comprehension }, span);
            }
        }
        self.build(ExprKind::Dict(items), span)
    }

    // ---- literals ----

    fn ident(&mut self) -> Result<Ident> {
        let span = self.expect(Tok::Ident)?;
        Ok(Ident { name: self.text(span).into(), span })
    }

    fn number(&mut self) -> Result<Expr> {
        let span = self.expect(Tok::Number)?;
        let text = self.text(span);
        let kind = if let Some(imaginary) = text.strip_suffix('j') {
            ExprKind::Imaginary(float_value(imaginary))
        } else if text.contains(['.', 'e', 'E']) {
            ExprKind::Float(float_value(text))
        } else {
            match int_value(text) {
                Some(value @ 0..=0x7fff_ffff_ffff_ffff) => ExprKind::Int(value as i64),
                Some(0x8000_0000_0000_0000) => {
                    self.overflow = Some(span);
                    ExprKind::Int(i64::MIN)
                }
                _ => return Err(self.out_of_range(span)),
            }
        };
        self.build(kind, span)
    }

    /// Adjacent literals are one, with the span of the first.
    fn string(&mut self) -> Result<Expr> {
        let span = self.current();
        let mut bytes = vec![];
        while let Some(part) = self.eat(Tok::Str) {
            let unescaped = unescape(self.text(part), &mut bytes);
            unescaped.map_err(|text| self.error(part, &format!("\n{text}:")))?;
        }
        match String::from_utf8(bytes) {
            Ok(text) => self.build(ExprKind::Str(text.into()), span),
            Err(_) => Err(self.error(span, "\nstring literal is not valid UTF-8:")),
        }
    }

    // ---- tokens ----

    fn token(&self) -> Token {
        let end = Token { tok: Tok::Eof, start: 0, end: 0 };
        self.tokens.get(self.pos).or(self.tokens.last()).copied().unwrap_or(end)
    }

    fn tok(&self) -> Tok {
        self.token().tok
    }

    fn current(&self) -> Span {
        let token = self.token();
        Span { start: token.start, end: token.end }
    }

    /// Moves on; returns the span of the token that was current.
    fn advance(&mut self) -> Span {
        let span = self.current();
        self.pos += 1;
        span
    }

    fn eat(&mut self, tok: Tok) -> Option<Span> {
        (self.tok() == tok).then(|| self.advance())
    }

    fn expect(&mut self, tok: Tok) -> Result<Span> {
        match self.eat(tok) {
            Some(span) => Ok(span),
            None => Err(self.unexpected(tok.name())),
        }
    }

    fn text(&self, span: Span) -> &str {
        self.source.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    // ---- limits and errors ----

    fn enter(&mut self) -> Result<()> {
        self.depth += 1;
        match self.depth {
            0..=MAX_NESTING => Ok(()),
            _ => Err(self.error(self.current(), &format!("code is nested deeper than {MAX_NESTING} levels:"))),
        }
    }

    fn build(&self, kind: ExprKind, span: Span) -> Result<Expr> {
        let expr = Expr::new(kind, span);
        match expr.height() {
            0..=MAX_HEIGHT => Ok(expr),
            _ => Err(self.error(span, &format!("expression is nested deeper than {MAX_HEIGHT} levels:"))),
        }
    }

    fn unexpected(&self, expected: &str) -> Error {
        let token = self.token();
        let text = match token.tok {
            Tok::Invalid => {
                let at = self.tokens.last().map_or(0, |t| t.start as usize);
                let found = self.source.text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
                format!("expected a valid token but found '{found}' here:")
            }
            Tok::BadIndent => {
                // The lines that the lexer skipped are blank; the level is the token's length.
                let level = token.end - token.start;
                let span = Span { start: token.start, end: token.start };
                return self.error(span, &format!("invalid indent level {level}:"));
            }
            tok => format!("expected {expected} but found '{}' here:", tok.name()),
        };
        self.error(self.current(), &text)
    }

    fn error(&self, span: Span, text: &str) -> Error {
        let mut message = format!("{text}\n");
        // Writing to a string cannot fail.
        let _ = span.of(&self.source).write_frame(&mut message, "");
        Error::syntax(message)
    }
}

/// From `start` to the end of the statements.
fn cover(start: Span, statements: &[Stmt]) -> Span {
    statements.last().map_or(start, |last| start.to(last.span))
}

enum Infix {
    Binary(BinaryOp),
    Ternary,
    Comprehension,
}

const PREC_NOT: u8 = 3;
const PREC_COMPARE: u8 = 4;
const PREC_UNARY: u8 = 10;

/// How tightly an infix operator binds; more is tighter.
fn infix(tok: Tok) -> Option<(u8, Infix)> {
    use BinaryOp as B;
    let (prec, op) = match tok {
        Tok::If => return Some((1, Infix::Ternary)),
        Tok::For => return Some((1, Infix::Comprehension)),
        Tok::And => (2, B::And),
        Tok::Or => (2, B::Or),
        Tok::In => (PREC_COMPARE, B::In),
        Tok::NotIn => (PREC_COMPARE, B::NotIn),
        Tok::Lt => (PREC_COMPARE, B::Lt),
        Tok::Gt => (PREC_COMPARE, B::Gt),
        Tok::Le => (PREC_COMPARE, B::Le),
        Tok::Ge => (PREC_COMPARE, B::Ge),
        Tok::Eq => (PREC_COMPARE, B::Eq),
        Tok::Ne => (PREC_COMPARE, B::Ne),
        Tok::Is => (PREC_COMPARE, B::Is),
        Tok::IsNot => (PREC_COMPARE, B::IsNot),
        Tok::Pipe => (5, B::BitOr),
        Tok::Caret => (6, B::BitXor),
        Tok::Amp => (7, B::BitAnd),
        Tok::Shl => (8, B::Shl),
        Tok::Shr => (8, B::Shr),
        Tok::Plus => (9, B::Add),
        Tok::Minus => (9, B::Sub),
        Tok::Star => (PREC_UNARY, B::Mul),
        Tok::Slash => (PREC_UNARY, B::Div),
        Tok::FloorDiv => (PREC_UNARY, B::FloorDiv),
        Tok::Percent => (PREC_UNARY, B::Mod),
        Tok::At => (PREC_UNARY, B::MatMul),
        Tok::Pow => (11, B::Pow),
        _ => return None,
    };
    Some((prec, Infix::Binary(op)))
}

fn augmented_op(tok: Tok) -> Option<BinaryOp> {
    Some(match tok {
        Tok::AddAssign => BinaryOp::Add,
        Tok::SubAssign => BinaryOp::Sub,
        Tok::MulAssign => BinaryOp::Mul,
        Tok::DivAssign => BinaryOp::Div,
        Tok::ModAssign => BinaryOp::Mod,
        Tok::OrAssign => BinaryOp::BitOr,
        Tok::AndAssign => BinaryOp::BitAnd,
        Tok::XorAssign => BinaryOp::BitXor,
        Tok::ShlAssign => BinaryOp::Shl,
        Tok::ShrAssign => BinaryOp::Shr,
        Tok::PowAssign => BinaryOp::Pow,
        _ => return None,
    })
}

/// Value of an integer literal as C's `strtoll` reads it: `0x` hexadecimal, a leading `0` octal, up to the first
/// character that is no digit. `None` if it does not even fit 64 bits unsigned.
fn int_value(text: &str) -> Option<u64> {
    let (digits, radix) = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&text[2..], 16),
        [b'0', ..] => (text, 8),
        _ => (text, 10),
    };
    let digits = digits.bytes().map_while(|b| char::from(b).to_digit(radix));
    digits.into_iter().try_fold(0u64, |value, digit| value.checked_mul(radix.into())?.checked_add(digit.into()))
}

/// Value of a number as C's `strtod` reads it; the text is one that the lexer accepted, without `j`.
fn float_value(text: &str) -> f64 {
    match text.get(..2) {
        Some("0x" | "0X") => hex_float_value(&text[2..]),
        _ => text.parse().unwrap_or(f64::NAN),
    }
}

/// The nearest double to `hex.hex p±decimal`.
fn hex_float_value(text: &str) -> f64 {
    let (mantissa, exponent) = text.split_once(['p', 'P']).unwrap_or((text, "0"));
    let mut scale = exponent.parse::<i64>().unwrap_or(if exponent.starts_with('-') { -100_000 } else { 100_000 });
    let mut value: u64 = 0;
    let mut after_point = false;
    for b in mantissa.bytes() {
        let Some(digit) = char::from(b).to_digit(16) else {
            after_point = true;
            continue;
        };
        if value >> 59 == 0 {
            value = value << 4 | u64::from(digit);
            scale = scale.saturating_sub(4 * i64::from(after_point));
        } else {
            // What is cut off only matters for rounding: one sticky bit stands for it.
            value |= u64::from(digit != 0);
            scale = scale.saturating_add(4 * i64::from(!after_point));
        }
    }
    // Two steps, each exact or saturating, except the last one into the denormals.
    let scale = scale.clamp(-2200, 2200) as i32;
    value as f64 * 2f64.powi(scale / 2) * 2f64.powi(scale - scale / 2)
}

/// Appends the text of a string literal, quotes and escapes resolved; the error is PyTorch's complaint.
fn unescape(literal: &str, out: &mut Vec<u8>) -> std::result::Result<(), &'static str> {
    let quote = if literal.starts_with("'''") || literal.starts_with("\"\"\"") { 3 } else { 1 };
    let body = literal.get(quote..literal.len().saturating_sub(quote)).unwrap_or("");
    let mut bytes = body.bytes();
    while let Some(b) = bytes.next() {
        if b != b'\\' {
            out.push(b);
            continue;
        }
        out.push(match bytes.next() {
            Some(b @ (b'\\' | b'\'' | b'"')) => b,
            Some(b'n') => b'\n',
            Some(b't') => b'\t',
            Some(b'r') => b'\r',
            Some(b'a') => 0x07,
            Some(b'b') => 0x08,
            Some(b'f') => 0x0c,
            Some(b'v') => 0x0b,
            // PyTorch keeps the newline of a continued string.
            Some(b'\n') => b'\n',
            Some(b'x') => return Err("unsupported hex specifier"),
            Some(b'u' | b'U') => return Err("unsupported unicode specifier"),
            first => {
                let digits = [first, bytes.next(), bytes.next()];
                let octal = digits.iter().try_fold(0u32, |value, b| Some(value * 8 + char::from((*b)?).to_digit(8)?));
                octal.and_then(|value| u8::try_from(value).ok()).ok_or(" ill formed octal specifier")?
            }
        });
    }
    Ok(())
}

#[cfg(test)]
#[path = "parser_tests.rs"]
mod tests;
