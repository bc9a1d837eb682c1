internal import ArgumentParser
private import Record

/// How log lines are written.
package enum LogFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
  /// `time=2026-05-04T09:30:00.125Z level=info service=clean-1 msg="is ready" job=5f0c…`
  case logfmt
  /// The same fields as a JSON object.
  case json
}

/// One event of a log, as one line.
package struct LogLine: Sendable {
  /// Names and values in the order in which they are written.
  package var fields: [(name: String, value: String)]

  package init(_ fields: [(name: String, value: String)]) { self.fields = fields }

  /// The line with its end.
  package func bytes(_ format: LogFormat) -> [UInt8] {
    switch format {
    case .logfmt: Array(fields.map { "\($0.name)=\(Self.logfmt($0.value))" }.joined(separator: " ").utf8) + [0x0A]
    case .json: json + [0x0A]
    }
  }

  private var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in for field in fields { json.member(field.name, field.value) } }
    return json.bytes
  }

  /// A value as it is, or in quotes where it would not be read back as one.
  private static func logfmt(_ value: String) -> String {
    let isPlain = value.utf8.allSatisfy {
      $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") && $0 != 0x7F
    }
    guard !isPlain || value.isEmpty else { return value }
    var json = JSONWriter()
    json.string(value)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
