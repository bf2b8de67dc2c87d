// SPDX-License-Identifier: Apache-2.0
// Three copies of the metadata; the first with a good checksum is taken, as Windows does.
#include "vfs/volume/bitlocker.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "vfs/core/checked.h"
#include "vfs/core/crc32.h"
#include "vfs/core/utf16.h"
#include "vfs/volume/bitlocker_layout.h"
#include "vfs/volume/boot_sector_layout.h"

namespace casement {
namespace {

using namespace bitlocker_layout;

/// A volume with more protectors than this is not real; Windows refuses far fewer.
constexpr std::size_t max_protectors = 256;

std::optional<std::size_t> find_id(Bytes sector, std::string_view id) {
  const Guid wanted = *Guid::parse(id);  // a constant of the layout header
  const auto at = std::search(sector.begin(), sector.end(), wanted.raw.begin(), wanted.raw.end());
  return at == sector.end() ? std::nullopt
                            : std::optional(static_cast<std::size_t>(at - sector.begin()));
}

bool has_signature(Bytes bytes) {
  return std::ranges::equal(bytes, std::as_bytes(std::span(signature)));
}

/// Where the copies of the metadata are, as the boot sector says.
struct Places {
  bool encrypt_on_write = false;
  std::vector<std::uint64_t> offsets;
};

std::optional<Places> places_in(Bytes sector) {
  Places places;
  auto id = find_id(sector, metadata_id);
  if (!id) {
    id = find_id(sector, encrypt_on_write_id);
    places.encrypt_on_write = id.has_value();
  }
  if (id) {
    Cursor cursor(sector.subspan(*id + sizeof(Guid::raw)), *id);
    for (std::size_t copy = 0; copy < copy_count; ++copy) {
      places.offsets.push_back(cursor.u64());
    }
    return cursor.overrun() ? std::nullopt : std::optional(places);
  }
  const auto block =
      load<boot_sector_layout::BiosParameterBlock>(sector, 0, "BitLocker boot sector");
  if (!block || !has_signature(block->oem_name)) {
    return std::nullopt;
  }
  // Vista puts the cluster of the first copy where NTFS has that of its spare MFT.
  const std::uint64_t cluster =
      std::uint64_t{block->bytes_per_sector.value()} * block->sectors_per_cluster;
  if (const auto offset = checked_mul(cluster, block->mft_mirror_cluster.value())) {
    places.offsets.push_back(*offset);
  }
  return places;
}

std::vector<BitLockerProtector>::value_type protector_from(const Protector& stored) {
  return {.id = Guid::from_bytes(stored.id),
          .kind = stored.kind.value(),
          .changed = {stored.changed.value()}};
}

void add_datum(BitLockerMetadata& metadata, const Datum& datum, Bytes body) {
  if (datum.role.value() == role::description && datum.type.value() == datum_type::text) {
    metadata.description = from_utf16le(body);
    metadata.description.resize(
        std::min(metadata.description.find(u'\0'), metadata.description.size()));
  } else if (datum.role.value() == role::protector &&
             datum.type.value() == datum_type::master_key &&
             metadata.protectors.size() < max_protectors) {
    if (const auto stored = load<Protector>(body, 0, "protector")) {
      metadata.protectors.push_back(protector_from(*stored));
    }
  }
}

/// A list that is cut short or contradicts itself ends there: what came before counts.
void read_data(BitLockerMetadata& metadata, Bytes data) {
  std::size_t at = 0;
  while (const auto datum = load<Datum>(data, at, "datum")) {
    const std::size_t size = datum->size.value();
    if (size < sizeof(Datum) || !in_range(data.size(), at, size)) {
      return;
    }
    add_datum(metadata, *datum, data.subspan(at + sizeof(Datum), size - sizeof(Datum)));
    at += size;
  }
}

bool has_good_checksum(Bytes space, std::size_t size) {
  const auto validation = load<Validation>(space, size, "validation");
  return validation && crc32(space.first(size)) == validation->crc.value();
}

Result<BitLockerMetadata> read_copy(const ByteSource& volume, std::uint64_t offset) {
  if (offset >= volume.size()) {
    return fail(Status::truncated, "beyond the end");
  }
  std::vector<std::byte> space(std::min<std::uint64_t>(block_space, volume.size() - offset));
  CASEMENT_TRY(volume.read(offset, space));
  const Bytes bytes = space;
  const auto header = CASEMENT_TRY(load<BlockHeader>(bytes, 0, "block header"));
  if (!has_signature(header.signature)) {
    return fail(Status::corrupt, "no -FVE-FS- signature");
  }
  BitLockerMetadata metadata;
  metadata.version = header.version.value();
  std::size_t size = header.size.value();
  if (metadata.version != version_vista) {
    size *= 16;
    metadata.state = header.state.value();
    metadata.encrypted_size = header.encrypted_size.value();
  }
  metadata.checksum_good = has_good_checksum(bytes, size);
  const auto dataset = CASEMENT_TRY(load<DatasetHeader>(bytes, sizeof(BlockHeader), "dataset"));
  metadata.volume_id = Guid::from_bytes(dataset.volume_id);
  metadata.cipher = static_cast<std::uint16_t>(dataset.method.value() & 0xFFFF);
  metadata.created = {dataset.created.value()};
  const Bytes behind = bytes.subspan(sizeof(BlockHeader));
  const std::uint64_t end = std::min<std::uint64_t>(dataset.size.value(), behind.size());
  const std::uint64_t begin = dataset.header_size.value();
  if (begin < sizeof(DatasetHeader) || begin > end) {
    return fail(Status::corrupt, fmt::format("its data begin at {} of {}", begin, end));
  }
  read_data(metadata, behind.subspan(begin, end - begin));
  return metadata;
}

}  // namespace

bool BitLockerVolume::suspended() const noexcept {
  return metadata && std::any_of(metadata->protectors.begin(), metadata->protectors.end(),
                                 [](const BitLockerProtector& one) { return one.kind == 0; });
}

std::optional<BitLockerVolume> read_bitlocker(const ByteSource& volume, Bytes boot_sector) {
  const auto places = places_in(boot_sector);
  if (!places) {
    return std::nullopt;
  }
  BitLockerVolume found;
  found.encrypt_on_write = places->encrypt_on_write;
  found.to_go = !has_signature(boot_sector.subspan(3, signature.size()));
  for (const std::uint64_t offset : places->offsets) {
    auto copy = read_copy(volume, offset);
    if (!copy) {
      found.damage += fmt::format("{}metadata at {:#x}: {}", found.damage.empty() ? "" : "; ",
                                  offset, copy.error().message());
      continue;
    }
    if (!found.metadata || copy->checksum_good) {
      found.metadata = std::move(copy).take();
    }
    if (found.metadata->checksum_good) {
      break;
    }
  }
  return found;
}

}  // namespace casement
