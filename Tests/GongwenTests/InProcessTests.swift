@testable import Gongwen
import Record
import Testing

@Suite struct InProcessTests {
  @Test func outcomesLeaveTheWindowInTheOrderOfTheInputs() async {
    var window = Window(documents: 2)
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    // The first document ends only after the second one.
    window.add(size: 1) {
      for await _ in gate {}
      return .record([1])
    }
    window.add(size: 1) {
      opener.finish()
      return .record([2])
    }
    #expect(!window.hasRoom)
    #expect(await window.next() == .record([1]))
    #expect(window.hasRoom)
    #expect(await window.next() == .record([2]))
    #expect(window.isEmpty)
  }

  @Test func theWindowIsFullWhenItsDocumentsAreLarge() async {
    var window = Window(documents: 10, bytes: 100)
    window.add(size: 99) { .record([]) }
    #expect(window.hasRoom)
    window.add(size: 500) { .record([]) }
    #expect(!window.hasRoom)
    _ = await window.next()
    #expect(!window.hasRoom)
    _ = await window.next()
    #expect(window.hasRoom)
  }

  @Test func manyDocumentsPassThroughAWindow() async {
    var window = Window(documents: 3)
    var seen: [InProcess.Outcome] = []
    for number in 0..<UInt8(100) {
      if !window.hasRoom { seen.append(await window.next()) }
      window.add(size: 1) { .record([number]) }
    }
    while !window.isEmpty { seen.append(await window.next()) }
    #expect(seen == (0..<100).map { .record([$0]) })
  }

  @Test func workThatDoesNotEndIsLeftBehind() async {
    let (never, opener) = AsyncStream.makeStream(of: Void.self)
    let result = await firstResult(within: .milliseconds(1)) {
      for await _ in never {}
      return 1
    }
    #expect(result == nil)
    opener.finish()
  }

  @Test func workThatEndsInTimeGivesItsResult() async {
    #expect(await firstResult(within: .seconds(600)) { 7 } == 7)
  }

  @Test func theStatusIsThatOfTheWorstThatHappened() {
    #expect(throws: Never.self) { try Batch.Counts(records: 3).check() }
    #expect(throws: CommandFailure(.someFailed)) { try Batch.Counts(records: 3, failed: 1, unread: 1).check() }
    #expect(throws: CommandFailure(.someFailed)) { try Batch.Counts(records: 0, failed: 1).check() }
    #expect(throws: CommandFailure.self) { try Batch.Counts(records: 0, failed: 2, unread: 2).check() }
    #expect(throws: CommandFailure(.interrupted)) { try Batch.Counts(records: 3, isInterrupted: true).check() }
  }

  @Test(arguments: [
    (100, "[" + String(repeating: "█", count: 15) + String(repeating: "·", count: 15) + "] "), (46, ""),
  ])
  func theBarGivesWayToTheWords(_ columns: Int, _ bar: String) {
    let line = Progress.line(done: 50, failed: 2, total: 100, elapsed: .seconds(5), columns: columns)
    #expect(line == bar + "50/100 documents, 2 failed, 10/s, 5 s left")
  }

  @Test func withoutATotalThereIsOnlyTheRate() {
    #expect(Progress.line(done: 5, failed: 0, total: nil, elapsed: .seconds(1), columns: 80) == "5 documents, 5/s")
  }
}
