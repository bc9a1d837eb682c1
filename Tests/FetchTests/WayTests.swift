import Record
import Testing

@testable import Fetch

/// Where a page leads, with real servers on loopback.
@Suite(.timeLimit(.minutes(1)))
struct WayTests {
  private static let sentence = "全县各部门认真落实依法行政的要求，执法的程序更加规范，群众的满意程度继续提高，工作取得了新的进展。"

  private func server(_ pages: [String: String]) throws -> PageServer {
    try PageServer { path, _ in
      guard let page = pages[path] else { return .page([], status: "404 Not Found") }
      return .page(
        Array(page.utf8), path.hasSuffix(".pdf") ? "Content-Type: application/pdf" : "Content-Type: text/html")
    }
  }

  private func source(_ layers: Layers) throws -> Source { try Source(layers, stage: "test") }

  @Test func aPageThatSendsItsReaderOnIsARedirect() async throws {
    let server = try server([
      "/a": "<meta http-equiv=refresh content='0; url=b'><p>即将跳转</p>", "/b": "<p>\(Self.sentence)</p>",
    ])
    let layers = try await fetch(server.address + "/a")
    #expect(try source(layers).finalURI == server.address + "/b")
  }

  @Test(arguments: ["600; url=b", "5; url=a", "5"]) func aPageThatIsToBeReadIsRead(_ refresh: String) async throws {
    let server = try server(["/a": "<meta http-equiv=refresh content='\(refresh)'><p>\(Self.sentence)</p>"])
    let layers = try await fetch(server.address + "/a")
    #expect(try source(layers).finalURI == server.address + "/a")
  }

  @Test func aCircleOfPagesThatSendOnEnds() async throws {
    let server = try server([
      "/a": "<meta http-equiv=refresh content='0; url=b'>", "/b": "<meta http-equiv=refresh content='0; url=a'>",
    ])
    #expect(await failure(server.address + "/a")?.code == .tooManyRedirects)
  }

  @Test func aPageThatSendsItsReaderToAnInternalHostIsRefused() async throws {
    let outer = try server(["example.org:80/": "<meta http-equiv=refresh content='0; url=http://127.0.0.1/'>"])
    let policy = FetchPolicy(environment: ["http_proxy": outer.address, "GONGWEN_IGNORE_ROBOTS": "1"])
    #expect(await failure("http://example.org/", policy)?.code == .forbiddenAddress)
  }

  @Test func anAddressThatThePageNamesAsItsOwnIsSaid() async throws {
    let page = { (location: String) in "<link href='\(location)' rel=canonical><p>\(Self.sentence)</p>" }
    let server = try server(["/a?from=list": page("/a"), "/b": page("/b"), "/c": page("mailto:a@example.org")])
    let diagnostics = try source(try await fetch(server.address + "/a?from=list")).diagnostics.filter {
      $0.code == "canonical_uri"
    }
    #expect(diagnostics.count == 1 && diagnostics[0].message.contains(server.address + "/a "))
    for path in ["/b", "/c"] {
      let diagnostics = try source(try await fetch(server.address + path)).diagnostics
      #expect(diagnostics.allSatisfy { $0.code != "canonical_uri" })
    }
  }

  @Test(arguments: ["401 Unauthorized", "403 Forbidden", "412 Precondition Failed", "405 Not Allowed", "521 Down"])
  func aChallengeIsBlocked(_ status: String) async throws {
    let server = try PageServer { _, _ in
      .page(Array("<html><script src=/a.js></script></html>".utf8), status: status, "Content-Type: text/html")
    }
    let failure = await failure(server.address)
    #expect(failure?.code == .blocked && failure?.isRetryable == false, "\(failure as Any)")
  }

  @Test(arguments: ["403 Forbidden", "412 Precondition Failed"])
  func aRefusalWithoutAScriptIsJustThat(_ status: String) async throws {
    let server = try PageServer { _, _ in .page(Array("<h1>Forbidden</h1>".utf8), status: status) }
    #expect(await failure(server.address)?.code == .httpStatus)
  }

  @Test func aLoginIsBlockedAndAPageWithALoginInItsHeadIsNot() async throws {
    let form = "<form><label>用户名</label><input name=a><input type='password' name=b><button>登录</button></form>"
    let server = try server(["/a": form, "/b": form + String(repeating: "<p>\(Self.sentence)</p>", count: 6)])
    #expect(await failure(server.address + "/a")?.code == .blocked)
    #expect(await failure(server.address + "/b") == nil)
  }

  @Test(arguments: [
    "<html><body><div id=app></div><script src=/app.js></script></body></html>",
    "<script>location.href='/index.html'</script>", "<p>正在加载…</p><script>load()</script>",
    "<title>某市人民政府</title><noscript>请使用支持 JavaScript 的浏览器访问本页，否则无法显示任何内容</noscript><script>a()</script>",
  ])
  func aPageThatShowsNothingWithoutItsScriptsIsAFailure(_ page: String) async throws {
    let server = try server(["/": page])
    let failure = await failure(server.address + "/")
    #expect(failure?.code == .needsJavascript && failure?.isRetryable == false)
  }

  @Test(arguments: [
    "<script>count()</script><p>\(sentence)</p>", "<p>短</p>", "<script>a()</script><iframe src=/b></iframe>",
  ])
  func aPageThatShowsSomethingComes(_ page: String) async throws {
    let server = try server(["/": page])
    #expect(await failure(server.address + "/") == nil)
  }

  private static func listing(_ body: String) -> String {
    """
    <html><head><title>甲县2025年法治政府建设年度报告</title></head><body>
    <div class=nav><a href=/>首页</a> <a href=/news>新闻</a></div><h1>甲县2025年法治政府建设年度报告</h1><div class=content>\(body)</div>
    <div class=footer>版权所有 甲县人民政府 网站标识码 9900000001</div></body></html>
    """
  }

  @Test(arguments: [
    "<p>附件：<a href='files/a.pdf'>甲县2025年法治政府建设年度报告.pdf</a></p>", "<p><a href='files/a.pdf?x=1'>点击下载</a></p>",
    "<iframe src='files/a.pdf'></iframe>", "<a href=files/a.pdf>甲县2025年法治政府建设年度报告</a> <a href=files/a.docx>附件</a>",
  ])
  func aPageThatIsOnlyALinkToItsAttachmentLeadsThere(_ body: String) async throws {
    let server = try PageServer { path, _ in
      path == "/a"
        ? .page(Array(Self.listing(body).utf8), "Content-Type: text/html")
        : .page(Array("%PDF-1.4".utf8), "Content-Type: application/pdf")
    }
    let layers = try await fetch(server.address + "/a")
    #expect(layers["raw"] == Array("%PDF-1.4".utf8))
    let source = try source(layers)
    #expect(source.finalURI?.hasPrefix(server.address + "/files/a.pdf") == true)
    #expect(source.mediaType == "application/pdf")
    #expect(
      source.diagnostics.contains { $0.code == "attachment_followed" && $0.message.contains(server.address + "/a ") })
  }

  @Test(arguments: [
    "<p>\(sentence)</p><p>附件：<a href='files/a.pdf'>表.pdf</a></p>",
    "<p><a href=a.pdf>2023年报告.pdf</a></p><p><a href=b.pdf>2024年报告.pdf</a></p>", "<p><a href=a.zip>附件.zip</a></p>",
  ])
  func aPageThatIsMoreThanThatIsRead(_ body: String) async throws {
    let server = try server(["/a": Self.listing(body)])
    let layers = try await fetch(server.address + "/a")
    #expect(try source(layers).finalURI == server.address + "/a")
  }

  @Test func anAttachmentIsFollowedOnce() async throws {
    let page = Self.listing("<p>附件：<a href='b.pdf'>报告.pdf</a></p>")
    let server = try PageServer { _, _ in .page(Array(page.utf8), "Content-Type: text/html") }
    let layers = try await fetch(server.address + "/a")
    #expect(try source(layers).finalURI == server.address + "/b.pdf")
  }
}

/// Pages that their producer has already.
@Suite(.timeLimit(.minutes(1)))
struct UnchangedTests {
  private func server() throws -> PageServer {
    try PageServer { _, head in
      head.lowercased().contains("if-none-match: \"7\"\r\n") || head.contains("Mon, 04 May 2026 09:30:00 GMT")
        ? .page([], status: "304 Not Modified") : .page(Array(head.utf8), "ETag: \"8\"")
    }
  }

  @Test func aPageThatTheServerCallsTheSameIsUnchanged() async throws {
    let server = try server()
    let first = await failure(server.address) { $0.etag = "\"7\"" }
    #expect(first?.code == .unchanged && first?.isRetryable == false)
    let second = await failure(server.address) { $0.lastModified = "Mon, 04 May 2026 09:30:00 GMT" }
    #expect(second?.code == .unchanged)
  }

  @Test func aPageThatChangedComesWithItsNewTag() async throws {
    let server = try server()
    let layers = try await fetch(server.address) { $0.etag = "\"6\"" }
    #expect(try Source(layers, stage: "test").etag == "\"8\"")
  }

  @Test func bytesThatAreTheSameAreUnchangedThoughTheServerKnowsNoTags() async throws {
    let server = try PageServer { _, _ in .page([0x61]) }
    let same = await failure(server.address) { $0.sha256 = sha256([0x61]).hexadecimal }
    #expect(same?.code == .unchanged)
    let layers = try await fetch(server.address) { $0.sha256 = sha256([0x62]).hexadecimal }
    #expect(try Source(layers, stage: "test").sha256 == nil)
  }

  @Test func aTagThatWouldBeAnotherHeaderIsNotSent() async throws {
    let server = try PageServer { _, head in .page(Array(head.utf8)) }
    let layers = try await fetch(server.address) { $0.etag = "7\r\nX-Other: 1" }
    #expect(!String(decoding: layers["raw"] ?? [], as: UTF8.self).contains("X-Other"))
  }

  @Test func whoKnowsNothingIsNeverToldThatAPageIsUnchanged() async throws {
    let server = try PageServer { _, head in
      head.lowercased().contains("if-") ? .page([], status: "500 Wrong") : .page([], status: "304 Not Modified")
    }
    #expect(await failure(server.address)?.code == .httpStatus)
  }
}
