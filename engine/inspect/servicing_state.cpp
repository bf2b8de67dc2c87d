// SPDX-License-Identifier: Apache-2.0
// Whether servicing work is unfinished, fact by fact.
#include "engine/inspect/servicing_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/image/registry_read.h"
#include "engine/image/windows_path_text.h"
#include "engine/inspect/fact_reader.h"
#include "engine/inspect/integer_value.h"
#include "engine/inspect/key_items.h"
#include "engine/inspect/package_rows.h"
#include "engine/inspect/servicing_hives.h"
#include "vfs/core/digest.h"
#include "vfs/core/utf16.h"
#include "vfs/core/zero_fill.h"

namespace casement {
namespace {

/// Whether a key below SessionsPending says that the session is done.
Result<bool> is_complete(const Key& session) {
  const std::optional<Value> complete = CASEMENT_TRY(session.value(u"Complete"));
  if (!complete) {
    return false;
  }
  const std::uint64_t number = CASEMENT_TRY(complete->as_integer());
  return number != 0;
}

/// The identifier of the pending file: a text, or bytes as digits. "" for zeros, which servicing
/// leaves when it is done, and for what cannot be read.
std::u16string identifier_text(const Value& value) {
  if (const Result<std::u16string> string = value.as_string()) {
    return *string;
  }
  const Result<ValueData> data = value.data();
  if (!data || is_zero_filled(data->bytes())) {
    return {};
  }
  const std::string digits = to_hex(data->bytes());
  return {digits.begin(), digits.end()};
}

class StateReader {
 public:
  StateReader(const Image& image, ServicingState& state)
      : image_(image), state_(state), facts_(image, state.diagnostics) {}

  void read_reboots();
  void read_health();
  void read_pending_packages();
  void read_sessions();
  void read_stacks();
  void read_pending_xml();
  void read_setup_execute();
  void read_components();
  void read_dates();

 private:
  std::optional<Key> servicing(std::u16string_view below);
  MaybeFact<bool> key_there(std::u16string_view below);
  MaybeFact<std::uint64_t> components_integer(std::u16string_view name);
  auto where(std::u16string_view below) const {
    return [below] { return "Component Based Servicing\\" + to_utf8(below); };
  }

  const Image& image_;
  ServicingState& state_;
  FactReader facts_;
  HivePtr software_ = facts_.hive(HiveId::software);
};

std::optional<Key> StateReader::servicing(std::u16string_view below) {
  if (!software_) {
    return std::nullopt;
  }
  const Result<std::optional<Key>> key = software_->find(join_key(servicing_key, below));
  if (!key) {
    facts_.findings().add("damaged", Error(key.error()).context(where(below)()));
    return std::nullopt;
  }
  return *key;
}

MaybeFact<bool> StateReader::key_there(std::u16string_view below) {
  if (!servicing(below)) {
    return std::nullopt;
  }
  return Fact<bool>{
      .value = true,
      .evidence = facts_.evidence(HiveId::software, join_key(servicing_key, below), {})};
}

void StateReader::read_reboots() {
  state_.reboot_pending = key_there(u"RebootPending");
  state_.reboot_in_progress = key_there(u"RebootInProgress");
}

void StateReader::read_health() {
  state_.store_dirty = components_flag(facts_, u"StoreDirty");
  state_.unserviceable = key_there(u"Unserviceable");
  if (!state_.unserviceable) {
    auto value = facts_.integer(HiveId::software, servicing_key, u"Unserviceable");
    if (value) {
      state_.unserviceable =
          Fact<bool>{.value = value->value != 0, .evidence = std::move(value->evidence)};
    }
  }
}

/// Servicing writes them as values; older ones had keys.
void StateReader::read_pending_packages() {
  constexpr std::u16string_view below = u"PackagesPending";
  const std::optional<Key> key = servicing(below);
  if (!key) {
    return;
  }
  for_each_value(*key, facts_.findings(), where(below), [this](const Value& value) {
    if (!value.name().empty()) {
      state_.packages_pending.push_back(value.name().to_u16string());
    }
  });
  for_each_subkey(*key, facts_.findings(), where(below), [this](const Key& package) {
    state_.packages_pending.push_back(package.name().to_u16string());
  });
}

void StateReader::read_sessions() {
  constexpr std::u16string_view below = u"SessionsPending";
  const std::optional<Key> key = servicing(below);
  if (!key) {
    return;
  }
  for_each_subkey(*key, facts_.findings(), where(below), [&](const Key& session) {
    const std::u16string id = session.name().to_u16string();
    const Result<bool> complete = is_complete(session);
    if (!complete) {
      facts_.findings().add(
          complete.error().status() == Status::invalid_data ? "wrong-type" : "damaged",
          Error(complete.error()).context(where(below)() + "\\" + to_utf8(id)));
    }
    state_.sessions.push_back({.id = id, .complete = complete && *complete});
  });
}

/// Values are called by the version of a servicing stack and hold its directory.
void StateReader::read_stacks() {
  constexpr std::u16string_view below = u"Version";
  if (const std::optional<Key> key = servicing(below)) {
    for_each_value(*key, facts_.findings(), where(below), [this](const Value& value) {
      if (!value.name().empty()) {
        state_.servicing_stacks.push_back(value.name().to_u16string());
      }
    });
  }
}

void StateReader::read_pending_xml() {
  const std::u16string path =
      as_rooted(image_.installation().windows_directory + u"\\WinSxS\\pending.xml");
  const Result<std::optional<Image::LocatedFile>> file = image_.find_file(path);
  if (!file) {
    facts_.findings().add("damaged", Error(file.error()).context(to_utf8(path)));
  } else if (*file) {
    state_.pending_xml =
        Fact<bool>{.value = true, .evidence = {.path = to_utf8(path), .key = {}, .value = {}}};
  }
}

void StateReader::read_setup_execute() {
  const HivePtr system = facts_.hive(HiveId::system);
  const std::u16string key = facts_.control_set(u"Control\\Session Manager");
  if (!system || key.empty()) {
    return;
  }
  constexpr std::u16string_view name = u"SetupExecute";
  const Result<std::optional<Value>> value = read_value(*system, key, name);
  if (!value) {
    facts_.findings().add("damaged", value.error());
    return;
  }
  if (!*value) {
    return;
  }
  const Result<std::vector<std::u16string>> lines = (*value)->as_strings();
  if (!lines) {
    facts_.findings().add("wrong-type", Error(lines.error()).context("SYSTEM SetupExecute"));
    return;
  }
  std::u16string text;
  for (const std::u16string& line : *lines) {
    text.append(text.empty() || line.empty() ? u"" : u"; ").append(line);
  }
  if (!text.empty()) {
    state_.setup_execute = Fact<std::u16string>{
        .value = std::move(text), .evidence = facts_.evidence(HiveId::system, key, name)};
  }
}

MaybeFact<std::uint64_t> StateReader::components_integer(std::u16string_view name) {
  auto value = components_value(facts_, name);
  if (!value) {
    return std::nullopt;
  }
  const Result<std::uint64_t> number = value->value.as_integer();
  if (!number) {
    facts_.findings().add("wrong-type",
                          Error(number.error()).context("COMPONENTS!" + to_utf8(name)));
    return std::nullopt;
  }
  return Fact<std::uint64_t>{.value = *number, .evidence = std::move(value->evidence)};
}

void StateReader::read_components() {
  state_.execution_state = components_integer(u"ExecutionState");
  state_.next_queue_entry = components_integer(u"NextQueueEntryIndex");
  state_.next_queue_entry_bcdb = components_integer(u"NextQueueEntryIndexBCDB");
  state_.advanced_installers_need_resolving =
      components_flag(facts_, u"AdvancedInstallersNeedResolving");
  if (auto value = components_value(facts_, u"PendingXmlIdentifier")) {
    std::u16string text = identifier_text(value->value);
    if (!text.empty()) {
      state_.pending_xml_identifier =
          Fact<std::u16string>{.value = std::move(text), .evidence = std::move(value->evidence)};
    }
  }
}

void StateReader::read_dates() {
  state_.image_state = facts_.text(
      HiveId::software, u"Microsoft\\Windows\\CurrentVersion\\Setup\\State", u"ImageState");
  auto text = facts_.filled_text(HiveId::software, servicing_key, u"LastResetBase_UTC");
  if (!text) {
    return;
  }
  if (const auto time = parse_servicing_time(text->value)) {
    state_.last_reset_base = Fact<FileTime>{.value = *time, .evidence = std::move(text->evidence)};
  } else {
    facts_.findings().add(Severity::warning, "bad-date",
                          fmt::format("LastResetBase_UTC is \"{}\", expected a date",
                                      to_utf8(text->value.substr(0, 100))));
  }
}

bool is_set(const MaybeFact<bool>& flag) noexcept {
  return flag && flag->value;
}

bool is_set(const MaybeFact<std::uint64_t>& number) noexcept {
  return number && number->value != 0;
}

bool any_pending(const ServicingState& state) noexcept {
  return is_set(state.reboot_pending) || is_set(state.reboot_in_progress) ||
         !state.packages_pending.empty() || is_set(state.pending_xml) ||
         state.pending_xml_identifier || state.setup_execute || is_set(state.execution_state) ||
         is_set(state.next_queue_entry) || is_set(state.next_queue_entry_bcdb) ||
         is_set(state.advanced_installers_need_resolving) ||
         std::any_of(state.sessions.begin(), state.sessions.end(),
                     [](const PendingSession& session) { return !session.complete; });
}

}  // namespace

ServicingState read_servicing_state(const Image& image) {
  ServicingState state;
  StateReader reader(image, state);
  reader.read_reboots();
  reader.read_health();
  reader.read_pending_packages();
  reader.read_sessions();
  reader.read_stacks();
  reader.read_pending_xml();
  reader.read_setup_execute();
  reader.read_components();
  reader.read_dates();
  state.pending = any_pending(state);
  return state;
}

HealthState stored_health(const ServicingState& state) noexcept {
  if (is_set(state.unserviceable)) {
    return HealthState::not_repairable;
  }
  return is_set(state.store_dirty) ? HealthState::repairable : HealthState::healthy;
}

StoredHealth read_stored_health(const Image& image) {
  ServicingState state;
  StateReader(image, state).read_health();
  return {.state = stored_health(state), .diagnostics = std::move(state.diagnostics)};
}

}  // namespace casement
