import Synchronization
import Testing
import ZeroMQ

/// Servers and clients with keys, over tcp on loopback.
struct CurveTests {
  /// Keys in memory.
  final class Ring: KeyRing {
    let serverKey: SecretKey
    let clientKey: SecretKey
    let wanted: PublicKey
    let allowed: Mutex<Set<PublicKey>>

    init(server: SecretKey, client: SecretKey, wanted: PublicKey? = nil, allowed: Set<PublicKey>? = nil) {
      (serverKey, clientKey, self.wanted) = (server, client, wanted ?? server.publicKey)
      self.allowed = Mutex(allowed ?? [client.publicKey])
    }

    func server() -> SecretKey { serverKey }
    func client() -> (own: SecretKey, server: PublicKey) { (clientKey, wanted) }
    func name(ofClient key: PublicKey, at address: String) -> String? {
      allowed.withLock { $0.contains(key) } ? "client" : nil
    }
  }

  let ring = Ring(server: .random(), client: .random())

  private func server(_ context: Context) throws -> (Socket, String) {
    let router = try Socket(.router, in: context)
    try router.bind("tcp://127.0.0.1:*")
    return (router, try router.lastEndpoint)
  }

  /// How the one connection of a client ends that is not let in.
  private func end(at address: String, with keys: Ring?) throws -> ConnectionEnds.End? {
    let dealer = try Socket(.dealer, in: Context(keys: keys), .neverReconnect)
    var ends = try ConnectionEnds(of: dealer)
    try dealer.connect(address)
    try dealer.send([[1]])
    var poller = Poller([ends.socket])
    while true {
      try poller.wait(.seconds(30))
      if let end = try ends.next() { return end }
    }
  }

  @Test func keysSurviveBeingWrittenDown() throws {
    let key = SecretKey.random()
    #expect(SecretKey(z85: key.z85)?.publicKey == key.publicKey)
    #expect(PublicKey(key.publicKey.description) == key.publicKey)
    #expect(key.z85.utf8.count == 40)
    #expect(!"\(key) \(SocketOption.curveServer(key))".contains(key.z85))
  }

  @Test(arguments: ["", "short", String(repeating: "~", count: 40), String(repeating: "0", count: 41)])
  func whatIsNoKeyIsNone(_ text: String) {
    #expect(PublicKey(text) == nil)
    #expect(SecretKey(z85: text) == nil)
  }

  @Test func aClientThatIsAllowedIsServed() throws {
    let context = Context(keys: ring)
    let (router, address) = try server(context)
    let dealer = try Socket(.dealer, in: Context(keys: ring))
    try dealer.connect(address)
    let large = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try dealer.send([[1], large])
    let received = try #require(try router.receive(wait: true))
    #expect(Array(received.dropFirst()) == [[1], large])
    try router.send([received[0], large])
    #expect(try dealer.receive(wait: true) == [large])
  }

  @Test func aKeyThatIsNotAllowedIsRefusedUntilItIs() throws {
    let context = Context(keys: ring)
    let (router, address) = try server(context)
    let other = Ring(server: ring.serverKey, client: .random())
    #expect(try end(at: address, with: other) == .refused(.key))
    ring.allowed.withLock { _ = $0.insert(other.clientKey.publicKey) }
    let dealer = try Socket(.dealer, in: Context(keys: other))
    try dealer.connect(address)
    try dealer.send([[1]])
    #expect(try router.receive(wait: true)?.last == [1])
  }

  @Test func aServerWithAnotherKeyIsNotSpokenTo() throws {
    let context = Context(keys: ring)
    let (_router, address) = try server(context)
    let misled = Ring(server: .random(), client: ring.clientKey)
    #expect(try end(at: address, with: misled) == .refused(.handshake))
    withExtendedLifetime(_router) {}
  }

  @Test func aClientWithoutKeysIsRefusedByAServerWithAndTheOtherWayRound() throws {
    let context = Context(keys: ring)
    let (safe, safeAddress) = try server(context)
    #expect(try end(at: safeAddress, with: nil) == .refused(.handshake))
    let open = Context()
    let (plain, plainAddress) = try server(open)
    #expect(try end(at: plainAddress, with: ring) == .refused(.handshake))
    withExtendedLifetime((safe, plain)) {}
  }

  @Test(arguments: [
    "tcp://*:7501", "tcp://0.0.0.0:7501", "tcp://10.0.0.1:7501", "tcp://queue:7501", "tcp://127.0.0.1:0;10.0.0.1:7501",
    "tcp://[::]:7501", "tcp://127.0.0.1.evil.example:7501", "tcp://1127.0.0.1:7501", "tipc://{1,1}",
  ])
  func anAddressOfANetworkIsRefusedWithoutKeysInWordsThatHelp(_ address: String) throws {
    let socket = try Socket(.dealer, in: Context())
    for call in [socket.bind, socket.connect] {
      let error = #expect(throws: SocketError.self) { try call(address) }
      #expect(error?.description.contains("gongwen keys init") == true)
    }
  }

  @Test(arguments: ["tcp://localhost:7501", "tcp://127.8.0.1:7501", "tcp://[::1]:7501", "inproc://here"])
  func anAddressOfThisMachineIsNot(_ address: String) throws {
    try Socket(.dealer, in: Context()).connect(address)
  }

  @Test func whatIsNoQuestionOfWhoMayConnectKeepsNobodyOut() throws {
    let context = Context(keys: ring)
    let (router, address) = try server(context)
    let asker = try Socket(.dealer, in: context)
    try asker.connect("inproc://zeromq.zap.01")
    // An empty frame ends the envelope of a request; REP drops what has none.
    for question in [[[1]], [[], []], [[], [1]], [[]] + [[UInt8]](repeating: [], count: 7), [[], [], [7], [], []]] {
      try asker.send(question)
    }
    let answers = try (0..<4).map { _ in try asker.receive(wait: true) }
    #expect(answers.map { $0?.dropFirst(3).first } == Array(repeating: Array("400".utf8), count: 4))
    let dealer = try Socket(.dealer, in: Context(keys: ring))
    try dealer.connect(address)
    try dealer.send([[1]])
    #expect(try router.receive(wait: true)?.last == [1])
  }

  @Test func contextsWithServersEndAndLeaveNoThreadBehind() throws {
    for _ in 0..<20 { _ = try server(Context(keys: ring)) }
  }

  @Test func whatIsUnsentWithinTheLingerStillArrives() throws {
    let dealer = try Socket(.dealer, in: Context(keys: ring))
    do {
      let router = try Socket(.router, in: Context(keys: ring), .linger(.seconds(30)))
      try router.bind("tcp://127.0.0.1:*")
      try dealer.connect(try router.lastEndpoint)
      try dealer.send([[1]])
      let peer = try #require(try router.receive(wait: true))[0]
      for number in 0..<100 { try router.send([peer, [UInt8(number)]]) }
    }
    for number in 0..<100 { #expect(try dealer.receive(wait: true) == [[UInt8(number)]]) }
  }
}
