#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "app/cli.hpp"
#include "base/words.hpp"
#include "memory_files.hpp"
#include "page_of.hpp"

using namespace tierscope::core;
using tierscope::Confidence;
using tierscope::Unit;

namespace {

Quantity read(const std::string& text, Confidence confidence) {
  const bool amount = text.find("USD") != std::string::npos || text.find("CNY") != std::string::npos;
  const ParsedQuantity parsed = amount ? parse_amount(text) : parse_share(text);
  REQUIRE(parsed.wrong == "");
  Quantity quantity = parsed.quantity;
  quantity.confidence = confidence;
  return quantity;
}

void says(const std::string& reported, Confidence confidence, const char* cell, const char* words, const char* low) {
  INFO(reported);
  const Quantity quantity = read(reported, confidence);
  CHECK(in_cell(quantity) == cell);
  CHECK(in_words(quantity) == words);
  CHECK(low_in_words(quantity) == low);
}

constexpr Confidence none = Confidence::none;
constexpr Confidence disclosed = Confidence::disclosed;
constexpr Confidence estimated = Confidence::estimated;

Quantity approximate(double low, double high, Confidence confidence = none) {
  Quantity quantity = between(low, high);
  quantity.approximate = true;
  quantity.confidence = confidence;
  return quantity;
}

}  // namespace

TEST_CASE("a figure is said as it was reported: exact, about, open or closed at one end, a range") {
  says("64.38%", disclosed, "64.38 %", "64.38 %", "at least 64.38 %");
  says("~80%", none, "~80 %", "about 80 %", "about 80 %");
  says("<10%", none, "<10 %", "less than 10 %", "at least 0 %");
  says("<=10%", none, "up to 10 %", "up to 10 %", "at least 0 %");
  says("up to 10%", none, "up to 10 %", "up to 10 %", "at least 0 %");
  says(">85%", none, ">85 %", "more than 85 %", "more than 85 %");
  says(">=85%", none, "≥85 %", "at least 85 %", "at least 85 %");
  says("10%..20%", none, "10–20 %", "between 10 and 20 %", "at least 10 %");
  says("100%", none, "100 %", "100 %", "100 %");
  says(">0%", none, ">0 %", "more than 0 %", "more than 0 %");
  says("<=100%", none, "up to 100 %", "up to 100 %", "at least 0 %");
  says("14.2B USD", none, "14.2B USD", "14.2B USD", "at least 14.2B USD");
  says("~14.2B USD", none, "~14.2B USD", "about 14.2B USD", "about 14.2B USD");
  says(">400B USD", none, ">400B USD", "more than 400B USD", "more than 400B USD");
  says(">=400B USD", none, "≥400B USD", "at least 400B USD", "at least 400B USD");
  says("up to 100B USD", none, "up to 100B USD", "up to 100B USD", "at least 0 USD");
  says("<100B USD", none, "<100B USD", "less than 100B USD", "at least 0 USD");
  says("14.3B..14.6B USD", none, "14.3B–14.6B USD", "between 14.3B and 14.6B USD", "at least 14.3B USD");
  says("1600亿 CNY", none, "160B CNY", "160B CNY", "at least 160B CNY");
}

TEST_CASE("an estimated figure is marked in every style") {
  says("64.38%", estimated, "64.38 % est.", "an estimated 64.38 %", "at least 64.38 % (estimated)");
  says("~80%", estimated, "~80 % est.", "about 80 % (estimated)", "about 80 % (estimated)");
  says("<10%", estimated, "<10 % est.", "less than 10 % (estimated)", "at least 0 % (estimated)");
  says(">85%", estimated, ">85 % est.", "more than 85 % (estimated)", "more than 85 % (estimated)");
  says("10%..20%", estimated, "10–20 % est.", "between 10 and 20 % (estimated)", "at least 10 % (estimated)");
  says("14.2B USD", estimated, "14.2B USD est.", "an estimated 14.2B USD", "at least 14.2B USD (estimated)");
  says("64%", Confidence::reported, "64 %", "64 %", "at least 64 %");
  Grade grade;
  CHECK(marked("5 %", grade) == "5 %");
  grade.add(read("~64%", estimated));
  CHECK(marked("5 %", grade) == "~5 % est.");
  CHECK(marks(grade) == "~ est.");
  CHECK(caveat(grade) == " (some figures estimated or approximate)");
}

// What is computed of an approximate figure can have any shape, and `at least` is for exact bounds alone.
TEST_CASE("an approximate bound is about, never at least") {
  CHECK(in_cell(approximate(0.85, 1)) == "≥~85 %");
  CHECK(in_words(approximate(0.85, 1)) == "about 85 % or more");
  CHECK(low_in_words(approximate(0.85, 1)) == "about 85 %");
  CHECK(in_cell(approximate(0, 0.1)) == "up to ~10 %");
  CHECK(in_words(approximate(0, 0.1)) == "up to about 10 %");
  CHECK(in_cell(approximate(0.4, 0.5, estimated)) == "~40–50 % est.");
  CHECK(in_words(approximate(0.4, 0.5, estimated)) == "about 40 to 50 % (estimated)");
}

TEST_CASE("what nobody reported is unknown, and so is an amount from nothing to everything") {
  CHECK(in_cell({}) == "unknown");
  CHECK(in_words({}) == "an unknown part");
  CHECK(low_in_words({}) == "an unknown part");
  const Quantity any = between(0, unbounded, parse_currency("USD"));
  CHECK(in_cell(any) == "unknown");
  CHECK(in_words(any) == "an unknown amount");
  Quantity graded;
  graded.confidence = estimated;
  CHECK(in_cell(graded) == "unknown");
}

// 12.3456 % rounds to 12.35 %, but at least 12.35 % would be more than is known; likewise up to 12.34 %.
TEST_CASE("bounds are rounded away from what they bound, exact figures to the nearest") {
  CHECK(in_cell(exactly(0.123456)) == "12.35 %");
  CHECK(low_in_words(exactly(0.123456)) == "at least 12.34 %");
  CHECK(in_cell(between(0.123456, 1)) == "≥12.34 %");
  CHECK(in_cell(between(0, 0.123411)) == "up to 12.35 %");
  CHECK(in_cell(between(0.123456, 0.201111)) == "12.34–20.12 %");
  CHECK(low_in_words(exactly(0.6438)) == "at least 64.38 %");  // .6438 · 100 is no 64.38 in binary
  CHECK(low_in_words(exactly(0.29)) == "at least 29 %");
  CHECK(low_in_words(exactly(0.0000123456)) == "at least 0.0012 %");
  CHECK(in_cell(exactly(0.00001)) == "0.001 %");
  CHECK(in_cell(exactly(0.999999)) == "99.99 %");
  CHECK(low_in_words(exactly(14'276'600'000, parse_currency("USD"))) == "at least 14.276B USD");
  CHECK(in_cell(exactly(14'276'600'000, parse_currency("USD"))) == "14.277B USD");
  CHECK(in_cell(between(0.33333, 0.33334)) == "33.33 %");  // one figure as far as it is printed
}

TEST_CASE("a picture has room for few digits, and says no more by them") {
  const Digits few{.few = true};
  CHECK(in_cell(exactly(0.6438), few) == "64 %");
  CHECK(in_cell(exactly(0.647), few) == "65 %");
  CHECK(low_in_words(exactly(0.647), few) == "at least 64 %");
  CHECK(in_cell(exactly(0.0849), few) == "8.5 %");
  CHECK(in_cell(exactly(0.999), few) == "99 %");
  CHECK(in_cell(between(0.647, 1), few) == "≥64 %");
  CHECK(in_cell(exactly(0), few) == "0 %");
}

TEST_CASE("indices and counts are intervals too") {
  const Digits hhi{.unit = Unit::hhi};
  CHECK(in_cell(between(2500.6, 3000.2), hhi) == "2500–3001");
  CHECK(in_cell(exactly(2500.6), hhi) == "2501");
  CHECK(in_words(between(2500.6, 3000.2), hhi) == "between 2500 and 3001");
  CHECK(low_in_words(between(2500.6, 3000.2), hhi) == "at least 2500");
  CHECK(in_cell(between(1.5, unbounded), {.unit = Unit::none}) == "≥1.5");
}

TEST_CASE("percentages of fractions") {
  CHECK(format_percent(0.6438) == "64.38 %");
  CHECK(format_percent(0.00001) == "<0.01 %");
  CHECK(format_percent_above_one(1.4) == "140 %");
  CHECK(format_percent_above_one(1.0001) == "100.01 %");
  CHECK(format_percent_above_one(1.00001) == "100.001 %");
  CHECK(format_percent_above_one(1.000000002) == "100.0000002 %");
}

TEST_CASE("proven is said only where every figure is disclosed") {
  CHECK(proof_word(disclosed) == "proven");
  CHECK(proof_word(Confidence::reported) == "reported");
  CHECK(proof_word(none) == "recorded");
  CHECK(proof_word(estimated) == "estimated");
}

TEST_CASE("a grade is as weak as the weakest figure, and starts with none") {
  Grade grade;
  CHECK(!grade.disclosed());
  CHECK(grade.mark(exactly(0.5)).confidence == none);
  grade.add(read("10%", disclosed));
  CHECK(grade.disclosed());
  CHECK(!grade.approximate);
  grade.add(Quantity{});  // unknown: nothing that the result rests on
  CHECK(grade.disclosed());
  grade.add(read("<10%", Confidence::reported));  // with low 0 too
  CHECK(grade.confidence == Confidence::reported);
  grade.add(read("~5%", disclosed));
  CHECK(grade.approximate);
  grade.add(read("5%", none));
  CHECK(grade.confidence == none);  // not stated is weaker than reported
  Grade more;
  more.add(read("5%", estimated));
  more.add(grade);
  CHECK(more.approximate);
  CHECK(in_cell(more.mark(exactly(0.3))) == "~30 % est.");
}

TEST_CASE("a revenue lends its ~, and a grade only where it states one") {
  Grade grade;
  grade.add(read("10M USD", disclosed));
  grade.add_revenue(read("~100M USD", none));
  CHECK(grade.approximate);
  CHECK(grade.disclosed());
  grade.add_revenue(read("100M USD", estimated));
  CHECK(grade.confidence == estimated);
  Grade alone;
  alone.add_revenue(read("100M USD", none));
  CHECK(!alone.any);
}

// In every format one estimated figure, one approximate, one below 10 %, and one that is none of these.
namespace {

constexpr const char* graded_rows =
    "from,to,kind,category,revenue_share,supply_share,value,value_basis,confidence,as_of\n"
    "e,t,supplies,chips,64%,60%,14.2B USD,annual,estimated,2025\n"
    "p,t,supplies,wafers,~80%,~70%,,,disclosed,2025\n"
    "l,t,supplies,boards,<10%,<10%,,,reported,2025\n"
    "d,t,supplies,power,30%,,,,disclosed,2025\n";
constexpr const char* graded_companies =
    "id,name,revenue,revenue_period,revenue_confidence\nt,t,9B USD,2025,estimated\n";

std::string printed(const std::vector<std::string>& arguments) {
  MemoryFiles files;
  files.files["g/relations.csv"] = graded_rows;
  files.files["g/companies.csv"] = graded_companies;
  std::ostringstream out;
  std::ostringstream err;
  INFO(err.str());
  REQUIRE(run(arguments, files, {}, out, err) == 0);
  return out.str();
}

void holds(const std::string& text, const std::vector<std::string>& parts) {
  INFO(text);
  for (const std::string& part : parts) CHECK_MESSAGE(text.find(part) != std::string::npos, part);
}

}  // namespace

TEST_CASE("table, Markdown and HTML mark each figure beside its number") {
  for (const std::string format : {"table", "markdown", "html"}) {
    INFO(format);
    const std::string below = format == "table" ? "<10 %" : "&lt;10 %";
    const std::string about = format == "markdown" ? "\\~80 %" : "~80 %";
    const std::string text = printed({"dependence", "g", "-f", format});
    holds(text, {"64 % est.", about, below, "30 %"});
    CHECK(text.find("80 % est.") == std::string::npos);
    CHECK(text.find("30 % est.") == std::string::npos);
    holds(printed({"show", "g", "--company", "t", "-f", format}),
          {"64 % est.", "14.2B USD est.", "9B USD est.", about, below});
    // A total is as good as what it rests on; that of l is 0.
    holds(printed({"exposure", "g", "--to", "t", "-f", format}), {"64 % est.", about, "30 %"});
  }
}

TEST_CASE("headlines and gates say about, at least and estimated as the figures are") {
  const auto title = [](const char* supplier) {
    const std::string text = printed({"exposure", "g", "--to", "t", "--supplier", supplier});
    return text.substr(0, text.find('\n'));
  };
  CHECK(title("e") == "e earns at least 64 % (estimated) of its revenue from t");
  CHECK(title("p") == "p earns about 80 % of its revenue from t");
  CHECK(title("d") == "d earns at least 30 % of its revenue from t");
  const auto gate = [](const std::string& relations) {
    MemoryFiles files;
    files.files["g/relations.csv"] = relations;
    std::ostringstream out;
    std::ostringstream err;
    CHECK(run({"dependence", "g", "--fail-above", "50%"}, files, {}, out, err) == 1);
    return err.str();
  };
  holds(gate(graded_rows), {"p earns about 80 % of its revenue from t"});
  holds(gate("from,to,kind,revenue_share,confidence\ne,t,supplies,64%,estimated\n"),
        {"e earns an estimated 64 % of its revenue from t"});
}

TEST_CASE("CSV and JSON bear approximate and confidence with every figure") {
  const std::string csv = printed({"dependence", "g", "--table", "customers", "-f", "csv"});
  holds(csv, {"0.64,0.64,64%,false,estimated", "0.8,0.8,~80%,true,disclosed", "0,0.1,<10%,false,reported"});
  const nlohmann::json json = nlohmann::json::parse(printed({"dependence", "g", "-f", "json"}));
  std::map<std::string, nlohmann::json> shares;
  for (const auto& row : json.at("results"))
    shares[row.at("supplier").at("id")] = row.at("customers").at(0).at("share");
  CHECK(shares.at("e") == nlohmann::json::parse(R"({"low": 0.64, "high": 0.64, "reported": "64%",
                                                    "approximate": false, "confidence": "estimated"})"));
  CHECK(shares.at("p").at("approximate") == true);
  CHECK(shares.at("p").at("confidence") == "disclosed");
  CHECK(shares.at("l").at("reported") == "<10%");
}

TEST_CASE("a picture draws an estimated figure hollow, and says est.") {
  for (const std::string show : {"dependence", "exposure:t", "concentration", ""}) {
    INFO(show);
    std::vector<std::string> words{"draw", "g", "-f", "dot"};
    if (!show.empty()) words.insert(words.end(), {"--show", show});
    const std::string dot = printed(words);
    std::size_t hollow = 0;  // lines of two colours with paper between
    std::istringstream lines(dot);
    for (std::string line; std::getline(lines, line);) {
      const bool two = std::regex_search(line, std::regex("\\bcolor=\"(#[0-9a-f]{6}):#[0-9a-f]{6}:\\1\""));
      hollow += two;
      if (two) CHECK_MESSAGE(line.find("est.") != std::string::npos, line);
    }
    CHECK(hollow == 1);
    holds(dot, {show == "concentration" ? "60 % est." : "64 % est.", show == "concentration" ? "~70 %" : "~80 %",
                "&lt;10 %", "est.: an estimate"});
    words[3] = "svg";
    const std::string svg = printed(words);
    holds(svg, {"est.", "~", "&lt;10 %"});
  }
}

TEST_CASE("a page bears the marks of every figure, and its own numbers those of their rows") {
  const auto blocks = blocks_of(printed({"explore", "g"}));
  const nlohmann::json& graph = blocks.at("graph");
  std::map<std::string, nlohmann::json> shares;
  for (std::size_t i = 0; i < 4; ++i)
    shares[graph.at("companies").at("id").at(graph.at("relations").at("from").at(i).get<std::size_t>())] =
        graph.at("relations").at("revenue_share").at(i);
  CHECK(shares.at("e").at("text") == "64 % est.");
  CHECK(shares.at("e").at("estimated") == true);
  CHECK(shares.at("p").at("text") == "~80 %");
  CHECK(shares.at("p").at("approximate") == true);
  CHECK(!shares.at("p").contains("estimated"));
  CHECK(shares.at("l").at("text") == "<10 %");
  std::map<std::string, std::string> marks;
  for (const auto& target : blocks.at("at-0").at("exposure").at("results"))
    for (const auto& row : target.at("suppliers"))
      marks[graph.at("companies").at("id").at(row.at("supplier").get<std::size_t>())] = row.at("marks");
  CHECK(marks == std::map<std::string, std::string>{{"e", "est."}, {"p", "~"}, {"d", ""}});
}

// The words of a claim stand in words.cpp; elsewhere only where they claim nothing of a figure of the data: the data's
// own words, help of fields, and the definitions' own sentences. What is listed here must be there, too.
namespace {

struct Allowed {
  const char* file;
  const char* literal;  // a part of it
};
constexpr Allowed allowed[] = {
    {"app/synthetic.cpp", "two companies at least"},  // counts
    {"app/synthetic.cpp", "disclosed"},
    {"app/synthetic.cpp", "estimated"},
    {"ask/check/figures.cpp", "write ~{}"},  // what to write
    {"ask/check/totals.cpp", "sole-claim"},  // what the source says
    {"ask/check/totals.cpp", "is called the sole supplier"},
    {"ask/concentration/answer.cpp", "called sole by the source itself"},
    {"ask/concentration/answer.cpp", "sole-source"},  // the levels, and what they mean
    {"ask/concentration/concentration.cpp", "sole source"},
    {"ask/cycles/notes.cpp", "makes at least as many loops"},
    {"ask/cycles/notes.cpp", "usually disclosed vendor financing"},
    {"ask/exposure/behind.cpp", ", over all tiers (estimate)"},
    {"ask/exposure/exposure.cpp", "Beyond the first tier this is an estimate"},
    {"ask/picture/sketch.cpp", "indirect (estimate)"},  // pro rata
    {"ask/picture/sketch.cpp", "(estimate: pro rata)"},
    {"ask/picture/sketch.cpp", "sole recorded source"},
    {"ask/picture/sketch.cpp", "sole or single recorded source"},
    {"ask/picture/sketch.cpp", "usually disclosed vendor financing"},
    {"base/quantity.cpp", "~"},  // what is read
    {"base/quantity.cpp", "≥"},
    {"base/quantity.cpp", "≤"},
    {"base/quantity.cpp", "up to "},
    {"base/words.hpp", "est.: an estimate"},
    {"include/tierscope/concentration.hpp", "sole-source, single-source"},
    {"include/tierscope/concentration.hpp", "the source itself calls"},
    {"include/tierscope/cycles.hpp", "loops of up to N companies"},
    {"include/tierscope/cycles.hpp", "high null: at least the low"},
    {"include/tierscope/cycles.hpp", "disclosed, reported or estimated; null: not stated"},
    {"include/tierscope/dependence.hpp", "10 % or more at least"},
    {"include/tierscope/draw.hpp", "loops of up to N companies"},
    {"include/tierscope/exposure.hpp", "supplier's revenue, at least"},
    {"include/tierscope/model.hpp", "disclosed, reported or estimated"},
    {"include/tierscope/paths.hpp", "disclosed, reported or estimated; null: not stated"},
    {"include/tierscope/rows.hpp", "what the source says of the supplier: sole"},
    {"include/tierscope/rows.hpp", "disclosed, reported or estimated; null: not stated"},
    {"include/tierscope/show.hpp", "what the source says of the supplier: sole"},
    {"include/tierscope/show.hpp", "disclosed, reported or estimated; null: not stated"},
    {"model/nobody.cpp", "not disclosed"},
    {"read/bounds.cpp", "~"},             // as `convert` wrote it
    {"show/answer/markdown.cpp", "|~$"},  // escaped
    {"show/answer/schema.cpp", "disclosed"},
    {"show/answer/schema.cpp", "estimated"},
    {"show/page/at_block.hpp", "~ before, est. behind"},
    {"show/page/at_block.hpp", "at least"},
    {"show/page/block.cpp", "estimated"},
};

// The string literals that claim something; comments do not count.
std::vector<std::string> claims(const std::string& source) {
  static const std::regex literal(R"rx('(?:[^'\\\n]|\\.)'|//[^\n]*|#include[^\n]*|"(?:[^"\\\n]|\\.)*")rx");
  static const std::regex claim(
      R"rx(\b(at least|prove[ns]?|disclosed|estimated?|sole)\b|\best\.|about (\{|"$)|up to ("$|\{|\d)|~|≥|≤)rx",
      std::regex::icase);
  std::vector<std::string> found;
  for (std::sregex_iterator it(source.begin(), source.end(), literal); it != std::sregex_iterator(); ++it) {
    const std::string text = it->str();
    if (text[0] == '"' && std::regex_search(text, claim)) found.push_back(text);
  }
  return found;
}

}  // namespace

TEST_CASE("the test of claims finds them") {
  CHECK(claims(R"(a("earns at least {}"); b("a {} share"); // "proven")").size() == 1);
  CHECK(claims(R"(a("about {}") + "~" + (x ? "est." : "≥"))").size() == 4);
  CHECK(claims("#include \"ask/about.hpp\"\n\"what it is about\"").empty());
  CHECK(claims(R"(c == '"' ? "~" : "x")").size() == 1);
}

TEST_CASE("no source claims anything of a figure by hand") {
  const std::filesystem::path root = std::filesystem::path(TIERSCOPE_SOURCE_DIR) / "src";
  std::vector<bool> used(std::size(allowed), false);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::string name = entry.path().lexically_relative(root).generic_string();
    const std::string ending = entry.path().extension().string();
    if ((ending != ".cpp" && ending != ".hpp") || name == "base/words.cpp" || name == "model/kinds.cpp") continue;
    ++files;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string source(std::istreambuf_iterator<char>(in), {});
    for (const std::string& text : claims(source)) {
      bool known = false;
      for (std::size_t i = 0; i < std::size(allowed); ++i)
        if (name == allowed[i].file && text.find(allowed[i].literal) != std::string::npos) known = used[i] = true;
      CHECK_MESSAGE(known, name << ": " << text << ": make words of a quantity with base/words.hpp");
    }
  }
  CHECK(files > 100);
  for (std::size_t i = 0; i < std::size(allowed); ++i)
    CHECK_MESSAGE(used[i], std::string(allowed[i].file)
                               << ": " << std::string(allowed[i].literal) << " is gone: take it off the list");
}
