import Foundation
import Wire
import ZeroMQ

/// Workers of a queue that take no document and say once a second that they are there.
final class Crowd: Sendable {
  /// Where the queue serves HTTP.
  let port: UInt16
  private let leaving: Mailbox<Void>
  private let life: Task<Void, any Error>

  private init(port: UInt16, leaving: Mailbox<Void>, life: Task<Void, any Error>) {
    (self.port, self.leaving, self.life) = (port, leaving, life)
  }

  /// Returns once the queue has accepted so many workers.
  static func joined(_ count: Int, at address: QueueAddress) async throws -> Crowd {
    let (leaving, accepted) = (Mailbox<Void>(), AsyncStream<Void>.makeStream())
    let life = Task {
      try await DedicatedThread.run("crowd") { () throws in
        let context = Context()
        let sockets = try (0..<count).map { try worker($0, in: context, at: address.workers) }
        accepted.continuation.finish()
        var poller = Poller([], wakeUp: leaving.wakeUp)
        while try !poller.wait(.seconds(1)) {
          for socket in sockets {
            try socket.send(WorkerMessage.heartbeat([]).frames)
            while try socket.receive() != nil {}
          }
        }
        for socket in sockets { try socket.send(WorkerMessage.bye.frames) }
      }
    }
    for await _ in accepted.stream {}
    return Crowd(port: try await port(at: address.clients), leaving: leaving, life: life)
  }

  func leave() async {
    leaving.post(())
    _ = await life.result
  }

  /// A connection that the queue has accepted.
  private static func worker(_ number: Int, in context: Context, at address: String) throws -> Socket {
    let socket = try Socket(.dealer, in: context, .linger(.seconds(1)))
    try socket.connect(address)
    let ready = WorkerMessage.ready(
      .init(
        stage: "clean", name: "idle-\(number)", credit: .init(messages: 0, bytes: 0), partition: "", address: ""))
    try socket.send(ready.frames)
    while let frames = try socket.receive(wait: true) {
      if case .accepted = try QueueMessage(frames) { break }
    }
    return socket
  }

  private static func port(at address: String) async throws -> UInt16 {
    let reply = try await DedicatedThread.run("status") { () throws in
      let socket = try Socket(.dealer, in: Context())
      try socket.connect(address)
      try socket.send(ClientRequest.status.frames)
      return try ClientReply(try socket.receive(wait: true) ?? [])
    }
    guard case .report(let json) = reply,
      let report = try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any],
      let url = report["http"] as? String, let port = URL(string: url)?.port
    else { throw Page.Failed(description: "The queue serves no HTTP.") }
    return UInt16(port)
  }
}
