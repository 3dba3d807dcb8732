#pragma once
// A smaller form of a page's blocks, which src/web unpacks: lists of alike objects as columns, quantities and repeated
// texts once.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "show/page/block.hpp"

namespace tierscope::core {

/// Keys of what is packed end in $ and a letter, which no other key may hold:
///   k$q  list of quantities or nulls: places in the dictionary        k$s  list of texts: places in the block's "$s"
///   k$l  list of lists of integers; a lone integer is a list of one   k$t  list of objects with equal keys: columns
///   k$n  list of lists of such objects: "$n" has their lengths, the columns all of them one after another
/// "$q" holds the dictionary: `low|high|text|reported|currency|marks`, empty ones at the end left out; high is empty
/// where it is low, and `-` where there is none. A further block's dictionary goes on where the first block's ended.
class Packer {
 public:
  /// The first block is what all later ones build on.
  void append(std::string& out, const Block& block);

 private:
  /// Values [first, last) of a column, whose field is `field`.
  struct Slice {
    const Field& field;
    const Column& column;
    std::size_t first;
    std::size_t last;
    std::size_t size() const { return last - first; }
  };
  void add_value(std::string& out, const Field& field, const Column& column, std::size_t row);
  void add_list(std::string& out, std::string_view key, const Slice& list);
  void append_value(std::string& out, const Field& field, const Column& column, std::size_t row);
  void append_values(std::string& out, const Slice& list);
  void append_columns(std::string& out, const Slice& records);
  void append_places(std::string& out, const Slice& quantities);
  void append_texts(std::string& out, const Slice& texts);

  std::unordered_map<std::string, std::size_t> shared_;  // quantities of the first block
  std::unordered_map<std::string, std::size_t> own_;     // of this one
  std::unordered_map<std::string, std::size_t> texts_;
  std::string quantities_;  // JSON of this block's "$q" and "$s"
  std::string text_list_;
  bool first_ = true;
};

}  // namespace tierscope::core
