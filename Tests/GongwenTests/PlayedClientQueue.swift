import Foundation
import Testing
import Wire
import ZeroMQ

/// The queue's side towards clients, as a test plays it on its own thread.
final class PlayedClientQueue {
  private let router: Socket
  private let context = Context()
  private var named: [UInt8] = []

  init(_ home: String) throws {
    try FileManager.default.createDirectory(atPath: home + "/run", withIntermediateDirectories: true)
    router = try Socket(.router, in: context, .linger(.seconds(1)))
    try router.bind("ipc://\(home)/run/queue")
  }

  /// Takes documents of one producer, the first of them only when it comes again, and returns their keys.
  func takeDocuments(_ count: Int) throws -> [String] {
    var keys: [String] = []
    var wasBusy = false
    while true {
      let (peer, request) = try receive()
      switch request {
      case .hello: try reply(.welcome(epoch: 1, sequence: 0), to: peer)
      case .put(let sequence, let key, _) where sequence == UInt64(keys.count + 1):
        if !wasBusy {
          wasBusy = true
          try reply(.busy(sequence: 0, milliseconds: 1), to: peer)
        } else {
          keys.append(key)
          if keys.count == count {
            try reply(.ok(sequence: sequence, known: []), to: peer)
            return keys
          }
        }
      default: break
      }
    }
  }

  /// Answers a question for the sinks with `sink-1`; first those that the last client has asked more than once.
  func nameSink(_ home: String) throws {
    while true {
      let (peer, request) = try receive()
      guard request == .sinks else { continue }
      try reply(.partitions([.init(name: "sink-1", address: "ipc://\(home)/run/sink-1")]), to: peer)
      guard peer == named else { return named = peer }
    }
  }

  /// Waits for the next message of a client, and leaves it without an answer.
  func wait() throws { _ = try receive() }

  private func receive() throws -> (peer: [UInt8], request: ClientRequest) {
    var poller = Poller([router])
    try poller.wait(.seconds(30))
    let frames = try #require(try router.receive(), "the client says nothing")
    return (frames[0], try ClientRequest(Array(frames.dropFirst())))
  }

  private func reply(_ reply: ClientReply, to peer: [UInt8]) throws { try router.send([peer] + reply.frames) }
}
