// tierscope_arrow_sample FOLDER: writes made-up tables of several sizes, NAME.arrow and NAME.json, for check.py.

#include <fstream>
#include <iostream>

#include "formats/sample.hpp"
#include "show/answer/arrow_ipc.hpp"

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: tierscope_arrow_sample FOLDER\n";
    return 2;
  }
  for (const std::size_t rows : {0U, 1U, 9U, 1024U, 2500U}) {
    const std::string name = std::string(arguments[1]) + "/rows-" + std::to_string(rows);
    const arrow_sample::Sample sample(rows);
    std::ofstream arrow(name + ".arrow", std::ios::binary);
    const auto ended = tierscope::core::write_arrow(*sample.open(), arrow);
    std::ofstream json(name + ".json");
    json << arrow_sample::ordered_json{{"results", sample.results()}} << '\n';
    if (ended != tierscope::Next::end || !arrow.flush() || !json.flush()) {
      std::cerr << "tierscope_arrow_sample: cannot write " << name << '\n';
      return 1;
    }
  }
}
