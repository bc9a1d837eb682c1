import Record
import Testing
import Wire
import Worker

/// Random events against what must hold at any moment.
struct SessionModelTests {
  /// What the test remembers of a session, to compare with what it does.
  private struct Model {
    var plan: SessionPlan
    var granted = WorkerMessage.Credit(messages: 0, bytes: 0)
    var sent = WorkerMessage.Credit(messages: 0, bytes: 0)
    var isConnected = false
    var started: Set<Lease> = []
    var running: [Lease] = []
    var answered: Set<Lease> = []

    mutating func check(_ actions: [Session.Action]) {
      for action in actions {
        switch action {
        case .connect: (isConnected, sent, granted) = (true, .init(messages: 0, bytes: 0), .init(messages: 0, bytes: 0))
        case .send(.ready(let announcement)):
          #expect(announcement.credit.messages >= granted.messages, "credit is never taken back")
          #expect(announcement.credit.bytes >= granted.bytes, "credit is never taken back")
          granted = announcement.credit
          #expect(granted.messages <= sent.messages + UInt64(plan.slots + plan.prefetch))
        case .process(let job):
          #expect(started.insert(job.lease).inserted, "a job is processed once")
          running.append(job.lease)
          #expect(running.count <= plan.slots)
        case .send(.result(let lease, _, _)), .send(.fail(let lease, _, _, _, _)), .send(.giveBack(let lease)):
          #expect(answered.insert(lease).inserted, "a job is answered once")
        case .send, .cancel, .end: break
        }
      }
    }
  }

  @Test(arguments: 0..<200) func creditIsKeptAndEveryJobIsAnsweredOnce(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    var plan = SessionPlan(stage: "clean", name: "clean-1")
    plan.slots = Int.random(in: 1...3, using: &random)
    plan.prefetch = Int.random(in: 0...4, using: &random)
    plan.bytes = 1000
    var (model, session) = (Model(plan: plan), Session(plan))
    var (now, number, epoch) = (Duration.zero, UInt64(0), UInt64(1))
    for _ in 0..<300 {
      now += .milliseconds(Int.random(in: 0...400, using: &random))
      var events: [Session.Event] = []
      switch Int.random(in: 0..<20, using: &random) {
      case 0: (events, model.isConnected) = ([.disconnected], false)
      case 1:
        epoch += UInt64.random(in: 0...1, using: &random)
        events = [.disconnected]
        model.isConnected = false
      case 2..<6 where model.isConnected:
        events = [.received(.accepted(epoch: epoch, heartbeat: 1000, lease: 1))]
      case 6..<14 where model.isConnected && model.sent.messages < model.granted.messages:
        number += 1
        let next = job(number, size: Int.random(in: 1...300, using: &random))
        guard model.sent.bytes + UInt64(next.layers.size) <= model.granted.bytes else { continue }
        model.sent.messages += 1
        model.sent.bytes += UInt64(next.layers.size)
        events = [.received(.job(next))]
      case 14..<20 where !model.running.isEmpty:
        let lease = model.running.remove(at: Int.random(in: 0..<model.running.count, using: &random))
        events = [.finished(lease, .layers(Layers()), microseconds: 1)]
      default: events = []
      }
      model.check(session.handle(events, at: now))
      if let deadline = session.nextDeadline { #expect(deadline > now, "no deadline lies in the past") }
    }
  }
}

/// A small generator of random numbers with a seed.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
