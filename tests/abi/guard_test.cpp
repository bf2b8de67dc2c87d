// SPDX-License-Identifier: Apache-2.0
// Failures and exceptions at the edge.
#include "engine/dismapi/guard.h"

#include <boost/test/unit_test.hpp>
#include <new>
#include <stdexcept>

namespace casement::dismapi {
namespace {

BOOST_AUTO_TEST_SUITE(guarding)

HRESULT run(Remember remember, const auto& body) {
  return guard(Function::DismOpenSession, remember, body);
}

BOOST_AUTO_TEST_CASE(success_is_s_ok_and_leaves_the_message) {
  remember_message("before");
  BOOST_TEST(run(Remember::yes, [] { return Result<void>(); }) == S_OK);
  BOOST_TEST((last_message() == u"before"));
}

BOOST_AUTO_TEST_CASE(an_error_gives_its_status_and_its_whole_message) {
  const HRESULT result = run(Remember::yes, []() -> Result<void> {
    return std::unexpected(Error(Status::access_denied, "inner").context("outer"));
  });
  BOOST_TEST(result == HRESULT_FROM_WIN32(ERROR_ACCESS_DENIED));
  BOOST_TEST((last_message() == u"outer: inner"));
}

BOOST_AUTO_TEST_CASE(no_exception_leaves) {
  BOOST_TEST(run(Remember::yes, []() -> Result<void> { throw std::bad_alloc(); }) == E_OUTOFMEMORY);
  BOOST_TEST((last_message().value().find(u"memory") != std::u16string::npos));
  BOOST_TEST(run(Remember::yes, []() -> Result<void> { throw std::logic_error("x"); }) ==
             E_UNEXPECTED);
  BOOST_TEST((last_message().value().find(u"defect") != std::u16string::npos));
  BOOST_TEST(run(Remember::yes, []() -> Result<void> { throw 1; }) == E_UNEXPECTED);
}

BOOST_AUTO_TEST_CASE(functions_that_leave_no_message_leave_none) {
  remember_message("before");
  const auto failing = []() -> Result<void> { return fail(Status::corrupt, "not this"); };
  BOOST_TEST(run(Remember::no, failing) < 0);
  BOOST_TEST(run(Remember::no, []() -> Result<void> { throw std::bad_alloc(); }) == E_OUTOFMEMORY);
  BOOST_TEST(run(Remember::no, []() -> Result<void> { throw 1; }) == E_UNEXPECTED);
  BOOST_TEST((last_message() == u"before"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::dismapi
