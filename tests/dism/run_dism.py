#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the program dism: exit status, files, line ends, streams, and the parsers of others.

usage: run_dism.py --dism PROGRAM --fixture CASEMENT_FIXTURE

The regular expressions are those with which public programs (Salt, Puppet, Chef, tiny11builder and
others) read the output of DISM.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

DISM = None
IMAGE = None
WIM = None


def run(*arguments, **environment):
    """Exit status, standard output and standard error, as bytes."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("DISM_")}
    done = subprocess.run([DISM, *arguments], env={**clean, **environment}, capture_output=True,
                          stdin=subprocess.DEVNULL, timeout=300)
    return done.returncode, done.stdout, done.stderr


def on_image(*arguments, **environment):
    return run(f"/Image:{IMAGE}", *arguments, **environment)


class ExitStatus(unittest.TestCase):
    def test_success_is_zero(self):
        self.assertEqual(on_image("/Get-Features")[0], 0)
        self.assertEqual(run("/?")[0], 0)

    def test_failures_are_the_lowest_eight_bits_and_never_zero(self):
        self.assertEqual(run("/Get-Packages")[0], 87)
        self.assertEqual(run("/Image:/nowhere", "/Get-Packages")[0], 2)
        self.assertEqual(run("/Image:/nowhere/x", "/Get-Packages")[0], 3)
        self.assertEqual(run("/Online", "/Get-Packages")[0], 50)
        self.assertEqual(on_image("/Get-FeatureInfo", "/FeatureName:Foo")[0], 0x0C)

    def test_the_full_code_goes_to_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "code")
            on_image("/Get-FeatureInfo", "/FeatureName:Foo", f"/ExitCodeFile:{path}")
            self.assertEqual(path.read_text(), "-2146498548\n")
            on_image("/Get-Features", DISM_EXIT_FILE=str(path))
            self.assertEqual(path.read_text(), "0\n")
            run("/Image:/nowhere", "/Get-Packages", DISM_EXIT_FILE=str(path))
            self.assertEqual(path.read_text(), "2\n")
            other = Path(folder, "other")
            on_image("/Get-Foo", f"/ExitCodeFile:{other}", DISM_EXIT_FILE=str(path))
            self.assertEqual(other.read_text(), "87\n")
            self.assertEqual(path.read_text(), "2\n")

    def test_a_full_disk_is_a_failure(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("there is no /dev/full")
        with open("/dev/full", "wb") as full:
            done = subprocess.run([DISM, "/?"], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"cannot write the output", done.stderr)

    def test_a_reader_that_stops_early_is_none(self):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run([DISM, "/?"], stdout=writer, stderr=subprocess.PIPE)
        os.close(writer)
        self.assertEqual((done.returncode, done.stderr), (0, b""))


class Streams(unittest.TestCase):
    def test_lines_end_as_asked(self):
        plain = on_image("/Get-Packages")[1]
        self.assertNotIn(b"\r", plain)
        for crlf in (on_image("/Get-Packages", "/Crlf")[1],
                     on_image("/Get-Packages", DISM_CRLF="1")[1]):
            self.assertEqual(crlf, plain.replace(b"\n", b"\r\n"))
        self.assertEqual(on_image("/Get-Packages", DISM_CRLF="0")[1], plain)

    def test_errors_of_dism_go_to_standard_output_and_reasons_to_standard_error(self):
        _, output, notes = run("/Image:/nowhere", "/Get-Packages")
        self.assertIn(b"\nError: 2\n\nUnable to access the image.", output)
        self.assertTrue(notes.startswith(b"dism: "))
        self.assertIn(b"/nowhere", notes)

    def test_quiet_prints_nothing(self):
        self.assertEqual(on_image("/Quiet", "/Get-Packages"), (0, b"", b""))
        self.assertEqual(run("/Quiet", "/Image:/nowhere", "/Get-Packages"), (2, b"", b""))

    def test_a_good_image_says_nothing_on_standard_error(self):
        for command in ("/Get-Packages", "/Get-Features", "/Get-Drivers", "/Get-Capabilities",
                        "/Get-Intl", "/Get-CurrentEdition", "/Get-ProvisionedAppxPackages"):
            status, _, notes = on_image(command)
            self.assertEqual((command, status, notes), (command, 0, b""))


class LogFile(unittest.TestCase):
    def test_a_log_is_appended_to(self):
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder, "dism.log")
            _, output, _ = run("/Image:/nowhere", "/Get-Packages", f"/LogPath:{log}")
            self.assertTrue(
                output.endswith(f"\nThe DISM log file can be found at {log}\n".encode()))
            first = log.read_bytes()
            self.assertIn(b", Error                 DISM   DISM.EXE: ", first)
            self.assertIn(b"/Image:/nowhere", first)
            on_image("/Get-Features", f"/LogPath:{log}")
            self.assertTrue(log.read_bytes().startswith(first))
            self.assertGreater(log.stat().st_size, len(first))

    def test_the_level_leaves_lines_out(self):
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder, "dism.log")
            run("/Image:/nowhere", "/Get-Packages", f"/LogPath:{log}", "/LogLevel:1")
            lines = log.read_text().splitlines()
            self.assertEqual(len([line for line in lines if line]), 1)
            self.assertIn("Error", lines[0])

    def test_a_log_without_a_folder_is_a_warning(self):
        status, output, notes = on_image("/Get-Features", "/LogPath:/nowhere/at/all/dism.log")
        self.assertEqual(status, 0)
        self.assertIn(b"\nFeature Name : ", output)
        self.assertIn(b"Logging is disabled", notes)

    def test_a_scratch_directory_must_be_there(self):
        self.assertEqual(on_image("/Get-Features", "/ScratchDir:/nowhere")[0], 3)
        self.assertEqual(on_image("/Get-Features", "/ScratchDir:/")[0], 0)


class ImageFiles(unittest.TestCase):
    def test_images_are_listed_and_described(self):
        status, output, _ = run("/Get-WimInfo", f"/WimFile:{WIM}")
        self.assertEqual(status, 0)
        text = output.decode()
        self.assertIn(f"\n\nDetails for image : {WIM}\n\nIndex : 1\nName : ", text)
        indexes = re.findall(r"Index : (\d+)", text)
        self.assertEqual(indexes, ["1", "2"])
        status, output, _ = run("/Get-ImageInfo", f"/ImageFile:{WIM}", "/Index:2")
        self.assertEqual(status, 0)
        self.assertEqual(re.search(r"Architecture : (\w+)", output.decode()).group(1), "x64")
        self.assertEqual(run("/Get-ImageInfo", f"/ImageFile:{WIM}", "/Index:3")[0], 87)
        name = re.findall(r"\nName : (.*)\n", text)[1]
        by_name = run("/Get-ImageInfo", f"/ImageFile:{WIM}", f"/Name:{name}")[1]
        self.assertEqual(by_name, output)

    def test_files_of_an_image_are_listed(self):
        status, output, _ = run("/List-Image", f"/ImageFile:{WIM}", "/Index:1")
        self.assertEqual(status, 0)
        lines = output.decode().splitlines()
        self.assertIn("\\Windows\\System32\\config\\SOFTWARE", lines)
        self.assertEqual(run("/List-Image", f"/ImageFile:{WIM}")[0], 87)

    def test_an_image_in_a_file_is_asked_without_mounting_it(self):
        status, output, _ = run(f"/Image:{WIM}#2", "/Get-CurrentEdition")
        self.assertEqual(status, 0)
        self.assertIn(b"\nCurrent Edition : Professional\n", output)

    def test_another_file_has_a_wrong_format(self):
        self.assertEqual(run("/Get-ImageInfo", f"/ImageFile:{__file__}")[0], 11)


class Parsers(unittest.TestCase):
    """With CR LF, as on Windows."""

    @classmethod
    def setUpClass(cls):
        def text(*arguments):
            return on_image("/English", *arguments, DISM_CRLF="1")[1].decode()

        cls.features = text("/Get-Features")
        cls.feature_table = text("/Get-Features", "/Format:Table")
        cls.packages = text("/Get-Packages")
        cls.capabilities = text("/Get-Capabilities")
        cls.intl = text("/Get-Intl")
        cls.apps = text("/Get-ProvisionedAppxPackages")
        cls.drivers = text("/Get-Drivers")

    def test_salt(self):
        enabled = re.findall(r"Feature Name : (.*)\r\n.*State : Enabled\r\n", self.features)
        every = re.findall(r"Feature Name : (.*)\r\n", self.features)
        self.assertTrue(enabled)
        self.assertTrue(set(enabled) < set(every))
        self.assertTrue(all(name == name.strip() for name in every))
        self.assertTrue(re.findall(r"Package Identity : (.*)\r\n.*State : Installed\r\n",
                                   self.packages))
        self.assertTrue(re.findall(r"Capability Identity : (.*)\r\n.*State : Installed\r\n",
                                   self.capabilities))

    def test_puppet(self):
        pairs = re.findall(r"^Feature Name : ([\w-]+)\nState : (\w+)",
                           self.features.replace("\r", ""), re.MULTILINE)
        self.assertEqual(len(pairs), self.features.count("Feature Name : "))

    def test_chef_features(self):
        states = {"enabled": [], "disabled": [], "removed": []}
        for line in self.feature_table.split("\r\n"):
            if " | " not in line:
                continue
            name = re.split(r"\s+[|]\s+", line.strip())[0]
            if re.search("Payload Removed", line):
                states["removed"].append(name)
            elif re.search("Enable", line):
                states["enabled"].append(name)
            elif re.search("Disable", line):
                states["disabled"].append(name)
        names = re.findall(r"Feature Name : (.*)\r\n", self.features)
        self.assertEqual(sorted(sum(states.values(), [])), sorted(names))

    def test_chef_packages(self):
        identity = re.search(r"Package Identity : (.*)\r\n", self.packages).group(1)
        info = on_image("/Get-PackageInfo", f"/PackageName:{identity}",
                        DISM_CRLF="1")[1].decode()
        section = None
        facts = {}
        for line in info.split("\r\n"):
            if re.match("Package information|Custom Properties|Features", line):
                section = line
            elif section == "Package information:" and " : " in line:
                key, value = line.split(" : ", 1)
                facts[key] = value
        self.assertEqual(facts["Package Identity"], identity)
        self.assertEqual(facts["State"], "Installed")
        missing = on_image("/Get-PackageInfo", "/PackagePath:/nowhere/at/x.cab",
                           DISM_CRLF="1")[1].decode()
        self.assertRegex(re.search("Error: (.*)", missing).group(1).strip(), "^0x80070003$")

    def test_other_scripts(self):
        self.assertRegex(self.intl, r"Default system UI language : [a-z]{2}-[A-Z]{2}\r\n")
        self.assertRegex(self.apps, r"PackageName : \S+_\S+__?\S+\r\n")
        self.assertRegex(self.drivers, r"Published Name : oem\d+\.inf\r\n")
        health = on_image("/Cleanup-Image", "/CheckHealth", DISM_CRLF="1")[1].decode()
        self.assertIn("No component store corruption detected.\r\n", health)
        self.assertTrue(self.packages.endswith("The operation completed successfully.\r\n"))

    def test_the_store_is_analysed(self):
        status, output, _ = on_image("/Cleanup-Image", "/AnalyzeComponentStore", DISM_CRLF="1")
        text = output.decode()
        self.assertEqual(status, 0)
        self.assertIn("[==========================100.0%==========================]\r\n\r\n"
                      "Component Store (WinSxS) information:\r\n\r\n", text)
        self.assertRegex(text, r"\r\nActual Size of Component Store : [\d.]+ \w+\r\n")
        self.assertRegex(text, r"\r\n    Cache and Temporary Data :  [\d.]+ \w+\r\n")
        self.assertRegex(text, r"Component Store Cleanup Recommended : (Yes|No)\r\n")

    def test_the_store_is_scanned(self):
        status, output, _ = on_image("/Cleanup-Image", "/ScanHealth", DISM_CRLF="1")
        self.assertEqual(status, 0)
        self.assertIn(b"100.0%==========================] No component store corruption detected."
                      b"\r\nThe operation completed successfully.\r\n", output)


def main():
    global DISM, IMAGE, WIM
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dism", required=True)
    parser.add_argument("--fixture", required=True)
    given, rest = parser.parse_known_args()
    DISM = given.dism
    with tempfile.TemporaryDirectory() as folder:
        IMAGE = os.path.join(folder, "windows_10")
        WIM = os.path.join(folder, "install.wim")
        subprocess.run([given.fixture, "windows_10", IMAGE], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([given.fixture, "windows_10", WIM, "--editions", "Core,Professional"],
                       check=True, stdout=subprocess.DEVNULL)
        result = unittest.main(argv=[sys.argv[0], *rest], exit=False).result
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
