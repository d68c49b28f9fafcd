# SPDX-License-Identifier: BSD-2-Clause-Patent
"""A guest of SEV-SNP, as fake_guest.c plays it: its firmware signs by the keys of an Amd.

SEVLAUNCH_FAKE_GUEST is the path of the command that runs in it.
"""
import os
from pathlib import Path

from amd import GUIDS, Amd, table
from runner import run

COMMAND = os.environ.get("SEVLAUNCH_FAKE_GUEST", "build/host/test/support/sevlaunch_fake_guest")
WAYS = {"configfs": "/sys/kernel/config/tsm/report", "device": "/dev/sev-guest"}


class FakeGuest:
    """In a folder, which it fills with the answers to requests that are known before."""

    def __init__(self, folder, way="configfs", maker=None, **settings):
        self.folder, self.way = Path(folder), way
        self.amd = Amd("Milan") if maker is None else maker
        self.log = self.folder / "log"
        self.folder.mkdir(exist_ok=True)
        self.settings = settings
        leaf, middle, root = self.amd.chain()
        self.give_table(table([(GUIDS["vcek"], leaf.der), (GUIDS["ask"], middle.der),
                               (GUIDS["ark"], root.der)]))

    def give_table(self, data):
        self.table = data
        (self.folder / "table").write_bytes(data)

    def expect(self, data, vmpl=0, report=None, **changes):
        """Returns the report that is given to such a request."""
        if report is None:
            report = self.amd.report(report_data=data, vmpl=vmpl, **changes)
        (self.folder / f"{data.hex()}-{vmpl:x}").write_bytes(report)
        return report

    def run(self, *words, **settings):
        """Settings are those of fake_guest.c, without FAKE_, in small letters."""
        told = {"way": self.way, "answers": self.folder, "log": self.log, **self.settings, **settings}
        environment = {f"FAKE_{name.upper()}": str(value) for name, value in told.items()}
        self.log.unlink(missing_ok=True)
        return run(["snp-report", *map(str, words)], command=COMMAND,
                   env={**os.environ, **environment})

    def lines(self):
        return self.log.read_text().splitlines() if self.log.exists() else []

    @property
    def calls(self):
        """Those of the last run, each a name and what it was about."""
        return [line for line in self.lines() if not line.startswith(("made ", "removed "))]

    @property
    def entries(self):
        """How many entries of configfs the last run made, and how many it left."""
        made, removed = (sum(line.startswith(word) for line in self.lines())
                         for word in ("made ", "removed "))
        return made, made - removed
