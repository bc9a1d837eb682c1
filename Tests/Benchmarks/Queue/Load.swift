import Record
import Wire

/// Documents that are alike.
struct Load: Sendable {
  let size: Int
  let count: Int

  /// The frames of a PUT; the key is as long as the queue's producers make it.
  func document(_ number: Int, key: String = String(repeating: "k", count: 40)) -> [[UInt8]] {
    var layers = Layers()
    layers.append("source", Array("{\"uri\":\"\(number)\"}".utf8))
    layers.append("raw", Array(repeating: UInt8(truncatingIfNeeded: number), count: size))
    return ClientRequest.put(sequence: UInt64(number), key: key, layers: layers).frames
  }

  /// Documents in a second since a moment.
  func rate(since start: ContinuousClock.Instant) -> Double {
    Double(count) / ((ContinuousClock.now - start) / .seconds(1))
  }
}
