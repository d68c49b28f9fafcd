# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does the model of the secure processor accept every session that `sevlaunch sev-session` makes,
and that of an owner in Python, and name what is wrong with broken ones?

    sev_session.py FOLDER

FOLDER has the certificates of real platforms; the tests with these are skipped if it is not there.
"""
import base64
import dataclasses
import hashlib
import random
import struct
import sys
import tempfile
import unittest
from pathlib import Path

import amd
import model
import secure_processor as sp
import sev_platform as sev
from model import flip
from runner import MATCH, SEED, run

FOLDER = Path(sys.argv.pop(1))
LENGTH, CERTIFICATE, MEASUREMENT = "INVALID_LENGTH", "INVALID_CERTIFICATE", "BAD_MEASUREMENT"
POLICY, UNSUPPORTED = "POLICY_FAILURE", "UNSUPPORTED"
POLICIES = (0, 1, 3, 5, 0x3F, 0x01000003, 0x16000003, 0x18000001)
PLATFORM = sev.Platform(b"session")


def first(text):
    return hashlib.sha256(text).digest()[:16]


@dataclasses.dataclass(frozen=True)
class Session:
    """What the host gets, and what the owner keeps."""

    godh: bytes
    blob: bytes
    tek: bytes
    tik: bytes
    policy: int
    platform: sev.Platform = PLATFORM

    def changed(self, **fields):
        return dataclasses.replace(self, **fields)

    @property
    def point(self):
        return sp.read_godh(self.godh)

    @property
    def shared(self):
        return sp.agree(self.platform.dh.private, self.point)

    @property
    def nonce(self):
        return self.blob[:16]

    @property
    def iv(self):
        return self.blob[48:64]

    def part(self, start, data):
        """With other bytes in the blob."""
        return self.changed(blob=self.blob[:start] + data + self.blob[start + len(data):])

    def in_godh(self, form, at, *values):
        godh = bytearray(self.godh)
        struct.pack_into(form, godh, at, *values)
        return self.changed(godh=bytes(godh))

    def sealed(self, policy=None, shared=None, **changes):
        """Another blob of these keys, with MACs that are right."""
        parts = {"nonce": self.nonce, "iv": self.iv, "tek": self.tek, "tik": self.tik, **changes}
        policy = self.policy if policy is None else policy
        shared = self.shared if shared is None else shared
        return self.changed(blob=sp.session_blob(shared, policy=policy, **parts), policy=policy)

    def launch(self, shares_with=None, **settings):
        processor = sp.SecureProcessor.of(self.platform, **settings)
        return processor.launch_start(self.policy, self.godh, self.blob, shares_with)


def own_session(rng, policy, platform=PLATFORM):
    """Of an owner in Python."""
    private = rng.randrange(1, model.P384_N)
    nonce, iv, tek, tik = (rng.randbytes(16) for _ in range(4))
    godh, blob = sp.owner_session(platform.dh.point, private, nonce, iv, tek, tik, policy)
    return Session(godh, blob, tek, tik, policy, platform)


def command_session(policy, platform=PLATFORM):
    """Of `sevlaunch sev-session`."""
    with tempfile.TemporaryDirectory() as folder:
        chain = Path(folder, "chain")
        chain.write_bytes(platform.files["export-full.cert"])
        result = run(["sev-session", f"--chain={chain}", "--ark-fingerprint", platform.ark.fingerprint,
                      f"--policy={policy:#x}", f"--name={folder}/vm"])
        assert result.code == MATCH, result
        godh, blob = (base64.b64decode(Path(folder, f"vm_{name}.b64").read_text(), validate=True)
                      for name in ("godh", "session"))
        tek, tik = (Path(folder, f"vm_{name}.bin").read_bytes() for name in ("tek", "tik"))
    return Session(godh, blob, tek, tik, policy, platform)


def broken_lengths(s):
    for size in (0, 16, 127, 129, 256):
        yield f"session of {size}", s.changed(blob=(s.blob * 2)[:size])
    for size in (0, 164, 1044, 2083, 2085, 4168):
        yield f"GODH of {size}", s.changed(godh=(s.godh * 2)[:size])
    yield "session in base64", s.changed(blob=base64.b64encode(s.blob))
    yield "GODH in base64", s.changed(godh=base64.b64encode(s.godh))
    yield "session and GODH swapped", s.changed(godh=s.blob, blob=s.godh)
    yield "GODH twice", s.changed(blob=s.godh)
    yield "session twice", s.changed(godh=s.blob)
    yield "a short session and a wrong GODH", s.in_godh("<I", 0, 2).changed(blob=s.blob[:-1])


def broken_certificates(s):
    x, y = s.point
    for version in (0, 2, 0x101, 0x01000000):
        yield f"version {version:#x}", s.in_godh("<I", 0, version)
    for usage in (sev.ARK, sev.ASK, sev.NONE, sev.OCA, sev.PEK, sev.CEK, 0x03100000):
        yield f"usage {usage:#x}", s.in_godh("<I", 8, usage)
    for algorithm in (0, 1, 2, 4, 0x101, 0x102, 0x103):
        yield f"algorithm {algorithm:#x}", s.in_godh("<I", 12, algorithm)
    for curve in (0, 1, 3, 0x02000000):
        yield f"curve {curve:#x}", s.in_godh("<I", 16, curve)
    for name, start in (("X", 20), ("Y", 92)):
        for byte in (0, 23, 47, 48, 71):
            yield f"byte {byte} of {name}", s.changed(godh=flip(s.godh, 8 * (start + byte)))
    for name, numbers in (("zero", (0, 0)), ("X and Y swapped", (y, x)), ("X twice", (x, x)),
                          ("X past p", (x + model.P384_P, y)), ("Y past p", (x, y + model.P384_P)),
                          ("all ones", (2**576 - 1, 2**576 - 1)), ("X of p", (model.P384_P, y))):
        yield name, s.in_godh("72s72s", 20, *(sev.little(number, 72) for number in numbers))
    big = (part.to_bytes(72, "big") for part in (x, y))
    yield "big-endian", s.in_godh("72s72s", 20, *big)
    yield "a point without room between", s.in_godh("48s48s48s", 20, sev.little(x, 48),
                                                     sev.little(y, 48), b"")
    yield "a wrong GODH and MAC", s.in_godh("<I", 0, 2).part(64, bytes(32))


def broken_bytes(s):
    for at in range(128):
        yield f"byte {at}", s.changed(blob=flip(s.blob, 8 * at + at % 8))


def broken_policies(s):
    for bit in range(32):
        yield f"bit {bit} of the policy", s.changed(policy=s.policy ^ 1 << bit)
    swapped = int.from_bytes(struct.pack("<I", 0x16000003), "big")
    sealed = s.sealed(policy=0x16000003)
    yield "its bytes in the other order", sealed.changed(policy=swapped)
    for name, data in (("of one byte", b"\3"), ("in big-endian", struct.pack(">I", 0x16000003)),
                       ("in nibbles", bytes.fromhex("03000000"))):
        yield "a MAC of a policy " + name, sealed.part(96, sp.mac(s.tik, data))


def broken_keys(s):
    """Of who computes it in another way."""
    master, kek, kik = sp.derive(s.shared, s.nonce)
    wrapped, policy = s.blob[16:48], struct.pack("<I", s.policy)
    yield "TIK before TEK", s.sealed(tek=s.tik, tik=s.tek).part(96, s.blob[96:])
    yield "MACs swapped", s.part(64, s.blob[96:] + s.blob[64:96])
    yield "nonce and IV swapped", s.part(0, s.iv).part(48, s.nonce)
    yield "IV before the keys", s.part(16, s.iv + wrapped)
    yield "Z reversed", s.sealed(shared=s.shared[::-1])
    yield "Z without its last byte", s.sealed(shared=s.shared[:-1])
    yield "Z after a zero", s.sealed(shared=b"\0" + s.shared)
    yield "Y in place of Z", s.sealed(shared=s.point[1].to_bytes(48, "big"))
    yield "Z hashed", s.sealed(shared=hashlib.sha256(s.shared).digest())
    yield "keys in the clear", s.part(16, s.tek + s.tik + s.iv + sp.mac(kik, s.tek + s.tik))
    for name, key in (("TIK", s.tik), ("TEK", s.tek), ("KEK", kek), ("master", master)):
        yield f"WRAP_MAC by {name}", s.part(64, sp.mac(key, wrapped))
    for name, key in (("KIK", kik), ("TEK", s.tek), ("KEK", kek), ("zeros", bytes(16))):
        yield f"POLICY_MAC by {name}", s.part(96, sp.mac(key, policy))
    for name, data in (("IV", s.iv + wrapped), ("nonce", s.nonce + wrapped), ("TEK", wrapped[:16]),
                       ("keys in the clear", s.tek + s.tik)):
        yield f"WRAP_MAC of {name}", s.part(64, sp.mac(kik, data))
    big = sp.mac(s.shared, struct.pack(">I", 1) + b"sev-master-secret\0" + s.nonce
                 + struct.pack(">I", 128))[:16]
    for name, other in (("a big-endian KDF", big), ("no KDF", s.shared[:16])):
        kek, kik = sp.kdf(other, b"sev-kek"), sp.kdf(other, b"sev-kik")
        yield name, s.part(16, sp.aes_ctr(kek, s.iv, s.tek + s.tik)).part(
            64, sp.mac(kik, sp.aes_ctr(kek, s.iv, s.tek + s.tik)))
    yield "zeros", s.changed(blob=bytes(128))


def broken_pairs(s):
    rng = random.Random(f"{SEED} pairs")
    other = own_session(rng, s.policy)
    yield "the GODH of another session", s.changed(godh=other.godh)
    yield "the session of another GODH", s.changed(blob=other.blob)
    elsewhere = sev.Platform(b"elsewhere")
    yield "the session of another platform", s.changed(platform=elsewhere)
    yield "a PDH that was made anew", s.changed(platform=sev.Platform(b"session 2"))
    yield "the keys of another session", s.part(16, other.blob[16:96])
    yield "the POLICY_MAC of another session", s.part(96, other.blob[96:])
    yield "a wrong MAC and a wrong policy", s.sealed(policy=0xFFC0).part(64, bytes(32))


def refused_policies(s):
    for bit in range(6, 16):
        yield f"bit {bit}", s.sealed(policy=1 << bit | 1)
    for version in (0x19000000, 0x00010000, 0x18010000, 0xFF000000, 0x00FF0000, 0xFFFF0000):
        yield f"version {version:#x}", s.sealed(policy=version | 1)
    yield "SEV-ES and bit 6", s.sealed(policy=0x45)


def unsupported(s):
    for policy in (4, 5, 7, 0x3F, 0x16000005):
        yield f"SEV-ES by {policy:#x}", s.sealed(policy=policy)


# What the host does, what the secure processor says of it, and with which settings.
BROKEN = (
    (broken_lengths, LENGTH, {}), (broken_certificates, CERTIFICATE, {}),
    (broken_bytes, MEASUREMENT, {}), (broken_policies, MEASUREMENT, {}),
    (broken_keys, MEASUREMENT, {}), (broken_pairs, MEASUREMENT, {}),
    (refused_policies, POLICY, {"has_es": False}), (unsupported, UNSUPPORTED, {"has_es": False}),
)


class Accepted(unittest.TestCase):
    def assert_accepted(self, session):
        """It is, and a secret for the guest's measurement arrives."""
        guest = session.launch()
        self.assertEqual((guest.tek, guest.tik), (session.tek, session.tik))
        guest.launch_update(b"firmware")
        blob = guest.launch_measure(bytes(16))
        expected = model.Guest(b"firmware", session.tik, session.tek, 0, 24, 13, session.policy,
                               bytes(16))
        if not session.policy & model.SEV_ES:
            self.assertEqual(blob, expected.blob)

    def test_own_sessions(self):
        rng = random.Random(f"{SEED} accepted")
        for policy in POLICIES:
            with self.subTest(policy=hex(policy)):
                self.assert_accepted(own_session(rng, policy))

    def test_sessions_of_the_command(self):
        """For platforms of all kinds; no two sessions have a byte string in common."""
        seen = set()
        for i, (bits, owned) in enumerate(((2048, False), (2048, True), (4096, False), (4096, True))):
            platform = sev.Platform(b"command %d" % i, bits, owned)
            for policy in POLICIES:
                with self.subTest(bits=bits, owned=owned, policy=hex(policy)):
                    session = command_session(policy, platform)
                    self.assert_accepted(session)
                    self.assertEqual(session.godh, sev.godh(session.point).bytes)
                    parts = {session.point, session.nonce, session.iv, session.tek, session.tik}
                    self.assertEqual((len(parts), parts & seen), (5, set()))
                    seen |= parts

    def test_what_is_not_looked_at(self):
        s = own_session(random.Random(f"{SEED} unread"), 1)
        x, y = s.point
        negative = sev.little(model.P384_P - y, 72)
        for name, other in (
                ("version of the API", s.in_godh("<BB", 4, 1, 55)), ("reserved", s.in_godh("<H", 6, 1)),
                ("after the key", s.in_godh("880s", 164, b"\xff" * 880)),
                ("signatures", s.in_godh("1040s", 1044, b"\xff" * 1040)),
                ("the other point of this X", s.in_godh("72s", 92, negative))):
            with self.subTest(name):
                self.assert_accepted(other)

    def test_no_session(self):
        guest = sp.SecureProcessor.of(PLATFORM).launch_start(0xFFC1, None, None)
        self.assertEqual((guest.tek, guest.tik), (bytes(16), bytes(16)))

    def test_shared_key(self):
        rng = random.Random(f"{SEED} shared")
        s = own_session(rng, 1)
        first_guest = s.launch()
        self.assertEqual(s.launch(first_guest).tik, s.tik)
        for policy, name in ((1, sp.NOKS | 1), (3, 3)):
            with self.assertRaisesRegex(sp.Refused, POLICY):
                s.sealed(policy=policy).launch(s.sealed(policy=name).launch())


class Broken(unittest.TestCase):
    def assert_named(self, session):
        """Each broken session, by what is wrong with it; returns how many there were."""
        seen = set()
        for make, expected, settings in BROKEN:
            for name, broken in make(session):
                with self.subTest(kind=make.__name__, name=name):
                    key = broken.godh, broken.blob, broken.policy, broken.platform
                    self.assertNotIn(key, seen)
                    seen.add(key)
                    with self.assertRaises(sp.Refused) as refused:
                        broken.launch(**settings)
                    self.assertEqual(str(refused.exception), expected)
        return len(seen)

    def test_own_sessions(self):
        session = own_session(random.Random(f"{SEED} broken"), 3)
        self.assertGreater(self.assert_named(session), 250)

    def test_sessions_of_the_command(self):
        self.assertGreater(self.assert_named(command_session(3)), 250)


class Secrets(unittest.TestCase):
    def guest(self):
        guest = own_session(random.Random(f"{SEED} secrets"), 1).launch()
        guest.launch_update(b"firmware")
        guest.launch_measure()
        return guest

    def packet(self, guest, data, flags=0):
        head = struct.pack("<I", flags) + bytes(range(16))
        encrypted = sp.aes_ctr(guest.tek, head[4:], data)
        return head + sp.mac(guest.tik, model.packet_message(head, encrypted, guest.measure)), encrypted

    def test_secret(self):
        guest, data = self.guest(), bytes(range(32))
        header, encrypted = self.packet(guest, data)
        self.assertEqual(guest.launch_secret(header, encrypted), data)
        for name, words in (
                (LENGTH, (header[:-1], encrypted)), (LENGTH, (header, b"")),
                (LENGTH, (header, encrypted[:-1])), (LENGTH, (header, bytes(16400))),
                (MEASUREMENT, (flip(header, 0), encrypted)), (MEASUREMENT, (flip(header, 40), encrypted)),
                (MEASUREMENT, (flip(header, 400), encrypted)), (MEASUREMENT, (header, flip(encrypted, 3))),
                (UNSUPPORTED, self.packet(guest, data, 1))):
            with self.subTest(name), self.assertRaisesRegex(sp.Refused, name):
                guest.launch_secret(*words)
        with self.assertRaisesRegex(sp.Refused, MEASUREMENT):
            self.guest().launch_secret(header, encrypted)

    def test_order_of_commands(self):
        guest = own_session(random.Random(f"{SEED} order"), 1).launch()
        for early in (lambda: guest.launch_secret(bytes(52), bytes(16)),
                      lambda: guest.attestation(bytes(16))):
            with self.assertRaisesRegex(sp.Refused, "INVALID_GUEST_STATE"):
                early()
        guest.launch_measure()
        for late in (guest.launch_measure, lambda: guest.launch_update(b"")):
            with self.assertRaisesRegex(sp.Refused, "INVALID_GUEST_STATE"):
                late()
        self.assertEqual(guest.attestation(first(b"nonce"))[:48],
                         first(b"nonce") + hashlib.sha256(b"").digest())


class KnownAnswers(unittest.TestCase):
    def test_zeros(self):
        zeros = bytes(16)
        self.assertEqual([part.hex() for part in sp.derive(zeros, zeros)],
                         ["ab4d269fcc62bedb4511d56c386ce706", "b6abfbfb75ea1ea74ed8750b8afdb973",
                          "53b524bf5669a363f365c864acba8572"])
        blob = sp.session_blob(zeros, zeros, zeros, zeros, zeros, 0)
        self.assertEqual(blob[16:].hex(), (
            "2137bc7f9bb8bd7c3e55a576a15d3454b3856b8ba27afadf46dcfee9f02c02c4" + zeros.hex()
            + "3176c0752738bd9d5e86689534020f528c088f16238826b000b327dee6aeed7d"
            "aa7855e13839dd767cd5da7c1ff5036540c9264b7a803029315e55375287b4af"))

    @unittest.skipUnless(FOLDER.is_dir(), f"there is no folder {FOLDER}")
    def test_real_platforms(self):
        """Two whole sessions, by the SHA-256 of GODH and blob. In the second, X begins with a zero."""
        private = int(hashlib.sha384(b"sevlaunch godh test 1").hexdigest(), 16)
        for file, private, number, iv, policy, godh_digest, blob_digest in (
                ("rome-pdh.cert", private, b"1", first(b"iv1"), 5,
                 "dfe476cc9b255fcb64167e033cbdef941aa8d2a6a7ed5b75e53b9790a55f78c4",
                 "c7e2472db5f2106a64ca049393b49080aee55121228f45000396ecfbc1c0ed03"),
                ("naples-pdh.cert", 0x295, b"2", b"\xff" * 16, 0x16000003,
                 "01872727ccba0067f111e4f1cf39602823ff8cd766bb93c64d469220d17a1d67",
                 "caf8e021d2bceb24909a6d5cb31cf1ff087fd19301fc3a9c8458e2e86ba03871")):
            pdh = sp.read_godh((FOLDER / file).read_bytes())
            nonce, tek, tik = (first(name + number) for name in (b"nonce", b"tek", b"tik"))
            godh, blob = sp.owner_session(pdh, private, nonce, iv, tek, tik, policy)
            self.assertEqual([hashlib.sha256(data).hexdigest() for data in (godh, blob)],
                             [godh_digest, blob_digest])


if __name__ == "__main__":
    unittest.main(verbosity=2)
