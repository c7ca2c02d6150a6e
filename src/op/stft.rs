//! Short-time Fourier transforms and back.

use std::sync::Arc;

use super::compute::{dense, finish, show};
use super::elementwise::apply_tensors;
use super::fft::{c2c, c2r, r2c, Scale};
use super::pad::pad;
use super::pointwise::arith::{DIV, MUL};
use super::Op;
use crate::base::{Complex32, Complex64, DType, Dims, Element};
use crate::kernel::fft::overlap_add;
use crate::tensor::NewTensor;
use crate::{ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::stft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool \
         normalized=False, bool? onesided=None, bool? return_complex=None) -> Tensor",
        stft(_, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::stft.center(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, \
         bool center=True, str pad_mode=\"reflect\", bool normalized=False, bool? onesided=None, bool? \
         return_complex=None) -> Tensor",
        stft_center(_, _, _, _, _, _, _, _, _, _)
    ),
    op!(
        "aten::istft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool \
         center=True, bool normalized=False, bool? onesided=None, int? length=None, bool return_complex=False) -> Tensor",
        istft(_, _, _, _, _, _, _, _, _, _)
    ),
];

fn stft_center(
    x: Tensor,
    n_fft: i64,
    hop: Option<i64>,
    win: Option<i64>,
    window: Option<Tensor>,
    center: bool,
    pad_mode: Arc<str>,
    normalized: bool,
    onesided: Option<bool>,
    return_complex: Option<bool>,
) -> Result<Tensor> {
    check_return(&x, &window, return_complex)?;
    let x = if center && n_fft > 1 { extend(&x, n_fft / 2, pad_mode)? } else { x };
    stft(x, n_fft, hop, win, window, normalized, onesided, return_complex)
}

fn stft(
    x: Tensor,
    n_fft: i64,
    hop: Option<i64>,
    win: Option<i64>,
    window: Option<Tensor>,
    normalized: bool,
    onesided: Option<bool>,
    return_complex: Option<bool>,
) -> Result<Tensor> {
    let (hop, win) = (hop.unwrap_or(n_fft >> 2), win.unwrap_or(n_fft));
    let call = || {
        format!(
            "stft({}{}, n_fft={n_fft}, hop_length={hop}, win_length={win}, window={}, normalized={}, onesided={}, \
             return_complex={}) ",
            class(&x),
            show(x.sizes()),
            window_text(&window),
            normalized as u8,
            flag(onesided),
            flag(return_complex)
        )
    };
    let as_complex = check_return(&x, &window, return_complex)?;
    ensure!(
        x.dtype().is_floating_point() || x.dtype().is_complex(),
        "{}: expected a tensor of floating point or complex values",
        call()
    );
    ensure!(x.dim() == 1 || x.dim() == 2, "{}: expected a 1D or 2D tensor", call());
    let input = if x.dim() == 1 { x.unsqueeze(0)? } else { x.clone() };
    let len = input.sizes()[1];
    ensure!(n_fft > 0 && n_fft <= len, "{}: expected 0 < n_fft < {len}, but got n_fft={win}", call());
    ensure!(hop > 0, "{}: expected hop_length > 0, but got hop_length={hop}", call());
    ensure!(win > 0 && win <= n_fft, "{}: expected 0 < win_length <= n_fft, but got win_length={win}", call());
    if let Some(window) = &window {
        ensure!(
            window.dim() == 1 && window.sizes()[0] == win,
            "{}: expected a 1D window tensor of size equal to win_length={win}, but got window with size {}",
            call(),
            show(window.sizes())
        );
    }
    let window = match window {
        Some(window) => Some(centered(&window, n_fft)?),
        None if win < n_fft => Some(centered(&Tensor::full(&[win], 1i64.into(), x.dtype())?, n_fft)?),
        None => None,
    };
    let mut frames = input.unfold(1, n_fft, hop)?;
    if let Some(window) = &window {
        frames = apply_tensors(&MUL, &[&frames, window], &[])?;
    }
    let scale = if normalized { Scale::RootN } else { Scale::One };
    let complex = frames.dtype().is_complex();
    let onesided = onesided.unwrap_or(!complex);
    ensure!(!complex || !onesided, "Cannot have onesided output if window or input is complex");
    let out = if complex { c2c(&frames, &[2], scale, true)? } else { r2c(&frames, &[2], scale, onesided, true)? };
    let mut out = out.transpose(1, 2)?;
    if x.dim() == 1 {
        out = out.squeeze(Some(&[0]))?;
    }
    if as_complex {
        Ok(out)
    } else {
        super::convert::view_as_real(out)
    }
}

/// Whether the result is complex; must be said where no argument is.
fn check_return(x: &Tensor, window: &Option<Tensor>, return_complex: Option<bool>) -> Result<bool> {
    let complex = x.dtype().is_complex() || window.as_ref().is_some_and(|w| w.dtype().is_complex());
    ensure!(
        complex || return_complex.is_some(),
        "stft requires the return_complex parameter be given for real inputs, and will further require that \
         return_complex=True in a future PyTorch release."
    );
    Ok(return_complex.unwrap_or(complex))
}

fn istft(
    x: Tensor,
    n_fft: i64,
    hop: Option<i64>,
    win: Option<i64>,
    window: Option<Tensor>,
    center: bool,
    normalized: bool,
    onesided: Option<bool>,
    length: Option<i64>,
    return_complex: bool,
) -> Result<Tensor> {
    let (hop, win) = (hop.unwrap_or(n_fft >> 2), win.unwrap_or(n_fft));
    let call = || {
        format!(
            "istft({}{}, n_fft={n_fft}, hop_length={hop}, win_length={win}, window={}, center={}, normalized={}, \
             onesided={}, length={}, return_complex={}) ",
            x.type_name(),
            show(x.sizes()),
            window_text(&window),
            center as u8,
            normalized as u8,
            flag(onesided),
            length.map_or("None".to_string(), |n| n.to_string()),
            return_complex as u8
        )
    };
    ensure!(
        x.dtype().is_complex(),
        "istft requires a complex-valued input tensor matching the output from stft with return_complex=True."
    );
    ensure!(x.numel() > 0, "{}: input tensor cannot be empty.", call());
    ensure!(
        x.dim() == 2 || x.dim() == 3,
        "{}: expected a tensor with 3 or 4 dimensions, but got {}",
        call(),
        x.dim() + 1
    );
    let (points, n_frames) = (x.sizes()[x.dim() - 2], x.sizes()[x.dim() - 1]);
    let onesided = onesided.unwrap_or(points != n_fft);
    let expected = if onesided { n_fft / 2 + 1 } else { n_fft };
    ensure!(
        points == expected,
        "{}: expected the frequency dimension (3rd to the last) of the input tensor to match {} when onesided={}, but \
         got {points}",
        call(),
        if onesided { "n_fft / 2 + 1" } else { "n_fft" },
        if onesided { "True" } else { "False" }
    );
    ensure!(0 < hop && hop <= win, "{}: expected 0 < hop_length <= win_length", call());
    ensure!(0 < win && win <= n_fft, "{}: expected 0 < win_length <= n_fft", call());
    if let Some(window) = &window {
        ensure!(
            window.dim() == 1 && window.sizes()[0] == win,
            "{}: Invalid window shape. window has to be 1D and length of `win_length`",
            call()
        );
    }
    let ones = || Tensor::full(&[win], 1i64.into(), x.dtype().to_real());
    let shape = centered(&window.clone().map_or_else(ones, Ok)?, n_fft)?;
    let input = if x.dim() == 2 { x.unsqueeze(0)? } else { x.clone() }.transpose(1, 2)?;
    let scale = if normalized { Scale::RootN } else { Scale::N };
    let frames = if return_complex {
        ensure!(!onesided, "Cannot have onesided output if window or input is complex");
        c2c(&input, &[2], scale, false)?
    } else {
        ensure!(
            !window.as_ref().is_some_and(|w| w.dtype().is_complex()),
            "Complex windows are incompatible with return_complex=False"
        );
        c2r(&input.slice(2, Some(0), Some(n_fft / 2 + 1), 1)?, &[2], scale, n_fft)?
    };
    let total = n_fft + hop * (n_frames - 1);
    let weighted = apply_tensors(&MUL, &[&frames, &shape], &[])?;
    let signal = overlap(&weighted, hop, total)?;
    let squares = apply_tensors(&MUL, &[&shape, &shape], &[])?;
    let envelope = overlap(&squares.expand(&[1, n_frames, n_fft])?, hop, total)?;
    let start = if center { n_fft / 2 } else { 0 };
    let end = match length {
        Some(length) => start.checked_add(length).ok_or_else(|| Error::runtime("istft: length is too large"))?,
        None if center => -(n_fft / 2),
        None => total,
    };
    let (signal, envelope) =
        (signal.slice(1, Some(start), Some(end), 1)?, envelope.slice(1, Some(start), Some(end), 1)?);
    ensure!(
        envelope.numel() > 0,
        "min(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the \
         'dim' argument."
    );
    let smallest = envelope.to_vec::<Complex64>()?.iter().map(|v| v.norm()).fold(f64::INFINITY, f64::min);
    ensure!(smallest >= 1e-11, "{}window overlap add min: 1\n[ CPUBoolType{{}} ]", call());
    let mut signal = apply_tensors(&DIV, &[&signal, &envelope], &[])?;
    if end > total {
        let padded = Tensor::zeros(&[signal.sizes()[0], end - start], signal.dtype())?;
        padded.narrow(1, 0, signal.sizes()[1])?.copy_from(&signal)?;
        signal = padded;
    }
    if x.dim() == 2 {
        signal = signal.squeeze(Some(&[0]))?;
    }
    Ok(signal)
}

/// `window` in the middle of `n` points, zeros around it.
fn centered(window: &Tensor, n: i64) -> Result<Tensor> {
    let width = window.sizes()[0];
    if width == n {
        return Ok(window.clone());
    }
    let out = Tensor::zeros(&[n], window.dtype())?;
    out.narrow(0, (n - width) / 2, width)?.copy_from(window)?;
    Ok(out)
}

/// Adds up frames `[batch, frames, n]` that start `hop` apart, as `[batch, total]`.
fn overlap(frames: &Tensor, hop: i64, total: i64) -> Result<Tensor> {
    fn run<T: Element + std::ops::AddAssign>(frames: &Tensor, hop: i64, total: i64) -> Result<Tensor> {
        let input = dense::<T>(frames)?;
        let [batch, count, n] = [input.sizes()[0], input.sizes()[1], input.sizes()[2]];
        let mut out = NewTensor::<T>::filled(&[batch, total], T::default())?;
        overlap_add(input.data::<T>()?, [count as usize, n as usize], hop as usize, total as usize, out.data());
        finish(out.finish(), frames.dtype())
    }
    match frames.dtype() {
        DType::F32 | DType::F16 | DType::BF16 => run::<f32>(frames, hop, total),
        DType::F64 => run::<f64>(frames, hop, total),
        DType::C64 | DType::C32 => run::<Complex32>(frames, hop, total),
        DType::C128 => run::<Complex64>(frames, hop, total),
        _ => run::<i64>(frames, hop, total),
    }
}

/// Extends the last dimension by `margin` on both sides.
fn extend(x: &Tensor, margin: i64, mode: Arc<str>) -> Result<Tensor> {
    let added = 3usize.checked_sub(x.dim()).ok_or_else(|| Error::runtime("stft: expected a 1D or 2D tensor"))?;
    let sizes: Dims = std::iter::repeat_n(1, added).chain(x.sizes().iter().copied()).collect();
    let out = pad(x.view(&sizes)?, vec![margin, margin], mode, None)?;
    out.view(&out.sizes()[added..])
}

/// `torch.FloatTensor`, or `CPUComplexFloatType` for what has no class of its own.
fn class(x: &Tensor) -> String {
    if x.dtype().is_complex() {
        x.type_name()
    } else {
        format!("torch.{}Tensor", x.dtype().name())
    }
}

fn window_text(window: &Option<Tensor>) -> String {
    window.as_ref().map_or("None".into(), |w| format!("{}{{{}}}", class(w), show(w.sizes())))
}

fn flag(value: Option<bool>) -> String {
    value.map_or("None".into(), |v| (v as u8).to_string())
}
