# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Are README and the man page of sevlaunch true?

Runs their examples of it, as they stand there, in a folder that holds the files they name, and looks
for every option of every subcommand. What runs in a guest of SEV-SNP runs in an imitation of one.

    test_sevlaunch.py SOURCE COMMAND GUEST

GUEST is the command in that guest.
"""
import base64
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE, COMMAND, GUEST = Path(sys.argv[1]), *sys.argv[2:4]
sys.path.append(str(SOURCE / "test/support"))
import amd  # noqa: E402
import model  # noqa: E402
import sev_platform  # noqa: E402

MAN = SOURCE / "apps/sevlaunch/sevlaunch.1"
HASHES = (0x80FC00, 0x400)
SECTIONS = [(0x800000, 0x9000, 1), (0x80D000, 0x1000, 2), (0x80E000, 0x1000, 3),
            (0x80F000, 0x1000, 16)]
MILAN, GENOA = 0x00A00F11, 0x00A10F10


def run(*words, **keywords):
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=240,
                          check=False, **keywords)


def man_examples():
    blocks = re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed", MAN.read_text(), re.M | re.S)
    return [block.replace("\\e", "\\") for block in blocks]


def needs_token(example):
    """Such examples are test_pkcs11.py's."""
    return "pkcs11-tool" in example


def subcommands():
    overview = run(COMMAND, "help").stdout.decode()
    return re.findall(r"^  (\S+)", overview, re.M)


class Owner:
    """A folder with all files that the examples name."""

    def __init__(self, folder):
        rng = random.Random(56860)
        self.folder = Path(folder)
        self.image = model.snp_image(rng, SECTIONS, [
            model.reset_block(), model.area(model.HASH_AREA, *HASHES)], 16384)
        self.parts = rng.randbytes(5000), rng.randbytes(9000), b"console=ttyS0 root=/dev/vda1\0"
        for name, data in zip(("OVMF.amdsev.fd", "vmlinuz", "initrd.img"),
                              (self.image, *self.parts)):
            (self.folder / name).write_bytes(data)
        self.write_evidence()

    def write_evidence(self):
        """Of an AMD that the examples' readers do not know: sevlaunch trusts it here."""
        maker = amd.Amd("Milan")
        leaf, *chain = maker.chain()
        milan = model.Cpu(MILAN, "qemu", "init2", 1)
        booted = self.digest(4, milan, [model.sha256(part) for part in self.parts])
        (self.folder / "report-kernel.bin").write_bytes(
            maker.report(measurement=bytes.fromhex(booted)))
        digest = self.digest(4, milan)
        report = maker.report(measurement=bytes.fromhex(digest), report_data=b"nonce".ljust(64, b"\0"))
        for name, data in (("report.bin", report), ("vcek.der", leaf.der), ("nonce.hex", b"6e6f6e6365\n"),
                           ("cert_chain.pem", b"".join(amd.pem(each.der) for each in chain))):
            (self.folder / name).write_bytes(data)
        self.write_platform()
        self.write_guest(digest, amd.table([
            (amd.GUIDS[kind], each.der) for kind, each in zip(("vcek", "ask", "ark"), [leaf, *chain])]))
        addresses = amd.addresses(report, "Milan")
        self.write_script("curl", f"""#!/bin/sh
case "$*" in
"-sSfo vcek.der {addresses['vcek']}") ;;
"-sSfo cert_chain.pem {addresses['chain']}") ;;
*) exit 22 ;;
esac
""")
        self.write_script("sevlaunch", f"""#!/bin/sh
export FAKE_WAY=configfs FAKE_ANSWERS={self.folder}/guest FAKE_SIGNER={self.folder}/guest/sign
[ "$1" != snp-report ] || exec {GUEST} "$@"
[ "$1" != snp-verify ] || set -- "$@" --ark-fingerprint {chain[-1].fingerprint} \\
  --allow-unpinned-intermediate --time 2026-06-01
case "$1" in sev-chain | sev-report | sev-session) set -- "$@" --ark-fingerprint {self.root} ;; esac
exec {COMMAND} "$@"
""")

    def write_platform(self):
        """One with SEV, and a report of a guest with this firmware."""
        platform = sev_platform.Platform()
        self.root = platform.ark.fingerprint
        report = platform.report(bytes(range(16)), model.sha256(self.image), 1)
        for name in "ask_ark.cert", "cek.cert":
            (self.folder / name).write_bytes(platform.files[name])
        (self.folder / "capabilities.json").write_text(platform.capabilities)
        (self.folder / "sev-report.json").write_text(
            json.dumps({"return": {"data": base64.b64encode(report).decode()}}))

    def write_guest(self, digest, table):
        """One of 4 CPUs, whose processor signs what it asks for: see fake_guest.c."""
        (self.folder / "guest").mkdir()
        (self.folder / "guest/table").write_bytes(table)
        self.write_script("guest/sign", f"""#!{sys.executable} -B
import sys
from pathlib import Path
sys.path.append("{SOURCE / "test/support"}")
import amd
folder, data, vmpl = sys.argv[1:]
Path(folder, data + "-" + vmpl).write_bytes(amd.Amd("Milan").report(
    report_data=bytes.fromhex(data), vmpl=int(vmpl, 16), measurement=bytes.fromhex("{digest}")))
""")

    def write_script(self, name, text):
        (self.folder / name).write_text(text)
        (self.folder / name).chmod(0o755)

    def run(self, example):
        environment = dict(os.environ, PATH=f"{self.folder}:{os.environ['PATH']}")
        return run("bash", "-e", "-o", "pipefail", "-c", example, cwd=self.folder, env=environment,
                   stdin=subprocess.DEVNULL)

    def digest(self, cpus, cpu, hashes=None):
        return model.SnpGuest(
            model.snp_firmware(self.image), len(self.image), SECTIONS, HASHES,
            (cpu.page(), cpu.page(model.RESET_ADDRESS)), cpus, cpu.vmm,
            model.hash_table(*hashes) if hashes else None).launch_digest


class Examples(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.owner = Owner(folder.name)

    def answers(self, examples):
        for block in examples:
            done = self.owner.run(block)
            beside = rb"OK: a session (.*\n)+" if "--launch-security-xml" in block else b""
            self.assertEqual(done.returncode, 0, block)
            self.assertRegex(done.stderr, rb"\A" + beside + rb"\Z", block)
            yield done.stdout.decode().strip()

    def line(self):
        """A report for a batch."""
        files = {name: base64.b64encode((self.owner.folder / path).read_bytes()).decode()
                 for name, path in (("report", "report.bin"), ("certs", "certs.bin"))}
        nonce = (self.owner.folder / "nonce.hex").read_text().strip()
        return json.dumps({"id": "guest", "nonce": nonce, **files})

    def test_readme(self):
        """In this order: what the guest reports is what the owner verifies, alone and in a batch."""
        blocks = re.findall(r"(?:^    .*\n)+", (SOURCE / "README.md").read_text(), re.M)
        one, fleet, report, verify, batch = (block for block in blocks if "sevlaunch snp-" in block)
        shown, none, made, verdict = self.answers([one, fleet, report, verify])
        self.assertEqual(shown, self.owner.digest(4, model.Cpu(MILAN, "qemu", "init2", 1)))
        self.assertEqual(none, "")
        self.assertRegex(made, r"\AReport: version 3, .*\nCertificates of the host: .*\nNOT VERIFIED: ")
        self.assertTrue(verdict.startswith("OK: the report is genuine, "))
        (self.owner.folder / "lines").write_text(self.line() + "\n" + self.line())
        done = self.owner.run(batch)
        self.assertEqual(done.returncode, 0, done)
        verdicts = (self.owner.folder / "verdicts").read_text().splitlines()
        self.assertEqual([json.loads(each)["verdict"] for each in verdicts], ["passed"] * 2)

    def test_man_page(self):
        owner = self.owner
        milan = model.Cpu(MILAN, "qemu", "init2", 1)
        (one, kernel, report, none, ec2, sev, kept, shown, key, nonce, made, own_verdict, fetched,
         verdict, fleet_verdict, guest_verdict, chain, sev_report, element) = self.answers(
             block for block in man_examples() if not needs_token(block))
        self.assertEqual(nonce, "")
        self.assertRegex(made, r"\AReport: version 3, VMPL 0, by /sys/.*\nCertificates of the host: "
                               r"\d+ bytes\nNOT VERIFIED: ")
        self.assertRegex(own_verdict, r"\AOK: the report is genuine, .* of the guest that was chosen\n")
        self.assertRegex(element, r"\A<launchSecurity type='sev'>\n  <policy>0x000d</policy>\n")
        self.assertEqual(16, len((owner.folder / "guest1_tik.bin").read_bytes()))
        self.assertRegex(chain, r"\AOK: the platform is .*(\n.*)+\nNot checked: owner, chip-id, revocation\Z")
        self.assertRegex(sev_report, r"\AOK: the report is genuine.*(\n.*)+\n"
                                     r"Not checked: owner, chip-id, revocation, policy, session\n.*\Z")
        self.assertEqual(one, owner.digest(4, milan))
        self.assertTrue(fleet_verdict.startswith("OK: the report is genuine, "))
        self.assertIn(" of the guest that was chosen, with --num-cpus 4 --cpu-signature 0xa00f11 ", guest_verdict)
        self.assertRegex(verdict, r"\AOK: the report is genuine, by the VCEK of a Milan processor, and "
                                  r"is of the guest that was chosen\nNot checked: [a-z, -]+\Z")
        self.assertEqual(kernel, owner.digest(4, milan, [model.sha256(part) for part in owner.parts]))
        self.assertRegex(report, r"\AOK: .*\nNOT CHECKED: .*\Z")
        self.assertEqual(none, "")
        self.assertEqual(ec2, owner.digest(2, model.Cpu(0, "ec2", "legacy", 1)))
        guest = model.Guest.random(random.Random(1), owner.image)
        self.assertEqual(sev.split(), [launch.launch_digest.hex() for launch in (
            guest, guest.launched(model.Cpu(MILAN), 4))])
        self.assertEqual(kept, one)
        self.assertIn("kernel-hashes-sev-snp: yes", shown.split("\n"))
        self.assertIn("product: Milan", fetched.split("\n"))
        self.assertRegex(key, r"\AID key digest: +[0-9a-f]{96}\Z")
        self.assertEqual(base64.b64decode((owner.folder / "block.b64").read_bytes())[:48].hex(), one)
        self.assertEqual(len(base64.b64decode((owner.folder / "auth.b64").read_bytes())), 4096)
        fleet = json.loads((owner.folder / "reference-values.json").read_text())["values"]
        self.assertEqual(len(fleet), 64 * 2 * 2 * 2)
        self.assertEqual(fleet[-1]["measurement"],
                         owner.digest(64, model.Cpu(GENOA, "qemu", "init2", 0x21)))


class Completeness(unittest.TestCase):
    def test_every_option_is_in_the_man_page(self):
        text, known = MAN.read_text(), {"--version"}
        for name in subcommands():
            self.assertIn(f".Cm {name}", text)
            shown = run(COMMAND, "help", name).stdout.decode()
            known |= set(re.findall(r"^ {2}(?:-., | {4})(--[a-z0-9-]+)", shown, re.M))
        named = re.findall(r"^\.It (?:Fl \w , )?Fl \\(-[a-z0-9-]+)", text, re.M)
        self.assertEqual({"-" + name for name in named} | {"--version"}, known)

    def test_every_member_is_in_the_man_page(self):
        text = MAN.read_text().split(".Sh JSON OUTPUT")[1].split(".Sh ")[0]
        parts = dict(re.findall(r"^\.Ss Of (\S+).*?\n(.*?)(?=^\.Ss|\Z)", text, re.M | re.S))
        parts["verdicts"] += parts["snp-digest"]  # "as above"
        parts["snp-verify"] += parts["snp-digest"]
        parts["sev-chain"] += parts["snp-verify"]
        parts["sev-report"] = parts["sev-chain"]
        parts["sev-session"] += parts["sev-chain"]
        platform = "--chain capabilities.json --chain ask_ark.cert --chain cek.cert"
        guest = "snp-digest -f OVMF.amdsev.fd -n1 --cpu-type EPYC-Milan -k vmlinuz -r initrd.img"
        for name, words in {"snp-digest": f"{guest} -e x", "snp-id-block": f"snp-id-block -m {'ab' * 48} "
                            "--out block", "verdicts": f"{guest} -e 'console=ttyS0 root=/dev/vda1' "
                            "--report report-kernel.bin", "snp-verify": "snp-verify --report report.bin "
                            "--certs vcek.der --certs cert_chain.pem --no-measurement",
                            "sev-chain": f"sev-chain {platform}",
                            "sev-session": f"sev-session {platform} --policy 0",
                            "sev-report": f"sev-report --report sev-report.json {platform}"}.items():
            with tempfile.TemporaryDirectory() as folder:
                done = Owner(folder).run(f"sevlaunch {words} --json")
            members = set(re.findall(r'"([a-z0-9-]+)":', done.stdout.decode()))
            self.assertGreater(len(members), 8, done)
            for member in members:
                self.assertRegex(parts[name], rf"Ql {member}\b")

    def test_every_mistake_is_in_the_man_page(self):
        """And each signature that is tried."""
        text = MAN.read_text()
        words = (SOURCE / "apps/sevlaunch/snp_hints.c").read_text()
        names = re.findall(r'\{\s*"([a-z-]+)",', words)
        self.assertIn("num-cpus", names)
        for name in set(names) - {"none"}:
            self.assertRegex(text, rf"\b{name}\b")
        types = (SOURCE / "core/guest/cpu_types.c").read_text()
        for number in re.findall(r'", 0x00([0-9a-f]{6})\}', types):
            self.assertRegex(text, rf"\b0x{number}\b")

    def test_every_member_of_firmware_info_is_in_the_man_page(self):
        text = MAN.read_text().split(".Sh FIRMWARE INFO")[1].split(".Sh ")[0]
        with tempfile.TemporaryDirectory() as folder:
            owner = Owner(folder)
            owner.run("sevlaunch snp-digest -f OVMF.amdsev.fd --firmware-info-out info.json")
            members = set(re.findall(r'"([a-z0-9-]+)":', (owner.folder / "info.json").read_text()))
        self.assertGreater(len(members), 8)
        for member in members:
            self.assertRegex(text, rf"Ql {member}\b")

    def test_every_member_that_is_shown_is_in_the_man_page(self):
        pages = model.Cpu(sev_features=1).pages(2)
        block = bytes(80) + (1).to_bytes(4, "little") + bytes(4) + (0x30000).to_bytes(8, "little")
        number = b"\1" + bytes(71)
        key = (b"\2\0\0\0" + 2 * number).ljust(1028, b"\0")
        auth = (b"\1" + bytes(63) + (2 * number).ljust(512, b"\0") + key).ljust(4096, b"\0")
        maker = amd.Amd("Turin")
        table = amd.table([(amd.GUIDS[name], der) for name, der in (
            ("vcek", maker.vcek().der), ("vlek", maker.vlek().der), ("crl", maker.crl([7])))])
        platform = sev_platform.Platform()
        with tempfile.TemporaryDirectory() as folder:
            owner = Owner(folder)
            for name, data in (("pages", pages), ("export", platform.files["export-full.cert"]),
                               ("sev", platform.report(bytes(16), bytes(32), 1)), ("blob", bytes(128)), ("block", block), ("auth", auth), ("table", table),
                               ("six", maker.report(version=6)), ("unknown", maker.report("vlek", 2)),
                               ("hcl", amd.hcl(maker.report(), b"{}"))):
                (owner.folder / name).write_bytes(data)
            shown = owner.run("sevlaunch snp-digest -f OVMF.amdsev.fd --firmware-info-out info\n"
                              "for f in OVMF.amdsev.fd info pages block auth six unknown hcl table "
                              "cert_chain.pem export sev blob; do\n"
                              "  sevlaunch show --json $f; done").stdout.decode()
        text = MAN.read_text()
        for name in set(re.findall(r'"([a-z0-9-]+)":', shown)):
            self.assertRegex(text.split(".Sh WHAT IS SHOWN")[1].split(".Sh EXIT")[0], rf"Ql {name}\b")
        self.assertEqual(set(re.findall(r'"kind": "([a-z-]+)"', shown)),
                         {"firmware", "firmware-info", "vmsa", "id-block", "id-auth", "report",
                          "certificates", "certificate-table", "platform-certificates",
                          "platform-report", "session-blob"})

    def test_the_man_page_is_well_formed(self):
        self.assertEqual(run("mandoc", "-T", "lint", "-W", "warning", str(MAN)).stdout, b"")
        shown = run("mandoc", "-T", "utf8", "-O", "width=78", str(MAN)).stdout.decode()
        for line in re.sub(".\b", "", shown).split("\n"):
            self.assertLessEqual(len(line), 80, line)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
