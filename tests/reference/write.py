"""Writes dtypes.txt: for calls of elementwise operators and reductions the dtypes that PyTorch's CPU takes, and those
of the results. Run with PyTorch 2.5.1 and the schemas of the operators that Sconce has:

    python tests/reference/write.py docs/operators.md > tests/reference/dtypes.txt

A call is an operator and its arguments: `A` is a tensor of ones whose dtype is the row, `B` one whose dtype is the
column; `A0`, `B0` are zero-dimensional, `A:2x3` has another shape than [2]; `M` is a bool tensor, `S` a number whose
kind is the column (bool, int, float, complex), `D` a dtype, the column's; `i1`, `f1.5`, `b0`, `none`, `s:floor` and
`(0,1)` are as they look. A word of a table is a row; a cell has a letter for every result, `-` for an error, and commas stand between cells of
several letters. Calls with the same table share it; ` | ` stands between the
arguments of calls of one operator.
"""

import sys
import warnings

import torch

DTYPES = {
    "f": torch.float32, "d": torch.float64, "h": torch.float16, "b": torch.bfloat16, "c": torch.int8, "u": torch.uint8,
    "s": torch.int16, "i": torch.int32, "l": torch.int64, "?": torch.bool, "F": torch.complex64, "D": torch.complex128,
}  # fmt: skip
LETTERS = {dtype: letter for letter, dtype in DTYPES.items()} | {torch.complex32: "H"}
NUMBERS = [True, 1, 1.5, 1 + 1j]

# operators that are not in the table of elementwise ones, but whose element i depends on elements i
MORE = """ldexp.Tensor ldexp_ frexp.Tensor mvlgamma special_multigammaln prelu log_sigmoid_forward isclose nan_to_num_
    real imag polar complex xlogy.Scalar_Self isfinite fill.Scalar fill.Tensor fill_.Scalar fill_.Tensor
    rrelu bernoulli threshold_backward celu_ leaky_relu_backward hardshrink_backward softshrink_backward hardsigmoid_backward hardswish_backward
    infinitely_differentiable_gelu_backward mish_backward softplus_backward log_sigmoid_backward""".split()

# reductions, scans and norms; `keepdim` finds more
REDUCTIONS = """
    sum A none | sum A D | sum.dim_IntList A (0) b0 none | sum.dim_IntList A (0) b1 D | sum.dim_IntList A0 () b0 none
    nansum A none b0 none | nansum A (0) b0 D | nanmean A none b0 none | nanmean A (0) b0 D
    mean A none | mean A D | mean.dim A (0) b0 none | mean.dim A (0) b0 D
    prod A none | prod A D | prod.dim_int A i0 b0 none | prod.dim_int A i0 b0 D
    cumsum A i0 none | cumsum A i0 D | cumprod A i0 none | cumprod A i0 D | cumsum_ A i0 none | cumsum_ A i0 D
    cumprod_ A i0 none | cumprod_ A i0 D | cummax A i0 | cummin A i0 | logcumsumexp A i0 | _logcumsumexp A i0
    var A b1 | var.dim A (0) b1 b0 | var.correction A (0) i0 b0 | std A b1 | std.dim A (0) b1 b0
    std.correction A (0) i0 b0 | var_mean A b1 | var_mean.dim A (0) b1 b0 | var_mean.correction A (0) i0 b0
    std_mean A b1 | std_mean.dim A (0) b1 b0 | std_mean.correction A (0) i0 b0
    max A | min A | max.dim A i0 b0 | min.dim A i0 b0 | amax A (0) b0 | amin A (0) b0 | aminmax A i0 b0 | _aminmax.dim A i0 b0
    aminmax A none b0 | argmax A none b0 | argmin A none b0 | argmax A i0 b0 | argmin A i0 b0
    median A | median.dim A i0 b0 | nanmedian A | nanmedian.dim A i0 b0 | mode A i0 b0 | kthvalue A i1 i0 b0
    any A | any.dim A i0 b0 | any.dims A (0) b0 | all A | all.dim A i0 b0 | all.dims A (0) b0
    count_nonzero A none | count_nonzero.dim_IntList A (0) | logsumexp A (0) b0 | special_logsumexp A (0) b0
    norm.Scalar A i2 | norm.Scalar A i1 | norm.Scalar A i0 | norm.Scalar A finf | norm.ScalarOpt_dim A i2 (0) b0
    norm.ScalarOpt_dim A i1 (0) b0 | norm.ScalarOpt_dtype A i2 D | norm.ScalarOpt_dim_dtype A i2 (0) b0 D
    frobenius_norm.dim A (0) b0 | nuclear_norm A:2x2 b0 | nuclear_norm.dim A:2x2 (0,1) b0
    linalg_vector_norm A i2 none b0 none | linalg_vector_norm A i2 (0) b0 D | linalg_vector_norm A i0 none b0 none
    linalg_norm A none none b0 none | linalg_matrix_norm A:2x2 i1 (0,1) b0 none
    linalg_matrix_norm A:2x2 i2 (0,1) b0 none | linalg_norm A none none b0 D | linalg_matrix_norm A:2x2 i1 (0,1) b0 D
    linalg_norm.ord_str A:2x2 s:fro none b0 none | linalg_norm.ord_str A:2x2 s:nuc none b0 D
    linalg_matrix_norm.str_ord A:2x2 s:fro (0,1) b0 none | linalg_matrix_norm.str_ord A:2x2 s:nuc (0,1) b0 D
    norm_except_dim A:2x2 i2 i0 | dist A B i2 | trace A:2x2 | renorm A:2x2 i2 i0 f1.5 | renorm A:2x2 f1.5 i0 i1
    renorm_ A:2x2 i2 i0 f1.5 | mvlgamma_ A i1
    quantile.scalar A f0.5 none b0 s:linear | quantile A B:1 none b0 s:linear
    nanquantile.scalar A f0.5 none b0 s:linear | nanquantile A B:1 none b0 s:linear
    softmax.int A i0 none | softmax.int A i0 D | log_softmax.int A i0 none | log_softmax.int A i0 D
    _softmax A i0 b0 | _log_softmax A i0 b0 | special_softmax A i0 D | special_log_softmax A i0 none
    special_log_softmax A i0 D | _safe_softmax A i0 none
    layer_norm A:2x4 (4) none none f1e-5 b0 | layer_norm A:2x4 (4) B:4 B:4 f1e-5 b0
    native_layer_norm A:2x4 (4) none none f1e-5 | native_layer_norm A:2x4 (4) B:4 B:4 f1e-5
    rms_norm A:2x4 (4) none none | rms_norm A:2x4 (4) B:4 none
    group_norm A:2x4x3 i2 none none f1e-5 b0 | group_norm A:2x4x3 i2 B:4 B:4 f1e-5 b0
    native_group_norm A:2x4x3 B:4 B:4 i2 i4 i3 i2 f1e-5
    batch_norm A:2x4x3 none none B:4 B:4 b0 f0.1 f1e-5 b0 | batch_norm A:2x4x3 B:4 B:4 B:4 B:4 b0 f0.1 f1e-5 b0
    batch_norm A:2x4x3 none none none none b1 f0.1 f1e-5 b0 | batch_norm A:2x4x3 B:4 B:4 none none b1 f0.1 f1e-5 b0
    native_batch_norm A:2x4x3 none none B:4 B:4 b0 f0.1 f1e-5
    native_batch_norm A:2x4x3 none none none none b1 f0.1 f1e-5
    instance_norm A:2x4x3 none none none none b1 f0.1 f1e-5 b0 | instance_norm A:2x4x3 B:4 B:4 none none b1 f0.1 f1e-5 b0
    instance_norm A:2x4x3 none none B:4 B:4 b0 f0.1 f1e-5 b0
    _batch_norm_impl_index A:2x4x3 B:4 B:4 B:4 B:4 b0 f0.1 f1e-5 b0
    _batch_norm_no_update A:2x4x3 B:4 B:4 B:4 B:4 f0.1 f1e-5 | _batch_norm_with_update A:2x4x3 B:4 B:4 B:4 B:4 f0.1 f1e-5
    _batch_norm_with_update_functional A:2x4x3 B:4 B:4 B:4 B:4 f0.1 f1e-5
    _native_batch_norm_legit A:2x4x3 B:4 B:4 B:4 B:4 b1 f0.1 f1e-5
    _native_batch_norm_legit.no_stats A:2x4x3 none none b1 f0.1 f1e-5
    _native_batch_norm_legit_functional A:2x4x3 B:4 B:4 B:4 B:4 b1 f0.1 f1e-5
    _native_batch_norm_legit_no_training A:2x4x3 B:4 B:4 B:4 B:4 f0.1 f1e-5
    _weight_norm A:2x4 B:2x1 i0 | _weight_norm_interface A:2x4 B:2x1 i0
    cosine_similarity A:2x4 B:2x4 i1 f1e-8 | pairwise_distance A:2x4 B:2x4 f2 f1e-6 b0
    cdist A:2x4 B:2x4 f2 none | cdist A:2x4 B:2x4 f1 none | pdist A:2x4 f2 | pdist A:2x4 f1
    diff A i1 i0 none none | diff A i1 i0 B none | trapezoid.x A B i0 | trapezoid.dx A S i0
    cumulative_trapezoid.x A B i0 | cumulative_trapezoid.dx A S i0 | trapz.x A B i0 | trapz.dx A f1.5 i0
    mse_loss A B i0 | mse_loss A B i1 | mse_loss A B i2 | l1_loss A B i0 | l1_loss A B i1 | l1_loss A B i2
    smooth_l1_loss A B i0 f1.0 | smooth_l1_loss A B i1 f1.0 | smooth_l1_loss A B i1 f0.0 | huber_loss A B i0 f1.0
    huber_loss A B i1 f1.0 | soft_margin_loss A B i0 | soft_margin_loss A B i1 | kl_div A B i0 b0 | kl_div A B i1 b1
    poisson_nll_loss A B b1 b0 f1e-8 i0 | poisson_nll_loss A B b0 b1 f1e-8 i1
    hinge_embedding_loss A B f1.0 i0 | hinge_embedding_loss A B f1.0 i1 | margin_ranking_loss A A B f0.0 i1
    cosine_embedding_loss A:2x4 A:2x4 B f0.0 i1 | cosine_embedding_loss A:2x4 B:2x4 A f0.0 i0
    triplet_margin_loss A:2x4 B:2x4 B:2x4 f1.0 f2.0 f1e-6 b0 i1 | triplet_margin_loss A:2x4 A:2x4 B:2x4 f1.0 f2.0 f1e-6 b1 i0
    binary_cross_entropy A B none i0 | binary_cross_entropy A B none i1 | binary_cross_entropy A A B i1
    binary_cross_entropy_with_logits A B none none i0 | binary_cross_entropy_with_logits A A B none i1
    binary_cross_entropy_with_logits A A none B i1 | multi_margin_loss A:2x4 B i1 i1 none i1
    multilabel_margin_loss A:2x4 B:2x4 i1 | nll_loss A:2x4 B none i1 i-100 | nll_loss_nd A:2x4 B none i1 i-100
    cross_entropy_loss A:2x4 B none i1 i-100 f0.0 | cross_entropy_loss A:2x4 B:2x4 none i1 i-100 f0.0
    glu A i0 | special_multigammaln A i1
    sort A i0 b0 | sort.stable A b1 i0 b0 | argsort A i0 b0 | msort A | topk A i1 i0 b1 b1 | unique_consecutive A b0 b0 none
    bincount A none i0 | bincount A B i0 | histc A i2 i0 i2 | searchsorted.Tensor A B b0 b0 none none | bucketize.Tensor A B b0 b0
    isin.Tensor_Tensor A B b0 b0 | isin.Tensor_Scalar A S b0 b0 | isin.Scalar_Tensor S A b0 b0
    cov A:2x4 i1 none none | corrcoef A:2x4 | vander A none b0 | cross A:3 B:3 none | linalg_cross A:3 B:3 i-1
    dot A B | vdot A B | inner A B | outer A B | ger A B | mv A:2x2 B | mm A:2x2 B:2x2 | bmm A:2x2x2 B:2x2x2
    matmul A:2x2 B:2x2 | matmul A B | addmm A:2x2 B:2x2 B:2x2 i1 i1 | addmm A:2x2 A:2x2 B:2x2 i1 i1
    addmm A:2x2 A:2x2 A:2x2 S i1 | addmm A:2x2 A:2x2 A:2x2 i1 S | addmv A A:2x2 B i1 i1 | addmv A B:2x2 B i1 i1
    addr A A B i1 i1 | addr A B B i1 i1 | addbmm A:2x2 A:2x2x2 B:2x2x2 i1 i1 | baddbmm A:2x2x2 A:2x2x2 B:2x2x2 i1 i1
    baddbmm A:2x2x2 B:2x2x2 B:2x2x2 i1 i1 | linear A:2x4 B:2x4 none | linear A:2x4 A:2x4 B
    kron A B | tensordot A B (0) (0) | chain_matmul_ A | einsum_ A
    avg_pool1d A:1x4 (2) (2) (0) b0 b1 | avg_pool2d A:1x4x4 (2) (2) (0) b0 b1 none | avg_pool3d A:1x4x4x4 (2) (2) (0) b0 b1 none
    max_pool1d A:1x4 (2) (2) (0) (1) b0 | max_pool2d A:1x4x4 (2) (2) (0) (1) b0 | max_pool3d A:1x4x4x4 (2) (2) (0) (1) b0
    max_pool2d_with_indices A:1x4x4 (2) (2) (0) (1) b0 | max_pool1d_with_indices A:1x4 (2) (2) (0) (1) b0
    adaptive_avg_pool1d A:1x4 (2) | adaptive_avg_pool2d A:1x4x4 (2,2) | adaptive_avg_pool3d A:1x4x4x4 (2,2,2)
    adaptive_max_pool1d A:1x4 (2) | adaptive_max_pool2d A:1x4x4 (2,2) | adaptive_max_pool3d A:1x4x4x4 (2,2,2)
    conv1d A:1x2x4 B:1x2x2 none (1) (0) (1) i1 | conv2d A:1x2x4x4 B:1x2x2x2 none (1,1) (0,0) (1,1) i1
    conv1d A:1x2x4 A:1x2x2 B:1 (1) (0) (1) i1 | conv2d A:1x2x4x4 A:1x2x2x2 B:1 (1,1) (0,0) (1,1) i1
    conv_transpose1d A:1x2x4 B:2x1x2 none (1) (0) (0) i1 (1) | conv3d A:1x2x4x4x4 B:1x2x2x2x2 none (1,1,1) (0,0,0) (1,1,1) i1
    constant_pad_nd A (1,1) S | reflection_pad1d A:1x4 (1,1) | replication_pad1d A:1x4 (1,1)
    upsample_nearest1d A:1x1x4 (8) none | upsample_nearest2d A:1x1x4x4 (8,8) none none | upsample_linear1d A:1x1x4 (8) b0 none
    upsample_bilinear2d A:1x1x4x4 (8,8) b0 none none | upsample_bicubic2d A:1x1x4x4 (8,8) b0 none none
    grid_sampler A:1x1x2x2 B:1x2x2x2 i0 i0 b0 | pixel_shuffle A:4x1x1 i2 | channel_shuffle A:2x4x1x1 i2
    embedding A:2x2 B i-1 b0 b0 | one_hot A i3 | tril A:2x2 i0 | triu A:2x2 i0 | roll A (1) (0) | flip A (0)
    index_add A i0 B A i1 | index_add A i0 M A i1 | gather A i0 B b0 | scatter.src A i0 B A | scatter.value A i0 B i1
    scatter_add A i0 B A | scatter.reduce A i0 B A s:add | scatter_reduce.two A i0 B A s:sum b1 | scatter_reduce.two A i0 B A s:mean b1
    scatter_reduce.two A i0 B A s:amax b1 | scatter_reduce.two A i0 B A s:prod b1 | index_select A i0 B | index_fill.int_Scalar A i0 B i1
    index_copy A i0 B A | take A B | masked_select A B | masked_scatter A B A | nonzero A | repeat_interleave.self_Tensor A B none none
    linalg_det A:2x2 | linalg_inv_ex A:2x2 b0 | linalg_qr A:2x2 s:reduced | cholesky A:2x2 b0 | linalg_eigvalsh A:2x2 s:L | linalg_matrix_power A:2x2 i2
    logdet A:2x2 | slogdet A:2x2 | matrix_exp A:2x2 | linalg_lu A:2x2 b1 | linalg_svdvals A:2x2 none | pinverse A:2x2 f1e-15
    scaled_dot_product_attention A:1x2x4 B:1x2x4 B:1x2x4 none f0.0 b0 none b0
    fft_fft A none i-1 none | fft_rfft A none i-1 none | fft_irfft A none i-1 none | fft_hfft A none i-1 none
    add_.Tensor A B i1 | sub_.Tensor A B i1 | lerp_.Scalar A B f0.5 | addcmul_ A B B i1
"""


def main():
    warnings.simplefilter("ignore")
    tables = {}
    for call in [*elementwise(sys.argv[1]), *reductions()]:
        tables.setdefault(table(call), []).append(" ".join(call))
    print("# written by write.py, which says how to read it")
    for rows, calls in tables.items():
        arguments = {}
        for name, _, rest in (call.partition(" ") for call in dict.fromkeys(calls)):
            arguments.setdefault(name, []).append(rest)
        print("\n" + "\n".join(f"{name} " + " | ".join(lists) for name, lists in arguments.items()))
        print("= " + " ".join(rows))


def reductions():
    for line in REDUCTIONS.strip().splitlines():
        for call in line.split("|"):
            name, *args = call.split()
            if name.split(".")[0] in dir(torch.ops.aten) or hasattr(torch.ops.aten, name.split(".")[0]):
                yield "aten::" + name, *args


def elementwise(path):
    names = []
    for line in open(path):
        cells = [cell.strip().strip("`") for cell in line.split("|")]
        if len(cells) > 4 and cells[3] == "elementwise" and cells[1].startswith("aten::"):
            names += [cells[1][6:] + ("" if overload == "-" else "." + overload) for overload in cells[2].split()]
    for name in dict.fromkeys(names + MORE):
        base, _, overload = name.partition(".")
        try:
            schema = getattr(getattr(torch.ops.aten, base), overload or "default")._schema
        except AttributeError:
            continue
        tensors = [a for a in schema.arguments if "Tensor" in str(a.type) and "List" not in str(a.type)]
        written = any(a.is_out for a in schema.arguments)
        if tensors and not written and all(str(r.type) == "Tensor" for r in schema.returns):
            yield from calls("aten::" + name, schema.arguments)


def calls(name, arguments):
    """The calls of an operator that together show all its dtypes."""
    tensors = [i for i, a in enumerate(arguments) if "Tensor" in str(a.type)]
    numbers = [i for i, a in enumerate(arguments) if "Scalar" in str(a.type) or str(a.type) in ("number", "Optional[number]")]
    modes = [i for i, a in enumerate(arguments) if a.name in ("rounding_mode", "approximate")]
    plain = [default(a) for a in arguments]

    def with_(**at):
        out = list(plain)
        for i, token in at.items():
            out[int(i[1:])] = token
        return (name, *out)

    def all_tensors(tokens):
        return {f"_{i}": token for i, token in zip(tensors, tokens)}

    masked = arguments[tensors[0]].name == "condition" or any(a.name == "mask" for a in arguments)
    forms = []
    if len(tensors) == 1:
        forms = [["A"], ["A0"]] if numbers else [["A"]]
    elif len(tensors) == 2 and not masked:
        forms = [["A", "B"], ["A", "B0"], ["A0", "B"]]
        if any("Optional" in str(arguments[i].type) for i in tensors):
            forms.append(["A", "none"])
    elif len(tensors) == 2:
        forms = [["A", "M"], ["A", "B"]] if arguments[tensors[1]].name == "mask" else [["M", "A"], ["B", "A"]]
    elif masked:
        forms = [["M", "A", "B"], ["M", "A", "B0"], ["B", "A", "A"]] if arguments[tensors[0]].name == "condition" else [
            ["A", "M", "B0"], ["A", "B", "A0"], ["A", "M", "B"]]
    else:
        forms = [["A", "B", "B"], ["A", "A", "B"], ["A", "B0", "B0"], ["A", "A", "B0"], ["A", "B", "A"]]
        if any("Optional" in str(arguments[i].type) for i in tensors):
            forms += [["A", "B", "none"], ["A", "none", "B"]]
    for tokens in forms:
        columns = any("B" in token for token in tokens)
        yield with_(**all_tensors(tokens))
        for i in modes:
            for mode in ("none", "s:trunc", "s:floor") if arguments[i].name == "rounding_mode" else ("s:tanh",):
                yield with_(**all_tensors(tokens), **{f"_{i}": mode})
        if not columns:
            for i in numbers:
                yield with_(**all_tensors(tokens), **{f"_{i}": "S"})
                for m in modes:
                    for mode in ("s:trunc", "s:floor"):
                        yield with_(**all_tensors(tokens), **{f"_{i}": "S", f"_{m}": mode})
    if len(tensors) > 1 and numbers:
        same = [t.replace("B0", "A0").replace("B", "A") for t in forms[0]]
        for i in numbers:
            yield with_(**all_tensors(same), **{f"_{i}": "S"})


def default(a):
    kind = str(a.type)
    if a.has_default_value():
        value = a.default_value
        if value is None:
            return "none"
        if isinstance(value, bool):
            return f"b{int(value)}"
        if isinstance(value, str):
            return "s:" + value
        return f"i{value}" if isinstance(value, int) else f"f{value}"
    return {"int": "i1", "number": "i1", "float": "f1.5", "bool": "b0"}.get(kind, "none")


def table(call):
    columns = ["x"]
    if any(token[0] == "B" or token == "D" for token in call[1:]):
        columns = list(DTYPES)
    elif "S" in call:
        columns = list(range(len(NUMBERS)))
    rows = [[cell(call, DTYPES[row], column) for column in columns] for row in DTYPES]
    between = "," if any(len(cell) > 1 for row in rows for cell in row) else ""
    return tuple(between.join(row) for row in rows)


def cell(call, row, column):
    base, _, overload = call[0].removeprefix("aten::").partition(".")
    try:
        result = getattr(getattr(torch.ops.aten, base), overload or "default")(
            **dict(zip(names(base, overload), [value(token, row, column) for token in call[1:]]))
        )
    except Exception as error:
        if "unrecognized" in str(error) or "missing value" in str(error) or "Unknown keyword" in str(error):
            print(call, error, file=sys.stderr)
        return "-"
    results = result if isinstance(result, (tuple, list)) else [result]
    return "".join(LETTERS[r.dtype] for r in results if isinstance(r, torch.Tensor)) or "."


def names(base, overload):
    return [a.name for a in getattr(getattr(torch.ops.aten, base), overload or "default")._schema.arguments]


def value(token, row, column):
    if token[0] in "AB" or token == "M":
        dtype = torch.bool if token == "M" else row if token[0] == "A" else DTYPES[column]
        shape = [] if token[1:] == "0" else [int(n) for n in token[2:].split("x")] if token[1:] else [2]
        return torch.ones(shape, dtype=dtype)
    if token == "S":
        return NUMBERS[column]
    if token == "D":
        return DTYPES[column]
    if token[0] == "(":
        return [int(n) for n in token[1:-1].split(",") if n]
    if token.startswith("s:"):
        return token[2:]
    return {"n": lambda _: None, "i": int, "f": float, "b": lambda t: t == "1"}[token[0]](token[1:])


main()
