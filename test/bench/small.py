#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What verifications cost on small machines: builds images, runs them in QEMU, prints tables.

usage: small.py [--offline] [--check FILE]

QEMU counts instructions, so that every run gives the same figures. With --check, FILE
must hold the tables, each figure within 2 % of what was measured. Firmware is downloaded from
Debian, once; what takes one is not measured where it is not there, as it may be with --offline.
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
SNP_HEADER = ("| machine | report | chain and report | digest by SEV | digest by SEV-SNP | ratio |\n"
              "|---|---|---|---|---|---|\n")
TOLERANCE = 0.02

FIRMWARE = "usr/share/ovmf/OVMF.amdsev.fd"
NOT_THERE = 77  # by fetch-debian.sh
UNKNOWN = "-"

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


def run(preset, image, arguments=()):
    """Returns the lines of numbers that an image prints."""
    code, out, err = machine.run(machine.MACHINES[preset], image, arguments,
                                 options=("-serial", "none", "-icount", "shift=0"))
    if code != 0:
        sys.exit(f"{image}: ended with {code}: {err}")
    return [list(map(int, line.split())) for line in out.splitlines()]


def measure(preset, image):
    (small, ticks, _), (large, more_ticks, stack), (blocks, hint_ticks) = run(preset, image)
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


def firmware(offline):
    """Returns Debian's image for SEV-SNP, or None."""
    script = SOURCE / "toolchains" / "deps" / "fetch-debian.sh"
    done = subprocess.run([script, *["--offline"] * offline, "ovmf-amdsev", SOURCE / "build/deps"],
                          stdout=subprocess.PIPE, text=True)
    if done.returncode not in (0, NOT_THERE):
        sys.exit("Debian's firmware cannot be used")
    return pathlib.Path(done.stdout.strip(), FIRMWARE) if done.returncode == 0 else None


def snp_rows(image):
    """In millions of instructions."""
    for preset, (_, mhz, _) in MACHINES.items():
        folder = build(preset)

        def millions(program, *arguments):
            (ticks,) = run(preset, folder / f"small-{program}.elf", arguments)
            return [number / mhz / 1000 for number in ticks]
        figures = [*millions("report"), *millions("chain")]
        if image:
            sev, snp = millions("digests", str(image))
            figures += [sev, snp]
        shown = [f"{figure:.1f}" for figure in figures]
        shown += [f"{snp / sev:.2f}"] if image else [UNKNOWN] * 3
        yield f"| `{preset}` | {' | '.join(shown)} |\n"


def equal(measured, published):
    if measured.startswith("`"):
        return measured == published
    return measured == UNKNOWN or (
        abs(float(measured) - float(published)) <= TOLERANCE * float(published))


def agree(measured, published):
    measured, published = (line.replace("|", " ").split() for line in (measured, published))
    return len(measured) == len(published) and all(map(equal, measured, published))


def check(text, header, measured):
    if header not in text:
        sys.exit("the table is missing")
    published = re.match(r"(?:\|.*\n)*", text.split(header)[1])[0].splitlines()
    if len(published) != len(measured):
        sys.exit(f"the table has {len(published)} rows, not {len(measured)}")
    wrong = [row for row, line in zip(measured, published) if not agree(row, line)]
    if wrong:
        sys.exit("measured otherwise:\n" + "".join(wrong))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--offline", action="store_true")
    parser.add_argument("--check", type=pathlib.Path, metavar="FILE")
    arguments = parser.parse_args()
    tables = {HEADER: list(rows()), SNP_HEADER: list(snp_rows(firmware(arguments.offline)))}
    print("\n".join(header + "".join(measured) for header, measured in tables.items()), end="")
    if arguments.check:
        text = arguments.check.read_text(encoding="utf-8")
        for header, measured in tables.items():
            check(text, header, measured)


if __name__ == "__main__":
    main()
