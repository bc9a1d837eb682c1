import Foundation
import TestSupport
import Testing

@testable import Gongwen

@Suite struct LogFileTests {
  private let folder = TemporaryFolder()
  private var file: LogFile { LogFile(folder: folder.path, name: "a-1") }

  private func append(_ text: String) throws {
    let path = folder.path + "/a-1.log"
    if !FileManager.default.fileExists(atPath: path) { try folder.write("a-1.log", "".utf8) }
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
  }

  private func text(from offset: Int = 0) -> String {
    var (bytes, offset): ([UInt8], Int) = ([], offset)
    while true {
      let piece = file.read(from: offset)
      guard !piece.bytes.isEmpty else { return String(decoding: bytes, as: UTF8.self) }
      bytes += piece.bytes
      offset = piece.next
    }
  }

  @Test func linesAreMovedOutAndKeepTheirOffsets() throws {
    let limits = ComposeFile.LogLimits(bytes: 8, files: 3)
    try append("one\n")
    try file.rotate(limits)
    #expect(file.archives.isEmpty)
    try append("two\nthr")
    try file.rotate(limits)
    #expect(file.archives.map(\.range) == [0..<8] && text() == "one\ntwo\nthr")
    try append("ee\nfour\n")
    #expect(text(from: 8) == "three\nfour\n")
    try file.rotate(limits)
    try append("fünf\nsechs\n")
    try file.rotate(limits)
    // Two are moved out beside the one that grows; the oldest is forgotten.
    #expect(file.archives.map(\.range) == [8..<19, 19..<31])
    #expect(file.start == 8 && text() == "three\nfour\nfünf\nsechs\n")
  }

  @Test func aCrashAfterTheCopyRepeatsNoLine() throws {
    let limits = ComposeFile.LogLimits(bytes: 8, files: 3)
    try append("one\ntwo\n")
    try folder.write("a-1.log.0000000000000008", "one\ntwo\n".utf8)
    try folder.write("a-1.log.new", "one".utf8)
    #expect(text() == "one\ntwo\n")
    try append("three\nfour\n")
    try file.rotate(limits)
    #expect(text() == "one\ntwo\nthree\nfour\n")
  }

  @Test func aFileThatWasRemovedGoesOnBehindWhatWasMovedOut() throws {
    try append("one\ntwo\n")
    try file.rotate(.init(bytes: 8, files: 2))
    try FileManager.default.removeItem(atPath: file.path)
    file.prepare()
    try append("three\n")
    #expect(text() == "one\ntwo\nthree\n")
  }

  @Test func withOneFileNothingIsKept() throws {
    try append("one\ntwo\nthr")
    try file.rotate(.init(bytes: 8, files: 1))
    try append("ee\n")
    #expect(text() == "three\n")
  }

  @Test(arguments: [("10m", 10 << 20), ("1K", 1024), ("7", 7), ("2gb", 2 << 30)])
  func sizesAreRead(_ text: String, _ bytes: Int) { #expect(byteCount(text) == bytes) }

  @Test(arguments: ["", "m", "1.5m", "-1", "1t", "99999999999999999999"])
  func whatIsNoSizeIsRefused(_ text: String) { #expect(byteCount(text) == nil) }
}
