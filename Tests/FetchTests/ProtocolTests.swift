import Fetch
import Record
import Testing

/// TLS, and what is agreed on in it.
@Suite(.timeLimit(.minutes(1)))
struct ProtocolTests {
  private let authority: Authority

  init() async throws { authority = try await Authority() }

  private var policy: FetchPolicy {
    var policy = localPolicy()
    policy.trustFile = authority.file
    return policy
  }

  private func text(_ uri: String) async throws -> String {
    String(decoding: try await fetch(uri, policy)["raw"] ?? [], as: UTF8.self)
  }

  @Test(arguments: [(["h2", "http/1.1"], "2"), (["h2"], "2"), (["http/1.1"], "1"), ([], "1")])
  func theNewestProtocolThatBothKnowIsSpoken(_ offered: [String], _ spoken: String) async throws {
    let server = try await SecureServer(authority.certificate("right"), protocols: offered)
    #expect(try await text(server.address) == spoken)
  }

  @Test func whatTheServerSaysAndManyFramesComeByHTTP2() async throws {
    let server = try await SecureServer(authority.certificate("right"), protocols: ["h2"])
    let layers = try await fetch(server.address + "/moved", policy)
    #expect(layers["raw"] == Array(String(repeating: "公", count: 30_000).utf8))
    let source = try Source(layers, stage: "test")
    #expect(source.finalURI == server.address + "/long")
    #expect(source.etag == "\"h\"" && source.charset == "utf-8" && source.status == 200)
  }

  @Test func aPageBeyondTheLimitFailsByHTTP2Too() async throws {
    let server = try await SecureServer(authority.certificate("right"), protocols: ["h2"])
    var policy = policy
    policy.bytes = 80_000
    #expect(await failure(server.address + "/long", policy)?.code == .inputTooLarge)
  }

  @Test(arguments: [["h2"], ["http/1.1"]])
  func aCertificateOfAnotherNameIsRefused(_ offered: [String]) async throws {
    let server = try await SecureServer(authority.certificate("wrong"), protocols: offered)
    let failure = await failure(server.address, policy)
    #expect(failure?.code == .connectFailed)
    #expect(failure?.message.lowercased().contains("certificate") == true, "\(failure as Any)")
  }

  @Test(arguments: [["h2"], ["http/1.1"]])
  func aCertificateOfAnAuthorityThatIsNotTrustedIsRefused(_ offered: [String]) async throws {
    let server = try await SecureServer(authority.certificate("right"), protocols: offered)
    let failure = await failure(server.address, localPolicy())
    #expect(failure?.code == .connectFailed)
    #expect(failure?.message.lowercased().contains("certificate") == true, "\(failure as Any)")
  }
}
