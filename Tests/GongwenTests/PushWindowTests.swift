import Record
import Testing
import Wire

@testable import Gongwen

@Suite struct PushWindowTests {
  @Test func documentsAreSentOnceASessionBeginsAndDecidedInTheirOrder() {
    var window = PushWindow()
    for name in ["a", "b"] { window.add(document(name)) }
    #expect(window.due(at: .zero).isEmpty)
    #expect(names(window.take(.welcome(epoch: 1, sequence: 0), at: .zero)) == [])
    #expect(sequences(window.due(at: .zero)) == [1, 2])
    #expect(window.due(at: .zero).isEmpty)
    #expect(names(window.take(.ok(sequence: 2, known: [2]), at: .zero)) == ["a", "b known"])
    #expect(window.isEmpty)
  }

  @Test func whatWelcomeConfirmsIsDecidedAndTheRestIsSentAgain() {
    var window = PushWindow()
    for name in ["a", "b", "c"] { window.add(document(name)) }
    _ = window.take(.welcome(epoch: 1, sequence: 0), at: .zero)
    _ = window.due(at: .zero)
    window.endSession()
    #expect(names(window.take(.welcome(epoch: 2, sequence: 1), at: .zero)) == ["a"])
    #expect(sequences(window.due(at: .zero)) == [2, 3])
  }

  @Test func busyHoldsBackUntilItsTimeAndThenBeginsAfterTheLastTaken() {
    var window = PushWindow()
    for name in ["a", "b", "c"] { window.add(document(name)) }
    _ = window.take(.welcome(epoch: 1, sequence: 0), at: .zero)
    _ = window.due(at: .zero)
    _ = window.take(.busy(sequence: 1, milliseconds: 500), at: .seconds(1))
    #expect(window.isHeldBack)
    #expect(window.due(at: .milliseconds(1499)).isEmpty)
    #expect(window.nextDeadline == .milliseconds(1500))
    #expect(sequences(window.due(at: .milliseconds(1500))) == [2, 3])
  }

  @Test func refusedDocumentIsDecidedInItsPlace() {
    var window = PushWindow()
    for name in ["a", "b", "c"] { window.add(document(name)) }
    _ = window.take(.welcome(epoch: 1, sequence: 0), at: .zero)
    _ = window.due(at: .zero)
    #expect(names(window.take(.refused(sequence: 2, code: "key_conflict", message: "other bytes"), at: .zero)) == [])
    #expect(names(window.take(.ok(sequence: 3, known: []), at: .zero)) == ["a", "b key_conflict: other bytes", "c"])
  }

  @Test func queueThatLostItsLedgerGetsWhatIsNotDecidedUnderNewNumbers() {
    var window = PushWindow()
    for name in ["a", "b"] { window.add(document(name)) }
    _ = window.take(.welcome(epoch: 1, sequence: 0), at: .zero)
    _ = window.due(at: .zero)
    _ = window.take(.ok(sequence: 1, known: []), at: .zero)
    window.endSession()
    #expect(names(window.take(.welcome(epoch: 1, sequence: 0), at: .zero)) == [])
    #expect(sequences(window.due(at: .zero)) == [1])
    #expect(names(window.take(.ok(sequence: 1, known: []), at: .zero)) == ["b"])
  }

  @Test func memoryIsBoundedButOneLargeDocumentAlwaysFits() {
    var window = PushWindow()
    #expect(window.hasRoom)
    window.add(document("large", size: 40 << 20))
    #expect(!window.hasRoom)
    var small = PushWindow()
    for _ in 0..<512 { small.add(document("s")) }
    #expect(!small.hasRoom)
  }

  /// A queue that loses messages with their connection, is busy, and is restarted at random takes every document once.
  @Test(arguments: 0..<100) func everyDocumentIsTakenOnceWhateverIsLost(seed: UInt64) {
    var dice = Dice(seed)
    var window = PushWindow()
    var queue = ModelQueue()
    var decided: [String] = []
    var added = 0
    var now = Duration.zero
    while decided.count < 200 {
      now += .milliseconds(100)
      while added < 200, window.hasRoom, dice.roll(4) > 0 {
        window.add(document("d\(added)"))
        added += 1
      }
      if dice.roll(20) == 0 || !queue.hasSession {
        // The connection ends: what was under way in both directions is lost.
        window.endSession()
        queue.restart()
        decided += names(window.take(queue.welcome(), at: now))
      }
      for request in window.due(at: now) { queue.receive(request, isBusy: dice.roll(30) == 0) }
      for reply in queue.replies(commit: dice.roll(3) > 0) { decided += names(window.take(reply, at: now)) }
    }
    #expect(decided == (0..<200).map { "d\($0)" })
    #expect(queue.ledger == decided)
  }
}

/// A queue's side of PUT in memory: what is taken is committed later, or lost with a restart.
private struct ModelQueue {
  private(set) var ledger: [String] = []
  private(set) var hasSession = false
  private var taken: [String] = []
  private var answers: [ClientReply] = []

  mutating func restart() {
    (taken, answers, hasSession) = ([], [], true)
  }

  func welcome() -> ClientReply { .welcome(epoch: 1, sequence: UInt64(ledger.count)) }

  mutating func receive(_ request: ClientRequest, isBusy: Bool) {
    guard case .put(let sequence, let key, _) = request, sequence == UInt64(ledger.count + taken.count) + 1 else {
      return
    }
    if isBusy {
      answers.append(.busy(sequence: sequence - 1, milliseconds: 300))
    } else {
      taken.append(key)
    }
  }

  mutating func replies(commit: Bool) -> [ClientReply] {
    defer { answers = [] }
    guard commit, !taken.isEmpty else { return answers }
    ledger += taken
    taken = []
    return answers + [.ok(sequence: UInt64(ledger.count), known: [])]
  }
}

private struct Dice {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func roll(_ sides: UInt64) -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state % sides
  }
}

private func document(_ name: String, size: Int = 1) -> PushWindow.Document {
  var layers = Layers()
  layers.append("raw", [UInt8](repeating: 0, count: size))
  return PushWindow.Document(key: name, name: name, layers: layers)
}

private func sequences(_ requests: [ClientRequest]) -> [UInt64] {
  requests.compactMap { if case .put(let sequence, _, _) = $0 { sequence } else { nil } }
}

private func names(_ outcomes: [PushWindow.Outcome]) -> [String] {
  outcomes.map {
    switch $0 {
    case .durable(_, let name, let isKnown): isKnown ? "\(name) known" : name
    case .refused(let name, let reason): "\(name) \(reason)"
    }
  }
}
