# SPDX-License-Identifier: Apache-2.0
"""Proves that a misuse does not compile, and that the same file without it does.

usage: compile_fail.py COMPILER INCLUDE_DIR SOURCE

SOURCE has the misuse below `#ifdef MISUSE` and a line `// Refused: <regular expression>` for what
the compiler must say about it. A compiler that fails for another reason fails the test.
"""

import re
import subprocess
import sys
from pathlib import Path

FLAGS = ["-std=c++23", "-fsyntax-only", "-Wall", "-Wextra", "-Wconversion", "-Werror"]


def compile_source(compiler, include_dir, source, *more):
    command = [compiler, *FLAGS, f"-I{include_dir}", *more, source]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def main(compiler, include_dir, source):
    expected = re.search(r"^// Refused: (.+)$", Path(source).read_text(), re.MULTILINE)
    if not expected:
        print(f"{source}: no line '// Refused: ...'")
        return 1
    right = compile_source(compiler, include_dir, source)
    if right.returncode != 0:
        print(f"without the misuse it must compile, but:\n{right.stderr}")
        return 1
    wrong = compile_source(compiler, include_dir, source, "-DMISUSE")
    if wrong.returncode == 0:
        print("with the misuse it must not compile, but it does")
        return 1
    if not re.search(expected.group(1), wrong.stderr):
        print(f"refused, but not for /{expected.group(1)}/:\n{wrong.stderr}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
