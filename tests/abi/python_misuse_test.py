#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The misuse matrix: every function of dismapi.h, each parameter wrong in each way.

The functions and their parameters are read from dismapi.h itself, so a new one is tested at once.
"""

import ctypes
import threading
import unittest

import dismapi_library as dism
from dismapi_library import call, last_message

FUNCTIONS = dism.functions_of_header()
LAST_VALUE = {
    "DismLogLevel": 3,
    "DismImageIdentifier": 2,
    "DismPackageIdentifier": 2,
    "DismStubPackageOption": 2,
    "DismRegistryHive": 7,
}
OPTIONAL_STRINGS = {
    "LogFilePath", "ScratchDirectory", "WindowsDirectory", "SystemDrive", "ImageName",
    "CustomDataPath", "Region",
}
OPTIONAL_IN = {
    ("DismGetFeatures", "Identifier"), ("DismGetFeatureInfo", "Identifier"),
    ("DismGetFeatureParent", "Identifier"), ("DismEnableFeature", "Identifier"),
    ("DismDisableFeature", "PackageName"), ("_DismSetEdition", "ProductKey"),
    ("_DismApplyFfuImage", "PartPattern"), ("DismGetDriverInfo", "DriverPackage"),
}
JUNK = 0x5A5A5A5A


def is_out(parameter):
    return parameter.type.endswith("*") and parameter.type not in ("PCWSTR*", "VOID*")


class Call:
    """A call with right arguments, any of which can be replaced before it is made."""

    def __init__(self, name, session):
        self.name = name
        self.parameters = FUNCTIONS[name][1]
        self.outs = {}
        self.arguments = {p.name: self.right(p, session) for p in self.parameters}

    def right(self, parameter, session):
        if is_out(parameter):
            pointer = parameter.type.endswith("**")
            value = ctypes.c_uint64(JUNK) if pointer else ctypes.c_uint32(JUNK)
            self.outs[parameter.name] = value
            return ctypes.byref(value)
        if parameter.type == "PCWSTR":
            return dism.wide("text")
        if parameter.type == "DismSession":
            return ctypes.c_uint32(session)
        if parameter.type == "DismPackageIdentifier":
            return ctypes.c_int32(1)
        if parameter.type == "UINT64":
            return ctypes.c_uint64(1)
        if parameter.type in ("PCWSTR*", "VOID*", "HANDLE", "PVOID", "DISM_PROGRESS_CALLBACK"):
            return ctypes.c_void_p()
        return ctypes.c_uint32(0)

    def make(self, **replaced):
        for value in self.outs.values():
            value.value = JUNK
        arguments = {**self.arguments, **replaced}
        return call(self.name, *(arguments[p.name] for p in self.parameters))

    def zeroed(self):
        """Whether pointers, counts and handles are 0 and other values untouched."""
        for parameter in self.parameters:
            if parameter.name not in self.outs:
                continue
            zeroed = parameter.type.endswith("**") or parameter.type in ("UINT*", "DismSession*")
            if self.outs[parameter.name].value != (0 if zeroed else JUNK):
                return False
        return True


class Matrix(dism.LibraryTest):

    def setUp(self):
        self.initialize()
        self.session = self.open(dism.image)

    def unavailable(self):
        """The calls of all functions that are not implemented."""
        return [Call(name, self.session) for name, (state, _) in FUNCTIONS.items()
                if state != "implemented"]

    def expect(self, result, expected, words):
        self.assert_hr(result, expected)
        self.assertIn(words, last_message())

    def test_all_functions_were_read(self):
        self.assertEqual(set(FUNCTIONS), set(dism.states_of_table(dism.read_header())))
        self.assertGreater(len(FUNCTIONS), 50)

    def test_functions_that_are_not_there_say_so(self):
        texts = {
            "not_built": "{} is not built yet in this version",
            "read_only": "read-only engine: {} is not available",
        }
        for made in self.unavailable():
            with self.subTest(made.name):
                self.assert_hr(made.make(), dism.NOT_SUPPORTED)
                self.assertEqual(last_message(), texts[FUNCTIONS[made.name][0]].format(made.name))
                self.assertTrue(made.zeroed())

    def test_required_out_parameters(self):
        for made in self.unavailable():
            with self.subTest(made.name):
                for parameter in filter(is_out, made.parameters):
                    result = made.make(**{parameter.name: None})
                    if (made.name, parameter.name) in OPTIONAL_IN:
                        self.assert_hr(result, dism.NOT_SUPPORTED)
                    else:
                        self.expect(result, dism.E_INVALIDARG, parameter.name)

    def test_required_and_optional_strings(self):
        for made in self.unavailable():
            with self.subTest(made.name):
                for parameter in (p for p in made.parameters if p.type == "PCWSTR"):
                    optional = (parameter.name in OPTIONAL_STRINGS
                                or (made.name, parameter.name) in OPTIONAL_IN)
                    for value in (None, dism.wide("")):
                        result = made.make(**{parameter.name: value})
                        if optional:
                            self.assert_hr(result, dism.NOT_SUPPORTED)
                        else:
                            self.expect(result, dism.E_INVALIDARG, parameter.name)
                            self.assertTrue(made.zeroed())

    def test_strings_that_are_not_utf_16(self):
        for made in self.unavailable():
            with self.subTest(made.name):
                for parameter in (p for p in made.parameters if p.type == "PCWSTR"):
                    if parameter.name != "ImageName":  # looked at with DismImageName alone
                        result = made.make(**{parameter.name: dism.wide("\udc00")})
                        self.expect(result, dism.E_INVALIDARG, parameter.name)

    def test_arrays_without_their_strings(self):
        for made in self.unavailable():
            with self.subTest(made.name):
                names = [p.name for p in made.parameters]
                for array in (p.name for p in made.parameters if p.type == "PCWSTR*"):
                    count = names[names.index(array) + 1]
                    result = made.make(**{count: ctypes.c_uint32(1)})
                    self.expect(result, dism.E_INVALIDARG, array)

    def test_sessions_that_are_not_open(self):
        for made in self.unavailable():
            with self.subTest(made.name):
                if any(p.type == "DismSession" for p in made.parameters):
                    for session in (0, 0xFFFFFFFF, self.session + 100):
                        result = made.make(Session=ctypes.c_uint32(session))
                        self.expect(result, dism.INVALID_SESSION, str(session))
                        self.assertTrue(made.zeroed())

    def test_values_out_of_range(self):
        for made in self.unavailable():
            with self.subTest(made.name):
                for parameter in (p for p in made.parameters if p.type in LAST_VALUE):
                    for value in (LAST_VALUE[parameter.type] + 1, -1):
                        result = made.make(**{parameter.name: ctypes.c_int32(value)})
                        self.expect(result, dism.E_INVALIDARG, parameter.name)
                    last = ctypes.c_int32(LAST_VALUE[parameter.type])
                    result = made.make(**{parameter.name: last})
                    self.assert_hr(result, dism.NOT_SUPPORTED)

    def test_a_named_package_needs_a_kind(self):
        for made in self.unavailable():
            with self.subTest(made.name):
                if any(p.name == "PackageIdentifier" for p in made.parameters):
                    result = made.make(PackageIdentifier=ctypes.c_int32(0))
                    self.expect(result, dism.E_INVALIDARG, "DismPackageNone")
                    if (made.name, "Identifier") in OPTIONAL_IN:
                        result = made.make(PackageIdentifier=ctypes.c_int32(0),
                                           Identifier=dism.wide(""))
                        self.assert_hr(result, dism.NOT_SUPPORTED)

    def test_everything_wrong_is_reported_in_order(self):
        for made in self.unavailable():
            with self.subTest(made.name):
                steps = [(is_out, dism.E_INVALIDARG),
                         (lambda p: p.type == "PCWSTR", dism.E_INVALIDARG),
                         (lambda p: p.type == "DismSession", dism.INVALID_SESSION),
                         (lambda p: p.type in LAST_VALUE, dism.E_INVALIDARG)]
                wrong = {}
                for parameter in made.parameters:
                    required = (parameter.name not in OPTIONAL_STRINGS
                                and (made.name, parameter.name) not in OPTIONAL_IN)
                    if is_out(parameter) or parameter.type == "PCWSTR":
                        if required:
                            wrong[parameter.name] = None
                    elif parameter.type == "DismSession":
                        wrong[parameter.name] = ctypes.c_uint32(0)
                    elif parameter.type in LAST_VALUE:
                        wrong[parameter.name] = ctypes.c_int32(99)
                for belongs, expected in steps:  # put right one kind after the other
                    of_kind = [p.name for p in made.parameters if belongs(p) and p.name in wrong]
                    if of_kind:
                        self.assert_hr(made.make(**wrong), expected)
                    for name in of_kind:
                        del wrong[name]
                self.assert_hr(made.make(**wrong), dism.NOT_SUPPORTED)

    def test_after_a_close_nothing_works_on_the_session(self):
        self.assert_hr(call("DismCloseSession", self.session), dism.S_OK)
        for made in self.unavailable():
            with self.subTest(made.name):
                if any(p.type == "DismSession" for p in made.parameters):
                    self.assert_hr(made.make(), dism.INVALID_SESSION)


class BeforeInitialize(dism.LibraryTest):

    def test_nothing_works_before_initialize(self):
        for name in FUNCTIONS:
            if name == "DismInitialize":
                continue
            with self.subTest(name):
                made = Call(name, 2)
                # A thread of its own, because a thread with a message can always read it.
                results = []
                thread = threading.Thread(target=lambda: results.append(made.make()))
                thread.start()
                thread.join()
                self.assert_hr(results[0], dism.NOT_INITIALIZED)
                self.assertTrue(made.zeroed())


if __name__ == "__main__":
    unittest.main()
