import Foundation
import Record
import Sink
import Testing
import Wire
import TestSupport

@Suite struct RetentionTests {
  let folder = TemporaryFolder()

  /// Lines of two bytes, each a segment of its own, and the watermark above all of them.
  private func log(lines: ClosedRange<UInt64>, watermark: UInt64 = 100) throws -> SegmentLog {
    var log = try SegmentLog(folder.path, segmentLimit: 1)
    for number in lines {
      log.append(Array("\(number)".utf8), of: job(number), watermark: watermark)
      try log.commit()
    }
    return log
  }

  private func removeAll(_ log: inout SegmentLog, _ retention: Retention, at time: Double = 0) throws {
    while try log.removeOldest(retention, at: time) != nil {}
  }

  @Test func oldestSegmentsGoWhileTheYoungerOnesHoldTheBytesToKeep() throws {
    var log = try log(lines: 1...9)
    #expect(try log.removeOldest(Retention(bytes: 4), at: 0) == 0..<2)
    try removeAll(&log, Retention(bytes: 4))
    #expect(log.start == 14)
    #expect(try log.all() == ["8", "9"])
    #expect(folder.names().count == 4)
  }

  @Test func withoutABoundNothingGoes() throws {
    var log = try log(lines: 1...3)
    try removeAll(&log, Retention(), at: 1e12)
    #expect(try log.all() == ["1", "2", "3"])
  }

  @Test func segmentThatIsWrittenStaysHoweverLittleIsKept() throws {
    var log = try log(lines: 1...3)
    try removeAll(&log, Retention(bytes: 1, seconds: 1), at: 1e12)
    #expect(try log.all() == ["3"])
    try log.write(["next"])
    #expect(try SegmentLog(folder.path).all() == ["3", "next"])
  }

  @Test func segmentsWhoseLastLineIsOldGoAndAClockThatWasSetBackKeepsThem() throws {
    var log = try log(lines: 1...4)
    let names = folder.names().filter { $0.hasSuffix(".ndjson") }
    for (name, time) in zip(names, [1000, 2000, 3000, 4000]) {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: Double(time))], ofItemAtPath: folder.path + "/" + name)
    }
    try removeAll(&log, Retention(seconds: 500), at: 900)
    #expect(log.start == 0)
    try removeAll(&log, Retention(seconds: 500), at: 2600)
    #expect(try log.all() == ["3", "4"])
  }

  @Test func segmentWithAJobThatMayComeAgainStaysUntilTheWatermarkHasPassedIt() throws {
    var log = try log(lines: 1...5, watermark: 3)
    try removeAll(&log, Retention(bytes: 1))
    #expect(try log.all() == ["3", "4", "5"])
    log.watermark = 4
    try removeAll(&log, Retention(bytes: 1))
    #expect(try log.all() == ["4", "5"])
  }

  @Test func watermarkOfTheLastLineCountsAfterARestart() throws {
    _ = try log(lines: 1...5, watermark: 3)
    var log = try SegmentLog(folder.path, segmentLimit: 1)
    try removeAll(&log, Retention(bytes: 1))
    #expect(try log.all() == ["3", "4", "5"])
  }

  @Test func segmentThatACrashLeftWithoutItsIndexIsServedAndGoesNext() throws {
    _ = try log(lines: 1...3)
    try folder.remove("00000000000000000000.index")
    var log = try SegmentLog(folder.path, segmentLimit: 1)
    #expect(try log.all() == ["1", "2", "3"])
    #expect(try log.removeOldest(Retention(bytes: 1), at: 0) == 0..<2)
    #expect(try SegmentLog(folder.path).all() == ["2", "3"])
  }

  @Test func offsetOfARemovedLineIsOutOfRangeAndTheFirstOneLeftIsNamed() throws {
    var log = try log(lines: 1...3)
    try removeAll(&log, Retention(bytes: 2))
    #expect(try log.read(from: 0, limit: 10) == nil)
    #expect(log.start == 4)
    #expect(try log.text(from: 4) == "3\n")
  }

  /// Jobs are delivered in a random order, again and again until the queue believes an answer. Now and then the sink is
  /// killed, some of the times in the middle of a removal, and starts anew. Offsets count every byte that was ever
  /// written: they end where each job has exactly one line.
  @Test(arguments: 0..<20 as Range<UInt64>) func removalAndKillsNeverLetAJobBeWrittenTwice(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    var deliveries = Deliveries()
    var log = try SegmentLog(folder.path, segmentLimit: 24)
    var finished = FinishedJobs()
    var removals = 0
    while let (group, watermark) = deliveries.next(&random) {
      finished.advance(to: watermark)
      log.watermark = watermark
      for number in group where !finished.contains(job(number)) {
        log.append(Array("\(number)".utf8), of: job(number), watermark: watermark)
        finished.insert(job(number))
      }
      try log.commit()
      deliveries.finish(group, &random)
      let isKilled = Int.random(in: 0..<3, using: &random) == 0
      removals += try remove(from: &log, isKilled: isKilled)
      if isKilled {
        log = try SegmentLog(folder.path, segmentLimit: 24)
        finished = FinishedJobs()
        try finished.load(log)
      }
    }
    #expect(log.end == (1...300).reduce(0) { $0 + UInt64("\($1)\n".utf8.count) })
    #expect(removals > 10)
  }

  /// Removes what may go, and returns how many segments went. A kill leaves the lines of the first of them.
  private func remove(from log: inout SegmentLog, isKilled: Bool) throws -> Int {
    var removals = 0
    while let name = folder.names().first(where: { $0.hasSuffix(".ndjson") }) {
      let lines = try folder.bytes(name)
      guard try log.removeOldest(Retention(bytes: 1), at: 0) != nil else { return removals }
      removals += 1
      guard isKilled else { continue }
      try folder.write(name, lines)
      return removals
    }
    return removals
  }
}

/// A queue of 300 jobs that delivers a few of the oldest ones, and believes three answers in four.
private struct Deliveries {
  private var unfinished = Array(1...300 as ClosedRange<UInt64>)

  func next(_ random: inout SplitMix) -> (group: ArraySlice<UInt64>, watermark: UInt64)? {
    unfinished.first.map { (unfinished.prefix(24).shuffled(using: &random).prefix(6), $0) }
  }

  mutating func finish(_ group: ArraySlice<UInt64>, _ random: inout SplitMix) {
    unfinished.removeAll { group.contains($0) && Int.random(in: 0..<4, using: &random) > 0 }
  }
}

private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
