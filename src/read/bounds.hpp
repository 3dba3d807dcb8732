#pragma once
// Figures in columns of their own, as programs of others want them and `convert` writes them: `value_low`,
// `value_high`, `value_approximate` and `value_currency` are one `value`.

#include <array>
#include <functional>
#include <string_view>
#include <vector>

#include "read/sparse_table.hpp"

namespace tierscope::core {

class Bounds {
 public:
  /// `find`: the place of a column, 0 = there is none; `make`: the same, made where it is new.
  void find_columns(const std::function<std::size_t(std::string_view)>& find,
                    const std::function<std::size_t(std::string_view)>& make);
  /// Puts the figure in the place of its parts, where they make one that is not given itself: numbers, of amounts with
  /// a currency.
  void join(std::vector<Cell>& cells, Records& records) const;

 private:
  struct Figure {
    bool amount = false;
    std::size_t column = 0;
    std::size_t low = 0;
    std::size_t high = 0;
    std::size_t approximate = 0;
    std::size_t currency = 0;
  };
  std::vector<Figure> figures_;
};

}  // namespace tierscope::core
