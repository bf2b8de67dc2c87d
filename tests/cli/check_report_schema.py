#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Validates what `casement report` prints of the synthetic images against its published JSON Schema.

usage: check_report_schema.py --casement FILE --make-data FILE --schema FILE

The schema lets members be added later. Here it is closed first, so that a member which the program
prints and the schema does not describe fails.
"""
import argparse
import copy
import json
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("SKIPPED: python3-jsonschema is not installed", file=sys.stderr)
    sys.exit(77)

IMAGES = ["win10", "dirty", "core", "dual", "upgraded"]


def closed(schema):
    """The schema with every object refusing members that it does not describe, where it describes all."""
    schema = copy.deepcopy(schema)
    for definition in [schema, *schema["$defs"].values()]:
        if "patternProperties" in definition:
            definition["additionalProperties"] = False
    return schema


def run(casement, *arguments):
    done = subprocess.run([casement, *arguments], capture_output=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"{arguments}: exit code {done.returncode}: {done.stderr.decode()}")
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--casement", required=True)
    parser.add_argument("--make-data", required=True)
    parser.add_argument("--schema", required=True, type=pathlib.Path)
    options = parser.parse_args()
    schema = json.loads(options.schema.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(closed(schema))
    problems = 0
    with tempfile.TemporaryDirectory(prefix="casement-schema-") as scratch:
        subprocess.run([options.make_data, scratch], check=True)
        for image in IMAGES:
            path = str(pathlib.Path(scratch) / "images" / image)
            for switches in ([], ["--devices", "--evidence"]):
                document = run(options.casement, "report", path, *switches)
                for name in ("packages", "features", "drivers"):
                    if not document[name]:
                        print(f"FAILED {image}: there are no {name}: nothing was checked")
                        problems += 1
                for error in validator.iter_errors(document):
                    where = "/".join(map(str, error.absolute_path))
                    print(f"FAILED {image} {' '.join(switches)}: {where}: {error.message[:300]}")
                    problems += 1
        # The closed schema must be able to fail, or nothing above was a test.
        document["packages"][0]["surprise"] = 1
        del document["headline"]
        if len(list(validator.iter_errors(document))) != 2:
            print("FAILED: the schema accepts what it must refuse")
            problems += 1
    print(f"{len(IMAGES)} images, {problems} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
