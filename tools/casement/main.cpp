// SPDX-License-Identifier: Apache-2.0
// The program `casement`.
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <exception>
#include <new>
#include <system_error>

#include "tools/casement/args.h"
#include "tools/casement/commands/apps.h"
#include "tools/casement/commands/capabilities.h"
#include "tools/casement/commands/cat.h"
#include "tools/casement/commands/drivers.h"
#include "tools/casement/commands/editions.h"
#include "tools/casement/commands/features.h"
#include "tools/casement/commands/images.h"
#include "tools/casement/commands/info.h"
#include "tools/casement/commands/intl.h"
#include "tools/casement/commands/ls.h"
#include "tools/casement/commands/machine.h"
#include "tools/casement/commands/mount.h"
#include "tools/casement/commands/packages.h"
#include "tools/casement/commands/reg.h"
#include "tools/casement/commands/report.h"
#include "tools/casement/commands/stat.h"
#include "tools/casement/commands/umount.h"
#include "tools/casement/commands/updates.h"
#include "tools/casement/commands/verify.h"
#include "tools/casement/messages.h"

namespace casement::cli {
namespace {

ExitCode run(const Command& command, Output& output) {
  struct Runner {
    Output& output;
    ExitCode operator()(const InfoOptions& options) const { return run_info(options, output); }
    ExitCode operator()(const RegOptions& options) const { return run_reg(options, output); }
    ExitCode operator()(const LsOptions& options) const { return run_ls(options, output); }
    ExitCode operator()(const CatOptions& options) const { return run_cat(options, output); }
    ExitCode operator()(const StatOptions& options) const { return run_stat(options, output); }
    ExitCode operator()(const ImagesOptions& options) const { return run_images(options, output); }
    ExitCode operator()(const VerifyOptions& options) const { return run_verify(options, output); }
    ExitCode operator()(const MountOptions& options) const { return run_mount(options, output); }
    ExitCode operator()(const UmountOptions& options) const { return run_umount(options, output); }
    ExitCode operator()(const PackagesOptions& options) const {
      return run_packages(options, output);
    }
    ExitCode operator()(const FeaturesOptions& options) const {
      return run_features(options, output);
    }
    ExitCode operator()(const CapabilitiesOptions& options) const {
      return run_capabilities(options, output);
    }
    ExitCode operator()(const UpdatesOptions& options) const {
      return run_updates(options, output);
    }
    ExitCode operator()(const DriversOptions& options) const {
      return run_drivers(options, output);
    }
    ExitCode operator()(const AppsOptions& options) const { return run_apps(options, output); }
    ExitCode operator()(const EditionsOptions& options) const {
      return run_editions(options, output);
    }
    ExitCode operator()(const IntlOptions& options) const { return run_intl(options, output); }
    ExitCode operator()(const MachineOptions& options) const {
      return run_machine(options, output);
    }
    ExitCode operator()(const ReportOptions& options) const { return run_report(options, output); }
  };
  return std::visit(Runner{output}, command);
}

/// A reader that stops early ("| head") has what it wanted; every other failed write is an error.
ExitCode finish(Output& output, ExitCode code) {
  if (output.flush()) {
    return code;
  }
  if (output.reader_gone()) {
    return ExitCode::ok;
  }
  say_error(
      fmt::format("cannot write the output: {}", std::generic_category().message(output.error())));
  return ExitCode::failed;
}

ExitCode run_program(int count, const char* const* arguments) {
  Output output(STDOUT_FILENO);
  const auto parsed = parse_arguments(count, arguments, output);
  if (const auto* code = std::get_if<ExitCode>(&parsed)) {
    return finish(output, *code);
  }
  const ExitCode code = run(std::get<Command>(parsed), output);
  return finish(output, code);
}

}  // namespace
}  // namespace casement::cli

int main(int argc, char** argv) {
  using casement::cli::ExitCode;
  // A closed pipe comes back from write() as EPIPE, wherever the program was started from.
  if (std::signal(SIGPIPE, SIG_IGN) == SIG_ERR) {
    casement::cli::say_warning("a closed pipe will end the program");
  }
  try {
    return static_cast<int>(casement::cli::run_program(argc, argv));
  } catch (const std::bad_alloc&) {
    casement::cli::say_error("out of memory");
  } catch (const std::exception& error) {
    casement::cli::say_error(fmt::format("internal error: {}", error.what()));
  }
  return static_cast<int>(ExitCode::failed);
}
