// SPDX-License-Identifier: Apache-2.0
// Prints a hive for comparison with other readers: every text in hex of its UTF-16LE units, so that
// nothing is lost or quoted.
//   K <tab> path <tab> last write (ticks)
//   V <tab> path <tab> name <tab> type <tab> data
#include <fmt/format.h>

#include <cstdio>
#include <iterator>

#include "engine/hive/hive.h"
#include "engine/hive/key_walker.h"
#include "vfs/source/file_source.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a program

std::string hex(Bytes bytes) {
  std::string text;
  for (const std::byte byte : bytes) {
    fmt::format_to(std::back_inserter(text), "{:02x}", std::to_integer<unsigned>(byte));
  }
  return text;
}

std::string hex(const HiveName& name) {
  std::string text;
  for (std::size_t i = 0; i < name.size(); ++i) {
    fmt::format_to(std::back_inserter(text), "{:02x}{:02x}", name[i] & 0xFF, name[i] >> 8);
  }
  return text;
}

int print_hive(const Hive& hive) {
  const auto root = hive.root();
  if (!root) {
    fmt::print(stderr, "{}\n", root.error().message());
    return 1;
  }
  int exit_code = 0;
  const auto report = [&exit_code](const Error& error) {
    fmt::print(stderr, "{}\n", error.message());
    exit_code = 3;
  };
  Diagnostics findings;
  hive.check_bins(findings);
  for (const Diagnostic& finding : findings.items()) {
    report(Error(Status::corrupt, finding.text));
  }
  std::vector<std::string> path;
  KeyWalker walker(*root);
  while (true) {
    const auto visit = walker.next();
    if (!visit) {
      report(visit.error());
      continue;
    }
    if (!*visit) {
      return exit_code;
    }
    const Key& key = (*visit)->key;
    path.resize((*visit)->depth);
    if ((*visit)->depth > 0) {
      path.back() = hex(key.name());
    }
    const std::string joined = fmt::format("{}", fmt::join(path, "/"));
    fmt::print("K\t{}\t{}\n", joined, key.last_written().ticks);
    ValueReader values = key.values();
    while (true) {
      const auto value = values.next();
      if (value && !*value) {
        break;
      }
      if (!value) {
        report(value.error());
        continue;
      }
      const auto data = (*value)->data();
      if (!data) {
        report(data.error());
      }
      fmt::print("V\t{}\t{}\t{}\t{}\n", joined, hex((*value)->name()), (*value)->type(),
                 data ? hex(data->bytes()) : "unreadable");
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: hive_lines HIVE\n", stderr);
    return 2;
  }
  const auto source = open_file_source(argv[1]);
  const auto hive = source ? Hive::open(*source) : std::unexpected(source.error());
  if (!hive) {
    fmt::print(stderr, "{}\n", hive.error().message());
    return 1;
  }
  return print_hive(**hive);
}
