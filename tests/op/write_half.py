"""Half types with numbers and other dtypes: python tests/op/write_half.py > tests/op/half.cases."""

import torch
A=torch.ops.aten
def t(x):
    n={torch.float16:'f16',torch.bfloat16:'bf16',torch.float64:'f64',torch.float32:'f32',torch.bool:'bool'}[x.dtype]
    return f"{n} [{' '.join(map(str,x.shape))}] "+' '.join(('1' if v else '0') if isinstance(v,bool) else repr(v) for v in x.reshape(-1).tolist())
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
print('# written by write_half.py\n' + '\n'.join(out))
