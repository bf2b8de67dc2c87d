// SPDX-License-Identifier: Apache-2.0
// Images as Windows Setup has them, with small trees.
#include "tests/engine/session/wim_support.h"

#include <utility>

#include "tests/engine/image/image_support.h"

namespace casement::test {
namespace {

fixture::WimFacts edition(const char* name, const char* id) {
  fixture::WimWindows windows;
  windows.edition_id = id;
  windows.installation_type = "Client";
  windows.languages = {"de-DE", "en-US"};
  windows.default_language = "en-US";
  windows.version = {.major = 10, .minor = 0, .build = 22631, .sp_build = 2861, .sp_level = 0};
  fixture::WimFacts facts;
  facts.name = name;
  facts.description = name;
  facts.flags = id;
  facts.windows = std::move(windows);
  return facts;
}

}  // namespace

void add_tree(const fixture::WimImage& image, const fixture::Tree& tree) {
  for (const fixture::Tree::Node* node : tree.nodes()) {
    if (node->directory) {
      image.directory(node->path);
    } else {
      image.file(node->path, node->content);
    }
  }
}

fixture::WimBuilder two_editions(fixture::WimOptions options) {
  options.boot_index = 2;
  fixture::WimBuilder wim(std::move(options));
  add_tree(wim.add_image(edition("Windows 11 Home", "Core")), small_windows());
  add_tree(wim.add_image(edition("Windows 11 Pro", "Professional")), small_windows());
  return wim;
}

}  // namespace casement::test
