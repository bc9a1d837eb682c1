import Glibc
import Logging
import Record
import Testing
import Wire
import ZeroMQ

@testable import Worker

/// The loop with real sockets, against a queue that the test plays.
@Suite(.timeLimit(.minutes(1)))
struct SessionLoopTests {
  private let mailbox = Mailbox<Session.Event>()

  /// Runs a worker in the background while the test plays the queue.
  private func worker(
    _ stage: some Stage, at address: String, _ change: (inout SessionPlan) -> Void = { _ in }
  ) -> Task<Session.Ending, any Error> {
    var plan = SessionPlan(stage: stage.name, name: "upper-1")
    change(&plan)
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    return Task { [mailbox, plan] in
      try await DedicatedThread.run("test") { () throws(SocketError) in
        var loop = SessionLoop(plan, stage: stage, address: address, mailbox: mailbox, logger: logger)
        return try loop.run()
      }
    }
  }

  @Test func aDocumentGoesThroughAndTheWorkerDrains() async throws {
    let queue = try await FakeQueue()
    let ending = worker(UpperStage(), at: queue.address)
    let (peer, announcement) = try await queue.accept()
    #expect(announcement.stage == "upper" && announcement.credit.messages == 5)
    queue.send(.job(job(1, size: 100_000)), to: peer)
    #expect(try await queue.next() == .start(job(1).lease))
    guard case .result(job(1).lease, _, let layers) = try await queue.next() else {
      Issue.record("the answer is not a result")
      return
    }
    #expect(layers["upper"] == [UInt8](repeating: UInt8(ascii: "A"), count: 100_000))
    mailbox.post(.drain)
    while try await queue.next() != .bye {}
    #expect(try await ending.value == .drained)
  }

  @Test func aQueueThatStartsLaterAndOneThatStartsAgainAreFound() async throws {
    let path = "/tmp/gongwen-worker-\(UInt64.random(in: 0 ... .max))"
    defer { unsafe unlink(path) }
    let ending = worker(UpperStage(), at: "ipc://\(path)")
    for epoch in 1...3 as ClosedRange<UInt64> {
      let queue = try await FakeQueue(at: "ipc://\(path)")
      let (peer, announcement) = try await queue.accept(epoch: epoch)
      #expect(announcement.credit.messages == 5)
      queue.send(.job(job(epoch)), to: peer)
      #expect(try await queue.next(epoch: epoch) == .start(job(epoch).lease))
      guard case .result = try await queue.next(epoch: epoch) else {
        Issue.record("the answer is not a result")
        return
      }
      try await queue.stop()
    }
    mailbox.post(.drain)
    #expect(try await ending.value == .drained)
  }

  @Test func aStageThatIgnoresItsTimeFailsItsDocumentBeforeTheWorkerEnds() async throws {
    let queue = try await FakeQueue()
    let stage = StubbornStage()
    let ending = worker(stage, at: queue.address) {
      $0.timeLimit = .milliseconds(20)
      $0.grace = .milliseconds(20)
    }
    let (peer, _) = try await queue.accept()
    queue.send(.job(job(1)), to: peer)
    #expect(try await queue.next() == .start(job(1).lease))
    guard case .fail(job(1).lease, "out_of_time", false, _, _) = try await queue.next() else {
      Issue.record("the document did not fail by its time")
      return
    }
    #expect(try await queue.next() == .bye)
    #expect(try await ending.value == .stuck)
    stage.release()
  }

  @Test func aStageThatNoticesItsCancellationGoesOnWithTheNextDocument() async throws {
    let queue = try await FakeQueue()
    let ending = worker(PatientStage(), at: queue.address) { $0.timeLimit = .milliseconds(20) }
    let (peer, _) = try await queue.accept()
    queue.send(.job(job(1)), to: peer)
    queue.send(.job(job(2)), to: peer)
    var failed: [Lease] = []
    while failed.count < 2 {
      if case .fail(let lease, "out_of_time", _, _, _) = try await queue.next() { failed.append(lease) }
    }
    #expect(failed == [job(1).lease, job(2).lease])
    mailbox.post(.drain)
    #expect(try await ending.value == .drained)
  }

  @Test func whatTheQueueSaysAndNobodyKnowsIsIgnored() async throws {
    let queue = try await FakeQueue()
    let ending = worker(UpperStage(), at: queue.address)
    let (peer, _) = try await queue.accept()
    for frames in [[[1], Array("FUTURE".utf8)], [[1]], [[]], [[9], Array("JOB".utf8)]] as [[[UInt8]]] {
      queue.send(frames, to: peer)
    }
    queue.send(.job(job(1)), to: peer)
    #expect(try await queue.next() == .start(job(1).lease))
    mailbox.post(.drain)
    #expect(try await ending.value == .drained)
  }
}
