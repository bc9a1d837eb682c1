import Foundation
import Testing

/// The tables of the wire page.
struct WirePage {
  struct Row {
    let section: String
    let cells: [String]
  }

  let rows: [Row]
  let text: String

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let page = root.deletingLastPathComponent().appending(path: "Shared/Wire/WIRE.md")
    text = try String(contentsOf: page, encoding: .utf8)
    var rows: [Row] = []
    var section = ""
    for line in text.split(separator: "\n") {
      if line.hasPrefix("## ") || line.hasPrefix("Of ") { section = String(line) }
      guard line.hasPrefix("| "), !line.hasPrefix("| ---") else { continue }
      let cells = line.dropFirst(2).dropLast(2).components(separatedBy: " | ")
      rows.append(Row(section: section, cells: cells.map { $0.trimmingCharacters(in: .whitespaces) }))
    }
    self.rows = rows
  }

  /// The rows below a heading, without the table's own heading.
  func rows(of section: String) -> [Row] { Array(rows.filter { $0.section.contains(section) }.dropFirst()) }

  /// The commands of a conversation in one direction.
  func commands(_ section: String, _ direction: String) -> Set<String> {
    Set(rows(of: section).filter { $0.cells[1] == direction }.map { $0.cells[0] })
  }

  /// How many frames a command's message has at least after version and command.
  func fixedFields(of command: String) throws -> Int {
    let row = try #require(rows.first { $0.cells.count == 3 && $0.cells[0] == command })
    let fields = Self.outsideParentheses(row.cells[2]).split(separator: ",")
    let names = fields.map { $0.trimmingCharacters(in: .whitespaces) }
    return names.filter { !$0.isEmpty && $0 != "layers" && !$0.hasSuffix("…") }.count
  }

  /// A cell without what stands in parentheses.
  private static func outsideParentheses(_ cell: String) -> String {
    var depth = 0
    return String(
      cell.filter { character in
        if character == "(" { depth += 1 }
        defer { if character == ")" { depth -= 1 } }
        return depth == 0
      })
  }

  /// The words of a cell that stand in backquotes.
  static func quoted(_ cell: String) -> [String] {
    cell.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
      .map { String($0.element) }
  }
}
