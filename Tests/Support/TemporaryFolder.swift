private import FoundationEssentials

/// A folder that is there as long as the value that made it; its path is short enough for sockets.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() {
    path = "/tmp/gw-" + UUID().uuidString.prefix(8)
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders on the way to it.
  package func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
    let file = path + "/" + name
    let parent = file[..<file.lastIndex(of: "/")!]
    try FileManager.default.createDirectory(atPath: String(parent), withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: file))
  }
}
