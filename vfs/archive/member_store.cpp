// SPDX-License-Identifier: Apache-2.0
// Unpacking at the first read.
#include "vfs/archive/member_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <utility>
#include <variant>

#include "vfs/archive/partial_source.h"
#include "vfs/archive/zip_unpack.h"
#include "vfs/source/slice_source.h"

namespace casement {
namespace {

class MemberSource final : public ByteSource {
 public:
  MemberSource(std::shared_ptr<const MemberStore> store, std::uint32_t member, std::uint64_t size,
               std::string name)
      : store_(std::move(store)), member_(member), size_(size), name_(std::move(name)) {}

  std::uint64_t size() const noexcept override { return size_; }
  std::string describe() const override { return name_; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    if (out.empty()) {
      return {};
    }
    std::call_once(once_, [this] { content_ = store_->content(member_, name_); });
    if (!content_) {
      return std::unexpected(content_.error());
    }
    return (*content_)->read(offset, out);
  }

  std::shared_ptr<const MemberStore> store_;
  std::uint32_t member_;
  std::uint64_t size_;
  std::string name_;
  mutable std::once_flag once_;
  mutable Result<SourcePtr> content_;
};

}  // namespace

Result<SourcePtr> MemberStore::open(std::uint32_t member, std::string name) const {
  const ArchiveMember& wanted = state_->members[member];
  if (wanted.encrypted) {
    return fail(Status::unsupported, fmt::format("{}: the member is encrypted", name));
  }
  if (const auto* place = std::get_if<StoredMember>(&wanted.place)) {
    return stored(place->offset, wanted.size, name);
  }
  return std::make_shared<MemberSource>(shared_from_this(), member, wanted.size, std::move(name));
}

/// A member that the archive has as it is, or as far as the archive goes.
Result<SourcePtr> MemberStore::stored(std::uint64_t offset, std::uint64_t size,
                                      const std::string& name) const {
  const std::uint64_t archive_size = state_->source->size();
  const std::uint64_t there = offset > archive_size ? 0 : std::min(size, archive_size - offset);
  const std::string label = name.substr(std::min(name.size(), name.rfind('/') + 1));
  SourcePtr begin =
      CASEMENT_TRY(make_slice_source(state_->source, std::min(offset, archive_size), there, label));
  if (there == size) {
    return begin;
  }
  return make_partial_source(std::move(begin), size,
                             Error(Status::truncated, "the archive ends here"));
}

Result<SourcePtr> MemberStore::content(std::uint32_t member, const std::string& name) const {
  const ArchiveMember& wanted = state_->members[member];
  if (wanted.encrypted) {
    return fail(Status::unsupported, fmt::format("{}: the member is encrypted", name));
  }
  if (const auto* place = std::get_if<StoredMember>(&wanted.place)) {
    return stored(place->offset, wanted.size, name);
  }
  if (SourcePtr known = state_->cache.find(member)) {
    return known;
  }
  const auto where = [&] { return name; };
  if (std::holds_alternative<StreamedMember>(wanted.place)) {
    return streamed_.unpack(member, name).with_context(where);
  }
  Unpacked unpacked = CASEMENT_TRY(unpack_zip_member(*state_, member, name).with_context(where));
  SourcePtr source = unpacked.source;
  if (unpacked.in_memory != 0 || unpacked.spilled != 0) {
    state_->cache.put(member, std::move(unpacked));
  }
  return source;
}

}  // namespace casement
