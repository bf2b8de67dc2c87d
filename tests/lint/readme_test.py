# SPDX-License-Identifier: Apache-2.0
"""Runs the examples of README.md and compares what they print with what it says.

usage: readme_test.py BIN_DIR README [--write]

An example is a fenced `console` block: lines that begin with "$ " are commands, the lines below
each are its output. All run in one fresh directory, in their order, with BIN_DIR first in PATH; where
a program prints that directory, the README says /srv/images.
--write puts the real output into the README instead of comparing.
"""

import difflib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SHOWN_FOLDER = "/srv/images"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands_of(block):
    return [line[2:] for line in block.splitlines() if line.startswith("$ ")]


def run(command, folder, bin_dir):
    """What `command` prints, both streams as a terminal would show them."""
    environment = {
        "PATH": f"{bin_dir}{os.pathsep}{os.environ['PATH']}",
        "HOME": folder,
        "LANG": "C.UTF-8",
        "TZ": "UTC",
    }
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    output = done.stdout.replace(folder, SHOWN_FOLDER)
    return output if not output or output.endswith("\n") else output + "\n"


def real_blocks(text, bin_dir):
    """The text with each example's output replaced by what the command prints now."""
    with tempfile.TemporaryDirectory() as folder:
        def replay(match):
            lines = [f"$ {command}\n{run(command, folder, bin_dir)}"
                     for command in commands_of(match.group(1))]
            return "```console\n" + "".join(lines) + "```"
        return BLOCK.sub(replay, text)


def main(bin_dir, readme, *options):
    text = Path(readme).read_text()
    count = sum(len(commands_of(block)) for block in BLOCK.findall(text))
    if count == 0:
        print(f"{readme} has no examples")
        return 1
    real = real_blocks(text, Path(bin_dir).resolve())
    if "--write" in options:
        Path(readme).write_text(real)
        return 0
    if real != text:
        sys.stdout.writelines(difflib.unified_diff(
            text.splitlines(keepends=True), real.splitlines(keepends=True), "README.md", "printed"))
        return 1
    print(f"{count} examples print what {Path(readme).name} says")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
