// SPDX-License-Identifier: Apache-2.0
// What `casement ls` tells a writer of one format.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/casement/args.h"
#include "tools/casement/render/text.h"
#include "vfs/fs/file_system.h"

namespace casement::cli {

/// One entry to print. Views and pointers are valid during the call.
struct ListedEntry {
  NodeId node;
  std::u16string_view name;
  std::u16string_view short_name;
  const NodeInfo* info = nullptr;
  /// Of a link: where it leads. Empty for everything else, and when it cannot be read.
  std::u16string_view target = {};
  /// Named ones, when they were asked for.
  const std::vector<StreamInfo>* streams = nullptr;
  bool deleted = false;
  bool orphan = false;  // deleted, and its directory is gone
};

/// Where an entry lies, in the escaping that the writer asked for.
struct ListedPath {
  std::string_view full;
  std::size_t name_at = 0;  // where the name begins in `full`
};

/// Appends one format to a buffer.
class ListWriter {
 public:
  ListWriter() = default;
  ListWriter(const ListWriter&) = delete;
  ListWriter& operator=(const ListWriter&) = delete;
  virtual ~ListWriter() = default;

  /// In which escaping the paths of entry() must be.
  virtual Escaping escaping() const noexcept = 0;
  virtual void begin() {}
  virtual void entry(const ListedPath& path, const ListedEntry& entry) = 0;
  virtual void finish() {}
};

/// Lines for people, or paths alone (ListFormat::names). `out` outlives the writer.
std::unique_ptr<ListWriter> make_list_text_writer(std::string& out, const LsOptions& options);

/// ListFormat::json or ::jsonl.
std::unique_ptr<ListWriter> make_list_json_writer(std::string& out, const LsOptions& options);

}  // namespace casement::cli
