#!/usr/bin/env python3
"""Writes expressions.cases, programs.cases and the same for rows.py: TorchScript and what PyTorch 2.5.1 makes of it.

expressions.cases: `expression => what print writes`, or `=>! the last line of the error`. programs.cases: a program with
a function `f()`, then what it prints and the whole text of the error it ends with. Run with PyTorch. Answers that the
files have already are kept; `write.py all` asks for each anew.
"""
import cmath  # noqa: F401  programs use it
import contextlib
import io
import json
import math  # noqa: F401
import os
import signal
import sys
import threading
import warnings  # noqa: F401

import torch

import programs
import rows

HERE = os.path.dirname(os.path.abspath(__file__))


def outcomes(sources):
    """What `f()` of each prints, and the text of the error; (None, None) where PyTorch dies or does not end.

    They run in a process of their own, which goes on behind what ended it.
    """
    at = 0
    while at < len(sources):
        end, child_end = os.pipe()
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            with os.fdopen(child_end, "w") as out:
                for source in sources[at:]:
                    print(json.dumps(outcome(source)), file=out, flush=True)
            os._exit(0)
        os.close(child_end)
        with os.fdopen(end) as answers:
            watchdog = threading.Timer(600, os.kill, (child, signal.SIGKILL))
            while at < len(sources):
                watchdog.cancel()
                watchdog = threading.Timer(20, os.kill, (child, signal.SIGKILL))
                watchdog.start()
                line = answers.readline()
                if not line:
                    break
                yield json.loads(line)
                at += 1
            watchdog.cancel()
        os.waitpid(child, 0)
        if at < len(sources):
            print(f"PyTorch dies of:\n{sources[at]}", file=sys.stderr)
            yield None, None
            at += 1


def outcome(source):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            torch.jit.CompilationUnit(source).f()
        except Exception as error:  # noqa: BLE001
            return printed.getvalue(), without_variants(str(error))
    return printed.getvalue(), None


def without_variants(error):
    """PyTorch lists overloads in an order of its own, and the test does not look at them: they only take space here."""
    before, available, rest = error.partition("The following variants are available:\n")
    variants, call, after = rest.partition("The original call is:\n")
    return f"{before}{available}  …\n\n{call}{after}" if variants.count("\n") > 20 and call else error


def last_line(error):
    """The message: of a failure while running the last line, of one while compiling the first."""
    lines = [line for line in error.strip().split("\n")]
    return lines[-1] if error.startswith("The following operation failed") else lines[0]


def known(path):
    """The answers that a file of cases has, by the code they answer."""
    answers = {}
    if "all" in sys.argv or not os.path.exists(path):
        return answers
    with open(path) as file:
        text = file.read()
    if path.endswith("programs.cases"):
        for case in text.split("=== ")[1:]:
            answers[case.split("--- prints\n")[0].split("\n", 1)[1]] = case
        return answers
    setup = ""
    for line in text.split("\n"):
        if line.startswith("# "):
            setup = ""
        elif line.startswith("with ") and " =>" not in line:
            setup = line[5:]
        elif " =>" in line:
            answers[setup, line.split(" =>")[0]] = line
    return answers


def write_expressions(path, groups):
    answers = known(path)
    sources = {}
    for _, setup, expressions in groups:
        body = "".join(f"    {s.strip()}\n" for s in setup.split(";") if s.strip())
        for expression in expressions:
            if (setup, expression) not in answers:
                sources[setup, expression] = f"def f():\n{body}    print({expression})\n"
    for key, (text, error) in zip(sources, outcomes(list(sources.values()))):
        if error is not None:
            answers[key] = f"{key[1]} =>! {last_line(error)}"
        elif text is not None:
            answers[key] = f"{key[1]} => {text.rstrip(chr(10))}".replace("\n", "\\n")
    with open(path, "w") as out:
        for title, setup, expressions in groups:
            out.write(f"# {title}\n" + (f"with {setup}\n" if setup else ""))
            out.writelines(answers[setup, e] + "\n" for e in expressions if (setup, e) in answers)
            out.write("\n")


def write_programs(path, pieces):
    answers = known(path)
    pieces = [(title, source.strip("\n") + "\n") for title, source in pieces]
    sources = [source for _, source in pieces if source not in answers]
    for source, (text, error) in zip(sources, outcomes(sources)):
        if text is not None:
            failed = "" if error is None else f"--- fails\n{error.rstrip(chr(10))}\n"
            answers[source] = f"title\n{source}--- prints\n{text}{failed}"
    with open(path, "w") as out:
        for title, source in pieces:
            if source in answers:
                out.write(f"=== {title}\n" + answers[source].split("\n", 1)[1])


if __name__ == "__main__":
    write_expressions(f"{HERE}/expressions.cases", programs.EXPRESSIONS)
    write_programs(f"{HERE}/programs.cases", programs.PROGRAMS)
    write_expressions(f"{HERE}/rows_expressions.cases", rows.EXPRESSIONS)
    write_programs(f"{HERE}/rows_programs.cases", rows.PROGRAMS)
