#include "import/slug.hpp"

#include "base/unicode.hpp"

namespace tierscope::core {

std::string slug(std::string_view name) {
  std::string id;
  bool gap = false;
  for (const char c : fold(name)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
      gap = !id.empty();
      continue;
    }
    if (gap) id += '-';
    gap = false;
    id += c;
  }
  return id;
}

}  // namespace tierscope::core
