internal import Record
internal import Wire

/// Who a worker is and how much it takes upon itself.
package struct SessionPlan: Sendable {
  package var stage: String
  /// The name of this process, `clean-1`.
  package var name: String
  /// Empty but for sinks, as the address is.
  package var partition = ""
  package var address = ""
  /// Documents that are processed at a time.
  package var slots = 1
  /// Documents that wait in the worker, so that it need not wait for the queue.
  package var prefetch = 4
  /// Bytes of documents in hand, in all, unless there is only one.
  package var bytes = 64 << 20
  /// Bytes of one document, all its layers together.
  package var maximumDocument = 256 << 20
  /// How long one document may take.
  package var timeLimit = Duration.seconds(60)
  /// How long a stage has to notice that the time of its document is over.
  package var grace = Duration.seconds(2)
  /// How long the answer to READY is awaited.
  package var patience = Duration.seconds(3)

  package init(stage: String, name: String) {
    self.stage = stage
    self.name = name
  }

  var documents: Int { slots + prefetch }

  func announcement(_ credit: WorkerMessage.Credit) -> WorkerMessage.Announcement {
    .init(stage: stage, name: name, credit: credit, partition: partition, address: address)
  }

  /// The pause before the next connection, after a number of ones in vain.
  func pause(after failures: Int) -> Duration {
    .milliseconds(min(1000, 25 << min(failures, 10)))
  }

  func tooLarge(_ size: Int) -> StageFailure {
    StageFailure(
      .inputTooLarge, stage: stage,
      "The document and its layers have \(size) bytes; '\(stage)' takes \(maximumDocument). Raise --maximum-document.")
  }

  var outOfTime: StageFailure {
    StageFailure(
      .outOfTime, stage: stage,
      "The document took longer than the \(timeLimit.components.seconds) seconds that '\(stage)' allows for one. "
        + "Raise --time-limit, or leave the document out.")
  }
}
