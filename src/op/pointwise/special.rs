//! Special functions, and the table of them. All are computed in double precision and rounded once.

use super::arith::ADD;
use crate::base::{bf16, f16, DType, Scalar};
use crate::kernel::simd::slices;
use crate::kernel::special as kernel;
use crate::kernel::special::{polynomial, Family};
use crate::op;

use crate::op::compute::not_implemented;
use crate::op::elementwise::{apply, apply_tensors, operand, Args, Call, Promote, Spec};
use crate::op::promote::float_type;
use crate::op::Op;
use crate::tensor::rows;
use crate::{ensure, map1, map2, Error, Result, Tensor};

use Promote::{Float, Same};

pub static ERF: Spec = slice_f32!(Spec::new("erf_vml_cpu", 1, Float), slices::erf_f32, libm::erf);
static ERFC: Spec = slice_f32!(Spec::new("erfc_vml_cpu", 1, Float), slices::erfc_f32, libm::erfc);
static ERFINV: Spec = slice_f32!(Spec::new("erfinv_vml_cpu", 1, Float), slices::erfinv_f32, kernel::erfinv);
static ENTR: Spec = slice_f32!(Spec::new("entr_cpu", 1, Float), slices::entr_f32, kernel::entr);
static NDTR: Spec =
    slice_f32!(Spec::new("erf_vml_cpu", 1, Float).bind_others(bind_ndtr), slices::ndtr_f32, kernel::ndtr);
static NDTR_F16: Spec =
    Spec::new("erf_vml_cpu", 1, Float).f32(map1!(f32, |x| half_ndtr(x, |v| f16::from_f32(v).to_f32())));
static NDTR_BF16: Spec =
    Spec::new("erf_vml_cpu", 1, Float).f32(map1!(f32, |x| half_ndtr(x, |v| bf16::from_f32(v).to_f32())));

/// By the error function, each step rounded to the half type.
fn half_ndtr(x: f32, round: fn(f32) -> f32) -> f32 {
    let erf = libm::erff(round(x * std::f32::consts::FRAC_1_SQRT_2));
    round(1.0 + round(erf)) * 0.5
}

fn bind_ndtr(spec: &'static Spec, args: Args) -> Result<Call> {
    let x = operand(args.into_iter().next().unwrap_or_default())?;
    let spec = match x.dtype() {
        DType::F16 => &NDTR_F16,
        DType::BF16 => &NDTR_BF16,
        _ => spec,
    };
    Ok(Call::new(spec).with(x))
}

/// Functions with vector code for some arguments of `f32`.
macro_rules! ranged {
    ($($spec:ident: $name:literal, $slice:path, $f:path $(, $half:ident)?;)*) => {
        $(static $spec: Spec = Spec::new($name, 1, Float)
            .f32(|x, out, _| $slice(x[0], out, $f))
            .f64(map1!(f64, |x| $f(x)))$(.$half())?;)*
    };
}
ranged! {
    LGAMMA: "lgamma_vml_cpu", slices::lgamma_f32, kernel::lgamma;
    DIGAMMA: "digamma", slices::digamma_f32, kernel::digamma;
    I0: "i0_vml_cpu", slices::i0_f32, kernel::i0;
    I0E: "i0e_cpu", slices::i0e_f32, kernel::i0e;
    I1: "i1_cpu", slices::i1_f32, kernel::i1, no_half;
    I1E: "i1e_cpu", slices::i1e_f32, kernel::i1e, no_half;
    NDTRI: "ndtri_cpu", slices::ndtri_f32, kernel::ndtri, no_half;
    BESSEL_J0: "bessel_j0_cpu", slices::j0_f32, kernel::j0, no_half;
    BESSEL_J1: "bessel_j1_cpu", slices::j1_f32, kernel::j1, no_half;
    MODIFIED_I0: "modified_bessel_i0_cpu", slices::i0_f32, kernel::i0, no_half;
    MODIFIED_I1: "modified_bessel_i1_cpu", slices::i1_f32, kernel::i1, no_half;
}

macro_rules! functions {
    ($($spec:ident: $name:literal, $f:path $(, $half:ident)?;)*) => {
        $(static $spec: Spec = via_f64!(Spec::new($name, 1, Float), $f)$(.$half())?;)*
    };
}
functions! {
    ERFCX: "erfcx_cpu", kernel::erfcx, no_half;
    AIRY_AI: "airy_ai_cpu", kernel::airy_ai, no_half;
    BESSEL_Y0: "bessel_y0_cpu", kernel::y0, no_half;
    BESSEL_Y1: "bessel_y1_cpu", kernel::y1, no_half;
    MODIFIED_K0: "modified_bessel_k0_cpu", kernel::k0, no_half;
    MODIFIED_K1: "modified_bessel_k1_cpu", kernel::k1, no_half;
    SCALED_K0: "scaled_modified_bessel_k0_cpu", kernel::k0e, no_half;
    SCALED_K1: "scaled_modified_bessel_k1_cpu", kernel::k1e, no_half;
    SPHERICAL_J0: "spherical_bessel_j0_cpu", kernel::spherical_j0, no_half;
}

static LOG_NDTR: Spec =
    slice_f32!(Spec::new("log_ndtr_cpu", 1, Float), slices::log_ndtr_f32, kernel::log_ndtr).no_half();

static TRIGAMMA: Spec = Spec::new("trigamma", 1, Float)
    .f32(|x, out, _| slices::trigamma_f32(x[0], out, |x| f64::from(kernel::trigamma_f32(x as f32))))
    .f64(map1!(f64, |x| kernel::trigamma(x)));

static IGAMMA: Spec = Spec::new("igamma_cpu", 2, Same)
    .f32(map2!(f32, |a, x| kernel::gamma_p(a as f64, x as f64, kernel::SINGLE) as f32))
    .f64(map2!(f64, |a, x| kernel::gamma_p(a, x, kernel::FULL)));
static IGAMMAC: Spec = Spec::new("igammac_cpu", 2, Same)
    .f32(map2!(f32, |a, x| kernel::gamma_q(a as f64, x as f64, kernel::SINGLE) as f32))
    .f64(map2!(f64, |a, x| kernel::gamma_q(a, x, kernel::FULL)));
static ZETA: Spec = Spec::new("zeta_cpu", 2, Float)
    .no_half()
    .f32(map2!(f32, |s, q| kernel::zeta(s as f64, q as f64) as f32))
    .f64(map2!(f64, |s, q| kernel::zeta(s, q)));

/// The parameter is the order, from 2.
static POLYGAMMA: Spec = Spec::new("polygamma", 1, Float)
    .bind(|_, mut args| {
        let order = if args.is_empty() { Err(Error::internal("polygamma needs an order"))? } else { args.remove(0) };
        bind_polygamma(order.to_int()?, args)
    })
    .f32(map1!(f32, |x, p| kernel::polygamma(p[0] as f64, x as f64) as f32))
    .f64(map1!(f64, |x, p| kernel::polygamma(p[0], x)));
/// The order comes last.
static POLYGAMMA_INTO: Spec = Spec::new("polygamma", 1, Float).bind(|_, mut args| {
    let order = args.pop().unwrap_or_default().to_int()?;
    bind_polygamma(order, args)
});

fn bind_polygamma(order: i64, args: Args) -> Result<Call> {
    ensure!(order >= 0, "polygamma(n, x) does not support negative n.");
    let x = operand(args.into_iter().next().unwrap_or_default())?;
    Ok(match order {
        0 => Call::new(&DIGAMMA).with(x),
        1 => Call::new(&TRIGAMMA).with(x),
        n => Call::new(&POLYGAMMA).with(x).param(n),
    })
}

/// `ln Γ_p`: a sum of logarithms of the gamma function, taken at arguments rounded to the dtype.
fn mvlgamma(x: Tensor, p: i64) -> Result<Tensor> {
    ensure!(x.dtype() != DType::Bool, "The input tensor may not be a boolean tensor.");
    ensure!(p >= 1, "p has to be greater than or equal to 1");
    let dtype = float_type(x.dtype());
    if dtype.is_complex() {
        return Err(not_implemented("arange_cpu", dtype));
    }
    // checks the size before anything of that size is made
    let steps = Tensor::empty(&[p], dtype)?;
    steps.assign(&(1 - p..=0).map(|k| k as f64 / 2.0).collect::<Vec<_>>())?;
    let logs = apply_tensors(&LGAMMA, &[&apply_tensors(&ADD, &[&x.unsqueeze(-1)?, &steps], &[])?], &[])?;
    let sum = rows::map::<f64, f64>(&logs, &[x.dim()], 1, dtype, &|row, out| out[0] = row.iter().sum())?;
    let constant = p as f64 * (p - 1) as f64 / 4.0 * std::f64::consts::PI.ln();
    apply(&ADD, &[sum.squeeze(Some(&[-1]))?.into(), Scalar::Float(constant).into()], &[])
}

/// Polynomials compute in their own dtype: where they overflow is part of the result. Shifted ones are taken at 2x - 1.
macro_rules! polynomials {
    ($($spec:ident: $name:literal, $family:ident, |$x:ident| $at:expr;)*) => {
        $(static $spec: Spec = Spec::new(concat!($name, "_cpu"), 2, Float)
            .no_half()
            .f32(map2!(f32, |$x, n| polynomial::<f32>(Family::$family, $at, Scalar::Float(n as f64).to_i64())))
            .f64(map2!(f64, |$x, n| polynomial::<f64>(Family::$family, $at, Scalar::Float(n).to_i64())));)*
        const POLYNOMIAL_FORMS: &[[Op; 3]] = &[$([
            op!(
                concat!("aten::special_", $name, "(Tensor x, Tensor n) -> Tensor"),
                pointwise $spec, out "out"
            ),
            op!(
                concat!("aten::special_", $name, ".x_scalar(Scalar x, Tensor n) -> Tensor"),
                pointwise $spec, out "x_scalar_out"
            ),
            op!(
                concat!("aten::special_", $name, ".n_scalar(Tensor x, Scalar n) -> Tensor"),
                pointwise $spec, out "n_scalar_out"
            ),
        ],)*];
    };
}
polynomials! {
    CHEBYSHEV_T: "chebyshev_polynomial_t", ChebyshevT, |x| x;
    CHEBYSHEV_U: "chebyshev_polynomial_u", ChebyshevU, |x| x;
    CHEBYSHEV_V: "chebyshev_polynomial_v", ChebyshevV, |x| x;
    CHEBYSHEV_W: "chebyshev_polynomial_w", ChebyshevW, |x| x;
    SHIFTED_T: "shifted_chebyshev_polynomial_t", ChebyshevT, |x| x + x - 1.0;
    SHIFTED_U: "shifted_chebyshev_polynomial_u", ChebyshevU, |x| x + x - 1.0;
    SHIFTED_V: "shifted_chebyshev_polynomial_v", ChebyshevV, |x| x + x - 1.0;
    SHIFTED_W: "shifted_chebyshev_polynomial_w", ChebyshevW, |x| x + x - 1.0;
    HERMITE_H: "hermite_polynomial_h", HermiteH, |x| x;
    HERMITE_HE: "hermite_polynomial_he", HermiteHe, |x| x;
    LAGUERRE: "laguerre_polynomial_l", Laguerre, |x| x;
    LEGENDRE: "legendre_polynomial_p", Legendre, |x| x;
}

pub const POLYNOMIALS: &[Op] = POLYNOMIAL_FORMS.as_flattened();

pub const OPS: &[Op] = &[
    op!("aten::erf(Tensor self) -> Tensor", pointwise ERF, inplace, out "out"),
    op!("aten::special_erf(Tensor self) -> Tensor", pointwise ERF, out "out"),
    op!("aten::erfc(Tensor self) -> Tensor", pointwise ERFC, inplace, out "out"),
    op!("aten::special_erfc(Tensor self) -> Tensor", pointwise ERFC, out "out"),
    op!("aten::erfinv(Tensor self) -> Tensor", pointwise ERFINV, inplace, out "out"),
    op!("aten::special_erfinv(Tensor self) -> Tensor", pointwise ERFINV, out "out"),
    op!("aten::special_erfcx(Tensor self) -> Tensor", pointwise ERFCX, out "out"),
    op!("aten::special_entr(Tensor self) -> Tensor", pointwise ENTR, out "out"),
    op!("aten::special_ndtr(Tensor self) -> Tensor", pointwise NDTR, out "out"),
    op!("aten::special_ndtri(Tensor self) -> Tensor", pointwise NDTRI, out "out"),
    op!("aten::special_log_ndtr(Tensor self) -> Tensor", pointwise LOG_NDTR, out "out"),
    op!("aten::lgamma(Tensor self) -> Tensor", pointwise LGAMMA, inplace, out "out"),
    op!("aten::special_gammaln(Tensor self) -> Tensor", pointwise LGAMMA, out "out"),
    op!("aten::digamma(Tensor self) -> Tensor", pointwise DIGAMMA, inplace, out "out"),
    op!("aten::special_digamma(Tensor self) -> Tensor", pointwise DIGAMMA, out "out"),
    op!("aten::special_psi(Tensor self) -> Tensor", pointwise DIGAMMA, out "out"),
    op!("aten::polygamma(int n, Tensor self) -> Tensor", pointwise POLYGAMMA, out "out"),
    op!("aten::special_polygamma(int n, Tensor self) -> Tensor", pointwise POLYGAMMA, out "out"),
    op!("aten::polygamma_(Tensor(a!) self, int n) -> Tensor(a!)", pointwise_into POLYGAMMA_INTO),
    op!("aten::mvlgamma(Tensor self, int p) -> Tensor", mvlgamma(_, _), inplace, out "out", tags[Converts]),
    op!("aten::special_multigammaln(Tensor self, int p) -> Tensor", mvlgamma(_, _), out "out", tags[Converts]),
    op!("aten::igamma(Tensor self, Tensor other) -> Tensor", pointwise IGAMMA, inplace, out "out"),
    op!("aten::special_gammainc(Tensor self, Tensor other) -> Tensor", pointwise IGAMMA, out "out"),
    op!("aten::igammac(Tensor self, Tensor other) -> Tensor", pointwise IGAMMAC, inplace, out "out"),
    op!("aten::special_gammaincc(Tensor self, Tensor other) -> Tensor", pointwise IGAMMAC, out "out"),
    op!("aten::special_zeta(Tensor self, Tensor other) -> Tensor", pointwise ZETA, out "out"),
    op!("aten::special_zeta.other_scalar(Tensor self, Scalar other) -> Tensor", pointwise ZETA, out "other_scalar_out"),
    op!("aten::special_zeta.self_scalar(Scalar self, Tensor other) -> Tensor", pointwise ZETA, out "self_scalar_out"),
    op!("aten::i0(Tensor self) -> Tensor", pointwise I0, inplace, out "out"),
    op!("aten::special_i0(Tensor self) -> Tensor", pointwise I0, out "out"),
    op!("aten::special_i0e(Tensor self) -> Tensor", pointwise I0E, out "out"),
    op!("aten::special_i1(Tensor self) -> Tensor", pointwise I1, out "out"),
    op!("aten::special_i1e(Tensor self) -> Tensor", pointwise I1E, out "out"),
    op!("aten::special_airy_ai(Tensor x) -> Tensor", pointwise AIRY_AI, out "out"),
    op!("aten::special_bessel_j0(Tensor self) -> Tensor", pointwise BESSEL_J0, out "out"),
    op!("aten::special_bessel_j1(Tensor self) -> Tensor", pointwise BESSEL_J1, out "out"),
    op!("aten::special_bessel_y0(Tensor self) -> Tensor", pointwise BESSEL_Y0, out "out"),
    op!("aten::special_bessel_y1(Tensor self) -> Tensor", pointwise BESSEL_Y1, out "out"),
    op!("aten::special_modified_bessel_i0(Tensor self) -> Tensor", pointwise MODIFIED_I0, out "out"),
    op!("aten::special_modified_bessel_i1(Tensor self) -> Tensor", pointwise MODIFIED_I1, out "out"),
    op!("aten::special_modified_bessel_k0(Tensor self) -> Tensor", pointwise MODIFIED_K0, out "out"),
    op!("aten::special_modified_bessel_k1(Tensor self) -> Tensor", pointwise MODIFIED_K1, out "out"),
    op!("aten::special_scaled_modified_bessel_k0(Tensor x) -> Tensor", pointwise SCALED_K0, out "out"),
    op!("aten::special_scaled_modified_bessel_k1(Tensor x) -> Tensor", pointwise SCALED_K1, out "out"),
    op!("aten::special_spherical_bessel_j0(Tensor x) -> Tensor", pointwise SPHERICAL_J0, out "out"),
];
