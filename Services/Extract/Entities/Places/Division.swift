internal import Record

/// An administrative division by its GB/T 2260 code.
struct Division: Sendable, Equatable {
  let code: Int
  let name: String

  typealias Level = DocumentFacts.Issuer.Level

  var level: Level { Self.level(of: code) }

  static func level(of code: Int) -> Level {
    code % 10000 == 0 ? .province : code % 100 == 0 ? .prefecture : .county
  }

  /// Whether a division lies in another one, or is it.
  func isWithin(_ other: Int) -> Bool {
    switch Self.level(of: other) {
    case .province: code / 10000 == other / 10000
    case .prefecture: code / 100 == other / 100
    default: code == other
    }
  }

  var isMunicipality: Bool { level == .province && name.hasSuffix("市") }
}
