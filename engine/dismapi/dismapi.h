// SPDX-License-Identifier: Apache-2.0
// The DISM API for Linux: sessions on Windows images that are not running, from C and C++.
//
// What a program written for the DISM API of Windows finds here, with these differences:
//  - WCHAR is char16_t; string literals are u"...". DISM_ONLINE_IMAGE is one already.
//  - DWORD, UINT, BOOL and HRESULT are 32 bits wide, also where long is 64.
//  - Nothing is ever written to an image. DISMAPI_FUNCTION_TABLE says what each function does in
//    this version; a function that does nothing yet says so in its result, never by pretending.
//
// Rules that hold for every function:
//  - Threads: all functions may be called from any thread at any time. Calls on one session come
//    one after the other, calls on different sessions at the same time. A progress callback may
//    make calls on its own session; on another one, it waits for its turn like any other caller.
//  - Arguments are checked in this order, and the first check that fails gives the result:
//    the library is initialized (DISMAPI_E_DISMAPI_NOT_INITIALIZED, during DismShutdown
//    DISMAPI_E_SHUTDOWN_IN_PROGRESS); required out parameters are given; required strings are given
//    and not empty, strings have at most 32,767 units and are valid UTF-16; the session is open
//    (DISMAPI_E_INVALID_DISM_SESSION); enumerations are in range. Where nothing is said beside a
//    check, its result is E_INVALIDARG.
//  - On failure out pointers, counts and session handles are set to NULL and 0 (DismOpenSession
//    says when not). Out values of other kinds are left as they were.
//  - A failed call leaves a message for the calling thread: DismGetLastErrorMessage. DismShutdown,
//    DismDelete and DismGetLastErrorMessage leave none.
//  - Ownership: what a function hands out belongs to the caller until one DismDelete of that very
//    pointer, which frees a struct or an array with everything in it. Strings and structs that are
//    passed in are only read during the call.
//  - Optional strings: NULL and the empty string mean the same.
//  - Strings in structures are empty, not NULL, where there is nothing to say, but for Region of
//    DismAppxPackage. Lists that are empty are NULL with the count 0.
//  - CancelEvent: NULL, or an event of DismxCreateCancelEvent. Any other value is not looked at:
//    handles of other libraries mean nothing here.
#ifndef CASEMENT_DISMAPI_H
#define CASEMENT_DISMAPI_H

// The names are those of Windows, and programs use them.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)

#include <stddef.h>
#include <stdint.h>
#ifndef __cplusplus
#include <uchar.h>
#endif

#ifdef __cplusplus
#define DISMAPI_NOEXCEPT noexcept
#define DISMAPI_CAST(type, value) (static_cast<type>(value))
// A fixed type makes every 32-bit value of a caller a value of the enumeration.
#define DISMAPI_ENUM_TYPE : int32_t
#else
#define DISMAPI_NOEXCEPT
#define DISMAPI_CAST(type, value) ((type)(value))
#define DISMAPI_ENUM_TYPE
#endif
#define DISMAPI_EXPORT __attribute__((visibility("default")))

// ---- The Windows types that the API is made of ----

#ifndef WINAPI
#define WINAPI
#endif
#ifndef CALLBACK
#define CALLBACK
#endif
#ifndef VOID
#define VOID void
#endif
#ifndef TRUE
#define TRUE 1
#endif
#ifndef FALSE
#define FALSE 0
#endif

typedef char16_t WCHAR;
typedef const char16_t* PCWSTR;  ///< UTF-16 in the machine's byte order, ends with a NUL
typedef uint32_t UINT;
typedef uint32_t DWORD;
typedef int32_t BOOL;     ///< FALSE is 0, everything else is TRUE
typedef int32_t HRESULT;  ///< negative: an error
typedef uint64_t UINT64;
typedef void* PVOID;
typedef void* HANDLE;

/// A date and time; all zero when there is none.
typedef struct _SYSTEMTIME {
  uint16_t wYear;
  uint16_t wMonth;
  uint16_t wDayOfWeek;  ///< 0 is Sunday
  uint16_t wDay;
  uint16_t wHour;
  uint16_t wMinute;
  uint16_t wSecond;
  uint16_t wMilliseconds;
} SYSTEMTIME;

// ---- Results ----

#ifndef SUCCEEDED
#define SUCCEEDED(hr) (DISMAPI_CAST(HRESULT, hr) >= 0)
#endif
#ifndef FAILED
#define FAILED(hr) (DISMAPI_CAST(HRESULT, hr) < 0)
#endif
#ifndef HRESULT_FROM_WIN32
/// The HRESULT of a Win32 error number between 1 and 65535.
#define HRESULT_FROM_WIN32(error) DISMAPI_CAST(HRESULT, 0x80070000U | (error))
#endif

#ifndef S_OK
#define S_OK DISMAPI_CAST(HRESULT, 0)
#endif
#ifndef E_NOTIMPL
#define E_NOTIMPL DISMAPI_CAST(HRESULT, 0x80004001U)
#endif
#ifndef E_POINTER
#define E_POINTER DISMAPI_CAST(HRESULT, 0x80004003U)
#endif
#ifndef E_FAIL
#define E_FAIL DISMAPI_CAST(HRESULT, 0x80004005U)
#endif
#ifndef E_UNEXPECTED
#define E_UNEXPECTED DISMAPI_CAST(HRESULT, 0x8000FFFFU)
#endif
#ifndef E_OUTOFMEMORY
#define E_OUTOFMEMORY DISMAPI_CAST(HRESULT, 0x8007000EU)
#endif
#ifndef E_INVALIDARG
#define E_INVALIDARG DISMAPI_CAST(HRESULT, 0x80070057U)
#endif

// Win32 error numbers that come as HRESULT_FROM_WIN32(...).
#ifndef ERROR_FILE_NOT_FOUND
#define ERROR_FILE_NOT_FOUND 2U
#endif
#ifndef ERROR_PATH_NOT_FOUND
#define ERROR_PATH_NOT_FOUND 3U
#endif
#ifndef ERROR_ACCESS_DENIED
#define ERROR_ACCESS_DENIED 5U
#endif
#ifndef ERROR_BAD_FORMAT
#define ERROR_BAD_FORMAT 11U
#endif
#ifndef ERROR_INVALID_DATA
#define ERROR_INVALID_DATA 13U
#endif
#ifndef ERROR_NOT_SUPPORTED
#define ERROR_NOT_SUPPORTED 50U
#endif
#ifndef ERROR_ALREADY_EXISTS
#define ERROR_ALREADY_EXISTS 183U
#endif
#ifndef ERROR_DIRECTORY
#define ERROR_DIRECTORY 267U
#endif
#ifndef ERROR_ELEVATION_REQUIRED
#define ERROR_ELEVATION_REQUIRED 740U
#endif
#ifndef ERROR_NOT_FOUND
#define ERROR_NOT_FOUND 1168U
#endif
#ifndef ERROR_CANCELLED
#define ERROR_CANCELLED 1223U
#endif
#ifndef ERROR_REQUEST_ABORTED
#define ERROR_REQUEST_ABORTED 1235U
#endif
#ifndef ERROR_SUCCESS_REBOOT_REQUIRED
#define ERROR_SUCCESS_REBOOT_REQUIRED 3010U  // a success on Windows, as it is; never returned here
#endif

#define DISMAPI_S_RELOAD_IMAGE_SESSION_REQUIRED DISMAPI_CAST(HRESULT, 0x00000001)
#define DISMAPI_E_DISMAPI_NOT_INITIALIZED DISMAPI_CAST(HRESULT, 0xC0040001U)
#define DISMAPI_E_SHUTDOWN_IN_PROGRESS DISMAPI_CAST(HRESULT, 0xC0040002U)
#define DISMAPI_E_OPEN_SESSION_HANDLES DISMAPI_CAST(HRESULT, 0xC0040003U)
#define DISMAPI_E_INVALID_DISM_SESSION DISMAPI_CAST(HRESULT, 0xC0040004U)
#define DISMAPI_E_INVALID_IMAGE_INDEX DISMAPI_CAST(HRESULT, 0xC0040005U)
#define DISMAPI_E_INVALID_IMAGE_NAME DISMAPI_CAST(HRESULT, 0xC0040006U)
#define DISMAPI_E_UNABLE_TO_UNMOUNT_IMAGE_PATH DISMAPI_CAST(HRESULT, 0xC0040007U)
/// Documented by name; the number is unverified, because no public header has it.
#define DISMAPI_E_DISMAPI_ALREADY_INITIALIZED DISMAPI_CAST(HRESULT, 0xC0040008U)
#define DISMAPI_E_LOGGING_DISABLED DISMAPI_CAST(HRESULT, 0xC0040009U)
#define DISMAPI_E_OPEN_HANDLES_UNABLE_TO_UNMOUNT_IMAGE_PATH DISMAPI_CAST(HRESULT, 0xC004000AU)
#define DISMAPI_E_OPEN_HANDLES_UNABLE_TO_MOUNT_IMAGE_PATH DISMAPI_CAST(HRESULT, 0xC004000BU)
#define DISMAPI_E_OPEN_HANDLES_UNABLE_TO_REMOUNT_IMAGE_PATH DISMAPI_CAST(HRESULT, 0xC004000CU)
#define DISMAPI_E_PARENT_FEATURE_DISABLED DISMAPI_CAST(HRESULT, 0xC004000DU)
#define DISMAPI_E_MUST_SPECIFY_ONLINE_IMAGE DISMAPI_CAST(HRESULT, 0xC004000EU)
#define DISMAPI_E_INVALID_PRODUCT_KEY DISMAPI_CAST(HRESULT, 0xC004000FU)
#define DISMAPI_E_MUST_SPECIFY_INDEX_OR_NAME DISMAPI_CAST(HRESULT, 0xC0040020U)
#define DISMAPI_E_NEEDS_REMOUNT DISMAPI_CAST(HRESULT, 0xC1510114U)
#define DISMAPI_E_UNKNOWN_FEATURE DISMAPI_CAST(HRESULT, 0x800F080CU)
#define DISMAPI_E_BUSY DISMAPI_CAST(HRESULT, 0x800F0902U)
#define DISMAPI_E_UNKNOWN_PRODUCT DISMAPI_CAST(HRESULT, 0x80070645U)
/// CBS_E_INVALID_PACKAGE.
#define DISMAPI_E_INVALID_PACKAGE DISMAPI_CAST(HRESULT, 0x800F0805U)

// ---- Constants ----

/// ImagePath of DismOpenSession for the running system. Not built yet in this version.
#define DISM_ONLINE_IMAGE u"DISM_{53BFAE52-B167-4E2F-A258-0A37B57FF845}"
/// What a handle that names no session holds.
#define DISM_SESSION_DEFAULT 0

// Flags of DismMountImage.
#define DISM_MOUNT_READWRITE 0x00000000U
#define DISM_MOUNT_READONLY 0x00000001U
#define DISM_MOUNT_OPTIMIZE 0x00000002U
#define DISM_MOUNT_CHECK_INTEGRITY 0x00000004U
#define DISM_MOUNT_SUPPORT_EA 0x00000008U

// Flags of DismUnmountImage; the commit flags may be added, DISM_COMMIT_MASK separates them.
#define DISM_COMMIT_IMAGE 0x00000000U
#define DISM_DISCARD_IMAGE 0x00000001U

// Flags of DismCommitImage.
#define DISM_COMMIT_GENERATE_INTEGRITY 0x00010000U
#define DISM_COMMIT_APPEND 0x00020000U
#define DISM_COMMIT_SUPPORT_EA 0x00040000U
#define DISM_COMMIT_MASK 0xFFFF0000U

// States of reserved storage.
#define DISM_RESERVED_STORAGE_DISABLED 0x00000000U
#define DISM_RESERVED_STORAGE_ENABLED 0x00000001U

// ---- The table: what each function does in this version ----

/// Every function of this header, once, as ROW(name, state). The states:
///   implemented  does what its description says.
///   not_built    a question that this version cannot answer yet: checks its arguments, then
///                HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED) with the message
///                "<name> is not built yet in this version". None at present.
///   read_only    would change an image, a mount or the system, which this library never does:
///                checks its arguments, then HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED) with the
///                message "read-only engine: <name> is not available".
/// The library is compiled against this table and the tests walk it: it cannot be out of date.
// clang-format off
#define DISMAPI_FUNCTION_TABLE(ROW)               \
  ROW(DismInitialize, implemented)                \
  ROW(DismShutdown, implemented)                  \
  ROW(DismOpenSession, implemented)               \
  ROW(DismCloseSession, implemented)              \
  ROW(DismGetLastErrorMessage, implemented)       \
  ROW(DismDelete, implemented)                    \
  ROW(DismGetImageInfo, implemented)              \
  ROW(DismGetMountedImageInfo, implemented)       \
  ROW(DismCheckImageHealth, implemented)          \
  ROW(DismGetPackages, implemented)               \
  ROW(DismGetPackageInfo, implemented)            \
  ROW(DismGetPackageInfoEx, implemented)          \
  ROW(_DismGetPackageInfoEx, implemented)         \
  ROW(DismGetFeatures, implemented)               \
  ROW(DismGetFeatureInfo, implemented)            \
  ROW(DismGetFeatureParent, implemented)          \
  ROW(DismGetDrivers, implemented)                \
  ROW(DismGetDriverInfo, implemented)             \
  ROW(DismGetCapabilities, implemented)           \
  ROW(DismGetCapabilityInfo, implemented)         \
  ROW(DismGetReservedStorageState, implemented)   \
  ROW(DismGetProvisionedAppxPackages, implemented) \
  ROW(_DismGetProvisionedAppxPackages, implemented) \
  ROW(_DismGetCurrentEdition, implemented)        \
  ROW(_DismGetTargetEditions, implemented)        \
  ROW(_DismGetRegistryMountPoint, implemented)    \
  ROW(_DismGetProductKeyInfo, implemented)        \
  ROW(_DismValidateProductKey, implemented)       \
  ROW(DismMountImage, implemented)                \
  ROW(DismUnmountImage, implemented)              \
  ROW(DismRemountImage, implemented)              \
  ROW(DismCleanupMountpoints, implemented)        \
  ROW(DismxCreateCancelEvent, implemented)        \
  ROW(DismxSetCancelEvent, implemented)           \
  ROW(DismxCloseCancelEvent, implemented)         \
  ROW(DismCommitImage, read_only)                 \
  ROW(DismRestoreImageHealth, read_only)          \
  ROW(DismAddPackage, read_only)                  \
  ROW(DismRemovePackage, read_only)               \
  ROW(DismEnableFeature, read_only)               \
  ROW(DismDisableFeature, read_only)              \
  ROW(DismApplyUnattend, read_only)               \
  ROW(DismAddDriver, read_only)                   \
  ROW(DismRemoveDriver, read_only)                \
  ROW(DismAddCapability, read_only)               \
  ROW(DismRemoveCapability, read_only)            \
  ROW(DismSetReservedStorageState, read_only)     \
  ROW(DismAddProvisionedAppxPackage, read_only)   \
  ROW(_DismAddProvisionedAppxPackage, read_only)  \
  ROW(DismRemoveProvisionedAppxPackage, read_only)  \
  ROW(_DismRemoveProvisionedAppxPackage, read_only) \
  ROW(_DismSetEdition, read_only)                 \
  ROW(_DismSetProductKey, read_only)              \
  ROW(_DismApplyFfuImage, read_only)              \
  ROW(_DismSplitFfuImage, read_only)
// clang-format on

#ifdef __cplusplus
extern "C" {
#endif

/// A session on one image. Never 0 nor 0xFFFFFFFF while open.
typedef UINT DismSession;

/// Progress of a long call: Current of Total steps. Called on the thread that made the call; it
/// must not close the session of the call nor shut the library down, and must return normally.
typedef void(CALLBACK* DISM_PROGRESS_CALLBACK)(UINT Current, UINT Total, PVOID UserData);

// ---- Enumerations ----

/// How much DismInitialize's log file is told.
typedef enum _DismLogLevel DISMAPI_ENUM_TYPE {
  DismLogErrors = 0,
  DismLogErrorsWarnings = 1,
  DismLogErrorsWarningsInfo = 2,
  DismLogErrorsWarningsInfoDebug = 3
} DismLogLevel;

/// What names the image in a file of several.
typedef enum _DismImageIdentifier DISMAPI_ENUM_TYPE {
  DismImageIndex = 0,
  DismImageName = 1,
  DismImageNone = 2
} DismImageIdentifier;

/// How an image is mounted.
typedef enum _DismMountMode DISMAPI_ENUM_TYPE { DismReadWrite = 0, DismReadOnly = 1 } DismMountMode;

/// What kind of file an image lies in.
typedef enum _DismImageType DISMAPI_ENUM_TYPE {
  DismImageTypeUnsupported = -1,
  DismImageTypeWim = 0,
  DismImageTypeVhd = 1
} DismImageType;

/// Whether an image can be started.
typedef enum _DismImageBootable DISMAPI_ENUM_TYPE {
  DismImageBootableYes = 0,
  DismImageBootableNo = 1,
  DismImageBootableUnknown = 2
} DismImageBootable;

/// What has become of a mounted image.
typedef enum _DismMountStatus DISMAPI_ENUM_TYPE {
  DismMountStatusOk = 0,
  DismMountStatusNeedsRemount = 1,
  DismMountStatusInvalid = 2
} DismMountStatus;

/// State of the component store.
typedef enum _DismImageHealthState DISMAPI_ENUM_TYPE {
  DismImageHealthy = 0,
  DismImageRepairable = 1,
  DismImageNonRepairable = 2
} DismImageHealthState;

/// What the Identifier of a call names.
typedef enum _DismPackageIdentifier DISMAPI_ENUM_TYPE {
  DismPackageNone = 0,
  DismPackageName = 1,
  DismPackagePath = 2
} DismPackageIdentifier;

/// State of a package, feature or capability.
typedef enum _DismPackageFeatureState DISMAPI_ENUM_TYPE {
  DismStateNotPresent = 0,
  DismStateUninstallPending = 1,
  DismStateStaged = 2,  ///< of a feature: disabled
  DismStateResolved = 3,
  DismStateRemoved = 3,    ///< of a feature: disabled, and its files are removed
  DismStateInstalled = 4,  ///< of a feature: enabled
  DismStateInstallPending = 5,
  DismStateSuperseded = 6,
  DismStatePartiallyInstalled = 7
} DismPackageFeatureState;

/// The releaseType of a package's manifest.
typedef enum _DismReleaseType DISMAPI_ENUM_TYPE {
  DismReleaseTypeCriticalUpdate = 0,
  DismReleaseTypeDriver = 1,
  DismReleaseTypeFeaturePack = 2,
  DismReleaseTypeHotfix = 3,
  DismReleaseTypeSecurityUpdate = 4,
  DismReleaseTypeSoftwareUpdate = 5,
  DismReleaseTypeUpdate = 6,
  DismReleaseTypeUpdateRollup = 7,
  DismReleaseTypeLanguagePack = 8,
  DismReleaseTypeFoundation = 9,
  DismReleaseTypeServicePack = 10,
  DismReleaseTypeProduct = 11,
  DismReleaseTypeLocalPack = 12,
  DismReleaseTypeOther = 13,
  DismReleaseTypeOnDemandPack = 14
} DismReleaseType;

/// Whether a change needs a restart.
typedef enum _DismRestartType DISMAPI_ENUM_TYPE {
  DismRestartNo = 0,
  DismRestartPossible = 1,
  DismRestartRequired = 2
} DismRestartType;

/// Signature of a driver package; only looked at for drivers that are needed to start.
typedef enum _DismDriverSignature DISMAPI_ENUM_TYPE {
  DismDriverSignatureUnknown = 0,
  DismDriverSignatureUnsigned = 1,
  DismDriverSignatureSigned = 2
} DismDriverSignature;

/// Whether a package can be installed in an image that is not running.
typedef enum _DismFullyOfflineInstallableType DISMAPI_ENUM_TYPE {
  DismFullyOfflineInstallable = 0,
  DismFullyOfflineNotInstallable = 1,
  DismFullyOfflineInstallableUndetermined = 2
} DismFullyOfflineInstallableType;

/// What is installed of an app package that has a stub.
typedef enum _DismStubPackageOption DISMAPI_ENUM_TYPE {
  DismStubPackageOptionNone = 0,
  DismStubPackageOptionInstallFull = 1,
  DismStubPackageOptionInstallStub = 2
} DismStubPackageOption;

/// The hives of _DismGetRegistryMountPoint.
typedef enum _DismRegistryHive DISMAPI_ENUM_TYPE {
  DismRegistryHiveSoftware = 0,
  DismRegistryHiveSystem = 1,
  DismRegistryHiveSecurity = 2,
  DismRegistryHiveSam = 3,
  DismRegistryHiveDefault = 4,
  DismRegistryHiveCurrentUser = 5,
  DismRegistryHiveComponents = 6,
  DismRegistryHiveDrivers = 7
} DismRegistryHive;

// ---- Structures: packed, as on Windows, so pointers in them may lie at any address ----

#pragma pack(push, 1)

/// A package of an image.
typedef struct _DismPackage {
  PCWSTR PackageName;  ///< name~publisher token~architecture~language~version
  DismPackageFeatureState PackageState;
  DismReleaseType ReleaseType;
  SYSTEMTIME InstallTime;  ///< local time of this machine; all zero when never installed
} DismPackage;

/// A property that a package or feature brings along.
typedef struct _DismCustomProperty {
  PCWSTR Name;
  PCWSTR Value;
  PCWSTR Path;
} DismCustomProperty;

/// A feature and its state.
typedef struct _DismFeature {
  PCWSTR FeatureName;
  DismPackageFeatureState State;
} DismFeature;

/// A capability and its state.
typedef struct _DismCapability {
  PCWSTR Name;
  DismPackageFeatureState State;
} DismCapability;

// clang-format off
#define DISMAPI_PACKAGE_INFO_FIELDS                                                  \
  PCWSTR PackageName;                                                                \
  DismPackageFeatureState PackageState;                                              \
  DismReleaseType ReleaseType;                                                       \
  SYSTEMTIME InstallTime;                                                            \
  BOOL Applicable;                                                                   \
  PCWSTR Copyright;                                                                  \
  PCWSTR Company;                                                                    \
  SYSTEMTIME CreationTime;                                                           \
  PCWSTR DisplayName;                                                                \
  PCWSTR Description;                                                                \
  PCWSTR InstallClient;                                                              \
  PCWSTR InstallPackageName; /* file name of the manifest */                         \
  SYSTEMTIME LastUpdateTime;                                                         \
  PCWSTR ProductName;                                                                \
  PCWSTR ProductVersion;                                                             \
  DismRestartType RestartRequired;                                                   \
  DismFullyOfflineInstallableType FullyOffline;                                      \
  PCWSTR SupportInformation;                                                         \
  DismCustomProperty* CustomProperty; /* CustomPropertyCount of them, NULL for 0 */  \
  UINT CustomPropertyCount;                                                          \
  DismFeature* Feature; /* FeatureCount of them, NULL for 0 */                       \
  UINT FeatureCount;
// clang-format on

/// Everything about one package.
typedef struct _DismPackageInfo {
  DISMAPI_PACKAGE_INFO_FIELDS
} DismPackageInfo;

/// The same, and the capability that the package belongs to.
#ifdef __cplusplus
typedef struct _DismPackageInfoEx : public _DismPackageInfo {
#else
typedef struct _DismPackageInfoEx {
  union {
    DismPackageInfo Base;
    struct {
      DISMAPI_PACKAGE_INFO_FIELDS
    };
  };
#endif
  PCWSTR CapabilityId;  ///< empty when the package declares none
} DismPackageInfoEx;

/// Everything about one feature.
typedef struct _DismFeatureInfo {
  PCWSTR FeatureName;
  DismPackageFeatureState FeatureState;
  PCWSTR DisplayName;
  PCWSTR Description;
  DismRestartType RestartRequired;
  DismCustomProperty* CustomProperty;
  UINT CustomPropertyCount;
} DismFeatureInfo;

/// Everything about one capability.
typedef struct _DismCapabilityInfo {
  PCWSTR Name;
  DismPackageFeatureState State;
  PCWSTR DisplayName;
  PCWSTR Description;
  DWORD DownloadSize;  ///< bytes; 0xFFFFFFFF for that and more
  DWORD InstallSize;   ///< bytes; 0xFFFFFFFF for that and more
} DismCapabilityInfo;

/// A string that was handed out.
typedef struct _DismString {
  PCWSTR Value;
} DismString;

/// A language name, "en-US".
typedef DismString DismLanguage;

/// What a WIM says about the files of one of its images.
typedef struct _DismWimCustomizedInfo {
  UINT Size;  ///< of this structure: 44
  UINT DirectoryCount;
  UINT FileCount;
  SYSTEMTIME CreatedTime;
  SYSTEMTIME ModifiedTime;
} DismWimCustomizedInfo;

/// One image of a file that holds images.
typedef struct _DismImageInfo {
  DismImageType ImageType;
  UINT ImageIndex;  ///< from 1
  PCWSTR ImageName;
  PCWSTR ImageDescription;
  UINT64 ImageSize;   ///< bytes, unpacked
  UINT Architecture;  ///< PROCESSOR_ARCHITECTURE: 0 x86, 5 ARM, 6 IA64, 9 AMD64, 12 ARM64
  PCWSTR ProductName;
  PCWSTR EditionId;
  PCWSTR InstallationType;
  PCWSTR Hal;
  PCWSTR ProductType;
  PCWSTR ProductSuite;
  UINT MajorVersion;
  UINT MinorVersion;
  UINT Build;
  UINT SpBuild;
  UINT SpLevel;
  DismImageBootable Bootable;
  PCWSTR SystemRoot;
  DismLanguage* Language;  ///< LanguageCount of them, NULL for 0
  UINT LanguageCount;
  UINT DefaultLanguageIndex;  ///< into Language
  VOID* CustomizedInfo;       ///< DismWimCustomizedInfo of a WIM, else NULL
} DismImageInfo;

/// An image that is mounted.
typedef struct _DismMountedImageInfo {
  PCWSTR MountPath;
  PCWSTR ImageFilePath;
  UINT ImageIndex;
  DismMountMode MountMode;
  DismMountStatus MountStatus;
} DismMountedImageInfo;

/// A driver package in an image's driver store.
typedef struct _DismDriverPackage {
  PCWSTR PublishedName;     ///< "oem0.inf"
  PCWSTR OriginalFileName;  ///< path of the .inf in the driver store
  BOOL InBox;
  PCWSTR CatalogFile;
  PCWSTR ClassName;
  PCWSTR ClassGuid;
  PCWSTR ClassDescription;
  BOOL BootCritical;
  DismDriverSignature DriverSignature;
  PCWSTR ProviderName;
  SYSTEMTIME Date;
  UINT MajorVersion;
  UINT MinorVersion;
  UINT Build;
  UINT Revision;
} DismDriverPackage;

/// A device model that a driver package supports.
typedef struct _DismDriver {
  PCWSTR ManufacturerName;
  PCWSTR HardwareDescription;
  PCWSTR HardwareId;
  UINT Architecture;  ///< as in DismImageInfo
  PCWSTR ServiceName;
  PCWSTR CompatibleIds;
  PCWSTR ExcludeIds;
} DismDriver;

/// An app package that new users of the image get.
typedef struct _DismAppxPackage {
  PCWSTR PackageName;
  PCWSTR DisplayName;
  PCWSTR PublisherId;
  UINT MajorVersion;
  UINT MinorVersion;
  UINT Build;
  UINT RevisionNumber;
  UINT Architecture;  ///< as in DismImageInfo
  PCWSTR ResourceId;
  PCWSTR InstallLocation;
  PCWSTR Region;  ///< may be NULL
} DismAppxPackage;

#pragma pack(pop)

#undef DISMAPI_PACKAGE_INFO_FIELDS

// ---- The layout, proven by the compiler of every program that includes this ----

#if UINTPTR_MAX == UINT64_MAX
#ifdef __cplusplus
#define DISMAPI_SIZE(type, bytes) static_assert(sizeof(type) == (bytes), #type)
#define DISMAPI_FIELD(type, field, offset, bytes)                                    \
  static_assert(offsetof(type, field) == (offset) && sizeof(type::field) == (bytes), \
                #type "." #field)
#else
#define DISMAPI_SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type)
#define DISMAPI_FIELD(type, field, offset, bytes)                                           \
  _Static_assert(offsetof(type, field) == (offset) && sizeof(((type*)0)->field) == (bytes), \
                 #type "." #field)
#endif
#pragma GCC diagnostic push
#ifdef __cplusplus
#pragma GCC diagnostic ignored "-Winvalid-offsetof"  // DismPackageInfoEx derives
#endif

// Pointers are what is measured. NOLINTBEGIN(bugprone-sizeof-expression)
DISMAPI_SIZE(DismPackage, 32);
DISMAPI_FIELD(DismPackage, PackageName, 0, 8);
DISMAPI_FIELD(DismPackage, PackageState, 8, 4);
DISMAPI_FIELD(DismPackage, ReleaseType, 12, 4);
DISMAPI_FIELD(DismPackage, InstallTime, 16, 16);
DISMAPI_SIZE(DismCustomProperty, 24);
DISMAPI_FIELD(DismCustomProperty, Name, 0, 8);
DISMAPI_FIELD(DismCustomProperty, Value, 8, 8);
DISMAPI_FIELD(DismCustomProperty, Path, 16, 8);
DISMAPI_SIZE(DismFeature, 12);
DISMAPI_FIELD(DismFeature, FeatureName, 0, 8);
DISMAPI_FIELD(DismFeature, State, 8, 4);
DISMAPI_SIZE(DismCapability, 12);
DISMAPI_FIELD(DismCapability, Name, 0, 8);
DISMAPI_FIELD(DismCapability, State, 8, 4);
DISMAPI_SIZE(DismPackageInfo, 172);
DISMAPI_FIELD(DismPackageInfo, PackageName, 0, 8);
DISMAPI_FIELD(DismPackageInfo, PackageState, 8, 4);
DISMAPI_FIELD(DismPackageInfo, ReleaseType, 12, 4);
DISMAPI_FIELD(DismPackageInfo, InstallTime, 16, 16);
DISMAPI_FIELD(DismPackageInfo, Applicable, 32, 4);
DISMAPI_FIELD(DismPackageInfo, Copyright, 36, 8);
DISMAPI_FIELD(DismPackageInfo, Company, 44, 8);
DISMAPI_FIELD(DismPackageInfo, CreationTime, 52, 16);
DISMAPI_FIELD(DismPackageInfo, DisplayName, 68, 8);
DISMAPI_FIELD(DismPackageInfo, Description, 76, 8);
DISMAPI_FIELD(DismPackageInfo, InstallClient, 84, 8);
DISMAPI_FIELD(DismPackageInfo, InstallPackageName, 92, 8);
DISMAPI_FIELD(DismPackageInfo, LastUpdateTime, 100, 16);
DISMAPI_FIELD(DismPackageInfo, ProductName, 116, 8);
DISMAPI_FIELD(DismPackageInfo, ProductVersion, 124, 8);
DISMAPI_FIELD(DismPackageInfo, RestartRequired, 132, 4);
DISMAPI_FIELD(DismPackageInfo, FullyOffline, 136, 4);
DISMAPI_FIELD(DismPackageInfo, SupportInformation, 140, 8);
DISMAPI_FIELD(DismPackageInfo, CustomProperty, 148, 8);
DISMAPI_FIELD(DismPackageInfo, CustomPropertyCount, 156, 4);
DISMAPI_FIELD(DismPackageInfo, Feature, 160, 8);
DISMAPI_FIELD(DismPackageInfo, FeatureCount, 168, 4);
DISMAPI_SIZE(DismPackageInfoEx, 180);
#ifndef __cplusplus
DISMAPI_FIELD(DismPackageInfoEx, Base, 0, 172);
#endif
DISMAPI_FIELD(DismPackageInfoEx, PackageName, 0, 8);
DISMAPI_FIELD(DismPackageInfoEx, FeatureCount, 168, 4);
DISMAPI_FIELD(DismPackageInfoEx, CapabilityId, 172, 8);
DISMAPI_SIZE(DismFeatureInfo, 44);
DISMAPI_FIELD(DismFeatureInfo, FeatureName, 0, 8);
DISMAPI_FIELD(DismFeatureInfo, FeatureState, 8, 4);
DISMAPI_FIELD(DismFeatureInfo, DisplayName, 12, 8);
DISMAPI_FIELD(DismFeatureInfo, Description, 20, 8);
DISMAPI_FIELD(DismFeatureInfo, RestartRequired, 28, 4);
DISMAPI_FIELD(DismFeatureInfo, CustomProperty, 32, 8);
DISMAPI_FIELD(DismFeatureInfo, CustomPropertyCount, 40, 4);
DISMAPI_SIZE(DismCapabilityInfo, 36);
DISMAPI_FIELD(DismCapabilityInfo, Name, 0, 8);
DISMAPI_FIELD(DismCapabilityInfo, State, 8, 4);
DISMAPI_FIELD(DismCapabilityInfo, DisplayName, 12, 8);
DISMAPI_FIELD(DismCapabilityInfo, Description, 20, 8);
DISMAPI_FIELD(DismCapabilityInfo, DownloadSize, 28, 4);
DISMAPI_FIELD(DismCapabilityInfo, InstallSize, 32, 4);
DISMAPI_SIZE(DismString, 8);
DISMAPI_FIELD(DismString, Value, 0, 8);
DISMAPI_SIZE(DismWimCustomizedInfo, 44);
DISMAPI_FIELD(DismWimCustomizedInfo, Size, 0, 4);
DISMAPI_FIELD(DismWimCustomizedInfo, DirectoryCount, 4, 4);
DISMAPI_FIELD(DismWimCustomizedInfo, FileCount, 8, 4);
DISMAPI_FIELD(DismWimCustomizedInfo, CreatedTime, 12, 16);
DISMAPI_FIELD(DismWimCustomizedInfo, ModifiedTime, 28, 16);
DISMAPI_SIZE(DismImageInfo, 140);
DISMAPI_FIELD(DismImageInfo, ImageType, 0, 4);
DISMAPI_FIELD(DismImageInfo, ImageIndex, 4, 4);
DISMAPI_FIELD(DismImageInfo, ImageName, 8, 8);
DISMAPI_FIELD(DismImageInfo, ImageDescription, 16, 8);
DISMAPI_FIELD(DismImageInfo, ImageSize, 24, 8);
DISMAPI_FIELD(DismImageInfo, Architecture, 32, 4);
DISMAPI_FIELD(DismImageInfo, ProductName, 36, 8);
DISMAPI_FIELD(DismImageInfo, EditionId, 44, 8);
DISMAPI_FIELD(DismImageInfo, InstallationType, 52, 8);
DISMAPI_FIELD(DismImageInfo, Hal, 60, 8);
DISMAPI_FIELD(DismImageInfo, ProductType, 68, 8);
DISMAPI_FIELD(DismImageInfo, ProductSuite, 76, 8);
DISMAPI_FIELD(DismImageInfo, MajorVersion, 84, 4);
DISMAPI_FIELD(DismImageInfo, MinorVersion, 88, 4);
DISMAPI_FIELD(DismImageInfo, Build, 92, 4);
DISMAPI_FIELD(DismImageInfo, SpBuild, 96, 4);
DISMAPI_FIELD(DismImageInfo, SpLevel, 100, 4);
DISMAPI_FIELD(DismImageInfo, Bootable, 104, 4);
DISMAPI_FIELD(DismImageInfo, SystemRoot, 108, 8);
DISMAPI_FIELD(DismImageInfo, Language, 116, 8);
DISMAPI_FIELD(DismImageInfo, LanguageCount, 124, 4);
DISMAPI_FIELD(DismImageInfo, DefaultLanguageIndex, 128, 4);
DISMAPI_FIELD(DismImageInfo, CustomizedInfo, 132, 8);
DISMAPI_SIZE(DismMountedImageInfo, 28);
DISMAPI_FIELD(DismMountedImageInfo, MountPath, 0, 8);
DISMAPI_FIELD(DismMountedImageInfo, ImageFilePath, 8, 8);
DISMAPI_FIELD(DismMountedImageInfo, ImageIndex, 16, 4);
DISMAPI_FIELD(DismMountedImageInfo, MountMode, 20, 4);
DISMAPI_FIELD(DismMountedImageInfo, MountStatus, 24, 4);
DISMAPI_SIZE(DismDriverPackage, 100);
DISMAPI_FIELD(DismDriverPackage, PublishedName, 0, 8);
DISMAPI_FIELD(DismDriverPackage, OriginalFileName, 8, 8);
DISMAPI_FIELD(DismDriverPackage, InBox, 16, 4);
DISMAPI_FIELD(DismDriverPackage, CatalogFile, 20, 8);
DISMAPI_FIELD(DismDriverPackage, ClassName, 28, 8);
DISMAPI_FIELD(DismDriverPackage, ClassGuid, 36, 8);
DISMAPI_FIELD(DismDriverPackage, ClassDescription, 44, 8);
DISMAPI_FIELD(DismDriverPackage, BootCritical, 52, 4);
DISMAPI_FIELD(DismDriverPackage, DriverSignature, 56, 4);
DISMAPI_FIELD(DismDriverPackage, ProviderName, 60, 8);
DISMAPI_FIELD(DismDriverPackage, Date, 68, 16);
DISMAPI_FIELD(DismDriverPackage, MajorVersion, 84, 4);
DISMAPI_FIELD(DismDriverPackage, MinorVersion, 88, 4);
DISMAPI_FIELD(DismDriverPackage, Build, 92, 4);
DISMAPI_FIELD(DismDriverPackage, Revision, 96, 4);
DISMAPI_SIZE(DismDriver, 52);
DISMAPI_FIELD(DismDriver, ManufacturerName, 0, 8);
DISMAPI_FIELD(DismDriver, HardwareDescription, 8, 8);
DISMAPI_FIELD(DismDriver, HardwareId, 16, 8);
DISMAPI_FIELD(DismDriver, Architecture, 24, 4);
DISMAPI_FIELD(DismDriver, ServiceName, 28, 8);
DISMAPI_FIELD(DismDriver, CompatibleIds, 36, 8);
DISMAPI_FIELD(DismDriver, ExcludeIds, 44, 8);
DISMAPI_SIZE(DismAppxPackage, 68);
DISMAPI_FIELD(DismAppxPackage, PackageName, 0, 8);
DISMAPI_FIELD(DismAppxPackage, DisplayName, 8, 8);
DISMAPI_FIELD(DismAppxPackage, PublisherId, 16, 8);
DISMAPI_FIELD(DismAppxPackage, MajorVersion, 24, 4);
DISMAPI_FIELD(DismAppxPackage, MinorVersion, 28, 4);
DISMAPI_FIELD(DismAppxPackage, Build, 32, 4);
DISMAPI_FIELD(DismAppxPackage, RevisionNumber, 36, 4);
DISMAPI_FIELD(DismAppxPackage, Architecture, 40, 4);
DISMAPI_FIELD(DismAppxPackage, ResourceId, 44, 8);
DISMAPI_FIELD(DismAppxPackage, InstallLocation, 52, 8);
DISMAPI_FIELD(DismAppxPackage, Region, 60, 8);
DISMAPI_SIZE(DismLanguage, 8);
DISMAPI_SIZE(SYSTEMTIME, 16);
DISMAPI_FIELD(SYSTEMTIME, wYear, 0, 2);
DISMAPI_FIELD(SYSTEMTIME, wMonth, 2, 2);
DISMAPI_FIELD(SYSTEMTIME, wDayOfWeek, 4, 2);
DISMAPI_FIELD(SYSTEMTIME, wDay, 6, 2);
DISMAPI_FIELD(SYSTEMTIME, wHour, 8, 2);
DISMAPI_FIELD(SYSTEMTIME, wMinute, 10, 2);
DISMAPI_FIELD(SYSTEMTIME, wSecond, 12, 2);
DISMAPI_FIELD(SYSTEMTIME, wMilliseconds, 14, 2);
DISMAPI_SIZE(WCHAR, 2);
DISMAPI_SIZE(UINT, 4);
DISMAPI_SIZE(DWORD, 4);
DISMAPI_SIZE(BOOL, 4);
DISMAPI_SIZE(HRESULT, 4);
DISMAPI_SIZE(DismSession, 4);
DISMAPI_SIZE(DismLogLevel, 4);
DISMAPI_SIZE(DismImageIdentifier, 4);
DISMAPI_SIZE(DismMountMode, 4);
DISMAPI_SIZE(DismImageType, 4);
DISMAPI_SIZE(DismImageBootable, 4);
DISMAPI_SIZE(DismMountStatus, 4);
DISMAPI_SIZE(DismImageHealthState, 4);
DISMAPI_SIZE(DismPackageIdentifier, 4);
DISMAPI_SIZE(DismPackageFeatureState, 4);
DISMAPI_SIZE(DismReleaseType, 4);
DISMAPI_SIZE(DismRestartType, 4);
DISMAPI_SIZE(DismDriverSignature, 4);
DISMAPI_SIZE(DismFullyOfflineInstallableType, 4);
DISMAPI_SIZE(DismStubPackageOption, 4);
DISMAPI_SIZE(DismRegistryHive, 4);
// NOLINTEND(bugprone-sizeof-expression)
#pragma GCC diagnostic pop
#undef DISMAPI_SIZE
#undef DISMAPI_FIELD
#endif

// ---- Library ----

/// Makes the API ready for this process; once, until DismShutdown. Calls from several threads come
/// one after the other: the first succeeds.
/// LogLevel: what the log is told. LogFilePath: a file that lines are added to; optional, without
/// it no log is written. ScratchDirectory: optional and not used, because nothing is unpacked.
/// DISMAPI_E_DISMAPI_ALREADY_INITIALIZED; DISMAPI_E_LOGGING_DISABLED: the log file cannot be
/// opened - the API is initialized all the same, without a log.
DISMAPI_EXPORT HRESULT WINAPI DismInitialize(DismLogLevel LogLevel, PCWSTR LogFilePath,
                                             PCWSTR ScratchDirectory) DISMAPI_NOEXCEPT;

/// Ends what DismInitialize began; waits for calls that run on other threads. Memory that was
/// handed out stays valid and is still the caller's to delete. DISMAPI_E_DISMAPI_NOT_INITIALIZED;
/// DISMAPI_E_OPEN_SESSION_HANDLES: sessions are open, nothing has changed;
/// DISMAPI_E_SHUTDOWN_IN_PROGRESS: another thread is in this call.
DISMAPI_EXPORT HRESULT WINAPI DismShutdown(void) DISMAPI_NOEXCEPT;

/// The message of this thread's last failed call, also before DismInitialize and after
/// DismShutdown. ErrorMessage: receives a string to be freed with DismDelete.
/// HRESULT_FROM_WIN32(ERROR_NOT_FOUND): no call has failed on this thread;
/// DISMAPI_E_DISMAPI_NOT_INITIALIZED: the same, and the API is not initialized.
DISMAPI_EXPORT HRESULT WINAPI DismGetLastErrorMessage(DismString** ErrorMessage) DISMAPI_NOEXCEPT;

/// Frees one structure, array or string that this API handed out, with everything in it. NULL is
/// allowed and does nothing. Handed-out memory can be freed at any time, also after DismShutdown.
/// E_INVALIDARG: not a pointer that is handed out (never was, or was deleted): nothing happened.
/// DISMAPI_E_DISMAPI_NOT_INITIALIZED: the same, or NULL, and the API is not initialized.
DISMAPI_EXPORT HRESULT WINAPI DismDelete(VOID* DismStructure) DISMAPI_NOEXCEPT;

// ---- Sessions ----

/// Opens a Windows image: finds its Windows directory and its boot manager.
/// ImagePath: the root of an applied or mounted image, relative or absolute; '/' and '\' both
/// separate, one at the end does no harm. WindowsDirectory: optional, relative to the image.
/// SystemDrive: optional, letter of the drive that holds the boot manager ("S:").
/// Session: receives the session. On failure it becomes 0 - but if it names an open session, it
/// goes on naming it, whatever the failure: a handle is never lost.
/// The same image may be opened several times; each open has its own session.
/// HRESULT_FROM_WIN32 of ERROR_ALREADY_EXISTS: *Session names an open session;
/// ERROR_FILE_NOT_FOUND: the last component of ImagePath is not there; ERROR_PATH_NOT_FOUND:
/// another one is not, or there is no Windows in the image, or not the one that was asked for;
/// ERROR_ACCESS_DENIED; ERROR_NOT_SUPPORTED: DISM_ONLINE_IMAGE, or a file of a kind that this
/// version does not open. E_INVALIDARG: also DISM_ONLINE_IMAGE together with WindowsDirectory or
/// SystemDrive. Anything else that stops the reading, such as damage, comes as its Win32 error.
DISMAPI_EXPORT HRESULT WINAPI DismOpenSession(PCWSTR ImagePath, PCWSTR WindowsDirectory,
                                              PCWSTR SystemDrive,
                                              DismSession* Session) DISMAPI_NOEXCEPT;

/// Closes a session. Waits until calls that use it on other threads have ended; calls that begin
/// meanwhile fail with DISMAPI_E_INVALID_DISM_SESSION, and so does a second close. Does not
/// unmount. DISMAPI_E_BUSY: the call comes from a progress callback of the session.
DISMAPI_EXPORT HRESULT WINAPI DismCloseSession(DismSession Session) DISMAPI_NOEXCEPT;

// ---- Images and mounts ----

/// The images in a .wim, .esd, .swm, .vhd or .vhdx file, in an .iso or a disk image of another
/// kind. ImageInfo: receives an array of Count. A WIM's images are described by its own XML data, a
/// disk by the registry of the Windows in it. HRESULT_FROM_WIN32(ERROR_BAD_FORMAT): no image.
DISMAPI_EXPORT HRESULT WINAPI DismGetImageInfo(PCWSTR ImageFilePath, DismImageInfo** ImageInfo,
                                               UINT* Count) DISMAPI_NOEXCEPT;

/// The images that are mounted, by this process or by `casement mount`. MountedImageInfo: receives
/// an array of Count; none is S_OK, with Count 0.
DISMAPI_EXPORT HRESULT WINAPI DismGetMountedImageInfo(DismMountedImageInfo** MountedImageInfo,
                                                      UINT* Count) DISMAPI_NOEXCEPT;

/// Mounts one image of ImageFilePath at MountPath, an existing empty directory, for this process:
/// sessions opened on MountPath are sessions on the image; other programs see an empty directory.
/// ImageName is required with DismImageName; a disk image has index 1 alone. Flags must have
/// DISM_MOUNT_READONLY: else 0xC1510111. DISM_MOUNT_CHECK_INTEGRITY checks the integrity table
/// first; CancelEvent stops that with HRESULT_FROM_WIN32(ERROR_CANCELLED).
DISMAPI_EXPORT HRESULT WINAPI DismMountImage(PCWSTR ImageFilePath, PCWSTR MountPath,
                                             UINT ImageIndex, PCWSTR ImageName,
                                             DismImageIdentifier ImageIdentifier, DWORD Flags,
                                             HANDLE CancelEvent, DISM_PROGRESS_CALLBACK Progress,
                                             PVOID UserData) DISMAPI_NOEXCEPT;

/// Unmounts what this process mounted at MountPath. DISMAPI_E_UNABLE_TO_UNMOUNT_IMAGE_PATH: nothing
/// is mounted there, or by another program. DISMAPI_E_OPEN_HANDLES_UNABLE_TO_UNMOUNT_IMAGE_PATH:
/// sessions are open on it.
DISMAPI_EXPORT HRESULT WINAPI DismUnmountImage(PCWSTR MountPath, DWORD Flags, HANDLE CancelEvent,
                                               DISM_PROGRESS_CALLBACK Progress,
                                               PVOID UserData) DISMAPI_NOEXCEPT;

/// Makes a mount usable again whose image file was replaced.
DISMAPI_EXPORT HRESULT WINAPI DismRemountImage(PCWSTR MountPath) DISMAPI_NOEXCEPT;

/// Forgets the mounts whose directory is gone.
DISMAPI_EXPORT HRESULT WINAPI DismCleanupMountpoints(void) DISMAPI_NOEXCEPT;

/// Writes the changes of a mounted image into its file.
DISMAPI_EXPORT HRESULT WINAPI DismCommitImage(DismSession Session, DWORD Flags, HANDLE CancelEvent,
                                              DISM_PROGRESS_CALLBACK Progress,
                                              PVOID UserData) DISMAPI_NOEXCEPT;

/// State of the component store. ScanImage: FALSE reads the flags that servicing left and calls
/// nobody back; TRUE also looks at the manifests, catalogs and components, and calls Progress with
/// steps of 1000, the first of which is 50. HRESULT_FROM_WIN32(ERROR_REQUEST_ABORTED): CancelEvent
/// was set. What was found wrong is in the log, when DismInitialize was given one.
DISMAPI_EXPORT HRESULT WINAPI DismCheckImageHealth(
    DismSession Session, BOOL ScanImage, HANDLE CancelEvent, DISM_PROGRESS_CALLBACK Progress,
    PVOID UserData, DismImageHealthState* ImageHealth) DISMAPI_NOEXCEPT;

/// Repairs the component store. SourcePaths: SourcePathCount of them, NULL for 0.
DISMAPI_EXPORT HRESULT WINAPI DismRestoreImageHealth(DismSession Session, PCWSTR* SourcePaths,
                                                     UINT SourcePathCount, BOOL LimitAccess,
                                                     HANDLE CancelEvent,
                                                     DISM_PROGRESS_CALLBACK Progress,
                                                     PVOID UserData) DISMAPI_NOEXCEPT;

/// Applies the answer file UnattendFile.
DISMAPI_EXPORT HRESULT WINAPI DismApplyUnattend(DismSession Session, PCWSTR UnattendFile,
                                                BOOL SingleSession) DISMAPI_NOEXCEPT;

/// Writes a full flash update image to a drive. PartPattern is optional.
DISMAPI_EXPORT HRESULT WINAPI _DismApplyFfuImage(PCWSTR ImagePath, PCWSTR ApplyPath,
                                                 PCWSTR PartPattern) DISMAPI_NOEXCEPT;

/// Splits a full flash update image into parts of at most PartSize.
DISMAPI_EXPORT HRESULT WINAPI _DismSplitFfuImage(PCWSTR ImagePath, PCWSTR PartPattern,
                                                 UINT64 PartSize) DISMAPI_NOEXCEPT;

// ---- Packages ----

/// The packages of the image, but for those that are hidden. Package: receives an array of Count.
/// ReleaseType is DismReleaseTypeOther where the manifest says none.
DISMAPI_EXPORT HRESULT WINAPI DismGetPackages(DismSession Session, DismPackage** Package,
                                              UINT* Count) DISMAPI_NOEXCEPT;

/// One package. Identifier: its name, or the path of a .cab file or an expanded package, as
/// PackageIdentifier says; DismPackageNone is E_INVALIDARG. A path is one of this machine and may
/// name a .mum as well. CreationTime is as the manifest has it, InstallTime and LastUpdateTime are
/// in the local time of this machine. DISMAPI_E_INVALID_PACKAGE: the image has no such package, or
/// the file is none. HRESULT_FROM_WIN32 of ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND: the file is
/// not there.
DISMAPI_EXPORT HRESULT WINAPI DismGetPackageInfo(DismSession Session, PCWSTR Identifier,
                                                 DismPackageIdentifier PackageIdentifier,
                                                 DismPackageInfo** PackageInfo) DISMAPI_NOEXCEPT;

/// DismGetPackageInfo with the capability that the package belongs to.
DISMAPI_EXPORT HRESULT WINAPI DismGetPackageInfoEx(
    DismSession Session, PCWSTR Identifier, DismPackageIdentifier PackageIdentifier,
    DismPackageInfoEx** PackageInfoEx) DISMAPI_NOEXCEPT;

/// Another name of DismGetPackageInfoEx.
DISMAPI_EXPORT HRESULT WINAPI _DismGetPackageInfoEx(
    DismSession Session, PCWSTR Identifier, DismPackageIdentifier PackageIdentifier,
    DismPackageInfoEx** PackageInfoEx) DISMAPI_NOEXCEPT;

/// Installs the package at PackagePath.
DISMAPI_EXPORT HRESULT WINAPI DismAddPackage(DismSession Session, PCWSTR PackagePath,
                                             BOOL IgnoreCheck, BOOL PreventPending,
                                             HANDLE CancelEvent, DISM_PROGRESS_CALLBACK Progress,
                                             PVOID UserData) DISMAPI_NOEXCEPT;

/// Removes a package. Identifier and PackageIdentifier as for DismGetPackageInfo.
DISMAPI_EXPORT HRESULT WINAPI DismRemovePackage(DismSession Session, PCWSTR Identifier,
                                                DismPackageIdentifier PackageIdentifier,
                                                HANDLE CancelEvent, DISM_PROGRESS_CALLBACK Progress,
                                                PVOID UserData) DISMAPI_NOEXCEPT;

// ---- Features ----
// Identifier and PackageIdentifier name the package that is asked. Without an Identifier that is
// the Foundation package with what is delegated to it, and PackageIdentifier is not looked at; with
// one, DismPackageNone is E_INVALIDARG. Errors about it: as DismGetPackageInfo.
// DISMAPI_E_UNKNOWN_FEATURE: the package has no feature FeatureName, which has no case from Windows
// 8 on.

/// The features of a package. Feature: receives an array of Count.
DISMAPI_EXPORT HRESULT WINAPI DismGetFeatures(DismSession Session, PCWSTR Identifier,
                                              DismPackageIdentifier PackageIdentifier,
                                              DismFeature** Feature, UINT* Count) DISMAPI_NOEXCEPT;

/// One feature. FeatureInfo: receives it.
DISMAPI_EXPORT HRESULT WINAPI DismGetFeatureInfo(DismSession Session, PCWSTR FeatureName,
                                                 PCWSTR Identifier,
                                                 DismPackageIdentifier PackageIdentifier,
                                                 DismFeatureInfo** FeatureInfo) DISMAPI_NOEXCEPT;

/// The features that must be enabled for a feature. Feature: receives an array of Count; none is
/// S_OK, with Count 0.
DISMAPI_EXPORT HRESULT WINAPI DismGetFeatureParent(DismSession Session, PCWSTR FeatureName,
                                                   PCWSTR Identifier,
                                                   DismPackageIdentifier PackageIdentifier,
                                                   DismFeature** Feature,
                                                   UINT* Count) DISMAPI_NOEXCEPT;

/// Enables a feature. SourcePaths: SourcePathCount of them, NULL for 0.
DISMAPI_EXPORT HRESULT WINAPI DismEnableFeature(DismSession Session, PCWSTR FeatureName,
                                                PCWSTR Identifier,
                                                DismPackageIdentifier PackageIdentifier,
                                                BOOL LimitAccess, PCWSTR* SourcePaths,
                                                UINT SourcePathCount, BOOL EnableAll,
                                                HANDLE CancelEvent, DISM_PROGRESS_CALLBACK Progress,
                                                PVOID UserData) DISMAPI_NOEXCEPT;

/// Disables a feature. PackageName is optional.
DISMAPI_EXPORT HRESULT WINAPI DismDisableFeature(DismSession Session, PCWSTR FeatureName,
                                                 PCWSTR PackageName, BOOL RemovePayload,
                                                 HANDLE CancelEvent,
                                                 DISM_PROGRESS_CALLBACK Progress,
                                                 PVOID UserData) DISMAPI_NOEXCEPT;

// ---- Capabilities and reserved storage ----

/// The capabilities of the image. Capability: receives an array of Count.
DISMAPI_EXPORT HRESULT WINAPI DismGetCapabilities(DismSession Session, DismCapability** Capability,
                                                  UINT* Count) DISMAPI_NOEXCEPT;

/// One capability. Name: "Language.Basic~~~en-US~0.0.1.0". Info: receives it. E_INVALIDARG: the
/// image knows no such capability.
DISMAPI_EXPORT HRESULT WINAPI DismGetCapabilityInfo(DismSession Session, PCWSTR Name,
                                                    DismCapabilityInfo** Info) DISMAPI_NOEXCEPT;

/// Installs a capability. SourcePaths: SourcePathCount of them, NULL for 0.
DISMAPI_EXPORT HRESULT WINAPI DismAddCapability(DismSession Session, PCWSTR Name, BOOL LimitAccess,
                                                PCWSTR* SourcePaths, UINT SourcePathCount,
                                                HANDLE CancelEvent, DISM_PROGRESS_CALLBACK Progress,
                                                PVOID UserData) DISMAPI_NOEXCEPT;

/// Removes a capability.
DISMAPI_EXPORT HRESULT WINAPI DismRemoveCapability(DismSession Session, PCWSTR Name,
                                                   HANDLE CancelEvent,
                                                   DISM_PROGRESS_CALLBACK Progress,
                                                   PVOID UserData) DISMAPI_NOEXCEPT;

/// Whether reserved storage is in use. State: receives DISM_RESERVED_STORAGE_DISABLED or _ENABLED.
/// HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED): the image says nothing about it.
DISMAPI_EXPORT HRESULT WINAPI DismGetReservedStorageState(DismSession Session,
                                                          DWORD* State) DISMAPI_NOEXCEPT;

/// Turns reserved storage on or off.
DISMAPI_EXPORT HRESULT WINAPI DismSetReservedStorageState(DismSession Session,
                                                          DWORD State) DISMAPI_NOEXCEPT;

// ---- Drivers ----

/// The driver packages of the image. AllDrivers: FALSE leaves out those that came with Windows.
/// DriverPackage: receives an array of Count. OriginalFileName is a path within the image.
DISMAPI_EXPORT HRESULT WINAPI DismGetDrivers(DismSession Session, BOOL AllDrivers,
                                             DismDriverPackage** DriverPackage,
                                             UINT* Count) DISMAPI_NOEXCEPT;

/// The models of one driver. DriverPath: published name or OriginalFileName of an installed one,
/// which gives the models of its architecture, or path of an .inf file of this machine, which gives
/// all. Driver: receives an array of Count. DriverPackage: optional, receives the package; both are
/// to be deleted. Several CompatibleIds or ExcludeIds stand in one string with ", " between them.
/// HRESULT_FROM_WIN32 of ERROR_NOT_FOUND: the registry has no version of the driver;
/// ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND: there is neither such a driver nor such a file.
DISMAPI_EXPORT HRESULT WINAPI DismGetDriverInfo(DismSession Session, PCWSTR DriverPath,
                                                DismDriver** Driver, UINT* Count,
                                                DismDriverPackage** DriverPackage) DISMAPI_NOEXCEPT;

/// Adds the driver at DriverPath.
DISMAPI_EXPORT HRESULT WINAPI DismAddDriver(DismSession Session, PCWSTR DriverPath,
                                            BOOL ForceUnsigned) DISMAPI_NOEXCEPT;

/// Removes the driver with the published name DriverPath.
DISMAPI_EXPORT HRESULT WINAPI DismRemoveDriver(DismSession Session,
                                               PCWSTR DriverPath) DISMAPI_NOEXCEPT;

// ---- Provisioned app packages: each under two names, as on Windows ----

/// The app packages that new users get. Package: receives an array of Count.
DISMAPI_EXPORT HRESULT WINAPI DismGetProvisionedAppxPackages(DismSession Session,
                                                             DismAppxPackage** Package,
                                                             UINT* Count) DISMAPI_NOEXCEPT;
DISMAPI_EXPORT HRESULT WINAPI _DismGetProvisionedAppxPackages(DismSession Session,
                                                              DismAppxPackage** Package,
                                                              UINT* Count) DISMAPI_NOEXCEPT;

/// Provisions the app package at AppPath. Each array has as many paths as its count says, NULL for
/// 0. CustomDataPath and Region are optional.
DISMAPI_EXPORT HRESULT WINAPI DismAddProvisionedAppxPackage(
    DismSession Session, PCWSTR AppPath, PCWSTR* DependencyPackages, UINT DependencyPackageCount,
    PCWSTR* OptionalPackages, UINT OptionalPackageCount, PCWSTR* LicensePaths,
    UINT LicensePathCount, BOOL SkipLicense, PCWSTR CustomDataPath, PCWSTR Region,
    DismStubPackageOption StubPackageOption) DISMAPI_NOEXCEPT;
DISMAPI_EXPORT HRESULT WINAPI _DismAddProvisionedAppxPackage(
    DismSession Session, PCWSTR AppPath, PCWSTR* DependencyPackages, UINT DependencyPackageCount,
    PCWSTR* OptionalPackages, UINT OptionalPackageCount, PCWSTR* LicensePaths,
    UINT LicensePathCount, BOOL SkipLicense, PCWSTR CustomDataPath, PCWSTR Region,
    DismStubPackageOption StubPackageOption) DISMAPI_NOEXCEPT;

/// Removes a provisioned app package.
DISMAPI_EXPORT HRESULT WINAPI DismRemoveProvisionedAppxPackage(DismSession Session,
                                                               PCWSTR PackageName) DISMAPI_NOEXCEPT;
DISMAPI_EXPORT HRESULT WINAPI
_DismRemoveProvisionedAppxPackage(DismSession Session, PCWSTR PackageName) DISMAPI_NOEXCEPT;

// ---- Editions, product keys, registry ----

// HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED): the image is Windows PE, which has no editions.

/// The edition of the image, "Professional". Edition: receives a string.
DISMAPI_EXPORT HRESULT WINAPI _DismGetCurrentEdition(DismSession Session,
                                                     DismString** Edition) DISMAPI_NOEXCEPT;

/// The editions that the image can be changed to. Editions: receives an array of Count.
DISMAPI_EXPORT HRESULT WINAPI _DismGetTargetEditions(DismSession Session, DismString** Editions,
                                                     UINT* Count) DISMAPI_NOEXCEPT;

/// Changes the edition. ProductKey is optional.
DISMAPI_EXPORT HRESULT WINAPI _DismSetEdition(DismSession Session, PCWSTR Edition,
                                              PCWSTR ProductKey, HANDLE CancelEvent,
                                              DISM_PROGRESS_CALLBACK Progress,
                                              PVOID UserData) DISMAPI_NOEXCEPT;

/// What a product key claims to be for; its signature is not checked. Edition and Channel: each
/// receives a string. DISMAPI_E_UNKNOWN_PRODUCT: no key, or one that the image does not know.
DISMAPI_EXPORT HRESULT WINAPI _DismGetProductKeyInfo(DismSession Session, PCWSTR ProductKey,
                                                     DismString** Edition,
                                                     DismString** Channel) DISMAPI_NOEXCEPT;

/// Whether a product key fits the edition of the image or one that it can be changed to.
/// DISMAPI_E_UNKNOWN_PRODUCT as above; DISMAPI_E_INVALID_PRODUCT_KEY: it is for another edition.
DISMAPI_EXPORT HRESULT WINAPI _DismValidateProductKey(DismSession Session,
                                                      PCWSTR ProductKey) DISMAPI_NOEXCEPT;

/// Sets the product key of the image.
DISMAPI_EXPORT HRESULT WINAPI _DismSetProductKey(DismSession Session,
                                                 PCWSTR ProductKey) DISMAPI_NOEXCEPT;

/// Where a hive of the image is loaded below HKEY_LOCAL_MACHINE. Nothing is ever loaded here:
/// always HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED), and the message says which file the hive is.
DISMAPI_EXPORT HRESULT WINAPI
_DismGetRegistryMountPoint(DismSession Session, DismRegistryHive RegistryHive,
                           DismString** RegistryMountPoint) DISMAPI_NOEXCEPT;

// ---- Of this library alone: what Windows has CreateEvent and SetEvent for ----

/// Makes an event that stops long calls when it is set. CancelEvent: receives it; to be closed with
/// DismxCloseCancelEvent.
DISMAPI_EXPORT HRESULT WINAPI DismxCreateCancelEvent(HANDLE* CancelEvent) DISMAPI_NOEXCEPT;

/// Sets the event, for good: calls that were given it, and those that will be, end soon, from
/// whatever thread this is called. E_INVALIDARG: no event.
DISMAPI_EXPORT HRESULT WINAPI DismxSetCancelEvent(HANDLE CancelEvent) DISMAPI_NOEXCEPT;

/// Closes the event; calls that run with it go on. E_INVALIDARG: no event.
DISMAPI_EXPORT HRESULT WINAPI DismxCloseCancelEvent(HANDLE CancelEvent) DISMAPI_NOEXCEPT;

#ifdef __cplusplus
}  // extern "C"
#endif

// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)

#endif  // CASEMENT_DISMAPI_H
