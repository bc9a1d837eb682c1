import Fetch
import Record
import Testing

/// The stage against a real server on loopback.
@Suite(.timeLimit(.minutes(1)))
struct FetchStageTests {
  @Test func aPageComesWithWhatTheServerSaysOfIt() async throws {
    let server = try PageServer { _, _ in
      .page(
        [0xB9, 0xAB], "Content-Type: text/html; charset=GB2312", "ETag: \"7\"",
        "Last-Modified: Mon, 04 May 2026 09:30:00 GMT")
    }
    let layers = try await fetch(server.address + "/a")
    #expect(layers["raw"] == [0xB9, 0xAB])
    let source = try Source(layers, stage: "test")
    #expect(source.uri == server.address + "/a")
    #expect(source.mediaType == "text/html")
    #expect(source.charset == "gb2312")
    #expect(source.finalURI == server.address + "/a")
    #expect(source.status == 200)
    #expect(source.etag == "\"7\"")
    #expect(source.lastModified == "Mon, 04 May 2026 09:30:00 GMT")
  }

  @Test func aCompressedPageIsUnpacked() async throws {
    let server = try PageServer { _, _ in .page(Archives.words, "Content-Encoding: gzip") }
    let words = String(repeating: "放款金额", count: 4)
    #expect(try await fetch(server.address)["raw"] == Array(words.utf8))
  }

  @Test func theServerSeesTheNameOfTheClient() async throws {
    let server = try PageServer { _, head in .page(Array(head.utf8)) }
    var policy = localPolicy()
    policy.userAgent = "reader/7"
    let head = String(decoding: try await fetch(server.address, policy)["raw"] ?? [], as: UTF8.self)
    #expect(head.lowercased().contains("user-agent: reader/7\r\n"))
  }

  @Test func redirectsAreFollowedAndTheLastAddressIsKept() async throws {
    let server = try PageServer { path, _ in
      switch path {
      case "/a/start": .redirect(to: "next?x=1")
      case "/a/next?x=1": .redirect(to: "/公文")
      default: .page(Array(path.utf8))
      }
    }
    let layers = try await fetch(server.address + "/a/start")
    #expect(layers["raw"] == Array("/%E5%85%AC%E6%96%87".utf8))
    #expect(try Source(layers, stage: "test").finalURI == server.address + "/%E5%85%AC%E6%96%87")
  }

  @Test func aCircleOfRedirectsEnds() async throws {
    let server = try PageServer { path, _ in .redirect(to: path == "/a" ? "/b" : "/a") }
    let failure = await failure(server.address + "/a")
    #expect(failure?.code == .tooManyRedirects && failure?.isRetryable == false)
  }

  @Test(arguments: ["ftp://127.0.0.1/x", "file:///etc/passwd", "http://"])
  func aRedirectToWhatIsNotAPageIsRefused(_ location: String) async throws {
    let server = try PageServer { _, _ in .redirect(to: location) }
    #expect(await failure(server.address)?.code == .invalidURL)
  }

  @Test(arguments: [("404 Not Found", false), ("410 Gone", false), ("429 Slow Down", true), ("503 Busy", true)])
  func anErrorOfTheServerIsAFailureWithItsStatus(_ status: String, _ isRetryable: Bool) async throws {
    let server = try PageServer { _, _ in .page([], status: status) }
    let failure = await failure(server.address)
    #expect(failure?.code == .httpStatus && failure?.isRetryable == isRetryable)
    #expect(failure?.message.contains(status.prefix(3)) == true)
  }

  @Test func aServerThatNeverAnswersIsGivenUp() async throws {
    let server = try PageServer { _, _ in .andSilence([]) }
    var policy = localPolicy()
    policy.firstByteTime = .milliseconds(100)
    let failure = await failure(server.address, policy)
    #expect(failure?.code == .timedOut && failure?.isRetryable == true)
  }

  @Test func aServerThatStopsInTheMiddleIsGivenUp() async throws {
    let server = try PageServer { _, _ in .andSilence(Array("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc".utf8)) }
    var policy = localPolicy()
    policy.idleTime = .milliseconds(100)
    #expect(await failure(server.address, policy)?.code == .timedOut)
  }

  @Test func theTimeForTheWholeDocumentIsKept() async throws {
    let server = try PageServer { _, _ in .andSilence([]) }
    var policy = localPolicy()
    policy.wholeTime = .milliseconds(100)
    #expect(await failure(server.address, policy)?.code == .timedOut)
  }

  @Test(arguments: ["Content-Length: 100001\r\n", ""])
  func aPageBeyondTheLimitFailsWhetherItsLengthIsDeclaredOrNot(_ header: String) async throws {
    let server = try PageServer { _, _ in
      .bytes(Array("HTTP/1.1 200 OK\r\n\(header)\r\n".utf8) + [UInt8](repeating: 0x61, count: 100_001))
    }
    let failure = await failure(server.address)
    #expect(failure?.code == .inputTooLarge && failure?.isRetryable == false)
  }

  @Test func aSmallArchiveOfAHugePageFails() async throws {
    let server = try PageServer { _, _ in .page(Archives.zeros, "Content-Encoding: gzip") }
    #expect(await failure(server.address)?.code == .inputTooLarge)
  }

  @Test func anArchiveThatUnpacksToNothingEndsAsWell() async throws {
    let emptyBlocks = (0..<100_000).flatMap { _ in [0x00, 0x00, 0x00, 0xFF, 0xFF] as [UInt8] }
    let server = try PageServer { _, _ in
      let head = Array("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".utf8)
      return .andSilence(head + Archives.words.prefix(10) + emptyBlocks)
    }
    let failure = await failure(server.address)
    #expect(failure?.code == .inputTooLarge && failure?.isRetryable == false, "\(failure as Any)")
  }

  @Test func aPageOfExactlyTheLimitComes() async throws {
    let server = try PageServer { _, _ in .page([UInt8](repeating: 0x61, count: 100_000)) }
    let count = try await fetch(server.address)["raw"]?.count
    #expect(count == 100_000)
  }

  @Test func aServerThatIsNotThereCanBeTriedAgain() async throws {
    var address = ""
    do { address = try PageServer { _, _ in .page([]) }.address }
    let failure = await failure(address)
    #expect(failure?.code == .connectFailed && failure?.isRetryable == true)
    #expect(failure?.message.contains("Connection refused") == true)
  }

  @Test func anAnswerThatIsNotHTTPIsAFailure() async throws {
    let server = try PageServer { _, _ in .bytes(Array("SSH-2.0-OpenSSH\r\n".utf8)) }
    #expect(await failure(server.address)?.code == .connectFailed)
  }
}
