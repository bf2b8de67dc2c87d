// SPDX-License-Identifier: Apache-2.0
// DriverDatabase\DriverPackages\<id>\Descriptors: device ids as paths of keys.
#include "engine/inspect/driver_descriptors.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <utility>

#include "engine/hive/key_walker.h"
#include "engine/inspect/driver_database.h"
#include "engine/inspect/driver_texts.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// "PCI\VEN_8086": a bus and an id; ids of other buses may have more parts.
constexpr std::uint32_t max_id_depth = 16;
/// Packages of display adapters have some thousand devices.
constexpr std::size_t max_models = 100'000;
/// Of Strings and of Configurations.
constexpr std::size_t max_items = 100'000;

class DescriptorReader {
 public:
  DescriptorReader(FactReader& reader, const Hive& hive, std::u16string key)
      : reader_(reader),
        hive_(hive),
        key_(std::move(key)),
        texts_(reader.findings(), to_utf8(key_)) {}

  std::vector<DriverModel> read(Architecture architecture) {
    const auto top = hive_.find(key_ + u"\\Descriptors");
    if (!top) {
      report(top.error());
      return {};
    }
    std::vector<DriverModel> models;
    if (!*top) {
      return models;
    }
    read_strings();
    read_configurations();
    KeyWalker walker(**top, max_id_depth);
    std::vector<std::u16string> parts;
    while (!texts_.spent()) {
      const auto visit = walker.next();
      if (!visit) {
        report(visit.error());
        continue;
      }
      if (!*visit) {
        break;
      }
      const auto& [key, depth] = **visit;
      if (depth == 0) {
        continue;
      }
      parts.resize(depth - 1);
      parts.push_back(key.name().to_u16string());
      const auto configuration = text_of(key, u"Configuration");
      const auto description = text_of(key, u"Description");
      if (!configuration && !description) {
        continue;  // a bus alone
      }
      if (models.size() == max_models) {
        report_limit("Descriptors", max_models);
        break;
      }
      std::u16string hardware_id = joined(parts);
      if (!texts_.take(hardware_id.size() * sizeof(char16_t))) {
        break;
      }
      models.push_back({.manufacturer = replaced(text_of(key, u"Manufacturer").value_or(u"")),
                        .description = replaced(description.value_or(u"")),
                        .architecture = architecture,
                        .hardware_id = std::move(hardware_id),
                        .service = service_of(configuration.value_or(u"")),
                        .compatible_ids = {},
                        .exclude_ids = {}});
    }
    return models;
  }

 private:
  static std::u16string joined(const std::vector<std::u16string>& parts) {
    std::u16string id;
    for (const std::u16string& part : parts) {
      id += id.empty() ? u"" : u"\\";
      id += part;
    }
    return id;
  }

  std::optional<std::u16string> text_of(const Key& key, std::u16string_view name) {
    const auto value = key.value(name);
    if (!value) {
      report(value.error());
      return std::nullopt;
    }
    if (!*value) {
      return std::nullopt;
    }
    return read_text(**value);
  }

  std::optional<std::u16string> read_text(const Value& value) {
    auto text = texts_.read(value);
    if (!text) {
      const bool too_long = text.error().status() == Status::limit_exceeded;
      report(text.error(), too_long ? "limit" : "damaged");
      return std::nullopt;
    }
    return *std::move(text);
  }

  /// Every item that a reader gives, within bounds; damage is a finding.
  template <class Reader, class Take>
  void read_each(Reader items, const char* what, Take take) {
    for (std::size_t count = 0;; ++count) {
      const auto item = items.next();
      if (item && !*item) {
        return;
      }
      if (count == max_items) {
        report_limit(what, max_items);
        return;
      }
      if (item) {
        take(**item);
      } else {
        report(item.error());
      }
    }
  }

  /// A subkey of the package.
  std::optional<Key> key_at(std::u16string_view below) {
    const auto key = hive_.find(key_ + u'\\' + std::u16string(below));
    if (!key) {
      report(key.error());
      return std::nullopt;
    }
    return *key;
  }

  void read_strings() {
    if (const auto key = key_at(u"Strings")) {
      read_each(key->values(), "Strings", [this](const Value& value) {
        strings_.try_emplace(upcase(value.name().to_u16string()), value);
      });
    }
  }

  void read_configurations() {
    if (const auto key = key_at(u"Configurations")) {
      read_each(key->subkeys(), "Configurations", [this](const Key& configuration) {
        configurations_.try_emplace(upcase(configuration.name().to_u16string()), configuration);
      });
    }
  }

  /// "%token%" stands for a value of Strings; all other text is itself.
  std::u16string replaced(std::u16string text) {
    if (text.size() < 3 || text.front() != u'%' || text.back() != u'%') {
      return text;
    }
    const auto found = strings_.find(upcase(std::u16string_view(text).substr(1, text.size() - 2)));
    return found == strings_.end() ? text : read_text(found->second).value_or(text);
  }

  std::u16string service_of(const std::u16string& configuration) {
    const auto found = configurations_.find(upcase(configuration));
    return found == configurations_.end() ? std::u16string()
                                          : text_of(found->second, u"Service").value_or(u"");
  }

  void report(const Error& error, const char* code = "damaged") {
    reader_.findings().add(code, Error(error).context(to_utf8(key_)));
  }

  void report_limit(const char* what, std::size_t limit) {
    reader_.findings().add(
        Severity::warning, "limit",
        fmt::format("{}\\{}: only {} entries are read", to_utf8(key_), what, limit));
  }

  FactReader& reader_;
  const Hive& hive_;
  std::u16string key_;
  DriverTexts texts_;
  // By upper-cased name: there may be as many as there are models.
  std::map<std::u16string, Value> strings_;
  std::map<std::u16string, Key> configurations_;
};

}  // namespace

std::vector<DriverModel> read_driver_descriptors(FactReader& reader, const DriverPackage& package) {
  std::u16string key(driver_packages_key);
  key += u'\\';
  key += package.package_id;
  for (const HiveId id : {HiveId::system, HiveId::drivers}) {
    const HivePtr hive = reader.hive(id);
    const auto found = hive ? hive->find(key) : Result<std::optional<Key>>(std::nullopt);
    if (found && *found) {
      return DescriptorReader(reader, *hive, key).read(package.architecture);
    }
  }
  return {};
}

}  // namespace casement
