#pragma once
// What stands in a page: its blocks as JSON, as a browser finds them.

#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace tierscope::core {

inline std::map<std::string, nlohmann::json> blocks_of(const std::string& page) {
  std::map<std::string, nlohmann::json> blocks;
  const std::string begin = "<script type=\"application/json\" id=\"";
  for (std::size_t at = page.find(begin); at != std::string::npos; at = page.find(begin, at + 1)) {
    const std::size_t name = at + begin.size();
    const std::size_t text = page.find("\">", name) + 2;
    const std::string id = page.substr(name, text - 2 - name);
    CAPTURE(id);
    REQUIRE(!blocks.contains(id));
    blocks[id] = nlohmann::json::parse(page.substr(text, page.find("</script>", text) - text));
  }
  return blocks;
}

/// The contract's form of a packed value; `dictionary` has the quantities, as texts.
inline nlohmann::json unpacked(const nlohmann::json& value, const nlohmann::json& dictionary,
                               const nlohmann::json& texts) {
  using Json = nlohmann::json;
  const auto quantity = [](const std::string& text) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
      if (c == '|')
        parts.emplace_back();
      else
        parts.back() += c;
    }
    parts.resize(6);
    Json q{{"low", Json::parse(parts[0])}, {"text", parts[2]}};
    q["high"] = parts[1] == "-" ? Json() : Json::parse(parts[1].empty() ? parts[0] : parts[1]);
    if (!parts[3].empty()) q["reported"] = parts[3];
    if (!parts[4].empty()) q["currency"] = parts[4];
    if (parts[5].starts_with("~")) q["approximate"] = true;
    if (parts[5].ends_with("est.")) q["estimated"] = true;
    return q;
  };
  const auto rows_of = [&](const Json& columns) {
    const Json whole = unpacked(columns, dictionary, texts);
    Json rows = Json::array();
    for (const auto& [name, column] : whole.items())
      for (std::size_t i = 0; i < column.size(); ++i) rows[i][name] = column[i];
    return rows;
  };
  Json made = value;
  if (value.is_array()) {
    for (auto& entry : made) entry = unpacked(entry, dictionary, texts);
  } else if (value.is_object()) {
    made = Json::object();
    for (const auto& [key, packed] : value.items()) {
      if (key.starts_with('$')) continue;
      const std::size_t mark = key.find('$');
      const std::string suffix = mark == std::string::npos ? "" : key.substr(mark);
      Json& member = made[key.substr(0, mark)];
      if (suffix.empty()) {
        member = unpacked(packed, dictionary, texts);
      } else if (suffix == "$t") {
        member = rows_of(packed);
      } else if (suffix == "$n") {
        const Json rows = rows_of(packed);
        std::size_t next = 0;
        member = Json::array();
        for (const Json& length : packed.at("$n")) {
          Json list = Json::array();
          for (std::size_t i = 0; i < length.get<std::size_t>(); ++i) list.push_back(rows.at(next++));
          member.push_back(list);
        }
        REQUIRE(next == rows.size());
      } else {
        member = Json::array();
        for (const Json& entry : packed) {
          if (suffix == "$q")
            member.push_back(entry.is_null() ? Json() : quantity(dictionary.at(entry.get<std::size_t>())));
          else if (suffix == "$s")
            member.push_back(texts.at(entry.get<std::size_t>()));
          else
            member.push_back(entry.is_array() ? entry : Json::array({entry}));
        }
      }
    }
  }
  return made;
}

}  // namespace tierscope::core
