// SPDX-License-Identifier: Apache-2.0
// Taking built WIMs apart.
#include "tests/vfs/wim/image_support.h"

#include <fmt/format.h>

#include <utility>

#include "fixtures/build/ntfs/ntfs_reparse.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"
#include "vfs/source/memory_source.h"

namespace casement::wim::test {

using casement::test::must;

void MemoryBlobs::add(const Sha1& hash, std::vector<std::byte> content) {
  contents_.emplace(hash, std::move(content));
}

Result<std::optional<BlobInfo>> MemoryBlobs::find(const Sha1& hash) const {
  const auto at = contents_.find(hash);
  if (at == contents_.end()) {
    return std::optional<BlobInfo>();
  }
  BlobInfo info;
  info.size = at->second.size();
  info.stored_size = info.size;
  return std::optional(info);
}

Result<SourcePtr> MemoryBlobs::open(const Sha1& hash) const {
  const auto at = contents_.find(hash);
  if (at == contents_.end()) {
    return fail(Status::not_found, fmt::format("no blob {}", to_hex(hash)));
  }
  return make_memory_source(at->second, to_hex(hash));
}

std::set<std::uint64_t> WatchedSource::take_blocks() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(read_, {});
}

void WatchedSource::break_block(std::uint64_t block) {
  const std::scoped_lock lock(mutex_);
  broken_.insert(block);
}

Result<void> WatchedSource::do_read(std::uint64_t offset, MutableBytes out) const {
  const std::scoped_lock lock(mutex_);
  for (std::uint64_t at = offset; at < offset + out.size();
       at = (at / block_size + 1) * block_size) {
    if (broken_.contains(at / block_size)) {
      return fail(Status::corrupt, fmt::format("block {} cannot be decoded", at / block_size));
    }
    read_.insert(at / block_size);
  }
  std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
  return {};
}

TestImage::TestImage(const fixture::BuiltWim& wim, bool reparse_points_fixed)
    : fixed(reparse_points_fixed) {
  const auto content = [&](const fixture::BuiltWim::Blob& blob) {
    const auto& file = wim.parts.at(blob.part);
    const auto begin = file.begin() + static_cast<std::ptrdiff_t>(blob.resource.offset);
    return std::vector<std::byte>(begin, begin + static_cast<std::ptrdiff_t>(blob.resource.size));
  };
  auto memory = std::make_shared<MemoryBlobs>();
  for (const fixture::BuiltWim::Blob& blob : wim.blobs) {
    if (blob.image == 0) {
      memory->add(blob.hash, content(blob));
    }
  }
  blobs = memory;
  metadata = content(wim.metadata());
  source = std::make_shared<WatchedSource>(metadata);
}

ImageParts TestImage::parts() const {
  return {source, blobs, fixed, u"label", "test.wim image 1"};
}

FileSystemPtr TestImage::open(const Limits& limits) const {
  return must(open_image_tree(parts(), limits));
}

ImageParts TestImage::parts_with(std::vector<std::byte> other_metadata) const {
  ImageParts changed = parts();
  changed.metadata = make_memory_source(std::move(other_metadata), "metadata");
  return changed;
}

fixture::WimBuilder sound_tree() {
  using fixture::ByteVector;
  fixture::WimBuilder wim;
  wim.root().security(ByteVector(20, std::byte{1}));
  wim.file("\\one", "1").short_name("ONE~1").security(ByteVector(24, std::byte{2}));
  wim.file("\\two", "2").stream("s", "stream").object_id(fixture::derived_guid("two"));
  wim.file("\\dir\\three", "3").link(wim.root(), "four");
  wim.directory("\\dir\\sub");
  wim.file("\\link", "").reparse_buffer(fixture::symlink_reparse("\\??\\C:\\dir", "", false));
  return wim;
}

FileSystemPtr open_tree(const fixture::WimBuilder& wim) {
  return TestImage(wim).open();
}

NodeId find_node(const FileSystem& fs, std::u16string_view path) {
  NodeId node = fs.root();
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::u16string_view name = path.substr(0, path.find(u'\\'));
    const auto entry = must(fs.lookup(node, name));
    BOOST_REQUIRE_MESSAGE(entry.has_value(), "no " << to_utf8(name));
    node = entry->node;
    path.remove_prefix(name.size());
  }
  return node;
}

std::vector<std::string> list_names(const FileSystem& fs, NodeId dir) {
  const auto reader = must(fs.read_dir(dir));
  std::vector<std::string> names;
  while (true) {
    const auto entry = reader->next();
    if (!entry) {
      names.push_back(std::string("!") + status_name(entry.error().status()));
    } else if (*entry) {
      names.push_back(to_utf8((*entry)->name));
    } else {
      return names;
    }
  }
}

std::vector<std::string> scan_names(const FileSystem& fs) {
  const auto scan = must(fs.scan({}));
  std::vector<std::string> names;
  while (true) {
    const auto entry = scan->next();
    if (!entry) {
      names.push_back(std::string("!") + status_name(entry.error().status()));
    } else if (*entry) {
      names.push_back(fmt::format("{} {}", (*entry)->depth, to_utf8((*entry)->name)));
    } else {
      return names;
    }
  }
}

std::string read_text(const FileSystem& fs, NodeId node, std::u16string_view stream) {
  const SourcePtr source = must(fs.open(node, stream));
  std::vector<std::byte> bytes(static_cast<std::size_t>(source->size()));
  BOOST_REQUIRE(casement::test::is_ok(source->read(0, bytes)));
  std::string text;
  for (const std::byte byte : bytes) {
    text += static_cast<char>(byte);
  }
  return text;
}

std::vector<std::string> finding_codes(const FileSystem& fs) {
  std::vector<std::string> codes;
  const Diagnostics findings = fs.diagnostics();
  for (const Diagnostic& finding : findings.items()) {
    codes.push_back(finding.code);
  }
  return codes;
}

}  // namespace casement::wim::test
