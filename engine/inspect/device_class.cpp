// SPDX-License-Identifier: Apache-2.0
// Classes from SYSTEM Control\Class, and a table of those that every Windows has.
//
// Sources: Microsoft, "System-Defined Device Setup Classes Available to Vendors" and "... Reserved
// for System Use"; the descriptions are those of English Windows 10. Which classes count as
// critical for booting is nowhere published; these hold what a machine needs until its system
// volume is mounted and a user can answer.
#include "engine/inspect/device_class.h"

#include <algorithm>
#include <array>
#include <utility>

#include "vfs/core/utf16.h"

namespace casement {
namespace {

struct KnownClass {
  std::string_view guid;
  std::u16string_view name;
  std::u16string_view description;
  bool boot_critical = false;
};

constexpr std::array known_classes = {
    KnownClass{"05f5cfe2-4733-4950-a6bb-07aad01a3a84", u"XboxComposite", u"Xbox Peripherals"},
    KnownClass{"14b62f50-3f15-11dd-ae16-0800200c9a66", u"DigitalMediaDevices",
               u"Digital Media Devices"},
    KnownClass{"1ed2bbf9-11f0-4084-b21f-ad83a8e6dcdc", u"PrintQueue", u"Print queues"},
    KnownClass{"25dbce51-6c8f-4a72-8a6d-b54c2b4fc835", u"WCEUSBS", u"Windows CE USB devices"},
    KnownClass{"268c95a1-edfe-11d3-95c3-0010dc4050a5", u"SecurityAccelerator",
               u"Security accelerators"},
    KnownClass{"36fc9e60-c465-11cf-8056-444553540000", u"USB", u"Universal Serial Bus controllers",
               true},
    KnownClass{"4658ee7e-f050-11d1-b6bd-00c04fa372a7", u"PnpPrinters",
               u"IEEE 1394 and SCSI printers"},
    KnownClass{"48721b56-6795-11d2-b1a8-0080c72e74a2", u"Dot4", u"IEEE 1284.4 devices"},
    KnownClass{"49ce6ac8-6f86-11d2-b1e5-0080c72e74a2", u"Dot4Print",
               u"IEEE 1284.4 compatible printers"},
    KnownClass{"4d36e965-e325-11ce-bfc1-08002be10318", u"CDROM", u"DVD/CD-ROM drives"},
    KnownClass{"4d36e966-e325-11ce-bfc1-08002be10318", u"Computer", u"Computer", true},
    KnownClass{"4d36e967-e325-11ce-bfc1-08002be10318", u"DiskDrive", u"Disk drives", true},
    KnownClass{"4d36e968-e325-11ce-bfc1-08002be10318", u"Display", u"Display adapters"},
    KnownClass{"4d36e969-e325-11ce-bfc1-08002be10318", u"FDC", u"Floppy disk controllers"},
    KnownClass{"4d36e96a-e325-11ce-bfc1-08002be10318", u"HDC", u"IDE ATA/ATAPI controllers", true},
    KnownClass{"4d36e96b-e325-11ce-bfc1-08002be10318", u"Keyboard", u"Keyboards", true},
    KnownClass{"4d36e96c-e325-11ce-bfc1-08002be10318", u"MEDIA",
               u"Sound, video and game controllers"},
    KnownClass{"4d36e96d-e325-11ce-bfc1-08002be10318", u"Modem", u"Modems"},
    KnownClass{"4d36e96e-e325-11ce-bfc1-08002be10318", u"Monitor", u"Monitors"},
    KnownClass{"4d36e96f-e325-11ce-bfc1-08002be10318", u"Mouse", u"Mice and other pointing devices",
               true},
    KnownClass{"4d36e970-e325-11ce-bfc1-08002be10318", u"MTD", u"Memory technology devices"},
    KnownClass{"4d36e971-e325-11ce-bfc1-08002be10318", u"MultiFunction", u"Multifunction adapters"},
    KnownClass{"4d36e972-e325-11ce-bfc1-08002be10318", u"Net", u"Network adapters"},
    KnownClass{"4d36e973-e325-11ce-bfc1-08002be10318", u"NetClient", u"Network Client"},
    KnownClass{"4d36e974-e325-11ce-bfc1-08002be10318", u"NetService", u"Network Service"},
    KnownClass{"4d36e975-e325-11ce-bfc1-08002be10318", u"NetTrans", u"Network Protocol"},
    KnownClass{"4d36e977-e325-11ce-bfc1-08002be10318", u"PCMCIA", u"PCMCIA adapters"},
    KnownClass{"4d36e978-e325-11ce-bfc1-08002be10318", u"Ports", u"Ports (COM & LPT)"},
    KnownClass{"4d36e979-e325-11ce-bfc1-08002be10318", u"Printer", u"Printers"},
    KnownClass{"4d36e97b-e325-11ce-bfc1-08002be10318", u"SCSIAdapter", u"Storage controllers",
               true},
    KnownClass{"4d36e97d-e325-11ce-bfc1-08002be10318", u"System", u"System devices", true},
    KnownClass{"4d36e97e-e325-11ce-bfc1-08002be10318", u"Unknown", u"Other devices"},
    KnownClass{"4d36e980-e325-11ce-bfc1-08002be10318", u"FloppyDisk", u"Floppy disk drives"},
    KnownClass{"50127dc3-0f36-415e-a6cc-4cb3be910b65", u"Processor", u"Processors", true},
    KnownClass{"50906cb8-ba12-11d1-bf5d-0000f805f530", u"MultiPortSerial",
               u"Multi-port serial adapters"},
    KnownClass{"5099944a-f6b9-4057-a056-8c550228544c", u"Memory", u"Memory devices"},
    KnownClass{"50dd5230-ba8a-11d1-bf5d-0000f805f530", u"SmartCardReader", u"Smart card readers"},
    KnownClass{"5175d334-c371-4806-b3ba-71fd53c9258d", u"Sensor", u"Sensors"},
    KnownClass{"533c5b84-ec70-11d2-9505-00c04f79deaf", u"VolumeSnapshot",
               u"Storage volume shadow copies"},
    KnownClass{"53966cb1-4d46-4166-bf23-c522403cd495", u"ScmDisk", u"Persistent memory disks",
               true},
    KnownClass{"53d29ef7-377c-4d14-864b-eb3a85769359", u"Biometric", u"Biometric devices"},
    KnownClass{"5630831c-06c9-4856-b327-f5d32586e060", u"Proximity", u"Proximity devices"},
    KnownClass{"5989fce8-9cd0-467d-8a6a-5419e31529d4", u"AudioProcessingObject",
               u"Audio Processing Objects (APOs)"},
    KnownClass{"5c4c3332-344d-483c-8739-259e934c9cc8", u"SoftwareComponent",
               u"Software components"},
    KnownClass{"62f9c741-b25a-46ce-b54c-9bccce08b6f2", u"SoftwareDevice", u"Software devices"},
    KnownClass{"6bdd1fc1-810f-11d0-bec7-08002be2092f", u"1394", u"IEEE 1394 host controllers"},
    KnownClass{"6bdd1fc5-810f-11d0-bec7-08002be2092f", u"Infrared", u"Infrared devices"},
    KnownClass{"6bdd1fc6-810f-11d0-bec7-08002be2092f", u"Image", u"Imaging devices"},
    KnownClass{"6d807884-7d21-11cf-801c-08002be10318", u"TapeDrive", u"Tape drives"},
    KnownClass{"71a27cdd-812a-11d0-bec7-08002be2092f", u"Volume", u"Storage volumes", true},
    KnownClass{"72631e54-78a4-11d0-bcf7-00aa00b7b32a", u"Battery", u"Batteries"},
    KnownClass{"745a17a0-74d3-11d0-b6fe-00a0c90f57da", u"HIDClass", u"Human Interface Devices",
               true},
    KnownClass{"7ebefbc0-3200-11d2-b4c2-00a0c9697d07", u"61883", u"61883 devices"},
    KnownClass{"87ef9ad1-8f70-49ee-b215-ab1fcadcbe3c", u"NetDriver", u"Universal Network Drivers"},
    KnownClass{"88bae032-5a81-49f0-bc3d-a4ff138216d6", u"USBDevice",
               u"Universal Serial Bus devices"},
    KnownClass{"8ecc055d-047f-11d1-a537-0000f8753ed1", u"LegacyDriver",
               u"Non-Plug and Play Drivers"},
    KnownClass{"990a2bd7-e738-46c7-b26f-1cf8fb9f1391", u"SmartCard", u"Smart cards"},
    KnownClass{"a0a588a4-c46f-4b37-b7ea-c82fe89870c6", u"SDHost", u"SD host adapters", true},
    KnownClass{"bbbe8734-08fa-4966-b6a6-4e5ad010cdd7", u"USBFunctionController",
               u"USB function controllers"},
    KnownClass{"c06ff265-ae09-48f0-812c-16753d7cba83", u"AVC", u"AVC devices"},
    KnownClass{"c166523c-fe0c-4a94-a586-f1a80cfbbf3e", u"AudioEndpoint",
               u"Audio inputs and outputs"},
    KnownClass{"ca3e7ab9-b4c3-4ae6-8251-579ef933890f", u"Camera", u"Cameras"},
    KnownClass{"ce5939ae-ebde-11d0-b181-0000f8753ec4", u"MediumChanger", u"Medium changers"},
    KnownClass{"d48179be-ec20-11d1-b6b8-00c04fa372a7", u"SBP2", u"SBP2 IEEE 1394 devices"},
    KnownClass{"d94ee5d8-d189-4994-83d2-f68d7d41b0e6", u"SecurityDevices", u"Security devices"},
    KnownClass{"db4f6ddd-9c0e-45e4-9597-78dbbad0f412", u"SmartCardFilter",
               u"Smart card filter drivers"},
    KnownClass{"e0cbf06c-cd8b-4647-bb8a-263b43f0f974", u"Bluetooth", u"Bluetooth"},
    KnownClass{"e2f84ce7-8efa-411c-aa69-97454ca4cb57", u"Extension", u"Extensions"},
    KnownClass{"e6f1aa1c-7f3b-4473-b2e8-c97d8ac71d53", u"UCM", u"USB Connector Managers"},
    KnownClass{"eec5ad98-8080-425f-922a-dabf3de3f69a", u"WPD", u"Portable Devices"},
    KnownClass{"f01a9d53-3ff6-48d2-9f97-c8a7004be10c", u"ComputeAccelerator",
               u"Compute accelerators"},
    KnownClass{"f2e7dd72-6468-4e36-b6f1-6488f42c1b52", u"Firmware", u"Firmware"}};

}  // namespace

DeviceClass well_known_device_class(const Guid& guid) {
  const std::string text = guid.to_string();
  const auto known =
      std::find_if(known_classes.begin(), known_classes.end(),
                   [&text](const KnownClass& candidate) { return candidate.guid == text; });
  if (known == known_classes.end()) {
    return {};
  }
  return {.name = std::u16string(known->name),
          .description = std::u16string(known->description),
          .boot_critical = known->boot_critical};
}

const DeviceClass& DeviceClasses::find(const Guid& guid) {
  const auto [entry, is_new] = known_.try_emplace(guid);
  DeviceClass& found = entry->second;
  if (!is_new) {
    return found;
  }
  found = well_known_device_class(guid);
  const std::string text = guid.to_string();
  const std::u16string key =
      reader_.control_set(u"Control\\Class\\{" + std::u16string(text.begin(), text.end()) + u"}");
  if (auto name = reader_.filled_text(HiveId::system, key, u"Class")) {
    found.name = std::move(name->value);
  }
  // Before Vista the description is the default value.
  for (const std::u16string_view value : {u"ClassDesc", u""}) {
    const auto stored = reader_.filled_text(HiveId::system, key, value);
    auto description = stored ? strings_.resolve(stored->value) : std::nullopt;
    if (description && !description->text.empty()) {
      found.description = std::move(description->text);
      break;
    }
  }
  if (found.description.empty()) {
    found.description = found.name;
  }
  return found;
}

}  // namespace casement
