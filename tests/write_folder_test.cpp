#include <doctest/doctest.h>

#include "memory_files.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"
#include "show/graph/graphs.hpp"

namespace tierscope::core {
namespace {

std::optional<Model> model_of(std::map<std::string, std::string> contents) {
  MemoryFiles files;
  files.files = std::move(contents);
  Records records;
  read_graph(files, "g", records);
  std::optional<Model> model = build(records);
  CHECK_MESSAGE(model, problems_of(records));
  return model;
}

std::map<std::string, std::string> written(const Model& model) {
  std::map<std::string, std::string> files;
  for (const NamedBytes& file : write_folder(model)) files["g/" + file.path] = whole(file);
  return files;
}

const std::string company_header =
    "id,name,name_local,sector,country,ticker,lei,aliases,revenue,revenue_period,revenue_scope,revenue_confidence,"
    "aggregate,source";
const std::string relation_header =
    "from,to,kind,category,item,value,value_basis,revenue_share,supply_share,stake,status,since,until,as_of,restates,"
    "deal,claim,confidence,source,note";

}  // namespace

TEST_CASE("write_folder writes all known columns, unknown ones behind, and rates only if there are any") {
  const auto model = model_of({{"g/relations.csv", "mood,kind,to,from\r\n,owns,b,a\r\ngood,supplies,a,b\r\n"}});
  REQUIRE(model);
  const std::vector<NamedBytes> files = write_folder(*model);
  REQUIRE(files.size() == 3);
  CHECK(files[0].path == "companies.csv");
  CHECK(whole(files[0]) == company_header + "\na,,,,,,,,,,,,,\nb,,,,,,,,,,,,,\n");
  CHECK(files[1].path == "relations.csv");
  CHECK(whole(files[1]) == relation_header + ",mood\na,b,owns,,,,,,,,,,,,,,,,,,\nb,a,supplies,,,,,,,,,,,,,,,,,,good\n");
  CHECK(files[2].path == "sources.csv");
  CHECK(whole(files[2]) == "id,title,publisher,date,url,language\n");
}

TEST_CASE("a folder is the same bytes after it was read and written again") {
  const std::map<std::string, std::string> folder{
      {"g/companies.csv", company_header + ",=odd,\"x,y\"\na,'=Alpha,\"A, \"\"B\"\"\",chips,US,A,,,14.2B "
                                           "USD,2025,,,true,s,'+1,\nb,\"two\nlines\",,,,,,,,,,,,,,z\n"},
      {"g/relations.csv",
       relation_header +
           "\na,b,supplies,gpu,H100,~5B USD,annual,>10%,<20%,,testing,2024,2026-01,2025-03-31,true,,,reported,s,'-n\n"},
      {"g/sources.csv", "id,title,publisher,date,url,language\ns,T,'@P,May 2025,https://x.org/?a=1&b=2,en\n"},
      {"g/rates.csv", "from,to,rate,date,source\nUSD,CNY,7.08,2025,s\n"}};
  std::map<std::string, std::string> guarded = folder;
  std::string& companies = guarded["g/companies.csv"];
  companies.replace(companies.find(",=odd"), 5, ",'=odd");
  const auto model = model_of(folder);
  REQUIRE(model);
  CHECK(written(*model) == guarded);
  const auto again = model_of(guarded);
  REQUIRE(again);
  CHECK(written(*again) == guarded);
}

}  // namespace tierscope::core
