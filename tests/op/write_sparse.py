"""Writes `sparse.cases`. Run: python tests/op/write_sparse.py"""
import warnings

import torch

from write import b, c64, f16, f64, i32, i64, t, write

warnings.filterwarnings("ignore")
D = t([[0.0, 2.0, 0.0], [3.0, 0.0, 4.0]])
E = t([[1.0, 0.0], [0.0, 2.0], [5.0, 0.0]])
I = torch.tensor([[1, 0, 1], [2, 0, 2]])
TWICE = torch.sparse_coo_tensor(I, t([1.0, 2.0, 3.0]), (2, 3))
HYBRID = torch.sparse_coo_tensor(I[:1], t([[1.0, 2.0], [3.0, 0.0], [5.0, 6.0]]), (2, 2))
V = t([1.0, 2.0, 3.0])


def make():
    yield "sparse_coo_tensor.indices", I, t([1.0, 2.0, 3.0])
    yield "sparse_coo_tensor.indices_size", I, t([1.0, 2.0, 3.0]), [2, 3]
    yield "sparse_coo_tensor.indices_size", I, t([1.0, 2.0]), [2, 3]
    yield "sparse_coo_tensor.indices_size", I, t([[1.0], [2.0], [3.0]]), [2, 3, 1]
    yield "sparse_coo_tensor.size", [2, 3]
    yield "sparse_csr_tensor.crow_col_value_size", t([0, 1, 3], i64), t([1, 0, 2], i64), V, [2, 3]
    yield "sparse_csr_tensor.crow_col_value", t([0, 1, 3], i64), t([1, 0, 2], i64), V
    yield "sparse_csr_tensor.crow_col_value_size", t([0, 1, 3], i32), t([1, 0, 2], i32), V, [2, 3]
    yield "sparse_csc_tensor.ccol_row_value_size", t([0, 1, 3], i64), t([1, 0, 2], i64), V, [3, 2]
    for x in (D, t([[0, 1]], i64), t([[True, False]], b), torch.zeros(0, 3), t(2.0)):
        yield "to_sparse", x
    yield "to_sparse.sparse_dim", D, 1
    yield "to_sparse.sparse_dim", D, 3
    yield "to_sparse.sparse_dim", D, 0
    for op in ("to_sparse_csr", "to_sparse_csc"):
        yield op, D
        yield op, TWICE
        yield op, D.to_sparse_csc()
    yield "to_sparse_bsr", torch.cat([D, 0 * D]), [2, 3]
    yield "to_sparse_bsc", torch.cat([D, D], 1), [1, 3]


def parts():
    for x in (D.to_sparse(), TWICE, HYBRID, D.to_sparse_csr(), D.to_sparse_csc(), torch.cat([D, D]).to_sparse_bsr([2, 1])):
        yield "to_dense", x
        for op in "_nnz sparse_dim dense_dim coalesce values indices crow_indices ccol_indices is_coalesced size clone".split():
            yield op, x
    yield "_indices", TWICE
    yield "_values", TWICE
    yield "_coalesced", TWICE, True


def plain():
    for x in (D.to_sparse(), TWICE, D.to_sparse_csr()):
        for op in "abs neg sin sqrt relu sign floor isnan conj_physical t".split():
            yield op, x
        yield "mul.Scalar", x, 2
        yield "mul.Tensor", x, t(2.0)
        yield "mul.Tensor", x, D
        yield "div.Scalar", x, 2 if x.layout == torch.sparse_coo else 2.5
        yield "add.Tensor", x, x
        yield "add.Tensor", x, x, 3
        yield "sub.Tensor", x, x
        yield "mul.Tensor", x, x
        yield "add.Tensor", D, x
        yield "add.Tensor", x, D
        yield "sum", x
        yield "mm", x, E
        yield "mm", E, x
        yield "mm", x, E.to_sparse() if x.layout == torch.sparse_coo else E.to_sparse_csr()
        yield "mm", x, D
        yield "matmul", x, V
        yield "mv", x, V
        yield "addmm", torch.ones(2, 2), x, E, 2, 3
        yield "linear", E.t(), x
        yield "to.dtype", x, f64
        yield "zeros_like", x
        yield "select.int", x, 0, 1
    for x in (D.to_sparse(), TWICE, HYBRID):
        yield "sum.dim_IntList", x, [0]
        yield "sum.dim_IntList", x, [1], True
        yield "sum.dim_IntList", x, [0, 1]
        yield "_sparse_sum.dim", x, [1]
        yield "_sparse_sum", x
        yield "_sparse_softmax.int", x, 1, None
        yield "_sparse_log_softmax.int", x, 0, None
        yield "cat", [x, x], 0
        yield "cat", [x, x], 1
        yield "stack", [x, x], 0
        yield "index_select", x, 0, t([1, 0, 1], i64)
        yield "narrow_copy", x, 0, 1, 1
        yield "unsqueeze", x, 0
        yield "permute", x, [1, 0]
        yield "norm.Scalar", x, 2
        yield "any", x
        yield "pow.Tensor_Scalar", x, 2
        yield "sparse_mask", D[:, :x.shape[1]].clone(), x
    yield "sum.dim_IntList", D.to_sparse_csr(), [1], True
    yield "sum.dim_IntList", D.to_sparse_csr(), [1]
    yield "_sparse_mm", D.to_sparse(), E
    yield "bmm", torch.stack([D, D]).to_sparse(), torch.stack([E, 2 * E])
    yield "mm", D.int().to_sparse(), E.int()
    yield "mm", D.to(c64).to_sparse(), E.to(c64)
    yield "mm", D.to_sparse(), E.double()
    weights, other = torch.arange(6.0).view(3, 2), t([[0, 1.0, 2], [0, 0, 0], [3, 0, -1]])
    twice = torch.sparse_coo_tensor([[2, 0, 2], [0, 1, 0]], [1.0, 2, 3], (3, 3))
    yield "smm", twice, weights
    yield "smm", twice, weights.double()
    yield "sspaddmm", weights.to_sparse(), twice, weights, 2, 3
    yield "sspaddmm", weights[:2].to_sparse(), twice, weights
    yield "hspmm", twice, weights
    yield "hspmm", twice, weights[:2]
    for reduce in ("sum", "mean", "amax", "amin", "prod", "x"):
        yield "_sparse_mm.reduce", other.to_sparse_csr(), weights, reduce
    yield "_sparse_mm.reduce", other.bfloat16().to_sparse_csr(), weights.bfloat16(), "mean"
    yield "_sparse_mm.reduce", other.long().to_sparse_csr(), weights.long(), "sum"
    yield "_sparse_mm.reduce", other.to_sparse_csr(), weights[:2], "sum"
    yield "sparse_sampled_addmm", other.to_sparse_csr(), weights, weights.t().contiguous(), 2, 3
    yield "sparse_sampled_addmm", other.to_sparse_csr(), weights, torch.ones(3, 3)
    yield "sparse_sampled_addmm", other.long().to_sparse_csr(), weights.long(), weights.long().t()
    yield "sparse_sampled_addmm", torch.stack([other, other]).to_sparse_csr(), *[torch.ones(2, 3, 3)] * 2
    yield "sparse_resize_", TWICE.clone(), [3, 3], 2, 0


if __name__ == "__main__":
    write("sparse", [*make(), *parts(), *plain()])
