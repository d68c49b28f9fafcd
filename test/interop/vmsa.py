#!/usr/bin/python3 -BE
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Do the pages equal, byte for byte, those of libvirt's tool, and those of a table of
all launchers that is written down here once more?   vmsa.py DUMP_VMSA
"""

import collections
import random
import struct
import subprocess
import sys

import libvirt_tool

QEMU, EC2, GCE = range(3)
LEGACY, INIT2 = range(2)
CPU0 = 0xfffffff0

Case = collections.namedtuple("Case", "family model stepping vmm fpu features reset")

EDGES = [(family, model, stepping) for family in (0, 14, 15, 16, 25, 270)
         for model in (0, 15, 16, 255) for stepping in (0, 15)]


def skus(rng, count):
    return EDGES + [(rng.randrange(271), rng.randrange(256), rng.randrange(16))
                    for _ in range(count)]


def reset_addresses(rng):
    return [CPU0, 0x80b004, 0x808004, 0, 0xffff, 0x10000, 0xffffffff, rng.getrandbits(32)]


def dump(program, cases):
    text = "".join("%d %d %d %d %d %d %d\n" % case for case in cases)
    pages = subprocess.run([program], input=text.encode(), stdout=subprocess.PIPE,
                           check=True).stdout
    assert len(pages) == 4096 * len(cases), len(pages)
    return [pages[at:at + 4096] for at in range(0, len(pages), 4096)]


def compare(program, cases, expected_page):
    for case, page in zip(cases, dump(program, cases)):
        expected = expected_page(case)
        assert len(expected) == 4096
        wrong = [at for at in range(4096) if page[at] != expected[at]]
        if wrong:
            at = wrong[0] & ~7
            sys.exit("%s\n%d bytes differ, at %#x: %s, expected %s" % (
                case, len(wrong), at, page[at:at + 8].hex(), expected[at:at + 8].hex()))
    return len(cases)


def page_of_libvirt(tool, case):
    """CPU 0's when the reset address is CPU 0's: the tool's values before reset_addr()."""
    vmsa = tool.VMSA()
    vmsa.amd64_cpu_init()
    vmsa.kvm_cpu_init()
    vmsa.qemu_cpu_init()
    vmsa.cpu_sku(case.family, case.model, case.stepping)
    if case.reset != CPU0:
        vmsa.reset_addr(case.reset)
    return vmsa.pack()


def signature(case):
    """AMD 24594, CPUID function 1: the extended family counts from 15 on."""
    base, extended = min(case.family, 15), max(case.family - 15, 0)
    bits = f"{extended:08b}{case.model >> 4:04b}" + "0000" + f"{base:04b}"
    return int(bits + f"{case.model & 15:04b}{case.stepping:04b}", 2)


def segment(attributes, selector=0, base=0):
    return struct.pack("<HHIQ", selector, attributes, 0xffff, base)


def page_of_table(case):
    """Offsets and values: AMD 24593, table B-4, and what each launcher is known to set."""
    cloud = case.vmm != QEMU
    data, stack, task, code = 0x93, 0x93, 0x8b, 0x9b
    if case.vmm == EC2:
        stack, task = 0x92, 0x83
        code = 0x9a if case.reset == CPU0 else 0x9b
    init2 = case.vmm == QEMU and case.fpu == INIT2
    page = bytearray(4096)

    def put(offset, form, value):
        struct.pack_into(form, page, offset, value)

    page[0x00:0x60] = b"".join([
        segment(data), segment(code, 0xf000, case.reset >> 16 << 16), segment(stack),
        segment(data), segment(data), segment(data)])
    page[0x60:0xa0] = segment(0) + segment(0x82) + segment(0) + segment(task)
    put(0xd0, "<Q", 1 << 12)        # EFER: SVME
    put(0x148, "<Q", 1 << 6)        # CR4: MCE
    put(0x158, "<Q", 1 << 4)        # CR0: ET
    put(0x160, "<Q", 0x400)
    put(0x168, "<Q", 0xffff0ff0)
    put(0x170, "<Q", 1 << 1)
    put(0x178, "<Q", case.reset % 0x10000)
    put(0x268, "<Q", 0x70106 if case.vmm == GCE else 0x7040600070406)
    put(0x310, "<Q", 0x600 if cloud else signature(case))
    put(0x3b0, "<Q", case.features)
    put(0x3e8, "<Q", 1)
    put(0x408, "<I", 0x1f80 if init2 else 0)
    put(0x410, "<H", 0x37f if init2 else 0)
    return bytes(page)


def main():
    program, rng, tool = sys.argv[1], random.Random(24593), libvirt_tool.load()
    libvirts = [Case(*sku, QEMU, LEGACY, 0, reset)
                for sku in skus(rng, 100) for reset in reset_addresses(rng)]
    own = [Case(*sku, vmm, fpu, features, reset)
           for sku in skus(rng, 12) for vmm in (QEMU, EC2, GCE) for fpu in (LEGACY, INIT2)
           for features in (0, 0x20, rng.getrandbits(64)) for reset in reset_addresses(rng)]
    print(compare(program, libvirts, lambda case: page_of_libvirt(tool, case)), "as libvirt's")
    print(compare(program, own, page_of_table), "as in the table")


if __name__ == "__main__":
    main()
