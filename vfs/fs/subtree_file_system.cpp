// SPDX-License-Identifier: Apache-2.0
// The view below one directory, and the names of collectors that wrote characters as %XX.
#include "vfs/fs/subtree_file_system.h"

#include <fmt/format.h>

#include <algorithm>
#include <list>
#include <mutex>
#include <string>
#include <utility>

#include "vfs/core/unique_findings.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// Directories whose decoded names are remembered: those on the way to the files of one question.
constexpr std::size_t kept_directories = 64;

/// Errors taken from one directory before the rest of it is given up.
constexpr std::uint32_t max_errors = 1000;

/// The name without its percent-encoding. Every name that is shown decodes from the bytes that the
/// host or the archive has, so it is decoded from bytes here too.
std::u16string decode_name(std::u16string_view stored) {
  if (stored.find(u'%') == std::u16string_view::npos) {
    return std::u16string(stored);
  }
  const auto bytes = encode_host_name(stored);
  return decode_host_name(bytes ? *bytes : to_wtf8(stored), NameCoding::percent);
}

/// The entries of one directory under their decoded names, in folded order; of equal names the
/// lowest as stored comes first.
struct DecodedNames {
  struct Item {
    DirEntry entry;  // with the decoded name
    std::u16string stored;
  };
  NodeId directory;
  std::vector<Item> items;
  std::optional<Error> error;  // the first: what could not be read may have been any name
};

bool comes_before(const DecodedNames::Item& a, const DecodedNames::Item& b) {
  const auto order = compare_folded(a.entry.name, b.entry.name);
  return order != 0 ? order < 0 : a.stored < b.stored;
}

class DecodingReader final : public DirReader {
 public:
  explicit DecodingReader(std::unique_ptr<DirReader> stored) : stored_(std::move(stored)) {}

  Result<std::optional<DirEntry>> next() override {
    std::optional<DirEntry> entry = CASEMENT_TRY(stored_->next());
    if (entry) {
      entry->name = decode_name(entry->name);
    }
    return entry;
  }

 private:
  std::unique_ptr<DirReader> stored_;
};

class SubtreeFileSystem final : public FileSystem {
 public:
  SubtreeFileSystem(FileSystemPtr whole, NodeId directory, NameCoding names, const Limits& limits)
      : whole_(std::move(whole)), root_(directory), names_(names), limits_(limits) {}

  const char* type_name() const noexcept override { return whole_->type_name(); }
  Diagnostics diagnostics() const override {
    Diagnostics all = whole_->diagnostics();
    all.append(findings_.snapshot());
    return all;
  }
  FileSystemInfo info() const override { return whole_->info(); }
  NodeId root() const noexcept override { return root_; }
  Result<NodeInfo> stat(NodeId node) const override { return whole_->stat(node); }
  Result<std::unique_ptr<DirReader>> read_dir(NodeId dir) const override {
    auto reader = CASEMENT_TRY(whole_->read_dir(dir));
    if (names_ == NameCoding::plain) {
      return reader;
    }
    return std::make_unique<DecodingReader>(std::move(reader));
  }
  Result<std::optional<DirEntry>> lookup(NodeId dir, std::u16string_view name) const override;
  Result<std::vector<StreamInfo>> streams(NodeId node) const override {
    return whole_->streams(node);
  }
  Result<SourcePtr> open(NodeId node, std::u16string_view stream) const override {
    return whole_->open(node, stream);
  }
  Result<std::vector<std::byte>> reparse_data(NodeId node) const override {
    return whole_->reparse_data(node);
  }
  Result<std::vector<std::byte>> security_descriptor(NodeId node) const override {
    return whole_->security_descriptor(node);
  }

 private:
  using NamesPtr = std::shared_ptr<const DecodedNames>;
  Result<NamesPtr> names_of(NodeId dir) const;
  Result<std::optional<DirEntry>> absent(const DecodedNames& names, std::u16string_view name) const;

  FileSystemPtr whole_;
  NodeId root_;
  NameCoding names_;
  Limits limits_;
  mutable UniqueFindings findings_;
  mutable std::mutex mutex_;
  mutable std::list<NamesPtr> recent_;  // the front was used last
};

/// The decoded names of a directory.
Result<SubtreeFileSystem::NamesPtr> SubtreeFileSystem::names_of(NodeId dir) const {
  {
    const std::scoped_lock lock(mutex_);
    const auto known = std::find_if(recent_.begin(), recent_.end(),
                                    [&](const NamesPtr& names) { return names->directory == dir; });
    if (known != recent_.end()) {
      recent_.splice(recent_.begin(), recent_, known);
      return recent_.front();
    }
  }
  auto names = std::make_shared<DecodedNames>();
  names->directory = dir;
  const auto reader = CASEMENT_TRY(whole_->read_dir(dir));
  std::uint32_t errors = 0;
  for (std::uint32_t read = 0;; ++read) {
    auto next = reader->next();
    if (!next) {
      if (!names->error) {
        names->error = std::move(next).error();
      }
      if (++errors == max_errors) {
        break;
      }
      continue;
    }
    if (!*next) {
      break;
    }
    if (read == limits_.max_directory_entries) {
      return fail(Status::limit_exceeded, fmt::format("a directory of more than {} entries", read));
    }
    DecodedNames::Item item;
    item.stored = (*next)->name;
    item.entry = **std::move(next);
    item.entry.name = decode_name(item.stored);
    names->items.push_back(std::move(item));
  }
  std::sort(names->items.begin(), names->items.end(), comes_before);
  const std::scoped_lock lock(mutex_);
  recent_.push_front(names);
  if (recent_.size() > kept_directories) {
    recent_.pop_back();
  }
  return NamesPtr(std::move(names));
}

/// No name is `name`: it may be an 8.3 name, which nobody encodes, or one that could not be read.
Result<std::optional<DirEntry>> SubtreeFileSystem::absent(const DecodedNames& names,
                                                          std::u16string_view name) const {
  auto entry = CASEMENT_TRY(whole_->lookup(names.directory, name));
  if (entry && equals_folded(entry->short_name, name)) {
    entry->name = decode_name(entry->name);
    return entry;
  }
  if (names.error) {
    return std::unexpected(*names.error);
  }
  return std::optional<DirEntry>();
}

Result<std::optional<DirEntry>> SubtreeFileSystem::lookup(NodeId dir,
                                                          std::u16string_view name) const {
  if (names_ == NameCoding::plain) {
    return whole_->lookup(dir, name);
  }
  const NamesPtr names = CASEMENT_TRY(names_of(dir));
  const auto folded_before = [](const auto& item, std::u16string_view wanted) {
    return compare_folded(item.entry.name, wanted) < 0;
  };
  const auto first =
      std::lower_bound(names->items.begin(), names->items.end(), name, folded_before);
  const auto last = std::find_if(first, names->items.end(), [&](const auto& item) {
    return !equals_folded(item.entry.name, name);
  });
  const auto is_exact = [&](const auto& item) { return item.entry.name == name; };
  const auto exact = std::find_if(first, last, is_exact);
  if (first == last) {
    return absent(*names, name);
  }
  const auto rivals = exact == last ? last - first : std::count_if(exact, last, is_exact);
  if (rivals > 1) {
    findings_.add(Severity::warning, "ambiguous-case", dir.value, [&] {
      return fmt::format(
          "{} names are \"{}\" when decoded, or differ from it in case only; the "
          "lowest as stored was taken",
          rivals, to_utf8(name));
    });
  }
  const auto chosen = exact == last ? first : exact;
  return std::optional(chosen->entry);
}

}  // namespace

Result<FileSystemPtr> make_subtree(FileSystemPtr whole, NodeId directory, NameCoding names,
                                   const Limits& limits) {
  const NodeInfo info = CASEMENT_TRY(whole->stat(directory));
  if (info.kind != NodeKind::directory) {
    return fail(Status::not_a_directory, "the root of a subtree must be a directory");
  }
  return std::make_shared<SubtreeFileSystem>(std::move(whole), directory, names, limits);
}

}  // namespace casement
