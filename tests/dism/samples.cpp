// SPDX-License-Identifier: Apache-2.0
// Reading published outputs.
#include "tests/dism/samples.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdio>

#include "tests/dism/dism_support.h"
#include "tests/support/real_data.h"
#include "tools/dism/program.h"
#include "tools/dism/values.h"

namespace casement::test {
namespace {

struct BritishTime {
  unsigned day = 0;
  unsigned month = 0;
  int year = 0;
  unsigned hour = 0;
  unsigned minute = 0;
  bool has_clock = false;
};

BritishTime parse_british(const std::string& text) {
  BritishTime time;
  const int fields = std::sscanf(text.c_str(), "%u/%u/%d %u:%u", &time.day, &time.month, &time.year,
                                 &time.hour, &time.minute);
  BOOST_REQUIRE_MESSAGE(fields == 3 || fields == 5, text);
  time.has_clock = fields == 5;
  return time;
}

}  // namespace

std::string sample(const std::string& relative) {
  const std::vector<std::byte> bytes = real_bytes("dism/" + relative);
  std::string text(bytes.size(), '\0');
  std::ranges::transform(bytes, text.begin(),
                         [](std::byte byte) { return static_cast<char>(byte); });
  std::erase(text, '\r');
  constexpr std::string_view banner = "Deployment Image Servicing and Management tool\n";
  const std::size_t start = text.find(banner);
  if (start == std::string::npos) {
    return text;
  }
  const std::size_t version = start + banner.size();
  const std::size_t end = text.find('\n', version);
  return "\n" + std::string(banner) + "Version: " + dism::dism_version + text.substr(end);
}

std::vector<Block> blocks_with(std::string_view text, const std::string& label) {
  std::vector<Block> blocks(1);
  for (const std::string& line : lines_of(text)) {
    const std::size_t colon = line.find(" :");
    if (line.empty()) {
      blocks.emplace_back();
    } else if (colon != std::string::npos) {
      blocks.back()[line.substr(0, colon)] =
          line.size() > colon + 3 ? line.substr(colon + 3) : std::string();
    }
  }
  std::erase_if(blocks, [&label](const Block& block) { return !block.contains(label); });
  return blocks;
}

fixture::FileTicks british_time(const std::string& text) {
  const BritishTime time = parse_british(text);
  return fixture::ticks_at(time.year, time.month, time.day, time.hour, time.minute);
}

std::string with_american_dates(std::string_view text, const std::vector<std::string>& labels) {
  std::string out;
  for (const std::string& line : lines_of(text)) {
    const std::size_t colon = line.find(" : ");
    const bool dated = colon != std::string::npos &&
                       std::ranges::find(labels, line.substr(0, colon)) != labels.end();
    if (!dated) {
      out += line + "\n";
      continue;
    }
    const std::string date = line.substr(colon + 3);
    const FileTime time{british_time(date)};
    out += line.substr(0, colon + 3);
    out += parse_british(date).has_clock ? dism::date_minutes_text(time) : dism::date_text(time);
    out += '\n';
  }
  return out;
}

std::string without_trailing_spaces(std::string_view text) {
  std::string out;
  for (std::string line : lines_of(text)) {
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace casement::test
