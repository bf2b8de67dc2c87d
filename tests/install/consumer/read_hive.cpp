// SPDX-License-Identifier: Apache-2.0
// Builds a hive in memory, opens it and prints one value: every library takes part.
#include <cstdio>
#include <string>

#include "engine/hive/hive.h"
#include "fixtures/build/hive_builder.h"
#include "vfs/core/utf16.h"
#include "vfs/source/memory_source.h"

namespace {

casement::Result<std::string> product_name() {
  casement::fixture::HiveBuilder builder;
  builder.key("Microsoft\\Windows NT\\CurrentVersion").set_string("ProductName", "Windows 11 Pro");
  const casement::HivePtr hive =
      CASEMENT_TRY(casement::Hive::open(casement::make_memory_source(builder.build(), "SOFTWARE")));
  const auto key = CASEMENT_TRY(hive->find(u"Microsoft\\Windows NT\\CurrentVersion"));
  if (!key) {
    return casement::fail(casement::Status::not_found, "no such key");
  }
  const auto value = CASEMENT_TRY(key->value(u"ProductName"));
  if (!value) {
    return casement::fail(casement::Status::not_found, "no such value");
  }
  return casement::to_utf8(CASEMENT_TRY(value->as_string()));
}

}  // namespace

int main() {
  const auto name = product_name();
  if (!name) {
    std::fprintf(stderr, "%s\n", name.error().message().c_str());
    return 1;
  }
  std::puts(name->c_str());
  return 0;
}
