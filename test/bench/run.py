#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""How fast is the command, beside what people use today?

Builds the presets host and release, makes inputs, runs all side by side with
hyperfine and prints a table of medians and ratios; results.json beside the inputs
holds all figures. No test depends on it.

    run.py [--quick] [FOLDER]      the default folder is build/bench
"""

import json
import os
import re
import statistics
import subprocess
import sys

from common import SOURCE, build, machine, seconds, write_random

PACKAGES = ["hyperfine", "time", "openssl", "ovmf", "musl-tools", "gcc", "cmake",
            "ninja-build", "libvirt-clients-qemu", "python3-libvirt", "python3-lxml",
            "python3-cryptography"]
OURS = os.path.join(SOURCE, "build", "release", "virt-qemu-sev-validate")
LIBVIRT = "/usr/bin/python3 /usr/bin/virt-qemu-sev-validate"
STATE = "--api-major 0 --api-minor 24 --build-id 13"
QUICK = "--quick" in sys.argv
FOLDER = next((a for a in sys.argv[1:] if not a.startswith("-")),
              os.path.join(SOURCE, "build", "bench"))


def shell(command):
    return subprocess.run(command, shell=True, check=True, cwd=FOLDER, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE).stdout.decode()


def make_inputs():
    """Joins an OVMF of 4 MiB whose variables and code are two files; makes random files."""
    with open(os.path.join(FOLDER, "ovmf.fd"), "wb") as file:
        for part in ("OVMF_VARS_4M.fd", "OVMF_CODE_4M.fd"):
            with open(os.path.join("/usr/share/OVMF", part), "rb") as image:
                file.write(image.read())
    for name, mebibytes in [("kernel", 12), ("initrd", 512)]:
        write_random(os.path.join(FOLDER, name), mebibytes)
    with open(os.path.join(FOLDER, "tk"), "wb") as file:
        file.write(os.urandom(32))


def validation(config, policy):
    """Returns options of a launch that matches, so that both commands end with 0."""
    options = f"{STATE} --policy {policy} --firmware ovmf.fd {config}"
    measurement = shell(f"{OURS} {options} --tk tk --print-measurement base64 "
                        f"--nonce {os.urandom(16).hex()}").strip()
    return f"{options} --tk tk --measurement {measurement}"


def cases():
    """Yields name, our command, libvirt's, and the files that both hash."""
    direct = "--kernel kernel --initrd initrd --cmdline quiet"
    cpu = "--cpu-family 25 --cpu-model 1 --cpu-stepping 1"
    plain = validation("", 3)
    yield "4 MiB OVMF", f"{OURS} {plain}", f"{LIBVIRT} {plain}", "ovmf.fd"
    large = validation(direct, 3)
    yield ("528 MiB direct boot", f"{OURS} {large}", f"{LIBVIRT} {large}",
           "ovmf.fd kernel initrd")
    for cpus in (1, 64, 512):
        options = validation(f"--num-cpus {cpus} {cpu}", 7)
        yield (f"4 MiB, SEV-ES, {cpus} CPU{'s' * (cpus > 1)}", f"{OURS} {options}",
               f"{LIBVIRT} {options}", "ovmf.fd")
    count = 50 if QUICK else 1000

    def loop(command):
        return f"sh -c 'i=0; while [ $i -lt {count} ]; do {command}; i=$((i+1)); done'"

    yield f"{count} times 4 MiB", loop(f"{OURS} {plain}"), loop(f"{LIBVIRT} {plain}"), None


def median(command, slow=False):
    """Returns seconds: several runs, one after another, after one that fills the caches."""
    result = os.path.join(FOLDER, "hyperfine.json")
    runs = "--runs 1" if slow else "--warmup 1 --min-runs 10 --max-runs 40"
    subprocess.run(f"hyperfine -N --style none {runs} --export-json {result} -- \"$COMMAND\"",
                   shell=True, check=True, cwd=FOLDER, env=dict(os.environ, COMMAND=command),
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(result, encoding="ascii") as file:
        return json.load(file)["results"][0]["median"]


def peak_memory(command):
    done = subprocess.run(f"/usr/bin/time -f %M {command} >/dev/null", shell=True, cwd=FOLDER,
                          stderr=subprocess.PIPE, check=True)
    return int(done.stderr.split()[-1])


def measure():
    for name, ours, libvirt, files in cases():
        repeated = files is None
        row = {"case": name, "ours": median(ours, repeated),
               "libvirt": median(libvirt, repeated)}
        if not repeated:
            row["openssl"] = median(f"openssl dgst -sha256 {files}")
            row["sha256sum"] = median(f"sha256sum {files}")
            row["ours_kib"] = peak_memory(ours)
            row["libvirt_kib"] = peak_memory(libvirt)
        yield row


def openssl_speed():
    done = subprocess.run(["openssl", "speed", "-evp", "sha256", "-bytes", "1048576", "-seconds",
                           "1", "-mr"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return float(re.search(rb"\+F:.*:([0-9.]+)\s*$", done.stdout, re.M)[1])


def throughput():
    """Returns bytes per second; in turn, so that other work of the machine affects both."""
    program = os.path.join(SOURCE, "build", "host", "test", "bench", "throughput")
    pairs = [(float(shell(program)), openssl_speed()) for _ in range(9)]
    ours, openssl = (statistics.median(values) for values in zip(*pairs))
    return {"ours": ours, "openssl": openssl,
            "ratio": statistics.median(ours / openssl for ours, openssl in pairs)}


def print_table(rows, speed):
    print("| case | ours, s | libvirt's, s | times faster | openssl, s | openssl / ours |"
          " sha256sum, s | peak memory, KiB: ours | libvirt's |")
    print("|---|---|---|---|---|---|---|---|---|")
    for row in rows:
        openssl = row.get("openssl")
        print(f"| {row['case']} | {seconds(row['ours'])} | {seconds(row['libvirt'])} "
              f"| {row['libvirt'] / row['ours']:.1f} | {seconds(openssl)} "
              f"| {'' if openssl is None else format(openssl / row['ours'], '.2f')} "
              f"| {seconds(row.get('sha256sum'))} | {row.get('ours_kib', '')} "
              f"| {row.get('libvirt_kib', '')} |")
    print(f"\nSHA-256 inside the core: {speed['ours'] / 1e6:.0f} MB/s, {speed['ratio']:.2f} of "
          f"`openssl speed -evp sha256`.")


def main():
    build(PACKAGES, "throughput")
    os.makedirs(FOLDER, exist_ok=True)
    make_inputs()
    rows = list(measure())
    speed = throughput()
    with open(os.path.join(FOLDER, "results.json"), "w", encoding="utf-8") as file:
        json.dump({"machine": machine(), "cases": rows, "throughput": speed}, file, indent=2)
    print(f"{machine()}\n")
    print_table(rows, speed)


main()
