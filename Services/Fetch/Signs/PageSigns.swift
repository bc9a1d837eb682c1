/// What of a page matters for its way, not for its words: where it leads, and what stands between it and its reader.
struct PageSigns {
  /// `<meta http-equiv=refresh>`: after how many seconds, and where to.
  private(set) var refresh: (seconds: Double, location: String)?
  /// `<link rel=canonical>`.
  private(set) var canonical: String?
  /// Links and embedded files that are documents this program reads, in order.
  private(set) var attachments: [String] = []
  /// Bytes of text that are shown, without blanks; in links and outside of them.
  private(set) var weight = (links: 0, others: 0)
  private(set) var hasScript = false
  private(set) var hasPasswordField = false
  /// Whether a frame or the like shows something that is not in the page.
  private(set) var hasFrame = false

  /// What is open: only the outermost of each matters.
  private var open: (noscript: Bool, link: Bool) = (false, false)

  init(_ bytes: [UInt8]) {
    for piece in Markup(bytes) {
      switch piece {
      case .start(let name, let attributes): start(name, Attributes(bytes[attributes]))
      case .end(let name): end(name)
      case .text(let range): count(bytes[range])
      }
    }
  }

  private mutating func start(_ name: String, _ attributes: Attributes) {
    switch name {
    case "script": hasScript = true
    case "noscript": open.noscript = true
    case "meta": takeMeta(attributes)
    case "link": takeLink(attributes)
    case "a":
      open.link = true
      takeAttachment(attributes["href"])
    case "iframe", "frame", "embed", "object":
      hasFrame = true
      takeAttachment(attributes[name == "object" ? "data" : "src"])
    case "input": hasPasswordField = hasPasswordField || attributes["type"]?.lowercased() == "password"
    default: break
    }
  }

  private mutating func end(_ name: String) {
    if name == "noscript" { open.noscript = false }
    if name == "a" { open.link = false }
  }

  private mutating func takeMeta(_ attributes: Attributes) {
    guard !open.noscript, refresh == nil, attributes["http-equiv"]?.lowercased() == "refresh" else { return }
    refresh = attributes["content"].flatMap(Self.refresh)
  }

  private mutating func takeLink(_ attributes: Attributes) {
    guard canonical == nil, attributes["rel"]?.lowercased() == "canonical" else { return }
    canonical = attributes["href"]
  }

  private mutating func takeAttachment(_ location: String?) {
    guard let location, attachments.count < 100 else { return }
    let path = location.prefix { $0 != "?" && $0 != "#" }.lowercased()
    if path.hasSuffix(".pdf") || path.hasSuffix(".docx") { attachments.append(location) }
  }

  private mutating func count(_ text: ArraySlice<UInt8>) {
    guard !open.noscript else { return }
    var (count, isEntity) = (0, false)
    for byte in text {
      if byte == UInt8(ascii: "&") { isEntity = true }
      if byte > 0x20, !isEntity { count += 1 }
      if byte == UInt8(ascii: ";") || byte <= 0x20 { isEntity = false }
    }
    if open.link { weight.links += count } else { weight.others += count }
  }

  /// `5; url='next.html'`, in the ways in which pages write it.
  private static func refresh(_ content: String) -> (Double, String)? {
    let parts = content.split(maxSplits: 1) { $0 == ";" || $0 == "," }
    guard parts.count == 2, let seconds = Double(parts[0].unquoted) else { return nil }
    let rest = parts[1].unquoted
    guard rest.lowercased().hasPrefix("url") else { return nil }
    let value = rest.dropFirst(3).drop { $0.isWhitespace }
    guard value.first == "=" else { return nil }
    let location = value.dropFirst().unquoted
    return location.isEmpty ? nil : (seconds, location)
  }
}
