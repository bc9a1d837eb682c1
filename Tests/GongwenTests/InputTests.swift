import FoundationEssentials
import Glibc
import Record
import Testing
import TestSupport

@testable import Gongwen

@Suite struct InputTests {
  let folder = TemporaryFolder()

  @Test func folderIsReadInTheOrderOfItsNamesAndWithoutHiddenFiles() throws {
    for name in ["b.txt", "a/2.txt", "a/1.txt", "a.txt", ".hidden", ".git/config", "a/.x"] { folder.write(name, name) }
    #expect(uris(in: [folder.path]) == ["1.txt", "2.txt", "a.txt", "b.txt"])
    #expect(InputReader([folder.path]).count() == 4)
  }

  @Test func programsInAFolderAreSkippedWithOneNoteAndOneNamedItselfIsRead() throws {
    for name in ["1.txt", "a/worker.PY", "b.php", "c.yaml", "d.yaml", "py", "报告"] { folder.write(name, name) }
    let note =
      "note: \(folder.path): 3 files skipped that by name (.py, .yaml) are no documents; name a file itself to have it read."
    #expect(outcomes([folder.path]) == ["1.txt", "b.php", "py", "报告", note])
    #expect(InputReader([folder.path]).count() == 4)
    #expect(outcomes([folder.path + "/a/worker.PY"]) == ["worker.PY"])
  }

  @Test func linkToAFolderAboveEndsThereAndOtherLinksAreFollowed() throws {
    folder.write("a/1.txt", "一")
    folder.write("elsewhere.txt", "二")
    unsafe symlink("..", folder.path + "/a/up")
    unsafe symlink("../elsewhere.txt", folder.path + "/a/link.txt")
    #expect(uris(in: [folder.path]) == ["1.txt", "link.txt", "elsewhere.txt"])
  }

  @Test func brokenLinkIsAFailureInItsPlaceAndTheOthersGoOn() throws {
    for name in ["1.txt", "3.txt"] { folder.write(name, name) }
    unsafe symlink("nowhere", folder.path + "/2.txt")
    #expect(outcomes([folder.path]) == ["1.txt", "2.txt unreadable", "3.txt"])
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
  func folderThatMayNotBeReadIsAFailureAndTheOthersGoOn() throws {
    for name in ["a/1.txt", "b.txt"] { folder.write(name, name) }
    unsafe chmod(folder.path + "/a", 0)
    defer { unsafe chmod(folder.path + "/a", 0o700) }
    #expect(outcomes([folder.path]) == ["a unreadable", "b.txt"])
  }

  @Test func absentFileIsAFailureThatSaysWhy() throws {
    #expect(outcomes(["/nowhere/x.txt"]) == ["x.txt unreadable"])
    #expect(messages(["/nowhere/x.txt"]) == ["/nowhere/x.txt cannot be read: No such file or directory."])
  }

  @Test func emptyFileAndOneAboveTheLimitAreFailuresWithCodesOfTheirOwn() throws {
    folder.write("0.txt", "")
    folder.write("8.txt", "12345678")
    folder.write("9.txt", "123456789")
    #expect(outcomes([folder.path], limit: 8) == ["0.txt empty_input", "8.txt", "9.txt input_too_large"])
  }

  @Test func fileWithoutASizeOfItsOwnIsReadUpToTheLimit() throws {
    #expect(outcomes(["/dev/zero"], limit: 1 << 20) == ["zero input_too_large"])
    #expect(outcomes(["/proc/self/status"]) == ["status"])
  }

  @Test func urlIsADocumentWithoutBytes() throws {
    var reader = InputReader(["https://example.org/report.html"])
    guard case .document(let document)? = reader.next() else {
      Issue.record("no document")
      return
    }
    #expect(document.raw == nil)
    #expect(document.layers.all.map(\.name) == ["source"])
    #expect(document.source.uri == "https://example.org/report.html")
  }

  @Test func fileAndLineWithTheSameNameAndBytesAreTheSameDocument() throws {
    folder.write("报告.txt", "受理申请12件。")
    let line = #"{"uri": "报告.txt", "text": "受理申请12件。"}"#
    #expect(documents([folder.path]).map(\.id) == documents(["-"], standardInput: line).map(\.id))
  }

  @Test func nameThatIsNotUTF8IsReadAllTheSame() throws {
    let name: [UInt8] = Array(folder.path.utf8) + [UInt8(ascii: "/"), 0xFF, 0x31, 0]
    let descriptor = unsafe open(name.map { CChar(bitPattern: $0) }, O_WRONLY | O_CREAT, 0o600)
    unsafe write(descriptor, "x", 1)
    close(descriptor)
    #expect(uris(in: [folder.path]) == ["\u{FFFD}1"])
  }

  // MARK: standard input

  @Test(arguments: [
    (#"{"uri":"a","text":"一"}"#, "a"),
    (#"{"uri":"a","base64":"5LiA","media_type":"text/html"}"#, "a"),
    (#"{"uri":"a","text":""}"#, "a empty_input"),
    (#"{"uri":"a","text":"0123456789012345"}"#, "a"),
    (#"{"uri":"a","text":"01234567890123456"}"#, "a input_too_large"),
    (#"{"uri":"a","base64":"一"}"#, "a unreadable"),
    (#"{"uri":"a"}"#, "a unreadable"), (#"{"uri":"http://a/"}"#, "http://a/"),
    (#"{"uri":"http://a/","etag":"7","last_modified":null,"sha256":null}"#, "http://a/"),
    (#"{"uri":"http://a/","etag":"7","text":"一"}"#, "http://a/ unreadable"),
    (#"{"uri":"a","etag":"7"}"#, "a unreadable"), (#"{"uri":"a","text":null}"#, "a unreadable"),
    (#"{"text":"a"}"#, "stdin:1 unreadable"),
    (#"{"uri":"a","text":"a","base64":"YQ=="}"#, "a unreadable"),
    (#"{"uri":"a","text":7}"#, "stdin:1 unreadable"),
    (#"{"uri":"a","text":"a","media_typ":"x"}"#, "stdin:1 unreadable"),
    (#"["a"]"#, "stdin:1 unreadable"),
    ("受理", "stdin:1 unreadable"),
    ("\u{FEFF}" + #"{"uri":"a","text":"一"}"#, "a"),
  ])
  func lineOfStandardInput(line: String, outcome: String) throws {
    #expect(outcomes(["-"], standardInput: line, limit: 16) == [outcome])
  }

  @Test func whatIsKnownOfAPageGoesAlongWithItsURL() {
    let line = #"{"uri":"http://a/","etag":"\"7\"","last_modified":"Mon","sha256":"0a"}"#
    let document = documents(["-"], standardInput: line).first
    #expect(document?.raw == nil && document?.source.etag == "\"7\"")
    #expect(document?.source.lastModified == "Mon" && document?.source.sha256 == "0a")
  }

  @Test func badLinesAreFailuresWithTheirNumbersAndTheOthersGoOn() throws {
    let lines = "{\"uri\":\"a\",\"text\":\"1\"}\r\n\n{bad\n{\"uri\":\"b\",\"text\":\"2\"}"
    #expect(outcomes(["-"], standardInput: lines) == ["a", "stdin:3 unreadable", "b"])
    let unknown = messages(["-"], standardInput: #"{"uri":"a","text":"1","media_typ":"x"}"#)
    #expect(
      unknown == ["Line 1 of standard input has a member 'media_typ', which is not known; did you mean 'media_type'?"])
  }

  @Test func lineBeyondTheLimitIsPassedOverAndTheNextOneIsRead() throws {
    let lines = String(repeating: "x", count: 3 << 20) + "\n" + #"{"uri":"b","text":"2"}"#
    #expect(outcomes(["-"], standardInput: lines, limit: 1 << 10) == ["stdin:1 input_too_large", "b"])
  }

  @Test func countIsUnknownWhereStandardInputIsRead() {
    #expect(InputReader(["-"]).count() == nil)
    #expect(InputReader(["https://example.org/", "/nowhere"]).count() == 2)
  }
}

extension InputTests {
  private func inputs(
    _ words: [String], standardInput: String = "", limit: Int = InputReader.defaultLimit
  ) -> [Input] {
    folder.write(".stdin", standardInput)
    let descriptor = unsafe open(folder.path + "/.stdin", O_RDONLY)
    defer { close(descriptor) }
    var reader = InputReader(words, limit: limit, standardInput: descriptor)
    return Array(AnyIterator { reader.next() })
  }

  private func documents(_ words: [String], standardInput: String = "") -> [InputDocument] {
    inputs(words, standardInput: standardInput).compactMap {
      if case .document(let document) = $0 { document } else { nil }
    }
  }

  private func uris(in words: [String]) -> [String] { documents(words).map(\.source.uri) }

  /// The URI of each document, of each failure with its code.
  private func outcomes(
    _ words: [String], standardInput: String = "", limit: Int = InputReader.defaultLimit
  ) -> [String] {
    inputs(words, standardInput: standardInput, limit: limit).map {
      switch $0 {
      case .document(let document): document.source.uri
      case .failure(let failure): "\(failure.uri) \(failure.failure.code.rawValue)"
      case .note(let text): "note: \(text)"
      }
    }
  }

  private func messages(_ words: [String], standardInput: String = "") -> [String] {
    inputs(words, standardInput: standardInput).compactMap {
      if case .failure(let failure) = $0 { failure.failure.message } else { nil }
    }
  }
}
