// Facilities and sectors: Open Supply Hub, input-output tables.

#include <doctest/doctest.h>

#include <random>

#include "import_files.hpp"

using namespace tierscope;
using namespace tierscope::core;

namespace {

const std::string header =
    "from,to,kind,category,item,value,value_basis,revenue_share,supply_share,stake,status,since,until,as_of,restates,"
    "deal,claim,confidence,source,note\n";
const std::string companies_header =
    "id,name,name_local,sector,country,ticker,lei,aliases,revenue,revenue_period,revenue_scope,revenue_confidence,"
    "aggregate,source\n";

const std::map<std::string, std::string> facilities = {
    {"osh.csv",
     "os_id,contribution_date,name,address,country_code,country_name,lat,lng,sector,contributor (list),"
     "number_of_workers,parent_company,product_type,is_closed\n"
     "CN1,2024-05-01 10:00:00,Sew Co (Claimed),\"1 Road, Town\",CN,China,1,2,Apparel,Brand X (Claimed)|a Brand / "
     "Retailer|Brand Y,100,Holding,Shirts|Pants,False\n"
     "CN2,2020-01-01,Old Mill,2 Road,CN,China,1,2,Apparel|Textiles,Brand X,,,,True\n"
     "CN3,,Nobody's,3 Road,CN,China,1,2,,An Auditor,,Nobody's,,\n"
     ",,,4 Road,CN,China,1,2,,,,,,\n"}};

// Two countries, two sectors, the second country's first sector in two parts.
const std::map<std::string, std::string> icio = {{"icio.csv",
                                                  "V1,AAA_D1,AAA_D2,MX1_D1,MX2_D1,AAA_HFCE,AAA_GGFC,MEX_HFCE,OUT\n"
                                                  "AAA_D1,10,30,5,15,20,10,20,110\n"
                                                  "AAA_D2,0,5,0,0.001,95,0,0,100.001\n"
                                                  "MX1_D1,10,0,5,0,0,0,5,20\n"
                                                  "MX2_D1,0,0,5,10,0,0,5,20\n"
                                                  "AAA_TLS,1,1,1,1,0,0,0,4\n"
                                                  "VA,50,50,5,5,,,,\n"
                                                  "OUT,110,100,20,20,,,,\n"}};

}  // namespace

TEST_CASE("open-supply-hub: who names a facility, who owns it; whoever is masked is nobody") {
  Imported import = imported("open-supply-hub", facilities);
  CHECK(import.wrong() == "");
  CHECK(import.relations() == header +
                                  "CN1,osh-brand-x,supplies,\"Shirts, Pants\",,,,,,,,,,2024-05-01,,,,,osh-osh-csv,\n"
                                  "CN1,osh-brand-y,supplies,\"Shirts, Pants\",,,,,,,,,,2024-05-01,,,,,osh-osh-csv,\n"
                                  "CN2,osh-brand-x,supplies,\"Apparel, Textiles\",,,,,,,ended,,,2020-01-01,,,,,"
                                  "osh-osh-csv,\n"
                                  "osh-holding,CN1,owns,,,,,,,,,,,2024-05-01,,,,,osh-osh-csv,\n");
  CHECK(import.companies() == companies_header +
                                  "CN1,Sew Co,,Apparel,CN,,,,,,,,,\n"
                                  "CN2,Old Mill,,\"Apparel, Textiles\",CN,,,,,,,,,\n"
                                  "CN3,Nobody's,,,CN,,,,,,,,,\n"
                                  "osh-brand-x,Brand X,,,,,,,,,,,,\nosh-brand-y,Brand Y,,,,,,,,,,,,\n"
                                  "osh-holding,Holding,,,,,,,,,,,,\n");
  CHECK(import.report ==
        "osh.csv taken 2 2 \n"
        "osh.csv skipped 1 5 a facility without an id or a name\n"
        "osh.csv taken 1 4 a facility of which nobody is named\n");
  CHECK(import.notes == "2 contributors that the data do not name are left out\n");
  CHECK(errors_of(import) == "");
}

TEST_CASE("open-supply-hub: a brand's own list, where the brand is told") {
  MemoryFiles maps;
  Imported import =
      imported("open-supply-hub", {{"list.csv", "country,name,address,sector\nVN,Sew Ltd,1 Road,Apparel\n"}});
  CHECK(import.relations() == header);
  CHECK(import.companies() == companies_header + "osh-sew-ltd-vn,Sew Ltd,,Apparel,VN,,,,,,,,,\n");
}

TEST_CASE("io: shares of what is delivered to others, parts of countries added, consumers a country each") {
  ImportOptions options;
  options.year = "2020";
  Imported import = imported("io", icio, options);
  CHECK(import.wrong() == "");
  const std::string tail = ",,,,,,2020,,,,,io-icio-csv,\n";
  // AAA_D1 makes 110 and keeps 10: of 100, 30 go to D2, 5 + 15 to Mexico, 20 + 10 to consumers at home, 20 abroad.
  // AAA_D2 makes 100.001 and keeps 5: of 95.001, 0.001 is 0.001 %, below 0.01 %.
  // Mexico's two parts make 40 and keep 5 + 5 + 10: of 20, 10 go to AAA, 10 to consumers.
  CHECK(
      import.relations() ==
      header + "AAA_D1,AAA_D2,supplies,,,30M USD,annual,30%" + tail + "AAA_D1,AAA_FD,supplies,,,30M USD,annual,30%" +
          tail + "AAA_D1,MEX_D1,supplies,,,20M USD,annual,20%" + tail + "AAA_D1,MEX_FD,supplies,,,20M USD,annual,20%" +
          tail + "AAA_D2,AAA_D2_SMALL,supplies,,,0.001M USD,annual,0.001052%" + tail +
          "AAA_D2,AAA_FD,supplies,,,95M USD,annual,99.998947%" + tail + "MEX_D1,AAA_D1,supplies,,,10M USD,annual,50%" +
          tail + "MEX_D1,MEX_FD,supplies,,,10M USD,annual,50%" + tail);
  CHECK(import.companies() ==
        companies_header +
            "AAA_D1,,,D1,AAA,,,,110M USD,2020,,,false,\nAAA_D2,,,D2,AAA,,,,100.001M USD,2020,,,false,\n"
            "AAA_D2_SMALL,Sectors that buy less than 0.01% of AAA_D2,,,,,,,,,,,true,\n"
            "AAA_FD,Final demand of AAA,,,,,,,,,,,true,\nMEX_D1,,,D1,MEX,,,,40M USD,2020,,,false,\n"
            "MEX_FD,Final demand of MEX,,,,,,,,,,,true,\n");
  CHECK(import.report ==
        "icio.csv taken 3 2 \n"
        "icio.csv taken 1 4 a part of a country, added up\n"
        "icio.csv taken 3 6 value added, taxes or a total\n");
  CHECK(import.notes ==
        "amounts are in M USD; shares are of what a sector delivers to others, and those below 0.01% are put "
        "together\n");
  CHECK(errors_of(import) == "");
}

TEST_CASE("io: the columns of 2016, deliveries from stocks, EXIOBASE's two files") {
  Imported old = imported("io", {{"icio.csv",
                                  "X,AAA_D1,BBB_D1,HFCE_AAA,INVNT_BBB\n"
                                  "AAA_D1,0,60,60,-20\n"}});
  // 120 were delivered, 20 of them from stocks: halves of 120, not 60 % of 100 each.
  CHECK(old.relations() == header +
                               "AAA_D1,AAA_FD,supplies,,,60M USD,annual,50%,,,,,,,,,,,io-icio-csv,\n"
                               "AAA_D1,BBB_D1,supplies,,,60M USD,annual,50%,,,,,,,,,,,io-icio-csv,\n");
  CHECK(
      old.notes.ends_with("1 sector delivered more than they made, from stocks: their shares are of what they "
                          "delivered\n"));
  CHECK(errors_of(old) == "");
  Imported exiobase = imported("io", {{"x/Y.txt",
                                       "region\t\tAT\tBE\ncategory\t\tHouseholds\tHouseholds\nregion\tsector\t\t\n"
                                       "AT\tRice\t20\t0\nBE\tRice\t0\t50\n"},
                                      {"x/Z.txt",
                                       "region\t\tAT\tBE\nsector\t\tRice\tRice\nregion\tsector\t\t\n"
                                       "AT\tRice\t10\t80\nBE\tRice\t0\t5\n"}});
  CHECK(exiobase.wrong() == "");
  CHECK(exiobase.relations() == header +
                                    "AT_Rice,AT_FD,supplies,,,20M EUR,annual,20%,,,,,,,,,,,io-z-txt,\n"
                                    "AT_Rice,BE_Rice,supplies,,,80M EUR,annual,80%,,,,,,,,,,,io-z-txt,\n"
                                    "BE_Rice,BE_FD,supplies,,,50M EUR,annual,100%,,,,,,,,,,,io-z-txt,\n");
  CHECK(exiobase.report == "x/Z.txt taken 2 4 \nx/Z.txt taken 1 3 labels\n");
}

TEST_CASE("io: options and files that are none") {
  ImportOptions options;
  options.year = "20";
  options.min_share = "lots";
  options.currency = "gold";
  CHECK(imported("io", {{"a.csv", "x,y\n1,2\n"}}, options).wrong() ==
        "--min-share: 'lots' is no share; write a share as 64.38%, 0.6438, ~80%, >85%, <10% or 10%..20%\n"
        "--year: '20' is no year; write it as 2020\n"
        "--currency: 'gold' is no unit of money; write it as \"M USD\"\n"
        "a.csv:1: is no input-output table; its first row and column have labels as USA_D26; EXIOBASE is a folder with "
        "Z.txt and Y.txt\n");
}

TEST_CASE("open-supply-hub: a hundred thousand facilities, each quirk counted" * doctest::test_suite("long")) {
  std::mt19937 random(2);
  std::string rows = "os_id,name,country_code,contributor,parent_company,is_closed\n";
  std::size_t nobody = 0, nameless = 0, taken = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::string n = std::to_string(i);
    switch (random() % 4) {
      case 0: rows += "F" + n + ",Mill " + n + ",CN,A Brand / Retailer,,\n", ++nobody; break;
      case 1: rows += ",,CN,Brand " + n + ",,\n", ++nameless; break;
      default:
        rows += "F" + n + ",Mill " + n + ",CN,Brand " + std::to_string(random() % 500) + " (Claimed)|an Auditor,,\n",
            ++taken;
    }
  }
  Imported import = imported("open-supply-hub", {{"osh.csv", std::move(rows)}});
  CHECK(import.rows == 100'000);
  CHECK(import.count("taken", "") == taken);
  CHECK(import.count("taken", "a facility of which nobody is named") == nobody);
  CHECK(import.count("skipped", "a facility without an id or a name") == nameless);
  CHECK(errors_of(import) == "");
}

TEST_CASE("open-supply-hub and io: damaged files" * doctest::test_suite("long")) {
  damaged("open-supply-hub", facilities, [](bool kept) { CHECK(kept); });
  damaged("io", icio, [](bool kept) { CHECK(kept); });
}
