internal import Record
internal import Wire
internal import ZeroMQ

/// Looks on while documents pass a stage, until it is interrupted or has seen enough.
struct TapRun {
  let address: Endpoint
  let stage: String
  let every: UInt64
  /// Documents a second at most.
  let rate: UInt64
  let layers: [String]
  /// Nil for no end.
  let count: Int?

  /// The queue shows no more after a while unless it is asked again; what is granted anew each second bounds the rate.
  private static let period = Duration.seconds(1)

  /// - Parameter show: gets each event, a JSON object, and the layers that were asked for.
  /// - Throws: exit status 69 once no queue is there any more.
  func run(_ show: ([UInt8], Layers) -> Void) throws(CommandFailure) {
    let interruption = Interruption()
    var seen = 0
    do throws(SocketError) {
      var link = Link(toQueue: address.address, in: address.context)
      while !interruption.isRequested, !Link<ClientReply>.isAbsent(address.address) {
        if !link.isOpen { try link.open() }
        try link.send(ClientRequest.tap(stage: stage, every: every, count: rate, layers: layers).frames)
        let end = ContinuousClock.now + Self.period
        while ContinuousClock.now < end, !interruption.isRequested {
          for case .reply(.tapped(let json, let layers)) in try link.wait(ContinuousClock.now.duration(to: end)) {
            show(json, layers)
            seen += 1
            if seen == count { return }
          }
        }
      }
    } catch {
      throw CommandFailure(.unreachable, "\(error)")
    }
    guard !interruption.isRequested else { throw CommandFailure(.interrupted) }
    throw .noQueue(at: address)
  }
}
