internal import CCleanTables
internal import Lexicon
internal import Record

/// What the class and id of an element say of it: `Tables/marks.tsv`.
enum Mark: Equatable {
  /// The element holds the text; `isCertain` where the mark is that of one content system.
  case content(isCertain: Bool)
  case furniture(Chrome.Reason)

  private static let marks: [String: Mark] = {
    let table = unsafe Table(clean_table_marks())
    var marks: [String: Mark] = [:]
    for row in table.rows where row.count == 3 {
      marks[row[0]] =
        row[1] == "content"
        ? .content(isCertain: row[2] == "cms") : .furniture(Chrome.Reason(rawValue: row[2]) ?? .other)
    }
    return marks
  }()

  /// The marks that the words of an element's class and id carry; a furniture mark may be a part of a word between
  /// hyphens (`article-share`), a content mark is the whole word.
  static func marks(in names: ArraySlice<UInt8>) -> [Mark] {
    var found: [Mark] = []
    for word in names.split(separator: 0x20) {
      let whole = String(decoding: word, as: UTF8.self)
      if let mark = marks[whole] {
        found.append(mark)
        continue
      }
      let parts = word.split { $0 == 0x2D || $0 == 0x5F || $0 == 0x3A }
      guard parts.count > 1, parts.count <= 6 else { continue }
      for part in parts {
        if case .furniture(let reason)? = marks[String(decoding: part, as: UTF8.self)] {
          found.append(.furniture(reason))
        }
      }
    }
    return found
  }
}
