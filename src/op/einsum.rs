//! Einstein summation: operands are brought to one list of labels and contracted pair by pair as batched products.

use std::sync::Arc;

use super::compute::show;
use super::matmul::{product, times};
use super::Op;
use crate::base::{Complex64, DType, Dims};
use crate::tensor::rows;
use crate::{bail, ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[op!(
    "aten::einsum(str equation, Tensor[] tensors, *, int[]? path=None) -> Tensor",
    einsum(_, _, _),
    tags[MayAlias]
)];

/// A label: a letter, or the n-th dimension of the ellipsis, counted from its end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Label {
    Ellipsis(usize),
    Letter(u8),
}

fn einsum(equation: Arc<str>, tensors: Vec<Tensor>, path: Option<Vec<i64>>) -> Result<Tensor> {
    ensure!(!tensors.is_empty(), "einsum(): must provide at least one operand");
    let text: String = equation.chars().filter(|c| *c != ' ').collect();
    let (left, right) = match text.split_once("->") {
        Some((l, r)) => (l, Some(r)),
        None => (text.as_str(), None),
    };
    let terms: Vec<&str> = left.split(',').collect();
    ensure!(terms.len() <= tensors.len(), "einsum(): fewer operands were provided than specified in the equation");
    ensure!(terms.len() >= tensors.len(), "einsum(): more operands were provided than specified in the equation");
    let mut parsed = Vec::new();
    for (i, (term, x)) in terms.iter().zip(&tensors).enumerate() {
        parsed.push(labels_of(term, x.dim(), i)?);
    }
    let widest = parsed.iter().flatten().filter(|l| matches!(l, Label::Ellipsis(_))).count();
    let widest = widest
        .min(parsed.iter().map(|p| p.iter().filter(|l| matches!(l, Label::Ellipsis(_))).count()).max().unwrap_or(0));
    let output = match right {
        Some(text) => output_labels(text, widest, &parsed)?,
        None => implicit_output(&parsed, widest),
    };
    // all labels, output first
    let mut all = output.clone();
    let mut inner: Vec<Label> = parsed.iter().flatten().copied().filter(|l| !output.contains(l)).collect();
    inner.sort_unstable();
    inner.dedup();
    all.extend(inner);
    let mut sizes: Vec<i64> = vec![1; all.len()];
    let mut operands = Vec::new();
    for (i, (labels, x)) in parsed.iter().zip(&tensors).enumerate() {
        operands.push(spread(labels, x, &all, &mut sizes, i)?);
    }
    let dtype = tensors[0].dtype();
    ensure!(
        tensors.iter().all(|t| t.dtype() == dtype),
        "expected scalar type {} but found {}",
        dtype.name(),
        tensors.iter().map(Tensor::dtype).find(|d| *d != dtype).unwrap_or(dtype).name()
    );
    let out_dims = output.len();
    let mut steps: Vec<(usize, usize)> = Vec::new();
    if let Some(path) = &path {
        let n = operands.len();
        ensure!(
            path.len() == (n - 1) * 2,
            "einsum(): expected contraction path given in path parameter to have size {} but got {}",
            (n - 1) * 2,
            path.len()
        );
        for (step, pair) in path.chunks(2).enumerate() {
            let left = (n - step) as i64;
            ensure!(
                pair.iter().all(|p| (0..left).contains(p)) && pair[0] != pair[1],
                "einsum(): invalid contraction path"
            );
            steps.push((pair[0].min(pair[1]) as usize, pair[0].max(pair[1]) as usize));
        }
    } else {
        steps.resize(operands.len() - 1, (0, 1));
    }
    for (i, j) in steps {
        let b = operands.remove(j);
        let a = operands.remove(i);
        // what no other operand and not the output needs is summed here
        let done: Vec<usize> = (out_dims..all.len()).filter(|&d| operands.iter().all(|o| o.sizes()[d] == 1)).collect();
        let result = sum_product(&a, &b, &done)?;
        if path.is_some() {
            operands.push(result);
        } else {
            operands.insert(0, result);
        }
    }
    let out = operands.remove(0);
    // a single operand is summed even where there is nothing to add: it makes integers int64
    let rest: Vec<usize> = (out_dims..all.len()).filter(|&d| tensors.len() == 1 || out.sizes()[d] != 1).collect();
    let out = sum_dims(&out, &rest)?;
    let shape: Dims = out.sizes()[..out_dims].into();
    // trailing dimensions all have size 1 now
    let strides: Dims = out.strides()[..out_dims].into();
    out.as_strided(&shape, &strides, None)
}

fn labels_of(term: &str, ndim: usize, index: usize) -> Result<Vec<Label>> {
    let letters = term.bytes().filter(u8::is_ascii_alphabetic).count();
    let mut labels = Vec::new();
    let mut rest = term;
    let mut seen = false;
    while let Some(c) = rest.bytes().next() {
        if c == b'.' {
            ensure!(
                rest.starts_with("...") && !seen,
                "einsum(): found '.' for operand {index} that is not part of any ellipsis"
            );
            seen = true;
            rest = &rest[3..];
            let covered = ndim.saturating_sub(letters);
            labels.extend((0..covered).rev().map(Label::Ellipsis));
        } else if c.is_ascii_alphabetic() {
            labels.push(Label::Letter(c));
            rest = &rest[1..];
        } else {
            bail!("einsum(): invalid subscript given at index {index} in the equation string, subscripts must be in [a-zA-Z]");
        }
    }
    let fits = if seen { letters <= ndim } else { letters == ndim };
    ensure!(
        fits,
        "einsum(): the number of subscripts in the equation ({letters}) {} for operand {index}",
        if seen {
            format!("is more than the number of dimensions ({ndim})")
        } else {
            format!("does not match the number of dimensions ({ndim})")
        }
    );
    Ok(labels)
}

fn output_labels(text: &str, widest: usize, parsed: &[Vec<Label>]) -> Result<Vec<Label>> {
    let mut output = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.bytes().next() {
        if c == b'.' {
            ensure!(
                rest.starts_with("...") && !output.iter().any(|l| matches!(l, Label::Ellipsis(_))),
                "einsum(): found '.' for output but an ellipsis (...) was already found"
            );
            rest = &rest[3..];
            output.extend((0..widest).rev().map(Label::Ellipsis));
        } else if c.is_ascii_alphabetic() {
            let label = Label::Letter(c);
            ensure!(
                !output.contains(&label),
                "einsum(): output subscript {} appears more than once in the output",
                c as char
            );
            ensure!(
                parsed.iter().any(|p| p.contains(&label)),
                "einsum(): output subscript {} does not appear in the equation for any input operand",
                c as char
            );
            output.push(label);
            rest = &rest[1..];
        } else {
            bail!("einsum(): invalid subscript given in the output, subscripts must be in [a-zA-Z]");
        }
    }
    Ok(output)
}

/// Without an arrow: the ellipsis, then letters that occur once, upper case before lower case.
fn implicit_output(parsed: &[Vec<Label>], widest: usize) -> Vec<Label> {
    let mut output: Vec<Label> = (0..widest).rev().map(Label::Ellipsis).collect();
    let count = |l: Label| parsed.iter().flatten().filter(|x| **x == l).count();
    output.extend((b'A'..=b'Z').chain(b'a'..=b'z').map(Label::Letter).filter(|l| count(*l) == 1));
    output
}

/// The operand with one dimension for each of `all`: diagonals taken, missing ones of size 1.
fn spread(labels: &[Label], x: &Tensor, all: &[Label], sizes: &mut [i64], index: usize) -> Result<Tensor> {
    let mut shape = Dims::from_elem(1, all.len());
    let mut strides = Dims::from_elem(0, all.len());
    for (d, label) in labels.iter().enumerate() {
        let Some(at) = all.iter().position(|l| l == label) else {
            // an ellipsis that the output drops
            bail!("einsum(): operand {index} has a dimension that is not in the output");
        };
        let n = x.sizes()[d];
        let repeated = labels[..d].contains(label);
        if repeated {
            ensure!(
                shape[at] == n,
                "einsum(): subscript {} is repeated for operand {index} but the sizes don't match, {n} != {}",
                name(*label),
                shape[at]
            );
        }
        shape[at] = n;
        strides[at] += x.strides()[d];
        ensure!(
            sizes[at] == n || sizes[at] == 1 || n == 1,
            "einsum(): subscript {} has size {n} for operand {index} which does not broadcast with previously seen size \
             {}",
            name(*label),
            sizes[at]
        );
        sizes[at] = sizes[at].max(n);
        if n == 0 {
            sizes[at] = 0;
        }
    }
    x.as_strided(&shape, &strides, None)
}

fn name(label: Label) -> String {
    match label {
        Label::Letter(c) => (c as char).to_string(),
        Label::Ellipsis(_) => "...".to_string(),
    }
}

/// The broadcast product of `a` and `b`, summed over `dims`, whose sizes become 1.
fn sum_product(a: &Tensor, b: &Tensor, dims: &[usize]) -> Result<Tensor> {
    let (mut a, mut b) = (a.clone(), b.clone());
    let nd = a.dim();
    let (mut batch, mut left, mut right, mut inner) = (vec![], vec![], vec![], vec![]);
    for d in 0..nd {
        let (na, nb) = (a.sizes()[d] != 1, b.sizes()[d] != 1);
        if dims.contains(&d) {
            match (na, nb) {
                (true, true) => {
                    ensure!(a.sizes()[d] == b.sizes()[d], "non-broadcast dimensions must match");
                    inner.push(d);
                }
                (true, false) => a = sum_dims(&a, &[d])?,
                (false, true) => b = sum_dims(&b, &[d])?,
                (false, false) => {}
            }
        } else if na && nb {
            ensure!(a.sizes()[d] == b.sizes()[d], "non-broadcast dimensions must match");
            batch.push(d);
        } else if na {
            left.push(d);
        } else {
            right.push(d);
        }
    }
    if inner.is_empty() && (left.is_empty() && right.iter().all(|d| b.sizes()[*d] == 1) || batch.is_empty()) {
        return times(&a, &b);
    }
    let ones: Vec<usize> = dims.iter().copied().filter(|d| !inner.contains(d)).collect();
    let count = |x: &Tensor, dims: &[usize]| -> i64 { dims.iter().map(|d| x.sizes()[*d]).product() };
    let order = |parts: [&[usize]; 4]| -> Dims { parts.concat().iter().map(|d| *d as i64).collect() };
    let (nb, m, n, k) = (count(&a, &batch), count(&a, &left), count(&b, &right), count(&a, &inner));
    let rest_a: Vec<usize> = [&right[..], &ones].concat();
    let rest_b: Vec<usize> = [&left[..], &ones].concat();
    let lhs = a.permute(&order([&batch, &left, &inner, &rest_a]))?.reshape(&[nb, m, k])?;
    let rhs = b.permute(&order([&batch, &inner, &right, &rest_b]))?.reshape(&[nb, k, n])?;
    let out = product(&lhs, &rhs, "bmm")?;
    let mut shape = Dims::new();
    shape.extend(batch.iter().map(|d| a.sizes()[*d]));
    shape.extend(left.iter().map(|d| a.sizes()[*d]));
    shape.extend(right.iter().map(|d| b.sizes()[*d]));
    shape.extend(std::iter::repeat_n(1, dims.len()));
    let out = out.view(&shape)?;
    // back to the order of the labels
    let now: Vec<usize> = [&batch[..], &left, &right, &inner, &ones].concat();
    let back: Dims = (0..nd).map(|d| now.iter().position(|x| *x == d).unwrap_or(d) as i64).collect();
    out.permute(&back)
}

/// The sum over `dims`, kept with size 1; int64 for integers.
pub(super) fn sum_dims(x: &Tensor, dims: &[usize]) -> Result<Tensor> {
    if dims.is_empty() {
        return Ok(x.clone());
    }
    let shape = rows::reduced_shape(x.sizes(), dims, true);
    let sum = match x.dtype() {
        DType::F64 => rows::map::<f64, f64>(x, dims, 1, x.dtype(), &|row, out| out[0] = row.iter().sum())?,
        d if d.is_floating_point() => rows::map::<f32, f32>(x, dims, 1, d, &|row, out| {
            out[0] = row.iter().map(|v| f64::from(*v)).sum::<f64>() as f32
        })?,
        d if d.is_complex() => rows::map::<Complex64, Complex64>(x, dims, 1, d, &|row, out| out[0] = row.iter().sum())?,
        _ => rows::map::<i64, i64>(x, dims, 1, DType::I64, &|row, out| {
            out[0] = row.iter().fold(0i64, |s, v| s.wrapping_add(*v));
        })?,
    };
    sum.view(&shape).map_err(|e| e.context(show(x.sizes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations() -> Result<()> {
        let x = Tensor::from_slice(&[1.0f32, 2., 3., 4., 5., 6.], &[2, 3])?;
        let y = Tensor::from_slice(&[1.0f32, -1., 2., 0., 1., 3.], &[3, 2])?;
        let s = Tensor::from_slice(&[1.0f32, 2., 3., 4.], &[2, 2])?;
        let v = Tensor::from_slice(&[1.0f32, 10.], &[2])?;
        for (equation, operands, shape, expected) in [
            ("ij,jk->ik", vec![&x, &y], &[2, 2][..], vec![8., 8., 20., 14.]),
            ("ij,jk", vec![&x, &y], &[2, 2], vec![8., 8., 20., 14.]),
            ("ii", vec![&s], &[], vec![5.]),
            ("ii->i", vec![&s], &[2], vec![1., 4.]),
            ("ij->ji", vec![&s], &[2, 2], vec![1., 3., 2., 4.]),
            ("ij->", vec![&x], &[], vec![21.]),
            ("i,j->ij", vec![&v, &v], &[2, 2], vec![1., 10., 10., 100.]),
            ("...j,j->...", vec![&s, &v], &[2], vec![21., 43.]),
            ("ba,ba->b", vec![&s, &s], &[2], vec![5., 25.]),
            ("i,ij,j->", vec![&v, &s, &v], &[], vec![451.]),
            ("bi,bj->bij", vec![&s, &s], &[2, 2, 2], vec![1., 2., 2., 4., 9., 12., 12., 16.]),
        ] {
            let out = einsum(equation.into(), operands.into_iter().cloned().collect(), None)?;
            assert_eq!((out.sizes(), out.to_vec::<f32>()?), (shape, expected), "{equation}");
        }
        Ok(())
    }
}
