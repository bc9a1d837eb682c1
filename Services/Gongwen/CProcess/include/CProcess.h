#pragma once

#include <stdbool.h>
#include <sys/types.h>

/// A program to start. Strings end with NUL, lists with a null pointer.
struct child_plan {
  const char *path;
  char *const *arguments;
  char *const *environment;
  /// Null for the folder of this process.
  const char *folder;
  /// Becomes the child's standard output and standard error; its standard input is empty.
  int output;
  /// Stays open in the child at the same number; -1 for none.
  int kept;
  /// Sent to the child when the thread that started it ends, so also when this process is killed; 0 for none.
  int death_signal;
  /// Whether the child has a session of its own, so that it outlives the terminal.
  bool session;
};

/// Starts a program in a process group of its own; the process id, or -1 with errno.
pid_t start_child(const struct child_plan *plan);

/// Gives back the room that the first bytes of a file take; its size stays, and they read as zeros. 0, or -1 with errno.
int punch_hole(int file, off_t end);

/// A descriptor from which one byte can be read for each SIGCHLD, SIGINT, SIGTERM or SIGHUP from now on: its number.
/// -1 with errno where there is none. The second call gives the same descriptor.
int signal_descriptor(void);

/// From now on the first SIGINT is only remembered, and the second one ends the process with status 130.
void interrupt_gently(void);

/// Whether there was a SIGINT.
bool was_interrupted(void);

/// Takes the terminal of standard input and output for a full screen: keys come one by one and unseen, and the lines that
/// were there stay behind it. However the process ends, but for SIGKILL, the terminal is given back: by exit, too, and by a
/// signal that a fault in the program raises.
void take_terminal(void);

/// Gives the terminal back as it was; nothing where it is not taken.
void give_terminal_back(void);
