//! One kernel text for several compute types.

/// Adds `f32` and `f64` kernels of one operand to a spec.
macro_rules! real1 {
    ($spec:expr, |$x:ident $(, $p:ident)?| $e:expr) => {
        $spec.f32($crate::map1!(f32, |$x $(, $p)?| $e)).f64($crate::map1!(f64, |$x $(, $p)?| $e))
    };
}

/// Adds `f32` and `f64` kernels of two operands to a spec.
macro_rules! real2 {
    ($spec:expr, |$a:ident, $b:ident $(, $p:ident)?| $e:expr) => {
        $spec.f32($crate::map2!(f32, |$a, $b $(, $p)?| $e)).f64($crate::map2!(f64, |$a, $b $(, $p)?| $e))
    };
}

/// Adds `f32` and `f64` kernels of three operands to a spec.
macro_rules! real3 {
    ($spec:expr, |$a:ident, $b:ident, $c:ident $(, $p:ident)?| $e:expr) => {
        $spec.f32($crate::map3!(f32, |$a, $b, $c $(, $p)?| $e)).f64($crate::map3!(f64, |$a, $b, $c $(, $p)?| $e))
    };
}

/// A float operator from a function of `f64`; `f32` goes through it and rounds once.
macro_rules! via_f64 {
    ($spec:expr, $f:expr) => {
        $spec.f32($crate::map1!(f32, |x| $f(x as f64) as f32)).f64($crate::map1!(f64, |x| $f(x)))
    };
}

/// As [`via_f64`], with an own function for whole `f32` slices.
macro_rules! slice_f32 {
    ($spec:expr, $slice:path, $f:expr) => {{
        fn kernel(inputs: &[&[f32]], out: &mut [f32], _: &[f32]) {
            $slice(inputs[0], out);
        }
        $spec.f32(kernel).f64($crate::map1!(f64, |x| $f(x)))
    }};
}

/// A check that refuses complex operands with a message.
macro_rules! no_complex {
    ($message:expr) => {{
        fn check(_: &$crate::op::elementwise::Call, dtype: $crate::DType) -> $crate::Result<()> {
            $crate::ensure!(!dtype.is_complex(), $message);
            Ok(())
        }
        check
    }};
}
