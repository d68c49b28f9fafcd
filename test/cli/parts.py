# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What a launch is made of, built apart from the C code: firmware with its
table, kernel hashes, the initial state of CPUs, and packets of secrets."""
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


# The table at the end of an OVMF image.
FOOTER = guid("96b582de-1fb2-45f7-baea-a366c55a082d")
RESET_BLOCK = guid("00f771de-1a7e-4fcb-890e-68c77e2fb44e")
HASH_AREA = guid("7255371f-3a3b-4b04-927b-1da6efa8d454")
SECRET_AREA = guid("4c2eb361-7d9b-4cc3-8081-127c90d3d294")
SNP_METADATA = guid("dc886566-984a-4798-a75e-5585a7bf67cc")

# As in Debian's build for SEV.
RESET_ADDRESS = 0x80B004
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
    """Firmware of random bytes, its table, and the reset vector behind it."""
    table = footer(entries, length)
    return rng.randbytes(size - len(table) - 32) + table + rng.randbytes(32)


def sha256(data):
    return hashlib.sha256(data).digest()


def hash_table(kernel, initrd, cmdline):
    def hash_entry(kind, digest):
        return guid(kind) + struct.pack("<H", 50) + digest

    entries = hash_entry("97d02dd8-bd20-4c94-aa78-e7714d36ab2a", cmdline)
    entries += hash_entry("44baf731-3a2f-4bd7-9af1-41e29169781d", initrd)
    entries += hash_entry("4de79437-abd2-427f-b835-d5b172d2045b", kernel)
    head = guid("9438d606-4f22-4cc9-b479-a793d411fd21") + struct.pack("<H", 168)
    return head + entries + bytes(8)


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

    def page(self, reset=0xFFFFFFF0):
        """AMD 24593, appendix B; each VMM has a few values of its own."""
        first = reset == 0xFFFFFFF0
        ec2, gce, qemu = (self.vmm == name for name in ("ec2", "gce", "qemu"))
        page = bytearray(4096)

        def segment(offset, attributes, selector=0, base=0):
            struct.pack_into("<HHIQ", page, offset, selector, attributes, 0xFFFF, base)

        for offset in (0x00, 0x30, 0x40, 0x50):  # ES, DS, FS, GS
            segment(offset, 0x93)
        segment(0x10, 0x9A if ec2 and first else 0x9B, 0xF000, reset & 0xFFFF0000)  # CS
        segment(0x20, 0x92 if ec2 else 0x93)  # SS
        segment(0x60, 0)  # GDTR
        segment(0x70, 0x82)  # LDTR
        segment(0x80, 0)  # IDTR
        segment(0x90, 0x83 if ec2 else 0x8B)  # TR
        for offset, value in {
            0x0D0: 0x1000, 0x148: 0x40, 0x158: 0x10,  # EFER, CR4, CR0
            0x160: 0x400, 0x168: 0xFFFF0FF0, 0x170: 2,  # DR7, DR6, RFLAGS
            0x178: reset & 0xFFFF,  # RIP
            0x268: 0x00070106 if gce else 0x0007040600070406,  # G_PAT
            0x310: self.signature if qemu else 0x600,  # RDX
            0x3B0: self.sev_features,
            0x3E8: 1,  # XCR0
        }.items():
            struct.pack_into("<Q", page, offset, value)
        if qemu and self.fpu == "init2":
            struct.pack_into("<I", page, 0x408, 0x1F80)  # MXCSR
            struct.pack_into("<H", page, 0x410, 0x37F)  # x87 control word
        return bytes(page)

    def pages(self, count, reset=RESET_ADDRESS):
        return self.page() + self.page(reset) * (count - 1)


SECRET_TABLE = guid("1e74f542-71dd-4d66-963e-ef4287ff173b")
LUKS_KEY = "736869e5-84f0-4973-92ec-06879ce3da0b"


def secret_table(secrets):
    """GUIDs as text, and what the guest is to find under them."""
    entries = b"".join(
        guid(name) + struct.pack("<I", 20 + len(data)) + data for name, data in secrets.items()
    )
    return SECRET_TABLE + struct.pack("<I", 20 + len(entries)) + entries


def decrypt_with_openssl(tek, iv, data):
    command = ["openssl", "enc", "-d", "-aes-128-ctr", "-K", tek.hex(), "-iv", iv.hex()]
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


def open_packet(guest, header, payload, decrypt=decrypt_with_openssl):
    """
    The table of a packet, padding included, as the secure processor finds it:
    AMD 55766, section 6.6. None when it would refuse the packet.
    """
    header, payload = (base64.b64decode(text, validate=True) for text in (header, payload))
    flags, iv, mac = struct.unpack("<I16s32s", header)
    sizes = struct.pack("<II", len(payload), len(payload))
    message = b"\x01" + header[:20] + sizes + payload + guest.measure
    accepted = hmac.compare_digest(mac, hmac.new(guest.tik, message, hashlib.sha256).digest())
    if not accepted or flags != 0 or len(payload) % 16 != 0 or not 0 < len(payload) <= 16384:
        return None
    return decrypt(guest.tek, iv, payload)
