import TestSupport

extension TemporaryFolder {
  /// Writes a file, with the folders on the way to it.
  func write(_ name: String, _ text: String) { try! write(name, text.utf8) }
}
