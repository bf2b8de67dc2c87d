// SPDX-License-Identifier: Apache-2.0
// casement-bcd-dump: every object of a boot configuration data store, as `bcdedit /enum all /v`.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/bcd/store.h"
#include "tools/dump/dump_text.h"
#include "vfs/source/file_source.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a small program
using dump::ExitCode;

constexpr const char* usage =
    "usage: casement-bcd-dump FILE\n"
    "\n"
    "Prints every object and element of the boot configuration data store FILE. Transaction logs\n"
    "beside it (FILE.LOG, FILE.LOG1, FILE.LOG2) are applied in memory when the store needs them.\n"
    "What is damaged is reported on standard error.\n"
    "\n"
    "Exit code: 0 printed, 1 the file cannot be read as a store, 2 wrong arguments.\n";

/// null when there is no such file.
SourcePtr open_log(const std::string& path) {
  const Result<SourcePtr> source = open_file_source(path);
  return source ? *source : nullptr;
}

Result<std::shared_ptr<const BcdStore>> open_store(const std::string& path) {
  const SourcePtr primary = CASEMENT_TRY(open_file_source(path));
  const HiveLogs logs = {open_log(path + ".LOG"), open_log(path + ".LOG1"),
                         open_log(path + ".LOG2")};
  return BcdStore::open(CASEMENT_TRY(Hive::open(primary, logs)));
}

/// In the order of bcdedit: managers, what they start, settings.
std::vector<const BcdObject*> by_kind(const BcdStore& store) {
  std::vector<const BcdObject*> objects;
  for (const BcdObject& object : store.objects()) {
    objects.push_back(&object);
  }
  std::sort(objects.begin(), objects.end(), [](const BcdObject* a, const BcdObject* b) {
    return a->kind() != b->kind() ? a->kind() < b->kind() : a->id < b->id;
  });
  return objects;
}

void print_object(const BcdObject& object) {
  const std::string heading = object_kind_name(object.kind());
  fmt::print("{}\n{:-<{}}\n", heading, "", heading.size());
  dump::print_field("identifier", "{" + object.id.to_string() + "}");
  if (const auto name = well_known_name(object.id)) {
    dump::print_field("", std::string(*name));
  }
  for (const BcdElement& element : object.elements) {
    std::string name = element.name;
    for (const std::string& item : describe_items(element)) {
      dump::print_field(name, item);
      name.clear();
    }
  }
  fmt::print("\n");
}

std::optional<ExitCode> run(std::span<char*> arguments) {
  if (arguments.size() != 2) {
    return std::nullopt;
  }
  const Result<std::shared_ptr<const BcdStore>> opened = open_store(arguments[1]);
  if (!opened) {
    return dump::report(opened.error());
  }
  const BcdStore& store = **opened;
  for (const BcdObject* object : by_kind(store)) {
    print_object(*object);
  }
  dump::print_findings(store.hive()->state().diagnostics);
  dump::print_findings(store.diagnostics());
  return ExitCode::ok;
}

}  // namespace

int main(int argc, char** argv) {
  return dump::run_program(argc, argv, usage, run);
}
