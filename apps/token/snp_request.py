# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Requests of a token for SEV-SNP: options of run.py, and the mailbox of snp_token.h."""
import argparse
import base64
import binascii
import pathlib
import re
import struct

REPORT_SIZE, CERTIFICATE_MAX = 1184, 2048
MAGIC, CHALLENGE, NO_CHALLENGE = 0x6d8a4f23, 0x7c3633d9, 0x63d89d54
NOT_YET = 0
REPORT_AT, CERTIFICATES_AT = 0x80, 0x800
KEY_INFO_AT = 0x48  # in a report: who signed it

# As `sevlaunch snp-verify` names them; see core/include/sevlaunch/snp/appraisal.h.
CHECKS = ("dates", "report-version", "measurement", "report-data", "host-data", "id-key-digest",
          "author-key-digest", "family-id", "image-id", "guest-svn", "vmpl", "chip-id", "csp-id",
          "policy-form", "policy-debug", "policy-migration", "policy", "platform", "tcb-order",
          "reported-tcb", "committed-tcb", "launch-tcb", "current-tcb", "firmware")
PARTS = {1: "report", 2: "VCEK or VLEK", 3: "ASK or ASVK", 4: "ARK"}
REASONS = {1: "the certificate above did not sign it", 2: "it is of another kind or product",
           3: "nobody vouches for its key", 4: "AMD revoked its key", 15: "it cannot be read"}
REPORT_REASONS = {1: "nobody signed it", 2: "it names another kind of signer",
                  3: "it is of another product than its key", 4: "its TCB is not that of its key",
                  5: "it is of another chip than its key", 6: "its key is no point of the curve",
                  7: "its signature is wrong", 15: "it cannot be read"}

COMMON_NAME = rb"\x06\x03\x55\x04\x03[\x0c\x13](.)"


def report_data(text):
    if not re.fullmatch("[0-9a-fA-F]{128}", text):
        raise argparse.ArgumentTypeError(f"expected 128 hexadecimal digits, but got '{text}'")
    return bytes.fromhex(text)


def add_options(parser):
    group = parser.add_argument_group("SEV-SNP, for token-snp.elf")
    group.add_argument("--report", metavar="FILE", type=pathlib.Path, help="1184 bytes")
    leaf = group.add_mutually_exclusive_group()
    leaf.add_argument("--vcek", metavar="FILE", type=pathlib.Path, help="DER or PEM, as the others")
    leaf.add_argument("--vlek", metavar="FILE", type=pathlib.Path)
    group.add_argument("--ask", metavar="FILE", type=pathlib.Path, help="or ASVK, of a VLEK")
    group.add_argument("--ark", metavar="FILE", type=pathlib.Path)
    group.add_argument("--certs", metavar="FOLDER", type=pathlib.Path,
                       help="in place of these three: those in it that the report is signed by")
    group.add_argument("--report-data", metavar="HEX", type=report_data,
                       help="64 bytes that the guest was asked to put there")


class Unusable(Exception):
    """What is given is no request."""


def ders(content):
    """Returns the certificates in a file: PEM, any number of them, or one in DER."""
    blocks = re.findall(rb"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----",
                        content)
    try:
        return [base64.b64decode(block) for block in blocks] or [content]
    except binascii.Error:
        return [content]


def certificate(option, path):
    found = ders(path.read_bytes())
    if len(found) != 1 or not 0 < len(found[0]) <= CERTIFICATE_MAX:
        raise Unusable(f"--{option}: expected one certificate of 1 to {CERTIFICATE_MAX} bytes in "
                       f"'{path}'")
    return found[0]


def names(der):
    """Returns the common names of issuer and subject, in this order."""
    found = [der[match.end():match.end() + match[1][0]].decode(errors="replace")
             for match in re.finditer(COMMON_NAME, der, re.S)]
    return tuple(found[:2]) if len(found) >= 2 else ("", "")


def pick(known, subject, folder):
    found = [der for der in known if names(der)[1] == subject]
    if len(found) != 1:
        raise Unusable(f"--certs: expected one certificate of {subject} in '{folder}', but got "
                       f"{len(found)}")
    return found[0]


def from_folder(folder, report):
    """Returns leaf, intermediate and root, by their names: the token verifies them."""
    known = {der for path in sorted(folder.iterdir()) if path.is_file()
             for der in ders(path.read_bytes()) if len(der) <= CERTIFICATE_MAX}
    signer = report[KEY_INFO_AT] >> 2 & 7
    leaf = pick(known, "SEV-VLEK" if signer == 1 else "SEV-VCEK", folder)
    intermediate = pick(known, names(leaf)[0], folder)
    return leaf, intermediate, pick(known, names(intermediate)[0], folder)


def certificates(given, report):
    """Returns none at all where the token has a key."""
    leaf = ("vlek", given.vlek) if given.vlek else ("vcek", given.vcek)
    files = (leaf, ("ask", given.ask), ("ark", given.ark))
    absent = [option for option, path in files if path is None]
    if given.certs is not None:
        if len(absent) != len(files):
            raise Unusable("--certs: give this alone, or --vcek or --vlek, --ask and --ark")
        return from_folder(given.certs, report)
    if len(absent) == len(files):
        return b"", b"", b""
    if absent:
        raise Unusable(f"--{absent[0]}: give --vcek or --vlek, --ask and --ark, or none of them")
    return tuple(certificate(option, path) for option, path in files)


def mailbox(report, chain, challenge):
    head = struct.pack("<5I20x64sI", MAGIC, NO_CHALLENGE if challenge is None else CHALLENGE,
                       *map(len, chain), challenge or b"", NOT_YET)
    content = head.ljust(REPORT_AT, b"\0") + report
    return content.ljust(CERTIFICATES_AT, b"\0") + b"".join(
        der.ljust(CERTIFICATE_MAX, b"\0") for der in chain)


def request_of(given):
    """Returns the mailbox before the token starts."""
    report = given.report.read_bytes()
    if len(report) != REPORT_SIZE:
        raise Unusable(f"--report: expected {REPORT_SIZE} bytes in '{given.report}', but got "
                       f"{len(report)}")
    return mailbox(report, certificates(given, report), given.report_data)


def checks_in(bits):
    return ", ".join(name for i, name in enumerate(CHECKS) if bits >> i & 1)


def reason(fault, failed):
    """Why a report is refused, in a line."""
    part = fault >> 4
    if part in PARTS:
        reasons = REPORT_REASONS if part == 1 else REASONS
        return f"{PARTS[part]}: {reasons.get(fault & 15, 'refused')}"
    return f"the report is genuine, but not as this token expects: {checks_in(failed)}"
