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
# What the image of the tests has, so that questions with right arguments have an answer.
RIGHT_TEXTS = {
    "FeatureName": "TelnetClient",
    "Name": "OpenSSH.Client~~~~0.0.1.0",
    "DriverPath": "oem0.inf",
}
# Questions that are answered otherwise than by S_OK, though the arguments are right.
ANSWERS = {
    "_DismGetProductKeyInfo": 0x80070645,  # "text" is no product key
    "_DismValidateProductKey": 0x80070645,
    "_DismGetRegistryMountPoint": dism.NOT_SUPPORTED,  # hives are not loaded anywhere
    "DismGetReservedStorageState": dism.NOT_SUPPORTED,  # the image says nothing about it
}
# They make, end and free what the others use, and have tests of their own.
LIFE = {
    "DismInitialize", "DismShutdown", "DismOpenSession", "DismCloseSession", "DismDelete",
    "DismGetLastErrorMessage", "DismGetImageInfo", "DismGetMountedImageInfo", "DismMountImage",
    "DismUnmountImage", "DismRemountImage", "DismCleanupMountpoints", "DismxCreateCancelEvent",
    "DismxSetCancelEvent", "DismxCloseCancelEvent",
}


def is_out(parameter):
    return parameter.type.endswith("*") and parameter.type not in ("PCWSTR*", "VOID*")


class Call:
    """A call with right arguments, any of which can be replaced before it is made."""

    def __init__(self, name, session, package="text"):
        self.name = name
        self.package = package
        self.expected = (dism.NOT_SUPPORTED if FUNCTIONS[name][0] != "implemented"
                         else ANSWERS.get(name, dism.S_OK))
        self.parameters = FUNCTIONS[name][1]
        self.outs = {}
        self.arguments = {p.name: self.right(p, session) for p in self.parameters}

    def right(self, parameter, session):
        if is_out(parameter):
            pointer = parameter.type.endswith("**") or parameter.type == "HANDLE*"
            value = ctypes.c_uint64(JUNK) if pointer else ctypes.c_uint32(JUNK)
            self.outs[parameter.name] = value
            return ctypes.byref(value)
        if parameter.type == "PCWSTR":
            return dism.wide(self.package if parameter.name == "Identifier"
                             else RIGHT_TEXTS.get(parameter.name, "text"))
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

    def delete_answers(self):
        """Gives back what a success has handed out."""
        for parameter in self.parameters:
            if parameter.type.endswith("**") and self.outs[parameter.name].value not in (0, JUNK):
                address = ctypes.c_void_p(self.outs[parameter.name].value)
                assert call("DismDelete", address) == dism.S_OK, self.name

    def zeroed(self):
        """Whether pointers, counts and handles are 0 and other values untouched."""
        for parameter in self.parameters:
            if parameter.name not in self.outs:
                continue
            zeroed = (parameter.type.endswith("**")
                      or parameter.type in ("UINT*", "DismSession*", "HANDLE*"))
            if self.outs[parameter.name].value != (0 if zeroed else JUNK):
                return False
        return True


class Matrix(dism.LibraryTest):

    def setUp(self):
        self.initialize()
        self.session = self.open(dism.image)

        self.package = self.foundation_package()

    def foundation_package(self):
        """The identity of a package that the image has."""
        info, count = ctypes.c_void_p(), ctypes.c_uint32()
        self.assert_hr(call("DismGetPackages", self.session, ctypes.byref(info),
                            ctypes.byref(count)), dism.S_OK)
        names = [dism.read_wide(ctypes.c_uint64.from_address(info.value + 32 * i).value)
                 for i in range(count.value)]
        self.assert_hr(call("DismDelete", info), dism.S_OK)
        return next(n for n in names if n.startswith("Microsoft-Windows-Foundation-Package~"))

    def calls(self):
        """Calls of all functions but those that open, close and free."""
        return [Call(name, self.session, self.package) for name in FUNCTIONS if name not in LIFE]

    def unavailable(self):
        """The calls of all functions that are not implemented."""
        return [made for made in self.calls() if FUNCTIONS[made.name][0] != "implemented"]

    def accept(self, made, result):
        """The arguments were right."""
        self.assert_hr(result, made.expected)
        made.delete_answers()

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

    def test_right_arguments_are_answered(self):
        for made in self.calls():
            with self.subTest(made.name):
                self.accept(made, made.make())

    def test_required_out_parameters(self):
        for made in self.calls():
            with self.subTest(made.name):
                for parameter in filter(is_out, made.parameters):
                    result = made.make(**{parameter.name: None})
                    if (made.name, parameter.name) in OPTIONAL_IN:
                        self.accept(made, result)
                    else:
                        self.expect(result, dism.E_INVALIDARG, parameter.name)

    def test_required_and_optional_strings(self):
        for made in self.calls():
            with self.subTest(made.name):
                for parameter in (p for p in made.parameters if p.type == "PCWSTR"):
                    optional = (parameter.name in OPTIONAL_STRINGS
                                or (made.name, parameter.name) in OPTIONAL_IN)
                    for value in (None, dism.wide("")):
                        result = made.make(**{parameter.name: value})
                        if optional:
                            self.accept(made, result)
                        else:
                            self.expect(result, dism.E_INVALIDARG, parameter.name)
                            self.assertTrue(made.zeroed())

    def test_strings_that_are_not_utf_16(self):
        for made in self.calls():
            with self.subTest(made.name):
                for parameter in (p for p in made.parameters if p.type == "PCWSTR"):
                    if parameter.name != "ImageName":  # looked at with DismImageName alone
                        result = made.make(**{parameter.name: dism.wide("\udc00")})
                        self.expect(result, dism.E_INVALIDARG, parameter.name)

    def test_arrays_without_their_strings(self):
        for made in self.calls():
            with self.subTest(made.name):
                names = [p.name for p in made.parameters]
                for array in (p.name for p in made.parameters if p.type == "PCWSTR*"):
                    count = names[names.index(array) + 1]
                    result = made.make(**{count: ctypes.c_uint32(1)})
                    self.expect(result, dism.E_INVALIDARG, array)

    def test_sessions_that_are_not_open(self):
        for made in self.calls():
            with self.subTest(made.name):
                if any(p.type == "DismSession" for p in made.parameters):
                    for session in (0, 0xFFFFFFFF, self.session + 100):
                        result = made.make(Session=ctypes.c_uint32(session))
                        self.expect(result, dism.INVALID_SESSION, str(session))
                        self.assertTrue(made.zeroed())

    def test_values_out_of_range(self):
        for made in self.calls():
            with self.subTest(made.name):
                for parameter in (p for p in made.parameters if p.type in LAST_VALUE):
                    for value in (LAST_VALUE[parameter.type] + 1, -1):
                        result = made.make(**{parameter.name: ctypes.c_int32(value)})
                        self.expect(result, dism.E_INVALIDARG, parameter.name)
                    last = ctypes.c_int32(LAST_VALUE[parameter.type])
                    result = made.make(**{parameter.name: last})
                    made.delete_answers()
                    if parameter.type == "DismPackageIdentifier" and made.expected == dism.S_OK:
                        # The name of a package is the path of none.
                        self.assert_hr(result, dism.FILE_NOT_FOUND)
                    else:
                        self.assert_hr(result, made.expected)

    def test_a_named_package_needs_a_kind(self):
        for made in self.calls():
            with self.subTest(made.name):
                if any(p.name == "PackageIdentifier" for p in made.parameters):
                    result = made.make(PackageIdentifier=ctypes.c_int32(0))
                    self.expect(result, dism.E_INVALIDARG, "DismPackageNone")
                    if (made.name, "Identifier") in OPTIONAL_IN:
                        result = made.make(PackageIdentifier=ctypes.c_int32(0),
                                           Identifier=dism.wide(""))
                        self.accept(made, result)

    def test_everything_wrong_is_reported_in_order(self):
        for made in self.calls():
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
                self.accept(made, made.make(**wrong))

    def test_after_a_close_nothing_works_on_the_session(self):
        self.assert_hr(call("DismCloseSession", self.session), dism.S_OK)
        for made in self.calls():
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
