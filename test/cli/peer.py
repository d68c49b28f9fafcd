# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Runs libvirt's virt-qemu-sev-validate many times at the price of one start.

Each line of standard input is a question in JSON, answered with a line of JSON.
Each question runs in its own child process; the answer is exit code, output, errors.
"""
import inspect
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


class Host:
    """A connection to libvirt, on another machine, and the one domain that it has."""

    def __init__(self, xml, state):
        self.XMLDesc = lambda: xml
        self.getHostname = lambda: "another"
        self.getCapabilities = lambda: "<capabilities/>"
        self.lookupByName = lambda name: self
        self.ID = self.name = self.UUIDString = self.isActive = lambda: 1
        self.launchSecurityInfo = lambda: {"sev-api-major": 0}
        self.info = lambda: [state]


def load_domain(guest):
    """Later versions can build the CPUs' pages here, too."""
    choices = {"secure": True, "ignore_config": False, "build_vmsa": False}
    names = inspect.signature(guest.load_domain).parameters
    guest.load_domain("", "guest", **{name: choices[name] for name in choices if name in names})


def check_domain(peer, xml, has_kernel):
    """Returns the name of the tool's exception, or nothing."""
    guest = peer.LibvirtConfidentialVM(measurement="", api_major=0, api_minor=0, build_id=0,
                                       policy=3)
    guest.firmware = b"firmware"
    if has_kernel:
        table = guest.kernel_table
        table.kernel = table.initrd = table.cmdline = bytes(32)
    really_open = peer.libvirt.open
    peer.libvirt.open = lambda uri: Host(xml, peer.libvirt.VIR_DOMAIN_PAUSED)
    try:
        load_domain(guest)
    except Exception as error:
        return type(error).__name__
    finally:
        peer.libvirt.open = really_open
    return ""


def format_domain(libvirt, xml):
    """As libvirt itself writes it."""
    host = libvirt.open("test:///default")
    domain = host.defineXML(xml)
    text = domain.XMLDesc()
    domain.undefine()
    return text


def answer(peer, question):
    if "domain" in question:
        return check_domain(peer, *question["domain"])
    if "format" in question:
        return format_domain(peer.libvirt, question["format"])
    if "decrypt" in question:
        return decrypt(peer, *question["decrypt"])
    return run(peer.main, question["arguments"], question["iv"])


def main():
    peer = load()
    for line in sys.stdin:
        print(json.dumps(answer(peer, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
