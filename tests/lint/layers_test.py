# SPDX-License-Identifier: Apache-2.0
"""tools/dev/layers.py finds what it is there to find, in small trees made for the purpose."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools" / "dev"))
import layers  # noqa: E402


def violations(path, *includes):
    """What layers.check says about a tree with the one file `path`."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / path
        file.parent.mkdir(parents=True)
        file.write_text("".join(f"#include {include}\n" for include in includes))
        return layers.check(Path(folder))


class Layers(unittest.TestCase):
    def assert_allowed(self, path, include):
        self.assertEqual(violations(path, include), [])

    def assert_refused(self, path, include, reason):
        found = violations(path, include)
        self.assertEqual(len(found), 1, f"{path} includes {include}: {found}")
        self.assertIn(f"{path}:1: ", found[0])
        self.assertIn(reason, found[0])

    def test_a_layer_may_include_itself_and_what_is_below(self):
        self.assert_allowed("vfs/core/a.h", '"vfs/core/b.h"')
        self.assert_allowed("vfs/host/a.cpp", '"vfs/fs/file_system.h"')
        self.assert_allowed("engine/session/a.cpp", '"engine/inspect/identity.h"')
        self.assert_allowed("tests/vfs/core/a_test.cpp", '"vfs/core/a.h"')

    def test_a_lower_layer_may_not_include_a_higher_one(self):
        self.assert_refused("vfs/core/a.h", '"vfs/fs/file_system.h"', "vfs/core may not include")
        self.assert_refused("vfs/fs/a.cpp", '"engine/hive/hive.h"', "may not include engine/hive")
        self.assert_refused("engine/hive/a.cpp", '"vfs/open/opener.h"', "include vfs/open")
        self.assert_refused("engine/image/a.cpp", '"engine/session/session.h"', "engine/session")
        self.assert_refused("engine/session/a.cpp", '"engine/dismapi/dismapi.h"', "engine/dismapi")

    def test_formats_do_not_know_each_other(self):
        self.assert_refused("vfs/ntfs/a.cpp", '"vfs/wim/wim.h"', "may not include vfs/wim")
        self.assert_refused("vfs/ntfs/a.cpp", '"vfs/volume/gpt.h"', "may not include vfs/volume")
        self.assert_refused("vfs/container/vhd/a.cpp", '"vfs/container/vhdx/b.h"',
                            "do not know each other")
        self.assert_allowed("vfs/container/vhd/a.cpp", '"vfs/container/vhd/b.h"')

    def test_a_disk_layout_is_internal(self):
        self.assert_refused("tools/casement/a.cpp", '"engine/hive/hive_layout.h"', "internal")
        self.assert_allowed("tools/dump/a.cpp", '"engine/hive/hive_layout.h"')

    def test_builders_of_fixtures_share_nothing_with_the_parsers(self):
        self.assert_refused("fixtures/build/a.cpp", '"vfs/core/guid.h"', "may not include vfs/core")
        self.assert_refused("fixtures/build/a.cpp", "<fmt/format.h>", "only vfs")
        self.assert_allowed("fixtures/build/a.cpp", "<vector>")

    def test_programs_do_not_include_each_other(self):
        self.assert_refused("tools/casement/a.cpp", '"tools/fixture/b.h"', "may not include")

    def test_expected_is_named_in_one_file(self):
        self.assert_allowed("vfs/core/result.h", "<expected>")
        self.assert_refused("vfs/core/bytes.h", "<expected>", "only vfs/core/result.h")

    def test_libraries_do_not_print(self):
        self.assert_refused("engine/hive/a.cpp", "<iostream>", "only fixtures, tools, tests")

    def test_outside_libraries_stay_where_they_belong(self):
        self.assert_refused("engine/inspect/a.cpp", "<CLI/CLI.hpp>", "only tools")
        self.assert_refused("vfs/open/a.cpp", "<CLI/CLI.hpp>", "only tools")
        self.assert_refused("engine/hive/a.h", "<boost/endian/buffers.hpp>", "only vfs/core")
        self.assert_refused("engine/hive/a.h", "<boost/optional.hpp>", "only tests")
        self.assert_refused("engine/hive/a.h", "<sqlite3.h>", "does not know")
        self.assert_allowed("tools/casement/a.cpp", "<CLI/CLI.hpp>")

    def test_posix_stays_where_the_host_is_touched(self):
        self.assert_refused("engine/image/a.cpp", "<unistd.h>", "POSIX stays in")
        self.assert_refused("vfs/source/slice_source.cpp", "<sys/stat.h>", "POSIX stays in")
        self.assert_allowed("vfs/source/file_source.cpp", "<sys/stat.h>")
        self.assert_allowed("vfs/host/a.cpp", "<fcntl.h>")

    def test_a_folder_without_a_layer_is_refused(self):
        self.assert_refused("vfs/misc/a.cpp", '"vfs/core/guid.h"', "in no layer")

    def test_paths_are_written_from_the_root(self):
        self.assert_refused("vfs/core/a.cpp", '"a.h"', "from the repository's root")

    def test_a_violation_names_its_line(self):
        found = violations("vfs/core/a.cpp", "<vector>", '"engine/hive/hive.h"')
        self.assertTrue(found[0].startswith("vfs/core/a.cpp:2: "), found)


if __name__ == "__main__":
    unittest.main()
