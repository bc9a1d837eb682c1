import Testing
import ZeroMQ

/// libzmq's one I/O thread tells of connections; whoever does not listen must not hold it up, as all sockets need it.
@Suite(.timeLimit(.minutes(1))) struct MonitorTests {
  let context = Context()

  /// Whether sockets of the context still reach each other.
  private func expectLife() throws {
    let (pull, push) = (try Socket(.pull, in: context), try Socket(.push, in: context))
    try pull.bind("tcp://127.0.0.1:*")
    try push.connect(try pull.lastEndpoint)
    try push.send([[1]])
    var poller = Poller([pull])
    try poller.wait(.seconds(30))
    #expect(try pull.receive() == [[1]])
  }

  @Test func anEndThatIsToldToNobodyHoldsNobodyUp() throws {
    let router = try Socket(.router, in: context)
    try router.bind("tcp://127.0.0.1:*")
    _ = try router.disconnections()
    do {
      let dealer = try Socket(.dealer, in: Context())
      try dealer.connect(try router.lastEndpoint)
      try dealer.send([[1]])
      _ = try router.receive(wait: true)
    }
    try expectLife()
  }

  @Test func socketsThatCloseWhileTheirConnectionEndsHoldNobodyUp() throws {
    for _ in 0..<500 {
      let dealer = try Socket(.dealer, in: context, .neverReconnect)
      let ends = try ConnectionEnds(of: dealer)
      // Nobody is there, so the attempt ends at about the time when both are let go.
      try dealer.connect("tcp://127.0.0.1:1")
      withExtendedLifetime(ends) {}
    }
    try expectLife()
  }

  @Test func endsThatWaitToBeReadHoldNobodyUp() throws {
    let router = try Socket(.router, in: context)
    try router.bind("tcp://127.0.0.1:*")
    let gone = try router.disconnections()
    // By default libzmq keeps a thousand messages at each side.
    for _ in 0..<2500 {
      let dealer = try Socket(.dealer, in: Context())
      try dealer.connect(try router.lastEndpoint)
      try dealer.send([[1]])
      var poller = Poller([router])
      try poller.wait(.seconds(30))
      #expect(try router.receive() != nil)
    }
    try expectLife()
    withExtendedLifetime(gone) {}
  }
}
