#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A Python program opens sessions through libdismapi.so and meets every documented error."""

import ctypes
import os
import tempfile
import threading
import unittest

import dismapi_library as dism
from dismapi_library import call, last_message, open_session


class Sessions(dism.LibraryTest):

    def setUp(self):
        self.initialize()

    def test_opens_and_closes_a_session(self):
        result, session = open_session(dism.image)
        self.assert_hr(result, dism.S_OK)
        self.assertNotIn(session, (0, 0xFFFFFFFF))
        self.assert_hr(call("DismCloseSession", session), dism.S_OK)
        self.assert_hr(call("DismCloseSession", session), dism.INVALID_SESSION)

    def test_takes_the_low_half_of_a_session_passed_as_a_pointer(self):
        session = self.open(dism.image)
        wide_handle = ctypes.c_uint64(session | 0xABCD << 32)
        self.assert_hr(call("DismCloseSession", wide_handle), dism.S_OK)

    def test_gives_each_open_of_one_image_its_own_session(self):
        self.assertNotEqual(self.open(dism.image), self.open(dism.image))

    def test_does_not_lose_a_session_that_the_handle_names(self):
        session = self.open(dism.image)
        self.assertEqual(open_session(dism.image, handle=session), (dism.ALREADY_EXISTS, session))
        self.assertIn(str(session), last_message())
        self.assertEqual(open_session("/no such image", handle=session)[1], session)

    def test_overwrites_a_handle_that_names_nothing(self):
        result, session = open_session(dism.image, handle=12345)
        self.assert_hr(result, dism.S_OK)
        self.assertNotEqual(session, 12345)
        self.assert_hr(call("DismCloseSession", session), dism.S_OK)

    def test_takes_empty_optional_strings_as_none(self):
        self.open(dism.image, "", "")

    def test_takes_a_separator_at_the_end(self):
        self.open(dism.image + "/")
        self.open(dism.image + "\\")

    def test_finds_the_windows_directory_without_regard_to_case(self):
        self.open(dism.image, "WINDOWS")


class DocumentedErrors(dism.LibraryTest):

    def setUp(self):
        self.initialize()
        folder = tempfile.TemporaryDirectory(prefix="casement-abi-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def refuse(self, expected, words, *arguments):
        result, session = open_session(*arguments, handle=0xFFFFFFFF)
        self.assert_hr(result, expected)
        self.assertEqual(session, 0)
        self.assertIn(words, last_message())

    def test_no_image_path(self):
        self.refuse(dism.E_INVALIDARG, "ImagePath", None)
        self.refuse(dism.E_INVALIDARG, "ImagePath", "")

    def test_missing_path(self):
        self.refuse(dism.FILE_NOT_FOUND, "gone", self.folder + "/gone")

    def test_missing_parent(self):
        self.refuse(dism.PATH_NOT_FOUND, "gone/below", self.folder + "/gone/below")

    def test_no_windows_below_the_path(self):
        self.refuse(dism.PATH_NOT_FOUND, "An error occurred. No operation was performed.",
                    self.folder)

    def test_wrong_subfolder_of_an_image(self):
        self.refuse(dism.PATH_NOT_FOUND, "An error occurred. No operation was performed.",
                    dism.image + "/Windows/System32/drivers")

    def test_file_that_is_no_image(self):
        path = os.path.join(self.folder, "notes.txt")
        with open(path, "w", encoding="ascii") as file:
            file.write("no image\n")
        self.refuse(dism.NOT_SUPPORTED, "notes.txt", path)

    def test_wrong_windows_directory(self):
        self.refuse(dism.PATH_NOT_FOUND, "WinNT", dism.image, "WinNT")

    def test_wrong_system_drive(self):
        self.refuse(dism.PATH_NOT_FOUND, "Q:", dism.image, None, "Q:")
        self.refuse(dism.E_INVALIDARG, "nonsense", dism.image, None, "nonsense")

    def test_online_image(self):
        self.refuse(dism.NOT_SUPPORTED, "online image", dism.ONLINE_IMAGE)

    def test_online_image_with_more(self):
        self.refuse(dism.E_INVALIDARG, "online image", dism.ONLINE_IMAGE, "Windows")
        self.refuse(dism.E_INVALIDARG, "online image", dism.ONLINE_IMAGE, None, "C:")

    def test_drive_letter_of_another_system(self):
        self.refuse(dism.PATH_NOT_FOUND, "C:", "C:\\mount")

    def test_text_that_is_not_utf_16(self):
        self.refuse(dism.E_INVALIDARG, "UTF-16", "half a pair: \ud800")

    def test_text_that_is_too_long(self):
        self.refuse(dism.E_INVALIDARG, "32767", "x" * 32768)

    def test_no_permission(self):
        locked = os.path.join(self.folder, "locked")
        os.mkdir(locked, 0o000)
        os.chmod(self.folder, 0o755)
        child = os.fork()  # root may read everything, so root becomes nobody there
        if child == 0:
            status = 1
            try:
                if os.geteuid() == 0:
                    os.setuid(65534)
                status = 0 if open_session(locked) == (dism.ACCESS_DENIED, 0) else 1
            except PermissionError:
                status = 77
            finally:
                os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.chmod(locked, 0o700)
        if status == 77:
            self.skipTest("root cannot become another user here")
        self.assertEqual(status, 0)


class Messages(dism.LibraryTest):

    def test_belong_to_their_thread(self):
        self.initialize()
        self.assert_hr(call("DismCloseSession", 4711), dism.INVALID_SESSION)
        seen = []
        thread = threading.Thread(target=lambda: seen.append(last_message()))
        thread.start()
        thread.join()
        self.assertEqual(seen, [dism.NOT_FOUND])
        self.assertIn("4711", last_message())

    def test_are_utf_16(self):
        self.initialize()
        open_session("/\u00e9\u4e2d\U0001F600 missing")
        self.assertIn("/\u00e9\u4e2d\U0001F600 missing", last_message())

    def test_survive_a_success(self):
        self.initialize()
        self.assert_hr(call("DismCloseSession", 4712), dism.INVALID_SESSION)
        self.open(dism.image)
        self.assertIn("4712", last_message())


if __name__ == "__main__":
    unittest.main()
