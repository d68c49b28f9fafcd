# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Do keys get into the image of a token, and does nothing else change?

usage: test_provision.py IMAGE
"""
import os
import pathlib
import shutil
import stat
import sys
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import runner  # noqa: E402

IMAGE = pathlib.Path(sys.argv[1]).resolve()
SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "apps/token/provision.py"
TEK = bytes(range(0x10, 0x20))
TIK = bytes(range(0x80, 0x90))


class Provision(runner.FolderTest):
    def setUp(self):
        super().setUp()
        shutil.copy(IMAGE, "image")
        self.write(tk=TEK + TIK, tek=TEK, tik=TIK)

    @staticmethod
    def write(**files):
        for name, content in files.items():
            pathlib.Path(name).write_bytes(content)

    def run_script(self, *arguments):
        done = runner.run(["-B", SCRIPT, *arguments], command=sys.executable, text=True)
        for secret in (TEK, TIK):
            self.assertNotIn(secret.hex(), (done.out + done.err).lower())
        return done.code, done.out + done.err

    def assert_provisioned(self, tk=TEK + TIK):
        """Only the bytes of the erased section differ."""
        before, after = IMAGE.read_bytes(), pathlib.Path("image").read_bytes()
        at = after.index(tk)
        self.assertEqual(before[at:at + 32], b"\xff" * 32)
        self.assertEqual(after[:at] + before[at:at + 32] + after[at + 32:], before)

    def refused(self, reason, *arguments, image="image"):
        before, names = pathlib.Path(image).read_bytes(), sorted(os.listdir())
        self.assertEqual(self.run_script(image, *arguments), (1, f"provision: {reason}\n"))
        self.assertEqual((pathlib.Path(image).read_bytes(), sorted(os.listdir())), (before, names))

    def test_tk(self):
        os.chmod("image", 0o755)
        names = sorted(os.listdir())
        self.assertEqual(self.run_script("image", "--tk", "tk"), (0, ""))
        self.assert_provisioned()
        self.assertEqual(stat.S_IMODE(os.stat("image").st_mode), 0o600)
        self.assertEqual(sorted(os.listdir()), names)

    def test_two_keys(self):
        self.assertEqual(self.run_script("image", "--tik", "tik", "--tek", "tek"), (0, ""))
        self.assert_provisioned()

    def test_link(self):
        """The file that a link leads to is provisioned, not a copy beside it."""
        os.symlink("image", "link")
        self.assertEqual(self.run_script("link", "--tk", "tk"), (0, ""))
        self.assertTrue(os.path.islink("link"))
        self.assert_provisioned()

    def test_a_reader_of_the_old_image(self):
        """The file is replaced, not written to: whoever has it open keeps the old one."""
        with open("image", "rb") as old:
            self.assertEqual(self.run_script("image", "--tk", "tk"), (0, ""))
            self.assertEqual(old.read(), IMAGE.read_bytes())

    def test_twice(self):
        self.assertEqual(self.run_script("image", "--tk", "tk"), (0, ""))
        self.write(other=TIK + TEK)
        self.refused("the image holds keys already; --overwrite replaces them", "--tk", "other")
        self.assertEqual(self.run_script("image", "--tk", "other", "--overwrite"), (0, ""))
        self.assert_provisioned(TIK + TEK)

    def test_sizes(self):
        self.write(short=TIK[:-1], long=TIK + b"\n", tk31=(TEK + TIK)[:-1], tk33=TEK + TIK + b"\n")
        for name in ("tk31", "tk33", "tik"):
            self.refused(f"'{name}' does not hold exactly 32 bytes", "--tk", name)
        for name in ("short", "long", "tk"):
            self.refused(f"'{name}' does not hold exactly 16 bytes", "--tik", name, "--tek", "tek")
            self.refused(f"'{name}' does not hold exactly 16 bytes", "--tik", "tik", "--tek", name)

    def test_blank_keys(self):
        for byte in (b"\0", b"\xff"):
            self.write(blank=byte * 16)
            reason = "is all zeros or all ones: the token would refuse it"
            self.refused(f"the TIK {reason}", "--tik", "blank", "--tek", "tek")
            self.refused(f"the TEK {reason}", "--tik", "tik", "--tek", "blank")

    def test_usage(self):
        for options in ((), ("--tik", "tik"), ("--tek", "tek"),
                        ("--tk", "tk", "--tik", "tik"), ("--tk", "tk", "--tek", "tek")):
            code, said = self.run_script("image", *options)
            self.assertEqual(code, 2)
            self.assertIn("give --tk, or both of --tik and --tek", said)
        self.assertEqual(pathlib.Path("image").read_bytes(), IMAGE.read_bytes())

    def test_image_that_is_none(self):
        elf = IMAGE.read_bytes()
        self.write(text=b"text", cut=elf[:100], nameless=elf.replace(b".keys\0", b".kays\0"))
        self.refused("the image is not a 32-bit little-endian ELF file", "--tk", "tk",
                     image="text")
        self.refused("the image has no section .keys of 32 bytes", "--tk", "tk", image="nameless")
        code, said = self.run_script("cut", "--tk", "tk")
        self.assertEqual((code, said.count("\n")), (1, 1))

    def test_missing_files(self):
        for arguments in (("none", "--tk", "tk"), ("image", "--tk", "none")):
            code, said = self.run_script(*arguments)
            self.assertEqual(code, 1)
            self.assertRegex(said, r"^provision: .*'.*none'\n$")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
