internal import Glibc
internal import Record

/// All inputs of one `gongwen run`, through the pipeline and out in their order.
struct Batch {
  /// How the documents fared.
  struct Counts: Equatable {
    var records = 0
    var failed = 0
    /// Among the failed, those of which no byte could be read.
    var unread = 0
    var isInterrupted = false

    var done: Int { records + failed }

    /// Throws the exit status that the counts deserve.
    func check() throws(CommandFailure) {
      if isInterrupted { throw CommandFailure(.interrupted) }
      if failed == 0 { return }
      if unread == done { throw CommandFailure(.nothingRead, "no document could be read.") }
      throw CommandFailure(.someFailed)
    }
  }

  private var reader: InputReader
  private let pipeline: InProcess
  private let output: RunOutput
  private let interruption: Interruption
  private var window: Window
  private var progress: Progress
  private var counts = Counts()

  init(_ reader: InputReader, _ pipeline: InProcess, _ output: RunOutput, interruption: Interruption) {
    self.reader = reader
    self.pipeline = pipeline
    self.output = output
    self.interruption = interruption
    window = Window(documents: 4 * max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
    progress = Progress(total: Terminal.error.isTerminal ? reader.count() : nil)
  }

  /// Processes until the inputs are at their end or Ctrl-C.
  mutating func run() async -> Counts {
    var isAtEnd = false
    while !interruption.isRequested {
      while !isAtEnd, window.hasRoom { isAtEnd = !takeInput() }
      if window.isEmpty { break }
      write(await window.next())
    }
    progress.clear()
    counts.isInterrupted = interruption.isRequested
    return counts
  }

  /// Puts the next input under way; false at their end.
  private mutating func takeInput() -> Bool {
    switch reader.next() {
    case .document(let document):
      let (pipeline, layers) = (pipeline, document.layers)
      window.add(size: layers.size) { await pipeline.process(layers) }
    case .failure(let failure):
      counts.unread += 1
      let line = failure.record(failedAt: timestampNow()).line
      window.add(size: line.count) { .failure(line, failure.failure, uri: failure.uri) }
    case .note(let text):
      progress.clear()
      writeError("gongwen: \(text)")
    case nil: return false
    }
    return true
  }

  private mutating func write(_ outcome: InProcess.Outcome) {
    switch outcome {
    case .record(let line):
      counts.records += 1
      output.write(record: line)
    case .failure(let line, let failure, let uri):
      counts.failed += 1
      progress.clear()
      output.write(failure: line, failure, uri: uri)
    }
    progress.show(done: counts.done, failed: counts.failed)
  }
}
