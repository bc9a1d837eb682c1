/// Text in the exposition format of Prometheus, version 0.0.4.
struct Exposition {
  enum Kind: String { case counter, gauge }

  private(set) var bytes: [UInt8] = []

  /// A metric without labels.
  mutating func metric(_ name: String, _ kind: Kind, _ help: String, _ value: some CustomStringConvertible) {
    describe(name, kind.rawValue, help)
    sample(name, "", value)
  }

  /// A metric of each of some things.
  mutating func metrics<Element, Value: CustomStringConvertible>(
    _ name: String, _ kind: Kind, _ help: String, _ elements: [Element], label: String, _ key: (Element) -> String,
    _ value: (Element) -> Value
  ) {
    describe(name, kind.rawValue, help)
    for element in elements { sample(name, "{\(label)=\"\(escaped(key(element)))\"}", value(element)) }
  }

  /// A histogram without labels.
  mutating func histogram(_ name: String, _ help: String, _ histogram: Histogram) {
    describe(name, "histogram", help)
    buckets(name, "", histogram)
  }

  /// A histogram of each of some things.
  mutating func histograms<Element>(
    _ name: String, _ help: String, _ elements: [Element], label: String, _ key: (Element) -> String,
    _ histogram: (Element) -> Histogram
  ) {
    describe(name, "histogram", help)
    for element in elements { buckets(name, "\(label)=\"\(escaped(key(element)))\"", histogram(element)) }
  }

  private mutating func describe(_ name: String, _ kind: String, _ help: String) {
    bytes += Array("# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n".utf8)
  }

  private mutating func sample(_ name: String, _ labels: String, _ value: some CustomStringConvertible) {
    bytes += Array("\(name)\(labels) \(value)\n".utf8)
  }

  /// Counts of all up to each bound, as the format wants them.
  private mutating func buckets(_ name: String, _ label: String, _ histogram: Histogram) {
    let before = label.isEmpty ? "" : label + ","
    var below: UInt64 = 0
    for (bound, count) in zip(histogram.bounds, histogram.counts) {
      below += count
      sample(name + "_bucket", "{\(before)le=\"\(bound)\"}", below)
    }
    sample(name + "_bucket", "{\(before)le=\"+Inf\"}", histogram.count)
    sample(name + "_sum", label.isEmpty ? "" : "{\(label)}", histogram.sum)
    sample(name + "_count", label.isEmpty ? "" : "{\(label)}", histogram.count)
  }

  private func escaped(_ value: String) -> String {
    String(
      value.unicodeScalars.flatMap { scalar -> [Character] in
        switch scalar {
        case "\\": ["\\", "\\"]
        case "\"": ["\\", "\""]
        case "\n": ["\\", "n"]
        default: [Character(scalar)]
        }
      })
  }
}
