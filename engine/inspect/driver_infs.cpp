// SPDX-License-Identifier: Apache-2.0
// Driver packages of installations without a driver database: Windows 7 and earlier.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "engine/image/node_lookup.h"
#include "engine/inspect/driver_store.h"
#include "engine/inspect/file_bytes.h"
#include "vfs/core/digest.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// A store of Windows 7 has some 900 packages, Windows\INF some 2,000 files.
constexpr std::size_t max_entries = 100'000;
/// Of the store's INFs, and again of those in Windows\INF: all of a real one have below 100 MiB.
constexpr std::uint64_t max_text = std::uint64_t{1} << 30;

constexpr std::u16string_view store_directory = u"System32\\DriverStore\\FileRepository";
constexpr std::u16string_view inf_directory = u"INF";

class StoreReader {
 public:
  StoreReader(FactReader& reader, DeviceClasses& classes) : reader_(reader), classes_(classes) {}

  std::vector<DriverPackage> read() {
    read_published();
    read_packages();
    add_unmatched();
    return std::move(packages_);
  }

 private:
  /// An INF of Windows\INF. Its text is not kept: there may be many.
  struct Published {
    std::u16string name;  // "oem0.inf"
    NodeId node{};
  };
  using Names = std::vector<Published>;

  std::optional<Image::LocatedFile> directory(std::u16string_view below) {
    const std::u16string path = u"\\SystemRoot\\" + std::u16string(below);
    auto found = reader_.image().find_file(path);
    if (!found) {
      reader_.findings().add("damaged", std::move(found).error().context(to_utf8(path)));
      return std::nullopt;
    }
    if (!*found || (*found)->kind != NodeKind::directory) {
      return std::nullopt;
    }
    return *std::move(found);
  }

  std::vector<DirEntry> entries(const FileSystem& file_system, NodeId dir, std::string_view where) {
    auto listed = list_directory(file_system, dir, max_entries, reader_.findings());
    if (!listed) {
      reader_.findings().add("damaged", std::move(listed).error().context(std::string(where)));
      return {};
    }
    return *std::move(listed);
  }

  /// An INF, or nullopt and a finding. Counts it to `read_text`.
  std::optional<std::vector<std::byte>> text_of(const FileSystem& file_system, NodeId node,
                                                std::u16string_view name,
                                                std::uint64_t& read_text) {
    const Result<SourcePtr> source = file_system.open(node, {});
    auto text = source ? read_all(**source, max_driver_file)
                       : Result<std::vector<std::byte>>(std::unexpected(source.error()));
    if (!text) {
      reader_.findings().add("damaged", std::move(text).error().context(to_utf8(name)));
      return std::nullopt;
    }
    read_text += text->size();
    return *std::move(text);
  }

  /// Whether a phase has room for more; a finding when not.
  bool has_room(std::uint64_t read_text, const char* what) {
    if (read_text < max_text) {
      return true;
    }
    reader_.findings().add(
        Severity::error, "driver-store-cut",
        fmt::format("only {} bytes of the INFs of {} are read", read_text, what));
    return false;
  }

  /// In hexadecimal digits.
  static std::string digest_of_text(Bytes text) {
    Digest digest(DigestKind::sha256);
    digest.update(text);
    return to_hex(digest.finish());
  }

  void read_published() {
    inf_ = directory(inf_directory);
    if (!inf_) {
      return;
    }
    Names names;
    for (DirEntry& entry : entries(*inf_->file_system, inf_->node, "Windows\\INF")) {
      if (entry.kind != NodeKind::directory && oem_number(entry.name)) {
        names.push_back({std::move(entry.name), entry.node});
      }
    }
    // Of equal ones the lowest number belongs to the first folder.
    std::sort(names.begin(), names.end(), [](const Published& a, const Published& b) {
      return std::pair(oem_number(a.name), a.name) > std::pair(oem_number(b.name), b.name);
    });
    std::uint64_t read_text = 0;
    while (!names.empty() && has_room(read_text, "Windows\\INF")) {
      const Published& published = names.back();
      if (const auto text =
              text_of(*inf_->file_system, published.node, published.name, read_text)) {
        published_[digest_of_text(*text)].push_back(published);
      }
      names.pop_back();
    }
    for (auto& [digest, equal] : published_) {
      std::reverse(equal.begin(), equal.end());  // taken from the end
    }
  }

  void read_packages() {
    const auto store = directory(store_directory);
    if (!store) {
      return;
    }
    for (const DirEntry& entry : entries(*store->file_system, store->node, "FileRepository")) {
      if (!has_room(store_text_, "the driver store")) {
        return;
      }
      if (entry.kind == NodeKind::directory) {
        read_package(*store->file_system, entry);
      }
    }
  }

  void read_package(const FileSystem& file_system, const DirEntry& folder) {
    const std::u16string name = inf_name_of_package(folder.name);
    const auto inf = file_system.lookup(folder.node, name);
    if (!inf) {
      reader_.findings().add("damaged", Error(inf.error()).context(to_utf8(folder.name)));
      return;
    }
    if (!*inf || (*inf)->kind == NodeKind::directory) {
      return;  // a folder that is no package
    }
    const auto text = text_of(file_system, (*inf)->node, folder.name, store_text_);
    if (!text) {
      return;
    }
    DriverPackage package;
    package.package_id = folder.name;
    package.original_name = (*inf)->name;
    package.published_name = (*inf)->name;
    package.inbox = true;
    package.architecture = architecture_of_package(folder.name);
    package.store_path = driver_store_path(reader_, folder.name, package.original_name);
    const auto equal = published_.find(digest_of_text(*text));
    if (equal != published_.end() && !equal->second.empty()) {
      package.published_name = std::move(equal->second.back().name);
      package.inbox = false;
      equal->second.pop_back();
    }
    add(std::move(package), *text);
  }

  /// XP has no store: what was added is in Windows\INF alone.
  void add_unmatched() {
    std::uint64_t read_text = 0;  // what is read again was in bounds
    for (const auto& [digest, names] : published_) {
      for (const Published& published : names) {
        const auto text = text_of(*inf_->file_system, published.node, published.name, read_text);
        if (!text) {
          continue;
        }
        DriverPackage package;
        package.published_name = published.name;
        package.original_name = published.name;
        package.store_path = windows_file_path(reader_.image(), u"INF\\" + published.name);
        add(std::move(package), *text);
      }
    }
  }

  void add(DriverPackage package, Bytes text) {
    package.evidence.path = to_utf8(package.store_path);
    const auto inf = parse_inf(text);
    if (inf) {
      complete_from_inf(package, *inf, classes_);
    } else {
      reader_.findings().add("inf-unreadable",
                             Error(inf.error()).context(to_utf8(package.store_path)));
    }
    // What Windows brought is signed by catalogs that only its components name.
    package.signature = !package.inbox && package.catalog_file.empty() ? DriverSignature::not_signed
                                                                       : DriverSignature::unknown;
    packages_.push_back(std::move(package));
  }

  FactReader& reader_;
  DeviceClasses& classes_;
  std::optional<Image::LocatedFile> inf_;  // Windows\INF
  /// By digest of their texts: those that no folder of the store has taken yet.
  std::map<std::string, Names> published_;
  std::vector<DriverPackage> packages_;
  std::uint64_t store_text_ = 0;
};

}  // namespace

std::vector<DriverPackage> read_driver_store(FactReader& reader, DeviceClasses& classes) {
  return StoreReader(reader, classes).read();
}

}  // namespace casement
