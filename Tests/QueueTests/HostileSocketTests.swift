import Foundation
import Keys
import TestSupport
import Testing
import Wire
import ZeroMQ

/// A real queue on tcp, with keys, to which strangers come: it goes on serving those who are let in.
@Suite(.serialized, .timeLimit(.minutes(5))) struct HostileSocketTests {
  /// The queue, and one client that has been with it since before the strangers came.
  struct Fortress {
    let folder = TemporaryFolder()
    let keys: KeyFolder
    let port = UInt16.random(in: 10_000..<15_000) * 2
    let program: ProcessTests.Program
    private var client: HandMade

    init(keys hasKeys: Bool = true, in wrapper: [String] = []) throws {
      keys = KeyFolder(path: folder.path + "/keys")
      if hasKeys { try keys.make(replaces: false) }
      program = try ProcessTests.Program(folder, "--queue", "tcp://127.0.0.1:\(port)", wrapper: wrapper)
      client = try HandMade(Context(keys: hasKeys ? PipelineKeys(keys) : nil), "tcp://127.0.0.1:\(port)")
      _ = try client.hello("p")
    }

    var address: String { "tcp://127.0.0.1:\(port)" }

    /// Whether documents are accepted from the old client and a new one is greeted; the number of accepted ones.
    mutating func serves(_ sequence: UInt64, newcomers: Bool = true) throws -> Int {
      try client.say(.put(sequence: sequence, key: "\(sequence)", layers: .document("\(sequence)", bytes: 3000)))
      try client.awaitOK(sequence)
      if newcomers {
        var other = try HandMade(Context(keys: keys.isInUse && keys.hasServer ? PipelineKeys(keys) : nil), address)
        _ = try other.hello("q")
      }
      return try client.awaitReport { _ in true }.accepted
    }

    /// KB.
    func memory() throws -> Int {
      let status = try String(contentsOfFile: "/proc/\(program.pid)/status", encoding: .utf8)
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
      return try #require(Int(line.split(whereSeparator: \.isWhitespace)[1]))
    }
  }

  /// How a client with other keys fares.
  private func end(at address: String, with keys: (any KeyRing)?) throws -> ConnectionEnds.End? {
    let dealer = try Socket(.dealer, in: Context(keys: keys), .neverReconnect)
    var ends = try ConnectionEnds(of: dealer)
    try dealer.connect(address)
    try dealer.send(ClientRequest.status.frames)
    var poller = Poller([ends.socket])
    while true {
      try poller.wait(.seconds(60))
      if let end = try ends.next() { return end }
    }
  }

  @Test func whoHasNoKeyOrAnotherOneIsRefusedAndTheOthersAreServed() throws {
    var fortress = try Fortress()
    let server = try fortress.keys.publicKey(.server)
    let stranger = KeyFolder(path: fortress.folder.path + "/stranger")
    try stranger.join(server, replaces: false)
    let misled = KeyFolder(path: fortress.folder.path + "/misled")
    try misled.join(SecretKey.random().publicKey, replaces: false)
    #expect(try end(at: fortress.address, with: PipelineKeys(stranger)) == .refused(.key))
    #expect(try end(at: fortress.address, with: PipelineKeys(misled)) == .refused(.handshake))
    #expect(try end(at: fortress.address, with: nil) == .refused(.handshake))
    #expect(try fortress.serves(1) == 1)
  }

  @Test func aHandshakeThatIsPlayedAgainPutsNothingInAndIsCutOff() throws {
    var fortress = try Fortress()
    let recorded = try record(fortress)
    #expect(recorded.count > 3000)
    #expect(try fortress.serves(1) == 2)
    let replay = try RawPeer(port: fortress.port)
    replay.send(recorded)
    #expect(replay.isEnded())
    #expect(try fortress.serves(2) == 3)
  }

  /// All that a client says which is let in and puts one document in.
  private func record(_ fortress: Fortress) throws -> [UInt8] {
    let tape = try Tape(port: fortress.port)
    do {
      var client = try HandMade(Context(keys: PipelineKeys(fortress.keys)), tape.address)
      _ = try client.hello("recorded")
      try client.say(.put(sequence: 1, key: "recorded", layers: .document("recorded", bytes: 3000)))
      try client.awaitOK(1)
    }
    return tape.end()
  }

  /// With keys and without, what is no message ends its own connection at most.
  @Test(arguments: [true, false]) func garbageHalfAFrameAndAFrameTooLargeHarmNobody(_ hasKeys: Bool) throws {
    var fortress = try Fortress(keys: hasKeys)
    let start = Greeting.of(hasKeys ? "CURVE" : "NULL") + (hasKeys ? [] : Greeting.ready)
    let before = try fortress.memory()
    for port in [fortress.port, fortress.port + 1] {
      for length: [UInt8] in [[0x80] + [UInt8](repeating: 0, count: 7), [0x7F] + [UInt8](repeating: 0xFF, count: 7)] {
        for flags: UInt8 in [2, 6] {
          let giant = try RawPeer(port: port)
          giant.send(start + [flags] + length + [1, 2, 3])
          #expect(giant.isEnded())
        }
      }
      var dice = Dice(seed: 11)
      for _ in 0..<200 {
        try RawPeer(port: port).send((0...dice.roll(300)).map { _ in UInt8(dice.roll(256)) })
      }
      for text in ["GET / HTTP/1.1\r\nHost: queue\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}", ""] {
        try RawPeer(port: port).send(Array(text.utf8))
      }
    }
    let halves = try (0..<50).map { _ in try RawPeer(port: fortress.port) }
    for half in halves { half.send(start + [2, 0, 0, 0, 0, 0, 0, 0x40, 0, 1, 2, 3]) }
    #expect(try fortress.serves(1) == 1)
    // Who has not said in time who it is, is cut off.
    if hasKeys { for half in halves { #expect(half.isEnded()) } }
    #expect(try fortress.memory() < before + 100_000)
  }

  @Test func tenThousandConnectionsThatSayNothingCostLittleAndGo() throws {
    var limit = rlimit()
    unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = limit.rlim_max
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let count = min(10_000, Int(clamping: limit.rlim_max) - 1000)
    var fortress = try Fortress()
    _ = try fortress.serves(1)
    let before = try fortress.memory()
    var peers: [RawPeer] = []
    for number in 0..<count {
      peers.append(try RawPeer(port: fortress.port))
      if number % 2 == 0 { peers[number].send(Greeting.of("CURVE")) }
    }
    #expect(try fortress.serves(2) == 2)
    let during = try fortress.memory()
    #expect(during < before + 400_000)
    for peer in peers { #expect(peer.isEnded()) }
    #expect(try fortress.serves(3) == 3)
    print("\(count) connections: \(before) KB before, \(during) during, \(try fortress.memory()) after")
  }

  /// With fewer descriptors than strangers, those who are in are served, and newcomers once there is room.
  @Test func withoutDescriptorsTheOldClientsAreServedAndNewOnesLater() throws {
    var fortress = try Fortress(in: ["/usr/bin/prlimit", "--nofile=200"])
    do {
      let peers = try (0..<1000).map { _ in try RawPeer(port: fortress.port) }
      for sequence in 1...20 as ClosedRange<UInt64> {
        #expect(try fortress.serves(sequence, newcomers: false) == Int(sequence))
      }
      withExtendedLifetime(peers) {}
    }
    #expect(try fortress.serves(21) == 21)
  }

  @Test func anAddressOfTheNetworkWithoutKeysIsRefusedInWordsThatHelp() throws {
    let folder = TemporaryFolder()
    let process = Process()
    process.executableURL = ProcessTests.Program.executable
    process.arguments = ["--home", folder.path, "--queue", "tcp://*:\(UInt16.random(in: 10_000..<15_000) * 2)"]
    let pipe = Pipe()
    process.standardError = pipe
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 70)
    #expect(said.contains("gongwen keys init"))
  }

  @Test func theFolderOfSocketsIsClosedToOthersHoweverItWas() throws {
    let folder = TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/run", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    let program = try ProcessTests.Program(folder)
    var client = try HandMade(Context(), Home(path: folder.path).queueAddress(environment: [:]).clients)
    _ = try client.hello("p")
    for name in ["run", "queue"] {
      let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)[.posixPermissions] as? Int
      #expect(mode == 0o700)
    }
    #expect(program.end(SIGTERM) == 0)
  }
}
