internal import FoundationEssentials
internal import Record
internal import Wire

/// What a queue shows of one document at a stage.
struct TapLine {
  private struct Event: Decodable {
    var time: String
    var job: String
    var stage: String
    var outcome: String
    var code: String?
    var seconds: Double?
    var bytes_in: Int
    var bytes_out: Int?
    var uri: String?
  }

  let json: [UInt8]
  let layers: Layers

  /// `2026-05-04T09:30:00Z  5f0c…  passed  0.83 ms  1806 → 6210 bytes  report.txt`, then each layer on a line of its own.
  var text: String {
    guard let event = try? JSONDecoder().decode(Event.self, from: Data(json)) else { return "" }
    let time = event.seconds.map { "\(($0 * 100_000).rounded() / 100) ms" }
    let bytes = "\(event.bytes_in)" + (event.bytes_out.map { " → \($0)" } ?? "") + " bytes"
    let facts = [event.time, event.job, event.outcome, event.code, time, bytes, event.uri].compactMap(\.self)
    let shown = layers.all.map { "  \($0.name): " + String(decoding: $0.bytes, as: UTF8.self) }
    return ([facts.joined(separator: "  ")] + shown).map(Self.printable).joined(separator: "\n") + "\n"
  }

  /// The event with the member `layers`: JSON as it is, all else as a string.
  var line: [UInt8] {
    guard !layers.all.isEmpty, json.last == UInt8(ascii: "}") else { return json + [UInt8(ascii: "\n")] }
    var writer = JSONWriter()
    writer.object { writer in
      for layer in layers.all {
        writer.key(layer.name)
        if ["{", "["].contains(layer.bytes.first.map { Character(UnicodeScalar($0)) } ?? " "),
          !layer.bytes.contains(UInt8(ascii: "\n"))
        {
          writer.raw(layer.bytes)
        } else {
          writer.string(String(decoding: layer.bytes, as: UTF8.self))
        }
      }
    }
    return json.dropLast() + Array(#","layers":"#.utf8) + writer.bytes + Array("}\n".utf8)
  }

  /// Without what would steer a terminal.
  private static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F ? " " : $0 })
    )
  }
}
