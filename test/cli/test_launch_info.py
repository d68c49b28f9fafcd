# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does the command read what virsh and QEMU print about a launch, and take nothing else
for it?"""
import itertools
import json
import os

import model as parts
from model import SEV_ES, Guest
from runner import FAILED, MATCH, USAGE, CommandTest, main

FIELDS = {
    "api-major": "api_major", "api-minor": "api_minor", "build-id": "build_id",
    "policy": "policy",
}
GREETING = {
    "QMP": {
        "version": {"qemu": {"micro": 1, "minor": 2, "major": 7}, "package": "Debian 1:7.2+dfsg"},
        "capabilities": ["oob"],
    }
}


class InfoTest(CommandTest):
    NONE = {"measurement": None, "api_major": None, "api_minor": None, "build_id": None,
            "policy": None}

    def virsh(self, **changes):
        """Returns the output of virsh domlaunchsecinfo."""
        values = {name: getattr(self.guest, field) for name, field in FIELDS.items()}
        values = {"measurement": self.guest.measurement} | values | changes
        lines = [f"sev-{name:11}: {value}\n" for name, value in values.items() if value is not None]
        return "".join(lines)

    def query_sev(self, **changes):
        values = {name: getattr(self.guest, field) for name, field in FIELDS.items()}
        values = {"enabled": True, "state": "launch-secret", "handle": 1} | values | changes
        return {"return": {name: value for name, value in values.items() if value is not None}}

    def query_measure(self, data=None):
        return {"return": {"data": data or self.guest.measurement}}

    def replies(self, **changes):
        replies = (self.query_sev(**changes), self.query_measure())
        return "".join(json.dumps(reply) + "\r\n" for reply in replies)

    def with_info(self, text, **changes):
        content = text if isinstance(text, bytes) else text.encode()
        return self.arguments(launch_info=self.write("info", content), **self.NONE | changes)

    def accept(self, text, **changes):
        self.assert_ok(self.command(self.with_info(text, **changes)))

    def refuse(self, text, *what, **changes):
        """One line, that names the file and says what is wrong there."""
        arguments = self.with_info(text, **changes)
        path = str(self.folder / "info")
        self.assert_refused(arguments, USAGE, "--launch-info: ", path, *what)


class Virsh(InfoTest):
    def test_as_it_is_printed(self):
        self.accept(self.virsh())
        self.accept(self.virsh() + "\n\n")
        self.accept(self.virsh().replace("\n", "\r\n"))
        self.accept(self.virsh().rstrip("\n"))
        self.accept("\n \n" + self.virsh().replace("sev-", "  sev-").replace(": ", "\t:\t"))
        self.accept(self.virsh().replace(" ", ""))

    def test_in_any_order(self):
        for lines in itertools.permutations(self.virsh().splitlines()):
            self.accept("\n".join(lines))

    def test_other_lines_are_skipped(self):
        others = "sev-secret-setup: yes\nother: x\n:\nsev-: 1\nsev-tcb: 0x1\nxsev-policy: 9\n"
        self.accept(others + self.virsh() + others)

    def test_on_standard_input(self):
        arguments = self.arguments(launch_info="-", **self.NONE)
        self.assert_ok(self.command(arguments, input=self.virsh().encode()))

    def test_a_mistake(self):
        for text in ("", "\n", "other: x\n", "policy: 3\n", "no colon", "\0", b"\x80\x81"):
            with self.subTest(text=text):
                self.refuse(text, "expected the output of virsh domlaunchsecinfo, or QMP replies",
                            "got none of their values")
        lines = self.virsh().splitlines()
        for number, (name, most) in enumerate((
            ("api-major", 255), ("api-minor", 255), ("build-id", 255), ("policy", 0xFFFFFFFF),
        ), 2):
            expected = "from 0 to 255" if most == 255 else "of 32 bits, decimal or 0x hexadecimal"
            other = getattr(self.guest, FIELDS[name]) ^ 1
            self.refuse(self.virsh() + f"sev-{name}: {other}\n", f"line {len(lines) + 1} of",
                        f"sev-{name}: expected the same value as before, got '{other}'")
            for wrong in ("", "x", "-1", "+1", "0x", "0xg", "1.0", "1 2", str(most + 1),
                          hex(most + 1), "9" * 100, "1é"):
                with self.subTest(name=name, wrong=wrong[:30]):
                    self.refuse(self.virsh(**{name: wrong}), f"line {number} of",
                                f"sev-{name}: expected a number {expected}, got '{wrong}'")
        measurement = self.guest.measurement
        for wrong in ("", "x", measurement[:-1], measurement + "AAAA", measurement[:-1] + "=",
                      f'"{measurement}"', measurement + "é"):
            self.refuse(self.virsh(measurement=wrong), "line 1 of",
                        "sev-measurement: expected base64 of exactly 48 bytes",
                        f"got '{wrong}'")

    def test_hexadecimal_numbers(self):
        values = {name: hex(getattr(self.guest, field)) for name, field in FIELDS.items()}
        self.accept(self.virsh(**values))
        self.accept(self.replies(**values))

    def test_the_same_twice(self):
        self.accept(self.virsh() + self.virsh())
        self.accept(self.virsh() + self.replies())
        self.accept(self.replies() + self.replies())
        other = self.virsh(measurement="A" * 64)
        self.refuse(self.virsh() + other, "line 6 of", "sev-measurement: expected the same value")

    def test_a_copied_terminal(self):
        for prompt in ("[root@host ~]#", "user@host:~$", "host%", "virsh #", ">", "~ >", "PS C:\\>"):
            text = f"{prompt} virsh domlaunchsecinfo guest\n{self.virsh()}\n{prompt} \n{prompt}"
            with self.subTest(prompt=prompt):
                self.accept(text)
                self.accept(text.replace("\n", "\r\n"))
        self.accept("Welcome to virsh, the virtualization interactive terminal.\n\n"
                    "Type:  'help' for help with commands\n       'quit' to quit\n\n"
                    f"virsh # domlaunchsecinfo guest\n{self.virsh()}\nvirsh # quit\n\n")

    def test_a_recorded_terminal(self):
        """As script(1) keeps it: the shell sets modes of the terminal before the output."""
        for text in (self.virsh(), self.replies()):
            self.accept(f"\x1b[?2004h$ cat x\r\n\x1b[?2004l\r{text}\x1b[?2004h$ exit\r\n")

    def test_encodings(self):
        for text in (self.virsh(), self.replies()):
            self.accept(text.encode("utf-8-sig"))
            for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
                self.refuse(text.encode(encoding), "got UTF-16, not UTF-8")

    def test_a_guest_of_snp(self):
        text = "sev-api-major  : 1\nsev-api-minor  : 55\nsev-build-id   : 24\n"
        self.refuse(text + "sev-snp-policy : 196608\n", "line 4 of", "sev-snp-policy", "SEV-SNP")

    def test_an_error_of_virsh(self):
        self.refuse("error: failed to get domain 'x'\n", "line 1 of",
                    "the host says: failed to get domain 'x'")
        self.accept("error: failed to get domain 'x'\n" + self.virsh())

    def test_something_altogether_different(self):
        for content in (b"\x80" + self.rng.randbytes(2000), self.guest.firmware, self.guest.tik):
            self.refuse(content)


class Qmp(InfoTest):
    def test_replies(self):
        sev, measure = self.query_sev(), self.query_measure()
        identified = [reply | {"id": f"libvirt-{i}"} for i, reply in enumerate((sev, measure))]
        event = {"event": "STOP", "timestamp": {"seconds": 1, "microseconds": 2}, "data": {}}
        for what, replies in {
            "both": [sev, measure], "the other order": [measure, sev], "ids": identified,
            "greeting": [GREETING, {"return": {}}, sev, measure],
            "events": [event, sev, event, measure, event], "an array": [[sev, event, measure]],
            "others": [{"return": {"status": "prelaunch", "singlestep": False, "running": False}},
                       sev, {"return": []}, measure, {"return": [{"policy": 9}]}],
        }.items():
            for separator, indent in itertools.product(("\r\n", "\n", " ", ""), (None, 1, 4)):
                with self.subTest(what=what, separator=separator, indent=indent):
                    self.accept(separator.join(json.dumps(r, indent=indent) for r in replies))

    def test_only_what_is_returned(self):
        """Only the inner object, as tools print it that unwrap the reply."""
        sev, measure = self.query_sev()["return"], self.query_measure()["return"]
        self.accept(json.dumps(sev | measure))
        self.accept(json.dumps(sev) + json.dumps(measure))

    def test_one_reply_and_options(self):
        measurement = {"measurement": self.guest.measurement}
        self.accept(json.dumps(self.query_sev()), **measurement)
        numbers = {field: getattr(self.guest, field) for field in FIELDS.values()}
        self.accept(json.dumps(self.query_measure()), **numbers)

    def test_elsewhere_is_not_taken(self):
        others = {"error": {"policy": 1}, "other": {"return": 1, "policy": 2}}
        others["list"] = [1, {"data": 3}]
        sev = self.query_sev() | others
        self.accept(json.dumps(sev) + json.dumps(self.query_measure()))

    def test_a_mistake(self):
        good = self.replies()
        for what, text in {
            "cut": good.strip()[:-1], "cut in a string": good[:200], "a brace alone": "{",
            "brackets that differ": "{]", "no quotes": "{policy: 3}",
            "a value less": good + '{"policy"', "a value missing": good + '{"policy":',
            "a brace more": good + "}", "no value": '{"policy"}', "no value either": '{"policy":}',
            "too deep": '{"x": ' + "[" * 200 + "]" * 200 + "}", "not JSON": good + "{'policy': 3}",
            "quotes that a line ends": good + '{"x": 01}', "an escape": good + '{"x": "\\q"}',
        }.items():
            with self.subTest(what=what):
                self.refuse(text, "line ", "JSON")
        for what, text in {
            "a number as text": self.replies(policy="three"), "a list": self.replies(policy=[3]),
            "a boolean": self.replies(policy=True), "an object": self.replies(policy={}),
            "negative": self.replies(policy=-1), "a fraction": self.replies(policy=3.5),
            "too large": self.replies(policy=1 << 32),
            "an exponent": good.replace(f'"policy": {self.guest.policy}', '"policy": 1e1'),
        }.items():
            with self.subTest(what=what):
                self.refuse(text, "line 1 of", "policy: expected a number of 32 bits")
        self.refuse(self.replies(**{"api-major": 256}), "line 1 of", "api-major: ", "0 to 255")
        self.refuse(json.dumps(self.query_measure("AAAA")), "line 1 of", "data: expected base64")
        self.refuse(good + '{"policy": 1}', "line 3 of", "policy: expected the same value as before, got '1'")
        for text in ("{}", "[]", "[", "[" * 200, '{"return": {}}', json.dumps(GREETING),
                     '{"return": [3]}'):
            with self.subTest(text=text):
                self.refuse(text, "none of their values")

    def test_a_whole_session(self):
        """What QEMU and its shells write around the replies, and other replies."""
        sev, measure = json.dumps(self.query_sev()), json.dumps(self.query_measure())
        shutdown = {"timestamp": {"seconds": 1, "microseconds": 2}, "event": "SHUTDOWN",
                    "data": {"guest": False, "reason": "host-qmp-quit"}}
        types = {"return": [{"name": f"x86_64-{i}", "data": {}} for i in range(300)]}
        session = [json.dumps(GREETING), '{"return": {}}', sev, json.dumps(types), measure,
                   '{"return": {}}', json.dumps(shutdown)]
        self.accept("\r\n".join(session))
        self.accept("Trying 127.0.0.1...\nConnected to 127.0.0.1.\nEscape character is '^]'.\n"
                    + "\n".join(session) + "\nConnection closed by foreign host.\n")
        self.accept(f"Connected to QEMU 8.2.0\n\n(QEMU) query-sev\n{sev}\n"
                    f"(QEMU) query-sev-launch-measure\n{measure}\n(QEMU) \n")
        self.accept('{"execute": "query-sev"}\n' + sev + '{"execute": "x", "arguments": {"data": 1}}'
                    + measure)

    def test_escapes(self):
        text = "".join(f"\\u{ord(letter):04X}" for letter in self.guest.measurement)
        self.accept(self.replies().replace(self.guest.measurement, text))
        text = self.guest.measurement.replace("/", "\\/").replace("+", "\\u002b") + "\\n"
        self.accept(self.replies().replace(self.guest.measurement, text))
        self.accept(self.replies().replace("data", "d\\u0061ta").replace("policy", "polic\\u0079"))

    def test_names_of_other_tools(self):
        """Those of libvirt's API and its bindings, and KubeVirt's."""
        names = ("measurement", *FIELDS)
        values = {name: getattr(self.guest, FIELDS.get(name, name)) for name in names}
        for spelled in (
            ("sev-measurement", "sev-api-major", "sev-api-minor", "sev-build-id", "sev-policy"),
            ("sev_measurement", "sev_api_major", "sev_api_minor", "sev_build_id", "sev_policy"),
            ("SEVMeasurement", "SEVAPIMajor", "SEVAPIMinor", "SEVBuildID", "SEVPolicy"),
            ("measurement", "apiMajor", "apiMinor", "buildID", "policy"),
        ):
            with self.subTest(spelled=spelled):
                self.accept(json.dumps(dict(zip(spelled, values.values())) | {"loaderSHA": "00"}))

    def test_kubevirt(self):
        """It leaves out numbers that are 0."""
        guest = self.guest.changed(api_major=0, policy=0)
        self.use(guest)
        reply = {"measurement": guest.measurement, "apiMinor": guest.api_minor,
                 "buildID": guest.build_id, "loaderSHA": "00" * 32}
        self.assert_match(self.command(self.with_info(json.dumps(reply, indent=2))))
        self.assert_mismatch(self.command(self.with_info(json.dumps(reply | {"apiMajor": 1}))))

    def test_libvirt_go(self):
        """It says of each value whether the host gave it: one that it did not give is 0."""
        names = dict(zip(("Measurement", "APIMajor", "APIMinor", "BuildID", "Policy"),
                         ("measurement", *FIELDS.values())))
        reply = {"SEVSNPPolicySet": False, "SEVSNPPolicy": 0}
        for name, field in names.items():
            reply |= {f"SEV{name}Set": True, f"SEV{name}": getattr(self.guest, field)}
        self.accept(json.dumps(reply))
        self.refuse(json.dumps(reply | {"SEVSNPPolicySet": True}), "SEVSNPPolicy: ", "SEV-SNP")
        reply |= {"SEVPolicySet": False, "SEVPolicy": 0}
        self.assert_refused(self.with_info(json.dumps(reply)), USAGE, "--policy POLICY is required")
        self.accept(json.dumps(reply), policy=self.guest.policy)

    def test_a_guest_without_sev(self):
        values = {"enabled": False} | dict.fromkeys(FIELDS, 0)
        self.refuse(self.replies(**values), "line 1 of", "enabled: ", "runs without SEV")
        self.accept('{"return": {"enabled": false, "present": true}}\n' + self.replies())

    def test_a_guest_of_snp(self):
        text = json.dumps(self.query_sev(**{"sev-type": "sev-snp"}), indent=1)
        line = text[:text.index("sev-type")].count("\n") + 1
        self.refuse(text, f"line {line} of", "sev-type: ", "SEV-SNP has an")
        self.refuse('{"return": {"snp-policy": 196608}}', "line 1 of", "snp-policy", "SEV-SNP")
        self.accept(self.replies(**{"sev-type": "sev"}))

    def test_an_error_of_qemu(self):
        """It is told where the measurement is missing that it may be the reason of."""
        error = {"error": {"class": "GenericError", "desc": 'SEV is "off"\x1b'}}
        said = 'the host says: SEV is \\"off\\"\\u001b'
        sev, measure = self.query_sev(), self.query_measure()
        for replies in ((error,), (sev, error), (error, {"error": {"desc": "another"}}, sev)):
            text = "\n".join(map(json.dumps, replies))
            self.refuse(text, f"line {1 + replies.index(error)} of", said)
        text = "\n".join(map(json.dumps, (error, sev)))
        self.accept(text, measurement=self.guest.measurement)
        self.accept("\n".join(map(json.dumps, (error, sev, measure))))

    def test_every_cut(self):
        text = self.replies()
        for length in range(0, len(text) - 3, 7):
            arguments = self.with_info(text[:length])
            self.assertEqual(USAGE, self.command(arguments).code, length)

    def test_random_changes(self):
        """Ends with one of the four exit codes, whatever the input is."""
        for text in (self.replies(), self.virsh()):
            for _ in range(100):
                changed = bytearray(text.encode())
                for _ in range(self.rng.randrange(1, 5)):
                    changed[self.rng.randrange(len(changed))] = self.rng.randrange(256)
                result = self.command(self.with_info(bytes(changed)))
                self.assertIn(result.code, (MATCH, 1, USAGE), result)


class WithOptions(InfoTest):
    def test_options_win(self):
        wrong = {"measurement": "A" * 64} | {
            name: getattr(self.guest, field) ^ 1 for name, field in FIELDS.items()
        }
        for text in (self.virsh, self.replies):
            for name in FIELDS:
                self.assert_mismatch(self.command(self.with_info(text(**{name: wrong[name]}))))
                right = {FIELDS[name]: getattr(self.guest, FIELDS[name])}
                self.accept(text(**{name: wrong[name]}), **right)
                left = {FIELDS[name]: wrong[name]}
                self.assert_mismatch(self.command(self.with_info(text(), **left)))
        info = self.virsh(measurement=wrong["measurement"])
        self.assert_mismatch(self.command(self.with_info(info)))
        self.accept(info, measurement=self.guest.measurement)

    def test_what_is_missing_must_be_given(self):
        for name in ("measurement", *FIELDS):
            field = FIELDS.get(name, name)
            info = self.virsh(**{name: None})
            self.assert_refused(self.with_info(info), USAGE, f"--{name} ", "is required")
            self.accept(info, **{field: getattr(self.guest, field)})

    def test_a_policy_with_es_needs_cpus(self):
        self.use(Guest.booted(self.rng, 2, parts.Cpu(0x00A00F11)))
        self.assertTrue(self.guest.policy & SEV_ES)
        for text in (self.virsh(), self.replies()):
            self.assert_refused(self.with_info(text), USAGE, "--num-cpus is required")
            self.accept(text, num_cpus=2, cpu_type="EPYC-Milan")

    def test_the_host_does_not_decide_whether_to_validate(self):
        """Launch information without a measurement is an error, whatever else it has."""
        no_keys = {"tik": None, "tek": None}
        replies = json.dumps(self.query_sev()), json.dumps({"return": {}})
        for text in (self.virsh(measurement=None), "sev-policy: 3\n", "".join(replies)):
            for changes in (
                {"print_digest": "hex"}, {"print_digest": "hex"} | no_keys, {},
                {"print_measurement": "base64", "nonce": self.guest.mnonce.hex()},
            ):
                with self.subTest(text=text, changes=changes):
                    numbers = {field: getattr(self.guest, field) for field in FIELDS.values()}
                    arguments = self.with_info(text, **changes, **numbers)
                    if no_keys.items() <= changes.items():
                        self.assert_refused(arguments, USAGE, "--tk")
                    else:
                        self.assert_refused(arguments, USAGE, "--measurement BASE64 is required")

    def test_sizes(self):
        fits = self.virsh() + "\n" * (65535 - len(self.virsh()))
        self.accept(fits)
        self.refuse(fits[:-1] + "}", "expected JSON, got '}'")
        for text, got in (fits + "\n", "but got 65536"), (fits + "x" * 99999, "more than 65536"):
            self.assert_refused(self.with_info(text), USAGE,
                                "--launch-info: expected at most 65535 bytes", got)

    def test_files_that_cannot_be_read(self):
        for path in ("/no/such/file", "", "/", "/proc/self/mem", self.tik + "/x"):
            arguments = self.arguments(launch_info=path, **self.NONE)
            self.assert_refused(arguments, FAILED, f"'{path}'")

    def test_endless(self):
        arguments = self.arguments(launch_info="/dev/zero", **self.NONE)
        self.assert_refused(arguments, USAGE, "expected at most 65535 bytes")
        huge = self.write("huge", b"")
        os.truncate(huge, 1 << 40)
        arguments = self.arguments(launch_info=huge, **self.NONE)
        self.assert_refused(arguments, USAGE, "expected at most 65535 bytes")


if __name__ == "__main__":
    main()
