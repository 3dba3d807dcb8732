#pragma once
// Is the data sound? What can be read and yet is hardly meant.

#include <tierscope/model.hpp>

namespace tierscope {

struct CheckOptions {
  View view;
  bool fail_on_warning = false;

  static constexpr void describe(const auto& field) {
    field("fail-on-warning", &CheckOptions::fail_on_warning, "exit 1 if there is any warning");
  }
};

struct Finding {
  std::string_view severity;
  std::string_view kind;
  std::string place;
  std::string_view file;
  std::optional<std::uint32_t> line;
  std::string_view attribute;
  std::string_view what;
  std::string_view remedy;

  static constexpr void describe(const auto& field) {
    using R = Finding;
    field("severity", &R::severity, "warning: errors leave no answer", Show::never);
    field("kind", &R::kind, "the rule, such as unknown-source, duplicate-row or parts-with-total", Show::never);
    field("place", &R::place, "file and line", key);
    field("file", &R::file, "the file", Show::never);
    field("line", &R::line, "from 1; null: the whole file", Show::never);
    field("attribute", &R::attribute, "the attribute that it is about", key);
    field("what", &R::what, "what is wrong, quoted", key, Label{"warning"});
    field("remedy", &R::remedy, "what would be right");
  }
};
static_assert(all_described<Finding>);

struct FindingKind {
  std::string_view kind;
  std::size_t count = 0;
  std::string first;

  static constexpr void describe(const auto& field) {
    using R = FindingKind;
    field("kind", &R::kind, "the rule", key);
    field("count", &R::count, "how often it found something", Unit::count);
    field("first", &R::first, "file and line of the first");
  }
};
static_assert(all_described<FindingKind>);

struct Check {
  About about;
  Table<Finding> results;    // those of the readers first, then by rule, each in row order
  Table<FindingKind> kinds;  // in the order of their first findings
  std::size_t errors = 0, warnings = 0, companies = 0, relations = 0, source_count = 0;

  static constexpr void describe(const auto& field) {
    using A = Check;
    field("results", &A::results, "what is wrong, where, and what would be right", Called{"findings"});
    field("kinds", &A::kinds, "the findings by rule", Show::never);
    field("errors", &A::errors, "0: data with errors leave no answer", Unit::count);
    field("warnings", &A::warnings, "all findings", Unit::count);
    field("companies", &A::companies, "of the data", Unit::count);
    field("relations", &A::relations, "of the data, whatever their dates and statuses", Unit::count);
    field("source_count", &A::source_count, "listed sources", Unit::count);
  }
};

/// Contradicting figures for one link and date, probable duplicates, parts summed with their total, supply shares above
/// one, links without a source, old figures beside new ones, companies that differ only in spelling, self-relations,
/// attributes where they mean nothing, and what the readers warned of. Problems where a supplier's revenue shares sum
/// above 100 %. O(relations log relations + companies log companies), and companies × their neighbours in length for
/// spelling.
Result<Check> check(Model model, const CheckOptions& options);

}  // namespace tierscope
