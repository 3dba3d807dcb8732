// Every question of tests/vectors (its README says how an answer is written and compared) put to the program as a user
// would put it, in the machine format.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "app/cli.hpp"
#include "base/disk.hpp"

using namespace tierscope::core;
using Json = nlohmann::json;

namespace {

// A company is its id.
Json plain(const Json& value) {
  if (value.is_object()) {
    if (value.size() == 2 && value.contains("id") && value.contains("name")) return value["id"];
    Json object = Json::object();
    for (const auto& [name, inner] : value.items()) object[name] = plain(inner);
    return object;
  }
  if (!value.is_array()) return value;
  Json list = Json::array();
  for (const Json& inner : value) list.push_back(plain(inner));
  return list;
}

class Differences {
 public:
  std::string text() const { return text_; }

  void compare(const Json& want, const Json& got, const std::string& where) {
    if (want.is_object()) return compare_fields(want, got, where);
    if (want.is_number() && got.is_number()) {
      const double a = want.get<double>();
      const double b = got.get<double>();
      if (std::abs(a - b) > 1e-9 * std::max({1.0, std::abs(a), std::abs(b)})) differ(want, got, where);
      return;
    }
    if (want != got) differ(want, got, where);
  }

  /// Rows meet by their key; all must be there, and no other but those that `may` stand beside.
  void compare_rows(const Json& want, const Json& got, const std::vector<std::string>& key, const std::string& where,
                    bool counted_alone) {
    std::set<std::string> wanted;
    for (const Json& row : want) {
      const std::string name = key_of(row, key);
      wanted.insert(name);
      const auto found = std::find_if(got.begin(), got.end(), [&](const Json& r) { return key_of(r, key) == name; });
      if (found == got.end())
        say(where + name + " is missing");
      else
        compare(row, *found, where + name);
    }
    for (const Json& row : got)
      if (!wanted.contains(key_of(row, key)) && !(counted_alone && row.value("counted", true) == false))
        say(where + key_of(row, key) + " is one too many");
  }

  void compare_order(const Json& want, const Json& got, const std::vector<std::string>& key) {
    std::string a;
    std::string b;
    for (const Json& row : want) a += key_of(row, key);
    for (const Json& row : got) b += key_of(row, key);
    if (a != b) say("order: " + a + ", not " + b);
  }

  void say(const std::string& what) { text_ += what + "\n"; }
  void differ(const Json& want, const Json& got, const std::string& where) {
    say(where + ": " + want.dump() + ", not " + got.dump());
  }

 private:
  static std::string key_of(const Json& row, const std::vector<std::string>& key) {
    std::string text;
    for (const std::string& field : key) text += "/" + row.value(field, Json()).dump();
    return text;
  }

  void compare_fields(const Json& want, const Json& got, const std::string& where) {
    if (!got.is_object()) return differ(want, got, where);
    for (const auto& [name, value] : want.items()) {
      const Json found = got.value(name, Json());
      if (name == "customers" || name == "suppliers") {
        compare_rows(value, found, {name.substr(0, name.size() - 1)}, where + "." + name, true);
      } else if (name == "major_customers") {
        if (std::set<Json>(value.begin(), value.end()) != std::set<Json>(found.begin(), found.end()))
          differ(value, found, where + "." + name);
      } else {
        compare(value, found, where + "." + name);
      }
    }
  }

  std::string text_;
};

struct Run {
  int status = 0;
  std::string out, err;
};

Run put(const std::string& graph, const Json& vector) {
  std::vector<std::string> words{vector["question"], graph, "-f", "json"};
  if (vector["question"] != "check") words.insert(words.end(), {"--limit", "0"});
  const Json options = vector.value("options", Json::object());  // items() is a view of it
  for (const auto& [name, value] : options.items()) {
    std::string option = "--" + name;
    std::replace(option.begin(), option.end(), '_', '-');
    if (value == false || value.is_null()) continue;
    words.push_back(option);
    if (value == true) continue;
    if (value.is_array()) {
      std::string list;
      for (const Json& item : value) list += (list.empty() ? "" : ",") + item.get<std::string>();
      words.push_back(list);
    } else {
      words.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    }
  }
  DiskFiles disk;
  std::ostringstream out;
  std::ostringstream err;
  const int status = run(words, disk, {}, out, err);
  return {status, out.str(), err.str()};
}

std::vector<std::string> key_of(const std::string& question) {
  if (question == "concentration") return {"customer", "category"};
  if (question == "cycles") return {"companies"};
  return {"supplier"};
}

std::string differences(const std::string& graph, const Json& vector) {
  const Run done = put(graph, vector);
  Differences found;
  const std::string question = vector["question"];
  if (question == "check") {
    if (done.status != vector["exit"]) found.say("exit " + std::to_string(done.status) + ": " + done.err);
    return found.text();
  }
  if (vector.value("fails", false)) {
    if (done.status != 1 || !done.out.empty() || done.err.empty()) found.say("is answered");
    return found.text();
  }
  if (done.status != 0) return "exit " + std::to_string(done.status) + ": " + done.err;
  const Json got = plain(Json::parse(done.out));
  found.compare(vector["as_of"], got.value("as_of", Json()), "as_of");
  const auto key = key_of(question);
  found.compare_rows(vector["results"], got["results"], key, "", false);
  if (vector.value("ordered", true)) found.compare_order(vector["results"], got["results"], key);
  if (vector.contains("unquantified")) {
    std::set<std::string> want;
    std::set<std::string> listed;
    for (const Json& row : vector["unquantified"]) want.insert(row["supplier"]);
    for (const Json& row : got["unquantified"]) listed.insert(row["supplier"]);
    // One with a row whose direct share alone is unknown may stand there or not.
    for (const Json& row : got["results"])
      if (row["direct"].is_null() && row["total"] > 0) want.erase(row["supplier"]), listed.erase(row["supplier"]);
    if (want != listed) found.differ(want, listed, "unquantified");
  }
  if (vector.contains("count")) found.compare(vector["count"], got.value("count", Json()), "count");
  if (vector.contains("circularity_index"))
    found.compare(vector["circularity_index"], got.value("circularity_index", Json()), "circularity_index");
  return found.text();
}

}  // namespace

TEST_CASE("vectors: every answer is what the definitions say, worked by hand") {
  namespace fs = std::filesystem;
  std::size_t answers = 0;
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(TIERSCOPE_SOURCE_DIR "/tests/vectors"))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    std::ifstream stream(file);
    const Json vector = Json::parse(stream);
    CAPTURE(file.string());
    CHECK(differences(file.parent_path().parent_path().string(), vector) == "");
    ++answers;
  }
  CHECK(answers >= 165);
}
