// SPDX-License-Identifier: Apache-2.0
// Looking for the other parts: by name, then among all files that may be parts.
#include "vfs/wim/part_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "vfs/core/ascii.h"
#include "vfs/wim/part_names.h"

namespace casement::wim {
namespace {

/// Files that are opened to see whether they are parts. Folders with more hold something else.
constexpr std::size_t max_scanned_files = 4096;
/// Where a folder cannot be listed, names are tried until so many in a row are missing: a header
/// may claim 65,535 parts.
constexpr std::uint32_t max_absent_names = 16;

class PartSearch {
 public:
  PartSearch(const WimLocation& location, Diagnostics& findings)
      : location_(location), findings_(findings) {}

  Result<PartSet> run() {
    const PartHeader header = CASEMENT_TRY(read_part_header(*location_.source));
    WimPart named{.source = location_.source, .name = location_.name, .header = header};
    guid_ = named.header.header.guid;
    part_count_ = named.header.header.part_count;
    const std::uint16_t number = named.number();
    found_.emplace(number, std::move(named));
    if (part_count_ > 1) {
      list_folder();
      find_by_name(PartNames::from(location_.name, number));
      if (found_.size() < part_count_) {
        find_by_guid();
      }
      report_missing();
    }
    PartSet set;
    set.part_count = part_count_;
    for (auto& [unused, part] : found_) {
      set.parts.push_back(std::move(part));
    }
    return set;
  }

 private:
  void list_folder() {
    auto names = location_.folder->list();
    if (names) {
      listing_ = *std::move(names);
      std::ranges::sort(*listing_);
      for (const std::string& name : *listing_) {
        lower_names_.insert(to_lower_ascii(name));
      }
    }
  }

  void find_by_name(const PartNames& names) {
    std::uint32_t absent = 0;
    for (std::uint32_t number = 1; number <= part_count_ && absent < max_absent_names; ++number) {
      const auto part = static_cast<std::uint16_t>(number);
      if (found_.contains(part) || try_names(names.of(part))) {
        absent = 0;
      } else if (!listing_) {
        ++absent;
      }
    }
  }

  /// Whether there is a file of one of these names that is a part.
  bool try_names(const std::vector<std::string>& names) {
    return std::ranges::any_of(names, [&](const std::string& name) {
      return (!listing_ || lower_names_.contains(to_lower_ascii(name))) && try_file(name, true);
    });
  }

  void find_by_guid() {
    std::size_t scanned = 0;
    for (const std::string& name : listing_.value_or(std::vector<std::string>())) {
      if (found_.size() == part_count_ || scanned == max_scanned_files) {
        return;
      }
      if (!tried_.contains(to_lower_ascii(name)) && may_be_part(name, location_.name)) {
        ++scanned;
        try_file(name, false);
      }
    }
  }

  /// Takes a file when it is a part that is still missing. `expected`: by its name it should be.
  bool try_file(const std::string& name, bool expected) {
    tried_.insert(to_lower_ascii(name));
    auto source = location_.folder->find(name);
    if (!source) {
      findings_.add("wim-part-unreadable", source.error());
      return false;
    }
    if (!*source) {
      return false;
    }
    auto header = read_part_header(**source);
    if (!header) {
      if (expected) {
        add_foreign(name, header.error().message());
      }
      return false;
    }
    const WimHeader& other = header->header;
    if (other.guid != guid_) {
      if (expected) {
        add_foreign(name, fmt::format("its GUID is {}, expected {}", other.guid.to_string(),
                                      guid_.to_string()));
      }
      return false;
    }
    if (other.part_count != part_count_) {
      add_foreign(name, fmt::format("it is part {} of {}, but {} is one of {}", other.part,
                                    other.part_count, location_.name, part_count_));
      return false;
    }
    const auto [unused, added] = found_.try_emplace(
        other.part, WimPart{.source = *std::move(source), .name = name, .header = *header});
    return added;
  }

  void add_foreign(const std::string& name, const std::string& reason) {
    findings_.add(Severity::warning, "wim-part-foreign",
                  fmt::format("{}: not a part of this WIM: {}", name, reason));
  }

  void report_missing() {
    std::string missing;
    std::uint32_t next = 1;
    const auto add_gap = [&](std::uint32_t end) {
      if (next < end) {
        missing += fmt::format("{}{}", missing.empty() ? "" : ", ", next);
        if (next + 1 < end) {
          missing += fmt::format("-{}", end - 1);
        }
      }
      next = end + 1;
    };
    for (const auto& [number, unused] : found_) {
      add_gap(number);
    }
    add_gap(std::uint32_t{part_count_} + 1);
    if (!missing.empty()) {
      findings_.add(
          Severity::error, "wim-part-missing",
          fmt::format("{}: part {} of {} not found in {}: what it holds cannot be read",
                      location_.name, missing, part_count_, location_.folder->describe()));
    }
  }

  const WimLocation& location_;
  Diagnostics& findings_;
  Guid guid_;
  std::uint16_t part_count_ = 1;
  std::map<std::uint16_t, WimPart> found_;
  std::optional<std::vector<std::string>> listing_;
  std::set<std::string> lower_names_;
  std::set<std::string> tried_;  // in lower case
};

}  // namespace

const WimPart* PartSet::find(std::uint16_t number) const noexcept {
  const auto part = std::ranges::lower_bound(parts, number, {}, &WimPart::number);
  return part != parts.end() && part->number() == number ? &*part : nullptr;
}

Result<PartSet> find_parts(const WimLocation& location, Diagnostics& findings) {
  return PartSearch(location, findings).run();
}

}  // namespace casement::wim
