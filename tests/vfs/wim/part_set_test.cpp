// SPDX-License-Identifier: Apache-2.0
#include "vfs/wim/part_set.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/vfs/wim/wim_support.h"
#include "vfs/wim/part_names.h"

namespace casement::wim {
namespace {

using test::has_finding;
using test::is_status;
using test::MemoryFolder;
using test::mentions;
using test::must;
using test::name_parts;
using test::RawBytes;

std::vector<RawBytes> make_parts(const char* guid = "set") {
  fixture::WimBuilder builder({.part_size = 20'000, .guid = fixture::derived_guid(guid)});
  for (unsigned i = 0; i < 5; ++i) {
    builder.file("\\" + std::to_string(i), test::noise_of_size(15'000, i + 1));
  }
  auto parts = builder.build_parts();
  BOOST_REQUIRE_GE(parts.size(), 4U);
  return parts;
}

const std::vector<RawBytes>& parts() {
  static const std::vector<RawBytes> made = make_parts();
  return made;
}

struct Found {
  PartSet set;
  Diagnostics findings;

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const WimPart& part : set.parts) {
      names.push_back(part.name);
    }
    return names;
  }
};

Found find(std::shared_ptr<const ImageFolder> folder, const std::string& name) {
  Found found;
  const WimLocation location{.source = must(folder->find(name)), .name = name, .folder = folder};
  found.set = must(find_parts(location, found.findings));
  return found;
}

Found find(const MemoryFolder::Files& files, const std::string& name) {
  return find(std::make_shared<MemoryFolder>(files), name);
}

/// A folder whose files cannot be listed; counts what is looked for.
class UnlistedFolder final : public ImageFolder {
 public:
  explicit UnlistedFolder(const MemoryFolder::Files& files) : inner_(files) {}
  Result<SourcePtr> find(std::string_view relative) const override {
    ++lookups;
    return inner_.find(relative);
  }
  ImageFolderPtr folder_of(std::string_view relative) const override {
    return inner_.folder_of(relative);
  }
  std::string describe() const override { return "unlisted"; }
  std::optional<std::string> host_path(std::string_view /*relative*/) const override {
    return std::nullopt;
  }

  mutable std::size_t lookups = 0;

 private:
  MemoryFolder inner_;
};

BOOST_AUTO_TEST_SUITE(part_set)

BOOST_AUTO_TEST_CASE(names_count_behind_the_stem_from_part_2_on) {
  using Names = std::vector<std::string>;
  BOOST_TEST(PartNames::from("install.swm", 1).of(3) == Names{"install3.swm"},
             boost::test_tools::per_element());
  BOOST_TEST(PartNames::from("install12.swm", 12).of(1) == (Names{"install.swm", "install1.swm"}),
             boost::test_tools::per_element());
  BOOST_TEST(PartNames::from("a1.b.swm", 1).of(2) == Names{"a1.b2.swm"},
             boost::test_tools::per_element());
  BOOST_TEST(PartNames::from("disk1.SWM", 1).of(2) == (Names{"disk12.SWM", "disk2.SWM"}),
             boost::test_tools::per_element());
  BOOST_TEST(PartNames::from("other.swm", 2).of(1).empty());
  BOOST_TEST(PartNames::from("noextension", 1).of(2) == Names{"noextension2"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(files_of_the_same_kind_may_be_parts) {
  BOOST_TEST(may_be_part("a.swm", "x.wim"));
  BOOST_TEST(may_be_part("a.SWM2", "x.wim"));
  BOOST_TEST(may_be_part("a.WIM", "x.wim"));
  BOOST_TEST(!may_be_part("a.swmx", "x.wim"));
  BOOST_TEST(!may_be_part("a", "x"));
  BOOST_TEST(!may_be_part("a.txt", "x.wim"));
}

BOOST_AUTO_TEST_CASE(finds_all_parts_from_any_of_them) {
  const auto files = name_parts(parts(), "install");
  for (const auto& [name, unused] : files) {
    const Found found = find(files, name);
    BOOST_REQUIRE_EQUAL(found.set.parts.size(), parts().size());
    BOOST_TEST(found.set.part_count == parts().size());
    BOOST_TEST(found.findings.empty());
    for (std::size_t i = 0; i < parts().size(); ++i) {
      BOOST_TEST(found.set.parts[i].number() == i + 1);
    }
    BOOST_TEST(found.set.find(2)->name == "install2.swm");
    BOOST_TEST(found.set.find(0) == nullptr);
    BOOST_TEST(found.set.find(static_cast<std::uint16_t>(parts().size() + 1)) == nullptr);
  }
}

BOOST_AUTO_TEST_CASE(finds_names_without_regard_to_case_and_with_a_first_number) {
  MemoryFolder::Files files = {{"Install1.SWM", parts()[0]}, {"INSTALL2.swm", parts()[1]}};
  for (std::size_t i = 2; i < parts().size(); ++i) {
    files.emplace("install" + std::to_string(i + 1) + ".swm", parts()[i]);
  }
  BOOST_TEST(find(files, "Install1.SWM").findings.empty());
  BOOST_TEST(find(files, "install3.swm").findings.empty());
}

BOOST_AUTO_TEST_CASE(finds_parts_by_guid_when_names_do_not_fit) {
  MemoryFolder::Files files = {{"readme.txt", RawBytes(10)}, {"other.swm", make_parts("other")[1]}};
  for (std::size_t i = 0; i < parts().size(); ++i) {
    files.emplace(std::string(1, static_cast<char>('a' + i)) + ".swm", parts()[i]);
  }
  const Found found = find(files, "c.swm");
  BOOST_TEST(found.set.parts.size() == parts().size());
  BOOST_TEST(found.findings.empty());
}

BOOST_AUTO_TEST_CASE(ignores_files_of_other_sets_that_have_the_name_of_a_part) {
  auto files = name_parts(parts(), "install");
  files["install2.swm"] = make_parts("other")[1];
  files["install3.swm"] = RawBytes(1000);
  files["elsewhere.swm"] = parts()[1];
  const Found found = find(files, "install.swm");
  BOOST_TEST(found.set.find(2)->name == "elsewhere.swm");
  BOOST_TEST(found.set.find(3) == nullptr);
  const std::string text = test::finding_texts(found.findings);
  BOOST_TEST(mentions(
      text, {"wim-part-foreign", "install2.swm", "GUID", "install3.swm", "wim-part-missing"}));
}

BOOST_AUTO_TEST_CASE(ignores_parts_of_another_split_of_the_same_wim) {
  auto files = name_parts(parts(), "install");
  fixture::put_u16(files["install2.swm"], fixture::wim_header_offset::total_parts, 9);
  const Found found = find(files, "install.swm");
  BOOST_TEST(found.set.find(2) == nullptr);
  BOOST_TEST(mentions(test::finding_texts(found.findings),
                      {"wim-part-foreign", "part 2 of 9", "wim-part-missing"}));
}

BOOST_AUTO_TEST_CASE(tells_missing_parts_in_one_finding) {
  auto files = name_parts(parts(), "install");
  files.erase("install2.swm");
  files.erase("install3.swm");
  const Found found = find(files, "install.swm");
  BOOST_REQUIRE_EQUAL(found.findings.items().size(), 1U);
  BOOST_TEST(found.findings.items()[0].code == "wim-part-missing");
  BOOST_TEST(mentions(found.findings.items()[0].text, {"part 2-3 of"}));
}

BOOST_AUTO_TEST_CASE(looks_at_few_names_where_the_folder_cannot_be_listed) {
  const auto all = std::make_shared<UnlistedFolder>(name_parts(parts(), "install"));
  BOOST_TEST(find(all, "install2.swm").findings.empty());

  MemoryFolder::Files files = {{"install.swm", parts()[0]}};
  fixture::put_u16(files["install.swm"], fixture::wim_header_offset::total_parts, 65535);
  const auto huge = std::make_shared<UnlistedFolder>(files);
  BOOST_TEST(has_finding(find(huge, "install.swm").findings, "wim-part-missing"));
  BOOST_TEST(huge->lookups < 100U);
  BOOST_TEST(has_finding(find(files, "install.swm").findings, "wim-part-missing"));
}

BOOST_AUTO_TEST_CASE(a_wim_that_is_not_split_has_no_others) {
  fixture::WimBuilder builder({.guid = fixture::derived_guid("set")});
  builder.file("\\a", "content");
  const auto folder = std::make_shared<UnlistedFolder>(
      MemoryFolder::Files{{"install.wim", builder.build()}, {"install2.wim", parts()[1]}});
  const Found found = find(folder, "install.wim");
  BOOST_TEST(found.set.parts.size() == 1U);
  BOOST_TEST(folder->lookups == 1U);  // our own
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
