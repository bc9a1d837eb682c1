import Record
import Testing
import Wire
import Worker

/// What a worker does when the queue is silent, gone, or another one.
struct ReconnectionTests {
  private static func accepted() -> Session {
    var plan = SessionPlan(stage: "clean", name: "clean-1")
    (plan.slots, plan.prefetch, plan.bytes) = (1, 2, 1000)
    var session = Session(plan)
    _ = session.handle(at: .zero)
    _ = session.handle([.received(.accepted(epoch: 7, heartbeat: 1000, lease: 15_000))], at: .zero)
    return session
  }

  @Test func afterThreeHeartbeatsOfSilenceItConnectsAnew() {
    var session = Self.accepted()
    for second in 1...2 { #expect(session.handle(at: .seconds(second)) == [.send(.heartbeat([]))]) }
    #expect(session.handle(at: .seconds(3)) == [])
    let deadline = session.nextDeadline
    #expect(deadline.map { $0 > .seconds(3) && $0 < .seconds(3.1) } == true)
    #expect(session.handle(at: deadline ?? .zero) == [.connect, .send(ready(3, 1000))])
  }

  @Test func anAnswerInTimeKeepsTheConnection() {
    var session = Self.accepted()
    keepAlive(&session, until: .seconds(60))
    #expect(session.handle(at: .seconds(61)) == [.send(.heartbeat([]))])
  }

  @Test func aPauseOfTheWholeProcessIsNotTakenForSilenceWhenMessagesWait() {
    var session = Self.accepted()
    #expect(session.handle([.received(.alive(epoch: 7))], at: .seconds(50)) == [.send(.heartbeat([]))])
  }

  @Test func withoutAnAnswerToReadyItTriesAgainWithPausesThatGrowToASecond() {
    var session = Session(SessionPlan(stage: "clean", name: "clean-1"))
    var now = Duration.zero
    var pauses: [Duration] = []
    for _ in 0..<10 {
      #expect(session.handle(at: now).first == .connect)
      _ = session.handle([.disconnected], at: now)
      pauses.append((session.nextDeadline ?? now) - now)
      now = session.nextDeadline ?? now
    }
    #expect(pauses.first == .milliseconds(25))
    #expect(pauses.last == .seconds(1))
    #expect(pauses == pauses.sorted())
  }

  @Test(arguments: [
    [Session.Event.disconnected], [.received(.alive(epoch: 8))], [.received(.error(WireError(.noSession, "Who?")))],
    [.received(.accepted(epoch: 8, heartbeat: 1000, lease: 1))],
  ])
  func theNextSessionCountsFromZeroAndKnowsWhatIsStillInHand(_ events: [Session.Event]) {
    var session = Self.accepted()
    _ = session.handle([.received(.job(job(1, size: 300))), .received(.job(job(2)))], at: .zero)
    #expect(session.handle(events, at: .seconds(0.5)) == [])
    // The first job is under way and takes a place; the second one is the queue's again.
    #expect(session.handle(at: .seconds(0.6)) == [.connect, .send(ready(2, 700))])
  }

  @Test func whatEndsMeanwhileIsReportedToTheSameQueue() {
    var session = Self.accepted()
    _ = session.handle([.received(.job(job(1)))], at: .zero)
    let ended = Session.Event.finished(job(1).lease, .layers(Layers()), microseconds: 5)
    #expect(session.handle([.disconnected, ended], at: .zero) == [])
    _ = session.handle(at: .seconds(1))
    #expect(
      session.handle([.received(.accepted(epoch: 7, heartbeat: 1000, lease: 1))], at: .seconds(1)) == [
        .send(.result(job(1).lease, microseconds: 5, layers: Layers()))
      ])
  }

  @Test func whatEndsMeanwhileIsNotReportedToAnotherQueue() {
    var session = Self.accepted()
    _ = session.handle([.received(.job(job(1)))], at: .zero)
    let ended = Session.Event.finished(job(1).lease, .layers(Layers()), microseconds: 5)
    _ = session.handle([.disconnected, ended], at: .zero)
    _ = session.handle(at: .seconds(1))
    #expect(session.handle([.received(.accepted(epoch: 8, heartbeat: 1000, lease: 1))], at: .seconds(1)) == [])
  }
}
