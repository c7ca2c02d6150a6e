//! Classes as archives spell them: modules, plain classes, NamedTuples, enums, interfaces.

use std::sync::Arc;

use super::ast::{BinaryOp, ClassDef, Expr, ExprKind, File, StmtKind, UnaryOp};
use super::types;
use super::unit::{error_at, DefPlace, Owner, Unit};
use crate::base::{Complex, Source};
use crate::ir::Function;
use crate::value::{
    AttributeKind, ClassType, Dict, EnumType, EnumValue, IValue, InterfaceType, List, MethodSlot, QualName, TupleType,
    TupleValue, Type,
};
use crate::{Error, Result};

/// Reads the class at `index` of a file and registers it under `name`.
pub(super) fn import(unit: &Unit, file: &Arc<File>, index: usize, name: &str) -> Result<Type> {
    let class = &file.classes[index];
    let base = class.base.as_ref().and_then(types::dotted);
    match base.as_deref() {
        None => import_class(unit, file, index, name, false),
        Some("Module") => import_class(unit, file, index, name, true),
        Some("NamedTuple") => import_named_tuple(unit, file, class, name),
        Some("Enum") => import_enum(unit, file, class, name),
        Some("Interface") => import_interface(unit, file, index, name, false),
        Some("ModuleInterface") => import_interface(unit, file, index, name, true),
        Some(_) => Err(error_at(&class.span.of(&file.source), "Torchscript does not support class inheritance.")),
    }
}

fn import_class(unit: &Unit, file: &Arc<File>, index: usize, name: &str, is_module: bool) -> Result<Type> {
    let source = &file.source;
    let body = &file.classes[index].body;
    let class = ClassType::new(QualName::new(name), is_module);
    unit.register(name, Type::Class(class.clone()));
    let (mut parameters, mut buffers) = (Vec::new(), Vec::new());
    let (mut pre_hooks, mut hooks) = (Vec::new(), Vec::new());
    for (at, statement) in body.iter().enumerate() {
        let unexpected = || error_at(&statement.span.of(source), "Unexpected statement kind in class body");
        match &statement.kind {
            StmtKind::Def(def) => {
                let owner = Owner::Class(Arc::downgrade(&class));
                let function = unit.make_function(name, file, DefPlace::Method(index, at), Some(owner));
                class.add_method(&def.name.name, function);
            }
            StmtKind::Assign { targets, annotation, value } => {
                let [target] = &targets[..] else { return Err(unexpected()) };
                match &target.kind {
                    ExprKind::Name(list) if list.starts_with("__") && value.is_some() && annotation.is_none() => {
                        let names = value.as_ref().map(strings).unwrap_or_default();
                        match &**list {
                            "__parameters__" => parameters = names,
                            "__buffers__" => buffers = names,
                            "__forward_pre_hooks__" => pre_hooks = names,
                            "__forward_hooks__" => hooks = names,
                            "__annotations__" => {}
                            _ => return Err(unexpected()),
                        }
                    }
                    // `__annotations__["0"] = T`
                    ExprKind::Subscript(_, items) => match (&items[..], value) {
                        ([Expr { kind: ExprKind::Str(field), .. }], Some(ty)) => {
                            let kind = kind_of(field, &parameters, &buffers);
                            add_attribute(unit, source, &class, field, ty, kind)?;
                        }
                        _ => return Err(unexpected()),
                    },
                    ExprKind::Name(field) => match (annotation, value) {
                        (Some(ty), Some(value)) => {
                            let ty = types::parse(unit, source, ty)?;
                            class.add_constant(field, constant(unit, source, value, Some(&ty), None)?);
                        }
                        (Some(ty), None) => {
                            let kind = kind_of(field, &parameters, &buffers);
                            add_attribute(unit, source, &class, field, ty, kind)?;
                        }
                        (None, Some(value)) => {
                            class.add_constant(field, constant(unit, source, value, None, None)?);
                        }
                        (None, None) => return Err(unexpected()),
                    },
                    _ => return Err(unexpected()),
                }
            }
            StmtKind::Pass | StmtKind::Expr(Expr { kind: ExprKind::Str(_), .. }) => {}
            _ => return Err(unexpected()),
        }
    }
    let find = |names: &[String]| -> Result<Vec<MethodSlot>> {
        names
            .iter()
            .map(|hook| {
                class.method(hook).ok_or_else(|| Error::archive(format!("class {name}: hook '{hook}' is not defined")))
            })
            .collect()
    };
    let (pre_hooks, hooks) = (find(&pre_hooks)?, find(&hooks)?);
    class.set_hooks(pre_hooks, hooks);
    for method in class.methods() {
        if let Some(property) = method.0.strip_prefix("__").and_then(|n| n.strip_suffix("_getter")) {
            let setter = format!("__{property}_setter");
            let setter = class.has_method(&setter).then_some(setter);
            class.add_property(property, &method.0, setter.as_deref());
        }
    }
    Ok(Type::Class(class))
}

fn kind_of(field: &str, parameters: &[String], buffers: &[String]) -> AttributeKind {
    if parameters.iter().any(|p| p == field) {
        AttributeKind::Parameter
    } else if buffers.iter().any(|b| b == field) {
        AttributeKind::Buffer
    } else {
        AttributeKind::Regular
    }
}

fn add_attribute(
    unit: &Unit,
    source: &Arc<Source>,
    class: &ClassType,
    field: &str,
    ty: &Expr,
    kind: AttributeKind,
) -> Result<()> {
    let mut declared = types::parse(unit, source, ty)?;
    if let (true, Some(native)) = (declared.is_tensor(), packed_parameters(class.name().as_str(), field)) {
        declared = unit.parse_type(native)?;
    }
    class.add_attribute(field, declared, kind);
    Ok(())
}

/// Quantized modules of old archives declare their packed weights as tensors; they are native objects.
fn packed_parameters(class: &str, field: &str) -> Option<&'static str> {
    if field != "_packed_params" || !class.contains(".quantized.") && !class.contains(".intrinsic.") {
        return None;
    }
    let plain: String = class.split('.').filter(|p| !p.starts_with("___torch_mangle_")).collect::<Vec<_>>().join(".");
    let rest = plain.strip_prefix("__torch__.torch.").map(|r| r.strip_prefix("ao.").unwrap_or(r))?;
    let name = rest.strip_prefix("nn.")?;
    if !name.starts_with("quantized.") && !name.starts_with("intrinsic.quantized.") {
        return None;
    }
    Some(match name.rsplit('.').next()? {
        "LinearPackedParams" | "Linear" | "LinearReLU" => "__torch__.torch.classes.quantized.LinearPackedParamsBase",
        "Conv2d" | "ConvReLU2d" => "__torch__.torch.classes.quantized.Conv2dPackedParamsBase",
        "Conv3d" | "ConvReLU3d" => "__torch__.torch.classes.quantized.Conv3dPackedParamsBase",
        _ => return None,
    })
}

fn import_named_tuple(unit: &Unit, file: &Arc<File>, class: &ClassDef, name: &str) -> Result<Type> {
    let (mut fields, mut elements) = (Vec::new(), Vec::new());
    for statement in &class.body {
        match &statement.kind {
            StmtKind::Assign { targets, annotation: Some(ty), .. } if targets.len() == 1 => {
                let field = targets[0].as_name();
                let field = field.ok_or_else(|| error_at(&statement.span.of(&file.source), "Expected a field name"))?;
                fields.push(field.to_string());
                elements.push(types::parse(unit, &file.source, ty)?);
            }
            StmtKind::Pass | StmtKind::Expr(_) => {}
            _ => return Err(error_at(&statement.span.of(&file.source), "Unexpected statement in a NamedTuple")),
        }
    }
    let ty = Type::Tuple(Arc::new(TupleType { elements, named: Some((name.to_string(), fields)) }));
    unit.register(name, ty.clone());
    Ok(ty)
}

fn import_enum(unit: &Unit, file: &Arc<File>, class: &ClassDef, name: &str) -> Result<Type> {
    let mut members: Vec<(String, IValue)> = Vec::new();
    for statement in &class.body {
        let wrong = |message: &str| Err(error_at(&statement.span.of(&file.source), message));
        match &statement.kind {
            StmtKind::Assign { targets, value: Some(value), .. } if targets.len() == 1 => {
                let Some(member) = targets[0].as_name() else { return wrong("Expected a member name") };
                let value = constant(unit, &file.source, value, None, None)?;
                if members.first().is_some_and(|(_, first)| first.tag() != value.tag()) {
                    return wrong("Enum class members with different value types are not supported");
                }
                members.push((member.to_string(), value));
            }
            StmtKind::Pass | StmtKind::Expr(_) => {}
            _ => {
                return wrong("Unexpected statement in Enum class body: only enum attribute definitions are supported")
            }
        }
    }
    let value_type = match members.first() {
        Some((_, first @ (IValue::Int(_) | IValue::Double(_) | IValue::Str(_)))) => first.ty(),
        Some(_) => {
            let message = "Enum classes need values of type int, float or str";
            return Err(error_at(&class.span.of(&file.source), message));
        }
        None => Type::Int,
    };
    let ty = Type::Enum(Arc::new(EnumType { name: QualName::new(name), value_type, members }));
    unit.register(name, ty.clone());
    Ok(ty)
}

fn import_interface(unit: &Unit, file: &Arc<File>, index: usize, name: &str, is_module: bool) -> Result<Type> {
    let interface = InterfaceType::new(QualName::new(name), is_module);
    let _ = interface.implements.set(implements);
    unit.register(name, Type::Interface(interface.clone()));
    for (at, statement) in file.classes[index].body.iter().enumerate() {
        match &statement.kind {
            StmtKind::Def(def) => {
                let owner = Owner::Interface(Arc::downgrade(&interface));
                let function = unit.make_function(name, file, DefPlace::Method(index, at), Some(owner));
                interface.methods.write().insert(def.name.name.to_string(), function);
            }
            StmtKind::Pass | StmtKind::Expr(_) => {}
            _ => {
                let message = "Unexpected statement kind in interface body: only methods are supported";
                return Err(error_at(&statement.span.of(&file.source), message));
            }
        }
    }
    Ok(Type::Interface(interface))
}

/// Whether a class's method can stand for an interface's: same arguments by name, wider types; narrower results.
fn implements(have: &MethodSlot, wanted: &MethodSlot) -> bool {
    let schema = |slot: &MethodSlot| {
        let function: Arc<Function> = slot.clone().downcast().ok()?;
        function.schema().ok().cloned()
    };
    let (Some(have), Some(wanted)) = (schema(have), schema(wanted)) else { return false };
    let arguments = have.arguments.len() == wanted.arguments.len()
        && have
            .arguments
            .iter()
            .zip(&wanted.arguments)
            .skip(1)
            .all(|(h, w)| h.name == w.name && w.ty.is_subtype(&h.ty));
    let returns = have.returns.len() == wanted.returns.len()
        && have.returns.iter().zip(&wanted.returns).all(|(h, w)| h.ty.is_subtype(&w.ty));
    arguments && returns
}

/// The strings of a list literal.
fn strings(expr: &Expr) -> Vec<String> {
    match &expr.kind {
        ExprKind::List(items) | ExprKind::Tuple(items) => {
            let text = |e: &Expr| match &e.kind {
                ExprKind::Str(s) => Some(s.to_string()),
                _ => None,
            };
            items.iter().filter_map(text).collect()
        }
        _ => vec![],
    }
}

/// The value of a constant expression: a default argument, a class constant, an enum member. `ty` is the type it
/// is to have, `fixed_len` the length of a broadcasting list.
pub(super) fn constant(
    unit: &Unit,
    source: &Arc<Source>,
    expr: &Expr,
    ty: Option<&Type>,
    fixed_len: Option<i32>,
) -> Result<IValue> {
    let not_constant = || error_at(&expr.span.of(source), "Expected a constant expression");
    let inner = match ty {
        Some(Type::Optional(inner)) => Some(&**inner),
        other => other,
    };
    let of = |e: &Expr, ty: Option<&Type>| constant(unit, source, e, ty, None);
    let value = match &expr.kind {
        ExprKind::Int(v) => IValue::Int(*v),
        ExprKind::Float(v) => IValue::Double(*v),
        ExprKind::Imaginary(v) => IValue::Complex(Complex::new(0.0, *v)),
        ExprKind::Str(s) if matches!(inner, Some(Type::Device)) => IValue::Device(s.parse()?),
        ExprKind::Str(s) => IValue::Str(s.clone()),
        ExprKind::Bool(v) => IValue::Bool(*v),
        ExprKind::None => IValue::None,
        ExprKind::Name(name) => match &**name {
            "inf" => IValue::Double(f64::INFINITY),
            "nan" => IValue::Double(f64::NAN),
            "infj" => IValue::Complex(Complex::new(0.0, f64::INFINITY)),
            "nanj" => IValue::Complex(Complex::new(0.0, f64::NAN)),
            _ => return Err(not_constant()),
        },
        ExprKind::Unary(UnaryOp::Neg, operand) => match of(operand, ty)? {
            IValue::Int(v) => IValue::Int(v.wrapping_neg()),
            IValue::Double(v) => IValue::Double(-v),
            IValue::Complex(v) => IValue::Complex(-v),
            _ => return Err(not_constant()),
        },
        // complex literals: `1.+2.j`
        ExprKind::Binary { first, rest } => {
            let complex = |v: IValue| v.to_scalar().map(|s| s.to_complex());
            let mut sum = complex(of(first, None)?)?;
            for link in rest {
                let right = complex(of(&link.right, None)?)?;
                match link.op {
                    BinaryOp::Add => sum += right,
                    BinaryOp::Sub => sum -= right,
                    _ => return Err(not_constant()),
                }
            }
            IValue::Complex(sum)
        }
        ExprKind::Tuple(items) => match inner {
            Some(Type::List(element)) => {
                let items: Result<Vec<_>> = items.iter().map(|e| of(e, Some(element))).collect();
                IValue::List(List::new((**element).clone(), items?))
            }
            _ => {
                let types = match inner {
                    Some(Type::Tuple(t)) => t.elements.clone(),
                    _ => vec![],
                };
                let items = items.iter().enumerate().map(|(i, e)| of(e, types.get(i)));
                IValue::tuple(items.collect::<Result<_>>()?)
            }
        },
        ExprKind::List(items) => {
            let element = match inner {
                Some(Type::List(element)) => Some((**element).clone()),
                _ => None,
            };
            let items: Vec<IValue> = items.iter().map(|e| of(e, element.as_ref())).collect::<Result<_>>()?;
            let element = element.or_else(|| items.first().map(IValue::ty)).unwrap_or(Type::TENSOR);
            IValue::List(List::new(element, items))
        }
        ExprKind::Dict(items) => {
            let (key, value) = match inner {
                Some(Type::Dict(k, v)) => (Some((**k).clone()), Some((**v).clone())),
                _ => (None, None),
            };
            let mut entries = Vec::new();
            for (k, v) in items {
                entries.push((of(k, key.as_ref())?, of(v, value.as_ref())?));
            }
            let key = key.or_else(|| entries.first().map(|(k, _)| k.ty())).unwrap_or(Type::Str);
            let value = value.or_else(|| entries.first().map(|(_, v)| v.ty())).unwrap_or(Type::TENSOR);
            let dict = Dict::new(key, value);
            for (k, v) in entries {
                dict.insert(k, v)?;
            }
            IValue::Dict(dict)
        }
        ExprKind::Attribute(object, name) => match (types::dotted(object).as_deref(), &*name.name) {
            (Some("CONSTANTS"), field) => constant_of_archive(unit, field).ok_or_else(not_constant)?,
            (Some(path), member) => match unit.named_type(path)? {
                Some(Type::Enum(class)) => enum_member(&class, member).ok_or_else(not_constant)?,
                _ => return Err(not_constant()),
            },
            _ => return Err(not_constant()),
        },
        ExprKind::Call(call) => {
            let callee = types::dotted(&call.callee);
            match (callee.as_deref(), &call.args[..]) {
                (Some("annotate"), [ty, value]) => {
                    let ty = types::parse(unit, source, ty)?;
                    return constant(unit, source, value, Some(&ty), fixed_len);
                }
                (Some("torch.device"), [Expr { kind: ExprKind::Str(s), .. }]) => IValue::Device(s.parse()?),
                (Some(path), args) => match unit.named_type(path)? {
                    Some(Type::Tuple(t)) if t.elements.len() == args.len() => {
                        let items = args.iter().zip(&t.elements).map(|(e, ty)| of(e, Some(ty)));
                        let elements = items.collect::<Result<Vec<_>>>()?;
                        IValue::Tuple(Arc::new(TupleValue { elements, named: t.named.clone().map(Arc::new) }))
                    }
                    _ => return Err(not_constant()),
                },
                _ => return Err(not_constant()),
            }
        }
        _ => return Err(not_constant()),
    };
    // `int[2] stride=1`
    if let (Some(n), Some(Type::List(element)), false) = (fixed_len, inner, matches!(value, IValue::List(_))) {
        if !value.is_none() {
            return Ok(IValue::List(List::new((**element).clone(), vec![value; n.clamp(0, 64) as usize])));
        }
    }
    Ok(value)
}

/// `CONSTANTS.c3`.
pub(super) fn constant_of_archive(unit: &Unit, field: &str) -> Option<IValue> {
    let index: usize = field.strip_prefix('c')?.parse().ok()?;
    unit.constants.read().get(index).cloned()
}

/// A member of an enum class as a value.
pub(super) fn enum_member(class: &Arc<EnumType>, name: &str) -> Option<IValue> {
    let (name, value) = class.members.iter().find(|(n, _)| n == name)?;
    Some(IValue::Enum(Arc::new(EnumValue { class: class.clone(), name: name.clone(), value: value.clone() })))
}
