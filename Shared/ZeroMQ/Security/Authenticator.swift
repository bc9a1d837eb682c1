private import Synchronization

/// Answers for the servers of a context which clients may connect (ZAP, ZeroMQ RFC 27), on a thread of its own.
///
/// libzmq asks once a client has proven that it has the secret key of the public one that it names.
final class Authenticator: Sendable {
  /// The name under which the servers ask; they refuse everybody while nobody answers.
  static let domain = "gongwen"
  private static let address = "inproc://zeromq.zap.01"

  private let isStopping = Atomic<Bool>(false)
  private let wakeUp = WakeUp()
  private let hasEnded = WakeUp()

  /// Answers from when this returns until `stop`, which must come before the context ends.
  static func start(in context: borrowing Context, _ keys: any KeyRing) throws(SocketError) -> Authenticator {
    let authenticator = Authenticator()
    let handle = unsafe ContextHandle(pointer: context.handle)
    let begun = WakeUp()
    let failure = Mutex<SocketError?>(nil)
    DedicatedThread.start("zap") {
      do throws(SocketError) {
        let socket = try Socket(.reply, in: handle)
        try socket.bind(address)
        begun.signal()
        authenticator.serve(socket, keys)
      } catch {
        failure.withLock { $0 = error }
        begun.signal()
      }
      authenticator.hasEnded.signal()
    }
    try wait(for: begun)
    if let error = failure.withLock({ $0 }) { throw error }
    return authenticator
  }

  /// Returns once the thread has left the context.
  func stop() {
    isStopping.store(true, ordering: .sequentiallyConsistent)
    wakeUp.signal()
    try? Self.wait(for: hasEnded)
  }

  private static func wait(for signal: WakeUp) throws(SocketError) {
    var poller = Poller([], wakeUp: signal)
    while try !poller.wait(nil) {}
  }

  /// Answers until `stop`, or until the context is shut down. Whatever else goes wrong ends the process: it would go on
  /// without letting anybody in, while one that ended is started again and says why.
  private func serve(_ socket: Socket, _ keys: any KeyRing) {
    var poller = Poller([socket], wakeUp: wakeUp)
    do throws(SocketError) {
      while !isStopping.load(ordering: .sequentiallyConsistent) {
        try poller.wait(nil)
        while let request = try socket.receive() { try socket.send(Self.answer(request, keys), wait: true) }
      }
    } catch {
      guard error == .terminated else { fatalError("It cannot be said any more which clients may connect. \(error)") }
    }
  }

  /// Frames of a request: version, number, domain, address, routing id, mechanism, credentials; of an answer: version,
  /// number, status, its words, the user's name, more facts.
  private static func answer(_ request: [[UInt8]], _ keys: any KeyRing) -> [[UInt8]] {
    let number = request.count > 1 ? request[1] : []
    guard request.count == 7, request[5] == Array("CURVE".utf8), let key = PublicKey(request[6]),
      let name = keys.name(ofClient: key, at: String(decoding: request[3], as: UTF8.self))
    else { return reply(number, status: "400", words: "the key is not allowed here", user: "") }
    return reply(number, status: "200", words: "", user: name)
  }

  private static func reply(_ number: [UInt8], status: String, words: String, user: String) -> [[UInt8]] {
    [Array("1.0".utf8), number] + [status, words, user, ""].map { Array($0.utf8) }
  }
}
