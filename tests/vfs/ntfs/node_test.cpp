// SPDX-License-Identifier: Apache-2.0
// Files whose attributes lie in one record or in many.
#include "vfs/ntfs/node.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>

#include "tests/support/matchers.h"
#include "tests/vfs/ntfs/counted_volume.h"
#include "vfs/ntfs/stream.h"
#include "vfs/source/memory_source.h"

namespace casement::ntfs {
namespace {

using fixture::BuiltNtfs;
using fixture::NtfsBuilder;
using fixture::NtfsData;
using fixture::NtfsStorage;
using test::CountedVolume;
using test::is_status;
using test::must;
using test::open_counted;
using test::pattern;

constexpr std::uint32_t data_type = 0x80;

/// A file of 40 runs over 4 records besides its own, with a stream that is in an extension record
/// only.
struct Extended {
  std::vector<std::byte> content = pattern(40 * 4096);
  BuiltNtfs built;
  std::uint32_t number = 0;

  Extended() {
    NtfsBuilder builder;
    builder
        .file("\\big", NtfsData{.bytes = content,
                                .storage = NtfsStorage::non_resident,
                                .fragments = 40,
                                .extensions = 4})
        .stream("away", NtfsData{.bytes = pattern(100, 2), .in_extension = true});
    built = builder.build_mapped();
    number = built.find("\\big").number;
  }

  /// Numbers of the records that extend it.
  std::vector<const BuiltNtfs::Record*> extensions() const {
    std::vector<const BuiltNtfs::Record*> found;
    for (const BuiltNtfs::Record& record : built.records) {
      if (record.base == number) {
        found.push_back(&record);
      }
    }
    return found;
  }
};

/// How many attributes of a file can be read.
std::uint64_t read_everything(const NtfsVolumePtr& volume, std::uint64_t number) {
  std::uint64_t found = 0;
  const auto node = NtfsNode::read(volume, {number});
  if (!node) {
    return 0;
  }
  for (const AttributeChain& chain : node->attributes()) {
    if (const auto source = open_attribute(*node, chain); source && (*source)->size() != 0) {
      std::vector<std::byte> bytes(std::min<std::uint64_t>((*source)->size(), 1U << 14));
      found += (*source)->read(0, bytes) ? 1 : 0;
    }
  }
  return found;
}

BOOST_AUTO_TEST_SUITE(node)

BOOST_AUTO_TEST_CASE(a_file_without_a_list_is_one_read) {
  NtfsBuilder builder;
  builder.file("\\a.txt", "content").stream("other", "more");
  const BuiltNtfs built = builder.build_mapped();
  const CountedVolume opened = open_counted(built.bytes);
  const NtfsNode node = opened.node(built.find("\\a.txt").number);
  BOOST_TEST(opened.source->reads() == 1U);
  BOOST_TEST(node.find(data_type, u"") != nullptr);
  BOOST_TEST(node.find(data_type, u"other") != nullptr);
  BOOST_TEST(node.find(data_type, u"another") == nullptr);
  BOOST_TEST(is_status(node.require(data_type, u"another"), Status::not_found));
  BOOST_TEST(node.reference().value == built.reference("\\a.txt"));
  BOOST_TEST(node.in_use());
  BOOST_TEST(!node.is_directory());
}

BOOST_AUTO_TEST_CASE(another_generation_is_not_found) {
  NtfsBuilder builder;
  builder.file("\\a.txt", "content").sequence(7);
  const BuiltNtfs built = builder.build_mapped();
  const CountedVolume opened = open_counted(built.bytes);
  const std::uint64_t number = built.find("\\a.txt").number;
  BOOST_TEST(test::is_ok(NtfsNode::read(opened.volume, FileReference::make(number, 7))));
  BOOST_TEST(test::is_ok(NtfsNode::read(opened.volume, FileReference::make(number, 0))));
  BOOST_TEST(
      is_status(NtfsNode::read(opened.volume, FileReference::make(number, 6)), Status::not_found));
}

BOOST_AUTO_TEST_CASE(a_deleted_file_can_be_read_as_such) {
  NtfsBuilder builder;
  builder.file("\\gone.txt", "content").deleted();
  const BuiltNtfs built = builder.build_mapped();
  const CountedVolume opened = open_counted(built.bytes);
  const auto record = std::ranges::find_if(built.records, [](const BuiltNtfs::Record& candidate) {
    return candidate.path == u"\\gone.txt";
  });
  BOOST_REQUIRE(record != built.records.end());
  const NtfsNode node = opened.node(record->number);
  BOOST_TEST(!node.in_use());
  BOOST_TEST(node.find(data_type, u"") != nullptr);
}

BOOST_AUTO_TEST_CASE(gives_all_names) {
  NtfsBuilder builder;
  const auto file = builder.file("\\long name.txt", "content").short_name("LONGNA~1.TXT");
  file.link(builder.directory("\\dir"), "link");
  const BuiltNtfs built = builder.build_mapped();
  const CountedVolume opened = open_counted(built.bytes);
  std::set<std::u16string> listed;
  std::set<std::u16string> hidden;
  const NtfsNode node = opened.node(built.find("\\long name.txt").number);
  for (const NtfsFileName& name : node.file_names()) {
    (name.is_listed() ? listed : hidden).insert(name.name());
  }
  BOOST_TEST((listed == std::set<std::u16string>{u"long name.txt", u"link"}));
  BOOST_TEST((hidden == std::set<std::u16string>{u"LONGNA~1.TXT"}));
}

BOOST_AUTO_TEST_CASE(reads_standard_information) {
  NtfsBuilder builder;
  builder.directory("\\dir").case_sensitive().attributes(0x2).usn(99);
  const BuiltNtfs built = builder.build_mapped();
  const CountedVolume opened = open_counted(built.bytes);
  const NtfsNode node = opened.node(built.find("\\dir").number);
  BOOST_TEST(node.is_directory());
  BOOST_TEST(node.standard_information().case_sensitive);
  BOOST_TEST((node.standard_information().attributes & 0x2U) != 0U);
  BOOST_TEST(node.standard_information().usn == 99U);
}

BOOST_AUTO_TEST_CASE(merges_the_records_of_a_list) {
  const Extended file;
  const CountedVolume opened = open_counted(file.built.bytes);
  const NtfsNode node = opened.node(file.number);
  const AttributeChain* data = must(node.require(data_type, u""));
  BOOST_TEST(data->more.size() == 4U);
  const RunList runs = load_runs(node, *data);
  BOOST_TEST(runs.runs().size() == 40U);
  BOOST_TEST(runs.end_vcn() == 40U);
  const AttributeChain* away = must(node.require(data_type, u"away"));
  BOOST_TEST(away->holder.record() != file.number);
  BOOST_TEST(opened.volume->findings().snapshot().empty());
}

BOOST_AUTO_TEST_CASE(a_list_costs_only_the_records_with_heads) {
  const Extended file;
  const CountedVolume opened = open_counted(file.built.bytes);
  (void)opened.node(file.number);
  // The base record and the one that "away" lies in; not those of further runs. A list with
  // clusters of its own is one more.
  BOOST_TEST(opened.source->reads() <= 3U);
}

BOOST_AUTO_TEST_CASE(an_extension_record_is_no_file) {
  const Extended file;
  const CountedVolume opened = open_counted(file.built.bytes);
  const auto extensions = file.extensions();
  BOOST_REQUIRE(!extensions.empty());
  const auto node = NtfsNode::read(opened.volume, {extensions.front()->number});
  BOOST_TEST(is_status(node, Status::not_found));
  BOOST_TEST(test::mentions(node.error().message(), {"extends record"}));
}

BOOST_AUTO_TEST_CASE(each_lost_extension_leaves_the_rest) {
  const Extended file;
  for (const BuiltNtfs::Record* lost : file.extensions()) {
    BuiltNtfs built = file.built;
    std::fill_n(built.bytes.begin() + static_cast<std::ptrdiff_t>(lost->offset), 1024,
                std::byte{0xEE});
    const CountedVolume opened = open_counted(built.bytes);
    const NtfsNode node = opened.node(file.number);
    const AttributeChain* data = must(node.require(data_type, u""));
    const RunList runs = load_runs(node, *data);
    const auto away = node.require(data_type, u"away");
    // Either some runs are gone or the other stream is.
    BOOST_TEST((runs.runs().size() < 40U) == away.has_value());
    BOOST_TEST(runs.runs().size() >= 20U);
    if (away) {
      BOOST_TEST(opened.has_finding("extent-missing"));
    } else {
      BOOST_TEST(is_status(away, Status::corrupt));
      BOOST_TEST(opened.has_finding("extension-missing"));
    }
  }
}

BOOST_AUTO_TEST_CASE(an_extension_of_another_file_is_refused) {
  Extended file;
  for (const BuiltNtfs::Record* record : file.extensions()) {
    file.built.edit_record(record->offset, [](std::span<std::byte> bytes) {
      fixture::put_u64(bytes, 32, 0x0005'0000'0000'0005);
    });
  }
  const CountedVolume opened = open_counted(file.built.bytes);
  const NtfsNode node = opened.node(file.number);
  BOOST_TEST(is_status(node.require(data_type, u"away"), Status::corrupt));
  BOOST_TEST(load_runs(node, *must(node.require(data_type, u""))).runs().size() < 40U);
}

BOOST_AUTO_TEST_CASE(reads_a_list_with_clusters_of_its_own) {
  NtfsBuilder builder;
  builder.file("\\a", NtfsData{.bytes = pattern(100), .in_extension = true}).non_resident_list();
  const BuiltNtfs built = builder.build_mapped();
  const CountedVolume opened = open_counted(built.bytes);
  const NtfsNode node = opened.node(built.find("\\a").number);
  BOOST_TEST(must(node.require(data_type, u""))->head.size() == 100U);
  BOOST_TEST(opened.volume->findings().snapshot().empty());
}

BOOST_AUTO_TEST_CASE(a_list_beyond_the_limit_is_not_read) {
  NtfsBuilder builder;
  builder.file("\\a", NtfsData{.bytes = pattern(100), .in_extension = true}).non_resident_list();
  const BuiltNtfs built = builder.build_mapped();
  Limits limits;
  limits.max_attribute_list_size = 16;
  const CountedVolume opened = open_counted(built.bytes, limits);
  const NtfsNode node = opened.node(built.find("\\a").number);
  BOOST_TEST(opened.has_finding("attribute-list-damaged"));
  BOOST_TEST(is_status(node.require(data_type, u""), Status::limit_exceeded));
  BOOST_TEST(!node.file_names().empty());
}

BOOST_AUTO_TEST_CASE(damaged_attributes_do_not_hide_others) {
  NtfsBuilder builder;
  builder.file("\\a", "content");
  BuiltNtfs built = builder.build_mapped();
  const BuiltNtfs::Record record = built.find("\\a");
  const std::size_t name = built.attribute_offset(record, 0x30);
  built.edit_record(record.offset, [name](std::span<std::byte> bytes) {
    fixture::put_u16(bytes, name + 20, 0xFFF0);  // the offset of its value
  });
  const CountedVolume opened = open_counted(built.bytes);
  const NtfsNode node = opened.node(record.number);
  BOOST_TEST(node.find(data_type, u"") != nullptr);
  BOOST_TEST(node.file_names().empty());
  BOOST_TEST(opened.has_finding("attribute-damaged"));
}

BOOST_AUTO_TEST_CASE(survives_any_flipped_byte_of_its_records) {
  const Extended file;
  std::vector<std::size_t> offsets = {file.built.record(file.number).offset};
  offsets.push_back(file.extensions().front()->offset);
  const SourcePtr base = make_memory_source(file.built.bytes, "volume");
  std::uint64_t found = 0;
  for (const std::size_t place : offsets) {
    for (std::size_t at = 0; at < 480; at += 3) {
      for (const unsigned flip : {0x01U, 0x80U, 0xFFU}) {
        std::vector<std::byte> record(1024);
        BOOST_REQUIRE(test::is_ok(base->read(place, record)));
        record[at] ^= static_cast<std::byte>(flip);
        const auto volume = must(NtfsVolume::open(test::replace_bytes(base, place, record), {}));
        found += read_everything(volume, file.number);
      }
    }
  }
  BOOST_TEST(found > 1000U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
