#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Versions and strings of executables are what 7-Zip says they are.

usage: pe_files.py PE_LINES WRITE_PE_CORPUS [REAL_DATA]

Reads the programs of our fixtures, of Wine where it is installed, and real ones.
Exit code 77: 7-Zip is missing.
"""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

WINE = "/usr/lib/*/wine/*-windows/"
# Of some 650: those with many languages and strings, and some of each kind.
WINE_FILES = ("tzres.dll", "shell32.dll", "kernel32.dll", "ntdll.dll", "notepad.exe", "winmm.dll",
              "comdlg32.dll", "msvcrt.dll", "crypt32.dll", "ntoskrnl.exe", "reg.exe", "tcpip.sys",
              "wordpad.exe")
STRINGS_PER_FILE = 400


def seven_zip(*arguments):
    return subprocess.run(["7zz", *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          check=False).stdout


def member(path, name):
    return seven_zip("e", "-so", path, name).decode("utf-16-le", errors="replace")


def members(path):
    listing = seven_zip("l", "-ba", "-slt", path).decode(errors="replace")
    return [line[len("Path = "):] for line in listing.splitlines() if line.startswith("Path = ")]


def expected_version(text):
    """7-Zip writes a resource script; several languages one behind the other."""
    text = text.replace("\r\n", "\n")
    numbers = [".".join(re.search(rf"{name}\s+([\d,]+)", text).group(1).split(","))
               for name in ("FILEVERSION", "PRODUCTVERSION")]
    first = text.split("\n}\n", 1)[0]
    table = re.search(r'BLOCK "StringFileInfo"\s+\{\s+BLOCK "(\w+)"\s+\{(.*?)\n    \}', first, re.DOTALL)
    texts = []
    if table:
        for name, value in re.findall(r'VALUE "(\w+)",\s*"(.*)"$', table.group(2), re.MULTILINE):
            texts.append(f"{name}={value}".replace('""', '"'))
    return numbers, table.group(1) if table else None, texts


class Comparison:
    def __init__(self, program):
        self.questions = []  # (question, what was expected)
        self.program = program
        self.files = self.strings = 0

    def add(self, path):
        names = members(path)
        versions = [name for name in names if name.endswith("version.txt")]
        if versions:
            self.questions.append((f"version {path}", expected_version(member(path, versions[0]))))
        else:
            self.questions.append((f"version {path}", None))
        count = 0
        for name in names:
            found = re.fullmatch(r"\.rsrc[\\/](?:(\d+)[\\/])?string\.txt", name)
            if not found or count >= STRINGS_PER_FILE:
                continue
            language = int(found.group(1) or 0)
            for line in member(path, name).replace("\r\n", "\n").split("\n"):
                number, tab, text = line.partition("\t")
                if tab and number.isdigit():
                    self.questions.append((f"string {language} {number} {path}", text))
                    count += 1
        self.files += 1
        self.strings += count

    def run(self):
        lines = "".join(question + "\n" for question, _ in self.questions)
        answers = subprocess.run([self.program], input=lines.encode(), stdout=subprocess.PIPE,
                                 check=True).stdout.decode().split("\n")[:-1]
        assert len(answers) == len(self.questions), (len(answers), len(self.questions))
        wrong = []
        for (question, expected), answer in zip(self.questions, answers):
            if isinstance(expected, str):
                right = answer == "text\t" + expected
            elif expected is None:
                right = answer == "none"
            else:
                numbers, table, texts = expected
                want = ["whole", *numbers, *([table] if table else []), *texts]
                right = answer.split("\t") == want
                expected = want
            if not right:
                wrong.append(f"{question}\n  expected {expected!r}\n  found    {answer!r}")
        return wrong


def main():
    program, write_corpus = (os.path.abspath(path) for path in sys.argv[1:3])
    data = sys.argv[3] if len(sys.argv) > 3 else ""
    if shutil.which("7zz") is None:
        print("skipped: 7zz is not installed")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([write_corpus, folder], check=True)
        comparison = Comparison(program)
        for name in ("none", "wide", "narrow"):
            comparison.add(os.path.join(folder, "pe", name + ".bin"))
        fixtures = comparison.files
        for directory in sorted(glob.glob(WINE)):
            for name in WINE_FILES:
                if os.path.isfile(directory + name):
                    comparison.add(directory + name)
        wine = comparison.files - fixtures
        for path in sorted(glob.glob(data + "/servicing/dcm_pa30/deltas/sources/*")):
            comparison.add(path)
        wrong = comparison.run()
    print(f"{comparison.files} files ({fixtures} fixtures, {wine} of Wine), "
          f"{comparison.strings} strings, {len(wrong)} differences")
    for line in wrong[:20]:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
