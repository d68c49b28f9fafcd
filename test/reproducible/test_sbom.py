# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Whether the list of what is built in has all that SPDX 2.3 makes mandatory, and
whether what it says is so.

usage: test_sbom.py SOURCE MBEDTLS NCDC BUILD
"""
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

SOURCE, MBEDTLS, NCDC, BUILD = map(Path, sys.argv[1:])
PINS = "toolchains/deps/pins.txt"
NAME = "sevlaunch.spdx.json"
IDENTIFIER = re.compile(r"SPDXRef-[A-Za-z0-9.-]+\Z")
LOCATION = re.compile(r"(NONE|NOASSERTION|https://\S+)\Z")
SUM_LENGTHS = {"SHA1": 40, "SHA256": 64}


def read(path):
    return json.loads(path.read_text())


def package(document, name):
    found, = (package for package in document["packages"] if package["name"] == name)
    return found


def sums(element):
    return {each["algorithm"]: each["checksumValue"] for each in element["checksums"]}


def configure(source, folder, *options):
    subprocess.run(["cmake", "-G", "Ninja", "-S", source, "-B", folder, "-DBUILD_TESTING=OFF",
                    f"-DSEVLAUNCH_NCDC_SOURCE={NCDC}", *options], check=True, stdout=subprocess.DEVNULL)
    return read(Path(folder, NAME))


class Sbom(unittest.TestCase):
    def check_document(self, document):
        """The mandatory fields of SPDX 2.3, clauses 6 to 8 and 11."""
        self.assertEqual(document["spdxVersion"], "SPDX-2.3")
        self.assertEqual(document["dataLicense"], "CC0-1.0")
        self.assertEqual(document["SPDXID"], "SPDXRef-DOCUMENT")
        self.assertTrue(document["name"])
        self.assertRegex(document["documentNamespace"], r"\A[a-z]+:[^#\s]+\Z")
        created = document["creationInfo"]
        self.assertRegex(created["created"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
        for creator in created["creators"]:
            self.assertRegex(creator, r"\A(Person|Organization|Tool): .+")
        for each in document["packages"]:
            self.check_package(each)
        for each in document["files"]:
            self.check_file(each)
        self.check_references(document)
        self.check_names(package(document, "Mbed TLS"))

    def check_names(self, mbedtls):
        """As tools that search for known flaws query it."""
        version = mbedtls["versionInfo"]
        self.assertEqual([each["referenceLocator"] for each in mbedtls["externalRefs"]],
                         [f"pkg:github/Mbed-TLS/mbedtls@mbedtls-{version}",
                          f"cpe:2.3:a:arm:mbed_tls:{version}:*:*:*:*:*:*:*"])

    def check_package(self, each):
        self.assertTrue(each["name"])
        self.assertRegex(each["SPDXID"], IDENTIFIER)
        self.assertRegex(each["downloadLocation"], LOCATION)
        self.assertEqual(each["filesAnalyzed"], "packageVerificationCode" in each)
        self.assertEqual(each["filesAnalyzed"], "hasFiles" in each)
        for algorithm, value in sums({"checksums": [], **each}).items():
            self.assertRegex(value, rf"\A[0-9a-f]{{{SUM_LENGTHS[algorithm]}}}\Z")

    def check_file(self, each):
        self.assertRegex(each["fileName"], r"\A\./")
        self.assertRegex(each["SPDXID"], IDENTIFIER)
        self.assertIn("SHA1", sums(each))
        for algorithm, value in sums(each).items():
            self.assertRegex(value, rf"\A[0-9a-f]{{{SUM_LENGTHS[algorithm]}}}\Z")

    def check_references(self, document):
        elements = [document, *document["packages"], *document["files"]]
        identifiers = [each["SPDXID"] for each in elements]
        self.assertEqual(len(identifiers), len(set(identifiers)))
        for each in document["relationships"]:
            self.assertIn(each["spdxElementId"], identifiers)
            self.assertIn(each["relatedSpdxElement"], identifiers)
            self.assertIn(each["relationshipType"],
                          ("DESCRIBES", "CONTAINS", "STATIC_LINK", "DYNAMIC_LINK"))
        for each in document["packages"]:
            self.assertLessEqual(set(each.get("hasFiles", [])), set(identifiers))
            self.check_code(document, each)

    def check_code(self, document, each):
        """Clause 7.9: the SHA-1 of the files' SHA-1 values, in order."""
        if not each["filesAnalyzed"]:
            return
        found = sorted(sums(file)["SHA1"] for file in document["files"]
                       if file["SPDXID"] in each["hasFiles"])
        self.assertEqual(each["packageVerificationCode"]["packageVerificationCodeValue"],
                         hashlib.sha1("".join(found).encode()).hexdigest())

    def version(self):
        text = Path(MBEDTLS, "include/mbedtls/build_info.h").read_text()
        return re.search(r'VERSION_STRING +"(.*)"', text)[1]

    def test_this_build(self):
        document = read(Path(BUILD, NAME))
        self.check_document(document)
        own = subprocess.run([Path(BUILD, "virt-qemu-sev-validate"), "--version"], check=True,
                             stdout=subprocess.PIPE, text=True).stdout.split()[-1]
        self.assertEqual(package(document, "sevlaunch")["versionInfo"], own)

    def copy_mbedtls(self, tree, version):
        shutil.copytree(MBEDTLS, tree)
        header = tree / "include/mbedtls/build_info.h"
        header.write_text(header.read_text().replace(f'"{self.version()}"', f'"{version}"'))

    def fetched(self, tree, *options, pinned=True):
        """The list's entry for a tree that fetch.sh extracts from an archive in its folder, which
        is the pinned archive or another."""
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "source")
            shutil.copytree(SOURCE, source, ignore=shutil.ignore_patterns("build", ".git"))
            deps = source / "build/deps"
            deps.mkdir(parents=True)
            name, version = tree.name.split("-")
            archive = deps / f"{name}_{version}.orig.tar.gz"
            with tarfile.open(archive, "w") as file:
                file.add(tree, tree.name)
            digest = hashlib.sha256(archive.read_bytes()).hexdigest()
            Path(deps, f"{tree.name}.sha256").write_text(f"{digest}  {archive.name}\n")
            if pinned:
                pins = source / PINS
                pins.write_text(re.sub(rf"^({name} \S+) \S+", rf"\1 {digest}",
                                       pins.read_text(), flags=re.M))
            document = configure(source, source / "build/host", *options)
        self.check_document(document)
        return document, digest

    def pin(self, name):
        """Returns version and address."""
        fields, = (line.split() for line in Path(SOURCE, PINS).read_text().splitlines()
                   if line.startswith(f"{name} "))
        return fields[1], fields[3]

    def fetched_mbedtls(self, version, pinned):
        with tempfile.TemporaryDirectory() as folder:
            tree = Path(folder, f"mbedtls-{version}")
            self.copy_mbedtls(tree, version)
            document, digest = self.fetched(tree, "-DCMAKE_DISABLE_FIND_PACKAGE_MbedTLS=ON",
                                            pinned=pinned)
        mbedtls = package(document, "Mbed TLS")
        self.assertEqual(mbedtls["versionInfo"], version)
        self.assertEqual(sums(mbedtls), {"SHA256": digest})
        return mbedtls

    def test_mbedtls_as_released(self):
        """Mirrors give the archive other names."""
        version, url = self.pin("mbedtls")
        mbedtls = self.fetched_mbedtls(version, pinned=True)
        self.assertEqual(mbedtls["downloadLocation"], url)
        self.assertEqual(mbedtls["packageFileName"], f"mbedtls-{version}.tar.bz2")

    def test_mbedtls_of_another_archive(self):
        mbedtls = self.fetched_mbedtls("3.6.99", pinned=False)
        self.assertEqual(mbedtls["downloadLocation"], "NOASSERTION")
        self.assertEqual(mbedtls["packageFileName"], "mbedtls_3.6.99.orig.tar.gz")

    def test_yxml_as_released(self):
        """It is a part of another project's archive."""
        version, url = self.pin("ncdc")
        with tempfile.TemporaryDirectory() as folder:
            tree = Path(folder, f"ncdc-{version}")
            (tree / "deps").mkdir(parents=True)
            for name in ("yxml.c", "yxml.h"):
                shutil.copy(NCDC / "deps" / name, tree / "deps")
            document, digest = self.fetched(tree, "-DSEVLAUNCH_NCDC_SOURCE=",
                                            f"-DSEVLAUNCH_MBEDTLS_SOURCE={MBEDTLS}")
        yxml = package(document, "yxml")
        self.assertEqual(yxml["downloadLocation"], url)
        self.assertEqual(yxml["packageFileName"], f"ncdc-{version}.tar.gz")
        self.assertEqual(sums(yxml), {"SHA256": digest})

    def test_yxml_of_a_tree_that_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            document = configure(SOURCE, Path(folder, "build"),
                                 f"-DSEVLAUNCH_MBEDTLS_SOURCE={MBEDTLS}")
        self.check_document(document)
        listed = {file["fileName"]: sums(file)["SHA256"] for file in document["files"]}
        for name in ("yxml.c", "yxml.h"):
            content = Path(NCDC, "deps", name).read_bytes()
            self.assertEqual(listed[f"./deps/{name}"], hashlib.sha256(content).hexdigest())

    def test_mbedtls_of_a_tree_that_is_named(self):
        """Its files may differ from the archive's, so the files that are built in are listed."""
        with tempfile.TemporaryDirectory() as folder:
            tree = Path(folder, "mbedtls")
            self.copy_mbedtls(tree, "3.6.99")
            Path(f"{tree}.sha256").write_text(f"{'0' * 64}  another.tar.bz2\n")
            document = configure(SOURCE, Path(folder, "build"),
                                 f"-DSEVLAUNCH_MBEDTLS_SOURCE={tree}")
        self.check_document(document)
        mbedtls = package(document, "Mbed TLS")
        self.assertEqual(mbedtls["versionInfo"], "3.6.99")
        self.assertEqual(mbedtls["downloadLocation"], "NOASSERTION")
        self.assertNotIn("checksums", mbedtls)
        listed = {file["fileName"]: sums(file)["SHA256"] for file in document["files"]}
        for name in ("aes.c", "base64.c", "constant_time.c", "platform_util.c", "sha256.c",
                     "sha512.c"):
            content = Path(MBEDTLS, "library", name).read_bytes()
            self.assertEqual(listed[f"./library/{name}"], hashlib.sha256(content).hexdigest())

    def test_it_is_installed(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["cmake", "--install", BUILD, "--prefix", folder], check=True,
                           stdout=subprocess.DEVNULL)
            installed = Path(folder, "share/doc/sevlaunch", NAME).read_text()
        self.assertEqual(installed, Path(BUILD, NAME).read_text())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
