import Testing
import Wire

/// The bytes of every message, in both directions.
struct GoldenTests {
  @Test func everyGoldenFileHasASpecimenAndEverySpecimenAFile() {
    #expect(GoldenMessage.names == Set(Specimen.all.map(\.name)))
  }

  @Test func everyCommandHasASpecimen() {
    let commands =
      ClientRequest.Command.allCases.map(\.rawValue) + ClientReply.Command.allCases.map(\.rawValue)
      + WorkerMessage.Command.allCases.map(\.rawValue) + QueueMessage.Command.allCases.map(\.rawValue)
      + FetchRequest.Command.allCases.map(\.rawValue) + FetchReply.Command.allCases.map(\.rawValue)
    #expect(Set(commands) == Set(Specimen.all.map(\.command)))
  }

  @Test(arguments: Specimen.all) func theValueIsWrittenAsTheGoldenBytes(_ specimen: Specimen) throws {
    #expect(specimen.frames == (try GoldenMessage(specimen.name).frames))
  }

  @Test(arguments: Specimen.all) func theGoldenBytesAreReadAsTheValue(_ specimen: Specimen) throws {
    #expect(try specimen.isReadFrom(GoldenMessage(specimen.name).frames))
  }

  @Test(arguments: Specimen.all) func anotherVersionIsRefusedByName(_ specimen: Specimen) throws {
    var frames = try GoldenMessage(specimen.name).frames
    frames[0] = [2]
    let error = #expect(throws: WireError.self) { try specimen.rewritten(frames) }
    #expect(error?.code == "unsupported_version")
    #expect(error?.message.contains("only 1") == true)
  }

  @Test(arguments: Specimen.all) func anUnknownCommandIsRefusedByName(_ specimen: Specimen) throws {
    for command in ["", "put", "PUTT", String(repeating: "X", count: 1_000_000)] {
      let error = #expect(throws: WireError.self) { try specimen.rewritten([[1], Array(command.utf8)]) }
      #expect(error?.code == "unknown_command")
      #expect((error?.message.utf8.count ?? 0) < 100)
    }
  }
}
