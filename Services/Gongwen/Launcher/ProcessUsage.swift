internal import FoundationEssentials
internal import Glibc

/// What a process has used so far, from Linux's `/proc`.
struct ProcessUsage: Equatable {
  /// Seconds since it started.
  var uptime: Double
  /// Seconds of processor time.
  var processor: Double
  /// Bytes resident.
  var memory: Int

  /// Nil where there is no such process.
  init?(pid: Int) {
    guard let status = Self.contents("/proc/\(pid)/stat"), let since = Self.contents("/proc/uptime") else { return nil }
    self.init(
      status: status, machineUptime: since.split(separator: " ").first.flatMap { Double($0) } ?? 0,
      ticks: Double(sysconf(Int32(_SC_CLK_TCK))), page: Int(getpagesize()))
  }

  /// From the text of `/proc/PID/stat`: proc(5). The name in brackets may hold blanks and brackets itself.
  init?(status: String, machineUptime: Double, ticks: Double, page: Int) {
    guard let bracket = status.lastIndex(of: ")") else { return nil }
    let fields = status[bracket...].dropFirst(2).split(whereSeparator: \.isWhitespace)
    // The first field here is the third one of the page.
    guard fields.count > 21, let user = Double(fields[11]), let system = Double(fields[12]),
      let start = Double(fields[19]), let pages = Int(fields[21])
    else { return nil }
    uptime = max(0, machineUptime - start / ticks)
    processor = (user + system) / ticks
    memory = pages * page
  }

  /// Uptime, share of a processor and memory, for a table.
  var columns: [String] {
    let seconds = Int(uptime)
    let clock = "\(seconds / 3600):\(Self.twoDigits(seconds / 60 % 60)):\(Self.twoDigits(seconds % 60))"
    let share = uptime > 0 ? Int((100 * processor / uptime).rounded()) : 0
    return [clock, "\(share)%", "\((memory + 524_288) / 1_048_576) MiB"]
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func contents(_ path: String) -> String? {
    (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
  }
}
