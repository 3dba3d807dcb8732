#include "read/readers.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <streambuf>
#include <utility>

#include "base/unicode.hpp"
#include "model/names.hpp"
#include "read/encoding.hpp"
#include "read/headers.hpp"
#include "read/xml_stream.hpp"

namespace tierscope::core {
namespace {

struct Format {
  std::string_view extension;
  Reader reader;
};

/// The name of the root element of an XML text, without a prefix.
std::string_view root_element(std::string_view bytes) {
  for (std::size_t at = bytes.find('<'); at != std::string_view::npos; at = bytes.find('<', at + 1)) {
    const std::string_view rest = bytes.substr(at + 1);
    if (rest.starts_with("!--")) {
      at = bytes.find("-->", at);
      if (at == std::string_view::npos) break;
    } else if (!rest.starts_with('!') && !rest.starts_with('?')) {
      return local_name(rest.substr(0, rest.find_first_of(" \t\r\n/>")));
    }
  }
  return {};
}

void read_graph_of_xml(std::string_view bytes, std::uint32_t file, std::uint32_t graph, Records& records) {
  (root_element(bytes) == "gexf" ? read_gexf : read_graphml)(bytes, file, graph, records);
}

constexpr std::array readers{Format{".dot", read_dot}, Format{".gv", read_dot}, Format{".graphml", read_graphml},
                             Format{".gexf", read_gexf}, Format{".xml", read_graph_of_xml}};

std::string what_is_read() {
  std::string text = "a graph is a folder with relations.csv, a table of relations (.csv, .tsv, .xlsx)";
  for (std::size_t i = 0; i < readers.size(); ++i)
    text += (i == 0 ? ", a " : i + 1 < readers.size() ? ", " : " or ") + std::string(readers[i].extension);
  return text + " file, or - for standard input";
}

std::uint32_t add_file(Records& records, std::string name) {
  records.files.push_back(std::move(name));
  return static_cast<std::uint32_t>(records.files.size() - 1);
}

// A line ends with LF, CRLF or CR, as in all readers.
std::uint32_t line_at(std::string_view bytes, std::size_t offset) {
  std::uint32_t line = 1;
  for (std::size_t i = 0; i < offset; ++i)
    if (bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == bytes.size() || bytes[i + 1] != '\n'))) ++line;
  return line;
}

std::string hexadecimal(char byte) {
  constexpr char digits[] = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  return {'0', 'x', digits[value >> 4], digits[value & 15]};
}

/// The text of a file, or nothing and a problem where no reader could make sense of the bytes. `binary`: where it may
/// be a workbook, whether it is one.
std::optional<std::string_view> guarded_text(Files& files, const std::string& path, std::uint32_t file,
                                             Records& records, bool* binary = nullptr) {
  const auto graph = static_cast<std::uint32_t>(records.graphs.size() - 1);
  std::string why;
  std::optional<std::string> read = files.read(path, why);
  if (!read) {
    records.error(file, 0, {}, "cannot read this file: " + why, {});
    return {};
  }
  if (read->starts_with("PK\x03\x04") || read->starts_with("\xd0\xcf\x11\xe0")) {
    if (binary == nullptr) {
      records.error(file, 0, {}, "a workbook under another name", "name it as it is, with the ending .xlsx");
      return {};
    }
    *binary = true;
    return records.keep(std::move(*read));
  }
  const bool marked = !marked_encoding(*read).empty();
  const std::string encoding = marked ? std::string(marked_encoding(*read)) : records.mapping.encoding;
  if (!encoding.empty()) {
    std::size_t offset = 0;
    std::optional<std::string> converted = to_utf8(*read, encoding, why, offset);
    if (!converted) {
      const std::uint32_t line = marked || offset == std::string::npos ? 0 : line_at(*read, offset);
      records.error(file, line, {},
                    offset == std::string::npos ? quote(encoding) + " is an unknown encoding"
                    : marked                    ? "the file begins as UTF-16, but is not"
                                                : "byte " + hexadecimal((*read)[offset]) + " is not " + encoding,
                    offset == std::string::npos ? "use a name that iconv knows (iconv --list), as in windows-1252"
                                                : "name its encoding with --encoding, or save it as UTF-8");
      return {};
    }
    read = std::move(converted);
  }
  std::string_view bytes = records.keep(std::move(*read));
  if (bytes.substr(0, 3) == "\xef\xbb\xbf") bytes.remove_prefix(3);
  if (bytes.empty()) {
    records.error(file, 0, {}, "the file is empty", what_is_read());
    return {};
  }
  if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    records.error(file, line_at(bytes, nul), {}, "binary file (a NUL byte)",
                  "save it as UTF-8 text, or name its encoding: --encoding UTF-16LE");
    return {};
  }
  if (const std::size_t bad = invalid_utf8(bytes); bad != std::string_view::npos) {
    records.error(
        file, line_at(bytes, bad), {}, "byte " + hexadecimal(bytes[bad]) + " is not valid UTF-8",
        "save the file as UTF-8, or name its encoding: " + records.command_with(graph, "--encoding windows-1252"));
    return {};
  }
  return bytes;
}

void read_table(Files& files, const std::string& path, TableKind kind, std::uint32_t graph, Records& records) {
  const std::uint32_t file = add_file(records, path);
  if (const auto bytes = guarded_text(files, path, file, records)) read_csv(*bytes, kind, file, graph, records);
}

// What a folder without relations.csv may have instead.
std::string other_table(Files& files, const std::string& prefix) {
  for (const char* const name :
       {"Relations.csv", "RELATIONS.CSV", "relations.CSV", "relations.tsv", "relations.txt", "relations.xlsx",
        "edges.csv", "Edges.csv", "edges.tsv", "edges.xlsx", "links.csv", "relationships.csv", "transactions.csv"})
    if (files.exists(prefix + name)) return name;
  return {};
}

void read_folder(Files& files, std::string folder, std::uint32_t graph, Records& records) {
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  const std::string prefix = folder == "/" ? folder : folder + "/";
  for (const TableKind kind : {TableKind::companies, TableKind::sources, TableKind::rates, TableKind::relations}) {
    const std::string path = prefix + std::string(to_string(kind)) + ".csv";
    if (files.exists(path)) {
      read_table(files, path, kind, graph, records);
    } else if (kind == TableKind::relations) {
      const std::string other = other_table(files, prefix);
      records.error(add_file(records, folder), 0, {}, "the folder has no relations.csv",
                    other.empty() ? "a graph folder holds relations.csv and, if there are any, companies.csv, "
                                    "sources.csv, rates.csv"
                                  : "is it " + quote(other) + "? Then name the file itself: tierscope check " +
                                        shell_word(prefix + other));
    }
  }
}

// A table that stands alone is one of relations, unless its name says otherwise.
TableKind kind_of_table(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (const TableKind kind : all_tables)
    if (name == std::string(to_string(kind)) + ".csv") return kind;
  return name == "nodes.csv" || name == "nodes.tsv" ? TableKind::companies : TableKind::relations;
}

// ASCII only: no format has another extension.
std::string extension_of(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  if (dot == std::string::npos) return {};
  std::string extension = path.substr(dot);
  for (char& c : extension)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return extension;
}

/// The importer of a file of another trade, by its ending and first bytes; empty: there is none.
std::string_view imported_format(Files& files, const std::string& path, std::string_view extension) {
  if (extension != ".json" && extension != ".jsonl" && extension != ".ndjson") return {};
  std::string why;
  const std::unique_ptr<std::streambuf> bytes = files.open(path, why);
  if (bytes == nullptr) return {};
  std::string start(65'536, '\0');
  start.resize(static_cast<std::size_t>(
      std::max<std::streamsize>(bytes->sgetn(start.data(), static_cast<std::streamsize>(start.size())), 0)));
  const auto holds = [&](std::string_view word) { return start.find(word) != std::string::npos; };
  if (holds("\"statementId\"") || holds("\"statementID\"")) return "bods";
  if (holds("\"schema\"") && holds("\"properties\"")) return "ftm";
  return holds("\"facts\"") && holds("\"cik\"") ? "sec-notes" : "";
}

void read_standard_input(Files& files, std::uint32_t graph, Records& records) {
  const std::uint32_t file = add_file(records, "<stdin>");
  bool workbook = false;
  const auto bytes = guarded_text(files, "-", file, records, &workbook);
  if (!bytes) return;
  if (workbook) return read_xlsx(*bytes, file, graph, records);
  const std::size_t first = bytes->find_first_not_of(" \t\r\n");
  const std::string_view text = first == std::string_view::npos ? std::string_view() : bytes->substr(first);
  const auto begins_dot = [&](std::string_view word) {
    if (fold(text.substr(0, word.size())) != word) return false;
    const std::string_view rest = text.substr(word.size());
    return rest.empty() || std::string_view(" \t\r\n{\"/").find(rest.front()) != std::string_view::npos;
  };
  // A table's first line parts names; DOT begins with one of its words or a comment.
  const std::string_view header = text.substr(0, text.find_first_of("\r\n"));
  const bool dot = begins_dot("digraph") || begins_dot("graph") || begins_dot("strict") || text.starts_with("//") ||
                   text.starts_with("/*") || text.starts_with('#') ||
                   header.find_first_of(",;\t|") == std::string_view::npos;
  if (text.starts_with('<'))
    read_graph_of_xml(*bytes, file, graph, records);
  else if (dot)
    read_dot(*bytes, file, graph, records);
  else
    read_csv(*bytes, TableKind::relations, file, graph, records);
}

}  // namespace

void read_graph(Files& files, const std::string& path, Records& records) {
  const auto graph = static_cast<std::uint32_t>(records.graphs.size());
  records.graphs.push_back(path);
  records.release = [&files](std::string_view bytes) { files.release(bytes); };
  if (path == "-") return read_standard_input(files, graph, records);
  if (files.is_directory(path)) return read_folder(files, path, graph, records);
  const std::uint32_t file = add_file(records, path.empty() ? "\"\"" : path);
  if (!files.exists(path)) return records.error(file, 0, {}, "no such file or folder", {});
  const std::string extension = extension_of(path);
  if (extension == ".csv" || extension == ".tsv" || extension == ".tab") {
    if (const auto bytes = guarded_text(files, path, file, records))
      read_csv(*bytes, kind_of_table(path), file, graph, records);
    return;
  }
  if (extension == ".xlsx" || extension == ".xlsm" || extension == ".xls") {
    bool workbook = false;
    const auto bytes = guarded_text(files, path, file, records, &workbook);
    if (!bytes) return;
    if (workbook) return read_xlsx(*bytes, file, graph, records);
    return records.error(file, 0, {}, "is no workbook", "if it is text, give it the ending .csv");
  }
  if (const std::string_view imported = imported_format(files, path, extension); !imported.empty())
    return records.error(file, 0, {}, "a file that is imported", "to read it so: " + import_command(imported, path));
  const auto* const format =
      std::find_if(readers.begin(), readers.end(), [&](const Format& known) { return known.extension == extension; });
  if (format == readers.end()) return records.error(file, 0, {}, "the format of this file is unknown", what_is_read());
  if (const auto bytes = guarded_text(files, path, file, records)) format->reader(*bytes, file, graph, records);
}

}  // namespace tierscope::core
