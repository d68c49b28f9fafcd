# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch sev-session` make a session under a chain that verified, and under no other;
are all of its files there, or none; and does the secure processor accept what it makes?"""
import base64
import functools
import hashlib
import json
import os
import stat
import unittest
from pathlib import Path

import model
import runner
from amd import point_of
from runner import FAILED, MATCH, MISMATCH, USAGE, CommandTest, main, run
from secure_processor import SecureProcessor, owner_session
from sev_platform import Platform

FIXED = os.environ["SEVLAUNCH_FIXED"]
VALIDATE = os.environ["SEVLAUNCH_VALIDATE"]
PUBLISHED = Path(os.environ.get("SEVLAUNCH_VECTORS") or "none") / "../sev/sev-platform"

HOST = ["vm_godh.b64", "vm_session.b64"]
KEYS = ["vm_tek.bin", "vm_tik.bin"]
ES, DOMAIN = 0x4, 0x10


@functools.cache
def platform(**settings):
    return Platform(b"sev-session", **settings)


class SessionTest(CommandTest):
    """Each test has a platform and a folder for what is written."""

    def setUp(self):
        super().setUp()
        self.platform = platform()
        self.chain = self.write("chain.cert", self.platform.files["export-full.cert"])
        self.output = self.folder / "output"
        self.output.mkdir()
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.output)

    def words(self, policy=5, chain=None, trusted=None):
        trusted = self.platform if trusted is None else trusted
        return ["sev-session", "--chain", self.chain if chain is None else chain,
                "--ark-fingerprint", trusted.ark.fingerprint, "--policy", str(policy)]

    def session(self, *extra, policy=5, **keywords):
        return self.command([*self.words(policy), *extra], **keywords)

    def assert_made(self, result, names=(*HOST, *KEYS)):
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        self.assert_written(names)

    def assert_written(self, names=()):
        self.assertEqual(sorted(names), sorted(os.listdir(self.output)))

    def assert_not_made(self, words, code, *texts, **keywords):
        """One line says why, and nothing is written, loudly or quietly."""
        before = set(os.listdir(self.output))
        self.assert_one_line(self.command(words, **keywords), code, *texts)
        self.assert_silent(self.command([*words, "--quiet"], **keywords), code)
        self.assertEqual(before, set(os.listdir(self.output)))

    def read(self, name="vm"):
        """GODH, session, TEK and TIK, as they are in their files."""
        godh, blob = (base64.b64decode(Path(f"{name}_{part}.b64").read_bytes(), validate=True)
                      for part in ("godh", "session"))
        return godh, blob, *(Path(f"{name}_{part}.bin").read_bytes() for part in ("tek", "tik"))


class Files(SessionTest):
    def test_their_forms(self):
        self.assert_made(self.session())
        for name, size in zip((*HOST, *KEYS), (2780, 172, 16, 16)):
            self.assertEqual(size, len(Path(name).read_bytes()), name)
        godh, blob, tek, tik = self.read()
        self.assertEqual((2084, 128), (len(godh), len(blob)))
        for name, data in zip(HOST, (godh, blob)):
            self.assertEqual(base64.b64encode(data), Path(name).read_bytes())
        self.assertNotIn(tek, blob)
        self.assertNotIn(tik, blob)

    def test_no_key_is_said(self):
        for words in ([], ["--json"], ["--debug"], ["--launch-security-xml"]):
            result = self.session(*words)
            self.assertEqual(MATCH, result.code, result)
            for key in self.read()[2:]:
                for spelling in runner.spellings(key):
                    self.assertNotIn(spelling, result.out + result.err, result)

    def test_one_file_of_both_keys(self):
        self.assert_made(self.session("--tk", "vm_tk.bin"), (*HOST, "vm_tk.bin"))
        keys = Path("vm_tk.bin").read_bytes()
        launch = SecureProcessor.of(self.platform).open_session(
            5, *(base64.b64decode(Path(name).read_bytes()) for name in HOST))
        self.assertEqual(b"".join(launch), keys)

    def test_names(self):
        os.mkdir("sub")
        self.assert_made(self.session("--name", "sub/a b"), ["sub"])
        self.assertEqual(["a b_godh.b64", "a b_session.b64", "a b_tek.bin", "a b_tik.bin"],
                         sorted(os.listdir("sub")))
        self.assert_not_made([*self.words(), "--name="], USAGE, "--name", "1 to 1011", "got 0")
        self.assert_not_made([*self.words(), "--name", "x" * 1012], USAGE, "--name", "got 1012")
        self.assert_not_made([*self.words(), "--name", "x/" * 505 + "x"], FAILED, "cannot write",
                             "No such file")

    def test_keys_are_for_their_owner(self):
        for mask in (0, 0o022, 0o077):
            for extra, keys in (([], KEYS), (["--tk=vm_tk.bin"], ["vm_tk.bin"])):
                self.session(*extra, preexec_fn=lambda: os.umask(mask))
                for names, mode in ((keys, 0o600), (HOST, 0o666 & ~mask)):
                    for name in names:
                        self.assertEqual(mode, stat.S_IMODE(os.stat(name).st_mode), name)

    def test_a_new_session_replaces_all_of_the_old_one(self):
        seen = set()
        for _ in range(3):
            for name in (*HOST, *KEYS):
                if Path(name).exists():
                    os.chmod(name, 0o644)
            self.assert_made(self.session())
            seen |= set(self.read())
            self.assertEqual(0o600, stat.S_IMODE(os.stat("vm_tik.bin").st_mode))
        self.assertEqual(3 * 4, len(seen))

    @runner.uncounted
    def test_all_or_none(self):
        """Whichever of them cannot be written: those that are there stay as they are."""
        for tk in (False, True):
            extra = ["--tk=both.bin"] if tk else []
            names = [*HOST, *(["both.bin"] if tk else KEYS)]
            for old in (b"", b"before"):
                for bad in names:
                    for make, reason in ((lambda path: os.symlink("/dev/full", path), "No space"),
                                         (os.mkdir, "Is a directory")):
                        for name in names:
                            if old and name != bad:
                                Path(name).write_bytes(old)
                        make(bad)
                        self.assert_not_made([*self.words(), *extra], FAILED,
                                             f"cannot write '{bad}': {reason}")
                        for name in names:
                            if old and name != bad:
                                self.assertEqual(old, Path(name).read_bytes())
                                os.unlink(name)
                        (os.rmdir if reason.startswith("Is") else os.unlink)(bad)
                        self.assert_written()

    def test_a_folder_that_is_not_there(self):
        self.assert_not_made([*self.words(), "--name=none/vm"], FAILED, "none/vm_godh.b64")
        self.assert_not_made([*self.words(), "--tk=none/tk"], FAILED, "none/tk")

    def test_an_output_is_no_other_file(self):
        for name in (*HOST, *KEYS):
            os.symlink(self.chain, name)
            self.assert_not_made(self.words(), USAGE, "--name", name, "--chain", "same file")
            os.unlink(name)
        for name in HOST:
            self.assert_not_made([*self.words(), "--tk", name], USAGE, "--name", name, "--tk",
                                 "same file")
        self.assert_not_made([*self.words(), "--tk", self.chain], USAGE, "--tk", "--chain")
        self.assert_not_made([*self.words(), "--tk", "-"], USAGE, "--tk", "standard input")
        self.assert_written()

    def test_an_output_is_not_printed_to(self):
        said = self.folder / "said"
        os.symlink(said, "vm_tik.bin")
        for stream in ("stdout", "stderr"):
            with open(said, "wb") as file:
                result = run(self.words(), **{stream: file})
            self.assertEqual(USAGE, result.code, result)
            self.assertIn(b"ERROR: --name: ", said.read_bytes() + result.err)
        self.assert_written(["vm_tik.bin"])

    @runner.uncounted
    def test_two_names_for_one_file(self):
        os.symlink("vm_tik.bin", "vm_tek.bin")
        result = self.session()
        self.assertEqual(FAILED, result.code, result)
        self.assert_written(["vm_tek.bin"])


class Policies(SessionTest):
    def test_refused(self):
        for policy, *texts in (
            (0x40, "0x40 with bit 6", "0x0 is"), (0x8005, "0x8005 with bit 15", "0x5 is"),
            (0x16000105, "bit 8", "0x16000005 is"), (0xFFFC, "bit 6", "0x3c is"),
            (0x30000, "0x30000 with bit 17", "SEV-SNP", "0x5"), (0x20045, "with bit 17"),
            (1 << 32, "4294967295"), (-1, "-1"), ("0x", "0x"), ("5x", "5x"),
        ):
            with self.subTest(policy=policy):
                words = self.words(chain="none") + [f"--policy={policy}"]
                self.assert_not_made(words, USAGE, "--policy", *texts)
        for policy, better in ((1, "0x5"), (0x16000003, "0x16000007")):
            self.assert_not_made([*self.words(policy), "--es"], USAGE, "--policy", "bit 2", "--es",
                                 better)
        self.assert_made(self.session("--es"))

    def test_words(self):
        self.assert_not_made([*self.words(), "--polity=5"], USAGE, "--polity")
        result = self.command(["help", "sev-session"])
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        self.assertIn(b"NAME_session.b64", result.out)

    def test_required(self):
        words = self.words()
        self.assert_not_made(words[:-2], USAGE, "--policy POLICY is required")
        self.assert_not_made(["sev-session", "--policy=5"], USAGE, "--chain PATH is required")

    def test_all_bits_are_in_the_session(self):
        processor = SecureProcessor.of(self.platform, api=(0, 0x16))
        for text, policy in (("5", 5), ("0x5", 5), ("0x3f", 0x3F), ("369098755", 0x16000003),
                             ("0x16000003", 0x16000003), ("1", 1)):
            self.session(policy=text)
            godh, blob, *keys = self.read()
            launch = processor.launch_start(policy, godh, blob)
            self.assertEqual(keys, [launch.tek, launch.tik])

    def test_warned(self):
        pin = ["--oca-fingerprint", self.platform.oca.fingerprint]
        newer = [b"0x17000005 asks for firmware of API 0.23", b"0.22", b"POLICY_FAILURE"]
        major = [b"0x10005 asks for firmware of API 1.0", b"0.22"]
        domain = [b"0x15", b"bit 4, DOMAIN", b"--oca-fingerprint"]
        debug = [b"policy 0x4 allows debugging (bit 0, NODBG, is clear): the host may read and "
                 b"change all of the guest's memory"]
        for policy, words, name, texts in (
            (0x4, [], "policy-debug", debug), (0x17000005, [], "policy-api", newer),
            (0x10005, [], "policy-api", major), (0x15, [], "policy-domain", domain),
            (0x15, pin, None, []), (0x16000005, [], None, []), (0x15000005, [], None, []),
        ):
            with self.subTest(policy=policy):
                result = self.session(*words, policy=policy)
                self.assertEqual(MATCH, result.code, result)
                self.assertRegex(result.err, rb"\A(WARNING: [^\n]+\n)?\Z")
                self.assertEqual(name is not None, result.err != b"", result)
                for text in texts:
                    self.assertIn(text, result.err)
                told = json.loads(self.session(*words, "--json", "-q", policy=policy).out)
                self.assertEqual([name] if name else [], told["warnings"])
                self.assert_silent(self.session(*words, "-q", policy=policy), MATCH)
        result = self.session("--json", policy=0x17000010)
        self.assertEqual(3, result.err.count(b"WARNING: "))
        self.assertEqual(["policy-debug", "policy-api", "policy-domain"],
                         json.loads(result.out)["warnings"])

    def test_warned_of_without_a_session(self):
        """A chain that does not hold changes nothing of what is said of a policy."""
        pin = ["--oca-fingerprint", self.platform.oca.fingerprint]
        broken = self.write("broken", model.flip(self.platform.files["export-full.cert"], 8 * 1060))
        for policy, words, names in ((0x16000003, [], []), (0x17000005, [], ["policy-api"]), (0x15, pin, []),
                                     (0x15, [], ["policy-domain"])):
            result = self.command([*self.words(policy, chain=broken), *words, "--json"])
            self.assertEqual((MISMATCH, names), (result.code, json.loads(result.out)["warnings"]), result)
            self.assertEqual(len(names), result.err.count(b"WARNING: "), result)


class Chains(SessionTest):
    def test_one_that_does_not_hold(self):
        """Of a certificate's body, or its signatures; of another platform; or of nobody's root."""
        parts = self.platform.files
        data = parts["export-full.cert"]
        other = platform(owned=True)
        broken = [model.flip(data, 8 * at) for at in (7, 1060, 2084 + 7, 4168 + 7, 6252 + 5)]
        broken.append(Platform(b"other").files["pdh.cert"] + data[2084:])
        for index, content in enumerate(broken):
            words = self.words(chain=self.write(f"broken-{index}", content))
            result = self.command(words)
            self.assertEqual((MISMATCH, b""), (result.code, result.out), result)
            self.assertRegex(result.err, rb"\A(ERROR: [^\n]+\n)+\Z", result)
            told = self.command([*words, "--json"])
            self.assertEqual((MISMATCH, "failed"), (told.code, json.loads(told.out)["verdict"]))
            for member in ("dh-cert", "session"):
                self.assertIsNone(json.loads(told.out)[member])
            self.assert_silent(self.command([*words, "--launch-security-xml", "-q"]), MISMATCH)
        untrusted = ["sev-session", "--chain", self.chain, "--policy=5"]
        self.assertEqual(MISMATCH, self.command(untrusted).code)
        owner = other.oca.fingerprint if other.oca.fingerprint != self.platform.oca.fingerprint \
            else Platform(b"other").oca.fingerprint
        self.assertEqual(MISMATCH, self.session("--oca-fingerprint", owner).code)
        self.assert_written()

    def test_one_that_is_not_whole(self):
        for name in ("export.cert", "export-cek.cert", "pdh.cert"):
            words = self.words(chain=self.write(name, self.platform.files[name]))
            result = self.command(words)
            self.assertIn(result.code, (MISMATCH, USAGE), result)
            self.assertEqual(b"", result.out)
        self.assert_written()

    def test_its_files_in_any_order(self):
        words = ["sev-session", "--policy=5", "--ark-fingerprint", self.platform.ark.fingerprint]
        for name in ("ask_ark.cert", "cek.cert", "cert-chain.cert", "pdh.cert"):
            words += ["--chain", self.write(name, self.platform.files[name])]
        self.assert_made(self.command(words))

    def test_naples(self):
        naples = platform(bits=2048)
        chain = self.write("naples", naples.files["export-full.cert"])
        self.assert_made(self.command(self.words(chain=chain, trusted=naples)))
        godh, blob, *keys = self.read()
        launch = SecureProcessor.of(naples).launch_start(5, godh, blob)
        self.assertEqual(keys, [launch.tek, launch.tik])


class Answers(SessionTest):
    def test_in_words(self):
        result = self.session()
        for name in (*HOST, *KEYS):
            self.assertIn(name.encode(), result.out)
        self.assertRegex(result.out, rb"\AOK: [^\n]+\n")
        self.assertRegex(result.out, rb"\nNot checked: owner, chip-id, revocation\n\Z", result)
        pinned = self.session("--oca-fingerprint", self.platform.oca.fingerprint)
        self.assertRegex(pinned.out, rb"\nNot checked: chip-id, revocation\n\Z", result)
        self.assert_silent(self.session("-q"), MATCH)

    def test_as_json(self):
        for words in ([], ["-q"]):
            result = self.session("--json", *words)
            self.assertEqual((MATCH, b""), (result.code, result.err), result)
            told = json.loads(result.out)
            self.assertEqual(("sevlaunch-verdict", 1, "sev", "passed", 5),
                             tuple(told[name] for name in ("type", "schema", "technology",
                                                           "verdict", "policy")))
            self.assertEqual([Path(name).read_text() for name in HOST],
                             [told["dh-cert"], told["session"]])
            chain = json.loads(self.command(["sev-chain", *self.words()[1:5], "--json"]).out)
            self.assertEqual(chain, {name: told[name] for name in chain})
            self.assertEqual({"policy", "warnings", "dh-cert", "session"}, set(told) - set(chain))
        self.assert_not_made([*self.words(), "--json", "--launch-security-xml"], USAGE, "--json")

    def test_as_xml(self):
        for policy, digits in ((5, "0x0005"), (0x16000007, "0x16000007")):
            result = self.session("--launch-security-xml", "-q", policy=policy)
            self.assertEqual((MATCH, b""), (result.code, result.err), result)
            dh_cert, blob = (Path(name).read_text() for name in HOST)
            self.assertEqual(f"<launchSecurity type='sev'>\n  <policy>{digits}</policy>\n"
                             f"  <dhCert>{dh_cert}</dhCert>\n  <session>{blob}</session>\n"
                             "</launchSecurity>\n", result.out.decode())
            loud = self.session("--launch-security-xml", policy=policy)
            words = self.session(policy=policy)
            self.assertEqual((MATCH, words.out), (loud.code, loud.err), loud)
            self.assertTrue(loud.out.startswith(b"<launchSecurity") and loud.out.endswith(b"</launchSecurity>\n"))

    def test_an_answer_that_is_lost(self):
        for words in ([], ["--json"], ["--launch-security-xml"]):
            with open("/dev/full", "wb") as full:
                result = self.session(*words, stdout=full)
            self.assertEqual(FAILED, result.code, result)
            self.assertEqual(b"ERROR: cannot write to standard output; the session's files are written\n",
                             result.err)
            self.assert_written([*HOST, *KEYS])


class Launches(SessionTest):
    """The owner's side by the commands, the host's by the model of the secure processor."""

    def test_the_whole_way(self):
        for policy, tk in ((1, False), (3, True), (0x16000003, False)):
            self.launch(policy, ["--tk=vm_tk.bin"] if tk else [])

    def launch(self, policy, words):
        processor = SecureProcessor.of(self.platform)
        self.assertEqual(MATCH, self.session(*words, policy=policy).code)
        launch = processor.launch_start(
            policy, *(base64.b64decode(Path(name).read_bytes()) for name in HOST))
        launch.launch_update(self.guest.firmware)
        blob = launch.launch_measure()
        keys = ["--tk=vm_tk.bin"] if words else ["--tek=vm_tek.bin", "--tik=vm_tik.bin"]
        arguments = self.arguments(tek=None, tik=None, policy=policy, measurement=model.encode(blob),
                                   api_major=processor.api[0], api_minor=processor.api[1],
                                   build_id=processor.build)
        result = run([*arguments, *keys, "--secret-header=header", "--secret-payload=payload",
                      "--inject-secret=luks-key:" + self.write("secret", b"open sesame")],
                     command=VALIDATE)
        self.assertEqual(MATCH, result.code, result)
        table = launch.launch_secret(*(base64.b64decode(Path(name).read_bytes())
                                       for name in ("header", "payload")))
        self.assertEqual([b"open sesame"], list(model.secrets_in(table)[0].values()))


def first16(text):
    return hashlib.sha256(text.encode()).digest()[:16]


class FixedRandomness(SessionTest):
    """By a command of the tests alone, whose random bytes are those of a file: d, TEK, TIK, nonce
    and IV, then what blinds two multiplications."""

    BLINDING = bytes(range(1, 97))

    def fixed(self, data, *extra, words=None):
        path = self.write("random", data)
        return self.check_always(run([*(self.words() if words is None else words), *extra],
                                     command=FIXED,
                                     env={**os.environ, "SEVLAUNCH_FIXED_RANDOM": path}))

    def draw(self, size=208):
        return self.rng.randbytes(size)

    def test_is_that_of_the_model(self):
        for _ in range(3):
            d, tek, tik, nonce, iv = (self.draw(size) for size in (48, 16, 16, 16, 16))
            result = self.fixed(d + tek + tik + nonce + iv + self.BLINDING)
            self.assertEqual(MATCH, result.code, result)
            self.assertEqual((*owner_session(self.platform.dh.point, int.from_bytes(d, "big"), nonce,
                                             iv, tek, tik, 5), tek, tik), self.read())

    @unittest.skipUnless(PUBLISHED.exists(), "there are no published certificates")
    def test_known_answers(self):
        """With certificates of real platforms; what is in the session is computed elsewhere."""
        for product, policy, d, iv, number, blob, godh in (
            ("rome", "5", hashlib.sha384(b"sevlaunch godh test 1").digest(), first16("iv1"), 1,
             "c7e2472db5f2106a64ca049393b49080aee55121228f45000396ecfbc1c0ed03",
             "dfe476cc9b255fcb64167e033cbdef941aa8d2a6a7ed5b75e53b9790a55f78c4"),
            ("naples", "0x16000003", (0x295).to_bytes(48, "big"), b"\xff" * 16, 2,
             "caf8e021d2bceb24909a6d5cb31cf1ff087fd19301fc3a9c8458e2e86ba03871",
             "01872727ccba0067f111e4f1cf39602823ff8cd766bb93c64d469220d17a1d67"),
        ):
            words = ["sev-session", "--policy", policy]
            for kind in ("ark", "ask", "cek", "oca", "pek", "pdh"):
                words += ["--chain", str(PUBLISHED / f"{product}-{kind}.cert")]
            keys = [first16(f"{name}{number}") for name in ("tek", "tik")]
            drawn = d + b"".join(keys) + first16(f"nonce{number}") + iv + self.BLINDING
            result = self.fixed(drawn, words=words)
            self.assertEqual(MATCH, result.code, result)
            made = self.read()
            self.assertEqual((godh, blob),
                             tuple(hashlib.sha256(part).hexdigest() for part in made[:2]))
            self.assertEqual(tuple(keys), made[2:])

    def test_a_source_that_fails(self):
        """It ends early, repeats itself, or gives no private key."""
        good = self.draw()
        for data in (b"", good[:207], bytes(208), b"\xff" * 208 + good, good[:16] * 13,
                     good[:64] + good[48:64] + good[80:], bytes(48) * 4 + good):
            result = self.fixed(data)
            self.assert_one_line(result, FAILED, "random")
            self.assert_silent(self.fixed(data, "-q"), FAILED)
            self.assert_written()
        self.assertEqual(MATCH, self.fixed(good).code)
        os.environ.pop("SEVLAUNCH_FIXED_RANDOM", None)
        self.assert_one_line(run(self.words(), command=FIXED), FAILED, "random")

    def test_is_in_no_command_that_is_shipped(self):
        """Neither its name nor its symbol, and it does nothing there."""
        path = self.write("random", self.draw())
        for command in (runner.COMMAND, VALIDATE):
            data = Path(command).read_bytes()
            for text in (b"SEVLAUNCH_FIXED_RANDOM", b"__wrap_port_random"):
                self.assertNotIn(text, data)
                self.assertIn(text, Path(FIXED).read_bytes())
        made = set()
        for _ in range(2):
            env = {**os.environ, "SEVLAUNCH_FIXED_RANDOM": path}
            self.assertEqual(MATCH, self.session(env=env).code)
            made |= set(self.read())
        self.assertEqual(2 * 4, len(made))


if __name__ == "__main__":
    main()
