// What a picture looks like at the size at which it is seen: read from the SVG's own text, boxes and lines.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <random>
#include <sstream>

#include "base/disk.hpp"
#include "base/unicode.hpp"
#include "memory_files.hpp"
#include "run_of.hpp"

namespace tierscope::core {
namespace {

struct Rectangle {
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
  void add(double x, double y) {
    left = std::min(left, x), right = std::max(right, x);
    top = std::min(top, y), bottom = std::max(bottom, y);
  }
  Rectangle without(double edge) const { return {left + edge, top + edge, right - edge, bottom - edge}; }
  bool holds(double x, double y) const { return x > left && x < right && y > top && y < bottom; }
  bool meets(const Rectangle& o) const { return left < o.right && o.left < right && top < o.bottom && o.top < bottom; }
};

std::vector<double> numbers_in(std::string_view text) {
  std::string plain;
  for (const char c : text) plain += (c >= '0' && c <= '9') || c == '-' || c == '.' || c == 'e' ? c : ' ';
  std::istringstream words(plain);
  std::vector<double> out;
  for (double n = 0; words >> n;) out.push_back(n);
  return out;
}

// A picture's elements: of each company, label or other text one box; of each line many points.
struct Seen {
  std::vector<Rectangle> boxes;
  std::vector<std::pair<double, double>> points;
  double smallest_text = 1e9;  // in pixels of the picture

  explicit Seen(const std::string& svg) {
    pugi::xml_document document;
    REQUIRE(document.load_string(svg.c_str()));
    const pugi::xml_node root = document.child("svg");
    const std::vector<double> view = numbers_in(root.attribute("viewBox").value());
    REQUIRE(view.size() == 4);
    const std::string width = root.attribute("width").value();
    const double pixels = numbers_in(width).at(0) * (width.ends_with("pt") ? 96 / 72.0 : 1);
    scale_ = pixels / view[2];
    walk(root);
  }

  // Boxes that lie on each other, and boxes that a line passes through.
  std::size_t overlaps() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      const Rectangle inner = boxes[i].without(1.5);
      for (std::size_t k = i + 1; k < boxes.size(); ++k) count += inner.meets(boxes[k].without(1.5)) ? 1 : 0;
      count += std::any_of(points.begin(), points.end(), [&](const auto& p) { return inner.holds(p.first, p.second); })
                   ? 1
                   : 0;
    }
    return count;
  }

 private:
  void walk(const pugi::xml_node& node) {
    for (const pugi::xml_node child : node.children()) {
      const std::string of = child.attribute("class").value();
      if (of == "node") {
        Rectangle box;
        look(child, box);
        if (box.left < box.right) boxes.push_back(box);
      } else if (of == "edge") {
        follow(child);
      } else {
        walk(child);
      }
    }
  }
  void look(const pugi::xml_node& node, Rectangle& box) {
    for (const pugi::xml_node child : node.children()) {
      const std::string name = child.name();
      if (name == "text") {
        const double size = child.attribute("font-size").as_double();
        smallest_text = std::min(smallest_text, size * scale_);
        // Half of a letter's height is a letter's width, nearly.
        const double wide = static_cast<double>(width(child.text().get())) * size * 0.45;
        const double x = child.attribute("x").as_double();
        const double y = child.attribute("y").as_double();
        const std::string anchor = child.attribute("text-anchor").value();
        const double left = anchor == "middle" ? x - wide / 2 : anchor == "end" ? x - wide : x;
        box.add(left, y - 0.8 * size);
        box.add(left + wide, y);
      } else if (name == "polygon" || name == "path") {
        const std::vector<double> n = numbers_in(child.attribute(name == "path" ? "d" : "points").value());
        for (std::size_t i = 0; i + 1 < n.size(); i += 2) box.add(n[i], n[i + 1]);
      }
      look(child, box);
    }
  }
  void follow(const pugi::xml_node& node) {
    for (const pugi::xml_node child : node.children()) {
      if (std::string(child.name()) == "path") {
        const std::vector<double> n = numbers_in(child.attribute("d").value());
        for (std::size_t i = 0; i + 7 < n.size(); i += 6)
          for (int step = 0; step <= 20; ++step) {
            const double t = step / 20.0;
            const double s = 1 - t;
            const auto at = [&](std::size_t k) {
              return s * s * s * n[i + k] + 3 * s * s * t * n[i + 2 + k] + 3 * s * t * t * n[i + 4 + k] +
                     t * t * t * n[i + 6 + k];
            };
            points.emplace_back(at(0), at(1));
          }
      }
      follow(child);
    }
  }
  double scale_ = 1;
};

Seen drawn(Files& files, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "draw");
  arguments.insert(arguments.end(), {"--format", "svg", "--quiet"});
  const Run done = tierscope(files, arguments);
  REQUIRE_MESSAGE(done.status == 0, done.err);
  return Seen(done.out);
}

// Some trade, some finance; a company in ten has neither.
std::string network(std::size_t companies, unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t n) { return random() % n; };
  std::string csv = "from,to,kind,item,revenue_share,value\n";
  for (std::size_t i = 1; i < companies; ++i) {
    if (below(10) == 0) continue;
    csv += "company " + std::to_string(i) + ",company " + std::to_string(below(i)) + ",supplies,part " +
           std::to_string(below(9)) + "," + (below(2) == 0 ? std::to_string(below(90)) + "%" : "") + ",\n";
    if (below(3) == 0)
      csv += "company " + std::to_string(below(companies)) + ",company " + std::to_string(i) + ",invests,," + "," +
             std::to_string(1 + below(900)) + "M USD\n";
  }
  return csv;
}

const std::vector<std::vector<std::string>> gallery = {{"bytedance", "--show", "exposure:bytedance"},
                                                       {"bytedance", "--show", "concentration:bytedance"},
                                                       {"bytedance", "--show", "dependence"},
                                                       {"ai-circular", "--show", "cycles"},
                                                       {"bytedance", "--show", "chokepoints:bytedance"},
                                                       {"bytedance", "--show", "shock:cambricon"},
                                                       {"ai-circular", "--show", "paths:nvidia,meta"},
                                                       {"ai-circular", "--focus", "nvidia"},
                                                       {"ai-circular", "--focus", "coreweave"},
                                                       {"ai-circular"},
                                                       {"ai-capex"}};

TEST_CASE("no text is smaller than 9 pixels, in print 7 points, on any page") {
  DiskFiles files;
  for (std::vector<std::string> picture : gallery) {
    picture[0] = std::string(TIERSCOPE_SOURCE_DIR) + "/graphs/" + picture[0];
    for (const char* const size : {"slide", "a4", "square", "1280x720"}) {
      const std::string page = picture.back() + " " + size;
      CAPTURE(page);
      std::vector<std::string> arguments = picture;
      arguments.insert(arguments.end(), {"--size", size});
      CHECK(drawn(files, arguments).smallest_text >= (std::string(size) == "a4" ? 7 * 150 / 72.0 : 9.0));
    }
    CHECK(drawn(files, picture).smallest_text >= 9);
  }
}

TEST_CASE("networks of 10 to 300 companies are cut to what is legible, and the picture says so") {
  MemoryFiles files;
  for (const std::size_t companies : {10, 30, 100, 300}) {
    files.files["g/relations.csv"] = network(companies, 7);
    for (const char* const size : {"slide", "a4", "square"}) {
      const std::string page = std::to_string(companies) + " " + size;
      CAPTURE(page);
      CHECK(drawn(files, {"g", "--top", "0", "--size", size}).smallest_text >= 9);
    }
    const Run done = tierscope(files, {"draw", "g", "--top", "0", "--size", "slide", "-f", "svg"});
    CHECK(done.out.find(" loops.") == std::string::npos);
    CHECK((done.out.find("Cut to what is legible at 1920 x 1080") != std::string::npos) == (companies > 10));
    CHECK((done.err.find("Cut to what is legible at 1920 x 1080") != std::string::npos) == (companies > 10));
  }
}

TEST_CASE("words lie on no words and no line, lines pass through no box") {
  DiskFiles disk;
  for (std::vector<std::string> picture : gallery) {
    picture[0] = std::string(TIERSCOPE_SOURCE_DIR) + "/graphs/" + picture[0];
    CAPTURE(picture.back());
    picture.insert(picture.end(), {"--size", "slide"});
    const Seen seen = drawn(disk, picture);
    CHECK(seen.boxes.size() > 5);
    CHECK(seen.points.size() > 5);
    CHECK(seen.overlaps() == 0);
  }
  MemoryFiles files;
  std::size_t wrong = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    files.files["g/relations.csv"] = network(3 + seed % 28, seed);
    const std::size_t found = drawn(files, {"g", "--top", "0"}).overlaps();
    if (found != 0) MESSAGE("seed ", seed, ": ", found);
    wrong += found;
  }
  CHECK(wrong == 0);
}

TEST_CASE("a size in pixels, and dots an inch, are the PNG's") {
  MemoryFiles files;
  files.files["g/relations.csv"] = "from,to,kind\na,b,supplies\n";
  const auto size_of = [&](const std::vector<std::string>& options) {
    std::vector<std::string> arguments{"draw", "g", "-o", "p.png", "--force", "--quiet"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const Run done = tierscope(files, arguments);
    REQUIRE_MESSAGE(done.status == 0, done.err);
    const std::string& png = files.files["p.png"];
    const auto number = [&](std::size_t at) {
      unsigned value = 0;
      for (std::size_t i = 0; i < 4; ++i) value = value * 256 + static_cast<unsigned char>(png[at + i]);
      return value;
    };
    return std::make_pair(number(16), number(20));
  };
  CHECK(size_of({"--size", "1200x800"}) == std::make_pair(1200u, 800u));
  CHECK(size_of({"--size", "1200x800", "--dpi", "192"}) == std::make_pair(2400u, 1600u));
  CHECK(size_of({"--size", "a4", "--dpi", "300"}) == std::make_pair(3508u, 2480u));
  for (const char* const wrong : {"1200", "1200x", "x800", "12x800", "1200x80000", "-1200x800", "1200x800x3"})
    CHECK_MESSAGE(tierscope(files, {"draw", "g", "--size", wrong, "-q"}).status != 0, wrong);
  const Run tiny = tierscope(files, {"draw", "g", "--size", "110x100", "-f", "svg", "-q"});
  CHECK(tiny.status == 1);
  CHECK(tiny.err.find("name a larger --size") != std::string::npos);
}

TEST_CASE("characters that no font has are told with the package that has their script") {
  // Characters that are not assigned, so that no font has them.
  const std::pair<const char*, const char*> names[] = {{"\xe0\xa6\x84", "(on Debian fonts-noto-core)"},
                                                       {"\xe2\xbf\xa0", "(on Debian fonts-noto-cjk)"},
                                                       {"\xe2\xbf\xa0\xe0\xa6\x84", "fonts-noto-core fonts-noto-cjk"}};
  for (const auto& [name, package] : names) {
    MemoryFiles files;
    files.files["g/relations.csv"] = "from,to,kind\n" + std::string(name) + ",b,supplies\n";
    const Run done = tierscope(files, {"draw", "g", "-f", "svg"});
    CHECK(done.status == 0);
    CHECK_MESSAGE(done.err.find(package) != std::string::npos, done.err);
  }
}

TEST_CASE("companies without a line are listed, not drawn") {
  MemoryFiles files;
  files.files["g/relations.csv"] = "from,to,kind\na,b,supplies\nc,c,supplies\n";
  files.files["g/companies.csv"] = "id,name\nd,Lonely\n";
  const std::string svg = tierscope(files, {"draw", "g", "-f", "svg", "-q"}).out;
  CHECK(svg.find("Without a line: Lonely, c.") != std::string::npos);
  CHECK(svg.find("1 relation within one company, not drawn.") != std::string::npos);
  CHECK(svg.find(">Lonely<") == std::string::npos);
}

// The first number of a headline, as the picture writes it.
std::string number_of(const std::string& svg) {
  pugi::xml_document document;
  REQUIRE(document.load_string(svg.c_str()));
  const std::string title = document.child("svg").child("title").text().get();
  const std::size_t at = title.find_first_of("0123456789");
  REQUIRE_MESSAGE(at != std::string::npos, title);
  return title.substr(at, title.find(' ', at) - at);
}

TEST_CASE("the number in the headline is the JSON's, and stands in the picture") {
  DiskFiles files;
  const std::string graph = std::string(TIERSCOPE_SOURCE_DIR) + "/graphs/ai-circular";
  const auto svg = [&](const std::vector<std::string>& options) {
    std::vector<std::string> arguments{"draw", graph, "-f", "svg", "-q"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return tierscope(files, arguments).out;
  };
  {  // CoreWeave earns an estimated 67 % of its revenue from Microsoft
    const std::string picture = svg({"--focus", "coreweave"});
    const std::string number = number_of(picture);
    const auto json =
        nlohmann::json::parse(tierscope(files, {"dependence", graph, "--supplier", "coreweave", "-f", "json"}).out);
    CHECK(json["results"][0]["customers"][0]["share"]["low"].get<double>() == doctest::Approx(std::stod(number) / 100));
    CHECK(picture.find(">" + number + " % est. of its revenue") != std::string::npos);
  }
  {  // OpenAI buys OCI cloud capacity from Oracle for 300B USD
    const std::string picture = svg({});
    const std::string number = number_of(picture);
    const auto json = nlohmann::json::parse(tierscope(files, {"show", graph, "--company", "oracle", "-f", "json"}).out);
    CHECK(json.dump().find("\"" + number + " USD\"") != std::string::npos);
    CHECK(picture.find(">" + number + " USD<") != std::string::npos);
  }
  {  // NVIDIA is part of eight of 19 circular deals between two companies
    const std::string number = number_of(svg({"--show", "cycles"}));
    const auto json = nlohmann::json::parse(tierscope(files, {"cycles", graph, "--max-length", "2", "-f", "json"}).out);
    CHECK(json["by_class"]["circular_deal"].get<int>() == std::stoi(number));
  }
}

}  // namespace
}  // namespace tierscope::core
