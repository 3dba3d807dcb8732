// Definitions, section 3: a partial date is a period.

#include <tierscope/date.hpp>

#include <doctest/doctest.h>

using namespace tierscope;

TEST_CASE("a partial date is a period from its first to its last day") {
  // 2025-01-01 is day 20089 since 1970-01-01: 55 years, 14 of them leap (1972 … 2024): 55·365 + 14.
  const Date year = *parse_date("2025");
  CHECK(first_day(year) == 20089);
  CHECK(last_day(year) == 20089 + 364);
  const Date month = *parse_date("2024-02");
  CHECK(last_day(month) - first_day(month) == 28);  // a leap year's February
  const Date december = *parse_date("2025-12");
  CHECK(last_day(december) == last_day(year));
  const Date day = *parse_date("2025-03-31");
  CHECK(first_day(day) == last_day(day));
}

TEST_CASE("dates are printed as they were read") {
  for (const char* text : {"2025", "2025-03", "2025-03-31", "0001-01-01", "9999-12-31"})
    CHECK(to_string(*parse_date(text)) == text);
}

TEST_CASE("what the calendar does not have is no date") {
  for (const char* text : {"", "25", "0000", "2025-13", "2025-00", "2025-02-31", "2025-2-3", "2023-02-29", "2025-03-",
                           "31.12.2025", "2025/03/31", "2025-03-31T00:00", " 2025", "２０２５"}) {
    INFO(text);
    CHECK(!parse_date(text));
  }
}

TEST_CASE("only a whole year's revenue period has a year") {
  CHECK(year_of_period("2024") == 2024);
  CHECK(year_of_period("2025 (estimate)") == 2025);
  CHECK(year_of_period("FY2026 (ended 2026-01)") == 2026);
  CHECK(!year_of_period("H1 2025"));
  CHECK(!year_of_period("9M 2025"));
  CHECK(!year_of_period("2025-06"));
  CHECK(!year_of_period("annualised, end 2025"));
  CHECK(!year_of_period(""));
}
