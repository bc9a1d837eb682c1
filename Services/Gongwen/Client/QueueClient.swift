internal import Wire
internal import ZeroMQ

/// Asks the queue single questions.
struct QueueClient {
  /// How long an answer is awaited.
  static let patience = Duration.seconds(2)

  let address: Endpoint

  /// The queue's answer.
  ///
  /// - Throws: exit status 69 when no queue answers in time, at once where its socket does not exist.
  func ask(
    _ request: ClientRequest, within patience: Duration = Self.patience
  ) throws(CommandFailure) -> ClientReply {
    let (reply, refusal): (ClientReply?, ConnectionEnds.Refusal?)
    do throws(SocketError) {
      (reply, refusal) = try answer(to: request, within: patience)
    } catch {
      throw CommandFailure(.unreachable, "\(error)")
    }
    try CommandFailure.check(refusal, by: address)
    guard let reply else { throw .noQueue(at: address, refusal: refusal) }
    return reply
  }

  private func answer(to request: ClientRequest, within patience: Duration) throws(SocketError)
    -> (ClientReply?, ConnectionEnds.Refusal?)
  {
    let clock = ContinuousClock()
    let end = clock.now + patience
    var link = Link(toQueue: address.address, in: address.context)
    while clock.now < end, !Link<ClientReply>.isAbsent(address.address) {
      if !link.isOpen {
        try link.open()
        try link.send(request.frames)
      }
      let time = min(.milliseconds(250), clock.now.duration(to: end))
      for case .reply(let reply) in try link.wait(time) { return (reply, nil) }
      // A queue that is just ending closes connections as well; one that has another key goes on doing so.
      if link.refusal.isFinal || link.refusal != nil && clock.now > end - patience + Self.patience { break }
      if !link.isOpen { _ = try link.wait(.milliseconds(50)) }
    }
    return (nil, link.refusal)
  }
}

extension CommandFailure {
  /// No queue answers, and how to start one.
  static func noQueue(at address: Endpoint, refusal: ConnectionEnds.Refusal? = nil) -> CommandFailure {
    if let refusal, address.address.hasPrefix("tcp:") { return CommandFailure(.unreachable, "\(address): \(refusal)") }
    return CommandFailure(
      .unreachable,
      "no queue answers at \(address). Start the pipeline with 'gongwen up -d', or say with GONGWEN_HOME or "
        + "GONGWEN_QUEUE where it runs.")
  }

  /// Throws where waiting does not help: somebody is there and does not take the keys of this process.
  static func check(_ refusal: ConnectionEnds.Refusal?, by address: Endpoint) throws(CommandFailure) {
    if refusal.isFinal { throw noQueue(at: address, refusal: refusal) }
  }
}

extension ConnectionEnds.Refusal? {
  /// Whether another attempt with the same keys ends in the same way.
  fileprivate var isFinal: Bool { self == .key }
}
