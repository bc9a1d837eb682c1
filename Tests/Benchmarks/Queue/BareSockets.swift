import CZeroMQ
import ZeroMQ

/// The same messages through libzmq without a queue.
struct BareSockets: Sendable {
  let address: String
  let load: Load

  /// Messages in a second from a PUSH to a PULL.
  func direct() async throws -> Double {
    async let received = received(at: address)
    try await push(to: address)
    return try await received
  }

  /// The same with libzmq's own proxy between the two.
  func proxied() async throws -> Double {
    let proxy = Proxy(from: address + ".in", to: address + ".out")
    async let running: Void = DedicatedThread.run("proxy") { proxy.run() }
    async let received = received(at: address + ".out", binding: false)
    try await push(to: address + ".in")
    let rate = try await received
    proxy.stop()
    await running
    return rate
  }

  /// To a worker, back, and to a sink, as a document goes through a queue with one stage before the sink.
  func chain() async throws -> Double {
    async let received = received(at: address + ".sink")
    async let middle: Void = forward(from: address + ".results", to: address + ".sink")
    async let worker: Void = forward(from: address, to: address + ".results")
    try await push(to: address)
    _ = try await (middle, worker)
    return try await received
  }

  private func push(to address: String) async throws {
    try await DedicatedThread.run("push") { () throws in
      let push = try Socket(.push, in: Context(), .linger(nil))
      try push.connect(address)
      for number in 0..<load.count { try push.send(load.document(number), wait: true) }
    }
  }

  private func forward(from: String, to: String) async throws {
    try await DedicatedThread.run("forward") { () throws in
      let pull = try Socket(.pull, in: Context())
      let push = try Socket(.push, in: Context(), .linger(nil))
      try pull.bind(from)
      try push.connect(to)
      for _ in 0..<load.count {
        if let frames = try pull.receive(wait: true) { try push.send(frames, wait: true) }
      }
    }
  }

  /// Counted from the first message.
  private func received(at address: String, binding: Bool = true) async throws -> Double {
    try await DedicatedThread.run("pull") { () throws in
      let pull = try Socket(.pull, in: Context())
      if binding { try pull.bind(address) } else { try pull.connect(address) }
      _ = try pull.receive(wait: true)
      let start = ContinuousClock.now
      for _ in 1..<load.count { _ = try pull.receive(wait: true) }
      return load.rate(since: start)
    }
  }
}

/// `zmq_proxy` between a PULL and a PUSH.
@safe private final class Proxy: @unchecked Sendable {
  // Contexts may be used from any thread; the sockets are those of the thread that runs the proxy.
  private let context = unsafe zmq_ctx_new()
  private let input: String
  private let output: String

  init(from input: String, to output: String) {
    self.input = input
    self.output = output
  }

  /// Returns when it is stopped.
  func run() {
    let pull = unsafe zmq_socket(context, ZMQ_PULL)
    let push = unsafe zmq_socket(context, ZMQ_PUSH)
    let isBound = unsafe zmq_bind(pull, input) == 0 && zmq_bind(push, output) == 0
    precondition(isBound, "the proxy's addresses are free")
    unsafe zmq_proxy(pull, push, nil)
    unsafe zmq_close(pull)
    unsafe zmq_close(push)
  }

  func stop() {
    unsafe zmq_ctx_shutdown(context)
    unsafe zmq_ctx_term(context)
  }
}
