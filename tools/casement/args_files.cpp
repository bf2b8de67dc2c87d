// SPDX-License-Identifier: Apache-2.0
// The options of `casement ls`, `cat` and `stat`.
#include <charconv>
#include <string_view>

#include "tools/casement/args_parts.h"
#include "tools/casement/help_text.h"

namespace casement::cli {
namespace {

constexpr const char* image_help = "The image: a directory, a disk image";

void add_volume(CLI::App& command, FileOptions& options) {
  command
      .add_option("--volume", options.volume,
                  "The volume that PATH is on: its number in 'casement info', or p3 for\n"
                  "partition 3 [that of Windows, or the only one]")
      ->type_name("N");
}

void add_node(CLI::App& command, FileSwitches& switches) {
  command
      .add_option("--node", switches.node,
                  "The node with this number, as 'ls --deleted' and --json give it;\n"
                  "PATH is then left out, or is :STREAM")
      ->type_name("ID");
}

Objection settle_file(FileOptions& file, const FileSwitches& switches) {
  if (switches.node) {
    file.node = parse_number(*switches.node);
    if (!file.node) {
      return "--node is a number, decimal or with 0x: " + *switches.node;
    }
    if (!file.path.empty() && !file.path.starts_with(':')) {
      return "--node stands in place of PATH: leave out PATH, or give :STREAM";
    }
  } else if (file.path.empty()) {
    return "PATH is missing";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> parse_number(std::string_view text) noexcept {
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  text.remove_prefix(hex ? 2 : 0);
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number, hex ? 16 : 10);
  if (text.empty() || error != std::errc() || stopped != end) {
    return std::nullopt;
  }
  return number;
}

std::optional<ByteRange> parse_range(std::string_view text) noexcept {
  const std::size_t colon = text.find(':');
  const auto offset = parse_number(text.substr(0, colon));
  if (!offset) {
    return std::nullopt;
  }
  ByteRange range{.offset = *offset, .length = std::nullopt};
  if (colon != std::string_view::npos && colon + 1 < text.size()) {
    range.length = parse_number(text.substr(colon + 1));
    if (!range.length) {
      return std::nullopt;
    }
  }
  return range;
}

void add_ls(CLI::App& program, LsOptions& options, LsSwitches& switches) {
  CLI::App* ls = program.add_subcommand("ls", "List a directory, a tree or the volumes");
  add_image_options(*ls, options.image, image_help);
  ls->add_option("PATH", options.file.path,
                 "What to list: '\\Windows', 'C:\\Windows', /Windows; the root when left out,\n"
                 "or the volumes when there are several and no Windows")
      ->type_name("");
  add_volume(*ls, options.file);
  ls->add_flag("-r,--recursive", options.recursive, "List everything below, with full paths");
  ls->add_flag("--names", switches.names, "Print full paths and nothing else");
  ls->add_flag("--short-names", options.short_names, "Print 8.3 names too");
  ls->add_flag("--streams", options.streams, "List named streams too, as NAME:STREAM");
  ls->add_flag("--deleted", options.deleted,
               "List deleted entries too, where the file system keeps traces of them");
  ls->add_flag("--no-follow", options.no_follow, "List the link that PATH is, not its target");
  ls->add_flag("--json", switches.json, "Print a JSON array");
  ls->add_flag("--jsonl", switches.jsonl, "Print a JSON object a line");
  ls->footer(help::below_options(help::ls_footer));
}

Objection settle(LsOptions& options, const LsSwitches& switches) {
  if (int{switches.names} + int{switches.json} + int{switches.jsonl} > 1) {
    return "--names, --json and --jsonl exclude each other";
  }
  options.format = switches.names   ? ListFormat::names
                   : switches.json  ? ListFormat::json
                   : switches.jsonl ? ListFormat::jsonl
                                    : ListFormat::text;
  if (switches.names && options.short_names) {
    return "--names prints paths and nothing else: leave out --short-names";
  }
  return std::nullopt;
}

void add_cat(CLI::App& program, CatOptions& options, CatSwitches& switches) {
  CLI::App* cat = program.add_subcommand("cat", "Print the bytes of a file or a named stream");
  add_image_options(*cat, options.image, image_help);
  cat->add_option("PATH", options.file.path, "The file, or FILE:STREAM for a named stream")
      ->type_name("");
  add_volume(*cat, options.file);
  add_node(*cat, switches.file);
  cat->add_option("--range", switches.range,
                  "Only LENGTH bytes from OFFSET, decimal or with 0x; to the end\n"
                  "without LENGTH")
      ->type_name("OFFSET:LENGTH");
  cat->add_flag("--decode", options.decode,
                "Print a compressed manifest of WinSxS as the XML that it stands for");
  cat->add_option("-o,--output", options.output, "Write to this file, which must not exist")
      ->type_name("FILE");
  cat->add_flag("--force", options.force, "Replace FILE; write binary data to a terminal");
  cat->footer(help::below_options(help::cat_footer));
}

Objection settle(CatOptions& options, const CatSwitches& switches) {
  if (switches.range) {
    options.range = parse_range(*switches.range);
    if (!options.range) {
      return "--range is OFFSET:LENGTH, such as 0x1000:512: " + *switches.range;
    }
  }
  if (options.output && options.output->empty()) {
    return "--output needs the name of a file";
  }
  return settle_file(options.file, switches.file);
}

void add_stat(CLI::App& program, StatOptions& options, FileSwitches& switches) {
  CLI::App* stat = program.add_subcommand("stat", "Say everything about a file or a directory");
  add_image_options(*stat, options.image, image_help);
  stat->add_option("PATH", options.file.path, "The file or directory; links are not followed")
      ->type_name("");
  add_volume(*stat, options.file);
  add_node(*stat, switches);
  stat->add_flag("-L,--follow", options.follow, "What a link leads to, not the link");
  stat->add_flag("--json", options.json, "Print JSON");
  stat->footer(help::below_options(help::stat_footer));
}

Objection settle(StatOptions& options, const FileSwitches& switches) {
  return settle_file(options.file, switches);
}

}  // namespace casement::cli
