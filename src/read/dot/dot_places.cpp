#include "read/dot/dot_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

#include "base/unicode.hpp"
#include "model/names.hpp"
#include "read/dot/dot_attributes.hpp"
#include "read/dot/dot_lexer.hpp"

namespace tierscope::core {

namespace {

// cgraph's parser has room for 10,000 symbols; an arrow of an open statement holds 4 of them, an open brace 3.
constexpr std::size_t parser_room = 9'950;

}  // namespace

class DotScan {
 public:
  DotScan(std::string_view bytes, DotPlaces& places) : lexer_(bytes), places_(places), attributes_(places.problems) {
    advance();
  }

  void run() {
    places_.empty = token_.kind == DotToken::Kind::end && lexer_.unclosed().empty();
    if (!places_.empty && !header()) return;
    if (token_.is('{')) body();
    if (ended_ && token_.kind != DotToken::Kind::end && !token_.is('@')) {
      places_.more_than_a_graph = true;
      error(token_.line, {}, fmt::format("{} behind the end of the graph", quote(token_.text)),
            "keep one graph in a file");
    }
    while (token_.kind != DotToken::Kind::end) advance();
    finish();
  }

 private:
  using Kind = DotToken::Kind;
  using Owner = DotOwner;
  using Id = DotId;

  // What arrows join: a list of nodes, or a subgraph with its number of nodes (0 = not known).
  struct Element {
    std::size_t first = 0;  // in Frame::nodes
    bool subgraph = false;
    std::uint64_t size = 0;
  };

  // An open brace level and the statement that it is in.
  struct Frame {
    std::vector<std::uint32_t> nodes;
    std::vector<std::uint32_t> lines;
    std::vector<Element> elements;
    std::vector<std::uint32_t> inside;  // all nodes since the brace, often repeated
    bool all_inside = true;             // not so where a subgraph is opened again
    bool open = false;                  // an arrow or comma awaits its right side
    bool arrow = false;                 // at least one
    std::uint32_t line = 0;
  };

  void problem(Severity severity, std::uint32_t line, std::string_view attribute, std::string what, std::string remedy,
               std::string_view kind = {}) {
    places_.problems.push_back({severity, {}, line, std::string(attribute), std::move(what), std::move(remedy), kind});
  }
  void error(std::uint32_t line, std::string_view attribute, std::string what, std::string remedy) {
    problem(Severity::error, line, attribute, std::move(what), std::move(remedy));
  }
  void unreadable(std::uint32_t line, std::string what, std::string remedy) {
    places_.readable = false;
    error(line, {}, std::move(what), std::move(remedy));
  }

  void advance() {
    token_ = lexer_.next();
    if (token_.split_number) {
      places_.split_lines.insert(token_.line);
      error(token_.line, {},
            fmt::format("{} begins like a number, so Graphviz makes two names of it", quote(token_.text)),
            fmt::format("quote the name: \"{}\"", prefix_of_width(token_.text, 60)));
    }
    if (token_.is('@')) unreadable(token_.line, "'@' outside quotes, where Graphviz stops reading", quote_remedy);
    if (token_.kind == Kind::dashes && places_.undirected == 0) {
      places_.dashes = true;
      error(token_.line, {}, "'--' in a directed graph", "write -> from supplier to customer; quote names with a dash");
    }
  }

  bool header() {
    if (!is_word("strict") && !is_word("graph") && !is_word("digraph") && lexer_.unclosed().empty()) {
      places_.problems.clear();
      unreadable(token_.line, fmt::format("a DOT file begins with digraph {{, not with {}", quote(token_.text)),
                 "see whether it is another format");
      return false;
    }
    if (is_word("strict")) {
      strict_line_ = token_.line;
      advance();
    }
    if (is_word("graph")) {
      places_.undirected = token_.line;
      advance();
    } else if (is_word("digraph")) {
      advance();
    }
    if (token_.is_id()) take_id();
    return true;
  }

  bool is_word(std::string_view word) const {
    return token_.kind == Kind::keyword &&
           std::equal(word.begin(), word.end(), token_.text.begin(), token_.text.end(),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
  }

  std::string_view keep(std::string text) { return places_.texts.emplace_back(std::move(text)); }

  Id take_id() {
    Id id{token_.text, token_.line, token_.kind == Kind::html};
    if (token_.kind != Kind::name) id.text = text_of(token_);
    const bool may_go_on = token_.kind != Kind::name;
    advance();
    if (!may_go_on || !token_.is('+')) return id;
    std::string joined(id.text);
    while (token_.is('+')) {
      advance();
      if (token_.kind != Kind::quoted && token_.kind != Kind::html) break;
      id.html = id.html || token_.kind == Kind::html;
      joined += text_of(token_);
      advance();
    }
    id.text = keep(std::move(joined));
    return id;
  }

  std::string_view text_of(const DotToken& token) {
    const std::string_view inner = token.text.substr(1, token.text.size() - 2);
    return inner.find('\\') == std::string_view::npos ? inner : keep(dot_text(token));
  }

  // ---- statements

  void body() {
    advance();
    push();
    while (token_.kind != Kind::end && !stack_.empty() && 3 * levels_ <= parser_room) {
      if (token_.is('{')) {
        element(true, token_.line);
        advance();
        push();
      } else if (token_.is('}')) {
        advance();
        pop();
      } else if (token_.kind == Kind::keyword) {
        word();
      } else if (token_.is_id()) {
        name();
      } else if (token_.kind == Kind::arrow || token_.kind == Kind::dashes) {
        frame().open = frame().arrow = true;
        advance();
      } else if (token_.is(',')) {
        comma_ = frame().open = !frame().elements.empty();
        advance();
      } else if (token_.is(':')) {
        port();
      } else if (token_.is('[')) {
        attribute_lists(owner());
      } else {
        if (token_.is(';')) end_statement();
        lone_name_line_ = 0;
        advance();
      }
    }
    ended_ = stack_.empty();
  }

  Frame& frame() { return stack_.back(); }
  const Frame& frame() const { return stack_.back(); }

  void push() {
    stack_.emplace_back();
    stack_.back().all_inside = std::exchange(first_opening_, true);
    lone_name_line_ = 0;
    levels_ = stack_.size() - 1;
    check_room();
  }

  void pop() {
    end_statement();
    lone_name_line_ = 0;
    Frame inner = std::move(stack_.back());
    stack_.pop_back();
    if (stack_.empty()) return;
    --levels_;
    Frame& outer = frame();
    if (outer.arrow || token_.kind == Kind::arrow) outer.elements.back().size = distinct(inner);
    outer.all_inside = outer.all_inside && inner.all_inside;
    if (outer.inside.size() < inner.inside.size()) std::swap(outer.inside, inner.inside);
    outer.inside.insert(outer.inside.end(), inner.inside.begin(), inner.inside.end());
  }

  // Counting again and again up a deep nest could take for ever, and serves nothing but line numbers.
  std::uint64_t distinct(Frame& frame) {
    counted_ += frame.inside.size();
    if (!frame.all_inside || counted_ > 20'000'000) return 0;
    std::sort(frame.inside.begin(), frame.inside.end());
    frame.inside.erase(std::unique(frame.inside.begin(), frame.inside.end()), frame.inside.end());
    return frame.inside.size();
  }

  void check_room() {
    if (no_room_ || 3 * levels_ + 4 * arrows_ <= parser_room) return;
    no_room_ = true;
    if (levels_ > arrows_)
      unreadable(token_.line, "braces are nested too deep for Graphviz, which reads about 3,300 levels",
                 "nest them less deep");
    else
      unreadable(token_.line, "the chain of -> is too long for Graphviz, which reads about 2,490 names in a statement",
                 "break it into several statements");
  }

  // Begins a new element of the statement, or a new statement where nothing awaits one.
  void element(bool subgraph, std::uint32_t line) {
    const bool continues = std::exchange(frame().open, false);
    if (!continues) end_statement();
    Frame& now = frame();
    if (now.elements.empty()) now.line = line;
    if (std::exchange(comma_, false) && continues && !subgraph) return;
    now.elements.push_back({now.nodes.size(), subgraph, 0});
    if (now.elements.size() == 1) return;
    ++arrows_;
    check_room();
  }

  void word() {
    const Owner defaults = is_word("node")   ? Owner::node_defaults
                           : is_word("edge") ? Owner::edge_defaults
                                             : Owner::graph;
    const bool subgraph = is_word("subgraph");
    if (!subgraph) end_statement();
    advance();
    if (subgraph) {
      if (token_.is_id()) first_opening_ = subgraphs_.insert(take_id().text).second;
    } else if (token_.is('[')) {
      attribute_lists(defaults);
    }
  }

  void name() {
    const std::uint32_t line = token_.line;
    const Id id = take_id();
    if (token_.is('=')) {
      end_statement();
      advance();
      if (token_.is_id()) take_id();
      attributes_.add_to_graph(id);
      return;
    }
    const bool follows = !frame().open && lone_name_line_ == line;
    element(false, line);
    frame().nodes.push_back(node(id));
    frame().lines.push_back(line);
    frame().inside.push_back(frame().nodes.back());
    // `Hon Hai -> Apple` is two statements to DOT; a list such as `a b c`, or `a -> b c -> d`, is meant.
    const bool relates = token_.kind == Kind::arrow || token_.is('[');
    if (follows && relates != last_relates_)
      problem(Severity::warning, line, {},
              fmt::format("{} and {} are read as two companies", quote(last_name_), quote(id.text)),
              "quote a name of several words, or part two statements with a semicolon", "split-name");
    last_name_ = id.text;
    lone_name_line_ = line;
  }

  std::uint32_t node(const Id& id) {
    const auto [found, fresh] =
        places_.nodes.try_emplace(id.text, static_cast<std::uint32_t>(places_.node_lines.size()));
    if (fresh) {
      places_.node_lines.push_back(id.line);
      attributed_.push_back(false);
      if (id.text.starts_with('%'))
        error(id.line, "id",
              fmt::format("{} begins with %, a name that Graphviz replaces by one of its own", quote(id.text)),
              "choose an id without it");
      if (id.html) places_.problems.push_back(html_as_text(id, {}));
    }
    return found->second;
  }

  void port() {
    const std::uint32_t line = token_.line;
    std::string text(last_name_);
    while (token_.is(':')) {
      advance();
      text += ':';
      if (token_.is_id()) text += take_id().text;
    }
    places_.ports.push_back({places_.find_node(last_name_), line, std::move(text)});
  }

  void end_statement() {
    Frame& now = frame();
    last_relates_ = now.arrow;
    if (now.arrow)
      for (std::size_t i = 0; i + 1 < now.elements.size(); ++i) add_arrows(now, i);
    if (!now.elements.empty()) arrows_ -= now.elements.size() - 1;
    now.nodes.clear();
    now.lines.clear();
    now.elements.clear();
    now.open = now.arrow = false;
    comma_ = false;
  }

  void add_arrows(const Frame& now, std::size_t i) {
    const Element& from = now.elements[i];
    const Element& to = now.elements[i + 1];
    const std::size_t end = i + 2 < now.elements.size() ? now.elements[i + 2].first : now.nodes.size();
    const std::uint64_t tails = from.subgraph ? from.size : to.first - from.first;
    const std::uint64_t heads = to.subgraph ? to.size : end - to.first;
    if (from.subgraph || to.subgraph || (tails > 1 && heads > 1)) {
      const std::uint32_t line = from.subgraph ? now.line : now.lines[from.first];
      places_.arrows.push_back({DotPlaces::nobody, DotPlaces::nobody, line, tails * heads});
      return;
    }
    for (std::size_t tail = from.first; tail < to.first; ++tail)
      for (std::size_t head = to.first; head < end; ++head)
        places_.arrows.push_back({now.nodes[tail], now.nodes[head], now.lines[tail], 1});
  }

  // ---- attributes

  Owner owner() const {
    const Frame& now = frame();
    if (now.arrow) return Owner::edges;
    return !now.elements.empty() && now.elements.back().subgraph ? Owner::subgraph : Owner::nodes;
  }

  void attribute_lists(Owner owner) {
    attributes_.begin_statement();
    lone_name_line_ = 0;
    if (owner == Owner::subgraph)
      error(token_.line, {}, "attributes behind a subgraph reach none of its nodes",
            "write node [...] inside its braces");
    if (owner == Owner::nodes)
      for (const std::uint32_t node : frame().nodes)
        if (!attributed_[node]) {
          attributed_[node] = true;
          places_.node_lines[node] = frame().line;
        }
    const bool single = owner == Owner::nodes && frame().nodes.size() == 1;
    const auto node = single ? std::optional(frame().nodes[0]) : std::nullopt;
    while (token_.is('[')) {
      advance();
      while (token_.kind != Kind::end && !token_.is(']') && !token_.is('{') && !token_.is('}')) {
        if (!token_.is_id()) {
          advance();
          continue;
        }
        const Id attribute = take_id();
        if (!token_.is('=')) continue;
        advance();
        if (token_.is_id()) attributes_.add(owner, node, attribute, take_id());
      }
      if (token_.is(']')) advance();
    }
  }

  // ---- the end

  void finish() {
    if (!lexer_.unclosed().empty())
      unreadable(lexer_.unclosed_line(), fmt::format("the {} that begins here has no end", lexer_.unclosed()),
                 lexer_.unclosed() == "comment" ? "end it with */" : "close it");
    for (const std::uint32_t line : lexer_.too_long)
      unreadable(line, "a name, value or comment of 65,536 bytes or more begins here, which is the limit",
                 "part it, a text into \"...\" + \"...\"");
    for (const std::uint32_t line : lexer_.lost_newlines)
      error(line, {}, "Graphviz loses a line break that stands alone between quotes or backslashes",
            "write \\n for it");
    if (strict_line_ != 0 && parallel())
      error(strict_line_, {}, "a strict graph merges parallel relations", "delete the word strict");
    places_.readable = places_.readable && !attributes_.too_many();
    places_.port_attributes = attributes_.ports();
    places_.inner_newlines = std::move(lexer_.inner_newlines);
    std::stable_sort(places_.problems.begin(), places_.problems.end(),
                     [](const Problem& a, const Problem& b) { return a.line < b.line; });
  }

  // Does some pair of companies have two edges, as far as one can tell?
  bool parallel() const {
    std::unordered_set<std::uint64_t> pairs;
    return std::any_of(places_.arrows.begin(), places_.arrows.end(), [&](const DotPlaces::Arrow& arrow) {
      if (arrow.head == DotPlaces::nobody) return true;
      std::uint64_t a = arrow.tail;
      std::uint64_t b = arrow.head;
      if (places_.undirected != 0 && b < a) std::swap(a, b);
      return !pairs.insert(a << 32U | b).second;
    });
  }

  DotLexer lexer_;
  DotPlaces& places_;
  DotToken token_;
  std::vector<Frame> stack_;
  std::size_t levels_ = 0;  // of braces inside the graph's own
  std::size_t arrows_ = 0;  // of all statements that have begun
  bool no_room_ = false;
  bool comma_ = false;
  bool first_opening_ = true;
  std::unordered_set<std::string_view> subgraphs_;
  std::uint64_t counted_ = 0;
  bool ended_ = false;
  std::uint32_t strict_line_ = 0;
  std::string_view last_name_;
  std::uint32_t lone_name_line_ = 0;  // where the last statement ended with a name and nothing behind it
  bool last_relates_ = false;
  DotAttributes attributes_;
  std::vector<bool> attributed_;
};

DotPlaces::DotPlaces(std::string_view bytes) { DotScan(bytes, *this).run(); }

std::uint32_t DotPlaces::find_node(std::string_view name) const {
  const auto found = nodes.find(name);
  return found == nodes.end() ? nobody : found->second;
}

std::uint32_t DotPlaces::take_edge_line(std::uint32_t tail, std::uint32_t head) {
  while (next_arrow < arrows.size() && arrows[next_arrow].head == nobody) {
    many_line = arrows[next_arrow].line;
    if (arrows[next_arrow].count == 0) {
      ++next_arrow;  // not known: they are as many as do not fit what follows
    } else {
      if (--arrows[next_arrow].count == 0) ++next_arrow;
      return many_line;
    }
  }
  if (next_arrow < arrows.size() && arrows[next_arrow].tail == tail && arrows[next_arrow].head == head)
    return arrows[next_arrow++].line;
  return many_line != 0 ? many_line : node_line(tail);
}

}  // namespace tierscope::core
