#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the command-line cases of cases/*.test; README.md describes their form."""

import argparse
import difflib
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile

SKIPPED = 77
SECTION = re.compile(r"^--- (stdout|stderr)( contains| json| matches)?$")


class BadCase(Exception):
    """The case file itself is wrong."""


class Case:
    """One file: a command and what it must do."""

    def __init__(self, path):
        self.name = path.stem
        self.needs = []
        self.command = None
        self.exit = 0
        self.checks = []  # (stream, kind, lines)
        section = None
        for line in path.read_text(encoding="utf-8").splitlines():
            match = SECTION.match(line)
            if match:
                section = []
                self.checks.append((match[1], (match[2] or "").strip() or "exact", section))
            elif section is not None:
                section.append(line)
            else:
                self.header_line(path, line)
        if self.command is None:
            raise BadCase(f"{path}: no command")

    def header_line(self, path, line):
        if not line or line.startswith("#"):
            return
        if line.startswith("$ "):
            self.command = line[2:]
        elif line.startswith("  ") and self.command is not None:
            self.command += "\n" + line[2:]
        elif line.startswith("exit "):
            self.exit = int(line[5:])
        elif line.startswith("need "):
            self.needs += line[5:].split()
        else:
            raise BadCase(f"{path}: unknown line: {line}")


def missing_need(need):
    """Why the case cannot run here, or None."""
    if need == "unprivileged":
        if os.geteuid() != 0:
            return None
        return None if shutil.which("setpriv") else "needs setpriv to give up root"
    return None if shutil.which(need) else f"needs the program {need}"


def json_lookup(document, path):
    """document["a"][0]["b"] for a.0.b; `#` is the number of elements."""
    for part in path.split(".") if path else []:
        if part == "#":
            document = len(document)
        elif isinstance(document, list):
            document = document[int(part)]
        else:
            document = document[part]
    return document


def check_json(text, lines):
    try:
        document = json.loads(text)
    except ValueError as error:
        return [f"not JSON: {error}"]
    problems = []
    for line in filter(None, lines):
        path, _, expected = line.partition(" == ")
        try:
            found = json_lookup(document, path.strip())
        except (KeyError, IndexError, TypeError, ValueError) as error:
            problems.append(f"{path}: {type(error).__name__}: {error}")
            continue
        if found != json.loads(expected):
            problems.append(f"{path}: {json.dumps(found)}, expected {expected}")
    return problems


def check_contains(text, lines):
    at = 0
    for line in filter(None, lines):
        found = text.find(line, at)
        if found < 0:
            return [f"not there (in this order): {line}", "output was:"] + text.splitlines()
        at = found + len(line)
    return []


def check_matches(text, lines):
    pattern = "\n".join(lines).rstrip("\n")
    if re.fullmatch(pattern + r"\n?", text):
        return []
    return [f"does not match: {pattern}", "output was:"] + text.splitlines()


def check_exact(text, lines):
    expected = "".join(line + "\n" for line in lines)
    if text == expected:
        return []
    return list(
        difflib.unified_diff(
            expected.splitlines(), text.splitlines(), "expected", "found", lineterm=""
        )
    ) or ["they differ in the last line end"]


CHECKS = {
    "exact": check_exact,
    "contains": check_contains,
    "json": check_json,
    "matches": check_matches,
}


def run_case(case, environment, data, update=None):
    """The list of problems; empty when all is well."""
    with tempfile.TemporaryDirectory(prefix="casement-cli-") as work:
        os.chmod(work, 0o777)  # cases that give up root write here too
        environment = dict(environment, TMP=work)
        done = subprocess.run(
            ["/bin/sh", "-c", case.command],
            cwd=work,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=False,
        )
        outputs = {}
        problems = []
        for name, raw in (("stdout", done.stdout), ("stderr", done.stderr)):
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError as error:
                problems.append(f"{name} is not UTF-8: {error}")
                text = raw.decode("utf-8", "replace")
            outputs[name] = text.replace(work, "$TMP").replace(str(data), "$DATA")
    if update is not None:
        update(outputs, done.returncode)
    if done.returncode != case.exit:
        problems.append(f"exit code {done.returncode}, expected {case.exit}")
    for stream, kind, lines in case.checks:
        found = CHECKS[kind](outputs[stream], lines)
        problems += [f"{stream}: {line}" for line in found]
    if not any(stream == "stderr" for stream, _, _ in case.checks) and outputs["stderr"]:
        problems.append("standard error is not empty: " + outputs["stderr"])
    elif problems and outputs["stderr"]:
        problems.append("standard error was: " + outputs["stderr"])
    return problems


def make_data(program, directory):
    subprocess.run([program, directory], check=True)
    # Read-only for everybody: whatever the program does, the images stay as they are.
    for path in directory.rglob("*"):
        if path.is_file():
            path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    directory.chmod(0o755)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--casement", required=True, help="the program")
    parser.add_argument("--make-data", required=True, help="the program make_cli_data")
    parser.add_argument("--cases", required=True, type=pathlib.Path, help="directory of *.test")
    parser.add_argument("--show", action="store_true", help="print what each command printed")
    parser.add_argument("only", nargs="*", help="names of cases; all when left out")
    options = parser.parse_args()

    files = sorted(options.cases.glob("*.test"))
    if options.only:
        files = [file for file in files if file.stem in options.only]
    if not files:
        print("no cases", file=sys.stderr)
        return 1
    failed, skipped = [], []
    with tempfile.TemporaryDirectory(prefix="casement-cli-data-") as directory:
        data = pathlib.Path(directory)
        make_data(options.make_data, data)
        program = pathlib.Path(options.casement).resolve()
        environment = {
            "PATH": f"{program.parent}:{os.environ.get('PATH', '/usr/bin:/bin')}",
            "LC_ALL": "C.UTF-8",
            "DATA": directory,
            "HIVES": str(data / "hives"),
            "IMAGES": str(data / "images"),
            "DISKS": str(data / "disks"),
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]

        def show(outputs, code):
            print(f"exit {code}\n--- stdout\n{outputs['stdout']}--- stderr\n{outputs['stderr']}")

        for file in files:
            case = Case(file)
            reasons = [reason for reason in map(missing_need, case.needs) if reason]
            if reasons:
                skipped.append(case.name)
                print(f"SKIPPED {case.name}: {'; '.join(reasons)}")
                continue
            problems = run_case(case, environment, data, show if options.show else None)
            print(f"{'FAILED' if problems else 'ok'} {case.name}")
            if problems:
                failed.append(case.name)
                print("    $ " + case.command.replace("\n", "\n      "))
                print("\n".join("    " + line for line in problems))
    print(f"{len(files)} cases, {len(failed)} failed, {len(skipped)} skipped")
    if failed:
        return 1
    return SKIPPED if len(skipped) == len(files) else 0


if __name__ == "__main__":
    sys.exit(main())
