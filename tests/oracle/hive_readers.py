#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares every key and value of hives with reglookup, hivexml and regfexport.

usage: hive_readers.py HIVE_LINES FIXTURE_TOOL [REAL_DATA]

Every item that another reader shows must be ours too, with equal time, type and data, except in
hives that we report as damaged. A reader may refuse a hive or show fewer items than we do (each of
the three gives up somewhere); then two others, or the facts that come with the real data, decide. Exit 77: no other reader is installed.
"""
import base64
import collections
import datetime
import lzma
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree

NAMED_TYPES = ["NONE", "SZ", "EXPAND_SZ", "BINARY", "DWORD", "DWORD_BE", "LINK", "MULTI_SZ",
               "RSRC_LIST", "RSRC_DESC", "RSRC_REQ_LIST", "QWORD"]
TEXT_TYPES = (1, 2, 6)
EPOCH = datetime.datetime(1601, 1, 1)


def run(command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def units(text):
    return bytes.fromhex(text).decode("utf-16-le", "surrogatepass")


def seconds(ticks):
    return (EPOCH + datetime.timedelta(seconds=ticks // 10**7)).strftime("%Y-%m-%d %H:%M:%S")


class Hive:
    """Our own reading: keys {path: times}, values {(path, name): [(type, data)]}."""

    def __init__(self, program, path):
        result = run([program, path])
        self.errors = result.stderr.decode().splitlines()
        self.readable = result.returncode in (0, 3)
        self.keys = collections.defaultdict(list)
        self.values = collections.defaultdict(list)
        self.value_count = 0
        for line in result.stdout.decode().splitlines():
            kind, path_text, *rest = line.split("\t")
            key = tuple(units(part) for part in path_text.split("/")) if path_text else ()
            if kind == "K":
                self.keys[key].append(seconds(int(rest[0])))
            else:
                name, number, data = rest
                data = b"" if data == "unreadable" else bytes.fromhex(data)
                self.values[(key, units(name))].append((int(number), data))
                self.value_count += 1
        self.key_count = sum(len(times) for times in self.keys.values())


def text_of(data):
    return data[:len(data) & ~1].decode("utf-16-le", "surrogatepass").split("\0")[0]


def strings_of(data):
    strings = data[:len(data) & ~1].decode("utf-16-le", "surrogatepass").split("\0")
    while strings and not strings[-1]:
        strings.pop()
    return strings


class Comparison:
    def __init__(self, hive):
        self.hive = hive
        self.keys = 0
        self.values = 0
        self.problems = []
        self.confirmed = set()  # values whose data this reader shows as we do
        self.differing = {}

    def key(self, path, time):
        self.keys += 1
        time = time.replace("1970-01-01 00:00:00", "1601-01-01 00:00:00")  # how reglookup shows 0
        if time not in self.hive.keys.get(path, []):
            self.problems.append(f"key {path}: time {time}, ours {self.hive.keys.get(path)}")

    def value(self, path, name, agrees):
        self.values += 1
        ours = self.hive.values.get((path, name), [])
        if any(agrees(number, data) for number, data in ours):
            self.confirmed.add((path, name))
        else:
            self.differing[(path, name)] = f"value {path} {name!r}: ours {str(ours)[:200]}"

    def settle(self, others):
        """A value that another reader shows as we do is this reader's mistake."""
        for place, text in self.differing.items():
            if not any(place in other.confirmed for other in others):
                self.problems.append(text)


# --- hivexml -----------------------------------------------------------------------------------
XML_TYPES = {"none": 0, "string": 1, "expand": 2, "binary": 3, "int32": 4, "link": 6,
             "string-list": 7, "resource-list": 8, "resource-description": 9,
             "resource-requirements": 10, "int64": 11}


def hivexml_value(element):
    kind = element.get("type")
    shown = element.get("value")
    if element.get("encoding") == "base64":
        shown = base64.b64decode(shown or "")

    def agrees(number, data):
        if kind in XML_TYPES and XML_TYPES[kind] != number:
            # Big-endian numbers are shown as plain ones.
            if not (kind == "int32" and number == 5):
                return False
        if kind == "string-list":
            strings = [item.text or "" for item in element.findall("string")]
            while strings and not strings[-1]:
                strings.pop()
            return strings == strings_of(data)
        if isinstance(shown, bytes):
            return shown == data
        if kind in ("int32", "int64") and not data:
            return True  # shown as -1
        if kind == "int32":
            order = "big" if number == 5 else "little"
            return int(shown) & 0xFFFFFFFF == int.from_bytes(data, order)
        if kind == "int64":
            return int(shown) & (2**64 - 1) == int.from_bytes(data, "little")
        if kind in ("string", "expand", "link"):
            return xml_text((shown or "").split("\0")[0]) == xml_text(text_of(data))
        return not data and not shown
    return agrees


def xml_text(text):
    return re.sub("[\r\n\t]", " ", text)  # XML attributes are normalised


def compare_hivexml(path, comparison):
    result = run(["hivexml", path])
    if result.returncode != 0:
        return "cannot read it"
    try:
        root = xml.etree.ElementTree.fromstring(result.stdout)
    except xml.etree.ElementTree.ParseError as error:
        return f"writes broken XML ({error})"

    # It ends names at a NUL.
    shown_keys = {tuple(part.split("\0")[0] for part in key): key for key in comparison.hive.keys}
    places = {(tuple(part.split("\0")[0] for part in key), name.split("\0")[0]): (key, name)
              for key, name in comparison.hive.values}
    stack = [(root.find("node"), ())]
    while stack:
        node, key = stack.pop()
        time = node.findtext("mtime")
        comparison.key(shown_keys.get(key, key), time.replace("T", " ").rstrip("Z") if time else "1601-01-01 00:00:00")
        for child in node:
            if child.tag == "node":
                stack.append((child, key + (child.get("name"),)))
            elif child.tag == "value":
                name = "" if child.get("default") else child.get("key")
                comparison.value(*places.get((key, name), (key, name)), hivexml_value(child))
    return None


# --- reglookup ---------------------------------------------------------------------------------
def unquote(text):
    return urllib.parse.unquote_to_bytes(text).decode("latin-1")


def reglookup_value(kind, quoted):
    def agrees(number, data):
        name = NAMED_TYPES[number] if number < len(NAMED_TYPES) else f"0x{number:08X}"
        if kind != name:
            return False
        raw = urllib.parse.unquote_to_bytes(quoted)
        if raw == data or (quoted == "(null)" and not data):
            return True
        if kind in ("DWORD", "QWORD", "DWORD_BE") and quoted.startswith("0x"):
            order = "big" if kind == "DWORD_BE" else "little"
            return int(quoted, 16) == int.from_bytes(data, order)
        if kind in ("SZ", "EXPAND_SZ", "LINK"):
            whole = data[:len(data) & ~1].decode("utf-16-le", "surrogatepass")
            return unquote(quoted).rstrip("\0") in (whole.rstrip("\0"), text_of(data))
        if kind == "MULTI_SZ":
            # It leaves empty strings out.
            return unquote(quoted) == "|".join(part for part in strings_of(data) if part)
        return False
    return agrees


def shown_path(key):
    return "/" + "/".join(part.split("\0")[0] for part in key)


def compare_reglookup(path, comparison):
    result = run(["reglookup", path])
    if result.returncode != 0:
        return "cannot read it"
    hive = comparison.hive
    key_by_text = {}
    value_by_text = {}
    beyond_ascii = 0  # it converts names to ASCII, badly: those items can only be counted
    for key in hive.keys:
        key_by_text.setdefault(shown_path(key), key)
        beyond_ascii += not shown_path(key).isascii()
    for key, name in hive.values:
        text = (shown_path(key) if key else "/") + "/" + name.split("\0")[0]
        value_by_text.setdefault(text, (key, name))
        beyond_ascii += not text.isascii()
    unknown = []
    for line in result.stdout.decode("latin-1").split("\n")[1:]:
        if not line:
            continue
        quoted_path, kind, quoted, time = line.split(",")
        path = unquote(quoted_path)
        if kind == "KEY" and path in key_by_text:
            comparison.key(key_by_text[path], time)
        elif kind != "KEY" and path in value_by_text:
            comparison.value(*value_by_text[path], reglookup_value(kind, quoted))
        else:
            unknown.append(path)
            comparison.keys += kind == "KEY"
            comparison.values += kind != "KEY"
    if len(unknown) > beyond_ascii:
        comparison.problems.append(f"not ours: {unknown[:3]}")
    return None


# --- regfexport (counts only: its text is made for reading) -------------------------------------
def compare_regfexport(path, comparison):
    result = run(["regfexport", path])
    if result.returncode != 0:
        return "cannot read it"
    for line in result.stdout.decode("utf-8", "replace").splitlines():
        comparison.keys += line.startswith("Key path: ")
        comparison.values += bool(re.match(r"Value: \d+ ", line))
    return None


READERS = {"reglookup": compare_reglookup, "hivexml": compare_hivexml,
           "regfexport": compare_regfexport}


def expected_counts(real_data):
    """{item: (keys, values)} of the facts file; items where that reader gave up are left out."""
    facts = {}
    item = None
    with open(os.path.join(real_data, "registry", "HIVE_FACTS_yarp.txt"), encoding="utf-8",
              errors="replace") as lines:
        for line in lines:
            if line.startswith("## ./"):
                item = line[5:].rsplit(" ", 1)[0]
            elif item and " keys=" in line and "WALKERR" not in line:
                facts[item] = tuple(int(re.search(rf" {what}=(\d+)", line).group(1))
                                    for what in ("keys", "values"))
    return facts


def real_hives(real_data, scratch):
    registry = os.path.join(real_data, "registry")
    for folder, _, names in sorted(os.walk(registry)):
        for name in sorted(names):
            path = os.path.join(folder, name)
            item = os.path.relpath(path, registry)
            if name.endswith(".xz"):
                item = item[:-3]
                flat = os.path.join(scratch, item.replace("/", "_"))
                with lzma.open(path) as packed, open(flat, "wb") as out:
                    shutil.copyfileobj(packed, out)
                path = flat
            with open(path, "rb") as file:
                if file.read(4) == b"regf" and not re.search(r"\.LOG\d?$", path):
                    yield item, path


def built_hives(fixture_tool, scratch):
    tree = os.path.join(scratch, "tree")
    subprocess.run([fixture_tool, "windows_11", tree], check=True, stdout=subprocess.DEVNULL)
    for folder, _, names in sorted(os.walk(tree)):
        for name in sorted(names):
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                if file.read(4) == b"regf" and not re.search(r"\.LOG\d?$", path):
                    yield os.path.relpath(path, tree), path


def judge(comparison, refusal):
    """(text for the table, what it means: agrees, refuses, less, differs)"""
    hive = comparison.hive
    if refusal:
        return refusal, "refuses"
    if comparison.problems:
        return f"{len(comparison.problems)} differ: {comparison.problems[0][:300]}", "differs"
    if (comparison.keys, comparison.values) == (hive.key_count, hive.value_count):
        return "equal", "agrees"
    text = f"shows {comparison.keys}/{comparison.values}"
    return text, "differs" if comparison.keys > hive.key_count else "less"


def main():
    lines_program, fixture_tool = sys.argv[1:3]
    real_data = sys.argv[3] if len(sys.argv) > 3 and os.path.isdir(sys.argv[3]) else None
    readers = {name: compare for name, compare in READERS.items() if shutil.which(name)}
    if len(readers) < 2:
        print("SKIPPED: fewer than two of reglookup, hivexml, regfexport are installed")
        return 77
    failures = 0
    equal = collections.Counter()
    with tempfile.TemporaryDirectory() as scratch:
        hives = list(built_hives(fixture_tool, scratch))
        facts = {}
        if real_data:
            hives += real_hives(real_data, scratch)
            facts = expected_counts(real_data)
        else:
            print("SKIPPED for the real hives: no real data (set CASEMENT_REAL_DATA)")
        for item, path in hives:
            hive = Hive(lines_program, path)
            if not hive.readable:
                print(f"{item}: not a hive we read: {hive.errors[0]}")
                failures += item in facts
                continue
            known = facts.get(item) == (hive.key_count, hive.value_count)
            verdicts = []
            meanings = collections.Counter()
            comparisons = {name: Comparison(hive) for name in readers}
            refusals = {name: compare(path, comparisons[name]) for name, compare in readers.items()}
            for name, comparison in comparisons.items():
                comparison.settle(comparisons.values())
                text, meaning = judge(comparison, refusals[name])
                meanings[meaning] += 1
                equal[name] += meaning == "agrees"
                verdicts.append(f"{name} {text}")
            # What others show of a damaged hive may be more: they do not check what they read.
            bad = meanings["differs"] > 0 and not hive.errors
            if item in facts and not known:
                bad = True
                verdicts.append(f"expected {facts[item]}")
            if meanings["agrees"] < 2 and not known and meanings["less"] > 0 and not hive.errors:
                bad = True
                verdicts.append("neither two readers nor known counts confirm this")
            failures += bad
            mark = "FAILED " if bad else ""
            note = f"; {len(hive.errors)} damaged" if hive.errors else ""
            print(f"{mark}{item}: {hive.key_count} keys, {hive.value_count} values{note}; "
                  + "; ".join(verdicts))
    print(f"{len(hives)} hives; equal: " + ", ".join(f"{k} {v}" for k, v in equal.items()))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
