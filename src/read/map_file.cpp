// A mapping as TOML:
//
//     direction = "reverse"       # an edge means "buys from"
//     percent = "number"          # or [percent] stake = "fraction"
//     [columns]
//     from = "Buyer"
//     value = ["Amount", "Sum"]  # the first that the file has, if it has one
//     [defaults]
//     kind = "supplies"
//     [values.kind]
//     SELLS = "supplies"
//     [values.confidence]
//     "*estimate*" = "estimated"  # of cells that hold this word
//     [when.supply_share]
//     item = "all COGS"           # other cells of the column are left out

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
        each(
            name, node,
            [&](const std::string& field, const std::string& column) { mapping_.columns.emplace_back(field, column); },
            true);
      } else if (name == "defaults") {
        each(name, node, [&](const std::string& field, const std::string& text) { mapping_.defaults[field] = text; });
      } else if (name == "values") {
        read_values(node);
      } else if (name == "when") {
        read_conditions(node);
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

  /// The pairs of a table whose keys are fields. `lists`: a value may be a list, of whatever may be there.
  template <typename Use>
  void each(const std::string& name, const toml::node& node, const Use& use, bool lists = false) {
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
      } else if (const toml::array* const list = value.as_array(); lists && list != nullptr && !list->empty()) {
        mapping_.alternatives.insert(field);
        for (const toml::node& one : *list)
          if (const toml::value<std::string>* const name_of_it = one.as_string())
            use(field, name_of_it->get());
          else
            error(one, field, "is no text", "write it in quotes");
      } else {
        error(value, field, "is no text", "write it in quotes");
      }
    }
  }

  void read_conditions(const toml::node& node) {
    constexpr const char* how = "write [when.supply_share] and below it item = \"all COGS\"";
    const toml::table* const table = node.as_table();
    if (table == nullptr) return error(node, "when", "is no table", how);
    for (const auto& [key, conditions] : *table) {
      const std::string field(key.str());
      const toml::table* const pairs = conditions.as_table();
      if (!is_field(field) || pairs == nullptr) {
        error(conditions, "when", fmt::format("{} is no column of ours with a table of conditions", quote(field)), how);
        continue;
      }
      each("when." + field, conditions, [&, this](const std::string& other, const std::string& text) {
        mapping_.when[field].emplace_back(other, text);
      });
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
    if (const toml::value<std::int64_t>* const number = node.as_integer()) return take(std::to_string(number->get()));
    if (const toml::table* const table = node.as_table(); table != nullptr && (name == "percent" || name == "unit"))
      return each(name, node, [&](const std::string& field, const std::string& text) { take(field + "=" + text); });
    error(node, name, "is neither text nor a table that is known", "the tables are columns, defaults, values and when");
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
