//! The table of elementwise operators.

use super::activation::{glu, log_sigmoid_forward, prelu};
use super::exponent::{frexp, ldexp, ldexp_};
use super::{activation, arith, compare, math};
use crate::op;
use crate::op::convert::conj;
use crate::op::Op;

pub const OPS: &[Op] = &[
    op!(
        "aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor",
        pointwise arith::ADD, inplace, out "out"
    ),
    op!(
        "aten::add.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor",
        pointwise arith::ADD, inplace, out "Scalar_out", tags[Elementwise, CopiedOut]),
    op!(
        "aten::sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor",
        pointwise arith::SUB, inplace, out "out"
    ),
    op!(
        "aten::sub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor",
        pointwise arith::SUB, inplace, out "Scalar_out", tags[Elementwise, CopiedOut]),
    op!("aten::subtract.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor", pointwise arith::SUB, inplace),
    op!(
        "aten::subtract.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor",
        pointwise arith::SUB, inplace, out "out"
    ),
    op!(
        "aten::rsub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor",
        pointwise arith::RSUB, out "Scalar_out", tags[Elementwise, CopiedOut]),
    op!(
        "aten::rsub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor",
        pointwise arith::RSUB_TENSOR, out "Tensor_out", tags[Elementwise, CopiedOut]),
    op!("aten::mul.Tensor(Tensor self, Tensor other) -> Tensor", pointwise arith::MUL, inplace, out "out"),
    op!("aten::mul.Scalar(Tensor self, Scalar other) -> Tensor", pointwise arith::MUL, inplace, out "Scalar_out", tags[Elementwise, CopiedOut]),
    op!("aten::multiply.Scalar(Tensor self, Scalar other) -> Tensor", pointwise arith::MUL, inplace),
    op!("aten::multiply.Tensor(Tensor self, Tensor other) -> Tensor", pointwise arith::MUL, inplace, out "out"),
    op!("aten::div.Tensor(Tensor self, Tensor other) -> Tensor", pointwise arith::DIV, inplace, out "out"),
    op!("aten::div.Scalar(Tensor self, Scalar other) -> Tensor", pointwise arith::DIV, inplace, out "Scalar_out", tags[Elementwise, CopiedOut]),
    op!(
        "aten::div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor",
        pointwise arith::DIV_MODE, inplace, out "out_mode"
    ),
    op!(
        "aten::div.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor",
        pointwise arith::DIV_MODE, inplace, out "Scalar_mode_out", tags[Elementwise, CopiedOut]),
    op!("aten::divide.Tensor(Tensor self, Tensor other) -> Tensor", pointwise arith::DIV, inplace, out "out"),
    op!("aten::divide.Scalar(Tensor self, Scalar other) -> Tensor", pointwise arith::DIV, inplace),
    op!(
        "aten::divide.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor",
        pointwise arith::DIV_MODE, inplace, out "out_mode"
    ),
    op!(
        "aten::divide.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor",
        pointwise arith::DIV_MODE, inplace
    ),
    op!("aten::true_divide.Scalar(Tensor self, Scalar other) -> Tensor", pointwise arith::DIV, inplace),
    op!("aten::true_divide.Tensor(Tensor self, Tensor other) -> Tensor", pointwise arith::DIV, inplace, out "out"),
    op!("aten::floor_divide(Tensor self, Tensor other) -> Tensor", pointwise arith::DIV_FLOOR, out "out"),
    op!(
        "aten::floor_divide.Scalar(Tensor self, Scalar other) -> Tensor",
        pointwise arith::DIV_FLOOR, inplace, out "Scalar_out", tags[Elementwise, CopiedOut]),
    op!("aten::floor_divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", pointwise_into arith::DIV_FLOOR),
    op!(
        "aten::remainder.Tensor(Tensor self, Tensor other) -> Tensor",
        pointwise arith::REMAINDER, inplace, out "Tensor_out"
    ),
    op!(
        "aten::remainder.Scalar(Tensor self, Scalar other) -> Tensor",
        pointwise arith::REMAINDER, inplace, out "Scalar_out"
    ),
    op!(
        "aten::remainder.Scalar_Tensor(Scalar self, Tensor other) -> Tensor",
        pointwise arith::REMAINDER, out "Scalar_Tensor_out", tags[Elementwise, CopiedOut]),
    op!("aten::fmod.Tensor(Tensor self, Tensor other) -> Tensor", pointwise arith::FMOD, inplace, out "Tensor_out"),
    op!("aten::fmod.Scalar(Tensor self, Scalar other) -> Tensor", pointwise arith::FMOD, inplace, out "Scalar_out"),
    op!(
        "aten::pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor",
        pointwise arith::POW, out "Tensor_Tensor_out"
    ),
    op!(
        "aten::pow.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor",
        pointwise arith::POW, out "Tensor_Scalar_out", tags[Elementwise, SameOut]),
    op!("aten::pow.Scalar(Scalar self, Tensor exponent) -> Tensor", pointwise arith::POW_OF_NUMBER, out "Scalar_out"),
    op!("aten::pow_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!)", pointwise_into arith::POW),
    op!("aten::pow_.Tensor(Tensor(a!) self, Tensor exponent) -> Tensor(a!)", pointwise_into arith::POW),
    op!("aten::square(Tensor self) -> Tensor", pointwise arith::SQUARE, inplace, out "out", tags[Elementwise, SameOut]),
    op!(
        "aten::float_power.Scalar(Scalar self, Tensor exponent) -> Tensor",
        pointwise arith::FLOAT_POWER_OF_NUMBER, out "Scalar_out", tags[Elementwise, SameOut]),
    op!(
        "aten::float_power.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor",
        pointwise arith::FLOAT_POWER, out "Tensor_Scalar_out", tags[Elementwise, SameOut]),
    op!(
        "aten::float_power.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor",
        pointwise arith::FLOAT_POWER, out "Tensor_Tensor_out", tags[Elementwise, SameOut]),
    op!(
        "aten::float_power_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!)",
        pointwise_into arith::FLOAT_POWER_INTO
    ),
    op!(
        "aten::float_power_.Tensor(Tensor(a!) self, Tensor exponent) -> Tensor(a!)",
        pointwise_into arith::FLOAT_POWER_INTO
    ),
    op!("aten::maximum(Tensor self, Tensor other) -> Tensor", pointwise arith::MAXIMUM, out "out"),
    op!("aten::minimum(Tensor self, Tensor other) -> Tensor", pointwise arith::MINIMUM, out "out"),
    op!("aten::max.other(Tensor self, Tensor other) -> Tensor", pointwise arith::MAXIMUM, out "out"),
    op!("aten::min.other(Tensor self, Tensor other) -> Tensor", pointwise arith::MINIMUM, out "out"),
    op!("aten::fmax(Tensor self, Tensor other) -> Tensor", pointwise arith::FMAX, out "out"),
    op!("aten::fmin(Tensor self, Tensor other) -> Tensor", pointwise arith::FMIN, out "out"),
    op!("aten::atan2(Tensor self, Tensor other) -> Tensor", pointwise arith::ATAN2, inplace, out "out"),
    op!("aten::arctan2(Tensor self, Tensor other) -> Tensor", pointwise arith::ATAN2, inplace, out "out"),
    op!("aten::ldexp.Tensor(Tensor self, Tensor other) -> Tensor", ldexp(_, _), out "out", tags[Converts, Aligned]),
    op!("aten::ldexp_(Tensor(a!) self, Tensor other) -> Tensor(a!)", ldexp_(_, _)),
    op!("aten::frexp.Tensor(Tensor self) -> (Tensor mantissa, Tensor exponent)", frexp(_), out "Tensor_out", tags[Aligned]),
    op!("aten::copysign.Tensor(Tensor self, Tensor other) -> Tensor", pointwise arith::COPYSIGN, inplace, out "out"),
    op!(
        "aten::copysign.Scalar(Tensor self, Scalar other) -> Tensor",
        pointwise arith::COPYSIGN, inplace, out "Scalar_out"
    ),
    op!("aten::hypot(Tensor self, Tensor other) -> Tensor", pointwise arith::HYPOT, inplace, out "out"),
    op!("aten::nextafter(Tensor self, Tensor other) -> Tensor", pointwise arith::NEXTAFTER, inplace, out "out"),
    op!("aten::heaviside(Tensor self, Tensor values) -> Tensor", pointwise arith::HEAVISIDE, inplace, out "out", tags[Elementwise, SameOut]),
    op!(
        "aten::xlogy.Scalar_Other(Tensor self, Scalar other) -> Tensor",
        pointwise arith::XLOGY, inplace, out "OutScalar_Other"
    ),
    op!("aten::xlogy.Scalar_Self(Scalar self, Tensor other) -> Tensor", pointwise arith::XLOGY, out "OutScalar_Self"),
    op!("aten::xlogy.Tensor(Tensor self, Tensor other) -> Tensor", pointwise arith::XLOGY, inplace, out "OutTensor"),
    op!("aten::special_xlogy(Tensor self, Tensor other) -> Tensor", pointwise arith::XLOGY, out "out"),
    op!(
        "aten::special_xlogy.other_scalar(Tensor self, Scalar other) -> Tensor",
        pointwise arith::XLOGY, out "other_scalar_out"
    ),
    op!(
        "aten::special_xlogy.self_scalar(Scalar self, Tensor other) -> Tensor",
        pointwise arith::XLOGY, out "self_scalar_out"
    ),
    op!("aten::special_xlog1py(Tensor self, Tensor other) -> Tensor", pointwise arith::XLOG1PY, out "out"),
    op!(
        "aten::special_xlog1py.other_scalar(Tensor self, Scalar other) -> Tensor",
        pointwise arith::XLOG1PY, out "other_scalar_out"
    ),
    op!(
        "aten::special_xlog1py.self_scalar(Scalar self, Tensor other) -> Tensor",
        pointwise arith::XLOG1PY, out "self_scalar_out"
    ),
    op!("aten::logaddexp(Tensor self, Tensor other) -> Tensor", pointwise arith::LOGADDEXP, out "out"),
    op!("aten::logaddexp2(Tensor self, Tensor other) -> Tensor", pointwise arith::LOGADDEXP2, out "out"),
    op!("aten::gcd(Tensor self, Tensor other) -> Tensor", pointwise arith::GCD, inplace, out "out"),
    op!("aten::lcm(Tensor self, Tensor other) -> Tensor", pointwise arith::LCM, inplace, out "out"),
    op!(
        "aten::bitwise_and.Scalar(Tensor self, Scalar other) -> Tensor",
        pointwise arith::BITWISE_AND, inplace, out "Scalar_out"
    ),
    op!(
        "aten::bitwise_and.Scalar_Tensor(Scalar self, Tensor other) -> Tensor",
        pointwise arith::BITWISE_AND, out "Scalar_Tensor_out", tags[Elementwise, CopiedOut]),
    op!(
        "aten::bitwise_and.Tensor(Tensor self, Tensor other) -> Tensor",
        pointwise arith::BITWISE_AND, inplace, out "Tensor_out"
    ),
    op!(
        "aten::bitwise_or.Scalar(Tensor self, Scalar other) -> Tensor",
        pointwise arith::BITWISE_OR, inplace, out "Scalar_out"
    ),
    op!(
        "aten::bitwise_or.Scalar_Tensor(Scalar self, Tensor other) -> Tensor",
        pointwise arith::BITWISE_OR, out "Scalar_Tensor_out", tags[Elementwise, CopiedOut]),
    op!(
        "aten::bitwise_or.Tensor(Tensor self, Tensor other) -> Tensor",
        pointwise arith::BITWISE_OR, inplace, out "Tensor_out"
    ),
    op!(
        "aten::bitwise_xor.Scalar(Tensor self, Scalar other) -> Tensor",
        pointwise arith::BITWISE_XOR, inplace, out "Scalar_out"
    ),
    op!(
        "aten::bitwise_xor.Scalar_Tensor(Scalar self, Tensor other) -> Tensor",
        pointwise arith::BITWISE_XOR, out "Scalar_Tensor_out", tags[Elementwise, CopiedOut]),
    op!(
        "aten::bitwise_xor.Tensor(Tensor self, Tensor other) -> Tensor",
        pointwise arith::BITWISE_XOR, inplace, out "Tensor_out"
    ),
    op!("aten::__and__.Tensor(Tensor self, Tensor other) -> Tensor", pointwise arith::BITWISE_AND),
    op!("aten::__and__.Scalar(Tensor self, Scalar other) -> Tensor", pointwise arith::BITWISE_AND),
    op!("aten::__or__.Tensor(Tensor self, Tensor other) -> Tensor", pointwise arith::BITWISE_OR),
    op!("aten::__or__.Scalar(Tensor self, Scalar other) -> Tensor", pointwise arith::BITWISE_OR),
    op!("aten::__xor__.Tensor(Tensor self, Tensor other) -> Tensor", pointwise arith::BITWISE_XOR),
    op!("aten::__xor__.Scalar(Tensor self, Scalar other) -> Tensor", pointwise arith::BITWISE_XOR),
    op!("aten::__iand__.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", pointwise_into arith::BITWISE_AND),
    op!("aten::__iand__.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", pointwise_into arith::BITWISE_AND),
    op!("aten::__ior__.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", pointwise_into arith::BITWISE_OR),
    op!("aten::__ior__.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", pointwise_into arith::BITWISE_OR),
    op!("aten::__ixor__.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", pointwise_into arith::BITWISE_XOR),
    op!("aten::__ixor__.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", pointwise_into arith::BITWISE_XOR),
    op!("aten::bitwise_not(Tensor self) -> Tensor", pointwise arith::BITWISE_NOT, inplace, out "out", tags[Elementwise, SameOut]),
    op!(
        "aten::bitwise_left_shift.Scalar_Tensor(Scalar self, Tensor other) -> Tensor",
        pointwise arith::LEFT_SHIFT, out "Scalar_Tensor_out", tags[Elementwise, CopiedOut]),
    op!(
        "aten::bitwise_left_shift.Tensor(Tensor self, Tensor other) -> Tensor",
        pointwise arith::LEFT_SHIFT, inplace, out "Tensor_out"
    ),
    op!(
        "aten::bitwise_left_shift.Tensor_Scalar(Tensor self, Scalar other) -> Tensor",
        pointwise arith::LEFT_SHIFT, inplace, out "Tensor_Scalar_out"
    ),
    op!(
        "aten::bitwise_right_shift.Scalar_Tensor(Scalar self, Tensor other) -> Tensor",
        pointwise arith::RIGHT_SHIFT, out "Scalar_Tensor_out", tags[Elementwise, CopiedOut]),
    op!(
        "aten::bitwise_right_shift.Tensor(Tensor self, Tensor other) -> Tensor",
        pointwise arith::RIGHT_SHIFT, inplace, out "Tensor_out"
    ),
    op!(
        "aten::bitwise_right_shift.Tensor_Scalar(Tensor self, Scalar other) -> Tensor",
        pointwise arith::RIGHT_SHIFT, inplace, out "Tensor_Scalar_out"
    ),
    op!("aten::__lshift__.Tensor(Tensor self, Tensor other) -> Tensor", pointwise arith::LEFT_SHIFT, out "Tensor_out"),
    op!("aten::__lshift__.Scalar(Tensor self, Scalar other) -> Tensor", pointwise arith::LEFT_SHIFT, out "Scalar_out"),
    op!("aten::__rshift__.Tensor(Tensor self, Tensor other) -> Tensor", pointwise arith::RIGHT_SHIFT, out "Tensor_out"),
    op!("aten::__rshift__.Scalar(Tensor self, Scalar other) -> Tensor", pointwise arith::RIGHT_SHIFT, out "Scalar_out"),
    op!("aten::__ilshift__.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", pointwise_into arith::LEFT_SHIFT),
    op!("aten::__ilshift__.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", pointwise_into arith::LEFT_SHIFT),
    op!("aten::__irshift__.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)", pointwise_into arith::RIGHT_SHIFT),
    op!("aten::__irshift__.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)", pointwise_into arith::RIGHT_SHIFT),
    op!(
        "aten::where.self(Tensor condition, Tensor self, Tensor other) -> Tensor",
        pointwise arith::WHERE, out "self_out", tags[Elementwise, SameOut]),
    op!("aten::where.ScalarSelf(Tensor condition, Scalar self, Tensor other) -> Tensor", pointwise arith::WHERE),
    op!("aten::where.ScalarOther(Tensor condition, Tensor self, Scalar other) -> Tensor", pointwise arith::WHERE),
    op!("aten::where.Scalar(Tensor condition, Scalar self, Scalar other) -> Tensor", pointwise arith::WHERE),
    op!(
        "aten::masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor",
        pointwise arith::MASKED_FILL, inplace, out "Scalar_out", tags[Elementwise, CopiedOut]),
    op!(
        "aten::masked_fill.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor",
        pointwise arith::MASKED_FILL, inplace, out "Tensor_out", tags[Elementwise, CopiedOut]),
    op!(
        "aten::clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor",
        pointwise arith::CLAMP, inplace, out "out", tags[Elementwise, SameOut]),
    op!(
        "aten::clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor",
        pointwise arith::CLAMP, inplace, out "Tensor_out"
    ),
    op!(
        "aten::clip(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor",
        pointwise arith::CLAMP, inplace, out "out", tags[Elementwise, SameOut]),
    op!(
        "aten::clip.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor",
        pointwise arith::CLAMP, inplace, out "Tensor_out"
    ),
    op!("aten::clamp_min(Tensor self, Scalar min) -> Tensor", pointwise arith::CLAMP_MIN, inplace, out "out", tags[Elementwise, SameOut]),
    op!(
        "aten::clamp_min.Tensor(Tensor self, Tensor min) -> Tensor",
        pointwise arith::CLAMP_MIN, inplace, out "Tensor_out"
    ),
    op!("aten::clamp_max(Tensor self, Scalar max) -> Tensor", pointwise arith::CLAMP_MAX, inplace, out "out", tags[Elementwise, SameOut]),
    op!(
        "aten::clamp_max.Tensor(Tensor self, Tensor max) -> Tensor",
        pointwise arith::CLAMP_MAX, inplace, out "Tensor_out"
    ),
    op!(
        "aten::lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor",
        pointwise arith::LERP, inplace, out "Tensor_out", tags[Elementwise, SameOut]),
    op!(
        "aten::lerp.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor",
        pointwise arith::LERP, inplace, out "Scalar_out"
    ),
    op!(
        "aten::addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor",
        pointwise arith::ADDCMUL, inplace, out "out"
    ),
    op!(
        "aten::addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor",
        pointwise arith::ADDCDIV, inplace, out "out"
    ),
    op!("aten::eq.Tensor(Tensor self, Tensor other) -> Tensor", pointwise compare::EQ, inplace, out "Tensor_out"),
    op!("aten::eq.Scalar(Tensor self, Scalar other) -> Tensor", pointwise compare::EQ, inplace, out "Scalar_out"),
    op!("aten::ne.Tensor(Tensor self, Tensor other) -> Tensor", pointwise compare::NE, inplace, out "Tensor_out"),
    op!("aten::ne.Scalar(Tensor self, Scalar other) -> Tensor", pointwise compare::NE, inplace, out "Scalar_out"),
    op!("aten::lt.Tensor(Tensor self, Tensor other) -> Tensor", pointwise compare::LT, inplace, out "Tensor_out"),
    op!("aten::lt.Scalar(Tensor self, Scalar other) -> Tensor", pointwise compare::LT, inplace, out "Scalar_out"),
    op!("aten::le.Tensor(Tensor self, Tensor other) -> Tensor", pointwise compare::LE, inplace, out "Tensor_out"),
    op!("aten::le.Scalar(Tensor self, Scalar other) -> Tensor", pointwise compare::LE, inplace, out "Scalar_out"),
    op!("aten::gt.Tensor(Tensor self, Tensor other) -> Tensor", pointwise compare::GT, inplace, out "Tensor_out"),
    op!("aten::gt.Scalar(Tensor self, Scalar other) -> Tensor", pointwise compare::GT, inplace, out "Scalar_out"),
    op!("aten::ge.Tensor(Tensor self, Tensor other) -> Tensor", pointwise compare::GE, inplace, out "Tensor_out"),
    op!("aten::ge.Scalar(Tensor self, Scalar other) -> Tensor", pointwise compare::GE, inplace, out "Scalar_out"),
    op!(
        "aten::not_equal.Scalar(Tensor self, Scalar other) -> Tensor",
        pointwise compare::NE, inplace, out "Scalar_out"
    ),
    op!(
        "aten::not_equal.Tensor(Tensor self, Tensor other) -> Tensor",
        pointwise compare::NE, inplace, out "Tensor_out"
    ),
    op!("aten::less.Scalar(Tensor self, Scalar other) -> Tensor", pointwise compare::LT, inplace, out "Scalar_out"),
    op!("aten::less.Tensor(Tensor self, Tensor other) -> Tensor", pointwise compare::LT, inplace, out "Tensor_out"),
    op!(
        "aten::less_equal.Scalar(Tensor self, Scalar other) -> Tensor",
        pointwise compare::LE, inplace, out "Scalar_out"
    ),
    op!(
        "aten::less_equal.Tensor(Tensor self, Tensor other) -> Tensor",
        pointwise compare::LE, inplace, out "Tensor_out"
    ),
    op!("aten::greater.Scalar(Tensor self, Scalar other) -> Tensor", pointwise compare::GT, inplace, out "Scalar_out"),
    op!("aten::greater.Tensor(Tensor self, Tensor other) -> Tensor", pointwise compare::GT, inplace, out "Tensor_out"),
    op!(
        "aten::greater_equal.Scalar(Tensor self, Scalar other) -> Tensor",
        pointwise compare::GE, inplace, out "Scalar_out"
    ),
    op!(
        "aten::greater_equal.Tensor(Tensor self, Tensor other) -> Tensor",
        pointwise compare::GE, inplace, out "Tensor_out"
    ),
    op!("aten::logical_and(Tensor self, Tensor other) -> Tensor", pointwise compare::LOGICAL_AND, inplace, out "out"),
    op!("aten::logical_or(Tensor self, Tensor other) -> Tensor", pointwise compare::LOGICAL_OR, inplace, out "out"),
    op!("aten::logical_xor(Tensor self, Tensor other) -> Tensor", pointwise compare::LOGICAL_XOR, inplace, out "out"),
    op!("aten::logical_not(Tensor self) -> Tensor", pointwise compare::LOGICAL_NOT, inplace, out "out"),
    op!("aten::isnan(Tensor self) -> Tensor", pointwise compare::ISNAN, out "out", tags[Elementwise, CopiedOut]),
    op!("aten::isinf(Tensor self) -> Tensor", pointwise compare::ISINF, out "out", tags[Elementwise, CopiedOut]),
    op!("aten::isfinite(Tensor self) -> Tensor", pointwise compare::ISFINITE),
    op!("aten::isreal(Tensor self) -> Tensor", pointwise compare::ISREAL),
    op!("aten::isposinf(Tensor self) -> Tensor", pointwise compare::ISPOSINF, out "out", tags[Elementwise, SameOut]),
    op!("aten::isneginf(Tensor self) -> Tensor", pointwise compare::ISNEGINF, out "out", tags[Elementwise, SameOut]),
    op!("aten::signbit(Tensor self) -> Tensor", pointwise compare::SIGNBIT, out "out", tags[Elementwise, SameOut]),
    op!("aten::neg(Tensor self) -> Tensor", pointwise math::NEG, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::negative(Tensor self) -> Tensor", pointwise math::NEG, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::abs(Tensor self) -> Tensor", pointwise math::ABS, inplace, out "out", tags[Elementwise, SameOut]),
    op!("prim::abs(Tensor x) -> Tensor", pointwise math::ABS),
    op!("aten::absolute(Tensor self) -> Tensor", pointwise math::ABS, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::angle(Tensor self) -> Tensor", pointwise math::ANGLE, out "out"),
    op!("aten::sign(Tensor self) -> Tensor", pointwise math::SIGN, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::sgn(Tensor self) -> Tensor", pointwise math::SGN, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::conj_physical(Tensor self) -> Tensor", conj(_), inplace, out "out", tags[MayAlias, Aligned]),
    op!("aten::_conj_physical(Tensor self) -> Tensor", pointwise math::CONJ_PHYSICAL, out "out"),
    op!("aten::exp(Tensor self) -> Tensor", pointwise math::EXP, inplace, out "out"),
    op!("aten::exp2(Tensor self) -> Tensor", pointwise math::EXP2, inplace, out "out"),
    op!("aten::special_exp2(Tensor self) -> Tensor", pointwise math::EXP2, out "out"),
    op!("aten::expm1(Tensor self) -> Tensor", pointwise math::EXPM1, inplace, out "out"),
    op!("aten::special_expm1(Tensor self) -> Tensor", pointwise math::EXPM1, out "out"),
    op!("aten::log(Tensor self) -> Tensor", pointwise math::LOG, inplace, out "out"),
    op!("aten::log2(Tensor self) -> Tensor", pointwise math::LOG2, inplace, out "out"),
    op!("aten::log10(Tensor self) -> Tensor", pointwise math::LOG10, inplace, out "out"),
    op!("aten::log1p(Tensor self) -> Tensor", pointwise math::LOG1P, inplace, out "out"),
    op!("aten::special_log1p(Tensor self) -> Tensor", pointwise math::LOG1P, out "out"),
    op!("aten::sqrt(Tensor self) -> Tensor", pointwise math::SQRT, inplace, out "out"),
    op!("aten::rsqrt(Tensor self) -> Tensor", pointwise math::RSQRT, inplace, out "out"),
    op!("aten::reciprocal(Tensor self) -> Tensor", pointwise math::RECIPROCAL, inplace, out "out"),
    op!("aten::sin(Tensor self) -> Tensor", pointwise math::SIN, inplace, out "out"),
    op!("aten::cos(Tensor self) -> Tensor", pointwise math::COS, inplace, out "out"),
    op!("aten::tan(Tensor self) -> Tensor", pointwise math::TAN, inplace, out "out"),
    op!("aten::asin(Tensor self) -> Tensor", pointwise math::ASIN, inplace, out "out"),
    op!("aten::arcsin(Tensor self) -> Tensor", pointwise math::ASIN, inplace, out "out"),
    op!("aten::acos(Tensor self) -> Tensor", pointwise math::ACOS, inplace, out "out"),
    op!("aten::arccos(Tensor self) -> Tensor", pointwise math::ACOS, inplace, out "out"),
    op!("aten::atan(Tensor self) -> Tensor", pointwise math::ATAN, inplace, out "out"),
    op!("aten::arctan(Tensor self) -> Tensor", pointwise math::ATAN, inplace, out "out"),
    op!("aten::sinh(Tensor self) -> Tensor", pointwise math::SINH, inplace, out "out"),
    op!("aten::cosh(Tensor self) -> Tensor", pointwise math::COSH, inplace, out "out"),
    op!("aten::tanh(Tensor self) -> Tensor", pointwise math::TANH, inplace, out "out"),
    op!("aten::asinh(Tensor self) -> Tensor", pointwise math::ASINH, inplace, out "out"),
    op!("aten::arcsinh(Tensor self) -> Tensor", pointwise math::ASINH, inplace, out "out"),
    op!("aten::acosh(Tensor self) -> Tensor", pointwise math::ACOSH, inplace, out "out"),
    op!("aten::arccosh(Tensor self) -> Tensor", pointwise math::ACOSH, inplace, out "out"),
    op!("aten::atanh(Tensor self) -> Tensor", pointwise math::ATANH, inplace, out "out"),
    op!("aten::arctanh(Tensor self) -> Tensor", pointwise math::ATANH, inplace, out "out"),
    op!("aten::ceil(Tensor self) -> Tensor", pointwise math::CEIL, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::floor(Tensor self) -> Tensor", pointwise math::FLOOR, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::trunc(Tensor self) -> Tensor", pointwise math::TRUNC, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::fix(Tensor self) -> Tensor", pointwise math::TRUNC, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::round(Tensor self) -> Tensor", pointwise math::ROUND, inplace, out "out", tags[Elementwise, SameOut]),
    op!(
        "aten::round.decimals(Tensor self, *, int decimals) -> Tensor",
        pointwise math::ROUND_DECIMALS, inplace, out "decimals_out", tags[Elementwise, SameOut]),
    op!("aten::special_round(Tensor self, *, int decimals=0) -> Tensor", pointwise math::ROUND_DECIMALS, out "out", tags[Elementwise, SameOut]),
    op!("aten::frac(Tensor self) -> Tensor", pointwise math::FRAC, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::deg2rad(Tensor self) -> Tensor", pointwise math::DEG2RAD, inplace, out "out"),
    op!("aten::rad2deg(Tensor self) -> Tensor", pointwise math::RAD2DEG, inplace, out "out"),
    op!("aten::sigmoid(Tensor self) -> Tensor", pointwise math::SIGMOID, inplace, out "out"),
    op!("aten::special_expit(Tensor self) -> Tensor", pointwise math::SIGMOID, out "out"),
    op!("aten::logit(Tensor self, float? eps=None) -> Tensor", pointwise math::LOGIT, inplace, out "out"),
    op!("aten::special_logit(Tensor self, float? eps=None) -> Tensor", pointwise math::LOGIT, out "out"),
    op!(
        "aten::nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor",
        pointwise math::NAN_TO_NUM, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::sinc(Tensor self) -> Tensor", pointwise math::SINC, inplace, out "out"),
    op!("aten::special_sinc(Tensor self) -> Tensor", pointwise math::SINC, out "out"),
    op!("aten::relu(Tensor self) -> Tensor", pointwise activation::RELU, inplace, out "out", tags[Elementwise, CopiedOut]),
    op!("aten::relu6(Tensor self) -> Tensor", pointwise activation::RELU6, inplace),
    op!(
        "aten::hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor",
        pointwise activation::HARDTANH, inplace, out "out", tags[Elementwise, SameOut]),
    op!(
        "aten::leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor",
        pointwise activation::LEAKY_RELU, inplace, out "out", tags[Elementwise, SameOut]),
    op!(
        "aten::elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor",
        pointwise activation::ELU, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::selu(Tensor self) -> Tensor", pointwise activation::SELU, inplace),
    op!("aten::celu(Tensor self, Scalar alpha=1.) -> Tensor", pointwise activation::CELU, inplace, out "out", tags[Elementwise, CopiedOut]),
    op!(
        r#"aten::gelu(Tensor self, *, str approximate="none") -> Tensor"#,
        pointwise activation::GELU, inplace, out "out", tags[Elementwise, SameOut]
    ),
    op!("aten::silu(Tensor self) -> Tensor", pointwise activation::SILU, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::mish(Tensor self) -> Tensor", pointwise activation::MISH, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::hardswish(Tensor self) -> Tensor", pointwise activation::HARDSWISH, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::hardsigmoid(Tensor self) -> Tensor", pointwise activation::HARDSIGMOID, inplace, out "out", tags[Elementwise, SameOut]),
    op!("aten::log_sigmoid(Tensor self) -> Tensor", pointwise activation::LOG_SIGMOID, out "out", tags[Elementwise, SameOut]),
    op!(
        "aten::softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor",
        pointwise activation::SOFTPLUS, out "out", tags[Elementwise, SameOut]),
    op!("aten::softshrink(Tensor self, Scalar lambd=0.5) -> Tensor", pointwise activation::SOFTSHRINK, out "out", tags[Elementwise, SameOut]),
    op!("aten::hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor", pointwise activation::HARDSHRINK, out "out", tags[Elementwise, SameOut]),
    op!(
        "aten::threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor",
        pointwise activation::THRESHOLD, inplace, out "out"
    ),
    op!("aten::glu(Tensor self, int dim=-1) -> Tensor", glu(_, _), out "out", tags[Converts]),
    op!("aten::prelu(Tensor self, Tensor weight) -> Tensor", prelu(_, _)),
    op!("aten::_prelu_kernel(Tensor self, Tensor weight) -> Tensor", pointwise activation::PRELU),
    op!("aten::log_sigmoid_forward(Tensor self) -> (Tensor output, Tensor buffer)", log_sigmoid_forward(_), out "output"),
];
