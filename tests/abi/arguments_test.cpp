// SPDX-License-Identifier: Apache-2.0
// Checks of arguments on a library of its own, without sessions.
#include "engine/dismapi/arguments.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"

namespace casement::dismapi {
namespace {

using test::is_ok;
using test::is_status;
using test::mentions;
using test::must;

struct InitializedLibrary {
  InitializedLibrary() { must(library.initialize(DismLogErrors, std::nullopt)); }
  ~InitializedLibrary() { BOOST_TEST(is_ok(library.shut_down())); }
  InitializedLibrary(const InitializedLibrary&) = delete;
  InitializedLibrary& operator=(const InitializedLibrary&) = delete;

  Library library;
};

DismString* junk() {
  static DismString string{};
  return &string;
}

BOOST_FIXTURE_TEST_SUITE(arguments, InitializedLibrary)

BOOST_AUTO_TEST_CASE(right_arguments_pass) {
  DismString* string = junk();
  UINT count = 5;
  Arguments checks(library);
  checks.out(&string, "String")
      .out_count(&count)
      .text(u"text", "Text")
      .optional_text(nullptr, "Other")
      .texts(nullptr, 0, "Texts")
      .range(2, 2, "Value");
  BOOST_TEST(is_ok(checks.finish()));
  BOOST_TEST((string == nullptr));
  BOOST_TEST(count == 0U);
}

BOOST_AUTO_TEST_CASE(the_first_failure_is_kept) {
  Arguments checks(library);
  checks.text(nullptr, "First").text(u"", "Second").session(7).range(9, 1, "Third");
  const Result<void> outcome = checks.finish();
  BOOST_TEST(is_status(outcome, Status::invalid_argument));
  BOOST_TEST(mentions(outcome.error().message(), {"First"}));
}

BOOST_AUTO_TEST_CASE(out_parameters_are_zeroed_behind_a_failure) {
  DismString* string = junk();
  DismString* optional = junk();
  UINT count = 5;
  DWORD value = 5;
  Arguments checks(library);
  checks.out(static_cast<DismString**>(nullptr), "Missing")
      .out(&string, "String")
      .out_count(&count)
      .optional_out(&optional)
      .out_value(&value, "Value");
  BOOST_TEST(is_status(checks.finish(), Status::invalid_argument));
  BOOST_TEST((string == nullptr));
  BOOST_TEST((optional == nullptr));
  BOOST_TEST(count == 0U);
  BOOST_TEST(value == 5U);
}

BOOST_AUTO_TEST_CASE(unknown_sessions_are_refused) {
  for (const DismSession session : {0U, 2U, 0xFFFFFFFFU}) {
    Arguments checks(library);
    checks.session(session);
    BOOST_TEST(is_status(checks.finish(), invalid_session));
  }
}

BOOST_AUTO_TEST_CASE(values_have_a_range) {
  for (const std::int64_t value : {std::int64_t{-1}, std::int64_t{3}}) {
    Arguments checks(library);
    checks.range(value, 2, "Value");
    const Result<void> outcome = checks.finish();
    BOOST_TEST(is_status(outcome, Status::invalid_argument));
    BOOST_TEST(mentions(outcome.error().message(), {"Value", "0 to 2"}));
  }
}

BOOST_AUTO_TEST_CASE(a_kind_of_package_counts_only_with_a_name) {
  Arguments unnamed(library);
  unnamed.optional_package(nullptr, static_cast<DismPackageIdentifier>(9))
      .optional_package(u"", DismPackageNone);
  BOOST_TEST(is_ok(unnamed.finish()));
  Arguments named(library);
  named.optional_package(u"x", DismPackageNone);
  BOOST_TEST(is_status(named.finish(), Status::invalid_argument));
}

BOOST_AUTO_TEST_CASE(nothing_passes_when_the_library_is_not_initialized) {
  Library down;
  UINT count = 5;
  Arguments checks(down);
  checks.out_count(&count).text(nullptr, "Text");
  BOOST_TEST(is_status(checks.finish(), not_initialized));
  BOOST_TEST(count == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::dismapi
