#include <doctest/doctest.h>

#include <sstream>

#include "app/cli.hpp"
#include "app/interrupt.hpp"
#include "app/progress.hpp"
#include "memory_files.hpp"
#include "read/readers.hpp"

namespace tierscope::core {
namespace {

TEST_CASE("a second Ctrl-C ends the program from one whole second after the first on") {
  const timespec first{100, 900'000'000};
  CHECK_FALSE(a_second_later(first, first));
  CHECK_FALSE(a_second_later(first, {101, 0}));  // a tenth of a second
  CHECK_FALSE(a_second_later(first, {101, 899'999'999}));
  CHECK(a_second_later(first, {101, 900'000'000}));
  CHECK(a_second_later(first, {102, 0}));  // 1.1 seconds
  CHECK(a_second_later(first, {200, 0}));
}

TEST_CASE("a progress line tells stage, share, rate and time left, and fits 80 columns") {
  // 250 of 1,000 MB at 50 MB/s: 750 / 50 = 15 s to go. A quarter of 30 signs is 7.
  CHECK(progress_line("reading", 250'000'000, 1'000'000'000, 50e6) ==
        "reading    25 % #######-----------------------  50 MB/s, 15 s left");
  CHECK(progress_line("reading", 0, 0, 0) == "reading   100 % ##############################");
  CHECK(progress_line("reading", 2, 1, 1).find("100 %") != std::string::npos);
  CHECK(progress_line("reading", 1, SIZE_MAX, 1).size() < 120);
}

TEST_CASE("work of less than a second shows no progress, nor does a stream that is no terminal") {
  std::ostringstream err;
  {
    Progress progress(err, true);
    progress.stage("reading");
    progress.at(1, 2);
  }
  CHECK(err.str() == "");
}

TEST_CASE("reading tells how many bytes are done, of how many") {
  MemoryFiles files;
  std::string& text = files.files["g/relations.csv"] = "from,to,kind\n";
  for (int i = 0; i < 500'000; ++i) text += "a" + std::to_string(i) + ",b,supplies\n";  // 9.4 MB: two parts of 4 MiB
  const std::size_t size = text.size();
  Records records;
  std::vector<std::size_t> told;
  records.advanced = [&] { told.push_back(records.bytes_read); };
  read_graph(files, "g", records);
  CHECK(records.bytes_to_read == size);
  read_rows(records);
  REQUIRE(told.size() == 2);
  CHECK(told[0] >= 4 << 20);
  CHECK(told[1] >= 8 << 20);
  CHECK(told[1] <= size);
}

}  // namespace
}  // namespace tierscope::core
