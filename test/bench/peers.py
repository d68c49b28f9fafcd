# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Builds the peers of `sevlaunch` from Debian's sources, in a folder of the bench alone."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

import common

HERE = pathlib.Path(__file__).resolve().parent
CONFIG = """[source.crates-io]
replace-with = "debian"
[source.debian]
directory = "{registry}"
"""


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def run_build(name, command, **keywords):
    try:
        subprocess.run(command, check=True, stdout=sys.stderr, **keywords)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"no {name}: {error}", file=sys.stderr)
        return False
    return True


def build_sev(folder):
    """Returns the program, or None. Cargo 1.85 or later is needed: Debian 13 has it."""
    tree = common.fetch(HERE / "fetch-peers.sh", "rust")
    if tree == "":
        return None
    folder = fresh(folder / "sev")
    shutil.copytree(HERE / "peers/sev", folder, dirs_exist_ok=True)
    (folder / ".cargo").mkdir()
    config = CONFIG.format(registry=f"{tree}/usr/share/cargo/registry")
    (folder / ".cargo/config.toml").write_text(config)
    built = run_build("virtee/sev", ["cargo", "build", "--release", "--offline", "--quiet"], cwd=folder)
    return folder / "target/release/peer" if built else None


def add_embedded(package, crate):
    """Debian's package lacks the certificates that the sources embed: those of the crate are AMD's."""
    trust = package / "verify/trust"
    for name, product in re.findall(r"go:embed (ask_ark_([a-z]+)\w*\.pem)",
                                    (trust / "trust.go").read_text()):
        certificates = crate / "src/certs/snp/builtin" / product
        (trust / name).write_bytes(b"".join(
            (certificates / f"{part}.pem").read_bytes() for part in ("ask", "ark")))


def build_go_sev_guest(folder, crate):
    """Returns the program, or None."""
    tree = common.fetch(HERE / "fetch-peers.sh", "go")
    if tree == "":
        return None
    folder, sources = fresh(folder / "go"), pathlib.Path(tree, "usr/share/gocode")
    package = "src/github.com/google/go-sev-guest"
    shutil.copytree(sources / package, folder / package)
    add_embedded(folder / package, crate)
    shutil.copytree(HERE / "peers/go-sev-guest", folder / "src/peer")
    root = next(pathlib.Path(tree, "usr/lib").glob("go-*"))
    settings = {"GO111MODULE": "off", "GOFLAGS": "", "GOROOT": str(root),
                "GOPATH": f"{folder}:{sources}", "GOCACHE": f"{folder}/cache"}
    built = run_build("go-sev-guest", [root / "bin/go", "build", "-o", folder / "peer", "."],
                      cwd=folder / "src/peer", env={**os.environ, **settings})
    return folder / "peer" if built else None
