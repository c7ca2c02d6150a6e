"""Writes the `.cases` files of the operators of neural networks. Run: python tests/op/write_nn.py"""
import torch

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
    yield "fractional_max_pool3d", r(1, 2, 4, 5, 6), [2, 2, 2], [2, 3, 3], torch.rand(1, 2, 3, generator=generator)
    yield "max_unpool2d", r(1, 1, 2, 2), t([[[[0, 3], [9, 15]]]], i64), [4, 4]
    yield "max_unpool2d", r(1, 1, 2, 2), t([[[[0, 3], [9, 16]]]], i64), [4, 4]
    yield "max_unpool3d", r(1, 1, 1, 2, 2), t([[[[[0, 3], [9, 15]]]]], i64), [1, 4, 4], [2, 2, 2], [0, 0, 0]


if __name__ == "__main__":
    write("norm", norm())
    write("pool", pool())
    write("matmul", matmul())
    write("conv", conv())
