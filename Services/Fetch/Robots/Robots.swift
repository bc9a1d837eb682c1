/// What a robots.txt says to one client (RFC 9309).
///
///     group = 1*("User-agent:" name) *("Allow:" pattern | "Disallow:" pattern)
///
/// The groups that name the client count together; where none does, those for `*`. The longest pattern that fits decides,
/// `Allow` between equals. A line that means nothing is passed over.
struct Robots: Sendable {
  private let rules: [RobotsRule]

  /// Everything is allowed.
  init() { rules = [] }

  /// - Parameters:
  ///   - text: at most the first 500 KiB of the file are read.
  ///   - agent: the product's name alone, `gongwen`.
  init(_ text: [UInt8], agent: String) {
    var groups = Groups(agent: agent.lowercased())
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = text.starts(with: mark) ? mark.count : 0
    for line in text.prefix(Self.most).dropFirst(start).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      guard let (key, value) = Self.pair(line) else { continue }
      groups.take(key, value)
    }
    rules = groups.rules
  }

  /// Bytes of a file that are read.
  static let most = 500 << 10

  /// - Parameter path: path and query of a URL, percent-encoded.
  func allows(_ path: String) -> Bool {
    let path = RobotsRule.normalized(Array(path.utf8))
    guard path != Array("/robots.txt".utf8) else { return true }
    let fitting = rules.filter { $0.fits(path) }
    let longest = fitting.map(\.length).max()
    return fitting.isEmpty || fitting.contains { $0.length == longest && $0.allows }
  }

  /// Key in lower case and value of a line, without its comment.
  private static func pair(_ line: ArraySlice<UInt8>) -> (key: String, value: [UInt8])? {
    let line = line.prefix { $0 != UInt8(ascii: "#") }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let key = String(decoding: bare(line[..<colon]), as: UTF8.self).lowercased()
    return (key, Array(bare(line[(colon + 1)...])))
  }

  private static func bare(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = bytes.drop { $0 <= 0x20 }
    let end = start.lastIndex { $0 > 0x20 }
    return end.map { start[...$0] } ?? []
  }
}

/// The groups of a file while it is read.
private struct Groups {
  let agent: String
  private var own: [RobotsRule]?
  private var general: [RobotsRule] = []
  private var isOwn = false
  private var isGeneral = false
  private var isNaming = false

  init(agent: String) { self.agent = agent }

  var rules: [RobotsRule] { own ?? general }

  mutating func take(_ key: String, _ value: [UInt8]) {
    switch key {
    case "user-agent": name(String(decoding: value, as: UTF8.self).lowercased())
    case "allow", "disallow":
      isNaming = false
      guard let rule = RobotsRule(value, allows: key == "allow") else { return }
      if isOwn { own?.append(rule) }
      if isGeneral { general.append(rule) }
    default: break
    }
  }

  private mutating func name(_ name: String) {
    if !isNaming { (isOwn, isGeneral) = (false, false) }
    isNaming = true
    let token = name.prefix { $0.isASCII && $0.isLetter || $0 == "-" || $0 == "_" }
    if name == "*" { isGeneral = true }
    guard token == agent else { return }
    isOwn = true
    own = own ?? []
  }
}
