// SPDX-License-Identifier: Apache-2.0
// The command line, by CLI11; no other file knows it.
#include "tools/casement/args.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <string_view>

#include "tools/casement/help_text.h"
#include "tools/casement/messages.h"
#include "vfs/core/utf16.h"

namespace casement::cli {
namespace {

void add_image_options(CLI::App& command, ImageOptions& options, const char* image_help) {
  command.add_option("IMAGE", options.image, image_help)->required()->type_name("");
  command
      .add_option("--windows-dir", options.windows_directory,
                  "The Windows directory to use when there are several,\n"
                  "e.g. 'Windows.old\\Windows'")
      ->type_name("DIR");
  command
      .add_option("--system-drive", options.system_drive,
                  "The drive that holds the boot manager, e.g. S:")
      ->type_name("X:");
}

void add_info(CLI::App& program, InfoOptions& options) {
  CLI::App* info = program.add_subcommand("info", "Say which Windows is in an image");
  add_image_options(*info, options.image,
                    "The image: the root directory of a Windows system drive");
  info->add_flag("--evidence", options.evidence,
                 "Say for every fact where it was read, and for every choice\nwhat spoke for it");
  info->add_flag("--json", options.json, "Print JSON");
  info->footer(help::info_footer);
}

/// Options of `reg` that decide others.
struct RegSwitches {
  bool recursive = false;
  bool json = false;
  bool jsonl = false;
  std::optional<std::uint32_t> depth;
};

void add_reg(CLI::App& program, RegOptions& options, RegSwitches& switches) {
  static const std::map<std::string, RegFormat> formats{{"text", RegFormat::text},
                                                        {"reg", RegFormat::reg},
                                                        {"json", RegFormat::json},
                                                        {"jsonl", RegFormat::jsonl}};
  CLI::App* reg = program.add_subcommand("reg", "Print keys and values of the registry");
  add_image_options(*reg, options.image, "The image, or a single hive file");
  reg->add_option("KEY", options.key,
                  "The key: 'HKLM\\SOFTWARE\\...' in an image, a path from the root in a\n"
                  "hive file; all hives, or the root, when left out")
      ->type_name("");
  reg->add_flag("-r,--recursive", switches.recursive, "Print the subkeys too, all levels of them");
  reg->add_option("--depth", switches.depth, "Print N levels of subkeys")->type_name("N");
  reg->add_option("--value", options.value,
                  "Print the data of this value and nothing else; '' is the default value")
      ->type_name("NAME");
  reg->add_flag("--raw", options.raw, "With --value: write the bytes as they are stored");
  reg->add_option("--format", options.format, "text, reg, json or jsonl")
      ->transform(CLI::CheckedTransformer(formats, CLI::ignore_case).description(""))
      ->type_name("FORMAT");
  reg->add_flag("--json", switches.json, "The same as --format json");
  reg->add_flag("--jsonl", switches.jsonl, "The same as --format jsonl: one key a line");
  reg->add_flag("--deleted", options.deleted,
                "Print what is left of deleted keys and values instead: leads, not facts");
  reg->add_flag("--full", options.full, "Print long binary data whole");
  reg->add_flag("--no-logs", options.no_logs,
                "Hive file: show it without the changes in its transaction logs");
  reg->add_option("--prefix", options.prefix,
                  "Hive file: what stands before the keys in .reg output\n"
                  "[HKEY_LOCAL_MACHINE\\<file name>]")
      ->type_name("KEY");
  reg->add_flag("-q,--quiet", options.quiet, "No notes about the state of the hives");
  reg->footer(help::reg_footer);
}

/// The reason why the combination makes no sense, or nullopt.
using Objection = std::optional<std::string>;

Objection settle_format(RegOptions& options, const RegSwitches& switches) {
  if (switches.json && switches.jsonl) {
    return "--json and --jsonl exclude each other";
  }
  if (switches.json || switches.jsonl) {
    const RegFormat wanted = switches.json ? RegFormat::json : RegFormat::jsonl;
    if (options.format != RegFormat::text && options.format != wanted) {
      return "--format names another format than --json or --jsonl";
    }
    options.format = wanted;
  }
  if (options.raw && options.format != RegFormat::text) {
    return "--raw has no format: leave out --format, --json and --jsonl";
  }
  if (options.deleted && options.format != RegFormat::text && options.format != RegFormat::json) {
    return "--deleted is printed as text or json";
  }
  if (options.prefix && options.format != RegFormat::reg) {
    return "--prefix is for --format reg";
  }
  return std::nullopt;
}

Objection settle_extent(RegOptions& options, const RegSwitches& switches) {
  const bool subkeys = switches.recursive || switches.depth;
  if (switches.recursive && switches.depth) {
    return "--recursive and --depth exclude each other";
  }
  if (options.raw && !options.value) {
    return "--raw writes one value: give its name with --value";
  }
  if (options.value && subkeys) {
    return "--value prints one value of one key: leave out --recursive and --depth";
  }
  if (options.deleted && (options.value || subkeys)) {
    return "--deleted prints all that it finds: leave out --value, --recursive and --depth";
  }
  options.depth =
      switches.recursive ? std::nullopt : std::optional<std::uint32_t>(switches.depth.value_or(0));
  return std::nullopt;
}

Objection settle(RegOptions& options, const RegSwitches& switches) {
  const Objection objection = settle_format(options, switches);
  return objection ? objection : settle_extent(options, switches);
}

ExitCode usage_error(std::string_view text, std::string_view command) {
  say_error(text);
  say_hint(fmt::format("casement{}{} --help explains the arguments", command.empty() ? "" : " ",
                       command));
  return ExitCode::usage;
}

/// Arguments are UTF-8 everywhere in the program; one that is not could never be found or printed.
std::optional<int> first_invalid_argument(int count, const char* const* arguments) {
  for (int i = 1; i < count; ++i) {
    if (!from_utf8(arguments[i])) {
      return i;
    }
  }
  return std::nullopt;
}

const char* image_of(const Command& command) {
  return std::visit([](const auto& options) { return options.image.image.c_str(); }, command);
}

}  // namespace

std::variant<Command, ExitCode> parse_arguments(int count, const char* const* arguments,
                                                Output& out) {
  if (const auto index = first_invalid_argument(count, arguments)) {
    return usage_error(fmt::format("argument {} is not UTF-8: {}", *index, arguments[*index]), "");
  }
  InfoOptions info;
  RegOptions reg;
  RegSwitches switches;
  CLI::App program{"Answers what is in a Windows image that is not running.", "casement"};
  program.set_version_flag("--version", std::string("casement ") + CASEMENT_VERSION,
                           "Print the version and exit");
  program.set_help_flag("-h,--help", "Print this help and exit");
  program.get_formatter()->column_width(26);
  program.require_subcommand(1);
  program.footer(help::program_footer);
  add_info(program, info);
  add_reg(program, reg, switches);
  const CLI::App* chosen = nullptr;
  std::string command_name;
  try {
    program.parse(count, arguments);
    chosen = program.get_subcommands().front();
    command_name = chosen->get_name();
  } catch (const CLI::CallForVersion& version) {
    out.text() += version.what();
    out.text() += '\n';
    return ExitCode::ok;
  } catch (const CLI::CallForHelp&) {
    out.text() += program.help();
    return ExitCode::ok;
  } catch (const CLI::ParseError& error) {
    const auto parsed = program.get_subcommands();
    if (!parsed.empty()) {
      return usage_error(error.what(), parsed.front()->get_name());
    }
    const std::string_view first = count > 1 ? arguments[1] : "";
    if (count > 1 && !first.starts_with('-')) {
      return usage_error(fmt::format("no such command: '{}'; there are: info, reg", first), "");
    }
    return usage_error(count == 1 ? "which command? There are: info, reg" : error.what(), "");
  }
  Command command;
  if (command_name == "info") {
    command = info;
  } else {
    if (const auto reason = settle(reg, switches)) {
      return usage_error(*reason, command_name);
    }
    command = reg;
  }
  if (*image_of(command) == '\0') {
    return usage_error("IMAGE is empty", command_name);
  }
  return command;
}

}  // namespace casement::cli
