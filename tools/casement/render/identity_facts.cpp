// SPDX-License-Identifier: Apache-2.0
// Names, labels and order of the identity's facts.
#include "tools/casement/render/identity_facts.h"

#include <fmt/format.h>

#include <cstdlib>

namespace casement::cli {
namespace {

/// Bound to one visitor; one call a fact.
class Lister {
 public:
  explicit Lister(const std::function<void(const FactView&)>& visit) : visit_(visit) {}

  void add(std::string_view name, std::string_view label, const Fact<std::u16string>& fact) {
    visit_({.name = name,
            .label = label,
            .kind = FactView::Kind::text,
            .text = fact.value,
            .number = 0,
            .time = {},
            .evidence = fact.evidence});
  }
  void add(std::string_view name, std::string_view label, const Fact<std::uint32_t>& fact) {
    visit_({.name = name,
            .label = label,
            .kind = FactView::Kind::number,
            .text = {},
            .number = fact.value,
            .time = {},
            .evidence = fact.evidence});
  }
  void add(std::string_view name, std::string_view label, const Fact<FileTime>& fact) {
    visit_({.name = name,
            .label = label,
            .kind = FactView::Kind::time,
            .text = {},
            .number = 0,
            .time = fact.value,
            .evidence = fact.evidence});
  }
  void add(std::string_view name, std::string_view label, const Fact<Architecture>& fact) {
    const std::string text = architecture_name(fact.value);
    const std::u16string units(text.begin(), text.end());  // ASCII
    add(name, label, Fact<std::u16string>{units, fact.evidence});
  }
  void add(std::string_view name, std::string_view label, const Fact<FileVersion>& fact) {
    const std::string text = file_version_text(fact.value);
    const std::u16string units(text.begin(), text.end());  // ASCII
    add(name, label, Fact<std::u16string>{units, fact.evidence});
  }
  void add(std::string_view name, std::string_view label, const Fact<TimeZone>& fact) {
    add(name, label, Fact<std::u16string>{fact.value.key_name, fact.evidence});
  }
  template <class T>
  void add(std::string_view name, std::string_view label, const MaybeFact<T>& fact) {
    if (fact) {
      add(name, label, *fact);
    }
  }

 private:
  const std::function<void(const FactView&)>& visit_;
};

}  // namespace

void for_each_fact(const Identity& identity, const std::function<void(const FactView&)>& visit) {
  Lister list(visit);
  list.add("product_name", "Product", identity.product_name);
  list.add("edition", "Edition", identity.edition);
  list.add("display_version", "Version", identity.display_version);
  list.add("major_version", "Major version", identity.major_version);
  list.add("minor_version", "Minor version", identity.minor_version);
  list.add("build", "Build", identity.build);
  list.add("ubr", "Update revision", identity.ubr);
  list.add("build_lab", "Build lab", identity.build_lab);
  list.add("kernel_version", "Kernel", identity.kernel_version);
  list.add("architecture", "Architecture", identity.architecture);
  list.add("installation_type", "Installation", identity.installation_type);
  list.add("product_type", "Product type", identity.product_type);
  list.add("install_date", "Installed", identity.install_date);
  list.add("last_shutdown", "Last shutdown", identity.last_shutdown);
  list.add("hostname", "Host name", identity.hostname);
  list.add("time_zone", "Time zone", identity.time_zone);
  list.add("default_language", "Language", identity.default_language);
  list.add("system_root", "System root", identity.system_root);
  list.add("registered_owner", "Owner", identity.registered_owner);
  list.add("registered_organization", "Organization", identity.registered_organization);
  for (const Fact<std::u16string>& language : identity.languages) {
    list.add("languages", "UI language", language);
  }
}

std::string utc_offset(std::int32_t bias_minutes) {
  // The bias comes from the image and may be anything.
  const std::int64_t east = -static_cast<std::int64_t>(bias_minutes);
  const std::int64_t minutes = std::llabs(east);
  return fmt::format("UTC{}{:02}:{:02}", east < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

}  // namespace casement::cli
