internal import Wire

/// The requests that wait for lines, one of each client at most.
struct HeldFetches {
  /// How long a request waits at most, whatever it says, and how many wait at once.
  static let (longest, most) = (Duration.seconds(30), 1024)

  typealias Client = [UInt8]

  private var held: [Client: (request: FetchRequest, until: Duration)] = [:]

  /// When the next one has waited for long enough.
  var nextDeadline: Duration? { held.values.map(\.until).min() }

  /// Keeps a request that wants to wait and whose lines are not there yet; false where it is to be answered at once.
  mutating func hold(
    _ request: FetchRequest, of client: Client, end: UInt64, at now: Duration
  ) -> Bool {
    guard request.wait > 0, request.limit > 0, request.offset == end, held.count < Self.most else { return false }
    let wait = min(Self.longest, .milliseconds(Int64(clamping: request.wait)))
    held[client] = (request, now + wait)
    return true
  }

  /// Takes what a client waits for, as it has asked something else.
  mutating func take(of client: Client) -> FetchRequest? { held.removeValue(forKey: client)?.request }

  /// Takes some of those whose lines are there or whose time is over.
  ///
  /// - Parameter ends: where the durable lines of each stream end.
  mutating func takeDue(
    _ count: Int, ends: [FetchRequest.Stream: UInt64], at now: Duration
  ) -> [(client: Client, request: FetchRequest)] {
    let due = held.lazy.filter { $0.value.until <= now || ends[$0.value.request.stream] != $0.value.request.offset }
    let taken = Array(due.prefix(count)).map { (client: $0.key, request: $0.value.request) }
    for (client, _) in taken { held[client] = nil }
    return taken
  }
}
