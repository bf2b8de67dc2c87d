# SPDX-License-Identifier: Apache-2.0
"""The structures of dismapi.h as a Python program declares them: packed, little else."""

import contextlib
import ctypes
import os
import tempfile
import time

import dismapi_library as dism
from dismapi_library import DismString, call, last_message, read_wide, wide

WIDE = ctypes.c_void_p  # PCWSTR
POINTER = ctypes.c_void_p
NUMBER = ctypes.c_uint32  # UINT, DWORD, BOOL and enumerations


class Packed(ctypes.Structure):
    """A structure with pack(1); text(name) reads a string of it, None for NULL."""
    _pack_ = 1

    def text(self, name):
        address = getattr(self, name)
        return None if address is None else read_wide(address)


class SystemTime(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint16) for name in (
        "wYear", "wMonth", "wDayOfWeek", "wDay", "wHour", "wMinute", "wSecond", "wMilliseconds")]

    def fields(self):
        return tuple(getattr(self, name) for name, _ in self._fields_)


class DismPackage(Packed):
    _fields_ = [("PackageName", WIDE), ("PackageState", NUMBER), ("ReleaseType", NUMBER),
                ("InstallTime", SystemTime)]


class DismCustomProperty(Packed):
    _fields_ = [("Name", WIDE), ("Value", WIDE), ("Path", WIDE)]


class DismFeature(Packed):
    _fields_ = [("FeatureName", WIDE), ("State", NUMBER)]


class DismCapability(Packed):
    _fields_ = [("Name", WIDE), ("State", NUMBER)]


class DismPackageInfo(Packed):
    _fields_ = [("PackageName", WIDE), ("PackageState", NUMBER), ("ReleaseType", NUMBER),
                ("InstallTime", SystemTime), ("Applicable", NUMBER), ("Copyright", WIDE),
                ("Company", WIDE), ("CreationTime", SystemTime), ("DisplayName", WIDE),
                ("Description", WIDE), ("InstallClient", WIDE), ("InstallPackageName", WIDE),
                ("LastUpdateTime", SystemTime), ("ProductName", WIDE), ("ProductVersion", WIDE),
                ("RestartRequired", NUMBER), ("FullyOffline", NUMBER),
                ("SupportInformation", WIDE), ("CustomProperty", POINTER),
                ("CustomPropertyCount", NUMBER), ("Feature", POINTER), ("FeatureCount", NUMBER)]


class DismPackageInfoEx(Packed):
    _fields_ = DismPackageInfo._fields_ + [("CapabilityId", WIDE)]


class DismFeatureInfo(Packed):
    _fields_ = [("FeatureName", WIDE), ("FeatureState", NUMBER), ("DisplayName", WIDE),
                ("Description", WIDE), ("RestartRequired", NUMBER), ("CustomProperty", POINTER),
                ("CustomPropertyCount", NUMBER)]


class DismCapabilityInfo(Packed):
    _fields_ = [("Name", WIDE), ("State", NUMBER), ("DisplayName", WIDE), ("Description", WIDE),
                ("DownloadSize", NUMBER), ("InstallSize", NUMBER)]


class DismDriverPackage(Packed):
    _fields_ = [("PublishedName", WIDE), ("OriginalFileName", WIDE), ("InBox", NUMBER),
                ("CatalogFile", WIDE), ("ClassName", WIDE), ("ClassGuid", WIDE),
                ("ClassDescription", WIDE), ("BootCritical", NUMBER), ("DriverSignature", NUMBER),
                ("ProviderName", WIDE), ("Date", SystemTime), ("MajorVersion", NUMBER),
                ("MinorVersion", NUMBER), ("Build", NUMBER), ("Revision", NUMBER)]


class DismDriver(Packed):
    _fields_ = [("ManufacturerName", WIDE), ("HardwareDescription", WIDE), ("HardwareId", WIDE),
                ("Architecture", NUMBER), ("ServiceName", WIDE), ("CompatibleIds", WIDE),
                ("ExcludeIds", WIDE)]


class DismAppxPackage(Packed):
    _fields_ = [("PackageName", WIDE), ("DisplayName", WIDE), ("PublisherId", WIDE),
                ("MajorVersion", NUMBER), ("MinorVersion", NUMBER), ("Build", NUMBER),
                ("RevisionNumber", NUMBER), ("Architecture", NUMBER), ("ResourceId", WIDE),
                ("InstallLocation", WIDE), ("Region", WIDE)]


STRUCTURES = (DismPackage, DismCustomProperty, DismFeature, DismCapability, DismPackageInfo,
              DismPackageInfoEx, DismFeatureInfo, DismCapabilityInfo, DismDriverPackage, DismDriver,
              DismAppxPackage, DismString)


def elements(structure, address, count):
    """The elements of an array, which lie packed."""
    return [structure.from_address(address + i * ctypes.sizeof(structure)) for i in range(count)]


class QuestionTest(dism.LibraryTest):
    """A test that asks a session on the image, five hours west of UTC."""

    def setUp(self):
        os.environ["TZ"] = "EST+5"
        time.tzset()
        self.initialize()
        self.session = self.open(dism.image)
        folder = tempfile.TemporaryDirectory(prefix="casement-abi-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    @contextlib.contextmanager
    def list(self, structure, name, *arguments):
        """The elements of a call's answer, until the end of the block."""
        answer, count = ctypes.c_void_p(1), ctypes.c_uint32(77)
        result = call(name, self.session, *arguments, ctypes.byref(answer), ctypes.byref(count))
        self.assert_hr(result, dism.S_OK)
        self.assertEqual(answer.value is None, count.value == 0)
        yield elements(structure, answer.value, count.value)
        self.assert_hr(call("DismDelete", answer), dism.S_OK)
        if answer.value is not None:
            self.assert_hr(call("DismDelete", answer), dism.E_INVALIDARG)

    @contextlib.contextmanager
    def one(self, structure, name, *arguments):
        """The structure that a call gives, until the end of the block."""
        answer = ctypes.c_void_p(1)
        self.assert_hr(call(name, self.session, *arguments, ctypes.byref(answer)), dism.S_OK)
        yield structure.from_address(answer.value)
        self.assert_hr(call("DismDelete", answer), dism.S_OK)

    def refused(self, expected, words, name, *arguments):
        """A call with one out pointer fails and zeroes it."""
        answer = ctypes.c_void_p(1)
        self.assert_hr(call(name, self.session, *arguments, ctypes.byref(answer)), expected)
        self.assertIsNone(answer.value)
        self.assertIn(words, last_message())

    def driver_info(self, path):
        models, count = ctypes.c_void_p(1), ctypes.c_uint32(77)
        package = ctypes.c_void_p(1)
        result = call("DismGetDriverInfo", self.session, wide(path), ctypes.byref(models),
                      ctypes.byref(count), ctypes.byref(package))
        if result != dism.S_OK:
            self.assertEqual((models.value, count.value, package.value), (None, 0, None))
            return result
        found = DismDriverPackage.from_address(package.value)
        answer = (found.text("PublishedName"), found.text("ClassGuid"),
                  [(m.text("HardwareId"), m.Architecture)
                   for m in elements(DismDriver, models.value, count.value)])
        self.assert_hr(call("DismDelete", models), dism.S_OK)
        self.assert_hr(call("DismDelete", package), dism.S_OK)
        return answer
