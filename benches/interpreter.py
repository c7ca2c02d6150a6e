"""What `cargo bench --bench interpreter` measures; run with PyTorch, this file measures the same there."""


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

def twice(a: int) -> int:
    return a + a

def calls(n: int) -> int:
    a = 1
    for i in range(n):
        a = twice(a) - i
    return a

def tensors(n: int) :
    x = torch.ones([2])
    y = torch.zeros([2])
    for i in range(n):
        x = torch.add(x, y)
    return x

def views(n: int) :
    x = torch.ones([4, 4])
    y = torch.zeros([4])
    for i in range(n):
        y = x[i % 4]
    return y

# ---- end of the programs

# Nodes of the graph that run in one round of the loop.
NODES = {"ints": 5, "floats": 4, "lists": 6, "strings": 4, "calls": 3, "tensors": 1, "views": 2}

if __name__ == "__main__":
    import time

    import torch

    torch.set_num_threads(1)
    unit = torch.jit.CompilationUnit(open(__file__).read().split('"""\n')[1].split("# ---- end")[0])
    for name, nodes in NODES.items():
        run = getattr(unit, name)
        n = 20000
        for _ in range(3):
            run(n)
        best = 1e9
        for _ in range(10):
            start = time.perf_counter()
            run(n)
            best = min(best, time.perf_counter() - start)
        print(f"{name:10} {best / n / nodes * 1e9:8.1f} ns a node")
