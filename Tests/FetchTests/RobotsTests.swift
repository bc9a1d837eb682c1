import Record
import Synchronization
import Testing

@testable import Fetch

struct RobotsTests {
  /// A file, and paths that it allows and does not allow to `gongwen`.
  private static let files: [(file: String, allowed: [String], refused: [String])] = [
    ("", ["/", "/a?b=c"], []),
    ("User-agent: *\nDisallow: /", ["/robots.txt"], ["/", "/a", "/?q"]),
    ("User-agent: *\nDisallow:", ["/", "/a"], []),
    (
      "user-agent : *\r\n disallow : /inner # not this\r\n", ["/", "/inne", "/Inner"],
      ["/inner", "/inner/a", "/innermost"]
    ),
    ("User-agent: other\nDisallow: /\n", ["/a"], []),
    ("User-agent: *\nDisallow: /\n\nUser-agent: GongWen\nDisallow: /b\n", ["/a"], ["/b"]),
    ("User-agent: gongwen/0.1\nDisallow: /b\n", ["/a"], ["/b"]),
    ("User-agent: gongwenbot\nDisallow: /\n", ["/a"], []),
    ("User-agent: other\nUser-agent: gongwen\nDisallow: /b\n", ["/a"], ["/b"]),
    (
      "User-agent: gongwen\nDisallow: /a\nUser-agent: *\nDisallow: /b\nUser-agent: gongwen\nDisallow: /c\n", ["/b"],
      ["/a", "/c"]
    ),
    ("User-agent: gongwen\nSitemap: http://example.org/map\nDisallow: /a\n", ["/b"], ["/a"]),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b\n", ["/a/b", "/a/bc"], ["/a", "/a/c"]),
    ("User-agent: *\nAllow: /a\nDisallow: /a\n", ["/a"], []),
    ("User-agent: *\nDisallow: /*.pdf$\n", ["/a.pdf?x", "/a.pdfs"], ["/a.pdf", "/b/c.pdf"]),
    ("User-agent: *\nDisallow: /a*b*c\n", ["/ab", "/acb"], ["/abc", "/a/b/c/d", "/abbcc"]),
    ("User-agent: *\nDisallow: *\n", [], ["/", "/a"]),
    ("User-agent: *\nDisallow: /a$\n", ["/ab", "/a/"], ["/a"]),
    ("User-agent: *\nDisallow: /a*b$\n", ["/a", "/abc"], ["/ab", "/abab"]),
    ("User-agent: *\nDisallow: /公文\n", ["/%E5%85%AC"], ["/%e5%85%ac%E6%96%87/1"]),
    ("User-agent: *\nDisallow: /%7Ea%2f\n", ["/~a/"], ["/~a%2F", "/%7ea%2Fb"]),
    ("User-agent: *\nDisallow: /a?id=\n", ["/a"], ["/a?id=1"]),
    ("\u{FEFF}User-agent: *\nDisallow: /a\n", ["/b"], ["/a"]),
    ("Disallow: /\nUser-agent: *\nDisallow: /a\n", ["/b"], ["/a"]),
    ("<html>Disallow: /</html>", ["/a"], []),
  ]

  @Test(arguments: files.indices) func aFileAllowsWhatItSays(_ index: Int) {
    let (file, allowed, refused) = Self.files[index]
    let robots = Robots(Array(file.utf8), agent: "gongwen")
    for path in allowed { #expect(robots.allows(path), "\(path) by \(file)") }
    for path in refused { #expect(!robots.allows(path), "\(path) by \(file)") }
  }

  @Test func onlyTheFirst500KiBAreRead() {
    let filler = String(repeating: "# nothing\n", count: 52_000)
    #expect(Robots(Array((filler + "User-agent: *\nDisallow: /\n").utf8), agent: "gongwen").allows("/a"))
    #expect(!Robots(Array(("User-agent: *\nDisallow: /\n" + filler).utf8), agent: "gongwen").allows("/a"))
  }
}

/// robots.txt as servers on loopback have it.
@Suite(.timeLimit(.minutes(1)))
struct RobotsFilesTests {
  private func policy() -> FetchPolicy {
    var policy = localPolicy()
    policy.ignoresRobots = false
    return policy
  }

  private func server(_ robots: @escaping @Sendable (Int) -> PageServer.Answer, _ requests: Counter = Counter()) throws
    -> PageServer
  {
    try PageServer { path, _ in path == "/robots.txt" ? robots(requests.next()) : .page(Array(path.utf8)) }
  }

  private static let refusal = PageServer.Answer.page(Array("User-agent: gongwen\nDisallow: /inner/\n".utf8))

  @Test func aPageThatIsNotAllowedIsAFailureAndAnotherComes() async throws {
    let counter = Counter()
    let server = try server({ _ in Self.refusal }, counter)
    let stage = FetchStage(policy())
    let failure = await failure(server.address + "/inner/a", by: stage)
    #expect(failure?.code == .robotsDisallowed && failure?.isRetryable == false)
    #expect(failure?.message.contains("--ignore-robots") == true)
    #expect(try await fetch(server.address + "/outer", by: stage)["raw"] == Array("/outer".utf8))
    #expect(counter.value == 1)
  }

  @Test func whoIgnoresItGetsThePageAndTheRecordSaysSo() async throws {
    let server = try server { _ in Self.refusal }
    let layers = try await fetch(server.address + "/inner/a")
    #expect(layers["raw"] == Array("/inner/a".utf8))
    #expect(try Source(layers, stage: "test").diagnostics.map(\.code) == ["robots_ignored"])
    let obedient = try await fetch(server.address + "/outer", policy())
    #expect(try Source(obedient, stage: "test").diagnostics == [])
  }

  @Test(arguments: ["404 Not Found", "401 Unauthorized", "403 Forbidden", "410 Gone"])
  func aHostWithoutTheFileAllowsAll(_ status: String) async throws {
    let server = try server { _ in .page([], status: status) }
    #expect(try await fetch(server.address + "/a", policy())["raw"] == Array("/a".utf8))
  }

  @Test(arguments: ["500 Broken", "503 Busy", "429 Slow Down"])
  func aHostWhoseFileCannotBeReadForNowIsNotAskedForNow(_ status: String) async throws {
    let server = try server { $0 == 1 ? .page([], status: status) : .page([]) }
    let stage = FetchStage(policy())
    let failure = await failure(server.address + "/a", by: stage)
    #expect(failure?.code == .httpStatus && failure?.isRetryable == true)
    #expect(failure?.message.contains("/robots.txt") == true)
    #expect(try await fetch(server.address + "/a", by: stage)["raw"] == Array("/a".utf8))
  }

  @Test func aHostWhoseFileNeverComesIsNotAsked() async throws {
    let server = try server { _ in .andSilence([]) }
    var policy = policy()
    policy.firstByteTime = .milliseconds(100)
    let failure = await failure(server.address + "/a", policy)
    #expect(failure?.code == .timedOut && failure?.isRetryable == true)
  }

  @Test func theFileMayBeElsewhere() async throws {
    let server = try PageServer { path, _ in
      switch path {
      case "/robots.txt": .redirect(to: "/rules.txt")
      case "/rules.txt": Self.refusal
      default: .page(Array(path.utf8))
      }
    }
    #expect(await failure(server.address + "/inner/a", policy())?.code == .robotsDisallowed)
  }

  @Test func aFileThatNeverEndsIsReadToItsBound() async throws {
    let server = try server { _ in
      .page(Array("User-agent: *\nDisallow: /inner/\n".utf8) + [UInt8](repeating: 0x0A, count: 600 << 10))
    }
    var policy = policy()
    policy.bytes = 1 << 20
    #expect(await failure(server.address + "/inner/a", policy)?.code == .robotsDisallowed)
  }

  @Test func everyHopAsksItsOwnHost() async throws {
    let inner = try server { _ in Self.refusal }
    let outer = try PageServer { path, _ in
      path == "/robots.txt" ? .page([]) : .redirect(to: inner.address + "/inner/a")
    }
    #expect(await failure(outer.address + "/a", policy())?.code == .robotsDisallowed)
  }

  @Test func oneRequestServesAllWhoWait() async throws {
    let counter = Counter()
    let server = try server({ _ in .page([]) }, counter)
    let stage = FetchStage(policy())
    await withTaskGroup(of: StageFailure?.self) { group in
      for number in 0..<20 { group.addTask { await failure(server.address + "/\(number)", by: stage) } }
      for await failure in group { #expect(failure == nil) }
    }
    #expect(counter.value == 1)
  }
}
