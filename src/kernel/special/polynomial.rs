//! Orthogonal polynomials by their recurrences (A&S 22.7), or, far out, by the trigonometric form where there is one.

use num_traits::Float;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    ChebyshevT,
    ChebyshevU,
    ChebyshevV,
    ChebyshevW,
    HermiteH,
    HermiteHe,
    Laguerre,
    Legendre,
}
use Family::*;

/// The polynomial of degree `n` at `x`; 0 for negative degrees.
pub fn polynomial<T: Float>(family: Family, x: T, n: i64) -> T {
    let number = |v: f64| T::from(v).unwrap_or_else(T::nan);
    let one = T::one();
    if n < 0 {
        return T::zero();
    }
    if let Some(value) = at_end(family, x.to_f64().unwrap_or(f64::NAN), n) {
        return number(value);
    }
    let trigonometric = match family {
        ChebyshevT => n > 6,
        ChebyshevU | ChebyshevV | ChebyshevW => n > 8,
        _ => false,
    };
    if trigonometric && x.abs() < one {
        let (angle, n, half) = (x.acos(), number(n as f64), number(0.5));
        return match family {
            ChebyshevT => (n * angle).cos(),
            ChebyshevU => ((n + one) * angle).sin() / angle.sin(),
            ChebyshevV => ((n + half) * angle).cos() / (angle * half).cos(),
            _ => ((n + half) * angle).sin() / (angle * half).sin(),
        };
    }
    if matches!(family, HermiteH | HermiteHe) && n > if std::mem::size_of::<T>() == 4 { 128 } else { 512 } {
        return T::nan();
    }
    let two = one + one;
    let (mut before, mut value) = (
        one,
        match family {
            ChebyshevT | HermiteHe | Legendre => x,
            ChebyshevU | HermiteH => two * x,
            ChebyshevV => two * x - one,
            ChebyshevW => two * x + one,
            Laguerre => one - x,
        },
    );
    if n == 0 {
        return one;
    }
    for k in 1..n {
        if value.is_nan() {
            break;
        }
        let k = number(k as f64);
        // fused as PyTorch's build has it, so that results overflow alike
        let next = match family {
            ChebyshevT | ChebyshevU | ChebyshevV | ChebyshevW => (two * x).mul_add(value, -before),
            HermiteH => (two * x).mul_add(value, -(two * k * before)),
            HermiteHe => x.mul_add(value, -(k * before)),
            Laguerre => (two * k + (one - x)).mul_add(value, -(k * before)) / (k + one),
            Legendre => ((two * k + one) * x).mul_add(value, -(k * before)) / (k + one),
        };
        (before, value) = (value, next);
    }
    value
}

/// The value where it has a closed form for every degree.
fn at_end(family: Family, x: f64, n: i64) -> Option<f64> {
    let even = n % 2 == 0;
    let sign = if x > 0.0 || even { 1.0 } else { -1.0 };
    let n = n as f64;
    match family {
        Laguerre => (x == 0.0).then_some(1.0),
        HermiteH | HermiteHe => None,
        _ if x.abs() != 1.0 => None,
        ChebyshevT | Legendre => Some(sign),
        ChebyshevU => Some(sign * (n + 1.0)),
        ChebyshevV if x > 0.0 => Some(1.0),
        ChebyshevV => Some(sign * (2.0 * n + 1.0)),
        ChebyshevW if x > 0.0 => Some(2.0 * n + 1.0),
        ChebyshevW => Some(sign),
    }
}
