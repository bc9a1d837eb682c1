internal import Queue
internal import Record
internal import Wire

/// What `gongwen queue check` found, and did.
struct CheckReport {
  typealias Repair = (aside: String, kept: Readable)

  let check: LedgerCheck
  let repair: Repair?

  init(_ check: LedgerCheck, repair: Repair?) { (self.check, self.repair) = (check, repair) }

  private static let states: [ClientReply.JobState] = [.pending, .done, .failed, .dead]

  var text: String {
    let found = check.readable
    let counts = Self.states.map { "\(found.states[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
    let (known, lost) = (found.bodiless.filter(\.isKnown), found.bodiless.filter { !$0.isKnown })
    return """
      \(check.path): \(check.isWhole ? "whole" : "damaged")
      documents: \(counts)
      with their bytes, all read: \(found.bodies)
      lost their bytes: \(Readable.list(lost.map(Self.name)))
      without bytes since an earlier repair: \(Readable.list(known.map(Self.name)))
      numbers that cannot be read: \(Readable.list(found.gaps))
      faults of the file: \(Readable.list(check.faults))
      files of bodies without a document: \(check.strayFiles)
      """ + (repair.map(Self.done) ?? (check.isWhole ? "" : "\nA repair: \(Self.loss(found))"))
  }

  private static func name(_ document: Readable.Bodiless) -> String {
    "\(document.number) (job \(document.job), \(document.state.rawValue))"
  }

  private static func done(_ repair: Repair) -> String {
    "\nRepaired; the old ledger is \(repair.aside). \(loss(repair.kept))"
  }

  private static func loss(_ kept: Readable) -> String {
    let failing = kept.bodiless.count { $0.state == .pending }
    let lost = kept.holes.isEmpty ? "no document is" : "documents with numbers \(Readable.list(kept.gaps)) are"
    return "\(kept.documents) documents are kept, \(kept.bodies) of them with their bytes; "
      + "\(failing) unfinished ones without bytes will be failures; \(lost) lost. "
      + "Push again what was not finished: what was kept is recognised."
  }

  var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("ledger", check.path)
      json.key("whole")
      json.bool(check.isWhole)
      json.key("documents")
      json.object { json in
        for state in Self.states { json.member(state.rawValue, check.readable.states[state] ?? 0) }
      }
      json.member("bodies", check.readable.bodies)
      json.key("faults")
      json.array(check.faults) { json, fault in json.string(fault) }
      json.key("unreadable")
      json.array(check.readable.holes) { json, hole in
        json.object { json in
          json.member("after", Int(hole.after))
          json.member("before", hole.before.map { Int($0) })
        }
      }
      json.key("bodiless")
      json.array(check.readable.bodiless, Self.write)
      json.member("stray_files", check.strayFiles)
      guard let repair else { return }
      json.key("repair")
      json.object { json in
        json.member("aside", repair.aside)
        json.member("documents", repair.kept.documents)
        json.member("bodies", repair.kept.bodies)
      }
    }
    return json.bytes
  }

  private static func write(_ json: inout JSONWriter, _ document: Readable.Bodiless) {
    json.object { json in
      json.member("number", Int(document.number))
      json.member("job", document.job.description)
      json.member("state", document.state.rawValue)
      json.key("known")
      json.bool(document.isKnown)
    }
  }
}
