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
    field("severity", &R::severity, "error: rows contradict each other, and answers leave them out; else warning",
          Show::if_any);
    field("kind", &R::kind, "the rule, such as contradicting-shares, duplicate-row or deal-twice", Show::never);
    field("place", &R::place, "file and line", key);
    field("file", &R::file, "the file", Show::never);
    field("line", &R::line, "from 1; null: the whole file", Show::never);
    field("attribute", &R::attribute, "the attribute that it is about", key);
    field("what", &R::what, "what is wrong, quoted", key, Label{"finding"});
    field("remedy", &R::remedy, "what would be right");
  }
};
static_assert(all_described<Finding>);

struct FindingKind {
  std::string_view severity;
  std::string_view kind;
  std::size_t count = 0;
  std::string first;
  std::string_view what;

  static constexpr void describe(const auto& field) {
    using R = FindingKind;
    field("severity", &R::severity, "error or warning");
    field("kind", &R::kind, "the rule", key);
    field("count", &R::count, "how often it found something", Unit::count);
    field("first", &R::first, "file and line of the first");
    field("what", &R::what, "what is wrong there", Label{"which says"});
  }
};
static_assert(all_described<FindingKind>);

struct Check {
  About about;
  Table<Finding> results;    // errors first; then those of the readers, then by rule
  Table<FindingKind> kinds;  // in the order of their first findings
  std::size_t errors = 0, warnings = 0, companies = 0, relations = 0, source_count = 0, separate_deals = 0;

  static constexpr void describe(const auto& field) {
    using A = Check;
    field("results", &A::results, "what is wrong, where, and what would be right", Called{"findings"});
    field("kinds", &A::kinds, "the findings by rule", Show::never);
    field("errors", &A::errors, "findings that are errors: rows that contradict each other", Unit::count);
    field("warnings", &A::warnings, "all other findings", Unit::count);
    field("companies", &A::companies, "of the data", Unit::count);
    field("relations", &A::relations, "of the data, whatever their dates and statuses", Unit::count);
    field("source_count", &A::source_count, "listed sources", Unit::count);
    field("separate_deals", &A::separate_deals,
          "deals whose amounts are summed with others of their link: of other days, or of other names", Unit::count);
  }
};

/// What is wrong with rows of whatever date and status (figures of one link and date that contradict each other,
/// probable duplicates, companies that differ only in spelling, ends without a day, …), and with what holds at the
/// view's date: shares and stakes above one, two majority owners and rings of them are errors; deals that may be one,
/// shares of other periods, totals beside their parts are not. Consolidation and `strict` change nothing here. People
/// are shown a line a rule, unless they name how many findings they want. O(relations log relations + companies log
/// companies).
Result<Check> check(Model model, const CheckOptions& options);

}  // namespace tierscope
