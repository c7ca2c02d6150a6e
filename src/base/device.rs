//! Devices, layouts and memory formats: accepted where PyTorch accepts them, though only the CPU runs anything.

use std::fmt;
use std::str::FromStr;

use crate::{Error, Result};

/// Where a tensor lives. Sconce computes on the CPU; other devices are kept as names so that archives that mention
/// them load, and `meta` tensors have no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Device {
    pub kind: DeviceType,
    /// `None` = the current device of that kind.
    pub index: Option<i8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeviceType {
    Cpu,
    Cuda,
    Meta,
    Mps,
    Xpu,
    Xla,
    Vulkan,
    Mkldnn,
    Hip,
    Ipu,
    Hpu,
    PrivateUse1,
}

impl Device {
    pub const CPU: Device = Device { kind: DeviceType::Cpu, index: None };
    pub const META: Device = Device { kind: DeviceType::Meta, index: None };
    pub fn is_cpu(self) -> bool {
        self.kind == DeviceType::Cpu
    }
}

const DEVICE_NAMES: [(DeviceType, &str); 12] = [
    (DeviceType::Cpu, "cpu"),
    (DeviceType::Cuda, "cuda"),
    (DeviceType::Meta, "meta"),
    (DeviceType::Mps, "mps"),
    (DeviceType::Xpu, "xpu"),
    (DeviceType::Xla, "xla"),
    (DeviceType::Vulkan, "vulkan"),
    (DeviceType::Mkldnn, "mkldnn"),
    (DeviceType::Hip, "hip"),
    (DeviceType::Ipu, "ipu"),
    (DeviceType::Hpu, "hpu"),
    (DeviceType::PrivateUse1, "privateuseone"),
];

impl fmt::Display for DeviceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = DEVICE_NAMES.iter().find(|(kind, _)| kind == self).map_or("?", |(_, name)| name);
        f.write_str(name)
    }
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.index {
            Some(index) => write!(f, "{}:{index}", self.kind),
            None => write!(f, "{}", self.kind),
        }
    }
}

/// `cpu`, `cuda:1`, …
impl FromStr for Device {
    type Err = Error;
    fn from_str(text: &str) -> Result<Device> {
        let (name, index) = match text.split_once(':') {
            Some((name, index)) => {
                let parsed = index.parse::<i8>().ok().filter(|i| *i >= 0);
                let Some(parsed) = parsed else { crate::bail!("Invalid device string: '{text}'") };
                (name, Some(parsed))
            }
            None => (text, None),
        };
        match DEVICE_NAMES.iter().find(|(_, known)| *known == name) {
            Some((kind, _)) => Ok(Device { kind: *kind, index }),
            None => {
                let known: Vec<_> = DEVICE_NAMES.iter().map(|(_, name)| *name).collect();
                crate::bail!("Expected one of {} device type at start of device string: {name}", known.join(", "))
            }
        }
    }
}

/// PyTorch's `c10::Layout`; the discriminant is the integer that scripts see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Layout {
    Strided = 0,
    Sparse = 1,
    SparseCsr = 2,
    Mkldnn = 3,
    SparseCsc = 4,
    SparseBsr = 5,
    SparseBsc = 6,
    Jagged = 7,
}

/// Layouts with their names in Python, those that files hold.
pub const LAYOUTS: [(Layout, &str); 4] = [
    (Layout::Strided, "strided"),
    (Layout::Sparse, "sparse_coo"),
    (Layout::SparseCsr, "sparse_csr"),
    (Layout::SparseCsc, "sparse_csc"),
];

/// PyTorch's `c10::MemoryFormat`; the discriminant is the integer that scripts see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum MemoryFormat {
    Contiguous = 0,
    Preserve = 1,
    ChannelsLast = 2,
    ChannelsLast3d = 3,
}

impl MemoryFormat {
    pub fn from_code(code: i64) -> Result<Self> {
        Ok(match code {
            0 => Self::Contiguous,
            1 => Self::Preserve,
            2 => Self::ChannelsLast,
            3 => Self::ChannelsLast3d,
            _ => crate::bail!("unknown memory format {code}"),
        })
    }
}

/// PyTorch's `c10::QScheme`; the discriminant is the integer that scripts see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum QScheme {
    PerTensorAffine = 0,
    PerChannelAffine = 1,
    PerTensorSymmetric = 2,
    PerChannelSymmetric = 3,
    PerChannelAffineFloatQParams = 4,
}
