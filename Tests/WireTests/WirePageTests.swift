import Record
import Testing
import Wire

/// The page and the code say the same, in both directions.
struct WirePageTests {
  let page: WirePage

  init() throws { page = try WirePage() }

  @Test func clientsAndQueueHaveTheCommandsOfThePage() {
    let section = "Clients (push, status) and the queue"
    #expect(page.commands(section, "→") == Set(ClientRequest.Command.allCases.map(\.rawValue)))
    #expect(page.commands(section, "←") == Set(ClientReply.Command.allCases.map(\.rawValue)))
  }

  @Test func workersAndQueueHaveTheCommandsOfThePage() {
    let section = "Workers and the queue"
    #expect(page.commands(section, "→") == Set(WorkerMessage.Command.allCases.map(\.rawValue)))
    #expect(page.commands(section, "←") == Set(QueueMessage.Command.allCases.map(\.rawValue)))
  }

  @Test func tailAndSinkHaveTheCommandsOfThePage() {
    let section = "Tail and the sink"
    #expect(page.commands(section, "→") == Set(FetchRequest.Command.allCases.map(\.rawValue)))
    #expect(page.commands(section, "←") == Set(FetchReply.Command.allCases.map(\.rawValue)))
  }

  @Test func theVersionIsThatOfThePage() throws {
    let row = try #require(page.rows.first { $0.cells[0] == "version" })
    #expect(row.cells[2].contains("`0x0\(wireVersion)`"))
  }

  @Test func commandsAreAsLongAsThePageAllows() {
    for specimen in Specimen.all { #expect(1...12 ~= specimen.command.utf8.count) }
  }

  @Test func theStatesOfAJobAreThoseOfThePage() throws {
    let row = try #require(page.rows.first { $0.cells[0] == "STATES" })
    #expect(WirePage.quoted(row.cells[2]) == ClientReply.JobState.allCases.map(\.rawValue))
  }

  @Test func theStreamsAreThoseOfThePage() throws {
    let row = try #require(page.rows.first { $0.cells[0] == "FETCH" })
    #expect(WirePage.quoted(row.cells[2]) == FetchRequest.Stream.allCases.map(\.rawValue))
  }

  @Test func theEndingsAndOutcomesAreThoseOfThePage() throws {
    let letters = try #require(page.rows.first { $0.cells[0] == "LETTERS" })
    #expect(WirePage.quoted(letters.cells[2]) == ClientRequest.Endings.allCases.map(\.rawValue))
    let revised = try #require(page.rows.first { $0.cells[0] == "REVISED" })
    #expect(WirePage.quoted(revised.cells[2]) == ClientReply.Outcome.allCases.map(\.rawValue))
  }

  @Test func theCodesOfErrorsAreThoseOfThePage() {
    let codes = page.rows(of: "Of ERROR and REFUSED").map { $0.cells[0] }
    #expect(codes == WireError.Code.allCases.map(\.rawValue))
  }

  @Test func theCodesOfFailuresAreThoseOfThePage() {
    let codes = page.rows(of: "Of FAIL").map { $0.cells[0] }
    #expect(codes == StageFailure.Code.allCases.map(\.rawValue))
  }

  @Test(arguments: StageFailure.Code.allCases)
  func aCodeIsRetryableIfThePageSaysSo(_ code: StageFailure.Code) throws {
    let row = try #require(page.rows(of: "Of FAIL").first { $0.cells[0] == code.rawValue })
    // Where the status decides, the code alone is no reason to try again.
    #expect(row.cells[1] == (code.isRetryable ? "retryable" : code == .httpStatus ? "by status" : "fatal"))
  }
}
