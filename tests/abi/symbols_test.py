#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The exported symbols, the version script, the table and the declarations are the same list.

usage: symbols_test.py NM LIBRARY MAP HEADER
"""

import re
import subprocess
import sys


def names_in(path, pattern):
    with open(path, encoding="utf-8") as file:
        return re.findall(pattern, file.read(), re.MULTILINE)


def exported_names(nm, library):
    listing = subprocess.run([nm, "-D", "--defined-only", "--format=posix", library], check=True,
                             capture_output=True, text=True).stdout
    return [line.split()[0] for line in listing.splitlines()]


def differences(lists):
    """One line for each name that is not exactly once in each of the lists."""
    for name in sorted(set().union(*lists.values())):
        for place, names in lists.items():
            if names.count(name) != 1:
                yield f"{name} is {names.count(name)} times in {place}"


def main(nm, library, version_script, header):
    declaration = r"DISMAPI_EXPORT HRESULT WINAPI\s+(\w+)\("
    lists = {
        "DISMAPI_FUNCTION_TABLE": names_in(header, r"^  ROW\((\w+), \w+\)"),
        "the declarations of dismapi.h": names_in(header, declaration),
        "libdismapi.map": names_in(version_script, r"^ *(\w+);$"),
        "the symbols of the library": exported_names(nm, library),
    }
    found = list(differences(lists))
    for line in found:
        print(line)
    print({place: len(names) for place, names in lists.items()})
    return 1 if found or len(lists["libdismapi.map"]) < 50 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
