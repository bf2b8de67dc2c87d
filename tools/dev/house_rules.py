#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the rules of the house that no compiler and no formatter knows.

usage: tools/dev/house_rules.py [ROOT]

Every source begins with its licence and one sentence; headers are guarded; no file outgrows one
subject; nothing unfinished and no path of one person's machine is left in the tree. Prints one line
a finding and exits 1 when one is an error.
"""

import re
import sys
from pathlib import Path

import source_tree

WARN_LINES = 300
MAX_LINES = 600

LICENCE = "SPDX-License-Identifier: Apache-2.0"
LICENSED_SUFFIXES = source_tree.C_FAMILY | {".sh"}

# The C interface is one header, as programs know it from Windows.
LONG_FILES = {"engine/dismapi/dismapi.h": 1200}

UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
# An absolute path into somebody's home or work folder.
MACHINE_PATH = re.compile(r"(?<![\w.%}$*\\-])/(work|root|home)/")
# Scripts ask for a temporary directory; in an example for readers /tmp is nobody's machine.
TEMPORARY_PATH = re.compile(r"(?<![\w.%}$*\\-])/t" r"mp/")

# Prose, licences and data may be as long as they need to be.
UNLIMITED_SUFFIXES = {".md", ".txt", ".json", ".test", ".reg", ".xml", ""}


def is_script(text):
    return text.startswith("#!")


def is_build_code(name, text):
    path = Path(name)
    return path.suffix in {".py", ".cmake"} or path.name == "CMakeLists.txt" or is_script(text)


def needs_licence(name, text):
    return Path(name).suffix in LICENSED_SUFFIXES or is_build_code(name, text)


def errors_in(name, text):
    """The rules that `name` breaks, as texts."""
    lines = text.splitlines()
    suffix = Path(name).suffix
    head = "\n".join(lines[:2])
    if needs_licence(name, text) and LICENCE not in head:
        yield f"no '{LICENCE}' in the first two lines"
    # A test's path names what it is about.
    if suffix in source_tree.C_FAMILY and not name.endswith("_test.cpp") and not (
            len(lines) > 1 and lines[1].startswith("// ") and len(lines[1]) > 10):
        yield "line 2 does not say in one sentence what the file is"
    if suffix == ".h" and not re.search(r"^#(pragma once|ifndef \w+_H_?)$", text, re.MULTILINE):
        yield "no #pragma once"
    most = LONG_FILES.get(name, MAX_LINES)
    if (suffix not in UNLIMITED_SUFFIXES or is_script(text)) and len(lines) > most:
        yield f"{len(lines)} lines; {most} is the most"
    for number, line in enumerate(lines, start=1):
        if UNFINISHED.search(line):
            yield f"line {number}: unfinished: {line.strip()}"
        if MACHINE_PATH.search(line) or (is_build_code(name, text) and
                                         TEMPORARY_PATH.search(line)):
            yield f"line {number}: a path of one machine: {line.strip()}"


def check(root):
    """(errors, warnings) below `root`, each a list of printable lines."""
    errors = []
    warnings = []
    for name in source_tree.files(root):
        text = source_tree.read_text(root, name)
        if text is None:
            continue
        errors += [f"{name}: {error}" for error in errors_in(name, text)]
        length = text.count("\n")
        if Path(name).suffix in source_tree.C_FAMILY and WARN_LINES < length <= MAX_LINES:
            warnings.append(f"{name}: {length} lines; does it still do one thing?")
    return errors, warnings


def main(arguments):
    root = Path(arguments[0]) if arguments else source_tree.ROOT
    errors, warnings = check(root)
    for warning in warnings:
        print(f"warning: {warning}")
    for error in errors:
        print(f"error: {error}")
    print(f"house rules: {len(errors)} errors, {len(warnings)} warnings")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
