// SPDX-License-Identifier: Apache-2.0
// Initializing and shutting down libraries of their own.
#include "engine/dismapi/library.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <optional>
#include <thread>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "vfs/core/utf16.h"

namespace casement::dismapi {
namespace {

using test::is_ok;
using test::is_status;
using test::must;

BOOST_AUTO_TEST_SUITE(library)

BOOST_AUTO_TEST_CASE(lives_once_at_a_time) {
  Library library;
  BOOST_TEST(is_status(library.enter(), not_initialized));
  BOOST_TEST(is_status(library.shut_down(), not_initialized));
  for (int round = 0; round < 2; ++round) {
    BOOST_TEST(is_ok(library.initialize(DismLogErrors, std::nullopt)));
    BOOST_TEST(is_status(library.initialize(DismLogErrors, std::nullopt), already_initialized));
    BOOST_TEST(is_ok(library.enter()));
    BOOST_TEST(is_ok(library.shut_down()));
    BOOST_TEST(is_status(library.enter(), not_initialized));
  }
}

BOOST_AUTO_TEST_CASE(works_without_the_log_that_cannot_be_opened) {
  const test::TempDir dir;
  Library library;
  BOOST_TEST(is_status(library.initialize(DismLogErrors, from_utf8(dir.path())), logging_disabled));
  library.log(Severity::error, [] { return std::string("nowhere"); });
  BOOST_TEST(is_ok(library.enter()));
  BOOST_TEST(is_ok(library.shut_down()));
}

BOOST_AUTO_TEST_CASE(shutting_down_waits_for_calls_and_lets_none_in) {
  Library library;
  must(library.initialize(DismLogErrors, std::nullopt));
  std::optional<Library::Call> running(must(library.enter()));
  std::atomic<bool> down = false;
  std::thread thread([&] {
    BOOST_TEST(is_ok(library.shut_down()));
    down = true;
  });
  // It has begun when calls are refused.
  while (library.enter()) {
    std::this_thread::yield();
  }
  BOOST_TEST(is_status(library.enter(), shutdown_in_progress));
  BOOST_TEST(is_status(library.shut_down(), shutdown_in_progress));
  BOOST_TEST(is_status(library.initialize(DismLogErrors, std::nullopt), already_initialized));
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  BOOST_TEST(!down.load());
  running.reset();
  thread.join();
  BOOST_TEST(down.load());
  BOOST_TEST(is_status(library.enter(), not_initialized));
}

BOOST_AUTO_TEST_CASE(a_call_that_was_moved_ends_once) {
  Library library;
  must(library.initialize(DismLogErrors, std::nullopt));
  {
    Library::Call first = must(library.enter());
    const Library::Call second = std::move(first);
  }
  BOOST_TEST(is_ok(library.shut_down()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::dismapi
