#define _GNU_SOURCE // dl_iterate_phdr

#include "CMemory.h"

#include <link.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

void set_memory_thresholds(int mapping, int trimming) {
  mallopt(M_MMAP_THRESHOLD, mapping);
  mallopt(M_TRIM_THRESHOLD, trimming);
}

void trim_memory(void) { malloc_trim(0); }

// What cannot be written holds nothing but the file's bytes, so that nothing is lost; relocations are in segments that can.
static int forget_pages(struct dl_phdr_info *object, size_t size, void *unused) {
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  for (int i = 0; i < object->dlpi_phnum; i++) {
    const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
    if (segment->p_type != PT_LOAD || segment->p_flags & PF_W) continue;
    uintptr_t start = object->dlpi_addr + segment->p_vaddr, end = start + segment->p_memsz;
    madvise((void *)(start & ~(page - 1)), end - (start & ~(page - 1)), MADV_DONTNEED);
  }
  return 0;
}

void forget_pages_of_code(void) { dl_iterate_phdr(forget_pages, NULL); }
