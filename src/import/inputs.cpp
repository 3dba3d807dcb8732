#include "import/inputs.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <utility>

#include "base/unicode.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

constexpr std::uint64_t always_allowed = std::uint64_t{16} << 20U;
constexpr std::uint64_t unfolds_at_most = 200;

/// An archive that is read through the seam to the files, by libzip. Members keep it open.
class Archive {
 public:
  static std::shared_ptr<Archive> open(std::unique_ptr<std::streambuf> bytes, std::string& why) {
    auto archive = std::make_shared<Archive>();
    archive->bytes_ = std::move(bytes);
    const auto size = archive->bytes_->pubseekoff(0, std::ios_base::end, std::ios_base::in);
    if (size < 0) {
      why = "an archive cannot be read from a pipe; save it first";
      return nullptr;
    }
    archive->size_ = static_cast<zip_uint64_t>(size);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* const source = zip_source_function_create(&Archive::serve, archive.get(), &error);
    if (source != nullptr) archive->zip_ = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (archive->zip_ == nullptr) {
      why = zip_error_strerror(&error);
      if (source != nullptr) zip_source_free(source);
    }
    zip_error_fini(&error);
    return archive->zip_ == nullptr ? nullptr : archive;
  }
  Archive() = default;
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;
  ~Archive() {
    if (zip_ != nullptr) zip_discard(zip_);
  }
  zip_t* get() const { return zip_; }

 private:
  static zip_int64_t serve(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command) {
    auto& archive = *static_cast<Archive*>(self);
    switch (command) {
      case ZIP_SOURCE_OPEN: archive.at_ = 0; return 0;
      case ZIP_SOURCE_READ: {
        archive.bytes_->pubseekpos(static_cast<std::streamoff>(archive.at_), std::ios_base::in);
        const std::streamsize got =
            archive.bytes_->sgetn(static_cast<char*>(data), static_cast<std::streamsize>(length));
        archive.at_ += static_cast<zip_uint64_t>(got);
        return got;
      }
      case ZIP_SOURCE_CLOSE: return 0;
      case ZIP_SOURCE_STAT: {
        auto* const stat = static_cast<zip_stat_t*>(data);
        zip_stat_init(stat);
        stat->size = archive.size_;
        stat->valid = ZIP_STAT_SIZE;
        return sizeof(zip_stat_t);
      }
      case ZIP_SOURCE_SEEK: {
        zip_error_t error;
        zip_error_init(&error);
        const zip_int64_t to = zip_source_seek_compute_offset(archive.at_, archive.size_, data, length, &error);
        if (to < 0) {
          zip_error_fini(&error);
          return -1;
        }
        archive.at_ = static_cast<zip_uint64_t>(to);
        return 0;
      }
      case ZIP_SOURCE_TELL: return static_cast<zip_int64_t>(archive.at_);
      case ZIP_SOURCE_ERROR: {
        int* const codes = static_cast<int*>(data);
        codes[0] = ZIP_ER_READ;
        codes[1] = 0;
        return 2 * sizeof(int);
      }
      case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                              ZIP_SOURCE_ERROR, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS,
                                              ZIP_SOURCE_FREE, -1);
      case ZIP_SOURCE_FREE: return 0;
      default: return -1;
    }
  }

  std::unique_ptr<std::streambuf> bytes_;
  zip_uint64_t size_ = 0;
  zip_uint64_t at_ = 0;
  zip_t* zip_ = nullptr;
};

class MemberBuffer : public std::streambuf {
 public:
  MemberBuffer(std::shared_ptr<Archive> archive, zip_file_t* file, std::uint64_t size,
               std::shared_ptr<std::string> failure)
      : archive_(std::move(archive)), file_(file), left_(size), failure_(std::move(failure)) {}
  ~MemberBuffer() override { zip_fclose(file_); }

 protected:
  int_type underflow() override {
    // The read behind the last byte checks the sum over all of them.
    const zip_int64_t got = zip_fread(file_, buffer_.data(), std::min<std::uint64_t>(buffer_.size(), left_ + 1));
    if (got < 0) *failure_ = zip_file_strerror(file_);
    if (got > static_cast<zip_int64_t>(left_) || (got == 0 && left_ != 0)) *failure_ = "it is not as long as it says";
    if (got <= 0 || !failure_->empty()) return traits_type::eof();
    left_ -= static_cast<std::uint64_t>(got);
    setg(buffer_.data(), buffer_.data(), buffer_.data() + got);
    return traits_type::to_int_type(*gptr());
  }

 private:
  std::shared_ptr<Archive> archive_;
  zip_file_t* file_;
  std::uint64_t left_;
  std::shared_ptr<std::string> failure_;
  std::vector<char> buffer_ = std::vector<char>(std::size_t{1} << 17U);
};

InputFile file_of(std::string name, std::string base) {
  InputFile file;
  file.name = std::move(name);
  file.base = std::move(base);
  return file;
}

std::string base_of(std::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); }

void add_members(const std::string& path, const std::shared_ptr<Archive>& archive, std::vector<InputFile>& list,
                 Problems& problems) {
  const zip_int64_t members = zip_get_num_entries(archive->get(), 0);
  for (zip_int64_t i = 0; i < members; ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    const auto index = static_cast<zip_uint64_t>(i);
    if (zip_stat_index(archive->get(), index, 0, &stat) != 0 || (stat.valid & ZIP_STAT_NAME) == 0) continue;
    const std::string_view member = stat.name;
    if (member.ends_with('/')) continue;
    const bool sized = (stat.valid & ZIP_STAT_SIZE) != 0 && (stat.valid & ZIP_STAT_COMP_SIZE) != 0;
    if (!sized || stat.size > std::max(always_allowed, unfolds_at_most * stat.comp_size)) {
      problems.push_back({Severity::error,
                          path,
                          0,
                          {},
                          quote(member) + " would unfold to more than 200 times its size",
                          "unpack it yourself, if you trust it"});
      continue;
    }
    InputFile file;
    file.name = path + "/" + std::string(member);
    file.base = base_of(member);
    file.size = stat.size;
    file.open = [archive, index, size = stat.size,
                 failure = file.failure](std::string& why) -> std::unique_ptr<std::streambuf> {
      zip_file_t* const opened = zip_fopen_index(archive->get(), index, 0);
      if (opened == nullptr) {
        why = zip_strerror(archive->get());
        return nullptr;
      }
      return std::make_unique<MemberBuffer>(archive, opened, size, failure);
    };
    list.push_back(std::move(file));
  }
}

}  // namespace

std::vector<InputFile> inputs_of(Files& files, const std::vector<std::string>& paths, Problems& problems) {
  std::vector<InputFile> list;
  for (const std::string& path : paths) {
    std::string why;
    if (path != "-" && !files.exists(path)) {
      problems.push_back({Severity::error, path, 0, {}, "no such file or folder", {}});
      continue;
    }
    if (path != "-" && files.is_directory(path)) {
      for (const std::string& name : files.list(path))
        list.push_back(file_of(fmt::format("{}{}{}", path, path.ends_with('/') ? "" : "/", name), name));
      continue;
    }
    if (fold(path).ends_with(".zip")) {
      std::unique_ptr<std::streambuf> bytes = files.open(path, why);
      const std::shared_ptr<Archive> archive = bytes == nullptr ? nullptr : Archive::open(std::move(bytes), why);
      if (archive == nullptr)
        problems.push_back({Severity::error, path, 0, {}, "cannot read this archive: " + why, {}});
      else
        add_members(path, archive, list, problems);
      continue;
    }
    list.push_back(file_of(path, base_of(path)));
  }
  for (InputFile& file : list)
    if (!file.open) file.open = [&files, path = file.name](std::string& why) { return files.open(path, why); };
  for (InputFile& file : list) {
    if (file.name == "-") file.name = "<stdin>";
    file.name = clean_text(std::move(file.name));
    file.base = clean_text(std::move(file.base));
  }
  return list;
}

}  // namespace tierscope::core
