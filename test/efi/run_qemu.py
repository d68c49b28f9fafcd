#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Runs the EFI images in QEMU, under the firmware that Debian packages.

One machine boots three ways: by \\EFI\\BOOT without options, then, as that fails,
by the shell, whose startup.nsh holds the cases, and last by boot entries whose
options the shell has set. What the machine prints is compared line by line, and
what runs of every kind print, to files, with what the command of Linux does; the
dates of certificates are compared with the machine's clock, which is set. After a match,
and no other end, --then starts an image that says so.
Another machine, without a random source, has a shell alone.

usage: run_qemu.py x86_64|aarch64 FOLDER-OF-THE-IMAGES VALIDATE SEVLAUNCH
"""
import dataclasses
import json
import os
import pathlib
import re
import selectors
import shutil
import subprocess
import sys
import tempfile
import time

for tests in ("machines", "port"):
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / tests))
import launch
import make_sources
import run_suite
import runs
import verifications

LONGEST_RUN = 800
LAST_BOOT = b'starting Boot0000 "UiApp"'
VALIDATE = "virt-qemu-sev-validate.efi"
SEVLAUNCH = "sevlaunch.efi"
CLOCK = "2030-02-03T04:05:06"
GUIDE = pathlib.Path(__file__).resolve().parents[2] / "port/efi/README.md"

MACHINES = {
    "x86_64": (["qemu-system-x86_64", "-M", "q35"],
               "/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd",
               "BOOTX64.EFI"),
    "aarch64": (["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a57"],
                "/usr/share/AAVMF/AAVMF_CODE.fd", "/usr/share/AAVMF/AAVMF_VARS.fd",
                "BOOTAA64.EFI"),
}

KEYS = launch.TEK + launch.TIK
FIRMWARE = launch.sev_firmware(65536)
OVMF = launch.OVMF.read_bytes()

MATCH = ["OK: Looks good to me"]
NEXT = ["the next image runs"]
MISMATCH = ["ERROR: Measurement does not match, VM is not trustworthy"]
NO_OPTIONS = "ERROR: Either --tk or both of --tek/--tik are required"

SUCCESS, INVALID_PARAMETER, VOLUME_CORRUPTED, NOT_FOUND = "0x0", "0x2", "0xA", "0xE"
LOAD_ERROR, UNSUPPORTED = "0x1", "0x3"
ACCESS_DENIED, ABORTED, SECURITY_VIOLATION = "0xF", "0x15", "0x1A"
STATUSES = {0: SUCCESS, 1: SECURITY_VIOLATION, 2: INVALID_PARAMETER}


@dataclasses.dataclass
class Case:
    name: str
    command: str
    lines: list
    status: str


def validate(firmware="fw.bin", tk="tk.bin", policy=launch.POLICY, more="", measured=FIRMWARE):
    options = " ".join(launch.arguments(launch.measurement(measured), policy))
    return f"{VALIDATE} {options} --firmware {firmware} --tk {tk} --no-hints {more}".rstrip()


def cannot(doing, name, reason):
    return [f"ERROR: cannot {doing} '{name}': {reason}"]


def quoted(arguments):
    return " ".join(f'"{argument}"' if " " in argument else argument for argument in arguments)


def unwritten(name, reason, status):
    command = f"{VALIDATE} --policy 7 --firmware fw.bin --num-cpus 1 --vmm gce --vmsa-out {name}"
    return Case(f"unwritten {name}", f"{command} --print-digest hex",
                cannot("write", name, reason), status)


def guide():
    """Returns the commands of the guide, by the options that tell them apart."""
    blocks = re.findall(r"(?:^    .*\n)+", GUIDE.read_text(), re.M)
    shell = [block.splitlines() for block in blocks
             if re.match(r" *(virt-qemu|sevlaunch|echo )", block)]
    (by_shell,), (by_then,), (report,), by_entry = (
        [line.strip() for line in block] for block in shell)
    return by_shell, by_then, report, by_entry


def then_cases():
    by_shell, by_then, report, _ = guide()
    for name, command, after, status in (("shell", by_shell, [], SUCCESS),
                                         ("then", by_then, NEXT, ABORTED)):
        yield Case(f"guide: {name}", command, [*MATCH, *after], status)
        yield Case(f"guide: {name}, mismatch", command.replace("info.txt", "other.txt") + " --no-hints",
                   MISMATCH, SECURITY_VIOLATION)
    yield Case("guide: report", f"{report} --quiet", NEXT, ABORTED)
    yield Case("guide: report, mismatch", f"{report} --quiet --vmpl 3", [], SECURITY_VIOLATION)
    yield Case("then, quiet", validate(more="--quiet --then fs1:elsewhere/next.efi"), NEXT, ABORTED)
    yield Case("then, itself", validate(more=f"--then apps\\{VALIDATE}"), [*MATCH, NO_OPTIONS],
               INVALID_PARAMETER)
    for name, reason, status in (("none.efi", "there is no such file", NOT_FOUND),
                                 ("fw.bin", "it is no EFI image for this machine", UNSUPPORTED),
                                 ("keys", "there is no such file", NOT_FOUND)):
        yield Case(f"then, {name}", validate(more=f"--then {name}"),
                   [*MATCH, *cannot("start", name, reason)], status)
    yield Case("then, no verdict", f"{VALIDATE} --policy 3 --firmware fw.bin --print-digest hex "
               "--then next.efi", [NO_OPTIONS], INVALID_PARAMETER)


def port_suite(random):
    given = run_suite.arguments(random, "sources")
    command = quoted(given)
    lines = ["to standard error", *run_suite.expected(given).splitlines()]
    return Case("port suite", f"port-suite.efi {command}", lines, SUCCESS)


CASES = [
    Case("match", validate("ovmf.bin", measured=OVMF), MATCH, SUCCESS),
    Case("mismatch", validate(policy=3), MISMATCH, SECURITY_VIOLATION),
    Case("mismatch, quiet", validate(policy=3, more="-q"), [], SECURITY_VIOLATION),
    Case("last byte differs", validate("changed.bin"), MISMATCH, SECURITY_VIOLATION),
    Case("usage", f"{VALIDATE} --policy", [
        "ERROR: '--policy' needs a value (one that starts with '-' goes after a '=')"],
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
    Case("blank after =", validate(tk="none", more='--tk="keys/of mine/tk.bin"'), MATCH, SUCCESS),
    Case("not ASCII", validate(tk="schl\u00fcssel-\u20ac.bin"), MATCH, SUCCESS),
    Case("mapping", validate("fs0:/fw.bin", "fs0:\\keys\\tk.bin"), MATCH, SUCCESS),
    Case("another volume", validate(tk="FS1:elsewhere\\tk.bin"), MATCH, SUCCESS),
    Case("another name of it", validate(tk="spare:/elsewhere/tk.bin"), MATCH, SUCCESS),
    Case("no such mapping", validate("none:fw.bin"),
         cannot("open", "none:fw.bin", "the shell maps it to no volume"), NOT_FOUND),
    unwritten("none\\pages", "there is no such directory", NOT_FOUND),
    unwritten("keys", "it is a directory", ABORTED),
    unwritten("taken", "a file of its name with .part after it is in the way", ABORTED),
    unwritten("locked", "access is denied", ACCESS_DENIED),
    Case("in a directory", f"cd keys\n{validate('../fw.bin', 'here.bin')}", MATCH, SUCCESS),
    Case("in the root", "cd \\", [], SUCCESS),
]

# In a folder of their own, since their output goes to files.
KINDS = list(runs.every_kind())
SNP_KINDS = list(runs.every_kind_of_sevlaunch())

# By the clock, which is beyond the dates of one file.
CLOCK_KINDS = [
    runs.Run("valid by the clock", 0, ("snp-verify", *verifications.undated("long"), "--json")),
    runs.Run("expired by the clock", 1, ("snp-verify", *verifications.undated("until-2029"), "--json")),
]

# With --then, which Linux does not have: the image that follows tells after all else.
EXPECTED = ("snp-digest", "--firmware", "ovmf", *runs.MILAN, "--expect", runs.expected_digest())
REPORT = ("snp-verify", *verifications.words(), *verifications.TIME)
GATES = [
    runs.Run("report", 0, REPORT),
    runs.Run("report, in JSON", 0, (*REPORT, "--json")),
    runs.Run("report of another", 1, (*REPORT, "--report", "other")),
    runs.Run("forged report, in JSON", 1, (*REPORT, "--report", "forged", "--json")),
    runs.Run("digest", 0, (*EXPECTED, "--num-cpus", "4")),
    runs.Run("other digest", 1, (*EXPECTED, "--num-cpus", "5")),
    runs.Run("report that is cut short", 2, (*REPORT, "--report", "short")),
]

SNP_GATE = f"{SEVLAUNCH} {guide()[2].split(' ', 1)[1]} --quiet"

# In reverse order: each new entry goes before the others.
ENTRIES = [
    ("mapped", validate("fs0:fw.bin"), "Not Found",
     cannot("open", "fs0:fw.bin", "there is no shell to map it to a volume")),
    ("mismatch", validate(policy=3), "Security Violation", MISMATCH),
    ("closed", validate(policy=3, more="--then next.efi"), "Security Violation", MISMATCH),
    ("SNP-closed", f"{SNP_GATE} --vmpl 3", "Security Violation", []),
    ("SNP-open", SNP_GATE, "Aborted", NEXT),
    ("SEV gate", None, "Aborted", [*MATCH, *NEXT]),
    ("match", validate(tk='"/keys/of mine/tk.bin"'), None, MATCH),
]


def secrets(lines, status):
    return Case("secrets", f"cd \\kinds\n\\{VALIDATE} {quoted(runs.SECRETS)}", lines, status)


def half_a_packet():
    """The payload cannot be replaced: what was under the header's name is there again."""
    arguments = [*runs.SECRETS, "--secret-header", "old", "--secret-payload", "\\locked"]
    return Case("half a packet", f"\\{VALIDATE} {quoted(arguments)}",
                [*MATCH, *cannot("write", "\\locked", "access is denied")], ACCESS_DENIED)


def one_file():
    arguments = [*runs.SECRETS, "--secret-header", "..\\kinds\\SECRET"]
    return Case("one file", f"\\{VALIDATE} {quoted(arguments)}",
                ["ERROR: --secret-header and --inject-secret name the same file"],
                INVALID_PARAMETER)


def gate_cases():
    """Each run of GATES, and what has no other answer than on a console."""
    for case, kind in zip(kind_cases(SEVLAUNCH, GATES, "gate."), GATES):
        command = case.command.replace(" >a ", " --then \\next.efi >a ", 1)
        yield dataclasses.replace(case, name=f"gate: {case.name}", command=command,
                                  status=ABORTED if kind.code == 0 else case.status)
    none = f"\\{SEVLAUNCH} {quoted(REPORT)} --report azure --claims-out never --then"
    for name, reason, status in (("none.efi", "there is no such file", NOT_FOUND),
                                 ("certs", "it is no EFI image for this machine", UNSUPPORTED)):
        yield Case(f"gate to {name}", f"{none} {name}", cannot("start", name, reason), status)
    yield Case("no report", f"\\{SEVLAUNCH} {quoted(REPORT)} --report none --then \\next.efi",
               cannot("open", "none", "there is no such file"), NOT_FOUND)
    yield Case("digest, no verdict", f"\\{SEVLAUNCH} {quoted(EXPECTED[:-2])} -n 4 --then \\next.efi",
               ["ERROR: --then requires --expect"], INVALID_PARAMETER)


def kind_cases(image, kinds, prefix=""):
    for number, kind in enumerate(kinds):
        name = f"{prefix}{image}.{number}"
        files = f">a {name}.out 2>a {name}.err"
        yield Case(kind.name, f"\\{image} {quoted(kind.arguments)} {files}", [], STATUSES[kind.code])


def cases_with_random():
    return [*CASES, *then_cases(), port_suite(True), secrets(runs.INJECTED.splitlines(), SUCCESS),
            half_a_packet(), one_file(), *kind_cases(VALIDATE, KINDS),
            *kind_cases(SEVLAUNCH, SNP_KINDS), *kind_cases(SEVLAUNCH, CLOCK_KINDS, "clock."),
            *gate_cases()]


def cases_without_random():
    session = Case("session", f"\\{SEVLAUNCH} {quoted(runs.SESSION)}", [runs.NO_RANDOM_FOR_KEYS], ABORTED)
    return [port_suite(False), secrets([*map(str.strip, runs.NO_RANDOM)], ABORTED), session]


def script_of(cases, begin, end):
    lines = ["@echo -off", "fs0:", *begin]
    for case in cases:
        lines += [f"echo case {case.name}", case.command, "echo status %lasterror%"]
    return "\r\n".join([*lines, "echo end of cases", *end, ""]).encode("utf-16")


def script_with_entries():
    begin = ["if exist again then", "echo It booted again", "reset -s", "endif",
             "echo again > again", "map spare fs1:"]
    end = ["cd \\"]
    for name, command, *_ in reversed(ENTRIES):
        image = SEVLAUNCH if name.startswith("SNP") else f"apps\\{VALIDATE}"
        end += guide()[3] if command is None else [f"bcfg boot add 0 {image} {name}",
                                                   f"bcfg boot -opt 0x0 {name}.opt"]
    return script_of(cases_with_random(), begin, [*end, "reset"])


def make_options(command):
    """One as the shell's echo writes it, the others without a byte order mark or a line end."""
    name, options = command.split(" ", 1)
    if name == SEVLAUNCH:
        return command.encode("utf-16-le")
    if "--policy 0x3" in options:
        return (options + "\r\n").encode("utf-16")
    return options.encode("utf-16-le")


def make_volume(folder, images, boot_name, script):
    for name in ("EFI/BOOT", "EFI/debian", "apps", "keys/of mine", "kinds"):
        (folder / name).mkdir(parents=True)
    for name in (f"EFI/BOOT/{boot_name}", f"apps/{VALIDATE}", VALIDATE):
        shutil.copy(images / VALIDATE, folder / name)
    for name in ("port-suite.efi", SEVLAUNCH):
        shutil.copy(images / name, folder)
    for name in ("EFI/debian/grubx64.efi", "next.efi"):
        shutil.copy(images / "next.efi", folder / name)
    (folder / "info.txt").write_bytes(launch.virsh(launch.measurement(OVMF)))
    (folder / "other.txt").write_bytes(launch.virsh(launch.measurement(FIRMWARE)))
    for name in ("tk.bin", "guest-tk.bin", "keys/tk.bin", "keys/here.bin", "keys/of mine/tk.bin",
                 "schl\u00fcssel-\u20ac.bin"):
        (folder / name).write_bytes(KEYS)
    (folder / "fw.bin").write_bytes(FIRMWARE)
    for name in ("ovmf.bin", "OVMF.sev.fd"):
        (folder / name).write_bytes(OVMF)
    (folder / "damaged.bin").write_bytes(FIRMWARE)
    (folder / "changed.bin").write_bytes(FIRMWARE[:-1] + bytes([FIRMWARE[-1] ^ 1]))
    for name in ("taken.part", "locked"):
        (folder / name).write_bytes(b"")
    for name, content in runs.files().items():
        (folder / "kinds" / name).write_bytes(content)
    for name, content in runs.files_of_sevlaunch().items():
        (folder / "kinds" / name).write_bytes(content)
    for name, content in verifications.files_of_guide():
        (folder / name).write_bytes(content)
    (folder / "kinds/old").write_bytes(b"old")
    (folder / "startup.nsh").write_bytes(script)
    for name, command, *_ in ENTRIES:
        if command is not None:
            (folder / f"{name}.opt").write_bytes(make_options(command))
    make_sources.make(folder / "sources")


def mtools(command, disk, *arguments):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "MTOOLS_SKIP_CHECK": "1"}
    return subprocess.run([command, "-i", disk, *arguments], env=environment, check=True,
                          stdout=subprocess.PIPE).stdout.decode()


def make_disk(disk, folder):
    with open(disk, "wb") as file:
        file.truncate(48 << 20)
    mtools("mformat", disk, "-F", "::")
    mtools("mcopy", disk, "-s", *sorted(folder.iterdir()), "::")


def damage(disk):
    """Makes a directory say that a file is longer than its clusters."""
    content = bytearray(disk.read_bytes())
    entry = content.index(b"DAMAGED BIN")
    size = int.from_bytes(content[entry + 28:entry + 32], "little")
    content[entry + 28:entry + 32] = (size + (1 << 20)).to_bytes(4, "little")
    disk.write_bytes(content)


def make_disks(folder, images, boot_name, script):
    disks = [folder / "own.img", folder / "other.img"]
    make_volume(folder / "own", images, boot_name, script)
    (folder / "other/elsewhere").mkdir(parents=True)
    (folder / "other/elsewhere/tk.bin").write_bytes(KEYS)
    shutil.copy(images / "next.efi", folder / "other/elsewhere")
    for disk in disks:
        make_disk(disk, disk.with_suffix(""))
    mtools("mattrib", disks[0], "+r", "::locked")
    damage(disks[0])
    return disks


def plain(output):
    text = re.sub(rb"\x1b\[[0-9;=]*[A-Za-z]", b"", output).decode(errors="replace")
    return text.replace("\r", "")


def watch(machine):
    """Returns what the machine prints until its boot manager has nothing more to start."""
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


def run(machine, folder, images, script, *devices):
    """Boots a new machine in a new folder; returns what it printed and its own disk."""
    command, code, variables, boot_name = machine
    folder.mkdir()
    disks = make_disks(folder, images, boot_name, script)
    shutil.copy(variables, folder / "variables.fd")
    pflash = "if=pflash,format=raw,file="
    command = [*command, *devices, "-rtc", f"base={CLOCK}", "-m", "256", "-nodefaults", "-display", "none", "-serial", "stdio",
               "-drive", f"{pflash}{code},readonly=on", "-drive", f"{pflash}{folder}/variables.fd"]
    for disk in disks:
        command += ["-drive", f"if=none,format=raw,file={disk},id={disk.stem}",
                    "-device", f"virtio-blk-pci,drive={disk.stem}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          bufsize=0) as process:
        try:
            return watch(process), disks[0]
        finally:
            process.kill()


def expected_cases(cases):
    for case in cases:
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
    """Returns a line of the boot manager, without what differs between machines."""
    line = re.sub(r"^BdsDxe: (failed to start|starting) Boot\w+ ", r"\1 ", line)
    return re.sub(r'^((?:failed to start|starting) "[^"]*") from [^:]*?((?:: [A-Z][\w ]*)?)$',
                  r"\1\2", line)


def compare(what, expected, found):
    if list(expected) != found:
        sys.exit("\n".join([f"--- {what}: expected", *expected, "--- found", *found]))


def lines_of(output):
    return [short(line) for line in output.splitlines() if "BdsDxe: loading" not in line]


def check_cases(cases, output):
    """Returns the lines before them and after them."""
    lines = lines_of(output)
    try:
        start, end = lines.index(f"case {cases[0].name}"), lines.index("end of cases")
    except ValueError as error:
        sys.exit(f"{error}\n{output}")
    compare("cases", list(expected_cases(cases)), lines[start:end + 1])
    return lines[:start], lines[end + 1:]


def check_boots(before, after):
    if NO_OPTIONS not in before:
        sys.exit("\n".join(["\\EFI\\BOOT did not say that options are missing:", *before]))
    first = f'starting "{ENTRIES[0][0]}"'
    compare("boot entries", list(expected_boots()), after[after.index(first):])


def text_of(file):
    return file.read_text().replace("\r\n", "\n")


def check_kinds(folder, image, kinds, command, prefix="", follows=""):
    """Compares the output of runs here with that on Linux; a text follows each success."""
    for number, kind in enumerate(kinds):
        linux = launch.runner.run(kind.arguments, command=command, cwd=folder, text=True)
        after = follows if kind.code == 0 else ""
        compare(kind.name, [linux.code, linux.out + after, linux.err],
                [kind.code, *(text_of(folder / f"{prefix}{image}.{number}.{stream}")
                              for stream in ("out", "err"))])


def check_clock(folder):
    """Both runs tell the time that the machine was set to, and some minutes."""
    for number, (kind, state) in enumerate(zip(CLOCK_KINDS, ("passed", "failed"))):
        verdict = json.loads(text_of(folder / f"clock.{SEVLAUNCH}.{number}.out"))
        dates = [check["state"] for check in verdict["checks"] if check["check"] == "dates"]
        time_told = verdict["time"]
        if dates != [state] or not CLOCK <= time_told < "2030-02-03T06":
            sys.exit(f"{kind.name}: {dates}, at {time_told}")


def check_snp_kinds(kinds, command):
    """The files that they write are those of Linux, too."""
    names = runs.WRITTEN_BY_SEVLAUNCH
    written = [(kinds / name).read_bytes() for name in names]
    if not runs.takes_session(kinds):
        sys.exit("the secure processor gets other keys from the session")
    check_kinds(kinds, SEVLAUNCH, SNP_KINDS, command)
    if written != [(kinds / name).read_bytes() for name in names]:
        sys.exit("the ID block or its page are others")


def check_files(disk, folder, validate_on_linux, sevlaunch_on_linux):
    mtools("mcopy", disk, "-s", "::kinds", folder)
    kinds = folder / "kinds"
    if (kinds / "pages").read_bytes() != runs.PAGES:
        sys.exit("the CPU pages are others")
    if (kinds / "old").read_bytes() != b"old":
        sys.exit("a file that could not be replaced is another")
    runs.check_packet(kinds)
    if (kinds / "never").exists():
        sys.exit("claims were written although the next image could not be loaded")
    check_kinds(kinds, VALIDATE, KINDS, validate_on_linux)
    check_snp_kinds(kinds, sevlaunch_on_linux)
    check_kinds(kinds, SEVLAUNCH, GATES, sevlaunch_on_linux, "gate.", f"{NEXT[0]}\n")
    check_clock(kinds)


def check_left(disk, expected):
    """No incomplete file stays, and what could not be replaced does."""
    names = re.findall(r"[^/\n]*\.(?:part|back)$|^::/locked$", mtools("mdir", disk, "-b", "-/", "::"), re.M)
    compare("files", sorted(expected), sorted(names))


def check_with_random(machine, folder, images, *commands):
    output, disk = run(machine, folder, images, script_with_entries(),
                       "-device", "virtio-rng-pci")
    check_boots(*check_cases(cases_with_random(), output))
    check_left(disk, ["taken.part", "::/locked"])
    check_files(disk, folder, *commands)


def check_without_random(machine, folder, images):
    cases = cases_without_random()
    output, disk = run(machine, folder, images, script_of(cases, [], ["reset -s"]))
    check_cases(cases, output)
    check_left(disk, ["taken.part", "::/locked"])
    if re.search("/(header|payload|vm_.*)$", mtools("mdir", disk, "-b", "::kinds"), re.M):
        sys.exit("a packet or a session was written without random bytes")


def main():
    machine, images, commands = MACHINES[sys.argv[1]], pathlib.Path(sys.argv[2]), sys.argv[3:]
    with tempfile.TemporaryDirectory() as folder:
        check_with_random(machine, pathlib.Path(folder, "with"), images, *commands)
        check_without_random(machine, pathlib.Path(folder, "without"), images)


if __name__ == "__main__":
    main()
