#include <libxml/xmlversion.h>
// Foundation brings an ICU of its own, and two of them cannot be imported side by side. Without this macro the headers
// leave out ICU's types, which only stand behind pointers that are not used here.
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
