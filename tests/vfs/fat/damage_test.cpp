// SPDX-License-Identifier: Apache-2.0
// Volumes cut anywhere and with any byte changed: nothing may crash, hang or be invented.
#include <algorithm>
#include <utility>

#include "tests/support/mutate.h"
#include "tests/vfs/fat/fat_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

fx::BuiltFat small(fx::FatKind kind) {
  fx::FatOptions options{.kind = kind, .root_entries = 16};
  options.cluster_count = kind == fx::FatKind::fat16 ? 4085 : 12;
  fx::FatBuilder builder(options);
  builder.add_file("dir/A long file name", pattern(1200));
  builder.add_file("GONE", pattern(600, 2));
  builder.remove("GONE");
  return builder.build();
}

/// One sector of the volume cannot be read.
class BadSector final : public ByteSource {
 public:
  BadSector(SourcePtr volume, std::uint64_t offset) : volume_(std::move(volume)), bad_(offset) {}
  std::uint64_t size() const noexcept override { return volume_->size(); }
  std::string describe() const override { return volume_->describe(); }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    constexpr std::uint64_t sector = 512;
    if (offset < bad_ + sector && bad_ < offset + out.size()) {
      return fail(Status::io_failed, "bad sector");
    }
    return volume_->read(offset, out);
  }

  SourcePtr volume_;
  std::uint64_t bad_;
};

bool try_everything(std::vector<std::byte> bytes) {
  return casement::test::try_everything(std::move(bytes), probe_fat, open_fat);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fat_damage)

BOOST_AUTO_TEST_CASE(an_unreadable_first_sector_of_the_root_hides_nothing_behind_it) {
  fx::FatBuilder builder;
  for (int i = 0; i < 40; ++i) {  // 16 slots a sector
    builder.add_file(std::u16string(u"FILE") + static_cast<char16_t>(u'A' + i / 10) +
                         static_cast<char16_t>(u'0' + i % 10),
                     "content");
  }
  const auto built = builder.build();
  const std::uint64_t root = built.find("FILEA0").entry;
  BOOST_REQUIRE_EQUAL(root % 512, 0U);
  const auto volume =
      must(open_fat(std::make_shared<BadSector>(as_source(built.bytes), root), Limits{}));
  BOOST_TEST(mentions(finding(*volume, "fat-root-unreadable"), {"root directory", "bad sector"}));
  BOOST_TEST(volume->info().label.empty());
  const auto names = names_in(*volume, volume->root());
  BOOST_REQUIRE_EQUAL(names.size(), 1U + 40U - 16U);
  BOOST_TEST(names.front().starts_with('!'));
  BOOST_TEST(names[1] == "FILEB6");
  BOOST_TEST(names.back() == "FILED9");
}

BOOST_AUTO_TEST_CASE(survives_truncation) {
  int opened = 0;
  for (const auto kind : {fx::FatKind::fat12, fx::FatKind::fat32}) {
    const auto base = small(kind).bytes;
    for (std::size_t size = 0; size < base.size(); size += size < 600 ? 7 : 97) {
      opened += try_everything(prefix(base, size)) ? 1 : 0;
    }
  }
  BOOST_TEST(opened > 10);
}

BOOST_AUTO_TEST_CASE(survives_changed_bytes_of_the_boot_sector) {
  int opened = 0;
  for (const auto kind : {fx::FatKind::fat12, fx::FatKind::fat32}) {
    const auto base = small(kind).bytes;
    for (std::size_t at = 0; at < 100; ++at) {
      for (const unsigned value : {0x00U, 0x01U, 0x7FU, 0x80U, 0xFFU}) {
        auto bytes = base;
        bytes[at] = static_cast<std::byte>(value);
        opened += try_everything(std::move(bytes)) ? 1 : 0;
      }
    }
  }
  BOOST_TEST(opened > 10);
}

BOOST_AUTO_TEST_CASE(survives_changed_bytes_of_tables_and_directories) {
  int opened = 0;
  for (const auto kind : {fx::FatKind::fat12, fx::FatKind::fat32}) {
    const auto built = small(kind);
    const std::size_t end = std::min(built.bytes.size(), built.heap_offset + 1200);
    for (std::size_t at = built.fat_offset; at < end; ++at) {
      const bool empty = built.bytes[at] == std::byte{0};
      if (empty && at % 11 != 0) {
        continue;  // most of it is nothing
      }
      for (const unsigned flip : {0x01U, 0x80U, 0xFFU}) {
        auto bytes = built.bytes;
        bytes[at] ^= static_cast<std::byte>(flip);
        opened += try_everything(std::move(bytes)) ? 1 : 0;
      }
    }
  }
  BOOST_TEST(opened > 10);
}

BOOST_AUTO_TEST_CASE(every_link_may_lead_anywhere) {
  int opened = 0;
  const auto base = small(fx::FatKind::fat12);
  for (std::uint32_t cluster = 2; cluster < 8; ++cluster) {
    for (std::uint32_t value = 0; value < 20; ++value) {
      auto built = base;
      built.set_entry(cluster, value < 16 ? value : 0xFF0 + value);
      opened += try_everything(std::move(built.bytes)) ? 1 : 0;
    }
  }
  BOOST_TEST(opened > 10);
}

BOOST_AUTO_TEST_SUITE_END()
