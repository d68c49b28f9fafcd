#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What a verification costs on small machines: builds images, runs them in QEMU, prints a table.

usage: small.py [--check FILE]

QEMU counts instructions, so that every run gives the same figures. With --check, FILE
must hold the table, each figure within 2 % of what was measured.
"""
import argparse
import pathlib
import re
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "test" / "machines"))
import machine  # noqa: E402

HEADER = ("| machine | `SEVLAUNCH_SHA256` | flash of SHA-256 | stack | instructions a byte "
          "| and once | a block of a hint |\n|---|---|---|---|---|---|---|\n")
TOLERANCE = 0.02

# On Cortex-M0 `small` is the same code as `fast`. The timer's rate is in MHz: an
# instruction takes a nanosecond.
MACHINES = {"cortex-m0": (("fast", "mbedtls"), 16, "arm-none-eabi-nm"),
            "cortex-m3": (("fast", "small", "mbedtls"), 25, "arm-none-eabi-nm"),
            "cortex-m33": (("fast", "small", "mbedtls"), 20, "arm-none-eabi-nm"),
            "riscv32": (("fast", "small", "mbedtls"), 1000, "riscv64-unknown-elf-nm")}


def build(preset):
    folder = SOURCE / "build" / preset
    if not (folder / "CMakeCache.txt").exists():
        subprocess.run(["cmake", "--preset", preset], cwd=SOURCE, stdout=sys.stderr, check=True)
    subprocess.run(["cmake", "--build", "--preset", preset, "--target", "small"], cwd=SOURCE,
                   stdout=sys.stderr, check=True)
    return folder / "test" / "bench"


def flash_of_sha256(nm, image):
    """Returns the size of Mbed TLS's functions, of the block function and of the constants."""
    listed = subprocess.run([nm, "--print-size", image], stdout=subprocess.PIPE, check=True,
                            text=True).stdout
    return sum(int(size, 16) for size in re.findall(
        r"^\w+ (\w+) [TtRr] (?:sevl_(?:mbedtls_(?:internal_)?sha256\w*|sha256_(?:k|process_words))|K)$", listed, re.M))


def measure(preset, image):
    code, out, err = machine.run(machine.MACHINES[preset], image,
                                 options=("-serial", "none", "-icount", "shift=0"))
    if code != 0:
        sys.exit(f"{image}: ended with {code}: {err}")
    (small, ticks, _), (large, more_ticks, stack), (blocks, hint_ticks) = (
        map(int, line.split()) for line in out.splitlines())
    a_tick = 1000 / MACHINES[preset][1]
    a_byte = (more_ticks - ticks) * a_tick / (large - small)
    return stack, a_byte, ticks * a_tick - small * a_byte, hint_ticks * a_tick / blocks


def rows():
    for preset, (choices, _, nm) in MACHINES.items():
        folder = build(preset)
        for choice in choices:
            image = folder / f"small-{choice}.elf"
            stack, a_byte, once, a_block = measure(preset, image)
            yield (f"| `{preset}` | `{choice}` | {flash_of_sha256(nm, image)} | {stack} "
                   f"| {a_byte:.1f} | {once:.0f} | {a_block:.0f} |\n")


def agree(measured, published):
    measured, published = (line.replace("|", " ").split() for line in (measured, published))
    return len(measured) == len(published) and measured[:2] == published[:2] and all(
        abs(float(is_now) - float(was)) <= TOLERANCE * float(was)
        for is_now, was in zip(measured[2:], published[2:]))


def check(text, measured):
    if HEADER not in text:
        sys.exit("the table is missing")
    published = re.match(r"(?:\|.*\n)*", text.split(HEADER)[1])[0].splitlines()
    if len(published) != len(measured):
        sys.exit(f"the table has {len(published)} rows, not {len(measured)}")
    wrong = [row for row, line in zip(measured, published) if not agree(row, line)]
    if wrong:
        sys.exit("measured otherwise:\n" + "".join(wrong))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", type=pathlib.Path, metavar="FILE")
    arguments = parser.parse_args()
    measured = list(rows())
    print(HEADER + "".join(measured), end="")
    if arguments.check:
        check(arguments.check.read_text(encoding="utf-8"), measured)


if __name__ == "__main__":
    main()
