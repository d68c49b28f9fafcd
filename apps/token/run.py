#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Has a token in QEMU verify one launch: writes the request to its memory, starts it, reads the
result from its mailbox, and ends it.

The exit code is 0 for a match, 1 for a mismatch, 2 for a request that is none, and 3 for
any other failure. provision.py writes keys or reference values into the image before. Of a
launch of SEV, values are those that the host reports, as virt-qemu-sev-validate takes them.
"""
import argparse
import base64
import binascii
import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # the folder stays as it is
import snp_request  # noqa: E402

QEMU = ("qemu-system-arm", "-M", "mps2-an385", "-display", "none", "-serial", "none",
        "-monitor", "none", "-qmp", "stdio")
LONGEST_RUN = 60
OK = "OK: Looks good to me"

# See token.h, results.h, README.md, and core/include/sevlaunch/result.h.
MAGIC, FIRMWARE, LAUNCH_DIGEST = 0x50b8599c, 0x504fbb5a, 0x0658f14e
MAILBOX, RESULT, FINDINGS = 0x21000000, 0x21000068, 0x2100006c
FIRMWARE_START, FIRMWARE_END = 0x21001000, 0x22000000
NOT_YET, BUSY, MATCH = 0, 0x5351d228, 0x7953a6f2
REFUSALS = {
    0x134f069b: (1, "Measurement does not match, VM is not trustworthy"),
    0x3586aa4d: (3, "this token was not provisioned with keys"),
    0x3656a513: (2, "the mailbox holds no request"),
    0x7946082e: (2, "the firmware is not where this token allows it"),
}
MISMATCH, UNREADABLE = 0x134f069b, 0x1f89bdb8
SNP_REFUSALS = {
    MISMATCH: (1, None),  # what the token found
    UNREADABLE: (2, None),
    0x3586aa4d: (3, "this token was not provisioned with reference values"),
    0x2c2b6195: (3, "the reference values of this token are damaged"),
    0x3656a513: (2, "the mailbox holds no request"),
    0x7946082e: (2, "this token needs certificates: give --certs, or --vcek or --vlek, --ask and "
                    "--ark"),
}


def number(maximum):
    def read(text):
        if not re.fullmatch("[0-9]+|0x[0-9a-fA-F]+", text) or int(text, 0) > maximum:
            raise argparse.ArgumentTypeError(f"expected a number up to {maximum}, but got '{text}'")
        return int(text, 0)
    return read


def measurement(text):
    try:
        blob = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        blob = b""
    if len(blob) != 48:
        raise argparse.ArgumentTypeError(f"expected 48 bytes in base64, but got '{text}'")
    return blob


def digest(text):
    if not re.fullmatch("[0-9a-fA-F]{64}", text):
        raise argparse.ArgumentTypeError(f"expected 64 hexadecimal digits, but got '{text}'")
    return bytes.fromhex(text)


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("image", type=pathlib.Path)
    group = parser.add_argument_group("SEV and SEV-ES, for token.elf")
    guest = group.add_mutually_exclusive_group()
    guest.add_argument("--firmware", metavar="PATH", type=pathlib.Path)
    guest.add_argument("--launch-digest", metavar="HEX", type=digest)
    group.add_argument("--measurement", metavar="BASE64", type=measurement)
    for name in ("api-major", "api-minor", "build-id"):
        group.add_argument(f"--{name}", metavar="N", type=number(255))
    group.add_argument("--policy", metavar="N", type=number(2**32 - 1))
    snp_request.add_options(parser)
    given = parser.parse_args()
    check_arguments(parser, given)
    return given


def check_arguments(parser, given):
    """All that one kind of request has, and nothing of the other."""
    sev = {"--firmware or --launch-digest": given.firmware or given.launch_digest,
           "--measurement": given.measurement, "--api-major": given.api_major,
           "--api-minor": given.api_minor, "--build-id": given.build_id, "--policy": given.policy}
    snp = {f"--{name.replace('_', '-')}": getattr(given, name)
           for name in ("vcek", "vlek", "ask", "ark", "certs", "report_data")}
    expected, others = (snp, sev) if given.report else (sev, snp)
    wrong = [name for name, value in others.items() if value is not None]
    if wrong:
        parser.error(f"{wrong[0]}: it is " + ("of SEV, and --report is of SEV-SNP" if given.report
                                              else "of SEV-SNP, and --report is missing"))
    missing = [name for name, value in expected.items() if value is None and not given.report]
    if missing:
        parser.error(f"give {', '.join(missing)}; or for SEV-SNP --report")


def request_of(given, firmware):
    """Returns the mailbox before the token starts; its result is 0."""
    source = FIRMWARE if given.launch_digest is None else LAUNCH_DIGEST
    return (struct.pack("<4I", MAGIC, source, FIRMWARE_START, len(firmware)) +
            (given.launch_digest or bytes(32)) +
            struct.pack("<4BI", given.api_major, given.api_minor, given.build_id, 0, given.policy) +
            given.measurement + struct.pack("<I", NOT_YET))


def load(folder, name, content, address):
    """Returns QEMU's options that put the content to an address."""
    path = folder / name
    path.write_bytes(content)
    return ("-device", f"loader,file={str(path).replace(',', ',,')},addr={address:#x},force-raw=on")


class Monitor:
    """QEMU, on its standard input and output."""

    def __init__(self, process):
        self.process = process
        self.ask("qmp_capabilities")

    def ask(self, command, **arguments):
        self.process.stdin.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            answer = json.loads(line)
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise OSError(f"QEMU refuses {command}: {answer['error']['desc']}")
        raise OSError("QEMU ended before the token had a result")

    def read_word(self, address):
        shown = self.ask("human-monitor-command", **{"command-line": f"xp /1wx {address:#x}"})
        return int(shown.split(":")[1], 16)


def wait_for_result(monitor):
    deadline = time.monotonic() + LONGEST_RUN
    while time.monotonic() < deadline:
        result = monitor.read_word(RESULT)
        if result not in (NOT_YET, BUSY):
            return result
        time.sleep(0.05)
    raise OSError(f"the token had no result after {LONGEST_RUN} seconds")


def run_token(image, contents):
    """Returns the result and the three words after it, with each content at its address. Ends
    QEMU in any case."""
    image.read_bytes()  # or there is a reason, before QEMU says it in other words
    with tempfile.TemporaryDirectory() as name:
        loads = [word for address, content in contents.items()
                 for word in load(pathlib.Path(name), f"{address:#x}", content, address)]
        with subprocess.Popen([*QEMU, *loads, "-kernel", image.resolve()], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True) as process:
            try:
                monitor = Monitor(process)
                result = wait_for_result(monitor)
                return result, [monitor.read_word(FINDINGS + 4 * i) for i in range(3)]
            finally:
                process.kill()


def verify(given):
    """Returns the exit code, and what is to be said."""
    firmware = b"" if given.firmware is None else given.firmware.read_bytes()
    if given.firmware is not None and not 0 < len(firmware) <= FIRMWARE_END - FIRMWARE_START:
        return 2, (f"--firmware: expected 1 to {FIRMWARE_END - FIRMWARE_START} bytes in "
                   f"'{given.firmware}', but got {len(firmware)}")
    contents = {MAILBOX: request_of(given, firmware)}
    if firmware:
        contents[FIRMWARE_START] = firmware
    result, _ = run_token(given.image, contents)
    if result == MATCH:
        return 0, OK
    return REFUSALS.get(result, (3, "this token computes wrong"))


def verify_report(given):
    """Returns the exit code, and what is to be said."""
    try:
        mailbox = snp_request.request_of(given)
    except snp_request.Unusable as error:
        return 2, error
    result, (fault, failed, not_made) = run_token(given.image, {MAILBOX: mailbox})
    if result == MATCH:
        return 0, f"{OK}; not checked: {snp_request.checks_in(not_made)}"
    code, error = SNP_REFUSALS.get(result, (3, "this token computes wrong"))
    return code, error or snp_request.reason(fault, failed)


def main():
    given = read_arguments()
    try:
        code, said = verify_report(given) if given.report else verify(given)
        if code == 0:
            os.write(1, f"{said}\n".encode())
    except Exception as reason:  # Python would end with 1, which is a mismatch
        code, said = 3, reason
    if code != 0:
        print(f"ERROR: {said}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
