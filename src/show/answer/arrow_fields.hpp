#pragma once
// Fields and columns in Arrow's terms, for its C stream and its IPC format alike.

#include <array>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <tierscope/batch.hpp>

namespace tierscope::core {

/// The children are those of the field's Column, one for one.
struct ArrowField {
  enum class Type { utf8, boolean, int64, float64, list, structure };
  std::string_view name;
  Type type = Type::utf8;
  bool nullable = false;
  std::vector<std::pair<std::string_view, std::string_view>> metadata{};
  std::vector<ArrowField> children{};
};
/// Borrows the text of `fields`.
std::vector<ArrowField> arrow_fields(std::span<const Field> fields);

struct ArrowBuffer {
  const void* data = nullptr;
  std::size_t size = 0;
};
struct ArrowBuffers {
  std::array<ArrowBuffer, 3> list{};  // validity first: null where nothing is
  std::size_t count = 1;
};
/// Of the column itself, without its children. Borrowed: valid until the column changes or moves.
ArrowBuffers arrow_buffers(const Column& column);

}  // namespace tierscope::core
