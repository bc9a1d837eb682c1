import FoundationEssentials

/// A folder that is there as long as the test that made it.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.path + "/gongwen-" + UUID().uuidString.prefix(8)
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders on the way to it.
  func write(_ name: String, _ text: String) {
    let file = path + "/" + name
    let parent = file[..<file.lastIndex(of: "/")!]
    try! FileManager.default.createDirectory(atPath: String(parent), withIntermediateDirectories: true)
    try! Data(text.utf8).write(to: URL(filePath: file))
  }
}
