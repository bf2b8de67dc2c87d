// SPDX-License-Identifier: Apache-2.0
// Going forwards through an archive.
#include "vfs/archive/stream_unpacker.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "vfs/archive/content_copy.h"
#include "vfs/archive/member_sink.h"
#include "vfs/archive/partial_source.h"
#include "vfs/core/checked.h"
#include "vfs/source/slice_source.h"

namespace casement {
namespace {

/// One member in a file that holds many.
class SpillPiece final : public ContentTarget {
 public:
  explicit SpillPiece(FileSpill& spill) : spill_(spill), begin_(spill.size()) {}

  std::uint64_t size() const noexcept override { return spill_.size() - begin_; }
  Result<void> append(Bytes data) override { return spill_.append(data); }
  Result<void> append_hole(std::uint64_t length) override { return spill_.append_hole(length); }

 private:
  FileSpill& spill_;
  std::uint64_t begin_;
};

}  // namespace

StreamUnpacker::StreamUnpacker(ArchiveState& state)
    : state_(state),
      solid_(is_solid(*state.source, state.shape)),
      budget_(state.options, state.source->size()) {
  for (std::uint32_t i = 0; i < state.members.size(); ++i) {
    if (const auto* place = std::get_if<StreamedMember>(&state.members[i].place)) {
      members_.resize(std::max<std::size_t>(members_.size(), place->ordinal + std::size_t{1}));
      members_[place->ordinal] = i;
    }
  }
}

std::optional<std::uint32_t> StreamUnpacker::member_at(std::uint32_t ordinal) const {
  return ordinal < members_.size() ? members_[ordinal] : std::nullopt;
}

std::uint32_t StreamUnpacker::passes() const {
  const std::scoped_lock lock(mutex_);
  return passes_;
}

Result<void> StreamUnpacker::begin_again() {
  handle_ = CASEMENT_TRY(ArchiveHandle::open(state_.source, state_.shape));
  ordinal_ = 0;
  budget_ = UnpackBudget(state_.options, state_.source->size());
  ++passes_;
  return {};
}

/// Reads the header that comes next, as the listing did: those that are damaged do not count.
Result<void> StreamUnpacker::pass_header() {
  for (std::uint32_t damaged = 0;;) {
    const auto header = handle_->next();
    if (header && *header) {
      ++ordinal_;
      return {};
    }
    const bool ended = header || handle_->broken();
    if (!ended && ++damaged <= state_.options.max_damaged_headers) {
      continue;
    }
    Error error = header ? Error(Status::corrupt, "the archive ends before the member does begin")
                         : header.error();
    wall_ = Wall{ordinal_, error};
    handle_.reset();
    return std::unexpected(std::move(error));
  }
}

/// Makes the member's header the last one that was read.
Result<void> StreamUnpacker::advance_to(std::uint32_t ordinal) {
  if (wall_ && ordinal >= wall_->ordinal) {
    return std::unexpected(wall_->error);
  }
  if (!handle_ || ordinal_ > ordinal) {
    CASEMENT_TRY(begin_again());
  }
  while (ordinal_ < ordinal) {
    CASEMENT_TRY(pass_header());
    if (const auto member = member_at(ordinal_ - 1)) {
      CASEMENT_TRY(keep_in_passing(*member));
    }
  }
  return pass_header();
}

/// The content between two headers is unpacked anyway in a solid archive: what is small is kept as
/// long as there is room.
Result<void> StreamUnpacker::keep_in_passing(std::uint32_t member) {
  const ArchiveMember& passed = state_.members[member];
  if (solid_) {
    CASEMENT_TRY(spend(member));
  }
  const bool wanted = solid_ && !passed.encrypted && passed.size != 0 &&
                      passed.size <= state_.options.max_member_in_passing &&
                      state_.cache.has_room(passed.size) && !state_.cache.find(member);
  if (!wanted) {
    return {};
  }
  Unpacked unpacked = CASEMENT_TRY(
      read_member(member, fmt::format("{} / member {}", state_.source->describe(), member)));
  state_.cache.put(member, std::move(unpacked));
  if (!handle_) {
    return std::unexpected(wall_->error);
  }
  return {};
}

/// Unpacks the member whose header was read last.
Result<Unpacked> StreamUnpacker::read_member(std::uint32_t member, const std::string& name) {
  const std::uint64_t size = state_.members[member].size;
  const auto sink = CASEMENT_TRY(MemberSink::open(name, size, state_.options));
  const auto damage = CASEMENT_TRY(copy_content(*handle_, state_.members[member], *sink));
  take_wall(damage);
  if (sink->size() < size) {
    report_damaged_member(state_, member, name, sink->size(), damage);
  }
  return std::move(*sink).finish(damage);
}

/// Damage in a member may mean that nothing behind it can be reached.
void StreamUnpacker::take_wall(const std::optional<Error>& damage) {
  if (handle_->broken()) {
    wall_ = Wall{ordinal_, damage.value_or(Error(Status::corrupt, "the archive is damaged"))};
    handle_.reset();
  }
}

/// What a tar unpacks to was judged when it was listed: that takes the same reading.
Result<void> StreamUnpacker::spend(std::uint32_t member) {
  if (state_.shape.format == ArchiveFormat::tar) {
    return {};
  }
  const auto spent = budget_.spend(state_.members[member].size);
  if (!spent) {
    // Whoever asks again must not get past it.
    wall_ = Wall{ordinal_ - 1, spent.error()};
    handle_.reset();
  }
  return spent;
}

bool StreamUnpacker::should_unpack_all() const {
  if (!solid_ || tried_all_ || passes_ <= state_.options.max_rewinds) {
    return false;
  }
  std::uint64_t sum = 0;
  for (const ArchiveMember& member : state_.members) {
    const auto more = checked_add(sum, member.size);
    if (!more || *more > state_.options.max_spilled) {
      return false;
    }
    sum = *more;
  }
  return true;
}

/// Copies every member that can be read, one behind the other.
Result<void> StreamUnpacker::copy_all(FileSpill& spill) {
  const auto last = static_cast<std::uint32_t>(members_.size());
  while (ordinal_ < last && pass_header()) {
    const auto member = member_at(ordinal_ - 1);
    if (!member || state_.members[*member].encrypted) {
      continue;
    }
    CASEMENT_TRY(spend(*member));
    SpillPiece target(spill);
    Piece& piece = pieces_[*member];
    piece.reached = true;
    piece.offset = spill.size();
    piece.damage = CASEMENT_TRY(copy_content(*handle_, state_.members[*member], target));
    piece.size = target.size();
    take_wall(piece.damage);
    if (piece.size < state_.members[*member].size) {
      report_damaged_member(state_, *member,
                            fmt::format("{} / member {}", state_.source->describe(), *member),
                            piece.size, piece.damage);
    }
    if (!handle_) {
      break;
    }
  }
  return {};
}

Result<void> StreamUnpacker::unpack_all() {
  tried_all_ = true;
  CASEMENT_TRY(begin_again());
  FileSpill spill = CASEMENT_TRY(FileSpill::create(state_.options.max_spilled));
  pieces_.assign(state_.members.size(), {});
  CASEMENT_TRY(copy_all(spill));
  all_ = CASEMENT_TRY(std::move(spill).finish(state_.source->describe()));
  handle_.reset();
  return {};
}

Result<SourcePtr> StreamUnpacker::unpack(std::uint32_t member, const std::string& name) {
  const std::scoped_lock lock(mutex_);
  if (SourcePtr known = state_.cache.find(member)) {
    return known;  // unpacked while this thread waited
  }
  const std::uint32_t ordinal = std::get<StreamedMember>(state_.members[member].place).ordinal;
  const bool behind = handle_ == nullptr || ordinal_ > ordinal;
  if (!all_ && behind && should_unpack_all()) {
    if (const auto done = unpack_all(); !done) {
      state_.findings.add("archive-not-put-aside", 0, done.error());
      handle_.reset();
    }
  }
  if (all_) {
    const Piece& piece = pieces_[member];
    if (!piece.reached) {
      return std::unexpected(wall_ ? wall_->error
                                   : Error(Status::corrupt, "the archive ends before it"));
    }
    SourcePtr source = CASEMENT_TRY(make_slice_source(all_, piece.offset, piece.size, name));
    return piece.damage
               ? make_partial_source(std::move(source), state_.members[member].size, *piece.damage)
               : source;
  }
  CASEMENT_TRY(advance_to(ordinal));
  CASEMENT_TRY(spend(member));
  Unpacked unpacked = CASEMENT_TRY(read_member(member, name));
  SourcePtr source = unpacked.source;
  state_.cache.put(member, std::move(unpacked));
  return source;
}

}  // namespace casement
