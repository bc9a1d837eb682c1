internal import FoundationEssentials
internal import Glibc

/// Runs the commands that say whether a process is well: each in a process group of its own that is killed as a whole when
/// the command has ended or its time is over, without the lock of the home, and with no more kept of what it writes than
/// people read.
final class CheckRunner {
  typealias Milliseconds = InstanceState.Milliseconds

  /// The bytes that are kept of what a check writes.
  private static let limit = 4096

  private struct Run {
    var name: String
    var output: Int32
    var end: Milliseconds
    var timeout: Duration
    var isOverdue = false
    /// Whether it has let go of its output.
    var isSilent = false
    var bytes: [UInt8] = []
  }

  /// By process id.
  private var runs: [Int32: Run] = [:]

  /// Those from which something can be read when a check has written.
  var descriptors: [Int32] { runs.values.filter { !$0.isSilent }.map(\.output) }

  /// Milliseconds until the time of a check is over.
  func pause(at now: Milliseconds) -> Milliseconds? {
    runs.values.filter { !$0.isOverdue }.map { max(0, $0.end - now) }.min()
  }

  /// Starts a check of the process of that name; a failure where it cannot be started.
  func start(
    _ check: ComposeFile.HealthCheck, of name: String, environment: [String: String], folder: String?,
    at now: Milliseconds
  ) -> Checkup.Result? {
    guard case .command(let command) = check.test else { return nil }
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else {
      return .init(isGood: false, text: "there is no pipe: \(lastError())")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // The reader must not wait, but the writer may.
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    let child = Child(
      command: command, environment: environment, folder: folder, output: .descriptor(ends[1]), deathSignal: SIGKILL)
    let started = child.start()
    close(ends[1])
    switch started {
    case .success(let pid):
      let end = now + check.timeout.milliseconds
      runs[pid] = Run(name: name, output: ends[0], end: end, timeout: check.timeout)
      return nil
    case .failure(let failure):
      close(ends[0])
      return .init(isGood: false, text: failure.message)
    }
  }

  /// Takes what checks have written, and kills those whose time is over.
  func turn(at now: Milliseconds) {
    for (pid, run) in runs {
      read(pid)
      guard run.end <= now, !run.isOverdue else { continue }
      runs[pid]?.isOverdue = true
      kill(-pid, SIGKILL)
    }
  }

  private func read(_ pid: Int32) {
    guard var run = runs.removeValue(forKey: pid) else { return }
    var bytes: [UInt8] = []
    // A command that writes without end is not read without end: once in a turn, but for its last words.
    run.isSilent = readMore(run.output, into: &bytes) == 0
    run.bytes += bytes.prefix(Self.limit - run.bytes.count)
    runs[pid] = run
  }

  /// A child has ended: the name of the process that it was a check of, and the result; nil for any other child.
  func ended(pid: Int32, _ reason: String, failed: Bool) -> (name: String, result: Checkup.Result)? {
    read(pid)
    guard let run = runs.removeValue(forKey: pid) else { return nil }
    kill(-pid, SIGKILL)
    close(run.output)
    let written = String(decoding: run.bytes, as: UTF8.self).split(whereSeparator: \.isNewline).joined(separator: "; ")
    if run.isOverdue { return (run.name, .init(isGood: false, text: "no answer in \(run.timeout.text)")) }
    return (run.name, .init(isGood: !failed, text: written.isEmpty ? "the check \(reason)" : written))
  }
}
