# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Launches as the secure processor would measure them, with Python's own HMAC and SHA-256."""
import hashlib
import json
import pathlib
import sys
import types

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import model  # noqa: E402
import runner  # noqa: E402

API_MAJOR, API_MINOR, BUILD, POLICY = 1, 51, 13, 0x10003
ES_POLICY = POLICY | 4
RESET = 0x80b004
MILAN = model.signature(25, 1, 1)
TEK = bytes(range(0x10, 0x20))
TIK = bytes(range(0x80, 0x90))
MNONCE = bytes(range(0xf0, 0x100))

OVMF = runner.OVMF


def firmware(size):
    return hashlib.shake_128(b"firmware").digest(size)


def sev_firmware(size):
    """Firmware that takes kernel hashes and secrets, and starts more CPUs than one."""
    footer = model.footer([model.area(model.HASH_AREA, 0x810c00, 0x400),
                           model.area(model.SECRET_AREA, 0x810000, 0xc00),
                           model.reset_block(RESET)]) + bytes(32)
    return firmware(size - len(footer)) + footer


def kernel_hashes(kernel, initrd=b"", cmdline=b""):
    return model.kernel_table(kernel, initrd, cmdline)


def cpu_pages(count, fpu="legacy", vmm="qemu"):
    return model.Cpu(MILAN, vmm=vmm, fpu=fpu).pages(count, RESET)


def measure(measured, policy=POLICY):
    """Returns the digest of all that is measured, joined."""
    return reported(measured, policy)[:32]


def reported(measured, policy=POLICY, tik=TIK):
    """Returns MEASURE || MNONCE, as the host reports them."""
    return model.launch_blob(tik, (API_MAJOR, API_MINOR, BUILD), policy, model.sha256(measured),
                             MNONCE)


def measurement(measured, policy=POLICY):
    return model.encode(reported(measured, policy))


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
    """Returns the secrets in the two files, by their GUIDs."""
    keys = types.SimpleNamespace(tek=TEK, tik=TIK, measure=measure(measured))
    table = model.open_packet(keys, *(pathlib.Path(name).read_bytes()
                                      for name in (header, payload)))
    assert table is not None, "the secure processor refuses the packet"
    return model.secrets_in(table)[0]


class Folder(runner.FolderTest):
    """With the keys in it."""

    def setUp(self):
        super().setUp()
        self.write("tk", TEK + TIK)

    @staticmethod
    def write(name, content):
        pathlib.Path(name).write_bytes(content)
