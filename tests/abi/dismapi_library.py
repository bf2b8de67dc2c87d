# SPDX-License-Identifier: Apache-2.0
"""libdismapi.so as a Python program sees it, and what dismapi.h says about it."""

import ctypes
import os
import re
import unittest

S_OK = 0
E_INVALIDARG = 0x80070057
FILE_NOT_FOUND = 0x80070002
PATH_NOT_FOUND = 0x80070003
ACCESS_DENIED = 0x80070005
NOT_SUPPORTED = 0x80070032
ALREADY_EXISTS = 0x800700B7
NOT_FOUND = 0x80070490
NOT_INITIALIZED = 0xC0040001
OPEN_SESSION_HANDLES = 0xC0040003
INVALID_SESSION = 0xC0040004
ALREADY_INITIALIZED = 0xC0040008
LOGGING_DISABLED = 0xC0040009
ONLINE_IMAGE = "DISM_{53BFAE52-B167-4E2F-A258-0A37B57FF845}"

library = ctypes.CDLL(os.environ["CASEMENT_DISMAPI"])
image = os.environ["CASEMENT_ABI_IMAGE"]


class DismString(ctypes.Structure):
    """The structure of DismGetLastErrorMessage."""
    _pack_ = 1
    _fields_ = [("Value", ctypes.c_void_p)]


def wide(text):
    """A char16_t array, or None for None. The caller keeps it alive during the call."""
    return None if text is None else ctypes.create_string_buffer(
        text.encode("utf-16-le", "surrogatepass") + b"\0\0")


def read_wide(address):
    """The text of a PCWSTR."""
    units = []
    while True:
        unit = ctypes.c_uint16.from_address(address + 2 * len(units)).value
        if unit == 0:
            return b"".join(u.to_bytes(2, "little") for u in units).decode("utf-16-le",
                                                                          "surrogatepass")
        units.append(unit)


def call(name, *arguments):
    """The HRESULT of a function, as an unsigned number."""
    function = getattr(library, name)
    function.restype = ctypes.c_uint32
    return function(*arguments)


def last_message():
    """This thread's last message, or the HRESULT of why there is none."""
    message = ctypes.POINTER(DismString)()
    result = call("DismGetLastErrorMessage", ctypes.byref(message))
    if result != S_OK:
        return result
    text = read_wide(message.contents.Value)
    deleted = call("DismDelete", message)
    if deleted != S_OK:
        raise AssertionError(f"DismDelete of a message: 0x{deleted:08X}")
    return text


def open_session(path, windows=None, drive=None, handle=0):
    """(HRESULT, the handle afterwards)."""
    session = ctypes.c_uint32(handle)
    result = call("DismOpenSession", wide(path), wide(windows), wide(drive), ctypes.byref(session))
    return result, session.value


class LibraryTest(unittest.TestCase):
    """A test with assertions on HRESULTs; begins and ends with a library not initialized."""

    def assert_hr(self, found, expected):
        self.assertEqual(f"0x{found:08X}", f"0x{expected:08X}", last_message())

    def initialize(self):
        self.assert_hr(call("DismInitialize", 2, None, None), S_OK)
        self.addCleanup(lambda: self.assert_hr(call("DismShutdown"), S_OK))

    def open(self, *arguments):
        """A session that is closed when the test ends."""
        result, session = open_session(*arguments)
        self.assert_hr(result, S_OK)
        self.addCleanup(call, "DismCloseSession", session)
        return session


class Parameter:
    """One parameter of a function: its type and name as in dismapi.h."""

    def __init__(self, text):
        self.type, self.name = re.fullmatch(r"(.*?\W*)\s*(\w+)", text).groups()
        self.type = self.type.replace(" ", "")


def read_header():
    """The text of dismapi.h."""
    with open(os.environ["CASEMENT_DISMAPI_HEADER"], encoding="utf-8") as file:
        return file.read()


def states_of_table(header):
    """{name: state} of DISMAPI_FUNCTION_TABLE."""
    return dict(re.findall(r"^  ROW\((\w+), (\w+)\)", header, re.MULTILINE))


def functions_of_header():
    """{name: (state, [Parameter])} of all functions, from the table and the declarations."""
    header = read_header()
    states = states_of_table(header)
    functions = {}
    for name, parameters in re.findall(r"DISMAPI_EXPORT HRESULT WINAPI\s+(\w+)\(([^)]*)\)", header):
        parts = [" ".join(part.split()) for part in parameters.split(",")]
        functions[name] = (states[name], [Parameter(part) for part in parts if part != "void"])
    return functions
