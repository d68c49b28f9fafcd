# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The token's mailbox and memory map, as apps/token/README.md specifies them, and a
machine that runs the image with them."""
import json
import pathlib
import re
import socket
import struct
import subprocess
import sys
import time

sys.path.append(str(pathlib.Path(__file__).parents[1] / "machines"))
import launch  # noqa: E402
import machine  # noqa: E402

MACHINE = machine.MACHINES["cortex-m3"]
TIMEOUT = 160

MAGIC, FIRMWARE, LAUNCH_DIGEST = 0x50b8599c, 0x504fbb5a, 0x0658f14e
SNP_MAGIC, CHALLENGE, NO_CHALLENGE = 0x6d8a4f23, 0x7c3633d9, 0x63d89d54
CERTIFICATE_MAX, REFERENCE_MAGIC = 2048, 0x0521ff44
ROM, ROM_SIZE, KEYS = 0x00000000, 4 << 20, 0x003ff000
REFERENCE, REFERENCE_SIZE = 0x003ff000, 0x368
RAM, RAM_SIZE = 0x20000000, 4 << 20
PSRAM, PSRAM_SIZE = 0x21000000, 16 << 20
MAILBOX, RESULT = PSRAM, PSRAM + 0x68
FIRMWARE_START, FIRMWARE_END = 0x21001000, 0x22000000

HEADERS = pathlib.Path(__file__).resolve().parents[2]


def results():
    """Returns every value by its name, from the two headers."""
    text = "".join((HEADERS / path).read_text() for path in
                   ("core/include/sevlaunch/result.h", "apps/token/results.h"))
    found = re.findall(r"^ +((?:SEVL|TOKEN)_\w+) = (0x[0-9a-f]{8})", text, re.M)
    return {name: int(value, 16) for name, value in found}


def reported(content, tik=launch.TIK):
    """Returns MEASURE || MNONCE of a firmware, as the host reports them."""
    return launch.reported(content, tik=tik)


def request(blob, magic=MAGIC, source=FIRMWARE, firmware=FIRMWARE_START, size=0,
            launch_digest=bytes(32), result=0):
    """Returns the mailbox before the token starts; `blob` is what the host reports."""
    return (struct.pack("<4I", magic, source, firmware, size) + launch_digest +
            struct.pack("<4BI", launch.API_MAJOR, launch.API_MINOR, launch.BUILD, 0,
                        launch.POLICY) + blob + struct.pack("<I", result))


def snp_request(report, chain, challenge=None, magic=SNP_MAGIC, kind=None, sizes=None, result=0):
    """Returns the mailbox of a token for SEV-SNP: `chain` is leaf, intermediate and root."""
    kind = kind if kind is not None else NO_CHALLENGE if challenge is None else CHALLENGE
    head = struct.pack("<5I20x64sI20x", magic, kind, *(sizes or map(len, chain)), challenge or b"",
                       result)
    return head + report.ljust(0x780, b"\0") + b"".join(
        der[:CERTIFICATE_MAX].ljust(CERTIFICATE_MAX, b"\0") for der in chain)


class Token:
    """A machine that runs an image, with access to its memory and console."""

    def __init__(self, image, folder, mailbox, firmware=b"", at=FIRMWARE_START, options=()):
        self.folder = pathlib.Path(folder)
        loads = self.load("mailbox", mailbox, MAILBOX)
        if firmware:
            loads += self.load("firmware", firmware, at)
        self.process = subprocess.Popen(
            ["timeout", str(TIMEOUT), *machine.command(
                MACHINE, image, "-serial", "stdio", "-qmp",
                f"unix:{self.folder}/qmp,server=on,wait=off", *loads, *options)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def load(self, name, content, address):
        (self.folder / name).write_bytes(content)
        return machine.loaded(self.folder / name, address)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate()

    def line(self):
        return self.process.stdout.readline()

    def connect(self):
        """As soon as QEMU listens, which is after its socket is there."""
        deadline = time.monotonic() + TIMEOUT
        while True:
            connection = socket.socket(socket.AF_UNIX)
            connection.settimeout(TIMEOUT)
            try:
                connection.connect(f"{self.folder}/qmp")
                return connection
            except (FileNotFoundError, ConnectionRefusedError):
                connection.close()
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)

    def monitor(self, command, **arguments):
        with self.connect() as connection:
            stream = connection.makefile("rw")
            stream.readline()
            for words in ({"execute": "qmp_capabilities"},
                          {"execute": command, "arguments": arguments}):
                stream.write(json.dumps(words) + "\n")
                stream.flush()
                answer = json.loads(stream.readline())
                while "event" in answer:
                    answer = json.loads(stream.readline())
            if "return" not in answer:
                raise RuntimeError(f"{command}: {answer}")

    def memory(self, address, size):
        file = self.folder / "memory"
        self.monitor("pmemsave", val=address, size=size, filename=str(file))
        return file.read_bytes()

    def findings(self):
        """Of a token for SEV-SNP: the fault, and bits of the checks that failed, and were not made."""
        return struct.unpack("<3I", self.memory(RESULT + 4, 12))

    def result(self):
        return struct.unpack("<I", self.memory(RESULT, 4))[0]
