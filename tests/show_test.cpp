// One company: what is recorded of it, in one currency, for people and machines alike.

#include <doctest/doctest.h>

#include <sstream>

#include <tierscope/show.hpp>
#include <tierscope/write.hpp>

#include "allocations.hpp"
#include "model_of.hpp"
#include "read_twice.hpp"

using namespace tierscope::core;
using tierscope::PartnerRow;
using tierscope::Profile;
using tierscope::Result;
using tierscope::ShowOptions;

namespace {

tierscope::Model graph(const std::string& relations, const std::string& companies = "", const std::string& rates = "") {
  return tierscope::Model(std::make_shared<Model>(model_of(relations, companies, rates)));
}

ShowOptions of(const std::string& company, const std::string& currency = "") {
  ShowOptions options;
  options.company = company;
  options.view.currency = currency;
  return options;
}

std::string words(const tierscope::Table<PartnerRow>& table) {
  std::string text;
  for (const PartnerRow& row : table)
    text += std::string(row.partner.id) + " | " + row.what + " | " + row.figures + " | " + std::string(row.from.id) +
            " " + std::string(row.kind) + " " + std::string(row.to.id) + "\n";
  return text;
}

std::string errors(const tierscope::Problems& problems) {
  std::string text;
  for (const tierscope::Problem& problem : problems) text += to_string(problem) + "\n";
  return text;
}

std::string written(const Profile& profile, const std::string& format, const std::string& table = "") {
  std::ostringstream out;
  tierscope::WriteOptions options;
  options.table = table;
  const tierscope::Written end = write(*tierscope::any(profile), format, options, out);
  CHECK(errors(end.problems) == "");
  return out.str();
}

constexpr const char* relations =
    "from,to,kind,category,item,value,revenue_share,supply_share,stake,status,as_of,source\n"
    "a,t,supplies,chips,MLU,14B CNY,20%,,,active,2025,s1\n"
    "b,a,supplies,wafers,,,,>85%,,active,2024,s2;s3\n"
    "f,a,invests,,round,>70M CNY,,,5%,planned,2023,s4\n"
    "a,g,owns,,,,,,60%,active,2022,s1\n"
    "b,t,supplies,chips,,,,,,active,2021,s9\n";
constexpr const char* rates = "from,to,rate\nUSD,CNY,7\n";

}  // namespace

TEST_CASE("the company's relations by what they are to it, in row order, none of others") {
  const Result<Profile> shown = show(graph(relations), of("a"));
  REQUIRE(shown);
  CHECK(words(shown->customers) == "t | MLU | 20 % of the supplier's revenue, 14B CNY | a supplies t\n");
  CHECK(words(shown->suppliers) == "b | wafers | >85 % of the customer's purchases | b supplies a\n");
  CHECK(words(shown->financed_by) == "f | invests: round | 5 % stake, >70M CNY | f invests a\n");
  CHECK(words(shown->finances) == "g | owns: owns | 60 % stake | a owns g\n");
  CHECK(shown->about.notes == std::vector<std::string>{"Figures as of 2022 to 2025."});
  std::string sources;
  for (const tierscope::CitedSource& source : shown->about.sources) sources += std::string(source.id) + " ";
  CHECK(sources == "s1 s2 s3 s4 ");
}

TEST_CASE("amounts are converted alike in every format, and what was reported stays beside them") {
  // 14B CNY / 7 = 2B USD; revenue 70B CNY / 7 = 10B USD.
  const std::string companies = "id,name,revenue,revenue_period\na,Alpha,70B CNY,2025\n";
  const Result<Profile> shown = show(graph(relations, companies, rates), of("alpha", "USD"));
  REQUIRE(shown);
  const auto customer = shown->customers.open();
  PartnerRow row;
  REQUIRE(customer->next(row));
  CHECK(row.value.low == doctest::Approx(2e9));
  CHECK(row.value.high == doctest::Approx(2e9));
  CHECK(row.value.currency == "USD");
  CHECK(row.value.reported == "14B CNY");
  CHECK(row.figures == "20 % of the supplier's revenue, 2B USD");
  for (const tierscope::CompanyRow& company : shown->results) {
    CHECK(company.revenue.low == doctest::Approx(1e10));
    CHECK(company.revenue.currency == "USD");
    CHECK(company.revenue.reported == "70B CNY");
  }
  CHECK(written(*shown, "table").find("10B USD") != std::string::npos);
  CHECK(written(*shown, "table").find("CNY\n") == std::string::npos);
  CHECK(written(*shown, "csv").find(",10000000000,10000000000,70B CNY,false,,USD,") != std::string::npos);
  CHECK(written(*shown, "json").find(R"("revenue":{"low":10000000000,"high":10000000000,"reported":"70B CNY")") !=
        std::string::npos);
  CHECK(shown->about.notes.front() == "Rate used: 1 USD = 7 CNY (undated)");
}

TEST_CASE("a missing rate is said before any row, wherever the amount stands") {
  const std::string missing = "no exchange rate from CNY to USD; add one to rates.csv or give --rate CNY/USD=NUMBER\n";
  CHECK(errors(show(graph(relations), of("a", "USD")).problems()) == missing);  // of a relation
  CHECK(errors(show(graph("from,to,kind\na,b,supplies\n", "id,name,revenue,revenue_period\na,A,1B CNY,2025\n"),
                    of("a", "USD"))
                   .problems()) == missing);  // the revenue
  ShowOptions options = of("a", "USD");
  options.view.statuses = {"active"};
  CHECK(errors(show(graph("from,to,kind,value,status\na,b,supplies,1B CNY,planned\n"), options).problems()) ==
        missing);  // of a relation that is not counted
  options = of("p", "USD");
  options.view.consolidate = true;
  CHECK(
      errors(show(graph("from,to,kind\np,q,owns\nq,t,supplies\n", "id,name,revenue,revenue_period\nq,Q,1B CNY,2025\n"),
                  options)
                 .problems()) == missing);  // of a member of the group
  CHECK(show(graph(relations), of("t", "CNY")));
}

TEST_CASE("an unknown company is named with the nearest one") {
  CHECK(errors(show(graph("from,to,kind\ncambricon,b,supplies\n"), of("cambricn")).problems()) ==
        "no company 'cambricn' in the graph; did you mean 'cambricon'?\n");
}

TEST_CASE("a group shows its members, and what is of another status is listed beside it") {
  ShowOptions options = of("q");
  options.view.consolidate = true;
  options.view.statuses = {"active"};
  const Result<Profile> shown =
      show(graph("from,to,kind,item,value,status,source\np,q,owns,,,active,s1\nq,t,supplies,x,,active,s2\n"
                 "q,t,supplies,y,5 USD,rumoured,s3\n"),
           options);
  REQUIRE(shown);
  CHECK(words(shown->customers) == "t | x |  | p supplies t\n");
  std::string members;
  for (const tierscope::CompanyRow& member : shown->members) members += std::string(member.company.id) + " ";
  CHECK(members == "p q ");
  for (const tierscope::RelationRow& row : shown->not_counted) CHECK(row.item == "y");
  CHECK(shown->not_counted.size() == 1);
  CHECK(shown->about.notes.front() == "Relations not counted: 1 rumoured, 1 inside a group.");
  CHECK(shown->about.sources.back().id == "s3");
}

TEST_CASE("rows are read twice at once, after the model's handle is gone") {
  Result<Profile> shown = show(graph(relations, "", rates), of("a", "USD"));
  REQUIRE(shown);
  check_read_twice(shown->results);
  check_read_twice(shown->customers);
  check_read_twice(shown->suppliers);
  check_read_twice(shown->financed_by);
  check_read_twice(shown->finances);
  check_read_twice(shown->members);
}

TEST_CASE("one company that all rows are of costs in proportion") {
  const auto cost = [](std::size_t rows) {
    std::string text = "from,to,kind,item,value,as_of,source\n";
    for (std::size_t i = 0; i < rows; ++i) {
      const std::string n = std::to_string(i);
      text += (i % 2 == 0 ? "a,c" + n : "c" + n + ",a") + ",supplies,i" + n + ",5 USD,2025,s" + n + "\n";
    }
    const tierscope::Model model = graph(text);
    return allocations_of([&] {
      const Result<Profile> shown = show(model, of("a"));
      REQUIRE(shown);
      CHECK(shown->customers.size() + shown->suppliers.size() == rows);
      written(*shown, "json");
    });
  };
  const std::size_t one = cost(1'000);
  CHECK(static_cast<double>(cost(4'000)) < 4.5 * static_cast<double>(one));
}
