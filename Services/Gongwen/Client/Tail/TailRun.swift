internal import Wire
internal import ZeroMQ

/// One `gongwen tail`: the records of all partitions, each in its order. One thread runs it and owns the connections.
struct TailRun {
  struct Plan: Sendable {
    var address: Endpoint
    var from: PartitionReader.Start
    /// Where to read on, which `from` gives way to.
    var cursor: Cursor?
    /// Lines at most.
    var count: Int?
    var follows: Bool
    /// Whether it goes on behind lines that were removed before they were read.
    var skipsLost: Bool
    var file: CursorFile?
    var selection: Selection?
  }

  /// How often the queue is asked for sinks that are new or have moved.
  private static let interval = Duration.seconds(1)
  /// How long a sink may be away before that is said, or ends a run that does not follow.
  private static let patience = Duration.seconds(3)

  private let plan: Plan
  private let interruption: Interruption
  private let clock = ContinuousClock()
  private let begin: ContinuousClock.Instant
  private let context: Context
  private var readers: [PartitionReader] = []
  private var cursor: Cursor
  private var left: Int
  private var queue: Link<ClientReply>
  private var asksAt = Duration.zero
  private var hasFoundSinks = false
  /// Partitions whose sinks were said to be away.
  private var missing: Set<String> = []

  init(_ plan: Plan, interruption: Interruption) {
    self.plan = plan
    self.interruption = interruption
    begin = clock.now
    context = plan.address.context
    cursor = plan.cursor ?? Cursor()
    left = plan.count ?? .max
    queue = Link(toQueue: plan.address.address, in: context)
  }

  /// Runs until as many lines as wanted are out, all that there is where it does not follow, or Ctrl-C.
  mutating func run() throws {
    try findSinks()
    while left > 0, !isComplete {
      guard !interruption.isRequested else { throw CommandFailure(.interrupted) }
      try lookForSinks()
      for place in readers.indices {
        while left > 0, let piece = try readers[place].advance(at: now) { try write(piece, of: place) }
        try noteStart(of: place)
      }
      if left > 0, !isComplete { try rest() }
    }
    try checkThatAllWasThere()
  }

  private var now: Duration { begin.duration(to: clock.now) }

  private var isComplete: Bool {
    !plan.follows && readers.allSatisfy { missing.contains($0.name) || $0.isAtEnd && $0.awaySince == nil }
  }

  /// Ends a run that leaves out what a sink has that is away.
  private func checkThatAllWasThere() throws(CommandFailure) {
    guard !plan.follows, left > 0, !missing.isEmpty else { return }
    throw CommandFailure(
      .unreachable,
      "records of \(missing.sorted().joined(separator: ", ")) may be missing: no such sink is there. Start it, and go on "
        + "where this ended with --from \(cursor.offsets.isEmpty ? "start" : "\(cursor)").")
  }

  private mutating func write(_ piece: PartitionReader.Piece, of place: Int) throws(CommandFailure) {
    let (lines, rest) = Self.split(piece.lines, after: left)
    left -= lines.count { $0 == newline }
    if let selection = plan.selection {
      writeOutput(lines.split(separator: newline).flatMap { selection.lines(of: $0) })
    } else {
      writeOutput(Array(lines))
    }
    cursor.offsets[readers[place].name] = piece.next - UInt64(rest.count)
    try plan.file?.save(cursor)
  }

  /// Keeps where a partition begins as soon as that is known, though no line has come: `end` is another place later.
  private mutating func noteStart(of place: Int) throws(CommandFailure) {
    guard cursor.offsets[readers[place].name] == nil, let offset = readers[place].offset else { return }
    cursor.offsets[readers[place].name] = offset
    try plan.file?.save(cursor)
  }

  /// The first lines, as many as wanted, and what comes after them.
  private static func split(
    _ lines: ArraySlice<UInt8>, after count: Int
  ) -> (ArraySlice<UInt8>, rest: ArraySlice<UInt8>) {
    var end = lines.startIndex
    for _ in 0..<count {
      guard let next = lines[end...].firstIndex(of: newline) else { break }
      end = next + 1
    }
    return (lines[..<end], lines[end...])
  }

  /// Waits until a sink answers or another question is due.
  private func rest() throws(SocketError) {
    let time = min(.milliseconds(100), (readers.map(\.deadline).min() ?? asksAt) - now)
    var poller = Poller(readers.compactMap(\.socket))
    try poller.wait(max(.zero, time))
  }
}

// MARK: Finding the sinks

extension TailRun {
  /// Waits for the queue to name its sinks; one that has just started may not have met them.
  private mutating func findSinks() throws {
    let client = QueueClient(address: plan.address)
    if let cursor = plan.cursor { meet(cursor.offsets.keys.map { .init(name: $0, address: "") }) }
    repeat {
      guard case .partitions(let partitions) = try client.ask(.sinks) else {
        throw CommandFailure(.internalError, "the queue's answer is none that this version knows.")
      }
      meet(partitions)
      guard !interruption.isRequested else { throw CommandFailure(.interrupted) }
      if readers.isEmpty { try rest() }
    } while readers.isEmpty && (plan.follows || now < QueueClient.patience)
    if readers.isEmpty {
      throw CommandFailure(.unreachable, "the queue knows no sink. See 'gongwen ps' and 'gongwen logs sink'.")
    }
    hasFoundSinks = true
    asksAt = now + Self.interval
  }

  /// Asks the queue now and then; when it is away, the sinks that are known are read all the same.
  private mutating func lookForSinks() throws(SocketError) {
    for case .reply(.partitions(let partitions)) in try queue.wait(.zero) { meet(partitions) }
    noteAbsence()
    guard now >= asksAt else { return }
    asksAt = now + Self.interval
    if !queue.isOpen { try queue.open() }
    try queue.send(ClientRequest.sinks.frames)
  }

  private mutating func meet(_ partitions: [ClientReply.Partition]) {
    for partition in partitions {
      if let place = readers.firstIndex(where: { $0.name == partition.name }) {
        readers[place].move(to: partition.address, at: now)
      } else {
        var reader = PartitionReader(
          partition, from: start(of: partition.name), follows: plan.follows, skipsLost: plan.skipsLost, in: context)
        reader.move(to: partition.address, at: now)
        readers.append(reader)
      }
    }
  }

  /// Says once of each sink that it is away, and once that it is back.
  private mutating func noteAbsence() {
    for reader in readers {
      if let since = reader.awaySince {
        guard now - since >= Self.patience, missing.insert(reader.name).inserted else { continue }
        writeError(
          "gongwen: the sink of \(reader.name) is away; its records come when it is back, those of the others go on. "
            + "See 'gongwen ps', or start more with 'gongwen up -d --scale sink=N'.")
      } else if missing.remove(reader.name) != nil {
        writeError("gongwen: the sink of \(reader.name) is back.")
      }
    }
  }

  /// A partition that the cursor does not know is new since: all of it is wanted. So is one that appears later.
  private func start(of name: String) -> PartitionReader.Start {
    if let offset = plan.cursor?.offsets[name] { return .offset(offset) }
    return plan.cursor == nil && !hasFoundSinks ? plan.from : .first
  }
}

private let newline = UInt8(ascii: "\n")
