private import CZeroMQ
private import Glibc

/// A thread of its own for the loop that owns sockets, so that it may wait without holding up other tasks.
package enum DedicatedThread {
  /// Runs the body on a new thread and returns or throws what it does. Cancelling has no effect: wake the body up.
  ///
  /// - Parameter name: at most 15 bytes, as `ps -L` and debuggers show it.
  package static func run<Result: Sendable, Failure: Error>(
    _ name: String, _ body: @escaping @Sendable () throws(Failure) -> Result
  ) async throws(Failure) -> Result {
    let outcome: Swift.Result<Result, Failure> = await withCheckedContinuation { continuation in
      start(name) {
        do throws(Failure) {
          continuation.resume(returning: .success(try body()))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
    return try outcome.get()
  }

  /// Runs the body on a new thread, for which nobody waits.
  static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
    let work = Work(name: name, body: body)
    var thread = pthread_t()
    let result = unsafe pthread_create(
      &thread, nil,
      { argument in
        let work = unsafe Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue()
        unsafe name_thread(work.name)
        work.body()
        return nil
      }, Unmanaged.passRetained(work).toOpaque())
    precondition(result == 0, "this process cannot have another thread")
    pthread_detach(thread)
  }
}

private final class Work: Sendable {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}
