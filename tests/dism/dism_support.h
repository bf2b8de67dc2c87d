// SPDX-License-Identifier: Apache-2.0
// Running dism in this process, on images that the tests make.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fixtures/recipes/image_recipe.h"
#include "tests/support/temp_dir.h"
#include "tools/dism/program.h"

namespace casement::test {

struct DismRun {
  std::int32_t code = 0;
  std::string output;
  std::string notes;  // standard error
};

DismRun run_dism(const std::vector<std::string>& arguments, const dism::Settings& settings = {});

/// An image on disk for the lifetime of this object.
class ImageOnDisk {
 public:
  explicit ImageOnDisk(const fixture::ImageRecipe& recipe);
  /// "/Image:<directory>".
  std::string option() const { return "/Image:" + directory_; }
  const std::string& directory() const noexcept { return directory_; }
  /// Runs a command on it.
  DismRun run(std::vector<std::string> arguments) const;

 private:
  TempDir temp_;
  std::string directory_;
};

/// A recipe with nothing in it but what the test adds. Precondition: `recipe` is the name of one.
fixture::ImageRecipe bare_recipe(std::string_view recipe);

/// The time zone of this process, until the end of the block: a TZ string, "UTC0".
class LocalZone {
 public:
  explicit LocalZone(const char* zone);
  ~LocalZone();
  LocalZone(const LocalZone&) = delete;
  LocalZone& operator=(const LocalZone&) = delete;

 private:
  std::optional<std::string> before_;
};

/// What the output has between the banner and the completion line.
std::string body_of(const DismRun& run);

/// Every occurrence.
std::string replaced(std::string text, std::string_view from, std::string_view to);
std::vector<std::string> lines_of(std::string_view text);

}  // namespace casement::test
