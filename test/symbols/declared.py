#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Prints what the public headers declare for others to link: functions and data.

usage: declared.py CC FOLDER
"""
import pathlib
import re
import subprocess
import sys


def preprocessed(compiler, folder):
    """Without comments and macros. Each header stands once in it."""
    text = "".join(f"#include <{path.relative_to(folder)}>\n" for path in folder.rglob("*.h"))
    return subprocess.run([compiler, "-std=c11", f"-I{folder}", "-E", "-P", "-"], input=text,
                          check=True, text=True, stdout=subprocess.PIPE).stdout


def without_bodies(text):
    """Of functions that are inline, and of types."""
    while "{" in text:
        text = re.sub(r"\{[^{}]*\}", ";", text)
    return text


def declared(compiler, folder):
    text = preprocessed(compiler, folder)
    for statement in without_bodies(text).split(";"):
        name = re.search(r"\b(sevl_\w+)\s*[(\[]", statement)
        if name and not re.search(r"\b(static|typedef)\b", statement):
            yield name[1]


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(*sorted(declared(sys.argv[1], pathlib.Path(sys.argv[2]))), sep="\n")
