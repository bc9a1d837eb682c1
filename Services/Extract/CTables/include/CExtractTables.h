#pragma once
#include <stddef.h>

/// A table of words, compiled in: the bytes of a `Tables/*.tsv`.
struct embedded_table {
  const unsigned char *_Nonnull bytes;
  size_t count;
};

/// Declares the function that gives the table of a name; `tables.c` defines it over the file.
#define TABLE(name) struct embedded_table table_##name(void)

TABLE(units);
TABLE(deictic);
TABLE(document_classes);
TABLE(title_kinds);
TABLE(unit_words);
TABLE(bounds);
TABLE(before);
TABLE(fixed_terms);
TABLE(divisions);
TABLE(former);
TABLE(townships);
TABLE(geography);
TABLE(common_names);
TABLE(ethnic);
TABLE(bodies);
TABLE(offices);
TABLE(party_organs);
TABLE(national_organs);
TABLE(enterprises);
TABLE(organ_parts);
TABLE(organ_types);
TABLE(organ_stops);
TABLE(descriptors);
TABLE(zones);
TABLE(titles);
TABLE(surnames);
TABLE(name_followers);
TABLE(leaders);
TABLE(meeting_tails);
TABLE(clause_words);
TABLE(verbs);
TABLE(changes);
TABLE(headings);
TABLE(status);
TABLE(wordings);
