//! Comparisons, logic and tests of single numbers; results are bool.

// signs of bools are among the tests
#![allow(unused_comparisons, clippy::absurd_extreme_comparisons)]

use crate::base::Complex64;
use crate::op::elementwise::{Promote, Spec};
use crate::{test1, test2};

use Promote::Bool;

macro_rules! comparison {
    ($name:literal, $op:tt) => {
        Spec::new($name, 2, Bool)
            .test_f32(test2!(f32, |a, b| a $op b))
            .test_f64(test2!(f64, |a, b| a $op b))
            .test_int(test2!(i64, |a, b| a $op b))
            .test_bool(test2!(u8, |a, b| (a != 0) $op (b != 0)))
    };
}

pub static EQ: Spec = comparison!("eq_cpu", ==).test_complex(test2!(Complex64, |a, b| a == b));
pub static NE: Spec = comparison!("ne_cpu", !=).test_complex(test2!(Complex64, |a, b| a != b));
pub static LT: Spec = comparison!("lt_cpu", <);
pub static LE: Spec = comparison!("le_cpu", <=);
pub static GT: Spec = comparison!("gt_cpu", >);
pub static GE: Spec = comparison!("ge_cpu", >=);

macro_rules! logic {
    ($name:literal, $op:tt) => {
        Spec::new($name, 2, Bool)
            .test_f32(test2!(f32, |a, b| (a != 0.0) $op (b != 0.0)))
            .test_f64(test2!(f64, |a, b| (a != 0.0) $op (b != 0.0)))
            .test_int(test2!(i64, |a, b| (a != 0) $op (b != 0)))
            .test_bool(test2!(u8, |a, b| (a != 0) $op (b != 0)))
            .test_complex(test2!(Complex64, |a, b| (a != ZERO) $op (b != ZERO)))
    };
}

pub static LOGICAL_AND: Spec = logic!("logical_and_cpu", &);
pub static LOGICAL_OR: Spec = logic!("logical_or_cpu", |);
pub static LOGICAL_XOR: Spec = logic!("logical_xor_cpu", ^);

macro_rules! test {
    ($spec:expr, |$x:ident| float $float:expr, int $int:expr) => {
        $spec
            .test_f32(test1!(f32, |$x| $float))
            .test_f64(test1!(f64, |$x| $float))
            .test_int(test1!(i64, |$x| $int))
            .test_bool(test1!(u8, |$x| $int))
    };
}

pub static LOGICAL_NOT: Spec = test!(Spec::new("logical_not_cpu", 1, Bool), |x| float x == 0.0, int x == 0)
    .test_complex(test1!(Complex64, |x| x == ZERO));
pub static ISNAN: Spec =
    test!(Spec::new("isnan", 1, Bool), |x| float x.is_nan(), int false).test_complex(test1!(Complex64, |x| x.is_nan()));
pub static ISINF: Spec = test!(Spec::new("isinf", 1, Bool), |x| float x.is_infinite(), int false)
    .test_complex(test1!(Complex64, |x| x.re.is_infinite() || x.im.is_infinite()));
pub static ISFINITE: Spec = test!(Spec::new("isfinite", 1, Bool), |x| float x.is_finite(), int true)
    .test_complex(test1!(Complex64, |x| x.is_finite()));
pub static ISREAL: Spec =
    test!(Spec::new("isreal", 1, Bool), |x| float true, int true).test_complex(test1!(Complex64, |x| x.im == 0.0));
pub static ISPOSINF: Spec = test!(
    Spec::new("isposinf", 1, Bool).check_others(no_complex!("isposinf does not support complex inputs.")),
    |x| float x.is_infinite() && x > 0.0, int false
);
pub static ISNEGINF: Spec = test!(
    Spec::new("isneginf", 1, Bool).check_others(no_complex!("isneginf does not support complex inputs.")),
    |x| float x.is_infinite() && x < 0.0, int false
);
pub static SIGNBIT: Spec = test!(
    Spec::new("signbit", 1, Bool).check_others(no_complex!("signbit is not implemented for complex tensors.")),
    |x| float x.is_sign_negative(), int x < 0
);

const ZERO: Complex64 = Complex64::new(0.0, 0.0);
