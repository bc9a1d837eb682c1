internal import Wire

/// Jobs waiting for workers of one kind, small ones and large ones apart so that neither keeps the other waiting.
struct Lines {
  enum Size: CaseIterable { case small, large }

  /// Jobs from this size on stand in the line of large ones.
  static let large = 256 << 10
  /// Small jobs given out for each large one while both wait.
  static let turn = 8
  /// Jobs that a large one lets pass before a worker is kept free for it.
  static let patience = 64

  private var small = Line()
  private var large = Line()
  private var turns = 0
  private var passedOver = 0
  /// The worker kept free for the first large job.
  var reserved: Peer?

  var isEmpty: Bool { small.isEmpty && large.isEmpty }
  var count: Int { small.count + large.count }

  /// The lines in the order in which they should be served now.
  var order: [Size] { turns >= Self.turn ? [.large, .small] : [.small, .large] }

  func first(_ size: Size) -> JobID? { size == .small ? small.first : large.first }

  mutating func append(_ job: JobID, bytes: Int, isFirst: Bool) {
    if bytes < Self.large { small.append(job, isFirst: isFirst) } else { large.append(job, isFirst: isFirst) }
  }

  /// Takes the first of a line out; the result is whether a worker should now be kept free for the first large one.
  mutating func take(_ size: Size) -> Bool {
    guard size == .small else {
      large.removeFirst()
      (turns, passedOver, reserved) = (0, 0, nil)
      return false
    }
    small.removeFirst()
    guard !large.isEmpty else { return false }
    turns += 1
    passedOver += 1
    return passedOver >= Self.patience && reserved == nil
  }

  mutating func removeAll() -> [JobID] {
    defer { self = Lines() }
    return small.all + large.all
  }

  mutating func remove(_ job: JobID) {
    small.remove(job)
    large.remove(job)
  }
}

/// A queue with two ends.
private struct Line {
  private var front: [JobID] = []
  private var back: [JobID] = []
  private var head = 0

  var isEmpty: Bool { count == 0 }
  var count: Int { front.count + back.count - head }
  var first: JobID? { front.last ?? (head < back.count ? back[head] : nil) }
  var all: [JobID] { front.reversed() + back[head...] }

  mutating func append(_ job: JobID, isFirst: Bool) {
    if isFirst { front.append(job) } else { back.append(job) }
  }

  mutating func removeFirst() {
    if front.popLast() != nil { return }
    head += 1
    guard head > 64, head * 2 > back.count else { return }
    back.removeFirst(head)
    head = 0
  }

  mutating func remove(_ job: JobID) {
    let rest = all.filter { $0 != job }
    (front, back, head) = ([], rest, 0)
  }
}
