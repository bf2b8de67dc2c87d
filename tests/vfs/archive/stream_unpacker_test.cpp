// SPDX-License-Identifier: Apache-2.0
// What it costs to read the members of a solid archive.
#include "vfs/archive/stream_unpacker.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "fixtures/build/archive/archive_bytes.h"
#include "tests/vfs/archive/archive_support.h"
#include "vfs/archive/archive_file_system.h"

namespace casement::test {
namespace {

constexpr int file_count = 40;

std::string name_of(int i) {
  return "dir/file " + std::to_string(i);
}
std::string content_of(int i) {
  return std::string(static_cast<std::size_t>(100 + i), static_cast<char>('A' + i % 26));
}

fx::ByteVector packed_tar() {
  fx::TarBuilder tar;
  for (int i = 0; i < file_count; ++i) {
    (void)tar.add_file(name_of(i), content_of(i));
  }
  return fx::gzip_stored(tar.build());
}

ArchiveOptions keeping_nothing() {
  ArchiveOptions options;
  options.max_member_in_passing = 0;
  options.max_kept_in_memory = 0;
  return options;
}

std::uint32_t passes(const FileSystemPtr& archive) {
  return dynamic_cast<const ArchiveFileSystem&>(*archive).passes();
}

void read_one(const FileSystemPtr& archive, int i) {
  BOOST_TEST(content_at(*archive, name_of(i)) == content_of(i));
}

BOOST_AUTO_TEST_SUITE(stream_unpacker)

BOOST_AUTO_TEST_CASE(reading_forwards_is_one_pass) {
  const FileSystemPtr archive = open_bytes(packed_tar(), keeping_nothing());
  BOOST_TEST(passes(archive) == 0U);
  for (int i = 0; i < file_count; ++i) {
    read_one(archive, i);
  }
  BOOST_TEST(passes(archive) == 1U);
}

BOOST_AUTO_TEST_CASE(reading_backwards_is_a_few_passes) {
  const FileSystemPtr archive = open_bytes(packed_tar(), keeping_nothing());
  for (int round = 0; round < 3; ++round) {
    for (int i = file_count; i-- > 0;) {
      read_one(archive, i);
    }
  }
  // The first, two that begin again, and one that puts everything aside.
  BOOST_TEST(passes(archive) == 4U);
}

BOOST_AUTO_TEST_CASE(small_members_on_the_way_are_kept) {
  const FileSystemPtr archive = open_bytes(packed_tar());
  read_one(archive, file_count - 1);
  for (int i = file_count; i-- > 0;) {
    read_one(archive, i);
  }
  BOOST_TEST(passes(archive) == 1U);
}

BOOST_AUTO_TEST_CASE(opening_costs_nothing_before_the_first_read) {
  const FileSystemPtr archive = open_bytes(packed_tar());
  const SourcePtr source = must(archive->open(entry_at(*archive, name_of(5)).node, {}));
  BOOST_TEST(source->size() == content_of(5).size());
  BOOST_TEST(passes(archive) == 0U);
}

BOOST_AUTO_TEST_CASE(without_room_to_put_aside_members_are_still_read) {
  ArchiveOptions options = keeping_nothing();
  options.max_spilled = 1000;
  const FileSystemPtr archive = open_bytes(packed_tar(), options);
  for (int i = file_count; i-- > 0;) {
    read_one(archive, i);
  }
  BOOST_TEST(passes(archive) == static_cast<std::uint32_t>(file_count));
}

BOOST_AUTO_TEST_CASE(a_damaged_member_is_given_as_far_as_it_goes_in_every_way) {
  fx::TarBuilder tar;
  (void)tar.add_file("a", "aaa");
  (void)tar.add_file("big", std::string(200'000, 'b'));
  (void)tar.add_file("c", "c");
  fx::ByteVector packed = fx::gzip_stored(tar.build());
  packed.resize(150'000);
  const FileSystemPtr archive = open_bytes(packed, keeping_nothing());
  for (int round = 0; round < 6; ++round) {
    const SourcePtr big = must(archive->open(entry_at(*archive, "big").node, {}));
    std::vector<std::byte> begin(60'000);
    BOOST_TEST(is_ok(big->read(0, begin)));
    BOOST_TEST((begin == fx::ByteVector(60'000, std::byte{'b'})));
    BOOST_TEST(!big->read(140'000, begin).has_value());
    BOOST_TEST(content_at(*archive, "a") == "aaa");
  }
  BOOST_TEST(passes(archive) <= 4U);
  BOOST_TEST(findings_of(*archive).contains("archive-member-damaged"));
}

BOOST_AUTO_TEST_CASE(many_threads_read_at_the_same_time) {
  ArchiveOptions options = keeping_nothing();
  options.max_member_in_memory = 110;  // the others go to temporary files
  const FileSystemPtr archive = open_bytes(packed_tar(), options);
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < file_count; ++i) {
        const int which = (i * 7 + t * 11) % file_count;
        const auto dir = archive->lookup(archive->root(), u"DIR");
        const auto entry = archive->lookup((*dir)->node, *from_utf8(name_of(which).substr(4)));
        const auto text = read_file(*archive, (*entry)->node);
        wrong += text && *text == content_of(which) ? 0 : 1;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
