#include <fmt/format.h>

#include "ask/check/check_rules.hpp"
#include "ask/unnamed.hpp"
#include "model/names.hpp"

namespace tierscope::core {

Problems shared_label_errors(const Model& model) {
  constexpr std::size_t told = 5;
  Problems errors;
  for (const SharedLabel& label : shared_labels(model)) {
    std::string partners;
    for (std::size_t i = 0; i < std::min(told, label.partners.size()); ++i)
      partners += fmt::format("{}{} ({})", i == 0 ? "" : ", ", quote(model.id(label.partners[i])),
                              model.place(label.rows[i]->place));
    if (label.partners.size() > told) partners += fmt::format(" and {} more", label.partners.size() - told);
    const Relation& second = *label.rows[1];
    const std::string_view attribute = second.to == label.company ? "to" : "from";
    errors.push_back({Severity::error, model.rest().files[second.place.file], second.place.line, std::string(attribute),
                      fmt::format("{} is one reporter's label for a partner, but {} companies name it: {}",
                                  quote(model.name(label.company)), label.partners.size(), partners),
                      fmt::format("give each reporter its own id, such as '{}-{}'", model.id(label.partners[1]),
                                  model.id(label.company)),
                      "shared-label"});
  }
  return errors;
}

}  // namespace tierscope::core
