#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Runs the port suite on files, if wanted under a command such as qemu-s390x."""
import os
import pathlib
import subprocess
import sys
import tempfile

import make_sources

CASES = {
    "empty": "empty",
    "one": "one",
    "odd": "odd size",
    "large": "large",
    "missing": "missing",
    "directory": "directory",
    "written": "written",
    "unwritable": "missing/written",
}


def arguments(random, folder="."):
    names = [f"{case}={pathlib.PurePosixPath(folder, name)}" for case, name in CASES.items()]
    return [*names, f"random={'yes' if random else 'no'}", "time=any"]


def expected(given):
    return "".join(f"pass {line}\n" for line in ["print", *given])


def check(code, out, err, given):
    """Ends the test unless the suite printed a pass for every case, and nothing else."""
    if (code, out, err) != (0, expected(given), "to standard error\n"):
        sys.exit(f"exit code {code}\n--- standard output\n{out}--- standard error\n{err}")


def names_after(before):
    """Returns the names that the suite leaves in its folder."""
    return sorted([*before, CASES["written"], CASES["written"] + "2"])


def main():
    with tempfile.TemporaryDirectory() as folder:
        make_sources.make(pathlib.Path(folder))
        given = arguments(random=True)
        before = os.listdir(folder)
        run = subprocess.run([*sys.argv[1:], *given], cwd=folder, timeout=240,
                             capture_output=True, text=True)
        check(run.returncode, run.stdout, run.stderr, given)
        if sorted(os.listdir(folder)) != names_after(before):
            sys.exit(f"it left {os.listdir(folder)}")


if __name__ == "__main__":
    main()
