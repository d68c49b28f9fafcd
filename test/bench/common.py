# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What the benches share: how products are built, what they are measured with, the machine."""
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
DEPS = SOURCE / "build/deps"


def fetch(script, *words):
    """Returns what a script of downloads prints: a path, or "" after a line that says why not."""
    done = subprocess.run([script, *words, DEPS], stdout=subprocess.PIPE, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def build(packages, *programs):
    """Builds the preset release, and these programs of the preset host. Returns the paths of
    those that this CPU has."""
    run = dict(check=True, cwd=SOURCE, stdout=subprocess.DEVNULL)
    deps = SOURCE / "toolchains/deps"
    subprocess.run([deps / "debian-packages.sh", *packages], **run)
    tree = fetch(deps / "fetch.sh", "mbedtls")
    for preset in ("release", "host"):
        subprocess.run(["cmake", "--preset", preset, f"-DSEVLAUNCH_MBEDTLS_SOURCE={tree}"], **run)
    subprocess.run(["cmake", "--build", "--preset", "release"], **run)
    return {name: SOURCE / "build/host/test/bench" / name for name in programs if subprocess.run(
        ["cmake", "--build", "--preset", "host", "--target", name], cwd=SOURCE,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0}


def write_random(path, mebibytes):
    with open(path, "wb") as file:
        for _ in range(mebibytes):
            file.write(os.urandom(1 << 20))


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        names = set(re.findall(r"^model name\s*: (.*)$", file.read(), re.M))
    return f"{', '.join(sorted(names))}, {os.cpu_count()} CPUs, Linux {platform.release()}"


def seconds(value):
    return "" if value is None else f"{value:.4f}" if value < 0.1 else f"{value:.2f}"


def printed(words):
    return subprocess.run(words, check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE).stdout.decode().strip()


def run_once(words):
    """Returns the seconds that it takes, and those of CPU time. It must end with 0."""
    output = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    start = time.perf_counter()
    process = os.posix_spawnp(words[0], words, os.environ, file_actions=[output])
    _, status, usage = os.wait4(process, 0)
    end = time.perf_counter()
    if status != 0:
        sys.exit(f"ended with {os.waitstatus_to_exitcode(status)}: {' '.join(words)}")
    return end - start, usage.ru_utime + usage.ru_stime


def run_in_turn(commands, rounds):
    """Name -> list of run_once(), one a round: what disturbs the machine disturbs all. A round
    before these fills the caches."""
    results = {name: [] for name in commands}
    for count in range(rounds + 1):
        for name, words in commands.items():
            result = run_once(words)
            if count > 0 or rounds == 1:
                results[name].append(result)
    return {name: result[:rounds] for name, result in results.items()}


def median_of(results):
    return statistics.median(wall for wall, _ in results)


def ratio(results, others):
    """The median of a round's ratios: how many times longer the others take."""
    return statistics.median(other / wall for (wall, _), (other, _) in zip(results, others))


def peak_memory(words):
    """In KiB."""
    done = subprocess.run(["/usr/bin/time", "-f", "%M", *words], stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, check=True)
    return int(done.stderr.split()[-1])
