//! The fast paths of `nn.MultiheadAttention` and `nn.TransformerEncoder`: whole layers as one operator, and the nested
//! tensors that they pass on. A nested tensor holds its sequences one after the other, so everything but attention
//! works on rows without knowing where sequences end.

use super::attention::operand;
use super::compute::{dispatch_float, finish, Span};
use super::matmul::{linear, linear_then, plus};
use super::norm::layer_norm;
use super::Op;
use crate::base::{DType, Dims, Element, Scalar};
use crate::kernel::attention::{attention, attention_weights, Attention, Heads, Mask, Order};
use crate::kernel::gemm::{Epilogue, Real};
use crate::kernel::simd::slices::gelu_inplace_f32;
use crate::tensor::{rows, NestedParts, NewTensor};
use crate::{bail, ensure, op, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::_native_multi_head_attention(Tensor query, Tensor key, Tensor value, int embed_dim, int num_head, Tensor \
         qkv_weight, Tensor qkv_bias, Tensor proj_weight, Tensor proj_bias, Tensor? mask=None, bool need_weights=True, \
         bool average_attn_weights=True, int? mask_type=None) -> (Tensor, Tensor)",
        multi_head_attention(_, _, _, _, _, _, _, _, _, _, _, _, _), out "out(out0, out1)"
    ),
    op!(
        "aten::_transformer_encoder_layer_fwd(Tensor src, int embed_dim, int num_heads, Tensor qkv_weight, Tensor \
         qkv_bias, Tensor proj_weight, Tensor proj_bias, bool use_gelu, bool norm_first, float eps, Tensor \
         norm_weight_1, Tensor norm_bias_1, Tensor norm_weight_2, Tensor norm_bias_2, Tensor ffn_weight_1, Tensor \
         ffn_bias_1, Tensor ffn_weight_2, Tensor ffn_bias_2, Tensor? mask=None, int? mask_type=None) -> Tensor",
        stack encoder_layer, out "out"
    ),
    op!(
        "aten::_transform_bias_rescale_qkv(Tensor qkv, Tensor qkv_bias, int num_heads) -> (Tensor, Tensor, Tensor)",
        split_qkv(_, _, _), out "out(out0, out1, out2)"
    ),
    op!("aten::_nested_tensor_from_mask(Tensor t, Tensor mask, bool mask_check=True) -> Tensor", from_mask(_, _, _), out "out"),
    op!("aten::_nested_tensor_from_mask_left_aligned(Tensor t, Tensor mask) -> bool", is_left_aligned(_, _)),
    op!(
        "aten::to_padded_tensor(Tensor self, float padding, SymInt[]? output_size=None) -> Tensor",
        to_padded(_, _, _), out "out"
    ),
    op!(
        "aten::nested_to_padded_tensor(Tensor self, float padding, int[]? output_size=None) -> Tensor",
        to_padded(_, _, _)
    ),
];

type Opt = Option<Tensor>;

fn multi_head_attention(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    embed_dim: i64,
    heads: i64,
    qkv_weight: Tensor,
    qkv_bias: Tensor,
    proj_weight: Tensor,
    proj_bias: Tensor,
    mask: Opt,
    need_weights: bool,
    average: bool,
    mask_type: Option<i64>,
) -> Result<(Tensor, Opt)> {
    let nested = [&q, &k, &v].iter().any(|x| x.nested_parts().is_some());
    ensure!(mask.is_none() || !nested, "NestedTensor with mask is not supported yet");
    for (name, x) in [("query", &q), ("key", &k), ("value", &v)] {
        ensure!(x.dim() == 3, "expected 3-D `{name}`, got {}-D tensor", x.dim());
    }
    let width = q.sizes()[2];
    ensure!(width == embed_dim, "passed-in embed_dim {embed_dim} didn't match last dim of query {width}");
    ensure!(q.sizes() == k.sizes() && k.sizes() == v.sizes(), "expected `query`/`key`/`value` shapes to match");
    check_weights(embed_dim, heads, &qkv_weight, &qkv_bias)?;
    let call = Heads3::new(&q, heads, &mask, mask_type)?;
    if nested && need_weights {
        return Err(Error::unsupported("weights of _native_multi_head_attention over nested tensors"));
    }
    let parts = project(&flat(&q), &flat(&k), &flat(&v), &qkv_weight, &qkv_bias)?;
    let attended = call.attend(&parts)?;
    let out = call.shaped(linear(attended, proj_weight, Some(proj_bias))?)?;
    let weights = if need_weights { Some(call.weights(&parts, average)?) } else { None };
    Ok((out, weights))
}

fn check_weights(embed_dim: i64, heads: i64, weight: &Tensor, bias: &Tensor) -> Result<()> {
    ensure!(weight.dim() == 2, "expected 2-D `qkv_weight`, got {}-D tensor", weight.dim());
    ensure!(weight.sizes()[0] == 3 * embed_dim, "expected `qkv_weight` first dim to be 3x embed_dim");
    ensure!(weight.sizes()[1] == embed_dim, "expected `qkv_weight` second dim to be embed_Dim");
    ensure!(bias.dim() == 1, "expected 1-D `qkv_bias`, got {}-D tensor", bias.dim());
    ensure!(bias.sizes()[0] == 3 * embed_dim, "expected `qkv_bias` first dim and first dim of query to be equal");
    ensure!(heads > 0 && embed_dim % heads == 0, "`embed_dim` must divide evenly by `num_heads`");
    Ok(())
}

/// Queries (scaled for attention), keys and values, `[batch, heads, length, width]` each, of one product and its bias.
fn split_qkv(qkv: Tensor, bias: Tensor, heads: i64) -> Result<(Tensor, Tensor, Tensor)> {
    let dtype = qkv.dtype();
    ensure!(qkv.dim() == 3, "Dimension out of range: `qkv` must have 3 dimensions, but it has {}", qkv.dim());
    let (batch, length, all) = (qkv.sizes()[0], qkv.sizes()[1], qkv.sizes()[2]);
    let width = all / 3;
    ensure!(heads > 0 && width % heads == 0, "Expected D % num_head == 0 to be true, but got false.");
    ensure!(all % 3 == 0, "Expected _3D % 3 == 0 to be true, but got false.");
    ensure!(bias.sizes() == [all], "expected `qkv_bias` of shape [{all}], got {:?}", bias.sizes());
    ensure!(bias.dtype() == dtype, "expected scalar type {} but found {}", dtype.name(), bias.dtype().name());
    let sum = plus(&qkv, &bias)?;
    let shape = [batch, length, 3, heads, width / heads];
    let parts = sum.view(&shape)?.permute(&[2, 0, 3, 1, 4])?.to_contiguous()?;
    let scale = 1.0 / ((width / heads) as f64).sqrt();
    let q = rows::map::<f64, f64>(&parts.select(0, 0)?, &[3], shape[4] as usize, dtype, &|row, out| {
        out.iter_mut().zip(row).for_each(|(y, x)| *y = x * scale);
    })?;
    Ok((q.view(&[batch, heads, length, shape[4]])?, parts.select(0, 1)?, parts.select(0, 2)?))
}

/// The rows of a batch of sequences, dense or nested.
fn flat(x: &Tensor) -> Result<Tensor> {
    match x.nested_parts() {
        Some(parts) => Ok(parts.values.clone()),
        None => x.reshape(&[x.sizes()[0] * x.sizes()[1], x.sizes()[2]]),
    }
}

/// Queries, keys and values, `[rows, embed]` each; of one product where they come from the same rows.
fn project(
    q: &Result<Tensor>,
    k: &Result<Tensor>,
    v: &Result<Tensor>,
    weight: &Tensor,
    bias: &Tensor,
) -> Result<[Tensor; 3]> {
    let [q, k, v] = [q, k, v].map(|x| x.as_ref().map_err(Error::clone));
    let (q, k, v) = (q?, k?, v?);
    let width = weight.sizes()[1];
    if q.same_place(k) && k.same_place(v) {
        let all = linear(q.clone(), weight.clone(), Some(bias.clone()))?;
        return Ok([all.narrow(1, 0, width)?, all.narrow(1, width, width)?, all.narrow(1, 2 * width, width)?]);
    }
    let one = |x: &Tensor, i: i64| {
        linear(x.clone(), weight.narrow(0, i * width, width)?, Some(bias.narrow(0, i * width, width)?))
    };
    Ok([one(q, 0)?, one(k, 1)?, one(v, 2)?])
}

/// Attention of sequences with themselves.
struct Heads3 {
    heads: i64,
    /// `[batch, length, embed]`
    sizes: [i64; 3],
    lengths: Option<std::sync::Arc<[usize]>>,
    /// Four-dimensional, as bytes: not 0 where a score is left out.
    mask: Opt,
}

impl Heads3 {
    fn new(x: &Tensor, heads: i64, mask: &Opt, mask_type: Option<i64>) -> Result<Heads3> {
        let s = x.sizes();
        let (batch, length) = (s[0], s[1]);
        let mask = match mask {
            None => None,
            Some(mask) => {
                let bools = finish(mask.clone(), DType::Bool)?.to_contiguous()?.reinterpret(DType::U8)?;
                let Some(kind) = mask_type else { bail!("Mask Type should be defined") };
                let (sizes, shape): (&[i64], [i64; 4]) = match kind {
                    0 => (&[length, length], [1, 1, length, length]),
                    1 => (&[batch, length], [batch, 1, 1, length]),
                    2 => (&[batch, heads, length, length], [batch, heads, length, length]),
                    _ => bail!("Mask Type should be 0 (src_mask) or 1 (src_key_padding_mask), or 2 (default_mask)"),
                };
                let wanted = ["(L, L)", "(B, L)", "match input shape"][kind as usize];
                let verb = if kind == 2 { "" } else { "be " };
                ensure!(mask.sizes() == sizes, "For mask_type == {kind} mask shape should {verb}{wanted}");
                Some(bools.view(&shape)?.expand(&[batch, heads, length, length])?)
            }
        };
        let lengths = x.nested_parts().map(|p| p.lengths.clone());
        Ok(Heads3 { heads, sizes: [batch, length, s[2]], lengths, mask })
    }

    /// The attended values, `[rows, embed]`.
    fn attend(&self, parts: &[Tensor; 3]) -> Result<Tensor> {
        let [batch, length, width] = self.sizes;
        let dtype = parts[0].dtype();
        dispatch_float!(dtype, "_native_multi_head_attention", T => {
            let mut out = NewTensor::<T>::new(parts[0].sizes())?;
            match &self.lengths {
                None => self.with::<T>(parts, 0, batch, length, &mut |call| {
                    attention(call, Order::RowsFirst, out.data(), None);
                })?,
                Some(lengths) => {
                    let (mut rest, mut first) = (out.data(), 0);
                    for &length in lengths.iter().filter(|n| **n > 0) {
                        let (one, others) = rest.split_at_mut(length * width as usize);
                        self.with::<T>(parts, first, 1, length as i64, &mut |call| {
                            attention(call, Order::RowsFirst, one, None);
                        })?;
                        (rest, first) = (others, first + length as i64);
                    }
                }
            }
            finish(out.finish(), dtype)
        })
    }

    /// The weights, `[batch, heads, length, length]`, or their mean over the heads.
    fn weights(&self, parts: &[Tensor; 3], average: bool) -> Result<Tensor> {
        let [batch, length, _] = self.sizes;
        let dtype = parts[0].dtype();
        dispatch_float!(dtype, "_native_multi_head_attention", T => {
            let mut out = NewTensor::<T>::new(&[batch, self.heads, length, length])?;
            self.with::<T>(parts, 0, batch, length, &mut |call| attention_weights(call, out.data()))?;
            let out = out.finish();
            if !average {
                return finish(out, dtype);
            }
            let count = self.heads as f64;
            let mean = rows::map::<f64, f64>(&out, &[1], 1, dtype, &|row, out| {
                out[0] = row.iter().sum::<f64>() / count;
            })?;
            mean.view(&[batch, length, length])
        })
    }

    /// Calls `f` for `batch` sequences of one length from row `first` on.
    fn with<T: Real + Element>(
        &self,
        parts: &[Tensor; 3],
        first: i64,
        batch: i64,
        length: i64,
        f: &mut dyn FnMut(&Attention<T>),
    ) -> Result<()> {
        let each = self.sizes[2] / self.heads;
        let four = |x: &Tensor| -> Result<(Tensor, Span)> {
            let x = x.narrow(0, first, batch * length)?;
            Span::new::<T>(&x.view(&[batch, length, self.heads, each])?.transpose(1, 2)?)
        };
        let [(q, q_span), (k, k_span), (v, v_span)] = [four(&parts[0])?, four(&parts[1])?, four(&parts[2])?];
        let mut span = None;
        let mask = match &self.mask {
            None => Mask::None,
            Some(mask) => {
                let (mask, span) = &*span.insert(Span::new::<u8>(mask)?);
                Mask::Drop(operand(mask, span)?)
            }
        };
        let heads = |x: &Tensor, span| -> Result<Heads<T>> { operand(x, span) };
        f(&Attention {
            batch: batch as usize,
            heads: self.heads as usize,
            kv_heads: self.heads as usize,
            queries: length as usize,
            keys: length as usize,
            width: each as usize,
            value_width: each as usize,
            scale: T::from_scalar(Scalar::Float(1.0 / (each as f64).sqrt())),
            causal: false,
            mask,
            empty_row_is_zero: false,
            q: heads(&q, &q_span)?,
            k: heads(&k, &k_span)?,
            v: heads(&v, &v_span)?,
        });
        Ok(())
    }

    /// Rows as the input was: dense or nested.
    fn shaped(&self, rows: Tensor) -> Result<Tensor> {
        match &self.lengths {
            None => rows.view(&self.sizes),
            Some(lengths) => Tensor::nested(NestedParts { values: rows, lengths: lengths.clone() }),
        }
    }
}

/// Its arguments are more than typed functions take.
fn encoder_layer(stack: &mut super::Stack, n: usize) -> Result<()> {
    let base =
        stack.len().checked_sub(n).filter(|_| n == 20).ok_or_else(|| Error::internal("operator stack underflow"))?;
    let mut args = stack.drain(base..);
    let mut next = || args.next().unwrap_or_default();
    let src = next().to_tensor()?;
    let (embed_dim, heads) = (next().to_int()?, next().to_int()?);
    let mut weights = |n: usize| -> Result<Vec<Tensor>> { (0..n).map(|_| next().to_tensor()).collect() };
    let attention = weights(4)?;
    let (gelu, norm_first, eps) = (next().to_bool()?, next().to_bool()?, next().to_double()?);
    let mut weights = |n: usize| -> Result<Vec<Tensor>> { (0..n).map(|_| next().to_tensor()).collect() };
    let others = weights(8)?;
    let optional = |value: crate::IValue| -> Result<Opt> { super::FromIValue::from_ivalue(value) };
    let mask = optional(next())?;
    let mask_type: Option<i64> = super::FromIValue::from_ivalue(next())?;
    drop(args);
    let [qkv_weight, qkv_bias, proj_weight, proj_bias] = &attention[..] else { bail!("four weights") };
    let [norm_w1, norm_b1, norm_w2, norm_b2, w1, b1, w2, b2] = &others[..] else { bail!("eight weights") };

    ensure!(mask.is_none() || src.nested_parts().is_none(), "NestedTensor with mask is not supported yet");
    ensure!(src.dim() == 3, "expected 3-D `query`, got {}-D tensor", src.dim());
    let width = src.sizes()[2];
    ensure!(width == embed_dim, "passed-in embed_dim {embed_dim} didn't match last dim of query {width}");
    check_weights(embed_dim, heads, qkv_weight, qkv_bias)?;
    let call = Heads3::new(&src, heads, &mask, mask_type)?;
    let norm =
        |x: Tensor, w: &Tensor, b: &Tensor| layer_norm(x, vec![width], Some(w.clone()), Some(b.clone()), eps, true);

    let x = flat(&src)?;
    let input = if norm_first { norm(x.clone(), norm_w1, norm_b1)? } else { x.clone() };
    let rows = Ok(input);
    let attended = call.attend(&project(&rows, &rows, &rows, qkv_weight, qkv_bias)?)?;
    let mut x = dense_layer(&attended, proj_weight, proj_bias, Then::Add(&x))?;
    if !norm_first {
        x = norm(x, norm_w1, norm_b1)?;
    }
    let input = if norm_first { norm(x.clone(), norm_w2, norm_b2)? } else { x.clone() };
    let inner = dense_layer(&input, w1, b1, if gelu { Then::Gelu } else { Then::Relu })?;
    let mut out = dense_layer(&inner, w2, b2, Then::Add(&x))?;
    if !norm_first {
        out = norm(out, norm_w2, norm_b2)?;
    }
    stack.push(call.shaped(out)?.into());
    Ok(())
}

enum Then<'a> {
    Gelu,
    Relu,
    Add(&'a Tensor),
}

/// A linear layer over rows, and what follows it while the result is in the cache.
fn dense_layer(x: &Tensor, weight: &Tensor, bias: &Tensor, then: Then) -> Result<Tensor> {
    let fits = x.dtype() == DType::F32
        && weight.dtype() == DType::F32
        && bias.dtype() == DType::F32
        && weight.dim() == 2
        && weight.sizes()[1] == x.sizes()[1]
        && bias.sizes() == [weight.sizes()[0]];
    if !fits {
        let out = linear(x.clone(), weight.clone(), Some(bias.clone()))?;
        let spec = match then {
            Then::Add(other) => return plus(&out, other),
            Then::Gelu => &super::pointwise::activation::GELU,
            Then::Relu => &super::pointwise::activation::RELU,
        };
        return super::elementwise::apply_tensors(spec, &[&out], &[]);
    }
    let n = weight.sizes()[0] as usize;
    let mut out = NewTensor::<f32>::new(&[x.sizes()[0], n as i64])?;
    let bias = Some(bias.clone());
    let plain = Epilogue::default();
    match then {
        Then::Relu => {
            let then = Epilogue { clamp: Some((0.0, f32::INFINITY)), ..plain };
            linear_then(x, weight, &bias, out.data(), &then)?;
        }
        Then::Gelu => {
            let map = |_: usize, _: usize, row: &mut [f32]| gelu_inplace_f32(row);
            linear_then(x, weight, &bias, out.data(), &Epilogue { map: Some(&map), ..plain })?;
        }
        Then::Add(other) => {
            let other = super::compute::dense::<f32>(other)?;
            ensure!(other.numel() == out.data().len(), "sizes of the layer do not fit each other");
            let other = other.data::<f32>()?;
            let map = |i: usize, j: usize, row: &mut [f32]| {
                row.iter_mut().zip(&other[i * n + j..]).for_each(|(y, x)| *y += *x);
            };
            linear_then(x, weight, &bias, out.data(), &Epilogue { map: Some(&map), ..plain })?;
        }
    }
    Ok(out.finish())
}

/// How many leading elements of each row of the mask are true, and whether all its true elements lead.
fn leading(x: &Tensor, mask: &Tensor) -> Result<(Vec<usize>, bool)> {
    ensure!(
        mask.dtype() == DType::Bool,
        "Expected mask to be of ScalarType Bool, but got {} instead.",
        mask.dtype().name()
    );
    ensure!(mask.dim() == 2, "Padding mask should be 2D");
    ensure!(x.dim() == 3, "Input should be a 3D tensor, N * L * D");
    ensure!(mask.sizes() == &x.sizes()[..2], "Mask size should match input size");
    let values = mask.to_vec::<bool>()?;
    let row = mask.sizes()[1].max(1) as usize;
    let count = |row: &[bool]| row.iter().filter(|m| **m).count();
    let counts: Vec<usize> = values.chunks(row).map(count).collect();
    let aligned = values.chunks(row).zip(&counts).all(|(row, n)| row[..*n].iter().all(|m| *m));
    Ok((counts, aligned))
}

/// The first elements of each sequence, as many as its mask has true elements.
fn from_mask(x: Tensor, mask: Tensor, check: bool) -> Result<Tensor> {
    let (lengths, aligned) = leading(&x, &mask)?;
    ensure!(aligned || !check, "Mask must be left-aligned without gaps");
    let pieces = lengths.iter().enumerate();
    let pieces = pieces.map(|(i, n)| x.select(0, i as i64)?.narrow(0, 0, *n as i64)).collect::<Result<Vec<_>>>()?;
    let values = match pieces.is_empty() {
        true => Tensor::empty(&[0, x.sizes()[2]], x.dtype())?,
        false => super::join::cat(pieces, 0)?,
    };
    Tensor::nested(NestedParts { values, lengths: lengths.into() })
}

fn is_left_aligned(x: Tensor, mask: Tensor) -> Result<bool> {
    Ok(leading(&x, &mask)?.1)
}

fn to_padded(x: Tensor, padding: f64, size: Option<Vec<i64>>) -> Result<Tensor> {
    let Some(parts) = x.nested_parts() else { bail!("to_padded_tensor: expected a nested tensor") };
    ensure!(parts.values.numel() > 0, "to_padded_tensor: at least one constituent tensor should have non-zero numel");
    let have: Dims = x.sizes().into();
    let size = size.unwrap_or_else(|| have.to_vec());
    ensure!(
        size.len() == have.len(),
        "Length of output_size does not match NestedTensor dims. Broadcasting is not supported."
    );
    ensure!(
        size[1..].iter().zip(&have[1..]).all(|(a, b)| a >= b) && size[0] >= have[0],
        "Value in output_size is less than NestedTensor padded size. Truncation is not supported."
    );
    let out = Tensor::full(&size, Scalar::Float(padding), x.dtype())?;
    let mut first = 0;
    for (i, n) in parts.lengths.iter().enumerate() {
        let mut place = out.select(0, i as i64)?.narrow(0, 0, *n as i64)?;
        for (d, n) in parts.values.sizes().iter().enumerate().skip(1) {
            place = place.narrow(d as i64, 0, *n)?;
        }
        place.copy_from(&parts.values.narrow(0, first, *n as i64)?)?;
        first += *n as i64;
    }
    Ok(out)
}
