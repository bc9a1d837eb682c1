private import Foundation
internal import GRDB
package import Wire

/// What can be read of a ledger, and what can not.
package struct Readable: Sendable, CustomStringConvertible {
  /// A document whose bytes are lost: if it is unfinished, it will be a failure.
  package struct Bodiless: Sendable {
    package var number: Int64
    package var job: JobID
    package var state: ClientReply.JobState
    /// Whether the ledger has no place of its bytes, as after an earlier repair; else what is there cannot be read.
    package var isKnown: Bool
  }

  package var documents = 0
  /// Documents whose bytes can be read and are what was written.
  package var bodies = 0
  package var states: [ClientReply.JobState: Int] = [:]
  /// Places where reading failed and went on behind: the numbers between which documents are lost, if there were any.
  package var holes: [(after: Int64, before: Int64?)] = []
  package var bodiless: [Bodiless] = []

  /// Whether nothing is damaged.
  package var isWhole: Bool { holes.isEmpty && bodiless.allSatisfy(\.isKnown) }

  /// The last hole ends before a document that could be read.
  mutating func closeHole(_ number: Int64) {
    guard let last = holes.indices.last, holes[last].before == nil else { return }
    holes[last].before = number
  }

  /// Counts a row of `documents`.
  mutating func count(_ row: Row, _ body: Walk.Body) {
    let state = ClientReply.JobState(Change.Final(rawValue: row["state"]))
    documents += 1
    states[state, default: 0] += 1
    if case .whole = body { return bodies += 1 }
    guard state != .done, row["layers"] != "" else { return }
    let job = JobID([UInt8](row["job"] as Data))
    bodiless.append(Bodiless(number: row["number"], job: job, state: state, isKnown: body == .absent))
  }

  package var description: String {
    let failing = bodiless.filter { $0.state == .pending }.map { "\($0.number) (job \($0.job))" }
    return "Kept: \(documents) documents, \(bodies) of them with their bytes. "
      + "Unreadable numbers: \(Self.list(gaps)). Without their bytes, will be failures: \(Self.list(failing)). "
      + "Dead letters and failed documents without their bytes: \(bodiless.count - failing.count)."
  }

  /// The holes in words.
  package var gaps: [String] { holes.map { "between \($0.after) and \($0.before.map(String.init) ?? "the end")" } }

  /// The first 20 of some items in words, and how many more there are.
  package static func list(_ items: [String]) -> String {
    guard !items.isEmpty else { return "none" }
    let more = items.count > 20 ? " and \(items.count - 20) more" : ""
    return items.prefix(20).joined(separator: ", ") + more
  }
}
