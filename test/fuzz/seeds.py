#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Writes the inputs that fuzzing starts from, and the dictionaries:
    seeds.py [--check]
With --check, fails if those that are stored differ. Other files in corpus/ are
inputs that failed once; they stay.
"""
import base64
import hashlib
import json
import random
import re
import struct
import sys
import uuid
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))
import amd  # noqa: E402
import model  # noqa: E402
import sev_platform  # noqa: E402

HERE = Path(__file__).resolve().parent
RNG = random.Random(55766)

FOOTER, RESET, HASH_TABLE, SECRET, SNP, LUKS_KEY = (model.GUIDS[name] for name in (
    "FOOTER", "RESET", "HASH_TABLE_AREA", "SECRET_AREA", "SNP_METADATA", "LUKS_KEY"))

BLOB = RNG.randbytes(48)
BASE64 = base64.b64encode(BLOB)
TEK = RNG.randbytes(16)
TIK = RNG.randbytes(16)


def entry(guid, data):
    return model.entry(model.guid(guid), data)


def image(*entries, length=None):
    """A firmware with a table of entries, the first one lowest."""
    return b"firmware" + model.footer(entries, length) + bytes(32)


AREA = struct.pack("<II", 0x810000, 0xC00)
RESET_ENTRY = entry(RESET, struct.pack("<I", 0x80B004))
OVMF = image(entry(SNP, b"\x01\x00\x00\x00"), entry(SECRET, AREA), entry(HASH_TABLE, AREA),
             RESET_ENTRY)


def measurement():
    yield "plain", BASE64
    yield "lines", BASE64[:20] + b"\r\n " + BASE64[20:] + b"\t\n"
    yield "padded", base64.b64encode(BLOB[:47])
    yield "long", base64.b64encode(BLOB + BLOB)
    yield "url", b"-_" * 32


def guid():
    yield "luks", LUKS_KEY.encode()
    yield "upper", FOOTER.upper().encode()
    yield "dashes", b"7368-69e584f0-4973-92ec-06879ce3da0b"
    yield "short", LUKS_KEY[:-1].encode()


def text():
    for name, maximum, value in [
        ("byte", 255, "255"),
        ("large", 2**64 - 1, "18446744073709551615"),
        ("larger", 2**64 - 1, "18446744073709551616"),
        ("policy", 2**32 - 1, "0xFFFFFFFF"),
        ("octal", 7, "007"),
        ("sign", 7, "-1"),
        ("digest", 0, hashlib.sha256(b"").hexdigest()),
        ("nothing", 0, "0x"),
    ]:
        yield name, struct.pack("<Q", maximum) + value.encode()


def arguments(*words):
    return b"".join(word.encode() + b"\0" for word in words)


def options():
    yield "long", arguments("--measurement", BASE64.decode(), "--api-major=0", "--policy", "0x3")
    yield "short", arguments("-dqfOVMF.fd", "-m", "x", "-k=kernel", "-e", "a b", "-n", "4")
    yield "short_forms", arguments("--firm", "f", "--meas=m", "--api-ma", "1", "--cpu-f=1")
    yield "ambiguous", arguments("--cpu", "1")
    yield "ended", arguments("-d", "--", "-q")
    yield "secrets", arguments(*["-s", "luks-key:a"] * 17)
    yield "missing", arguments("--tk", "--debug")
    yield "empty", arguments("--cmdline", "", "--cmdline=")
    yield "blank", arguments("-x y", "--policy", "-1 2")
    yield "help", arguments("--help", "--nonsense")


def footer():
    splits = struct.pack("<HHHH", 0, 16, 1023, 7)
    full = entry(SNP, RNG.randbytes(992 - 18 - 18 - len(RESET_ENTRY))) + RESET_ENTRY
    for name, firmware in [
        ("ovmf", OVMF),
        ("none", b"firmware" * 8),
        ("empty", image()),
        ("twice", image(RESET_ENTRY, RESET_ENTRY)),
        ("zero_length", image(length=0)),
        ("long_length", image(RESET_ENTRY, length=65535)),
        ("wrong_size", image(entry(SECRET, AREA[:4]))),
        ("most", image(full)),
        ("more", image(b"\0", full)),
    ]:
        yield name, splits + firmware


def vmsa():
    for kind in 0, 1, 2, 3, 65, 66, 67, 128:
        for name, reset in ("first", 0xFFFFFFF0), ("other", 0x80B004):
            cpu = struct.pack("<BIIQ", kind, reset, 0x00A00F11, 0x20)
            windows = struct.pack("<HHHBB", 0x3F0, 0x20, 25, 1, 1)
            yield f"{name}_{kind}", cpu + windows


def secret():
    keys = TEK + TIK + BLOB
    for name, capacity, kind in ("match", 3072, 0), ("minimal", 512, 128), ("mismatch", 512, 1):
        secrets = b"\0\x20" + RNG.randbytes(32) + b"\1\0" + b"\2\5abcde" + b"\0\3abc"
        yield name, struct.pack("<HB", capacity, kind) + keys + secrets
    yield "no_room", struct.pack("<HB", 64, 0) + keys + b"\0\x30" + RNG.randbytes(48)
    yield "no_table", struct.pack("<HB", 31, 0) + keys


SECTIONS = [(0x800000, 0x3000, 1), (0x80d000, 0x1000, 2), (0x80e000, 0x1000, 3),
            (0x80f000, 0x1000, 4), (0x810000, 0x1000, 16), (0x811000, 0x2000, 1)]


def snp_firmware(metadata, *entries, distance=None):
    """A table after metadata, and an entry in it that tells of it."""
    length = len(model.footer(entries)) + 22 + 32 + len(metadata)
    told = entry(SNP, struct.pack("<I", length if distance is None else distance))
    return metadata + image(*entries, told)[8:]


HASH_PAGE = entry(HASH_TABLE, struct.pack("<II", 0x810C00, 0x400))


def sev_metadata():
    good = model.sev_metadata(SECTIONS)
    for name, firmware in [
        ("good", snp_firmware(good, RESET_ENTRY)),
        ("before", b"before" + snp_firmware(good)),
        ("none", image(RESET_ENTRY)),
        ("empty", snp_firmware(model.sev_metadata([]))),
        ("overlap", snp_firmware(model.sev_metadata(SECTIONS + SECTIONS[:1]))),
        ("version", snp_firmware(model.sev_metadata(SECTIONS, version=2))),
        ("count", snp_firmware(model.sev_metadata(SECTIONS, count=5))),
        ("twice", snp_firmware(good, entry(SNP, struct.pack("<I", 16)))),
        ("far", snp_firmware(good, distance=4096)),
    ]:
        yield name, struct.pack("<H", 150) + firmware


def snp_digest():
    firmware = snp_firmware(model.sev_metadata(SECTIONS), RESET_ENTRY, HASH_PAGE)
    other = snp_firmware(model.sev_metadata(SECTIONS[:4]), HASH_PAGE)
    for kind in (*range(16), 129):
        start = struct.pack("<BBIHHH", kind, kind, 0xA00F11, 1, 99 * kind, 500 * kind)
        yield f"kind_{kind}", start + b"hashes" + firmware
        yield f"other_{kind}", start + b"hashes" + other


VIRSH = b"sev-measurement: %s\nsev-api-major  : 0\nsev-api-minor  : 24\n\
sev-build-id   : 13\nsev-policy     : 3\n" % BASE64
QMP = b'{"return": {"enabled": true, "api-minor": 24, "handle": 1, "state": "launch-secret", \
"api-major": 0, "sev-type": "sev", "build-id": 13, "policy": 3}}\n{"return": {"data": "%s"}}' % BASE64


def launch_info():
    yield "virsh", VIRSH
    yield "qmp", QMP
    yield "twice", VIRSH + b"sev-policy: 3\n"
    yield "nested", b'{"return": {"x": {"policy": 1}, "policy": 4294967295}, "id": ["policy", 1]}'
    yield "list", b'[{"policy": 1}]'
    yield "large", b"sev-policy: 4294967296"
    yield "number", b"4294967295"
    yield "larger", b"18446744073709551616"
    yield "other", b"sev-secret-set-address: 0\n\nname\n"
    yield "session", b'{"QMP": {"capabilities": ["oob"]}}\r\n{"return": {}}\r\n%s\n{"timestamp": ' \
        b'{"seconds": 1}, "event": "SHUTDOWN", "data": {"guest": false}}\r\n' % QMP
    yield "terminal", b"[root@host ~]# virsh domlaunchsecinfo x\n%s\nvirsh # " % VIRSH
    yield "mark", b"\xef\xbb\xbf" + VIRSH
    yield "utf16", VIRSH.decode().encode("utf-16")
    yield "kubevirt", b'{"measurement": "%s", "apiMinor": 24, "buildID": 13}' % BASE64
    yield "escapes", b'{"p\\u006flicy": "0x3", "data": "%s"}' % BASE64.replace(b"/", b"\\/")
    yield "snp", b'{"return": {"sev-type": "sev-snp", "snp-policy": 196608}}'
    yield "disabled", b'{"return": {"enabled": false, "api-major": 0}}'
    yield "error", b'{"error": {"class": "GenericError", "desc": "SEV is not enabled"}}'
    yield "colours", b"\x1b[?2004l\r%s\x1b[0m" % VIRSH
    yield "libvirt-go", b'{"SEVPolicySet": true, "SEVPolicy": 3, "SEVAPIMajorSet": false, ' \
        b'"SEVAPIMajor": 0, "SEVSNPPolicySet": false, "SEVSNPPolicy": 0}'
    yield "conflict", b"error: x\nsev-policy: 1\nsev-policy: 0x2\n"


FIRMWARE_INFO = """{
  "type": "sevlaunch-firmware-info",
  "schema": 1,
  "size": 4096,
  "sha256": "%s",
  "launch-digest": "%s",
  "reset-address": 8433668,
  "hash-table": {"base": 8457216, "size": 1024},
  "secret": {"base": 0, "size": 0},
  "sections": [
    {"base": 8388608, "size": 36864, "type": 1},
    {"base": 8450048, "size": 4096, "type": 16}
  ]
}
""" % ("ab" * 32, "01" * 48)


def firmware_info():
    good = FIRMWARE_INFO
    for name, text in [
        ("good", good),
        ("one_line", good.replace("\n", "")),
        ("cut", good[:200]),
        ("more", good + "{}"),
        ("twice", good.replace("secret", "hash-table")),
        ("unknown", good.replace("size", "length", 1)),
        ("other_type", good.replace("firmware-info", "reference-values")),
        ("other_schema", good.replace(": 1,", ": 2,", 1)),
        ("overlap", good.replace("8450048", "8388608")),
        ("unaligned", good.replace("36864", "36865")),
        ("many", good.replace("\n  ]", '\n, {"base": 0, "size": 4096, "type": 1}' * 3 + "]")),
        ("large", good.replace("8433668", "4294967296")),
        ("escapes", good.replace("secret", "s\\u0065cret").replace("ab", "\\u0061b", 1)),
    ]:
        yield name, text.encode()


DOMAIN = b"""<?xml version='1.0'?>
<!-- as edited --><domain type='kvm' id='1'>
  <vcpu placement='static' current='2'>4</vcpu>
  <os><loader type='rom'>/a&amp;b/firmware.fd</loader><cmdline>&lt;<![CDATA[a]]b]]></cmdline></os>
  <cpu mode='host-passthrough'/>
  <launchSecurity type='sev' kernelHashes='no'>
    <policy>0x0003</policy><dhCert>AAAA</dhCert><session>BBBB</session>
  </launchSecurity>
</domain>
"""


def domain_xml():
    yield "domain", DOMAIN
    yield "snp", DOMAIN.replace(b"'sev'", b"'sev-snp'")
    yield "two", DOMAIN.replace(b"</domain>", DOMAIN[DOMAIN.index(b"  <launch"):])
    yield "attribute_twice", DOMAIN.replace(b"type='sev'", b"type='sev' type='sev-snp'")
    yield "nested", b"<domain>" + b"<a>" * 600
    yield "long_name", b"<domain " + b"a" * 1100 + b"='1'/>"
    yield "document_type", b"<!DOCTYPE d [<!ENTITY x 'y'>]>" + DOMAIN
    yield "entity", b"<domain>&x;</domain>"
    yield "utf_16", b"\xff\xfe<\0d\0"
    yield "capabilities", b"<capabilities/>"


def load_options():
    for name, line in [
        ("shell", '\\EFI\\tool.efi --firmware "FS0:\\my files\\..\\OVMF.fd" ^"x'),
        ("boot", "--self-test"),
        ("marked", "\ufeff--cmdline a\tb\r\n"),
        ("pairs", "tool --cmdline=\U0001f600\u00e9\u20ac"),
        ("quote", 'tool "open'),
        ("many", "a " * 140),
        ("most", "-a " * 128),
        ("path", "FS1:/a/./b//..\\c\0\\EFI\\BOOT"),
    ]:
        yield name, line.encode("utf-16-le")
    yield "surrogate", b"a\0\x00\xd8b\0"
    yield "odd", b"a\0b"


def run(words, *files, failing=0, stride=0, buffer=20000):
    start = struct.pack("<BBH", failing, stride, buffer) + arguments(*words) + b"\0"
    return start + b"".join(map(sized, files))


def sized(file):
    """Returns it with its size before it; if all its bytes are equal, only one of them."""
    if len(file) > 1 and file == file[:1] * len(file):
        return struct.pack("<HB", len(file) | 0x8000, file[0])
    return struct.pack("<H", len(file)) + file


def reported(digest, policy=3):
    return model.launch_blob(TIK, (0, 24, 13), policy, digest, BLOB[32:])


def state(digest, policy=3):
    return ["-m", base64.b64encode(reported(digest, policy)).decode(), "--api-major=0",
            "--api-minor=24", "--build-id=13", f"--policy={policy}"]


def command():
    """The file - is the firmware, a the key file; b and c are other files."""
    keys = TEK + TIK
    guest = ["-f", "-", "--tk", "a"]
    match = state(hashlib.sha256(OVMF).digest())
    secrets = ["-s", "luks-key:b", "-s", f"{FOOTER}:c", "--secret-header=h", "--secret-payload=p"]
    cpus = ["-n", "2", "--cpu-type=EPYC-Milan"]
    yield "match", run(match + guest, OVMF, keys)
    yield "stride", run(match + guest, OVMF, keys, stride=1, buffer=0)
    yield "json", run(["--json", "-d"] + match + guest, OVMF, keys)
    yield "secrets", run(match + guest + secrets, OVMF, keys, b"disk key", b"")
    yield "mismatch", run(state(bytes(32)) + guest, OVMF, keys)
    yield "build", run(match + guest + ["--build-id=14", "--json"], OVMF, keys)
    yield "policy", run(match + guest + ["--policy=2"], OVMF, keys)
    yield "policy_base", run(state(hashlib.sha256(OVMF).digest(), 0x10) + guest
                             + ["--policy=10", "--json"], OVMF, keys)
    yield "version", run(match + guest + ["--api-minor=99", "--build-id=14", "--json"], OVMF, keys)
    yield "swapped", run(match + guest, OVMF, TIK + TEK)
    yield "kernel", run(match + guest + ["-k", "b", "-r", "c", "-e", "quiet"], OVMF, keys, b"k", b"i")
    yield "cpus", run(match + guest + cpus + ["--policy=7"], OVMF, keys)
    yield "pages", run(match + guest + ["--policy=7", "-n1", "-0b"], OVMF, keys, bytes(4096))
    yield "two_pages", run(state(bytes(32)) + guest + ["--policy=7", "-n2", "-0b", "-1c"], OVMF,
                           keys, b"a" * 4096, b"b" * 4096)
    yield "page_not_given", run(state(bytes(32)) + guest + ["-n2", "-0b"], OVMF, keys, b"a" * 4096)
    yield "pages_out", run(["--print-digest=hex", "--policy=7", "-f-", "--vmsa-out=o"] + cpus, OVMF)
    yield "info", run(["--launch-info=b"] + guest, OVMF, keys, VIRSH)
    yield "expected", run(["--print-measurement=base64", "--nonce=" + "00" * 16] + match[2:] + guest,
                          OVMF, keys)
    yield "digest", run(match + ["--tik=a", "--tek=a", "--launch-digest",
                                 hashlib.sha256(OVMF).hexdigest()], b"", TIK)
    yield "tik", run(match[:2] + ["--tik=a", "--launch-digest",
                                  base64.b64encode(hashlib.sha256(OVMF).digest()).decode()] +
                     match[2:], b"", TIK)
    yield "hexadecimal", run(state(bytes(32))[2:] + ["-m", bytes(32).hex()] + guest, OVMF, keys)
    yield "key_text", run(match + guest, OVMF, TIK.hex().encode())
    yield "qcow2", run(match + guest, b"QFI\xfb" + OVMF, keys)
    yield "markup", run(match + guest, b"\n<!DOCTYPE html>", keys)
    yield "krun", run(["--print-digest=base64", "--policy=7", "-f-", "-n2", "--vmm=krun"], OVMF)
    yield "host", run(["--print-digest=hex", "--policy=7", "-f-", "-n2", "--cpu-type=host"], OVMF)
    yield "snp", run(["--print-digest=hex", "--policy=0x30000", "-f-"], OVMF)
    yield "line", run(match + guest + secrets, OVMF, keys, b"disk key\n", b"other")
    yield "missing", run(match + ["-f", "x", "--tk", "a"], b"", keys)
    yield "help", run(["--help"])
    yield "help_lost", run(["-hq"], failing=5)
    yield "json_quiet", run(["-q", "--json"] + state(bytes(32)) + guest, OVMF, keys)
    yield "json_lost", run(["--json"] + state(bytes(32)) + guest, OVMF, keys, failing=9)
    yield "json_secrets", run(["--json"] + match + guest + secrets, OVMF, keys, b"disk key", b"")
    yield "self_test", run(["--self-test"])
    yield "then", run(match + guest + ["--then=n"], OVMF, keys)
    yield "then_alone", run(["--print-digest=hex", "--policy=3", "-f-", "--then=n"], OVMF)
    xml = re.sub(rb"<cmdline>.*</cmdline>", b"", DOMAIN)
    yield "domain_xml", run(["--json", "--domain-xml=b"] + match + guest, OVMF, keys, xml)
    yield "domain_differs", run(["--domain-xml=b"] + state(bytes(32), 7) + guest + cpus, OVMF, keys,
                                xml)
    yield "domain_refused", run(["--domain-xml=b"] + match + guest, OVMF, keys, DOMAIN)
    yield "host_options", run(["-i", "-oguest"] + match + guest, OVMF, keys)
    for failing in range(1, 30):
        yield f"failing_{failing}", run(match + guest + secrets, OVMF, keys, b"key", b"x",
                                        failing=failing)


def der(tag, content):
    length = len(content)
    return bytes([tag, length] if length < 128 else [tag, 0x81, length]) + content


def big(*numbers):
    return b"".join(number.to_bytes(48, "big") for number in numbers)


def der_of(*numbers):
    return der(0x30, b"".join(der(2, n.to_bytes(n.bit_length() // 8 + 1, "big")) for n in numbers))


def pem_of(content, label=b"PUBLIC KEY"):
    text = base64.b64encode(content)
    lines = b"\n".join(text[at:at + 64] for at in range(0, len(text), 64))
    return b"-----BEGIN %s-----\n%s\n-----END %s-----\n" % (label, lines, label)


class Signer:
    """A key on P-384."""

    def __init__(self, private):
        self.private = private
        self.point = big(*model.p384_multiply(private, model.P384_G))
        self.der = bytes.fromhex("3076301006072a8648ce3d020106052b8104002203620004") + self.point

    def sign(self, data):
        number = int.from_bytes(model.sha384(data), "big")
        return model.ecdsa_p384_sign(self.private, number, 3**200 + self.private)


ID, AUTHOR = Signer(5**150), Signer(7**120)
ID_FIELD = (struct.pack("<I", 2) + ID.point[47::-1].ljust(72, b"\0")
            + ID.point[:47:-1].ljust(72, b"\0")).ljust(1028, b"\0")
ID_BLOCK = BLOB + bytes(32) + struct.pack("<IIQ", 1, 0, 0x30000)


# What the fuzzed command trusts; nothing but `genuine` and its like are to be taken.
TRUSTED = amd.Amd("Milan")


def id_block():
    """0: a key, 1: a signature, 2: PEM, 3: a verification."""
    r, s = ID.sign(ID_BLOCK)
    for name, content in ("key", ID.der), ("cut", ID.der[:-1]), ("beside", ID.der[:-1] + b"\0"):
        yield f"key_{name}", b"\0" + content
    for name, content in [
        ("der", der_of(r, s)),
        ("raw", big(r, s)),
        ("short", der_of(1, 0)),
        ("negative", der(0x30, der(2, b"\x80") + der(2, b"\1"))),
        ("long", der(0x30, der(2, b"\0\1") + der(2, b"\1"))),
        ("wide", der_of(1 << 384, 1)),
        ("text", der_of(r, s).hex().encode()),
        ("pem", pem_of(der_of(r, s), b"SIGNATURE")),
    ]:
        yield f"signature_{name}", b"\1" + content
    sizes = bytes([200, 31])
    for name, content in [
        ("key", pem_of(ID.der)),
        ("two", b"of whom\n" + pem_of(b"12", b"A B") + pem_of(ID.der)),
        ("one_line", b"-----BEGIN X-----MTIz-----END X-----"),
        ("pads", b"-----BEGIN X-----MQ==-----END X-----"),
        ("no_end", b"-----BEGIN X-----MTIz"),
    ]:
        yield f"pem_{name}", b"\2" + sizes + content
    n = model.P384_N
    for name, pair in ("right", (r, s)), ("mirrored", (r, n - s)), ("wrong", (r, s + 1)), \
            ("large", (r, n)), ("small", (1, s)), ("zero", (0, 0)):
        yield f"verdict_{name}", b"\3" + ID.point + big(*pair) + b"\0" + ID_BLOCK
    yield "verdict_no_point", b"\3" + big(1, 1, r, s) + b"\0" + ID_BLOCK


def verify():
    """The file - is the report; a has certificates, b a list, c a policy, d a manifest, e a key."""
    ders = [each.der for each in TRUSTED.chain()]
    table = amd.table(list(zip((amd.GUIDS[kind] for kind in ("vcek", "ask", "ark")), ders)))
    measurement = TRUSTED.fields()["measurement"].hex()
    words = ["snp-verify", "--report=-", "--certs=a", "--ark-fingerprint", TRUSTED.ark.fingerprint]
    dated = [*words, "--crl=b", "--time=2026-06-01", "-m", measurement]
    bound = TRUSTED.report(report_data=hashlib.sha512(b"key").digest())
    policy = b'{"min-tcb": ["snp=27", "bl=4"], "require": "ecc", "vmpl": 0}'
    manifest = (b'{"type": "sevlaunch-reference-values", "schema": 1, "technology": "sev-snp", "values": '
                b'[{"measurement": "%s"}]}' % measurement.encode())
    report, crl = TRUSTED.report(), TRUSTED.crl()
    claims = b'{"keys": []}'
    hcl = (b"HCLA" + bytes(28) + TRUSTED.report(report_data=hashlib.sha256(claims).digest())
           + struct.pack("<5I", 20 + len(claims), 1, 2, 1, len(claims)) + claims)
    for name, arguments, *files in (
        ("verify", [*dated, "-d"], report, table, crl),
        ("verify_all", [*words, "--json", "--crl=b", "--time=1780272000", "--policy-file=c",
                        "--reference=d", "--report-data-hash=e"], bound, table, crl, policy, manifest, b"key"),
        ("verify_clock", [*words, "--allow-unpinned-intermediate", "--policy-file=b"], report, table,
         b'{"measurement": "%s"}' % measurement.encode()),
        ("verify_claims", [*dated, "--claims-out=o"], hcl, table, crl),
        ("verify_then", [*dated, "--then=n", "--claims-out=o"], hcl, table, crl),
        ("verify_wrong", [*dated, "--vmpl=1", "--json"], TRUSTED.report(measurement=bytes(48)), table, crl),
        ("verify_forged", dated, report[:0x90] + b"\1" + report[0x91:], table, crl),
        ("verify_revoked", dated, report, table, TRUSTED.crl([TRUSTED.ask.serial])),
    ):
        yield name, run(arguments, *files, buffer=40000)


PLATFORM = sev_platform.Platform(b"fuzz", 2048)


def chains():
    """The file - is a report; a, b and c have certificates."""
    p = PLATFORM
    report, whole = p.report(bytes(16), bytes(32), 5), p.files["export-full.cert"]
    host = [p.capabilities.encode(), p.files["cek.cert"], p.ask.bytes + p.ark.body]
    files = ["--chain=a", "--chain=b", "--chain=c", "--ark-fingerprint", p.ark.fingerprint]
    one = ["--chain=a", "--ark-fingerprint", p.ark.fingerprint]
    broken = p.ask.changed(issuer_id=bytes(16)).bytes
    answer = b'{"return": {"data": "%s"}}' % base64.b64encode(report)
    expected = ["--nonce", "00" * 16, "--launch-digest", "00" * 32, "--policy=5"]
    for name, arguments, *content in (
        ("chain", ["sev-chain", "-d", *files], b"", *host),
        ("chain_owner", ["sev-chain", "--json", *one, "--oca-fingerprint", p.oca.fingerprint], b"", whole),
        ("chain_untrusted", ["sev-chain", "--json", *one[:1]], b"", whole),
        ("chain_broken", ["sev-chain", *files], b"", p.files["export-cek.cert"], p.ark.bytes, broken),
        ("chain_text", ["sev-chain", *files], b"", p.node_info.encode(), p.cek.bytes.hex().encode(),
         base64.b64encode(p.files["ask_ark.cert"])),
        ("chain_missing", ["sev-chain", *one, "--chip-id", p.chip_id.hex()], b"", p.files["export.cert"]),
        ("chain_of_two", ["sev-chain", *files], b"", p.files["export-cek.cert"],
         sev_platform.Platform(b"other", 2048).pdh.bytes, b""),
        ("sev_report", ["sev-report", "--report=-", *files], report, *host),
        ("sev_report_expected", ["sev-report", "--json", "--report=-", *one, *expected], answer, whole),
        ("sev_report_forged", ["sev-report", "--report=-", *one], report[:20] + b"\1" + report[21:], whole),
        ("sev_report_other", ["sev-report", "--report=-", *one, "--policy=1"], base64.b64encode(report), whole),
    ):
        yield name, run(arguments, *content, buffer=40000)


def digest_of(firmware):
    """With two CPUs of the type EPYC-Milan."""
    cpu = model.Cpu(signature=0xA00F11, fpu="init2", sev_features=1)
    return model.snp_guest_of(firmware, cpu, 2).launch_digest


def sevlaunch():
    """The file - is the firmware or a key; a, b and c are other files."""
    metadata = model.sev_metadata(SECTIONS)
    firmware = snp_firmware(metadata, RESET_ENTRY, HASH_PAGE).rjust(4096, b"\0")
    digest = ["snp-digest", "-f", "-", "-n", "2"]
    one = [*digest, "--cpu-type=EPYC-Milan"]
    yield "digest", run(one, firmware)
    yield "stride", run([*one, "-d"], firmware, stride=7, buffer=100)
    yield "base64", run([*one, "--format=base64"], firmware)
    yield "expect_then", run([*one, "--then=n", "--expect", digest_of(firmware)], firmware)
    yield "kernel", run([*one, "-k", "a", "-r", "b", "-e", "quiet"], firmware, b"kernel", b"initrd")
    yield "hashes", run([*one, "--kernel-sha256=" + "ab" * 32, "--cmdline-file=a"], firmware, b"ro")
    yield "matrix", run([*digest, "-n", "1-3,8", "--cpu-type", "EPYC,EPYC-Rome-v2",
                         "--vmsa-fpu=legacy,init2", "--sev-features", "1,0x21"], firmware)
    yield "json", run([*digest, "--json", "--vmm=ec2"], firmware)
    yield "json_lost", run([*one, "--json"], firmware, failing=9)
    yield "gce", run([*digest, "--vmm=gce", "--cpu-signature=0xa00f11"], firmware)
    yield "numbers", run([*digest, "--cpu-family=25", "--cpu-model=1", "--cpu-stepping=1"], firmware)
    yield "size", run([*one, "--firmware-size=4096"], firmware)
    yield "other_size", run([*one, "--firmware-size=0x2000"], firmware)
    yield "odd_size", run(one, firmware[1:])
    yield "no_metadata", run(one, OVMF.rjust(4096, b"\0"))
    yield "far", run(one, snp_firmware(metadata, distance=4000).rjust(4096, b"\0"))
    yield "overlap", run(one, snp_firmware(model.sev_metadata(SECTIONS * 2)).rjust(4096, b"\0"))
    yield "no_reset", run(one, snp_firmware(metadata).rjust(4096, b"\0"))
    yield "qcow2", run(one, b"QFI\xfb" + firmware[4:])
    yield "host", run([*digest, "--cpu-type=host"], firmware)
    block = ["snp-id-block", "-m", BLOB.hex()]
    signed = [*block, "--id-key=-", "--id-signature=a", "--id-auth=p"]
    signature = ID.sign(ID_BLOCK)
    author = AUTHOR.sign(ID_FIELD)
    yield "block", run([*block, "--out=o", "--policy=0xb0000", "--guest-svn", "7", "-d",
                        "--family-id=" + "01" * 16])
    yield "key_out", run([*block, "--out=o", "--id-key=-", "--id-key-out=k"], pem_of(ID.der))
    yield "page", run(signed, pem_of(ID.der), der_of(*signature))
    yield "page_raw", run([*signed, "-q", "--format=raw"], ID.der, big(*signature))
    yield "page_base64", run([*signed, "--format=base64"], ID.der, der_of(*signature))
    yield "author", run([*signed, "--author-key=b", "--author-signature=c"], ID.der,
                        big(*signature), pem_of(AUTHOR.der), der_of(*author))
    yield "wrong_author", run([*signed, "--author-key=b", "--author-signature=c"], ID.der,
                              big(*signature), pem_of(AUTHOR.der), der_of(*signature))
    yield "wrong", run([*signed, "--guest-svn=1"], ID.der, big(*signature))
    yield "no_point", run(signed, ID.der[:-1] + b"\0", big(*signature))
    yield "no_key", run(signed, b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")
    yield "no_signature", run(signed, ID.der, b"signature")
    platform = {"export": PLATFORM.files["export-full.cert"], "cek": base64.b64encode(PLATFORM.unsigned_cek.bytes),
                "godh": sev_platform.godh(PLATFORM.dh.point).bytes, "blob": bytes(128),
                "platform_report": PLATFORM.report(bytes(16), bytes(32), 5)}
    yield from shown(**platform, pages=model.Cpu(sev_features=1).pages(2), firmware=firmware, block=ID_BLOCK)
    asked = ["snp-report", "--out=o"]
    bound = [*asked, "--report-data-hash=a", "--vmpl=2", "-d"]
    yield "report", run([*asked, "--nonce=0102", "--certs-out=k"])
    yield "report_bound", run(bound, b"", b"key")
    yield "report_data", run([*asked, "-q", "--report-data=" + "ab" * 64])
    yield "report_no_room", run([*asked, "--nonce=01", "--certs-out=k"], buffer=40)
    yield "report_unbound", run(asked)
    yield "help", run(["help"])
    yield "help_of", run(["help", "snp-digest"])
    yield "version", run(["--version"])
    yield "nothing", run([])
    yield "unknown", run(["snp"])
    yield from verify()
    yield from chains()
    yield from session()
    for failing in range(1, 13):
        yield f"failing_{failing}", run([*one, "-d"], firmware, failing=failing)
        yield f"page_failing_{failing}", run(signed, ID.der, big(*signature), failing=failing)
        yield f"report_failing_{failing}", run(bound, b"", b"key", failing=failing)


def session():
    """With a platform whose keys of RSA are short; the files a and b are its certificates."""
    platform = sev_platform.Platform(b"seeds", bits=2048)
    pdh, pek, oca, cek, ask, ark = (each.bytes for each in platform.chain)
    files = b"", pdh + pek, oca + cek + ask + ark
    words = ["sev-session", "--chain=a", "--chain=b", "--ark-fingerprint", platform.ark.fingerprint]
    yield "session", run([*words, "--policy=0x16000005", "-d"], *files, buffer=30000)
    yield "session_tk", run([*words, "--policy=0", "--name=s", "--tk=k", "--json", "--oca-fingerprint",
                             platform.oca.fingerprint], *files, buffer=30000)
    yield "session_xml", run([*words, "--policy=0x15", "--launch-security-xml"], *files, buffer=30000)
    yield "session_files", run([words[0], "--chain", "a", "b", *words[3:], "--policy=4"], *files,
                               buffer=30000)
    yield "session_untrusted", run([*words[:3], "--policy=1", "--json"], *files, buffer=30000)
    yield "session_policy", run([*words, "--policy=0x45", "--es"])
    yield "session_lost", run([*words, "--policy=5", "-q"], *files, buffer=30000, failing=13)


def shown(**files):
    """What `show` tells apart, in each form."""
    for product, kind, version in (("Milan", "vcek", 2), ("Genoa", "vlek", 3), ("Turin", "vcek", 5)):
        maker = amd.Amd(product)
        report, ders = maker.report(kind, version), [each.der for each in maker.chain(kind)]
        files[f"report_{version}"] = report
        files[f"table_{kind}_{product}"] = amd.table(
            [*((amd.GUIDS[name], der) for name, der in zip((kind, "ask", "ark"), ders)),
             (amd.GUIDS["other"], b"x")])
    files["report_in_base64"] = base64.b64encode(amd.answer(report))
    files["report_of_azure"] = amd.hcl(report, b"{}").hex().encode()
    files["certificate"] = ders[0]
    files["bundle"] = b"".join(map(amd.pem, ders)) + amd.pem(maker.crl([7]), "X509 CRL")
    files["list"] = maker.crl([7, 0x7FFFFFFF])
    for name, content in files.items():
        yield f"show_{name}", run(["show", "-"], content)
    yield "show_bundle_json", run(["show", "--json", "-"], files["bundle"])
    yield "show_report_json", run(["show", "--json", "-"], report)
    yield "show_quiet", run(["show", "-q", "-"], b"file")
    yield "show_lost", run(["show", "-"], files["bundle"], failing=30)


def verdict():
    """Any bytes describe a launch; the first ones say what is flipped, what fails, and how."""
    for source in range(5):
        for bits in range(0, 256, 32):
            start = bytes([bits % 64 // 32, 0, 0, bits, 0, 0, 0, bits])
            manner = bytes([bits // 3 & 0x3F, source, RNG.randrange(256), bits // 32, 0, 16])
            yield f"{source}_{bits}", start + manner + RNG.randbytes(240) + OVMF
    for source in range(5):
        for omitted in range(4):
            asked = bytes([8 * (omitted % 2), source, 0, 0, 0, 16, 5, 2 * omitted])
            for kind in 0, 1:
                yield (f"hints_{source}_{omitted}_{kind}",
                       bytes([kind, 0, 0, 0, 0, 0, 0, 0]) + asked + RNG.randbytes(240) + OVMF)
    yield from verdict_of_changed_parts()


def part(content):
    return bytes([1, len(content)]) + content


def verdict_of_changed_parts():
    """A direct boot of SEV and of SEV-ES, of which a part is changed: hints are asked for."""
    asked = bytes([8, 1, 0, 0, 0, 16, 5, 0])
    for policy in 3, 7:
        for changed in (1, 9, 17, 3, 6, *range(7, 63, 8)):
            launch = RNG.randbytes(3) + struct.pack("<I", policy) + RNG.randbytes(80)
            cpus = bytes([1]) + RNG.randbytes(15)
            parts = part(b"kernel") + part(b"initrd") + part(b"quiet")
            yield (f"changed_{policy}_{changed}", bytes([0, 0, 0, 0, changed, 0, 0, 0]) + asked
                   + launch + cpus + bytes(6) + parts + b"\1" + RNG.randbytes(12) + OVMF)


def dictionary(words):
    escaped = ("".join(chr(c) if 32 <= c < 127 and c not in b'"\\' else f"\\x{c:02x}" for c in word)
               for word in words)
    return "".join(f'"{word}"\n' for word in escaped).encode()


def dictionaries():
    folder = HERE.parents[1] / "apps/validate"
    tables = [folder / "options.def", *sorted(folder.glob("*/*.def"))]
    table = "".join(path.read_text() for path in tables)
    names = [name.encode() for name in re.findall(r'^OPTION\(\w+, "(--[a-z0-9-]+)"', table, re.M)]
    words = [b"luks-key:", b"hex", b"base64", b"EPYC-Rome-v4", b"init2", b"legacy", b"ec2", b"gce",
             b"krun", b"minimal", b"0x", b"host", b"QFI\xfb", b"\x1f\x8b\x08", b"<!"]
    guids = [uuid.UUID(text).bytes_le for text in (FOOTER, RESET, HASH_TABLE, SECRET, SNP)]
    info = [b"sev-", b"api-major", b"api-minor", b"build-id", b"policy", b"data", b"measurement",
            b'{"return": {', b": ", b"0x", b'{"event": ', b'{"error": {"desc": ', b"sev-type",
            b"sev-snp", b"snp-policy", b"enabled", b"false", b"error", b"Set", b"\x1b[",
            b"\\u006f", BASE64]
    yield "options", dictionary(names)
    yield "command", dictionary(names + words + guids + info)
    tables = sorted((HERE.parents[1] / "apps/sevlaunch").rglob("*.def"))
    names = re.findall(r'^OPTION\(\w+, "(--[a-z0-9-]+)"', "".join(
        path.read_text() for path in tables), re.M)
    labels = [b"-----BEGIN ", b"-----END ", b"PUBLIC KEY", b"-----", b"AQ==", ID.der[:24]]
    yield "sevlaunch", dictionary([
        *dict.fromkeys(name.encode() for name in names), b"snp-digest", b"snp-id-block",
        b"snp-report", b"sev-chain", b"sev-report", b"sev-session",
        b"help", b'"pdh": "', b"cert-chain: ", b'{"data": "',
        b"EPYC-Rome-v4", b"init2", b"legacy", b"ec2", b"gce", b"base64", b"1-3,8", b"0x", b"ASEV",
        *guids, *labels])
    yield "snp_policy", dictionary([
        *(f'"{name[2:]}": '.encode() for name in re.findall(
            r'^OPTION\(\w+, "(--[a-z0-9-]+)"', next(path for path in tables if path.stem == "verify").read_text(), re.M)),
        b"true", b"debug", b"migration", b"ecc", b"smt-off", b"bl=", b"reported", b"launch"])
    yield "evidence", dictionary([
        b"HCLA", b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----", b"X509 CRL",
        *(uuid.UUID(kind).bytes for kind in amd.GUIDS.values())])
    yield "id_block", dictionary(labels)
    yield "footer", dictionary(guids)
    yield "sev_metadata", dictionary(guids + [b"ASEV"])
    yield "snp_digest", dictionary(guids + [b"ASEV"])
    yield "snp_batch", dictionary([
        b'"id": "', b'"report": "', b'"certs": ["', b'"key": "', b'"report-data": "', b'"nonce": "',
        b"\\/", b"\\u002b", b"-----BEGIN CERTIFICATE-----\\n", base64.b64encode(b"SEVLKEY\1\1")])
    yield "verdict", dictionary(guids)
    yield "launch_info", dictionary(info)
    yield "firmware_info", dictionary(
        [name.encode() for name in re.findall(r'"[a-z0-9-]+": ', FIRMWARE_INFO)]
        + [b"sevlaunch-firmware-info", b"\\u0061", b"4294967296", b"4096", b"[", b"]", b"{", b"}"])
    yield "measurement", dictionary([BASE64])
    names = re.findall(rb"[A-Za-z]+(?=[ />=])", DOMAIN) + [b"nvram", b"kernel", b"initrd", b"current"]
    yield "domain_xml", dictionary(sorted({*names, b"<", b"</", b"/>", b"='", b"'>", b"<!--", b"-->",
                                           b"<![CDATA[", b"]]>", b"<?", b"?>", b"<!D", b"&#65;",
                                           b"&amp;", b"sev-snp", b"yes", b"host-passthrough"}))


def certificate():
    for product in ("Milan", "Genoa", "Turin"):
        maker = amd.Amd(product, trailer=product != "Genoa")
        for kind, certificates in (("vcek", maker.chain("vcek")), ("vlek", maker.chain("vlek")[:2])):
            for i, each in enumerate(certificates):
                yield f"{product}_{kind}_{i}", each.der
    yield "crl", amd.Amd().crl()
    yield "crl_of_three", amd.Amd().crl([7, 0x20001, 0x7FFFFFFF])


PLATFORM = sev_platform.Platform()
PLATFORM_REPORT = PLATFORM.report(bytes(range(16)), bytes(range(32)), 5)


def sev_certificate():
    for bits in (4096, 2048):
        platform = sev_platform.Platform(bits=bits)
        for name, certificate in zip(("pdh", "pek", "oca", "cek", "ask", "ark"), platform.chain):
            if bits == 4096 or name in ("cek", "ask", "ark"):
                yield f"{name}_{bits}", certificate.bytes
    yield "ark_unsigned", platform.ark.body
    yield "cek_unsigned", PLATFORM.unsigned_cek.bytes
    yield "pek_other_order", PLATFORM.pek.changed(slots=PLATFORM.pek.slots[::-1]).bytes
    yield "report", PLATFORM_REPORT


def json_scan():
    for name, text in (
        ("manifest", b'{"type": "sevlaunch-reference-values", "schema": 1, "technology": "sev-snp",\n'
                     b'"values": [{"measurement": "00", "num-cpus": 1, "cpu-type": null}]}'),
        ("numbers", b"[0, -1, 2.5, 1e9, 0.0E-7, 12E+3]"), ("words", b"[true, false, null]"),
        ("escapes", b'"\\" \\\\ \\/ \\b\\f\\n\\r\\t \\u12aF"'), ("empty", b"[{}, [], \"\"]"),
        ("deep", b"[" * 33), ("deepest", b"[" * 32 + b"]" * 32), ("long", b'"' + b"x" * 600 + b'"'),
        ("wrong", b"{1: 2}"), ("more", b"1 2"), ("comma", b"[1,]"),
    ):
        yield name, b"\3" + text


def snp_verify():
    def pack(report, certs, crl):
        return struct.pack("<H", len(report)) + report + struct.pack("<H", len(certs)) + certs + crl

    leaf, intermediate, root = TRUSTED.chain()
    ders = leaf.der, intermediate.der, root.der
    table = amd.table(list(zip((amd.GUIDS[kind] for kind in ("vcek", "ask", "ark")), ders)))
    bundle = b"".join(map(amd.pem, ders))
    report, crl = TRUSTED.report(), TRUSTED.crl()
    for name, parts in (
        ("genuine", (report, table, crl)), ("bundle", (report.hex().encode(), bundle, crl)),
        ("answer", (struct.pack("<II", 0, 1184) + bytes(24) + report, table, amd.pem(crl, "X509 CRL"))),
        ("no_list", (report, table, b"")), ("revoked", (report, table, TRUSTED.crl([intermediate.serial]))),
        ("base64", (base64.b64encode(report), bundle, crl)), ("empty", (b"", b"", b"")),
        ("hcl", (b"HCLA" + bytes(28) + report + struct.pack("<5I", 20, 1, 2, 1, 0), table, crl)),
    ):
        yield name, pack(*parts)


def snp_batch():
    def line(**members):
        return json.dumps({name.replace("_", "-"): value for name, value in members.items()}).encode()

    def encode(data):
        return base64.b64encode(data).decode()

    leaf, report = TRUSTED.vcek().der, TRUSTED.report()
    vlek = line(id="vlek", report=encode(TRUSTED.report("vlek")), certs=encode(TRUSTED.vlek().der))
    good = line(id="a", report=encode(report), certs=encode(leaf))
    text = amd.pem(leaf).decode()
    key = b"SEVLKEY\1\1\1" + bytes([0, 4, 1, 27, 219, 64]) + struct.pack("<QQ", 0, 2**40)
    known = line(id="k", report=encode(report), key=encode(key + TRUSTED.chip_id + TRUSTED.chip.bytes))
    for name, options, stride, lines in (
        ("good", 0, 0, [good, good]), ("remembered", 3, 0, [good, good, vlek, good]),
        ("forms", 2, 0, [line(id="b", report=report.hex(), certs=[text], nonce="00"),
                         line(id="c", certs=[encode(leaf), text], report_data=bytes(range(64)).hex(),
                              report=encode(struct.pack("<II", 0, 1184) + bytes(24) + report))]),
        ("known", 5, 0, [known, good]), ("known_not", 1, 0, [known, good]),
        ("escapes", 1, 7, [good.replace(b"/", b"\\/").replace(b"+", b"\\u002b")]),
        ("wrong", 1, 0, [good, line(id="a", report=encode(model.flip(report, 5400)), certs=encode(leaf)), good]),
        ("bad", 1, 3, [b"", b"{}", b"{", b'{"id": 1, "x": [{}], "certs": {}}', b'{"id": "a", "id": "b"}', good]),
        ("empty", 0, 0, []),
    ):
        yield name, bytes([options, stride]) + b"\n".join(lines)


def batch_trust():
    """The header of snp_batch.c: what all lines share."""
    parts = ("ask", TRUSTED.ask.der), ("ark", TRUSTED.ark.der), ("crl", TRUSTED.crl())
    arrays = "".join(f"static const uint8_t trusted_{name}[] = {{{', '.join(map(str, der))}}};\n"
                     for name, der in parts)
    return f"""/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Made by seeds.py. */
#ifndef SEVLAUNCH_SNP_BATCH_TRUST_H
#define SEVLAUNCH_SNP_BATCH_TRUST_H

#include <stdint.h>

/* clang-format off */
{arrays}/* clang-format on */

#endif
""".encode()


def snp_policy():
    digest = TRUSTED.fields()["measurement"].hex()
    whole = ("""{"ark-fingerprint": ["%s"], "allow-unpinned-intermediate": true,
 "measurement": ["%s"], "vmpl": 0, "min-guest-svn": "0x1", "min-version": "1.55.0",
 "min-tcb": ["bl=1", "snp=2"], "tcb": "reported,launch", "require": ["ecc"], "allow": ["debug"],
 "host-data": "%s", "nonce": "00"}""" % (TRUSTED.ark.fingerprint, digest, "00" * 32))
    for beside, name, text in (
        (0, "whole", whole), (3, "empty", "{}"), (3, "vmpl", '{"vmpl": 1}'),
        (1, "measurement", '{"measurement": "%s"}' % digest), (3, "twice", '{"vmpl": 0, "vmpl": 0}'),
        (3, "given", '{"measurement": "%s"}' % digest), (1, "none", '{"no-measurement": true}'),
        (1, "any", '{"no-measurement": true, "allow": ["migration", "debug"], "csp-id": "x"}'),
        (3, "unknown", '{"vmp": 0}'), (3, "file", '{"reference": "report"}'), (3, "time", '{"time": 0}'),
        (1, "false", '{"no-measurement": false}'), (3, "no_list", '{"require": []}'),
        (3, "nested", '{"require": [["ecc"]]}'), (3, "number", '{"require": [1]}'),
        (3, "escape", '{"csp-\\u0069d": "x"}'), (3, "array", "[]"), (3, "cut", '{"vmpl": 0'),
        (3, "allow", '{"allow": "debug", "require": ["smt-off", "tsme"], "min-tcb": ["fmc=0"]}'),
        (3, "ids", '{"family-id": "%s", "image-id": "%s"}' % ("00" * 16, "00" * 16)),
        (3, "digests", '{"id-key-digest": "%s", "author-key-digest": "%s"}' % ("00" * 48, "00" * 48)),
        (3, "svn", '{"min-guest-svn": 4294967295}'), (3, "no_flag", '{"no-measurement": "true"}'),
        (3, "chip", '{"chip-id": "%s"}' % TRUSTED.chip_id.hex()),
    ):
        yield name, bytes([beside]) + text.encode()


def evidence():
    """0: a report; 1: certificates; 2: revocation lists; 3: a time."""
    report, crl = TRUSTED.report(), TRUSTED.crl()
    leaf, intermediate, root = (each.der for each in TRUSTED.chain())
    hcl = (b"HCLA" + bytes(28) + report + struct.pack("<5I", 26, 1, 2, 1, 6) + b"claims")
    answer = struct.pack("<II", 0, 1184) + bytes(24) + report
    for name, content in (("bytes", report), ("hcl", hcl), ("answer", answer), ("short", report[:-1]),
                          ("hexadecimal", report.hex().encode()), ("base64", base64.b64encode(hcl)),
                          ("lines", base64.encodebytes(answer)), ("claims", hcl[:-1])):
        yield f"report_{name}", b"\0" + content
    entries = [(amd.GUIDS["vcek"], leaf), (amd.GUIDS["other"], b"other"), (amd.GUIDS["ark"], root),
               (amd.GUIDS["crl"], crl)]
    bundle = amd.pem(intermediate) + b"text\n" + amd.pem(b"key", "PRIVATE KEY") + amd.pem(root)
    for name, content in (("table", amd.table(entries)), ("bundle", bundle), ("der", leaf),
                          ("no_end", amd.table(entries[:1])[:24]), ("empty", bytes(24)),
                          ("twice", amd.table(entries[:1] * 2)), ("text", b"text"),
                          ("cut", amd.table(entries[:1])[:-1]), ("pem_cut", bundle[:-20])):
        yield f"certs_{name}", b"\1" + content
    for name, content in (("der", crl), ("pem", amd.pem(crl, "X509 CRL")), ("none", root),
                          ("table", amd.table(entries[3:]))):
        yield f"crl_{name}", b"\2" + content
    for name, content in (("seconds", b"1795665673"), ("day", b"2028-02-29"), ("hour", b"2026-11-26T24:00:00Z"),
                          ("time", b"2026-11-26T04:07:53Z"), ("leap", b"2100-02-29"), ("first", b"1970-01-01"),
                          ("before", b"1969-12-31"), ("last", b"9999-12-31T23:59:59Z"), ("hexadecimal", b"0x10")):
        yield f"time_{name}", b"\3" + content


def c_text(content):
    """Lines of C that hold a text."""
    return "\n".join(f'    "{line}\\n"' for line in content.decode().splitlines())


def policy_evidence():
    """The header of snp_policy.c: in text, as the command takes them, too."""
    report = TRUSTED.report().hex()
    lines = "\n".join(report[at:at + 88] for at in range(0, len(report), 88))
    certificates = b"".join(amd.pem(each.der) for each in TRUSTED.chain())
    return f"""/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Made by seeds.py. */
#ifndef SEVLAUNCH_SNP_POLICY_EVIDENCE_H
#define SEVLAUNCH_SNP_POLICY_EVIDENCE_H

/* clang-format off */
static const char genuine_report[] =
{c_text(lines.encode())};
static const char genuine_certificates[] =
{c_text(certificates)};
/* clang-format on */

#endif
""".encode()


def trust():
    """The header of snp_verify.c."""
    signed = ", ".join(map(str, hashlib.sha384(TRUSTED.report()[:672]).digest()))
    return f"""/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Made by seeds.py. */
#ifndef SEVLAUNCH_SNP_VERIFY_TRUST_H
#define SEVLAUNCH_SNP_VERIFY_TRUST_H

#include <stdint.h>

/* clang-format off */
static const char trusted_root[] = "{TRUSTED.ark.fingerprint}";
static const char trusted_measurement[] = "{TRUSTED.fields()["measurement"].hex()}";
static const char trusted_time[] = "2026-06-01T00:00:00Z";
static const uint8_t trusted_report[48] = {{{signed}}};
static const char guest_info[] = {json.dumps(FIRMWARE_INFO)};
/* clang-format on */

#endif
""".encode()


def c_numbers(data):
    return ", ".join(map(str, data))


def sev_certificate_trust():
    """The header of sev_certificate.c."""
    platform = PLATFORM
    fingerprints = ",\n    ".join("{" + c_numbers(bytes.fromhex(part.fingerprint)) + "}"
                                  for part in platform.chain[::-1])
    keys = ",\n    ".join("{" + c_numbers(key.bytes) + "}" for key in (
        platform.chip, platform.owner, platform.endorsement))
    return f"""/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Made by seeds.py. */
#ifndef SEVLAUNCH_SEV_CERTIFICATE_TRUST_H
#define SEVLAUNCH_SEV_CERTIFICATE_TRUST_H

#include <stdint.h>

/* clang-format off */
static const uint8_t trusted_ark_id[16] = {{{c_numbers(platform.ark.id)}}};
static const uint8_t trusted_ark_key[512] = {{{c_numbers(platform.root.modulus[::-1])}}};
static const uint8_t trusted_ask_key[512] = {{{c_numbers(platform.middle.modulus[::-1])}}};
static const uint8_t trusted_fingerprints[6][48] = {{ /* of ARK, ASK, CEK, OCA, PEK, PDH */
    {fingerprints}}};
static const uint8_t trusted_keys[3][96] = {{ /* of CEK, OCA, PEK */
    {keys}}};
static const uint8_t trusted_platform_report[52] = {{{c_numbers(PLATFORM_REPORT[:52])}}};
/* clang-format on */

#endif
""".encode()


def stored():
    yield HERE / "snp_verify_trust.h", trust()
    yield HERE / "snp_batch_trust.h", batch_trust()
    yield HERE / "snp_policy_evidence.h", policy_evidence()
    yield HERE / "sev_certificate_trust.h", sev_certificate_trust()
    for target in (certificate, command, domain_xml, evidence, firmware_info, footer, guid, id_block, json_scan,
                   launch_info, load_options, measurement, options, secret, sev_certificate, sev_metadata, sevlaunch,
                   snp_batch, snp_digest, snp_policy, snp_verify, text, verdict, vmsa):
        for name, content in target():
            yield HERE / "corpus" / target.__name__ / name, content
    for name, content in dictionaries():
        yield HERE / f"{name}.dict", content


def main():
    check = sys.argv[1:] == ["--check"]
    for path, content in stored():
        if check and (not path.exists() or path.read_bytes() != content):
            sys.exit(f"{path} is not what seeds.py writes")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


main()
