# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Launches as the secure processor would measure them, by Python's own HMAC and SHA-256."""
import base64
import hashlib
import hmac
import json
import os
import pathlib
import struct
import sys
import tempfile
import types
import unittest
import uuid

for folder in ("interop", "vectors"):
    sys.path.append(str(pathlib.Path(__file__).parents[1] / folder))
import packet  # noqa: E402
import tables  # noqa: E402
import vmsa  # noqa: E402

API_MAJOR, API_MINOR, BUILD, POLICY = 1, 51, 13, 0x10003
ES_POLICY = POLICY | 4
RESET = 0x80b004
MILAN = 25, 1, 1  # family, model, stepping
TEK = bytes(range(0x10, 0x20))
TIK = bytes(range(0x80, 0x90))
MNONCE = bytes(range(0xf0, 0x100))

OVMF = pathlib.Path("/usr/share/ovmf/OVMF.fd")


def firmware(size):
    return hashlib.shake_128(b"firmware").digest(size)


def footer_entry(name, data, more=0):
    size = struct.pack("<H", len(data) + 18 + more)
    return data + size + uuid.UUID(tables.GUIDS[name]).bytes_le


def sev_firmware(size):
    """Firmware that takes kernel hashes and secrets, and starts more CPUs than one."""
    table = (footer_entry("HASH_TABLE_AREA", struct.pack("<II", 0x810c00, 0x400)) +
             footer_entry("SECRET_AREA", struct.pack("<II", 0x810000, 0xc00)) +
             footer_entry("RESET", struct.pack("<I", RESET)))
    footer = table + footer_entry("FOOTER", b"", len(table)) + bytes(32)
    return firmware(size - len(footer)) + footer


def kernel_hashes(kernel, initrd=b"", cmdline=b""):
    contents = {"KERNEL": kernel, "INITRD": initrd, "CMDLINE": cmdline + b"\0"}
    return tables.kernel_table({name: hashlib.sha256(content).digest()
                                for name, content in contents.items()})


def cpu_pages(count, fpu=vmsa.LEGACY):
    first, other = (vmsa.page_of_table(vmsa.Case(*MILAN, vmsa.QEMU, fpu, 0, reset))
                    for reset in (vmsa.CPU0, RESET))
    return first + other * (count - 1)


def measure(measured, policy=POLICY):
    """Of all that is measured, joined."""
    digest = hashlib.sha256(measured).digest()
    message = struct.pack("<BBBBI", 4, API_MAJOR, API_MINOR, BUILD, policy) + digest + MNONCE
    return hmac.digest(TIK, message, "sha256")


def measurement(measured, policy=POLICY):
    return base64.b64encode(measure(measured, policy) + MNONCE).decode()


def arguments(reported, policy=POLICY):
    return ["--measurement", reported, "--api-major", str(API_MAJOR), "--api-minor",
            str(API_MINOR), "--build-id", str(BUILD), "--policy", hex(policy)]


def virsh(reported):
    """As virsh domlaunchsecinfo shows a launch."""
    values = {"measurement": reported, "api-major": API_MAJOR, "api-minor": API_MINOR,
              "build-id": BUILD, "policy": POLICY}
    return "".join(f"sev-{name:<15}: {value}\n" for name, value in values.items()).encode()


def qmp(reported):
    """As QEMU replies to query-sev and query-sev-launch-measure."""
    sev = {"enabled": True, "api-major": API_MAJOR, "api-minor": API_MINOR, "build-id": BUILD,
           "policy": POLICY, "state": "launch-secret", "handle": 1}
    replies = [{"return": sev}, {"return": {"data": reported}}]
    return "\n".join(map(json.dumps, replies)).encode()


def open_packet(header, payload, measured):
    """The secrets in the two files, by their GUIDs."""
    keys = types.SimpleNamespace(tek=TEK, tik=TIK, measure=measure(measured))
    header, payload = (base64.b64decode(pathlib.Path(name).read_bytes(), validate=True)
                       for name in (header, payload))
    return packet.parse(packet.open_by_openssl(keys, header, payload))[0]


class Folder(unittest.TestCase):
    """A folder of its own for each test, with the keys in it."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)
        self.write("tk", TEK + TIK)

    @staticmethod
    def write(name, content):
        pathlib.Path(name).write_bytes(content)
