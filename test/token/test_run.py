# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does the script that has a token verify a launch give its answer, and no other?

usage: test_run.py IMAGE
"""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

import mailbox
from launch import TEK, TIK, model, runner

IMAGE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(__file__).resolve().parents[2]
OVMF = runner.OVMF.read_bytes()
MATCH = (0, "OK: Looks good to me\n", "")
MISMATCH = (1, "", "ERROR: Measurement does not match, VM is not trustworthy\n")


def measurement(measured, policy=3):
    return model.encode(model.launch_blob(TIK, (0, 24, 13), policy, model.sha256(measured),
                                          mailbox.launch.MNONCE))


def readme_command():
    blocks = re.findall(r"(?:^    .*\n)+", (SOURCE / "apps/token/README.md").read_text(), re.M)
    command, = (block for block in blocks if "apps/token/run.py my-token.elf" in block)
    return command


class Run(runner.FolderTest):
    def setUp(self):
        super().setUp()
        shutil.copy(IMAGE, "my-token.elf")
        for name, content in (("tk", TEK + TIK), ("OVMF.sev.fd", OVMF), ("empty", b"")):
            pathlib.Path(name).write_bytes(content)
        os.symlink(SOURCE / "apps", "apps")
        subprocess.run([sys.executable, "-B", "apps/token/provision.py", "my-token.elf", "--tk",
                        "tk"], check=True, timeout=80)

    def run_script(self, *options, image="my-token.elf", measured=OVMF, **environment):
        usual = {"--firmware": "OVMF.sev.fd", "--policy": "3", "--api-major": "0",
                 "--api-minor": "24", "--build-id": "13", "--measurement": measurement(measured)}
        usual.update(zip(options[::2], options[1::2]))
        words = [word for pair in usual.items() if pair[1] is not None for word in pair]
        done = subprocess.run([sys.executable, "-B", "apps/token/run.py", image, *words], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=160,
                              env={**os.environ, **environment}, check=False)
        return done.returncode, done.stdout, done.stderr

    def test_readme(self):
        for measured, answer in ((OVMF, MATCH), (OVMF + b"x", MISMATCH)):
            done = subprocess.run(["sh", "-ec", readme_command()], text=True, timeout=160,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                                  env={**os.environ, "MEASUREMENT": measurement(measured)})
            self.assertEqual((done.returncode, done.stdout, done.stderr), answer)

    def test_launch_digest(self):
        for content, answer in ((OVMF, MATCH), (OVMF[1:], MISMATCH)):
            self.assertEqual(self.run_script("--firmware", None, "--launch-digest",
                                             hashlib.sha256(content).hexdigest()), answer)

    def test_each_value_counts(self):
        for option, value in (("--policy", "0x10003"), ("--api-major", "1"), ("--api-minor", "25"),
                              ("--build-id", "0xe")):
            self.assertEqual(self.run_script(option, value), MISMATCH, option)

    def test_broken_requests(self):
        for option, value in (("--policy", "0x100000000"), ("--policy", "-1"), ("--policy", "1_0"),
                              ("--api-minor", "256"), ("--build-id", "x"), ("--measurement", "x"),
                              ("--measurement", measurement(OVMF)[:-4]), ("--measurement", None),
                              ("--launch-digest", "00" * 32), ("--firmware", None),
                              ("--firmware", "empty")):
            code, out, err = self.run_script(option, value)
            self.assertEqual((code, out), (2, ""), (option, value))
            self.assertIn(option, err)

    def test_firmware_that_is_too_large(self):
        with open("large", "wb") as file:
            file.truncate(mailbox.FIRMWARE_END - mailbox.FIRMWARE_START + 1)
        self.assertEqual(self.run_script("--firmware", "large"),
                         (2, "", "ERROR: --firmware: expected 1 to 16773120 bytes in 'large', but "
                                 "got 16773121\n"))

    def assert_failed(self, reason, *options, **how):
        code, out, err = self.run_script(*options, **how)
        self.assertEqual((code, out), (3, ""))
        self.assertRegex(err, rf"(?m)^ERROR: .*{reason}.*\n\Z")

    def test_failures(self):
        self.assert_failed("this token was not provisioned with keys", image=str(IMAGE))
        self.assert_failed("'none'", "--firmware", "none")
        self.assert_failed("'none'", image="none")
        self.assert_failed("QEMU ended before|Broken pipe", image="empty")
        self.assert_failed("qemu-system-arm", PATH="/nowhere")

    def test_lost_answer(self):
        with open("/dev/full", "w", encoding="ascii") as full:
            done = subprocess.run(["sh", "-ec", readme_command()], stdout=full, timeout=160,
                                  stderr=subprocess.PIPE, check=False, text=True,
                                  env={**os.environ, "MEASUREMENT": measurement(OVMF)})
        self.assertEqual(done.returncode, 3, done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
