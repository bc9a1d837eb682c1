internal import Wire

/// A worker from its READY to its end: its credit and what it holds. There is one object for each.
final class WorkerSession {
  let peer: Peer
  let stage: Int
  /// Where the jobs wait that it may get.
  let line: Broker.LineKey
  let announcement: WorkerMessage.Announcement
  /// What it ever granted, and what it was ever sent, in this session.
  var granted: WorkerMessage.Credit
  var sent = WorkerMessage.Credit(messages: 0, bytes: 0)
  /// Leases with the end of each, in milliseconds of uptime; nil once another delivery was allowed.
  var held: [Lease: UInt64?] = [:]
  var lastHeard: UInt64
  /// What it passed.
  var passes = RateCounter()
  /// Whether its connection has ended: it gets nothing more, but its last results may still wait to be taken.
  var isGone = false

  init(_ peer: Peer, _ announcement: WorkerMessage.Announcement, line: Broker.LineKey, now: UInt64) {
    self.peer = peer
    self.line = line
    self.announcement = announcement
    stage = line.stage
    granted = announcement.credit
    lastHeard = now
  }

  var name: String { announcement.name }

  /// Jobs that may still be sent.
  var room: UInt64 { granted.messages > sent.messages ? granted.messages - sent.messages : 0 }

  /// Whether a job of a size may be sent: within the grant, or alone.
  func takes(_ bytes: Int) -> Bool {
    guard room > 0, !isGone else { return false }
    let (free, isOverdrawn) = granted.bytes.subtractingReportingOverflow(sent.bytes)
    return held.isEmpty || (!isOverdrawn && free >= UInt64(bytes))
  }

  /// Grants are absolute: a late or repeated one changes nothing.
  func raise(to credit: WorkerMessage.Credit) {
    granted.messages = max(granted.messages, credit.messages)
    granted.bytes = max(granted.bytes, credit.bytes)
  }

  func send(_ lease: Lease, bytes: Int, until deadline: UInt64) {
    sent.messages += 1
    sent.bytes += UInt64(bytes)
    held[lease] = deadline
  }
}
