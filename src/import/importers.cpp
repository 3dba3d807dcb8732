#include "import/importers.hpp"

namespace tierscope::core {

const std::vector<Importer>& importers() {
  static const std::vector<Importer> list{
      {"ftm", "FollowTheMoney entities, a JSON object a line: owners, lenders, suppliers", import_ftm},
      {"gleif", "GLEIF golden copies as CSV: who consolidates whom, and names", import_gleif},
  };
  return list;
}

}  // namespace tierscope::core
