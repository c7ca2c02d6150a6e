"""A case or more for every rule of the language. write.py asks PyTorch what they do."""

EXPRESSIONS = []
PROGRAMS = []


def group(title, setup, *expressions):
    EXPRESSIONS.append((title, setup, list(expressions)))


def program(title, source):
    PROGRAMS.append((title, source))


# ---- tokens ----

group("tokens: numbers", "", "0x1F", "0X1f", "0x1p3", "0x1.8", "0x.8p1", "010", "08", "00", "0", "1e3", "1E3", "1.e2", "1e+2", "1e400", "1e-400",
      "0xffffffffffffffff", "1j", ".5j", "1e2j", "1J", "1l", "0b1", "0o7", "1e", "1.5.2", "1..real", "9223372036854775808", "-9223372036854775808",
      "- 9223372036854775808", "-9223372036854775809", "1__0", "1a", "0x", "1.0e-3j", "12345678901234567890", "1_0.0")
group("tokens: strings", "", "'a' \"b\"", "'a' 'b' 'c'", "\"\"\"x'y\"z\"\"\"", "'''a''b'''", "'\\\\n'", "'\\n'", "'\\t|\\a|\\b|\\f|\\v'", "'\\''", "\"\\\"\"", "'\\101\\060'",
      "'\\7'", "'\\x41'", "'\\u0041'", "'\\q'", "'\\N{DASH}'", "r'a'", "b'a'", "f'a'", "u'a'", "'a", "\"a'", "'\\8ab'", "'é' + 'ü'", "''", "''''''", "'a\\\nb'")
group("tokens: words", "iffy = 1; in_ = 2; None_ = 3; _ = 4; lambda = 5; trying = 6; is_not = 7; nota = 8; Ellipsis_ = 9; yield = 10; async = 11; nonlocal = 12; try = 13",
      "iffy", "in_", "None_", "_", "lambda", "trying", "is_not", "nota", "Ellipsis_", "yield", "async", "nonlocal", "try", "not nota", "(nota)is(nota)", "1if iffy else 2",
      "None", "NoneType", "True", "Ellipsis", "...", "é", "a$b", "a?b", "!a", "a <=> b", "`a`", "a := 1", "1 <> 2", "iffy is  not in_", "iffy not  in [1]", "(iffy\n  + in_)", "class", "import", "with", "as", "del", "pass", "global")
program("tokens: comments", """
# first line
def f():  # after a colon
    # a line of its own
    x = 1  # after a statement
  # less indented
    y = [1,  # in brackets

         2,
         # alone
         3]
            # more indented
    print(x, y, '# no comment')
# the end
""")
program("tokens: continued lines", """
def f():
    x = 1 + \\
        2
    y = (3 +
  4)
    if x == 3 and \\
            y == 7:
        print(x, y)
    z = {
'a': 1}
    print(z)
""")
program("tokens: tabs count one", "def f():\n\tx = 1\n\tif x:\n\t\tprint(x)\n\tprint('end')\n")
program("tokens: indent that fits no block", """
def f():
    if True:
            x = 1
        y = 2
    print(1)
""")
program("tokens: dedent below the first line", "  def f():\n    print(1)\n")
program("tokens: type comment elsewhere", """
def f():
    x = 1
    # type: int
    print(x)
""")
program("tokens: type comment after a statement", """
def f():
    x = [] # type: List[int]
    print(x)
""")
program("tokens: carriage returns", "def f():\r\n    x = 1\r\n    print(x)\r\n")
program("tokens: no newline at the end", "def f():\n    print(1)")
program("tokens: a character that is none", """
def f():
    x = 1 $ 2
""")
program("tokens: walrus", """
def f():
    if (x := 1) > 0:
        print(x)
""")
program("tokens: matrix multiplication assignment", """
def f():
    x = torch.ones(2, 2)
    x @= x
""")
program("tokens: decorator", """
@g
def f():
    print(1)
""")

# ---- grammar: definitions ----

program("definitions: body on the line of the def", """
def g(x: int) -> int: return x + 1

def h(): pass

def f(): print(g(1), h())
""")
program("definitions: trailing commas", """
def g(a: int, b: int,) -> List[int]:
    return [a, b,]

def f():
    print(g(1, 2,), (1,), [1, 2,], [1][0,], torch.ones(2,)[0,])
""")
program("definitions: star arguments", """
def g(*args):
    return 1

def f():
    print(g(1))
""")
program("definitions: double star arguments", """
def g(**kwargs):
    return 1

def f():
    print(g())
""")
program("definitions: positional only", """
def g(a: int, /, b: int):
    return a

def f():
    print(g(1, 2))
""")
program("definitions: keyword only", """
def g(a: int, *, b: int, c: int = 3) -> int:
    return a * 100 + b * 10 + c

def f():
    print(g(1, b=2), g(c=1, b=2, a=3))
    print(g(1))
""")
program("definitions: the same parameter twice", """
def g(a: int, a: str):
    return a

def f():
    print(g(1, 'x'))
""")
program("definitions: parameters without annotation are tensors", """
def g(a, b):
    return a + b

def f():
    print(g(torch.ones(1), torch.ones(1)))
""")
program("definitions: a default needs an annotation", """
def g(a, b=1):
    return a

def f():
    print(g(torch.ones(1)))
""")
program("definitions: an int for a tensor parameter", """
def g(a):
    return a

def f():
    print(g(1))
""")
program("definitions: defaults of every kind", """
def g(a: float = 1.5, b: str = 'x' 'y', c: Optional[List[int]] = None, d: List[float] = [1., 2.], e: int = -3, h: bool = True, i: complex = 2j,
      j: Dict[str, int] = {'a': 1}, k: Tuple[int, str] = (1, 'a'), l: float = -1e-3, m: List[str] = []):
    print(a, b, c, d, e, h, i, j, k, l, m)

def f():
    g()
""")
program("definitions: default of another type", """
def g(a: int = 'x'):
    return a

def f():
    print(g())
""")
program("definitions: default that is an expression", """
def g(a: int = 1 + 2, b: float = 2.0 * 3.0):
    return a, b

def f():
    print(g())
""")
program("definitions: an int as default of a float", """
def g(a: float = 1):
    return a

def f():
    print(g())
""")
program("definitions: redefinition", """
def g():
    return 1

def g():
    return 2

def f():
    print(g())
""")
program("definitions: type comment with too few types", """
def g(a, b):
    # type: (int) -> int
    return a

def f():
    print(g(1, 2))
""")
program("definitions: type comments", """
def g(a, b=2, *, c=None):
    # type: (int, int, Optional[str]) -> Tuple[int, Optional[str]]
    return a + b, c

def h(a):
    # type: (List[int]) -> None
    a.append(1)

def f():
    print(g(1), g(1, c='x'))
    l = [0]
    print(h(l), l)
""")
program("definitions: class in functions' text", """
class A:
    def g(self):
        return 1

def f():
    print(1)
""")
program("definitions: import in functions' text", """
import torch

def f():
    print(1)
""")
program("definitions: docstring", """
def f():
    '''What it does.'''
    "More."
    print(1)
""")
program("definitions: annotation of the result", """
def a() -> None:
    print('a')

def b() -> Tuple[int, List[str]]:
    return 1, ['x']

def c() -> Optional[int]:
    return None

def d() -> Any:
    return 'd'

def e() -> Union[int, str]:
    return 'e'

def f():
    print(a(), b(), c(), d(), e())
""")
program("definitions: None for a result", """
def g() -> int:
    return

def f():
    print(g())
""")

# ---- grammar: statements ----

program("statements: while with else is refused", """
def f():
    i = 0
    while i < 2:
        i += 1
    else:
        print(i)
""")
program("statements: for with else is refused", """
def f():
    for i in range(2):
        print(i)
    else:
        print('end')
""")
program("statements: several targets of a for", """
def f():
    for a, b in [(1, 'x'), (2, 'y')]:
        print(a, b)
    for a, in [(1,), (2,)]:
        print(a)
    for (a, b), c in [((1, 2), 3)]:
        print(a, b, c)
    for a, *b in [(1, 2, 3)]:
        print(a, b)
""")
program("statements: a list of targets", """
def f():
    for [a, b] in [(1, 2)]:
        print(a)
""")
program("statements: several things to run over", """
def f():
    for i in [1], [2]:
        print(i)
""")
program("statements: loop variables stay", """
def f():
    i = 0
    for i in range(3):
        pass
    print(i)
    for c in 'xyz':
        last = c
    print(i)
""")
program("statements: loop variable is unknown after the loop", """
def f():
    for i in range(3):
        pass
    print(i)
""")
program("statements: assignment to the loop variable", """
def f():
    for i in range(3):
        print(i)
        i = 7
        print(i)
""")
program("statements: return without value", """
def g(x: int):
    if x > 1:
        return
    print('small')

def f():
    print(g(1), g(2))
""")
program("statements: return of a bare tuple", """
def g():
    return 1, 'a', [2.5]

def h():
    return 1,

def f():
    print(g(), h())
""")
program("statements: del", """
def f():
    l = [1, 2, 3]
    d = {'a': 1, 'b': 2}
    x = 1
    del l[0], d['a']
    print(l, d)
    del l[-1]
    print(l)
    del x
    del l[7]
""")
program("statements: del of a slice", """
def f():
    l = [1, 2, 3]
    del l[0:1]
    print(l)
""")
program("statements: del of an unknown name", """
def f():
    del x
""")
program("statements: del of an expression", """
def f():
    del (1 + 2)
""")
program("statements: del of a tensor's element", """
def f():
    x = torch.ones(2)
    del x[0]
    print(x)
""")
program("statements: del of an attribute", """
def f():
    x = torch.ones(2)
    del x.grad
""")
program("statements: expressions", """
def f():
    1
    'a'
    [1, 2]
    x = [1]
    x.append(2)
    x
    print(x)
    None
""")
program("statements: chained assignment", """
def f():
    a = b = c = 3
    a += 1
    print(a, b, c)
    x, y = (z, w) = (1, 2)
    print(x, y, z, w)
    l = [0, 0]
    l[0] = l[1] = 5
    print(l)
""")
program("statements: annotation of several targets", """
def f():
    a: int = b = 3
""")
program("statements: annotation without value", """
def f():
    a: int
    a = 1
    print(a)
""")
program("statements: annotation of an attribute or item", """
def f():
    l = [1]
    l[0]: int = 2
    print(l)
""")
program("statements: annotation again", """
def f():
    a: int = 1
    a: str = 'x'
    print(a)
""")
program("statements: annotated variable gets another type", """
def f():
    a: int = 1
    a = 'x'
    print(a)
""")
program("statements: annotated Optional keeps its type", """
def f():
    a: Optional[int] = 1
    if torch.ones(1) > 0:
        a = None
    print(a)
    b: Union[int, str] = 1
    b = 'x'
    print(b)
    c: Any = 1
    c = 'x'
    print(c)
""")
program("statements: augmented assignment of several targets", """
def f():
    a, b = 1, 2
    a, b += 1, 2
""")
program("statements: augmented assignment of an unknown name", """
def f():
    a += 1
""")
program("statements: augmented assignment to an expression", """
def f():
    (1 + 2) += 1
""")
program("statements: augmented assignment of every operator", """
def f():
    a = 13
    a += 4
    a -= 2
    a *= 3
    print(a)
    a &= 62
    print(a)
    a |= 3
    a ^= 5
    print(a)
    a <<= 2
    print(a)
    a >>= 1
    print(a)
    b = 7.5
    b += 1
    b -= 0.5
    b *= 2
    b /= 4
    print(b)
    b %= 3
    print(b)
    b **= 3
    print(b)
    c = True
    c |= False
    c &= True
    c ^= True
    print(c)
""")
program("statements: division changes the type of an int", """
def f():
    a = 7
    a /= 2
    print(a)
    b = 2
    b **= 3
    print(b)
""")
program("statements: division changes the type in a loop", """
def f():
    a = 7
    for i in range(2):
        a /= 2
    print(a)
""")
program("statements: remainder assignment in a loop", """
def f():
    a = 7
    for i in range(2):
        a %= 4
    print(a)
""")
program("statements: augmented assignment of strings and lists", """
def f():
    s = 'a'
    s += 'b'
    print(s)
    l = [1]
    m = l
    l += [2, 3]
    print(l, m)
    l *= 2
    print(l, m)
    n = [[1]]
    n[0] += [5]
    print(n)
    d = {'a': 1}
    d['a'] += 5
    d['a'] *= 2
    print(d)
    t = (1,)
    t += (2,)
    print(t)
""")
program("statements: augmented assignment of tensors and their items", """
def f():
    x = torch.arange(6).view(2, 3)
    y = x
    x += 1
    x -= 2
    x *= 3
    x //= 2
""")
program("statements: in place or not", """
def f():
    x = torch.tensor([6, 5, 3])
    y = x
    x += 1
    x -= 2
    x *= 3
    print(y)
    x |= 1
    print(x, y)
    x = y
    x &= 12
    print(x, y)
    x = y
    x ^= 5
    print(x, y)
    x = y
    x <<= 1
    print(x, y)
    x = y
    x >>= 1
    print(x, y)
    x = y
    x %= 4
    print(x, y)
    x = y
    x **= 2
    print(x, y)
    z = torch.tensor([6.0, 5.0])
    w = z
    z /= 2
    z %= 2
    print(z, w)
""")
program("statements: items of tensors in place", """
def f():
    x = torch.zeros(3, 3)
    x[0] += 1
    x[:, 1] -= 2
    x[1, 1] *= 5
    x[..., 2] += torch.tensor([1.0, 2.0, 3.0])
    x[x > 2] /= 3
    x[[0, 0]] += 10
    x[torch.tensor([2])] += 100
    x[None, 2, 0] = 7
    print(x)
""")
program("statements: assignment to items of tensors", """
def f():
    x = torch.zeros(2, 3, dtype=torch.int64)
    x[0] = 5
    x[1, 1:] = torch.tensor([7, 8])
    x[:, 0] = 1.9
    print(x)
    x[0, 2] = True
    x[..., 1] = x[..., 2]
    x[1] = torch.tensor([0.5, 1.5, 2.5])
    print(x)
    x[torch.tensor([True, False])] = 9
    x[[1, 1], [0, 2]] = torch.tensor([3, 4])
    print(x)
    x[:] = 0
    x[-1][2] = 6
    print(x)
    x[5] = 1
""")
program("statements: assignment of shapes that do not fit", """
def f():
    x = torch.zeros(2, 3)
    x[0] = torch.ones(2)
    print(x)
""")
program("statements: assignment of a list to items of a tensor", """
def f():
    x = torch.zeros(3)
    x[0] = [1.0]
    print(x)
""")
program("statements: assignment to items of lists and dicts", """
def f():
    l = [1, 2, 3]
    l[0], l[-1] = 7, 9
    print(l)
    d: Dict[str, List[int]] = {}
    d['a'] = [1]
    d['a'][0] = 4
    d['b'] = d['a']
    d['b'].append(3)
    print(d)
    l[0] = 'x'
""")
program("statements: assignment to an item of a tuple", """
def f():
    t = (1, 2)
    t[0] = 3
""")
program("statements: assignment to an item of a string", """
def f():
    s = 'abc'
    s[0] = 'x'
""")
program("statements: assignment to a call", """
def f():
    print(1) = 2
""")
program("statements: assignment to a literal", """
def f():
    1 = 2
""")
program("statements: assignment to an attribute of a tensor", """
def f():
    x = torch.ones(2)
    x.foo = 1
""")
program("statements: unpacking with a star", """
def f():
    a, *b = (1, 2, 3)
    *c, d = (1, 'x', 2.5)
    e, *g, h = (1, 2)
    print(a, b, c, d, e, g, h)
""")
program("statements: only a star", """
def f():
    *i, = (1, 2)
""")
program("statements: two stars", """
def f():
    a, *b, *c = (1, 2, 3)
""")
program("statements: unpacking a list with a star", """
def f():
    l = [1, 2, 3]
    a, *b = l
    print(a, b)
""")
program("statements: unpacking too few", """
def f():
    a, b, c = (1, 2)
""")
program("statements: unpacking a string and a tensor", """
def f():
    a, b = torch.tensor([1, 2])
    print(a, b)
""")
program("statements: unpacking a dict", """
def f():
    a, b = {'x': 1, 'y': 2}
""")
program("statements: raise in every form", """
def a(n: int):
    if n == 0:
        raise ValueError('text')
    elif n == 1:
        raise KeyError
    elif n == 2:
        raise Exception('a', 1, [2])
    elif n == 3:
        raise RuntimeError()
    elif n == 4:
        raise IndexError(5)
    elif n == 5:
        raise AssertionError('no')
    raise NotImplementedError('%d' % n)

def f():
    a(2)
""")
program("statements: raise AssertionError", """
def f():
    raise AssertionError('no', 1)
""")
program("statements: raise AssertionError without message", """
def f():
    raise AssertionError
""")
program("statements: raise of a number", """
def f():
    raise ValueError(5)
""")
program("statements: raise of a string", """
def f():
    raise 'text'
""")
program("statements: raise of a variable", """
def f():
    e = ValueError('x')
    raise e
""")
program("statements: bare raise", """
def f():
    raise
""")
program("statements: raise with keyword", """
def f():
    raise ValueError(message='x')
""")
program("statements: code after raise", """
def g(x: int) -> int:
    if x > 0:
        return x
    raise ValueError('no ' + str(x))

def f():
    y = g(2)
    print(y)
    y = g(-1)
""")
program("statements: assert of a tensor and with a number", """
def f():
    x = torch.tensor([3])
    assert x
    assert x > 1, 'fine'
    assert x < 1, 5
""")
program("statements: assert of a constant", """
def f():
    assert True
    assert 1 < 2, 'yes'
    assert 2 < 1
""")
program("statements: assert with a tuple", """
def f():
    assert (False, 'text')
""")
program("statements: pass, break and continue", """
def f():
    for i in range(6):
        if i == 1:
            pass
        elif i == 2:
            continue
        elif i == 4:
            break
        print(i)
    pass
""")
program("statements: continue in an unrolled loop", """
def f():
    for x in (1, 'a'):
        continue
""")
program("statements: return in an unrolled loop", """
def g(n: int) -> int:
    for x in (1, 2, 3):
        if x == n:
            return x * 10
    return -1

def f():
    print(g(2), g(7))
""")
program("statements: an enum-like loop over tuples in a loop", """
def f():
    for i in range(2):
        for x in (1, 'a', (2, 3)):
            print(i, x)
""")
program("statements: with something that is no object", """
def f():
    with 1 as x:
        print(x)
""")
program("statements: with a tensor", """
def f():
    with torch.ones(1):
        print(1)
""")
program("statements: with no_grad", """
def f():
    x = torch.ones(1).requires_grad_()
    with torch.no_grad():
        y = x * 2
    print(y.requires_grad, (x * 2).requires_grad)
""")
program("statements: global", """
def f():
    global a, b
    print(1)
""")
program("statements: import", """
def f():
    import math
""")
program("statements: class in a function", """
def f():
    class A:
        pass
""")
program("statements: two expressions on a line", """
def f():
    nonlocal a
""")
program("statements: semicolon", """
def f():
    a = 1;
""")
program("statements: if on one line", """
def f():
    if True: print(1)
""")
program("statements: empty body", """
def f():
    if True:
    print(1)
""")
program("statements: closures of other closures", """
def f():
    a = 2
    def g():
        return a * 3
    def h():
        return a + 1
    x = torch.jit.fork(g)
    y = torch.jit.fork(h)
    print(torch.jit.wait(x), torch.jit.wait(y))
""")
program("statements: closure called", """
def f():
    def g():
        return 3
    print(g())
""")
program("statements: closure as a value", """
def f():
    def g():
        return 3
    x = g
    print(x)
""")

# ---- grammar: expressions ----

group("expressions: precedence", "a = 7; b = 3; t = True; u = False; x = 2.5",
      "a or u and u", "u and u or t", "t or u and u", "not a == b", "not t and u", "not t or t", "a < 9 < 10", "a > b > 2", "1 == 1 == 1", "a < b == u", "~a + b", "~a * b", "not a + b", "-a ** 2", "-a * b", "2 ** 3 ** 2",
      "2 ** -1", "a + b * 2", "a - b - 1", "a / b / 2", "a // b // 2", "a % b % 2", "a | b & 1", "a ^ b | 8", "1 << 2 + 1", "a & 6 == 6", "a | 8 > 3", "a in [7] == t", "a if t else b if u else 1", "(a if t else b) + 1", "a if t else b + 1",
      "a + 1 if u else b", "[a if t else b]", "t and a > b", "t and not u", "- - a", "not not a", "~~a", "-~a", "+a", "a is b", "a is not b", "a not in [b]", "a * -b", "a ** -b", "a - -b", "2 * a @ b", "a == b or a > b", "(a, b) == (7, 3)", "x ** 2 * 2", "-x ** 2")
group("expressions: literals and displays", "a = 1; b = 2",
      "()", "(a)", "(a,)", "(a, b)", "(a, b,)", "[]", "[a]", "[a, b,]", "{}", "{'a': a}", "{'a': a, 'b': b,}", "{a}", "{a, b}", "[a, 'x']", "[a, None]", "[[a], []]", "[(a, 'x'), (b, 'y')]", "{a: [b]}", "{'a': a, 'b': 1.5}", "{a: 'x', 'b': 'y'}", "(a, 'x', [b], {a: b}, None)", "[a, *(3, 4)]", "(a, *(3, 'x'))", "[*[1, 2]]", "{**{'a': 1}}", "((a, b), (b, a))", "[(), ()]", "[{}]", "[None]", "[None, None]", "[True, 1]", "[1, True]", "[1.5, 1]", "[1j, 1.0]", "['a', None]", "[torch.ones(1), 1]", "{1: None, 2: 3}", "{None: 1}", "{[1]: 2}", "{1.5: 'a', 2.5: 'b'}", "{True: 1}", "{1j: 2}", "{torch.ones(1): 1}")
group("expressions: comprehensions", "l = [1, 2, 3]; d = {'a': 1, 'b': 2}; t = torch.tensor([1, 2])",
      "[x for x in l]", "[x + 1 for x in l]", "[str(x) for x in l]", "[x for x in range(3)]", "[(i, x) for i, x in enumerate(l)]", "[a * b for a, b in zip(l, l)]", "[k for k in d]", "[k + str(v) for k, v in d.items()]", "[x for x in t]", "[c for c in 'abc']", "[x for x in (1, 2)]", "[x for x in (1, 'a')]", "[[y for y in l] for x in l]", "[x for x in l if x > 1]", "[x for x in l for y in l]", "[x if x > 1 else 0 for x in l]", "{x: x * x for x in l}", "{k: v for k, v in d.items()}", "{k: d[k] for k in d}", "{str(x): [x] for x in l}", "{x for x in l}", "(x for x in l)", "sum([x for x in l])", "[x for x in []]", "[x for x in 5]", "list(x for x in l)", "[_ for _ in l]", "[None for x in l]", "len([x for x in l])", "[x for x, in [(1,), (2,)]]", "[torch.tensor(x) for x in l]", "{x: y for x, y in zip(l, 'abc')}", "[x for x in l][0]", "{x: x for x in (1, 2)}", "[y for y in [x for x in l]]", "1, [x for x in l]", "[x for x in l, 1]", "[x, y for x in l]")
group("expressions: subscripts and slices", "l = [1, 2, 3, 4, 5]; s = 'abcde'; t = (1, 'a', 2.5); i = 1; n: Optional[int] = None; d = {'a': {'b': 1}}",
      "l[i]", "l[-i]", "l[i:]", "l[:i]", "l[i:3]", "l[::2]", "l[::-1]", "l[4:1:-1]", "l[4::-2]", "l[:-1]", "l[-3:-1]", "l[10:]", "l[:]", "l[::]", "l[1:2:]", "l[None:2]", "l[n:]", "l[:n]", "l[:2:n]", "l[::0]", "l[1, 2]", "l['a']", "l[1.5]", "l[True]", "l[[0]]", "s[i]", "s[i:]", "s[::-1]", "s[::2]", "s[-2:]", "s[1:-1]", "s[3:1]", "s[::0]", "s[i:i]", "s[100:]", "s[-100:2]", "t[i]", "t[1:]", "t[::2]", "t[::-1]", "t[-1]", "t[:0]", "t[3]", "t[-4]", "t[i + 1]", "t['a']", "t[1:i]", "d['a']['b']", "d['a', 'b']", "[[1, 2], [3]][0][1]", "(1, (2, 3))[1][0]", "[10, 20][i]", "'abc'[i]", "{'x': 5}['x']", "l[torch.tensor(1)]", "l[:torch.tensor(2)]", "l[...]", "l[None]", "d[:1]", "1[0]", "None[0]", "s[0][0][0]", "l[1:][1:][0]")
group("expressions: subscripts of tensors", "x = torch.arange(24).view(2, 3, 4); i = 1; m = torch.tensor([True, False]); j = torch.tensor([1, 0]); n: Optional[int] = None",
      "x[i].shape", "x[-1].shape", "x[i, 2]", "x[i, 2, 3]", "x[i][2][3]", "x[:, 1].shape", "x[1:, 1:, 1:]", "x[..., 0]", "x[0, ...].shape", "x[..., 1, :].shape", "x[None].shape", "x[:, None, 0].shape", "x[..., None].shape", "x[None, ..., None].shape", "x[::2].shape", "x[:, ::2, 1::2].shape", "x[:, 2:1].shape", "x[m].shape", "x[m, 0]", "x[j].shape", "x[j, j]", "x[:, j].shape", "x[j, :, j].shape", "x[[0, 1]].shape", "x[[0], [1]]", "x[[[0, 1]]].shape", "x[x > 20]", "x[0, x[0] > 9]", "x[True].shape", "x[False].shape", "x[i, True].shape", "x[[True, False]].shape", "x[()].shape", "x[5]", "x[0, 0, 0, 0]", "x['a']", "x[1.5]", "x[:, -1, -1]", "x[n].shape", "x[n:1].shape", "x[:, :, ::-1]", "x[:, ::0]", "x[j > 0].shape", "x[torch.tensor(1)].shape", "x[torch.tensor(True)].shape", "x[torch.tensor(1):].shape", "x[(1, 2)]", "x[1, (0, 1)]", "x[..., ..., 0].shape", "x[j, None].shape", "x[0][j, None, 1].shape", "x[range(2)]", "x[:, torch.tensor([[0, 1], [1, 2]])].shape")
group("expressions: calls", "l = [1, 2]; t = (3, 4)",
      "max(*t)", "max(*(1, 2))", "torch.zeros(*t).shape", "torch.zeros(*l).shape", "print(*t)", "divmod(*(7, 2))", "torch.add(torch.ones(1), other=torch.ones(1), alpha=2)", "torch.add(torch.ones(1), torch.ones(1), alpha=2,)", "len(l,)", "min(1, 2, 3)", "max([1], [2])", "torch.ones(2, 3).shape", "torch.ones([2, 3]).shape", "torch.ones((2, 3)).shape", "torch.ones(size=[2]).shape", "torch.ones(size=(2,)).shape", "torch.sum(input=torch.ones(2))", "torch.sum(torch.ones(2), dim=0)", "torch.sum(torch.ones(2), 0, True)", "torch.sum(torch.ones(2), dim=0, dim=0)", "torch.sum(torch.ones(2), self=torch.ones(2))", "torch.ones(2)(1)", "(1)(2)", "'a'('b')", "len(obj=l)", "int(x=1)", "print(sep='')", "range(stop=3)", "enumerate(l, start=3)", "foo(**{'a': 1})", "max(t)", "(lambda x: x)(1)")
group("expressions: and, or, not", "t = True; u = False; l = [1]; x = torch.tensor([1.0]); n: Optional[int] = None; i = 3",
      "t and u", "t or u", "not t", "i and t", "i or u", "x and t", "t and x", "not x", "n and t", "l and t", "'a' and t", "not n", "not 'a'", "not 1.5", "not 0.0", "not 1j", "not None", "None or t", "t and None", "t and 1", "0 or 0.0", "n is None or n > 2", "n is not None and n > 2", "u and n > 2", "t or n > 2", "x > 0 and x < 2", "t and (u or t)", "True and i > 1")
group("expressions: conditional", "t = True; x = torch.tensor([1]); n: Optional[int] = 3; a = 1",
      "1 if t else 2", "1 if x else 2", "1 if x > 1 else 2", "'a' if a == 1 else 'b'", "1 if t else 2.5", "1 if t else None", "None if t else 1", "[1] if t else []", "[] if t else [1]", "(1, 'a') if t else (2, 'b')", "n if n is not None else 0", "n + 1 if n is not None else 0", "0 if n is None else n + 1", "a if True else 'x'", "a if False else 'x'", "1 if None else 2", "1 if 'a' else 2", "1 if [1] else 2", "1 if 0.0 else 2", "1 if a else 2", "1 if 1j else 2", "1 if t", "1 if isinstance(a, int) else 'x'", "torch.ones(1) if t else torch.zeros(1)", "{'a': 1} if t else {}", "1 if hasattr(a, 'x') else 'y'", "1 if torch.jit.is_scripting() else 'y'")
group("expressions: comparison", "a = 1; x = 2.5; s = 'b'; l = [1, 2]; y = torch.tensor([1, 2]); n: Optional[int] = None; t = (1, 'a'); d = {'a': 1}; c = 1j; u = True",
      "a == 1", "a == 1.0", "a != x", "a < x", "x >= a", "a == True", "u == True", "u < 2", "u == u", "s == 'b'", "s < 'c'", "s == 1", "s != 1", "l == [1, 2]", "l != [1]", "l < [3]", "l == (1, 2)", "[1.5] == [1.5]", "['a'] == ['a']", "[True] == [True]", "[[1]] == [[1]]", "[y] == [y]", "y == y", "y == 1", "1 == y", "y < 2", "2 > y", "y != y", "t == (1, 'a')", "t != (1, 'b')", "t == (1, 'a', 2)", "t < (2, 'a')", "d == d", "d != d", "c == 1j", "c != a", "c == a", "c < c", "None == None", "n == None", "n == 1", "n != 1", "n is None", "n is n", "a == None", "a is None", "a is not None", "None is None", "None is not None", "a is 1", "s is s", "l is l", "l is [1, 2]", "t is t", "d is d", "u is True", "x is 2.5", "y is y", "y is not y", "a is s", "torch.device('cpu') == torch.device('cpu')", "torch.device('cpu') != torch.device('cuda')", "a in l", "3 not in l", "'a' in d", "'b' in s", "s in 'abc'", "a in y", "y in [y]", "x in [2.5]", "'a' in ['a']", "True in [True]", "a in t", "a in 'a'", "1 in d", "[1] in [[1]]", "None in [None]", "torch.float32 == torch.float32", "torch.float32 == 6")

# ---- names ----

group("names: always there", "", "print", "tuple", "float", "complex", "int", "bool", "str", "getattr", "hasattr", "isinstance", "len", "hex", "oct", "round", "hash", "id", "min", "max", "abs", "all", "any", "divmod", "sum", "list", "dict", "ord", "chr", "bin", "pow", "range", "zip", "enumerate", "sorted", "torch", "torch.jit", "torch.relu", "torch.ones(1).relu", "[1].append", "torch.jit.fork", "torch.jit.annotate", "x")
group("names: not there", "l = [1]", "iter(l)", "next(l)", "open('x')", "foo(l)", "super")
group("names: calls of builtins", "l = [3, 1, 2]; x = torch.tensor([2.0, 1.0]); y = torch.tensor(3); c = 3.0 + 4.0j; e: List[int] = []; s = 'ab'",
      "len(l)", "len(s)", "len(x)", "len({1: 2})", "len((1, 2))", "len(y)", "len(range(3))", "hex(255)", "hex(0)", "oct(-8)", "bin(0)", "hex(1.5)", "hex(True)", "round(2.5)", "round(3)", "round(x)", "round(2.345, 2)", "round(True)", "hash(1)", "hash(1.5) == hash(1.5)", "hash(True)", "hash(None) == hash(None)", "hash([1])", "hash({1: 2})", "hash(x) == hash(x)", "id(l) == id(l)", "id(x) == id(x)", "id(1)", "id('a')", "min(1, 2)", "min(1.5, 2)", "min(True, False)", "min(l)", "min([1.5, 0.5])", "min([True, False])", "min(['b', 'a'])", "min(e)", "min('b', 'a')", "min(1, 2, 3)", "min(l, [1])", "min(x, x)", "min(x)", "min(y, 2)", "min((1, 2))", "max([[1], [2]])", "max(1)", "max(1, 2.5)", "max(2, True)", "max(1, 'a')", "max([2.5, 1.0], [2.5, 3.0])", "max([True], [False])",
      "abs(-1)", "abs(-1.5)", "abs(c)", "abs(-x)", "abs(True)", "abs('a')", "all(l)", "all([])", "all([True, False])", "all([0.0])", "all(['a', ''])", "any(['a', ''])", "any(l)", "any([0.0, 1.0])", "any(x)", "all(x)", "all((True, False))", "sum(l)", "sum([0.5, 1.5])", "sum([c, c])", "sum([True, True])", "sum(e)", "sum(x)", "sum(l, 1)", "sum((1, 2))", "sum(['a'])", "divmod(7, 2)", "divmod(-7, 2)", "divmod(7.5, 2)", "divmod(7, -2.5)", "divmod(1, 0)", "divmod(1.0, 0)", "divmod(True, 2)", "pow(2, 3)", "pow(2, 3.0)", "pow(2.0, 3)", "pow(c, 2.0)", "pow(2.0, c)", "pow(x, 2)", "pow(2, x)", "pow(2, 3, 5)", "ord('a')", "ord('')", "ord('ab')", "ord('é')", "chr(97)", "chr(0) == ''", "chr(-1)", "chr(233)", "chr(1114112)", "sorted(l)", "sorted(l, reverse=True)", "sorted(s)", "sorted(x)", "sorted((2, 1))", "sorted([x, x])", "sorted([y, torch.tensor(1)])", "sorted([(2, 'b'), (1, 'a')])", "sorted([[2], [1]])", "sorted([True, False])", "sorted({2: 1, 1: 2})", "range(3)", "list(range(3))", "list(range(1, 7, 2))", "list(range(3, 0, -1))", "range(1.5)", "range()", "range(1, 2, 3, 4)", "enumerate(l)", "list(enumerate(l))", "list(zip(l, s))", "zip()", "list(zip(l))", "list(enumerate(s, 5))", "enumerate()", "rangelist(3)", "reversed(l)", "AssertionError", "AssertionError('a')", "ValueError('a')", "Exception")
group("names: casts", "x = torch.tensor(2.7); b = torch.tensor(True); i = torch.tensor(5); z = torch.tensor(1 + 2j); n: Optional[int] = None; v = torch.tensor([1, 2]); s = 'ab'",
      "int(2.9)", "int(-2.9)", "int(True)", "int('42')", "int('-42')", "int(' 42 ')", "int('0x1f')", "int('1.5')", "int('')", "int('99999999999999999999')", "int('ff', 16)", "int(x)", "int(b)", "int(i)", "int(v)", "int(z)", "int(n)", "int([1])", "int(1j)", "int(1e30)", "int()", "float(2)", "float(True)", "float('2.5')", "float('-inf')", "float('nan')", "float('1e3')", "float(' 1.5')", "float('1_0')", "float('')", "float('1.5x')", "float(i)", "float(x)", "float(z)", "float(1j)", "float(n)", "bool(0)", "bool(0.0)", "bool(-1)", "bool(1j)", "bool('')", "bool('a')", "bool([])", "bool([1])", "bool({})", "bool(None)", "bool(n)", "bool(x)", "bool(v)", "bool(torch.tensor([]))", "bool((1,))", "str(1)", "str(1.5)", "str(True)", "str(None)", "str('a')", "str([1.5])", "str(['a'])", "str((1, 'a'))", "str({'a': [1]})", "str(1j)", "str(x)", "str(torch.device('cpu'))", "str(torch.float32)", "str()", "complex(1)", "complex(1.5, 2)", "complex(True, 1.5)", "complex('1j')", "complex(1j)", "complex(z)", "complex(x)", "complex(1j, 1)", "complex()", "tuple(s)", "tuple([1, 2])", "tuple((1, 'a'))", "tuple()", "list(s)", "list((1, 2))", "list((1, 'a'))", "list({'a': 1})", "list(v)", "list([1, 2])", "list()", "list(5)", "list(range(2))", "dict({'a': 1})", "dict([('a', 1), ('b', 2)])", "dict(a=1, b=2)", "dict({'a': 1}, b=2)", "dict()", "dict([[1, 2]])", "dict(5)", "dict(zip(s, [1, 2]))", "dict({'a': 1}.items())")
group("names: torch", "", "torch.float32", "torch.float", "torch.double", "torch.half", "torch.bfloat16", "torch.int", "torch.int8", "torch.short", "torch.long", "torch.uint8", "torch.bool", "torch.cfloat", "torch.complex128", "torch.complex32", "torch.quint8", "torch.qint8", "torch.qint32", "torch.quint4x2", "torch.float8_e5m2", "torch.float8_e4m3fn", "torch.uint16", "torch.uint32", "torch.uint64", "torch.strided", "torch.sparse_coo", "torch.sparse_csr", "torch.sparse_csc", "torch.sparse_bsr", "torch.sparse_bsc", "torch._mkldnn", "torch.jagged", "torch.contiguous_format", "torch.preserve_format", "torch.channels_last", "torch.channels_last_3d", "torch.per_tensor_affine", "torch.per_channel_affine", "torch.per_tensor_symmetric", "torch.per_channel_symmetric", "torch.per_channel_affine_float_qparams", "torch.inf", "torch.nan", "torch.pi", "torch.e", "math.pi", "math.e", "math.inf", "math.nan", "math.tau", "cmath.pi",
      "torch.nn.functional.relu(torch.tensor([-1.0, 1.0]))", "torch.nn.functional.softmax(torch.ones(2), dim=0)", "torch._C._nn.gelu(torch.zeros(1))", "torch.linalg.norm(torch.ones(4))", "torch.linalg.vector_norm(torch.ones(4))", "torch.fft.fft(torch.ones(2)).shape", "torch.special.expit(torch.zeros(1))", "torch._VF.unbind(torch.ones(2, 1))[0]", "torch.ops.aten.relu(torch.ones(1))", "torch.ops.aten.add(torch.ones(1), 1)", "torch.functional.norm(torch.ones(4))", "torch.Tensor.relu(torch.ones(1))", "torch.ops.foo.bar(1)", "torch.foo", "torch.foo(1)", "torch.relu.foo", "torch.jit.foo", "torch.__version__", "torch.get_num_threads()", "torch.is_tensor(torch.ones(1))", "torch.numel(torch.ones(3))", "torch.device('cpu')", "torch.device('cuda', 1)", "torch.device('cuda:2').index", "torch.device(type='cpu')", "torch.device(type='cuda', index=1)", "torch.device('cpu', index=0)", "torch.device(torch.device('cpu'))", "torch.Size([1])", "torch._assert(True, 'x')", "torch._assert(False, 'x')", "torch._assert(torch.tensor(False), 'y')", "torch.typename(1)", "torch.is_grad_enabled()", "torch.jit.is_tracing()", "torch.jit.is_scripting()", "torch.jit.annotate(List[int], [])", "torch.jit.annotate(Optional[int], None)", "torch.jit.isinstance(1, int)", "torch.jit.isinstance([1], List[int])", "torch.jit.isinstance({'a': 1}, Dict[str, int])", "torch.jit.isinstance([1], List[str])")
group("names: legacy tensor constructors", "", "torch.FloatTensor(2, 3).shape", "torch.FloatTensor(2).dtype", "torch.FloatTensor([1, 2])", "torch.LongTensor([1, 2])", "torch.DoubleTensor([[1.0], [2.0]])", "torch.BoolTensor([True, False])", "torch.IntTensor((1, 2))", "torch.ShortTensor([1]).dtype", "torch.CharTensor([1]).dtype", "torch.ByteTensor([1]).dtype", "torch.HalfTensor([1.0]).dtype", "torch.BFloat16Tensor([1.0]).dtype", "torch.FloatTensor()", "torch.FloatTensor(1.5)", "torch.FloatTensor(2, device='cpu').shape", "torch.FloatTensor([1.0], device='cpu')", "torch.FloatTensor('a')", "torch.FloatTensor(1, 'a')", "torch.FloatTensor([1, 2], [3])", "torch.FloatTensor", "torch.Tensor(2)")

# ---- special forms ----

group("special: annotate", "", "torch.jit.annotate(int, 1)", "torch.jit.annotate(Optional[int], 1)", "torch.jit.annotate(List[str], [])", "torch.jit.annotate(Dict[int, str], {})", "torch.jit.annotate(Any, 1)", "torch.jit.annotate(float, 1)", "torch.jit.annotate(int, 'a')", "torch.jit.annotate(Tuple[int, Optional[str]], (1, None))", "torch.jit.annotate(List[Optional[int]], [1, None])", "torch.jit.annotate(int, torch.tensor(3))", "torch.jit.annotate(float, torch.tensor(3))", "torch.jit.annotate(Foo, 1)", "torch.jit.annotate(int)", "torch.jit.annotate(int, 1, 2)", "torch.jit.annotate(1, 1)", "torch.jit.annotate(Union[int, str], 1)", "torch.jit.annotate(List[float], [1])", "torch.jit.annotate(List[Tensor], [])")
group("special: isinstance", "a = 1; n: Optional[int] = None; u: Union[int, str] = 'x'; l = [1]; t = (1, 'a'); d = {'a': 1}; x = torch.ones(1)",
      "isinstance(a, int)", "isinstance(a, float)", "isinstance(a, (int, float))", "isinstance(a, Any)", "isinstance(a, bool)", "isinstance(True, int)", "isinstance(n, int)", "isinstance(n, Optional[int])", "isinstance(u, str)", "isinstance(u, int)", "isinstance(u, (int, str))", "isinstance(l, list)", "isinstance(l, List[int])", "isinstance(l, List[str])", "isinstance(t, tuple)", "isinstance(t, Tuple[int, str])", "isinstance(t, Tuple[int, int])", "isinstance(d, dict)", "isinstance(d, Dict[str, int])", "isinstance(x, torch.Tensor)", "isinstance(x, Tensor)", "isinstance(x, torch.FloatTensor)", "isinstance(None, int)", "isinstance(a, None)", "isinstance(a, Foo)", "isinstance(a)", "isinstance(a, int, float)", "isinstance(a, ())", "isinstance(a, (int, (str, float)))", "isinstance(1.5, (str, float))", "isinstance('a', str)", "isinstance(1j, complex)", "isinstance(a, [int])", "isinstance(a, int | str)", "isinstance(torch.device('cpu'), torch.device)", "isinstance(n, NoneType)")
group("special: getattr and hasattr", "x = torch.ones(2); a = 1; d = torch.device('cpu')", "getattr(x, 'shape')", "getattr(x, 'ndim')", "getattr(x, 'foo')", "getattr(x, 'foo', 5)", "getattr(x, 'sum')()", "getattr(a, 'foo', 'no')", "getattr(x, a)", "getattr(x)", "getattr(d, 'type')", "hasattr(x, 'shape')", "hasattr(x, 'foo')", "hasattr(a, 'foo')", "hasattr(x, a)", "hasattr(x)", "hasattr(d, 'index')", "hasattr([1], 'append')")
program("special: tolist of every type", """
def f():
    x = torch.arange(4).view(2, 2)
    a: List[List[int]] = x.tolist()
    b: List[List[float]] = x.float().tolist()
    c: List[bool] = torch.tensor([True, False]).tolist()
    e: int = x[1, 1].tolist()
    g: float = torch.tensor(2.5, dtype=torch.float64).tolist()
    h: List[int] = torch.tensor([1, 2], dtype=torch.int32).tolist()
    i: List[float] = torch.tensor([0.5], dtype=torch.half).tolist()
    print(a, b, c, e, g, h, i)
    j = torch.jit.annotate(List[int], x[0].tolist())
    print(j)
""")
program("special: tolist of complex numbers", """
def f():
    d: List[complex] = torch.tensor([1j]).tolist()
    print(d)
""")
program("special: tolist without type", """
def f():
    x = torch.ones(2).tolist()
    print(x)
""")
program("special: tolist of strings", """
def f():
    x: List[str] = torch.ones(2).tolist()
""")
program("special: tolist of another depth", """
def f():
    x: List[List[float]] = torch.ones(2).tolist()
""")
program("special: tolist of another type", """
def f():
    x: List[int] = torch.ones(2).tolist()
""")
program("special: tolist of an empty tensor", """
def f():
    x: List[float] = torch.zeros(0).tolist()
    y: List[List[float]] = torch.zeros(0, 3).tolist()
    print(x, y)
""")
program("special: range with every sign", """
def f():
    a, b, c = -2, 5, 3
    for i in range(a, b, c):
        print(i)
    for i in range(b, a, -c):
        print(i)
    for i in range(a):
        print('never')
    for i in range(b, a):
        print('never')
    print([i for i in range(9223372036854775806, 9223372036854775807)])
""")
program("special: enumerate and zip of everything", """
def f():
    for i, c in enumerate('ab'):
        print(i, c)
    for i, (k, v) in enumerate({'x': 1, 'y': 2}.items()):
        print(i, k, v)
    for i, t in enumerate(torch.tensor([5, 6])):
        print(i, t)
    for a, b in zip(range(5), [1.5, 2.5]):
        print(a, b)
    for a, (b, c) in zip('xy', enumerate([True, False], start=3)):
        print(a, b, c)
    for i, x in enumerate((1, 'a')):
        print(i, x)
    for a, b in zip((1, 'x'), [7, 8, 9]):
        print(a, b)
    for i, x in enumerate(range(10, 30, 7), 2):
        print(i, x)
""")
program("special: zip of an unrolled part that is longer", """
def f():
    for a, b in zip((1, 2, 3), [7]):
        print(a, b)
""")
program("special: fork of everything", """
def g(x: int, y: int = 2, *, z: int = 3) -> int:
    return x * 100 + y * 10 + z

def f():
    print(torch.jit.wait(torch.jit.fork(g, 1)), torch.jit.wait(torch.jit.fork(g, 1, y=5, z=7)))
    a = torch.jit.fork(torch.relu, torch.tensor([-1.0, 1.0]))
    print(torch.jit.wait(a))
    b = torch.jit.fork(torch.ones(2).add, 1)
    print(b.wait())
    def h():
        return 'closure'
    print(torch.jit.wait(torch.jit.fork(h)))
    futures: List[Future[int]] = []
    for i in range(3):
        futures.append(torch.jit.fork(g, i))
    print([x.wait() for x in futures])
""")
program("special: fork without arguments", """
def f():
    torch.jit.fork()
""")
program("special: fork of what is no function", """
def f():
    torch.jit.fork(1)
""")
program("special: wait for what is no future", """
def f():
    torch.jit.wait(1)
""")
program("special: a failed fork fails again", """
def g(x: int) -> int:
    if x > 0:
        raise ValueError('once')
    return x

def f():
    a = torch.jit.fork(g, 1)
    print('on')
    torch.jit.wait(a)
""")
program("special: a failed fork that nobody waits for", """
def g(x: int) -> int:
    if x > 0:
        raise ValueError('unseen')
    return x

def f():
    a = torch.jit.fork(g, 1)
    print('end')
""")
program("special: print of everything", """
def f():
    print()
    print('a', 1, 2.0, True, None, 1j, [1], [2.5], ['x'], (1, 'y'), {'k': [1]}, torch.device('cpu'), torch.float32)
    print([None], [True], [1j], [(1, 'a')], {1: 'x', 2: 'y'}, {'a': {'b': 1.0}})
    print(torch.tensor(1), torch.tensor([1.5, 2]), [torch.ones(1)], (torch.ones(1), 'a'))
    print(torch.zeros(0), torch.zeros(2, 2), torch.tensor([True]), torch.tensor(1.5))
    x: Optional[int] = None
    print(x)
""")
program("special: is_scripting picks the branch", """
def f():
    if torch.jit.is_scripting():
        x = 1
    else:
        x = 'never compiled' + 1
    print(x)
    if not torch.jit.is_scripting():
        print(undefined)
    if torch.jit.is_tracing():
        print('tracing')
""")
program("special: branches that are decided before", """
def g(x: Optional[int], y: int) -> int:
    if y is None:
        return 'never' + 1
    if y is not None and isinstance(y, int):
        z = 1
    if isinstance(y, str):
        return y.upper()
    if False:
        w = undefined_name
    return y + z

def f():
    print(g(None, 1))
""")

# ---- lowering ----

program("lowering: variable of both branches", """
def f():
    c = True
    if c:
        x = 1
        y = 'a'
    else:
        x = 2
        z = 'b'
    print(x)
    print(y)
""")
program("lowering: variable of the false branch", """
def f():
    c = True
    if c:
        pass
    else:
        z = 'b'
    print(z)
""")
program("lowering: variable before and in a branch", """
def f():
    x = 0
    if torch.ones(1) > 0:
        x = 1
    print(x)
    if torch.ones(1) > 0:
        if torch.ones(1) < 0:
            y = 1
        else:
            y = 2
        x += y
    else:
        y = 3
    print(x, y)
""")
program("lowering: branch changes a type", """
def f():
    x = 0
    if torch.ones(1) > 0:
        x = 'a'
    print(x)
""")
program("lowering: branch that leaves defines nothing", """
def g(n: int) -> int:
    if n > 0:
        x = n
    elif n == 0:
        raise ValueError('zero')
    else:
        return -1
    return x * 2

def f():
    print(g(3), g(-3))
    print(g(0))
""")
program("lowering: unify None", """
def g(n: int):
    if n > 0:
        x = n
    else:
        x = None
    return x

def f():
    print(g(1), g(-1))
""")
program("lowering: unify Optionals", """
def g(n: int, a: Optional[int], b: Optional[int]):
    if n > 0:
        x = a
    elif n == 0:
        x = n
    else:
        x = b
    return x

def f():
    print(g(1, 5, None), g(0, 5, None), g(-1, 5, None))
""")
program("lowering: unify tuples", """
def g(n: int):
    if n > 0:
        x = (1, None)
    else:
        x = (2, 'a')
    return x

def f():
    print(g(1), g(-1))
""")
program("lowering: tuples of other lengths do not unify", """
def g(n: int):
    if n > 0:
        x = (1, 2)
    else:
        x = (1, 2, 3)
    return x

def f():
    print(g(1))
""")
program("lowering: lists do not unify", """
def g(n: int):
    if n > 0:
        x = [1]
    else:
        x = ['a']
    return x

def f():
    print(g(1))
""")
program("lowering: int and float do not unify", """
def g(n: int):
    return 1 if n > 0 else 2.5

def f():
    print(g(1))
""")
program("lowering: unify tensors and None", """
def g(n: int):
    if n > 0:
        x = torch.ones(1)
    else:
        x = None
    if x is None:
        return 'none'
    return str(x.item())

def f():
    print(g(1), g(-1))
""")
program("lowering: a variable of a loop after it", """
def f():
    for i in range(3):
        y = i
    print(y)
""")
program("lowering: a loop changes a type", """
def f():
    x = 1
    while x:
        x = 'a'
""")
program("lowering: a loop makes an Optional", """
def f():
    x = None
    for i in range(3):
        if i == 1:
            x = i
    print(x)
""")
program("lowering: straight code changes a type", """
def f():
    x = 1
    print(x)
    x = 'a'
    print(x)
    x = [x]
    print(x)
    for i in range(2):
        x.append('b')
        y = i
        y = 'c'
    print(x)
""")
program("lowering: while loops", """
def f():
    i = 0
    while i < 10:
        i += 1
        if i == 3:
            continue
        if i == 6:
            break
        print(i)
    while True:
        i -= 1
        if i < 4:
            break
    print(i)
    x = torch.tensor(3)
    while x > 0:
        x = x - 1
    print(x)
    while 2.5:
        break
""")
program("lowering: the list grows while the loop runs", """
def f():
    l = [1, 2]
    for x in l:
        if len(l) < 6:
            l.append(x * 10)
    print(l)
    d = {'a': 1}
    for k in d:
        d[k + 'b'] = 2
    print(d)
    m = [1, 2, 3]
    for x in m:
        print(x)
        if x == 1:
            m.append(9)
""")
program("lowering: loop over a tensor", """
def f():
    for row in torch.arange(4).view(2, 2):
        print(row)
        row += 1
    for x in torch.tensor([1.5]):
        print(x.shape, x)
    for x in torch.tensor(1):
        print(x)
""")
program("lowering: loop over what has no elements", """
def f():
    for x in 5:
        print(x)
""")
program("lowering: loop over None", """
def f():
    for x in None:
        print(x)
""")
program("lowering: loop over an Optional", """
def g(l: Optional[List[int]]):
    for x in l:
        print(x)

def f():
    g([1])
""")
program("lowering: loop over nothing", """
def f():
    for x in []:
        print(x)
    for x in ():
        print(x)
    for x in '':
        print(x)
    print('end')
""")
program("lowering: early return in every place", """
def g(n: int) -> str:
    if n == 0:
        return 'first'
    for i in range(n):
        while True:
            if i == 2:
                return 'inner ' + str(i)
            break
        if n == 2 and i == 1:
            return 'outer'
    else_ = 'none'
    return else_

def f():
    print(g(0), g(1), g(2), g(3), g(9))
""")
program("lowering: returns unify", """
def g(n: int):
    if n == 0:
        return None
    if n == 1:
        return 5
    for i in range(n):
        if i == 2:
            return i
    return None

def f():
    print(g(0), g(1), g(2), g(3))
""")
program("lowering: returns of tuples unify", """
def g(n: int):
    if n == 0:
        return 1, None
    return None, 'a'

def f():
    print(g(0), g(1))
""")
program("lowering: a path without return", """
def g(n: int) -> int:
    while n > 0:
        return 1

def f():
    print(g(1))
""")
program("lowering: a path without return and no annotation", """
def g(n: int):
    if n > 0:
        return 1

def f():
    print(g(1))
""")
program("lowering: raise ends a path", """
def g(n: int) -> int:
    if n > 0:
        return 1
    else:
        raise ValueError('x')

def h(n: int) -> int:
    raise RuntimeError('always')

def f():
    print(g(1))
    print(h(1))
""")
program("lowering: while True without end", """
def g(n: int) -> int:
    while True:
        n += 1
        if n > 5:
            return n

def f():
    print(g(1))
""")
program("lowering: and and or are bools", """
def g(s: str) -> int:
    print(s)
    return 1

def f():
    a = 1 and 0
    b = 2 or 0
    print(a, b)
    c = g('a') and g('b') or g('c')
    print(c)
    d = not g('d')
    print(d)
    if g('e') > 1 and g('f') > 0:
        print('no')
""")
program("lowering: nested conditions", """
def f():
    for i in range(4):
        x = 'zero' if i == 0 else 'one' if i == 1 else ('two' if i == 2 else 'many')
        if i > 0 and (i < 2 or i == 3) and not i == 5:
            x += '!'
        print(x)
""")
program("lowering: power of integers is a float", """
def f():
    a = 3 ** 5
    print(a, 2 ** -1, -2 ** 2, (-2) ** 2)
    b: float = 2 ** 2
    n = 2
    c: float = n ** 2
    print(b, c, n ** 0, 0 ** 0)
    d: int = n ** 2
""")
program("lowering: constants are shared", """
def f():
    a = [1, 2]
    b = [1, 2]
    a.append(3)
    print(a, b)
    for i in range(2):
        c = [0]
        c.append(i)
        print(c)
""")
program("lowering: default lists are made anew", """
def g(l: List[int] = []):
    l.append(1)
    return l

def f():
    print(g(), g())
""")
program("lowering: unpack a list of the wrong length", """
def f():
    a, b = [1, 2, 3]
    print(a, b)
""")
program("lowering: list slice assignment", """
def f():
    l = [1, 2, 3]
    l[1:] = [5]
""")
program("lowering: unused results may fail", """
def f():
    l = [1]
    x = l[5]
    print('end')
""")

# ---- types ----

program("types: every simple one", """
def g(a: int, b: float, c: bool, d: complex, e: str, h: Tensor, i: torch.Tensor, j: None, k: Any, l: Device, m: torch.device, n: NoneType, o: number) -> str:
    print(a, b, c, d, e, h, i, j, k, l, m, n, o)
    return 'ok'

def f():
    x = torch.ones(1)
    print(g(1, 1.5, True, 1j, 'a', x, x, None, [1], torch.device('cpu'), torch.device('cpu'), None, 3))
""")
program("types: number", """
def g(x: number) -> number:
    return x

def f():
    print(g(1), g(2.5), g(1j))
""")
program("types: bool is no number", """
def g(x: number):
    print(x)

def f():
    g(True)
""")
program("types: containers", """
def g(a: List[int], b: list[str], c: Dict[str, int], d: dict[int, List[float]], e: Tuple[int, str], h: tuple[int, Tuple[str]], i: Tuple[()], j: List[List[Tensor]]):
    print(a, b, c, d, e, h, i, j)

def f():
    g([1], ['a'], {'a': 1}, {1: [2.5]}, (1, 'a'), (1, ('a',)), (), [[torch.ones(1)]])
""")
program("types: bare containers", """
def g(a: list, b: tuple) -> int:
    print(isinstance(a, List[int]), isinstance(b, Tuple[int, str]))
    return 1

def f():
    g([1], (1, 'a'))
    g(['a'], ())
""")
program("types: bare dict", """
def g(a: dict):
    return 1

def f():
    g({1: 2})
""")
program("types: bare List", """
def g(a: List):
    return 1

def f():
    g([1])
""")
program("types: Optional", """
def g(a: Optional[int], b: Optional[Optional[str]], c: Optional[List[Optional[int]]], d: Union[None, int], e: Optional[Tuple[int, Optional[str]]], h: int | None):
    print(a, b, c, d, e, h)

def f():
    g(1, 'a', [1, None], 5, (1, None), 3)
    g(None, None, None, None, None, None)
""")
program("types: Union", """
def g(a: Union[int, str], b: Union[int, str, None], c: int | str | List[int], d: Union[List[int], Dict[str, int]]):
    print(a, b, c, d)

def f():
    g(1, None, [1], {'a': 1})
    g('a', 'b', 'c', [1])
    g(1.5, 1, 1, [1])
""")
program("types: Union of numbers", """
def g(a: Union[int, float, complex]):
    print(a)

def f():
    g(1)
    g(1.5)
    g('a')
""")
program("types: Union prints its members in order", """
def g(a: Union[str, None, int, float]) -> int:
    return a

def f():
    g(1)
""")
program("types: Future", """
def g(a: Future[int]) -> int:
    return torch.jit.wait(a)

def h(x: int) -> int:
    return x + 7

def f():
    x: Future[int] = torch.jit.fork(h, 1)
    print(g(x))
""")
program("types: broadcasting lists", """
def g(a: BroadcastingList2[int], b: BroadcastingList3[float], c: Optional[BroadcastingList2[int]] = None):
    print(a, b, c)

def f():
    g(1, 1.5)
    g([1, 2], 2.5, 7)
    g((3, 4), [1., 2., 3.])
""")
program("types: a broadcasting list of another length", """
def g(a: BroadcastingList2[int]):
    print(a)

def f():
    g([1, 2, 3])
""")
program("types: dtypes are ints", """
def g(a: torch.dtype) -> int:
    print(a)
    return a

def f():
    print(g(torch.float32))
    x: int = torch.int64
    print(x, torch.strided, torch.channels_last)
""")
program("types: Generator", """
def g(a: Optional[torch.Generator] = None):
    print(a is None)

def f():
    g()
""")
program("types: tensors by other names", """
def g(a: torch.FloatTensor, b: torch.LongTensor) -> torch.Tensor:
    return a + b

def f():
    print(g(torch.ones(1), torch.ones(1, dtype=torch.int64)))
""")
program("types: keys of dicts", """
def g(a: Dict[str, int], b: Dict[int, int], c: Dict[float, int], d: Dict[bool, int], e: Dict[complex, int], h: Dict[Tensor, int]):
    print(a, b, c, d, e, len(h))

def f():
    g({'a': 1}, {1: 1}, {1.5: 1}, {True: 1}, {1j: 1}, {torch.ones(1): 1})
""")
program("types: a key that is none", """
def g(a: Dict[List[int], int]):
    return 1

def f():
    print(1)
""")
program("types: unknown", """
def g(a: Foo):
    return 1

def f():
    print(1)
""")
program("types: unknown constructor", """
def g(a: Foo[int]):
    return 1

def f():
    print(1)
""")
program("types: wrong number of parameters", """
def g(a: List[int, str]):
    return 1

def f():
    print(1)
""")
program("types: Dict of one parameter", """
def g(a: Dict[int]):
    return 1

def f():
    print(1)
""")
program("types: Optional of two", """
def g(a: Optional[int, str]):
    return 1

def f():
    print(1)
""")
program("types: an expression for a type", """
def g(a: 1 + 2):
    return 1

def f():
    print(1)
""")
program("types: a string for a type", """
def g(a: 'int', b: 'str') -> 'int':
    return a + len(b)

def f():
    print(g(1, 'xy'))
""")
program("types: a string for a parametrized type", """
def g(a: 'List[str]'):
    return a

def f():
    print(g(['x']))
""")
program("types: a number for a type", """
def g(a: 5):
    return 1

def f():
    print(1)
""")
program("types: refinement by None", """
def g(x: Optional[int], y: Optional[str]) -> str:
    if x is None:
        return 'no x'
    if y is None:
        return str(x + 1)
    elif x > 3:
        return y + str(x)
    return y

def f():
    print(g(None, None), g(1, None), g(4, 'a'), g(1, 'b'))
""")
program("types: refinement by and, or, not", """
def g(x: Optional[int], y: Optional[int]) -> int:
    if x is not None and y is not None:
        return x + y
    if not (x is None):
        return x
    if x is None and y is None:
        return -1
    if y is None or y > 3:
        return -2
    return y

def f():
    print(g(1, 2), g(1, None), g(None, None), g(None, 4), g(None, 3))
""")
program("types: refinement by assert", """
def g(x: Optional[List[int]]) -> int:
    assert x is not None, 'a list'
    return len(x)

def h(x: Union[int, str]) -> int:
    assert isinstance(x, int)
    return x + 1

def f():
    print(g([1]), h(1))
    print(g(None))
""")
program("types: refinement ends with an assignment", """
def g(x: Optional[int]) -> int:
    if x is not None:
        x = None
        return x
    return 0

def f():
    print(g(1))
""")
program("types: refinement does not outlast a branch", """
def g(x: Optional[int]) -> int:
    if x is not None:
        print(x + 1)
    return x + 1

def f():
    print(g(1))
""")
program("types: refinement of other variables", """
def g(x: Optional[int], l: List[Optional[int]]) -> int:
    y = x
    if y is not None:
        print(y + 1)
    if l[0] is not None:
        print(l[0])
    z = l[0]
    return 0 if z is None else z

def f():
    print(g(1, [1]))
""")
program("types: refinement in a while", """
def g(x: Optional[int]) -> int:
    while x is not None:
        y = x
        print(y)
        if y > 1:
            return y
        x = None
    return 0

def f():
    print(g(3), g(None))
""")
program("types: refinement in conditional expressions", """
def g(x: Optional[int], u: Union[int, str]) -> str:
    a = x + 1 if x is not None else 0
    b = u + '!' if isinstance(u, str) else str(u + 1)
    return str(a) + b

def f():
    print(g(1, 'a'), g(None, 4))
""")
program("types: refinement by isinstance, the rest", """
def g(u: Union[int, str, List[int]]) -> str:
    if isinstance(u, int):
        return 'int' + str(u + 1)
    if isinstance(u, str):
        return u.upper()
    return str(u[0])

def h(u: Optional[Union[int, str]]) -> str:
    if not isinstance(u, (int, str)):
        return 'none'
    if isinstance(u, str):
        return u
    return str(u + 1)

def f():
    print(g(1), g('a'), g([7]), h(1), h('b'), h(None))
""")
program("types: isinstance of what it cannot be", """
def g(u: Union[int, str]) -> str:
    if isinstance(u, float):
        return u + 1.0
    return 'other'

def f():
    print(g(1))
""")
program("types: a variable of declared Union", """
def f():
    x: Union[int, str] = 1
    print(x + 1)
""")
program("types: Any is refined by isinstance", """
def g(x: Any) -> str:
    if isinstance(x, int):
        return str(x + 1)
    if isinstance(x, list):
        return 'list'
    if isinstance(x, Tensor):
        return 'tensor ' + str(x.numel())
    return 'other'

def f():
    print(g(1), g([1]), g(torch.ones(2)), g(None), g((1, 2)))
""")
program("types: operations of Any", """
def g(x: Any):
    return x + 1

def f():
    g(1)
""")
program("types: subtypes of lists and tuples", """
def a(x: List[Optional[int]]):
    print(x)

def b(x: Tuple[Optional[int], Any]):
    print(x)

def f():
    b((1, 'a'))
    l = [1]
    a(l)
""")
program("types: dicts are invariant", """
def a(x: Dict[str, Optional[int]]):
    print(x)

def f():
    d = {'a': 1}
    a(d)
""")
program("types: int is a Scalar", """
def a(x: Tensor, y: number) -> Tensor:
    return x * y

def f():
    print(a(torch.ones(1), 2), a(torch.ones(1), 2.5))
""")
program("types: Scalar to int", """
def a(x: number) -> int:
    return x

def f():
    print(a(1))
""")
program("types: a tuple for a list", """
def a(x: List[int]):
    print(x)

def f():
    a((1, 2))
    a((1, 'a'))
""")
program("types: a list for a tuple", """
def a(x: Tuple[int, int]):
    print(x)

def f():
    a([1, 2])
""")
program("types: mixed literals", """
def f():
    l = [1, 'a', 2.5]
    d = {'a': 1, 'b': 'x'}
    print(l, d)
    for x in l:
        if isinstance(x, int):
            print(x + 1)
        elif isinstance(x, str):
            print(x + '!')
        else:
            print(x * 2)
    y = d['a']
    if isinstance(y, int):
        print(y + 1)
""")
program("types: hints for literals", """
def g() -> List[Optional[int]]:
    return [1, None]

def h() -> Dict[str, List[float]]:
    return {'a': [], 'b': [1.5]}

def f():
    a: List[Union[int, str]] = [1, 'a']
    b: Dict[str, Optional[int]] = {'a': 1, 'b': None}
    c: List[Any] = [1, 'a']
    d: Optional[List[int]] = []
    e: Tuple[List[int], Dict[str, int]] = ([], {})
    print(a, b, c, d, e, g(), h())
    i: List[float] = [1, 2]
""")

# ---- calls ----

group("calls: casts and properties of tensors", "x = torch.tensor([1.6, -2.0]); y = torch.tensor([[1 + 2j]])", "x.byte().dtype", "x.char()", "x.short().dtype", "x.int()", "x.long()", "x.half().dtype", "x.float().dtype", "x.double().dtype", "x.cfloat().dtype", "x.cdouble().dtype", "x.bool()", "x.bfloat16()", "x.int(1)", "x.float().float() is x", "x.dtype", "x.device", "x.grad", "x.data", "x.shape", "x.is_cuda", "x.is_cpu", "x.is_xpu", "x.is_sparse", "x.is_sparse_csr", "x.is_mkldnn", "x.is_mps", "x.is_quantized", "x.is_vulkan", "x.is_ipu", "x.is_meta", "x.is_nested", "x.requires_grad", "x.layout", "x.T", "y.H", "x.ndim", "x.name", "x.itemsize", "x.nbytes", "x.is_leaf", "x.retains_grad", "y.mT", "y.mH", "y.real", "y.imag", "x.real", "x.imag", "x.foo", "x.names", "x.output_nr", "x.grad_fn", "x.is_xla", "x.volatile", "x.is_coalesced()", "x.type(torch.int32)", "x.type('torch.FloatTensor')", "x.is_contiguous()", "x.get_device()", "x.size", "x.shape[0]", "x.ndim()", "torch.device('cuda:1').type", "torch.device('cuda:1').index", "torch.device('cpu').index", "torch.device('cpu').foo", "(1).real", "(1.5).is_integer()", "(1j).real", "(1j).imag", "(1j).conjugate()", "'a'.foo", "[1].foo", "{1: 2}.foo", "(1, 2).count(1)", "None.foo", "True.real")
group("calls: tensors and numbers", "x = torch.tensor([2.0, 4.0]); i = torch.tensor([7, 8])", "1 + x", "1 - x", "2 * x", "2 / x", "2 // x", "x // 3", "i // 2", "i // i", "7 // i", "2 % x", "x % 3", "7 % i", "2 ** x", "x ** 2", "1 == x", "1 != x", "1 < x", "1 <= x", "5 > x", "5 >= x", "1 & i", "i & 3", "i | 1", "1 | i", "i ^ 1", "1 ^ i", "i << 1", "1 << i", "i >> 1", "256 >> i", "x @ x", "1 @ x", "-x", "~i", "abs(-x)", "True + x", "x + True", "1j * x", "x + 'a'", "x + [1]", "x + None", "1.5 * i", "i / 2", "i * 0.5")
group("calls: choice of the overload", "x = torch.ones(2, 2); l: List[int] = [0]; n: Optional[int] = None", "torch.sum(x)", "torch.sum(x, 0)", "torch.sum(x, [0, 1])", "torch.sum(x, dtype=torch.int64)", "torch.max(x)", "torch.max(x, 1).indices", "torch.max(x, x)[0]", "x.max(dim=0).values", "torch.add(x, 1)[0]", "torch.add(x, x)[0]", "torch.add(1, 2)", "torch.add(1.5, 2)", "torch.mul('a', 2)", "torch.mul([1], 2)", "torch.eq(x, 1)[0]", "torch.eq('a', 'b')", "torch.pow(2, 3)", "torch.pow(x, 2)[0]", "torch.full([2], 1).dtype", "torch.full((2,), 1.5)", "torch.zeros(2, 2).shape", "torch.zeros(l)", "torch.zeros(2.5)", "torch.ones(2, dtype=torch.int32)", "torch.ones(2, torch.int32)", "x.view(4).shape", "x.view(2, -1).shape", "x.view([4]).shape", "x.view(torch.int32).dtype", "x.view(dtype=torch.int32)", "x.permute(1, 0).shape", "x.repeat(2, 1).shape", "x.expand(-1, 2).shape", "x.new_zeros(2, 3).shape", "x.new_zeros([2]).shape", "x.sum(1, True).shape", "x.sum(dim=[0], keepdim=True).shape", "torch.nn.functional.max_pool2d(x[None], 2).shape", "torch.max_pool2d(x[None], 2).shape", "torch.max_pool2d(x[None], [2, 2]).shape", "torch.max_pool2d(x[None], (2, 2)).shape", "torch.avg_pool2d(x[None], 2, 1).shape", "torch.conv2d(x[None, None], x[None, None], stride=1, padding=1).shape", "torch.cat([x, x]).shape", "torch.cat((x, x), 1).shape", "torch.cat(x).shape", "torch.stack([x]).shape", "torch.clamp(x, 0, 1)[0]", "torch.clamp(x, max=0.5)[0]", "torch.clamp(x, None, 0.5)[0]", "torch.where(x > 0, 1.0, x)[0]", "torch.where(x > 0).shape", "torch.split(x, 1)[0]", "torch.split(x, [1, 1], 1)[0].shape", "torch.mean(x, n)", "torch.argmax(x)", "torch.argmax(x, n)", "torch.arange(3)", "torch.arange(1, 3)", "torch.arange(1, 3, 0.5)", "torch.arange(3.0)", "torch.arange(end=3)", "torch.add(x, 1, 2)[0]", "torch.add(x, other=1, alpha=2)[0]", "torch.add(self=x, other=1)[0]", "torch.add(input=x, other=1)[0]", "x.add(other=1)[0]", "x.add(input=x, other=1)", "torch.relu(input=x)[0]", "torch.relu(self=x)[0]", "torch.add(x)", "torch.add()", "torch.add(x, 1, 2, 3)", "torch.add(x, 1, beta=2)", "torch.add(x, 1, out=x)[0]", "x.relu(1)", "torch.dropout(x, 1, False)", "torch.dropout(x, 0.0, False)[0]", "torch.scalar_tensor(1)", "torch.tensor([[1, 2], [3, 4]]).shape", "torch.tensor([1.5, 2])", "torch.tensor(1, dtype=torch.float64)", "torch.tensor('a')", "torch.tensor([[1], [2, 3]])", "torch.as_tensor([1, 2])", "torch.as_tensor(x)[0]", "torch.rsub(x, 1)[0]", "torch.norm(x)", "torch.norm(x, 2, [0])", "torch.einsum('ij,jk->ik', [x, x])[0]", "torch.equal(x, x)", "torch.allclose(x, x)", "torch.numel(x)", "x.to(torch.float64).dtype", "x.to('cpu').device", "x.to(torch.device('cpu'), torch.float64).dtype", "x.to(x).dtype", "x.to(dtype=torch.half).dtype", "x.to(device='cpu', dtype=torch.int64).dtype", "x.size(0)", "x.size()", "x.stride()", "x.item()", "x[0, 0].item()", "torch.zeros_like(x, dtype=torch.int8)[0]", "torch.empty(2, 3).shape", "torch.rand(2, 3).shape", "torch.randint(5, (2,)).shape", "torch.randint(0, 5, [2]).dtype", "torch.linspace(0, 1, 3)", "torch.quantize_per_tensor(x, 0.1, 0, torch.quint8).dtype", "torch._single(1)", "torch._pair(2)", "torch._triple([1, 2, 3])", "torch._quadruple(4)")
group("calls: conversions of tensors", "i = torch.tensor(2); x = torch.tensor(1.5); v = torch.tensor([1, 2]); b = torch.tensor(True); c = torch.tensor(1j); l = [1, 2, 3]", "torch.zeros(i).shape", "l[i]", "l[b]", "l[x]", "l[v]", "torch.dropout(torch.ones(1), x, False)", "torch.full([2], i)", "torch.full([2], x)", "torch.add(torch.ones(1), 1, alpha=i)", "range(i)", "list(range(3))[i]", "'abc'[i]", "math.sqrt(x)", "math.sqrt(i)", "math.pow(x, i)", "torch.arange(i)", "hex(i)", "chr(i)", "round(x)", "divmod(i, 2)", "min(i, 3)", "torch.zeros([i, i]).shape", "torch.ones(1).view([i])", "[1, 2] * i", "'a'.center(i)", "torch.device('cuda', i)", "v.sum(i)", "torch.softmax(torch.ones(2, 2, 2), i).shape", "torch.clamp(torch.ones(1), max=x * 0.1)", "complex(x, i)", "torch.polar(x, x)")
group("calls: conversions of numbers", "x = torch.ones(2, 2)", "torch.zeros(True).shape", "[1, 2][True]", "range(True)", "list(range(True))", "hex(True)", "torch.sum(x, True)", "torch.sum(x, 0, 1)", "torch.softmax(x, 0.0)", "torch.dropout(x, True, False)", "math.sqrt(True)", "math.sqrt(4)", "torch.add(x, True)[0]", "torch.full([1], True)", "chr(True)", "x.view(4.0)", "torch.device(0)", "x.to('cuda:0')", "x.sum(dim='a')", "x.sum(dim=1.0)", "torch.clamp(x, True)")
program("calls: failure names every overload", """
def f():
    torch.max(1, 'a')
""")
program("calls: failure of one schema", """
def f():
    torch.relu('a')
""")
program("calls: failure with a missing argument", """
def f():
    torch.conv2d(torch.ones(1))
""")
program("calls: failure with too many arguments", """
def f():
    torch.relu(torch.ones(1), 1, 2)
""")
program("calls: failure with an unknown keyword", """
def f():
    torch.relu(torch.ones(1), foo=1)
""")
program("calls: failure with an argument twice", """
def f():
    torch.relu(torch.ones(1), input=torch.ones(1))
""")
program("calls: failure of a method", """
def f():
    x = torch.ones(2)
    x.softmax('a')
""")
program("calls: failure of a method of lists", """
def f():
    l = [1]
    l.append('a')
""")
program("calls: failure of an operator", """
def f():
    print('a' + 1)
""")
program("calls: failure of a comparison", """
def f():
    print([1] < {1: 2})
""")
program("calls: failure of a unary operator", """
def f():
    print(-'a')
""")
program("calls: failure of a function", """
def g(a: int, b: str, c: List[float] = [1.0]) -> str:
    return b

def f():
    g(1, 2)
""")
program("calls: failure with Optional", """
def g(a: int) -> int:
    return a

def f():
    x: Optional[int] = 1
    g(x)
""")
program("calls: failure with a list of another type", """
def g(a: List[float]):
    return a

def f():
    g([1, 2])
""")
program("calls: failure with keyword and position", """
def g(a: int, b: int):
    return a

def f():
    g(1, a=2)
""")
program("calls: failure with unknown keywords", """
def g(a: int):
    return a

def f():
    g(1, b=2, c=3)
""")
program("calls: failure with missing arguments", """
def g(a: int, b: int, c: int = 3):
    return a

def f():
    g(1)
""")
program("calls: failure with too many positions", """
def g(a: int, b: int = 2):
    return a

def f():
    g(1, 2, 3, 4)
""")
program("calls: failure of an int for a float", """
def g(a: float):
    return a

def f():
    g(1)
""")
program("calls: failure in a callee of a callee", """
def a(x: int):
    return x.foo

def b(x: int):
    return a(x)

def c(x: int):
    y = b(x)
    return y

def f():
    c(1)
""")
program("calls: unknown operator with similar ones", """
def f():
    torch.ops.aten.rellu(torch.ones(1))
""")
program("calls: unknown operator without similar ones", """
def f():
    torch.ops.aten.qwertyuiopasdf(torch.ones(1))
""")
program("calls: unknown namespace", """
def f():
    torch.ops.mine.op(torch.ones(1))
""")
program("calls: results with names", """
def f():
    x = torch.tensor([[1.0, 3.0, 2.0]])
    r = x.max(1)
    print(r.values, r.indices, r[0])
    v, i = x.sort(1)
    print(v, i)
    print(torch.topk(x, 2).values, x.min(dim=1).indices)
    s = x.sort(dim=1, descending=True)
    print(s, s.foo)
""")
program("calls: implicit conversion of a float tensor to int", """
def g(x: int) -> int:
    return x

def f():
    print(g(torch.tensor(3)))
    print(g(torch.tensor(3.5)))
""")
program("calls: implicit conversion of a vector to int", """
def g(x: int) -> int:
    return x

def f():
    print(g(torch.tensor([3])))
""")
program("calls: implicit conversion of what requires grad", """
def g(x: float) -> float:
    return x

def f():
    print(g(torch.tensor(3.5)))
    print(g(torch.tensor(3.5).requires_grad_()))
""")
program("calls: implicit conversion of returns", """
def g() -> float:
    return torch.tensor(2.5)

def h() -> int:
    return torch.tensor(2)

def f():
    print(g(), h())
""")
program("calls: int for a declared float result", """
def g() -> float:
    return 1

def f():
    print(g())
""")
program("calls: int and float to number", """
def g(x: number, y: Tensor) -> Tensor:
    return y + x

def f():
    print(g(1, torch.ones(1)), g(1.5, torch.ones(1)), g(torch.tensor(2), torch.ones(1)))
""")
program("calls: names that are aliases", """
def f():
    x = torch.tensor([[4.0, 2.0], [1.0, 3.0]])
    y = torch.tensor([[1.0, 2.0], [4.0, 2.0]])
    print(torch.absolute(-x), torch.clip(x, 2, 3), torch.true_divide(x, y), torch.divide(x, y), torch.multiply(x, y), torch.subtract(x, y))
    print(torch.greater(x, y), torch.less(x, y), torch.greater_equal(x, y), torch.less_equal(x, y), torch.not_equal(x, y))
    print(torch.ger(x[0], y[0]), torch.outer(x[0], y[0]), torch.det(x), torch.arccos(x / 9), torch.arctan(x), torch.fix(x / 3), torch.negative(x))
    print(torch.concat([x, y]), torch.concatenate([x, y]), torch.row_stack([x, y]), torch.swapdims(x, 0, 1), torch.swapaxes(x, 0, 1), torch.moveaxis(x, 0, 1))
    print(torch.special.expit(x), torch.special_erf(x), torch.special_softmax(x, 0), torch.special_round(x / 3), torch.inverse(x), torch.matrix_power(x, 2))
    print(torch.linalg_matmul(x, y), torch.adjoint(x), torch.rsub(x, y), torch.float_power(x, 2)[0])
    z = x.clone()
    z.absolute_().multiply_(2).subtract_(1).divide_(3).negative_().clip_(-2, 0).arctan_()
    print(z)
""")
program("calls: hints of results", """
def f():
    a: List[int] = list()
    b: Dict[str, int] = dict()
    c: List[str] = [x for x in ['a']]
    a.append(1)
    b['x'] = 2
    print(a, b, c)
""")
program("calls: methods as values", """
def f():
    l = [1]
    g = l.append
    g(2)
    print(l)
""")
program("calls: functions as values", """
def g(x: int) -> int:
    return x + 1

def f():
    h = g
    print(h(1))
""")
program("calls: casts as values", """
def f():
    h = int
    print(h(1.5))
""")
program("calls: torch as a value", """
def f():
    h = torch
    print(h.ones(1))
""")

# ---- builtin methods ----

group("math: every function of ints and floats", "x = 0.5; n = 3; b = True", *[f"math.{name}({a})" for name in
      "ceil floor trunc sqrt exp expm1 log log10 log1p log2 fabs gamma lgamma erf erfc sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh isnan isinf isfinite factorial frexp modf degrees radians".split()
      for a in ("x", "n")],
      "math.atan2(x, n)", "math.atan2(n, n)", "math.atan2(n, x)", "math.copysign(n, -x)", "math.copysign(-n, n)", "math.fmod(n, x)", "math.fmod(-7, 3)", "math.fmod(-7.5, 2)", "math.pow(n, x)", "math.pow(n, n)", "math.pow(x, n)", "math.ldexp(x, n)", "math.gcd(12, 18)", "math.gcd(-12, 18)", "math.gcd(0, 5)", "math.remainder(7, 3)", "math.remainder(7.5, 2)", "math.remainder(x, n)", "math.log(n, 2)", "math.log(x, n)", "math.log(8.0, 2.0)", "math.hypot(3.0, 4.0)", "math.isclose(x, x)", "math.fsum([x, x])", "math.prod([n, n])", "math.dist([x], [x])", "math.comb(5, 2)", "math.perm(5, 2)", "math.lcm(4, 6)", "math.isqrt(9)", "math.cbrt(8.0)", "math.exp2(x)", "math.nextafter(x, 1.0)", "math.ulp(x)", "math.foo(x)", "math.sqrt(b)", "math.floor(b)", "math.exp(1000)", "math.log(0)", "math.log(-1)", "math.sqrt(-1)", "math.acos(2)", "math.gamma(0)", "math.gamma(-1.5)", "math.lgamma(-1)", "math.factorial(0)", "math.factorial(20)", "math.factorial(21)", "math.factorial(-1)", "math.ceil(1e30)", "math.floor(-0.5)", "math.floor(inf)", "math.isnan(math.nan)", "math.isinf(-math.inf)", "math.sqrt('a')", "math.sqrt(torch.tensor(4.0))", "math.sqrt(torch.ones(2))", "math.sqrt()", "math.sqrt(x, n)", "math.modf(-2.25)", "math.frexp(0.0)", "math.frexp(-8.0)", "math.ldexp(1, 2)", "math.degrees(math.pi)", "math.copysign(1.0, -0.0)")
group("math: complex numbers", "c = 3.0 + 4.0j; x = 0.5", "cmath.sqrt(c)", "cmath.exp(c)", "cmath.log(c)", "cmath.log10(c)", "cmath.sin(c)", "cmath.cos(c)", "cmath.tan(c)", "cmath.asin(c)", "cmath.acos(c)", "cmath.atan(c)", "cmath.sinh(c)", "cmath.cosh(c)", "cmath.tanh(c)", "cmath.asinh(c)", "cmath.acosh(c)", "cmath.phase(c)", "cmath.polar(c)", "cmath.rect(1.0, 2.0)", "cmath.isnan(c)", "cmath.isinf(c)", "cmath.isfinite(c)", "cmath.sqrt(x)", "cmath.sqrt(-1.0)", "cmath.log(c, 2.0)", "math.isfinite(c)", "math.sqrt(c)", "abs(c)", "c + 1", "1 - c", "c * 2.5", "c / 2.0", "2 / c", "c ** 2.0", "2.0 ** c", "c ** c", "c // c", "c % c", "-c", "c == c", "c != 3", "c == 3.0", "c > c", "c.real", "c.imag", "str(c)", "'{}'.format(c)", "bool(c)", "int(c)", "float(c)", "complex(c)", "hash(c) == hash(c)", "c is c", "c in [c]", "round(c)", "min(c, c)", "sum([c, c])", "sorted([c])", "max([c])", "1j * 1j", "0j", "-0j", "1e10j", "1 + 2.5j", "complex(inf, nan)")
group("strings: operators", "s = 'abc'; t = 'b'; i = 2", "s + t", "s * i", "i * s", "s == t", "s != t", "s < t", "s <= t", "s > t", "s >= t", "t in s", "t not in s", "s[0]", "s[-1]", "s[5]", "s[1:]", "s % 1", "s - t", "s / t", "s + 1", "-s", "not s", "s and True", "len(s)", "hash(s) == hash('abc')", "ord(t)", "int('7')", "float('7')", "list(s)", "bool(s)", "str(s)", "min(s, t)", "max(s, t)", "sorted(s)", "[c for c in s]", "s is s", "s is t")
group("strings: methods", "s = 'Hello World'; t = '  x y\\t'; e = ''",
      "s.capitalize()", "e.capitalize()", "'aB cD'.capitalize()", "s.center(15)", "s.center(16, '*')", "s.center(3)", "s.center(15, 'ab')", "s.center(15, '')", "s.center(15, fillchar='-')", "s.count('o')", "s.count('o', 5)", "s.count('o', 5, 6)", "s.count('o', -3)", "s.count('')", "e.count('')", "s.count('ll', 0, -1)", "'aaaa'.count('aa')", "s.count('o', end=5)", "s.endswith('d')", "s.endswith('')", "s.endswith('o', 0, 5)", "s.endswith('World', -5)", "s.endswith('d', 20)", "t.expandtabs()", "t.expandtabs(4)", "'a\\tb\\tcc\\td'.expandtabs(4)", "'a\\tb'.expandtabs(0)", "s.find('o')", "s.find('o', 5)", "s.find('o', 5, 6)", "s.find('o', -4)", "s.find('z')", "s.find('')", "s.find('', 3)", "s.find('', 50)", "s.find('o', 0, -1)", "s.find('d', 0, -1)", "s.find('World', start=3)", "s.index('o')", "s.index('o', 5)", "s.index('o', 8)", "s.index('z')", "s.index('l', 0, 2)", "'ab1'.isalnum()", "e.isalnum()", "'a b'.isalnum()", "'ab'.isalpha()", "'é'.isalpha()", "'12'.isdecimal()", "e.isdecimal()", "'1.2'.isdecimal()", "'12'.isdigit()", "'a_1'.isidentifier()", "'1a'.isidentifier()", "'class'.isidentifier()", "e.isidentifier()", "'ab'.islower()", "'aB'.islower()", "'a1'.islower()", "'1'.islower()", "'12'.isnumeric()", "'ab'.isprintable()", "'a\\n'.isprintable()", "e.isprintable()", "' \\t\\n'.isspace()", "e.isspace()", "'Ab Cd'.istitle()", "'Ab cd'.istitle()", "'AB'.istitle()", "e.istitle()", "'A1b'.istitle()", "'AB'.isupper()", "'A1'.isupper()", "','.join(['a', 'b', 'c'])", "e.join(['a', 'b'])", "','.join(['a'])", "','.join([])", "','.join('abc')", "','.join(('a', 'b'))", "','.join([1])", "s.ljust(15, '.')", "s.ljust(3)", "s.ljust(15, 'ab')", "s.lower()", "'ÄÖ'.lower()", "t.lstrip()", "s.lstrip('He')", "t.lstrip(' x')", "s.partition(' ')", "s.partition('z')", "s.partition('')", "s.partition('l')", "s.replace('o', '0')", "s.replace('o', '0', 1)", "s.replace('o', '')", "s.replace('', '-')", "s.replace('l', 'L', 0)", "s.replace('z', 'y')", "s.replace('l', 'L', -1)", "s.replace('l', 'L', max=1)", "s.rfind('o')", "s.rfind('o', 0, 6)", "s.rfind('z')", "s.rfind('')", "s.rfind('o', 5)", "s.rfind('l', 0, -3)", "s.rindex('o')", "s.rindex('z')", "s.rindex('o', 0, 6)", "s.rjust(15, '.')", "s.rjust(3)", "s.rpartition('o')", "s.rpartition('z')", "s.rpartition('')", "s.rsplit('o')", "s.rsplit('o', 1)", "s.rsplit()", "'a b  c'.rsplit(' ')", "'a,b,c'.rsplit(',', 1)", "'a,b'.rsplit(',', 0)", "t.rstrip()", "s.rstrip('dl')", "s.split()", "t.split()", "'a b  c'.split(' ')", "'a,b,,c'.split(',')", "'a,b,c'.split(',', 1)", "'a,b,c'.split(',', 0)", "'a,b,c'.split(max=1)", "'a b c'.split(max=1)", "'a b c'.split(None)", "' a  b c '.split(None, 1)", "e.split()", "e.split(',')", "s.split('')", "s.split('World')", "'a\\nb\\n'.splitlines()", "'a\\nb\\n'.splitlines(True)", "'a\\x0bb\\x0cc\\x1cd'.splitlines()", "'a\\n\\nb'.splitlines()", "e.splitlines()", "'a\\nb'.splitlines(keepends=True)", "s.startswith('He')", "s.startswith('')", "s.startswith('W', 6)", "s.startswith('He', 0, 1)", "s.startswith('l', -3)", "s.startswith('He', -50)", "t.strip()", "s.strip('Hd')", "s.strip('')", "' \\x0b\\x0c\\n a'.strip()", "s.swapcase()", "s.title()", "'ab1cd e-f'.title()", "\"they're\".title()", "s.upper()", "'7'.zfill(3)", "'-7'.zfill(4)", "'+7'.zfill(4)", "e.zfill(2)", "'abc'.zfill(2)", "s.slice()", "s.encode()", "s.removeprefix('He')", "s.casefold()", "s.translate({})", "s.format_map({})", "s.isascii()", "s.find(1)", "s.upper(1)", "s.join()", "s.foo()")
group("strings: the empty string", "s = 'abc'; e = ''", "s.find(e)", "s.find(e, 3)", "s.find(e, 4)", "s.find(e, -1)", "s.find(e, -9)", "s.find(e, 3, 1)", "s.rfind(e)", "s.rfind(e, 1, 2)", "s.rfind(e, -2)", "s.rfind(e, 0, -2)", "s.index(e)", "s.index(e, 9)", "e.find(e, 50)", "s.split(e)", "s.startswith(e)", "s.partition(e)", "e in s")
group("names: dicts of pairs", "l = [['a', 'b'], ['c', 'd']]", "dict(l)", "dict([[1, 2], [3, 4]])", "dict([[1, 2, 3]])", "dict(zip(['a', 'b'], [1, 2]))", "dict(enumerate(['a', 'b']))", "dict(zip((1, 2), (3, 4)))", "dict([(1, 2), (3, 4)])", "list(zip([1, 2], [3, 4]))", "torch.linalg.norm(torch.ones(2))", "torch.special.erf(torch.ones(1))", "torch.device(type='cuda', index=1)", "torch.device(index=1, type='cuda')")
group("arithmetic: powers of zero", "z = 0; f = 0.0", "z ** -1", "f ** -1", "f ** -1.0", "z ** -1.0", "math.pow(z, -1)", "math.pow(f, -1.0)", "pow(z, -1)", "z ** 0", "f ** math.nan", "(-f) ** -2", "z ** 1.5")
group("strings: formats", "i = 3; x = 2.5; s = 'ab'; l = [1, 2]; y = torch.tensor(1)", "'{}'.format(i)", "'{} {}'.format(i, s)", "'{}{}'.format(x, l)", "'a'.format(i)", "'{}'.format()", "'{} {}'.format(i)", "'{0}'.format(i)", "'{:.2f}'.format(x)", "'{{}}'.format(i)", "'{'.format(i)", "'}'.format(i)", "'{a}'.format(a=1)", "'{!r}'.format(s)", "'{}'.format(None)", "'{}'.format(True)", "'{}'.format((1, 'a'))", "'{}'.format({'a': 1})", "'{}'.format(y)", "'{}'.format(1j)", "'{}'.format('{}')", "'%d' % i", "'%i' % i", "'%d' % x", "'%s' % s", "'%s' % x", "'%s' % l", "'%s' % y", "'%s' % True", "'%s' % None", "'%f' % x", "'%f' % i", "'%F' % x", "'%e' % x", "'%E' % x", "'%e' % i", "'%g' % x", "'%G' % x", "'%c' % 'a'", "'%c' % 65", "'%c' % 'ab'", "'%%'", "'%%' % i", "'%d%%' % i", "'%d %s' % (i, s)", "'%d' % (i,)", "'%d %d' % (i,)", "'%d' % (i, i)", "'%d %d' % i", "'%s' % (l,)", "'%x' % i", "'%o' % i", "'%r' % s", "'%5d' % i", "'%-5d|' % i", "'%.2f' % x", "'%05.1f' % x", "'%+d' % i", "'% d' % i", "'%(a)d' % {'a': 1}", "'%' % i", "'a%' % i", "'abc' % i", "'%d' % s", "'%f' % s", "'%d' % True", "'%a' % s", "'%u' % i", "'%s %s %s' % ('a', 1.0, [2])")
group("strings: bytes and characters", "s = 'aé€😀'", "len(s)", "s[0]", "s[1:3]", "s[3:6]", "s[-4:]", "s.find('€')", "s.upper()", "s.center(12, '*')", "[c for c in 'ab']", "s == 'aé€😀'", "s + 'ü'", "'é' in s", "s.replace('é', 'e')", "s.split('€')", "ord('a')", "s.encode()", "'é'.isalpha()", "'é'.upper()", "sorted(['é', 'z', 'a'])", "chr(65)", "s.startswith('aé')", "hash(s) == hash(s)", "'%s' % s", "'{}'.format(s)")
for kind, a, b, c in (("ints", "2", "1", "3"), ("floats", "2.5", "1.5", "3.5"), ("bools", "True", "False", "True"), ("strings", "'b'", "'a'", "'c'"), ("tensors", "torch.tensor(2)", "torch.tensor(1)", "torch.tensor(3)"), ("complex numbers", "2j", "1j", "3j")):
    group(f"lists of {kind}", f"l = [{a}, {b}]", "l", f"l + [{c}]", "l * 2", "2 * l", f"l == [{a}, {b}]", f"l != [{a}]", "l < l", f"{a} in l", f"{c} not in l", "l[0]", "l[-1]", "l[7]", "l[1:]", "l[::-1]", "len(l)", f"l.index({b})", f"l.index({c})", f"l.count({a})", "l.copy()", "l.pop()", "l.pop(0)", "l.pop(-2)", "l.pop(5)", "sorted(l)", "sorted(l, reverse=True)", "min(l)", "max(l)", "min(l, l)", "sum(l)", "any(l)", "all(l)", "list(l)", "[x for x in l]", "str(l)", f"l.append({c})", f"l.remove({a})", f"l.remove({c})", f"l.insert(0, {c})", "l.reverse()", "l.sort()", "l.sort(reverse=True)", "l.sort(True)", "l.sort(key=len)", f"l.extend([{c}])", "l.clear()", "tuple(l)", "set(l)", "l.foo()", f"l.index({b}, 1)", f"l.append({c}, {c})", "l.append()")
program("lists: methods that change", """
def f():
    l = [3, 1, 2]
    l.append(4)
    l.extend([5, 6])
    l.extend(l)
    print(l)
    l.insert(0, 9)
    l.insert(100, 8)
    l.insert(-1, 7)
    l.insert(-100, 6)
    print(l)
    print(l.pop(), l.pop(0), l.pop(-1), l)
    l.remove(3)
    print(l)
    l.reverse()
    print(l)
    l.sort()
    print(l)
    l.sort(reverse=True)
    print(l)
    m = l.copy()
    l.clear()
    print(l, m, len(l))
    m[0] = 100
    m[-1] += 5
    del m[1]
    print(m)
    m += [1]
    m *= 2
    print(m)
""")
program("lists: sort of each kind", """
def f():
    a = [2.5, -1.0, 0.0]
    a.sort()
    b = [True, False, True]
    b.sort()
    c = ['b', 'B', 'a', '']
    c.sort()
    d = [torch.tensor(3), torch.tensor(1)]
    d.sort(reverse=True)
    print(a, b, c, d)
    print(sorted(a, reverse=True), a)
    e = [1.0, float('nan'), 0.5]
    print(len(sorted(e)))
    g = [(2, 'x'), (1, 'y')]
    g.sort()
    print(g)
""")
program("lists: sort of what has no order", """
def f():
    l = [[2], [1]]
    l.sort()
""")
program("lists: remove of what is not there", """
def f():
    l = [1, 2]
    l.remove(5)
    print(l)
""")
program("lists: remove of a string that is not there", """
def f():
    l = ['a']
    l.remove('b')
    print(l)
""")
program("lists: extend by something else", """
def f():
    l = [1]
    l.extend((2, 3))
    print(l)
""")
program("lists: extend by a string", """
def f():
    l = ['a']
    l.extend('bc')
    print(l)
""")
program("lists: of lists", """
def f():
    a = [[1], [2, 3]]
    a[0].append(9)
    a.append([])
    b = a[:]
    b[0].append(8)
    b.append([7])
    print(a, b, len(a[1]))
    for x in a:
        x.append(0)
    print(a, b)
    print(a.index([0]))
""")
for kind, a, b, c in (("strings", "'a'", "'b'", "'z'"), ("ints", "1", "2", "9"), ("floats", "1.5", "2.5", "9.5"), ("bools", "True", "False", "False"), ("complex numbers", "1j", "2j", "9j")):
    entries = f"{{{a}: 10, {b}: 20}}" if kind != "bools" else f"{{{a}: 10}}"
    group(f"dicts by {kind}", f"d = {entries}", "d", f"d[{a}]", f"d[{c}]", "len(d)", f"{a} in d", f"{c} in d", f"{c} not in d", "d.keys()", "d.values()", "d.items()", f"d.get({a})", f"d.get({c})", f"d.get({c}, 5)", f"d.get({a}, default_value=5)", f"d.pop({a})", f"d.pop({c})", f"d.pop({c}, 5)", "d.popitem()", f"d.setdefault({a}, 5)", f"d.setdefault({c}, 5)", f"d.setdefault({c})", f"d.update({{{c}: 30}})", "d.copy()", "d.clear()", "dict(d)", "list(d)", "[k for k in d]", "[v for v in d.values()]", "sorted(d)", "d == d", "d != d", "str(d)", "bool(d)", "d.foo()", "min(d)", "d.get('?', 1, 2)", f"d.get({c}, 'x')")
program("dicts: methods that change", """
def f():
    d = {'b': 1, 'a': 2}
    d['c'] = 3
    d['b'] = 4
    print(d, list(d.keys()), list(d.values()), list(d.items()))
    d.update({'a': 7, 'x': 8})
    print(d)
    print(d.popitem(), d)
    print(d.pop('a'), d.pop('q', -1), d)
    print(d.setdefault('c', 5), d.setdefault('n', 6), d)
    e = d.copy()
    e['y'] = 0
    print(d, e)
    del d['x']
    d['x'] = 1
    print(d)
    d.clear()
    print(d, len(d), len(e))
    d.popitem()
""")
program("dicts: by tensors", """
def f():
    a = torch.ones(1)
    b = torch.ones(1)
    d = {a: 1}
    d[b] = 2
    d[a] += 5
    print(len(d), d[a], d[b], a in d, torch.ones(1) in d)
    print(d.pop(a), len(d), d.get(a), d.get(b))
    print(d[torch.zeros(1)])
""")
program("dicts: nan is no key that is found", """
def f():
    n = float('nan')
    d = {n: 1}
    d[n] = 2
    print(len(d), n in d)
    d[0.0] = 5
    print(d[-0.0], len(d))
""")
program("dicts: missing keys", """
def f():
    d = {1: 'a'}
    print(d[5])
""")
program("dicts: missing float key", """
def f():
    d = {1.5: 'a'}
    print(d[2.5])
""")
program("dicts: missing key to delete", """
def f():
    d = {'a': 1}
    del d['b']
    print(d)
""")
program("dicts: missing key to pop", """
def f():
    d = {'a': 1}
    print(d.pop('b'))
""")
program("dicts: of dicts and lists", """
def f():
    d: Dict[str, Dict[int, List[float]]] = {}
    d['a'] = {}
    d['a'][1] = [1.5]
    d['a'][1].append(2.5)
    for k, v in d.items():
        for i, l in v.items():
            print(k, i, l)
    x = d['a'].get(7)
    if x is None:
        print('none')
    else:
        print(len(x))
""")
program("dicts: changed while running over them", """
def f():
    d = {'a': 1, 'b': 2}
    for k in d:
        if k == 'a':
            d['c'] = 3
        print(k)
    print(d)
    for k, v in d.items():
        d[k] = v * 10
    print(d)
""")
group("tuples", "t = (1, 'a', 2.5); u = (3,); n = ((1, 2), [3])", "t", "t[0]", "t[-1]", "t[3]", "t[1:]", "t + u", "t * 2", "t == t", "t != u", "t == u", "u < u", "1 in t", "len(t)", "str(t)", "hash(t) == hash(t)", "tuple(t)", "list(u)", "[x for x in u]", "t.index(1)", "t.count(1)", "n[0][1]", "n[1][0]", "(1, 2) == (1, 2)", "(1, 2) < (1, 3)", "bool(t)", "not t", "max(t)", "sum(u)", "t is t", "t is u", "()", "() == ()", "len(())", "((),)", "(None,)", "min((1, 2), (3, 4))", "sorted(u)")

# ---- identity, aliasing ----

group("identity", "x = torch.ones(2); y = x; z = torch.ones(2); l = [1]; m = l; d = {'a': 1}; s = 'ab'; n: Optional[int] = None; t = (1, 'a')", "x is y", "x is z", "x is x.view(2)", "x is x.contiguous()", "x is x.detach()", "x is x[:]", "x is x.to(torch.float32)", "x is x.float()", "x is x.double()", "x is x.reshape(2)", "x is x.flatten()", "x is x.clone()", "x is not y", "l is m", "l is [1]", "l is not l", "d is d", "d is {'a': 1}", "s is s", "s is 'ab'", "1 is 1", "1 is 2", "1 is 1.0", "1.5 is 1.5", "True is True", "True is 1", "None is None", "n is None", "x is None", "t is t", "t is (1, 'a')", "torch.device('cpu') is torch.device('cpu')")
program("aliasing: views share storage", """
def f():
    x = torch.zeros(2, 3)
    x.view(-1)[0] = 1
    x.reshape(3, 2)[0, 1] = 2
    x.select(0, 1).fill_(3)
    x.slice(1, 2).add_(10)
    x.transpose(0, 1)[0, 1] = 4
    x.t()[1, 1] = 5
    x.permute(1, 0)[2, 0] = 6
    print(x)
    x.expand(2, 3)[0, 0] = 7
    x.unsqueeze(0).squeeze(0)[0, 1] = 8
    x.narrow(1, 0, 1).zero_()
    x.split(1)[0].add_(1)
    x.chunk(2, 1)[1].mul_(2)
    x.unbind(0)[1].sub_(1)
    x.diagonal().add_(100)
    x.detach()[1, 0] = 55
    x.unfold(1, 2, 1)[0, 0, 0] = 66
    x.as_strided([2], [1])[1] = 77
    x[0][1:] += 1000
    x.flatten()[5] = 9
    x.view_as(x)[1, 1] = 11
    x.movedim(0, 1)[0, 0] = 12
    print(x)
""")
program("aliasing: what is no view", """
def f():
    x = torch.zeros(2, 2)
    x.clone()[0, 0] = 1
    x.t().contiguous()[0, 0] = 1
    x.t().reshape(4)[0] = 1
    x[[0]][0] = 1
    x[x == 0][0] = 1
    x.repeat(1, 1)[0] = 1
    x.double()[0] = 1
    print(x)
""")
program("aliasing: the same tensor when nothing changes", """
def f():
    x = torch.zeros(2)
    x.contiguous().add_(1)
    x.to(torch.float32).add_(1)
    x.reshape(2).add_(1)
    x.float().add_(1)
    x.flatten().add_(1)
    x.to('cpu').add_(1)
    x.expand(2).add_(1)
    print(x)
""")
program("aliasing: lists, dicts and arguments are references", """
def g(l: List[int], d: Dict[str, List[int]], x):
    l.append(1)
    d['a'].append(2)
    d['b'] = l
    x += 1

def f():
    l = [0]
    d = {'a': l}
    x = torch.zeros(1)
    y = [x, x]
    g(l, d, x)
    d['b'].append(3)
    print(l, d, x, y)
    y[0] += 5
    print(x)
    t = (l, x)
    t[0].append(9)
    t[1].mul_(2)
    print(l, x)
    m = l + []
    n = l[:]
    l += [100]
    print(m, n, l, d)
""")
program("aliasing: assignment binds a name", """
def f():
    x = torch.zeros(1)
    y = x
    x = x + 1
    print(x, y)
    l = [1]
    m = l
    l = l + [2]
    print(l, m)
""")
program("aliasing: constants are not changed", """
def g():
    x = torch.tensor([1, 2])
    x += 1
    l = [1, 2]
    l.append(3)
    return x, l

def f():
    print(g())
    print(g())
""")
program("aliasing: reads before and after a write", """
def f():
    x = torch.ones(2)
    a = x.sum()
    x[0] = 5
    b = x.sum()
    c = x * 1
    x.zero_()
    print(a, b, c, x.sum())
    l = [1, 2]
    p = l[0]
    l[0] = 7
    print(p, l[0], len(l))
    l.append(1)
    print(len(l))
""")

# ---- numbers ----

group("arithmetic: ints wrap", "a = 9223372036854775807; b = -9223372036854775807 - 1; c = 4611686018427387904", "a + 1", "a + a", "b - 1", "a * 2", "a * a", "c * 4", "-b", "abs(b)", "b * -1", "a - b", "c + c", "0 - b", "sum([a, 1])")
group("arithmetic: division", "a = 7; b = -7; z = 0; n = 2; x = 7.5; w = 0.0; big = 9007199254740993", "a / n", "b / n", "a / z", "b / z", "z / z", "x / w", "x / z", "a / w", "big / 1", "a // n", "b // n", "a // -n", "b // -n", "a // z", "x // n", "-x // n", "x // w", "x // z", "a // w", "a // 2.0", "-a // 2.0", "z // n", "x // -2.0", "1e300 // 1e-10", "True / 2", "True // 1")
group("arithmetic: remainder", "a = 7; b = -7; z = 0; n = 3; x = 7.5; w = 0.0", "a % n", "b % n", "a % -n", "b % -n", "x % n", "-x % n", "x % -2.0", "-x % -2.0", "x % w", "x % z", "a % 2.5", "b % 2.5", "a % w", "5 % 5", "z % n", "0.0 % 2.0", "-0.0 % 2.0", "inf % 2.0", "2.0 % inf", "-2.0 % inf", "True % 2")
group("arithmetic: divmod", "a = 7; b = -7; z = 0; x = 7.5; w = 0.0", "divmod(a, 2)", "divmod(b, 2)", "divmod(a, -2)", "divmod(b, -2)", "divmod(x, 2.0)", "divmod(-x, 2.0)", "divmod(x, -2)", "divmod(a, 2.5)", "divmod(a, z)", "divmod(x, w)", "divmod(x, z)", "divmod(a, w)", "divmod(z, a)")
group("arithmetic: power", "a = 2; b = -2; z = 0; x = 2.5; n = 3", "a ** n", "a ** -1", "b ** n", "-2 ** 2", "(-2) ** 2", "z ** z", "z ** -1", "a ** 0.5", "b ** 0.5", "x ** a", "x ** -a", "2 ** 63", "2 ** 64", "2 ** 1024", "10 ** 20", "pow(a, n)", "pow(a, -n)", "pow(x, x)", "math.pow(a, n)", "torch.pow(a, n)", "2 ** 3 ** 2", "True ** 2", "0.0 ** 0.0")
group("arithmetic: shifts and bits", "a = 5; b = -5; n = 2", "a << n", "a >> n", "b << n", "b >> n", "a << 63", "a << 64", "a << 65", "a << -1", "a >> 64", "b >> 63", "b >> 64", "a >> -1", "a & 4", "a | 2", "a ^ 1", "~a", "~b", "b & 255", "True & False", "True | False", "True ^ True", "~True", "True & 1", "a & True", "True << 1", "a & 1.5", "1.5 << 1")
group("arithmetic: rounding and casts", "x = 2.5; y = -2.5; n = 3", "round(x)", "round(y)", "round(3.5)", "round(0.5)", "round(-0.5)", "round(2.4)", "round(n)", "torch.round(x)", "math.floor(x)", "math.ceil(x)", "math.floor(y)", "math.ceil(y)", "math.trunc(x)", "int(x)", "int(y)", "int(1e19)", "int(-1e19)", "int(nan)", "int(inf)", "int(-inf)", "int(math.inf)", "int(9007199254740993.0)", "float(9007199254740993)", "int('12')", "int('-5')", "int(' 7')", "int('7 ')", "int('0x10')", "bool(0)", "bool(-0.0)", "bool(math.nan)", "bool('0')", "bool('')", "float(True)", "int(True)")
group("arithmetic: mixed and compared", "a = 1; x = 1.5; t = True; c = 1 + 1j", "a + x", "a - x", "a * x", "x - a", "t + a", "t + t", "t - t", "t * 3", "t + x", "-t", "+t", "a < x", "a == 1.0", "t == a", "t < a", "t < 2.5", "a < t", "c + a", "c - x", "c * t", "a / c", "min(1, 2.5)", "max(1, 2.5)", "min(2.5, 1)", "max(1, 1.0)", "min(True, False)", "min(True, 2)", "sum([True, True])", "sum([1, 2])", "0.1 + 0.2 == 0.3", "math.nan == math.nan", "math.nan < 1", "1 == True", "9007199254740993 == 9007199254740992.0", "9007199254740993 < 9007199254740992.0")
group("arithmetic: text of numbers", "", "2.0", "0.1", "1 / 3", "1e16", "1e20", "1e9", "1e10", "9999999999.0", "10000000000.0", "123456789.0", "1234567.891", "1e-5", "1e-4", "1.5e-7", "1e100", "-0.0", "-1.5", "inf", "math.inf", "-math.inf", "math.nan", "100000.0", "1e5", "1e15", "1e17", "123456789012345680.0", "5e-324", "1.7976931348623157e308", "0.30000000000000004", "str(0.1)", "str(1e10)", "'{}'.format(0.1)", "'%s' % 0.1", "[0.1]", "(0.1, 1)", "{'a': 0.1}", "{0.1: 1}", "str([0.1])", "1j", "1.5 + 2j", "-1j", "0.1j", "[1j]", "str(1j)", "1e20j", "complex(1, -2)", "complex(-0.0, 0.0)", "hex(-255)", "hex(255)", "oct(8)", "oct(-8)", "bin(5)", "bin(-5)", "bin(-9223372036854775808)", "hex(9223372036854775807)", "True", "[True]", "str(True)", "None", "str(None)", "[None]", "-9223372036854775808")
group("arithmetic: constants fold as they run", "", "1 + 2 * 3", "7 // 2", "7 % 3", "-7 // 2", "1 / 0", "1 << 70", "2 ** 3", "1 // 0", "'a' + 'b'", "[1] + [2]", "(1, 2)[0]", "[1, 2][1]", "len('abc')", "not True", "1 < 2", "1 if True else 'a'", "-5 % 3", "9223372036854775807 + 1", "1.0 // 0.0", "1 % 0.0", "int('5') + 1", "'%d' % 5", "abs(-5)", "max(1, 2)", "[1, 2, 3][7]", "{'a': 1}['b']", "'abc'[5]")
program("arithmetic: remainder by zero", """
def g(a: int, b: int) -> int:
    return a % b

def f():
    print(g(5, 1))
    print(g(5, 0))
""")
program("arithmetic: the smallest int divided by minus one", """
def g(a: int, b: int) -> int:
    return a // b

def f():
    print(g(-9223372036854775807 - 1, -1))
""")
program("arithmetic: remainder of the smallest int", """
def g(a: int, b: int) -> int:
    return a % b

def f():
    print(g(-9223372036854775807 - 1, -1))
""")
program("arithmetic: remainder assignment of every kind", """
def f():
    a = -7
    a %= 3
    print(a)
    b = 7.5
    b %= -2.0
    print(b)
    c = torch.tensor([-7, 7])
    d = c
    c %= 3
    print(c, d)
    e = torch.tensor([-7.5])
    e %= 2
    print(e)
""")

# ---- errors ----

def failing(title, *statements):
    """One statement that fails at run time, in a function of its own."""
    for n, statement in enumerate(statements, 1):
        lines = "\n".join(f"    {line.strip()}" for line in statement.split(";"))
        program(f"errors: {title} {n}" if len(statements) > 1 else f"errors: {title}", f"def f():\n{lines}\n")


failing("index of a list", "l = [1, 2]; print(l[2])", "l = [1, 2]; print(l[-3])", "l = [1]; l[5] = 2; print(l)", "l: List[str] = []; print(l[0])", "l = [1]; del l[3]; print(l)")
failing("pop of a list", "l: List[int] = []; print(l.pop())", "l = [1]; print(l.pop(4))", "l = [1]; print(l.pop(-2))")
failing("value that is not in a list", "l = [1]; print(l.index(9))", "l = ['a']; print(l.index('9'))", "l = [1.5]; print(l.index(9.0))", "l = [True]; print(l.index(False))")
failing("missing key", "d = {'a': 1}; print(d['z'])", "d = {1: 1}; print(d[7])", "d = {'a': 1}; print(d.pop('z'))", "d: Dict[str, int] = {}; print(d.popitem())")
failing("smallest of nothing", "l: List[int] = []; print(min(l))", "l: List[float] = []; print(max(l))", "l: List[bool] = []; print(min(l))", "l: List[int] = []; print(sum(l))")
failing("index of a string", "s = 'ab'; print(s[9])", "s = 'ab'; print(s[-3])", "s = ''; print(s[0])")
failing("substring", "s = 'ab'; print(s.index('z'))", "s = 'ab'; print(s.rindex('z'))", "s = 'ab'; print(s.split(''))", "s = 'ab'; print(s.partition(''))", "s = 'ab'; print(s.rpartition(''))", "s = 'ab'; print(s.rsplit(''))")
failing("unpacking", "a, b = [1, 2, 3]; print(a)", "a, b, c = [1]; print(a)", "a, b = torch.ones(3); print(a)")
failing("range", "print([i for i in range(1, 5, 0)])")
failing("tensors as numbers", "print(len(torch.tensor(1)))", "print(torch.ones(2).item())", "print(int(torch.ones(2)))", "print(bool(torch.ones(2)))", "print(float(torch.ones(0)))", "x = torch.ones(2); print(1 if x else 2)")
failing("unwrapping None", "x: Optional[int] = None; print(torch.jit._unwrap_optional(x))", "x: Optional[int] = 5; print(torch.jit._unwrap_optional(x))")
failing("formats", "print('{} {}'.format(1))", "print('%d %d' % (1,))", "print('%d' % (1, 2))", "print('%d' % 'a')", "print('%y' % 1)", "print('%' % 1)", "print('%.2f' % 1.5)", "print('%c' % 'ab')")
failing("division", "a = 0; print(1 // a)", "a = 0; print(divmod(1, a))", "a = 0.0; print(divmod(1.0, a))", "a = 0; print(divmod(1.0, a))", "a = 0; print(math.fmod(1.0, a))", "a = 0; print(math.remainder(1.0, a))")
failing("math", "print(math.factorial(-1))", "print(math.sqrt(-1))", "print(math.log(-1.0))", "print(math.acos(5.0))", "print(math.gamma(-1))", "print(math.exp(1e5))")
failing("casts", "print(int('x'))", "print(float('x'))", "print(int(''))", "print(int('1.5'))", "print(int('99999999999999999999'))", "print(float('1e999'))", "print(ord('ab'))", "print(chr(-5))", "print(chr(1114112))", "print(int(torch.tensor(1j)))")
failing("operators", "print(torch.ones(2) + torch.ones(3))", "print(torch.ones(2, 3) @ torch.ones(2, 3))", "print(torch.ones(2).view(3))", "print(torch.cat([torch.ones(2), torch.ones(2, 2)]))", "print(torch.ones(2)[5])", "print(torch.zeros(2, 2).sum(5))", "x = torch.ones(2, dtype=torch.int64); x += 1.5", "print(torch.ones(2, 2).reshape(3, -1))", "print(torch.tensor([1, 2]).mean())", "print(torch.nn.functional.conv2d(torch.ones(1, 1, 2, 2), torch.ones(1, 2, 1, 1)))", "print(torch.zeros(-1))", "print(torch.stack([]))")
failing("tensors of lists", "print(torch.tensor([[1], [2, 3]]))", "print(torch.tensor([1, 2.5]))", "print(torch.tensor(['a']))", "x: List[int] = torch.ones(2).tolist(); print(x)")
program("errors: in an expression over lines", """
def f():
    l = [1]
    x = (l[0] +
         l[1] +
         l[2])
    print(x)
""")
program("errors: in a loop in a branch", """
def f():
    l = [1, 2]
    for i in range(5):
        if i > 1:
            print(l[i])
        else:
            print(i)
""")
program("errors: in a comprehension", """
def f():
    l = [1, 2]
    print([l[i] for i in range(3)])
""")
program("errors: three calls deep", """
def a(l: List[int], i: int) -> int:
    return l[i]

def b(l: List[int], i: int) -> int:
    x = a(l, i)
    return x + 1

def f():
    print(b([1], 0))
    y = b([1], 5)
    print(y)
""")
program("errors: raise three calls deep", """
def a(i: int) -> int:
    if i > 3:
        raise KeyError('too big: {}'.format(i))
    return i

def b(i: int) -> int:
    return a(i) + 1

def f():
    x = b(1) + b(5)
    print(x)
""")
program("errors: at the first line", """
def f(): raise ValueError('x')
""")
program("errors: at the last line of many", """
def f():
    a = 1
    b = 2
    c = 3
    d = 4
    e = 5
    raise ValueError('at the end')
""")
program("errors: message over lines", """
def f():
    raise ValueError('first\\nsecond')
""")
program("errors: message with a number and a list", """
def f():
    x = 3
    l = [1, 2]
    raise ValueError('bad {} {}'.format(x, l))
""")
program("errors: assert in a callee", """
def g(x: int):
    assert x > 0, 'x must be positive: ' + str(x)

def f():
    g(1)
    g(-1)
""")
program("errors: assert without message", """
def f():
    x = torch.ones(1)
    assert x.sum() > 5
""")
program("errors: raise with several arguments", """
def f():
    x = 2.5
    raise RuntimeError('a', 1, x, [1, 2], None)
""")
program("errors: raise a class of one's own", """
def f():
    raise MyError('x')
""")
program("errors: raise a module's class", """
def f():
    raise torch.jit.Error('x')
""")
program("errors: non-ASCII text before the mark", """
def f():
    s = 'äöü'; l = [1]
""")
program("errors: non-ASCII text in the line", """
def f():
    l = {'äöü': 1}
    print(l['äöü'], l['é'])
""")
program("errors: recursion", """
def g(n: int) -> int:
    if n == 0:
        return 0
    return g(n - 1)

def f():
    print(g(3))
""")
program("errors: recursion without annotation", """
def g(n: int):
    return g(n - 1)

def f():
    print(g(3))
""")
program("errors: recursion of f", """
def f():
    f()
""")
program("errors: mutual recursion", """
def a(n: int) -> int:
    return b(n)

def b(n: int) -> int:
    return c(n)

def c(n: int) -> int:
    return a(n)

def f():
    print(a(1))
""")
program("errors: undefined value", """
def f():
    return undefined_thing
""")
program("errors: undefined value in a nested block", """
def f():
    for i in range(3):
        if i > 1:
            print(missing + i)
""")
program("errors: compile error over lines", """
def f():
    x = torch.add(
        torch.ones(1),
        'a',
    )
""")
program("errors: compile error in a condition", """
def f():
    if 'a' + 1:
        pass
""")
program("errors: compile error in a function nobody calls", """
def g():
    return 'a' + 1

def f():
    print('f')
""")
program("errors: compile errors come in order", """
def f():
    print(undefined_a)

def g():
    print(undefined_b)
""")
program("errors: syntax errors come first", """
def f():
    print(undefined_a)

def g():
    print(1
""")
program("errors: missing parenthesis", """
def f():
    print((1, 2)
    x = 1
""")
program("errors: too many parentheses", """
def f():
    print(1))
""")
program("errors: missing operand", """
def f():
    x = 1 +
""")
program("errors: missing colon", """
def f():
    if True
        pass
""")
program("errors: missing in", """
def f():
    for i range(3):
        pass
""")
program("errors: missing name", """
def (x):
    pass
""")
program("errors: statement outside of functions", """
x = 1

def f():
    print(x)
""")
program("errors: unexpected indent", """
def f():
    x = 1
        y = 2
""")
program("errors: nothing after def", """
def f():
""")
program("errors: text that does not end", """
def f():
    print('abc)
""")
program("errors: else without if", """
def f():
    else:
        pass
""")
program("errors: elif after else", """
def f():
    if True:
        pass
    else:
        pass
    elif False:
        pass
""")
program("errors: keyword argument before a position", """
def f():
    print(max(a=1, 2))
""")
program("errors: return outside", """
return 1
""")
program("errors: assignment in an expression", """
def f():
    print(x = 1)
""")
program("errors: assignment operator in a condition", """
def f():
    if x = 1:
        pass
""")

# ---- grad mode, warnings ----

program("grad mode: no_grad is a context", """
def f():
    print(torch.is_grad_enabled())
    for i in range(2):
        with torch.no_grad():
            print(torch.is_grad_enabled())
            if i == 1:
                break
    print(torch.is_grad_enabled())
""")
program("grad mode: no_grad, enable_grad, set_grad_enabled", """
def f():
    x = torch.ones(1).requires_grad_()
    print(torch.is_grad_enabled(), (x * 2).requires_grad)
    with torch.no_grad():
        print(torch.is_grad_enabled(), (x * 2).requires_grad)
        with torch.enable_grad():
            print(torch.is_grad_enabled())
        print(torch.is_grad_enabled())
    print(torch.is_grad_enabled())
""")
program("grad mode: detach and requires_grad", """
def f():
    x = torch.ones(1).requires_grad_()
    print(x.requires_grad, x.is_leaf, x.detach().requires_grad, x.data.requires_grad, torch.zeros(1).requires_grad)
    y = torch.zeros(1, requires_grad=False)
    print(y.requires_grad)
""")
program("warnings: once for each place", """
def f():
    for i in range(2):
        warnings.warn('first')
    warnings.warn('second', stacklevel=2)
    print('end')
""")
program("printing goes on before an error", """
def f():
    print('one')
    print('two', end='')
""")
program("limits: nested parentheses", "def f():\n    print(" + "(" * 60 + "1" + ")" * 60 + ")\n")
program("limits: a long sum", "def f():\n    print(" + " + ".join(["1"] * 300) + ")\n")
program("limits: nested branches", "def f():\n" + "".join("    " * (i + 1) + "if True:\n" for i in range(30)) + "    " * 31 + "print('deep')\n")
