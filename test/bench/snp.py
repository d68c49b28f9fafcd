#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""How fast is `sevlaunch` with SEV-SNP, beside its peers, and how does its cost grow?

Builds the presets host and release, and the peers that Debian has the sources of; makes
inputs, runs all in turn, and prints the tables of README.md and of test/bench/README.md.
results.json beside the inputs holds every figure. No test depends on it.

    snp.py [--quick] [--peer-snp-measure PATH] [FOLDER]     the default folder is build/bench-snp

PATH is a tree of sev-snp-measure, which Debian does not have: python3 runs its script there.
"""
import argparse
import base64
import json
import os
import pathlib
import re
import statistics
import sys

import peers
from common import (SOURCE, build, fetch, machine, median_of, peak_memory, printed, ratio,
                    run_in_turn, run_once, seconds, write_random)

PACKAGES = ["time", "openssl", "libssl-dev", "pkg-config", "parallel", "musl-tools", "gcc",
            "cmake", "ninja-build", "python3-cryptography"]
OURS = str(SOURCE / "build/release/sevlaunch")
PROGRAMS = ("firmware", "firmware_bmi2", "firmware_plain", "signatures", "throughput_sha384")
CPU = ["--cpu-type", "EPYC-Milan"]
MODELS = "EPYC,EPYC-Rome,EPYC-Milan,EPYC-Genoa,EPYC-Turin"
VERIFY = [OURS, "snp-verify", "--certs", "chain.pem", "--no-measurement", "--time", "2026-06-01"]
REPORT = [*VERIFY, "--report", "report.bin", "--certs", "vcek.der", "--quiet"]
EVIDENCE = {"virtee/sev": ["report.bin", "ark.der", "ask.der", "vcek.der"],
            "go-sev-guest": ["report.bin", "chain.pem", "vcek.der"]}
REPEATED = 1000
MIB = 1 << 20
PEERS = ("sev-snp-measure", "virtee/sev", "go-sev-guest", "openssl")


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--peer-snp-measure", type=pathlib.Path)
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=SOURCE / "build/bench-snp")
    return parser.parse_args()


# The inputs: a firmware and a genuine report, both from Debian's packages, and random files.

def make_firmware(amdsev):
    """Of each size; larger ones begin with random bytes, for all that counts is at the end."""
    image = pathlib.Path(amdsev, "usr/share/ovmf/OVMF.amdsev.fd").read_bytes()
    for mebibytes in (1, 2, 4, 8, 16):
        size = mebibytes * MIB
        before = os.urandom(max(0, size - len(image)))
        pathlib.Path(f"firmware-{mebibytes}").write_bytes(before + image[-size:])
    write_random("random", 4)


def make_evidence(crate):
    """A report of a Milan processor with AMD's certificates."""
    data, roots = crate / "tests/certs_data", crate / "src/certs/snp/builtin/milan"
    report = bytes.fromhex((data / "report_milan.hex").read_text().strip())
    pathlib.Path("report.bin").write_bytes(report)
    pathlib.Path("vcek.der").write_bytes((data / "vcek_milan.der").read_bytes())
    chain = [(roots / f"{name}.pem").read_text() for name in ("ask", "ark")]
    pathlib.Path("chain.pem").write_text("".join(chain))
    for name, text in zip(("ask", "ark"), chain):
        body = re.search("-----BEGIN CERTIFICATE-----(.*?)-----END", text, re.S)[1]
        pathlib.Path(f"{name}.der").write_bytes(base64.b64decode(body))


def make_lines(count):
    report, vcek = (base64.b64encode(pathlib.Path(name).read_bytes()).decode()
                    for name in ("report.bin", "vcek.der"))
    line = f'{{"id": "guest", "report": "{report}", "certs": "{vcek}"}}\n'
    pathlib.Path("lines").write_text(line * count)


def make_inputs(quick):
    deps = SOURCE / "toolchains/deps/fetch-debian.sh"
    amdsev, sev = fetch(deps, "ovmf-amdsev"), fetch(deps, "librust-sev-dev")
    if "" in (amdsev, sev):
        sys.exit("the firmware and the report come from Debian's packages")
    crate = next(pathlib.Path(sev, "usr/share/cargo/registry").glob("sev-*"))
    make_firmware(amdsev)
    make_evidence(crate)
    make_lines(200 if quick else 10000)
    write_random("kernel", 12)
    write_random("initrd", 64 if quick else 512)
    return crate


# Whole commands.

class Commands:
    """The words of each task; who cannot do it, or was not built, has none."""

    def __init__(self, crate, snp_measure, ours):
        self.ours = ours
        folder = pathlib.Path("peers").absolute()
        python = None if snp_measure is None else ["python3", str(snp_measure / "sev-snp-measure.py")]
        self.programs = {"sev-snp-measure": python, "virtee/sev": peers.build_sev(folder),
                         "go-sev-guest": peers.build_go_sev_guest(folder, crate)}

    def words(self, peer, *words):
        program = self.programs[peer]
        if program is None:
            return {}
        start = program if isinstance(program, list) else [str(program)]
        return {peer: [*start, *words]}

    def digest(self, cpus, boot=()):
        names = ("--kernel", "--initrd", "--cmdline")
        ours = [word for pair in zip(names, boot) for word in pair]
        python = ["--append" if word == "--cmdline" else word for word in ours]
        return {"ours": [OURS, "snp-digest", "-f", "firmware-4", "-n", str(cpus), *CPU, *ours],
                **self.words("sev-snp-measure", "--mode", "snp", "--vcpus", str(cpus), "--vcpu-type",
                             "EPYC-Milan", "--ovmf", "firmware-4", *python),
                **self.words("virtee/sev", "digest", "firmware-4", str(cpus), *boot)}

    def report(self):
        return {"ours": REPORT, **self.verifications("chain", 1)}

    def verifications(self, what, count):
        """So many of the chain and the report, or of the report alone."""
        commands = {}
        for peer, files in EVIDENCE.items():
            commands.update(self.words(peer, what, str(count), *files))
        return commands


def require_same(commands):
    values = {name: printed(words) for name, words in commands.items()}
    if len(set(values.values())) > 1:
        sys.exit(f"other values: {values}")


def whole_cases(commands):
    """Name, commands, and the rounds that it takes."""
    for cpus in (1, 64, 512):
        given = commands.digest(cpus)
        require_same(given)
        yield (f"`snp-digest`, 4 MiB, {cpus} CPU{'s' * (cpus > 1)}",
               {**given, "openssl": ["openssl", "dgst", "-sha384", "firmware-4"]}, 21)
    boot = commands.digest(4, ("kernel", "initrd", "quiet"))
    require_same(boot)
    size = os.path.getsize("initrd") // MIB
    yield (f"the same, kernel 12 MiB, initrd {size} MiB",
           {**boot, "openssl": ["openssl", "dgst", "-sha256", "firmware-4", "kernel", "initrd"]}, 5)
    matrix = [OURS, "snp-digest", "-f", "firmware-4", "-n", "1-64", "--cpu-type", MODELS]
    yield "320 values in one command, beside one value", {**commands.digest(64), "ours": matrix}, 21
    yield "`snp-verify`: chain and report", commands.report(), 21


def measure_whole(commands, quick):
    for name, given, rounds in whole_cases(commands):
        results = run_in_turn(given, min(rounds, 3) if quick else rounds)
        yield {"case": name, "results": results, "peak": peak_memory(given["ours"]),
               "ratios": {peer: ratio(results["ours"], others)
                          for peer, others in results.items() if peer != "ours"}}


def times(value):
    return "" if value is None else f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def print_whole(rows):
    print(f"| whole command | ours, s | {' | '.join(f'{peer} / ours' for peer in PEERS)} "
          f"| peak memory, KiB |\n|{'---|' * (len(PEERS) + 3)}")
    for row in rows:
        ratios = [times(row["ratios"].get(peer)) for peer in PEERS]
        print(f"| {row['case']} | {seconds(median_of(row['results']['ours']))} "
              f"| {' | '.join(ratios)} | {row['peak']} |")


# In one process: rates, taken in turn.

def openssl_speed(*words):
    """The last figure of the one line: bytes or verifications a second."""
    text = printed(["openssl", "speed", "-seconds", "1", "-mr", *words])
    return float(re.search(r"^\+F\d?:.*:([0-9.]+)\s*$", text, re.M)[1])


def named_rates(prefix, words):
    return {f"{prefix} {name}": float(rate)
            for name, rate in (line.split() for line in printed(words).splitlines())}


def our_rates(commands, name, *words, prefix="ours"):
    return named_rates(prefix, [commands.ours[name], *words]) if name in commands.ours else {}


def rates_once(commands):
    """Each figure by its name: bytes, or verifications, a second."""
    rates = {"openssl sha384": openssl_speed("-evp", "sha384", "-bytes", str(MIB)),
             "openssl ecdsa": openssl_speed("ecdsap384"), "openssl rsa": openssl_speed("rsa4096"),
             **our_rates(commands, "firmware", "1", "firmware-4", "random"),
             **our_rates(commands, "firmware_bmi2", "1", "firmware-4", prefix="bmi2"),
             **our_rates(commands, "firmware_plain", "1", "firmware-4", prefix="plain"),
             **our_rates(commands, "signatures")}
    for what in ("report", "chain"):
        for peer, words in commands.verifications(what, REPEATED).items():
            rates[f"{peer} {what}"] = REPEATED / run_once(words)[1]
    return rates


RATES = (("firmware, 4 MiB, in memory", "ours firmware-4", "openssl sha384"),
         ("the same without AVX-512", "bmi2 firmware-4", "openssl sha384"),
         ("the same without BMI2, too", "plain firmware-4", "openssl sha384"),
         ("4 MiB of random bytes", "ours random", "openssl sha384"),
         ("ECDSA on P-384", "ours ecdsa", "openssl ecdsa"),
         ("RSA, 4096 bits", "ours rsa", "openssl rsa"),
         ("report, known key", "ours report", "openssl ecdsa"),
         ("report, known key", "ours report", "virtee/sev report"),
         ("report, known key", "ours report", "go-sev-guest report"),
         ("chain and report", "ours chain", "virtee/sev chain"),
         ("chain and report", "ours chain", "go-sev-guest chain"))


def measure_rates(commands, quick):
    rounds = [rates_once(commands) for _ in range(1 if quick else 7)]
    for name, ours, other in RATES:
        if ours in rounds[0] and other in rounds[0]:
            yield {"case": name, "other": other, "ours": [each[ours] for each in rounds],
                   "others": [each[other] for each in rounds]}


def ratio_of_rates(row):
    return statistics.median(ours / other for ours, other in zip(row["ours"], row["others"]))


def rate(values):
    value = statistics.median(values)
    return f"{value / 1e6:.0f} MB/s" if value > 1e6 else f"{value:.0f} /s"


def measure_codes(commands):
    """SHA-384 by each code that this CPU has: what it hashes, its rate, and the ratio to OpenSSL's."""
    if "throughput_sha384" not in commands.ours:
        return []
    lines = printed([commands.ours["throughput_sha384"]]).splitlines()
    return [dict(zip(("case", "rate", "ratio"), line.split("\t"))) for line in lines]


def print_codes(rows):
    print("| SHA-384 of 4 MiB of random bytes | MB/s | ours / OpenSSL's one stream |\n|---|---|---|")
    for row in rows:
        print(f"| {row['case']} | {float(row['rate']) / 1e6:.0f} | {row['ratio']} |")


def print_rates(rows):
    print("| in one process | ours | beside | its | ours / its |\n|---|---|---|---|---|")
    for row in rows:
        print(f"| {row['case']} | {rate(row['ours'])} | {row['other']} | {rate(row['others'])} "
              f"| {ratio_of_rates(row):.2f} |")


# Many reports.

BATCHES = (("chips known", []), ("whole chains", ["--cache", "0"]))


def batch(source, *words):
    return [*VERIFY, "--batch", source, "--quiet", *words]


def in_parallel(words):
    command = " ".join(["parallel", "--pipe", "--jobs", "2", "--block", "1M", *batch("-", *words)])
    return ["sh", "-c", f"{command} < lines"]


def measure_batches(commands, quick):
    lines = sum(1 for _ in open("lines", encoding="ascii"))
    for name, words in BATCHES:
        rounds = 1 if quick else 3
        results = run_in_turn({"one": batch("lines", *words), "two": in_parallel(words)}, rounds)
        bare = [our_rates(commands, "signatures").get("ours ecdsa") for _ in range(rounds)]
        one = [lines / cpu for _, cpu in results["one"]]
        two = [lines / wall for wall, _ in results["two"]]
        yield {"case": name, "one": one, "two": two, "bare": bare}


def print_batches(rows):
    print("| batch | reports a second of CPU time | GNU parallel, two CPUs | one / bare P-384 |\n"
          "|---|---|---|---|")
    for row in rows:
        one, two = (statistics.median(row[key]) for key in ("one", "two"))
        share = "" if None in row["bare"] else f"{one / statistics.median(row['bare']):.2f}"
        print(f"| {row['case']} | {one:.0f} | {two:.0f} | {share} |")


# How cost grows.

def many_lines(count):
    """Some lines come again and again, by a pipe: no file has the size of all of them."""
    lines = sum(1 for _ in open("lines", encoding="ascii"))
    if count <= lines:
        return ["sh", "-c", f"head -n {count} lines | {' '.join(batch('-'))}"]
    return ["sh", "-c", f"for i in $(seq {count // lines}); do cat lines; done "
                        f"| {' '.join(batch('-'))}"]


def growth_cases(quick):
    digest = [OURS, "snp-digest", *CPU]
    for cpus in (1, 4, 16, 64, 256, 1024, 4096):
        yield "CPUs", cpus, [*digest, "-f", "firmware-4", "-n", str(cpus)]
    for mebibytes in (1, 2, 4, 8, 16):
        yield "firmware, MiB", mebibytes, [*digest, "-f", f"firmware-{mebibytes}", "-n", "4"]
    for mebibytes in (1, 16, 256) if quick else (1, 16, 256, 1024, 4096):
        yield "initrd, MiB", mebibytes, [*digest, "-f", "firmware-4", "-n", "4", "-k", "kernel", "-r", "sparse"]
    for count in (1, 10, 100) if quick else (1, 10, 100, 1000, 10000, 100000):
        yield "reports", count, many_lines(count)


def measure_growth(quick):
    for name, size, words in growth_cases(quick):
        if words[-1] == "sparse":
            with open("sparse", "wb") as file:
                file.truncate(size * MIB)
        first = run_once(words)
        rounds = 1 if quick or first[0] > 2 else 9
        results = [run_once(words) for _ in range(rounds)]
        yield {"case": name, "size": size, "results": results, "peak": peak_memory(words)}
    os.remove("sparse")


def print_growth(rows):
    print("| what grows | to | s | peak memory, KiB |\n|---|---|---|---|")
    for row in rows:
        print(f"| {row['case']} | {row['size']} | {seconds(median_of(row['results']))} | {row['peak']} |")


def print_part(show, rows):
    rows = list(rows)
    show(rows)
    print(flush=True)
    return rows


def main():
    given = options()
    ours = build(PACKAGES, *PROGRAMS)
    given.folder.mkdir(parents=True, exist_ok=True)
    tree = given.peer_snp_measure and given.peer_snp_measure.absolute()
    os.chdir(given.folder)
    commands = Commands(make_inputs(given.quick), tree, ours)
    print(f"{machine()}, {printed(['openssl', 'version'])}\n")
    results = {"machine": machine(),
               "whole": print_part(print_whole, measure_whole(commands, given.quick)),
               "rates": print_part(print_rates, measure_rates(commands, given.quick)),
               "codes": print_part(print_codes, measure_codes(commands)),
               "batches": print_part(print_batches, measure_batches(commands, given.quick)),
               "growth": print_part(print_growth, measure_growth(given.quick))}
    pathlib.Path("results.json").write_text(json.dumps(results, indent=2))
    for name in ("initrd", "lines"):
        os.remove(name)


if __name__ == "__main__":
    main()
