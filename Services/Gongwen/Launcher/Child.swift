internal import CProcess
internal import Glibc

/// Starts programs, each in a process group of its own.
struct Child {
  /// Program with its path, then arguments.
  var command: [String]
  var environment: [String: String]
  /// Where it runs, nil for the folder of this process.
  var folder: String?
  /// Takes standard output and standard error.
  var output: Output
  /// A descriptor that the child has as well, at the same number; -1 for none.
  var kept: Int32 = -1
  /// Sent to the child when the thread that starts it ends: nobody is left alone when the supervisor is killed.
  var deathSignal: Int32 = SIGTERM
  /// Whether the child gets a session of its own, and so outlives the terminal.
  var hasOwnSession = false

  enum Output: Equatable {
    /// What is written is appended to it.
    case file(String)
    case descriptor(Int32)

    static let nothing = Output.file("/dev/null")
  }

  /// The process id, or a sentence that says why there is none.
  func start() -> Result<Int32, StartFailure> {
    switch output {
    case .descriptor(let descriptor): return start(descriptor)
    case .file(let path):
      let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { return .failure(StartFailure("\(path) cannot be written: \(lastError())")) }
      defer { close(descriptor) }
      return start(descriptor)
    }
  }

  private func start(_ output: Int32) -> Result<Int32, StartFailure> {
    let variables = environment.map { "\($0.key)=\($0.value)" }
    let pid = unsafe withStrings(command) { arguments -> Int32 in
      unsafe withStrings(variables) { variables -> Int32 in
        var plan = unsafe child_plan()
        unsafe plan.path = UnsafePointer(arguments[0])
        unsafe plan.arguments = UnsafePointer(arguments)
        unsafe plan.environment = UnsafePointer(variables)
        unsafe plan.output = output
        defer { unsafe free(UnsafeMutableRawPointer(mutating: plan.folder)) }
        unsafe plan.folder = UnsafePointer(folder.map { unsafe strdup($0) })
        unsafe plan.kept = kept
        unsafe plan.death_signal = deathSignal
        unsafe plan.session = hasOwnSession
        return unsafe start_child(&plan)
      }
    }
    return pid > 0
      ? .success(pid)
      : .failure(StartFailure("\(command[0]) cannot be started\(folder.map { " in \($0)" } ?? ""): \(lastError())"))
  }

  /// A child that has ended, if there is one, with the words for how.
  static func nextEnded() -> (pid: Int32, reason: String, failed: Bool)? {
    var status: Int32 = 0
    let pid = unsafe waitpid(-1, &status, WNOHANG)
    guard pid > 0 else { return nil }
    let signal = status & 0x7F
    if signal != 0 { return (pid, "ended by signal \(signal)", true) }
    let code = (status >> 8) & 0xFF
    return (pid, "ended with status \(code)", code != 0)
  }
}

struct StartFailure: Error, Equatable {
  let message: String
  init(_ message: String) { self.message = message }
}

/// Calls the body with the strings as C has them: a list of pointers that ends with null.
private func withStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers = unsafe strings.map { unsafe strdup($0) } + [nil]
  defer { unsafe pointers.forEach { unsafe free($0) } }
  return unsafe pointers.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress!) }
}
