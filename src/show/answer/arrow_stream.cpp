#include <cerrno>
#include <new>

#include <tierscope/arrow.hpp>

#include "show/answer/arrow_fields.hpp"

namespace tierscope {
namespace {

using core::ArrowField;

// A consumer may move any child out of its parent, so each node owns what it holds; its parent releases it if it is
// still there.
template <typename Node>
class Children {
 public:
  explicit Children(std::size_t count) : nodes_(count) {
    for (Node& node : nodes_) pointers_.push_back(&node);
  }
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;
  ~Children() {
    for (Node& node : nodes_)
      if (node.release != nullptr) node.release(&node);
  }
  Node& operator[](std::size_t i) { return nodes_[i]; }
  Node** pointers() { return pointers_.data(); }

 private:
  std::vector<Node> nodes_;  // released ones until they are filled
  std::vector<Node*> pointers_;
};

template <typename Owner, typename Node>
void release(Node* node) {
  delete static_cast<Owner*>(node->private_data);
  node->release = nullptr;
}

// As the C data interface has it: a count, then keys and values, each behind its length.
std::string metadata_text(const ArrowField& field) {
  std::string text;
  const auto add_number = [&](std::size_t number) {
    const auto narrow = static_cast<std::int32_t>(number);
    text.append(reinterpret_cast<const char*>(&narrow), sizeof narrow);
  };
  if (field.metadata.empty()) return text;
  add_number(field.metadata.size());
  for (const auto& [key, value] : field.metadata) {
    for (const std::string_view part : {key, value}) {
      add_number(part.size());
      text += part;
    }
  }
  return text;
}

const char* format(ArrowField::Type type) {
  switch (type) {
    case ArrowField::Type::utf8: return "u";
    case ArrowField::Type::boolean: return "b";
    case ArrowField::Type::int64: return "l";
    case ArrowField::Type::float64: return "g";
    case ArrowField::Type::list: return "+l";
    case ArrowField::Type::structure: return "+s";
  }
  return "n";
}

struct SchemaOwner {
  explicit SchemaOwner(const ArrowField& field)
      : name(field.name), metadata(metadata_text(field)), children(field.children.size()) {}
  std::string name;
  std::string metadata;
  Children<ArrowSchema> children;
};

void export_field(const ArrowField& field, ArrowSchema& out) {
  auto owner = std::make_unique<SchemaOwner>(field);
  for (std::size_t c = 0; c < field.children.size(); ++c) export_field(field.children[c], owner->children[c]);
  out = ArrowSchema{.format = format(field.type),
                    .name = owner->name.c_str(),
                    .metadata = owner->metadata.empty() ? nullptr : owner->metadata.data(),
                    .flags = field.nullable ? ARROW_FLAG_NULLABLE : 0,
                    .n_children = static_cast<std::int64_t>(field.children.size()),
                    .children = owner->children.pointers(),
                    .dictionary = nullptr,
                    .release = release<SchemaOwner, ArrowSchema>,
                    .private_data = owner.release()};
}

struct ArrayOwner {
  explicit ArrayOwner(Column&& moved) : column(std::move(moved)), children(column.children.size()) {
    // Short text lies within the string itself, at no alignment; what is on the heap has operator new's.
    if (column.type == FieldType::text) column.bytes.reserve(sizeof(std::string));
    const core::ArrowBuffers made = core::arrow_buffers(column);
    count = made.count;
    for (std::size_t b = 0; b < count; ++b) buffers[b] = made.list[b].data;
  }
  Column column;
  Children<ArrowArray> children;
  std::array<const void*, 3> buffers{};
  std::size_t count = 0;
};

void export_column(Column&& column, ArrowArray& out) {
  auto owner = std::make_unique<ArrayOwner>(std::move(column));
  auto& children = owner->column.children;
  for (std::size_t c = 0; c < children.size(); ++c) export_column(std::move(children[c]), owner->children[c]);
  out = ArrowArray{.length = static_cast<std::int64_t>(owner->column.length),
                   .null_count = static_cast<std::int64_t>(owner->column.nulls),
                   .offset = 0,
                   .n_buffers = static_cast<std::int64_t>(owner->count),
                   .n_children = static_cast<std::int64_t>(children.size()),
                   .buffers = owner->buffers.data(),
                   .children = owner->children.pointers(),
                   .dictionary = nullptr,
                   .release = release<ArrayOwner, ArrowArray>,
                   .private_data = owner.release()};
}

// No exception crosses into C.
class StreamOwner {
 public:
  explicit StreamOwner(std::unique_ptr<Cursor> rows) : rows_(std::move(rows)) {}

  int schema(ArrowSchema& out) noexcept {
    try {
      export_field({.name = "", .type = ArrowField::Type::structure, .children = core::arrow_fields(rows_->fields())},
                   out);
      return code(Next::rows);
    } catch (const std::bad_alloc&) {
      return code(Next::out_of_memory);
    }
  }

  int next(ArrowArray& out) noexcept {
    if (last_ == Next::rows) last_ = batch(out);
    if (last_ == Next::end) out.release = nullptr;
    return code(last_);
  }

  const char* error() const noexcept { return error_; }

 private:
  Next batch(ArrowArray& out) noexcept {
    try {
      Batch batch(rows_->fields());
      const Next more = rows_->next(batch);
      if (more != Next::rows) return more;
      Column root(FieldType::record);
      root.length = batch.rows;
      root.children = std::move(batch.columns);
      export_column(std::move(root), out);
      return more;
    } catch (const std::bad_alloc&) {
      return Next::out_of_memory;
    }
  }

  int code(Next next) noexcept {
    switch (next) {
      case Next::rows:
      case Next::end: error_ = nullptr; return 0;
      case Next::interrupted: error_ = "interrupted: the rows are not complete"; return EINTR;
      case Next::out_of_memory: error_ = "not enough memory: the rows are not complete"; return ENOMEM;
    }
    return EINVAL;
  }

  std::unique_ptr<Cursor> rows_;
  Next last_ = Next::rows;
  const char* error_ = nullptr;
};

StreamOwner& owner_of(ArrowArrayStream* stream) { return *static_cast<StreamOwner*>(stream->private_data); }

}  // namespace

void export_stream(std::unique_ptr<Cursor> rows, ArrowArrayStream* out) {
  *out = ArrowArrayStream{
      .get_schema = [](ArrowArrayStream* stream, ArrowSchema* schema) { return owner_of(stream).schema(*schema); },
      .get_next = [](ArrowArrayStream* stream, ArrowArray* array) { return owner_of(stream).next(*array); },
      .get_last_error = [](ArrowArrayStream* stream) { return owner_of(stream).error(); },
      .release = release<StreamOwner, ArrowArrayStream>,
      .private_data = new StreamOwner(std::move(rows))};
}

}  // namespace tierscope
