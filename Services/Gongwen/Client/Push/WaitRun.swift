internal import Wire
internal import ZeroMQ

/// Waits until jobs are records or failures.
struct WaitRun {
  private let client: QueueClient
  private let interruption: Interruption
  /// Jobs not seen at their end, the oldest first.
  private var open: ArraySlice<PushRun.Accepted>
  private var finished = 0
  private var failed = 0
  private var progress: Progress

  /// Jobs that are asked for at once. They end about in their order, so asking for the oldest ones is enough.
  private static let batch = 512

  init(_ jobs: [PushRun.Accepted], at address: Endpoint, interruption: Interruption) {
    client = QueueClient(address: address)
    self.interruption = interruption
    open = jobs[...]
    progress = Progress(total: jobs.count)
  }

  /// Returns how many of the jobs are failures.
  mutating func run() throws -> Int {
    defer { progress.clear() }
    var pause = Duration.milliseconds(10)
    while !open.isEmpty, !interruption.isRequested {
      let before = open.count
      try ask()
      pause = open.count < before ? .milliseconds(10) : min(pause * 2, .milliseconds(200))
      progress.show(done: finished, failed: failed)
      if !open.isEmpty { try rest(pause) }
    }
    return failed
  }

  private mutating func ask() throws {
    let asked = Array(open.prefix(Self.batch))
    guard case .states(let states) = try client.ask(.ask(jobs: asked.map(\.job)), within: Contact.patience),
      states.count == asked.count
    else { throw CommandFailure(.internalError, "the queue's answer is none that this version knows.") }
    var still: [PushRun.Accepted] = []
    for (job, state) in zip(asked, states) {
      switch state {
      case .pending, .inFlight: still.append(job)
      case .done: finished += 1
      case .failed, .dead, .unknown:
        finished += 1
        failed += 1
        progress.clear()
        writeError("\(job.name): \(state == .unknown ? "is not known to the queue" : "failed") (job \(job.job))")
      }
    }
    open = still + open.dropFirst(asked.count)
  }

  private func rest(_ time: Duration) throws(SocketError) {
    var poller = Poller([])
    try poller.wait(time)
  }
}
