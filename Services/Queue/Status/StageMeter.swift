/// What happened at a stage since the queue was started.
struct StageMeter: Sendable {
  /// From a sentence to a slow host; in seconds.
  static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

  var passes = RateCounter()
  /// The stage's own time for each document that passed.
  var seconds = Histogram(bounds)
  /// Processing starts.
  var attempts = 0
  /// Deliveries of a job that was given out at this stage before.
  var redeliveries = 0
  /// Attempts that ended with a failure after which the document is tried again.
  var retries = 0
  /// Documents whose failure was judged here: no other attempt helps.
  var failed = 0
  /// Documents whose attempts were used up here.
  var exhausted = 0
  /// Bytes of the layers that workers were sent, and that they sent back.
  var sentBytes = 0
  var receivedBytes = 0
  /// Dead letters there are now of this stage.
  var deadLetters = 0
}
