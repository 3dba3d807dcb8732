// Definitions, section 1: rows become companies, relations, sources and rates; graphs given together become one.

#include "read/build.hpp"

#include <doctest/doctest.h>

#include "allocations.hpp"
#include "ask/shares.hpp"
#include "model/rates.hpp"
#include "model_of.hpp"
#include "read/extras.hpp"

namespace tierscope::core {
namespace {

struct Built {
  std::optional<Model> model;
  std::string problems;
};

// Graphs `1`, `2` … of the tables `1/companies.csv` and so on.
Built built(const std::vector<std::map<std::string, std::string>>& graphs) {
  MemoryFiles files;
  Records records;
  for (std::size_t i = 0; i < graphs.size(); ++i) {
    const std::string folder = std::to_string(i + 1);
    files.files[folder + "/relations.csv"] = "from,to,kind\n";
    for (const auto& [table, rows] : graphs[i]) files.files[folder + "/" + table + ".csv"] = rows;
    read_graph(files, folder, records);
  }
  Built result;
  result.model = build(records);
  result.problems = problems_of(records);
  return result;
}

std::string revenue_of(const Built& built) {
  REQUIRE(built.model);
  const Company& company = built.model->company(0);
  return std::string(built.model->text(company.revenue.reported)) + "/" +
         std::string(built.model->text(company.revenue_period));
}

}  // namespace

TEST_CASE("a revenue and its period are one fact, from one row") {
  const auto merged = [](const std::string& first, const std::string& second) {
    return built({{{"companies", "id,revenue,revenue_period\na," + first + "\n"}},
                  {{"companies", "id,revenue,revenue_period\na," + second + "\n"}}});
  };
  CHECK(revenue_of(merged("10B USD,2023", ",")) == "10B USD/2023");
  CHECK(revenue_of(merged(",", "10B USD,2023")) == "10B USD/2023");
  CHECK(revenue_of(merged("10B USD,", "10B USD,2023")) == "10B USD/2023");  // the second states both
  CHECK(revenue_of(merged(",2023", ",")) == "/2023");
  CHECK(merged("10B USD,", "10B USD,2023").problems == "");
  CHECK(revenue_of(merged("10B USD,", ",2023")) == "10B USD/");  // of 2023, or of what year?
  CHECK(merged("10B USD,", ",2023").problems ==
        "2/companies.csv:2: warning: revenue_period: '2023' stands without a revenue, and '10B USD' at "
        "1/companies.csv:2 without a period: they are not put together; state both in one row\n");
  CHECK(revenue_of(merged(",2023", "10B USD,")) == "10B USD/");
  CHECK(merged(",2023", "10B USD,").problems ==
        "2/companies.csv:2: warning: revenue_period: '2023' stands without a revenue, and '10B USD' at "
        "2/companies.csv:2 without a period: they are not put together; state both in one row\n");
  CHECK(merged("10B USD,2023", "12B USD,2024").problems ==
        "2/companies.csv:2: revenue: '12B USD' contradicts '10B USD' at 1/companies.csv:2; make the graphs agree\n"
        "2/companies.csv:2: revenue_period: '2024' contradicts '2023' at 1/companies.csv:2; make the graphs agree\n");
}

TEST_CASE("a revenue's scope and grade are of its own row, or of one that states the same revenue") {
  const auto merged = [](const std::string& first, const std::string& second) {
    const std::string header = "id,revenue,revenue_period,revenue_scope,revenue_confidence\na,";
    return built({{{"companies", header + first + "\n"}}, {{"companies", header + second + "\n"}}});
  };
  const auto said = [](const Built& built) {
    REQUIRE_MESSAGE(built.model, built.problems);
    const Company& company = built.model->company(0);
    return revenue_of(built) + (company.revenue_consolidated ? "/consolidated/" : "/-/") +
           std::string(to_string(company.revenue.confidence));
  };
  for (const Built& both :
       {merged("10B USD,2023,consolidated,reported", ",,,"), merged(",,,", "10B USD,2023,consolidated,reported"),
        merged("10B USD,,,reported", "10B USD,2023,consolidated,"),
        merged("10B USD,2023,,", "10B USD,,consolidated,reported")}) {
    CHECK(said(both) == "10B USD/2023/consolidated/reported");
    CHECK(both.problems == "");
  }
  const Built alone = merged("10B USD,2023,,", ",,consolidated,disclosed");
  CHECK(said(alone) == "10B USD/2023/-/");
  CHECK(alone.problems ==
        "2/companies.csv:2: warning: revenue_scope: 'consolidated' stands without a revenue, and '10B USD' at "
        "1/companies.csv:2 without a scope: they are not put together; state both in one row\n"
        "2/companies.csv:2: warning: revenue_confidence: 'disclosed' stands without a revenue, and '10B USD' at "
        "1/companies.csv:2 without a grade: they are not put together; state both in one row\n");
  const Built grades = merged("10B USD,2023,,reported", "10B USD,2023,,estimated");
  CHECK(said(grades) == "10B USD/2023/-/reported");
  CHECK(grades.problems ==
        "2/companies.csv:2: warning: revenue_confidence: 'estimated' contradicts 'reported' at 1/companies.csv:2; the "
        "first is kept; make the graphs agree\n");
}

TEST_CASE("what two graphs call a company are all its aliases") {
  const Built both = built({{{"companies", "id,aliases\na,Alfa; The A\nb,\n"}},
                            {{"companies", "id,aliases\na,The A;Alpha\nb,B Co\n"},
                             {"relations", "from,to,kind\nalfa,b co,owns\nthe  a,alpha,owns\n"}}});
  REQUIRE_MESSAGE(both.model, both.problems);
  CHECK(both.model->company_count() == 2);
  CHECK(both.model->text(both.model->company(0).aliases) == "Alfa; The A;Alpha");
  CHECK(both.model->text(both.model->company(1).aliases) == "B Co");
}

TEST_CASE("two graphs make no share that neither states") {
  // 4B of 10B would be 40 %, but nobody says that the 10B are of 2023.
  const Built both =
      built({{{"companies", "id,revenue,revenue_period\na,10B USD,\n"}},
             {{"companies", "id,revenue,revenue_period\na,,2023\nb,,\n"},
              {"relations", "from,to,kind,value,value_basis,as_of\na,b,supplies,4B USD,annual,2023\n"}}});
  REQUIRE(both.model);
  CHECK(!RevenueLinks(*both.model).of(0).front().share.known);
}

TEST_CASE("columns that the program does not know are merged by company and by source") {
  const Built both = built({{{"companies", "id,mood,size\na,good,\nb,,9\n"}, {"sources", "id,shelf\ns,3\n"}},
                            {{"companies", "id,mood,size\na,bad,7\nb,,9\n"}, {"sources", "id,shelf\ns,4\n"}}});
  REQUIRE(both.model);
  CHECK(both.problems ==
        "2/companies.csv:2: warning: mood: 'bad' contradicts 'good' of another graph; the first is kept; make the "
        "graphs agree\n"
        "2/sources.csv:2: warning: shelf: '4' contradicts '3' of another graph; the first is kept; make the graphs "
        "agree\n");
  std::string extras;
  for (const Extra& extra : both.model->rest().company_extras)
    extras += std::string(both.model->id(extra.row)) + "." + std::string(both.model->text(extra.name)) + "=" +
              std::string(both.model->text(extra.value)) + " ";
  CHECK(extras == "a.mood=good a.size=7 b.size=9 ");
}

TEST_CASE("a rate stated twice counts once, and of two of one day the later row, said") {
  const Built same =
      built({{{"rates", "from,to,rate,date\nUSD,CNY,7,2024\nUSD,CNY,7.0,2024\nUSD,CNY,7,2025\nCNY,USD,7,2024\n"}}});
  REQUIRE(same.model);
  CHECK(same.model->rates().size() == 3);
  const Built two = built({{{"rates", "from,to,rate,date\nUSD,CNY,7,2024\nUSD,CNY,8,2024\n"}}});
  REQUIRE(two.model);
  CHECK(to_string(two.model->rest().warnings.front()) ==
        "1/rates.csv:3: warning: rate: '8' differs from '7' at 1/rates.csv:2, of the same day; the later row is used; "
        "keep one");
  Rates rates(two.model->rates(), {}, parse_currency("CNY"));
  CHECK(rates.factor(parse_currency("USD")) == 8);
}

TEST_CASE("a source is found by its id") {
  const Built one = built({{{"sources", "id,title\ns,One\nt,Two\n"}}});
  REQUIRE(one.model);
  CHECK(one.model->find_source("t") == 1);
  CHECK_FALSE(one.model->find_source("u"));
  const Model copy = Model(one.model->thaw());
  CHECK(copy.find_source("s") == 0);
}

TEST_CASE("an unknown column of a row is found by a look or two, whatever the row and the column") {
  // As two graphs state them: each of `rows` companies with `names` columns, all of it twice.
  const auto steps = [](std::uint32_t rows, std::uint32_t names) {
    Extras extras(true);
    for (const std::uint32_t graph : {1U, 2U})
      for (std::uint32_t row = 0; row < rows; ++row)
        for (std::uint32_t name = 0; name < names; ++name) {
          const std::optional<Text> kept = extras.add({row, Text{name}, Text{graph}});
          REQUIRE(kept == (graph == 1 ? std::nullopt : std::optional(Text{1})));
        }
    CHECK(extras.take().size() == rows * names);
    return extras.steps();
  };
  // 1,000 are compared with themselves, and with what shares their place in the table: by chance less than another.
  // Comparing each with all before it takes 1,000 · 999 / 2 + 1,000 · 1,001 / 2 = 1,000,000.
  CHECK(steps(1'000, 1) < 3'000);
  CHECK(steps(1, 1'000) < 3'000);
  CHECK(steps(40, 25) < 3'000);
}

TEST_CASE("a company that is not listed is compared with all others only while that is of use") {
  const auto cost = [](std::size_t count) {
    std::string rows = "from,to,kind\n";
    for (std::size_t i = 0; i < count; ++i) rows += "company" + std::to_string(i) + ",a,supplies\n";
    return allocations_of([&] { REQUIRE(built({{{"companies", "id\na\n"}, {"relations", rows}}}).model); });
  };
  // A suggestion looks at every company, and is made for the first 50 that are not listed. Behind those, 1,000 rows ask
  // for memory twice as often as 500; if each had a suggestion, it would be some 3.5 times.
  const std::size_t first = cost(500);
  const std::size_t second = cost(1'000);
  CHECK(cost(2'000) - second < 3 * (second - first));
}

}  // namespace tierscope::core
