internal import Wire
internal import ZeroMQ

/// Asks the queue single questions.
struct QueueClient {
  /// How long an answer is awaited.
  static let patience = Duration.seconds(2)

  let address: String

  /// The queue's answer.
  ///
  /// - Throws: exit status 69 when no queue answers in time, at once where its socket does not exist.
  func ask(
    _ request: ClientRequest, within patience: Duration = Self.patience
  ) throws(CommandFailure) -> ClientReply {
    do throws(SocketError) {
      if let reply = try answer(to: request, within: patience) { return reply }
    } catch {
      throw CommandFailure(.unreachable, "\(error)")
    }
    throw .noQueue(at: address)
  }

  private func answer(to request: ClientRequest, within patience: Duration) throws(SocketError) -> ClientReply? {
    let clock = ContinuousClock()
    let end = clock.now + patience
    var link = Link(toQueue: address, in: Context())
    while clock.now < end, !Link<ClientReply>.isAbsent(address) {
      if !link.isOpen {
        try link.open()
        try link.send(request.frames)
      }
      for case .reply(let reply) in try link.wait(clock.now.duration(to: end)) { return reply }
      if !link.isOpen { _ = try link.wait(.milliseconds(50)) }
    }
    return nil
  }
}

extension CommandFailure {
  /// No queue answers, and how to start one.
  static func noQueue(at address: String) -> CommandFailure {
    CommandFailure(
      .unreachable,
      "no queue answers at \(address). Start the pipeline with 'gongwen up -d', or say with GONGWEN_HOME or "
        + "GONGWEN_QUEUE where it runs.")
  }
}
