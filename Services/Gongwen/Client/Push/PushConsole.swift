internal import Wire

/// What `gongwen push` shows: job ids on standard output; progress and what went wrong on standard error.
struct PushConsole {
  private var progress: Progress
  private var isWaiting = false

  init(total: Int?) { progress = Progress(total: total) }

  mutating func print(_ job: JobID) { writeOutput(Array("\(job)\n".utf8)) }

  mutating func say(_ line: String) {
    progress.clear()
    writeError(line)
  }

  /// Draws the bar, and says once when the queue makes this producer wait and once when it goes on.
  mutating func show(_ counts: PushRun.Counts, isHeldBack: Bool, isAlone: Bool) {
    if isHeldBack || isAlone {
      if !isWaiting {
        say(
          isAlone
            ? "gongwen: the queue is gone; waits for it to come back."
            : "gongwen: the queue is full or short of disk space; waits until it takes more.")
      }
      isWaiting = true
    } else if isWaiting, counts.done > doneBefore {
      say("gongwen: the queue takes documents again.")
      isWaiting = false
    }
    doneBefore = counts.done
    progress.show(done: counts.done, failed: counts.failed)
  }

  private var doneBefore = 0

  mutating func end() { progress.clear() }
}
