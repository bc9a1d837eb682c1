internal import Glibc

/// Shows the logs of services on standard output, each line behind the name of its process, and goes on as they grow.
final class LogFollower {
  /// Becomes readable when a log has grown.
  let descriptor: Int32

  private let folder: String
  private let names: LogNames
  private let output: Int32
  private let hasColour: Bool
  private var files: [String: Int] = [:]

  /// - Parameters:
  ///   - services: whose logs to show; none means all.
  ///   - fromEnd: leaves out what is there already.
  init(folder: String, services: [String], fromEnd: Bool, output: Terminal) {
    self.folder = folder
    self.output = output.descriptor
    hasColour = output.hasColour
    names = LogNames(folder: folder, services: services)
    descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    unsafe inotify_add_watch(descriptor, folder, UInt32(IN_MODIFY) | UInt32(IN_CREATE))
    guard fromEnd else { return }
    for name in names.all { files[name] = LogFile(folder: folder, name: name).end }
  }

  deinit { close(descriptor) }

  /// Shows what has come since the last time, lines of all processes in the order of their times.
  func show() {
    var events: [UInt8] = []
    _ = readMore(descriptor, into: &events)
    var lines: [(name: String, line: ArraySlice<UInt8>)] = []
    for name in names.all { lines += newLines(of: name).map { (name, $0) } }
    // Every line starts with its time, so times compare as bytes do; lines without one stay behind those before them.
    for (name, line) in lines.sorted(by: { time(of: $0.line).lexicographicallyPrecedes(time(of: $1.line)) }) {
      writeAll(output, prefix(name) + line + [UInt8(ascii: "\n")])
    }
  }

  private func newLines(of name: String) -> [ArraySlice<UInt8>] {
    let file = LogFile(folder: folder, name: name)
    let from = files[name] ?? file.start
    // One that was removed begins anew.
    var offset = from > file.end ? file.start : from
    var bytes: [UInt8] = []
    while true {
      let piece = file.read(from: offset)
      guard !piece.bytes.isEmpty else { break }
      // Lines that are forgotten already leave none behind that is whole.
      if piece.next - piece.bytes.count != offset { bytes = bytes.last == UInt8(ascii: "\n") ? bytes : [] }
      bytes += piece.bytes
      offset = piece.next
    }
    let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    files[name] = offset - (bytes.count - whole)
    return bytes[..<whole].split(separator: UInt8(ascii: "\n"))
  }

  /// The time that a line starts with, `time=…` or `{"time":"…`; empty where there is none.
  private func time(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    for start in ["time=", "{\"time\":\""] where line.starts(with: start.utf8) {
      return line.dropFirst(start.utf8.count).prefix(24)
    }
    return []
  }

  private func prefix(_ name: String) -> [UInt8] {
    let padded = name + String(repeating: " ", count: max(0, names.width - name.utf8.count)) + " | "
    guard hasColour else { return Array(padded.utf8) }
    let colours = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94]
    let service = name.utf8.prefix { $0 != UInt8(ascii: "-") }
    let colour = colours[service.reduce(0) { ($0 * 31 + Int($1)) % colours.count }]
    return Array("\u{1B}[\(colour)m\(padded)\u{1B}[0m".utf8)
  }
}

/// The names of the logs in a folder that belong to given services.
struct LogNames {
  let folder: String
  let services: [String]
  /// The width of the longest usual name.
  let width = 10

  /// `clean-1`, sorted.
  var all: [String] {
    let names = (try? Path(folder).names()) ?? []
    return names.compactMap { bytes in
      let name = String(decoding: bytes, as: UTF8.self)
      guard name.hasSuffix(".log") else { return nil }
      let instance = String(name.dropLast(4))
      let service = instance.split(separator: "-").dropLast().joined(separator: "-")
      return services.isEmpty || services.contains(service) || services.contains(instance) ? instance : nil
    }
  }
}
