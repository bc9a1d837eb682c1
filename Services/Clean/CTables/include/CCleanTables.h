#pragma once
#include <stddef.h>

/// A table of words, compiled in: the bytes of a `Tables/*.tsv`.
struct clean_table {
  const unsigned char *_Nonnull bytes;
  size_t count;
};

/// Declares the function that gives the table of a name; `tables.c` defines it over the file.
#define TABLE(name) struct clean_table clean_table_##name(void)

TABLE(labels);
TABLE(phrases);
TABLE(marks);
