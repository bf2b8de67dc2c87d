// SPDX-License-Identifier: Apache-2.0
// `casement verify` for people: what is damaged, who uses it, and the sum.
#include <fmt/format.h>

#include <vector>

#include "tools/casement/render/numbers.h"
#include "tools/casement/render/table.h"
#include "tools/casement/render/text.h"
#include "tools/casement/render/verify.h"

namespace casement::cli {
namespace {

/// Of one blob: a DLL that every image of an install.wim has is told in a few lines.
constexpr std::size_t most_uses = 20;

void append_blobs(std::string& out, const char* heading,
                  const std::vector<wim::DamagedBlob>& blobs) {
  if (blobs.empty()) {
    return;
  }
  append_heading(out, heading);
  for (const wim::DamagedBlob& blob : blobs) {
    append_paragraph(out, to_hex(blob.expected) + "  ", 2,
                     fmt::format("{} bytes, part {}: {}", grouped(blob.size), blob.part,
                                 printable(std::string_view(blob.error.message()))));
    std::size_t shown = 0;
    for (const wim::BlobUse& use : blob.uses) {
      if (shown == most_uses) {
        break;
      }
      ++shown;
      append_paragraph(out, fmt::format("image {}: ", use.image), 6, printable(use.path));
    }
    if (blob.use_count > shown) {
      append_paragraph(out, "", 6, fmt::format("and {} more", grouped(blob.use_count - shown)));
    }
  }
}

}  // namespace

void render_verify_text(std::string& out, const wim::VerifyReport& report) {
  if (!report.damaged_chunks.empty()) {
    append_heading(out, "Integrity table");
    for (const wim::DamagedChunk& chunk : report.damaged_chunks) {
      append_paragraph(out, "", 2,
                       fmt::format("part {}: {} bytes from 0x{:X} differ", chunk.part,
                                   grouped(chunk.size), chunk.offset));
    }
  }
  append_blobs(out, "Damaged", report.damaged_blobs);
  append_blobs(out, "Missing", report.missing_blobs);
  if (!report.diagnostics.empty()) {
    append_heading(out, "Findings");
    for (const Diagnostic& finding : report.diagnostics.items()) {
      append_paragraph(out, "", 2, printable(std::string_view(finding.text)));
    }
  }
  out += out.empty() ? "" : "\n";
  out += fmt::format("{}: {} blobs, {} bytes", report.good() ? "Good" : "NOT GOOD",
                     grouped(report.blobs), grouped(report.bytes));
  if (!report.damaged_blobs.empty()) {
    out += fmt::format(", {} damaged", grouped(report.damaged_blobs.size()));
  }
  if (!report.missing_blobs.empty()) {
    out += fmt::format(", {} missing", grouped(report.missing_blobs.size()));
  }
  if (report.had_integrity_table) {
    out += report.damaged_chunks.empty()
               ? fmt::format("; integrity table: all {} chunks as written", report.integrity_chunks)
               : fmt::format("; integrity table: {} of {} chunks differ",
                             report.damaged_chunks.size(), report.integrity_chunks);
  } else {
    out += "; there is no integrity table";
  }
  out += '\n';
}

}  // namespace casement::cli
