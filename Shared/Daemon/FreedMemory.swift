private import CMemory

/// Lets the C library give freed memory back to the system soon, in a process that holds documents for a while and frees
/// them: call it first of all.
///
/// By itself glibc learns from what is freed: after one block of 32 MiB each of its arenas keeps up to 64 MiB, and blocks
/// of that size fill it with holes. Here a block of 1 MiB or more is a mapping of its own, and goes with it; an arena
/// keeps 4 MiB at its end. It costs page faults, so a stage that computes with large blocks does without it: the design
/// page of the queue has the figures.
package func giveFreedMemoryBack() {
  set_memory_thresholds(1 << 20, 4 << 20)
}

/// Gives back at once what is free after work that took much: for a process that computes, in place of
/// `giveFreedMemoryBack`. Linear in the free memory; to be called after large documents only.
package func giveBackFreedMemoryNow() { trim_memory() }

/// Forgets the code and constants that only the start of a process has read, some 10 MiB of them: what is used again
/// is there again by a page fault that needs no disk. For a process that goes on for long, once it serves.
package func giveBackPagesOfStart() { forget_pages_of_code() }
