"""Half types with numbers and other dtypes: python tests/op/write_half.py > tests/op/half.cases."""

import torch
A=torch.ops.aten
def t(x):
    n={torch.float16:'f16',torch.bfloat16:'bf16',torch.float64:'f64',torch.float32:'f32',torch.bool:'bool',torch.uint8:'u8',torch.int8:'i8',torch.complex64:'c64',torch.int64:'i64',torch.int32:'i32',torch.int16:'i16'}[x.dtype]
    return f"{n} [{','.join(map(str,x.shape))}] "+' '.join(('1' if v else '0') if isinstance(v,bool) else f'{v.real},{v.imag}' if isinstance(v,complex) else repr(v) for v in x.reshape(-1).tolist())
x=torch.tensor([0.1,0.75,3.],dtype=torch.float16); xb=x.bfloat16(); z=torch.tensor(1/3,dtype=torch.float64)
a=torch.tensor([100.5,-7.,640.],dtype=torch.float16); b=torch.tensor([0.1,0.3,-0.7],dtype=torch.float16)
out=[]
for v in (x,xb):
    out.append(f"aten::eq.Scalar ; {t(v)} ; f 0.1 -> {t(A.eq.Scalar(v,0.1))}")
    out.append(f"aten::remainder.Scalar ; {t(v)} ; f 0.1 -> {t(A.remainder.Scalar(v,0.1))}")
    out.append(f"aten::add.Tensor ; {t(v)} ; {t(z)} ; i 1 -> {t(A.add.Tensor(v,z))}")
    out.append(f"aten::mul.Tensor ; {t(v)} ; {t(z)} -> {t(A.mul.Tensor(v,z))}")
for p,q in ((a,b),(a.bfloat16(),b.bfloat16())):
    out.append(f"aten::floor_divide ; {t(p)} ; {t(q)} -> {t(A.floor_divide(p,q))}")
    out.append(f"aten::div.Tensor_mode ; {t(p)} ; {t(q)} ; s trunc -> {t(A.div.Tensor_mode(p,q,rounding_mode='trunc'))}")
    out.append(f"aten::div.Scalar_mode ; {t(p)} ; f 0.1 ; s trunc -> {t(A.div.Scalar_mode(p,0.1,rounding_mode='trunc'))}")
# what rounding each step leaves of sums that nearly cancel
for d in (torch.float16,torch.bfloat16):
    h=lambda *v: torch.tensor(v,dtype=d)
    m,v=h(10.1,-10.1).view(1,2),h(3.3,3.31)
    out.append(f"aten::mv ; {t(m)} ; {t(v)} -> {t(A.mv(m,v))}")
    out.append(f"aten::addmv ; {t(h(0.3))} ; {t(m)} ; {t(v)} ; f 0.7 ; f 1.3 -> {t(A.addmv(h(0.3),m,v,beta=0.7,alpha=1.3))}")
    p,q=h(10.1,-10.1,3.3),h(3.31,-3.3,10.1)
    out.append(f"aten::linalg_cross ; {t(p)} ; {t(q)} ; i -1 -> {t(A.linalg_cross(p,q))}")
    out.append(f"aten::addr ; {t(h(-43.4))} ; {t(h(10.1))} ; {t(h(3.31))} ; i 1 ; f 1.3 -> {t(A.addr(h(-43.4),h(10.1),h(3.31),alpha=1.3))}")
    w=h(101.,-77.,-13.).view(1,1,3)
    out.append(f"aten::upsample_linear1d ; {t(w)} ; (i 7) ; b false ; none -> {t(A.upsample_linear1d(w,[7],False))}")
    w=w.view(1,1,1,3)
    out.append(f"aten::upsample_bicubic2d ; {t(w)} ; (i 1, i 7) ; b false ; none ; none -> {t(A.upsample_bicubic2d(w,[1,7],False))}")
    k,w=h(3.3,3.31).view(1,1,1,2),h(10.1,-10.1).view(1,1,1,2)
    z,o,big=torch.zeros(3,dtype=torch.int64),h(0.),h(2048.,1.,-2048.)
    zs="i64 [3] 0 0 0"
    out.append(f"aten::index_put ; {t(o)} ; ({zs}) ; {t(big)} ; b true -> {t(A.index_put(o,[z],big,True))}")
    out.append(f"aten::put ; {t(o)} ; {zs} ; {t(big)} ; b true -> {t(A.put(o,z,big,True))}")
    out.append(f"aten::index_add ; {t(o)} ; i 0 ; {zs} ; {t(big)} ; i 1 -> {t(A.index_add(o,0,z,big))}")
    out.append(f"aten::index_add ; {t(o.view(1,1))} ; i 0 ; {zs} ; {t(big.view(3,1))} ; i 1 -> {t(A.index_add(o.view(1,1),0,z,big.view(3,1)))}")
    out.append(f"aten::segment_reduce ; {t(big)} ; s sum ; i64 [1] 3 ; none ; none ; i 0 ; b false ; none -> {t(A.segment_reduce(big,'sum',lengths=torch.tensor([3]),axis=0))}")
    if d==torch.float16:
        out.append(f"aten::conv_transpose2d.input ; {t(w)} ; {t(k)} ; {t(h(1.))} ; (i 1, i 1) ; (i 0, i 0) ; (i 0, i 0) ; i 1 ; (i 1, i 1) -> {t(A.conv_transpose2d(w,k,h(1.)))}")
def case(name, *args, **kwargs):
    """A call with named arguments at its end, or how it fails."""
    base, _, overload = name.partition('.')
    op = getattr(getattr(A, base), overload or 'default')
    words = [t(v) if isinstance(v, torch.Tensor) else 'none' if v is None else '(' + ', '.join(f'i {n}' for n in v) + ')' if isinstance(v, list) else f"b {str(v).lower()}" if isinstance(v, bool) else f"{'f' if isinstance(v, float) else 'i'} {v}" if not isinstance(v, complex) else f"c {v.real},{v.imag}" for v in args]
    try:
        result = t(op(*args))
    except RuntimeError as error:
        result = None
        words[-1] += f" ->! {str(error).splitlines()[0]}"
    out.append(f"aten::{name} ; " + ' ; '.join(words) + (f" -> {result}" if result else ''))
u = torch.tensor([4, 250], dtype=torch.uint8)
less = torch.tensor(-8, dtype=torch.int8)
for name in ('lcm', 'remainder.Tensor', 'maximum', 'lt.Tensor'):
    case(name, u, less)
case('threshold', u, -4, 3)
case('threshold', u, 3, -4)
case('threshold', u, -4.5, 3)
case('threshold_backward', u, u, -4.5)
case('leaky_relu', x, 1j)
case('masked_fill.Tensor', torch.tensor([True, False]), torch.tensor([True, True]), torch.tensor(-2j))
# what float32 cannot hold: refused as a parameter, infinite as an operand
s = torch.tensor([1., 2.])
case('threshold', s, 1e300, 0.)
case('leaky_relu', s, 1e300)
case('hardtanh', s, -1e300, 1e300)
case('add.Scalar', s, 1e300, 1)
# statistics and steps that PyTorch keeps in the half type
for d in (torch.float16, torch.bfloat16):
    h = lambda *v: torch.tensor(v, dtype=d)
    m = h(5.34, -0.84, 2.61, 0.3, 1.7, -3.2).view(3, 2)
    out.append(f"aten::native_batch_norm ; {t(m)} ; {t(h(1.3, .7))} ; {t(h(.2, -.1))} ; none ; none ; b true ; f 0.3 ; f 1e-05 -> {' ; '.join(t(v) for v in A.native_batch_norm(m, h(1.3, .7), h(.2, -.1), None, None, True, 0.3, 1e-5))}")
    p = h(0.5, -5.0, 0.25, 1.0)
    out.append(f"aten::_log_softmax ; {t(p)} ; i 0 ; b false -> {t(A._log_softmax(p, 0, False))}")
    out.append(f"aten::special_ndtr ; {t(p * -1.7)} -> {t(A.special_ndtr(p * -1.7))}")
    out.append(f"aten::nextafter ; {t(p)} ; {t(h(float('-inf'), 0., 1., 1.))} -> {t(A.nextafter(p, h(float('-inf'), 0., 1., 1.)))}")
    out.append(f"aten::poisson_nll_loss ; {t(p)} ; {t(h(4.4, 7.1, 0.3, 9.9))} ; b true ; b true ; f 1e-08 ; i 0 -> {t(A.poisson_nll_loss(p, h(4.4, 7.1, 0.3, 9.9), True, True, 1e-8, 0))}")
    out.append(f"aten::index_reduce ; {t(h(0.3))} ; i 0 ; i64 [4] 0 0 0 0 ; {t(h(3.3, -3.1, 10.1, -10.))} ; s mean ; b true -> {t(A.index_reduce(h(0.3), 0, torch.zeros(4, dtype=torch.int64), h(3.3, -3.1, 10.1, -10.), 'mean'))}")
    w = h(10.1, -9.7, 0.3, 3.3, -3.1, 7.7).view(1, 1, 1, 6)
    out.append(f"aten::_adaptive_avg_pool3d ; {t(w)} ; (i 1, i 1, i 2) -> {t(A._adaptive_avg_pool3d(w, [1, 1, 2]))}")
for d in (torch.float16, torch.bfloat16):
    h = lambda *v: torch.tensor(v, dtype=d)
    p, q = h(0.51, -5.3, 2.6, 1.7), h(1.9, -4.9, -3.3, 0.2)
    out.append(f"aten::huber_loss ; {t(p)} ; {t(q)} ; i 0 ; f 0.7 -> {t(A.huber_loss(p, q, 0, 0.7))}")
    out.append(f"aten::smooth_l1_loss ; {t(p)} ; {t(q)} ; i 0 ; f 0.7 -> {t(A.smooth_l1_loss(p, q, 0, 0.7))}")
    out.append(f"aten::kl_div ; {t(p)} ; {t(q.abs())} ; i 0 ; b false -> {t(A.kl_div(p, q.abs(), 0, log_target=False))}")
    out.append(f"aten::cosine_similarity ; {t(p)} ; {t(q)} ; i 0 ; f 1e-08 -> {t(A.cosine_similarity(p, q, 0, 1e-8))}")
    out.append(f"aten::renorm ; {t(p.view(2, 2))} ; i 2 ; i 0 ; f 1.3 -> {t(A.renorm(p.view(2, 2), 2, 0, 1.3))}")
    rows = h(*[0.37 * i for i in range(20)]).view(20, 1)
    out.append(f"aten::nll_loss ; {t(rows)} ; {t(torch.zeros(20, dtype=torch.int64))} ; {t(h(1.3))} ; i 2 ; i -100 -> {t(A.nll_loss(rows, torch.zeros(20, dtype=torch.int64), h(1.3), 2))}")
case('bmm', s, s)
case('nll_loss_forward', s.view(1, 1, 2), torch.zeros(1, dtype=torch.int64), None, 1, -100)
case('squeeze.dims', s.view(1, 2), [0, 0])
case('any.dims', s.view(1, 2), [], False)
case('index_select', torch.tensor(1.), 0, torch.zeros(0, dtype=torch.int64))
inf = float('inf')
case('tan', torch.tensor([complex(1, inf), complex(2, -100)], dtype=torch.complex64))
case('tanh', torch.tensor([complex(-inf, 1), complex(30, 2)], dtype=torch.complex64))
case('sqrt', torch.tensor([complex(1, inf), complex(-inf, -inf)], dtype=torch.complex64))
case('isinf', torch.tensor([complex(float('nan'), inf), complex(1, 2)], dtype=torch.complex64))
big = torch.tensor([3e9, -3e9, 1e20, 70000.], dtype=torch.float64)
CODES = {torch.int32: 3, torch.int16: 2, torch.uint8: 0}
for d in CODES:
    out.append(f"aten::to.dtype ; {t(big)} ; i {CODES[d]} ; b false ; b false ; none -> {t(big.to(d))}")
print('# written by write_half.py\n' + '\n'.join(out))
