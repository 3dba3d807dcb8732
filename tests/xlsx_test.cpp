#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <string>

#include "memory_files.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"
#include "zip_of.hpp"

namespace tierscope::core {
namespace {

std::string workbook(const std::string& rows, const std::string& second = {}) {
  const auto sheet = [](const std::string& inside) {
    return "<worksheet><sheetData>" + inside + "</sheetData></worksheet>";
  };
  return zip({{"xl/workbook.xml",
               "<workbook xmlns:r=\"u\"><sheets><sheet name=\"Data\" r:id=\"r1\"/><sheet name=\"More\" "
               "r:id=\"r2\"/></sheets></workbook>"},
              {"xl/_rels/workbook.xml.rels",
               "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" "
               "Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"},
              {"xl/sharedStrings.xml",
               "<sst><si><t>from</t></si><si><r><t>t</t></r><r><t>o</t></r></si><si><t>kind</t></si></sst>"},
              {"xl/styles.xml",
               "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts><cellXfs><xf "
               "numFmtId=\"0\"/><xf numFmtId=\"10\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"},
              {"xl/worksheets/sheet1.xml", sheet(rows)},
              {"xl/worksheets/sheet2.xml", sheet(second)}});
}

const std::string header =
    "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"C2\" t=\"s\"><v>2</v></c>"
    "<c r=\"D2\" t=\"inlineStr\"><is><t>Revenue share</t></is></c><c r=\"E2\" t=\"str\"><v>as of</v></c></row>";

Records read(const std::string& bytes, const std::string& name = "e.xlsx") {
  MemoryFiles files;
  files.files[name] = bytes;
  Records records;
  read_graph(files, name, records);
  return records;
}

}  // namespace

TEST_CASE("a workbook is read as it is shown: shared and inline texts, percent and dates") {
  const Records records =
      read(workbook(header +
                    "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"B4\" t=\"str\"><v>b</v></c>"
                    "<c r=\"C4\" t=\"str\"><v>supplies</v></c><c r=\"D4\" s=\"1\"><v>0.6438</v></c><c r=\"E4\" "
                    "s=\"2\"><v>45657</v></c></row><row r=\"5\"><c r=\"A5\" t=\"str\"><v>a</v></c><c r=\"B5\" "
                    "t=\"str\"><v>c</v></c><c r=\"C5\" t=\"str\"><v>owns</v></c><c r=\"D5\" t=\"e\"><v>#N/A</v></c><c "
                    "r=\"E5\"><v>2024</v></c></row>"));
  CHECK(problems_of(records) == "e.xlsx: warning: of 2 sheets 'Data' is read; --sheet names another\n");
  CHECK(tables_of(records) ==
        "relations: from,to,kind,revenue_share,as_of\n4: a|b|supplies|64.38%|2024-12-31\n5: a|c|owns|#N/A|2024\n");
  Records below = read(workbook("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>Suppliers, 2025</v></c></row>" + header));
  CHECK(problems_of(below) ==
        "e.xlsx:2: the names of the columns seem to stand here, below other text; to read it so: tierscope check "
        "e.xlsx --header-row 2\ne.xlsx: warning: of 2 sheets 'Data' is read; --sheet names another\n");
  Records again = read(workbook("", header));
  CHECK(tables_of(again) == "relations: from,to,kind,revenue_share,as_of\n");
}

TEST_CASE("a workbook that is none is refused, whatever its bytes") {
  CHECK(problems_of(read("x,y\n", "e.xlsx")) == "e.xlsx: is no workbook; if it is text, give it the ending .csv\n");
  CHECK(problems_of(read("\xd0\xcf\x11\xe0 old", "e.xls")) ==
        "e.xls: a workbook with a password, or of Excel 2003 or before; save it as .xlsx, without a password\n");
  CHECK(
      problems_of(read(zip({{"a", "b"}}))) ==
      "e.xlsx: the workbook cannot be read: it holds no xl/workbook.xml; save it as .xlsx again, without a password\n");
  CHECK(problems_of(read(workbook(header), "e.csv")) ==
        "e.csv: a workbook under another name; name it as it is, with the ending .xlsx\n");
  const std::string whole = workbook(header + "<row><c t=\"s\"><v>9</v></c><c t=\"s\"><v>0</v></c></row>");
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    Records cut = read(whole.substr(0, size));
    CHECK(has_errors(cut.problems));
  }
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x15);
    Records records = read(damaged);
    build(records);  // refused or read, and never more
  }
}

}  // namespace tierscope::core
