#pragma once
// Models from CSV text, as users write it.

#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "memory_files.hpp"
#include "model/names.hpp"
#include "model/view.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"

namespace tierscope::core {

/// The whole data, unfiltered. Fails the test where it has errors.
inline Model model_of(const std::string& relations, const std::string& companies = "", const std::string& rates = "") {
  MemoryFiles files;
  files.files["g/relations.csv"] = relations;
  if (!companies.empty()) files.files["g/companies.csv"] = companies;
  if (!rates.empty()) files.files["g/rates.csv"] = rates;
  Records records;
  read_graph(files, "g", records);
  std::optional<Model> model = build(records);
  REQUIRE_MESSAGE(model.has_value(), problems_of(records));
  return std::move(*model);
}

/// Active relations at a date (none: all), as dependence, exposure and concentration see them.
inline Model active(const Model& model, const std::string& as_of = "", bool consolidate = false) {
  ViewParams params;
  params.statuses = StatusSet::of(Status::active);
  params.consolidate = consolidate;
  if (!as_of.empty()) params.as_of = *parse_date(as_of);
  return view(model, params);
}

}  // namespace tierscope::core
