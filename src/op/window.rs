//! Window functions for spectra. They are computed step by step in the result's dtype, as PyTorch does, so that narrow
//! dtypes round alike.

use super::create::{checked_len, empty_on, from_values};
use super::Op;
use crate::base::{DType, Device, Layout};
use crate::kernel::special::i0;
use crate::tensor::default_dtype;
use crate::{ensure, op, Result, Tensor};

/// Both forms of an overload: a new tensor, and `out`.
macro_rules! forms {
    ($name:literal, $overload:literal, $out:literal, $extra:literal, $new:ident($($a:tt),*), $into:ident($($b:tt),*)) => {
        [
            op!(
                concat!(
                    "aten::", $name, "_window", $overload, "(int window_length", $extra,
                    ", *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor"
                ),
                $new($($a),*)
            ),
            op!(
                concat!(
                    "aten::", $name, "_window.", $out, "(int window_length", $extra, ", *, Tensor(a!) out) -> Tensor(a!)"
                ),
                $into($($b),*)
            ),
        ]
    };
}

macro_rules! windows {
    ($($name:literal: $plain:ident $plain_out:ident, $periodic:ident $periodic_out:ident, $window:expr;)*) => {
        $(
            fn $plain(n: i64, d: D, l: L, v: V, _: P) -> Result<Tensor> {
                window($name, $window, n, true, d, l, v)
            }
            fn $plain_out(n: i64, out: Tensor) -> Result<Tensor> {
                window_out($name, $window, n, true, out)
            }
            fn $periodic(n: i64, periodic: bool, d: D, l: L, v: V, _: P) -> Result<Tensor> {
                window($name, $window, n, periodic, d, l, v)
            }
            fn $periodic_out(n: i64, periodic: bool, out: Tensor) -> Result<Tensor> {
                window_out($name, $window, n, periodic, out)
            }
        )*
        pub const BASIC: &[Op] = <[[Op; 2]]>::as_flattened(&[
            $(
                forms!($name, "", "out", "", $plain(_, _, _, _, _), $plain_out(_, _)),
                forms!(
                    $name, ".periodic", "periodic_out", ", bool periodic", $periodic(_, _, _, _, _, _), $periodic_out(_, _, _)
                ),
            )*
        ]);
    };
}
windows! {
    "bartlett": bartlett bartlett_out, bartlett_periodic bartlett_periodic_out, Window::Bartlett;
    "blackman": blackman blackman_out, blackman_periodic blackman_periodic_out, Window::Blackman;
    "hann": hann hann_out, hann_periodic hann_periodic_out, Window::Cosine(0.5, 0.5);
    "hamming": hamming hamming_out, hamming_periodic hamming_periodic_out, Window::Cosine(0.54, 0.46);
    "kaiser": kaiser kaiser_out, kaiser_periodic kaiser_periodic_out, Window::Kaiser(12.0);
}

pub const MORE: &[Op] = <[[Op; 2]]>::as_flattened(&[
    forms!(
        "hamming",
        ".periodic_alpha",
        "periodic_alpha_out",
        ", bool periodic, float alpha",
        hamming_alpha(_, _, _, _, _, _, _),
        hamming_alpha_out(_, _, _, _)
    ),
    forms!(
        "hamming",
        ".periodic_alpha_beta",
        "periodic_alpha_beta_out",
        ", bool periodic, float alpha, float beta",
        hamming_beta(_, _, _, _, _, _, _, _),
        hamming_beta_out(_, _, _, _, _)
    ),
    forms!(
        "kaiser",
        ".beta",
        "beta_out",
        ", bool periodic, float beta",
        kaiser_beta(_, _, _, _, _, _, _),
        kaiser_beta_out(_, _, _, _)
    ),
]);

type D = Option<DType>;
type L = Option<Layout>;
type V = Option<Device>;
type P = Option<bool>;

#[derive(Clone, Copy)]
enum Window {
    Bartlett,
    Blackman,
    /// `alpha - beta · cos`
    Cosine(f64, f64),
    Kaiser(f64),
}

fn hamming_alpha(n: i64, periodic: bool, alpha: f64, d: D, l: L, v: V, _: P) -> Result<Tensor> {
    window("hamming", Window::Cosine(alpha, 0.46), n, periodic, d, l, v)
}
fn hamming_alpha_out(n: i64, periodic: bool, alpha: f64, out: Tensor) -> Result<Tensor> {
    window_out("hamming", Window::Cosine(alpha, 0.46), n, periodic, out)
}
fn hamming_beta(n: i64, periodic: bool, alpha: f64, beta: f64, d: D, l: L, v: V, _: P) -> Result<Tensor> {
    window("hamming", Window::Cosine(alpha, beta), n, periodic, d, l, v)
}
fn hamming_beta_out(n: i64, periodic: bool, alpha: f64, beta: f64, out: Tensor) -> Result<Tensor> {
    window_out("hamming", Window::Cosine(alpha, beta), n, periodic, out)
}
fn kaiser_beta(n: i64, periodic: bool, beta: f64, d: D, l: L, v: V, _: P) -> Result<Tensor> {
    window("kaiser", Window::Kaiser(beta), n, periodic, d, l, v)
}
fn kaiser_beta_out(n: i64, periodic: bool, beta: f64, out: Tensor) -> Result<Tensor> {
    window_out("kaiser", Window::Kaiser(beta), n, periodic, out)
}

fn window_out(name: &str, kind: Window, length: i64, periodic: bool, out: Tensor) -> Result<Tensor> {
    super::registry::write_out(&out, &window(name, kind, length, periodic, Some(out.dtype()), None, None)?)?;
    Ok(out)
}

/// A periodic window is a symmetric one that is longer by one, without its last value.
fn window(name: &str, kind: Window, length: i64, periodic: bool, dtype: D, layout: L, device: V) -> Result<Tensor> {
    let dtype = dtype.unwrap_or(default_dtype());
    ensure!(
        matches!(layout, None | Some(Layout::Strided)),
        "{name}_window is not implemented for sparse types, got: {layout:?}"
    );
    ensure!(
        dtype.is_floating_point() || dtype.is_complex(),
        "{name}_window expects floating point dtypes, got: TensorOptions(dtype={}, device=cpu{}, layout=Strided{}, \
         requires_grad=false (default), pinned_memory=false (default), memory_format=(nullopt))",
        cpp_name(dtype),
        if device.is_none() { " (default)" } else { "" },
        if layout.is_none() { " (default)" } else { "" }
    );
    ensure!(length >= 0, "{name}_window requires non-negative window_length, got window_length={length}");
    checked_len(length as f64)?;
    // the size is checked before anything of that size is made
    empty_on(&[length], &[1], dtype, layout, device)?;
    if length < 2 {
        return from_values(&vec![1.0; length as usize], &[length], dtype, layout, device);
    }
    ensure!(!dtype.is_complex(), "\"arange_cpu\" not implemented for '{}'", dtype.name());
    let total = length + periodic as i64;
    let r = rounding(dtype);
    let last = (total - 1) as f64;
    let half = (total - 1) / 2 + 1;
    // numbers take part as float32 in narrow dtypes
    let c = |v: f64| if dtype == DType::F64 { v } else { v as f32 as f64 };
    let value = |i: i64| -> f64 {
        let x = r(i as f64);
        match kind {
            Window::Bartlett => {
                let rising = r(x * c(2.0 / last));
                if i < half {
                    rising
                } else {
                    r(r(-rising) + 2.0)
                }
            }
            Window::Blackman => {
                let t = r(x * c(std::f64::consts::PI / last));
                let wave = |turns: f64, weight: f64| r(r(r(t * turns).cos()) * c(weight));
                r(r(wave(4.0, 0.08) - wave(2.0, 0.5)) + c(0.42))
            }
            Window::Cosine(alpha, beta) => {
                let t = r(x * c(std::f64::consts::TAU / last));
                r(r(r(t.cos()) * c(-beta)) + c(alpha))
            }
            Window::Kaiser(beta) => {
                // only this one is computed at once
                let t = x * (2.0 / last) - 1.0;
                i0(beta * (1.0 - t * t).max(0.0).sqrt()) / i0(beta)
            }
        }
    };
    let values = crate::base::collect(length as usize, (0..length).map(value))?;
    from_values(&values, &[length], dtype, layout, device)
}

/// As C++ writes the type of an element.
fn cpp_name(dtype: DType) -> &'static str {
    match dtype {
        DType::U8 => "unsigned char",
        DType::I8 => "signed char",
        DType::I16 => "short int",
        DType::I32 => "int",
        DType::I64 => "long int",
        other => other.python_name(),
    }
}

fn rounding(dtype: DType) -> fn(f64) -> f64 {
    match dtype {
        DType::F64 => |v| v,
        DType::F16 => |v| crate::base::f16::from_f64(v).to_f64(),
        DType::BF16 => |v| crate::base::bf16::from_f64(v).to_f64(),
        _ => |v| v as f32 as f64,
    }
}
