import Daemon
import Foundation
import Keys
import TestSupport
import Testing
import Wire
import ZeroMQ

/// A real sink that serves readers on tcp, with keys, to which strangers come: it goes on writing, and serving those who
/// are let in.
@Suite(.serialized, .timeLimit(.minutes(3))) struct HostileReaderTests {
  /// A sink with a line, and one reader that has been with it since before the strangers came.
  struct Fortress {
    let folder = TemporaryFolder()
    let keys: KeyFolder
    let port = UInt16.random(in: 20_000..<30_000)
    private var queue: PlayedQueue
    let sink: SinkProcess
    private let reader: Socket

    init(keys hasKeys: Bool = true, in wrapper: [String] = []) throws {
      let home = Home(path: folder.path)
      try FileManager.default.createDirectory(atPath: home.run, withIntermediateDirectories: true)
      keys = KeyFolder(path: folder.path + "/keys")
      if hasKeys { try keys.make(replaces: false) }
      queue = try PlayedQueue(home, documents: 200) { Array("{\"n\":\($0)}".utf8) }
      sink = try SinkProcess(home: folder.path, ["--serve", "tcp://127.0.0.1:\(port)"], in: wrapper)
      while queue.left > 199 { try queue.step(within: .seconds(10)) }
      reader = try Self.reader(keys, port)
      _ = try Self.end(of: reader)
    }

    var address: String { "tcp://127.0.0.1:\(port)" }

    /// Writes all that is left, and returns whether the old reader and a new one see the same end of it.
    mutating func serves(newcomers: Bool = true) throws -> Bool {
      while !queue.isFinished { try queue.step(within: .seconds(10)) }
      let end = try Self.end(of: reader)
      let length = (1...200).reduce(0) { $0 + "{\"n\":\($1)}\n".utf8.count }
      return try end == length && (!newcomers || Self.end(of: Self.reader(keys, port)) == length)
    }

    private static func reader(_ keys: KeyFolder, _ port: UInt16) throws -> Socket {
      let socket = try Socket(.dealer, in: Context(keys: keys.isInUse && keys.hasServer ? PipelineKeys(keys) : nil))
      try socket.connect("tcp://127.0.0.1:\(port)")
      return socket
    }

    private static func end(of reader: Socket) throws -> Int {
      try reader.send(FetchRequest(stream: .records, offset: 0, limit: 0).frames)
      guard case .data(_, _, _, let end, _) = try FetchReply(try #require(try reader.receive(wait: true))) else {
        throw CocoaError(.featureUnsupported)
      }
      return Int(end)
    }
  }

  /// How the connection of a reader with other keys ends.
  private func end(at address: String, with keys: (any KeyRing)?) throws -> ConnectionEnds.End? {
    let dealer = try Socket(.dealer, in: Context(keys: keys), .neverReconnect)
    var ends = try ConnectionEnds(of: dealer)
    try dealer.connect(address)
    try dealer.send(FetchRequest(stream: .records, offset: 0, limit: 1000).frames)
    var poller = Poller([ends.socket])
    while true {
      try poller.wait(.seconds(60))
      if let end = try ends.next() { return end }
    }
  }

  @Test func whoHasNoKeyOrAnotherOneReadsNothingAndTheOthersAreServed() throws {
    var fortress = try Fortress()
    let stranger = KeyFolder(path: fortress.folder.path + "/stranger")
    try stranger.join(fortress.keys.publicKey(.server), replaces: false)
    let misled = KeyFolder(path: fortress.folder.path + "/misled")
    try misled.join(SecretKey.random().publicKey, replaces: false)
    #expect(try end(at: fortress.address, with: PipelineKeys(stranger)) == .refused(.key))
    #expect(try end(at: fortress.address, with: PipelineKeys(misled)) == .refused(.handshake))
    #expect(try end(at: fortress.address, with: nil) == .refused(.handshake))
    #expect(try fortress.serves())
  }

  @Test func aConversationThatIsPlayedAgainIsCutOff() throws {
    var fortress = try Fortress()
    let tape = try Tape(port: fortress.port)
    #expect(try end(at: tape.address, reading: fortress) > 0)
    let recorded = tape.end()
    #expect(recorded.count > 300)
    let replay = try RawPeer(port: fortress.port)
    replay.send(recorded)
    #expect(replay.isEnded())
    #expect(try fortress.serves())
  }

  /// The end of the records as a reader sees it at another address.
  private func end(at address: String, reading fortress: Fortress) throws -> UInt64 {
    let dealer = try Socket(.dealer, in: Context(keys: PipelineKeys(fortress.keys)))
    try dealer.connect(address)
    try dealer.send(FetchRequest(stream: .records, offset: 0, limit: 1000).frames)
    guard case .data(_, _, _, let end, _) = try FetchReply(try #require(try dealer.receive(wait: true))) else {
      return 0
    }
    return end
  }

  /// With keys and without, what is no request ends its own connection at most.
  @Test(arguments: [true, false]) func garbageHalfAFrameAndAFrameTooLargeHarmNobody(_ hasKeys: Bool) throws {
    var fortress = try Fortress(keys: hasKeys)
    let start = Greeting.of(hasKeys ? "CURVE" : "NULL") + (hasKeys ? [] : Greeting.ready)
    for length: [UInt8] in [[0x80] + [UInt8](repeating: 0, count: 7), [0x7F] + [UInt8](repeating: 0xFF, count: 7)] {
      let giant = try RawPeer(port: fortress.port)
      giant.send(start + [2] + length + [1, 2, 3])
      #expect(giant.isEnded())
    }
    var dice = Dice(seed: 12)
    for _ in 0..<200 {
      try RawPeer(port: fortress.port).send((0...dice.roll(300)).map { _ in UInt8(dice.roll(256)) })
    }
    let halves = try (0..<50).map { _ in try RawPeer(port: fortress.port) }
    for half in halves { half.send(start + [2, 0, 0, 0, 0, 0, 0, 1, 0, 1, 2, 3]) }
    if !hasKeys { try sayNonsense(to: fortress.address, &dice) }
    #expect(try fortress.serves())
    // Who has not said in time who it is, is cut off.
    if hasKeys { for half in halves { #expect(half.isEnded()) } }
    #expect(try fortress.sink.peakMemory() < 200_000)
  }

  /// Messages of ZeroMQ that are no request of ours: each is answered by an error or not at all.
  private func sayNonsense(to address: String, _ dice: inout Dice) throws {
    let dealer = try Socket(.dealer, in: Context())
    try dealer.connect(address)
    for _ in 0..<500 {
      try dealer.send((0...dice.roll(4)).map { _ in (0..<dice.roll(40)).map { _ in UInt8(dice.roll(256)) } })
    }
    try dealer.send(FetchRequest(stream: .records, offset: .max, limit: .max, wait: .max).frames)
    _ = try dealer.receive(wait: true)
  }

  @Test func connectionsThatSayNothingCostLittleAndGo() throws {
    raiseDescriptorLimit()
    var fortress = try Fortress()
    let before = try fortress.sink.residentMemory()
    let peers = try (0..<3000).map { number in
      let peer = try RawPeer(port: fortress.port)
      if number % 2 == 0 { peer.send(Greeting.of("CURVE")) }
      return peer
    }
    #expect(try fortress.serves())
    let during = try fortress.sink.residentMemory()
    #expect(during < before + 120_000)
    for peer in peers { #expect(peer.isEnded()) }
    #expect(try fortress.serves())
    let after = try fortress.sink.residentMemory()
    print("\(peers.count) connections to a sink: \(before) KB before, \(during) during, \(after) after")
  }

  /// With fewer descriptors than strangers the old reader is served, lines are written, and newcomers read once there is
  /// room.
  @Test func withoutDescriptorsLinesAreWrittenAndNewReadersComeLater() throws {
    var fortress = try Fortress(in: ["/usr/bin/prlimit", "--nofile=100"])
    do {
      let peers = try (0..<400).map { _ in try RawPeer(port: fortress.port) }
      #expect(try fortress.serves(newcomers: false))
      withExtendedLifetime(peers) {}
    }
    #expect(try fortress.serves())
  }
}
