internal import Record

/// Documents under way: taken in order, processed on all cores, given back in order. Bounded in number and in bytes, so
/// that memory does not grow with the number of inputs.
struct Window {
  private var tasks: [(size: Int, outcome: Task<InProcess.Outcome, Never>)] = []
  private var first = 0
  private var bytes = 0
  private let limit: Int
  private let byteLimit: Int

  /// - Parameter byteLimit: a document is still taken while those under way are smaller together, so one may exceed it.
  init(documents limit: Int, bytes byteLimit: Int = 64 << 20) {
    self.limit = limit
    self.byteLimit = byteLimit
  }

  var isEmpty: Bool { first == tasks.count }
  var hasRoom: Bool { tasks.count - first < limit && bytes < byteLimit }

  mutating func add(size: Int, _ work: @escaping @Sendable () async -> InProcess.Outcome) {
    if first > limit {
      tasks.removeFirst(first)
      first = 0
    }
    tasks.append((size, Task(operation: work)))
    bytes += size
  }

  /// The outcome of the oldest document, which leaves the window.
  mutating func next() async -> InProcess.Outcome {
    let (size, outcome) = tasks[first]
    first += 1
    bytes -= size
    return await outcome.value
  }
}
