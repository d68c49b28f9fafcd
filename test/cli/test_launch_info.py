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

    def refuse(self, text, got, **changes):
        expected = "--launch-info: expected the output of virsh domlaunchsecinfo, or QMP replies"
        arguments = self.with_info(text, **changes)
        self.assert_refused(arguments, USAGE, expected, str(self.folder / "info"), f"got {got}")


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
        for text, got in {
            "": "none of their values", "\n": "none of their values",
            "other: x\n": "none of their values", "policy: 3\n": "none of their values",
            "no colon": "something else", "error: failed to get domain\n": "none of their values",
            "error failed\n" + self.virsh(): "something else",
            self.virsh() + "x": "something else",
            self.virsh() + "sev-policy: 1\n": "something else",
            self.virsh() + f"sev-measurement: {self.guest.measurement}\n": "something else",
            "\0": "something else", "\xff\xfe": "something else",
        }.items():
            with self.subTest(text=text[:30]):
                self.refuse(text, got)
        for name, maximum in (("api-major", 255), ("api-minor", 255), ("build-id", 255),
                           ("policy", 0xFFFFFFFF)):
            self.refuse(self.virsh() + f"sev-{name}: 1\n", "something else")
            for wrong in ("", "x", "-1", "+1", "0x1", "1.0", "1 2", str(maximum + 1), "9" * 100,
                          "1é"):
                with self.subTest(name=name, wrong=wrong[:30]):
                    self.refuse(self.virsh(**{name: wrong}), "something else")
        measurement = self.guest.measurement
        for wrong in ("", "x", measurement[:-1], measurement + "AAAA", measurement[:-1] + "="):
            self.refuse(self.virsh(measurement=wrong), "something else")

    def test_something_altogether_different(self):
        self.refuse(self.rng.randbytes(2000), "something else")
        self.refuse(self.guest.firmware, "")
        self.refuse(self.guest.tik, "")


class Qmp(InfoTest):
    def test_replies(self):
        sev, measure = self.query_sev(), self.query_measure()
        identified = [reply | {"id": f"libvirt-{i}"} for i, reply in enumerate((sev, measure))]
        event = {"event": "STOP", "timestamp": {"seconds": 1, "microseconds": 2}, "data": {}}
        for what, replies in {
            "both": [sev, measure], "the other order": [measure, sev], "ids": identified,
            "greeting": [GREETING, {"return": {}}, sev, measure],
            "others": [{"return": {"status": "prelaunch", "singlestep": False, "running": False}},
                       sev, {"return": []}, measure, {"return": [{"policy": 9}]}],
        }.items():
            for separator, indent in itertools.product(("\r\n", "\n", " ", ""), (None, 1, 4)):
                with self.subTest(what=what, separator=separator, indent=indent):
                    self.accept(separator.join(json.dumps(r, indent=indent) for r in replies))
        # An event's "data" is an object, and no measurement.
        self.refuse("\n".join(map(json.dumps, (event, sev, measure))), "something else")

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
            "a bracket alone": "[", "brackets that differ": "{]", "no quotes": "{policy: 3}",
            "a value less": good + '{"policy"', "a value missing": good + '{"policy":',
            "garbage after": good + "x", "text after": good + self.virsh(),
            "a brace more": good + "}", "a number twice": self.replies() + '{"policy": 1}',
            "a measurement twice": good + json.dumps(self.query_measure()),
            "a reply twice": good + good,
            "too many tokens": good + "[" + "1," * 200 + "1]", "too deep": "[" * 200 + "]" * 200,
            "a number as text": self.replies(policy="three"), "a list": self.replies(policy=[3]),
            "a boolean": self.replies(policy=True), "an object": self.replies(policy={}),
            "negative": self.replies(policy=-1), "a fraction": self.replies(policy=3.5),
            "too large": self.replies(policy=1 << 32), "a byte too large": self.replies(
                **{"api-major": 256}
            ),
            "an exponent": good.replace(f'"policy": {self.guest.policy}', '"policy": 1e1'),
            "another measurement": json.dumps(self.query_measure("AAAA")),
        }.items():
            with self.subTest(what=what):
                self.refuse(text, "something else")
        for text in ("{}", "[]", '{"policy"}', '{"policy":}', '{"return": {}}',
                     json.dumps(GREETING), '{"return": [3]}',
                     '{"error": {"class": "GenericError", "desc": "SEV is not enabled"}}'):
            with self.subTest(text=text):
                self.refuse(text, "none of their values")

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
        fits = self.virsh() + "\n" * (65536 - len(self.virsh()))
        self.accept(fits)
        texts = ("--launch-info: expected at most 65536 bytes", "got more than 65536")
        for text in (fits + "\n", fits + "x" * 99999):
            self.assert_refused(self.with_info(text), USAGE, *texts)

    def test_files_that_cannot_be_read(self):
        for path in ("/no/such/file", "", "/", "/proc/self/mem", self.tik + "/x"):
            arguments = self.arguments(launch_info=path, **self.NONE)
            self.assert_refused(arguments, FAILED, f"'{path}'")

    def test_endless(self):
        arguments = self.arguments(launch_info="/dev/zero", **self.NONE)
        self.assert_refused(arguments, USAGE, "expected at most 65536 bytes")
        huge = self.write("huge", b"")
        os.truncate(huge, 1 << 40)
        arguments = self.arguments(launch_info=huge, **self.NONE)
        self.assert_refused(arguments, USAGE, "expected at most 65536 bytes")


if __name__ == "__main__":
    main()
