// SPDX-License-Identifier: Apache-2.0
// WIMs of two images that the tests of verifications damage.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "fixtures/build/wim/wim_builder.h"
#include "tests/vfs/wim/wim_support.h"
#include "vfs/wim/verify.h"

namespace casement::test {

/// In one chunk; in several pieces of a verification; in two.
struct VerifyContents {
  std::string small;
  std::string large;
  std::string other;
};
const VerifyContents& verify_contents();

/// 45 different contents: `small` is used three times, the others once.
fixture::WimBuilder verify_builder(fixture::WimOptions options);

struct VerifyLayout {
  const char* name;
  fixture::WimOptions options;
};
std::ostream& operator<<(std::ostream& out, const VerifyLayout& layout);
const std::vector<VerifyLayout>& verify_layouts();

/// In the middle of the stored bytes of a blob.
std::size_t place_of(const fixture::BuiltWim& built, const std::string& content);
void flip(fixture::BuiltWim& built, std::size_t offset);

/// "1 \\path", sorted.
std::vector<std::string> uses_of(const wim::DamagedBlob& blob);

}  // namespace casement::test
