internal import FoundationEssentials
internal import Wire

/// A letter as the queue states it, for people.
struct LetterLine {
  private struct Members: Decodable {
    struct Source: Decodable { var uri: String }

    struct Failure: Decodable {
      var source: Source
      var stage: String
      var code: String
      var message: String
      var attempts: Int
      var failed_at: String
    }

    var job: String
    var number: UInt64
    var state: String
    var stage: String
    var accepted_at: String
    var bytes: Int
    var partition: String?
    var failure: Failure?
  }

  /// The object as the queue wrote it.
  let json: [UInt8]
  let job: JobID
  private let members: Members

  /// Nil for what is no letter.
  init?(_ json: [UInt8]) {
    guard let members = try? JSONDecoder().decode(Members.self, from: Data(json)), let job = JobID(members.job) else {
      return nil
    }
    (self.json, self.job, self.members) = (json, job, members)
  }

  var number: UInt64 { members.number }
  var state: String { members.state }
  var acceptedAt: String { members.accepted_at }

  static let head = Array(row("job", "failed, UTC", "stage", "code", "tries", "document").utf8)

  /// One line; nil is a width that is not to be cut to.
  func line(columns: Int?) -> [UInt8] {
    let failure = members.failure
    let row = Self.row(
      members.job, failure.map { Self.minute($0.failed_at) } ?? "-", failure?.stage ?? members.stage,
      failure?.code ?? members.state,
      failure.map { "\($0.attempts)" } ?? "-", Self.printable(failure?.source.uri ?? ""))
    return Array((columns.map { Self.cut(row, to: $0) } ?? row).utf8)
  }

  /// All there is, a fact a line.
  var text: [UInt8] {
    let failure = members.failure
    let facts = [
      ("job", members.job), ("document", failure?.source.uri), ("state", members.state), ("stage", failure?.stage),
      ("code", failure?.code), ("message", failure?.message), ("attempts", failure.map { "\($0.attempts)" }),
      ("failed at", failure?.failed_at), ("accepted at", members.accepted_at), ("number", "\(members.number)"),
      ("next stage", failure == nil ? members.stage : nil), ("bytes kept", "\(members.bytes)"),
      ("partition", members.partition),
    ]
    let lines = facts.compactMap { name, value in
      value.map { name + String(repeating: " ", count: 13 - name.count) + Self.printable($0) }
    }
    return Array(lines.joined(separator: "\n").utf8)
  }

  /// Job ids have 32 characters, and the columns between them and the last one 41.
  private static func row(_ words: String...) -> String {
    let widths = [32, 11, 7, 13, 5]
    return words.indices.map { column in
      guard column < widths.count else { return words[column] }
      return words[column] + String(repeating: " ", count: max(0, widths[column] - words[column].count))
    }.joined(separator: " ")
  }

  /// `11-27 19:31` of `2026-11-27T19:31:06Z`.
  private static func minute(_ timestamp: String) -> String {
    String(timestamp.dropFirst(5).prefix(11).map { $0 == "T" ? " " : $0 })
  }

  /// Cuts a line to a width, where characters beyond Latin take two columns.
  private static func cut(_ line: String, to columns: Int) -> String {
    var width = 0
    return String(
      line.prefix { character in
        width += (character.unicodeScalars.first?.value ?? 0) < 0x1100 ? 1 : 2
        return width <= columns
      })
  }

  /// Text from a document without what would move a terminal's cursor.
  private static func printable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
