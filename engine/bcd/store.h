// SPDX-License-Identifier: Apache-2.0
// A boot configuration data store: all its objects, and the questions about starting Windows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "engine/bcd/object.h"
#include "engine/hive/hive.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/filetime.h"
#include "vfs/core/limits.h"

namespace casement {

/// A store, read completely at open (real ones have up to 60 objects). Immutable; all calls may be
/// made from many threads. Pointers are valid while the store lives.
class BcdStore {
 public:
  BcdStore(const BcdStore&) = delete;
  BcdStore& operator=(const BcdStore&) = delete;
  ~BcdStore();

  /// Reads every object of an opened hive, whatever its root key is called.
  /// bad_format: the hive has no Objects key. Errors of the hive when root or Objects cannot be
  /// read. What is damaged below Objects is left out and reported by diagnostics(), with its key
  /// path; an element whose bytes contradict its type stays, with its bytes as value.
  static Result<std::shared_ptr<const BcdStore>> open(HivePtr hive, const Limits& limits = {});

  /// In stored order, which is by GUID text.
  const std::vector<BcdObject>& objects() const noexcept { return objects_; }
  /// nullptr: not there. {default} is followed to the entry that it stands for.
  const BcdObject* find(const Guid& id) const;

  /// The element that counts for the object: its own, else the first found depth-first along the
  /// inherit lists. nullptr: nobody has it.
  const BcdElement* effective(const BcdObject& object, std::uint32_t element_type) const;

  /// The object {bootmgr}, or the first of that kind. nullptr: none.
  const BcdObject* boot_manager() const noexcept;
  /// What the boot manager offers: the one-time boot sequence, then the display order. Without a
  /// boot manager, or when it lists nothing: every OS loader. Each once, and only what is there.
  std::vector<const BcdObject*> boot_order() const;
  /// The boot manager's default, else the first of the display order, else the only OS loader.
  /// nullptr: nothing decides.
  const BcdObject* default_entry() const;
  std::vector<const BcdObject*> os_loaders() const;

  /// The newest time of any key of the store: the base block's time is frozen since Windows 8.1.
  FileTime last_written() const noexcept { return last_written_; }
  const Diagnostics& diagnostics() const noexcept { return diagnostics_; }
  const HivePtr& hive() const noexcept { return hive_; }

 private:
  BcdStore(HivePtr hive, const Limits& limits);
  /// As find(), without aliases.
  const BcdObject* find_stored(const Guid& id) const noexcept;
  /// The stored objects of one of the boot manager's lists, each once.
  std::vector<const BcdObject*> listed(std::uint32_t element_type) const;

  HivePtr hive_;
  Limits limits_;
  std::vector<BcdObject> objects_;
  std::map<Guid, std::size_t> positions_;  // in objects_
  FileTime last_written_;
  Diagnostics diagnostics_;
};

}  // namespace casement
