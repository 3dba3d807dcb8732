#include "read/encoding.hpp"

#include <iconv.h>

#include <cerrno>
#include <memory>
#include <type_traits>

namespace tierscope::core {
namespace {

struct Close {
  void operator()(void* converter) const { iconv_close(converter); }
};

}  // namespace

std::string_view marked_encoding(std::string_view bytes) {
  const std::string_view mark = bytes.substr(0, 2);
  return mark == "\xff\xfe" || mark == "\xfe\xff" ? "UTF-16" : std::string_view();
}

std::optional<std::string> to_utf8(std::string_view bytes, const std::string& encoding, std::string& why,
                                   std::size_t& offset) {
  offset = std::string_view::npos;
  // `//TRANSLIT` and the like belong to the target; behind the source they would only hide what is wrong.
  auto* const none = reinterpret_cast<iconv_t>(-1);  // NOLINT(performance-no-int-to-ptr): iconv's own word
  const iconv_t opened = encoding.find('/') == std::string::npos ? iconv_open("UTF-8", encoding.c_str()) : none;
  if (opened == none) {
    why = "unknown encoding";
    return {};
  }
  const std::unique_ptr<std::remove_pointer_t<iconv_t>, Close> converter(opened);
  std::string text;
  std::string part(1U << 16U, '\0');
  char* in = const_cast<char*>(bytes.data());
  std::size_t left = bytes.size();
  bool flushed = false;
  while (!flushed) {
    flushed = left == 0;
    char* out = part.data();
    std::size_t room = part.size();
    const std::size_t done = iconv(converter.get(), flushed ? nullptr : &in, flushed ? nullptr : &left, &out, &room);
    text.append(part.data(), part.size() - room);
    if (done != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
    offset = bytes.size() - left;
    why = "not in the encoding " + encoding;
    return {};
  }
  return text;
}

}  // namespace tierscope::core
