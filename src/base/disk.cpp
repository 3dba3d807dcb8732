#include "base/disk.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <ostream>
#include <sstream>
#include <streambuf>
#include <system_error>
#include <utility>

namespace tierscope::core {
namespace {

std::string reason(int code) { return std::generic_category().message(code); }

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

/// A device such as /dev/zero is read until memory ends. A terminal has an end, and /dev/null is one.
bool is_endless(int fd) {
  struct stat status = {};
  return ::fstat(fd, &status) == 0 && S_ISCHR(status.st_mode) && ::isatty(fd) == 0 && status.st_rdev != makedev(1, 3);
}

constexpr std::string_view endless = "a device without an end, and no file";

bool read_all(int fd, std::string& bytes) {
  struct stat status = {};
  const bool sized = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
  bytes.resize(sized ? static_cast<std::size_t>(status.st_size) + 1 : std::size_t{1} << 16U);
  std::size_t used = 0;
  while (true) {
    const ssize_t got = ::read(fd, bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    used += static_cast<std::size_t>(got);
    if (got == 0) break;
    if (used == bytes.size()) bytes.resize(2 * used);
  }
  bytes.resize(used);
  return true;
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

/// A stream's way to a file; what failed stays failed, and the reason is kept.
class FileBuffer : public std::streambuf {
 public:
  FileBuffer(int fd, bool (*interrupted)()) : fd_(fd), interrupted_(interrupted) {
    setp(buffer_.data(), buffer_.data() + buffer_.size());
  }
  int failure() const { return failure_; }

 protected:
  int_type overflow(int_type c) override {
    if (sync() != 0) return traits_type::eof();
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    return sputc(traits_type::to_char_type(c));
  }
  int sync() override {
    if (failure_ == 0 && interrupted_ != nullptr && interrupted_()) failure_ = ECANCELED;
    if (failure_ == 0 && !write_all(fd_, {pbase(), static_cast<std::size_t>(pptr() - pbase())})) failure_ = errno;
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    return failure_ == 0 ? 0 : -1;
  }

 private:
  int fd_;
  bool (*interrupted_)();
  int failure_ = 0;
  std::vector<char> buffer_ = std::vector<char>(1U << 16U);
};

/// A file as it is read.
class ReadBuffer : public std::streambuf {
 public:
  explicit ReadBuffer(int fd) : file_(fd) {}

 protected:
  int_type underflow() override {
    ssize_t got = 0;
    do {
      got = ::read(file_.get(), buffer_.data(), buffer_.size());
    } while (got < 0 && errno == EINTR);
    if (got < 0) throw std::system_error(errno, std::generic_category());
    if (got == 0) return traits_type::eof();
    setg(buffer_.data(), buffer_.data(), buffer_.data() + got);
    return traits_type::to_int_type(*gptr());
  }
  pos_type seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode /*which*/) override {
    if (from == std::ios_base::cur) {
      const off_t read = ::lseek(file_.get(), 0, SEEK_CUR);
      if (read < 0) return {off_type(-1)};
      const off_type here = read - (egptr() - gptr());
      if (offset == 0) return {here};
      offset += here;
      from = std::ios_base::beg;
    }
    setg(buffer_.data(), buffer_.data(), buffer_.data());
    return {::lseek(file_.get(), offset, from == std::ios_base::end ? SEEK_END : SEEK_SET)};
  }
  pos_type seekpos(pos_type position, std::ios_base::openmode which) override {
    return seekoff(off_type(position), std::ios_base::beg, which);
  }

 private:
  Descriptor file_;
  std::vector<char> buffer_ = std::vector<char>(std::size_t{1} << 18U);
};

/// 0 or an errno.
int write_file(int fd, const NamedBytes& file, bool (*interrupted)()) {
  if (!file.stream) return write_all(fd, file.bytes) ? 0 : errno;
  FileBuffer buffer(fd, interrupted);
  std::ostream out(&buffer);
  file.stream(out);
  // A stream can fail where its buffer does not: it catches what is thrown while it formats.
  if (!out.flush() && buffer.failure() == 0) return ENOMEM;
  return buffer.failure();
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// What a link leads to that is not there; other paths as they are.
std::string end_of_links(std::string path) {
  std::string next(4096, '\0');
  for (int links = 0; links < 40; ++links) {
    const ssize_t size = ::readlink(path.c_str(), next.data(), next.size());
    if (size <= 0 || static_cast<std::size_t>(size) == next.size()) break;
    path = (next.front() == '/' ? "" : folder_of(path) + "/") + next.substr(0, static_cast<std::size_t>(size));
  }
  return path;
}

/// The file behind such a name may be one that a shell has opened, perhaps to append to it.
bool names_descriptor(const std::string& path) {
  return path.rfind("/dev/std", 0) == 0 || path.rfind("/dev/fd/", 0) == 0 || path.rfind("/proc/", 0) == 0;
}

/// Files under way: undone unless they were all renamed.
class Transaction {
 public:
  explicit Transaction(bool (*interrupted)()) : interrupted_(interrupted) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    for (const Pending& file : pending_) ::unlink(file.temporary.c_str());
    for (const std::string& folder : made_) ::rmdir(folder.c_str());
  }

  /// 0 or an errno, like all steps.
  int prepare(const NamedBytes& file) {
    struct stat old = {};
    const bool replaces = ::stat(file.path.c_str(), &old) == 0;
    if (!replaces && errno != ENOENT) return errno;
    // A directory comes here too, and fails when it is opened.
    if (replaces && (!S_ISREG(old.st_mode) || names_descriptor(file.path))) {
      direct_.push_back(&file);
      return 0;
    }
    std::string target = file.path;
    if (replaces) {
      // Replacing needs a right to the folder only; a read-only file should stay.
      if (::faccessat(AT_FDCWD, target.c_str(), W_OK, AT_EACCESS) != 0) return errno;
      char* const real = ::realpath(target.c_str(), nullptr);
      if (real == nullptr) return errno;
      target = real;
      std::free(real);
    } else {
      target = end_of_links(std::move(target));
    }
    const std::string folder = folder_of(target);
    made_.reserve(made_.size() + 1);
    std::string kept = folder;
    if (::mkdir(folder.c_str(), 0777) == 0) {
      made_.push_back(std::move(kept));
    } else if (errno != EEXIST) {
      return errno;
    }
    return write_temporary(folder, target, file, replaces ? &old : nullptr);
  }

  std::string write_direct() const {
    for (const NamedBytes* file : direct_) {
      Descriptor out(::open(file->path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY));
      int failure = out.get() < 0 ? errno : write_file(out.get(), *file, interrupted_);
      if (failure == 0 && !out.close()) failure = errno;
      if (failure != 0) return "cannot write " + file->path + ": " + reason(failure);
    }
    return {};
  }

  std::string commit() {
    while (!pending_.empty()) {
      const Pending& file = pending_.front();
      if (::rename(file.temporary.c_str(), file.target.c_str()) != 0)
        return "cannot write " + file.target + ": " + reason(errno);
      pending_.erase(pending_.begin());
    }
    made_.clear();
    return {};
  }

 private:
  struct Pending {
    std::string temporary;
    std::string target;
  };

  int write_temporary(const std::string& folder, const std::string& target, const NamedBytes& file,
                      const struct stat* old) {
    // What is made is remembered without asking for memory.
    pending_.reserve(pending_.size() + 1);
    Pending made{{}, target};
    std::string& temporary = made.temporary;
    int fd = -1;
    for (int attempt = 0; fd < 0; ++attempt) {
      temporary = folder + "/.tierscope-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
      // Created as any new file is, so that the umask and the folder's rules hold.
      fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (fd < 0 && errno != EEXIST) return errno;
    }
    pending_.push_back(std::move(made));
    Descriptor out(fd);
    if (old != nullptr && ::fchmod(fd, old->st_mode & 07777) != 0) return errno;
    if (const int failure = write_file(fd, file, interrupted_); failure != 0) return failure;
    return ::fsync(fd) == 0 && out.close() ? 0 : errno;
  }

  bool (*interrupted_)();
  std::vector<Pending> pending_;
  std::vector<const NamedBytes*> direct_;
  std::vector<std::string> made_;
};

}  // namespace

std::string whole(const NamedBytes& file) {
  if (!file.stream) return file.bytes;
  std::ostringstream out;
  file.stream(out);
  return std::move(out).str();
}

std::unique_ptr<std::streambuf> Files::open(const std::string& path, std::string& why) {
  std::optional<std::string> bytes = read(path, why);
  if (!bytes) return nullptr;
  return std::make_unique<std::stringbuf>(std::move(*bytes), std::ios_base::in);
}

std::unique_ptr<std::streambuf> DiskFiles::open(const std::string& path, std::string& why) {
  const int fd = path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  const bool stops = fd >= 0 && !is_endless(fd);
  if (stops && (path == "-" || !is_directory(path))) return std::make_unique<ReadBuffer>(fd);
  why = fd >= 0 && !stops ? std::string(endless) : reason(fd < 0 ? errno : EISDIR);
  if (fd >= 0) ::close(fd);
  return nullptr;
}

std::vector<std::string> DiskFiles::list(const std::string& folder) {
  std::vector<std::string> names;
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), ::closedir);
  if (open == nullptr) return names;
  while (const dirent* const entry = ::readdir(open.get()))
    if (!is_directory(folder + "/" + entry->d_name)) names.emplace_back(entry->d_name);
  std::sort(names.begin(), names.end());
  return names;
}

bool DiskFiles::same(const std::string& a, const std::string& b) {
  struct stat one = {};
  struct stat other = {};
  if (::stat(a.c_str(), &one) != 0 || ::stat(b.c_str(), &other) != 0) return a == b;
  return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

std::optional<std::string> DiskFiles::read(const std::string& path, std::string& why) {
  Descriptor in(path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  std::string bytes;
  if (in.get() >= 0 && is_endless(in.get())) {
    why = endless;
    return {};
  }
  if (in.get() >= 0 && read_all(in.get(), bytes)) return bytes;
  why = reason(errno);
  return {};
}

void DiskFiles::release(std::string_view bytes) {
  // Whole pages within a string: memory of the program alone. Should anybody look, they are zeros.
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const std::uintptr_t before = (page - reinterpret_cast<std::uintptr_t>(bytes.data()) % page) % page;
  if (before >= bytes.size()) return;
  bytes.remove_prefix(before);
  ::madvise(const_cast<char*>(bytes.data()), bytes.size() / page * page, MADV_DONTNEED);
}

bool DiskFiles::is_directory(const std::string& path) {
  struct stat status = {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool DiskFiles::exists(const std::string& path) {
  struct stat status = {};
  // A link that leads nowhere is there, too.
  return ::stat(path.c_str(), &status) == 0 || (errno != ENOENT && errno != ENOTDIR) ||
         ::lstat(path.c_str(), &status) == 0;
}

std::string DiskFiles::write(const std::vector<NamedBytes>& files) {
  Transaction transaction(interrupted != nullptr && !interrupted() ? interrupted : nullptr);
  for (const NamedBytes& file : files)
    if (const int failure = transaction.prepare(file); failure != 0)
      return "cannot write " + file.path + ": " + reason(failure);
  if (std::string failure = transaction.write_direct(); !failure.empty()) return failure;
  return transaction.commit();
}

}  // namespace tierscope::core
