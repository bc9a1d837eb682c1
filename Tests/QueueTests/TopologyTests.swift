import Queue
import Record
import Testing

struct TopologyTests {
  @Test func theUsualTopologyIsReadAndWrittenAgain() throws {
    let topology = try Topology(Topology.standard)
    #expect(topology.stages.map(\.name) == ["fetch", "clean", "segment", "extract", "sink"])
    #expect(topology.stages[0].unless == "raw" && topology.stages[0].isCheckpoint)
    #expect(topology.sink == 4)
    #expect(topology.text == Topology.standard)
  }

  @Test func aDocumentSkipsAStageWhoseLayerItHas() throws {
    let topology = try Topology(Topology.standard)
    #expect(topology.entry(.url("a")) == 0)
    #expect(topology.entry(.document("a")) == 1)
  }

  @Test(arguments: [
    ("", "empty"), ("clean clean sink", "'clean' stands twice"), ("Clean sink", "'Clean'"), (":unless=raw sink", "''"),
    ("clean:often sink", "'often'"), ("clean:unless= sink", "'unless='"), ("clean sink:checkpoint", "takes no options"),
    ("fetch:unless=raw,,checkpoint sink", "''"),
  ]) func aTextThatIsNoTopologyIsRefusedWithWhatIsWrong(_ text: String, _ part: String) {
    let error = #expect(throws: Topology.Malformed.self) { try Topology(text) }
    #expect(error?.description.contains(part) == true)
  }
}
