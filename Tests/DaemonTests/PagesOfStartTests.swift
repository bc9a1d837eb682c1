import Daemon
import Foundation
import Testing

/// What the kernel says is resident of this process, before and after.
struct PagesOfStartTests {
  @Test func codeThatWasReadIsNoLongerResidentAndGoesOn() throws {
    let before = try residentCode()
    giveBackPagesOfStart()
    let after = try residentCode()
    #expect(after < before / 2, "\(before) KiB of code were resident, \(after) are")
  }

  /// KiB of all mappings of files that cannot be written.
  private func residentCode() throws -> Int {
    var (total, counts) = (0, false)
    for line in try String(contentsOfFile: "/proc/self/smaps", encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ")
      if !words[0].hasSuffix(":") {
        counts = words.count > 5 && words[5].hasPrefix("/") && !words[1].contains("w")
      } else if counts, words[0] == "Rss:" {
        total += Int(words[1]) ?? 0
      }
    }
    return total
  }
}
