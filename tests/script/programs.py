"""Pieces of TorchScript in the C++ grammar; write.py asks PyTorch what they do."""

INTS = ["7", "-7", "0", "3"]
FLOATS = ["7.5", "-2.5", "0.0", "1e20"]

EXPRESSIONS = [
    (
        "numbers: literals",
        "",
        ["0x10", "1.", ".5", "1e-3", "1e16", "1e20", "1e9", "1e10", "0.1", "1/3", "-9223372036854775808", "9223372036854775807",
         "9223372036854775808", "2j", "1.5j + 2", "-2 ** 2", "2 ** -1", "3 ** 5", "2.0 ** 3", "inf", "-inf", "nan", "1_000", "True", "None",
         "True + 1", "-True", "+3", "0.1 + 0.2", "100000.0", "1234567890.0", "12345678901.0", "1e-5", "1e-10", "123456789.123"],
    ),
    (
        "numbers: operators",
        "a = 7; b = -2; z = 0; x = 7.5; y = -2.5; w = 0.0",
        ["a + b", "a - b", "a * b", "a / b", "a // b", "a % b", "b % a", "b // a", "a / z", "a // z", "x // y", "x % y", "y % x", "x // w",
         "x % w", "x / w", "a + x", "x - a", "a * x", "a / x", "a // x", "a % x", "x ** y", "a ** b", "x ** 2", "a ** x", "a & b", "a | b", "a ^ b",
         "a << 2", "b >> 1", "5 << 64", "5 << -1", "~a", "~b", "-a", "-x", "abs(b)", "abs(y)", "abs(-9223372036854775807 - 1)", "9223372036854775807 + 1",
         "9223372036854775807 * 9223372036854775807", "a == b", "a != b", "a < x", "a >= x", "x == 7.5", "a == 7.0", "True == 1", "True and False",
         "True or False", "not a", "not w", "a and b", "a if b else 3", "a < b < 3", "a or z and b", "a is b", "True & False", "True | False", "True ^ True",
         "divmod(a, b)", "divmod(x, y)", "divmod(a, x)", "divmod(a, z)", "divmod(x, w)", "min(a, b)", "max(a, x)", "min([3, 1, 2])", "max([1.5, 2.5])",
         "max([True, False])", "min([1, 2], [1, 1])", "sum([1, 2, 3])", "sum([1.5, 2.5])", "sum([True, True])", "any([0, 1])", "all([1, 1])", "all([0.5])",
         "any([False, True])", "round(2.5)", "round(3.5)", "round(-2.5)", "round(a)", "round(2.345, 2)", "int(2.7)", "int(-2.7)", "int(inf)", "int(nan)", "int('12')",
         "int('zz')", "int(' 7')", "int('12abc')", "float('1.5')", "float('inf')", "float('x')", "float(a)", "bool(a)", "bool(w)", "bool('')", "str(1.0)", "str(True)", "str(None)",
         "complex(1, 2)", "complex(1.5)", "complex(1.5, 2.5)", "int(True)", "float(True)", "hex(255)", "hex(-255)", "oct(8)", "bin(5)", "bin(-5)", "chr(65)", "ord('a')",
         "pow(2, 3)", "pow(2.0, 3)", "pow(2, 0.5)", "len('abc')", "len([1, 2])", "len({1: 2})"],
    ),
    (
        "numbers: math",
        "x = 2.5; y = -2.5; n = 12; c = 1.0 + 2.0j",
        ["math.ceil(x)", "math.floor(y)", "math.trunc(y)", "torch.round(x)", "math.sqrt(x)", "math.exp(x)", "math.log(x)", "math.log(0.0)", "math.log(n)", "math.log1p(x)",
         "math.log10(x)", "torch.log2(x)", "math.sin(x)", "math.cos(n)", "math.tan(x)", "math.asin(0.5)", "math.acos(2.0)", "math.atan(x)", "math.atan2(x, y)", "math.sinh(x)",
         "math.cosh(x)", "math.tanh(x)", "math.asinh(x)", "math.acosh(x)", "math.atanh(0.5)", "math.expm1(x)", "math.fabs(y)", "math.fmod(y, 2.0)", "math.modf(y)",
         "math.factorial(5)", "math.factorial(-1)", "math.frexp(x)", "math.ldexp(x, 3)", "math.degrees(x)", "math.radians(x)", "math.gcd(12, 18)", "math.copysign(x, y)",
         "math.remainder(x, 2.0)", "torch.isnan(x) == True", "torch.isinf(x) == True", "math.isfinite(x)", "math.gamma(5.0)", "math.lgamma(5.0)", "math.erf(0.5)", "math.erfc(0.5)",
         "math.sqrt(-1.0)", "torch.pow(2, 3)", "c + 1", "c - 1.5", "c * c", "c / c", "c ** 2", "c ** c", "-c", "abs(c)", "c == c", "c != 1", "math.exp(c)", "math.log(c)", "math.sqrt(c)",
         "math.sin(c)", "math.acosh(c)", "math.atanh(c)", "torch.angle(c)", "torch.polar(1.0, 2.0)", "torch.isnan(c)", "bool(c)", "str(c)", "complex(x, n)", "1 / c", "2 * c", "c + n"],
    ),
    (
        "strings",
        "s = 'Hello, World'; t = '  ab c '; e = ''",
        ["s[0]", "s[-1]", "s[1:4]", "s[::2]", "s[-3:]", "s[5:2]", "s[20]", "s + t", "s == t", "s < t", "s != t", "s >= t", "'lo' in s", "'x' in s", "'x' not in s", "s * 2", "2 * s", "len(s)", "s.upper()",
         "s.lower()", "s.swapcase()", "s.capitalize()", "s.title()", "t.strip()", "t.lstrip()", "t.rstrip()", "s.strip('Hd')", "s.find('o')", "s.find('o', 5)", "s.find('z')", "s.rfind('o')",
         "s.index('W')", "s.index('z')", "s.rindex('o')", "s.rindex('z')", "s.count('l')", "s.count('l', 4)", "s.count('')", "s.replace('l', 'L')", "s.replace('l', 'L', 1)", "s.split(',')", "s.split()", "t.split(' ')",
         "s.rsplit('o', 1)", "s.split('o', 1)", "s.split('')", "'a\\nb\\r\\nc'.splitlines()", "'a\\nb'.splitlines(True)", "s.partition(', ')", "s.rpartition('o')", "s.partition('z')", "s.partition('')", "s.startswith('He')",
         "s.startswith('e', 1)", "s.endswith('ld')", "s.center(20)", "s.center(20, '*')", "s.center(20, 'ab')", "s.ljust(15, '.')", "s.rjust(15, '.')", "'7'.zfill(3)", "'-7'.zfill(4)", "'a\\tb'.expandtabs()", "'a\\tb'.expandtabs(4)",
         "'a1'.isalnum()", "'ab'.isalpha()", "'12'.isdigit()", "'12'.isdecimal()", "'12'.isnumeric()", "'ab'.islower()", "'AB'.isupper()", "' '.isspace()", "'Ab Cd'.istitle()", "'a_1'.isidentifier()", "'1a'.isidentifier()", "'ab'.isprintable()", "''.isalpha()",
         "','.join(['a', 'b'])", "'{} and {}'.format(1, 'x')", "'{}'.format()", "'{} {}'.format(1)", "'{:.2f}'.format(1.5)", "'%d %s' % (1, 'a')", "'%d' % 5", "'%s' % 1.5", "'%f' % 2.5", "'%e' % 2.5", "'%c' % 65", "'%i%%' % 3", "'%x' % 5", "'%d %d' % (1)", "'%d' % (1, 2)",
         "'%.2f' % 1.5", "'%d' % 1.5", "'%s' % [1, 2]", "'aé'[1]", "list('abc')", "s.slice()", "'abc'.find('b', -2)", "'x' 'y'", "'\\x41\\101'", "'a\\'b'", "'''tri'ple'''", "ord('ab')", "chr(300)", "'a' if e else 'b'", "str([1, 2])", "str((1, 'a'))", "hash('a') == hash('a')", "sorted('cab')", "min('a', 'b')", "'abc'.upper",
         "'abc'.rsplit()", "'a b  c'.split(None, 1)", "'%s' % None", "'%s %s' % ('a', 1.0)", "'%r' % 1"],
    ),
    (
        "lists",
        "l = [3, 1, 2]; f = [1.5, 2.5]; s = ['b', 'a']; n = [[1], [2, 3]]; e: List[int] = []",
        ["l", "f", "s", "n", "e", "l[0]", "l[-1]", "l[5]", "l[-4]", "e[0]", "l[1:]", "l[:-1]", "l[::-1]", "l[::2]", "l[1:100]", "l[2:1]", "l + l", "l + [4]", "l * 2", "2 * l", "l == [3, 1, 2]", "l != [3]", "s == ['b', 'a']", "f == f", "n == n", "1 in l", "9 in l", "9 not in l", "'a' in s", "1.5 in f", "len(l)", "len(n)",
         "sorted(l)", "sorted(s)", "sorted(f)", "l.copy()", "l.index(2)", "l.index(9)", "s.index('z')", "l.count(1)", "l.pop()", "l.pop(0)", "l.pop(9)", "e.pop()", "l.append(4)", "list(l)", "list(range(3))", "tuple(l)", "max(l)", "min(e)", "min(f)", "sum(l)", "all(l)", "any(e)", "[x * 2 for x in l]", "[str(x) for x in f]", "[x for x in s]",
         "[i for i in range(5)]", "[(i, x) for i, x in enumerate(l)]", "[a + b for a, b in zip(l, l)]", "[len(x) for x in n]", "[1, 2.5]", "[1, 'a']", "[None, 1]", "[]", "[[]]", "[True, False]", "l is l", "l is [3, 1, 2]", "list('ab')", "range(3)", "enumerate(l)", "zip(l, s)", "reversed(l)", "[l, l]", "l.remove(9)", "[1] < [2]", "l.reverse()", "l.sort()", "l.extend([5])", "l.insert(1, 9)", "l.clear()", "hash(l)", "str(l)", "bool(l)", "not l", "l and l", "list((1, 2))", "[i for i in (1, 2)]", "[i for i in 'ab']", "[*l]", "(l, f)[0]", "[x if x > 1 else 0 for x in l]"],
    ),
    (
        "dicts",
        "d = {'a': 1, 'b': 2}; i = {1: 'x', 2: 'y'}; e: Dict[str, int] = {}; f = {1.5: 2}; t = {True: 1}",
        ["d", "i", "e", "f", "t", "d['a']", "d['z']", "i[1]", "i[9]", "len(d)", "'a' in d", "'z' in d", "1 not in i", "d.keys()", "d.values()", "d.items()", "d.get('a')", "d.get('z')", "d.get('z', 9)", "d.pop('a')", "d.pop('z')", "d.pop('z', 5)", "d.popitem()", "e.popitem()", "d.setdefault('a', 7)", "d.setdefault('q', 7)", "d.copy()", "d.update({'c': 3})", "d.clear()", "d == d", "dict(d)", "dict([('x', 1)])", "dict(a=1, b=2)", "dict()", "{k: v + 1 for k, v in d.items()}",
         "{x: x * x for x in range(3)}", "[k for k in d]", "[v for v in d.values()]", "list(d)", "sorted(d)", "{}", "{1: 2, 'a': 3}", "{'a': 1, 'b': 'c'}", "{'a': 1, 'a': 2}", "str(d)", "hash('x') != 0", "d is d", "min(d)", "{(1, 2): 3}", "bool(d)", "list(d.items())", "d.get(1)", "i.keys()", "f[1.5]", "t[True]"],
    ),
    (
        "tuples, None and others",
        "t = (1, 'a', 2.5); n: Optional[int] = None; m: Optional[int] = 3",
        ["t", "t[0]", "t[-1]", "t[5]", "t[0:2]", "t[::2]", "(1,)", "()", "t + (1,)", "len(t)", "t == t", "t == (1, 'b', 2.5)", "(1, 2) < (1, 3)", "1 in t", "n", "m", "n is None", "m is not None", "n is m", "n == None", "m == 3", "n + 1", "isinstance(t, tuple)", "isinstance(t, Tuple[int, str, float])", "isinstance(m, int)", "isinstance(n, int)", "isinstance(1, float)", "isinstance(1, (int, str))",
         "isinstance([1], list)", "isinstance([1], List[int])", "isinstance({1: 2}, dict)", "isinstance(None, int)", "(1, (2, 3))[1][0]", "hash((1, 'a')) == hash((1, 'a'))", "torch.device('cpu')", "torch.device('cuda:1')", "torch.device('cuda', 1)", "torch.device('zz')", "torch.device('cpu') == torch.device('cpu')", "torch.device('cuda:1').type", "torch.device('cuda:1').index", "torch.device('cpu').index", "torch.float32", "torch.strided", "torch.channels_last", "torch.int64", "id", "foo", "foo(1)", "t.foo", "torch.foo(1)", "torch.nn", "1 .real", "m.foo", "unchecked_cast(int, m)", "annotate(Optional[int], None)", "annotate(List[int], [])", "uninitialized(int)", "getattr(t, 'x')", "hasattr(t, 'x')", "print(1)", "getattr(torch.device('cpu'), 'type')", "torch.jit.annotate(int, 3)", "torch.jit.is_scripting()", "torch.is_grad_enabled()", "float", "int()", "str()", "bool()", "float()", "len(3)", "len()", "max(1)", "abs('a')", "round('a')", "1(2)", "'a' + 1", "[1] + 'a'", "-'a'", "not 'a'", "1 if 'a' else 2", "1 @ 2", "1 in 2", "None + 1", "None == None", "None is None", "ord(1)", "range('a')", "tuple(1)", "list(1)", "dict(1)", "str(1, 2)", "t[m]", "t['a']", "[1]['a']", "{'a': 1}[0]", "1[0]", "(1 < 2) + 1"],
    ),
    (
        "tensors",
        "x = torch.arange(6).view(2, 3); y = torch.tensor([1.5, -2.0]); z = torch.tensor(3)",
        ["x", "y", "z", "x[0]", "x[1, 2]", "x[-1]", "x[5]", "x[:, 1]", "x[..., 0]", "x[None].shape", "x[:, None, 1:].shape", "x[x > 2]", "x[[0, 1]]", "x[[0, 1], [1, 2]]", "x[torch.tensor([1, 0])]", "x[::2]", "x[1:0].shape", "x[True].shape", "x[0, ..., None].shape", "z[0]", "len(x)", "len(z)", "x.shape", "x.size()", "x.size(1)", "x.dtype", "x.device", "x.ndim", "x.T.shape", "x.mT.shape", "x.is_cuda", "x.is_cpu", "x.requires_grad", "x.layout", "x.numel()", "x.dim()", "x.grad", "y.data", "x.itemsize", "x.nbytes", "x.is_sparse", "x.is_quantized", "x.is_leaf", "x.name", "x.is_meta", "x.is_nested", "x.H", "z.H", "x.foo", "int(z)", "float(z)", "bool(z)", "z.item()", "int(y)", "x.item()", "bool(y)", "float(y[0])", "z + 1", "x + y", "x + 1.5", "1 - y", "2 / y", "2 // z", "2 ** y", "5 % z", "-y", "~x", "~z", "not z", "x == 1", "x > 2", "1 < y", "z and 1", "x @ x.t()", "x << 1", "x & 1", "x ^ x", "x | 8", "abs(y)", "round(y)", "max(x)", "min(z, z)", "sum(y)", "sum([z, z])", "x is x", "x is not y", "z in [z]", "1 in x", "[z, z]", "(y, 1)", "{'a': z}", "str(z)", "'{}'.format(y)", "x.tolist()", "list(y)", "[i for i in y]", "x.type(torch.float32).dtype", "x.float().dtype", "x.int().dtype", "x.bool().dtype", "x.to(torch.half).dtype", "x.double()[0]", "torch.FloatTensor(2).shape", "torch.FloatTensor([1.0, 2.0])", "torch.zeros(2, 3)", "torch.zeros([2])", "torch.zeros((1, 2))", "torch.ones(2, dtype=torch.int64)", "torch.tensor([1, 2])", "torch.tensor([[1.0], [2.0]])", "torch.tensor(True)", "torch.tensor([])", "torch.tensor([1, 2.5])", "torch.tensor(1.5, dtype=torch.int32)", "torch.tensor([1, 2], device='cpu')", "x.sum()", "x.sum(0)", "x.sum(dim=1, keepdim=True)", "x.max(1)", "x.max(1).values", "x.max(dim=1)[1]", "torch.max(x, dim=0).indices", "x.split(1)", "x.unbind(0)", "x.chunk(2, dim=0)[0]", "x.view(-1)", "x.view(3, -1).shape", "x.reshape((3, 2)).shape", "x.permute(1, 0).shape", "x.permute([1, 0]).shape", "x.expand(2, 2, 3).shape", "x.add(1, alpha=2)", "torch.add(input=x, other=1)[0]", "torch.relu(3)", "torch.relu(y, y)", "torch.relu()", "torch.relu(x=y)", "x.relu(1)", "torch.cat([x, x], 0).shape", "torch.cat((x, x)).shape", "torch.stack([y, y], dim=1)", "torch.where(y > 0, y, 0.0)", "torch.clamp(y, min=0)", "torch.dropout(y, 1, False)", "torch.dropout(y, 0.5, False)", "torch.nn.functional.relu(y)", "x.dim", "torch.jit.annotate(Tensor, y)", "torch.absolute(y)", "torch.divide(y, 2)", "torch.subtract(y, 1)", "torch.arange(0, 1, 0.5)", "torch.rsub(y, 1)", "torch.float(y)", "y.type(torch.int64)", "torch.Size([1, 2])", "torch.isnan(y)", "torch.numel(y)", "torch.is_tensor(y)", "torch.is_floating_point(y)", "torch.is_complex(y)", "y.is_floating_point()", "torch.nonzero(y)", "torch.broadcast_tensors(y, y)", "torch.broadcast_tensors([y, y])[0]", "torch.meshgrid([y, y])[0].shape", "torch.einsum('i,i->', [y, y])", "torch.einsum('i,i->', y, y)", "torch.norm(y)", "torch.unique(x)", "torch.split(x, [1, 1])[1]", "torch.size(x)", "torch.stack((y, y))[0]", "x.stride()", "x.stride(0)", "x.is_contiguous()", "x.storage_offset()", "x.element_size()", "x.new_zeros(2)", "x.new_tensor([1])", "y.copysign(-1.0)", "torch.result_type(x, 1.5)", "torch.can_cast(torch.int64, torch.int32)", "torch.promote_types(torch.int64, torch.float32)", "torch.get_default_dtype()", "torch.finfo(torch.float32).eps", "torch.numel", "torch.ops.aten.relu(y)", "torch.Tensor(2)", "x.backward()", "x.requires_grad_().requires_grad", "y.requires_grad_().requires_grad"],
    ),
    (
        "sparse tensors",
        "a = torch.sparse_coo_tensor(torch.tensor([[0, 1, 1], [2, 0, 2]]), torch.tensor([3., 4., 5.]), [2, 3]); c = a.coalesce(); u = torch.sparse_coo_tensor(torch.tensor([[1, 0, 1], [2, 0, 2]]), torch.tensor([1., 2., 3.]), [2, 3]); d = torch.arange(6.).view(2, 3); e = torch.arange(6.).view(3, 2); s = d.to_sparse_csr(); v = torch.tensor([1., 2., 3.])",
        ["a.to_dense()", "u.to_dense()", "a.is_coalesced()", "c.is_coalesced()", "u.coalesce().values()", "u.coalesce().indices()", "u._values()", "u.values()", "u._nnz()", "u.sparse_dim()", "u.dense_dim()", "s.crow_indices()", "s.col_indices()",
         "s.values()", "s.to_dense()", "s.to_sparse().indices()", "d.to_sparse().indices()", "d.to_sparse(1).values()", "d.to_sparse(1).dense_dim()", "d.to_sparse(3)", "d.values()", "d.coalesce()", "d.to_dense()", "a.crow_indices()", "u.to_sparse_csr().values()",
         "(c + c).values()", "(a + u)._indices()", "(a + u)._values()", "(u + a)._values()", "(u + u)._values()", "(c + u.coalesce()).indices()", "torch.add(c, c, alpha=2).values()", "(c - u.coalesce()).values()", "d + a", "d + u", "d + s", "(s + s).values()", "a + d", "a + 1",
         "(a * 2)._values()", "(a / 2)._values()", "(-a)._values()", "(a * d)._values()", "(d * c).values()", "(s * s).values()", "(c * u.coalesce()).values()", "(c + d.to_sparse(1))", "torch.relu(-a)._values()", "a.sum()", "s.sum()",
         "a @ e", "a @ v", "s @ e", "s @ v", "d @ a.t()", "torch.mm(a, e)", "torch.mm(a, d)", "(a @ a.t()).to_dense()", "(a @ a.t()).indices()", "(a @ a.t()).is_coalesced()", "(u @ c.t()).values()", "(s @ e.to_sparse_csr()).to_dense()", "(s @ e.to_sparse_csr()).values()", "a @ e.to_sparse_csr()",
         "torch.mv(a, v)", "v[:2] @ a", "a @ e.double()", "torch.addmm(torch.ones([2, 2]), a, e, beta=2, alpha=3)", "a.t()._indices()", "a.clone()._values()", "torch.sparse_coo_tensor([2, 3]).to_dense()", "torch.sparse_coo_tensor(torch.tensor([[0, 1]]), v, [2])",
         "torch.sparse_csr_tensor(torch.tensor([0, 1, 3]), torch.tensor([2, 0, 2]), v).to_dense()", "torch.sparse_coo_tensor(torch.tensor([[0, 0, 2]]), e).coalesce().values()", "torch.sparse_coo_tensor(torch.tensor([[0, 0, 2]]), e).to_dense()", "torch.sparse_coo_tensor(torch.tensor([[1, 1, 0]]), torch.tensor([True, False, False])).to_dense()", "a.half().to_dense()"],
    ),
]

PROGRAMS = []


def program(title, source):
    PROGRAMS.append((title, source))


program("if and else", """
def f():
    x = 3
    if x > 2:
        y = 'big'
    elif x > 1:
        y = 'middle'
    else:
        y = 'small'
    print(y)
""")
program("a variable of one branch", """
def f():
    x = 3
    if x > 2:
        y = 1
    print(y)
""")
program("branches with different types", """
def f():
    x = 3
    if x > 2:
        y = 1
    else:
        y = 'a'
    print(y)
""")
program("int and float do not unify", """
def f():
    x = 3
    if x > 2:
        y = 1
    else:
        y = 2.5
    print(y)
""")
program("Optional from branches", """
def f():
    x = 3
    if x > 2:
        y = 1
    else:
        y = None
    print(y)
""")
program("type changes in a loop", """
def f():
    y = 1
    for i in range(3):
        y = 1.5
    print(y)
""")
program("type changes in straight code", """
def f():
    y = 1
    y = 'a'
    print(y)
""")
program("while with break and continue", """
def f():
    i = 0
    while True:
        i += 1
        if i == 2:
            continue
        if i > 4:
            break
        print(i)
    print('end', i)
""")
program("for over everything", """
def f():
    for i in range(2):
        print(i)
    for i in range(5, 0, -2):
        print(i)
    for c in 'ab':
        print(c)
    for k in {'x': 1}:
        print(k)
    for v in [1.5]:
        print(v)
    for t in torch.ones(2):
        print(t)
    for e in (1, 'a'):
        print(e)
    for i, (a, b) in enumerate(zip([1, 2], ['x', 'y'])):
        print(i, a, b)
""")
program("range with step 0", """
def f():
    for i in range(0, 3, 0):
        print(i)
""")
program("break in an unrolled loop", """
def f():
    for e in (1, 'a'):
        break
""")
program("return in loops", """
def g(n: int) -> int:
    for i in range(n):
        if i == 3:
            return i
        if i == 5:
            break
    return -1

def f():
    print(g(2), g(10))
""")
program("missing return", """
def g(n: int) -> int:
    if n > 0:
        return n

def f():
    print(g(2))
""")
program("wrong return type", """
def g(n: int) -> int:
    return 1.5

def f():
    print(g(2))
""")
program("int for float", """
def g(x: float):
    return x

def f():
    print(g(1))
""")
program("return values that do not unify", """
def g(n: int):
    if n > 0:
        return 1
    return 'a'

def f():
    print(g(2))
""")
program("keyword arguments and defaults", """
def g(a: int, b: int = 2, *, c: str = 'c'):
    return str(a) + str(b) + c

def f():
    print(g(1), g(1, 3), g(b=5, a=4), g(1, c='d'))
""")
program("too many arguments", """
def g(a: int):
    return a

def f():
    print(g(1, 2))
""")
program("missing argument", """
def g(a: int):
    return a

def f():
    print(g())
""")
program("unknown keyword", """
def g(a: int):
    return a

def f():
    print(g(1, b=2))
""")
program("wrong argument type", """
def g(a: int):
    return a

def f():
    print(g('x'))
""")
program("augmented assignment", """
def f():
    a = 5
    a += 2
    a -= 1
    a *= 3
    print(a)
    a <<= 1
    a |= 1
    a &= 31
    a ^= 2
    print(a)
    x = 5.0
    x /= 2
    x **= 2
    print(x)
    l = [1]
    m = l
    l += [2]
    print(m)
    s = 'a'
    s += 'b'
    print(s)
""")
program("remainder assignment makes a float", """
def f():
    a = -7
    a %= 3
    print(a)
""")
program("floor division assignment", """
def f():
    a = 7
    a //= 2
    print(a)
""")
program("augmented assignment of tensors", """
def f():
    x = torch.ones(3)
    y = x
    x += 1
    x *= 3
    x -= 1
    x /= 2
    print(y)
    x **= 2
    print(x, y)
    x[0] = 9
    x[1:] += 1
    print(x)
    m = torch.zeros(2, 2)
    m[0, 1] = 5
    m[:, 0] = torch.tensor([1.0, 2.0])
    m[m > 4] = -1
    print(m)
""")
program("subscript assignment", """
def f():
    l = [1, 2, 3]
    l[0] = 9
    l[-1] += 1
    print(l)
    d = {'a': 1}
    d['b'] = 2
    d['a'] += 5
    print(d)
    del d['a']
    del l[0]
    print(l, d)
""")
program("list slice assignment", """
def f():
    l = [1, 2, 3]
    l[0:1] = [4]
    print(l)
""")
program("index out of range", """
def f():
    l = [1, 2, 3]
    i = 5
    print(l[i])
""")
program("set an index out of range", """
def f():
    l = [1, 2, 3]
    l[7] = 1
    print(l)
""")
program("delete a missing key", """
def f():
    d = {'a': 1}
    del d['z']
    print(d)
""")
program("unpacking", """
def f():
    a, b = 1, 'x'
    (c, d), e = (1, 2), 3
    f0, *g = (1, 2, 3)
    h, = (7,)
    x, y = [4, 5]
    print(a, b, c, d, e, f0, g, h, x, y)
    a, b = 2, 'y'
    print(a, b)
""")
program("unpack too many", """
def f():
    a, b = (1, 2, 3)
""")
program("unpack a list of another length", """
def f():
    l = [1, 2, 3]
    a, b = l
    print(a)
""")
program("unpack what is no tuple", """
def f():
    a, b = 1
""")
program("raise", """
def f():
    raise ValueError('bad value')
""")
program("raise without a message", """
def f():
    raise RuntimeError
""")
program("raise in a callee", """
def g(x: int) -> int:
    if x > 2:
        raise RuntimeError('too big: ' + str(x))
    return x

def f():
    print(g(1))
    print(g(3))
""")
program("raise with several arguments", """
def f():
    raise ValueError('a', 1)
""")
program("assert", """
def f():
    x = 3
    assert x == 3
    assert x > 5, 'x is small'
""")
program("assert without message", """
def f():
    x = 3
    assert x > 5
""")
program("a failing operator", """
def g(x):
    y = x + 1
    return y.view([7])

def f():
    x = torch.ones(3)
    print('before')
    print(g(x))
    print('after')
""")
program("refinement", """
def g(x: Optional[int]) -> int:
    if x is not None and x > 1:
        return x
    if x is None:
        return 0
    return x + 10

def f():
    print(g(None), g(1), g(5))
""")
program("refinement fails", """
def g(x: Optional[int]) -> int:
    return x + 1

def f():
    print(g(None))
""")
program("refinement by assert", """
def g(x: Optional[int]) -> int:
    assert x is not None
    return x + 1

def f():
    print(g(1))
    print(g(None))
""")
program("isinstance refines", """
def g(x: Union[int, str]) -> str:
    if isinstance(x, int):
        return 'int ' + str(x + 1)
    else:
        return 'str ' + x

def f():
    print(g(1), g('a'))
""")
program("unions", """
def g(x: Union[int, str, None]):
    return x

def f():
    print(g(1), g('a'), g(None))
    y: Union[int, str] = 3
    y = 'a'
    print(y)
""")
program("union rejects", """
def g(x: Union[int, str]):
    return x

def f():
    print(g(1.5))
""")
program("any", """
def g(x: Any) -> str:
    if isinstance(x, int):
        return 'int'
    if isinstance(x, List[int]):
        return 'ints'
    if isinstance(x, str):
        return 'str'
    return 'other'

def f():
    print(g(1), g([1]), g('a'), g(1.5))
""")
program("short circuit", """
def t(s: str) -> bool:
    print(s)
    return True

def f():
    if t('a') or t('b'):
        print('or')
    if not t('c') and t('d'):
        print('and')
    x = 1 if t('e') else 2
    print(x)
""")
program("comprehensions", """
def f():
    l = [1, 2, 3]
    print([x * y for x, y in zip(l, l)])
    print({str(x): x for x in l})
    print([[y for y in range(x)] for x in l])
""")
program("comprehension with if", """
def f():
    l = [1, 2, 3]
    print([x for x in l if x > 1])
""")
program("list aliasing", """
def g(l: List[int]):
    l.append(9)

def f():
    a = [1]
    b = a
    g(a)
    print(b)
    n = [a, a]
    n[0].append(1)
    print(n)
    c = a + []
    c.append(5)
    print(a, c)
""")
program("list methods", """
def f():
    l = [3, 1, 2]
    l.append(5)
    l.extend([7, 8])
    l.insert(0, 9)
    l.insert(100, 4)
    l.insert(-1, 6)
    print(l)
    l.remove(9)
    l.reverse()
    print(l)
    l.sort()
    print(l)
    l.sort(reverse=True)
    print(l, l.pop(), l.pop(0), l.pop(-2), l)
    l.clear()
    print(l)
""")
program("dict methods", """
def f():
    d = {'b': 1, 'a': 2}
    d['c'] = 3
    d.update({'a': 9, 'z': 0})
    print(d)
    print(d.pop('b'), d.popitem(), d)
    print(d.setdefault('q', 4), d.get('q', 0))
    d.clear()
    print(d, len(d))
""")
program("dict order after delete", """
def f():
    d = {1: 'a', 2: 'b', 3: 'c'}
    del d[1]
    d[1] = 'z'
    for k, v in d.items():
        print(k, v)
""")
program("print of values", """
def f():
    print(1, 2.5, True, None, 'a', [1, 2], ['a'], (1, 'a'), {'k': 1.5}, torch.ones(2), 1j)
    print()
    print('')
    print([[1.0], [0.1]], {1: [2]}, ((1,), ()))
""")
program("annotations", """
def f():
    a: List[int] = []
    b: Optional[str] = None
    c: Dict[str, List[int]] = {}
    d: Tuple[int, str] = (1, 'a')
    a.append(1)
    c['x'] = a
    print(a, b, c, d)
""")
program("wrong annotation", """
def f():
    a: int = 'x'
""")
program("int literal for a float annotation", """
def f():
    a: float = 1
""")
program("unknown type", """
def f():
    a: Foo = 1
""")
program("type comment", """
def g(a, b):
    # type: (int, List[str]) -> str
    return str(a) + b[0]

def f():
    print(g(1, ['x']))
""")
program("del of variables", """
def f():
    a = 1
    del a
    print(a)
""")
program("pass and empty", """
def g():
    pass

def f():
    print(g())
""")
program("recursion", """
def g(n: int) -> int:
    return g(n - 1)

def f():
    print(g(3))
""")
program("an undefined name", """
def f():
    x = 1
    return x + undefined_name
""")
program("an unknown operator", """
def f():
    return torch.rel(torch.ones(2))
""")
program("an operator with wrong arguments", """
def f():
    return torch.relu(3)
""")
program("an operator with overloads and wrong arguments", """
def f():
    return torch.max('a', 1)
""")
program("a method that does not exist", """
def f():
    return torch.ones(2).foo(1)
""")
program("no method of str", """
def f():
    return 'a'.foo()
""")
program("no attribute", """
def f():
    return [1].foo
""")
program("call of what is no function", """
def f():
    x = 1
    return x(2)
""")
program("condition of a type that has no truth", """
def f():
    if [1]:
        print(1)
""")
program("condition of tensor", """
def f():
    if torch.ones(1):
        print('yes')
    x = torch.zeros(1)
    while not x:
        x += 1
    print(x)
    if torch.ones(2):
        print('no')
""")
program("syntax: missing colon", """
def f()
    print(1)
""")
program("syntax: unbalanced", """
def f():
    print((1)
""")
program("syntax: no expression", """
def f():
    x = 
""")
program("syntax: keyword as name", """
def f():
    def = 1
""")
program("syntax: lambda", """
def f():
    g = lambda x: x
""")
program("syntax: try", """
def f():
    try:
        print(1)
    except:
        print(2)
""")
program("syntax: while with else", """
def f():
    while False:
        pass
    else:
        print(1)
""")
program("syntax: several statements", """
def f():
    a = 1; b = 2
""")
program("global", """
def f():
    global x
    x = 1
""")
program("break outside of loops", """
def f():
    break
""")
program("continue outside of loops", """
def f():
    continue
""")
program("star arguments", """
def g(a: int, b: str):
    return b + str(a)

def f():
    t = (1, 'x')
    print(g(*t))
    print(*t)
""")
program("fork and wait", """
def g(x: int) -> int:
    return x + 1

def f():
    a = torch.jit.fork(g, 1)
    b = torch.jit.fork(g, x=5)
    print(torch.jit.wait(a) + torch.jit.wait(b))
""")
program("fork that fails", """
def g(x: int) -> int:
    if x > 0:
        raise ValueError('in the fork')
    return x

def f():
    a = torch.jit.fork(g, 1)
    print('started')
    print(torch.jit.wait(a))
""")
program("futures in lists", """
def g(x: int) -> int:
    return x * x

def f():
    l: List[Future[int]] = []
    for i in range(4):
        l.append(torch.jit.fork(g, i))
    r = [torch.jit.wait(a) for a in l]
    print(r)
""")
program("nested functions", """
def f():
    def g(x: int) -> int:
        return x + 1
    print(torch.jit.wait(torch.jit.fork(g, 1)))
""")
program("negative zero and infinities", """
def f():
    z = torch.zeros(1).item()
    print(-0.0)
    x = float(z)
    print(1.0 / x, -1.0 / x, 0.0 / x)
    print(str(float('-inf')))
""")
program("implicit conversions", """
def g(a: int, b: float) -> float:
    return a + b

def f():
    print(g(torch.tensor(3), torch.tensor(1.5)))
    print(g(torch.tensor(1.5), 1.0))
""")
program("implicit conversion of a vector", """
def g(a: int):
    return a

def f():
    print(g(torch.ones(2, dtype=torch.int64)))
""")
program("tolist", """
def f():
    x = torch.arange(4).view(2, 2)
    a: List[List[int]] = x.tolist()
    b: List[float] = torch.ones(2).tolist()
    c: int = torch.tensor(3).tolist()
    print(a, b, c)
    d: List[int] = x.tolist()
""")
program("tolist of another dtype", """
def f():
    a: List[int] = torch.ones(2).tolist()
    print(a)
""")
program("long loops keep values", """
def f():
    a, b = 0, 1
    for i in range(50):
        a, b = b, a + b
    print(a)
    s = ''
    for i in range(3):
        for j in range(i):
            s += str(i) + str(j) + ' '
    print(s)
""")
program("bool and int are different", """
def g(x: bool) -> str:
    return str(x)

def f():
    print(g(1))
""")
program("bool for int", """
def g(x: int) -> int:
    return x

def f():
    print(g(True))
""")
program("chain of calls", """
def a(x: int):
    return b(x) + 1

def b(x: int):
    return c(x) * 2

def c(x: int):
    return x - 3

def f():
    print(a(10))
""")
program("an error in a function that is called", """
def b(x: int):
    return x + 'a'

def a(x: int):
    return b(x)

def f():
    print(a(10))
""")
program("tuple types", """
def g(t: Tuple[int, str]) -> Tuple[str, int]:
    a, b = t
    return b, a

def f():
    print(g((1, 'a')))
    for i in range(2):
        t = (i, 'x')
        print(g(t))
""")
program("comparison of different types", """
def f():
    print('a' == 1)
""")
program("list of another type", """
def f():
    l = [1]
    l.append('a')
""")
program("key of another type", """
def f():
    d = {'a': 1}
    print(d[1])
""")
program("raise an unknown class", """
def f():
    raise Foo('x')
""")
program("none in a list", """
def g(l: List[Optional[int]]):
    for x in l:
        print(x)

def f():
    g([1, None])
""")
program("empty list is of tensors", """
def f():
    l = []
    l.append(torch.ones(1))
    print(l)
    l.append(1)
""")
program("strings in loops", """
def f():
    s = 'abc'
    i = 0
    for c in s:
        print(i, c, ord(c))
        i += 1
    while i > 0:
        i -= 1
    print(s[i:])
""")

# ---- classes, in archives and in CompilationUnits that know them, are in tests/fixtures ----

program("return, break and continue in every nesting", """
def g(n: int) -> str:
    s = ''
    for i in range(n):
        j = 0
        while True:
            j += 1
            if j == 2:
                continue
            if j > 3:
                break
            for k in [1, 2, 3]:
                if k == 2:
                    continue
                if i == 2 and k == 3:
                    break
                if i == 4:
                    return s + 'r'
                s += str(i) + str(j) + str(k) + ' '
        if i == 3:
            continue
        s += '|'
    return s

def f():
    print(g(2))
    print(g(4))
    print(g(9))
""")
program("return from branches", """
def g(a: int, b: int) -> int:
    if a > 0:
        if b > 0:
            return 1
        elif b < 0:
            return 2
    elif a < 0:
        if b > 0:
            return 3
        raise ValueError('no')
    else:
        while b > 0:
            if b == 3:
                return b
            b -= 1
    return 4

def f():
    for a in [-1, 0, 1]:
        for b in [3, 1, 0, -1]:
            if a < 0 and b <= 0:
                continue
            print(a, b, g(a, b))
    print(g(-1, 0))
""")
program("loop with else of values", """
def f():
    found = False
    at = -1
    l = [3, 5, 8]
    for i, x in enumerate(l):
        if x % 2 == 0:
            found = True
            at = i
            break
    print(found, at)
    total = 0
    for i in range(10):
        if i % 2:
            continue
        total += i
    print(total)
""")
program("returns of Optional", """
def g(x: int) -> Optional[str]:
    if x > 0:
        return 'a'
    return None

def f():
    a = g(1)
    b = g(0)
    if a is not None:
        print(a + '!')
    if b is None:
        print('none')
    print(a, b)
""")
program("unused code after return", """
def f():
    print(1)
    return
    print(2)
""")
program("while condition with side effects", """
def t(l: List[int]) -> bool:
    l.append(len(l))
    return len(l) < 4

def f():
    l: List[int] = []
    while t(l):
        print(l)
    print('end', l)
""")
program("chained assignment", """
def f():
    a = b = [1]
    b.append(2)
    print(a, b)
    x, y = z = (1, 'a')
    print(x, y, z)
""")
program("swap and nested targets", """
def f():
    a, b = 1, 2
    a, b = b, a
    print(a, b)
    l = [1, 2, 3]
    l[0], l[2] = l[2], l[0]
    print(l)
    for (i, (j, k)) in [(1, (2, 3)), (4, (5, 6))]:
        print(i, j, k)
""")
program("closures see variables", """
def f():
    x = 3
    y = [1]
    def g():
        y.append(x)
        return x + 1
    a = torch.jit.fork(g)
    print(torch.jit.wait(a), y)
""")
program("ternaries", """
def g(x: Optional[int]) -> int:
    return x if x is not None else -1

def f():
    print(g(None), g(5))
    a = 1 if 2 > 1 else 2 if 3 > 2 else 3
    print(a)
    l = [1] if a else [2]
    print(l)
""")
program("ternary of different types", """
def f():
    x = 1 if torch.ones(1) > 0 else 'a'
    print(x)
""")
program("isinstance of unions and lists", """
def g(x: Union[List[int], Dict[str, int], Tuple[int, int], float, None]) -> str:
    if x is None:
        return 'none'
    if isinstance(x, list):
        return 'list ' + str(len(x))
    elif isinstance(x, dict):
        return 'dict'
    elif isinstance(x, tuple):
        return 'tuple'
    else:
        return 'float ' + str(x + 1.0)

def f():
    print(g(None), g([1]), g({'a': 1}), g((1, 2)), g(1.5))
""")
program("isinstance with several types", """
def g(x: Union[int, str, float]) -> str:
    if isinstance(x, (int, float)):
        if isinstance(x, int):
            return 'int'
        return 'float'
    return x

def f():
    print(g(1), g(1.5), g('s'))
""")
program("refinement in while and and-chains", """
def g(x: Optional[List[int]]) -> int:
    if x is not None and len(x) > 0 and x[0] > 1:
        return x[0]
    if x is None or len(x) == 0:
        return -1
    return x[0] + 100

def f():
    print(g(None), g([]), g([1]), g([7]))
""")
program("comparison chains are not Python's", """
def f():
    print(1 < 2 < 3, 3 > 2 > 1, 1 == 1 == 1)
    print(not 1 == 2)
    a, b, c = True, False, True
    print(a or b and c, a and b or c)
    print(2 ** 3 ** 2, -2 ** 2, (-2) ** 2, 7 // 2 * 2, 7 % 4 * 2, 1 << 2 + 1, 6 & 3 | 8 ^ 1)
""")
program("strings are bytes", """
def f():
    s = 'abc'
    for c in s:
        print(c)
    print(s[0], s[-1], s[1:], s[::-1] if len(s) > 5 else s)
    print('\\t|\\n|\\\\|\\'|"')
""")
program("dict of lists and iteration while building", """
def f():
    d: Dict[str, List[int]] = {}
    for w in ['a', 'b', 'a']:
        if w not in d:
            d[w] = []
        d[w].append(len(d))
    for k, v in d.items():
        print(k, v)
    for k in sorted(list(d.keys()), reverse=True):
        print(k)
    print(d, list(d.values()))
""")
program("sort with reverse and of tuples", """
def f():
    l = ['b', 'a', 'c']
    l.sort(reverse=True)
    print(l, sorted([2.5, -1.0]), sorted([True, False]))
    t = [torch.tensor(2), torch.tensor(1)]
    t.sort()
    print(t)
""")
program("list of lists", """
def f():
    a = [[0] * 3 for i in range(2)]
    a[0][1] = 5
    print(a)
    b = [[0]] * 2
    b[0].append(1)
    print(b)
    c = a[0][:]
    c.append(9)
    print(a, c, [1, 2] + [3], [1] * 0)
""")
program("integer wrap-around", """
def f():
    x = 9223372036854775807
    i = 1
    print(x + i, x * 2, -x - 2, abs(-x - 1))
    print(-7 // 2, -7 % 3, 7 // -2, 7 % -3, -7.5 // 2, -7.5 % 2)
    print(1 << 62, 1 << 63, -1 >> 1)
""")
program("modulo by zero", """
def g(a: int, b: int) -> int:
    return a // b

def f():
    print(g(1, 0))
""")
program("float printing", """
def f():
    for x in [1.0, 0.1, 1e9, 1e10, 123456789.5, 1e16, 1e-5, 1.5e300, 2.0 / 3.0]:
        print(x, str(x), [x])
""")
program("format", """
def f():
    print('{} {}'.format(1, 'a'), '{}{}'.format(1.5, [1]), 'x'.format(1), '{} {}'.format(None, True))
    print('%s %d %f %s' % ('a', 3, 1.5, [1, 2]))
""")
program("too few arguments for format", """
def f():
    print('{} {} {}'.format(1, 2))
""")
program("assert with a message of several parts", """
def f():
    x = [1, 2]
    assert len(x) == 2, 'ok'
    assert len(x) == 3, 'length is ' + str(len(x))
""")
program("assert with an f-string like format", """
def f():
    assert False, 'got {}'.format(3)
""")
program("raise in a loop with a traceback", """
def g(l: List[int]) -> int:
    t = 0
    for x in l:
        if x < 0:
            raise IndexError('negative: {}'.format(x))
        t += x
    return t

def f():
    print(g([1, 2]))
    l = [1]
    l.append(-5)
    print(g(l))
""")
program("uncaught error in an expression over lines", """
def f():
    l = [1]
    x = (l[0] +
         l[1] +
         l[2])
    print(x)
""")
program("keyword-only without value", """
def g(a: int, *, b: int):
    return a + b

def f():
    print(g(1, b=2))
    print(g(1, 2))
""")
program("default of None and of lists", """
def g(a: Optional[int] = None, b: List[int] = [1, 2], c: float = 1.5, d: str = 'x', e: bool = True, h: Tuple[int, int] = (1, 2)):
    print(a, b, c, d, e, h)

def f():
    g()
    g(1, [3], 2.0)
    g(e=False, a=4)
""")
program("varied return types are tuples", """
def g(x: int):
    return x, str(x), [x]

def f():
    a, b, c = g(1)
    print(a, b, c, g(2))
    t = g(3)
    print(t[0] + 1, t[1] + '!', t[2][0])
""")
program("assigning None first", """
def f():
    x: Optional[int] = None
    for i in range(3):
        if i == 1:
            x = i
    print(x)
    if x is not None:
        print(x + 1)
""")
program("None without annotation", """
def f():
    x = None
    for i in range(3):
        x = i
    print(x)
""")
program("unchecked unwrap", """
def f():
    d = {'a': 1}
    x = d.get('a')
    y = d.get('b')
    assert x is not None
    print(x + 1, y)
""")
program("union by literals", """
def f():
    l = [1, 'a', 2.5]
    for x in l:
        if isinstance(x, int):
            print('int', x)
        elif isinstance(x, str):
            print('str', x)
        else:
            print('float', x)
""")
program("Any holds everything", """
def g(x: Any) -> Any:
    return x

def f():
    print(g(1), g('a'), g([1, 2]), g(None), g(torch.ones(1)))
    y = g(3)
    if isinstance(y, int):
        print(y + 1)
""")
program("Any is no int", """
def g(x: Any) -> int:
    return x

def f():
    print(g(1))
""")
program("device and dtype", """
def f():
    d = torch.device('cpu')
    x = torch.zeros([2], dtype=torch.int32, device=d)
    print(x.dtype, x.device, x.device == d, x.device.type)
    print(x.to(torch.float64).dtype, x.dtype == torch.int32)
""")
program("tuple slices and concatenation", """
def f():
    t = (1, 'a', 2.5, [1])
    print(t[1:], t[:-1], t[::2], t[-2:], t + (3, 4))
    a, *b, c = t
    print(a, b, c)
""")
program("complex numbers", """
def f():
    c = complex(1.0, 2.0)
    d = 3j
    print(c + d, c * d, c - 1, 2 * c, c == complex(1, 2), abs(complex(3.0, 4.0)))
    l = [c, d]
    l.append(1j)
    print(l, -c)
""")
program("calls of calls", """
def add(x: int, y: int = 10) -> int:
    return x + y

def twice(x: int) -> int:
    return add(add(x), y=add(1, 2))

def f():
    print(twice(5))
""")
program("mutual recursion", """
def even(n: int) -> bool:
    if n == 0:
        return True
    return odd(n - 1)

def odd(n: int) -> bool:
    if n == 0:
        return False
    return even(n - 1)

def f():
    print(even(4))
""")
program("forks see mutation", """
def g(l: List[int], n: int) -> int:
    l.append(n)
    return len(l)

def f():
    l: List[int] = []
    a = torch.jit.fork(g, l, 1)
    x = torch.jit.wait(a)
    print(x, l, a.wait())
""")
program("fork in a fork", """
def leaf(x: int) -> int:
    return x * 2

def mid(x: int) -> int:
    a = torch.jit.fork(leaf, x)
    b = torch.jit.fork(leaf, x + 1)
    return torch.jit.wait(a) + torch.jit.wait(b)

def f():
    futures = [torch.jit.fork(mid, i) for i in range(5)]
    print([torch.jit.wait(x) for x in futures])
""")
program("tensor loops and conditions", """
def f():
    x = torch.zeros(2)
    i = 0
    while bool((x < 3).all()):
        x += 1
        i += 1
    print(x, i)
    t = torch.tensor(2)
    for j in range(t):
        print(j)
    y = 10 if t > 1 else 20
    print(y, int(t) + 1, float(t))
""")
program("tensor in-place through views", """
def f():
    x = torch.zeros(2, 3)
    y = x[0]
    y += 1
    x[:, 2] *= 5
    x[1, 1:] = torch.tensor([7.0, 8.0])
    z = x.t()
    z[0, 0] = -1
    print(x)
    x[x > 4] += 100
    x[[0, 1], [0, 2]] = 3
    print(x, y)
""")
program("star in calls and literals", """
def g(a: int, b: int, c: int) -> int:
    return a * 100 + b * 10 + c

def f():
    t = (2, 3)
    print(g(1, *t), g(*t, 4))
    print((0, *t), [0, *t])
""")
program("del and redefinition", """
def f():
    x = 1
    del x
    x = 'now a string'
    print(x)
""")
program("empty containers with annotations", """
def f():
    a: List[str] = []
    b: Dict[int, List[str]] = {}
    c = torch.jit.annotate(List[Tuple[int, str]], [])
    c.append((1, 'x'))
    a.append('y')
    b[1] = a
    print(a, b, c, len(c))
""")
program("hash and ordering of strings", """
def f():
    print('a' < 'b', 'abc' < 'abd', 'Z' < 'a', '' < 'a', 'b' >= 'a', 'a' != 'b')
    print(hash('a') == hash('a'), hash(1) == hash(1))
    print(max(1, 2), min(2.5, 1.5), max([3, 7, 5]), min([2.5, 1.5]))
""")
program("range forms", """
def f():
    print([i for i in range(3)], [i for i in range(2, 5)], [i for i in range(10, 0, -3)], [i for i in range(0)], [i for i in range(3, 1)])
    print(list(range(2)), len(range(5, 9)) if False else 4)
""")
program("enumerate with start and zip of three", """
def f():
    for i, x in enumerate(['a', 'b'], 5):
        print(i, x)
    for a, b, c in zip([1, 2, 3], 'ab', [True, False, True]):
        print(a, b, c)
""")
