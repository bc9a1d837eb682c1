internal import Record
internal import ZeroMQ

/// Reads inputs on a thread of its own, a few ahead of their use: standard input may make it wait for long.
struct Intake: Sendable {
  enum Item: Sendable {
    case input(Input)
    case end
  }

  /// Inputs that are read ahead at most.
  static let ahead = 8

  /// What was read, with the wake-up of who uses it.
  let items: Mailbox<Item>
  private let wanted = Mailbox<Void>()
  private let reader: InputReader

  init(_ reader: InputReader, wakeUp: WakeUp) {
    self.reader = reader
    items = Mailbox(wakeUp: wakeUp)
  }

  /// Lets one more input be read.
  func want() { wanted.post(()) }

  /// Reads one input each time that one is wanted; returns after the last.
  func read() throws(SocketError) {
    var reader = reader
    var poller = Poller([], wakeUp: wanted.wakeUp)
    while true {
      try poller.wait(nil)
      for _ in wanted.takeAll() {
        guard let input = reader.next() else { return items.post(.end) }
        items.post(.input(input))
      }
    }
  }
}
