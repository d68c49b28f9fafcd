#!/usr/bin/python3 -B
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does a token for SEV-SNP withdraw an earlier answer first, examine twice, each time on a copy of
its own of which it reads every byte once, and publish its answer after it wiped the stack?

usage: test_snp_order.py IMAGE
"""
import collections
import pathlib
import sys

import cost
import mailbox
import snp_case
from cost import unicorn

snp_case.Case.image_file = pathlib.Path(sys.argv[1]).resolve()
STEPS = ("guard_set", "check_token", "examine_request", "wipe_used_stack")
NAMES = {value: name for name, value in snp_case.RESULTS.items()}


class Order(snp_case.Case):
    def observe(self, request):
        """Returns steps and results in their order, how often each byte of the mailbox was read, and
        whether the stack is wiped in the end."""
        names, events, reads = cost.symbols(self.image), [], collections.Counter()
        cpu = cost.machine(self.image, request, names)
        for step in STEPS:
            cpu.hook_add(unicorn.UC_HOOK_CODE, lambda *_, step=step: events.append(step),
                         begin=names[step], end=names[step])
        cpu.hook_add(unicorn.UC_HOOK_MEM_WRITE,
                     lambda *hook: events.append(NAMES[hook[4] & 0xFFFFFFFF]),
                     begin=mailbox.RESULT, end=mailbox.RESULT + 3)
        cpu.hook_add(unicorn.UC_HOOK_MEM_READ,
                     lambda *hook: reads.update(range(hook[2] - mailbox.MAILBOX,
                                                      hook[2] - mailbox.MAILBOX + hook[3])),
                     begin=mailbox.MAILBOX, end=mailbox.MAILBOX + len(request) - 1)
        cpu.emu_start(names["startup_reset"] | 1, names["machine_halt"])
        stack = cpu.mem_read(names["stack_start"], 7 << 10)
        return events, reads, not any(stack)

    def course(self, result):
        return ["TOKEN_BUSY", "guard_set", "TOKEN_BUSY", "check_token", "examine_request",
                "examine_request", "wipe_used_stack", result]

    def read_twice(self, *parts):
        return {at: 2 for start, size in ((0, 0x68), *parts) for at in range(start, start + size)}

    def test_chain(self):
        chain = self.chain()
        self.assertEqual(self.observe(mailbox.snp_request(self.report, chain, snp_case.CHALLENGE)), (
            self.course("SEVL_MATCH"), self.read_twice(
                (0x80, 1184), *((0x800 * (1 + i), len(der)) for i, der in enumerate(chain))), True))

    def test_known_key(self):
        """No certificate is read; nor is anything with values that somebody damaged."""
        self.provision(trust=self.key_words())
        report = snp_case.amd.report(snp_case.amd.EcKey(99 << 300), **self.world.fields())
        forged = mailbox.snp_request(report, self.chain())
        self.assertEqual(self.observe(forged), (
            self.course("SEVL_MISMATCH"), self.read_twice((0x80, 1184)), True))
        self.patch(0x1C, b"\0")
        self.assertEqual(self.observe(forged), (
            self.course("TOKEN_DAMAGED"), self.read_twice(), True))


if __name__ == "__main__":
    snp_case.unittest.main(argv=sys.argv[:1])
