import Sink
import Testing
import Wire
import TestSupport

@Suite struct SegmentLogTests {
  let folder = TemporaryFolder()

  @Test func whatIsCommittedIsReadAndWhatIsNotIsNot() throws {
    var log = try SegmentLog(folder.path)
    log.append(Array("一".utf8), of: job(1), watermark: 0)
    #expect(try log.text(from: 0) == "")
    try log.commit()
    log.append(Array("二".utf8), of: job(2), watermark: 0)
    #expect(try log.text(from: 0) == "一\n")
    #expect(log.end == 4)
  }

  @Test func linesComeBackWholeWhateverTheLimit() throws {
    var log = try SegmentLog(folder.path)
    try log.write(["a", "bbbb", "cc"])
    #expect(try log.text(from: 0, limit: 1) == "a\n")
    #expect(try log.text(from: 0, limit: 6) == "a\n")
    #expect(try log.text(from: 0, limit: 7) == "a\nbbbb\n")
    #expect(try log.text(from: 2, limit: 1) == "bbbb\n")
    #expect(try log.text(from: 10, limit: 9) == "")
  }

  @Test func lineOfSeveralMegabytesComesWhole() throws {
    var log = try SegmentLog(folder.path)
    let long = String(repeating: "数", count: 1 << 20)
    try log.write(["a", long, "b"])
    #expect(try log.text(from: 2, limit: 100) == long + "\n")
  }

  @Test(arguments: [1, 2, 4, 99]) func offsetThatNoLineStartsAtIsRefused(offset: UInt64) throws {
    var log = try SegmentLog(folder.path)
    try log.write(["ab", "c"])
    #expect(try log.read(from: offset, limit: 10) == nil)
  }

  @Test func segmentsFollowEachOtherWithoutAGap() throws {
    var log = try SegmentLog(folder.path, segmentLimit: 8)
    let lines = (1...20).map { "line \($0)" }
    for line in lines { try log.write([line]) }
    #expect(try log.all() == lines)
    #expect(folder.names().filter { $0.hasSuffix(".ndjson") }.count > 5)
    #expect(folder.names().contains("00000000000000000014.ndjson"))
    #expect(try folder.contents().split(separator: "\n").map(String.init) == lines)
  }

  @Test func logGoesOnWhereItEndedAfterItIsOpenedAgain() throws {
    for line in ["a", "b", "c", "d"] {
      var log = try SegmentLog(folder.path, segmentLimit: 3)
      #expect(log.cut == 0)
      try log.write([line])
    }
    #expect(try SegmentLog(folder.path).all() == ["a", "b", "c", "d"])
  }

  // MARK: recovery

  /// The lines of the tail are cut at every byte, those of the index as well: what is kept is a prefix of the lines, all
  /// of those that both files hold whole.
  @Test(arguments: [false, true]) func everyCutOfTheTailLeavesTheLinesThatDataAndIndexHaveWhole(cutsIndex: Bool) throws
  {
    let lines = ["一", "two", "3", "四四四四"]
    var log = try SegmentLog(folder.path)
    for line in lines { try log.write([line]) }
    let files = (data: try folder.bytes(data), index: try folder.bytes(index))
    let whole = cutsIndex ? files.index.count : files.data.count
    for length in 0...whole {
      try folder.write(data, cutsIndex ? files.data : Array(files.data.prefix(length)))
      try folder.write(index, cutsIndex ? Array(files.index.prefix(length)) : files.index)
      var log = try SegmentLog(folder.path)
      let kept = try log.all()
      let expected = cutsIndex ? length * lines.count / whole : wholeLines(files.data.prefix(length))
      #expect(kept == Array(lines.prefix(expected)), "cut at \(length)")
      try log.write(["next"])
      #expect(try SegmentLog(folder.path).all() == lines.prefix(expected) + ["next"], "cut at \(length)")
    }
  }

  @Test(arguments: 1...56) func indexEntryWhoseEndIsZeroedOrGarbledIsNotCounted(lost: Int) throws {
    var log = try SegmentLog(folder.path)
    for line in ["a", "b"] { try log.write([line]) }
    let bytes = try folder.bytes(index)
    try folder.write(index, bytes.dropLast(lost) + [UInt8](repeating: 0, count: lost))
    let isWhole = bytes.suffix(lost).allSatisfy { $0 == 0 }
    #expect(try SegmentLog(folder.path).all() == (isWhole ? ["a", "b"] : ["a"]))
    try folder.write(index, bytes.dropLast(lost) + [bytes[bytes.count - lost] ^ 0x40] + bytes.suffix(lost - 1))
    try folder.write(data, Array("a\nb\n".utf8))
    #expect(try SegmentLog(folder.path).all() == ["a"])
  }

  @Test func linesBeyondTheIndexAreCutSinceTheirJobsComeAgain() throws {
    var log = try SegmentLog(folder.path)
    try log.write(["a"])
    try folder.write(data, Array("a\nb\nc".utf8))
    let opened = try SegmentLog(folder.path)
    #expect(opened.cut == 3)
    #expect(try folder.bytes(data) == Array("a\n".utf8))
  }

  @Test func linesWhoseIndexWasTakenAwayAreKept() throws {
    var log = try SegmentLog(folder.path)
    try log.write(["a", "b"])
    try folder.remove(index)
    try folder.write(data, Array("a\nb\nc".utf8))
    var opened = try SegmentLog(folder.path)
    try opened.write(["d"])
    #expect(try SegmentLog(folder.path).all() == ["a", "b", "d"])
  }

  @Test func jobsBeforeASegmentWhoseIndexWasTakenAwayAreStillRecognised() throws {
    var log = try SegmentLog(folder.path, segmentLimit: 2)
    for number in 1...3 as ClosedRange<UInt64> {
      log.append(Array("\(number)".utf8), of: job(number), watermark: 1)
      try log.commit()
    }
    try folder.remove("00000000000000000004.index")
    var opened = try SegmentLog(folder.path, segmentLimit: 2)
    opened.append(Array("4".utf8), of: job(4), watermark: 1)
    try opened.commit()
    var finished = FinishedJobs()
    try finished.load(opened)
    #expect(finished.contains(job(1)) && finished.contains(job(2)))
  }

  @Test func emptySegmentAfterARotationIsWrittenOn() throws {
    var log = try SegmentLog(folder.path, segmentLimit: 2)
    try log.write(["a"])
    try folder.write("00000000000000000002.ndjson", [])
    var opened = try SegmentLog(folder.path)
    try opened.write(["b"])
    #expect(try opened.all() == ["a", "b"])
  }

  private let data = "00000000000000000000.ndjson"
  private let index = "00000000000000000000.index"

  private func wholeLines(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 == UInt8(ascii: "\n") } }
}
