// SPDX-License-Identifier: Apache-2.0
// Asking the container formats, outermost first.
#include "vfs/open/disk_stack.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "vfs/open/formats.h"
#include "vfs/open/image_folder.h"

namespace casement {
namespace {

/// The first format that claims the file; nullptr: none does. A format whose magic lies where the
/// file cannot be read is not it: one lost sector must not hide the disk.
const ContainerFormat* format_of(const ContainerFile& file, Diagnostics& findings) {
  for (const ContainerFormat& format : container_formats()) {
    const Result<bool> ours = format.probe(file);
    if (!ours) {
      findings.add("container-unknown", ours.error());
    } else if (*ours) {
      return &format;
    }
  }
  return nullptr;
}

/// Opens files as disks; the context that formats get leads back here. For one thread, and one
/// chain of parents at a time.
class DiskOpener {
 public:
  explicit DiskOpener(const Limits& limits) {
    context_.limits = limits;
    context_.cache = std::make_shared<BlockCache>(limits.max_cache_size);
    context_.next_owner = [owners = std::make_shared<std::atomic<std::uint64_t>>(0)] {
      return owners->fetch_add(1);
    };
    context_.open_disk = [this](const ContainerFile& file) { return open_parent(file); };
  }
  DiskOpener(const DiskOpener&) = delete;
  DiskOpener& operator=(const DiskOpener&) = delete;
  ~DiskOpener() = default;

  Result<OpenedContainer> open(const ContainerFormat& format, const ContainerFile& file) {
    chain_.push_back(file.source->describe());
    auto opened =
        format.open(file, context_).with_context([&] { return std::string(format.name); });
    chain_.pop_back();
    return opened;
  }

 private:
  /// A parent or backing file: one container, or raw bytes.
  Result<OpenedContainer> open_parent(const ContainerFile& file) {
    const std::string name = file.source->describe();
    if (std::ranges::find(chain_, name) != chain_.end()) {
      return fail(Status::corrupt, fmt::format("{} is its own parent: a loop", name));
    }
    if (file.chain > context_.limits.max_parent_chain) {
      return fail(Status::limit_exceeded, fmt::format("{}: the chain of parents has more than {} "
                                                      "files",
                                                      name, context_.limits.max_parent_chain));
    }
    OpenedContainer raw;
    const ContainerFormat* const format = format_of(file, raw.diagnostics);
    if (format) {
      return open(*format, file);
    }
    raw.disk = file.source;
    raw.format = "raw";
    return raw;
  }

  ContainerContext context_;
  std::vector<std::string> chain_;  // sources that are being opened, outermost first
};

std::string text_of(const OpenedContainer& container) {
  std::string text = container.detail;
  for (std::size_t i = 0; i < container.other_files.size(); ++i) {
    if (i == 3) {
      text += fmt::format(" and {} more files", container.other_files.size() - i);
      break;
    }
    text += (i == 0 ? "; with " : ", ") + container.other_files[i];
  }
  return text;
}

}  // namespace

Result<DiskStack> open_disk_stack(const ContainerFile& file, const Limits& limits) {
  DiskOpener opener(limits);
  DiskStack stack;
  stack.disk = file.source;
  ContainerFile inner = file;
  while (true) {
    const ContainerFormat* const format = format_of(inner, stack.diagnostics);
    if (!format) {
      return stack;
    }
    if (stack.layers.size() >= limits.max_image_depth) {
      return fail(Status::limit_exceeded,
                  fmt::format("{}: more than {} disk images in each other", file.source->describe(),
                              limits.max_image_depth));
    }
    OpenedContainer opened = CASEMENT_TRY(opener.open(*format, inner));
    stack.layers.push_back({opened.format, text_of(opened)});
    stack.diagnostics.append(opened.diagnostics);
    if (opened.sector_size) {
      stack.sector_size = opened.sector_size;
    }
    stack.disk = opened.disk;
    // What lies inside has no name of its own, and no files beside it.
    inner = {.source = opened.disk, .name = {}, .folder = make_no_folder(), .chain = 1};
  }
}

}  // namespace casement
