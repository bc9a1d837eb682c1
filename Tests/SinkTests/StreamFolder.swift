import FoundationEssentials
import TestSupport

/// The files of a stream, as a test looks at them and harms them.
extension TemporaryFolder {
  func names() -> [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path + "/" + name))) }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }

  /// The lines of all segments, one after the other.
  func contents() throws -> String {
    let bytes = try names().filter { $0.hasSuffix(".ndjson") }.flatMap { try self.bytes($0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
