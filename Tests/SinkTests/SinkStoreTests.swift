import Record
import Sink
import Testing
import Wire
import TestSupport

@Suite struct SinkStoreTests {
  let folder = TemporaryFolder()

  @Test func redeliveredJobGetsItsAnswerAndNoSecondLine() throws {
    var store = try open()
    try store.add(delivery(1))
    try store.add(delivery(1, 2))
    #expect(try store.commit().map(\.lease.delivery) == [1, 2])
    try store.add(delivery(1, 3))
    #expect(try store.commit().map(\.lease.delivery) == [3])
    #expect(try lines(store) == ["line 1"])
  }

  @Test func jobIsRecognisedAfterARestart() throws {
    var store = try open()
    for number in 1...50 as ClosedRange<UInt64> { try store.add(delivery(number)) }
    _ = try store.commit()
    store = try reopen(store)
    for number in 1...60 as ClosedRange<UInt64> { try store.add(delivery(number, 2)) }
    #expect(try store.commit().count == 60)
    #expect(try lines(store) == (1...60).map { "line \($0)" })
  }

  @Test func jobThatWasNotCommittedIsWrittenAfterARestart() throws {
    var store = try open()
    try store.add(delivery(1))
    store = try reopen(store)
    try store.add(delivery(1, 2))
    _ = try store.commit()
    #expect(try lines(store) == ["line 1"])
  }

  @Test(arguments: [(FetchRequest.Stream.failures, "failure", "record"), (.records, "record", "failure")])
  func jobWithALineInOneStreamGetsNoneInTheOtherAndTheAnswerSaysWhichItHas(
    _ stream: FetchRequest.Stream, _ first: String, _ second: String
  ) throws {
    var store = try open()
    try store.add(delivery(1, layer: first))
    try store.add(delivery(1, 2, layer: second))
    #expect(try store.commit().map(\.line.rawValue) == [first, first])
    store = try reopen(store)
    try store.add(delivery(1, 3, layer: second))
    #expect(try store.commit().map(\.line.rawValue) == [first])
    for each in FetchRequest.Stream.allCases {
      #expect(try lines(store, each) == (each == stream ? ["line 1"] : []))
    }
  }

  @Test func documentAcceptedAnewUnderAnotherNumberGetsAnotherLine() throws {
    var store = try open()
    let again = delivery(1, layer: "failure")
    try store.add(again)
    var retried = again
    retried.number = 2
    try store.add(retried)
    _ = try store.commit()
    #expect(try lines(store, .failures) == ["line 1", "line 1"])
  }

  @Test(arguments: [[], Array("a\nb".utf8)]) func layerThatIsNotOneLineFails(bytes: [UInt8]) throws {
    var store = try open()
    var job = delivery(1)
    job.layers = Layers()
    job.layers.append("record", bytes)
    do {
      try store.add(job)
      Issue.record("it was added")
    } catch {
      #expect(error.code == .malformedLayer)
    }
    #expect(try store.commit().isEmpty)
  }

  @Test func jobWithoutALineFails() throws {
    var store = try open()
    var job = delivery(1)
    job.layers = Layers()
    do {
      try store.add(job)
      Issue.record("it was added")
    } catch {
      #expect(error.code == .missingLayer)
    }
  }

  @Test func secondSinkOfAPartitionIsRefused() throws {
    let first = try open()
    do {
      _ = try open()
      Issue.record("two sinks write one partition")
    } catch SinkFailure.partitionTaken(let folder) {
      #expect(folder.hasSuffix("records/sink-1"))
    }
    _ = try SinkStore.open(home, partition: "sink-2")
    #expect(first.partition == "sink-1")
  }

  @Test func memoryForJobsIsBoundedByTheWatermark() throws {
    var finished = FinishedJobs()
    for number in 0..<100_000 as Range<UInt64> {
      finished.advance(to: number < 100 ? 0 : number - 100)
      finished.insert(job(number))
    }
    #expect(finished.count <= 2048)
    #expect((99_900..<100_000).allSatisfy { finished.contains(job($0)) })
  }

  @Test func onlyJobsAtOrAboveTheWatermarkAreLoaded() throws {
    var log = try SegmentLog(folder.path, segmentLimit: 4096)
    for number in 0..<5000 as Range<UInt64> {
      log.append(Array("x".utf8), of: job(number ^ 3), watermark: number < 50 ? 0 : number - 50)
      if number % 40 == 0 { try log.commit() }
    }
    try log.commit()
    var finished = FinishedJobs()
    try finished.load(log)
    #expect(finished.count == 51)
    #expect((4949..<5000).allSatisfy { finished.contains(job($0)) })
  }

  @Test func fetchSaysWhereTheStreamEndsAndWhatIsOutOfRange() throws {
    var store = try open()
    try store.add(delivery(1))
    _ = try store.commit()
    let reply = try store.answer(FetchRequest(stream: .records, offset: 0, limit: 100))
    #expect(reply == .data(stream: .records, offset: 0, next: 7, end: 7, lines: Array("line 1\n".utf8)))
    let extent = try store.answer(FetchRequest(stream: .records, offset: 99, limit: 0))
    #expect(extent == .data(stream: .records, offset: 0, next: 0, end: 7, lines: []))
    let beyond = try store.answer(FetchRequest(stream: .records, offset: 8, limit: 100))
    #expect(
      beyond == .error(WireError(.offsetOutOfRange, "No line of records starts at 8; there are lines from 0 to 7.")))
  }
}

extension SinkStoreTests {
  private var home: Home { Home(path: folder.path) }

  private func open() throws -> SinkStore { try SinkStore.open(home, partition: "sink-1") }

  /// Lets the store go, and its lock with it, before it is opened again.
  private func reopen(_ store: consuming SinkStore) throws -> SinkStore {
    _ = consume store
    return try open()
  }

  private func delivery(_ number: UInt64, _ delivery: UInt32 = 1, layer: String = "record") -> QueueMessage.Job {
    var layers = Layers()
    layers.append(layer, Array("line \(number)".utf8))
    return QueueMessage.Job(
      lease: Lease(job: JobID(key: "\(number)"), delivery: delivery), number: number, watermark: 0, attempt: 1,
      timings: "", layers: layers)
  }

  private func lines(_ store: borrowing SinkStore, _ stream: FetchRequest.Stream = .records) throws -> [String] {
    guard
      case .data(_, _, _, _, let lines) = try store.answer(FetchRequest(stream: stream, offset: 0, limit: 1 << 20))
    else { return ["no data"] }
    return String(decoding: lines, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
