# SPDX-License-Identifier: BSD-2-Clause-Patent
"""A platform with SEV, made apart from the C code with keys of the tests' own: certificates of
ARK, ASK, CEK, OCA, PEK and PDH (AMD 55766, appendices B and C), the files that people have of them,
and reports of ATTESTATION. Every part of them can be another one.

    sev_platform.py make FOLDER    # a new one, as files
"""
import base64
import dataclasses
import functools
import hashlib
import json
import secrets
import struct
import sys
from pathlib import Path

import amd
import model

# Whose key a certificate holds, or whose key signed.
ARK, ASK, NONE, OCA, PEK, PDH, CEK = 0, 0x13, 0x1000, 0x1001, 0x1002, 0x1003, 0x1004
RSA_SHA256, ECDSA_SHA256, ECDH_SHA256 = 1, 2, 3
RSA_SHA384, ECDSA_SHA384, ECDH_SHA384 = 0x101, 0x102, 0x103
P256, P384 = 1, 2

SIZE, BODY_SIZE, REPORT_SIZE = 2084, 1044, 208
EMPTY = (NONE, 0, None)  # a place for a signature: usage, algorithm, key


def little(number, size):
    return number.to_bytes(size, "little")


def hash_of(algorithm):
    return "sha384" if algorithm & 0x100 else "sha256"


def ecdsa(key, message, algorithm=ECDSA_SHA256):
    """r and s, 72 bytes each."""
    return b"".join(little(part, 72) for part in key.sign(message, hash_of(algorithm)))


class Signed:
    """What has a `body`, the bytes that are signed."""

    @property
    def fingerprint(self):
        return hashlib.sha384(self.body).hexdigest()

    def changed(self, **fields):
        return dataclasses.replace(self, **fields)


@dataclasses.dataclass(frozen=True)
class CaCertificate(Signed):
    """Of ARK or ASK."""

    usage: int
    key: amd.RsaKey
    signer: amd.RsaKey
    id: bytes
    issuer_id: bytes
    version: int = 1
    reserved: bytes = bytes(16)
    exponent: int = 65537
    exponent_bits: int = None  # None: those of the key
    modulus_bits: int = None
    modulus: int = None
    signing: tuple = ()  # arguments of amd.pss_encode()

    @property
    def body(self):
        own = 8 * self.key.size
        bits = [own if value is None else value for value in (self.exponent_bits, self.modulus_bits)]
        modulus = self.key.n if self.modulus is None else self.modulus
        return (struct.pack("<I16s16sI16sII", self.version, self.id, self.issuer_id, self.usage,
                            self.reserved, *bits)
                + little(self.exponent, self.key.size) + little(modulus, self.key.size))

    @property
    def bytes(self):
        return self.body + self.signer.sign(self.body, **dict(self.signing))[::-1]


@dataclasses.dataclass(frozen=True)
class Certificate(Signed):
    """Of CEK, OCA, PEK, PDH, or of the owner's GODH."""

    usage: int
    point: tuple
    slots: tuple = (EMPTY, EMPTY)
    algorithm: int = ECDSA_SHA256
    version: int = 1
    api: tuple = (0, 22)
    reserved: int = 0
    curve: int = P384
    padding: bytes = bytes(880)  # after the key

    @property
    def body(self):
        head = struct.pack("<IBBHII", self.version, *self.api, self.reserved, self.usage,
                           self.algorithm)
        x, y = (little(part, 72) for part in self.point)
        return head + struct.pack("<I", self.curve) + x + y + self.padding

    def slot(self, usage, algorithm, key):
        """A key signs; bytes are a signature as they stand."""
        value = b"" if key is None else key if isinstance(key, bytes) else (
            ecdsa(key, self.body, algorithm) if isinstance(key, amd.EcKey)
            else key.sign(self.body)[::-1])
        return struct.pack("<II", usage, algorithm) + value.ljust(512, b"\0")

    @property
    def bytes(self):
        return self.body + b"".join(self.slot(*slot) for slot in self.slots)


def godh(point, **fields):
    """The owner's certificate for the agreement on keys: the secure processor reads no signature."""
    return Certificate(PDH, point, **{"algorithm": ECDH_SHA256, "api": (0, 0), **fields})


def report(key, mnonce, digest, policy, usage=PEK, algorithm=ECDSA_SHA256, reserved=0):
    """Of ATTESTATION: 208 bytes."""
    body = mnonce + digest + struct.pack("<I", policy)
    return body + struct.pack("<III", usage, algorithm, reserved) + ecdsa(key, body)


def secp256k1_point(start):
    """The first point whose x is `start` or more; 64 bytes, as a chip's id."""
    p = 2**256 - 2**32 - 977
    for x in range(start % p, p):
        square = (x**3 + 7) % p
        y = pow(square, (p + 1) // 4, p)
        if y * y % p == square:
            return x.to_bytes(32, "big") + y.to_bytes(32, "big")


class Platform:
    """A chip, and all keys from AMD's to those that its firmware made. The same seed makes the same
    one. AMD's keys have 4096 bits, or as those of Naples 2048. An owner of the platform has
    an OCA of their own; without one, the firmware made it."""

    def __init__(self, seed=b"platform", bits=4096, owned=False):
        self.seed, self.bits, self.owned = seed, bits, owned
        self.root, self.middle = amd.RsaKey(0, bits), amd.RsaKey(1, bits)
        self.chip, self.owner, self.endorsement, self.dh = (
            amd.EcKey(self.number(name)) for name in (b"CEK", b"OCA", b"PEK", b"PDH"))
        self.chip_id = secp256k1_point(self.number(b"chip"))

    def number(self, name):
        """From 1 to n - 1."""
        digest = hashlib.sha512(self.seed + b" " + name).digest()
        return int.from_bytes(digest, "big") % (model.P384_N - 1) + 1

    def id(self, name):
        return hashlib.sha256(b"%d %s" % (self.bits, name)).digest()[:16]

    @property
    def ark(self):
        return CaCertificate(ARK, self.root, self.root, self.id(b"ARK"), self.id(b"ARK"))

    @property
    def ask(self):
        return CaCertificate(ASK, self.middle, self.root, self.id(b"ASK"), self.id(b"ARK"))

    @property
    def unsigned_cek(self):
        """As the firmware exports it."""
        return Certificate(CEK, self.chip.point)

    @property
    def cek(self):
        """As AMD hands it out: signed, and with another version of the API."""
        algorithm = RSA_SHA384 if self.bits == 4096 else RSA_SHA256
        return self.unsigned_cek.changed(api=(0, 14), slots=((ASK, algorithm, self.middle), EMPTY))

    @property
    def oca(self):
        slots = ((OCA, ECDSA_SHA256, self.owner), EMPTY)
        return Certificate(OCA, self.owner.point, slots, api=(0, 0) if self.owned else (0, 22))

    @property
    def pek(self):
        """Signed by the OCA first, then by the CEK: the other order is as good."""
        slots = (OCA, ECDSA_SHA256, self.owner), (CEK, ECDSA_SHA256, self.chip)
        return Certificate(PEK, self.endorsement.point, slots)

    @property
    def pdh(self):
        slots = ((PEK, ECDSA_SHA256, self.endorsement), EMPTY)
        return Certificate(PDH, self.dh.point, slots, ECDH_SHA256)

    @property
    def chain(self):
        """From the PDH up."""
        return [self.pdh, self.pek, self.oca, self.cek, self.ask, self.ark]

    def report(self, mnonce, digest, policy, **changes):
        return report(self.endorsement, mnonce, digest, policy, **changes)

    @functools.cached_property
    def files(self):
        """Name -> bytes: each certificate, and the forms in which people have more than one."""
        pdh, pek, oca, cek, ask, ark = (part.bytes for part in self.chain)
        unsigned = self.unsigned_cek.bytes
        return {
            "ark.cert": ark, "ask.cert": ask, "cek.cert": cek, "oca.cert": oca, "pek.cert": pek,
            "pdh.cert": pdh, "cek-unsigned.cert": unsigned,
            "ark-unsigned.cert": self.ark.body,  # as AMD ships that of Naples
            "ask_ark.cert": ask + ark,  # as AMD publishes them
            "cert-chain.cert": pek + oca + unsigned,  # as QEMU and libvirt tell it
            "export.cert": pdh + pek + oca + unsigned,  # as the firmware exports it
            "export-cek.cert": pdh + pek + oca + cek,
            "export-full.cert": pdh + pek + oca + cek + ask + ark,
        }

    @property
    def capabilities(self):
        """QEMU's answer to query-sev-capabilities."""
        texts = {"pdh": self.files["pdh.cert"], "cert-chain": self.files["cert-chain.cert"],
                 "cpu0-id": self.chip_id}
        encoded = {name: base64.b64encode(data).decode() for name, data in texts.items()}
        return json.dumps({"return": {**encoded, "cbitpos": 51, "reduced-phys-bits": 1}})

    @property
    def node_info(self):
        """What `virsh nodesevinfo` prints."""
        fields = json.loads(self.capabilities)["return"]
        names = ("pdh", "cert-chain", "cbitpos", "reduced-phys-bits", "cpu0-id")
        return "".join(f"{name:<18}: {fields[name]}\n" for name in names)


def make(folder):
    """A new platform's files, the fingerprint of its root, and the private key of its PDH, which its
    secure processor alone has."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    platform = Platform(secrets.token_bytes(32))
    for name, data in platform.files.items():
        (folder / name).write_bytes(data)
    for name, text in (("nodesevinfo.txt", platform.node_info),
                       ("ark.sha384", platform.ark.fingerprint + "\n"),
                       ("pdh.key", "%096x\n" % platform.dh.private)):
        (folder / name).write_text(text)


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] != "make":
        sys.exit("usage: sev_platform.py make FOLDER")
    make(sys.argv[2])
