// What Swift cannot do: the steps between fork and exec, and a signal handler. posix_spawn has no parent-death signal.
#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

// Standard input is empty: a child of a session without terminal, or in the background of one, has nobody who types.
static bool connect_streams(int output) {
  int empty = open("/dev/null", O_RDONLY | O_CLOEXEC);
  return empty >= 0 && dup2(empty, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 &&
         dup2(output, STDERR_FILENO) >= 0;
}

static void become_child(const struct child_plan *plan, pid_t parent, int report) {
  sigset_t none;
  sigemptyset(&none);
  signal(SIGPIPE, SIG_DFL);
  if ((plan->session ? setsid() > 0 : setpgid(0, 0) == 0) && prctl(PR_SET_PDEATHSIG, plan->death_signal) == 0 && getppid() == parent &&
      sigprocmask(SIG_SETMASK, &none, NULL) == 0 && connect_streams(plan->output) && (plan->kept < 0 || fcntl(plan->kept, F_SETFD, 0) == 0) &&
      (plan->folder == NULL || chdir(plan->folder) == 0))
    execve(plan->path, plan->arguments, plan->environment);
  int error = errno;
  (void)!write(report, &error, sizeof error);
  _exit(127);
}

pid_t start_child(const struct child_plan *plan) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) return -1;
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) become_child(plan, parent, report[1]);
  int saved = errno;
  close(report[1]);
  int error = 0;
  ssize_t count = 0;
  if (child > 0) do count = read(report[0], &error, sizeof error); while (count < 0 && errno == EINTR);
  close(report[0]);
  if (child > 0 && count <= 0) return child;
  errno = child > 0 ? error : saved;
  return -1;
}

int punch_hole(int file, off_t end) { return fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, end); }

static int signal_pipe[2] = {-1, -1};

static void on_signal(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  (void)!write(signal_pipe[1], &byte, 1);
  errno = saved;
}

int signal_descriptor(void) {
  if (signal_pipe[0] >= 0) return signal_pipe[0];
  if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  const int numbers[] = {SIGCHLD, SIGINT, SIGTERM, SIGHUP};
  for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, NULL);
  return signal_pipe[0];
}

static volatile sig_atomic_t interrupts = 0;

static void on_interrupt(int number) {
  (void)number;
  if (++interrupts > 1) _exit(130);
}

void interrupt_gently(void) {
  struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
}

bool was_interrupted(void) { return interrupts > 0; }
