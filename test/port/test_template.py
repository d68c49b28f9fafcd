# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does the skeleton of a port compile, and not link before all of it is written?

usage: test_template.py SOURCE-TREE [OPTION-OF-CMAKE...]
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE, *OPTIONS = sys.argv[1:]


def contract():
    """Returns the functions of port.h that a platform defines; app_main() is the application's."""
    header = pathlib.Path(SOURCE, "port/port.h").read_text()
    return set(re.findall(r"(port_\w+)\(", re.sub(r"/\*.*?\*/", "", header, flags=re.S)))


def build(folder, target):
    return subprocess.run(["cmake", "--build", folder, "--target", target], timeout=480,
                          env={**os.environ, "LC_ALL": "C"}, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["cmake", "-S", SOURCE, "-B", folder, "-G", "Ninja",
                        "-DSEVLAUNCH_PORT=template", "-DSEVLAUNCH_WERROR=ON",
                        "-DBUILD_TESTING=OFF", *OPTIONS],
                       check=True, timeout=240, stdout=subprocess.DEVNULL)
        library = build(folder, "sevlaunch_port")
        programs = [build(folder, target) for target in ("virt-qemu-sev-validate", "sevlaunch_command")]
    said = "".join(program.stdout for program in programs)
    left = set(re.findall(r"undefined reference to [`']fill_in_(\w+)_in_\w+_c'", said))
    if library.returncode != 0:
        sys.exit("the skeleton does not compile\n" + library.stdout)
    if not all(program.returncode for program in programs) or left != contract() | {"arguments", "exit_code"}:
        sys.exit(f"the linker named {sorted(left)}\n" + said)


if __name__ == "__main__":
    main()
