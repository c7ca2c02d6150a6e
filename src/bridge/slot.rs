//! Values as three words. What `sconce::Slot` in `include/sconce/abi.h` says holds here too.

use std::sync::Arc;

use cxx::{type_id, ExternType};

use super::tensor::TensorHandle;
use crate::base::{Device, DeviceType};
use crate::value::{List, Type};
use crate::{Complex, Error, IValue, Result, Tensor};

/// One value. Slots from C++ borrow what they point to; slots to C++ own it.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Slot {
    tag: u64,
    a: u64,
    b: u64,
}

// SAFETY: `sconce::Slot` is three 64-bit words in the same order, without constructors of its own.
unsafe impl ExternType for Slot {
    type Id = type_id!("sconce::abi::Slot");
    type Kind = cxx::kind::Trivial;
}

/// A shared [`IValue`]. C++ sees only pointers to it.
pub struct ValueHandle(pub(super) IValue);

mod tag {
    pub const NONE: u64 = 0;
    pub const TENSOR: u64 = 1;
    pub const DOUBLE: u64 = 2;
    pub const COMPLEX: u64 = 3;
    pub const INT: u64 = 4;
    pub const BOOL: u64 = 5;
    pub const STRING: u64 = 6;
    pub const TUPLE: u64 = 7;
    pub const DEVICE: u64 = 8;
    pub const LIST: u64 = 9;
    pub const DICT: u64 = 10;
    pub const OBJECT: u64 = 11;
    pub const FUTURE: u64 = 12;
    pub const ENUM: u64 = 13;
    pub const GENERATOR: u64 = 14;
    pub const CAPSULE: u64 = 15;
    pub const OPAQUE: u64 = 16;
    pub const INT_LIST: u64 = 32;
    pub const DOUBLE_LIST: u64 = 33;
    pub const BOOL_LIST: u64 = 34;
    pub const TENSOR_LIST: u64 = 35;
    pub const OPTIONAL_TENSOR_LIST: u64 = 36;
    pub const SCALAR_LIST: u64 = 37;
}

impl Slot {
    pub const NONE: Slot = Slot { tag: tag::NONE, a: 0, b: 0 };

    fn new(tag: u64, a: u64, b: u64) -> Slot {
        Slot { tag, a, b }
    }

    /// An owned slot for C++.
    pub fn give(value: IValue) -> Slot {
        let shared = |tag, value| Slot::new(tag, give_value(value) as u64, 0);
        match value {
            IValue::None => Slot::NONE,
            IValue::Tensor(t) => Slot::new(tag::TENSOR, give_tensor(t) as u64, 0),
            IValue::Double(v) => Slot::new(tag::DOUBLE, v.to_bits(), 0),
            IValue::Complex(v) => Slot::new(tag::COMPLEX, v.re.to_bits(), v.im.to_bits()),
            IValue::Int(v) => Slot::new(tag::INT, v as u64, 0),
            IValue::Bool(v) => Slot::new(tag::BOOL, v as u64, 0),
            IValue::Str(text) => {
                let bytes: Box<[u8]> = text.as_bytes().into();
                let len = bytes.len() as u64;
                Slot::new(tag::STRING, Box::into_raw(bytes).cast::<u8>() as u64, len)
            }
            IValue::Device(d) => {
                Slot::new(tag::DEVICE, device_code(d.kind) as u64, i64::from(d.index.unwrap_or(-1)) as u64)
            }
            IValue::Tuple(_) => shared(tag::TUPLE, value),
            IValue::List(_) => shared(tag::LIST, value),
            IValue::Dict(_) => shared(tag::DICT, value),
            IValue::Object(_) => shared(tag::OBJECT, value),
            IValue::Future(_) => shared(tag::FUTURE, value),
            IValue::Enum(_) => shared(tag::ENUM, value),
            IValue::Opaque(ref o) if o.ty() == Type::Generator => shared(tag::GENERATOR, value),
            IValue::Opaque(ref o) if o.ty() == Type::Capsule => shared(tag::CAPSULE, value),
            other => shared(tag::OPAQUE, other),
        }
    }

    /// The value of a slot that C++ lends.
    ///
    /// # Safety
    /// The slot must be as its tag says, and what it points to alive.
    pub unsafe fn read(&self) -> Result<IValue> {
        // SAFETY of all calls below: by contract, pointer and length are what the tag promises.
        Ok(match self.tag {
            tag::NONE => IValue::None,
            // SAFETY: forwarded to the caller, who says that the slot is what its tag says.
            tag::TENSOR => match unsafe { lend_tensor(self.a as *const TensorHandle) } {
                Some(tensor) => IValue::Tensor(tensor),
                None => IValue::None,
            },
            tag::DOUBLE => IValue::Double(f64::from_bits(self.a)),
            tag::COMPLEX => IValue::Complex(Complex::new(f64::from_bits(self.a), f64::from_bits(self.b))),
            tag::INT => IValue::Int(self.a as i64),
            tag::BOOL => IValue::Bool(self.a != 0),
            tag::STRING => {
                // SAFETY: forwarded to the caller, who says that the slot is what its tag says.
                let text = std::str::from_utf8(unsafe { self.slice::<u8>() })
                    .map_err(|_| Error::usage("a string is not UTF-8"))?;
                IValue::str(text)
            }
            tag::TUPLE => {
                // SAFETY: forwarded to the caller, who says that the slot is what its tag says.
                let items = unsafe { self.slice::<Slot>() };
                // SAFETY: forwarded to the caller, who says that the slot is what its tag says.
                IValue::tuple(items.iter().map(|s| unsafe { s.read() }).collect::<Result<_>>()?)
            }
            tag::DEVICE => {
                let index = i8::try_from(self.b as i64).ok().filter(|i| *i >= 0);
                IValue::Device(Device { kind: device_type(self.a as i64)?, index })
            }
            // SAFETY: forwarded to the caller, who says that the slot is what its tag says.
            tag::LIST..=tag::OPAQUE => match unsafe { (self.a as *const ValueHandle).as_ref() } {
                Some(handle) => handle.0.clone(),
                None => IValue::None,
            },
            // SAFETY: forwarded to the caller, who says that the slot is what its tag says.
            tag::INT_LIST => IValue::ints(unsafe { self.slice::<i64>() }),
            tag::DOUBLE_LIST => {
                // SAFETY: forwarded to the caller, who says that the slot is what its tag says.
                let items = unsafe { self.slice::<f64>() };
                IValue::List(List::new(Type::Float, items.iter().map(|v| IValue::Double(*v)).collect()))
            }
            tag::BOOL_LIST => {
                // SAFETY: forwarded to the caller, who says that the slot is what its tag says.
                let items = unsafe { self.slice::<u8>() };
                IValue::List(List::new(Type::Bool, items.iter().map(|v| IValue::Bool(*v != 0)).collect()))
            }
            tag::TENSOR_LIST | tag::OPTIONAL_TENSOR_LIST => {
                // SAFETY: forwarded to the caller, who says that the slot is what its tag says.
                let items = unsafe { self.slice::<*const TensorHandle>() };
                // SAFETY: forwarded to the caller, who says that the slot is what its tag says.
                let items = items.iter().map(|p| unsafe { lend_tensor(*p) }.map_or(IValue::None, IValue::Tensor));
                let optional = self.tag == tag::OPTIONAL_TENSOR_LIST;
                let element = if optional { Type::optional(Type::TENSOR) } else { Type::TENSOR };
                IValue::List(List::new(element, items.collect()))
            }
            tag::SCALAR_LIST => {
                // SAFETY: forwarded to the caller, who says that the slot is what its tag says.
                let items = unsafe { self.slice::<Slot>() };
                // SAFETY: forwarded to the caller, who says that the slot is what its tag says.
                let items = items.iter().map(|s| unsafe { s.read() }).collect::<Result<_>>()?;
                IValue::List(List::new(Type::Number, items))
            }
            other => return Err(Error::internal(format!("unknown slot tag {other}"))),
        })
    }

    /// # Safety
    /// `a` must point to `b` values of `T`, unless `b` is 0.
    unsafe fn slice<T>(&self) -> &[T] {
        if self.b == 0 {
            return &[];
        }
        // SAFETY: by contract.
        unsafe { std::slice::from_raw_parts(self.a as *const T, self.b as usize) }
    }

    /// The value behind a slot that C++ owns, which it keeps. Differs from [`Slot::read`] for tuples only.
    ///
    /// # Safety
    /// The slot must come from [`Slot::give`] and not have been released.
    pub unsafe fn peek(&self) -> Result<IValue> {
        if self.tag != tag::TUPLE {
            // SAFETY: by contract.
            return unsafe { self.read() };
        }
        // SAFETY: owned tuples point to a ValueHandle.
        match unsafe { (self.a as *const ValueHandle).as_ref() } {
            Some(handle) => Ok(handle.0.clone()),
            None => Err(Error::internal("a tuple without a value")),
        }
    }
}

/// Gives up what an owned slot owns.
///
/// # Safety
/// The slot must come from [`Slot::give`], once.
pub unsafe fn slot_release(slot: &Slot) {
    // SAFETY: by contract, each pointer is the one that `give` made.
    super::quiet((), || unsafe {
        match slot.tag {
            tag::TENSOR => super::tensor_release(slot.a as *const TensorHandle),
            tag::STRING => {
                let bytes = std::ptr::slice_from_raw_parts_mut(slot.a as *mut u8, slot.b as usize);
                drop(Box::from_raw(bytes));
            }
            tag::TUPLE | tag::LIST..=tag::OPAQUE if slot.a != 0 => value_release(slot.a as *const ValueHandle),
            _ => {}
        }
    })
}

/// # Safety
/// `value` must be alive.
pub unsafe fn value_retain(value: *const ValueHandle) {
    // SAFETY: by contract, from `Arc::into_raw`.
    unsafe { Arc::increment_strong_count(value) }
}

/// # Safety
/// The caller must own a reference, and gives it up.
pub unsafe fn value_release(value: *const ValueHandle) {
    // SAFETY: by contract, from `Arc::into_raw`.
    super::quiet((), || drop(unsafe { Arc::from_raw(value) }))
}

/// A reference for C++ to own.
pub fn give_value(value: IValue) -> *const ValueHandle {
    Arc::into_raw(Arc::new(ValueHandle(value)))
}

/// A reference for C++ to own.
pub fn give_tensor(tensor: Tensor) -> *const TensorHandle {
    // C++ reads memory; it has no conjugation left to do
    let tensor = if tensor.is_lazy() { tensor.resolved().unwrap_or(tensor) } else { tensor };
    tensor.into_raw().cast()
}

/// # Safety
/// `tensor` must be null or alive.
pub unsafe fn lend_tensor(tensor: *const TensorHandle) -> Option<Tensor> {
    if tensor.is_null() {
        return None;
    }
    // SAFETY: by contract; the clone has its own count and the lent one is not dropped.
    let lent = std::mem::ManuallyDrop::new(unsafe { Tensor::from_raw(tensor.cast()) });
    Some(Tensor::clone(&lent))
}

/// `c10::DeviceType`'s numbers.
const DEVICES: [(DeviceType, i64); 12] = [
    (DeviceType::Cpu, 0),
    (DeviceType::Cuda, 1),
    (DeviceType::Mkldnn, 2),
    (DeviceType::Hip, 6),
    (DeviceType::Xla, 9),
    (DeviceType::Vulkan, 10),
    (DeviceType::Xpu, 12),
    (DeviceType::Mps, 13),
    (DeviceType::Meta, 14),
    (DeviceType::Hpu, 15),
    (DeviceType::Ipu, 18),
    (DeviceType::PrivateUse1, 20),
];

pub fn device_code(kind: DeviceType) -> i64 {
    DEVICES.iter().find(|row| row.0 == kind).map_or(0, |row| row.1)
}

fn device_type(code: i64) -> Result<DeviceType> {
    match DEVICES.iter().find(|row| row.1 == code) {
        Some(row) => Ok(row.0),
        None => Err(Error::unsupported(format!("device type {code}"))),
    }
}
