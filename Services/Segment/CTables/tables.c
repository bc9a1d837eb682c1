// Each table of the outline's rules, from the file in Tables/.
#include "CSegmentTables.h"

#define DEFINE(name) \
  struct segment_table segment_table_##name(void) { return (struct segment_table){name, sizeof name}; }

static const unsigned char heading_ends[] = {
#embed "../Tables/heading_ends.tsv"
};
DEFINE(heading_ends)

static const unsigned char body_starts[] = {
#embed "../Tables/body_starts.tsv"
};
DEFINE(body_starts)

static const unsigned char speakers[] = {
#embed "../Tables/speakers.tsv"
};
DEFINE(speakers)

static const unsigned char references[] = {
#embed "../Tables/references.tsv"
};
DEFINE(references)

static const unsigned char apart[] = {
#embed "../Tables/apart.tsv"
};
DEFINE(apart)
