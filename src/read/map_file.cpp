// A mapping as TOML:
//
//     direction = "reverse"       # an edge means "buys from"
//     percent = "number"          # or [percent] stake = "fraction"
//     [columns]
//     from = "Buyer"
//     [defaults]
//     kind = "supplies"
//     [values.kind]
//     SELLS = "supplies"

#include <fmt/format.h>

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "base/unicode.hpp"
#include "model/names.hpp"
#include "read/mapping.hpp"

namespace tierscope::core {
namespace {

class MapFile {
 public:
  MapFile(const std::string& path, Mapping& mapping, Problems& problems)
      : path_(path), mapping_(mapping), problems_(problems) {}

  void read(const toml::table& file) {
    for (const auto& [key, node] : file) {
      const std::string name(key.str());
      if (name == "columns") {
        each(name, node, [&](const std::string& field, const std::string& column) {
          mapping_.columns.emplace_back(field, column);
        });
      } else if (name == "defaults") {
        each(name, node, [&](const std::string& field, const std::string& text) { mapping_.defaults[field] = text; });
      } else if (name == "values") {
        read_values(node);
      } else {
        read_setting(name, node);
      }
    }
  }

 private:
  void error(const toml::node& node, const std::string& attribute, std::string what, std::string remedy) {
    problems_.push_back(
        {Severity::error, path_, node.source().begin.line, attribute, std::move(what), std::move(remedy)});
  }

  /// The pairs of a table whose keys are fields.
  template <typename Use>
  void each(const std::string& name, const toml::node& node, const Use& use) {
    const toml::table* const table = node.as_table();
    if (table == nullptr)
      return error(node, name, "is no table", fmt::format("write [{}] and below it from = \"Source\"", name));
    for (const auto& [key, value] : *table) {
      const std::string field(key.str());
      Suggestion suggestion(field);
      if (!is_field(field)) {
        error(value, name, fmt::format("{} is no column of ours{}", quote(field), suggestion.text()),
              "the columns are those of relations.csv and companies.csv");
      } else if (const toml::value<std::string>* const text = value.as_string()) {
        use(field, text->get());
      } else {
        error(value, field, "is no text", "write it in quotes");
      }
    }
  }

  void read_values(const toml::node& node) {
    const toml::table* const table = node.as_table();
    if (table == nullptr)
      return error(node, "values", "is no table", "write [values.kind] and below it SELLS = \"supplies\"");
    for (const auto& [key, words] : *table) {
      const std::string field(key.str());
      const toml::table* const pairs = words.as_table();
      if (!is_field(field) || pairs == nullptr) {
        error(words, "values", fmt::format("{} is no column of ours with a table of words", quote(field)),
              "write [values.kind] and below it SELLS = \"supplies\"");
        continue;
      }
      for (const auto& [word, value] : *pairs) {
        if (const toml::value<std::string>* const text = value.as_string())
          mapping_.values[field][fold(word.str())] = text->get();
        else
          error(value, field, fmt::format("{} is no text", quote(word.str())), "write it in quotes");
      }
    }
  }

  void read_setting(const std::string& name, const toml::node& node) {
    const auto take = [&](const std::string& text) {
      if (std::string wrong = set(mapping_, name, text); !wrong.empty())
        error(node, name, std::move(wrong), "the settings are those of the options, without --");
    };
    if (const toml::value<std::string>* const text = node.as_string()) return take(text->get());
    if (const toml::table* const table = node.as_table(); table != nullptr && (name == "percent" || name == "unit"))
      return each(name, node, [&](const std::string& field, const std::string& text) { take(field + "=" + text); });
    error(node, name, "is neither text nor a table that is known", "the tables are columns, defaults and values.kind");
  }

  const std::string& path_;
  Mapping& mapping_;
  Problems& problems_;
};

}  // namespace

void read_map_file(std::string_view toml, const std::string& path, Mapping& mapping, Problems& problems) {
  if (invalid_utf8(toml) != std::string_view::npos) {
    problems.push_back({Severity::error, path, 0, {}, "is not valid UTF-8", "save it as UTF-8"});
    return;
  }
  const toml::parse_result parsed = toml::parse(toml);
  if (!parsed) {
    problems.push_back({Severity::error,
                        path,
                        parsed.error().source().begin.line,
                        {},
                        std::string(parsed.error().description()),
                        "a map is a TOML file; text stands in quotes"});
    return;
  }
  MapFile(path, mapping, problems).read(parsed.table());
}

}  // namespace tierscope::core
