// Registers of beneficial owners (BODS 0.4).

#include <doctest/doctest.h>

#include <random>

#include "import_files.hpp"

using namespace tierscope::core;

namespace {

const std::string header =
    "from,to,kind,category,item,value,value_basis,revenue_share,supply_share,stake,status,since,until,as_of,restates,"
    "deal,claim,confidence,source,note\n";

std::string entity(const std::string& id, const std::string& name, const std::string& more = {}) {
  return R"({"statementId":"s-)" + id + R"(","statementDate":"2024-01-01","recordId":")" + id +
         R"(","recordType":"entity","recordStatus":"new","recordDetails":{"entityType":{"type":"registeredEntity"},"name":")" +
         name + R"(","jurisdiction":{"name":"United Kingdom","code":"GB"})" + more + "}}\n";
}

struct Interest {
  std::string record = "r1", party = "\"p1\"", subject = "\"e1\"", interests{}, date = "2024-01-01", status = "new";
  std::string components = "[]", source = R"({"type":["officialRegister"]})";
  std::string line() const {
    return R"({"statementId":"s","statementDate":")" + date + R"(","recordId":")" + record +
           R"(","recordType":"relationship","recordStatus":")" + status + R"(","source":)" + source +
           R"(,"publicationDetails":{"publicationDate":"2024-02-01","bodsVersion":"0.4","publisher":{"name":"Registry"}},)" +
           R"("recordDetails":{"isComponent":false,"componentRecords":)" + components + R"(,"subject":)" + subject +
           R"(,"interestedParty":)" + party + R"(,"interests":[)" + interests + "]}}\n";
  }
};

std::string held(const std::string& share, const std::string& more = R"(,"directOrIndirect":"direct")") {
  return R"({"type":"shareholding")" + more + R"(,"share":{)" + share + R"(},"startDate":"2017-04-06"})";
}

}  // namespace

TEST_CASE("bods: the last statement of a record, shares as intervals, one array or a line each") {
  const std::string person =
      R"({"statementId":"s3","statementDate":"2024-01-01","recordId":"p1","recordType":"person","recordStatus":"new","recordDetails":{"personType":"knownPerson","names":[{"type":"legal","fullName":"Jane Roe"}]}})"
      "\n";
  std::vector<std::string> statements = {
      entity("e1", "Old name"),
      entity("e1", "Acme Ltd", R"(,"identifiers":[{"scheme":"XI-LEI","id":"5493001KJTIIGC8Y1R12"}])"),
      person,
      Interest{.record = "r1", .interests = held(R"("exact":60)")}.line(),
      Interest{.record = "r2", .subject = "\"e2\"", .interests = held(R"("minimum":25,"maximum":50)")}.line(),
      Interest{.record = "r3", .subject = "\"e3\"", .interests = held(R"("exclusiveMinimum":75)")}.line(),
      Interest{.record = "r4", .subject = "\"e4\"", .interests = held(R"("maximum":50)")}.line(),
      Interest{.record = "r5", .subject = "\"e5\"", .interests = R"({"type":"votingRights","share":{"exact":80}})"}
          .line(),
      Interest{.record = "r6", .party = R"({"reason":"noBeneficialOwners"})"}.line(),
      Interest{.record = "r7",
               .subject = "\"e7\"",
               .interests = held(R"("exact":30)", R"(,"directOrIndirect":"indirect")"),
               .components = R"(["r1"])"}
          .line(),
      Interest{
          .record = "r8", .subject = "\"e8\"", .interests = held(R"("exact":30)", R"(,"directOrIndirect":"indirect")")}
          .line(),
      Interest{.record = "r9", .subject = "\"e9\"", .interests = held(R"("exact":10)") + "," + held(R"("exact":20)")}
          .line(),
      Interest{.record = "r10", .subject = "\"e10\"", .interests = held(R"("exact":40)"), .date = "2024-01-01"}.line(),
      Interest{.record = "r10",
               .subject = "\"e10\"",
               .interests = held(R"("exact":40)"),
               .date = "2025-06-30",
               .status = "closed",
               .source = R"({"type":["selfDeclaration"]})"}
          .line(),
      R"({"statementType":"entityStatement","statementID":"old"})"
      "\n",
      "[1,2]\n"};
  std::string lines;
  std::string array = "[\n";
  for (const std::string& statement : statements) {
    lines += statement;
    if (statement[0] == '{') array += (array.size() > 2 ? ",\n" : "") + statement;
  }
  array += "]\n";
  const std::string tail = ",2024-01-01,,,,disclosed,bods-b-json-2024-02-01,";
  const std::string relations =
      header + "p1,e1,owns,,,,,,,60%,,2017-04-06," + tail + "\n" +  //
      "p1,e10,owns,,,,,,,40%,ended,2017-04-06,2025-06-30,2025-06-30,,,,,bods-b-json-2024-02-01,\n" +
      "p1,e2,owns,,,,,,,25%..50%,,2017-04-06," + tail + "\n" +  //
      "p1,e3,owns,,,,,,,>75%,,2017-04-06," + tail + "\n" +      //
      "p1,e4,owns,,,,,,,<=50%,,2017-04-06," + tail + "\n" +     //
      "p1,e5,owns,,,,,,,,,," + tail + "votingRights\n" +        //
      "p1,e8,owns,,,,,,,30%,,2017-04-06," + tail + "indirect\n" + "p1,e9,owns,,,,,,,10%,,2017-04-06," + tail +
      "\n" +  //
      "p1,e9,owns,,,,,,,20%,,2017-04-06," + tail + "\n";
  Imported by_line = imported("bods", {{"b.json", lines}});
  CHECK(by_line.wrong() == "");
  CHECK(by_line.relations() == relations);
  CHECK(by_line.companies() ==
        "id,name,name_local,sector,country,ticker,lei,aliases,revenue,revenue_period,revenue_scope,revenue_confidence,"
        "aggregate,source\ne1,Acme Ltd,,,GB,,5493001KJTIIGC8Y1R12,,,,,,,\np1,Jane Roe,,person,,,,,,,,,,\n");
  CHECK(by_line.report ==
        "b.json taken 9 2 \n"
        "b.json review 1 12 several shareholdings: a row each, never added\n"
        "b.json skipped 1 15 a statement of a version before 0.4\n"
        "b.json skipped 1 10 an indirect relationship whose parts are there\n"
        "b.json skipped 2 1 an older statement of its record\n"
        "b.json skipped 1 9 an unspecified party\n"
        "b.json skipped 1 16 text that is no JSON object\n");
  CHECK(errors_of(by_line) == "");
  Imported as_array = imported("bods", {{"b.json", array}});
  CHECK(as_array.relations() == relations);
  CHECK(as_array.rows == by_line.rows - 1);
}

TEST_CASE("bods: a hundred thousand statements, each quirk counted" * doctest::test_suite("long")) {
  std::mt19937 random(9);
  std::string lines;
  std::map<std::string, std::size_t> wanted;
  for (int i = 0; i < 100'000; ++i) {
    const std::string n = std::to_string(i);
    Interest statement{
        .record = "r" + n, .party = "\"p" + n + "\"", .subject = "\"e" + n + "\"", .interests = held(R"("exact":60)")};
    switch (random() % 6) {
      case 0: statement.party = R"({"reason":"unknown"})", ++wanted["an unspecified party"]; break;
      case 1:
        statement.interests = held(R"("exact":30)", R"(,"directOrIndirect":"indirect")");
        statement.components = R"(["x"])";
        ++wanted["an indirect relationship whose parts are there"];
        break;
      case 2: lines += statement.line(), ++i, ++wanted["an older statement of its record"], ++wanted[""]; break;
      case 3: statement.interests = R"({"type":"votingRights"})", ++wanted[""]; break;
      default: ++wanted[""]; break;
    }
    lines += statement.line();
  }
  Imported import = imported("bods", {{"b.jsonl", std::move(lines)}});
  for (const auto& [reason, count] : wanted) {
    CAPTURE(reason);
    CHECK(import.count(reason.empty() ? "taken" : "skipped", reason) == count);
  }
  CHECK(errors_of(import) == "");
}

TEST_CASE("bods: damaged files") {
  damaged("bods", {{"b.json", "[" + Interest{.interests = held(R"("exact":60)")}.line() + "]"}},
          [](bool kept) { CHECK(kept); });
}
