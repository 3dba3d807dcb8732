#pragma once
// All passes, in the order of the help. To add one: its own files and a line in passes.def.

#include "ask/pass.hpp"

namespace tierscope::core {

#define PASS(name) extern const Pass name##_pass;
#include "ask/passes.def"
#undef PASS

inline const Pass* const all_passes[] = {
#define PASS(name) &name##_pass,
#include "ask/passes.def"
#undef PASS
};

}  // namespace tierscope::core
