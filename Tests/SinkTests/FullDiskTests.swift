import Foundation
import Testing
import Wire
import TestSupport

/// A real sink whose records lie on a file system of one megabyte, most of it taken by something else.
@Suite(.serialized, .timeLimit(.minutes(2)), .enabled(if: mayMount, "needs the right to mount a tmpfs"))
struct FullDiskTests {
  let folder = TemporaryFolder()

  @Test func sinkGoesOnByItselfOnceThereIsRoomAndEveryLineIsThereOnce() throws {
    var queue = try playedQueue()
    let sink = try sinkOnSmallDisk()
    while !sink.hasSaid("cannot write") { try queue.step(within: .milliseconds(100)) }
    #expect(!queue.isFinished)
    try FileManager.default.removeItem(atPath: "\(records(of: sink))/ballast")
    while !queue.isFinished { try queue.step(within: .seconds(10)) }
    let names = try FileManager.default.contentsOfDirectory(atPath: records(of: sink) + "/sink-1")
    let bytes = try names.filter { $0.hasSuffix(".ndjson") }.sorted().flatMap {
      try Data(contentsOf: URL(filePath: records(of: sink) + "/sink-1/" + $0))
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.sorted() == (1...300).map { String(decoding: Self.line($0), as: UTF8.self)[...] }.sorted())
    #expect(sink.drain() == 0)
  }

  @Test func termWhileTheDiskIsFullGivesBackWhatIsInHand() throws {
    var queue = try playedQueue()
    let sink = try sinkOnSmallDisk()
    while !sink.hasSaid("cannot write") { try queue.step(within: .milliseconds(100)) }
    #expect(sink.drain() == 0)
    while queue.givenBack == 0 { try queue.step(within: .seconds(10)) }
    #expect(!queue.isFinished)
  }
}

extension FullDiskTests {
  private func playedQueue() throws -> PlayedQueue {
    let home = Home(path: folder.path)
    for path in [home.run, home.records] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    return try PlayedQueue(home, documents: 300, line: Self.line)
  }

  /// 600 KB in all.
  private static func line(_ number: UInt64) -> [UInt8] {
    Array("{\"n\":\(number),\"x\":\"\(String(repeating: "x", count: 2000))\"}".utf8)
  }

  private func sinkOnSmallDisk() throws -> SinkProcess {
    let script = """
      mount -t tmpfs -o size=1m none "$0/records" && head -c 800000 /dev/zero > "$0/records/ballast" && exec "$@"
      """
    return try SinkProcess(
      home: folder.path, ["--group", "32"], in: ["/usr/bin/unshare", "-m", "/bin/sh", "-c", script, folder.path])
  }

  /// The folder as the sink sees it.
  private func records(of sink: SinkProcess) -> String { "/proc/\(sink.id)/root\(folder.path)/records" }
}

private let mayMount: Bool = {
  let probe = Process()
  probe.executableURL = URL(filePath: "/usr/bin/unshare")
  probe.arguments = ["-m", "/bin/sh", "-c", "mount -t tmpfs -o size=64k none /mnt 2>/dev/null"]
  guard (try? probe.run()) != nil else { return false }
  probe.waitUntilExit()
  return probe.terminationStatus == 0
}()
