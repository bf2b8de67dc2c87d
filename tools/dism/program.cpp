// SPDX-License-Identifier: Apache-2.0
// The frame around every command.
#include "tools/dism/program.h"

#include <fmt/format.h>

#include <exception>
#include <filesystem>
#include <fstream>
#include <new>
#include <optional>
#include <system_error>

#include "engine/inspect/identity.h"
#include "tools/dism/context.h"
#include "tools/dism/help.h"
#include "tools/dism/image_version.h"
#include "tools/dism/list.h"
#include "tools/dism/open_session.h"
#include "tools/dism/options.h"

namespace casement::dism {
namespace {

void add_banner(std::string& out) {
  out += fmt::format("\nDeployment Image Servicing and Management tool\nVersion: {}\n\n",
                     dism_version);
}

/// DISM works without its log when that cannot be had.
void open_log(Context& context, Log& log) {
  const GlobalOptions& global = context.request().global;
  if (!global.log_path) {
    return;
  }
  auto opened = Log::open(*global.log_path, global.log_level);
  if (!opened) {
    context.say(LogLevel::warnings,
                "Logging is disabled: Unable to obtain access to the log file: " +
                    opened.error().message());
    return;
  }
  log = std::move(opened).take();
}

Result<void> check_scratch_directory(Context& context) {
  const auto& directory = context.request().global.scratch_directory;
  std::error_code error;
  if (directory && !std::filesystem::is_directory(*directory, error)) {
    return context.refuse(
        Status::path_not_found,
        {.before = {},
         .lines = {fmt::format("The scratch directory {} cannot be accessed. Make sure that the "
                               "folder of /ScratchDir exists.",
                               *directory)}},
        fmt::format("/ScratchDir: {} is no directory", *directory));
  }
  return {};
}

/// What the command line alone decides.
Result<void> check_usage(Context& context) {
  const Request& request = context.request();
  const GlobalOptions& global = request.global;
  if (request.error && !request.error->after_image) {
    return context.refuse(wrong_usage, request.error->refusal, request.error->refusal.lines[0]);
  }
  if (global.online && (global.image || global.windows_directory)) {
    return context.refuse(wrong_usage, usage::image_with_online(),
                          "/Online excludes /Image and /WinDir");
  }
  const bool wants_image = request.command == nullptr || request.command->target != Target::none;
  if (!wants_image && (global.image || global.online)) {
    return context.refuse(wrong_usage, usage::image_not_here(),
                          fmt::format("{} works on an image file", request.command_text));
  }
  if (global.online) {
    return context.refuse(Status::unsupported,
                          {.before = {},
                           .lines = {system_text(Status::unsupported),
                                     "No Windows is running on this machine that /Online could "
                                     "mean. Use /Image:<path> with an offline image."}},
                          "/Online: this machine does not run Windows");
  }
  if (global.windows_directory && !global.image) {
    return context.refuse(wrong_usage, usage::windows_directory_without_image(),
                          "/WinDir needs /Image");
  }
  if (request.command == nullptr && !global.image) {
    return context.refuse(wrong_usage, usage::no_options(), "no command was given");
  }
  if (request.command != nullptr && request.command->target == Target::image && !global.image) {
    return context.refuse(wrong_usage, usage::not_recognized(request.command_text),
                          fmt::format("{} needs /Image:<path>", request.command_text));
  }
  return {};
}

Result<void> run_command(Context& context) {
  const Request& request = context.request();
  CASEMENT_TRY(check_usage(context));
  CASEMENT_TRY(check_scratch_directory(context));
  if (request.global.image) {
    CASEMENT_TRY(open_session(context));
    const Identity identity = read_identity(context.image());
    context.text() += fmt::format("Image Version: {}\n\n", printable(image_version(identity)));
    context.note(identity.diagnostics);
  }
  if (request.error) {
    return context.refuse(wrong_usage, request.error->refusal, request.error->refusal.lines[0]);
  }
  if (request.command == nullptr) {
    return context.refuse(wrong_usage, usage::missing_command(), "no command was given");
  }
  return request.command->run(context);
}

/// nullopt: the page was printed.
std::optional<Refusal> print_help(Context& context) {
  const Request& request = context.request();
  if (request.help_misplaced) {
    return usage::help_not_last();
  }
  const auto page = help_page(request.help_topic);
  if (!page) {
    return usage::no_help_topic("/" + request.help_topic);
  }
  context.text() += *page;
  return std::nullopt;
}

void add_error(Context& context, const Log& log, Status status, const Refusal& refusal) {
  std::string& out = context.text();
  if (!out.empty() && !out.ends_with("\n\n")) {
    out += out.ends_with('\n') ? "\n" : "\n\n";
  }
  for (const std::string& line : refusal.before) {
    out += printable(line) + "\n\n";
  }
  out += error_line(result_code(status)) + "\n\n";
  for (const std::string& line : refusal.lines) {
    out += printable(line) + "\n";
  }
  if (refusal.lines.empty()) {
    out += system_text(status) + "\n";
  }
  if (!log.path().empty()) {
    out += fmt::format("\nThe DISM log file can be found at {}\n", printable(log.path()));
  }
}

std::int32_t finish(Context& context, const Log& log, const Result<void>& result) {
  if (result) {
    context.text() += context.blank_line() ? "\n" : "";
    context.text() += "The operation completed successfully.\n";
    return 0;
  }
  add_error(context, log, result.error().status(), context.refusal());
  return result_code(result.error().status());
}

void write_exit_code(const std::string& path, std::int32_t code, const Sink& notes) {
  if (path.empty()) {
    return;
  }
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << code << '\n';
  if (!file.flush()) {
    (void)notes(
        fmt::format("dism: the exit code {} cannot be written to {}\n", code, printable(path)));
  }
}

std::string command_line_of(std::span<const std::string> arguments) {
  std::string line = "dism";
  for (const std::string& argument : arguments) {
    line += " " + argument;
  }
  return line;
}

std::int32_t run_request(const Request& request, std::span<const std::string> arguments,
                         Output& output, const Sink& notes) {
  Log log;
  Context context(request, output, log, notes);
  add_banner(output.text());
  std::int32_t code = 0;
  if (request.help) {
    if (const auto refusal = print_help(context)) {
      add_error(context, log, wrong_usage, *refusal);
      code = result_code(wrong_usage);
    }
  } else {
    open_log(context, log);
    context.log(LogLevel::information, command_line_of(arguments));
    const Result<void> result = run_command(context);
    code = finish(context, log, result);
    (void)output.flush();
    if (!result) {
      context.say(LogLevel::errors, result.error().message());
    }
  }
  context.log(LogLevel::information, fmt::format("exit code {}", code));
  return code;
}

}  // namespace

std::int32_t run_program(std::span<const std::string> arguments, const Settings& settings,
                         Output& output, const Sink& notes) {
  std::string code_file = settings.exit_code_file;
  std::int32_t code = result_code(out_of_memory);
  // What flies is caught here, so that the file never keeps the code of an earlier run.
  try {
    Request request = parse_request(arguments);
    request.help |= arguments.empty();
    code_file = request.global.exit_code_file.value_or(code_file);
    if (settings.crlf || request.global.crlf) {
      output.use_crlf();
    }
    if (request.global.quiet) {
      output.be_quiet();
    }
    code = run_request(request, arguments, output, notes);
  } catch (const std::bad_alloc&) {
    (void)notes("dism: out of memory\n");
  } catch (const std::exception& error) {
    (void)notes(fmt::format("dism: internal error: {}\n", error.what()));
  }
  write_exit_code(code_file, code, notes);
  return code;
}

}  // namespace casement::dism
