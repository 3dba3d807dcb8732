#include "import/sec_facts.hpp"

#include <fmt/format.h>

#include <tierscope/kinds.hpp>

#include <cmath>
#include <iterator>

#include "base/number.hpp"
#include "import/json_text.hpp"

namespace tierscope::core {
namespace {

constexpr const char* fact_tags[] = {"Revenues", "RevenueFromContractWithCustomerExcludingAssessedTax",
                                     "RevenueFromContractWithCustomerIncludingAssessedTax", "SalesRevenueNet"};
constexpr std::size_t largest = std::size_t{256} << 20U;

struct Fact {
  std::uint64_t row = 0;
  std::string end, filed, currency, fy;
  double value = 0;
  bool year = false;
  std::size_t rank = 0;
};

std::string text_or_number(const Json& object, const char* key) {
  const Json& member = member_of(object, key);
  if (member.is_number_integer()) return fmt::format("{}", member.get<std::int64_t>());
  return member.is_string() ? member.get<std::string>() : std::string();
}

/// Are the days some 52 or 53 weeks apart?
bool is_year(const std::string& start, const std::string& end) {
  const auto first = parse_date(start);
  const auto last = parse_date(end);
  if (!first || !last) return false;
  const int days = last_day(*last) - first_day(*first) + 1;
  return days >= 350 && days <= 380;
}

}  // namespace

std::string sec_amount(double value, std::string_view currency) {
  std::string text;
  const bool millions = value >= 1e6 && std::fmod(value, 1e3) == 0;
  append_number(text, millions ? value / 1e6 : value);
  return fmt::format("{}{} {}", text, millions ? "M" : "", currency);
}

void import_company_facts(Intake& intake, const InputFile& input) {
  const std::unique_ptr<std::streambuf> bytes = intake.open(input);
  if (bytes == nullptr) return;
  std::string text;
  std::vector<char> block(std::size_t{1} << 20U);
  while (text.size() <= largest) {
    const std::streamsize got = bytes->sgetn(block.data(), static_cast<std::streamsize>(block.size()));
    if (got <= 0) break;
    text.append(block.data(), static_cast<std::size_t>(got));
  }
  bool too_deep = false;
  const Json json = text.size() > largest ? Json(Json::value_t::discarded) : parse_json(text, too_deep);
  const Json& facts = member_of(member_of(json, "facts"), "us-gaap");
  const std::string cik = text_or_number(json, "cik");
  if (!facts.is_object() || cik.empty())
    return intake.error(input.name, 1, {}, too_deep ? "JSON that is nested too deep" : "is no JSON of company facts",
                        "give companyfacts as the SEC publishes them");
  const std::uint32_t file = intake.file(input);
  std::vector<Fact> list;
  std::uint64_t row = 0;
  for (std::size_t rank = 0; rank < std::size(fact_tags); ++rank) {
    const Json& units = member_of(member_of(facts, fact_tags[rank]), "units");
    if (!units.is_object()) continue;
    for (const auto& [currency, entries] : units.items()) {
      if (!entries.is_array()) continue;
      for (const Json& entry : entries) {
        const Json& value = member_of(entry, "val");
        list.push_back({++row, text_of(entry, "end"), text_of(entry, "filed"), currency,
                        text_of(entry, "end").substr(0, 4), value.is_number() ? value.get<double>() : 0,
                        is_year(text_of(entry, "start"), text_of(entry, "end")), rank});
      }
    }
  }
  const Fact* best = nullptr;
  for (const Fact& fact : list) {
    if (!fact.year || !(fact.value > 0) || fact.currency.size() != 3) continue;
    const bool newer =
        best == nullptr || fact.end > best->end ||
        (fact.end == best->end && (fact.rank < best->rank || (fact.rank == best->rank && fact.filed > best->filed)));
    if (newer) best = &fact;
  }
  for (const Fact& fact : list) {
    intake.row({file, fact.row, {}});
    if (!fact.year) {
      intake.skip("revenue of another period than a year");
    } else if (!(fact.value > 0) || fact.currency.size() != 3) {
      intake.skip("no amount of money above 0");
    } else if (&fact != best) {
      intake.skip(fact.end == best->end ? "another figure of the same revenue" : "revenue of an older year");
    } else {
      // `fy` is the year of the filing, which repeats older facts: the year is that in which the period ends.
      intake.company({{CompanyField::id, "cik-" + cik},
                      {CompanyField::name, text_of(json, "entityName")},
                      {CompanyField::revenue, sec_amount(fact.value, fact.currency)},
                      {CompanyField::revenue_period, "FY" + fact.fy},
                      {CompanyField::revenue_confidence, to_string(Confidence::disclosed)}});
    }
  }
}

}  // namespace tierscope::core
