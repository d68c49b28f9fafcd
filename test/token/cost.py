#!/usr/bin/python3 -B
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What a token costs: the sizes of both images, and what a verdict of SEV-SNP takes in an emulator.

usage: cost.py SEV_IMAGE SNP_IMAGE [README]

Prints the rows of apps/token/README.md's tables. README, if given, must have them, each figure
within 2 % of what was measured. Cycles are those of Arm's manual (DDI 0337, table 3-1) with memory that makes the CPU wait for nothing: the
fewest and the most that an instruction can take.
"""
import collections
import pathlib
import re
import struct
import subprocess
import sys

sys.path[1:1] = [str(pathlib.Path(__file__).resolve().parents[1] / "faults/token")]
import unicorn  # noqa: E402
from unicorn import arm_const as arm  # noqa: E402

import emulator  # noqa: E402
import mailbox  # noqa: E402
import snp_case  # noqa: E402

PAINT = 0xC7
TIMINGS = (  # of the first that matches
    (r"[us]mlal", 4, 7), (r"[us]mull", 3, 5), (r"ml[as]", 2, 2), (r"[us]div", 2, 12),
    (r"(ldr|str)d", 3, 3), (r"ldr|str", 1, 2), (r"tb[bh]", 3, 5), (r"(b|bl|bx|blx)$", 2, 4),
    (r"b(eq|ne|cs|cc|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)$|cbn?z", 1, 4), (r"", 1, 1))


def timing(name, operands):
    """Returns the fewest and the most cycles of an instruction."""
    if re.match(r"push|pop|ldm|stm", name):
        spans = re.findall(r"r(\d+)-r(\d+)", operands)
        listed = len(re.search(r"\{(.*)\}", operands)[1].split(","))
        count = listed + sum(int(last) - int(first) for first, last in spans)
        return 1 + count, 1 + count + (3 if "pc" in operands else 0)
    return next((least, most) for pattern, least, most in TIMINGS if re.match(pattern, name))


def instructions(image):
    """Returns size, name and operands of each instruction, by its address."""
    listed = subprocess.run(["arm-none-eabi-objdump", "-d", image], check=True, text=True,
                            stdout=subprocess.PIPE).stdout
    return {int(address, 16): (len(code.replace(" ", "")) // 2, name, operands)
            for address, code, name, operands in re.findall(
                r"^ +([0-9a-f]+):\t([0-9a-f ]+)\t(\w+)\S*[ \t]*(.*)$", listed, re.M)}


def symbols(image):
    listed = subprocess.run(["arm-none-eabi-nm", image], check=True, text=True,
                            stdout=subprocess.PIPE).stdout
    return {name: int(address, 16) for address, _, name in map(str.split, listed.splitlines())}


def machine(image, request, names):
    """On a painted stack; the mailbox is in PSRAM."""
    cpu = unicorn.Uc(unicorn.UC_ARCH_ARM, unicorn.UC_MODE_THUMB | unicorn.UC_MODE_MCLASS)
    cpu.ctl_set_cpu_model(arm.UC_CPU_ARM_CORTEX_M3)
    for start, size in ((emulator.ROM, emulator.ROM_SIZE), (emulator.RAM, emulator.RAM_SIZE),
                        (emulator.PSRAM, emulator.PSRAM_SIZE), (emulator.UART, emulator.PAGE),
                        (emulator.SYSTEM, emulator.PAGE)):
        cpu.mem_map(start, size)
    for address, content in emulator.segments(image.read_bytes()):
        cpu.mem_write(address, content)
    cpu.mem_write(emulator.MPU_TYPE, struct.pack("<I", emulator.MPU_REGIONS))
    cpu.mem_write(mailbox.MAILBOX, request)
    cpu.mem_write(names["stack_start"], bytes([PAINT]) * (names["stack_end"] - names["stack_start"]))
    cpu.reg_write(arm.UC_ARM_REG_SP, names["stack_end"])
    return cpu


def run(image, request):
    """Returns the counts of instructions and cycles, and how much stack was used."""
    names, blocks = symbols(image), collections.Counter()
    cpu = machine(image, request, names)
    cpu.hook_add(unicorn.UC_HOOK_BLOCK, lambda _, address, size, __: blocks.update([(address, size)]))
    cpu.emu_start(names["startup_reset"] | 1, names["wipe_used_stack"])
    stack = bytes(cpu.mem_read(names["stack_start"], names["stack_end"] - names["stack_start"]))
    cpu.emu_start(names["wipe_used_stack"] | 1, names["machine_halt"])
    if cpu.mem_read(mailbox.RESULT, 4) != struct.pack("<I", snp_case.RESULTS["SEVL_MATCH"]):
        sys.exit("the token does not take the report")
    return *count(instructions(image), blocks), len(stack.lstrip(bytes([PAINT])))


def count(known, blocks):
    total = least = most = 0
    for (address, size), times in blocks.items():
        at = address
        while at < address + size:
            length, name, operands = known[at]
            fewer, more = timing(name, operands)
            total, least, most = total + times, least + times * fewer, most + times * more
            at += length
    return total, least, most


def sizes(images):
    """Of what each has in flash and in memory; keys, reference values and the stack are not in it."""
    listed = [dict(re.findall(r"^(\.\w+) +(\d+)", subprocess.run(
        ["arm-none-eabi-size", "-A", image], check=True, text=True, stdout=subprocess.PIPE).stdout,
        re.M)) for image in images]
    for what, sections in (("code", (".text",)), ("memory beside the stack", (".data", ".bss"))):
        sums = [sum(int(each[name]) for name in sections) for each in listed]
        yield f"| {what}, bytes | {sums[0]} | {sums[1]} |\n"


def verdicts(image):
    case = snp_case.Case()
    snp_case.Case.image_file = image
    case.setUp()
    try:
        for what, trust, chain in (("certificates and report", None, case.chain()),
                                   ("report, by a known key", case.key_words(), [b""] * 3)):
            case.provision(trust=trust)
            total, least, most, stack = run(case.image, mailbox.snp_request(case.report, chain))
            seconds = [f"{cycles / megahertz / 1e6:.1f}" for megahertz in (25, 100)
                       for cycles in (least, most)]
            yield (f"| {what} | {stack} | {total / 1e6:.1f} | {least / 1e6:.0f} to {most / 1e6:.0f} "
                   f"| {seconds[0]} to {seconds[1]} s | {seconds[2]} to {seconds[3]} s |\n")
    finally:
        case.doCleanups()


def agree(measured, published):
    one, other = (re.findall(r"[\d.]+", line) for line in (measured, published))
    return len(one) == len(other) and all(
        abs(float(is_now) - float(was)) <= max(0.02 * float(was), 0.1) for is_now, was in zip(one, other))


def main():
    images = [pathlib.Path(path).resolve() for path in sys.argv[1:3]]
    measured = [*sizes(images), *verdicts(images[1])]
    print("".join(measured), end="")
    if len(sys.argv) > 3:
        text = pathlib.Path(sys.argv[3]).read_text(encoding="utf-8")
        for row in measured:
            found = [line for line in text.splitlines() if line.startswith(row[:row.index("|", 2)])]
            if len(found) != 1 or not agree(row, found[0]):
                sys.exit(f"measured otherwise: {row}")


if __name__ == "__main__":
    main()
