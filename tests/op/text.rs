//! The text of a value in `tests/op/*.cases`: a tensor (dtype, shape, elements; `qu8:0.5:3` is quint8 with scale and zero
//! point, and has integers), `i`/`f`/`c`/`b`/`s` and a value, `none`, or `(i 1, i 2)`.

use sconce::tensor::SparseParts;
use sconce::value::List;
use sconce::{Complex, DType, IValue, Layout, Tensor, Type};

pub fn parse(text: &str) -> Result<IValue, String> {
    let text = text.trim();
    let (kind, rest) = text.split_once(' ').unwrap_or((text, ""));
    let number = |t: &str| t.parse::<f64>().map_err(|_| format!("bad number {t}"));
    Ok(match kind {
        "none" => IValue::None,
        "i" => IValue::Int(rest.parse().map_err(|_| format!("bad int {rest}"))?),
        "f" => IValue::Double(number(rest)?),
        "b" => IValue::Bool(rest == "true"),
        "c" => IValue::Complex(complex(rest)?),
        "s" => IValue::str(rest),
        "sparse" => sparse(rest)?,
        _ if text.starts_with('(') => {
            let inner = text.trim_start_matches('(').trim_end_matches(')');
            let items: Vec<IValue> =
                if inner.is_empty() { Vec::new() } else { inner.split(", ").map(parse).collect::<Result<_, _>>()? };
            let ty = items.first().map_or(Type::Int, IValue::ty);
            IValue::List(List::new(ty, items))
        }
        dtype => {
            let mut words = dtype.split(':');
            let name = words.next().unwrap_or_default();
            if let (Some(quantized), Some(scale), Some(zero)) = (quantized_of(name), words.next(), words.next()) {
                let plain = format!("{} {rest}", &name[1..]);
                let IValue::Tensor(integers) = parse(&plain)? else { return Err("no tensor".into()) };
                let zero = zero.parse().map_err(|_| format!("bad zero point {zero}"))?;
                let quantizer = sconce::tensor::Quantizer::per_tensor(number(scale)?, zero);
                let made = integers.with_quantizer(quantized, quantizer);
                return made.map(IValue::Tensor).map_err(|e| e.message().to_string());
            }
            let dtype = dtype_of(dtype).ok_or_else(|| format!("bad argument {text}"))?;
            let (shape, elements) = rest.split_once(']').ok_or("no shape")?;
            let shape: Vec<i64> = shape
                .trim_start_matches('[')
                .split(',')
                .filter(|s| !s.is_empty())
                .map(|s| s.parse().unwrap_or(0))
                .collect();
            let out = Tensor::empty(&shape, dtype).map_err(|e| e.message().to_string())?;
            let words = elements.split_whitespace();
            if dtype.is_complex() {
                let values: Vec<Complex> = words.map(complex).collect::<Result<_, _>>()?;
                out.assign(&values).map_err(|e| e.message().to_string())?;
            } else if dtype.is_floating_point() {
                let values: Vec<f64> = words.map(number).collect::<Result<_, _>>()?;
                out.assign(&values).map_err(|e| e.message().to_string())?;
            } else {
                let values: Vec<i64> =
                    words.map(|w| w.parse().map_err(|_| format!("bad int {w}"))).collect::<Result<_, _>>()?;
                out.assign(&values).map_err(|e| e.message().to_string())?;
            }
            IValue::Tensor(out)
        }
    })
}

/// `coo true [2,3] | indices | values`, or `csr true [2,3] | indices | more indices | values`, after `sparse `; the
/// boolean says whether it is coalesced.
fn sparse(text: &str) -> Result<IValue, String> {
    let mut parts = text.split(" | ");
    let head: Vec<&str> = parts.next().unwrap_or_default().split(' ').collect();
    let [layout, coalesced, sizes] = head[..] else { return Err(format!("bad sparse tensor {text}")) };
    let sizes: Vec<i64> = sizes.trim_matches(['[', ']']).split(',').filter_map(|s| s.parse().ok()).collect();
    let mut tensors = Vec::new();
    for part in parts {
        let IValue::Tensor(part) = parse(part)? else { return Err("no tensor".into()) };
        tensors.push(part);
    }
    let values = tensors.pop().ok_or("no values")?;
    let layout = match layout {
        "coo" => Layout::Sparse,
        "csr" => Layout::SparseCsr,
        "csc" => Layout::SparseCsc,
        "bsr" => Layout::SparseBsr,
        _ => Layout::SparseBsc,
    };
    let parts = SparseParts { layout, indices: tensors, values, coalesced: coalesced == "true" };
    Ok(IValue::Tensor(Tensor::sparse(&sizes, parts)))
}

/// `1.5,-2`: real and imaginary part.
fn complex(text: &str) -> Result<Complex, String> {
    let (re, im) = text.split_once(',').ok_or_else(|| format!("bad complex {text}"))?;
    match (re.parse(), im.parse()) {
        (Ok(re), Ok(im)) => Ok(Complex::new(re, im)),
        _ => Err(format!("bad complex {text}")),
    }
}

fn quantized_of(name: &str) -> Option<DType> {
    Some(match name {
        "qu8" => DType::QU8,
        "qi8" => DType::QI8,
        "qi32" => DType::QI32,
        _ => return None,
    })
}

fn dtype_of(name: &str) -> Option<DType> {
    Some(match name {
        "bool" => DType::Bool,
        "u8" => DType::U8,
        "i8" => DType::I8,
        "i16" => DType::I16,
        "i32" => DType::I32,
        "i64" => DType::I64,
        "f16" => DType::F16,
        "bf16" => DType::BF16,
        "f32" => DType::F32,
        "f64" => DType::F64,
        "c64" => DType::C64,
        "c128" => DType::C128,
        _ => return None,
    })
}
