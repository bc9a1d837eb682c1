internal import FoundationEssentials
internal import Wire
internal import ZeroMQ

/// Asks the queue which workers it hears of, without waiting: the supervisor asks in one turn and reads in the next.
final class HealthProbe {
  typealias Milliseconds = InstanceState.Milliseconds

  /// A queue that is silent for so long is not well.
  private static let patience: Milliseconds = 3000

  private let context: Context
  private let address: QueueAddress
  private var socket: Socket?
  private var askedAt: Milliseconds?

  /// - Parameter keys: for a queue at an address of tcp.
  init(_ address: QueueAddress, keys: (any KeyRing)?) {
    self.address = address.reachable
    context = Context(keys: keys)
  }

  /// What the queue has said since the last time: nothing new (outer nil), that it is silent (inner nil), or the names.
  func listen(at now: Milliseconds) -> Set<String>?? {
    var news: Set<String>?? = nil
    while let frames = try? socket?.receive(wait: false) {
      guard case .report(let json)? = try? ClientReply(frames) else { continue }
      news = .some(Self.workers(json))
      askedAt = nil
    }
    if news == nil, let askedAt, now - askedAt > Self.patience {
      news = .some(nil)
      socket = nil
      self.askedAt = nil
    }
    return news
  }

  /// Asks anew, unless an answer is awaited.
  func ask(at now: Milliseconds) {
    guard askedAt == nil, let socket = socket ?? connect() else { return }
    if (try? socket.send(ClientRequest.status.frames, wait: false)) == true { askedAt = now }
  }

  private func connect() -> Socket? {
    guard let socket = try? Socket(.dealer, in: context), (try? socket.connect(address.clients)) != nil else {
      return nil
    }
    self.socket = socket
    return socket
  }

  private static func workers(_ json: [UInt8]) -> Set<String>? {
    struct Report: Decodable {
      struct Worker: Decodable { var name: String }
      var workers: [Worker]
    }
    return (try? JSONDecoder().decode(Report.self, from: Data(json))).map { Set($0.workers.map(\.name)) }
  }
}
