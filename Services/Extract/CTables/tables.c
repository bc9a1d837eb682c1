// Each table of the extraction rules, from the file beside the rule that uses it.
#include "CExtractTables.h"

#define DEFINE(name) \
  struct embedded_table table_##name(void) { return (struct embedded_table){name, sizeof name}; }

static const unsigned char units[] = {
#embed "../Metrics/Tables/units.tsv"
};
DEFINE(units)
