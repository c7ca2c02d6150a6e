//! Graphs as PyTorch prints them.

use std::collections::HashMap;
use std::fmt::{self, Write};
use std::sync::Arc;

use super::{Attr, BlockId, Graph, Node, NodeId, ValueId};
use crate::base::format_float;
use crate::value::{IValue, Type};

/// The text of `.graph`; `{:#}` leaves out where nodes come from.
impl fmt::Display for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        let mut printer = Printer { locations: !f.alternate(), subgraphs: Vec::new() };
        printer.graph(self, &mut out)?;
        let mut at = 0;
        while let Some((name, graph)) = printer.subgraphs.get(at).cloned() {
            write!(out, "with {name} = ")?;
            printer.graph(&graph, &mut out)?;
            at += 1;
        }
        f.write_str(&out)
    }
}

struct Printer {
    locations: bool,
    /// Graphs that nodes hold, printed after the graph.
    subgraphs: Vec<(String, Arc<Graph>)>,
}

impl Printer {
    fn graph(&mut self, graph: &Graph, out: &mut String) -> fmt::Result {
        let names = Names::new(graph);
        out.write_str("graph(")?;
        for (i, input) in graph.inputs().iter().enumerate() {
            if i > 0 {
                out.write_str(",\n      ")?;
            }
            write!(out, "%{} : {}", names.of(*input), Shown(graph.ty(*input)))?;
        }
        out.write_str("):\n")?;
        self.block(graph, Graph::ROOT, &names, 1, out)?;
        out.write_str("  return (")?;
        names.list(graph.outputs(), out)?;
        out.write_str(")\n")
    }

    fn block(&mut self, graph: &Graph, block: BlockId, names: &Names, indent: usize, out: &mut String) -> fmt::Result {
        for &node in &graph.block(block).nodes {
            self.node(graph, node, names, indent, out)?;
        }
        Ok(())
    }

    fn node(&mut self, graph: &Graph, id: NodeId, names: &Names, indent: usize, out: &mut String) -> fmt::Result {
        let node = graph.node(id);
        out.push_str(&"  ".repeat(indent));
        for (i, output) in node.outputs.iter().enumerate() {
            let comma = if i > 0 { ", " } else { "" };
            write!(out, "{comma}%{} : {}", names.of(*output), Shown(graph.ty(*output)))?;
        }
        write!(out, " = {}", node.kind)?;
        match node.attr("Subgraph") {
            Some(Attr::Graph(subgraph)) => {
                let name = format!("{}_{}", node.kind, self.subgraphs.len());
                write!(out, "_{}", self.subgraphs.len())?;
                self.subgraphs.push((name, subgraph.clone()));
            }
            _ => attributes(node, out)?,
        }
        out.push('(');
        names.list(&node.inputs, out)?;
        out.push(')');
        if self.locations {
            if let Some(range) = &node.range {
                let shown = range.original().unwrap_or_else(|| range.clone());
                write!(out, " # {shown}")?;
            }
        }
        out.push('\n');
        for (i, &block) in node.blocks.iter().enumerate() {
            write!(out, "{}block{i}(", "  ".repeat(indent + 1))?;
            for (j, param) in graph.block(block).params.iter().enumerate() {
                let comma = if j > 0 { ", " } else { "" };
                write!(out, "{comma}%{} : {}", names.of(*param), Shown(graph.ty(*param)))?;
            }
            out.push_str("):\n");
            self.block(graph, block, names, indent + 2, out)?;
            write!(out, "{}-> (", "  ".repeat(indent + 2))?;
            names.list(&graph.block(block).returns, out)?;
            out.push_str(")\n");
        }
        Ok(())
    }
}

/// A type as graphs show it, which differs from schemas in futures.
struct Shown<'a>(&'a Type);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Type::Future(t) => write!(f, "Future[{}]", Shown(t)),
            Type::RRef(t) => write!(f, "RRef[{}]", Shown(t)),
            Type::Await(t) => write!(f, "Await[{}]", Shown(t)),
            Type::Interface(i) => write!(f, "InterfaceType<{}>", i.name.name()),
            Type::List(t) => write!(f, "{}[]", Shown(t)),
            Type::Optional(t) => write!(f, "{}?", Shown(t)),
            Type::Dict(k, v) => write!(f, "Dict({}, {})", Shown(k), Shown(v)),
            Type::Tuple(t) if t.named.is_none() => {
                f.write_str("(")?;
                for (i, element) in t.elements.iter().enumerate() {
                    write!(f, "{}{}", if i > 0 { ", " } else { "" }, Shown(element))?;
                }
                f.write_str(")")
            }
            other => write!(f, "{other}"),
        }
    }
}

fn attributes(node: &Node, out: &mut String) -> fmt::Result {
    if node.attrs.is_empty() {
        return Ok(());
    }
    out.push('[');
    for (i, (name, attr)) in node.attrs.iter().enumerate() {
        let comma = if i > 0 { ", " } else { "" };
        write!(out, "{comma}{name}=")?;
        attribute(attr, out)?;
    }
    out.push(']');
    Ok(())
}

fn attribute(attr: &Attr, out: &mut String) -> fmt::Result {
    match attr {
        Attr::Int(v) => write!(out, "{v}"),
        Attr::Ints(v) => write!(out, "{v:?}"),
        Attr::Float(v) => out.write_str(&format_float(*v)),
        Attr::Str(s) => quoted(s, out),
        Attr::Value(v) => constant(v, out),
        Attr::Graph(_) => out.write_str("<Graph>"),
        Attr::Type(t) => write!(out, "{}", t.annotation()),
        Attr::Types(types) => {
            let types: Vec<String> = types.iter().map(|t| Shown(t).to_string()).collect();
            write!(out, "[{}]", types.join(", "))
        }
        Attr::Function(f) => quoted(f.name(), out),
    }
}

/// A constant as the graph shows it.
fn constant(value: &IValue, out: &mut String) -> fmt::Result {
    let list = |items: &[IValue], out: &mut String| {
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            constant(item, out)?;
        }
        Ok(())
    };
    match value {
        IValue::None => out.write_str("None"),
        IValue::Bool(v) => write!(out, "{}", u8::from(*v)),
        IValue::Int(v) => write!(out, "{v}"),
        IValue::Double(v) => out.write_str(&format_float(*v)),
        IValue::Complex(v) => {
            write!(out, "{}{}{}j", format_float(v.re), if v.im < 0.0 { "" } else { "+" }, format_float(v.im))
        }
        IValue::Str(s) => quoted(s, out),
        IValue::Device(d) => write!(out, "\"{d}\""),
        IValue::Tensor(t) => match t.numel() {
            1 => match t.item() {
                Ok(v) => {
                    out.push('{');
                    match v {
                        crate::Scalar::Float(v) => out.push_str(&shortest(v)),
                        other => constant(&IValue::from_scalar(other), out)?,
                    }
                    out.write_char('}')
                }
                Err(_) => out.write_str("<Tensor>"),
            },
            n if n <= 10 => write!(out, "{}", t.to_string().replace('\n', " ")),
            _ => out.write_str("<Tensor>"),
        },
        IValue::List(items) if items.is_empty() => {
            write!(out, "annotate(List[{}], [])", items.element_type().annotation())
        }
        IValue::List(items) => {
            out.push('[');
            list(&items.to_vec(), out)?;
            out.write_char(']')
        }
        IValue::Tuple(t) => {
            out.push('(');
            list(&t.elements, out)?;
            if t.elements.len() == 1 {
                out.push(',');
            }
            out.write_char(')')
        }
        IValue::Dict(d) => {
            out.push('{');
            for (i, (k, v)) in d.entries().iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                constant(k, out)?;
                out.push_str(": ");
                constant(v, out)?;
            }
            out.write_char('}')
        }
        IValue::Enum(e) => write!(out, "{}.{}", e.class.name, e.name),
        IValue::Object(o) => write!(out, "object({:#x})", o.id()),
        IValue::Function(f) => quoted(&f.name, out),
        other => write!(out, "<{}>", other.tag()),
    }
}

fn shortest(v: f64) -> String {
    let text = format!("{v}");
    text.strip_suffix(".0").unwrap_or(&text).to_string()
}

fn quoted(text: &str, out: &mut String) -> fmt::Result {
    out.push('"');
    for c in text.bytes() {
        match c {
            b'\\' => out.push_str("\\\\"),
            b'"' => out.push_str("\\\""),
            b'\'' => out.push_str("\\'"),
            b'\n' => out.push_str("\\n"),
            b'\t' => out.push_str("\\t"),
            b'\r' => out.push_str("\\r"),
            0x07 => out.push_str("\\a"),
            0x08 => out.push_str("\\b"),
            0x0b => out.push_str("\\v"),
            0x0c => out.push_str("\\f"),
            c if (0x20..0x7f).contains(&c) => out.push(c as char),
            c => write!(out, "\\{c:03o}")?,
        }
    }
    out.write_char('"')
}

/// What values are called: their names, or numbers in program order.
struct Names {
    names: HashMap<ValueId, String>,
}

impl Names {
    fn new(graph: &Graph) -> Names {
        let mut names = HashMap::new();
        let mut next = 0usize;
        let mut add = |value: ValueId| {
            let name = match &graph.value(value).name {
                Some(name) => name.to_string(),
                None => next.to_string(),
            };
            next += 1;
            names.insert(value, name);
        };
        graph.inputs().iter().for_each(|v| add(*v));
        for node in graph.all_nodes() {
            let n = graph.node(node);
            n.outputs.iter().for_each(|v| add(*v));
            n.blocks.iter().for_each(|b| graph.block(*b).params.iter().for_each(|v| add(*v)));
        }
        Names { names }
    }
    fn of(&self, value: ValueId) -> &str {
        self.names.get(&value).map_or("?", String::as_str)
    }
    fn list(&self, values: &[ValueId], out: &mut String) -> fmt::Result {
        for (i, value) in values.iter().enumerate() {
            let comma = if i > 0 { ", " } else { "" };
            write!(out, "{comma}%{}", self.of(*value))?;
        }
        Ok(())
    }
}
