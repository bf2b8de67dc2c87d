// SPDX-License-Identifier: Apache-2.0
// What bcdedit calls each element (Microsoft Learn, "BCD settings and BitLocker").
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "engine/bcd/element.h"
#include "engine/bcd/object.h"

namespace casement {
namespace {

struct Row {
  std::uint32_t type;
  std::string_view name;
};

/// Mean the same in every object: library, device, setup, and two of Windows 10.
constexpr auto any_object = std::to_array<Row>({
    {0x11000001, "device"},
    {0x12000002, "path"},
    {0x12000004, "description"},
    {0x12000005, "locale"},
    {0x12000016, "targetname"},
    {0x12000019, "busparams"},
    {0x1200001D, "key"},
    {0x12000030, "loadoptions"},
    {0x1200004A, "fontpath"},
    {0x14000006, "inherit"},
    {0x14000008, "recoverysequence"},
    {0x15000007, "truncatememory"},
    {0x1500000C, "firstmegabytepolicy"},
    {0x1500000D, "relocatephysical"},
    {0x1500000E, "avoidlowmemory"},
    {0x15000011, "debugtype"},
    {0x15000012, "debugaddress"},
    {0x15000013, "debugport"},
    {0x15000014, "baudrate"},
    {0x15000015, "channel"},
    {0x15000018, "debugstart"},
    {0x1500001A, "hostip"},
    {0x1500001B, "port"},
    {0x15000022, "emsport"},
    {0x15000023, "emsbaudrate"},
    {0x15000042, "keyringaddress"},
    {0x15000047, "configaccesspolicy"},
    {0x1500004B, "integrityservices"},
    {0x1500004C, "volumebandid"},
    {0x15000051, "initialconsoleinput"},
    {0x15000052, "graphicsresolution"},
    {0x15000065, "displaymessage"},
    {0x15000066, "displaymessageoverride"},
    {0x15000081, "logcontrol"},
    {0x16000009, "recoveryenabled"},
    {0x1600000B, "badmemoryaccess"},
    {0x1600000F, "traditionalkseg"},
    {0x16000010, "bootdebug"},
    {0x16000017, "noumex"},
    {0x1600001C, "dhcp"},
    {0x1600001E, "vm"},
    {0x16000020, "bootems"},
    {0x16000040, "advancedoptions"},
    {0x16000041, "optionsedit"},
    {0x16000046, "graphicsmodedisabled"},
    {0x16000048, "nointegritychecks"},
    {0x16000049, "testsigning"},
    {0x16000050, "extendedinput"},
    {0x16000053, "restartonfailure"},
    {0x16000054, "highestmode"},
    {0x16000060, "isolatedcontext"},
    {0x1600006C, "bootuxdisabled"},
    {0x16000072, "nokeyboard"},
    {0x16000074, "bootshutdowndisabled"},
    {0x1600007B, "forcefipscrypto"},
    {0x1700000A, "badmemorylist"},
    {0x17000077, "allowedinmemorysettings"},
    {0x22000040, "fverecoveryurl"},
    {0x22000041, "fverecoverymessage"},
    {0x31000003, "ramdisksdidevice"},
    {0x32000004, "ramdisksdipath"},
    {0x35000001, "ramdiskimageoffset"},
    {0x35000002, "ramdisktftpclientport"},
    {0x35000005, "ramdiskimagelength"},
    {0x35000007, "ramdisktftpblocksize"},
    {0x35000008, "ramdisktftpwindowsize"},
    {0x36000006, "exportascd"},
    {0x36000009, "ramdiskmcenabled"},
    {0x3600000A, "ramdiskmctftpfallback"},
    {0x3600000B, "ramdisktftpvarwindow"},
    {0x42000002, "applicationrelativepath"},
    {0x42000003, "ramdiskdevicerelativepath"},
    {0x45000001, "devicetype"},
    {0x46000004, "omitosloaderelements"},
    {0x46000010, "recoveryos"},
    {0x47000006, "elementstomigrate"},
});

/// Boot managers of Windows and of the firmware.
constexpr auto boot_manager = std::to_array<Row>({
    {0x21000022, "bcddevice"},
    {0x22000023, "bcdfilepath"},
    {0x23000003, "default"},
    {0x23000006, "resumeobject"},
    {0x24000001, "displayorder"},
    {0x24000002, "bootsequence"},
    {0x24000007, "startupsequence"},
    {0x24000010, "toolsdisplayorder"},
    {0x25000004, "timeout"},
    {0x26000005, "attemptresume"},
    {0x26000020, "displaybootmenu"},
    {0x26000021, "noerrordisplay"},
    {0x26000024, "hormenabled"},
    {0x26000028, "processcustomactionsfirst"},
    {0x26000031, "persistbootsequence"},
    {0x27000030, "customactions"},
});

/// Windows boot loader.
constexpr auto os_loader = std::to_array<Row>({
    {0x21000001, "osdevice"},
    {0x22000002, "systemroot"},
    {0x22000011, "kernel"},
    {0x22000012, "hal"},
    {0x22000013, "dbgtransport"},
    {0x22000053, "evstore"},
    {0x220000F9, "hypervisorbusparams"},
    {0x22000110, "hypervisorusekey"},
    {0x23000003, "resumeobject"},
    {0x25000020, "nx"},
    {0x25000021, "pae"},
    {0x25000031, "removememory"},
    {0x25000032, "increaseuserva"},
    {0x25000033, "perfmem"},
    {0x25000050, "clustermodeaddressing"},
    {0x25000052, "restrictapiccluster"},
    {0x25000055, "x2apicpolicy"},
    {0x25000061, "numproc"},
    {0x25000063, "configflags"},
    {0x25000066, "groupsize"},
    {0x25000071, "msi"},
    {0x25000072, "pciexpress"},
    {0x25000080, "safeboot"},
    {0x250000A6, "tscsyncpolicy"},
    {0x250000C1, "driverloadfailurepolicy"},
    {0x250000C2, "bootmenupolicy"},
    {0x250000E0, "bootstatuspolicy"},
    {0x250000F0, "hypervisorlaunchtype"},
    {0x250000F3, "hypervisordebugtype"},
    {0x250000F4, "hypervisordebugport"},
    {0x250000F5, "hypervisorbaudrate"},
    {0x250000F6, "hypervisorchannel"},
    {0x250000F7, "bootux"},
    {0x250000FA, "hypervisornumproc"},
    {0x250000FB, "hypervisorrootprocpernode"},
    {0x250000FD, "hypervisorhostip"},
    {0x250000FE, "hypervisorhostport"},
    {0x25000100, "tpmbootentropy"},
    {0x25000113, "hypervisorrootproc"},
    {0x25000115, "hypervisoriommupolicy"},
    {0x2500011A, "hypervisorschedulertype"},
    {0x25000120, "xsavepolicy"},
    {0x25000121, "xsaveaddfeature0"},
    {0x25000122, "xsaveaddfeature1"},
    {0x25000123, "xsaveaddfeature2"},
    {0x25000124, "xsaveaddfeature3"},
    {0x25000125, "xsaveaddfeature4"},
    {0x25000126, "xsaveaddfeature5"},
    {0x25000127, "xsaveaddfeature6"},
    {0x25000128, "xsaveaddfeature7"},
    {0x25000129, "xsaveremovefeature"},
    {0x2500012A, "xsaveprocessorsmask"},
    {0x2500012B, "xsavedisable"},
    {0x25000130, "claimedtpmcounter"},
    {0x25000142, "vsmlaunchtype"},
    {0x26000004, "stampdisks"},
    {0x26000010, "detecthal"},
    {0x26000022, "winpe"},
    {0x26000024, "nocrashautoreboot"},
    {0x26000025, "lastknowngood"},
    {0x26000026, "nointegritychecks"},
    {0x26000027, "testsigning"},
    {0x26000030, "nolowmem"},
    {0x26000040, "vga"},
    {0x26000041, "quietboot"},
    {0x26000042, "novesa"},
    {0x26000043, "novga"},
    {0x26000051, "usephysicaldestination"},
    {0x26000054, "uselegacyapicmode"},
    {0x26000060, "onecpu"},
    {0x26000062, "maxproc"},
    {0x26000064, "maxgroup"},
    {0x26000065, "groupaware"},
    {0x26000070, "usefirmwarepcisettings"},
    {0x26000081, "safebootalternateshell"},
    {0x26000090, "bootlog"},
    {0x26000091, "sos"},
    {0x260000A0, "debug"},
    {0x260000A1, "halbreakpoint"},
    {0x260000A2, "useplatformclock"},
    {0x260000A3, "forcelegacyplatform"},
    {0x260000A4, "useplatformtick"},
    {0x260000A5, "disabledynamictick"},
    {0x260000B0, "ems"},
    {0x260000C3, "onetimeadvancedoptions"},
    {0x260000C4, "onetimeoptionsedit"},
    {0x260000E1, "disableelamdrivers"},
    {0x260000F2, "hypervisordebug"},
    {0x260000F8, "hypervisordisableslat"},
    {0x260000FC, "hypervisoruselargevtlb"},
    {0x26000114, "hypervisordhcp"},
    {0x26000116, "hypervisorusevapic"},
    {0x26000145, "dtrace"},
});

/// Resume from hibernation.
constexpr auto resume = std::to_array<Row>({
    {0x21000001, "filedevice"},
    {0x21000005, "associatedosdevice"},
    {0x22000002, "filepath"},
    {0x25000007, "bootux"},
    {0x25000008, "bootmenupolicy"},
    {0x26000003, "customsettings"},
    {0x26000004, "pae"},
    {0x26000006, "debugoptionenabled"},
});

/// Windows memory diagnostic.
constexpr auto memory_tester = std::to_array<Row>({
    {0x25000001, "passcount"},
    {0x25000002, "testmix"},
    {0x25000005, "stridefailcount"},
    {0x25000006, "invcfailcount"},
    {0x25000007, "matsfailcount"},
    {0x25000008, "randfailcount"},
    {0x25000009, "chckrfailcount"},
    {0x26000003, "cacheenable"},
    {0x26000004, "failuresenabled"},
});

/// Each table is sorted, so that a lookup is a binary search.
template <std::size_t n>
constexpr bool is_sorted_by_type(const std::array<Row, n>& rows) {
  return std::is_sorted(rows.begin(), rows.end(),
                        [](const Row& a, const Row& b) { return a.type < b.type; });
}
static_assert(is_sorted_by_type(any_object) && is_sorted_by_type(boot_manager) &&
              is_sorted_by_type(os_loader) && is_sorted_by_type(resume) &&
              is_sorted_by_type(memory_tester));

/// The table of class-2 elements in objects of this type.
std::span<const Row> application_rows(std::uint32_t object_type) {
  switch (application_kind(object_type)) {
    case BcdObjectKind::firmware_boot_manager:
    case BcdObjectKind::boot_manager:
      return boot_manager;
    case BcdObjectKind::os_loader:
      return os_loader;
    case BcdObjectKind::resume:
      return resume;
    case BcdObjectKind::memory_tester:
      return memory_tester;
    default:
      return {};
  }
}

std::string_view find_name(std::span<const Row> rows, std::uint32_t type) {
  const auto found =
      std::lower_bound(rows.begin(), rows.end(), type,
                       [](const Row& row, std::uint32_t wanted) { return row.type < wanted; });
  return found != rows.end() && found->type == type ? found->name : std::string_view{};
}

}  // namespace

std::string element_name(std::uint32_t type, std::uint32_t object_type) {
  std::string_view name = find_name(any_object, type);
  if (name.empty() && element_class(type) == BcdElementClass::application) {
    name = find_name(application_rows(object_type), type);
  }
  return name.empty() ? fmt::format("{:08x}", type) : std::string(name);
}

}  // namespace casement
