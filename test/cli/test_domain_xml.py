# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is a launch refused when its domain's XML is none to validate, and do options that talk to
a host say what to do here?"""
import itertools
import json
import os

import model as parts
from domain import direct_boot, domain, launch_security
from model import SEV_ES, Guest
from runner import FAILED, MATCH, MISMATCH, MISMATCH_LINE, USAGE, CommandTest, main

NO_KERNEL = {"kernel": None, "initrd": None, "cmdline": None}
CHECKED = ["launch-security", "dh-cert", "session", "nvram", "loader", "kernel-hashes", "policy"]


class DomainTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.use(self.guest.changed(policy=3, **NO_KERNEL))

    def with_xml(self, text, **changes):
        content = text if isinstance(text, bytes) else text.encode()
        return self.arguments(domain_xml=self.write("domain.xml", content), **changes)

    def accept(self, text, **changes):
        self.assert_ok(self.command(self.with_xml(text, **changes)))

    def refuse(self, text, *texts, **changes):
        self.assert_refused(self.with_xml(text, **changes), USAGE, "--domain-xml: ",
                            str(self.folder / "domain.xml"), *texts)

    def boot_kernel(self):
        self.use(Guest.booted(self.rng).changed(policy=3))

    def boot_es(self, cpus=2):
        guest = Guest.booted(self.rng, cpus, parts.Cpu(0x00A00F11))
        self.use(guest.changed(**NO_KERNEL))
        self.assertTrue(self.guest.policy & SEV_ES)
        return {"num_cpus": cpus, "cpu_type": "EPYC-Milan"}


class Checks(DomainTest):
    def test_a_domain_of_sev(self):
        for text in (domain(launch_security()), domain(launch_security(hashes="no"))):
            self.accept(text)
            self.accept("\ufeff<?xml version='1.0' encoding='UTF-8'?>\n<!-- edited -->\n" + text)

    def test_its_launch_security(self):
        one = "expected one /domain/launchSecurity in "
        self.refuse(domain(""), one, "got 0")
        self.refuse(domain(2 * launch_security()), one, "got 2")
        self.refuse(domain(launch_security() + launch_security(kind="sev-snp")), one, "got 2")
        nested = domain(f"<metadata>{launch_security()}</metadata>")
        self.refuse(nested, one, "got 0")
        self.refuse(domain(launch_security(kind="sev-snp")), "SEV-SNP", "does not validate")
        for kind in ("s390-pv", "tdx", "SEV", ""):
            self.refuse(domain(launch_security(kind=kind)), "'sev'", f"got the type '{kind}'")

    def test_what_the_owner_gave_for_it(self):
        for name, element in (("cert", "dhCert"), ("session", "session"), ("policies", "policy")):
            for count in (0, 2):
                self.refuse(domain(launch_security(**{name: count})),
                            f"expected one /domain/launchSecurity/{element}", f"got {count}")

    def test_its_firmware(self):
        self.refuse(domain(launch_security(), nvram=1), "expected no /domain/os/nvram", "got 1")
        for loaders in ((), ("a", "b")):
            self.refuse(domain(launch_security(), loaders=loaders),
                        "expected one /domain/os/loader", f"got {len(loaders)}")

    def test_kernel_hashes_are_there_when_a_kernel_is_given(self):
        self.boot_kernel()
        boot = direct_boot(initrd=True, cmdline="quiet")
        self.accept(domain(launch_security(hashes="yes"), boot=boot))
        for hashes in (None, "no", "YES", ""):
            self.refuse(domain(launch_security(hashes=hashes), boot=boot),
                        "expected kernelHashes='yes'", "--kernel is not measured")

    def test_a_kernel_is_given_when_kernel_hashes_are_there(self):
        self.refuse(domain(launch_security(hashes="yes"), boot=direct_boot()),
                    "kernelHashes='yes', so --kernel is required")
        self.boot_kernel()
        self.refuse(domain(launch_security(hashes="yes")), "expected a /domain/os/kernel")

    def test_a_kernel_that_is_not_measured(self):
        for boot in (direct_boot(), direct_boot(False, True), direct_boot(False, False, "quiet")):
            self.refuse(domain(launch_security(), boot=boot), "expected kernelHashes='yes'",
                        "the host can exchange")

    def test_a_launch_digest_does_not_tell_of_kernel_hashes(self):
        digest = {"launch_digest": self.guest.launch_digest.hex(), "firmware": None}
        for text in (domain(launch_security()),
                     domain(launch_security(hashes="yes"), boot=direct_boot())):
            self.assert_warned(self.command(self.with_xml(text, **digest)),
                               "kernelHashes of ", "is not compared: --launch-digest")
        self.refuse(domain(launch_security(), boot=direct_boot()), "kernelHashes", **digest)

    def test_it_decides_nothing_else(self):
        """What it has is neither taken for a value that is missing, nor a verdict."""
        text = domain(launch_security(), loaders=(self.firmware,))
        for name in ("policy", "firmware", "measurement"):
            self.assert_refused(self.with_xml(text, **{name: None}), USAGE, f"--{name}", "required")
        forged = self.guest.changed(tik=bytes(16)).measurement
        self.assert_mismatch(self.command(self.with_xml(text, measurement=forged)))
        arguments = ["--print-digest=hex", f"--domain-xml={self.write('domain.xml', text.encode())}",
                     "--policy=3", f"--firmware={self.firmware}", f"--tk={self.tk}"]
        self.assert_refused(arguments, USAGE, "--measurement BASE64 is required")

    def test_a_refused_domain_gets_no_secret(self):
        secret = {"inject_secret": f"luks-key:{self.tik}", "secret_header": "header",
                  "secret_payload": "payload"}
        arguments = self.with_xml(domain(""), **secret)
        self.assert_refused(arguments, USAGE, "--domain-xml", cwd=self.folder)
        self.assertFalse((self.folder / "header").exists())


class Differences(DomainTest):
    def test_another_policy(self):
        text = domain(launch_security(policy=7))
        self.assert_warned(self.command(self.with_xml(text)), "has the policy '0x0007'", "0x3 is")
        text = text.replace("0x0007", "x" * 200)
        self.assert_warned(self.command(self.with_xml(text)), "has the policy ''")
        for same in ("3", "0x3", "0x00000003"):
            self.accept(text.replace("x" * 200, same))

    def test_another_number_of_cpus(self):
        cpus = self.boot_es(2)
        security = launch_security(policy=self.guest.policy)
        for vcpu in ("<vcpu>2</vcpu>", "<vcpu current='2'>8</vcpu>", "<vcpu>many</vcpu>",
                     "<vcpu current='-1'>8</vcpu>", ""):
            self.accept(domain(security, vcpu=vcpu), **cpus)
        for vcpu in ("<vcpu>3</vcpu>", "<vcpu current='3'>2</vcpu>"):
            result = self.command(self.with_xml(domain(security, vcpu=vcpu), **cpus))
            self.assert_warned(result, "starts 3 CPUs, and --num-cpus is 2")
        digest = {"launch_digest": self.guest.launch_digest.hex(), "firmware": None}
        self.assert_warned(self.command(self.with_xml(domain(security), **digest)),
                           "kernelHashes")

    def assert_hinted(self, arguments, *texts):
        """A mismatch, and a hint for each text after the usual one."""
        result = self.command(arguments)
        self.assertEqual((MISMATCH, b""), (result.code, result.out), result)
        lines = result.err[len(MISMATCH_LINE):].splitlines()
        self.assertEqual(1 + len(texts), len(lines), result)
        for line, text in zip(lines[1:], texts):
            self.assertTrue(line.startswith(b"HINT: "), result)
            self.assertIn(os.fsencode(text), line, result)
        for quiet in ("--no-hints", "-q"):
            self.assertNotIn(b"HINT", self.command([*arguments, quiet]).err)

    def test_other_firmware_explains_a_mismatch(self):
        forged = {"measurement": self.guest.changed(tik=bytes(16)).measurement}
        for loader, hints in (("/a/firmware.fd", []), ("firmware.fd", []), ("", []),
                              ("/" + 200 * "x", []),
                              ("/b/other.fd", [f"the firmware '/b/other.fd': is '{self.firmware}'"])):
            text = domain(launch_security(), loaders=(loader,))
            self.accept(text)
            self.assert_hinted(self.with_xml(text, **forged), *hints)
        text = domain(launch_security(), loaders=("/b/other.fd",))
        with open(self.firmware, "rb") as file:
            result = self.command(self.with_xml(text, **forged, firmware="-"), stdin=file)
        self.assertEqual(2, result.err.count(b"\n"), result)

    def test_a_host_cpu_explains_a_mismatch(self):
        cpus = self.boot_es()
        forged = {"measurement": self.guest.changed(tik=bytes(16)).measurement}
        vcpu = "<vcpu>2</vcpu>"
        for mode, is_host in (("host-passthrough", True), ("maximum", True), ("custom", False)):
            text = domain(launch_security(policy=self.guest.policy), vcpu=vcpu,
                          cpu=f"<cpu mode='{mode}'/>")
            self.accept(text, **cpus)
            hints = ["passes the host's CPU through"] * is_host
            self.assert_hinted(self.with_xml(text, **forged, **cpus), *hints)
            given = cpus | {"cpu_type": None, "cpu_signature": "0x00A00F11"}
            self.assert_hinted(self.with_xml(text, **forged, **given))


class Json(DomainTest):
    def read(self, arguments, code=MATCH):
        result = self.command([*arguments, "--json"])
        self.assertEqual(code, result.code, result)
        return json.loads(result.out)

    def test_what_was_checked(self):
        arguments = self.with_xml(domain(launch_security()))
        self.assertEqual({"checked": [*CHECKED, "firmware"], "differs": []},
                         self.read(arguments)["domain-xml"])
        self.assertNotIn("domain-xml", self.read(self.arguments()))

    def test_what_differs(self):
        cpus = self.boot_es()
        text = domain(launch_security(policy=1), vcpu="<vcpu>3</vcpu>", loaders=("x",),
                      cpu="<cpu mode='host-passthrough'/>")
        differ = ["policy", "num-cpus", "firmware", "cpu-mode"]
        expected = {"checked": [*CHECKED, *differ[1:]], "differs": differ}
        self.assertEqual(expected, self.read(self.with_xml(text, **cpus))["domain-xml"])
        forged = {"measurement": self.guest.changed(tik=bytes(16)).measurement}
        arguments = self.with_xml(text, **cpus, **forged)
        for extra in ([], ["-q"]):
            read = self.read([*arguments, *extra], MISMATCH)
            self.assertEqual(expected, read["domain-xml"])

    def test_what_a_launch_digest_leaves_open(self):
        digest = {"launch_digest": self.guest.launch_digest.hex(), "firmware": None}
        read = self.read(self.with_xml(domain(launch_security()), **digest))["domain-xml"]
        self.assertEqual([name for name in CHECKED if name != "kernel-hashes"], read["checked"])


class BadInput(DomainTest):
    def test_something_else(self):
        good = domain(launch_security())
        for text, problem in (
            ("", "an empty file"), ("sev-policy: 3\n", "no well-formed XML"),
            (good[:-9], "ends too early"), (good + good, "no well-formed XML"),
            ("<capabilities/>", "something else"), (good.encode("utf-16"), "no well-formed XML"),
            ("<!DOCTYPE domain [<!ENTITY x SYSTEM '/etc/passwd'>]>" + good, "a document type"),
            (good.replace("guest", "&x;"), "an entity"),
            (good.replace("type='sev'", "type='sev' type='sev-snp'"), "an attribute twice"),
            ("<domain>" + "<a>" * 100000, "nested too deep"),
            ("<domain " + "a" * 100000, "names too long"),
            ("<domain><!-- " + "a" * 5000000, "more than 4194304 bytes"),
        ):
            with self.subTest(problem=problem):
                self.refuse(text, "expected what virsh dumpxml prints", problem, " (line ")
        self.refuse(good.replace("</os>", "</so>"), f"(line {good.split('</os>')[0].count(chr(10)) + 1})")
        self.accept(good.replace("guest", "a" * 3000000))

    def test_every_cut(self):
        text = domain(launch_security()).rstrip()
        for length in range(0, len(text), 5):
            self.assertEqual(USAGE, self.command(self.with_xml(text[:length])).code, length)

    def test_random_changes(self):
        text = domain(launch_security())
        for _ in range(150):
            changed = bytearray(text.encode())
            for _ in range(self.rng.randrange(1, 5)):
                changed[self.rng.randrange(len(changed))] = self.rng.randrange(256)
            self.assertIn(self.command(self.with_xml(bytes(changed))).code, (MATCH, USAGE))

    def test_files_that_cannot_be_read(self):
        for path in ("/no/such/file", "", "/", self.tik + "/x"):
            self.assert_refused(self.arguments(domain_xml=path), FAILED, f"'{path}'")

    def test_endless(self):
        self.assert_refused(self.arguments(domain_xml="/dev/zero"), USAGE, "no well-formed XML")

    def test_standard_input(self):
        text = domain(launch_security()).encode()
        self.assert_ok(self.command(self.arguments(domain_xml="-"), input=text))
        arguments = self.arguments(domain_xml="-", launch_info="-")
        self.assert_refused(arguments, USAGE, "--launch-info and --domain-xml cannot both be -")

    def test_names_from_the_host_do_not_control_the_terminal(self):
        forged = self.guest.changed(tik=bytes(16)).measurement
        text = domain(launch_security(), loaders=("/\x9b\u202e\x7f",))
        result = self.command(self.with_xml(text, measurement=forged))
        self.assertEqual(MISMATCH, result.code, result)
        for character in ("\x9b", "\u202e", "\x7f"):
            self.assertNotIn(character.encode(), result.err, result)


class HostOptions(CommandTest):
    """Options of libvirt's tool that talk to a host."""

    WAYS = ("virsh domlaunchsecinfo", "--launch-info", "virsh dumpxml", "--domain-xml")

    def test_they_say_what_to_do_here(self):
        for name, letter, value in (("--connect", "-c", "qemu+ssh://host/system"),
                                    ("--domain", "-o", "guest"), ("--insecure", "-i", None),
                                    ("--ignore-config", "-g", None)):
            words = [[name], [letter]] if value is None else [
                [name, value], [f"{name}={value}"], [letter, value], [letter + value]]
            given = ([], self.arguments(), self.arguments(tik=None, firmware=None),
                     ["--print-digest=hex"])
            for spelled, others in itertools.product(words, given):
                self.assert_refused([*others, *spelled], USAGE, f"{name}: ", *self.WAYS)

    def test_among_other_letters(self):
        for spelled in (["-dgq"], ["-gdq"], ["-igdq"], ["-dqo", "guest"]):
            result = self.command([*self.arguments(), *spelled])
            self.assertEqual((USAGE, b""), (result.code, result.out), result)
            self.assertNotIn(b"OK", result.err)

    def test_help_does_not_list_them(self):
        shown = self.command(["--help"]).out
        for name in (b"--connect", b"--domain ", b"--insecure", b"--ignore-config"):
            self.assertNotIn(name, shown)
        self.assertIn(b"--domain-xml", shown)
        self.assertEqual(MATCH, self.command(["--domain=guest", "--help"]).code)
        self.assert_refused(["--domain=guest", "--self-test"], USAGE, "give it alone")


if __name__ == "__main__":
    main()
