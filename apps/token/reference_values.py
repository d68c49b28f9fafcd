# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The reference values of a token for SEV-SNP: options of provision.py, and struct
token_reference of reference.h, which they fill. Options are called as those of
`sevlaunch snp-verify`."""
import argparse
import base64
import binascii
import hashlib
import json
import pathlib
import re
import struct

SECTION, SIZE = b".reference", 0x368
MAGIC, CHAIN, KEY = 0x0521ff44, 0x70282377, 0x4144d5e3
DIGESTS_MAX, KEY_SIZE = 8, 192
PRODUCTS = {"milan": 1, "genoa": 2, "turin": 3}
OWN_ROOT, OWN_INTERMEDIATE = 1, 2
ALLOWED = {"debug": 1, "migration": 2}
PARTS = ("fmc", "bl", "tee", "snp", "ucode")

# See enum sevl_snp_check in core/include/sevlaunch/snp/appraisal.h.
HOST_DATA, ID_KEY_DIGEST, POLICY_BITS, PLATFORM_BITS, FIRMWARE = 4, 5, 16, 17, 23
TCBS = {"reported": 19, "committed": 20, "launch": 21, "current": 22}

# Bits that are required, and that are refused: see report.h beside it.
PLATFORM = {"smt-off": (0, 1), "tsme": (2, 0), "ecc": (4, 0), "rapl-off": (8, 0),
            "ciphertext-hiding": (16, 0), "alias-check": (32, 0), "tio-off": (0, 128)}
POLICY = {"policy-smt-off": (0, 1 << 16), "policy-single-socket": (1 << 20, 0),
          "policy-cxl-off": (0, 1 << 21), "policy-aes-256-xts": (1 << 22, 0),
          "policy-rapl-off": (1 << 23, 0), "policy-ciphertext-hiding": (1 << 24, 0),
          "policy-page-swap-off": (1 << 25, 0)}


def wrong(expected, text):
    return argparse.ArgumentTypeError(f"expected {expected}, but got '{text}'")


def digits(size):
    """Of a value that somebody chose: blank memory is none."""
    def read(text):
        if not re.fullmatch(f"[0-9a-fA-F]{{{2 * size}}}", text):
            raise wrong(f"{2 * size} hexadecimal digits", text)
        value = bytes.fromhex(text)
        if value in (bytes(size), b"\xff" * size):
            raise wrong(f"{size} bytes that are not all zeros or all ones", text)
        return value
    return read


def words(known):
    def read(text):
        chosen = text.split(",")
        for word in chosen:
            if word not in known:
                raise wrong(f"a list of {', '.join(known)}", text)
        return chosen
    return read


def number(text, maximum):
    if not re.fullmatch("[0-9]+", text) or int(text) > maximum:
        raise wrong(f"a number up to {maximum}", text)
    return int(text)


def tcb(text):
    parts = {}
    for item in text.split(","):
        name, sign, value = item.partition("=")
        if name not in PARTS or name in parts or not sign:
            raise wrong("a list such as snp=27,ucode=219, of " + ", ".join(PARTS), text)
        parts[name] = number(value, 255)
    return bytes(parts.get(name, 0) for name in PARTS)


def version(text):
    parts = text.split(".")
    if len(parts) != 3:
        raise wrong("major, minor and build, as 1.55.40", text)
    return bytes(number(part, 255) for part in reversed(parts))


def key_in(line):
    """Returns the text of a key: the line, or its member if it is a verdict."""
    if not line.startswith("{"):
        return line
    told = json.loads(line)
    key = told.get("key") if "certificate" not in told.get("not-made", ()) else None
    return key if isinstance(key, str) else ""


def decoded(text):
    try:
        if re.fullmatch(f"[0-9a-fA-F]{{{2 * KEY_SIZE}}}", text):
            return bytes.fromhex(text)
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def is_key(key):
    """As apps/sevlaunch/key_form.h lays it out. Nobody signed it."""
    id_size = key[15] if len(key) == KEY_SIZE else 65
    if id_size > 64 or key[:8] != b"SEVLKEY\1" or key[8] not in (1, 2) or key[9] not in (1, 2, 3):
        return False
    is_chip, is_turin = key[8] == 1, key[9] == 3
    has_size = id_size == (8 if is_turin else 64) if is_chip else id_size > 0
    first, last = struct.unpack_from("<2Q", key, 16)
    return has_size and not any(key[32 + id_size:96]) and first <= last and (is_turin or key[10] == 0)


def key_file(path):
    content = pathlib.Path(path).read_bytes()
    if is_key(content):
        return content
    lines = content.decode(errors="replace").split("\n")
    keys = [decoded(key_in(line.strip())) for line in lines if line.strip()]
    if len(keys) != 1 or not is_key(keys[0]):
        raise wrong("a key of 192 bytes, as snp-verify --known-keys tells it", path)
    return keys[0]


def file_of(read):
    def read_file(path):
        try:
            return read(path)
        except (OSError, ValueError) as error:
            raise argparse.ArgumentTypeError(str(error)) from error
    return read_file


def add_options(parser):
    group = parser.add_argument_group("SEV-SNP, for token-snp.elf", "what the owner expects")
    group.add_argument("--measurement", metavar="HEX", type=digits(48), action="append",
                       help=f"launch digest; can be repeated, {DIGESTS_MAX} times at most")
    group.add_argument("--product", metavar="LIST", type=words(PRODUCTS),
                       help="take AMD's root of milan, genoa, turin, or of several")
    group.add_argument("--ark-fingerprint", metavar="HEX", type=digits(48),
                       help="take this root: SHA-384 of its SubjectPublicKeyInfo")
    group.add_argument("--intermediate-fingerprint", metavar="HEX", type=digits(48),
                       help="take this ASK or ASVK, too, if a root signed it")
    group.add_argument("--key", metavar="FILE", type=file_of(key_file),
                       help="a processor's key in place of certificates, as `sevlaunch snp-verify "
                            "--batch --known-keys` told it when it verified them: here, nothing is")
    group.add_argument("--min-tcb", metavar="LIST", type=tcb,
                       help="lowest security versions, as bl=4,tee=1,snp=27,ucode=219")
    group.add_argument("--tcb", metavar="LIST", type=words((*TCBS, "all")),
                       help="compare with these TCBs: reported, committed, launch, current, or all "
                            "by default")
    group.add_argument("--min-version", metavar="VERSION", type=version,
                       help="lowest committed firmware, as 1.55.40")
    group.add_argument("--require", metavar="LIST", type=words((*PLATFORM, *POLICY)),
                       help=", ".join((*PLATFORM, *POLICY)))
    group.add_argument("--allow", metavar="LIST", type=words(ALLOWED), help="debug, migration")
    group.add_argument("--vmpl", metavar="N", type=lambda text: number(text, 3),
                       help="privilege level of who asked for the report, 0 by default")
    group.add_argument("--host-data", metavar="HEX", type=digits(32))
    group.add_argument("--id-key-digest", metavar="HEX", type=digits(48))


def options_of(given):
    """Returns the options of this file that are given."""
    probe = argparse.ArgumentParser(add_help=False)
    add_options(probe)
    return {name for name in vars(probe.parse_args([])) if getattr(given, name) is not None}


def check(parser, given):
    """Ends with a line if what is given cannot be expected of any report, or of all."""
    if not given.measurement or len(given.measurement) > DIGESTS_MAX:
        parser.error(f"--measurement: give 1 to {DIGESTS_MAX} launch digests")
    has_root = given.product is not None or given.ark_fingerprint is not None
    if has_root == (given.key is not None):
        parser.error("give --product, --ark-fingerprint or both; or --key")
    if given.key is not None and given.intermediate_fingerprint is not None:
        parser.error("--intermediate-fingerprint: no certificate is looked at with --key")
    if given.tcb is not None and given.min_tcb is None:
        parser.error("--tcb: give --min-tcb, too")


def bits_of(chosen, known):
    """Returns the bits that are required, and those refused."""
    required = refused = 0
    for word in chosen or ():
        one, other = known.get(word, (0, 0))
        required, refused = required | one, refused | other
    return required, refused


def checks_of(given):
    tcbs = given.tcb or ["all"]
    chosen = {check for name, check in TCBS.items()
              if given.min_tcb is not None and (name in tcbs or "all" in tcbs)}
    for check, value in ((HOST_DATA, given.host_data), (ID_KEY_DIGEST, given.id_key_digest),
                         (FIRMWARE, given.min_version),
                         (POLICY_BITS, set(given.require or ()) & set(POLICY)),
                         (PLATFORM_BITS, set(given.require or ()) & set(PLATFORM))):
        if value:
            chosen.add(check)
    return sum(1 << check for check in chosen)


def build(given):
    """Returns the bytes of the section."""
    pins = OWN_ROOT * (given.ark_fingerprint is not None) + \
        OWN_INTERMEDIATE * (given.intermediate_fingerprint is not None)
    values = struct.pack(
        "<8I5s3s4Q32s48s48s48s384s192s", MAGIC, KEY if given.key else CHAIN,
        sum({1 << PRODUCTS[name] for name in given.product or ()}), pins, checks_of(given),
        sum({ALLOWED[word] for word in given.allow or ()}), given.vmpl or 0,
        len(given.measurement), given.min_tcb or b"", given.min_version or b"",
        *bits_of(given.require, POLICY), *bits_of(given.require, PLATFORM),
        given.host_data or b"", given.id_key_digest or b"", given.ark_fingerprint or b"",
        given.intermediate_fingerprint or b"", b"".join(given.measurement), given.key or b"")
    return values + hashlib.sha384(values).digest()
