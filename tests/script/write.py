#!/usr/bin/env python3
"""Writes expressions.cases and programs.cases: pieces of TorchScript and what PyTorch 2.5.1 makes of them.

expressions.cases: `expression => what print writes`, or `=>! the last line of the error`. programs.cases: a program with
a function `f()`, then what it prints and the whole text of the error it ends with. Run with PyTorch; needs no arguments.
"""
import math  # noqa: F401  programs use it
import os
import signal
import sys
import tempfile
import time

import torch

from programs import EXPRESSIONS, PROGRAMS

HERE = os.path.dirname(os.path.abspath(__file__))


def outcome(source):
    """What `f()` prints, and the text of the error. In a process of its own: some programs end PyTorch's."""
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as failed:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            os.dup2(printed.fileno(), 1)
            status = 0
            try:
                torch.jit.CompilationUnit(source).f()
            except Exception as error:  # noqa: BLE001
                failed.write(str(error).encode())
                failed.flush()
                status = 1
            sys.stdout.flush()
            os._exit(status)
        for _ in range(2000):
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                break
            time.sleep(0.005)
        else:
            os.kill(child, signal.SIGKILL)
            status = os.waitpid(child, 0)[1]
        status = os.waitstatus_to_exitcode(status)
        if status not in (0, 1):
            print(f"PyTorch dies ({status}) of:\n{source}", file=sys.stderr)
            return None, None
        printed.seek(0)
        failed.seek(0)
        return printed.read().decode(errors="replace"), failed.read().decode() if status else None


def last_line(error):
    """The message: of a failure while running the last line, of one while compiling the first."""
    lines = [line for line in error.strip().split("\n")]
    return lines[-1] if error.startswith("The following operation failed") else lines[0]


def main():
    with open(f"{HERE}/expressions.cases", "w") as out:
        for title, setup, expressions in EXPRESSIONS:
            out.write(f"# {title}\n")
            if setup:
                out.write(f"with {setup}\n")
            for expression in expressions:
                body = "".join(f"    {s.strip()}\n" for s in setup.split(";") if s.strip())
                text, error = outcome(f"def f():\n{body}    print({expression})\n")
                if text is None:
                    continue
                if error is None:
                    out.write(f"{expression} => {text.rstrip(chr(10))}\n".replace("\n", "\\n")[:-2] + "\n")
                else:
                    out.write(f"{expression} =>! {last_line(error)}\n")
            out.write("\n")
    with open(f"{HERE}/programs.cases", "w") as out:
        for title, source in PROGRAMS:
            source = source.strip("\n") + "\n"
            text, error = outcome(source)
            if text is None:
                continue
            out.write(f"=== {title}\n{source}--- prints\n{text}")
            if error is not None:
                out.write(f"--- fails\n{error.rstrip(chr(10))}\n")


if __name__ == "__main__":
    main()
