// SPDX-License-Identifier: Apache-2.0
// The sections of `casement info`.
#include "tools/casement/render/info_text.h"

#include <fmt/format.h>

#include "tools/casement/commands/hive_file.h"
#include "tools/casement/render/fields.h"
#include "tools/casement/render/identity_facts.h"
#include "tools/casement/render/numbers.h"
#include "tools/casement/render/table.h"
#include "tools/casement/render/text.h"
#include "tools/casement/render/volume_table.h"
#include "vfs/core/utf16.h"

namespace casement::cli {
namespace {

std::string volume_number(const Image& image, std::size_t position) {
  const auto& volumes = image.opened().volumes;
  return position < volumes.size() ? fmt::format("{}", volumes[position].index) : "?";
}

void render_layers(std::string& out, const OpenedImage& opened) {
  append_heading(out, "Image");
  append_pair(out, "Path", printable(std::string_view(opened.path)));
  bool first = true;
  for (const Layer& layer : opened.layers) {
    const std::string kind = printable(std::string_view(layer.kind));
    const std::string detail = printable(std::string_view(layer.detail));
    append_pair(out, first ? "Read as" : "", detail.empty() ? kind : kind + ": " + detail);
    first = false;
  }
}

void render_image(std::string& out, const InfoReport& report) {
  const Image& image = report.image();
  render_layers(out, image.opened());
  append_pair(out, "Windows", printable(windows_path(image, image.installation())));
  append_pair(out, "Chosen because", printable(std::string_view(image.choice_reason())));
  if (image.control_set() != 0) {
    append_pair(out, "Control set", fmt::format("ControlSet{:03}", image.control_set()));
  }
}

std::string fact_text(const FactView& fact, const Identity& identity) {
  std::string text;
  switch (fact.kind) {
    case FactView::Kind::text:
      append_printable(text, fact.text);
      break;
    case FactView::Kind::number:
      append_decimal(text, fact.number);
      break;
    case FactView::Kind::time:
      append_time(text, fact.time, true);
      break;
  }
  if (fact.name == "time_zone") {
    text += fmt::format("{}({})", text.empty() ? "" : " ",
                        utc_offset(identity.time_zone->value.bias_minutes));
  }
  if (fact.name == "product_name" && identity.marketing_name != fact.text) {
    text += " (as stored)";
  }
  return text;
}

void render_identity(std::string& out, const InfoReport& report, bool evidence) {
  append_heading(out, "Identity");
  std::string languages;
  for_each_fact(report.identity, [&](const FactView& fact) {
    // The headline and "Version" have them in one piece.
    const bool part =
        fact.name == "major_version" || fact.name == "minor_version" ||
        (fact.name == "kernel_version" && to_utf8(fact.text) == report.identity.version_string());
    const bool empty = fact.kind == FactView::Kind::text && fact.text.empty();
    if ((part || empty) && !evidence) {
      return;
    }
    if (fact.name == "languages" && !evidence) {
      languages += (languages.empty() ? "" : ", ") + printable(fact.text);
      return;
    }
    append_pair(out, fact.label, fact_text(fact, report.identity));
    if (evidence) {
      append_pair(out, "", "from " + evidence_text(fact.evidence));
    }
  });
  if (!languages.empty()) {
    append_pair(out, "UI languages", languages);
  }
}

void add_scores(Table& table, const std::vector<ScoreItem>& items) {
  for (const ScoreItem& item : items) {
    table.add_note(fmt::format("{:+} {}{}{}", item.points, printable(std::string_view(item.what)),
                               item.where.empty() ? "" : ": ",
                               printable(std::string_view(item.where))));
  }
}

std::string remarks_of(const Installation& installation) {
  std::string remarks = installation.partial ? "incomplete" : "";
  if (!installation.virtual_disk.empty()) {
    remarks += remarks.empty() ? "in " : ", in ";
    append_printable(remarks, std::u16string_view(installation.virtual_disk));
  }
  return remarks;
}

void render_installations(std::string& out, const Image& image, bool evidence) {
  append_heading(out, "Installations");
  Table table{"", "Windows directory", "Volume", "Kind", "Score", "Found by", "Remarks"};
  for (std::size_t i = 0; i < image.installations().size(); ++i) {
    const Installation& installation = image.installations()[i];
    table.add({i == image.chosen() ? "*" : "", printable(windows_path(image, installation)),
               volume_number(image, installation.volume),
               installation_class_name(installation.kind), fmt::format("{}", installation.score),
               installation.origin, remarks_of(installation)});
    if (evidence) {
      add_scores(table, installation.evidence);
    }
  }
  table.append_to(out);
  render_unreadable(out, image.opened(), image.unreadable_installations());
}

void render_volumes(std::string& out, const std::vector<VolumeReport>& volumes) {
  append_heading(out, "Volumes");
  render_volume_table(out, volumes);
}

void render_letters(std::string& out, const Image& image) {
  const DriveLetters& letters = image.drive_letters();
  append_heading(out, "Drive letters");
  if (letters.letters.empty()) {
    append_paragraph(out, "", 2, "none known");
  } else {
    Table table{"Letter", "Volume", "Known", "Device"};
    for (const DriveLetter& letter : letters.letters) {
      table.add(
          {fmt::format("{}:", static_cast<char>(letter.letter)),
           letter.volume ? volume_number(image, *letter.volume) : "-",
           letter_confidence_name(letter.confidence),
           printable(std::string_view(letter.device)) +
               (letter.is_system_root ? (letter.device.empty() ? "Windows" : ", Windows") : "")});
    }
    table.append_to(out);
  }
  if (letters.unlettered_volumes != 0) {
    append_paragraph(
        out, "", 2,
        fmt::format("{} more volumes were mounted without a letter", letters.unlettered_volumes));
  }
}

void render_stores(std::string& out, const InfoReport& report, bool evidence) {
  const BootManager& boot = report.image().boot_manager();
  Table table{"", "Boot store", "Volume", "Firmware", "Score", "Boot manager's device"};
  for (std::size_t i = 0; i < boot.stores.size(); ++i) {
    const BootStore& store = boot.stores[i];
    table.add({boot.chosen == i ? "*" : "", printable(store.path),
               volume_number(report.image(), store.volume), firmware_name(store.firmware),
               fmt::format("{}", store.score), printable(std::string_view(store.bootmgr_device))});
    if (!store.error.empty()) {
      table.add_note("not readable: " + printable(std::string_view(store.error)));
    }
    if (evidence) {
      add_scores(table, store.evidence);
    }
  }
  table.append_to(out);
}

void render_boot(std::string& out, const InfoReport& report, bool evidence) {
  const BootManager& boot = report.image().boot_manager();
  append_heading(out, "Boot");
  append_pair(out, "Boot manager",
              boot.chosen
                  ? (boot.drive ? fmt::format("on drive {}:", static_cast<char>(*boot.drive))
                                : std::string("on a volume without a letter"))
                  : "none");
  if (!boot.reason.empty()) {
    append_pair(out, "", printable(std::string_view(boot.reason)));
  }
  if (!boot.stores.empty()) {
    out += '\n';
    render_stores(out, report, evidence);
  }
  if (boot.entries.empty()) {
    return;
  }
  out += '\n';
  Table table{"", "Boot entry", "Windows", "Remarks"};
  for (const BootEntry& entry : boot.entries) {
    std::string remarks = entry.is_default ? "default" : "";
    if (!entry.in_display_order) {
      remarks += remarks.empty() ? "not in the menu" : ", not in the menu";
    }
    table.add({entry.starts_chosen ? "*" : "", printable(entry.description),
               printable(entry.system_root), std::move(remarks)});
    table.add_note(printable(std::string_view(entry.id)) +
                   (entry.path.empty() ? "" : ", starts " + printable(entry.path)));
    if (!entry.device.empty()) {
      table.add_note("on " + printable(std::string_view(entry.device)));
    }
  }
  table.append_to(out);
}

void render_hives(std::string& out, const InfoReport& report) {
  append_heading(out, "Hives");
  Table table{"Hive", "Version", "Size", "State"};
  for (const HiveReport& item : report.hives) {
    if (item.hive) {
      const HiveState& state = item.hive->state();
      table.add(
          {item.name, fmt::format("{}.{}", state.major_version, state.minor_version),
           grouped(state.bins_size),
           hive_state_text(state) + (state.written_by_offreg ? ", written by offline tools" : "")});
    } else if (!item.error.empty()) {
      table.add({item.name, "-", "-", "not readable: " + printable(std::string_view(item.error))});
    } else {
      table.add({item.name, "-", "-", "not there"});
    }
  }
  table.append_to(out);
}

void render_findings(std::string& out, const FindingList& findings) {
  if (findings.items().empty()) {
    return;
  }
  append_heading(out, "Findings");
  for (const Finding& finding : findings.items()) {
    append_paragraph(out, fmt::format("{}: ", severity_name(finding.diagnostic.severity)), 2,
                     fmt::format("{}: {}", finding.source,
                                 printable(std::string_view(finding.diagnostic.text))));
  }
  if (findings.dropped() != 0) {
    append_paragraph(out, "", 2, fmt::format("{} more", findings.dropped()));
  }
}

}  // namespace

void render_info_text(std::string& out, const InfoReport& report, bool evidence) {
  out += headline(report);
  out += '\n';
  render_identity(out, report, evidence);
  render_image(out, report);
  render_installations(out, report.image(), evidence);
  render_volumes(out, report.volumes);
  render_letters(out, report.image());
  render_boot(out, report, evidence);
  render_hives(out, report);
  render_findings(out, report.findings);
}

void render_unreadable(std::string& out, const OpenedImage& opened,
                       const std::vector<UnreadableInstallation>& installations) {
  for (const UnreadableInstallation& installation : installations) {
    append_paragraph(out, "not readable: ", 2,
                     printable(std::string_view(describe(opened, installation))));
  }
}

void render_volumes_text(std::string& out, const VolumesReport& report) {
  out += "No Windows found";
  if (const auto selected = report.opened.selected) {
    out += fmt::format(" on {}, which the path selects; the others were not searched",
                       printable(std::string_view(report.opened.volumes[*selected].name)));
  }
  out += '\n';
  render_layers(out, report.opened);
  render_volumes(out, report.volumes);
  render_findings(out, report.findings);
}

}  // namespace casement::cli
