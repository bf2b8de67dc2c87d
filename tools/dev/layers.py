#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks every #include against the layer rules of ARCHITECTURE.md.

usage: tools/dev/layers.py [ROOT]

Prints one line a violation, `file:line: reason`, and exits 1 when there is one.
"""

import re
import sys
from pathlib import Path

import source_tree

# folder -> the folders that it may include besides itself. The longest matching folder counts; a
# folder's own files and subfolders are always allowed, but for PARTED folders.
FOLDERS = {
    "vfs/core": [],
    "vfs/source": ["vfs/core"],
    "vfs/codec": ["vfs/core"],
    "vfs/fs": ["vfs/core"],
    "vfs/container": ["vfs/core", "vfs/source", "vfs/codec"],
    "vfs/volume": ["vfs/core", "vfs/source", "vfs/codec"],
    "vfs/mount": ["vfs/core", "vfs/source", "vfs/fs"],
    "vfs/open": ["vfs"],
    "engine/hive": ["vfs/core"],
    "engine/bcd": ["vfs/core", "engine/hive"],
    "engine/pe": ["vfs/core"],
    "engine/image": ["vfs/core", "vfs/fs", "vfs/open", "engine/hive", "engine/bcd", "engine/pe"],
    "engine/session": [
        "vfs/core", "vfs/source", "vfs/fs", "vfs/open", "vfs/mount", "vfs/wim",
        "engine/hive", "engine/bcd", "engine/pe", "engine/image", "engine/inspect",
        "engine/servicing",
    ],
    "engine/dismapi": ["vfs/core", "engine"],
    "fixtures/build": [],
    "fixtures/recipes": ["fixtures/build"],
    "tools/casement": ["vfs", "engine", "tools/support"],
    "tools/dism": ["vfs", "engine", "tools/support"],
    "tools/dump": ["vfs", "engine"],
    "tools/fixture": ["fixtures"],
    "tools/support": [],
    "tests": ["vfs", "engine", "fixtures", "tools"],
}
for _file_system in ("ntfs", "fat", "exfat", "wim", "udf", "iso9660", "archive", "host", "live"):
    FOLDERS[f"vfs/{_file_system}"] = ["vfs/core", "vfs/source", "vfs/codec", "vfs/fs"]
# Files of servicing (manifests, INFs, catalogs) are formats; questions read them.
FOLDERS["engine/servicing"] = [
    "vfs/core", "vfs/fs", "vfs/codec", "engine/image", "engine/hive", "engine/bcd", "engine/pe",
]
FOLDERS["engine/inspect"] = [*FOLDERS["engine/servicing"], "engine/servicing"]

# Folders whose subfolders do not know each other: one a format.
PARTED = ("vfs/container",)

# A format's disk layout is its own business; a dump tool shows exactly that.
LAYOUT = re.compile(r"_layout\.h$")
LAYOUT_READERS = ("vfs", "engine", "tests", "tools/dump")

# outside header -> the paths that may include it. The first pattern that matches counts.
OUTSIDE = [
    (re.compile(r"expected$"), ["vfs/core/result.h"]),
    # Libraries never print.
    (re.compile(r"(iostream|print)$"), ["fixtures", "tools", "tests"]),
    (re.compile(r"boost/endian/"), ["vfs/core", "vfs/codec"]),
    (re.compile(r"emmintrin\.h$"), ["vfs/codec"]),
    (re.compile(r"boost/filesystem"),
     ["vfs/source/file*", "vfs/host", "vfs/live", "vfs/mount", "vfs/open", "fixtures/recipes",
      "tools", "tests"]),
    (re.compile(r"boost/"), ["tests"]),
    (re.compile(r"fmt/"), ["vfs", "engine", "fixtures/recipes", "tools", "tests"]),
    (re.compile(r"CLI/"), ["tools", "tests"]),
    (re.compile(r"benchmark/"), ["tests/bench"]),
    (re.compile(r"nlohmann/"), ["tools/fixture"]),
    (re.compile(r"(zlib|zstd|wimlib)\.h$"), ["vfs/codec", "tests"]),
    (re.compile(r"openssl/"), ["vfs/core/digest*", "engine/servicing/catalog*", "tests"]),
    (re.compile(r"pugixml\.hpp$"), ["vfs/wim", "engine/servicing"]),
    (re.compile(r"archive(_entry)?\.h$"), ["vfs/archive", "tests"]),
    (re.compile(r"fuse3?/|fuse(_lowlevel)?\.h$"), ["tools/casement/fuse"]),
]

# POSIX and Linux headers stay where the host is touched.
POSIX = re.compile(
    r"(sys|linux|netinet|arpa)/|"
    r"(dirent|dlfcn|fcntl|fnmatch|ftw|glob|grp|libgen|poll|pthread|pwd|sched|spawn|strings|"
    r"termios|unistd)\.h$")
POSIX_USERS = ["fixtures/recipes/host_tool*", "vfs/source/file*", "vfs/source/large_bytes*", "vfs/host", "vfs/live",
               "vfs/mount", "tools", "tests"]

C_STANDARD = re.compile(
    r"(assert|ctype|errno|float|inttypes|limits|locale|math|setjmp|signal|stdalign|stdarg|"
    r"stdatomic|stdbool|stddef|stdint|stdio|stdlib|string|threads|time|uchar|wchar|wctype)\.h$")
CPP_STANDARD = re.compile(r"[a-z0-9_]+$")

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')


def within(path, place):
    """Whether `path` is the file or lies below the folder `place`; `name*` is a start of a name."""
    if place.endswith("*"):
        return path.startswith(place[:-1])
    return path == place or path.startswith(place + "/")


def folder_of(path):
    """The key of FOLDERS that rules over `path`, or None."""
    matches = [folder for folder in FOLDERS if within(path, folder)]
    return max(matches, key=len, default=None)


def part_of(path, folder):
    """The subfolder of a PARTED folder that `path` is in."""
    rest = path[len(folder) + 1:].split("/")
    return rest[0] if len(rest) > 1 else None


def project_violation(path, header):
    """Why `path` may not include the project's `header`, or None."""
    if "/" not in header:
        # Tests include what a program would find installed.
        return None if path.startswith("tests/") else "write the path from the repository's root"
    folder = folder_of(path)
    if folder is None:
        return "this folder is in no layer: add it to tools/dev/layers.py and ARCHITECTURE.md"
    if LAYOUT.search(header) and not any(within(path, reader) for reader in LAYOUT_READERS):
        return "a disk layout is internal to its format"
    if within(header, folder):
        if folder in PARTED and part_of(header, folder) not in (None, part_of(path, folder)):
            return f"the formats below {folder} do not know each other"
        return None
    if any(within(header, allowed) for allowed in FOLDERS[folder]):
        return None
    return f"{folder} may not include {folder_of(header) or header}"


def outside_violation(path, header):
    """Why `path` may not include the outside `header`, or None."""
    for pattern, allowed in OUTSIDE:
        if pattern.match(header):
            if any(within(path, place) for place in allowed):
                return None
            return f"only {', '.join(allowed)} may"
    if POSIX.match(header):
        if any(within(path, place) for place in POSIX_USERS):
            return None
        return f"POSIX stays in {', '.join(POSIX_USERS)}"
    if CPP_STANDARD.match(header) or C_STANDARD.match(header):
        return None
    if "/" not in header and path.startswith("tests/"):
        return None  # <dismapi.h>, as a program would
    return "a library that tools/dev/layers.py does not know"


def check(root):
    """All violations below `root`, as printable lines."""
    violations = []
    for path in source_tree.c_family_files(root):
        for number, line in enumerate((root / path).read_text().splitlines(), start=1):
            found = INCLUDE.match(line)
            if not found:
                continue
            quote, header = found.groups()
            judge = project_violation if quote == '"' else outside_violation
            reason = judge(path, header)
            if reason:
                violations.append(f"{path}:{number}: {line.strip()}: {reason}")
    return violations


def main(arguments):
    root = Path(arguments[0]) if arguments else source_tree.ROOT
    violations = check(root)
    for violation in violations:
        print(violation)
    print(f"layers: {len(source_tree.c_family_files(root))} files, {len(violations)} violations")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
