import Testing

@testable import Gongwen

@Suite struct CheckupTests {
  private let bad = Checkup.Result(isGood: false, text: "")
  private let good = Checkup.Result(isGood: true, text: "")

  private func checkup(start: Duration = .zero) -> Checkup {
    Checkup(
      .init(
        test: .command(["t"]), interval: .seconds(10), startPeriod: start, startInterval: .seconds(1), retries: 2),
      start: 0)
  }

  @Test func whileItStartsItIsAskedOftenAndAFailureCountsForNothing() {
    var checkup = checkup(start: .seconds(30))
    for now in stride(from: 0, to: 30_000, by: 1000) {
      #expect(checkup.due == now && checkup.begin(at: now) && !checkup.begin(at: now))
      checkup.ended(bad, at: now)
    }
    #expect(checkup.verdict == .open)
    checkup.ended(bad, at: 30_000)
    checkup.ended(bad, at: 40_000)
    #expect(checkup.verdict == .unhealthy && checkup.due == 50_000)
  }

  @Test func fromItsFirstSuccessOnOnlyFailuresInARowCount() {
    var checkup = checkup(start: .seconds(30))
    checkup.ended(good, at: 0)
    #expect(checkup.verdict == .healthy && checkup.due == 10_000)
    for result in [bad, good, bad] { checkup.ended(result, at: 1) }
    #expect(checkup.verdict == .healthy)
    checkup.ended(bad, at: 2)
    #expect(checkup.verdict == .unhealthy)
    checkup.ended(good, at: 3)
    #expect(checkup.verdict == .healthy)
  }
}
