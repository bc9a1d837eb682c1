#pragma once

/// How many blocks of memory the calling thread has asked for since it began.
long allocation_count(void);
