// SPDX-License-Identifier: Apache-2.0
// What the matchers print.
#include "tests/support/matchers.h"

#include <fmt/format.h>

namespace casement {

std::ostream& operator<<(std::ostream& out, Status status) {
  return out << status_name(status)
             << fmt::format(" (0x{:08x})", static_cast<std::uint32_t>(status));
}

namespace test {

boost::test_tools::assertion_result describe_ok(const Error* error) {
  boost::test_tools::assertion_result outcome(error == nullptr);
  if (error != nullptr) {
    outcome.message() << status_name(error->status()) << ": " << error->message();
  }
  return outcome;
}

boost::test_tools::assertion_result describe_status(const Error* error, Status expected) {
  boost::test_tools::assertion_result outcome(error != nullptr && error->status() == expected);
  outcome.message() << "expected " << expected << ", got ";
  if (error == nullptr) {
    outcome.message() << "a value";
  } else {
    outcome.message() << error->status() << ": " << error->message();
  }
  return outcome;
}

boost::test_tools::assertion_result mentions(const std::string& text,
                                             std::initializer_list<const char*> words) {
  boost::test_tools::assertion_result outcome(true);
  for (const char* word : words) {
    if (text.find(word) == std::string::npos) {
      outcome = false;
      outcome.message() << "\"" << text << "\" does not mention \"" << word << "\"";
      break;
    }
  }
  return outcome;
}

}  // namespace test
}  // namespace casement
