// SPDX-License-Identifier: Apache-2.0
// Editions by their packages, and what the matrices allow.
#include "engine/inspect/editions.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "engine/image/facts.h"
#include "engine/inspect/fact_reader.h"
#include "engine/inspect/feature_packages.h"
#include "engine/inspect/image_file.h"
#include "engine/servicing/edition_matrix.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::u16string_view windows_pe_edition = u"WindowsPE";

/// "Professional" of "Microsoft-Windows-ProfessionalEdition"; empty for other packages.
std::u16string edition_of(const PackageStore& store, const Package& package) {
  constexpr std::u16string_view prefix = u"Microsoft-Windows-";
  constexpr std::u16string_view suffix = u"Edition";
  const auto identity = identity_of(store, package);
  if (!identity) {
    return {};
  }
  const std::u16string_view name = identity->name;
  if (name.size() <= prefix.size() + suffix.size() || !starts_with_folded(name, prefix) ||
      !equals_folded(name.substr(name.size() - suffix.size()), suffix)) {
    return {};
  }
  const std::u16string_view edition =
      name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
  // Edition names are one word: "EditionSpecific-EnterpriseEdition" would be something else.
  return edition.find(u'-') == std::u16string_view::npos ? std::u16string(edition)
                                                         : std::u16string();
}

using EditionFact = Fact<std::u16string>;

/// Windows has some dozens; each is compared with all others.
constexpr std::size_t max_editions = 1000;

/// Editions whose packages have that state, each once.
std::vector<EditionFact> editions_in(const PackageStore& store, PackageState state,
                                     Diagnostics& findings) {
  std::vector<EditionFact> editions;
  for (const Package& package : store.packages()) {
    std::u16string edition = package.state == state ? edition_of(store, package) : u"";
    if (edition.empty() || std::ranges::any_of(editions, [&](const EditionFact& other) {
          return equals_folded(other.value, edition);
        })) {
      continue;
    }
    if (editions.size() == max_editions) {
      findings.add(Severity::warning, "limit",
                   fmt::format("more than {} editions; the others are left out", max_editions));
      break;
    }
    editions.push_back({.value = std::move(edition), .evidence = package.evidence});
  }
  return editions;
}

/// The installed one; of several the one that EditionID names, else the first.
MaybeFact<std::u16string> current_edition(const PackageStore& store,
                                          const MaybeFact<std::u16string>& registered,
                                          Diagnostics& findings) {
  const std::vector<EditionFact> installed = editions_in(store, PackageState::installed, findings);
  if (installed.empty()) {
    return registered;
  }
  const auto named = std::ranges::find_if(installed, [&](const EditionFact& edition) {
    return registered && equals_folded(edition.value, registered->value);
  });
  const EditionFact& chosen = named == installed.end() ? installed.front() : *named;
  if (installed.size() > 1) {
    std::string all;
    for (const EditionFact& edition : installed) {
      all += (all.empty() ? "" : ", ") + to_utf8(edition.value);
    }
    findings.add(
        Severity::warning, "conflict",
        fmt::format("several edition packages are installed ({}); {} is taken{}", all,
                    to_utf8(chosen.value), named == installed.end() ? "" : ", as EditionID says"));
  }
  return chosen;
}

/// The matrices that are there and can be read.
std::vector<EditionMatrix> read_matrices(const Image& image, Diagnostics& findings) {
  std::vector<EditionMatrix> matrices;
  for (const std::u16string_view path : {u"\\SystemRoot\\servicing\\Editions\\EditionMatrix.xml",
                                         u"\\SystemRoot\\servicing\\Editions\\UpgradeMatrix.xml"}) {
    const auto file = read_image_file(image, path, max_edition_matrix_size);
    if (!file) {
      findings.add("damaged", file.error());
      continue;
    }
    if (!*file) {
      continue;
    }
    auto matrix = parse_edition_matrix((*file)->bytes);
    if (!matrix) {
      findings.add("damaged", Error(matrix.error()).context(to_utf8((*file)->path)));
      continue;
    }
    matrices.push_back(*std::move(matrix));
  }
  return matrices;
}

}  // namespace

Editions read_editions(const PackageStore& store) {
  Editions editions;
  FactReader reader(store.image(), editions.diagnostics);
  const auto registered = reader.filled_text(HiveId::software, current_version_key, u"EditionID");
  const InstallationClass kind = store.image().installation().kind;
  editions.windows_pe = kind == InstallationClass::winpe || kind == InstallationClass::winre ||
                        (registered && equals_folded(registered->value, windows_pe_edition));
  if (editions.windows_pe) {
    return editions;
  }
  editions.current = current_edition(store, registered, editions.diagnostics);
  const std::vector<EditionMatrix> matrices = read_matrices(store.image(), editions.diagnostics);
  for (EditionFact& target : editions_in(store, PackageState::staged, editions.diagnostics)) {
    if (editions.current && equals_folded(target.value, editions.current->value)) {
      continue;
    }
    const bool allowed = matrices.empty() || !editions.current ||
                         std::ranges::any_of(matrices, [&](const EditionMatrix& matrix) {
                           return matrix.allows(editions.current->value, target.value);
                         });
    if (allowed) {
      editions.targets.push_back(std::move(target));
    }
  }
  return editions;
}

}  // namespace casement
