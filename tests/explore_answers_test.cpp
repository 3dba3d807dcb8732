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

Json ids_of(const Json& companies) {
  Json list = Json::array();
  for (const Json& company : companies) list.push_back(company["id"]);
  return list;
}

void check_quantity(const Json& shown, const Json& told) {
  REQUIRE(shown.is_null() == told.is_null());
  if (told.is_null()) return;
  CHECK(shown["low"] == told["low"]);
  CHECK(shown["high"] == told["high"]);
  CHECK(shown.value("reported", Json()) == told["reported"]);
  if (told.contains("currency")) CHECK(shown["currency"] == told["currency"]);
}

// Answers have none where no share is known; a page then has the widest.
void check_range(const Json& shown, const Json& told) {
  if (told.is_null()) return;
  CHECK(shown["low"] == told["low"]);
  CHECK(shown["high"] == told["high"]);
}

void check_notes(const Json& shown, const Json& told) {
  for (const Json& note : shown) CHECK(std::find(told.begin(), told.end(), note) != told.end());
}

void check_dependence(const Compared& page) {
  const Json told = page.answer({"dependence"});
  const Json& shown = page.at["dependence"];
  CHECK(!shown["notes"].empty());
  check_notes(shown["notes"], told["notes"]);
  REQUIRE(shown["results"].size() == told["results"].size());
  for (std::size_t i = 0; i < told["results"].size(); ++i) {
    const Json& a = shown["results"][i];
    const Json& b = told["results"][i];
    CHECK(page.id(a["supplier"]) == b["supplier"]["id"]);
    CHECK(a["quantified"] == !b["attributed"].is_null());
    if (!b["attributed"].is_null()) CHECK(a["attributed"] == b["attributed"]);
    check_range(a["hhi"], b["hhi"]);
    REQUIRE(a["largest"].is_null() == b["largest_customer"].is_null());
    if (!a["largest"].is_null()) CHECK(page.id(a["largest"]) == b["largest_customer"]["id"]);
    CHECK(page.ids(a["major"]) == ids_of(b["major_customers"]));
    REQUIRE(a["customers"].size() == b["customers"].size());
    for (std::size_t c = 0; c < b["customers"].size(); ++c) {
      CHECK(page.id(a["customers"][c]["customer"]) == b["customers"][c]["customer"]["id"]);
      check_quantity(a["customers"][c]["share"], b["customers"][c]["share"]);
      check_quantity(a["customers"][c]["amount"], b["customers"][c]["amount"]);
      const Json& reason = b["customers"][c]["reason"];
      CHECK(a["customers"][c]["reason"] == (reason.is_null() ? Json("") : reason));
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
    Json unquantified = Json::array();
    for (const Json& row : told["unquantified"]) unquantified.push_back(row["supplier"]["id"]);
    CHECK(page.ids(shown["unquantified"]) == unquantified);
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
      CHECK(page.id(a["supplier"]) == b["supplier"]["id"]);
      // Answers have 15 digits.
      CHECK(a["direct"].is_null() == b["direct"].is_null());
      for (const char* part : {"direct", "indirect", "total", "other", "unattributed", "trapped"})
        if (!b[part].is_null()) CHECK(a[part].get<double>() == doctest::Approx(b[part].get<double>()).epsilon(1e-14));
      check_quantity(a["amount"], b["amount"]);
      REQUIRE(a["chains"].size() == b["chains"].size());
      for (std::size_t c = 0; c < b["chains"].size(); ++c) {
        CHECK(a["chains"][c]["share"].get<double>() ==
              doctest::Approx(b["chains"][c]["share"].get<double>()).epsilon(1e-14));
        CHECK(page.ids(a["chains"][c]["companies"]) == ids_of(b["chains"][c]["companies"]));
      }
    }
    CHECK(next == shown["suppliers"].size());
    CHECK(shown["zero"] == zero);
    check_notes(page.at["exposure"]["notes"], told["notes"]);
    check_notes(shown["notes"], told["notes"]);
  }
  return proven;
}

void check_concentration(const Compared& page) {
  const Json told = page.answer({"concentration"});
  const Json& shown = page.at["concentration"];
  CHECK(!shown["notes"].empty());
  check_notes(shown["notes"], told["notes"]);
  CHECK(shown["left_out"] == 0);
  REQUIRE(shown["results"].size() == told["results"].size());
  for (std::size_t i = 0; i < told["results"].size(); ++i) {
    const Json& a = shown["results"][i];
    const Json& b = told["results"][i];
    CHECK(page.id(a["customer"]) == b["customer"]["id"]);
    CHECK(a["category"] == (b["category"].is_null() ? Json("") : b["category"]));
    const Json level = page.graph["levels"].at(a["level"].get<std::size_t>());
    CHECK(level == (b["level"].is_null() ? Json("not-named") : b["level"]));
    check_range(a["hhi"], b["hhi"]);
    CHECK(a["top"].is_null() == b["top_share"].is_null());
    check_range(a["top"], b["top_share"]);
    check_range(a["effective"], b["effective_suppliers"]);
    check_quantity(a["covered"], b["covered"]);
    REQUIRE(a["suppliers"].size() + a["beside"].size() == b["suppliers"].size());
    for (std::size_t s = 0; s < b["suppliers"].size(); ++s) {
      const Json& row = b["suppliers"][s];
      CHECK(row["counted"] == (s < a["suppliers"].size()));
      if (row["counted"]) {
        CHECK(page.id(a["suppliers"][s]["supplier"]) == row["supplier"]["id"]);
        check_quantity(a["suppliers"][s]["share"], row["share"]);
        CHECK(page.sources(a["suppliers"][s]["rows"]) == row["sources"]);
      } else {
        const std::size_t beside = a["beside"][s - a["suppliers"].size()];
        const Json& relations = page.graph["relations"];
        CHECK(page.id(relations["from"].at(beside)) == row["supplier"]["id"]);
        CHECK(page.graph["statuses"].at(relations["status"].at(beside).get<std::size_t>()) == row["status"]);
        check_quantity(relations["supply_share"].at(beside), row["share"]);
      }
    }
  }
}

std::size_t check_cycles(const Compared& page) {
  const Json told = page.answer({"cycles"});
  const Json& shown = page.at["cycles"];
  CHECK(!shown["notes"].empty());
  check_notes(shown["notes"], told["notes"]);
  for (const char* length : {"pairs", "triples", "longer"}) CHECK(shown[length] == told["count"][length]);
  CHECK(shown["complete"] == told["complete"]);
  CHECK(shown["max_length"] == 6);
  CHECK(shown["left_out"] == 0);
  REQUIRE(shown["by_length"].size() == told["by_length"].size());
  for (std::size_t i = 0; i < told["by_length"].size(); ++i) {
    std::size_t sum = 0;
    for (const Json& count : shown["by_length"][i]["classes"]) sum += count.get<std::size_t>();
    CHECK(shown["by_length"][i]["length"] == told["by_length"][i]["length"]);
    CHECK(told["by_length"][i]["loops"] == sum);
  }
  REQUIRE(shown["results"].size() == told["results"].size());
  for (std::size_t i = 0; i < told["results"].size(); ++i) {
    const Json& a = shown["results"][i];
    const Json& b = told["results"][i];
    CHECK(page.ids(a["companies"]) == ids_of(b["companies"]));
    CHECK(page.graph["classes"].at(a["class"].get<std::size_t>()) == b["class"]);
    check_quantity(a["amount"], b["amount"]);
    for (const char* mark : {"contingent", "hinges_on_contingent", "time_ordered"}) CHECK(a[mark] == b[mark]);
    std::size_t leg = 0;
    for (std::size_t h = 0; h < a["hops"].size(); ++h) {
      const Json& hop = shown["hops"].at(a["hops"][h].get<std::size_t>());
      for (const Json& row : hop["rows"]) {
        const Json& of = b["legs"].at(leg++);
        CHECK(of["hop"] == h + 1);
        CHECK(page.id(hop["from"]) == of["payer"]["id"]);
        CHECK(page.id(hop["to"]) == of["payee"]["id"]);
        check_quantity(hop["amount"], of["hop_amount"]);
        check_quantity(page.graph["relations"]["value"].at(row.get<std::size_t>()), of["value"]);
      }
    }
    CHECK(leg == b["legs"].size());
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
  CHECK(check_answers("bytedance", "latest").first > 0);
  check_answers("bytedance", "2024");
  const auto [more, loops] = check_answers("ai-circular", "latest");
  CHECK(more > 0);
  CHECK(loops > 30);
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
