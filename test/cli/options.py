# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The options of the command, and what may be left out of their names."""

LETTERS = {
    "--help": "-h", "--debug": "-d", "--quiet": "-q", "--measurement": "-m", "--firmware": "-f",
    "--kernel": "-k", "--initrd": "-r", "--cmdline": "-e", "--num-cpus": "-n",
    "--vmsa-cpu0": "-0", "--vmsa-cpu1": "-1", "--inject-secret": "-s",
}
FLAGS = ["--help", "--version", "--self-test", "--debug", "--quiet", "--json", "--no-hints"]
# Libvirt's tool has these; an ambiguous abbreviation means one of them.
LIBVIRT = [
    "--help", "--debug", "--quiet", "--measurement", "--api-major", "--api-minor", "--build-id",
    "--policy", "--firmware", "--kernel", "--initrd", "--cmdline", "--num-cpus", "--vmsa-cpu0",
    "--vmsa-cpu1", "--cpu-family", "--cpu-model", "--cpu-stepping", "--tik", "--tek", "--tk",
    "--inject-secret", "--secret-header", "--secret-payload",
]
OWN = [
    "--version", "--self-test", "--json", "--no-hints", "--launch-info", "--launch-digest",
    "--cmdline-file", "--cpu-type", "--cpu-signature", "--vmsa-fpu", "--sev-features", "--vmm",
    "--vmsa-out", "--print-digest", "--print-measurement", "--nonce", "--secret-padding",
]


def candidates(start):
    """Returns the options that an abbreviation can mean."""
    libvirt, own = ([name for name in names if name.startswith(start)] for names in (LIBVIRT, OWN))
    return libvirt or own


def abbreviations(option):
    """Returns the shorter spellings that mean this option and no other."""
    starts = [option[:length] for length in range(3, len(option))]
    return [start for start in starts if candidates(start) == [option]]
