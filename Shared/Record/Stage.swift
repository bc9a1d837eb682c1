/// One step of the pipeline: a function from the layers of a document to the layers that it adds.
///
/// The Worker runtime calls it for each job of a queue, `gongwen run` for each input in one process.
/// A stage keeps nothing between documents that could change a result.
package protocol Stage: Sendable {
  /// The stage's name in the topology, `clean`.
  var name: String { get }

  /// The layers to add to the document.
  ///
  /// Throwing makes the document a failure (`fatal`) or another attempt (`retryable`). Cancelling the task means that the
  /// time allowed for the document has run out: the result is not awaited.
  func process(_ input: Layers, _ context: StageContext) async throws(StageFailure) -> Layers
}

/// What a stage is told beside the document.
package struct StageContext: Sendable {
  /// The number of this attempt, from 1.
  package var attempt: Int
  /// Seconds that earlier stages spent on the document, in order.
  package var seconds: [(stage: String, seconds: ExactDecimal)]

  package init(attempt: Int = 1, seconds: [(stage: String, seconds: ExactDecimal)] = []) {
    self.attempt = attempt
    self.seconds = seconds
  }
}

/// The document on its way: named layers in the order in which they were added, never changed once there.
///
/// `source` (JSON) and `raw` (bytes) come from the producer or from fetch; `text` (UTF-8) and `clean` (JSON) from clean;
/// `segment` (JSON) from segment; `record` (the finished line) from extract. Any other name belongs to a worker of the
/// user's own and holds a JSON value.
package struct Layers: Sendable, Equatable {
  package struct Layer: Sendable, Equatable {
    package var name: String
    package var bytes: [UInt8]
  }

  package private(set) var all: [Layer] = []

  package init() {}

  package subscript(name: String) -> [UInt8]? { all.last { $0.name == name }?.bytes }

  package mutating func append(_ name: String, _ bytes: [UInt8]) { all.append(Layer(name: name, bytes: bytes)) }

  package mutating func append(_ other: Layers) { all += other.all }

  /// The sum of the layers' sizes in bytes.
  package var size: Int { all.reduce(0) { $0 + $1.bytes.count } }

  /// The layer of a name, or a failure that says which stage is missing before this one.
  package func required(_ name: String, stage: String) throws(StageFailure) -> [UInt8] {
    guard let bytes = self[name] else {
      throw StageFailure(
        .missingLayer, stage: stage,
        "The document has no layer '\(name)': the stage that makes it must come before '\(stage)'.")
    }
    return bytes
  }

  /// Layers that no stage of this program makes, in order.
  package var foreign: [Layer] { all.filter { !Self.own.contains($0.name) } }

  private static let own: Set<String> = ["source", "raw", "text", "clean", "segment", "record", "failure"]
}
