// SPDX-License-Identifier: Apache-2.0
// A file system with scans of the whole volume, as NTFS has them, for tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/memory_file_system.h"

namespace casement::test {

/// What a scan is scripted to give.
struct Step {
  std::u16string name;
  std::uint64_t node = 0;
  std::uint64_t parent = 0;
  std::uint32_t depth = 1;
  NodeKind kind = NodeKind::file;
  bool deleted = false;
  bool orphan = false;
  bool damaged = false;  // an error in its place
};

class ScriptedScan final : public VolumeScan {
 public:
  ScriptedScan(const std::vector<Step>& steps, bool deleted) : steps_(steps), deleted_(deleted) {}

  Result<std::optional<ScanEntry>> next() override {
    while (at_ < steps_.size() && steps_[at_].deleted && !deleted_) {
      ++at_;
    }
    if (at_ == steps_.size()) {
      return std::optional<ScanEntry>();
    }
    const Step& step = steps_[at_++];
    if (step.damaged) {
      return fail(Status::corrupt, "record 9 is damaged");
    }
    ScanEntry entry;
    entry.node = {step.node};
    entry.parent = {step.parent};
    entry.name = step.name;
    entry.depth = step.depth;
    entry.info.kind = step.kind;
    entry.deleted = step.deleted;
    entry.orphan = step.orphan;
    return std::optional(entry);
  }

 private:
  const std::vector<Step>& steps_;
  bool deleted_;
  std::size_t at_ = 0;
};

/// Has scans, as NTFS has, and whatever else a memory file system has.
class ScannedFileSystem final : public FileSystem {
 public:
  std::vector<Step> steps;
  MemoryFileSystem memory;

  const char* type_name() const noexcept override { return "scanned"; }
  NodeId root() const noexcept override { return memory.root(); }
  Result<NodeInfo> stat(NodeId node) const override { return memory.stat(node); }
  Result<std::unique_ptr<DirReader>> read_dir(NodeId dir) const override {
    return memory.read_dir(dir);
  }
  Result<std::optional<DirEntry>> lookup(NodeId dir, std::u16string_view name) const override {
    return memory.lookup(dir, name);
  }
  Result<std::vector<StreamInfo>> streams(NodeId node) const override {
    return memory.streams(node);
  }
  Result<SourcePtr> open(NodeId node, std::u16string_view stream) const override {
    return memory.open(node, stream);
  }
  Result<std::vector<std::byte>> reparse_data(NodeId node) const override {
    return memory.reparse_data(node);
  }
  Result<std::vector<std::byte>> security_descriptor(NodeId node) const override {
    return memory.security_descriptor(node);
  }
  Result<std::unique_ptr<VolumeScan>> scan(const ScanOptions& options) const override {
    return std::make_unique<ScriptedScan>(steps, options.deleted);
  }
};

}  // namespace casement::test
