// SPDX-License-Identifier: Apache-2.0
// Putting the records of a file together.
#include "vfs/ntfs/node.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "vfs/core/utf16.h"
#include "vfs/ntfs/attribute_list.h"
#include "vfs/ntfs/ntfs_layout.h"

namespace casement::ntfs {

namespace attribute_type = ntfs_layout::attribute_type;

namespace {

/// Damaged extension records and lost attributes that are told apart for one file. A real file has
/// at most some dozens of either; a hostile list has millions.
constexpr std::size_t max_failures = 256;

}  // namespace

NtfsNode::NtfsNode(NtfsVolumePtr volume, FileRecord base) : volume_(std::move(volume)) {
  records_.push_back(std::move(base));
}

Result<NtfsNode> NtfsNode::read(const NtfsVolumePtr& volume, FileReference reference) {
  FileRecord record = CASEMENT_TRY(volume->mft().read_record(reference.record()));
  if (!reference.matches(record.sequence())) {
    return fail(Status::not_found,
                fmt::format("MFT record {}: generation {}, expected {}: the file was deleted and "
                            "its record used again",
                            record.number(), record.sequence(), reference.sequence()));
  }
  return from_record(volume, std::move(record));
}

Result<NtfsNode> NtfsNode::from_record(const NtfsVolumePtr& volume, FileRecord record,
                                       ListBudget* lists) {
  if (const auto base = record.base()) {
    return fail(Status::not_found, fmt::format("MFT record {}: extends record {}, is no file",
                                               record.number(), base->record()));
  }
  NtfsNode node(volume, std::move(record));
  const auto list = node.add_attributes(0);
  if (list && node.has_room(*list, lists)) {
    node.add_listed(*list);
  }
  node.load_standard_information();
  return node;
}

std::optional<Attribute> NtfsNode::add_attributes(std::size_t record_index) {
  const FileRecord& record = records_[record_index];
  std::optional<Attribute> list;
  AttributeReader reader(record);
  while (true) {
    auto attribute = reader.next();
    if (!attribute) {
      volume_->findings().add("attribute-damaged", record.number(), attribute.error());
      continue;
    }
    if (!*attribute) {
      return list;
    }
    if ((*attribute)->type == attribute_type::attribute_list) {
      list = **attribute;
    } else if ((*attribute)->resident || (*attribute)->non_resident.lowest_vcn == 0) {
      chains_.push_back({.head = **attribute, .holder = record.reference(), .more = {}});
    }
  }
}

bool NtfsNode::has_room(const Attribute& list, ListBudget* lists) {
  if (lists == nullptr || lists->take(list.resident || list.non_resident.lowest_vcn == 0
                                          ? std::min(list.size(), max_list_size)
                                          : 0)) {
    return true;
  }
  list_damage_ = Error(Status::limit_exceeded,
                       fmt::format("MFT record {}: its attribute list is left out: those of the "
                                   "files before it are larger than an MFT of this size can need",
                                   base().number()));
  volume_->findings().add("attribute-lists-left-out", 0, *list_damage_);
  return false;
}

void NtfsNode::add_listed(const Attribute& list) {
  const std::uint64_t number = base().number();
  auto loaded =
      load_attribute_list(volume_->source(), volume_->geometry(), volume_->limits(), list);
  if (!loaded) {
    list_damage_ = std::move(loaded).error().context(fmt::format("MFT record {}", number));
  } else if (loaded->damage) {
    list_damage_ = std::move(*loaded->damage).context(fmt::format("MFT record {}", number));
  }
  if (list_damage_) {
    volume_->findings().add("attribute-list-damaged", number, *list_damage_);
  }
  if (!loaded) {
    return;
  }
  const Failures failures = add_extensions(loaded->entries);
  link_extents(loaded->entries, failures);
}

NtfsNode::Failures NtfsNode::add_extensions(std::span<const AttributeListEntry> entries) {
  Failures failures;
  std::set<std::uint64_t> visited = {base().number()};
  for (const AttributeListEntry& entry : entries) {
    if (entry.lowest_vcn != 0 || !visited.insert(entry.record.record()).second) {
      continue;
    }
    if (auto failure = add_extension(entry.record)) {
      failures.emplace(entry.record.record(), std::move(*failure));
      if (failures.size() >= max_failures) {
        list_damage_ = Error(Status::corrupt,
                             fmt::format("MFT record {}: {} of its extension records are damaged",
                                         base().number(), failures.size()));
        break;
      }
    }
  }
  return failures;
}

void NtfsNode::link_extents(std::span<const AttributeListEntry> entries, const Failures& failures) {
  // A list is sorted by type, name and VCN when healthy, but nothing depends on it.
  std::map<std::pair<std::uint32_t, std::u16string>, std::size_t> by_name;
  for (std::size_t i = 0; i < chains_.size(); ++i) {
    by_name.try_emplace({chains_[i].head.type, chains_[i].head.name()}, i);
  }
  for (const AttributeListEntry& entry : entries) {
    const auto found = by_name.find({entry.type, entry.name});
    if (found == by_name.end()) {
      add_lost(entry, failures);
    } else if (entry.lowest_vcn != 0) {
      chains_[found->second].more.push_back(
          {.lowest_vcn = entry.lowest_vcn, .record = entry.record});
    }
  }
  for (AttributeChain& chain : chains_) {
    std::ranges::sort(chain.more, {}, &ExtentPlace::lowest_vcn);
  }
}

std::optional<Error> NtfsNode::add_extension(FileReference reference) {
  const auto add = [&]() -> Result<void> {
    FileRecord record = CASEMENT_TRY(volume_->mft().read_record(reference.record()));
    CASEMENT_TRY(check_extension(record, reference, base().reference(), !in_use()));
    records_.push_back(std::move(record));
    (void)add_attributes(records_.size() - 1);  // a list in an extension record has no meaning
    return {};
  };
  auto added = add();
  if (added) {
    return std::nullopt;
  }
  Error error = std::move(added).error().context(
      fmt::format("MFT record {}: its extension", base().number()));
  volume_->findings().add("extension-missing", reference.record(), error);
  return error;
}

void NtfsNode::add_lost(const AttributeListEntry& entry, const Failures& failures) {
  if (entry.type == attribute_type::attribute_list || entry.lowest_vcn != 0) {
    return;  // an extent without a head: the head's own entry is lost, or there is none
  }
  if (lost_.size() >= max_failures) {
    list_damage_ = Error(
        Status::corrupt,
        fmt::format("MFT record {}: {} of its attributes are lost", base().number(), lost_.size()));
    return;
  }
  if (const auto known = failures.find(entry.record.record()); known != failures.end()) {
    lost_.push_back({.type = entry.type, .name = entry.name, .error = known->second});
    return;
  }
  Error error(Status::corrupt,
              fmt::format("MFT record {}: the attribute list has attribute 0x{:x} \"{}\" in record "
                          "{}, where it is not",
                          base().number(), entry.type, to_utf8(entry.name), entry.record.record()));
  volume_->findings().add("attribute-missing", base().number(), error);
  lost_.push_back({.type = entry.type, .name = entry.name, .error = std::move(error)});
}

void NtfsNode::load_standard_information() {
  const AttributeChain* chain = find(attribute_type::standard_information, u"");
  const auto parsed = chain != nullptr && chain->head.resident
                          ? parse_standard_information(chain->head.value)
                          : Result<NtfsStandardInformation>(
                                fail(Status::corrupt, "no resident $STANDARD_INFORMATION"));
  if (parsed) {
    standard_ = *parsed;
    return;
  }
  // Metadata records 12 to 15 and reserved ones of freshly made volumes may have none.
  if (in_use()) {
    volume_->findings().add(
        Severity::warning, "standard-information-missing", base().number(),
        fmt::format("MFT record {}: {}", base().number(), parsed.error().message()));
  }
}

const AttributeChain* NtfsNode::find(std::uint32_t type, std::u16string_view name) const noexcept {
  const auto found = std::ranges::find_if(chains_, [&](const AttributeChain& chain) {
    return chain.head.type == type && chain.head.has_name(name);
  });
  return found == chains_.end() ? nullptr : &*found;
}

Result<const AttributeChain*> NtfsNode::require(std::uint32_t type,
                                                std::u16string_view name) const {
  if (const AttributeChain* chain = find(type, name)) {
    return chain;
  }
  for (const LostAttribute& lost : lost_) {
    if (lost.type == type && lost.name == name) {
      return std::unexpected(lost.error);
    }
  }
  if (list_damage_) {
    return std::unexpected(*list_damage_);  // it may have been in the damaged part
  }
  return fail(Status::not_found, fmt::format("MFT record {}: no attribute 0x{:x} \"{}\"",
                                             base().number(), type, to_utf8(name)));
}

std::vector<NtfsFileName> NtfsNode::file_names() const {
  std::vector<NtfsFileName> names;
  for (const AttributeChain& chain : chains_) {
    if (chain.head.type != attribute_type::file_name) {
      continue;
    }
    auto name = chain.head.resident
                    ? parse_file_name(chain.head.value)
                    : Result<NtfsFileName>(fail(Status::corrupt, "$FILE_NAME is not resident"));
    if (name) {
      names.push_back(*name);
    } else {
      volume_->findings().add(
          "file-name-damaged", base().number(),
          std::move(name).error().context(fmt::format("MFT record {}", base().number())));
    }
  }
  return names;
}

RunList load_runs(const NtfsNode& node, const AttributeChain& chain) {
  const NtfsVolume& volume = *node.volume();
  const NonResidentPart& part = chain.head.non_resident;
  RunList runs;
  auto appended =
      runs.append(part.packed_runs, part.lowest_vcn, part.cluster_count, volume.bounds());
  if (!appended) {
    volume.findings().add("extent-missing", chain.holder.record(),
                          std::move(appended).error().context(fmt::format(
                              "MFT record {}: attribute 0x{:x} \"{}\"", chain.holder.record(),
                              chain.head.type, to_utf8(chain.head.name()))));
  }
  if (!chain.more.empty()) {
    append_extents(volume.mft(),
                   {.base = node.reference(),
                    .deleted = !node.in_use(),
                    .type = chain.head.type,
                    .name = chain.head.name()},
                   chain.more, volume.bounds(), volume.findings(), runs);
  }
  return runs;
}

}  // namespace casement::ntfs
