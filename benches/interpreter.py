"""What `cargo bench --bench interpreter` measures; run with PyTorch, this file measures the same there. With the word
`export` it writes `interpreter.pt`, the classes below as Sconce loads them."""

PROGRAMS = """
def ints(n: int) -> int:
    a = 0
    for i in range(n):
        a = a * 3 + i - 7
        if a > 1000000:
            a = a - 1000000
    return a

def floats(n: int) -> float:
    a = 0.0
    for i in range(n):
        a = a * 0.5 + 1.5 - a / 3.0
    return a

def bools(n: int) -> bool:
    a = True
    b = False
    for i in range(n):
        c = a != b
        b = not a
        a = c == b
    return a

def mixed(n: int) -> float:
    a = 0.0
    for i in range(n):
        b = float(i % 10) * 0.5
        if b > a and i > 3:
            a = -b / (i + 1)
        a = a + 1
    return a

def lists(n: int) -> int:
    l = [1, 2, 3, 4]
    a = 0
    for i in range(n):
        a += l[i % 4]
        l[i % 4] = a % 10
    return a

def strings(n: int) -> int:
    d = {'a': 1, 'b': 2}
    a = 0
    for i in range(n):
        if 'a' in d:
            a += d['b']
    return a

def dicts(n: int) -> int:
    d = {'ab': 1, 'cd': 2}
    keys = ['ab', 'cd']
    a = 0
    for i in range(n):
        key = keys[i % 2]
        d[key] = a % 7
        a += d[key]
    return a

def texts(n: int) -> int:
    parts = ['ab', 'cd']
    a = 0
    for i in range(n):
        text = parts[0] + parts[1]
        if text == 'abcd':
            a += len(text)
    return a

def tuples(n: int) -> int:
    t = (1, 2)
    for i in range(n):
        a, b = t
        t = (b, a + i)
    return t[0]

def twice(a: int) -> int:
    return a + a

def calls(n: int) -> int:
    a = 1
    for i in range(n):
        a = twice(a) - i
    return a

def tensors(n: int):
    x = torch.ones([2])
    y = torch.zeros([2])
    for i in range(n):
        x = torch.add(x, y)
    return x

def views(n: int):
    x = torch.ones([4, 4])
    y = torch.zeros([4])
    for i in range(n):
        y = x[i % 4]
    return y
"""

# Nodes of the graph that run in one round of the loop, callees' included. Methods of `Bench` come after a blank line.
NODES = """
ints 5
floats 4
bools 3
mixed 9
lists 6
strings 4
dicts 6
texts 7
tuples 3
calls 3
tensors 1
views 2

get_attr 2
set_attr 3
submodule 4
interface 4
plain_get_attr 2
plain_set_attr 3
plain_call 5
"""


def module():
    """The module whose methods use objects."""
    import torch
    from torch import nn

    @torch.jit.interface
    class Step(nn.Module):
        def forward(self, a: int) -> int:
            pass

    @torch.jit.script
    class Counter(object):
        def __init__(self):
            self.n = 0

        def step(self, by: int) -> int:
            self.n = self.n + by
            return self.n

    class Add(nn.Module):
        k: int

        def __init__(self, k: int):
            super().__init__()
            self.k = k

        def forward(self, a: int) -> int:
            return a + self.k

    class Bench(nn.Module):
        k: int
        n: int
        step: Step

        def __init__(self):
            super().__init__()
            self.k, self.n = 3, 0
            self.add, self.step = Add(1), Add(2)

        @torch.jit.export
        def get_attr(self, n: int) -> int:
            a = 0
            for i in range(n):
                a = a + self.k
            return a

        @torch.jit.export
        def set_attr(self, n: int) -> int:
            for i in range(n):
                self.n = self.n + 1
            return self.n

        @torch.jit.export
        def submodule(self, n: int) -> int:
            a = 0
            for i in range(n):
                a = self.add(a)
            return a

        @torch.jit.export
        def interface(self, n: int) -> int:
            a = 0
            for i in range(n):
                a = self.step.forward(a)
            return a

        @torch.jit.export
        def plain_get_attr(self, n: int) -> int:
            c = Counter()
            a = 0
            for i in range(n):
                a = a + c.n
            return a

        @torch.jit.export
        def plain_set_attr(self, n: int) -> int:
            c = Counter()
            for i in range(n):
                c.n = c.n + 1
            return c.n

        @torch.jit.export
        def plain_call(self, n: int) -> int:
            c = Counter()
            a = 0
            for i in range(n):
                a = c.step(1)
            return a

    return torch.jit.script(Bench())


def measure():
    import time

    import torch

    torch.set_num_threads(1)
    unit, bench = torch.jit.CompilationUnit(PROGRAMS), module()
    for line in NODES.split("\n"):
        if not line:
            continue
        name, nodes = line.split()
        run = getattr(unit, name, None) or getattr(bench, name)
        n = 20000
        for _ in range(3):
            run(n)
        best = 1e9
        for _ in range(10):
            start = time.perf_counter()
            run(n)
            best = min(best, time.perf_counter() - start)
        print(f"{name:15} {best / n / int(nodes) * 1e9:8.1f} ns a node {best / n * 1e9:8.1f} ns a round")


def calls():
    """Operators as a Python program calls them."""
    import timeit

    import torch

    v, m = torch.full([2], 0.5), torch.full([4, 4], 0.5)
    for name, call in {
        "add": lambda: torch.add(v, v),
        "mul": lambda: torch.mul(v, 2.5),
        "relu": lambda: torch.relu(v),
        "matmul": lambda: torch.matmul(m, m),
        "view": lambda: v.view(2, 1),
        "select": lambda: m.select(0, 1),
        "size": lambda: m.size(0),
    }.items():
        best = min(timeit.repeat(call, number=20000, repeat=10)) / 20000
        print(f"{name:15} {best * 1e9:8.1f} ns a call, Python's part among it")


if __name__ == "__main__":
    import os
    import sys

    if sys.argv[1:] == ["export"]:
        module().save(os.path.join(os.path.dirname(os.path.abspath(__file__)), "interpreter.pt"))
    else:
        measure()
        calls()
