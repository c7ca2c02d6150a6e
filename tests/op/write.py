"""Writes the `.cases` files beside it: calls of operators with what PyTorch returns. Run: python tests/op/write.py"""
import os
import re

import torch

NAMES = {
    torch.bool: "bool", torch.uint8: "u8", torch.int8: "i8", torch.int16: "i16", torch.int32: "i32", torch.int64: "i64",
    torch.float16: "f16", torch.bfloat16: "bf16", torch.float32: "f32", torch.float64: "f64",
    torch.complex64: "c64", torch.complex128: "c128",
}
b, u8, i8, i32, i64 = torch.bool, torch.uint8, torch.int8, torch.int32, torch.int64
f16, bf, f32, f64, c64 = torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.complex64


def number(v):
    if isinstance(v, complex):
        return f"{number(v.real)},{number(v.imag)}"
    if isinstance(v, bool):
        return str(int(v))
    if isinstance(v, float):
        return "NaN" if v != v else repr(v)
    return str(v)


def text(v):
    if v is None:
        return "none"
    if isinstance(v, torch.Tensor):
        shape = ",".join(map(str, v.shape))
        if v.layout != torch.strided:
            return f"sparse {sparse_parts(v)}"
        if v.is_quantized:
            name = {torch.quint8: "qu8", torch.qint8: "qi8", torch.qint32: "qi32"}[v.dtype]
            return f"{name}:{v.q_scale()!r}:{v.q_zero_point()} [{shape}] " + " ".join(map(str, v.int_repr().flatten().tolist()))
        return f"{NAMES[v.dtype]} [{shape}] " + " ".join(number(e) for e in v.detach().resolve_conj().resolve_neg().flatten().tolist())
    if isinstance(v, torch.layout):
        return f"i {LAYOUT_CODES[v]}"
    if isinstance(v, bool):
        return f"b {'true' if v else 'false'}"
    if isinstance(v, torch.dtype):
        return f"i {DTYPE_CODES[v]}"
    for kind, letter in ((int, "i"), (float, "f"), (complex, "c")):
        if isinstance(v, kind):
            return f"{letter} {number(v)}"
    if isinstance(v, str):
        return f"s {v}"
    if isinstance(v, (list, tuple)):
        return "(" + ", ".join(text(e) for e in v) + ")"
    raise TypeError(type(v))


def sparse_parts(v):
    shape = ",".join(map(str, v.shape))
    if v.layout == torch.sparse_coo:
        parts, name = [v._indices(), v._values()], f"coo {str(v.is_coalesced()).lower()}"
    elif v.layout in (torch.sparse_csr, torch.sparse_bsr):
        parts, name = [v.crow_indices(), v.col_indices(), v.values()], f"{str(v.layout)[-3:]} true"
    else:
        parts, name = [v.ccol_indices(), v.row_indices(), v.values()], f"{str(v.layout)[-3:]} true"
    return f"{name} [{shape}] | " + " | ".join(text(p) for p in parts)


LAYOUT_CODES = {torch.strided: 0, torch.sparse_coo: 1, torch.sparse_csr: 2, torch.sparse_csc: 4, torch.sparse_bsr: 5, torch.sparse_bsc: 6}
DTYPE_CODES = {u8: 0, i8: 1, torch.int16: 2, i32: 3, i64: 4, f16: 5, f32: 6, f64: 7, c64: 9, torch.complex128: 10, b: 11, torch.quint8: 13, torch.qint8: 12, torch.qint32: 14, bf: 15}


def overload(name):
    space, _, rest = qualified(name).partition("::")
    base, _, ov = rest.partition(".")
    return getattr(getattr(getattr(torch.ops, space), base), ov or "default")


def qualified(name):
    return name if "::" in name else f"aten::{name}"


def call(name, args):
    """One line: the call with every default filled in, and its result."""
    op = overload(name)
    schema = op._schema
    positional, keywords, full = [], {}, []
    for i, argument in enumerate(schema.arguments):
        value = args[i] if i < len(args) else argument.default_value
        full.append(value)
        if argument.kwarg_only and i >= len(args) and argument.has_default_value():
            pass
        elif argument.kwarg_only:
            keywords[argument.name] = value
        else:
            positional.append(value)
    keep = [v.clone() if isinstance(v, torch.Tensor) else v for v in full]
    line = " ; ".join([qualified(name)] + [text(v) for v in keep])
    try:
        result = op(*positional, **keywords)
    except Exception as error:
        words = re.split(r"\n|\. |: .*Expected|, but got", str(error))[0][:70]
        return f"{line} ->! {words}"
    many = len(schema.returns) > 1
    return f"{line} -> " + (" ; ".join(text(r) for r in result) if many else text(result))


def write(name, calls):
    lines = []
    for op, *args in calls:
        lines.append(call(op, args))
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name + ".cases")
    with open(path, "w") as f:
        f.write("\n".join(lines) + "\n")


def t(values, dtype=f32):
    return torch.tensor(values, dtype=dtype)


FLOATS = [-2.5, -1.0, -0.5, 0.0, 0.3, 0.5, 1.0, 1.7, 3.0, 25.0]
EDGES = [float("nan"), float("inf"), -float("inf"), -0.0, 1e-30, 1e30]
INTS = [-7, -2, -1, 0, 1, 2, 3, 11]
POSITIVE = [1, 2, 3, 5, 7, 2, 1, 4]
COMPLEX = [0.5 + 1j, -1.2 + 0.3j, 2 - 1j, 0.1 - 0.7j]
UNARY = """neg abs angle sign sgn conj_physical exp exp2 expm1 log log2 log10 log1p sqrt rsqrt reciprocal sin cos tan asin
acos atan sinh cosh tanh asinh acosh atanh ceil floor trunc round frac deg2rad rad2deg sigmoid sinc logit nan_to_num square
isnan isinf isfinite isposinf isneginf signbit logical_not bitwise_not relu relu6 hardtanh leaky_relu elu selu celu gelu
silu mish hardswish hardsigmoid softplus softshrink hardshrink log_sigmoid""".split()
BINARY = """add.Tensor sub.Tensor rsub.Tensor mul.Tensor div.Tensor floor_divide remainder.Tensor fmod.Tensor
pow.Tensor_Tensor float_power.Tensor_Tensor maximum minimum fmax fmin atan2 copysign.Tensor hypot nextafter heaviside
xlogy.Tensor special_xlog1py logaddexp logaddexp2 gcd lcm bitwise_and.Tensor bitwise_or.Tensor bitwise_xor.Tensor
bitwise_left_shift.Tensor bitwise_right_shift.Tensor eq.Tensor ne.Tensor lt.Tensor le.Tensor gt.Tensor ge.Tensor
logical_and logical_or logical_xor __and__.Tensor __lshift__.Tensor __rshift__.Tensor""".split()


def unary():
    for op in UNARY:
        yield op, t(FLOATS)
        if op not in ("sinh", "cosh", "exp", "expm1", "exp2", "mish", "silu", "gelu"):
            yield op, t(EDGES)
        yield op, t(FLOATS, f64)
        yield op, t([-1.5, 0.25, 0.5, 2.0], f16)
        yield op, t([-1.5, 0.25, 0.5, 2.0], bf)
        yield op, t(INTS, i64)
        yield op, t(INTS[3:], u8)
        yield op, t([True, False], b)
        yield op, t(COMPLEX, c64)
        yield op, t([[1.5, 2.0, 3.0]]).t()
        yield op, torch.zeros(0, 3)
        yield op, t(0.75)


def binary():
    for op in BINARY:
        yield op, t(FLOATS), t(FLOATS[::-1])
        yield op, t(EDGES), t(EDGES[::-1])
        yield op, t(FLOATS, f64), t(2.5, f64)
        yield op, t([[1.5], [-2.0]]), t([2.0, 3.0, -0.5])
        yield op, t([-1.5, 0.25, 0.5, 2.0], f16), t([1.5, 0.5, 2.0, -1.0], f16)
        yield op, t([-1.5, 0.25, 0.5, 2.0], bf), t([1.5, 0.5, 2.0, -1.0], f32)
        yield op, t(INTS, i64), t(POSITIVE, i64)
        yield op, t(INTS, i64), t([-x for x in POSITIVE], i64)
        yield op, t(INTS, i32), t(POSITIVE, i64)
        yield op, t(INTS[3:], u8), t(POSITIVE[3:], u8)
        yield op, t(INTS, i8), t(POSITIVE, u8)
        yield op, t(INTS, i64), t(0, i64)
        yield op, t(INTS, i64), t(1.5, f32)
        yield op, t(INTS, i64), t(FLOATS[:8], f32)
        yield op, t([True, False, True]), t([True, True, False], b)
        yield op, t([True, False, True], b), t([True, True, False], b)
        yield op, t([True, False, True], b), t([1, 2, 3], i32)
        yield op, t(COMPLEX, c64), t(COMPLEX[::-1], c64)
        yield op, t(COMPLEX, c64), t([1.0, 2.0, -1.0, 0.5])
        yield op, torch.zeros(0, 3), torch.zeros(3)
        yield op, t([1.0, 2.0]), t([1.0, 2.0, 3.0])


def more():
    x, xi = t(FLOATS), t(INTS, i64)
    for op in "add.Scalar sub.Scalar mul.Scalar div.Scalar remainder.Scalar fmod.Scalar pow.Tensor_Scalar eq.Scalar lt.Scalar floor_divide.Scalar".split():
        for v in (2, 2.5, -3, 0.5, True, 0):
            yield op, x, v
            yield op, xi, v
            yield op, t([1, 2, 200], u8), v
            yield op, t([1.5, 2, 200], f16), v
        yield op, t(COMPLEX, c64), 2.5
        yield op, x, 1 + 2j
    for alpha in (2, 0.5, True):
        yield "add.Tensor", x, x, alpha
        yield "sub.Tensor", xi, xi, alpha
        yield "rsub.Scalar", x, 2, alpha
        yield "add.Tensor", t([True, False], b), t([True, True], b), alpha
    for mode in (None, "trunc", "floor", "bad"):
        yield "div.Tensor_mode", x, t(FLOATS[::-1]), mode
        yield "div.Tensor_mode", xi, t(POSITIVE, i64), mode
        yield "div.Tensor_mode", xi, t([-x for x in POSITIVE], i64), mode
        yield "div.Scalar_mode", xi, 2.5, mode
        yield "div.Scalar_mode", xi, -2, mode
    yield "pow.Scalar", 2, xi
    yield "pow.Scalar", 2.5, x
    yield "pow.Tensor_Scalar", xi, -1
    for low, high in ((-1, 1), (None, 0.5), (0, None), (2, 1), (None, None), (float("nan"), 1)):
        yield "clamp", x, low, high
        yield "clamp", xi, low, high
        yield "clamp", t([-1.0, 2.0], f16), low, high
    yield "clamp.Tensor", x, t(FLOATS[::-1]), None
    yield "clamp.Tensor", t([[1.0, 5.0], [2.0, 7.0]]), t([2.0, 3.0]), t([[4.0], [3.0]])
    yield "clamp_min", xi, 1.5
    yield "clamp_max.Tensor", x, t(1, i64)
    c = t([[True], [False]], b)
    yield "where.self", c, t([1.0, 2.0]), t([3, 4], i64)
    yield "where.self", c, t([1.0, 2.0]), t(9.0, f64)
    yield "where.ScalarOther", c, t([1, 2], i64), 2.5
    yield "where.ScalarSelf", c, 3, t([1.0, 2.0], f16)
    yield "where.Scalar", c, 1, 2.5
    yield "where.self", t([1.0, 0.0]), t([1.0, 2.0]), t([1.0, 2.0])
    yield "masked_fill.Scalar", t([[1.0, 2.0], [3.0, 4.0]]), t([True, False], b), -float("inf")
    yield "masked_fill.Scalar", t([1, 2], i64), t([True, False], b), 7
    yield "masked_fill.Tensor", t([1, 2], i64), t([True, False], b), t(2.5)
    yield "masked_fill.Scalar", t([1.0, 2.0]), t([1, 0], i64), 7
    for w in (0.25, 0.75, 1.5):
        yield "lerp.Scalar", x, t(FLOATS[::-1]), w
    yield "lerp.Tensor", x, t(FLOATS[::-1]), t(FLOATS)
    yield "lerp.Scalar", x, t(FLOATS, f64), 0.5
    yield "addcmul", x, x, t(FLOATS[::-1]), 0.5
    yield "addcmul", xi, xi, xi, 2
    yield "addcdiv", x, t([1.0]), t(FLOATS), 2
    yield "addcdiv", xi, xi, xi, 2
    yield "threshold", x, 0.4, -9
    yield "threshold", xi, 1, 5
    for s in (0.1, 2):
        yield "leaky_relu", x, s
    yield "elu", x, 0.5, 2, 1.5
    yield "celu", x, 2.0
    yield "hardtanh", x, -0.4, 1.2
    yield "softplus", x, 2, 1
    yield "gelu", x, "tanh"
    yield "gelu", x, "other"
    yield "glu", t([[1.0, 2.0, 3.0, 4.0]]), -1
    yield "glu", t([[1.0, 2.0, 3.0]]), -1
    yield "prelu", t([[-1.0, 2.0], [3.0, -4.0]]), t([0.25, 0.5])
    yield "prelu", t([[-1.0, 2.0], [3.0, -4.0]]), t([0.25])
    for d in (0, 1, 2, -1):
        yield "round.decimals", t([1.25, 1.35, -2.675, 123.456, 155.0]), d
    yield "logit", x, 0.1
    yield "nan_to_num", t(EDGES), 1.5, 2.5, None
    yield "nan_to_num", t([float("inf"), 1.0], f16)


def create():
    yield "zeros", [2, 3]
    yield "ones", [2], i64
    yield "full", [2, 2], 3
    yield "full", [2], 2.5, f16
    yield "full", [2], True
    for args in ((5,), (2.5,)):
        yield "arange", *args
    for args in ((1, 7), (1.5, 4), (3, 1)):
        yield "arange.start", *args
    for args in ((1, 10, 3), (10, 1, -3), (0, 1, 0.3), (0, 1, 0), (0, 1, -1), (0, 6, 2, f32), (0, 5.5, 2, i64)):
        yield "arange.start_step", *args
    for args in ((0, 1, 5), (0, 10, 4, i64), (3, 3, 1), (0, 1, 0), (-1, 1, 6, f64), (1, 2, -1)):
        yield "linspace", *args
    yield "logspace", 0, 2, 3
    yield "logspace", 0, 3, 4, 2.0
    yield "eye", 3
    yield "eye.m", 2, 3, i64
    x = t([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
    for d in (-1, 0, 1, 5):
        yield "tril", x, d
        yield "triu", t([[1, 2, 3], [4, 5, 6]], i64), d
    yield "tril", t([1.0])
    yield "tril_indices", 3, 3, 0, i64
    yield "triu_indices", 3, 4, 1, i64
    yield "meshgrid", [t([1.0, 2.0]), t([3.0, 4.0, 5.0])]
    yield "meshgrid.indexing", [t([1.0, 2.0]), t([3.0, 4.0, 5.0])], "xy"
    yield "cartesian_prod", [t([1, 2], i64), t([3, 4], i64)]
    for w in ("hann", "hamming", "blackman", "bartlett", "kaiser"):
        yield f"{w}_window", 6
        yield f"{w}_window.periodic", 5, False
        yield f"{w}_window", 1
    yield "hamming_window.periodic_alpha_beta", 5, True, 0.6, 0.4
    yield "kaiser_window.beta", 5, False, 8.0
    yield "complex", t([1.0, 2.0]), t([[3.0], [4.0]])
    yield "polar", t([1.0, 2.0]), t([0.5, 2.0])
    yield "view_as_real", t(COMPLEX, c64)
    yield "view_as_complex", t([[1.0, 2.0], [3.0, 4.0]])
    yield "real", t(COMPLEX, c64)
    yield "imag", t(COMPLEX, c64)
    yield "conj", t(COMPLEX, c64)
    yield "vander", t([1.0, 2.0, 3.0]), None, False
    yield "vander", t([1, 2, 3], i32), None, False
    for dtype in (i32, f16, bf, f32, f64):
        yield "linspace", 4.3, -3, 9, dtype
        yield "logspace", 0, 1.2, 7, 10.0, dtype
    yield "zeros_like", x
    yield "ones_like", x, i32
    yield "full_like", x, 2
    yield "new_zeros", t([1], i8), [2]
    yield "new_full", x, [2], 7
    yield "scalar_tensor", 3
    yield "to.dtype", t([1.7, -2.3, 300.0]), i8
    yield "to.dtype", t([1.7, -2.3, 0.0]), b
    yield "to.dtype", t([1, 2], i64), f16
    yield "to.dtype", t(COMPLEX, c64), f32
    yield "fill.Scalar", x, 2.5
    yield "isclose", t([1.0, 2.0, float("nan")]), t([1.00001, 2.1, float("nan")]), 1e-5, 1e-4, True
    yield "allclose", x, x
    yield "equal", x, x
    yield "item", t(2.5)
    yield "item", x
    yield "is_nonzero", t([0.0])
    yield "view.dtype", t([1.0, 2.0]), i32


def reductions():
    x3 = torch.arange(24, dtype=f32).reshape(2, 3, 4).sin()
    inputs = [
        x3, x3.transpose(0, 2), t(2.5), torch.zeros(0, 3), x3.to(f64), x3.to(f16), x3.to(bf), t([[1, 5, 2], [7, 0, 7]], i64),
        t([[1, 5, 2], [7, 0, 7]], u8), t([[True, False], [True, True]], b), t([COMPLEX, COMPLEX], c64),
        t([[1.0, float("nan"), 3.0], [float("inf"), 2.0, -1.0]]),
    ]
    for x in inputs:
        for op in "sum prod mean max min any all median nanmedian count_nonzero norm.Scalar argmax argmin aminmax nansum nanmean var std linalg_vector_norm var_mean".split():
            yield op, x
        for op in "max.dim min.dim any.dim all.dim median.dim nanmedian.dim cumsum cumprod cummax cummin logcumsumexp argmax argmin prod.dim_int count_nonzero aminmax sort".split():
            for dim in (0, -1):
                if op == "sort" and x.numel() == 6 and x.dtype in (i64, u8):
                    continue
                yield op, x, dim
        for op in "sum.dim_IntList mean.dim amax amin nansum nanmean logsumexp var.dim std.dim any.dims linalg_vector_norm norm.ScalarOpt_dim".split():
            for dims in ([0], [-1], [0, 1]):
                args = (x, dims)
                if op == "var.dim" or op == "std.dim":
                    args = (x, dims, False, True)
                elif op == "linalg_vector_norm":
                    args = (x, 3, dims, True)
                elif op == "norm.ScalarOpt_dim":
                    args = (x, 1, dims)
                yield op, *args
    x = inputs[0]
    yield "sum", x, f64
    yield "sum.dim_IntList", x, [0, 0]
    yield "sum.dim_IntList", x, [5]
    yield "sum.dim_IntList", x, None
    yield "mean", inputs[7], f32
    yield "argmax", x, None, True
    for correction in (0, 1, 2, 30):
        yield "var.correction", x, [1], correction, True
        yield "std_mean.correction", x, None, correction
    for p in (0, 1, 2, 3, 0.5, float("inf"), -float("inf")):
        yield "linalg_vector_norm", x, p, [1]
        yield "norm.Scalar", x, p
        yield "dist", x, x + 1.5, p
    yield "trace", t([[1.0, 2.0], [3.0, 4.0]])
    yield "kthvalue", x, 2, 1
    yield "kthvalue", x, 9, 1
    for k in (1, 4, 7):
        yield "kthvalue", t([3, 1, 3, 1, 1, 2, 3, 2, 1], i64), k
    yield "mode", t([[1, 2, 2, 3], [5, 5, 1, 1]], i64), -1
    yield "mode", t([i * 7 % 5 for i in range(40)], i64), 0
    yield "max", torch.zeros(0)
    yield "max.dim", torch.zeros(2, 0), 1


def sorting():
    x = t([[3.0, 1.0, 2.5, -4.0], [0.5, 9.0, -1.0, 7.0]])
    nan = t([2.0, float("nan"), -1.0, float("inf")])
    for v in (x, nan, x.to(f16), t([[3, 1, 2], [9, 7, 8]], i64), t(3.0)):
        for descending in (False, True):
            yield "sort", v, 0, descending
            yield "sort.stable", v, True, -1, descending
            yield "argsort", v, -1, descending
        yield "msort", v
        yield "topk", v, 1, -1
        yield "topk", v, 2, -1, False
    yield "sort.stable", t([1, 0, 1, 0, 1], i64), True, 0, True
    many = t([(7 * i) % 3 for i in range(20)], f32)
    yield "sort", many, 0, True
    yield "argsort", many, 0, False
    yield "unique_dim", t([0, 1, 1, 0, 1, 0, 0, 1], i64).view(2, 2, 2), 2, True, True, True
    u = t([[3, 1, 3], [1, 2, 1], [3, 1, 3]], i64)
    for v in (u, u.to(f32), u > 1):
        yield "_unique2", v, True, True, True
        yield "unique_consecutive", v, True, True
        yield "unique_dim", v, 0, True, True, True
        yield "unique_consecutive", v, True, True, 1
    s = t([1.0, 3.0, 5.0, 7.0])
    for right in (False, True):
        yield "searchsorted.Tensor", s, t([[0.0, 3.0], [4.0, 9.0]]), False, right
        yield "bucketize.Tensor", t([0.0, 3.0, 7.0]), s, True, right
        yield "searchsorted.Scalar", s, 3, False, right
    yield "searchsorted.Tensor", t([[1, 2], [5, 6]], i64), t([[2], [5]], i64), False, False, "right"
    yield "histc", x, 4, 0, 5
    yield "histc", x, 3
    yield "bincount", t([1, 3, 3, 0], i64)
    yield "bincount", t([1, 3, 3, 0], i64), t([0.5, 1.0, 2.0, 3.0]), 6
    yield "bincount", t([-1], i64)
    yield "isin.Tensor_Tensor", u, t([1, 5], i64)
    yield "isin.Tensor_Scalar", u, 3, False, True
    yield "isin.Scalar_Tensor", 3, u


def losses():
    torch.manual_seed(5)
    x, y = torch.randn(3, 4).round(decimals=2), torch.randn(3, 4).round(decimals=2)
    k, w = t([0, 3, 1], i64), t([0.5, 1.0, 2.0, 0.25])
    sign, prob = t([1.0, -1.0, 1.0, -1.0]), torch.rand(3, 4).round(decimals=2)
    deep = torch.randn(2, 4, 3).round(decimals=2)
    places, logs = t([[0, 1, 3], [2, 2, -100]], i64), torch.randn(6, 2, 4).round(decimals=2)
    for reduction in (0, 1, 2):
        for op in "mse_loss l1_loss smooth_l1_loss huber_loss soft_margin_loss kl_div".split():
            yield op, x, y, reduction
        yield "hinge_embedding_loss", x, sign, 1.0, reduction
        yield "margin_ranking_loss", x, y, sign.expand(3, 4), 0.2, reduction
        yield "cosine_embedding_loss", x, y, t([1, -1, 1], i64), 0.1, reduction
        yield "triplet_margin_loss", x, y, -x, 1.0, 2.0, 1e-6, True, reduction
        yield "poisson_nll_loss", x, prob * 4, True, True, 1e-8, reduction
        yield "poisson_nll_loss", prob, prob * 4, False, False, 1e-8, reduction
        yield "binary_cross_entropy", prob, prob.flip(0), w, reduction
        yield "binary_cross_entropy_with_logits", x, prob, w, t([2.0]), reduction
        yield "multi_margin_loss", x, k, 2, 0.5, w, reduction
        yield "multilabel_margin_loss", x, t([[0, 1, -1, 2], [3, -1, 0, 0], [-1, 0, 0, 0]], i64), reduction
        yield "nll_loss_nd", x, k, w, reduction
        yield "nll_loss_nd", deep, places, None, reduction
        yield "nll_loss_forward", x, k, w, reduction, 3
        for target, weight in ((k, None), (k, w), (prob, w)):
            for smoothing in (0.0, 0.1):
                yield "cross_entropy_loss", x, target, weight, reduction, -100, smoothing
        yield "cross_entropy_loss", deep, places, w, reduction, -100, 0.2
        yield "ctc_loss.IntList", logs.log_softmax(2), t([[1, 2], [3, 3]], i64), [6, 5], [2, 2], 0, reduction
        yield "ctc_loss.IntList", logs.log_softmax(2), t([1, 3, 3], i64), [6, 2], [1, 2], 0, reduction, True
    yield "ctc_loss.Tensor", logs.log_softmax(2)[:, 0], t([1, 2], i64), t([6], i64), t([2], i64)
    yield "kl_div", x, y, 0, True
    yield "mse_loss", t(INTS, i64), t(INTS, i64)
    yield "l1_loss", t(INTS, i64), t(INTS, i64) + 2, 2
    yield "l1_loss", t(COMPLEX, c64), t(COMPLEX, c64) * 2, 1
    yield "nll_loss", x, t([0, 4, 1], i64)
    yield "nll_loss", x, t([0, 1], i64)
    yield "cross_entropy_loss", x[0], t(2, i64)
    yield "cross_entropy_loss", x, t([-100, -100, -100], i64)
    yield "cross_entropy_loss", x, k, t([1.0])
    yield "binary_cross_entropy", x, prob
    yield "huber_loss", x, y, 1, -1.0
    yield "mse_loss", x.to(f16), y.to(f16)


SPECIAL = """erf erfc erfinv lgamma digamma i0 special_entr special_erfcx special_i0e special_i1 special_i1e special_ndtr
special_ndtri special_log_ndtr special_airy_ai special_bessel_j0 special_bessel_j1 special_bessel_y0 special_bessel_y1
special_modified_bessel_i0 special_modified_bessel_i1 special_modified_bessel_k0 special_modified_bessel_k1
special_scaled_modified_bessel_k0 special_scaled_modified_bessel_k1 special_spherical_bessel_j0""".split()
POLYNOMIALS = """chebyshev_polynomial_t chebyshev_polynomial_u chebyshev_polynomial_v chebyshev_polynomial_w
shifted_chebyshev_polynomial_t shifted_chebyshev_polynomial_u shifted_chebyshev_polynomial_v shifted_chebyshev_polynomial_w
hermite_polynomial_h hermite_polynomial_he laguerre_polynomial_l legendre_polynomial_p""".split()


def special():
    x = [-30.0, -1.7, -1.0, -0.3, 0.0, 0.1, 0.7, 1.0, 4.0, 26.0, 80.0]
    for op in SPECIAL:
        yield op, t(x, f64)
        yield op, t(x[2:7])
        yield op, t([float("nan"), float("inf"), -float("inf"), -0.0], f64)
        yield op, t(x[5:8], f16)
        yield op, t([0, 1, 3], i64)
        yield op, t(COMPLEX[0], c64)
    positive = t([0.0, 0.1, 1.0, 3.0, 40.0, 3e4], f64)
    for op in ("igamma", "igammac"):
        yield op, positive[:, None], t([0.0, 0.01, 1.0, 2.9, 50.0, 2.99e4], f64)
        yield op, t([-1.0, 2.0]), t([1.0, -1.0])
        yield op, t([1, 2], i64), t([1, 2], i64)
    yield "special_zeta", t([1.0, 0.5, 1.5, 3.0, 40.0], f64)[:, None], t([-3.5, -1.0, 0.0, 0.2, 9.0, 1e3], f64)
    yield "special_zeta.self_scalar", 2, t([1, 2], i64)
    yield "special_zeta.other_scalar", t([2.0, 3.0], f16), 1.0
    for n in (0, 1, 2, 5, -1):
        yield "polygamma", n, t(x[1:9], f64)
    for p in (1, 3, 0):
        yield "mvlgamma", t([0.2, 1.5, 7.0]), p
    for op in POLYNOMIALS:
        op = "special_" + op
        yield op, t([-2.0, -1.0, -0.3, 0.0, 0.5, 1.0, 1.7], f64)[:, None], t([-1.0, 0.0, 1.0, 2.0, 5.0, 12.0], f64)
        yield f"{op}.x_scalar", 0.5, t([0, 3], i64)
        yield f"{op}.n_scalar", t([0.5, 3.0]), 4
        yield op, t([0.5], f16), t([1.0], f16)


def spectra():
    torch.manual_seed(6)
    x, k = torch.randn(2, 3).round(decimals=1), torch.arange(7.0)
    z = torch.tensor([COMPLEX[:3], COMPLEX[1:]])
    for op in "fft ifft rfft irfft hfft ihfft".split():
        real = op in ("rfft", "ihfft")
        for v in (x, x.double(), t([1, 2, 4], i64)) + (() if real else (z,)):
            yield f"fft_{op}", v
            yield f"fft_{op}", v, 4, 0, "ortho"
        v = x if real else z
        yield f"fft_{op}2", v, [2, 4], [1, 0], "forward"
        yield f"fft_{op}n", v, None, None, "ortho"
        yield f"fft_{op}", x.to(f16)
        yield f"fft_{op}", x, 0
        yield f"fft_{op}n", v, None, [0, 0]
    yield "fft_rfft", z
    yield "fft_fft", x, None, -1, "no"
    yield "fft_fftfreq", 5, 0.5
    yield "fft_rfftfreq", 6, 2.0
    yield "fft_fftshift", k
    yield "fft_ifftshift", t([[1, 2, 3], [4, 5, 6]], i64), [1]
    yield "stft", k, 4, 1, 3, t([0.5, 1.0, 0.5]), True, None, True
    yield "stft.center", k, 4, 2, None, None, True, "reflect", False, None, True
    yield "stft.center", k, 4, 2, None, None, True, "circular", False, False, False
    yield "stft", k, 8, None, None, None, False, None, True
    yield "stft", k, 4
    y = torch.stft(k, 4, 1, return_complex=True)
    yield "istft", y, 4, 1
    yield "istft", y, 4, 1, 2, t([1.0, 2.0]), True, False, None, 9
    yield "istft", y, 5, 1
    for w in "hann hamming bartlett blackman kaiser".split():
        for n in (0, 1, 4):
            yield f"{w}_window", n
        yield f"{w}_window.periodic", 5, False
        yield f"{w}_window", -1
    yield "hamming_window.periodic_alpha_beta", 4, True, 0.3, 0.6
    yield "kaiser_window.beta", 4, True, 3.0


def linear_algebra():
    c128, i32 = torch.complex128, torch.int32
    real = [t([[2.0, 1.0, 0.5], [1.0, 3.0, -1.0], [4.0, 0.0, 1.0]], f64), t([[[1.0, 2.0], [3.0, 4.0]], [[0.0, 1.0], [2.0, 1.0]]])]
    z = t([[2.0 + 1j, 1.0 - 2j], [0.5, 3.0 + 1j]], c128)
    for x in real + [z, torch.zeros(0, 3, 3)]:
        for op in """linalg_inv linalg_inv_ex linalg_det linalg_slogdet logdet linalg_lu linalg_lu_factor linalg_lu_factor_ex
        _lu_with_info geqrf linalg_qr linalg_svdvals linalg_eigvals matrix_exp nuclear_norm linalg_cond pinverse""".split():
            yield op, x
        yield "linalg_matrix_power", x, 3
        yield "linalg_matrix_power", x, -2
        spd = x @ x.mH
        for op in ("linalg_cholesky", "linalg_cholesky_ex", "linalg_eigvalsh", "linalg_ldl_factor"):
            yield op, spd
    for x in (real[0], z):
        b, n = x[:, :2] + 1, x.shape[0]
        lu, pivots = torch.linalg.lu_factor(x)
        for left in (True, False):
            yield "linalg_solve", x, b if left else b.mT, left
            for flag in (True, False):
                yield "linalg_lu_solve", lu, pivots, b if left else b.mT, left, flag
                yield "linalg_solve_triangular", x + n * torch.eye(n), b if left else b.mT, flag, left, flag
        yield "linalg_solve_ex", x, b[:, 0]
        yield "triangular_solve", b, x, True, True, False
        yield "lu_unpack", lu, pivots, True, True
        yield "lu_unpack", lu, pivots, False, True
        spd = x @ x.mH
        low = torch.linalg.cholesky(spd)
        yield "cholesky_solve", b, low
        yield "cholesky_solve", b, low.mH.clone(), True
        yield "cholesky_inverse", low
        ld, pivots = torch.linalg.ldl_factor(x + x.mH, hermitian=True)
        yield "linalg_ldl_factor_ex", x + x.mH, True
        yield "linalg_ldl_factor_ex", x + x.mT
        yield "linalg_ldl_solve", ld, pivots, b, True
        h, tau = torch.geqrf(b)
        yield "linalg_householder_product", h, tau
        for left in (True, False):
            for turned in (True, False):
                yield "ormqr", h, tau, b if left else b.mT, left, turned
        for driver in ("gels", "gelsy", "gelsd"):
            yield "linalg_lstsq", b, x[:, :1], None, driver
        yield "linalg_lstsq", b.mT, x[:2, 0]
        yield "linalg_pinv.atol_rtol_float", b
        yield "linalg_pinv.atol_rtol_tensor", b, t(3.0), None
        yield "linalg_pinv", spd, 0.5, True
        yield "linalg_matrix_rank.atol_rtol_float", b
        yield "linalg_matrix_rank.tol_tensor", b, t([0.1, 3.0])
        yield "linalg_matrix_rank", spd, 4.0, True
        for p in (1, -1, 2, -2, float("inf"), -float("inf")):
            yield "linalg_cond", x, p
            yield "linalg_matrix_norm", b, p
            yield "linalg_norm", b, p, [1, 0], True
        for p in ("fro", "nuc", "two"):
            yield "linalg_cond.p_str", x, p
            yield "linalg_matrix_norm.str_ord", b, p
            yield "linalg_norm.ord_str", b, p
        yield "linalg_vecdot", b, x[:, :2]
        yield "matrix_exp_backward", x, spd
    long = t([[1.0, 2.0], [3.0, -1.0], [0.5, 2.5]], f64)
    for x in (long, long.mT.clone(), torch.zeros(3, 0), long[:, :1], long + t([[1j, 2j], [0, -1j], [1j, 0]], c128)):
        for mode in ("reduced", "complete", "r"):
            yield "linalg_qr", x, mode
        yield "linalg_svd", x, False
        yield "svd", x
        yield "linalg_lu", x
    yield "linalg_eig", t([[1.0, 2.0], [3.0, 4.0]], f64)
    yield "linalg_eig", t([[0.0, 1.0], [-2.0, 0.5]], f64)
    yield "linalg_eig", t([[1.0, 2.0, 0.5], [0.0, 3.0, 1.0], [0.0, 0.0, 2.0]], f64)
    yield "linalg_eig", z
    yield "linalg_eigh", t([[2.0, 1.0], [1.0, 3.0]], f64)
    yield "linalg_eigh", z + z.mH, "U"
    yield "linalg_tensorinv", torch.eye(4).view(2, 2, 4) * 2, 2
    yield "linalg_tensorsolve", torch.eye(4).view(2, 2, 4) * 2, t([[1.0, 2.0], [3.0, 4.0]])
    yield "linalg_tensorsolve", torch.eye(4).view(2, 4, 2) * 2, t([[1.0, 2.0], [3.0, 4.0]]), [1]
    x, y = t([[1.0, 2.0, 3.0], [0.5, -1.0, 2.0]]), t([[2.0, 0.0, 1.0], [1.0, 1.5, -1.0]])
    for k in (f32, f64, bf, f16, i64, c64):
        yield "linalg_cross", x.to(k), y.to(k)
        yield "cross", x.mT.to(k), y.mT.to(k)
        yield "cov", x.to(k)
        yield "corrcoef", x.to(k)
        yield "cdist", x.to(k), y.to(k)
        yield "pdist", x.to(k)
        yield "linalg_matrix_norm.str_ord", x.to(k)
        for op in ("linalg_inv", "linalg_solve", "linalg_qr", "linalg_svd", "linalg_pinv.atol_rtol_float"):
            if k in (i64, f16):
                yield (op, x.to(k), x.to(k)) if op == "linalg_solve" else (op, x.to(k))
    yield "cov", x, 0
    yield "cov", x, 1, t([1, 2, 1], i64), t([0.5, 1.0, 2.0])
    yield "cov", x, 1, t([1.0, 2.0, 1.0])
    yield "cov", x[0]
    for p in (0.0, 1.0, 3.0, float("inf"), -1.0):
        yield "cdist", x, y, p
        yield "_pdist_forward", x, p
        if p >= 0:
            yield "_cdist_backward", torch.ones(2, 2), x, y, p, torch.cdist(x, y, p)
            yield "_pdist_backward", torch.ones(1), x, p, torch.pdist(x, p)
    yield "cdist", torch.zeros(2, 1, 3), torch.ones(4, 3)
    yield "cdist", x, y[:, :2]
    yield "trace_backward", t(2.0), [2, 3]
    singular = t([[1.0, 2.0], [2.0, 4.0]])
    many = torch.stack([torch.eye(2), singular])
    for x in (singular, many, -torch.eye(2), t([1.0]), t([[1.0, 2.0, 3.0]])):
        for op in "linalg_inv linalg_cholesky linalg_lu_factor linalg_det linalg_eigvals linalg_eigvalsh matrix_exp".split():
            yield op, x
        yield "linalg_solve", x, torch.ones(2, 1)
        yield "linalg_matrix_power", x, -1
        yield "linalg_cond", x, 1
    yield "linalg_lu", singular, False
    yield "linalg_qr", singular, "all"
    yield "linalg_eigh", singular, "X"
    yield "_linalg_check_errors", t([0, 2], i32), "linalg.eigh", False


if __name__ == "__main__":
    write("linalg", linear_algebra())
    write("reduce", reductions())
    write("sort", sorting())
    write("create", create())
    write("unary", unary())
    write("binary", binary())
    write("elementwise", more())
    write("loss", losses())
    write("fft", spectra())
    write("special", special())
