// SPDX-License-Identifier: Apache-2.0
// [Manufacturer], models sections and [ControlFlags].
//
// Source: Microsoft, "INF Manufacturer Section", "INF Models Section", "INF ControlFlags Section".
#include "engine/servicing/inf_models.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "engine/servicing/inf_services.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// INFs of display adapters have some thousand models.
constexpr std::size_t max_models = 100'000;
/// Text of all models together, in UTF-16 units: strings that many lines name make little INFs big.
constexpr std::size_t max_text = std::size_t{16} << 20;
/// Of the excluded ids alone, which every model has.
constexpr std::size_t max_excluded_text = std::size_t{1} << 20;
/// What a string costs beside its text, in units.
constexpr std::size_t string_overhead = 16;
/// Decorations of one manufacturer that are looked at.
constexpr std::size_t max_decorations = 1000;
/// Manufacturers and lines that are looked at; many manufacturers may name the same models.
constexpr std::size_t max_manufacturers = 10'000;
constexpr std::size_t max_lines = 1'000'000;
/// Windows' own limit for names of sections.
constexpr std::size_t max_section_name = 255;

class ModelReader {
 public:
  ModelReader(const Inf& inf, const InfTarget& target) : inf_(inf), target_(target) {}

  InfModels read() {
    if (const InfSection* manufacturers = inf_.section(u"Manufacturer")) {
      std::size_t manufacturer = 0;
      for (const InfLine& line : manufacturers->lines) {
        if (++manufacturer > max_manufacturers || !read_manufacturer(line)) {
          read_.diagnostics.add(
              Severity::error, "inf-cut",
              fmt::format("only {} models are read: the INF has more models, or more text in them, "
                          "than any driver",
                          count_));
          break;
        }
      }
    }
    for (auto& [architecture, models] : models_) {
      std::move(models.begin(), models.end(), std::back_inserter(read_.models));
    }
    return std::move(read_);
  }

 private:
  struct Candidate {
    InfDecoration decoration;
    std::u16string_view text;
    bool applies = false;
  };

  /// False: the budget is spent.
  bool read_manufacturer(const InfLine& line) {
    // "%name% = models, NTamd64, ..."; without a key the one field is both.
    if (line.fields.empty()) {
      return true;
    }
    const std::u16string name = inf_.expand(line.key.empty() ? line.fields[0] : line.key);
    const std::u16string models = inf_.expand(line.fields[0]);
    if (models.size() > max_section_name) {
      return true;
    }
    std::map<InfArchitecture, Candidate> best;
    consider(best, Candidate{.decoration = {}, .text = {}, .applies = true}, models);
    const std::size_t count = std::min(line.fields.size(), max_decorations);
    for (std::size_t i = 1; i < count; ++i) {
      const auto decoration = parse_inf_decoration(line.fields[i]);
      if (decoration) {
        consider(best,
                 Candidate{.decoration = *decoration,
                           .text = line.fields[i],
                           .applies = applies_to(*decoration, target_)},
                 models);
      } else if (!line.fields[i].empty()) {
        read_.diagnostics.add(Severity::warning, "inf-decoration",
                              fmt::format("manufacturer {}: {} is no decoration", to_utf8(name),
                                          to_utf8(line.fields[i])));
      }
    }
    return std::all_of(best.begin(), best.end(), [&](const auto& chosen) {
      return read_section(section_name(models, chosen.second), name, chosen.first);
    });
  }

  static std::u16string section_name(const std::u16string& models, const Candidate& candidate) {
    return candidate.decoration.decorated ? models + u"." + std::u16string(candidate.text) : models;
  }

  /// Keeps the candidate when its section is there and it suits better than what was kept.
  void consider(std::map<InfArchitecture, Candidate>& best, const Candidate& candidate,
                const std::u16string& models) const {
    if (inf_.section(section_name(models, candidate)) == nullptr) {
      return;
    }
    const auto [kept, is_new] = best.try_emplace(candidate.decoration.architecture, candidate);
    if (!is_new &&
        std::tuple(candidate.applies, is_closer(candidate.decoration, kept->second.decoration)) >
            std::tuple(kept->second.applies, false)) {
      kept->second = candidate;
    }
  }

  bool read_section(const std::u16string& section, const std::u16string& manufacturer,
                    InfArchitecture architecture) {
    for (const InfLine& line : inf_.section(section)->lines) {
      if (++lines_ > max_lines) {
        return false;
      }
      if (line.fields.empty()) {
        continue;
      }
      InfModel model;
      model.manufacturer = manufacturer;
      model.description = inf_.expand(line.key);
      model.architecture = architecture;
      model.install_section = inf_.expand(line.fields[0]);
      read_ids(line, model);
      model.exclude_ids = excluded_ids(architecture);
      const InfService& service = service_of(model.install_section, architecture);
      model.service = service.name;
      model.start_type = service.start_type;
      text_ += text_of(model);
      if (text_ > max_text || count_ == max_models) {
        return false;
      }
      ++count_;
      models_[architecture].push_back(std::move(model));
    }
    return true;
  }

  void read_ids(const InfLine& line, InfModel& model) const {
    std::size_t text = 0;
    for (std::size_t i = 1; i < line.fields.size() && text <= max_text; ++i) {
      std::u16string id = inf_.expand(line.fields[i]);
      text += id.size() + string_overhead;
      if (i == 1) {
        model.hardware_id = std::move(id);
      } else if (!id.empty()) {
        model.compatible_ids.push_back(std::move(id));
      }
    }
  }

  static std::size_t text_of(const InfModel& model) noexcept {
    std::size_t size = model.manufacturer.size() + model.description.size() +
                       model.install_section.size() + model.hardware_id.size() +
                       model.service.size() + string_overhead;
    for (const auto* ids : {&model.compatible_ids, &model.exclude_ids}) {
      for (const std::u16string& id : *ids) {
        size += id.size() + string_overhead;
      }
    }
    return size;
  }

  const std::vector<std::u16string>& excluded_ids(InfArchitecture architecture) {
    const auto [known, is_new] = excluded_.try_emplace(architecture);
    const InfSection* flags = is_new ? inf_.section(u"ControlFlags") : nullptr;
    if (flags != nullptr) {
      std::size_t text = 0;
      const std::u16string decorated =
          u"ExcludeFromSelect.NT" + std::u16string(inf_architecture_name(architecture));
      for (const InfLine& line : flags->lines) {
        if (equals_folded(line.key, u"ExcludeFromSelect") ||
            equals_folded(line.key, u"ExcludeFromSelect.NT") ||
            equals_folded(line.key, decorated)) {
          for (const std::u16string& field : line.fields) {
            std::u16string id = inf_.expand(field);
            text += id.size() + string_overhead;
            if (text > max_excluded_text) {
              return known->second;
            }
            known->second.push_back(std::move(id));
          }
        }
      }
    }
    return known->second;
  }

  const InfService& service_of(const std::u16string& section, InfArchitecture architecture) {
    const auto [known, is_new] = services_.try_emplace({upcase(section), architecture});
    if (is_new) {
      known->second = read_inf_service(inf_, section, architecture);
    }
    return known->second;
  }

  const Inf& inf_;
  const InfTarget& target_;
  InfModels read_;
  std::map<InfArchitecture, std::vector<InfModel>> models_;
  std::size_t count_ = 0;  // of all of them
  std::size_t text_ = 0;
  std::size_t lines_ = 0;
  std::map<InfArchitecture, std::vector<std::u16string>> excluded_;
  std::map<std::pair<std::u16string, InfArchitecture>, InfService> services_;
};

}  // namespace

InfModels read_inf_models(const Inf& inf, const InfTarget& target) {
  return ModelReader(inf, target).read();
}

}  // namespace casement
