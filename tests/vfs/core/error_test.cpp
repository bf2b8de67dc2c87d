// SPDX-License-Identifier: Apache-2.0
#include "vfs/core/error.h"

#include "tests/support/matchers.h"
#include "vfs/core/diagnostics.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

Result<int> half(int value) {
  if (value % 2 != 0) {
    return fail(Status::corrupt, "odd");
  }
  return value / 2;
}

Result<int> quarter(int value) {
  const int once = CASEMENT_TRY(half(value));
  return half(once).with_context([] { return std::string("second half"); });
}

Result<void> check(int value) {
  CASEMENT_TRY(quarter(value));
  return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(error)

BOOST_AUTO_TEST_CASE(message_lists_frames_from_the_outside) {
  const Error inner(Status::truncated, "record 5: 4096 > 968");
  const Error outer = Error(inner).context("volume 2").context("open C.vhdx");
  BOOST_TEST(outer.message() == "open C.vhdx: volume 2: record 5: 4096 > 968");
  BOOST_TEST(outer.status() == Status::truncated);
  BOOST_TEST(outer.root_message() == "record 5: 4096 > 968");
  BOOST_TEST(outer.site().line() == inner.site().line());
  BOOST_TEST(inner.message() == "record 5: 4096 > 968");  // frames are shared, not changed
}

BOOST_AUTO_TEST_CASE(try_passes_values_and_returns_errors) {
  BOOST_TEST(must(quarter(8)) == 2);
  BOOST_TEST(is_status(quarter(3), Status::corrupt));
  BOOST_TEST(quarter(3).error().message() == "odd");
  BOOST_TEST(quarter(6).error().message() == "second half: odd");
  BOOST_TEST(is_ok(check(8)));
  BOOST_TEST(is_status(check(6), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(statuses_are_hresults) {
  BOOST_TEST(static_cast<std::uint32_t>(Status::not_found) == 0x80070002U);
  BOOST_TEST(static_cast<std::uint32_t>(Status::already_exists) == 0x800700B7U);
  BOOST_TEST(static_cast<std::uint32_t>(Status::unsupported) == 0x80070032U);
  BOOST_TEST(status_name(Status::corrupt) == std::string("corrupt"));
  BOOST_TEST(status_name(Status{-1}) == std::string("status"));
}

BOOST_AUTO_TEST_CASE(diagnostics_are_bounded) {
  Diagnostics findings;
  for (std::size_t i = 0; i < Diagnostics::max_kept + 5; ++i) {
    findings.add(Severity::note, "code", "text");
  }
  BOOST_TEST(findings.items().size() == Diagnostics::max_kept);
  BOOST_TEST(findings.dropped() == 5U);
}

BOOST_AUTO_TEST_SUITE_END()
