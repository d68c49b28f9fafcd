#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What verifications cost on each target, from the programs that are measured in its build.

usage: make_table.py BUILDS [PRESET...]                  prints the tables
       make_table.py BUILDS [PRESET...] --check README   fails if README's differ;
                           skipped where other compilers than README's built

BUILDS holds a folder for each preset. Flash and contexts are the sections of the
linked program. The stack is the deepest path through its disassembly, of the frames
that the compiler reports, and that assembly pushes.
"""
import argparse
import pathlib
import re
import subprocess
import sys

PRESETS = {
    "cortex-m0": "Cortex-M0",
    "cortex-m3": "Cortex-M3",
    "cortex-m33": "Cortex-M33",
    "riscv32": "RV32IMAC",
    "riscv64": "RV64IMAC",
    "efi-x86_64": "EFI, x86-64",
    "efi-aarch64": "EFI, AArch64",
    "host": "Linux, x86-64, for speed",
}
# A program, and the heading of the table of it in README.
PROGRAMS = {
    "verify": "### SEV and SEV-ES: a launch",
    "platform": "### SEV and SEV-ES: the certificates of a platform",
    "session": "### SEV and SEV-ES: a session, under a PDH that is known",
    "report": "### SEV-SNP: a report, under a key that is known",
    "chain": "### SEV-SNP: a chain of certificates, then a report",
}
HEAD = ("| preset | target | flash | contexts | stack | RAM in all |\n"
        "|---|---|---|---|---|---|\n")
FIGURES = ("flash", "contexts", "stack", "RAM in all")
SMALLER_MAX = 0.05

FLASH = (".text", ".rodata", ".rdata", ".data")
RAM = (".data", ".bss")

# Debian 12's, which README's figures are of.
COMPILERS = {"GNU 12.2", "Clang 14.0"}
SKIPPED = 77

# Calls through a pointer, from -> to those that the program has: see Mbed TLS's platform_util.c,
# crypto/rsa_pss.c and session.c here.
HASHES = ("sevl_rsa_sha256", "sevl_rsa_sha384")
THROUGH_POINTER = {"sevl_mbedtls_platform_zeroize": ("memset",), "sevl_rsa_pss_verify": HASHES,
                   "unmask": HASHES, "compare_hash": HASHES, "check_message": HASHES,
                   "verify_by_rsa": HASHES,
                   "sevl_session_random_draw": ("draw_given",), "draw_new_d": ("draw_given",)}

# Jumps through a pointer within a function: those of a switch.
SWITCHES = ("holds", "read_value", "sevl_snp_extensions_read")

# GCC reports a function by its name in C; these have another name for linkers.
LINKED_AS = {("mbedtls_c.c.su", "sevl_mbedtls_internal_sha256_process"): "sevl_sha256_process_c",
             ("mbedtls_update.c.su", "sevl_mbedtls_sha256_update"): "sevl_sha256_update_rest",
             ("mbedtls_c.c.su", "sevl_mbedtls_internal_sha512_process"): "sevl_sha512_process_c",
             ("mbedtls_update.c.su", "sevl_mbedtls_sha512_update"): "sevl_sha512_update_rest"}

LABEL = re.compile(r"[0-9a-f]+ <([^$.>][^>]*)>:$")
INSTRUCTION = re.compile(r" *[0-9a-f]+:(?: [0-9a-f]{2,8})+\s+(\S+)\s*(.*)$")
TARGET = re.compile(r"<([^$.>+][^>+]*)>")
CALL = re.compile(r"(blx?|jal|callq)$")
JUMP = re.compile(r"(b|b\.w|j|b[.a-z]{2,3}|b[a-z]{2}\.[nw]|j[a-z]{1,2}|jmp|jmpq|c?bn?z|tbn?z)$")
PUSH = re.compile(r"push(\.w)? \{([^}]*)\}")
LOWER = re.compile(r"(?:sub(?:\.w|w)? sp, (?:sp, )?#|addi sp, sp, -)(0x[0-9a-f]+|\d+)")
RAISE = re.compile(r"(pop(\.w)? \{|add(\.w|w)? sp, (sp, )?#|addi sp, sp, )")
WRITES_SP = re.compile(r"(?!cmp|ldm|stm)\S+ sp\b|push|pop|.*(sp!|\[sp, #-|[re]sp\b)")
THROUGH_REGISTER = re.compile(r"(blx|blr|jalr) |callq \*|bx r|br |jr [^r]|jmpq \*")


def tool(*words):
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


def image_of(program, folder):
    image, = (file for suffix in ("", ".elf", ".efi")
              if (file := folder / "test/sizes" / f"{program}{suffix}").is_file())
    return image


def sections(image):
    text = tool("llvm-readobj", "--sections", image)
    found = re.findall(r"^    Name: (\S+).*?^    (?:Virtual)?Size: (\w+)", text, re.S | re.M)
    return {name: int(size, 0) for name, size in found}


def frames(folder):
    """Returns the size of each function's frame; for functions with one name, the largest."""
    built = (folder / "build.ninja").read_text()
    sizes = {}
    for file in folder.rglob("*.su"):
        if f"build {file.relative_to(folder).with_suffix('')}.o" not in built:
            continue  # what an earlier build left
        for line in file.read_text().splitlines():
            where, size, kind = line.split("\t")
            name = where.split(":")[-1].split(".")[0]
            name = LINKED_AS.get((file.name, name), name)
            if kind in ("static", "dynamic,bounded"):  # the latter is a maximum
                sizes[name] = max(int(size), sizes.get(name, 0))
    return sizes


class Function:
    def __init__(self, name):
        self.name = name
        self.calls = set()
        self.jumps = set()  # to another function, after this one's frame is released
        self.pushed = 0  # in all, for frames that no compiler reports
        self.moves_stack = False  # in another way

    def add(self, operation, operands):
        words = f"{operation} {operands}"
        targets = set(TARGET.findall(operands)) - {self.name}
        self.follow_stack(words)
        if THROUGH_REGISTER.match(words):
            if self.name in SWITCHES and not CALL.match(operation):
                return
            if self.name not in THROUGH_POINTER:
                sys.exit(f"{self.name} calls through a pointer: {words}")
            self.calls.update(THROUGH_POINTER[self.name])
        elif CALL.match(operation):
            if not targets:
                sys.exit(f"{self.name} calls itself, or nobody knows whom: {operands}")
            self.calls |= targets
        elif JUMP.match(operation):
            self.jumps |= targets

    def follow_stack(self, words):
        push, lower = PUSH.match(words), LOWER.match(words)
        if push:
            self.pushed += 4 * len(push[2].split(","))
        elif lower:
            self.pushed += int(lower[1], 0)
        elif not RAISE.match(words) and WRITES_SP.match(words):
            self.moves_stack = True


def disassembled(image):
    functions = {}
    for line in tool("llvm-objdump", "--disassemble", "--section=.text", image).splitlines():
        label, instruction = LABEL.match(line), INSTRUCTION.match(line)
        if label:
            function = functions[label[1]] = Function(label[1])
        elif instruction:
            function.add(*instruction.groups())
    return functions


class Stack:
    def __init__(self, preset, folder, image):
        self.frames, self.functions = frames(folder), disassembled(image)
        # Clang's frames do not include the return address of x86-64, and the C library of Linux
        # is not part of the program.
        self.address = 8 if preset == "efi-x86_64" else 0
        self.foreign = 8 if preset == "host" else None

    def frame(self, function):
        """From the compiler; for assembly, all that its instructions push."""
        size = self.frames.get(function.name.split(".")[0])
        if size is None and function.moves_stack:
            sys.exit(f"nobody reports the frame of {function.name}")
        return (function.pushed if size is None else size) + self.address

    def depth(self, name, callers=()):
        if name in callers:
            sys.exit(f"recursion: {' '.join(callers)} {name}")
        if name.endswith("@plt") and self.foreign is not None:
            return self.foreign
        function, path = self.functions[name], (*callers, name)
        frame = self.frame(function)
        calls = {to for to in function.calls if to in self.functions or to not in HASHES}
        return max([frame] + [frame + self.depth(to, path) for to in calls] +
                   [self.depth(to, path) for to in function.jumps])


def figures(program, preset, folder):
    image = image_of(program, folder)
    size = sections(image)
    contexts = sum(size.get(name, 0) for name in RAM)
    stack = Stack(preset, folder, image).depth(program)
    return sum(size.get(name, 0) for name in FLASH), contexts, stack, contexts + stack


def row(program, preset, folder):
    cells = (f"`{preset}`", PRESETS[preset], *map(str, figures(program, preset, folder)))
    return "| " + " | ".join(cells) + " |\n"


def table(program, presets, builds):
    rows = (row(program, preset, builds / preset) for preset in presets)
    return f"{PROGRAMS[program]}\n\n{HEAD}{''.join(rows)}"


def published(readme, program, preset):
    section = readme.partition(f"\n{PROGRAMS[program]}\n")[2].partition("\n#")[0]
    found = re.findall(rf"^\| `{preset}` \| {re.escape(PRESETS[preset])} "
                       r"\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", section, re.M)
    if len(found) != 1:
        sys.exit(f"{preset}: not one row of the table of {program}, but {len(found)}")
    return map(int, found[0])


def differences(readme, program, preset, folder):
    for name, kept, got in zip(FIGURES, published(readme, program, preset),
                               figures(program, preset, folder)):
        if got > kept or got < kept * (1 - SMALLER_MAX):
            yield (f"{preset}: {name} of {program} in this build is {got}, "
                   f"README.md says {kept}")


def compiler(folder):
    file, = folder.glob("CMakeFiles/*/CMakeCCompiler.cmake")
    found = re.search(r'COMPILER_ID "(\w+)".*?COMPILER_VERSION "(\d+\.\d+)', file.read_text(), re.S)
    return " ".join(found.groups())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("builds", type=pathlib.Path)
    parser.add_argument("presets", nargs="*", metavar="preset")
    parser.add_argument("--check", type=pathlib.Path)
    given = parser.parse_args()
    presets = given.presets or list(PRESETS)
    if not given.check:
        print("\n".join(table(program, presets, given.builds) for program in PROGRAMS), end="")
        return
    others = {compiler(given.builds / preset) for preset in presets} - COMPILERS
    if others:
        print(f"skipped: README.md has figures of {' and '.join(sorted(COMPILERS))}, "
              f"not of {' and '.join(sorted(others))}")
        sys.exit(SKIPPED)
    readme = given.check.read_text()
    wrong = [line for program in PROGRAMS for preset in presets
             for line in differences(readme, program, preset, given.builds / preset)]
    sys.exit("\n".join(wrong) or None)


if __name__ == "__main__":
    main()
