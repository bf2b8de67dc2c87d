// SPDX-License-Identifier: Apache-2.0
#include "vfs/wim/metadata_loader.h"

#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <thread>

#include "tests/support/matchers.h"

namespace casement::wim {
namespace {

constexpr std::uint64_t segment = std::uint64_t{1} << 20;

/// Three segments: the second takes its time, the third cannot be read from its middle on.
class UnevenSource final : public ByteSource {
 public:
  std::uint64_t size() const noexcept override { return 3 * segment; }
  std::string describe() const override { return "uneven"; }

  void release() { released_ = true; }
  bool has_tried_again() const { return failures_ >= 3; }  // so the first hole is known

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    while (offset / segment == 1 && !released_) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (offset + out.size() > 2 * segment + segment / 2) {
      ++failures_;
      return fail(Status::io_failed, "uneven: bad sector");
    }
    std::ranges::fill(out, std::byte{0xA5});
    return {};
  }

  std::atomic<bool> released_ = false;
  mutable std::atomic<int> failures_ = 0;
};

BOOST_AUTO_TEST_SUITE(metadata_loader)

BOOST_AUTO_TEST_CASE(bytes_in_front_of_damage_are_given_when_they_are_decoded_and_not_before) {
  const auto source = std::make_shared<UnevenSource>();
  LoadedMetadata view(source, 3);
  while (!source->has_tried_again()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  BOOST_TEST(test::is_ok(view.at(0, 8, "start")));
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    source->release();
  });
  const auto bytes = view.at(segment, segment, "the slow part");
  const bool decoded =
      bytes && std::ranges::all_of(*bytes, [](std::byte byte) { return byte == std::byte{0xA5}; });
  later.join();
  BOOST_TEST(decoded);
  BOOST_TEST(test::is_ok(view.at(2 * segment, segment / 2, "what can be read of the last part")));
  BOOST_TEST(
      test::is_status(view.at(2 * segment, segment / 2 + 1, "one byte more"), Status::io_failed));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
