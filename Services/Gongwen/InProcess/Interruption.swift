internal import CProcess

/// Ctrl-C as a request to end after what is being written; the second one ends at once.
struct Interruption: Sendable {
  init() { interrupt_gently() }

  var isRequested: Bool { was_interrupted() }
}
