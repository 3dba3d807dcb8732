#include "show/answer/workbook.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <new>
#include <ostream>

#include "base/unicode.hpp"
#include "show/answer/grid.hpp"

namespace tierscope::core {
namespace {

constexpr std::uint32_t most_rows = 1'048'576;
constexpr std::size_t most_links = 65'530;
constexpr std::size_t longest_link = 2'079;
constexpr std::size_t measured_rows = 500;

template <typename T>
T* made(T* pointer) {
  if (pointer == nullptr) throw std::bad_alloc();
  return pointer;
}

// The archive is made of the rows in one more temporary file, whose failures libxlsxwriter does not look at.
void need_room(std::int64_t bytes) {
  std::FILE* const probe = made(std::tmpfile());
  const bool room = ::posix_fallocate(::fileno(probe), 0, bytes + (std::int64_t{1} << 20)) == 0;
  std::fclose(probe);
  if (!room) throw std::bad_alloc();
}

// As libxlsxwriter writes it: each byte that an address may not hold takes three.
std::size_t escaped_size(std::string_view address) {
  return address.size() + 2 * static_cast<std::size_t>(std::count_if(address.begin(), address.end(), [](char c) {
                            return static_cast<unsigned char>(c) <= ' ' ||
                                   std::string_view("\"<>[]`^{}%").find(c) != std::string_view::npos;
                          }));
}

}  // namespace

struct Workbook::Inside {
  int file = -1;
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  std::vector<lxw_worksheet*> sheets;
  lxw_format* bold = nullptr;
  lxw_format* wrapped = nullptr;
  lxw_format* share = nullptr;
  lxw_format* money = nullptr;

  ~Inside() {
    if (book != nullptr) lxw_workbook_free(book);
    if (file >= 0) ::close(file);
  }
};

Workbook::Workbook() : inside_(std::make_unique<Inside>()) {
  // libxlsxwriter wants the name of a file: this one is in memory, and leaves nothing behind.
  inside_->file = ::memfd_create("workbook", MFD_CLOEXEC);
  if (inside_->file < 0) throw std::bad_alloc();
  const std::string path = "/proc/self/fd/" + std::to_string(inside_->file);
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.use_zip64 = LXW_TRUE;
  inside_->book = made(workbook_new_opt(path.c_str(), &options));
  lxw_doc_properties properties{};
  properties.created = 315'532'800;  // 1980, the first day that an archive knows: not the time of day
  workbook_set_properties(inside_->book, &properties);
  const auto format = [this] { return made(workbook_add_format(inside_->book)); };
  format_set_bold(inside_->bold = format());
  inside_->wrapped = format();
  format_set_text_wrap(inside_->wrapped);
  format_set_align(inside_->wrapped, LXW_ALIGN_VERTICAL_TOP);
  format_set_num_format(inside_->share = format(), "0.00%");
  format_set_num_format(inside_->money = format(), "#,##0");
}

Workbook::~Workbook() = default;

void Workbook::add_sheet(std::string_view name) {
  std::string own(name.substr(0, LXW_SHEETNAME_MAX));
  for (int other = 2; workbook_get_worksheet_by_name(inside_->book, own.c_str()) != nullptr; ++other) {
    const std::string number = " " + std::to_string(other);
    own = std::string(name.substr(0, LXW_SHEETNAME_MAX - number.size())) + number;
  }
  inside_->sheet = made(workbook_add_worksheet(inside_->book, own.c_str()));
  inside_->sheets.push_back(inside_->sheet);
  row_ = 0;
  column_ = 0;
  links_ = 0;
  widths_.clear();
}

bool Workbook::full() const { return row_ == most_rows; }

void Workbook::end_row() {
  ++row_;
  column_ = 0;
}

void Workbook::freeze_row() { worksheet_freeze_panes(inside_->sheet, row_, 0); }

void Workbook::measure(std::size_t columns) {
  if (row_ >= measured_rows) return;
  if (widths_.size() <= column_) widths_.resize(column_ + 1U);
  widths_[column_] = std::max(widths_[column_], columns);
}

void Workbook::write(std::string_view text, void* format) {
  // Characters are at most as many as bytes, so most texts need no count.
  std::string own(text);
  replace_noncharacters(own);
  if (own.size() > longest) {
    std::size_t characters = 0;
    std::size_t end = 0;
    for (; end < own.size(); ++end) {
      const auto byte = static_cast<unsigned char>(own[end]);
      if ((byte & 0xC0U) != 0x80U) characters += byte >= 0xF0U ? 2 : 1;  // Excel counts in UTF-16
      if (characters > longest) break;
    }
    if (end < own.size()) {
      own.resize(end);
      own += "…";
      ++cut_;
    }
  }
  if (!own.empty())
    worksheet_write_string(inside_->sheet, row_, column_, own.c_str(), static_cast<lxw_format*>(format));
  ++column_;
}

void Workbook::heading(std::string_view text) {
  measure(width(text) + 2);  // bold is wider
  write(text, inside_->bold);
}

void Workbook::text(std::string_view text, bool wrapped) {
  if (row_ < measured_rows) measure(width(prefix_of_width(text, 200)));
  write(text, wrapped ? inside_->wrapped : nullptr);
}

void Workbook::address(std::string_view text) {
  if (!fetched(text) || links_ == most_links || escaped_size(text) > longest_link) return this->text(text);
  measure(text.size());
  worksheet_write_url(inside_->sheet, row_, column_++, std::string(text).c_str(), nullptr);
  ++links_;
}

void Workbook::boolean(bool value) {
  measure(6);
  worksheet_write_boolean(inside_->sheet, row_, column_++, value ? 1 : 0, nullptr);
}

void Workbook::number(double value, Unit unit) {
  measure(unit == Unit::money ? 19 : 9);
  lxw_format* const format = unit == Unit::share ? inside_->share : unit == Unit::money ? inside_->money : nullptr;
  if (std::isfinite(value)) worksheet_write_number(inside_->sheet, row_, column_, value, format);
  ++column_;
}

void Workbook::fit_columns(std::size_t most) {
  for (std::size_t c = 0; c < widths_.size(); ++c) {
    const auto column = static_cast<lxw_col_t>(c);
    const auto columns = static_cast<double>(std::clamp<std::size_t>(widths_[c] + 1, 8, most));
    worksheet_set_column(inside_->sheet, column, column, columns, nullptr);
  }
}

void Workbook::finish(std::ostream& out) {
  std::int64_t largest = 0;
  for (const lxw_worksheet* const sheet : inside_->sheets) {
    if (std::fflush(sheet->optimize_tmpfile) != 0 || std::ferror(sheet->optimize_tmpfile) != 0) throw std::bad_alloc();
    largest = std::max<std::int64_t>(largest, std::ftell(sheet->optimize_tmpfile));
  }
  need_room(largest);
  const lxw_error failure = workbook_close(std::exchange(inside_->book, nullptr));
  if (failure != LXW_NO_ERROR) throw std::bad_alloc();
  std::vector<char> buffer(std::size_t{1} << 18U);
  if (::lseek(inside_->file, 0, SEEK_SET) != 0) throw std::bad_alloc();
  for (;;) {
    const ssize_t got = ::read(inside_->file, buffer.data(), buffer.size());
    if (got < 0) throw std::bad_alloc();
    if (got == 0) return;
    out.write(buffer.data(), got);
  }
}

}  // namespace tierscope::core
