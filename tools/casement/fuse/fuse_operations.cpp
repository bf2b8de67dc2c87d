// SPDX-License-Identifier: Apache-2.0
// Requests about nodes, contents and attributes.
#include "tools/casement/fuse/fuse_operations.h"

#include <fcntl.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tools/casement/fuse/fuse_directories.h"
#include "tools/casement/fuse/fuse_reply.h"

namespace casement::cli {
namespace {

/// Largest read that the kernel may ask for: one decoded unit of most formats, several of WOF.
constexpr unsigned largest_read = 1U << 20;

void start(void* userdata, fuse_conn_info* connection) {
  constexpr unsigned wanted = FUSE_CAP_ASYNC_READ | FUSE_CAP_PARALLEL_DIROPS |
                              FUSE_CAP_READDIRPLUS | FUSE_CAP_READDIRPLUS_AUTO |
                              FUSE_CAP_CACHE_SYMLINKS;
  connection->want |= wanted & connection->capable;
  // Nothing changes: no need to compare times before cached pages are used.
  connection->want &= ~static_cast<unsigned>(FUSE_CAP_AUTO_INVAL_DATA);
  connection->max_write = largest_read;  // libfuse takes the number of pages a request from it
  connection->time_gran = 100;           // FILETIME
  static_cast<Service*>(userdata)->ready();
}

void look_up(fuse_req_t request, fuse_ino_t directory, const char* name) noexcept {
  answer(request, name, [&]() -> Result<void> {
    MountTree& tree = service_of(request).tree;
    const auto found = CASEMENT_TRY(tree.lookup(directory, name));
    fuse_entry_param entry = {};  // number 0: there is none, and the kernel may remember that
    entry.entry_timeout = kept_for;
    if (found) {
      entry.ino = found->number;
      entry.attr = found->facts;
      entry.attr_timeout = kept_for;
    }
    if (fuse_reply_entry(request, &entry) != 0 && found) {
      tree.release(found->number, 1);
    }
    return {};
  });
}

void forget(fuse_req_t request, fuse_ino_t number, std::uint64_t count) noexcept {
  service_of(request).tree.release(number, count);
  fuse_reply_none(request);
}

void forget_many(fuse_req_t request, std::size_t count, fuse_forget_data* forgotten) noexcept {
  for (const fuse_forget_data& one : std::span(forgotten, count)) {
    service_of(request).tree.release(one.ino, one.nlookup);
  }
  fuse_reply_none(request);
}

void get_facts(fuse_req_t request, fuse_ino_t number, fuse_file_info* /*info*/) noexcept {
  answer(request, "stat", [&]() -> Result<void> {
    const struct stat facts = CASEMENT_TRY(service_of(request).tree.facts(number));
    fuse_reply_attr(request, &facts, kept_for);
    return {};
  });
}

void read_link(fuse_req_t request, fuse_ino_t number) noexcept {
  answer(request, "read link", [&]() -> Result<void> {
    const std::string text = CASEMENT_TRY(service_of(request).tree.symlink(number));
    fuse_reply_readlink(request, text.c_str());
    return {};
  });
}

void open_file(fuse_req_t request, fuse_ino_t number, fuse_file_info* info) noexcept {
  answer(request, "open", [&]() -> Result<void> {
    if ((info->flags & O_ACCMODE) != O_RDONLY) {
      fuse_reply_err(request, EROFS);
      return {};
    }
    auto source = std::make_unique<SourcePtr>(CASEMENT_TRY(service_of(request).tree.open(number)));
    set_handle(info, source.get());
    info->keep_cache = 1;
    // An interrupted request is not released by the kernel.
    if (fuse_reply_open(request, info) == 0) {
      (void)source.release();
    }
    return {};
  });
}

void read_file(fuse_req_t request, fuse_ino_t /*number*/, std::size_t size, off_t offset,
               fuse_file_info* info) noexcept {
  answer(request, "read", [&]() -> Result<void> {
    const ByteSource& source = *handle_of<SourcePtr>(info);
    const auto begin = std::min(static_cast<std::uint64_t>(offset), source.size());
    const auto length =
        static_cast<std::size_t>(std::min<std::uint64_t>(size, source.size() - begin));
    // One for each of libfuse's threads, as large as its largest read.
    static thread_local std::vector<std::byte> buffer;
    if (buffer.size() < length) {
      buffer.resize(length);
    }
    const MutableBytes piece = std::span(buffer).first(length);
    CASEMENT_TRY(source.read(begin, piece).with_context([&] {
      return source.describe() + " at offset " + std::to_string(begin);
    }));
    fuse_reply_buf(request, reinterpret_cast<const char*>(piece.data()), length);  // NOLINT
    return {};
  });
}

void release_file(fuse_req_t request, fuse_ino_t /*number*/, fuse_file_info* info) noexcept {
  delete &handle_of<SourcePtr>(info);
  fuse_reply_err(request, 0);
}

void get_space(fuse_req_t request, fuse_ino_t /*number*/) noexcept {
  answer(request, "statfs", [&]() -> Result<void> {
    const TreeSize size = service_of(request).tree.size();
    struct statvfs space = {};
    space.f_bsize = size.block_size;
    space.f_frsize = size.block_size;
    space.f_blocks = size.blocks;
    space.f_namemax = 255;  // in units of UTF-16
    space.f_flag = ST_RDONLY | ST_NOSUID;
    fuse_reply_statfs(request, &space);
    return {};
  });
}

/// `size` 0 asks how large the answer would be.
void reply_sized(fuse_req_t request, std::size_t size, std::span<const char> bytes) {
  if (size == 0) {
    fuse_reply_xattr(request, bytes.size());
  } else if (bytes.size() > size) {
    fuse_reply_err(request, ERANGE);
  } else {
    fuse_reply_buf(request, bytes.data(), bytes.size());
  }
}

void get_attribute(fuse_req_t request, fuse_ino_t number, const char* name,
                   std::size_t size) noexcept {
  answer(request, "extended attribute", [&]() -> Result<void> {
    const auto value = service_of(request).tree.attribute(number, name);
    if (!value && value.error().status() == Status::limit_exceeded) {
      fuse_reply_err(request, E2BIG);
      return {};
    }
    if (!value) {
      return std::unexpected(value.error());
    }
    if (!*value) {
      fuse_reply_err(request, ENODATA);
      return {};
    }
    const std::vector<std::byte>& bytes = **value;
    reply_sized(request, size,
                {reinterpret_cast<const char*>(bytes.data()), bytes.size()});  // NOLINT
    return {};
  });
}

void list_attribute_names(fuse_req_t request, fuse_ino_t number, std::size_t size) noexcept {
  answer(request, "extended attributes", [&]() -> Result<void> {
    std::string names;
    for (const std::string& name : CASEMENT_TRY(service_of(request).tree.attributes(number))) {
      names += name;
      names += '\0';
    }
    reply_sized(request, size, names);
    return {};
  });
}

}  // namespace

fuse_lowlevel_ops mount_operations() {
  fuse_lowlevel_ops operations = {};
  operations.init = start;
  operations.lookup = look_up;
  operations.forget = forget;
  operations.forget_multi = forget_many;
  operations.getattr = get_facts;
  operations.readlink = read_link;
  operations.open = open_file;
  operations.read = read_file;
  operations.release = release_file;
  operations.opendir = open_directory;
  operations.readdir = read_directory;
  operations.readdirplus = read_directory_plus;
  operations.releasedir = release_directory;
  operations.statfs = get_space;
  operations.getxattr = get_attribute;
  operations.listxattr = list_attribute_names;
  return operations;
}

}  // namespace casement::cli
