import Record
import Wire
import ZeroMQ

extension Plan {
  /// Prints how long documents wait for their OK, one at a time, while a crowd of others is worked on and finished.
  func latency(_ address: QueueAddress) async throws {
    _ = try await accept(address)
    async let delivered = deliver(address)
    let waits = try await probe(address)
    print("delivered \(Int(try await delivered))/s beside")
    let milliseconds = waits.map { $0 / .milliseconds(1) }.sorted()
    for part in [0.5, 0.99] {
      print("p\(Int(part * 100)) \(milliseconds[Int(Double(milliseconds.count - 1) * part)]) ms")
    }
  }

  /// Milliseconds from PUT to OK of small documents that follow each other, a tenth of the count.
  private func probe(_ address: QueueAddress) async throws -> [Duration] {
    try await DedicatedThread.run("probe") { () throws in
      let socket = try Socket(.dealer, in: Context(), .sendLimit(0))
      try socket.connect(address.clients)
      var random = SystemRandomNumberGenerator()
      let producer = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
      try socket.send(ClientRequest.hello(producer: producer).frames)
      _ = try socket.receive(wait: true)
      var layers = Layers()
      layers.append("source", Array("{\"uri\":\"probe\"}".utf8))
      layers.append("raw", [0])
      return try (1...UInt64(self.count / 10)).map { sequence in
        let start = ContinuousClock.now
        let key = "\(producer.hexadecimal)-\(sequence)"
        try socket.send(ClientRequest.put(sequence: sequence, key: key, layers: layers).frames, wait: true)
        _ = try socket.receive(wait: true)
        return ContinuousClock.now - start
      }
    }
  }
}
