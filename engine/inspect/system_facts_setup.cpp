// SPDX-License-Identifier: Apache-2.0
// What Setup and Sysprep left, the hardware, and the Windows before this one.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <tuple>

#include "engine/image/registry_read.h"
#include "engine/image/windows_path_text.h"
#include "engine/inspect/image_file.h"
#include "engine/inspect/registry_list.h"
#include "engine/inspect/system_facts_parts.h"
#include "engine/inspect/text_bytes.h"
#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::size_t max_history = 256;
constexpr std::size_t max_setup_keys = 1024;
constexpr std::u16string_view state_file = u"\\SystemRoot\\Setup\\State\\State.ini";
constexpr std::uint64_t max_state_size = 64 * 1024;  // Setup writes one line of 50 characters
constexpr std::u16string_view blanks = u" \t\r";

/// The value of ImageState in [State]; empty when there is none.
std::u16string find_image_state(std::u16string_view text) {
  bool inside = false;
  while (!text.empty()) {
    const std::size_t end = text.find(u'\n');
    const std::u16string_view line = trimmed(text.substr(0, end), blanks);
    text.remove_prefix(end == std::u16string_view::npos ? text.size() : end + 1);
    const std::size_t equals = line.find(u'=');
    if (line.starts_with(u'[')) {
      inside = equals_folded(line, u"[State]");
    } else if (inside && equals != std::u16string_view::npos &&
               equals_folded(trimmed(line.substr(0, equals), blanks), u"ImageState")) {
      return std::u16string(trimmed(line.substr(equals + 1), blanks));
    }
  }
  return {};
}

/// Setup writes the state to a file as well.
MaybeFact<std::u16string> image_state_of_file(FactReader& reader) {
  const auto file = read_image_file(reader.image(), state_file, max_state_size);
  if (!file) {
    reader.findings().add("damaged", file.error());
    return std::nullopt;
  }
  if (!*file) {
    return std::nullopt;
  }
  std::u16string state = find_image_state(decode_text((*file)->bytes));
  if (state.empty()) {
    return std::nullopt;
  }
  return Fact<std::u16string>{
      .value = std::move(state),
      .evidence = {
          .path = to_utf8(as_rooted((*file)->path)), .key = {}, .value = {}, .recovered = false}};
}

std::u16string plain(const MaybeFact<std::u16string>& fact) {
  return fact ? fact->value : std::u16string();
}

PreviousWindows read_previous(FactReader& reader, const std::u16string& name) {
  const std::u16string key = join_key(u"Setup", name);
  PreviousWindows previous;
  previous.key = name;
  previous.product_name = plain(reader.text(HiveId::system, key, u"ProductName"));
  previous.edition = plain(reader.text(HiveId::system, key, u"EditionID"));
  previous.build = plain(reader.text(HiveId::system, key, u"CurrentBuild"));
  if (const auto time = reader.file_time(HiveId::system, key, u"InstallTime")) {
    previous.install_date = time->value;
  } else if (const auto seconds = reader.dword(HiveId::system, key, u"InstallDate");
             seconds && seconds->value != 0) {
    previous.install_date = FileTime::from_unix_seconds(seconds->value);
  }
  previous.evidence = reader.evidence(HiveId::system, key, {});
  return previous;
}

}  // namespace

void read_deployment(FactReader& reader, DeploymentState& state) {
  constexpr std::u16string_view setup = u"Setup";
  constexpr std::u16string_view sysprep = u"Setup\\Status\\SysprepStatus";
  state.setup_in_progress = reader.flag(HiveId::system, setup, u"SystemSetupInProgress");
  state.oobe_in_progress = reader.flag(HiveId::system, setup, u"OOBEInProgress");
  state.setup_type = reader.dword(HiveId::system, setup, u"SetupType");
  state.setup_command = reader.filled_text(HiveId::system, setup, u"CmdLine");
  state.respecialize_command = reader.filled_text(HiveId::system, setup, u"RespecializeCmdLine");
  state.clone_tags = read_texts(reader, HiveId::system, setup, u"CloneTag");
  state.generalization = reader.dword(HiveId::system, sysprep, u"GeneralizationState");
  state.cleanup = reader.dword(HiveId::system, sysprep, u"CleanupState");
  state.image_state = reader.filled_text(
      HiveId::software, u"Microsoft\\Windows\\CurrentVersion\\Setup\\State", u"ImageState");
  if (!state.image_state) {
    state.image_state = image_state_of_file(reader);
  }
}

/// Of the configuration that was used last, else of the last boot.
void read_hardware(FactReader& reader, Hardware& hardware) {
  std::vector<std::u16string> keys;
  if (const auto last = reader.filled_text(HiveId::system, u"HardwareConfig", u"LastConfig")) {
    keys.push_back(join_key(u"HardwareConfig", last->value));
  }
  keys.push_back(reader.control_set(u"Control\\SystemInformation"));
  const auto fill = [&](MaybeFact<std::u16string>& fact, std::u16string_view name) {
    for (const std::u16string& key : keys) {
      if (!fact) {
        fact = reader.filled_text(HiveId::system, key, name);
      }
    }
  };
  fill(hardware.manufacturer, u"SystemManufacturer");
  fill(hardware.model, u"SystemProductName");
  fill(hardware.family, u"SystemFamily");
  fill(hardware.sku, u"SystemSKU");
  fill(hardware.board_manufacturer, u"BaseBoardManufacturer");
  fill(hardware.board_model, u"BaseBoardProduct");
  fill(hardware.firmware_vendor, u"BIOSVendor");
  fill(hardware.firmware_version, u"BIOSVersion");
  fill(hardware.firmware_date, u"BIOSReleaseDate");
  constexpr std::u16string_view oem = u"Microsoft\\Windows\\CurrentVersion\\OEMInformation";
  hardware.oem_manufacturer = reader.filled_text(HiveId::software, oem, u"Manufacturer");
  hardware.oem_model = reader.filled_text(HiveId::software, oem, u"Model");
}

std::vector<PreviousWindows> read_history(FactReader& reader) {
  std::vector<PreviousWindows> history;
  for (const std::u16string& name :
       subkey_names(reader, HiveId::system, u"Setup", max_setup_keys)) {
    if (!starts_with_folded(name, u"Source OS")) {
      continue;
    }
    if (history.size() >= max_history) {
      reader.findings().add(Severity::warning, "limit",
                            fmt::format("more than {} earlier versions of Windows: the rest is "
                                        "not read",
                                        max_history));
      break;
    }
    history.push_back(read_previous(reader, name));
  }
  // Those without a date come first: nullopt is less than any.
  std::sort(history.begin(), history.end(), [](const PreviousWindows& a, const PreviousWindows& b) {
    return std::tie(a.install_date, a.key) < std::tie(b.install_date, b.key);
  });
  return history;
}

}  // namespace casement
