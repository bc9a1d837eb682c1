@testable import Gongwen
import Glibc
import Testing

@Suite struct ProcessUsageTests {
  @Test func aProgramWithBracketsInItsNameIsRead() throws {
    let rest =
      (["S", "1", "1", "1", "0", "-1", "0", "0", "0", "0", "0"] + ["250", "50"] + Array(repeating: "0", count: 6) + [
        "1000", "0", "512",
      ])
      .joined(separator: " ")
    let usage = try #require(
      ProcessUsage(status: "7 (a) b) \(rest) 0 0", machineUptime: 3671, ticks: 100, page: 4096))
    #expect(usage.columns == ["1:01:01", "0%", "2 MiB"])
    #expect(usage.processor == 3)
  }

  @Test func thisProcessHasUsedSomething() throws {
    let usage = try #require(ProcessUsage(pid: Int(getpid())))
    #expect(usage.memory > 1 << 20 && usage.uptime >= 0)
    #expect(ProcessUsage(pid: -1) == nil)
  }
}
