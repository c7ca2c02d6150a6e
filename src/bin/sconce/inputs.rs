//! Arguments for a method: from a `torch.save` file, or described on the command line.

use std::path::PathBuf;

use sconce::base::Element;
use sconce::module::load_value;
use sconce::{DType, Error, IValue, Result, Scalar, Tensor};

#[derive(clap::Args)]
pub struct Inputs {
    /// A torch.save file with a dict that has `args`, or with a tuple of arguments
    #[arg(long, value_name = "IO.pt", conflicts_with = "input")]
    inputs: Option<PathBuf>,
    /// One argument, in order: DTYPE[SIZES]=rand|zeros|ones|NUMBER, or a number, True, False, None
    #[arg(long, value_name = "f32[1,3,224,224]=rand")]
    input: Vec<String>,
}

impl Inputs {
    pub fn read(&self) -> Result<Vec<IValue>> {
        if let Some(path) = &self.inputs {
            let value = load_value(path)?;
            let args = match &value {
                IValue::Dict(dict) => dict
                    .get(&IValue::str("args"))
                    .ok_or_else(|| Error::usage(format!("{}: the dict has no `args`", path.display())))?,
                other => other.clone(),
            };
            return match args {
                IValue::Tuple(tuple) => Ok(tuple.elements.clone()),
                IValue::List(list) => Ok(list.to_vec()),
                other => Ok(vec![other]),
            };
        }
        self.input.iter().map(|text| parse(text)).collect()
    }
}

fn parse(text: &str) -> Result<IValue> {
    let bad = || Error::usage(format!("--input {text}: expected DTYPE[SIZES]=rand|zeros|ones|NUMBER or a plain value"));
    match text {
        "None" => return Ok(IValue::None),
        "True" => return Ok(IValue::Bool(true)),
        "False" => return Ok(IValue::Bool(false)),
        _ => {}
    }
    if let Ok(v) = text.parse::<i64>() {
        return Ok(IValue::Int(v));
    }
    if let Ok(v) = text.parse::<f64>() {
        return Ok(IValue::Double(v));
    }
    let (head, fill) = text.split_once('=').ok_or_else(bad)?;
    let (name, sizes) = head.trim_end_matches(']').split_once('[').ok_or_else(bad)?;
    let dtype = dtype(name).ok_or_else(bad)?;
    let sizes: Vec<i64> = match sizes.trim() {
        "" => Vec::new(),
        list => list.split(',').map(|s| s.trim().parse().map_err(|_| bad())).collect::<Result<_>>()?,
    };
    let tensor = match fill {
        "zeros" => Tensor::zeros(&sizes, dtype)?,
        "ones" => Tensor::full(&sizes, Scalar::Int(1), dtype)?,
        "rand" => random(&sizes, dtype)?,
        number => Tensor::full(&sizes, Scalar::Float(number.parse().map_err(|_| bad())?), dtype)?,
    };
    Ok(IValue::Tensor(tensor))
}

fn dtype(name: &str) -> Option<DType> {
    Some(match name {
        "f32" => DType::F32,
        "f64" => DType::F64,
        "f16" => DType::F16,
        "bf16" => DType::BF16,
        "i64" => DType::I64,
        "i32" => DType::I32,
        "i16" => DType::I16,
        "i8" => DType::I8,
        "u8" => DType::U8,
        "bool" => DType::Bool,
        other => return DType::from_python_name(other),
    })
}

/// The same numbers every time: uniform in [0, 1) for floats, small for integers.
fn random(sizes: &[i64], dtype: DType) -> Result<Tensor> {
    let out = Tensor::zeros(sizes, dtype)?;
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f64 / (1u64 << 24) as f64
    };
    let scale = if dtype.is_floating_point() { 1.0 } else { 10.0 };
    let values: Vec<f64> = (0..out.numel()).map(|_| f64::from_f64(next() * scale)).collect();
    out.assign(&values)?;
    Ok(out)
}
