// The last step of every command: to a file, whole or not at all, or to standard output.

#include <algorithm>
#include <ostream>

#include "app/command.hpp"
#include "base/unicode.hpp"
#include "model/fields.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

std::string table_in(const std::string& folder, TableKind kind) {
  return folder + std::string(to_string(kind)) + ".csv";
}

}  // namespace

std::string ending_of(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string::npos || path.find('/', dot) != std::string::npos ? std::string() : path.substr(dot + 1);
}

std::string as_folder(const std::string& path) { return path + (path.ends_with('/') ? "" : "/"); }

void protect(const std::vector<std::string>& paths, const std::vector<std::string>& graphs, Session& session) {
  Files& files = session.files;
  std::vector<std::string> inputs;
  for (const std::string& graph : graphs) {
    if (graph == "-") continue;
    if (!files.is_directory(graph)) inputs.push_back(graph);
    for (const TableKind kind : all_tables) inputs.push_back(table_in(as_folder(graph), kind));
  }
  for (const std::string& path : paths) {
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    const bool is_table = std::any_of(std::begin(all_tables), std::end(all_tables),
                                      [&](TableKind kind) { return table_in(folder, kind) == path; });
    if (is_table && files.exists(table_in(folder, TableKind::relations)))
      throw Usage((folder.empty() ? "this folder" : quote(folder)) +
                  " holds a graph; name another, or --force writes over it");
    if (files.exists(path) &&
        std::any_of(inputs.begin(), inputs.end(), [&](const std::string& input) { return files.same(input, path); }))
      throw Usage(quote(path) + " is a graph that is read; name another file, or --force writes over it");
  }
}

int deliver(const std::vector<NamedBytes>& files, Session& session) {
  const bool before = session.interrupted();
  const std::string failure = session.files.write(files);
  if (failure.empty()) return 0;
  if (!before && session.interrupted()) throw Interrupted("nothing was written");
  session.err << "tierscope: " << visible(failure) << '\n';
  return 1;
}

int deliver(const OutputOptions& output, const std::function<void(std::ostream&)>& write, Session& session) {
  if (output.to_file()) return deliver({{output.output, {}, write}}, session);
  write(session.out);
  session.out.flush();  // a pager ends here: what is said on standard error comes after it
  return 0;
}

}  // namespace tierscope::core
