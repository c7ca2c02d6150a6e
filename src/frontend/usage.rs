//! Which operators code names, read from the text alone: nothing is compiled, so all that is missing shows at once.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::ast::{Def, Expr, ExprKind, File, Span, Stmt, StmtKind};
use super::types::dotted;
use super::unit::{CompilationUnit, Unit};
use crate::base::SourceRange;
use crate::op::registry;
use crate::value::{ClassType, Type};
use crate::Result;

/// An operator that code names.
#[derive(Clone, Debug)]
pub struct OperatorUse {
    /// `aten::relu`, `quantized::linear`.
    pub name: String,
    /// Whether Sconce has any overload of it.
    pub supported: bool,
    /// Where it is first named.
    pub range: SourceRange,
}

/// The operators that the methods of `class`, of the classes of its attributes, and of everything they name mention,
/// by name. Methods that are never called count too.
pub fn operators_used(unit: &CompilationUnit, class: &ClassType) -> Result<Vec<OperatorUse>> {
    let unit = unit.unit();
    let mut scan = Scan { seen: HashSet::new(), todo: vec![class.name().as_str().into()], found: BTreeMap::new() };
    while let Some(name) = scan.todo.pop() {
        if scan.seen.insert(name.clone()) {
            scan.definition(unit, &name)?;
        }
    }
    Ok(scan.found.into_values().collect())
}

struct Scan {
    seen: HashSet<String>,
    todo: Vec<String>,
    found: BTreeMap<String, OperatorUse>,
}

impl Scan {
    /// A class or function by its qualified name.
    fn definition(&mut self, unit: &Unit, name: &str) -> Result<()> {
        let Some((qualifier, last)) = name.rsplit_once('.') else { return Ok(()) };
        let Some(file) = unit.file(qualifier)? else { return Ok(()) };
        if let Some(class) = file.class(last) {
            for statement in &class.body {
                self.statement(&file, statement);
            }
            if let Some(Type::Class(class)) = unit.named_type(name)? {
                class.attributes().iter().for_each(|a| self.classes(&a.ty));
            }
        }
        if let Some(def) = file.function(last) {
            self.def(&file, def);
        }
        Ok(())
    }

    fn classes(&mut self, ty: &Type) {
        match ty {
            Type::Class(class) => self.todo.push(class.name().as_str().into()),
            Type::List(t) | Type::Optional(t) | Type::Future(t) | Type::Dict(_, t) => self.classes(t),
            Type::Tuple(t) => t.elements.iter().for_each(|t| self.classes(t)),
            Type::Union(members) => members.iter().for_each(|t| self.classes(t)),
            _ => {}
        }
    }

    fn def(&mut self, file: &Arc<File>, def: &Def) {
        def.body.iter().for_each(|s| self.statement(file, s));
    }

    fn statement(&mut self, file: &Arc<File>, statement: &Stmt) {
        let mut exprs: Vec<&Expr> = Vec::new();
        match &statement.kind {
            StmtKind::If { cond, then, otherwise } => {
                exprs.push(cond);
                then.iter().chain(otherwise).for_each(|s| self.statement(file, s));
            }
            StmtKind::While { cond, body } => {
                exprs.push(cond);
                body.iter().for_each(|s| self.statement(file, s));
            }
            StmtKind::For { targets, iters, body } => {
                exprs.extend(targets.iter().chain(iters));
                body.iter().for_each(|s| self.statement(file, s));
            }
            StmtKind::With { items, body } => {
                exprs.extend(items.iter().map(|i| &i.context));
                body.iter().for_each(|s| self.statement(file, s));
            }
            StmtKind::Return(e) | StmtKind::Raise(e) | StmtKind::Expr(e) => exprs.push(e),
            StmtKind::Assert { cond, message } => exprs.extend(std::iter::once(cond).chain(message)),
            StmtKind::Delete(targets) => exprs.extend(targets),
            StmtKind::Assign { targets, value, .. } => exprs.extend(targets.iter().chain(value)),
            StmtKind::AugAssign { target, value, .. } => exprs.extend([target, value]),
            StmtKind::Def(def) => self.def(file, def),
            StmtKind::Break | StmtKind::Continue | StmtKind::Pass | StmtKind::Global(_) => {}
        }
        exprs.into_iter().for_each(|e| self.expr(file, e));
    }

    fn expr(&mut self, file: &Arc<File>, expr: &Expr) {
        match &expr.kind {
            ExprKind::Attribute(inner, _) => match dotted(expr) {
                Some(path) => self.path(file, &path, expr.span),
                None => self.expr(file, inner),
            },
            ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().for_each(|e| self.expr(file, e)),
            ExprKind::Dict(items) => items.iter().for_each(|(k, v)| {
                self.expr(file, k);
                self.expr(file, v);
            }),
            ExprKind::ListComp(c) => [&c.element, &c.iter].into_iter().for_each(|e| self.expr(file, e)),
            ExprKind::DictComp { key, comprehension: c } => {
                [&**key, &c.element, &c.iter].into_iter().for_each(|e| self.expr(file, e))
            }
            ExprKind::Unary(_, e) | ExprKind::Starred(e) => self.expr(file, e),
            ExprKind::Binary { first, rest } => {
                self.expr(file, first);
                rest.iter().for_each(|l| self.expr(file, &l.right));
            }
            ExprKind::Ternary(t) => [&t.cond, &t.then, &t.otherwise].into_iter().for_each(|e| self.expr(file, e)),
            ExprKind::Call(call) => {
                self.expr(file, &call.callee);
                call.args.iter().for_each(|e| self.expr(file, e));
                call.kwargs.iter().for_each(|k| self.expr(file, &k.value));
            }
            ExprKind::Subscript(value, items) => {
                self.expr(file, value);
                items.iter().for_each(|e| self.expr(file, e));
            }
            ExprKind::Slice(s) => {
                [&s.start, &s.stop, &s.step].into_iter().flatten().for_each(|e| self.expr(file, e));
            }
            _ => {}
        }
    }

    fn path(&mut self, file: &Arc<File>, path: &str, span: Span) {
        if path.starts_with("__torch__.") {
            // the class, or the function of a class
            self.todo.push(path.into());
            if let Some((class, _)) = path.rsplit_once('.') {
                self.todo.push(class.into());
            }
            return;
        }
        let name = if let Some(rest) = path.strip_prefix("torch.") {
            match rest.rsplit_once('.') {
                None | Some(("autograd", _)) => format!("aten::{}", rest.rsplit('.').next().unwrap_or(rest)),
                Some(_) => return,
            }
        } else if let Some((namespace, name)) = path.strip_prefix("ops.").and_then(|r| r.split_once('.')) {
            format!("{namespace}::{name}")
        } else {
            return;
        };
        let supported = registry().contains(&name) || name.starts_with("prim::") || super::emit::is_builtin(&name);
        let range = span.of(&file.source);
        self.found.entry(name.clone()).or_insert(OperatorUse { name, supported, range });
    }
}
