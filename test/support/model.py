# SPDX-License-Identifier: BSD-2-Clause-Patent
"""A launch, modelled apart from the C code: firmware with its table (EDK2), kernel hashes
(QEMU), the initial state of CPUs (AMD 24593), the launch measurement (AMD 55766, section
6.5), packets of secrets (section 6.6), and the launch digest of SEV-SNP (AMD 56860, section
8.17). The tests' one model in Python; test/fuzz/model.c is another, by OpenSSL.
"""
import base64
import dataclasses
import hashlib
import hmac
import struct
import subprocess
import uuid


def guid(text):
    """As EFI stores it: the first three fields little-endian."""
    return uuid.UUID(text).bytes_le


GUIDS = {
    "FOOTER": "96b582de-1fb2-45f7-baea-a366c55a082d",
    "RESET": "00f771de-1a7e-4fcb-890e-68c77e2fb44e",
    "HASH_TABLE_AREA": "7255371f-3a3b-4b04-927b-1da6efa8d454",
    "SECRET_AREA": "4c2eb361-7d9b-4cc3-8081-127c90d3d294",
    "SNP_METADATA": "dc886566-984a-4798-a75e-5585a7bf67cc",
    "HASH_TABLE": "9438d606-4f22-4cc9-b479-a793d411fd21",
    "CMDLINE": "97d02dd8-bd20-4c94-aa78-e7714d36ab2a",
    "INITRD": "44baf731-3a2f-4bd7-9af1-41e29169781d",
    "KERNEL": "4de79437-abd2-427f-b835-d5b172d2045b",
    "SECRET_TABLE": "1e74f542-71dd-4d66-963e-ef4287ff173b",
    "LUKS_KEY": "736869e5-84f0-4973-92ec-06879ce3da0b",
}
LUKS_KEY = GUIDS["LUKS_KEY"]

# The table at the end of an OVMF image.
FOOTER = guid(GUIDS["FOOTER"])
RESET_BLOCK = guid(GUIDS["RESET"])
HASH_AREA = guid(GUIDS["HASH_TABLE_AREA"])
SECRET_AREA = guid(GUIDS["SECRET_AREA"])
SNP_METADATA = guid(GUIDS["SNP_METADATA"])

# As in Debian's build for SEV.
RESET_ADDRESS = 0x80B004
# Of libkrun's qboot, which has no table.
KRUN_RESET_ADDRESS = 0xFFFFFFF3
SECRET_AREA_SIZE = 0xC00


def entry(kind, data):
    return data + struct.pack("<H", len(data) + 18) + kind


def reset_block(address=RESET_ADDRESS):
    return entry(RESET_BLOCK, struct.pack("<I", address))


def area(kind, base, size):
    return entry(kind, struct.pack("<II", base, size))


def sev_entries(reset=RESET_ADDRESS, secret=SECRET_AREA_SIZE):
    """All that a guest needs, between entries that nobody needs to know."""
    return [
        entry(uuid.uuid5(uuid.NAMESPACE_OID, "first").bytes_le, b"unknown"),
        area(HASH_AREA, 0x810C00, 0x400),
        entry(SNP_METADATA, struct.pack("<I", 0x540)),
        reset_block(reset),
        area(SECRET_AREA, 0x810000, secret),
        entry(uuid.uuid5(uuid.NAMESPACE_OID, "last").bytes_le, b""),
    ]


def footer(entries, length=None):
    """The table, which ends in an entry that counts all of it."""
    table = b"".join(entries)
    length = len(table) + 18 if length is None else length
    return table + struct.pack("<H", length) + FOOTER


def image(rng, entries, size=8192, length=None):
    """Firmware of random bytes, its table, and the reset vector after it."""
    table = footer(entries, length)
    return rng.randbytes(size - len(table) - 32) + table + rng.randbytes(32)


def sha256(data):
    return hashlib.sha256(data).digest()


def hash_entry(name, data):
    return guid(GUIDS[name]) + struct.pack("<H", 18 + len(data)) + data


def hash_table(kernel, initrd, cmdline):
    entries = (hash_entry("CMDLINE", cmdline) + hash_entry("INITRD", initrd) +
               hash_entry("KERNEL", kernel))
    return hash_entry("HASH_TABLE", entries) + bytes(8)


def kernel_table(kernel, initrd, cmdline, end=b"\0"):
    return hash_table(sha256(kernel), sha256(initrd or b""), sha256((cmdline or b"") + end))


def signature(family, model, stepping):
    """CPUID leaf 1, EAX."""
    base = min(family, 15)
    return (
        stepping | (model & 15) << 4 | base << 8 | (model >> 4) << 16 | (family - base) << 20
    )


@dataclasses.dataclass(frozen=True)
class Cpu:
    signature: int = 0
    vmm: str = "qemu"
    fpu: str = "legacy"
    sev_features: int = 0
    own_rdx: bool = False  # of VMMs but QEMU: the signature

    def page(self, reset=0xFFFFFFF0):
        """AMD 24593, appendix B; each VMM has a few values of its own."""
        first = reset == 0xFFFFFFF0
        ec2, gce, krun, qemu = (self.vmm == name for name in ("ec2", "gce", "krun", "qemu"))
        rdx = self.signature if qemu or self.own_rdx else 0 if krun else 0x600
        page = bytearray(4096)

        def segment(offset, attributes, selector=0, base=0):
            struct.pack_into("<HHIQ", page, offset, selector, attributes, 0xFFFF, base)

        for offset in (0x00, 0x30, 0x40, 0x50):  # ES, DS, FS, GS
            segment(offset, 0x93)
        segment(0x10, 0x9A if krun or ec2 and first else 0x9B, 0xF000, reset & 0xFFFF0000)  # CS
        segment(0x20, 0x92 if ec2 or krun else 0x93)  # SS
        segment(0x60, 0)  # GDTR
        segment(0x70, 0x82)  # LDTR
        segment(0x80, 0)  # IDTR
        segment(0x90, 0x83 if ec2 or krun else 0x8B)  # TR
        for offset, value in {
            0x0D0: 0x1000, 0x148: 0x40, 0x158: 0x10,  # EFER, CR4, CR0
            0x160: 0x400, 0x168: 0xFFFF0FF0, 0x170: 2,  # DR7, DR6, RFLAGS
            0x178: reset & 0xFFFF,  # RIP
            0x268: 0x00070106 if gce else 0x0007040600070406,  # G_PAT
            0x310: rdx,
            0x1D8: 0x8FF0 if krun and first else 0,  # RSP
            0x328: 0x8FF0 if krun and first else 0,  # RBP
            0x330: 0x7000 if krun and first else 0,  # RSI
            0x3B0: self.sev_features,
            0x3E8: 1,  # XCR0
        }.items():
            struct.pack_into("<Q", page, offset, value)
        if self.fpu == "init2":
            struct.pack_into("<I", page, 0x408, 0x1F80)  # MXCSR
            struct.pack_into("<H", page, 0x410, 0x37F)  # x87 control word
        return bytes(page)

    def pages(self, count, reset=RESET_ADDRESS):
        reset = KRUN_RESET_ADDRESS if self.vmm == "krun" else reset
        return self.page() + self.page(reset) * (count - 1)


def launch_message(versions, policy, launch_digest, mnonce):
    """What MEASURE is the HMAC of; `versions` are API major, API minor and build."""
    return struct.pack("<4BI", 0x04, *versions, policy) + launch_digest + mnonce


def launch_blob(tik, versions, policy, launch_digest, mnonce):
    """MEASURE and MNONCE, as the host reports them."""
    message = launch_message(versions, policy, launch_digest, mnonce)
    return hmac.digest(tik, message, "sha256") + mnonce


SECRET_TABLE = guid(GUIDS["SECRET_TABLE"])


def secret_table(secrets):
    """GUIDs as text, and what the guest is to find under them."""
    entries = b"".join(
        guid(name) + struct.pack("<I", 20 + len(data)) + data for name, data in secrets.items()
    )
    return SECRET_TABLE + struct.pack("<I", 20 + len(entries)) + entries


def secrets_in(table):
    """The secrets of a table that holds nothing else, and its length: as EDK2 and Linux
    walk it."""
    assert table[:16] == SECRET_TABLE
    length, = struct.unpack_from("<I", table, 16)
    at, secrets = 20, {}
    while at < length:
        key = uuid.UUID(bytes_le=table[at:at + 16])
        size, = struct.unpack_from("<I", table, at + 16)
        assert size >= 20 and at + size <= length and key not in secrets
        secrets[key] = table[at + 20:at + size]
        at += size
    assert at == length
    return secrets, length


def packet_message(header, payload, measure):
    """What the secure processor authenticates: FLAGS and IV are the header's first 20 bytes."""
    sizes = struct.pack("<II", len(payload), len(payload))
    return b"\x01" + header[:20] + sizes + payload + measure


def decrypt_with_openssl(tek, iv, data):
    command = ["openssl", "enc", "-d", "-aes-128-ctr", "-K", tek.hex(), "-iv", iv.hex()]
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


def open_packet(guest, header, payload, decrypt=decrypt_with_openssl):
    """
    The table of a packet, padding included, as the secure processor finds it. None when
    it would refuse the packet. `guest` has tek, tik and measure.
    """
    header, payload = (base64.b64decode(text, validate=True) for text in (header, payload))
    flags, iv, mac = struct.unpack("<I16s32s", header)
    message = packet_message(header, payload, guest.measure)
    accepted = hmac.compare_digest(mac, hmac.digest(guest.tik, message, "sha256"))
    if not accepted or flags != 0 or len(payload) % 16 != 0 or not 0 < len(payload) <= 16384:
        return None
    return decrypt(guest.tek, iv, payload)


# Policy bit 2. A guest with it has its CPU state measured as well.
SEV_ES = 0x4
# Bit 0, without which the host may debug the guest; bit 17, which all policies of SEV-SNP have.
NODBG, SNP = 0x1, 0x20000


@dataclasses.dataclass(frozen=True)
class Guest:
    """A launch: what the owner chose, and what the processor takes part in."""

    firmware: bytes
    tik: bytes
    tek: bytes
    api_major: int
    api_minor: int
    build_id: int
    policy: int
    mnonce: bytes
    # Direct boot, if there is a kernel.
    kernel: bytes = None
    initrd: bytes = None
    cmdline: bytes = None
    cmdline_end: bytes = b"\0"
    # The initial state of all CPUs, one page after the other; SEV-ES alone measures it.
    pages: bytes = b""

    @classmethod
    def random(cls, rng, firmware=None):
        major, minor, build = rng.sample(range(1, 256), 3)
        return cls(
            firmware=image(rng, sev_entries(), 4096) if firmware is None else firmware,
            tik=rng.randbytes(16),
            tek=rng.randbytes(16),
            api_major=major,
            api_minor=minor,
            build_id=build,
            policy=rng.randrange(1 << 32) & ~(SEV_ES | SNP) | NODBG,
            mnonce=rng.randbytes(16),
        )

    @classmethod
    def booted(cls, rng, cpus=0, cpu=Cpu()):
        """A guest with all there is: direct boot, and SEV-ES if CPUs are counted."""
        guest = cls.random(rng, image(rng, sev_entries()))
        guest = guest.changed(
            kernel=rng.randbytes(rng.randrange(1, 9999)),
            initrd=rng.randbytes(rng.randrange(1, 9999)),
            cmdline=b"console=ttyS0 quiet root=/dev/vda1",
        )
        return guest.launched(cpu, cpus) if cpus else guest

    def launched(self, cpu, count, reset=RESET_ADDRESS):
        """The same under SEV-ES."""
        return self.changed(policy=self.policy | SEV_ES, pages=cpu.pages(count, reset))

    @property
    def launch_digest(self):
        measured = self.firmware
        if self.kernel is not None:
            measured += kernel_table(
                self.kernel, self.initrd, self.cmdline, self.cmdline_end
            )
        if self.policy & SEV_ES:
            measured += self.pages
        return sha256(measured)

    @property
    def message(self):
        return launch_message(self.versions, self.policy, self.launch_digest, self.mnonce)

    @property
    def versions(self):
        return self.api_major, self.api_minor, self.build_id

    @property
    def measure(self):
        return self.blob[:32]

    @property
    def blob(self):
        return launch_blob(self.tik, self.versions, self.policy, self.launch_digest,
                           self.mnonce)

    @property
    def measurement(self):
        return encode(self.blob)

    def changed(self, **fields):
        return dataclasses.replace(self, **fields)


def encode(blob):
    return base64.b64encode(blob).decode()


def flip(data, bit):
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


# SEV-SNP. Types of pages, and of the sections of a firmware's metadata.
NORMAL, VMSA, ZERO, UNMEASURED, SECRETS, CPUID = range(1, 7)
SEC_MEMORY, SEC_SECRETS, SEC_CPUID, SEC_SVSM_CAA, SEC_KERNEL_HASHES = 1, 2, 3, 4, 16
GIB_4 = 1 << 32


def sha384(data):
    return hashlib.sha384(data).digest()


def snp_update(digest, kind, address, data=b"", size=None):
    """The digest after the pages of `data`, or after `size` bytes that are not measured."""
    for at in range(0, len(data) if size is None else size, 4096):
        contents = sha384(data[at:at + 4096]) if size is None else bytes(48)
        info = digest + contents + struct.pack("<HBBIQ", 0x70, kind, 0, 0, address + at)
        digest = sha384(info)
    return digest


def snp_firmware(image):
    return snp_update(bytes(48), NORMAL, GIB_4 - len(image), image)


def sev_metadata(sections, length=None, version=1, count=None):
    """Of sections: address, size, type."""
    length = 16 + 12 * len(sections) if length is None else length
    count = len(sections) if count is None else count
    return b"ASEV" + struct.pack("<III", length, version, count) + b"".join(
        struct.pack("<III", *section) for section in sections)


def snp_image(rng, sections, entries, size):
    """Firmware of random bytes with its table, and its metadata somewhere before that."""
    metadata = sev_metadata(sections)
    distance = len(footer(entries)) + 32 + 22 + rng.randrange(100) + len(metadata)
    table = footer([*entries, entry(SNP_METADATA, struct.pack("<I", distance))])
    between = rng.randbytes(distance - len(metadata) - len(table) - 32)
    end = metadata + between + table + rng.randbytes(32)
    return rng.randbytes(size - len(end)) + end


def footer_entries(image):
    """GUID -> data, of an image whose table is well-formed."""
    at = len(image) - 32
    assert image[at - 16:at] == FOOTER
    start, at, found = at - struct.unpack_from("<H", image, at - 18)[0], at - 18, {}
    while at > start:
        length, = struct.unpack_from("<H", image, at - 18)
        found[image[at - 16:at]] = image[at - length:at - 18]
        at -= length
    return found


def metadata_sections(image):
    distance, = struct.unpack("<I", footer_entries(image)[SNP_METADATA])
    at = len(image) - distance
    magic, _, _, count = struct.unpack_from("<4sIII", image, at)
    assert magic == b"ASEV"
    return [struct.unpack_from("<III", image, at + 16 + 12 * i) for i in range(count)]


@dataclasses.dataclass(frozen=True)
class SnpGuest:
    """A launch by QEMU, EC2, GCE or libkrun: what is measured, and in which order."""

    firmware: bytes  # the digest after its pages
    firmware_size: int
    sections: list
    hash_area: tuple  # address and size
    pages: tuple  # of CPU 0, and of the others
    cpus: int = 1
    vmm: str = "qemu"
    table: bytes = None  # of kernel hashes
    quirk: str = ""  # of an old host: "hashes-first", or "no-svsm-caa"

    def overlaps(self):
        end = GIB_4 - self.firmware_size
        return any(base + size > end for base, size, _ in self.sections)

    def takes_table(self):
        """The table lies in the one page of the one section for it."""
        base, size = self.hash_area
        places = [(at, length) for at, length, kind in self.sections if kind == SEC_KERNEL_HASHES]
        return size >= 176 and base % 4096 + 176 <= 4096 and places == [(base & ~0xFFF, 4096)]

    def section(self, digest, base, size, kind):
        if kind == SEC_KERNEL_HASHES and self.table is not None:
            page = bytes(self.hash_area[0] % 4096) + self.table
            return snp_update(digest, NORMAL, base, page.ljust(4096, b"\0"))
        types = {
            SEC_MEMORY: UNMEASURED if self.vmm == "gce" else ZERO, SEC_SECRETS: SECRETS,
            SEC_CPUID: CPUID, SEC_SVSM_CAA: ZERO, SEC_KERNEL_HASHES: ZERO,
        }
        return snp_update(digest, types[kind], base, size=size)

    @property
    def measured_sections(self):
        left_out = {"hashes-first": SEC_KERNEL_HASHES, "no-svsm-caa": SEC_SVSM_CAA}.get(self.quirk)
        first = []
        if left_out == SEC_KERNEL_HASHES and self.table is not None:
            first = [(self.hash_area[0] & ~0xFFF, 4096, SEC_KERNEL_HASHES)]
        sections = [section for section in self.sections if section[2] != left_out]
        late = [section for section in sections if self.vmm == "ec2" and section[2] == SEC_CPUID]
        return first + [section for section in sections if section not in late] + late

    @property
    def before_cpus(self):
        digest = self.firmware
        for section in self.measured_sections:
            digest = self.section(digest, *section)
        return digest

    @property
    def launch_digest(self):
        """In hexadecimal; a word if it is not to be computed."""
        if self.overlaps() or not {kind for *_, kind in self.sections} <= {1, 2, 3, 4, 16}:
            return "encoding"
        if self.table is not None and not self.takes_table():
            return "absent"
        return [*self.digests()][-1]

    def digests(self):
        """After each CPU: what the guest would have if it were the last."""
        digest = self.before_cpus
        for cpu in range(self.cpus):
            digest = snp_update(digest, VMSA, 0xFFFFFFFFF000, self.pages[cpu > 0])
            yield digest.hex()


def snp_guest_of(image, cpu, cpus=1, kernel=None):
    """A launch of an image of OVMF; `kernel`: three SHA-256."""
    entries = footer_entries(image)
    reset = int.from_bytes(entries[RESET_BLOCK], "little")
    area = struct.unpack("<II", entries[HASH_AREA])
    return SnpGuest(snp_firmware(image), len(image), metadata_sections(image), area,
                    (cpu.page(), cpu.page(reset)), cpus, cpu.vmm,
                    hash_table(*kernel) if kernel else None)


# The curve P-384 (NIST SP 800-186, section 3.2.1.4): points are x and y, None is neutral.
P384_P = 2**384 - 2**128 - 2**96 + 2**32 - 1
P384_B = int("b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d"
             "2a85c8edd3ec2aef", 16)
P384_N = int("ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77a"
             "ecec196accc52973", 16)
P384_G = (int("aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c"
              "3a545e3872760ab7", 16),
          int("3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d"
              "7a431d7c90ea0e5f", 16))


def p384_point(x):
    """One of the two points of this x, or None."""
    square = (x**3 - 3 * x + P384_B) % P384_P
    y = pow(square, (P384_P + 1) // 4, P384_P)
    return (x, y) if y * y % P384_P == square else None


def p384_add(a, b):
    if a is None or b is None:
        return b if a is None else a
    (ax, ay), (bx, by) = a, b
    if ax == bx and (ay + by) % P384_P == 0:
        return None
    slope = (3 * ax * ax - 3) * pow(2 * ay, -1, P384_P) if a == b else (
        (by - ay) * pow(bx - ax, -1, P384_P))
    x = (slope * slope - ax - bx) % P384_P
    return x, (slope * (ax - x) - ay) % P384_P


def p384_multiply(number, point):
    result = None
    for bit in bin(number % P384_N)[2:]:
        result = p384_add(result, result)
        result = p384_add(result, point) if bit == "1" else result
    return result


def ecdsa_p384_sign(private, number, nonce):
    """Returns r and s."""
    r = p384_multiply(nonce, P384_G)[0] % P384_N
    return r, pow(nonce, -1, P384_N) * (number + r * private) % P384_N


def ecdsa_p384(key, number, r, s):
    """FIPS 186-5, section 6.4.2, of a hash as a number: whether the signature is the key's."""
    if not (0 < r < P384_N and 0 < s < P384_N):
        return False
    inverse = pow(s, -1, P384_N)
    point = p384_add(p384_multiply(number * inverse, P384_G), p384_multiply(r * inverse, key))
    return point is not None and point[0] % P384_N == r
