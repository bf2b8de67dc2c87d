// SPDX-License-Identifier: Apache-2.0
// EditionMatrix.xml and UpgradeMatrix.xml: which edition can become which.
#pragma once

#include <string>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

/// A row: an edition and what it can become.
struct EditionMatrixRow {
  std::u16string edition;  // ID: "Professional"
  std::vector<std::u16string> targets;
};

struct EditionMatrix {
  std::vector<EditionMatrixRow> rows;  // as written; an edition may have several

  /// The rows of an edition name the target. Without regard to case.
  bool allows(std::u16string_view edition, std::u16string_view target) const noexcept;
};

/// The most bytes of a matrix that are read. Those of Windows 10 have some ten KiB.
inline constexpr std::uint64_t max_edition_matrix_size = 1U << 20U;

/// Elements without an ID name nothing and are skipped. corrupt: not XML, or the root is not
/// TmiMatrix. limit_exceeded: more than max_edition_matrix_size.
Result<EditionMatrix> parse_edition_matrix(Bytes xml);

}  // namespace casement
