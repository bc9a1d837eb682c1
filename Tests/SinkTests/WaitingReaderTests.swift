import Foundation
import Testing
import Wire
import ZeroMQ
import TestSupport

/// A real sink with readers that ask before there are lines.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct WaitingReaderTests {
  let folder = TemporaryFolder()
  let home: Home

  init() throws {
    home = Home(path: folder.path)
    try FileManager.default.createDirectory(atPath: home.run, withIntermediateDirectories: true)
  }

  private func queue(_ documents: Int) throws -> PlayedQueue {
    try PlayedQueue(home, documents: documents) { Array("{\"n\":\($0)}".utf8) }
  }

  /// A reader whose request is with the sink: another one that it waited with before was answered because of it.
  private func waitingReader() throws -> Socket {
    let reader = try Socket(.dealer, in: Context())
    try reader.connect("ipc://\(home.run)/sink-1")
    for stream in [FetchRequest.Stream.failures, .records] {
      try reader.send(FetchRequest(stream: stream, offset: 0, limit: 1000, wait: 30_000).frames)
    }
    #expect(try answer(reader) == .data(stream: .failures, offset: 0, next: 0, end: 0, lines: []))
    return reader
  }

  private func answer(_ reader: Socket) throws -> FetchReply {
    try FetchReply(try #require(try reader.receive(wait: true)))
  }

  private func lines(_ text: String, from offset: UInt64 = 0) -> FetchReply {
    let next = offset + UInt64(text.utf8.count)
    return .data(stream: .records, offset: offset, next: next, end: next, lines: Array(text.utf8))
  }

  @Test func requestIsAnsweredWhenALineIsDurableAndNotBefore() throws {
    var queue = try queue(1)
    let sink = try SinkProcess(home: folder.path)
    let readers = try [waitingReader(), waitingReader()]
    while !queue.isFinished { try queue.step(within: .seconds(10)) }
    for reader in readers { #expect(try answer(reader) == lines("{\"n\":1}\n")) }
    #expect(sink.drain() == 0)
  }

  @Test func requestWithoutLinesIsAnsweredWhenItsTimeIsOver() throws {
    let sink = try SinkProcess(home: folder.path)
    let reader = try waitingReader()
    try reader.send(FetchRequest(stream: .failures, offset: 0, limit: 1000, wait: 20).frames)
    #expect(try answer(reader) == lines(""))
    #expect(try answer(reader) == .data(stream: .failures, offset: 0, next: 0, end: 0, lines: []))
    #expect(sink.drain() == 0)
  }

  @Test func readerThatGoesAwayWhileItWaitsHoldsUpNobody() throws {
    var queue = try queue(2)
    let sink = try SinkProcess(home: folder.path)
    for _ in 0..<20 { _ = try waitingReader() }
    let reader = try waitingReader()
    while !queue.isFinished { try queue.step(within: .seconds(10)) }
    guard case .data(_, _, let next, _, let first) = try answer(reader) else { throw CocoaError(.featureUnsupported) }
    try reader.send(FetchRequest(stream: .records, offset: next, limit: 1000, wait: 20).frames)
    guard case .data(_, _, _, _, let rest) = try answer(reader) else { throw CocoaError(.featureUnsupported) }
    #expect(String(decoding: first + rest, as: UTF8.self) == "{\"n\":1}\n{\"n\":2}\n")
    #expect(sink.drain() == 0)
  }

  @Test func sinkThatDrainsDoesNotWaitForThoseThatWaitForIt() throws {
    let sink = try SinkProcess(home: folder.path)
    let reader = try waitingReader()
    #expect(sink.drain() == 0)
    withExtendedLifetime(reader) {}
  }
}
