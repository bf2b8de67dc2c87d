// SPDX-License-Identifier: Apache-2.0
// Opening and reading for the tests of WIM files.
#include "tests/vfs/wim/wim_support.h"

#include <algorithm>
#include <filesystem>

#include "tests/support/matchers.h"
#include "vfs/open/image_folder.h"
#include "vfs/source/file_source.h"

namespace casement::test {

Result<wim::WimFilePtr> try_open_wim(const MemoryFolder::Files& files, const std::string& name,
                                     const Limits& limits) {
  const auto folder = std::make_shared<MemoryFolder>(files);
  return wim::WimFile::open({.source = must(folder->find(name)), .name = name, .folder = folder},
                            limits);
}

Result<wim::WimFilePtr> try_open_wim(RawBytes bytes, const Limits& limits) {
  MemoryFolder::Files files;
  files.emplace("test.wim", std::move(bytes));
  return try_open_wim(files, "test.wim", limits);
}

wim::WimFilePtr open_wim(RawBytes bytes) {
  return must(try_open_wim(std::move(bytes)));
}

MemoryFolder::Files name_parts(const std::vector<RawBytes>& parts, const std::string& stem) {
  MemoryFolder::Files files;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    files.emplace(stem + (i == 0 ? "" : std::to_string(i + 1)) + ".swm", parts[i]);
  }
  return files;
}

wim::WimFilePtr open_host_wim(const std::string& path) {
  const std::filesystem::path file(path);
  return must(wim::WimFile::open({.source = must(open_file_source(path)),
                                  .name = file.filename().string(),
                                  .folder = make_host_folder(file.parent_path().string())},
                                 {}));
}

std::string text_of_size(std::size_t size, unsigned seed) {
  constexpr std::string_view letters = "etaoin shrdlu cmfwyp vbgkjq xz\n";
  std::string text;
  text.reserve(size + 64);
  std::uint32_t state = seed * 2654435761U + 1;
  while (text.size() < size) {
    state = state * 1664525U + 1013904223U;
    if (text.size() > 64 && (state >> 30) != 0) {
      const std::size_t back = 8 + (state >> 8) % std::min<std::size_t>(text.size() - 8, 4000);
      text += text.substr(text.size() - back, std::min<std::size_t>(back, 5 + (state >> 20) % 40));
    } else {
      text += letters[(state >> 16) % letters.size()];
    }
  }
  text.resize(size);
  return text;
}

std::string noise_of_size(std::size_t size, unsigned seed) {
  std::string noise(size, '\0');
  std::uint64_t state = seed * 0x9E37'79B9'7F4A'7C15U + 1;
  for (char& c : noise) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    c = static_cast<char>(state >> 32);
  }
  return noise;
}

std::vector<std::string> border_contents() {
  return {"a",
          "hello, world",
          text_of_size(32767, 1),
          text_of_size(32768, 2),
          text_of_size(32769, 3),
          text_of_size(200'000, 4),
          noise_of_size(50'000, 5),
          text_of_size(65536, 6),
          std::string(150'000, '\0')};
}

fixture::WimBuilder border_builder(const fixture::WimOptions& options) {
  fixture::WimBuilder builder(options);
  int number = 0;
  for (const std::string& content : border_contents()) {
    builder.file("\\dir\\" + std::to_string(++number), content);
  }
  return builder;
}

Bytes bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

Sha1 hash_of(std::string_view text) {
  return sha1(bytes_of(text));
}

Result<std::string> try_read_blob(const wim::WimFile& file, const Sha1& hash,
                                  std::size_t piece_size) {
  const SourcePtr source = CASEMENT_TRY(file.open(hash));
  std::string content(static_cast<std::size_t>(source->size()), '\0');
  const std::size_t step = piece_size == 0 ? std::max<std::size_t>(content.size(), 1) : piece_size;
  for (std::size_t at = 0; at < content.size(); at += step) {
    CASEMENT_TRY(source->read(at, std::as_writable_bytes(std::span(content))
                                      .subspan(at, std::min(step, content.size() - at))));
  }
  return content;
}

std::string read_blob(const wim::WimFile& file, std::string_view content, std::size_t piece_size) {
  return must(try_read_blob(file, hash_of(content), piece_size));
}

bool has_finding(const Diagnostics& findings, std::string_view code) {
  return std::ranges::any_of(findings.items(),
                             [&](const Diagnostic& finding) { return finding.code == code; });
}

std::string finding_texts(const Diagnostics& findings) {
  std::string text;
  for (const Diagnostic& finding : findings.items()) {
    text += finding.code + ": " + finding.text + "\n";
  }
  return text;
}

wim::VerifyReport verified(const wim::WimFilePtr& file, unsigned threads) {
  wim::VerifyOptions options;
  options.threads = threads;
  return must(wim::verify(file, options));
}

void exercise(const MemoryFolder::Files& files, const std::string& name) {
  Limits limits;
  limits.max_table_size = std::uint64_t{1} << 20;  // hostile tables shall not cost the test time
  const auto file = try_open_wim(files, name, limits);
  if (!file) {
    BOOST_TEST(!file.error().message().empty());
    return;
  }
  for (const wim::ImageClaims& image : (*file)->images()) {
    (void)(*file)->file_system(image.index);
    (void)find_image(**file, image.name);
  }
  const auto report = wim::verify(*file, {.threads = 1, .progress = {}});
  BOOST_TEST(report.has_value());
}

}  // namespace casement::test
