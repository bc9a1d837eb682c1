/// A table of words: lines of tab-separated cells under a header row, with `#` comments.
///
/// The form is that of every `Tables/*.tsv`: a `# source:` line, a header row, then one entry a line.
package struct Table: Sendable {
  package let columns: [String]
  package let rows: [[String]]

  /// Reads a table from its bytes.
  package init(_ bytes: UnsafeRawBufferPointer) {
    let lines = unsafe String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n").lazy.filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    columns = lines.first ?? []
    rows = Array(lines.dropFirst())
  }

  /// The cells of one column, in order of the rows; a row that is too short has an empty cell.
  package func column(_ name: String) -> [String] {
    guard let index = columns.firstIndex(of: name) else { return [] }
    return rows.map { index < $0.count ? $0[index] : "" }
  }
}
