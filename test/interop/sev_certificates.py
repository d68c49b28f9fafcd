# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Are the certificates of the tests' platform of the form that AMD's have, and their signatures
what OpenSSL takes?

    sev_certificates.py FOLDER

FOLDER has the certificates of real platforms; their test is skipped if it is not there.
"""
import hashlib
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import amd
import model
import sev_platform as sev

FOLDER = Path(sys.argv.pop(1))
NAMES = {sev.ARK: "ark", sev.ASK: "ask", sev.CEK: "cek", sev.OCA: "oca", sev.PEK: "pek", sev.PDH: "pdh"}
# AMD's roots: SHA-384 of what is signed.
ROOTS = {
    "naples": "bf66a6df42f452d936a91a48943512517147b7d487e9c5b9"
              "ad8e53768c93d507e24a5724871ba783b4b5d714d192537f",
    "rome": "3d2c1157c29ef7bd4207fc0c8b08db080e579ceba267f8c9"
            "3bec8dce73f5a5e2e60d959ac37ea82176c1a0c61ae203ed",
}


def number(data):
    return int.from_bytes(data, "little")


class RealRsa:
    """The key of a certificate, in place of a key of the tests'; `signature` is what it signs."""

    def __init__(self, modulus, signature):
        self.n, self.size, self.signature = number(modulus), len(modulus), signature

    def sign(self, _message, **_changes):
        return self.signature

    info = amd.RsaKey.info


def read_ca(data):
    """The certificate in the model's words, and the bits that it says of exponent and modulus."""
    size = 256 if len(data) < 1600 else 512
    version, own, issuer, usage, reserved, *bits = struct.unpack_from("<I16s16sI16sII", data)
    key = RealRsa(data[64 + size:64 + 2 * size], data[64 + 2 * size:][::-1])
    return sev.CaCertificate(usage, key, key, own, issuer, version, reserved), bits


def read(data):
    version, major, minor, reserved, usage, algorithm, curve = struct.unpack_from("<IBBHIII", data)
    slots = [struct.unpack_from("<II512s", data, at) for at in (1044, 1564)]
    point = number(data[20:92]), number(data[92:164])
    return sev.Certificate(usage, point, tuple(slots), algorithm, version, (major, minor), reserved,
                           curve, data[164:1044])


def openssl_verifies(info, message, signature, name, *options):
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("key.pem", "signature", "message")]
        for path, data in zip(paths, (amd.pem(info, "PUBLIC KEY"), signature, message)):
            path.write_bytes(data)
        done = subprocess.run(["openssl", "dgst", "-" + name, "-verify", paths[0], *options,
                               "-signature", *paths[1:]], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
    return done.returncode == 0 and b"Verified OK" in done.stdout


def verifies_pss(info, message, signature, name):
    """With a salt as long as the hash."""
    return openssl_verifies(info, message, signature, name, "-sigopt", "rsa_padding_mode:pss",
                            "-sigopt", "rsa_pss_saltlen:digest", "-sigopt", "rsa_mgf1_md:" + name)


def verifies_ecdsa(point, message, value, name="sha256"):
    if any(value[48:72]) or any(value[120:]):
        return False
    key = b"".join(part.to_bytes(48, "big") for part in point)
    algorithm = amd.seq(amd.oid("1.2.840.10045.2.1"), amd.oid("1.3.132.0.34"))
    info = amd.seq(algorithm, amd.tlv(3, b"\0\4" + key))
    signature = amd.seq(amd.integer(number(value[:72])), amd.integer(number(value[72:144])))
    return openssl_verifies(info, message, signature, name)


def is_signed_by_ca(certificate, issuer):
    """By the slot that names an ASK."""
    algorithm, name = (1, "sha256") if issuer.key.size == 256 else (0x101, "sha384")
    values = [value for usage, kind, value in slots(certificate)
              if (usage, kind) == (sev.ASK, algorithm)]
    return any(not any(value[issuer.key.size:]) and verifies_pss(
        issuer.key.info, certificate.body, value[:issuer.key.size][::-1], name) for value in values)


def is_signed(certificate, issuer):
    """By the slot that names the issuer's kind."""
    values = [value for usage, kind, value in slots(certificate)
              if (usage, kind) == (issuer.usage, sev.ECDSA_SHA256)]
    return any(verifies_ecdsa(issuer.point, certificate.body, value) for value in values)


def slots(certificate):
    data = certificate.bytes
    return [struct.unpack_from("<II512s", data, at) for at in (1044, 1564)]


class ChainTest(unittest.TestCase):
    def assert_chain(self, pdh, pek, oca, cek, ask, ark):
        name = "sha256" if ark.key.size == 256 else "sha384"
        for child, issuer in ((ark, ark), (ask, ark)):
            self.assertEqual(child.issuer_id, issuer.id)
            signature = child.bytes[len(child.body):][::-1]
            self.assertTrue(verifies_pss(issuer.key.info, child.body, signature, name))
        self.assertTrue(is_signed_by_ca(cek, ask))
        for child, issuer in ((oca, oca), (pek, oca), (pek, cek), (pdh, pek)):
            self.assertTrue(is_signed(child, issuer), (NAMES[child.usage], NAMES[issuer.usage]))


class Model(ChainTest):
    def test_openssl_verifies_the_model(self):
        for bits in (2048, 4096):
            for owned in (False, True):
                self.assert_chain(*sev.Platform(b"interop", bits, owned).chain)

    def test_openssl_verifies_a_report(self):
        platform = sev.Platform()
        report = platform.report(bytes(range(16)), bytes(range(32)), 5)
        self.assertEqual(len(report), sev.REPORT_SIZE)
        self.assertEqual(report[48:64].hex(), "05000000" "02100000" "02000000" "00000000")
        point = platform.endorsement.point
        self.assertTrue(verifies_ecdsa(point, report[:52], report[64:]))
        self.assertFalse(verifies_ecdsa(point, model.flip(report[:52], 7), report[64:]))

    def test_sizes(self):
        for bits, sizes in ((4096, (1600, 1088, 3200, 11536)), (2048, (832, 576, 1664, 10000))):
            files = sev.Platform(bits=bits).files
            names = ("ark.cert", "ark-unsigned.cert", "ask_ark.cert", "export-full.cert")
            self.assertEqual(sizes, tuple(len(files[name]) for name in names))
            self.assertEqual((6252, 8336), (len(files["cert-chain.cert"]), len(files["export.cert"])))

    def test_chip_id(self):
        x, y = (int.from_bytes(sev.Platform().chip_id[at:at + 32], "big") for at in (0, 32))
        self.assertEqual((y * y - x**3 - 7) % (2**256 - 2**32 - 977), 0)


@unittest.skipUnless(FOLDER.is_dir(), f"there is no folder {FOLDER}")
class Real(ChainTest):
    def chain(self, product):
        """From the PDH up, each of the bytes that it was read from."""
        data = {name: (FOLDER / f"{product}-{name}.cert").read_bytes() for name in NAMES.values()}
        parts = {name: read(data[name]) for name in ("pdh", "pek", "oca", "cek")}
        for name in ("ask", "ark"):
            parts[name], bits = read_ca(data[name])
            self.assertEqual([8 * parts[name].key.size] * 2, bits)
        for name, part in parts.items():
            self.assertEqual(part.bytes, data[name], name)
        return list(parts.values())

    def test_openssl_verifies_them(self):
        for product in ROOTS:
            with self.subTest(product):
                self.assert_chain(*self.chain(product))

    def test_form(self):
        """All but keys, ids, versions and signatures is as in the model."""
        for product, bits in (("naples", 2048), ("rome", 4096)):
            made = sev.Platform(bits=bits).chain
            for real, ours in zip(self.chain(product), made):
                with self.subTest(product=product, usage=hex(ours.usage)):
                    self.assertEqual(self.frame(real), self.frame(ours))

    def frame(self, certificate):
        if isinstance(certificate, sev.CaCertificate):
            return (certificate.version, certificate.usage, certificate.reserved,
                    certificate.exponent, len(certificate.bytes), certificate.body[56:64])
        return (certificate.version, certificate.reserved, certificate.usage, certificate.algorithm,
                certificate.curve, certificate.padding, len(certificate.bytes),
                [(usage, kind, self.used(value)) for usage, kind, value in slots(certificate)])

    def used(self, value):
        """Where a signature has digits: of RSA in the first bytes, of ECDSA in 48 of each 72."""
        return any(value[:48]), any(value[48:72]), any(value[72:120]), any(value[120:144]), any(
            value[256:])

    def test_fingerprints(self):
        for product, expected in ROOTS.items():
            self.assertEqual(self.chain(product)[-1].fingerprint, expected)

    def test_other_encoding(self):
        short = (FOLDER / "naples-ark-other-encoding.cert").read_bytes()
        self.assertEqual(short, self.chain("naples")[-1].body)


if __name__ == "__main__":
    unittest.main(verbosity=2)
