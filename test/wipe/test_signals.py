# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does a key outlive a process that a signal ends: in a core dump, in swap, or in what
another program of the same user reads? The command waits for its second key meanwhile.

usage: test_signals.py COMMAND
"""
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import unittest
from pathlib import Path

import debugger
import launches

COMMAND = os.path.abspath(sys.argv[1])
IS_ROOT = os.geteuid() == 0
UID = 65534 if IS_ROOT else os.geteuid()
AS_USER = {"user": UID, "group": UID, "extra_groups": []} if IS_ROOT else {}
UNLIMITED = resource.RLIM_INFINITY
LOCK_MINIMUM = 8 << 20  # the kernel's default, with which this command can lock its memory
SIGNALS = (signal.SIGQUIT, signal.SIGABRT, signal.SIGSEGV, signal.SIGKILL)


def raise_limit(which):
    """Raises the limit as far as this process may. Returns it."""
    hard = UNLIMITED if IS_ROOT else resource.getrlimit(which)[1]
    try:
        resource.setrlimit(which, (hard, hard))
    except (OSError, ValueError):
        hard = resource.getrlimit(which)[1]
        resource.setrlimit(which, (hard, hard))
    return hard


def status(process, field):
    text = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return int(re.search(rf"^{field}:\s+(\d+) kB$", text, re.MULTILINE)[1])


class Signals(launches.TestCase):
    def setUp(self):
        super().setUp()
        for which in (resource.RLIMIT_CORE, resource.RLIMIT_MEMLOCK):
            self.addCleanup(resource.setrlimit, which, resource.getrlimit(which))
        raise_limit(resource.RLIMIT_CORE)
        self.lock_limit = raise_limit(resource.RLIMIT_MEMLOCK)
        shutil.copy(COMMAND, "command")  # which another user must be able to run
        os.mkfifo("fifo")
        os.chmod("fifo", 0o666)
        os.chmod(".", 0o777)
        self.names = sorted(os.listdir())

    def start(self, arguments, **options):
        return subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                text=True, **AS_USER, **options)

    def start_waiting(self):
        """Returns when the TIK is in memory and half of the TEK."""
        process = self.start(["./command", *self.launch.match(keys=("--tik", "tik",
                                                                    "--tek", "fifo"))],
                             stdout=subprocess.PIPE)
        self.fifo = os.open("fifo", os.O_WRONLY)
        os.write(self.fifo, self.launch.tek[:8])
        return process

    def end(self, process, number):
        """Returns whether there was a core dump."""
        process.send_signal(number)
        _, code = os.waitpid(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(code)
        process.stdout.close()
        process.stderr.close()
        os.close(self.fifo)
        self.assertEqual(process.returncode, -number)
        return os.WCOREDUMP(code)

    def test_no_core(self):
        for number in SIGNALS:
            with self.subTest(signal=number):
                self.assertFalse(self.end(self.start_waiting(), number))
                self.assertEqual(sorted(os.listdir()), self.names)

    def test_memory_is_its_own(self):
        """If no other program may read the memory, root owns the files in /proc that show it."""
        def owner(pid):
            return os.stat(f"/proc/{pid}/mem").st_uid

        with self.start(["sleep", "60"]) as other:
            self.assertEqual(owner(other.pid), UID)
            other.kill()
        process = self.start_waiting()
        if UID != 0:
            self.assertNotEqual(owner(process.pid), UID)
        limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="ascii")
        self.assertRegex(limits, r"\nMax core file size +0 +0 ")
        self.end(process, signal.SIGKILL)

    def test_memory_is_locked(self):
        if self.lock_limit != UNLIMITED and self.lock_limit < LOCK_MINIMUM:
            self.assertNotEqual(os.environ.get("CI"), "true", "skipped outside CI alone")
            self.skipTest("this user may lock too little memory")
        process = self.start_waiting()
        locked = status(process, "VmLck")
        self.assertGreaterEqual(locked, status(process, "VmStk") + status(process, "VmData"))
        self.end(process, signal.SIGKILL)

    def test_memory_cannot_be_locked(self):
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (0, resource.getrlimit(
            resource.RLIMIT_MEMLOCK)[1]))
        process = self.start_waiting()
        self.assertEqual(status(process, "VmLck"), 0)
        os.write(self.fifo, self.launch.tek[8:])
        os.close(self.fifo)
        self.assertEqual(process.communicate(), ("OK: Looks good to me\n", ""))
        self.assertEqual(process.returncode, 0)

    def test_size_of_files_is_limited(self):
        """The limit applies to standard output, and to a file that the command makes."""
        pages = ("--vmsa-out", "pages", "--num-cpus", "1", "--cpu-type", "EPYC", "--policy", "7")
        for options, reason in (((), "standard output"), (pages, "File too large")):
            with self.subTest(options=options), open("out", "wb") as out:
                process = self.start(
                    ["./command", *self.launch.match(*options)], stdout=out,
                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)))
                _, said = process.communicate()
                self.assertEqual(process.returncode, 3, said)
                self.assertRegex(said, rf"\AERROR: [^\n]*{reason}\n\Z")
                self.assertFalse(os.path.exists("pages"))

    def test_core_dumps_cannot_be_forbidden(self):
        """Changes the system call's request to one that the kernel does not know."""
        for call, register, condition in (("prctl", "$rdi", "1"),
                                          ("prlimit64", "$rsi", "$rsi == 4")):  # RLIMIT_CORE
            with self.subTest(call=call):
                said = debugger.run(
                    [f"catch syscall {call}", f"condition 1 {condition}", "run",
                     f"set var {register} = -1", "delete", "continue",
                     'printf "exit code %d\\n", $_exitcode'],
                    "--args", COMMAND, *self.launch.match())
                self.assertIn("\nERROR: core dumps, which would hold keys, cannot be turned off\n",
                              said)
                self.assertNotIn("OK", said)
                self.assertIn("\nexit code 3\n", said)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
