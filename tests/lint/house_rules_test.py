# SPDX-License-Identifier: Apache-2.0
"""tools/dev/house_rules.py finds what it is there to find."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools" / "dev"))
import house_rules  # noqa: E402

HEAD = "// SPDX-License-Identifier: Apache-2.0\n// One sentence about it.\n"


class HouseRules(unittest.TestCase):
    def assert_fine(self, name, text):
        self.assertEqual(list(house_rules.errors_in(name, text)), [])

    def assert_error(self, name, text, part):
        found = list(house_rules.errors_in(name, text))
        self.assertEqual(len(found), 1, found)
        self.assertIn(part, found[0])

    def test_accepts_a_good_file(self):
        self.assert_fine("vfs/core/a.cpp", HEAD + "int x;\n")
        self.assert_fine("vfs/core/a.h", HEAD + "#pragma once\n")
        self.assert_fine("README.md", "# Title\n")

    def test_wants_the_licence(self):
        self.assert_error("a.cpp", "// x\n// One sentence about it.\n", "SPDX")
        self.assert_error("vfs/CMakeLists.txt", "project(x)\n", "SPDX")
        self.assert_error("tools/quickstart", "#!/bin/sh\n", "SPDX")

    def test_wants_a_sentence(self):
        self.assert_error("a.cpp", "// SPDX-License-Identifier: Apache-2.0\nint x;\n", "sentence")
        self.assert_fine("a_test.cpp", "// SPDX-License-Identifier: Apache-2.0\nint x;\n")

    def test_wants_headers_guarded(self):
        self.assert_error("a.h", HEAD + "int x;\n", "#pragma once")

    def test_limits_the_length(self):
        self.assert_fine("a.cpp", HEAD + "\n" * (house_rules.MAX_LINES - 2))
        self.assert_error("a.cpp", HEAD + "\n" * (house_rules.MAX_LINES - 1), "is the most")

    def test_finds_unfinished_work(self):
        self.assert_error("a.cpp", HEAD + "// TO" "DO: finish\n", "line 3: unfinished")
        self.assert_fine("a.cpp", HEAD + 'mkdtemp("casement-XXXXXX");\n')

    def test_finds_paths_of_one_machine(self):
        self.assert_error("a.md", "see /home" "/ann/casement\n", "a path of one machine")
        self.assert_error("a.py", f"# {house_rules.LICENCE}\nopen('/tmp" "/x')\n", "one machine")
        self.assert_fine("a.md", "tool /tmp" "/x\n")
        self.assert_fine("a.md", "see $ROOT/tmp" "/x and \\Windows\\tmp\n")


if __name__ == "__main__":
    unittest.main()
