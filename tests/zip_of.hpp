#pragma once
// Archives as the tests need them.

#include <cstdint>
#include <map>
#include <string>

namespace tierscope::core {

inline std::uint32_t crc(const std::string& bytes) {
  std::uint32_t sum = 0xffffffffU;
  for (const char c : bytes) {
    sum ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1U) ^ ((sum & 1U) != 0 ? 0xedb88320U : 0U);
  }
  return ~sum;
}

inline std::string little(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xffU);
  return text;
}

/// An archive of files that are not packed.
inline std::string zip(const std::map<std::string, std::string>& files) {
  std::string bytes;
  std::string list;
  for (const auto& [name, content] : files) {
    const std::string about = little(20, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(crc(content), 4) +
                              little(content.size(), 4) + little(content.size(), 4) + little(name.size(), 2) +
                              little(0, 2);
    list += "PK\x01\x02" + little(20, 2) + about + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) +
            little(bytes.size(), 4) + name;
    bytes += "PK\x03\x04" + about + name + content;
  }
  const std::string end = "PK\x05\x06" + little(0, 4) + little(files.size(), 2) + little(files.size(), 2) +
                          little(list.size(), 4) + little(bytes.size(), 4) + little(0, 2);
  return bytes + list + end;
}

}  // namespace tierscope::core
