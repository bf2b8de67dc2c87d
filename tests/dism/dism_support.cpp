// SPDX-License-Identifier: Apache-2.0
// Running dism for tests.
#include "tests/dism/dism_support.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "fixtures/build/tree_writer.h"

namespace casement::test {

DismRun run_dism(const std::vector<std::string>& arguments, const dism::Settings& settings) {
  DismRun run;
  dism::Output output([&run](std::string_view bytes) {
    run.output += bytes;
    return 0;
  });
  const dism::Sink notes = [&run](std::string_view bytes) {
    run.notes += bytes;
    return 0;
  };
  run.code = dism::run_program(arguments, settings, output, notes);
  (void)output.flush();
  return run;
}

ImageOnDisk::ImageOnDisk(const fixture::ImageRecipe& recipe) : directory_(temp_.file("image")) {
  fixture::write_tree(fixture::build_image(recipe), directory_);
}

DismRun ImageOnDisk::run(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), option());
  return run_dism(arguments);
}

fixture::ImageRecipe bare_recipe(std::string_view recipe) {
  auto found = fixture::find_recipe(recipe);
  BOOST_REQUIRE(found);
  found->layout = fixture::Layout::volume;
  found->servicing = {};
  found->servicing.standard_content = false;
  return std::move(*found);
}

LocalZone::LocalZone(const char* zone) {
  if (const char* const before = std::getenv("TZ")) {
    before_ = before;
  }
  setenv("TZ", zone, 1);
  tzset();
}

LocalZone::~LocalZone() {
  if (before_) {
    setenv("TZ", before_->c_str(), 1);
  } else {
    unsetenv("TZ");
  }
  tzset();
}

std::string body_of(const DismRun& run) {
  constexpr std::string_view completion = "\nThe operation completed successfully.\n";
  const std::size_t version = run.output.find("\n\nImage Version: ");
  BOOST_REQUIRE_NE(version, std::string::npos);
  const std::size_t start = run.output.find("\n\n", version + 2) + 2;
  BOOST_REQUIRE(run.output.ends_with(completion));
  return run.output.substr(start, run.output.size() - completion.size() - start);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

}  // namespace casement::test
