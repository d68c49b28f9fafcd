#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Has a token in QEMU verify one launch: writes the request and the firmware to its memory,
starts it, reads the result from its mailbox, and ends it.

The exit code is 0 for a match, 1 for a mismatch, 2 for a request that is none, and 3 for
any other failure. Values are those that the host reports, as virt-qemu-sev-validate takes
them. provision.py writes the keys into the image before.
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

QEMU = ("qemu-system-arm", "-M", "mps2-an385", "-display", "none", "-serial", "none",
        "-monitor", "none", "-qmp", "stdio")
LONGEST_RUN = 60

# See token.h, README.md, and core/include/sevlaunch/result.h.
MAGIC, FIRMWARE, LAUNCH_DIGEST = 0x50b8599c, 0x504fbb5a, 0x0658f14e
MAILBOX, RESULT = 0x21000000, 0x21000068
FIRMWARE_START, FIRMWARE_END = 0x21001000, 0x22000000
NOT_YET, BUSY, MATCH = 0, 0x5351d228, 0x7953a6f2
REFUSALS = {
    0x134f069b: (1, "Measurement does not match, VM is not trustworthy"),
    0x3586aa4d: (3, "this token was not provisioned with keys"),
    0x3656a513: (2, "the mailbox holds no request"),
    0x7946082e: (2, "the firmware is not where this token allows it"),
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
    guest = parser.add_mutually_exclusive_group(required=True)
    guest.add_argument("--firmware", metavar="PATH", type=pathlib.Path)
    guest.add_argument("--launch-digest", metavar="HEX", type=digest)
    parser.add_argument("--measurement", metavar="BASE64", type=measurement, required=True)
    for name in ("api-major", "api-minor", "build-id"):
        parser.add_argument(f"--{name}", metavar="N", type=number(255), required=True)
    parser.add_argument("--policy", metavar="N", type=number(2**32 - 1), required=True)
    return parser.parse_args()


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


def run_token(image, loads):
    """Ends QEMU in any case."""
    with subprocess.Popen([*QEMU, *loads, "-kernel", image.resolve()], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as process:
        try:
            return wait_for_result(Monitor(process))
        finally:
            process.kill()


def verify(given):
    firmware = b"" if given.firmware is None else given.firmware.read_bytes()
    if given.firmware is not None and not 0 < len(firmware) <= FIRMWARE_END - FIRMWARE_START:
        return 2, (f"--firmware: expected 1 to {FIRMWARE_END - FIRMWARE_START} bytes in "
                   f"'{given.firmware}', but got {len(firmware)}")
    given.image.read_bytes()  # or there is a reason, before QEMU says it in other words
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        loads = load(folder, "mailbox", request_of(given, firmware), MAILBOX)
        if firmware:
            loads += load(folder, "firmware", firmware, FIRMWARE_START)
        result = run_token(given.image, loads)
    if result == MATCH:
        return 0, None
    return REFUSALS.get(result, (3, "this token computes wrong"))


def main():
    given = read_arguments()
    try:
        code, error = verify(given)
        if code == 0:
            os.write(1, b"OK: Looks good to me\n")
    except Exception as reason:  # Python would end with 1, which is a mismatch
        code, error = 3, reason
    if code != 0:
        print(f"ERROR: {error}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
