# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Runs libvirt's virt-qemu-sev-validate many times at the price of one start.

Each line of standard input is a question in JSON, answered with a line of JSON.
Each question runs in its own child process; the answer is exit code, output, errors.
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


def run_child(main, arguments, iv, out, err):
    if iv:
        os.urandom = lambda size: bytes.fromhex(iv)
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


def run(main, arguments, iv):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            run_child(main, arguments, iv, out, err)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(os.fsdecode(file.read()))
    return [code, *texts]


def decrypt(peer, tek, iv, data):
    tek, iv, data = (bytes.fromhex(text) for text in (tek, iv, data))
    cipher = peer.Cipher(peer.algorithms.AES(tek), peer.modes.CTR(iv)).decryptor()
    return (cipher.update(data) + cipher.finalize()).hex()


def answer(peer, question):
    if "decrypt" in question:
        return decrypt(peer, *question["decrypt"])
    return run(peer.main, question["arguments"], question["iv"])


def main():
    peer = load()
    for line in sys.stdin:
        print(json.dumps(answer(peer, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
