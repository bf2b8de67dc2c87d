// SPDX-License-Identifier: Apache-2.0
// Waiting for the end of operations.
#include "engine/dismapi/running_operations.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <optional>
#include <thread>

namespace casement::dismapi {
namespace {

BOOST_AUTO_TEST_SUITE(running_operations)

BOOST_AUTO_TEST_CASE(an_idle_session_is_not_waited_for) {
  RunningOperations operations;
  const RunningOperations::Mark other(operations, 3);
  operations.wait_until_idle(2);
}

BOOST_AUTO_TEST_CASE(waits_for_the_last_operation_of_the_session) {
  RunningOperations operations;
  std::optional<RunningOperations::Mark> first;
  std::optional<RunningOperations::Mark> second;
  first.emplace(operations, 2);
  second.emplace(operations, 2);
  std::atomic<bool> idle = false;
  std::thread thread([&] {
    operations.wait_until_idle(2);
    idle = true;
  });
  first.reset();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  BOOST_TEST(!idle.load());
  second.reset();
  thread.join();
  BOOST_TEST(idle.load());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::dismapi
