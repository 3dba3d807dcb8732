// The template, embedded as it is. CMake names the file and rebuilds this one when it changes.

#include "show/page/explore_page.hpp"

asm(".pushsection .rodata\n"
    ".global tierscope_page_begin\n"
    ".global tierscope_page_end\n"
    ".hidden tierscope_page_begin\n"
    ".hidden tierscope_page_end\n"
    "tierscope_page_begin:\n"
    ".incbin \"" TIERSCOPE_PAGE
    "\"\n"
    "tierscope_page_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" {
extern const char tierscope_page_begin[];
extern const char tierscope_page_end[];
}

namespace tierscope::core {

std::string_view page_template() {
  return {tierscope_page_begin, static_cast<std::size_t>(tierscope_page_end - tierscope_page_begin)};
}

}  // namespace tierscope::core
