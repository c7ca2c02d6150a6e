//! Random arguments: values with everything that is special about a dtype, and tensors with any strides.

use sconce::{Complex, DType, Tensor};

use crate::call::Random;
use crate::number::{class, largest, limits, round, ulp, Class};

pub const DTYPES: [DType; 12] = [
    DType::F32,
    DType::F64,
    DType::F16,
    DType::BF16,
    DType::I8,
    DType::U8,
    DType::I16,
    DType::I32,
    DType::I64,
    DType::Bool,
    DType::C64,
    DType::C128,
];

/// Which values an operator is asked for.
#[derive(Clone, Copy, PartialEq)]
pub enum Values {
    /// Everything: NaN, infinities, both zeros, the extremes, numbers near a limit.
    Wild,
    /// Without what is not finite and without extremes.
    Tame,
    /// Small whole numbers from 0.
    Count,
    /// Between 0 and 1.
    Unit,
}

/// Up to six dimensions of sizes that kernels treat differently, with few elements in all.
pub fn shape(random: &mut Random) -> Vec<i64> {
    let mut sizes = Vec::new();
    let mut numel = 1;
    for _ in 0..random.one_of(&[0, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6]) {
        let size = random.one_of(&[0, 1, 2, 2, 3, 3, 4, 5, 8, 17, 33, 65]);
        let size = if numel * size > 2500 { random.one_of(&[1, 2, 3]) } else { size };
        numel *= size.max(1);
        sizes.push(size);
    }
    // few tensors are empty
    if random.below(4) > 0 {
        sizes.iter_mut().for_each(|size| *size = (*size).max(1));
    }
    sizes
}

/// A shape that broadcasts to `sizes`.
pub fn narrower(sizes: &[i64], random: &mut Random) -> Vec<i64> {
    match random.below(4) {
        0 => sizes.iter().map(|size| if random.below(3) == 0 { 1 } else { *size }).collect(),
        1 => sizes[random.below(sizes.len() + 1)..].to_vec(),
        _ => sizes.to_vec(),
    }
}

pub fn tensor(sizes: &[i64], dtype: DType, values: Values, random: &mut Random) -> Tensor {
    let x = Tensor::empty(sizes, dtype).expect("small");
    let n = x.numel();
    match class(dtype) {
        Class::Bool => x.assign(&(0..n).map(|_| random.next() as i64 & 1).collect::<Vec<_>>()),
        Class::Int => x.assign(&(0..n).map(|_| int(dtype, values, random)).collect::<Vec<i64>>()),
        Class::Float => x.assign(&(0..n).map(|_| float(dtype, values, random)).collect::<Vec<f64>>()),
        Class::Complex => {
            let values = if values == Values::Wild { Values::Tame } else { values };
            let part = |random: &mut Random| float(dtype.to_real(), values, random);
            x.assign(&(0..n).map(|_| Complex::new(part(random), part(random))).collect::<Vec<_>>())
        }
    }
    .expect("numbers");
    placed(&x, random)
}

fn int(dtype: DType, values: Values, random: &mut Random) -> i64 {
    let (low, high) = limits(dtype);
    let small = random.next() as i64 % 10;
    match (values, random.below(12)) {
        (Values::Count | Values::Unit, _) => small % if values == Values::Unit { 2 } else { 7 },
        (Values::Wild, 0) => low,
        (Values::Wild, 1) => high,
        (Values::Wild, 2) => high / 3,
        (_, 3..6) if low < 0 => -small,
        (_, 6) => (random.next() as i64 % 100).min(high),
        _ => small,
    }
}

fn float(dtype: DType, values: Values, random: &mut Random) -> f64 {
    let (largest, smallest) = (largest(dtype), ulp(0.0, dtype));
    let unit = (random.next() % (1 << 40)) as f64 / (1u64 << 40) as f64;
    let sign = if random.below(2) == 0 { 1.0 } else { -1.0 };
    let v = match (values, random.below(40)) {
        (Values::Count, _) => (random.below(7)) as f64,
        (Values::Unit, _) => unit,
        (Values::Wild, 0) => f64::NAN,
        (Values::Wild, 1) => sign * f64::INFINITY,
        (Values::Wild, 2) => sign * largest,
        (Values::Wild, 3) => sign * smallest,
        (Values::Wild, 4) => sign * smallest * (2 << 18) as f64,
        (Values::Wild, 5) => sign * largest.sqrt() * unit,
        (_, 6..9) => sign * 0.0,
        (_, 9..13) => sign * random.below(5) as f64,
        (_, 13..15) => sign * (random.below(9) as f64 + 0.5),
        (_, 15..18) => sign * unit * 100.0,
        (_, 18..20) => sign * unit * 1e-3,
        _ => sign * unit * 4.0,
    };
    round(v, dtype)
}

/// The same elements somewhere else in memory: permuted, spaced, behind an offset, channels last, at an address that
/// their size does not divide.
pub fn placed(x: &Tensor, random: &mut Random) -> Tensor {
    let dims = x.dim();
    let mut order: Vec<i64> = (0..dims as i64).collect();
    match random.below(5) {
        0 => order.reverse(),
        1 if dims > 1 => {
            let (a, b) = (random.below(dims), random.below(dims));
            order.swap(a, b);
        }
        2 if dims == 4 => order = vec![0, 2, 3, 1],
        3 => return x.clone(),
        _ => {}
    }
    // memory has the sizes in this order, some of them spaced or begun later
    let step: Vec<i64> = order.iter().map(|_| random.one_of(&[1, 1, 1, 2, 3])).collect();
    let start: Vec<i64> = order.iter().map(|_| random.one_of(&[0, 0, 1])).collect();
    let sizes: Vec<i64> = order.iter().enumerate().map(|(i, d)| x.sizes()[*d as usize] * step[i] + start[i]).collect();
    let offset = random.one_of(&[0, 0, 1, 3]);
    let numel: i64 = sizes.iter().product();
    let memory = if random.below(6) == 0 {
        unaligned(offset + numel, x.dtype())
    } else {
        Tensor::zeros(&[offset + numel], x.dtype()).expect("small")
    };
    let mut view = memory.narrow(0, offset, numel).and_then(|m| m.view(&sizes)).expect("a view");
    for d in 0..dims {
        view = view.slice(d as i64, Some(start[d]), None, step[d]).expect("a view");
    }
    let mut back = vec![0; dims];
    order.iter().enumerate().for_each(|(i, d)| back[*d as usize] = i as i64);
    let view = view.permute(&back).expect("a view");
    view.copy_from(x).expect("same shape");
    view
}

/// [`placed`] in memory of its own, which no two elements share.
pub fn copied(x: &Tensor, random: &mut Random) -> Tensor {
    let copy = Tensor::empty(x.sizes(), x.dtype()).expect("small");
    copy.copy_from(x).expect("same shape");
    placed(&copy, random)
}

/// Memory that begins a byte behind where the dtype would have it.
fn unaligned(numel: i64, dtype: DType) -> Tensor {
    let mut bytes = vec![0u64; numel as usize * dtype.itemsize() / 8 + 2];
    let data = bytes.as_mut_ptr().cast::<u8>().wrapping_add(1);
    // SAFETY: the deleter keeps the memory, which has 8 bytes more than the elements.
    unsafe { sconce::tensor::borrow_memory(data, &[numel], None, 0, dtype, Box::new(move || drop(bytes))) }
        .expect("memory")
}
