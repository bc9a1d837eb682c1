/// A table of words: lines of tab-separated cells under a header row, with `#` comments.
///
/// The form is that of every `Tables/*.tsv`: a `# source:` line, a header row, then one entry a line. The bytes are kept
/// as they are, and a cell becomes a string when it is asked for: a table of 30,000 rows costs its bytes and its rows'
/// places.
package struct Table: Sendable {
  package let columns: [String]
  private let bytes: [UInt8]
  private let lines: [Range<Int>]

  /// Reads a table from its bytes.
  package init(_ bytes: UnsafeRawBufferPointer) { unsafe self.init(Array(bytes)) }

  /// Reads a table from its bytes.
  package init(_ bytes: [UInt8]) {
    var lines = Self.lines(of: bytes)
    columns = lines.isEmpty ? [] : Self.cells(of: bytes[lines.removeFirst()])
    self.bytes = bytes
    self.lines = lines
  }

  /// The number of entries.
  package var count: Int { lines.count }

  /// All entries, cell by cell.
  package var rows: [[String]] { lines.map { Self.cells(of: bytes[$0]) } }

  /// The cells of one column, in order of the rows; a row that is too short has an empty cell.
  package func column(_ name: String) -> [String] {
    guard let column = columns.firstIndex(of: name) else { return [] }
    return lines.indices.map { self[$0, column] }
  }

  /// One cell, by the numbers of its row and its column from 0; empty where the row is too short.
  package subscript(row: Int, column: Int) -> String {
    var cell = lines[row].lowerBound
    for _ in 0..<column {
      guard let tab = bytes[cell..<lines[row].upperBound].firstIndex(of: UInt8(ascii: "\t")) else { return "" }
      cell = tab + 1
    }
    let rest = bytes[cell..<lines[row].upperBound]
    return String(decoding: rest.prefix { $0 != UInt8(ascii: "\t") }, as: UTF8.self)
  }

  private static func lines(of bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if end > start, bytes[start] != UInt8(ascii: "#") { lines.append(start..<end) }
      start = end + 1
    }
    return lines
  }

  private static func cells(of line: ArraySlice<UInt8>) -> [String] {
    line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
