// Each table of the cleaning rules, from the file beside the rule that uses it.
#include "CCleanTables.h"

#define DEFINE(name) \
  struct clean_table clean_table_##name(void) { return (struct clean_table){name, sizeof name}; }

static const unsigned char labels[] = {
#embed "../Furniture/Tables/labels.tsv"
};
DEFINE(labels)

static const unsigned char phrases[] = {
#embed "../Furniture/Tables/phrases.tsv"
};
DEFINE(phrases)

static const unsigned char marks[] = {
#embed "../Page/Tables/marks.tsv"
};
DEFINE(marks)
