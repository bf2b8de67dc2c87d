// SPDX-License-Identifier: Apache-2.0
// Mounting, serving and unmounting by libfuse.
#include "tools/casement/fuse/fuse_server.h"

#include <fmt/format.h>
#include <limits.h>

#include <array>
#include <cstdarg>
#include <cstdio>
#include <mutex>
#include <utility>
#include <vector>

#include "tools/casement/fuse/fuse_operations.h"

namespace casement::cli {
namespace {

/// What libfuse says goes here and into our messages, and not to a terminal that may be gone.
struct FuseLog {
  std::mutex mutex;
  std::string text;
};

FuseLog& fuse_log_text() {
  static FuseLog log;
  return log;
}

void take_log_line(fuse_log_level level, const char* format, std::va_list arguments) {
  if (level > FUSE_LOG_WARNING) {
    return;
  }
  constexpr std::size_t most_kept = 4096;
  std::array<char, 512> line = {};
  std::vsnprintf(line.data(), line.size(), format, arguments);
  FuseLog& log = fuse_log_text();
  const std::scoped_lock lock(log.mutex);
  if (log.text.size() < most_kept) {
    log.text += line.data();
  }
}

/// The lines since the last call, as one: "fuse: mount failed: Permission denied".
std::string logged() {
  FuseLog& log = fuse_log_text();
  const std::scoped_lock lock(log.mutex);
  std::string text = std::exchange(log.text, {});
  while (!text.empty() && text.back() == '\n') {
    text.pop_back();
  }
  for (char& c : text) {
    c = c == '\n' ? ';' : c;
  }
  // fusermount3 writes to standard error itself.
  return text.empty() ? "fusermount3 refused" : text;
}

/// The arguments that libfuse parses.
class Arguments {
 public:
  explicit Arguments(std::vector<std::string> texts) : texts_(std::move(texts)) {
    for (std::string& text : texts_) {
      pointers_.push_back(text.data());
    }
    arguments_ = FUSE_ARGS_INIT(static_cast<int>(pointers_.size()), pointers_.data());
  }
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;
  ~Arguments() { fuse_opt_free_args(&arguments_); }
  fuse_args* get() noexcept { return &arguments_; }

 private:
  std::vector<std::string> texts_;
  std::vector<char*> pointers_;
  fuse_args arguments_ = {};
};

std::string mount_options(const ServerOptions& options) {
  return fmt::format("ro,nosuid,nodev,noatime,subtype=casement,fsname={}{}",
                     escape_mount_option(options.source),
                     options.allow_other ? ",allow_other" : "");
}

}  // namespace

struct FuseServer::State {
  Service service;
  fuse_session* session = nullptr;
  bool handles_signals = false;
  bool mounted = false;

  explicit State(Service served) : service(std::move(served)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (mounted) {
      fuse_session_unmount(session);
    }
    // Not before: a second signal must not leave a dead mount.
    if (handles_signals) {
      fuse_remove_signal_handlers(session);
    }
    if (session != nullptr) {
      fuse_session_destroy(session);
    }
  }
};

FuseServer::FuseServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
FuseServer::~FuseServer() = default;

std::string escape_mount_option(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == ',' || c == '\\') {
      escaped += '\\';
    }
    escaped += c;
  }
  return escaped;
}

Result<std::unique_ptr<FuseServer>> FuseServer::mount(MountTree& tree, ServerOptions options) {
  if (options.source.size() >= PATH_MAX) {
    return fail(Status::name_too_long,
                fmt::format("the path of the image has {} bytes: a mount takes at most {}",
                            options.source.size(), PATH_MAX - 1));
  }
  fuse_set_log_func(take_log_line);
  Arguments arguments({"casement", "-o", mount_options(options)});
  auto state = std::make_unique<State>(Service{tree, std::move(options.ready)});
  const fuse_lowlevel_ops operations = mount_operations();
  state->session =
      fuse_session_new(arguments.get(), &operations, sizeof(operations), &state->service);
  if (state->session == nullptr) {
    return fail(Status::io_failed, fmt::format("cannot start FUSE: {}", logged()));
  }
  state->handles_signals = fuse_set_signal_handlers(state->session) == 0;
  if (fuse_session_mount(state->session, options.directory.c_str()) != 0) {
    return fail(Status::io_failed,
                fmt::format("cannot mount on {}: {}", options.directory, logged()));
  }
  state->mounted = true;
  return std::unique_ptr<FuseServer>(new FuseServer(std::move(state)));
}

Result<void> FuseServer::serve() {
  // Threads come as they are needed; those that have nothing to do beyond this many end.
  constexpr unsigned max_idle_threads = 10;
  fuse_loop_config config = {};
  config.max_idle_threads = max_idle_threads;
  const int ended = fuse_session_loop_mt(state_->session, &config);
  if (ended < 0) {
    return fail(Status::io_failed, fmt::format("the mount broke: {}", logged()));
  }
  return {};
}

}  // namespace casement::cli
