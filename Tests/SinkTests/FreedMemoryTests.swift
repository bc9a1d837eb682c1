import Foundation
import Record
import Testing
import Wire
import ZeroMQ
import TestSupport

/// A real sink after lines that took a lot of memory.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct FreedMemoryTests {
  let folder = TemporaryFolder()

  /// 60 lines, one in six of 4 to 12 MiB and the others of 30 to 600 KB.
  @Test func sinkThatHasWrittenLargeLinesGivesTheirMemoryBack() throws {
    let home = Home(path: folder.path)
    try FileManager.default.createDirectory(atPath: home.run, withIntermediateDirectories: true)
    var queue = try PlayedQueue(home, documents: 60) { number in
      let size = number % 6 == 0 ? 4 << 20 + Int(number % 9) << 20 : 30_000 + Int(number * 97_000 % 570_000)
      return [UInt8](repeating: UInt8(ascii: "x"), count: size)
    }
    let sink = try SinkProcess(home: folder.path)
    while !queue.isFinished { try queue.step(within: .seconds(10)) }
    let end = try answer(of: "ipc://\(home.run)/sink-1")
    #expect(end > 60_000_000)
    #expect(try sink.residentMemory() < 50_000)
    #expect(sink.drain() == 0)
  }

  /// Asks how many bytes of lines there are: after the answer nothing of the last group is in use.
  private func answer(of address: String) throws -> UInt64 {
    let dealer = try Socket(.dealer, in: Context())
    try dealer.connect(address)
    try dealer.send(FetchRequest(stream: .records, offset: 0, limit: 0).frames)
    let frames = try #require(try dealer.receive(wait: true))
    guard case .data(_, _, _, let end, _) = try FetchReply(frames) else { return 0 }
    return end
  }
}
