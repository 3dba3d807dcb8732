#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <string>

#include "base/dot_names.hpp"
#include "base/unicode.hpp"
#include "memory_files.hpp"
#include "read/dot/dot_cgraph.hpp"
#include "read/readers.hpp"

namespace tierscope::core {
namespace {

Records read(std::string_view dot) {
  Records records;
  records.graphs = {"g"};
  records.files = {"g.dot"};
  read_dot(dot, 0, 0, records);
  return records;
}

/// Tables of a file in which nothing is wrong.
std::string tables(std::string_view dot) {
  const Records records = read(dot);
  CHECK(problems_of(records) == "");
  return tables_of(records);
}

/// Problems of a file that is refused as a whole.
std::string refusal(std::string_view dot) {
  const Records records = read(dot);
  CHECK(has_errors(records.problems));
  CHECK(tables_of(records) == "");
  return problems_of(records);
}

/// Warnings about a file that is read nevertheless, then its tables.
std::string with_warnings(std::string_view dot) {
  const Records records = read(dot);
  CHECK_FALSE(has_errors(records.problems));
  return problems_of(records) + tables_of(records);
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string chain(std::size_t names) { return "n" + repeated("->n", names - 1); }

std::string nest(std::size_t levels) { return repeated("{", levels) + "a" + repeated("}", levels); }

/// What `run` returns when it runs in a process of its own.
template <typename Run>
std::string in_child(Run run) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const std::string text = run();
    const bool written = write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size());
    _exit(written ? 0 : 1);
  }
  close(ends[1]);
  std::string text;
  char buffer[4096];
  for (ssize_t size = 0; (size = ::read(ends[0], buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(size));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(status == 0);
  return text;
}

const std::string sound = "digraph { a -> b [kind=supplies] }";
const std::string sound_tables = "companies: id\n1: a\n1: b\nrelations: from,to,kind\n1: a|b|supplies\n";

/// All that the format has, for tearing apart.
const std::string everything =
    "// prices\n# 2024 sales\ndigraph \"all of it\" {\n"
    "  /* defaults\n     of all */ node [sector=chips, label=<<b>x</b>>] edge [kind=supplies]\n"
    "  台积电 [name=\"TSMC \\\"fab\\\" \\\\ \\n two\" ticker=2330];\n"
    "  subgraph cluster_a { graph [style=filled]; a -> b -> -.5; { c, d } -> 台积电 [item=\"x\" + \"y\"] }\n"
    "  s [kind=source, title=\"line\none\"] r [kind=rate from=USD, to=CNY rate=7.1]\n"
    "  rank = same; \"z z\" -> 台积电 [note=<a<i>b</i>>; data_label=3]\n}\n";

}  // namespace

TEST_CASE("nodes are companies, edges relations, and nodes of other kinds sources and exchange rates") {
  CHECK(tables("digraph {\n"
               "  tsmc [name=\"TSMC\", country=TW]\n"
               "  tsmc -> nvidia [kind=supplies, source=s1]\n"
               "  plain [kind=company]\n"
               "  s1 [kind=source, title=\"Annual report\"]\n"
               "  \"node of a rate\" [kind=rate, from=USD, to=CNY, rate=7.1, date=2025]\n"
               "}\n") ==
        "companies: id,name,country\n2: tsmc|TSMC|TW\n3: nvidia||\n4: plain||\n"
        "relations: from,to,kind,source\n3: tsmc|nvidia|supplies|s1\n"
        "sources: id,title\n5: s1|Annual report\n"
        "rates: from,to,rate,date\n6: USD|CNY|7.1|2025\n");
}

TEST_CASE("the attribute id is the id where it is given, in companies, sources and the ends of relations") {
  CHECK(tables("digraph { n1 [id=tsmc]; n2 [id=\"\"]; n3 [kind=source id=ft]; n1 -> n2 }") ==
        "companies: id\n1: tsmc\n1: n2\nrelations: from,to\n1: tsmc|n2\nsources: id\n1: ft\n");
}

TEST_CASE("relations keep the order of the file, not that of their companies") {
  CHECK(tables("digraph { a; b; c\n c -> a\n b -> a\n c -> b\n a -> c\n}") ==
        "companies: id\n1: a\n1: b\n1: c\nrelations: from,to\n2: c|a\n3: b|a\n4: c|b\n5: a|c\n");
}

TEST_CASE("parallel relations stay apart, each with its line") {
  CHECK(tables("digraph {\n a -> b [item=i]\n a -> b [item=j]\n\n a -> b [item=i]\n}") ==
        "companies: id\n2: a\n2: b\nrelations: from,to,item\n2: a|b|i\n3: a|b|j\n5: a|b|i\n");
}

TEST_CASE("a company has the line of its first statement with attributes, else of its first mention") {
  CHECK(tables("digraph {\n a -> b\n a\n a [name=A]\n a [country=TW]\n b\n}") ==
        "companies: id,name,country\n4: a|A|TW\n2: b||\nrelations: from,to\n2: a|b\n");
}

TEST_CASE("lines count on behind comments, numbered comments, strings and HTML of several lines") {
  CHECK(tables("# 100 companies\n// one\n/* two\nthree */ digraph {\n a [title=\"two\nlines\" label=<three\n\nlines>]\n"
               " a -> b [x=\"joined \\\nline\"]\n b -> c }") ==
        "companies: id,title,name\n5: a|two\nlines|three lines\n9: b||\n11: c||\nrelations: from,to,x\n9: a|b|joined "
        "line\n11: b|c|\n");
  CHECK(refusal("# 2024 sales\ndigraph {\n a [x=\"1\n2\n3\"]\n b = = c\n}") ==
        "g.dot:6: warning: b: is an attribute of the graph, which has none in Tierscope, and is lost; put it in [ ] "
        "behind a "
        "company or a relation\n"
        "g.dot:6: syntax error near '='; look for a missing quote, bracket, -> or = before it\n");
}

TEST_CASE("each relation of a chain or a list has the line of its tail") {
  CHECK(tables("digraph {\n a ->\n b ->\n c, d\n e, f -> g\n}") ==
        "companies: id\n2: a\n3: b\n4: c\n4: d\n5: e\n5: f\n5: g\n"
        "relations: from,to\n2: a|b\n3: b|c\n3: b|d\n5: e|g\n5: f|g\n");
}

TEST_CASE("relations between subgraphs and lists are read, with the line of their statement") {
  CHECK(tables("digraph {\n a; b; c; d\n {a b} -> c\n a -> {b -> c}\n a,b -> c,d\n d -> a\n}") ==
        "companies: id\n2: a\n2: b\n2: c\n2: d\n"
        "relations: from,to\n3: a|c\n3: b|c\n4: b|c\n4: a|b\n4: a|c\n5: a|c\n5: a|d\n5: b|c\n5: b|d\n6: d|a\n");
}

TEST_CASE("a subgraph that names a node twice has it once, so that lines stay right behind it") {
  CHECK(
      tables(
          "digraph {\n {a b; a; {b}} -> c\n a -> c\n b -> c\n subgraph s {a} -> b\n subgraph s {b} -> c\n c -> a\n}") ==
      "companies: id\n2: a\n2: b\n2: c\n"
      "relations: from,to\n2: a|c\n2: b|c\n3: a|c\n4: b|c\n5: a|b\n6: a|c\n6: b|c\n7: c|a\n");
}

TEST_CASE("a string of many lines takes no longer than one of a line") {
  const auto begin = std::chrono::steady_clock::now();
  const Records records = read("digraph { a [name=\"" + repeated("x\n", 30'000) + "\"] b }");
  CHECK(problems_of(records) == "");
  CHECK(records.tables[0].lines == std::vector<std::uint32_t>{1, 30'001});
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(2));
}

TEST_CASE("what stands in subgraphs counts as what stands outside") {
  CHECK(tables("digraph {\n subgraph cluster_tw { label=Taiwan; color=red; tsmc [name=T]\n tsmc -> a }\n"
               " { rank=same; a; b }\n {{{ c -> a }}}\n}") ==
        "companies: id,name\n2: tsmc|T\n3: a|\n4: b|\n5: c|\nrelations: from,to\n3: tsmc|a\n5: c|a\n");
}

TEST_CASE("default attributes hold for what follows in the same braces, as in Graphviz") {
  CHECK(tables("digraph { early; node [country=TW] edge [kind=supplies]\n late\n other [country=\"\"]\n"
               " { edge [kind=invests] late -> early }\n late -> early\n NODE [country=JP] last }") ==
        "companies: id,country\n1: early|\n2: late|TW\n3: other|\n6: last|JP\n"
        "relations: from,to,kind\n4: late|early|invests\n5: late|early|supplies\n");
}

TEST_CASE("presentation is no data, but data_X is the column X") {
  CHECK(
      tables("digraph { rankdir=LR; node [shape=box] a [label=<<b>A</b>>, URL=\"http://x\", data_shape=L, data_kind=K, "
             "data_data_x=D]\n a -> a [weight=3, penwidth=2, data_weight=4, data_key=5, headport=n] }") ==
      "companies: id,shape,kind,data_x,name\n1: a|L|K|D|A\nrelations: from,to,weight,key\n2: a|a|4|5\n");
}

TEST_CASE("no column of the tables is a presentation attribute of Graphviz") {
  for (const TableKind table : all_tables)
    for (const std::string_view field : fields_of(table)) CHECK_FALSE(needs_data_prefix(field));
  CHECK(presentation_attribute("label"));
  CHECK(presentation_attribute("Damping"));
  CHECK(presentation_attribute("z"));
  CHECK_FALSE(presentation_attribute("url"));
}

TEST_CASE("a column that a table never fills is not in the table") {
  CHECK(tables(
            "digraph { a [name=A, empty=\"\"]; s [kind=source, title=T]; node [publisher=\"\"] a -> a [note=\"\"] }") ==
        "companies: id,name\n1: a|A\nrelations: from,to\n1: a|a\nsources: id,title\n1: s|T\n");
}

TEST_CASE("values and names lose the writer's escapes and no others") {
  CHECK(tables(R"(digraph { "a\\b" [name="q\"q n\nn r\rr s\\s l\lN\N t\t e\\", note="\\\"", item="\\n"] })") ==
        "companies: id,name,note,item\n1: a\\b|q\"q n\nn r\rr s\\s l\\lN\\N t\\t e\\|\\\"|\\n\n");
}

TEST_CASE("HTML strings are read as text, with a warning where they are data") {
  CHECK(with_warnings("digraph {\n a [label=<<i>A</i>>, name=<<b>A & B</b>>]\n <x y> -> a [note=\"1\" + <2>] }") ==
        "g.dot:2: warning: name: the HTML string '<b>A & B</b>' is read as plain text; quote it\n"
        "g.dot:3: warning: the HTML string 'x y' is read as plain text; quote it\n"
        "g.dot:3: warning: note: the HTML string '12' is read as plain text; quote it\n"
        "companies: id,name\n2: a|<b>A & B</b>\n3: x y|\nrelations: from,to,note\n3: x y|a|12\n");
  CHECK(with_warnings("digraph { a [name=<C:\\new\\\\>] }") ==
        "g.dot:1: warning: name: the HTML string 'C:\\new\\\\' is read as plain text; quote it\n"
        "companies: id,name\n1: a|C:\\new\\\\\n");
  CHECK(tables("digraph { a [label=<same>, name=\"same\"] }") == "companies: id,name\n1: a|same\n");
}

TEST_CASE("an unquoted name that begins like a number is refused, where cgraph makes two names of it") {
  CHECK(refusal("digraph {\n 3M -> b;\n 58同城 -> 腾讯\n 1.2.3 -> 5.\n}") ==
        "g.dot:2: '3M' begins like a number, so Graphviz makes two names of it; quote the name: \"3M\"\n"
        "g.dot:3: '58同城' begins like a number, so Graphviz makes two names of it; quote the name: \"58同城\"\n"
        "g.dot:4: '1.2.3' begins like a number, so Graphviz makes two names of it; quote the name: \"1.2.3\"\n");
  CHECK(refusal("digraph {\n 1.2. -> b\n}") ==
        "g.dot:2: '1.2.' begins like a number, so Graphviz makes two names of it; quote the name: \"1.2.\"\n");
  CHECK(tables("digraph { \"3M\" -> 腾讯; 2330 -> -1.5 }") ==
        "companies: id\n1: 3M\n1: 腾讯\n1: 2330\n1: -1.5\nrelations: from,to\n1: 3M|腾讯\n1: 2330|-1.5\n");
}

TEST_CASE("a name with a colon is refused, where cgraph makes a port of its end") {
  CHECK(refusal("digraph {\n TSM:NYSE -> x\n y -> a:b:c\n q:r [name=Q]\n}") ==
        "g.dot:2: 'TSM:NYSE' is read as the port of a node, not as part of its name; quote the name: \"TSM:NYSE\"\n"
        "g.dot:3: 'a:b:c' is read as the port of a node, not as part of its name; quote the name: \"a:b:c\"\n"
        "g.dot:4: 'q:r' is read as the port of a node, not as part of its name; quote the name: \"q:r\"\n");
}

TEST_CASE("an attribute outside brackets is the graph's, and a warning says so") {
  CHECK(
      with_warnings(
          "digraph {\n a->b revenue_share=.5\n a->b; stake=\"5%\"\n a->b { kind=supplies }\n graph [version=3]\n}") ==
      "g.dot:2: warning: revenue_share: is an attribute of the graph here, of no relation; put it in [ ] behind the "
      "relation\n"
      "g.dot:3: warning: stake: is an attribute of the graph here, of no relation; put it in [ ] behind the relation\n"
      "g.dot:4: warning: kind: is an attribute of the graph here, of no relation; put it in [ ] behind the relation\n"
      "g.dot:5: warning: version: is an attribute of the graph, which has none in Tierscope, and is lost; put it in [ "
      "] "
      "behind a company or a relation\n"
      "companies: id\n2: a\n2: b\nrelations: from,to\n2: a|b\n3: a|b\n4: a|b\n");
}

TEST_CASE("edges with a key are refused, which cgraph merges") {
  CHECK(refusal("digraph {\n a -> b [key=k, value=1]\n a -> b [key=k, value=2]\n edge [key=\"\"]\n}") ==
        "g.dot:2: key: edges with the same key become one in Graphviz; use id, or leave it out\n"
        "g.dot:3: key: edges with the same key become one in Graphviz; use id, or leave it out\n"
        "g.dot:4: key: edges with the same key become one in Graphviz; use id, or leave it out\n");
  CHECK(tables("digraph { a [key=k] }") == "companies: id,key\n1: a|k\n");
}

TEST_CASE("strict and undirected graphs are refused") {
  CHECK(refusal("strict digraph { a -> b; a -> b }") ==
        "g.dot:1: a strict graph merges parallel relations; delete the word strict\n");
  const std::string undirected =
      "g.dot:1: an undirected graph does not say who supplies whom; write digraph, and -> from supplier to customer, "
      "or "
      "say that the first end supplies the second: tierscope check g --undirected-as out\n";
  CHECK(refusal("graph { a -- b }") == undirected);
  CHECK(refusal("Graph { a -> b }") == undirected);
  CHECK(refusal("digraph {\n a -- b\n}") ==
        "g.dot:2: '--' in a directed graph; write -> from supplier to customer; quote names with a dash\n");
}

TEST_CASE("a chain or a nest of braces that fills cgraph's parser is refused before, a shorter one is read") {
  CHECK(refusal("digraph {\n" + chain(2500) + "\n}") ==
        "g.dot:2: the chain of -> is too long for Graphviz, which reads about 2,490 names in a statement; break it "
        "into several "
        "statements\n");
  CHECK(refusal("digraph {\n" + nest(3320) + "\n}") ==
        "g.dot:2: braces are nested too deep for Graphviz, which reads about 3,300 levels; nest them less deep\n");
  CHECK(refusal("digraph {\n" + repeated("{", 100000)) ==
        "g.dot:2: braces are nested too deep for Graphviz, which reads about 3,300 levels; nest them less deep\n");
  // As far as the limit goes, whatever stands at the end of it.
  for (const std::string& end : {std::string("[x=1]"), std::string("[x=\"a\"+\"b\"; y=z]"), std::string()}) {
    CHECK(problems_of(read("digraph {" + chain(2488) + end + "}")) == "");
    CHECK(problems_of(read("digraph { " + repeated("{", 20) + chain(2473) + end + repeated("}", 20) + "}")) == "");
  }
  CHECK(tables("digraph {" + nest(3316) + "}") == "companies: id\n1: a\n");
}

TEST_CASE("long names and values are read, up to 65,535 bytes, and longer ones in parts") {
  for (const std::size_t size : {16'382U, 16'383U, 16'384U, 40'000U, 65'533U}) {
    const std::string text(size, 'x');
    const Records records =
        read("digraph {\n " + text + " [name=\"" + text + "\", note=\"" + text + "\" + \"" + text + "\"]\n}");
    CHECK(problems_of(records) == "");
    CHECK(records.tables[0].cells[0] == text);
    CHECK(records.tables[0].cells[1] == text);
    CHECK(records.tables[0].cells[2] == text + text);
  }
  const std::string text(65'536, 'x');
  const std::string refused =
      "a name, value or comment of 65,536 bytes or more begins here, which is the limit; part it, a text into \"...\" "
      "+ \"...\"\n";
  CHECK(refusal("digraph {\n a [name=\"" + text + "\"]\n b [label=<" + text + ">]\n /*" + text + "*/\n #" + text +
                "\n " + text + " }") == "g.dot:2: " + refused + "g.dot:3: " + refused + "g.dot:4: " + refused +
                                            "g.dot:5: " + refused + "g.dot:6: " + refused);
  CHECK(tables("digraph { /*" + repeated("commented out\n", 10'000) + "*/ a }") == "companies: id\n10001: a\n");
}

TEST_CASE("a thousand different attributes are the limit, as cgraph stores each for every node") {
  std::string attributes;
  for (int i = 0; i < 1000; ++i) attributes += "k" + std::to_string(i) + "=1 ";
  CHECK(problems_of(read("digraph { a,b,c [" + attributes + "] }")) == "");
  CHECK(refusal("digraph { a [" + attributes + "]\n b -> c [x=1 y=2] }") ==
        "g.dot:2: more than 1,000 different attributes, each of which Graphviz stores for every node or edge; see "
        "whether names "
        "and values are swapped\n");
}

TEST_CASE("a second graph or text behind the end is refused and does not leak into the next file") {
  CHECK(refusal("digraph { a -> b }\ndigraph { c }") ==
        "g.dot:2: 'digraph' behind the end of the graph; keep one graph in a file\n");
  CHECK(refusal("digraph { a }\n\njunk }") ==
        "g.dot:3: 'junk' behind the end of the graph; keep one graph in a file\n");
  CHECK(refusal("digraph { a } digraph { b } digraph { c } }") ==
        "g.dot:1: 'digraph' behind the end of the graph; keep one graph in a file\n");
  CHECK(tables(sound) == sound_tables);
}

TEST_CASE("a comment or string without an end is refused and does not swallow the next file") {
  CHECK(refusal("digraph {\n a -> b }\n/* no end") ==
        "g.dot:3: the comment that begins here has no end; end it with */\n");
  CHECK(tables(sound) == sound_tables);
  CHECK(refusal("digraph { a\n [name=\"b\n c ] }") ==
        "g.dot:2: the quoted string that begins here has no end; close it\n");
  CHECK(refusal("digraph { a [label=<<b>] }") == "g.dot:1: the HTML string that begins here has no end; close it\n");
  CHECK(refusal("/* no end") == "g.dot:1: the comment that begins here has no end; end it with */\n");
  CHECK(tables(sound) == sound_tables);
}

TEST_CASE("an @ outside quotes is refused, where cgraph stops reading without a word") {
  const std::string refused =
      "'@' outside quotes, where Graphviz stops reading; write names that are not just letters, digits and _ in double "
      "quotes\n";
  CHECK(refusal("digraph {\n a -> b@c }") == "g.dot:2: " + refused);
  CHECK(refusal("digraph { a }\n@ junk") == "g.dot:2: " + refused);
  CHECK(tables("digraph { \"b@c\" }") == "companies: id\n1: b@c\n");
}

TEST_CASE("a file without a graph has a message of its own") {
  CHECK(refusal(" \n") == "g.dot: no graph in the file, only blanks or comments; begin with digraph {\n");
  CHECK(refusal("// nothing\n/* at all */ # here") ==
        "g.dot: no graph in the file, only blanks or comments; begin with digraph {\n");
  CHECK(refusal("\nfrom,to\n3M,b@c\n") ==
        "g.dot:2: a DOT file begins with digraph {, not with 'from'; see whether it is another format\n");
  CHECK(tables("digraph {}") == "");
}

TEST_CASE("a name that begins with % is refused, which cgraph renames") {
  CHECK(refusal("digraph {\n \"%a\" -> b\n}") ==
        "g.dot:2: id: '%a' begins with %, a name that Graphviz replaces by one of its own; choose an id without it\n");
}

TEST_CASE("a newline alone between two escapes is refused, which cgraph loses") {
  CHECK(refusal("digraph { a [note=\"\\\"hi\\\"\n\\\"ho\\\"\"]\n b [note=\"\n\"] }") ==
        "g.dot:1: Graphviz loses a line break that stands alone between quotes or backslashes; write \\n for it\n"
        "g.dot:3: Graphviz loses a line break that stands alone between quotes or backslashes; write \\n for it\n");
  CHECK(tables("digraph { a [note=\"x\n\n\\\\ y\n\"] }") == "companies: id,note\n1: a|x\n\n\\ y\n\n");
}

TEST_CASE("a syntax error names its line, the text and what is probably missing") {
  const std::string quote = "; write names that are not just letters, digits and _ in double quotes\n";
  CHECK(refusal("digraph {\n sk-hynix -> b }") == "g.dot:2: syntax error near '-'" + quote);
  CHECK(refusal("digraph {\n\n AT&T -> b }") == "g.dot:3: syntax error near '&'" + quote);
  CHECK(refusal("digraph { a [ name = \"x\" }") ==
        "g.dot:1: syntax error near '}'; look for a missing quote, bracket, -> or = before it\n");
  CHECK(refusal("digraph {\n a -> b\n") == "g.dot:2: the graph has no end; close it with }\n");
  CHECK(refusal("digraph { node x=[a=b] }") ==
        "g.dot:1: warning: x: is an attribute of the graph, which has none in Tierscope, and is lost; put it in [ ] "
        "behind a "
        "company or a relation\n"
        "g.dot:1: Graphviz says 'attribute macros not implemented'" +
            quote);
}

TEST_CASE("a name of two words without quotes is two companies, and a warning says so") {
  CHECK(
      with_warnings("digraph {\n Hon Hai -> Apple\n Apple -> Hon Hai;\n a b [name=B]\n}") ==
      "g.dot:2: warning: 'Hon' and 'Hai' are read as two companies; quote a name of several words, or part two "
      "statements "
      "with a semicolon\n"
      "g.dot:3: warning: 'Hon' and 'Hai' are read as two companies; quote a name of several words, or part two "
      "statements "
      "with a semicolon\n"
      "g.dot:4: warning: 'a' and 'b' are read as two companies; quote a name of several words, or part two statements "
      "with a semicolon\n"
      "companies: id,name\n2: Hon|\n2: Hai|\n2: Apple|\n4: a|\n4: b|B\nrelations: from,to\n2: Hai|Apple\n3: "
      "Apple|Hon\n");
  CHECK(read("digraph { a b c; a -> b b -> c\n { x y } -> a; a\n b -> c; a [x=1] b -> c [y=2] c -> d }")
            .problems.empty());
}

TEST_CASE("attributes that would be lost or contradict each other are refused") {
  CHECK(refusal("digraph {\n a [country=TW, country=JP]\n b [country=TW]\n b [country=TW, name=B]\n b [country=JP]\n "
                "{a b} [name=x]\n}") ==
        "g.dot:2: country: is given twice in one statement; keep one\n"
        "g.dot:5: country: 'JP' contradicts 'TW' in line 3; keep one value for each company\n"
        "g.dot:6: attributes behind a subgraph reach none of its nodes; write node [...] inside its braces\n");
  CHECK(refusal("digraph { a [\"\"=x] }") == "g.dot:1: an attribute without a name; name it\n");
  CHECK(refusal("digraph { a [name=x, data_name=y]; a -> a [from=b] }") ==
        "g.dot: data_name: a second column 'name' of the companies; keep one\n"
        "g.dot: from: a second column 'from' of the relations; the ends of the arrow say it; leave it out\n");
}

TEST_CASE("kinds, ends and ids of a graph that cgraph takes are checked, all at once") {
  CHECK(refusal("digraph {\n a [kind=compny]\n s [kind=source]\n r [kind=rate]\n a -> s\n r -> a [id=1]\n a -> a "
                "[id=1]\n}") ==
        "g.dot:2: kind: unknown kind of node 'compny'; use company, source or rate, or leave it out for a company\n"
        "g.dot:5: to: 's' is a source, not a company; relations join companies; a source is named in the attribute "
        "source\n"
        "g.dot:6: from: 'r' is an exchange rate, not a company; relations join companies; a source is named in the "
        "attribute "
        "source\n"
        "g.dot:7: id: '1' names another relation in line 6 too; give each its own\n");
  CHECK(with_warnings("digraph { r [kind=rate id=x to=CNY] }") ==
        "g.dot:1: warning: id: exchange rates have no id; leave it out\nrates: to\n1: CNY\n");
}

TEST_CASE("DOT of others: labels are names, helper nodes and invisible edges are layout, records have ports") {
  CHECK(with_warnings("strict digraph { edge [kind=supplies]\n t1 [label=\"Forge\\nAG\"]; t2 [label=<<b>Motor</b> SE "
                      "&amp; Co>]\n r [shape=record,label=\"{<a>Rec|Two}\"]; p [shape=point]\n t1 -> t2\n r:a -> t1\n"
                      " t1 -> r [style=\"dashed,invis\", kind=\"\"]\n t2 -> p }") ==
        "g.dot:3: warning: 1 helper node left out, shaped as points or invisible; give those that are companies a "
        "name\n"
        "g.dot:6: warning: 2 edges left out, invisible or at a helper node; give those that are relations a kind\n"
        "companies: id,name\n2: t1|Forge AG\n2: t2|Motor SE & Co\n3: r|Rec Two\n"
        "relations: from,to,kind\n4: t1|t2|supplies\n5: r|t1|supplies\n");
  CHECK(tables("digraph { a [label=A, name=Alfa] b [label=B] }") == "companies: id,name\n1: a|Alfa\n1: b|\n");
}

TEST_CASE("problems of all sorts in one file are listed in one run") {
  CHECK(refusal("strict digraph {\n 3M -> b\n c:d -> e [key=k]\n \"%x\"\n s [kind=sorce]\n}") ==
        "g.dot:2: '3M' begins like a number, so Graphviz makes two names of it; quote the name: \"3M\"\n"
        "g.dot:3: key: edges with the same key become one in Graphviz; use id, or leave it out\n"
        "g.dot:3: 'c:d' is read as the port of a node, not as part of its name; quote the name: \"c:d\"\n"
        "g.dot:4: id: '%x' begins with %, a name that Graphviz replaces by one of its own; choose an id without it\n"
        "g.dot:5: kind: unknown kind of node 'sorce'; use company, source or rate, or leave it out for a company\n");
}

TEST_CASE("a product of large groups is stopped by its memory, and cgraph is not used again") {
  std::string tails;
  std::string heads;
  for (int i = 0; i < 3000; ++i) {
    tails += "a" + std::to_string(i) + " ";
    heads += "b" + std::to_string(i) + " ";
  }
  const std::string product = "digraph { {" + tails + "} -> {" + heads + "} }";
  CHECK((dot_memory_budget(product.size()) >> 20) == 76);
  CHECK(in_child([&] {
          const std::string first = problems_of(read(product));
          return first + problems_of(read(sound)) + tables_of(read(sound));
        }) == "g.dot: a graph that needs more than 76 MiB of memory, too much for a file of " +
                  std::to_string(product.size()) +
                  " bytes; write {...} -> {...} between large groups out as single relations\n"
                  "g.dot: cannot be read after a DOT file that was too large; read it in a run of its own\n");
  CHECK(tables(sound) == sound_tables);
}

TEST_CASE("the memory budget is ample for what people write, even where every relation takes all defaults") {
  std::string dot = "digraph { edge [";
  for (const std::string_view field : relation_fields)
    if (field != "from" && field != "to") (dot += field) += "=x ";
  dot += "]\n";
  for (int i = 0; i < 50'000; ++i) dot += "1->2\n";
  dot += "}";
  const Records records = read(dot);
  CHECK(problems_of(records) == "");
  CHECK(records.tables[1].rows() == 50'000);
  CHECK(records.tables[1].lines.back() == 50'001);
}

TEST_CASE("a file cut at any byte gives problems or tables, and leaves nothing behind for the next") {
  for (std::size_t size = 0; size <= everything.size(); ++size) {
    const std::string cut = everything.substr(0, size);
    if (invalid_utf8(cut) != std::string::npos) continue;
    const Records records = read(cut);
    CHECK(has_errors(records.problems) == records.tables.empty());
    if (has_errors(records.problems)) REQUIRE(tables_of(read(sound)) == sound_tables);
  }
  CHECK(read(everything).tables.size() == 4);
}

TEST_CASE("any order of DOT's own words gives problems or tables, and leaves nothing behind for the next") {
  const char* const words[] = {"{",        "}",       "[",      "]",     "->",          "--",   "=",    ";",     ",",
                               ":",        "+",       "\"",     "<",     ">",           "\\",   "\n",   "/*",    "*/",
                               "//",       "#",       "@",      "3M",    "a",           "b",    "腾讯", "%x",    "1.5",
                               "node",     "edge",    "graph",  "key=k", "kind=source", "\\\"", " ",    "\"x\"", "<y>",
                               "subgraph", "digraph", "strict", "\t",    "\f",          "-",    "."};
  std::mt19937 random(1);
  for (int i = 0; i < 5'000; ++i) {
    std::string soup = i % 4 == 0 ? "" : "digraph {";
    for (auto n = random() % 24; n > 0; --n)
      (soup += words[random() % std::size(words)]) += random() % 3 == 0 ? "" : " ";
    if (i % 4 != 0) soup += "}";
    const Records records = read(soup);
    if (has_errors(records.problems)) {
      CHECK_MESSAGE(records.tables.empty(), soup);
      REQUIRE_MESSAGE(tables_of(read(sound)) == sound_tables, soup);
    }
  }
}

TEST_CASE("above 100,000 relations a warning names the format for this size") {
  std::string text = "digraph {\n";
  for (int i = 0; i <= 100'000; ++i) text += "a -> b\n";
  MemoryFiles files;
  files.files["big.dot"] = text + "}\n";
  Records records;
  read_graph(files, "big.dot", records);
  CHECK(problems_of(records) ==
        "big.dot: warning: 100001 relations are many for DOT, which is slow to read; CSV is the format for this size; "
        "convert it once: tierscope convert FILE --output FOLDER\n");
}

TEST_CASE("of many names that are no DOT names each is said once, in its line") {
  std::string text = "digraph {\n";
  std::string said;
  for (int i = 0; i < 1'000; ++i) {
    const std::string name = std::to_string(i) + "M";
    text += name + " -> b [kind=supplies]\n";
    said += "g.dot:" + std::to_string(i + 2) + ": '" + name +
            "' begins like a number, so Graphviz makes two names of it; quote the name: \"" + name + "\"\n";
  }
  CHECK(refusal(text + "}\n") == said);
}

}  // namespace tierscope::core
