// SPDX-License-Identifier: Apache-2.0
// Contents of partitions, by their marks.
#include "vfs/volume/recognise.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <ostream>
#include <string_view>

#include "tests/vfs/volume/volume_support.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

using namespace std::string_view_literals;
using Volume = std::vector<std::byte>;

constexpr std::size_t volume_size = 0x12000;

void put_text(Volume& volume, std::size_t at, std::string_view text) {
  fx::put_bytes(volume, at, fx::ascii_bytes(text));
}

void put_ext(Volume& volume, std::uint32_t compatible, std::uint32_t incompatible,
             std::uint32_t read_only) {
  fx::put_u16(volume, 0x400 + 0x38, 0xEF53);
  fx::put_u32(volume, 0x400 + 0x5C, compatible);
  fx::put_u32(volume, 0x400 + 0x60, incompatible);
  fx::put_u32(volume, 0x400 + 0x64, read_only);
  put_text(volume, 0x400 + 0x78, "root");
}

struct Row {
  const char* name;
  std::function<void(Volume&)> make;
  const char* type;
  const char* said;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

const std::array rows{
    Row{"ReFS",
        [](Volume& v) {
          put_text(v, 3, "ReFS\0\0\0\0"sv);
          put_text(v, 0x10, "FSRS");
          v[0x28] = std::byte{3};
          v[0x29] = std::byte{4};
        },
        "refs", "ReFS 3.4"},
    Row{"dynamic disk, metadata partition",
        [](Volume& v) {
          put_text(v, volume_size - 512, "PRIVHEAD");
          put_text(v, volume_size - 512 + 0xF0, "HOST-Dg0");
        },
        "ldm", "\"HOST-Dg0\""},
    Row{"dynamic disk, MBR", [](Volume& v) { put_text(v, 0xC00, "PRIVHEAD"); }, "ldm",
        "dynamic disk"},
    Row{"storage pool", [](Volume& v) { put_text(v, 0, "SPACEDB "); }, "storage-spaces",
        "Storage Spaces"},
    Row{"ext2", [](Volume& v) { put_ext(v, 0x38, 0x2, 0x3); }, "ext2", "\"root\""},
    Row{"ext3", [](Volume& v) { put_ext(v, 0x3C, 0x6, 0x3); }, "ext3", "\"root\""},
    Row{"ext4", [](Volume& v) { put_ext(v, 0x3C, 0x2C2, 0x46B); }, "ext4", "\"root\""},
    Row{"ext4 without a journal", [](Volume& v) { put_ext(v, 0x38, 0x42, 0x3); }, "ext4", "ext4"},
    Row{"XFS",
        [](Volume& v) {
          put_text(v, 0, "XFSB");
          put_text(v, 108, "data");
        },
        "xfs", "\"data\""},
    Row{"Btrfs",
        [](Volume& v) {
          put_text(v, 0x10040, "_BHRfS_M");
          put_text(v, 0x1012B, "pool");
        },
        "btrfs", "\"pool\""},
    Row{"LVM2",
        [](Volume& v) {
          put_text(v, 512, "LABELONE");
          put_text(v, 512 + 24, "LVM2 001");
        },
        "lvm2", "LVM2"},
    Row{"swap", [](Volume& v) { put_text(v, 4096 - 10, "SWAPSPACE2"); }, "swap", "swap"},
    Row{"swap of large pages", [](Volume& v) { put_text(v, 65536 - 10, "SWAPSPACE2"); }, "swap",
        "swap"},
    Row{"old swap", [](Volume& v) { put_text(v, 4096 - 10, "SWAP-SPACE"); }, "swap", "old"},
    Row{"LUKS", [](Volume& v) { put_text(v, 0, "LUKS\xBA\xBE\0\x02"sv); }, "luks", "LUKS"},
    Row{"APFS", [](Volume& v) { put_text(v, 32, "NXSB"); }, "apfs", "APFS"},
    Row{"HFS+", [](Volume& v) { put_text(v, 1024, "H+\0\x04"sv); }, "hfsplus", "HFS+"},
    Row{"HFSX", [](Volume& v) { put_text(v, 1024, "HX\0\x05"sv); }, "hfsplus", "HFS+"},
    Row{"SquashFS", [](Volume& v) { put_text(v, 0, "hsqs"); }, "squashfs", "SquashFS"},
    Row{"ISO 9660",
        [](Volume& v) {
          put_text(v, 0x8001, "CD001");
          put_text(v, 0x8000 + 40, "DVD                             ");
        },
        "iso9660", "\"DVD\""},
    Row{"UDF",
        [](Volume& v) {
          put_text(v, 0x8001, "BEA01");
          put_text(v, 0x8801, "NSR02");
        },
        "udf", "UDF"},
    Row{"UDF behind ISO 9660",
        [](Volume& v) {
          put_text(v, 0x8001, "CD001");
          put_text(v, 0x9001, "BEA01");
          put_text(v, 0x9801, "NSR03");
        },
        "udf", "UDF"},
    Row{"empty", [](Volume&) {}, "empty", "not formatted"},
};

Result<std::optional<RecognisedVolume>> recognise(const Volume& volume) {
  return recognise_volume(*make_memory_source(volume, "volume"));
}

BOOST_AUTO_TEST_SUITE(recognise_contents)

BOOST_DATA_TEST_CASE(knows, bdata::make(rows), row) {
  Volume volume(volume_size);
  row.make(volume);
  const auto found = must(recognise(volume));
  BOOST_REQUIRE(found.has_value());
  BOOST_TEST(found->type == row.type);
  BOOST_TEST(mentions(found->reason, {row.said}));
  BOOST_TEST(!found->locked);
}

BOOST_AUTO_TEST_CASE(marks_in_the_wrong_place_mean_nothing) {
  for (const Row& row : rows) {
    Volume volume(volume_size);
    row.make(volume);
    if (std::string_view(row.type) == "empty") {
      continue;
    }
    // Everything moves by one byte; the last one falls off.
    volume.insert(volume.begin(), std::byte{1});
    volume.pop_back();
    const auto found = must(recognise(volume));
    BOOST_TEST(!found.has_value(), row.name);
  }
}

BOOST_AUTO_TEST_CASE(other_content_is_unknown) {
  BOOST_TEST(!must(recognise(Volume(volume_size, std::byte{0x5A}))).has_value());
  Volume late(volume_size);
  late[0xFFFF] = std::byte{1};
  BOOST_TEST(!must(recognise(late)).has_value());
}

BOOST_AUTO_TEST_CASE(little_volumes_are_read_as_far_as_they_go) {
  for (const Row& row : rows) {
    Volume volume(volume_size);
    row.make(volume);
    for (std::size_t size = 0; size < volume_size; size += 3001) {
      BOOST_TEST(
          is_ok(recognise({volume.begin(), volume.begin() + static_cast<std::ptrdiff_t>(size)})));
    }
  }
  BOOST_TEST(must(recognise({}))->type == "empty");
}

/// Cannot be read at all.
class BrokenSource final : public ByteSource {
 public:
  std::uint64_t size() const noexcept override { return volume_size; }
  std::string describe() const override { return "broken"; }

 private:
  Result<void> do_read(std::uint64_t /*offset*/, MutableBytes /*out*/) const override {
    return fail(Status::io_failed, "bad sector");
  }
};

BOOST_AUTO_TEST_CASE(a_volume_that_cannot_be_read_is_an_error) {
  BOOST_TEST(is_status(recognise_volume(BrokenSource()), Status::io_failed));
  BOOST_TEST(
      is_status(read_partition_table(std::make_shared<BrokenSource>(), {}, {}), Status::io_failed));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::test
