// Every number of a page is the one that the command gives.

#include <doctest/doctest.h>

#include <sstream>

#include "app/cli.hpp"
#include "base/disk.hpp"
#include "page_of.hpp"

namespace tierscope::core {
namespace {

using Json = nlohmann::json;

std::string output_of(const std::vector<std::string>& arguments) {
  DiskFiles files;
  std::ostringstream out;
  std::ostringstream err;
  const int status = run(arguments, files, {}, out, err);
  REQUIRE_MESSAGE(status == 0, err.str());
  return std::move(out).str();
}

// One date of a page beside what the commands say of it.
struct Compared {
  Json graph;
  Json at;
  std::string folder;
  std::string date;  // empty = latest

  Json answer(std::vector<std::string> words) const {
    words.insert(words.begin() + 1, folder);
    words.insert(words.end(), {"--format", "json", "--quiet"});
    if (!date.empty()) words.insert(words.end(), {"--as-of", date});
    return Json::parse(output_of(words));
  }
  std::string id(const Json& company) const { return graph["companies"]["id"].at(company.get<std::size_t>()); }
  Json ids(const Json& companies) const {
    Json list = Json::array();
    for (const Json& company : companies) list.push_back(id(company));
    return list;
  }
  // The sources of the rows, in the order of first use.
  Json sources(const Json& rows) const {
    Json list = Json::array();
    for (const Json& row : rows) {
      for (const Json& source : graph["relations"]["sources"].at(row.get<std::size_t>())) {
        const Json& name = graph["sources"]["id"].at(source.get<std::size_t>());
        if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
      }
    }
    return list;
  }
};

void check_quantity(const Json& shown, const Json& told) {
  REQUIRE(shown.is_null() == told.is_null());
  if (told.is_null()) return;
  CHECK(shown["low"] == told["low"]);
  CHECK(shown["high"] == told["high"]);
  if (told.contains("reported")) CHECK(shown.value("reported", Json()) == told["reported"]);
  if (told.contains("currency")) CHECK(shown["currency"] == told["currency"]);
}

void check_range(const Json& shown, const Json& told) {
  REQUIRE(shown.is_null() == told.is_null());
  if (!told.is_null()) CHECK(shown == Json::array({told["low"], told["high"]}));
}

void check_dependence(const Compared& page) {
  const Json told = page.answer({"dependence"});
  const Json& shown = page.at["dependence"];
  CHECK(shown["notes"] == told["notes"]);
  REQUIRE(shown["results"].size() == told["results"].size());
  for (std::size_t i = 0; i < told["results"].size(); ++i) {
    const Json& a = shown["results"][i];
    const Json& b = told["results"][i];
    CHECK(page.id(a["supplier"]) == b["supplier"]);
    CHECK(a["attributed"] == b["attributed"]);
    check_range(a["hhi"], b["hhi"]);
    CHECK((a["largest"].is_null() ? Json() : Json(page.id(a["largest"]))) == b["largest_customer"]);
    CHECK(page.ids(a["major"]) == b["major_customers"]);
    REQUIRE(a["customers"].size() == b["customers"].size());
    for (std::size_t c = 0; c < b["customers"].size(); ++c) {
      CHECK(page.id(a["customers"][c]["customer"]) == b["customers"][c]["customer"]);
      check_quantity(a["customers"][c]["share"], b["customers"][c]["share"]);
      CHECK(page.sources(a["customers"][c]["rows"]) == b["customers"][c]["sources"]);
    }
  }
}

std::size_t check_exposure(const Compared& page) {
  CHECK(page.at["exposure"]["left_out"].empty());
  std::size_t proven = 0;
  for (const Json& shown : page.at["exposure"]["results"]) {
    const std::string target = page.id(shown["target"]);
    CAPTURE(target);
    const Json told = page.answer({"exposure", "--to", target});
    CHECK(page.ids(shown["unquantified"]) == told["unquantified"]);
    CHECK(shown["left_out"] == 0);
    std::size_t zero = 0;
    std::size_t next = 0;
    for (const Json& b : told["results"]) {
      if (b["total"] == 0.0) {
        ++zero;
        continue;
      }
      ++proven;
      const Json& a = shown["suppliers"].at(next++);
      CHECK(page.id(a["supplier"]) == b["supplier"]);
      for (const char* part : {"direct", "indirect", "total", "other", "unattributed", "trapped"})
        CHECK(a[part] == b[part]);
      check_quantity(a["value"], b["value"]);
      REQUIRE(a["chains"].size() == b["chains"].size());
      for (std::size_t c = 0; c < b["chains"].size(); ++c) {
        CHECK(a["chains"][c]["share"] == b["chains"][c]["share"]);
        CHECK(page.ids(a["chains"][c]["companies"]) == b["chains"][c]["companies"]);
      }
    }
    CHECK(next == shown["suppliers"].size());
    CHECK(shown["zero"] == zero);
    for (const Json& list : {page.at["exposure"]["notes"], shown["notes"]})
      for (const Json& note : list)
        CHECK(std::find(told["notes"].begin(), told["notes"].end(), note) != told["notes"].end());
  }
  return proven;
}

void check_concentration(const Compared& page) {
  const Json told = page.answer({"concentration"});
  const Json& shown = page.at["concentration"];
  CHECK(shown["notes"] == told["notes"]);
  CHECK(shown["left_out"] == 0);
  REQUIRE(shown["results"].size() == told["results"].size());
  for (std::size_t i = 0; i < told["results"].size(); ++i) {
    const Json& a = shown["results"][i];
    const Json& b = told["results"][i];
    CHECK(page.id(a["customer"]) == b["customer"]);
    CHECK(a["category"] == (b["category"].is_null() ? Json("") : b["category"]));
    CHECK(page.graph["levels"].at(a["level"].get<std::size_t>()) == b["level"]);
    check_range(a["hhi"], b["hhi"]);
    check_range(a["top"], b["top_share"]);
    check_range(a["effective"], b["effective_suppliers"]);
    CHECK(a["covered"] == b["covered"]);
    REQUIRE(a["suppliers"].size() == b["suppliers"].size());
    for (std::size_t s = 0; s < b["suppliers"].size(); ++s) {
      CHECK(page.id(a["suppliers"][s]["supplier"]) == b["suppliers"][s]["supplier"]);
      check_quantity(a["suppliers"][s]["share"], b["suppliers"][s]["share"]);
      CHECK(page.sources(a["suppliers"][s]["rows"]) == b["suppliers"][s]["sources"]);
    }
    REQUIRE(a["beside"].size() == b["beside"].size());
    for (std::size_t s = 0; s < b["beside"].size(); ++s) {
      const std::size_t row = a["beside"][s];
      const Json& relations = page.graph["relations"];
      CHECK(page.id(relations["from"].at(row)) == b["beside"][s]["supplier"]);
      CHECK(page.graph["statuses"].at(relations["status"].at(row).get<std::size_t>()) == b["beside"][s]["status"]);
      check_quantity(relations["supply_share"].at(row), b["beside"][s]["share"]);
    }
  }
}

std::size_t check_cycles(const Compared& page) {
  const Json told = page.answer({"cycles"});
  const Json& shown = page.at["cycles"];
  CHECK(shown["notes"] == told["notes"]);
  CHECK(shown["count"] == told["count"]);
  CHECK(shown["complete"] == told["complete"]);
  CHECK(shown["max_length"] == 0);
  CHECK(shown["left_out"] == 0);
  CHECK(shown["by_length"].size() == told["by_length"].size());
  for (const auto& [length, classes] : shown["by_length"].items()) {
    std::size_t sum = 0;
    for (const Json& count : classes) sum += count.get<std::size_t>();
    CHECK(std::count_if(told["by_length"].begin(), told["by_length"].end(), [&](const Json& row) {
            return std::to_string(row["length"].get<std::size_t>()) == length && row["loops"] == sum &&
                   Json::array({row["circular_deal"], row["reciprocal_trade"], row["trade_loop"],
                                row["cross_financing"]}) == classes;
          }) == 1);
  }
  REQUIRE(shown["results"].size() == told["results"].size());
  for (std::size_t i = 0; i < told["results"].size(); ++i) {
    const Json& a = shown["results"][i];
    const Json& b = told["results"][i];
    Json companies = Json::array();
    for (const Json& company : b["companies"]) companies.push_back(company["id"]);
    CHECK(page.ids(a["companies"]) == companies);
    CHECK(page.graph["classes"].at(a["class"].get<std::size_t>()) == b["class"]);
    check_quantity(a["amount"], b["amount"]);
    for (const char* mark : {"contingent", "hinges_on_contingent", "at_least", "time_ordered"}) CHECK(a[mark] == b[mark]);
    std::size_t next = 0;
    for (std::size_t h = 0; h < a["hops"].size(); ++h) {
      const Json& hop = shown["hops"].at(a["hops"][h].get<std::size_t>());
      for (const Json& row : hop["rows"]) {
        const Json& leg = b["legs"].at(next++);
        CHECK(leg["hop"] == h + 1);
        CHECK(page.id(hop["from"]) == leg["payer"]["id"]);
        CHECK(page.id(hop["to"]) == leg["payee"]["id"]);
        check_quantity(hop["amount"], leg["hop_amount"]);
        check_quantity(page.graph["relations"]["value"].at(row.get<std::size_t>()), leg["value"]);
      }
    }
    CHECK(next == b["legs"].size());
  }
  return told["results"].size();
}

// The page's figures at one date, which must be among its dates; how many exposures and loops were compared.
std::pair<std::size_t, std::size_t> check_answers(const std::string& name, const std::string& year) {
  CAPTURE(name);
  CAPTURE(year);
  Compared page;
  page.folder = std::string(TIERSCOPE_SOURCE_DIR) + "/graphs/" + name;
  const auto blocks = blocks_of(output_of({"explore", page.folder, "--quiet"}));
  page.graph = blocks.at("graph");
  CHECK(page.graph["title"] == name);
  CHECK(page.graph["notes"].empty());
  const Json& dates = page.graph["dates"];
  CHECK(blocks.size() == dates.size() + 1);
  for (std::size_t i = 0; i < dates.size(); ++i) {
    if (dates[i]["label"] != year) continue;
    page.at = blocks.at("at-" + std::to_string(i));
    if (!dates[i]["date"].is_null()) page.date = dates[i]["date"];
  }
  REQUIRE(!page.at.is_null());
  check_dependence(page);
  check_concentration(page);
  return {check_exposure(page), check_cycles(page)};
}

TEST_CASE("explore: every number is that of the commands, on the shipped graphs") {
  const auto [exposures, no_loops] = check_answers("bytedance", "latest");
  CHECK(exposures > 0);
  CHECK(no_loops == 0);
  check_answers("bytedance", "2024");
  const auto [more, loops] = check_answers("ai-circular", "latest");
  CHECK(more > 0);
  CHECK(loops > 100);
  check_answers("ai-circular", "2025");
  check_answers("ai-capex", "latest");
}

TEST_CASE("explore: the relations of a page are those of the data, with their places and without folders") {
  const std::string folder = std::string(TIERSCOPE_SOURCE_DIR) + "/graphs/bytedance";
  const std::string page = output_of({"explore", folder, "--quiet"});
  CHECK(page.find(TIERSCOPE_SOURCE_DIR) == std::string::npos);
  const Json graph = blocks_of(page).at("graph");
  CHECK(graph["graphs"] == Json::array({"bytedance"}));
  const std::size_t rows = graph["relations"]["from"].size();
  CHECK(rows > 50);
  for (const auto& [name, column] : graph["relations"].items()) CHECK_MESSAGE(column.size() == rows, name);
  for (const auto& [name, column] : graph["companies"].items())
    CHECK_MESSAGE(column.size() == graph["companies"]["id"].size(), name);
  for (const auto& [name, column] : graph["sources"].items())
    CHECK_MESSAGE(column.size() == graph["sources"]["id"].size(), name);
  // A header, and no row takes several lines.
  for (std::size_t row = 0; row < rows; ++row)
    CHECK(graph["relations"]["place"][row] == "relations.csv:" + std::to_string(row + 2));
}

}  // namespace
}  // namespace tierscope::core
