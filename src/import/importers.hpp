#pragma once
// The ways in, one file each.

#include "import/intake.hpp"

namespace tierscope::core {

void import_gexf(Intake& intake);
void import_gephi(Intake& intake);
void import_neo4j(Intake& intake);
void import_sec_notes(Intake& intake);
void import_gleif(Intake& intake);
void import_bods(Intake& intake);
void import_ftm(Intake& intake);
void import_open_supply_hub(Intake& intake);
void import_io(Intake& intake);

}  // namespace tierscope::core
