// SPDX-License-Identifier: Apache-2.0
#include "vfs/ntfs/names.h"

#include <boost/test/unit_test.hpp>

namespace casement::ntfs {
namespace {

constexpr FileReference file_a = {0x0001'0000'0000'0030};
constexpr FileReference file_b = {0x0001'0000'0000'0031};
constexpr FileReference here = {0x0005'0000'0000'0005};
constexpr FileReference elsewhere = {0x0001'0000'0000'0040};

StoredName stored(FileReference file, FileReference parent, NtfsNameSpace name_space,
                  std::u16string name) {
  return {file, parent, name_space, std::move(name), NodeKind::file};
}

BOOST_AUTO_TEST_SUITE(names)

BOOST_AUTO_TEST_CASE(gives_a_dos_name_to_the_win32_name_of_its_file) {
  const auto listed = pair_names({stored(file_a, here, NtfsNameSpace::dos, u"LONGNA~1"),
                                  stored(file_b, here, NtfsNameSpace::win32, u"long name b"),
                                  stored(file_a, here, NtfsNameSpace::win32, u"long name a")});
  BOOST_REQUIRE_EQUAL(listed.size(), 2U);
  BOOST_TEST((listed[0].name == u"long name b"));
  BOOST_TEST(listed[0].short_name.empty());
  BOOST_TEST((listed[1].name == u"long name a"));
  BOOST_TEST((listed[1].short_name == u"LONGNA~1"));
}

BOOST_AUTO_TEST_CASE(does_not_pair_across_directories) {
  const auto listed = pair_names({stored(file_a, elsewhere, NtfsNameSpace::win32, u"hard link"),
                                  stored(file_a, here, NtfsNameSpace::dos, u"NAME~1"),
                                  stored(file_a, here, NtfsNameSpace::win32, u"name of it")});
  BOOST_REQUIRE_EQUAL(listed.size(), 2U);
  BOOST_TEST(listed[0].short_name.empty());
  BOOST_TEST((listed[1].short_name == u"NAME~1"));
}

BOOST_AUTO_TEST_CASE(pairs_with_win32_names_only) {
  const auto listed = pair_names({stored(file_a, here, NtfsNameSpace::posix, u"a link"),
                                  stored(file_a, here, NtfsNameSpace::dos, u"NAME~1"),
                                  stored(file_a, here, NtfsNameSpace::win32, u"the name")});
  BOOST_REQUIRE_EQUAL(listed.size(), 2U);
  BOOST_TEST(listed[0].short_name.empty());
  BOOST_TEST((listed[1].short_name == u"NAME~1"));
}

BOOST_AUTO_TEST_CASE(a_dos_name_alone_is_a_name) {
  const auto listed = pair_names({stored(file_a, here, NtfsNameSpace::dos, u"ALONE~1"),
                                  stored(file_b, here, NtfsNameSpace::win32_and_dos, u"BOTH")});
  BOOST_REQUIRE_EQUAL(listed.size(), 2U);
  BOOST_TEST((listed[0].name == u"ALONE~1"));
  BOOST_TEST((listed[1].name == u"BOTH"));
}

BOOST_AUTO_TEST_CASE(of_two_dos_names_one_stays_a_name) {
  const auto listed = pair_names({stored(file_a, here, NtfsNameSpace::win32, u"zzz"),
                                  stored(file_a, here, NtfsNameSpace::win32, u"aaa"),
                                  stored(file_a, here, NtfsNameSpace::dos, u"ONE"),
                                  stored(file_a, here, NtfsNameSpace::dos, u"TWO")});
  BOOST_REQUIRE_EQUAL(listed.size(), 3U);
  BOOST_TEST(listed[0].short_name.empty());
  BOOST_TEST((listed[1].short_name == u"ONE"));
  BOOST_TEST((listed[2].name == u"TWO"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
