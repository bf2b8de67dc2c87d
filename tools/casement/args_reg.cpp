// SPDX-License-Identifier: Apache-2.0
// The options of `casement reg`.
#include <map>

#include "tools/casement/args_parts.h"
#include "tools/casement/help_text.h"

namespace casement::cli {
namespace {

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

}  // namespace

void add_reg(CLI::App& program, RegOptions& options, RegSwitches& switches) {
  static const std::map<std::string, RegFormat> formats{{"text", RegFormat::text},
                                                        {"reg", RegFormat::reg},
                                                        {"json", RegFormat::json},
                                                        {"jsonl", RegFormat::jsonl}};
  CLI::App* reg = program.add_subcommand("reg", "Print keys and values of the registry");
  add_image_options(*reg, options.image, "The image, or a single hive file");
  add_system_drive(*reg, options.image);
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
  reg->footer(help::below_options(help::reg_footer));
}

Objection settle(RegOptions& options, const RegSwitches& switches) {
  const Objection objection = settle_format(options, switches);
  return objection ? objection : settle_extent(options, switches);
}

}  // namespace casement::cli
