#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A Python program mounts images read-only through libdismapi.so and opens sessions on them."""

import ctypes
import os
import tempfile
import unittest

import dismapi_library as dism
from dismapi_library import call, last_message, open_session, read_wide, wide

READ_ONLY = 1
DISCARD = 1
BY_INDEX, BY_NAME = 0, 1
MOUNT_READ_WRITE = 0xC1510111
UNABLE_TO_UNMOUNT = 0xC0040007
OPEN_HANDLES = 0xC004000A
NEEDS_REMOUNT = 0xC1510114


class DismMountedImageInfo(ctypes.Structure):
    """28 bytes: arrays have no padding between their elements."""
    _pack_ = 1
    _fields_ = [("MountPath", ctypes.c_void_p), ("ImageFilePath", ctypes.c_void_p),
                ("ImageIndex", ctypes.c_uint32), ("MountMode", ctypes.c_int32),
                ("MountStatus", ctypes.c_int32)]


class DismImageInfo(ctypes.Structure):
    """140 bytes."""
    _pack_ = 1
    _fields_ = [("ImageType", ctypes.c_int32), ("ImageIndex", ctypes.c_uint32),
                ("ImageName", ctypes.c_void_p), ("ImageDescription", ctypes.c_void_p),
                ("ImageSize", ctypes.c_uint64), ("Architecture", ctypes.c_uint32),
                ("ProductName", ctypes.c_void_p), ("EditionId", ctypes.c_void_p),
                ("InstallationType", ctypes.c_void_p), ("Hal", ctypes.c_void_p),
                ("ProductType", ctypes.c_void_p), ("ProductSuite", ctypes.c_void_p),
                ("MajorVersion", ctypes.c_uint32), ("MinorVersion", ctypes.c_uint32),
                ("Build", ctypes.c_uint32), ("SpBuild", ctypes.c_uint32),
                ("SpLevel", ctypes.c_uint32), ("Bootable", ctypes.c_int32),
                ("SystemRoot", ctypes.c_void_p), ("Language", ctypes.c_void_p),
                ("LanguageCount", ctypes.c_uint32), ("DefaultLanguageIndex", ctypes.c_uint32),
                ("CustomizedInfo", ctypes.c_void_p)]


class Mounts(dism.LibraryTest):

    def setUp(self):
        self.initialize()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.directory = os.path.realpath(folder.name)
        self.wim = dism.image + ".wim"
        self.vhdx = dism.image + ".vhdx"

    def mount(self, image, index=1, name=None, flags=READ_ONLY):
        kind = BY_INDEX if name is None else BY_NAME
        return call("DismMountImage", wide(image), wide(self.directory), index, wide(name), kind,
                    flags, None, None, None)

    def unmount(self):
        return call("DismUnmountImage", wide(self.directory), DISCARD, None, None, None)

    def array(self, function, structure, *arguments):
        """The elements of an array that a function hands out, with their strings read."""
        pointer, count = ctypes.POINTER(structure)(), ctypes.c_uint32()
        self.assert_hr(call(function, *arguments, ctypes.byref(pointer), ctypes.byref(count)),
                       dism.S_OK)
        rows = []
        for element in pointer[:count.value]:
            rows.append({field: read_wide(value) if kind is ctypes.c_void_p and value and
                         field not in ("Language", "CustomizedInfo") else value
                         for (field, kind) in structure._fields_
                         for value in [getattr(element, field)]})
        if count.value:
            self.assert_hr(call("DismDelete", pointer), dism.S_OK)
        return rows

    def mounts(self):
        return [row for row in self.array("DismGetMountedImageInfo", DismMountedImageInfo)
                if row["MountPath"] == self.directory]

    def test_sizes_are_those_of_the_header(self):
        self.assertEqual(ctypes.sizeof(DismImageInfo), 140)
        self.assertEqual(ctypes.sizeof(DismMountedImageInfo), 28)

    def test_the_classic_sequence_on_a_wim(self):
        images = self.array("DismGetImageInfo", DismImageInfo, wide(self.wim))
        self.assertEqual([row["ImageIndex"] for row in images], [1, 2])
        name = images[1]["ImageName"]
        self.assert_hr(self.mount(self.wim, 0, name), dism.S_OK)
        row, = self.mounts()
        self.assertEqual((row["ImageIndex"], row["MountMode"], row["MountStatus"]), (2, 1, 0))
        self.assertEqual(row["ImageFilePath"], os.path.realpath(self.wim))
        result, session = open_session(self.directory)
        self.assert_hr(result, dism.S_OK)
        self.assert_hr(self.unmount(), OPEN_HANDLES)
        self.assert_hr(call("DismCloseSession", session), dism.S_OK)
        self.assert_hr(self.unmount(), dism.S_OK)
        self.assertEqual(self.mounts(), [])
        self.assertEqual(os.listdir(self.directory), [])
        self.assert_hr(open_session(self.directory)[0], dism.PATH_NOT_FOUND)

    def test_the_classic_sequence_on_a_vhdx(self):
        image, = self.array("DismGetImageInfo", DismImageInfo, wide(self.vhdx))
        self.assertEqual((image["ImageType"], image["ImageIndex"]), (1, 1))
        self.assert_hr(self.mount(self.vhdx), dism.S_OK)
        self.assertEqual(self.mounts()[0]["ImageIndex"], 1)
        session = self.open(self.directory)
        self.assert_hr(call("DismCloseSession", session), dism.S_OK)
        self.assert_hr(self.unmount(), dism.S_OK)

    def test_refuses_to_mount_for_writing(self):
        self.assert_hr(self.mount(self.wim, flags=0), MOUNT_READ_WRITE)
        self.assertIn("DISM_MOUNT_READONLY", last_message())

    def test_a_mount_whose_image_went_away_needs_a_remount(self):
        copy = os.path.join(tempfile.mkdtemp(), "copy.wim")
        with open(self.wim, "rb") as source, open(copy, "wb") as target:
            target.write(source.read())
        self.assert_hr(self.mount(copy), dism.S_OK)
        os.remove(copy)
        self.assertEqual(self.mounts()[0]["MountStatus"], 1)
        self.assert_hr(open_session(self.directory)[0], NEEDS_REMOUNT)
        self.assert_hr(self.unmount(), dism.S_OK)
        self.assert_hr(self.unmount(), UNABLE_TO_UNMOUNT)
        os.rmdir(os.path.dirname(copy))


if __name__ == "__main__":
    unittest.main()
