"""Writes views.txt: what results share with arguments in PyTorch, and their strides. Run with PyTorch 2.5.1:

    python tests/reference/write_views.py > tests/reference/views.txt

Calls are those of dtypes.txt and VIEWS below, written as there, and their forms in place and with `out`. A plain `A`
has, in turn, every shape of SHAPES, which stands in front of the row; other calls have shapes of their own. Each is made
for the layouts of the tensors in its arguments:

    c  contiguous                               b  the first dimension expanded
    t  dimensions in reverse order in memory    e  the last dimension expanded
    l  channels last                            x  the first tensor as in `t`, the others as in `l`
    s  every second place of the last           p  the others one place behind the first, in its memory
       dimension, behind an offset of 1

The word of a layout has a part for every result, with `;` between: `0=` the first tensor itself, `0+3/` shares its
memory, 3 elements behind; then the strides, `C` for those of row-major order. `-` is an error, `-o` one because of elements
of the result that share memory, `-p` one because the result shares some with an argument.

The rows of forms with `out` begin with `O`, shape and dtype of the results, and have words for the places that results go to:

    c  contiguous      z  of no elements, resized       b  the first dimension expanded    p  one place behind the first
    t  reverse order   w  of another shape, resized     a  the first tensor                   tensor, in its memory
    y  as z, with arguments as in `t` above             d  float64    i  int32    h  float16
"""

import os
import sys
import warnings

import torch

SHAPES = ["2x3x4x5", "2x3x2x3x4", "2x3x4", "3x4", "4", "", "2x1x4x1", "1x3x1x1", "2x0x3", "1x3x1x2x2"]
LAYOUTS = "ctlsbexp"
PLACES = "ctzywbapdih"
LETTERS = {
    torch.float32: "f", torch.float64: "d", torch.int64: "l", torch.int32: "i", torch.bool: "?", torch.float16: "h",
    torch.complex64: "F", torch.complex128: "D", torch.int8: "c", torch.uint8: "u",
}  # fmt: skip
DTYPES = {letter: dtype for dtype, letter in LETTERS.items()}
DTYPE = {"d": torch.float64, "i": torch.int32, "h": torch.float16}
VIEWS = """
    view A:2x3x4x5 (6,20) | view A:2x3x4x5 (2,3,20) | view A:6x20 (2,3,20) | reshape A:2x3x4x5 (6,20)
    reshape A:2x3x4x5 (2,12,5) | reshape A:2x3x4x5 (2,3,4,5) | _unsafe_view A:2x3x4x5 (6,20) | view_as A:2x3x4 A:2x3x4
    reshape_as A:2x3x4 A:6x4 | _reshape_alias A:2x3x4 (6,4) (4,1) | flatten.using_ints A:2x3x4x5 i1 i2
    flatten.using_ints A:2x3x4x5 i0 i0 | flatten.using_ints A:2x3x4x5 i2 i3 | unflatten.int A:2x12 i1 (3,4) | ravel A:2x3x4
    permute A:2x3x4x5 (3,1,0,2) | transpose.int A:2x3x4x5 i1 i2 | swapaxes A:2x3x4 i0 i2 | swapdims A:2x3x4 i0 i1 | t A:3x4 | t A:3
    numpy_T A:2x3x4 | mT A:2x3x4 | mH A:2x3x4 | matrix_H A:3x4 | adjoint A:2x3x4 | movedim.int A:2x3x4 i0 i2
    movedim.intlist A:2x3x4 (0,1) (2,0) | moveaxis.int A:2x3x4 i0 i1 | squeeze A:1x3x1x2 | squeeze.dim A:2x1x3x4 i1
    squeeze.dim A:2x3x4 i1 | squeeze.dims A:1x3x1x2 (0,2) | unsqueeze A:2x3x4 i0 | unsqueeze A:2x3x4 i3 | unsqueeze A:2x3x4x5 i2
    expand A:1x3x4 (2,3,4) b0 | expand A:3x4 (2,3,4) b0 | expand_as A:1x3 A:2x3 | broadcast_to A:3x1 (3,4)
    select.int A:2x3x4x5 i1 i2 | select.int A:2x3x4x5 i3 i-1 | narrow A:2x3x4x5 i3 i1 i2 | slice.Tensor A:2x3x4x5 i2 i1 i4 i2
    slice.Tensor A:2x3x4x5 i0 none none i1 | diagonal A:3x4 i0 i0 i1 | diagonal A:3x4x5 i-1 i2 i0 | linalg_diagonal A:3x4 i1 i0 i1
    unfold A:2x9 i1 i4 i2 | unfold A:9x2 i0 i4 i2 | as_strided A:6x4 (2,2) (1,3) i1 | split.Tensor A:2x5x4 i2 i1
    split_with_sizes A:2x5x4 (1,4) i1 | chunk A:2x5x4 i2 i2 | tensor_split.sections A:5x3x2 i2 i0 | unbind.int A:3x2x4 i1
    hsplit.int A:2x4x3 i2 | vsplit.int A:4x2x3 i2 | dsplit.int A:2x3x4 i2 | unsafe_split.Tensor A:2x5x4 i2 i1 | unsafe_chunk A:2x5x4 i2 i2
    contiguous A:2x3x4x5 i0 | contiguous A:2x3x4x5 i2 | clone A:2x3x4x5 none | clone A:2x3x4x5 i0 | clone A:2x3x4x5 i1 | clone A:2x3x4x5 i2
    to.dtype A:2x3x4x5 i6 b0 b0 none | to.dtype A:2x3x4x5 i7 b0 b0 none | to.dtype A:2x3x4x5 i6 b1 b0 none
    to.dtype A:2x3x4x5 i6 b0 b0 i2 | to.other A:2x3x4 A:2x3x4 b0 b0 none | type_as A:2x3x4x5 A:3 | _to_copy A:2x3x4x5 none none none none b0 none
    detach A:2x3x4x5 | alias A:2x3x4x5 | lift_fresh A:2x3x4 | real A:2x3x4 | resolve_conj A:2x3x4 | resolve_neg A:2x3x4 | conj A:2x3x4 | positive A:2x3x4
    atleast_1d A:2x3 | atleast_2d A:3 | atleast_2d A:2x3 | atleast_3d A:2x3 | atleast_3d A:2x3x4 | dropout A:2x3x4x5 f0.5 b0
    feature_dropout A:2x3x4x5 f0.5 b0 | alpha_dropout A:2x3x4 f0.5 b0 | dropout A:2x3x4x5 f0.0 b1 | constant_pad_nd A:2x3x4x5 (0,0) i0
    constant_pad_nd A:2x3x4x5 (1,0,2,1) i0 | flip A:2x3x4x5 (1) | roll A:2x3x4x5 (1) (2) | rot90 A:3x4x2 i1 (0,1) | repeat A:2x3x4 (1,2,1) | tile A:2x3 (2,1)
    index_select A:2x3x4x5 i1 I:2 | gather A:2x2 i0 I:2x2 b0 | take_along_dim A:2x2 I:2x2 i0 | take A:2x3 I:2x2 | masked_select A:2x3 M:2x3
    index.Tensor A:2x3x4x5 [I:2] | index.Tensor A:2x3x4x5 [none,I:2] | where.self M:2x3x4x5 A:2x3x4x5 A:2x3x4x5 | cat [A:2x3x4x5,A:2x3x4x5] i1
    stack [A:2x3x4,A:2x3x4] i1 | hstack [A:2x3,A:2x3] | block_diag [A:2x3,A:2x3] | meshgrid [A:3,A:2] | broadcast_tensors [A:3x1,A:1x2] | broadcast_tensors [A:3x2,A:3x2]
    cartesian_prod [A:3,A:2] | sum.dim_IntList A:2x3x4x5 (1) b0 none | sum.dim_IntList A:2x3x4x5 (3) b1 none | mean.dim A:2x3x4x5 (2,3) b1 none
    amax A:2x3x4x5 (1) b0 | max.dim A:2x3x4x5 i1 b0 | var.dim A:2x3x4x5 (0) b1 b0 | cumsum A:2x3x4x5 i1 none | sort A:2x3x4x5 i1 b0 | topk A:2x3x4x5 i2 i1 b1 b1
    argmax A:2x3x4x5 i1 b0 | softmax.int A:2x3x4x5 i1 none | log_softmax.int A:2x3x4x5 i3 none | any.dim A:2x3x4x5 i1 b0 | prod.dim_int A:2x3x4x5 i1 b0 none
    logsumexp A:2x3x4x5 (1) b0 | cummax A:2x3x4x5 i1 | median.dim A:2x3x4x5 i1 b0 | linalg_vector_norm A:2x3x4x5 i2 (1) b0 none
    mm A:3x4 A:4x5 | bmm A:2x3x4 A:2x4x5 | matmul A:2x3x4x5 A:5x3 | addmm A:3x5 A:3x4 A:4x5 i1 i1 | linear A:2x3x4 A:5x4 none | mv A:3x4 A:4
    conv2d A:2x3x6x7 A:4x3x3x3 none (1,1) (0,0) (1,1) i1 | max_pool2d A:2x3x6x8 (2,2) (2,2) (0,0) (1,1) b0 | avg_pool2d A:2x3x6x8 (2,2) (2,2) (0,0) b0 b1 none
    adaptive_avg_pool2d A:2x3x6x8 (2,2) | adaptive_avg_pool2d A:2x3x6x8 (1,1) | upsample_nearest2d A:2x3x4x5 (8,10) none none
    upsample_bilinear2d A:2x3x4x5 (8,10) b0 none none | batch_norm A:2x3x4x5 none none none none b1 f0.1 f1e-5 b0
    group_norm A:2x4x3x5 i2 none none f1e-5 b0 | layer_norm A:2x3x4x5 (5) none none f1e-5 b0 | instance_norm A:2x3x4x5 none none none none b1 f0.1 f1e-5 b0
    pixel_shuffle A:2x4x3x5 i2 | channel_shuffle A:2x4x3x5 i2 | reflection_pad2d A:2x3x4x5 (1,1,1,1) | replication_pad2d A:2x3x4x5 (1,1,1,1)
    zeros_like A:2x3x4x5 none none none none none | ones_like A:2x3x4x5 none none none none i2 | full_like A:2x3x4x5 i1 none none none none none
    empty_like A:2x3x4x5 none none none none none | new_zeros A:2x3x4x5 (2,3) none none none none | rand_like A:2x3x4x5 none none none none none
    tril A:2x3x4x5 i0 | glu A:2x4x3x5 i1 | prelu A:2x3x4x5 A:3 | one_hot I:2x3 i4 | embedding A:5x4 I:2x3 i-1 b0 b0 | fft_fft A:2x3x4 none i1 none
    masked_fill.Scalar A:2x3x4x5 M:2x3x4x5 i1 | diff A:2x3x4x5 i1 i1 none none | diag A:3 i0 | diag A:3x3 i0 | diag_embed A:2x3 i0 i-2 i-1 | repeat_interleave.self_int A:2x3x4 i2 i1 none
    add_.Tensor A:2x3x4x5 A:2x3x4x5 i1 | relu_ A:2x3x4x5 | copy_ A:2x3x4x5 A:2x3x4x5 b0 | fill_.Scalar A:2x3x4x5 i1 | zero_ A:2x3x4x5 | transpose_ A:2x3x4 i0 i1
    pixel_unshuffle A:2x4x4x6 i2 | pixel_shuffle A:2x1x4x6 i1 | native_channel_shuffle A:2x4x3x5 i2 | upsample_bicubic2d A:2x3x4x5 (8,10) b0 none none
    upsample_nearest3d A:2x3x2x3x4 (4,6,8) none none none | upsample_trilinear3d A:2x3x2x3x4 (4,6,8) b0 none none none | upsample_linear1d A:2x3x4 (8) b0 none
    conv1d A:2x3x6 A:4x3x3 none (1) (0) (1) i1 | conv3d A:2x3x3x4x5 A:4x3x2x2x2 none (1,1,1) (0,0,0) (1,1,1) i1 | conv_transpose2d.input A:2x3x4x5 A:3x4x2x2 none (1,1) (0,0) (0,0) i1 (1,1)
    conv2d A:2x4x6x7 A:4x1x3x3 none (1,1) (0,0) (1,1) i4 | conv2d A:1x3x6x7 A:1x3x3x3 none (1,1) (0,0) (1,1) i1
    max_pool3d A:2x3x4x4x4 (2,2,2) (2,2,2) (0,0,0) (1,1,1) b0 | avg_pool3d A:2x3x4x4x4 (2,2,2) (2,2,2) (0,0,0) b0 b1 none | max_pool2d_with_indices A:2x3x6x8 (2,2) (2,2) (0,0) (1,1) b0
    adaptive_max_pool2d A:2x3x6x8 (2,2) | adaptive_avg_pool3d A:2x3x4x4x4 (1,1,1) | adaptive_avg_pool2d A:3x6x8 (1,1) | max_pool2d A:3x6x8 (2,2) (2,2) (0,0) (1,1) b0
    batch_norm A:2x3x2x3x4 none none none none b1 f0.1 f1e-5 b0 | batch_norm A:2x3x4x5 none none A:3 A:3 b0 f0.1 f1e-5 b0 | batch_norm A:2x3 none none A:3 A:3 b0 f0.1 f1e-5 b0
    native_batch_norm A:2x3x4x5 none none A:3 A:3 b0 f0.1 f1e-5 | native_layer_norm A:2x3x4x5 (5) none none f1e-5 | pad A:2x3x4x5 (1,1) s:constant none | pad A:2x3x4x5 (1,1,1,1) s:reflect none
    reflection_pad3d A:2x3x2x3x4 (1,1,1,1,1,1) | constant_pad_nd A:2x3x2x3x4 (1,1) i0 | grid_sampler A:2x3x4x5 A:2x3x4x2 i0 i0 b0 | im2col A:2x3x4x5 (2,2) (1,1) (0,0) (1,1)
    index_put A:2x3x4x5 [I:2] A:2x3x4x5 b0 | index_add A:2x3x4x5 i1 I:2 A:2x2x4x5 i1 | index_fill.int_Scalar A:2x3x4x5 i1 I:2 i1 | masked_scatter A:2x3x4x5 M:2x3x4x5 A:2x3x4x5
    index.Tensor A:2x3x4x5 [I:2x2] | index.Tensor A:2x3x4x5 [I:2,none,I:2] | index.Tensor A:2x3x4x5 [M:2x3] | index.Tensor A:2x3x4x5 [none,none,none,I:2] | select_scatter A:2x3x4x5 A:2x4x5 i1 i0
    slice_scatter A:2x3x4x5 A:2x1x4x5 i1 i0 i1 i1 | diagonal_scatter A:3x4 A:3 i0 i0 i1 | put A:2x3 I:2 A:2 b0 | scatter.value A:2x3 i0 I:2x2 i1 | index_select A:2x3x4x5 i3 I:2
    cdist A:2x3x4 A:2x5x4 f2.0 none | cross A:2x3x4 A:2x3x4 i1 | tensordot A:2x3x4 A:4x3x2 (1,2) (1,0) | einsum s:abc,abc->cab [A:2x3x4,A:2x3x4] none | outer A:3 A:4 | ger A:3 A:4 | addbmm A:3x5 A:2x3x4 A:2x4x5 i1 i1
    baddbmm A:2x3x5 A:2x3x4 A:2x4x5 i1 i1 | addmv A:3 A:3x4 A:4 i1 i1 | addr A:3x4 A:3 A:4 i1 i1 | dot A:4 A:4 | chain_matmul [A:2x3,A:3x4] | matmul A:2x1x3x4 A:5x4x2 | matmul A:4 A:2x4x3
    inverse A:3x3 | linalg_inv A:2x3x3 | linalg_cholesky A:1x1 b0 | linalg_qr A:3x2 s:reduced | linalg_svd A:3x2 b0 none | linalg_eigh A:2x2 s:L | linalg_solve A:1x1 A:1x2 b1 | triangular_solve A:2x1 A:1x1 b1 b0 b0 | linalg_lu_factor A:2x2 b1
    unique_dim A:3x2 i0 b1 b0 b0 | _unique2 A:3x2 b1 b0 b0 | bucketize.Tensor A:2x3x4 A:3 b0 b0 | searchsorted.Tensor A:4 A:2x3 b0 b0 none none | histc A:2x3 i4 i0 i3 | bincount I:4 none i0
    kthvalue A:2x3x4x5 i1 i1 b0 | mode A:2x3x4x5 i1 b0 | quantile A:2x3 A:2 i1 b0 s:linear | renorm A:2x3x4x5 f2.0 i1 f1.0 | norm.ScalarOpt_dim A:2x3x4x5 i2 (1) b1 | std_mean.dim A:2x3x4x5 (1) b1 b0 | logcumsumexp A:2x3x4x5 i1
    min.dim A:2x3x4x5 i2 b1 | aminmax A:2x3x4x5 i1 b0 | count_nonzero.dim_IntList A:2x3x4x5 (1) | nansum A:2x3x4x5 (1) b0 none | trapezoid.dx A:2x3x4 i1 i1 | cumulative_trapezoid.dx A:2x3x4 i1 i1 | gradient.array A:3x4 (1,1)
    sum A:2x3x4x5 none | sum.dim_IntList A:2x3x4x5 (0,2) b0 none | sum.dim_IntList A:2x3x4x5 (1) b1 none | prod.dim_int A:2x3x4x5 i1 b1 none | all.dim A:2x3x4x5 i1 b1 | softmax.int A:2x3x4x5 i3 none | _softmax A:2x3x4x5 i0 b0 | _log_softmax A:2x3x4x5 i1 b0
    view.dtype A:2x4 i6 | view_as_real A:2x3 | unfold_copy A:2x9 i1 i4 i2 | view_copy A:2x3x4x5 (6,20) | permute_copy A:2x3x4 (2,0,1) | expand_copy A:1x3 (2,3) b0 | t_copy A:3x4 | squeeze_copy A:1x3x1x2 | select_copy.int A:2x3x4 i1 i0 | detach_copy A:2x3x4
    combinations A:3 i2 b0 | vander A:3 i3 b0 | cov A:2x3 i1 none none | corrcoef A:2x3 | tril_indices i3 i3 i0 none none none none | triu A:2x3x4x5 i0 | triu A:1x3 i0 | trace A:3x3 | fliplr A:2x3x4 | flipud A:2x3x4 | narrow_copy A:2x3x4 i1 i0 i2
    nan_to_num_ A:2x3x4x5 none none none | random_.from A:2x3x4 i0 i4 none | uniform_ A:2x3x4 f0.0 f1.0 none | normal_ A:2x3x4 f0.0 f1.0 none | bernoulli_.float A:2x3x4 f0.5 none | exponential_ A:2x3x4 f1.0 none | index_put_ A:2x3x4x5 [I:2] A:2x3x4x5 b0
    index_add_ A:2x3x4x5 i1 I:2 A:2x2x4x5 i1 | put_ A:2x3 I:2 A:2 b0 | masked_scatter_ A:2x3x4x5 M:2x3x4x5 A:2x3x4x5 | fill_diagonal_ A:3x3 i1 b0 | swapaxes_ A:2x3x4 i0 i2 | swapdims_ A:2x3x4 i0 i1 | as_strided_ A:6x4 (2,2) (1,3) i1 | addmm_ A:3x5 A:3x4 A:4x5 i1 i1
    addcmul_ A:2x3x4x5 A:2x3x4x5 A:2x3x4x5 i1 | addcdiv_ A:2x3x4x5 A:2x3x4x5 A:2x3x4x5 i1 | lerp_.Scalar A:2x3x4x5 A:2x3x4x5 f0.5 | renorm_ A:2x3x4 f2.0 i1 f1.0 | squeeze_.dim A:2x1x3 i1 | unsqueeze_ A:2x3 i2 | copy_ A:2x3x4x5 A:4x5 b0 | sort.stable A:2x3x4x5 b1 i1 b0
    t_ A:3x4 | squeeze_ A:1x3x1x2 | unsqueeze_ A:2x3 i0 | clamp_ A:2x3x4 i0 i1 | resize_ A:2x3x4 (4,3) none | requires_grad_ A:2x3 b0 | dropout_ A:2x3 f0.5 b0
"""


def main():
    warnings.simplefilter("ignore")
    tables = {}
    for name, args in dict.fromkeys(calls()):
        rows = apart(out_rows, name, args) if args and args[-1] == "O" else rows_of(name, args)
        if rows:
            tables.setdefault("\n".join(rows), {}).setdefault(name, []).append(" ".join(args))
    print("# written by write_views.py, which says how to read it")
    for rows, named in tables.items():
        print("\n" + "\n".join(f"{name} " + " | ".join(lists) for name, lists in named.items()) + "\n" + rows)


def apart(rows, name, args):
    """In a process of its own: some operators of PyTorch write where they should not when `out` has too few elements."""
    receiver, sender = os.pipe()
    child = os.fork()
    if not child:
        os.write(sender, "\n".join(rows(name, args)).encode())
        os._exit(0)
    os.close(sender)
    with open(receiver) as answer:
        text = answer.read()
    status = os.waitpid(child, 0)[1]
    if status:
        print(name, args, "dies", file=sys.stderr)
    return [] if status else text.splitlines()


def calls():
    folder = os.path.dirname(os.path.abspath(__file__))
    seen = set()
    for line in open(os.path.join(folder, "dtypes.txt")):
        name, _, lists = line.strip().partition(" ")
        for args in lists.split(" | ") if line.startswith("aten::") else []:
            # one call for each combination of tensors with dimensions
            key = (name, args.count("A0") + args.count("B0"), args.count("none"), ":" in args.replace("s:", ""))
            if key not in seen:
                seen.add(key)
                yield from forms(name, tuple(args.split()))
    for call in " | ".join(VIEWS.strip().splitlines()).split("|"):
        name, *args = call.split()
        yield from forms("aten::" + name, tuple(args))


def forms(name, args):
    """The call, the one in place and those with `out`."""
    yield name, args
    base, overload = parts(name)
    if operator_of(base + "_", overload):
        yield "aten::" + base + "_" + ("." + overload if overload else ""), args
    plain = operator_of(base, overload)
    wanted = [a.name for a in plain._schema.arguments] if plain else []
    public = plain and not base.endswith("_") and not base.startswith("_")
    for other in getattr(torch.ops.aten, base).overloads() if public else []:
        schema = operator_of(base, other)._schema
        outs = [a.name for a in schema.arguments if a.is_out]
        rest = [a.name for a in schema.arguments if not a.is_out]
        types = [str(a.type) for a in schema.arguments if not a.is_out]
        if outs and rest == wanted and types == [str(a.type) for a in plain._schema.arguments]:
            if "Tensor[]" not in [str(a.type) for a in schema.arguments if a.is_out]:
                yield f"aten::{base}.{other}".removesuffix(".default"), args + ("O",)


def parts(name):
    base, _, overload = name.removeprefix("aten::").partition(".")
    return base, overload


def operator_of(base, overload):
    packet = getattr(torch.ops.aten, base, None) if hasattr(torch.ops.aten, base) else None
    return getattr(packet, overload or "default", None) if packet else None


def is_plain(args):
    return any(token in PLAIN for token in args)


PLAIN = ("A", "B", "M")


def rows_of(name, args):
    rows = []
    for shape in SHAPES if is_plain(args) else ["-"]:
        words = []
        for layout in LAYOUTS:
            if layout == "p" and not name.split(".")[0].endswith("_"):
                continue
            word = outcome(name, args, layout, shape)
            # layouts that are the contiguous one for these shapes say nothing new
            if word is not None:
                words.append(layout + ":" + word)
        rows.append(f"= {shape} " + " ".join(words))
    return rows


def outcome(name, args, layout, shape):
    operator = operator_of(*parts(name))
    if operator is None:
        print("no", name, file=sys.stderr)
        return "-"
    word = "-"
    for dtype in (torch.float32, torch.int64, torch.bool):
        tensors = []
        values = [value(token, layout, dtype, tensors, shape) for token in args]
        if layout != "c" and all(t.is_contiguous() and t.untyped_storage().nbytes() == t.nbytes for t in tensors):
            return None
        before = [t.untyped_storage().data_ptr() for t in tensors]
        try:
            results = operator(**dict(zip([a.name for a in operator._schema.arguments], values)))
        except Exception as error:
            if "unrecognized" in str(error) or "missing value" in str(error) or "Unknown keyword" in str(error):
                print(name, args, error, file=sys.stderr)
            word = max(word, failed(error), key=len)
            continue
        results = results if isinstance(results, (tuple, list)) else [results]
        return ";".join(described(r, tensors, before) for r in results if isinstance(r, torch.Tensor)) or "."
    return word


def failed(error):
    if "more than one element of the written-to tensor" in str(error):
        return "-o"
    return "-p" if "some elements of the input tensor and the written-to tensor" in str(error) else "-"


def out_rows(name, args):
    """With `out` the arguments are contiguous, and the places differ."""
    operator = operator_of(*parts(name))
    shape = "2x3x4x5" if is_plain(args) else "-"
    outs = [a.name for a in operator._schema.arguments if a.is_out]
    rest = [a.name for a in operator._schema.arguments if not a.is_out]
    for dtype in (torch.float32, torch.int64, torch.bool):
        try:
            values = [value(token, "c", dtype, [], shape) for token in args[:-1]]
            # the dtype of results is what `out` has to have: that of the form without
            plain = next(
                o for o in (operator_of(parts(name)[0], n) for n in getattr(torch.ops.aten, parts(name)[0]).overloads())
                if [a.name for a in o._schema.arguments] == rest and not any(a.is_out for a in o._schema.arguments)
                and [str(a.type) for a in o._schema.arguments] == [str(a.type) for a in operator._schema.arguments if not a.is_out]
            )
            results = plain(**dict(zip(rest, values)))
            break
        except Exception:
            continue
    else:
        return []
    results = results if isinstance(results, (tuple, list)) else [results]
    kinds = [("x".join(map(str, r.shape)), r.dtype) for r in results]
    words = []
    for place in PLACES:
        tensors = []
        values = [value(token, "t" if place == "y" else "c", dtype, tensors, shape) for token in args[:-1]]
        made = [out_at(place, sizes, kind, tensors, i) for i, (sizes, kind) in enumerate(kinds)]
        if any(m is None for m in made):
            continue
        storages = [t.untyped_storage().data_ptr() for t in made]
        try:
            given = dict(zip(rest, values)) | dict(zip(outs, made))
            operator(**given)
        except Exception as error:
            words.append(place + ":" + failed(error))
            continue
        words.append(place + ":" + ";".join(strides_of(m) for m in made))
    return [f"= {shape} O" + ";".join(f"{sizes}:{LETTERS[kind]}" for sizes, kind in kinds) + f" {LETTERS[dtype]} " + " ".join(words)]


def out_at(place, sizes, dtype, tensors, i):
    sizes = [int(n) for n in sizes.split("x") if n]
    if place in "ctb":
        made = placed(sizes, dtype, place)
        return made if place == "c" or not made.is_contiguous() else None
    if place in "zyw":
        return torch.ones([7] if place == "w" else [0], dtype=dtype)
    if place in "ap":
        first = next((t for t in tensors if list(t.shape) == sizes and t.dtype == dtype and t.dim()), None)
        if i or first is None or first is not tensors[0]:
            return None if i == 0 else torch.ones(sizes, dtype=dtype)
        buffer = torch.ones(first.numel() + 1, dtype=dtype)
        first.set_(buffer.untyped_storage(), 0, sizes, first.stride())
        return first if place == "a" else buffer[1:].view(sizes)
    return torch.ones(sizes, dtype=DTYPE[place]) if i == 0 else torch.ones(sizes, dtype=dtype)


def value(token, layout, dtype, tensors, shape):
    token = {"A0": "A:", "B0": "A:", "S": "i2", "D": "i6", "A": "A:" + shape, "B": "A:" + shape, "M": "M:" + shape}.get(token, token)
    if token[0] == "[":
        return [value(item, layout, dtype, tensors, shape) for item in token[1:-1].split(",")]
    if token[:2] in ("A:", "B:", "M:", "I:"):
        shape = [int(n) for n in token[2:].split("x") if n]
        dtype = {"M": torch.bool, "I": torch.int64}.get(token[0], dtype)
        if layout == "p" and tensors and tensors[0].dtype == dtype and list(tensors[0].shape) == shape:
            first = tensors[0].untyped_storage()
            tensors.append(torch.empty(0, dtype=dtype).set_(first, 1, shape, tensors[0].stride()))
        elif layout == "p" and not tensors:
            tensors.append(torch.ones(torch.Size(shape).numel() + 1, dtype=dtype)[:-1].view(shape))
        else:
            tensors.append(placed(shape, dtype, ("t" if not tensors else "l") if layout == "x" else layout))
        return tensors[-1]
    if token[0] == "(":
        return [int(n) for n in token[1:-1].split(",") if n]
    if token.startswith("s:"):
        return token[2:]
    return {"n": lambda _: None, "i": int, "f": float, "b": lambda t: t == "1"}[token[0]](token[1:])


def placed(shape, dtype, layout):
    dims = len(shape)
    if layout == "t" and dims > 1:
        return torch.ones(shape[::-1], dtype=dtype).permute(*range(dims - 1, -1, -1))
    if layout == "l" and dims in (4, 5):
        last = torch.channels_last if dims == 4 else torch.channels_last_3d
        return torch.empty(shape, dtype=dtype, memory_format=last).fill_(1)
    if layout == "s" and dims:
        return torch.ones(*shape[:-1], 2 * shape[-1] + 1, dtype=dtype)[..., 1::2]
    if layout == "b" and dims > 1:
        return torch.ones(1, *shape[1:], dtype=dtype).expand(shape)
    if layout == "e" and dims:
        return torch.ones(*shape[:-1], 1, dtype=dtype).expand(shape)
    return torch.ones(shape, dtype=dtype)


def described(result, tensors, before):
    same = [i for i, t in enumerate(tensors) if t is result]
    shares = [i for i, data in enumerate(before) if result.untyped_storage().data_ptr() == data and result.numel()]
    from_ = f"{same[0]}=" if same else ""
    if shares and not same:
        from_ = f"{shares[0]}+{result.storage_offset()}/"
    return from_ + strides_of(result)


def strides_of(result):
    rows = torch.empty(result.shape, device="meta").stride()
    return "C" if result.stride() == rows else ".".join(map(str, result.stride()))


main()
