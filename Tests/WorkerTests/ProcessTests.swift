import Foundation
import Testing
import Wire

/// Real worker processes, stopped and killed, against a queue that the test plays.
@Suite(.timeLimit(.minutes(1)))
struct ProcessTests {
  /// A `gongwen-segment` that speaks to an address.
  private final class Program: Sendable {
    let pid: Int32
    private let ended: Task<(status: Int32, isSignal: Bool), Never>

    init(_ queue: FakeQueue) throws {
      let process = Process()
      process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "gongwen-segment")
      // The workers' port is the one after the clients'.
      let port = try #require(Int(queue.address.split(separator: ":").last ?? ""))
      process.arguments = ["--queue", "tcp://127.0.0.1:\(port - 1)"]
      process.standardError = FileHandle.nullDevice
      let (stream, continuation) = AsyncStream.makeStream(of: (status: Int32, isSignal: Bool).self)
      process.terminationHandler = {
        continuation.yield(($0.terminationStatus, $0.terminationReason == .uncaughtSignal))
        continuation.finish()
      }
      try process.run()
      pid = process.processIdentifier
      ended = Task { await stream.first { _ in true } ?? (-1, false) }
    }

    var end: (status: Int32, isSignal: Bool) { get async { await ended.value } }

    deinit { kill(pid, SIGKILL) }
  }

  @Test func onSIGTERMItFinishesSaysFarewellAndEndsWell() async throws {
    let queue = try await FakeQueue()
    let program = try Program(queue)
    let (peer, announcement) = try await queue.accept()
    #expect(announcement.stage == "segment" && announcement.name == "segment-1")
    queue.send(.job(job(1)), to: peer)
    #expect(try await queue.next() == .start(job(1).lease))
    // The job has not the layers that the stage needs: a failure, but an answer.
    guard case .fail(job(1).lease, "missing_layer", false, _, _) = try await queue.next() else {
      Issue.record("the answer is not a failure")
      return
    }
    kill(program.pid, SIGTERM)
    while try await queue.next() != .bye {}
    #expect(await program.end == (0, false))
  }

  @Test func onSIGKILLTheQueueSeesTheConnectionEndAndTheNextProcessStartsAnew() async throws {
    let queue = try await FakeQueue()
    for _ in 1...3 {
      let program = try Program(queue)
      let (_, announcement) = try await queue.accept()
      #expect(announcement.credit.messages == 5)
      kill(program.pid, SIGKILL)
      #expect(await program.end.isSignal)
    }
  }

  @Test func stoppedAndContinuedItTakesWhatWasSentMeanwhile() async throws {
    let queue = try await FakeQueue()
    let program = try Program(queue)
    let (first, _) = try await queue.accept()
    kill(program.pid, SIGSTOP)
    queue.send(.job(job(1)), to: first)
    kill(program.pid, SIGCONT)
    #expect(try await queue.next() == .start(job(1).lease))
    kill(program.pid, SIGTERM)
    #expect(await program.end == (0, false))
  }

  @Test func aWorkerThatTheQueueDoesNotTakeSaysSoByItsStatus() async throws {
    let queue = try await FakeQueue()
    let program = try Program(queue)
    let (peer, _) = try await queue.receive()
    queue.send(.error(WireError(.unknownStage, "There is no stage 'segment' in the topology.")), to: peer)
    #expect(await program.end == (70, false))
  }
}
