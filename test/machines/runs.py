# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Every kind of run of the command that ends in the same way on every machine."""
import base64
import dataclasses
import struct
import uuid

import launch
import verifications
from secure_processor import SecureProcessor
from sev_platform import Platform

FIRMWARE = launch.sev_firmware(4096)
KERNEL, INITRD, CMDLINE = b"kernel" * 1000, b"initrd" * 20, b"quiet root=/dev/sda"
PAGES = launch.cpu_pages(2)
NOTHING = "explains it. Ruled out: swapped keys"
MILAN, ROME = ("--cpu-type", "EPYC-Milan"), ("--cpu-type", "EPYC-Rome")


@dataclasses.dataclass(frozen=True)
class Run:
    name: str
    code: int
    arguments: tuple
    hint: str = ""  # in its text on standard error
    pages: bytes = b""  # its output to the file "pages"


def given(measured, policy=launch.POLICY):
    reported = launch.measurement(FIRMWARE + measured, policy)
    return (*launch.arguments(reported, policy), "--firmware", "sev", "--tk", "tk")


def files():
    reported = launch.measurement(FIRMWARE)
    return {"sev": FIRMWARE, "kernel": KERNEL, "initrd": INITRD, "cmdline": CMDLINE,
            "cpu0": PAGES[:4096], "cpu1": PAGES[4096:], "tek": launch.TEK, "tik": launch.TIK,
            "tk": launch.TEK + launch.TIK, "secret": launch.firmware(100),
            "virsh": launch.virsh(reported), "qmp": launch.qmp(reported), "neither": b"{"}


def direct_boot():
    options = ("--kernel", "kernel", "--initrd", "initrd", "--cmdline", CMDLINE.decode())

    def launched(*contents):
        return given(launch.kernel_hashes(*contents))

    yield Run("direct boot", 0, (*launched(KERNEL, INITRD, CMDLINE), *options))
    yield Run("command line in a file", 0, (*launched(KERNEL, b"", CMDLINE), "--kernel", "kernel",
                                            "--cmdline-file", "cmdline"))
    yield Run("no initrd", 1, (*launched(KERNEL, b"", CMDLINE), *options), "without")
    yield Run("no initrd, a newline", 1, (*launched(KERNEL, b"", CMDLINE + b"\n"), *options),
              "a newline at its end")
    yield Run("another kernel", 1, (*launched(INITRD, INITRD, CMDLINE), *options),
              NOTHING)


def cpus():
    launched = given(PAGES, launch.ES_POLICY)
    files = ("--vmsa-cpu0", "cpu0", "--vmsa-cpu1", "cpu1")
    init2 = given(launch.cpu_pages(2, "init2"), launch.ES_POLICY)
    ec2 = given(launch.cpu_pages(2, vmm="ec2"), launch.ES_POLICY)
    yield Run("SEV-ES", 0, (*launched, *MILAN, "--num-cpus", "2", "--vmsa-out", "pages"),
              pages=PAGES)
    yield Run("number of CPUs", 1, (*launched, *MILAN, "--num-cpus", "3"), "--num-cpus 2")
    yield Run("CPU model", 1, (*launched, *ROME, "--num-cpus", "2"), "(EPYC-Milan)")
    yield Run("FPU state", 1, (*init2, *MILAN, "--num-cpus", "2"), "init2")
    yield Run("VMM and features", 1,
              (*ec2, *MILAN, "--num-cpus", "2", "--sev-features", "32"),
              "--vmm ec2 and for --sev-features 0x0")
    yield Run("three mistakes", 1,
              (*launched, *ROME, "--num-cpus", "1", "--vmsa-fpu", "init2"),
              NOTHING)
    yield Run("pages", 0, (*launched, *files, "--num-cpus", "2"))
    yield Run("number of pages", 1, (*launched, *files, "--num-cpus", "1"), "--num-cpus 2")
    yield Run("not a page", 2, (*launched, *files, "--num-cpus", "2", "--vmsa-cpu1", "kernel"))


def answers():
    launched = given(launch.kernel_hashes(KERNEL) + PAGES, launch.ES_POLICY)
    options = ("--kernel", "kernel", *MILAN, "--num-cpus", "2")
    nonce = ("--nonce", "00" * 16)
    guest = ("--policy", hex(launch.ES_POLICY), "--firmware", "sev", *options)
    versions = launch.arguments("", launch.ES_POLICY)[2:8]
    yield Run("JSON", 0, (*launched, *options, "--json"))
    yield Run("JSON with hints", 1, (*launched, *options, "--json", "--build-id", "1"))
    yield Run("debug", 1, (*launched, *options, "--debug", "--num-cpus", "1"), "[DEBUG]: ")
    yield Run("no hints", 1, (*launched, "--no-hints", *options, "--num-cpus", "1"))
    yield Run("digest", 0, (*guest, "--print-digest", "hex"))
    yield Run("measurement", 0, (*guest, *versions, *nonce, "--tk", "tk",
                                 "--print-measurement", "base64"))
    yield Run("self-test", 0, ("--self-test",))
    yield Run("ambiguous", 2, ("--s",), "is ambiguous")


def launch_infos():
    for name, code in (("virsh", 0), ("qmp", 0), ("neither", 2)):
        yield Run(f"launch info: {name}", code,
                  ("--launch-info", name, "--firmware", "sev", "--tk", "tk"))


def every_kind():
    yield Run("swapped keys", 1, (*given(b"")[:-2], "--tek", "tik", "--tik", "tek",
                                  "--api-minor", "50"), "swapped")
    yield from direct_boot()
    yield from cpus()
    yield from answers()
    yield from launch_infos()


# How it ends depends on whether there is a random source.
SECRETS = (*given(b""), "--inject-secret", "luks-key:secret",
           "--secret-header", "header", "--secret-payload", "payload")
INJECTED = "OK: Looks good to me\nOK: Injected 1 secrets\n"
NO_RANDOM = ("OK: Looks good to me\n",
             "ERROR: --inject-secret: this machine has no random source for the IV\n")


def check_packet(folder="."):
    """Ends the test unless the secret is in the packet that the run wrote."""
    opened = launch.open_packet(f"{folder}/header", f"{folder}/payload", FIRMWARE)
    assert opened == {uuid.UUID(launch.model.LUKS_KEY): launch.firmware(100)}, opened


ID_KEY = 7**130
WRITTEN_BY_SEVLAUNCH = ("block", "page", "claims")


PLATFORM = Platform(b"machines", bits=2048)
SESSION_POLICY = 0x16000005
SESSION = ("sev-session", "--chain", "platform", "--policy", hex(SESSION_POLICY),
           "--ark-fingerprint", PLATFORM.ark.fingerprint)
NO_RANDOM_FOR_KEYS = "ERROR: this machine has no source of random bytes that are fit for keys"


def takes_session(folder):
    """Whether the secure processor gets the keys that are in a folder from what is for its host."""
    godh, session = (base64.b64decode((folder / f"vm_{name}.b64").read_bytes(), validate=True)
                     for name in ("godh", "session"))
    keys = SecureProcessor.of(PLATFORM).open_session(SESSION_POLICY, godh, session)
    return keys == tuple((folder / f"vm_{name}.bin").read_bytes() for name in ("tek", "tik"))


def files_of_sevlaunch():
    """Firmware, a public key in DER and its signature of a block of zeros, a platform, and reports."""
    point = launch.model.p384_multiply(ID_KEY, launch.model.P384_G)
    block = bytes(48 + 32) + struct.pack("<IIQ", 1, 0, 0x30000)
    signature = launch.model.ecdsa_p384_sign(
        ID_KEY, int.from_bytes(launch.model.sha384(block), "big"), 5**150)
    key, raw = (b"".join(number.to_bytes(48, "big") for number in pair)
                for pair in (point, signature))
    header = bytes.fromhex("3076301006072a8648ce3d020106052b8104002203620004")
    return {"ovmf": launch.OVMF.read_bytes(), "id": header + key, "signature": raw,
            "forged-signature": raw[:-1] + bytes([raw[-1] ^ 1]),
            "platform": PLATFORM.files["export-full.cert"], **verifications.files()}


def expected_digest():
    """Of OVMF with 4 CPUs of the type EPYC-Milan."""
    cpu = launch.model.Cpu(launch.MILAN, fpu="init2", sev_features=1)
    return launch.model.snp_guest_of(launch.OVMF.read_bytes(), cpu, 4).launch_digest


def every_kind_of_sevlaunch():
    digest = ("snp-digest", "--firmware", "ovmf", "--num-cpus")
    expected = (*digest, "4", *MILAN, "--expect", expected_digest())
    block = ("snp-id-block", "--measurement", "00" * 48)
    page = (*block, "--id-key", "id", "--id-auth")
    yield Run("SNP digest", 0, (*digest, "4", *MILAN))
    yield Run("SNP digests", 0, (*digest, "1-3,512", "--cpu-type", "EPYC,EPYC-Genoa", "--debug"))
    yield Run("expected digest", 0, expected)
    yield Run("other digest, in JSON", 1, (*expected, "--num-cpus", "5", "--json"))
    yield Run("SEV digest", 0, ("sev-digest", "--firmware", "ovmf"))
    yield Run("SEV-ES digests", 0, ("sev-digest", "--firmware", "ovmf", "--num-cpus", "1-3", *MILAN))
    yield Run("no place for a kernel", 2, (*digest, "1", *MILAN, "--kernel", "kernel"))
    yield Run("no SNP firmware", 2, (*digest, "1", *MILAN, "--firmware", "sev"))
    yield Run("no number", 2, (*digest, "0", *MILAN))
    yield Run("ID block", 0, (*block, "--out", "block"))
    yield Run("ID authentication page", 0, (*page, "page", "--id-signature", "signature"))
    yield Run("forged", 1, (*page, "none", "--id-signature", "forged-signature"))
    yield Run("session", 0, SESSION)
    yield Run("session with nobody's platform", 1, (*SESSION[:5], "--name", "none", "--json"))
    for name, code, words in (*verifications.right_ones(), *verifications.wrong_ones()):
        yield Run(name, code, ("snp-verify", *words))
