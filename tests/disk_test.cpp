#include "base/disk.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

namespace tierscope::core {
namespace {

namespace fs = std::filesystem;

/// A folder of its own, removed at the end.
struct Sandbox {
  Sandbox() {
    std::string name = (fs::temp_directory_path() / "tierscope-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    root = name;
  }
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;
  ~Sandbox() {
    std::error_code ignored;
    fs::remove_all(root, ignored);
  }
  std::string operator/(const std::string& name) const { return (root / name).string(); }
  std::vector<std::string> list() const {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(root)) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }
  fs::path root;
};

std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void put(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

std::string why_unreadable(const std::string& path) {
  DiskFiles disk;
  std::string why;
  CHECK_FALSE(disk.read(path, why));
  return why;
}

mode_t mode_of(const std::string& path) {
  struct stat status = {};
  CHECK(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("the disk gives back the bytes that were written, whatever they are") {
  const Sandbox sandbox;
  DiskFiles disk;
  std::string big(300'000, 'x');
  big[7] = '\0';
  CHECK(disk.write({{sandbox / "a", big}, {sandbox / "b", ""}}) == "");
  std::string why;
  CHECK(disk.read(sandbox / "a", why) == big);
  CHECK(disk.read(sandbox / "b", why) == "");
  CHECK(why == "");
  CHECK(sandbox.list() == Names{"a", "b"});
  CHECK(disk.write({}) == "");
}

TEST_CASE("bytes that are made while they are written go the same way, and the same failures stop them") {
  const Sandbox sandbox;
  DiskFiles disk;
  const std::string line(1'000, 'z');
  const auto much = [&](std::ostream& out) {
    for (int i = 0; i < 300; ++i) out << line;
  };
  put(sandbox / "a", "old");
  CHECK(disk.write({{sandbox / "a", "", much}, {"/dev/full", "", much}}) ==
        "cannot write /dev/full: No space left on device");
  std::string why;
  CHECK(disk.read(sandbox / "a", why) == "old");
  CHECK(sandbox.list() == Names{"a"});
  CHECK(disk.write({{sandbox / "a", "", much}, {sandbox / "b", "", [](std::ostream&) {}}}) == "");
  CHECK(disk.read(sandbox / "a", why)->size() == 300'000);
  CHECK(disk.read(sandbox / "a", why) == whole({"", "", much}));
  CHECK(disk.read(sandbox / "b", why) == "");
}

TEST_CASE("a file that cannot be read has a reason") {
  const Sandbox sandbox;
  CHECK(why_unreadable(sandbox / "none") == "No such file or directory");
  CHECK(why_unreadable(sandbox.root.string()) == "Is a directory");
  fs::create_symlink("loop", sandbox / "loop");
  CHECK(why_unreadable(sandbox / "loop") == "Too many levels of symbolic links");
  fs::create_symlink("gone", sandbox / "dangling");
  CHECK(why_unreadable(sandbox / "dangling") == "No such file or directory");
  CHECK(why_unreadable("/dev/zero") == "a device without an end, and no file");
  DiskFiles disk;
  std::string why;
  CHECK(disk.open("/dev/zero", why) == nullptr);
  CHECK(why == "a device without an end, and no file");
  CHECK(disk.read("/dev/null", why) == "");
  if (::geteuid() != 0) {  // root may read everything
    put(sandbox / "secret", "x");
    ::chmod((sandbox / "secret").c_str(), 0);
    CHECK(why_unreadable(sandbox / "secret") == "Permission denied");
  }
}

TEST_CASE("standard input and pipes are read to their end") {
  const Sandbox sandbox;
  const std::string text(200'000, 'y');
  put(sandbox / "in", text);
  const int saved = ::dup(STDIN_FILENO);
  const int in = ::open((sandbox / "in").c_str(), O_RDONLY);
  ::dup2(in, STDIN_FILENO);
  ::close(in);
  DiskFiles disk;
  std::string why;
  const auto read = disk.read("-", why);
  ::dup2(saved, STDIN_FILENO);
  ::close(saved);
  CHECK(read == text);
  REQUIRE(::mkfifo((sandbox / "pipe").c_str(), 0600) == 0);
  std::thread writer([&] { put(sandbox / "pipe", text); });
  CHECK(disk.read(sandbox / "pipe", why) == text);
  writer.join();
}

TEST_CASE("the disk knows folders from files") {
  const Sandbox sandbox;
  put(sandbox / "file", "");
  DiskFiles disk;
  CHECK(disk.is_directory(sandbox.root.string() + "//"));
  CHECK(disk.exists(sandbox.root.string()));
  CHECK(disk.exists(sandbox / "file"));
  CHECK_FALSE(disk.is_directory(sandbox / "file"));
  CHECK_FALSE(disk.exists(sandbox / "none"));
  CHECK_FALSE(disk.exists(sandbox / "file/none"));
  CHECK_FALSE(disk.is_directory(sandbox / "none"));
  fs::create_symlink("loop", sandbox / "loop");
  CHECK(disk.exists(sandbox / "loop"));
  fs::create_symlink("gone", sandbox / "dangling");  // a table that is linked and not there is not one that is missing
  CHECK(disk.exists(sandbox / "dangling"));
}

TEST_CASE("a new file has the mode that the umask gives, a replaced one the old mode") {
  const Sandbox sandbox;
  DiskFiles disk;
  put(sandbox / "old", "old");
  ::chmod((sandbox / "old").c_str(), 0751);
  const mode_t before = ::umask(026);
  CHECK(disk.write({{sandbox / "new", "1"}, {sandbox / "old", "2"}}) == "");
  ::umask(before);
  CHECK(mode_of(sandbox / "new") == 0640);
  CHECK(mode_of(sandbox / "old") == 0751);
  CHECK(contents(sandbox / "old") == "2");
}

TEST_CASE("writing through a link replaces what it points to") {
  const Sandbox sandbox;
  DiskFiles disk;
  fs::create_directory(sandbox / "d");
  put(sandbox / "d/real", "old");
  fs::create_symlink("d/real", sandbox / "link");
  CHECK(disk.write({{sandbox / "link", "new"}}) == "");
  CHECK(fs::is_symlink(sandbox / "link"));
  CHECK(contents(sandbox / "d/real") == "new");
  // Also where it is not there yet, as a shell does.
  fs::create_symlink("d/fresh", sandbox / "dangling");
  CHECK(disk.write({{sandbox / "dangling", "first"}}) == "");
  CHECK(fs::is_symlink(sandbox / "dangling"));
  CHECK(contents(sandbox / "d/fresh") == "first");
}

TEST_CASE("one missing folder is made, and removed again if writing fails") {
  const Sandbox sandbox;
  DiskFiles disk;
  CHECK(disk.write({{sandbox / "g/a", "1"}, {sandbox / "g/b", "2"}}) == "");
  CHECK(contents(sandbox / "g/b") == "2");
  CHECK(disk.write({{sandbox / "h/a", "1"}, {sandbox / "i/j/b", "2"}}) ==
        "cannot write " + (sandbox / "i/j/b") + ": No such file or directory");
  CHECK(sandbox.list() == Names{"g"});
}

TEST_CASE("if one file cannot be written, all old ones stay whole and nothing is left behind") {
  const Sandbox sandbox;
  DiskFiles disk;
  put(sandbox / "a", "old");
  fs::create_directory(sandbox / "d");
  CHECK(disk.write({{sandbox / "a", "new"}, {sandbox / "d", "x"}}) ==
        "cannot write " + (sandbox / "d") + ": Is a directory");
  CHECK(disk.write({{sandbox / "a", "new"}, {sandbox / "a/b", "x"}}) ==
        "cannot write " + (sandbox / "a/b") + ": Not a directory");
  CHECK(disk.write({{sandbox / "a", "new"}, {"/dev/full", "x"}}) == "cannot write /dev/full: No space left on device");
  CHECK(contents(sandbox / "a") == "old");
  CHECK(sandbox.list() == Names{"a", "d"});
  if (::geteuid() != 0) {
    ::chmod((sandbox / "a").c_str(), 0444);
    CHECK(disk.write({{sandbox / "a", "new"}}) == "cannot write " + (sandbox / "a") + ": Permission denied");
  }
}

TEST_CASE("a full disk is reported before the old file is touched") {
  const Sandbox sandbox;
  DiskFiles disk;
  put(sandbox / "a", "old");
  // A limit on file sizes stands in for the full disk.
  struct rlimit before = {};
  ::getrlimit(RLIMIT_FSIZE, &before);
  struct rlimit small = before;
  small.rlim_cur = 1000;
  auto* const handler = ::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &small);
  const std::string failure = disk.write({{sandbox / "a", std::string(5000, 'x')}});
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, handler);
  CHECK(failure == "cannot write " + (sandbox / "a") + ": File too large");
  CHECK(contents(sandbox / "a") == "old");
  CHECK(sandbox.list() == Names{"a"});
}

TEST_CASE("pipes and devices are written directly") {
  const Sandbox sandbox;
  DiskFiles disk;
  REQUIRE(::mkfifo((sandbox / "pipe").c_str(), 0600) == 0);
  std::string got;
  std::thread reader([&] { got = contents(sandbox / "pipe"); });
  CHECK(disk.write({{sandbox / "pipe", "through"}, {"/dev/null", "x"}}) == "");
  reader.join();
  CHECK(got == "through");
  CHECK(fs::is_fifo(sandbox / "pipe"));
}

TEST_CASE("a regular file below /dev is replaced like any other") {
  if (::access("/dev/shm", W_OK) != 0) return;
  const std::string path = "/dev/shm/tierscope-test-" + std::to_string(::getpid());
  DiskFiles disk;
  CHECK(disk.write({{path, "a longer text"}}) == "");
  CHECK(disk.write({{path, "short"}}) == "");
  CHECK(contents(path) == "short");
  fs::remove(path);
}

TEST_CASE("a file that the shell opened is added to, not replaced") {
  const Sandbox sandbox;
  DiskFiles disk;
  put(sandbox / "log", "before\n");
  const int log = ::open((sandbox / "log").c_str(), O_WRONLY);
  CHECK(disk.write({{"/dev/fd/" + std::to_string(log), "after\n"}}) == "");
  ::close(log);
  CHECK(contents(sandbox / "log") == "before\nafter\n");
}

}  // namespace tierscope::core
