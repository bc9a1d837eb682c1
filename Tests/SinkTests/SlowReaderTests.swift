import Foundation
import Record
import Testing
import Wire
import ZeroMQ
import TestSupport

/// A real sink with a reader that asks and never takes an answer.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct SlowReaderTests {
  let folder = TemporaryFolder()

  /// The answers that it does not take would be 2 GB; another reader gets each line meanwhile, and each is written.
  @Test func readerThatTakesNothingHoldsUpNobodyAndCostsLittleMemory() throws {
    let home = Home(path: folder.path)
    try FileManager.default.createDirectory(atPath: home.run, withIntermediateDirectories: true)
    var queue = try PlayedQueue(home, documents: 600) { number in
      Array("{\"n\":\(number),\"x\":\"\(String(repeating: "x", count: 10_000))\"}".utf8)
    }
    let sink = try SinkProcess(home: folder.path)
    while queue.left > 300 { try queue.step(within: .seconds(10)) }
    let stalled = try Socket(.dealer, in: Context(), .sendLimit(0), .receiveLimit(1))
    try stalled.connect("ipc://\(home.run)/sink-1")
    for _ in 0..<2000 { try stalled.send(FetchRequest(stream: .records, offset: 0, limit: 1 << 20).frames) }
    while !queue.isFinished { try queue.step(within: .seconds(10)) }
    #expect(try linesFetched(from: "ipc://\(home.run)/sink-1") == 600)
    #expect(try sink.peakMemory() < 200_000)
    #expect(sink.drain() == 0)
    withExtendedLifetime(stalled) {}
  }

  private func linesFetched(from address: String) throws -> Int {
    let dealer = try Socket(.dealer, in: Context())
    try dealer.connect(address)
    var (count, offset) = (0, UInt64(0))
    while true {
      try dealer.send(FetchRequest(stream: .records, offset: offset, limit: 100_000).frames)
      let frames = try #require(try dealer.receive(wait: true))
      guard case .data(_, _, let next, _, let lines) = try FetchReply(frames), !lines.isEmpty else { return count }
      offset = next
      count += lines.count { $0 == UInt8(ascii: "\n") }
    }
  }
}
