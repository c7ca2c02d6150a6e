//! From a stack of values to a typed Rust function and back.

use std::sync::Arc;

use crate::base::{Complex, DType, Device, Layout, MemoryFormat, Scalar};
use crate::value::{Dict, Future, IValue, List, Object, TupleValue, Type};
use crate::{Error, Result, Tensor};

/// Arguments go on in order; an operator takes its own off the end and puts its results on.
pub type Stack = Vec<IValue>;

/// A function that can be called with values. Implemented for `fn` pointers per *signature*, so that a thousand
/// operators share a few dozen adapters.
pub trait OpFn: Sync {
    fn call(&self, stack: &mut Stack) -> Result<()>;
}

/// A Rust type that an argument can be taken as.
pub trait FromIValue: Sized {
    fn from_ivalue(value: IValue) -> Result<Self>;
}

/// What a function returns: one value, or a tuple of several.
pub trait Returns {
    fn push(self, stack: &mut Stack);
}

macro_rules! op_fns {
    ($($n:literal: $($a:ident)*;)*) => { $(
        impl<$($a: FromIValue,)* R: Returns> OpFn for fn($($a),*) -> Result<R> {
            #[allow(non_snake_case, unused_mut, unused_variables)]
            fn call(&self, stack: &mut Stack) -> Result<()> {
                let base = stack.len().checked_sub($n).ok_or_else(|| Error::internal("operator stack underflow"))?;
                let mut args = stack[base..].iter_mut().map(std::mem::take);
                $(let $a = $a::from_ivalue(args.next().unwrap_or_default())?;)*
                drop(args);
                stack.truncate(base);
                self($($a),*)?.push(stack);
                Ok(())
            }
        }
    )* };
}
op_fns! {
    0: ; 1: A; 2: A B; 3: A B C; 4: A B C D; 5: A B C D E; 6: A B C D E F; 7: A B C D E F G; 8: A B C D E F G H;
    9: A B C D E F G H I; 10: A B C D E F G H I J; 11: A B C D E F G H I J K; 12: A B C D E F G H I J K L;
    13: A B C D E F G H I J K L M; 14: A B C D E F G H I J K L M N; 15: A B C D E F G H I J K L M N O;
    16: A B C D E F G H I J K L M N O P; 17: A B C D E F G H I J K L M N O P Q;
    18: A B C D E F G H I J K L M N O P Q S;
}

fn mismatch(value: &IValue, expected: &str) -> Error {
    Error::runtime(format!("Expected a value of type '{expected}' but found type '{}'", value.ty().annotation()))
}

macro_rules! from_ivalue {
    ($($t:ty, $name:literal: $($pattern:pat => $result:expr),+;)*) => { $(
        impl FromIValue for $t {
            fn from_ivalue(value: IValue) -> Result<Self> {
                match value {
                    $($pattern => Ok($result),)+
                    other => Err(mismatch(&other, $name)),
                }
            }
        }
    )* };
}
from_ivalue! {
    Tensor, "Tensor": IValue::Tensor(t) => t;
    i64, "int": IValue::Int(v) => v, IValue::Bool(v) => v as i64;
    f64, "float": IValue::Double(v) => v, IValue::Int(v) => v as f64;
    bool, "bool": IValue::Bool(v) => v;
    Complex, "complex": IValue::Complex(v) => v, IValue::Double(v) => Complex::new(v, 0.0),
        IValue::Int(v) => Complex::new(v as f64, 0.0);
    Scalar, "Scalar": IValue::Int(v) => Scalar::Int(v), IValue::Double(v) => Scalar::Float(v),
        IValue::Bool(v) => Scalar::Bool(v), IValue::Complex(v) => Scalar::Complex(v);
    Arc<str>, "str": IValue::Str(v) => v;
    List, "list": IValue::List(v) => v;
    Dict, "dict": IValue::Dict(v) => v;
    Object, "object": IValue::Object(v) => v;
    Future, "Future": IValue::Future(v) => v;
    Arc<TupleValue>, "tuple": IValue::Tuple(v) => v;
}

impl FromIValue for IValue {
    fn from_ivalue(value: IValue) -> Result<Self> {
        Ok(value)
    }
}

impl FromIValue for Device {
    fn from_ivalue(value: IValue) -> Result<Self> {
        match value {
            IValue::Device(d) => Ok(d),
            IValue::Str(s) => s.parse(),
            other => Err(mismatch(&other, "Device")),
        }
    }
}

/// dtypes are integers in scripts.
impl FromIValue for DType {
    fn from_ivalue(value: IValue) -> Result<Self> {
        match value {
            IValue::Int(v) => DType::from_code(v).ok_or_else(|| Error::runtime(format!("unknown dtype {v}"))),
            other => Err(mismatch(&other, "int")),
        }
    }
}

impl FromIValue for MemoryFormat {
    fn from_ivalue(value: IValue) -> Result<Self> {
        MemoryFormat::from_code(i64::from_ivalue(value)?)
    }
}

impl FromIValue for Layout {
    fn from_ivalue(value: IValue) -> Result<Self> {
        match i64::from_ivalue(value)? {
            0 => Ok(Layout::Strided),
            1 => Ok(Layout::Sparse),
            2 => Ok(Layout::SparseCsr),
            3 => Ok(Layout::Mkldnn),
            4 => Ok(Layout::SparseCsc),
            5 => Ok(Layout::SparseBsr),
            6 => Ok(Layout::SparseBsc),
            7 => Ok(Layout::Jagged),
            other => Err(Error::runtime(format!("unknown layout {other}"))),
        }
    }
}

impl<T: FromIValue> FromIValue for Option<T> {
    fn from_ivalue(value: IValue) -> Result<Self> {
        match value {
            IValue::None => Ok(None),
            other => T::from_ivalue(other).map(Some),
        }
    }
}

impl<T: FromIValue> FromIValue for Vec<T> {
    fn from_ivalue(value: IValue) -> Result<Self> {
        match value {
            IValue::List(list) => list.into_vec().into_iter().map(T::from_ivalue).collect(),
            IValue::Tuple(tuple) => tuple.elements.iter().cloned().map(T::from_ivalue).collect(),
            other => Err(mismatch(&other, "list")),
        }
    }
}

macro_rules! returns_value {
    ($($t:ty),*) => { $(
        impl Returns for $t {
            fn push(self, stack: &mut Stack) { stack.push(self.into()); }
        }
    )* };
}
returns_value!(
    Tensor,
    i64,
    f64,
    bool,
    Complex,
    Scalar,
    List,
    Dict,
    Object,
    Future,
    Device,
    String,
    &str,
    IValue,
    Option<Tensor>,
    Option<i64>,
    Option<f64>,
    Option<bool>,
    Option<String>
);

impl Returns for Arc<str> {
    fn push(self, stack: &mut Stack) {
        stack.push(IValue::Str(self));
    }
}
impl Returns for () {
    fn push(self, _: &mut Stack) {}
}

macro_rules! returns_list {
    ($($t:ty, $ty:expr;)*) => { $(
        impl Returns for Vec<$t> {
            fn push(self, stack: &mut Stack) {
                stack.push(IValue::List(List::new($ty, self.into_iter().map(Into::into).collect())));
            }
        }
    )* };
}
returns_list! {
    Tensor, Type::TENSOR; i64, Type::Int; f64, Type::Float; bool, Type::Bool; Complex, Type::Complex; String, Type::Str;
}

macro_rules! returns_many {
    ($($($r:ident)*;)*) => { $(
        impl<$($r: Returns),*> Returns for ($($r,)*) {
            #[allow(non_snake_case)]
            fn push(self, stack: &mut Stack) {
                let ($($r,)*) = self;
                $($r.push(stack);)*
            }
        }
    )* };
}
returns_many! { A B; A B C; A B C D; A B C D E; A B C D E F; }
