# SPDX-License-Identifier: Apache-2.0
"""The files of this repository, as the checks beside this one see them."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

TOP_FOLDERS = (".ci", "engine", "fixtures", "tests", "tools", "vfs")
SKIPPED_FOLDERS = {"__pycache__"}
C_FAMILY = {".c", ".cpp", ".h"}


def files(root):
    """Paths relative to `root`, sorted: what lies beside and below the top-level folders.

    Not asked of git: an exported tree without a .git is checked just the same.
    """
    found = [path.name for path in root.iterdir() if path.is_file()]
    for top in TOP_FOLDERS:
        for folder, subfolders, names in os.walk(root / top):
            subfolders[:] = [name for name in subfolders if name not in SKIPPED_FOLDERS]
            relative = Path(folder).relative_to(root)
            found += [(relative / name).as_posix() for name in names]
    return sorted(found)


def c_family_files(root):
    """The C and C++ sources among files()."""
    return [name for name in files(root) if Path(name).suffix in C_FAMILY]


def read_text(root, name):
    """The text of a file, or None when it is not text (a binary fixture)."""
    try:
        text = (root / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
