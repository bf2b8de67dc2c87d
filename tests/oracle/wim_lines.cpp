// SPDX-License-Identifier: Apache-2.0
// Prints a WIM for comparison with other readers.
//   wim_lines FILE info             header, parts and images, one fact a line
//   wim_lines FILE blobs [SIZE]     for each SHA-1 on standard input: what the table says of it,
//   and
//                                   the SHA-1 of its bytes, read SIZE at a time (default: all)
//   wim_lines FILE verify [THREADS] what a verification says
// Errors and findings go to standard error; exit code 1 when there was an error or damage.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "vfs/core/digest.h"
#include "vfs/core/utf16.h"
#include "vfs/open/image_folder.h"
#include "vfs/source/file_source.h"
#include "vfs/wim/verify.h"
#include "vfs/wim/wim_file.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a program

template <class T>
std::string text_of(const std::optional<T>& value) {
  return value ? fmt::format("{}", *value) : std::string("-");
}

void print_info(const wim::WimFile& file) {
  const wim::WimHeader& header = file.header();
  fmt::print("guid\t{}\n", header.guid.to_string());
  fmt::print("version\t{}\n", header.version);
  fmt::print("images\t{}\n", file.images().size());
  fmt::print("compression\t{}\n", to_string(header.compression));
  fmt::print("chunk size\t{}\n", header.chunk_size);
  fmt::print("part\t{}/{}\n", header.part, header.part_count);
  fmt::print("boot index\t{}\n", header.boot_index);
  fmt::print("pipable\t{}\n", header.pipable);
  fmt::print("integrity\t{}\n", header.has_integrity_table);
  fmt::print("rpfix\t{}\n", header.reparse_points_fixed);
  for (const std::string& name : file.part_names()) {
    fmt::print("file\t{}\n", name);
  }
  for (const wim::ImageClaims& image : file.images()) {
    fmt::print("image\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", image.index, image.name, image.description,
               text_of(image.directory_count), text_of(image.file_count),
               text_of(image.total_bytes),
               image.created ? image.created->to_iso8601() : std::string("-"));
  }
}

Result<Sha1> digest_of(const ByteSource& source, std::size_t piece_size) {
  Digest digest(DigestKind::sha1);
  const auto whole = static_cast<std::size_t>(source.size());
  std::vector<std::byte> buffer(piece_size == 0 ? whole : std::min(piece_size, whole));
  for (std::size_t at = 0; at < whole; at += buffer.size()) {
    const MutableBytes piece = MutableBytes(buffer).first(std::min(buffer.size(), whole - at));
    CASEMENT_TRY(source.read(at, piece));
    digest.update(piece);
  }
  Sha1 out{};
  std::ranges::copy(digest.finish(), out.begin());
  return out;
}

Result<void> print_blob(const wim::WimFile& file, const std::string& hex, std::size_t piece_size) {
  Sha1 hash{};
  for (std::size_t i = 0; i < hash.size(); ++i) {
    hash[i] = static_cast<std::byte>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
  }
  const auto info = CASEMENT_TRY(file.find(hash));
  if (!info) {
    fmt::print("{}\tmissing\n", hex);
    return {};
  }
  const SourcePtr source = CASEMENT_TRY(file.open(hash));
  const Sha1 found = CASEMENT_TRY(digest_of(*source, piece_size));
  fmt::print("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", hex, info->size, info->stored_size,
             info->references, info->part, info->compressed, info->solid, to_hex(found));
  return {};
}

void print_uses(const char* kind, const std::vector<wim::DamagedBlob>& blobs) {
  for (const wim::DamagedBlob& blob : blobs) {
    fmt::print("{}\t{}\t{}\t{}\t{}\n", kind, to_hex(blob.expected), blob.size,
               blob.found ? to_hex(*blob.found) : std::string("-"), blob.use_count);
    std::cerr << kind << ": " << blob.error.message() << '\n';
    for (const wim::BlobUse& use : blob.uses) {
      fmt::print("use\t{}\t{}\n", use.image, to_utf8(use.path));
    }
  }
}

Result<bool> print_verify(const wim::WimFilePtr& file, unsigned threads) {
  wim::VerifyOptions options;
  options.threads = threads;
  const wim::VerifyReport report = CASEMENT_TRY(verify(file, options));
  fmt::print("blobs\t{}\nbytes\t{}\nintegrity chunks\t{}\ngood\t{}\n", report.blobs, report.bytes,
             report.integrity_chunks, report.good());
  for (const wim::DamagedChunk& chunk : report.damaged_chunks) {
    fmt::print("chunk\t{}\t{}\t{}\n", chunk.part, chunk.offset, chunk.size);
  }
  print_uses("damaged", report.damaged_blobs);
  print_uses("missing", report.missing_blobs);
  for (const Diagnostic& finding : report.diagnostics.items()) {
    std::cerr << finding.code << ": " << finding.text << '\n';
  }
  return report.good();
}

Result<int> run(const std::vector<std::string>& arguments) {
  const std::filesystem::path path(arguments[0]);
  const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
  const wim::WimLocation location{.source = CASEMENT_TRY(open_file_source(path.string())),
                                  .name = path.filename().string(),
                                  .folder = make_host_folder(folder)};
  const wim::WimFilePtr file = CASEMENT_TRY(wim::WimFile::open(location, {}));
  const auto number = arguments.size() > 2 ? std::stoul(arguments[2]) : 0;
  if (arguments[1] == "verify") {
    return CASEMENT_TRY(print_verify(file, static_cast<unsigned>(number))) ? 0 : 1;
  }
  const Diagnostics findings = file->diagnostics();
  for (const Diagnostic& finding : findings.items()) {
    std::cerr << finding.code << ": " << finding.text << '\n';
  }
  if (arguments[1] == "info") {
    print_info(*file);
    return 0;
  }
  int code = 0;
  for (std::string hex; std::cin >> hex;) {
    if (auto printed = print_blob(*file, hex, number); !printed) {
      std::cerr << printed.error().message() << '\n';
      code = 1;
    }
  }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 2) {
    std::cerr << "usage: wim_lines FILE info|blobs|verify [NUMBER]\n";
    return 2;
  }
  const auto code = run(arguments);
  if (!code) {
    std::cerr << code.error().message() << '\n';
    return 1;
  }
  return *code;
}
