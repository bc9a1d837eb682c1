#pragma once
#include <stddef.h>

/// A table of words, compiled in: the bytes of a `Tables/*.tsv`.
struct segment_table {
  const unsigned char *_Nonnull bytes;
  size_t count;
};

/// Declares the function that gives the table of a name; `tables.c` defines it over the file.
#define SEGMENT_TABLE(name) struct segment_table segment_table_##name(void)

SEGMENT_TABLE(heading_ends);
SEGMENT_TABLE(body_starts);
SEGMENT_TABLE(speakers);
SEGMENT_TABLE(references);
SEGMENT_TABLE(apart);
