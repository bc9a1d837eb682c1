#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <zmq.h>

/// Names the calling thread; `prctl` itself takes any number of arguments, which Swift cannot call.
static inline void name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

/// Refuses whoever connects while nobody answers for the ZAP domain of a socket. libzmq has it since 4.3, but its header
/// only names it in draft builds.
enum { GONGWEN_ZAP_ENFORCE_DOMAIN = 93 };
