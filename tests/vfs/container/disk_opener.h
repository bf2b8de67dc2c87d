// SPDX-License-Identifier: Apache-2.0
// Opens disk images by content, as the whole library does: parents of any format, raw ones too.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "vfs/container/container.h"

namespace casement::test {

class DiskOpener {
 public:
  explicit DiskOpener(std::vector<ContainerFormat> formats, const Limits& limits = {})
      : formats_(std::move(formats)) {
    context_.limits = limits;
    context_.cache = std::make_shared<BlockCache>(limits.max_cache_size);
    context_.open_disk = [this](const ContainerFile& file) { return open(file); };
    context_.next_owner = [this] { return ++owner_; };
  }
  DiskOpener(const DiskOpener&) = delete;
  DiskOpener& operator=(const DiskOpener&) = delete;

  Result<OpenedContainer> open(const ContainerFile& file) const {
    if (file.chain > context_.limits.max_parent_chain) {
      return fail(Status::limit_exceeded, "the chain of parents is too long");
    }
    for (const ContainerFormat& format : formats_) {
      if (CASEMENT_TRY(format.probe(file))) {
        return format.open(file, context_);
      }
    }
    OpenedContainer raw;
    raw.disk = file.source;
    raw.format = "raw";
    return raw;
  }

  /// A file of `folder`; not_found when it is not there.
  Result<OpenedContainer> open(const ImageFolderPtr& folder, const std::string& name) const {
    SourcePtr source = CASEMENT_TRY(folder->find(name));
    if (!source) {
      return fail(Status::not_found, name + " is not in the test's folder");
    }
    return open({std::move(source), name, folder, 1});
  }

  const ContainerContext& context() const noexcept { return context_; }

 private:
  std::vector<ContainerFormat> formats_;
  ContainerContext context_;
  std::uint64_t owner_ = 0;
};

}  // namespace casement::test
