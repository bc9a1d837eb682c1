/// How far a reader is in every partition: `sink-1=10240,sink-2=512`, bytes from the start of each stream.
struct Cursor: Sendable, Equatable, CustomStringConvertible {
  var offsets: [String: UInt64] = [:]

  init() {}

  /// The cursor that text states, as `description` writes it; nil if it states none.
  init?(_ text: String) {
    for part in text.split(separator: ",") {
      guard let equals = part.firstIndex(of: "="), equals > part.startIndex,
        let offset = UInt64(part[part.index(after: equals)...])
      else { return nil }
      offsets[String(part[..<equals])] = offset
    }
    guard !offsets.isEmpty else { return nil }
  }

  var description: String {
    offsets.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
  }
}
