// SPDX-License-Identifier: Apache-2.0
// Metadata cut off anywhere, and with any byte changed.
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/vfs/wim/image_support.h"
#include "vfs/fs/tree_walker.h"
#include "vfs/wim/stream_uses.h"

namespace casement::wim::test {
namespace {

using casement::test::must;

/// Everything that can be asked; what it answers does not matter. Gives the steps of the walks.
int use_everything(const ImageParts& parts) {
  const auto opened = open_image_tree(parts, {});
  if (!opened) {
    return 0;
  }
  const FileSystemPtr& fs = *opened;
  int steps = 0;
  TreeWalker walker(fs);
  for (auto entry = walker.next(); !entry || *entry; entry = walker.next()) {
    ++steps;
    if (entry) {
      const NodeId node = (*entry)->entry.node;
      (void)fs->stat(node);
      (void)fs->lookup((*entry)->parent, (*entry)->entry.name);
      (void)fs->streams(node);
      (void)fs->open(node, u"");
      (void)fs->open(node, u"s");
      (void)fs->reparse_data(node);
      (void)fs->security_descriptor(node);
    }
  }
  const auto scan = must(fs->scan({}));
  for (auto entry = scan->next(); !entry || *entry; entry = scan->next()) {
    ++steps;
  }
  Diagnostics findings;
  (void)for_each_stream_use(
      parts, {},
      [&](const StreamUse&) {
        ++steps;
        return true;
      },
      findings);
  return steps;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tree_sweep)

BOOST_AUTO_TEST_CASE(survives_truncation) {
  const TestImage image(sound_tree().build_mapped(), true);
  for (std::size_t size = 0; size < image.metadata.size(); ++size) {
    BOOST_TEST(use_everything(image.parts_with(casement::test::prefix(image.metadata, size))) <
               100);
  }
}

BOOST_AUTO_TEST_CASE(survives_flipped_bytes) {
  const TestImage image(sound_tree().build_mapped(), true);
  BOOST_TEST(use_everything(image.parts()) >= 20);
  for (std::size_t at = 0; at < image.metadata.size(); ++at) {
    for (const std::byte flip : {std::byte{0x01}, std::byte{0x80}, std::byte{0xFF}}) {
      auto bytes = image.metadata;
      bytes[at] ^= flip;
      BOOST_TEST(use_everything(image.parts_with(std::move(bytes))) < 100);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::wim::test
