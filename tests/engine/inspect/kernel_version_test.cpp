// SPDX-License-Identifier: Apache-2.0
// What the kernel says of its version, beside what the registry says of the build.
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdint>

#include "fixtures/build/pe_builder.h"
#include "fixtures/build/pe_version.h"
#include "tests/engine/inspect/identity_support.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

/// `small` with a kernel of that version.
fixture::Tree with_kernel(const SmallWindows& small, std::array<std::uint16_t, 4> version) {
  fixture::Tree tree = small.tree();
  tree.add_file(
      "Windows/System32/ntoskrnl.exe",
      fixture::build_pe(
          {.resources = {fixture::version_resource({.file = version, .product = version})}}));
  return tree;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kernel_version)

BOOST_AUTO_TEST_CASE(the_kernel_says_its_version) {
  SmallWindows small;
  small.current_version.set_string("CurrentBuildNumber", "22631");
  const Identity identity = identity_of(with_kernel(small, {10, 0, 22631, 2861}));
  BOOST_TEST(file_version_text(identity.kernel_version.value().value) == "10.0.22631.2861");
  BOOST_TEST(identity.kernel_version->evidence.path == "\\Windows\\System32\\ntoskrnl.exe");
  BOOST_TEST(identity.diagnostics.empty());
  BOOST_TEST(!identity_of(small.tree()).kernel_version.has_value());  // without a version resource
}

BOOST_AUTO_TEST_CASE(a_kernel_of_another_build_is_a_conflict) {
  SmallWindows small;
  small.current_version.set_string("CurrentBuildNumber", "19045")
      .set_string("BuildLabEx", "18362.1.amd64fre.19h1_release.190318-1202");
  const Identity identity = identity_of(with_kernel(small, {10, 0, 19041, 3803}));
  BOOST_TEST(has_finding(identity.diagnostics, "conflict", "10.0.19041.3803"));
  BOOST_TEST(has_finding(identity.diagnostics, "conflict", "19045"));
  BOOST_TEST(to_utf8(identity.build.value().value) == "19045");
}

BOOST_AUTO_TEST_CASE(an_enablement_package_leaves_the_kernel_at_the_build_of_the_lab) {
  SmallWindows small;
  small.current_version.set_string("CurrentBuildNumber", "19045")
      .set_string("BuildLabEx", "19041.1.amd64fre.vb_release.191206-1406");
  const Identity identity = identity_of(with_kernel(small, {10, 0, 19041, 3803}));
  BOOST_TEST(identity.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(a_kernel_with_a_damaged_version_is_reported) {
  SmallWindows small;
  fixture::Tree tree = small.tree();
  tree.add_file("Windows/System32/ntoskrnl.exe",
                fixture::build_pe({.resources = {{.type = std::uint16_t{16},
                                                  .name = std::uint16_t{1},
                                                  .data = fixture::ByteVector(3)}}}));
  const Identity identity = identity_of(tree);
  BOOST_TEST(!identity.kernel_version.has_value());
  BOOST_TEST(has_finding(identity.diagnostics, "resource-unreadable", "ntoskrnl.exe"));
  BOOST_TEST((identity.architecture.value().value == Architecture::amd64));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
