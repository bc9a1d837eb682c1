internal import Record
internal import Wire

extension Broker {
  /// Milliseconds that a producer is asked to wait while the ledger is full.
  static let busyTime: UInt64 = 500

  mutating func client(_ peer: Peer, _ frames: [[UInt8]]) {
    do throws(WireError) {
      switch try ClientRequest(frames) {
      case .hello(let producer):
        producers.close(producer)
        actions.append(.findSequence(peer, producer: producer))
      case .put(let sequence, let key, let layers): put(peer, sequence, key, layers)
      case .ask(let jobs): actions.append(.findStates(peer, jobs))
      case .status: reply(peer, .report(json: snapshot.json))
      case .sinks: reply(peer, .partitions(partitions))
      case .letters(let endings, let before, let count):
        actions.append(.find(peer, .letters(endings, before: before, count: Int(clamping: count))))
      case .show(let job, let layers): actions.append(.find(peer, .document(job, layers: layers)))
      case .revise(let revision, let jobs): revise(peer, revision, jobs)
      case .tap(let stage, let every, let count, let layers):
        try tap(peer, stage, every: every, count: count, layers: layers)
      }
    } catch {
      reply(peer, .error(error))
    }
  }

  func wait(_ sequence: UInt64) -> ClientReply { .busy(sequence: sequence, milliseconds: Self.busyTime) }

  mutating func reply(_ peer: Peer, _ message: ClientReply) { actions.append(.reply(peer, message)) }

  mutating func welcome(_ peer: Peer, _ producer: [UInt8], _ sequence: UInt64) {
    producers.open(producer, at: peer, sequence: sequence, now: now.uptime)
    reply(peer, .welcome(epoch: epoch, sequence: sequence))
  }

  private mutating func put(_ peer: Peer, _ sequence: UInt64, _ key: String, _ layers: Layers) {
    guard let producer = producers.producer(at: peer), let session = producers[producer] else {
      reply(peer, .error(WireError(.noSession, "Say HELLO on this connection before PUT.")))
      return
    }
    producers[producer]?.lastHeard = now.uptime
    guard sequence == session.taken + 1 else { return }
    guard !findsLedgerFull() else { return reply(peer, wait(session.taken)) }
    producers[producer]?.taken = sequence
    if let refusal = refusal(layers) {
      actions.append(.commit(.skip(producer: producer, sequence: sequence, time: now.wall)))
      reply(peer, .refused(sequence: sequence, code: refusal.code, message: refusal.message))
    } else {
      let stage = name(of: topology.entry(layers))
      actions.append(
        .commit(
          .accept(
            Change.Acceptance(
              producer: producer, sequence: sequence, job: JobID(key: key), stage: stage, layers: layers,
              time: now.wall))))
    }
  }

  private func refusal(_ layers: Layers) -> WireError? {
    if layers.size > limits.documentBytes {
      return WireError(
        .tooLarge, "The document has \(layers.size) bytes; this queue takes \(limits.documentBytes) at most.")
    }
    guard layers["source"] != nil else { return WireError(.malformed, "A document needs the layer 'source'.") }
    guard layers.all.count <= 16, layers.all.allSatisfy({ isLayerName($0.name) }) else {
      return WireError(.malformed, "A document has 16 layers at most, with names of 1 to 64 bytes without blanks.")
    }
    return nil
  }

  /// Whether producers have to wait.
  var ledgerIsFull: Bool { ledgerBytes >= limits.ledgerBytes || freeBytes < limits.diskReserve }

  /// Whether producers have to wait; says so in the log when that begins and ends.
  private mutating func findsLedgerFull() -> Bool {
    let isFull = ledgerIsFull
    if isFull != self.isFull {
      self.isFull = isFull
      isFull
        ? note(
          .warning, "Producers have to wait: the ledger holds \(ledgerBytes) bytes, its disk has \(freeBytes) left.")
        : note(.info, "Producers may go on.")
    }
    return isFull
  }

  /// The ledger's answer, and what this window knows better.
  mutating func answer(_ peer: Peer, _ asked: [JobID], _ states: [ClientReply.JobState]) {
    reply(
      peer,
      .states(
        zip(asked, states).map { job, state in
          jobs[job].map { $0.isInFlight ? .inFlight : .pending } ?? state
        }))
  }

  /// The sinks that are there, and without an address those that are away but have lines.
  private var partitions: [ClientReply.Partition] {
    var addresses = Dictionary(uniqueKeysWithValues: knownPartitions.map { ($0, "") })
    for sink in workers.values where sink.stage == topology.sink {
      addresses[sink.announcement.partition] = sink.announcement.address
    }
    return addresses.map { .init(name: $0.key, address: $0.value) }.sorted { $0.name < $1.name }
  }
}

/// Whether the ledger can keep a layer's name in its list of names.
func isLayerName(_ name: String) -> Bool {
  1...64 ~= name.utf8.count && name.utf8.allSatisfy { $0 > UInt8(ascii: " ") && $0 != 0x7F }
}
