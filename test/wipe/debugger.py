# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Reads gdb's list of registers."""
import re
import subprocess

TIMEOUT = 240


def run(script, *rest):
    words = ["gdb-multiarch", "-nx", "-batch"]
    for line in ("set pagination off", *script):
        words += ["-ex", line]
    done = subprocess.run([*words, *rest], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=TIMEOUT, check=False, text=True,
                          errors="replace")
    return done.stdout


def registers(output):
    """Yields the values of "info registers", as bytes."""
    for value in re.findall(r"^\w+ +0x([0-9a-f]+) ", output, re.MULTILINE):
        yield int(value, 16).to_bytes(8, "little")


def found_in_registers(wanted, output):
    return {name for value in registers(output) for name in wanted.find_in_register(value)}
