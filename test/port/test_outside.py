# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Can a build use a port outside the tree, and does it refuse a folder that is no port?

usage: test_outside.py SOURCE-TREE [OPTION-OF-CMAKE...]
"""
import hashlib
import pathlib
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import model  # noqa: E402
import runner  # noqa: E402

SOURCE, *OPTIONS = sys.argv[1:]

# Unlike that of any port here.
ENTRY = """
#include "port.h"

int main(int argc, char *argv[])
{
    return 40 + app_main(argc, (const char *const *)argv);
}
"""


def configure(port, build):
    return subprocess.run(["cmake", "-S", SOURCE, "-B", build, "-G", "Ninja",
                           f"-DSEVLAUNCH_PORT_DIR={port}", "-DSEVLAUNCH_WERROR=ON",
                           "-DBUILD_TESTING=OFF", *OPTIONS],
                          timeout=60, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


class Outside(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        self.build = self.folder / "build"

    def run_command(self, *arguments):
        return runner.run(arguments, command=self.build / "virt-qemu-sev-validate", text=True)

    def test_the_command_has_the_port(self):
        port = self.folder / "my port"
        shutil.copytree(pathlib.Path(SOURCE, "port/posix"), port)
        (port / "entry.c").write_text(ENTRY)
        done = configure(port, self.build)
        self.assertEqual(done.returncode, 0, done.stderr)
        done = subprocess.run(["cmake", "--build", self.build], timeout=120, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0, done.stdout)

        self.assertEqual(self.run_command("--self-test").code, 40)
        firmware = self.folder / "firmware"
        firmware.write_bytes(model.image(random.Random(), model.sev_entries()))
        done = self.run_command("--print-digest", "hex", "--policy", "3", "--firmware", firmware)
        self.assertEqual((done.code, done.out),
                         (40, hashlib.sha256(firmware.read_bytes()).hexdigest() + "\n"))
        self.assertEqual(self.run_command("--no-such-option").code, 42)

    def test_the_guide(self):
        """Its commands, in a tree whose build folder is not that of this one."""
        tree = self.folder / "tree"
        tree.mkdir()
        for name in ("CMakeLists.txt", "apps", "core", "port", "toolchains"):
            (tree / name).symlink_to(pathlib.Path(SOURCE, name).resolve())
        text = pathlib.Path(SOURCE, "port/README.md").read_text()
        script, = re.findall(r"^    cp .*my-port\n(?:    cmake .*\n)+", text, re.M)
        script = script.replace("cmake -S", f"cmake {shlex.join(OPTIONS)} -S")
        done = subprocess.run(["sh", "-ec", script], cwd=tree, timeout=240, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertTrue((tree / "build/my-port/port/platform/libsevlaunch_port.a").exists())

    def test_a_folder_that_is_no_port(self):
        done = configure(self.folder, self.build)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("SEVLAUNCH_PORT or SEVLAUNCH_PORT_DIR must name a port, as port/README.md "
                      f"says: '{self.folder}' has no CMakeLists.txt", " ".join(done.stderr.split()))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
