# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does bash complete the command's options, their values and files?

bash runs on a terminal. After the beginning of a line, keys insert all completions, and
make the line the arguments of printf.
"""
import os
import pty
import re
import subprocess
import unittest
from pathlib import Path

import runner

SOURCE = Path(__file__).parents[2]
# What the command asks for before it looks at the value of the option.
CPUS = "--policy 7 --firmware f --num-cpus 1 --print-digest hex"
OTHERS = {
    "--vmm": CPUS,
    "--vmsa-fpu": CPUS + " --cpu-type EPYC",
    "--print-digest": "",
    "--print-measurement": "",
    "--secret-padding": "--inject-secret a:b --secret-header h --secret-payload p --tk k "
                        "--policy 3 --firmware f --api-major 0 --api-minor 1 --build-id 1 "
                        f"--measurement {'A' * 64}",
}
INSERT_ALL, TO_START = "\x1b*", "\x01"


class Completion(runner.FolderTest):
    def complete(self, line):
        """The words of a line that was begun, with all completions of its end."""
        for name in ("firmware.fd", "two words.bin", "other.txt"):
            Path(name).touch()
        typed = (f"PATH={Path(runner.COMMAND).parent}:$PATH\n"
                 f"source {SOURCE}/toolchains/package/completion.bash\n"
                 f"{line}{INSERT_ALL}{TO_START}printf '%s\\n' >words \nexit\n")
        main, terminal = pty.openpty()
        with subprocess.Popen(["bash", "--norc", "--noprofile", "-i"], stdin=terminal,
                              stdout=terminal, stderr=terminal, start_new_session=True,
                              env=dict(os.environ, TERM="dumb", INPUTRC="/dev/null")):
            os.close(terminal)
            os.write(main, typed.encode())
            self.read_to_end(main)
        return Path("words").read_text().splitlines()[1:]

    def read_to_end(self, screen):
        """Until bash has ended: then Linux says EIO."""
        try:
            while os.read(screen, 4096):
                pass
        except OSError:
            os.close(screen)

    def help_options(self):
        shown = runner.run(["--help"]).out.decode()
        return re.findall(r"^ {2}(?:-., | {4})(--[a-z0-9-]+)", shown, re.M)

    def test_subcommands(self):
        folder = Path(runner.COMMAND).parent
        overview = runner.run(["help"], command=folder / "sevlaunch").out.decode()
        names = re.findall(r"^  (\S+)", overview, re.M)
        self.assertEqual(sorted(self.complete("sevlaunch ")), sorted([*names, "help"]))
        self.assertEqual(self.complete("sevlaunch help snp-d"), ["help", "snp-digest"])
        self.assertEqual(self.complete("sevlaunch snp-digest --num"), ["snp-digest", "--num-cpus"])
        self.assertEqual(self.complete("sevlaunch snp-digest -f fir"),
                         ["snp-digest", "-f", "firmware.fd"])
        for option, values in (("snp-digest --vmm", "qemu ec2 gce"), ("snp-verify --vmm", "qemu ec2 gce"),
                               ("snp-digest --vmsa-fpu", "init2 legacy"), ("snp-digest --format", "hex base64")):
            completed = self.complete(f"sevlaunch {option} ")
            self.assertEqual(sorted(completed[2:]), sorted(values.split()))
        self.assertEqual(self.complete("sevlaunch show fir"), ["show", "firmware.fd"])
        self.assertEqual(self.complete("sevlaunch show --js"), ["show", "--json"])
        self.assertEqual(sorted(self.complete("sevlaunch sev-digest --vmm ")[2:]),
                         ["ec2", "gce", "krun", "qemu"])
        self.assertEqual(self.complete("sevlaunch snp-id-block --format "),
                         ["snp-id-block", "--format", "base64", "raw"])
        self.assertIn("EPYC-Turin", self.complete("sevlaunch snp-digest --cpu-type=EPYC-T")[1])
        for option in ("--tcb", "--allow", "--require"):
            words = self.complete(f"sevlaunch snp-verify {option} ")[2:]
            asked = runner.run(["snp-verify", "--report=r", "--certs=c", "--no-measurement",
                                "--min-tcb=bl=1", f"{option}={','.join(words)}"],
                               command=folder / "sevlaunch")
            self.assertEqual(asked.code, runner.FAILED, asked)  # there is no r

    def test_options(self):
        self.assertEqual(sorted(self.complete("virt-qemu-sev-validate ")),
                         sorted(self.help_options()))
        self.assertEqual(self.complete("virt-qemu-sev-validate --json --fi"),
                         ["--json", "--firmware"])

    def test_files(self):
        for words in ("--firmware fir", "-f fir", "--firmware=fir", "--inject-secret luks-key:fir",
                      "--inject-secret=luks-key:fir"):
            completed = self.complete(f"virt-qemu-sev-validate {words}")
            self.assertEqual(completed, f"{words}mware.fd".split(), words)
        self.assertEqual(self.complete("virt-qemu-sev-validate --tik tw"),
                         ["--tik", "two words.bin"])
        self.assertEqual(self.complete("virt-qemu-sev-validate --policy fir"), ["--policy", "fir"])

    def test_values(self):
        """Every value is one that the command takes, and none of the core's CPUs is left out."""
        self.assertEqual(self.complete("virt-qemu-sev-validate --vmm=q"), ["--vmm=qemu"])
        types = re.findall(r'{"(EPYC[^"]*)"', (SOURCE / "core/guest/cpu_types.c").read_text())
        values = {}
        for option in self.help_options():
            values[option] = self.complete(f"virt-qemu-sev-validate {option} ")[1:]
        self.assertLessEqual(set(types), set(values["--cpu-type"]))
        for option, others in OTHERS.items():
            said = runner.run([option, "?", *others.split()]).err.decode()
            taken = re.split(", | or ", re.search(r"expected (.*), got", said)[1])
            self.assertEqual(sorted(values[option]), sorted(taken), option)


if __name__ == "__main__":
    runner.main()
