// SPDX-License-Identifier: Apache-2.0
// From the engine's drivers to the API's.
#include "engine/dismapi/driver_values.h"

#include <vector>

#include "engine/dismapi/system_time.h"
#include "engine/inspect/processor_architecture.h"
#include "vfs/core/upcase.h"

namespace casement::dismapi {
namespace {

// The engine's enumeration is in the API's order.
static_assert(static_cast<int>(DriverSignature::unknown) == DismDriverSignatureUnknown);
static_assert(static_cast<int>(DriverSignature::not_signed) == DismDriverSignatureUnsigned);
static_assert(static_cast<int>(DriverSignature::is_signed) == DismDriverSignatureSigned);

/// The API has one string for several ids.
std::u16string joined(const std::vector<std::u16string>& ids) {
  std::u16string text;
  for (const std::u16string& id : ids) {
    text += text.empty() ? u"" : u", ";
    text += id;
  }
  return text;
}

}  // namespace

std::u16string class_guid_text(const Guid& guid) {
  const std::string text = guid.to_string();
  return u"{" + upcase(std::u16string(text.begin(), text.end())) + u"}";
}

void fill_driver_package(Answer& answer, const DriverPackage& driver, DismDriverPackage& out) {
  out.PublishedName = answer.text(driver.published_name);
  out.OriginalFileName =
      answer.text(driver.store_path.empty() ? driver.original_name : driver.store_path);
  out.InBox = driver.inbox ? TRUE : FALSE;
  out.CatalogFile = answer.text(driver.catalog_file);
  out.ClassName = answer.text(driver.class_name);
  out.ClassGuid =
      answer.text(driver.class_guid ? class_guid_text(*driver.class_guid) : std::u16string());
  out.ClassDescription = answer.text(driver.class_description);
  out.BootCritical = driver.boot_critical ? TRUE : FALSE;
  out.DriverSignature = static_cast<DismDriverSignature>(driver.signature);
  out.ProviderName = answer.text(driver.provider);
  out.Date = to_system_date(driver.date.value_or(FileTime{}));
  const DriverVersion version = driver.version.value_or(DriverVersion{});
  out.MajorVersion = version.major;
  out.MinorVersion = version.minor;
  out.Build = version.build;
  out.Revision = version.revision;
}

void fill_driver(Answer& answer, const DriverModel& model, DismDriver& out) {
  out.ManufacturerName = answer.text(model.manufacturer);
  out.HardwareDescription = answer.text(model.description);
  out.HardwareId = answer.text(model.hardware_id);
  constexpr UINT unknown_processor = 0xFFFF;  // PROCESSOR_ARCHITECTURE_UNKNOWN
  out.Architecture = processor_architecture(model.architecture).value_or(unknown_processor);
  out.ServiceName = answer.text(model.service);
  out.CompatibleIds = answer.text(joined(model.compatible_ids));
  out.ExcludeIds = answer.text(joined(model.exclude_ids));
}

}  // namespace casement::dismapi
