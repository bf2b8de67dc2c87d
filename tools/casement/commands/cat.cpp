// SPDX-License-Identifier: Apache-2.0
// `casement cat`: the bytes of files and named streams.
#include "tools/casement/commands/cat.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/inspect/base_manifest.h"
#include "engine/inspect/file_bytes.h"
#include "engine/servicing/component_manifest.h"
#include "engine/servicing/compressed_manifest.h"
#include "tools/casement/commands/file_findings.h"
#include "tools/casement/commands/find_file.h"
#include "tools/casement/commands/missing_path.h"
#include "tools/casement/commands/output_file.h"
#include "tools/casement/messages.h"
#include "vfs/core/utf16.h"
#include "vfs/source/memory_source.h"

namespace casement::cli {
namespace {

constexpr std::uint64_t piece_size = std::uint64_t{1} << 20;
/// A sector: what lies before a damaged one is still read.
constexpr std::uint64_t smallest_piece = 512;

/// As the user may have typed it.
std::string describe(const FoundFile& found, const CatOptions& options) {
  const std::string node =
      options.file.node ? fmt::format("node {}", *options.file.node) : to_utf8(found.full_path());
  return found.stream.empty() ? node : node + ':' + to_utf8(found.stream);
}

/// Says what the bytes are when they are not what Windows would show.
void say_content(const FoundFile& found, const std::string& name) {
  const auto info = found.file_system->stat(found.node);
  if (info && info->content == ContentKind::encrypted && found.stream.empty()) {
    say_note(fmt::format("{}: encrypted (EFS); these are the encrypted bytes", name));
  }
}

ExitCode explain_open(const FoundFile& found, const std::string& name, const Error& error) {
  if (found.stream.empty() && found.kind == NodeKind::directory) {
    say_error(fmt::format("{} is a directory", name));
    say_hint("casement ls lists it");
    return ExitCode::failed;
  }
  if (!found.stream.empty() && error.status() == Status::not_found) {
    say_missing_stream(found, to_units(name));
    return ExitCode::failed;
  }
  return fail_with(error);
}

/// Binary data does harm to a terminal and helps nobody there.
Result<void> check_for_terminal(std::string_view first_piece) {
  if (first_piece.find('\0') != std::string_view::npos) {
    return fail(Status::unsupported,
                "the data is binary and would go to a terminal; -o FILE writes it to a file, "
                "--force to the terminal");
  }
  return {};
}

Result<void> to_standard_output(const ByteSource& source, const CatOptions& options,
                                Output& output) {
  bool check = output.is_terminal() && !options.force;
  return copy_bytes(source, options.range.value_or(ByteRange{}),
                    [&](std::string_view bytes) -> Result<bool> {
                      if (check) {
                        CASEMENT_TRY(check_for_terminal(bytes));
                        check = false;
                      }
                      return output.write(bytes);
                    });
}

/// "ewf" is the kind of its layer, wherever in the stack it is.
ImageParts parts_of(const OpenedImage& image) {
  const bool ewf = std::ranges::any_of(
      image.layers, [](const Layer& layer) { return layer.kind.starts_with("ewf"); });
  return ewf ? ImageParts::ewf_segments : ImageParts::open;
}

/// What could be read stays in the file, also when the rest cannot be.
Result<void> to_file(const ByteSource& source, const CatOptions& options,
                     const OpenedImage& image) {
  OutputFile file =
      CASEMENT_TRY(OutputFile::create(*options.output, image.path, options.force, parts_of(image)));
  bool written = true;
  const Result<void> copied = copy_bytes(source, options.range.value_or(ByteRange{}),
                                         [&](std::string_view bytes) -> Result<bool> {
                                           const auto result = file.write(bytes);
                                           written = result.has_value();
                                           CASEMENT_TRY(result);
                                           return true;
                                         });
  if (written) {
    CASEMENT_TRY(file.commit());
  }
  return copied;
}

Result<std::vector<std::byte>> base_manifest(const ImageFiles& files) {
  if (files.image() == nullptr) {
    return fail(Status::not_found, "no Windows was found in the image");
  }
  return read_base_manifest(*files.image());
}

/// What a compressed manifest stands for; any other file as it is.
Result<SourcePtr> decoded(const SourcePtr& source, const ImageFiles& files) {
  std::array<std::byte, 4> beginning = {};
  if (source->size() < beginning.size()) {
    return source;
  }
  CASEMENT_TRY(source->read(0, beginning));
  if (!is_compressed_manifest(beginning)) {
    return source;
  }
  const auto stored = CASEMENT_TRY(read_all(*source, max_component_manifest_size));
  const auto base = base_manifest(files);
  if (!base) {
    return std::unexpected(
        Error(base.error()).context("decode: the manifest that it is compressed against"));
  }
  auto xml = CASEMENT_TRY(decode_manifest(stored, *base));
  return make_memory_source(std::move(xml), source->describe());
}

ExitCode write_found(const FoundFile& found, const CatOptions& options, const ImageFiles& files,
                     Output& output) {
  const std::string name = describe(found, options);
  const Result<SourcePtr> source = found.file_system->open(found.node, found.stream);
  if (!source) {
    return explain_open(found, name, source.error());
  }
  say_content(found, name);
  const Result<SourcePtr> content = options.decode ? decoded(*source, files) : source;
  if (!content) {
    return fail_with(Error(content.error()).context(name));
  }
  const Result<void> copied = options.output ? to_file(**content, options, files.opened())
                                             : to_standard_output(**content, options, output);
  if (!copied) {
    return fail_with(Error(copied.error()).context(name));
  }
  return ExitCode::ok;
}

}  // namespace

ExitCode run_cat(const CatOptions& options, Output& output) {
  // What decodes is found through the Windows in the image.
  const Result<ImageFiles> files = options.decode
                                       ? ImageFiles::open(options.image, options.file)
                                       : ImageFiles::open_for_file(options.image, options.file);
  if (!files) {
    return fail_with(files.error());
  }
  ExitCode code = ExitCode::ok;
  const std::optional<FoundFile> found = find_file(*files, options.file, FollowMode::follow, code);
  if (found) {
    code = write_found(*found, options, *files, output);
  }
  DamageReport damage;
  report_findings(*files, found ? &*found : nullptr, damage);
  damage.finish();
  return code == ExitCode::ok && damage.count() != 0 ? ExitCode::partial : code;
}

Result<void> copy_bytes(const ByteSource& source, const ByteRange& range, const ByteSink& sink) {
  const std::uint64_t size = source.size();
  if (range.offset > size) {
    return fail(
        Status::invalid_argument,
        fmt::format("offset {} lies behind the end: there are {} bytes", range.offset, size));
  }
  std::uint64_t left = std::min(size - range.offset, range.length.value_or(size));
  std::uint64_t offset = range.offset;
  std::uint64_t most = piece_size;
  std::string buffer;
  while (left != 0) {
    const std::uint64_t piece = std::min(left, most);
    buffer.resize(piece);
    const Result<void> read = source.read(offset, std::as_writable_bytes(std::span(buffer)));
    if (!read && piece > smallest_piece) {
      most = std::max(piece / 8, smallest_piece);
      continue;
    }
    if (!read) {
      return std::unexpected(Error(read.error()).context(fmt::format("read at offset {}", offset)));
    }
    const bool wanted = CASEMENT_TRY(sink(buffer));
    if (!wanted) {
      return {};
    }
    offset += piece;
    left -= piece;
  }
  return {};
}

}  // namespace casement::cli
