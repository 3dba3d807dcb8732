#include "import/importers.hpp"

namespace tierscope::core {

const std::vector<Importer>& importers() {
  static const std::vector<Importer> list{};
  return list;
}

}  // namespace tierscope::core
