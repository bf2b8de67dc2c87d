// SPDX-License-Identifier: Apache-2.0
// INFs that tests write as text.
#pragma once

#include <string_view>

#include "engine/servicing/inf.h"
#include "tests/engine/servicing/text_bytes.h"
#include "tests/support/matchers.h"

namespace casement::test {

inline Inf inf_of(std::string_view text) {
  return must(parse_inf(bytes_of(text)));
}

/// A driver with what INFs of real drivers have: decorations, services, strings in two languages.
inline constexpr std::string_view example_inf =
    "; An example.\r\n"
    "[Version]\r\n"
    "Signature = \"$Windows NT$\"\r\n"
    "Class = SCSIAdapter\r\n"
    "ClassGuid = {4D36E97B-E325-11CE-BFC1-08002BE10318}\r\n"
    "Provider = %Vendor%\r\n"
    "DriverVer = 04/17/2023,1.2.3.4\r\n"
    "CatalogFile.NTx86 = example32.cat\r\n"
    "CatalogFile = example.cat\r\n"
    "[Manufacturer]\r\n"
    "%Vendor% = Models, NTx86, NTamd64.6.1, NTamd64.10.0...17763, NTarm64.10.0\r\n"
    "[Models.NTx86]\r\n"
    "%Disk% = Install32, PCI\\VEN_1AF4&DEV_1001\r\n"
    "[Models.NTamd64.6.1]\r\n"
    "%Disk% = InstallOld, PCI\\VEN_1AF4&DEV_1001\r\n"
    "[Models.NTamd64.10.0...17763]\r\n"
    "%Disk% = Install, PCI\\VEN_1AF4&DEV_1001, \\\r\n"
    "         PCI\\VEN_1AF4, PCI\\CC_0100 ; two compatible ones\r\n"
    "\"Plain name\" = Null, PCI\\VEN_1AF4&DEV_1002\r\n"
    "[Models.NTarm64.10.0]\r\n"
    "%Disk% = Install, PCI\\VEN_1AF4&DEV_1042\r\n"
    "[ControlFlags]\r\n"
    "ExcludeFromSelect = PCI\\VEN_1AF4&DEV_1002\r\n"
    "ExcludeFromSelect.NTx86 = *\r\n"
    "[Install.NT]\r\n"
    "CopyFiles = Files\r\n"
    "[Install.NT.Services]\r\n"
    "AddService = filter,, Filter_Service\r\n"
    "AddService = exstor, %SPSVCINST_ASSOCSERVICE%, Boot_Service\r\n"
    "[InstallOld.Services]\r\n"
    "AddService = exold, 0x2, Demand_Service\r\n"
    "[Install32.NTx86.Services]\r\n"
    "AddService = ex32, 2, Demand_Service\r\n"
    "[Null.NT.Services]\r\n"
    "AddService = , 2\r\n"
    "[Boot_Service]\r\n"
    "StartType = %SERVICE_BOOT_START%\r\n"
    "[Demand_Service]\r\n"
    "StartType = 3 ; on demand\r\n"
    "[Filter_Service]\r\n"
    "StartType = 1\r\n"
    "[Strings]\r\n"
    "Vendor = \"Beispiel AG\"\r\n"
    "Disk = \"Platten-Adapter\"\r\n"
    "SERVICE_BOOT_START = 0\r\n"
    "SPSVCINST_ASSOCSERVICE = 0x00000002\r\n"
    "[Strings.0409]\r\n"
    "Vendor = \"Example, Inc.\"\r\n"
    "Disk = \"Example \"\"fast\"\" disk; really\"\r\n";

}  // namespace casement::test
