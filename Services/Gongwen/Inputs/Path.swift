internal import Glibc

/// The path of a file as the operating system has it: any bytes, not only UTF-8.
struct Path: Sendable, Equatable {
  /// Ends with a NUL.
  private let characters: [CChar]

  init(_ text: String) { characters = text.utf8CString.map(\.self) }

  private init(bytes: [UInt8]) { characters = (bytes + [0]).map { CChar(bitPattern: $0) } }

  var bytes: [UInt8] { characters.dropLast().map { UInt8(bitPattern: $0) } }

  /// The path for people; bytes that are not UTF-8 are replaced.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The last component, likewise.
  var name: String {
    let slash = UInt8(ascii: "/")
    let end = bytes.lastIndex { $0 != slash }.map { $0 + 1 } ?? 0
    return String(decoding: bytes[..<end].split(separator: slash).last ?? bytes[...], as: UTF8.self)
  }

  /// What follows the last dot of the name, in small letters; nil where there is no dot behind its first character.
  var ending: String? {
    let name = name
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    return name[name.index(after: dot)...].lowercased()
  }

  func appending(_ component: [UInt8]) -> Path {
    let slash = UInt8(ascii: "/")
    return Path(bytes: bytes + (bytes.last == slash ? [] : [slash]) + component)
  }

  func isFolder() throws(PathError) -> Bool { try status().st_mode & S_IFMT == S_IFDIR }

  /// What the path leads to, symbolic links followed.
  func status() throws(PathError) -> stat {
    var status = Glibc.stat()
    guard unsafe stat(characters, &status) == 0 else { throw PathError(self) }
    return status
  }

  /// All bytes of the file, or nil if there are more than `limit`.
  func contents(limit: Int) throws(PathError) -> [UInt8]? {
    let descriptor = unsafe open(characters, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw PathError(self) }
    defer { close(descriptor) }
    var status = Glibc.stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw PathError(self) }
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    guard !isRegular || status.st_size <= limit else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(isRegular ? Int(status.st_size) + 1 : 0)
    while bytes.count <= limit {
      let count = readMore(descriptor, into: &bytes)
      if count < 0 { throw PathError(self) }
      if count == 0 { return bytes }
    }
    return nil
  }

  /// The names in the folder, sorted by their bytes, without `.`, `..` and hidden ones.
  func names() throws(PathError) -> [[UInt8]] {
    guard let folder = unsafe opendir(characters) else { throw PathError(self) }
    defer { unsafe closedir(folder) }
    var names: [[UInt8]] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      if name.first != UInt8(ascii: ".") { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

/// Why a path could not be read, by the `errno` of the last call.
struct PathError: Error, Equatable, CustomStringConvertible {
  let path: Path
  let reason: String

  init(_ path: Path) {
    self.path = path
    reason = unsafe String(cString: strerror(errno))
  }

  var description: String { "\(path.text) cannot be read: \(reason)." }
}

/// Appends up to 64 KiB from a descriptor; returns how many bytes came, 0 at the end, -1 with `errno` on an error.
func readMore(_ descriptor: Int32, into bytes: inout [UInt8]) -> Int {
  let size = 64 << 10
  var count = 0
  let piece = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, used in
    repeat { count = unsafe read(descriptor, buffer.baseAddress, size) } while count < 0 && errno == EINTR
    used = max(0, count)
  }
  bytes += piece
  return count
}
