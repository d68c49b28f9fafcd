# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is the whole way that README shows for SEV one, from a platform's certificates to a secret?

Runs README's examples of it, as they stand there, in a folder that holds the files they name. The
host, its secure processor and AMD are models: see test/support.

    test_flow.py SOURCE COMMAND SEVLAUNCH
"""
import base64
import os
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree
from pathlib import Path

SOURCE, COMMAND, SEVLAUNCH = Path(sys.argv[1]), *sys.argv[2:4]
sys.path.append(str(SOURCE / "test/support"))
import model  # noqa: E402
import secure_processor as sp  # noqa: E402
import sev_platform as sev  # noqa: E402

FIRMWARE = Path("/usr/share/ovmf/OVMF.fd")
SECRET = b"correct horse"
SERVICE = "https://kdsintf.amd.com/cek/id/"
AUTHORITIES = "https://download.amd.com/developer/eula/sev/ask_ark_milan.cert"


def examples():
    """Those that come first: what is missing, platform, session, validation."""
    section = (SOURCE / "README.md").read_text().split("## SEV and SEV-ES: ")[1].split("\n## ")[0]
    return re.findall(r"(?:^    .*\n)+", section, re.M)


class Flow(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.platform = sev.Platform(b"flow")
        self.write("nodesevinfo.txt", self.platform.node_info)
        self.write("OVMF.sev.fd", FIRMWARE.read_bytes())
        self.write("disk-key.bin", SECRET)
        (self.folder / "virt-qemu-sev-validate").symlink_to(COMMAND)
        self.write_commands(self.platform.ark.fingerprint)

    def write(self, name, data):
        (self.folder / name).write_bytes(data.encode() if isinstance(data, str) else data)

    def write_script(self, name, text):
        self.write(name, "#!/bin/sh\n" + text)
        (self.folder / name).chmod(0o755)

    def write_commands(self, root):
        """curl gets what AMD publishes of this platform; sevlaunch trusts this root."""
        files = self.platform.files
        self.write("amd-cek", files["cek.cert"])
        self.write("amd-ask-ark", files["ask_ark.cert"])
        self.write_script("curl", f"""case "$*" in
"-sSfo cek.cert {SERVICE}{self.platform.chip_id.hex()}") cp amd-cek cek.cert ;;
"-sSfO {AUTHORITIES}") cp amd-ask-ark ask_ark_milan.cert ;;
*) exit 22 ;;
esac
""")
        self.write_script("sevlaunch", f"""case $1 in
sev-chain | sev-session) set -- "$@" --ark-fingerprint {root} ;;
esac
exec {SEVLAUNCH} "$@"
""")

    def run_example(self, example):
        environment = dict(os.environ, PATH=f"{self.folder}:{os.environ['PATH']}")
        return subprocess.run(["bash", "-e", "-o", "pipefail", "-c", example], cwd=self.folder,
                              env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=240, check=False)

    def assert_answers(self, example, code=0):
        done = self.run_example(example)
        self.assertEqual(done.returncode, code, done)
        return done

    def read_base64(self, name):
        return base64.b64decode((self.folder / name).read_text(), validate=True)

    def get_session(self, code=0):
        """What comes before the launch; the examples write CHIP_ID for what the first one tells."""
        missing, platform, session, _ = examples()
        told = self.assert_answers(missing, 2).stderr.decode()
        self.assertIn("ask_ark_", told)
        chip_id = re.search(SERVICE + "([0-9a-f]{128})", told)[1]
        self.assertIn("CHIP_ID", platform)
        self.assert_answers(platform.replace("CHIP_ID", chip_id), code)
        self.assert_answers(session, code)

    def session(self):
        """Policy, GODH and session, as libvirt finds them in its element."""
        element = xml.etree.ElementTree.parse(self.folder / "launch-security.xml").getroot()
        self.assertEqual((element.tag, element.get("type")), ("launchSecurity", "sev"))
        godh, blob = (base64.b64decode(element.find(name).text, validate=True)
                      for name in ("dhCert", "session"))
        self.assertEqual(godh, self.read_base64("guest_godh.b64"))
        self.assertEqual(blob, self.read_base64("guest_session.b64"))
        return int(element.find("policy").text, 16), godh, blob

    def launch(self, firmware):
        """A guest, and what the host tells of it."""
        guest = sp.SecureProcessor.of(self.platform).launch_start(*self.session())
        guest.launch_update(firmware)
        measurement = model.encode(guest.launch_measure())
        self.write("info.txt", f"sev-measurement: {measurement}\nsev-api-major  : 0\n"
                               f"sev-api-minor  : 24\nsev-build-id   : 13\n"
                               f"sev-policy     : {guest.policy}\n\n")
        return guest

    def test_the_whole_way(self):
        self.get_session()
        guest = self.launch(FIRMWARE.read_bytes())
        keys = self.folder / "guest-tk.bin"
        self.assertEqual(keys.read_bytes(), guest.tek + guest.tik)
        self.assertEqual(keys.stat().st_mode & 0o777, 0o600)
        self.assert_answers(examples()[-1])
        table = guest.launch_secret(self.read_base64("header.b64"), self.read_base64("payload.b64"))
        self.assertEqual(list(model.secrets_in(table)[0].values()), [SECRET])

    def test_other_firmware(self):
        self.get_session()
        self.launch(model.flip(FIRMWARE.read_bytes(), 12345))
        self.assert_answers(examples()[-1], 1)
        self.assertFalse((self.folder / "header.b64").exists())

    def test_other_root(self):
        """No session is made."""
        self.write_commands("00" * 48)
        self.get_session(1)
        self.assertEqual([*self.folder.glob("guest*")], [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
