#include "import/importers.hpp"

namespace tierscope::core {

const std::vector<Importer>& importers() {
  static const std::vector<Importer> list{
      {"bods", "Beneficial Ownership Data Standard 0.4, an array or a statement a line", import_bods},
      {"ftm", "FollowTheMoney entities, a JSON object a line: owners, lenders, suppliers", import_ftm},
      {"gephi", "nodes and edges as Gephi exports them, CSV", import_gephi},
      {"gexf", "graphs as Gephi saves them, GEXF 1.2 and 1.3", import_gexf},
      {"gleif", "GLEIF golden copies as CSV: who consolidates whom, and names", import_gleif},
      {"io", "input-output tables: OECD ICIO as CSV, EXIOBASE 3 (Z.txt, Y.txt)", import_io},
      {"neo4j", "nodes and relationships as Neo4j's bulk import reads them, CSV", import_neo4j},
      {"open-supply-hub", "facilities, who names them and who owns them, CSV", import_open_supply_hub},
      {"sec-notes", "the SEC's Financial Statement and Notes data sets, and company facts", import_sec_notes},
  };
  return list;
}

}  // namespace tierscope::core
