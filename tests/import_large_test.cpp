// A hundred thousand made-up rows a format, with the quirks of its files in known numbers: the report tells the same.

#include <doctest/doctest.h>

#include <random>

#include "import_files.hpp"

using namespace tierscope;
using namespace tierscope::core;

namespace {

/// How often each outcome and reason (`taken `, `skipped from: is missing`) was put into the rows, each of which has
/// one.
using Counts = std::map<std::string, std::size_t>;

void check_counts(Imported& import, const Counts& wanted) {
  CAPTURE(import.wrong());
  CHECK_FALSE(has_errors(import.problems));
  std::size_t rows = 0;
  for (const auto& [key, count] : wanted) {
    CAPTURE(key);
    const std::size_t blank = key.find(' ');
    const std::string outcome = key.substr(0, blank);
    CHECK(import.count(outcome, key.substr(blank + 1)) == count);
    rows += count;
  }
  CHECK(import.rows == rows);
  CHECK(import.rows == import.taken + import.skipped);
  CHECK(errors_of(import) == "");
}

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("neo4j: a hundred thousand edges, each quirk counted" * doctest::test_suite("long")) {
  std::mt19937 random(11);
  Counts wanted;
  std::string nodes = "companyId:ID(Company),name,revenue:double,:LABEL\n";
  for (int i = 0; i < 1000; ++i) nodes += std::to_string(i) + ",Firm No " + std::to_string(i) + ",,Company\n";
  wanted["taken "] += 1000;
  std::string edges = ":START_ID(Company),:END_ID(Company),:TYPE,share:IGNORE,since:date\n";
  std::size_t relations = 0;
  for (int i = 0; i < 100'000; ++i) {
    std::string from = std::to_string(random() % 500);
    std::string to = std::to_string(500 + random() % 500);
    std::string type = "SUPPLIES";
    std::string since = "20" + std::to_string(10 + i % 10) + "-01-" + std::to_string(10 + i % 19);
    switch (random() % 8) {
      case 0: type = "LIKES", ++wanted["skipped kind: unknown kind 'likes'"]; break;
      case 1: from.clear(), ++wanted["skipped from: is missing"]; break;
      case 2: to.clear(), ++wanted["skipped to: is missing"]; break;
      case 3: since = "soon", ++wanted["skipped since: 'soon' is no date"]; break;
      case 4: type = "Supplies"; [[fallthrough]];
      default: ++wanted["taken "], ++relations; break;
    }
    edges += from + "," + to + "," + type + ",0.5," + since + "\n";
  }
  Imported import = imported("neo4j", {{"n.csv", nodes}, {"r.csv", edges}});
  check_counts(import, wanted);
  CHECK(lines_of(import.companies()) == 1001);
  CHECK(lines_of(import.relations()) <= relations + 1);  // equal rows are one
}

TEST_CASE("gexf: a hundred thousand edges, each quirk counted" * doctest::test_suite("long")) {
  std::mt19937 random(12);
  Counts wanted;
  std::string text =
      "<gexf version=\"1.3\"><graph defaultedgetype=\"directed\"><attributes class=\"edge\"><attribute id=\"0\" "
      "title=\"revenue_share\" type=\"string\"/></attributes><nodes>";
  for (int i = 0; i < 1000; ++i) {  // each second one inside of the one before it
    const std::string id = "n" + std::to_string(i);
    text +=
        "<node id=\"" + id + "\" label=\"A &amp; " + id + "\">" + (i % 2 == 0 ? "<nodes>" : "</node></nodes></node>\n");
  }
  wanted["taken "] += 1000;
  text += "</nodes><edges>\n";
  for (int i = 0; i < 100'000; ++i) {
    std::string target = " target=\"n" + std::to_string(500 + random() % 500) + "\"";
    std::string more = " kind=\"supplies\"";
    std::string inside;
    switch (random() % 6) {
      case 0:
        more += " type=\"undirected\"",
            ++wanted["skipped an undirected edge; --undirected-as out or both says what it means"];
        break;
      case 1: target.clear(), ++wanted["skipped to: is missing"]; break;
      case 2:
        inside = "<attvalues><attvalue for=\"0\" value=\"lots\"/></attvalues>",
        ++wanted["skipped revenue_share: 'lots' is no share"];
        break;
      case 3: inside = "<spells><spell start=\"2019\" end=\"2020\"/></spells>"; [[fallthrough]];
      default: ++wanted["taken "]; break;
    }
    text += "<edge source=\"n" + std::to_string(random() % 500) + "\"" + target + more + " weight=\"2\">" + inside +
            "</edge>\n";
  }
  text += "</edges></graph></gexf>";
  ImportOptions options;
  options.direction = "supplies";
  Imported import = imported("gexf", {{"g.gexf", text}}, options);
  check_counts(import, wanted);
  CHECK(import.notes == "weights of edges are no shares, and are not read\n");
  CHECK(lines_of(import.companies()) == 1001);
}

TEST_CASE("ftm: a hundred thousand entities, each quirk counted" * doctest::test_suite("long")) {
  std::mt19937 random(13);
  Counts wanted;
  std::string text;
  for (int i = 0; i < 100'000; ++i) {
    const std::string n = std::to_string(i);
    const auto entity = [&](const std::string& schema, const std::string& properties) {
      text += "{\"id\":\"e" + n + "\",\"schema\":\"" + schema + "\",\"properties\":{" + properties + "}}\n";
    };
    const std::string owner = "\"owner\":[\"c" + std::to_string(random() % 1000) + "\"]";
    const std::string asset = "\"asset\":[\"a" + n + "\"]";
    switch (random() % 10) {
      case 0: entity("Company", "\"name\":[\"Firm No " + n + "\"]"), ++wanted["taken "]; break;
      case 1: entity("Payment", ""), ++wanted["skipped Payment: no ownership, loan or supply"]; break;
      case 2: entity("Ownership", owner), ++wanted["skipped a link without both ends"]; break;
      case 3: text += "{\"id\":\n", ++wanted["skipped a line that is no JSON object"]; break;
      case 4:
        entity("Ownership", owner + "," + asset + ",\"percentage\":[\"lots\"]"),
            ++wanted["skipped stake: 'lots' is no share"];
        break;
      case 5:  // of one link two statements, which may both be read
        entity("Ownership", owner + "," + asset + ",\"percentage\":[\"10-20\",\"15\"]"),
            ++wanted["review several values of one property: a row each"];
        break;
      case 6:
        entity("Debt", "\"creditor\":[\"b\"],\"debtor\":[\"d" + n + "\"],\"amount\":[\"5\"]"),
            ++wanted["review an amount without a currency is left out"];
        break;
      case 7:  // its contract comes with the next line
        entity("ContractAward", "\"supplier\":[\"s" + n + "\"],\"contract\":[\"k" + n + "\"]"), ++wanted["taken "];
        text += "{\"id\":\"k" + n + "\",\"schema\":\"Contract\",\"properties\":{\"authority\":[\"gov\"]}}\n",
            ++wanted["taken a contract, for its awards"];
        break;
      default: entity("Ownership", owner + "," + asset + ",\"percentage\":[\"7.5\"]"), ++wanted["taken "]; break;
    }
  }
  Imported import = imported("ftm", {{"f.jsonl", text}});
  check_counts(import, wanted);
}

TEST_CASE("io: a hundred thousand deliveries, each quirk counted" * doctest::test_suite("long")) {
  // 320 sectors, of which 20 are a country's parts in two; each delivers to a third of them, and to consumers.
  constexpr int sectors = 320;
  std::mt19937 random(14);
  const auto label = [](int i) {
    return i < 280 ? "C" + std::to_string(10 + i / 10) + "_D" + std::to_string(i % 10)
                   : (i < 300 ? "MX1_D" : "MX2_D") + std::to_string((i - 280) % 20);
  };
  const auto whole = [](int i) { return i < 300 ? i : i - 20; };
  std::string text = "V1";
  for (int i = 0; i < sectors; ++i) text += "," + label(i);
  text += ",C10_HFCE,OUT\n";
  std::vector<std::vector<bool>> delivers(300, std::vector<bool>(300, false));
  for (int i = 0; i < sectors; ++i) {
    text += label(i);
    int sum = 0;
    for (int j = 0; j < sectors; ++j) {
      const int delivered = random() % 3 == 0 ? static_cast<int>(10 + random() % 90) : 0;
      text += "," + std::to_string(delivered);
      sum += delivered;
      if (delivered > 0 && whole(i) != whole(j)) delivers[whole(i)][whole(j)] = true;
    }
    text += ",1000," + std::to_string(sum + 1000) + "\n";
  }
  text += "TLS" + std::string(sectors + 2, ',') + "\nVA" + std::string(sectors + 2, ',') + "\nOUT" +
          std::string(sectors + 2, ',') + "\n";
  std::size_t relations = 300;  // to consumers
  for (const std::vector<bool>& row : delivers)
    relations += static_cast<std::size_t>(std::count(row.begin(), row.end(), true));
  Imported import = imported("io", {{"icio.csv", text}});
  check_counts(
      import,
      {{"taken ", 300}, {"taken a part of a country, added up", 20}, {"taken value added, taxes or a total", 3}});
  CHECK(lines_of(import.companies()) == 1 + 300 + 1);
  CHECK(lines_of(import.relations()) == 1 + relations);
}

TEST_CASE("table: a hundred thousand rows, each quirk counted" * doctest::test_suite("long")) {
  std::mt19937 random(15);
  Counts wanted;
  std::string text = "Supplier;Customer;Type;Revenue share (%);as of\n";
  for (int i = 0; i < 100'000; ++i) {
    const std::string from = "s" + std::to_string(i);
    const std::string to = "Firm No " + std::to_string(random() % 1000);
    switch (random() % 8) {
      case 0: text += ";" + to + ";SUPPLIES;1,5;2024\n", ++wanted["skipped from: is missing"]; break;
      case 1: text += from + ";" + to + ";LIKES;1,5;2024\n", ++wanted["skipped kind: unknown kind 'LIKES'"]; break;
      case 2: text += from + ";" + to + "\n", ++wanted["skipped the row has 2 fields, the header 5 columns"]; break;
      case 3: text += ";;;;\n", ++wanted["skipped a row of empty cells"]; break;
      case 4: text += from + ";" + to + ";supplies;n/a;FY2024\n", ++wanted["taken "]; break;
      case 5: text += from + ";" + to + ";Supplies;about 10%;31.12.2024\n", ++wanted["taken "]; break;
      default: text += from + ";" + to + ";SUPPLIES;12,5;2024Q3\n", ++wanted["taken "]; break;
    }
  }
  Imported import = imported("table", {{"t.csv", text}});
  check_counts(import, wanted);
}
