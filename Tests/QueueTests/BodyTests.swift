import Record
import Testing

@testable import Queue

struct BodyTests {
  @Test func layersAreReadAsTheyWereWritten() {
    var layers = Layers.document("公文", bytes: 70_000)
    layers.append("empty", [])
    #expect(Body.decode([UInt8](Body.encode(layers))) == layers)
    #expect(Body.decode([]) == Layers())
  }

  @Test func bytesThatEndEarlyAreNoBody() {
    let whole = [UInt8](Body.encode(.url("a")))
    for count in 1..<whole.count { #expect(Body.decode(Array(whole.prefix(count))) == nil) }
  }

  @Test func theDigestIsOfTheDocumentAndNotOfWhatIsSaidOfIt() {
    var told = Layers()
    told.append("source", Array(#"{"uri":"b"}"#.utf8))
    told.append("raw", Array("xxxxxxxx".utf8))
    #expect(Body.digest(told) == Body.digest(.document("a")))
    #expect(Body.digest(.url("a")) != Body.digest(.url("b")))
  }
}
