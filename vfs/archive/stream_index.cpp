// SPDX-License-Identifier: Apache-2.0
// The members of an archive by reading it from front to back.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "vfs/archive/archive_handle.h"
#include "vfs/archive/archive_index.h"
#include "vfs/archive/tar_header.h"
#include "vfs/archive/tar_layout.h"
#include "vfs/archive/unpack_budget.h"
#include "vfs/core/checked.h"

namespace casement {
namespace {

class StreamIndexer {
 public:
  StreamIndexer(const SourcePtr& archive, const ArchiveShape& shape, const ArchiveOptions& options,
                UniqueFindings& findings)
      : archive_(archive),
        shape_(shape),
        options_(options),
        findings_(findings),
        lister_(options, findings),
        budget_(options, archive->size()),
        solid_(is_solid(*archive, shape)) {}

  Result<ArchiveIndex> run() {
    handle_ = CASEMENT_TRY(ArchiveHandle::open(archive_, shape_));
    while (!done_) {
      auto header = handle_->next();
      charge_headers();
      if (done_) {
        break;
      }
      if (!header) {
        CASEMENT_TRY(take_damage(std::move(header).error()));
        continue;
      }
      settle(*header ? (*header)->header_offset : handle_->header_offset());
      if (!*header) {
        break;
      }
      if (ordinal_ >= 2 * std::uint64_t{options_.max_entries}) {
        stop("archive-too-many-entries",
             Error(Status::limit_exceeded, fmt::format("more than {} headers", ordinal_)));
        break;
      }
      take(**std::move(header));
      ++ordinal_;
    }
    settle(std::nullopt);
    return std::move(lister_).finish(format());
  }

 private:
  /// A file of a plain tar whose place is to be proved.
  struct Candidate {
    std::size_t member = 0;
    std::uint64_t content_offset = 0;
    std::uint64_t size = 0;
  };

  bool plain_tar() const { return shape_.format == ArchiveFormat::tar && !shape_.compressed; }

  std::string format() const {
    const std::string known = handle_->format_name();
    const std::string name = known.empty() ? to_string(shape_.format) : known;
    return shape_.compressed ? fmt::format("{}, {}", name, handle_->filter_name()) : name;
  }

  void take(EntryHeader header);
  Result<void> take_damage(Error error);
  void charge_headers();
  std::uint64_t pass_content(const EntryHeader& header);
  void settle(std::optional<std::uint64_t> next_header);
  void stop(const char* code, const Error& error) {
    findings_.add(code, 0, error);
    done_ = true;
  }

  const SourcePtr& archive_;
  const ArchiveShape shape_;
  const ArchiveOptions& options_;
  UniqueFindings& findings_;
  MemberLister lister_;
  UnpackBudget budget_;
  bool solid_;
  std::unique_ptr<ArchiveHandle> handle_;
  std::uint32_t ordinal_ = 0;
  std::uint32_t damaged_ = 0;
  std::uint64_t content_charged_ = 0;  // since the last header
  std::uint64_t unpacked_ = 0;         // up to the last header
  bool done_ = false;
  std::optional<Candidate> candidate_;
};

/// A header that cannot be read. Errors: it is the first one, and nothing follows.
Result<void> StreamIndexer::take_damage(Error error) {
  if (handle_->broken() && ordinal_ == 0) {
    return std::unexpected(std::move(error));
  }
  if (handle_->broken() || ++damaged_ > options_.max_damaged_headers) {
    stop("archive-damaged",
         std::move(error).context(fmt::format("after {} members, what follows is lost", ordinal_)));
    return {};
  }
  // Looking for the next header goes on block by block: one finding for all of them.
  findings_.add("archive-damaged-header", ordinal_,
                std::move(error).context(fmt::format("after {} members", ordinal_)));
  return {};
}

/// Unpacking headers, and what lies between them and contents, costs as much as contents do, also
/// of members that are left out.
void StreamIndexer::charge_headers() {
  const std::uint64_t content = std::exchange(content_charged_, 0);
  const std::uint64_t before = std::exchange(unpacked_, handle_->unpacked_bytes());
  const std::uint64_t growth = unpacked_ - std::min(before, unpacked_);
  if (const auto spent = budget_.spend(growth - std::min(content, growth));
      !spent && shape_.compressed) {
    stop("archive-expands", spent.error());
  }
}

/// Reads what must be read to come past a member. Gives its size.
std::uint64_t StreamIndexer::pass_content(const EntryHeader& header) {
  const bool must_read = shape_.compressed || !header.size;
  if (!must_read) {
    const auto spent = solid_ && shape_.format == ArchiveFormat::rar ? budget_.spend(*header.size)
                                                                     : Result<void>();
    if (!spent) {
      stop("archive-expands", spent.error());
    }
    return *header.size;
  }
  std::uint64_t end = 0;
  while (true) {
    const auto block = handle_->read_block();
    if (!block || !*block) {
      break;  // damage is met again by next()
    }
    end = std::max(end, checked_add((*block)->offset, (*block)->bytes.size())
                            .value_or(std::numeric_limits<std::uint64_t>::max()));
    content_charged_ += (*block)->bytes.size();
    if (const auto spent = budget_.spend((*block)->bytes.size()); !spent) {
      stop("archive-expands", spent.error());
      break;
    }
  }
  return header.size.value_or(end);
}

void StreamIndexer::take(EntryHeader header) {
  if (const auto warning = handle_->take_warning()) {
    findings_.add(Severity::warning, "archive-warning", ordinal_,
                  fmt::format("member {}: {}", ordinal_, *warning));
  }
  const FallbackCharset charset = shape_.format == ArchiveFormat::tar
                                      ? FallbackCharset::latin_1
                                      : FallbackCharset::code_page_437;
  ListedMember listed;
  listed.path = decode_entry_text(header.path, charset);
  listed.kind = header.kind;
  listed.info.attributes = header.attributes;
  listed.info.created = header.created;
  listed.info.modified = header.modified;
  listed.info.changed = header.changed;
  listed.info.accessed = header.accessed;
  if (header.kind == EntryKind::symlink) {
    listed.target = std::move(header.target);
  } else if (header.kind == EntryKind::hard_link) {
    listed.link_target = decode_entry_text(header.target, charset);
  }
  listed.member.place = StreamedMember{ordinal_};
  listed.member.size = pass_content(header);
  listed.member.encrypted = header.encrypted;
  listed.member.sparse = header.sparse;
  listed.place = ordinal_;
  const std::size_t members = lister_.member_count();
  if (const auto added = lister_.add(std::move(listed)); !added) {
    stop("archive-too-many-entries", added.error());
    return;
  }
  const bool is_file = header.kind == EntryKind::file && lister_.member_count() > members;
  if (is_file && plain_tar() && !header.sparse && header.size) {
    candidate_ = Candidate{members, header.content_offset, *header.size};
  }
}

/// Proves where the content of the last file of a plain tar lies: right behind a block that is a
/// header, and, where another header follows, right in front of that.
void StreamIndexer::settle(std::optional<std::uint64_t> next_header) {
  const auto candidate = std::exchange(candidate_, std::nullopt);
  constexpr std::uint64_t block = tar_layout::block_size;
  if (!candidate || candidate->content_offset < block) {
    return;
  }
  if (next_header) {
    const auto padded = checked_add(candidate->size, (block - candidate->size % block) % block);
    const auto end = padded ? checked_add(candidate->content_offset, *padded) : std::nullopt;
    if (end != *next_header) {
      return;
    }
  }
  std::array<std::byte, block> header{};
  if (archive_->read(candidate->content_offset - block, header) && is_tar_header(header)) {
    lister_.member(candidate->member).place = StoredMember{candidate->content_offset};
  }
}

}  // namespace

Result<ArchiveIndex> index_stream(const SourcePtr& archive, const ArchiveShape& shape,
                                  const ArchiveOptions& options, UniqueFindings& findings) {
  return StreamIndexer(archive, shape, options, findings).run();
}

}  // namespace casement
