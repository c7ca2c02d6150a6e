//! Systems of equations, inverses, triangular systems.

use super::lu::{check_solve, factors, solve_factored, turned_for_factors};
use super::*;
use crate::kernel::linalg::lu::{solve_triangular as solve_triangular_one, Form};
use crate::op;
use crate::op::Op;

pub const OPS: &[Op] = &[
    op!(
        "aten::_linalg_solve_ex(Tensor A, Tensor B, *, bool left=True, bool check_errors=False) -> (Tensor result, \
         Tensor LU, Tensor pivots, Tensor info)",
        solve_with_factors(_, _, _, _), out "result(result, LU, pivots, info)"
    ),
    op!(
        "aten::linalg_solve_ex(Tensor A, Tensor B, *, bool left=True, bool check_errors=False) -> (Tensor result, \
         Tensor info)",
        solve_ex(_, _, _, _), out "out(result, info)"
    ),
    op!("aten::linalg_solve(Tensor A, Tensor B, *, bool left=True) -> Tensor", solve(_, _, _), out "out"),
    op!(
        "aten::linalg_inv_ex(Tensor A, *, bool check_errors=False) -> (Tensor inverse, Tensor info)",
        inv_ex(_, _), out "inverse(inverse, info)"
    ),
    op!("aten::linalg_inv(Tensor A) -> Tensor", inv(_), out "out"),
    op!("aten::inverse(Tensor self) -> Tensor", inv(_), out "out"),
    op!(
        "aten::linalg_solve_triangular(Tensor self, Tensor B, *, bool upper, bool left=True, bool \
         unitriangular=False) -> Tensor",
        linalg_solve_triangular(_, _, _, _, _), out "out"
    ),
    op!(
        "aten::triangular_solve(Tensor self, Tensor A, bool upper=True, bool transpose=False, bool \
         unitriangular=False) -> (Tensor solution, Tensor cloned_coefficient)",
        triangular_solve(_, _, _, _, _), out "X(X, M)"
    ),
    op!("aten::linalg_tensorinv(Tensor self, int ind=2) -> Tensor", tensorinv(_, _), out "out"),
    op!(
        "aten::linalg_tensorsolve(Tensor self, Tensor other, int[]? dims=None) -> Tensor",
        tensorsolve(_, _, _), out "out"
    ),
    op!(
        "aten::_linalg_check_errors(Tensor info, str api_name, *, bool is_matrix) -> ()",
        check_errors(_, _, _),
        tags[SideEffect]
    ),
];

/// Whether `b` is one right-hand side for each matrix, not a matrix of them.
pub(super) fn is_vector(a: &Tensor, b: &Tensor) -> bool {
    b.dim() == 1 || (a.dim() == b.dim() + 1 && a.sizes()[..a.dim() - 1] == *b.sizes())
}

fn solve_with_factors(a: Tensor, b: Tensor, left: bool, check: bool) -> Result<(Tensor, Tensor, Tensor, Tensor)> {
    check_float(&a, "linalg.solve", true)?;
    check_same(&a, &b, "linalg.solve", ["A", "B"])?;
    check_matrix(&a, "linalg.solve", "A")?;
    let vector = is_vector(&a, &b);
    let matrix = if vector { b.unsqueeze(-1)? } else { b };
    ensure!(
        left || !vector,
        "linalg.solve: Vector broadcasting of the left hand side is not supported for left=False. In this case \
         linalg.solve is equivalent to B / A.squeeze(-1)"
    );
    check_solve(&a, &matrix, left, "linalg.solve")?;
    let (factored, turned) = turned_for_factors(&a)?;
    let (lu, pivots, info) = factors(&factored)?;
    if check {
        check_infos(&info, "torch.linalg.solve_ex")?;
    }
    let result = solve_factored(&lu, &pivots, &matrix, left, turned)?;
    let result = if vector { column_major(&result.squeeze(Some(&[-1]))?)? } else { result };
    Ok((result, lu, pivots, info))
}

fn solve_ex(a: Tensor, b: Tensor, left: bool, check: bool) -> Result<(Tensor, Tensor)> {
    let (result, _, _, info) = solve_with_factors(a, b, left, check)?;
    Ok((result, info))
}

pub(super) fn solve(a: Tensor, b: Tensor, left: bool) -> Result<Tensor> {
    let (result, info) = solve_ex(a, b, left, false)?;
    check_infos(&info, "torch.linalg.solve")?;
    Ok(result)
}

pub(super) fn inv_ex(a: Tensor, check: bool) -> Result<(Tensor, Tensor)> {
    check_square(&a, "linalg.inv")?;
    check_float(&a, "linalg.inv", false)?;
    let n = a.size(-1)?;
    let (factored, turned) = turned_for_factors(&a)?;
    let (lu, pivots, info) = factors(&factored)?;
    let identity = Tensor::zeros(&[n, n], a.dtype())?;
    identity.diagonal(0, 0, 1)?.fill(1.into())?;
    let result = solve_factored(&lu, &pivots, &identity, true, turned)?;
    if check {
        check_infos(&info, "linalg.inv_ex")?;
    }
    Ok((result, info))
}

pub(super) fn inv(a: Tensor) -> Result<Tensor> {
    let (result, info) = inv_ex(a, false)?;
    check_infos(&info, "linalg.inv")?;
    Ok(result)
}

fn linalg_solve_triangular(a: Tensor, b: Tensor, upper: bool, left: bool, unit: bool) -> Result<Tensor> {
    check_solve(&a, &b, left, "linalg.solve_triangular")?;
    let (a, b) = broadcast_batches(&a, &b)?;
    if left {
        return triangular(&a, &b, upper, Form::Plain, unit);
    }
    // the transposed equation has A on the left
    column_major(&triangular(&a, &b.transpose(-2, -1)?, upper, Form::Transposed, unit)?.transpose(-2, -1)?)
}

/// Solves with a triangle of every `a` for every `b`, of the same batch dimensions.
fn triangular(a: &Tensor, b: &Tensor, upper: bool, form: Form, unit: bool) -> Result<Tensor> {
    let dtype = b.dtype();
    dispatch_field!(dtype, "triangular_solve_cpu", T => {
        let (a, batch) = (Batch::new::<T>(a)?, Batch::new::<T>(b)?);
        let mut out = Out::<T>::new(&batch.lead, batch.m, batch.n)?;
        for i in 0..batch.count() {
            let mut b = batch.get::<T>(i)?;
            solve_triangular_one(&a.get::<T>(i)?, upper, form, unit, &mut b);
            out.set(i, &b);
        }
        out.finish(dtype)
    })
}

/// The checks of the older functions: `b` comes first.
pub(super) fn check_old_solve(b: &Tensor, a: &Tensor, name: &str) -> Result<()> {
    let prefix = if name.contains('.') { format!("{name}: ") } else { String::new() };
    let (x, y) = (a.sizes(), b.sizes());
    ensure!(
        a.dtype() == b.dtype(),
        "Expected b and A to have the same dtype, but found b of type {} and A of type {} instead.",
        b.dtype().name(),
        a.dtype().name()
    );
    let (m, n) = (x[x.len() - 2], x[x.len() - 1]);
    ensure!(m == n, "{prefix}A must be batches of square matrices, but they are {m} by {n} matrices");
    ensure!(
        n == y[y.len() - 2],
        "Incompatible matrix sizes for {name}: each A matrix is {n} by {n} but each b matrix is {} by {}",
        y[y.len() - 2],
        y[y.len() - 1]
    );
    Ok(())
}

fn triangular_solve(b: Tensor, a: Tensor, upper: bool, transpose: bool, unit: bool) -> Result<(Tensor, Tensor)> {
    for (x, name) in [(&b, "b"), (&a, "A")] {
        ensure!(
            x.dim() >= 2,
            "torch.triangular_solve: Expected {name} to have at least 2 dimensions, but it has {} dimensions instead",
            x.dim()
        );
    }
    check_old_solve(&b, &a, "triangular_solve")?;
    let (a, b) = broadcast_batches(&a, &b)?;
    let form = if transpose { Form::Transposed } else { Form::Plain };
    Ok((triangular(&a, &b, upper, form, unit)?, column_major(&a)?))
}

fn tensorinv(x: Tensor, ind: i64) -> Result<Tensor> {
    ensure!(ind > 0, "Expected a strictly positive integer for 'ind', but got {ind}");
    let split = (ind as usize).min(x.dim());
    let (first, last) = x.sizes().split_at(split);
    let (rows, cols) = (numel(first) as i64, numel(last) as i64);
    ensure!(
        rows == cols,
        "Expected self to satisfy the requirement prod(self.shape[ind:]) == prod(self.shape[:ind]), but got {cols} != \
         {rows}"
    );
    let shape: Dims = last.iter().chain(first).copied().collect();
    let (result, info) = inv_ex(x.reshape(&[cols, rows])?, false)?;
    check_infos(&info, "inv")?;
    result.reshape(&shape)
}

fn tensorsolve(a: Tensor, b: Tensor, dims: Option<Vec<i64>>) -> Result<Tensor> {
    let nd = a.dim();
    let mut moved = a;
    if let Some(dims) = dims {
        let dims: Vec<usize> = dims.iter().map(|d| crate::base::wrap_dim(*d, nd)).collect::<Result<_>>()?;
        for (i, d) in dims.iter().enumerate() {
            ensure!(!dims[..i].contains(d), "movedim: repeated dim in `source` ({dims:?})");
        }
        let order: Dims = (0..nd).filter(|d| !dims.contains(d)).chain(dims.iter().copied()).map(|d| d as i64).collect();
        moved = moved.permute(&order)?;
    }
    let shape: Dims = moved.sizes()[b.dim().min(nd)..].into();
    let (count, other) = (numel(&shape) as i64, numel(&moved.sizes()[..b.dim().min(nd)]) as i64);
    ensure!(
        count == other,
        "Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == prod(self.shape[:other.ndim]), but \
         got {count} != {other}"
    );
    solve(moved.reshape(&[count, count])?, b.reshape(&[-1])?, true)?.reshape(&shape)
}

fn check_errors(info: Tensor, name: std::sync::Arc<str>, is_matrix: bool) -> Result<()> {
    check_info(&info.to_vec::<i32>()?, &name, is_matrix)
}
