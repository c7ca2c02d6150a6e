"""Writes views.txt: what results share with arguments in PyTorch, and their strides. Run with PyTorch 2.5.1:

    python tests/reference/write_views.py > tests/reference/views.txt

Calls are those of dtypes.txt with [2, 3, 4, 5] as the plain shape, and VIEWS below, written as there. Each is made for
every layout of the tensors in its arguments: `c` contiguous, `t` dimensions in reverse order in memory, `l` channels
last, `s` every second place of the last dimension behind an offset of 1, `b` the first dimension expanded, `x` the
first tensor as in `t` and the others as in `l`. The word of a layout has a part for every result, with `;` between:
`0=` the first tensor itself, `0+3/` shares its memory, 3 elements behind; then the strides, `C` when contiguous, `-` for
an error.
"""

import os
import sys
import warnings

import torch

LAYOUTS = "ctlsbx"
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
    t_ A:3x4 | squeeze_ A:1x3x1x2 | unsqueeze_ A:2x3 i0 | clamp_ A:2x3x4 i0 i1 | resize_ A:2x3x4 (4,3) none | requires_grad_ A:2x3 b0 | dropout_ A:2x3 f0.5 b0
"""


def main():
    warnings.simplefilter("ignore")
    tables = {}
    for name, args in dict.fromkeys(calls()):
        words = [layout + ":" + outcome(name, args, layout) for layout in LAYOUTS]
        tables.setdefault(" ".join(words), {}).setdefault(name, []).append(" ".join(args))
    print("# written by write_views.py, which says how to read it")
    for row, named in tables.items():
        print("\n" + "\n".join(f"{name} " + " | ".join(lists) for name, lists in named.items()) + "\n= " + row)


def calls():
    plain = {"A": "A:2x3x4x5", "B": "A:2x3x4x5", "A0": "A:", "B0": "A:", "M": "M:2x3x4x5", "S": "i2", "D": "i6"}
    folder = os.path.dirname(os.path.abspath(__file__))
    seen = set()
    for line in open(os.path.join(folder, "dtypes.txt")):
        name, _, lists = line.strip().partition(" ")
        for args in lists.split(" | ") if line.startswith("aten::") else []:
            # one call for each combination of tensors with dimensions
            shapes = (name, args.count("A0") + args.count("B0"))
            if ":" not in args.replace("s:", "") and shapes not in seen:
                seen.add(shapes)
                yield name, tuple(plain.get(token, token) for token in args.split())
    for call in " | ".join(VIEWS.strip().splitlines()).split("|"):
        name, *args = call.split()
        yield "aten::" + name, tuple(args)


def outcome(name, args, layout):
    base, _, overload = name.removeprefix("aten::").partition(".")
    try:
        operator = getattr(getattr(torch.ops.aten, base), overload or "default")
    except AttributeError:
        print("no", name, file=sys.stderr)
        return "-"
    for dtype in (torch.float32, torch.int64, torch.bool):
        tensors = []
        values = [value(token, layout, dtype, tensors) for token in args]
        before = [t.untyped_storage().data_ptr() for t in tensors]
        names = [a.name for a in operator._schema.arguments]
        try:
            results = operator(**dict(zip(names, values)))
        except Exception as error:
            if "unrecognized" in str(error) or "missing value" in str(error) or "Unknown keyword" in str(error):
                print(name, args, error, file=sys.stderr)
            continue
        results = results if isinstance(results, (tuple, list)) else [results]
        return ";".join(described(r, tensors, before) for r in results if isinstance(r, torch.Tensor)) or "."
    return "-"


def value(token, layout, dtype, tensors):
    if token[0] == "[":
        return [value(item, layout, dtype, tensors) for item in token[1:-1].split(",")]
    if token[:2] in ("A:", "M:", "I:"):
        shape = [int(n) for n in token[2:].split("x") if n]
        dtype = {"A": dtype, "M": torch.bool, "I": torch.int64}[token[0]]
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
    if layout == "l" and dims == 4:
        return torch.ones(shape, dtype=dtype).contiguous(memory_format=torch.channels_last)
    if layout == "s" and dims:
        return torch.ones(*shape[:-1], 2 * shape[-1] + 1, dtype=dtype)[..., 1::2]
    if layout == "b" and dims > 1:
        return torch.ones(1, *shape[1:], dtype=dtype).expand(shape)
    return torch.ones(shape, dtype=dtype)


def described(result, tensors, before):
    same = [i for i, t in enumerate(tensors) if t is result]
    shares = [i for i, data in enumerate(before) if result.untyped_storage().data_ptr() == data and result.numel()]
    from_ = f"{same[0]}=" if same else ""
    if shares and not same:
        from_ = f"{shares[0]}+{result.storage_offset()}/"
    strides = [s if n > 1 else 0 for s, n in zip(result.stride(), result.shape)]
    contiguous = result.is_contiguous()
    return from_ + ("C" if contiguous else ".".join(map(str, strides)))


main()
