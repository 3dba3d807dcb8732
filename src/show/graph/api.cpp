#include <tierscope/model.hpp>

#include "base/disk.hpp"
#include "model/model.hpp"
#include "show/graph/graph_formats.hpp"

namespace tierscope {

Problems save(const Model& model, const std::string& path) {
  const core::GraphFormat* chosen = nullptr;
  for (const core::GraphFormat& format : core::graph_formats)
    if (format.lossless() != nullptr && format.takes(path)) chosen = &format;
  if (chosen == nullptr) {
    std::string endings;
    for (const core::GraphFormat& format : core::graph_formats)
      for (const std::string_view ending : format.endings)
        if (!format.is_folder && format.lossless() != nullptr) endings += std::string(ending) + ", ";
    return {{Severity::error,
             path,
             0,
             {},
             "the ending names no format that holds a whole graph",
             "write " + endings + "or a folder's name"}};
  }
  std::vector<core::NamedBytes> files = chosen->lossless()(*model.inside());
  for (core::NamedBytes& file : files)
    file.path = chosen->is_folder ? path + (path.ends_with('/') ? "" : "/") + file.path : path;
  core::DiskFiles disk;
  const std::string failure = disk.write(files);
  if (failure.empty()) return {};
  return {{Severity::error, {}, 0, {}, failure, {}}};
}

}  // namespace tierscope
