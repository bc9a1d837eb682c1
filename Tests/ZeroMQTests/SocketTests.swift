import Glibc
import Testing
import ZeroMQ

final class SocketTests {
  let context = Context()
  private let path = "/tmp/gongwen-test-\(UInt64.random(in: 0 ... .max))"

  // libzmq leaves the file of an ipc socket behind.
  deinit { unsafe unlink(path) }

  enum Transport: CaseIterable { case inproc, ipc, tcp }

  /// An address that nothing else uses.
  func address(_ transport: Transport) -> String {
    switch transport {
    case .inproc: "inproc://test"
    case .ipc: "ipc://\(path)"
    case .tcp: "tcp://127.0.0.1:*"
    }
  }

  /// A bound and a connected socket.
  func connected(_ server: Socket.Kind, _ client: Socket.Kind, over transport: Transport) throws -> (Socket, Socket) {
    let server = try Socket(server, in: context)
    try server.bind(address(transport))
    let client = try Socket(client, in: context)
    try client.connect(try server.lastEndpoint)
    return (server, client)
  }

  @Test(arguments: Transport.allCases)
  func aMessageOfManyFramesComesWholeAndTheAnswerGoesToItsSender(_ transport: Transport) throws {
    let (router, dealer) = try connected(.router, .dealer, over: transport)
    let large = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let frames = [[1], Array("PUT".utf8), [], large, Array("end".utf8)]
    try dealer.send(frames)

    let received = try #require(try router.receive(wait: true))
    #expect(Array(received.dropFirst()) == frames)

    try router.send([received[0], [2], large])
    #expect(try dealer.receive(wait: true) == [[2], large])
  }

  @Test func withoutAMessageAndWithoutWaitingThereIsNil() throws {
    let (pull, _) = try connected(.pull, .push, over: .tcp)
    #expect(try pull.receive() == nil)
  }

  @Test func withoutRoomNothingIsSent() throws {
    let push = try Socket(.push, in: context)
    try push.bind(address(.tcp))
    #expect(try push.send([[1], [2]]) == false)
  }

  @Test func aMessageToAPeerThatIsNotThereThrowsIfDeliveryIsMandatory() throws {
    let router = try Socket(.router, in: context, .mandatory)
    try router.bind(address(.tcp))
    #expect(throws: SocketError.unreachable) { try router.send([Array("nobody".utf8), [1]]) }
  }

  @Test func aRouterKnowsAPeerByTheNameItTook() throws {
    let router = try Socket(.router, in: context)
    try router.bind(address(.tcp))
    let dealer = try Socket(.dealer, in: context, .routingID(Array("clean-1".utf8)))
    try dealer.connect(try router.lastEndpoint)
    try dealer.send([[7]])
    #expect(try router.receive(wait: true) == [Array("clean-1".utf8), [7]])
  }

  @Test func subscribersGetWhatTheyAskedFor() throws {
    let publisher = try Socket(.publish, in: context)
    try publisher.bind(address(.inproc))
    let subscriber = try Socket(.subscribe, in: context, .subscription(Array("a".utf8)))
    try subscriber.connect(try publisher.lastEndpoint)
    var received: [[UInt8]]?
    // The subscription travels in the background: publish until it has arrived.
    while received == nil {
      try publisher.send([Array("b".utf8)])
      try publisher.send([Array("ab".utf8)])
      received = try subscriber.receive()
    }
    #expect(received == [Array("ab".utf8)])
  }

  @Test func aFrameBeyondTheLimitNeverArrivesAndTheNextConnectionWorks() throws {
    let pull = try Socket(.pull, in: context, .maximumFrame(1000))
    try pull.bind(address(.tcp))
    let gone = try pull.disconnections()
    let push = try Socket(.push, in: context, .reconnect(first: .milliseconds(1), longest: .milliseconds(1)))
    try push.connect(try pull.lastEndpoint)
    try push.send([[UInt8](repeating: 0, count: 1001)], wait: true)
    _ = try gone.receive(wait: true)
    try push.send([[UInt8](repeating: 0, count: 1000)], wait: true)
    #expect(try pull.receive(wait: true) == [[UInt8](repeating: 0, count: 1000)])
  }

  @Test func theEndOfAConnectionIsReported() throws {
    let router = try Socket(.router, in: context)
    try router.bind(address(.ipc))
    let gone = try router.disconnections()
    do {
      let dealer = try Socket(.dealer, in: context, .linger(nil))
      try dealer.connect(try router.lastEndpoint)
      try dealer.send([[1]])
      _ = try router.receive(wait: true)
    }
    #expect(try gone.receive(wait: true) != nil)
  }

  @Test func whatIsUnsentWithinTheLingerStillArrives() throws {
    let pull = try Socket(.pull, in: context)
    try pull.bind(address(.tcp))
    do {
      let push = try Socket(.push, in: context, .linger(.seconds(30)))
      try push.connect(try pull.lastEndpoint)
      for number in 0..<100 { try push.send([[UInt8(number)]]) }
    }
    for number in 0..<100 { #expect(try pull.receive(wait: true) == [[UInt8(number)]]) }
  }

  @Test func aLentArrayMayBeChangedByItsOwnerWhileItIsSent() throws {
    let (pull, push) = try connected(.pull, .push, over: .tcp)
    var frame = [UInt8](repeating: 1, count: 1_000_000)
    try push.send([frame], wait: true)
    for index in frame.indices { frame[index] = 2 }
    #expect(try pull.receive(wait: true) == [[UInt8](repeating: 1, count: 1_000_000)])
  }
}
