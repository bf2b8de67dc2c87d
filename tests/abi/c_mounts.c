// SPDX-License-Identifier: Apache-2.0
// The classic sequence of a program written for DISM: what images there are, mount one read-only,
// open a session on the mount, close it, unmount. usage: c_mounts IMAGE (IMAGE.wim and IMAGE.vhdx
// lie beside it)
#define _GNU_SOURCE  // mkdtemp

#include <dismapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "expect.h"

enum { path_units = 4096 };

static const HRESULT mount_read_write = (HRESULT)0xC1510111U;

static bool same(PCWSTR text, PCWSTR expected) {
  while (*text != 0 && *text == *expected) {
    ++text;
    ++expected;
  }
  return *text == *expected;
}

static void count_progress(UINT current, UINT total, PVOID data) {
  EXPECT(current <= total && total == 100);
  ++*(UINT*)data;
}

static void test_image_info(PCWSTR image, DismImageType type, UINT expected_count) {
  DismImageInfo* infos = NULL;
  UINT count = 0;
  EXPECT_HR(DismGetImageInfo(image, &infos, &count), S_OK);
  EXPECT(count == expected_count && infos != NULL);
  for (UINT i = 0; i < count; ++i) {
    EXPECT(infos[i].ImageType == type);
    EXPECT(infos[i].ImageIndex == i + 1);
    EXPECT(infos[i].ImageName != NULL && infos[i].ImageName[0] != 0);
    EXPECT(infos[i].ImageDescription != NULL && infos[i].Hal != NULL);
    EXPECT(infos[i].Architecture == 9);
    EXPECT(infos[i].MajorVersion == 10 && infos[i].Build >= 22000);
    EXPECT(infos[i].EditionId[0] != 0);
    EXPECT(infos[i].LanguageCount == 0 || infos[i].Language[0].Value[0] != 0);
    EXPECT(infos[i].LanguageCount == 0 || infos[i].DefaultLanguageIndex < infos[i].LanguageCount);
    const DismWimCustomizedInfo* counts = infos[i].CustomizedInfo;
    EXPECT((counts != NULL) == (type == DismImageTypeWim));
    if (counts != NULL) {
      EXPECT(counts->Size == 44 && counts->FileCount > 0 && counts->DirectoryCount > 0);
      EXPECT(counts->CreatedTime.wYear >= 1990 && counts->CreatedTime.wMonth >= 1);
    }
  }
  EXPECT_HR(DismDelete(infos), S_OK);
  EXPECT_HR(DismDelete(infos), E_INVALIDARG);
}

static UINT mounted_at(PCWSTR directory) {
  DismMountedImageInfo* infos = NULL;
  UINT count = 0;
  EXPECT_HR(DismGetMountedImageInfo(&infos, &count), S_OK);
  UINT index = 0;
  for (UINT i = 0; i < count; ++i) {
    if (same(infos[i].MountPath, directory)) {
      EXPECT(infos[i].MountMode == DismReadOnly);
      EXPECT(infos[i].MountStatus == DismMountStatusOk);
      EXPECT(infos[i].ImageFilePath[0] == u'/');
      index = infos[i].ImageIndex;
    }
  }
  EXPECT_HR(infos == NULL ? S_OK : DismDelete(infos), S_OK);
  return index;
}

static void test_sequence(PCWSTR image, PCWSTR directory, UINT index) {
  UINT calls = 0;
  EXPECT_HR(DismMountImage(image, directory, index, NULL, DismImageIndex, DISM_MOUNT_READONLY, NULL,
                           count_progress, &calls),
            S_OK);
  EXPECT(calls > 0);
  EXPECT(mounted_at(directory) == index);
  EXPECT_HR(DismMountImage(image, directory, index, NULL, DismImageIndex, DISM_MOUNT_READONLY, NULL,
                           NULL, NULL),
            HRESULT_FROM_WIN32(ERROR_ALREADY_EXISTS));
  DismSession session = DISM_SESSION_DEFAULT;
  EXPECT_HR(DismOpenSession(directory, NULL, NULL, &session), S_OK);
  EXPECT_HR(DismUnmountImage(directory, DISM_DISCARD_IMAGE, NULL, NULL, NULL),
            DISMAPI_E_OPEN_HANDLES_UNABLE_TO_UNMOUNT_IMAGE_PATH);
  EXPECT_HR(DismRemountImage(directory), S_OK);
  EXPECT_HR(DismCommitImage(session, 0, NULL, NULL, NULL), HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED));
  EXPECT_HR(DismCloseSession(session), S_OK);
  EXPECT_HR(DismCleanupMountpoints(), S_OK);
  EXPECT(mounted_at(directory) == index);
  EXPECT_HR(DismUnmountImage(directory, DISM_DISCARD_IMAGE, NULL, NULL, NULL), S_OK);
  EXPECT(mounted_at(directory) == 0);
  EXPECT_HR(DismUnmountImage(directory, DISM_DISCARD_IMAGE, NULL, NULL, NULL),
            DISMAPI_E_UNABLE_TO_UNMOUNT_IMAGE_PATH);
}

static void test_refusals(PCWSTR wim, PCWSTR vhdx, PCWSTR directory) {
  EXPECT_HR(DismMountImage(wim, directory, 1, NULL, DismImageIndex, DISM_MOUNT_READWRITE, NULL,
                           NULL, NULL),
            mount_read_write);
  EXPECT_MESSAGE("never writes");
  EXPECT_HR(DismMountImage(wim, directory, 99, NULL, DismImageIndex, DISM_MOUNT_READONLY, NULL,
                           NULL, NULL),
            DISMAPI_E_INVALID_IMAGE_INDEX);
  EXPECT_HR(DismMountImage(wim, directory, 0, u"No Such Edition", DismImageName,
                           DISM_MOUNT_READONLY, NULL, NULL, NULL),
            DISMAPI_E_INVALID_IMAGE_NAME);
  EXPECT_HR(
      DismMountImage(wim, directory, 1, NULL, DismImageNone, DISM_MOUNT_READONLY, NULL, NULL, NULL),
      DISMAPI_E_MUST_SPECIFY_INDEX_OR_NAME);
  EXPECT_HR(DismMountImage(vhdx, directory, 2, NULL, DismImageIndex, DISM_MOUNT_READONLY, NULL,
                           NULL, NULL),
            DISMAPI_E_INVALID_IMAGE_INDEX);
  EXPECT_HR(DismMountImage(wim, u"/no/such/directory", 1, NULL, DismImageIndex, DISM_MOUNT_READONLY,
                           NULL, NULL, NULL),
            HRESULT_FROM_WIN32(ERROR_PATH_NOT_FOUND));
  EXPECT_HR(DismMountImage(wim, directory, 1, NULL, DismImageIndex, DISM_MOUNT_READONLY | 0x100U,
                           NULL, NULL, NULL),
            E_INVALIDARG);
  EXPECT_HR(DismRemountImage(directory), HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND));
  DismImageInfo* infos = NULL;
  UINT count = 7;
  EXPECT_HR(DismGetImageInfo(directory, &infos, &count), HRESULT_FROM_WIN32(ERROR_PATH_NOT_FOUND));
  EXPECT(infos == NULL && count == 0);
  EXPECT(mounted_at(directory) == 0);
}

int main(int argc, char** argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: c_mounts IMAGE\n");
    return 2;
  }
  char path[path_units];
  WCHAR wim[path_units];
  WCHAR vhdx[path_units];
  WCHAR directory[path_units];
  snprintf(path, sizeof path, "%s.wim", argv[1]);
  wide(path, wim, path_units);
  snprintf(path, sizeof path, "%s.vhdx", argv[1]);
  wide(path, vhdx, path_units);
  char made[] = "/tmp/casement-mounts-XXXXXX";
  if (mkdtemp(made) == NULL) {
    perror("mkdtemp");
    return 1;
  }
  wide(made, directory, path_units);

  EXPECT_HR(DismInitialize(DismLogErrorsWarnings, NULL, NULL), S_OK);
  test_image_info(wim, DismImageTypeWim, 2);
  test_image_info(vhdx, DismImageTypeVhd, 1);
  test_sequence(wim, directory, 2);
  test_sequence(vhdx, directory, 1);
  test_refusals(wim, vhdx, directory);
  EXPECT_HR(DismShutdown(), S_OK);
  EXPECT(rmdir(made) == 0);
  return expect_result();
}
