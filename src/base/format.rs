//! Numbers as TorchScript prints them.

/// Integral values that fit 64 bits as `2.`, other values with 17 significant digits as C's `%.17g`, `inf`, `nan`.
pub fn format_float(v: f64) -> String {
    if v.is_nan() {
        // x86 makes negative ones, and C++ prints the sign
        return if v.is_sign_negative() { "-nan" } else { "nan" }.into();
    }
    if v.is_infinite() {
        return if v > 0.0 { "inf" } else { "-inf" }.into();
    }
    if v.abs() < 9_223_372_036_854_775_808.0 && v.trunc() == v {
        return if v == 0.0 && v.is_sign_negative() { "-0.".into() } else { format!("{v:.0}.") };
    }
    let text = format_general(v, 17);
    // an integer without exponent needs its point
    if text.contains(['.', 'e', 'n', 'i']) {
        text
    } else {
        text + "."
    }
}

/// C's `%.{precision}g`.
pub fn format_general(v: f64, precision: usize) -> String {
    if !v.is_finite() {
        return if v.is_nan() {
            if v.is_sign_negative() {
                "-nan"
            } else {
                "nan"
            }
        } else if v > 0.0 {
            "inf"
        } else {
            "-inf"
        }
        .into();
    }
    let precision = precision.max(1);
    if v == 0.0 {
        return if v.is_sign_negative() { "-0" } else { "0" }.into();
    }
    let scientific = format!("{v:.*e}", precision - 1);
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return scientific };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let trim = |s: &str| match s.contains('.') {
        true => s.trim_end_matches('0').trim_end_matches('.').to_string(),
        false => s.to_string(),
    };
    if exponent < -4 || exponent >= precision as i32 {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{}e{sign}{:02}", trim(mantissa), exponent.abs());
    }
    trim(&format!("{v:.*}", (precision as i32 - 1 - exponent).max(0) as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_print_as_in_torchscript() {
        for (v, expected) in [
            (2.0, "2."),
            (0.1, "0.10000000000000001"),
            (1.0 / 3.0, "0.33333333333333331"),
            (1e16, "10000000000000000."),
            (1e20, "1e+20"),
            (-0.5, "-0.5"),
            (1e-7, "9.9999999999999995e-08"),
            (f64::NAN, "nan"),
        ] {
            assert_eq!(format_float(v), expected);
        }
    }
}
