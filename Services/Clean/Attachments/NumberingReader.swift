/// Puts the numbering together from `word/numbering.xml` and `word/styles.xml`.
final class NumberingReader: PartReader {
  private(set) var numbering = Numbering()
  /// What is open.
  private var abstract: String?
  private var list: String?
  private var style: String?
  private var level = 0

  func start(_ name: String, _ value: (String) -> String?) {
    switch name {
    case "abstractNum": abstract = value("abstractNumId")
    case "num": list = value("numId")
    case "style": style = value("styleId")
    case "lvl", "lvlOverride": open(level: value("ilvl").flatMap { Int($0) } ?? 0)
    case "start": change { $0.start = Self.first(value("val")) }
    case "numFmt": change { $0.format = value("val") ?? "decimal" }
    case "lvlText": change { $0.text = String((value("val") ?? "").prefix(64)) }
    case "pStyle": linkStyle(value("val"))
    case "startOverride": takeOverride(Self.first(value("val")))
    case "abstractNumId": if let list { numbering.abstracts[list] = value("val") }
    case "numId": if let style { numbering.styles[style, default: .init()].list = value("val") }
    case "ilvl": if let style { numbering.styles[style, default: .init()].level = value("val").flatMap { Int($0) } }
    default: break
    }
  }

  func end(_ name: String) {
    switch name {
    case "abstractNum": abstract = nil
    case "num": list = nil
    case "style": style = nil
    default: break
    }
  }

  func characters(_ bytes: UnsafeBufferPointer<UInt8>) {}

  private func open(level: Int) {
    self.level = min(max(level, 0), 8)
    if let abstract { numbering.levels[abstract, default: [:]][self.level] = Numbering.Level() }
  }

  private func change(_ body: (inout Numbering.Level) -> Void) {
    guard let abstract, numbering.levels[abstract]?[level] != nil else { return }
    body(&numbering.levels[abstract]![level]!)
  }

  /// A level names the style whose paragraphs are on it.
  private func linkStyle(_ style: String?) {
    guard abstract != nil, let style else { return }
    numbering.styles[style, default: .init()].level = level
  }

  private func takeOverride(_ start: Int) {
    if let list { numbering.starts[list, default: [:]][level] = start }
  }

  /// A first number, within bounds; 1 where there is none.
  private static func first(_ value: String?) -> Int { min(max(value.flatMap { Int($0) } ?? 1, 0), 1_000_000) }
}
