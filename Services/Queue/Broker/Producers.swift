/// Where each producer with a session stands.
struct Producers {
  struct Session {
    var peer: Peer
    /// The last sequence taken, committed or not.
    var taken: UInt64
    var lastHeard: UInt64
  }

  private var ids: [Peer: [UInt8]] = [:]
  private var sessions: [[UInt8]: Session] = [:]

  var count: Int { sessions.count }

  /// The producer that speaks on a connection, if it has said HELLO there last.
  func producer(at peer: Peer) -> [UInt8]? { ids[peer] }

  subscript(producer: [UInt8]) -> Session? {
    get { sessions[producer] }
    set { sessions[producer] = newValue }
  }

  /// Begins the session of a producer, and ends the one it had elsewhere and what else this connection was.
  mutating func open(_ producer: [UInt8], at peer: Peer, sequence: UInt64, now: UInt64) {
    if let before = sessions[producer] { ids[before.peer] = nil }
    if let other = ids[peer], other != producer { sessions[other] = nil }
    ids[peer] = producer
    sessions[producer] = Session(peer: peer, taken: sequence, lastHeard: now)
  }

  /// Ends a producer's session: what it sends meanwhile is not taken.
  mutating func close(_ producer: [UInt8]) {
    if let session = sessions.removeValue(forKey: producer) { ids[session.peer] = nil }
  }

  /// Forgets those that were not heard of for a while: they are told `no_session` if they come back.
  mutating func forget(before time: UInt64) {
    for (producer, session) in sessions where session.lastHeard < time {
      sessions[producer] = nil
      ids[session.peer] = nil
    }
  }

  /// Where there are more than some, forgets those that were silent for longest, down to three quarters of it; says where
  /// they were, so that they can be told.
  mutating func shed(beyond most: Int) -> [Peer] {
    guard sessions.count > most else { return [] }
    let silent = sessions.sorted { $0.value.lastHeard < $1.value.lastHeard }.prefix(sessions.count - most * 3 / 4)
    for (producer, _) in silent { close(producer) }
    return silent.map(\.value.peer)
  }
}
