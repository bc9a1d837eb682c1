import Record
import Testing
import Wire
import TestSupport

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

  @Test func whatWasNotAnsweredIsSentAgainThoughWelcomeCoversIt() {
    var window = PushWindow()
    for name in ["a", "b", "c"] { window.add(document(name)) }
    _ = window.take(.welcome(epoch: 1, sequence: 0), at: .zero)
    _ = window.due(at: .zero)
    window.endSession()
    #expect(names(window.take(.welcome(epoch: 2, sequence: 1), at: .zero)) == [])
    #expect(sequences(window.due(at: .zero)) == [2, 3, 4])
    _ = window.take(.refused(sequence: 2, code: "key_conflict", message: "other bytes"), at: .zero)
    #expect(names(window.take(.ok(sequence: 3, known: [3]), at: .zero)) == ["a key_conflict: other bytes", "b known"])
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

  /// A queue that refuses, is busy, is restarted at random and loses messages with their connection: every document is
  /// taken once or reported as refused.
  @Test(arguments: 0..<100) func everyDocumentIsTakenOnceOrReportedAsRefusedWhateverIsLost(seed: UInt64) {
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
        queue.beginSession(losesTaken: dice.roll(2) == 0)
        decided += names(window.take(.welcome(epoch: 1, sequence: 0), at: now))
      }
      for request in window.due(at: now) { queue.receive(request, isBusy: dice.roll(30) == 0) }
      let replies = queue.replies(commit: dice.roll(3) > 0)
      queue.hasSession = dice.roll(10) > 0
      if queue.hasSession { for reply in replies { decided += names(window.take(reply, at: now)) } }
    }
    #expect(
      decided.map { $0.replacing(" known", with: "") }
        == (0..<200).map { ModelQueue.refuses("d\($0)") ? "d\($0) key_conflict: other bytes" : "d\($0)" })
    #expect(queue.ledger == (0..<200).map { "d\($0)" }.filter { !ModelQueue.refuses($0) })
  }
}

/// A queue's side of PUT in memory: what is taken is committed later, or lost with a restart. Each session is that of
/// another producer.
private struct ModelQueue {
  private(set) var ledger: [String] = []
  var hasSession = false
  private var confirmed: UInt64 = 0
  private var taken: [String] = []
  private var answers: [ClientReply] = []

  static func refuses(_ key: String) -> Bool { key.hasSuffix("3") }

  mutating func beginSession(losesTaken: Bool) {
    if !losesTaken { _ = replies(commit: true) }
    (taken, answers, hasSession, confirmed) = ([], [], true, 0)
  }

  mutating func receive(_ request: ClientRequest, isBusy: Bool) {
    guard case .put(let sequence, let key, _) = request, sequence == confirmed + UInt64(taken.count) + 1 else {
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
    var known: [UInt64] = []
    for key in taken {
      confirmed += 1
      if Self.refuses(key) {
        answers.append(.refused(sequence: confirmed, code: "key_conflict", message: "other bytes"))
      } else if ledger.contains(key) {
        known.append(confirmed)
      } else {
        ledger.append(key)
      }
    }
    taken = []
    return answers + [.ok(sequence: confirmed, known: known)]
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
