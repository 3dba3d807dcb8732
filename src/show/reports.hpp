#pragma once
// The formats of an answer. A writer shows what is in the report and computes nothing.

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ask/report.hpp"

namespace tierscope::core {

struct WriteOptions {
  std::optional<std::size_t> limit;  // results; 0 = all; none = the format's default
  bool color = false;
};

using ReportWriter = void (*)(const Model&, const Report&, const WriteOptions&, std::ostream&);

#define WRITER(name, audience) void write_##name(const Model&, const Report&, const WriteOptions&, std::ostream&);
#include "show/writers.def"
#undef WRITER

/// A person is shown the first results where no limit is named, a program gets all.
enum class Audience : std::uint8_t { person, program };

struct NamedWriter {
  std::string_view name;
  ReportWriter write;
  Audience audience;
};

inline constexpr NamedWriter report_writers[] = {
#define WRITER(name, audience) {#name, write_##name, Audience::audience},
#include "show/writers.def"
#undef WRITER
};

/// What a person is shown of a cell, control characters made visible; `–` for an unknown quantity.
std::string shown(const Cell& cell, CellType type);

/// How many results a format shows: the limit, else its default; and whether some are left out.
std::size_t shown_results(const Report& report, const WriteOptions& options, std::size_t default_limit);

/// Numbers sources in the order in which they are first cited.
class Citations {
 public:
  /// `1,4` for `;`-separated ids.
  std::string cite(std::string_view ids);
  const std::vector<std::string>& ids() const { return ids_; }

 private:
  std::vector<std::string> ids_;
};

}  // namespace tierscope::core
