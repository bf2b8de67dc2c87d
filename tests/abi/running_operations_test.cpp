// SPDX-License-Identifier: Apache-2.0
// Turns of operations, and waiting for their end.
#include "engine/dismapi/running_operations.h"

#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <optional>
#include <thread>
#include <vector>

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

BOOST_AUTO_TEST_CASE(operations_of_a_session_come_one_after_the_other) {
  RunningOperations operations;
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 50; ++round) {
        const RunningOperations::Mark mark(operations, 2);
        most = std::max(most.load(), ++inside);
        std::this_thread::yield();
        --inside;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  BOOST_TEST(most.load() == 1);
  operations.wait_until_idle(2);
}

BOOST_AUTO_TEST_CASE(another_session_does_not_wait) {
  RunningOperations operations;
  const RunningOperations::Mark mark(operations, 2);
  std::thread thread([&] { const RunningOperations::Mark other(operations, 3); });
  thread.join();
  operations.wait_until_idle(3);
}

BOOST_AUTO_TEST_CASE(a_thread_may_call_from_within_its_call) {
  RunningOperations operations;
  BOOST_TEST(!operations.runs_here(2));
  {
    const RunningOperations::Mark outer(operations, 2);
    BOOST_TEST(operations.runs_here(2));
    BOOST_TEST(!operations.runs_here(3));
    {
      const RunningOperations::Mark inner(operations, 2);
    }
    BOOST_TEST(operations.runs_here(2));
    bool elsewhere = true;
    std::thread([&] { elsewhere = operations.runs_here(2); }).join();
    BOOST_TEST(!elsewhere);
  }
  BOOST_TEST(!operations.runs_here(2));
  operations.wait_until_idle(2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::dismapi
