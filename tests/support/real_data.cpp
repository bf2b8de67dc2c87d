// SPDX-License-Identifier: Apache-2.0
// Finding and expanding the optional real data.
#include "tests/support/real_data.h"

#include <fmt/format.h>

#include <boost/filesystem.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "tests/support/matchers.h"
#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "vfs/source/file_source.h"

namespace casement::test {
namespace {

namespace bfs = boost::filesystem;

std::string environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): tests never set it
  return value == nullptr ? std::string() : value;
}

/// Runs xz or gzip; the names come from our own tests.
std::string expand(const bfs::path& packed, const char* tool) {
  static const TempDir cache;
  std::string flat = packed.parent_path().filename().string() + "_" + packed.stem().string();
  const bfs::path target = bfs::path(cache.path()) / flat;
  if (!bfs::exists(target)) {
    output_of(fmt::format("{} -dc '{}' > '{}'", tool, packed.string(), target.string()));
  }
  return target.string();
}

}  // namespace

std::optional<std::string> real_data_dir() {
  std::string dir = environment("CASEMENT_REAL_DATA");
  if (dir.empty()) {
    dir = environment("CASEMENT_SOURCE_DIR") + "/../shared/data";
  }
  if (!bfs::is_directory(bfs::path(dir) / "registry")) {
    return std::nullopt;
  }
  return dir;
}

bool have_real_data() {
  if (real_data_dir()) {
    return true;
  }
  const std::string name = boost::unit_test::framework::current_test_case().full_name();
  if (environment("CASEMENT_REQUIRE_REAL_DATA") == "1") {
    BOOST_ERROR(name << ": the real data is required, but CASEMENT_REAL_DATA names no folder");
    return false;
  }
  BOOST_TEST_MESSAGE("SKIPPED " << name << ": no real data (set CASEMENT_REAL_DATA)");
  return false;
}

std::string real_file(const std::string& relative) {
  const auto dir = real_data_dir();
  BOOST_REQUIRE(dir.has_value());
  const bfs::path path = bfs::path(*dir) / relative;
  BOOST_REQUIRE_MESSAGE(bfs::exists(path), relative << " is not in the real data");
  if (path.extension() == ".xz") {
    return expand(path, "xz");
  }
  if (path.extension() == ".gz") {
    return expand(path, "gzip");
  }
  return path.string();
}

SourcePtr real_source(const std::string& relative) {
  return must(open_file_source(real_file(relative)));
}

std::vector<std::byte> real_bytes(const std::string& relative) {
  const SourcePtr source = real_source(relative);
  std::vector<std::byte> bytes(source->size());
  must(source->read(0, bytes));
  return bytes;
}

}  // namespace casement::test
