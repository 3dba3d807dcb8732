#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include <tierscope/write.hpp>

#include "allocations.hpp"
#include "app/cli.hpp"
#include "app/command.hpp"
#include "app/help.hpp"
#include "app/options.hpp"
#include "base/disk.hpp"
#include "base/unicode.hpp"
#include "memory_files.hpp"

namespace tierscope::core {
namespace {

namespace fs = std::filesystem;

struct Ran {
  int status = 0;
  std::string out;
  std::string err;
};

Ran ran(const std::vector<std::string>& arguments, Files& files, const Surroundings& around = {}) {
  std::ostringstream out;
  std::ostringstream err;
  Ran result;
  result.status = run(arguments, files, around, out, err);
  result.out = out.str();
  result.err = err.str();
  return result;
}

/// A supplier for each number, so that a table of them takes many batches.
std::string many_suppliers(int count) {
  std::string text = "digraph {\n";
  for (int i = 0; i < count; ++i) text += "s" + std::to_string(i) + " -> t [kind=supplies, revenue_share=\"50%\"]\n";
  return text + "}\n";
}

/// Takes some bytes, then none: a full disk.
struct Full : std::streambuf {
  explicit Full(std::size_t some) : left(some) {}
  int_type overflow(int_type c) override {
    if (left == 0) return traits_type::eof();
    --left;
    return traits_type::not_eof(c);
  }
  std::size_t left;
};

int asked = 0;
int asked_at_most = 0;
// Stops when it has been asked so often.
bool stop_later() { return ++asked > asked_at_most; }

/// A folder of its own on the disk, removed at the end.
struct Sandbox {
  Sandbox() {
    std::string name = (fs::temp_directory_path() / "tierscope-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    root = name;
  }
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;
  ~Sandbox() {
    std::error_code ignored;
    fs::remove_all(root, ignored);
  }
  std::string operator/(const std::string& name) const { return (root / name).string(); }
  void put(const std::string& name, const std::string& bytes) const {
    fs::create_directories((root / name).parent_path());
    std::ofstream(root / name, std::ios::binary) << bytes;
  }
  std::string get(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(root / name, std::ios::binary).rdbuf();
    return text.str();
  }
  std::size_t count() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(root), fs::directory_iterator()));
  }
  fs::path root;
};

}  // namespace

TEST_CASE("every command has a help of at most 80 columns that names each of its options once") {
  MemoryFiles files;
  const Ran all = ran({"help"}, files);
  for (const Command& command : commands()) {
    INFO(command.name);
    CHECK(all.out.find("\n  " + std::string(command.name) + " ") != std::string::npos);
    const Ran help = ran({std::string(command.name), "--help"}, files);
    CHECK(help.status == 0);
    CHECK(help.err == "");
    CHECK(ran({"help", std::string(command.name)}, files).out == help.out);
    CHECK(ran({"--help", std::string(command.name)}, files).out == help.out);
    std::vector<std::string> options;
    const std::unique_ptr<Call> call = command.begin();  // a slot's field may be its own
    for (const Slot& slot : all_slots(*call)) options.push_back("--" + std::string(slot.field->name));
    std::vector<std::string> named;
    std::istringstream lines(help.out);
    for (std::string line; std::getline(lines, line);) {
      INFO(line);
      CHECK(width(line) <= 80);
      if (!line.starts_with("  -")) continue;
      const std::string option = line.substr(line.find("--"));
      named.push_back(option.substr(0, option.find(' ')));
    }
    std::sort(options.begin(), options.end());
    std::sort(named.begin(), named.end());
    CHECK(named == options);
  }
}

TEST_CASE("a terminal is spared what it cannot show") {
  MemoryFiles files;
  files.files["g.dot"] = many_suppliers(1);
  Surroundings around;
  around.out_is_terminal = true;
  Ran refused = ran({"explore", "g.dot"}, files, around);
  CHECK(refused.status == 2);
  CHECK(refused.out == "");
  CHECK(refused.err ==
        "tierscope: explore: a page is for a browser, not for a terminal; name a file, as in --output page.html\n");
  refused = ran({"exposure", "g.dot", "--to", "t", "-f", "arrow"}, files, around);
  CHECK(refused.status == 2);
  CHECK(refused.out == "");
  CHECK(refused.err == "tierscope: a terminal shows no arrow; name a file with --output\n");
  refused = ran({"draw", "g.dot", "-f", "png"}, files, around);
  CHECK(refused.status == 2);
  CHECK(refused.err == "tierscope: draw: a terminal shows no png; name a file with --output\n");
}

TEST_CASE("what nobody sees in a name is shown, letters' own joiners are not") {
  CHECK(visible("nvi\u200bdia") == "nvi\\u{200b}dia");
  CHECK(visible("nvi\u200ddia \ufeff\u00ad\u2060") == "nvi\\u{200d}dia \\u{feff}\\u{ad}\\u{2060}");
  CHECK(visible("a\U000e0041") == "a\\u{e0041}");
  const std::string emoji = "\U0001f469\u200d\U0001f52c";  // a scientist: a woman, a joiner, a microscope
  const std::string persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645";
  CHECK(visible(emoji) == emoji);
  CHECK(visible(persian) == persian);
}

TEST_CASE("color: on a terminal alone, unless it is said") {
  MemoryFiles files;
  files.files["g.dot"] = many_suppliers(1);
  Surroundings terminal;
  terminal.out_is_terminal = true;
  Surroundings plain = terminal;
  plain.no_color = true;
  const auto colored = [&](const Surroundings& around, std::vector<std::string> more) {
    more.insert(more.begin(), {"exposure", "g.dot", "--to", "t"});
    return ran(more, files, around).out.find('\033') != std::string::npos;
  };
  CHECK(colored(terminal, {}));
  CHECK_FALSE(colored(plain, {}));
  CHECK_FALSE(colored({}, {}));
  CHECK(colored(plain, {"--color", "always"}));
  CHECK_FALSE(colored(terminal, {"--color", "never"}));
  REQUIRE(ran({"exposure", "g.dot", "--to", "t", "-o", "answer"}, files, terminal).status == 0);
  CHECK(files.files["answer"].find('\033') == std::string::npos);
}

TEST_CASE("after the first byte: a write that fails") {
  MemoryFiles files;
  files.files["g.dot"] = many_suppliers(5000);
  for (const char* const format : {"table", "json", "jsonl", "csv", "markdown", "html", "arrow", "xlsx"}) {
    INFO(format);
    for (const auto& [reason, words] : {std::pair(ENOSPC, ": No space left on device"), std::pair(0, "")}) {
      Full full(3000);
      std::ostream out(&full);
      std::ostringstream err;
      Surroundings around;
      around.write_error = [reason = reason] { return reason; };
      CHECK(run({"exposure", "g.dot", "--to", "t", "-f", format, "-n", "0"}, files, around, out, err) == 1);
      CHECK(err.str() == std::string("tierscope: cannot write to standard output") + words + "\n");
    }
    // Whoever reads has seen enough: no failure, no word.
    Full full(3000);
    std::ostream out(&full);
    std::ostringstream err;
    Surroundings around;
    around.write_error = [] { return EPIPE; };
    CHECK(run({"exposure", "g.dot", "--to", "t", "-f", format, "-n", "0"}, files, around, out, err) == 0);
    CHECK(err.str() == "");
  }
  // A gate that closed stays closed.
  Full full(0);
  std::ostream out(&full);
  std::ostringstream err;
  Surroundings around;
  around.write_error = [] { return EPIPE; };
  CHECK(run({"exposure", "g.dot", "--to", "t", "--fail-above", "10%"}, files, around, out, err) == 1);
  CHECK(err.str() == "tierscope: gate closed: s0 earns at least 50 % of its revenue from t\n");
}

TEST_CASE("after the first byte: an interrupt leaves no file behind and an old one as it was") {
  const Sandbox sandbox;
  sandbox.put("g.dot", many_suppliers(5000));
  sandbox.put("old.csv", "old\n");
  Surroundings around;
  around.interrupted = stop_later;
  bool complete = false;
  bool stopped = false;
  // Wherever it is asked first, until nobody asks so often.
  for (asked_at_most = 0; !complete; ++asked_at_most) {
    REQUIRE(asked_at_most < 10'000);
    DiskFiles disk;
    disk.interrupted = stop_later;
    asked = 0;
    const Ran there = ran({"exposure", sandbox / "g.dot", "--to", "t", "-o", sandbox / "old.csv"}, disk, around);
    complete = there.status == 0;
    if (complete) break;
    CHECK(there.status == 130);
    if (there.err == "tierscope: interrupted; nothing was written\n") {
      stopped = true;
      CHECK(sandbox.get("old.csv") == "old\n");
    } else {  // while it was computed: what was found is an answer
      CHECK(there.err == "tierscope: interrupted; the answer holds what was found until then\n");
      sandbox.put("old.csv", "old\n");
    }
    CHECK(sandbox.count() == 2);
    asked = 0;
    disk.interrupted = nullptr;
    const Ran here = ran({"exposure", sandbox / "g.dot", "--to", "t", "-f", "csv"}, disk, around);
    CHECK((here.status == 130 || here.status == 0));
    if (here.status == 130) CHECK(here.err.starts_with("tierscope: interrupted; the "));
  }
  CHECK(stopped);
  CHECK(sandbox.get("old.csv").size() > 10'000);
}

TEST_CASE("an interrupt while a graph is written leaves the old file as it was") {
  const Sandbox sandbox;
  sandbox.put("g.dot", many_suppliers(5000));
  sandbox.put("old.graphml", "old\n");
  Surroundings around;
  around.interrupted = stop_later;
  DiskFiles disk;
  disk.interrupted = stop_later;
  asked = 0;
  asked_at_most = 2;  // before it is written: by the command and by the disk
  const Ran stopped = ran({"convert", sandbox / "g.dot", "-o", sandbox / "old.graphml"}, disk, around);
  CHECK(stopped.status == 130);
  CHECK(stopped.err == "tierscope: interrupted; nothing was written\n");
  CHECK(sandbox.get("old.graphml") == "old\n");
  CHECK(sandbox.count() == 2);
}

TEST_CASE("after the first byte: no memory leaves no file behind and an old one as it was") {
  const Sandbox sandbox;
  sandbox.put("g.dot", many_suppliers(60));
  sandbox.put("old.json", "old\n");
  DiskFiles disk;
  const std::vector<std::string> arguments{"exposure", sandbox / "g.dot", "--to", "t", "-o", sandbox / "old.json"};
  bool complete = false;
  std::size_t failures = 0;
  const std::size_t all = allocations_of([&] { CHECK(ran(arguments, disk).status == 0); });
  sandbox.put("old.json", "old\n");
  for (std::size_t some = 0; !complete; some += all / 400 + 1) {
    std::ostringstream out;
    std::ostringstream err;
    fail_allocations_after(some);
    int status = -1;
    try {
      status = run(arguments, disk, {}, out, err);
    } catch (...) {
    }
    fail_allocations_after(SIZE_MAX);
    INFO("after " << some << " allocations");
    complete = status == 0;
    if (complete) break;
    ++failures;
    CHECK(status == 1);
    CHECK(out.str() == "");
    CHECK(sandbox.get("old.json") == "old\n");
    CHECK(sandbox.count() == 2);
  }
  CHECK(failures > 100);
  CHECK(sandbox.get("old.json").starts_with("{"));
}

TEST_CASE("no graph is written over by another name of it, unless it is forced") {
  const Sandbox sandbox;
  const std::string graph = "digraph { a -> b [kind=supplies] }\n";
  sandbox.put("g.dot", graph);
  sandbox.put("folder/relations.csv", "from,to,kind\na,b,supplies\n");
  fs::create_symlink(sandbox / "g.dot", sandbox / "link.svg");
  fs::create_hard_link(sandbox / "g.dot", sandbox / "hard.graphml");
  DiskFiles disk;
  for (const std::string& name : {sandbox / "g.dot", sandbox / "./g.dot", sandbox / "folder/../g.dot",
                                  sandbox / "hard.graphml", sandbox / "link.svg"}) {
    INFO(name);
    const Ran refused = ran({"convert", sandbox / "g.dot", "-f", "graphml", "-o", name}, disk);
    CHECK(refused.status == 2);
    CHECK(refused.err.find("is a graph that is read; name another file, or --force writes over it\n") !=
          std::string::npos);
    CHECK(sandbox.get("g.dot") == graph);
  }
  Ran refused = ran({"convert", sandbox / "g.dot", "-o", sandbox / "folder"}, disk);
  CHECK(refused.status == 2);
  CHECK(refused.err ==
        "tierscope: '" + sandbox / "folder/" + "' holds a graph; name another, or --force writes over it\n");
  CHECK(sandbox.get("folder/relations.csv") == "from,to,kind\na,b,supplies\n");
  REQUIRE(ran({"convert", sandbox / "g.dot", "-o", sandbox / "folder", "--force"}, disk).status == 0);
  CHECK(sandbox.get("folder/relations.csv").find("item") != std::string::npos);
  // A file that is no graph may be replaced.
  sandbox.put("answer.json", "old");
  REQUIRE(ran({"exposure", sandbox / "g.dot", "--to", "b", "-o", sandbox / "answer.json"}, disk).status == 0);
  CHECK(sandbox.get("answer.json").starts_with("{"));
}

TEST_CASE("the ending of a file names the format unless --format does") {
  MemoryFiles files;
  files.files["g.dot"] = many_suppliers(1);
  const auto put = [&](const std::string& output, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"exposure", "g.dot", "--to", "t", "-o", output});
    const Ran made = ran(more, files);
    CHECK(made.err == "");
    CHECK(made.status == 0);
    return files.files[output];
  };
  const auto printed = [&](const std::string& format) {
    return ran({"exposure", "g.dot", "--to", "t", "-f", format}, files).out;
  };
  for (const AnswerFormat& format : answer_formats())
    CHECK(put("a." + std::string(format.name)) == printed(std::string(format.name)));
  CHECK(put("a.md") == printed("markdown"));
  CHECK(put("a.htm") == printed("html"));
  CHECK(put("a.txt") == printed("table"));
  CHECK(put("a.ndjson") == printed("jsonl"));
  CHECK(put("folder.csv/a") == printed("table"));
  CHECK(put("a.json", {"-f", "csv"}) == printed("csv"));
  CHECK(put("a.xyz", {"-f", "csv"}) == printed("csv"));
  const Ran refused = ran({"exposure", "g.dot", "--to", "t", "-o", "a.ods"}, files);
  CHECK(refused.status == 2);
  CHECK(refused.err.starts_with(
      "tierscope: the ending of 'a.ods' names no format; name one with --format, of table, json, "));
  const Ran unknown = ran({"exposure", "g.dot", "--to", "t", "-f", "jsno"}, files);
  CHECK(unknown.status == 2);
  CHECK(unknown.err.starts_with("tierscope: --format: 'jsno' is none of table, "));
  CHECK(unknown.err.ends_with("; did you mean 'json'?\n"));
}

TEST_CASE("a folder takes all tables of an answer") {
  MemoryFiles files;
  files.files["g.dot"] = many_suppliers(2);
  REQUIRE(ran({"exposure", "g.dot", "--to", "t", "-o", "out/"}, files).status == 0);
  const Ran one = ran({"exposure", "g.dot", "--to", "t", "-f", "csv"}, files);
  CHECK(files.files["out/suppliers.csv"] == one.out);
  for (const char* const table : {"chains", "unquantified", "answer", "notes", "sources"}) {
    INFO(table);
    CHECK(files.files["out/" + std::string(table) + ".csv"] ==
          ran({"exposure", "g.dot", "--to", "t", "-f", "csv", "--table", table}, files).out);
  }
  // What is no table in the JSON stands in the row of answer.csv.
  std::istringstream row(files.files["out/answer.csv"]);
  std::string header;
  std::getline(row, header);
  const auto json = nlohmann::json::parse(ran({"exposure", "g.dot", "--to", "t", "-f", "json"}, files).out);
  std::size_t members = 0;
  for (const auto& [name, value] : json.items()) {
    if ((value.is_array() && !value.empty() && value[0].is_object()) || files.files.contains("out/" + name + ".csv"))
      continue;
    INFO(name);
    CHECK(("," + header + ",").find("," + name + ",") != std::string::npos);
    ++members;
  }
  CHECK(members == 8);  // schema, command, graphs, as_of, status, title, converged, error
  REQUIRE(ran({"exposure", "g.dot", "--to", "t", "-o", "out/", "-f", "arrow"}, files).status == 0);
  CHECK(files.files["out/suppliers.arrow"].size() > 100);
  const Ran refused = ran({"exposure", "g.dot", "--to", "t", "-o", "out/", "-f", "json", "--sort", "total"}, files);
  CHECK(refused.status == 2);
  CHECK(refused.err ==
        "tierscope: 'out/' is a folder, and json is one file; name a file\n"
        "tierscope: --table, --columns and --sort are for one table; name a file instead of the folder 'out/'\n");
}

}  // namespace tierscope::core
