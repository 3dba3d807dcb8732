// A question of the test's own: described once, it stands in every format.

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include <tierscope/write.hpp>

using namespace tierscope;

namespace {

struct Part {
  std::string_view what;
  double share = 0;
  static constexpr void describe(const auto& field) {
    field("what", &Part::what, "what is bought");
    field("share", &Part::share, "of it", Unit::share);
  }
};
static_assert(all_described<Part>);

struct Chain {
  std::vector<Company> companies;
  static constexpr void describe(const auto& field) { field("companies", &Chain::companies, "who", Label{"chain"}); }
};

struct Row {
  Company company;
  Quantity amount;
  std::optional<double> degree;
  Date as_of;
  bool major = false;
  std::vector<Part> parts;
  std::vector<Chain> chains;
  std::vector<std::string_view> sources;
  static constexpr void describe(const auto& field) {
    field("company", &Row::company, "who", key);
    field("amount", &Row::amount, "paid", Unit::money);
    field("degree", &Row::degree, "how many", Label{"partners"});
    field("as_of", &Row::as_of, "when");
    field("major", &Row::major, "ten percent or more", Show::if_any);
    field("parts", &Row::parts, "of what", Show::rows);
    field("chains", &Row::chains, "how", Show::table, Label{"Chains"});
    field("sources", &Row::sources, "ids", Unit::sources);
  }
};
static_assert(all_described<Row>);

struct Answer {
  About about;
  Table<Row> results;
  double error = 0;
  static constexpr void describe(const auto& field) {
    field("results", &Answer::results, "the companies", Called{"companies"});
    field("error", &Answer::error, "at most");
  }
};

std::unique_ptr<AnyAnswer> sample() {
  Row first;
  first.company = {"a", "Acme, Ltd"};
  first.amount = {.known = true, .low = 1e9, .high = unbounded, .reported = ">=1B USD", .currency = "USD"};
  first.degree = 0.1 + 0.2;  // 0.30000000000000004 in the shortest form
  first.as_of = {2025, 3, 0};
  first.major = true;
  first.parts = {{"chips", 0.5}, {"racks", 0.25}};
  first.chains = {{{{"a", "Acme, Ltd"}, {"b", "Beta"}}}};
  first.sources = {"s2", "s1"};
  Row second;
  second.company = {"b", "=Beta"};
  second.sources = {"s1"};
  Answer answer;
  answer.results = std::vector<Row>{first, second};
  answer.error = 1e-10;
  answer.about.command = "sample";
  answer.about.graphs = {"g"};
  answer.about.title = "Two companies";
  answer.about.noun = "company";
  answer.about.notes = {"A note."};
  answer.about.sources = {{"s1", "Title", "Paper", "2025", "https://example.org/a"}, {"s2", {}, {}, {}, {}}};
  answer.about.statuses = StatusSet::of(Status::active);
  return any(std::move(answer));
}

std::string text(std::string_view format, const WriteOptions& options = {}) {
  std::ostringstream out;
  const Written written = write(*sample(), format, options, out);
  CHECK(written.problems.empty());
  CHECK(written.end == Next::end);
  return out.str();
}

WriteOptions table(const std::string& name) {
  WriteOptions options;
  options.table = name;
  return options;
}

}  // namespace

TEST_CASE("a described answer as JSON: what rests on all rows stands behind them") {
  CHECK(text("json") == R"({
  "schema": 2,
  "command": "sample",
  "graphs": ["g"],
  "as_of": null,
  "status": ["active"],
  "title": "Two companies",
  "results": [
    {"company":{"id":"a","name":"Acme, Ltd"},"amount":{"low":1000000000,"high":null,"reported":">=1B USD","approximate":false,"confidence":null,"currency":"USD"},"degree":0.3,"as_of":"2025-03","major":true,"parts":[{"what":"chips","share":0.5},{"what":"racks","share":0.25}],"chains":[{"companies":[{"id":"a","name":"Acme, Ltd"},{"id":"b","name":"Beta"}]}],"sources":["s2","s1"]},
    {"company":{"id":"b","name":"=Beta"},"amount":null,"degree":null,"as_of":null,"major":false,"parts":[],"chains":[],"sources":["s1"]}
  ],
  "error": 1e-10,
  "notes": ["A note."],
  "sources": [
    {"id":"s1","title":"Title","publisher":"Paper","date":"2025","url":"https://example.org/a"},
    {"id":"s2","title":null,"publisher":null,"date":null,"url":null}
  ]
}
)");
}

TEST_CASE("a described answer as CSV: one row a fact, lists as tables of their own") {
  CHECK(text("csv") ==
        "company,company_name,amount_low,amount_high,amount_reported,amount_approximate,amount_confidence,"
        "amount_currency,degree,as_of,major,what,share,sources\n"
        "a,\"Acme, Ltd\",1000000000,,>=1B USD,false,,USD,0.3,2025-03,true,chips,0.5,s2;s1\n"
        "a,\"Acme, Ltd\",1000000000,,>=1B USD,false,,USD,0.3,2025-03,true,racks,0.25,s2;s1\n"
        "b,'=Beta,,,,,,,,,false,,,s1\n");
  CHECK(text("csv", table("chains")) ==
        "company,company_name,position,companies,companies_name\na,\"Acme, Ltd\",1,a;b,\"Acme, Ltd;Beta\"\n");
  CHECK(text("csv", table("answer")) ==
        "schema,command,graphs,as_of,status,title,error,interrupted\n2,sample,g,,active,Two companies,1e-10,false\n");
  CHECK(text("csv", table("notes")) == "note\nA note.\n");
  CHECK(text("csv", table("sources")) ==
        "id,title,publisher,date,url\ns1,Title,Paper,2025,https://example.org/a\ns2,,,,\n");
  WriteOptions excel;
  excel.bom = true;
  CHECK(text("csv", excel)
            .starts_with("\xEF\xBB\xBF"
                         "company,"));
}

TEST_CASE("a described answer as JSON Lines") {
  const std::string lines = text("jsonl");
  CHECK(lines.starts_with(R"({"company":{"id":"a","name":"Acme, Ltd"},"amount":{)"));
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 2);
  CHECK(
      text("jsonl", table("chains")) ==
      R"({"company":{"id":"a","name":"Acme, Ltd"},"position":1,"companies":[{"id":"a","name":"Acme, Ltd"},{"id":"b","name":"Beta"}]})"
      "\n");
}

TEST_CASE("a described answer for people") {
  CHECK(text("table") == R"(Two companies

company     amount  partners  as of    major  what   share  sources
Acme, Ltd  ≥1B USD       0.3  2025-03  yes    chips   50 %  [1,2]
                                              racks   25 %
=Beta            –         –                             –  [2]

Chains
chain
Acme, Ltd → Beta

A note.

Sources
 [1] s2 (not listed)
 [2] Title, Paper, 2025
     https://example.org/a
)");
}

TEST_CASE("a described answer as Markdown and HTML: addresses are links, names are no markup") {
  const std::string markdown = text("markdown");
  CHECK(markdown.find("### Two companies\n\n| company | amount | partners |") == 0);
  CHECK(markdown.find("2. [Title, Paper, 2025](<https://example.org/a>)\n") != std::string::npos);
  const std::string html = text("html");
  CHECK(html.find("<h1>Two companies</h1>") != std::string::npos);
  CHECK(html.find("<td class=\"n\">≥1B USD</td>") != std::string::npos);
  CHECK(html.find("<li id=\"source-2\"><a href=\"https://example.org/a\">Title, Paper, 2025</a></li>") !=
        std::string::npos);
  CHECK(text("html", table("sources")).find("<td><a href=\"https://example.org/a\">example.org</a></td>") !=
        std::string::npos);
}

TEST_CASE("a field stands in the schema with type, unit, help and whether it can be unknown") {
  const std::string schema = json_schema("sample", fields<Answer>());
  CHECK(schema.find("\"degree\": {") != std::string::npos);
  CHECK(schema.find(R"("x-unit": "fraction, 0 to 1")") != std::string::npos);
  CHECK(schema.find(R"("description": "ten percent or more")") != std::string::npos);
}

TEST_CASE("columns, order and limits are asked for before the first byte") {
  WriteOptions options;
  options.columns = {"share", "company"};
  options.sort = "share";
  CHECK(text("csv", options) == "share,company,company_name\n0.5,a,\"Acme, Ltd\"\n0.25,a,\"Acme, Ltd\"\n,b,'=Beta\n");
  options = {};
  options.limit = 1;
  CHECK(text("csv", options).find("Beta") == std::string::npos);
  CHECK(text("table", options).find("… 1 more company (--limit 0 shows all)") != std::string::npos);
  std::ostringstream out;
  options = {};
  options.columns = {"shar"};
  const Written wrong = write(*sample(), "csv", options, out);
  REQUIRE(wrong.problems.size() == 1);
  CHECK(to_string(wrong.problems[0]) ==
        "--columns: 'shar' is none of company, amount, degree, as_of, major, what, share, sources; did you mean "
        "'share'?");
  CHECK(out.str().empty());
  CHECK(to_string(write(*sample(), "jsn", {}, out).problems[0]).starts_with("--format: 'jsn' is none of table, json"));
  CHECK(to_string(write(*sample(), "csv", table("chain"), out).problems[0]) ==
        "--table: 'chain' is none of companies, chains, answer, notes, sources; did you mean 'chains'?");
}

TEST_CASE("an answer is read twice at once, after everybody else has let go of it") {
  std::unique_ptr<AnyAnswer> answer = sample();
  const std::unique_ptr<Cursor> one = answer->open(0);
  const std::unique_ptr<Cursor> two = answer->open(0);
  answer.reset();
  Batch first(one->fields());
  Batch second(two->fields());
  CHECK(one->next(first) == Next::rows);
  CHECK(two->next(second) == Next::rows);
  CHECK(first.rows == 2);
  CHECK(first.columns[0].company(1).name == "=Beta");
  CHECK(second.columns[0].company(0).id == "a");
  CHECK(one->next(first) == Next::end);
  CHECK(two->next(second) == Next::end);
}

TEST_CASE("many rows come in batches, and a batch outlives its cursor") {
  Answer answer;
  std::vector<Row> rows(2500);
  answer.results = std::move(rows);
  std::unique_ptr<Cursor> cursor = any(std::move(answer))->open(0);
  Batch batch(cursor->fields());
  std::vector<std::size_t> sizes;
  while (cursor->next(batch) == Next::rows) sizes.push_back(batch.rows);
  CHECK(sizes == std::vector<std::size_t>{1024, 1024, 452});
}
