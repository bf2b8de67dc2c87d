// SPDX-License-Identifier: Apache-2.0
// Blocks of answers, and the registry of handed-out pointers.
#include "engine/dismapi/allocation.h"

#include <algorithm>
#include <utility>

namespace casement::dismapi {

void* Answer::block(std::size_t size) {
  if (size == 0) {
    return nullptr;
  }
  // operator new[] aligns for every type; the packed structures inside need nothing.
  blocks_.push_back(std::make_unique<std::byte[]>(size));
  return blocks_.back().get();
}

PCWSTR Answer::text(std::u16string_view text) {
  auto* copy = make<char16_t>(text.size() + 1);
  std::copy(text.begin(), text.end(), copy);
  return copy;
}

Allocations& Allocations::instance() {
  // Never destroyed: other threads may still be in a call while the process ends.
  static auto* const allocations = new Allocations();
  return *allocations;
}

void Allocations::add(Answer answer, const void* root) {
  if (root == nullptr) {
    return;
  }
  const std::lock_guard lock(mutex_);
  answers_.emplace(root, std::move(answer));
}

bool Allocations::take_back(const void* root) noexcept {
  decltype(answers_)::node_type freed;  // destroyed after the lock is gone
  const std::lock_guard lock(mutex_);
  freed = answers_.extract(root);
  return !freed.empty();
}

std::size_t Allocations::size() const {
  const std::lock_guard lock(mutex_);
  return answers_.size();
}

}  // namespace casement::dismapi
