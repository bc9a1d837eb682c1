// Each table of the extraction rules, from the file beside the rule that uses it.
#include "CExtractTables.h"

#define DEFINE(name) \
  struct embedded_table table_##name(void) { return (struct embedded_table){name, sizeof name}; }

static const unsigned char units[] = {
#embed "../Metrics/Quantities/Tables/units.tsv"
};
DEFINE(units)

static const unsigned char deictic[] = {
#embed "../Entities/Dates/Tables/deictic.tsv"
};
DEFINE(deictic)

static const unsigned char document_classes[] = {
#embed "../Entities/Documents/Tables/classes.tsv"
};
DEFINE(document_classes)

static const unsigned char title_kinds[] = {
#embed "../Placing/Tables/kinds.tsv"
};
DEFINE(title_kinds)
static const unsigned char unit_words[] = {
#embed "../Metrics/Quantities/Tables/words.tsv"
};
DEFINE(unit_words)

static const unsigned char bounds[] = {
#embed "../Metrics/Quantities/Tables/bounds.tsv"
};
DEFINE(bounds)

static const unsigned char before[] = {
#embed "../Metrics/Quantities/Tables/before.tsv"
};
DEFINE(before)

static const unsigned char fixed_terms[] = {
#embed "../Metrics/Quantities/Tables/terms.tsv"
};
DEFINE(fixed_terms)
