# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Where the command differs from libvirt's tool. test_peer.py allows nothing
else, and fails for an entry that is no longer true."""

# From the tool's first version on, and on purpose: the man page lists them, too.
DIFFERENCES = {
    "debug-keys": "--debug never shows the TIK or the TEK",
    "debug-until-an-error": "--debug shows more, or less, before an error: keys are read last",
    "debug-traceback": "--debug shows no traceback after an error",
    "measurement-length":
        "a measurement that is not of 48 bytes is exit code 2: it is neither cut nor a mismatch",
    "measurement-alphabet":
        "characters that are not base64 are refused, not skipped, but for blanks and newlines",
    "measurement-code": "a measurement that cannot be decoded is exit code 2, not 3",
    "number-range": "a number that is negative or too large for its field is exit code 2, not 3",
    "number-spelling":
        "a number with a sign, an underscore, blanks or digits other than 0 to 9 is refused",
    "number-hexadecimal": "numbers may be hexadecimal after 0x",
    "repeated-number":
        "of a repeated option only the last value is looked at: an earlier one may be no number",
    "bundled-equals": "-qf=PATH means the same as -q -f=PATH, not a file whose name begins with =",
    "two-dashes": "-- may stand after the options",
    "help-order": "of --help and a mistake in the options the first one counts",
    "help-text": "the help is laid out in another way",
    "launch-digest": "--launch-digest may stand in place of --firmware",
    "tik-alone": "--tik alone is enough where no secret is given",
    "measurement-hexadecimal": "a measurement of hexadecimal digits alone is exit code 2",
    "firmware-kind":
        "firmware that is qcow2, an archive, a web page or a store of variables is exit code 2",
    "key-text": "a key file of hexadecimal digits alone is exit code 2",
    "zero-tik": "a TIK of zeros is exit code 2",
    "version": "--version shows the version, and validates nothing: it is given alone",
    "empty-firmware": "firmware of no bytes is exit code 2",
    "standard-input":
        "a PATH of - is standard input, not a file of that name; only one option may read it",
    "usage-line": "a mistake in the options is told in one line, without the list of options",
    "quiet-usage": "--quiet silences mistakes in the options as well",
    "error-text": "error lines name the option or the path, and say what was expected",
    "hints": "a line after that of a mismatch tells what would have matched",
    "lost-output": "an answer that cannot be written is exit code 3, not 0 or 120",
}

# About direct boot, SEV-ES and secrets, and about options that only this command has.
GUEST_DIFFERENCES = {
    "own-options": "it has options of its own",
    "host-options":
        "--connect, --domain, --insecure and --ignore-config are exit code 2, and say what to run "
        "on the host",
    "checks-first": "all options are checked before the first file is opened",
    "command-line-bytes": "--cmdline may hold any bytes, not UTF-8 alone",
    "warnings": "a line warns of what cannot work, or is asked for in vain",
    "empty-kernel": "a kernel of no bytes is exit code 2",
    "cpu-pages":
        "--vmsa-cpu0 for more than one CPU needs --vmsa-cpu1 whatever the policy is",
    "cpu-pages-joined":
        "--vmsa-cpu0 may name a file of 8192 bytes with the state of all CPUs",
    "one-cpu": "--num-cpus 1 with --vmsa-cpu0 alone is enough: the tool crashes",
    "cpu-count": "CPUs are counted from 1 to 4096; the tool takes 0 for 1, and any number above",
    "cpu-range": "a family, model or stepping that CPUID has no room for is refused, not cut",
    "table-not-needed": "the firmware needs no table when no CPU but the first is started",
    "table-malformed": "a table that is malformed, or repeats an entry, is not used",
    "reset-address": "a reset address of 0 is none",
    "secrets-checked-first": "what --inject-secret says is checked before the measurement is",
    "secret-colon": "the path of a secret may hold colons",
    "secret-count": "there are at most 16 secrets",
    "secret-empty": "an empty secret is exit code 2",
    "secret-length": "secrets that the processor or the firmware has no room for are refused",
    "secret-names": "A file to write must be no other file that an option names",
    "secret-files":
        "both files of a packet are for their owner alone, and neither is there until both "
        "are complete",
    "debug-cpus": "--debug does not show digests of CPU states",
    "debug-tables": "--debug does not show tables: one of them holds the secrets",
    "debug-twice": "--debug shows nothing twice when secrets are injected",
}

# About the XML of a domain, from its file.
DOMAIN_DIFFERENCES = {
    "domain-code": "a domain that cannot be validated is exit code 2, not 3 or 4",
    "domain-other": "a launchSecurity of another type beside it is refused",
    "domain-policy": "a domain without one policy is refused",
}

# Between the tool's first version, which the command stands in for, and the one that it is
# compared with.
NEWER_PEER = {
    "exit-code-6": "the first version's exit code 3 is 6 there",
    "loader-label": "the debug line Loader(sha256) is called Firmware(sha256) there",
    "newer-options": "more options make more abbreviations ambiguous there",
}
