// SPDX-License-Identifier: Apache-2.0
// Which wcp.dll the base of compressed manifests is taken from.
#include "engine/inspect/base_manifest.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "fixtures/build/pe_builder.h"
#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"

namespace casement::test {
namespace {

const std::string store = "Windows/WinSxS/";
const std::string name = "_microsoft-windows-servicingstack_31bf3856ad364e35_";

/// A wcp.dll with that base.
fixture::ByteVector wcp(const std::string& base, std::uint16_t language = 0x0409) {
  return fixture::build_pe({.dll = true,
                            .resources = {{.type = std::uint16_t{614},
                                           .name = std::uint16_t{1},
                                           .language = language,
                                           .data = fixture::ascii_bytes(base)}}});
}

std::string stack(const std::string& version, const std::string& architecture = "amd64") {
  return store + architecture + name + version + "_none_0123456789abcdef/wcp.dll";
}

Result<std::string> base_of(const fixture::Tree& tree) {
  const std::vector<std::byte> bytes = CASEMENT_TRY(read_base_manifest(*open_tree(tree)));
  std::string text;
  for (const std::byte byte : bytes) {
    text += static_cast<char>(byte);
  }
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(base_manifest)

BOOST_AUTO_TEST_CASE(is_that_of_the_newest_servicing_stack_by_number_and_not_by_text) {
  fixture::Tree tree = small_windows();
  tree.add_file(stack("10.0.19041.900"), wcp("older"));
  tree.add_file(stack("10.0.19041.3745"), wcp("newest", 0));
  tree.add_file(stack("6.3.9600.17031"), wcp("oldest"));
  BOOST_TEST(must(base_of(tree)) == "newest");
}

BOOST_AUTO_TEST_CASE(is_found_for_every_architecture) {
  for (const char* architecture : {"x86", "amd64", "arm64", "AMD64"}) {
    fixture::Tree tree = small_windows();
    tree.add_file(stack("10.0.22621.1", architecture), wcp("base"));
    BOOST_TEST(must(base_of(tree)) == "base");
  }
}

BOOST_AUTO_TEST_CASE(folders_of_other_components_are_not_looked_into) {
  fixture::Tree tree = small_windows();
  tree.add_file(store +
                    "amd64_microsoft-windows-servicingstack-msg_31bf3856ad364e35_10.0.1.1_x/"
                    "wcp.dll",
                wcp("of another"));
  tree.add_file(store + "amd64" + name + "10.0.19041_none_0/wcp.dll", wcp("three numbers"));
  tree.add_file(store + "amd64" + name + "10.0.19041.1.2_none_0/wcp.dll", wcp("five numbers"));
  tree.add_file(store + "amd64" + name + "10.0.99999999999.1_none_0/wcp.dll", wcp("too large"));
  tree.add_file(store + "microsoft-windows-servicingstack/wcp.dll", wcp("no architecture"));
  tree.add_file(store + "amd64_microsoft-windows-servicingstack_/wcp.dll", wcp("cut"));
  const auto base = base_of(tree);
  BOOST_TEST(is_status(base, Status::not_found));
  BOOST_TEST(mentions(base.error().message(), {"614", "0 servicing stacks", "WinSxS", "System32"}));
}

BOOST_AUTO_TEST_CASE(an_older_stack_stands_in_for_one_without_a_base) {
  fixture::Tree tree = small_windows();
  tree.add_file(store + "amd64" + name + "10.0.4.4_none_0/other.dll", "no wcp.dll here");
  tree.add_file(stack("10.0.3.3"), fixture::build_pe({.dll = true}));
  tree.add_file(stack("10.0.2.2"), "not a program");
  tree.add_file(stack("10.0.1.1"), wcp("oldest"));
  BOOST_TEST(must(base_of(tree)) == "oldest");
}

BOOST_AUTO_TEST_CASE(may_lie_in_system32) {
  fixture::Tree tree = small_windows();
  tree.add_file("Windows/System32/wcp.dll", wcp("of System32"));
  BOOST_TEST(must(base_of(tree)) == "of System32");
  tree.add_file(stack("6.2.9200.16384"), wcp("of the store"));
  BOOST_TEST(must(base_of(tree)) == "of the store");
}

BOOST_AUTO_TEST_CASE(what_is_there_and_damaged_is_not_called_absent) {
  fixture::Tree tree = small_windows();
  tree.add_file(stack("10.0.1.1"), "MZ, but not a program");
  const auto base = base_of(tree);
  BOOST_TEST(is_status(base, Status::truncated));
  BOOST_TEST(mentions(base.error().message(), {"base of compressed manifests", "wcp.dll"}));
}

BOOST_AUTO_TEST_CASE(an_image_without_a_store_has_none) {
  BOOST_TEST(is_status(base_of(small_windows()), Status::not_found));
}

BOOST_AUTO_TEST_CASE(a_base_over_the_limit_is_refused) {
  fixture::Tree tree = small_windows();
  tree.add_file(stack("10.0.1.1"), wcp(std::string(max_base_manifest + 1, 'x')));
  BOOST_TEST(is_status(base_of(tree), Status::limit_exceeded));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
