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

static const unsigned char divisions[] = {
#embed "../Entities/Places/Tables/divisions.tsv"
};
DEFINE(divisions)

static const unsigned char former[] = {
#embed "../Entities/Places/Tables/former.tsv"
};
DEFINE(former)

static const unsigned char townships[] = {
#embed "../Entities/Places/Tables/townships.tsv"
};
DEFINE(townships)

static const unsigned char geography[] = {
#embed "../Entities/Places/Tables/geography.tsv"
};
DEFINE(geography)

static const unsigned char common_names[] = {
#embed "../Entities/Places/Tables/common.tsv"
};
DEFINE(common_names)

static const unsigned char ethnic[] = {
#embed "../Entities/Places/Tables/ethnic.tsv"
};
DEFINE(ethnic)

static const unsigned char bodies[] = {
#embed "../Entities/Organs/Tables/bodies.tsv"
};
DEFINE(bodies)

static const unsigned char offices[] = {
#embed "../Entities/Organs/Tables/offices.tsv"
};
DEFINE(offices)

static const unsigned char party_organs[] = {
#embed "../Entities/Organs/Tables/party.tsv"
};
DEFINE(party_organs)

static const unsigned char national_organs[] = {
#embed "../Entities/Organs/Tables/national.tsv"
};
DEFINE(national_organs)

static const unsigned char enterprises[] = {
#embed "../Entities/Organs/Tables/enterprises.tsv"
};
DEFINE(enterprises)

static const unsigned char organ_parts[] = {
#embed "../Entities/Organs/Tables/parts.tsv"
};
DEFINE(organ_parts)

static const unsigned char organ_types[] = {
#embed "../Entities/Organs/Tables/types.tsv"
};
DEFINE(organ_types)

static const unsigned char organ_stops[] = {
#embed "../Entities/Organs/Tables/stops.tsv"
};
DEFINE(organ_stops)

static const unsigned char descriptors[] = {
#embed "../Entities/Organs/Tables/descriptors.tsv"
};
DEFINE(descriptors)

static const unsigned char zones[] = {
#embed "../Entities/Places/Tables/zones.tsv"
};
DEFINE(zones)

static const unsigned char titles[] = {
#embed "../Entities/Persons/Tables/titles.tsv"
};
DEFINE(titles)

static const unsigned char surnames[] = {
#embed "../Entities/Persons/Tables/surnames.tsv"
};
DEFINE(surnames)

static const unsigned char name_followers[] = {
#embed "../Entities/Persons/Tables/followers.tsv"
};
DEFINE(name_followers)

static const unsigned char leaders[] = {
#embed "../Entities/Persons/Tables/leaders.tsv"
};
DEFINE(leaders)

static const unsigned char meeting_tails[] = {
#embed "../Entities/Meetings/Tables/tails.tsv"
};
DEFINE(meeting_tails)
static const unsigned char clause_words[] = {
#embed "../Metrics/Clauses/Tables/words.tsv"
};
DEFINE(clause_words)

static const unsigned char verbs[] = {
#embed "../Metrics/Clauses/Tables/verbs.tsv"
};
DEFINE(verbs)

static const unsigned char changes[] = {
#embed "../Metrics/Clauses/Tables/changes.tsv"
};
DEFINE(changes)

static const unsigned char headings[] = {
#embed "../Metrics/Clauses/Tables/headings.tsv"
};
DEFINE(headings)

static const unsigned char status[] = {
#embed "../Metrics/Clauses/Tables/status.tsv"
};
DEFINE(status)

static const unsigned char wordings[] = {
#embed "../Metrics/Indicators/Tables/wordings.tsv"
};
DEFINE(wordings)
