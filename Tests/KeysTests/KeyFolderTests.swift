import Foundation
import TestSupport
import Testing
import Wire
import ZeroMQ

@testable import Keys

struct KeyFolderTests {
  let temporary = TemporaryFolder()

  var folder: KeyFolder { KeyFolder(path: temporary.path + "/keys") }

  private func mode(_ path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  @Test func newKeysBelongToEachOtherAndOnlyTheirOwnerReadsThem() throws {
    try folder.make(replaces: false)
    #expect(try folder.secret(.serverSecret).publicKey == folder.publicKey(.server))
    #expect(try folder.secret(.clientSecret).publicKey == folder.publicKey(.client))
    #expect(folder.allowed() == [.init(name: "local", key: try folder.publicKey(.client))])
    for path in ["", "/clients"] { #expect(try mode(folder.path + path) == 0o700) }
    for name in ["server.key", "client.key"] { #expect(try mode(folder.path + "/" + name) == 0o600) }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
        "client.key", "client.pub", "clients", "server.key", "server.pub",
      ])
  }

  @Test func keysThatAreThereStayUnlessForced() throws {
    try folder.make(replaces: false)
    try folder.allow(SecretKey.random().publicKey, as: "other", replaces: false)
    let before = try folder.publicKey(.server)
    let error = #expect(throws: KeyError.self) { try folder.make(replaces: false) }
    #expect(error?.description.contains("--force") == true)
    #expect(try folder.publicKey(.server) == before)
    try folder.make(replaces: true)
    #expect(try folder.publicKey(.server) != before)
    #expect(try folder.secret(.serverSecret).publicKey == folder.publicKey(.server))
    #expect(folder.allowed().map(\.name) == ["local", "other"])
  }

  @Test func aSecretThatEverybodyCanReadIsNotUsed() throws {
    try folder.make(replaces: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.path + "/client.key")
    let error = #expect(throws: KeyError.self) { try folder.secret(.clientSecret) }
    #expect(error?.description.contains("chmod 600") == true)
    #expect(throws: SocketError.self) { try PipelineKeys(folder).client() }
  }

  @Test func aMachineThatOnlyConnectsHasNoSecretOfTheServer() throws {
    let server = SecretKey.random().publicKey
    try folder.join(server, replaces: false)
    let (own, wanted) = try PipelineKeys(folder).client()
    #expect(try own.publicKey == folder.publicKey(.client) && wanted == server)
    let error = #expect(throws: SocketError.self) { try PipelineKeys(folder).server() }
    #expect(error?.description.contains("server.key") == true)
  }

  @Test func whoIsAllowedAndWhoNoMoreIsTakenUpWithoutARestart() async throws {
    try folder.make(replaces: false)
    let keys = PipelineKeys(folder)
    let key = SecretKey.random().publicKey
    #expect(keys.name(ofClient: key, at: "") == nil)
    try folder.allow(key, as: "other", replaces: false)
    while keys.name(ofClient: key, at: "") == nil { await Task.yield() }
    #expect(keys.name(ofClient: key, at: "") == "other")
    try folder.forbid("other")
    while keys.name(ofClient: key, at: "") != nil { await Task.yield() }
  }

  @Test(arguments: ["", "../up", ".hidden", "a/b", "名", String(repeating: "a", count: 65)])
  func aNameThatCouldLeaveTheFolderIsRefused(_ name: String) throws {
    try folder.make(replaces: false)
    #expect(throws: KeyError.self) { try folder.allow(SecretKey.random().publicKey, as: name, replaces: false) }
    #expect(throws: KeyError.self) { try folder.forbid(name) }
  }

  @Test func aFileThatHoldsNoKeyAllowsNobodyAndHarmsNobody() throws {
    try folder.make(replaces: false)
    try temporary.write("keys/clients/broken.pub", "not a key".utf8)
    let key = try folder.publicKey(.client)
    #expect(PipelineKeys(folder).name(ofClient: key, at: "") == "local")
    #expect(folder.allowed().map(\.key) == [nil, key])
  }

  @Test func theFolderIsThatOfTheOptionThenOfTheEnvironmentThenOfTheHome() throws {
    let home = Home(path: temporary.path)
    func keys(_ option: String?, _ environment: [String: String] = [:]) -> KeyFolder {
      KeyFolder(option: option, home: home, environment: environment)
    }
    #expect(keys("/a", ["GONGWEN_KEYS": "/b"]).path == "/a")
    #expect(keys(nil, ["GONGWEN_KEYS": "/b"]).path == "/b")
    #expect(keys(nil, ["GONGWEN_KEYS": "/b"]).isInUse)
    #expect(keys(nil, ["GONGWEN_KEYS": ""]).path == temporary.path + "/keys")
    #expect(!keys(nil).isInUse)
    try folder.make(replaces: false)
    #expect(keys(nil).isInUse)
  }
}
