// What stands over the pictures of the gallery and in the README, against the rows that it rests on.

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "app/cli.hpp"
#include "ask/picture/sketch.hpp"
#include "base/disk.hpp"
#include "base/words.hpp"

namespace tierscope::core {
namespace {

using Json = nlohmann::json;

const std::string source = TIERSCOPE_SOURCE_DIR;

Json answer_of(std::vector<std::string> words) {
  words.at(1) = source + "/graphs/" + words.at(1);
  words.insert(words.end(), {"-f", "json", "--limit", "0"});
  DiskFiles files;
  std::ostringstream out;
  std::ostringstream err;
  REQUIRE_MESSAGE(run(words, files, {}, out, err) == 0, err.str());
  return Json::parse(out.str());
}

std::string title_of(const std::string& picture) {
  pugi::xml_document document;
  REQUIRE(document.load_file((source + "/graphs/pictures/" + picture + ".svg").c_str()));
  return document.child("svg").child("title").text().get();
}

bool in_readme(const std::string& sentence) {
  std::ifstream in(source + "/README.md", std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  std::replace(text.begin(), text.end(), '\n', ' ');  // of a terminal's lines
  return text.find(sentence) != std::string::npos;
}

TEST_CASE("the picture of ByteDance's suppliers counts those with more than half, and says that some are estimates") {
  std::size_t most = 0;
  bool estimated = false;
  const Json answer = answer_of({"exposure", "bytedance", "--to", "bytedance"});
  for (const Json& row : answer.at("results"))
    if (row.at("total").get<double>() > .5) {
      ++most;
      estimated |= row.at("confidence") == "estimated";
    }
  CHECK(title_of("bytedance-exposure") == number_word(most, true) +
                                              " suppliers earn most of their revenue from ByteDance" +
                                              (estimated ? " (estimates among them)" : ""));
}

TEST_CASE("the picture of ByteDance's purchases counts those with one supplier, whose share nobody gives below all") {
  std::size_t purchases = 0;
  std::size_t alone = 0;
  const Json answer = answer_of({"concentration", "bytedance", "--customer", "bytedance"});
  for (const Json& row : answer.at("results")) {
    ++purchases;
    const bool one = row.at("count") == 1 && row.at("top_share").at("high").get<double>() == 1;
    CHECK(one == (row.at("level") == "sole-source" || row.at("level") == "single-source"));
    alone += one;
  }
  CHECK(title_of("bytedance-concentration") == "ByteDance has one recorded supplier, and no sign of another, for " +
                                                   number_word(alone, false) + " of the " +
                                                   number_word(purchases, false) + " things it buys");
}

TEST_CASE("the picture of circular deals counts those between two companies") {
  std::size_t deals = 0;
  std::size_t with_nvidia = 0;
  const Json answer = answer_of({"cycles", "ai-circular"});
  for (const Json& loop : answer.at("results")) {
    if (loop.at("class") != "circular-deal" || loop.at("companies").size() != 2) continue;
    ++deals;
    for (const Json& company : loop.at("companies")) with_nvidia += company.at("id") == "nvidia";
  }
  CHECK(title_of("circular-deals") == "NVIDIA is part of " + number_word(with_nvidia, false) + " of " +
                                          std::to_string(deals) + " circular deals between two companies");
}

TEST_CASE("the picture of a company tells its largest amount in force, where no share of half or more is known") {
  double most = 0;
  std::string reported;
  const Json answer = answer_of({"show", "ai-circular", "--company", "nvidia"});
  for (const char* table : {"suppliers", "customers", "finances", "financed_by"})
    for (const Json& row : answer.at(table)) {
      const Json& value = row.at("value");
      if (value.is_null() || value.at("currency") != "USD" || row.at("status") != "active" || row.at("restates") ||
          row.at("kind") == "guarantees" || row.at("kind") == "grants" || value.at("low").get<double>() <= most)
        continue;
      most = value.at("low");
      reported = value.at("reported");
    }
  REQUIRE(reported.starts_with("~"));
  CHECK(title_of("nvidia").ends_with(" for about " + reported.substr(1)));
}

TEST_CASE("the README's headlines say what the rows say") {
  const Json runze =
      answer_of({"exposure", "bytedance", "--to", "bytedance", "--supplier", "runze"}).at("results").at(0);
  CHECK(runze.at("confidence") == "estimated");
  CHECK(runze.at("approximate") == false);
  CHECK(in_readme("Runze Technology earns at least " + format_percent(runze.at("total")) +
                  " (estimated) of its revenue from ByteDance"));

  const Json fluid =
      answer_of({"concentration", "bytedance", "--customer", "bytedance", "--category", "cooling-connectors"})
          .at("results")
          .at(0);
  CHECK(fluid.at("level") == "dominant");
  CHECK(fluid.at("count") == 1);
  const Json share = fluid.at("suppliers").at(0).at("share");
  CHECK(share.at("approximate") == true);
  CHECK(share.at("confidence") == "estimated");
  CHECK(in_readme("cooling-connectors of ByteDance: dominant source, 1 recorded supplier of about " +
                  format_percent(share.at("low")) + " (estimated)"));

  std::size_t pairs = 0;
  std::size_t deals = 0;
  const Json answer = answer_of({"cycles", "ai-circular", "--max-length", "2"});
  for (const Json& loop : answer.at("results")) {
    ++pairs;
    deals += loop.at("class") == "circular-deal";
  }
  CHECK(in_readme(std::to_string(pairs) + " loops of payments between two companies, " + std::to_string(deals) +
                  " of them circular deals"));
}

}  // namespace
}  // namespace tierscope::core
