#!/usr/bin/python3 -BE
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Do the pages equal, byte for byte, those of libvirt's tool, and of all launchers those
of the model?   vmsa.py DUMP_VMSA
"""

import collections
import pathlib
import random
import subprocess
import sys

import libvirt_tool

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import model  # noqa: E402

QEMU, EC2, GCE, KRUN = range(4)
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
    """That of CPU 0 if the reset address is CPU 0's: the tool's values before reset_addr()."""
    vmsa = tool.VMSA()
    vmsa.amd64_cpu_init()
    vmsa.kvm_cpu_init()
    vmsa.qemu_cpu_init()
    vmsa.cpu_sku(case.family, case.model, case.stepping)
    if case.reset != CPU0:
        vmsa.reset_addr(case.reset)
    return vmsa.pack()


def page_of_model(case):
    cpu = model.Cpu(model.signature(case.family, case.model, case.stepping),
                    ("qemu", "ec2", "gce", "krun")[case.vmm], ("legacy", "init2")[case.fpu],
                    case.features)
    return cpu.page(case.reset)


def main():
    program, rng, tool = sys.argv[1], random.Random(24593), libvirt_tool.load()
    libvirts = [Case(*sku, QEMU, LEGACY, 0, reset)
                for sku in skus(rng, 100) for reset in reset_addresses(rng)]
    own = [Case(*sku, vmm, fpu, features, reset)
           for sku in skus(rng, 12) for vmm in (QEMU, EC2, GCE, KRUN) for fpu in (LEGACY, INIT2)
           for features in (0, 0x20, rng.getrandbits(64)) for reset in reset_addresses(rng)]
    print(compare(program, libvirts, lambda case: page_of_libvirt(tool, case)), "as libvirt's")
    print(compare(program, own, page_of_model), "as the model's")


if __name__ == "__main__":
    main()
