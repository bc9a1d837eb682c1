import Testing

@testable import Gongwen

@Suite struct StatusReportTests {
  private let json = Array(
    """
    {"accepted":5,"pending":1,"in_flight":2,"done":1,"failed":1,"dead":0,"stages":{
    "fetch":{"pending":0,"in_flight":0,"workers":1,"oldest_seconds":0.0,"rate":0.0},
    "clean":{"pending":1,"in_flight":2,"workers":12,"oldest_seconds":41.5,"rate":8.2}},"workers":[]}
    """.utf8)

  @Test func tableHasARowForEachStageInTheOrderOfTheTopology() throws {
    let report = try #require(StatusReport(json))
    #expect(
      report.table == """
        stage  pending  in flight  workers  oldest   rate
        fetch        0          0        1       -  0.0/s
        clean        1          2       12  41.5 s  8.2/s

        accepted 5: done 1, failed 1, dead 0, pending 1, in flight 2
        """)
  }

  @Test(arguments: ["", "[]", "{}", #"{"accepted":1}"#]) func answerOfAnotherShapeIsNoReport(json: String) {
    #expect(StatusReport(Array(json.utf8)) == nil)
  }
}
