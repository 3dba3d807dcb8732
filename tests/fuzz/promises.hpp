#pragma once
// What every reader promises, held to whatever libFuzzer makes up.

#include <optional>
#include <string>
#include <string_view>

#include "memory_files.hpp"
#include "model/model.hpp"

namespace tierscope::core {

/// Ends the process where a promise is broken; libFuzzer then keeps the input.
void promise(bool kept, std::string_view promised);

/// Reads a graph: it gives a model or an error, each problem says where and what, and a model that is written in any
/// lossless format is read as the same model. With TIERSCOPE_PLANTED_BUG in the environment it is a broken promise that
/// a relation begins at another company than `a`, as it does in each corpus/*/small (`scripts/fuzz --self-test`).
std::optional<Model> read_promised(Files& files, const std::string& path);

/// Makes the folder `g` of an input's tables: relations, companies, sources, rates, each ended by a line `====`.
void put_tables(std::string_view input, MemoryFiles& files);

}  // namespace tierscope::core
