#include "ask/check/rows.hpp"

#include <fmt/format.h>

#include "base/words.hpp"

namespace tierscope::core {

Rows holding_rows(const Inspected& view) {
  Rows rows = all_rows(view);
  for (const SetAside& aside : view.model().set_aside())
    if (aside.reason == Reason::status) rows.push_back(&aside.relation);
  std::sort(rows.begin(), rows.end(), [](const Relation* a, const Relation* b) {
    return std::tie(a->place.file, a->place.line) < std::tie(b->place.file, b->place.line);
  });
  return rows;
}

void find_problem(const Inspected& model, Problems& findings, Severity severity, std::string_view kind, Place place,
                  std::string attribute, std::string what, std::string remedy) {
  const auto files = model.files();
  findings.push_back({severity, place.file < files.size() ? files[place.file] : std::string(), place.line,
                      std::move(attribute), std::move(what), std::move(remedy), kind});
}

std::string link_name(const Inspected& model, const Relation& r) {
  return fmt::format("{} {} {}", model.id(r.from), to_string(r.kind), model.id(r.to));
}

std::string share_words(const Inspected& model, const Quantity& share, CompanyIndex company, const Relation& r) {
  return fmt::format("{} from '{}' ({})", in_cell(share), model.id(company), model.place(r.place));
}

}  // namespace tierscope::core
