//! One kernel text for several compute types.

/// A kernel like those of [`map1`](crate::map1), [`map2`](crate::map2) and [`map3`](crate::map3), compiled to vector code:
/// for expressions that call no function of the mathematics library. Parameters that are not given are 0.
macro_rules! fast {
    ($t:ty, |$x:ident; $($p:ident)?| $e:expr) => {
        fast!(@kernel $t, inputs, out, params, {
            $(let $p = &$crate::op::elementwise::padded(params);)?
            for (slot, &$x) in out.iter_mut().zip(inputs[0]) {
                *slot = $e;
            }
        })
    };
    ($t:ty, |$a:ident, $b:ident; $($p:ident)?| $e:expr) => {
        fast!(@kernel $t, inputs, out, params, {
            $(let $p = &$crate::op::elementwise::padded(params);)?
            for (slot, (&$a, &$b)) in out.iter_mut().zip(inputs[0].iter().zip(inputs[1])) {
                *slot = $e;
            }
        })
    };
    ($t:ty, |$a:ident, $b:ident, $c:ident; $($p:ident)?| $e:expr) => {
        fast!(@kernel $t, inputs, out, params, {
            $(let $p = &$crate::op::elementwise::padded(params);)?
            for (slot, ((&$a, &$b), &$c)) in out.iter_mut().zip(inputs[0].iter().zip(inputs[1]).zip(inputs[2])) {
                *slot = $e;
            }
        })
    };
    (@kernel $t:ty, $inputs:ident, $out:ident, $params:ident, $body:block) => {{
        #[allow(dead_code)]
        type T = $t;
        $crate::simd_light_fn! {
            #[allow(unused_variables)]
            fn kernel<M>($inputs: &[&[T]], $out: &mut [T], $params: &[T]) $body
        }
        kernel
    }};
}

/// Adds `f32` and `f64` kernels of one operand to a spec.
macro_rules! real1 {
    ($spec:expr, |$x:ident $(, $p:ident)?| $e:expr) => {
        $spec.f32(fast!(f32, |$x; $($p)?| $e)).f64(fast!(f64, |$x; $($p)?| $e))
    };
}

/// Adds `f32` and `f64` kernels of two operands to a spec.
macro_rules! real2 {
    ($spec:expr, |$a:ident, $b:ident $(, $p:ident)?| $e:expr) => {
        $spec.f32(fast!(f32, |$a, $b; $($p)?| $e)).f64(fast!(f64, |$a, $b; $($p)?| $e))
    };
}

/// Adds `f32` and `f64` kernels of three operands to a spec.
macro_rules! real3 {
    ($spec:expr, |$a:ident, $b:ident, $c:ident $(, $p:ident)?| $e:expr) => {
        $spec.f32(fast!(f32, |$a, $b, $c; $($p)?| $e)).f64(fast!(f64, |$a, $b, $c; $($p)?| $e))
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

/// A float operator of two operands: a function for whole `f32` slices, and one of two `f64`.
macro_rules! slice2_f32 {
    ($spec:expr, $slice:path, |$a:ident, $b:ident| $e:expr) => {{
        fn kernel(inputs: &[&[f32]], out: &mut [f32], _: &[f32]) {
            $slice(inputs[0], inputs[1], out);
        }
        $spec.f32(kernel).f64($crate::map2!(f64, |$a, $b| $e))
    }};
}
