# SPDX-License-Identifier: Apache-2.0
"""tools/dev/install-packages knows each package written in it, and each purpose that scripts name."""

import re
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tools" / "dev" / "install-packages"


def listed(*purposes):
    return subprocess.run([SCRIPT, "--list", *purposes], check=True, text=True,
                          stdout=subprocess.PIPE).stdout.split()


class InstallPackages(unittest.TestCase):
    def test_lists_every_package_of_a_purpose(self):
        written = re.findall(r'^  \[(\w+)\]="([^"]*)"', SCRIPT.read_text(), re.MULTILINE)
        self.assertGreaterEqual(len(written), 7)
        for purpose, packages in written:
            with self.subTest(purpose):
                self.assertEqual(listed(purpose), packages.split())

    def test_joins_purposes(self):
        self.assertEqual(listed("build", "test"), listed("build") + listed("test"))

    def test_knows_the_purposes_that_scripts_name(self):
        for script in ("run-tests", "quickstart"):
            calls = re.findall(r"tools/dev/install-packages([a-z ]+)$",
                               (ROOT / "tools" / script).read_text(), re.MULTILINE)
            self.assertTrue(calls, script)
            for purposes in calls:
                self.assertTrue(listed(*purposes.split()))

    def test_refuses_an_unknown_purpose(self):
        run = subprocess.run([SCRIPT, "--list", "spoons"], text=True, stderr=subprocess.PIPE)
        self.assertEqual(run.returncode, 2)
        self.assertIn("no such purpose: spoons", run.stderr)


if __name__ == "__main__":
    unittest.main()
