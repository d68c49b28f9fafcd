# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The machines of QEMU, and how to run an image or a Linux program on one."""
import dataclasses
import subprocess

TIMEOUT = 80
PROGRAMS = {"linux-s390x": "qemu-s390x", "linux-aarch64": "qemu-aarch64",
            "linux-i686": "qemu-i386"}


@dataclasses.dataclass(frozen=True)
class Machine:
    qemu: tuple
    ram: int  # where .data, .bss and the stack are
    ram_size: int
    region: int  # where a test may map anything
    region_size: int
    hole: int  # where nothing is mapped


MACHINES = {
    "cortex-m0": Machine(("qemu-system-arm", "-M", "microbit"),
                         0x20000000, 16 << 10, 0x20000, 128 << 10, 0x70000000),
    "cortex-m3": Machine(("qemu-system-arm", "-M", "mps2-an385"),
                         0x20000000, 4 << 20, 0x21000000, 16 << 20, 0x70000000),
    "cortex-m33": Machine(("qemu-system-arm", "-M", "mps2-an505"),
                          0x38000000, 2 << 20, 0x80000000, 16 << 20, 0x70000000),
    "riscv32": Machine(("qemu-system-riscv32", "-M", "virt", "-bios", "none"),
                       0x80100000, 1 << 20, 0x81000000, 16 << 20, 0x18000000),
    "riscv64": Machine(("qemu-system-riscv64", "-M", "virt", "-bios", "none"),
                       0x80100000, 1 << 20, 0x81000000, 16 << 20, 0x18000000),
}


def quoted(argument):
    """Quotes arguments for the port's entry.c, which cuts a command line."""
    if argument and not set(argument) & set(" \t'\""):
        return argument
    return f"'{argument}'" if '"' in argument else f'"{argument}"'


def semihosting(arguments):
    given = "".join(",arg=" + argument.replace(",", ",,") for argument in arguments)
    return ("-semihosting-config", "enable=on,target=native" + given)


def command(machine, image, *options):
    return [*machine.qemu, "-display", "none", "-monitor", "none", *options, "-kernel", str(image)]


def loaded(file, address):
    return ("-device", f"loader,file={file},addr={address:#x},force-raw=on")


def run(machine, image, arguments=(), options=("-serial", "none"), raw=False, **streams):
    """Runs an image to its end; returns its exit code, standard output and error."""
    line = [argument if raw else quoted(argument) for argument in ("image", *arguments)]
    return run_command(command(machine, image, *options, *semihosting(line)), **streams)


def run_program(emulator, program, arguments):
    """Runs a program of another Linux."""
    return run_command([*emulator, program, *arguments])


def run_command(words, **streams):
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    done = subprocess.run(words, stdin=subprocess.DEVNULL, timeout=TIMEOUT, text=True, **streams)
    return done.returncode, done.stdout, done.stderr


def run_until(machine, image, last_line, options):
    """Runs an image until its console shows `last_line`. Returns all that it shows."""
    with subprocess.Popen([*("timeout", str(TIMEOUT)),
                           *command(machine, image, "-serial", "stdio", *options)],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True) as process:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if last_line in line:
                break
        process.terminate()
    return "".join(lines)
