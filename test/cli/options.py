# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The options of the command, and what may be left out of their names: libvirt's tool's
as they are, the others as the man page has them."""
import pathlib
import re

MAN = pathlib.Path(__file__).parents[2] / "apps/validate/virt-qemu-sev-validate.1"
LETTERS = {
    "--help": "-h", "--debug": "-d", "--quiet": "-q", "--measurement": "-m", "--firmware": "-f",
    "--kernel": "-k", "--initrd": "-r", "--cmdline": "-e", "--num-cpus": "-n",
    "--vmsa-cpu0": "-0", "--vmsa-cpu1": "-1", "--inject-secret": "-s",
}
# Libvirt's tool has these; an ambiguous abbreviation means one of them.
LIBVIRT = [
    "--help", "--debug", "--quiet", "--measurement", "--api-major", "--api-minor", "--build-id",
    "--policy", "--firmware", "--kernel", "--initrd", "--cmdline", "--num-cpus", "--vmsa-cpu0",
    "--vmsa-cpu1", "--cpu-family", "--cpu-model", "--cpu-stepping", "--tik", "--tek", "--tk",
    "--inject-secret", "--secret-header", "--secret-payload",
]
ENTRIES = re.findall(r"^\.It (?:Fl \w , )?Fl \\(-[a-z0-9-]+)( Ar)?", MAN.read_text(), re.M)
# Libvirt's tool talks to a host with these. The command only says what to do in their place.
HOST = ["--connect", "--domain", "--insecure", "--ignore-config"]
FLAGS = ["-" + name for name, value in ENTRIES if not value]
OWN = [name for name in ("-" + name for name, _ in ENTRIES) if name not in LIBVIRT]


def candidates(start):
    """Returns the options that an abbreviation can mean."""
    libvirt, own = ([name for name in names if name.startswith(start)]
                    for names in (LIBVIRT, OWN + HOST))
    return libvirt or own


def abbreviations(option):
    """Returns the shorter spellings that mean this option and no other."""
    starts = [option[:length] for length in range(3, len(option))]
    return [start for start in starts if candidates(start) == [option]]
