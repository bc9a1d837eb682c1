import Testing

@testable import Gongwen

@Suite struct JSONMembersTests {
  @Test(arguments: [
    (#"{"a":1,"b":"x"}"#, ["a=1", #"b="x""#]),
    (#"{"a":7.890,"b":-1e9,"c":null,"d":true}"#, ["a=7.890", "b=-1e9", "c=null", "d=true"]),
    (#"{ "a" : [1, {"b":2}] , "c" : {} }"#, [#"a=[1, {"b":2}]"#, "c={}"]),
    (#"{"a":"},\"{","b":"\\"}"#, [#"a="},\"{""#, #"b="\\""#]),
    ("{}", []),
  ])
  func membersAreTheBytesThatWereWritten(json: String, members: [String]) throws {
    let found = try #require(JSONMembers(Array(json.utf8)[...]))
    #expect(found.all.map { "\($0.name)=\(String(decoding: $0.value, as: UTF8.self))" } == members)
  }

  @Test(arguments: ["", "[1]", "7", #"{"a""#, #"{"a":1"#, #"{"a":"x"#, "{"]) func whatIsNoWholeObjectHasNone(
    json: String
  ) {
    #expect(JSONMembers(Array(json.utf8)[...]) == nil)
  }

  @Test func elementsOfAnArrayAreItsValues() throws {
    let elements = try #require(JSONMembers.elements(Array(#"[ {"a":[1]}, "]", 3 ]"#.utf8)[...]))
    #expect(elements.map { String(decoding: $0, as: UTF8.self) } == [#"{"a":[1]}"#, #""]""#, "3"])
    #expect(JSONMembers.elements(Array("[]".utf8)[...])?.count == 0)
    #expect(JSONMembers.elements(Array("{}".utf8)[...]) == nil)
  }

  @Test func depthDoesNotMatter() {
    let json = #"{"a":"# + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000) + "}"
    #expect(JSONMembers(Array(json.utf8)[...])?["a"]?.count == 200_000)
  }
}
