// SPDX-License-Identifier: Apache-2.0
// The keys of packages in the registry.
#include "engine/inspect/package_rows.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "engine/image/registry_read.h"
#include "engine/inspect/fact_reader.h"
#include "engine/inspect/integer_value.h"
#include "engine/inspect/key_items.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::uint32_t visibility_hidden = 2;
constexpr std::uint32_t state_permanent = 0x80;

/// A damaged hive may list one cell many times, and may share a long one between many keys. Real
/// hives have some thousand packages with some kilobytes of text each.
constexpr std::uint32_t max_text_size = 32U << 10U;  // bytes of one value
constexpr std::uint64_t max_rows = 100'000;
constexpr std::uint64_t max_total_text = std::uint64_t{64} << 20U;  // bytes, over all rows
constexpr std::uint64_t max_total_items = 1'000'000;                // owners and updates
constexpr std::uint64_t max_total_values = 10'000'000;              // what is met below the rows

/// Where in the registry something was met, as a text that is made when it is needed.
auto where(const Package& package) {
  return [&package] { return "package " + to_utf8(package.identity); };
}

/// Reads one key after the other; what is the same for all of them is made once.
class RowReader {
 public:
  RowReader(Evidence evidence, Diagnostics& findings)
      : evidence_(std::move(evidence)), findings_(findings) {}

  /// nullopt: there is more text than is kept.
  std::optional<Package> read(const Key& key);

 private:
  /// A value that a row knows, and what is done with it.
  struct Field {
    std::u16string_view name;
    Result<void> (RowReader::*read)(const Value& value, Package& package);
  };
  static const std::array<Field, 10> fields;

  Result<void> read_state(const Value& value, Package& package);
  Result<void> read_visibility(const Value& value, Package& package);
  Result<void> read_self_update(const Value& value, Package& package);
  Result<void> read_time_high(const Value& value, Package& package);
  Result<void> read_time_low(const Value& value, Package& package);
  Result<void> read_last_error(const Value& value, Package& package);
  template <std::u16string Package::* member>
  Result<void> read_text(const Value& value, Package& package) {
    if (value.size() > max_text_size) {
      return fail(Status::limit_exceeded, fmt::format("{} bytes of text, expected {} at most",
                                                      value.size(), max_text_size));
    }
    if (take_text(value.size())) {
      package.*member = CASEMENT_TRY(value.as_string());
    }
    return {};
  }

  /// Whether so much text may still be kept. The first that may not is a finding.
  bool take_text(std::size_t bytes);

  void read_values(const Key& key, Package& package);
  void read_below(const Key& key, Package& package);
  void read_updates(const Key& key, Package& package);
  void finish(Package& package);
  void report(const Package& package, const Error& error, const std::string& what);

  Evidence evidence_;  // of CurrentState; its key is the parent of the rows'
  Diagnostics& findings_;
  TextBudget text_{max_total_text};
  TextBudget items_{max_total_items};
  TextBudget values_{max_total_values};
  std::optional<std::uint32_t> state_;
  std::optional<std::uint32_t> time_high_;
  std::optional<std::uint32_t> time_low_;
};

const std::array<RowReader::Field, 10> RowReader::fields = {
    {{u"CurrentState", &RowReader::read_state},
     {u"InstallTimeHigh", &RowReader::read_time_high},
     {u"InstallTimeLow", &RowReader::read_time_low},
     {u"InstallClient", &RowReader::read_text<&Package::install_client>},
     {u"InstallName", &RowReader::read_text<&Package::install_name>},
     {u"InstallLocation", &RowReader::read_text<&Package::install_location>},
     {u"InstallUser", &RowReader::read_text<&Package::install_user>},
     {u"Visibility", &RowReader::read_visibility},
     {u"SelfUpdate", &RowReader::read_self_update},
     {u"LastError", &RowReader::read_last_error}}};

Result<void> RowReader::read_state(const Value& value, Package&) {
  state_ = CASEMENT_TRY(as_dword(value));
  return {};
}

Result<void> RowReader::read_visibility(const Value& value, Package& package) {
  const std::uint32_t visibility = CASEMENT_TRY(as_dword(value));
  package.visible = visibility != visibility_hidden;
  return {};
}

Result<void> RowReader::read_self_update(const Value& value, Package& package) {
  const std::uint32_t self_update = CASEMENT_TRY(as_dword(value));
  package.self_update = self_update != 0;
  return {};
}

Result<void> RowReader::read_time_high(const Value& value, Package&) {
  time_high_ = CASEMENT_TRY(as_dword(value));
  return {};
}

Result<void> RowReader::read_time_low(const Value& value, Package&) {
  time_low_ = CASEMENT_TRY(as_dword(value));
  return {};
}

Result<void> RowReader::read_last_error(const Value& value, Package& package) {
  package.last_error = CASEMENT_TRY(as_dword(value));
  return {};
}

void RowReader::report(const Package& package, const Error& error, const std::string& what) {
  const char* code = "damaged";
  if (error.status() == Status::invalid_data) {
    code = "wrong-type";
  } else if (error.status() == Status::limit_exceeded) {
    code = "limit";
  }
  findings_.add(code, Error(error).context(where(package)() + " " + what));
}

bool RowReader::take_text(std::size_t bytes) {
  const bool told = text_.exhausted();
  const bool taken = text_.take(bytes);
  if (!taken && !told) {
    findings_.add(Severity::error, "limit",
                  fmt::format("the keys of packages have more than {} bytes of text: the rest is "
                              "left out",
                              max_total_text));
  }
  return taken;
}

void RowReader::read_values(const Key& key, Package& package) {
  const auto use = [&](const Value& value) {
    const HiveName name = value.name();
    for (const Field& field : fields) {
      if (name.size() != field.name.size() || !name.equals_folded(field.name)) {
        continue;
      }
      const Result<void> read = (this->*field.read)(value, package);
      if (!read) {
        report(package, read.error(), name.to_utf8());
      }
      return;
    }
  };
  for_each_value(key, findings_, where(package), use, values_);
}

void RowReader::read_updates(const Key& key, Package& package) {
  const auto use = [&](const Value& value) {
    if (!take_text(value.name().size() * sizeof(char16_t))) {
      return;
    }
    const Result<std::uint32_t> state = as_dword(value);
    if (!state) {
      report(package, state.error(), "Updates!" + value.name().to_utf8());
      return;
    }
    package.updates.push_back({value.name().to_u16string(), *state});
  };
  for_each_value(key, findings_, where(package), use, items_);
}

void RowReader::read_below(const Key& key, Package& package) {
  if (key.subkey_count() == 0) {
    return;
  }
  const auto use_owner = [&](const Value& owner) {
    if (take_text(owner.name().size() * sizeof(char16_t))) {
      package.owners.push_back(owner.name().to_u16string());
    }
  };
  const auto use = [&](const Key& below) {
    if (below.name().equals_folded(u"Owners")) {
      for_each_value(below, findings_, where(package), use_owner, items_);
    } else if (below.name().equals_folded(u"Updates")) {
      read_updates(below, package);
    }
  };
  for_each_subkey(key, findings_, where(package), use, values_);
}

/// What needs several values.
void RowReader::finish(Package& package) {
  if (time_high_ && time_low_) {
    const FileTime time{(std::uint64_t{*time_high_} << 32U) | *time_low_};
    if (time.is_set()) {
      package.install_time = time;
    }
  }
  if (!state_) {
    findings_.add(Severity::warning, "no-state",
                  fmt::format("package {} has no CurrentState that can be read: taken as not "
                              "present",
                              to_utf8(package.identity)));
    return;
  }
  package.current_state = *state_;
  package.permanent = *state_ == state_permanent;
  if (const auto known = package_state(*state_)) {
    package.state = *known;
    return;
  }
  findings_.add(Severity::warning, "unknown-state",
                fmt::format("package {} has CurrentState {:#x}, which has no known meaning: taken "
                            "as not present",
                            to_utf8(package.identity), *state_));
}

std::optional<Package> RowReader::read(const Key& key) {
  if (!take_text(key.name().size() * sizeof(char16_t))) {
    return std::nullopt;
  }
  state_.reset();
  time_high_.reset();
  time_low_.reset();
  Package package;
  package.identity = key.name().to_u16string();
  package.parts = parse_package_identity(package.identity);
  if (!package.parts) {
    findings_.add(Severity::warning, "no-identity",
                  fmt::format("the key {} of packages is no identity of five parts",
                              to_utf8(package.identity)));
  }
  package.evidence = evidence_;
  package.evidence.key += '\\';
  append_utf8(package.evidence.key, package.identity);
  read_values(key, package);
  read_below(key, package);
  finish(package);
  return package;
}

}  // namespace

std::vector<Package> read_package_rows(const Image& image, Diagnostics& findings) {
  FactReader facts(image, findings);
  const HivePtr software = facts.hive(HiveId::software);
  if (!software) {
    return {};
  }
  const std::u16string path = join_key(servicing_key, u"Packages");
  const Result<std::optional<Key>> packages = software->find(path);
  if (!packages) {
    findings.add("damaged", packages.error());
    return {};
  }
  std::vector<Package> rows;
  if (!*packages) {
    return rows;
  }
  RowReader reader(facts.evidence(HiveId::software, path, u"CurrentState"), findings);
  TextBudget limit(max_rows);
  for_each_subkey(
      **packages, findings, [] { return std::string("packages in SOFTWARE"); },
      [&](const Key& key) {
        if (std::optional<Package> row = reader.read(key)) {
          rows.push_back(*std::move(row));
        }
      },
      limit);
  return rows;
}

}  // namespace casement
