// SPDX-License-Identifier: Apache-2.0
// Rows of the volume table.
#include "tools/casement/render/volume_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "tools/casement/render/numbers.h"
#include "tools/casement/render/table.h"
#include "tools/casement/render/text.h"

namespace casement::cli {
namespace {

constexpr std::string_view nothing = "-";

std::string or_nothing(std::string text) {
  return text.empty() ? std::string(nothing) : std::move(text);
}

/// "p3 Basic data": how --volume and people call it.
std::string partition_cell(const Volume& volume) {
  if (!volume.partition) {
    return or_nothing(printable(std::string_view(volume.name)));
  }
  return fmt::format("p{} {}", volume.partition->number,
                     printable(std::string_view(volume.partition->type_name)));
}

std::string holds_cell(const VolumeReport& report) {
  std::string text;
  for (const std::string& item : report.holds) {
    text += (text.empty() ? "" : ", ") + item;
  }
  if (!report.volume->file_system) {
    text += (text.empty() ? "" : ", ");
    text += report.volume->locked ? "locked" : "not readable";
  }
  return or_nothing(std::move(text));
}

std::vector<std::string> cells_of(const VolumeReport& report) {
  return {report.selected ? "*" : "",
          fmt::format("{}", report.volume->index),
          or_nothing(report.letter.value_or("")),
          partition_cell(*report.volume),
          or_nothing(printable(std::string_view(content_name(report)))),
          or_nothing(printable(report.file_system.label)),
          or_nothing(report.size ? human_size(*report.size) : ""),
          or_nothing(report.offset ? fmt::format("{}", *report.offset) : ""),
          holds_cell(report)};
}

/// "in \vm\win11.vhdx on volume 3".
std::string disk_note(const VirtualDiskPlace& disk) {
  return fmt::format("in {} on volume {}", printable(std::u16string_view(disk.path)), disk.volume);
}

}  // namespace

void render_volume_table(std::string& out, const std::vector<VolumeReport>& volumes) {
  const bool partitions = std::ranges::any_of(
      volumes, [](const VolumeReport& report) { return report.volume->partition.has_value(); });
  const std::vector<std::string> headings{
      "",     "Number", "Letter", partitions ? "Partition" : "Name", "File system", "Label",
      "Size", "Offset", "Holds"};
  std::vector<std::vector<std::string>> rows;
  for (const VolumeReport& report : volumes) {
    rows.push_back(cells_of(report));
  }
  std::vector<bool> used(headings.size(), false);
  for (std::size_t i = 0; i < headings.size(); ++i) {
    used[i] = std::ranges::any_of(
        rows, [i](const auto& row) { return !row[i].empty() && row[i] != nothing; });
  }
  const auto kept = [&used](const std::vector<std::string>& cells) {
    std::vector<std::string> row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (used[i]) {
        row.push_back(cells[i]);
      }
    }
    return row;
  };
  if (rows.empty()) {
    append_paragraph(out, "", 2, "none");
    return;
  }
  Table table(kept(headings));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    table.add(kept(rows[i]));
    if (volumes[i].virtual_disk) {
      table.add_note(disk_note(*volumes[i].virtual_disk));
    }
    if (!volumes[i].volume->file_system && !volumes[i].volume->reason.empty()) {
      table.add_note(printable(std::string_view(volumes[i].volume->reason)));
    }
  }
  table.append_to(out);
}

}  // namespace casement::cli
