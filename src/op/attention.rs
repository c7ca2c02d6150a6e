//! Scaled dot-product attention. Half types compute in float32.

use super::compute::{dispatch_float, finish, not_implemented, Span};
use super::dropout::dropout;
use super::matmul::matmul;
use super::Op;
use crate::base::{broadcast_shapes, DType, Dims, Element, Scalar};
use crate::kernel::attention::{attention, attention_weights, Attention, Heads, Mask, Order};
use crate::kernel::gemm::Real;
use crate::tensor::{infer_dense_strides, tile, NewTensor};
use crate::{bail, ensure, op, Result, Tensor};

pub const OPS: &[Op] = &[
    op!(
        "aten::scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float \
         dropout_p=0., bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> Tensor",
        scaled_dot_product(_, _, _, _, _, _, _, _),
        tags[Random]
    ),
    op!(
        "aten::_scaled_dot_product_flash_attention_for_cpu(Tensor query, Tensor key, Tensor value, float \
         dropout_p=0., bool is_causal=False, *, Tensor? attn_mask=None, float? scale=None) -> (Tensor output, Tensor \
         logsumexp)",
        flash(_, _, _, _, _, _, _)
    ),
    op!(
        "aten::_scaled_dot_product_attention_math(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, \
         float dropout_p=0., bool is_causal=False, Tensor? dropout_mask=None, *, float? scale=None, bool \
         enable_gqa=False) -> (Tensor, Tensor)",
        math(_, _, _, _, _, _, _, _, _),
        tags[Random]
    ),
    op!(
        "aten::_fused_sdp_choice(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0., \
         bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> int",
        choice(_, _, _, _, _, _, _, _)
    ),
];

type Opt = Option<Tensor>;

fn scaled_dot_product(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    mask: Opt,
    dropout_p: f64,
    causal: bool,
    scale: Option<f64>,
    gqa: bool,
) -> Result<Tensor> {
    check(&q, &k, &v, &mask)?;
    if dropout_p > 0.0 {
        return Ok(weighed(q, k, v, mask, dropout_p, causal, None, scale, gqa)?.0);
    }
    let call = Call::new(&q, &k, &v, &mask, scale, causal, gqa)?;
    let fused = is_fused(&q, &k, &v, &mask)?;
    ensure!(fused || !causal || mask.is_none(), "{MASKED_TWICE}");
    let out = call.run(if fused { q.strides() } else { &[] }, false)?.0;
    if fused && out.sizes() == &call.out_shape(&v)[..] {
        return Ok(out);
    }
    out.view(&call.out_shape(&v))
}

/// 1 where PyTorch would use its fused kernel.
fn choice(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    mask: Opt,
    dropout_p: f64,
    _causal: bool,
    _scale: Option<f64>,
    _gqa: bool,
) -> Result<i64> {
    let fused = dropout_p == 0.0 && q.dtype().is_floating_point() && is_fused(&q, &k, &v, &mask)?;
    Ok(i64::from(fused))
}

/// Whether PyTorch would use its fused kernel, whose result has the strides of the queries.
fn is_fused(q: &Tensor, k: &Tensor, v: &Tensor, mask: &Opt) -> Result<bool> {
    let (a, b, c) = (q.sizes(), k.sizes(), v.sizes());
    let heads = a.len() == 4 && b.len() == 4 && c.len() == 4 && a[..2] == b[..2] && a[..2] == c[..2];
    let fused = heads
        && a[3] == b[3]
        && a[3] == c[3]
        && a[2] * b[2] * c[2] > 0
        && [q, k, v].iter().all(|x| x.strides()[3] == 1 || x.sizes()[3] == 1);
    let Some(mask) = mask.as_ref().filter(|_| fused) else { return Ok(fused) };
    ensure!(mask.dim() >= 2, "Dimension out of range (expected to be in range of [-1, 0], but got -2)");
    let full = [a[0], a[1], a[2], b[2]];
    let fits = |full: &[i64]| mask.sizes().iter().zip(full).all(|(m, n)| *m == 1 || m == n);
    Ok(match mask.dim() {
        2 => fits(&full[2..]),
        4 => fits(&full),
        _ => false,
    })
}

const MASKED_TWICE: &str = "_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True";

fn check(q: &Tensor, k: &Tensor, v: &Tensor, mask: &Opt) -> Result<()> {
    ensure!(
        q.dtype() == k.dtype() && q.dtype() == v.dtype(),
        "Expected query, key, and value to have the same dtype, but got query.dtype: {} key.dtype: {} and \
         value.dtype: {} instead.",
        cpp_name(q),
        cpp_name(k),
        cpp_name(v)
    );
    ensure!(
        q.dim() >= 2 && k.dim() >= 2 && v.dim() >= 2,
        "Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: {} key.dim: {} and \
         value.dim: {} instead.",
        q.dim(),
        k.dim(),
        v.dim()
    );
    if let Some(mask) = mask {
        ensure!(
            [DType::Bool, DType::F32, q.dtype()].contains(&mask.dtype()),
            "Expected attn_mask dtype to be bool or float or to match query dtype, but got attn_mask.dtype: {} and  \
             query.dtype: {} instead.",
            cpp_name(mask),
            cpp_name(q)
        );
    }
    if q.dtype().is_complex() {
        return Err(not_implemented("softmax_lastdim_kernel_impl", q.dtype()));
    }
    ensure!(q.dtype().is_floating_point(), "expected scalar type Float but found {}", q.dtype().name());
    Ok(())
}

fn cpp_name(x: &Tensor) -> String {
    super::matmul::cpp_name(x.dtype())
}

/// Attention over tensors whose leading dimensions are brought to one shape.
struct Call {
    /// `[batch, heads, rows, cols]`; keys and values may have fewer heads.
    q: Tensor,
    k: Tensor,
    v: Tensor,
    mask: Opt,
    /// The broadcast leading dimensions.
    lead: Dims,
    scale: f64,
    causal: bool,
}

impl Call {
    fn new(
        q: &Tensor,
        k: &Tensor,
        v: &Tensor,
        mask: &Opt,
        scale: Option<f64>,
        causal: bool,
        gqa: bool,
    ) -> Result<Call> {
        let ends = |x: &Tensor| (x.sizes()[x.dim() - 2], x.sizes()[x.dim() - 1]);
        let ((rows, width), (keys, key_width), (values, _)) = (ends(q), ends(k), ends(v));
        let front = |x: &Tensor| -> Dims { x.sizes()[..x.dim() - 2].into() };
        let (fq, mut fk, mut fv) = (front(q), front(k), front(v));
        let mut groups = [1, 1];
        if gqa {
            ensure!(
                q.dim() >= 3 && k.dim() >= 3 && v.dim() >= 3,
                "Dimension out of range (expected to be in range of [-2, 1], but got -3)"
            );
            let heads = fq[fq.len() - 1];
            for (front, group) in [&mut fk, &mut fv].into_iter().zip(&mut groups) {
                let have = front[front.len() - 1];
                ensure!(
                    have > 0 && heads % have == 0,
                    "Number of heads in key and value must divide the number of heads in query"
                );
                *group = heads / have;
                let last = front.len() - 1;
                front[last] = heads;
            }
        }
        let mut lead = broadcast_shapes(&broadcast_shapes(&fq, &fk)?, &fv)?;
        let count: i64 = lead.iter().product();
        let mismatch = |outer: i64, wanted: i64, inner: i64, got: i64, cols: i64| {
            if lead.is_empty() {
                return format!("mat1 and mat2 shapes cannot be multiplied ({outer}x{inner} and {got}x{cols})");
            }
            format!(
                "Expected size for first two dimensions of batch2 tensor to be: [{wanted}, {inner}] but got: \
                 [{wanted}, {got}]."
            )
        };
        ensure!(width == key_width, "{}", mismatch(rows, count, width, key_width, keys));
        ensure!(keys == values, "{}", mismatch(rows, count, keys, values, v.sizes()[v.dim() - 1]));
        if let Some(mask) = mask {
            let mut scores = lead.clone();
            scores.extend([rows, keys]);
            let full = broadcast_shapes(&scores, mask.sizes())?;
            let n = full.len();
            ensure!(
                full[n - 2..] == [rows, keys],
                "the attention mask has shape {:?}, but there are {rows} queries and {keys} keys",
                mask.sizes()
            );
            lead = full[..n - 2].into();
        }
        let four = |x: &Tensor, ends: [i64; 2]| -> Result<Tensor> {
            let mut shape = lead.clone();
            shape.extend(ends);
            four_dims(&x.expand(&shape)?)
        };
        // few heads of keys stand for many of queries: as long as they can be read where they are
        let grouped = |x: &Tensor, group: i64| -> Result<Tensor> {
            let last = [x.sizes()[x.dim() - 2], x.sizes()[x.dim() - 1]];
            if group == 1 {
                return four(x, last);
            }
            let d = x.dim() as i64;
            let mut shape: Dims = x.sizes().into();
            shape.insert(x.dim() - 2, group);
            four(&x.unsqueeze(d - 2)?.expand(&shape)?.flatten(d - 3, d - 2)?, last)
        };
        let shared = gqa && groups[0] == groups[1] && groups[0] > 1 && lead.len() == 2 && fk == fv && fk == lead;
        let (k4, v4) = if shared { (k.clone(), v.clone()) } else { (grouped(k, groups[0])?, grouped(v, groups[1])?) };
        Ok(Call {
            q: four(q, [rows, width])?,
            k: k4,
            v: v4,
            mask: mask.as_ref().map(|m| four(m, [rows, keys])).transpose()?,
            lead: lead.clone(),
            scale: scale.unwrap_or_else(|| 1.0 / (width as f64).sqrt()),
            causal,
        })
    }

    fn out_shape(&self, v: &Tensor) -> Dims {
        let mut shape = self.lead.clone();
        shape.extend([self.q.sizes()[2], v.sizes()[v.dim() - 1]]);
        shape
    }

    /// The result, `[batch, heads, rows, cols]` in the memory order of `strides` (row-major where empty), and the
    /// logarithm of each row's sum of exponentials, if it is wanted.
    fn run(&self, strides: &[i64], sums: bool) -> Result<(Tensor, Opt)> {
        let [batch, heads, rows, cols] =
            [0, 1, 2, 3].map(|d| if d < 3 { self.q.sizes()[d] } else { self.v.sizes()[3] });
        let shape = [batch, heads, rows, cols];
        let wanted = if strides.is_empty() { Dims::new() } else { infer_dense_strides(&shape, strides) };
        let turned = [rows * heads * cols, cols, heads * cols, 1];
        let order = if wanted[..] == turned { Order::RowsFirst } else { Order::HeadsFirst };
        dispatch_float!(self.q.dtype(), "scaled_dot_product_attention", T => {
            let memory = match order {
                Order::HeadsFirst => shape,
                Order::RowsFirst => [batch, rows, heads, cols],
            };
            let mut out = NewTensor::<T>::new(&memory)?;
            let mut logs = if sums { Some(NewTensor::<T>::new(&shape[..3])?) } else { None };
            self.with::<T, _>(|call| attention(call, order, out.data(), logs.as_mut().map(NewTensor::data)))?;
            let mut out = finish(out.finish(), self.q.dtype())?;
            if order == Order::RowsFirst {
                out = out.transpose(1, 2)?;
            } else if !wanted.is_empty() && out.strides() != &wanted[..] {
                let other = Tensor::empty_strided(&shape, &wanted, out.dtype())?;
                other.copy_from(&out)?;
                out = other;
            }
            Ok((out, logs.map(NewTensor::finish)))
        })
    }

    /// The weights, `[batch, heads, rows, keys]`.
    fn weights(&self) -> Result<Tensor> {
        let s = self.q.sizes();
        let shape = [s[0], s[1], s[2], self.k.sizes()[2]];
        dispatch_float!(self.q.dtype(), "scaled_dot_product_attention", T => {
            let mut out = NewTensor::<T>::new(&shape)?;
            self.with::<T, _>(|call| attention_weights(call, out.data()))?;
            Ok(out.finish())
        })
    }

    fn with<T: Real + Element, R>(&self, f: impl FnOnce(&Attention<T>) -> R) -> Result<R> {
        let (q, q_span) = Span::new::<T>(&self.q)?;
        let (k, k_span) = Span::new::<T>(&self.k)?;
        let (v, v_span) = Span::new::<T>(&self.v)?;
        let mut spans = None;
        let mask = match &self.mask {
            None => Mask::None,
            Some(mask) if mask.dtype() == DType::Bool => {
                let mask = mask.reinterpret(DType::U8)?;
                let (mask, span) = &*spans.insert(Span::new::<u8>(&mask)?);
                Mask::Keep(operand(mask, span)?)
            }
            Some(mask) => {
                let (mask, span) = &*spans.insert(Span::new::<T>(mask)?);
                Mask::Add(operand(mask, span)?)
            }
        };
        let size = |x: &Tensor, d: usize| x.sizes()[d] as usize;
        Ok(f(&Attention {
            batch: size(&q, 0),
            heads: size(&q, 1),
            kv_heads: size(&k, 1),
            queries: size(&q, 2),
            keys: size(&k, 2),
            width: size(&q, 3),
            value_width: size(&v, 3),
            scale: T::from_scalar(Scalar::Float(self.scale)),
            causal: self.causal,
            mask,
            empty_row_is_zero: true,
            q: operand(&q, &q_span)?,
            k: operand(&k, &k_span)?,
            v: operand(&v, &v_span)?,
        }))
    }
}

/// A four-dimensional tensor as the kernel takes it.
pub(super) fn operand<'a, T: Element>(x: &Tensor, span: &'a Span) -> Result<Heads<'a, T>> {
    let s = x.strides();
    Ok(Heads { data: span.data::<T>()?, strides: [s[0], s[1], s[2], s[3]].map(|s| s as usize) })
}

/// Leading dimensions put together, or added, so that there are two.
fn four_dims(x: &Tensor) -> Result<Tensor> {
    match x.dim() {
        2 => x.unsqueeze(0)?.unsqueeze(0),
        3 => x.unsqueeze(0),
        4 => Ok(x.clone()),
        n => x.flatten(0, n as i64 - 4),
    }
}

fn flash(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    dropout_p: f64,
    causal: bool,
    mask: Opt,
    scale: Option<f64>,
) -> Result<(Tensor, Tensor)> {
    const NAME: &str = "scaled_dot_product_attention_flash_attention";
    ensure!(q.dtype().is_floating_point(), "{NAME}: Expected data type in FP32, FP64, BF16, FP16");
    ensure!(q.dim() == 4 && k.dim() == 4 && v.dim() == 4, "{NAME}: Accept only 4 dims inputs shape of {{B, H, T, K}}");
    ensure!(dropout_p == 0.0, "{NAME}: Currently do not support dropout > 0");
    let width = q.sizes()[3];
    ensure!(width == k.sizes()[3] && width == v.sizes()[3], "{NAME}: Q/K/V should have the same head size");
    if let Some(mask) = &mask {
        ensure!(
            mask.dtype() == q.dtype() || mask.dtype() == DType::F32,
            "{NAME}: Attention mask is the same data type as query"
        );
    }
    check(&q, &k, &v, &mask)?;
    let call = Call::new(&q, &k, &v, &mask, scale, causal, false)?;
    let (out, sums) = call.run(q.strides(), true)?;
    let sums = match sums {
        Some(sums) => sums.transpose(1, 2)?.to_contiguous()?.transpose(1, 2)?,
        None => bail!("{NAME}: no sums"),
    };
    Ok((out, sums))
}

fn math(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    mask: Opt,
    dropout_p: f64,
    causal: bool,
    dropout_mask: Opt,
    scale: Option<f64>,
    gqa: bool,
) -> Result<(Tensor, Tensor)> {
    // here a mask of bools is added as numbers
    let mask = mask.map(|m| if m.dtype() == DType::Bool { finish(m, q.dtype()) } else { Ok(m) }).transpose()?;
    weighed(q, k, v, mask, dropout_p, causal, dropout_mask, scale, gqa)
}

/// The attended values and the weights.
fn weighed(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    mask: Opt,
    dropout_p: f64,
    causal: bool,
    dropout_mask: Opt,
    scale: Option<f64>,
    gqa: bool,
) -> Result<(Tensor, Tensor)> {
    check(&q, &k, &v, &mask)?;
    ensure!(!causal || mask.is_none(), "{MASKED_TWICE}");
    let dtype = q.dtype();
    let call = Call::new(&q, &k, &v, &mask, scale, causal, gqa)?;
    let mut shape = call.lead.clone();
    shape.extend([call.q.sizes()[2], call.k.sizes()[2]]);
    let mut weights = call.weights()?.view(&shape)?;
    let mut values = finish(call.v.clone(), weights.dtype())?;
    if call.k.sizes()[1] != call.q.sizes()[1] {
        let (heads, have) = (call.q.sizes()[1], call.k.sizes()[1]);
        let s = values.sizes();
        let shape = [s[0], have, heads / have, s[2], s[3]];
        values = values.unsqueeze(2)?.expand(&shape)?.flatten(1, 2)?;
    }
    if dropout_p > 0.0 {
        match &dropout_mask {
            Some(keep) => {
                let factor = Tensor::scalar(Scalar::Float(1.0 / (1.0 - dropout_p)), DType::F64)?;
                weights = times(&weights, keep)?;
                values = times(&values, &factor)?;
            }
            None => weights = dropout(weights, dropout_p, true)?,
        }
    }
    let mut lead = call.lead.clone();
    lead.extend([values.sizes()[2], values.sizes()[3]]);
    let out = matmul(weights.clone(), values.reshape(&lead)?)?;
    Ok((finish(out, dtype)?, finish(weights, dtype)?))
}

fn times(a: &Tensor, b: &Tensor) -> Result<Tensor> {
    tile::map::<f64, f64>(&[a, b], a.dtype(), &|x, o| {
        o.iter_mut().zip(x[0].iter().zip(x[1])).for_each(|(o, (a, b))| *o = a * b);
    })
}
