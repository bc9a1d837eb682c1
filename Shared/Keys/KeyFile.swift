private import Glibc

/// A file with one key.
struct KeyFile {
  let path: String

  init(_ path: String) { self.path = path }

  var exists: Bool { unsafe access(path, F_OK) == 0 }

  /// Its text without blanks around it.
  func text() throws(KeyError) -> String { try read().text }

  /// The text of a file that not everybody may read.
  func secretText() throws(KeyError) -> String {
    let (text, mode) = try read()
    guard mode & 0o007 == 0 else {
      throw KeyError("\(path) can be read by every user of this machine. Run 'chmod 600 \(path)', or make a new key.")
    }
    return text
  }

  private func read() throws(KeyError) -> (text: String, mode: UInt32) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw errno == ENOENT ? .missing(path) : failure("read") }
    defer { close(descriptor) }
    var (status, bytes) = (stat(), [UInt8](repeating: 0, count: 256))
    let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
    guard count >= 0, unsafe fstat(descriptor, &status) == 0 else { throw failure("read") }
    let text = String(decoding: bytes.prefix(count), as: UTF8.self)
    return (text.filter { !$0.isWhitespace }, status.st_mode)
  }

  /// Writes a key under another name and then gives it this one, so that a file is whole or not there.
  ///
  /// - Parameter replaces: whether a file that is there gives way; else that is an error.
  func write(_ text: String, mode: UInt32, replaces: Bool) throws(KeyError) {
    let part = path + ".new"
    unsafe unlink(part)
    let descriptor = unsafe open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("written") }
    defer { unsafe unlink(part) }
    let bytes = Array((text + "\n").utf8)
    let isWritten =
      unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count && fchmod(descriptor, mode) == 0
      && fsync(descriptor) == 0
    close(descriptor)
    guard isWritten else { throw failure("written") }
    if unsafe (replaces ? rename(part, path) : link(part, path)) != 0 {
      guard errno == EEXIST else { throw failure("written") }
      throw KeyError("\(path) is there already, and is left as it is. --force replaces it.")
    }
  }

  func remove() throws(KeyError) {
    guard unsafe unlink(path) == 0 else { throw errno == ENOENT ? .missing(path) : failure("removed") }
  }

  /// Makes a folder that only this user enters, or makes one so that is there.
  static func makeFolder(_ path: String) throws(KeyError) {
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST, unsafe chmod(path, 0o700) == 0 else {
      throw KeyFile(path).failure("made")
    }
  }

  /// Likewise, with those above it that are missing.
  static func makeFolders(_ path: String) throws(KeyError) {
    for place in path.indices.dropFirst() where path[place] == "/" {
      guard unsafe mkdir(String(path[..<place]), 0o700) == 0 || errno == EEXIST else {
        throw KeyFile(String(path[..<place])).failure("made")
      }
    }
    try makeFolder(path)
  }

  /// The names of the files with an ending, without it.
  static func names(in folder: String, ending: String) -> [String] {
    guard let folder = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
        unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(ending), !name.hasPrefix(".") { names.append(String(name.dropLast(ending.count))) }
    }
    return names
  }

  private func failure(_ done: String) -> KeyError {
    KeyError("\(path) cannot be \(done): \(unsafe String(cString: strerror(errno))).")
  }
}
