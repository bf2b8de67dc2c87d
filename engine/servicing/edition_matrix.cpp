// SPDX-License-Identifier: Apache-2.0
// Editions and their targets, by ID.
#include "engine/servicing/edition_matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>

#include "engine/servicing/xml_document.h"
#include "vfs/core/upcase.h"

namespace casement {

bool EditionMatrix::allows(std::u16string_view edition, std::u16string_view target) const noexcept {
  return std::ranges::any_of(rows, [&](const EditionMatrixRow& row) {
    return equals_folded(row.edition, edition) &&
           std::ranges::any_of(row.targets, [&](const std::u16string& name) {
             return equals_folded(name, target);
           });
  });
}

Result<EditionMatrix> parse_edition_matrix(Bytes xml) {
  pugi::xml_document document;
  CASEMENT_TRY(load_xml(document, xml, max_edition_matrix_size));
  const pugi::xml_node root = document.document_element();
  if (local_name(root) != "TmiMatrix") {
    return fail(Status::corrupt,
                fmt::format("the root is \"{}\", expected TmiMatrix", local_name(root)));
  }
  EditionMatrix matrix;
  for (const pugi::xml_node& node : root.children()) {
    EditionMatrixRow row{.edition = attribute_text(node, "ID"), .targets = {}};
    if (local_name(node) != "Edition" || row.edition.empty()) {
      continue;
    }
    for (const pugi::xml_node& child : node.children()) {
      std::u16string target = attribute_text(child, "ID");
      if (local_name(child) == "Target" && !target.empty()) {
        row.targets.push_back(std::move(target));
      }
    }
    matrix.rows.push_back(std::move(row));
  }
  return matrix;
}

}  // namespace casement
