#pragma once
// All passes, in the order of the help. To add one: its own files and a line in passes.def.

#include "model/pass.hpp"

namespace tierscope {

#define PASS(name) extern const Pass name##_pass;
#include "pass/passes.def"
#undef PASS

inline const Pass* const all_passes[] = {
#define PASS(name) &name##_pass,
#include "pass/passes.def"
#undef PASS
};

}  // namespace tierscope
