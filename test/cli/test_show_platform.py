# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch show` tell what is in the certificates of a platform with SEV, in its report and
in the blob of a session, in every form; and does it say that nothing of them is verified?

SEVLAUNCH_VECTORS is the folder of published vectors, which need not be there.
"""
import base64
import unittest

import sev_platform
from runner import main
from sev_platform import EMPTY, NONE, OCA
from test_sev_chain import KDS, LINKS, NAPLES, PLATFORM, VECTORS
from test_show_snp import SnpTest

OWN = "the fingerprint is none of AMD's that sev-chain knows"
USES = {
    "ARK": "AMD's root: signs itself and the ASK", "ASK": "signs the CEKs of a product",
    "CEK": "a chip's key: signs the PEK", "OCA": "the platform owner's key: signs itself and the PEK",
    "PEK": "the platform's key: signs the PDH and reports", "PDH": "the platform's key to make sessions with",
    "GODH": "the owner's key of a launch session"}
SIGNERS = {
    "CEK": ("ASK, RSA with SHA-384", None), "OCA": ("OCA, ECDSA with SHA-256", None),
    "PEK": ("OCA, ECDSA with SHA-256", "CEK, ECDSA with SHA-256"), "PDH": ("PEK, ECDSA with SHA-256", None),
    "GODH": (None, None)}


def authority(name, certificate, **changes):
    return {"part": name, "use": USES[name], "key-bits": 8 * certificate.key.size, "id": certificate.id.hex(),
            "issuer-id": certificate.issuer_id.hex(), "signature": True,
            "fingerprint": certificate.fingerprint, "pinned-product": None, "notes": [OWN], **changes}


def key(name, certificate, **changes):
    first, second = SIGNERS[name]
    return {"part": name, "use": USES[name],
            "algorithm": "ECDH with SHA-256" if name in ("PDH", "GODH") else "ECDSA with SHA-256",
            "api": "%d.%d" % certificate.api, "signature-1": first, "signature-2": second,
            "fingerprint": certificate.fingerprint, "notes": [], **changes}


def parts_of(platform):
    parts = {name: key(name, getattr(platform, name.lower())) for name in ("PDH", "PEK", "OCA", "CEK")}
    return [*parts.values(), authority("ASK", platform.ask), authority("ARK", platform.ark)]


class Certificates(SnpTest):
    def assert_parts(self, content, parts, encoding="binary"):
        shown, lines = self.snp(content)
        self.assertEqual(shown, {"kind": "platform-certificates", "encoding": encoding, "parts": parts,
                                 "notes": ["no signature is verified here: see sev-chain"]})
        self.assertEqual([line for line in lines if line.startswith("part: ")],
                         ["part: " + part["part"] for part in parts])

    def test_export(self):
        export = PLATFORM.files["export-full.cert"]
        self.assert_parts(export, parts_of(PLATFORM))
        self.assert_parts(base64.b64encode(export), parts_of(PLATFORM), "base64")
        self.assert_parts(PLATFORM.pek.bytes.hex().encode(), [key("PEK", PLATFORM.pek)], "hexadecimal")

    def test_singles(self):
        for part in parts_of(PLATFORM):
            self.assert_parts(PLATFORM.files[part["part"].lower() + ".cert"], [part])
        self.assert_parts(PLATFORM.unsigned_cek.bytes, [key("CEK", PLATFORM.unsigned_cek, **{
            "signature-1": None,
            "notes": ["this is the platform's copy: AMD has the one that it signed"]})])
        godh = sev_platform.godh(PLATFORM.dh.point)
        self.assert_parts(base64.b64encode(godh.bytes), [key("GODH", godh)], "base64")
        self.assert_parts(NAPLES.ask.bytes + NAPLES.ark.body, [
            authority("ASK", NAPLES.ask), authority("ARK", NAPLES.ark, signature=False)])

    def test_places(self):
        """Whatever stands there is told."""
        known = {0: "ARK", 0x13: "ASK", 0x1000: "none", 0x1001: "OCA", 0x1002: "PEK", 0x1003: "PDH", 0x1004: "CEK",
                 0x10: "a key of a usage that is not known here"}
        algorithms = {0: "none", 1: "RSA with SHA-256", 2: "ECDSA with SHA-256", 3: "ECDH with SHA-256",
                      0x101: "RSA with SHA-384", 0x102: "ECDSA with SHA-384", 0x103: "ECDH with SHA-384",
                      4: "an algorithm that is not known here"}
        for usage, algorithm in [*((usage, 1) for usage in known), *((OCA, algorithm) for algorithm in algorithms)]:
            oca = PLATFORM.oca.changed(slots=((usage, algorithm, b"\1"), EMPTY))
            self.assert_parts(oca.bytes, [key("OCA", oca, **{
                "signature-1": f"{known[usage]}, {algorithms[algorithm]}"})])

    def test_not_in_form(self):
        for changed in PLATFORM.pek.changed(curve=1), PLATFORM.ask.changed(exponent=3):
            content = PLATFORM.oca.bytes + changed.bytes
            self.assert_bad([self.write("file", content)], "but one is not in its form")
        for content, text in (
                (PLATFORM.pek.bytes[:-1], "is cut short: of the PEK, of 2084 bytes, it has 2083"),
                (PLATFORM.pek.bytes + b"\n", "is of no kind that is known here"),
                (b'{"cpu0-id": "AAAA"}', "is JSON of no type"), (b'{"pdh": "?"}', "is JSON of no type"),
                (PLATFORM.node_info.encode() + b"\n" * (1 << 22), "bytes")):
            self.assert_bad([self.write("file", content)], text)

    def test_of_a_host(self):
        """What QMP answers, and what 'virsh nodesevinfo' prints: the chip's id, and its CEK's address."""
        names = "PDH", "PEK", "OCA", "CEK"
        expected = [key(name, PLATFORM.unsigned_cek if name == "CEK" else getattr(PLATFORM, name.lower()))
                    for name in names]
        expected[-1] |= {"signature-1": None, "notes": ["this is the platform's copy: AMD has the one that it signed"]}
        for content in PLATFORM.capabilities, PLATFORM.node_info, "\ufeff" + PLATFORM.node_info:
            shown, _ = self.snp(content.encode())
            chip = PLATFORM.chip_id.hex()
            self.assertEqual((shown["cpu0-id"], shown["cek-address"]), (chip, KDS + chip))
            self.assertEqual(sorted(shown["parts"], key=str), sorted(expected, key=str))

    @unittest.skipUnless(VECTORS.exists(), f"published vectors are not there: {VECTORS}")
    def test_published(self):
        for product in "naples", "rome":
            for name in LINKS:
                shown, _ = self.snp((VECTORS / f"{product}-{name}.cert").read_bytes())
                part, = shown["parts"]
                self.assertEqual(part["part"], name.upper())
                if name in ("ark", "ask"):
                    self.assertEqual((part["pinned-product"], part["notes"]), (product.title(), []))


class Others(SnpTest):
    def test_report(self):
        nonce, digest = bytes(range(16)), bytes(range(40, 72))
        for policy, api, bits in ((0x16000005, "0.22", {0: "NODBG", 2: "ES"}), (0x3FFF0000, "255.63", {}),
                                  (0xFFFF, "0.0", {0: "NODBG", 1: "NOKS", 2: "ES", 3: "NOSEND", 4: "DOMAIN",
                                                   5: "SEV", **{bit: "not known here" for bit in range(6, 16)}})):
            report = PLATFORM.report(nonce, digest, policy)
            answer = b'{"return": {"data": "' + base64.b64encode(report) + b'"}}'
            for content, encoding in (report, "binary"), (base64.b64encode(report), "base64"), (answer, "base64"):
                shown, _ = self.snp(content)
                self.assertEqual(len(shown.pop("notes")), 2)
                self.assertEqual(shown, {
                    "kind": "platform-report", "encoding": encoding, "nonce": nonce.hex(),
                    "launch-digest": digest.hex(), "policy": policy, "policy-api": api,
                    "policy-bits": [{"bit": bit, "name": name} for bit, name in bits.items()]})
        changed = PLATFORM.report(nonce, digest, 1, usage=NONE)
        self.assert_bad([self.write("file", changed)], "has 208 bytes, and is of no kind")

    def test_session(self):
        blob = self.rng.randbytes(128)
        for content, encoding in (blob, "binary"), (base64.b64encode(blob), "base64"):
            shown, _ = self.snp(content)
            self.assertEqual(shown, {
                "kind": "session-blob", "encoding": encoding, "nonce": blob[:16].hex(),
                "wrapped-keys": blob[16:48].hex(), "iv": blob[48:64].hex(), "wrap-mac": blob[64:96].hex(),
                "policy-mac": blob[96:].hex(), "notes": ["told by its 128 bytes alone: it can be something else"]})


if __name__ == "__main__":
    main()
