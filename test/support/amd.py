# SPDX-License-Identifier: BSD-2-Clause-Patent
"""AMD's certificates, revocation lists and reports for SEV-SNP, made apart from the C code with
keys of the tests' own: ARK, ASK, ASVK, VCEK, VLEK (AMD 57230), RSASSA-PSS (RFC 8017) and the
ATTESTATION_REPORT (AMD 56860). Every part of them can be another one than AMD's.
"""
import base64
import dataclasses
import datetime
import functools
import hashlib
import struct
import textwrap
import uuid

import model

SALT = bytes(range(1, 49))

# What makes each of these numbers of so many bits a prime: see rsa_prime().
OFFSETS = {2048: (3714, 376, 1480, 612, 286, 1434, 2138, 204),
           1024: (72, 1136, 850, 330, 1418, 276, 408, 1080)}


def rsa_prime(index, bits):
    """The highest two bits are set."""
    parts = (hashlib.sha384(b"prime %d %d" % (index, part)).digest() for part in range(6))
    start = int.from_bytes(b"".join(parts)[:bits // 8], "big")
    return (start | 3 << bits - 2 | 1) + OFFSETS[bits][index]


class RsaKey:
    """With the exponent 65537. AMD's of 4096 bits sign with SHA-384, those of 2048 with SHA-256."""

    def __init__(self, index, bits=4096):
        self.p, self.q = (rsa_prime(2 * index + i, bits // 2) for i in (0, 1))
        self.n = self.p * self.q
        self.size = bits // 8
        self.hash = "sha384" if bits == 4096 else "sha256"
        self.inverse = pow(self.q, -1, self.p)

    def power(self, number):
        """To the private exponent, by the primes (RFC 8017, section 5.1.2)."""
        of_p, of_q = (pow(number, pow(65537, -1, prime - 1), prime) for prime in (self.p, self.q))
        return of_q + self.q * ((of_p - of_q) * self.inverse % self.p)

    @functools.lru_cache(maxsize=None)
    def sign(self, message, **changes):
        digest = hashlib.new(self.hash, message).digest()
        encoded = pss_encode(digest, size=self.size, **changes)
        return self.power(encoded).to_bytes(self.size, "big")

    def __eq__(self, other):
        return self.n == other.n

    def __hash__(self):
        return hash(self.n)

    @property
    def modulus(self):
        return self.n.to_bytes(self.size, "big")

    @property
    def info(self):
        """SubjectPublicKeyInfo."""
        key = seq(integer(self.n), integer(65537))
        return seq(seq(oid("1.2.840.113549.1.1.1"), tlv(5)), tlv(3, b"\0" + key))


def mgf1(hashed, seed, size):
    count = size // len(hashed(b"")) + 1
    return b"".join(hashed(seed + struct.pack(">I", i)) for i in range(count))[:size]


def pss_encode(digest, salt=None, trailer=0xBC, one=1, padding=b"", top=0, size=512):
    """EMSA-PSS for a key of `size` bytes, as a number, with the hash that `digest` is of;
    `padding` stands in place of the first zeros, `top` is the bit that does not fit."""
    def hashed(data):
        return hashlib.new("sha%d" % (8 * len(digest)), data).digest()

    salt = SALT[:len(digest)] if salt is None else salt
    seed = hashed(bytes(8) + digest + salt)
    block = padding.ljust(size - len(digest) - 2 - len(salt), b"\0") + bytes([one]) + salt
    masked = bytearray(a ^ b for a, b in zip(block, mgf1(hashed, seed, len(block))))
    masked[0] = masked[0] & 0x7F | top << 7
    return int.from_bytes(bytes(masked) + seed + bytes([trailer]), "big")


@functools.lru_cache(maxsize=None)
def point_of(private):
    return model.p384_multiply(private, model.P384_G)


class EcKey:
    """On P-384."""

    def __init__(self, private):
        self.private = private
        self.point = point_of(private)

    def __eq__(self, other):
        return self.private == other.private

    def __hash__(self):
        return hash(self.private)

    @functools.lru_cache(maxsize=None)
    def sign(self, message, name="sha384"):
        """Returns r and s. The hash is shorter than the key's number, or as long."""
        number = int.from_bytes(hashlib.new(name, message).digest(), "big")
        nonce = int.from_bytes(hashlib.sha384(b"nonce" + message).digest(), "big") % model.P384_N
        r = model.p384_multiply(nonce, model.P384_G)[0] % model.P384_N
        return r, pow(nonce, -1, model.P384_N) * (number + r * self.private) % model.P384_N

    @property
    def bytes(self):
        return b"".join(part.to_bytes(48, "big") for part in self.point)

    @property
    def info(self):
        algorithm = seq(oid("1.2.840.10045.2.1"), oid("1.3.132.0.34"))
        return seq(algorithm, tlv(3, b"\0\4" + self.bytes))


# DER (X.690).
def tlv(tag, *parts):
    contents = b"".join(parts)
    size = len(contents)
    if size < 0x80:
        return bytes([tag, size]) + contents
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + contents


def seq(*parts):
    return tlv(0x30, *parts)


def integer(number):
    return tlv(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def oid(text):
    first, second, *rest = map(int, text.split("."))
    encoded = bytearray([40 * first + second])
    for number in rest:
        groups = [number & 0x7F]
        while number > 0x7F:
            number >>= 7
            groups.append(0x80 | number & 0x7F)
        encoded += bytes(reversed(groups))
    return tlv(6, bytes(encoded))


def time(text):
    """Of YYYYMMDDHHMMSS: RFC 5280, section 4.1.2.5."""
    return tlv(0x17, text[2:].encode() + b"Z") if text < "2050" else tlv(0x18, text.encode() + b"Z")


def seconds(text):
    moment = datetime.datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=datetime.timezone.utc)
    return int(moment.timestamp())


SHA384 = seq(oid("2.16.840.1.101.3.4.2.2"), tlv(5))


def pss(trailer):
    """AlgorithmIdentifier, with the trailer field or without it."""
    parts = [tlv(0xA0, SHA384), tlv(0xA1, seq(oid("1.2.840.113549.1.1.8"), SHA384)),
             tlv(0xA2, integer(48))]
    parts += [tlv(0xA3, integer(1))] if trailer else []
    return seq(oid("1.2.840.113549.1.1.10"), seq(*parts))


def name(common):
    """Bytes are a name as they stand."""
    if isinstance(common, bytes):
        return common
    parts = (("2.5.4.11", 0x0C, "Engineering"), ("2.5.4.6", 0x13, "US"),
             ("2.5.4.7", 0x0C, "Santa Clara"), ("2.5.4.8", 0x0C, "CA"),
             ("2.5.4.10", 0x0C, "Advanced Micro Devices"), ("2.5.4.3", 0x0C, common))
    return seq(*(tlv(0x31, seq(oid(kind), tlv(tag, text.encode()))) for kind, tag, text in parts))


def extension(kind, value, critical=False):
    """Bytes as its kind are contents of an OBJECT IDENTIFIER, however malformed."""
    identifier = oid(kind) if isinstance(kind, str) else tlv(6, kind)
    return seq(identifier, *([tlv(1, b"\xff")] if critical else []), tlv(4, value))


def signed(contents, key, trailer, **changes):
    return seq(contents, pss(trailer), tlv(3, b"\0" + key.sign(contents, **changes)))


BASIC, USAGE, KEY_ID = "2.5.29.19", "2.5.29.15", "2.5.29.14"
AMD = "1.3.6.1.4.1.3704.1."
STRUCT_VERSION, PRODUCT_NAME, HARDWARE_ID, PROVIDER_ID = (AMD + part for part in "1245")
SPL = {"bl": AMD + "3.1", "tee": AMD + "3.2", "snp": AMD + "3.3", "spl4": AMD + "3.4",
       "spl5": AMD + "3.5", "spl6": AMD + "3.6", "spl7": AMD + "3.7", "ucode": AMD + "3.8",
       "fmc": AMD + "3.9"}
ORDERS = {"Milan": "bl tee spl4 spl5 spl6 spl7 snp ucode", "Genoa": "bl tee spl4 spl5 spl6 spl7 snp ucode",
          "Turin": "fmc bl tee snp spl5 spl6 spl7 ucode"}
SERIALS = {"Milan": 0x10000, "Genoa": 0x20000, "Turin": 0x30000}


@dataclasses.dataclass(frozen=True)
class Certificate:
    """Of the parts that follow; `extensions` is a list of the arguments of extension()."""

    subject: str
    issuer: str
    key: object
    signer: RsaKey
    serial: int
    extensions: tuple
    not_before: str = "20250101000000"
    not_after: str = "20470101000000"
    trailer: bool = True
    inner: object = None  # the algorithm inside, where it is another one
    version: int = 2
    signing: tuple = ()  # arguments of pss_encode()

    def changed(self, **fields):
        return dataclasses.replace(self, **fields)

    def with_extension(self, kind, *value):
        """Another value of an extension; none: without it."""
        changed = ((kind, *value) if old[0] == kind else old for old in self.extensions)
        return self.changed(extensions=tuple(new for new in changed if value or new[0] != kind))

    @property
    def contents(self):
        return seq(
            tlv(0xA0, integer(self.version)), integer(self.serial),
            pss(self.trailer) if self.inner is None else self.inner, name(self.issuer),
            seq(time(self.not_before), time(self.not_after)), name(self.subject), self.key.info,
            tlv(0xA3, seq(*(extension(*each) for each in self.extensions))))

    @property
    def der(self):
        return signed(self.contents, self.signer, self.trailer, **dict(self.signing))

    @property
    def fingerprint(self):
        return hashlib.sha384(self.key.info).hexdigest()


def pem(der, label="CERTIFICATE"):
    text = base64.b64encode(der).decode()
    lines = "\n".join(text[i:i + 64] for i in range(0, len(text), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n".encode()


def crl(issuer, key, revoked=(), this="20260101000000", following="20270101000000",
        trailer=False, extensions=None):
    entries = [seq(integer(serial), time("20250601000000")) for serial in revoked]
    if extensions is None:
        extensions = [("2.5.29.35", seq(tlv(0x80, bytes(20)))), ("2.5.29.20", integer(7))]
    contents = seq(
        integer(1), pss(trailer), name(issuer), time(this), time(following),
        *([seq(*entries)] if entries else []),
        tlv(0xA0, seq(*(extension(*each) for each in extensions))))
    return signed(contents, key, trailer)


def table(entries):
    """What a guest gets from its host (GHCB 2.03, section 4.1.8.1): GUID -> DER."""
    at, head, data = 24 * (len(entries) + 1), b"", b""
    for kind, der in entries:
        head += uuid.UUID(kind).bytes + struct.pack("<II", at + len(data), len(der))
        data += der
    return head + bytes(24) + data


GUIDS = {"vcek": "63da758d-e664-4564-adc5-f4b93be8accd", "vlek": "a8074bc2-a25a-483e-aae6-39c045a0b8a1",
         "ask": "4ab7b379-bbac-4fe4-a02f-05aef327c782", "ark": "c0b406a4-a803-4952-9743-3fb6014cd0ae",
         "crl": "92f81bc3-5811-4d3d-97ff-d19f88dc67ea", "other": "9f4116cd-c503-4f5a-8f6f-fb68882f4ce2"}

# Where a report keeps what it tells, and in which form.
FIELDS = {
    "version": (0x000, "<I"), "guest_svn": (0x004, "<I"), "policy": (0x008, "<Q"),
    "family_id": (0x010, "16s"), "image_id": (0x020, "16s"), "vmpl": (0x030, "<I"),
    "signature_algo": (0x034, "<I"), "current_tcb": (0x038, "8s"), "platform_info": (0x040, "<Q"),
    "key_info": (0x048, "<I"), "report_data": (0x050, "64s"), "measurement": (0x090, "48s"),
    "host_data": (0x0C0, "32s"), "id_key_digest": (0x0E0, "48s"),
    "author_key_digest": (0x110, "48s"), "report_id": (0x140, "32s"),
    "report_id_ma": (0x160, "32s"), "reported_tcb": (0x180, "8s"), "cpuid": (0x188, "3s"),
    "chip_id": (0x1A0, "64s"), "committed_tcb": (0x1E0, "8s"), "current_version": (0x1E8, "3s"),
    "committed_version": (0x1EC, "3s"), "launch_tcb": (0x1F0, "8s"), "mitigations": (0x1F8, "16s"),
}
SIGNATURE = 0x2A0
CPUIDS = {"Milan": b"\x19\x01\x01", "Genoa": b"\x19\x11\x01", "Turin": b"\x1a\x02\x01"}


def tcb_bytes(product, fmc=0, bl=0, tee=0, snp=0, ucode=0):
    if product == "Turin":
        return bytes([fmc, bl, tee, snp, 0, 0, 0, ucode])
    return bytes([bl, tee, 0, 0, 0, 0, snp, ucode])


def report(key, **fields):
    """1184 bytes, signed by an EcKey, or not at all."""
    data = bytearray(1184)
    for field, value in fields.items():
        offset, form = FIELDS[field]
        struct.pack_into(form, data, offset, value)
    if key is not None:
        r, s = key.sign(bytes(data[:SIGNATURE]))
        data[SIGNATURE:SIGNATURE + 48] = r.to_bytes(48, "little")
        data[SIGNATURE + 72:SIGNATURE + 120] = s.to_bytes(48, "little")
    return bytes(data)


def forms(data):
    """As it is, and as text that people keep."""
    yield "binary", data
    for encoding, text in (("hexadecimal", data.hex()), ("hexadecimal", data.hex().upper()),
                           ("base64", base64.b64encode(data).decode())):
        for form in (text, "\n".join(textwrap.wrap(text, 64)) + "\n", "\t " + text + "\r\n"):
            yield encoding, form.encode()


def answer(report):
    """Of /dev/sev-guest."""
    return struct.pack("<II", 0, 1184) + bytes(24) + report


HASHES = {1: hashlib.sha256, 2: hashlib.sha384}


def hcl(report, claims, hash_type=1):
    """What Azure's vTPM keeps: a header, the report and the claims."""
    head = b"HCLA" + struct.pack("<4I", 2, 0x984, 2, 0) + bytes(12)
    return head + report + struct.pack("<5I", 20 + len(claims), 1, 2, hash_type, len(claims)) + claims


def addresses(report, product):
    """At AMD's key distribution service: of the VCEK that signed this report, if it is of a product;
    of the certificates above; and of the list."""
    service = "https://kdsintf.amd.com/{}/v1/" + product
    is_vlek = report[0x48] >> 2 & 7 == 1
    tcb, chip_id = report[0x180:0x188], report[0x1A0:0x1E0]
    if product == "Turin":
        names = {"fmc": tcb[0], "bl": tcb[1], "tee": tcb[2], "snp": tcb[3], "ucode": tcb[7]}
        chip_id = chip_id[:8]
    else:
        names = {"bl": tcb[0], "tee": tcb[1], "snp": tcb[6], "ucode": tcb[7]}
    levels = "&".join(f"{name}SPL={level:02}" for name, level in names.items())
    vcek = None if is_vlek or not any(chip_id) else f"{service.format('vcek')}/{chip_id.hex()}?{levels}"
    return {"product": product, "vcek": vcek, "crl": service.format("vcek") + "/crl",
            "chain": service.format("vlek" if is_vlek else "vcek") + "/cert_chain"}


class Amd:
    """A whole AMD for one product, with a chip and a cloud provider."""

    TCB = {"bl": 4, "tee": 1, "snp": 27, "ucode": 219}
    PROVIDER = "CN=cc-us-east-2.amazonaws.com"

    def __init__(self, product="Milan", trailer=True):
        self.product, self.trailer = product, trailer
        self.root, self.middle = RsaKey(0), RsaKey(1)
        self.chip, self.provider = EcKey(0x1234567 << 300), EcKey(0x7654321 << 310)
        self.tcb = {**self.TCB, **({"fmc": 3} if product == "Turin" else {})}
        id_size = 8 if product == "Turin" else 64
        # The first byte is that of a DER element, which it is not.
        self.chip_id = bytes([4]) + bytes((7 * i + 5) & 0xFF for i in range(1, id_size))

    def authority(self, kind, **fields):
        path = [] if kind == "ARK" else [integer(0)]
        ark = "ARK-" + self.product
        shift = {"ARK": 0, "SEV": 1, "SEV-VLEK": 0x101}[kind]
        certificate = Certificate(
            f"{kind}-{self.product}", ark, self.root if kind == "ARK" else self.middle, self.root,
            SERIALS[self.product] + shift,
            ((KEY_ID, tlv(4, bytes(20))), (BASIC, seq(tlv(1, b"\xff"), *path), True),
             (USAGE, tlv(3, b"\1\6" if kind == "ARK" else b"\2\4"), True)), trailer=self.trailer)
        return certificate.changed(**fields)

    @property
    def ark(self):
        return self.authority("ARK")

    @property
    def ask(self):
        return self.authority("SEV")

    @property
    def asvk(self):
        return self.authority("SEV-VLEK")

    def leaf_extensions(self, tcb, product_name):
        yield STRUCT_VERSION, integer(1 if self.product == "Turin" else 0)
        yield PRODUCT_NAME, tlv(0x16, product_name.encode())
        for part in ORDERS[self.product].split():
            yield SPL[part], integer(tcb.get(part, 0))

    def leaf(self, kind, issuer, key, last, tcb=None):
        return Certificate(
            f"SEV-{kind}", f"{issuer}-{self.product}", key, self.middle, 0,
            (*self.leaf_extensions(self.tcb if tcb is None else tcb, self.product), last),
            not_after="20320101000000", trailer=self.trailer)

    def vcek(self, **changes):
        return self.leaf("VCEK", "SEV", self.chip, (HARDWARE_ID, self.chip_id), **changes)

    def vlek(self, **changes):
        last = (PROVIDER_ID, tlv(0x16, self.PROVIDER.encode()))
        return self.leaf("VLEK", "SEV-VLEK", self.provider, last, **changes)

    def crl(self, revoked=(), **changes):
        return crl("ARK-" + self.product, self.root, revoked, **changes)

    def fields(self, kind="vcek", version=3):
        """Those of the report of a guest that was launched as its owner wants it."""
        tcb = tcb_bytes(self.product, **self.tcb)
        masked = kind == "vlek"
        fields = {
            "version": version, "guest_svn": 2, "policy": 0x30000, "family_id": bytes(range(16)),
            "image_id": bytes(range(16, 32)), "vmpl": 0, "signature_algo": 1, "platform_info": 0x25,
            "key_info": 4 if masked else 0, "report_data": bytes(range(64)),
            "measurement": bytes(range(100, 148)), "host_data": bytes(range(50, 82)),
            "id_key_digest": bytes(range(60, 108)), "report_id": bytes(range(32)),
            "report_id_ma": bytes([255]) * 32, "current_tcb": tcb, "reported_tcb": tcb,
            "committed_tcb": tcb, "launch_tcb": tcb, "current_version": bytes([29, 55, 1]),
            "committed_version": bytes([29, 55, 1]),
            "chip_id": bytes(64) if masked else self.chip_id.ljust(64, b"\0"),
        }
        return {**fields, **({"cpuid": CPUIDS[self.product]} if version > 2 else {})}

    def report(self, kind="vcek", version=3, **changes):
        key = self.chip if kind == "vcek" else self.provider
        return report(key, **{**self.fields(kind, version), **changes})

    def chain(self, kind="vcek"):
        """Leaf, intermediate and root."""
        pair = (self.vcek(), self.ask) if kind == "vcek" else (self.vlek(), self.asvk)
        return [*pair, self.ark]
