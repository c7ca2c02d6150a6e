//! Results do not depend on the number of threads, bit for bit.
//!
//! A call of every operator in `tests/reference/dtypes.txt` that takes tensors of any shape runs on tensors that are large
//! enough to be split, and so do the calls below, where `3x5` is a float tensor of that shape and `[3x5,7]` a list.

use sconce::base::threads::set_num_threads;
use sconce::op::{manual_seed, registry, Operator, Stack};
use sconce::value::List;
use sconce::{Complex, DType, IValue, Tensor, Type};

/// More than two grains of elements, of no round number.
const LARGE: [i64; 2] = [13, 10_007];

#[rustfmt::skip]
const CALLS: &[&str] = &[
    "aten::mm 301x257 257x130", "aten::mm 1x3001 3001x700", "aten::mm 2000x3 3x1", "aten::bmm 7x65x33 7x33x129",
    "aten::matmul 4x33x65 65x130", "aten::mv 1500x700 700", "aten::dot 200003 200003", "aten::linear 300x513 130x513 130",
    "aten::addmm 301x130 301x257 257x130 f0.5 f2", "aten::baddbmm 7x65x129 7x65x33 7x33x129 f0.5 f2",
    "aten::cdist 301x33 257x33 f2 none", "aten::cdist 301x33 257x33 f1 none",
    "aten::conv1d 3x16x999 33x16x5 33 (2) (1) (1) i1", "aten::conv2d 2x16x65x67 33x16x3x3 33 (1,1) (1,1) (1,1) i1",
    "aten::conv2d 2x16x65x67 33x16x3x3 none (2,2) (0,1) (2,1) i1", "aten::conv2d 2x32x65x67 32x1x3x3 32 (1,1) (1,1) (1,1) i32",
    "aten::conv2d 2x32x65x67 64x8x5x5 none (1,2) (2,2) (1,1) i4", "aten::conv2d 1x64x33x33 65x64x1x1 65 (1,1) (0,0) (1,1) i1",
    "aten::conv3d 2x8x17x19x21 9x8x3x3x3 9 (1,1,1) (1,1,1) (1,1,1) i1",
    "aten::conv_transpose1d 3x16x199 16x33x4 33 (2) (1) (0) i1 (1)",
    "aten::conv_transpose2d.input 2x16x33x35 16x33x3x3 33 (2,2) (1,1) (1,1) i1 (1,1)",
    "aten::avg_pool2d 3x17x65x67 (3,3) (2,2) (1,1) b0 b1 none", "aten::avg_pool1d 3x65x1067 (3) (2) (1) b0 b1",
    "aten::max_pool2d 3x17x65x67 (3,3) (2,2) (1,1) (1,1) b1", "aten::max_pool2d_with_indices 3x17x65x67 (3,3) (2,2) (1,1) (1,1) b1",
    "aten::max_pool3d 2x9x17x19x21 (2,2,2) (2,2,2) (0,0,0) (1,1,1) b0", "aten::adaptive_avg_pool2d 3x33x65x67 (7,7)",
    "aten::adaptive_avg_pool2d 3x333x17x19 (1,1)", "aten::adaptive_max_pool2d 3x33x65x67 (7,7)",
    "aten::layer_norm 301x513 (513) 513 513 f1e-5 b0", "aten::layer_norm 3x17x65x67 (65,67) none none f1e-5 b0",
    "aten::rms_norm 301x513 (513) 513 none", "aten::group_norm 3x32x65x67 i4 32 32 f1e-5 b0",
    "aten::batch_norm 3x32x65x67 32 32 none none b1 f0.1 f1e-5 b0", "aten::batch_norm 3x32x65x67 32 32 32 abs:32 b0 f0.1 f1e-5 b0",
    "aten::instance_norm 3x32x65x67 32 32 none none b1 f0.1 f1e-5 b0", "aten::renorm 301x513 f2 i0 f1.5",
    "aten::scaled_dot_product_attention 2x5x130x64 2x5x97x64 2x5x97x64 none f0 b0 none b0",
    "aten::scaled_dot_product_attention 2x5x130x64 2x5x130x64 2x5x130x64 none f0 b1 none b0",
    "aten::scaled_dot_product_attention 2x5x130x64 2x5x97x64 2x5x97x64 130x97 f0 b0 none b0",
    "aten::softmax.int 301x513 i1 none", "aten::softmax.int 3x301x113 i1 none", "aten::log_softmax.int 3x301x113 i0 none",
    "aten::sum.dim_IntList 13x301x113 (0) b0 none", "aten::sum.dim_IntList 13x301x113 (1) b1 none",
    "aten::sum.dim_IntList 13x301x113 (0,2) b0 none", "aten::mean.dim 13x301x113 (2) b0 none", "aten::sum 13x301x113 none",
    "aten::var.correction 13x301x113 (0,2) i1 b0", "aten::std.correction 13x301x113 (1) i1 b0", "aten::argmax 13x301x113 i1 b0",
    "aten::amax 13x301x113 (0) b0", "aten::cumsum 13x301x113 i1 none", "aten::logsumexp 13x301x113 (1) b0",
    "aten::linalg_vector_norm 13x301x113 f3 (1) b0 none", "aten::norm.Scalar 301x513 i2", "aten::topk 301x513 i7 i1 b1 b1",
    "aten::sort 301x513 i1 b0", "aten::median.dim 301x513 i1 b0", "aten::upsample_bilinear2d 3x17x65x67 (97,131) b0 none none",
    "aten::upsample_bicubic2d 3x17x65x67 (97,131) b0 none none", "aten::upsample_nearest2d 3x17x65x67 (97,131) none none",
    "aten::grid_sampler 2x17x65x67 2x97x99x2 i0 i0 b0", "aten::pixel_shuffle 3x36x65x67 i3", "aten::reflection_pad2d 3x17x65x67 (3,4,5,6)",
    "aten::fft_fft 301x513 none i-1 none", "aten::fft_rfft 301x512 none i-1 none", "aten::cov 65x3001 i1 none none",
    "aten::linalg_inv_ex 65x65 b0", "aten::linalg_qr 97x65 s:reduced", "aten::linalg_svdvals 65x33 none", "aten::linalg_det 97x97",
    "aten::mse_loss 301x513 301x513 i1", "aten::l1_loss 301x513 301x513 i2", "aten::binary_cross_entropy_with_logits 301x513 301x513 none none i1",
    "aten::glu 301x514 i1", "aten::prelu 3x17x65x67 17", "aten::_weight_norm 301x513 301x1 i0", "aten::cosine_similarity 301x513 301x513 i1 f1e-8",
    "aten::pairwise_distance 301x513 301x513 f2 f1e-6 b0", "aten::lstm.input 20x9x33 [1x9x65,1x9x65] [260x33,260x65,260,260] b1 i1 f0 b0 b0 b0",
    "aten::gru.input 20x9x33 1x9x65 [195x33,195x65,195,195] b1 i1 f0 b0 b0 b0", "aten::einsum s:bij,bjk->bik [7x65x33,7x33x129] none",
    "aten::dropout 301x513 f0.3 b1", "aten::rand_like 301x513 none none none none none", "aten::randn_like 301x513 none none none none none",
    "aten::bernoulli.p 301x513 f0.3 none", "aten::quantile.scalar 301x513 f0.3 i1 b0 s:linear", "aten::diff 301x513 i1 i1 none none",
    "torchvision::roi_align 2x9x65x67 99x5 f1 i7 i7 i2 b0", "torchvision::deform_conv2d 2x6x33x35 9x6x3x3 2x18x33x35 2x9x33x35 9 i1 i1 i1 i1 i1 i1 i1 i1 b1",
    "aten::cat [301x513,17x513] i0",
    "aten::stack [301x513,301x513] i1", "aten::tril 301x513 i0", "aten::roll 301x513 (7) (1)", "aten::flip 301x513 (0,1)",
];

#[test]
fn results_are_the_same() {
    let mut differ = Vec::new();
    let mut check = |call: &str, dtype: DType, numbers: &[usize]| {
        let (operator, args) = prepare(call, dtype)?;
        let one = with_threads(1, &operator, &args)?;
        let other = |n: &&usize| with_threads(**n, &operator, &args).as_ref() != Ok(&one);
        differ.extend(numbers.iter().filter(other).map(|n| format!("{call} {dtype:?} with {n} threads")));
        Ok::<(), String>(())
    };
    let mut done = 0;
    for call in plain_calls() {
        // operators refuse dtypes
        done += [DType::F32, DType::I64].into_iter().any(|dtype| check(call, dtype, &[3]).is_ok()) as usize;
    }
    let mut refused = Vec::new();
    for call in CALLS {
        refused.extend(check(call, DType::F32, &[2, 3, 7]).err().map(|why| format!("{call}: {why}")));
        let _ = check(call, DType::BF16, &[3]);
        let _ = check(call, DType::F64, &[3]);
    }
    assert!(differ.is_empty(), "{} of {done}:\n{}", differ.len(), differ.join("\n"));
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    assert!(done > 500, "only {done} plain calls succeed");
}

/// A call of each overload that takes tensors of any shape.
fn plain_calls() -> Vec<&'static str> {
    let lines = include_str!("reference/dtypes.txt").lines().filter(|line| line.starts_with("aten::"));
    let calls = lines.flat_map(|line| {
        let (name, lists) = line.split_once(' ').unwrap_or((line, ""));
        lists.split(" | ").find(|list| !list.contains("A:")).map(|list| (name, &line[..name.len() + 1 + list.len()]))
    });
    // the first list of a line stands behind the name
    let calls = calls.filter(|(_, call)| !call.contains('|'));
    let mut seen = std::collections::HashSet::new();
    calls.filter(|(name, _)| seen.insert(*name)).map(|(_, call)| call).collect()
}

/// The bits of the results, and of what was written to the arguments.
fn with_threads(threads: usize, operator: &Operator, args: &[IValue]) -> Result<Vec<u64>, String> {
    set_num_threads(threads);
    manual_seed(1);
    let copies: Vec<IValue> = args.iter().map(copy).collect();
    let mut stack: Stack = copies.to_vec();
    operator.call(&mut stack, args.len()).map_err(|e| e.message().to_string())?;
    let mut bits = Vec::new();
    stack.iter().chain(&copies).for_each(|v| push_bits(v, &mut bits));
    Ok(bits)
}

fn copy(v: &IValue) -> IValue {
    match v {
        IValue::Tensor(t) => IValue::Tensor(t.deep_clone().expect("a copy")),
        other => other.clone(),
    }
}

fn push_bits(v: &IValue, bits: &mut Vec<u64>) {
    match v {
        IValue::Tensor(t) if t.dtype().is_integral(true) => {
            bits.extend(t.to_vec::<i64>().expect("integers").into_iter().map(|v| v as u64));
        }
        IValue::Tensor(t) => {
            let values = t.to_vec::<Complex>().expect("numbers");
            bits.extend(values.into_iter().flat_map(|v| [v.re.to_bits(), v.im.to_bits()]));
        }
        IValue::List(list) => list.to_vec().iter().for_each(|v| push_bits(v, bits)),
        _ => {}
    }
}

fn prepare(call: &str, dtype: DType) -> Result<(std::sync::Arc<Operator>, Vec<IValue>), String> {
    let mut tokens = call.split(' ');
    let name = tokens.next().unwrap_or_default();
    let (base, overload) = name.split_once('.').unwrap_or((name, ""));
    let operator = registry().find(base, overload).ok_or("no such operator")?;
    Ok((operator, tokens.enumerate().map(|(seed, token)| value(token, seed, dtype)).collect()))
}

fn value(token: &str, seed: usize, dtype: DType) -> IValue {
    let (first, rest) = token.split_at(1);
    match first {
        "A" | "B" if rest == "0" => tensor(&[], seed, dtype),
        "A" | "B" => tensor(&LARGE, seed, dtype),
        "M" => tensor(&LARGE, seed, DType::Bool),
        digit if digit.starts_with(|c: char| c.is_ascii_digit()) => tensor(&shape(token), seed, dtype),
        "a" => match tensor(&shape(&token[4..]), seed, dtype) {
            IValue::Tensor(t) => IValue::Tensor(absolute(&t)),
            other => other,
        },
        "S" => IValue::Int(2),
        "D" => IValue::Int(dtype.code()),
        "n" => IValue::None,
        "[" => {
            let items = rest.trim_end_matches(']').split(',').enumerate();
            let tensors = items.map(|(i, shape)| value(shape, seed + i, dtype)).collect();
            IValue::List(List::new(Type::Tensor(Default::default()), tensors))
        }
        "s" => IValue::from(&rest[1..]),
        "i" => IValue::Int(rest.parse().expect("an integer")),
        "f" => IValue::Double(rest.parse().expect("a number")),
        "b" => IValue::Bool(rest == "1"),
        _ => {
            let items = rest.trim_end_matches(')').split(',').filter(|n| !n.is_empty());
            IValue::List(List::new(Type::Int, items.map(|n| IValue::Int(n.parse().expect("an integer"))).collect()))
        }
    }
}

fn shape(token: &str) -> Vec<i64> {
    token.split('x').map(|n| n.parse().expect("a size")).collect()
}

/// Numbers that look random; integers from 1.
fn tensor(sizes: &[i64], seed: usize, dtype: DType) -> IValue {
    let x = Tensor::empty(sizes, dtype).expect("memory");
    let mut state = seed as u64 * 0x9e37_79b9 + 12345;
    let values: Vec<f64> = (0..x.numel())
        .map(|_| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let unit = (state >> 40) as f64 / (1u64 << 24) as f64;
            if dtype.is_integral(true) {
                1.0 + (unit * 7.0).floor()
            } else {
                unit * 2.0 - 0.5
            }
        })
        .collect();
    x.assign(&values).expect("numbers");
    IValue::Tensor(x)
}

fn absolute(x: &Tensor) -> Tensor {
    let values: Vec<f64> = x.to_vec::<f64>().expect("numbers").into_iter().map(f64::abs).collect();
    let out = Tensor::empty(x.sizes(), x.dtype()).expect("memory");
    out.assign(&values).expect("numbers");
    out
}
