#pragma once
// What the rules of `check` share: rows of one key, and how a finding is made.

#include <algorithm>
#include <boost/functional/hash.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "ask/check/check_rules.hpp"

namespace tierscope::core {

using Rows = std::vector<const Relation*>;

/// Every row of the model that `takes` accepts, in input order.
template <typename Takes>
Rows rows_if(const Inspected& model, const Takes& takes) {
  Rows rows;
  for (std::size_t row = 0; row < model.relation_count(); ++row)
    if (const Relation& r = model.relation(row); takes(r)) rows.push_back(&r);
  return rows;
}
inline Rows all_rows(const Inspected& model) {
  return rows_if(model, [](const Relation&) { return true; });
}

/// Of a view: what holds at its date, of whatever status, in input order.
Rows holding_rows(const Inspected& view);

void find_problem(const Inspected& model, Problems& findings, Severity severity, std::string_view kind, Place place,
                  std::string attribute, std::string what, std::string remedy);
inline void warn(const Inspected& model, Problems& findings, std::string_view kind, Place place, std::string attribute,
                 std::string what, std::string remedy) {
  find_problem(model, findings, Severity::warning, kind, place, std::move(attribute), std::move(what),
               std::move(remedy));
}

/// `a supplies b`
std::string link_name(const Inspected& model, const Relation& r);
/// `60 % from 'a' (file:1)`
std::string share_words(const Inspected& model, const Quantity& share, CompanyIndex company, const Relation& r);

/// What a supplier sells to a customer as one purchase: the category, where none is given the item; 0: unnamed.
inline Text purchase_of(const Relation& r) { return r.category ? r.category : r.item; }

inline auto pair_of(const Relation& r) { return std::make_tuple(r.from, r.to, r.kind); }
inline auto link_of(const Relation& r) { return std::make_tuple(r.from, r.to, r.kind, r.category.id, r.item.id); }

/// Rows of one key; each look at one is counted.
class Group {
 public:
  Group(const Inspected& model, std::span<const Relation* const> rows) : model_(&model), rows_(rows) {}

  std::size_t size() const { return rows_.size(); }
  std::span<const Relation* const> rows() const { return rows_; }
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

/// Keeps the rows whose key another row has too, and a few more: ordering millions of which most stand alone would cost
/// more than all else.
template <typename Key>
void keep_repeated(Rows& rows, Key key) {
  if (rows.empty()) return;
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

/// Runs of two or more equal keys, in the order of the keys; input order within a run.
template <typename Key, typename Use>
void for_each_group(const Inspected& model, Rows rows, Key key, Use use) {
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

}  // namespace tierscope::core
