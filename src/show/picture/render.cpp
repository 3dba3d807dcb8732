#include <fcntl.h>
#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <graphviz/gvc.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include "show/picture/draw.hpp"
#include "show/picture/page.hpp"

namespace tierscope::core {
namespace {

// What the child says: a letter for what follows, its length, its bytes.
struct Message {
  char kind;
  std::uint64_t length;
};

void send(int pipe, char kind, std::string_view bytes) {
  const Message message{kind, bytes.size()};
  std::string all(sizeof message, '\0');
  std::memcpy(all.data(), &message, sizeof message);
  all += bytes;
  for (std::size_t sent = 0; sent < all.size();) {
    const ssize_t n = ::write(pipe, all.data() + sent, all.size() - sent);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) ::_exit(1);
    sent += static_cast<std::size_t>(n);
  }
}

// Which Debian package has the characters of a script: Indian, Arabic, Thai and others; Chinese, Japanese and Korean;
// pictures.
struct Script {
  FcChar32 first, last;
  const char* package;
};
constexpr Script scripts[] = {{0x0100, 0x10ff, "fonts-noto-core"},          {0x1100, 0x11ff, "fonts-noto-cjk"},
                              {0x1200, 0x1fff, "fonts-noto-core"},          {0x2600, 0x27bf, "fonts-noto-color-emoji"},
                              {0x2e80, 0xd7ff, "fonts-noto-cjk"},           {0xf900, 0xfaff, "fonts-noto-cjk"},
                              {0x1f300, 0x1faff, "fonts-noto-color-emoji"}, {0x20000, 0x323af, "fonts-noto-cjk"}};

constexpr std::string_view no_font = "no font is installed (on Debian: apt install fonts-dejavu-core)";

// Characters that no installed font has are drawn as boxes, and nobody says so.
std::string missing_characters(const Diagram& diagram) {
  std::string text = diagram.title + diagram.subtitle;
  for (const DrawnCompany& drawn : diagram.companies) {
    const Company& company = diagram.facts.company(drawn.company);
    text.append(diagram.facts.text(company.name)).append(diagram.facts.text(company.name_local));
  }
  for (const DrawnLine& line : diagram.lines) text += line.label;
  FcCharSet* have = FcCharSetCreate();
  FcPattern* any = FcPatternCreate();
  FcObjectSet* wanted = FcObjectSetBuild(FC_CHARSET, nullptr);
  FcFontSet* fonts = FcFontList(nullptr, any, wanted);
  for (int i = 0; fonts != nullptr && i < fonts->nfont; ++i) {
    FcCharSet* charset = nullptr;
    if (FcPatternGetCharSet(fonts->fonts[i], FC_CHARSET, 0, &charset) == FcResultMatch)
      FcCharSetMerge(have, charset, nullptr);
  }
  if (FcCharSetHasChar(have, 'a') == FcFalse) throw std::runtime_error(std::string(no_font));
  FcCharSet* missing = FcCharSetCreate();
  std::string example;
  const auto* next = reinterpret_cast<const FcChar8*>(text.data());
  for (int left = static_cast<int>(text.size()); left > 0;) {
    FcChar32 c = 0;
    const int bytes = FcUtf8ToUcs4(next, &c, left);
    if (bytes <= 0) break;
    if (c > 0x7f && c != 0xfe0f && FcCharSetHasChar(have, c) == FcFalse) {
      if (example.empty()) example.assign(reinterpret_cast<const char*>(next), static_cast<std::size_t>(bytes));
      FcCharSetAddChar(missing, c);
    }
    next += bytes;
    left -= bytes;
  }
  const FcChar32 count = FcCharSetCount(missing);
  if (count == 0) return {};
  std::string packages;
  for (const auto& [first, last, package] : scripts) {
    bool wanted_here = false;
    for (FcChar32 c = first; c <= last && !wanted_here; ++c) wanted_here = FcCharSetHasChar(missing, c) != FcFalse;
    if (wanted_here && packages.find(package) == std::string::npos)
      packages += (packages.empty() ? "" : " ") + std::string(package);
  }
  return fmt::format(
      "no installed font has {} of the characters, such as '{}': they are drawn as boxes; install a font "
      "that has them{}",
      count, example, packages.empty() ? "" : " (on Debian " + packages + ")");
}

// PDF alone carries the time of day; it gets a fixed one of the same length, so that offsets hold.
void fix_date(std::string& pdf) {
  constexpr std::string_view key = "/CreationDate (D:";
  for (std::size_t at = pdf.find(key); at != std::string::npos; at = pdf.find(key, at + 1)) {
    std::size_t i = at + key.size();
    for (const char digit : std::string_view("20000101000000"))
      if (i < pdf.size() && pdf[i] >= '0' && pdf[i] <= '9') pdf[i++] = digit;
    // The zone of the machine: +hh'mm or Z.
    for (; i < pdf.size() && pdf[i] != ')'; ++i) {
      if (pdf[i] == '-') pdf[i] = '+';
      if (pdf[i] >= '0' && pdf[i] <= '9') pdf[i] = '0';
    }
  }
}

[[noreturn]] void child(int pipe, const Diagram& diagram, const Theme& theme, const PageSize& page,
                        PictureFormat format, const RenderLimits& limits) {
  rlimit cpu{limits.seconds, limits.seconds};
  ::setrlimit(RLIMIT_CPU, &cpu);
  rlimit core{0, 0};
  ::setrlimit(RLIMIT_CORE, &core);
#ifndef __SANITIZE_ADDRESS__  // its shadow alone is terabytes
  rlimit memory{limits.memory, limits.memory};
  ::setrlimit(RLIMIT_AS, &memory);
#endif
  ::setenv("LC_ALL", "C.UTF-8", 1);
  ::setenv("TZ", "UTC", 1);  // a PDF's date would name the zone
  // Graphviz talks to standard error as it pleases; what matters is said here.
  if (const int nowhere = ::open("/dev/null", O_WRONLY); nowhere >= 0) {
    ::dup2(nowhere, 1);
    ::dup2(nowhere, 2);
  }
  try {
    if (const std::string missing = missing_characters(diagram); !missing.empty()) send(pipe, 'w', missing);
    constexpr const char* names[] = {"svg:cairo", "png:cairo", "pdf:cairo"};
    const char* const name = format == PictureFormat::svg ? "svg" : names[static_cast<int>(format)];
    bool too_much = false;
    std::string bytes = render_page(diagram, theme, page, name, too_much);
    if (too_much) {
      send(pipe, 's', "there is no room for it");
      ::_exit(0);
    }
    if (format == PictureFormat::pdf) fix_date(bytes);
    send(pipe, bytes.empty() ? 'f' : 'o', bytes.empty() ? "Graphviz could not lay it out" : bytes);
  } catch (const std::bad_alloc&) {
    send(pipe, 'f', "it needs more memory than is allowed");
  } catch (const std::exception& error) {
    send(pipe, 'f', error.what());
  }
  ::_exit(0);
}

// Everything the child wrote until it closed the pipe; false: the time ran out.
bool receive(int pipe, unsigned seconds, std::string& bytes) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  std::array<char, 65536> buffer;
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    pollfd wait{pipe, POLLIN, 0};
    const int ready = ::poll(&wait, 1, static_cast<int>(left.count()));
    if (ready == 0) return false;
    if (ready < 0 && errno != EINTR) return true;
    if (ready <= 0) continue;
    const ssize_t n = ::read(pipe, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return true;
    bytes.append(buffer.data(), static_cast<std::size_t>(n));
  }
}

}  // namespace

Rendered render(const Diagram& diagram, const Theme& theme, const PageSize& page, PictureFormat format,
                const RenderLimits& limits) {
  Rendered rendered;
  int ends[2];
  if (::pipe(ends) != 0) {
    rendered.failure = "no pipe to a child process: " + std::string(std::strerror(errno));
    return rendered;
  }
  // Where standard output is closed the pipe would take its place, and be closed in turn.
  for (int& end : ends) {
    const int above = ::fcntl(end, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (above < 0) continue;
    ::close(end);
    end = above;
  }
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) {
    rendered.failure = "no child process: " + std::string(std::strerror(errno));
    ::close(ends[0]);
    ::close(ends[1]);
    return rendered;
  }
  if (pid == 0) {
    ::close(ends[0]);
    // Nobody waits for a picture whose program was stopped.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);
    // Whoever carries Graphviz's plugins along says where they are; nobody else's Graphviz is to look there.
    if (const char* const plugins = std::getenv("TIERSCOPE_GRAPHVIZ")) ::setenv("GVBINDIR", plugins, 1);
    child(ends[1], diagram, theme, page, format, limits);
  }
  ::close(ends[1]);
  std::string bytes;
  const bool in_time = receive(ends[0], limits.seconds + 5, bytes);
  ::close(ends[0]);
  if (!in_time) ::kill(pid, SIGKILL);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  Message message;
  for (std::size_t at = 0; at + sizeof message <= bytes.size();) {
    std::memcpy(&message, bytes.data() + at, sizeof message);
    at += sizeof message;
    if (message.length > bytes.size() - at) break;
    std::string text = bytes.substr(at, message.length);
    at += message.length;
    if (message.kind == 'w')
      rendered.warning = std::move(text);
    else if (message.kind == 'f' || message.kind == 's')
      rendered.too_much = message.kind == 's', rendered.failure = std::move(text);
    else
      rendered.bytes = std::move(text);
  }
  if (rendered.bytes.empty() && rendered.failure.empty()) {
    const bool slow = !in_time || (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL));
    rendered.failure = slow ? fmt::format("Graphviz did not finish within {} seconds", limits.seconds)
                            : "Graphviz broke down while it laid the picture out";
  }
  if (!rendered.bytes.empty() && format == PictureFormat::svg) {
    rendered.bytes = finish_svg(diagram, page, rendered.bytes);
    if (rendered.bytes.empty()) rendered.failure = "Graphviz wrote an SVG that is no XML";
  }
  return rendered;
}

}  // namespace tierscope::core
