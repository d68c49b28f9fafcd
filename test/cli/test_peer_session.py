# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does libvirt take the element that `sevlaunch sev-session` prints, and its tool the keys?

Needs what test_peer.py needs, and libvirt's schema of domains.
"""
import base64
import os
import subprocess
from pathlib import Path

import model
from comparison import Peer
from domain import domain
from peer import PATH
from runner import MATCH, OK_LINE, CommandTest, main, run
from secure_processor import SecureProcessor
from sev_platform import Platform

SCHEMA = "/usr/share/libvirt/schemas/domain.rng"
CHECK = """import sys
from lxml import etree
schema = etree.RelaxNG(etree.parse(sys.argv[1]))
sys.exit(0 if schema.validate(etree.fromstring(sys.stdin.read())) else 1)
"""


class SessionTest(CommandTest):
    def setUp(self):
        super().setUp()
        os.chdir(self.folder)
        self.addCleanup(os.chdir, os.getcwd())
        self.platform = Platform(b"peer")

    def session(self, policy, *words):
        chain = self.write("chain", self.platform.files["export-full.cert"])
        result = run(["sev-session", "--quiet", "--chain", chain, f"--policy={policy}", *words,
                      "--ark-fingerprint", self.platform.ark.fingerprint])
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        return result.out.decode()

    def is_valid(self, text):
        """libvirt ignores what it does not know: its schema does not."""
        done = subprocess.run(["/usr/bin/python3", "-c", CHECK, SCHEMA], input=text.encode(),
                              stderr=subprocess.DEVNULL, check=False)
        return done.returncode == 0

    def test_the_element(self):
        element = self.session(0x16000007, "--launch-security-xml")
        whole = ("<domain type='kvm'><name>vm</name><memory>1048576</memory><os><type arch='x86_64' "
                 "machine='q35'>hvm</type></os>%s</domain>")
        self.assertTrue(self.is_valid(whole % element))
        self.assertFalse(self.is_valid(whole % element.replace("policy", "polity")))
        peer = Peer(self.folder)
        self.addCleanup(peer.end)
        self.assertEqual("", peer.check_domain(domain(element), False))
        self.assertEqual("IncorrectConfigException", peer.check_domain(domain(element * 2), False))

    def test_the_keys(self):
        processor = SecureProcessor.of(self.platform)
        for words, keys in (([], ["--tek=vm_tek.bin", "--tik=vm_tik.bin"]),
                            (["--tk=vm_tk.bin"], ["--tk=vm_tk.bin"])):
            self.session(1, *words)
            launch = processor.launch_start(1, *(
                base64.b64decode(Path(f"vm_{name}.b64").read_bytes()) for name in ("godh", "session")))
            launch.launch_update(self.guest.firmware)
            arguments = self.arguments(
                tek=None, tik=None, policy=1, measurement=model.encode(launch.launch_measure()),
                api_major=processor.api[0], api_minor=processor.api[1], build_id=processor.build)
            result = run([PATH, *arguments, *keys], command="/usr/bin/python3")
            self.assertEqual((MATCH, OK_LINE), (result.code, result.out), result)


if __name__ == "__main__":
    main()
