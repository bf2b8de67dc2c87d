// SPDX-License-Identifier: Apache-2.0
// Putting help pages together.
#include "tools/dism/help.h"

#include <fmt/format.h>

#include <algorithm>

#include "tools/dism/command_line.h"
#include "tools/dism/help_topics.h"
#include "tools/dism/rules.h"

namespace casement::dism {
namespace {

const HelpTopic* find_topic(std::string_view name) {
  const auto topics = help_topics();
  const auto found = std::ranges::find_if(
      topics, [name](const HelpTopic& topic) { return same_name(topic.name, name); });
  return found == topics.end() ? nullptr : &*found;
}

std::string line_of(const HelpTopic& topic) {
  return fmt::format("  /{:<28} {}\n", topic.name, topic.summary);
}

std::string program_page() {
  std::string page =
      "dism {/Image:<path>} [options] <command> [<arguments>]\n"
      "dism [options] <image file command> [<arguments>]\n\n"
      "  Reads Windows images and prints what DISM of Windows prints. An image is a directory, a\n"
      "  WIM or ESD (\"install.wim#2\"), a disk image or a mounted image. Nothing is ever "
      "changed.\n";
  const auto add = [&page](HelpGroup group, const char* heading) {
    page += fmt::format("\n{}\n\n", heading);
    for (const HelpTopic& topic : help_topics()) {
      page += topic.group == group ? line_of(topic) : std::string();
    }
  };
  add(HelpGroup::file, "IMAGE FILES AND MOUNTS:");
  add(HelpGroup::servicing, "QUESTIONS TO AN IMAGE (with /Image):");
  add(HelpGroup::option, "OPTIONS:");
  page += "\n  \"dism /<command> /?\" says more about a command or an option.\n";
  return page;
}

}  // namespace

std::optional<std::string> help_page(std::string_view topic) {
  if (topic.empty()) {
    return program_page();
  }
  std::string_view name = topic;
  if (const CommandRule* command = find_command(topic)) {
    if (command->changes) {
      return fmt::format(
          "/{}\n\n  Is not available: this program answers questions to images and changes "
          "nothing.\n",
          command->name);
    }
    name = command->name;
  }
  const HelpTopic* found = find_topic(name);
  if (found == nullptr) {
    return std::nullopt;
  }
  return fmt::format("/{}{}\n\n  {}\n{}", found->name, found->arguments, found->summary,
                     found->details);
}

}  // namespace casement::dism
