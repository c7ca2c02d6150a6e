"""Writes the `.cases` files that it names at its end. Run: python tests/op/write_more.py"""
import torch

from write import COMPLEX, b, c64, f16, f32, f64, i32, i64, t, u8, write

X = t([[1.0, 3.0, -2.0, 0.5], [4.0, 0.0, 2.0, 2.5], [0.25, 7.0, 1.0, -1.0]])
NAN = float("nan")


def difference():
    yield "diff", X
    yield "diff", X, 2, 0
    yield "diff", X, 0
    yield "diff", X, 9
    yield "diff", X, -1
    yield "diff", X > 1
    yield "diff", X, 1, 1, X[:, :1], X[:, 1:3]
    yield "diff", X, 0, 1, X[:, :1], X[:, 1:3]
    yield "diff", X, 1, 1, X[:2]
    yield "diff", X, 1, 1, X[0]
    yield "diff", t(1.0)
    yield "diff", t([5, 1, 250], u8)
    for op in ("trapezoid", "trapz", "cumulative_trapezoid"):
        yield f"{op}.dx", X, 2.0, 0
        yield f"{op}.dx", t([1, 2, 4], i64)
        yield f"{op}.dx", X > 1
        yield f"{op}.x", X, t([0.0, 1.0, 3.0, 4.0])
        yield f"{op}.x", X, X.flip(1)
        yield f"{op}.x", X, t([0.0, 1.0, 3.0]), 0
        yield f"{op}.x", X, t([1.0])
        yield f"{op}.dx", X[:, :0]
    for edge in (1, 2, 3):
        yield "gradient.scalarint", X[0], 2, None, edge
        yield "gradient.scalarint", X, None, 1, edge
        yield "gradient.tensorarrayint", X, [t([0.0, 1.0, 3.0]), t([0.0, 2.0, 3.0, 7.0])], None, edge
        yield "gradient.tensorarray", X, [t([0.0, 2.0, 3.0, 7.0])], [1], edge
    yield "gradient.array", X, [0, 0]
    yield "gradient.scalarrayarray", X, [2.0, 0.5], [1, 0]
    yield "gradient.scalarrayint", X, [2.0]
    yield "gradient.scalararray", t([1, 2, 4], i64), 2, [0]
    yield "gradient.scalarint", t([1, 2, 4], u8)


def statistics():
    yield "cov", X
    yield "cov", X, 0
    yield "cov", X[0]
    yield "cov", t(2.0)
    yield "cov", t([[1, 2, 5], [4, 0, 1]], i64)
    yield "cov", t([COMPLEX, COMPLEX[::-1]], c64)
    yield "cov", X, 1, t([1, 2, 0, 1], i64), t([0.5, 1.0, 2.0, 0.1])
    yield "cov", X, 1, t([0, 0, 0, 0], i64)
    yield "cov", X, 1, t([1.0, 0, 0, 0])
    yield "cov", X, 1, None, t([-1.0, 0, 0, 0])
    yield "cov", X > 1
    yield "corrcoef", X
    yield "corrcoef", t([COMPLEX, COMPLEX[::-1]], c64)
    yield "corrcoef", X[0]
    n = t([[1.0, NAN, 3.0, 2.0], [NAN, NAN, NAN, NAN], [5.0, 1.0, 4.0, 2.0]])
    for how in ("linear", "lower", "higher", "midpoint", "nearest", "other"):
        for op in ("quantile", "nanquantile"):
            yield op, n, t([0.0, 0.3, 1.0]), 1, False, how
            yield op, X, t(0.4), None, True, how
            yield f"{op}.scalar", X.to(f64), 0.7, 0, False, how
    yield "quantile.scalar", X, 1.5
    yield "quantile", X, t([1.5])
    yield "quantile", X, t(0.5, f64)
    yield "quantile.scalar", X.to(f16), 0.5
    yield "quantile.scalar", X[:0], 0.5
    edges = t([-2.0, 0.0, 0.5, 3.0])
    for density in (False, True):
        yield "histogram.bins_tensor", X, edges, X.abs(), density
        yield "histogram.bin_ct", X, 4, [-1.0, 3.0], None, density
        yield "histogram.bin_ct", X.to(f64), 3, None, X.to(f64).abs(), density
        yield "_histogramdd_from_bin_cts", X[:, :2], [2, 3], None, None, density
        yield "_histogramdd_from_bin_tensors", X[:, :2], [edges, edges], t([1.0, 2.0, 3.0]), density
    yield "_histogramdd_bin_edges", X[:, :2], [2, 3]
    yield "histogram.bin_ct", t([1.0, 1.0]), 2
    yield "histogram.bin_ct", X[:0], 2
    yield "histogram.bin_ct", X, 0
    yield "histogram.bin_ct", X, 2, [3.0, 1.0]
    yield "histogram.bin_ct", t([1.0, NAN]), 2
    yield "histogram.bins_tensor", X, X
    yield "histogram.bins_tensor", X, edges.to(f64)
    for p in (0.0, 0.5, 1.0, 2.0, 3.0, float("inf")):
        yield "cdist", X, X[:2], p
        yield "pdist", X, p
    yield "cdist", X.reshape(3, 1, 2, 2), X[:, :2].reshape(1, 1, 3, 2), 2.0
    yield "cdist", X, X[:2], 2.0, 1
    yield "cdist", X, X[:, :2]
    yield "cdist", X, X, -1.0
    yield "cdist", X[:0], X
    yield "pdist", X[:1]
    yield "pdist", X[None]
    yield "histc", t([-1.8369], f16), 10
    yield "histc", t([3.3, 1.0]), 7


def segments():
    for op in ("sum", "mean", "max", "min", "prod", "other"):
        yield "segment_reduce", X, op, t([1, 0, 2], i64)
        yield "segment_reduce", X, op, None, None, t([0, 1, 3], i32), 0, False, 2
        yield "segment_reduce", X, op, t([[1, 3], [2, 2], [0, 4]], i64), None, None, 1
    yield "segment_reduce", X, "sum", t([1, 1], i64)
    yield "segment_reduce", X, "sum", t([-1, 4], i64)
    yield "segment_reduce", X, "sum"
    yield "segment_reduce", X.to(i64), "sum", t([1, 2], i64)
    yield "_chunk_cat", [X, X[:2]], 0, 2
    yield "_chunk_cat", [X, X[:, :2]], 1, 3
    yield "_chunk_cat", [X, X.to(f64)], 0, 2
    yield "_chunk_cat", [X], 0, 0
    yield "sum_to_size", X, [3, 1]
    yield "sum_to_size", X, [4]
    yield "sum_to_size", X, [5]
    yield "sum_to_size", t([1, 2], i64), [1]
    m, idx = t([[True], [False]], b), t([[1], [100]], i64)
    yield "_unsafe_masked_index", X, m, [None, idx], 7
    yield "_unsafe_masked_index_put_accumulate", X, m, [None, idx], t([1.0])
    yield "frexp.Tensor", t([1.0, 0.0, -3.5, float("inf"), 1e-40])
    yield "frexp.Tensor", t([1.5, 3.0], f16)
    yield "frexp.Tensor", t([1], i64)
    yield "ldexp.Tensor", t([1.5, -2.0], f16), t([3, -1], i64)
    yield "ldexp.Tensor", t([1, 2], i64), t([1, 2], i64)
    yield "ldexp.Tensor", t([1.5, -2.0], f64), t([0.5, 1.0])
    yield "mH", t([COMPLEX[:2], COMPLEX[2:]], c64)
    yield "matrix_H", X
    yield "matrix_H", X[None]
    y = X.softmax(1)
    yield "_softmax_backward_data", X, y, 1, f32
    yield "_log_softmax_backward_data", X, y.log(), 0, f32
    yield "sigmoid_backward", X, y
    yield "tanh_backward", X, y
    yield "silu_backward", X, y
    yield "threshold_backward", X, X, 0.5
    yield "leaky_relu_backward", X, X, 0.1, False
    yield "hardtanh_backward", X, X, -1, 2
    yield "clamp_max", t([True, False], b), True
    yield "clamp_max.Tensor", t([True, False], b), t([False, False], b)
    yield "native_dropout_backward", t([1, 2], i64), t([True, False], b), 2.0
    yield "masked_fill.Scalar", t([1, 2], u8), t([True, False], b), 300
    yield "masked_fill.Scalar", t([1, 2], i64), t([True, False], b), 1j
    yield "fill.Scalar", t([1, 2], u8), 300
    yield "full", [2], 300, u8
    yield "logit", t([0.4988, 0.25], f16)
    yield "amax", X[:0]
    yield "margin_ranking_loss", X, X.flip(0), t(1.0).expand(3, 4), 0.5, 0
    yield "gather", X, 0, torch.zeros(0, 4, dtype=u8)


def foreach():
    a, other = [t([0.25, 0.5]), t(-0.75)], [t([2.0, 3.0]), t(0.5)]
    for op in """abs acos asin atan ceil cos cosh erf erfc exp expm1 floor frac lgamma log log10 log1p log2 neg reciprocal
    round sigmoid sign sin sinh sqrt tan tanh trunc zero max norm.Scalar""".split():
        yield f"_foreach_{op}", a
    for op in "add sub mul div pow clamp_min clamp_max maximum minimum".split():
        yield f"_foreach_{op}.Scalar", a, 2
        yield f"_foreach_{op}.List", a, other
        yield f"_foreach_{op}.ScalarList", a, [2.0, 3.0]
        yield f"_foreach_{op}.Scalar", [t([5, 7], i64)], 2
        yield f"_foreach_{op}.List", a, other[:1]
        yield f"_foreach_{op}.ScalarList", a, [2.0]
        yield f"_foreach_{op}.Scalar", [], 2
    for op in "add mul div".split():
        yield f"_foreach_{op}.Tensor", a, t(2.0)
        yield f"_foreach_{op}.Tensor", a, t([2.0])
    yield "_foreach_add.List", a, other, 3
    yield "_foreach_add.Tensor", a, t(2.0), 3
    yield "_foreach_sub.Scalar", [t([True], b)], 1
    yield "_foreach_pow.ScalarAndTensor", 2.0, a
    for op in "addcmul addcdiv".split():
        yield f"_foreach_{op}.Scalar", a, other, other, 2
        yield f"_foreach_{op}.ScalarList", a, other, other, [2.0, 3.0]
        yield f"_foreach_{op}.ScalarList", a, other, other, [2.0]
        yield f"_foreach_{op}.Tensor", a, other, other, t([2.0, 3.0])
        yield f"_foreach_{op}.Tensor", a, other, other, t([2.0])
        yield f"_foreach_{op}.Tensor", a, other, other, t(2.0)
    yield "_foreach_lerp.Scalar", a, other, 0.5
    yield "_foreach_lerp.List", a, other, a
    yield "_foreach_lerp.List", a, other, a[:1]
    yield "_foreach_norm.Scalar", a, 1, f64
    yield "_foreach_norm.Scalar", [t([5, 7], i64)]
    yield "_foreach_max", [X[:0]]
    yield "_foreach_copy", a, [t([5, 7], i64), t(1.0)]


def gradients():
    x = t([[-3.5, -3.0, -0.5, 0.0], [0.25, 0.5, 3.0, 3.5]])
    g = t([[1.0, -2.0, 3.0, 0.5], [2.0, 0.25, -1.0, 1.5]])
    for dtype in f32, f64, torch.bfloat16:
        for op in "hardsigmoid hardswish mish gelu".split():
            yield f"{op}_backward", g.to(dtype), x.to(dtype)
        yield "gelu_backward", g.to(dtype), x.to(dtype), "tanh"
        for op in "hardshrink softshrink".split():
            yield f"{op}_backward", g.to(dtype), x.to(dtype), 0.5
        yield "softplus_backward", g.to(dtype), x.to(dtype), 2.0, 1.5
        yield "elu_backward", g.to(dtype), 1.5, 2.0, 0.5, False, x.to(dtype)
        yield "elu_backward", g.to(dtype), 1.5, 2.0, 0.5, True, x.to(dtype)
        yield "logit_backward", g.to(dtype), x.to(dtype)
        yield "logit_backward", g.to(dtype), x.to(dtype), 0.375
        yield "log_sigmoid_backward", g.to(dtype), x.to(dtype), torch.exp(-x.abs()).to(dtype)
        yield "glu_backward", g[:, :2].to(dtype), x.to(dtype), 1
    yield "infinitely_differentiable_gelu_backward", g, x
    yield "elu_backward", g, -1.5, 2.0, 0.5, True, x
    yield "glu_backward", g[:1], x[:1], 0
    yield "select_backward", g[0], [3, 4], 0, 1
    yield "slice_backward", g, [2, 8], 1, 0, 8, 2
    yield "diagonal_backward", g[0], [4, 5], 1, 0, 1


def wave(*shape):
    return torch.arange(float(torch.Size(shape).numel())).mul(0.7).add(0.3).sin().mul(8).round().div(8).view(shape)


def gradients_of_space():
    """Of pooling, padding and resizing: windows that overlap, so that sums are rounded on the way."""
    small, plane, cube = wave(1, 1, 3, 2), wave(1, 1, 4, 3), wave(1, 1, 2, 3, 2)
    for dtype in (f32, f64, torch.bfloat16, f16, i64, c64):
        g, x, y = (small * 8 if dtype == i64 else small).to(dtype), plane.to(dtype), cube.to(dtype)
        yield "avg_pool2d_backward", g, x, [2, 2], [1, 1], [0, 0], False, True, None
        yield "avg_pool2d_backward", g[..., :2, :], x, [3, 2], [2, 2], [1, 1], False, False, None
        yield "avg_pool3d_backward", g.view(1, 1, 2, 3, 1), y, [1, 1, 2], [1, 1, 1], [0, 0, 0], False, True, 3
        yield "_adaptive_avg_pool2d_backward", g, x
        yield "_adaptive_avg_pool3d_backward", g.view(1, 1, 1, 3, 2), y
        where = t([[[[0, 3], [3, 3], [3, 11]]]], i64)
        yield "max_pool2d_with_indices_backward", g, x, [2, 2], [1, 1], [0, 0], [1, 1], False, where
        yield "adaptive_max_pool2d_backward", g, x, where
        yield "fractional_max_pool2d_backward", g, x, [2, 2], [3, 2], where
        deep = where.view(1, 1, 1, 3, 2)
        yield "max_pool3d_with_indices_backward", g.view(deep.shape), y, [2] * 3, [1] * 3, [0] * 3, [1] * 3, False, deep
        yield "adaptive_max_pool3d_backward", g.view(deep.shape), y, deep
        yield "fractional_max_pool3d_backward", g.view(deep.shape), y, [2] * 3, [1, 3, 2], deep
        padded = wave(1, 1, 7, 6).to(dtype)
        for kind in ("reflection", "replication"):
            yield f"{kind}_pad2d_backward", padded, x, [2, 1, 2, 1]
            yield f"{kind}_pad1d_backward", padded[:, 0], x[:, 0, :1].expand(1, 7, 3).contiguous(), [2, 1]
            yield f"{kind}_pad3d_backward", wave(1, 1, 3, 5, 3).to(dtype), y, [0, 1, 1, 1, 1, 0]
        yield "upsample_nearest1d_backward", wave(1, 1, 7).to(dtype), [7], [1, 1, 3], None
        yield "_upsample_nearest_exact1d_backward", wave(1, 1, 7).to(dtype), [7], [1, 1, 3], 2.5
        yield "upsample_nearest2d_backward", wave(1, 1, 5, 4).to(dtype), [5, 4], [1, 1, 2, 3], None, None
        yield "upsample_nearest3d_backward", wave(1, 1, 2, 3, 3).to(dtype), [2, 3, 3], [1, 1, 1, 2, 2], None, None, None
        yield "upsample_linear1d_backward", wave(1, 1, 7).to(dtype), [7], [1, 1, 3], False, None
        yield "upsample_bilinear2d_backward", wave(1, 1, 5, 4).to(dtype), [5, 4], [1, 1, 2, 3], False, None, None
        yield "upsample_bilinear2d_backward", wave(1, 1, 5, 4).to(dtype), [5, 4], [1, 1, 2, 3], True, None, None
        yield "upsample_trilinear3d_backward", wave(1, 1, 2, 3, 3).to(dtype), [2, 3, 3], [1, 1, 1, 2, 2], False, None, None, None
        yield "upsample_bicubic2d_backward", wave(1, 1, 5, 4).to(dtype), [5, 4], [1, 1, 2, 3], False, 2.4, None
        yield "_upsample_bilinear2d_aa_backward", wave(1, 1, 2, 2).to(dtype), [2, 2], [1, 1, 4, 3], False, None, None
        yield "_upsample_bicubic2d_aa_backward", wave(1, 1, 2, 2).to(dtype), [2, 2], [1, 1, 4, 3], False, None, None


def gradients_of_losses():
    """Of losses, tables and normalizations."""
    for dtype in (f32, f64, torch.bfloat16, f16, i64):
        g, x, y = (wave(5).roll(n).mul(4 if dtype == i64 else 1).to(dtype) for n in range(3))
        for reduction in (0, 1, 2):
            yield "mse_loss_backward", g, x, y, reduction
            yield "smooth_l1_loss_backward", g, x, y, reduction, 0.75
            yield "huber_loss_backward", g, x, y, reduction, 0.75
            yield "soft_margin_loss_backward", g, x, y, reduction
            yield "binary_cross_entropy_backward", g, x.abs().div(2) if dtype != i64 else x, y.abs(), None, reduction
        yield "binary_cross_entropy_backward", g, x.abs(), y.abs(), g.abs(), 1
        one, rows = torch.ones((), dtype=dtype), wave(2, 3).to(dtype)
        yield "nll_loss_backward", one, rows, t([2, 0], i64), None, 1, -100, one * 2
        yield "nll_loss_backward", g[:2], rows, t([2, 0], i64), rows[0], 0, 2, one
        yield "nll_loss2d_backward", one, rows.view(1, 3, 1, 2), t([[[1, 0]]], i64), rows[0], 1, -100, one * 3
        yield "embedding_dense_backward", rows, t([1, 1], i64), 3, -1, False
        yield "embedding_dense_backward", rows, t([1, 1], i64), 3, -1, True
        yield "embedding_dense_backward", rows, t([2, 0], i64), 3, 0, False
        yield "glu_jvp", rows[:, :2], wave(2, 4).to(dtype), wave(4, 2).view(2, 4).to(dtype), 1
        norms, all = (t([[0.25], [0.5]]).to(dtype), t([[1.5], [2.0]]).to(dtype)), [True] * 3
        yield "native_layer_norm_backward", rows, rows.flip(0), [3], *norms, rows[1], rows[1], all
        yield "native_group_norm_backward", rows.view(1, 6, 1), rows.view(1, 6, 1), *[n.view(1, 2) for n in norms], g.repeat(2)[:6], 1, 6, 1, 2, all
        stats = [g[:3], x[:3], x[:3].abs() + 1, y[:3], y[2:]]
        yield "native_batch_norm_backward", rows, rows.flip(0), *stats, True, 1e-5, all
        yield "native_batch_norm_backward", rows, rows.flip(0), *stats, False, 1e-5, all
    yield "nll_loss_backward", t(1.0), wave(2, 3), t([2, 5], i64), None, 1, -100, t(2.0)


def checks(m):
    """Assertions, questions about memory, and forms that only programs write which were taken apart."""
    one, d = t(1.0), torch.arange(6.0).view(3, 2)
    for x in (one, t(0.0), t([1.0, 1.0]), t([])):
        yield "_functional_assert_async.msg", x, "no", m
    yield "_assert_async", t(0)
    yield "_assert_async.msg", t(0), "no"
    for size, stride, dtype in (([2, 2], None, None), (None, [1, 2], None), (None, None, i64)):
        yield "_assert_tensor_metadata", m, size, stride, dtype
    yield "_functional_assert_scalar", 1, "no", one
    yield "_functional_assert_scalar", 0, "no", one
    yield "_functional_sym_constrain_range", 3, 1, 5, one
    yield "_functional_sym_constrain_range", 9, 1, 5, one
    yield "_functional_sym_constrain_range_for_size", 9, None, 5, one
    yield "sym_stride", m
    yield "sym_stride.int", m, -2
    yield "sym_storage_offset", m
    yield "_debug_has_internal_overlap", m
    yield "_has_compatible_shallow_copy_type", m, one
    yield "set", m
    yield "set.source_Tensor", m, d
    yield "resize", m, [2, 2]
    yield "resize.out", m, [2, 2], None, t([])
    yield "resize_as", m, t([1.0, 2.0])
    yield "slice_inverse", m, d
    yield "slice_inverse", d, torch.zeros(4, 4)
    yield "_batch_norm_with_update_functional", d, t([1.0, 2.0]), None, t([0.0, 1.0]), t([1.0, 2.0]), 0.1, 1e-5
    yield "_grad_sum_to_size", d, [1, 2]
    yield "_grad_sum_to_size", d, None
    yield "_no_grad_fill_", d.clone(), 2.5
    yield "_no_grad_zero_", d.clone()
    ends = t([0, 1, 3], i64)
    yield "_jagged_to_padded_dense_forward", d, [ends], [1], -1.0
    yield "_jagged_to_padded_dense_forward", d[:, 0], [ends], [3], -1.0
    yield "_jagged_to_padded_dense_forward", d, [ends[None]], [3], -1.0
    yield "_padded_dense_to_jagged_forward", torch.arange(8.0).view(2, 2, 2), [ends], None
    yield "_padded_dense_to_jagged_forward", torch.arange(8.0).view(2, 2, 2), [ends], 4
    yield "_padded_dense_to_jagged_forward", torch.arange(8.0).view(2, 2, 2), [t([0, 3, 4], i64)], None
    yield "_pack_sequence", d, ends, None, ends
    yield "mkldnn_convolution", torch.arange(8.0).view(1, 2, 4), torch.ones(1, 2, 2), t([0.5]), [1], [2], [1], 1
    yield "mkldnn_linear", d, d, None


def legacy():
    image = torch.arange(8.0).view(1, 1, 2, 4)
    for x in (image[0], image, image[None]):
        for mode in "nearest linear bilinear trilinear bicubic area nearest-exact".split():
            yield "__interpolate", x, None, 1.7, mode
    yield "__interpolate", image, None, 1.7, "bilinear", None, False
    yield "__interpolate", image, 3, None, "bilinear", True
    yield "__interpolate", image, 3, None, "nearest", True
    yield "__interpolate", image, 3, None, "bilinear", False, None, True
    yield "__interpolate", image, 3, 9.0, "nearest"
    yield "__interpolate", image[0, 0], 3, None, "nearest"
    yield "__interpolate.size_list", image, [3, 2], None, "bicubic"
    yield "__interpolate.size_list", image, [3], None, "nearest"
    yield "__interpolate.scale_list", image, None, [1.5, 2.0], "nearest"
    yield "__interpolate.size_list_scale_list", image, None, [1.5, 2.0], "bilinear", True, False
    yield "__upsample", image, None, 2, "bilinear"
    yield "__upsample.size_list", image, [3, 3], None, "nearest"
    for op in "__upsample_nearest", "__upsample_bilinear":
        yield op, image, None, 2
        yield f"{op}.size_list", image, [3, 5], None
    yield "__upsample_bilinear.scale_list", image, None, [2, 1]
    m = t([[0.25, 2.0, -1.0], [3.0, 0.5, 1.0]])
    yield "_unsafe_view", m, [3, -1]
    yield "_reshape_alias", m, [3, 2], [1, 3]
    yield "_reshape_alias_copy", m, [3, 2], [1, 3]
    yield "_reshape_copy", m.t(), [2, 3]
    yield "_stack", [m, m], 1
    yield "_aminmax", m
    yield "_aminmax.dim", m, 1
    yield "_is_all_true", t([True, False], b)
    yield "_is_any_true", t([True, False], b)
    yield "_is_zerotensor", m
    yield "_has_same_storage_numel", m, m
    yield "_list_to_tensor", [1, 2]
    yield "_tensor_to_list", t([[1, 2]], i32)
    yield "_tensor_to_list", t([[1, 2]], i64)
    yield "flatten_dense_tensors", [m, t(1.0)]
    yield "unflatten_dense_tensors", t([1.0, 2.0, 3.0]), [m[:1, :2], t(1.0)]
    yield "_cholesky_solve_helper", m[:, :1], t([[2.0, 0.0], [1.0, 3.0]]), False
    yield "_compute_linear_combination", m, t([[1.0, 2.0], [0.5, 3.0]])
    yield "_index_put_impl", m[0], [t([1, 1], i64)], t([2.0, 3.0]), True
    yield "_ncf_unsqueeze", m[0], 4
    yield "_ncf_view", t([1.0, 2.0]), [1, 2, 5, 5], 2
    yield "_autocast_to_full_precision", m.bfloat16(), True, True
    yield "_autocast_to_full_precision", m.bfloat16(), True, False
    yield "_autocast_to_reduced_precision", m, True, True, f16, torch.bfloat16
    yield "_autocast_to_reduced_precision", m.double(), True, True, f16, torch.bfloat16
    mask = t([[True, False, False], [True, True, True]], b)
    yield "_masked_softmax", m, mask
    yield "_masked_softmax", m, mask, 0
    yield "_masked_softmax", m, mask[:1]
    yield "_masked_softmax", m.view(1, 1, 2, 3)[..., :2], mask[:, :2], 3, 0
    yield "_masked_softmax", m.view(2, 1, 1, 3), mask, 3, 1
    yield "_masked_softmax", m.view(2, 1, 1, 3).expand(2, 1, 3, 3).contiguous(), mask, 3, 1
    yield "_trilinear", m, m, m, [], [], [], [1]
    yield "_trilinear", m[:, 0], m[0], m, [1], [0], [], [1]
    yield from checks(m)
    yield "quantized_gru.data_legacy", m, t([1], i64), m, [m], True, 1, 0.0, False, False


if __name__ == "__main__":
    write("legacy", legacy())
    write("gradients", [*gradients(), *gradients_of_space(), *gradients_of_losses()])
    write("foreach", foreach())
    write("difference", difference())
    write("statistics", statistics())
    write("segment", segments())
