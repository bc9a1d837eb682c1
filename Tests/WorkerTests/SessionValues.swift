import Record
import Wire
import Worker

/// A job with a number, its delivery being the first.
func job(_ number: UInt64, size: Int = 10) -> QueueMessage.Job {
  var layers = Layers()
  layers.append("raw", [UInt8](repeating: UInt8(ascii: "a"), count: size))
  return .init(
    lease: Lease(job: JobID(key: "job \(number)"), delivery: 1), number: number, watermark: 0, attempt: 1, timings: "",
    layers: layers)
}

/// The READY of `clean-1`.
func ready(_ messages: UInt64, _ bytes: UInt64) -> WorkerMessage {
  .ready(.init(stage: "clean", name: "clean-1", credit: .init(messages: messages, bytes: bytes)))
}

/// The codes of the FAILs among actions.
func codes(_ actions: [Session.Action]) -> [String] {
  actions.compactMap { if case .send(.fail(_, let code, _, _, _)) = $0 { code } else { nil } }
}

/// Lets time pass second by second while the queue answers.
func keepAlive(_ session: inout Session, until end: Duration) {
  var now = Duration.zero
  while now < end {
    _ = session.handle([.received(.alive(epoch: 7))], at: now)
    now += .seconds(1)
  }
}
