private import Foundation
internal import GRDB
private import Wire

extension Salvage {
  /// What was kept of a damaged ledger, and what was not.
  struct Kept: CustomStringConvertible {
    var documents = 0
    var bodies = 0
    /// Places where reading failed and went on behind: the numbers between which documents are lost, if there were any.
    var holes: [(after: Int64, before: Int64?)] = []
    /// Unfinished documents without their bytes: they will be failures.
    var bodiless: [(number: Int64, job: String)] = []
    /// Dead letters and failed documents that lost their bytes.
    var bodilessLetters = 0

    /// Holes and documents that are named at most.
    static let named = 20

    /// The last hole ends before a document that could be read.
    mutating func closeHole(_ number: Int64) {
      guard let last = holes.indices.last, holes[last].before == nil else { return }
      holes[last].before = number
    }

    /// A row of `documents` was copied.
    mutating func count(_ row: Row, hasBody: Bool) {
      documents += 1
      guard !hasBody else { return bodies += 1 }
      switch Change.Final(rawValue: row["state"]) {
      case nil: bodiless.append((row["number"], JobID([UInt8](row["job"] as Data)).description))
      case .failed, .dead: bodilessLetters += row["layers"] == "" ? 0 : 1
      case .done: break
      }
    }

    var description: String {
      let places = holes.map { $0.before.map { "\($0)" } ?? "the end" }
      let lost = zip(holes, places).map { "between \($0.after) and \($1)" }
      let failing = bodiless.map { "\($0.number) (job \($0.job))" }
      return "Kept: \(documents) documents, \(bodies) of them with their bytes. "
        + "Unreadable numbers: \(Self.list(lost)). Without their bytes, will be failures: \(Self.list(failing)). "
        + "Dead letters and failed documents that lost their bytes: \(bodilessLetters)."
    }

    private static func list(_ items: [String]) -> String {
      guard !items.isEmpty else { return "none" }
      let more = items.count > named ? " and \(items.count - named) more" : ""
      return items.prefix(named).joined(separator: ", ") + more
    }
  }
}
