// Definitions, section 8.2: how two companies are connected.

#include <tierscope/paths.hpp>

#include <doctest/doctest.h>

#include <set>

#include "graph/short_paths.hpp"
#include "model_of.hpp"
#include "random_graph.hpp"

namespace tierscope::core {
namespace {

const std::string n1 =
    "from,to,kind,category\na,t,supplies,servers\nb,t,supplies,servers\nc,t,supplies,cooling\nx,a,supplies,boards\n"
    "x,b,supplies,boards\nz,b,supplies,boards\ny,x,supplies,chips\ny,z,supplies,chips\n";

struct Ask {
  tierscope::Result<tierscope::Paths> answer;

  Ask(const std::string& relations, PathsOptions options, const std::string& companies = "")
      : answer(tierscope::paths(tierscope::Model(std::make_shared<Model>(model_of(relations, companies))), options)) {}
  std::string words() const {
    REQUIRE(answer);
    std::string text;
    for (const PathRow& row : answer->results) text += row.path + "\n";
    return text;
  }
  std::string title() const { return answer ? answer->about.title : tierscope::to_string(answer.problems().front()); }
};

PathsOptions options(const std::string& from, const std::string& to) {
  PathsOptions options;
  options.from = from;
  options.to = to;
  return options;
}

}  // namespace

TEST_CASE("paths of the worked network N1: all of three hops, by ids") {
  const Ask asked(n1, options("y", "t"));
  CHECK(asked.words() == "y → x → a → t\ny → x → b → t\ny → z → b → t\n");
  CHECK(asked.title() == "From y to t lead 3 recorded paths within 6 links; the shortest has 3");
}

TEST_CASE("fewest links, then known shares, the larger product first, then ids; or by product") {
  // Three links: .9 · .9 · .9 = .729 by p; by q one share is unknown, the known come to .95 · .95; r has .5 · 1 · 1.
  const std::string relations =
      "from,to,kind,revenue_share\na,p,supplies,20%\np,p2,supplies,90%\np2,t,supplies,90%\na,q,supplies,\n"
      "q,q2,supplies,95%\nq2,t,supplies,95%\na,r,supplies,30%\nr,r2,supplies,100%\nr2,t,supplies,100%\n"
      "a,s,supplies,50%\ns,s2,supplies,100%\ns2,s3,supplies,100%\ns3,t,supplies,100%\n";
  // p .2 · .9 · .9 = .162, r .3, s .5 over four links.
  const Ask by_hops(relations, options("a", "t"));
  CHECK(by_hops.words() == "a → r → r2 → t\na → p → p2 → t\na → q → q2 → t\na → s → s2 → s3 → t\n");
  PathsOptions by_share = options("a", "t");
  by_share.by = "share";
  const Ask sorted(relations, by_share);
  CHECK(sorted.words() == "a → s → s2 → s3 → t\na → r → r2 → t\na → p → p2 → t\na → q → q2 → t\n");
  const PathRow first = *sorted.answer->results.begin();
  CHECK(first.share == doctest::Approx(.5));
  by_share.top = 2;
  CHECK(Ask(relations, by_share).title() ==
        "From a to t lead at least 2 recorded paths within 6 links; the shortest has 3");
  std::size_t at = 0;
  for (const PathRow& row : by_hops.answer->results) {
    if (at++ != 2) continue;
    CHECK_FALSE(row.share);
    CHECK(*row.known_share == doctest::Approx(.95 * .95));
    CHECK(row.unknown_hops == 1);
  }
}

TEST_CASE("money goes the other way, financing its own, and any walks both") {
  const std::string relations = "from,to,kind\na,b,supplies\nc,b,invests\nc,d,owns\n";
  const auto walked = [&](const char* from, const char* to, const char* direction, const char* kind) {
    PathsOptions wanted = options(from, to);
    wanted.direction = direction;
    wanted.kind = {kind};
    return Ask(relations, wanted).words();
  };
  CHECK(walked("c", "a", "money", "all") == "c → b ← a\n");  // c invests in b, which pays a
  CHECK(walked("d", "a", "any", "all") == "d ← c → b ← a\n");
  CHECK(walked("c", "d", "goods", "owns") == "c → d\n");
}

TEST_CASE("where no path is found, what else there is is told") {
  CHECK(Ask(n1, options("t", "y")).title() ==
        "No recorded path leads from t to y within 6 links; there is one with --direction any (3 links)");
  PathsOptions brief = options("y", "t");
  brief.max_length = 2;
  CHECK(Ask(n1, brief).title() ==
        "No recorded path leads from y to t within 2 links; the shortest has 3 links: --max-length 3");
  const std::string others = "from,to,kind,status\na,b,supplies,planned\nb,c,owns,\nd,c,supplies,\n";
  CHECK(Ask(others, options("a", "b")).title() ==
        "No recorded path leads from a to b within 6 links; there is one with relations of other statuses (1 link)");
  CHECK(Ask(others, options("b", "c")).title() ==
        "No recorded path leads from b to c within 6 links; there is one with --kind all (1 link)");
  CHECK(Ask(others, options("a", "d")).title() ==
        "No recorded path leads from a to d within 6 links; there is one of any kind, status and direction together (3 "
        "links)");
  CHECK(Ask(others + "e,f,supplies,\n", options("a", "f")).title() ==
        "No recorded path leads from a to f within 6 links; none of any kind, status or direction is recorded either");
}

TEST_CASE("what paths cannot be asked") {
  CHECK(Ask(n1, options("y", "y")).title() == "both ends are the same company: y");
  CHECK(Ask(n1, options("y", "nobody")).title() == "no company 'nobody' in the graph");
  CHECK(Ask("from,to,kind\na,various,supplies\nvarious,b,supplies\n", options("a", "various")).title() ==
        "various is an aggregate, not one company: no path leads from or to it");
  CHECK(Ask("from,to,kind\na,various,supplies\nvarious,b,supplies\n", options("a", "b")).title() ==
        "No recorded path leads from a to b within 6 links; none of any kind, status or direction is recorded either");
  PathsOptions wrong = options("y", "t");
  wrong.kind = {"sells"};
  CHECK(Ask(n1, wrong).title() ==
        "--kind 'sells' is none of supplies, pays, invests, lends, guarantees, grants, owns, and not all");
  wrong = options("y", "t");
  wrong.direction = "up";
  CHECK(Ask(n1, wrong).title() == "--direction 'up' is not known: goods, money or any");
  wrong = options("y", "t");
  wrong.by = "money";
  CHECK(Ask(n1, wrong).title() == "--by 'money' is not known: hops or share");
}

TEST_CASE("paths agree with listing all simple paths, on random graphs, in both orders") {
  Dice dice(3);
  for (int i = 0; i < 400; ++i) {
    const auto count = static_cast<std::uint32_t>(3 + dice.below(6));
    struct Edge {
      std::uint32_t from, to;
      double weight;
    };
    std::vector<Edge> edges;
    for (std::size_t k = dice.below(4 * count); k > 0; --k)
      edges.push_back({static_cast<std::uint32_t>(dice.below(count)), static_cast<std::uint32_t>(dice.below(count)),
                       dice.percent(30) ? -1 : static_cast<double>(1 + dice.below(4)) / 4});
    const Csr graph(count, static_cast<std::uint32_t>(edges.size()),
                    [&](std::uint32_t row) { return std::pair(edges[row].from, edges[row].to); });
    std::vector<double> weights;
    for (std::uint32_t e = 0; e < graph.edge_count(); ++e) weights.push_back(edges[graph.row(e)].weight);
    PathsWanted wanted;
    wanted.to = 1;
    wanted.count = 1 + dice.below(6);
    wanted.most_hops = static_cast<std::uint32_t>(1 + dice.below(5));
    wanted.order = dice.percent(50) ? PathOrder::hops : PathOrder::product;
    // All simple paths, each edge the best of its pair.
    std::vector<SimplePath> all;
    std::vector<std::vector<std::uint32_t>> queue{{0}};
    while (!queue.empty()) {
      const std::vector<std::uint32_t> path = queue.back();
      queue.pop_back();
      if (path.back() == 1) {
        SimplePath found{path, false, 1};
        for (std::size_t k = 1; k < path.size(); ++k) {
          double best = -1;
          for (const Edge& edge : edges)
            if (edge.from == path[k - 1] && edge.to == path[k]) best = std::max(best, edge.weight);
          found.unknown |= best < 0;
          if (best >= 0) found.product *= best;
        }
        all.push_back(found);
        continue;
      }
      if (path.size() > wanted.most_hops) continue;
      std::set<std::uint32_t> next;
      for (const Edge& edge : edges)
        if (edge.from == path.back() && std::find(path.begin(), path.end(), edge.to) == path.end())
          next.insert(edge.to);
      for (const std::uint32_t v : next) {
        queue.push_back(path);
        queue.back().push_back(v);
      }
    }
    std::sort(all.begin(), all.end(), [&](const SimplePath& a, const SimplePath& b) {
      const bool hops = wanted.order == PathOrder::hops;
      if (hops && a.vertices.size() != b.vertices.size()) return a.vertices.size() < b.vertices.size();
      if (a.unknown != b.unknown) return b.unknown;
      if (a.product != b.product) return a.product > b.product;
      if (a.vertices.size() != b.vertices.size()) return a.vertices.size() < b.vertices.size();
      return a.vertices < b.vertices;
    });
    if (all.size() > wanted.count) all.resize(wanted.count);
    const SimplePaths found = simple_paths(graph, weights, wanted, std::less<>());
    CHECK(found.complete);
    REQUIRE(found.paths.size() == all.size());
    for (std::size_t k = 0; k < all.size(); ++k) {
      CAPTURE(i);
      CHECK(found.paths[k].vertices == all[k].vertices);
      CHECK(found.paths[k].unknown == all[k].unknown);
      CHECK(found.paths[k].product == all[k].product);
    }
  }
}

TEST_CASE("a search that would list too many paths stops, and says so") {
  // 20 layers of 20: 20^19 paths of equal length, none better than another, and the goal behind a dead end of each.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (std::uint32_t layer = 0; layer < 19; ++layer)
    for (std::uint32_t a = 0; a < 20; ++a)
      for (std::uint32_t b = 0; b < 20; ++b) edges.emplace_back(layer * 20 + a, layer * 20 + 20 + b);
  const Csr graph(400, static_cast<std::uint32_t>(edges.size()), [&](std::uint32_t row) { return edges[row]; });
  PathsWanted wanted;
  wanted.to = 399;
  wanted.most_hops = 32;
  wanted.count = 1000;
  const std::vector<double> unknown(graph.edge_count(), -1);
  const SimplePaths all = simple_paths(graph, unknown, wanted, std::less<>());
  CHECK(all.complete);
  CHECK(all.paths.size() == 1000);
  wanted.most_steps = 10;
  const SimplePaths stopped = simple_paths(graph, unknown, wanted, std::less<>());
  CHECK_FALSE(stopped.complete);
  CHECK(stopped.paths.size() < 10);
}

}  // namespace tierscope::core
