internal import CCleanTables
internal import Lexicon
internal import Record

/// What the class and id of an element, or its name where HTML knows none such, say of it: `Tables/marks.tsv`.
struct Marks {
  /// 2 where the mark of one content system says that the element holds the text, 1 where a general one does.
  private(set) var certainty: Int?
  /// Why it is furniture, by the first mark that says so.
  private(set) var reason: Chrome.Reason?

  init() {}

  private enum Mark {
    case content(Int)
    case furniture(Chrome.Reason)
  }

  private static let table: NameTable<Mark> = {
    let rows = unsafe Table(clean_table_marks()).rows.filter { $0.count == 3 }
    return NameTable(
      rows.map { row in
        let isContent = row[1] == "content"
        let mark =
          isContent ? Mark.content(row[2] == "cms" ? 2 : 1) : .furniture(Chrome.Reason(rawValue: row[2]) ?? .other)
        return (key: row[0], value: mark)
      })
  }()

  /// The marks that the words of an element's class and id carry; a furniture mark may be a part of a word between
  /// hyphens (`article-share`), a content mark is the whole word.
  init(_ names: Span<UInt8>) {
    var start = 0
    while start < names.count {
      var end = start
      var hash = NameHash()
      while end < names.count, names[end] != 0x20 {
        hash.add(names[end])
        end += 1
      }
      if end > start { read(names.extracting(start..<end), hash) }
      start = end + 1
    }
  }

  private mutating func read(_ word: Span<UInt8>, _ hash: NameHash) {
    switch Self.table[hash] {
    case .content(let value): certainty = max(certainty ?? 0, value)
    case .furniture(let found): reason = reason ?? found
    case nil: if reason == nil { readParts(word) }
    }
  }

  private mutating func readParts(_ word: Span<UInt8>) {
    var (parts, start, found) = (0, 0, Chrome.Reason?.none)
    while start <= word.count {
      var end = start
      var hash = NameHash()
      while end < word.count, !isHyphen(word[end]) {
        hash.add(word[end])
        end += 1
      }
      if end > start {
        parts += 1
        if found == nil, case .furniture(let reason)? = Self.table[hash] { found = reason }
      }
      start = end + 1
    }
    if 2...6 ~= parts { reason = found }
  }
}

private func isHyphen(_ byte: UInt8) -> Bool { byte == 0x2D || byte == 0x5F || byte == 0x3A }
