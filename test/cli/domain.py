# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The XML of a domain, as virsh dumpxml shows it."""
from xml.sax.saxutils import escape


def launch_security(policy=3, kind="sev", hashes=None, cert=1, session=1, policies=1):
    attribute = "" if hashes is None else f" kernelHashes='{hashes}'"
    return (f"  <launchSecurity type='{kind}'{attribute}>\n    <cbitpos>47</cbitpos>\n"
            "    <reducedPhysBits>1</reducedPhysBits>\n"
            + f"    <policy>0x{policy:04x}</policy>\n" * policies
            + "    <dhCert>AQAAAAAQ</dhCert>\n" * cert + "    <session>JTLNWQ==</session>\n" * session
            + "  </launchSecurity>\n")


def domain(security, vcpu="<vcpu placement='static'>1</vcpu>", cpu="", nvram=0,
           loaders=("/usr/share/OVMF/firmware.fd",), boot=""):
    """`boot` is what os has for a kernel; `security` what stands for launchSecurity."""
    return ("<domain type='kvm' id='1'>\n  <name>guest</name>\n  <uuid>"
            "db1af7f4-4614-4f73-9ecd-386d399a7345</uuid>\n"
            f"  <memory unit='KiB'>1048576</memory>\n  {vcpu}\n"
            "  <os>\n    <type arch='x86_64' machine='pc-q35-7.2'>hvm</type>\n"
            + "".join(f"    <loader readonly='yes' type='rom'>{escape(loader)}</loader>\n"
                      for loader in loaders)
            + "    <nvram>/var/lib/libvirt/qemu/nvram/guest.fd</nvram>\n" * nvram
            + boot + f"  </os>\n  {cpu}\n{security}</domain>\n")


def direct_boot(kernel=True, initrd=False, cmdline=None):
    return ("    <kernel>/boot/vmlinuz</kernel>\n" * kernel
            + "    <initrd>/boot/initrd.img</initrd>\n" * initrd
            + ("" if cmdline is None else f"    <cmdline>{escape(cmdline)}</cmdline>\n"))
