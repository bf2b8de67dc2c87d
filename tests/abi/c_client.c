// SPDX-License-Identifier: Apache-2.0
// A C program that knows dismapi.h and libdismapi.so alone: opens sessions and meets every
// documented error. usage: c_client IMAGE (a directory with a Windows installation)
#define _GNU_SOURCE  // mkdtemp, fork, setuid

#include <dismapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "c_misuse.h"
#include "expect.h"

enum { path_units = 4096, nobody = 65534 };

static const HRESULT file_not_found = HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND);
static const HRESULT path_not_found = HRESULT_FROM_WIN32(ERROR_PATH_NOT_FOUND);

/// Opens, expects this failure, and that the handle is 0. The path is ASCII.
static void expect_refused(int line, const char* path, PCWSTR windows, PCWSTR drive,
                           HRESULT expected) {
  WCHAR buffer[path_units];
  DismSession session = 0xFFFFFFFFU;
  expect_hr_at(__FILE__, line, path,
               DismOpenSession(wide(path, buffer, path_units), windows, drive, &session), expected);
  expect_true_at(__FILE__, line, "the handle is 0 after a failure", session == 0);
}
#define EXPECT_REFUSED(path, windows, drive, expected) \
  expect_refused(__LINE__, (path), (windows), (drive), (expected))

static const char* join(char* buffer, const char* folder, const char* name) {
  snprintf(buffer, path_units, "%s/%s", folder, name);
  return buffer;
}

static void test_sessions(const char* image_path) {
  char path[path_units];
  WCHAR image[path_units];
  DismSession first = DISM_SESSION_DEFAULT;
  DismSession second = DISM_SESSION_DEFAULT;
  EXPECT_HR(DismOpenSession(wide(image_path, image, path_units), NULL, NULL, &first), S_OK);
  EXPECT(first != 0 && first != 0xFFFFFFFFU);
  EXPECT_HR(DismOpenSession(image, NULL, NULL, &second), S_OK);
  EXPECT(second != first);

  // A handle that names an open session keeps it, whatever is wrong.
  const DismSession kept = first;
  EXPECT_HR(DismOpenSession(image, NULL, NULL, &first), HRESULT_FROM_WIN32(ERROR_ALREADY_EXISTS));
  EXPECT(first == kept);
  EXPECT_HR(DismOpenSession(NULL, NULL, NULL, &first), E_INVALIDARG);
  EXPECT(first == kept);
  EXPECT_HR(DismCloseSession(second), S_OK);
  EXPECT_HR(DismCloseSession(first), S_OK);
  // The handle names nothing now and may be used again.
  EXPECT_HR(DismOpenSession(image, NULL, NULL, &first), S_OK);
  EXPECT(first != kept && first != second);
  EXPECT_HR(DismCloseSession(first), S_OK);

  // Other ways to write the same: a separator at the end, '\', empty optional strings, the Windows
  // directory without regard to case.
  snprintf(path, sizeof path, "%s\\", image_path);
  DismSession session = DISM_SESSION_DEFAULT;
  EXPECT_HR(DismOpenSession(wide(path, image, path_units), u"", u"", &session), S_OK);
  EXPECT_HR(DismCloseSession(session), S_OK);
  EXPECT_HR(DismOpenSession(image, u"wINDOWS", NULL, &session), S_OK);
  EXPECT_HR(DismCloseSession(session), S_OK);
}

static void test_relative_path(const char* image_path) {
  char before[path_units];
  EXPECT(getcwd(before, sizeof before) != NULL);
  EXPECT(chdir(image_path) == 0);
  DismSession session = DISM_SESSION_DEFAULT;
  EXPECT_HR(DismOpenSession(u".", NULL, NULL, &session), S_OK);
  EXPECT_HR(DismCloseSession(session), S_OK);
  EXPECT(chdir(before) == 0);
}

static void test_wrong_paths(const char* image_path, const char* folder) {
  char path[path_units];
  DismSession session = 0xFFFFFFFFU;
  EXPECT_HR(DismOpenSession(NULL, NULL, NULL, &session), E_INVALIDARG);
  EXPECT(session == 0);
  EXPECT_MESSAGE("ImagePath");
  EXPECT_REFUSED("", NULL, NULL, E_INVALIDARG);

  EXPECT_REFUSED(join(path, folder, "missing"), NULL, NULL, file_not_found);
  EXPECT_MESSAGE("missing");
  EXPECT_REFUSED(join(path, folder, "no parent/missing"), NULL, NULL, path_not_found);

  EXPECT(mkdir(join(path, folder, "empty"), 0755) == 0);
  EXPECT_REFUSED(path, NULL, NULL, path_not_found);
  EXPECT_MESSAGE("An error occurred. No operation was performed.");
  EXPECT_MESSAGE("empty");

  EXPECT_REFUSED(join(path, image_path, "Windows/System32/drivers"), NULL, NULL, path_not_found);
  EXPECT_MESSAGE("An error occurred. No operation was performed.");

  EXPECT_REFUSED(image_path, u"WinNT", NULL, path_not_found);
  EXPECT_MESSAGE("WinNT");
  EXPECT_REFUSED(image_path, NULL, u"Q:", path_not_found);
  EXPECT_MESSAGE("Q:");
  EXPECT_REFUSED(image_path, NULL, u"nonsense", E_INVALIDARG);
  EXPECT_REFUSED("C:\\mount", NULL, NULL, path_not_found);

  FILE* file = fopen(join(path, folder, "install.wim"), "w");
  EXPECT(file != NULL && fputs("MSWIM", file) >= 0);
  EXPECT(file != NULL && fclose(file) == 0);
  EXPECT_REFUSED(path, NULL, NULL, HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED));
  EXPECT_MESSAGE("install.wim");
}

static void test_wrong_strings(void) {
  DismSession session = 0xFFFFFFFFU;
  EXPECT_HR(DismOpenSession(u"\xDC00 alone", NULL, NULL, &session), E_INVALIDARG);
  EXPECT_MESSAGE("UTF-16");
  static WCHAR long_path[40000];
  for (size_t i = 0; i + 1 < sizeof long_path / sizeof long_path[0]; ++i) {
    long_path[i] = u'x';
  }
  EXPECT_HR(DismOpenSession(long_path, NULL, NULL, &session), E_INVALIDARG);
  EXPECT_MESSAGE("32767");
  EXPECT_HR(DismOpenSession(u".", long_path, NULL, &session), E_INVALIDARG);
  EXPECT_MESSAGE("WindowsDirectory");
}

static void test_online_image(void) {
  DismSession session = 0xFFFFFFFFU;
  EXPECT_HR(DismOpenSession(DISM_ONLINE_IMAGE, NULL, NULL, &session),
            HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED));
  EXPECT(session == 0);
  EXPECT_MESSAGE("online image");
  EXPECT_HR(DismOpenSession(DISM_ONLINE_IMAGE, u"Windows", NULL, &session), E_INVALIDARG);
  EXPECT_HR(DismOpenSession(DISM_ONLINE_IMAGE, NULL, u"C:", &session), E_INVALIDARG);
  EXPECT_HR(DismOpenSession(DISM_ONLINE_IMAGE, u"Windows", u"C:", &session), E_INVALIDARG);
}

/// Root may read everything, so root becomes nobody, in a process of its own.
static void test_access_denied(const char* folder) {
  char path[path_units];
  EXPECT(mkdir(join(path, folder, "locked"), 0755) == 0);
  EXPECT(chmod(path, 0) == 0);
  EXPECT(chmod(folder, 0755) == 0);
  const pid_t child = fork();
  EXPECT(child >= 0);
  if (child == 0) {
    if (geteuid() == 0 && setuid(nobody) != 0) {
      _exit(77);
    }
    WCHAR buffer[path_units];
    DismSession session = 0xFFFFFFFFU;
    const HRESULT result = DismOpenSession(wide(path, buffer, path_units), NULL, NULL, &session);
    _exit(result == HRESULT_FROM_WIN32(ERROR_ACCESS_DENIED) && session == 0 ? 0 : 1);
  }
  int status = 0;
  EXPECT(waitpid(child, &status, 0) == child);
  EXPECT(WIFEXITED(status));
  if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
    printf("SKIPPED access denied: root cannot become another user here\n");
  } else {
    EXPECT(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  EXPECT(chmod(path, 0700) == 0);
}

int main(int count, char** arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: %s IMAGE\n", arguments[0]);
    return EXIT_FAILURE;
  }
  const char* image_path = arguments[1];
  WCHAR image[path_units];
  wide(image_path, image, path_units);
  char folder[] = "casement-abi-XXXXXX";
  if (mkdtemp(folder) == NULL) {
    perror("mkdtemp");
    return EXIT_FAILURE;
  }

  test_before_initialize();
  test_library_life(folder);
  test_misuse(image);
  test_table(image);
  test_memory();

  EXPECT_HR(DismInitialize(DismLogErrors, NULL, NULL), S_OK);
  test_sessions(image_path);
  test_relative_path(image_path);
  test_wrong_paths(image_path, folder);
  test_wrong_strings();
  test_online_image();
  test_access_denied(folder);
  EXPECT_HR(DismShutdown(), S_OK);

  char path[path_units];
  const char* const left[] = {"dism.log", "empty", "install.wim", "locked"};
  for (size_t i = 0; i < sizeof left / sizeof left[0]; ++i) {
    EXPECT(remove(join(path, folder, left[i])) == 0);
  }
  EXPECT(rmdir(folder) == 0);
  return expect_result();
}
