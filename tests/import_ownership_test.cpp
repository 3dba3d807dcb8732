// Registers of owners: GLEIF's golden copies, FollowTheMoney.

#include <doctest/doctest.h>

#include <random>

#include "import_files.hpp"

using namespace tierscope::core;

namespace {

const std::string header =
    "from,to,kind,category,item,value,value_basis,revenue_share,supply_share,stake,status,since,until,as_of,restates,"
    "deal,claim,confidence,source,note\n";

const std::string gleif_header =
    R"("Relationship.StartNode.NodeID","Relationship.StartNode.NodeIDType","Relationship.EndNode.NodeID","Relationship.EndNode.NodeIDType","Relationship.RelationshipType","Relationship.RelationshipStatus","Relationship.Period.1.startDate","Relationship.Period.1.endDate","Relationship.Period.1.periodType","Relationship.Period.2.startDate","Relationship.Period.2.endDate","Relationship.Period.2.periodType","Relationship.Quantifiers.1.QuantifierAmount","Relationship.Quantifiers.1.QuantifierUnits","Registration.LastUpdateDate","Registration.RegistrationStatus"
)";

struct Gleif {
  std::string child, parent, type = "IS_DIRECTLY_CONSOLIDATED_BY", status = "ACTIVE", registration = "PUBLISHED";
  std::string node = "LEI", period = R"("2019-01-01T00:00:00.000Z","","RELATIONSHIP_PERIOD","","","")";
  std::string amount{}, units{};
  std::string line() const {
    return "\"" + child + "\",\"LEI\",\"" + parent + "\",\"" + node + "\",\"" + type + "\",\"" + status + "\"," +
           period + ",\"" + amount + "\",\"" + units + "\",\"2026-03-02T08:00:00Z\",\"" + registration + "\"\n";
  }
};

}  // namespace

TEST_CASE("gleif: the parent owns the child, the ultimate parent is compared and not written") {
  Imported import = imported(
      "gleif",
      {{"20260302-rr.csv",
        R"("Relationship.StartNode.NodeID","Relationship.StartNode.NodeIDType","Relationship.EndNode.NodeID","Relationship.EndNode.NodeIDType","Relationship.RelationshipType","Relationship.RelationshipStatus","Relationship.Period.1.startDate","Relationship.Period.1.endDate","Relationship.Period.1.periodType","Registration.LastUpdateDate","Registration.RegistrationStatus","Registration.ValidationSources"
"CHILD000000000000001","LEI","PARENT00000000000001","LEI","IS_DIRECTLY_CONSOLIDATED_BY","ACTIVE","2019-01-01T00:00:00.000Z","","RELATIONSHIP_PERIOD","2026-03-02T08:00:00Z","PUBLISHED","FULLY_CORROBORATED"
"CHILD000000000000001","LEI","TOP00000000000000001","LEI","IS_ULTIMATELY_CONSOLIDATED_BY","ACTIVE","2019-01-01T00:00:00.000Z","","ACCOUNTING_PERIOD","2026-03-02T08:00:00Z","PUBLISHED","FULLY_CORROBORATED"
)"}});
  CHECK(import.wrong() == "");
  CHECK(import.relations() == header +
                                  "lei-parent00000000000001,lei-child000000000000001,owns,,,,,,,,active,2019-01-01,,"
                                  "2026-03-02,,,,disclosed,gleif-2026-03-02,\n");
  CHECK(import.sources() ==
        "id,title,publisher,date,url,language\n"
        "gleif-2026-03-02,GLEIF golden copy 2026-03-02,GLEIF,2026-03-02,,\n");
  CHECK(import.report ==
        "20260302-rr.csv taken 1 2 \n"
        "20260302-rr.csv skipped 1 3 another ultimate parent than the direct parents lead to\n");
  CHECK(import.notes ==
        "1 ultimate parent is not where the direct parents lead, first CHILD000000000000001: TOP00000000000000001 is "
        "said, PARENT00000000000001 is where the direct parents lead\n");
  CHECK(errors_of(import) == "");
}

TEST_CASE("gleif: periods, branches, stakes, states of a registration, names of Level 1") {
  std::string rows = gleif_header;
  // The relationship's own period alone says since when.
  rows +=
      Gleif{.child = "C1",
            .parent = "P1",
            .period =
                R"("2024-01-01","2024-12-31","ACCOUNTING_PERIOD","2012-11-29T00:00:00.000Z","","RELATIONSHIP_PERIOD")"}
          .line();
  rows += Gleif{.child = "C2", .parent = "P1", .type = "IS_INTERNATIONAL_BRANCH_OF"}.line();
  rows += Gleif{.child = "C3", .parent = "P1", .amount = "75.00", .units = "PERCENTAGE"}.line();
  rows += Gleif{.child = "C4",
                .parent = "P1",
                .status = "INACTIVE",
                .period = R"("2015-01-01","2020-06-30","RELATIONSHIP_PERIOD","","","")"}
              .line();
  rows += Gleif{.child = "C5", .parent = "P1", .registration = "LAPSED"}.line();
  rows += Gleif{.child = "C6", .parent = "P1", .registration = "ANNULLED"}.line();
  rows += Gleif{.child = "C7", .parent = "P1", .type = "IS_FUND-MANAGED_BY"}.line();
  rows += Gleif{.child = "C8", .parent = "P1", .node = "ISO_17442_COMPATIBLE"}.line();
  rows += Gleif{.child = "C1", .parent = "P1", .type = "IS_ULTIMATELY_CONSOLIDATED_BY"}.line();
  // Two that consolidate each other: nobody can tell which is right.
  rows += Gleif{.child = "R1", .parent = "R2"}.line();
  rows += Gleif{.child = "R2", .parent = "R1"}.line();
  Imported import = imported("gleif", {{"rr.csv", rows},
                                       {"lei.csv",
                                        "\"LEI\",\"Entity.LegalName\",\"Entity.LegalAddress.Country\"\n"
                                        "\"P1\",\"Parent, Inc.\",\"US\"\n\"Z9\",\"Nobody's\",\"DE\"\n"}});
  CHECK(import.wrong() == "");
  const std::string tail = ",2026-03-02,,,,disclosed,gleif,";
  CHECK(import.relations() == header + "lei-p1,lei-c1,owns,,,,,,,,active,2012-11-29," + tail + "\n" +
                                  "lei-p1,lei-c2,owns,,,,,,,,active,2019-01-01," + tail + "branch\n" +
                                  "lei-p1,lei-c3,owns,,,,,,,75.00%,active,2019-01-01," + tail + "\n" +
                                  "lei-p1,lei-c4,owns,,,,,,,,ended,2015-01-01,2020-06-30" + tail + "\n" +
                                  "lei-p1,lei-c5,owns,,,,,,,,active,2019-01-01," + tail + "registration lapsed\n");
  CHECK(import.companies().find("lei-p1,\"Parent, Inc.\",,,US,,P1,") != std::string::npos);
  CHECK(import.companies().find("lei-z9") == std::string::npos);  // nobody owns it, nor it anybody
  CHECK(import.report ==
        "lei.csv taken 2 2 a name, written where a relation has it\n"
        "rr.csv taken 5 2 \n"
        "rr.csv skipped 1 8 IS_FUND-MANAGED_BY: no ownership\n"
        "rr.csv skipped 1 9 a node that has no LEI\n"
        "rr.csv skipped 2 11 majority owners that own each other\n"
        "rr.csv skipped 1 7 the registration is ANNULLED\n"
        "rr.csv skipped 1 10 the ultimate parent, to whom the direct parents lead\n");
  CHECK(errors_of(import) == "");
}

TEST_CASE("gleif: a hundred thousand rows, each quirk counted" * doctest::test_suite("long")) {
  std::mt19937 random(3);
  std::string rows = gleif_header;
  std::map<std::string, std::size_t> wanted;
  for (int i = 0; i < 100'000; ++i) {
    const std::string child = "C" + std::to_string(i);
    const std::string parent = "C" + std::to_string(i == 0 ? 1'000'000 : random() % static_cast<unsigned>(i));
    Gleif row{.child = child, .parent = parent};
    switch (random() % 8) {
      case 0: row.type = "IS_SUBFUND_OF", ++wanted["IS_SUBFUND_OF: no ownership"]; break;
      case 1: row.type = "IS_FEEDER_TO", ++wanted["IS_FEEDER_TO: no ownership"]; break;
      case 2: row.registration = "DUPLICATE", ++wanted["the registration is DUPLICATE"]; break;
      case 3: row.node = "OTHER", ++wanted["a node that has no LEI"]; break;
      case 4:
        row.type = "IS_ULTIMATELY_CONSOLIDATED_BY", ++wanted["the ultimate parent of one without a direct parent"];
        break;
      case 5: row.status = "INACTIVE", ++wanted[""]; break;
      case 6: row.registration = "LAPSED", ++wanted[""]; break;
      default: ++wanted[""]; break;
    }
    rows += row.line();
  }
  Imported import = imported("gleif", {{"rr.csv", std::move(rows)}});
  CHECK(import.rows == 100'000);
  for (const auto& [reason, count] : wanted) {
    CAPTURE(reason);
    CHECK(import.count(reason.empty() ? "taken" : "skipped", reason) == count);
  }
  CHECK(errors_of(import) == "");
}

TEST_CASE("gleif: damaged files") {
  damaged("gleif", {{"rr.csv", gleif_header + Gleif{.child = "C1", .parent = "P1"}.line()}},
          [](bool kept) { CHECK(kept); });
}

TEST_CASE("ftm: owners, lenders, awards through their contracts, several values as several rows") {
  Imported import = imported(
      "ftm",
      {{"f.jsonl",
        R"({"id":"c1","schema":"Company","properties":{"name":["Acme Ltd","Acme"],"jurisdiction":["gb"],"leiCode":["5493001KJTIIGC8Y1R12"]}}
{"id":"p1","schema":"Person","properties":{"name":["Jane Roe"]}}
{"id":"o1","schema":"Ownership","properties":{"owner":["p1"],"asset":["c1"],"percentage":["60"],"startDate":["2017"],"sourceUrl":["https://example.org/x"]}}
{"id":"o2","schema":"Ownership","properties":{"owner":["c1"],"asset":["c2"],"percentage":["25-50","more than 75%"]}}
{"id":"o3","schema":"Ownership","properties":{"owner":["c1"],"asset":["c3"],"percentage":["100.0"]}}
{"id":"d1","schema":"Debt","properties":{"creditor":["c9"],"debtor":["c1"],"amount":["5000000"],"currency":["EUR"],"date":["2020-05-01"]}}
{"id":"d2","schema":"Debt","properties":{"creditor":["c8"],"debtor":["c1"],"amount":["7"]}}
{"id":"a1","schema":"ContractAward","properties":{"supplier":["c1"],"contract":["k1"],"amount":["100"],"currency":["EUR"]}}
{"id":"k1","schema":"Contract","properties":{"authority":["gov"],"title":["Road"]}}
{"id":"x","schema":"Payment","properties":{}}
not json
{"id":"o4","schema":"Ownership","properties":{"owner":["p1"],"asset":["c5"],"percentage":["lots"]}}
)"}});
  CHECK(import.wrong() == "");
  CHECK(import.relations() == header +
                                  "c1,c2,owns,,,,,,,25%..50%,,,,,,,,,ftm-f-jsonl,\n"
                                  "c1,c2,owns,,,,,,,>75%,,,,,,,,,ftm-f-jsonl,\n"
                                  "c1,c3,owns,,,,,,,100.0%,,,,,,,,,ftm-f-jsonl,\n"
                                  "c1,gov,supplies,,,100 EUR,,,,,,,,,,,,,ftm-f-jsonl,\n"
                                  "c8,c1,lends,,,,,,,,,,,,,,,,ftm-f-jsonl,\n"
                                  "c9,c1,lends,,,5000000 EUR,,,,,,,,2020-05-01,,,,,ftm-f-jsonl,\n"
                                  "p1,c1,owns,,,,,,,60%,,2017,,,,,,,ftm-f-jsonl-https-example-org-x,\n");
  CHECK(import.companies() ==
        "id,name,name_local,sector,country,ticker,lei,aliases,revenue,revenue_period,revenue_scope,revenue_confidence,"
        "aggregate,source\nc1,Acme Ltd,,,gb,,5493001KJTIIGC8Y1R12,Acme,,,,,,\np1,Jane Roe,,person,,,,,,,,,,\n");
  CHECK(import.report ==
        "f.jsonl taken 6 1 \n"
        "f.jsonl review 1 7 an amount without a currency is left out\n"
        "f.jsonl review 1 4 several values of one property: a row each\n"
        "f.jsonl skipped 1 10 Payment: no ownership, loan or supply\n"
        "f.jsonl skipped 1 11 a line that is no JSON object\n"
        "f.jsonl skipped 1 12 stake: 'lots' is no share\n"
        "f.jsonl taken 1 9 a contract, for its awards\n");
  CHECK(errors_of(import) == "");
}

TEST_CASE("ftm: what is nested deep, and damaged files") {
  const Imported deep = imported("ftm", {{"f.jsonl", std::string(100'000, '[') + "\n"}});
  CHECK(deep.report == "f.jsonl skipped 1 1 JSON that is nested too deep\n");
  damaged(
      "ftm",
      {{"f.jsonl",
        R"({"id":"o2","schema":"Ownership","properties":{"owner":["c1"],"asset":["c2"],"percentage":["25-50","75%"]}})"
        "\n"}},
      [](bool kept) { CHECK(kept); });
}
