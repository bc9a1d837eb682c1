internal import CExtractTables
internal import Lexicon
internal import Record

/// Documents: everything in 《》, the brackets with it, and the numbers that organs give their documents.
///
///     document = 《 text with inner 《》 or 〈〉 》
///     number   = organ's signs, (〔 | [ | ( | 【 | ﹝) year (〕 | ] | ) | 】 | ﹞), [第] number 号
///     order    = [部 | 国务院 | 省政府 …] 令 第 number 号
struct Documents: Family {
  let starts: Starts = .title
  private static let table = unsafe Table(table_document_classes())
  private static let classes = table.column("class")
  private static let endings = Endings(table.column("word"))
  /// The short names that the text has given to documents: `（以下简称《条例》）`.
  private var shortNames: [(words: ArraySlice<UInt8>, document: Entity, name: String)] = []

  mutating func took(_ entity: Entity, in reading: Reading) {
    guard entity.kind == .doc, shortNames.count < 32 else { return }
    var offset = entity.span.upperBound
    // Between the name and its short form stands nothing but brackets with a number: 》（国发〔2019〕16号，以下简称《规定》）.
    for _ in 0..<40 {
      for lead: StaticString in ["以下简称", "下称", "简称"] {
        guard let start = reading.end(of: lead, at: offset), reading.character(at: start) == "《",
          let end = closing(of: start, in: reading)
        else { continue }
        shortNames.append((reading.bytes[start..<end], entity, reading[entity.span]))
        return
      }
      let character = reading.character(at: offset)
      guard !character.isSentenceEnd, character != "《", character != "\0" else { return }
      if offset == entity.span.upperBound, character != "(" { return }
      offset = reading.next(offset)
    }
  }

  func mention(at offset: Int, _ start: Starts, in reading: Reading) -> Entity? {
    guard reading.character(at: offset) == "《", let end = closing(of: offset, in: reading) else { return nil }
    var entity = Entity(.doc, offset..<end, rule: "document.title")
    if let short = shortNames.last(where: { $0.words == reading.bytes[offset..<end] }) {
      entity.canonical = short.name
      entity.documentClass = short.document.documentClass
      return entity
    }
    let title = DocumentTitle(reading, reading.next(offset)..<reading.previous(end))
    entity.documentClass = documentClass(of: title)
    entity.version = title.version
    return entity
  }

  /// The offset behind the 》 that closes a 《; at most 600 bytes behind it, and not in another paragraph.
  private func closing(of offset: Int, in reading: Reading) -> Int? {
    var (depth, position) = (0, offset)
    while position < min(reading.end, offset + 600) {
      let character = reading.character(at: position)
      position = reading.next(position)
      switch character {
      case "《": depth += 1
      case "》": depth -= 1
      case "\n": return nil
      default: continue
      }
      if depth == 0 { return position }
    }
    return nil
  }

  private func documentClass(of title: DocumentTitle) -> String? {
    guard let named = Self.endings.place(of: title.name).map({ Self.classes[$0] }) else { return nil }
    if named == "administrative_regulation", title.isLocal { return "local_regulation" }
    return named == "-" ? nil : named
  }
}

/// The words inside 《》: the name, and the version in brackets behind it.
struct DocumentTitle {
  let name: String
  let version: String?

  init(_ reading: Reading, _ span: Range<Int>) {
    var nameEnd = span.upperBound
    var version: String?
    if reading.character(before: span.upperBound) == ")",
      let open = Self.opening(before: reading.previous(span.upperBound), from: span.lowerBound, in: reading)
    {
      nameEnd = open
      version = reading[reading.next(open)..<reading.previous(span.upperBound)]
    }
    name = reading[span.lowerBound..<nameEnd]
    self.version = version
  }

  /// Whether a division stands at the front: a province, a city or a county makes its own regulations.
  var isLocal: Bool {
    guard let end = name.unicodeScalars.firstIndex(where: { "省市区县州旗".unicodeScalars.contains($0) }) else {
      return false
    }
    return name.unicodeScalars.distance(from: name.unicodeScalars.startIndex, to: end) <= 8
      && !name.hasPrefix("中华人民共和国")
  }

  private static func opening(before end: Int, from start: Int, in reading: Reading) -> Int? {
    var offset = end
    while offset > start {
      offset = reading.previous(offset)
      if reading.character(at: offset) == "(" { return offset }
    }
    return nil
  }
}
