// SPDX-License-Identifier: Apache-2.0
// Cutting a resource into pieces, decoding them, and the order of hashing.
#include "vfs/wim/verify_resource.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "vfs/core/zero_fill.h"

namespace casement::wim {

ResourceCheck::ResourceCheck(const PlannedResource& resource, std::span<const PlannedBlob> blobs,
                             VerifyLog& log, BufferPool& pool)
    : spec_(resource.spec()), blobs_(blobs), log_(log), pool_(pool) {}

Result<std::shared_ptr<ResourceCheck>> ResourceCheck::make(const PlannedResource& resource,
                                                           std::span<const PlannedBlob> blobs,
                                                           const OpenedWim& file, VerifyLog& log,
                                                           BufferPool& pool) {
  std::shared_ptr<ResourceCheck> check(new ResourceCheck(resource, blobs, log, pool));
  const ResourceSpec& spec = check->spec_;
  const auto where = [&] { return spec.label; };
  if (!is_chunked(spec)) {
    check->chunked_ = false;
    ChunkLayout& whole = check->layout_;
    whole.size = spec.location.size;
    whole.chunk_size = verify_piece_size;
    whole.chunk_count = (whole.size - 1) / whole.chunk_size + 1;
    return check;
  }
  check->layout_ = CASEMENT_TRY(ChunkLayout::make(spec.location, spec.format).with_context(where));
  check->codec_ = CASEMENT_TRY(file.state()
                                   ->codecs.get(spec.format.compression, spec.format.chunk_size)
                                   .with_context(where));
  check->offsets_ = CASEMENT_TRY(read_chunk_table(spec, check->layout_, file.limits()));
  return check;
}

std::uint32_t ResourceCheck::plain_size(std::uint64_t index) const noexcept {
  return layout_.plain_size(index);
}

Result<ChunkPlace> ResourceCheck::find_chunk(std::uint64_t index) const {
  if (!chunked_) {
    return ChunkPlace{.offset = index * layout_.chunk_size,
                      .stored_size = plain_size(index),
                      .plain_size = plain_size(index)};
  }
  return ChunkOffsets(layout_, offsets_, 0).find(index).with_context([&] { return spec_.label; });
}

std::optional<ResourcePiece> ResourceCheck::next_piece() {
  if (next_chunk_ == layout_.chunk_count) {
    return std::nullopt;
  }
  ResourcePiece piece;
  piece.number = next_number_++;
  piece.first_chunk = next_chunk_;
  piece.offset = next_chunk_ * layout_.chunk_size;
  // Chunks whose entries are sound lie one behind the other, so that a piece is one stretch of the
  // file. One that is not sound is a piece of its own.
  for (; next_chunk_ < layout_.chunk_count; ++next_chunk_) {
    const std::uint32_t size = plain_size(next_chunk_);
    if (piece.chunk_count != 0 && piece.size + size > verify_piece_size) {
      break;
    }
    auto place = find_chunk(next_chunk_);
    if (place) {
      if (auto justified = check_chunk_memory(*place); !justified) {
        place = std::unexpected(std::move(justified).error().context(spec_.label));
      }
    }
    if (!place && piece.chunk_count != 0) {
      break;
    }
    piece.size += size;
    ++piece.chunk_count;
    if (!place) {
      piece.error = std::move(place).error();
      ++next_chunk_;
      break;
    }
    if (piece.chunk_count == 1) {
      piece.stored_offset = spec_.location.offset + place->offset;
    }
    piece.stored_size =
        spec_.location.offset + place->offset + place->stored_size - piece.stored_offset;
  }
  return piece;
}

void ResourceCheck::check(ResourcePiece piece) {
  PlainPiece plain;
  plain.offset = piece.offset;
  plain.size = piece.size;
  plain.memory = std::move(piece.memory);
  decode(piece, plain);
  hash_inside(plain);
  submit(piece.number, std::move(plain));
  log_.add_done(piece.size);
}

void ResourceCheck::decode(const ResourcePiece& piece, PlainPiece& plain) const {
  if (piece.error) {
    plain.bad.push_back({piece.offset, piece.offset + piece.size, *piece.error});
    return;
  }
  if (!chunked_) {
    plain.window = piece.window;
    plain.bytes = piece.window->bytes(piece.stored_offset, piece.stored_size);
    return;
  }
  const auto size = static_cast<std::size_t>(piece.size);
  plain.buffer = pool_.take(size);
  const MutableBytes out(plain.buffer.data(), size);
  plain.bytes = out;
  std::size_t done = 0;
  for (std::uint64_t i = 0; i < piece.chunk_count; ++i) {
    const std::uint64_t index = piece.first_chunk + i;
    const MutableBytes chunk = out.subspan(done, plain_size(index));
    auto place = find_chunk(index);  // sound, as next_piece() saw
    auto decoded = place ? decode_chunk(codec_.get(),
                                        piece.window->bytes(spec_.location.offset + place->offset,
                                                            place->stored_size),
                                        chunk)
                         : Result<void>(std::unexpected(std::move(place).error()));
    if (!decoded) {
      zero_fill(chunk);  // nobody hashes it, but nobody shall read what was there before either
      plain.bad.push_back({piece.offset + done, piece.offset + done + chunk.size(),
                           std::move(decoded).error().context(fmt::format(
                               "{}: chunk {} of {}", spec_.label, index, layout_.chunk_count))});
    }
    done += chunk.size();
  }
}

const ResourceCheck::BadRange* ResourceCheck::PlainPiece::bad_part_of(
    const PlannedBlob& blob) const noexcept {
  const auto found = std::ranges::find_if(bad, [&](const BadRange& range) {
    return range.offset < blob.end() && blob.offset < range.end;
  });
  return found == bad.end() ? nullptr : &*found;
}

std::size_t ResourceCheck::finish(std::size_t first, const Sha1* found, const Error* error) const {
  std::size_t next = first;
  for (; next < blobs_.size() && blobs_[next].same_place(blobs_[first]); ++next) {
    if (found != nullptr) {
      log_.add_digest(blobs_[next].row, *found);
    } else {
      log_.add_error(blobs_[next].row, *error);
    }
  }
  return next;
}

void ResourceCheck::hash_inside(const PlainPiece& plain) const {
  const auto start = std::ranges::lower_bound(blobs_, plain.offset, {}, &PlannedBlob::offset);
  auto next = static_cast<std::size_t>(start - blobs_.begin());
  while (next < blobs_.size() && plain.holds(blobs_[next])) {
    const PlannedBlob& blob = blobs_[next];
    if (const BadRange* bad = plain.bad_part_of(blob)) {
      next = finish(next, nullptr, &bad->error);
      continue;
    }
    const Sha1 found = sha1(plain.bytes.subspan(
        static_cast<std::size_t>(blob.offset - plain.offset), static_cast<std::size_t>(blob.size)));
    next = finish(next, &found, nullptr);
  }
}

void ResourceCheck::submit(std::uint64_t number, PlainPiece plain) {
  std::unique_lock lock(mutex_);
  waiting_.emplace(number, std::move(plain));
  if (hashing_) {
    return;  // whoever hashes takes it, too, when it is its turn
  }
  hashing_ = true;
  while (!waiting_.empty() && waiting_.begin()->first == turn_) {
    PlainPiece next = std::move(waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
    ++turn_;
    lock.unlock();
    hash_across(next);
    next = {};  // gives its memory back
    lock.lock();
  }
  hashing_ = false;
}

void ResourceCheck::hash_across(const PlainPiece& plain) {
  while (next_blob_ < blobs_.size()) {
    const PlannedBlob& blob = blobs_[next_blob_];
    if (blob.offset >= plain.end()) {
      return;
    }
    if (plain.holds(blob)) {
      ++next_blob_;  // done by hash_inside()
      continue;
    }
    const std::uint64_t start = std::max(blob.offset, plain.offset);
    const std::uint64_t end = std::min(blob.end(), plain.end());
    const BadRange* bad = plain.bad_part_of(blob);
    if (bad != nullptr && !blob_error_) {
      blob_error_ = bad->error;
    }
    if (!blob_error_) {
      digest_.update(plain.bytes.subspan(static_cast<std::size_t>(start - plain.offset),
                                         static_cast<std::size_t>(end - start)));
    }
    if (end != blob.end()) {
      return;  // goes on in the next piece
    }
    const Sha1 found = finish_sha1(digest_);
    next_blob_ = blob_error_ ? finish(next_blob_, nullptr, &*blob_error_)
                             : finish(next_blob_, &found, nullptr);
    blob_error_.reset();
  }
}

Sha1 finish_sha1(Digest& digest) {
  const std::vector<std::byte> bytes = digest.finish();
  Sha1 out{};
  std::memcpy(out.data(), bytes.data(), out.size());
  return out;
}

}  // namespace casement::wim
