#pragma once
// Cells of a batch as JSON.

#include <string>

#include <tierscope/batch.hpp>

namespace tierscope::core {

/// Numbers by append_number; what is unknown is null.
void append_json(std::string& out, const Field& field, const Column& column, std::size_t row);

/// `{"name":…,…}` of one row.
void append_json_object(std::string& out, std::span<const Field> fields, const std::vector<Column>& columns,
                        std::size_t row);

}  // namespace tierscope::core
