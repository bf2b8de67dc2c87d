// SPDX-License-Identifier: Apache-2.0
// The reader's loop, the workers' loop, and waiting for both.
#include "vfs/wim/verify_run.h"

#include <fmt/format.h>

#include <memory>
#include <utility>
#include <vector>

#include "vfs/wim/buffer_pool.h"
#include "vfs/wim/byte_budget.h"
#include "vfs/wim/thread_crew.h"
#include "vfs/wim/verify_integrity.h"
#include "vfs/wim/verify_queue.h"
#include "vfs/wim/verify_resource.h"
#include "vfs/wim/verify_window.h"

namespace casement::wim {
namespace {

constexpr std::uint64_t max_window_bytes = std::uint64_t{256} << 20;
constexpr std::uint64_t max_plain_bytes = std::uint64_t{256} << 20;
/// Small resources are handed out together until they have so many plain bytes.
constexpr std::uint64_t batch_size = 1U << 20;
constexpr std::size_t max_batch_count = 256;
/// Tasks that wait for each worker: enough to bridge a slow read.
constexpr std::size_t queued_tasks = 8;

/// What a worker does at once: small resources, or a piece of a large one.
struct VerifyTask {
  WindowPtr window;  // covers all of `small`
  std::vector<const PlannedResource*> small;
  std::shared_ptr<ResourceCheck> large;
  ResourcePiece piece;
};

class VerifyRun {
 public:
  VerifyRun(const OpenedWim& file, const VerifyPlan& plan, const IntegrityTables& tables,
            std::size_t workers, VerifyLog& log)
      : file_(file), plan_(plan), tables_(tables), log_(log), queue_(workers * queued_tasks) {}

  Result<void> run(std::size_t workers, const std::function<void()>& watch) {
    ThreadCrew crew([this] { give_up(); });
    bool started = crew.start([this] { read(); });
    for (std::size_t i = 0; i < workers && started; ++i) {
      started = crew.start([this] { work(); });
    }
    if (!started) {
      give_up();
    }
    crew.wait([&] {
      watch();
      if (log_.stopped()) {
        give_up();
      }
    });
    if (!started) {
      return fail(Status::limit_exceeded, "verify: the system gives no more threads");
    }
    return {};
  }

 private:
  /// Ends all threads: nobody waits for what does not come any more.
  void give_up() {
    log_.stop();
    packed_memory_.lift();
    plain_memory_.lift();
    queue_.abandon();
  }

  // The reader.

  void read() {
    auto next = plan_.resources.begin();
    for (std::size_t i = 0; i < file_.parts().parts.size(); ++i) {
      const WimPart& part = file_.parts().parts[i];
      std::optional<IntegrityCheck> integrity;
      if (tables_[i]) {
        integrity.emplace(part, *tables_[i], log_);
      }
      WindowReader windows(part.source, packed_memory_, integrity ? &*integrity : nullptr);
      VerifyTask batch;
      for (; next != plan_.resources.end() && next->part == &part && !log_.stopped(); ++next) {
        if (next->location.size <= verify_piece_size &&
            next->format.table != ChunkTableKind::solid) {
          add_to_batch(*next, windows, batch);
        } else {
          push(batch);
          read_large(*next, windows);
        }
      }
      push(batch);
      if (integrity) {
        integrity->finish();
      }
    }
    queue_.close();
  }

  void push(VerifyTask& task) {
    if (!task.small.empty() || task.large) {
      queue_.push(std::make_unique<VerifyTask>(std::exchange(task, {})));
      batch_bytes_ = 0;
    }
  }

  void add_to_batch(const PlannedResource& resource, WindowReader& windows, VerifyTask& batch) {
    const ResourceLocation& place = resource.location;
    if (!windows.covers(place.offset, place.stored_size) || batch_bytes_ >= batch_size ||
        batch.small.size() >= max_batch_count) {
      push(batch);  // before fetch(), which may wait for the memory of its window
      batch.window.reset();
    }
    auto window = windows.fetch(place.offset, place.stored_size);
    if (!window) {
      tell_unreadable(resource, window.error());
      return;
    }
    batch.window = *std::move(window);
    batch.small.push_back(&resource);
    batch_bytes_ += place.size;
  }

  void read_large(const PlannedResource& resource, WindowReader& windows) {
    auto made = ResourceCheck::make(resource, plan_.blobs_of(resource), file_, log_, pool_);
    if (!made) {
      tell_unreadable(resource, made.error());
      return;
    }
    const std::shared_ptr<ResourceCheck> check = *std::move(made);
    while (!log_.stopped()) {
      auto piece = check->next_piece();
      if (!piece) {
        return;
      }
      if (!piece->error) {
        auto window = windows.fetch(piece->stored_offset, piece->stored_size);
        if (window) {
          piece->window = *std::move(window);
        } else {
          piece->error = std::move(window).error();
        }
      }
      piece->memory = plain_memory_.take(check->memory_of(*piece));
      VerifyTask task;
      task.large = check;
      task.piece = *std::move(piece);
      push(task);
    }
  }

  void tell_unreadable(const PlannedResource& resource, const Error& error) {
    for (const PlannedBlob& blob : plan_.blobs_of(resource)) {
      log_.add_error(blob.row, error);
    }
    log_.add_done(resource.location.size);
  }

  // The workers.

  void work() {
    const BufferPool::Buffer scratch = pool_.take(verify_piece_size);
    while (const auto task = queue_.pop()) {
      if (log_.stopped()) {
        continue;
      }
      for (const PlannedResource* resource : task->small) {
        check_small(*resource, *task->window, MutableBytes(scratch.data(), verify_piece_size));
      }
      if (task->large) {
        task->large->check(std::move(task->piece));
      }
    }
  }

  void check_small(const PlannedResource& resource, const Window& window, MutableBytes scratch) {
    const Bytes stored = window.bytes(resource.location.offset, resource.location.stored_size);
    const auto plain = decode_small(resource, stored, scratch);
    if (!plain) {
      tell_unreadable(resource, plain.error());
      return;
    }
    const Sha1 found = sha1(*plain);
    for (const PlannedBlob& blob : plan_.blobs_of(resource)) {
      log_.add_digest(blob.row, found);  // each of them is all of the resource
    }
    log_.add_done(plain->size());
  }

  Result<Bytes> decode_small(const PlannedResource& resource, Bytes stored, MutableBytes scratch) {
    if (!resource.location.has(wim_layout::resource_flag::compressed)) {
      return stored;
    }
    const auto where = [&] { return resource.spec().label; };
    const ChunkLayout layout =
        CASEMENT_TRY(ChunkLayout::make(resource.location, resource.format).with_context(where));
    const CodecPtr codec =
        CASEMENT_TRY(file_.state()
                         ->codecs.get(resource.format.compression, resource.format.chunk_size)
                         .with_context(where));
    const ChunkOffsets offsets(layout,
                               stored.subspan(static_cast<std::size_t>(layout.table_offset),
                                              static_cast<std::size_t>(layout.table_size)),
                               0);
    std::size_t done = 0;
    for (std::uint64_t index = 0; index < layout.chunk_count; ++index) {
      const ChunkPlace place = CASEMENT_TRY(offsets.find(index).with_context(where));
      CASEMENT_TRY(
          decode_chunk(codec.get(),
                       stored.subspan(static_cast<std::size_t>(place.offset), place.stored_size),
                       scratch.subspan(done, place.plain_size))
              .with_context([&] {
                return fmt::format("{}: chunk {} of {}", where(), index, layout.chunk_count);
              }));
      done += place.plain_size;
    }
    return Bytes(scratch.first(done));
  }

  const OpenedWim& file_;
  const VerifyPlan& plan_;
  const IntegrityTables& tables_;
  VerifyLog& log_;
  // What tasks give back when they are gone comes before the queue that holds them.
  ByteBudget packed_memory_{max_window_bytes};
  ByteBudget plain_memory_{max_plain_bytes};
  BufferPool pool_{verify_piece_size};
  TaskQueue<VerifyTask> queue_;
  std::uint64_t batch_bytes_ = 0;
};

}  // namespace

Result<void> run_verify(const OpenedWim& file, const VerifyPlan& plan,
                        const IntegrityTables& tables, unsigned threads, VerifyLog& log,
                        const std::function<void()>& watch) {
  return VerifyRun(file, plan, tables, threads, log).run(threads, watch);
}

}  // namespace casement::wim
