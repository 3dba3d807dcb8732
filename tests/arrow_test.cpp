// Rows as Arrow's C stream and in its IPC format. Other programs read the latter in tests/formats/arrow.py.

#include <doctest/doctest.h>

#include <cerrno>
#include <cstring>
#include <sstream>

#include <tierscope/arrow.hpp>

#include "formats/sample.hpp"
#include "show/answer/arrow_ipc.hpp"

using namespace tierscope;
using arrow_sample::ordered_json;
using arrow_sample::Row;
using arrow_sample::Sample;

namespace {

// What a C consumer holds.
template <typename Struct>
struct Held : Struct {
  Held() : Struct{} {}
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  ~Held() { drop(); }
  void drop() {
    if (this->release != nullptr) this->release(this);
  }
};

bool released(const auto& held) { return held.release == nullptr; }

bool bit(const void* bits, std::int64_t i) { return (static_cast<const std::uint8_t*>(bits)[i / 8] >> i % 8 & 1) != 0; }

// A cell, read as Arrow's specification says.
ordered_json cell(const ArrowSchema& schema, const ArrowArray& array, std::int64_t i) {
  if (array.buffers[0] != nullptr && !bit(array.buffers[0], i)) return {};
  const auto* offsets = array.n_buffers > 1 ? static_cast<const std::int32_t*>(array.buffers[1]) : nullptr;
  const std::string_view format = schema.format;
  ordered_json made;
  if (format == "u") {
    made = std::string(static_cast<const char*>(array.buffers[2]) + offsets[i],
                       static_cast<std::size_t>(offsets[i + 1] - offsets[i]));
  } else if (format == "b") {
    made = bit(array.buffers[1], i);
  } else if (format == "l") {
    made = static_cast<const std::int64_t*>(array.buffers[1])[i];
  } else if (format == "g") {
    made = static_cast<const double*>(array.buffers[1])[i];
  } else if (format == "+l") {
    made = ordered_json::array();
    for (std::int32_t item = offsets[i]; item < offsets[i + 1]; ++item)
      made.push_back(cell(*schema.children[0], *array.children[0], item));
  } else {
    REQUIRE(format == "+s");
    for (std::int64_t c = 0; c < schema.n_children; ++c)
      made[schema.children[c]->name] = cell(*schema.children[c], *array.children[c], i);
  }
  return made;
}

// Throughout the tree: as many children as the schema says, lengths and buffers that go together, nulls counted.
void check_array(const ArrowSchema& schema, const ArrowArray& array) {
  CAPTURE(schema.name);
  REQUIRE(array.n_children == schema.n_children);
  CHECK(array.offset == 0);
  CHECK(array.dictionary == nullptr);
  CHECK((array.buffers[0] == nullptr) == (array.null_count == 0));
  std::int64_t nulls = 0;
  if (array.buffers[0] != nullptr)
    for (std::int64_t i = 0; i < array.length; ++i) nulls += bit(array.buffers[0], i) ? 0 : 1;
  CHECK(array.null_count == nulls);
  const std::string_view format = schema.format;
  CHECK(array.n_buffers == (format == "+s" ? 1 : format == "u" ? 3 : 2));
  for (std::int64_t b = 0; b < array.n_buffers; ++b)
    CHECK(reinterpret_cast<std::uintptr_t>(array.buffers[b]) % __STDCPP_DEFAULT_NEW_ALIGNMENT__ == 0);
  for (std::int64_t c = 0; c < array.n_children; ++c) {
    CHECK(array.children[c]->length ==
          (format == "+s" ? array.length : static_cast<const std::int32_t*>(array.buffers[1])[array.length]));
    check_array(*schema.children[c], *array.children[c]);
  }
}

std::map<std::string, std::string> metadata(const ArrowSchema& schema) {
  std::map<std::string, std::string> made;
  const char* at = schema.metadata;
  if (at == nullptr) return made;
  const auto number = [&at] {
    std::int32_t value = 0;
    std::memcpy(&value, at, sizeof value);
    at += sizeof value;
    return static_cast<std::size_t>(value);
  };
  const auto text = [&] {
    const std::size_t size = number();
    at += size;
    return std::string(at - size, size);
  };
  for (std::size_t left = number(); left > 0; --left) {
    const std::string key = text();
    made[key] = text();
  }
  return made;
}

// `id: long!, text: utf8, ...`: a field that is not nullable has a `!`.
std::string shape(const ArrowSchema& schema) {
  std::string text;
  if (*schema.name != 0) text += std::string(schema.name) + " ";
  text += schema.format;
  if ((schema.flags & ARROW_FLAG_NULLABLE) == 0) text += "!";
  for (std::int64_t c = 0; c < schema.n_children; ++c)
    text += (c == 0 ? "(" : ", ") + shape(*schema.children[c]) + (c + 1 == schema.n_children ? ")" : "");
  return text;
}

struct One {
  std::optional<std::int64_t> n;
  static constexpr void describe(const auto& field) { field("n", &One::n, ""); }
};

// One row, then what it was told; asked again, it would go on.
class Ending : public Cursor {
 public:
  explicit Ending(Next with) : with_(with) {}
  std::span<const Field> fields() const noexcept override { return tierscope::fields<One>(); }
  Next next(Batch& into) noexcept override {
    into.clear();
    given_ = !given_;
    if (!given_) return with_;
    append(into, One{.n = 7});
    return Next::rows;
  }

 private:
  Next with_;
  bool given_ = false;
};

std::string ipc(Cursor& rows, Next expected) {
  std::ostringstream out;
  CHECK(core::write_arrow(rows, out) == expected);
  return out.str();
}

constexpr std::string_view end_marker("\xff\xff\xff\xff\0\0\0\0", 8);

}  // namespace

TEST_CASE("arrow: every cell of every type comes through the stream, in batches") {
  for (const std::size_t count : {0U, 1U, 9U, 1024U, 2500U}) {
    CAPTURE(count);
    const Sample sample(count);
    Held<ArrowArrayStream> stream;
    export_stream(sample.open(), &stream);
    Held<ArrowSchema> schema;
    REQUIRE(stream.get_schema(&stream, &schema) == 0);
    CHECK(stream.get_last_error(&stream) == nullptr);
    ordered_json got = ordered_json::array();
    std::vector<std::int64_t> lengths;
    for (;;) {
      Held<ArrowArray> batch;
      REQUIRE(stream.get_next(&stream, &batch) == 0);
      if (batch.release == nullptr) break;
      check_array(schema, batch);
      lengths.push_back(batch.length);
      for (std::int64_t i = 0; i < batch.length; ++i) got.push_back(cell(schema, batch, i));
    }
    CHECK((got == sample.results()));  // not printed: a megabyte
    if (count == 0) CHECK(lengths.empty());
    if (count == 1024) CHECK(lengths == std::vector<std::int64_t>{1024});
    if (count == 2500) CHECK(lengths == std::vector<std::int64_t>{1024, 1024, 452});  // 2,500 - 2 x 1,024
    ArrowArray after;
    std::memset(&after, 0xab, sizeof after);       // C gives what it has
    CHECK(stream.get_next(&stream, &after) == 0);  // the end stays the end
    CHECK(released(after));
  }
}

TEST_CASE("arrow: the schema names types, nulls, helps and units") {
  Held<ArrowArrayStream> stream;
  export_stream(Sample(0).open(), &stream);
  Held<ArrowSchema> schema;
  REQUIRE(stream.get_schema(&stream, &schema) == 0);
  const std::string share = "low g, high g, reported u, approximate b, confidence u";
  const std::string company = "+s(id u, name u)";
  const std::string leg = "payer " + company + ", share +s(" + share + "), hops l!, sources +l!(item u)";
  const std::string other = "payer " + company + ", share +s(" + share + "), hops l, sources +l(item u)";
  CHECK(shape(schema) ==
        "+s!(id l!, text u, flag b!, answered b, count l, number g!, index g, confidence u, as_of u, " +
            ("supplier " + company) + ", share +s(" + share + "), value +s(" + share +
            ", currency u), sources +l!(item u), via +l!(item " + company + "), places +l!(item l!), leg +s!(" + leg +
            "), other +s(" + other + "), legs +l!(item +s!(" + leg + ")))");
  using Words = std::map<std::string, std::string>;
  CHECK(metadata(schema) == Words{});
  CHECK(metadata(*schema.children[1]) == Words{{"help", "any text"}});
  CHECK(metadata(*schema.children[6]) == Words{{"help", "concentration"}, {"unit", "hhi"}});
  CHECK(metadata(*schema.children[11]) == Words{{"help", "paid"}, {"unit", "money"}});
  CHECK(metadata(*schema.children[11]->children[0]) == Words{});
  const ArrowSchema& inner = *schema.children[17]->children[0]->children[2];
  CHECK(std::string(inner.name) == "hops");
  CHECK(metadata(inner) == Words{{"help", "links from the seller"}, {"unit", "count"}});
}

TEST_CASE("arrow: schema, batches and children outlive the stream, in any order of release") {
  Held<ArrowSchema> schema;
  Held<ArrowArray> first;
  Held<ArrowArray> second;
  ordered_json expected;
  {
    const Sample sample(1100);
    expected = sample.results();
    Held<ArrowArrayStream> stream;
    export_stream(sample.open(), &stream);
    REQUIRE(stream.get_schema(&stream, &schema) == 0);
    REQUIRE(stream.get_next(&stream, &first) == 0);
    REQUIRE(stream.get_next(&stream, &second) == 0);
    stream.drop();
    CHECK(released(stream));
  }
  CHECK(cell(schema, first, 8) == expected[8]);
  first.drop();
  CHECK(released(first));
  CHECK(cell(schema, second, 75) == expected[1099]);  // 1,099 - 1,024
  // A consumer may move a child out and release its parent.
  Held<ArrowArray> legs;
  static_cast<ArrowArray&>(legs) = std::exchange(*second.children[17], ArrowArray{});
  Held<ArrowSchema> legs_schema;
  static_cast<ArrowSchema&>(legs_schema) = std::exchange(*schema.children[17], ArrowSchema{});
  second.drop();
  schema.drop();
  CHECK(cell(legs_schema, legs, 75) == expected[1099]["legs"]);
  legs_schema.drop();
}

TEST_CASE("arrow: what stops the rows is an errno and a text, and stays so") {
  struct {
    Next ending;
    int code;
    const char* text;
  } const cases[] = {{Next::interrupted, EINTR, "interrupted: the rows are not complete"},
                     {Next::out_of_memory, ENOMEM, "not enough memory: the rows are not complete"},
                     {Next::end, 0, ""}};
  for (const auto& [ending, code, text] : cases) {
    Held<ArrowArrayStream> stream;
    export_stream(std::make_unique<Ending>(ending), &stream);
    Held<ArrowArray> batch;
    REQUIRE(stream.get_next(&stream, &batch) == 0);
    CHECK(batch.length == 1);
    for (int again = 0; again < 2; ++again) {
      ArrowArray none{};
      CHECK(stream.get_next(&stream, &none) == code);
      const char* said = stream.get_last_error(&stream);
      CHECK(std::string(said == nullptr ? "" : said) == text);
      CHECK(released(none));
    }
    Held<ArrowSchema> schema;
    CHECK(stream.get_schema(&stream, &schema) == 0);
    CHECK(stream.get_last_error(&stream) == nullptr);
  }
}

TEST_CASE("arrow: text beyond the reach of 32-bit offsets is want of memory, not a wrong cell") {
  Column column{Field{.type = FieldType::text}};
  column.append(std::string_view("short"));
  // A view that is never read: 5 + 2,147,483,643 bytes is one more than an offset can say.
  CHECK_THROWS_AS(column.append(std::string_view("", std::size_t{2'147'483'643})), std::bad_alloc);
  CHECK(column.length == 1);
  CHECK(column.text(0) == "short");
}

TEST_CASE("arrow: the IPC format is messages of whole words with an end, or breaks off") {
  Ending whole(Next::end);
  const std::string text = ipc(whole, Next::end);
  CHECK(text.size() % 8 == 0);
  CHECK(text.substr(0, 4) == end_marker.substr(0, 4));
  CHECK(text.substr(text.size() - 8) == end_marker);
  // The one value of the one batch is the last word before the end.
  CHECK(text.substr(text.size() - 16, 8) == std::string("\7\0\0\0\0\0\0\0", 8));

  for (const Next ending : {Next::interrupted, Next::out_of_memory}) {
    Ending broken(ending);
    CHECK(ipc(broken, ending) == text.substr(0, text.size() - 4));  // a message's first half word, then nothing
  }
  std::ostringstream full;
  full.setstate(std::ios::badbit);
  Ending unread(Next::end);
  CHECK(core::write_arrow(unread, full) == Next::rows);
}
