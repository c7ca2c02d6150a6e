//! Padding: with a constant, by reflection, by repeating the border, around. Negative padding crops. A channels-last
//! input gives a channels-last result.

use super::compute::{dense, not_implemented, show};
use super::planes::Planes;
use super::Op;
use crate::base::{Complex64, DType, Dims, Element, Scalar};
use crate::kernel::conv::three;
use crate::kernel::remap::remap;
use crate::tensor::NewTensor;
use crate::{bail, ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::pad(Tensor self, SymInt[] pad, str mode=\"constant\", float? value=None) -> Tensor", pad(_, _, _, _)),
    op!("aten::_pad_enum(Tensor self, SymInt[] pad, int mode, float? value=None) -> Tensor", pad_enum(_, _, _, _)),
    op!("aten::_pad_circular(Tensor self, SymInt[] pad) -> Tensor", pad_circular(_, _)),
    op!(
        "aten::constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0) -> Tensor",
        constant_pad_nd(_, _, _), out "out", tags[CopiedOut]),
    op!("aten::reflection_pad1d(Tensor self, SymInt[2] padding) -> Tensor", reflection_pad1d(_, _), out "out"),
    op!("aten::reflection_pad2d(Tensor self, SymInt[4] padding) -> Tensor", reflection_pad2d(_, _), out "out"),
    op!("aten::reflection_pad3d(Tensor self, SymInt[6] padding) -> Tensor", reflection_pad3d(_, _), out "out"),
    op!("aten::replication_pad1d(Tensor self, SymInt[2] padding) -> Tensor", replication_pad1d(_, _), out "out"),
    op!("aten::replication_pad2d(Tensor self, SymInt[4] padding) -> Tensor", replication_pad2d(_, _), out "out"),
    op!("aten::replication_pad3d(Tensor self, SymInt[6] padding) -> Tensor", replication_pad3d(_, _), out "out"),
];

/// The numbers are those of `_pad_enum`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Reflect = 0,
    Replicate = 1,
    Circular = 2,
    Constant = 3,
}

pub(super) fn pad(x: Tensor, pad: Vec<i64>, mode: std::sync::Arc<str>, value: Option<f64>) -> Result<Tensor> {
    let mode = match &*mode {
        "reflect" => Mode::Reflect,
        "constant" => Mode::Constant,
        "replicate" => Mode::Replicate,
        "circular" => Mode::Circular,
        other => bail!("Unrecognised padding mode {other}"),
    };
    pad_in(&x, &pad, Some(mode), value)
}

fn pad_enum(x: Tensor, pad: Vec<i64>, mode: i64, value: Option<f64>) -> Result<Tensor> {
    let modes = [Mode::Reflect, Mode::Replicate, Mode::Circular, Mode::Constant];
    pad_in(&x, &pad, modes.into_iter().find(|m| *m as i64 == mode), value)
}

fn pad_in(x: &Tensor, pad: &[i64], mode: Option<Mode>, value: Option<f64>) -> Result<Tensor> {
    ensure!(pad.len().is_multiple_of(2), "Padding length must be divisible by 2");
    ensure!(
        pad.len() <= x.dim() * 2,
        "Padding length should be less than or equal to two times the input dimension but got padding length {} and \
         input of dimension {}",
        pad.len(),
        x.dim()
    );
    if mode == Some(Mode::Constant) {
        return constant_pad_nd(x.clone(), pad.to_vec(), Scalar::Float(value.unwrap_or(0.0)));
    }
    let name = match mode {
        Some(Mode::Reflect) => "reflect",
        Some(Mode::Replicate) => "replicate",
        _ => "circular",
    };
    ensure!(value.unwrap_or(0.0) == 0.0, "Padding mode \"{name}\" doesn't take in value argument");
    let n = pad.len() / 2;
    if (1..=3).contains(&n) && (x.dim() == n + 1 || x.dim() == n + 2) {
        match mode {
            Some(Mode::Reflect) => return reflection_pad(x, pad, n),
            Some(Mode::Replicate) => return replication_pad(x, pad, n),
            Some(Mode::Circular) => return pad_circular(x.clone(), pad.to_vec()),
            _ => {}
        }
    }
    bail!("Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now")
}

fn constant_pad_nd(x: Tensor, pad: Vec<i64>, value: Scalar) -> Result<Tensor> {
    ensure!(pad.len().is_multiple_of(2), "Length of pad must be even but instead it equals {}", pad.len());
    let (n, rank) = (pad.len() / 2, x.dim());
    ensure!(
        n <= rank,
        "Length of pad should be no more than twice the number of dimensions of the input. Pad length is {}while the \
         input has {rank}dimensions.",
        pad.len()
    );
    let around =
        |dim: usize| if dim + n < rank { (0, 0) } else { (pad[2 * (rank - 1 - dim)], pad[2 * (rank - dim) - 1]) };
    let mut inside = x.clone();
    for dim in rank - n..rank {
        let (before, after) = around(dim);
        let crop = (before.min(0).saturating_neg(), after.min(0).saturating_neg());
        let left = x.sizes()[dim].saturating_sub(crop.0).saturating_sub(crop.1);
        ensure!(left >= 0, "narrow(): length must be non-negative.");
        inside = inside.narrow(dim as i64, crop.0, left)?;
    }
    if pad.iter().all(|p| *p <= 0) {
        return inside.deep_clone();
    }
    let mut shape: Dims = x.sizes().into();
    for dim in rank - n..rank {
        let ((before, after), size) = (around(dim), x.sizes()[dim]);
        let new = size.checked_add(before).and_then(|s| s.checked_add(after));
        shape[dim] = new.filter(|s| *s > 0).ok_or_else(|| {
            Error::runtime(format!(
                "The input size {size}, plus negative padding {before} and {after} resulted in a negative output size, \
                 which is invalid. Check dimension {dim} of your input."
            ))
        })?;
    }
    let out = Tensor::empty_format(&shape, x.dtype(), x.suggest_memory_format())?;
    let out = match x.quantizer() {
        Some(quantizer) => out.reinterpret(x.dtype().underlying())?.with_quantizer(x.dtype(), quantizer.clone())?,
        None => {
            value.check_fits(x.dtype())?;
            out
        }
    };
    if out.numel() != inside.numel() {
        out.fill(value)?;
    }
    let mut target = out.clone();
    for dim in rank - n..rank {
        target = target.narrow(dim as i64, around(dim).0.max(0), inside.sizes()[dim])?;
    }
    target.copy_from(&inside)?;
    Ok(out)
}

macro_rules! pads {
    ($($n:literal: $reflection:ident, $replication:ident;)*) => { $(
        fn $reflection(x: Tensor, padding: Vec<i64>) -> Result<Tensor> {
            reflection_pad(&x, &padding, $n)
        }
        fn $replication(x: Tensor, padding: Vec<i64>) -> Result<Tensor> {
            replication_pad(&x, &padding, $n)
        }
    )* };
}
pads! {
    1: reflection_pad1d, replication_pad1d;
    2: reflection_pad2d, replication_pad2d;
    3: reflection_pad3d, replication_pad3d;
}

fn reflection_pad(x: &Tensor, pad: &[i64], n: usize) -> Result<Tensor> {
    ensure!(pad.len() == 2 * n, "padding size is expected to be {}, but got: {}", 2 * n, pad.len());
    check_input(x, n)?;
    for i in 0..n {
        let dim = x.dim() - 1 - i;
        ensure!(
            pad[2 * i] < x.sizes()[dim] && pad[2 * i + 1] < x.sizes()[dim],
            "Argument #{}: Padding size should be less than the corresponding input dimension, but got: padding ({}, \
             {}) at dimension {dim} of input {}",
            4 + 2 * i,
            pad[2 * i],
            pad[2 * i + 1],
            show(x.sizes())
        );
    }
    check_output(x, pad, n, "input (H: {}, W: {}) is too small. Calculated output H: {} W: {}")?;
    let refused = x.dtype() == DType::Bool || (x.dtype() == DType::F16 && n < 3);
    if refused && x.numel() > 0 {
        return Err(not_implemented(&format!("reflection_pad{n}d"), x.dtype()));
    }
    pad_space(x, pad, n, &|place, size, _| {
        let place = place.abs();
        if place >= size {
            2 * (size - 1) - place
        } else {
            place
        }
    })
}

fn replication_pad(x: &Tensor, pad: &[i64], n: usize) -> Result<Tensor> {
    ensure!(pad.len() == 2 * n, "padding size is expected to be {}", 2 * n);
    check_input(x, n)?;
    check_output(x, pad, n, "input (H: {}, W: {} ) is too small. Calculated output H: {} W: {}")?;
    if matches!(x.dtype(), DType::Bool | DType::F16) && x.numel() > 0 {
        return Err(not_implemented(&format!("replication_pad{n}d"), x.dtype()));
    }
    pad_space(x, pad, n, &|place, _, _| place)
}

fn pad_circular(x: Tensor, pad: Vec<i64>) -> Result<Tensor> {
    let n = pad.len() / 2;
    ensure!(
        (x.dim() == n + 1 || x.dim() == n + 2) && n > 0,
        "Invalid padding size, expected 1 or 2 non-padded dimensions, which would be equivalent to padding of length {} \
         or {} respectively but got {}",
        2 * x.dim() as i64 - 2,
        2 * x.dim() as i64 - 4,
        pad.len()
    );
    let pad = &pad[..2 * n];
    ensure!(n <= 3, "circular padding of {n} dimensions is not supported");
    for i in (0..n).rev() {
        let (size, before, after) = (x.sizes()[x.dim() - 1 - i], pad[2 * i], pad[2 * i + 1]);
        ensure!(before <= size && after <= size, "Padding value causes wrapping around more than once.");
        let new = before.saturating_add(after).saturating_add(size);
        ensure!(new >= 0, "Negative padding value is resulting in an empty dimension");
    }
    // What is left after cropping goes round.
    pad_space(&x, pad, n, &|place, size, (before, after)| {
        let (first, end) = ((-before).max(0), size + after.min(0));
        first + (place - first).rem_euclid((end - first).max(1))
    })
}

fn check_input(x: &Tensor, n: usize) -> Result<()> {
    let rank = x.dim();
    ensure!(
        rank > n,
        "Dimension out of range (expected to be in range of [{}, {}], but got {rank})",
        -(rank.max(1) as i64),
        rank.max(1) - 1
    );
    let first = x.dim().saturating_sub(n + 1);
    ensure!(
        (x.dim() == n + 1 || x.dim() == n + 2) && x.sizes()[first..].iter().all(|s| *s > 0),
        "Expected {}D or {}D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but \
         got: {}",
        n + 1,
        n + 2,
        show(x.sizes())
    );
    Ok(())
}

/// Fails where no dimension of the result has anything in it; `flat` is the message for two dimensions.
fn check_output(x: &Tensor, pad: &[i64], n: usize, flat: &str) -> Result<()> {
    let input = &x.sizes()[x.dim() - n..];
    let out: Vec<i64> =
        (0..n).map(|i| input[i].saturating_add(pad[2 * (n - 1 - i)]).saturating_add(pad[2 * (n - i) - 1])).collect();
    if out.iter().any(|s| *s >= 1) {
        return Ok(());
    }
    let template = match n {
        1 => "input (W: {}) is too small. Calculated output W: {}",
        2 => flat,
        _ => "input (D: {} H: {}, W: {}) is too small. Calculated output D: {} H: {} W: {}",
    };
    let mut message = template.to_string();
    for number in input.iter().chain(&out) {
        message = message.replacen("{}", &number.to_string(), 1);
    }
    bail!("{message}")
}

/// Given a place of the result, counted from the input's first, the input's size and the padding: the place to take.
type PlaceFn<'a> = &'a dyn Fn(i64, i64, (i64, i64)) -> i64;

/// Pads the last `n` dimensions, the last one first in `pad`, by moving elements.
fn pad_space(x: &Tensor, pad: &[i64], n: usize, place: PlaceFn) -> Result<Tensor> {
    let lead = x.dim() - n;
    let mut shape: Dims = x.sizes().into();
    for i in 0..n {
        let dim = x.dim() - 1 - i;
        let size = shape[dim].checked_add(pad[2 * i]).and_then(|s| s.checked_add(pad[2 * i + 1]));
        let size = size.ok_or_else(|| Error::limit("padding is too large"))?;
        shape[dim] = size;
    }
    if let Some(size) = shape.iter().find(|s| **s < 0) {
        bail!("Trying to create tensor with negative dimension {size}: {}", show(&shape));
    }
    let new: Vec<usize> = shape[lead..].iter().map(|s| *s as usize).collect();
    let new = three(&new, 1).ok_or_else(|| Error::internal("padding of up to three dimensions"))?;
    remap_planes(x, n, new, &|dim, at| {
        let i = dim + n - 3;
        let (size, around) = (x.sizes()[lead + i], (pad[2 * (n - 1 - i)], pad[2 * (n - i) - 1]));
        place(at as i64 - around.0, size, around).clamp(0, size - 1) as usize
    })
}

/// A tensor of any dtype with another size in its last `n` dimensions: `place` says, for a dimension (the last is 2)
/// and a place in it, the place in `x` to take.
pub(super) fn remap_planes(
    x: &Tensor,
    n: usize,
    size: [usize; 3],
    place: &dyn Fn(usize, usize) -> usize,
) -> Result<Tensor> {
    fn run<T: Element>(
        x: &Tensor,
        n: usize,
        size: [usize; 3],
        place: &dyn Fn(usize, usize) -> usize,
    ) -> Result<Tensor> {
        let (bits, planes) = Planes::of(&x.reinterpret(T::DTYPE)?, n)?;
        let bits = dense::<T>(&bits)?;
        let mut out = NewTensor::<T>::new(&planes.shape(size))?;
        if !out.data().is_empty() {
            let maps: [Vec<usize>; 3] = std::array::from_fn(|dim| match dim + n {
                0..3 => vec![0],
                _ => (0..size[dim]).map(|at| place(dim, at)).collect(),
            });
            remap(bits.data::<T>()?, planes.size, planes.inner, maps.each_ref().map(|m| &m[..]), out.data());
        }
        planes.restore(out.finish().reinterpret(x.dtype())?)
    }
    let out = match x.dtype().itemsize() {
        1 => run::<u8>(x, n, size, place),
        2 => run::<i16>(x, n, size, place),
        4 => run::<i32>(x, n, size, place),
        8 => run::<i64>(x, n, size, place),
        _ => run::<Complex64>(x, n, size, place),
    }?;
    match x.quantizer() {
        Some(quantizer) => out.reinterpret(x.dtype().underlying())?.with_quantizer(x.dtype(), quantizer.clone()),
        None => Ok(out),
    }
}
