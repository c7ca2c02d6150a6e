"""Writes `quantized.cases`: operators on quantized tensors. Run: python tests/op/write_quantized.py"""
import torch

from write import f32, i32, t, write

u8, s8, s32 = torch.quint8, torch.qint8, torch.qint32
X = t([[-1.3, -0.26, 0.0, 0.13], [0.27, 0.9, 1.55, 40.0], [-40.0, 0.05, 0.15, 2.0]])
UNARY = """relu relu6 sigmoid tanh hardsigmoid mean max min sort argsort int_repr dequantize.self q_scale q_zero_point""".split()
COMPARE = "eq ne lt le gt ge".split()


def q(values, dtype=u8, scale=0.05, zero=None):
    zero = {u8: 60, s8: 3, s32: 5}[dtype] if zero is None else zero
    return torch.quantize_per_tensor(torch.as_tensor(values, dtype=f32), scale, zero, dtype)


def making():
    for dtype in (u8, s8, s32):
        yield "quantize_per_tensor", X, 0.05, 3, dtype
        yield "quantize_per_tensor", t([0.25, 0.75, -0.25, -0.75]), 0.5, 0, dtype
    for reduce_range in (True, False):
        yield "quantize_per_tensor_dynamic", X, u8, reduce_range
        yield "quantize_per_tensor_dynamic", X, s8, reduce_range
        yield "_choose_qparams_per_tensor", X * 1e-6, reduce_range
        yield "_choose_qparams_per_tensor", X * 0, reduce_range
    yield "quantize_per_tensor", X, 0.05, 300, u8
    yield "quantize_per_tensor", X, 0.05, 0, f32
    yield "_make_per_tensor_quantized_tensor", torch.tensor([1, 200], dtype=torch.uint8), 0.5, 3
    yield "choose_qparams_optimized", X.flatten(), 12, 200, 0.16, 4
    yield "fake_quantize_per_tensor_affine", X, 0.05, 3, 0, 255
    yield "fake_quantize_per_tensor_affine_cachemask", X, 0.05, 3, 0, 20
    yield "fake_quantize_per_channel_affine", X, t([0.1, 0.2, 0.05, 0.5]), t([0, 1, -1, 2], i32), 1, -8, 7
    yield "fake_quantize_per_channel_affine", X, t([0.1, 0.2, 0.05, 0.5]), t([0.5, 1.2, -1, 2]), 1, -8, 7


def observing():
    x, on, off = X[:2, :2], torch.tensor([1]), torch.tensor([0])
    for op in ("_fused_moving_avg_obs_fq_helper_functional", "_fused_moving_avg_obs_fq_helper", "fused_moving_avg_obs_fake_quant"):
        for state, more in (
            ([t([-0.5]), t([0.7])], [-1, False, False]),
            ([t([float("inf")]), t([-float("inf")])], [-1, False, True]),
            ([t([-0.5, 0.1]), t([0.7, 0.9])], [0, True, True]),
            ([t([]), t([])], [0, True, False]),
            ([t([-0.5, 0.1]), t([0.7, 0.9])], [1, True, True]),
            ([t([-0.5]), t([0.7])], [2, False, True]),
        ):
            n = state[0].numel()
            for first, second in ((on, on), (off, on), (on, off))[: 3 if n and op.endswith("functional") else 1]:
                yield op, x, first, second, *state, torch.ones(n), torch.zeros(n, dtype=i32), 0.25, -8, 7, *more
    yield "_fused_moving_avg_obs_fq_helper", x.double(), on, on, t([0.0]), t([0.0]), t([1.0]), t([0], i32), 0.25, 0, 7, -1
    yield "fused_moving_avg_obs_fake_quant", x[:0], on, on, t([0.0]), t([0.0]), t([1.0]), t([0], i32), 0.25, 0, 7, -1
    for op in ("per_tensor", "per_channel"):
        yield f"fake_quantize_{op}_affine_cachemask_backward", x, x > 0
        yield f"fake_quantize_{op}_affine_cachemask_backward", x, x
        yield f"fake_quantize_{op}_affine_cachemask_backward", x, x[:1] > 0
    weight, scale, zero = torch.ones(3, 2), torch.tensor(0.02), torch.tensor(0)
    yield "_quantized::wrapped_quantized_linear", x, torch.tensor(0.05), torch.tensor(60), weight, scale, zero, torch.ones(3), scale, torch.tensor(30), 3


def writing():
    """Into an `out` of other parameters, which it gives up."""
    row, plane = q(X.view(1, 2, 6)), q(X.view(1, 2, 2, 3))
    yield "quantized_max_pool1d.out", row, [2], [], [0], [1], False, q(torch.zeros(1, 2, 3), u8, 0.1, 7)
    yield "quantized_max_pool2d.out", plane, [2, 2], [2, 2], [0, 0], [1, 1], False, q(torch.zeros(1, 2, 1, 1))
    yield "quantized_batch_norm.out", plane, *[t([1, 2])] * 4, 1e-5, 0.07, 20, q(torch.zeros(1, 2, 2, 3))
    yield "copy_", q(torch.zeros(2, 2), u8, 0.1, 7), q(X[:2, :2]), False


def outdated():
    yield "quantized::linear_prepack_legacy", q(X, s8), None
    yield "_quantized::linear_prepack_fp16_legacy", X, None
    for name in ("linear_unpack.legacy", "linear_unpack_fp16.legacy"):
        yield f"quantized::{name}", X


def plain():
    for dtype in (u8, s8):
        x = q(X, dtype)
        for op in UNARY:
            yield op, x
        for op in COMPARE:
            yield op + ".Tensor", x, q(X.flip(0), dtype, 0.1)
            yield op + ".Scalar", x, 0.15
        yield "hardtanh", x, -0.5, 1.0
        yield "clamp", x, None, 0.6
        yield "threshold", x, 0.1, 0.5
        yield "leaky_relu", x, 0.1
        yield "mean.dim", x, [1], True
        yield "mean.dim", x, [0]
        yield "max.dim", x, 1
        yield "topk", x, 2, 1
        yield "cat", [x, q(X, dtype, 0.1, 7)], 1
        yield "masked_fill.Scalar", x, X > 0, 1.0
        yield "constant_pad_nd", x, [1, 1], 0.5
        image = q(torch.arange(32.0).view(1, 2, 4, 4).sin() * 2, dtype)
        yield "max_pool2d", image, [2, 2], [2, 2], [1, 1]
        yield "avg_pool2d", image, [3, 3], [2, 2], [1, 1], False, False
        yield "adaptive_avg_pool2d", image, [1, 3]
    yield "item", q(0.3)


def resized():
    """Many of these lie in the middle of two integers."""
    image = q(torch.arange(48.0).view(1, 2, 4, 6).mul(7).sin() * 3, zero=37)
    yield "upsample_bilinear2d.vec", image, None, False, [1.5, 1.5]
    yield "upsample_bilinear2d", image, [4, 6], False, 1.1, 1.1
    yield "upsample_bilinear2d", image, [3, 5], True


def arithmetic():
    for dtype in (u8, s8):
        a, b = q(X, dtype), q(X.flip(1), dtype, 0.025)
        for op in ("add", "add_relu", "mul", "mul_relu"):
            yield f"quantized::{op}", a, b, 0.07, 20
        for number in (0.5, 50.0, -50.0):
            yield "quantized::add.Scalar", a, number
        for number in (2.5, 0.0, -1.5):
            yield "quantized::mul.Scalar", a, number
        yield "quantized::cat", [a, b], 0, 0.07, 20
        yield "quantized::cat_relu", [a, b], 0, 0.07, 20
        yield "quantized::hardswish", a, 0.07, 20
        yield "quantized::sigmoid", a, 0.004, 0
        yield "quantized::leaky_relu", a, 0.1, False, 0.07, 20
        yield "quantized::elu", a, 0.07, 20, 1.0, 1.0, 1.0
        yield "quantized::celu", a, 0.07, 20, 1.3
        yield "quantized::softmax", a, 1, 0.004, 0
        yield "quantized::clamp", a, -0.5, 1.0
        yield "quantized::threshold", a, 0.3, 0.1
        yield "quantized::layer_norm", a, [4], t([1, 2, 0.5, 1]), t([0, 1, 0, -1]), 1e-5, 0.07, 20
        yield "quantized::batch_norm1d", a, *[t([1, 2, 0.5, 1])] * 4, 1e-5, 0.07, 20
    yield "quantized::add", q(X), q(X, s8), 0.05, 3


def tables():
    table = t([[0.5, -1, 2, 3.25], [1, 1.5, 0, -2], [0, 0.1, 0.2, 0.3]])
    indices, offsets = torch.tensor([2, 0, 1]), torch.tensor([0, 2])
    for bits in ("byte", "4bit", "2bit"):
        packed = getattr(torch.ops.quantized, f"embedding_bag_{bits}_prepack")(table)
        yield f"quantized::embedding_bag_{bits}_prepack", table
        yield f"quantized::embedding_bag_{bits}_unpack", packed
        yield f"quantized::embedding_bag_{bits}_rowwise_offsets", packed, indices, offsets
    yield "fbgemm_linear_quantize_weight", table


if __name__ == "__main__":
    write("quantized", [*making(), *observing(), *writing(), *outdated(), *plain(), *resized(), *arithmetic(), *tables()])
