#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <zmq.h>

/// Names the calling thread; `prctl` itself takes any number of arguments, which Swift cannot call.
static inline void name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
