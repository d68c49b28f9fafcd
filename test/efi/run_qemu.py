#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Runs the EFI images in QEMU, under the firmware that Debian packages.

One machine boots three ways: by \\EFI\\BOOT without options, then, as that fails,
by the shell, whose startup.nsh holds the cases, and last by boot entries whose
options the shell has set. What the machine prints is compared line by line.

usage: run_qemu.py x86_64|aarch64 FOLDER-OF-THE-IMAGES
"""
import base64
import dataclasses
import hashlib
import hmac
import os
import pathlib
import re
import selectors
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "port"))
import make_sources
import run_suite

LONGEST_RUN = 100
LAST_BOOT = b'starting Boot0000 "UiApp"'
VALIDATE = "virt-qemu-sev-validate.efi"

MACHINES = {
    "x86_64": (["qemu-system-x86_64", "-M", "q35"],
               "/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd",
               "BOOTX64.EFI"),
    "aarch64": (["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a57"],
                "/usr/share/AAVMF/AAVMF_CODE.fd", "/usr/share/AAVMF/AAVMF_VARS.fd",
                "BOOTAA64.EFI"),
}

TEK = bytes(range(16))
TIK = bytes(range(16, 32))
FIRMWARE = pathlib.Path("/usr/share/ovmf/OVMF.fd").read_bytes()

MATCH = ["OK: Looks good to me"]
MISMATCH = ["ERROR: Measurement does not match, VM is not trustworthy"]
NO_OPTIONS = "ERROR: --measurement BASE64 is required: launch measurement, 48 bytes"

SUCCESS, INVALID_PARAMETER, VOLUME_CORRUPTED, NOT_FOUND = "0x0", "0x2", "0xA", "0xE"
ABORTED, SECURITY_VIOLATION = "0x15", "0x1A"


@dataclasses.dataclass
class Case:
    name: str
    command: str
    lines: list
    status: str


def measure(policy):
    """The options of a launch with this policy, measured for policy 7."""
    nonce = hashlib.sha256(b"nonce").digest()[:16]
    digest = hashlib.sha256(FIRMWARE).digest()
    message = b"\x04\x01\x33\x18" + (7).to_bytes(4, "little") + digest + nonce
    blob = base64.b64encode(hmac.new(TIK, message, "sha256").digest() + nonce).decode()
    return f"--measurement {blob} --api-major 1 --api-minor 51 --build-id 24 --policy {policy}"


def validate(firmware="fw.bin", tk="tk.bin", policy=7, more=""):
    return f"{VALIDATE} {measure(policy)} --firmware {firmware} --tk {tk} {more}".rstrip()


def cannot(doing, name, reason):
    return [f"ERROR: cannot {doing} '{name}': {reason}"]


def port_suite():
    given = run_suite.arguments("sources")
    command = " ".join(f'"{argument}"' for argument in given)
    lines = ["to standard error", *run_suite.expected(given).splitlines()]
    return Case("port suite", f"port-suite.efi {command}", lines, SUCCESS)


CASES = [
    Case("match", validate(), MATCH, SUCCESS),
    Case("mismatch", validate(policy=5), MISMATCH, SECURITY_VIOLATION),
    Case("mismatch, quiet", validate(policy=5, more="-q"), [], SECURITY_VIOLATION),
    Case("last byte differs", validate("changed.bin"), MISMATCH, SECURITY_VIOLATION),
    Case("usage", f"{VALIDATE} --policy", [
        "ERROR: --policy needs a value (one that starts with '-' goes behind a '=')"],
        INVALID_PARAMETER),
    Case("standard error apart", f"{VALIDATE} 2> err.txt", [], INVALID_PARAMETER),
    Case("nothing given", VALIDATE, [NO_OPTIONS], INVALID_PARAMETER),
    Case("missing", validate("none.bin"), cannot("open", "none.bin", "there is no such file"),
         NOT_FOUND),
    Case("directory", validate("keys"), cannot("open", "keys", "it is a directory"), ABORTED),
    Case("empty", validate(tk="sources\\empty"),
         ["ERROR: --tk: expected 32 bytes in 'sources\\empty', but got 0"], INVALID_PARAMETER),
    Case("damaged", validate("damaged.bin"),
         cannot("read", "damaged.bin", "the file system is damaged"), VOLUME_CORRUPTED),
    Case("standard input", validate("-"), cannot("open", "-", "EFI has no standard input"),
         ABORTED),
    Case("backslash", validate(tk="keys\\tk.bin"), MATCH, SUCCESS),
    Case("slash", validate(tk="/keys//../keys/./tk.bin"), MATCH, SUCCESS),
    Case("blank", validate(tk='"keys\\of mine\\tk.bin"'), MATCH, SUCCESS),
    Case("blank behind =", validate(tk="none", more='--tk="keys/of mine/tk.bin"'), MATCH, SUCCESS),
    Case("not ASCII", validate(tk="schl\u00fcssel-\u20ac.bin"), MATCH, SUCCESS),
    Case("mapping", validate("fs0:/fw.bin", "fs0:\\keys\\tk.bin"), MATCH, SUCCESS),
    Case("another volume", validate(tk="FS1:elsewhere\\tk.bin"), MATCH, SUCCESS),
    Case("another name of it", validate(tk="spare:/elsewhere/tk.bin"), MATCH, SUCCESS),
    Case("no such mapping", validate("none:fw.bin"),
         cannot("open", "none:fw.bin", "the shell maps it to no volume"), NOT_FOUND),
    port_suite(),
    Case("in a directory", f"cd keys\n{validate('../fw.bin', 'here.bin')}", MATCH, SUCCESS),
]

# The last is made first, and so on: each goes in front of the others.
ENTRIES = [
    ("mapped", validate("fs0:fw.bin"), "Not Found",
     cannot("open", "fs0:fw.bin", "there is no shell to map it to a volume")),
    ("mismatch", validate(policy=5), "Security Violation", MISMATCH),
    ("match", validate(tk='"/keys/of mine/tk.bin"'), None, MATCH),
]


def make_script():
    lines = ["@echo -off",
             "fs0:",
             "if exist again then", "echo It booted again", "reset -s", "endif",
             "echo again > again", "map spare fs1:"]
    for case in CASES:
        lines += [f"echo case {case.name}", case.command, "echo status %lasterror%"]
    lines += ["echo end of cases", "cd \\"]
    for name, *_ in reversed(ENTRIES):
        lines += [f"bcfg boot add 0 apps\\{VALIDATE} {name}", f"bcfg boot -opt 0x0 {name}.opt"]
    return "\r\n".join([*lines, "reset", ""]).encode("utf-16")


def make_options(command):
    """One as the shell's echo writes it, the others without a mark or an end."""
    _, options = command.split(" ", 1)
    if "--policy 5" in options:
        return (options + "\r\n").encode("utf-16")
    return options.encode("utf-16-le")


def make_volume(folder, images, boot_name):
    for name in ("EFI/BOOT", "apps", "keys/of mine"):
        (folder / name).mkdir(parents=True)
    for name in (f"EFI/BOOT/{boot_name}", f"apps/{VALIDATE}", VALIDATE):
        shutil.copy(images / VALIDATE, folder / name)
    shutil.copy(images / "port-suite.efi", folder)
    for name in ("tk.bin", "keys/tk.bin", "keys/here.bin", "keys/of mine/tk.bin",
                 "schl\u00fcssel-\u20ac.bin"):
        (folder / name).write_bytes(TEK + TIK)
    (folder / "fw.bin").write_bytes(FIRMWARE)
    (folder / "damaged.bin").write_bytes(FIRMWARE)
    (folder / "changed.bin").write_bytes(FIRMWARE[:-1] + bytes([FIRMWARE[-1] ^ 1]))
    (folder / "startup.nsh").write_bytes(make_script())
    for name, command, *_ in ENTRIES:
        (folder / f"{name}.opt").write_bytes(make_options(command))
    make_sources.make(folder / "sources")


def make_disk(disk, folder):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "MTOOLS_SKIP_CHECK": "1"}
    with open(disk, "wb") as file:
        file.truncate(48 << 20)
    subprocess.run(["mformat", "-F", "-i", disk, "::"], env=environment, check=True)
    subprocess.run(["mcopy", "-s", "-i", disk, *sorted(folder.iterdir()), "::"],
                   env=environment, check=True)


def damage(disk):
    """Makes a directory say that a file is longer than its clusters."""
    content = bytearray(disk.read_bytes())
    entry = content.index(b"DAMAGED BIN")
    size = int.from_bytes(content[entry + 28:entry + 32], "little")
    content[entry + 28:entry + 32] = (size + (1 << 20)).to_bytes(4, "little")
    disk.write_bytes(content)


def make_disks(folder, images, boot_name):
    disks = [folder / "own.img", folder / "other.img"]
    make_volume(folder / "own", images, boot_name)
    (folder / "other/elsewhere").mkdir(parents=True)
    (folder / "other/elsewhere/tk.bin").write_bytes(TEK + TIK)
    for disk in disks:
        make_disk(disk, disk.with_suffix(""))
    damage(disks[0])
    return disks


def plain(output):
    text = re.sub(rb"\x1b\[[0-9;=]*[A-Za-z]", b"", output).decode(errors="replace")
    return text.replace("\r", "")


def watch(machine):
    """What the machine prints until its boot manager has nothing more to start."""
    output = b""
    deadline = time.monotonic() + LONGEST_RUN
    skipped = False
    with selectors.DefaultSelector() as selector:
        selector.register(machine.stdout, selectors.EVENT_READ)
        while LAST_BOOT not in output and time.monotonic() < deadline:
            if not selector.select(1):
                continue
            read = machine.stdout.read(4096)
            if not read:
                break
            output += read
            if not skipped and b"to skip" in output:
                machine.stdin.write(b"\r")
                skipped = True
    before, last, _ = output.partition(LAST_BOOT)
    return plain(before + last)


def run(command, code, variables, disks):
    pflash = "if=pflash,format=raw,file="
    command = [*command, "-m", "256", "-nodefaults", "-display", "none", "-serial", "stdio",
               "-drive", f"{pflash}{code},readonly=on", "-drive", f"{pflash}{variables}"]
    for disk in disks:
        command += ["-drive", f"if=none,format=raw,file={disk},id={disk.stem}",
                    "-device", f"virtio-blk-pci,drive={disk.stem}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          bufsize=0) as machine:
        try:
            return watch(machine)
        finally:
            machine.kill()


def expected_cases():
    for case in CASES:
        yield f"case {case.name}"
        yield from case.lines
        yield f"status {case.status}"
    yield "end of cases"


def expected_boots():
    for name, _, status, lines in ENTRIES:
        yield f'starting "{name}"'
        yield from lines
        if status is not None:
            yield f'failed to start "{name}": {status}'
    yield 'starting "UiApp"'


def short(line):
    """A line of the boot manager, without what differs between machines."""
    line = re.sub(r"^BdsDxe: (failed to start|starting) Boot\w+ ", r"\1 ", line)
    return re.sub(r'^((?:failed to start|starting) "[^"]*") from [^:]*?((?:: [A-Z][\w ]*)?)$',
                  r"\1\2", line)


def compare(what, expected, found):
    if list(expected) != found:
        sys.exit("\n".join([f"--- {what}: expected", *expected, "--- found", *found]))


def check(output):
    lines = [short(line) for line in output.splitlines() if "BdsDxe: loading" not in line]
    try:
        cases = lines.index(f"case {CASES[0].name}")
        cases_end = lines.index("end of cases")
        boots = lines.index(f'starting "{ENTRIES[0][0]}"')
    except ValueError as error:
        sys.exit(f"{error}\n{output}")
    if NO_OPTIONS not in lines[:cases]:
        sys.exit(f"\\EFI\\BOOT did not say that options are missing:\n{output}")
    compare("cases", list(expected_cases()), lines[cases:cases_end + 1])
    compare("boot entries", list(expected_boots()), lines[boots:])


def main():
    command, code, variables, boot_name = MACHINES[sys.argv[1]]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        disks = make_disks(folder, pathlib.Path(sys.argv[2]), boot_name)
        shutil.copy(variables, folder / "variables.fd")
        check(run(command, code, folder / "variables.fd", disks))


if __name__ == "__main__":
    main()
