internal import CLibZip
private import Glibc
internal import Record

/// A zip archive in memory.
@safe struct Archive: ~Copyable {
  private let handle: OpaquePointer
  private let limits: Limits

  /// Nil for bytes that are no archive.
  ///
  /// - Parameter bytes: they are copied.
  init?(_ bytes: [UInt8], _ limits: Limits) {
    var error = unsafe zip_error_t()
    guard let copy = unsafe malloc(max(bytes.count, 1)) else { return nil }
    unsafe copy.copyMemory(from: bytes, byteCount: bytes.count)
    guard let source = unsafe zip_source_buffer_create(copy, UInt64(bytes.count), 1, &error) else {
      unsafe free(copy)
      return nil
    }
    guard let handle = unsafe zip_open_from_source(source, ZIP_RDONLY, &error) else {
      unsafe zip_source_free(source)
      return nil
    }
    unsafe self.handle = handle
    self.limits = limits
  }

  deinit { unsafe zip_discard(handle) }

  /// Whether there is a file of a name.
  func has(_ name: String) -> Bool { unsafe zip_name_locate(handle, name, 0) >= 0 }

  /// A file unpacked; nil where there is none. What the archive says of its size is not believed.
  func file(_ name: String) throws(StageFailure) -> [UInt8]? {
    guard unsafe zip_get_num_entries(handle, 0) <= limits.archiveFiles else {
      throw tooLarge("has more than \(limits.archiveFiles) files in it")
    }
    guard has(name) else { return nil }
    guard let file = unsafe zip_fopen(handle, name, 0) else {
      throw StageFailure(.unreadable, stage: "clean", "The file \(name) in the document cannot be read: \(reason).")
    }
    defer { unsafe zip_fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe zip_fread(file, &chunk, UInt64(chunk.count))
      guard count >= 0 else {
        throw StageFailure(.unreadable, stage: "clean", "The file \(name) in the document is damaged.")
      }
      if count == 0 { return bytes }
      bytes += chunk.prefix(Int(count))
      guard bytes.count <= limits.unpacked else { throw tooLarge("unpacks to more than \(limits.unpacked) bytes") }
    }
  }

  /// Why the last thing that was asked was not done.
  private var reason: String {
    unsafe zip_error_strerror(zip_get_error(handle)).map { unsafe String(cString: $0) } ?? "nobody knows why"
  }

  private func tooLarge(_ what: String) -> StageFailure {
    StageFailure(.inputTooLarge, stage: "clean", "The document \(what).")
  }
}
