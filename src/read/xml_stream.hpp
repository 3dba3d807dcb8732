#pragma once
// XML as it comes, by expat: nothing is kept but the open elements.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "read/records.hpp"

struct XML_ParserStruct;

namespace tierscope::core {

constexpr std::string_view broken_remedy = "each <element> needs an </element>, each attribute quotes";

/// What an XML text holds, in its order.
class XmlEvents {
 public:
  virtual ~XmlEvents() = default;
  /// `attributes`: name, value, name, value, …, null. They and the name hold until it returns.
  virtual void begin(std::string_view name, const char* const* attributes) = 0;
  virtual void end() = 0;
  /// A piece of the text of the innermost element, in one line end `\n`.
  virtual void text(std::string_view /*piece*/) {}
};

/// The value of an attribute; empty: it is empty, or there is none.
std::string_view attribute_of(const char* const* attributes, std::string_view name);

/// The name without its namespace's prefix.
inline std::string_view local_name(std::string_view name) { return name.substr(name.find(':') + 1); }

/// Lines by offset, asked in order. A line ends with LF, CRLF or CR, as in all readers.
class LineCounter {
 public:
  explicit LineCounter(std::string_view bytes) : bytes_(bytes) {}
  std::uint32_t at(std::size_t offset);

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
};

/// Tells of each reference that stands for no character, and of a document type that declares something: parsers stop
/// at the first, or hide it. False: there was one.
bool check_references(std::string_view bytes, std::uint32_t file, Records& records);

/// As XML has an attribute.
std::string quoted(std::string_view text);

/// Tells of UTF-8, whatever the text says of its encoding. Documents that declare entities are refused, as those can
/// grow without end; so are references to what nobody declared. Never recurses.
class XmlStream {
 public:
  explicit XmlStream(XmlEvents& events);
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;
  ~XmlStream();

  /// The next bytes, any number; with `last` the text ends. False: it is broken (`broken` says how, `remedy` what
  /// helps), or was stopped.
  bool feed(std::string_view bytes, bool last);
  /// Called from within an event: no other comes.
  void stop();
  /// Of the event, or of what is broken.
  std::uint64_t line() const;
  std::size_t offset() const;
  const std::string& broken() const { return broken_; }
  std::string remedy() const { return std::string(remedy_); }

 private:
  struct Free {
    void operator()(XML_ParserStruct* parser) const;
  };
  void fail(std::string why, std::string_view remedy);

  XmlEvents& events_;
  std::unique_ptr<XML_ParserStruct, Free> parser_;
  bool stopped_ = false;
  std::string broken_;
  std::string_view remedy_ = broken_remedy;
};

}  // namespace tierscope::core
