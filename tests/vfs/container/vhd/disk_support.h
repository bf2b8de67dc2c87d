// SPDX-License-Identifier: Apache-2.0
// Folders and contexts in which tests open disk images.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "vfs/container/container.h"

namespace casement::test {

/// Files in memory by name, compared without regard to case; "sub/file" is a path. ".." is not
/// known: tests that need it use the host.
class MemoryFolder final : public ImageFolder {
 public:
  void add(const std::string& name, std::vector<std::byte> bytes);
  void add(const std::string& name, SourcePtr source);

  Result<SourcePtr> find(std::string_view relative) const override;
  std::shared_ptr<const ImageFolder> folder_of(std::string_view relative) const override;
  std::string describe() const override { return "/memory"; }
  std::optional<std::string> host_path(std::string_view) const override { return std::nullopt; }

  /// The file as something to open. Precondition: it was added.
  ContainerFile file(const std::string& name) const;

 private:
  std::shared_ptr<std::map<std::string, SourcePtr>> files_ =
      std::make_shared<std::map<std::string, SourcePtr>>();
};

/// A directory of the host.
class HostFolder final : public ImageFolder {
 public:
  explicit HostFolder(std::string path) : path_(std::move(path)) {}

  Result<SourcePtr> find(std::string_view relative) const override;
  std::shared_ptr<const ImageFolder> folder_of(std::string_view relative) const override;
  std::string describe() const override { return path_; }
  std::optional<std::string> host_path(std::string_view relative) const override;

 private:
  std::string path_;
};

/// A file of the host with its directory.
ContainerFile host_image(const std::string& path);

/// A context whose open_disk knows split, VHD and VHDX.
ContainerContext make_context(const Limits& limits = {});

/// Opens by probing, as make_context() does for parents.
Result<OpenedContainer> open_image_file(const ContainerFile& file, const Limits& limits = {});

/// All bytes of a disk.
std::vector<std::byte> read_all(const ByteSource& disk);

/// The SHA-256 of a disk in hex, by sha256sum(1).
std::string sha256(const ByteSource& disk);

/// `base` with other bytes at some places.
class PatchedSource final : public ByteSource {
 public:
  explicit PatchedSource(SourcePtr base) : base_(std::move(base)) {}
  std::uint64_t size() const noexcept override { return base_->size(); }
  std::string describe() const override { return base_->describe(); }

  /// Precondition: not shared yet, and the patch is within the base.
  void patch(std::uint64_t offset, std::vector<std::byte> bytes) {
    patches_.emplace_back(offset, std::move(bytes));
  }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override;

  SourcePtr base_;
  std::vector<std::pair<std::uint64_t, std::vector<std::byte>>> patches_;
};

/// Whether a finding with this code is there.
bool has_finding(const Diagnostics& diagnostics, std::string_view code);

/// The texts of all findings, for messages.
std::string all_findings(const Diagnostics& diagnostics);

/// Counts the reads that reach another source.
class CountingSource final : public ByteSource {
 public:
  explicit CountingSource(SourcePtr base) : base_(std::move(base)) {}
  std::uint64_t size() const noexcept override { return base_->size(); }
  std::string describe() const override { return base_->describe(); }
  std::size_t reads() const noexcept { return reads_; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    ++reads_;
    return base_->read(offset, out);
  }

  SourcePtr base_;
  mutable std::atomic<std::size_t> reads_ = 0;
};

}  // namespace casement::test
