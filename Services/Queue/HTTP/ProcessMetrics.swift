private import Glibc

/// What the client libraries of Prometheus say of every process, under the names that they use.
enum ProcessMetrics {
  static var now: [UInt8] {
    var text = Exposition()
    text.metric("process_cpu_seconds_total", .counter, "Processor time, in user and system mode.", processorSeconds)
    if let residentBytes {
      text.metric("process_resident_memory_bytes", .gauge, "Resident memory.", residentBytes)
    }
    text.metric("process_start_time_seconds", .gauge, "When the process started, since 1970.", start)
    return text.bytes
  }

  /// Of the first look at it, which `HTTPServer` takes.
  static let start = Int(Moment.now.wall / 1000)

  private static var processorSeconds: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
  }

  /// The second number of `statm` is in pages.
  private static var residentBytes: Int? {
    var bytes = [UInt8](repeating: 0, count: 128)
    let file = unsafe open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let count = unsafe read(file, &bytes, bytes.count)
    let words = bytes.prefix(max(0, count)).split(separator: UInt8(ascii: " "))
    return words.count > 1 ? Int(String(decoding: words[1], as: UTF8.self)).map { $0 * Int(getpagesize()) } : nil
  }
}
