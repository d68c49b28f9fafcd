# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The secure processor of a platform with SEV, as far as owners of guests meet it (AMD 55766,
section 6.2, LAUNCH_START, to 6.6, LAUNCH_SECRET, and ATTESTATION): apart from the C code, with its
checks in the order of AMD's firmware. And an owner who makes a session for it.

    secure_processor.py launch FOLDER POLICY GODH SESSION FIRMWARE    # as `virsh domlaunchsecinfo`
    secure_processor.py secret FOLDER HEADER PAYLOAD    # what LAUNCH_SECRET puts into the guest

FOLDER is a platform's, as sev_platform.py makes it; the files in between are of base64.
"""
import base64
import functools
import hashlib
import hmac
import json
import secrets
import struct
import subprocess
import sys
from pathlib import Path

import amd
import model
import sev_platform as sev

SESSION_SIZE, HEADER_SIZE = 128, 52
NODBG, NOKS, ES, NOSEND, DOMAIN, SEV_ONLY = (1 << bit for bit in range(6))


class Refused(Exception):
    """The name is AMD's of a status."""


def require(condition, name):
    if not condition:
        raise Refused(name)


def mac(key, data):
    return hmac.digest(key, data, "sha256")


def aes_ctr(key, iv, data):
    command = ["openssl", "enc", "-aes-128-ctr", "-K", key.hex(), "-iv", iv.hex()]
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


@functools.lru_cache(maxsize=None)
def agree(private, point):
    """X of what both sides compute."""
    return model.p384_multiply(private, point)[0].to_bytes(48, "big")


def kdf(key, label, context=b""):
    """NIST SP 800-108, counter mode, one block; counter and length have their least byte first."""
    return mac(key, struct.pack("<I", 1) + label + b"\0" + context + struct.pack("<I", 128))[:16]


def derive(shared, nonce):
    """Master secret, KEK and KIK."""
    master = kdf(shared, b"sev-master-secret", nonce)
    return master, kdf(master, b"sev-kek"), kdf(master, b"sev-kik")


def session_blob(shared, nonce, iv, tek, tik, policy):
    _, kek, kik = derive(shared, nonce)
    wrapped = aes_ctr(kek, iv, tek + tik)
    return nonce + wrapped + iv + mac(kik, wrapped) + mac(tik, struct.pack("<I", policy))


def owner_session(pdh, private, nonce, iv, tek, tik, policy):
    """GODH and session for a platform whose PDH is this point; `private` is the owner's."""
    blob = session_blob(agree(private, pdh), nonce, iv, tek, tik, policy)
    return sev.godh(amd.point_of(private)).bytes, blob


def read_godh(data):
    """The owner's point; signatures, versions of the API and reserved bytes are not looked at."""
    version, _, usage, algorithm, curve = struct.unpack_from("<IIIII", data)
    require((version, usage, algorithm, curve) == (1, sev.PDH, sev.ECDH_SHA256, sev.P384),
            "INVALID_CERTIFICATE")
    x, y = (int.from_bytes(data[at:at + 72], "little") for at in (20, 92))
    on_curve = (y * y - x**3 + 3 * x - model.P384_B) % model.P384_P == 0
    require(max(x, y) < model.P384_P and on_curve, "INVALID_CERTIFICATE")
    return x, y


class Launch:
    """A guest from LAUNCH_START on."""

    def __init__(self, processor, policy, tek, tik):
        self.processor, self.policy, self.tek, self.tik = processor, policy, tek, tik
        self.digest = hashlib.sha256()
        self.mnonce = self.measure = None

    def launch_update(self, data):
        require(self.measure is None, "INVALID_GUEST_STATE")
        self.digest.update(data)

    def launch_measure(self, mnonce=None):
        """MEASURE and MNONCE."""
        require(self.measure is None, "INVALID_GUEST_STATE")
        self.mnonce = secrets.token_bytes(16) if mnonce is None else mnonce
        versions = *self.processor.api, self.processor.build
        blob = model.launch_blob(self.tik, versions, self.policy, self.digest.digest(), self.mnonce)
        self.measure = blob[:32]
        return blob

    def launch_secret(self, header, data):
        """What the guest finds in its memory."""
        require(len(header) == HEADER_SIZE and 0 < len(data) <= 16384 and len(data) % 16 == 0,
                "INVALID_LENGTH")
        require(self.measure is not None, "INVALID_GUEST_STATE")
        flags, iv, tag = struct.unpack("<I16s32s", header)
        message = model.packet_message(header, data, self.measure)
        require(hmac.compare_digest(tag, mac(self.tik, message)), "BAD_MEASUREMENT")
        require(flags & 1 == 0, "UNSUPPORTED")  # compressed
        return aes_ctr(self.tek, iv, data)

    def attestation(self, mnonce):
        require(self.measure is not None, "INVALID_GUEST_STATE")
        key = self.processor.endorsement
        return sev.report(key, mnonce, self.digest.digest(), self.policy)


class SecureProcessor:
    """With the private key of its PDH, and that of its PEK if it is to sign reports."""

    def __init__(self, private, endorsement=None, api=(0, 24), build=13, has_es=True):
        self.private, self.endorsement = private, endorsement
        self.api, self.build, self.has_es = api, build, has_es

    @classmethod
    def of(cls, platform, **settings):
        return cls(platform.dh.private, platform.endorsement, **settings)

    def launch_start(self, policy, godh, session, shares_with=None):
        """Another launch may share its memory's key. Without a session all keys are zeros."""
        tek = tik = bytes(16)
        if godh is not None:
            tek, tik = self.open_session(policy, godh, session)
        if shares_with is not None:
            require(shares_with.policy == policy and not policy & NOKS, "POLICY_FAILURE")
        require(self.has_es or not policy & ES, "UNSUPPORTED")
        return Launch(self, policy, tek, tik)

    def open_session(self, policy, godh, session):
        """TEK and TIK."""
        require(len(session) == SESSION_SIZE and len(godh) == sev.SIZE, "INVALID_LENGTH")
        nonce, wrapped, iv, wrap_mac, policy_mac = struct.unpack("16s32s16s32s32s", session)
        _, kek, kik = derive(agree(self.private, read_godh(godh)), nonce)
        require(hmac.compare_digest(wrap_mac, mac(kik, wrapped)), "BAD_MEASUREMENT")
        keys = aes_ctr(kek, iv, wrapped)
        tek, tik = keys[:16], keys[16:]
        require(hmac.compare_digest(policy_mac, mac(tik, struct.pack("<I", policy))),
                "BAD_MEASUREMENT")
        asked = policy >> 16 & 0xFF, policy >> 24
        require(asked <= self.api and policy & 0xFFC0 == 0, "POLICY_FAILURE")
        return tek, tik


def read_base64(path):
    return base64.b64decode(Path(path).read_text(), validate=True)


def launch(folder, policy, godh, session, firmware):
    """Starts and measures a guest; keeps what LAUNCH_SECRET needs of it."""
    processor = SecureProcessor(int((Path(folder) / "pdh.key").read_text(), 16))
    guest = processor.launch_start(int(policy, 0), read_base64(godh), read_base64(session))
    guest.launch_update(Path(firmware).read_bytes())
    values = {"sev-measurement": model.encode(guest.launch_measure()),
              "sev-api-major": processor.api[0], "sev-api-minor": processor.api[1],
              "sev-build-id": processor.build, "sev-policy": guest.policy}
    kept = {name: getattr(guest, name).hex() for name in ("tek", "tik", "measure")}
    (Path(folder) / "guest.json").write_text(json.dumps({**kept, "policy": guest.policy}))
    print("".join(f"{name:<15}: {value}\n" for name, value in values.items()), end="")


def secret(folder, header, payload):
    """Prints each secret that the guest would find."""
    kept = json.loads((Path(folder) / "guest.json").read_text())
    guest = Launch(None, kept["policy"], bytes.fromhex(kept["tek"]), bytes.fromhex(kept["tik"]))
    guest.measure = bytes.fromhex(kept["measure"])
    table = guest.launch_secret(read_base64(header), read_base64(payload))
    for name, data in model.secrets_in(table)[0].items():
        print(f"{name} {data.decode()}")


def main(words):
    counts = {"launch": (launch, 5), "secret": (secret, 3)}
    command, count = counts.get(words[0] if words else "", (None, 0))
    if command is None or len(words) != count + 1:
        return __doc__
    try:
        command(*words[1:])
    except Refused as refusal:
        return f"The secure processor refuses: {refusal}"
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
