#pragma once
// The columns that the product does not know, of rows that several graphs may state.

#include <algorithm>
#include <boost/functional/hash.hpp>
#include <cstdint>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/model.hpp"

namespace tierscope::core {

/// Each name of a row has one value, the first. O(1) for each that is added, whatever their rows and names.
class Extras {
 public:
  /// Where only one graph is read no row comes again, and none is looked for.
  explicit Extras(bool several_graphs) : several_graphs_(several_graphs) {}
  Extras(const Extras&) = delete;
  Extras& operator=(const Extras&) = delete;

  /// The value that the row already has of that name, which stays; nothing where this is the first.
  std::optional<Text> add(const Extra& extra) {
    const auto place = static_cast<std::uint32_t>(list_.size());
    list_.push_back(extra);
    if (!several_graphs_) return {};
    const auto [old, fresh] = places_.insert(place);
    if (fresh) return {};
    list_.pop_back();
    return list_[*old].value;
  }

  /// How often two were compared.
  std::uint64_t steps() const { return steps_; }

  /// Sorted by row, names of a row in the order they came. Ends the use of it.
  std::vector<Extra> take() {
    places_.clear();
    std::stable_sort(list_.begin(), list_.end(), [](const Extra& a, const Extra& b) { return a.row < b.row; });
    return std::move(list_);
  }

 private:
  struct Hash {
    const Extras* of;
    std::size_t operator()(std::uint32_t i) const {
      return boost::hash<std::pair<std::uint32_t, std::uint32_t>>()({of->list_[i].row, of->list_[i].name.id});
    }
  };
  struct Same {
    const Extras* of;
    bool operator()(std::uint32_t i, std::uint32_t k) const { return of->same(of->list_[i], of->list_[k]); }
  };

  bool same(const Extra& a, const Extra& b) const {
    ++steps_;
    return a.row == b.row && a.name == b.name;
  }

  bool several_graphs_;
  std::vector<Extra> list_;
  mutable std::uint64_t steps_ = 0;
  std::unordered_set<std::uint32_t, Hash, Same> places_{0, Hash{this}, Same{this}};
};

}  // namespace tierscope::core
