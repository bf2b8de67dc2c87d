// SPDX-License-Identifier: Apache-2.0
// Judging members: what they are called and what they are.
#include "vfs/archive/member_lister.h"

#include <fmt/format.h>

#include <utility>

#include "vfs/archive/entry_path.h"

namespace casement {
namespace {

/// Reported once for each archive, with the first path that has it.
constexpr std::uint64_t whole_archive = 0;

const char* finding_of(Status status) {
  switch (status) {
    case Status::limit_exceeded:
      return "archive-too-deep";
    case Status::name_too_long:
      return "archive-name-too-long";
    default:
      return "archive-bad-name";
  }
}

}  // namespace

/// False: there is no such path; it was reported.
bool MemberLister::accept_path(const std::u16string& text, std::uint64_t place, EntryPath& path) {
  auto parsed = parse_entry_path(text, options_.limits);
  if (!parsed) {
    findings_.add(Severity::warning, finding_of(parsed.error().status()), place, [&] {
      return fmt::format("\"{}\": {}; the member was left out", shown_in_message(text),
                         parsed.error().message());
    });
    return false;
  }
  path = *std::move(parsed);
  return true;
}

void MemberLister::report_form(const EntryPath& path, const std::u16string& text) {
  if (path.absolute && !path.names.empty()) {
    findings_.add(Severity::note, "archive-absolute-name", whole_archive, [&] {
      return fmt::format("\"{}\", among others: taken from the root of the archive",
                         shown_in_message(text));
    });
  }
  if (path.backslash) {
    findings_.add(Severity::note, "archive-backslash", whole_archive, [&] {
      return fmt::format("\"{}\", among others: '\\' was taken for a separator",
                         shown_in_message(text));
    });
  }
  if (path.drive) {
    findings_.add(Severity::note, "archive-drive-name", whole_archive, [&] {
      return fmt::format("\"{}\", among others: the drive is a directory here",
                         shown_in_message(text));
    });
  }
}

Result<void> MemberLister::add(ListedMember listed) {
  EntryPath path;
  if (!accept_path(listed.path, listed.place, path)) {
    return {};
  }
  report_form(path, listed.path);
  listed.info.attributes &= ~(file_attribute::directory | file_attribute::normal);
  const bool directory =
      listed.kind == EntryKind::directory || (listed.kind == EntryKind::file && path.directory);
  if (directory) {
    listed.info.kind = NodeKind::directory;
    listed.info.attributes |= file_attribute::directory;
    return builder_.add(path, {listed.info, std::nullopt}, listed.place);
  }
  if (path.names.empty()) {
    findings_.add(Severity::warning, "archive-bad-name", listed.place,
                  "a file that has the name of the root; it was left out");
    return {};
  }
  switch (listed.kind) {
    case EntryKind::symlink:
      return add_symlink(path, listed);
    case EntryKind::hard_link:
      return add_hard_link(path, listed);
    case EntryKind::special:
      findings_.add(Severity::note, "archive-special-file", listed.place, [&] {
        return fmt::format("\"{}\": a device, pipe or socket; left out",
                           shown_in_message(listed.path));
      });
      return {};
    default:
      return add_file(path, listed);
  }
}

Result<void> MemberLister::add_file(const EntryPath& path, ListedMember& listed) {
  listed.info.kind = NodeKind::file;
  listed.info.size = listed.member.size;
  if (listed.member.sparse) {
    listed.info.attributes |= file_attribute::sparse;
  }
  if (listed.info.attributes == 0) {
    listed.info.attributes = file_attribute::normal;
  }
  const auto index = static_cast<std::uint32_t>(members_.size());
  CASEMENT_TRY(builder_.add(path, {listed.info, index}, listed.place));
  members_.push_back(listed.member);
  return {};
}

Result<void> MemberLister::add_symlink(const EntryPath& path, ListedMember& listed) {
  listed.info.kind = NodeKind::reparse_point;
  listed.info.size = 0;
  listed.info.reparse_tag = reparse_tag::symlink;
  listed.info.attributes |= file_attribute::reparse_point;
  if (!listed.target.empty()) {
    return builder_.add_symlink(path, {listed.info, std::nullopt}, std::move(listed.target),
                                listed.place);
  }
  const auto index = static_cast<std::uint32_t>(members_.size());
  CASEMENT_TRY(builder_.add(path, {listed.info, index}, listed.place));
  members_.push_back(listed.member);
  return {};
}

Result<void> MemberLister::add_hard_link(const EntryPath& path, const ListedMember& listed) {
  EntryPath target;
  if (!accept_path(listed.link_target, listed.place, target)) {
    return {};
  }
  return builder_.add_link(path, target, listed.place);
}

ArchiveIndex MemberLister::finish(std::string format) && {
  return {std::move(builder_).finish(), std::move(members_), std::move(format), false};
}

}  // namespace casement
