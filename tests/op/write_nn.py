"""Writes the `.cases` files of the operators of neural networks. Run: python tests/op/write_nn.py"""
import torch
import torchvision  # noqa: F401, registers operators

from write import b, bf, c64, f16, f32, f64, i8, i32, i64, t, u8, write

generator = torch.Generator().manual_seed(0)


def r(*shape, dtype=f32):
    """Small numbers with few digits."""
    if dtype.is_floating_point or dtype.is_complex:
        real = torch.randint(-20, 21, shape, generator=generator) / 8
        if dtype.is_complex:
            return torch.complex(real, torch.randint(-20, 21, shape, generator=generator) / 8).to(dtype)
        return real.to(dtype)
    return torch.randint(0 if dtype == u8 else -4, 5, shape, generator=generator).to(dtype)


def matmul():
    for d in (f32, f64, i64, u8, c64, bf, f16):
        yield "mm", r(2, 3, dtype=d), r(3, 4, dtype=d)
        yield "addmm", r(2, 4, dtype=d), r(2, 3, dtype=d), r(3, 4, dtype=d), 2, 3
    yield "addmm", r(4), r(5, 3), r(4, 3).t(), 1, 1
    yield "addmm", t([float("nan")]), r(2, 3), r(3, 4), 0, 1
    yield "addmm", r(2, 4, dtype=i64), r(2, 3, dtype=i64), r(3, 4, dtype=i64), 1, 1.5
    yield "mm", r(2, 3), r(4, 4)
    yield "mm", r(2, 3), r(3, 4, dtype=f64)
    yield "mm", r(2, 3, dtype=b), r(3, 4, dtype=b)
    yield "mm", r(2, 0), r(0, 4)
    yield "bmm", r(3, 2, 3), r(3, 3, 4)
    yield "bmm", r(3, 2, 3), r(2, 3, 4)
    yield "bmm", r(3, 3), r(2, 3, 4)
    for x, y in (((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 2)), ((4, 2, 3), (3,)), ((4, 2, 3), (3, 2)),
                 ((3,), (4, 3, 2)), ((2, 3), (4, 3, 2)), ((4, 2, 3), (4, 3, 5)), ((2, 1, 2, 3), (4, 3, 2)), ((), (3,)),
                 ((2, 3), (4, 2)), ((4, 2, 3), (4, 4, 5)), ((0, 2, 3), (3, 2))):
        yield "matmul", r(*x), r(*y)
    yield "addmv", r(2), r(2, 3), r(3), 2, 0.5
    yield "addmv", t(1.0), r(2, 3), r(3)
    yield "addbmm", r(2, 4), r(3, 2, 3), r(3, 3, 4), 2, 0.5
    yield "baddbmm", r(3, 1, 4), r(3, 2, 3), r(3, 3, 4), 2, 0.5
    yield "addr", r(2, 3), r(2), r(3), 2, 0.5
    yield "addr", t([[True, False]]), t([True]), t([True, True])
    yield "mv", r(2, 3), r(3)
    yield "mv", r(2, 3), r(2)
    yield "dot", r(3), r(3)
    yield "dot", r(3), r(4)
    yield "dot", r(3, dtype=i64), r(3, dtype=i64)
    yield "vdot", r(3, dtype=c64), r(3, dtype=c64)
    yield "inner", r(2, 3), r(4, 3)
    yield "inner", t(2.0), r(4, 3)
    yield "outer", r(2), r(3)
    yield "outer", r(2, dtype=i64), r(3)
    yield "linear", r(5, 3), r(4, 3), r(4)
    yield "linear", r(2, 2, 3), r(4, 3), None
    yield "linear", r(3), r(4, 3), r(4)
    yield "linear", r(5, 3, dtype=bf), r(4, 3, dtype=bf), r(4, dtype=bf)
    yield "linear", r(5, 3), r(4, 2), r(4)
    yield "linear", r(5, 3), r(3), None
    yield "linear", r(5, 3, dtype=i64), r(4, 3, dtype=i64), r(4, dtype=i64)
    yield "bilinear", r(2, 3), r(2, 4), r(5, 3, 4), r(5)
    yield "tensordot", r(2, 3, 4), r(4, 3, 5), [1, 2], [1, 0]
    yield "tensordot", r(2, 3), r(4, 3, 5), [1], [1]
    yield "linalg_multi_dot", [r(2, 3), r(3, 4), r(4, 2)]
    yield "linalg_multi_dot", [r(3), r(3, 4), r(4)]
    yield "chain_matmul", [r(2, 3), r(3, 4)]
    yield "kron", r(2, 2), r(1, 3)
    yield "kron", r(2), r(2, 2, 2)
    yield "_int_mm", r(20, 8, dtype=i8), r(8, 8, dtype=i8)
    yield "_addmm_activation", r(4), r(2, 3), r(3, 4), 1, 1, True
    yield "_addmm_activation", r(4), r(2, 3), r(3, 4), 1, 1, False
    for equation, *shapes in (("ij,jk->ik", (2, 3), (3, 4)), ("bij,bjk->bik", (2, 2, 3), (2, 3, 2)), ("ii->i", (3, 3)),
                              ("...ij,...jk->...ik", (2, 1, 2, 3), (3, 3, 2)), ("bhqd,bhkd->bhqk", (1, 2, 3, 4), (1, 2, 2, 4)),
                              ("i,j,k->ijk", (2,), (3,), (2,)), ("ij->", (2, 3)), ("ijk,ilk->jl", (2, 3, 4), (2, 2, 4)),
                              ("ab,cd,bc->ad", (2, 3), (4, 2), (3, 4)), ("i...->...", (2, 3)), ("ij,ij->j", (2, 3), (2, 3)),
                              ("ij,j", (2, 3), (3,)), ("ij,kj->ik", (2, 1), (3, 4)), ("ij,jk->il", (2, 3), (3, 4)),
                              ("ij,jk->ik", (2, 3), (4, 4)), ("ij->ik", (2, 3)), ("ij", (2,)), ("i.j", (2, 3))):
        yield "einsum", equation, [r(*s) for s in shapes]
    yield "einsum", "ij,jk,kl->il", [r(2, 3), r(3, 4), r(4, 2)], [1, 2, 0, 1]
    for equation, shapes in (("ij->j", [(2, 3)]), ("ij->ij", [(1, 2)]), ("ij->", [(1, 1)]), ("ij,ij->i", [(1, 2), (1, 2)])):
        yield "einsum", equation, [torch.ones(s, dtype=torch.int32) for s in shapes]


def conv():
    w = r(4, 3, 3, 3)
    for d in (f32, f64, i64, c64, bf):
        yield "conv2d", r(1, 3, 5, 4, dtype=d), r(2, 3, 3, 3, dtype=d), r(2, dtype=d), [1, 1], [1, 1]
    yield "conv2d", r(2, 3, 6, 5), w, r(4), [2, 1], [0, 1], [1, 2]
    yield "conv2d", r(3, 5, 5), w
    yield "conv2d", r(1, 4, 5, 5), r(4, 2, 3, 3), None, [1, 1], [1, 1], [1, 1], 2
    yield "conv2d", r(1, 4, 5, 5), r(8, 1, 3, 3), r(8), [1, 1], [1, 1], [1, 1], 4
    yield "conv2d.padding", r(1, 3, 4, 5), r(2, 3, 2, 3), None, [1, 1], "same"
    yield "conv2d.padding", r(1, 3, 4, 5), r(2, 3, 2, 3), None, [1, 1], "valid"
    yield "conv2d.padding", r(1, 3, 4, 5), r(2, 3, 2, 3), None, [2, 2], "same"
    yield "conv2d", r(1, 4, 4, 4), w
    yield "conv2d", r(1, 3, 2, 2), w
    yield "conv2d", r(1, 3, 4, 4), w, r(3)
    yield "conv2d", r(1, 3, 4, 4), w, None, [0, 0]
    yield "conv2d", r(1, 3, 4, 4), w, None, [1, 1], [-1, -1]
    yield "conv2d", r(0, 3, 4, 4), w
    yield "conv1d", r(2, 3, 7), r(4, 3, 3), r(4), [2], [1]
    yield "conv3d", r(1, 2, 3, 4, 3), r(2, 2, 2, 2, 2), r(2), [1, 1, 1], [1, 0, 0]
    yield "conv_transpose1d", r(2, 3, 5), r(3, 2, 3), r(2), [2], [1], [1]
    yield "conv_transpose2d.input", r(1, 4, 3, 3), r(4, 2, 3, 2), r(4), [2, 1], [1, 0], [0, 0], 2, [1, 2]
    yield "conv_transpose2d.input", r(1, 3, 4, 4), r(3, 2, 3, 3), None, [1, 1], [0, 0], [1, 1]
    yield "conv_transpose3d.input", r(1, 2, 2, 3, 2), r(2, 1, 2, 2, 2), r(1), [2, 2, 2]
    yield "convolution", r(1, 3, 4, 4), w, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1
    yield "_convolution", r(1, 3, 4, 4), w, None, [1], [0], [1], False, [0], 1, False, False, True, True
    yield "conv_tbc", r(5, 2, 3), r(2, 3, 4), r(4), 1
    yield "im2col", r(1, 2, 4, 4), [2, 3], [1, 1], [1, 0], [1, 2]
    yield "im2col", r(2, 4, 4), [3, 3], [2, 2], [1, 1], [1, 1]
    yield "col2im", r(1, 12, 5), [4, 4], [2, 3], [1, 1], [1, 0], [1, 2]
    yield "col2im", r(1, 12, 10), [4, 4], [2, 3], [1, 1], [1, 0], [1, 2]


def norm():
    x, w3, b3, m3, v3 = r(2, 3, 2, 2), r(3), r(3), r(3), r(3).abs() + 0.5
    for d in (f32, f64, bf):
        for train in (False, True):
            yield "batch_norm", x.to(d), w3.to(d), b3.to(d), m3.to(d), v3.to(d), train, 0.1, 1e-5, True
    yield "batch_norm", x.to(bf), w3, b3, m3, v3, False, 0.1, 1e-5, True
    yield "batch_norm", x, None, None, None, None, True, 0.1, 1e-5, True
    yield "batch_norm", x, None, None, None, None, False, 0.1, 1e-5, True
    yield "batch_norm", x, r(4), b3, m3, v3, False, 0.1, 1e-5, True
    yield "batch_norm", r(4, 3), w3, b3, m3, v3, False, 0.1, 1e-5, True
    yield "native_batch_norm", x, w3, b3, m3, v3, True, 0.1, 1e-5
    yield "native_batch_norm", x, w3, b3, m3, v3, False, 0.1, 1e-5
    yield "_native_batch_norm_legit_functional", x, w3, b3, m3, v3, True, 0.1, 1e-5
    yield "instance_norm", x, w3, b3, m3, v3, True, 0.1, 1e-5, True
    yield "instance_norm", x, w3, b3, m3, v3, False, 0.1, 1e-5, True
    for d in (f32, f64, bf, f16):
        yield "layer_norm", r(2, 3, 4, dtype=d), [4], r(4, dtype=d), r(4, dtype=d)
        yield "native_layer_norm", r(2, 3, 4, dtype=d), [3, 4], None, None, 1e-5
        yield "group_norm", r(2, 4, 3, dtype=d), 2, r(4, dtype=d), r(4, dtype=d)
        yield "rms_norm", r(2, 4, dtype=d), [4], r(4, dtype=d)
        yield "softmax.int", r(2, 3, 4, dtype=d), 1
        yield "softmax.int", r(2, 3, 4, dtype=d), -1
        yield "log_softmax.int", r(2, 3, 4, dtype=d), 0
    yield "native_group_norm", r(2, 4, 3), r(4), None, 2, 4, 3, 2, 1e-5
    yield "layer_norm", r(2, 3), [4]
    yield "layer_norm", r(2, 3, dtype=i32), [3]
    yield "layer_norm", r(2, 3, dtype=f64), [3], r(3)
    yield "group_norm", r(2, 3), 2
    yield "softmax.int", r(2, 3, dtype=i64), 1
    yield "softmax.int", r(2, 3, dtype=i64), 1, f32
    yield "softmax.int", r(2, 3), 2
    yield "softmax.int", t(2.0), 0
    yield "softmax.int", t([[float("-inf"), float("-inf")], [1.0, float("-inf")]]), 1
    yield "_safe_softmax", t([[float("-inf"), float("-inf")], [1.0, float("-inf")]]), 1
    yield "_softmax", r(2, 3), 0, False
    yield "_weight_norm", r(3, 2, 2), r(3, 1, 1), 0
    yield "_weight_norm", r(3, 2, 2), r(1, 1, 2), 2
    yield "_weight_norm_interface", r(3, 2, 2), r(3, 1, 1), 0
    yield "norm_except_dim", r(3, 2, 2), 2, 1
    yield "renorm", r(3, 2, 2), 2, 1, 2.0
    yield "renorm", r(3, 2, 2), 1.5, 0, 2.0
    yield "cosine_similarity", r(2, 3, 2), r(2, 3, 2), 1
    yield "cosine_similarity", r(2, 3), r(3)
    yield "cosine_similarity", r(2, 3, dtype=i64), r(2, 3, dtype=i64)
    for p in (2.0, 1.0, 3.0, float("inf")):
        yield "pairwise_distance", r(2, 3), r(2, 3), p
    w = r(5, 3)
    yield "embedding", w, t([[1, 4], [0, 2]], i64)
    yield "embedding", w.to(bf), t([1, 4], i32)
    yield "embedding", w, t([5], i64)
    yield "embedding", w, t([1.0])
    yield "embedding_renorm", w, t([1, 4, 1], i64), 2.0, 2.0
    index, offsets = t([1, 2, 4, 0, 2], i64), t([0, 3, 3], i64)
    for mode in (0, 1, 2):
        yield "embedding_bag", w, index, offsets, False, mode
        yield "embedding_bag", w, index, t([0, 2, 5], i64), False, mode, False, None, True
        yield "embedding_bag.padding_idx", w, index, offsets, False, mode, False, None, False, 2
    yield "embedding_bag", w, index, offsets, False, 0, False, r(5)
    yield "embedding_bag", w, index, offsets, False, 1, False, r(5)
    yield "embedding_bag", w, t([1, 7], i64), t([0], i64)
    yield "one_hot", t([[1, 0], [2, 2]], i64)
    yield "one_hot", t([1, 0], i64), 4
    yield "one_hot", t([1, 5], i64), 3


def pool():
    for d in (f32, f64, i64, bf, u8):
        yield "max_pool2d", r(1, 2, 5, 4, dtype=d), [2, 2], [2, 1], [1, 0]
        yield "max_pool2d_with_indices", r(1, 2, 5, 4, dtype=d), [3, 3], [2, 2], [1, 1], [1, 1], True
    yield "max_pool2d", r(2, 5, 4), [2], []
    yield "max_pool2d", r(1, 3, 4, 4), [5], []
    yield "max_pool2d", r(1, 3, 4, 4), [2], [], [2]
    yield "max_pool2d", r(4, 4), [2], []
    yield "max_pool2d", r(1, 3, 4, 4, dtype=b), [2], []
    yield "max_pool1d", r(1, 2, 7), [3], [2], [1], [2], True
    yield "max_pool1d_with_indices", r(1, 2, 7), [3], [2], [1], [1], False
    yield "max_pool1d", r(1, 3, 4), [5]
    yield "max_pool1d", r(1, 3, 4), [2], [1], [3]
    yield "max_pool3d", r(1, 2, 4, 5, 4), [2], [2], [1]
    yield "max_pool3d_with_indices", r(1, 2, 4, 5, 4), [2], []
    for d in (f32, f64, i64, bf):
        yield "avg_pool2d", r(1, 2, 5, 4, dtype=d), [2, 2], [2, 1], [1, 0]
        yield "avg_pool2d", r(1, 2, 5, 4, dtype=d), [3, 2], [2, 2], [1, 1], True, False
    yield "avg_pool2d", r(1, 2, 5, 4), [3, 2], [2, 2], [1, 1], True, True, 5
    yield "avg_pool2d", r(1, 2, 5, 4), [2], [], [0], False, True, 0
    yield "avg_pool2d", r(1, 3, 4, 4, dtype=i32), [2]
    yield "avg_pool1d", r(1, 2, 7), [3], [2], [1], True, True
    yield "avg_pool1d", r(1, 3, 4, 4), [2]
    yield "avg_pool3d", r(1, 2, 4, 5, 4), [2], [2], [1], True
    yield "adaptive_avg_pool1d", r(1, 2, 7), [3]
    for d in (f32, f64, bf):
        yield "adaptive_avg_pool2d", r(1, 2, 5, 7, dtype=d), [3, 2]
    yield "adaptive_avg_pool2d", r(2, 5, 7), [1, 1]
    yield "adaptive_avg_pool2d", r(4, 4), [2, 2]
    yield "adaptive_avg_pool2d", r(1, 3, 0, 4), [2, 2]
    yield "adaptive_avg_pool3d", r(1, 2, 3, 5, 4), [2, 2, 2]
    yield "adaptive_max_pool1d", r(1, 2, 7), [3]
    yield "adaptive_max_pool2d", r(1, 2, 5, 7), [3, 2]
    yield "adaptive_max_pool3d", r(1, 2, 3, 5, 4), [2, 2, 2]
    yield "fractional_max_pool2d", r(1, 2, 6, 7), [2, 2], [3, 3], torch.rand(1, 2, 2, generator=generator)
    yield "fractional_max_pool3d", r(1, 2, 9, 5, 6), [2, 2, 2], [6, 3, 2], torch.rand(1, 2, 3, generator=generator)
    yield "max_unpool2d", r(1, 1, 2, 2), t([[[[0, 3], [9, 15]]]], i64), [4, 4]
    yield "max_unpool2d", r(1, 1, 2, 2), t([[[[0, 3], [9, 16]]]], i64), [4, 4]
    yield "max_unpool3d", r(1, 1, 1, 2, 2), t([[[[[0, 3], [9, 15]]]]], i64), [1, 4, 4], [2, 2, 2], [0, 0, 0]


def pad():
    x = r(1, 2, 3, 4)
    for d in (f32, f64, i64, u8, bf, f16, c64):
        yield "reflection_pad1d", r(2, 4, dtype=d), [3, 1]
        yield "constant_pad_nd", r(2, 3, dtype=d), [1, 0, 0, 1], 2
    yield "constant_pad_nd", t([True, False]), [1, 1], 1
    for p in ([1, 1, -1, 1], [-1, -2], [-4, -2], [-1, -4], [], [1], [1] * 10, [-2, -2, 1, 0], [0, 0, 0, 0, 1, 0]):
        yield "constant_pad_nd", x, p, 1.5
    for mode in ("reflection", "replication"):
        yield f"{mode}_pad1d", r(1, 2, 3), [2, 2]
        yield f"{mode}_pad1d", r(2, 3), [3, 1]
        yield f"{mode}_pad1d", r(2, 3), [1, 1, 1]
        yield f"{mode}_pad1d", r(2, 3), [-1, -2]
        yield f"{mode}_pad1d", r(3), [1, 1]
        yield f"{mode}_pad1d", t([[True]]), [0, 0]
        yield f"{mode}_pad1d", r(2, 0, 3), [1, 1]
        yield f"{mode}_pad2d", x, [1, 2, 2, 0]
        yield f"{mode}_pad2d", x[0], [-1, 2, 1, -1]
        yield f"{mode}_pad2d", x, [-2, -2, -2, -1]
        yield f"{mode}_pad2d", x[0, 0], [1, 1, 1, 1]
        yield f"{mode}_pad2d", x.contiguous(memory_format=torch.channels_last), [1, 0, 1, 0]
        yield f"{mode}_pad3d", r(1, 1, 2, 2, 3), [1, 2, 1, 0, 0, 1]
    yield "_pad_circular", x, [2, 1, 0, 3]
    yield "_pad_circular", x[0], [-1, 2]
    yield "_pad_circular", x, [5, 0, 0, 0]
    yield "_pad_circular", x, [-3, -2, 0, 0]
    yield "_pad_circular", x, [1, 1]
    for mode in ("constant", "reflect", "replicate", "circular", "odd"):
        yield "pad", x, [1, 1, 0, 1], mode
        yield "pad", x, [1, 1], mode
        yield "pad", x, [1, 1, 1], mode
        yield "pad", x, [1] * 10, mode
        yield "pad", r(2, 3), [1, 2], mode, 0.0
        yield "pad", r(2, 3), [1, 2], mode, 1.0
    for mode in range(-1, 5):
        yield "_pad_enum", r(1, 3), [1, 1], mode


def upsample():
    for d in (f32, f64, bf, f16, u8, i64):
        for name in ("upsample_nearest2d", "_upsample_nearest_exact2d"):
            yield name, r(1, 2, 3, 2, dtype=d), [4, 5]
        for name in ("upsample_bilinear2d", "upsample_bicubic2d"):
            yield name, r(1, 1, 2, 4, dtype=d), [3, 3], False
            yield name, r(1, 1, 3, 2, dtype=d), [4, 3], True
    for d in (f32, f64, u8, f16):
        for name in ("_upsample_bilinear2d_aa", "_upsample_bicubic2d_aa"):
            yield name, (r(1, 1, 5, 4, dtype=d) * 3), [2, 3], False
    yield "upsample_bilinear2d", t([[[[9, 200, 30, 255], [0, 7, 255, 80]]]], u8), [5, 3], False
    yield "upsample_bicubic2d", t([[[[9, 200, 30, 255], [0, 7, 255, 80]]]], u8), [3, 6], False
    yield "_upsample_bicubic2d_aa", t([[[[9, 200, 30, 255, 4], [0, 7, 255, 80, 99]]]], u8), [3, 2], False
    last = r(1, 4, 2, 3).contiguous(memory_format=torch.channels_last)
    yield "upsample_nearest2d", last, [3, 3], 0.5, 0.5
    yield "upsample_bilinear2d", last, [3, 3], False
    yield "_upsample_bilinear2d_aa", last, [2, 2], False, 0.7, None
    for n, names in ((1, ("nearest1d", "linear1d")), (2, ("nearest2d", "bilinear2d")), (3, ("nearest3d", "trilinear3d"))):
        x, size, factors = r(*(1, 1, 2, 3, 2)[:n + 2]), [3, 4, 2][:n], [1.6, 0.7, 2.0][:n]
        for name in names:
            corners = [] if "nearest" in name else [False]
            name = f"upsample_{name}"
            yield name, x, size, *corners
            yield name, x, size, *corners, *factors
            yield name, x[0], size, *corners
            yield name, x, size + [1], *corners
            yield name, x, [0] * n, *corners
            yield name, x[:, :0], size, *corners
            yield name, x[..., :0], size, *corners
            yield name + ".vec", x, None, *corners, factors
            yield name + ".vec", x, size, *corners, None
            yield name + ".vec", x, size, *corners, factors
            yield name + ".vec", x, None, *corners, factors + [1.0]
            if corners:
                yield name, x, size, True
    yield "_upsample_nearest_exact1d", r(1, 1, 5), [3], 0.5
    yield "_upsample_nearest_exact3d.vec", r(1, 1, 2, 2, 1), None, [1.5, 1.5, 2.0]


def grid():
    x, g = r(1, 1, 3, 2), r(1, 2, 2, 2)
    for mode in range(3):
        for padding in range(3):
            for corners in (False, True):
                yield "grid_sampler_2d", x, g, mode, padding, corners
                if mode < 2:
                    yield "grid_sampler_3d", r(1, 1, 2, 3, 1), r(1, 1, 1, 3, 3), mode, padding, corners
    far = t([[[[float("inf"), 0], [float("nan"), 1], [1e20, -1]]]])
    for mode in range(3):
        yield "grid_sampler", x, far, mode, 0, False
        yield "grid_sampler", x, far, mode, 1, False
    yield "grid_sampler", x, g[:0], 0, 0, False
    yield "grid_sampler", x, r(1, 2, 2, 3), 0, 0, False
    yield "grid_sampler", x, r(1, 2, 2), 0, 0, False
    yield "grid_sampler", x[:, :, :0], g, 0, 0, False
    yield "grid_sampler", x, g.to(f64), 0, 0, False
    yield "grid_sampler", x.to(f16), g.to(f16), 0, 0, False
    yield "grid_sampler", r(1, 1, 2, 3, 1), r(1, 1, 1, 3, 3), 2, 0, False
    yield "_grid_sampler_2d_cpu_fallback", x, g, 0, 0, False
    for corners in (False, True):
        yield "affine_grid_generator", r(2, 2, 3), [2, 1, 2, 3], corners
        yield "affine_grid_generator", r(1, 3, 4, dtype=f64), [1, 1, 2, 1, 2], corners
    yield "affine_grid_generator", r(2, 2, 3), [2, 1, 2], True
    yield "affine_grid_generator", r(2, 2, 3), [3, 1, 2, 2], True
    yield "affine_grid_generator", r(1, 2, 3, dtype=f16), [1, 1, 2, 2], True


def vision():
    boxes = t([[0, 0, 2, 2], [0, 0, 2, 1.5], [1, 1, 3, 3], [4, 4, 5, 5], [0, 0, 2, 2]])
    scores = t([0.5, 0.9, 0.5, 0.1, 0.5])
    for d in (f32, f64, f16):
        yield "torchvision::nms", boxes.to(d), scores.to(d), 0.5
    yield "torchvision::nms", boxes, scores, 0.1
    yield "torchvision::nms", boxes, t([0.1, float("nan"), 0.3, 0.3, 0.3]), 0.2
    yield "torchvision::nms", boxes[:0], scores[:0], 0.5
    yield "torchvision::nms", boxes[0], scores, 0.5
    yield "torchvision::nms", boxes[:, :3], scores, 0.5
    yield "torchvision::nms", boxes, scores[:4], 0.5
    yield "torchvision::nms", boxes, scores[:, None], 0.5
    yield "torchvision::nms", boxes, scores.to(f64), 0.5
    x, rois = r(2, 4, 3, 4), t([[0, 0, 0, 3, 2], [1, 1, 0.5, 2.5, 7], [1, 3, 2, 1, 1]])
    for d in (f32, f64, bf):
        for name, extra in (("roi_align", (-1, False)), ("roi_pool", ()), ("ps_roi_align", (2,)), ("ps_roi_pool", ())):
            yield f"torchvision::{name}", x.to(d), rois.to(d), 1.0, 2, 2, *extra
    for sampling in (-1, 1, 3):
        yield "torchvision::roi_align", x[:, :1], rois, 0.5, 2, 1, sampling, True
        yield "torchvision::ps_roi_align", x[:, :2], rois, 0.5, 2, 1, sampling
    yield "torchvision::roi_align", x, rois[:0], 1.0, 2, 2, -1, False
    yield "torchvision::roi_align", x, rois[:, :4], 1.0, 2, 2, -1, False
    yield "torchvision::roi_align", x, rois.to(f64), 1.0, 2, 2, -1, False
    yield "torchvision::roi_align", x[0], rois, 1.0, 2, 2, -1, False
    yield "torchvision::ps_roi_pool", x, rois, 1.0, 3, 3
    w, off, mask, bias = r(2, 2, 2, 2), r(1, 8, 3, 3), r(1, 4, 3, 3), r(2)
    ones = (1, 1, 0, 0, 1, 1, 1, 1)
    for d in (f32, f64):
        yield "torchvision::deform_conv2d", *(y.to(d) for y in (r(1, 2, 4, 4), w, off, mask, bias)), *ones, True
    yield "torchvision::deform_conv2d", r(1, 2, 4, 4), w, off, mask[:, :0], bias, *ones, False
    yield "torchvision::deform_conv2d", r(1, 4, 3, 3), w, r(1, 16, 2, 3), r(1, 8, 2, 3), bias, 2, 1, 1, 1, 1, 2, 2, 2, True
    for wrong in ((r(2, 4, 4), w, off, mask, bias), (r(1, 2, 4, 4), w, off[:, 1:], mask, bias),
                  (r(1, 2, 4, 4), w, off, mask[:, 1:], bias), (r(1, 2, 4, 4), w, off[..., 1:], mask, bias),
                  (r(1, 3, 4, 4), w, off, mask, bias)):
        yield "torchvision::deform_conv2d", *wrong, *ones, True


def attention():
    sdpa = "scaled_dot_product_attention"
    for d in (f32, f64, bf, f16):
        q, k, v = r(1, 2, 3, 4, dtype=d), r(1, 2, 5, 4, dtype=d), r(1, 2, 5, 4, dtype=d)
        yield sdpa, q, k, v
        yield sdpa, q, k, v, r(3, 5, dtype=d), 0.0, False, 0.3
        yield sdpa, q, k, v, None, 0.0, True
        yield sdpa, q[0], k[0], v[0], r(1, 5) > 0
        yield "_scaled_dot_product_flash_attention_for_cpu", q, k, v, 0.0, True
    none = t([[True, False, True], [False, False, False]], b)
    yield sdpa, r(1, 1, 2, 2), r(1, 1, 3, 2), r(1, 1, 3, 2), none
    yield sdpa, r(1, 2, 2), r(1, 3, 2), r(1, 3, 2), none
    yield sdpa, r(2, 2), r(3, 2), r(3, 4), r(2, 3) > 0
    yield sdpa, r(2, 1, 2, 2), r(1, 1, 3, 2), r(1, 2, 3, 2)
    yield sdpa, r(4, 2, 2), r(2, 3, 2), r(1, 3, 2), None, 0.0, False, None, True
    yield sdpa, r(1, 1, 2, 2), r(1, 1, 0, 2), r(1, 1, 0, 2)
    yield sdpa, r(1, 0, 2, 2), r(1, 0, 3, 2), r(1, 0, 3, 2)
    yield sdpa, r(2), r(3, 2), r(3, 2)
    yield sdpa, r(2, 2), r(3, 2, dtype=f64), r(3, 2)
    yield sdpa, r(2, 2), r(3, 4), r(3, 4)
    yield sdpa, r(2, 2), r(3, 2), r(3, 2), t([1, 2, 3], i64)
    yield sdpa, r(1, 4, 2, 2), r(1, 3, 3, 2), r(1, 3, 3, 2), None, 0.0, False, None, True
    yield sdpa, r(1, 2, 2), r(1, 3, 2), r(1, 3, 2), r(2, 3) > 0, 0.0, True
    math = "_scaled_dot_product_attention_math"
    yield math, r(1, 2, 2), r(1, 3, 2), r(1, 3, 2), r(2, 3) > 0
    yield math, r(1, 2, 2), r(1, 3, 2), r(1, 3, 2), None, 0.5, True, t([[True, False, True], [True, True, False]], b)
    yield "_fused_sdp_choice", r(1, 1, 2, 2), r(1, 1, 3, 2), r(1, 1, 3, 2)
    yield "_fused_sdp_choice", r(1, 1, 2, 2), r(1, 1, 3, 2), r(1, 1, 3, 4)
    yield "_transform_bias_rescale_qkv", r(1, 2, 12), r(12), 2
    yield "_transform_bias_rescale_qkv", r(1, 2, 12), r(12), 3
    x, rest = r(2, 2, 4), (r(12, 4), r(12), r(4, 4), r(4))
    for d in (f32, f64):
        y, weights = x.to(d), [w.to(d) for w in rest]
        yield "_native_multi_head_attention", y, y, y, 4, 2, *weights, None, True, d == f32
        yield "_native_multi_head_attention", y, y, y, 4, 2, *weights, t([[False, True], [False, False]], b), False, True, 1
    yield "_native_multi_head_attention", x, x + 1, x - 1, 4, 2, *rest, t([[False, True], [False, False]], b), True, True, 0
    yield "_native_multi_head_attention", x, x, x, 4, 3, *rest
    yield "_native_multi_head_attention", x, x, x, 4, 2, *rest, t([[False, True]], b)
    norms, dense = (r(4), r(4), r(4), r(4)), (r(3, 4), r(3), r(4, 3), r(4))
    for gelu, norm_first in ((False, False), (True, True)):
        yield "_transformer_encoder_layer_fwd", x, 4, 2, *rest, gelu, norm_first, 1e-5, *norms, *dense
    yield "_nested_tensor_from_mask_left_aligned", x, t([[True, False], [True, True]], b)
    yield "_nested_tensor_from_mask_left_aligned", x, t([[False, True], [True, True]], b)
    yield "_nested_tensor_from_mask", x, t([[False, True], [True, True]], b)


def recurrent():
    def weights(gates, features, hidden, d, bias=True, projection=0, sides=1):
        for _ in range(sides):
            yield r(gates * hidden, features, dtype=d)
            yield r(gates * hidden, projection or hidden, dtype=d)
            if bias:
                yield r(gates * hidden, dtype=d)
                yield r(gates * hidden, dtype=d)
            if projection:
                yield r(projection, hidden, dtype=d)

    kinds = {"gru": 3, "rnn_tanh": 1, "rnn_relu": 1}
    for d in (f32, f64, bf, f16):
        h, w = r(1, 1, 2, dtype=d), list(weights(4, 3, 2, d))
        yield "lstm.input", r(3, 1, 3, dtype=d), [h, h + 1], w, True, 1, 0.0, False, False, False
        for name, gates in kinds.items():
            w = list(weights(gates, 3, 2, d))
            yield name + ".input", r(3, 1, 3, dtype=d), h, w, True, 1, 0.0, False, False, False
    steps = t([2, 2, 1], i64)
    h, two = r(2, 2, 2), list(weights(4, 1, 2, f32, sides=2))
    yield "lstm.input", r(2, 5, 1), [h, h], two, True, 1, 0.0, False, True, True
    yield "lstm.data", r(5, 1), steps, [h, h], two, True, 1, 0.0, False, True
    w = list(weights(4, 1, 2, f32, False, 1))
    yield "lstm.input", r(2, 2, 1), [r(1, 2, 1), r(1, 2, 2)], w, False, 1, 0.0, False, False, False
    for name, gates in kinds.items():
        two = list(weights(gates, 1, 2, f32, False)) + list(weights(gates, 2, 2, f32, False))
        yield name + ".data", r(5, 1), steps, h, two, False, 2, 0.0, False, False
    yield "gru.input", r(0, 2, 1), h, two, False, 2, 0.0, False, False, False
    yield "rnn_relu.input", r(2, 2, 1), h, two, False, 1, 0.0, False, False, False
    yield "rnn_relu.input", r(2, 2, 1, dtype=f64), h, two, False, 2, 0.0, False, False, False
    x, h = r(2, 3), r(2, 2)
    for d in (f32, f64, bf):
        w = list(weights(4, 3, 2, d))
        yield "lstm_cell", x.to(d), [h.to(d), h.to(d) + 1], *w
        for name, gates in kinds.items():
            yield name + "_cell", x.to(d), h.to(d), *[p[: gates * 2] for p in w]
    yield "gru_cell", x, h, *list(weights(3, 3, 2, f32, False))
    yield "gru_cell", x, h, *list(weights(3, 2, 2, f32, False))
    yield "gru_cell", x, r(1, 2), *list(weights(3, 3, 2, f32, False))
    padded = r(2, 3, 2)
    yield "_pack_padded_sequence", padded, t([3, 1], i64), True
    yield "_pack_padded_sequence", padded, t([2, 2, 1], i64), False
    yield "_pack_padded_sequence", padded, t([1, 3], i64), True
    yield "_pack_padded_sequence", padded, t([3, 0], i64), True
    yield "_pack_padded_sequence", padded, t([3], i64), True
    yield "_pack_padded_sequence", padded, t([3, 1], i32), True
    yield "_pad_packed_sequence", r(4, 2), t([2, 1, 1], i64), True, 0.5, 4
    yield "_pad_packed_sequence", r(4, dtype=i64), t([2, 1, 1], i64), False, 7, 0
    yield "_pad_packed_sequence", r(4, 2), t([2, 1, 1], i64), True, 0.5, 2
    yield "pad_sequence", [r(3, 2), r(1, 2)], True, 0.5
    yield "pad_sequence", [r(3), r(1), r(0)], False, 0.0, "left"
    yield "pad_sequence", [r(3, 2), r(1, 3)]
    yield "pad_sequence", [r(3)], False, 0.0, "up"


def select():
    """Which of equal elements come first."""
    for n in (2, 3, 4, 5, 7, 16, 20, 40):
        x = torch.randint(0, 3, (n,), generator=generator)
        for k in (1, n // 2, n):
            for largest in (True, False):
                yield "topk", x, k, 0, largest
                yield "topk", x.to(f32), k, 0, largest, False
    for k in (1, 2):
        yield "topk", torch.randint(0, 3, (130,), generator=generator), k
    yield "topk", t([1, float("nan"), 2, float("nan"), 2]), 4
    yield "topk", torch.ones(2, 66), 1
    yield "topk", torch.ones(30), 20


if __name__ == "__main__":
    write("select", select())
    write("vision", vision())
    write("grid", grid())
    write("pad", pad())
    write("upsample", upsample())
    write("norm", norm())
    write("pool", pool())
    write("matmul", matmul())
    write("conv", conv())
    write("attention", attention())
    write("recurrent", recurrent())
