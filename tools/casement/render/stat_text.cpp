// SPDX-License-Identifier: Apache-2.0
// The lines of `casement stat`.
#include <fmt/format.h>

#include "engine/inspect/identity.h"
#include "engine/pe/version_info.h"
#include "tools/casement/render/attributes.h"
#include "tools/casement/render/numbers.h"
#include "tools/casement/render/stat.h"
#include "tools/casement/render/table.h"
#include "tools/casement/render/text.h"

namespace casement::cli {
namespace {

std::string byte_count(std::uint64_t bytes) {
  const std::string exact = grouped(bytes) + (bytes == 1 ? " byte" : " bytes");
  return bytes < 1024 ? exact : fmt::format("{} ({})", exact, human_size(bytes));
}

/// "amd64"; the number of an architecture that Windows NT never had.
std::string machine_text(std::uint16_t machine) {
  const auto architecture = static_cast<Architecture>(machine);
  const std::string_view name = architecture_name(architecture);
  return name == architecture_name(Architecture::unknown) ? fmt::format("machine 0x{:04x}", machine)
                                                          : std::string(name);
}

std::string kind_text(const StatReport& report) {
  switch (report.info.kind) {
    case NodeKind::file:
      return "file";
    case NodeKind::directory:
      return report.info.case_sensitive ? "directory with case-sensitive names" : "directory";
    case NodeKind::reparse_point:
      break;
  }
  return report.target ? "link" : "reparse point";
}

void append_time_pair(std::string& out, const char* label, FileTime time) {
  std::string text;
  append_time(text, time, false);
  append_pair(out, label, text.empty() ? "not set" : text);
}

void append_attributes(std::string& out, const NodeInfo& info) {
  const std::string names = attribute_names(info.attributes);
  append_pair(out, "Attributes",
              fmt::format("{}{}0x{:08x}{}", names, names.empty() ? "" : " (", info.attributes,
                          names.empty() ? "" : ")"));
}

void append_reparse(std::string& out, const StatReport& report) {
  if (report.target) {
    append_pair(out, "Leads to", printable(*report.target));
  }
  if (report.info.reparse_tag != 0) {
    std::string tag;
    append_hex32(tag, report.info.reparse_tag);
    if (const char* name = reparse_tag_name(report.info.reparse_tag)) {
      tag += fmt::format(" ({})", name);
    }
    append_pair(out, "Reparse tag", tag);
  }
}

void append_security(std::string& out, const StatReport& report) {
  if (report.security_descriptor.empty()) {
    return;
  }
  append_pair(out, "Owner", report.security.owner.value_or("none"));
  append_pair(out, "Group", report.security.group.value_or("none"));
  append_pair(out, "Security", byte_count(report.security_descriptor.size()));
}

void append_text_pair(std::string& out, const char* label, std::u16string_view text) {
  if (!text.empty()) {
    append_pair(out, label, printable(text));
  }
}

void append_program(std::string& out, const ProgramFacts& program) {
  const VersionInfo& version = program.version;
  const auto numbers = [](const std::optional<FileVersion>& of) {
    return of ? file_version_text(*of) : std::string("not given");
  };
  append_heading(out, "Program");
  append_pair(out, "Architecture", machine_text(program.machine));
  append_pair(out, "File version", numbers(version.file_version));
  append_pair(out, "Product version", numbers(version.product_version));
  append_text_pair(out, "Product", version.text(u"ProductName"));
  append_text_pair(out, "Description", version.text(u"FileDescription"));
  append_text_pair(out, "Company", version.text(u"CompanyName"));
}

void append_streams(std::string& out, const StatReport& report) {
  Table table{"Stream", "Size", "On the volume"};
  bool named = false;
  for (const StreamInfo& stream : report.streams) {
    named = named || !stream.name.empty();
    table.add({stream.name.empty() ? "(main)" : ":" + printable(stream.name), grouped(stream.size),
               stream.allocated_size == 0 ? "-" : grouped(stream.allocated_size)});
  }
  if (named) {
    append_heading(out, "Streams");
    table.append_to(out);
  }
}

}  // namespace

void render_stat_text(std::string& out, const StatReport& report) {
  const NodeInfo& info = report.info;
  out += report.file.path.empty() ? fmt::format("node {}", report.file.node.value)
                                  : printable(report.file.full_path());
  out += '\n';
  append_pair(out, "Kind", kind_text(report));
  append_reparse(out, report);
  if (info.kind == NodeKind::file) {
    append_pair(out, "Size", byte_count(info.size));
    if (info.allocated_size != 0) {
      append_pair(out, "On the volume", byte_count(info.allocated_size));
    }
    append_pair(out, "Content", to_string(info.content));
  }
  append_attributes(out, info);
  append_time_pair(out, "Created", info.created);
  append_time_pair(out, "Modified", info.modified);
  append_time_pair(out, "Changed", info.changed);
  append_time_pair(out, "Accessed", info.accessed);
  append_pair(out, "Hard links", fmt::format("{}", info.link_count));
  if (!report.short_name.empty()) {
    append_pair(out, "8.3 name", printable(report.short_name));
  }
  append_security(out, report);
  append_pair(out, "Node", fmt::format("{}", report.file.node.value));
  if (report.volume != nullptr) {
    append_pair(out, "Volume",
                fmt::format("{}, {}", report.volume->index, report.file.file_system->type_name()));
  }
  if (report.program) {
    append_program(out, *report.program);
  }
  append_streams(out, report);
}

}  // namespace casement::cli
