# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Runs libvirt's virt-qemu-sev-validate many times at the price of one start.

Each line of standard input is a JSON list of arguments; each is run in a child
of its own, and answered with a line of JSON: exit code, output, errors.
"""
import json
import os
import sys
import tempfile
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader

PATH = "/usr/bin/virt-qemu-sev-validate"


def load():
    sys.dont_write_bytecode = True
    loader = SourceFileLoader("peer", PATH)
    module = module_from_spec(spec_from_loader("peer", loader))
    loader.exec_module(module)
    return module


def run_child(main, arguments, out, err):
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    sys.argv = [PATH, *arguments]
    try:
        main()
        code = 0
    except SystemExit as end:
        code = end.code or 0
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def run(main, arguments):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            run_child(main, arguments, out, err)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(os.fsdecode(file.read()))
    return [code, *texts]


def main():
    peer = load()
    for line in sys.stdin:
        print(json.dumps(run(peer.main, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
