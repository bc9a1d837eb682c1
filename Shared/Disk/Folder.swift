private import Glibc

/// A folder whose entries are made to last.
package struct Folder: Sendable {
  package let path: String

  /// The folder at a path, made with all that is missing above it.
  ///
  /// Each new one is synced into the one above, and so is the last one whoever made it, where that may be read.
  package init(_ path: String, mode: UInt32 = 0o755) throws(DiskError) {
    self.path = path
    var above = path.hasPrefix("/") ? "/" : "."
    let parts = path.split(separator: "/")
    for (place, part) in parts.enumerated() {
      let folder = above == "/" ? "/\(part)" : "\(above)/\(part)"
      if unsafe mkdir(folder, mode) == 0 {
        try Self.sync(above)
      } else if errno != EEXIST {
        throw .last("mkdir", folder)
      } else if place == parts.count - 1 {
        try? Self.sync(above)
      }
      above = folder
    }
  }

  /// Waits until the names in the folder are on the disk.
  package func sync() throws(DiskError) { try Self.sync(path) }

  /// Lets nobody but this user in.
  package func keepToOwner() throws(DiskError) {
    guard unsafe chmod(path, 0o700) == 0 else { throw .last("chmod", path) }
  }

  /// The names of all that is in it.
  package func names() throws(DiskError) -> [String] { try Self.names(in: path) }

  /// The names of all that is in a folder, which is not made.
  package static func names(in path: String) throws(DiskError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw .last("opendir", path) }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      names.append(
        unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
          unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names
  }

  private static func sync(_ path: String) throws(DiskError) {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last("open", path) }
    defer { close(descriptor) }
    while fsync(descriptor) != 0 { if errno != EINTR { throw .last("fsync", path) } }
  }
}
