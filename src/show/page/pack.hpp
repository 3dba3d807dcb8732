#pragma once
// A smaller form of a page's blocks, which src/web unpacks: lists of alike objects as columns, quantities and repeated
// texts once.

#include <string>
#include <unordered_map>
#include <vector>

#include "ask/report.hpp"

namespace tierscope::core {

/// Keys of what is packed end in $ and a letter, which no other key may hold:
///   k$q  list of quantities or nulls: places in the dictionary        k$s  list of texts: places in the block's "$s"
///   k$l  list of lists of integers; a lone integer is a list of one   k$t  list of objects with equal keys: columns
///   k$n  list of lists of such objects: "$n" has their lengths, the columns all of them one after another
/// "$q" holds the dictionary: `low|high|text|reported|currency|~`, empty ones at the end left out; high is empty where
/// it is low, and `-` where there is none. A further block's dictionary goes on where the first block's ended.
class Packer {
 public:
  /// `block` is an object. The first block packed is what all later ones build on.
  Value pack(const Value& block);

 private:
  void add(Value::Members& out, const std::string& key, const Value& value);
  Value packed(const Value& value);
  Value columns(const std::vector<const Value::Members*>& rows);
  void add_list(Value::Members& out, const std::string& key, const std::vector<const Value*>& list);
  Value place_of(const Value& quantity);

  std::unordered_map<std::string, std::size_t> shared_;  // of the first block
  std::unordered_map<std::string, std::size_t> own_;     // of this one
  Value::List quantities_;                               // of this one
  std::unordered_map<std::string, std::size_t> texts_;
  Value::List text_list_;
  bool first_ = true;
};

}  // namespace tierscope::core
