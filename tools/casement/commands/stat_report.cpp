// SPDX-License-Identifier: Apache-2.0
// Gathering what `casement stat` prints.
#include "tools/casement/commands/stat_report.h"

#include <cstdint>
#include <utility>

#include "tools/casement/commands/link_text.h"
#include "vfs/core/utf16.h"

namespace casement::cli {
namespace {

constexpr std::uint64_t smallest_program = 64;

/// The value, or what a damaged one leaves: nothing, and a line in the report.
template <class T>
T take_or_report(Result<T> result, const char* what, DamageReport& damage) {
  if (!result) {
    damage.add(what, result.error().message());
    return T();
  }
  return std::move(result).take();
}

void gather_names(StatReport& report, DamageReport& damage) {
  const auto entry = take_or_report(find_entry(report.file), "its directory", damage);
  if (entry) {
    report.name = entry->name;
    report.short_name = entry->short_name;
    return;
  }
  const std::size_t slash = report.file.path.rfind(u'\\');
  report.name = slash == std::u16string::npos ? u"" : report.file.path.substr(slash + 1);
}

void gather_reparse(StatReport& report, DamageReport& damage) {
  if (report.info.reparse_tag == 0 && report.info.kind != NodeKind::reparse_point) {
    return;
  }
  const FileSystem& file_system = *report.file.file_system;
  auto data = file_system.reparse_data(report.file.node);
  // A mount that hides the buffer of a tag that it does not know has damaged nothing.
  if (!data && data.error().status() == Status::unsupported) {
    return;
  }
  report.reparse_data = take_or_report(std::move(data), "reparse data", damage);
  if (!report.reparse_data.empty() && report.info.kind == NodeKind::reparse_point) {
    report.target =
        take_or_report(link_target_text(file_system, report.file.node), "reparse data", damage);
  }
}

}  // namespace

Result<StatReport> gather_stat(const ImageFiles& files, FoundFile file, DamageReport& damage) {
  StatReport report;
  report.file = std::move(file);
  const FileSystem& file_system = *report.file.file_system;
  const NodeId node = report.file.node;
  report.info = CASEMENT_TRY(
      file_system.stat(node).with_context([&report] { return to_utf8(report.file.full_path()); }));
  if (report.info.link_count == 0) {
    report.info.link_count = take_or_report(file_system.link_count(node), "hard links", damage);
  }
  if (const auto volume = files.volume_of(file_system)) {
    report.volume = &files.opened().volumes[*volume];
  }
  gather_names(report, damage);
  gather_reparse(report, damage);
  // What is shorter than the oldest header is no program, nor are the pipes of a directory of this
  // machine, which would be waited for.
  if (report.info.kind == NodeKind::file && report.info.size >= smallest_program) {
    report.program =
        take_or_report(read_program_facts(file_system, node), "version information", damage);
  }
  report.streams = take_or_report(file_system.streams(node), "streams", damage);
  report.security_descriptor =
      take_or_report(file_system.security_descriptor(node), "security descriptor", damage);
  if (!report.security_descriptor.empty()) {
    report.security = take_or_report(summarise_security(report.security_descriptor),
                                     "security descriptor", damage);
  }
  return report;
}

}  // namespace casement::cli
