import Foundation

/// A program that runs beside the test, and is killed when the test lets it go.
final class Running {
  private let process = Process()

  /// - Parameters:
  ///   - words: the program with its path, then arguments.
  ///   - output: the file that takes standard output and standard error.
  init(_ words: [String], environment: [String: String] = [:], input: String? = nil, output: String) throws {
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    _ = FileManager.default.createFile(atPath: output, contents: nil)
    let file = FileHandle(forWritingAtPath: output)
    (process.standardOutput, process.standardError) = (file, file)
    if let input { process.standardInput = FileHandle(forReadingAtPath: input) }
    // Threads of a pool let no signal through, and a child inherits that.
    var (none, usual) = (sigset_t(), sigset_t())
    unsafe pthread_sigmask(SIG_SETMASK, &none, &usual)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &usual, nil) }
    try process.run()
  }

  deinit { end(SIGKILL) }

  var isRunning: Bool { process.isRunning }

  var pid: Int32 { process.processIdentifier }

  /// Sends a signal, and returns the exit status, or the signal, that it ended with.
  @discardableResult func end(_ signal: Int32) -> Int32 {
    if process.isRunning { kill(pid, signal) }
    return status()
  }

  func status() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }
}

/// Whether a command of the shell ends well.
func succeeds(_ command: String) -> Bool {
  let probe = Process()
  probe.executableURL = URL(filePath: "/bin/sh")
  probe.arguments = ["-c", command]
  (probe.standardOutput, probe.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
  guard (try? probe.run()) != nil else { return false }
  probe.waitUntilExit()
  return probe.terminationStatus == 0
}

/// Returns as soon as a condition holds, and throws once the time of the test is over.
func until(_ condition: () async throws -> Bool) async throws {
  while try await !condition() {
    try Task.checkCancellation()
    await Task.yield()
  }
}
