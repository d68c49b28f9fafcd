# SPDX-License-Identifier: BSD-2-Clause-Patent
"""libvirt's virt-qemu-sev-validate, of Debian's package libvirt-clients-qemu, as a module."""

import importlib.machinery
import importlib.util

PATH = "/usr/bin/virt-qemu-sev-validate"


def load():
    loader = importlib.machinery.SourceFileLoader("virt_qemu_sev_validate", PATH)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module
