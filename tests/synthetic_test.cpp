#include <doctest/doctest.h>

#include <map>
#include <set>

#include "app/cli.hpp"
#include "app/synthetic.hpp"
#include "ask/shares.hpp"
#include "ask/unnamed.hpp"
#include "memory_files.hpp"
#include "model/view.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"

#include <sstream>

namespace tierscope::core {
namespace {

Model network(const SyntheticParams& params) {
  MemoryFiles files;
  for (const NamedBytes& file : synthetic_network(params)) files.files["g/" + file.path] = whole(file);
  Records records;
  read_graph(files, "g", records);
  std::optional<Model> model = build(records);
  CHECK(problems_of(records) == "");
  REQUIRE(model);
  return std::move(*model);
}

TEST_CASE("a made-up network has the size asked for, and nothing in it to complain of") {
  for (const SyntheticParams& params : {SyntheticParams{2, 1, 1}, SyntheticParams{10, 22, 5},
                                        SyntheticParams{2000, 0, 1}, SyntheticParams{500, 3000, 2}}) {
    const Model model = network(params);
    CHECK(model.company_count() == params.companies);
    CHECK(model.relation_count() == (params.relations != 0 ? params.relations : 5 * params.companies));
    CHECK(RevenueLinks(model).contradictions().empty());
    CHECK(shared_labels(model).empty());
    for (std::size_t row = 0; row < model.relation_count(); ++row)
      CHECK(model.relation(row).from != model.relation(row).to);
  }
}

TEST_CASE("same numbers, same bytes; another seed, another network") {
  const auto text = [](std::size_t seed) { return whole(synthetic_network({300, 0, seed})[1]); };
  CHECK(text(1) == text(1));
  CHECK(text(1) != text(2));
  // Pinned: a file that a colleague makes again must be the same file.
  const std::string rows = text(1);
  const std::size_t begin = rows.find('\n') + 1;
  CHECK(rows.substr(begin, rows.find('\n', begin) - begin) ==
        "c0,c2,supplies,valves,item 936,538.01M "
        "USD,annual,0.538010%,1.0143%,,active,2017-12-19,,2025-08,,,,estimated,s385,made up; row 72158");
}

TEST_CASE("a made-up network looks like one of firms: hubs, answered sales, some finance, shares below one") {
  const Model model = network({20'000, 100'000, 3});
  std::map<Kind, std::size_t> kinds;
  std::set<std::pair<CompanyIndex, CompanyIndex>> sales;
  std::vector<std::size_t> suppliers(model.company_count(), 0);
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    ++kinds[r.kind];
    if (r.kind != Kind::supplies) continue;
    CHECK(sales.emplace(r.from, r.to).second);
    ++suppliers[r.to];
  }
  std::size_t answered = 0;
  for (const auto& [from, to] : sales) answered += sales.count({to, from});
  CHECK(kinds[Kind::supplies] == 95'000);
  CHECK(kinds[Kind::owns] > 500);
  CHECK(static_cast<double>(answered) / 95'000 == doctest::Approx(0.19).epsilon(0.2));  // both of one pair in ten
  // The largest of n ranks drawn as u^3 takes n^(-1/3) of all: 95,000 / 27 = 3,500.
  CHECK(*std::max_element(suppliers.begin(), suppliers.end()) > 2000);
  const RevenueLinks links(model);
  for (CompanyIndex v = 0; v < model.company_count(); ++v) {
    if (links.of(v).empty()) continue;
    CHECK(links.attributed(v) < 0.96);
    CHECK(links.attributed(v) > 0.29);
  }
}

TEST_CASE("generate refuses what no model can hold, and needs a folder") {
  const auto said = [](std::vector<std::string> arguments) {
    MemoryFiles files;
    std::ostringstream out;
    std::ostringstream err;
    arguments.insert(arguments.begin(), "generate");
    const int status = run(arguments, files, {}, out, err);
    CHECK(files.files.empty());
    return std::to_string(status) + ": " + err.str();
  };
  CHECK(said({"-o", "g", "--relations", "4294967296"}) ==
        "2: tierscope: generate: 4294967296 relations are more than a model can number; at most 4294967294\n");
  CHECK(said({"-o", "g", "--companies", "1"}) ==
        "2: tierscope: generate: a network needs two companies at least; give --companies 2 or more\n");
  CHECK(said({"-o", "g", "--companies", "10", "--relations", "23"}) ==
        "2: tierscope: generate: 23 relations are too many for 10 companies; at most 22\n");
  CHECK(said({"-o", "g", "--companies", "18446744073709551615"}) ==
        "2: tierscope: generate: 18446744073709551615 companies are more than a model can hold; at most 100000000\n");
  CHECK(said({}) ==
        "2: tierscope: --output FOLDER is missing: the folder for its CSV tables; see tierscope generate --help\n");
}

}  // namespace
}  // namespace tierscope::core
