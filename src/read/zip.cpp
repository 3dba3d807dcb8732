#include "read/zip.hpp"

#include <zip.h>

namespace tierscope::core {
namespace {

constexpr std::uint64_t most = 512U << 20U;
constexpr std::uint64_t always = 1U << 20U;
constexpr std::uint64_t ratio = 200;

}  // namespace

struct Zip::Archive {
  zip_t* zip = nullptr;
  ~Archive() {
    if (zip != nullptr) zip_discard(zip);
  }
};

Zip::Zip(std::string_view bytes) : archive_(std::make_unique<Archive>()) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source != nullptr) archive_->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive_->zip == nullptr) {
    wrong_ = zip_error_strerror(&error);
    if (source != nullptr) zip_source_free(source);
  }
  zip_error_fini(&error);
}

Zip::~Zip() = default;

bool Zip::has(const std::string& path) const {
  return archive_->zip != nullptr && zip_name_locate(archive_->zip, path.c_str(), 0) >= 0;
}

std::optional<std::string> Zip::read(const std::string& path, std::string& why) {
  zip_stat_t about;
  zip_stat_init(&about);
  constexpr zip_uint64_t wanted = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
  if (archive_->zip == nullptr || zip_stat(archive_->zip, path.c_str(), 0, &about) != 0 ||
      (about.valid & wanted) != wanted) {
    why = "it holds no " + path;
    return {};
  }
  if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE) {
    why = "it is encrypted";
    return {};
  }
  if (about.size > most - taken_ || (about.size > always && about.size / ratio > about.comp_size)) {
    why = path + " unfolds to more than is read";
    return {};
  }
  zip_file_t* const file = zip_fopen(archive_->zip, path.c_str(), 0);
  if (file == nullptr) {
    why = path + " cannot be unpacked";
    return {};
  }
  std::string text(about.size, '\0');
  const zip_int64_t read = zip_fread(file, text.data(), text.size());
  const bool whole = read >= 0 && static_cast<std::uint64_t>(read) == about.size;
  if (zip_fclose(file) != 0 || !whole) {
    why = path + " is broken";
    return {};
  }
  taken_ += about.size;
  return text;
}

}  // namespace tierscope::core
