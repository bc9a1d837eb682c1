#include "CProcess.h"

#include <signal.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

static struct termios former;
static volatile sig_atomic_t is_taken = 0;

static void say(const char *sequence, size_t length) {
  ssize_t written = write(STDOUT_FILENO, sequence, length);
  (void)written;
}

void give_terminal_back(void) {
  if (!is_taken) return;
  is_taken = 0;
  static const char shows[] = "\033[?25h\033[?1049l";
  say(shows, sizeof shows - 1);
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &former);
}

// The signal comes again, with its usual effect, when this returns.
static void on_fault(int number) {
  give_terminal_back();
  raise(number);
}

void take_terminal(void) {
  static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGQUIT};
  struct sigaction action = {.sa_handler = on_fault, .sa_flags = SA_RESETHAND};
  sigemptyset(&action.sa_mask);
  for (unsigned i = 0; i < sizeof faults / sizeof *faults; i++) sigaction(faults[i], &action, NULL);
  if (tcgetattr(STDIN_FILENO, &former) != 0) return;
  is_taken = 1;
  atexit(give_terminal_back);
  struct termios raw = former;
  cfmakeraw(&raw);
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
  static const char hides[] = "\033[?1049h\033[?25l";
  say(hides, sizeof hides - 1);
}
