// The SEC's notes: who is ten percent and more of a filer's revenue or purchases.

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "import/sec_members.hpp"
#include "import_files.hpp"
#include "zip_of.hpp"

using namespace tierscope;
using namespace tierscope::core;

namespace {

const std::string header =
    "from,to,kind,category,item,value,value_basis,revenue_share,supply_share,stake,status,since,until,as_of,restates,"
    "deal,claim,confidence,source,note\n";
const std::string companies_header =
    "id,name,name_local,sector,country,ticker,lei,aliases,revenue,revenue_period,revenue_scope,revenue_confidence,"
    "aggregate,source\n";

/// Bars are tabs.
std::string tabs(std::string text) {
  std::replace(text.begin(), text.end(), '|', '\t');
  return text;
}

const std::string sub_header = "adsh|cik|name|sic|countryba|form|period|fy|fp|filed\n";
const std::string num_header =
    "adsh|tag|version|ddate|qtrs|uom|dimh|iprx|value|footnote|footlen|dimn|coreg|durp|datp|dcml\n";
const std::string cooling = "0001900001-26-000012|1900001|EXAMPLE COOLING INC|3585|US|10-K|20251231|2025|FY|20260227\n";
const std::string sales =
    "ConcentrationRiskByBenchmark=SalesRevenueNet;ConcentrationRiskByType=CustomerConcentrationRisk;";

std::string dim(const std::string& hash, const std::string& segments) { return hash + "|" + segments + "|0\n"; }

struct Fact {
  std::string dimh, value, dcml = "2", adsh = "0001900001-26-000012", tag = "ConcentrationRiskPercentage1";
  std::string ddate = "20251231", qtrs = "4", uom = "pure", iprx = "0", coreg{};
  std::string line() const {
    return adsh + "|" + tag + "|us-gaap/2025|" + ddate + "|" + qtrs + "|" + uom + "|" + dimh + "|" + iprx + "|" +
           value + "||0|3|" + coreg + "|0|0|" + dcml + "\n";
  }
};

std::map<std::string, std::string> set_of(const std::string& sub, const std::string& dims, const std::string& nums) {
  return {{"set/sub.tsv", tabs(sub_header + sub)},
          {"set/dim.tsv", tabs("dimhash|segments|segt\n" + dims)},
          {"set/num.tsv", tabs(num_header + nums)}};
}

const std::map<std::string, std::string> sample = set_of(
    cooling,
    dim("0x1f3a", sales + "MajorCustomers=CustomerA;") +
        dim("0x2b77",
            "ConcentrationRiskByBenchmark=AccountsReceivable;ConcentrationRiskByType=CustomerConcentrationRisk;"
            "MajorCustomers=CustomerA;") +
        dim("0x3c01", sales + "MajorCustomers=WalMart;") +
        dim("0x4d90",
            "ConcentrationRiskByBenchmark=CostOfGoodsTotal;ConcentrationRiskByType=SupplierConcentrationRisk;"
            "Supplier=VendorOne;"),
    Fact{"0x1f3a", "0.41"}.line() + Fact{"0x2b77", "0.55"}.line() + Fact{"0x3c01", "0.17"}.line() +
        Fact{.dimh = "0x1f3a", .value = "0.38", .ddate = "20241231"}.line() + Fact{"0x4d90", "0.6", "1"}.line() +
        Fact{.dimh = "0x00000000", .value = "812000000.0", .dcml = "-6", .tag = "Revenues", .uom = "USD"}.line());

const std::string tail = ",disclosed,sec-0001900001-26-000012,\n";

}  // namespace

TEST_CASE("sec-notes: a filing's customers and suppliers, never of receivables, never of another year") {
  Imported import = imported("sec-notes", sample);
  CHECK(import.wrong() == "");
  CHECK(import.relations() ==
        header + "cik-1900001,cik-1900001-customer-a-2025,supplies,,,,annual,41%,,,,2025-01-01,,2025-12-31,,," + tail +
            "cik-1900001,sec-wal-mart,supplies,,,,annual,17%,,,,2025-01-01,,2025-12-31,,," + tail +
            "cik-1900001-vendor-one-2025,cik-1900001,supplies,,all purchases,,annual,,60%,,,2025-01-01,,2025-12-31,,," +
            tail);
  CHECK(import.companies() ==
        companies_header +
            "cik-1900001,EXAMPLE COOLING INC,,,US,,,,812M USD,FY2025,,disclosed,,sec-0001900001-26-000012\n"
            "cik-1900001-customer-a-2025,Customer A of EXAMPLE COOLING INC (FY2025 10-K),,,,,,,,,,,false,\n"
            "cik-1900001-vendor-one-2025,Vendor One of EXAMPLE COOLING INC (FY2025 10-K),,,,,,,,,,,false,\n"
            "sec-wal-mart,Wal Mart,,,,,,,,,,,,\n");
  CHECK(import.sources() ==
        "id,title,publisher,date,url,language\n"
        "sec-0001900001-26-000012,\"EXAMPLE COOLING INC 10-K FY2025, concentration note\",SEC EDGAR,2026-02-27,"
        "https://www.sec.gov/Archives/edgar/data/1900001/000190000126000012/,en\n");
  CHECK(import.report ==
        "set/sub.tsv taken 1 2 a filing\n"
        "set/dim.tsv taken 4 2 dimensions of a concentration\n"
        "set/num.tsv taken 2 2 \n"
        "set/num.tsv review 1 4 a name that --aliases may join\n"
        "set/num.tsv skipped 1 3 a share of another denominator\n"
        "set/num.tsv skipped 1 5 of another period\n"
        "set/num.tsv taken 1 7 revenue, written where a relation names the company\n");
  CHECK(errors_of(import) == "");
}

TEST_CASE("sec-notes: members are categories, labels of one filer, groups or names") {
  for (const char* const member :
       {"EnergySector", "NorthAmericaRegion", "RetailChannel", "CloudServices", "IndustrialEndMarket"})
    CHECK(member_kind(member) == Partner::category);
  for (const char* const member : {"CustomerA", "CustomerOne", "Customer1", "VendorTwo", "MajorCustomer",
                                   "LargestCustomer", "DistributorB", "UnnamedCustomer", "CustomersA"})
    CHECK(member_kind(member) == Partner::anonymous);
  for (const char* const member :
       {"TwoCustomers", "TotalCustomers", "OtherCustomers", "TopFiveCustomers", "Other", "AllOther"})
    CHECK(member_kind(member) == Partner::group);
  for (const char* const member : {"WalMart", "AppleInc", "CustomerFirstBank", "Alliance", "Othello"})
    CHECK(member_kind(member) == Partner::named);
  CHECK(member_name("WalMart") == "Wal Mart");
  CHECK(member_name("ABBLtd") == "ABB Ltd");
  CHECK(member_name("Customer1") == "Customer 1");
}

TEST_CASE("sec-notes: filings that are amended, facts said again, amounts beside shares, names joined by hand") {
  const std::string amended =
      "0001900001-26-000099|1900001|EXAMPLE COOLING INC|3585|US|10-K/A|20251231|2025|FY|20260401\n";
  const std::string dims =
      dim("0x1", sales + "MajorCustomers=WalMart;") + dim("0x2", sales + "MajorCustomers=TwoCustomers;");
  const std::string nums =
      Fact{"0x1", "0.17"}.line() + Fact{"0x1", "0.17"}.line() +
      Fact{.dimh = "0x1", .value = "0.19", .adsh = "0001900001-26-000099"}.line() +
      Fact{.dimh = "0x1", .value = "138040000", .dcml = "-3", .tag = "Revenues", .uom = "USD"}.line() +
      Fact{"0x2", "0.3333", "4"}.line();
  auto inputs = set_of(cooling + amended, dims, nums);
  inputs["names.csv"] = "alias,id\nWal Mart,walmart\n";
  ImportOptions options;
  options.aliases = "names.csv";
  Imported import = imported("sec-notes", inputs, options);
  CHECK(import.wrong() == "");
  CHECK(
      import.relations() ==
      header + "cik-1900001,cik-1900001-two-customers-2025,supplies,,,,annual,33.33%,,,,2025-01-01,,2025-12-31,true,," +
          tail + "cik-1900001,walmart,supplies,,,138.04M USD,annual,17%,,,,2025-01-01,,2025-12-31,true,," + tail +
          "cik-1900001,walmart,supplies,,,,annual,19%,,,,2025-01-01,,2025-12-31,,,,disclosed,sec-0001900001-26-000099,"
          "\n");
  CHECK(import.companies().find("(FY2025 10-K),,,,,,,,,,,true,\n") != std::string::npos);
  CHECK(import.count("skipped", "said again") == 1);
  CHECK(import.count("taken", "an amount beside its share") == 1);
  CHECK(errors_of(import) == "");
}

TEST_CASE("sec-notes: what is left out, each for its reason; quarters and other forms where they are asked for") {
  const std::string filings =
      "a|1|ONE|0|US|10-K|20251231|2025|FY|20260227\nb|2|TWO|0|US|10-Q|20250930|2025|Q3|20251101\n"
      "c|3|THREE|0|US|S-1|20251231|2025|FY|20260227\n|4|FOUR|0|US|10-K|20251231|2025|FY|20260227\n";
  const std::string dims = dim("0x1", sales + "MajorCustomers=CustomerA;") +
                           dim("0x2", sales + "MajorCustomers=EnergySector;") +
                           dim("0x3", sales + "MajorCustomers=CustomerA;ProductOrService=Chips;") +
                           dim("0x4",
                               "ConcentrationRiskByBenchmark=SalesRevenueNet;"
                               "ConcentrationRiskByType=GeographicConcentrationRisk;Geographic=Asia;") +
                           dim("0x5", "ProductOrService=Chips;");
  const auto fact = [](const std::string& adsh, const std::string& dimh, const std::string& value) {
    return Fact{.dimh = dimh, .value = value, .adsh = adsh};
  };
  std::string nums;
  Fact each = fact("a", "0x1", "0.2");
  each.coreg = "Sub", nums += each.line();
  each = fact("a", "0x1", "0.2"), each.iprx = "1", nums += each.line();
  each = fact("a", "0x1", "0.2"), each.qtrs = "1", nums += each.line();
  each = fact("a", "0x1", "0.2"), each.tag = "Assets", nums += each.line();
  nums += fact("a", "0x2", "0.2").line() + fact("a", "0x3", "0.2").line() + fact("a", "0x4", "0.2").line();
  nums += fact("a", "", "0.2").line() + fact("a", "0x1", "1.2").line() + fact("a", "0x1", "x").line();
  each = fact("a", "0x5", "5"), each.tag = "Revenues", each.uom = "USD", nums += each.line();
  nums += fact("zz", "0x1", "0.2").line() + fact("c", "0x1", "0.2").line();
  each = fact("b", "0x1", "0.25"), each.ddate = "20250930", each.qtrs = "1", nums += each.line();
  Imported import = imported("sec-notes", set_of(filings, dims, nums));
  CHECK(import.relations() == header);
  CHECK(import.report ==
        "set/sub.tsv skipped 1 5 a filing without adsh or cik\n"
        "set/sub.tsv taken 3 2 a filing\n"
        "set/dim.tsv taken 4 2 dimensions of a concentration\n"
        "set/dim.tsv taken 1 6 dimensions of other facts\n"
        "set/num.tsv skipped 1 6 a category, no company\n"
        "set/num.tsv skipped 1 8 a concentration of another kind\n"
        "set/num.tsv skipped 1 7 a concentration within a part\n"
        "set/num.tsv skipped 1 9 a concentration without dimensions\n"
        "set/num.tsv skipped 1 11 a value that is no number\n"
        "set/num.tsv skipped 1 5 neither a concentration nor revenue\n"
        "set/num.tsv skipped 1 10 no share between 0 and 1\n"
        "set/num.tsv skipped 1 2 of a co-registrant\n"
        "set/num.tsv skipped 1 13 of a filing that sub does not list\n"
        "set/num.tsv skipped 2 14 of another form\n"
        "set/num.tsv skipped 1 4 of another period\n"
        "set/num.tsv skipped 1 12 revenue of a part\n"
        "set/num.tsv skipped 1 3 the same fact, presented again\n");
  ImportOptions options;
  options.quarters = true;
  options.forms = {"S-1"};
  Imported more = imported("sec-notes", set_of(filings, dims, nums), options);
  CHECK(more.relations() ==
        header + "cik-2,cik-2-customer-a-2025,supplies,,,,,25%,,,,2025-07-01,,2025-09-30,,,,disclosed,sec-b,\n" +
            "cik-3,cik-3-customer-a-2025,supplies,,,,annual,20%,,,,2025-01-01,,2025-12-31,,,,disclosed,sec-c,\n");
}

TEST_CASE("sec-notes: an archive is read in place; damaged, nothing of it is taken") {
  std::map<std::string, std::string> members;
  for (const auto& [name, bytes] : sample) members[name.substr(4)] = bytes;
  const std::string archive = zip(members);
  Imported import = imported("sec-notes", {{"2026_01_notes.zip", archive}});
  CHECK(import.relations() == imported("sec-notes", sample).relations());
  CHECK(import.report.find("2026_01_notes.zip/num.tsv skipped 1 3 a share of another denominator\n") !=
        std::string::npos);
  std::string changed = archive;
  changed[archive.find("0.41")] = '1';
  CHECK(imported("sec-notes", {{"2026_01_notes.zip", changed}}).wrong() ==
        "2026_01_notes.zip/num.tsv: the archive is damaged: CRC error; get it again\n");
  for (std::size_t i = 0; i < archive.size(); i += 7) {
    for (const std::string& bytes : {archive.substr(0, i), archive.substr(0, i) + "\xff" + archive.substr(i + 1)}) {
      const Imported each = imported("sec-notes", {{"2026_01_notes.zip", bytes}});
      CHECK((each.title.empty() ? has_errors(each.problems) : each.rows == each.taken + each.skipped));
    }
  }
}

TEST_CASE("sec-notes: sets of the plain statements hold the dimensions themselves; company facts give revenue") {
  Imported plain = imported(
      "sec-notes", {{"sub.txt", tabs(sub_header + cooling)},
                    {"num.txt", tabs("adsh|tag|version|ddate|qtrs|uom|segments|coreg|value|footnote\n"
                                     "0001900001-26-000012|ConcentrationRiskPercentage1|us-gaap/2025|20251231|4|pure|" +
                                     sales + "MajorCustomers=CustomerA;||0.4100|\n")}});
  CHECK(plain.relations() == header +
                                 "cik-1900001,cik-1900001-customer-a-2025,supplies,,,,annual,41%,,,,2025-01-01,,"
                                 "2025-12-31,,," +
                                 tail);
  Imported facts =
      imported("sec-notes",
               {{"CIK1900001.json",
                 R"({"cik":1900001,"entityName":"Example Cooling Inc","facts":{"us-gaap":{"Revenues":{"units":{"USD":[
{"start":"2024-01-01","end":"2024-12-31","val":700000000,"fy":2024,"fp":"FY","form":"10-K","filed":"2025-02-27"},
{"start":"2025-01-01","end":"2025-12-31","val":812000000,"fy":2025,"fp":"FY","form":"10-K","filed":"2026-02-27"},
{"start":"2025-10-01","end":"2025-12-31","val":212000000,"fy":2025,"fp":"FY","form":"10-K","filed":"2026-02-27"}]}}}}})"}});
  CHECK(facts.companies() == companies_header + "cik-1900001,Example Cooling Inc,,,,,,,812M USD,FY2025,,disclosed,,\n");
  CHECK(facts.report ==
        "CIK1900001.json taken 1 2 \n"
        "CIK1900001.json skipped 1 1 revenue of an older year\n"
        "CIK1900001.json skipped 1 3 revenue of another period than a year\n");
}

TEST_CASE("sec-notes: a hundred thousand facts, each quirk counted" * doctest::test_suite("long")) {
  std::mt19937 random(11);
  std::string filings;
  std::string dims = dim("0xa0",
                         "ConcentrationRiskByBenchmark=AccountsReceivable;"
                         "ConcentrationRiskByType=CustomerConcentrationRisk;MajorCustomers=CustomerA;") +
                     dim("0xc0", sales + "MajorCustomers=EnergySector;");
  for (int i = 0; i < 1000; ++i) {
    const std::string n = std::to_string(i);
    filings +=
        "f" + n + "|" + n + "|FILER " + n + "|0|US|" + (i % 10 == 0 ? "10-Q" : "10-K") + "|20251231|2025|FY|20260227\n";
  }
  for (int i = 0; i < 100; ++i)
    dims += dim("0xd" + std::to_string(i), sales + "MajorCustomers=Customer" + std::to_string(i) + ";");
  std::string nums;
  std::map<std::string, std::size_t> wanted;
  for (int i = 0; i < 100'000; ++i) {
    // Each taken fact is of another filing and customer, a thousandth of its revenue.
    Fact fact{.dimh = "0xd" + std::to_string(i / 1000),
              .value = "0.001",
              .dcml = "3",
              .adsh = "f" + std::to_string(i % 1000)};
    switch (random() % 7) {
      case 0: fact.dimh = "0xa0"; break;
      case 1: fact.dimh = "0xc0"; break;
      case 2: fact.coreg = "Parent"; break;
      case 3: fact.ddate = "20241231"; break;
      case 4: fact.tag = "Assets"; break;
      default: break;
    }
    const bool form = i % 1000 % 10 == 0;
    ++wanted[fact.tag == "Assets"       ? "neither a concentration nor revenue"
             : form                     ? "of another form"
             : !fact.coreg.empty()      ? "of a co-registrant"
             : fact.ddate == "20241231" ? "of another period"
             : fact.dimh == "0xa0"      ? "a share of another denominator"
             : fact.dimh == "0xc0"      ? "a category, no company"
                                        : ""];
    nums += fact.line();
  }
  Imported import = imported("sec-notes", set_of(filings, dims, nums));
  CHECK(import.rows == 100'000 + 1000 + 102);
  for (const auto& [reason, count] : wanted) {
    CAPTURE(reason);
    CHECK(import.count(reason.empty() ? "taken" : "skipped", reason) == count);
  }
  CHECK(errors_of(import) == "");
}

TEST_CASE("sec-notes: damaged files" * doctest::test_suite("long")) {
  damaged("sec-notes", sample, [](bool kept) { CHECK(kept); });
}
