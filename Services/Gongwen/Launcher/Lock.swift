internal import Glibc

/// The right to run the pipeline of a home: a lock on `run/supervisor.lock`, which every process that the supervisor
/// starts holds as well, so that it is free only when the last one of them has gone.
enum Lock {
  /// The descriptor that holds the lock, or nil where somebody else has it.
  static func take(folder: String) throws(CommandFailure) -> Int32? { try take(folder, LOCK_EX | LOCK_NB) }

  /// The descriptor that holds the lock, once nobody else has it.
  static func wait(folder: String) throws(CommandFailure) -> Int32? { try take(folder, LOCK_EX) }

  private static func take(_ folder: String, _ operation: Int32) throws(CommandFailure) -> Int32? {
    let path = folder + "/supervisor.lock"
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw CommandFailure(.internalError, "\(path) cannot be opened: \(lastError()).") }
    guard flock(descriptor, operation) == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }
}

/// The words for `errno`.
func lastError() -> String { unsafe String(cString: strerror(errno)) }
