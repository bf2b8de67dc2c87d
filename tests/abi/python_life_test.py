#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The life of the library and of the memory that it hands out."""

import ctypes
import os
import tempfile
import unittest

import dismapi_library as dism
from dismapi_library import call, last_message


class Life(dism.LibraryTest):

    def test_a_failure_before_initialize_can_be_read(self):
        self.assert_hr(call("DismCloseSession", 2), dism.NOT_INITIALIZED)
        self.assertIn("DismInitialize", last_message())

    def test_initialize_twice(self):
        self.initialize()
        self.assert_hr(call("DismInitialize", 0, None, None), dism.ALREADY_INITIALIZED)

    def test_shutdown_without_initialize(self):
        self.assert_hr(call("DismShutdown"), dism.NOT_INITIALIZED)

    def test_shutdown_with_an_open_session(self):
        self.initialize()
        result, session = dism.open_session(dism.image)
        self.assert_hr(result, dism.S_OK)
        self.assert_hr(call("DismShutdown"), dism.OPEN_SESSION_HANDLES)
        self.assert_hr(call("DismCloseSession", session), dism.S_OK)

    def test_wrong_log_level(self):
        for level in (4, -1):
            self.assert_hr(call("DismInitialize", level, None, None), dism.E_INVALIDARG)
        self.assert_hr(call("DismShutdown"), dism.NOT_INITIALIZED)

    def test_a_log_file_that_cannot_be_opened_is_no_obstacle(self):
        with tempfile.TemporaryDirectory() as folder:
            result = call("DismInitialize", 2, dism.wide(folder), None)
        self.assert_hr(result, dism.LOGGING_DISABLED)
        self.assertIn(folder, last_message())
        self.open(dism.image)
        self.doCleanups()
        self.assert_hr(call("DismShutdown"), dism.S_OK)

    def test_a_log_file_is_added_to(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "dism.log")
            for _ in range(2):
                self.assert_hr(call("DismInitialize", 2, dism.wide(path), None), dism.S_OK)
                self.assert_hr(call("DismCloseSession", 5), dism.INVALID_SESSION)
                self.assert_hr(call("DismShutdown"), dism.S_OK)
            with open(path, encoding="utf-8") as file:
                text = file.read()
        self.assertEqual(text.count("DismCloseSession failed with 0xC0040004"), 2)

    def test_the_level_chooses_the_lines_of_the_log(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "dism.log")
            self.assert_hr(call("DismInitialize", 0, dism.wide(path), None), dism.S_OK)
            self.assert_hr(call("DismCloseSession", 5), dism.INVALID_SESSION)
            self.assert_hr(call("DismShutdown"), dism.S_OK)
            with open(path, encoding="utf-8") as file:
                lines = file.readlines()
        self.assertEqual(len(lines), 1)


class Memory(dism.LibraryTest):

    def setUp(self):
        self.initialize()

    def message(self):
        pointer = ctypes.c_void_p()
        self.assert_hr(call("DismCloseSession", 9), dism.INVALID_SESSION)
        self.assert_hr(call("DismGetLastErrorMessage", ctypes.byref(pointer)), dism.S_OK)
        return pointer

    def test_null_is_deleted(self):
        self.assert_hr(call("DismDelete", None), dism.S_OK)

    def test_memory_is_deleted_once(self):
        pointer = self.message()
        self.assert_hr(call("DismDelete", pointer), dism.S_OK)
        self.assert_hr(call("DismDelete", pointer), dism.E_INVALIDARG)

    def test_foreign_memory_is_refused(self):
        mine = ctypes.create_string_buffer(16)
        self.assert_hr(call("DismDelete", mine), dism.E_INVALIDARG)
        self.assert_hr(call("DismDelete", ctypes.c_void_p(8)), dism.E_INVALIDARG)

    def test_delete_leaves_no_message(self):
        pointer = self.message()
        self.assert_hr(call("DismDelete", pointer), dism.S_OK)
        self.assert_hr(call("DismDelete", pointer), dism.E_INVALIDARG)
        self.assertIn("9", last_message())


if __name__ == "__main__":
    unittest.main()
