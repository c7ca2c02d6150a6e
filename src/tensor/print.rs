//! Tensors as PyTorch's C++ side prints them, which is also what `print` in a script shows.

use std::fmt::{self, Write};

use super::quant::QParams;
use super::tensor::Tensor;
use crate::base::{format_general, Layout, QScheme};
use crate::Result;

/// Columns in a line unless the caller says otherwise.
const LINE_WIDTH: usize = 80;

impl Tensor {
    /// The elements, then a line with backend, dtype and shape: ` 1\n 2\n[ CPULongType{2} ]`. Rows that are longer
    /// than `line_width` are cut into groups of columns. Fails for tensors without data.
    pub fn print(&self, line_width: usize) -> Result<String> {
        let mut out = String::new();
        if let (Layout::Mkldnn, Some(parts)) = (self.layout(), self.sparse_parts()) {
            let (dense, own) = (parts.values.type_name(), self.type_name());
            return Ok(format!("MKLDNN Tensor: {}", parts.values.print(line_width)?.replace(&dense, &own)));
        }
        if let Some(parts) = self.sparse_parts() {
            let name = self.type_name();
            let indices = parts.indices.iter().map(|t| t.print(line_width)).collect::<Result<Vec<_>>>()?.join("\n");
            let values = parts.values.print(line_width)?;
            let sizes = join(self.sizes(), ", ");
            let _ = write!(out, "[ {name}{{}}\nindices:\n{indices}\nvalues:\n{values}\nsize:\n[{sizes}]\n]");
            return Ok(out);
        }
        if !self.device().is_cpu() {
            crate::bail!("Cannot copy out of {} tensor; no data!", self.device());
        }
        let values = self.real_values()?;
        let mut last = None;
        match self.sizes() {
            [] => {
                let _ = writeln!(out, "{}", values.first().map_or(String::new(), |v| format_general(*v, 6)));
            }
            [_] => last = Some(vector(&mut out, &values)),
            [rows, columns] => {
                last = Some(matrix(&mut out, &values, *rows as usize, *columns as usize, line_width, 0));
            }
            sizes => last = matrices(&mut out, &values, sizes, line_width),
        }
        let _ = write!(out, "[ {}{{{}}}", self.type_name(), join(self.sizes(), ","));
        if let Some(quantizer) = self.quantizer() {
            let _ = write!(out, ", qscheme: {}", scheme_name(quantizer.scheme));
            match &quantizer.params {
                QParams::PerTensor { scale, zero_point } => {
                    // the stream still writes numbers as the last block of elements
                    let scale = last.map_or_else(|| format_general(*scale, 6), |style| style.text(*scale));
                    let _ = write!(out, ", scale: {scale}, zero_point: {zero_point}");
                }
                QParams::PerChannel { scales, zero_points, axis } => {
                    let (scales, zero_points) = (scales.print(line_width)?, zero_points.print(line_width)?);
                    let _ = write!(out, ", scales: {scales}, zero_points: {zero_points}, axis: {axis}");
                }
            }
        }
        out.push_str(" ]");
        Ok(out)
    }

    /// `CPUFloatType`, `QuantizedCPUQInt8Type`, `SparseCPUDoubleType`.
    pub fn type_name(&self) -> String {
        let device = match self.device().to_string().as_str() {
            "cpu" => "CPU".to_string(),
            "cuda" => "CUDA".into(),
            other => {
                let (first, rest) = other.split_at(1);
                first.to_uppercase() + rest
            }
        };
        let layout = match self.layout() {
            Layout::Strided if self.dtype().is_quantized() => "Quantized",
            Layout::Strided => "",
            Layout::Mkldnn => "Mkldnn",
            Layout::SparseCsr => "SparseCsr",
            Layout::SparseCsc => "SparseCsc",
            Layout::SparseBsr => "SparseBsr",
            Layout::SparseBsc => "SparseBsc",
            _ => "Sparse",
        };
        format!("{layout}{device}{}Type", self.dtype())
    }

    /// Every element as a double; of complex ones the real part, of quantized ones the value they stand for.
    fn real_values(&self) -> Result<Vec<f64>> {
        let Some(quantizer) = self.quantizer() else { return self.to_vec::<f64>() };
        let integers = self.integers()?.to_vec::<f64>()?;
        Ok(match &quantizer.params {
            QParams::PerTensor { scale, zero_point } => {
                integers.iter().map(|q| f64::from(((q - *zero_point as f64) * scale) as f32)).collect()
            }
            QParams::PerChannel { scales, zero_points, axis } => {
                let (scales, zeros) = (scales.to_vec::<f64>()?, zero_points.to_vec::<f64>()?);
                let inner: usize = self.sizes().iter().skip(axis + 1).product::<i64>().max(1) as usize;
                let value = |(i, q): (usize, &f64)| {
                    let channel = i / inner % scales.len().max(1);
                    let (scale, zero) = (scales[channel], zeros[channel]);
                    f64::from(((q - zero) * scale) as f32)
                };
                integers.iter().enumerate().map(value).collect()
            }
        })
    }
}

/// Fails (for tensors without data) as formatting does.
impl fmt::Display for Tensor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.print(LINE_WIDTH).map_err(|_| fmt::Error)?)
    }
}

/// How all numbers of a block are printed.
struct Format {
    scale: f64,
    width: usize,
    style: Style,
}

#[derive(Clone, Copy)]
enum Style {
    /// `%g`
    General,
    /// `%.4f`
    Fixed,
    /// `%.4e`
    Scientific,
}

impl Style {
    fn text(self, v: f64) -> String {
        match self {
            _ if !v.is_finite() => format_general(v, 6),
            Style::General => format_general(v, 6),
            Style::Fixed => format!("{v:.4}"),
            Style::Scientific => scientific(v),
        }
    }
}

impl Format {
    fn of(values: &[f64]) -> Format {
        let general = |width| Format { scale: 1.0, width, style: Style::General };
        if values.is_empty() {
            return general(0);
        }
        let integral = values.iter().all(|v| !v.is_finite() || v.trunc() == *v);
        let mut finite = values.iter().copied().filter(|v| v.is_finite());
        let (mut min, mut max) = (1, 1);
        if let Some(first) = finite.next() {
            // Only the first value counts with its magnitude for the largest; PyTorch compares the others signed.
            let (mut low, mut high) = (first.abs(), first.abs());
            for v in finite {
                low = low.min(v.abs());
                high = high.max(v);
            }
            let exponent = |v: f64| if v == 0.0 { 1 } else { v.log10().floor() as i32 + 1 };
            (min, max) = (exponent(low), exponent(high));
        }
        if integral {
            return match max {
                10.. => Format { scale: 1.0, width: 11, style: Style::Scientific },
                _ => general((max + 1).max(0) as usize),
            };
        }
        if max - min > 4 {
            let wide = usize::from(max.abs() > 99 || min.abs() > 99);
            return Format { scale: 1.0, width: 11 + wide, style: Style::Scientific };
        }
        match max {
            6.. | ..=-1 => Format { scale: 10f64.powi(max - 1), width: 7, style: Style::Fixed },
            0 => Format { scale: 1.0, width: 7, style: Style::Fixed },
            _ => Format { scale: 1.0, width: max as usize + 6, style: Style::Fixed },
        }
    }

    fn scaled(&self) -> bool {
        self.scale != 1.0
    }

    fn number(&self, out: &mut String, v: f64) {
        let v = v / self.scale;
        let text = self.style.text(v);
        let _ = write!(out, "{text:>0$}", self.width);
    }

    fn scale_line(&self, out: &mut String) {
        let _ = writeln!(out, "{} *", format_general(self.scale, 4));
    }
}

/// C's `%.4e`.
fn scientific(v: f64) -> String {
    let text = format!("{v:.4e}");
    let Some((mantissa, exponent)) = text.split_once('e') else { return text };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    format!("{mantissa}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

fn vector(out: &mut String, values: &[f64]) -> Style {
    let format = Format::of(values);
    if format.scaled() {
        format.scale_line(out);
    }
    for v in values {
        format.number(out, *v);
        out.push('\n');
    }
    format.style
}

fn matrix(out: &mut String, values: &[f64], rows: usize, columns: usize, line_width: usize, indent: usize) -> Style {
    let format = Format::of(values);
    let margin = " ".repeat(indent);
    out.push_str(&margin);
    let per_line = (line_width.saturating_sub(indent) / (format.width + 1)).max(1);
    for first in (0..columns).step_by(per_line) {
        let last = (first + per_line).min(columns);
        if per_line < columns {
            if first != 0 {
                out.push('\n');
            }
            let _ = write!(out, "Columns {} to {last}{margin}", first + 1);
        }
        if format.scaled() {
            format.scale_line(out);
            out.push_str(&margin);
        }
        for row in 0..rows {
            for column in first..last {
                format.number(out, values[row * columns + column]);
                out.push(if column + 1 == last { '\n' } else { ' ' });
            }
            if row + 1 != rows {
                if format.scaled() {
                    out.push(' ');
                }
                out.push_str(&margin);
            }
        }
    }
    format.style
}

/// The last two dimensions as matrices, the first index running fastest.
fn matrices(out: &mut String, values: &[f64], sizes: &[i64], line_width: usize) -> Option<Style> {
    let outer = &sizes[..sizes.len() - 2];
    let (rows, columns) = (sizes[sizes.len() - 2] as usize, sizes[sizes.len() - 1] as usize);
    if values.is_empty() {
        return None;
    }
    let mut style = None;
    let mut index = vec![0i64; outer.len()];
    for block in 0.. {
        let position = index.iter().zip(outer).fold(0, |at, (i, n)| at * n + i) as usize;
        if block > 0 {
            out.push('\n');
        }
        let shown: Vec<i64> = index.iter().map(|i| i + 1).collect();
        let _ = writeln!(out, "({},.,.) = ", join(&shown, ","));
        let start = position * rows * columns;
        style = Some(matrix(out, &values[start..start + rows * columns], rows, columns, line_width, 1));
        let Some(next) = (0..outer.len()).find(|&d| index[d] + 1 < outer[d]) else { return style };
        index[..next].fill(0);
        index[next] += 1;
    }
    style
}

fn join(values: &[i64], separator: &str) -> String {
    values.iter().map(i64::to_string).collect::<Vec<_>>().join(separator)
}

fn scheme_name(scheme: QScheme) -> &'static str {
    match scheme {
        QScheme::PerTensorAffine => "per_tensor_affine",
        QScheme::PerChannelAffine => "per_channel_affine",
        QScheme::PerTensorSymmetric => "per_tensor_symmetric",
        QScheme::PerChannelSymmetric => "per_channel_symmetric",
        QScheme::PerChannelAffineFloatQParams => "per_channel_affine_float_qparams",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_pytorch() {
        for (values, sizes, expected) in [
            (&[1.5][..], &[][..], "1.5\n[ CPUDoubleType{} ]"),
            (&[1.0, 2.0, 3.0], &[3], " 1\n 2\n 3\n[ CPUDoubleType{3} ]"),
            (&[1.5, 2.0], &[2], " 1.5000\n 2.0000\n[ CPUDoubleType{2} ]"),
            (&[1e6, 2.5], &[2], " 1.0000e+06\n 2.5000e+00\n[ CPUDoubleType{2} ]"),
            (&[123456.5, 123457.5], &[2], "1e+05 *\n 1.2346\n 1.2346\n[ CPUDoubleType{2} ]"),
            (&[-1.5, -20.0], &[2], "-1.5000\n-20.0000\n[ CPUDoubleType{2} ]"),
            (&[1234567.0, 2.0], &[2], "1.23457e+06\n       2\n[ CPUDoubleType{2} ]"),
            (&[f64::NAN, 1.0], &[2], "nan\n 1\n[ CPUDoubleType{2} ]"),
            (&[f64::INFINITY, 1.5], &[2], "    inf\n 1.5000\n[ CPUDoubleType{2} ]"),
            (&[1e-120, 1.5], &[2], " 1.0000e-120\n  1.5000e+00\n[ CPUDoubleType{2} ]"),
            (&[1.0, -2.0, 3.0, 4.0], &[2, 2], " 1 -2\n 3  4\n[ CPUDoubleType{2,2} ]"),
            (&[], &[0, 3], "[ CPUDoubleType{0,3} ]"),
            (&[1.0, 2.0], &[2, 1, 1], "(1,.,.) = \n  1\n\n(2,.,.) = \n  2\n[ CPUDoubleType{2,1,1} ]"),
            (
                &[123456.5, 123457.0, 123456.0, 123456.0],
                &[2, 2],
                "1e+05 *\n 1.2346  1.2346\n  1.2346  1.2346\n[ CPUDoubleType{2,2} ]",
            ),
        ] {
            let tensor = Tensor::from_slice(values, sizes).unwrap();
            assert_eq!(tensor.print(80).unwrap(), expected);
        }
    }

    #[test]
    fn long_rows_are_cut() {
        let values: Vec<f64> = (0..24).map(|i| i as f64 / 2.0).collect();
        let printed = Tensor::from_slice(&values, &[2, 12]).unwrap().print(80).unwrap();
        assert!(printed.starts_with("Columns 1 to 8  0.0000   0.5000"), "{printed}");
        assert!(printed.contains("\n\nColumns 9 to 12  4.0000"), "{printed}");
    }
}
