#include "CMemory.h"

#include <malloc.h>

void set_memory_thresholds(int mapping, int trimming) {
  mallopt(M_MMAP_THRESHOLD, mapping);
  mallopt(M_TRIM_THRESHOLD, trimming);
}

void trim_memory(void) { malloc_trim(0); }
