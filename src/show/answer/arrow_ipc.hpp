#pragma once
// Rows in Arrow's IPC streaming format (https://arrow.apache.org/docs/format/Columnar.html): a schema message, record
// batches, an end marker. Types and metadata are those of <tierscope/arrow.hpp>.
//
// The messages' heads are Flatbuffers. They are written with the builder of that library and the places of the few
// fields that are needed, numbered as in Arrow's Schema.fbs and Message.fbs: fewer lines than a schema of our own would
// be, and no code generator in the build.

#include <iosfwd>

#include <tierscope/answer.hpp>

namespace tierscope::core {

/// Writes all rows. Returns why they ended: if not with Next::end, the stream breaks off within a message, so that no
/// reader takes it for whole. Next::rows: `out` failed, which its state tells.
Next write_arrow(Cursor& rows, std::ostream& out);

}  // namespace tierscope::core
