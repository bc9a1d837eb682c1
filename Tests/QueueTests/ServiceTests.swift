import Foundation
import Record
import Testing
import Wire
import ZeroMQ
import TestSupport

@testable import Queue

struct ServiceTests {
  @Test(arguments: [nil, "tcp://127.0.0.1:\(Int.random(in: 20_000..<30_000) * 2)"])
  func aDocumentGoesFromPushToDoneOverSockets(_ address: String?) async throws {
    let queue = try RunningQueue(in: TemporaryFolder(), address: address.map { QueueAddress(base: $0) })
    try await blocking {
      let context = Context()
      var producer = try HandMade(context, queue.address.clients)
      var worker = try HandMade(context, queue.address.workers)
      var sink = try HandMade(context, queue.address.workers)
      try worker.ready("w", "clean")
      try sink.ready("s", "sink", partition: "s")
      #expect(try producer.hello("p") == 0)
      try producer.say(.put(sequence: 1, key: "a", layers: .document("a", bytes: 100_000)))
      #expect(try producer.reply() == .ok(sequence: 1, known: []))
      try worker.finish(worker.job(), adding: "record")
      try sink.finish(sink.job())
      let report = try producer.awaitReport { $0.done == 1 }
      #expect(report.isBalanced && report.workers.map(\.name) == ["s", "w"])
    }
    try await queue.stop()
  }

  @Test func aWorkerWhoseConnectionEndsLosesItsJobsAtOnce() async throws {
    let queue = try RunningQueue(in: TemporaryFolder())
    try await blocking {
      let context = Context()
      var producer = try HandMade(context, queue.address.clients)
      var second = try HandMade(context, queue.address.workers)
      _ = try producer.hello("p")
      do {
        var first = try HandMade(context, queue.address.workers)
        try first.ready("w1", "clean")
        try producer.say(.put(sequence: 1, key: "a", layers: .document("a")))
        _ = try first.job()
        try second.ready("w2", "clean")
      }
      #expect(try second.job().lease == Lease(job: JobID(key: "a"), delivery: 2))
    }
    try await queue.stop()
  }

  @Test func anotherQueueInTheSameFolderIsRefusedByName() async throws {
    let queue = try RunningQueue(in: TemporaryFolder())
    try await blocking {
      var client = try HandMade(Context(), queue.address.clients)
      _ = try client.hello("p")
    }
    let error = await #expect(throws: InstanceLock.Held.self) { try await RunningQueue(in: queue.folder).stop() }
    #expect(error?.description.contains("process \(ProcessInfo.processInfo.processIdentifier)") == true)
    try await queue.stop()
  }

  @Test func whatWasTakenBeforeTheEndIsAnswered() async throws {
    let folder = TemporaryFolder()
    let first = try RunningQueue(in: folder)
    let last = try await blocking {
      var producer = try HandMade(Context(), first.address.clients)
      _ = try producer.hello("p")
      for sequence in 1...500 as ClosedRange<UInt64> {
        try producer.say(.put(sequence: sequence, key: "\(sequence)", layers: .document("a", bytes: 10_000)))
      }
      try producer.awaitOK(1)
      first.askToStop()
      var last: UInt64 = 1
      while case .ok(let sequence, _)? = try? producer.reply(within: .milliseconds(500)) { last = sequence }
      return last
    }
    try await first.stop()
    let second = try RunningQueue(in: folder)
    try await blocking {
      var producer = try HandMade(Context(), second.address.clients)
      #expect(try producer.hello("p") == last)
      #expect(UInt64(try producer.awaitReport { _ in true }.accepted) == last)
    }
    try await second.stop()
  }

  @Test func garbageFromOnePeerDoesNotDisturbAnother() async throws {
    let queue = try RunningQueue(in: TemporaryFolder())
    try await blocking {
      let context = Context()
      var bad = try HandMade(context, queue.address.workers)
      var good = try HandMade(context, queue.address.clients)
      var dice = Dice(seed: 7)
      for _ in 0..<200 {
        try bad.say((0...dice.roll(4)).map { _ in (0..<dice.roll(40)).map { _ in UInt8(dice.roll(256)) } })
      }
      guard case .error = try QueueMessage(bad.hear()) else { throw HandMade.Silence() }
      #expect(try good.hello("p") == 0)
    }
    try await queue.stop()
  }
}
