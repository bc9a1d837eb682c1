import Logging
import Record
import Synchronization
import Testing
import Wire
import ZeroMQ

@testable import Queue

/// A ledger whose disk is full for the first commits.
private final class FullLedger: Ledger {
  private let ledger = MemoryLedger()
  private let failures: Atomic<Int>

  struct NoSpace: Error {}

  init(failures: Int) { self.failures = Atomic(failures) }

  func fill(for commits: Int) { failures.store(commits, ordering: .relaxed) }

  func start(_ topology: Topology) -> Recovered { ledger.start(topology) }

  func commit(_ changes: [Change]) throws -> [Committed] {
    guard failures.subtract(1, ordering: .relaxed).newValue < 0 else { throw NoSpace() }
    return ledger.commit(changes)
  }

  func load(stage: String, after: UInt64, count: Int, bytes: Int) -> [StoredDocument] {
    ledger.load(stage: stage, after: after, count: count, bytes: bytes)
  }

  func sequence(of producer: [UInt8]) -> UInt64 { ledger.sequence(of: producer) }

  func states(of jobs: [JobID]) -> [ClientReply.JobState] { ledger.states(of: jobs) }

  func find(_ inquiry: Inquiry) -> [Letter] { ledger.find(inquiry) }

  func removeFinished() -> Bool { ledger.removeFinished() }
}

struct LedgerThreadTests {
  private func acceptance(_ sequence: UInt64) -> Change {
    .accept(
      .init(
        producer: id("p"), sequence: sequence, job: JobID(key: "\(sequence)"), stage: "clean",
        layers: .document("a"), time: 0))
  }

  /// The events of a thread that is asked for changes and then to stop.
  private func events(_ ledger: any Ledger, _ changes: [Change]) async throws -> (all: [Event], waiting: Int) {
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let thread = LedgerThread(ledger, folder: "/", logger: quiet)
    for change in changes { thread.post([.commit(change)]) }
    async let work: Void = DedicatedThread.run("ledger") { () throws in try thread.run() }
    let end = ContinuousClock.now + .seconds(30)
    var all: [Event] = []
    while all.committed.isEmpty, ContinuousClock.now < end {
      all += thread.events.takeAll()
      await Task.yield()
    }
    thread.post([.stop])
    try await work
    return (all + thread.events.takeAll(), thread.waitingBytes)
  }

  @Test func aFullDiskSendsDocumentsBackAndKeepsTheRestUntilItIsWritten() async throws {
    let ledger = FullLedger(failures: 0)
    _ = try ledger.commit([acceptance(1)])
    ledger.fill(for: 2)
    let skip = Change.skip(producer: id("q"), sequence: 1, time: 0)
    let (events, waiting) = try await events(ledger, [acceptance(2), .finish(subject("1", 1), .done), skip])
    #expect(events.bounced == [acceptance(2), skip])
    #expect(events.committed.map(\.first) == [.finished(JobID(key: "1"), .done)])
    #expect(ledger.states(of: [JobID(key: "1"), JobID(key: "2")]) == [.done, .unknown])
    #expect(waiting == 0)
  }

  @Test func groupsHoldNoMoreThanTheirNumberOfDocuments() async throws {
    let (events, _) = try await events(MemoryLedger(), (1...2500).map(acceptance))
    #expect(events.committed.map(\.count) == [1024, 1024, 452])
  }
}

extension [Event] {
  fileprivate var committed: [[Committed]] {
    compactMap { if case .committed(let changes) = $0 { changes } else { nil } }
  }

  fileprivate var bounced: [Change] {
    reduce(into: []) { if case .bounced(let changes) = $1 { $0 += changes } }
  }
}
