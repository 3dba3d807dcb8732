#pragma once
// A made-up table with a field of every type, and its cells as JSON, written by hand: what its Arrow is compared with.

#include <deque>
#include <optional>

#include <nlohmann/json.hpp>

#include <tierscope/answer.hpp>

namespace arrow_sample {

using nlohmann::ordered_json;
using namespace tierscope;

struct Leg {
  Company payer;
  Quantity share;
  std::int64_t hops = 0;
  std::vector<std::string_view> sources;
  static constexpr void describe(const auto& field) {
    field("payer", &Leg::payer, "who pays");
    field("share", &Leg::share, "of the seller's revenue", Unit::share);
    field("hops", &Leg::hops, "links from the seller", Unit::count);
    field("sources", &Leg::sources, "that say so");
  }
};

struct Row {
  std::int64_t id = 0;
  std::string_view text;
  bool flag = false;
  std::optional<bool> answered;
  std::optional<std::int64_t> count;
  double number = 0;
  std::optional<double> index;
  Confidence confidence = Confidence::none;
  Date as_of;
  Company supplier;
  Quantity share;
  Quantity value;
  std::vector<std::string_view> sources;
  std::vector<Company> via;
  std::vector<std::int64_t> places;
  Leg leg;
  std::optional<Leg> other;
  std::vector<Leg> legs;
  static constexpr void describe(const auto& field) {
    field("id", &Row::id, "counts rows", key);
    field("text", &Row::text, "any text");
    field("flag", &Row::flag, "yes or no");
    field("answered", &Row::answered, "yes, no, or not known");
    field("count", &Row::count, "how many", Unit::count);
    field("number", &Row::number, "any number");
    field("index", &Row::index, "concentration", Unit::hhi);
    field("confidence", &Row::confidence, "how sure");
    field("as_of", &Row::as_of, "when it was so");
    field("supplier", &Row::supplier, "who sells");
    field("share", &Row::share, "of revenue", Unit::share);
    field("value", &Row::value, "paid", Unit::money);
    field("sources", &Row::sources, "that say so", Unit::sources);
    field("via", &Row::via, "companies between");
    field("places", &Row::places, "of what is listed elsewhere");
    field("leg", &Row::leg, "the first link");
    field("other", &Row::other, "the second, if any");
    field("legs", &Row::legs, "all links");
  }
};
static_assert(all_described<Leg> && all_described<Row>);

inline ordered_json json(std::string_view text) { return text.empty() ? ordered_json() : ordered_json(text); }
inline ordered_json json(std::int64_t place) { return place; }
inline ordered_json json(const Company& company) {
  if (company.id.empty()) return {};
  return {{"id", company.id}, {"name", company.name}};
}
inline ordered_json json(const Quantity& quantity, bool money) {
  if (!quantity.known) return {};
  ordered_json made{{"low", quantity.low},
                    {"high", quantity.high == unbounded ? ordered_json() : ordered_json(quantity.high)},
                    {"reported", json(quantity.reported)},
                    {"approximate", quantity.approximate},
                    {"confidence", json(to_string(quantity.confidence))}};
  if (money) made["currency"] = quantity.currency;
  return made;
}
template <typename T>
ordered_json json(const std::optional<T>& value) {
  return value ? ordered_json(*value) : ordered_json();
}
template <typename T>
ordered_json json(const std::vector<T>& items) {
  ordered_json made = ordered_json::array();
  for (const T& item : items) made.push_back(json(item));
  return made;
}
inline ordered_json json(const Leg& leg) {
  return {{"payer", json(leg.payer)},
          {"share", json(leg.share, false)},
          {"hops", leg.hops},
          {"sources", json(leg.sources)}};
}
inline ordered_json json(const Row& row) {
  return {{"id", row.id},
          {"text", json(row.text)},
          {"flag", row.flag},
          {"answered", json(row.answered)},
          {"count", json(row.count)},
          {"number", row.number},
          {"index", json(row.index)},
          {"confidence", json(to_string(row.confidence))},
          {"as_of", row.as_of ? ordered_json(to_string(row.as_of)) : ordered_json()},
          {"supplier", json(row.supplier)},
          {"share", json(row.share, false)},
          {"value", json(row.value, true)},
          {"sources", json(row.sources)},
          {"via", json(row.via)},
          {"places", json(row.places)},
          {"leg", json(row.leg)},
          {"other", row.other ? json(*row.other) : ordered_json()},
          {"legs", json(row.legs)}};
}

/// `count` rows that differ, with periods that have no common divisor, so that every column has runs and breaks of
/// nulls and of empty lists at other places. Among the text: a megabyte in one cell, quotes, lines, what is no formula,
/// letters of two to four bytes.
class Sample {
 public:
  explicit Sample(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) rows_->rows.push_back(row(i));
  }
  std::unique_ptr<Cursor> open() const {
    return std::make_unique<detail::TableCursor<Row>>(Table<Row>(rows_->rows), rows_);
  }
  ordered_json results() const {
    ordered_json made = ordered_json::array();
    for (const Row& row : rows_->rows) made.push_back(json(row));
    return made;
  }

 private:
  struct Kept {
    std::deque<std::string> texts;
    std::vector<Row> rows;
  };

  std::string_view keep(std::string text) { return rows_->texts.emplace_back(std::move(text)); }
  Company company(std::size_t i) {
    return {keep("c" + std::to_string(i)),
            keep(i % 3 == 0 ? "字节跳动 " + std::to_string(i) : "c" + std::to_string(i))};
  }
  Quantity quantity(std::size_t i, std::string_view currency) {
    Quantity made;
    if (i % 5 == 1) return made;
    made.known = true;
    made.low = static_cast<double>(i) / 7;
    made.high = i % 4 == 2 ? unbounded : made.low * 1.5;
    made.approximate = i % 2 == 0;
    if (i % 3 != 0) made.reported = keep("~" + std::to_string(i) + "%");
    if (i % 7 != 0) made.confidence = i % 2 == 0 ? Confidence::disclosed : Confidence::estimated;
    made.currency = currency;
    return made;
  }
  Leg leg(std::size_t i) {
    Leg made{.payer = i % 6 == 5 ? Company{} : company(i),
             .share = quantity(i, ""),
             .hops = static_cast<std::int64_t>(i),
             .sources = {}};
    for (std::size_t source = 0; source < i % 3; ++source) made.sources.push_back(keep("s" + std::to_string(source)));
    return made;
  }
  std::string text(std::size_t i) {
    if (i == 3) return std::string(1 << 20, 'x') + "é";
    constexpr std::array<std::string_view, 7> words{
        "", "=1+1", "a \"quote\", a comma", "two\nlines", "é 字 𝔸", "x", "text that is longer than a short string is"};
    return std::string(words[i % words.size()]);
  }
  Row row(std::size_t i) {
    Row made;
    made.id = static_cast<std::int64_t>(i) * (i % 2 == 0 ? 1 : -1) * 4'000'000'007;
    made.text = keep(text(i));
    made.flag = i % 3 == 1;
    if (i % 11 != 0) made.answered = i % 2 == 0;
    if (i % 9 < 5) made.count = static_cast<std::int64_t>(i);
    made.number = static_cast<double>(i) / 3 - 10;
    if (i % 10 == 9) made.index = 1e-9 * static_cast<double>(i);
    if (i % 4 != 0) made.confidence = Confidence::reported;
    if (i % 8 != 7) made.as_of = {.year = 2025, .month = static_cast<std::uint8_t>(i % 13), .day = 0};
    if (i % 13 != 12) made.supplier = company(i);
    made.share = quantity(i, "");
    made.value = quantity(i + 3, i % 2 == 0 ? "USD" : "CNY");
    for (std::size_t n = 0; n < i % 4; ++n) made.sources.push_back(n == 2 ? "" : keep("source " + std::to_string(n)));
    for (std::size_t n = 0; n < i % 5; ++n) made.via.push_back(n == 3 ? Company{} : company(i + n));
    for (std::size_t n = 0; n < i % 6; ++n) made.places.push_back(static_cast<std::int64_t>(i * n));
    made.leg = leg(i);
    if (i % 7 < 3) made.other = leg(i + 1);
    for (std::size_t n = 0; n < i * 7 % 5; ++n) made.legs.push_back(leg(i + n));
    return made;
  }

  std::shared_ptr<Kept> rows_ = std::make_shared<Kept>();
};

}  // namespace arrow_sample
