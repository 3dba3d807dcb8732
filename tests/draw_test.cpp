#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <set>
#include <sstream>

#include "ask/answers.hpp"
#include "ask/exposure/exposure.hpp"
#include "ask/picture/picture.hpp"
#include "base/disk.hpp"
#include "base/unicode.hpp"
#include "memory_files.hpp"
#include "model_of.hpp"
#include "run_of.hpp"
#include "show/graph/graphs.hpp"
#include "show/picture/draw.hpp"
#include "show/picture/styled.hpp"

namespace tierscope::core {
namespace {

const Theme& light = themes[0];

Model shipped(const std::string& graph) {
  DiskFiles files;
  Records records;
  read_graph(files, std::string(TIERSCOPE_SOURCE_DIR) + "/graphs/" + graph, records);
  return *build(records);
}

std::set<std::string> names_in(const Diagram& diagram) {
  std::set<std::string> names;
  for (const DrawnCompany& company : diagram.companies) names.emplace(diagram.facts.id(company.company));
  return names;
}

Diagram draw(const Model& model, const PictureParams& params, ViewParams view = {}) {
  return picture(model, view, false, params);
}

const DrawnCompany& company(const Diagram& diagram, std::string_view id) {
  for (const DrawnCompany& drawn : diagram.companies)
    if (diagram.facts.id(drawn.company) == id) return drawn;
  FAIL("not drawn: ", std::string(id));
  return diagram.companies.front();
}

// a sells 50 % to b and 20 % to t, b sells 40 % to t; c sells to b without a figure, o invests in t, t sells to z.
const char* const small =
    "from,to,kind,item,revenue_share,value,status,as_of\n"
    "a,b,supplies,wire,50%,,,2024\n"
    "a,t,supplies,wire,20%,,,2025-03\n"
    "b,t,supplies,coil,40%,,,2024\n"
    "c,b,supplies,ore,,,,2024\n"
    "o,t,invests,stake,,5M USD,,2023\n"
    "t,z,supplies,motor,,,,2024\n"
    "d,t,supplies,glue,,,rumoured,2024\n"
    "e,t,supplies,glue,,,ended,2020\n";

TEST_CASE("exposure: suppliers over all tiers, direct and indirect apart, the customer's own sales left out") {
  const Model model = model_of(small);
  PictureParams params;
  params.show = "exposure:t";
  const Diagram diagram = draw(model, params);
  // e has only an ended relation, o does not supply, z is downstream.
  CHECK(names_in(diagram) == std::set<std::string>{"a", "b", "c", "d", "t"});
  // E(b) = .4; E(a) = .2 + .5 * .4 = .4, of which .2 direct; no more than half, so the largest speaks.
  CHECK(company(diagram, "a").figure == "40 % = 20 % direct + 20 % indirect (estimate)");
  CHECK(company(diagram, "b").figure == "40 % direct");
  CHECK(company(diagram, "c").figure == "share unknown");
  CHECK(company(diagram, "d").figure == "not counted: nothing active");  // rumoured
  // As much as b, but more may be its: .4 + .6 is more than .4.
  CHECK(diagram.title == "a earns at least 40 % of its revenue from t, over all tiers (estimate)");
  REQUIRE(company(diagram, "a").bar.size() == 3);
  CHECK(company(diagram, "a").bar[0].fraction == doctest::Approx(.2));
  CHECK(company(diagram, "a").bar[1].fraction == doctest::Approx(.2));
  // U(a) = 1 - .7 + .5 * U(b) = .3 + .5 * .6
  CHECK(company(diagram, "a").bar[2].fraction == doctest::Approx(.6));
  CHECK(company(diagram, "t").tone == Tone::subject);
  CHECK(diagram.left_out ==
        std::vector<std::string>{"Not drawn: 3 of 8 companies, 2 of 7 relations, 1 of other statuses."});
  CHECK(diagram.notes.back() == "Figures as of 2024 to 2025-03.");
}

TEST_CASE("what has no room is cut behind a word, where that leaves two thirds") {
  CHECK(cut("short", 5) == "short");
  CHECK(cut("one two three four", 15) == "one two three…");   // 14 columns hold `one two three `
  CHECK(cut("one two three four", 12) == "one two thr…");     // `one two` is less than 8 columns
  CHECK(cut("capacity, 3 GW inference", 10) == "capacity…");  // no comma in front
  CHECK(cut("字节跳动公司", 5) == "字节…");                   // two columns each
}

TEST_CASE("a source without room loses words of its title, not its publisher and date") {
  MemoryFiles files;
  files.files["g/relations.csv"] = "from,to,kind,source\na,b,supplies,s1\n";
  files.files["g/sources.csv"] = "id,title,publisher,date\ns1,A long story of who sells what to whom,The Paper,2025\n";
  Records records;
  read_graph(files, "g", records);
  const Diagram diagram = draw(*build(records), {});
  const Styled styled(diagram, light);
  // 27 * 13 / 9 = 39 columns: `[1] ` and `, The Paper, 2025` take 4 and 17 of them.
  CHECK(styled.source(0, 27, 1, 1).find(">[1] A long story of…, The Paper, 2025<") != std::string::npos);
  CHECK(styled.source(0, 60, 1, 1).find(">[1] A long story of who sells what to whom, The Paper, 2025<") !=
        std::string::npos);
}

TEST_CASE("every figure of the exposure picture is the JSON's") {
  DiskFiles files;
  const std::string graph = std::string(TIERSCOPE_SOURCE_DIR) + "/graphs/bytedance";
  const Run answer = tierscope(files, {"exposure", graph, "--to", "bytedance", "--format", "json"});
  REQUIRE(answer.status == 0);
  const auto json = nlohmann::json::parse(answer.out);
  PictureParams params;
  params.show = "exposure:bytedance";
  const Diagram diagram = draw(shipped("bytedance"), params);
  std::size_t proven = 0;
  for (const auto& result : json["results"]) {
    if (result["total"].get<double>() <= 0) continue;
    ++proven;
    const DrawnCompany& drawn = company(diagram, result["supplier"]["id"].get<std::string>());
    CHECK(drawn.weight == doctest::Approx(result["total"].get<double>()).epsilon(1e-14));
    REQUIRE(drawn.bar.size() == 3);
    CHECK(drawn.bar[0].fraction == doctest::Approx(result["direct"].get<double>()).epsilon(1e-14));
    CHECK(drawn.bar[1].fraction == doctest::Approx(result["indirect"].get<double>()).epsilon(1e-14));
    CHECK(drawn.bar[2].fraction == doctest::Approx(result["unattributed"].get<double>()).epsilon(1e-14));
  }
  CHECK(proven == 3);
  for (const auto& row : json["unquantified"])
    CHECK(company(diagram, row["supplier"]["id"].get<std::string>()).figure == "share unknown");
}

TEST_CASE("cycles: the loops listed are the headline's, in the order of the answer, by the same amounts") {
  DiskFiles files;
  const std::string graph = std::string(TIERSCOPE_SOURCE_DIR) + "/graphs/ai-circular";
  const Run answer = tierscope(files, {"cycles", graph, "--max-length", "3", "--format", "json"});
  REQUIRE(answer.status == 0);
  PictureParams params;
  params.show = "cycles";
  params.top = 5;
  const Diagram diagram = draw(shipped("ai-circular"), params);
  REQUIRE(diagram.listed.size() == 5);
  CHECK(diagram.title.starts_with("NVIDIA is part of "));
  std::size_t next = 0;
  std::set<std::string> members;
  const auto json = nlohmann::json::parse(answer.out);
  for (const auto& loop : json["results"]) {
    const bool nvidias = std::any_of(loop["companies"].begin(), loop["companies"].end(),
                                     [](const auto& member) { return member["id"] == "nvidia"; });
    if (loop["class"] != "circular-deal" || loop["companies"].size() != 2 || !nvidias || next == 5) continue;
    std::string names = std::to_string(next + 1) + "  ";
    for (const auto& member : loop["companies"]) {
      const auto id = member["id"].get<std::string>();
      members.insert(id);
      names += std::string(diagram.facts.name(company(diagram, id).company)) + " → ";
    }
    CHECK_MESSAGE(diagram.listed[next].starts_with(names), diagram.listed[next]);
    ++next;
  }
  std::string drawn;
  std::string expected;
  for (const std::string& name : names_in(diagram)) drawn += name + " ";
  for (const std::string& name : members) expected += name + " ";
  CHECK(drawn == expected);
  CHECK(next == 5);
  // Each hop of the loops is one line in the direction of the money, and no other line is drawn.
  for (const DrawnLine& line : diagram.lines) {
    CHECK(line.label.find("loop") != std::string::npos);
    for (const std::size_t row : line.rows) {
      const Relation& r = diagram.facts.relation(row);
      CHECK((r.kind == Kind::supplies ? r.to : r.from) == diagram.companies[line.from].company);
    }
  }
}

TEST_CASE("a line of several relations is labelled by money of their own, no guarantee and no part of another row") {
  PictureParams params;
  const Diagram diagram = draw(model_of("from,to,kind,item,value,restates,since\n"
                                        "n,c,guarantees,unsold capacity,6.3B USD,,2025\n"
                                        "n,c,invests,shares at 87.20,2B USD,,2026\n"
                                        "n,c,invests,all stakes,5B USD,true,2026\n"),
                               params);
  REQUIRE(diagram.lines.size() == 1);
  CHECK(diagram.lines[0].label == "invests: shares at 87.20\n2B USD\n+ 2 more");
}

TEST_CASE("headlines count what there is, however little of it is drawn") {
  DiskFiles files;
  const std::string graph = std::string(TIERSCOPE_SOURCE_DIR) + "/graphs/ai-circular";
  const auto json = nlohmann::json::parse(tierscope(files, {"cycles", graph, "--max-length", "3", "-f", "json"}).out);
  const auto between_two = std::count_if(json["results"].begin(), json["results"].end(), [](const auto& loop) {
    return loop["class"] == "circular-deal" && loop["companies"].size() == 2;
  });
  const std::string told = " of " + std::to_string(between_two) + " circular deals between two companies";
  PictureParams params;
  params.show = "cycles";
  for (const std::size_t top : {default_top, std::size_t{1}, std::size_t{5}, std::size_t{0}}) {
    params.top = top;
    const Diagram diagram = draw(shipped("ai-circular"), params);
    CHECK_MESSAGE(diagram.title.ends_with(told), diagram.title);
    if (top == 0) CHECK(diagram.listed.size() == json["results"].size());
  }
}

TEST_CASE("concentration: sole and dominant sources are marked, others are not") {
  const Model model = model_of(
      "from,to,kind,category,supply_share\n"
      "a,t,supplies,pumps,>80%\n"  // alone in the whole graph, can be all: sole source
      "b,t,supplies,cables,60%\n"  // dominant
      "c,t,supplies,cables,20%\n");
  PictureParams params;
  params.show = "concentration:t";
  const Diagram diagram = draw(model, params);
  CHECK(diagram.title == "t has one recorded supplier, and no sign of another, for one of the two things it buys");
  REQUIRE(diagram.lines.size() == 3);
  CHECK(diagram.lines[0].label == ">80 % of pumps: sole recorded source");
  CHECK(diagram.lines[0].tone == Tone::accent);
  CHECK(diagram.lines[1].label == "60 % of cables: dominant source");
  CHECK(diagram.lines[1].tone == Tone::accent);
  CHECK(diagram.lines[2].label == "20 % of cables");
  CHECK(diagram.lines[2].tone == Tone::plain);
}

TEST_CASE("dependence: the bar holds the largest customer first, then the others") {
  PictureParams params;
  params.show = "dependence";
  const Diagram diagram = draw(model_of(small), params);
  const DrawnCompany& a = company(diagram, "a");
  CHECK(a.figure == "50 % b");
  REQUIRE(a.bar.size() == 2);
  CHECK(a.bar[0].fraction == .5);
  CHECK(a.bar[1].fraction == .2);
}

TEST_CASE("focus, depth and direction") {
  const Model model = model_of(small);
  PictureParams params;
  params.focus = "b";
  CHECK(names_in(draw(model, params)) == std::set<std::string>{"a", "b", "c", "t"});
  params.direction = "suppliers";
  CHECK(names_in(draw(model, params)) == std::set<std::string>{"a", "b", "c"});
  params.direction = "customers";
  CHECK(names_in(draw(model, params)) == std::set<std::string>{"b", "t"});
  params.depth = 2;
  CHECK(names_in(draw(model, params)) == std::set<std::string>{"b", "t", "z"});
  params = {};
  params.focus = "t";
  params.kinds = {"invests"};
  CHECK(names_in(draw(model, params)) == std::set<std::string>{"o", "t"});
  params.kinds.clear();
  params.hidden = {"b", "z"};
  CHECK(names_in(draw(model, params)) == std::set<std::string>{"a", "d", "o", "t"});
  params.top = 1;
  CHECK(draw(model, params).companies.size() == 2);
}

TEST_CASE("data: the headline is the largest amount, in force before to come, and its line says so") {
  const auto drawn = [](const char* rows) {
    return draw(model_of(std::string("from,to,kind,item,value,status,restates\n") + rows), {});
  };
  const Diagram both = drawn(
      "a,b,supplies,cloud,5B USD,,\na,b,supplies,cloud too,9B USD,planned,\n"
      "c,b,guarantees,,50B USD,,\nc,b,invests,,40B USD,,true\nd,b,invests,,7B CNY,,\n");
  CHECK(both.title == "b buys cloud from a for 5B USD");
  REQUIRE(!both.lines.empty());
  CHECK(both.lines[0].label == "cloud\n5B USD\n+ 1 more");
  CHECK(both.lines[0].tone == Tone::accent);
  CHECK(!both.lines[0].dashed);
  const Diagram plan = drawn("a,b,invests,shares,up to 5B USD,active,\na,b,invests,plan,9B USD,planned,\n");
  CHECK(plan.title == "a invests 9B USD in b (planned)");
  CHECK(plan.lines[0].dashed);
}

TEST_CASE("dependence: who depends is drawn with whom it depends on") {
  PictureParams params;
  params.show = "dependence";
  params.top = 2;
  CHECK(names_in(draw(model_of("from,to,kind,item,revenue_share\nx,y,supplies,,\na,t,supplies,,60%\n"), params)) ==
        std::set<std::string>{"a", "t"});
}

TEST_CASE("of at least a share, of at least an amount: by the low bound, in the currency asked for") {
  const Model model = model_of(
      "from,to,kind,item,revenue_share,supply_share,value\n"
      "a,t,supplies,wire,50%,,\n"
      "b,t,supplies,coil,<60%,,\n"  // may be 0
      "c,t,supplies,ore,,40%,\n"
      "d,t,invests,,,,5B USD\n"
      "e,t,invests,,,,up to 9B USD\n"
      "f,t,invests,,,,9B CNY\n"
      "g,t,supplies,glue,,,\n");
  const auto suppliers = [&](const char* share, const char* amount) {
    PictureParams params;
    params.min_share = share;
    params.min_amount = amount;
    std::string text;
    const Diagram diagram = draw(model, params);
    for (const DrawnLine& line : diagram.lines)
      text += std::string(diagram.facts.id(diagram.companies[line.from].company));
    return text;
  };
  CHECK(suppliers("40%", "") == "ac");
  CHECK(suppliers("45%", "") == "a");
  CHECK(suppliers("", "1B USD") == "d");
  CHECK(suppliers("40%", "1B USD") == "acd");
  PictureParams dollars;
  dollars.min_amount = "1B USD";
  CHECK(draw(model, dollars).left_out ==
        std::vector<std::string>{"Not drawn: 6 of 8 companies, 6 of 7 relations.",
                                 "Not compared with 1B USD: 1 amount in other currencies."});
  CHECK_THROWS_AS(suppliers("much", ""), Question);
  CHECK_THROWS_AS(suppliers("", "5"), Question);
}

TEST_CASE("relations of a pair are one line with a count, or each its own") {
  const Model model = model_of("from,to,kind,item\na,b,supplies,wire\na,b,supplies,coil\na,b,invests,stake\n");
  PictureParams params;
  const Diagram merged = draw(model, params);
  REQUIRE(merged.lines.size() == 2);
  CHECK(merged.lines[0].label == "wire\n+ 1 more");
  params.all_relations = true;
  CHECK(draw(model, params).lines.size() == 3);
}

TEST_CASE("a DOT picture reads back as the same model") {
  for (const char* const graph : {"bytedance", "ai-circular", "ai-capex"}) {
    CAPTURE(graph);
    const Model model = shipped(graph);
    MemoryFiles files;
    files.files["g.dot"] = draw_dot(draw(model, {}), light);
    Records records;
    read_graph(files, "g.dot", records);
    const std::optional<Model> again = build(records);
    REQUIRE_MESSAGE(again.has_value(), problems_of(records));
    CHECK(write_dot(*again) == write_dot(model));
  }
  // A part: what was drawn, and its history.
  PictureParams params;
  params.show = "cycles";
  const Diagram part = draw(shipped("ai-circular"), params);
  MemoryFiles files;
  files.files["g.dot"] = draw_dot(part, themes[1]);
  Records records;
  read_graph(files, "g.dot", records);
  const std::optional<Model> again = build(records);
  REQUIRE(again.has_value());
  CHECK(write_dot(*again) == write_dot(part.facts));
}

// All that a reader of the SVG can be shown or led to.
void look_at(const pugi::xml_node& node, std::size_t& links, std::size_t& tooltips, std::string& text) {
  const std::string name = node.name();
  CHECK(name != "script");
  CHECK(name != "image");
  CHECK(name != "foreignObject");
  for (const auto& attribute : node.attributes()) {
    CHECK(std::string(attribute.name()).substr(0, 2) != "on");
    if (std::string(attribute.name()).find("href") == std::string::npos) continue;
    ++links;
    CHECK(std::string(attribute.value()).starts_with("http"));
  }
  const std::string of = node.attribute("class").value();
  if ((of == "node" || of == "edge") && !node.child("title").text().empty()) ++tooltips;
  if (name == "text") text += std::string(node.text().get()) + "\n";
  for (const pugi::xml_node child : node.children()) look_at(child, links, tooltips, text);
}

struct Seen {
  std::size_t links = 0;
  std::size_t tooltips = 0;
  std::string text;
};

Seen look(const std::string& svg) {
  pugi::xml_document document;
  const auto parsed = document.load_string(svg.c_str());
  REQUIRE_MESSAGE(parsed, parsed.description());
  const pugi::xml_node root = document.child("svg");
  CHECK(!root.child("title").text().empty());
  CHECK(!root.child("desc").text().empty());
  Seen seen;
  look_at(root, seen.links, seen.tooltips, seen.text);
  return seen;
}

TEST_CASE("the SVG: tooltips, links to sources, headline, legend of what is drawn") {
  PictureParams params;
  params.show = "exposure:bytedance";
  const Diagram diagram = draw(shipped("bytedance"), params);
  const Rendered svg = render(diagram, light, page_sizes[0], PictureFormat::svg);
  REQUIRE_MESSAGE(svg.failure.empty(), svg.failure);
  const Seen seen = look(svg.bytes);
  CHECK(seen.tooltips >= diagram.companies.size() + diagram.lines.size());
  CHECK(seen.links > 20);
  for (const char* const words : {"Three suppliers earn most of their revenue from ByteDance", "字节跳动",
                                  "84 % est. direct", "revenue from ByteDance, direct", "Figures as of 2019 to 2026."})
    CHECK_MESSAGE(seen.text.find(words) != std::string::npos, words);
  CHECK(seen.text.find("indirect") == std::string::npos);  // none is drawn, so the legend says nothing of it
  CHECK(svg.bytes.find("share of the supplier's revenue: 64.38%") != std::string::npos);
}

TEST_CASE("same diagram, same bytes, in every format") {
  PictureParams params;
  params.focus = "coreweave";
  const Diagram diagram = draw(shipped("ai-circular"), params);
  const std::pair<PictureFormat, std::string> formats[] = {
      {PictureFormat::svg, "<?xml"}, {PictureFormat::png, "\x89PNG"}, {PictureFormat::pdf, "%PDF"}};
  for (const auto& [format, magic] : formats) {
    const Rendered first = render(diagram, light, page_sizes[1], format);
    REQUIRE_MESSAGE(first.failure.empty(), first.failure);
    CHECK(first.bytes.starts_with(magic));
    CHECK(first.bytes == render(diagram, light, page_sizes[1], format).bytes);
  }
}

TEST_CASE("a size preset has its pixels, in every theme") {
  const Diagram diagram = draw(model_of(small), {});
  for (const Theme& theme : themes) {
    for (const PageSize& page : page_sizes) {
      if (page.width <= 0) continue;
      const Rendered png = render(diagram, theme, page, PictureFormat::png);
      REQUIRE_MESSAGE(png.failure.empty(), png.failure);
      const auto number = [&](std::size_t at) {
        unsigned value = 0;
        for (std::size_t i = 0; i < 4; ++i) value = value * 256 + static_cast<unsigned char>(png.bytes[at + i]);
        return value;
      };
      CHECK(number(16) == static_cast<unsigned>(page.width));
      CHECK(number(20) == static_cast<unsigned>(page.height));
    }
  }
}

TEST_CASE("hostile texts change nothing but the text") {
  const std::string hostile[] = {"<script>alert(1)</script>",
                                 "\"\"\"onload=\"\"alert(1)\"\"\"",
                                 "]]></title><script>",
                                 "\\N \\E %n %s &amp; &#x3c; {|}",
                                 "\xe2\x80\xae evil \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
                                 "\xf0\x9f\x9a\x80 rocket",
                                 std::string(10'000, 'x'),
                                 "no character \xef\xbf\xbe",
                                 "bell \x07 escape \x1b[31m"};
  std::size_t links = SIZE_MAX;
  for (const std::string& text : hostile) {
    CAPTURE(text.substr(0, 40));
    const bool quoted = text.front() == '"';
    const std::string cell = quoted ? text : "\"" + text + "\"";
    MemoryFiles files;
    files.files["g/relations.csv"] = "from,to,kind,item,revenue_share,source\na,b,supplies," + cell + ",64%,s\n";
    files.files["g/companies.csv"] =
        "id,name,name_local,sector,ticker\na," + cell + "," + cell + "," + cell + "," + cell + "\nb,B,,,\n";
    files.files["g/sources.csv"] =
        "id,title,publisher,date,url\ns," + cell + "," + cell + ",2024,https://x.example/?a=1&b=<\n";
    for (const char* const show : {"", "exposure:b", "chokepoints:b", "paths:a,b", "shock:a"}) {
      std::vector<std::string> arguments{"draw", "g", "-o", "out.svg"};
      if (*show != '\0') arguments.insert(arguments.end(), {"--show", show});
      const Run done = tierscope(files, arguments);
      REQUIRE_MESSAGE(done.status == 0, done.err);
      const Seen seen = look(files.files["out.svg"]);
      CHECK(seen.text.find("64 %") != std::string::npos);
      if (text.front() == '\\') CHECK(seen.text.find("\\N \\E %n %s") != std::string::npos);
      if (*show == '\0') {
        if (links == SIZE_MAX) links = seen.links;
        CHECK(seen.links == links);
      }
    }
    CHECK(tierscope(files, {"draw", "g", "-o", "out.dot"}).status == 0);
    CHECK(tierscope(files, {"convert", "out.dot", "-f", "dot", "-q"}).out ==
          tierscope(files, {"convert", "g", "-f", "dot", "-q"}).out);
  }
}

std::shared_ptr<const Model> shared(const Model& model) { return std::make_shared<const Model>(model); }

// Definitions, section 8.1, N1.
const char* const n1 =
    "from,to,kind,category\na,t,supplies,servers\nb,t,supplies,servers\nc,t,supplies,cooling\nx,a,supplies,boards\n"
    "x,b,supplies,boards\nz,b,supplies,boards\ny,x,supplies,chips\ny,z,supplies,chips\nt,s,supplies,apps\n";

TEST_CASE("chokepoints: whose loss takes something stands out, and says what; those on the way are drawn with it") {
  const Model model = model_of(n1);
  PictureParams params;
  params.show = "chokepoints:t";
  Diagram diagram = draw(model, params);
  CHECK(names_in(diagram) == std::set<std::string>{"a", "b", "c", "t", "x", "y", "z"});  // s is downstream
  CHECK(diagram.title ==
        "Of the 6 companies recorded upstream of t, 2 would alone leave it without a recorded supplier of something");
  ChokepointsOptions asked;
  asked.to = "t";
  CHECK((*answer(shared(model), asked)).about.title == diagram.title + ": y (servers), c (cooling)");
  CHECK(draw(model_of(n1, "id,name\nt,Acme: chips\ny,Y (one): two\n"), params).title ==
        "Of the 6 companies recorded upstream of Acme: chips, 2 would alone leave it without a recorded supplier of "
        "something");
  CHECK(company(diagram, "t").tone == Tone::subject);
  CHECK(company(diagram, "y").figure == "without it no recorded supplier of servers");  // x and z, then a and b stop
  CHECK(company(diagram, "c").figure == "without it no recorded supplier of cooling");
  CHECK(company(diagram, "x").figure == "would stop 1 other company");  // a; b has z
  CHECK(company(diagram, "z").figure.empty());
  std::set<std::string> marked;
  for (const DrawnCompany& drawn : diagram.companies)
    if (drawn.tone == Tone::accent) marked.emplace(diagram.facts.id(drawn.company));
  for (const DrawnLine& line : diagram.lines)
    if (line.tone == Tone::accent)
      marked.insert(std::string(diagram.facts.id(diagram.companies[line.from].company)) +
                    std::string(diagram.facts.id(diagram.companies[line.to].company)));
  CHECK(marked == std::set<std::string>{"c", "y", "yx", "yz", "ct"});

  // y comes with its shortest chain or not at all; c has room.
  params.top = 1;
  CHECK(names_in(draw(model, params)) == std::set<std::string>{"c", "t"});
  params.top = 3;
  CHECK(names_in(draw(model, params)) == std::set<std::string>{"a", "t", "x", "y"});
  params.top = 0;
  params.hidden = {"x"};
  diagram = draw(model, params);
  CHECK(names_in(diagram) == std::set<std::string>{"a", "b", "c", "t", "y", "z"});
  CHECK(diagram.title.starts_with("Of the 6 companies"));  // hiding changes the picture, not the answer
}

// y sells f all that it buys of chips; f sells 90 % of the units to c; c sells half of the cars to s; p owns f, q p.
const char* const broken =
    "from,to,kind,category,supply_share,stake,as_of\n"
    "y,f,supplies,chips,100%,,2025\n"
    "f,c,supplies,units,90%,,2025-03\n"
    "o,c,supplies,units,10%,,2025\n"
    "c,s,supplies,cars,50%,,2024\n"
    "m,s,supplies,cars,50%,,2024\n"
    "p,f,owns,,,60%,2024\n"
    "q,p,owns,,,50%,2023\n"
    "r,p,owns,,,,2023\n";

TEST_CASE("shock: each firm's loss as an interval, and who trades with those that lose, and loses nothing") {
  const Model model = model_of(broken);
  PictureParams params;
  params.show = "shock:f";
  const Diagram diagram = draw(model, params);
  ShockOptions asked;
  asked.fail = {"f"};
  CHECK(diagram.title == (*answer(shared(model), asked)).about.title);
  CHECK(company(diagram, "f").tone == Tone::subject);
  CHECK(company(diagram, "f").figure == "fails");
  CHECK(company(diagram, "c").figure == "loses 90 %");
  CHECK(company(diagram, "s").figure == "loses 45 %");  // .9 * .5
  REQUIRE(company(diagram, "s").bar.size() == 2);
  CHECK(company(diagram, "s").bar[0].fraction == doctest::Approx(.45));
  CHECK(company(diagram, "s").bar[1].fraction == doctest::Approx(0));
  CHECK(company(diagram, "s").tone == Tone::accent);
  // y loses its only customer, but nobody says what part of its revenue that is.
  CHECK(company(diagram, "y").figure == "loses up to 100 %");
  CHECK(company(diagram, "y").tone == Tone::plain);
  CHECK_FALSE(names_in(diagram).contains("p"));  // owns, and trades nothing

  params.show = "shock:f=50%";  // half of it remains
  CHECK(company(draw(model, params), "c").figure == "loses 45 %");
  CHECK(company(draw(model, params), "f").figure == "fails: loses 50 %");
  params.show = "shock:f,o";
  CHECK(company(draw(model, params), "c").figure == "loses 100 %");
  params.hidden = {"o"};
  CHECK_THROWS_WITH_AS(draw(model, params),
                       "o, which the picture is about, is among those that --hide, --sector or --focus leave out",
                       Question);
}

TEST_CASE("shock: where the losses stop, a quiet company says so") {
  // a fails; t has no other supplier of wire. t sells s nothing that is named, so that s needs nothing of it.
  const Model model =
      model_of("from,to,kind,category,supply_share,revenue_share\na,t,supplies,wire,100%,100%\nt,s,supplies,,,100%\n");
  PictureParams params;
  params.show = "shock:a";
  const Diagram diagram = draw(model, params);
  CHECK(company(diagram, "t").figure == "loses 100 %");
  CHECK(company(diagram, "s").figure == "no loss by the figures");
  CHECK(company(diagram, "s").tone == Tone::quiet);
}

TEST_CASE("paths: each link with its date, the first path marked, none but the kinds that are walked") {
  const Model model = model_of(
      "from,to,kind,item,revenue_share,as_of\na,b,supplies,wire,50%,2024\nb,t,supplies,coil,40%,2025-02\n"
      "a,c,supplies,wire,,2023\nc,t,supplies,coil,,2022\na,b,invests,,,2021\nz,t,supplies,glue,,2020\n");
  PictureParams params;
  params.show = "paths:a,t";
  Diagram diagram = draw(model, params);
  PathsOptions asked;
  asked.from = "a";
  asked.to = "t";
  CHECK(diagram.title == (*answer(shared(model), asked)).about.title);
  CHECK(names_in(diagram) == std::set<std::string>{"a", "b", "c", "t"});
  // .5 * .4; equal lengths, so the known shares come first
  CHECK(diagram.listed == std::vector<std::string>{"1  a → b → t: 20 %, the product of its shares", "2  a → c → t"});
  std::set<std::string> labels;
  for (const DrawnLine& line : diagram.lines) labels.insert((line.tone == Tone::accent ? "marked " : "") + line.label);
  CHECK(labels == std::set<std::string>{"marked wire\n50 % of its revenue\n2024",
                                        "marked coil\n40 % of its revenue\n2025-02", "wire\n2023", "coil\n2022"});
  CHECK(diagram.lines.size() == 4);

  params.kinds = {"supplies", "invests"};
  CHECK(draw(model, params).lines.size() == 5);
  params.show = "paths:a";
  CHECK_THROWS_WITH_AS(draw(model, params),
                       "--show paths: name where the paths begin and where they end, as in --show paths:FROM,TO",
                       Question);
  params.kinds = {};
  params.show = "paths:t,z";  // none against the arrows: the ends alone, and what else there is
  diagram = draw(model, params);
  CHECK(names_in(diagram) == std::set<std::string>{"t", "z"});
  CHECK(diagram.lines.empty());
}

TEST_CASE("owners: stakes through chains, and who controls") {
  const Model model = model_of(broken);
  PictureParams params;
  params.show = "owners:f";
  const Diagram diagram = draw(model, params);
  OwnersOptions asked;
  asked.of = "f";
  CHECK(diagram.title == (*answer(shared(model), asked)).about.title);
  CHECK(names_in(diagram) == std::set<std::string>{"f", "p", "q", "r"});
  CHECK(company(diagram, "f").tone == Tone::subject);
  CHECK(company(diagram, "p").figure == "holds 60 %, controls it");
  CHECK(company(diagram, "p").tone == Tone::accent);
  CHECK(company(diagram, "q").figure == "holds 30 %");                  // .5 * .6; half is no majority
  CHECK(company(diagram, "r").figure.starts_with("holds up to 30 %"));  // what q leaves of p
  for (const DrawnLine& line : diagram.lines) CHECK(line.ownership);
  CHECK(diagram.lines.size() == 3);
}

TEST_CASE("only http addresses become links, and nothing in them is markup") {
  CHECK(safe_link("https://x.example/a?b=c&d=\"><script>") == "https://x.example/a?b=c&d=%22%3E%3Cscript%3E");
  CHECK(safe_link("javascript:alert(1)").empty());
  CHECK(safe_link("data:text/html,x").empty());
  CHECK(safe_link("HTTPS//no").empty());
  CHECK(safe_link("http://x.example/玉") == "http://x.example/%E7%8E%89");
}

// What the program says on standard error, and `exit N` after it.
std::string said_by(const std::string& words) {
  std::FILE* const pipe = popen((words + " 2>&1; echo \"exit $?\"").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string said;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) said += static_cast<char>(c);
  pclose(pipe);
  return said;
}

TEST_CASE("a picture needs no open standard input and output, but a font") {
  const auto folder = std::filesystem::temp_directory_path() / ("tierscope-draw-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder / "empty");
  std::ofstream(folder / "fonts.conf")
      << "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>"
         "<dir>"
      << (folder / "empty").string() << "</dir></fontconfig>";
  const std::string draw = std::string(TIERSCOPE_PROGRAM " draw " TIERSCOPE_SOURCE_DIR
                                                         "/graphs/bytedance --focus nvidia"
                                                         " -q -o ") +
                           (folder / "out.svg").string();
  CHECK(said_by("{ " + draw + " <&- >&-; }") == "exit 0\n");
  CHECK(std::filesystem::exists(folder / "out.svg"));
  std::filesystem::remove(folder / "out.svg");
  const std::string refused = said_by("FONTCONFIG_FILE=" + (folder / "fonts.conf").string() + " " + draw);
  CHECK_MESSAGE(refused.find("no font is installed (on Debian: apt install fonts-dejavu-core)") != std::string::npos,
                refused);
  CHECK(refused.ends_with("exit 1\n"));
  CHECK_FALSE(std::filesystem::exists(folder / "out.svg"));
  std::filesystem::remove_all(folder);
}

#ifndef __SANITIZE_ADDRESS__  // its own memory is above every limit
TEST_CASE("a layout above its limits is a sentence, not a crash") {
  const Diagram diagram = draw(shipped("ai-circular"), {});
  RenderLimits limits;
  limits.memory = std::size_t{48} << 20;
  const Rendered rendered = render(diagram, light, page_sizes[0], PictureFormat::png, limits);
  CHECK(rendered.bytes.empty());
  CHECK(!rendered.failure.empty());
}
#endif

TEST_CASE("above 300 companies a focus is suggested; one company is a picture") {
  std::string many = "from,to,kind\n";
  for (int i = 0; i < 301; ++i) many += "s" + std::to_string(i) + ",hub,supplies\n";
  MemoryFiles files;
  files.files["g/relations.csv"] = many;
  const Run refused = tierscope(files, {"draw", "g", "-q"});
  CHECK(refused.status == 1);
  CHECK(refused.out.empty());
  CHECK(
      refused.err ==
      "tierscope: 302 companies are more than one picture can show (300); ask for a part, as in --focus hub --depth 1, "
      "--top 50, --sector or --kind; --force draws them all the same\n");
  CHECK(tierscope(files, {"draw", "g", "-q", "--force"}).status == 0);
  CHECK(tierscope(files, {"draw", "g", "-q", "--top", "50"}).status == 0);
  files.files["one.dot"] = "digraph { a }";
  CHECK(tierscope(files, {"draw", "one.dot", "-q", "-o", "one.png"}).status == 0);
  CHECK(files.files["one.png"].starts_with("\x89PNG"));
}

}  // namespace
}  // namespace tierscope::core
