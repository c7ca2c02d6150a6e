//! Operators that are written in TorchScript, and the schemas of structural nodes that code may name.

use std::sync::{Arc, OnceLock};

use crate::base::Source;
use crate::frontend::unit::{CodeLoader, CompilationUnit};
use crate::ir::Function;
use crate::schema::{parse_schema, FunctionSchema};
use crate::value::Type;
use crate::{Error, Result};

/// The functions that an operator name can mean besides its registered overloads.
pub(super) fn functions(operator: &str) -> Result<Vec<Arc<Function>>> {
    let Some((_, names)) = FUNCTIONS.iter().find(|(name, _)| *name == operator) else { return Ok(vec![]) };
    names.iter().map(|name| function(name)).collect()
}

/// Whether the name is an operator written in TorchScript.
pub(in crate::frontend) fn is_builtin(operator: &str) -> bool {
    FUNCTIONS.iter().any(|(name, _)| *name == operator)
}

/// One function of the built-in source.
pub(super) fn function(name: &str) -> Result<Arc<Function>> {
    let function = unit().function(&format!("builtin.{name}"))?;
    function.ok_or_else(|| Error::internal(format!("no builtin function {name}")))
}

/// The class behind `torch.no_grad()` in source text; archives bring their own.
pub(super) fn no_grad() -> Result<Type> {
    let class = unit().named_type(&format!("{GRAD_MODE}.no_grad"))?;
    class.ok_or_else(|| Error::internal("no class no_grad"))
}

fn unit() -> &'static CompilationUnit {
    static UNIT: OnceLock<CompilationUnit> = OnceLock::new();
    UNIT.get_or_init(|| CompilationUnit::from_archive(Box::new(Builtin), Vec::new(), i64::MAX))
}

struct Builtin;

impl CodeLoader for Builtin {
    fn source(&self, qualifier: &str) -> Result<Option<Arc<Source>>> {
        let source = |text: &str| Some(Source::new(Some("<builtin>".into()), text, 0));
        Ok(match qualifier {
            "builtin" => source(SOURCE),
            GRAD_MODE => source(GRAD_MODE_SOURCE),
            _ => None,
        })
    }
}

/// Schemas of nodes that the executor knows by kind; used where the registry has no operator of that name.
pub(super) fn structural(name: &str) -> Option<Arc<FunctionSchema>> {
    let text = STRUCTURAL.iter().find(|text| text.split(['(', '.']).next() == Some(name))?;
    parse_schema(text).ok().map(Arc::new)
}

const STRUCTURAL: &[&str] = &[
    "prim::RaiseException(str msg, str? cls=None) -> ()",
    "prim::unchecked_cast(t x) -> t",
    "prim::unchecked_unwrap_optional(t(a)? optional) -> t(a)",
    "prim::rangelist(int n) -> int[]",
    "prim::EnumName(AnyEnumType enum) -> str",
    "aten::is_scripting() -> bool",
];

const FUNCTIONS: &[(&str, &[&str])] = &[
    ("aten::add", &["add"]),
    ("aten::mul", &["mul"]),
    ("aten::sub", &["sub"]),
    ("aten::div", &["div"]),
    ("aten::eq", &["eq"]),
    ("aten::ne", &["ne"]),
    ("aten::lt", &["lt"]),
    ("aten::le", &["le"]),
    ("aten::gt", &["gt"]),
    ("aten::ge", &["ge"]),
    ("aten::floordiv", &["floordiv", "floordiv_tensor"]),
    ("aten::__contains__", &["contains"]),
    ("aten::_single", &["single"]),
    ("aten::_pair", &["pair"]),
    ("aten::_triple", &["triple"]),
    ("aten::_quadruple", &["quadruple"]),
    ("aten::type", &["type"]),
    ("aten::device", &["device"]),
    ("aten::_assert", &["assert_bool", "assert_tensor"]),
    ("aten::list_with_default", &["list_with_default"]),
    ("aten::_assert_int_or_pair", &["assert_int_or_pair"]),
];

const GRAD_MODE: &str = "__torch__.torch.autograd.grad_mode";

const GRAD_MODE_SOURCE: &str = r#"
class no_grad:
  prev : bool
  def __init__(self: __torch__.torch.autograd.grad_mode.no_grad) -> NoneType:
    self.prev = False
    return None
  def __enter__(self: __torch__.torch.autograd.grad_mode.no_grad) -> NoneType:
    self.prev = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    return None
  def __exit__(self: __torch__.torch.autograd.grad_mode.no_grad, kind: Any, value: Any, traceback: Any) -> NoneType:
    torch.set_grad_enabled(self.prev)
    return None
"#;

const SOURCE: &str = r#"
def add(a: number, b: Tensor) -> Tensor:
  return torch.add(b, a)
def mul(a: number, b: Tensor) -> Tensor:
  return torch.mul(b, a)
def sub(a: number, b: Tensor) -> Tensor:
  return torch.add(torch.neg(b), a)
def div(a: number, b: Tensor) -> Tensor:
  return torch.mul(torch.reciprocal(b), a)
def eq(a: number, b: Tensor) -> Tensor:
  return torch.eq(b, a)
def ne(a: number, b: Tensor) -> Tensor:
  return torch.ne(b, a)
def lt(a: number, b: Tensor) -> Tensor:
  return torch.gt(b, a)
def le(a: number, b: Tensor) -> Tensor:
  return torch.ge(b, a)
def gt(a: number, b: Tensor) -> Tensor:
  return torch.lt(b, a)
def ge(a: number, b: Tensor) -> Tensor:
  return torch.le(b, a)
def floordiv(self: Tensor, other: number) -> Tensor:
  return torch.floor_divide(self, other)
def floordiv_tensor(self: Tensor, other: Tensor) -> Tensor:
  return torch.floor_divide(self, other)
def contains(self: str, key: str) -> bool:
  return torch.ne(torch.find(self, key, 0, torch.len(self)), -1)
def single(x: BroadcastingList1[int]) -> List[int]:
  return x
def pair(x: BroadcastingList2[int]) -> List[int]:
  return x
def triple(x: BroadcastingList3[int]) -> List[int]:
  return x
def quadruple(x: BroadcastingList4[int]) -> List[int]:
  return x
def type(self: Tensor, dtype: int, non_blocking: bool=False, copy: bool=False) -> Tensor:
  return torch.to(self, dtype, non_blocking, copy)
def device(type: str) -> Device:
  return torch.device(type)
def assert_bool(condition: bool, message: str) -> NoneType:
  if condition:
    pass
  else:
    ops.prim.RaiseException(torch.add("AssertionError: ", message))
  return None
def assert_tensor(condition: Tensor, message: str) -> NoneType:
  if bool(condition):
    pass
  else:
    ops.prim.RaiseException(torch.add("AssertionError: ", message))
  return None
def list_with_default(out_size: List[int], defaults: List[int]) -> List[int]:
  if torch.gt(torch.len(defaults), torch.len(out_size)):
    pass
  else:
    ops.prim.RaiseException("AssertionError: ")
  return out_size
def assert_int_or_pair(vals: List[int], name: str, message: str) -> NoneType:
  return None
def div_Tensor_0_3(self: Tensor, other: Tensor) -> Tensor:
  if torch.is_floating_point(self):
    _0 = True
  else:
    _0 = torch.is_floating_point(other)
  if _0:
    _1 = torch.div(self, other)
  else:
    _1 = torch.div(self, other, rounding_mode="trunc")
  return _1
def div_Scalar_0_3(self: Tensor, other: number) -> Tensor:
  if torch.is_floating_point(self):
    _0 = True
  else:
    _0 = isinstance(other, float)
  if _0:
    _1 = torch.div(self, other)
  else:
    _1 = torch.div(self, other, rounding_mode="trunc")
  return _1
def div_out_0_3(self: Tensor, other: Tensor, out: Tensor) -> Tensor:
  if torch.is_floating_point(self):
    _0 = True
  else:
    if torch.is_floating_point(other):
      _0 = True
    else:
      _0 = torch.is_floating_point(out)
  if _0:
    _1 = torch.div(self, other, out=out)
  else:
    _1 = torch.div(self, other, rounding_mode="trunc", out=out)
  return _1
def div__Tensor_0_3(self: Tensor, other: Tensor) -> Tensor:
  if torch.is_floating_point(self):
    _0 = True
  else:
    _0 = torch.is_floating_point(other)
  if _0:
    _1 = torch.div_(self, other)
  else:
    _1 = torch.div_(self, other, rounding_mode="trunc")
  return _1
def div__Scalar_0_3(self: Tensor, other: number) -> Tensor:
  if torch.is_floating_point(self):
    _0 = True
  else:
    _0 = isinstance(other, float)
  if _0:
    _1 = torch.div_(self, other)
  else:
    _1 = torch.div_(self, other, rounding_mode="trunc")
  return _1
def full_0_4(size: List[int], fill_value: number, dtype: Optional[int]=None, layout: Optional[int]=None, device: Optional[Device]=None, pin_memory: Optional[bool]=None) -> Tensor:
  _0 = torch.__is__(dtype, None)
  if _0:
    _1 = torch.full(size, float(fill_value), dtype=dtype, layout=layout, device=device, pin_memory=pin_memory)
  else:
    _1 = torch.full(size, fill_value, dtype=dtype, layout=layout, device=device, pin_memory=pin_memory)
  return _1
"#;
