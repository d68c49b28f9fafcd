# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does the command refuse the domains that libvirt's tool refuses, and no others, but for the
differences that differences.py lists? Does it read the XML that libvirt writes?

Needs what test_peer.py needs.
"""
import itertools

from comparison import Peer
from differences import DOMAIN_DIFFERENCES
from domain import direct_boot, domain, launch_security
from model import Guest
from runner import MATCH, USAGE, CommandTest, main

RANDOM_CASES = 250
BOOTS = ["", direct_boot(), direct_boot(True, True, "a 'b' \"c\" <d> &"), direct_boot(False, True)]


class DomainTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.peer = Peer(self.folder)
        self.addCleanup(self.peer.end)
        self.counts = dict.fromkeys(DOMAIN_DIFFERENCES, 0)
        booted = Guest.booted(self.rng).changed(policy=3)
        self.guests = {True: booted,
                       False: booted.changed(kernel=None, initrd=None, cmdline=None)}

    def compare(self, text, has_kernel, reason=None):
        self.use(self.guests[has_kernel])
        xml = self.write("domain.xml", text.encode())
        result = self.command(self.arguments(domain_xml=xml))
        error = self.peer.check_domain(text, has_kernel)
        with self.subTest(text=text, has_kernel=has_kernel):
            self.assertIn(error, ("", "UnsupportedUsageException", "IncorrectConfigException",
                                  "InsecureUsageException"))
            refuses = error != "" or reason is not None
            self.assertEqual(USAGE if refuses else MATCH, result.code, (error, result))
            self.assertFalse(reason and error, reason)
        if error in ("IncorrectConfigException", "InsecureUsageException"):
            self.counts["domain-code"] += 1
        if reason:
            self.counts[reason] += 1

    def compare_random(self):
        choose = self.rng.choice
        security = launch_security(kind=choose(["sev"] * 9 + ["sev-snp"]),
                                   hashes=choose([None, "no", "yes", "yes"]),
                                   cert=choose([1] * 9 + [0, 2]), session=choose([1] * 9 + [0, 2]))
        text = domain(security * choose([1] * 9 + [0, 2]), boot=choose(BOOTS),
                      nvram=choose([0] * 9 + [1, 2]),
                      loaders=choose([["/a"]] * 9 + [[], ["/a", "/b"]]))
        self.compare(text, choose([True, False]))

    def test_both_refuse_the_same(self):
        for hashes, boot, has_kernel in itertools.product((None, "no", "yes", "on"), BOOTS,
                                                          (True, False)):
            self.compare(domain(launch_security(hashes=hashes), boot=boot), has_kernel)
        for _ in range(RANDOM_CASES):
            self.compare_random()
        self.compare(domain(launch_security() + launch_security(kind="sev-snp")), False,
                     "domain-other")
        for policies in (0, 2):
            self.compare(domain(launch_security(policies=policies)), False, "domain-policy")
        self.assertEqual([], [name for name, count in self.counts.items() if count == 0],
                         "no longer true")

    def test_what_libvirt_writes(self):
        for boot, has_kernel in itertools.product(BOOTS[:3], (True, False)):
            security = launch_security(hashes="yes" if boot else None)
            text = domain(security, boot=boot, cpu="<cpu mode='host-passthrough'/>")
            text = self.peer.format_domain(text.replace("type='kvm'", "type='test'"))
            self.assertIn("<launchSecurity type='sev'", text)
            self.compare(text, has_kernel)


if __name__ == "__main__":
    main()
