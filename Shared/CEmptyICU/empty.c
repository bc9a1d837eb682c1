// A file of ICU's data without an entry, in place of the one of 31 to 34 MB that Foundation and libxml2 bring along. Names
// of languages, calendars, collation and legacy charsets are in it, and nothing here asks for them; properties of characters
// and regular expressions are in ICU's code. ICU finds its data by the symbol, which has the version in it: with another
// version the whole data is linked again, and nothing else happens. `ICU` is the version.
#include <stdint.h>

#ifndef ICU
#define ICU 76 // of Foundation in Swift 6.3
#endif

#define JOINED(a, b, c) a##b##c
#define NAME(version) JOINED(icudt, version, _dat)

// ICU's header of a table of contents by pointers ("ToCP"), which has no entries.
_Alignas(16) const struct {
  uint16_t header_size;
  uint8_t magic[2];
  uint16_t info_size, reserved;
  uint8_t is_big_endian, charset_family, char16_size, reserved_byte;
  uint8_t format[4], format_version[4], data_version[4];
  uint64_t padding;
  uint32_t count, reserved_count;
  const char *entry[2];
} NAME(ICU) = {
  .header_size = 32,
  .magic = {0xda, 0x27},
  .info_size = 20,
  .is_big_endian = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__,
  .char16_size = 2,
  .format = {'T', 'o', 'C', 'P'},
  .format_version = {1},
};
