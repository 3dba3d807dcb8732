#include "show/answer/arrow_ipc.hpp"

#include <flatbuffers/flatbuffers.h>

#include <bit>
#include <ostream>

#include "show/answer/arrow_fields.hpp"

namespace tierscope::core {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
struct AnyTable {};  // any table: the builder only tells apart what offsets point to
using Tables = std::vector<Offset<AnyTable>>;

// The nth field of a table.
constexpr flatbuffers::voffset_t at(int n) { return static_cast<flatbuffers::voffset_t>(4 + 2 * n); }

enum class TypeOf : std::uint8_t { integer = 2, floating = 3, utf8 = 5, boolean = 6, list = 12, structure = 13 };
enum class Header : std::uint8_t { schema = 1, record_batch = 3 };
constexpr std::int16_t version_5 = 4;
constexpr std::int16_t double_precision = 2;
constexpr std::int16_t endianness = std::endian::native == std::endian::little ? 0 : 1;
constexpr std::size_t alignment = 8;

std::size_t padding(std::size_t size) { return (alignment - size % alignment) % alignment; }

// The structs FieldNode and Buffer of Message.fbs are both two longs.
struct Pair {
  Pair(std::size_t one, std::size_t two)
      : first(flatbuffers::EndianScalar(static_cast<std::int64_t>(one))),
        second(flatbuffers::EndianScalar(static_cast<std::int64_t>(two))) {}
  std::int64_t first;
  std::int64_t second;
};

template <typename Fill>
Offset<AnyTable> table(FlatBufferBuilder& builder, const Fill& fill) {
  const auto start = builder.StartTable();
  fill();
  return {builder.EndTable(start)};
}

std::pair<TypeOf, Offset<AnyTable>> type(FlatBufferBuilder& to, ArrowField::Type type) {
  const auto none = [] {};
  switch (type) {
    case ArrowField::Type::utf8: break;
    case ArrowField::Type::boolean: return {TypeOf::boolean, table(to, none)};
    case ArrowField::Type::int64:
      return {TypeOf::integer, table(to, [&] {
                to.AddElement<std::int32_t>(at(0), 64, 0);  // bitWidth
                to.AddElement<std::uint8_t>(at(1), 1, 0);   // is_signed
              })};
    case ArrowField::Type::float64:
      return {TypeOf::floating, table(to, [&] { to.AddElement(at(0), double_precision, std::int16_t{0}); })};
    case ArrowField::Type::list: return {TypeOf::list, table(to, none)};
    case ArrowField::Type::structure: return {TypeOf::structure, table(to, none)};
  }
  return {TypeOf::utf8, table(to, none)};
}

Offset<AnyTable> field(FlatBufferBuilder& to, const ArrowField& from) {
  Tables children;
  for (const ArrowField& child : from.children) children.push_back(field(to, child));
  Tables metadata;
  for (const auto& [key, value] : from.metadata) {
    const auto key_at = to.CreateString(key.data(), key.size());
    const auto value_at = to.CreateString(value.data(), value.size());
    metadata.push_back(table(to, [&] {
      to.AddOffset(at(0), key_at);
      to.AddOffset(at(1), value_at);
    }));
  }
  const auto name = to.CreateString(from.name.data(), from.name.size());
  const auto [type_is, type_at] = type(to, from.type);
  const auto children_at = to.CreateVector(children);
  const auto metadata_at = to.CreateVector(metadata);
  const auto type_offset = type_at;
  const auto type_number = static_cast<std::uint8_t>(type_is);
  return table(to, [&] {
    to.AddOffset(at(0), name);
    to.AddElement<std::uint8_t>(at(1), from.nullable ? 1 : 0, 0);
    to.AddElement<std::uint8_t>(at(2), type_number, 0);
    to.AddOffset(at(3), type_offset);
    to.AddOffset(at(5), children_at);  // 4 is the dictionary
    to.AddOffset(at(6), metadata_at);
  });
}

void write(std::ostream& out, const void* data, std::size_t size) {
  constexpr std::array<char, alignment> zeros{};
  if (size != 0) out.write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
  out.write(zeros.data(), static_cast<std::streamsize>(padding(size)));
}

void write_marker(std::ostream& out, std::uint32_t size) {
  const std::array<std::uint32_t, 2> words{0xffffffffU, flatbuffers::EndianScalar(size)};
  write(out, words.data(), sizeof words);
}

void write_head(std::ostream& out, FlatBufferBuilder& builder, Header header, Offset<AnyTable> header_at,
                std::size_t body) {
  builder.Finish(table(builder, [&] {
    builder.AddElement(at(0), version_5, std::int16_t{0});
    builder.AddElement(at(1), static_cast<std::uint8_t>(header), std::uint8_t{0});
    builder.AddOffset(at(2), header_at);
    builder.AddElement(at(3), static_cast<std::int64_t>(body), std::int64_t{0});
  }));
  const std::size_t size = builder.GetSize();
  write_marker(out, static_cast<std::uint32_t>(size + padding(size)));
  write(out, builder.GetBufferPointer(), size);
}

void write_schema(std::ostream& out, std::span<const Field> fields) {
  FlatBufferBuilder builder;
  Tables made;
  for (const ArrowField& each : arrow_fields(fields)) made.push_back(field(builder, each));
  const auto fields_at = builder.CreateVector(made);
  const auto schema = table(builder, [&] {
    builder.AddElement(at(0), endianness, std::int16_t{0});
    builder.AddOffset(at(1), fields_at);
  });
  write_head(out, builder, Header::schema, schema, 0);
}

/// A batch's columns in depth-first order.
struct Body {
  std::vector<Pair> nodes;
  std::vector<Pair> places;
  std::vector<ArrowBuffer> buffers;
  std::size_t size = 0;

  void add(const Column& column) {
    nodes.emplace_back(column.length, column.nulls);
    const ArrowBuffers own = arrow_buffers(column);
    for (std::size_t b = 0; b < own.count; ++b) {
      const ArrowBuffer& buffer = buffers.emplace_back(own.list[b]);
      places.emplace_back(size, buffer.size);
      size += buffer.size + padding(buffer.size);
    }
    for (const Column& child : column.children) add(child);
  }
};

void write_batch(std::ostream& out, const Batch& batch) {
  Body body;
  for (const Column& column : batch.columns) body.add(column);
  FlatBufferBuilder builder;
  const auto nodes = builder.CreateVectorOfStructs(body.nodes);
  const auto places = builder.CreateVectorOfStructs(body.places);
  const auto record_batch = table(builder, [&] {
    builder.AddElement(at(0), static_cast<std::int64_t>(batch.rows), std::int64_t{0});
    builder.AddOffset(at(1), nodes);
    builder.AddOffset(at(2), places);
  });
  write_head(out, builder, Header::record_batch, record_batch, body.size);
  for (const ArrowBuffer& buffer : body.buffers) write(out, buffer.data, buffer.size);
}

}  // namespace

Next write_arrow(Cursor& rows, std::ostream& out) {
  Next more = Next::rows;
  try {
    write_schema(out, rows.fields());
    Batch batch(rows.fields());
    while (out && (more = rows.next(batch)) == Next::rows) write_batch(out, batch);
  } catch (const std::bad_alloc&) {
    more = Next::out_of_memory;
  }
  if (more == Next::end)
    write_marker(out, 0);
  else
    out.write("\xff\xff\xff\xff", 4);  // a message without its length
  return more;
}

}  // namespace tierscope::core
