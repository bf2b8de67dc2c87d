// SPDX-License-Identifier: Apache-2.0
// Questions to a store that has been read.
#include "engine/bcd/store.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/bcd/store_reader.h"

namespace casement {
namespace {

/// Objects in the order of their finding, each once.
class UniqueObjects {
 public:
  void add(const BcdObject* object) {
    if (object != nullptr && seen_.insert(object).second) {
      found_.push_back(object);
    }
  }
  std::vector<const BcdObject*> take() && { return std::move(found_); }

 private:
  std::set<const BcdObject*> seen_;
  std::vector<const BcdObject*> found_;
};

}  // namespace

BcdStore::BcdStore(HivePtr hive, const Limits& limits) : hive_(std::move(hive)), limits_(limits) {}

BcdStore::~BcdStore() = default;

Result<std::shared_ptr<const BcdStore>> BcdStore::open(HivePtr hive, const Limits& limits) {
  std::shared_ptr<BcdStore> store(new BcdStore(std::move(hive), limits));
  BcdStoreReader reader(*store->hive_, limits);
  CASEMENT_TRY(reader.read().with_context(
      [&] { return "boot configuration data in " + store->hive_->describe(); }));
  store->objects_ = std::move(reader.objects);
  store->last_written_ = reader.last_written;
  store->diagnostics_ = std::move(reader.diagnostics);
  for (std::size_t i = 0; i < store->objects_.size(); ++i) {
    store->positions_.emplace(store->objects_[i].id, i);
  }
  return std::shared_ptr<const BcdStore>(std::move(store));
}

const BcdObject* BcdStore::find_stored(const Guid& id) const noexcept {
  const auto found = positions_.find(id);
  return found == positions_.end() ? nullptr : &objects_[found->second];
}

const BcdObject* BcdStore::find(const Guid& id) const {
  const BcdObject* stored = find_stored(id);
  return stored == nullptr && id == bcd_id::default_entry ? default_entry() : stored;
}

const BcdElement* BcdStore::effective(const BcdObject& object, std::uint32_t element_type) const {
  struct Step {
    const BcdObject* object;
    std::uint32_t depth;
  };
  // The depth at which an object was met: a shorter way to it may lead further.
  std::map<const BcdObject*, std::uint32_t> visited;
  std::vector<Step> open_steps = {{&object, 0}};
  while (!open_steps.empty()) {
    const Step step = open_steps.back();
    open_steps.pop_back();
    const auto [known, is_new] = visited.emplace(step.object, step.depth);
    if (!is_new && known->second <= step.depth) {
      continue;
    }
    known->second = step.depth;
    if (const BcdElement* own = step.object->find(element_type)) {
      return own;
    }
    const BcdElement* inherit = step.object->find(bcd::inherit);
    if (inherit == nullptr || inherit->objects() == nullptr ||
        step.depth >= limits_.max_bcd_inherit) {
      continue;
    }
    const std::vector<Guid>& parents = *inherit->objects();
    for (auto id = parents.rbegin(); id != parents.rend(); ++id) {
      if (const BcdObject* parent = find_stored(*id)) {
        open_steps.push_back({parent, step.depth + 1});
      }
    }
  }
  return nullptr;
}

const BcdObject* BcdStore::boot_manager() const noexcept {
  if (const BcdObject* known = find_stored(bcd_id::boot_manager)) {
    return known;
  }
  const auto found = std::find_if(objects_.begin(), objects_.end(), [](const BcdObject& object) {
    return object.kind() == BcdObjectKind::boot_manager;
  });
  return found == objects_.end() ? nullptr : &*found;
}

std::vector<const BcdObject*> BcdStore::listed(std::uint32_t element_type) const {
  UniqueObjects found;
  const BcdObject* manager = boot_manager();
  const BcdElement* list = manager == nullptr ? nullptr : effective(*manager, element_type);
  if (list != nullptr && list->objects() != nullptr) {
    for (const Guid& id : *list->objects()) {
      found.add(find_stored(id));
    }
  }
  return std::move(found).take();
}

std::vector<const BcdObject*> BcdStore::boot_order() const {
  UniqueObjects order;
  for (const std::uint32_t list : {bcd::boot_sequence, bcd::display_order}) {
    for (const BcdObject* object : listed(list)) {
      order.add(object);
    }
  }
  std::vector<const BcdObject*> found = std::move(order).take();
  if (found.empty()) {
    return os_loaders();
  }
  return found;
}

const BcdObject* BcdStore::default_entry() const {
  if (const BcdObject* manager = boot_manager()) {
    const BcdElement* chosen = effective(*manager, bcd::default_object);
    if (chosen != nullptr && chosen->object() != nullptr) {
      if (const BcdObject* entry = find_stored(*chosen->object())) {
        return entry;
      }
    }
    if (const auto shown = listed(bcd::display_order); !shown.empty()) {
      return shown.front();
    }
  }
  const std::vector<const BcdObject*> loaders = os_loaders();
  return loaders.size() == 1 ? loaders.front() : nullptr;
}

std::vector<const BcdObject*> BcdStore::os_loaders() const {
  std::vector<const BcdObject*> found;
  for (const BcdObject& object : objects_) {
    if (object.kind() == BcdObjectKind::os_loader) {
      found.push_back(&object);
    }
  }
  return found;
}

}  // namespace casement
