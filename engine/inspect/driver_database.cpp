// SPDX-License-Identifier: Apache-2.0
// Driver packages as the registry has them.
#include "engine/inspect/driver_database.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "engine/hive/value.h"
#include "engine/inspect/driver_store.h"
#include "engine/inspect/driver_texts.h"
#include "engine/inspect/driver_version_layout.h"
#include "engine/inspect/processor_architecture.h"
#include "vfs/core/checked.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::u16string_view inf_files_key = u"DriverDatabase\\DriverInfFiles";
/// A real store has below 2,000.
constexpr std::size_t max_packages = 100'000;
/// A real package has below 20.
constexpr std::size_t max_values = 1000;

/// The rule of Windows' SIGNERSCORE_* (drvsetup of the kits): the highest digit says whether
/// anybody signed; 0xFF000000 is "not known". Without a score, nothing signed a package without a
/// catalog.
DriverSignature signature_by_registry(const DriverPackage& package) noexcept {
  constexpr std::uint32_t unknown_score = 0xFF000000;
  constexpr std::uint32_t unsigned_bits = 0xF0000000;
  if (!package.signer_score) {
    return package.catalog_file.empty() && package.signer.empty() ? DriverSignature::not_signed
                                                                  : DriverSignature::unknown;
  }
  if (*package.signer_score >= unknown_score) {
    return DriverSignature::unknown;
  }
  return (*package.signer_score & unsigned_bits) == 0 ? DriverSignature::is_signed
                                                      : DriverSignature::not_signed;
}

/// A value of a package's key that is a text.
struct TextValue {
  std::u16string_view name;
  std::u16string DriverPackage::* member;
  bool only_of_added = false;  // only packages from outside have it
};
constexpr std::array text_values = {TextValue{u"", &DriverPackage::published_name},
                                    TextValue{u"Provider", &DriverPackage::provider},
                                    TextValue{u"SignerName", &DriverPackage::signer},
                                    TextValue{u"InfName", &DriverPackage::original_name, true},
                                    TextValue{u"Catalog", &DriverPackage::catalog_file}};

class DatabaseReader {
 public:
  DatabaseReader(FactReader& reader, DeviceClasses& classes)
      : reader_(reader), classes_(classes), texts_(reader.findings(), "DriverDatabase") {}

  std::optional<std::vector<DriverPackage>> read() {
    for (const HiveId id : {HiveId::system, HiveId::drivers}) {
      id_ = id;
      const HivePtr hive = reader_.hive(id);
      if (!hive) {
        continue;
      }
      each_subkey(*hive, inf_files_key, [this](const Key& key) { take_inf_file(key); });
      each_subkey(*hive, driver_packages_key, [this](const Key& key) { take_package(key); });
    }
    if (!has_database_) {
      return std::nullopt;
    }
    drop_inactive();
    return std::move(packages_);
  }

 private:
  template <class Visit>
  void each_subkey(const Hive& hive, std::u16string_view path, Visit visit) {
    const auto top = hive.find(path);
    if (!top) {
      report("damaged", path, top.error());
      return;
    }
    if (!*top) {
      return;
    }
    has_database_ = true;
    SubkeyReader subkeys = (*top)->subkeys();
    for (std::size_t count = 0; count < max_packages; ++count) {
      const auto key = subkeys.next();
      if (!key) {
        report("damaged", path, key.error());
      } else if (!*key) {
        return;
      } else {
        visit(**key);
      }
    }
    reader_.findings().add(Severity::error, "driver-database-cut",
                           fmt::format("{} {}: only {} subkeys are read", hive_file_name(id_),
                                       to_utf8(path), max_packages));
  }

  void take_inf_file(const Key& key) {
    const std::u16string name = key.name().to_u16string();
    const auto active = key.value(u"Active");
    const auto text = active && *active ? texts_.read(**active) : Result<std::u16string>(u"");
    if (!active || !text) {
      report("damaged", inf_files_key, active ? text.error() : active.error());
      return;
    }
    if (!text->empty()) {
      active_.try_emplace(upcase(name), *text);
      inf_of_package_.try_emplace(upcase(*text), name);
    }
  }

  void take_package(const Key& key) {
    DriverPackage package;
    package.package_id = key.name().to_u16string();
    if (!seen_.insert(upcase(package.package_id)).second) {
      return;
    }
    std::u16string path(driver_packages_key);
    path += u'\\';
    path += package.package_id;
    where_ = path;
    package.evidence = reader_.evidence(id_, path, u"Version");
    has_origin_ = false;
    is_added_ = false;
    ValueReader values = key.values();
    for (std::size_t count = 0;; ++count) {
      const auto value = values.next();
      if (value && !*value) {
        break;
      }
      if (count == max_values) {
        reader_.findings().add(Severity::warning, "limit",
                               fmt::format("{} {}: only {} values are read", hive_file_name(id_),
                                           to_utf8(path), max_values));
        break;
      }
      if (!value) {
        report("damaged", where_, value.error());
      } else if (const auto taken = take_value(**value, package); !taken) {
        report(DriverTexts::finding_code(taken.error()), where_,
               Error(taken.error()).context((*value)->name().to_utf8()));
      }
    }
    complete(package);
    packages_.push_back(std::move(package));
  }

  Result<void> take_value(const Value& value, DriverPackage& package) {
    const HiveName name = value.name();
    const auto text = std::ranges::find_if(
        text_values, [&name](const TextValue& known) { return name.equals_folded(known.name); });
    if (text != text_values.end()) {
      is_added_ = is_added_ || text->only_of_added;
      package.*(text->member) = CASEMENT_TRY(texts_.read(value));
    } else if (name.equals_folded(u"Version")) {
      CASEMENT_TRY(take_version(value, package));
    } else if (name.equals_folded(u"SignerScore")) {
      package.signer_score = CASEMENT_TRY(dword(value));
    } else if (name.equals_folded(u"OemPath")) {
      is_added_ = true;
    } else if (name.equals_folded(u"BootCritical")) {
      package.boot_critical = CASEMENT_TRY(value.as_integer()) != 0;
    } else if (name.equals_folded(u"ImportDate")) {
      package.import_date = CASEMENT_TRY(time_of(value));
    }
    return {};
  }

  static Result<std::optional<FileTime>> time_of(const Value& value) {
    const auto data = CASEMENT_TRY(value.data());
    CASEMENT_TRY(slice(data.bytes(), 0, sizeof(std::uint64_t), "time"));
    const FileTime time{get_le<std::uint64_t>(data.bytes(), 0)};
    return time.is_set() ? std::optional(time) : std::nullopt;
  }

  static Result<std::uint32_t> dword(const Value& value) {
    const auto narrow = checked_cast<std::uint32_t>(CASEMENT_TRY(value.as_integer()));
    if (!narrow) {
      return fail(Status::invalid_data, "the number does not fit 32 bits");
    }
    return *narrow;
  }

  Result<void> take_version(const Value& value, DriverPackage& package) {
    if (value.type() != reg_type::binary || value.size() != sizeof(DriverVersionRecord)) {
      return fail(Status::invalid_data, fmt::format("{} of {} bytes, expected REG_BINARY of {}",
                                                    reg_type_name(value.type()), value.size(),
                                                    sizeof(DriverVersionRecord)));
    }
    const auto data = CASEMENT_TRY(value.data());
    const auto record =
        CASEMENT_TRY(load<DriverVersionRecord>(data.bytes(), 0, "version of a driver package"));
    has_origin_ = true;
    package.inbox = record.origin == inbox_origin;
    package.architecture = architecture_of_processor(record.processor.value());
    package.class_guid = Guid::from_bytes(record.class_guid);
    const FileTime date{record.date.value()};
    package.date = date.is_set() ? std::optional(date) : std::nullopt;
    package.version = DriverVersion{.major = record.major.value(),
                                    .minor = record.minor.value(),
                                    .build = record.build.value(),
                                    .revision = record.revision.value()};
    return {};
  }

  /// What follows from the rest.
  void complete(DriverPackage& package) {
    if (package.published_name.empty()) {
      const auto known = inf_of_package_.find(upcase(package.package_id));
      package.published_name =
          known == inf_of_package_.end() ? inf_name_of_package(package.package_id) : known->second;
    }
    if (package.original_name.empty()) {
      package.original_name = inf_name_of_package(package.package_id);
    }
    if (!has_origin_) {
      package.inbox = !is_added_ && !oem_number(package.published_name);
      package.architecture = architecture_of_package(package.package_id);
    }
    package.store_path = driver_store_path(reader_, package.package_id, package.original_name);
    package.signature = signature_by_registry(package);
    take_class(package, classes_);
  }

  /// Updates of Windows leave the older versions of inbox packages in the store; the INF in
  /// Windows\INF is that of the active one.
  void drop_inactive() {
    std::erase_if(packages_, [this](const DriverPackage& package) {
      const auto active = active_.find(upcase(package.published_name));
      return package.inbox && active != active_.end() &&
             !equals_folded(active->second, package.package_id) &&
             seen_.contains(upcase(active->second));
    });
  }

  void report(const char* code, std::u16string_view path, const Error& error) {
    reader_.findings().add(
        code, Error(error).context(fmt::format("{} {}", hive_file_name(id_), to_utf8(path))));
  }

  FactReader& reader_;
  DeviceClasses& classes_;
  DriverTexts texts_;
  HiveId id_ = HiveId::system;
  std::vector<DriverPackage> packages_;
  std::set<std::u16string> seen_;                            // package ids, upper-cased
  std::map<std::u16string, std::u16string> active_;          // INF, upper-cased, to package id
  std::map<std::u16string, std::u16string> inf_of_package_;  // active package, upper-cased, to INF
  bool has_database_ = false;
  // Of the package that is being read:
  std::u16string where_;
  bool has_origin_ = false;  // its Version is usable
  bool is_added_ = false;    // it has what only packages from outside have
};

}  // namespace

std::optional<std::vector<DriverPackage>> read_driver_database(FactReader& reader,
                                                               DeviceClasses& classes) {
  return DatabaseReader(reader, classes).read();
}

}  // namespace casement
