import Foundation
import Testing
import Wire

/// A message of `Golden/`: one frame a line in hexadecimal digits, blanks between them as one likes, `#` starts a note.
struct GoldenMessage: CustomTestStringConvertible {
  /// The file's name without `.hex`.
  let name: String
  let frames: [[UInt8]]

  var testDescription: String { name }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  static var names: Set<String> {
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path())
    return Set((files ?? []).filter { $0.hasSuffix(".hex") }.map { String($0.dropLast(4)) })
  }

  init(_ name: String) throws {
    self.name = name
    let page = try String(contentsOf: Self.folder.appending(path: "\(name).hex"), encoding: .utf8)
    let lines = page.split(separator: "\n").map { $0.prefix { $0 != "#" } }
    frames = try lines.filter { !$0.allSatisfy(\.isWhitespace) }.map { try Self.bytes(String($0)) }
  }

  /// The bytes of a line; `-` is the empty frame.
  private static func bytes(_ line: String) throws -> [UInt8] {
    let digits = line.filter { !$0.isWhitespace }
    if digits == "-" { return [] }
    return try stride(from: 0, to: digits.count, by: 2).map { place in
      let pair = digits.dropFirst(place).prefix(2)
      return try #require(UInt8(pair, radix: 16), "'\(pair)' is not a byte")
    }
  }
}
