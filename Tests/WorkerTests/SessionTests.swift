import Record
import Testing
import Wire
import Worker

/// The conversation of a worker, without a socket and without a clock.
struct SessionTests {
  private static func plan() -> SessionPlan {
    var plan = SessionPlan(stage: "clean", name: "clean-1")
    (plan.slots, plan.prefetch, plan.bytes) = (1, 2, 1000)
    (plan.timeLimit, plan.grace, plan.maximumDocument) = (.seconds(10), .seconds(2), 5000)
    return plan
  }

  /// A session that the queue accepted at time 0, with heartbeats every second.
  private static func accepted(_ plan: SessionPlan = plan()) -> Session {
    var session = Session(plan)
    _ = session.handle(at: .zero)
    _ = session.handle([.received(.accepted(epoch: 7, heartbeat: 1000, lease: 15_000))], at: .zero)
    return session
  }

  @Test func aSessionStartsWithAConnectionAndAllItsCredit() {
    var session = Session(Self.plan())
    #expect(session.handle(at: .zero) == [.connect, .send(ready(3, 1000))])
  }

  @Test func jobsAreStartedAsPlacesAreFreeAndCreditFollowsWhatEnds() {
    var session = Self.accepted()
    let jobs = (1...3).map { job($0, size: 100) }
    #expect(
      session.handle(jobs.map { .received(.job($0)) }, at: .seconds(0.1)) == [
        .send(.start(jobs[0].lease)), .process(jobs[0]),
      ])
    let result = Session.Event.finished(jobs[0].lease, .layers(Layers()), microseconds: 5)
    #expect(
      session.handle([result], at: .seconds(0.2)) == [
        .send(.result(jobs[0].lease, microseconds: 5, layers: Layers())), .send(.start(jobs[1].lease)),
        .process(jobs[1]), .send(ready(4, 1100)),
      ])
  }

  @Test func aFailureOfTheStageIsReportedWithItsVerdict() {
    var session = Self.accepted()
    let job = job(1)
    _ = session.handle([.received(.job(job))], at: .zero)
    let failure = StageFailure(.timedOut, stage: "clean", "No answer.")
    let actions = session.handle([.finished(job.lease, .failure(failure), microseconds: 5)], at: .zero)
    #expect(actions.first == .send(.fail(job.lease, code: "timed_out", isRetryable: true, message: "No answer.")))
  }

  @Test func aDocumentBeyondTheLimitFailsWithoutBeingLookedAt() {
    var session = Self.accepted()
    let actions = session.handle([.received(.job(job(1, size: 5001)))], at: .zero)
    #expect(codes(actions) == ["input_too_large"])
    #expect(!actions.contains(.send(.start(job(1).lease))))
    #expect(actions.last == .send(ready(4, 6001)))
  }

  @Test func heartbeatsNameAllThatIsInHand() {
    var session = Self.accepted()
    _ = session.handle([.received(.job(job(1))), .received(.job(job(2)))], at: .seconds(0.5))
    #expect(session.nextDeadline == .seconds(1))
    #expect(session.handle(at: .seconds(1)) == [.send(.heartbeat([job(1).lease, job(2).lease]))])
    #expect(session.nextDeadline == .seconds(2))
  }

  @Test func aDocumentBeyondItsTimeFailsAndItsPlaceIsFreeOnceItStops() {
    var session = Self.accepted()
    _ = session.handle([.received(.job(job(1))), .received(.job(job(2)))], at: .zero)
    keepAlive(&session, until: .seconds(10))
    let actions = session.handle(at: .seconds(10))
    #expect(actions.contains(.cancel(job(1).lease)))
    #expect(codes(actions) == ["out_of_time"])
    #expect(!actions.contains(.process(job(2))))
    let late = Session.Event.finished(job(1).lease, .layers(Layers()), microseconds: 5)
    let after = session.handle([late], at: .seconds(11))
    #expect(after.contains(.process(job(2))))
    #expect(!after.contains(.send(.result(job(1).lease, microseconds: 5, layers: Layers()))))
  }

  @Test func aStageThatDoesNotStopEndsTheProcessAfterTheOthersAreDone() {
    var plan = Self.plan()
    plan.slots = 2
    var session = Self.accepted(plan)
    _ = session.handle([.received(.job(job(1)))], at: .zero)
    keepAlive(&session, until: .seconds(9))
    _ = session.handle([.received(.job(job(2))), .received(.job(job(3)))], at: .seconds(9))
    _ = session.handle([.received(.alive(epoch: 7))], at: .seconds(10))
    let stuck = session.handle([.received(.alive(epoch: 7))], at: .seconds(12))
    #expect(stuck.contains(.send(.giveBack(job(3).lease))))
    #expect(session.nextDeadline.map { $0 > .seconds(12) } == true)
    let last = session.handle([.finished(job(2).lease, .layers(Layers()), microseconds: 5)], at: .seconds(13))
    #expect(
      last.filter { $0 != .send(.heartbeat([])) } == [
        .send(.result(job(2).lease, microseconds: 5, layers: Layers())), .send(.bye), .end(.stuck),
      ])
  }

  @Test func drainingFinishesWhatIsStartedAndGivesBackTheRest() {
    var session = Self.accepted()
    _ = session.handle([.received(.job(job(1))), .received(.job(job(2)))], at: .zero)
    #expect(session.handle([.drain], at: .zero) == [.send(.giveBack(job(2).lease))])
    #expect(session.handle([.received(.job(job(3)))], at: .zero) == [.send(.giveBack(job(3).lease))])
    let end = session.handle([.finished(job(1).lease, .layers(Layers()), microseconds: 5)], at: .zero)
    #expect(
      end == [.send(.result(job(1).lease, microseconds: 5, layers: Layers())), .send(.bye), .end(.drained)])
    #expect(session.handle([.received(.job(job(4)))], at: .seconds(9)) == [])
  }

  @Test func drainingWithoutAConnectionEndsAtOnce() {
    var session = Session(Self.plan())
    _ = session.handle(at: .zero)
    #expect(session.handle([.disconnected, .drain], at: .seconds(1)) == [.end(.drained)])
  }

  @Test(arguments: [WireError(.unknownStage, "No such stage."), WireError(.unsupportedVersion, "Only 2.")])
  func aWorkerThatTheQueueDoesNotTakeEnds(_ error: WireError) {
    var session = Session(Self.plan())
    _ = session.handle(at: .zero)
    #expect(session.handle([.received(.error(error))], at: .zero) == [.end(.refused(error))])
  }
}
