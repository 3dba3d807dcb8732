// GraphML for programs of others, read again: what its attributes can say is the same.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <tierscope/model.hpp>

#include "memory_files.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"
#include "show/graph/graphs.hpp"
#include "show/graph/typed.hpp"

namespace tierscope::core {
namespace {

Model read(MemoryFiles& files, const std::string& name) {
  Records records;
  read_graph(files, name, records);
  std::optional<Model> model = build(records);
  REQUIRE_MESSAGE(model, problems_of(records));
  return *std::move(model);
}

std::string typed_graphml(const Model& model) {
  std::ostringstream out;
  write_typed_graphml(model, out);
  return out.str();
}

bool close(double a, double b) { return a == b || std::abs(a - b) <= 1e-14 * std::abs(b); }

bool same(const Quantity& a, const Quantity& b) {
  return a.known == b.known && a.approximate == b.approximate && a.confidence == b.confidence &&
         a.currency == b.currency && close(a.low, b.low) && close(a.high, b.high);
}

}  // namespace

TEST_CASE("typed GraphML reads back with the same companies, relations and figures") {
  for (const std::string name : {"bytedance", "ai-circular", "ai-capex"}) {
    MemoryFiles files;
    for (const auto& entry : std::filesystem::directory_iterator(TIERSCOPE_SOURCE_DIR "/graphs/" + name)) {
      std::ifstream in(entry.path(), std::ios::binary);
      files.files[name + "/" + entry.path().filename().string()] = {std::istreambuf_iterator<char>(in), {}};
    }
    const Model model = read(files, name);
    MemoryFiles typed;
    typed.files["g.graphml"] = typed_graphml(model);
    const Model again = read(typed, "g.graphml");
    REQUIRE(again.company_count() == model.company_count());
    REQUIRE(again.relation_count() == model.relation_count());
    for (CompanyIndex c = 0; c < model.company_count(); ++c) {
      CAPTURE(model.id(c));
      CHECK(again.id(c) == model.id(c));
      CHECK(again.name(c) == model.name(c));
      CHECK(again.company(c).aggregate == model.company(c).aggregate);
      CHECK(same(again.company(c).revenue, model.company(c).revenue));
    }
    for (std::size_t r = 0; r < model.relation_count(); ++r) {
      const Relation& want = model.relation(r);
      const Relation& got = again.relation(r);
      CAPTURE(model.place(want.place));
      CHECK((got.from == want.from && got.to == want.to && got.kind == want.kind && got.status == want.status));
      CHECK((got.basis == want.basis && got.restates == want.restates && got.claim == want.claim));
      CHECK((to_string(got.as_of) == to_string(want.as_of) && to_string(got.since) == to_string(want.since)));
      CHECK(again.text(got.sources) == model.text(want.sources));
      CHECK((same(got.value, want.value) && same(got.revenue_share, want.revenue_share)));
      CHECK((same(got.supply_share, want.supply_share) && same(got.stake, want.stake)));
    }
    // Our own weight comes back as a column that nobody knows; all else is as it was.
    CHECK(typed_graphml(again) == typed_graphml(model));
  }
}

TEST_CASE("bounds that are none stay columns: no number, out of order, above all, without a currency") {
  const auto edge = [](const std::string& data) {
    MemoryFiles files;
    std::string keys;
    for (const std::string key :
         {"stake_low", "stake_high", "value_low", "value_high", "value_currency", "stake", "stake_approximate", "kind"})
      keys += "<key id='" + key + "' for='edge' attr.name='" + key + "'/>";
    files.files["g.graphml"] = "<graphml>" + keys +
                               "<graph edgedefault='directed'><node id='a'/><node id='b'/><edge source='a' "
                               "target='b'><data key='kind'>owns</data>" +
                               data + "</edge></graph></graphml>";
    const Model model = read(files, "g.graphml");
    const Relation& relation = model.relation(0);
    return std::string(model.text(relation.stake.reported)) + "|" + std::string(model.text(relation.value.reported));
  };
  const auto with = [&](std::initializer_list<std::pair<std::string, std::string>> cells) {
    std::string data;
    for (const auto& [key, text] : cells) data += "<data key='" + key + "'>" + text + "</data>";
    return edge(data);
  };
  CHECK(with({{"stake_low", "0.25"}, {"stake_high", "0.5"}, {"stake_approximate", "false"}}) == "25%..50%|");
  CHECK(with({{"stake_low", "0.5"}, {"stake_high", "0.5"}, {"stake_approximate", "true"}}) == "~50%|");
  CHECK(with({{"stake_low", "0.5"}}) == ">=50%|");
  CHECK(with({{"stake_low", "0.25"}, {"stake_high", "0.5"}, {"stake", "30%"}}) == "30%|");
  CHECK(with({{"stake_low", "half"}, {"stake_high", "0.5"}}) == "|");
  CHECK(with({{"stake_low", "0.6"}, {"stake_high", "0.5"}}) == "|");
  CHECK(with({{"stake_low", "40"}, {"stake_high", "60"}}) == "|");
  CHECK(with({{"stake_low", "nan"}}) == "|");
  CHECK(with({{"value_low", "5"}, {"value_high", "5"}}) == "|");
  CHECK(with({{"value_low", "5"}, {"value_currency", "USD"}}) == "|>=5 USD");
  CHECK(with({{"value_low", "2e15"}, {"value_high", "2e15"}, {"value_currency", "USD"}}) == "|2000000000000000 USD");
  CHECK(with({{"stake_low", "0.25"}, {"stake_high", "0.5"}, {"stake_approximate", "true"}}) == "|");
}

TEST_CASE("save writes whole graphs alone") {
  const auto model = tierscope::parse("from,to,kind\na,b,owns\n", "g.csv");
  REQUIRE(model);
  for (const char* const name : {"tierscope-x.gexf", "tierscope-x.txt"}) {
    const std::string path = std::filesystem::temp_directory_path() / name;
    const Problems problems = tierscope::save(*model, path);
    REQUIRE(problems.size() == 1);
    CHECK(to_string(problems[0]) == path +
                                        ": the ending names no format that holds a whole graph; write .dot, .gv, "
                                        ".graphml, .xml, or a folder's name");
    CHECK_FALSE(std::filesystem::exists(path));
  }
}

}  // namespace tierscope::core
