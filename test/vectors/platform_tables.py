#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""platform_tables.py prints a header for unit tests: the certificates and a report of platforms with
SEV whose keys are those of test/support/sev_platform.py. Right ones, and ones that are wrong in a
single part, with what comes of each.
"""
import hashlib
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import amd  # noqa: E402
import model  # noqa: E402
import sev_platform as sev  # noqa: E402
from sev_platform import EMPTY  # noqa: E402

MATCH, MISMATCH = "SEVL_MATCH", "SEVL_MISMATCH"
ENCODING, ABSENT = "SEVL_ERROR_ENCODING", "SEVL_ERROR_ABSENT"
PLATFORMS = (("later", 4096), ("naples", 2048))

# The point of the smallest x, and x with p added, which is as many bytes.
SMALL = next(point for x in range(9) if (point := model.p384_point(x)))
LARGE = SMALL[0] + model.P384_P, SMALL[1]


def octets(data):
    return ", ".join(map(str, data))


def array(name, data):
    return f"static const uint8_t {name}[{max(1, len(data))}] = {{{octets(data) or 0}}};\n"


class OtherHash:
    """Signs with a key of RSA, but with another hash than its size asks for."""

    def __init__(self, key):
        self.key, self.hash = key, "sha256" if key.hash == "sha384" else "sha384"

    def sign(self, message):
        encoded = amd.pss_encode(hashlib.new(self.hash, message).digest(), size=self.key.size)
        return self.key.power(encoded).to_bytes(self.key.size, "big")


def authority_keys(right):
    """What cannot be a modulus."""
    yield "an even modulus", ENCODING, right.changed(modulus=right.key.n - 1)
    yield "a modulus that is too short", ENCODING, right.changed(modulus=right.key.n >> 1 | 1)


def arks(p):
    yield from authority_keys(p.ark)
    yield "of another key", MISMATCH, p.ark.changed(signer=p.middle)
    yield "of another hash", MISMATCH, p.ark.changed(signer=OtherHash(p.root))
    yield "of a shorter salt", MISMATCH, p.ark.changed(signing=(("salt", amd.SALT[:20]),))


def asks(p):
    yield "right", MATCH, p.ask
    yield from authority_keys(p.ask)
    yield "signed by itself", MISMATCH, p.ask.changed(signer=p.middle)
    for i in range(16):
        issuer = model.flip(p.ark.id, 8 * i)
        yield f"of another issuer in byte {i}", MISMATCH, p.ask.changed(issuer_id=issuer)
    large = sev.Platform(bits=6144 - p.bits)
    yield "of another size", MISMATCH, large.ask.changed(issuer_id=p.ark.id)


def wrong_points(certificate):
    """What is no point of the curve, or no number of its field."""
    x, y = certificate.point
    yield "off the curve", ENCODING, certificate.changed(point=(x, y ^ 1))
    yield "of a small x", MATCH, certificate.changed(point=SMALL)
    yield "of an x that is too large", ENCODING, certificate.changed(point=LARGE)


def one_signature(certificate, others):
    """By one issuer, in a place of either order; `others` are wrong in usage or algorithm."""
    good, _ = certificate.slots
    usage, algorithm, key = good
    yield "right", MATCH, certificate
    yield "in the second place", MATCH, certificate.changed(slots=(EMPTY, good))
    yield "in both places", ENCODING, certificate.changed(slots=(good, good))
    yield "without a signature", ABSENT, certificate.changed(slots=(EMPTY, EMPTY))
    yield "of no usage", ENCODING, certificate.changed(slots=((sev.NONE, algorithm, key), EMPTY))
    yield "of no algorithm", ENCODING, certificate.changed(slots=((usage, 0, key), EMPTY))
    for other in others:
        yield "of {:#x} by {:#x}".format(*other), ENCODING, certificate.changed(
            slots=((*other, key), EMPTY))
        yield "with another of {:#x} by {:#x}".format(*other), ENCODING, certificate.changed(
            slots=(good, (*other, key)))
    for what, rest in (("0 as its usage", (0, 0, None)), ("a usage alone", (usage, 0, None)),
                       ("an algorithm alone", (sev.NONE, algorithm, None)),
                       ("a byte", (sev.NONE, 0, b"\1")), ("a last byte", (sev.NONE, 0, bytes(511) + b"\x80"))):
        for slots in (good, rest), (rest, good):
            yield f"an empty place with {what}", ENCODING, certificate.changed(slots=slots)


def ceks(p):
    (usage, algorithm, key), _ = p.cek.slots
    others = ((sev.ARK, algorithm), (0x10, algorithm), (0x10013, algorithm), (sev.CEK, algorithm),
              (sev.ASK, 2), (sev.ASK, 0x102), (sev.ASK, algorithm | 0x10000), (sev.OCA, 2), (sev.PEK, 2))
    yield from one_signature(p.cek, others)
    yield from wrong_points(p.cek)
    yield "of another key", MISMATCH, p.cek.changed(slots=((usage, algorithm, p.root), EMPTY))
    value = key.sign(p.cek.body)[::-1]
    of_other, _ = sev.Platform(bits=6144 - p.bits).cek.slots
    yield "of an ASK of another size", MISMATCH, p.cek.changed(slots=(of_other, EMPTY))
    if p.bits == 2048:
        yield "of SHA-384 by its place", MISMATCH, p.cek.changed(slots=((usage, 0x101, value), EMPTY))
        for at in (256, 511):
            long = value.ljust(at, b"\0") + b"\1"
            yield f"with a byte {at}", ENCODING, p.cek.changed(slots=((usage, algorithm, long), EMPTY))


def ecdsa_values(certificate, index, usage, key):
    """What is wrong in a signature by ECDSA."""
    value = sev.ecdsa(key, certificate.body)
    wrong = [(f"with a byte {at}", ENCODING, value.ljust(at, b"\0")[:at] + b"\1" + value[at + 1:])
             for at in (48, 71, 120, 143, 144, 511)]
    wrong += [("of SHA-384", MISMATCH, sev.ecdsa(key, certificate.body, sev.ECDSA_SHA384)),
              ("of r = 0", MISMATCH, bytes(72) + value[72:]),
              ("of s = 0", MISMATCH, value[:72] + bytes(72)),
              ("of r and s exchanged", MISMATCH, value[72:] + value[:72])]
    for what, result, changed in wrong:
        slots = list(certificate.slots)
        slots[index] = usage, sev.ECDSA_SHA256, changed
        yield what, result, certificate.changed(slots=tuple(slots))


ECDSA_OTHERS = ((sev.ASK, 0x101), (sev.CEK, 2), (sev.OCA, 2), (sev.PEK, 2), (sev.PDH, 2))


def others_of(usage):
    yield from ((other, algorithm) for other, algorithm in ECDSA_OTHERS if other != usage)
    yield from ((usage, algorithm) for algorithm in (1, 3, 0x101, 0x102, 0x10002))
    yield usage | 0x10000, 2


def ocas(p):
    yield from one_signature(p.oca, others_of(sev.OCA))
    yield from ecdsa_values(p.oca, 0, sev.OCA, p.owner)
    yield "of another key", MISMATCH, p.oca.changed(slots=((sev.OCA, 2, p.chip), EMPTY))
    x, y = p.oca.point
    yield "off the curve", ENCODING, p.oca.changed(point=(x, y ^ 1))


def peks(p):
    by_oca, by_cek = p.pek.slots
    yield "right", MATCH, p.pek
    yield "in the other order", MATCH, p.pek.changed(slots=(by_cek, by_oca))
    yield "of the OCA alone", ABSENT, p.pek.changed(slots=(by_oca, EMPTY))
    yield "of the CEK alone", ABSENT, p.pek.changed(slots=(EMPTY, by_cek))
    yield "without a signature", ABSENT, p.pek.changed(slots=(EMPTY, EMPTY))
    yield "of the OCA twice", ABSENT, p.pek.changed(slots=(by_oca, by_oca))
    yield "of the CEK twice", ENCODING, p.pek.changed(slots=(by_cek, by_cek))
    for usage, key in ((sev.PEK, p.endorsement), (sev.PDH, p.dh), (sev.ASK, p.owner)):
        for good in by_oca, by_cek:
            yield f"with one of {usage:#x}", ENCODING, p.pek.changed(slots=(good, (usage, 2, key)))
    yield "with the keys exchanged", MISMATCH, p.pek.changed(
        slots=((sev.CEK, 2, p.owner), (sev.OCA, 2, p.chip)))
    yield "of another CEK", MISMATCH, p.pek.changed(slots=(by_oca, (sev.CEK, 2, p.endorsement)))
    yield "of another OCA", MISMATCH, p.pek.changed(slots=((sev.OCA, 2, p.endorsement), by_cek))
    yield from ecdsa_values(p.pek, 0, sev.OCA, p.owner)
    yield from ecdsa_values(p.pek, 1, sev.CEK, p.chip)
    yield from wrong_points(p.pek)


def pdhs(p):
    yield from one_signature(p.pdh, others_of(sev.PEK))
    yield from ecdsa_values(p.pdh, 0, sev.PEK, p.endorsement)
    yield from wrong_points(p.pdh)
    yield "of another key", MISMATCH, p.pdh.changed(slots=((sev.PEK, 2, p.owner), EMPTY))


LINKS = {"ARK": arks, "ASK": asks, "CEK": ceks, "OCA": ocas, "PEK": peks, "PDH": pdhs}
RSA_LINKS = ("ARK", "ASK", "CEK")  # others are the same for both platforms


def cases():
    """Rows of a table, and their arrays."""
    arrays, rows = "", ""
    for index, (name, bits) in enumerate(PLATFORMS):
        platform = sev.Platform(bits=bits)
        for link, make in LINKS.items():
            if index > 0 and link not in RSA_LINKS:
                continue
            for i, (what, result, certificate) in enumerate(make(platform)):
                arrays += array(f"{name}_{link}_{i}", certificate.bytes)
                rows += (f'    {{{index}, SEVL_SEV_{link}, "{what}", {result}, {name}_{link}_{i}, '
                         f"{len(certificate.bytes)}}},\n")
    return arrays, rows


def known(name, bits):
    """A struct known_platform and its bytes."""
    p = sev.Platform(bits=bits)
    parts = {"ark": p.ark, "ask": p.ask, "cek": p.cek, "oca": p.oca, "pek": p.pek, "pdh": p.pdh}
    report = p.report(bytes(range(1, 17)), bytes(range(100, 132)), 0x16000005)
    arrays = "".join(array(f"{name}_{part}", each.bytes) for part, each in parts.items())
    arrays += array(f"{name}_report", report)
    pieces = ", ".join(f".{part} = {{{name}_{part}, {len(each.bytes)}}}" for part, each in parts.items())
    keys = ", ".join(
        f"{{{octets(b''.join(n.to_bytes(48, 'big') for n in key.point))}}}"
        for key in (p.chip, p.owner, p.endorsement, p.dh))
    return arrays, f"""    {{{pieces},
     .report = {name}_report, .key_size = {bits // 8}, .ask_id = {{{octets(p.ask.id)}}},
     .ark_pin = {{{{{octets(bytes.fromhex(p.ark.fingerprint))}}}}},
     .oca_pin = {{{{{octets(bytes.fromhex(p.oca.fingerprint))}}}}}, .keys = {{{keys}}}}},
"""


# SHA-384 of the signed part of what AMD publishes as ask_ark_*.cert, as sha384sum computes it.
PINNED = (
    ("ARK", "NAPLES",
     "bf66a6df42f452d936a91a48943512517147b7d487e9c5b9ad8e53768c93d507e24a5724871ba783b4b5d714d192537f"),
    ("ASK", "NAPLES",
     "e16c1a3251e9a6f65902ed0493806ac2927547e60f209f1a3ca736f40186ffd28ab90c119eb954e2d494ef387cfe4a8f"),
    ("ARK", "ROME",
     "3d2c1157c29ef7bd4207fc0c8b08db080e579ceba267f8c93bec8dce73f5a5e2e60d959ac37ea82176c1a0c61ae203ed"),
    ("ASK", "ROME",
     "d8cd9d1798c311c96e009a91552f17b4ddc4886a064ec933697734965b9ab29db803c79604e2725658f0861bfaf09ad4"),
    ("ARK", "MILAN",
     "569da618dfe64015c343db6d975e77b72fdeacd16edd02d9d09b889b8f0f1d91ffa5dfbd86f7ac574a1a7883b7a1e737"),
    ("ASK", "MILAN",
     "95cba79ba3c77daea79f741bade8156a50b1c59f6d6fda104d16dd264729f5ee8989522f3711fc7c84719921ceb31bc0"),
    ("ARK", "GENOA",
     "b66e16ff0ebeed57f0c4dffa154872c4156f2e5b1c2f4e66e58fc37f1d2a60d31a342ecb6430a9b2510a970c75c37926"),
    ("ASK", "GENOA",
     "9fa6db577758411b576cfcdc3c2f0851e60f0c69ffdcb6301ad2f7864f91e829f62925888464d9d285612eb03b3fc63d"),
    ("ARK", "TURIN",
     "712a28007da1097e8c4fd3a2e8655012b27e04042323a0a30e111fc0cf698961040c6fc3ff2053abe70432cfef411a0e"),
    ("ASK", "TURIN",
     "9ae10c44573f0c0dee8044a89ee1ba5acd8f3909651fd3c96bfec3d4419c1bd60d7d9a35d42509c3a71e307b0f60c1d1"),
)


def main():
    arrays, rows = cases()
    platforms = [known(*each) for each in PLATFORMS]
    pins = "".join(f"    {{SEVL_SEV_{kind}, SEVL_SEV_{product}, {{{{{octets(bytes.fromhex(pin))}}}}}}},\n"
                   for kind, product, pin in PINNED)
    print(f"""/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Made by test/vectors/platform_tables.py. */
#include <sevlaunch/sev/platform_report.h>

/* A file, whole. */
struct piece {{
    const uint8_t *bytes;
    size_t size;
}};

{"".join(each for each, _ in platforms)}
/* The keys are those of CEK, OCA, PEK and PDH. */
static const struct known_platform {{
    struct piece ark, ask, cek, oca, pek, pdh;
    const uint8_t *report; /* of mnonce 1, 2 and so on, digest 100, 101 and so on, policy 0x16000005 */
    size_t key_size;
    uint8_t ask_id[SEVL_SEV_CA_ID_SIZE];
    struct sevl_sev_fingerprint ark_pin, oca_pin;
    uint8_t keys[4][SEVL_P384_KEY_SIZE];
}} platforms[] = {{
{"".join(row for _, row in platforms)}}};

#ifdef PLATFORM_CASES
{arrays}
/* Certificates, and what comes of each in the place of the right one. */
static const struct platform_case {{
    size_t platform;
    enum sevl_sev_certificate_kind kind;
    const char *what;
    enum sevl_result result;
    const uint8_t *bytes;
    size_t size;
}} platform_cases[] = {{
{rows}}};

static const struct pinned_authority {{
    enum sevl_sev_certificate_kind kind;
    enum sevl_sev_product product;
    struct sevl_sev_fingerprint fingerprint;
}} pinned_authorities[] = {{
{pins}}};
#endif""")


if __name__ == "__main__":
    main()
