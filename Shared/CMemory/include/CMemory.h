#pragma once

/// From which size on a block of memory is a mapping of its own, and how much free memory stays at the end of an arena,
/// in bytes, for good: glibc does not learn other numbers any more.
void set_memory_thresholds(int mapping, int trimming);

/// Gives all free memory in all arenas back to the system.
void trim_memory(void);

/// Forgets which pages of the program and of its libraries were read so far: what is used again is mapped again, from the
/// page cache.
void forget_pages_of_code(void);
