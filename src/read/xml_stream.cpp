#include "read/xml_stream.hpp"

#include <expat.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <new>
#include <utility>

namespace tierscope::core {

using std::string_view;

namespace {

// XML 1.0, production 2. Of a reference to anything else pugixml would make a NUL or broken UTF-8, and expat tells of
// the first alone.
bool xml_character(std::uint32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  return code < 0xd800 || (code > 0xdfff && code <= 0x10ffff && code != 0xfffe && code != 0xffff);
}

/// `name` stands between `&` and `;`.
bool known_reference(string_view name) {
  if (name.substr(0, 1) != "#")
    return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
  const bool hexadecimal = name.substr(1, 1) == "x";
  name.remove_prefix(hexadecimal ? 2 : 1);
  std::uint32_t code = 0;
  const char* const end = name.data() + name.size();
  const auto [last, failure] = std::from_chars(name.data(), end, code, hexadecimal ? 16 : 10);
  return failure == std::errc() && last == end && xml_character(code);
}

bool check_reference(string_view bytes, std::size_t at, std::uint32_t file, LineCounter& lines, Records& records) {
  std::size_t end = at + 1;
  const auto in_name = [](char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '#';
  };
  while (end < bytes.size() && end - at < 20 && in_name(bytes[end])) ++end;
  const bool closed = bytes.substr(end, 1) == ";";
  if (closed && known_reference(bytes.substr(at + 1, end - at - 1))) return true;
  records.error(file, lines.at(at), {},
                quoted(bytes.substr(at, end - at + (closed ? 1 : 0))) + " stands for no character",
                "write the character itself, or &amp; for &");
  return false;
}

}  // namespace

std::uint32_t LineCounter::at(std::size_t offset) {
  for (; at_ < offset; ++at_)
    if (bytes_[at_] == '\n' || (bytes_[at_] == '\r' && bytes_.substr(at_ + 1, 1) != "\n")) ++line_;
  return line_;
}

std::string quoted(string_view text) { return '"' + std::string(text) + '"'; }

bool check_references(string_view bytes, std::uint32_t file, Records& records) {
  LineCounter lines(bytes);
  const auto behind = [&](string_view end, std::size_t from) {
    const std::size_t found = bytes.find(end, from);
    return found == string_view::npos ? bytes.size() : found + end.size();
  };
  bool sound = true;
  for (std::size_t at = 0; at < bytes.size();) {
    // find_first_of takes several times as long, and nearly all tags need no look.
    const bool plain_tag = bytes[at] == '<' && at + 1 < bytes.size() && bytes[at + 1] != '!' && bytes[at + 1] != '?';
    if ((bytes[at] != '&' && bytes[at] != '<') || plain_tag) {
      ++at;
      continue;
    }
    const string_view rest = bytes.substr(at, 9);
    if (rest[0] == '&') {
      sound &= check_reference(bytes, at++, file, lines, records);
    } else if (rest.substr(0, 4) == "<!--") {
      at = behind("-->", at + 4);
    } else if (rest == "<![CDATA[") {
      at = behind("]]>", at);
    } else if (rest.substr(0, 2) == "<?") {
      at = behind("?>", at);
    } else if (rest == "<!DOCTYPE") {
      const std::size_t end = bytes.find_first_of("[>", at);
      if (end != string_view::npos && bytes[end] == '[') {
        records.error(file, lines.at(at), "DOCTYPE", "declarations inside of the DOCTYPE are not accepted",
                      "delete the DOCTYPE and write out its entities");
        return false;
      }
      at = behind(">", at);
    } else {
      ++at;
    }
  }
  return sound;
}

std::string_view attribute_of(const char* const* attributes, std::string_view name) {
  for (; *attributes != nullptr; attributes += 2)
    if (name == *attributes) return attributes[1];
  return {};
}

void XmlStream::Free::operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }

XmlStream::XmlStream(XmlEvents& events) : events_(events), parser_(XML_ParserCreate("UTF-8")) {
  if (parser_ == nullptr) throw std::bad_alloc();
  XML_SetUserData(parser_.get(), this);
  XML_SetElementHandler(
      parser_.get(),
      [](void* self, const XML_Char* name, const XML_Char** attributes) {
        static_cast<XmlStream*>(self)->events_.begin(name, attributes);
      },
      [](void* self, const XML_Char* /*name*/) { static_cast<XmlStream*>(self)->events_.end(); });
  XML_SetCharacterDataHandler(parser_.get(), [](void* self, const XML_Char* text, int size) {
    static_cast<XmlStream*>(self)->events_.text({text, static_cast<std::size_t>(size)});
  });
  XML_SetStartDoctypeDeclHandler(parser_.get(), [](void* self, const XML_Char* /*name*/, const XML_Char* /*system*/,
                                                   const XML_Char* /*public*/, int declares) {
    if (declares != 0)
      static_cast<XmlStream*>(self)->fail("its document type declares something",
                                          "delete the DOCTYPE and write out its entities");
  });
  XML_SetSkippedEntityHandler(parser_.get(), [](void* self, const XML_Char* name, int /*parameter*/) {
    static_cast<XmlStream*>(self)->fail('&' + std::string(name) + "; stands for no character",
                                        "write the character itself, or &amp; for &");
  });
}

XmlStream::~XmlStream() = default;

bool XmlStream::feed(std::string_view bytes, bool last) {
  constexpr std::size_t most = std::size_t{1} << 30U;  // expat counts in int
  do {
    const std::string_view block = bytes.substr(0, most);
    bytes.remove_prefix(block.size());
    if (stopped_ || !broken_.empty()) return false;
    const bool final = last && bytes.empty();
    if (XML_Parse(parser_.get(), block.data(), static_cast<int>(block.size()), final ? 1 : 0) == XML_STATUS_ERROR) {
      if (!stopped_ && broken_.empty()) broken_ = XML_ErrorString(XML_GetErrorCode(parser_.get()));
      return false;
    }
  } while (!bytes.empty());
  return true;
}

void XmlStream::fail(std::string why, string_view remedy) {
  broken_ = std::move(why);
  remedy_ = remedy;
  XML_StopParser(parser_.get(), XML_FALSE);
}

void XmlStream::stop() {
  stopped_ = true;
  XML_StopParser(parser_.get(), XML_FALSE);
}

std::uint64_t XmlStream::line() const { return XML_GetCurrentLineNumber(parser_.get()); }

std::size_t XmlStream::offset() const {
  return static_cast<std::size_t>(std::max<XML_Index>(XML_GetCurrentByteIndex(parser_.get()), 0));
}

}  // namespace tierscope::core
