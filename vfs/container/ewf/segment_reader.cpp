// SPDX-License-Identifier: Apache-2.0
// Finding segments by their names, believing their numbers.
#include "vfs/container/ewf/segment_reader.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <span>
#include <utility>

#include "vfs/container/ewf/ewf_layout.h"
#include "vfs/container/ewf/ewf_names.h"
#include "vfs/container/ewf/kind.h"

namespace casement {
namespace {

using ewf_layout::FileHeader;

/// How far behind the last segment others are looked for, to tell a gap from the end.
constexpr std::uint32_t gap_probe = 16;

/// Looks for segments one after another.
class SegmentReader {
 public:
  SegmentReader(const ContainerFile& file, const Limits& limits, Diagnostics& findings)
      : file_(file),
        limits_(limits),
        findings_(findings),
        segments_(std::make_shared<SegmentSet>(file.folder)),
        collector_(limits, findings) {}

  Result<EwfImage> read() {
    named_number_ = CASEMENT_TRY(read_segment_number(*file_.source));
    names_ = EwfSegmentName::parse(file_.name, named_number_);
    CASEMENT_TRY(find_first());
    SegmentEnd end = SegmentEnd::next;
    for (std::uint32_t number = 1; end != SegmentEnd::done; ++number) {
      if (number > limits_.max_segments) {
        return fail(Status::limit_exceeded,
                    fmt::format("{}: more than {} segments", file_.name, limits_.max_segments));
      }
      const auto found = look_for(number);
      if (found) {
        const auto index = static_cast<std::uint32_t>(segments_->size());
        segments_->add(found->name, found->source, found->source == file_.source);
        end = CASEMENT_TRY(collector_.read_segment(*found->source, index, found->name));
        continue;
      }
      const auto later = find_later(number);
      if (end == SegmentEnd::next || later) {
        lose_segment(found.error(), later);
      }
      if (!later) {
        break;
      }
      number = *later - 1;
    }
    const bool is_complete = end == SegmentEnd::done;
    return EwfImage{CASEMENT_TRY(std::move(collector_).finish(is_complete)), segments_};
  }

 private:
  struct Found {
    SourcePtr source;
    std::string name;
  };

  std::optional<std::string> name_of(std::uint32_t number) const {
    return number == named_number_ ? std::optional(file_.name)
           : names_                ? names_->at(number)
                                   : std::nullopt;
  }

  /// The file that should be segment `number`; nullopt: there is none.
  Result<std::optional<Found>> find_file(std::uint32_t number) const {
    if (number == named_number_) {
      return std::optional(Found{file_.source, file_.name});
    }
    const auto name = name_of(number);
    SourcePtr source = name ? CASEMENT_TRY(file_.folder->find(*name)) : nullptr;
    return source ? std::optional(Found{std::move(source), *name}) : std::nullopt;
  }

  Result<void> find_first() {
    if (named_number_ == 1) {
      return {};
    }
    if (!names_) {
      return fail(Status::not_found,
                  fmt::format("{} says that it is segment {}, and its name does not: the other "
                              "segments cannot be found by it",
                              file_.name, named_number_));
    }
    if (!CASEMENT_TRY(find_file(1))) {
      return fail(
          Status::not_found,
          fmt::format("{} is segment {}: the first segment, {}, is not in {}", file_.name,
                      named_number_, names_->at(1).value_or("?"), file_.folder->describe()));
    }
    findings_.add(Severity::note, "ewf-not-first",
                  fmt::format("{} is segment {}: the image is opened from the first one",
                              file_.name, named_number_));
    return {};
  }

  /// Segment `number`, or why there is none: it is not there, or says that it is another one.
  Result<Found> look_for(std::uint32_t number) const {
    auto found = CASEMENT_TRY(find_file(number).with_context([&] { return title_of(number); }));
    if (!found) {
      return fail(
          Status::truncated,
          names_ || number == named_number_
              ? fmt::format("{} is missing in {}", title_of(number), file_.folder->describe())
              : fmt::format("{} is missing, and the name {} does not lead to it", title_of(number),
                            file_.name));
    }
    const std::uint32_t said = CASEMENT_TRY(
        read_segment_number(*found->source).with_context([&] { return title_of(number); }));
    if (said != number) {
      return fail(Status::corrupt, fmt::format("{} says that it is segment {}, expected {}",
                                               title_of(number), said, number));
    }
    return *std::move(found);
  }

  /// For messages: "segment image.E02".
  std::string title_of(std::uint32_t number) const {
    return fmt::format("segment {}", name_of(number).value_or(std::to_string(number)));
  }

  /// The number of a segment behind the missing one; nullopt: there is none.
  std::optional<std::uint32_t> find_later(std::uint32_t missing) const {
    for (std::uint32_t number = missing + 1; number <= missing + gap_probe; ++number) {
      const auto found = find_file(number);
      if (found && *found) {
        return number;
      }
    }
    // However far behind the gap it is: it was named.
    return missing < named_number_ ? std::optional(named_number_) : std::nullopt;
  }

  void lose_segment(const Error& why, const std::optional<std::uint32_t>& later) {
    findings_.add(Severity::error, "ewf-segments",
                  later ? fmt::format("{}; the next one that may be there is {}", why.message(),
                                      name_of(*later).value_or("unknown"))
                        : why.message());
    collector_.lose(why.status(), why.message());
  }

  const ContainerFile& file_;
  const Limits& limits_;
  Diagnostics& findings_;
  std::shared_ptr<SegmentSet> segments_;
  EwfCollector collector_;
  std::uint32_t named_number_ = 0;
  std::optional<EwfSegmentName> names_;
};

}  // namespace

Result<std::uint32_t> read_segment_number(const ByteSource& segment) {
  const EwfKind kind = CASEMENT_TRY(read_ewf_kind(segment));
  if (kind != EwfKind::image) {
    return fail(Status::bad_format, "no signature of an E01 or s01 file");
  }
  std::array<std::byte, sizeof(FileHeader)> raw{};
  CASEMENT_TRY(segment.read(0, raw).with_context([] { return "EWF file header"; }));
  const auto header = CASEMENT_TRY(load<FileHeader>(raw, 0, "EWF file header"));
  if (header.segment_number.value() == 0) {
    return fail(Status::corrupt, "EWF file header at 0x9: segment 0, the first is 1");
  }
  return header.segment_number.value();
}

Result<EwfImage> read_segments(const ContainerFile& file, const Limits& limits,
                               Diagnostics& findings) {
  return SegmentReader(file, limits, findings).read();
}

}  // namespace casement
