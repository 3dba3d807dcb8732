#pragma once
// Rows for anything that speaks Arrow, through its C stream interface
// (https://arrow.apache.org/docs/format/CStreamInterface.html): no library of Arrow's is needed on this side.

#include <cstdint>
#include <memory>

#include <tierscope/answer.hpp>

// The structs are Arrow's, of global name and guarded as its specification asks: several libraries may define them.
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

extern "C" {
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};
}

#endif  // ARROW_C_DATA_INTERFACE

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

extern "C" {
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};
}

#endif  // ARROW_C_STREAM_INTERFACE

namespace tierscope {

/// Fills `out` with a stream of record batches that owns `rows`. Schema and batches own what they hold: each is
/// released on its own, and may outlive the stream. Where a batch cannot be had, get_next returns ENOMEM or, if the
/// user stopped it, EINTR, from then on. Throws std::bad_alloc, and leaves `out` as it was.
///
///   text       utf8                    company    struct<id: utf8, name: utf8>
///   boolean    bool                    quantity   struct<low: float64, high: float64 (null = unbounded), reported:
///   utf8, integer    int64                              approximate: bool, confidence: utf8[, currency: utf8]> number
///   float64                 texts      list<utf8> record     struct                  companies  list<struct<id, name>>
///                                      records    list<struct>
///
/// Companies and quantities may be null, and so may the fields of any struct that may. What a field means stands in its
/// metadata: `help`, and where it has one its `unit` (share, money, hhi, count, sources).
void export_stream(std::unique_ptr<Cursor> rows, ArrowArrayStream* out);

}  // namespace tierscope
