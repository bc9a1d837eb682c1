internal import Record
internal import Wire

extension Broker {
  mutating func answer(_ peer: Peer, _ inquiry: Inquiry, _ letters: [Letter]) {
    switch inquiry {
    case .letters: reply(peer, .listed(letters.map(\.json)))
    case .document:
      var letter = letters.first
      if let job = letter.flatMap({ jobs[$0.job] }), job.isInFlight {
        letter?.state = .inFlight
      }
      reply(peer, .shown(json: letter?.json ?? [], layers: letter?.layers ?? Layers()))
    }
  }

  mutating func revise(_ peer: Peer, _ kind: ClientRequest.Revision, _ jobs: [JobID]) {
    revisers.append(peer)
    actions.append(.commit(.revise(Revision(kind, Array(jobs.prefix(Revision.count)), topology, time: now.wall))))
  }

  /// Documents were retried or dropped: the counts follow, and who asked is told.
  mutating func revised(_ documents: [Revised]) {
    let outcomes = documents.map { document -> ClientReply.Outcome in
      switch document {
      case .retried(let ending, let number, let stage, let time): wait(ending, number, stage, time)
      case .dropped(let ending, let bytes):
        move(from: ending, to: .failed)
        ledgerBytes -= min(ledgerBytes, UInt64(bytes))
      case .refused(let outcome): return outcome
      }
      return .ok
    }
    if !revisers.isEmpty { reply(revisers.removeFirst(), .revised(outcomes)) }
  }

  /// A document begins anew as if it were accepted now; its turn comes from disk.
  private mutating func wait(_ ending: Ending, _ number: UInt64, _ stageName: String, _ time: UInt64) {
    highest = max(highest, number)
    move(from: ending, to: nil)
    guard let stage = topology.place(of: stageName) else { return }
    if backlogs[stage].count == 0 { backlogs[stage].oldest = time }
    backlogs[stage].count += 1
  }

  private mutating func move(from ending: Ending, to other: Change.Final?) {
    finished[ending.final, default: 0] -= 1
    if ending.final == .dead, let stage = topology.place(of: ending.stage) { meters[stage].deadLetters -= 1 }
    if let other { finished[other, default: 0] += 1 }
  }
}
