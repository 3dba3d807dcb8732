#include "ask/check/check_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <boost/functional/hash.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "base/unicode.hpp"
#include "base/words.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

// Every row of the data in input order, also those that the view leaves aside.
std::vector<const Relation*> all_rows(const Inspected& model) {
  const auto before = [](const Relation* a, const Relation* b) {
    return std::tie(a->place.file, a->place.line) < std::tie(b->place.file, b->place.line);
  };
  std::vector<const Relation*> rows;
  rows.reserve(model.relation_count() + model.set_aside().size());
  for (std::size_t row = 0; row < model.relation_count(); ++row) rows.push_back(&model.relation(row));
  const auto middle = static_cast<std::ptrdiff_t>(rows.size());
  for (const SetAside& aside : model.set_aside()) rows.push_back(&aside.relation);
  // Both parts are in input order, unless companies were joined.
  if (std::is_sorted(rows.begin(), rows.begin() + middle, before) &&
      std::is_sorted(rows.begin() + middle, rows.end(), before))
    std::inplace_merge(rows.begin(), rows.begin() + middle, rows.end(), before);
  else
    std::sort(rows.begin(), rows.end(), before);
  return rows;
}

void warn(const Inspected& model, Problems& findings, std::string_view kind, Place place, std::string attribute,
          std::string what, std::string remedy) {
  const auto files = model.files();
  findings.push_back({Severity::warning, place.file < files.size() ? files[place.file] : std::string(), place.line,
                      std::move(attribute), std::move(what), std::move(remedy), kind});
}

std::string link_name(const Inspected& model, const Relation& r) {
  return fmt::format("{} {} {}", model.id(r.from), to_string(r.kind), model.id(r.to));
}

// The figures that two rows of one link and date may contradict each other in.
struct Figure {
  const char* attribute;
  Quantity Relation::*quantity;
};
constexpr Figure figures[] = {{"revenue_share", &Relation::revenue_share},
                              {"supply_share", &Relation::supply_share},
                              {"value", &Relation::value},
                              {"stake", &Relation::stake}};

bool differ(const Quantity& a, const Quantity& b) {
  return a && b && (a.low != b.low || a.high != b.high || !(a.currency == b.currency));
}

auto pair_of(const Relation& r) { return std::make_tuple(r.from, r.to, r.kind); }

// Keeps the rows whose key another row has too, and a few more: ordering millions of which most stand alone would cost
// more than all else.
template <typename Key>
void keep_repeated(std::vector<const Relation*>& rows, Key key) {
  using Hash = boost::hash<std::decay_t<decltype(key(*rows.front()))>>;
  std::vector<std::size_t> hashes;
  hashes.reserve(rows.size());
  for (const Relation* r : rows) hashes.push_back(Hash()(key(*r)));
  std::vector<std::size_t> sorted = hashes;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::size_t> repeated;
  for (std::size_t i = 1; i < sorted.size(); ++i)
    if (sorted[i] == sorted[i - 1] && (repeated.empty() || repeated.back() != sorted[i])) repeated.push_back(sorted[i]);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (std::binary_search(repeated.begin(), repeated.end(), hashes[i])) rows[kept++] = rows[i];
  rows.resize(kept);
}

// Rows of one key; each look at one is counted.
class Group {
 public:
  Group(const Inspected& model, std::span<const Relation* const> rows) : model_(&model), rows_(rows) {}

  std::size_t size() const { return rows_.size(); }
  const Relation& operator[](std::size_t i) const { return model_->seen(*rows_[i]); }
  const Relation& front() const { return (*this)[0]; }
  const Relation& back() const { return (*this)[size() - 1]; }
  auto begin() const { return boost::make_transform_iterator(rows_.begin(), Look{model_}); }
  auto end() const { return boost::make_transform_iterator(rows_.end(), Look{model_}); }

 private:
  struct Look {
    const Inspected* model = nullptr;
    const Relation& operator()(const Relation* row) const { return model->seen(*row); }
  };

  const Inspected* model_;
  std::span<const Relation* const> rows_;
};

// Runs of two or more equal keys, in the order of the keys; input order within a run.
template <typename Key, typename Use>
void for_each_group(const Inspected& model, std::vector<const Relation*> rows, Key key, Use use) {
  keep_repeated(rows, key);
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const Relation* a, const Relation* b) { return key(model.seen(*a)) < key(model.seen(*b)); });
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin + 1;
    while (end < rows.size() && key(*rows[begin]) == key(model.seen(*rows[end]))) ++end;
    if (end - begin > 1) use(Group(model, std::span(rows).subspan(begin, end - begin)));
    begin = end;
  }
}

}  // namespace

void find_contradictions(const Inspected& model, Problems& findings) {
  const auto key = [](const Relation& r) {
    return std::make_tuple(r.from, r.to, r.kind, r.category.id, r.item.id, r.as_of.year, r.as_of.month, r.as_of.day);
  };
  for_each_group(model, all_rows(model), key, [&](Group group) {
    for (std::size_t i = 1; i < group.size(); ++i) {
      const Relation& a = group[i - 1];
      const Relation& b = group[i];
      for (const Figure& figure : figures) {
        if (!differ(a.*figure.quantity, b.*figure.quantity)) continue;
        warn(model, findings, "contradicting-figures", b.place, figure.attribute,
             fmt::format("{} contradicts {} at {} for the same link and date",
                         quote(model.text((b.*figure.quantity).reported)),
                         quote(model.text((a.*figure.quantity).reported)), model.place(a.place)),
             "the later row counts; keep one, or tell them apart by item or as_of");
      }
    }
  });
}

void find_duplicates(const Inspected& model, Problems& findings) {
  const auto key = [](const Relation& r) {
    return std::make_tuple(pair_of(r), r.value.known, r.value.low, r.value.high, r.value.currency.index);
  };
  const auto same = [&](const Quantity& a, const Quantity& b) {
    return model.text(a.reported) == model.text(b.reported);
  };
  const auto same_words = [&](const Relation& a, const Relation& b) {
    return a.category == b.category && a.item == b.item && a.as_of == b.as_of &&
           same(a.revenue_share, b.revenue_share) && same(a.supply_share, b.supply_share) && same(a.stake, b.stake) &&
           a.status == b.status && a.since == b.since;
  };
  std::vector<const Relation*> paid;  // by either side: one instrument may be entered both ways
  const auto rows = all_rows(model);
  for_each_group(model, rows, key, [&](Group group) {
    for (std::size_t i = 1; i < group.size(); ++i) {
      const Relation& a = group[i - 1];
      const Relation& b = group[i];
      if (same_words(a, b)) {
        warn(model, findings, "duplicate-row", b.place, "",
             fmt::format("{}: the same relation as at {}", link_name(model, b), model.place(a.place)),
             "delete one of them");
      } else if (b.value && !a.restates && !b.restates && !(a.category == b.category && a.item == b.item)) {
        warn(model, findings, "duplicate-amount", b.place, "value",
             fmt::format("{}: {} stands at {} too: probably a duplicate", link_name(model, b),
                         quote(model.text(b.value.reported)), model.place(a.place)),
             "delete one of them, or mark the contained one restates=true");
      }
    }
  });
  const auto either_way = [](const Relation& r) {
    return std::make_tuple(std::min(r.from, r.to), std::max(r.from, r.to), r.value.low, r.value.high,
                           r.value.currency.index);
  };
  for (const Relation* r : rows)
    if (r->value && r->value.low > 0 && !r->restates && r->kind != Kind::owns) paid.push_back(r);
  for_each_group(model, paid, either_way, [&](Group group) {
    for (std::size_t i = 1; i < group.size(); ++i) {
      const Relation& a = group[i - 1];
      const Relation& b = group[i];
      if (pair_of(a) == pair_of(b)) continue;
      warn(model, findings, "instrument-twice", b.place, "value",
           fmt::format("{} between the same two companies stands at {} as '{}': one instrument entered twice?",
                       quote(model.text(b.value.reported)), model.place(a.place), link_name(model, a)),
           "if it is one, mark the second restates=true");
    }
  });
}

namespace {

// Exact amounts between the same two companies, of one kind and currency, of which one is the sum of others: for each
// such total, the first set of parts (a bit each).
std::vector<std::pair<std::size_t, std::uint32_t>> totals_of(Group group) {
  const auto tolerance = [](double total) { return 1e-9 * total; };
  std::vector<std::pair<double, std::size_t>> totals;
  for (std::size_t i = 0; i < group.size(); ++i) totals.emplace_back(group[i].value.low, i);
  std::sort(totals.begin(), totals.end());
  std::vector<double> sums(std::size_t{1} << group.size(), 0);
  std::vector<std::uint32_t> parts(group.size(), 0);
  for (std::uint32_t set = 1; set < sums.size(); ++set) {
    const std::uint32_t rest = set & (set - 1);
    const double sum = sums[set] = sums[rest] + group[static_cast<std::size_t>(std::countr_zero(set))].value.low;
    if (rest == 0) continue;  // one part is no sum
    auto total = std::lower_bound(totals.begin(), totals.end(), std::pair(sum - tolerance(sum), std::size_t{0}));
    for (; total != totals.end() && total->first <= sum + tolerance(sum); ++total)
      if (((set >> total->second) & 1U) == 0 && parts[total->second] == 0) parts[total->second] = set;
  }
  std::vector<std::pair<std::size_t, std::uint32_t>> found;
  for (std::size_t i = 0; i < group.size(); ++i)
    if (parts[i] != 0) found.emplace_back(i, parts[i]);
  return found;
}

}  // namespace

void find_parts_with_total(const Inspected& model, Problems& findings) {
  constexpr std::size_t most_parts = 12;  // 2^12 sums a pair at most
  std::vector<const Relation*> counted;
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    if (r.value && !r.restates && r.value.low == r.value.high && r.value.low > 0) counted.push_back(&r);
  }
  const auto key = [](const Relation& r) { return std::make_tuple(pair_of(r), r.value.currency.index); };
  for_each_group(model, counted, key, [&](Group group) {
    if (group.size() < 3 || group.size() > most_parts) return;
    for (const auto& [total, parts] : totals_of(group)) {
      std::string places;
      for (std::size_t i = 0; i < group.size(); ++i)
        if (((parts >> i) & 1U) != 0) places += (places.empty() ? "" : ", ") + model.place(group[i].place);
      warn(model, findings, "parts-with-total", group[total].place, "value",
           fmt::format("{} is the sum of {}: a total counted beside its parts",
                       quote(model.text(group[total].value.reported)), places),
           "mark the total or its parts restates=true");
    }
  });
  // The newest observation of a link counts, so a newer row that is never summed takes the older figure with it.
  const auto link_of = [](const Relation& r) { return std::make_tuple(pair_of(r), r.category.id, r.item.id); };
  std::map<decltype(link_of(std::declval<Relation>())), const Relation*> restating;
  for (std::size_t row = 0; row < model.relation_count(); ++row)
    if (const Relation& r = model.relation(row); r.restates) restating.emplace(link_of(r), &r);
  for (const SetAside& aside : model.set_aside()) {
    if (aside.reason != Reason::superseded || aside.relation.restates) continue;
    const auto newer = restating.find(link_of(aside.relation));
    if (newer == restating.end()) continue;
    warn(model, findings, "restated-supersedes", newer->second->place, "restates",
         fmt::format("it supersedes {}, so neither is summed", model.place(aside.relation.place)),
         "give the restating row an item of its own");
  }
  // Words say it as well as sums do.
  std::unordered_map<std::uint32_t, bool> parts;  // by item
  const auto is_part = [&](Text item) {
    const auto [found, fresh] = parts.try_emplace(item.id, false);
    if (fresh) {
      const std::string words = fold(model.text(item));
      found->second = words.starts_with("of which") || words.starts_with("thereof") || words.starts_with("其中");
    }
    return found->second;
  };
  for (const Relation* r : all_rows(model)) {
    if (r->restates || !is_part(r->item)) continue;
    warn(model, findings, "unmarked-part", r->place, "item",
         fmt::format("{} is a part of another row, but is summed with it", quote(model.text(r->item))),
         "mark it restates=true");
  }
}

void find_supply_above_one(const Inspected& model, Problems& findings) {
  std::vector<const Relation*> counted;
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    if (r.kind == Kind::supplies && r.supply_share && !r.restates && !model.company(r.from).aggregate)
      counted.push_back(&r);
  }
  const auto key = [](const Relation& r) { return std::make_tuple(r.to, r.category ? r.category.id : r.item.id); };
  for_each_group(model, counted, key, [&](Group group) {
    double sum = 0;
    for (const Relation& r : group) sum += r.supply_share.low;
    if (sum <= 1 + 1e-9) return;
    std::string rows;
    for (const Relation& r : group)
      rows += fmt::format("{}{} ({})", rows.empty() ? "" : ", ", in_cell(r.supply_share), model.place(r.place));
    warn(model, findings, "supply-above-one", group.back().place, "supply_share",
         fmt::format("the suppliers of {} to '{}' make up {}: {}",
                     quote(model.text(group.front().category ? group.front().category : group.front().item)),
                     model.id(group.front().to), format_percent_above_one(sum), rows),
         "shares of one purchase sum to 100 % at most; are they of different years, or of different things?");
  });
}

void find_missing_sources(const Inspected& model, Problems& findings) {
  for (const Relation* r : all_rows(model))
    if (!r->sources)
      warn(model, findings, "no-source", r->place, "source", fmt::format("{} has no source", link_name(model, *r)),
           "name where it was read");
}

void find_old_beside_new(const Inspected& model, Problems& findings) {
  constexpr int stale = 366;  // days between figures of one sum
  std::vector<const Relation*> counted;
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    if (r.kind == Kind::supplies && r.as_of && !r.restates) counted.push_back(&r);
  }
  const auto compare = [&](const char* attribute, Group group, const char* whose, CompanyIndex company) {
    const auto older = [](const Relation& a, const Relation& b) { return last_day(a.as_of) < last_day(b.as_of); };
    const Relation& oldest = *std::min_element(group.begin(), group.end(), older);
    const Relation& newest = *std::max_element(group.begin(), group.end(), older);
    const int days = last_day(newest.as_of) - last_day(oldest.as_of);
    if (days < stale) return;
    warn(model, findings, "old-beside-new", oldest.place, attribute,
         fmt::format("{} of '{}': a figure of {} beside one of {} ({}), {} years older", whose, model.id(company),
                     to_string(oldest.as_of), to_string(newest.as_of), model.place(newest.place),
                     format_number(days / 365.25, 1)),
         "look for a newer figure, or end the old one (until)");
  };
  std::vector<const Relation*> shares = counted;
  std::erase_if(shares, [](const Relation* r) { return !r->revenue_share; });
  for_each_group(
      model, shares, [](const Relation& r) { return r.from; },
      [&](Group group) { compare("revenue_share", group, "customers", group.front().from); });
  shares = counted;
  std::erase_if(shares, [](const Relation* r) { return !r->supply_share; });
  for_each_group(
      model, shares, [](const Relation& r) { return std::make_tuple(r.to, r.category ? r.category.id : r.item.id); },
      [&](Group group) { compare("supply_share", group, "suppliers", group.front().to); });
}

void find_spellings(const Inspected& model, Problems& findings) {
  const auto digits = [](std::string text) {
    std::erase_if(text, [](char c) { return c < '0' || c > '9'; });
    return text;
  };
  struct Name {
    std::string skeleton;
    CompanyIndex company;
  };
  std::vector<Name> names;
  for (CompanyIndex v = 0; v < model.company_count(); ++v) {
    names.push_back({name_skeleton(model.name(v)), v});
    if (model.company(v).name_local) names.push_back({name_skeleton(model.text(model.company(v).name_local)), v});
  }
  std::stable_sort(names.begin(), names.end(), [](const Name& a, const Name& b) { return a.skeleton < b.skeleton; });
  for (std::size_t i = 1; i < names.size(); ++i) {
    const Name& a = names[i - 1];
    const Name& b = names[i];
    if (a.company == b.company || a.skeleton.empty()) continue;
    // Neighbours in the alphabet that differ in one letter near their end are the likely slips.
    // Other numbers are other companies: "Fund 3" is no slip of "Fund 4".
    const bool near = a.skeleton.size() >= 8 && digits(a.skeleton) == digits(b.skeleton) &&
                      edit_distance(a.skeleton, b.skeleton, 1) <= 1;
    if (a.skeleton != b.skeleton && !near) continue;
    const CompanyIndex first = std::min(a.company, b.company);
    const CompanyIndex second = std::max(a.company, b.company);
    warn(model, findings, "spelling", model.company(second).place, "name",
         fmt::format("'{}' ({}) differs from '{}' ({}, {}) only in spelling", model.name(second), model.id(second),
                     model.name(first), model.id(first), model.place(model.company(first).place)),
         "if they are one company, use one id");
  }
}

void find_self_relations(const Inspected& model, Problems& findings) {
  for (const Relation* r : all_rows(model))
    if (r->from == r->to)
      warn(model, findings, "self-relation", r->place, "to",
           fmt::format("'{}' {} itself", model.id(r->from), to_string(r->kind)),
           "it is no cycle; name the other company, or delete the row");
}

void find_misplaced(const Inspected& model, Problems& findings) {
  for (const Relation* r : all_rows(model)) {
    const auto stray = [&](const Quantity& quantity, const char* attribute, const char* remedy) {
      if (quantity)
        warn(model, findings, "misplaced-attribute", r->place, attribute,
             fmt::format("has no meaning for '{}'", to_string(r->kind)), remedy);
    };
    if (r->kind != Kind::supplies) {
      stray(r->revenue_share, "revenue_share", "it belongs to 'supplies'");
      stray(r->supply_share, "supply_share", "it belongs to 'supplies'");
    } else {
      stray(r->stake, "stake", "it belongs to 'owns', 'invests' and 'grants'");
    }
  }
}

}  // namespace tierscope::core
