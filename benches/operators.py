"""The calls of operators.txt in PyTorch, one thread, next to Sconce's: the two in turns, best of many short runs.

    cargo bench --bench operators --no-run               # prints the program's path
    python benches/operators.py target/release/deps/operators-… [--filter WORD] [--size 1048576] [--rounds 3]

prints nanoseconds an element (a call for the lines that start with "call") for both, and PyTorch's over Sconce's. Without
a path only PyTorch is measured.
"""

import argparse
import pathlib
import subprocess
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)

TINY = {
    "call add": "torch.add(a, a)",
    "call add scalar": "a + 1.0",
    "call mul": "torch.mul(a, a)",
    "call add_": "a2.add_(a)",
    "call relu": "torch.relu(a)",
    "call exp": "torch.exp(a)",
    "call gt": "a > 0.0",
    "call view": "mm.view(4)",
    "call select": "mm.select(0, 1)",
    "call transpose": "mm.transpose(0, 1)",
    "call sum": "torch.sum(a)",
    "call matmul": "torch.matmul(mm, mm)",
    "call mm": "torch.mm(mm, mm)",
    "call softmax": "torch.softmax(a, 0)",
}


def rows():
    for line in pathlib.Path(__file__).with_suffix(".txt").read_text().splitlines():
        if line.startswith("#") or "|" not in line:
            continue
        name, call, *python = [part.strip() for part in line.split("|")]
        if python:
            yield name, python[0]
            continue
        operator, *words = call.split()
        keep = [w for w in words if w not in ("none",) and not (w in ("1", "false", "true") and operator != "topk")]
        yield name, f"torch.{operator.split('.')[0]}({', '.join(keep)})"


def numbers(s):
    torch.manual_seed(0)
    x, y, z = (torch.randn(s, s) for _ in range(3))
    u = torch.rand(s, s).clamp(1e-7, 1 - 1e-7)
    w, i = 1 + 2 * torch.rand(s, s), (1 + 8 * torch.rand(s, s)).floor().long()
    n = torch.randn(4, 16, s // 8, s // 8)
    arange = torch.arange(s * s)
    return dict(
        torch=torch, F=F, x=x, y=y, z=z, u=u, w=w, i=i, k=i.to(torch.uint8), h=x.half(), g=x.bfloat16(), d=x.double(),
        b=x > 0, t=x.t(), n=n, o=n.contiguous(memory_format=torch.channels_last), c=torch.full((16,), 0.5),
        c2=torch.full((16,), 1.5), q=x[0].clone(), e=(torch.arange(s) * 5 + 3) % s,
        m=((arange * 1000003 + 3) % s).view(s, s), l=torch.zeros(s, 2 * s)[:, ::2], S=s, N=s * s, none=None,
        a=torch.tensor([1.0, -2.0]), a2=torch.tensor([1.0, -2.0]), mm=torch.tensor([[1.0, -2.0], [3.0, 4.0]]),
    )  # fmt: skip


def best(call, milliseconds):
    call()
    start = time.perf_counter_ns()
    call()
    first = max(time.perf_counter_ns() - start, 20)
    repeat = int(min(max(20_000 / first, 1), 1000))
    fastest, begin = float("inf"), time.perf_counter_ns()
    steps = range(repeat)
    while True:
        start = time.perf_counter_ns()
        for _ in steps:
            call()
        fastest = min(fastest, (time.perf_counter_ns() - start) / repeat)
        if time.perf_counter_ns() - begin > milliseconds * 1e6:
            return fastest


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sconce", nargs="?")
    parser.add_argument("--filter", default="")
    parser.add_argument("--size", type=int, default=1 << 20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--time", type=int, default=25, help="milliseconds for each measurement")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--slower", action="store_true", help="only what is slower than PyTorch")
    options = parser.parse_args()
    side = int(options.size**0.5)
    server = None
    if options.sconce:
        server = subprocess.Popen([options.sconce, "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def sconce(name):
        server.stdin.write(f"{side} {options.time} {name}\n")
        server.stdin.flush()
        return server.stdout.readline().strip()

    names = numbers(side)
    calls = list(rows()) + list(TINY.items())
    if options.markdown:
        print("| | Sconce | PyTorch | PyTorch / Sconce |\n| --- | --- | --- | --- |")
    with torch.no_grad():
        for name, text in calls:
            if options.filter not in name:
                continue
            scale = 1 if name.startswith("call") else side * side
            call = eval(f"lambda: {text}", names)
            ours, theirs, error = float("inf"), float("inf"), ""
            try:
                for _ in range(options.rounds):
                    theirs = min(theirs, best(call, options.time))
                    if server:
                        answer = sconce(name)
                        if answer.startswith("error"):
                            error = answer
                            break
                        ours = min(ours, float(answer))
            except Exception as failure:
                error = f"PyTorch: {str(failure).splitlines()[0]}"
            if error:
                print(f"{name:32} {error}", flush=True)
                continue
            a, b = ours / scale, theirs / scale
            if options.slower and ours <= theirs * 1.03:
                continue
            if options.markdown:
                print(f"| {name} | {a:.3g} | {b:.3g} | {b / a:.2f} |", flush=True)
            else:
                print(f"{name:32} {a:10.3f} {b:10.3f} {b / a:8.2f}", flush=True)


main()
