import Record
import Testing

@testable import Worker

struct TimingsTests {
  @Test func theSecondsOfEachStageAreReadExactlyAndInOrder() {
    let seconds = seconds(ofTimings: "fetch=0.0123 clean=2 segment=0.50")
    #expect(seconds.map(\.stage) == ["fetch", "clean", "segment"])
    #expect(seconds.map(\.seconds.description) == ["0.0123", "2", "0.5"])
  }

  @Test(arguments: [
    "", "clean", "clean=", "clean=a", "clean=-1", "clean=1.2.3", "=.", "clean=" + String(repeating: "9", count: 99),
  ])
  func whatCannotBeReadIsLeftOut(_ timings: String) {
    #expect(seconds(ofTimings: timings).isEmpty)
  }
}
